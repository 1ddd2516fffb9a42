// SPDX-License-Identifier: EUPL-1.2
// Roles that meet (R3), the people around (R16), the first step (R37) and quarters with their
// breaks (R7), each in a sentence, a picture and a table.

#include "overview_help.h"

#include "overview_i.h"

static inb_buffer out;

static const char *written(void (*write)(inb_i_overview *), const char *language) {
    static inb_report base;
    inb_buffer_clear(&out);
    out = (inb_buffer)INB_BUFFER_INIT(1 << 22);
    inb_overview_report report = help_report(language);
    inb_i_overview page = inb_i_overview_of(&report, &base, &out);
    write(&page);
    INB_OK_IS(inb_buffer_check(&out, err));
    check_markup(inb_buffer_get(&out));
    return inb_buffer_get(&out);
}

INB_TEST(roles_that_meet) {
    help_fill();
    const char *page = written(inb_i_overview_roles, "en");
    ck_assert(holds(page, "Of 25 people (under 18) only organisations together can see"));
    ck_assert(holds(page, ">25 people</text>") && holds(page, ">fewer than 11</text>"));
    ck_assert(!holds(page, ">7 people")); // within one organisation
    help_overview.overlap[INB_AGE_CHILD].over_organisations = 7;
    ck_assert(!holds(written(inb_i_overview_roles, "en"), "only organisations together can see"));
}
INB_END

INB_TEST(the_people_around) {
    help_fill();
    help_overview.involvement[INB_AGE_CHILD].not_told = 350;
    const char *page = written(inb_i_overview_around, "en");
    // Wilson's interval of 350 in 700.
    ck_assert(holds(page, "In 50 of every 100 signals there is nothing about parents or "
                          "surroundings (margin 46 to 54)."));
    ck_assert(holds(page, "There is no signal on this age."));
    ck_assert(holds(page, ">6 of 100 (4 to 8)</text>")); // 40: somebody protects
    help_overview.involvement[INB_AGE_CHILD].not_told = 7;
    ck_assert(!holds(written(inb_i_overview_around, "en"), "of every 100 signals there is"));
    help_overview.involvement[INB_AGE_CHILD].sightings = 10;
    ck_assert(holds(written(inb_i_overview_around, "en"), "too few signals on this age"));
}
INB_END

INB_TEST(the_first_step) {
    help_fill();
    const char *page = written(inb_i_overview_first_step, "en");
    ck_assert(holds(page, ">80 of 100 (77 to 82)</text>"));
    ck_assert(holds(page, ">20 of 100 (18 to 23)</text>"));
    help_overview.criminal_first = 7; // either part would give away the other
    page = written(inb_i_overview_first_step, "en");
    ck_assert(holds(page, "too few to show") && !holds(page, "<svg") && !holds(page, "<table"));
    help_overview.criminal_first = help_overview.with_route - 3;
    ck_assert(!holds(written(inb_i_overview_first_step, "en"), "<svg"));
    help_overview.with_route = help_overview.criminal_first = 0;
    ck_assert(holds(written(inb_i_overview_first_step, "en"), "With no signal a route is named."));
}
INB_END

INB_TEST(quarters_with_breaks) {
    help_fill();
    const char *page = written(inb_i_overview_trend, "en");
    // Health begins in the second quarter; youth began with the series, which is no break.
    ck_assert(holds(page, "<li>2026, quarter 2: the first signals of health care."));
    ck_assert_uint_eq(count_of(page, "the first signals of"), 1);
    ck_assert_uint_eq(count_of(page, "class=\"p-break"), 2); // for a phone and for a desk
    ck_assert(holds(page, "1 to 10 signals"));
    // The quarter that runs is not compared, and one that is hidden neither.
    ck_assert(!holds(page, "in the quarter before"));
    help_overview.quarters[4 * (2026 - INB_OVERVIEW_FIRST_YEAR) + 2] = 91;
    page = written(inb_i_overview_trend, "en");
    ck_assert(holds(page, "In 2026, quarter 3 there were 91 signals about a person, in the quarter "
                          "before 84."));
    help_overview = (inb_overview){.month_unknown = 30};
    page = written(inb_i_overview_trend, "en");
    ck_assert(!holds(page, "<svg") && holds(page, ">30</td>"));
}
INB_END

// A long series is drawn at its end; the table has it all.
INB_TEST(a_long_series) {
    help_fill();
    for (int i = 0; i < 60; i++) {
        help_overview.quarters[40 + i] = 100 + i;
    }
    const char *page = written(inb_i_overview_trend, "nl");
    ck_assert(holds(page, "2000, kwartaal 1</th>"));
    const char *svg = strstr(page, "<svg");
    const char *end = strstr(svg, "</svg>");
    char *first = strndup(svg, (size_t)(end - svg));
    ck_assert(holds(first, ">2026</text>") && !holds(first, ">2014</text>"));
    free(first);
}
INB_END

INB_TEST_MAIN("5_publish/overview_around", roles_that_meet, the_people_around, the_first_step,
    quarters_with_breaks, a_long_series)
