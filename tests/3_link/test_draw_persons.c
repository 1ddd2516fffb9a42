// SPDX-License-Identifier: EUPL-1.2
// Persons drawn over three and four lists against every way to make them, enumerated, with the
// exact chance: trees listed one by one, the prior by gamma functions.

#include "draw_persons.h"

#include "base/alloc.h"
#include "inb_sweep.h"
#include "inb_test.h"
#include "partitions.h"

#include <math.h>
#include <string.h>

enum { NODES = 6, GROUPS = 2, CODES = 46656, DRAWS = 8000, MOST_EDGES = 16 };

static const uint32_t none = UINT32_MAX;

struct test_case {
    inb_persons_input input;
    inb_person_edge edges[MOST_EDGES];
    float ratio[MOST_EDGES * GROUPS];
    float cost[MOST_EDGES];
};

static uint32_t edge_of(const inb_persons_input *input, uint32_t a, uint32_t b) {
    for (uint32_t e = 0; e < input->edge_count; e++) {
        if ((input->edges[e].a == a && input->edges[e].b == b) ||
            (input->edges[e].a == b && input->edges[e].b == a)) {
            return e;
        }
    }
    return none;
}

// Whether these edges of `count` records, one bit each pair, reach all of them.
static bool spans(const uint8_t pair[][2], unsigned set, size_t pairs, size_t count) {
    uint32_t least[NODES];
    for (uint32_t i = 0; i < count; i++) {
        least[i] = i;
    }
    for (size_t round = 0; round < count; round++) {
        for (size_t p = 0; p < pairs; p++) {
            if ((set >> p & 1) != 0) {
                uint32_t x = least[pair[p][0]];
                uint32_t y = least[pair[p][1]];
                least[pair[p][0]] = least[pair[p][1]] = x < y ? x : y;
            }
        }
    }
    bool all = true;
    for (size_t i = 0; i < count; i++) {
        all = all && least[i] == 0;
    }
    return all;
}

// Sum over trees by trying every set of count - 1 pairs.
static double mean_of_trees(double w[NODES][NODES], size_t count) {
    uint8_t pair[NODES * NODES][2];
    size_t pairs = 0;
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < i; j++) {
            pair[pairs][0] = (uint8_t)i;
            pair[pairs++][1] = (uint8_t)j;
        }
    }
    for (unsigned set = 0; set < 1U << pairs; set++) {
        if ((size_t)__builtin_popcount(set) + 1 == count && spans(pair, set, pairs, count)) {
            double product = 1;
            for (size_t p = 0; p < pairs; p++) {
                product *= (set >> p & 1) != 0 ? w[pair[p][0]][pair[p][1]] : 1;
            }
            sum += product;
        }
    }
    return sum / pow((double)count, (double)count - 2);
}

static double chance_of_person(
    const inb_persons_input *input, const uint32_t *records, size_t count) {
    double cost = 0;
    double chance = 1;
    double linked[NODES][NODES] = {{0}};
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < i; j++) {
            uint32_t e = edge_of(input, records[i], records[j]);
            cost += e == none ? 0 : (double)input->cost[e];
            linked[i][j] = linked[j][i] = e == none ? 0 : 1;
        }
    }
    if (count < 2) {
        return 1;
    }
    if (!(mean_of_trees(linked, count) > 0)) {
        return 0;
    }
    for (size_t g = 0; g < GROUPS; g++) {
        double w[NODES][NODES] = {{0}};
        uint32_t kept[NODES];
        size_t here = 0;
        for (size_t i = 0; i < count; i++) {
            bool filled = false;
            for (size_t j = 0; j < count; j++) {
                uint32_t e = i == j ? none : edge_of(input, records[i], records[j]);
                filled = filled || (e != none && input->ratio[e * GROUPS + g] >= 0);
            }
            if (filled) {
                kept[here++] = records[i];
            }
        }
        for (size_t i = 0; i < here; i++) {
            for (size_t j = 0; j < here; j++) {
                uint32_t e = i == j ? none : edge_of(input, kept[i], kept[j]);
                float ratio = e == none ? 0 : input->ratio[e * GROUPS + g];
                w[i][j] = ratio < 0 ? 1 : (double)ratio;
            }
        }
        chance *= here < 2 ? 1 : mean_of_trees(w, here);
    }
    return chance * exp(-2 * cost / (double)count);
}

// 0 where a person has two records of a list, or none holds it together.
static double chance_of_all(const inb_persons_input *input, const uint32_t *person) {
    double chance = 1;
    double with[16] = {0};
    for (uint32_t p = 0; p < NODES; p++) {
        uint32_t records[NODES];
        size_t count = 0;
        unsigned history = 0;
        for (uint32_t r = 0; r < NODES; r++) {
            if (person[r] == p) {
                if ((history >> input->list[r] & 1) != 0) {
                    return 0;
                }
                history |= 1U << input->list[r];
                records[count++] = r;
            }
        }
        with[history] += count > 0 ? 1 : 0;
        chance *= chance_of_person(input, records, count);
    }
    for (unsigned h = 1; h < 1U << input->lists; h++) {
        double lists = (double)input->lists;
        double alpha = __builtin_popcount(h) < 2 ? 1 : fmin(1, lists / exp2(lists - 1));
        chance *= exp(lgamma(with[h] + alpha) - lgamma(alpha));
    }
    return chance;
}

static size_t code_of(const uint32_t *person) {
    size_t code = 0;
    for (size_t i = 0; i < NODES; i++) {
        code = code * NODES + person[i];
    }
    return code;
}

// Of the pairs of two lists a tenth of `left_out` is no edge; which, ratios and blanks by the
// stream.
static void make(struct test_case *tc, size_t lists, const uint32_t *list, uint64_t seed,
    uint32_t left_out, size_t inactive) {
    inb_rng rng = inb_rng_make(seed, 5);
    size_t count = 0;
    for (uint32_t a = 0; a < NODES; a++) {
        for (uint32_t b = a + 1; b < NODES; b++) {
            if (list[a] != list[b] && inb_rng_below(&rng, 10) >= left_out) {
                tc->edges[count] = (inb_person_edge){a, b};
                tc->cost[count] = count % 3 == 0 ? 0.4F : 0;
                for (size_t g = 0; g < GROUPS; g++) {
                    bool blank = inb_rng_below(&rng, 5) == 0;
                    tc->ratio[count * GROUPS + g] =
                        blank ? -1 : (float)exp(3 * inb_rng_uniform(&rng) - 1.2);
                }
                count++;
            }
        }
    }
    tc->input = (inb_persons_input){
        NODES, lists, GROUPS, list, tc->edges, count, count - inactive, tc->ratio, tc->cost};
}

static void check(const struct test_case *tc) {
    static double chance[CODES];
    static double seen[CODES];
    double sum = 0;
    size_t ways = 0;
    memset(chance, 0, sizeof chance);
    memset(seen, 0, sizeof seen);
    for (size_t code = 0; code < CODES; code++) {
        uint32_t person[NODES];
        if (partition_of(code, NODES, person)) {
            chance[code] = chance_of_all(&tc->input, person);
            sum += chance[code];
            ways += chance[code] > 0 ? 1 : 0;
        }
    }
    for (uint64_t k = 0; k < DRAWS; k++) {
        inb_rng rng = inb_rng_make(17, k);
        uint32_t person[NODES] = {0, 1, 2, 3, 4, 5};
        size_t persons = 0;
        INB_OK_IS(inb_draw_persons(&tc->input, 8, &rng, person, &persons, err));
        ck_assert_uint_le(persons, NODES);
        seen[code_of(person)]++;
    }
    double square = 0;
    for (size_t code = 0; code < CODES; code++) {
        double due = DRAWS * chance[code] / sum;
        ck_assert_msg(fabs(seen[code] - due) <= 4.5 * sqrt(due) + 1, "%zu: %g, due %g", code,
            seen[code], due);
        square += due > 0 ? (seen[code] - due) * (seen[code] - due) / due : 0;
    }
    double free = (double)ways - 1;
    printf("# %zu ways, chi-square %.1f\n", ways, square);
    ck_assert_msg(square < free + 4 * sqrt(2 * free), "chi-square %g of %g", square, free);
}

static const uint32_t three[NODES] = {0, 0, 1, 1, 2, 2};
static const uint32_t four[NODES] = {0, 1, 1, 2, 3, 3};

INB_TEST(three_lists_as_often_as_enumerated) {
    struct test_case tc;
    make(&tc, 3, three, 3, 0, 0);
    check(&tc);
}
INB_END

INB_TEST(three_lists_some_pairs_unknown) {
    struct test_case tc;
    make(&tc, 3, three, 21, 3, 0);
    check(&tc);
}
INB_END

INB_TEST(four_lists_as_often_as_enumerated) {
    struct test_case tc;
    make(&tc, 4, four, 8, 0, 0);
    check(&tc);
}
INB_END

INB_TEST(four_lists_some_pairs_unknown) {
    struct test_case tc;
    make(&tc, 4, four, 9, 3, 0);
    check(&tc);
}
INB_END

INB_TEST(a_start_of_no_chance_is_taken_apart) {
    const inb_person_edge edges[] = {{0, 2}, {1, 3}};
    const float ratio[] = {5, 5, 5, 5};
    const float cost[] = {0, 0};
    const inb_persons_input input = {NODES, 3, GROUPS, three, edges, 2, 2, ratio, cost};
    uint32_t person[NODES] = {0, 1, 0, 1, 0, 1}; // 4 and 5 are held by nothing
    size_t persons = 0;
    inb_rng rng = inb_rng_make(1, 1);
    INB_OK_IS(inb_draw_persons(&input, 0, &rng, person, &persons, err));
    ck_assert_uint_ne(person[4], person[0]);
    ck_assert_uint_ne(person[5], person[1]);
    ck_assert_uint_ge(persons, 4);
    INB_OK_IS(inb_draw_persons(&input, 50, &rng, person, &persons, err));
    ck_assert_uint_ge(persons, 4);
}
INB_END

static inb_status once(inb_error *err) {
    struct test_case tc;
    inb_rng rng = inb_rng_make(1, 1);
    uint32_t person[NODES] = {0, 1, 2, 3, 4, 5};
    size_t persons;
    make(&tc, 3, three, 3, 0, 2);
    return inb_draw_persons(&tc.input, 5, &rng, person, &persons, err);
}

INB_TEST(sweep) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("3_link/draw_persons", three_lists_as_often_as_enumerated,
    three_lists_some_pairs_unknown, four_lists_as_often_as_enumerated,
    four_lists_some_pairs_unknown, a_start_of_no_chance_is_taken_apart, sweep)
