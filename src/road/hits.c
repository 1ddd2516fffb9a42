// SPDX-License-Identifier: EUPL-1.2
// Hits for whoever asks: of one signal, of an organisation, taken apart for good; what waits taken
// up; and grounds recorded for a pair.

#include "hits_i.h"

#include "road_i.h"

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 64, UP_MOST = 256 };

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "no memory for hits");
}

// ---- of one signal ----

static int by_organisation(const void *left, const void *right) {
    const inb_hit *a = left;
    const inb_hit *b = right;
    return strcmp(a->organisation, b->organisation);
}

// Organisations of pairs, each once, with whom to ask.
static inb_status gather(inb_store *store, inb_arena *arena, const inb_i_hit_pair *pairs,
    size_t pair_count, inb_hits *hits, inb_error *err) {
    inb_hit *list = inb_arena_get(arena, pair_count, sizeof *list);
    if (list == NULL) {
        return no_memory(err);
    }
    size_t count = 0;
    for (size_t i = 0; i < pair_count; i++) {
        size_t at = 0;
        while (at < count && strcmp(list[at].organisation, pairs[i].organisation) != 0) {
            at++;
        }
        if (at == count) {
            inb_contact contact;
            INB_TRY(inb_store_contact(store, arena, pairs[i].organisation, &contact, err));
            list[count++] = (inb_hit){pairs[i].organisation, contact.contact, false};
        }
        list[at].ground = list[at].ground || pairs[i].ground;
    }
    qsort(list, count, sizeof *list, by_organisation);
    hits->list = list;
    hits->count = count;
    return INB_OK;
}

static inb_status hits_of(inb_store *store, const inb_regimes *regimes, inb_arena *arena,
    const inb_stored_signal *signal, inb_hits *ret_hits, inb_error *err) {
    inb_hits hits = {0};
    inb_compared compared;
    INB_TRY(inb_store_compared(store, signal->number, &compared, err));
    hits.compared = compared.version == signal->version;
    hits.state = compared.state;
    if (hits.compared && hits.state == INB_COMPARED_DONE &&
        signal->status != INB_SIGNAL_RETRACTED) {
        const inb_i_hit_pair *pairs = NULL;
        size_t count = 0;
        INB_TRY(inb_i_hit_pairs(store, regimes, arena, signal, false, &pairs, &count, err));
        INB_TRY(gather(store, arena, pairs, count, &hits, err));
    }
    *ret_hits = hits;
    return INB_OK;
}

inb_status inb_hits_of(
    inb_store *store, inb_arena *arena, int64_t number, inb_hits *ret_hits, inb_error *err) {
    const inb_stored_signal *signal = NULL;
    inb_regimes regimes;
    INB_TRY(inb_regimes_load(&regimes, err));
    INB_TRY(inb_store_get(store, arena, number, &signal, err));
    return hits_of(store, &regimes, arena, signal, ret_hits, err);
}

// The signal of an organisation by its id, with tokens.
static inb_status signal_of(inb_road *road, inb_arena *arena, const char *organisation,
    const char *id, const inb_stored_signal **ret_signal, inb_error *err) {
    return inb_store_read(road->store, arena, organisation, id, 0, ret_signal, err);
}

static inb_status hits_locked(inb_road *road, inb_arena *arena, const char *organisation,
    const char *id, inb_hits *ret_hits, inb_error *err) {
    const inb_stored_signal *signal = NULL;
    INB_TRY(signal_of(road, arena, organisation, id, &signal, err));
    return hits_of(
        road->store, inb_i_comparer_regimes(road->comparer), arena, signal, ret_hits, err);
}

inb_status inb_road_hits(inb_road *road, inb_ticket *ticket, inb_arena *arena, const char *id,
    inb_hits *ret_hits, inb_error *err) {
    INB_TRY(inb_i_ticket_use(ticket, INB_ROAD_HITS, err));
    (void)pthread_mutex_lock(&road->lock);
    inb_status status =
        hits_locked(road, arena, inb_i_ticket_organisation(ticket), id, ret_hits, err);
    (void)pthread_mutex_unlock(&road->lock);
    return status;
}

// ---- of an organisation ----

// One more signal of the page, where it has hits.
static inb_status take_listed(inb_road *road, inb_arena *arena, int64_t number,
    inb_hit_signal *signals, size_t *count, inb_error *err) {
    const inb_stored_signal *signal = NULL;
    inb_hits hits;
    INB_TRY(inb_store_get(road->store, arena, number, &signal, err));
    INB_TRY(
        hits_of(road->store, inb_i_comparer_regimes(road->comparer), arena, signal, &hits, err));
    if (hits.count > 0) {
        signals[(*count)++] = (inb_hit_signal){number, signal->id, hits};
    }
    return INB_OK;
}

static inb_status list_locked(inb_road *road, inb_arena *arena, const char *organisation,
    int64_t before, size_t most, size_t look, inb_hit_page *page, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *rows = NULL;
    INB_TRY(inb_arena_new(0, &rows, err));
    inb_hit_signal *signals = inb_arena_get(arena, most, sizeof *signals);
    if (signals == NULL) {
        return no_memory(err);
    }
    size_t looked = 0;
    page->signals = signals;
    page->next = before;
    for (bool more = true; more;) {
        const inb_stored_signal *list = NULL;
        size_t count = 0;
        inb_arena_reset(rows);
        INB_TRY(
            inb_store_list(road->store, rows, organisation, page->next, CHUNK, &list, &count, err));
        for (size_t i = 0; more && i < count; i++) {
            page->next = list[i].number;
            INB_TRY(take_listed(road, arena, list[i].number, signals, &page->count, err));
            more = page->count < most && ++looked != look;
        }
        if (more && count < CHUNK) { // all were looked at
            page->next = 0;
            more = false;
        }
    }
    return INB_OK;
}

static inb_status page_locked(inb_road *road, inb_arena *arena, const char *organisation,
    int64_t before, size_t most, size_t look, int64_t now, inb_hit_page *ret_page, inb_error *err) {
    inb_hit_page page = {0};
    inb_contact contact;
    inb_quota_use use;
    INB_TRY(list_locked(road, arena, organisation, before, most, look, &page, err));
    INB_TRY(inb_store_contact(road->store, arena, organisation, &contact, err));
    INB_TRY(inb_store_quota(
        road->store, organisation, inb_date_first_day(inb_road_day(now)), &use, err));
    INB_TRY(inb_store_compared_count(
        road->store, organisation, INB_COMPARED_WAITS, &page.waiting, err));
    page.quota = contact.quota < 0 ? INB_HIT_QUOTA : contact.quota;
    page.used = use.used;
    *ret_page = page;
    return INB_OK;
}

inb_status inb_road_hits_list(inb_road *road, inb_ticket *ticket, inb_arena *arena, int64_t before,
    size_t most, size_t look, int64_t now, inb_hit_page *ret_page, inb_error *err) {
    INB_TRY(inb_i_ticket_use(ticket, INB_ROAD_HITS, err));
    (void)pthread_mutex_lock(&road->lock);
    inb_status status = page_locked(
        road, arena, inb_i_ticket_organisation(ticket), before, most, look, now, ret_page, err);
    (void)pthread_mutex_unlock(&road->lock);
    return status;
}

// ---- taken apart ----

static inb_status partings_locked(inb_road *road, inb_arena *arena, const char *organisation,
    const char *id, inb_work *work, inb_error *err) {
    const inb_stored_signal *signal = NULL;
    const inb_i_hit_pair *pairs = NULL;
    size_t count = 0;
    INB_TRY(signal_of(road, arena, organisation, id, &signal, err));
    INB_TRY(inb_i_hit_pairs(road->store, inb_i_comparer_regimes(road->comparer), arena, signal,
        false, &pairs, &count, err));
    if (count == 0) {
        return inb_fail(err, INB_NOT_FOUND, "this signal is in no hit: nothing to undo");
    }
    inb_stored_parting *partings = inb_arena_get(arena, count, sizeof *partings);
    if (partings == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < count; i++) {
        bool lower = signal->number < pairs[i].number;
        partings[i] = (inb_stored_parting){
            lower ? signal->number : pairs[i].number, lower ? pairs[i].number : signal->number};
    }
    work->partings = partings;
    work->parting_count = count;
    return INB_OK;
}

inb_status inb_road_undo_hits(inb_road *road, const inb_road_actor *actor, const char *id,
    inb_work_done done, void *payload, inb_error *err) {
    INB_CLEANUP(inb_i_job_freep) inb_i_job *job = NULL;
    INB_TRY(inb_i_job_new(road, &job, err));
    inb_work *work = inb_i_job_work(job);
    work->kind = INB_WORK_PART;
    (void)pthread_mutex_lock(&road->lock);
    inb_status status =
        partings_locked(road, inb_i_job_arena(job), actor->organisation, id, work, err);
    (void)pthread_mutex_unlock(&road->lock);
    INB_TRY(status);
    INB_TRY(inb_i_job_log(job, actor, "part_hits", id, "done", err));
    return inb_i_job_start(INB_TAKE(job), done, payload, err);
}

// ---- for whoever looks after the store ----

// One group: as many as a commit should carry.
static inb_status catch_up_group(inb_road *road, const inb_road_actor *actor, size_t *ret_compared,
    bool *ret_more, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    const int64_t *numbers = NULL;
    size_t count = 0;
    INB_TRY(inb_arena_new(0, &arena, err));
    INB_TRY(
        inb_store_waiting(road->store, arena, actor->organisation, UP_MOST, &numbers, &count, err));
    *ret_more = count == UP_MOST;
    for (size_t i = 0; i < count; i++) {
        inb_compared_state state;
        INB_TRY(inb_i_compare(
            road->comparer, road->store, numbers[i], actor->name, actor->now, &state, err));
        if (state == INB_COMPARED_WAITS) {
            *ret_more = false; // the quota is used up
            return INB_OK;
        }
        *ret_compared += state == INB_COMPARED_DONE ? 1 : 0;
    }
    return INB_OK;
}

inb_status inb_road_catch_up(
    inb_road *road, const inb_road_actor *actor, size_t *ret_compared, inb_error *err) {
    size_t compared = 0;
    inb_status status = INB_OK;
    (void)pthread_mutex_lock(&road->lock);
    for (bool more = true; status == INB_OK && more;) {
        status = inb_store_begin(road->store, err);
        if (status != INB_OK) {
            break;
        }
        status = catch_up_group(road, actor, &compared, &more, err);
        if (status == INB_OK) {
            status = inb_store_commit(road->store, err);
        } else {
            inb_store_rollback(road->store);
        }
    }
    (void)pthread_mutex_unlock(&road->lock);
    *ret_compared = compared;
    return status;
}

inb_status inb_road_waiting(inb_road *road, int64_t *ret_count, inb_error *err) {
    (void)pthread_mutex_lock(&road->lock);
    inb_status status = inb_store_waiting_count(road->store, ret_count, err);
    (void)pthread_mutex_unlock(&road->lock);
    return status;
}

// Seals and writes, within a group.
static inb_status write_ground(inb_road *road, inb_arena *arena, const inb_road_actor *actor,
    int64_t one, int64_t other, const char *text, inb_error *err) {
    const inb_stored_signal *signals[2];
    char record[64];
    char object[64];
    int64_t low = one < other ? one : other;
    int64_t high = one < other ? other : one;
    INB_TRY(inb_store_get(road->store, arena, low, &signals[0], err));
    INB_TRY(inb_store_get(road->store, arena, high, &signals[1], err));
    if (strcmp(signals[0]->organisation, signals[1]->organisation) == 0) {
        return inb_fail(err, INB_BAD_INPUT, "found two signals of one organisation, expected two");
    }
    size_t length = strlen(text);
    if (strspn(text, " \t\r\n") == length || length > INB_SIGNAL_TEXT_MOST) {
        return inb_fail(err, INB_BAD_INPUT, "found no ground in words, expected one");
    }
    size_t size = inb_sealed_size(length);
    unsigned char *sealed = inb_arena_get(arena, size, 1);
    if (sealed == NULL) {
        return no_memory(err);
    }
    (void)snprintf(record, sizeof record, "pair %lld %lld", (long long)low, (long long)high);
    (void)snprintf(
        object, sizeof object, "number/%lld number/%lld", (long long)low, (long long)high);
    // Under the key of the first of the two: it goes with that one, from backups too.
    INB_CLEANUP(inb_i_key_wipe) inb_i_key key = {.given = false};
    INB_TRY(inb_i_open_key(road->keys, road->ring, signals[0], &key, err));
    if (key.given) {
        INB_TRY(inb_seal_part(&key.key, record, 0, "ground", text, length, sealed, err));
    } else {
        INB_TRY(inb_seal(road->keys, record, "ground", text, length, sealed, err));
    }
    INB_TRY(inb_store_ground(road->store, low, high, actor->name, actor->now, sealed, size, err));
    const inb_log_entry entry = {actor->now, actor->name, "ground", object, "done",
        actor->purpose == NULL ? "" : actor->purpose};
    return inb_store_note(road->store, &entry, err);
}

inb_status inb_road_ground(inb_road *road, const inb_road_actor *actor, int64_t one, int64_t other,
    const char *text, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    (void)pthread_mutex_lock(&road->lock);
    inb_status status = inb_store_begin(road->store, err);
    if (status == INB_OK) {
        status = write_ground(road, arena, actor, one, other, text, err);
        if (status == INB_OK) {
            status = inb_store_commit(road->store, err);
        } else {
            inb_store_rollback(road->store);
        }
    }
    (void)pthread_mutex_unlock(&road->lock);
    return status;
}
