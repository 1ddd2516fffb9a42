// SPDX-License-Identifier: EUPL-1.2
// Which pairs draws choose from: as few as leave out next to nothing, and what completes persons
// of three.

#include "draw_candidates.h"
#include "inb_link_case.h"
#include "inb_sweep.h"
#include "inb_test.h"

#include <math.h>

static inb_people *people;
static inb_linked *linked;

static const char third[] = "id,given_name,surname,birth_date,place,sector\n"
                            "p,Vroenka,Teldraan,1990-03-02,Oudwerd,farm\n"
                            "q,Misko,Brandelor,1985-07-14,,farm\n"
                            "r,Harbe,Zuidlander,1950-11-11,Harkstede,port\n";

static void link_three(void) {
    const char *const names[] = {"a.csv", "b.csv", "c.csv"};
    const char *const data[] = {inb_case_a, inb_case_b, third};
    const size_t lengths[] = {strlen(inb_case_a), strlen(inb_case_b), strlen(third)};
    inb_link_options options = INB_LINK_OPTIONS_INIT;
    INB_OK_IS(inb_people_read_memory(names, data, lengths, 3, NULL, NULL, 0, &people, err));
    INB_OK_IS(inb_link_run(people, &options, &linked, err));
}

static void drop(void) {
    inb_linked_freep(&linked);
    inb_people_freep(&people);
}

static bool is_active(const inb_draw_candidates *candidates, uint32_t a, uint32_t b) {
    for (size_t i = 0; i < candidates->active; i++) {
        const inb_pair *pair = &candidates->at[i].pair;
        if ((pair->a == a && pair->b == b) || (pair->a == b && pair->b == a)) {
            return true;
        }
    }
    return false;
}

INB_TEST(what_is_left_out_is_little) {
    inb_draw_candidates candidates;
    link_three();
    INB_OK_IS(inb_draw_candidates_new(linked, false, &candidates, err));
    double all = 0;
    double lowest = 1;
    double out = 0;
    for (size_t i = 0; i < linked->pair_count; i++) {
        const inb_pair *pair = &linked->pairs[i];
        double odds = (double)linked->weight[i] + inb_linked_prior_logit(linked, i);
        double chance = 1 / (1 + exp(-odds));
        all += chance;
        if (is_active(&candidates, pair->a, pair->b)) {
            lowest = fmin(lowest, chance);
        } else {
            out += chance;
            ck_assert_double_lt(chance, 0.01);
            ck_assert_uint_ne(linked->person[pair->a], linked->person[pair->b]);
        }
    }
    ck_assert_msg(out <= 0.002 * all || lowest < 0.001, "%g of %g left out", out, all);
    inb_draw_candidates_clear(&candidates);
    drop();
}
INB_END

INB_TEST(two_partners_of_one_record_are_weighed) {
    inb_draw_candidates candidates;
    link_three();
    INB_OK_IS(inb_draw_candidates_new(linked, true, &candidates, err));
    const float *parts = candidates.group_adjust;
    ck_assert_uint_eq(candidates.groups, linked->fit->layout.group_count);
    for (size_t i = 0; i < candidates.count; i++) {
        const inb_draw_candidate *one = &candidates.at[i];
        double sum = 0;
        float ratio[INB_FIT_FEATURES];
        double log_ratio = 0;
        inb_draw_ratios(linked->fit, &candidates, i, ratio);
        for (size_t g = 0; g < candidates.groups; g++) {
            sum += (double)parts[i * candidates.groups + g];
            log_ratio += ratio[g] < 0 ? 0 : log((double)ratio[g]);
        }
        INB_NEAR_ABS(sum, (double)one->adjust, 1e-4);
        INB_NEAR_ABS(log_ratio - inb_draw_cost(linked->fit, one),
            inb_draw_weight(linked->fit, one), 1e-3);
        ck_assert(one->across);
        for (size_t j = 0; j < i; j++) { // each pair once
            const inb_pair *pair = &candidates.at[j].pair;
            ck_assert(pair->a != one->pair.a || pair->b != one->pair.b);
        }
    }
    // Records 0, 4 and 8 are of one person: with two pairs of the three joined the third is there.
    size_t found = 0;
    for (size_t i = 0; i < candidates.count; i++) {
        const inb_pair *pair = &candidates.at[i].pair;
        found += pair->a % 4 == 0 && pair->b % 4 == 0 ? 1 : 0;
    }
    ck_assert_uint_eq(found, 3);
    inb_draw_candidates_clear(&candidates);
    drop();
}
INB_END

static inb_status once(inb_error *err) {
    inb_draw_candidates candidates = {0};
    inb_status status = inb_draw_candidates_new(linked, true, &candidates, err);
    inb_draw_candidates_clear(&candidates);
    return status;
}

INB_TEST(sweep) {
    link_three();
    INB_SWEEP(once(err));
    drop();
}
INB_END

INB_TEST_MAIN("3_link/draw_candidates", what_is_left_out_is_little,
    two_partners_of_one_record_are_weighed, sweep)
