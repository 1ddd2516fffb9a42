// SPDX-License-Identifier: EUPL-1.2
// Draws as part of an estimate: the mixture leads, groups add up, what the draws contradict is
// said, replicates from the model, options that do not go together, memory running out.

#include "base/alloc.h"
#include "inb_folder.h"
#include "inb_sweep.h"
#include "inb_test.h"

#include <inbeeld/draws.h>

static bool has_warning(const inb_figures *figures, const char *code) {
    for (size_t i = 0; i < figures->warning_count; i++) {
        if (strcmp(figures->warnings[i].code, code) == 0) {
            return true;
        }
    }
    return false;
}

// Two groups on two lists; `more` people of each overlap.
static void write_table(const char *folder, const char *name, int more) {
    char text[512];
    snprintf(text, sizeof text,
        "a,b,g,count\n1,0,x,%d\n0,1,x,%d\n1,1,x,%d\n1,0,y,%d\n0,1,y,%d\n1,1,y,%d\n", 500 - more,
        400 - more, 80 + more, 300 - more, 300 - more, 60 + more);
    inb_folder_put(folder, name, text);
}

static inb_histories *table(const char *folder, size_t groups) {
    static const char *const by[] = {"g"};
    char path[INB_FOLDER_PATH];
    inb_histories *histories = NULL;
    snprintf(path, sizeof path, "%s/linked.csv", folder);
    INB_OK_IS(inb_histories_read(path, by, groups, &histories, err));
    return histories;
}

static void fill(char folder[INB_TEMP_PATH]) {
    inb_folder_new(folder);
    write_table(folder, "linked.csv", 0);
    for (int k = 1; k <= 6; k++) {
        char name[64];
        snprintf(name, sizeof name, "histories_%04d.csv", k);
        write_table(folder, name, 10 + k);
    }
    inb_folder_put(folder, "rates.json",
        "{\"rates\":[{\"from\":\"a\",\"to\":\"b\",\"alpha\":{\"estimate\":0.84,\"low\":0.8,"
        "\"high\":0.88},\"beta\":{\"estimate\":0,\"low\":0,\"high\":0}}]}");
}

static const inb_estimate_options plain = INB_ESTIMATE_OPTIONS_INIT;

INB_TEST(the_mixture_leads) {
    char folder[INB_TEMP_PATH];
    fill(folder);
    inb_histories *histories = table(folder, 0);
    inb_draws *draws = NULL;
    inb_estimate *estimate = NULL;
    INB_OK_IS(inb_draws_read(folder, histories, &draws, err));
    inb_estimate_options options = plain;
    options.draws = draws;
    options.bootstrap = 300;
    INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
    const inb_figures *total = &estimate->total;
    ck_assert(total->has_interval && total->interval.kind == INB_INTERVAL_MIXTURE);
    ck_assert(total->has_mixture && total->mixture.share > 0 && total->mixture.share < 1);
    ck_assert_uint_eq(estimate->draw_count, 6);
    ck_assert_uint_eq(total->replicates, 300);
    // By hand: draw k has 940 + ... each list's people stay, the overlap is 140 + 2 (10 + k).
    double sum = 0;
    double people = 0;
    for (int k = 1; k <= 6; k++) {
        double both = 140 + 2 * (10 + k);
        double first = 800 + 140;
        double second = 700 + 140;
        sum += log((first - both) * (second - both) / both) / 6;
        people += (first + second - both) / 6;
    }
    INB_NEAR_REL(total->mixture.estimate, people + exp(sum), 1e-9);
    INB_NEAR_REL(estimate->corrected, 940.0 * 840 / (140 / 0.84), 1e-12);
    ck_assert(estimate->has_corrected);
    ck_assert(!has_warning(total, "draws_and_rates_differ"));
    inb_buffer json = INB_BUFFER_INIT(1 << 20);
    inb_estimate_json(estimate, &json);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&json), "\"kind\":\"mixture\""));
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&json), "\"draws\":{\"count\":6,"));
    ck_assert_ptr_nonnull(
        strstr(inb_buffer_get(&json), "{\"from\":\"a\",\"to\":\"b\",\"alpha\":{"));
    inb_buffer_clear(&json);
    inb_estimate_text(estimate, &json);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&json), "draws of the links"));
    inb_buffer_clear(&json);
    inb_estimate_free(estimate);
    inb_draws_free(draws);
    inb_histories_free(histories);
    inb_folder_remove(folder);
}
INB_END

INB_TEST(what_the_draws_contradict_is_said) {
    char folder[INB_TEMP_PATH];
    fill(folder);
    for (int k = 1; k <= 6; k++) { // far more links than were made
        char name[64];
        snprintf(name, sizeof name, "histories_%04d.csv", k);
        write_table(folder, name, 150 + k);
    }
    inb_histories *histories = table(folder, 0);
    inb_draws *draws = NULL;
    inb_estimate *estimate = NULL;
    INB_OK_IS(inb_draws_read(folder, histories, &draws, err));
    inb_estimate_options options = plain;
    options.draws = draws;
    options.bootstrap = 60;
    INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
    ck_assert(has_warning(&estimate->total, "draws_and_rates_differ"));
    ck_assert(has_warning(&estimate->total, "links_move_the_number"));
    // The sentence that will be quoted is about the number that goes with its interval.
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT((size_t)1 << 20);
    char begin[128];
    inb_estimate_text(estimate, &text);
    ck_assert(estimate->headline.given);
    const inb_figures *total = &estimate->total;
    ck_assert_ptr_nonnull(strstr(estimate->headline.reason, "out of its interval"));
    snprintf(begin, sizeof begin, "An estimated %d,%03d people in all",
        (int)(total->mixture.estimate + 0.5) / 1000, (int)(total->mixture.estimate + 0.5) % 1000);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&text), begin));
    inb_estimate_free(estimate);
    options.bootstrap = 5;
    estimate = NULL;
    INB_FAILS(inb_estimate_run(histories, &options, &estimate, err), INB_USAGE, "each of 6 draws");
    inb_draws_free(draws);
    inb_histories_free(histories);
    inb_folder_remove(folder);
}
INB_END

INB_TEST(groups_have_their_own) {
    char folder[INB_TEMP_PATH];
    fill(folder);
    inb_folder_take(folder, "rates.json");
    inb_histories *histories = table(folder, 1);
    inb_draws *draws = NULL;
    inb_estimate *estimate = NULL;
    INB_OK_IS(inb_draws_read(folder, histories, &draws, err));
    inb_estimate_options options = plain;
    options.draws = draws;
    options.bootstrap = 120;
    INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
    ck_assert(has_warning(&estimate->total, "no_rates"));
    ck_assert(estimate->total.interval.kind == INB_INTERVAL_MIXTURE);
    ck_assert_uint_eq(estimate->group_count, 2);
    for (size_t g = 0; g < 2; g++) {
        ck_assert(estimate->groups[g].has_mixture);
        ck_assert(estimate->groups[g].interval.kind == INB_INTERVAL_MIXTURE);
        ck_assert(estimate->total.interval.low > estimate->groups[g].interval.low);
    }
    inb_estimate_free(estimate);
    inb_draws_free(draws);
    inb_histories_free(histories);
    inb_folder_remove(folder);
}
INB_END

// Seen often, n varies much: the interval that holds n fixed is narrower than the one that does
// not.
INB_TEST(replicates_from_the_model_are_wider) {
    static const char *const lists[] = {"a", "b"};
    const int64_t counts[] = {0, 100, 100, 300};
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_from_counts(lists, 2, counts, &histories, err));
    double width[2];
    for (int parametric = 0; parametric < 2; parametric++) {
        inb_estimate_options options = plain;
        options.method = INB_COUNT_INDEPENDENCE;
        options.bootstrap = 4000;
        options.parametric = parametric == 1;
        inb_estimate *estimate = NULL;
        INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
        ck_assert(estimate->total.interval.kind == INB_INTERVAL_BCA);
        width[parametric] = estimate->total.interval.high - estimate->total.interval.low;
        inb_estimate_free(estimate);
    }
    // Var N = N hidden / both = 59; with n fixed less N hidden / n = 35.6 of it.
    INB_NEAR_REL(width[1] / width[0], sqrt(59.26 / (59.26 - 35.56)), 0.1);
    inb_estimate_options options = plain;
    options.parametric = true;
    inb_estimate *estimate = NULL;
    INB_FAILS(inb_estimate_run(histories, &options, &estimate, err), INB_USAGE, "replicates");
    inb_histories_free(histories);
}
INB_END

static inb_status once(const inb_histories *histories, const inb_draws *draws, inb_error *err) {
    inb_estimate_options options = plain;
    options.draws = draws;
    options.bootstrap = 6;
    options.parametric = true;
    INB_CLEANUP(inb_estimate_freep) inb_estimate *estimate = NULL;
    return inb_estimate_run(histories, &options, &estimate, err);
}

INB_TEST(memory_may_run_out) {
    char folder[INB_TEMP_PATH];
    fill(folder);
    inb_histories *histories = table(folder, 1);
    inb_draws *draws = NULL;
    INB_OK_IS(inb_draws_read(folder, histories, &draws, err));
    INB_SWEEP(once(histories, draws, err));
    inb_draws_free(draws);
    inb_histories_free(histories);
    inb_folder_remove(folder);
}
INB_END

INB_TEST_MAIN("4_count/carried", the_mixture_leads, what_the_draws_contradict_is_said,
    groups_have_their_own, replicates_from_the_model_are_wider, memory_may_run_out)
