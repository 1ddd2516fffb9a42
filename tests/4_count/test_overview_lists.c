// SPDX-License-Identifier: EUPL-1.2
// The picture of linked lists: groups by each column, equal to the estimate on the group's own
// table, empty values a group of their own.

#include <inbeeld/overview.h>

#include "base/alloc.h"
#include "support/inb_sweep.h"
#include "support/inb_test.h"

#include <string.h>

static const char histories[] = "a,b,form,sex,count\n"
                                "1,0,labour,m,100\n0,1,labour,m,80\n1,1,labour,m,20\n"
                                "1,0,labour,f,60\n0,1,labour,,50\n1,1,sexual,f,30\n"
                                "1,0,sexual,,40\n0,1,sexual,f,45\n";
static const char drawn[] = "a,b,form,sex,count\n"
                            "1,0,labour,m,95\n0,1,labour,m,75\n1,1,labour,m,25\n"
                            "1,0,labour,f,60\n0,1,labour,,50\n1,1,sexual,f,30\n"
                            "1,0,sexual,,40\n0,1,sexual,f,45\n";
static const char *const columns[] = {"form", "sex"};
static const char *const draws[] = {histories, drawn};
static inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;

static inb_lists_input input_of(size_t column_count, size_t draw_count) {
    return (inb_lists_input){.histories = histories,
        .columns = columns,
        .column_count = column_count,
        .draws = draws,
        .draw_count = draw_count,
        .options = &options};
}

static const inb_lists_group *group(
    const inb_lists_overview *lists, const char *column, const char *value) {
    for (size_t i = 1; i < lists->group_count; i++) {
        const inb_lists_group *one = &lists->groups[i];
        if (strcmp(one->column, column) == 0 && strcmp(one->value, value) == 0) {
            return one;
        }
    }
    ck_abort_msg("no group %s", value);
    return NULL;
}

INB_TEST(everybody_and_each_group) {
    INB_CLEANUP(inb_lists_overview_freep) inb_lists_overview *lists = NULL;
    inb_lists_input input = input_of(2, 0);
    INB_OK_IS(inb_lists_overview_make(&input, &lists, err));
    ck_assert_uint_eq(lists->group_count, 1 + 2 + 3);
    const inb_lists_group *all = &lists->groups[0];
    ck_assert_ptr_null(all->column);
    ck_assert_int_eq(all->persons, 425);
    ck_assert_int_eq(all->seen_once, 375);
    ck_assert_int_eq(all->seen_twice, 50);
    const inb_lists_group *labour = group(lists, "form", "labour");
    ck_assert_int_eq(labour->persons, 310);
    // 180 on a, 150 on b, 20 on both.
    INB_NEAR_REL(labour->hidden.estimate, 180.0 * 150 / 20, 1e-6);
    ck_assert(!labour->hidden.mixture);
    ck_assert_int_eq(group(lists, "sex", "")->persons, 90);   // not filled in is no sex
    ck_assert(!group(lists, "sex", "")->hidden.has_estimate); // no overlap
    INB_NEAR_REL(group(lists, "sex", "m")->hidden.estimate, 120.0 * 100 / 20, 1e-6);
}
INB_END

INB_TEST(over_draws) {
    INB_CLEANUP(inb_lists_overview_freep) inb_lists_overview *lists = NULL;
    inb_lists_input input = input_of(1, 2);
    INB_OK_IS(inb_lists_overview_make(&input, &lists, err));
    const inb_hidden *labour = &group(lists, "form", "labour")->hidden;
    ck_assert(labour->mixture);
    // Between the numbers of the two draws.
    ck_assert(labour->estimate > 180.0 * 150 / 25 && labour->estimate < 180.0 * 150 / 20);
    ck_assert(lists->groups[0].hidden.mixture);
}
INB_END

INB_TEST(what_is_no_group) {
    inb_lists_overview *lists = NULL;
    inb_lists_input input = input_of(2, 0);
    static const char *const nowhere[] = {"place"};
    input.columns = nowhere;
    input.column_count = 1;
    INB_FAILS(inb_lists_overview_make(&input, &lists, err), INB_USAGE, "place");
    // As many values as people are names, not groups.
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 20);
    inb_buffer_text(&text, "a,b,form,count\n");
    for (int i = 0; i < 600; i++) {
        inb_buffer_format(&text, "1,0,canary%d,1\n0,1,canary%d,1\n", i, i);
    }
    input = input_of(1, 0);
    input.histories = inb_buffer_get(&text);
    inb_error why = INB_ERROR_INIT;
    ck_assert_int_eq(inb_lists_overview_make(&input, &lists, &why), INB_TOO_LARGE);
    ck_assert_ptr_nonnull(
        strstr(why.message, "column 'form': found more values than a picture can show"));
    ck_assert_ptr_null(strstr(why.message, "canary"));
}
INB_END

static inb_status once(inb_error *err) {
    inb_lists_overview *lists = NULL;
    inb_lists_input input = input_of(1, 2);
    inb_status status = inb_lists_overview_make(&input, &lists, err);
    inb_lists_overview_free(lists);
    return status;
}

INB_TEST(memory_may_run_out) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("4_count/overview_lists", everybody_and_each_group, over_draws, what_is_no_group,
    memory_may_run_out)
