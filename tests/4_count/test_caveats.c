// SPDX-License-Identifier: EUPL-1.2
// What every estimate says about its own weakness: empty overlaps, cells that nobody counted, no
// finite estimate at all (Chan, Silverman, Vincent 2021, table 2).

#include "caveats.h"
#include "estimates.h"

INB_TEST(no_finite_estimate_is_no_number) {
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_from_counts(
        abc(), 3, (int64_t[]){0, 40, 30, 6, 20, 0, 0, 0}, &histories, err));
    const char *const models[] = {"AxB,AxC,BxC", "AxB,C", "AxC,BxC"};
    const int statuses[] = {2, 1, 0};
    for (size_t i = 0; i < 3; i++) {
        inb_estimate *estimate = run(histories, INB_COUNT_MODEL, models[i]);
        ck_assert_int_eq(estimate->total.status, statuses[i]);
        ck_assert_int_eq(estimate->total.has_estimate, statuses[i] == 0);
        ck_assert_int_eq(estimate->total.parameters_identified, statuses[i] != 2);
        ck_assert(has_warning(&estimate->total, "empty_overlaps"));
        if (statuses[i] != 0) {
            ck_assert(!estimate->headline.given);
            ck_assert(has_warning(&estimate->total, "no_estimate"));
            ck_assert_double_eq(estimate->total.estimate, 0);
        } else {
            INB_NEAR_REL(estimate->total.estimate, 96 + 40.0 * 30 / 6, 1e-9);
        }
        inb_estimate_free(estimate);
    }
    inb_histories_free(histories);
    // Two lists that never meet; identical lists.
    INB_OK_IS(inb_histories_from_counts(abc(), 2, (int64_t[]){0, 40, 30, 0}, &histories, err));
    inb_estimate *estimate = run(histories, INB_COUNT_STEPWISE, NULL);
    ck_assert(!estimate->total.has_estimate);
    inb_estimate_free(estimate);
    inb_histories_free(histories);
    INB_OK_IS(inb_histories_from_counts(abc(), 2, (int64_t[]){0, 0, 0, 30}, &histories, err));
    estimate = run(histories, INB_COUNT_STEPWISE, NULL);
    ck_assert(!estimate->total.has_estimate);
    ck_assert(has_warning(&estimate->total, "identical_lists"));
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}
INB_END

INB_TEST(missing_and_structural_cells) {
    // Independence on three lists; AC cannot occur, BC was not delivered.
    static const char text[] = "A,B,C,count\n1,0,0,1000\n0,1,0,500\n0,0,1,400\n1,1,0,50\n1,0,1,-\n"
                               "0,1,1,\n1,1,1,2\n";
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_read_memory("h.csv", text, strlen(text), NULL, 0, &histories, err));
    inb_estimate *estimate = run(histories, INB_COUNT_INDEPENDENCE, NULL);
    ck_assert_int_eq(estimate->total.status, 0);
    ck_assert_int_eq(estimate->total.observed, 1952);
    ck_assert_double_gt(estimate->total.uncounted, 0);
    ck_assert_double_gt(estimate->total.hidden, estimate->total.uncounted);
    ck_assert(has_warning(&estimate->total, "missing_cells"));
    ck_assert(has_warning(&estimate->total, "structural_cells"));
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}
INB_END

static inb_estimate *run_with(const inb_histories *histories, size_t bootstrap, bool parametric) {
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = INB_COUNT_INDEPENDENCE;
    options.bootstrap = bootstrap;
    options.parametric = parametric;
    inb_estimate *estimate = NULL;
    INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
    return estimate;
}

static bool says(const inb_estimate *estimate, const char *code, const char *part) {
    for (size_t i = 0; i < estimate->total.warning_count; i++) {
        if (strcmp(estimate->total.warnings[i].code, code) == 0) {
            return strstr(estimate->total.warnings[i].text, part) != NULL;
        }
    }
    return false;
}

INB_TEST(where_most_are_seen_the_number_seen_matters) {
    // Two lists of one half each. N varies by N q1 q2 / (p1 p2) = N; the model interval leaves out
    // the hidden, N / 4; the bootstrap N q1 q2 / (1 - q1 q2) = N / 3. 1.96 sqrt(3 / 4) covers
    // 91.0 %, 1.96 sqrt(2 / 3) covers 89.0 %; simulated: 89.8 and 87.8 (+- 1.4).
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_from_counts(abc(), 2, (int64_t[]){0, 500, 500, 500}, &histories, err));
    inb_estimate *estimate = run_with(histories, 0, false);
    ck_assert(says(estimate, "most_are_seen", "the model interval leaves out how"));
    ck_assert(says(estimate, "most_are_seen", "about 91 % of the time where it says 95 %"));
    inb_estimate_free(estimate);
    estimate = run_with(histories, 50, false);
    ck_assert(says(estimate, "most_are_seen", "about 89 % of the time"));
    inb_estimate_free(estimate);
    estimate = run_with(histories, 50, true);
    ck_assert(!has_warning(&estimate->total, "most_are_seen"));
    inb_estimate_free(estimate);
    inb_histories_free(histories);
    INB_OK_IS(inb_histories_from_counts(abc(), 2, (int64_t[]){0, 900, 900, 100}, &histories, err));
    estimate = run_with(histories, 50, false);
    ck_assert(!has_warning(&estimate->total, "most_are_seen"));
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}
INB_END

INB_TEST(an_estimate_outside_its_interval_is_said) {
    inb_i_run of = {.text = INB_BUFFER_INIT(1 << 16)};
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    of.options = &options;
    of.z = 1.96;
    INB_OK_IS(inb_arena_new(0, &of.arena, err));
    inb_i_notes notes;
    INB_OK_IS(inb_i_notes_new(&of, 4, &notes, err));
    inb_figures figures = {.observed = 100,
        .has_estimate = true,
        .estimate = 900,
        .hidden = 800,
        .log_hidden_se = 0.3,
        .has_interval = true,
        .interval = {0.95, 950, 1200, INB_INTERVAL_BCA}};
    INB_OK_IS(inb_i_note_interval(&of, &figures, &notes, err));
    ck_assert_uint_eq(notes.count, 1);
    ck_assert_str_eq(notes.list[0].code, "outside_interval");
    figures.interval.low = 850;
    INB_OK_IS(inb_i_note_interval(&of, &figures, &notes, err));
    ck_assert_uint_eq(notes.count, 1);
    figures.interval = (inb_interval){0.95, 100, 850, INB_INTERVAL_MIXTURE}; // carried.c says it
    INB_OK_IS(inb_i_note_interval(&of, &figures, &notes, err));
    ck_assert_uint_eq(notes.count, 1);
    figures.interval = (inb_interval){0.95, 850, 1200, INB_INTERVAL_BCA, NULL};
    figures.intervals[0] = figures.interval;
    figures.intervals[1] = (inb_interval){0.95, 300, 600, INB_INTERVAL_POSTERIOR, "pair models"};
    figures.interval_count = 2;
    INB_OK_IS(inb_i_note_interval(&of, &figures, &notes, err));
    ck_assert_uint_eq(notes.count, 2);
    ck_assert_str_eq(notes.list[1].code, "other_models");
    ck_assert_ptr_nonnull(strstr(notes.list[1].text, "between 300 and 600"));
    inb_arena_free(of.arena);
    inb_buffer_clear(&of.text);
}
INB_END

INB_TEST(an_overlap_that_is_not_known_is_not_empty) {
    // Chapman's formula would say of nested lists that nobody is hidden.
    static const struct {
        const char *text;
        bool empty;
        const char *few;
    } cases[] = {
        {"A,B,count\n1,0,40\n0,1,40\n", true, "nobody is known to be on two or more lists"},
        {"A,B,count\n1,0,40\n0,1,40\n1,1,\n", false, "nobody is known"},
        {"A,B,count\n1,0,40\n0,1,40\n1,1,-\n", false, "nobody is known"},
        {"A,B,count\n1,0,40\n0,1,40\n1,1,<=3\n", false, "nobody is known"},
        {"A,B,count\n1,0,40\n1,1,4\n", false, "only 4 people are on two or more lists"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        inb_histories *histories = NULL;
        INB_OK_IS(inb_histories_read_memory(
            "h.csv", cases[i].text, strlen(cases[i].text), NULL, 0, &histories, err));
        inb_estimate *estimate = run(histories, INB_COUNT_STEPWISE, NULL);
        ck_assert_int_eq(has_warning(&estimate->total, "empty_overlaps"), cases[i].empty);
        ck_assert(says(estimate, "few_overlaps", cases[i].few));
        ck_assert_int_eq(estimate->has_chapman, cases[i].empty);
        inb_estimate_free(estimate);
        inb_histories_free(histories);
    }
}
INB_END

INB_TEST(a_poor_fit_is_told_from_a_good_one) {
    // Tables of the chi-squared distribution: 0.001 is passed at 10.83, 13.82, 22.46 and 59.70.
    static const double limits[][2] = {{1, 10.83}, {2, 13.82}, {6, 22.46}, {30, 59.70}};
    for (size_t i = 0; i < 4; i++) {
        ck_assert(!inb_i_fits_poorly(0.95 * limits[i][1], (size_t)limits[i][0]));
        ck_assert(inb_i_fits_poorly(1.05 * limits[i][1], (size_t)limits[i][0]));
    }
    ck_assert(!inb_i_fits_poorly(1e9, 0));
    ck_assert(!inb_i_fits_poorly(0, 3));
}
INB_END

INB_TEST_MAIN("4_count/caveats", no_finite_estimate_is_no_number, missing_and_structural_cells,
    an_overlap_that_is_not_known_is_not_empty, a_poor_fit_is_told_from_a_good_one,
    where_most_are_seen_the_number_seen_matters, an_estimate_outside_its_interval_is_said)
