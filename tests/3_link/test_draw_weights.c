// SPDX-License-Identifier: EUPL-1.2
// Fits drawn: about the link's own, as far from it as another sample of people would be, the same
// by the same stream.

#include "draw_weights.h"
#include "inb_made_people.h"
#include "inb_test.h"

#include <math.h>

enum { DRAWS = 24 };

static inb_status read_lists(inb_people **ret_people, inb_error *err) {
    inb_buffer files[2] = {INB_BUFFER_INIT((size_t)1 << 20), INB_BUFFER_INIT((size_t)1 << 20)};
    inb_made_two(5, 400, &files[0], &files[1]);
    const char *names[2] = {"a.csv", "b.csv"};
    const char *data[2] = {inb_buffer_get(&files[0]), inb_buffer_get(&files[1])};
    size_t lengths[2] = {files[0].length, files[1].length};
    inb_status status =
        inb_people_read_memory(names, data, lengths, 2, NULL, NULL, 0, 1, ret_people, err);
    inb_buffer_clear(&files[0]);
    inb_buffer_clear(&files[1]);
    return status;
}

// Mean and deviation of the expected matches over fits drawn.
static void draw(const inb_linked *linked, double ret[2]) {
    double sum = 0;
    double squares = 0;
    for (uint64_t k = 0; k < DRAWS; k++) {
        inb_rng rng = inb_rng_make(3, k);
        inb_fit *fit = NULL;
        INB_OK_IS(inb_draw_fit(linked, &rng, &fit, err));
        ck_assert_ptr_nonnull(fit);
        sum += fit->matches;
        squares += fit->matches * fit->matches;
        inb_fit_freep(&fit);
    }
    ret[0] = sum / DRAWS;
    ret[1] = sqrt(fmax(squares / DRAWS - ret[0] * ret[0], 0));
}

INB_TEST(about_the_fit) {
    inb_people *people = NULL;
    inb_linked *linked = NULL;
    inb_link_options options = INB_LINK_OPTIONS_INIT;
    INB_OK_IS(read_lists(&people, err));
    INB_OK_IS(inb_link_run(people, &options, &linked, err));
    double matches = linked->fit->matches;
    double drawn[2];
    draw(linked, drawn);
    // 400 matches of whom each is sure: a Poisson number of them, 24 times.
    INB_NEAR_REL(drawn[0], matches, 0.05);
    ck_assert_msg(drawn[1] > 0.5 * sqrt(matches) && drawn[1] < 2 * sqrt(matches), "%g", drawn[1]);
    for (size_t i = 0; i < linked->counts.count; i++) { // a hundred times as many pairs
        linked->counts.counts[i] *= 100;
    }
    linked->pairs_across *= 100;
    linked->most_matches *= 100;
    double many[2];
    draw(linked, many);
    INB_NEAR_REL(many[0], 100 * matches, 0.05);
    ck_assert_double_lt(many[1] / many[0], 0.4 * drawn[1] / drawn[0]);
    inb_linked_freep(&linked);
    inb_people_freep(&people);
}
INB_END

INB_TEST(the_same_by_the_same_stream) {
    inb_people *people = NULL;
    inb_linked *linked = NULL;
    inb_link_options options = INB_LINK_OPTIONS_INIT;
    INB_OK_IS(read_lists(&people, err));
    INB_OK_IS(inb_link_run(people, &options, &linked, err));
    double matches[3];
    for (size_t k = 0; k < 3; k++) {
        inb_rng rng = inb_rng_make(3, k == 2 ? 1 : 0);
        inb_fit *fit = NULL;
        INB_OK_IS(inb_draw_fit(linked, &rng, &fit, err));
        matches[k] = fit->matches;
        inb_fit_freep(&fit);
    }
    INB_NEAR_ABS(matches[0], matches[1], 0);
    ck_assert_double_gt(fabs(matches[2] - matches[0]), 1e-3);
    inb_linked_freep(&linked);
    inb_people_freep(&people);
}
INB_END

INB_TEST_MAIN("3_link/draw_weights", about_the_fit, the_same_by_the_same_stream)
