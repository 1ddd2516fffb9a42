// SPDX-License-Identifier: EUPL-1.2
// Keyrings: a key for a month, wrapped keys that open with team and bucket alone and where they
// belong, erasing that every user of the file sees, and what an old copy of the file is taken for.

#include "inb_file.h"
#include "inb_sweep.h"
#include "ring_help.h"

static const inb_date december = {2026, 12, 0};
static const inb_date january = {2027, 1, 0};

INB_TEST(a_key_for_a_month) {
    ring_setup();
    inb_keyring *ring = ring_open();
    inb_keyring *other = ring_open(); // another program
    int64_t one = 0;
    int64_t two = 0;
    INB_OK_IS(inb_keyring_bucket(ring, december, &one, err));
    INB_OK_IS(inb_keyring_bucket(other, december, &two, err));
    ck_assert_int_gt(one, 0);
    ck_assert_int_eq(one, two);
    INB_OK_IS(inb_keyring_bucket(other, january, &two, err));
    ck_assert_int_ne(one, two);
    INB_FAILS(
        inb_keyring_bucket(ring, (inb_date){2026, 12, 3}, &one, err), INB_INTERNAL, "a month");
    inb_record_key key;
    inb_record_key back;
    unsigned char wrapped[INB_WRAPPED_BYTES];
    inb_record_key_make(5, &key);
    INB_OK_IS(inb_keyring_wrap(ring, one, "r", &key, wrapped, err));
    ck_assert_ptr_null(memmem(wrapped, sizeof wrapped, key.bytes, 8));
    INB_OK_IS(inb_keyring_unwrap(other, one, "r", wrapped, &back, err));
    ck_assert_mem_eq(back.bytes, key.bytes, sizeof key.bytes);
    ck_assert_uint_eq(back.since, 5);
    // Moved to another record or month, or changed.
    INB_FAILS(inb_keyring_unwrap(ring, one, "q", wrapped, &back, err), INB_BAD_INPUT, "not open");
    INB_FAILS(inb_keyring_unwrap(ring, two, "r", wrapped, &back, err), INB_BAD_INPUT, "not open");
    for (size_t i = 0; i < sizeof wrapped; i++) {
        wrapped[i] ^= 4;
        ck_assert_int_eq(inb_keyring_unwrap(ring, one, "r", wrapped, &back, NULL), INB_BAD_INPUT);
        wrapped[i] ^= 4;
    }
    // Another team's key opens neither ring nor wrapping.
    inb_keys *team = new_key(INB_KEY_TEAM, "", NULL);
    inb_keyring *third = NULL;
    INB_FAILS(inb_keyring_open(ring_folder, ring_name, team, true, &third, err), INB_BAD_INPUT,
        "of another key");
    inb_keys_free(team);
    inb_keyring_free(ring);
    inb_keyring_free(other);
    ring_teardown();
}
INB_END

INB_TEST(erased_for_all) {
    ring_setup();
    inb_keyring *ring = ring_open();
    inb_keyring *other = ring_open();
    char path[256];
    int64_t ids[2];
    inb_record_key key;
    inb_record_key back;
    unsigned char wrapped[2][INB_WRAPPED_BYTES];
    inb_record_key_make(1, &key);
    INB_OK_IS(inb_keyring_bucket(ring, december, &ids[0], err));
    INB_OK_IS(inb_keyring_bucket(ring, january, &ids[1], err));
    for (int i = 0; i < 2; i++) {
        INB_OK_IS(inb_keyring_wrap(ring, ids[i], "r", &key, wrapped[i], err));
        INB_OK_IS(inb_keyring_unwrap(other, ids[i], "r", wrapped[i], &back, err));
    }
    ring_path(path);
    size_t length = 0;
    char *copy = inb_file_content(path, &length);
    size_t erased = 0;
    INB_OK_IS(inb_keyring_erase(ring, (const int64_t[]){ids[0], 12345}, 2, &erased, err));
    ck_assert_uint_eq(erased, 1);
    INB_OK_IS(inb_keyring_erase(other, ids, 1, &erased, err)); // again: nothing is left to do
    ck_assert_uint_eq(erased, 0);
    inb_keyring *const users[] = {ring, other};
    for (int i = 0; i < 2; i++) {
        INB_FAILS(inb_keyring_unwrap(users[i], ids[0], "r", wrapped[0], &back, err), INB_ERASED,
            "erased");
        INB_FAILS(
            inb_keyring_wrap(users[i], ids[0], "r", &key, wrapped[0], err), INB_ERASED, "erased");
        INB_OK_IS(inb_keyring_unwrap(users[i], ids[1], "r", wrapped[1], &back, err));
        INB_FAILS(inb_keyring_unwrap(users[i], 4711, "r", wrapped[0], &back, err), INB_NOT_FOUND,
            "older than the store");
    }
    // The month gets a new key; the old one never comes back.
    int64_t fresh = 0;
    INB_OK_IS(inb_keyring_bucket(other, december, &fresh, err));
    ck_assert_int_ne(fresh, ids[0]);
    inb_bucket list[4];
    size_t count = 0;
    INB_OK_IS(inb_keyring_list(ring, list, 4, &count, err));
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(list[0].state, INB_BUCKET_ERASED);
    ck_assert_int_eq(list[1].state, INB_BUCKET_ALIVE);
    ck_assert_int_eq(list[2].state, INB_BUCKET_ALIVE);
    // A copy made before is put back: it lacks what came after, and opens the rest again. That is
    // why no copy of a ring may be kept for long.
    FILE *file = fopen(path, "wb");
    ck_assert_uint_eq(fwrite(copy, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
    free(copy);
    INB_OK_IS(inb_keyring_unwrap(ring, ids[0], "r", wrapped[0], &back, err));
    INB_FAILS(inb_keyring_unwrap(ring, fresh, "r", wrapped[0], &back, err), INB_NOT_FOUND, "lacks");
    inb_keyring_free(ring);
    inb_keyring_free(other);
    ring_teardown();
}
INB_END

INB_TEST(none_is_made_unasked) {
    ring_setup();
    inb_keyring *ring = NULL;
    INB_FAILS(inb_keyring_open(ring_folder, ring_name, ring_team, false, &ring, err), INB_NOT_FOUND,
        "folder of the keyring");
    inb_keyring_free(ring_open());
    INB_OK_IS(inb_keyring_open(ring_folder, ring_name, ring_team, false, &ring, err));
    inb_keyring_free(ring);
    INB_FAILS(inb_keyring_open(
                  ring_folder, "ffffffffffffffffffffffffffffffff", ring_team, false, &ring, err),
        INB_NOT_FOUND, "no keyring");
    INB_FAILS(inb_keyring_open(ring_folder, "../x", ring_team, true, &ring, err), INB_BAD_INPUT,
        "no keyring has");
    char from[256];
    char to[256];
    ring_path(from);
    snprintf(to, sizeof to, "%s/%s.ring", ring_folder, "ffffffffffffffffffffffffffffffff");
    ck_assert_int_eq(rename(from, to), 0);
    INB_FAILS(inb_keyring_open(
                  ring_folder, "ffffffffffffffffffffffffffffffff", ring_team, false, &ring, err),
        INB_BAD_INPUT, "of another store");
    ring_teardown();
}
INB_END

static inb_status once(inb_error *err) {
    inb_keyring *ring = NULL;
    int64_t id = 0;
    size_t erased = 0;
    INB_TRY(inb_keyring_open(ring_folder, ring_name, ring_team, true, &ring, err));
    inb_status status = inb_keyring_bucket(ring, december, &id, err);
    if (status == INB_OK) {
        status = inb_keyring_erase(ring, &id, 1, &erased, err);
    }
    inb_keyring_free(ring);
    return status;
}

INB_TEST(out_of_memory) {
    ring_setup();
    INB_SWEEP(once(err));
    // What was refused left a ring that opens.
    inb_keyring_free(ring_open());
    ring_teardown();
}
INB_END

// A part of a record, bound to its version, is none of the team's, and the other way round.
INB_TEST(parts) {
    inb_keys *team = new_key(INB_KEY_TEAM, "", NULL);
    inb_record_key key;
    inb_record_key other;
    inb_record_key_make(1, &key);
    inb_record_key_make(1, &other);
    unsigned char sealed[INB_SEAL_OVERHEAD + INB_SEAL_BLOCK];
    char plain[sizeof sealed];
    size_t length = 0;
    ck_assert_uint_eq(inb_sealed_size(6), sizeof sealed);
    INB_OK_IS(inb_seal_part(&key, "r", 2, "name", "Canary", 6, sealed, err));
    INB_OK_IS(inb_unseal_part(&key, "r", 2, "name", sealed, sizeof sealed, plain, &length, err));
    ck_assert_str_eq(plain, "Canary");
    static const char *const refused = "does not open";
    INB_FAILS(inb_unseal_part(&key, "r", 1, "name", sealed, sizeof sealed, plain, &length, err),
        INB_BAD_INPUT, refused);
    INB_FAILS(inb_unseal_part(&key, "r", 258, "name", sealed, sizeof sealed, plain, &length, err),
        INB_BAD_INPUT, refused);
    INB_FAILS(inb_unseal_part(&key, "q", 2, "name", sealed, sizeof sealed, plain, &length, err),
        INB_BAD_INPUT, refused);
    INB_FAILS(inb_unseal_part(&other, "r", 2, "name", sealed, sizeof sealed, plain, &length, err),
        INB_BAD_INPUT, refused);
    INB_FAILS(inb_unseal(team, "r", "name", sealed, sizeof sealed, plain, &length, err),
        INB_BAD_INPUT, "another version");
    INB_OK_IS(inb_seal(team, "r", "name", "Canary", 6, sealed, err));
    INB_FAILS(inb_unseal_part(&key, "r", 2, "name", sealed, sizeof sealed, plain, &length, err),
        INB_BAD_INPUT, "another version");
    inb_keys_free(team);
}
INB_END

INB_TEST_MAIN(
    "seal/keyring", a_key_for_a_month, erased_for_all, none_is_made_unasked, out_of_memory, parts)
