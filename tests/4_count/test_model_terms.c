// SPDX-License-Identifier: EUPL-1.2
// Hierarchies: closure, order, maximal terms, names, and models read from text.

#include "inb_test.h"
#include "model_terms.h"

#include <string.h>

static inb_list_set room[1024];
static const char *const names[] = {"A", "B", "C", "D"};

static inb_terms start(size_t lists) {
    inb_terms terms = {.list_count = lists, .terms = room};
    inb_terms_independence(&terms);
    return terms;
}

INB_TEST(column_order_is_that_of_words) {
    // A, AB, ABC, AC, B, BC, C
    const inb_list_set words[] = {1, 3, 7, 5, 2, 6, 4};
    for (size_t i = 0; i < 7; i++) {
        for (size_t j = 0; j < 7; j++) {
            int sign = inb_set_compare(words[i], words[j]);
            ck_assert_int_eq((sign > 0) - (sign < 0), (i > j) - (i < j));
        }
    }
}
INB_END

INB_TEST(a_term_brings_its_parts_once) {
    inb_terms terms = start(4);
    ck_assert_uint_eq(terms.count, 5);
    inb_terms_add(&terms, 7);
    inb_terms_add(&terms, 7);
    ck_assert_uint_eq(terms.count, 9);
    const inb_list_set expected[] = {0, 1, 2, 4, 8, 3, 5, 6, 7};
    ck_assert_mem_eq(terms.terms, expected, sizeof expected);
}
INB_END

INB_TEST(maximal_terms_with_uncovered_main_effects) {
    inb_terms terms = start(4);
    inb_terms_add(&terms, 9);
    inb_terms_add(&terms, 3);
    inb_list_set maximal[16];
    ck_assert_uint_eq(inb_terms_maximal(&terms, maximal), 3);
    const inb_list_set expected[] = {3, 9, 4}; // AB, AD, C
    ck_assert_mem_eq(maximal, expected, sizeof expected);
    inb_buffer text = INB_BUFFER_INIT(64);
    inb_set_text(9, names, 4, &text);
    ck_assert_str_eq(inb_buffer_get(&text), "AxD");
    inb_buffer_clear(&text);
}
INB_END

INB_TEST(models_from_text) {
    inb_terms terms = start(4);
    INB_OK_IS(inb_terms_parse("A,BxC", names, &terms, err));
    const inb_list_set expected[] = {0, 1, 2, 4, 8, 6};
    ck_assert_uint_eq(terms.count, 6);
    ck_assert_mem_eq(terms.terms, expected, sizeof expected);
    INB_OK_IS(inb_terms_parse("DxAxB", names, &terms, err));
    ck_assert(inb_terms_hold(&terms, 11));
    ck_assert(inb_terms_hold(&terms, 9));
    INB_FAILS(inb_terms_parse("", names, &terms, err), INB_USAGE, "names of lists");
    INB_FAILS(inb_terms_parse("A,", names, &terms, err), INB_USAGE, "names of lists");
    INB_FAILS(inb_terms_parse("AxE", names, &terms, err), INB_USAGE, "'AxE'");
    INB_FAILS(inb_terms_parse("AxA", names, &terms, err), INB_USAGE, "'AxA'");
    INB_FAILS(inb_terms_parse("A B", names, &terms, err), INB_USAGE, "'A B'");
    INB_FAILS(inb_terms_parse("Ax", names, &terms, err), INB_USAGE, "'Ax'");
}
INB_END

INB_TEST(names_with_an_x_in_them) {
    static const char *const odd[] = {"x", "axb", "a", "b"};
    inb_terms terms = start(4);
    INB_OK_IS(inb_terms_parse("xxa", odd, &terms, err));
    ck_assert(inb_terms_hold(&terms, 5));
    INB_FAILS(inb_terms_parse("axbxx", odd, &terms, err), INB_USAGE, "two ways");
    INB_FAILS(inb_terms_parse("axb", odd, &terms, err), INB_USAGE, "two ways");
}
INB_END

INB_TEST_MAIN("4_count/model_terms", column_order_is_that_of_words, a_term_brings_its_parts_once,
    maximal_terms_with_uncovered_main_effects, models_from_text, names_with_an_x_in_them)
