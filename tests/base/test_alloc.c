// SPDX-License-Identifier: EUPL-1.2
// The allocator door: zeroed memory, products that overflow, and the failures that a sweep asks
// for.

#include "base/alloc.h"

#include "inb_test.h"

#include <stdint.h>
#include <string.h>

INB_TEST(zeroed) {
    INB_CLEANUP(inb_freep) unsigned char *bytes = NULL;
    for (size_t round = 0; round < 50; round++) { // memory that was used before, too
        inb_free(INB_TAKE(bytes));
        bytes = inb_alloc(100, 7);
        ck_assert_ptr_nonnull(bytes);
        for (size_t i = 0; i < 700; i++) {
            INB_HOLDS(bytes[i] == 0, "byte %zu", i);
        }
        memset(bytes, 0xA5, 700);
    }
}
INB_END

INB_TEST(nothing_is_something) {
    void *a = inb_alloc(0, 8);
    void *b = inb_alloc(8, 0);
    void *c = inb_realloc(NULL, 0, 8);
    ck_assert(a != NULL && b != NULL && c != NULL && a != b);
    inb_free(a);
    inb_free(b);
    inb_free(c);
    inb_free(NULL);
}
INB_END

INB_TEST(product_overflows) {
    volatile size_t half = SIZE_MAX / 2 + 1; // 2 * half is 0 where it wraps
    void *none = inb_alloc(half, 2);
    ck_assert_ptr_null(none);
    char *kept = inb_alloc(4, 1);
    ck_assert_ptr_nonnull(kept);
    memcpy(kept, "abc", 4);
    none = inb_realloc(kept, half, 2);
    ck_assert_ptr_null(none);
    ck_assert_str_eq(kept, "abc");
    inb_free(kept);
}
INB_END

INB_TEST(grows_with_its_content) {
    char *text = NULL;
    for (size_t size = 1; size <= 4096; size *= 2) {
        char *grown = inb_realloc(text, size, 1);
        ck_assert_ptr_nonnull(grown);
        text = grown;
        for (size_t i = 0; i < size / 2; i++) {
            INB_HOLDS(text[i] == (char)('a' + i % 26), "byte %zu of %zu", i, size);
        }
        for (size_t i = 0; i < size; i++) {
            text[i] = (char)('a' + i % 26);
        }
    }
    inb_free(text);
}
INB_END

INB_TEST(fails_from) {
    inb_alloc_fail_from(3);
    void *first = inb_alloc(1, 1);
    void *second = inb_realloc(NULL, 1, 1);
    void *third = inb_alloc(1, 1);
    void *fourth = inb_realloc(second, 2, 1);
    size_t count = inb_alloc_count();
    inb_alloc_fail_from(0);
    void *after = inb_alloc(1, 1);
    size_t count_after = inb_alloc_count();
    ck_assert(first != NULL && second != NULL && third == NULL && fourth == NULL && after != NULL);
    ck_assert_uint_eq(count, 4);
    ck_assert_uint_eq(count_after, 1);
    inb_free(first);
    inb_free(second);
    inb_free(after);
}
INB_END

static size_t told_of;

static void tell(size_t nth) {
    told_of = told_of * 10 + nth;
}

INB_TEST(watched) {
    inb_alloc_fail_from(1);
    inb_alloc_watch(tell);
    void *first = inb_alloc(1, 1);
    void *second = inb_realloc(NULL, 1, 1);
    size_t count = inb_alloc_count();
    inb_alloc_watch(NULL);
    void *third = inb_alloc(1, 1);
    inb_alloc_fail_from(2);
    void *fourth = inb_alloc(1, 1);
    inb_alloc_fail_from(0);
    ck_assert(first != NULL && second != NULL && third != NULL && fourth != NULL);
    ck_assert_uint_eq(count, 2);
    ck_assert_uint_eq(told_of, 12);
    inb_free(first);
    inb_free(second);
    inb_free(third);
    inb_free(fourth);
}
INB_END

INB_TEST(taking_hands_over) {
    char *taken;
    {
        INB_CLEANUP(inb_freep) char *text = inb_alloc(2, 1);
        ck_assert_ptr_nonnull(text);
        text[0] = 'x';
        taken = INB_TAKE(text);
        ck_assert_ptr_null(text);
    }
    ck_assert_str_eq(taken, "x"); // under ASan a use after free, had it not been handed over
    inb_free(taken);
}
INB_END

INB_TEST_MAIN("base/alloc", zeroed, nothing_is_something, product_overflows, grows_with_its_content,
    fails_from, watched, taking_hands_over)
