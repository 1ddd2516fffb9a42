// SPDX-License-Identifier: EUPL-1.2
// The picture's tables as CSV: read back by the reader of CSV, equal for any hidden count, with the
// numbers that the page shows.

#include "overview_help.h"

#include "base/csv.h"

#include <stdlib.h>

static const char *written(inb_overview_csv_table table) {
    static inb_buffer out;
    inb_buffer_clear(&out);
    out = (inb_buffer)INB_BUFFER_INIT(1 << 22);
    inb_overview_report report = help_report("nl");
    inb_overview_csv(&report, table, &out);
    INB_OK_IS(inb_buffer_check(&out, err));
    return inb_buffer_get(&out);
}

INB_TEST(tables_read_back) {
    help_fill();
    for (inb_overview_csv_table table = 0; table < INB_OVERVIEW_TABLE_COUNT; table++) {
        const char *text = written(table);
        INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
        INB_OK_IS(
            inb_csv_open_memory(inb_overview_table_name(table), text, strlen(text), &csv, err));
        ck_assert_uint_eq(inb_csv_columns(csv), 7);
        size_t rows = 0;
        bool more = true;
        while (more) {
            INB_OK_IS(inb_csv_next(csv, &more, err));
            rows += more;
        }
        ck_assert_uint_ge(rows, 3);
    }
}
INB_END

INB_TEST(numbers_of_the_page) {
    help_fill();
    const char *text = written(INB_OVERVIEW_GROUPS);
    ck_assert(holds(text, "\nall,all,persons,1234,,,\n"));
    ck_assert(holds(text, "\nall,all,recognised,1200,,,\n"));
    ck_assert(holds(text, "\nage,child,in_all,4321,3000,6000,\n"));
    ck_assert(holds(text, "\nsex,male,in_all,,3500,5000,methods do not agree"));
    ck_assert(holds(text, "\nage,unknown,persons,,,,fewer than 11\nage,child,")); // nothing else
    ck_assert(holds(text, "\nage,child,answers_unknown,0.2,"));
    text = written(INB_OVERVIEW_SOURCES);
    ck_assert(
        holds(text, "\ncriminal,") == false && holds(text, "\nform,criminal,signals_school,93"));
    ck_assert(holds(text, "\nform,sexual,share_police_beat,0,0,0.0876"));
    ck_assert(!holds(text, "organ")); // a whole table that small
    text = written(INB_OVERVIEW_FIRST_STEP);
    ck_assert(holds(text, "share_care_first,0.8,0.77"));
    help_overview.criminal_first = 4;
    text = written(INB_OVERVIEW_FIRST_STEP);
    ck_assert_uint_eq(count_of(text, "fewer than 11"), 2);
    ck_assert(
        holds(written(INB_OVERVIEW_TREND), "\nquarter,2026-Q2,break,,,,first signals of health\n"));
}
INB_END

INB_TEST(equal_for_any_hidden_count) {
    for (inb_overview_csv_table table = 0; table < INB_OVERVIEW_TABLE_COUNT; table++) {
        help_secret = 1;
        help_fill();
        char *one = strdup(written(table));
        help_secret = 10;
        help_fill();
        ck_assert_str_eq(one, written(table));
        free(one);
    }
    help_secret = 7;
    help_fill();
    help_overview.persons = 10;
    ck_assert_str_eq(written(INB_OVERVIEW_GROUPS), "by,group,measure,value,low,high,note\n");
}
INB_END

INB_TEST_MAIN(
    "5_publish/overview_csv", tables_read_back, numbers_of_the_page, equal_for_any_hidden_count)
