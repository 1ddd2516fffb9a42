// SPDX-License-Identifier: EUPL-1.2
// Situations from the store: all of them by one walk, or the one of a signal by looking at those
// that share a token with it, and so on until no join leads further; and joins undone for good.

#include "hits_i.h"
#include "joins.h"
#include "road_i.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { OTHERS_MOST = 16384 }; // hits that are taken apart at once

// ---- all ----

static inb_status add_visited(const inb_stored_signal *signal, void *payload, inb_error *err) {
    return inb_joins_add(payload, signal, err);
}

inb_status inb_situations_each(
    inb_store *store, inb_situation_visit visit, void *payload, inb_error *err) {
    INB_CLEANUP(inb_joins_freep) inb_joins *joins = NULL;
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    const inb_stored_parting *partings = NULL;
    size_t count = 0;
    INB_TRY(inb_joins_new(&joins, err));
    INB_TRY(inb_arena_new(0, &arena, err));
    INB_TRY(inb_store_each(store, add_visited, joins, err));
    INB_TRY(inb_store_partings(store, arena, &partings, &count, err));
    INB_TRY(inb_joins_solve(joins, NULL, partings, count, err));
    return inb_joins_each(joins, visit, payload, err);
}

// ---- one ----

enum reach { REACH_KNOWN, REACH_WAITS, REACH_DONE }; // of a signal: its tokens, its neighbours

// A search from one signal outwards.
struct search {
    inb_store *store;
    inb_joins *joins;
    const char *organisation; // whose signals alone are there; NULL = everybody's
    inb_arena *arena;         // of one look-up
    unsigned char *reach;     // of each signal in joins
    size_t reach_size;
    inb_error *err;
};

static void search_clear(struct search *search) {
    inb_joins_free(search->joins);
    inb_arena_free(search->arena);
    inb_free(search->reach);
}

// Brings a signal in; *ret_place = SIZE_MAX where it does not count any more.
static inb_status bring(struct search *search, int64_t number, size_t *ret_place) {
    const inb_stored_signal *signal = NULL;
    *ret_place = inb_joins_find(search->joins, number);
    if (*ret_place != SIZE_MAX) {
        return INB_OK;
    }
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL; // hits of the token stand in the other
    INB_TRY(inb_arena_new(0, &arena, search->err));
    INB_TRY(inb_store_get(search->store, arena, number, &signal, search->err));
    if (signal->status == INB_SIGNAL_RETRACTED) {
        return INB_OK;
    }
    size_t place = inb_joins_count(search->joins);
    if (place == search->reach_size) {
        size_t size = place == 0 ? 64 : 2 * place;
        unsigned char *larger = inb_realloc(search->reach, size, 1);
        if (larger == NULL) {
            return inb_fail(search->err, INB_NO_MEMORY, "no memory for joins");
        }
        search->reach = larger;
        search->reach_size = size;
    }
    search->reach[place] = REACH_KNOWN;
    INB_TRY(inb_joins_add(search->joins, signal, search->err));
    *ret_place = place;
    return INB_OK;
}

static bool is_there(const struct search *search, const inb_stored_hit *hit) {
    return search->organisation == NULL || strcmp(search->organisation, hit->organisation) == 0;
}

// All who have a token, where it can be a reason to join.
static inb_status complete(struct search *search, size_t token) {
    const inb_stored_hit *hits = NULL;
    size_t count = 0;
    inb_join_token *t = inb_joins_token(search->joins, token);
    if (t->total > 0) {
        return INB_OK;
    }
    inb_arena_reset(search->arena);
    INB_TRY(inb_store_find(search->store, search->arena, inb_join_kind_code(t->kind), t->value,
        &hits, &count, search->err));
    int64_t last = 0;
    for (size_t i = 0; i < count; i++) { // by number; a signal can have it twice
        t->total += hits[i].number != last && is_there(search, &hits[i]);
        last = hits[i].number;
    }
    for (size_t i = 0; inb_join_is_reason(t) && i < count; i++) {
        size_t place;
        if (!is_there(search, &hits[i])) {
            continue;
        }
        INB_TRY(bring(search, hits[i].number, &place));
        t = inb_joins_token(search->joins, token); // it may have moved
    }
    return INB_OK;
}

// Everybody to whom a join can lead from here waits for their turn.
static inb_status look_from(struct search *search, size_t signal) {
    size_t count;
    (void)inb_joins_tokens_of(search->joins, signal, &count);
    for (size_t i = 0; i < count; i++) {
        size_t none;
        INB_TRY(complete(search, inb_joins_tokens_of(search->joins, signal, &none)[i]));
    }
    const uint32_t *tokens = inb_joins_tokens_of(search->joins, signal, &count);
    for (size_t i = 0; i < count; i++) {
        const inb_join_token *token = inb_joins_token(search->joins, tokens[i]);
        for (size_t k = 0; inb_join_is_reason(token) && k < token->count; k++) {
            size_t other = token->members[k];
            if (search->reach[other] == REACH_KNOWN &&
                (inb_join_is_strong(token) ||
                    inb_join_is_enough(inb_joins_shared(search->joins, signal, other)))) {
                search->reach[other] = REACH_WAITS;
            }
        }
    }
    search->reach[signal] = REACH_DONE;
    return INB_OK;
}

struct wanted {
    inb_arena *arena;
    int64_t number;
    inb_situation_group *group;
};

static inb_status copy_wanted(const inb_situation_group *group, void *payload, inb_error *err) {
    const struct wanted *wanted = payload;
    bool is_it = false;
    for (size_t i = 0; i < group->count; i++) {
        is_it = is_it || group->numbers[i] == wanted->number;
    }
    if (!is_it) {
        return INB_OK;
    }
    int64_t *numbers = inb_arena_get(wanted->arena, group->count, sizeof *numbers);
    inb_join *joins = inb_arena_get(wanted->arena, group->join_count, sizeof *joins);
    if (numbers == NULL || joins == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a situation");
    }
    memcpy(numbers, group->numbers, group->count * sizeof *numbers);
    if (group->join_count > 0) {
        memcpy(joins, group->joins, group->join_count * sizeof *joins);
    }
    *wanted->group = (inb_situation_group){numbers, group->count, joins, group->join_count};
    return INB_OK;
}

static inb_status situation_among(inb_store *store, inb_arena *arena, int64_t number,
    const char *organisation, inb_situation_group *ret_group, inb_error *err) {
    INB_CLEANUP(search_clear)
    struct search search = {.store = store, .organisation = organisation, .err = err};
    const inb_stored_parting *partings = NULL;
    size_t parting_count = 0;
    size_t place;
    INB_TRY(inb_joins_new(&search.joins, err));
    INB_TRY(inb_arena_new(0, &search.arena, err));
    INB_TRY(bring(&search, number, &place));
    if (place == SIZE_MAX) {
        return inb_fail(err, INB_NOT_FOUND, "this signal was retracted: it is in no situation");
    }
    search.reach[place] = REACH_WAITS;
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < inb_joins_count(search.joins); i++) {
            if (search.reach[i] == REACH_WAITS) {
                INB_TRY(look_from(&search, i));
                more = true;
            }
        }
    }
    size_t count = inb_joins_count(search.joins);
    INB_CLEANUP(inb_freep) bool *region = inb_alloc(count, sizeof *region);
    if (region == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for joins");
    }
    for (size_t i = 0; i < count; i++) {
        region[i] = search.reach[i] == REACH_DONE;
    }
    inb_arena_reset(search.arena);
    INB_TRY(inb_store_partings(store, search.arena, &partings, &parting_count, err));
    INB_TRY(inb_joins_solve(search.joins, region, partings, parting_count, err));
    inb_situation_group group = {0};
    struct wanted wanted = {arena, number, &group};
    INB_TRY(inb_joins_each(search.joins, copy_wanted, &wanted, err));
    *ret_group = group;
    return INB_OK;
}

inb_status inb_situation_of(inb_store *store, inb_arena *arena, int64_t number,
    inb_situation_group *ret_group, inb_error *err) {
    return situation_among(store, arena, number, NULL, ret_group, err);
}

// ---- undoing ----

// Hits are taken apart as well, whoever may know of them: as the signal stands, and as if all stood
// under one law. Adds their numbers to `others`.
static inb_status add_hits(inb_store *store, inb_arena *arena, int64_t number, bool everything,
    int64_t *others, size_t *count, inb_error *err) {
    const inb_stored_signal *signal = NULL;
    const inb_i_hit_pair *pairs = NULL;
    size_t pair_count = 0;
    inb_regimes regimes;
    INB_TRY(inb_regimes_load(&regimes, err));
    INB_TRY(inb_store_get(store, arena, number, &signal, err));
    INB_TRY(inb_i_hit_pairs(store, &regimes, arena, signal, everything, &pairs, &pair_count, err));
    for (size_t i = 0; i < pair_count && *count < OTHERS_MOST; i++) {
        others[(*count)++] = pairs[i].number;
    }
    return INB_OK;
}

static int compare_numbers(const void *one, const void *other) {
    int64_t a = *(const int64_t *)one;
    int64_t b = *(const int64_t *)other;
    return (a > b) - (a < b);
}

// The signal against each of `others`, each once, in the arena.
static inb_status partings_with(inb_arena *arena, int64_t number, int64_t *others, size_t count,
    const inb_stored_parting **ret_partings, size_t *ret_count, inb_error *err) {
    qsort(others, count, sizeof *others, compare_numbers);
    inb_stored_parting *partings = inb_arena_get(arena, count, sizeof *partings);
    if (partings == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory to undo a join");
    }
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t other = others[i];
        if (other != number && (i == 0 || others[i - 1] != other)) {
            partings[used++] = (inb_stored_parting){
                number < other ? number : other, number < other ? other : number};
        }
    }
    *ret_partings = partings;
    *ret_count = used;
    return INB_OK;
}

// Against its situation; with organisation NULL everybody's, and its hits.
static inb_status partings_of(inb_store *store, inb_arena *arena, int64_t number,
    const char *organisation, const inb_stored_parting **ret_partings, size_t *ret_count,
    inb_error *err) {
    inb_situation_group group;
    INB_TRY(situation_among(store, arena, number, organisation, &group, err));
    size_t count = group.count;
    int64_t *others = inb_arena_get(arena, count + 2 * OTHERS_MOST, sizeof *others);
    if (others == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory to undo a join");
    }
    memcpy(others, group.numbers, count * sizeof *others);
    for (int everything = 0; organisation == NULL && everything < 2; everything++) {
        size_t added = 0;
        INB_TRY(add_hits(store, arena, number, everything == 1, others + count, &added, err));
        count += added;
    }
    return partings_with(arena, number, others, count, ret_partings, ret_count, err);
}

inb_status inb_situation_undo(inb_store *store, const inb_road_actor *actor, int64_t number,
    size_t *ret_parted, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    INB_CLEANUP(inb_buffer_clear) inb_buffer object = INB_BUFFER_INIT(64);
    inb_buffer_format(&object, "number/%lld", (long long)number);
    INB_TRY(inb_buffer_check(&object, err));
    inb_work work = {.kind = INB_WORK_PART,
        .log = {actor->now, actor->name, "part", inb_buffer_get(&object), "done", actor->purpose}};
    INB_TRY(partings_of(store, arena, number, NULL, &work.partings, &work.parting_count, err));
    INB_TRY(inb_store_write(store, &work, NULL, err));
    *ret_parted = work.parting_count;
    return INB_OK;
}

// ---- by a handle ----

static inb_status number_of(inb_road *road, inb_arena *arena, const char *organisation,
    const char *id, int64_t *ret_number, inb_error *err) {
    const inb_stored_signal *stored = NULL;
    INB_TRY(inb_store_read(road->store, arena, organisation, id, 0, &stored, err));
    *ret_number = stored->number;
    return INB_OK;
}

static inb_status situation_locked(inb_road *road, inb_arena *arena, const char *organisation,
    const char *id, inb_situation_group *ret_group, inb_error *err) {
    int64_t number;
    INB_TRY(number_of(road, arena, organisation, id, &number, err));
    return situation_among(road->store, arena, number, organisation, ret_group, err);
}

inb_status inb_road_situation(inb_road *road, inb_ticket *ticket, inb_arena *arena, const char *id,
    inb_situation_group *ret_group, inb_error *err) {
    INB_TRY(inb_i_ticket_use(ticket, INB_ROAD_SITUATIONS, err));
    (void)pthread_mutex_lock(&road->lock);
    inb_status status =
        situation_locked(road, arena, inb_i_ticket_organisation(ticket), id, ret_group, err);
    (void)pthread_mutex_unlock(&road->lock);
    return status;
}

inb_status inb_road_stored(inb_road *road, inb_arena *arena, int64_t number,
    const inb_stored_signal **ret_signal, inb_error *err) {
    (void)pthread_mutex_lock(&road->lock);
    inb_status status = inb_store_get(road->store, arena, number, ret_signal, err);
    (void)pthread_mutex_unlock(&road->lock);
    return status;
}

static inb_status partings_locked(inb_road *road, const inb_road_actor *actor, const char *id,
    inb_arena *arena, inb_work *work, inb_error *err) {
    int64_t number;
    INB_TRY(number_of(road, arena, actor->organisation, id, &number, err));
    INB_TRY(partings_of(road->store, arena, number, actor->organisation, &work->partings,
        &work->parting_count, err));
    return work->parting_count > 0
               ? INB_OK
               : inb_fail(err, INB_NOT_FOUND, "this signal is joined to no other: nothing to undo");
}

inb_status inb_road_undo(inb_road *road, const inb_road_actor *actor, const char *id,
    inb_work_done done, void *payload, inb_error *err) {
    INB_CLEANUP(inb_i_job_freep) inb_i_job *job = NULL;
    INB_TRY(inb_i_job_new(road, &job, err));
    inb_work *work = inb_i_job_work(job);
    work->kind = INB_WORK_PART;
    (void)pthread_mutex_lock(&road->lock);
    inb_status status = partings_locked(road, actor, id, inb_i_job_arena(job), work, err);
    (void)pthread_mutex_unlock(&road->lock);
    INB_TRY(status);
    INB_TRY(inb_i_job_log(job, actor, "part", id, "done", err));
    return inb_i_job_start(INB_TAKE(job), done, payload, err);
}
