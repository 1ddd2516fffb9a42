// SPDX-License-Identifier: EUPL-1.2
// Tables once they are filled: groups pooled cell by cell, lists within lists, tables by hand.

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

INB_TEST(pooling_cells_of_different_kinds) {
    const char *by[] = {"g"};
    // Censored and counted: no pooled table; sampling zeros do not count as counted.
    inb_histories *h = read_text("A,B,g,count\n1,0,x,5\n0,1,x,5\n1,1,x,5\n1,0,y,<=4\n0,1,y,3\n"
                                 "1,1,y,2\n",
        by, 1);
    ck_assert(!h->has_pooled);
    inb_histories_free(h);
    h = read_text("A,B,g,count\n1,0,x,0\n0,1,x,5\n1,1,x,-\n1,0,y,<=4\n0,1,y,3\n1,1,y,2\n"
                  "1,0,z,<=3\n0,1,z,3\n1,1,z,-\n",
        by, 1);
    ck_assert(h->has_pooled);
    ck_assert_int_eq(h->pooled.cells[1].kind, INB_CELL_CENSORED);
    ck_assert_int_eq(h->pooled.cells[1].count, 7);
    ck_assert_int_eq(h->pooled.cells[3].kind, INB_CELL_COUNTED);
    ck_assert_int_eq(h->pooled.cells[3].count, 2);
    ck_assert(warns(h, "partly_structural"));
    inb_histories_free(h);
    h = read_text("A,B,C,g,count\n1,0,0,x,5\n0,1,1,x,5\n1,1,0,x,-\n1,1,0,y,-\n1,0,0,y,1\n", by, 1);
    ck_assert_int_eq(h->pooled.cells[3].kind, INB_CELL_STRUCTURAL);
    ck_assert(!warns(h, "partly_structural"));
    inb_histories_free(h);
    h = read_text(
        "A,B,C,g,count\n1,0,0,x,5\n0,1,1,x,5\n1,1,0,x,-\n1,1,0,y,4\n1,0,0,y,1\n", NULL, 0);
    ck_assert_int_eq(h->groups[0].cells[3].kind, INB_CELL_COUNTED);
    ck_assert_int_eq(h->groups[0].cells[3].count, 4);
    ck_assert(warns(h, "partly_structural"));
    inb_histories_free(h);
}
INB_END

INB_TEST(nested_and_identical_lists_are_said) {
    inb_histories *h = read_text("A,B,C,count\n1,0,0,5\n1,1,0,6\n0,0,1,3\n1,1,1,1\n", NULL, 0);
    ck_assert(warns(h, "nested_lists"));
    ck_assert_ptr_nonnull(strstr(h->warnings[0].text, "everybody on list B is also on list A"));
    inb_histories_free(h);
    h = read_text("A,B,C,count\n1,1,0,6\n0,0,1,3\n1,1,1,1\n", NULL, 0);
    ck_assert(warns(h, "identical_lists"));
    inb_histories_free(h);
}
INB_END

INB_TEST(tables_from_counts) {
    static const char *const lists[] = {"A", "B"};
    inb_histories *h = NULL;
    INB_OK_IS(inb_histories_from_counts(lists, 2, (int64_t[]){99, 5, 6, 7}, &h, err));
    ck_assert_int_eq(h->pooled.observed, 18);
    inb_histories_free(h);
    INB_FAILS(
        inb_histories_from_counts(lists, 1, (int64_t[]){0, 5}, &h, err), INB_BAD_INPUT, "1 list");
    INB_FAILS(inb_histories_from_counts(lists, 2, (int64_t[]){0, 5, -6, 7}, &h, err), INB_BAD_INPUT,
        "negative");
    INB_FAILS(inb_histories_from_counts(lists, 2, (int64_t[]){0, 5, 0, 0}, &h, err), INB_BAD_INPUT,
        "nobody");
    INB_FAILS(inb_histories_from_counts(lists, 2, (int64_t[]){0, INT64_MAX, 1, 1}, &h, err),
        INB_BAD_INPUT, "huge");
}
INB_END

INB_TEST_MAIN("4_count/histories_table", pooling_cells_of_different_kinds,
    nested_and_identical_lists_are_said, tables_from_counts)
