// SPDX-License-Identifier: EUPL-1.2
// The one door to the heap: checked multiplication, and a place where tests make allocations fail.
#ifndef INB_BASE_ALLOC_H
#define INB_BASE_ALLOC_H

#include <inbeeld/status.h>

// count * size bytes, zeroed. Returns NULL when memory is out or the product overflows.
// Zero bytes give a valid pointer. Owner: the caller, released by inb_free.
void *inb_alloc(size_t count, size_t size) INB_NODISCARD;

// Grows or shrinks `old` (NULL = new) to count * size bytes; new bytes are not zeroed. On failure
// NULL and `old` stays valid.
void *inb_realloc(void *old, size_t count, size_t size) INB_NODISCARD;

// Accepts NULL.
void inb_free(void *pointer);

// Runs `function` on a pointer to the variable when it leaves its scope.
#define INB_CLEANUP(function) __attribute__((cleanup(function)))

// Cleanup for any pointer from inb_alloc: INB_CLEANUP(inb_freep) char *text = …
static inline void inb_freep(void *pointer_to_pointer) {
    inb_free(*(void **)pointer_to_pointer);
}

// Hands a pointer on and empties the variable, so that its cleanup does nothing.
#define INB_TAKE(variable)                                                                         \
    ({                                                                                             \
        __typeof__(variable) inb_taken_ = (variable);                                              \
        (variable) = NULL;                                                                         \
        inb_taken_;                                                                                \
    })

// Test hook: the allocation number `nth` from now (1 = the next) and all after it fail;
// 0 = none fail. Counts calls of inb_alloc and inb_realloc in this process.
void inb_alloc_fail_from(size_t nth);
// How many allocations were asked for since the last inb_alloc_fail_from or inb_alloc_watch.
size_t inb_alloc_count(void);
// Test hook: none fail, and `each` is told the number of every allocation from now (1 = the next),
// on the thread that asks for it; NULL = nobody is told.
void inb_alloc_watch(void (*each)(size_t nth));

#endif
