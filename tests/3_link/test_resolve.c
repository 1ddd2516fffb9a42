// SPDX-License-Identifier: EUPL-1.2
// From weights to persons: one to one between lists, clusters in one, both from known weights.

#include "inb_link_case.h"
#include "inb_test.h"
#include "linked.h"

#include "base/alloc.h"

#include <inbeeld/buffer.h>

struct given {
    uint32_t a;
    uint32_t b;
    float weight;
};

static void resolve(inb_people *people, const struct given *given, size_t count, uint32_t *person) {
    inb_linked *linked = inb_alloc(1, sizeof *linked);
    linked->people = people;
    linked->pairs = inb_alloc(count, sizeof *linked->pairs);
    linked->weight = inb_alloc(count, sizeof *linked->weight);
    linked->probability = inb_alloc(count, sizeof *linked->probability);
    linked->person = inb_alloc(people->count, sizeof *linked->person);
    linked->unique = inb_alloc(people->file_count, sizeof *linked->unique);
    linked->pair_count = linked->across_count = count;
    linked->prior_across = linked->prior_within = 0.01;
    for (size_t i = 0; i < count; i++) {
        linked->pairs[i] = inb_pair_make(given[i].a, given[i].b, 0, 0);
        linked->weight[i] = given[i].weight;
    }
    INB_OK_IS(inb_linked_resolve(linked, err));
    memcpy(person, linked->person, people->count * sizeof *person);
    for (size_t i = 0; i < count; i++) {
        ck_assert(linked->probability[i] >= 0 && linked->probability[i] <= 1);
    }
    inb_linked_free(linked);
}

INB_TEST(one_to_one) {
    inb_people *people = NULL;
    uint32_t person[8];
    INB_OK_IS(inb_case_read(inb_case_a, inb_case_b, NULL, 0, &people, err));
    // 0 is near 4 and 5; 1 only near 5: together 0-4 and 1-5 is best, though 0-5 is the best pair.
    const struct given given[] = {{0, 4, 8}, {0, 5, 9}, {1, 5, 8.5F}, {2, 6, 1}};
    resolve(people, given, 4, person);
    ck_assert_uint_eq(person[0], person[4]);
    ck_assert_uint_eq(person[1], person[5]);
    ck_assert_uint_ne(person[3], person[7]);
    inb_people_freep(&people);
}
INB_END

// Two lists of `size` records; the first `linked` of both are sure pairs, the two after them weigh
// little. Returns whether these two are joined.
static bool left_over(uint32_t size, uint32_t sure) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 16);
    inb_people *people = NULL;
    struct given given[64];
    uint32_t person[128];
    inb_buffer_text(&text, "id,surname\n");
    for (uint32_t i = 0; i < size; i++) {
        inb_buffer_format(&text, "%u,b\n", i);
    }
    INB_OK_IS(inb_case_read(inb_buffer_get(&text), inb_buffer_get(&text), NULL, 0, &people, err));
    for (uint32_t i = 0; i <= sure; i++) {
        given[i] = (struct given){i, size + i, i < sure ? 12 : 4.5F};
    }
    resolve(people, given, sure + 1, person);
    inb_people_freep(&people);
    return person[sure] == person[size + sure];
}

// A link of weight 4.5 at a prior of 0.01 does not stand by itself. Where 40 of 42 have a partner,
// one more has prior odds of 41 / 4; where 4 of 42 have one, 5 / 38^2.
INB_TEST(what_is_left_over_belongs_together_where_most_do) {
    ck_assert(left_over(42, 40));
    ck_assert(!left_over(42, 4));
}
INB_END

INB_TEST(clusters) {
    inb_people *people = NULL;
    uint32_t person[4];
    INB_OK_IS(inb_case_read(inb_case_a, NULL, NULL, 0, &people, err));
    const struct given given[] = {{0, 1, 20}, {1, 2, 20}, {0, 2, 20}, {2, 3, -3}};
    resolve(people, given, 4, person);
    ck_assert_uint_eq(person[0], 0);
    ck_assert_uint_eq(person[1], 0);
    ck_assert_uint_eq(person[2], 0);
    ck_assert_uint_eq(person[3], 1);
    inb_people_freep(&people);
}
INB_END

INB_TEST_MAIN(
    "3_link/resolve", one_to_one, what_is_left_over_belongs_together_where_most_do, clusters)
