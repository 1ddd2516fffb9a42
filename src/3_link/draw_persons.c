// SPDX-License-Identifier: EUPL-1.2
// A Markov chain over persons by Metropolis and Hastings: an edge's ends are parted, joined, one of
// them moved to the other's person, or put in the place of that person's record of its list. Trees
// are summed by taking records out one at a time, which adds and never subtracts (Kirchhoff 1847).

#include "draw_persons.h"

#include "draw_structure.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const uint32_t none = UINT32_MAX;

// ---- a person's value ----

struct near {
    uint32_t other;
    uint32_t edge;
};

// Edges of each node in the order of their other ends.
struct beside {
    uint32_t *starts;
    struct near *near;
};

static void beside_clear(struct beside *beside) {
    inb_free(beside->starts);
    inb_free(beside->near);
}

static uint32_t edge_between(const struct beside *beside, uint32_t a, uint32_t b) {
    uint32_t low = beside->starts[a];
    uint32_t high = beside->starts[a + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (beside->near[middle].other < b) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < beside->starts[a + 1] && beside->near[low].other == b;
    return found ? beside->near[low].edge : none;
}

// log of the mean over spanning trees of the product of their edges' weights; w is used up.
static double mean_tree(double w[INB_PERSON_LISTS][INB_PERSON_LISTS], size_t count) {
    double value = 0;
    for (size_t n = count; n-- > 1;) { // a record out, its edges made edges between the others
        double sum = 0;
        for (size_t i = 0; i < n; i++) {
            sum += w[n][i];
        }
        if (!(sum > 0)) {
            return -INFINITY;
        }
        value += log(sum);
        for (size_t i = 0; i < n; i++) {
            for (size_t j = 0; j < i; j++) {
                w[i][j] += w[n][i] * w[n][j] / sum;
                w[j][i] = w[i][j];
            }
        }
    }
    return value - (count > 2 ? (double)(count - 2) * log((double)count) : 0);
}

// edge: [count x count] of the records' edges, none where there is none.
static double group_value(const inb_persons_input *input, size_t group,
    uint32_t edge[INB_PERSON_LISTS][INB_PERSON_LISTS], size_t count) {
    double w[INB_PERSON_LISTS][INB_PERSON_LISTS];
    size_t at[INB_PERSON_LISTS];
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool blank = true; // in all its pairs
        for (size_t j = 0; j < count; j++) {
            blank = blank && (i == j || edge[i][j] == none ||
                                 input->ratio[edge[i][j] * input->groups + group] < 0);
        }
        if (!blank) {
            at[kept++] = i;
        }
    }
    for (size_t i = 0; i < kept; i++) {
        for (size_t j = 0; j < i; j++) {
            uint32_t e = edge[at[i]][at[j]];
            float ratio = e == none ? 0 : input->ratio[e * input->groups + group];
            w[i][j] = ratio < 0 ? 1 : (double)ratio; // each has something, not the same parts
            w[j][i] = w[i][j];
        }
    }
    return kept < 2 ? 0 : mean_tree(w, kept);
}

// Whether edges reach every record from the first.
static bool hangs_together(uint32_t edge[INB_PERSON_LISTS][INB_PERSON_LISTS], size_t count) {
    unsigned all = (1U << count) - 1;
    unsigned reached = 1;
    for (size_t round = 1; round < count && reached != all; round++) {
        for (size_t i = 0; i < count; i++) {
            for (size_t j = 0; j < count; j++) {
                bool beside = i != j && (reached >> i & 1U) != 0 && edge[i][j] != none;
                reached |= beside ? 1U << j : 0;
            }
        }
    }
    return reached == all;
}

static double value_of(const inb_persons_input *input, const struct beside *beside,
    const uint32_t *records, size_t count) {
    uint32_t edge[INB_PERSON_LISTS][INB_PERSON_LISTS];
    double cost = 0;
    if (count < 2) {
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < i; j++) {
            edge[i][j] = edge_between(beside, records[i], records[j]);
            edge[j][i] = edge[i][j];
            cost += edge[i][j] == none ? 0 : (double)input->cost[edge[i][j]];
        }
    }
    if (!hangs_together(edge, count)) {
        return -INFINITY;
    }
    double value = -2.0 / (double)count * cost;
    for (size_t g = 0; g < input->groups; g++) {
        value += group_value(input, g, edge, count);
    }
    return value;
}

// ---- the state ----

struct persons {
    const inb_persons_input *input;
    struct beside beside;
    uint32_t *person; // a node
    uint32_t *member; // [persons x lists]: its record of a list, none where there is none
    uint32_t *history;
    double *value;
    uint32_t *empty; // numbers without a record
    size_t empty_count;
    double *in_history; // how many persons have it
    double alpha[INB_PERSON_LISTS + 1];
    inb_rng *rng;
};

static void persons_clear(struct persons *state) {
    beside_clear(&state->beside);
    inb_free(state->member);
    inb_free(state->history);
    inb_free(state->value);
    inb_free(state->empty);
    inb_free(state->in_history);
}

// A person that may come to be: one record a list at most.
struct proposed {
    uint32_t member[INB_PERSON_LISTS];
    uint32_t history;
    double value;
};

static struct proposed copy_of(const struct persons *state, uint32_t person) {
    struct proposed copy = {.history = state->history[person], .value = state->value[person]};
    size_t lists = state->input->lists;
    memcpy(copy.member, state->member + person * lists, lists * sizeof *copy.member);
    return copy;
}

static void set_record(const struct persons *state, struct proposed *to, uint32_t record) {
    uint32_t list = state->input->list[record];
    to->member[list] = record;
    to->history |= 1U << list;
}

static void unset_list(struct proposed *from, uint32_t list) {
    from->member[list] = none;
    from->history &= ~(1U << list);
}

static void find_value(const struct persons *state, struct proposed *person) {
    uint32_t records[INB_PERSON_LISTS];
    size_t count = 0;
    for (size_t j = 0; j < state->input->lists; j++) {
        if (person->member[j] != none) {
            records[count++] = person->member[j];
        }
    }
    person->value = value_of(state->input, &state->beside, records, count);
}

static double take_from_prior(struct persons *state, uint32_t history) {
    if (history == 0) {
        return 0;
    }
    state->in_history[history] -= 1;
    return -log(state->in_history[history] + state->alpha[__builtin_popcount(history)]);
}

static double give_to_prior(struct persons *state, uint32_t history) {
    if (history == 0) {
        return 0;
    }
    double value = log(state->in_history[history] + state->alpha[__builtin_popcount(history)]);
    state->in_history[history] += 1;
    return value;
}

static void put(struct persons *state, uint32_t at, const struct proposed *person) {
    size_t lists = state->input->lists;
    for (size_t j = 0; j < lists; j++) {
        state->member[at * lists + j] = person->member[j];
        if (person->member[j] != none) {
            state->person[person->member[j]] = at;
        }
    }
    state->history[at] = person->history;
    state->value[at] = person->value;
}

// Two persons become two others, either of which may have no record; ratio: log of the chance to
// propose the way back less that of the way there.
static bool try_change(struct persons *state, uint32_t p, uint32_t q, struct proposed *new_p,
    struct proposed *new_q, double ratio) {
    find_value(state, new_p);
    find_value(state, new_q);
    double odds = ratio + new_p->value + new_q->value - state->value[p] - state->value[q];
    if (!(odds > -INFINITY)) {
        return false;
    }
    uint32_t old_p = state->history[p];
    uint32_t old_q = state->history[q];
    odds += take_from_prior(state, old_p) + take_from_prior(state, old_q);
    odds += give_to_prior(state, new_p->history) + give_to_prior(state, new_q->history);
    if (inb_rng_uniform(state->rng) < exp(fmin(odds, 0))) {
        put(state, p, new_p);
        put(state, q, new_q);
        return true;
    }
    (void)take_from_prior(state, new_p->history);
    (void)take_from_prior(state, new_q->history);
    (void)give_to_prior(state, old_p);
    (void)give_to_prior(state, old_q);
    return false;
}

// ---- moves ----

// Active edges of a record to a person's records, `without` not counted.
static double edges_to(
    const struct persons *state, uint32_t record, uint32_t person, uint32_t without) {
    size_t lists = state->input->lists;
    size_t count = 0;
    for (size_t j = 0; j < lists; j++) {
        uint32_t other = state->member[person * lists + j];
        uint32_t edge = none;
        if (other != none && other != without && other != record) {
            edge = edge_between(&state->beside, record, other);
        }
        count += edge < state->input->active_count ? 1 : 0;
    }
    return (double)count;
}

// Persons of two records are joined whenever an edge between them is visited, larger ones half of
// the time; the way back deals the others out at random.
static double parting(size_t count) {
    return count == 2 ? 0 : (3 - (double)count) * log(2);
}

static void part(struct persons *state, uint32_t r, uint32_t s) {
    uint32_t p = state->person[s];
    uint32_t q = state->empty[state->empty_count - 1];
    struct proposed stays = copy_of(state, p);
    struct proposed goes = copy_of(state, q);
    size_t count = (size_t)__builtin_popcount(stays.history);
    for (size_t j = 0; j < state->input->lists; j++) {
        uint32_t record = stays.member[j];
        if (record != none && record != s && (record == r || inb_rng_below(state->rng, 2) == 0)) {
            unset_list(&stays, (uint32_t)j);
            set_record(state, &goes, record);
        }
    }
    if (try_change(state, p, q, &stays, &goes, -parting(count))) {
        state->empty_count--;
    }
}

static void join(struct persons *state, uint32_t p, uint32_t q) {
    struct proposed both = copy_of(state, p);
    struct proposed nobody = copy_of(state, q);
    for (size_t j = 0; j < state->input->lists; j++) {
        if (nobody.member[j] != none) {
            set_record(state, &both, nobody.member[j]);
            unset_list(&nobody, (uint32_t)j);
        }
    }
    size_t count = (size_t)__builtin_popcount(both.history);
    if (try_change(state, p, q, &both, &nobody, parting(count))) {
        state->empty[state->empty_count++] = q;
    }
}

// r leaves its person, which has others, for the person of s.
static void move(struct persons *state, uint32_t r, uint32_t s) {
    uint32_t p = state->person[s];
    uint32_t q = state->person[r];
    double back = edges_to(state, r, q, none);
    if (back > 0) {
        struct proposed with = copy_of(state, p);
        struct proposed without = copy_of(state, q);
        set_record(state, &with, r);
        unset_list(&without, state->input->list[r]);
        (void)try_change(state, p, q, &with, &without, log(back / edges_to(state, r, p, none)));
    }
}

// r and the record of its list in the person of s take each other's places.
static void exchange(struct persons *state, uint32_t r, uint32_t s, uint32_t d) {
    uint32_t p = state->person[s];
    uint32_t q = state->person[r];
    double there = edges_to(state, r, p, d) + edges_to(state, d, q, r);
    double back = edges_to(state, r, q, none) + edges_to(state, d, p, none);
    if (back > 0) {
        struct proposed with = copy_of(state, p);
        struct proposed without = copy_of(state, q);
        set_record(state, &with, r);
        set_record(state, &without, d);
        (void)try_change(state, p, q, &with, &without, log(back / there));
    }
}

static void visit_edge(struct persons *state, const inb_person_edge *edge) {
    bool turned = inb_rng_below(state->rng, 2) == 0;
    uint32_t r = turned ? edge->b : edge->a;
    uint32_t s = turned ? edge->a : edge->b;
    uint32_t p = state->person[s];
    uint32_t q = state->person[r];
    if (p == q) {
        part(state, r, s);
        return;
    }
    uint32_t rival = state->member[p * state->input->lists + state->input->list[r]];
    bool disjoint = (state->history[p] & state->history[q]) == 0;
    bool pair = __builtin_popcount(state->history[p] | state->history[q]) == 2;
    if (rival != none) {
        exchange(state, r, s, rival);
    } else if (disjoint && (pair || inb_rng_below(state->rng, 2) == 0)) {
        join(state, p, q);
    } else if (__builtin_popcount(state->history[q]) > 1) {
        move(state, r, s);
    }
}

// ---- start and end ----

static int by_other(const void *a, const void *b) {
    const struct near *x = a;
    const struct near *y = b;
    return x->other < y->other ? -1 : x->other > y->other ? 1 : 0;
}

static inb_status beside_new(
    const inb_persons_input *input, struct beside *beside, inb_error *err) {
    beside->starts = inb_alloc(input->nodes + 2, sizeof *beside->starts);
    beside->near = inb_alloc(input->edge_count, 2 * sizeof *beside->near);
    if (beside->starts == NULL || beside->near == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to draw links");
    }
    for (size_t e = 0; e < input->edge_count; e++) {
        beside->starts[input->edges[e].a + 2]++;
        beside->starts[input->edges[e].b + 2]++;
    }
    for (size_t i = 2; i < input->nodes + 2; i++) {
        beside->starts[i] += beside->starts[i - 1];
    }
    for (size_t e = 0; e < input->edge_count; e++) {
        uint32_t a = input->edges[e].a;
        uint32_t b = input->edges[e].b;
        beside->near[beside->starts[a + 1]++] = (struct near){b, (uint32_t)e};
        beside->near[beside->starts[b + 1]++] = (struct near){a, (uint32_t)e};
    }
    for (size_t i = 0; i < input->nodes; i++) {
        uint32_t begin = beside->starts[i];
        qsort(beside->near + begin, beside->starts[i + 1] - begin, sizeof *beside->near, by_other);
    }
    return INB_OK;
}

// Where the start has no chance (a pair without an edge holds it together), its records are alone.
static void begin(struct persons *state) {
    const inb_persons_input *input = state->input;
    for (uint32_t r = 0; r < input->nodes; r++) {
        uint32_t p = state->person[r];
        state->member[p * input->lists + input->list[r]] = r;
        state->history[p] |= 1U << input->list[r];
    }
    for (uint32_t p = 0; p < input->nodes; p++) {
        if (state->history[p] == 0) {
            state->empty[state->empty_count++] = p;
        }
    }
    size_t spare = state->empty_count; // the first of them, which are taken below
    for (uint32_t p = 0; p < input->nodes; p++) {
        struct proposed person = copy_of(state, p);
        find_value(state, &person);
        state->value[p] = person.value;
        for (size_t j = 0; !(person.value > -INFINITY) && j < input->lists; j++) {
            if (person.member[j] != none && __builtin_popcount(state->history[p]) > 1) {
                struct proposed alone = copy_of(state, state->empty[--spare]);
                struct proposed rest = copy_of(state, p);
                unset_list(&rest, (uint32_t)j);
                set_record(state, &alone, person.member[j]);
                find_value(state, &alone);
                find_value(state, &rest);
                put(state, state->empty[spare], &alone);
                put(state, p, &rest);
            }
        }
    }
    state->empty_count = spare;
    for (uint32_t p = 0; p < input->nodes; p++) {
        (void)give_to_prior(state, state->history[p]);
    }
}

static inb_status persons_new(struct persons *state, inb_error *err) {
    const inb_persons_input *input = state->input;
    size_t nodes = input->nodes;
    double lists = (double)input->lists;
    INB_TRY(beside_new(input, &state->beside, err));
    state->member = inb_alloc(nodes, input->lists * sizeof *state->member);
    state->history = inb_alloc(nodes, sizeof *state->history);
    state->value = inb_alloc(nodes, sizeof *state->value);
    state->empty = inb_alloc(nodes, sizeof *state->empty);
    state->in_history = inb_alloc((size_t)1 << input->lists, sizeof *state->in_history);
    if (state->member == NULL || state->history == NULL || state->value == NULL ||
        state->empty == NULL || state->in_history == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to draw links");
    }
    for (size_t i = 0; i < nodes * input->lists; i++) {
        state->member[i] = none;
    }
    for (size_t size = 0; size <= input->lists; size++) {
        state->alpha[size] = size < 2 ? 1 : fmin(1, lists / exp2(lists - 1));
    }
    begin(state);
    return INB_OK;
}

inb_status inb_draw_persons(const inb_persons_input *input, size_t sweeps, inb_rng *rng,
    uint32_t *person, size_t *ret_persons, inb_error *err) {
    INB_CLEANUP(persons_clear)
    struct persons state = {.input = input, .person = person, .rng = rng};
    INB_TRY(persons_new(&state, err));
    for (size_t step = 0; step < sweeps * input->active_count; step++) {
        visit_edge(&state, &input->edges[inb_rng_below(rng, (uint32_t)input->active_count)]);
    }
    *ret_persons = inb_number_persons(input->nodes, person, state.history);
    return INB_OK;
}
