// SPDX-License-Identifier: EUPL-1.2
// Writing: a signal is kept, corrected, passed on or retracted, each as a new version with its row
// of the log. Its parts are sealed under the record's own key and bound to the version; its end is
// counted anew, so that what came in late does not go with what was there.

#include "road_i.h"

#include "base/alloc.h"

#include <stdio.h>
#include <string.h>

static bool is_own(const inb_road_actor *actor, const inb_signal *signal) {
    return signal->organisation != NULL && actor->organisation != NULL &&
           strcmp(signal->organisation, actor->organisation) == 0;
}

inb_status inb_i_read_stored(inb_road *road, inb_arena *arena, const char *organisation,
    const char *id, uint32_t version, const inb_stored_signal **ret_signal, inb_error *err) {
    (void)pthread_mutex_lock(&road->lock);
    inb_status status =
        inb_store_read(road->store, arena, organisation, id, version, ret_signal, err);
    (void)pthread_mutex_unlock(&road->lock);
    return status;
}

// ---- ends ----

// Where no person shows anything; a signal without persons is about an agency or an address.
static bool came_to_nothing(const inb_intake_levels *levels, size_t persons) {
    return persons > 0 && levels->persons[INB_LEVEL_NONE] == persons;
}

inb_date inb_i_later(inb_date one, inb_date other) {
    return inb_month_before(one, other) ? other : one;
}

// The plain end of a signal, or that of its hold where that is later.
static void set_end(inb_stored_signal *stored, inb_date plain) {
    stored->ends = plain;
    if (stored->hold.reason != NULL) {
        stored->hold.before = plain;
        stored->ends = inb_i_later(plain, stored->hold.until);
    }
    if (stored->review.year != 0 && !inb_month_before(stored->review, stored->ends)) {
        stored->review = (inb_date){0, 0, 0}; // it is gone by then
    }
}

static inb_date begins(const inb_road *road, inb_date today) {
    return road->counted_from.year != 0 ? road->counted_from : today;
}

static void set_term(const inb_road *road, const inb_signal *signal, inb_date day, bool nothing,
    inb_stored_signal *stored) {
    inb_date today = begins(road, day);
    stored->review = inb_review_month(signal, today);
    set_end(stored, inb_term_end(inb_terms_of(road->terms, stored->source_kind), nothing, today));
}

inb_date inb_road_would_end(
    const inb_road *road, const inb_signal *signal, inb_date today, bool passed_on) {
    inb_intake_levels levels = {{0}};
    inb_error none = INB_ERROR_INIT;
    bool weighed = inb_i_weigh(road->catalogue, signal, &levels, &none) == INB_OK;
    bool nothing = weighed && !passed_on && came_to_nothing(&levels, signal->person_count);
    return inb_term_end(inb_terms_of(road->terms, signal->source_kind), nothing, today);
}

// ---- a new signal ----

inb_status inb_i_take_new(inb_road *road, const inb_road_actor *actor, const inb_signal *signal,
    bool passed_on, inb_arena *arena, inb_stored_signal *ret_stored, inb_intake_levels *ret_levels,
    inb_error *err) {
    INB_CLEANUP(inb_i_key_wipe) inb_i_key key = {.given = true};
    inb_date today = inb_road_day(actor->now);
    inb_stored_signal stored;
    inb_record_key_make(1, &key.key);
    INB_TRY(inb_intake(
        road->keys, road->catalogue, signal, today, &key.key, 1, arena, &stored, ret_levels, err));
    stored.kept_at = actor->now;
    bool nothing = !passed_on && came_to_nothing(ret_levels, signal->person_count);
    set_term(road, signal, today, nothing, &stored);
    INB_TRY(inb_i_wrap_key(road->keys, road->ring, &key.key, arena, &stored, err));
    *ret_stored = stored;
    return INB_OK;
}

// ---- parts ----

// Puts a part in the place of the one of its name, or behind the others.
static inb_status put_part(inb_i_job *job, const inb_stored_part *part, inb_error *err) {
    size_t count = job->signal.part_count;
    inb_stored_part *parts = inb_arena_get(job->arena, count + 1, sizeof *parts);
    if (parts == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a piece of work");
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(job->signal.parts[i].field, part->field) != 0) {
            parts[kept++] = job->signal.parts[i];
        }
    }
    parts[kept++] = *part;
    job->signal.parts = parts;
    job->signal.part_count = kept;
    return INB_OK;
}

// Sealed for the version that the job makes.
static inb_status put_passing(inb_i_job *job, const inb_record_key *key, uint32_t version,
    const inb_road_passing *passing, inb_error *err) {
    char text[INB_I_PASSED_SIZE];
    char on[11];
    char answer_by[11];
    char record[INB_I_RECORD_SIZE];
    if (passing->to == NULL || strlen(passing->to) == 0 ||
        strlen(passing->to) > INB_STORE_CODE_MOST || strchr(passing->to, ' ') != NULL ||
        passing->on.day == 0 || passing->answer_by.day == 0) {
        return inb_fail(err, INB_BAD_INPUT, "found no route and days to pass a signal on by");
    }
    inb_date_format(passing->on, on);
    inb_date_format(passing->answer_by, answer_by);
    int length = snprintf(text, sizeof text, "%s %s %s", passing->to, on, answer_by);
    size_t size = inb_sealed_size((size_t)length);
    unsigned char *bytes = inb_arena_get(job->arena, size, 1);
    if (bytes == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a piece of work");
    }
    inb_i_record_name(job->road->keys, job->signal.organisation, job->signal.id, record);
    INB_TRY(inb_seal_part(key, record, version, INB_I_PASSED, text, (size_t)length, bytes, err));
    return put_part(job, &(inb_stored_part){INB_I_PASSED, bytes, size}, err);
}

// The row of the log is filled already.
static void compare_after(inb_i_job *job) {
    job->then = (inb_i_then){job->road->comparer, job->work.log.actor, job->work.log.at};
    job->work.then = inb_i_compare_then;
    job->work.then_payload = &job->then;
}

// ---- changing ----

// The signal as it stands, the key of its parts, and the one that the next version is sealed under:
// the same, or a new one where an older program sealed it.
struct change {
    const inb_stored_signal *before;
    inb_i_key old;
    inb_record_key key;
    uint32_t replaced; // version that the caller looked at
    uint32_t version;  // that is made
};

static void change_wipe(struct change *change) {
    inb_i_key_wipe(&change->old);
    inb_record_key_wipe(&change->key);
}

static inb_status begin_change(inb_road *road, inb_arena *arena, const char *organisation,
    const char *id, uint32_t version, struct change *change, inb_error *err) {
    INB_TRY(inb_i_read_stored(road, arena, organisation, id, 0, &change->before, err));
    INB_TRY(inb_i_open_key(road->keys, road->ring, change->before, &change->old, err));
    change->replaced = version == 0 ? change->before->version : version;
    change->version = change->replaced + 1;
    if (change->old.given) {
        change->key = change->old.key;
    } else {
        inb_record_key_make(change->version, &change->key);
    }
    return INB_OK;
}

static inb_status seal_anew(inb_i_job *job, const struct change *change,
    const inb_stored_part *part, inb_stored_part *ret_part, inb_error *err) {
    return inb_i_seal_anew(job->road->keys, &change->old, &change->key, change->before,
        change->version, part, job->arena, ret_part, err);
}

// What was passed on stays so in a corrected version.
static inb_status keep_passing(
    inb_i_job *job, const struct change *change, bool *ret_passed, inb_error *err) {
    *ret_passed = false;
    for (size_t i = 0; i < change->before->part_count; i++) {
        const inb_stored_part *part = &change->before->parts[i];
        inb_stored_part fresh;
        if (strcmp(part->field, INB_I_PASSED) == 0) {
            INB_TRY(seal_anew(job, change, part, &fresh, err));
            INB_TRY(put_part(job, &fresh, err));
            *ret_passed = true;
        }
    }
    return INB_OK;
}

inb_status inb_road_keep(inb_road *road, const inb_road_actor *actor, const inb_signal *signal,
    const inb_road_passing *passing, inb_work_done done, void *payload, inb_error *err) {
    INB_CLEANUP(inb_i_job_freep) inb_i_job *job = NULL;
    inb_intake_levels levels = {{0}};
    if (!is_own(actor, signal)) {
        return inb_fail(err, INB_BAD_INPUT, "found a signal of another organisation");
    }
    INB_TRY(inb_i_job_new(road, &job, err));
    INB_TRY(inb_i_take_new(
        road, actor, signal, passing != NULL, job->arena, &job->signal, &levels, err));
    if (passing != NULL) {
        INB_CLEANUP(inb_i_key_wipe) inb_i_key key = {.given = false};
        INB_TRY(inb_i_open_key(road->keys, road->ring, &job->signal, &key, err));
        INB_TRY(put_passing(job, &key.key, 1, passing, err));
        job->work.answer_by = passing->answer_by;
        job->signal.status = INB_SIGNAL_PASSED_ON;
    }
    job->work.signal = &job->signal;
    job->work.kind = INB_WORK_APPEND;
    INB_TRY(inb_i_job_log(
        job, actor, passing == NULL ? "keep" : "keep_and_pass_on", signal->id, "done", err));
    compare_after(job);
    return inb_i_job_start(INB_TAKE(job), done, payload, err);
}

inb_status inb_road_correct(inb_road *road, const inb_road_actor *actor, const inb_signal *signal,
    uint32_t version, inb_work_done done, void *payload, inb_error *err) {
    INB_CLEANUP(inb_i_job_freep) inb_i_job *job = NULL;
    INB_CLEANUP(change_wipe) struct change change = {.version = 0};
    inb_intake_levels levels = {{0}};
    inb_date today = inb_road_day(actor->now);
    bool passed = false;
    if (!is_own(actor, signal)) {
        return inb_fail(err, INB_BAD_INPUT, "found a signal of another organisation");
    }
    INB_TRY(inb_i_job_new(road, &job, err));
    INB_TRY(begin_change(road, job->arena, actor->organisation, signal->id, version, &change, err));
    INB_TRY(inb_intake(road->keys, road->catalogue, signal, today, &change.key, change.version,
        job->arena, &job->signal, &levels, err));
    INB_TRY(keep_passing(job, &change, &passed, err));
    job->signal.kept_at = actor->now;
    job->signal.status = INB_SIGNAL_CORRECTED;
    job->signal.version = change.replaced;
    job->signal.hold = change.before->hold;
    set_term(road, signal, today, !passed && came_to_nothing(&levels, signal->person_count),
        &job->signal);
    INB_TRY(inb_i_wrap_key(road->keys, road->ring, &change.key, job->arena, &job->signal, err));
    job->work.signal = &job->signal;
    job->work.kind = INB_WORK_CORRECT;
    INB_TRY(inb_i_job_log(job, actor, "correct", signal->id, "done", err));
    compare_after(job);
    return inb_i_job_start(INB_TAKE(job), done, payload, err);
}

inb_status inb_road_pass_on(inb_road *road, const inb_road_actor *actor, const char *id,
    uint32_t version, const inb_road_passing *passing, inb_work_done done, void *payload,
    inb_error *err) {
    INB_CLEANUP(inb_i_job_freep) inb_i_job *job = NULL;
    INB_CLEANUP(change_wipe) struct change change = {.version = 0};
    INB_TRY(inb_i_job_new(road, &job, err));
    INB_TRY(begin_change(road, job->arena, actor->organisation, id, version, &change, err));
    job->signal = *change.before;
    inb_stored_part *parts = inb_arena_get(job->arena, change.before->part_count, sizeof *parts);
    if (parts == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a piece of work");
    }
    for (size_t i = 0; i < change.before->part_count; i++) {
        INB_TRY(seal_anew(job, &change, &change.before->parts[i], &parts[i], err));
    }
    job->signal.parts = parts;
    job->signal.status = INB_SIGNAL_PASSED_ON;
    job->signal.version = change.replaced;
    job->signal.kept_at = actor->now;
    INB_TRY(put_passing(job, &change.key, change.version, passing, err));
    job->work.answer_by = passing->answer_by;
    set_end(&job->signal, inb_term_end(inb_terms_of(road->terms, job->signal.source_kind), false,
                              inb_road_day(actor->now)));
    INB_TRY(inb_i_wrap_key(road->keys, road->ring, &change.key, job->arena, &job->signal, err));
    job->work.kind = INB_WORK_CORRECT;
    job->work.signal = &job->signal;
    INB_TRY(inb_i_job_log(job, actor, "pass_on", id, "done", err));
    compare_after(job);
    return inb_i_job_start(INB_TAKE(job), done, payload, err);
}

// The end of what is retracted: soon, and never later than before.
static inb_status end_retracted(
    inb_i_job *job, const inb_road_actor *actor, const inb_stored_signal *before, inb_error *err) {
    inb_road *road = job->road;
    INB_CLEANUP(inb_i_key_wipe) inb_i_key key = {.given = false};
    inb_error why = INB_ERROR_INIT;
    inb_status status = inb_i_open_key(road->keys, road->ring, before, &key, &why);
    if (status == INB_ERASED || status == INB_NOT_FOUND) {
        return INB_OK; // nothing to wrap; its end stays
    }
    if (status != INB_OK) {
        return inb_fail(err, status, "%s", why.message);
    }
    const inb_term *term = inb_terms_of(road->terms, before->source_kind);
    inb_date soon = inb_term_end(term, true, inb_road_day(actor->now));
    inb_date plain = before->hold.reason != NULL ? before->hold.before : before->ends;
    job->signal.hold = before->hold;
    job->signal.review = before->review;
    set_end(&job->signal, plain.year != 0 && inb_month_before(plain, soon) ? plain : soon);
    return key.given
               ? inb_i_wrap_key(road->keys, road->ring, &key.key, job->arena, &job->signal, err)
               : INB_OK;
}

inb_status inb_road_retract(inb_road *road, const inb_road_actor *actor, const char *id,
    uint32_t version, inb_work_done done, void *payload, inb_error *err) {
    INB_CLEANUP(inb_i_job_freep) inb_i_job *job = NULL;
    const inb_stored_signal *before = NULL;
    inb_error why = INB_ERROR_INIT;
    INB_TRY(inb_i_job_new(road, &job, err));
    job->signal.version = version;
    job->signal.kept_at = actor->now;
    INB_TRY(inb_i_copy_text(job->arena, actor->organisation, &job->signal.organisation, err));
    INB_TRY(inb_i_copy_text(job->arena, id, &job->signal.id, err));
    inb_status found =
        inb_i_read_stored(road, job->arena, actor->organisation, id, 0, &before, &why);
    if (found == INB_OK) {
        INB_TRY(end_retracted(job, actor, before, err));
    } else if (found != INB_NOT_FOUND) { // the store says that in `done`
        return inb_fail(err, found, "%s", why.message);
    }
    job->work.kind = INB_WORK_RETRACT;
    job->work.signal = &job->signal;
    INB_TRY(inb_i_job_log(job, actor, "retract", id, "done", err));
    compare_after(job);
    return inb_i_job_start(INB_TAKE(job), done, payload, err);
}

inb_status inb_road_note(inb_road *road, const inb_road_actor *actor, const char *action,
    const char *object, const char *result, inb_work_done done, void *payload, inb_error *err) {
    INB_CLEANUP(inb_i_job_freep) inb_i_job *job = NULL;
    INB_TRY(inb_i_job_new(road, &job, err));
    INB_TRY(inb_i_job_log(job, actor, action, NULL, result, err));
    INB_TRY(inb_i_copy_text(job->arena, object, &job->work.log.object, err));
    return inb_i_job_start(INB_TAKE(job), done, payload, err);
}
