// SPDX-License-Identifier: EUPL-1.2
// The picture as a page: well formed in both languages, first-line police always in the table of a
// form (R1), unknown a row and not zero (R6), no small count anywhere, no share of one either.

#include "overview_help.h"

#include "inb_sweep.h"

#include <stdlib.h>

static const char *page_of(const char *language) {
    static inb_buffer out;
    inb_buffer_clear(&out);
    out = (inb_buffer)INB_BUFFER_INIT(1 << 22);
    inb_overview_report report = help_report(language);
    INB_OK_IS(inb_overview_html(&report, &out, err));
    return inb_buffer_get(&out);
}

INB_TEST(both_languages) {
    help_fill();
    const char *page = page_of("nl");
    check_markup(page);
    ck_assert(holds(page, "<h1>Wie is in beeld, en wie niet?</h1>"));
    ck_assert(holds(page, "1.234 mensen zijn in beeld, in 1.800 signalen"));
    ck_assert(
        holds(page, "Naar schatting zijn er in totaal 4.321 mensen, mogelijk 3.000 tot 6.000"));
    ck_assert(holds(page, "3.500 tot 5.000, "));
    ck_assert(holds(page, "Van elke 100 mensen zijn er dan 20 tot 40 in beeld"));
    ck_assert(holds(page, "Bij 80 van de 100 signalen over een persoon"));
    ck_assert(holds(page, "default-src 'none'"));
    page = page_of("en");
    check_markup(page);
    ck_assert(holds(page, "1,234 people are in view"));
    ck_assert(holds(page, "lang=\"en\""));
}
INB_END

INB_TEST(police_stands_in_every_table) {
    help_fill();
    const char *page = page_of("en");
    // Criminal: fewer than 11, no share; sexual: none, yet there.
    ck_assert(holds(page,
        "</th><td class=\"p-number\">fewer than 11</td>"
        "<td class=\"p-number soft\">not shown</td><td class=\"p-number soft\">not shown</td>"));
    const char *sexual = strstr(page, ">sexual exploitation</h3>");
    ck_assert_ptr_nonnull(sexual);
    ck_assert(holds(sexual, "</th><td class=\"p-number\">0</td><td class=\"p-number\">0</td><td "
                            "class=\"p-number\">0\xe2\x80\x93"));
    ck_assert(holds(page, "There are too few signals on this form to show."));
    ck_assert(holds(page, "There is no signal on this form."));
}
INB_END

INB_TEST(small_counts_stand_nowhere) {
    help_fill();
    const char *page = page_of("nl");
    ck_assert(!holds(page, ">7</td>"));
    // The group of unknown age is that small: its row is there and tells nothing else.
    ck_assert(holds(page, "leeftijd niet bekend</th><td class=\"p-number\">minder dan 11</td>"
                          "<td class=\"p-number soft\">niet getoond</td>"));
    // One more than the limit is shown.
    ck_assert(holds(page, ">11</td>"));
}
INB_END

INB_TEST(nobody_in_view_shows_nothing) {
    help_fill();
    help_overview.persons = 10;
    const char *page = page_of("en");
    check_markup(page);
    ck_assert(holds(page, "Too few people are in view to show anything."));
    ck_assert(!holds(page, "<table"));
    help_overview = (inb_overview){.sightings = 0};
    help_estimates = (inb_overview_estimates){.all = {.observed = 0}};
    check_markup(page_of("nl"));
}
INB_END

INB_TEST(no_estimate_is_not_zero) {
    help_fill();
    help_estimates.all.has_estimate = false;
    ck_assert(holds(page_of("en"), "Unknown is not zero."));
    help_fill();
    help_estimates.all.headline = false;
    ck_assert(holds(page_of("en"), "So do not quote one number."));
    help_fill();
    help_overview.linked = false;
    ck_assert(holds(page_of("en"), "cannot be said from this count"));
    help_fill();
    help_overview.criminal_first = 3; // the share would give the small count away
    ck_assert(!holds(page_of("en"), "the first step is help or advice"));
}
INB_END

// Whatever the hidden counts are, the page is the same byte for byte: no bar, no height and no
// share gives one back.
INB_TEST(nothing_is_drawn_of_a_small_count) {
    help_secret = 1;
    help_fill();
    size_t length = strlen(page_of("nl"));
    char *one = strdup(page_of("nl"));
    help_secret = 10;
    help_fill();
    const char *ten = page_of("nl");
    ck_assert_uint_eq(strlen(ten), length);
    ck_assert_str_eq(one, ten);
    help_overview.quarters[4 * (2026 - INB_OVERVIEW_FIRST_YEAR) + 2] = 11; // is shown
    ck_assert_str_ne(one, page_of("nl"));
    free(one);
    help_secret = 7;
}
INB_END

// Neighbourhood police in a sentence, whatever its share (R1).
INB_TEST(police_in_a_sentence) {
    help_fill();
    const char *page = page_of("en");
    ck_assert(holds(page, "Neighbourhood police reports fewer than 11 times on this form."));
    ck_assert(holds(page, "Neighbourhood police reports nothing on this form. By chance that can "
                          "also be so where 9 of every 100 signals come from it."));
    help_overview.by_form[INB_FORM_CRIMINAL][INB_REPORTER_POLICE_BEAT] = 31;
    ck_assert(holds(page_of("en"), "Of every 100 signals on this form 24 come from neighbourhood "
                                   "police (margin 18 to 32)."));
}
INB_END

// Of a made-up region the truth stands beside every estimate, and it is said whether they agree.
INB_TEST(truth_beside) {
    static const char region[] = "form,age_class,sex,total\ncriminal,child,m,2468\n"
                                 "labour,adult,f,1111\n";
    help_fill();
    ck_assert(!holds(page_of("en"), "made-up"));
    INB_OK_IS(inb_truth_read_memory("t.csv", region, strlen(region), &help_truth, err));
    const char *page = page_of("en");
    check_markup(page);
    ck_assert(holds(page, "This is a made-up region. Nobody in it exists."));
    ck_assert(holds(page, "there are truly 3,579 people. That lies within the margin"));
    ck_assert(holds(page, "<td class=\"p-number\">2,468</td>"));
    ck_assert(holds(page, ">Truly (made-up region)</th>"));
    help_estimates.all.low = 3600;
    ck_assert(holds(page_of("en"), "So the estimate is too high"));
    help_estimates.all.low = 3000;
    help_estimates.all.high = 3500;
    ck_assert(holds(page_of("en"), "So the estimate is too low"));
    help_estimates.all.has_estimate = false;
    ck_assert(holds(page_of("en"), "there are truly 3,579 people.</li>"));
    inb_truth_freep(&help_truth);
}
INB_END

// The sections alone, for a page with its own frame.
INB_TEST(sections_have_no_frame) {
    help_fill();
    INB_CLEANUP(inb_buffer_clear) inb_buffer out = INB_BUFFER_INIT(1 << 22);
    inb_overview_report report = help_report("nl");
    INB_OK_IS(inb_overview_sections(&report, &out, err));
    ck_assert(!holds(inb_buffer_get(&out), "<html") && !holds(inb_buffer_get(&out), "<h1"));
    ck_assert(strncmp(inb_buffer_get(&out), "<section>", 9) == 0);
}
INB_END

static inb_status once(inb_error *err) {
    inb_buffer out = INB_BUFFER_INIT(1 << 22);
    inb_overview_report report = help_report("nl");
    inb_status status = inb_overview_html(&report, &out, err);
    inb_buffer_clear(&out);
    return status;
}

INB_TEST(memory_may_run_out) {
    help_fill();
    (void)norm();
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("5_publish/overview_page", both_languages, police_stands_in_every_table,
    small_counts_stand_nowhere, nobody_in_view_shows_nothing, no_estimate_is_not_zero,
    nothing_is_drawn_of_a_small_count, police_in_a_sentence, truth_beside, sections_have_no_frame,
    memory_may_run_out)
