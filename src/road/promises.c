// SPDX-License-Identifier: EUPL-1.2
// Answers that are promised: what is due, found by the day that stands open, and that one was
// given.

#include "road_i.h"

#include "base/alloc.h"

inb_status inb_i_promise_of(
    inb_road *road, int64_t number, inb_stored_promise *ret_promise, inb_error *err) {
    (void)pthread_mutex_lock(&road->lock);
    inb_status status = inb_store_promise(road->store, number, ret_promise, err);
    (void)pthread_mutex_unlock(&road->lock);
    return status;
}

inb_status inb_road_answered(inb_road *road, const inb_road_actor *actor, const char *id,
    inb_work_done done, void *payload, inb_error *err) {
    INB_CLEANUP(inb_i_job_freep) inb_i_job *job = NULL;
    INB_TRY(inb_i_job_new(road, &job, err));
    INB_TRY(inb_i_copy_text(job->arena, actor->organisation, &job->signal.organisation, err));
    INB_TRY(inb_i_copy_text(job->arena, id, &job->signal.id, err));
    job->work.kind = INB_WORK_ANSWER;
    job->work.signal = &job->signal;
    INB_TRY(inb_i_job_log(job, actor, "answer", id, "done", err));
    return inb_i_job_start(INB_TAKE(job), done, payload, err);
}

// One signal as of a list. Caller holds the lock.
static inb_status read_due(
    inb_road *road, inb_arena *arena, int64_t number, inb_road_signal *ret_signal, inb_error *err) {
    INB_TRY(inb_store_get(road->store, arena, number, &ret_signal->stored, err));
    INB_TRY(inb_recall(road->keys, NULL, ret_signal->stored, arena, &ret_signal->signal, err));
    return inb_store_promise(road->store, number, &ret_signal->promise, err);
}

inb_status inb_road_due(inb_road *road, inb_ticket *ticket, inb_arena *arena, size_t most,
    const inb_road_signal **ret_signals, size_t *ret_count, inb_error *err) {
    static const inb_date any_day = {9999, 12, 31};
    const int64_t *numbers = NULL;
    size_t count = 0;
    INB_TRY(inb_i_ticket_use(ticket, INB_ROAD_DUE, err));
    (void)pthread_mutex_lock(&road->lock);
    inb_status status = inb_store_due(road->store, arena, inb_i_ticket_organisation(ticket),
        any_day, most, &numbers, &count, err);
    inb_road_signal *list = inb_arena_get(arena, count, sizeof *list);
    for (size_t i = 0; status == INB_OK && list != NULL && i < count; i++) {
        status = read_due(road, arena, numbers[i], &list[i], err);
    }
    (void)pthread_mutex_unlock(&road->lock);
    INB_TRY(status);
    if (list == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a list of signals");
    }
    *ret_signals = list;
    *ret_count = count;
    return INB_OK;
}
