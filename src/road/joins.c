// SPDX-License-Identifier: EUPL-1.2
// The rule that joins signals: connected components by union-find (Tarjan 1975,
// doi:10.1145/321879.321884), joins taken in an order that does not depend on the order of arrival,
// and none taken that would bring two signals together that somebody parted.

#include "joins.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

// A signal: its tokens are a piece of `links`.
struct node {
    int64_t number;
    size_t first_link;
    size_t link_count;
    // Of a solution.
    uint32_t parent;
    uint32_t next; // of the circle of a component
    uint32_t size; // of a component, at its root
    bool inside;   // the region
    bool parted;   // at a root: somebody parted one of its component from somebody
};

struct inb_joins {
    struct node *nodes;
    size_t node_count;
    size_t node_size;
    inb_join_token *tokens;
    size_t token_count;
    size_t token_size;
    uint32_t *links;
    size_t link_count;
    size_t link_size;
    uint32_t *node_slots; // open addressing, place + 1; sizes are powers of two
    size_t node_slot_count;
    uint32_t *token_slots;
    size_t token_slot_count;
    // Of a solution.
    const inb_stored_parting *partings;
    size_t parting_count;
    inb_join *joins;
    size_t join_count;
};

inb_status inb_joins_new(inb_joins **ret_joins, inb_error *err) {
    *ret_joins = inb_alloc(1, sizeof **ret_joins);
    return *ret_joins == NULL ? inb_fail(err, INB_NO_MEMORY, "no memory for joins") : INB_OK;
}

void inb_joins_free(inb_joins *joins) {
    if (joins == NULL) {
        return;
    }
    for (size_t i = 0; i < joins->token_count; i++) {
        inb_free(joins->tokens[i].members);
    }
    inb_free(joins->nodes);
    inb_free(joins->tokens);
    inb_free(joins->links);
    inb_free(joins->node_slots);
    inb_free(joins->token_slots);
    inb_free(joins->joins);
    inb_free(joins);
}

void inb_joins_freep(inb_joins **joins) {
    inb_joins_free(*joins);
}

// ---- adding ----

static bool grow(void *array, size_t *size, size_t needed, size_t item) {
    void **place = array;
    if (needed <= *size) {
        return true;
    }
    size_t wanted = *size == 0 ? 16 : 2 * *size;
    wanted = wanted < needed ? needed : wanted;
    void *larger = wanted > UINT32_MAX ? NULL : inb_realloc(*place, wanted, item);
    if (larger == NULL) {
        return false;
    }
    *place = larger;
    *size = wanted;
    return true;
}

static uint64_t mix(uint64_t x) { // the finaliser of MurmurHash3 (Appleby, public domain)
    x ^= x >> 33;
    x *= 0xff51afd7ed558ccdU;
    x ^= x >> 33;
    x *= 0xc4ceb9fe1a85ec53U;
    return x ^ x >> 33;
}

static uint64_t token_hash(inb_join_kind kind, const unsigned char *value) {
    uint64_t word; // tokens are as good as random
    memcpy(&word, value, sizeof word);
    return mix(word + (uint64_t)kind);
}

static uint64_t hash_of(const inb_joins *joins, bool of_nodes, size_t place) {
    return of_nodes ? mix((uint64_t)joins->nodes[place].number)
                    : token_hash(joins->tokens[place].kind, joins->tokens[place].value);
}

// Room for one more at half full.
static bool room(inb_joins *joins, bool of_nodes) {
    uint32_t **slots = of_nodes ? &joins->node_slots : &joins->token_slots;
    size_t *slot_count = of_nodes ? &joins->node_slot_count : &joins->token_slot_count;
    size_t count = of_nodes ? joins->node_count : joins->token_count;
    if (2 * (count + 1) <= *slot_count) {
        return true;
    }
    size_t wanted = *slot_count == 0 ? 64 : 2 * *slot_count;
    uint32_t *larger = inb_alloc(wanted, sizeof *larger);
    if (larger == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        size_t at = (size_t)hash_of(joins, of_nodes, i) & (wanted - 1);
        while (larger[at] != 0) {
            at = (at + 1) & (wanted - 1);
        }
        larger[at] = (uint32_t)i + 1;
    }
    inb_free(*slots);
    *slots = larger;
    *slot_count = wanted;
    return true;
}

// The slot of a number or the free one where it would stand.
static size_t node_slot(const inb_joins *joins, int64_t number) {
    size_t at = (size_t)mix((uint64_t)number) & (joins->node_slot_count - 1);
    while (joins->node_slots[at] != 0 && joins->nodes[joins->node_slots[at] - 1].number != number) {
        at = (at + 1) & (joins->node_slot_count - 1);
    }
    return at;
}

static size_t token_slot(const inb_joins *joins, inb_join_kind kind, const unsigned char *value) {
    size_t at = (size_t)token_hash(kind, value) & (joins->token_slot_count - 1);
    for (uint32_t place; (place = joins->token_slots[at]) != 0;) {
        const inb_join_token *token = &joins->tokens[place - 1];
        if (token->kind == kind && memcmp(token->value, value, sizeof token->value) == 0) {
            break;
        }
        at = (at + 1) & (joins->token_slot_count - 1);
    }
    return at;
}

const char *inb_join_kind_code(inb_join_kind kind) {
    static const char *const codes[] = {
#define X(name, code, most) code,
        INB_JOIN_KINDS(X)
#undef X
    };
    return codes[kind];
}

static int kind_of(const char *code) {
    for (int kind = 0; kind < INB_JOIN_KIND_COUNT; kind++) {
        if (strcmp(inb_join_kind_code((inb_join_kind)kind), code) == 0) {
            return kind;
        }
    }
    return -1; // of tokens that join nothing
}

// The place of a token, which is made where it is new; SIZE_MAX: no memory.
static size_t take_token(inb_joins *joins, inb_join_kind kind, const unsigned char *value) {
    if (!room(joins, false)) {
        return SIZE_MAX;
    }
    size_t slot = token_slot(joins, kind, value);
    if (joins->token_slots[slot] != 0) {
        return joins->token_slots[slot] - 1;
    }
    if (!grow(&joins->tokens, &joins->token_size, joins->token_count + 1, sizeof *joins->tokens)) {
        return SIZE_MAX;
    }
    inb_join_token *token = &joins->tokens[joins->token_count];
    *token = (inb_join_token){.kind = kind};
    memcpy(token->value, value, sizeof token->value);
    joins->token_slots[slot] = (uint32_t)++joins->token_count;
    return joins->token_count - 1;
}

static bool add_link(inb_joins *joins, const struct node *node, size_t token) {
    for (size_t i = node->first_link; i < joins->link_count; i++) {
        if (joins->links[i] == token) {
            return true; // told twice in one signal
        }
    }
    inb_join_token *t = &joins->tokens[token];
    if (!grow(&joins->links, &joins->link_size, joins->link_count + 1, sizeof *joins->links) ||
        !grow(&t->members, &t->size, t->count + 1, sizeof *t->members)) {
        return false;
    }
    joins->links[joins->link_count++] = (uint32_t)token;
    t->members[t->count++] = (uint32_t)joins->node_count;
    return true;
}

inb_status inb_joins_add(inb_joins *joins, const inb_stored_signal *signal, inb_error *err) {
    if (inb_joins_find(joins, signal->number) != SIZE_MAX) {
        return INB_OK;
    }
    struct node node = {.number = signal->number, .first_link = joins->link_count};
    bool fits = room(joins, true) &&
                grow(&joins->nodes, &joins->node_size, joins->node_count + 1, sizeof node);
    for (size_t i = 0; fits && i < signal->token_count; i++) {
        int kind = kind_of(signal->tokens[i].kind);
        if (kind >= 0) {
            size_t token = take_token(joins, (inb_join_kind)kind, signal->tokens[i].value);
            fits = token != SIZE_MAX && add_link(joins, &node, token);
        }
    }
    if (!fits) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for joins");
    }
    node.link_count = joins->link_count - node.first_link;
    joins->nodes[joins->node_count] = node;
    joins->node_slots[node_slot(joins, node.number)] = (uint32_t)++joins->node_count;
    return INB_OK;
}

size_t inb_joins_count(const inb_joins *joins) {
    return joins->node_count;
}

size_t inb_joins_find(const inb_joins *joins, int64_t number) {
    if (joins->node_slot_count == 0) {
        return SIZE_MAX;
    }
    uint32_t place = joins->node_slots[node_slot(joins, number)];
    return place == 0 ? SIZE_MAX : place - 1;
}

int64_t inb_joins_number(const inb_joins *joins, size_t signal) {
    return joins->nodes[signal].number;
}

const uint32_t *inb_joins_tokens_of(const inb_joins *joins, size_t signal, size_t *ret_count) {
    *ret_count = joins->nodes[signal].link_count;
    return *ret_count == 0 ? NULL : joins->links + joins->nodes[signal].first_link;
}

inb_join_token *inb_joins_token(inb_joins *joins, size_t token) {
    return &joins->tokens[token];
}

// ---- the rule ----

static size_t total_of(const inb_join_token *token) {
    return token->total > token->count ? token->total : token->count;
}

bool inb_join_is_strong(const inb_join_token *token) {
    static const size_t most[] = {
#define X(name, code, most) most,
        INB_JOIN_KINDS(X)
#undef X
    };
    return total_of(token) <= most[token->kind];
}

bool inb_join_is_reason(const inb_join_token *token) {
    return inb_join_is_strong(token) || total_of(token) <= INB_JOIN_WEAK_MOST;
}

uint32_t inb_joins_shared(const inb_joins *joins, size_t one, size_t other) {
    uint32_t kinds = 0;
    const struct node *a = &joins->nodes[one];
    const struct node *b = &joins->nodes[other];
    for (size_t i = 0; i < a->link_count; i++) {
        uint32_t token = joins->links[a->first_link + i];
        for (size_t k = 0; k < b->link_count; k++) {
            if (joins->links[b->first_link + k] == token) {
                kinds |= 1U << joins->tokens[token].kind;
            }
        }
    }
    return kinds;
}

bool inb_join_is_enough(uint32_t weak_kinds) {
    return (weak_kinds & (weak_kinds - 1)) != 0; // two bits or more
}

// ---- a solution ----

static uint32_t root_of(inb_joins *joins, uint32_t node) {
    struct node *nodes = joins->nodes;
    while (nodes[node].parent != node) {
        nodes[node].parent = nodes[nodes[node].parent].parent; // halves the way
        node = nodes[node].parent;
    }
    return node;
}

// Whether somebody parted a signal of one component from one of the other.
static bool are_parted(inb_joins *joins, uint32_t one, uint32_t other) {
    for (size_t i = 0; i < joins->parting_count; i++) {
        size_t a = inb_joins_find(joins, joins->partings[i].first);
        size_t b = inb_joins_find(joins, joins->partings[i].second);
        if (a == SIZE_MAX || b == SIZE_MAX || !joins->nodes[a].inside || !joins->nodes[b].inside) {
            continue;
        }
        uint32_t root_a = root_of(joins, (uint32_t)a);
        uint32_t root_b = root_of(joins, (uint32_t)b);
        if ((root_a == one && root_b == other) || (root_a == other && root_b == one)) {
            return true;
        }
    }
    return false;
}

// Joins two signals unless they are joined or parted; true where they are joined afterwards.
static bool join(inb_joins *joins, uint32_t one, uint32_t other) {
    struct node *nodes = joins->nodes;
    uint32_t a = root_of(joins, one);
    uint32_t b = root_of(joins, other);
    if (a == b) {
        return true;
    }
    if (nodes[a].parted && nodes[b].parted && are_parted(joins, a, b)) {
        return false;
    }
    if (nodes[a].size < nodes[b].size) {
        uint32_t kept = a;
        a = b;
        b = kept;
    }
    nodes[b].parent = a;
    nodes[a].size += nodes[b].size;
    nodes[a].parted = nodes[a].parted || nodes[b].parted;
    uint32_t next = nodes[a].next; // two circles become one
    nodes[a].next = nodes[b].next;
    nodes[b].next = next;
    bool ordered = nodes[one].number < nodes[other].number;
    joins->joins[joins->join_count++] = (inb_join){nodes[ordered ? one : other].number,
        nodes[ordered ? other : one].number, inb_joins_shared(joins, one, other)};
    return true;
}

static int compare_tokens(const void *one, const void *other, void *payload) {
    const inb_joins *joins = payload;
    const inb_join_token *a = &joins->tokens[*(const uint32_t *)one];
    const inb_join_token *b = &joins->tokens[*(const uint32_t *)other];
    return a->kind != b->kind ? (a->kind > b->kind) - (a->kind < b->kind)
                              : memcmp(a->value, b->value, sizeof a->value);
}

static int compare_nodes(const void *one, const void *other, void *payload) {
    const inb_joins *joins = payload;
    int64_t a = joins->nodes[*(const uint32_t *)one].number;
    int64_t b = joins->nodes[*(const uint32_t *)other].number;
    return (a > b) - (a < b);
}

// Each member to the one before it, or where that is parted to an earlier one.
static void join_strong(inb_joins *joins, const inb_join_token *token) {
    for (size_t i = 1; i < token->count; i++) {
        size_t k = i;
        while (k > 0 && !join(joins, token->members[k - 1], token->members[i])) {
            k--;
        }
    }
}

static void join_weak(inb_joins *joins, const inb_join_token *token) {
    for (size_t i = 1; i < token->count; i++) {
        for (size_t k = 0; k < i; k++) {
            uint32_t a = token->members[k];
            uint32_t b = token->members[i];
            if (joins->nodes[a].inside && joins->nodes[b].inside &&
                root_of(joins, a) != root_of(joins, b) &&
                inb_join_is_enough(inb_joins_shared(joins, a, b))) {
                (void)join(joins, a, b);
            }
        }
    }
}

static bool is_inside(const inb_joins *joins, const inb_join_token *token) {
    for (size_t i = 0; i < token->count; i++) {
        if (!joins->nodes[token->members[i]].inside) {
            return false;
        }
    }
    return true;
}

inb_status inb_joins_solve(inb_joins *joins, const bool *region, const inb_stored_parting *partings,
    size_t parting_count, inb_error *err) {
    joins->partings = partings;
    joins->parting_count = parting_count;
    inb_free(joins->joins);
    joins->join_count = 0;
    joins->joins = inb_alloc(joins->node_count, sizeof *joins->joins);
    INB_CLEANUP(inb_freep) uint32_t *order = inb_alloc(joins->token_count, sizeof *order);
    if (joins->joins == NULL || order == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for joins");
    }
    for (size_t i = 0; i < joins->node_count; i++) {
        struct node *node = &joins->nodes[i];
        node->parent = node->next = (uint32_t)i;
        node->size = 1;
        node->inside = region == NULL || region[i];
        node->parted = false;
    }
    for (size_t i = 0; i < parting_count; i++) {
        size_t both[] = {
            inb_joins_find(joins, partings[i].first), inb_joins_find(joins, partings[i].second)};
        if (both[0] != SIZE_MAX && both[1] != SIZE_MAX) {
            joins->nodes[both[0]].parted = joins->nodes[both[1]].parted = true;
        }
    }
    size_t count = 0;
    for (size_t i = 0; i < joins->token_count; i++) {
        inb_join_token *token = &joins->tokens[i];
        if (token->count > 1 && inb_join_is_reason(token)) {
            qsort_r(token->members, token->count, sizeof *token->members, compare_nodes, joins);
            order[count++] = (uint32_t)i;
        }
    }
    qsort_r(order, count, sizeof *order, compare_tokens, joins);
    for (int strong = 1; strong >= 0; strong--) {
        for (size_t i = 0; i < count; i++) {
            const inb_join_token *token = &joins->tokens[order[i]];
            if (inb_join_is_strong(token) != (strong == 1)) {
                continue;
            }
            if (strong == 1 && is_inside(joins, token)) {
                join_strong(joins, token);
            } else if (strong == 0) {
                join_weak(joins, token);
            }
        }
    }
    return INB_OK;
}

// ---- telling ----

static int compare_joins(const void *one, const void *other) {
    const inb_join *a = one;
    const inb_join *b = other;
    return a->second != b->second ? (a->second > b->second) - (a->second < b->second)
                                  : (a->first > b->first) - (a->first < b->first);
}

static int compare_numbers(const void *one, const void *other) {
    int64_t a = *(const int64_t *)one;
    int64_t b = *(const int64_t *)other;
    return (a > b) - (a < b);
}

// Where the joins of each component begin: sorted by the component's lowest number.
struct telling {
    inb_joins *joins;
    int64_t *lowest; // of each root
};

static int compare_by_component(const void *one, const void *other, void *payload) {
    const struct telling *telling = payload;
    const inb_join *a = one;
    const inb_join *b = other;
    int64_t low_a =
        telling
            ->lowest[root_of(telling->joins, (uint32_t)inb_joins_find(telling->joins, a->first))];
    int64_t low_b =
        telling
            ->lowest[root_of(telling->joins, (uint32_t)inb_joins_find(telling->joins, b->first))];
    return low_a != low_b ? (low_a > low_b) - (low_a < low_b) : compare_joins(one, other);
}

static inb_status visit_all(const struct telling *telling, uint32_t *order, int64_t *numbers,
    inb_situation_visit visit, void *payload, inb_error *err) {
    inb_joins *joins = telling->joins;
    size_t at = 0; // in joins
    for (size_t i = 0; i < joins->node_count; i++) {
        uint32_t node = order[i];
        uint32_t root = root_of(joins, node);
        if (!joins->nodes[node].inside || telling->lowest[root] != joins->nodes[node].number) {
            continue;
        }
        size_t count = 0;
        uint32_t member = node;
        do {
            numbers[count++] = joins->nodes[member].number;
            member = joins->nodes[member].next;
        } while (member != node);
        qsort(numbers, count, sizeof *numbers, compare_numbers);
        const inb_situation_group group = {numbers, count, joins->joins + at, count - 1};
        at += count - 1;
        INB_TRY(visit(&group, payload, err));
    }
    return INB_OK;
}

inb_status inb_joins_each(
    inb_joins *joins, inb_situation_visit visit, void *payload, inb_error *err) {
    size_t count = joins->node_count;
    INB_CLEANUP(inb_freep) int64_t *lowest = inb_alloc(count, sizeof *lowest);
    INB_CLEANUP(inb_freep) int64_t *numbers = inb_alloc(count, sizeof *numbers);
    INB_CLEANUP(inb_freep) uint32_t *order = inb_alloc(count, sizeof *order);
    if (lowest == NULL || numbers == NULL || order == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for joins");
    }
    for (size_t i = 0; i < count; i++) {
        order[i] = (uint32_t)i;
        uint32_t root = root_of(joins, (uint32_t)i);
        int64_t number = joins->nodes[i].number;
        lowest[root] = lowest[root] == 0 || number < lowest[root] ? number : lowest[root];
    }
    struct telling telling = {joins, lowest};
    qsort_r(order, count, sizeof *order, compare_nodes, joins);
    qsort_r(joins->joins, joins->join_count, sizeof *joins->joins, compare_by_component, &telling);
    return visit_all(&telling, order, numbers, visit, payload, err);
}
