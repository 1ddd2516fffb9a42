// SPDX-License-Identifier: EUPL-1.2
// One model over lists and groups as JSON and in words, with what it assumes.

#include <inbeeld/pooling.h>

#include "model_terms.h"
#include "thousands.h"

#include <math.h>

enum { DIGITS = 12 };

static void put_figure(
    const inb_group_figure *figure, const inb_group_model *model, bool given, inb_buffer *out) {
    inb_buffer_text(out, "\"estimate\":");
    inb_buffer_number(out, given ? figure->estimate : NAN, DIGITS);
    inb_buffer_text(out, ",\"hidden\":");
    inb_buffer_number(out, given ? figure->hidden : NAN, DIGITS);
    inb_buffer_text(out, ",\"interval\":");
    if (!given) {
        inb_buffer_text(out, "null");
        return;
    }
    inb_buffer_text(out, "{\"level\":");
    inb_buffer_number(out, model->level, DIGITS);
    inb_buffer_text(out, ",\"low\":");
    inb_buffer_number(out, figure->low, DIGITS);
    inb_buffer_text(out, ",\"high\":");
    inb_buffer_number(out, figure->high, DIGITS);
    inb_buffer_format(out, ",\"kind\":\"%s\"}", inb_interval_kind_name(model->kind));
}

// "A, BxC": names of sets[count].
static void put_sets(const inb_list_set *sets, size_t count, const inb_histories *histories,
    bool json, inb_buffer *out) {
    inb_buffer name = INB_BUFFER_INIT((size_t)1 << 20);
    for (size_t i = 0; i < count; i++) {
        inb_buffer_reset(&name);
        inb_set_text(sets[i], histories->lists, histories->list_count, &name);
        inb_buffer_text(out, i == 0 ? "" : json ? "," : ", ");
        if (json) {
            inb_buffer_json(out, inb_buffer_get(&name));
        } else {
            inb_buffer_text(out, inb_buffer_get(&name));
        }
    }
    inb_buffer_clear(&name);
}

static void put_apart(
    const inb_group_model *model, const inb_histories *histories, bool json, inb_buffer *out) {
    inb_list_set lists[INB_LISTS_MOST];
    size_t count = 0;
    for (size_t j = 0; j < histories->list_count; j++) {
        if ((model->apart >> j & 1) != 0) {
            lists[count++] = (inb_list_set)(1U << j);
        }
    }
    put_sets(lists, count, histories, json, out);
}

void inb_group_model_json(
    const inb_group_model *model, const inb_histories *histories, inb_buffer *out) {
    inb_buffer_format(out, "{\"given\":%s,\"reason\":", model->given ? "true" : "false");
    if (model->reason == NULL) {
        inb_buffer_text(out, "null");
    } else {
        inb_buffer_json(out, model->reason);
    }
    inb_buffer_char(out, ',');
    put_figure(&model->total, model, model->given, out);
    inb_buffer_text(out, ",\"apart\":[");
    put_apart(model, histories, true, out);
    inb_buffer_text(out, "],\"model\":[");
    put_sets(model->pairs, model->pair_count, histories, true, out);
    inb_buffer_text(out, "],\"bic\":");
    inb_buffer_number(out, model->given ? model->criterion : NAN, DIGITS);
    inb_buffer_format(out, ",\"replicates\":%zu,\"failed_replicates\":%zu,\"groups\":[",
        model->replicates, model->failed);
    for (size_t g = 0; g < model->group_count; g++) {
        const inb_history_group *group = &histories->groups[g];
        inb_buffer_text(out, g > 0 ? ",{\"group\":{" : "{\"group\":{");
        for (size_t c = 0; c < histories->group_column_count; c++) {
            inb_buffer_text(out, c > 0 ? "," : "");
            inb_buffer_json(out, histories->group_columns[c]);
            inb_buffer_char(out, ':');
            if (group->values[c] == NULL) {
                inb_buffer_text(out, "null");
            } else {
                inb_buffer_json(out, group->values[c]);
            }
        }
        inb_buffer_format(out, "},\"observed\":%lld,", (long long)group->observed);
        bool given = model->given && model->groups[g].given;
        put_figure(&model->groups[g], model, given, out);
        inb_buffer_format(
            out, ",\"too_small\":%s}", model->groups[g].small || !given ? "true" : "false");
    }
    inb_buffer_text(out, "]}");
}

void inb_group_model_text(
    const inb_group_model *model, const inb_histories *histories, inb_buffer *out) {
    inb_buffer_text(out, "\nOne model over lists and groups (nothing lent)\n");
    if (!model->given) {
        inb_buffer_format(out, "  none: %s\n", model->reason);
        return;
    }
    inb_buffer_format(out, "  all       %s in all, %g %% %s to %s (%s)\n",
        inb_i_people_of(model->total.estimate).text, 100 * model->level,
        inb_i_people_of(model->total.low).text, inb_i_people_of(model->total.high).text,
        model->kind == INB_INTERVAL_BCA ? "the model chosen anew in every replicate"
                                        : "the model taken as given: too narrow");
    for (size_t g = 0; g < model->group_count; g++) {
        const inb_group_figure *figure = &model->groups[g];
        inb_buffer_text(out, "  ");
        for (size_t c = 0; c < histories->group_column_count; c++) {
            inb_buffer_format(out, "%s%s", c > 0 ? ", " : "", histories->groups[g].values[c]);
        }
        if (!figure->given) {
            inb_buffer_text(out, "  nobody seen: nothing can be said\n");
            continue;
        }
        inb_buffer_format(out, "  %s seen, %s in all, %s to %s%s\n",
            inb_i_people_of((double)figure->observed).text, inb_i_people_of(figure->estimate).text,
            inb_i_people_of(figure->low).text, inb_i_people_of(figure->high).text,
            figure->small ? "  (too small: nobody on two lists, so the other groups say it)" : "");
    }
    inb_buffer_text(out, "  seen differently by group: ");
    put_apart(model, histories, false, out);
    inb_buffer_text(out, model->apart == 0 ? "no list\n  shared    " : "\n  shared    ");
    put_sets(model->pairs, model->pair_count, histories, false, out);
    inb_buffer_text(out, model->pair_count == 0 ? "no dependence between lists\n" : "\n");
}
