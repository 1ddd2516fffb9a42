// SPDX-License-Identifier: EUPL-1.2
// The section on one table: its numbers are the estimate's, a headline only where one is given,
// published tables recognised, small counts and their warnings kept in.

#include "report_help.h"

static void has_number(const char *page, const char *language, double value) {
    inb_picture picture = place(language, INB_PICTURE_DESK);
    char cell[80];
    snprintf(
        cell, sizeof cell, "<td class=\"p-number\">%s</td>", inb_i_people(&picture, value).text);
    ck_assert_msg(holds(page, cell), "no %s", cell);
}

INB_TEST(numbers_are_those_of_the_estimate) {
    static const char *const names[] = {"Ned", "Ned_5", "UKdat", "UKdat_5"};
    static const char *const languages[] = {"nl", "en"};
    for (size_t i = 0; i < 4; i++) {
        help_table made = help_list(names[i]);
        for (size_t l = 0; l < 2; l++) {
            const char *page = help_page(languages[l], &made.table, 1);
            for (size_t m = 0; m < HELP_METHODS; m++) {
                const inb_figures *total = &made.estimates[m]->total;
                has_number(page, languages[l], total->estimate);
                has_number(page, languages[l], total->interval.low);
                has_number(page, languages[l], total->interval.high);
            }
            has_number(page, languages[l], (double)made.estimates[0]->total.observed);
        }
        help_table_clear(&made);
    }
}
INB_END

INB_TEST(published_values) {
    help_table uk = help_list("UKdat");
    const char *page = help_page("en", &uk.table, 1);
    ck_assert(holds(page, "The estimate is 11,418 people in all, of whom 8,674 are on no list."));
    ck_assert(holds(page, "The 95% interval runs from "));
    ck_assert(holds(page, ">10,000 to 13,000</text>"));
    ck_assert(!holds(page, "class=\"box unsure\""));
    help_table_clear(&uk);
    // Independence and stepwise are near each other; the model that fits best is not.
    uk = help_list("UKdat_5");
    ck_assert(uk.estimates[1]->headline.given);
    page = help_page("en", &uk.table, 1);
    ck_assert(holds(page, "They run from 11,313 to 25,311 people in all: a factor 2.2."));
    ck_assert(!holds(page, "The estimate is "));
    ck_assert(holds(page, "class=\"box unsure\""));
    ck_assert(holds(page, "Chosen were: LA, NG with PFNCA; NG with GP; PFNCA with GO."));
    ck_assert(holds(page, "Lists: the United Kingdom, 2013 (UKdat_5)"));
    help_table_clear(&uk);
    help_table nl = help_list("Ned_5");
    page = help_page("en", &nl.table, 1);
    // Where the methods disagree there is no number to quote, only the range.
    ck_assert(holds(page, "They run from 52,924 to 148,789 people in all: a factor 2.8."));
    ck_assert(!holds(page, "The estimate is "));
    ck_assert(holds(page, "class=\"box unsure\""));
    ck_assert(holds(page, "IO with K; IO with P"));
    // What was published of the same people stands beside, in short and in full.
    ck_assert(holds(page, "came out lower: about 6,250 people a year."));
    ck_assert(holds(page, "Researchers came out lower before: about 6,250 people a year."));
    help_table_clear(&nl);
}
INB_END

INB_TEST(known_tables) {
    const char *name;
    help_table made = help_list("Ned");
    INB_OK_IS(inb_report_known(made.histories, &name, err));
    ck_assert_str_eq(name, "Ned");
    help_table_clear(&made);
    // The same lists with one person more are somebody's own.
    const inb_asset *asset = inb_asset_find("data/lists/Ned_5.csv");
    char text[4096];
    ck_assert_uint_lt(asset->length, sizeof text);
    memcpy(text, asset->data, asset->length + 1);
    char *count = strstr(text, ",1299");
    ck_assert_ptr_nonnull(count);
    count[4] = '8';
    made = help_text("Ned_5", text, false);
    INB_OK_IS(inb_report_known(made.histories, &name, err));
    ck_assert_ptr_null(name);
    help_table_clear(&made);
}
INB_END

#define FEW "A,B,C,count\n1,0,0,400\n0,1,0,300\n0,0,1,200\n1,1,0,60\n1,0,1,7\n0,1,1,23\n1,1,1,3\n"

INB_TEST(small_counts_stay_in) {
    help_table made = help_text("mine", FEW, false);
    const char *page = help_page("en", &made.table, 1);
    ck_assert(holds(page, "Counts under 11 are left out"));
    ck_assert(holds(page, "this report is not for everyone"));
    ck_assert(!holds(page, ">7<") && !holds(page, ">3<"));
    ck_assert(!holds(page, ">A + C<"));
    help_table_clear(&made);
    made = help_text("mine", FEW, true);
    page = help_page("en", &made.table, 1);
    ck_assert(holds(page, ">A + C</th><td class=\"p-number\">7</td>"));
    ck_assert(holds(page, "All lists in this report were published before."));
    help_table_clear(&made);
}
INB_END

INB_TEST(too_few_people_to_show) {
    help_table made = help_text("mine", "A,B,count\n1,0,4\n0,1,3\n1,1,2\n", false);
    const char *page = help_page("nl", &made.table, 1);
    ck_assert(holds(page, "Er wordt niets over getoond."));
    ck_assert(holds(page, "weinig mensen om iets over"));
    ck_assert(!holds(page, "op een lijst: 9"));
    ck_assert_uint_eq(count_of(page, "p-bar p-whole"), 0);
    help_table_clear(&made);
}
INB_END

INB_TEST(lists_without_estimates) {
    help_table made = help_text("mine", FEW, false);
    made.table.estimate_count = 0;
    const char *page = help_page("en", &made.table, 1);
    ck_assert(holds(page, "On the lists of mine there are 993 people. With these lists the total"));
    ck_assert(!holds(page, "How many people does nobody see?"));
    help_table_clear(&made);
}
INB_END

INB_TEST(no_estimate_is_said) {
    help_table made = help_text("mine", "A,B,C,count\n1,0,0,40\n0,1,0,50\n0,0,1,60\n", false);
    const char *page = help_page("en", &made.table, 1);
    ck_assert(holds(page, "No estimate can be made from these lists."));
    ck_assert(holds(page, "With these lists the total cannot be estimated."));
    ck_assert(holds(page, ">no estimate possible</text>"));
    ck_assert(holds(page, "There is no combination of lists that can be shown."));
    ck_assert(!holds(page, "nan") && !holds(page, "inf "));
    help_table_clear(&made);
}
INB_END

// A warning that has no text here may hold a number: shown only where the table is published.
INB_TEST(warnings) {
    help_table made = help_text("mine", FEW, false);
    static const inb_warning odd[] = {{"confidential", "x"}, {"selection", "y"}, {"selection", "y"},
        {"brand_new", "only 3 people <b>"}};
    inb_estimate changed = *made.estimates[1];
    changed.total.warnings = odd;
    changed.total.warning_count = sizeof odd / sizeof odd[0];
    const inb_estimate *estimates[] = {&changed};
    made.table.estimates = estimates;
    made.table.estimate_count = 1;
    const char *page = help_page("en", &made.table, 1);
    ck_assert(!holds(page, "only 3 people"));
    ck_assert(holds(page, "There is one more point to mind."));
    ck_assert_uint_eq(count_of(page, "The interval acts as if"), 1);
    made.table.published = true;
    page = help_page("en", &made.table, 1);
    ck_assert(holds(page, "<span lang=\"en\">only 3 people &lt;b&gt;</span>"));
    help_table_clear(&made);
}
INB_END

// Every warning that station 4 can give has words of ours.
INB_TEST(every_warning_has_words) {
    static const char *const codes[] = {"selection", "empty_overlaps", "few_overlaps",
        "structural_cells", "missing_cells", "censored_cells", "list_without_people",
        "not_converged", "no_estimate", "no_maximum", "not_identified", "identical_lists",
        "nested_lists", "repeated_rows", "summed_over", "two_lists", "groups_apart",
        "groups_and_table_apart", "missing_group"};
    inb_picture picture = place("nl", INB_PICTURE_DESK);
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        char key[80];
        snprintf(key, sizeof key, "report.warning.%s", codes[i]);
        ck_assert_msg(inb_i_has_text(&picture, key), "no %s", key);
    }
}
INB_END

INB_TEST_MAIN("5_publish/report_lists", numbers_are_those_of_the_estimate, published_values,
    known_tables, small_counts_stay_in, too_few_people_to_show, lists_without_estimates,
    no_estimate_is_said, warnings, every_warning_has_words)
