// SPDX-License-Identifier: EUPL-1.2
// What a function left on a stack of ours is gone after a wipe, and stands there without. The stack
// is memory that the test gives to a thread, so that it may be looked at afterwards.

#include "base/wipe.h"

#include "inb_test.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef __has_feature // clang tells of its sanitizers so, gcc by a macro
#define __has_feature(what) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) ||                               \
    __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define STACKS_OF_ITS_OWN
#endif

enum { STACK = 1024 * 1024, MARK = 0x5a, MARKS = 16384 };

static __attribute__((noinline)) void leave_marks(void) {
    volatile char marks[MARKS];
    for (size_t i = 0; i < sizeof marks; i++) {
        marks[i] = MARK;
    }
}

static void *leave(void *payload) {
    const bool *wipes = payload;
    leave_marks();
    if (*wipes) {
        inb_wipe_stack();
    }
    return NULL;
}

// The longest run of marks on the stack that a thread had.
static size_t marks_left(bool wipes) {
    pthread_attr_t attributes;
    pthread_t thread;
    unsigned char *stack = aligned_alloc(4096, STACK);
    ck_assert_ptr_nonnull(stack);
    memset(stack, 0, STACK);
    ck_assert_int_eq(pthread_attr_init(&attributes), 0);
    ck_assert_int_eq(pthread_attr_setstack(&attributes, stack, STACK), 0);
    ck_assert_int_eq(pthread_create(&thread, &attributes, leave, &wipes), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    pthread_attr_destroy(&attributes);
    size_t longest = 0;
    for (size_t i = 0, run = 0; i < STACK; i++) {
        run = stack[i] == MARK ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    free(stack);
    return longest;
}

INB_TEST(what_was_left_is_gone) {
#ifdef STACKS_OF_ITS_OWN
    printf("# a sanitizer has stacks of its own\n");
    (void)marks_left(true); // it runs, and nothing is found wrong
#else
    size_t before = marks_left(false);
    size_t after = marks_left(true);
    printf("# %zu bytes without a wipe, %zu with\n", before, after);
    ck_assert_uint_ge(before, MARKS / 2); // the end of the thread writes over some
    ck_assert_uint_lt(after, 16);
#endif
}
INB_END

INB_TEST_MAIN("base/wipe", what_was_left_is_gone)
