// SPDX-License-Identifier: EUPL-1.2
// The allocator door over the C library, with a counter by which tests make the nth call fail.
// Large pieces go back to the system when they are freed: glibc would keep up to 32 MB of each for
// itself. Libraries with their own allocator (jansson) are pointed at this door by the programs
// that sweep.

#include "base/alloc.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>

__attribute__((constructor)) static void give_back(void) {
    (void)mallopt(M_MMAP_THRESHOLD, 1 << 22);
}
#endif

static atomic_size_t calls;
static atomic_size_t fail_from; // 0 = none fails and nobody is told
static void (*_Atomic watcher)(size_t nth);

void inb_alloc_fail_from(size_t nth) {
    atomic_store(&calls, 0);
    atomic_store(&watcher, NULL);
    atomic_store(&fail_from, nth);
}

void inb_alloc_watch(void (*each)(size_t nth)) {
    inb_alloc_fail_from(each == NULL ? 0 : SIZE_MAX);
    atomic_store(&watcher, each);
}

size_t inb_alloc_count(void) {
    return atomic_load(&calls);
}

static bool injected_failure(void) {
    size_t call = atomic_fetch_add_explicit(&calls, 1, memory_order_relaxed) + 1;
    size_t from = atomic_load_explicit(&fail_from, memory_order_relaxed);
    if (from == 0) {
        return false;
    }
    void (*each)(size_t) = atomic_load(&watcher);
    if (each != NULL) {
        each(call);
    }
    return call >= from;
}

void *inb_alloc(size_t count, size_t size) {
    size_t bytes;
    if (injected_failure() || __builtin_mul_overflow(count, size, &bytes)) {
        return NULL;
    }
    return calloc(bytes == 0 ? 1 : bytes, 1);
}

void *inb_realloc(void *old, size_t count, size_t size) {
    size_t bytes;
    if (injected_failure() || __builtin_mul_overflow(count, size, &bytes)) {
        return NULL;
    }
    return realloc(old, bytes == 0 ? 1 : bytes);
}

void inb_free(void *pointer) {
    free(pointer);
}
