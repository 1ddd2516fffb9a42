// SPDX-License-Identifier: EUPL-1.2
// Out-of-memory sweep after SQLite's fault simulator and curl's torture: the same work is done
// again and again while allocation n and all after it are refused.
//
//   static inb_status once(inb_error *err) { … does the work, releases everything … }
//   INB_SWEEP(once(err));
//
// Each path of calls that leads to an allocation is refused the first, the second and the last time
// it is gone: a loop over rows asks the same of its hundredth row as of its second.
// tools/torture.sh sets INBEELD_SWEEP_SEED: then every single allocation is refused, from that one
// on, for at most INBEELD_SWEEP_SECONDS a sweep (default 20), so that a capped one can be resumed.
//
// Expects INB_NO_MEMORY with a message each time something was refused, and INB_OK at the end. The
// expression may use `err`; it releases what it made whether it failed or not (leaks show under
// ASan). jansson is pointed at the same door.
#ifndef INB_SWEEP_H
#define INB_SWEEP_H

#include "base/alloc.h"
#include "base/json.h"
#include "inb_test.h"

#include <execinfo.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { INB_SWEEP_NOTED = 1 << 15, INB_SWEEP_FRAMES = 64 };

// What the watched run noted: which allocations are worth refusing, and how often each path was
// gone. Allocations past INB_SWEEP_NOTED are all refused.
struct inb_sweep_notes {
    pthread_mutex_t lock;
    bool passed_over[INB_SWEEP_NOTED]; // by number
    struct {
        uint64_t path;
        size_t times, last;
    } paths[2 * INB_SWEEP_NOTED];
};

static struct inb_sweep_notes inb_sweep_noted = {.lock = PTHREAD_MUTEX_INITIALIZER};

static inline void inb_sweep_note(size_t nth) {
    void *frames[INB_SWEEP_FRAMES];
    int depth = backtrace(frames, INB_SWEEP_FRAMES);
    uint64_t path = 1469598103934665603u;
    for (int i = 1; i < depth; i++) {
        path = (path ^ (uint64_t)(uintptr_t)frames[i]) * 1099511628211u;
        path ^= path >> 29;
    }
    struct inb_sweep_notes *notes = &inb_sweep_noted;
    if (nth >= INB_SWEEP_NOTED) {
        return;
    }
    pthread_mutex_lock(&notes->lock);
    size_t at = path % (2 * INB_SWEEP_NOTED);
    while (notes->paths[at].times > 0 && notes->paths[at].path != path) {
        at = (at + 1) % (2 * INB_SWEEP_NOTED);
    }
    notes->paths[at].path = path;
    if (++notes->paths[at].times > 3) {
        notes->passed_over[notes->paths[at].last] = true;
    }
    notes->paths[at].last = nth;
    pthread_mutex_unlock(&notes->lock);
}

// The work that is to be swept is done once between this and inb_sweep_begin(inb_alloc_count()).
static inline void inb_sweep_watch(void) {
    memset(inb_sweep_noted.passed_over, 0, sizeof inb_sweep_noted.passed_over);
    memset(inb_sweep_noted.paths, 0, sizeof inb_sweep_noted.paths);
    inb_alloc_watch(getenv("INBEELD_SWEEP_SEED") == NULL ? inb_sweep_note : NULL);
}

struct inb_sweep {
    size_t total; // allocations that the work asks for when none is refused
    size_t first; // where the sweep began, 0-based
    size_t done;
    double seconds;
    struct timespec began;
};

static inline struct inb_sweep inb_sweep_begin(size_t total) {
    const char *seed = getenv("INBEELD_SWEEP_SEED");
    const char *seconds = getenv("INBEELD_SWEEP_SECONDS");
    struct inb_sweep sweep = {
        .total = total, .seconds = seconds == NULL ? 20.0 : strtod(seconds, NULL)};
    sweep.first = seed == NULL || total == 0 ? 0 : (size_t)strtoull(seed, NULL, 10) % total;
    clock_gettime(CLOCK_MONOTONIC, &sweep.began);
    inb_alloc_watch(NULL);
    return sweep;
}

// Which allocation is refused next (1 = the first), 0 when all were or the time is over.
static inline size_t inb_sweep_next(struct inb_sweep *sweep) {
    while (sweep->done + 1 < INB_SWEEP_NOTED && sweep->done < sweep->total &&
           inb_sweep_noted.passed_over[sweep->done + 1]) { // none where SEED is given
        sweep->done++;
    }
    if (sweep->done == sweep->total) {
        if (getenv("INBEELD_SWEEP_SEED") != NULL) {
            printf("# sweep: all %zu allocations refused\n", sweep->total);
        }
        return 0;
    }
    size_t at = (sweep->first + sweep->done) % sweep->total;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double spent = (double)(now.tv_sec - sweep->began.tv_sec) +
                   (double)(now.tv_nsec - sweep->began.tv_nsec) * 1e-9;
    if (spent > sweep->seconds) {
        printf("# sweep: %zu of %zu allocations refused; resume with INBEELD_SWEEP_SEED=%zu\n",
            sweep->done, sweep->total, at);
        fflush(stdout);
        return 0;
    }
    sweep->done++;
    return at + 1;
}

#define INB_SWEEP(expression)                                                                      \
    do {                                                                                           \
        inb_json_door();                                                                           \
        inb_error inb_first_ = INB_ERROR_INIT;                                                     \
        inb_error *err = &inb_first_;                                                              \
        inb_alloc_fail_from(0);                                                                    \
        inb_status inb_s_ = (expression);                                                          \
        ck_assert_msg(                                                                             \
            inb_s_ == INB_OK, "%s failed without a refusal: %s", #expression, inb_first_.message); \
        inb_sweep_watch(); /* now that what is made once is there */                               \
        inb_s_ = (expression);                                                                     \
        struct inb_sweep inb_sweep_ = inb_sweep_begin(inb_alloc_count());                          \
        ck_assert_int_eq(inb_s_, INB_OK);                                                          \
        ck_assert_msg(inb_sweep_.total > 0, "%s asks for no memory", #expression);                 \
        for (size_t inb_nth_; (inb_nth_ = inb_sweep_next(&inb_sweep_)) != 0;) {                    \
            inb_error inb_e_ = INB_ERROR_INIT;                                                     \
            err = &inb_e_;                                                                         \
            inb_alloc_fail_from(inb_nth_);                                                         \
            inb_s_ = (expression);                                                                 \
            bool inb_refused_ = inb_alloc_count() >= inb_nth_;                                     \
            inb_alloc_fail_from(0);                                                                \
            ck_assert_msg(inb_s_ == (inb_refused_ ? INB_NO_MEMORY : INB_OK),                       \
                "%s with allocation %zu refused gave status %d (%s)", #expression, inb_nth_,       \
                (int)inb_s_, inb_e_.message);                                                      \
            ck_assert_msg(                                                                         \
                !inb_refused_ || (inb_e_.status == INB_NO_MEMORY && inb_e_.message[0] != '\0'),    \
                "%s with allocation %zu refused left no message", #expression, inb_nth_);          \
        }                                                                                          \
    } while (0)

#endif
