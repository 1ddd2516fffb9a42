// SPDX-License-Identifier: EUPL-1.2
// Clusters: chains resisted, lists respected, and near the best of all partitions of few nodes.

#include "cluster.h"
#include "inb_sweep.h"
#include "inb_test.h"

#include <inbeeld/rng.h>

#include <string.h>

enum { NODES = 6 };

// The best value over all partitions, by restricted growth strings.
static double best(const inb_cluster_input *input, uint32_t *person, size_t at, uint32_t used) {
    if (at == input->nodes) {
        return inb_cluster_value(input, person);
    }
    double most = -1e9;
    for (uint32_t p = 0; p <= used; p++) {
        person[at] = p;
        double value = best(input, person, at + 1, p == used ? used + 1 : used);
        most = value > most ? value : most;
    }
    return most;
}

INB_TEST(near_the_best_partition) {
    inb_rng rng = inb_rng_make(8, 0);
    size_t reached = 0;
    double lost = 0;
    double sum = 0;
    enum { ROUNDS = 400 };
    for (size_t round = 0; round < ROUNDS; round++) {
        inb_edge edges[NODES * NODES];
        size_t count = 0;
        for (uint32_t i = 0; i < NODES; i++) {
            for (uint32_t j = i + 1; j < NODES; j++) {
                if (inb_rng_below(&rng, 3) > 0) {
                    edges[count++] = (inb_edge){i, j, (float)inb_rng_uniform(&rng) - 0.5F};
                }
            }
        }
        inb_cluster_input input = {NODES, edges, count, -0.3, NULL};
        uint32_t person[NODES];
        uint32_t tried[NODES];
        size_t persons;
        INB_OK_IS(inb_cluster(&input, person, &persons, err));
        double most = best(&input, tried, 0, 0);
        double value = inb_cluster_value(&input, person);
        ck_assert(value <= most + 1e-6 && value >= -1e-6);
        reached += value >= most - 1e-6 ? 1 : 0;
        lost += most - value;
        sum += most;
    }
    ck_assert_msg(reached * 100 >= ROUNDS * 80, "best in %zu of %d", reached, ROUNDS);
    ck_assert_msg(lost < 0.05 * sum, "lost %g of %g", lost, sum);
}
INB_END

INB_TEST(a_chain_does_not_join_its_ends) {
    enum { LONG = 40 };
    inb_edge edges[LONG];
    uint32_t person[LONG];
    size_t persons;
    for (uint32_t i = 0; i + 1 < LONG; i++) {
        edges[i] = (inb_edge){i, i + 1, 0.2F};
    }
    inb_cluster_input input = {LONG, edges, LONG - 1, -0.5, NULL};
    INB_OK_IS(inb_cluster(&input, person, &persons, err));
    ck_assert_uint_eq(persons, LONG / 2);
    ck_assert_uint_ne(person[0], person[LONG - 1]);
}
INB_END

INB_TEST(a_list_holds_each_person_once) {
    inb_edge edges[] = {{0, 2, .4F}, {1, 2, .45F}, {0, 1, .4F}};
    uint32_t list[] = {0, 0, 1};
    uint32_t person[3];
    size_t persons;
    inb_cluster_input input = {3, edges, 3, -0.5, list};
    INB_OK_IS(inb_cluster(&input, person, &persons, err));
    ck_assert_uint_eq(persons, 2);
    ck_assert_uint_ne(person[0], person[1]);
    ck_assert_uint_eq(person[1], person[2]);
    ck_assert_uint_eq(person[0], 0);
    input.list = NULL;
    INB_OK_IS(inb_cluster(&input, person, &persons, err));
    ck_assert_uint_eq(persons, 1);
}
INB_END

static inb_status once(inb_error *err) {
    inb_edge edges[] = {{0, 2, .4F}, {1, 2, .45F}, {0, 1, .4F}};
    uint32_t person[3];
    size_t persons;
    inb_cluster_input input = {3, edges, 3, -0.5, NULL};
    return inb_cluster(&input, person, &persons, err);
}

INB_TEST(memory_refused) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("3_link/cluster", near_the_best_partition, a_chain_does_not_join_its_ends,
    a_list_holds_each_person_once, memory_refused)
