// SPDX-License-Identifier: EUPL-1.2
// Tables drawn anew: moments against the multinomial's, n that stays and n that varies, and cells
// that are not counted left alone.

#include "resample.h"

#include "base/alloc.h"
#include "inb_sweep.h"
#include "inb_test.h"

#include <string.h>

static const inb_cell table[] = {{0, INB_CELL_MISSING}, {600, 0}, {500, 0}, {90, 0}, {300, 0},
    {40, INB_CELL_CENSORED}, {0, INB_CELL_STRUCTURAL}, {10, 0}};

static int64_t counted(const inb_cell *cells) {
    int64_t sum = 0;
    for (size_t h = 1; h < 8; h++) {
        sum += cells[h].kind == INB_CELL_COUNTED ? cells[h].count : 0;
    }
    return sum;
}

INB_TEST(people_stay_and_shares_hold) {
    inb_resample_room room;
    INB_OK_IS(inb_resample_room_new(3, &room, err));
    enum { ROUNDS = 4000 };
    double sum = 0;
    double squares = 0;
    for (size_t r = 0; r < ROUNDS; r++) {
        inb_rng rng = inb_rng_make(11, r);
        inb_cell drawn[8];
        inb_resample(&rng, table, NULL, 3, &room, drawn);
        ck_assert_int_eq(counted(drawn), 1500);
        ck_assert_int_eq(drawn[5].count, 40);
        ck_assert(drawn[5].kind == INB_CELL_CENSORED && drawn[6].kind == INB_CELL_STRUCTURAL);
        sum += (double)drawn[1].count;
        squares += (double)(drawn[1].count * drawn[1].count);
    }
    double mean = sum / ROUNDS;
    INB_NEAR_ABS(mean, 600, 4 * sqrt(1500 * .4 * .6 / ROUNDS));
    INB_NEAR_REL(squares / ROUNDS - mean * mean, 1500 * .4 * .6, 0.1);
    inb_resample_room_clear(&room);
}
INB_END

INB_TEST(from_a_model_the_number_seen_varies) {
    const double means[] = {2500, 600, 500, 90, 300, 3, 0, 7};
    inb_resample_room room;
    INB_OK_IS(inb_resample_room_new(3, &room, err));
    enum { ROUNDS = 4000 };
    double sum = 0;
    double squares = 0;
    for (size_t r = 0; r < ROUNDS; r++) {
        inb_rng rng = inb_rng_make(12, r);
        inb_cell drawn[8];
        inb_resample(&rng, table, means, 3, &room, drawn);
        ck_assert_int_eq(drawn[0].count, 0);
        ck_assert_int_eq(drawn[5].count, 40);
        sum += (double)counted(drawn);
        squares += (double)(counted(drawn) * counted(drawn));
    }
    // Binomial(4000, 1497 / 4000) people are seen in counted cells.
    double mean = sum / ROUNDS;
    double variance = 4000 * (1497.0 / 4000) * (1 - 1497.0 / 4000);
    INB_NEAR_ABS(mean, 1497, 4 * sqrt(variance / ROUNDS));
    INB_NEAR_REL(squares / ROUNDS - mean * mean, variance, 0.1);
    inb_resample_room_clear(&room);
}
INB_END

INB_TEST(nobody_at_all_is_drawn_too) {
    const inb_cell empty[4] = {{0, INB_CELL_MISSING}};
    inb_resample_room room;
    INB_OK_IS(inb_resample_room_new(2, &room, err));
    inb_rng rng = inb_rng_make(13, 1);
    inb_cell drawn[4];
    inb_resample(&rng, empty, NULL, 2, &room, drawn);
    ck_assert_int_eq(drawn[1].count + drawn[2].count + drawn[3].count, 0);
    inb_resample_room_clear(&room);
}
INB_END

static inb_status once(inb_error *err) {
    inb_resample_room room;
    INB_TRY(inb_resample_room_new(4, &room, err));
    inb_resample_room_clear(&room);
    return INB_OK;
}

INB_TEST(memory_may_run_out) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("4_count/resample", people_stay_and_shares_hold, from_a_model_the_number_seen_varies,
    nobody_at_all_is_drawn_too, memory_may_run_out)
