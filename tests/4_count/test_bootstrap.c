// SPDX-License-Identifier: EUPL-1.2
// BCa limits against the formulas written out plainly, the bootstrap against a plain one that draws
// person by person, and what has to be the same for any number of threads.

#include "base/alloc.h"
#include "bootstrap.h"
#include "tables.h"

INB_TEST(quantiles_of_definition_8) {
    const double sorted[] = {1, 2, 4, 8, 16};
    // Place (n + 1/3) p + 1/3: at p = 1/2 the middle one; at p = 1/4 place 5/3.
    INB_NEAR_REL(inb_quantile_8(sorted, 5, 0.5), 4, 1e-12);
    INB_NEAR_REL(inb_quantile_8(sorted, 5, 0.25), 1 + 2.0 / 3, 1e-12);
    INB_NEAR_REL(inb_quantile_8(sorted, 5, 0.75), 8 + 8.0 / 3, 1e-12);
    INB_NEAR_REL(inb_quantile_8(sorted, 5, 0), 1, 0);
    INB_NEAR_REL(inb_quantile_8(sorted, 5, 0.01), 1, 0);
    INB_NEAR_REL(inb_quantile_8(sorted, 5, 1), 16, 0);
    INB_NEAR_REL(inb_quantile_8(sorted, 1, 0.3), 1, 0);
}
INB_END

// Plain pieces of BCa: the normal quantile by bisection, everything else by the formula.
static double plain_quantile(double p) {
    double low = -40;
    double high = 40;
    for (int i = 0; i < 200; i++) {
        double middle = (low + high) / 2;
        if (0.5 * erfc(-middle / sqrt(2)) < p) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (low + high) / 2;
}

static double plain_limit(const double *values, size_t count, double estimate,
    const inb_jackknife *jackknife, size_t jackknife_count, double z) {
    double below = 0;
    double n = 0;
    double weights = 0;
    double mean = 0;
    for (size_t i = 0; i < count; i++) {
        n += isfinite(values[i]) ? 1 : 0;
        below += values[i] < estimate ? 1 : 0;
    }
    for (size_t i = 0; i < jackknife_count; i++) {
        weights += jackknife[i].weight;
        mean += jackknife[i].weight * jackknife[i].estimate;
    }
    mean /= weights;
    double squares = 0;
    double cubes = 0;
    for (size_t i = 0; i < jackknife_count; i++) {
        squares += jackknife[i].weight * pow(mean - jackknife[i].estimate, 2);
        cubes += jackknife[i].weight * pow(mean - jackknife[i].estimate, 3);
    }
    double a = cubes / 6 / pow(squares, 1.5);
    double z0 = plain_quantile(below / n);
    double p = 0.5 * erfc(-(z0 + (z0 + z) / (1 - a * (z0 + z))) / sqrt(2));
    // The value with so many at or below it, by definition 8.
    double place = (n + 1.0 / 3) * p + 1.0 / 3;
    double whole = floor(place);
    double lower = NAN;
    double upper = NAN;
    for (size_t i = 0; i < count; i++) {
        double smaller = 0;
        for (size_t j = 0; j < count; j++) {
            smaller += values[j] < values[i] ? 1 : 0;
        }
        lower = isfinite(values[i]) && smaller + 1 == whole ? values[i] : lower;
        upper = isfinite(values[i]) && smaller == whole ? values[i] : upper;
    }
    return lower + (place - whole) * (upper - lower);
}

INB_TEST(limits_by_the_formulas) {
    inb_rng rng = inb_rng_make(91, 1);
    enum { COUNT = 400 };
    for (int round = 0; round < 20; round++) {
        double values[COUNT];
        double copy[COUNT];
        for (size_t i = 0; i < COUNT; i++) {
            values[i] = 100 + 900 * pow(inb_rng_uniform(&rng), 3);
            values[i] = i % 57 == 0 ? NAN : i % 101 == 0 ? INFINITY : values[i];
        }
        inb_jackknife jackknife[6];
        for (size_t i = 0; i < 6; i++) {
            jackknife[i] =
                (inb_jackknife){300 + 5 * inb_rng_uniform(&rng), 1 + inb_rng_below(&rng, 50)};
        }
        double estimate = 150 + 300 * inb_rng_uniform(&rng);
        memcpy(copy, values, sizeof copy);
        inb_bca bca = inb_bca_limits(copy, COUNT, estimate, jackknife, 6, 0.9);
        ck_assert(bca.given);
        ck_assert(!bca.at_the_edge);
        ck_assert_uint_eq(bca.failed, 8 + 3);
        INB_NEAR_REL(bca.low,
            plain_limit(values, COUNT, estimate, jackknife, 6, plain_quantile(0.05)), 1e-9);
        INB_NEAR_REL(bca.high,
            plain_limit(values, COUNT, estimate, jackknife, 6, plain_quantile(0.95)), 1e-9);
        double under = 0;
        double over = 0;
        for (size_t i = 0; i < COUNT; i++) {
            under += values[i] < bca.low ? 1 : 0;
            over += isfinite(values[i]) && values[i] > bca.high ? 1 : 0;
        }
        INB_NEAR_ABS(bca.beyond, fmin(under, over), 1);
    }
}
INB_END

INB_TEST(edges_are_defined) {
    const inb_jackknife flat[] = {{10, 3}, {10, 5}};
    double same[] = {7, 7, 7, 7};
    inb_bca bca = inb_bca_limits(same, 4, 7, flat, 2, 0.95);
    ck_assert(bca.given && bca.at_the_edge); // none strictly below
    ck_assert(bca.bias < 0);
    INB_NEAR_REL(bca.low, 7, 0);
    INB_NEAR_REL(bca.high, 7, 0);
    INB_NEAR_ABS(bca.acceleration, 0, 0);
    double above[] = {8, 9, 10, 11};
    bca = inb_bca_limits(above, 4, 7, flat, 2, 0.95);
    ck_assert(bca.at_the_edge && bca.bias < 0 && isfinite(bca.bias));
    ck_assert(bca.low >= 8 && bca.high <= 11);
    double below[] = {1, 2, 3, 4};
    bca = inb_bca_limits(below, 4, 7, flat, 2, 0.95);
    ck_assert(bca.at_the_edge && bca.bias > 0 && isfinite(bca.bias));
    double lost[] = {NAN, INFINITY, 5, NAN};
    bca = inb_bca_limits(lost, 4, 7, flat, 2, 0.95);
    ck_assert(!bca.given);
    ck_assert_uint_eq(bca.failed, 3);
    // An acceleration so large that the formula has a pole: limits stay within the replicates.
    const inb_jackknife steep[] = {{0, 1}, {1000, 1}};
    double few[] = {1, 2, 3, 4, 5};
    bca = inb_bca_limits(few, 5, 3, steep, 2, 0.999999);
    ck_assert(bca.low >= 1 && bca.high <= 5 && bca.low <= bca.high);
    const inb_jackknife unknown[] = {{NAN, 1}, {3, 4}, {4, 4}};
    double some[] = {1, 2, 3, 4, 5};
    bca = inb_bca_limits(some, 5, 3, unknown, 3, 0.9);
    ck_assert(bca.given && isfinite(bca.acceleration));
}
INB_END

// ---- a chooser that needs no model: Lincoln and Petersen on two lists ----

static inb_status make_nothing(const void *plan, void **ret_worker, inb_error *err) {
    (void)plan;
    *ret_worker = inb_alloc(1, 1);
    return *ret_worker == NULL ? inb_fail(err, INB_NO_MEMORY, "no memory") : INB_OK;
}

static void drop_nothing(void *worker) {
    inb_free(worker);
}

static inb_status petersen(
    void *worker, size_t table, const inb_cell *cells, double *ret_estimate, inb_error *err) {
    (void)worker;
    (void)err;
    ck_assert_uint_lt(table, 2);
    double both = (double)cells[3].count;
    *ret_estimate = both > 0 ? (double)(cells[1].count + cells[3].count) *
                                   (double)(cells[2].count + cells[3].count) / both
                             : NAN;
    return INB_OK;
}

static inb_status always_fails(
    void *worker, size_t table, const inb_cell *cells, double *ret_estimate, inb_error *err) {
    (void)worker;
    (void)table;
    (void)cells;
    (void)ret_estimate;
    return inb_fail(err, INB_NO_MEMORY, "refused");
}

static const inb_cell first_table[] = {{0, INB_CELL_MISSING}, {60, 0}, {50, 0}, {9, 0}};
static const inb_cell second_table[] = {{0, INB_CELL_MISSING}, {20, 0}, {30, 0}, {2, 0}};
static const inb_cell *const two_tables[] = {first_table, second_table};
static const double two_estimates[] = {69.0 * 59 / 9, 22.0 * 32 / 2};

static inb_bootstrap plan_of(
    const inb_chooser *chooser, const inb_spread *spread, size_t tables, size_t replicates) {
    return (inb_bootstrap){
        2, tables, two_tables, two_estimates, replicates, 5, 0.95, chooser, spread};
}

INB_TEST(threads_change_nothing) {
    const inb_chooser chooser = {NULL, make_nothing, drop_nothing, petersen};
    inb_bca kept[3];
    for (size_t threads = 1; threads <= 4; threads++) {
        inb_spread spread = inb_spread_threads(threads);
        inb_bootstrap plan = plan_of(&chooser, &spread, 2, 2000);
        inb_bca bca[3];
        INB_OK_IS(inb_bootstrap_run(&plan, bca, &bca[2], err));
        for (size_t i = 0; i < 3; i++) {
            if (threads == 1) {
                kept[i] = bca[i];
            }
            ck_assert(bca[i].low == kept[i].low && bca[i].high == kept[i].high);
            ck_assert(bca[i].bias == kept[i].bias);
            ck_assert(bca[i].acceleration == kept[i].acceleration);
            ck_assert_uint_eq(bca[i].failed, kept[i].failed);
        }
    }
    ck_assert_uint_lt(kept[0].failed, 5);
    ck_assert_uint_gt(kept[1].failed, 100);      // two people on both lists: a seventh draws none
    ck_assert(kept[2].failed >= kept[1].failed); // a sum needs both
    ck_assert(kept[2].low > kept[0].low);
    // One table alone is the same as the sum over one.
    inb_spread spread = inb_spread_threads(2);
    inb_bootstrap plan = plan_of(&chooser, &spread, 1, 2000);
    inb_bca alone;
    inb_bca total;
    INB_OK_IS(inb_bootstrap_run(&plan, &alone, &total, err));
    ck_assert(alone.low == kept[0].low && alone.high == kept[0].high);
    INB_NEAR_REL(total.low, alone.low, 1e-12);
    INB_NEAR_REL(total.acceleration, alone.acceleration, 1e-9);
}
INB_END

INB_TEST(a_plain_bootstrap_agrees) {
    enum { REPLICATES = 20000, PEOPLE = 119 };
    const inb_chooser chooser = {NULL, make_nothing, drop_nothing, petersen};
    inb_spread spread = inb_spread_threads(2);
    inb_bootstrap plan = plan_of(&chooser, &spread, 1, REPLICATES);
    inb_bca bca;
    inb_bca total;
    INB_OK_IS(inb_bootstrap_run(&plan, &bca, &total, err));
    inb_rng rng = inb_rng_make(92, 1);
    static double values[REPLICATES];
    for (size_t r = 0; r < REPLICATES; r++) {
        inb_cell cells[4] = {{0, INB_CELL_MISSING}};
        for (int i = 0; i < PEOPLE; i++) {
            uint32_t person = inb_rng_below(&rng, PEOPLE);
            cells[person < 60 ? 1 : person < 110 ? 2 : 3].count++;
        }
        double value = 0;
        INB_OK_IS(petersen(NULL, 0, cells, &value, err));
        values[r] = value;
    }
    inb_jackknife jackknife[3];
    for (size_t h = 1; h < 4; h++) {
        inb_cell cells[4];
        memcpy(cells, first_table, sizeof cells);
        cells[h].count--;
        jackknife[h - 1].weight = (double)first_table[h].count;
        INB_OK_IS(petersen(NULL, 0, cells, &jackknife[h - 1].estimate, err));
    }
    inb_bca plain = inb_bca_limits(values, REPLICATES, two_estimates[0], jackknife, 3, 0.95);
    INB_NEAR_REL(bca.acceleration, plain.acceleration, 1e-12);
    INB_NEAR_ABS(bca.bias, plain.bias, 0.05); // five standard errors
    INB_NEAR_REL(bca.low, plain.low, 0.04);
    INB_NEAR_REL(bca.high, plain.high, 0.08);
}
INB_END

INB_TEST(cells_that_are_not_counted_stay_as_they_are) {
    const inb_chooser chooser = {NULL, make_nothing, drop_nothing, petersen};
    inb_spread spread = inb_spread_threads(1);
    const inb_cell censored[] = {{0, INB_CELL_MISSING}, {60, 0}, {50, 0}, {9, INB_CELL_CENSORED}};
    const inb_cell *const table[] = {censored};
    inb_bootstrap plan = plan_of(&chooser, &spread, 1, 300);
    plan.tables = table;
    inb_bca bca;
    inb_bca total;
    INB_OK_IS(inb_bootstrap_run(&plan, &bca, &total, err));
    // n stays, so (60 + x + 9)(50 - x + 9) / 9 for every replicate: never far from the estimate.
    ck_assert(bca.given);
    ck_assert(bca.high < two_estimates[0] * 1.05);
}
INB_END

INB_TEST(failures_come_out) {
    const inb_chooser failing = {NULL, make_nothing, drop_nothing, always_fails};
    inb_spread spread = inb_spread_threads(2);
    inb_bootstrap plan = plan_of(&failing, &spread, 2, 100);
    inb_bca bca[3];
    INB_FAILS(inb_bootstrap_run(&plan, bca, &bca[2], err), INB_NO_MEMORY, "refused");
    // Memory refused at every allocation in turn.
    const inb_chooser chooser = {NULL, make_nothing, drop_nothing, petersen};
    plan.chooser = &chooser;
    for (size_t nth = 1;; nth++) {
        inb_alloc_fail_from(nth);
        inb_error error = INB_ERROR_INIT;
        inb_status status = inb_bootstrap_run(&plan, bca, &bca[2], &error);
        inb_alloc_fail_from(0);
        if (status == INB_OK) {
            ck_assert_uint_gt(nth, 10);
            break;
        }
        ck_assert_int_eq(status, INB_NO_MEMORY);
    }
}
INB_END

INB_TEST_MAIN("4_count/bootstrap", quantiles_of_definition_8, limits_by_the_formulas,
    edges_are_defined, threads_change_nothing, a_plain_bootstrap_agrees,
    cells_that_are_not_counted_stay_as_they_are, failures_come_out)
