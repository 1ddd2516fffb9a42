// SPDX-License-Identifier: EUPL-1.2
// Chains in a set of agencies: pairs that share a value are brought together by sorting, compared,
// and joined where they are the same or a chain (union by the least number, with path halving).

#include <inbeeld/agency.h>

#include "agency_form.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { CROWD = 5, CROWD_DIRECTORS = 4, MOST_IN_GROUP = 400 };

typedef struct entry {
    const char *value;
    size_t agency;
} entry;

typedef struct pair {
    size_t a, b;
    unsigned crowded;
} pair;

typedef struct pairs {
    pair *list;
    size_t count, size;
} pairs;

static int by_value(const void *left, const void *right) {
    const entry *a = left;
    const entry *b = right;
    int sign = strcmp(a->value, b->value);
    return sign != 0 ? sign : (a->agency > b->agency) - (a->agency < b->agency);
}

static int by_place(const void *left, const void *right) {
    const pair *a = left;
    const pair *b = right;
    int sign = (a->a > b->a) - (a->a < b->a);
    return sign != 0 ? sign : (a->b > b->b) - (a->b < b->b);
}

// What each kind of value of a form is; "" where it has none.
static const char *value_of(const inb_agency_form *form, int kind) {
    switch (kind) {
    case INB_AGENCY_KVK:
        return form->kvk;
    case INB_AGENCY_DIRECTOR:
        return form->director == NULL ? "" : inb_name_letters(form->director);
    case INB_AGENCY_ADDRESS:
        return form->address;
    case INB_AGENCY_PHONE:
        return form->phone;
    case INB_AGENCY_NAME:
        return form->title_count > 0 ? form->titles[0].own : "";
    default: // the name it trades as
        return form->title_count > 1 ? form->titles[1].own : "";
    }
}

static inb_status add_pair(pairs *list, pair one, inb_error *err) {
    if (list->count == list->size) {
        size_t size = list->size == 0 ? 64 : list->size * 2;
        pair *more = inb_realloc(list->list, size, sizeof *more);
        if (more == NULL) {
            return inb_fail(err, INB_NO_MEMORY, "no memory for pairs of agencies");
        }
        list->list = more;
        list->size = size;
    }
    list->list[list->count++] = one;
    return INB_OK;
}

// Directors among entries[count] that are of different names.
static size_t directors_of(
    const inb_agency_form *const *forms, const entry *entries, size_t count) {
    const inb_name_form *seen[CROWD_DIRECTORS];
    size_t found = 0;
    for (size_t i = 0; i < count && found < CROWD_DIRECTORS; i++) {
        const inb_name_form *director = forms[entries[i].agency]->director;
        bool known = director == NULL;
        for (size_t k = 0; k < found && !known; k++) {
            inb_name_level level = inb_name_compare(director, seen[k]);
            known = level <= INB_NAME_NEAR || level == INB_NAME_SWAPPED;
        }
        if (!known) {
            seen[found++] = director;
        }
    }
    return found;
}

// All pairs of agencies with one value of this kind.
static inb_status pairs_of_kind(const inb_agency_form *const *forms, size_t count, int kind,
    entry *entries, pairs *list, inb_error *err) {
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        const char *value = value_of(forms[i], kind);
        if (value[0] != '\0') {
            entries[used++] = (entry){value, i};
        }
    }
    qsort(entries, used, sizeof *entries, by_value);
    for (size_t from = 0, to = 0; from < used; from = to) {
        while (to < used && strcmp(entries[to].value, entries[from].value) == 0) {
            to++;
        }
        bool place = kind == INB_AGENCY_ADDRESS || kind == INB_AGENCY_PHONE;
        bool crowded = place && to - from >= CROWD &&
                       directors_of(forms, entries + from, to - from) >= CROWD_DIRECTORS;
        for (size_t i = from; i < to; i++) {
            // A crowd beyond all measure is compared with its next ones only.
            size_t end = to - i > MOST_IN_GROUP ? i + MOST_IN_GROUP : to;
            for (size_t k = i + 1; k < end; k++) {
                pair one = {entries[i].agency, entries[k].agency, crowded ? 1U << kind : 0};
                INB_TRY(add_pair(list, one, err));
            }
        }
    }
    return INB_OK;
}

static size_t root(size_t *chain, size_t at) {
    while (chain[at] != at) {
        chain[at] = chain[chain[at]];
        at = chain[at];
    }
    return at;
}

static void pairs_clear(pairs *list) {
    inb_free(list->list);
}

inb_status inb_agency_chains_find(const inb_agency_form *const *forms, size_t count,
    inb_arena *arena, inb_agency_chains *ret_chains, inb_error *err) {
    INB_CLEANUP(pairs_clear) pairs list = {.list = NULL};
    INB_CLEANUP(inb_freep) entry *entries = inb_alloc(count, sizeof *entries);
    size_t *chain = inb_arena_get(arena, count, sizeof *chain);
    if (entries == NULL || chain == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the chains of agencies");
    }
    for (int kind = 0; kind <= INB_AGENCY_PARTS; kind++) {
        INB_TRY(pairs_of_kind(forms, count, kind, entries, &list, err));
    }
    if (list.count > 0) {
        qsort(list.list, list.count, sizeof *list.list, by_place);
    }
    inb_agency_link *links = inb_arena_get(arena, list.count, sizeof *links);
    if (links == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the chains of agencies");
    }
    for (size_t i = 0; i < count; i++) {
        chain[i] = i;
    }
    size_t found = 0;
    for (size_t i = 0; i < list.count;) {
        pair one = list.list[i];
        for (; i < list.count && list.list[i].a == one.a && list.list[i].b == one.b; i++) {
            one.crowded |= list.list[i].crowded;
        }
        inb_agency_tie tie = inb_agency_compare(forms[one.a], forms[one.b], one.crowded);
        if (tie.level == INB_AGENCY_SAME || tie.level == INB_AGENCY_CHAIN) {
            links[found++] = (inb_agency_link){one.a, one.b, tie};
            size_t left = root(chain, one.a);
            size_t right = root(chain, one.b);
            chain[left > right ? left : right] = left > right ? right : left;
        }
    }
    for (size_t i = 0; i < count; i++) {
        chain[i] = root(chain, i);
    }
    *ret_chains = (inb_agency_chains){chain, links, found};
    return INB_OK;
}
