// SPDX-License-Identifier: EUPL-1.2
// The interval over models against every model fitted one by one, without a search, and its
// quantiles against a sum over a fine grid; what it does where it cannot be had.

#include "averaged.h"
#include "base/alloc.h"
#include "estimates.h"
#include "inb_sweep.h"
#include "loglinear.h"
#include "math/normal.h"
#include "model_terms.h"
#include "tables.h"

#include <math.h>

enum { PAIRS = 3, MODELS = 1 << PAIRS };

// All eight models of three lists.
struct each {
    size_t count;
    double aic[MODELS];
    double log_hidden[MODELS];
    double se[MODELS];
};

static struct each fit_each(const test_table *table) {
    static const inb_list_set pairs[PAIRS] = {3, 5, 6};
    struct each each = {0};
    inb_fit_room *room = NULL;
    INB_OK_IS(inb_fit_room_new(3, 8, &room, err));
    for (unsigned model = 0; model < MODELS; model++) {
        inb_list_set array[8];
        inb_terms terms = {3, array, 0};
        inb_fit fit;
        inb_terms_independence(&terms);
        for (size_t p = 0; p < PAIRS; p++) {
            if ((model >> p & 1) != 0) {
                inb_terms_add(&terms, pairs[p]);
            }
        }
        INB_OK_IS(inb_fit_model(room, table->cells, terms.terms, terms.count, &fit, err));
        if (fit.converged && fit.status == 0) {
            each.aic[each.count] = fit.deviance + 2 * (double)terms.count;
            each.log_hidden[each.count] = log(fit.hidden);
            each.se[each.count++] = fit.log_hidden_se;
        }
    }
    inb_fit_room_freep(&room);
    return each;
}

static double share_below(const struct each *each, double log_hidden) {
    double least = INFINITY;
    double below = 0;
    double all = 0;
    for (size_t i = 0; i < each->count; i++) {
        least = fmin(least, each->aic[i]);
    }
    for (size_t i = 0; i < each->count; i++) {
        double weight = exp(-(each->aic[i] - least) / 2);
        weight = each->aic[i] - least > 13.8 ? 0 : weight;
        all += weight;
        below += weight * inb_normal_below((log_hidden - each->log_hidden[i]) / each->se[i]);
    }
    return below / all;
}

INB_TEST(every_model_one_by_one) {
    inb_rng rng = inb_rng_make(77, 1);
    size_t several = 0;
    for (int round = 0; round < 60; round++) {
        test_table table = table_random(&rng, 3, round % 3 == 0 ? 8 : 80, 1.5);
        struct each each = fit_each(&table);
        inb_averaged averaged;
        double level = round % 2 == 0 ? 0.95 : 0.5;
        INB_OK_IS(inb_averaged_interval(3, table.cells, level, &averaged, err));
        ck_assert(averaged.given == (each.count > 0));
        if (averaged.given) {
            ck_assert_double_lt(averaged.low, averaged.high);
            ck_assert_uint_le(averaged.models, each.count);
            INB_NEAR_ABS(share_below(&each, log(averaged.low)), 0.5 - level / 2, 1e-6);
            INB_NEAR_ABS(share_below(&each, log(averaged.high)), 0.5 + level / 2, 1e-6);
            several += averaged.models > 3;
        }
    }
    ck_assert_uint_gt(several, 20);
}
INB_END

INB_TEST(where_there_is_none) {
    inb_averaged averaged;
    inb_cell cells[128] = {{0, INB_CELL_MISSING}};
    for (size_t h = 1; h < 128; h++) {
        cells[h] = (inb_cell){3, INB_CELL_COUNTED};
    }
    INB_OK_IS(inb_averaged_interval(2, cells, 0.95, &averaged, err)); // one model there is
    ck_assert(!averaged.given);
    INB_OK_IS(inb_averaged_interval(7, cells, 0.95, &averaged, err));
    ck_assert(!averaged.given);
    for (size_t h = 1; h < 8; h++) { // lists that never meet
        cells[h].count = (h & (h - 1)) == 0 ? 20 : 0;
    }
    INB_OK_IS(inb_averaged_interval(3, cells, 0.95, &averaged, err));
    ck_assert(!averaged.given);
}
INB_END

INB_TEST(it_stands_beside_a_chosen_model) {
    inb_histories *histories = table("UKdat_5", NULL, 0);
    const inb_count_method methods[] = {
        INB_COUNT_STEPWISE, INB_COUNT_BIC, INB_COUNT_INDEPENDENCE, INB_COUNT_DECOMPOSABLE};
    for (size_t i = 0; i < 4; i++) {
        inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
        inb_estimate *estimate = NULL;
        options.method = methods[i];
        options.averaged = true;
        INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
        const inb_figures *total = &estimate->total;
        size_t found = 0;
        for (size_t k = 0; k < total->interval_count; k++) {
            if (total->intervals[k].over != NULL) {
                found++;
                ck_assert_int_eq(total->intervals[k].kind, INB_INTERVAL_POSTERIOR);
                ck_assert_double_gt(total->intervals[k].low, (double)total->observed);
                ck_assert(total->intervals[k].low < 13000 && total->intervals[k].high > 23000);
            }
        }
        ck_assert_uint_eq(found, i < 2);
        ck_assert(total->interval.over == NULL); // it never leads
        INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT((size_t)1 << 20);
        inb_estimate_json(estimate, &text);
        ck_assert((strstr(inb_buffer_get(&text), "\"over\":\"pair models by aic\"") != NULL) ==
                  (found > 0));
        inb_estimate_free(estimate);
    }
    inb_histories_free(histories);
}
INB_END

static inb_status once(inb_error *err) {
    static inb_cell cells[8] = {{0, INB_CELL_MISSING}, {40, INB_CELL_COUNTED},
        {50, INB_CELL_COUNTED}, {9, INB_CELL_COUNTED}, {30, INB_CELL_COUNTED},
        {7, INB_CELL_COUNTED}, {8, INB_CELL_COUNTED}, {2, INB_CELL_COUNTED}};
    inb_averaged averaged;
    return inb_averaged_interval(3, cells, 0.95, &averaged, err);
}

INB_TEST(memory_may_run_out) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("4_count/averaged", every_model_one_by_one, where_there_is_none,
    it_stands_beside_a_chosen_model, memory_may_run_out)
