// SPDX-License-Identifier: EUPL-1.2
// The page as a whole: well formed in both languages with and without lists, nothing that runs or
// loads, hostile names and figures as text, a missing text refused, memory running out.

#include "report_help.h"

#include "inb_sweep.h"

INB_TEST(both_languages) {
    help_table made[2] = {help_list("Ned_5"), help_list("UKdat_5")};
    inb_report_table tables[2] = {made[0].table, made[1].table};
    const char *page = help_page("nl", tables, 2);
    ck_assert(holds(page, "<html lang=\"nl\">"));
    ck_assert(holds(page, "<h1>Hoeveel mogelijke slachtoffers zijn niet in beeld?</h1>"));
    ck_assert(holds(page, "Gemaakt op 24 november 2026, met inbeeld 0.1."));
    ck_assert(holds(page, "In 2024 zijn 944 vermoedelijke slachtoffers geregistreerd."));
    ck_assert(holds(page, "Onder de 18 waren het er 52 in 2023 en 79 in 2024."));
    ck_assert(holds(page, "in 2018-2019 elk jaar ongeveer 5.000 vermoedelijke slachtoffers waren, "
                          "mogelijk 4.000 tot 7.000."));
    // Of every 100: 1,300 of 7,000 to 4,000.
    ck_assert(holds(page, ">19 in beeld</text>") && holds(page, ">67 niet in beeld</text>"));
    ck_assert(holds(page, "11% in beeld (2010-2015)."));
    page = help_page("en", tables, 2);
    ck_assert(holds(page, "How many possible victims are not in view?"));
    ck_assert(holds(page, "Of some groups far fewer are seen"));
    ck_assert(holds(page, "24 November 2026"));
    for (size_t i = 0; i < 2; i++) {
        help_table_clear(&made[i]);
    }
}
INB_END

// A figure twice, for two widths, each with a title, a description and a table below.
INB_TEST(every_picture_can_be_read_aloud) {
    help_table made = help_list("Ned_5");
    const char *page = help_page("en", &made.table, 1);
    size_t pictures = count_of(page, "<svg ");
    ck_assert_uint_ge(pictures, 12);
    ck_assert_uint_eq(count_of(page, "role=\"img\""), pictures);
    ck_assert_uint_eq(count_of(page, "<title id="), pictures);
    ck_assert_uint_eq(count_of(page, "<desc id="), pictures);
    // All but the two of dots have a table.
    ck_assert_uint_eq(count_of(page, "<details"), pictures / 2 - 2);
    ck_assert_uint_eq(
        count_of(page, "role=\"region\" tabindex=\"0\" aria-labelledby="), pictures / 2 - 2);
    help_table_clear(&made);
}
INB_END

INB_TEST(nothing_loads_or_runs) {
    help_table made = help_list("Ned_5");
    const char *page = help_page("nl", &made.table, 1);
    ck_assert(holds(page, "default-src 'none'; style-src 'sha256-"));
    ck_assert(
        !holds(page, "unsafe-") && !holds(page, "@import") && !holds(page, "http-equiv=\"ref"));
    ck_assert(!holds(page, "javascript:") && !holds(page, "src=") && !holds(page, "xlink"));
    ck_assert_uint_eq(count_of(page, "url("), count_of(page, "url(#f"));
    ck_assert(strlen(inb_picture_css()) > 500);
    help_table_clear(&made);
}
INB_END

INB_TEST(without_lists) {
    const char *page = help_page("nl", NULL, 0);
    ck_assert(holds(page, "In dit rapport zitten geen lijsten."));
    ck_assert(!holds(page, "Lijsten:"));
}
INB_END

static inb_status page_of(const char *csv, const char *language, const char *date, inb_error *err) {
    inb_public_figures *figures = figures_of(csv);
    inb_report report = {.catalogue = norm(),
        .language = language,
        .date = date,
        .version = "<1>",
        .figures = figures};
    inb_buffer out = INB_BUFFER_INIT(1 << 22);
    inb_status status = inb_report_html(&report, &out, err);
    if (status == INB_OK) {
        check_markup(inb_buffer_get(&out));
        ck_assert(!holds(inb_buffer_get(&out), "<script"));
    }
    inb_buffer_clear(&out);
    inb_public_figures_free(figures);
    return status;
}

#define HEAD "year,measure,group,value,series,source,note\n"
#define R "registered presumed victims"

INB_TEST(hostile_figures) {
    INB_OK_IS(page_of(HEAD, "nl", "2026-11-24", err));
    INB_OK_IS(page_of(HEAD, "en", "<script>", err));
    INB_OK_IS(
        page_of(HEAD "2020," R ",total,5,a,javascript:alert(1),<script>x</script>\n"
                     "2020-2021," R ",\"total,\"\"<b>\",\"<script>\",a,\"https://x\"\"y\",'&\n"
                     "2020,share in view,<script>,<i>,,<s>,\n"
                     "2020,least in view,g,<script>;b,,https://<s>,\n"
                     "2020,MSE estimate per year,\"total, central\",0,,x,\n"
                     "2020,MSE estimate per year,\"total, range\",0-0,,x,\n"
                     "2020,observed per year in MSE data,total,0,,x,\n",
            "nl", "2026-11-24", err));
    // More years than are drawn.
    INB_OK_IS(page_of(HEAD "2011,MSE estimate per year,total,1,,x,\n"
                           "2012,MSE estimate per year,total,2,,x,\n"
                           "2013,MSE estimate per year,total,3,,x,\n"
                           "2014,MSE estimate per year,total,4-5,,x,\n"
                           "2015,MSE estimate per year,total,5,,x,\n"
                           "2016,MSE estimate per year,total,about 6,,x,\n"
                           "2017,MSE estimate per year,total,7,,x,\n"
                           "2018,MSE estimate per year,total,8,,x,\n",
        "nl", "2026-11-24", err));
    INB_FAILS(
        page_of(HEAD "2020," R ",total,5,a,x,\n2020," R ",total,6,a,x,\n", "nl", "2026-11-24", err),
        INB_BAD_INPUT, "f.csv:3:1: ");
    // A thirteenth month has no name.
    INB_FAILS(page_of(HEAD, "nl", "2026-13-01", err), INB_BAD_CATALOGUE, "");
}
INB_END

INB_TEST(hostile_lists) {
    help_table made = help_text("<img src=x onerror=y>",
        "<script>x</script>,\"a\"\"b\",'c&d',count\n1,0,0,300\n0,1,0,200\n0,0,1,100\n1,1,0,40\n"
        "1,0,1,30\n0,1,1,20\n1,1,1,15\n",
        false);
    for (size_t i = 0; i < 2; i++) {
        const char *page = help_page(i == 0 ? "nl" : "en", &made.table, 1);
        ck_assert(!holds(page, "<script") && !holds(page, "<img"));
        ck_assert(holds(page, "&lt;img src=x onerror=y&gt;"));
    }
    help_table_clear(&made);
}
INB_END

static inb_status too_long(inb_error *err) {
    inb_public_figures *figures = figures_of(HEAD);
    inb_report report = {.catalogue = norm(),
        .language = "nl",
        .date = "2026-11-24",
        .version = "1",
        .figures = figures};
    inb_buffer out = INB_BUFFER_INIT(5000);
    inb_status status = inb_report_html(&report, &out, err);
    inb_buffer_clear(&out);
    inb_public_figures_free(figures);
    return status;
}

INB_TEST(a_page_over_the_limit) {
    INB_FAILS(too_long(err), INB_TOO_LARGE, "5000 bytes");
}
INB_END

static help_table kept;
static inb_public_figures *kept_figures;

static inb_status once(inb_error *err) {
    inb_report report = {.catalogue = norm(),
        .language = "nl",
        .date = "2026-11-24",
        .version = "1",
        .figures = kept_figures,
        .table_count = 1,
        .tables = &kept.table};
    inb_buffer out = INB_BUFFER_INIT(1 << 22);
    inb_status status = inb_report_html(&report, &out, err);
    inb_buffer_clear(&out);
    return status;
}

INB_TEST(memory_running_out) {
    kept = help_list("UKdat_5");
    kept_figures = figures_of(
        HEAD "2020," R ",total,5,a,x,n\n2021," R ",total,6,a,x,\n2020," R ",under 18,2,a,x,\n"
             "2021," R ",under 18,2,a,x,\n2020,share in view,g,5%,,x,\n"
             "2020,MSE estimate per year,\"total, central\",10,,x,\n"
             "2020,MSE estimate per year,\"total, range\",9-20,,x,\n"
             "2020,observed per year in MSE data,total,3,,x,\n");
    norm();
    INB_SWEEP(once(err));
    help_table_clear(&kept);
    inb_public_figures_free(kept_figures);
}
INB_END

INB_TEST_MAIN("5_publish/report", both_languages, every_picture_can_be_read_aloud,
    nothing_loads_or_runs, without_lists, hostile_figures, hostile_lists, a_page_over_the_limit,
    memory_running_out)
