// SPDX-License-Identifier: EUPL-1.2
// The model over lists and groups as figures: sums, intervals with and without replicates, groups
// and values that are missing, threads, memory running out.

#include "base/alloc.h"
#include "inb_sweep.h"
#include "inb_test.h"

#include <inbeeld/pooling.h>

#include <string.h>

static const char *const by[] = {"g"};

static const char two[] = "a,b,c,g,count\n1,0,0,x,300\n0,1,0,x,200\n1,1,0,x,90\n0,0,1,x,150\n"
                          "1,0,1,x,60\n0,1,1,x,40\n1,1,1,x,20\n1,0,0,y,40\n0,1,0,y,120\n"
                          "1,1,0,y,18\n0,0,1,y,60\n1,0,1,y,8\n0,1,1,y,21\n1,1,1,y,4\n1,1,0,w,0\n";

static inb_group_model *model_of(const char *text, size_t bootstrap, size_t threads) {
    inb_histories *histories = NULL;
    inb_group_model *model = NULL;
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.bootstrap = bootstrap;
    options.threads = threads;
    INB_OK_IS(inb_histories_read_memory("t.csv", text, strlen(text), by, 1, &histories, err));
    INB_OK_IS(inb_group_model_run(histories, &options, &model, err));
    inb_histories_free(histories);
    return model;
}

INB_TEST(groups_add_up) {
    inb_group_model *model = model_of(two, 0, 1);
    ck_assert(model->given);
    ck_assert_int_eq(model->kind, INB_INTERVAL_MODEL);
    ck_assert_uint_eq(model->group_count, 3);
    ck_assert(!model->groups[2].given); // w
    double hidden = 0;
    for (size_t g = 0; g < 2; g++) {
        const inb_group_figure *group = &model->groups[g];
        ck_assert(group->given && group->low < group->estimate && group->estimate < group->high);
        INB_NEAR_REL(group->estimate, (double)group->observed + group->hidden, 1e-12);
        INB_NEAR_REL((group->high - (double)group->observed) / group->hidden,
            group->hidden / (group->low - (double)group->observed), 1e-9);
        hidden += group->hidden;
    }
    ck_assert_int_eq(model->total.observed, 1131);
    INB_NEAR_REL(model->total.estimate, 1131 + hidden, 1e-12);
    ck_assert(
        model->total.low < model->total.estimate && model->total.estimate < model->total.high);
    inb_group_model_free(model);
}
INB_END

// z is on one list alone: what is said of it is said by x, and that is told.
INB_TEST(a_group_on_one_list_is_told) {
    inb_group_model *model =
        model_of("a,b,g,count\n1,0,x,300\n0,1,x,200\n1,1,x,90\n1,0,z,30\n", 0, 1);
    ck_assert(model->given);
    ck_assert(model->groups[1].small && !model->groups[0].small);
    inb_group_model_free(model);
}
INB_END

INB_TEST(replicates_choose_anew_and_threads_change_nothing) {
    inb_group_model *given = model_of(two, 0, 1);
    inb_group_model *one = model_of(two, 60, 1);
    inb_group_model *three = model_of(two, 60, 3);
    ck_assert_int_eq(one->kind, INB_INTERVAL_BCA);
    ck_assert_uint_eq(one->replicates, 60);
    ck_assert(one->total.estimate == given->total.estimate);
    ck_assert(one->total.low != given->total.low);
    ck_assert(one->total.low < one->total.estimate && one->total.estimate < one->total.high);
    ck_assert(one->total.low == three->total.low && one->total.high == three->total.high);
    ck_assert(one->groups[1].low == three->groups[1].low);
    inb_group_model_free(given);
    inb_group_model_free(one);
    inb_group_model_free(three);
}
INB_END

static void expect_none(const char *text, const char *reason) {
    inb_group_model *model = model_of(text, 0, 1);
    ck_assert(!model->given);
    ck_assert_ptr_nonnull(strstr(model->reason, reason));
    inb_group_model_free(model);
}

INB_TEST(why_there_is_none) {
    expect_none("a,b,g,count\n1,0,x,5\n0,1,x,4\n1,1,x,2\n", "no second group");
    expect_none(
        "a,b,g,count\n1,0,x,5\n0,1,x,4\n1,1,x,2\n1,0,y,5\n0,1,y,4\n1,1,,2\n", "no group value");
    expect_none("a,b,g,count\n1,0,x,5\n0,1,x,4\n1,0,y,5\n0,1,y,4\n", "no finite");
    inb_buffer text = INB_BUFFER_INIT(1 << 20);
    inb_buffer_text(&text, "a,b,c,d,e,f,h,i,j,g,count\n");
    for (int g = 0; g < 100; g++) {
        inb_buffer_format(&text, "1,1,1,1,1,1,1,1,1,%d,5\n", g);
    }
    expect_none(inb_buffer_get(&text), "too many lists and groups");
    inb_buffer_clear(&text);
    inb_histories *histories = NULL;
    inb_group_model *model = NULL;
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    static const char plain[] = "a,b,count\n1,0,5\n0,1,4\n1,1,2\n";
    INB_OK_IS(
        inb_histories_read_memory("t.csv", plain, sizeof plain - 1, NULL, 0, &histories, err));
    INB_FAILS(
        inb_group_model_run(histories, &options, &model, err), INB_USAGE, "name a group column");
    inb_histories_free(histories);
}
INB_END

static inb_status once(const inb_histories *histories, inb_error *err) {
    INB_CLEANUP(inb_group_model_freep) inb_group_model *model = NULL;
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.bootstrap = 2;
    return inb_group_model_run(histories, &options, &model, err);
}

INB_TEST(memory_may_run_out) {
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_read_memory("t.csv", two, sizeof two - 1, by, 1, &histories, err));
    INB_SWEEP(once(histories, err));
    inb_histories_free(histories);
}
INB_END

INB_TEST_MAIN("4_count/lists_by_groups", groups_add_up, a_group_on_one_list_is_told,
    replicates_choose_anew_and_threads_change_nothing, why_there_is_none, memory_may_run_out)
