// SPDX-License-Identifier: EUPL-1.2
// Files for tests: a temporary one with a given content, and the whole content of one.
#ifndef INB_FILE_H
#define INB_FILE_H

#include "inb_test.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { INB_TEMP_PATH = 64 };

// Makes a file under /tmp that holds data[0..length); the caller unlinks it.
static inline void inb_temp_file(char path[INB_TEMP_PATH], const void *data, size_t length) {
    memcpy(path, "/tmp/inb_test_XXXXXX", sizeof "/tmp/inb_test_XXXXXX");
    int file = mkstemp(path);
    ck_assert_msg(file >= 0, "no temporary file");
    FILE *stream = fdopen(file, "wb");
    ck_assert_ptr_nonnull(stream);
    ck_assert_uint_eq(fwrite(data, 1, length, stream), length);
    ck_assert_int_eq(fclose(stream), 0);
}

// The NUL-ended content of a file, NULL where it cannot be opened; the caller frees it.
static inline char *inb_file_content(const char *path, size_t *ret_length) {
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        return NULL;
    }
    size_t size = 4096;
    size_t length = 0;
    char *content = malloc(size);
    ck_assert_ptr_nonnull(content);
    for (size_t got; (got = fread(content + length, 1, size - length - 1, stream)) > 0;) {
        length += got;
        if (length + 1 == size) {
            size *= 2;
            content = realloc(content, size);
            ck_assert_ptr_nonnull(content);
        }
    }
    fclose(stream);
    content[length] = '\0';
    *ret_length = length;
    return content;
}

#endif
