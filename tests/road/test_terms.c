// SPDX-License-Identifier: EUPL-1.2
// Terms: the table of this program, what a table may not say, and months that are never rounded up.

#include "road_help.h"

#include <inbeeld/retention.h>

#include "inb_file.h"
#include "inb_sweep.h"

static bool is(inb_date date, int year, int month) {
    return date.year == year && date.month == month && date.day == 0;
}

INB_TEST(built_in) {
    inb_terms *terms = NULL;
    INB_OK_IS(inb_terms_load(NULL, &terms, err));
    for (int i = 0; i < INB_REPORTER_COUNT; i++) {
        const inb_term *term = inb_terms_of(terms, (inb_reporter)i);
        ck_assert(term->months >= 1 && term->months_nothing <= term->months);
        ck_assert(term->basis[0] != '\0' && term->law[0] != '\0' && term->as_of[0] != '\0');
        ck_assert_str_eq(term->review, "not yet read by a lawyer");
    }
    ck_assert_int_eq(inb_terms_of(terms, INB_REPORTER_POLICE_BEAT)->months, 12);
    ck_assert_int_eq(inb_terms_of(terms, INB_REPORTER_SCHOOL)->months, 24);
    inb_terms_free(terms);
}
INB_END

INB_TEST(wrong_tables) {
#define HEAD "reporter,months,months_nothing,basis,law,as_of,review\n"
    static const struct {
        const char *text;
        const char *part;
    } cases[] = {{"reporter,months\n*,1\n", "months_nothing"},
        {HEAD "school,12,6,b,l,2026-11,r\n", "no row for all other"},
        {HEAD "*,0,1,b,l,2026-11,r\n", ":2:3: found something else, expected months, 1 to 600"},
        {HEAD "*,601,1,b,l,2026-11,r\n", "1 to 600"}, {HEAD "*,12,13,b,l,2026-11,r\n", "1 to 12"},
        {HEAD "*,12,6,,l,2026-11,r\n", "found nothing"}, {HEAD "*,12,6,b,l,soon,r\n", "no date"},
        {HEAD "*,12,6,b,l,2026-11,\n", "found nothing"},
        {HEAD "*,12,6,b,l,2026-11,r\n*,12,6,b,l,2026-11,r\n", "twice"},
        {HEAD "*,12,6,b,l,2026-11,r\nngo,1,1,b,l,2026-11,r\nngo,1,1,b,l,2026-11,r\n", "twice"},
        {HEAD "*,12,6,b,l,2026-11,r\nnobody,1,1,b,l,2026-11,r\n", "no kind of reporter"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char path[INB_TEMP_PATH];
        inb_terms *terms = NULL;
        inb_temp_file(path, cases[i].text, strlen(cases[i].text));
        INB_FAILS(inb_terms_load(path, &terms, err), INB_BAD_INPUT, cases[i].part);
        (void)unlink(path);
    }
}
INB_END

INB_TEST(months) {
    const inb_date november = {2026, 11, 30};
    ck_assert(is(inb_month_after(november, 0), 2026, 11));
    ck_assert(is(inb_month_after(november, 1), 2026, 12));
    ck_assert(is(inb_month_after(november, 2), 2027, 1));
    ck_assert(is(inb_month_after(november, -11), 2025, 12));
    ck_assert(inb_month_before((inb_date){2026, 11, 0}, (inb_date){2026, 12, 0}));
    ck_assert(!inb_month_before((inb_date){2026, 12, 0}, (inb_date){2026, 12, 0}));
    // The term of 24 months runs out on 30 November 2028: the last whole month in it is October.
    const inb_term term = {.months = 24, .months_nothing = 6};
    ck_assert(is(inb_term_end(&term, false, november), 2028, 10));
    ck_assert(is(inb_term_end(&term, true, november), 2027, 4));
}
INB_END

INB_TEST(eighteen) {
    const inb_date today = {2026, 11, 18};
    inb_person persons[3] = {
        {.age = {INB_AGE_CHILD, 17}}, {.age = {INB_AGE_CHILD, 15}}, {.age = {INB_AGE_ADULT, 40}}};
    inb_signal signal = {.persons = persons, .person_count = 3, .seen = {2026, 6, 3}};
    ck_assert(is(inb_review_month(&signal, today), 2027, 6)); // the first of them, for certain
    signal.seen = (inb_date){0, 0, 0};
    ck_assert(is(inb_review_month(&signal, today), 2027, 11));
    persons[0].age.years = INB_YEARS_UNKNOWN;
    ck_assert(is(inb_review_month(&signal, today), 2029, 11));
    // From a birth date no more than full years: two of one age give one month.
    persons[1].age.years = INB_YEARS_UNKNOWN;
    persons[0].birth_date = "2009-11-19";
    ck_assert(is(inb_review_month(&signal, today), 2028, 11)); // is sixteen still
    persons[0].birth_date = "2009-02-01";
    ck_assert(is(inb_review_month(&signal, today), 2027, 11)); // seventeen, like
    persons[0].birth_date = "2008-12-24";
    ck_assert(is(inb_review_month(&signal, today), 2027, 11));
    persons[0].birth_date = "1980-02-01";
    ck_assert_int_eq(inb_review_month(&signal, today).year, 0);
    persons[0].birth_date = "soon";
    ck_assert_int_eq(inb_review_month(&signal, today).year, 0);
}
INB_END

static inb_status once(inb_error *err) {
    inb_terms *terms = NULL;
    INB_TRY(inb_terms_load(NULL, &terms, err));
    inb_terms_free(terms);
    return INB_OK;
}

INB_TEST(out_of_memory) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("road/terms", built_in, wrong_tables, months, eighteen, out_of_memory)
