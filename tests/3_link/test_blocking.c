// SPDX-License-Identifier: EUPL-1.2
// Blocks: blanks in none, hubs split, orders whole, sounds alike under one code.

#include "blocking.h"
#include "inb_link_case.h"
#include "inb_made_people.h"
#include "inb_test.h"

#include "base/alloc.h"

INB_TEST(sounds) {
    ck_assert_uint_eq(inb_sound("meyer", 5), inb_sound("meier", 5));
    ck_assert_uint_eq(inb_sound("schmidt", 7), inb_sound("schmitt", 7));
    ck_assert_uint_eq(inb_sound("philips", 7), inb_sound("filips", 6));
    ck_assert_uint_ne(inb_sound("bakker", 6), inb_sound("visser", 6));
    ck_assert_uint_eq(inb_sound("", 0), 0);
}
INB_END

INB_TEST(blanks_never_block_and_orders_are_whole) {
    inb_buffer text = INB_BUFFER_INIT(1 << 22);
    inb_made_heavy(3, 3000, &text);
    inb_people *people = NULL;
    inb_blocks *blocks = NULL;
    INB_OK_IS(inb_case_read(inb_buffer_get(&text), NULL, NULL, 0, &people, err));
    inb_spread three = inb_spread_threads(3);
    INB_OK_IS(inb_blocks_new(people, 100000, &three, &blocks, err));
    ck_assert_uint_ge(blocks->key_count, 6);
    uint32_t *starts = inb_alloc(people->count + 2, sizeof *starts);
    uint32_t *order = inb_alloc(people->count, sizeof *order);
    double pairs = 0;
    for (size_t k = 0; k < blocks->key_count; k++) {
        const inb_block_key *key = &blocks->keys[k];
        inb_blocks_order(blocks, k, starts, order);
        ck_assert_uint_eq(starts[0], 0);
        ck_assert_uint_eq(starts[key->blocks + 1], people->count);
        for (uint32_t b = 0; b <= key->blocks; b++) {
            ck_assert(b == 0 || starts[b + 1] - starts[b] >= 2);
            for (uint32_t i = starts[b]; i < starts[b + 1]; i++) {
                INB_HOLDS(inb_blocks_of(blocks, order[i])[k] == b, "record out of its block");
                INB_HOLDS(i == starts[b] || order[i] > order[i - 1], "order within a block");
            }
        }
        pairs += key->pairs;
        if (strcmp(key->text, "birth date") == 0) {
            for (size_t r = 0; r < people->count; r++) {
                INB_HOLDS(
                    people->codes[INB_YEAR][r] != 0 || inb_blocks_of(blocks, r)[k] == 0, "a blank");
            }
        }
    }
    ck_assert(pairs < 200000);
    inb_free(starts);
    inb_free(order);
    inb_blocks_freep(&blocks);
    inb_people_freep(&people);
    inb_buffer_clear(&text);
}
INB_END

INB_TEST(a_hub_is_split) {
    inb_buffer text = INB_BUFFER_INIT(1 << 22);
    inb_buffer_text(&text, "id,phone,birth_year\n");
    for (unsigned i = 0; i < 4000; i++) {
        inb_buffer_format(&text, "%u,0612345678,%u\n", i, 1900 + i % 100);
    }
    inb_people *people = NULL;
    inb_blocks *blocks = NULL;
    INB_OK_IS(inb_case_read(inb_buffer_get(&text), NULL, NULL, 0, &people, err));
    inb_spread one = inb_spread_threads(1);
    INB_OK_IS(inb_blocks_new(people, 400000, &one, &blocks, err));
    ck_assert_str_eq(blocks->keys[0].text, "phone");
    ck_assert_uint_eq(blocks->keys[0].split, 1);
    ck_assert_uint_eq(blocks->keys[0].blocks, 100);
    INB_NEAR_ABS(blocks->keys[0].pairs, 100 * 40 * 39 / 2, 1e-9);
    ck_assert_uint_eq(inb_blocks_first(blocks, 0, 100), 0);
    ck_assert_uint_eq(inb_blocks_first(blocks, 0, 1), SIZE_MAX);
    inb_blocks_freep(&blocks);
    inb_people_freep(&people);
    inb_buffer_clear(&text);
}
INB_END

INB_TEST(the_same_blocks_by_any_threads) {
    inb_buffer text = INB_BUFFER_INIT(1 << 22);
    inb_made_large(5, 4000, &text);
    inb_people *people = NULL;
    INB_OK_IS(inb_case_read(inb_buffer_get(&text), NULL, NULL, 0, &people, err));
    inb_blocks *by[3] = {NULL};
    const size_t threads[] = {1, 2, 7};
    for (size_t t = 0; t < 3; t++) {
        inb_spread spread = inb_spread_threads(threads[t]);
        INB_OK_IS(inb_blocks_new(people, 60000, &spread, &by[t], err));
        ck_assert_uint_eq(by[t]->key_count, by[0]->key_count);
        ck_assert_mem_eq(by[t]->block_of, by[0]->block_of,
            by[0]->count * by[0]->key_count * sizeof *by[0]->block_of);
        for (size_t k = 0; k < by[0]->key_count; k++) {
            ck_assert_str_eq(by[t]->keys[k].text, by[0]->keys[k].text);
            ck_assert_uint_eq(by[t]->keys[k].blocks, by[0]->keys[k].blocks);
            INB_NEAR_ABS(by[t]->keys[k].pairs, by[0]->keys[k].pairs, 0);
        }
    }
    // The nets of bigrams are not one net twice.
    size_t count = by[0]->key_count;
    size_t differ = 0;
    for (size_t r = 0; r < by[0]->count; r++) {
        const uint32_t *of = inb_blocks_of(by[0], r);
        differ += of[count - 2] != of[count - 1] ? 1 : 0;
    }
    ck_assert_uint_gt(differ, by[0]->count / 10);
    for (size_t t = 0; t < 3; t++) {
        inb_blocks_freep(&by[t]);
    }
    inb_people_freep(&people);
    inb_buffer_clear(&text);
}
INB_END

INB_TEST_MAIN("3_link/blocking", sounds, blanks_never_block_and_orders_are_whole, a_hub_is_split,
    the_same_blocks_by_any_threads)
