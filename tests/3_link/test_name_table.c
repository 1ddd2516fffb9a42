// SPDX-License-Identifier: EUPL-1.2
// Forms by number: a word keeps its first form, words without one agree with nothing, the marks
// leave out no pair that agrees, and refused memory is told.

#include "name_table.h"

#include "inb_sweep.h"
#include "inb_test.h"

#include <string.h>

static const char *const names[] = {"", "Юлія", "Julia", "Kees", "Cornelis", "محمد", "Mahmud", "?",
    "Bakker-de Jong", "Bakker", "Visser"};
enum { NAMES = sizeof names / sizeof names[0] };

static inb_status fill(inb_name_table **ret_table, inb_error *err) {
    INB_CLEANUP(inb_name_table_freep) inb_name_table *table = NULL;
    INB_TRY(inb_name_table_new(&table, err));
    for (uint32_t i = 0; i < NAMES; i++) {
        INB_TRY(inb_name_table_add(table, i, names[i], strlen(names[i]), err));
    }
    *ret_table = INB_TAKE(table);
    return INB_OK;
}

INB_TEST(levels_by_number) {
    INB_CLEANUP(inb_name_table_freep) inb_name_table *table = NULL;
    INB_OK_IS(fill(&table, err));
    ck_assert_int_eq(inb_name_table_compare(table, 1, 2), INB_NAME_SAME);
    ck_assert_int_eq(inb_name_table_compare(table, 4, 3), INB_NAME_NICKNAME);
    ck_assert_int_eq(inb_name_table_compare(table, 5, 6), INB_NAME_SKELETON);
    ck_assert_int_eq(inb_name_table_compare(table, 8, 9), INB_NAME_PART);
    ck_assert_int_eq(inb_name_table_compare(table, 9, 10), INB_NAME_DIFFERENT);
    ck_assert_int_eq(inb_name_table_compare(table, 0, 1), INB_NAME_DIFFERENT); // the blank
    ck_assert_int_eq(inb_name_table_compare(table, 7, 7), INB_NAME_DIFFERENT); // nothing in it
    ck_assert_int_eq(inb_name_table_compare(table, 1, 1 << 20), INB_NAME_DIFFERENT);
    INB_OK_IS(inb_name_table_add(table, 10, "Bakker", 6, err)); // has a form already
    ck_assert_int_eq(inb_name_table_compare(table, 9, 10), INB_NAME_DIFFERENT);
}
INB_END

static inb_status once(inb_error *err) {
    INB_CLEANUP(inb_name_table_freep) inb_name_table *table = NULL;
    return fill(&table, err);
}

INB_TEST(memory_refused) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("3_link/name_table", levels_by_number, memory_refused)
