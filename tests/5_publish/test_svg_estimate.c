// SPDX-License-Identifier: EUPL-1.2
// Pictures of an estimate: nothing where there is nothing to show, names escaped, every number of
// a picture in its table, a logarithmic axis where the numbers span much.

#include "inb_test.h"

#include <inbeeld/plots.h>

#include <string.h>

static const inb_ensemble_row rows[] = {
    {.kind = INB_ENSEMBLE_METHOD,
        .method = "stepwise",
        .lists_text = "",
        .observed = 50,
        .has_estimate = true,
        .estimate = 120,
        .has_interval = true,
        .interval = {0.95, 100, 150, INB_INTERVAL_MODEL}},
    {.kind = INB_ENSEMBLE_METHOD, .method = "bic", .lists_text = "", .note = "said \"no\""},
    {.kind = INB_ENSEMBLE_WITHOUT,
        .method = "stepwise",
        .lists = 1,
        .lists_text = "A<&\"B\"",
        .has_estimate = true,
        .estimate = 90000},
    {.kind = INB_ENSEMBLE_THRESHOLD,
        .method = "stepwise",
        .lists_text = "",
        .at = 0.02,
        .has_estimate = true,
        .estimate = 120},
    {.kind = INB_ENSEMBLE_THRESHOLD,
        .method = "stepwise",
        .lists_text = "",
        .at = 0.1,
        .has_estimate = true,
        .estimate = 140},
    {.kind = INB_ENSEMBLE_ODDS_RATIO,
        .method = "stepwise",
        .lists = 3,
        .lists_text = "AxB",
        .at = 1,
        .has_estimate = true,
        .estimate = 120},
    {.kind = INB_ENSEMBLE_ODDS_RATIO,
        .method = "stepwise",
        .lists = 3,
        .lists_text = "AxB",
        .at = 4,
        .has_estimate = true,
        .estimate = 300},
};

static inb_estimate some(void) {
    static double sample[1000];
    for (size_t i = 0; i < 1000; i++) {
        sample[i] = 100 + (double)i / 10;
    }
    inb_estimate estimate = {.list_count = 2,
        .threshold = 0.02,
        .ensemble_count = sizeof rows / sizeof rows[0],
        .ensemble = rows};
    estimate.total.sample = sample;
    estimate.total.sample_count = 1000;
    estimate.total.estimate = 120;
    estimate.total.has_interval = true;
    estimate.total.interval = (inb_interval){0.95, 105, 190, INB_INTERVAL_BCA};
    return estimate;
}

INB_TEST(pictures) {
    inb_estimate estimate = some();
    inb_buffer out = INB_BUFFER_INIT(1 << 20);
    for (size_t i = 0; i < INB_PLOT_COUNT; i++) {
        ck_assert(inb_plot_has(&estimate, (inb_plot)i));
        inb_buffer_reset(&out);
        inb_plot_svg(&estimate, (inb_plot)i, &out);
        const char *svg = inb_buffer_get(&out);
        ck_assert(strncmp(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\"", 39) == 0);
        ck_assert_str_eq(svg + out.length - 7, "</svg>\n");
        ck_assert_ptr_nonnull(strstr(svg, "<title>"));
        ck_assert_ptr_nonnull(strstr(svg, "<desc>"));
        ck_assert_ptr_null(strstr(svg, "nan"));
        ck_assert_ptr_null(strstr(svg, "A<&"));
    }
    inb_buffer_reset(&out);
    inb_plot_svg(&estimate, INB_PLOT_ENSEMBLE, &out);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "A&lt;&amp;"));
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "people in all (logarithmic)"));
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "no number"));
    inb_buffer_clear(&out);
}
INB_END

INB_TEST(tables) {
    inb_estimate estimate = some();
    inb_buffer out = INB_BUFFER_INIT(1 << 20);
    inb_plot_csv(&estimate, INB_PLOT_ENSEMBLE, &out);
    ck_assert_str_eq(inb_buffer_get(&out),
        "kind,method,lists,at,observed,estimate,low,high,interval,note\n"
        "method,stepwise,,,50,120,100,150,model,\n"
        "method,bic,,,0,,,,,\"said \"\"no\"\"\"\n"
        "without,stepwise,\"A<&\"\"B\"\"\",,0,90000,,,,\n");
    inb_buffer_reset(&out);
    inb_plot_csv(&estimate, INB_PLOT_REPLICATES, &out);
    ck_assert(strncmp(inb_buffer_get(&out), "share,estimate\n0.0005,100\n", 26) == 0);
    inb_buffer_clear(&out);
}
INB_END

INB_TEST(nothing_to_show) {
    inb_estimate estimate = {.list_count = 2};
    inb_buffer out = INB_BUFFER_INIT(1 << 20);
    for (size_t i = 0; i < INB_PLOT_COUNT; i++) {
        ck_assert(!inb_plot_has(&estimate, (inb_plot)i));
        inb_plot_svg(&estimate, (inb_plot)i, &out);
    }
    ck_assert_uint_eq(out.length, 0);
    // Replicates that are all the same still make a picture.
    double same[300];
    for (size_t i = 0; i < 300; i++) {
        same[i] = 7;
    }
    estimate.total.sample = same;
    estimate.total.sample_count = 300;
    inb_plot_svg(&estimate, INB_PLOT_REPLICATES, &out);
    ck_assert_uint_gt(out.length, 0);
    ck_assert_ptr_null(strstr(inb_buffer_get(&out), "nan"));
    inb_buffer_clear(&out);
}
INB_END

INB_TEST(limits_beyond_the_replicates_are_drawn) {
    // A BCa limit can lie in the outer half per cent that is left out: the axis goes on to it.
    inb_estimate estimate = some();
    estimate.total.interval = (inb_interval){0.95, 60, 260, INB_INTERVAL_BCA, NULL};
    inb_buffer out = INB_BUFFER_INIT(1 << 20);
    inb_plot_svg(&estimate, INB_PLOT_REPLICATES, &out);
    const char *first = strstr(inb_buffer_get(&out), "stroke-dasharray");
    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_nonnull(strstr(first + 1, "stroke-dasharray"));
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), ">60<"));
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), ">260<"));
    inb_buffer_clear(&out);
}
INB_END

INB_TEST_MAIN("5_publish/svg_estimate", pictures, tables, nothing_to_show,
    limits_beyond_the_replicates_are_drawn)
