// SPDX-License-Identifier: EUPL-1.2
// Letting go of what has ended. Rows first, with their receipt in the same transaction; then the
// files; the keys last. Stopped in between, the next purge finds keys that still stand for what the
// store has let go of, and erases them; the other way round, content would be out of reach before
// anything says that it went, and names of the store would not open while its rows still stand.

#include "road_i.h"

#include "base/alloc.h"

#include <string.h>

// What goes together in one transaction.
struct step {
    inb_date month; // year 0: rows of keys that were erased already
    int64_t signals;
    int64_t *buckets;
    size_t bucket_count;
};

struct plan {
    inb_arena *arena;
    inb_date until;
    struct step *steps; // in order of months
    size_t step_count;
    size_t step_room;
    int64_t *erase; // keys of the ring
    size_t erase_count;
};

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "no memory to let go of signals");
}

static bool ended(const struct plan *plan, inb_date month) {
    return month.year != 0 && !inb_month_before(plan->until, month);
}

// ---- signals of an older store ----

struct settling {
    const inb_road *road;
    inb_date first; // nothing that an older program kept ends before
};

static inb_date settle_one(
    inb_reporter source, inb_signal_status status, int64_t kept_at, void *payload) {
    const struct settling *settling = payload;
    inb_date end = inb_term_end(inb_terms_of(settling->road->terms, source),
        status == INB_SIGNAL_RETRACTED, inb_road_day(kept_at));
    return inb_i_later(end, settling->first);
}

// The next month at the earliest, so that nobody is surprised by a new program.
static inb_status settle(
    inb_road *road, const inb_road_actor *actor, int64_t *ret_settled, inb_error *err) {
    struct settling settling = {road, inb_month_after(inb_road_day(actor->now), 1)};
    const inb_log_entry row = {actor->now, actor->name, "settle_ends", "", "done", actor->purpose};
    (void)pthread_mutex_lock(&road->lock);
    inb_status status =
        inb_store_settle(road->store, settle_one, &settling, &row, ret_settled, err);
    (void)pthread_mutex_unlock(&road->lock);
    return status;
}

// ---- the plan ----

// The step of a month, in its place.
static struct step *step_of(struct plan *plan, inb_date month) {
    size_t at = 0;
    while (at < plan->step_count && inb_month_before(plan->steps[at].month, month)) {
        at++;
    }
    if (at < plan->step_count && !inb_month_before(month, plan->steps[at].month)) {
        return &plan->steps[at];
    }
    if (plan->step_count == plan->step_room) {
        return NULL;
    }
    memmove(
        &plan->steps[at + 1], &plan->steps[at], (plan->step_count - at) * sizeof plan->steps[0]);
    plan->steps[at] = (struct step){.month = month};
    plan->step_count++;
    return &plan->steps[at];
}

static inb_status add_bucket(
    struct plan *plan, inb_date month, int64_t id, size_t most, int64_t signals, inb_error *err) {
    struct step *step = step_of(plan, month);
    if (step == NULL) {
        return no_memory(err);
    }
    if (step->buckets == NULL) {
        step->buckets = inb_arena_get(plan->arena, most, sizeof *step->buckets);
        if (step->buckets == NULL) {
            return no_memory(err);
        }
    }
    step->buckets[step->bucket_count++] = id;
    step->signals += month.year == 0 ? signals : 0; // the others are counted by their month
    return INB_OK;
}

static const inb_stored_bucket *find(const inb_stored_bucket *stored, size_t count, int64_t id) {
    for (size_t i = 0; i < count; i++) {
        if (stored[i].id == id) {
            return &stored[i];
        }
    }
    return NULL;
}

// Keys of the ring: those of months that are over, and those that the store has let go of.
static inb_status plan_ring(struct plan *plan, const inb_bucket *ring, size_t ring_count,
    const inb_stored_bucket *stored, size_t stored_count, inb_error *err) {
    size_t most = ring_count + stored_count;
    plan->erase = inb_arena_get(plan->arena, ring_count, sizeof *plan->erase);
    if (plan->erase == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < ring_count; i++) {
        const inb_stored_bucket *known = find(stored, stored_count, ring[i].id);
        bool gone = known != NULL && known->erased;
        if (ring[i].state == INB_BUCKET_ALIVE && (gone || ended(plan, ring[i].month))) {
            plan->erase[plan->erase_count++] = ring[i].id;
            if (!gone) {
                INB_TRY(add_bucket(plan, ring[i].month, ring[i].id, most, 0, err));
            }
        } else if (ring[i].state == INB_BUCKET_ERASED && known != NULL && !gone) {
            INB_TRY(add_bucket(plan, (inb_date){0, 0, 0}, ring[i].id, most, known->signals, err));
        }
    }
    return INB_OK;
}

static inb_status make_plan(inb_road *road, struct plan *plan, inb_error *err) {
    const inb_stored_end *ends = NULL;
    const inb_stored_bucket *stored = NULL;
    size_t end_count = 0;
    size_t stored_count = 0;
    size_t ring_count = 0;
    inb_bucket *ring = inb_arena_get(plan->arena, INB_KEYRING_MOST, sizeof *ring);
    if (ring == NULL) {
        return no_memory(err);
    }
    INB_TRY(inb_store_ends(road->store, plan->arena, &ends, &end_count, err));
    INB_TRY(inb_store_buckets(road->store, plan->arena, &stored, &stored_count, err));
    INB_TRY(inb_keyring_list(road->ring, ring, INB_KEYRING_MOST, &ring_count, err));
    plan->step_room = end_count + ring_count + 1;
    plan->steps = inb_arena_get(plan->arena, plan->step_room, sizeof *plan->steps);
    if (plan->steps == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < end_count; i++) {
        if (ended(plan, ends[i].month)) {
            step_of(plan, ends[i].month)->signals = ends[i].signals; // there is room
        }
    }
    return plan_ring(plan, ring, ring_count, stored, stored_count, err);
}

// ---- doing ----

static inb_status do_step(
    inb_road *road, const inb_road_actor *actor, bool early, struct step *step, inb_error *err) {
    char month[11] = "erased"; // rows of an old backup
    uint32_t signals = 0;
    if (step->month.year != 0) {
        inb_date_format(step->month, month);
    }
    const inb_stored_purge purge = {step->month, step->buckets, step->bucket_count};
    const inb_work work = {.kind = INB_WORK_PURGE,
        .log = {.at = actor->now,
            .actor = actor->name,
            .action = early ? "purge_early" : "purge",
            .object = month,
            .result = "done"},
        .purge = &purge};
    if (road->writer != NULL) {
        INB_TRY(inb_writer_wait(road->writer, &work, &signals, err));
    } else {
        (void)pthread_mutex_lock(&road->lock);
        inb_status status = inb_store_write(road->store, &work, &signals, err);
        (void)pthread_mutex_unlock(&road->lock);
        INB_TRY(status);
    }
    step->signals = signals;
    return INB_OK;
}

static void tell(const struct step *step, inb_purge_report *report) {
    report->signals += step->signals;
    if (step->month.year == 0) {
        report->remains += step->signals;
    } else if (step->signals > 0 && report->month_count < INB_PURGE_MONTHS_MOST) {
        report->months[report->month_count++] = (inb_purge_month){step->month, step->signals};
    }
}

static inb_status last_month(const inb_road_actor *actor, const inb_purge_options *options,
    inb_date *ret_until, inb_error *err) {
    inb_date now = inb_month_after(inb_road_day(actor->now), 0);
    inb_date until = options->until;
    if (until.year == 0) {
        until = inb_month_after(now, -1);
    }
    if (until.day != 0 || until.month == 0) {
        return inb_fail(err, INB_USAGE, "signals end in a month, expected one such as 2026-11");
    }
    if (!inb_month_before(until, now) && !options->early && !options->dry_run) {
        return inb_fail(err, INB_USAGE,
            "found a month that is not over; signals would go before their end (--early)");
    }
    *ret_until = until;
    return INB_OK;
}

inb_status inb_road_purge(inb_road *road, const inb_road_actor *actor,
    const inb_purge_options *options, inb_purge_report *ret_report, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    struct plan plan = {.steps = NULL};
    inb_purge_report report = {.scrubbed = true};
    INB_TRY(last_month(actor, options, &plan.until, err));
    INB_TRY(inb_arena_new(0, &arena, err));
    plan.arena = arena;
    if (!options->dry_run) {
        INB_TRY(settle(road, actor, &report.settled, err));
    }
    (void)pthread_mutex_lock(&road->lock);
    inb_status status = make_plan(road, &plan, err);
    (void)pthread_mutex_unlock(&road->lock);
    INB_TRY(status);
    bool early = options->early && !inb_month_before(plan.until, inb_road_day(actor->now));
    for (size_t i = 0; i < plan.step_count; i++) {
        if (!options->dry_run) {
            INB_TRY(do_step(road, actor, early, &plan.steps[i], err));
        }
        tell(&plan.steps[i], &report);
    }
    report.keys = plan.erase_count;
    if (!options->dry_run) {
        (void)pthread_mutex_lock(&road->lock);
        status = inb_store_scrub(road->store, &report.scrubbed, err);
        (void)pthread_mutex_unlock(&road->lock);
        INB_TRY(status);
        INB_TRY(inb_keyring_erase(road->ring, plan.erase, plan.erase_count, &report.keys, err));
    }
    *ret_report = report;
    return INB_OK;
}
