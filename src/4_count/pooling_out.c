// SPDX-License-Identifier: EUPL-1.2
// Partially pooled groups as JSON and in words, with what each assumes.

#include <inbeeld/pooling.h>

#include "thousands.h"

#include <math.h>

enum { DIGITS = 12 };

static void put_number(inb_buffer *out, const char *key, bool given, double value) {
    inb_buffer_format(out, "\"%s\":", key);
    inb_buffer_number(out, given ? value : NAN, DIGITS);
}

static void put_interval(inb_buffer *out, bool given, double level, double low, double high) {
    inb_buffer_text(out, "\"interval\":");
    if (!given) {
        inb_buffer_text(out, "null");
        return;
    }
    inb_buffer_char(out, '{');
    put_number(out, "level", true, level);
    inb_buffer_char(out, ',');
    put_number(out, "low", true, low);
    inb_buffer_char(out, ',');
    put_number(out, "high", true, high);
    inb_buffer_char(out, '}');
}

static void put_values(inb_buffer *out, const inb_pooling *pooling, const inb_pooled_group *group) {
    inb_buffer_text(out, "{\"group\":{");
    for (size_t c = 0; c < pooling->group_column_count; c++) {
        inb_buffer_text(out, c > 0 ? "," : "");
        inb_buffer_json(out, pooling->group_columns[c]);
        inb_buffer_char(out, ':');
        inb_buffer_json(out, group->values[c]);
    }
    inb_buffer_text(out, "},");
}

void inb_pooling_json(const inb_pooling *pooling, inb_buffer *out) {
    inb_buffer_format(out, "{\"given\":%s,\"reason\":", pooling->given ? "true" : "false");
    if (pooling->reason == NULL) {
        inb_buffer_text(out, "null,");
    } else {
        inb_buffer_json(out, pooling->reason);
        inb_buffer_char(out, ',');
    }
    put_number(out, "observed", true, pooling->observed);
    inb_buffer_char(out, ',');
    put_number(out, "estimate", pooling->given, pooling->estimate);
    inb_buffer_char(out, ',');
    put_interval(out, pooling->given, pooling->level, pooling->low, pooling->high);
    inb_buffer_char(out, ',');
    put_number(out, "unknown_group", true, pooling->unknown);
    inb_buffer_text(out, ",\"model\":[");
    for (size_t i = 0; i < pooling->model_count; i++) {
        inb_buffer_text(out, i > 0 ? "," : "");
        inb_buffer_json(out, pooling->model[i]);
    }
    inb_buffer_text(out, "],\"deviations\":{");
    for (size_t j = 0; pooling->given && j < pooling->list_count; j++) {
        inb_buffer_text(out, j > 0 ? "," : "");
        inb_buffer_json(out, pooling->lists[j]);
        inb_buffer_char(out, ':');
        inb_buffer_number(out, pooling->deviations[j], DIGITS);
    }
    inb_buffer_format(out, "},\"replicates\":%zu,\"failed_replicates\":%zu,\"groups\":[",
        pooling->replicates, pooling->failed);
    for (size_t k = 0; k < pooling->group_count; k++) {
        const inb_pooled_group *group = &pooling->groups[k];
        bool given = pooling->given && group->given;
        inb_buffer_text(out, k > 0 ? "," : "");
        put_values(out, pooling, group);
        inb_buffer_format(out, "\"observed\":%lld,", (long long)group->observed);
        put_number(out, "assigned", given, group->assigned);
        inb_buffer_char(out, ',');
        put_number(out, "estimate", given, group->estimate);
        inb_buffer_char(out, ',');
        put_number(out, "hidden", given, group->hidden);
        inb_buffer_char(out, ',');
        put_interval(out, given, pooling->level, group->low, group->high);
        inb_buffer_format(out, ",\"too_small\":%s}", group->small || !given ? "true" : "false");
    }
    inb_buffer_text(out, "]}");
}

void inb_pooling_text(const inb_pooling *pooling, inb_buffer *out) {
    inb_buffer_text(out, "\nGroups that lend to each other (partial pooling)\n");
    if (!pooling->given) {
        inb_buffer_format(out, "  none: %s\n", pooling->reason);
        return;
    }
    inb_buffer_format(out, "  all       %s in all, %g %% %s to %s (sums within replicates)\n",
        inb_i_people_of(pooling->estimate).text, 100 * pooling->level,
        inb_i_people_of(pooling->low).text, inb_i_people_of(pooling->high).text);
    for (size_t k = 0; k < pooling->group_count; k++) {
        const inb_pooled_group *group = &pooling->groups[k];
        inb_buffer_text(out, "  ");
        for (size_t c = 0; c < pooling->group_column_count; c++) {
            inb_buffer_format(out, "%s%s", c > 0 ? ", " : "", group->values[c]);
        }
        if (!group->given) {
            inb_buffer_text(out, "  nobody seen: nothing can be said\n");
            continue;
        }
        inb_buffer_format(out, "  %s seen, %s in all, %s to %s%s\n",
            inb_i_people_of((double)group->observed).text, inb_i_people_of(group->estimate).text,
            inb_i_people_of(group->low).text, inb_i_people_of(group->high).text,
            group->small ? "  (too small: this is mostly what the other groups say)" : "");
    }
    inb_buffer_text(out, "  lists differ between groups by (sd of log)");
    for (size_t j = 0; j < pooling->list_count; j++) {
        inb_buffer_format(
            out, "%s %s %.2f", j > 0 ? "," : "", pooling->lists[j], pooling->deviations[j]);
    }
    inb_buffer_text(out, "\n  shared    ");
    for (size_t i = 0; i < pooling->model_count; i++) {
        inb_buffer_format(out, "%s%s", i > 0 ? ", " : "", pooling->model[i]);
    }
    inb_buffer_text(out, pooling->model_count == 0 ? "no dependence between lists\n" : "\n");
    if (pooling->unknown > 0) {
        inb_buffer_format(out,
            "  %.0f people have no group value; they are shared out as people on the same lists\n",
            pooling->unknown);
    }
}
