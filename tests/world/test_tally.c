// SPDX-License-Identifier: EUPL-1.2
// The truth added up: truth.csv is histories.csv and the unseen, group by group; estimate reads the
// histories; without dependence and with equal people an estimate by independence finds the truth.

#include "world_help.h"

#include <inbeeld/count.h>

struct sums {
    inb_world_tally tally;
    uint64_t all;
    uint64_t unseen;
};

static void look(const inb_world_block *block, void *payload) {
    struct sums *sums = payload;
    inb_world_tally_add(&sums->tally, block);
    for (size_t i = 0; i < block->people_count; i++) {
        sums->all++;
        sums->unseen += block->people[i].lists == 0;
    }
}

// The sum of the last column of a CSV text.
static uint64_t last_column(const char *csv) {
    uint64_t sum = 0;
    for (const char *line = strchr(csv, '\n') + 1; *line != '\0';) {
        const char *end = strchr(line, '\n');
        const char *comma = end;
        while (*comma != ',') {
            comma--;
        }
        sum += strtoull(comma + 1, NULL, 10);
        line = end + 1;
    }
    return sum;
}

INB_TEST(truth_is_the_seen_and_the_unseen) {
    static struct sums sums;
    inb_world_options options = help_options(5000, 6);
    help_each(&options, look, &sums);
    inb_buffer histories = INB_BUFFER_INIT((size_t)1 << 20);
    inb_buffer truth = INB_BUFFER_INIT((size_t)1 << 20);
    inb_world_tally_histories(&sums.tally, &histories);
    inb_world_tally_truth(&sums.tally, &truth);
    ck_assert_uint_eq(sums.all, 5000);
    ck_assert_uint_eq(last_column(inb_buffer_get(&truth)), 5000);
    ck_assert_uint_eq(last_column(inb_buffer_get(&histories)), 5000 - sums.unseen);
    ck_assert_ptr_eq(strstr(inb_buffer_get(&truth), "form,age_class,sex,total\nlabour,adult,m,"),
        inb_buffer_get(&truth));
    ck_assert_ptr_null(strstr(inb_buffer_get(&histories), "0,0,0,0,0,0,"));
    // group by group, as estimate reads them
    static const char *const columns[] = {"form", "age_class", "sex"};
    inb_histories *read = NULL;
    INB_OK_IS(inb_histories_read_memory(
        "histories.csv", histories.data, histories.length, columns, 3, &read, err));
    uint64_t groups = 0;
    for (const char *at = inb_buffer_get(&truth); (at = strchr(at, '\n')) != NULL; at++) {
        groups += at[1] != '\0';
    }
    ck_assert_uint_ge(groups, 15);
    inb_histories_free(read);
    inb_buffer_clear(&histories);
    inb_buffer_clear(&truth);
}
INB_END

static double estimate_of(const inb_world_options *options, inb_form form, double *ret_truth) {
    static struct sums sums;
    memset(&sums, 0, sizeof sums);
    help_each(options, look, &sums);
    // one group in which people are alike but for LVB: adult women in one form
    int64_t counts[INB_WORLD_HISTORIES];
    *ret_truth = 0;
    for (size_t i = 0; i < INB_WORLD_HISTORIES; i++) {
        counts[i] = (int64_t)sums.tally.counts[form][0][1][i];
        *ret_truth += (double)counts[i];
    }
    static const char *const names[] = {"P", "K", "I", "O", "R", "L"};
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_from_counts(names, INB_WORLD_LIST_COUNT, counts, &histories, err));
    inb_estimate_options how = INB_ESTIMATE_OPTIONS_INIT;
    how.method = INB_COUNT_INDEPENDENCE;
    inb_estimate *estimate = NULL;
    INB_OK_IS(inb_estimate_run(histories, &how, &estimate, err));
    ck_assert(estimate->total.has_estimate);
    double value = estimate->total.estimate;
    inb_estimate_free(estimate);
    inb_histories_free(histories);
    return value;
}

INB_TEST(an_estimate_finds_the_truth_where_its_assumption_holds) {
    inb_world_options options = help_options(200000, 12);
    options.referral = 0;
    options.reach = 0;
    double truth;
    double found = estimate_of(&options, INB_FORM_SEXUAL, &truth);
    INB_NEAR_REL(found, truth, 0.10); // LVB and two age bands differ a little
    options.reach = 0.9;              // half is hardly ever seen: too low, as theory says
    found = estimate_of(&options, INB_FORM_SEXUAL, &truth);
    ck_assert_msg(found < 0.75 * truth, "%.0f of %.0f", found, truth);
}
INB_END

INB_TEST_MAIN("world/tally", truth_is_the_seen_and_the_unseen,
    an_estimate_finds_the_truth_where_its_assumption_holds)
