// SPDX-License-Identifier: EUPL-1.2
// Cuts a JSON file that is one object or a list into its elements, one at a time in constant
// memory, each with its place in the file. It looks at strings and brackets only; whether an
// element is valid JSON is for jansson to say.
#ifndef INB_OBSERVE_JSON_SLICES_H
#define INB_OBSERVE_JSON_SLICES_H

#include <inbeeld/status.h>

#include <stdbool.h>
#include <stdint.h>

enum { INB_SLICE_MOST = 4 * 1024 * 1024, INB_SLICE_DEEPEST = 32 };

typedef struct inb_slices inb_slices;

// One element: its bytes (NUL-ended, borrowed until the next call) and where it begins.
typedef struct inb_slice {
    const char *text;
    size_t length;
    size_t line;
    size_t column; // in characters
} inb_slice;

// A file, or length bytes of data where path is NULL (borrowed until inb_slices_free).
inb_status inb_slices_open(const char *name, const char *path, const char *data, size_t length,
    inb_slices **ret_slices, inb_error *err) INB_NODISCARD;

// The next element; *ret_more = false at the end. An element of more than 4 MB is a failure after
// which inb_slices_can_go_on; one that is not closed, or rightly parted from the next, is the end.
// *ret_slice holds the place also where an element is refused.
inb_status inb_slices_next(
    inb_slices *slices, inb_slice *ret_slice, bool *ret_more, inb_error *err) INB_NODISCARD;
bool inb_slices_can_go_on(const inb_slices *slices);
uint64_t inb_slices_offset(const inb_slices *slices); // bytes behind us

void inb_slices_free(inb_slices *slices); // accepts NULL
void inb_slices_freep(inb_slices **slices);

#endif
