// SPDX-License-Identifier: EUPL-1.2
// Chordal graphs: as many as are known, recognised as elimination of simplicial vertices does, and
// with the cliques that a plain search over all sets of vertices finds.

#include "inb_test.h"

#include "math/chordal.h"

#include <string.h>

static bool linked(uint32_t edges, unsigned a, unsigned b) {
    return a != b && (edges >> (a < b ? inb_edge(a, b) : inb_edge(b, a)) & 1) != 0;
}

static bool is_clique(unsigned count, uint32_t edges, unsigned set) {
    for (unsigned a = 0; a < count; a++) {
        for (unsigned b = a + 1; b < count; b++) {
            if ((set >> a & 1) != 0 && (set >> b & 1) != 0 && !linked(edges, a, b)) {
                return false;
            }
        }
    }
    return true;
}

// Dirac 1961: chordal where vertices whose neighbours form a clique can be taken away to the end.
static bool plain_chordal(unsigned count, uint32_t edges) {
    unsigned left = (1u << count) - 1;
    for (bool taken = true; taken && left != 0;) {
        taken = false;
        for (unsigned v = 0; v < count && !taken; v++) {
            unsigned near = 0;
            for (unsigned w = 0; w < count; w++) {
                near |= (left >> w & 1) != 0 && linked(edges, v, w) ? 1u << w : 0;
            }
            if ((left >> v & 1) != 0 && is_clique(count, edges, near)) {
                left &= ~(1u << v);
                taken = true;
            }
        }
    }
    return left == 0;
}

static void check_parts(unsigned count, const inb_chordal *graph) {
    unsigned maximal = 0;
    for (unsigned set = 1; set < 1u << count; set++) {
        bool is_maximal = is_clique(count, graph->edges, set);
        for (unsigned v = 0; v < count && is_maximal; v++) {
            is_maximal = (set >> v & 1) != 0 || !is_clique(count, graph->edges, set | 1u << v);
        }
        maximal += is_maximal;
        bool found = false;
        for (unsigned i = 0; i < graph->clique_count; i++) {
            found = found || graph->cliques[i] == set;
        }
        ck_assert(found == is_maximal);
    }
    ck_assert_uint_eq(maximal, graph->clique_count);
    // A junction tree: each vertex, and each edge, is in one clique more than in separators.
    for (unsigned a = 0; a < count; a++) {
        for (unsigned b = a; b < count; b++) {
            unsigned both = 1u << a | 1u << b;
            int sum = 0;
            for (unsigned i = 0; i < graph->clique_count; i++) {
                sum += (graph->cliques[i] & both) == both;
            }
            for (unsigned i = 0; i < graph->separator_count; i++) {
                sum -= (graph->separators[i] & both) == both;
            }
            ck_assert_int_eq(sum, a == b || linked(graph->edges, a, b) ? 1 : 0);
        }
    }
}

// OEIS A058862.
INB_TEST(all_of_them) {
    static const unsigned known[INB_CHORDAL_MOST + 1] = {0, 1, 2, 8, 61, 822, 18154};
    for (unsigned count = 1; count <= INB_CHORDAL_MOST; count++) {
        unsigned chordal = 0;
        for (uint32_t edges = 0; edges < 1u << (count * (count - 1) / 2); edges++) {
            inb_chordal graph = {0};
            bool is = inb_chordal_of(count, edges, &graph);
            ck_assert(is == plain_chordal(count, edges));
            chordal += is;
            if (is) {
                ck_assert_uint_eq(graph.edges, edges);
                check_parts(count, &graph);
            }
        }
        ck_assert_uint_eq(chordal, known[count]);
    }
}
INB_END

INB_TEST(a_square_is_not) {
    uint32_t square =
        1u << inb_edge(0, 1) | 1u << inb_edge(1, 2) | 1u << inb_edge(2, 3) | 1u << inb_edge(0, 3);
    inb_chordal graph = {.clique_count = 77};
    ck_assert(!inb_chordal_of(4, square, &graph));
    ck_assert_uint_eq(graph.clique_count, 77); // untouched
    ck_assert(inb_chordal_of(4, square | 1u << inb_edge(0, 2), &graph));
    ck_assert_uint_eq(graph.clique_count, 2);
    ck_assert_uint_eq(graph.separator_count, 1);
    ck_assert_uint_eq(graph.separators[0], 5);
}
INB_END

INB_TEST_MAIN("math/chordal", all_of_them, a_square_is_not)
