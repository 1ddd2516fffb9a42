// SPDX-License-Identifier: EUPL-1.2
// Groups and sizes of situations: shares add up, the index goes there and back, and a block that
// begins in the middle of a situation leaves no trace in its shares.

#include "world_help.h"

#include "world_i.h"

INB_TEST(shares_add_up) {
    double sum = 0;
    double men = 0;
    for (size_t i = 0; i < INB_CELLS; i++) {
        ck_assert_uint_eq(inb_cell_index(inb_cell_at(i)), i);
        ck_assert(inb_cell_share(i) >= 0);
        sum += inb_cell_share(i);
        men += inb_cell_at(i).female ? 0 : inb_cell_share(i);
    }
    INB_NEAR_ABS(sum, 1, 1e-12);
    INB_NEAR_ABS(men, 0.5, 1e-4);
    sum = 0;
    for (int form = 0; form < INB_WORLD_FORMS; form++) {
        sum += inb_form_share[form];
    }
    INB_NEAR_ABS(sum, 1, 1e-12);
}
INB_END

INB_TEST(sizes) {
    inb_sizes sizes;
    inb_sizes_make(&sizes);
    double people[INB_WORLD_FORMS];
    double all = 0;
    for (int form = 0; form < INB_WORLD_FORMS; form++) {
        double plain = 0, biased = 0, mean = 0;
        for (int n = 0; n < INB_SIZES; n++) {
            plain += sizes.size[form][n];
            biased += sizes.biased[form][n];
            mean += (n + 1) * sizes.size[form][n];
        }
        INB_NEAR_ABS(plain, 1, 1e-12);
        INB_NEAR_ABS(biased, 1, 1e-12);
        INB_NEAR_REL(sizes.biased[form][7], 8 * sizes.size[form][7] / mean, 1e-12);
        people[form] = sizes.form[form] * mean;
        all += people[form];
    }
    for (int form = 0; form < INB_WORLD_FORMS; form++) { // people in it, not situations
        INB_NEAR_REL(people[form] / all, inb_form_share[form], 1e-12);
    }
}
INB_END

// The first places and the last one of a block have the shares of any other.
struct ends {
    struct help_ratio first, next, last;
};

static void look_at_ends(const inb_world_block *block, void *payload) {
    struct ends *ends = payload;
    help_add(&ends->first, block->people[0].form == INB_FORM_LABOUR, 1);
    double labour = 0;
    for (size_t i = 1; i <= 8; i++) {
        labour += block->people[i].form == INB_FORM_LABOUR;
    }
    help_add(&ends->next, labour, 8);
    help_add(&ends->last, block->people[block->people_count - 1].form == INB_FORM_LABOUR, 1);
}

INB_TEST(no_trace_of_blocks) {
    struct ends ends = {0};
    inb_world_options options = help_options(64 * 9000, 3);
    help_each(&options, look_at_ends, &ends);
    HELP_WITHIN_ERROR(&ends.first, inb_form_share[INB_FORM_LABOUR]);
    HELP_WITHIN_ERROR(&ends.next, inb_form_share[INB_FORM_LABOUR]);
    HELP_WITHIN_ERROR(&ends.last, inb_form_share[INB_FORM_LABOUR]);
}
INB_END

INB_TEST_MAIN("world/world_groups", shares_add_up, sizes, no_trace_of_blocks)
