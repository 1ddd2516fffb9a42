// SPDX-License-Identifier: EUPL-1.2
// The ensemble on published tables: leaving a list out of the United Kingdom's five gives the
// published table of four; a given odds ratio of one changes nothing where the pair is not in the
// model; no headline where the methods are apart, and what moves the number is said.

#include "estimates.h"

static inb_estimate *look(const inb_histories *histories) {
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = INB_COUNT_ENSEMBLE;
    options.threads = 2;
    inb_estimate *estimate = NULL;
    INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
    return estimate;
}

static const inb_ensemble_row *row_of(const inb_estimate *estimate, inb_ensemble_kind kind,
    const char *method, const char *lists, double at) {
    for (size_t i = 0; i < estimate->ensemble_count; i++) {
        const inb_ensemble_row *row = &estimate->ensemble[i];
        if (row->kind == kind && strcmp(row->method, method) == 0 &&
            strcmp(row->lists_text, lists) == 0 && (at == 0 || row->at == at)) {
            return row;
        }
    }
    ck_abort_msg("no row %s %s %s", inb_ensemble_kind_name(kind), method, lists);
    return NULL;
}

static double number_of(const inb_ensemble_row *row) {
    ck_assert(row->has_estimate);
    return row->estimate;
}

INB_TEST(united_kingdom) {
    inb_histories *histories = table("UKdat_5", NULL, 0);
    inb_estimate *e = look(histories);
    ck_assert_int_eq(e->method, INB_COUNT_ENSEMBLE);
    INB_NEAR_REL(e->total.estimate, 11312.9903, 1e-7); // stepwise on top
    ck_assert(!e->headline.given);
    INB_NEAR_REL(e->headline.high, 25311.29, 1e-6);
    ck_assert_ptr_nonnull(strstr(e->headline.reason, "what moves it most"));
    INB_NEAR_REL(number_of(row_of(e, INB_ENSEMBLE_METHOD, "bic", "", 0)), 25311.29, 1e-6);
    INB_NEAR_REL(number_of(row_of(e, INB_ENSEMBLE_METHOD, "bic, pairs", "", 0)), 22991.33, 1e-6);
    INB_NEAR_REL(number_of(row_of(e, INB_ENSEMBLE_METHOD, "decomposable", "", 0)), 22990, 1e-4);
    INB_NEAR_REL(
        number_of(row_of(e, INB_ENSEMBLE_METHOD, "decomposable, delta 0.1", "", 0)), 12521, 1e-4);
    // GP left out: the published table of four lists.
    const inb_ensemble_row *four = row_of(e, INB_ENSEMBLE_WITHOUT, "stepwise", "GP", 0);
    INB_NEAR_REL(number_of(four), 11015.2445, 1e-7);
    ck_assert_int_eq(four->observed, 2428);
    INB_NEAR_REL(number_of(row_of(e, INB_ENSEMBLE_WITHOUT, "bic", "GP", 0)), 11987.09, 1e-6);
    // LA and GO are not in the model: an odds ratio of one is the model itself.
    INB_NEAR_REL(
        number_of(row_of(e, INB_ENSEMBLE_ODDS_RATIO, "stepwise", "LAxGO", 1)), 11312.9903, 1e-7);
    const inb_ensemble_row *doubles = row_of(e, INB_ENSEMBLE_ODDS_RATIO, "stepwise", "PFNCAxGO", 4);
    ck_assert_double_gt(number_of(doubles), 2 * 11312.9903);
    ck_assert_ptr_nonnull(doubles->note);
    ck_assert(has_warning(&e->total, "pair_doubles"));
    INB_NEAR_REL(number_of(row_of(e, INB_ENSEMBLE_UNSEEN, "stepwise", "", 2)),
        2744 + 2 * (11312.9903 - 2744), 1e-7);
    INB_NEAR_REL(
        number_of(row_of(e, INB_ENSEMBLE_THRESHOLD, "stepwise", "", 0.02)), 11312.9903, 1e-7);
    const inb_ensemble_row *known = row_of(e, INB_ENSEMBLE_CONSISTENCY, "stepwise", "NG", 0);
    ck_assert_int_eq(known->known, 567);
    ck_assert_int_eq(known->observed, 104); // on another list too
    ck_assert(has_warning(&e->total, "consistency"));
    inb_buffer text = INB_BUFFER_INIT((size_t)1 << 20);
    inb_estimate_text(e, &text);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&text), "Every method on the same lists"));
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&text), "Two lists taken as one"));
    inb_buffer_clear(&text);
    inb_estimate_json(e, &text);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&text), "\"ensemble\":[{\"kind\":\"method\""));
    inb_buffer_clear(&text);
    inb_estimate_free(e);
    inb_histories_free(histories);
}
INB_END

INB_TEST(two_lists_and_none) {
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_from_counts(abc(), 2, (int64_t[]){0, 150, 80, 30}, &histories, err));
    inb_estimate *e = look(histories);
    INB_NEAR_REL(number_of(row_of(e, INB_ENSEMBLE_ODDS_RATIO, "stepwise", "AxB", 4)),
        260 + 4.0 * 150 * 80 / 30, 1e-9);
    inb_estimate_free(e);
    inb_histories_free(histories);
    INB_OK_IS(inb_histories_from_counts(
        abc(), 3, (int64_t[]){0, 40, 30, 0, 20, 0, 0, 0}, &histories, err));
    e = look(histories); // nobody on two lists: rows, no numbers, no headline
    ck_assert(!e->headline.given && !e->total.has_estimate);
    for (size_t i = 0; i < e->ensemble_count; i++) {
        ck_assert(!e->ensemble[i].has_estimate);
    }
    inb_estimate_free(e);
    inb_histories_free(histories);
}
INB_END

INB_TEST(memory_running_out) {
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_from_counts(abc(), 2, (int64_t[]){0, 150, 80, 30}, &histories, err));
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = INB_COUNT_ENSEMBLE;
    ck_assert_uint_gt(refuse_every_allocation(histories, &options), 40);
    inb_histories_free(histories);
}
INB_END

INB_TEST_MAIN("4_count/ensemble", united_kingdom, two_lists_and_none, memory_running_out)
