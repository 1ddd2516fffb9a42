// SPDX-License-Identifier: EUPL-1.2
// Persons joined against a slow plain union; and none joined over two signals that were parted.

#include "inb_test.h"

#include "person_sets.h"

#include <inbeeld/rng.h>

#include "inb_sweep.h"

enum { PERSONS = 900 };

static void token_of(uint32_t number, unsigned char value[INB_STORE_TOKEN_BYTES]) {
    memset(value, 0, INB_STORE_TOKEN_BYTES);
    memcpy(value, &number, sizeof number);
}

INB_TEST(as_a_plain_union) {
    static uint32_t plain[PERSONS];
    static uint32_t first_with[400];
    inb_person_sets *sets = NULL;
    inb_rng rng = inb_rng_make(2, 0);
    INB_OK_IS(inb_person_sets_new(NULL, 0, &sets, err));
    memset(first_with, 0xff, sizeof first_with);
    for (uint32_t i = 0; i < PERSONS; i++) {
        uint32_t place = 0;
        unsigned char value[INB_STORE_TOKEN_BYTES];
        uint32_t token = inb_rng_below(&rng, 400);
        INB_OK_IS(inb_person_sets_add(sets, 1 + i / 2, &place, err));
        ck_assert_uint_eq(place, i);
        plain[i] = i;
        token_of(token, value);
        INB_OK_IS(inb_person_sets_token(sets, place, value, err));
        uint32_t join = first_with[token] == UINT32_MAX ? i : first_with[token];
        first_with[token] = join;
        uint32_t from = plain[i];
        for (uint32_t k = 0; k <= i; k++) {
            plain[k] = plain[k] == from ? plain[join] : plain[k];
        }
    }
    const inb_alike alike = {3, 1, 1, 90, 1, 0};
    const inb_alike none[] = {{3, 1, 2, 90, 1, 0}, {3, 1, 0, 5000, 1, 0}};
    uint32_t kept = inb_person_sets_find(sets, 2 * 89);
    inb_person_sets_alike(sets, &none[0]); // there is no third person in signal 3
    inb_person_sets_alike(sets, &none[1]);
    ck_assert_uint_eq(inb_person_sets_find(sets, 2 * 89), kept);
    inb_person_sets_alike(sets, &alike);
    uint32_t from = plain[2 * 89];
    for (uint32_t k = 0; k < PERSONS; k++) {
        plain[k] = plain[k] == from ? plain[2 * 2 + 1] : plain[k];
    }
    for (uint32_t a = 0; a < PERSONS; a++) {
        for (uint32_t b = 0; b < a; b++) {
            INB_HOLDS((inb_person_sets_find(sets, a) == inb_person_sets_find(sets, b)) ==
                          (plain[a] == plain[b]),
                "%u and %u", a, b);
        }
        ck_assert_uint_le(inb_person_sets_find(sets, a), a); // the least place
    }
    inb_person_sets_free(sets);
}
INB_END

INB_TEST(parted) {
    const inb_stored_parting partings[] = {{1, 3}, {2, 4}};
    inb_person_sets *sets = NULL;
    INB_OK_IS(inb_person_sets_new(partings, 2, &sets, err));
    for (int64_t signal = 1; signal <= 5; signal++) {
        uint32_t place = 0;
        INB_OK_IS(inb_person_sets_add(sets, signal, &place, err));
    }
    inb_person_sets_join(sets, 0, 2); // signals 1 and 3
    ck_assert_uint_ne(inb_person_sets_find(sets, 0), inb_person_sets_find(sets, 2));
    inb_person_sets_join(sets, 0, 4); // 1 and 5
    inb_person_sets_join(sets, 4, 2); // 5 and 3: would bring 1 and 3 together
    ck_assert_uint_eq(inb_person_sets_find(sets, 4), 0);
    ck_assert_uint_eq(inb_person_sets_find(sets, 2), 2);
    inb_person_sets_join(sets, 1, 2); // 2 and 3 are not parted
    ck_assert_uint_eq(inb_person_sets_find(sets, 2), 1);
    inb_person_sets_join(sets, 2, 3); // 3 with 2 and 4: 2 and 4 are
    ck_assert_uint_eq(inb_person_sets_find(sets, 3), 3);
    inb_person_sets_free(sets);
}
INB_END

static inb_status once(inb_error *err) {
    inb_person_sets *sets = NULL;
    INB_TRY(inb_person_sets_new(NULL, 0, &sets, err));
    inb_status status = INB_OK;
    for (uint32_t i = 0; status == INB_OK && i < 600; i++) {
        uint32_t place = 0;
        unsigned char value[INB_STORE_TOKEN_BYTES];
        token_of(i, value);
        status = inb_person_sets_add(sets, i + 1, &place, err);
        status = status == INB_OK ? inb_person_sets_token(sets, place, value, err) : status;
    }
    inb_person_sets_free(sets);
    return status;
}

INB_TEST(memory_may_run_out) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("road/person_sets", as_a_plain_union, parted, memory_may_run_out)
