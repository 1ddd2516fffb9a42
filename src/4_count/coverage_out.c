// SPDX-License-Identifier: EUPL-1.2
// A study of coverage as JSON and as a table in words: what the truth was, how often each interval
// held it, and how far chance in the study itself reaches.

#include <inbeeld/coverage.h>

#include "model_terms.h"

enum { DIGITS = 12 };

static void put_number(inb_buffer *out, const char *key, double value) {
    inb_buffer_format(out, "\"%s\":", key);
    inb_buffer_number(out, value, DIGITS);
}

static void put_truth(
    inb_buffer *out, const inb_coverage_truth *truth, const inb_histories *histories) {
    inb_buffer_format(out, "{\"truth\":\"%s\",\"given\":%s", inb_truth_name(truth->truth),
        truth->given ? "true" : "false");
    if (!truth->given) {
        inb_buffer_char(out, '}');
        return;
    }
    inb_buffer_text(out, ",\"added\":");
    if (truth->added != 0) {
        inb_buffer added = INB_BUFFER_INIT((size_t)1 << 16);
        inb_set_text(truth->added, histories->lists, histories->list_count, &added);
        inb_buffer_json(out, inb_buffer_get(&added));
        out->status = out->status == INB_OK ? added.status : out->status;
        inb_buffer_clear(&added);
    } else {
        inb_buffer_text(out, "null");
    }
    inb_buffer_char(out, ',');
    put_number(out, "people", truth->people);
    inb_buffer_format(out, ",\"without_estimate\":%zu,", truth->without);
    put_number(out, "median_error", truth->error);
    inb_buffer_text(out, ",\"intervals\":[");
    bool first = true;
    for (size_t k = 0; k < INB_COVERAGE_KINDS; k++) {
        const inb_coverage_interval *interval = &truth->intervals[k];
        if (interval->given == 0) {
            continue;
        }
        inb_buffer_format(
            out, "%s{\"kind\":\"%s\",", first ? "" : ",", inb_interval_kind_name(interval->kind));
        first = false;
        put_number(out, "coverage", interval->share);
        inb_buffer_char(out, ',');
        put_number(out, "se", interval->se);
        inb_buffer_format(out, ",\"given\":%zu,", interval->given);
        put_number(out, "median_width", interval->width);
        inb_buffer_char(out, '}');
    }
    inb_buffer_text(out, "]}");
}

void inb_coverage_json(
    const inb_coverage *coverage, const inb_histories *histories, inb_buffer *out) {
    inb_buffer_format(out, "{\"tables\":%zu,\"replicates\":%zu,", coverage->options.tables,
        coverage->options.replicates);
    put_number(out, "level", coverage->level);
    inb_buffer_text(out, ",\"truths\":[");
    for (size_t i = 0; i < INB_TRUTH_COUNT; i++) {
        inb_buffer_text(out, i > 0 ? "," : "");
        put_truth(out, &coverage->truths[i], histories);
    }
    inb_buffer_text(out, "]}");
}

static void put_words(
    inb_buffer *out, const inb_coverage_truth *truth, const inb_histories *histories) {
    switch (truth->truth) {
    case INB_TRUTH_PAIR:
        inb_buffer_text(out, "  the chosen model misses that these depend on each other: ");
        inb_set_text(truth->added, histories->lists, histories->list_count, out);
        break;
    case INB_TRUTH_HETEROGENEITY:
        inb_buffer_text(out, "  half of the people are seen more easily than the other half");
        break;
    case INB_TRUTH_THREE:
        inb_buffer_text(
            out, "  the chosen model misses that these depend on each other together: ");
        inb_set_text(truth->added, histories->lists, histories->list_count, out);
        break;
    case INB_TRUTH_FITTED:
    case INB_TRUTH_COUNT:
        inb_buffer_text(out, "  the chosen model is true");
        break;
    }
}

void inb_coverage_text(
    const inb_coverage *coverage, const inb_histories *histories, inb_buffer *out) {
    inb_buffer_format(out,
        "\nCoverage on tables like this one (%zu drawn from each truth, %zu replicates each; an "
        "interval\nsays %g %%; the method chooses anew on every table)\n",
        coverage->options.tables, coverage->options.replicates, 100 * coverage->level);
    for (size_t i = 0; i < INB_TRUTH_COUNT; i++) {
        const inb_coverage_truth *truth = &coverage->truths[i];
        if (!truth->given) {
            inb_buffer_format(
                out, "  no truth '%s' can be built on this table\n", inb_truth_name(truth->truth));
            continue;
        }
        put_words(out, truth, histories);
        inb_buffer_format(out, "\n    N %.0f, estimates off by %+.1f %% (median)", truth->people,
            100 * truth->error);
        if (truth->without > 0) {
            inb_buffer_format(out, ", %zu tables without one", truth->without);
        }
        inb_buffer_char(out, '\n');
        for (size_t k = 0; k < INB_COVERAGE_KINDS; k++) {
            const inb_coverage_interval *interval = &truth->intervals[k];
            if (interval->given > 0) {
                inb_buffer_format(out, "    %-9s covers %5.1f %% (+- %.1f), %.0f %% of N wide\n",
                    inb_interval_kind_name(interval->kind), 100 * interval->share,
                    100 * interval->se, 100 * interval->width);
            }
        }
    }
}
