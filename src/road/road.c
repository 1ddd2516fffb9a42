// SPDX-License-Identifier: EUPL-1.2
// The handle of the road: opens store and keys together, hands work to the writer and gives leave
// to read. A ticket is granted by the writer when its row of the log is durable; without it no
// read.

#include "hits_i.h"
#include "road_i.h"

#include "base/alloc.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

enum { SECONDS_EAST = 7200, SECONDS_A_DAY = 86400 };

inb_date inb_road_day(int64_t now) {
    int64_t seconds = now + SECONDS_EAST;
    return inb_date_from_day((int32_t)(seconds / SECONDS_A_DAY));
}

// ---- opening ----

// A store is begun with one key: sealing half of it under another would lose that half.
inb_status inb_road_key_fits(
    inb_store *store, const inb_keys *keys, const char *key, inb_error *err) {
    unsigned char mark[INB_STORE_TOKEN_BYTES];
    bool same = false;
    inb_token(keys, "key mark", "", 0, mark);
    INB_TRY(inb_store_key_mark(store, mark, &same, err));
    return same
               ? INB_OK
               : inb_fail(err, INB_BAD_INPUT,
                     "%s: found another key, expected the one that this store was begun with", key);
}

static inb_status open_both(inb_road *road, const inb_road_options *options, inb_error *err) {
    const inb_store_options store = {.create = options->create, .hash = inb_hash};
    INB_TRY(inb_keys_open(options->key, &road->keys, err)); // first: no store without a key
    INB_TRY(inb_store_open(options->store, &store, &road->store, err));
    INB_TRY(inb_road_key_fits(road->store, road->keys, options->key, err));
    INB_TRY(inb_keyring_folder(options->key, road->rings, err));
    INB_TRY(inb_keyring_of_store(road->store, options->key, road->keys, &road->ring, err));
    INB_TRY(inb_terms_load(options->terms, &road->terms, err));
    INB_TRY(inb_arena_new(0, &road->group, err));
    INB_TRY(inb_i_comparer_new(road->keys, road->ring, &road->comparer, err));
    size_t size = strlen(options->store) + 1;
    road->where = inb_alloc(size, 1);
    if (road->where == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the road");
    }
    memcpy(road->where, options->store, size);
    return options->writer ? inb_road_start_writer(road, err) : INB_OK;
}

inb_status inb_road_start_writer(inb_road *road, inb_error *err) {
    const inb_store_options store = {.hash = inb_hash};
    return inb_writer_new(road->where, &store, &road->writer, err);
}

inb_status inb_road_open(const inb_road_options *options, inb_road **ret_road, inb_error *err) {
    inb_road *road = inb_alloc(1, sizeof *road);
    if (road == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the road");
    }
    road->catalogue = options->catalogue;
    road->counted_from = options->counted_from;
    (void)pthread_mutex_init(&road->lock, NULL);
    inb_status status = open_both(road, options, err);
    if (status != INB_OK) {
        inb_road_free(road);
        return status;
    }
    *ret_road = road;
    return INB_OK;
}

void inb_road_free(inb_road *road) {
    if (road == NULL) {
        return;
    }
    inb_writer_free(road->writer); // what waits is written
    inb_store_free(road->store);
    inb_i_comparer_free(road->comparer);
    inb_keyring_free(road->ring);
    inb_keys_free(road->keys);
    inb_terms_free(road->terms);
    inb_arena_free(road->group);
    inb_free(road->where);
    (void)pthread_mutex_destroy(&road->lock);
    inb_free(road);
}

void inb_road_freep(inb_road **road) {
    inb_road_free(*road);
}

const inb_catalogue *inb_road_catalogue(const inb_road *road) {
    return road->catalogue;
}

const char *inb_road_rings(const inb_road *road) {
    return road->rings;
}

// ---- jobs ----

inb_status inb_i_job_new(inb_road *road, inb_i_job **ret_job, inb_error *err) {
    INB_CLEANUP(inb_i_job_freep) inb_i_job *job = inb_alloc(1, sizeof *job);
    if (job == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a piece of work");
    }
    job->road = road;
    INB_TRY(inb_arena_new(0, &job->arena, err));
    *ret_job = INB_TAKE(job);
    return INB_OK;
}

void inb_i_job_free(inb_i_job *job) {
    if (job != NULL) {
        inb_arena_free(job->arena);
        inb_free(job);
    }
}

void inb_i_job_freep(inb_i_job **job) {
    inb_i_job_free(*job);
}

inb_arena *inb_i_job_arena(inb_i_job *job) {
    return job->arena;
}

inb_work *inb_i_job_work(inb_i_job *job) {
    return &job->work;
}

inb_status inb_i_object(const inb_keys *keys, inb_arena *arena, const char *organisation,
    const char *id, const char **ret_object, inb_error *err) {
    size_t length = strlen(organisation) + (id == NULL ? 0 : 1 + strlen(id));
    char *object = inb_arena_get(arena, length + INB_I_RECORD_SIZE + 8, 1);
    if (object == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a row of the log");
    }
    if (length <= INB_STORE_LOG_MOST) {
        (void)snprintf(object, length + 1, "%s%s%s", organisation, id == NULL ? "" : "/",
            id == NULL ? "" : id);
    } else {
        char record[INB_I_RECORD_SIZE];
        inb_i_record_name(keys, organisation, id == NULL ? "" : id, record);
        (void)snprintf(object, sizeof record + 8, "record/%s", record);
    }
    *ret_object = object;
    return INB_OK;
}

inb_status inb_i_copy_text(
    inb_arena *arena, const char *text, const char **ret_copy, inb_error *err) {
    const char *told = text == NULL ? "" : text;
    *ret_copy = inb_arena_text(arena, told, strlen(told));
    return *ret_copy == NULL ? inb_fail(err, INB_NO_MEMORY, "no memory for a row of the log")
                             : INB_OK;
}

inb_status inb_i_job_log(inb_i_job *job, const inb_road_actor *actor, const char *action,
    const char *id, const char *result, inb_error *err) {
    inb_log_entry *log = &job->work.log;
    log->at = actor->now;
    INB_TRY(inb_i_copy_text(job->arena, actor->name, &log->actor, err));
    INB_TRY(inb_i_copy_text(job->arena, action, &log->action, err));
    INB_TRY(inb_i_copy_text(job->arena, result, &log->result, err));
    INB_TRY(inb_i_copy_text(job->arena, actor->purpose, &log->purpose, err));
    return inb_i_object(job->road->keys, job->arena, actor->organisation, id, &log->object, err);
}

static void job_done(inb_status status, const char *message, uint32_t version, void *payload) {
    inb_i_job *job = payload;
    if (job->done != NULL) {
        job->done(status, message, version, job->payload);
    }
    inb_i_job_free(job);
}

inb_status inb_i_job_start(inb_i_job *job, inb_work_done done, void *payload, inb_error *err) {
    inb_road *road = job->road;
    job->done = done;
    job->payload = payload;
    if (road->writer != NULL) {
        inb_status status = inb_writer_add(road->writer, &job->work, job_done, job, err);
        if (status != INB_OK) {
            inb_i_job_free(job);
        }
        return status;
    }
    // Without a writer the caller waits: the same work, the same call afterwards.
    inb_error error = INB_ERROR_INIT;
    uint32_t version = 0;
    (void)pthread_mutex_lock(&road->lock);
    inb_status status = inb_store_write(road->store, &job->work, &version, &error);
    (void)pthread_mutex_unlock(&road->lock);
    job_done(status, error.message, version, job);
    return INB_OK;
}

// ---- tickets ----

enum ticket_state { TICKET_WAITS, TICKET_GRANTED, TICKET_REFUSED };

struct inb_ticket {
    atomic_int holders; // the caller, and the writer while it waits
    atomic_int state;
    inb_road_reading reading;
    inb_work_done done;
    void *payload;
    char organisation[INB_STORE_NAME_MOST + 1];
    char id[INB_STORE_NAME_MOST + 1];
};

void inb_ticket_free(inb_ticket *ticket) {
    if (ticket != NULL && atomic_fetch_sub(&ticket->holders, 1) == 1) {
        inb_free(ticket);
    }
}

void inb_ticket_freep(inb_ticket **ticket) {
    inb_ticket_free(*ticket);
}

static void grant(inb_status status, const char *message, uint32_t version, void *payload) {
    inb_ticket *ticket = payload;
    atomic_store(&ticket->state, status == INB_OK ? TICKET_GRANTED : TICKET_REFUSED);
    if (ticket->done != NULL) {
        ticket->done(status, message, version, ticket->payload);
    }
    inb_ticket_free(ticket);
}

static const char *const reading_actions[] = {[INB_ROAD_LIST] = "list",
    [INB_ROAD_READ] = "read",
    [INB_ROAD_SITUATIONS] = "situations",
    [INB_ROAD_DUE] = "due",
    [INB_ROAD_TERM] = "term",
    [INB_ROAD_PICTURE] = "picture",
    [INB_ROAD_HITS] = "hits",
    [INB_ROAD_AGENCIES] = "agencies"};

inb_status inb_road_ask(inb_road *road, const inb_road_actor *actor, inb_road_reading reading,
    const char *id, inb_work_done done, void *payload, inb_ticket **ret_ticket, inb_error *err) {
    INB_CLEANUP(inb_ticket_freep) inb_ticket *ticket = inb_alloc(1, sizeof *ticket);
    INB_CLEANUP(inb_i_job_freep) inb_i_job *job = NULL;
    if (ticket == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a ticket");
    }
    atomic_init(&ticket->holders, 1);
    atomic_init(&ticket->state, TICKET_WAITS);
    ticket->reading = reading;
    ticket->done = done;
    ticket->payload = payload;
    size_t organisation = strlen(actor->organisation);
    size_t id_length = id == NULL ? 0 : strlen(id);
    if (organisation > INB_STORE_NAME_MOST || id_length > INB_STORE_NAME_MOST ||
        (reading == INB_ROAD_READ || reading == INB_ROAD_TERM) != (id != NULL)) {
        return inb_fail(err, INB_NOT_FOUND, "there is no such signal of this organisation");
    }
    memcpy(ticket->organisation, actor->organisation, organisation);
    memcpy(ticket->id, id == NULL ? "" : id, id_length);
    INB_TRY(inb_i_job_new(road, &job, err));
    job->work.kind = INB_WORK_LOG;
    INB_TRY(inb_i_job_log(job, actor, reading_actions[reading], id, "done", err));
    atomic_store(&ticket->holders, 2);
    inb_status status = inb_i_job_start(INB_TAKE(job), grant, ticket, err);
    if (status != INB_OK) {
        atomic_store(&ticket->holders, 1); // nobody calls back
        return status;
    }
    *ret_ticket = INB_TAKE(ticket);
    return INB_OK;
}

// One who waits for a ticket.
struct waiter {
    pthread_mutex_t lock;
    pthread_cond_t told;
    bool is_told;
    inb_error error;
};

static void tell(inb_status status, const char *message, uint32_t version, void *payload) {
    struct waiter *waiter = payload;
    (void)version;
    (void)pthread_mutex_lock(&waiter->lock);
    waiter->is_told = true;
    if (status != INB_OK) {
        (void)inb_fail(&waiter->error, status, "%s", message);
    }
    (void)pthread_cond_signal(&waiter->told);
    (void)pthread_mutex_unlock(&waiter->lock);
}

inb_status inb_road_ask_wait(inb_road *road, const inb_road_actor *actor, inb_road_reading reading,
    const char *id, inb_ticket **ret_ticket, inb_error *err) {
    struct waiter waiter = {.error = INB_ERROR_INIT};
    INB_CLEANUP(inb_ticket_freep) inb_ticket *ticket = NULL;
    (void)pthread_mutex_init(&waiter.lock, NULL);
    (void)pthread_cond_init(&waiter.told, NULL);
    inb_status status = inb_road_ask(road, actor, reading, id, tell, &waiter, &ticket, err);
    if (status == INB_OK) {
        (void)pthread_mutex_lock(&waiter.lock);
        while (!waiter.is_told) {
            (void)pthread_cond_wait(&waiter.told, &waiter.lock);
        }
        (void)pthread_mutex_unlock(&waiter.lock);
        status = waiter.error.status;
        if (status != INB_OK) {
            (void)inb_fail(err, status, "%s", waiter.error.message);
        }
    }
    (void)pthread_cond_destroy(&waiter.told);
    (void)pthread_mutex_destroy(&waiter.lock);
    INB_TRY(status);
    *ret_ticket = INB_TAKE(ticket);
    return INB_OK;
}

inb_status inb_i_ticket_use(inb_ticket *ticket, inb_road_reading reading, inb_error *err) {
    int granted = TICKET_GRANTED;
    if (ticket == NULL || ticket->reading != reading ||
        !atomic_compare_exchange_strong(&ticket->state, &granted, TICKET_REFUSED)) {
        return inb_fail(err, INB_UNAVAILABLE, "no row in the log, so no result");
    }
    return INB_OK;
}

const char *inb_i_ticket_organisation(const inb_ticket *ticket) {
    return ticket->organisation;
}

const char *inb_i_ticket_id(const inb_ticket *ticket) {
    return ticket->id;
}

// ---- reading ----

inb_status inb_road_list(inb_road *road, inb_ticket *ticket, inb_arena *arena, int64_t before,
    size_t most, const inb_road_signal **ret_signals, size_t *ret_count, inb_error *err) {
    const inb_stored_signal *stored = NULL;
    size_t count = 0;
    INB_TRY(inb_i_ticket_use(ticket, INB_ROAD_LIST, err));
    (void)pthread_mutex_lock(&road->lock);
    inb_status status = inb_store_list(
        road->store, arena, ticket->organisation, before, most, &stored, &count, err);
    (void)pthread_mutex_unlock(&road->lock);
    INB_TRY(status);
    inb_road_signal *list = inb_arena_get(arena, count, sizeof *list);
    if (list == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a list of signals");
    }
    for (size_t i = 0; i < count; i++) {
        list[i].stored = &stored[i];
        INB_TRY(inb_recall(road->keys, NULL, &stored[i], arena, &list[i].signal, err));
        INB_TRY(inb_i_promise_of(road, stored[i].number, &list[i].promise, err));
    }
    *ret_signals = list;
    *ret_count = count;
    return INB_OK;
}

inb_status inb_road_read(inb_road *road, inb_ticket *ticket, inb_arena *arena, uint32_t version,
    inb_road_signal *ret_signal, inb_error *err) {
    inb_road_signal found = {0};
    INB_TRY(inb_i_ticket_use(ticket, INB_ROAD_READ, err));
    INB_CLEANUP(inb_i_key_wipe) inb_i_key key = {.given = false};
    INB_TRY(inb_i_read_stored(
        road, arena, ticket->organisation, ticket->id, version, &found.stored, err));
    INB_TRY(inb_i_open_key(road->keys, road->ring, found.stored, &key, err));
    const inb_record_key *own = key.given ? &key.key : NULL;
    INB_TRY(inb_recall(road->keys, own, found.stored, arena, &found.signal, err));
    INB_TRY(inb_i_passing(road->keys, own, found.stored, arena, &found.passing, err));
    INB_TRY(inb_i_promise_of(road, found.stored->number, &found.promise, err));
    *ret_signal = found;
    return INB_OK;
}

inb_status inb_road_id_of(inb_road *road, const char *organisation, int64_t number,
    inb_arena *arena, const char **ret_id, inb_error *err) {
    const inb_stored_signal *stored = NULL;
    size_t count = 0;
    if (number < 1 || number == INT64_MAX) {
        return inb_fail(err, INB_NOT_FOUND, "there is no such signal of this organisation");
    }
    (void)pthread_mutex_lock(&road->lock);
    inb_status status =
        inb_store_list(road->store, arena, organisation, number + 1, 1, &stored, &count, err);
    (void)pthread_mutex_unlock(&road->lock);
    INB_TRY(status);
    if (count == 0 || stored[0].number != number) {
        return inb_fail(err, INB_NOT_FOUND, "there is no such signal of this organisation");
    }
    *ret_id = stored[0].id;
    return INB_OK;
}

inb_status inb_road_number_of(inb_road *road, const char *organisation, const char *id,
    inb_arena *arena, int64_t *ret_number, inb_error *err) {
    const inb_stored_signal *stored = NULL;
    INB_TRY(inb_i_read_stored(road, arena, organisation, id, 0, &stored, err));
    *ret_number = stored->number;
    return INB_OK;
}

// ---- many at once ----

inb_status inb_road_begin(inb_road *road, inb_error *err) {
    return inb_store_begin(road->store, err);
}

inb_status inb_road_keep_one(inb_road *road, const inb_road_actor *actor, const inb_signal *signal,
    inb_intake_levels *ret_levels, inb_error *err) {
    inb_stored_signal stored;
    inb_intake_levels levels;
    inb_i_then then = {road->comparer, actor->name, actor->now};
    inb_work work = {.kind = INB_WORK_APPEND,
        .signal = &stored,
        .then = inb_i_compare_then,
        .then_payload = &then,
        .log = {.at = actor->now,
            .actor = actor->name,
            .action = "import",
            .result = "done",
            .purpose = actor->purpose}};
    inb_arena_reset(road->group);
    INB_TRY(inb_i_take_new(road, actor, signal, false, road->group, &stored, &levels, err));
    INB_TRY(inb_i_object(
        road->keys, road->group, stored.organisation, stored.id, &work.log.object, err));
    INB_TRY(inb_store_apply(road->store, &work, NULL, err));
    if (ret_levels != NULL) {
        *ret_levels = levels;
    }
    return INB_OK;
}

inb_status inb_road_commit(inb_road *road, inb_error *err) {
    return inb_store_commit(road->store, err);
}

void inb_road_rollback(inb_road *road) {
    inb_store_rollback(road->store);
}

inb_status inb_road_log_verify(
    inb_road *road, const inb_log_anchor *anchor, inb_log_verdict *ret_verdict, inb_error *err) {
    (void)pthread_mutex_lock(&road->lock);
    inb_status status = inb_log_verify(road->store, NULL, anchor, ret_verdict, err);
    (void)pthread_mutex_unlock(&road->lock);
    return status;
}
