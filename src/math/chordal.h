// SPDX-License-Identifier: EUPL-1.2
// Chordal (decomposable) graphs on few vertices: all of them, each with its cliques and separators
// (Lauritzen 1996, "Graphical Models", ch. 2; recognised by maximum cardinality search, Tarjan and
// Yannakakis 1984, doi:10.1137/0213035).
#ifndef INB_MATH_CHORDAL_H
#define INB_MATH_CHORDAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { INB_CHORDAL_MOST = 6 }; // vertices: 18,154 chordal graphs of 32,768

// Sets of vertices are bit masks.
typedef struct inb_chordal {
    uint32_t edges; // bit inb_edge(a, b)
    uint8_t clique_count;
    uint8_t separator_count; // with repetition; empty ones are left out
    uint8_t cliques[INB_CHORDAL_MOST];
    uint8_t separators[INB_CHORDAL_MOST];
} inb_chordal;

// Number of the edge between a < b among the pairs in the order 01, 02, 12, 03, …
static inline unsigned inb_edge(unsigned a, unsigned b) {
    return b * (b - 1) / 2 + a;
}

// Whether the graph `edges` on vertices 0..count-1 is chordal; then its cliques and separators.
// count 1..INB_CHORDAL_MOST.
bool inb_chordal_of(unsigned count, uint32_t edges, inb_chordal *ret_graph);

#endif
