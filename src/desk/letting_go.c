// SPDX-License-Identifier: EUPL-1.2
// A thread that asks each minute whether a new day has begun, and lets go of what has ended then.
// What fails is tried again each hour.

#include "letting_go.h"

#include "base/alloc.h"

#include <pthread.h>
#include <time.h>

enum { EACH_SECONDS = 60, AGAIN_SECONDS = 3600 };

struct inb_letting_go {
    inb_road *road;
    const char *actor;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool ending;
};

inb_status inb_letting_go_turn(
    inb_road *road, const char *actor, int64_t now, int32_t *day, inb_error *err) {
    const inb_road_actor who = {actor, "", "desk", now};
    const inb_purge_options options = {.early = false};
    int32_t today = inb_date_first_day(inb_road_day(now));
    if (today == *day) {
        return INB_OK;
    }
    INB_CLEANUP(inb_freep) inb_purge_report *report = inb_alloc(1, sizeof *report);
    if (report == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory to let go of signals");
    }
    inb_status status = inb_road_purge(road, &who, &options, report, err);
    if (status != INB_OK) {
        inb_status noted = inb_road_note(road, &who, "purge", "", "failed", NULL, NULL, NULL);
        (void)noted; // a store that cannot be written has no row either
        return status;
    }
    if (report->scrubbed) { // else the rest is done at the next turn
        *day = today;
    }
    return INB_OK;
}

// Waits; false: it ends.
static bool wait_a_while(inb_letting_go *letting_go, time_t seconds) {
    struct timespec until;
    (void)pthread_mutex_lock(&letting_go->lock);
    (void)clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += seconds;
    int waited = 0;
    while (!letting_go->ending && waited == 0) {
        waited = pthread_cond_timedwait(&letting_go->wake, &letting_go->lock, &until);
    }
    bool goes_on = !letting_go->ending;
    (void)pthread_mutex_unlock(&letting_go->lock);
    return goes_on;
}

static void *run(void *payload) {
    inb_letting_go *letting_go = payload;
    int32_t day = 0;
    inb_status status;
    do {
        status = inb_letting_go_turn(
            letting_go->road, letting_go->actor, (int64_t)time(NULL), &day, NULL);
    } while (wait_a_while(letting_go, status == INB_OK ? EACH_SECONDS : AGAIN_SECONDS));
    return NULL;
}

inb_status inb_letting_go_start(
    inb_road *road, const char *actor, inb_letting_go **ret_letting_go, inb_error *err) {
    INB_CLEANUP(inb_freep) inb_letting_go *letting_go = inb_alloc(1, sizeof *letting_go);
    if (letting_go == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the desk");
    }
    letting_go->road = road;
    letting_go->actor = actor;
    (void)pthread_mutex_init(&letting_go->lock, NULL);
    (void)pthread_cond_init(&letting_go->wake, NULL);
    if (pthread_create(&letting_go->thread, NULL, run, letting_go) != 0) {
        (void)pthread_cond_destroy(&letting_go->wake);
        (void)pthread_mutex_destroy(&letting_go->lock);
        return inb_fail(err, INB_UNAVAILABLE, "the machine gives no thread for the desk");
    }
    *ret_letting_go = INB_TAKE(letting_go);
    return INB_OK;
}

void inb_letting_go_stop(inb_letting_go *letting_go) {
    if (letting_go == NULL) {
        return;
    }
    (void)pthread_mutex_lock(&letting_go->lock);
    letting_go->ending = true;
    (void)pthread_cond_signal(&letting_go->wake);
    (void)pthread_mutex_unlock(&letting_go->lock);
    (void)pthread_join(letting_go->thread, NULL);
    (void)pthread_cond_destroy(&letting_go->wake);
    (void)pthread_mutex_destroy(&letting_go->lock);
    inb_free(letting_go);
}
