// SPDX-License-Identifier: EUPL-1.2
// Error texts and exit codes, made from errors.def; and the one way to report a failure.

#include <inbeeld/status.h>

#include <stdarg.h>
#include <stdio.h>

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
        // One line, whatever the input held.
        for (char *c = err->message; *c != '\0'; c++) {
            if ((unsigned char)*c < 0x20 || *c == 0x7f) {
                *c = '?';
            }
        }
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
