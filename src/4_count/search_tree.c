// SPDX-License-Identifier: EUPL-1.2
// The tree of a search: branch and bound over the down-sets of the lattice of lists. A node has
// decided some terms in and some out; what is out takes all that contains it out too. Every model
// below the node lies between the terms decided in and those not decided out, so that its criterion
// is at least the deviance of the largest plus the penalty of the smallest. A node asks of each of
// its smallest undecided terms what every model without it deviates by; then that of the most
// needed goes first, and each of its children has those before it in (the order of Furnival and
// Wilson 1974). No model is fitted twice. What holds an interaction that nobody has is out from the
// start: the smaller one has emptied its histories already.

#include "search_i.h"

#include <math.h>
#include <string.h>

enum {
    MOST_BOUNDED = 160, // terms of the largest model that is fitted for a bound
    EAGER_LISTS = 6     // beyond, terms are many: a bound is made when a term's turn comes
};

// How much the chosen model loses without a pair, or gains from it, with its parts alone.
static void weigh_pairs(inb_search *search) {
    inb_i_search_members(search, &search->chosen);
    for (size_t i = 0; i < search->allowed.count; i++) {
        inb_list_set term = search->allowed.terms[i];
        if (inb_set_size(term) != 2) {
            search->importance[term] = search->member[term] ? 1 : 0;
            continue;
        }
        size_t count = 0;
        for (size_t j = 0; j < search->allowed.count; j++) {
            inb_list_set other = search->allowed.terms[j];
            bool in = search->member[other] && (!search->member[term] || (other & term) != term);
            if (in || (other == term && !search->member[term])) {
                search->fitting[count++] = other;
            }
        }
        inb_quick_result fit =
            inb_quick_fit(search->quick, search->fitting, count, INFINITY, INFINITY);
        search->fitted++;
        // Those in come first, the strongest first; then those out.
        double far = 1e18;
        search->importance[term] = search->member[term] ? far + fit.deviance : -fit.deviance;
    }
}

static void order_terms(inb_search *search) {
    search->order_count = 0;
    for (size_t i = 0; i < search->allowed.count; i++) {
        inb_list_set term = search->allowed.terms[i];
        size_t size = inb_set_size(term);
        if (size < 2) {
            continue;
        }
        size_t at = search->order_count++;
        while (at > 0 && inb_set_size(search->order[at - 1]) == size &&
               search->importance[search->order[at - 1]] < search->importance[term]) {
            search->order[at] = search->order[at - 1];
            at--;
        }
        search->order[at] = term;
    }
}

struct node {
    size_t in;     // terms decided in
    double lower;  // of the deviance of every model below
    bool measured; // the largest model below has been fitted
};

// Takes a term and all above it out; returns where the trail stood.
static size_t take_out(inb_search *search, inb_list_set term) {
    size_t mark = search->trail_count;
    for (size_t t = term; t < search->size; t++) {
        if ((t & term) == term && search->state[t] == INB_I_UNDECIDED) {
            search->state[t] = INB_I_OUT;
            search->trail[search->trail_count++] = (inb_list_set)t;
        }
    }
    return mark;
}

static void bring_back(inb_search *search, size_t mark) {
    while (search->trail_count > mark) {
        search->state[search->trail[--search->trail_count]] = INB_I_UNDECIDED;
    }
}

static size_t gather_largest(inb_search *search) {
    size_t count = 0;
    for (size_t i = 0; i < search->allowed.count; i++) {
        inb_list_set term = search->allowed.terms[i];
        if (search->state[term] != INB_I_OUT) {
            search->fitting[count++] = term;
        }
    }
    return count;
}

// Fits the largest model below a node where that is worth it, for the node's bound.
static inb_status measure(inb_search *search, struct node *node, bool is_leaf, inb_error *err) {
    size_t count = gather_largest(search);
    if (count > MOST_BOUNDED && !is_leaf) {
        node->measured = false;
        return INB_OK;
    }
    double lower;
    INB_TRY(inb_i_search_try(search, count, node->in, &lower, err));
    node->lower = lower > node->lower ? lower : node->lower;
    node->measured = true;
    return INB_OK;
}

// Whether no model below a node is of interest.
static bool excluded(const inb_search *search, struct node node) {
    return node.lower + search->penalties[node.in] > search->best + inb_i_search_reach(search);
}

// The smallest undecided terms of a node, each with a bound on what deviates without it: on top of
// search->branches. Those that no better model can do without are in at once.
static inb_status branch(inb_search *search, struct node node, size_t *ret_count, inb_error *err) {
    struct inb_i_branch *branches = search->branches + search->branch_count;
    size_t count = 0;
    for (size_t i = 0; i < search->order_count; i++) {
        inb_list_set term = search->order[i];
        if (search->state[term] == INB_I_UNDECIDED &&
            (count == 0 || inb_set_size(term) == inb_set_size(branches[0].term))) {
            branches[count++] = (struct inb_i_branch){term, false, node.lower};
        }
    }
    size_t needed = 0;
    bool eager = search->list_count <= EAGER_LISTS;
    for (size_t i = 0; eager && i < count && !inb_i_search_spent(search); i++) {
        struct node without = {node.in + needed, node.lower, false};
        if (excluded(search, without)) {
            break;
        }
        size_t mark = take_out(search, branches[i].term);
        inb_status status = measure(search, &without, false, err);
        bring_back(search, mark);
        INB_TRY(status);
        bool cannot_go = excluded(search, without);
        branches[i].lower = cannot_go ? INFINITY : without.lower;
        branches[i].measured = without.measured;
        needed += cannot_go;
    }
    for (size_t i = 1; i < count; i++) { // the most needed first
        struct inb_i_branch held = branches[i];
        size_t at = i;
        for (; at > 0 && branches[at - 1].lower < held.lower; at--) {
            branches[at] = branches[at - 1];
        }
        branches[at] = held;
    }
    search->branch_count += count;
    *ret_count = count;
    return INB_OK;
}

// Everything below a node whose bound has not excluded it. Depth: at most two calls a term.
static inb_status explore(inb_search *search, struct node node, inb_error *err) {
    if (excluded(search, node)) {
        return INB_OK;
    }
    if (inb_i_search_spent(search)) {
        search->open = fmin(search->open, node.lower + search->penalties[node.in]);
        return INB_OK;
    }
    size_t count;
    size_t first = search->branch_count;
    INB_TRY(branch(search, node, &count, err));
    if (count == 0) {
        return node.measured ? INB_OK : measure(search, &node, true, err);
    }
    const struct inb_i_branch *branches = search->branches + first;
    for (size_t i = 0; i < count; i++) {
        struct node without = {node.in + i, branches[i].lower, branches[i].measured};
        size_t mark = take_out(search, branches[i].term);
        if (!without.measured && !excluded(search, without) && !inb_i_search_spent(search)) {
            INB_TRY(measure(search, &without, false, err));
        }
        INB_TRY(explore(search, without, err));
        bring_back(search, mark);
        search->state[branches[i].term] = INB_I_IN;
    }
    INB_TRY(explore(search, (struct node){node.in + count, node.lower, node.measured}, err));
    for (size_t i = 0; i < count; i++) {
        search->state[branches[i].term] = INB_I_UNDECIDED;
    }
    search->branch_count = first;
    return INB_OK;
}

// Takes out what holds more than an interaction that nobody has: the smaller one has emptied its
// histories already, and it costs a parameter. Main effects are in whatever they hold.
static void take_out_idle(inb_search *search) {
    for (size_t t = 1; t < search->size; t++) {
        for (size_t j = 0; j < search->list_count; j++) {
            size_t part = t & ~((size_t)1 << j);
            if (part != t && !(search->quick->margins[part] > 0) &&
                search->state[t] == INB_I_UNDECIDED) {
                search->state[t] = INB_I_OUT;
            }
        }
    }
}

inb_status inb_i_search_tree(inb_search *search, inb_error *err) {
    search->in_tree = true;
    weigh_pairs(search);
    order_terms(search);
    memset(search->state, INB_I_UNDECIDED, search->size);
    for (size_t i = 0; i <= search->list_count; i++) {
        search->state[search->allowed.terms[i]] = INB_I_IN;
    }
    if (search->allowed.count < search->size) { // the saturated model's own term is no term here
        for (size_t t = 0; t < search->size; t++) {
            bool is_allowed = inb_terms_hold(&search->allowed, (inb_list_set)t);
            search->state[t] = is_allowed ? search->state[t] : INB_I_OUT;
        }
    }
    take_out_idle(search);
    struct node root = {search->list_count + 1, 0, false};
    INB_TRY(measure(search, &root, search->order_count == 0, err));
    return explore(search, root, err);
}
