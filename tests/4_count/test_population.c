// SPDX-License-Identifier: EUPL-1.2
// Rates per 100,000 against hand calculation: columns that match, columns summed over, groups that
// share a denominator, and what is wrong with a file.

#include "base/alloc.h"
#include "inb_sweep.h"
#include "inb_test.h"

#include <inbeeld/population.h>

#include <string.h>

static const char table[] =
    "a,b,sex,form,count\n1,0,f,labour,50\n0,1,f,labour,40\n1,1,f,labour,10\n"
    "1,0,m,labour,60\n0,1,m,labour,30\n1,1,m,labour,9\n"
    "1,0,m,sexual,20\n0,1,m,sexual,20\n1,1,m,sexual,5\n";
static const char *const by[] = {"sex", "form"};

static inb_estimate *estimate_of(size_t groups) {
    inb_histories *histories = NULL;
    inb_estimate *estimate = NULL;
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    INB_OK_IS(
        inb_histories_read_memory("t.csv", table, sizeof table - 1, by, groups, &histories, err));
    INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
    inb_histories_free(histories);
    return estimate;
}

static inb_status read_text(
    const char *text, const inb_estimate *estimate, inb_population **population, inb_error *err) {
    return inb_population_read_memory("p.csv", text, strlen(text), estimate, population, err);
}

INB_TEST(rates_by_hand) {
    inb_estimate *estimate = estimate_of(2);
    inb_population *population = NULL;
    // Ages are summed over; a form has no population of its own; children nobody asked for.
    INB_OK_IS(
        read_text("sex,age,population\nm,20,1000000\nf,20,1500000\nm,30,2000000\nf,30,500000\n"
                  "x,30,77\n",
            estimate, &population, err));
    ck_assert_uint_eq(population->used_count, 1);
    ck_assert_uint_eq(population->group_count, 3);
    INB_NEAR_REL(population->groups[0].population, 2e6, 1e-12);
    INB_NEAR_REL(population->groups[1].population, 3e6, 1e-12);
    INB_NEAR_REL(population->groups[2].population, 3e6, 1e-12);
    INB_NEAR_REL(population->total.population, 5e6, 1e-12); // men once
    INB_NEAR_REL(population->groups[0].seen, 100 / 20.0, 1e-12);
    INB_NEAR_REL(population->groups[0].estimate, 60.0 * 50 / 10 / 20, 1e-9);
    INB_NEAR_REL(population->total.estimate, estimate->total.estimate / 50, 1e-12);
    for (size_t g = 0; g <= 3; g++) { // intervals of rates are those of counts over people
        const inb_figures *figures = g < 3 ? &estimate->groups[g] : &estimate->total;
        const inb_rates *rates = g < 3 ? &population->groups[g] : &population->total;
        ck_assert(figures->has_interval && rates->has_interval);
        INB_NEAR_REL(rates->low, figures->interval.low / rates->population * 1e5, 1e-12);
        INB_NEAR_REL(rates->high, figures->interval.high / rates->population * 1e5, 1e-12);
    }
    inb_buffer out = INB_BUFFER_INIT(1 << 16);
    inb_population_json(population, estimate, &out);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "\"indicator\":\"SDG 16.2.2\""));
    ck_assert_ptr_nonnull(
        strstr(inb_buffer_get(&out), "{\"group\":{\"sex\":\"f\",\"form\":\"labour\"},"));
    inb_buffer_reset(&out);
    inb_population_text(population, estimate, &out);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "  f, labour  5.00 seen, 15.00 in all"));
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "are not split by form: groups"));
    ck_assert_ptr_null(strstr(inb_buffer_get(&out), "are not split by sex"));
    inb_buffer_clear(&out);
    inb_population_free(population);
    inb_estimate_free(estimate);
}
INB_END

INB_TEST(without_groups_all_rows_add_up) {
    inb_estimate *estimate = estimate_of(0);
    inb_population *population = NULL;
    INB_OK_IS(read_text("sex,population\nm,1e5\nf,100000\n", estimate, &population, err));
    INB_NEAR_REL(population->total.population, 200000, 1e-12);
    INB_NEAR_REL(population->total.seen, 244 / 2.0, 1e-12);
    inb_population_free(population);
    inb_estimate_free(estimate);
}
INB_END

INB_TEST(what_is_wrong_has_its_place) {
    inb_estimate *estimate = estimate_of(1);
    inb_population *population = NULL;
    INB_FAILS(
        read_text("sex,people\nm,3\n", estimate, &population, err), INB_BAD_INPUT, "population");
    INB_FAILS(read_text("sex,population\nm,some\nf,3\n", estimate, &population, err), INB_BAD_INPUT,
        "p.csv:2:3");
    INB_FAILS(read_text("sex,population\nm,-1\nf,3\n", estimate, &population, err), INB_BAD_INPUT,
        "expected a number of people");
    INB_FAILS(
        read_text("sex,population\nm,300\n", estimate, &population, err), INB_BAD_INPUT, "group 1");
    INB_FAILS(read_text("sex,population\nm,300\nf,0\n", estimate, &population, err), INB_BAD_INPUT,
        "add up to nobody");
    INB_FAILS(read_text("sex,population\nm,300\nf,99\n", estimate, &population, err), INB_BAD_INPUT,
        "not thousands");
    INB_FAILS(read_text("sex,age,population\nm,1,300\nf,1,200\nf,2,200\nm,1,300\n", estimate,
                  &population, err),
        INB_BAD_INPUT, "p.csv:5:1: found the same group as in line 2");
    INB_FAILS(
        inb_population_read("/no/p.csv", estimate, &population, err), INB_BAD_INPUT, "/no/p.csv");
    ck_assert_ptr_null(population);
    inb_estimate_free(estimate);
}
INB_END

// People whose sex nobody wrote down have no population, and are part of all.
INB_TEST(an_unknown_group_has_no_rate) {
    static const char text[] =
        "a,b,sex,count\n1,0,f,50\n0,1,f,40\n1,1,f,10\n1,0,,6\n0,1,,3\n1,1,,2\n";
    inb_histories *histories = NULL;
    inb_estimate *estimate = NULL;
    inb_population *population = NULL;
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    INB_OK_IS(inb_histories_read_memory("t.csv", text, sizeof text - 1, by, 1, &histories, err));
    INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
    INB_OK_IS(read_text("sex,population\nf,1000\nm,1000\n", estimate, &population, err));
    ck_assert(population->groups[0].given && !population->groups[1].given);
    INB_NEAR_REL(population->total.seen, 111 * 100, 1e-12);
    inb_buffer out = INB_BUFFER_INIT(1 << 16);
    inb_population_json(population, estimate, &out);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "{\"sex\":null},\"population\":null"));
    inb_buffer_reset(&out);
    inb_population_text(population, estimate, &out);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "(not known)  no rate"));
    inb_buffer_clear(&out);
    inb_population_free(population);
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}
INB_END

static inb_status once(const inb_estimate *estimate, inb_error *err) {
    INB_CLEANUP(inb_population_freep) inb_population *population = NULL;
    return read_text("sex,population\nm,300\nf,400\n", estimate, &population, err);
}

INB_TEST(memory_may_run_out) {
    inb_estimate *estimate = estimate_of(1);
    INB_SWEEP(once(estimate, err));
    inb_estimate_free(estimate);
}
INB_END

INB_TEST_MAIN("4_count/population", rates_by_hand, without_groups_all_rows_add_up,
    what_is_wrong_has_its_place, an_unknown_group_has_no_rate, memory_may_run_out)
