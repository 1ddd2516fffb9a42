// SPDX-License-Identifier: EUPL-1.2
// Folders of draws: what is read, and a clear word for each way in which one can be wrong.

#include "base/alloc.h"
#include "inb_folder.h"
#include "inb_sweep.h"
#include "inb_test.h"

#include <inbeeld/draws.h>

static const char table[] = "a,b,g,count\n1,0,x,5\n0,1,x,6\n1,1,x,3\n1,0,y,7\n0,1,y,8\n1,1,y,2\n";
static const char other_order[] =
    "g,a,b,count\ny,1,0,4\ny,0,1,8\ny,1,1,3\nx,1,0,5\nx,0,1,6\nx,1,1,3\n";
static const char rates[] = "{\"draws\":2,\"rates\":[{\"from\":\"a\",\"to\":\"b\",\"alpha\":"
                            "{\"estimate\":0.9,\"low\":0.8,\"high\":0.95},\"beta\":"
                            "{\"estimate\":0.01,\"low\":0,\"high\":0.02}}]}";
static const char *const by_group[] = {"g"};

static inb_histories *like(size_t groups) {
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_read_memory(
        "HISTORIES.csv", table, sizeof table - 1, by_group, groups, &histories, err));
    return histories;
}

INB_TEST(draws_and_rates_are_read) {
    char folder[INB_TEMP_PATH];
    inb_folder_new(folder);
    inb_folder_put(folder, "histories_0001.csv", table);
    inb_folder_put(folder, "histories_0002.csv", other_order);
    inb_folder_put(folder, "histories_2.csv", "not one of them");
    inb_folder_put(folder, "rates.json", rates);
    inb_histories *histories = like(1);
    inb_draws *draws = NULL;
    INB_OK_IS(inb_draws_read(folder, histories, &draws, err));
    ck_assert_uint_eq(draws->count, 2);
    ck_assert_uint_eq(draws->group_count, 2);
    ck_assert_uint_eq(draws->rate_count, 1);
    INB_NEAR_REL(draws->rates[0].alpha.low, 0.8, 1e-12);
    ck_assert(draws->rates[0].from == 0 && draws->rates[0].to == 1);
    ck_assert_int_eq(draws->observed[0], 14);
    ck_assert_int_eq(draws->observed[1], 17);
    ck_assert_int_eq(draws->observed[3], 15); // y of the second draw, which stands first there
    ck_assert_int_eq(draws->tables[3][1].count, 4);
    ck_assert_int_eq(draws->tables[2][1].count, 5);
    inb_draws_free(draws);
    inb_histories_free(histories);
    inb_folder_remove(folder);
}
INB_END

INB_TEST(what_does_not_fit_is_refused) {
    char folder[INB_TEMP_PATH];
    inb_folder_new(folder);
    inb_histories *histories = like(1);
    inb_histories *whole = like(0);
    inb_draws *draws = NULL;
    INB_FAILS(
        inb_draws_read("/nowhere/at/all", whole, &draws, err), INB_BAD_INPUT, "cannot be read");
    inb_folder_put(folder, "histories_0001.csv", table);
    INB_FAILS(inb_draws_read(folder, whole, &draws, err), INB_BAD_INPUT, "found 1 draws");
    inb_folder_put(folder, "histories_0003.csv", table);
    INB_FAILS(inb_draws_read(folder, whole, &draws, err), INB_BAD_INPUT, "without a gap");
    inb_folder_put(folder, "histories_0002.csv", "a,c,count\n1,0,5\n0,1,6\n1,1,3\n");
    INB_FAILS(inb_draws_read(folder, whole, &draws, err), INB_BAD_INPUT, "found list 'c'");
    inb_folder_put(folder, "histories_0002.csv", "a,b,c,count\n1,0,1,5\n0,1,0,6\n1,1,0,3\n");
    INB_FAILS(inb_draws_read(folder, whole, &draws, err), INB_BAD_INPUT, "found 3 lists");
    inb_folder_put(folder, "histories_0002.csv", "a,b,g,count\n1,0,x,5\n0,1,x,6\n1,1,x,3\n");
    INB_FAILS(inb_draws_read(folder, histories, &draws, err), INB_BAD_INPUT, "found 1 groups");
    inb_folder_put(folder, "histories_0002.csv",
        "a,b,g,count\n1,0,x,5\n0,1,x,6\n1,1,x,3\n1,0,z,5\n0,1,z,6\n1,1,z,3\n");
    INB_FAILS(inb_draws_read(folder, histories, &draws, err), INB_BAD_INPUT, "group 2");
    inb_folder_put(folder, "histories_0002.csv", "a,b,count\n1,0,<=5\n0,1,6\n1,1,3\n");
    INB_FAILS(inb_draws_read(folder, whole, &draws, err), INB_BAD_INPUT, "censored");
    inb_folder_put(folder, "histories_0002.csv", "a,b\n");
    INB_FAILS(inb_draws_read(folder, whole, &draws, err), INB_BAD_INPUT, "histories_0002.csv");
    inb_folder_put(folder, "histories_0002.csv", table);
    inb_folder_put(folder, "rates.json", "{\"rates\":3}");
    INB_FAILS(inb_draws_read(folder, whole, &draws, err), INB_BAD_INPUT, "rates.json:1");
    ck_assert_ptr_null(draws);
    inb_histories_free(histories);
    inb_histories_free(whole);
    inb_folder_remove(folder);
}
INB_END

static inb_status once(const char *folder, const inb_histories *histories, inb_error *err) {
    INB_CLEANUP(inb_draws_freep) inb_draws *draws = NULL;
    return inb_draws_read(folder, histories, &draws, err);
}

INB_TEST(memory_may_run_out) {
    char folder[INB_TEMP_PATH];
    inb_folder_new(folder);
    inb_folder_put(folder, "histories_0001.csv", table);
    inb_folder_put(folder, "histories_0002.csv", table);
    inb_folder_put(folder, "rates.json", rates);
    inb_histories *histories = like(1);
    INB_SWEEP(once(folder, histories, err));
    inb_histories_free(histories);
    inb_folder_remove(folder);
}
INB_END

INB_TEST_MAIN(
    "4_count/draws", draws_and_rates_are_read, what_does_not_fit_is_refused, memory_may_run_out)
