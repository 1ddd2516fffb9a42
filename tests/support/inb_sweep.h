// SPDX-License-Identifier: EUPL-1.2
// Out-of-memory sweep after SQLite's fault simulator and curl's torture: the same work is done
// again and again while allocation 1, 2, 3 … and all after it are refused, until nothing was
// refused.
//
//   static inb_status once(inb_error *err) { … does the work, releases everything … }
//   INB_SWEEP(once(err));
//
// Expects INB_NO_MEMORY with a message each time something was refused, and INB_OK at the end. The
// expression may use `err`; it releases what it made whether it failed or not (leaks show under
// ASan). jansson is pointed at the same door. INBEELD_SWEEP_SECONDS caps the time of one sweep
// (default 20) and INBEELD_SWEEP_SEED says where it begins, so that a capped one can be resumed.
#ifndef INB_SWEEP_H
#define INB_SWEEP_H

#include "base/alloc.h"
#include "base/json.h"
#include "inb_test.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

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
    return sweep;
}

// Which allocation is refused next (1 = the first), 0 when all were or the time is over.
static inline size_t inb_sweep_next(struct inb_sweep *sweep) {
    if (sweep->done == sweep->total) {
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
        struct inb_sweep inb_sweep_ = inb_sweep_begin(inb_alloc_count());                          \
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
