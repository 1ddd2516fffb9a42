// SPDX-License-Identifier: EUPL-1.2
// The file of an encoded list: what is written is read again, and a file that is cut, longer, of
// another version or out of range is refused in words.

#include <inbeeld/encoded.h>

#include "inb_file.h"
#include "inb_sweep.h"

static const char first_ids[] = "a\0bb\0c\xc3\xa9";
static const size_t first_id_at[] = {0, 2, 5, 9};
static char ids[sizeof first_ids];
static size_t id_at[sizeof first_id_at / sizeof first_id_at[0]];
static unsigned char filters[3 * 4 * 64];
static unsigned char tokens[3 * 2 * INB_ENCODED_TOKEN_BYTES];

static inb_encoded sample(void) {
    memcpy(ids, first_ids, sizeof ids); // a case before may have damaged them
    memcpy(id_at, first_id_at, sizeof id_at);
    for (size_t i = 0; i < sizeof filters; i++) {
        filters[i] = (unsigned char)(i * 7);
    }
    for (size_t i = 0; i < sizeof tokens; i++) {
        tokens[i] = (unsigned char)(i * 5);
    }
    return (inb_encoded){.about = {.key_kind = "hit",
                             .key_version = 2026,
                             .key_print = "0123-abcd",
                             .holder_print = "4567-89ab",
                             .holder_version = 2,
                             .groups = 4,
                             .bits = 512,
                             .folded = true,
                             .noise = 250,
                             .fields = 7,
                             .exacts = 9},
        .count = 3,
        .token_count = 2,
        .filter_bytes = 256,
        .id_at = id_at,
        .ids = ids,
        .filters = filters,
        .tokens = tokens};
}

INB_TEST(written_and_read) {
    inb_encoded encoded = sample();
    inb_buffer out = INB_BUFFER_INIT(1 << 20);
    inb_encoded_write(&encoded, &out);
    INB_OK_IS(inb_buffer_check(&out, err));
    inb_encoded back;
    INB_OK_IS(inb_encoded_parse("x", out.data, out.length, &back, err));
    ck_assert_uint_eq(back.count, 3);
    ck_assert_str_eq(inb_encoded_id(&back, 1), "bb");
    ck_assert_str_eq(inb_encoded_id(&back, 2), "c\xc3\xa9");
    ck_assert_mem_eq(back.filters, filters, sizeof filters);
    ck_assert_mem_eq(back.tokens, tokens, sizeof tokens);
    ck_assert_uint_eq(back.about.key_version, 2026);
    ck_assert_str_eq(back.about.holder_print, "4567-89ab");
    ck_assert_uint_eq(back.about.noise, 250);
    inb_buffer again = INB_BUFFER_INIT(1 << 20);
    inb_encoded_write(&back, &again);
    ck_assert_uint_eq(again.length, out.length);
    ck_assert_mem_eq(again.data, out.data, out.length);
    char path[INB_TEMP_PATH];
    inb_temp_file(path, out.data, out.length);
    ck_assert(inb_encoded_is(path));
    inb_encoded_clear(&back);
    INB_OK_IS(inb_encoded_read(path, &back, err));
    (void)unlink(path);
    ck_assert(!inb_encoded_is(path));
    inb_encoded_clear(&back);
    inb_buffer_clear(&again);
    inb_buffer_clear(&out);
}
INB_END

// Every cut, every longer file and every changed line of the head.
INB_TEST(damage_is_refused) {
    inb_encoded encoded = sample();
    inb_buffer out = INB_BUFFER_INIT(1 << 20);
    inb_encoded_write(&encoded, &out);
    inb_encoded back;
    for (size_t length = 0; length < out.length; length += length < 260 ? 1 : 97) {
        char *copy = malloc(length + 1); // so that reading past it shows under ASan
        memcpy(copy, out.data, length);
        INB_FAILS(inb_encoded_parse("x", copy, length, &back, err), INB_BAD_INPUT, "x:");
        free(copy);
    }
    inb_buffer_char(&out, '\0');
    INB_FAILS(inb_encoded_parse("x", out.data, out.length, &back, err), INB_BAD_INPUT, "x: found");
    static const char *const changes[][2] = {{"encoded 1", "encoded 2"}, {"hit 2026", "hot 2026"},
        {"hit 2026", "hit 0000"}, {"0123-abcd", "0123-ABCD"}, {"holder 2", "holder 0"},
        {"groups 4", "groups 2"}, {"groups 4", "groups 9"}, {"bits 512", "bits 513"},
        {"folded 1", "folded 2"}, {"noise 250", "noise 9999"}, {"fields 7", "fields x"},
        {"exacts 9", "exacts 0"}, {"exacts 9", "exacts 99"}, {"records 3", "records 4"},
        {"records 3", "records 2"}, {"records 3", "records -1"}, {"key ", "kez "}};
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        inb_buffer other = INB_BUFFER_INIT(1 << 20);
        char *at = strstr(out.data, changes[i][0]);
        ck_assert_ptr_nonnull(at);
        inb_buffer_add(&other, out.data, (size_t)(at - out.data));
        inb_buffer_text(&other, changes[i][1]);
        size_t rest = (size_t)(at - out.data) + strlen(changes[i][0]);
        inb_buffer_add(&other, out.data + rest, out.length - 1 - rest);
        INB_FAILS(inb_encoded_parse("x", other.data, other.length, &back, err), INB_BAD_INPUT, "x");
        inb_buffer_clear(&other);
    }
    ids[2] = 'a'; // "a", "a": two of one id
    ids[3] = '\0';
    ids[4] = 'b';
    inb_buffer_reset(&out);
    encoded.id_at[3] = 9;
    inb_encoded_write(&encoded, &out);
    INB_FAILS(inb_encoded_parse("x", out.data, out.length, &back, err), INB_BAD_INPUT, "one id");
    inb_buffer_clear(&out);
}
INB_END

INB_TEST(only_the_same_meets) {
    inb_encoded_about a = sample().about;
    inb_encoded_about b = a;
    INB_OK_IS(inb_encoded_same(&a, "a", &b, "b", err));
    b.key_version = 2027;
    INB_FAILS(inb_encoded_same(&a, "a", &b, "b", err), INB_BAD_INPUT, "different keys");
    b = a;
    memcpy(b.key_print, "0000-0000", 10);
    INB_FAILS(inb_encoded_same(&a, "a", &b, "b", err), INB_BAD_INPUT, "different keys");
    b = a;
    b.groups = 3;
    INB_FAILS(inb_encoded_same(&a, "a", &b, "b", err), INB_BAD_INPUT, "groups");
    b = a;
    b.salted = true;
    INB_FAILS(inb_encoded_same(&a, "a", &b, "b", err), INB_BAD_INPUT, "salts");
    b = a;
    b.holder_version = 3;
    INB_FAILS(inb_encoded_same(&a, "a", &b, "b", err), INB_BAD_INPUT, "key holder");
    b.exacts = 0; // no tokens: nothing of the holder to mix
    INB_OK_IS(inb_encoded_same(&a, "a", &b, "b", err));
}
INB_END

INB_TEST(every_field_has_a_group) {
    for (unsigned groups = 1; groups <= INB_ENCODED_GROUPS_MOST; groups++) {
        size_t top = 0;
        for (int f = 0; f < INB_ENCODED_FIELDS; f++) {
            size_t group = inb_encoded_group_of(groups, (inb_encoded_field)f);
            ck_assert_int_eq(group == SIZE_MAX, groups == 2 || groups == 6);
            top = group != SIZE_MAX && group > top ? group : top;
        }
        ck_assert(groups == 2 || groups == 6 || top == groups - 1);
    }
    // No name stands alone in four groups.
    ck_assert_uint_eq(
        inb_encoded_group_of(4, INB_ENCODED_GIVEN), inb_encoded_group_of(4, INB_ENCODED_DAY));
    ck_assert_uint_eq(
        inb_encoded_group_of(4, INB_ENCODED_SURNAME), inb_encoded_group_of(4, INB_ENCODED_YEAR));
}
INB_END

static inb_buffer swept = INB_BUFFER_INIT(1 << 20);

static inb_status parse_once(inb_error *err) {
    inb_encoded back = {0};
    inb_status status = inb_encoded_parse("x", swept.data, swept.length, &back, err);
    inb_encoded_clear(&back);
    return status;
}

INB_TEST(out_of_memory) {
    inb_encoded encoded = sample();
    inb_encoded_write(&encoded, &swept);
    INB_SWEEP(parse_once(err));
    inb_buffer_clear(&swept);
}
INB_END

INB_TEST_MAIN("3_link/encoded_file", written_and_read, damage_is_refused, only_the_same_meets,
    every_field_has_a_group, out_of_memory)
