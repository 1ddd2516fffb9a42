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
    INB_OK_IS(inb_people_read_memory(names, data, lengths, 3, NULL, NULL, 0, 1, &people, err));
    INB_OK_IS(inb_link_run(people, &options, &linked, err));
}

static void drop(void) {
    inb_linked_freep(&linked);
    inb_people_freep(&people);
}

// The first `count` pairs have this chance, all others hardly any, and nobody is joined.
static void set_chances(double chance, size_t count) {
    for (size_t i = 0; i < linked->pair_count; i++) {
        double mine = i < count ? chance : 1e-9;
        linked->weight[i] = (float)(log(mine / (1 - mine)) - inb_linked_prior_logit(linked, i));
        linked->probability[i] = (float)mine;
    }
    for (size_t r = 0; r < people->count; r++) {
        linked->person[r] = (uint32_t)r;
    }
}

static size_t active_of(bool by_groups) {
    inb_draw_candidates candidates;
    INB_OK_IS(inb_draw_candidates_new(linked, by_groups, &candidates, err));
    size_t active = candidates.active;
    inb_draw_candidates_clear(&candidates);
    return active;
}

INB_TEST(what_is_left_out_is_little) {
    link_three();
    ck_assert_uint_gt(linked->across_count, 6);
    set_chances(0.02, 5);
    ck_assert_uint_eq(active_of(true), 5);
    set_chances(0.003, 5); // below 0.01, but all that is expected
    ck_assert_uint_eq(active_of(true), 5);
    ck_assert_uint_eq(active_of(false), 0);
    set_chances(0.00015, 5); // next to nothing beside one sure link
    linked->probability[5] = 1;
    linked->weight[5] = (float)(9 - inb_linked_prior_logit(linked, 5));
    ck_assert_uint_eq(active_of(true), 1);
    linked->person[linked->pairs[0].a] = linked->person[linked->pairs[0].b]; // joined as made
    ck_assert_uint_eq(active_of(true), 2);
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
        INB_NEAR_ABS(
            log_ratio - inb_draw_cost(linked->fit, one), inb_draw_weight(linked->fit, one), 1e-3);
        ck_assert(one->across);
        for (size_t j = 0; j < i; j++) { // each pair once
            const inb_pair *pair = &candidates.at[j].pair;
            ck_assert(pair->a != one->pair.a || pair->b != one->pair.b);
        }
    }
    inb_draw_candidates_clear(&candidates);
    // Of two that are likely partners of the first record the pair is weighed, though it is none.
    set_chances(0.5, 0);
    for (size_t i = 0; i < linked->across_count; i++) {
        const inb_pair *pair = &linked->pairs[i];
        bool first = pair->a == 0 && (pair->b == 4 || pair->b == 8);
        linked->weight[i] = first ? (float)-inb_linked_prior_logit(linked, i) : linked->weight[i];
    }
    INB_OK_IS(inb_draw_candidates_new(linked, true, &candidates, err));
    ck_assert_uint_eq(candidates.active, 2);
    ck_assert_uint_eq(candidates.count, 3);
    ck_assert_uint_eq(candidates.at[2].pair.a, 4);
    ck_assert_uint_eq(candidates.at[2].pair.b, 8);
    ck_assert(candidates.at[2].pair.pattern != 0);
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
