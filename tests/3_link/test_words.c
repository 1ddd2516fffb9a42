// SPDX-License-Identifier: EUPL-1.2
// Distinct values get one number each, the blank is 0, and growing keeps what was there.

#include "inb_sweep.h"
#include "inb_test.h"
#include "words.h"

#include <stdio.h>
#include <string.h>

INB_TEST(each_word_once_and_found_again) {
    inb_words words;
    uint32_t code;
    INB_OK_IS(inb_words_begin(&words, err));
    INB_OK_IS(inb_words_add(&words, "", 0, &code, err));
    ck_assert_uint_eq(code, 0);
    for (uint32_t round = 0; round < 3; round++) {
        if (round == 2) { // what was sealed is made again
            inb_words_seal(&words);
            ck_assert_ptr_null(words.slots);
        }
        for (uint32_t i = 1; i <= 20000; i++) {
            char text[16];
            int length = snprintf(text, sizeof text, "w%u", i * 7);
            INB_OK_IS(inb_words_add(&words, text, (size_t)length, &code, err));
            INB_HOLDS(code == i, "word %u got %u", i, code);
            INB_HOLDS(inb_word_length(&words, code) == (size_t)length &&
                          memcmp(inb_word(&words, code), text, (size_t)length) == 0,
                "word %u", i);
        }
    }
    ck_assert_uint_eq(words.count, 20001);
    inb_words_clear(&words);
    inb_words_clear(&words);
}
INB_END

INB_TEST(marks_tell_which_characters_a_word_has) {
    inb_words words;
    uint32_t code;
    INB_OK_IS(inb_words_begin(&words, err));
    INB_OK_IS(inb_words_add(&words, "abba", 4, &code, err));
    ck_assert_uint_eq(words.marks[code], 3);
    inb_words_clear(&words);
}
INB_END

static inb_status once(inb_error *err) {
    inb_words words = {0};
    inb_status status = inb_words_begin(&words, err);
    for (uint32_t i = 0; i < 300 && status == INB_OK; i++) {
        char text[32];
        uint32_t code;
        int length = snprintf(text, sizeof text, "a long word %u", i);
        status = inb_words_add(&words, text, (size_t)length, &code, err);
    }
    inb_words_clear(&words);
    return status;
}

INB_TEST(memory_refused) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("3_link/words", each_word_once_and_found_again,
    marks_tell_which_characters_a_word_has, memory_refused)
