// SPDX-License-Identifier: EUPL-1.2
// Maximum cardinality search: vertices are numbered so that each next one has the most numbered
// neighbours. The graph is chordal where these neighbours always form a clique; where their number
// does not grow, a clique was complete and they are the separator to the next one.

#include "math/chordal.h"

static uint8_t neighbours_of(unsigned count, uint32_t edges, unsigned v) {
    uint8_t set = 0;
    for (unsigned w = 0; w < count; w++) {
        if (w != v && (edges >> (v < w ? inb_edge(v, w) : inb_edge(w, v)) & 1) != 0) {
            set |= (uint8_t)(1u << w);
        }
    }
    return set;
}

bool inb_chordal_of(unsigned count, uint32_t edges, inb_chordal *ret_graph) {
    uint8_t near[INB_CHORDAL_MOST];
    for (unsigned v = 0; v < count; v++) {
        near[v] = neighbours_of(count, edges, v);
    }
    inb_chordal graph = {.edges = edges};
    uint8_t numbered = 0;
    uint8_t clique = 0; // the one that is being built
    for (unsigned step = 0; step < count; step++) {
        unsigned next = 0;
        int most = -1;
        for (unsigned v = 0; v < count; v++) {
            int known = __builtin_popcount(near[v] & numbered);
            if ((numbered >> v & 1) == 0 && known > most) {
                most = known;
                next = v;
            }
        }
        uint8_t parents = near[next] & numbered;
        for (unsigned v = 0; v < count; v++) {
            bool parent = (parents >> v & 1) != 0;
            if (parent && (parents & ~near[v] & ~(1u << v)) != 0) {
                return false; // two parents without an edge
            }
        }
        if (step > 0 && parents != clique) { // the clique does not grow: it was complete
            graph.cliques[graph.clique_count++] = clique;
            if (parents != 0) {
                graph.separators[graph.separator_count++] = parents;
            }
        }
        clique = (uint8_t)(parents | 1u << next);
        numbered |= (uint8_t)(1u << next);
    }
    graph.cliques[graph.clique_count++] = clique;
    *ret_graph = graph;
    return true;
}
