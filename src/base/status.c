// SPDX-License-Identifier: EUPL-1.2
// Error texts and exit codes, made from errors.def; and the one way to report a failure.

#include <inbeeld/status.h>

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// Whatever the input held, and wherever the text was cut: one line, valid UTF-8, no control
// characters (a name of a file can hold them, and a terminal obeys them).
static void one_line(char *text) {
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        size_t width = inb_utf8_width(text + at, length - at);
        unsigned char c = (unsigned char)text[at];
        bool c1_control = width == 2 && c == 0xC2 && (unsigned char)text[at + 1] < 0xA0;
        if (width == 0 || c < 0x20 || c == 0x7f || c1_control) {
            memset(text + at, '?', width == 0 ? 1 : width);
        }
        at += width == 0 ? 1 : width;
    }
}

inb_status inb_fail(inb_error *err, inb_status status, const char *format, ...) {
    if (err != NULL && err->status == INB_OK) {
        err->status = status;
        va_list arguments;
        va_start(arguments, format);
        int length = vsnprintf(err->message, sizeof err->message, format, arguments);
        va_end(arguments);
        if (length < 0) {
            err->message[0] = '\0';
        }
        one_line(err->message);
    }
    return status;
}

const char *inb_status_text(inb_status status) {
    switch (status) {
#define INB_ERROR(name, number, exit_code, text)                                                   \
    case INB_##name:                                                                               \
        return text;
#include <inbeeld/errors.def>
#undef INB_ERROR
    }
    return "unknown status";
}

int inb_status_exit(inb_status status) {
    switch (status) {
#define INB_ERROR(name, number, exit_code, text)                                                   \
    case INB_##name:                                                                               \
        return exit_code;
#include <inbeeld/errors.def>
#undef INB_ERROR
    }
    return 3;
}
