// SPDX-License-Identifier: EUPL-1.2
// Two names to one of the ordered levels: part by part, in order where they are as many, else by
// the assignment that matches most parts at the best levels (dynamic programming over sets of at
// most eight parts).

#include "name_form.h"
#include "near_text.h"

#include <string.h>

static const char *const codes[INB_NAME_LEVEL_COUNT] = {
#define X(name, code) [INB_NAME_##name] = (code),
    INB_NAME_LEVELS(X)
#undef X
};

const char *inb_name_level_code(inb_name_level level) {
    return (size_t)level < INB_NAME_LEVEL_COUNT ? codes[level] : "";
}

// A part with the letters that it stands in.
typedef struct part {
    const inb_name_unit *unit;
    const char *letters;
} part;

static bool share_key(const inb_name_unit *a, const inb_name_unit *b) {
    for (size_t i = 0; i < a->key_count; i++) {
        for (size_t k = 0; k < b->key_count; k++) {
            if (a->keys[i] == b->keys[k]) {
                return true;
            }
        }
    }
    return false;
}

static bool share_group(const inb_name_unit *a, const inb_name_unit *b) {
    for (size_t i = 0; i < INB_NICK_GROUPS && a->groups[i] != 0; i++) {
        for (size_t k = 0; k < INB_NICK_GROUPS && b->groups[k] != 0; k++) {
            if (a->groups[i] == b->groups[k]) {
                return true;
            }
        }
    }
    return false;
}

static bool share_skeleton(const inb_name_unit *a, const inb_name_unit *b) {
    size_t least = (a->flags | b->flags) & INB_PART_BARE ? 2 : 3;
    for (size_t i = 0; i < INB_READINGS; i++) {
        for (size_t k = 0; k < INB_READINGS && a->skeleton_sizes[i] >= least; k++) {
            if (b->skeleton_sizes[k] >= least && a->skeletons[i] == b->skeletons[k]) {
                return true;
            }
        }
    }
    return false;
}

static bool near(part a, part b) {
    size_t shorter = a.unit->length < b.unit->length ? a.unit->length : b.unit->length;
    if (shorter < 4 || (a.unit->flags | b.unit->flags) & INB_PART_BARE) {
        return false;
    }
    return inb_edits_within(a.letters + a.unit->at, a.unit->length, b.letters + b.unit->at,
        b.unit->length, shorter >= 8 ? 2 : 1);
}

static inb_name_level compare_parts(part a, part b) {
    const inb_name_unit *u = a.unit;
    const inb_name_unit *v = b.unit;
    if (u->length == v->length && memcmp(a.letters + u->at, b.letters + v->at, u->length) == 0) {
        return INB_NAME_EXACT;
    }
    if ((u->flags | v->flags) & INB_PART_INITIAL) {
        return a.letters[u->at] == b.letters[v->at] ? INB_NAME_PART : INB_NAME_DIFFERENT;
    }
    return share_key(u, v)        ? INB_NAME_SAME
           : share_group(u, v)    ? INB_NAME_NICKNAME
           : near(a, b)           ? INB_NAME_NEAR
           : share_skeleton(u, v) ? INB_NAME_SKELETON
                                  : INB_NAME_DIFFERENT;
}

// The parts of one side of a comparison.
typedef struct bag {
    part parts[INB_NAME_PARTS];
    size_t count;
} bag;

static void bag_add(bag *b, const inb_name_form *form, size_t variant) {
    if (form == NULL || variant >= form->variants) {
        return;
    }
    for (size_t i = form->starts[variant];
         i < form->starts[variant + 1] && b->count < INB_NAME_PARTS; i++) {
        b->parts[b->count++] = (part){&form->units[i], form->letters};
    }
}

// What an assignment covers of each side.
typedef struct covered {
    unsigned a, b;        // bits of the parts that have a partner
    size_t pairs;         // partners
    inb_name_level worst; // of them
    bool in_order;
} covered;

// Parts of a joined that are one part of b ("anne marie", "annemarie").
static void cover_joined(
    const bag *a, const bag *b, unsigned *in_a, unsigned *in_b, size_t *pairs) {
    for (size_t i = 0; i + 1 < a->count; i++) {
        uint32_t both = a->parts[i].unit->with_next;
        for (size_t k = 0; k < b->count; k++) {
            const inb_name_unit *unit = b->parts[k].unit;
            bool taken = (*in_a >> i & 3) != 0 || (*in_b >> k & 1) != 0 || both == 0;
            for (size_t n = 0; !taken && n < unit->key_count; n++) {
                if (unit->keys[n] == both) {
                    *in_a |= 3U << i;
                    *in_b |= 1U << k;
                    (*pairs)++;
                    taken = true;
                }
            }
        }
    }
}

// The best assignment of a's parts to b's: most pairs first, then the least sum of levels.
static covered assign_ordered(const bag *a, const bag *b) {
    enum { NONE = 1000, PAIR = 100 };
    covered best = {.in_order = true};
    size_t joined = 0;
    cover_joined(a, b, &best.a, &best.b, &joined);
    cover_joined(b, a, &best.b, &best.a, &joined);
    best.worst = joined > 0 ? INB_NAME_SAME : INB_NAME_EXACT;
    inb_name_level levels[INB_NAME_PARTS][INB_NAME_PARTS];
    int score[INB_NAME_PARTS + 1][1 << INB_NAME_PARTS]; // of parts 0..i-1 of a with a set of b's
    int8_t choice[INB_NAME_PARTS + 1][1 << INB_NAME_PARTS];
    size_t sets = (size_t)1 << b->count;
    for (size_t set = 0; set < sets; set++) {
        score[0][set] = set == best.b ? 0 : -NONE;
    }
    for (size_t i = 0; i < a->count; i++) {
        for (size_t set = 0; set < sets; set++) {
            score[i + 1][set] = score[i][set];
            choice[i + 1][set] = -1;
        }
        for (size_t k = 0; k < b->count && (best.a >> i & 1) == 0; k++) {
            levels[i][k] = (best.b >> k & 1) != 0 ? INB_NAME_DIFFERENT
                                                  : compare_parts(a->parts[i], b->parts[k]);
            if (levels[i][k] == INB_NAME_DIFFERENT) {
                continue;
            }
            int gain = PAIR - (int)levels[i][k];
            for (size_t set = 0; set < sets; set++) {
                if ((set >> k & 1) != 0) {
                    int with = score[i][set & ~((size_t)1 << k)] + gain;
                    if (with > score[i + 1][set]) {
                        score[i + 1][set] = with;
                        choice[i + 1][set] = (int8_t)k;
                    }
                }
            }
        }
    }
    size_t at = 0;
    for (size_t set = 0; set < sets; set++) {
        at = score[a->count][set] > score[a->count][at] ? set : at;
    }
    int last = (int)b->count;
    best.pairs = joined;
    for (size_t i = a->count; i-- > 0;) {
        int k = choice[i + 1][at];
        if (k >= 0) {
            best.a |= 1U << i;
            best.b |= 1U << k;
            best.worst = levels[i][k] > best.worst ? levels[i][k] : best.worst;
            best.in_order = best.in_order && k < last;
            last = k;
            best.pairs++;
            at &= ~((size_t)1 << k);
        }
    }
    return best;
}

// Which of two bags comes first: any order will do that does not depend on the side.
static bool comes_first(const bag *a, const bag *b) {
    if (a->count != b->count) {
        return a->count < b->count;
    }
    for (size_t i = 0; i < a->count; i++) {
        const inb_name_unit *u = a->parts[i].unit;
        const inb_name_unit *v = b->parts[i].unit;
        int sign = u->length != v->length ? (int)u->length - v->length
                                          : memcmp(a->parts[i].letters + u->at,
                                                b->parts[i].letters + v->at, u->length);
        if (sign != 0) {
            return sign < 0;
        }
    }
    return true;
}

// The same whichever side is named first: of two assignments that are as good, one is taken.
static covered assign(const bag *a, const bag *b) {
    if (comes_first(a, b)) {
        return assign_ordered(a, b);
    }
    covered turned = assign_ordered(b, a);
    unsigned in_b = turned.a;
    turned.a = turned.b;
    turned.b = in_b;
    return turned;
}

// Whether all parts outside `covered` may be missing (patronymics).
static bool rest_optional(const bag *b, unsigned in) {
    for (size_t i = 0; i < b->count; i++) {
        if ((in >> i & 1) == 0 && (b->parts[i].unit->flags & INB_PART_OPTIONAL) == 0) {
            return false;
        }
    }
    return true;
}

static bool all(const bag *b, unsigned in) {
    return in == (1U << b->count) - 1;
}

static inb_name_level compare_bags(const bag *a, const bag *b) {
    if (a->count == b->count) { // in order, the common case
        inb_name_level worst = INB_NAME_EXACT;
        for (size_t i = 0; i < a->count; i++) {
            inb_name_level level = compare_parts(a->parts[i], b->parts[i]);
            worst = level > worst ? level : worst;
        }
        if (worst < INB_NAME_SWAPPED || a->count == 1) {
            return worst;
        }
    }
    if (a->count == 1 && b->count == 1) {
        return INB_NAME_DIFFERENT;
    }
    covered c = assign(a, b);
    if (c.pairs == 0) {
        return INB_NAME_DIFFERENT;
    }
    if (rest_optional(a, c.a) && rest_optional(b, c.b)) {
        return !c.in_order ? (c.worst > INB_NAME_SWAPPED ? c.worst : INB_NAME_SWAPPED)
               : c.worst == INB_NAME_EXACT ? INB_NAME_SAME
                                           : c.worst;
    }
    // A part that only shares its consonants is too little alone.
    bool shorter = all(a, c.a) || all(b, c.b);
    bool sound = c.pairs > 1 || c.worst <= INB_NAME_NEAR || c.worst == INB_NAME_PART;
    return (shorter && sound) || c.pairs > 1 ? INB_NAME_PART : INB_NAME_DIFFERENT;
}

inb_name_level inb_name_compare(const inb_name_form *a, const inb_name_form *b) {
    if (strcmp(a->letters, b->letters) == 0) {
        return INB_NAME_EXACT;
    }
    inb_name_level best = INB_NAME_DIFFERENT;
    for (size_t v = 0; v < a->variants; v++) {
        for (size_t w = 0; w < b->variants; w++) {
            bag left = {.count = 0};
            bag right = {.count = 0};
            bag_add(&left, a, v);
            bag_add(&right, b, w);
            inb_name_level level = v == 0 && w == 0 && a->joined == b->joined
                                       ? INB_NAME_SAME
                                       : compare_bags(&left, &right);
            // The parts are the same and the letters are not: the prefix differs.
            level = level == INB_NAME_EXACT ? INB_NAME_SAME : level;
            // An alias counts for less than the name.
            level = (v > 0 || w > 0) && level < INB_NAME_NICKNAME ? INB_NAME_NICKNAME : level;
            best = level < best ? level : best;
        }
    }
    return best;
}

bool inb_name_apart(const inb_name_form *a, const inb_name_form *b) {
    return (a->marks[0] & b->marks[0]) == 0 && (a->marks[1] & b->marks[1]) == 0 &&
           (a->marks[2] & b->marks[2]) == 0 && (a->marks[3] & b->marks[3]) == 0;
}

inb_name_level inb_name_crossed(const inb_name_form *a_given, const inb_name_form *a_surname,
    const inb_name_form *b_given, const inb_name_form *b_surname) {
    bag a = {.count = 0};
    bag b = {.count = 0};
    bag_add(&a, a_given, 0);
    bag_add(&a, a_surname, 0);
    bag_add(&b, b_given, 0);
    bag_add(&b, b_surname, 0);
    if (a.count < 2 || b.count < 2) {
        return INB_NAME_DIFFERENT;
    }
    covered c = assign(&a, &b);
    bool found = c.pairs > 1 && (all(&a, c.a) || all(&b, c.b)) && c.worst <= INB_NAME_SKELETON;
    return found ? INB_NAME_SWAPPED : INB_NAME_DIFFERENT;
}
