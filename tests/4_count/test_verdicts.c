// SPDX-License-Identifier: EUPL-1.2
// Remembered verdicts are the verdicts.

#include "model_terms.h"
#include "tables.h"
#include "verdicts.h"

INB_TEST(as_asked_afresh) {
    inb_rng rng = inb_rng_make(61, 1);
    inb_verdicts *verdicts = NULL;
    inb_fit_room *room = NULL;
    INB_OK_IS(inb_verdicts_new(4, 16, &verdicts, err));
    INB_OK_IS(inb_fit_room_new(4, 16, &room, err));
    size_t asked = 0;
    size_t bad = 0;
    for (int round = 0; round < 3000; round++) {
        test_table table = table_random(&rng, 4, 3, 0.7);
        inb_list_set array[16];
        inb_terms terms = {4, array, 0};
        inb_terms_independence(&terms);
        for (uint32_t i = inb_rng_below(&rng, 3); i > 0; i--) {
            inb_terms_add(&terms, (inb_list_set)(1 + inb_rng_below(&rng, 14)));
        }
        int expected;
        INB_OK_IS(inb_fit_examine(room, table.cells, terms.terms, terms.count, &expected, err));
        for (int again = 0; again < 2; again++) {
            int status;
            INB_OK_IS(
                inb_verdicts_ask(verdicts, table.cells, terms.terms, terms.count, &status, err));
            ck_assert_int_eq(status, expected);
            asked++;
        }
        bad += expected != 0;
    }
    ck_assert_uint_gt(bad, 100);
    ck_assert(verdicts->examined <= asked / 2);
    // Only zeros count: another number of people in the same cells is no new question.
    test_table table = table_random(&rng, 4, 1000, 0.1);
    const inb_list_set terms[] = {0, 1, 2, 4, 8};
    int status;
    INB_OK_IS(inb_verdicts_ask(verdicts, table.cells, terms, 5, &status, err));
    uint64_t before = verdicts->examined;
    table.cells[3].count += 7;
    INB_OK_IS(inb_verdicts_ask(verdicts, table.cells, terms, 5, &status, err));
    ck_assert_uint_eq(verdicts->examined, before);
    inb_verdicts_freep(&verdicts);
    inb_fit_room_freep(&room);
}
INB_END

INB_TEST(a_full_table_still_answers) {
    // Ten lists: more questions than there is room for.
    inb_rng rng = inb_rng_make(62, 1);
    inb_verdicts *verdicts = NULL;
    INB_OK_IS(inb_verdicts_new(10, 16, &verdicts, err));
    static inb_cell cells[1024];
    const inb_list_set terms[] = {0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512};
    for (int round = 0; round < 7000; round++) {
        for (size_t h = 1; h < 1024; h++) {
            cells[h].count = inb_rng_below(&rng, 3);
        }
        int status;
        INB_OK_IS(inb_verdicts_ask(verdicts, cells, terms, 11, &status, err));
        ck_assert_int_eq(status, 0);
    }
    ck_assert_uint_eq(verdicts->examined, 7000);
    ck_assert(verdicts->used < 7000);
    inb_verdicts_freep(&verdicts);
}
INB_END

INB_TEST_MAIN("4_count/verdicts", as_asked_afresh, a_full_table_still_answers)
