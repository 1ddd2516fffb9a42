// SPDX-License-Identifier: EUPL-1.2
// Drawn matchings and partitions against every one there is, enumerated, with its exact chance.

#include "draw_structure.h"

#include "base/alloc.h"
#include "inb_sweep.h"
#include "inb_test.h"
#include "partitions.h"

#include <math.h>
#include <string.h>

enum { DRAWS = 20000, LEFT = 4, RIGHT = 5 };

// Two nodes that are one another's rival, a chain, and an edge alone.
static const inb_edge edges[] = {{0, 0, 2.0F}, {0, 1, 2.5F}, {1, 0, 1.5F}, {1, 1, 3.0F},
    {2, 1, 0.5F}, {2, 2, -0.5F}, {3, 3, 1.0F}};
enum { EDGES = sizeof edges / sizeof edges[0] };

static double chance_of_matching(unsigned set) {
    unsigned left = 0;
    unsigned right = 0;
    unsigned links = 0;
    double score = 0;
    for (unsigned e = 0; e < EDGES; e++) {
        if ((set >> e & 1) != 0) {
            if ((left >> edges[e].a & 1) != 0 || (right >> edges[e].b & 1) != 0) {
                return 0;
            }
            left |= 1U << edges[e].a;
            right |= 1U << edges[e].b;
            score += (double)edges[e].score;
            links++;
        }
    }
    return exp(score + lgamma(links + 1) + lgamma(LEFT - links + 1) + lgamma(RIGHT - links + 1));
}

INB_TEST(matchings_as_often_as_enumerated) {
    double chance[1 << EDGES];
    double sum = 0;
    for (unsigned set = 0; set < 1 << EDGES; set++) {
        chance[set] = chance_of_matching(set);
        sum += chance[set];
    }
    double seen[1 << EDGES] = {0};
    for (uint64_t k = 0; k < DRAWS; k++) {
        inb_rng rng = inb_rng_make(7, k);
        bool together[EDGES] = {true, false, false, true};
        INB_OK_IS(inb_draw_matching(LEFT, RIGHT, edges, EDGES, 12, &rng, together, err));
        unsigned set = 0;
        for (unsigned e = 0; e < EDGES; e++) {
            set |= together[e] ? 1U << e : 0;
        }
        seen[set]++;
    }
    for (unsigned set = 0; set < 1 << EDGES; set++) {
        double due = DRAWS * chance[set] / sum;
        ck_assert_msg(
            fabs(seen[set] - due) <= 4.5 * sqrt(due) + 1e-9, "%u: %g, due %g", set, seen[set], due);
    }
}
INB_END

enum { NODES = 5, CODES = 3125 };

static size_t code_of(const uint32_t *person) {
    size_t code = 0;
    for (size_t i = 0; i < NODES; i++) {
        code = code * NODES + person[i];
    }
    return code;
}

static bool is_allowed(const inb_cluster_input *input, const uint32_t *person) {
    for (size_t i = 0; i < NODES; i++) {
        for (size_t j = 0; input->list != NULL && j < i; j++) {
            if (person[i] == person[j] && input->list[i] == input->list[j] &&
                input->list[i] != UINT32_MAX) {
                return false;
            }
        }
    }
    return true;
}

// Every part hangs together by edges: the least number of a part spreads along them to all of it.
static bool hangs_together(const inb_cluster_input *input, const uint32_t *person) {
    uint32_t least[NODES];
    for (uint32_t i = 0; i < NODES; i++) {
        least[i] = i;
    }
    for (size_t round = 0; round < NODES; round++) {
        for (size_t e = 0; e < input->edge_count; e++) {
            uint32_t a = input->edges[e].a;
            uint32_t b = input->edges[e].b;
            if (person[a] == person[b]) {
                uint32_t both = least[a] < least[b] ? least[a] : least[b];
                least[a] = both;
                least[b] = both;
            }
        }
    }
    for (size_t i = 0; i < NODES; i++) {
        for (size_t j = 0; j < i; j++) {
            if (person[i] == person[j] && least[i] != least[j]) {
                return false;
            }
        }
    }
    return true;
}

static void check_partitions(const inb_cluster_input *input) {
    static double chance[CODES];
    static double seen[CODES];
    double sum = 0;
    memset(chance, 0, sizeof chance);
    memset(seen, 0, sizeof seen);
    for (size_t code = 0; code < CODES; code++) {
        uint32_t person[NODES];
        if (partition_of(code, NODES, person) && is_allowed(input, person) &&
            hangs_together(input, person)) {
            chance[code] = exp(inb_cluster_value(input, person));
            sum += chance[code];
        }
    }
    for (uint64_t k = 0; k < DRAWS; k++) {
        inb_rng rng = inb_rng_make(11, k);
        uint32_t person[NODES] = {0, 1, 0, 3, 4};
        size_t persons = 0;
        INB_OK_IS(inb_draw_partition(input, 12, &rng, person, &persons, err));
        ck_assert_uint_le(persons, NODES);
        seen[code_of(person)]++;
    }
    for (size_t code = 0; code < CODES; code++) {
        double due = DRAWS * chance[code] / sum;
        ck_assert_msg(fabs(seen[code] - due) <= 4.5 * sqrt(due) + 1e-9, "%zu: %g, due %g", code,
            seen[code], due);
    }
}

static const inb_edge near[] = {
    {0, 1, 1.0F}, {0, 2, 2.0F}, {1, 2, -0.5F}, {2, 3, 0.5F}, {1, 3, 1.0F}, {3, 4, 0.3F}};

INB_TEST(partitions_as_often_as_enumerated) {
    inb_cluster_input input = {NODES, near, 6, -0.7, NULL};
    check_partitions(&input);
    const uint32_t list[NODES] = {0, 0, 1, UINT32_MAX, 1};
    input.list = list;
    check_partitions(&input);
}
INB_END

static inb_status once(inb_error *err) {
    inb_rng rng = inb_rng_make(1, 1);
    bool together[EDGES] = {false};
    uint32_t person[NODES] = {0, 1, 2, 3, 4};
    size_t persons;
    const inb_cluster_input input = {NODES, near, 6, -0.7, NULL};
    INB_TRY(inb_draw_matching(LEFT, RIGHT, edges, EDGES, 2, &rng, together, err));
    return inb_draw_partition(&input, 2, &rng, person, &persons, err);
}

INB_TEST(sweep) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("3_link/draw_structure", matchings_as_often_as_enumerated,
    partitions_as_often_as_enumerated, sweep)
