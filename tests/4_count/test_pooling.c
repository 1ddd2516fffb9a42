// SPDX-License-Identifier: EUPL-1.2
// Partial pooling as a whole: what is chosen, totals that add up, groups without people or value,
// threads, options, memory running out.

#include "base/alloc.h"
#include "inb_sweep.h"
#include "inb_test.h"

#include <inbeeld/pooling.h>

#include <string.h>

static const char *const by[] = {"g"};

static inb_histories *table_of(const char *text, size_t groups) {
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_read_memory("t.csv", text, strlen(text), by, groups, &histories, err));
    return histories;
}

static inb_pooling *pool(const inb_histories *histories, inb_count_method method, size_t threads) {
    inb_pooling *pooling = NULL;
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = method;
    options.threads = threads;
    options.bootstrap = 200;
    INB_OK_IS(inb_pooling_run(histories, &options, &pooling, err));
    return pooling;
}

// a and b depend on each other in every group; z is small.
static const char three[] =
    "a,b,c,g,count\n1,0,0,x,500\n0,1,0,x,400\n1,1,0,x,160\n0,0,1,x,300\n1,0,1,x,60\n0,1,1,x,50\n"
    "1,1,1,x,20\n1,0,0,y,250\n0,1,0,y,300\n1,1,0,y,100\n0,0,1,y,150\n1,0,1,y,30\n0,1,1,y,32\n"
    "1,1,1,y,11\n1,0,0,z,5\n0,1,0,z,4\n1,1,0,z,1\n0,0,1,z,3\n";

INB_TEST(groups_lend_and_add_up) {
    inb_histories *histories = table_of(three, 1);
    inb_pooling *pooling = pool(histories, INB_COUNT_STEPWISE, 1);
    ck_assert(pooling->given);
    ck_assert_uint_eq(pooling->group_count, 3);
    ck_assert_uint_eq(pooling->model_count, 1);
    ck_assert_str_eq(pooling->model[0], "axb");
    double sum = 0;
    for (size_t g = 0; g < 3; g++) {
        const inb_pooled_group *group = &pooling->groups[g];
        ck_assert(group->given && group->low < group->estimate && group->estimate < group->high);
        INB_NEAR_REL(group->estimate, (double)group->observed + group->hidden, 1e-12);
        sum += group->estimate;
    }
    INB_NEAR_REL(pooling->estimate, sum, 1e-12);
    ck_assert(pooling->low < sum && sum < pooling->high);
    ck_assert(!pooling->groups[0].small);
    ck_assert(pooling->low > pooling->groups[0].low);
    inb_pooling_free(pooling);
    pooling = pool(histories, INB_COUNT_INDEPENDENCE, 1);
    ck_assert_uint_eq(pooling->model_count, 0);
    inb_pooling_free(pooling);
    inb_histories_free(histories);
}
INB_END

INB_TEST(threads_change_nothing) {
    inb_histories *histories = table_of(three, 1);
    inb_buffer first = INB_BUFFER_INIT(1 << 20);
    for (size_t threads = 1; threads <= 3; threads++) {
        inb_pooling *pooling = pool(histories, INB_COUNT_STEPWISE, threads);
        inb_buffer out = INB_BUFFER_INIT(1 << 20);
        inb_pooling_json(pooling, threads == 1 ? &first : &out);
        if (threads > 1) {
            ck_assert_str_eq(inb_buffer_get(&out), inb_buffer_get(&first));
        }
        inb_buffer_clear(&out);
        inb_pooling_free(pooling);
    }
    inb_buffer_clear(&first);
    inb_histories_free(histories);
}
INB_END

// Half of x's people lose their value at random: shared out they come back to x, and N with them.
INB_TEST(people_without_a_value_are_shared_out) {
    static const char whole[] = "a,b,g,count\n1,0,x,800\n0,1,x,200\n1,1,x,100\n1,0,y,100\n"
                                "0,1,y,600\n1,1,y,60\n";
    static const char lost[] = "a,b,g,count\n1,0,x,400\n0,1,x,100\n1,1,x,50\n1,0,y,50\n"
                               "0,1,y,300\n1,1,y,30\n1,0,,450\n0,1,,400\n1,1,,80\n";
    inb_histories *histories = table_of(whole, 1);
    inb_pooling *full = pool(histories, INB_COUNT_INDEPENDENCE, 1);
    inb_histories_free(histories);
    histories = table_of(lost, 1);
    inb_pooling *part = pool(histories, INB_COUNT_INDEPENDENCE, 1);
    ck_assert_uint_eq(part->group_count, 2);
    INB_NEAR_REL(part->unknown, 930, 1e-12);
    INB_NEAR_REL(part->observed, 1860, 1e-12);
    INB_NEAR_REL(part->groups[0].assigned + part->groups[1].assigned, 930, 1e-6);
    INB_NEAR_REL(part->groups[0].assigned, 550, 0.02);
    INB_NEAR_REL(part->estimate, full->estimate, 0.02);
    INB_NEAR_REL(part->groups[1].estimate, full->groups[1].estimate, 0.03);
    // Less is known, so the interval of a group is wider.
    ck_assert(
        part->groups[0].high - part->groups[0].low > full->groups[0].high - full->groups[0].low);
    inb_buffer out = INB_BUFFER_INIT(1 << 20);
    inb_pooling_text(part, &out);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "930 people have no group value"));
    inb_buffer_clear(&out);
    inb_pooling_free(full);
    inb_pooling_free(part);
    inb_histories_free(histories);
}
INB_END

INB_TEST(small_and_empty_groups_are_told) {
    static const char text[] = "a,b,g,count\n1,0,x,500\n0,1,x,400\n1,1,x,80\n1,0,y,300\n0,1,y,90\n"
                               "1,1,y,60\n1,0,z,1\n0,1,z,1\n1,0,w,0\n";
    inb_histories *histories = table_of(text, 1);
    inb_pooling *pooling = pool(histories, INB_COUNT_INDEPENDENCE, 1);
    ck_assert(pooling->given);
    ck_assert(pooling->groups[2].given && pooling->groups[2].small);
    ck_assert(!pooling->groups[3].given);
    ck_assert(!pooling->groups[0].small);
    inb_pooling_free(pooling);
    inb_histories_free(histories);
    histories = table_of("a,b,g,count\n1,0,x,5\n0,1,x,4\n1,1,x,2\n", 1);
    pooling = pool(histories, INB_COUNT_STEPWISE, 1);
    ck_assert(!pooling->given);
    ck_assert_ptr_nonnull(strstr(pooling->reason, "no second group"));
    inb_pooling_free(pooling);
    inb_histories_free(histories);
    histories = table_of("a,b,g,count\n1,0,x,5\n0,1,x,4\n1,0,y,5\n0,1,y,4\n", 1);
    pooling = pool(histories, INB_COUNT_STEPWISE, 1);
    ck_assert(!pooling->given);
    ck_assert_ptr_nonnull(strstr(pooling->reason, "no finite"));
    inb_pooling_free(pooling);
    inb_histories_free(histories);
    histories = table_of("a,b,count\n1,0,5\n0,1,4\n1,1,4\n", 0);
    pooling = NULL;
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    INB_FAILS(inb_pooling_run(histories, &options, &pooling, err), INB_USAGE, "group column");
    inb_histories_free(histories);
}
INB_END

// Groups that are seen alike say as much of each other as of themselves: the large one does not
// lean on the small one, nor one that stands alone on nobody.
INB_TEST(who_leans_on_whom) {
    static const char alike[] = "a,b,g,count\n1,0,x,500\n0,1,x,400\n1,1,x,80\n1,0,y,50\n"
                                "0,1,y,40\n1,1,y,8\n";
    inb_histories *histories = table_of(alike, 1);
    inb_pooling *pooling = pool(histories, INB_COUNT_INDEPENDENCE, 1);
    ck_assert(pooling->deviations[0] < 0.01);
    ck_assert(!pooling->groups[0].small && pooling->groups[1].small);
    inb_pooling_free(pooling);
    inb_histories_free(histories);
    histories = table_of("a,b,g,count\n1,0,x,500\n0,1,x,400\n1,1,x,80\n1,0,z,0\n0,1,z,0\n", 1);
    pooling = pool(histories, INB_COUNT_INDEPENDENCE, 1);
    ck_assert(pooling->given && !pooling->groups[0].small && !pooling->groups[1].given);
    inb_pooling_free(pooling);
    inb_histories_free(histories);
}
INB_END

static inb_status once(const inb_histories *histories, inb_error *err) {
    INB_CLEANUP(inb_pooling_freep) inb_pooling *pooling = NULL;
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.bootstrap = 2;
    return inb_pooling_run(histories, &options, &pooling, err);
}

INB_TEST(memory_may_run_out) {
    inb_histories *histories = table_of(three, 1);
    INB_SWEEP(once(histories, err));
    inb_histories_free(histories);
}
INB_END

INB_TEST_MAIN("4_count/pooling", groups_lend_and_add_up, threads_change_nothing,
    people_without_a_value_are_shared_out, small_and_empty_groups_are_told, who_leans_on_whom,
    memory_may_run_out)
