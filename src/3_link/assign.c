// SPDX-License-Identifier: EUPL-1.2
// Shortest augmenting paths with potentials on a sparse graph (Kuhn 1955; Jonker & Volgenant 1987,
// doi:10.1007/BF02278710). Every left node has a column of its own at cost 0, "no partner", so that
// each insertion has a path; a search stays within its connected component.

#include "assign.h"

#include "base/alloc.h"

#include <math.h>

static const uint32_t none = UINT32_MAX;

struct seen {
    double distance;
    uint32_t column;
};

// Columns 0 .. right - 1 are partners, right + i is "no partner" of left node i.
struct state {
    size_t right;
    uint32_t *starts; // a left node: its edges
    uint32_t *columns;
    double *costs;
    uint32_t *row_of; // a column; none = free
    double *row_price;
    double *column_price;
    double *distance; // a column; INFINITY = not reached
    uint32_t *from;   // a column: the left node that it was reached from
    bool *done;
    uint32_t *reached; // columns with a distance
    size_t reached_count;
    struct seen *heap;
    size_t heap_count;
};

static void state_clear(struct state *state) {
    inb_free(state->starts);
    inb_free(state->columns);
    inb_free(state->costs);
    inb_free(state->row_of);
    inb_free(state->row_price);
    inb_free(state->column_price);
    inb_free(state->distance);
    inb_free(state->from);
    inb_free(state->done);
    inb_free(state->reached);
    inb_free(state->heap);
}

static inb_status state_new(struct state *state, size_t left, size_t right, const inb_edge *edges,
    size_t edge_count, inb_error *err) {
    size_t all = left + right;
    state->right = right;
    state->starts = inb_alloc(left + 2, sizeof *state->starts);
    state->columns = inb_alloc(edge_count, sizeof *state->columns);
    state->costs = inb_alloc(edge_count, sizeof *state->costs);
    state->row_of = inb_alloc(all, sizeof *state->row_of);
    state->row_price = inb_alloc(left, sizeof *state->row_price);
    state->column_price = inb_alloc(all, sizeof *state->column_price);
    state->distance = inb_alloc(all, sizeof *state->distance);
    state->from = inb_alloc(all, sizeof *state->from);
    state->done = inb_alloc(all, sizeof *state->done);
    state->reached = inb_alloc(all, sizeof *state->reached);
    state->heap = inb_alloc(edge_count + all, sizeof *state->heap);
    if (state->starts == NULL || state->columns == NULL || state->costs == NULL ||
        state->row_of == NULL || state->row_price == NULL || state->column_price == NULL ||
        state->distance == NULL || state->from == NULL || state->done == NULL ||
        state->reached == NULL || state->heap == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to assign records");
    }
    for (size_t e = 0; e < edge_count; e++) {
        state->starts[edges[e].a + 2] += edges[e].score > 0 ? 1 : 0;
    }
    for (size_t i = 2; i < left + 2; i++) {
        state->starts[i] += state->starts[i - 1];
    }
    for (size_t e = 0; e < edge_count; e++) {
        if (edges[e].score > 0) {
            uint32_t at = state->starts[edges[e].a + 1]++;
            state->columns[at] = edges[e].b;
            state->costs[at] = -(double)edges[e].score;
        }
    }
    for (size_t j = 0; j < all; j++) {
        state->row_of[j] = none;
        state->distance[j] = INFINITY;
    }
    return INB_OK;
}

// ---- heap ----

static bool nearer(const struct seen *x, const struct seen *y) {
    return x->distance != y->distance ? x->distance < y->distance : x->column < y->column;
}

static void push(struct state *state, struct seen seen) {
    size_t at = state->heap_count++;
    while (at > 0 && nearer(&seen, &state->heap[(at - 1) / 2])) {
        state->heap[at] = state->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    state->heap[at] = seen;
}

static struct seen pop(struct state *state) {
    struct seen top = state->heap[0];
    struct seen last = state->heap[--state->heap_count];
    size_t at = 0;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= state->heap_count) {
            break;
        }
        if (child + 1 < state->heap_count && nearer(&state->heap[child + 1], &state->heap[child])) {
            child++;
        }
        if (!nearer(&state->heap[child], &last)) {
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

// ---- paths ----

static void reach(struct state *state, uint32_t row, uint32_t column, double cost, double before) {
    double distance = before + cost - state->row_price[row] - state->column_price[column];
    distance = distance < before ? before : distance; // rounding
    if (state->done[column] || distance >= state->distance[column]) {
        return;
    }
    if (state->distance[column] == INFINITY) {
        state->reached[state->reached_count++] = column;
    }
    state->distance[column] = distance;
    state->from[column] = row;
    push(state, (struct seen){distance, column});
}

static void spread_from(struct state *state, uint32_t row, double before) {
    for (uint32_t k = state->starts[row]; k < state->starts[row + 1]; k++) {
        reach(state, row, state->columns[k], state->costs[k], before);
    }
    reach(state, row, (uint32_t)state->right + row, 0, before);
}

// Gives one more left node its place; others may change theirs.
static void insert(struct state *state, uint32_t row, uint32_t *column_of) {
    double least = -state->column_price[state->right + row];
    for (uint32_t k = state->starts[row]; k < state->starts[row + 1]; k++) {
        least = fmin(least, state->costs[k] - state->column_price[state->columns[k]]);
    }
    state->row_price[row] = least;
    state->heap_count = 0;
    state->reached_count = 0;
    spread_from(state, row, 0);
    uint32_t end;
    double length;
    for (;;) { // ends at the latest at the node's own "no partner"
        struct seen seen = pop(state);
        if (state->done[seen.column]) {
            continue;
        }
        state->done[seen.column] = true;
        if (state->row_of[seen.column] == none) {
            end = seen.column;
            length = seen.distance;
            break;
        }
        spread_from(state, state->row_of[seen.column], seen.distance);
    }
    state->row_price[row] += length;
    for (size_t i = 0; i < state->reached_count; i++) {
        uint32_t column = state->reached[i];
        if (state->done[column] && column != end) {
            double gap = length - state->distance[column];
            state->column_price[column] -= gap;
            state->row_price[state->row_of[column]] += gap;
        }
    }
    for (uint32_t column = end;;) {
        uint32_t by = state->from[column];
        uint32_t before = column_of[by];
        state->row_of[column] = by;
        column_of[by] = column;
        if (by == row) {
            break;
        }
        column = before;
    }
    for (size_t i = 0; i < state->reached_count; i++) {
        state->distance[state->reached[i]] = INFINITY;
        state->done[state->reached[i]] = false;
    }
}

inb_status inb_assign(size_t left, size_t right, const inb_edge *edges, size_t edge_count,
    uint32_t *partner, inb_error *err) {
    INB_CLEANUP(state_clear) struct state state = {0};
    INB_TRY(state_new(&state, left, right, edges, edge_count, err));
    for (uint32_t row = 0; row < left; row++) {
        partner[row] = none;
    }
    for (uint32_t row = 0; row < left; row++) {
        insert(&state, row, partner);
    }
    for (uint32_t row = 0; row < left; row++) {
        partner[row] = partner[row] < right ? partner[row] : none;
    }
    return INB_OK;
}
