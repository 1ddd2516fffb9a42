// SPDX-License-Identifier: EUPL-1.2
// Series out of figures: the real ones as published, and the property that a line joins only two
// consecutive years of one series, over random files.

#include "publish_help.h"

#include "inb_sweep.h"

#include <inbeeld/rng.h>

#define HEAD "year,measure,group,value,series,source,note\n"
#define R "registered presumed victims"

INB_TEST(the_real_series) {
    inb_public_figures *figures = NULL;
    INB_OK_IS(inb_public_figures_embedded(&figures, err));
    inb_series_set *set = series_of(figures, INB_SERIES_REGISTERED);
    ck_assert_uint_eq(set->series_count, 3);
    static const struct {
        const char *id;
        const char *key;
        bool certain;
        size_t count;
        int years[8];
        double values[8];
        bool joined[8];
    } wanted[] = {
        {"unstated", "report.series.unstated", false, 7, {2007, 2011, 2012, 2021, 2022, 2023, 2024},
            {716, 1222, 1700, 791, 814, 868, 944}, {false, false, true, false, true, true, true}},
        {"comensha", "report.series.comensha", true, 5, {2014, 2015, 2016, 2019, 2020},
            {1561, 1321, 1049, 1372, 1013}, {false, true, true, false, true}},
        {"rapporteur", "report.series.rapporteur", true, 4, {2014, 2018, 2019, 2020},
            {1255, 668, 1334, 984}, {false, false, true, true}},
    };
    for (size_t i = 0; i < 3; i++) {
        const inb_series *series = &set->series[i];
        ck_assert_str_eq(series->id, wanted[i].id);
        ck_assert_str_eq(series->key, wanted[i].key);
        ck_assert(series->certain == wanted[i].certain);
        ck_assert_uint_eq(series->point_count, wanted[i].count);
        for (size_t j = 0; j < series->point_count; j++) {
            ck_assert_int_eq(series->points[j].year, wanted[i].years[j]);
            ck_assert(series->points[j].value == wanted[i].values[j]);
            ck_assert(series->points[j].joined == wanted[i].joined[j]);
            ck_assert(series->points[j].rounded == (series->points[j].value == 1700));
        }
    }
    // 2015-2017, 2016-2020 and 2019-2023 are no points.
    ck_assert_uint_eq(set->undrawn_count, 3);
    inb_series_set_free(set);
    set = series_of(figures, INB_SERIES_MINORS);
    ck_assert_uint_eq(set->series_count, 2);
    ck_assert_str_eq(set->series[0].key, "report.minors.all");
    ck_assert_uint_eq(set->series[0].point_count, 3);
    ck_assert_str_eq(set->series[1].key, "report.minors.criminal");
    ck_assert_uint_eq(set->series[1].point_count, 2);
    inb_series_set_free(set);
    inb_public_figures_free(figures);
}
INB_END

INB_TEST(lines_join_only_one_series_in_consecutive_years) {
    static const char *const ids[] = {"comensha", "rapporteur", "unstated", ""};
    for (uint64_t seed = 1; seed <= 300; seed++) {
        inb_rng rng = inb_rng_make(seed, 0);
        inb_buffer text = INB_BUFFER_INIT(1 << 16);
        inb_buffer_text(&text, HEAD);
        bool there[4][20] = {{false}};
        for (size_t i = 0; i < 25; i++) {
            size_t id = (size_t)inb_rng_below(&rng, 4);
            size_t year = (size_t)inb_rng_below(&rng, 20);
            if (!there[id][year]) {
                there[id][year] = true;
                inb_buffer_format(&text, "%zu," R ",total,%zu,%s,s,\n", 2000 + year, i, ids[id]);
            }
        }
        inb_public_figures *figures = figures_of(inb_buffer_get(&text));
        inb_series_set *set = series_of(figures, INB_SERIES_REGISTERED);
        size_t joined = 0;
        for (size_t i = 0; i < set->series_count; i++) {
            const inb_series *series = &set->series[i];
            ck_assert(!series->points[0].joined);
            for (size_t j = 1; j < series->point_count; j++) {
                ck_assert_str_eq(series->points[j].figure->series, series->id);
                ck_assert_int_gt(series->points[j].year, series->points[j - 1].year);
                ck_assert(series->points[j].joined ==
                          (series->points[j].year == series->points[j - 1].year + 1));
                joined += series->points[j].joined;
            }
        }
        size_t wanted = 0;
        for (size_t id = 0; id < 4; id++) {
            for (size_t year = 1; year < 20; year++) {
                wanted += there[id][year] && there[id][year - 1];
            }
        }
        ck_assert_uint_eq(joined, wanted);
        inb_series_set_free(set);
        inb_public_figures_free(figures);
        inb_buffer_clear(&text);
    }
}
INB_END

static inb_status pick(const char *text, inb_error *err) {
    inb_public_figures *figures = figures_of(text);
    inb_series_set *set = NULL;
    inb_status status = inb_series_pick(figures, INB_SERIES_REGISTERED, &set, err);
    ck_assert(status == INB_OK || set == NULL);
    inb_series_set_free(set);
    inb_public_figures_free(figures);
    return status;
}

INB_TEST(what_is_refused) {
    INB_FAILS(
        pick(HEAD "2014," R ",total,1,a,s,\n2015," R ",total,1,b,s,\n2014," R ",total,1,a,s,\n",
            err),
        INB_BAD_INPUT, "f.csv:4:1: found a second number of this series for 2014 (the first is in");
    inb_buffer text = INB_BUFFER_INIT(1 << 16);
    inb_buffer_text(&text, HEAD);
    for (size_t i = 0; i < 13; i++) {
        inb_buffer_format(&text, "2014," R ",total,1,s%zu,s,\n", i);
    }
    INB_FAILS(pick(inb_buffer_get(&text), err), INB_TOO_LARGE, "f.csv:14:1: found more than 12");
    inb_buffer_clear(&text);
    INB_OK_IS(pick(HEAD, err));
    INB_OK_IS(pick(HEAD "2014-2016," R ",total,1,a,s,\n2014," R ",total,about 5,a,s,\n", err));
}
INB_END

static inb_public_figures *kept;

static inb_status once(inb_error *err) {
    inb_series_set *set = NULL;
    inb_status status = inb_series_pick(kept, INB_SERIES_REGISTERED, &set, err);
    inb_series_set_free(set);
    return status;
}

INB_TEST(memory_running_out) {
    INB_OK_IS(inb_public_figures_embedded(&kept, err));
    INB_SWEEP(once(err));
    inb_public_figures_free(kept);
    inb_series_set_free(NULL);
}
INB_END

INB_TEST_MAIN("5_publish/series", the_real_series, lines_join_only_one_series_in_consecutive_years,
    what_is_refused, memory_running_out)
