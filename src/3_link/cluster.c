// SPDX-License-Identifier: EUPL-1.2
// Agglomeration by mean score (correlation clustering: Bansal, Blum & Chawla 2004,
// doi:10.1023/B:MACH.0000033116.57574.95), then single nodes moved while that gains. Groups are
// joined best first by a heap whose outdated entries are passed over.

#include "cluster.h"

#include "base/alloc.h"

#include <stdbool.h>
#include <string.h>

enum { MOST_MOVES = 10 };

struct entry {
    float mean;
    uint32_t a; // groups, a < b
    uint32_t b;
    uint32_t stamp_a; // sizes of both when the entry was made: groups only grow
    uint32_t stamp_b;
};

struct state {
    const inb_cluster_input *input;
    uint32_t *starts; // a node: its edges are at[starts[i]] .. starts[i + 1]
    uint32_t *at;     // index of an edge
    uint32_t *group;  // a node: its group, named by one of its nodes
    uint32_t *next;   // a node: the next of its group, in a ring
    uint32_t *size;   // a group
    double *sum;      // a group: scores towards the group at hand
    uint32_t *known;  // a group: pairs with an edge towards the group at hand
    uint32_t *touched;
    size_t touched_count;
    struct entry *heap;
    size_t heap_count;
    size_t heap_size;
};

static void state_clear(struct state *state) {
    inb_free(state->starts);
    inb_free(state->at);
    inb_free(state->group);
    inb_free(state->next);
    inb_free(state->size);
    inb_free(state->sum);
    inb_free(state->known);
    inb_free(state->touched);
    inb_free(state->heap);
}

static inb_status no_room(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory to cluster records");
}

static inb_status state_new(struct state *state, inb_error *err) {
    const inb_cluster_input *input = state->input;
    size_t nodes = input->nodes;
    state->starts = inb_alloc(nodes + 2, sizeof *state->starts);
    state->at = inb_alloc(input->edge_count * 2, sizeof *state->at);
    state->group = inb_alloc(nodes, sizeof *state->group);
    state->next = inb_alloc(nodes, sizeof *state->next);
    state->size = inb_alloc(nodes, sizeof *state->size);
    state->sum = inb_alloc(nodes, sizeof *state->sum);
    state->known = inb_alloc(nodes, sizeof *state->known);
    state->touched = inb_alloc(nodes, sizeof *state->touched);
    if (state->starts == NULL || state->at == NULL || state->group == NULL || state->next == NULL ||
        state->size == NULL || state->sum == NULL || state->known == NULL ||
        state->touched == NULL) {
        return no_room(err);
    }
    for (size_t e = 0; e < input->edge_count; e++) {
        state->starts[input->edges[e].a + 2]++;
        state->starts[input->edges[e].b + 2]++;
    }
    for (size_t i = 2; i < nodes + 2; i++) {
        state->starts[i] += state->starts[i - 1];
    }
    for (size_t e = 0; e < input->edge_count; e++) {
        state->at[state->starts[input->edges[e].a + 1]++] = (uint32_t)e;
        state->at[state->starts[input->edges[e].b + 1]++] = (uint32_t)e;
    }
    for (uint32_t i = 0; i < nodes; i++) {
        state->group[i] = i;
        state->next[i] = i;
        state->size[i] = 1;
    }
    return INB_OK;
}

// ---- heap: best mean first, ties by the lower groups ----

static bool before(const struct entry *x, const struct entry *y) {
    if (x->mean != y->mean) {
        return x->mean > y->mean;
    }
    return x->a != y->a ? x->a < y->a : x->b < y->b;
}

static inb_status push(struct state *state, struct entry entry, inb_error *err) {
    if (state->heap_count == state->heap_size) {
        size_t size = state->heap_size == 0 ? 1024 : state->heap_size * 2;
        struct entry *heap = inb_realloc(state->heap, size, sizeof *heap);
        if (heap == NULL) {
            return no_room(err);
        }
        state->heap = heap;
        state->heap_size = size;
    }
    size_t at = state->heap_count++;
    while (at > 0 && before(&entry, &state->heap[(at - 1) / 2])) {
        state->heap[at] = state->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    state->heap[at] = entry;
    return INB_OK;
}

static struct entry pop(struct state *state) {
    struct entry top = state->heap[0];
    struct entry last = state->heap[--state->heap_count];
    size_t at = 0;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= state->heap_count) {
            break;
        }
        if (child + 1 < state->heap_count && before(&state->heap[child + 1], &state->heap[child])) {
            child++;
        }
        if (!before(&state->heap[child], &last)) {
            break;
        }
        state->heap[at] = state->heap[child];
        at = child;
    }
    if (state->heap_count > 0) {
        state->heap[at] = last;
    }
    return top;
}

// ---- groups ----

// Sums the edges of one node towards every group; forget() empties the sums again.
static void look(struct state *state, uint32_t node) {
    for (uint32_t k = state->starts[node]; k < state->starts[node + 1]; k++) {
        const inb_edge *edge = &state->input->edges[state->at[k]];
        uint32_t group = state->group[edge->a == node ? edge->b : edge->a];
        if (state->known[group]++ == 0) {
            state->touched[state->touched_count++] = group;
        }
        state->sum[group] += (double)edge->score;
    }
}

static void forget(struct state *state) {
    for (size_t i = 0; i < state->touched_count; i++) {
        state->sum[state->touched[i]] = 0;
        state->known[state->touched[i]] = 0;
    }
    state->touched_count = 0;
}

// Whether two groups have records of one list that holds each person once.
static bool collide(const struct state *state, uint32_t a, uint32_t b) {
    const uint32_t *list = state->input->list;
    if (list == NULL) {
        return false;
    }
    uint32_t i = a;
    do {
        uint32_t j = b;
        do {
            if (list[i] != UINT32_MAX && list[i] == list[j]) {
                return true;
            }
            j = state->next[j];
        } while (j != b);
        i = state->next[i];
    } while (i != a);
    return false;
}

static inb_status offer(struct state *state, uint32_t group, inb_error *err) {
    for (size_t i = 0; i < state->touched_count; i++) {
        uint32_t other = state->touched[i];
        if (other == group) {
            continue;
        }
        double pairs = (double)state->size[group] * state->size[other];
        double sum = state->sum[other] + (pairs - state->known[other]) * state->input->absent;
        if (sum > 0) {
            uint32_t low = group < other ? group : other;
            uint32_t high = group < other ? other : group;
            struct entry entry = {
                (float)(sum / pairs), low, high, state->size[low], state->size[high]};
            INB_TRY(push(state, entry, err));
        }
    }
    return INB_OK;
}

static void join(struct state *state, uint32_t a, uint32_t b) {
    uint32_t i = b;
    do {
        state->group[i] = a;
        i = state->next[i];
    } while (i != b);
    uint32_t next = state->next[a];
    state->next[a] = state->next[b];
    state->next[b] = next;
    state->size[a] += state->size[b];
    state->size[b] = 0;
}

static inb_status agglomerate(struct state *state, inb_error *err) {
    for (size_t e = 0; e < state->input->edge_count; e++) {
        const inb_edge *edge = &state->input->edges[e];
        if (edge->score > 0) {
            uint32_t low = edge->a < edge->b ? edge->a : edge->b;
            uint32_t high = edge->a < edge->b ? edge->b : edge->a;
            INB_TRY(push(state, (struct entry){edge->score, low, high, 1, 1}, err));
        }
    }
    while (state->heap_count > 0) {
        struct entry entry = pop(state);
        if (state->size[entry.a] != entry.stamp_a || state->size[entry.b] != entry.stamp_b ||
            state->group[entry.a] != entry.a || state->group[entry.b] != entry.b ||
            collide(state, entry.a, entry.b)) {
            continue;
        }
        join(state, entry.a, entry.b);
        uint32_t i = entry.a;
        do {
            look(state, i);
            i = state->next[i];
        } while (i != entry.a);
        inb_status status = offer(state, entry.a, err);
        forget(state);
        INB_TRY(status);
    }
    return INB_OK;
}

// ---- single nodes ----

static void leave(struct state *state, uint32_t node) {
    uint32_t group = state->group[node];
    uint32_t before_it = node;
    while (state->next[before_it] != node) {
        before_it = state->next[before_it];
    }
    if (group == node) { // the rest needs another name
        uint32_t name = state->next[node];
        uint32_t i = name;
        do {
            if (i != node) {
                state->group[i] = name;
            }
            i = state->next[i];
        } while (i != name);
        state->size[name] = state->size[node];
        group = name;
    }
    state->next[before_it] = state->next[node];
    state->next[node] = node;
    state->size[group]--;
    state->group[node] = node;
    state->size[node] = 1;
}

// Moves a node to where it gains most; true where it moved.
static bool move(struct state *state, uint32_t node) {
    uint32_t own = state->group[node];
    look(state, node);
    double absent = state->input->absent;
    double stay = state->sum[own] + (state->size[own] - 1.0 - state->known[own]) * absent;
    double best = state->size[own] > 1 ? 0 : stay; // alone
    uint32_t to = node;
    bool found = state->size[own] > 1;
    for (size_t i = 0; i < state->touched_count; i++) {
        uint32_t other = state->touched[i];
        double gain =
            state->sum[other] + ((double)state->size[other] - state->known[other]) * absent;
        if (other != own &&
            (gain > best + 1e-9 || (gain > best - 1e-9 && found && to != node && other < to))) {
            best = gain;
            to = other;
            found = true;
        }
    }
    forget(state);
    if (!found || best <= stay + 1e-6) {
        return false;
    }
    if (state->size[own] > 1) {
        leave(state, node);
    }
    if (to != node) {
        join(state, to, node);
    }
    return true;
}

// ---- entry ----

inb_status inb_cluster(
    const inb_cluster_input *input, uint32_t *person, size_t *ret_persons, inb_error *err) {
    INB_CLEANUP(state_clear) struct state state = {.input = input};
    INB_TRY(state_new(&state, err));
    INB_TRY(agglomerate(&state, err));
    bool moved = input->list == NULL;
    for (size_t round = 0; round < MOST_MOVES && moved; round++) {
        moved = false;
        for (uint32_t node = 0; node < input->nodes; node++) {
            if (state.starts[node] != state.starts[node + 1]) {
                moved = move(&state, node) || moved;
            }
        }
    }
    uint32_t *number = state.known; // of a group, + 1
    uint32_t persons = 0;
    for (size_t i = 0; i < input->nodes; i++) {
        uint32_t group = state.group[i];
        if (number[group] == 0) {
            number[group] = ++persons;
        }
        person[i] = number[group] - 1;
    }
    *ret_persons = persons;
    return INB_OK;
}

double inb_cluster_value(const inb_cluster_input *input, const uint32_t *person) {
    double value = 0;
    for (size_t e = 0; e < input->edge_count; e++) {
        const inb_edge *edge = &input->edges[e];
        // Every pair that is together counts as absent first, below.
        value += person[edge->a] == person[edge->b] ? (double)edge->score - input->absent : 0;
    }
    for (size_t i = 0; i < input->nodes; i++) {
        for (size_t j = i + 1; j < input->nodes; j++) {
            value += person[i] == person[j] ? input->absent : 0;
        }
    }
    return value;
}
