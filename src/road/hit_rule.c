// SPDX-License-Identifier: EUPL-1.2
// The rule: which signals of other organisations a signal is in a hit with. It is asked anew each
// time, from the tokens that stand there: what was corrected, retracted, parted or deleted is out
// by itself, and one signal at a time gives what a walk over all gives. Whom the signal may not
// know of is left out by the store already, and does not count as a sharer either: an answer is the
// same whether they are there or not.

#include "hits_i.h"

#include "base/alloc.h"

#include <string.h>

static const struct {
    const char *code;
    size_t most;
} kinds[] = {
#define X(code, most) {code, most},
    INB_HIT_KINDS(X)
#undef X
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static int kind_of(const char *code) {
    for (int i = 0; i < KINDS; i++) {
        if (strcmp(kinds[i].code, code) == 0) {
            return i;
        }
    }
    return -1;
}

bool inb_i_hit_kind(const char *kind) {
    return kind_of(kind) >= 0;
}

// One who shares something with the signal, by what.
struct found {
    inb_sharer sharer;
    bool strong;
    uint32_t weak; // bit per kind
};

// How many signals of an organisation have a token.
struct owner {
    const char *organisation;
    size_t same;     // of the signal's own regime
    size_t grounded; // with a ground
};

struct search {
    inb_store *store;
    const inb_regimes *regimes;
    inb_arena *arena;
    const inb_stored_signal *signal;
    inb_asker asker;
    bool everything;
    struct found *list; // by number
    size_t count;
    size_t room;
    struct owner *owners;
    size_t owner_count;
    size_t owner_room;
    inb_error *err;
};

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "no memory for hits");
}

static bool same_regime(const struct search *search, const inb_sharer *sharer) {
    return search->everything || search->regimes->of[sharer->source_kind] ==
                                     search->regimes->of[search->signal->source_kind];
}

static bool is_own(const struct search *search, const char *organisation) {
    return strcmp(search->signal->organisation, organisation) == 0;
}

// Twice the room for items of `size` in the arena.
static inb_status grow(
    inb_arena *arena, void *items, size_t count, size_t *room, size_t size, inb_error *err) {
    void **place = items;
    if (count < *room) {
        return INB_OK;
    }
    size_t larger = *room == 0 ? 16 : 2 * *room;
    void *fresh = inb_arena_get(arena, larger, size);
    if (fresh == NULL) {
        return no_memory(err);
    }
    if (count > 0) {
        memcpy(fresh, *place, count * size);
    }
    *place = fresh;
    *room = larger;
    return INB_OK;
}

// The entry of a number, made where it is new.
static inb_status entry_of(
    struct search *search, const inb_sharer *sharer, struct found **ret_found) {
    size_t low = 0;
    size_t high = search->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (search->list[middle].sharer.number < sharer->number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == search->count || search->list[low].sharer.number != sharer->number) {
        INB_TRY(grow(search->arena, &search->list, search->count, &search->room,
            sizeof *search->list, search->err));
        memmove(search->list + low + 1, search->list + low,
            (search->count - low) * sizeof *search->list);
        search->list[low] = (struct found){.sharer = *sharer};
        search->count++;
    }
    *ret_found = &search->list[low];
    return INB_OK;
}

// Its own owner where the organisation is new.
static inb_status owner_of(
    struct search *search, const char *organisation, struct owner **ret_owner) {
    for (size_t i = 0; i < search->owner_count; i++) {
        if (strcmp(search->owners[i].organisation, organisation) == 0) {
            *ret_owner = &search->owners[i];
            return INB_OK;
        }
    }
    INB_TRY(grow(search->arena, &search->owners, search->owner_count, &search->owner_room,
        sizeof *search->owners, search->err));
    search->owners[search->owner_count] = (struct owner){.organisation = organisation};
    *ret_owner = &search->owners[search->owner_count++];
    return INB_OK;
}

// Counts who has the token, an organisation at a time.
static inb_status count_owners(struct search *search, const inb_sharer *list, size_t count) {
    struct owner *owner = NULL;
    search->owner_count = 0;
    INB_TRY(owner_of(search, search->signal->organisation, &owner)); // the first one
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && list[i].number == list[i - 1].number) {
            continue; // told twice in one signal
        }
        INB_TRY(owner_of(search, list[i].organisation, &owner));
        owner->same += same_regime(search, &list[i]) ? 1 : 0;
        owner->grounded += list[i].grounded ? 1 : 0;
    }
    return INB_OK;
}

// One token: strong or weak for each pair of organisations by how many of the two have it; of two
// regimes those count that have a ground.
static inb_status take_token(struct search *search, const inb_stored_token *token) {
    const inb_sharer *list = NULL;
    size_t count = 0;
    int kind = kind_of(token->kind);
    if (kind < 0) {
        return INB_OK;
    }
    INB_TRY(inb_store_sharing(search->store, search->arena, &search->asker, token->kind,
        token->value, INB_HIT_ROWS_MOST + 1, &list, &count, search->err));
    if (count > INB_HIT_ROWS_MOST) {
        return INB_OK; // a hub
    }
    INB_TRY(count_owners(search, list, count));
    for (size_t i = 0; i < count; i++) {
        struct owner *owner = NULL;
        struct found *found = NULL;
        if (is_own(search, list[i].organisation)) {
            continue;
        }
        INB_TRY(owner_of(search, list[i].organisation, &owner));
        bool same = same_regime(search, &list[i]);
        size_t have = same ? search->owners[0].same + owner->same
                           : search->owners[0].grounded + owner->grounded;
        if (have <= kinds[kind].most || have <= INB_HIT_WEAK_MOST) {
            INB_TRY(entry_of(search, &list[i], &found));
            found->strong = found->strong || have <= kinds[kind].most;
            found->weak |= 1U << kind;
        }
    }
    return INB_OK;
}

static inb_status take_alike(struct search *search) {
    const inb_sharer *list = NULL;
    size_t count = 0;
    INB_TRY(inb_store_alike_of(
        search->store, search->arena, &search->asker, &list, &count, search->err));
    for (size_t i = 0; i < count; i++) {
        struct found *found = NULL;
        if (!is_own(search, list[i].organisation)) {
            INB_TRY(entry_of(search, &list[i], &found));
            found->strong = true;
        }
    }
    return INB_OK;
}

// Pairs for which somebody recorded a ground: any one thing that they share is enough.
static inb_status take_grounded(struct search *search) {
    const inb_sharer *list = NULL;
    size_t count = 0;
    INB_TRY(inb_store_grounded_with(
        search->store, search->arena, search->signal->number, &list, &count, search->err));
    for (size_t i = 0; i < count; i++) {
        const inb_stored_signal *other = NULL;
        const inb_sharer *near = NULL;
        size_t near_count = 0;
        struct found *found = NULL;
        bool shares = false;
        INB_TRY(inb_store_get(search->store, search->arena, list[i].number, &other, search->err));
        for (size_t a = 0; a < search->signal->token_count; a++) {
            const inb_stored_token *own = &search->signal->tokens[a];
            for (size_t b = 0; inb_i_hit_kind(own->kind) && b < other->token_count; b++) {
                shares = shares ||
                         (strcmp(own->kind, other->tokens[b].kind) == 0 &&
                             memcmp(own->value, other->tokens[b].value, sizeof own->value) == 0);
            }
        }
        const inb_asker all = {search->signal->number, search->regimes->all, true};
        INB_TRY(inb_store_alike_of(
            search->store, search->arena, &all, &near, &near_count, search->err));
        for (size_t k = 0; k < near_count; k++) {
            shares = shares || near[k].number == list[i].number;
        }
        if (shares && !is_own(search, list[i].organisation)) {
            INB_TRY(entry_of(search, &list[i], &found));
            found->strong = true;
        }
    }
    return INB_OK;
}

inb_status inb_i_hit_pairs(inb_store *store, const inb_regimes *regimes, inb_arena *arena,
    const inb_stored_signal *signal, bool everything, const inb_i_hit_pair **ret_pairs,
    size_t *ret_count, inb_error *err) {
    struct search search = {.store = store,
        .regimes = regimes,
        .arena = arena,
        .signal = signal,
        .everything = everything,
        .err = err};
    search.asker = (inb_asker){signal->number,
        everything ? regimes->all : regimes->kinds[regimes->of[signal->source_kind]], everything};
    if (!everything) {
        INB_TRY(inb_store_has_part(
            store, signal->number, signal->version, "ground", &search.asker.grounded, err));
    }
    for (size_t i = 0; i < signal->token_count; i++) {
        INB_TRY(take_token(&search, &signal->tokens[i]));
    }
    INB_TRY(take_alike(&search));
    INB_TRY(take_grounded(&search));
    inb_i_hit_pair *pairs = inb_arena_get(arena, search.count, sizeof *pairs);
    if (pairs == NULL) {
        return no_memory(err);
    }
    size_t count = 0;
    for (size_t i = 0; i < search.count; i++) {
        const struct found *found = &search.list[i];
        bool enough = found->strong || (found->weak & (found->weak - 1)) != 0;
        if (enough && !found->sharer.parted) {
            pairs[count++] = (inb_i_hit_pair){found->sharer.number, found->sharer.organisation,
                !same_regime(&search, &found->sharer)};
        }
    }
    *ret_pairs = pairs;
    *ret_count = count;
    return INB_OK;
}
