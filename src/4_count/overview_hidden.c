// SPDX-License-Identifier: EUPL-1.2
// The number that remains hidden, for all persons of an overview and for each age class and sex:
// the histories of the group, over the groups of sources that saw anybody of it, to an estimate.

#include <inbeeld/overview.h>

#include "base/alloc.h"

enum { HISTORIES = 1 << INB_SOURCE_GROUP_COUNT };

// The history without the sources that saw nobody of the group.
static size_t without_empty(size_t history, const int *place) {
    size_t packed = 0;
    for (int i = 0; i < INB_SOURCE_GROUP_COUNT; i++) {
        if (place[i] >= 0) {
            packed |= (history >> i & 1) << place[i];
        }
    }
    return packed;
}

static inb_status estimate(bool linked, const int64_t full[HISTORIES],
    const inb_estimate_options *options, inb_hidden *ret_hidden, inb_error *err) {
    int place[INB_SOURCE_GROUP_COUNT];
    const char *names[INB_SOURCE_GROUP_COUNT];
    size_t lists = 0;
    inb_hidden hidden = {.observed = 0};
    for (int i = 0; i < INB_SOURCE_GROUP_COUNT; i++) {
        int64_t seen = 0;
        for (size_t history = 1; history < HISTORIES; history++) {
            seen += (history >> i & 1) != 0 ? full[history] : 0;
        }
        place[i] = seen > 0 ? (int)lists : -1;
        if (seen > 0) {
            names[lists++] = inb_source_group_code((inb_source_group)i);
        }
    }
    int64_t counts[HISTORIES] = {0};
    for (size_t history = 1; history < HISTORIES; history++) {
        counts[without_empty(history, place)] += full[history];
        hidden.observed += full[history];
    }
    hidden.lists = lists;
    if (linked && lists >= INB_LISTS_LEAST) {
        INB_CLEANUP(inb_histories_freep) inb_histories *histories = NULL;
        INB_CLEANUP(inb_estimate_freep) inb_estimate *found = NULL;
        INB_TRY(inb_histories_from_counts(names, lists, counts, &histories, err));
        INB_TRY(inb_estimate_run(histories, options, &found, err));
        hidden.has_estimate = found->total.has_estimate && found->total.has_interval;
        hidden.estimate = found->total.estimate;
        hidden.low = found->total.interval.low;
        hidden.high = found->total.interval.high;
        hidden.headline = found->headline.given;
        hidden.range_low = found->headline.low;
        hidden.range_high = found->headline.high;
    }
    *ret_hidden = hidden;
    return INB_OK;
}

static void add(int64_t sum[HISTORIES], const int64_t more[HISTORIES]) {
    for (size_t history = 1; history < HISTORIES; history++) {
        sum[history] += more[history];
    }
}

inb_status inb_overview_hidden(const inb_overview *overview, const inb_estimate_options *options,
    inb_overview_estimates *ret_estimates, inb_error *err) {
    int64_t all[HISTORIES] = {0};
    int64_t by_age[INB_AGE_CLASS_COUNT][HISTORIES] = {{0}};
    int64_t by_sex[INB_SEX_COUNT][HISTORIES] = {{0}};
    for (int age = 0; age < INB_AGE_CLASS_COUNT; age++) {
        for (int sex = 0; sex < INB_SEX_COUNT; sex++) {
            add(all, overview->histories[age][sex]);
            add(by_age[age], overview->histories[age][sex]);
            add(by_sex[sex], overview->histories[age][sex]);
        }
    }
    inb_overview_estimates estimates;
    INB_TRY(estimate(overview->linked, all, options, &estimates.all, err));
    for (int age = 0; age < INB_AGE_CLASS_COUNT; age++) {
        INB_TRY(estimate(overview->linked, by_age[age], options, &estimates.by_age[age], err));
    }
    for (int sex = 0; sex < INB_SEX_COUNT; sex++) {
        INB_TRY(estimate(overview->linked, by_sex[sex], options, &estimates.by_sex[sex], err));
    }
    *ret_estimates = estimates;
    return INB_OK;
}
