// SPDX-License-Identifier: EUPL-1.2
// The set of ids: against the numbers that were put in, its size, and refused memory.

#include "id_set.h"

#include "inb_sweep.h"

static bool add(inb_id_set *set, uint64_t hash) {
    bool is_new = false;
    INB_OK_IS(inb_id_set_add(set, hash, &is_new, err));
    return is_new;
}

static uint64_t hash_of(size_t number) {
    char id[32];
    snprintf(id, sizeof id, "S-%zu", number);
    return inb_id_hash("o", id);
}

INB_TEST(each_is_new_once) {
    inb_id_set set = {0};
    enum { MANY = 50000 };
    for (size_t i = 0; i < MANY; i++) {
        INB_HOLDS(add(&set, hash_of(i)), "%zu", i);
        INB_HOLDS(!add(&set, hash_of(i / 2)), "%zu", i);
    }
    ck_assert_uint_eq(set.count, MANY);
    for (size_t i = 0; i < MANY; i++) {
        INB_HOLDS(!add(&set, hash_of(i)), "%zu", i);
    }
    // At most seven eighths full, and not twice as large as that asks for.
    ck_assert_uint_le(set.count * 8, set.size * 7);
    ck_assert_uint_gt(set.count * 8, set.size / 2 * 7);
    inb_id_set_clear(&set);
    ck_assert(add(&set, hash_of(0))); // can be used again
    inb_id_set_clear(&set);
}
INB_END

INB_TEST(neighbours_in_the_table) {
    inb_id_set set = {0};
    for (uint64_t i = 1; i <= 300; i++) { // all want one of two slots, at the end of the table
        ck_assert(add(&set, i << 32 | 1022 | (i & 1)));
    }
    for (uint64_t i = 1; i <= 300; i++) {
        ck_assert(!add(&set, i << 32 | 1022 | (i & 1)));
    }
    inb_id_set_clear(&set);
}
INB_END

INB_TEST(organisation_and_id_are_apart) {
    ck_assert(inb_id_hash("a", "b") != inb_id_hash("ab", ""));
    ck_assert(inb_id_hash("", "ab") != inb_id_hash("a", "b"));
    ck_assert(inb_id_hash("x", "1") != inb_id_hash("y", "1"));
    ck_assert(inb_id_hash("x", "1") == inb_id_hash("x", "1"));
}
INB_END

static inb_status fill(inb_error *err) {
    inb_id_set set = {0};
    inb_status status = INB_OK;
    for (size_t i = 0; status == INB_OK && i < 5000; i++) {
        bool is_new;
        status = inb_id_set_add(&set, hash_of(i), &is_new, err);
    }
    inb_id_set_clear(&set);
    return status;
}

INB_TEST(memory_refused) {
    INB_SWEEP(fill(err));
}
INB_END

INB_TEST_MAIN("1_observe/id_set", each_is_new_once, neighbours_in_the_table,
    organisation_and_id_are_apart, memory_refused)
