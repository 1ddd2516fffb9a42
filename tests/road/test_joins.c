// SPDX-License-Identifier: EUPL-1.2
// The rule against brute force (every pair, then closure) on random signals; what a hub is; that
// the order of arrival changes nothing; and that what was parted stays apart by every way round.

#include "joins_help.h"

#include "joins.h"

#include "inb_sweep.h"

enum { MANY = 400 };

static inb_status solve(const joins_signal *signals, size_t count,
    const inb_stored_parting *partings, size_t parting_count, joins_labels *ret_labels,
    inb_error *err) {
    INB_CLEANUP(inb_joins_freep) inb_joins *joins = NULL;
    INB_TRY(inb_joins_new(&joins, err));
    for (size_t i = 0; i < count; i++) {
        inb_stored_signal signal = joins_stored(&signals[i]);
        INB_TRY(inb_joins_add(joins, &signal, err));
    }
    INB_TRY(inb_joins_solve(joins, NULL, partings, parting_count, err));
    memset(ret_labels, 0, sizeof *ret_labels);
    return inb_joins_each(joins, joins_label, ret_labels, err);
}

static bool same_token(const inb_stored_token *a, const inb_stored_token *b) {
    return strcmp(a->kind, b->kind) == 0 && memcmp(a->value, b->value, sizeof a->value) == 0;
}

// How many signals have a token.
static size_t holders(const joins_signal *signals, size_t count, const inb_stored_token *token) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        bool has = false;
        for (size_t k = 0; k < signals[i].count; k++) {
            has = has || same_token(&signals[i].tokens[k], token);
        }
        found += has;
    }
    return found;
}

// The rule in plain words, for one pair.
static bool joined(const joins_signal *signals, size_t count, size_t a, size_t b) {
    static const char *const order[] = {
        "kvk", "account", "handle", "vehicle", "address", "phone", "agency", "person"};
    static const size_t most[] = {100, 100, 100, 100, 10, 0, 0, 20};
    bool shared[8] = {false};
    bool reason = false;
    for (size_t i = 0; i < signals[a].count; i++) {
        for (size_t k = 0; k < signals[b].count; k++) {
            const inb_stored_token *token = &signals[a].tokens[i];
            if (!same_token(token, &signals[b].tokens[k])) {
                continue;
            }
            for (size_t kind = 0; kind < 8; kind++) {
                if (strcmp(order[kind], token->kind) == 0) {
                    size_t all = holders(signals, count, token);
                    shared[kind] = true;
                    if (all <= most[kind]) {
                        return true;
                    }
                    reason = reason || all <= 50;
                }
            }
        }
    }
    size_t kinds = 0;
    for (size_t kind = 0; kind < 8; kind++) {
        kinds += shared[kind];
    }
    return reason && kinds >= 2;
}

static void brute_force(const joins_signal *signals, size_t count, joins_labels *ret) {
    memset(ret, 0, sizeof *ret);
    for (size_t i = 0; i < count; i++) {
        ret->of[signals[i].number] = signals[i].number;
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t a = 0; a < count; a++) {
            for (size_t b = 0; b < a; b++) {
                int64_t *x = &ret->of[signals[a].number];
                int64_t *y = &ret->of[signals[b].number];
                if (*x != *y && joined(signals, count, a, b)) {
                    int64_t low = *x < *y ? *x : *y;
                    *x = *y = low;
                    changed = true;
                }
            }
        }
    }
}

INB_TEST(as_brute_force) {
    static joins_signal signals[MANY];
    static joins_labels plain;
    static joins_labels fast;
    size_t most = 0;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        size_t count = seed % 3 == 0 ? MANY : 150;
        joins_random(signals, count, seed, seed % 2 == 0 ? 8 : 60);
        brute_force(signals, count, &plain);
        INB_OK_IS(solve(signals, count, NULL, 0, &fast, err));
        ck_assert_int_eq(memcmp(plain.of, fast.of, sizeof plain.of), 0);
        ck_assert_uint_eq(fast.situations + fast.joins, count);
        most = fast.joins > most ? fast.joins : most;
    }
    ck_assert_uint_gt(most, 20); // there was something to join
}
INB_END

INB_TEST(weak_and_hubs) {
    static joins_signal s[128];
    static joins_labels labels;
    memset(s, 0, sizeof s);
    for (size_t i = 0; i < 128; i++) {
        s[i].number = (int64_t)i + 1;
    }
    joins_give(&s[0], "phone", 1);
    joins_give(&s[1], "phone", 1); // a shared phone alone is weak
    joins_give(&s[2], "agency", 1);
    joins_give(&s[3], "agency", 1); // so is the name of an agency
    joins_give(&s[4], "phone", 2);
    joins_give(&s[4], "agency", 2);
    joins_give(&s[5], "phone", 2);
    joins_give(&s[5], "agency", 2); // both together are enough
    for (size_t i = 10; i < 20; i++) {
        joins_give(&s[i], "address", 1); // ten at one address
    }
    for (size_t i = 20; i < 31; i++) {
        joins_give(&s[i], "address", 2); // eleven: a hub
    }
    joins_give(&s[20], "phone", 3);
    joins_give(&s[21], "phone", 3); // at the hub and with one phone
    INB_OK_IS(solve(s, 128, NULL, 0, &labels, err));
    ck_assert(labels.of[1] != labels.of[2] && labels.of[3] != labels.of[4]);
    ck_assert_int_eq(labels.of[5], labels.of[6]);
    ck_assert_int_eq(labels.of[11], labels.of[20]);
    ck_assert_int_ne(labels.of[23], labels.of[24]);
    ck_assert_int_eq(labels.of[21], labels.of[22]);
    ck_assert_uint_eq(labels.joins, 1 + 9 + 1);
}
INB_END

INB_TEST(order_of_arrival) {
    static joins_signal signals[MANY];
    static joins_signal turned[MANY];
    static joins_labels one;
    static joins_labels other;
    const inb_stored_parting partings[] = {{1, 5}, {2, 90}, {10, 11}};
    for (uint64_t seed = 1; seed <= 6; seed++) {
        joins_random(signals, MANY, seed, 60);
        for (size_t i = 0; i < MANY; i++) {
            turned[i] = signals[MANY - 1 - i];
        }
        INB_OK_IS(solve(signals, MANY, partings, 3, &one, err));
        INB_OK_IS(solve(turned, MANY, partings, 3, &other, err));
        ck_assert_int_eq(memcmp(&one, &other, sizeof one), 0);
    }
}
INB_END

INB_TEST(parted) {
    static joins_signal s[4];
    static joins_labels labels;
    memset(s, 0, sizeof s);
    for (size_t i = 0; i < 4; i++) {
        s[i].number = (int64_t)i + 1;
        joins_give(&s[i], "vehicle", 1);
    }
    const inb_stored_parting one[] = {{1, 2}};
    INB_OK_IS(solve(s, 4, one, 1, &labels, err));
    ck_assert_int_ne(labels.of[1], labels.of[2]); // nor by way of 3 or 4
    ck_assert_uint_eq(labels.situations, 2);
    const inb_stored_parting out[] = {{1, 3}, {2, 3}, {3, 4}}; // 3 is taken out
    INB_OK_IS(solve(s, 4, out, 3, &labels, err));
    ck_assert_int_eq(labels.of[3], 3);
    ck_assert(labels.of[1] == 1 && labels.of[2] == 1 && labels.of[4] == 1);
    const inb_stored_parting gone[] = {{1, 99}}; // a signal that was retracted
    INB_OK_IS(solve(s, 4, gone, 1, &labels, err));
    ck_assert_uint_eq(labels.situations, 1);
}
INB_END

// Whatever was parted, no situation holds both, and nothing is joined that would not be without.
INB_TEST(parted_at_random) {
    static joins_signal signals[MANY];
    static joins_labels all;
    static joins_labels labels;
    static inb_stored_parting partings[60];
    for (uint64_t seed = 1; seed <= 8; seed++) {
        inb_rng rng = inb_rng_make(seed, 1);
        joins_random(signals, MANY, seed, 60);
        INB_OK_IS(solve(signals, MANY, NULL, 0, &all, err));
        size_t count = 0;
        while (count < 60) {
            int64_t a = 1 + inb_rng_below(&rng, MANY);
            int64_t b = 1 + inb_rng_below(&rng, MANY);
            if (a < b) {
                partings[count++] = (inb_stored_parting){a, b};
            }
        }
        INB_OK_IS(solve(signals, MANY, partings, count, &labels, err));
        for (size_t i = 0; i < count; i++) {
            ck_assert_int_ne(labels.of[partings[i].first], labels.of[partings[i].second]);
        }
        for (int64_t i = 1; i <= MANY; i++) {
            ck_assert_int_eq(all.of[i], all.of[labels.of[i]]);
        }
    }
}
INB_END

INB_TEST(out_of_memory) {
    static joins_signal signals[60];
    static joins_labels labels;
    joins_random(signals, 60, 3, 30);
    INB_SWEEP(solve(signals, 60, NULL, 0, &labels, err));
}
INB_END

INB_TEST_MAIN("road/joins", as_brute_force, weak_and_hubs, order_of_arrival, parted,
    parted_at_random, out_of_memory)
