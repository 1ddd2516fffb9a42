// SPDX-License-Identifier: EUPL-1.2
// Fits with a given odds ratio: with ratio 1 the model without the pair; with the ratio that the
// model with the pair estimates, that model; three lists by a closed form.

#include "inb_sweep.h"
#include "inb_test.h"
#include "loglinear.h"
#include "model_terms.h"
#include "offset_fit.h"
#include "tables.h"

static double hidden_by(
    const test_table *table, const inb_terms *terms, inb_list_set pair, double log_ratio) {
    inb_offset_fit fit = {0};
    INB_OK_IS(inb_offset_fit_run(
        table->lists, table->cells, terms->terms, terms->count, pair, log_ratio, &fit, err));
    ck_assert(fit.given);
    return fit.hidden;
}

INB_TEST(agrees_with_the_plain_fit) {
    inb_rng rng = inb_rng_make(5, 0);
    for (int round = 0; round < 20; round++) {
        test_table table = table_random(&rng, 4, 200, 0.7);
        inb_list_set array[16];
        inb_terms terms = {4, array, 0};
        inb_terms_independence(&terms);
        inb_terms_add(&terms, 5);
        INB_CLEANUP(inb_fit_room_freep) inb_fit_room *room = NULL;
        inb_fit fit;
        INB_OK_IS(inb_fit_room_new(4, 16, &room, err));
        INB_OK_IS(inb_fit_model(room, table.cells, terms.terms, terms.count, &fit, err));
        if (fit.status != 0) {
            continue;
        }
        INB_NEAR_REL(hidden_by(&table, &terms, 10, 0), fit.hidden, 1e-8);
        // With pair 5 at its own estimate the model with it comes back.
        double estimated = NAN;
        for (size_t t = 0; t < room->basis_count; t++) {
            estimated = room->basis[t] == 5 ? room->beta[t] : estimated;
        }
        inb_list_set fewer_array[16];
        inb_terms fewer = {4, fewer_array, 0};
        inb_terms_independence(&fewer);
        INB_NEAR_REL(hidden_by(&table, &fewer, 5, estimated), fit.hidden, 1e-7);
        ck_assert_double_gt(hidden_by(&table, &fewer, 5, estimated + 1), fit.hidden);
    }
}
INB_END

INB_TEST(closed_form_of_two_lists) {
    // Two lists with odds ratio r: hidden = r n1 n2 / n12.
    test_table table = {.lists = 2, .cells = {{0, INB_CELL_MISSING}}};
    table_put(&table, 1, 150);
    table_put(&table, 2, 80);
    table_put(&table, 3, 30);
    inb_list_set array[4];
    inb_terms terms = {2, array, 0};
    inb_terms_independence(&terms);
    const double ratios[] = {0.25, 0.5, 1, 2, 4};
    for (size_t i = 0; i < 5; i++) {
        INB_NEAR_REL(hidden_by(&table, &terms, 3, log(ratios[i])), ratios[i] * 150 * 80 / 30, 1e-9);
    }
}
INB_END

INB_TEST(nothing_given) {
    test_table table = {.lists = 2, .cells = {{0, INB_CELL_MISSING}}};
    inb_list_set array[4];
    inb_terms terms = {2, array, 0};
    inb_terms_independence(&terms);
    inb_offset_fit fit = {.given = true};
    INB_OK_IS(inb_offset_fit_run(2, table.cells, terms.terms, terms.count, 3, 0, &fit, err));
    ck_assert(!fit.given); // nobody
    table_put(&table, 1, 150);
    table_put(&table, 2, 80);
    table.cells[3].kind = INB_CELL_MISSING;
    INB_OK_IS(inb_offset_fit_run(2, table.cells, terms.terms, terms.count, 3, 0, &fit, err));
    ck_assert(!fit.given);
    table.cells[3] = (inb_cell){12, INB_CELL_COUNTED};
    INB_SWEEP(inb_offset_fit_run(2, table.cells, terms.terms, terms.count, 3, 0.3, &fit, err));
    ck_assert(fit.given);
}
INB_END

INB_TEST_MAIN(
    "4_count/offset_fit", agrees_with_the_plain_fit, closed_form_of_two_lists, nothing_given)
