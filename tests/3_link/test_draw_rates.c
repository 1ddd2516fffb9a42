// SPDX-License-Identifier: EUPL-1.2
// Error rates of links counted by hand on two small lists.

#include "draw_rates.h"
#include "inb_link_case.h"
#include "inb_test.h"

#include <math.h>

INB_TEST(counted_by_hand) {
    inb_people *people = NULL;
    inb_linked *linked = NULL;
    inb_link_options options = INB_LINK_OPTIONS_INIT;
    INB_OK_IS(inb_case_read(inb_case_a, inb_case_b, NULL, 0, &people, err));
    INB_OK_IS(inb_link_run(people, &options, &linked, err));
    // As made: 1-x, 2-y, 4-w. True: 1-x, 2-y, 3-z.
    const uint32_t made[] = {0, 1, 2, 3, 0, 1, 4, 3};
    const uint32_t truth[] = {0, 1, 2, 3, 0, 1, 2, 4};
    memcpy(linked->person, made, sizeof made);
    linked->persons = 5;
    inb_draw_tally tally[4];
    INB_OK_IS(inb_draw_tally_of(linked, truth, 5, tally, err));
    for (size_t i = 1; i <= 2; i++) {
        ck_assert_double_eq(tally[i].matches, 3);
        ck_assert_double_eq(tally[i].linked, 2);
        ck_assert_double_eq(tally[i].without, 1);
        ck_assert_double_eq(tally[i].false_links, 1);
    }
    inb_buffer out = INB_BUFFER_INIT(1 << 16);
    INB_OK_IS(inb_draw_rates_json(linked, tally, 1, &out, err));
    ck_assert_str_eq(inb_buffer_get(&out),
        "{\"rates\":[\n{\"from\":\"a\",\"to\":\"b\",\"alpha\":{\"estimate\":0.666667,"
        "\"low\":0.666667,\"high\":0.666667},\"beta\":{\"estimate\":1,\"low\":1,\"high\":1}},\n"
        "{\"from\":\"b\",\"to\":\"a\",\"alpha\":{\"estimate\":0.666667,\"low\":0.666667,"
        "\"high\":0.666667},\"beta\":{\"estimate\":1,\"low\":1,\"high\":1}}\n]}\n");
    inb_buffer_clear(&out);
    inb_linked_freep(&linked);
    inb_people_freep(&people);
}
INB_END

INB_TEST_MAIN("3_link/draw_rates", counted_by_hand)
