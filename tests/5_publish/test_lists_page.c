// SPDX-License-Identifier: EUPL-1.2
// The picture of linked lists as a page and as JSON: what lists can tell, small counts hidden in
// bars, tables and sentences, hostile names of lists and groups escaped.

#include "publish_help.h"

#include "inb_sweep.h"

#include <inbeeld/overview_page.h>

#include <jansson.h>

static const char text[] = "police,\"<b>aid & help\",form,count\n"
                           "1,0,labour,300\n0,1,labour,200\n1,1,labour,60\n"
                           "1,0,\"<script>\",90\n0,1,\"<script>\",80\n1,1,\"<script>\",7\n"
                           "1,0,few,4\n0,1,few,5\n";
static inb_buffer out;
static inb_truth *truth;

static inb_lists_overview *made(void) {
    static const char *const columns[] = {"form"};
    static const inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    const inb_lists_input input = {
        .histories = text, .columns = columns, .column_count = 1, .options = &options};
    inb_lists_overview *lists = NULL;
    INB_OK_IS(inb_lists_overview_make(&input, &lists, err));
    return lists;
}

static inb_lists_overview *lists;

static inb_lists_report report_in(const char *language) {
    return (inb_lists_report){.catalogue = norm(),
        .language = language,
        .date = "2026-11-30",
        .version = "0.1",
        .lists = lists,
        .truth = truth};
}

static const char *page_of(const char *language) {
    inb_buffer_clear(&out);
    out = (inb_buffer)INB_BUFFER_INIT(1 << 22);
    inb_lists_report report = report_in(language);
    INB_OK_IS(inb_lists_html(&report, &out, err));
    check_markup(inb_buffer_get(&out));
    return inb_buffer_get(&out);
}

INB_TEST(a_page) {
    lists = made();
    const char *page = page_of("en");
    ck_assert(holds(page, "746 people are on one or more of the 2 lists."));
    ck_assert(holds(page, "67 of them are on more than one list."));
    // 360 on one, 260 on the other, 60 on both: 1,560.
    ck_assert(holds(page, "form: labour: 560 people in view who can be recognised, an estimated "
                          "1,560 in all"));
    ck_assert(holds(page, "form: &lt;script&gt;") && !holds(page, "<script"));
    ck_assert(holds(page, "&lt;b&gt;aid &amp; help"));
    ck_assert(holds(page, "form: few</th><td class=\"p-number\">fewer than 11</td>"));
    ck_assert(!holds(page, ">form: few</text>")); // so few: not drawn
    ck_assert(!holds(page, ">7<") && !holds(page, ">9<"));
    ck_assert(holds(page, "Full protection is still to follow."));
    ck_assert(holds(page_of("nl"), "Lijsten zeggen niet wat er gezien is"));
    inb_lists_overview_free(lists);
}
INB_END

INB_TEST(truth_beside) {
    static const char region[] = "form,total\nlabour,1500\nother,500\n";
    lists = made();
    INB_OK_IS(inb_truth_read_memory("t", region, strlen(region), &truth, err));
    const char *page = page_of("en");
    ck_assert(holds(page, "Nobody in it exists.") && holds(page, "truly 2,000 people"));
    ck_assert(holds(page, "<td class=\"p-number\">1,500</td>"));
    inb_truth_freep(&truth);
    inb_lists_overview_free(lists);
}
INB_END

INB_TEST(json_hides_the_same) {
    lists = made();
    inb_buffer_clear(&out);
    out = (inb_buffer)INB_BUFFER_INIT(1 << 22);
    inb_lists_report report = report_in("nl");
    inb_lists_json(&report, &out);
    json_t *root = json_loadb(out.data, out.length, JSON_REJECT_DUPLICATES, NULL);
    ck_assert_ptr_nonnull(root);
    json_t *groups = json_object_get(root, "groups");
    ck_assert_uint_eq(json_array_size(groups), 4);
    ck_assert_int_eq(
        json_integer_value(json_object_get(json_array_get(groups, 0), "persons")), 746);
    json_t *script = json_array_get(groups, 2);
    ck_assert_str_eq(json_string_value(json_object_get(script, "group")), "<script>");
    ck_assert(json_is_null(json_object_get(script, "seen_twice")));
    json_t *few = json_array_get(groups, 3);
    ck_assert(json_is_null(json_object_get(few, "persons")));
    ck_assert_ptr_null(json_object_get(few, "seen_once"));
    json_decref(root);
    inb_lists_overview_free(lists);
}
INB_END

INB_TEST(too_few) {
    lists = made();
    lists->groups[0].persons = 10;
    ck_assert(!holds(page_of("en"), "<table"));
    ck_assert(holds(page_of("en"), "Too few people are in view to show anything."));
    inb_lists_overview_free(lists);
}
INB_END

static inb_status once(inb_error *err) {
    inb_buffer_clear(&out);
    out = (inb_buffer)INB_BUFFER_INIT(1 << 22);
    inb_lists_report report = report_in("nl");
    return inb_lists_html(&report, &out, err);
}

INB_TEST(memory_may_run_out) {
    lists = made();
    INB_SWEEP(once(err));
    inb_lists_overview_free(lists);
}
INB_END

INB_TEST_MAIN(
    "5_publish/lists_page", a_page, truth_beside, json_hides_the_same, too_few, memory_may_run_out)
