// SPDX-License-Identifier: EUPL-1.2
// HISTORIES.csv: what it becomes, and every complaint with its line and column.

#include "base/alloc.h"
#include "inb_test.h"

#include <inbeeld/count.h>

#include <string.h>

static inb_histories *read_text(const char *text, const char *const *groups, size_t group_count) {
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_read_memory(
        "h.csv", text, strlen(text), groups, group_count, &histories, err));
    return histories;
}

static bool warns(const inb_histories *histories, const char *code) {
    for (size_t i = 0; i < histories->warning_count; i++) {
        if (strcmp(histories->warnings[i].code, code) == 0) {
            return true;
        }
    }
    return false;
}

#define COMPLAINS(text, part)                                                                      \
    do {                                                                                           \
        inb_histories *inb_none_ = NULL;                                                           \
        INB_FAILS(                                                                                 \
            inb_histories_read_memory("h.csv", text, strlen(text), NULL, 0, &inb_none_, err),      \
            INB_BAD_INPUT, part);                                                                  \
        ck_assert_ptr_null(inb_none_);                                                             \
    } while (0)

INB_TEST(counts_and_absent_histories) {
    inb_histories *h = read_text("A,B,count\n1,0,12\n0,1,7\n1,1,3\n", NULL, 0);
    ck_assert_uint_eq(h->list_count, 2);
    ck_assert_str_eq(h->lists[1], "B");
    ck_assert_int_eq(h->groups[0].cells[1].count, 12);
    ck_assert_int_eq(h->groups[0].cells[2].count, 7);
    ck_assert_int_eq(h->groups[0].cells[3].count, 3);
    ck_assert_int_eq(h->groups[0].cells[0].kind, INB_CELL_MISSING);
    ck_assert_int_eq(h->groups[0].observed, 22);
    ck_assert_uint_eq(h->group_count, 1);
    ck_assert_uint_eq(h->warning_count, 0);
    inb_histories_free(h);
    h = read_text("A,B,C,count\n1,0,0,1\n0,1,0,2\n0,1,1,4\n1,1,1,9\n", NULL, 0);
    ck_assert_int_eq(h->groups[0].cells[5].count, 0); // absent: a sampling zero
    ck_assert_int_eq(h->groups[0].cells[5].kind, INB_CELL_COUNTED);
    inb_histories_free(h);
}
INB_END

INB_TEST(one_row_a_person) {
    inb_histories *h = read_text("A,B\n1,0\n1,0\n0,1\n1,1\n1,0\n", NULL, 0);
    ck_assert_int_eq(h->groups[0].cells[1].count, 3);
    ck_assert(!warns(h, "repeated_rows"));
    inb_histories_free(h);
}
INB_END

INB_TEST(every_kind_of_cell) {
    inb_histories *h =
        read_text("A,B,C,count\n1,0,0,5\n0,1,0, <= 9\n0,0,1,8\n1,1,0,\n1,0,1,-\n0,1,1,<=0\n"
                  "1,1,1,2\n0,0,0,\n",
            NULL, 0);
    const inb_cell *cells = h->groups[0].cells;
    ck_assert_int_eq(cells[2].kind, INB_CELL_CENSORED);
    ck_assert_int_eq(cells[2].count, 9);
    ck_assert_int_eq(cells[3].kind, INB_CELL_MISSING);
    ck_assert_int_eq(cells[5].kind, INB_CELL_STRUCTURAL);
    ck_assert_int_eq(cells[6].kind, INB_CELL_COUNTED); // at most nobody is nobody
    ck_assert_int_eq(h->groups[0].observed, 15);
    inb_histories_free(h);
}
INB_END

INB_TEST(repeated_rows_add_up_and_are_said) {
    inb_histories *h = read_text("A,B,count\n1,0,12\n0,1,7\n1,0,4\n1,1,3\n", NULL, 0);
    ck_assert_int_eq(h->groups[0].cells[1].count, 16);
    ck_assert(warns(h, "repeated_rows"));
    ck_assert_ptr_nonnull(strstr(h->warnings[0].text, "line 4"));
    inb_histories_free(h);
}
INB_END

static const char grouped[] = "A,B,region,sex,count\n1,0,N,f,1\n0,1,N,f,2\n1,1,N,f,4\n"
                              "1,0,N,m,8\n0,1,N,m,16\n1,1,S,m,32\n1,0,S,,64\n";

INB_TEST(groups_are_summed_over_or_named) {
    inb_histories *h = read_text(grouped, NULL, 0);
    ck_assert_int_eq(h->groups[0].cells[1].count, 73);
    ck_assert_int_eq(h->groups[0].cells[2].count, 18);
    ck_assert_int_eq(h->groups[0].cells[3].count, 36);
    ck_assert(warns(h, "summed_over"));
    ck_assert(!warns(h, "repeated_rows"));
    inb_histories_free(h);
    const char *by_region[] = {"region"};
    h = read_text(grouped, by_region, 1);
    ck_assert_uint_eq(h->group_count, 2);
    ck_assert_str_eq(h->groups[1].values[0], "S");
    ck_assert_int_eq(h->groups[0].cells[1].count, 9);
    ck_assert_int_eq(h->groups[1].cells[1].count, 64);
    ck_assert_int_eq(h->pooled.cells[1].count, 73);
    ck_assert_int_eq(h->pooled.observed, 127);
    inb_histories_free(h);
    const char *by_both[] = {"sex", "region"};
    h = read_text(grouped, by_both, 2);
    ck_assert_uint_eq(h->group_count, 4);
    ck_assert_ptr_null(h->groups[3].values[0]);
    ck_assert_str_eq(h->groups[3].values[1], "S");
    ck_assert(warns(h, "missing_group"));
    inb_histories_free(h);
}
INB_END

INB_TEST(a_column_of_zeros_and_ones_can_be_a_group) {
    const char *minor[] = {"minor"};
    inb_histories *h = read_text("A,minor,B,count\n1,0,0,5\n0,0,1,6\n1,1,1,7\n0,1,1,1\n", minor, 1);
    ck_assert_uint_eq(h->list_count, 2);
    ck_assert_uint_eq(h->group_count, 2);
    ck_assert_int_eq(h->groups[1].cells[3].count, 7);
    inb_histories_free(h);
    const char *age[] = {"age"}; // numbers, named
    h = read_text("A,B,age,count\n1,0,15,5\n0,1,15,6\n1,1,16,7\n0,1,17,1\n", age, 1);
    ck_assert_uint_eq(h->group_count, 3);
    inb_histories_free(h);
    h = read_text("g,A,B\n0,1,0\nx,0,1\n1,1,1\ny,1,1\n", NULL, 0); // turns out to be a group
    ck_assert_uint_eq(h->list_count, 2);
    ck_assert_int_eq(h->groups[0].cells[3].count, 2);
    inb_histories_free(h);
}
INB_END

INB_TEST(complaints_about_values) {
    COMPLAINS("A,B,count\n1,0,12\n0,2,7\n1,1,3\n",
        "h.csv:3:3: column 'B': found a number other than 0 and 1");
    COMPLAINS("A,B,count\n1,0,12\n0,-1,7\n1,1,3\n", "h.csv:3:3: column 'B': found a number");
    COMPLAINS("A,B,count\n1,0,12\n0,0.5,7\n1,1,3\n", "h.csv:3:3: column 'B': found a number");
    COMPLAINS("A,B,count\n1,0,1\n0,1,7\n1,1,3\n1,O,3\n", "h.csv:5:3: column 'B': found text");
    COMPLAINS("A,B,count\n1,0,1\n0,1,7\n1,,3\n", "h.csv:4:3: column 'B': found nothing");
    COMPLAINS("A,B,count\n1,0,-1\n0,1,7\n", "h.csv:2:5: count: found a negative number");
    COMPLAINS("A,B,count\n1,0,1.5\n0,1,7\n", "h.csv:2:5: count: found a fraction");
    COMPLAINS("A,B,count\n1,0,many\n0,1,7\n", "h.csv:2:5: count: found text");
    COMPLAINS("A,B,count\n1,0,NaN\n0,1,7\n", "h.csv:2:5: count: found text");
    COMPLAINS("A,B,count\n1,0,<=x\n0,1,7\n", "h.csv:2:5: count: found text");
    COMPLAINS("A,B,count\n1,0,<=-3\n0,1,7\n", "h.csv:2:5: count: found a negative number");
    COMPLAINS("A,B,count\n1,0,<=1000001\n0,1,7\n", "h.csv:2:5: count: found a number over 1000000");
    COMPLAINS("A,B,count\n1,0,<=600000\n1,0,<=600000\n0,1,7\n",
        "h.csv:3:5: count: found bounds that add up to more than 1000000");
    COMPLAINS("A,B,count\n1,0,99999999999999999999\n0,1,7\n",
        "h.csv:2:5: count: found a number over 100000000000");
    COMPLAINS("A,B,count\n1,0,1e300\n0,1,7\n", "h.csv:2:5: count: found a number over");
    COMPLAINS("A,B,count\n1,0,60000000000\n0,1,60000000000\n",
        "h.csv:3:5: count: found more than 100000000000 people in all");
    COMPLAINS("A,B,count\n1,0,5\n0,0,7\n0,1,3\n", "h.csv:3:5: found a row that is on no list");
    COMPLAINS("A,B,count\n1,0,5\n0,0,0\n0,1,3\n", "h.csv:3:5: found a row that is on no list");
    COMPLAINS("A,B\n1,0\n0,0\n0,1\n", "h.csv:3:1: found a row that is on no list");
    COMPLAINS("A,B,count\n1,0,5\n1,0,<=7\n0,1,3\n", "found a history that is counted in one row");
    COMPLAINS("A,B,count\n1,0,5\n1,0\n", "h.csv:3:");
    COMPLAINS("A,B,count\n1,0,5\n0,1,3\n1,1,-\n1,1,2\n",
        "h.csv:4:5: found a history that cannot occur in one row");
}
INB_END

INB_TEST(complaints_about_the_table) {
    COMPLAINS("A,B,count\n", "h.csv:2:1: found no rows");
    COMPLAINS("", "h.csv:1:1: ");
    COMPLAINS("A,count\n1,5\n", "h.csv:1:1: found 1 list, expected 2 to 10");
    COMPLAINS("x,count\nq,5\n", "h.csv:1:1: found 0 lists");
    COMPLAINS("A,B,C,D,E,F,G,H,I,J,K\n1,0,1,0,1,0,1,0,1,0,1\n", "found 11 lists");
    COMPLAINS("A,B,C,count\n1,0,0,5\n1,0,1,7\n", "h.csv:1:3: list 'B': found nobody on it");
    COMPLAINS("A,B,C,count\n1,0,0,5\n1,1,0,0\n1,0,1,3\n", "h.csv:1:3: list 'B': found nobody");
    COMPLAINS("A,,count\n1,0,5\n1,1,0\n", "h.csv:1:3: found a column without a name");
    COMPLAINS("A\tB\tcount\n1\t0\t5\n", "h.csv:1:1: found columns parted by tabs");
    COMPLAINS("A,B\x1b[2J,count\n1,0,5\n", "h.csv:1:3: column name: found a control character");
    COMPLAINS("A,\"B\n\",count\n1,0,5\n", "h.csv:1:3: column name: found a control character");
    COMPLAINS("A,B\xC2\x9B,count\n1,0,5\n", "h.csv:1:3: column name: found a control");
    COMPLAINS("A,B,AxB,count\n1,0,1,5\n0,1,0,3\n", "h.csv:1:5: list 'AxB': found the name that");
    inb_histories *h = NULL;
    const char *regions[] = {"r"};
    const char escape[] = "A,B,r,count\n1,0,\x1b[2J,5\n0,1,x,3\n";
    INB_FAILS(inb_histories_read_memory("h.csv", escape, strlen(escape), regions, 1, &h, err),
        INB_BAD_INPUT, "h.csv:2:5: group: found a control character");
    const char *nowhere[] = {"region"};
    const char text[] = "A,B,count\n1,0,5\n0,1,3\n";
    INB_FAILS(inb_histories_read_memory("h.csv", text, strlen(text), nowhere, 1, &h, err),
        INB_USAGE, "group 'region'");
    const char *counts[] = {"count"};
    INB_FAILS(inb_histories_read_memory("h.csv", text, strlen(text), counts, 1, &h, err), INB_USAGE,
        "group 'count'");
    const char *twice[] = {"A", "A"};
    INB_FAILS(inb_histories_read_memory("h.csv", text, strlen(text), twice, 2, &h, err), INB_USAGE,
        "named twice");
    INB_FAILS(inb_histories_read("/nonexistent/h.csv", NULL, 0, &h, err), INB_BAD_INPUT, "h.csv");
}
INB_END

INB_TEST(forms_of_the_file) {
    inb_histories *h = read_text("\xEF\xBB\xBF"
                                 "A;B;count\r\n 1 ;0;12\r\n0;1;7.0\r\n1;1;3\r\n",
        NULL, 0);
    ck_assert_str_eq(h->lists[0], "A");
    ck_assert_int_eq(h->groups[0].cells[2].count, 7);
    inb_histories_free(h);
}
INB_END

INB_TEST(memory_running_out) {
    const char *by[] = {"region"};
    size_t fail = 1;
    for (;; fail++) {
        inb_histories *h = NULL;
        inb_error err = INB_ERROR_INIT;
        inb_alloc_fail_from(fail);
        inb_status status =
            inb_histories_read_memory("h.csv", grouped, strlen(grouped), by, 1, &h, &err);
        inb_alloc_fail_from(0);
        if (status == INB_OK) {
            inb_histories_free(h);
            break;
        }
        ck_assert_int_eq(status, INB_NO_MEMORY);
        ck_assert_ptr_null(h);
        ck_assert_str_ne(err.message, "");
    }
    ck_assert_uint_gt(fail, 10);
}
INB_END

INB_TEST_MAIN("4_count/histories", counts_and_absent_histories, one_row_a_person,
    every_kind_of_cell, repeated_rows_add_up_and_are_said, groups_are_summed_over_or_named,
    a_column_of_zeros_and_ones_can_be_a_group, complaints_about_values, complaints_about_the_table,
    forms_of_the_file, memory_running_out)
