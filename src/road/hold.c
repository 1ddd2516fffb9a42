// SPDX-License-Identifier: EUPL-1.2
// The end of one signal, changed without a new version of it: held, let go of, or looked at again.
// Its key is wrapped anew for the month in which it ends now.

#include "road_i.h"

#include "base/alloc.h"

// A job that changes the term of a signal as it stands; its key is opened for wrapping anew.
static inb_status term_job(inb_road *road, const inb_road_actor *actor, const char *id,
    inb_work_kind kind, inb_i_key *key, inb_i_job **ret_job, inb_error *err) {
    INB_CLEANUP(inb_i_job_freep) inb_i_job *job = NULL;
    const inb_stored_signal *before = NULL;
    INB_TRY(inb_i_job_new(road, &job, err));
    INB_TRY(inb_i_read_stored(road, job->arena, actor->organisation, id, 0, &before, err));
    if (before->ends.year == 0) {
        return inb_fail(err, INB_BAD_INPUT,
            "this signal was kept by an older program and has no end yet; see inbeeld purge");
    }
    INB_TRY(inb_i_open_key(road->keys, road->ring, before, key, err));
    job->signal = *before;
    job->work.kind = kind;
    job->work.signal = &job->signal;
    *ret_job = INB_TAKE(job);
    return INB_OK;
}

static inb_status end_term_job(inb_i_job *job, const inb_i_key *key, const inb_road_actor *actor,
    const char *action, const char *id, inb_work_done done, void *payload, inb_error *err) {
    inb_road *road = job->road;
    inb_status status = key->given ? inb_i_wrap_key(road->keys, road->ring, &key->key, job->arena,
                                         &job->signal, err)
                                   : INB_OK;
    if (status == INB_OK) {
        status = inb_i_job_log(job, actor, action, id, "done", err);
    }
    if (status != INB_OK) {
        inb_i_job_free(job);
        return status;
    }
    return inb_i_job_start(job, done, payload, err);
}

inb_status inb_road_hold(inb_road *road, const inb_road_actor *actor, const char *id,
    const char *reason, const char *owner, inb_date until, inb_work_done done, void *payload,
    inb_error *err) {
    INB_CLEANUP(inb_i_key_wipe) inb_i_key key = {.given = false};
    INB_CLEANUP(inb_i_job_freep) inb_i_job *job = NULL;
    inb_date most = inb_month_after(inb_road_day(actor->now), INB_HOLD_MONTHS_MOST);
    INB_TRY(term_job(road, actor, id, INB_WORK_HOLD, &key, &job, err));
    if (until.day != 0 || until.month == 0 || !inb_month_before(job->signal.ends, until) ||
        inb_month_before(most, until)) {
        return inb_fail(err, INB_BAD_INPUT,
            "a hold ends in a month after the signal would, and %d months from now at most",
            (int)INB_HOLD_MONTHS_MOST);
    }
    inb_stored_hold hold = {.at = actor->now, .until = until, .before = job->signal.ends};
    INB_TRY(inb_i_copy_text(job->arena, reason, &hold.reason, err));
    INB_TRY(inb_i_copy_text(job->arena, owner, &hold.owner, err));
    job->signal.hold = hold;
    job->signal.ends = until;
    const inb_road_actor why = {actor->name, actor->organisation, hold.reason, actor->now};
    return end_term_job(INB_TAKE(job), &key, &why, "hold", id, done, payload, err);
}

inb_status inb_road_release(inb_road *road, const inb_road_actor *actor, const char *id,
    inb_work_done done, void *payload, inb_error *err) {
    INB_CLEANUP(inb_i_key_wipe) inb_i_key key = {.given = false};
    INB_CLEANUP(inb_i_job_freep) inb_i_job *job = NULL;
    INB_TRY(term_job(road, actor, id, INB_WORK_RELEASE, &key, &job, err));
    if (job->signal.hold.reason == NULL) {
        return inb_fail(err, INB_BAD_INPUT, "this signal is not held");
    }
    job->signal.ends =
        inb_i_later(job->signal.hold.before, inb_month_after(inb_road_day(actor->now), 0));
    return end_term_job(INB_TAKE(job), &key, actor, "release", id, done, payload, err);
}

inb_status inb_road_reviewed(inb_road *road, const inb_road_actor *actor, const char *id,
    inb_work_done done, void *payload, inb_error *err) {
    INB_CLEANUP(inb_i_key_wipe) inb_i_key key = {.given = false};
    INB_CLEANUP(inb_i_job_freep) inb_i_job *job = NULL;
    INB_TRY(term_job(road, actor, id, INB_WORK_TERM, &key, &job, err));
    job->signal.review = (inb_date){0, 0, 0};
    return end_term_job(INB_TAKE(job), &key, actor, "reviewed", id, done, payload, err);
}

inb_status inb_road_term(inb_road *road, inb_ticket *ticket, inb_arena *arena,
    const inb_stored_signal **ret_signal, inb_error *err) {
    const inb_stored_signal *stored = NULL;
    INB_TRY(inb_i_ticket_use(ticket, INB_ROAD_TERM, err));
    INB_TRY(inb_i_read_stored(
        road, arena, inb_i_ticket_organisation(ticket), inb_i_ticket_id(ticket), 0, &stored, err));
    *ret_signal = stored;
    return INB_OK;
}
