// SPDX-License-Identifier: EUPL-1.2
// The ensemble in English: what each part asks, in words, and its rows under it. Numbers that are
// to be read side by side stand on one line.

#include "ensemble_text.h"

#include "thousands.h"

#include <string.h>

enum { LABEL = 26, NUMBER = 11 };

// 12345.6 as "12,346", right-aligned; a dash where there is none.
static void put_number(inb_buffer *out, bool given, double people) {
    inb_buffer_format(out, " %*s", NUMBER, given ? inb_i_people_of(people).text : "-");
}

static void put_interval(inb_buffer *out, const inb_ensemble_row *row) {
    if (row->has_interval) {
        put_number(out, true, row->interval.low);
        inb_buffer_text(out, " to");
        put_number(out, true, row->interval.high);
        inb_buffer_format(out, "  %s", inb_interval_kind_name(row->interval.kind));
    }
}

static void put_note(inb_buffer *out, const inb_ensemble_row *row) {
    if (row->note != NULL) {
        inb_buffer_format(out, "  %s", row->note);
    }
    inb_buffer_char(out, '\n');
}

// Rows i, i + 1, … of one kind about the same lists: where they end.
static size_t run_of(const inb_estimate *estimate, size_t i) {
    const inb_ensemble_row *first = &estimate->ensemble[i];
    size_t end = i + 1;
    while (end < estimate->ensemble_count && estimate->ensemble[end].kind == first->kind &&
           estimate->ensemble[end].lists == first->lists) {
        end++;
    }
    return end;
}

static void put_heading(inb_buffer *out, inb_ensemble_kind kind) {
    static const char *const headings[] = {[INB_ENSEMBLE_METHOD] = "Every method on the same lists",
        [INB_ENSEMBLE_THRESHOLD] = "Stepwise at other thresholds",
        [INB_ENSEMBLE_WITHOUT] = "One list left out (stepwise, bic)",
        [INB_ENSEMBLE_MERGED] = "Two lists taken as one (stepwise, bic)",
        [INB_ENSEMBLE_ODDS_RATIO] =
            "The dependence of two lists given, not estimated (odds ratio 1/4, 1/2, 1, 2, 4)",
        [INB_ENSEMBLE_UNSEEN] =
            "Hidden people times a factor: an interaction of all lists, which no data can exclude",
        [INB_ENSEMBLE_CONSISTENCY] =
            "Each list predicted from the others (known, predicted, interval)"};
    inb_buffer_format(out, "%s\n", headings[kind]);
}

static void put_rows(inb_buffer *out, const inb_estimate *estimate, size_t from, size_t to) {
    const inb_ensemble_row *row = &estimate->ensemble[from];
    switch (row->kind) {
    case INB_ENSEMBLE_METHOD:
    case INB_ENSEMBLE_THRESHOLD:
    case INB_ENSEMBLE_UNSEEN:
        for (size_t i = from; i < to; i++) {
            row = &estimate->ensemble[i];
            if (row->kind == INB_ENSEMBLE_METHOD) {
                inb_buffer_format(out, "  %-*s", LABEL, row->method);
            } else {
                inb_buffer_format(out, "  %-*.4g", LABEL, row->at);
            }
            put_number(out, row->has_estimate, row->estimate);
            put_interval(out, row);
            put_note(out, row);
        }
        break;
    case INB_ENSEMBLE_CONSISTENCY:
        inb_buffer_format(out, "  %-*s", LABEL, row->lists_text);
        put_number(out, true, (double)row->known);
        put_number(out, row->has_estimate, row->estimate);
        put_interval(out, row);
        put_note(out, row);
        break;
    default:
        inb_buffer_format(out, "  %-*s", LABEL, row->lists_text);
        for (size_t i = from; i < to; i++) {
            put_number(out, estimate->ensemble[i].has_estimate, estimate->ensemble[i].estimate);
        }
        inb_buffer_char(out, '\n');
        break;
    }
}

void inb_i_ensemble_text(const inb_estimate *estimate, inb_buffer *out) {
    for (size_t i = 0; i < estimate->ensemble_count;) {
        size_t end = run_of(estimate, i);
        inb_ensemble_kind kind = estimate->ensemble[i].kind;
        if (i == 0 || estimate->ensemble[i - 1].kind != kind) {
            put_heading(out, kind);
        }
        put_rows(out, estimate, i, end);
        if (end == estimate->ensemble_count || estimate->ensemble[end].kind != kind) {
            inb_buffer_char(out, '\n');
        }
        i = end;
    }
}
