// SPDX-License-Identifier: EUPL-1.2
// Rows appended to a file for its owner alone, flushed to disk before anything depends on them:
// what was encoded with a key, what a key holder evaluated.
#ifndef INB_CLI_KEY_RECORD_H
#define INB_CLI_KEY_RECORD_H

#include <inbeeld/buffer.h>

#include <stdint.h>

// Opens for appending, made with mode 600; refused where others can write to it or it is no plain
// file. The caller closes *ret_file.
inb_status inb_record_open(const char *path, int *ret_file, inb_error *err) INB_NODISCARD;
// Appends one row (its line end is added) and flushes it to disk.
inb_status inb_record_add(
    int file, const char *path, const char *row, inb_error *err) INB_NODISCARD;
// "2026-11-24T19:12:05Z"
enum { INB_RECORD_TIME = 21 };
void inb_record_time(int64_t seconds, char ret_text[INB_RECORD_TIME]);

#endif
