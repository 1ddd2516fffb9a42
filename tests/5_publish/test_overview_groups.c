// SPDX-License-Identifier: EUPL-1.2
// Groups in the picture: sentences that can be quoted, a bar for each group that may be shown, and
// who sees the same people by the names that readers know.

#include "overview_help.h"

#include "inb_sweep.h"
#include "overview_i.h"

static inb_buffer out;
static inb_report base;

static const char *written(void (*write)(inb_i_overview *), const char *language) {
    inb_buffer_clear(&out);
    out = (inb_buffer)INB_BUFFER_INIT(1 << 22);
    inb_overview_report report = help_report(language);
    inb_i_overview page = inb_i_overview_of(&report, &base, &out);
    write(&page);
    INB_OK_IS(inb_buffer_check(&out, err));
    check_markup(inb_buffer_get(&out));
    return inb_buffer_get(&out);
}

INB_TEST(groups_in_sentences) {
    help_fill();
    const char *page = written(inb_i_overview_groups, "en");
    ck_assert(holds(page, "under 18: 480 people in view who can be recognised, an estimated "
                          "4,321 in all (3,000 to 6,000). So 8 to 16 of every 100 are in view."));
    // Where methods do not agree no number of that group can be quoted.
    ck_assert(!holds(page, "<li>boys and men"));
    ck_assert(holds(page, "estimated 3,500 to 5,000"));
    ck_assert(!holds(page, "Of 7 people"));
    help_overview.by_age[INB_AGE_UNKNOWN] = help_group(40);
    help_estimates.by_age[INB_AGE_UNKNOWN].observed = 14; // and no estimate
    page = written(inb_i_overview_groups, "nl");
    ck_assert(holds(page, "Van 40 mensen is de leeftijd niet bekend."));
    ck_assert(holds(page, ">in signalen 40, niet te schatten</text>"));
}
INB_END

// Nobody may be told apart by a difference: 1,234 in view of whom all but few can be recognised.
INB_TEST(a_small_difference_is_hidden) {
    help_fill();
    help_estimates.all.observed = 1230;
    ck_assert(!holds(written(inb_i_overview_groups, "en"), "1,230"));
    help_estimates.all.observed = 1223;
    ck_assert(holds(written(inb_i_overview_groups, "en"), "1,223"));
}
INB_END

static double width_of_bar(const char *page, const char *label) {
    const char *row = strstr(page, label);
    ck_assert_ptr_nonnull(row);
    const char *bar = strstr(row, "stroke=\"currentColor\" x=\"2\"");
    ck_assert_ptr_nonnull(bar);
    return strtod(strstr(bar, "width=\"") + 7, NULL);
}

// Of every 100 answers 20 were "I do not know": a fifth of the axis.
INB_TEST(what_was_not_known) {
    help_fill();
    const char *page = strstr(written(inb_i_overview_groups, "en"), "Asked, but not known</h3>");
    ck_assert_ptr_nonnull(page);
    INB_NEAR_ABS(width_of_bar(page, ">under 18</text>"), 0.2 * (700 - 14), 0.5);
    ck_assert(holds(page, "20 of 100"));
    ck_assert(!holds(page, ">age not known</text>")); // so few: not drawn
}
INB_END

static inb_status lists(inb_error *err) {
    inb_buffer_clear(&out);
    out = (inb_buffer)INB_BUFFER_INIT(1 << 22);
    inb_overview_report report = help_report("nl");
    inb_i_overview page = inb_i_overview_of(&report, &base, &out);
    INB_TRY(inb_i_overview_lists(&page, err));
    return inb_buffer_check(&out, err);
}

INB_TEST(who_sees_the_same_people) {
    help_fill();
    INB_OK_IS(lists(err));
    const char *page = inb_buffer_get(&out);
    check_markup(page);
    ck_assert(holds(page, "Wie ziet dezelfde mensen?</h2>"));
    ck_assert(holds(page, ">school en jeugd</text>") && holds(page, ">80<"));
    ck_assert(!holds(page, "politie")); // on no list of these
    ck_assert(!holds(page, ">7<"));
    // Too few, or one list alone: no section.
    help_overview.seen = (inb_overview_table){.of_form = {{0}}};
    INB_OK_IS(lists(err));
    ck_assert_uint_eq(out.length, 0);
    help_overview.seen.histories[0][0][1] = 100;
    INB_OK_IS(lists(err));
    ck_assert_uint_eq(out.length, 0);
}
INB_END

INB_TEST(memory_may_run_out) {
    help_fill();
    (void)norm();
    INB_SWEEP(lists(err));
}
INB_END

INB_TEST_MAIN("5_publish/overview_groups", groups_in_sentences, a_small_difference_is_hidden,
    what_was_not_known, who_sees_the_same_people, memory_may_run_out)
