// SPDX-License-Identifier: EUPL-1.2
// The mixture over draws against the formulas written out plainly, against one draw repeated (then
// it is the plain bootstrap), and what has to be the same for any number of threads.

#include "mixture.h"

#include "base/alloc.h"
#include "chooser.h"
#include "inb_sweep.h"
#include "tables.h"

INB_TEST(limits_by_the_formulas) {
    // Two draws of 100 and 110 people; log hidden of their own 4 and 5, of the replicates by hand.
    const double own[] = {100 + exp(4), 110 + exp(5), NAN};
    const double observed[] = {100, 110, 120};
    double replicates[] = {100 + exp(3.5), 100 + exp(4.5), 100 + exp(4), 110 + exp(5.5),
        110 + exp(4.5), NAN, 105 /* below n_k */, NAN};
    const size_t first[] = {0, 3, 7, 8};
    double scratch[8];
    inb_mixture m = inb_mixture_limits(own, observed, 3, replicates, scratch, first, 0.5);
    ck_assert(m.given);
    ck_assert_uint_eq(m.failed, 3);
    ck_assert_uint_eq(m.draws_failed, 1);
    INB_NEAR_REL(m.observed, 110, 1e-12);
    INB_NEAR_REL(m.estimate, 110 + exp(4.5), 1e-12);
    INB_NEAR_REL(m.within, (0.25 + 0.5) / 2, 1e-9);
    INB_NEAR_REL(m.between, 0.5, 1e-9);
    INB_NEAR_REL(m.total, 0.375 + 1.5 * 0.5, 1e-9); // (1 + 1/2) for the two draws that count
    INB_NEAR_REL(m.share, 0.75 / 1.125, 1e-9);
    // 3.5 4 4.5 4.5 5.5, definition 8: place (5 + 1/3) p + 1/3 = 5/3 and 13/3.
    INB_NEAR_REL(m.log_low, 3.5 + 0.5 * 2 / 3, 1e-12);
    INB_NEAR_REL(m.log_high, 4.5 + 1.0 / 3, 1e-12);
    // N itself: 100 + exp(3.5 4 4.5), 110 + exp(4.5 5.5), the same places.
    INB_NEAR_REL(m.low, 100 + exp(3.5) + (exp(4) - exp(3.5)) * 2 / 3, 1e-12);
    INB_NEAR_REL(m.high, 110 + exp(4.5) + (exp(5.5) - exp(4.5)) / 3, 1e-12);
}
INB_END

INB_TEST(too_little_gives_none) {
    const double own[] = {NAN, 120};
    const double observed[] = {100, 100};
    double replicates[] = {130, 140};
    const size_t first[] = {0, 1, 2};
    double scratch[2];
    ck_assert(!inb_mixture_limits(own, observed, 2, replicates, scratch, first, 0.95).given);
    const double both[] = {130, 120};
    double lost[] = {NAN, 140};
    ck_assert(!inb_mixture_limits(both, observed, 2, lost, scratch, first, 0.95).given);
}
INB_END

static inb_mixture_plan plan_of(const inb_cell *const *tables, size_t table_count, size_t draws,
    size_t replicates, const inb_chooser *chooser, const inb_spread *spread) {
    return (inb_mixture_plan){
        5, table_count, draws, tables, replicates, false, 7, 0.95, chooser, spread};
}

static const inb_choice_plan stepwise = {
    .list_count = 5, .choice = INB_CHOICE_STEPWISE, .threshold = 0.02};

// The same table as every draw: between is 0, and the limits are the plain bootstrap's quantiles.
INB_TEST(one_draw_repeated_is_the_plain_bootstrap) {
    test_table table = table_named("UKdat_5");
    const inb_cell *tables[10];
    for (size_t k = 0; k < 10; k++) {
        tables[k] = table.cells;
    }
    inb_chooser chooser = inb_choice_chooser(&stepwise);
    inb_spread spread = inb_spread_threads(2);
    inb_mixture_plan plan = plan_of(tables, 1, 10, 2000, &chooser, &spread);
    inb_mixture mixture;
    inb_mixture total;
    INB_OK_IS(inb_mixture_run(&plan, &mixture, &total, err));
    ck_assert(mixture.given);
    INB_NEAR_ABS(mixture.between, 0, 1e-18);
    INB_NEAR_ABS(mixture.share, 0, 1e-12);
    INB_NEAR_REL(mixture.estimate, 11312.9903, 1e-8);
    INB_NEAR_REL(total.low, mixture.low, 1e-12);
    // A plain one, person by person, percentiles.
    enum { ROUNDS = 1000 };
    static double values[ROUNDS];
    inb_choice_room *room;
    static inb_list_set terms_of[32];
    inb_terms terms = {5, terms_of, 0};
    INB_OK_IS(inb_choice_new(&stepwise, &room, err));
    size_t history[2744 + 1];
    size_t people = 0;
    for (size_t h = 1; h < 32; h++) {
        for (int64_t i = 0; i < table.cells[h].count; i++) {
            history[people++] = h;
        }
    }
    ck_assert_uint_eq(people, 2744);
    inb_rng rng = inb_rng_make(5, 1);
    size_t found = 0;
    for (size_t r = 0; r < ROUNDS; r++) {
        inb_cell cells[32] = {{0, INB_CELL_MISSING}};
        for (size_t i = 0; i < people; i++) {
            cells[history[inb_rng_below(&rng, (uint32_t)people)]].count++;
        }
        inb_fit fit;
        INB_OK_IS(inb_choice_make(room, 0, cells, &terms, &fit, NULL, err));
        if (fit.converged && fit.identified && fit.status == 0) {
            values[found++] = fit.hidden;
        }
    }
    inb_choice_freep(&room);
    double share_below = 0;
    double share_above = 0;
    for (size_t r = 0; r < found; r++) {
        share_below += values[r] + 2744 < mixture.low;
        share_above += values[r] + 2744 > mixture.high;
    }
    INB_NEAR_ABS(share_below / (double)found, 0.025, 0.02); // four standard errors
    INB_NEAR_ABS(share_above / (double)found, 0.025, 0.02);
}
INB_END

INB_TEST(threads_change_nothing_and_groups_add_up) {
    test_table uk = table_named("UKdat_5");
    test_table ned = table_named("Ned_5");
    test_table less = uk;
    less.cells[1].count -= 9;
    const inb_cell *tables[] = {uk.cells, ned.cells, less.cells, ned.cells, uk.cells, ned.cells};
    inb_chooser chooser = inb_choice_chooser(&stepwise);
    inb_mixture kept[3];
    for (size_t threads = 1; threads <= 3; threads++) {
        inb_spread spread = inb_spread_threads(threads);
        inb_mixture_plan plan = plan_of(tables, 2, 3, 50, &chooser, &spread);
        plan.parametric = true;
        inb_mixture found[3];
        INB_OK_IS(inb_mixture_run(&plan, found, &found[2], err));
        if (threads == 1) {
            memcpy(kept, found, sizeof kept);
        }
        for (size_t i = 0; i < 3; i++) {
            ck_assert_int_eq(kept[i].given, found[i].given); // behind it lie bytes of no meaning
            ck_assert_mem_eq(&kept[i].estimate, &found[i].estimate,
                sizeof kept[i] - offsetof(inb_mixture, estimate));
        }
    }
    ck_assert(kept[0].given && kept[1].given && kept[2].given);
    INB_NEAR_REL(kept[2].observed, kept[0].observed + kept[1].observed, 1e-12);
    ck_assert(kept[0].between > 0 && kept[1].between < 1e-18 && kept[2].between > 0);
    ck_assert(kept[2].low > kept[1].low && kept[2].high > kept[1].high);
}
INB_END

INB_TEST(too_few_replicates_are_refused) {
    test_table uk = table_named("UKdat_5");
    const inb_cell *tables[] = {uk.cells, uk.cells, uk.cells};
    inb_chooser chooser = inb_choice_chooser(&stepwise);
    inb_spread spread = inb_spread_threads(1);
    inb_mixture_plan plan = plan_of(tables, 1, 3, 2, &chooser, &spread);
    inb_mixture found[2];
    INB_FAILS(inb_mixture_run(&plan, found, &found[1], err), INB_USAGE, "each of 3 draws");
    plan.replicates = 10;
    plan.parametric = true;
    chooser.expect = NULL;
    INB_FAILS(inb_mixture_run(&plan, found, &found[1], err), INB_USAGE, "no model");
}
INB_END

static inb_status once(const inb_mixture_plan *plan, inb_error *err) {
    inb_mixture found[2];
    return inb_mixture_run(plan, found, &found[1], err);
}

INB_TEST(memory_may_run_out) {
    test_table uk = table_named("UKdat_5");
    const inb_cell *tables[] = {uk.cells, uk.cells};
    inb_chooser chooser = inb_choice_chooser(&stepwise);
    inb_spread spread = inb_spread_threads(1);
    inb_mixture_plan plan = plan_of(tables, 1, 2, 2, &chooser, &spread);
    INB_SWEEP(once(&plan, err));
}
INB_END

INB_TEST_MAIN("4_count/mixture", limits_by_the_formulas, too_little_gives_none,
    one_draw_repeated_is_the_plain_bootstrap, threads_change_nothing_and_groups_add_up,
    too_few_replicates_are_refused, memory_may_run_out)
