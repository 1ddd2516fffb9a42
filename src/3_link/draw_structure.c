// SPDX-License-Identifier: EUPL-1.2
// Markov chains over link structures by heat bath: one edge made, undone, moved or exchanged
// (matchings), one record moved to a neighbour's person or to one of its own (partitions). Every
// move is chosen with a chance that does not depend on the state, so that both are in balance.

#include "draw_structure.h"

#include "base/alloc.h"

#include <math.h>

static const uint32_t none = UINT32_MAX;

static double chance_of(double log_odds) {
    return log_odds > 0 ? 1 / (1 + exp(-log_odds)) : exp(log_odds) / (1 + exp(log_odds));
}

// Edges of each node: starts[node] .. starts[node + 1] in `edge`.
struct beside {
    uint32_t *starts;
    uint32_t *edge;
};

static void beside_clear(struct beside *beside) {
    inb_free(beside->starts);
    inb_free(beside->edge);
}

// offset: what is added to an edge's b.
static inb_status beside_new(struct beside *beside, size_t nodes, const inb_edge *edges,
    size_t count, size_t offset, inb_error *err) {
    beside->starts = inb_alloc(nodes + 2, sizeof *beside->starts);
    beside->edge = inb_alloc(count, 2 * sizeof *beside->edge);
    if (beside->starts == NULL || beside->edge == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to draw links");
    }
    for (size_t e = 0; e < count; e++) {
        beside->starts[edges[e].a + 2]++;
        beside->starts[edges[e].b + offset + 2]++;
    }
    for (size_t i = 2; i < nodes + 2; i++) {
        beside->starts[i] += beside->starts[i - 1];
    }
    for (size_t e = 0; e < count; e++) {
        beside->edge[beside->starts[edges[e].a + 1]++] = (uint32_t)e;
        beside->edge[beside->starts[edges[e].b + offset + 1]++] = (uint32_t)e;
    }
    return INB_OK;
}

// ---- matchings ----

struct matching {
    size_t left;
    size_t right;
    size_t links;
    const inb_edge *edges;
    struct beside beside;
    uint32_t *link; // a node: its edge
    bool *together;
    inb_rng *rng;
};

static void set_edge(struct matching *state, uint32_t e, bool together) {
    state->together[e] = together;
    state->link[state->edges[e].a] = together ? e : none;
    state->link[state->left + state->edges[e].b] = together ? e : none;
}

// Log odds of one more link against `links`.
static double next_link(const struct matching *state, size_t links) {
    return log(
        (double)(links + 1) / ((double)(state->left - links) * (double)(state->right - links)));
}

static uint32_t edge_between(const struct matching *state, uint32_t a, uint32_t b) {
    for (uint32_t i = state->beside.starts[a]; i < state->beside.starts[a + 1]; i++) {
        uint32_t e = state->beside.edge[i];
        if (state->edges[e].b == b) {
            return e;
        }
    }
    return none;
}

static void toggle(struct matching *state, uint32_t e) {
    size_t without = state->links - (state->together[e] ? 1 : 0);
    double odds = (double)state->edges[e].score + next_link(state, without);
    bool now = inb_rng_uniform(state->rng) < chance_of(odds);
    set_edge(state, e, now);
    state->links = without + (now ? 1 : 0);
}

static void move_link(struct matching *state, uint32_t from, uint32_t to) {
    double odds = (double)state->edges[to].score - (double)state->edges[from].score;
    if (inb_rng_uniform(state->rng) < chance_of(odds)) {
        set_edge(state, from, false);
        set_edge(state, to, true);
    }
}

static void exchange(struct matching *state, uint32_t e, uint32_t of_a, uint32_t of_b) {
    uint32_t other = edge_between(state, state->edges[of_b].a, state->edges[of_a].b);
    if (other == none) {
        return;
    }
    double odds = (double)state->edges[e].score + (double)state->edges[other].score -
                  (double)state->edges[of_a].score - (double)state->edges[of_b].score;
    if (inb_rng_uniform(state->rng) < chance_of(odds)) {
        set_edge(state, of_a, false);
        set_edge(state, of_b, false);
        set_edge(state, e, true);
        set_edge(state, other, true);
    }
}

static void visit_edge(struct matching *state, uint32_t e) {
    uint32_t of_a = state->link[state->edges[e].a];
    uint32_t of_b = state->link[state->left + state->edges[e].b];
    if (of_a == of_b) { // both free, or this very link
        toggle(state, e);
    } else if (of_b == none) {
        move_link(state, of_a, e);
    } else if (of_a == none) {
        move_link(state, of_b, e);
    } else {
        exchange(state, e, of_a, of_b);
    }
}

static void matching_clear(struct matching *state) {
    beside_clear(&state->beside);
    inb_free(state->link);
}

inb_status inb_draw_matching(size_t left, size_t right, const inb_edge *edges, size_t edge_count,
    size_t sweeps, inb_rng *rng, bool *together, inb_error *err) {
    INB_CLEANUP(matching_clear)
    struct matching state = {
        .left = left, .right = right, .edges = edges, .together = together, .rng = rng};
    INB_TRY(beside_new(&state.beside, left + right, edges, edge_count, left, err));
    state.link = inb_alloc(left + right, sizeof *state.link);
    if (state.link == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to draw links");
    }
    for (size_t i = 0; i < left + right; i++) {
        state.link[i] = none;
    }
    for (size_t e = 0; e < edge_count; e++) {
        if (together[e]) {
            set_edge(&state, (uint32_t)e, true);
            state.links++;
        }
    }
    for (size_t step = 0; step < sweeps * edge_count; step++) {
        visit_edge(&state, inb_rng_below(rng, (uint32_t)edge_count));
    }
    return INB_OK;
}

// ---- partitions ----

struct partition {
    const inb_cluster_input *input;
    struct beside beside;
    uint32_t *person;
    uint32_t *size;  // a person
    uint32_t *first; // a person: one of its records
    uint32_t *next;  // a record: others of its person
    uint32_t *before;
    uint32_t *empty; // numbers of persons without a record
    size_t empty_count;
    uint32_t *active; // records with an edge
    size_t active_count;
    uint32_t *choices; // persons beside the record that is visited
    double *score;     // a person: of the edges to the record, then of the choice
    bool *seen;        // a person
    uint32_t *queue;   // records of one person that edges reach
    uint64_t *reached; // a record: the search that reached it
    uint64_t search;
    inb_rng *rng;
};

static void partition_clear(struct partition *state) {
    beside_clear(&state->beside);
    inb_free(state->size);
    inb_free(state->first);
    inb_free(state->next);
    inb_free(state->before);
    inb_free(state->empty);
    inb_free(state->active);
    inb_free(state->choices);
    inb_free(state->score);
    inb_free(state->seen);
    inb_free(state->queue);
    inb_free(state->reached);
}

static void put(struct partition *state, uint32_t record, uint32_t person) {
    uint32_t first = state->first[person];
    state->person[record] = person;
    state->next[record] = first;
    state->before[record] = none;
    if (first != none) {
        state->before[first] = record;
    }
    state->first[person] = record;
    state->size[person]++;
}

static void take_out(struct partition *state, uint32_t record) {
    uint32_t person = state->person[record];
    uint32_t next = state->next[record];
    uint32_t before = state->before[record];
    if (before == none) {
        state->first[person] = next;
    } else {
        state->next[before] = next;
    }
    if (next != none) {
        state->before[next] = before;
    }
    if (--state->size[person] == 0) {
        state->empty[state->empty_count++] = person;
    }
}

static bool has_list(const struct partition *state, uint32_t person, uint32_t record) {
    const uint32_t *list = state->input->list;
    if (list == NULL || list[record] == none) {
        return false;
    }
    for (uint32_t r = state->first[person]; r != none; r = state->next[r]) {
        if (list[r] == list[record]) {
            return true;
        }
    }
    return false;
}

// Persons that an edge of the record leads to, with the sum of the record's scores to each.
static size_t find_choices(struct partition *state, uint32_t record) {
    size_t count = 0;
    for (uint32_t i = state->beside.starts[record]; i < state->beside.starts[record + 1]; i++) {
        const inb_edge *edge = &state->input->edges[state->beside.edge[i]];
        uint32_t person = state->person[edge->a == record ? edge->b : edge->a];
        if (!state->seen[person]) {
            state->seen[person] = true;
            state->score[person] = state->input->absent * state->size[person];
            state->choices[count++] = person;
        }
        state->score[person] += (double)edge->score - state->input->absent;
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t person = state->choices[i];
        state->seen[person] = false;
        if (!has_list(state, person, record)) {
            state->choices[kept++] = person;
        }
    }
    return kept;
}

// How many records of its person edges within the person reach from `record`, without passing
// `without`; they stand in state->queue.
static size_t reach(struct partition *state, uint32_t record, uint32_t without) {
    size_t count = 0;
    state->search++;
    state->reached[record] = state->search;
    state->queue[count++] = record;
    for (size_t done = 0; done < count; done++) {
        uint32_t r = state->queue[done];
        for (uint32_t i = state->beside.starts[r]; i < state->beside.starts[r + 1]; i++) {
            const inb_edge *edge = &state->input->edges[state->beside.edge[i]];
            uint32_t other = edge->a == r ? edge->b : edge->a;
            if (other != without && state->person[other] == state->person[record] &&
                state->reached[other] != state->search) {
                state->reached[other] = state->search;
                state->queue[count++] = other;
            }
        }
    }
    return count;
}

// Whether the others of the record's person would fall apart without it. Such a record stays: the
// way back is closed as well, for it would join what is no person.
static bool holds_together(struct partition *state, uint32_t record) {
    uint32_t person = state->person[record];
    if (state->size[person] < 3) {
        return false;
    }
    uint32_t other = state->first[person];
    other = other == record ? state->next[other] : other;
    return reach(state, other, record) + 1 < state->size[person];
}

static void visit_record(struct partition *state, uint32_t record) {
    if (holds_together(state, record)) {
        return;
    }
    take_out(state, record);
    size_t count = find_choices(state, record);
    double most = 0; // score of a person of its own
    for (size_t i = 0; i < count; i++) {
        most = fmax(most, state->score[state->choices[i]]);
    }
    double sum = exp(-most);
    for (size_t i = 0; i < count; i++) {
        sum += exp(state->score[state->choices[i]] - most);
    }
    double left = inb_rng_uniform(state->rng) * sum - exp(-most);
    size_t i = 0;
    while (left >= 0 && i < count) {
        left -= exp(state->score[state->choices[i++]] - most);
    }
    // A person of its own: there is a number without a record, since this one is out.
    put(state, record, i == 0 ? state->empty[--state->empty_count] : state->choices[i - 1]);
}

static inb_status partition_new(struct partition *state, inb_error *err) {
    size_t nodes = state->input->nodes;
    INB_TRY(
        beside_new(&state->beside, nodes, state->input->edges, state->input->edge_count, 0, err));
    state->size = inb_alloc(nodes, sizeof *state->size);
    state->first = inb_alloc(nodes, sizeof *state->first);
    state->next = inb_alloc(nodes, sizeof *state->next);
    state->before = inb_alloc(nodes, sizeof *state->before);
    state->empty = inb_alloc(nodes, sizeof *state->empty);
    state->active = inb_alloc(nodes, sizeof *state->active);
    state->choices = inb_alloc(nodes, sizeof *state->choices);
    state->score = inb_alloc(nodes, sizeof *state->score);
    state->seen = inb_alloc(nodes, sizeof *state->seen);
    state->queue = inb_alloc(nodes, sizeof *state->queue);
    state->reached = inb_alloc(nodes, sizeof *state->reached);
    if (state->size == NULL || state->first == NULL || state->next == NULL ||
        state->before == NULL || state->empty == NULL || state->active == NULL ||
        state->choices == NULL || state->score == NULL || state->seen == NULL ||
        state->queue == NULL || state->reached == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to draw links");
    }
    uint32_t parts = 0; // what edges do not hold together falls apart before it begins
    for (uint32_t r = 0; r < nodes; r++) {
        state->first[r] = none;
        if (state->reached[r] == 0) {
            size_t count = reach(state, r, none);
            for (size_t i = 0; i < count; i++) {
                state->choices[state->queue[i]] = parts;
            }
            parts++;
        }
    }
    for (uint32_t r = 0; r < nodes; r++) {
        put(state, r, state->choices[r]);
        if (state->beside.starts[r] < state->beside.starts[r + 1]) {
            state->active[state->active_count++] = r;
        }
    }
    for (uint32_t p = 0; p < nodes; p++) {
        if (state->size[p] == 0) {
            state->empty[state->empty_count++] = p;
        }
    }
    return INB_OK;
}

size_t inb_number_persons(size_t nodes, uint32_t *person, uint32_t *room) {
    for (size_t p = 0; p < nodes; p++) {
        room[p] = none;
    }
    uint32_t persons = 0;
    for (size_t r = 0; r < nodes; r++) {
        if (room[person[r]] == none) {
            room[person[r]] = persons++;
        }
        person[r] = room[person[r]];
    }
    return persons;
}

inb_status inb_draw_partition(const inb_cluster_input *input, size_t sweeps, inb_rng *rng,
    uint32_t *person, size_t *ret_persons, inb_error *err) {
    INB_CLEANUP(partition_clear)
    struct partition state = {.input = input, .person = person, .rng = rng};
    INB_TRY(partition_new(&state, err));
    for (size_t step = 0; step < sweeps * state.active_count; step++) {
        uint32_t at = inb_rng_below(rng, (uint32_t)state.active_count);
        visit_record(&state, state.active[at]);
    }
    *ret_persons = inb_number_persons(input->nodes, person, state.first);
    return INB_OK;
}
