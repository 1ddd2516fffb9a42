// SPDX-License-Identifier: EUPL-1.2
// Every piece once, no worker twice at a time, and failures that come out.

#include "inb_test.h"

#include <inbeeld/spread.h>

#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

enum { PIECES = 5000, WORKERS = 4 };

struct count {
    atomic_int done[PIECES];
    atomic_int busy[WORKERS];
    size_t fail_from; // pieces from here fail
};

static inb_status piece(void *context, size_t worker, size_t number, inb_error *err) {
    struct count *count = context;
    if (worker >= WORKERS || atomic_fetch_add(&count->busy[worker], 1) != 0) {
        return inb_fail(err, INB_INTERNAL, "a worker that is not free");
    }
    atomic_fetch_add(&count->done[number], 1);
    atomic_fetch_sub(&count->busy[worker], 1);
    if (number >= count->fail_from) {
        return inb_fail(err, INB_BAD_INPUT, "piece %zu", number);
    }
    return INB_OK;
}

INB_TEST(every_piece_is_done_once) {
    static struct count count;
    for (size_t threads = 0; threads <= WORKERS; threads++) {
        memset(&count, 0, sizeof count);
        count.fail_from = PIECES;
        inb_spread spread = inb_spread_threads(threads);
        ck_assert_uint_eq(spread.workers, threads == 0 ? 1 : threads);
        INB_OK_IS(spread.run(&spread, PIECES, piece, &count, err));
        for (size_t i = 0; i < PIECES; i++) {
            ck_assert_int_eq(atomic_load(&count.done[i]), 1);
        }
        INB_OK_IS(spread.run(&spread, 0, piece, &count, err));
    }
}
INB_END

INB_TEST(a_failure_ends_it_and_is_reported) {
    static struct count count;
    memset(&count, 0, sizeof count);
    count.fail_from = 1000;
    inb_spread one = inb_spread_threads(1);
    INB_FAILS(one.run(&one, PIECES, piece, &count, err), INB_BAD_INPUT, "piece 1000");
    ck_assert_int_eq(atomic_load(&count.done[1001]), 0);
    inb_spread four = inb_spread_threads(4);
    INB_FAILS(four.run(&four, PIECES, piece, &count, err), INB_BAD_INPUT, "piece 10");
    ck_assert_int_eq(four.run(&four, PIECES, piece, &count, NULL), INB_BAD_INPUT);
}
INB_END

struct told {
    size_t calls;
    size_t last;
    const char *what;
    bool wrong; // less than before, or more than there is
};

static void hear(void *payload, const char *what, size_t done, size_t all) {
    struct told *told = payload;
    told->wrong = told->wrong || done <= told->last || done > all || all != PIECES;
    told->last = done;
    told->what = what;
    told->calls++;
}

INB_TEST(who_listens_hears_how_far_it_is) {
    static struct count count;
    for (size_t threads = 1; threads <= WORKERS; threads++) {
        memset(&count, 0, sizeof count);
        count.fail_from = PIECES;
        struct told told = {0};
        inb_progress progress = {hear, &told};
        inb_spread spread = inb_spread_threads(threads);
        spread.progress = &progress;
        INB_OK_IS(inb_spread_run(&spread, "pieces", PIECES, piece, &count, err));
        ck_assert(!told.wrong);
        ck_assert(threads > 1 || (told.calls == PIECES && told.last == PIECES));
        ck_assert(told.calls == 0 || strcmp(told.what, "pieces") == 0);
    }
    inb_spread two = inb_spread_threads(2);
    ck_assert_uint_eq(inb_spread_or_threads(&two, 7).workers, 2);
    ck_assert_uint_eq(inb_spread_or_threads(NULL, 7).workers, 7);
}
INB_END

INB_TEST_MAIN("base/spread", every_piece_is_done_once, a_failure_ends_it_and_is_reported,
    who_listens_hears_how_far_it_is)
