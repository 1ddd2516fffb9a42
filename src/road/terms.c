// SPDX-License-Identifier: EUPL-1.2
// Terms: data/terms.csv, and months computed from them. Always rounded down: a signal stays for
// whole months, and never longer than its term.

#include <inbeeld/retention.h>

#include "base/alloc.h"
#include "base/assets.h"
#include "base/csv.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { MONTHS_MOST = 600, TERMS_MAX_BYTES = 1 << 20, EIGHTEEN = 18 };

static const char built_in[] = "data/terms.csv";

struct inb_terms {
    inb_arena *arena;
    inb_term rows[INB_REPORTER_COUNT];
    bool given[INB_REPORTER_COUNT];
    inb_term other; // months 0: no row "*" yet
};

// ---- reading ----

enum column { REPORTER, MONTHS, NOTHING, BASIS, LAW, AS_OF, REVIEW, COLUMNS };
static const char *const columns[COLUMNS] = {
    "reporter", "months", "months_nothing", "basis", "law", "as_of", "review"};

static inb_status months_of(
    const inb_csv *csv, size_t column, int most, int *ret_months, inb_error *err) {
    int64_t months = 0;
    if (!inb_parse_int64(inb_csv_field(csv, column), inb_csv_length(csv, column), &months) ||
        months < 1 || months > most) {
        return inb_csv_fail(
            csv, column, err, "found something else, expected months, 1 to %d", most);
    }
    *ret_months = (int)months;
    return INB_OK;
}

static inb_status text_of(
    inb_terms *terms, const inb_csv *csv, size_t column, const char **ret_text, inb_error *err) {
    if (inb_csv_length(csv, column) == 0) {
        return inb_csv_fail(csv, column, err,
            "found nothing, expected a basis, a law, a date or a "
            "review");
    }
    *ret_text =
        inb_arena_text(terms->arena, inb_csv_field(csv, column), inb_csv_length(csv, column));
    return *ret_text == NULL ? inb_fail(err, INB_NO_MEMORY, "no memory for terms") : INB_OK;
}

static inb_status read_row(
    inb_terms *terms, const inb_csv *csv, const size_t at[COLUMNS], inb_error *err) {
    inb_term term = {0};
    inb_date as_of;
    INB_TRY(months_of(csv, at[MONTHS], MONTHS_MOST, &term.months, err));
    INB_TRY(months_of(csv, at[NOTHING], term.months, &term.months_nothing, err));
    INB_TRY(text_of(terms, csv, at[BASIS], &term.basis, err));
    INB_TRY(text_of(terms, csv, at[LAW], &term.law, err));
    INB_TRY(text_of(terms, csv, at[AS_OF], &term.as_of, err));
    INB_TRY(text_of(terms, csv, at[REVIEW], &term.review, err));
    if (!inb_date_parse(term.as_of, strlen(term.as_of), &as_of)) {
        return inb_csv_fail(csv, at[AS_OF], err, "found no date, expected one such as 2026-11");
    }
    const char *name = inb_csv_field(csv, at[REPORTER]);
    size_t length = inb_csv_length(csv, at[REPORTER]);
    int reporter = inb_reporter_parse(name, length);
    bool other = inb_equals(name, length, "*");
    if (reporter < 0 && !other) {
        return inb_csv_fail(csv, at[REPORTER], err, "found no kind of reporter, expected one or *");
    }
    if (other ? terms->other.months != 0 : terms->given[reporter]) {
        return inb_csv_fail(csv, at[REPORTER], err, "found a reporter twice");
    }
    if (other) {
        terms->other = term;
    } else {
        terms->rows[reporter] = term;
        terms->given[reporter] = true;
    }
    return INB_OK;
}

static inb_status read_terms(inb_csv *csv, inb_terms *terms, inb_error *err) {
    size_t at[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++) {
        INB_TRY(inb_csv_require(csv, columns[i], &at[i], err));
    }
    for (bool more = true;;) {
        INB_TRY(inb_csv_next(csv, &more, err));
        if (!more) {
            break;
        }
        INB_TRY(read_row(terms, csv, at, err));
    }
    if (terms->other.months == 0) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s:1:1: found no row for all other reporters, expected one with *", inb_csv_name(csv));
    }
    return INB_OK;
}

inb_status inb_terms_load(const char *path, inb_terms **ret_terms, inb_error *err) {
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    INB_CLEANUP(inb_terms_freep) inb_terms *terms = inb_alloc(1, sizeof *terms);
    if (terms == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for terms");
    }
    INB_TRY(inb_arena_new(TERMS_MAX_BYTES, &terms->arena, err));
    if (path != NULL) {
        INB_TRY(inb_csv_open(path, &csv, err));
    } else {
        const inb_asset *asset = inb_asset_find(built_in);
        if (asset == NULL) {
            return inb_fail(err, INB_INTERNAL, "the program lacks its file %s", built_in);
        }
        INB_TRY(inb_csv_open_memory(built_in, asset->data, asset->length, &csv, err));
    }
    INB_TRY(read_terms(csv, terms, err));
    *ret_terms = INB_TAKE(terms);
    return INB_OK;
}

void inb_terms_free(inb_terms *terms) {
    if (terms != NULL) {
        inb_arena_free(terms->arena);
        inb_free(terms);
    }
}

void inb_terms_freep(inb_terms **terms) {
    inb_terms_free(*terms);
}

const inb_term *inb_terms_of(const inb_terms *terms, inb_reporter reporter) {
    bool given = (unsigned)reporter < INB_REPORTER_COUNT && terms->given[reporter];
    return given ? &terms->rows[reporter] : &terms->other;
}

// ---- months ----

static int number_of(inb_date month) {
    return 12 * month.year + (month.month == 0 ? 0 : month.month - 1);
}

inb_date inb_month_after(inb_date month, int months) {
    int number = number_of(month) + months;
    return (inb_date){(int16_t)(number / 12), (int8_t)(number % 12 + 1), 0};
}

bool inb_month_before(inb_date one, inb_date other) {
    return number_of(one) < number_of(other);
}

inb_date inb_term_end(const inb_term *term, bool nothing, inb_date today) {
    return inb_month_after(today, (nothing ? term->months_nothing : term->months) - 1);
}

// In full years on the day `on`; -1 where it is not told.
static int years_of(const inb_person *person, inb_date on) {
    inb_date born;
    int least = 0;
    int most = 0;
    if (person->age.years != INB_YEARS_UNKNOWN) {
        return person->age.years;
    }
    if (person->birth_date == NULL ||
        !inb_date_parse(person->birth_date, strlen(person->birth_date), &born)) {
        return -1;
    }
    inb_date_age(born, on, &least, &most);
    return least;
}

inb_date inb_review_month(const inb_signal *signal, inb_date today) {
    inb_date from = signal->seen.year != 0 && signal->seen.month != 0 ? signal->seen : today;
    inb_date first = {0, 0, 0};
    for (size_t i = 0; i < signal->person_count; i++) {
        int years = years_of(&signal->persons[i], from);
        if (years < 0 || years >= EIGHTEEN) {
            continue;
        }
        inb_date month = inb_month_after(from, 12 * (EIGHTEEN - years));
        if (first.year == 0 || inb_month_before(month, first)) {
            first = month;
        }
    }
    return first;
}
