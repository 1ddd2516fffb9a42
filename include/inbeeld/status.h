// SPDX-License-Identifier: EUPL-1.2
// Status and error of every fallible function: an enum value to act on, and one line to show.
// The first failure keeps its message: callers add nothing and overwrite nothing. A message names
// file, line, column and field, never a value that could belong to a person.
#ifndef INBEELD_STATUS_H
#define INBEELD_STATUS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum inb_status {
#define INB_ERROR(name, number, exit_code, text) INB_##name = number,
#include <inbeeld/errors.def>
#undef INB_ERROR
} inb_status;

enum { INB_MESSAGE_SIZE = 512 };

// Filled by the function that failed. message: one line, UTF-8, NUL-ended, owned by the struct.
typedef struct inb_error {
    inb_status status;
    char message[INB_MESSAGE_SIZE];
} inb_error;

#define INB_ERROR_INIT                                                                             \
    { INB_OK, "" }

#if defined(__GNUC__)
#define INB_NODISCARD __attribute__((warn_unused_result))
#define INB_PRINTF(format_at, first) __attribute__((format(printf, format_at, first)))
#else
#define INB_NODISCARD
#define INB_PRINTF(format_at, first)
#endif

// Sets *err (where it holds no failure yet; err may be NULL) and returns `status`.
inb_status inb_fail(inb_error *err, inb_status status, const char *format, ...) INB_PRINTF(3, 4);

// The general text of a status, static.
const char *inb_status_text(inb_status status);

// The exit code of the command line: 0 done, 1 input wrong, 2 bad usage, 3 the machine failed.
int inb_status_exit(inb_status status);

// Returns from the calling function when `expression` fails.
#define INB_TRY(expression)                                                                        \
    do {                                                                                           \
        inb_status inb_try_status_ = (expression);                                                 \
        if (inb_try_status_ != INB_OK) {                                                           \
            return inb_try_status_;                                                                \
        }                                                                                          \
    } while (0)

#ifdef __cplusplus
}
#endif
#endif
