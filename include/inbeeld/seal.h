// SPDX-License-Identifier: EUPL-1.2
// Seal: everything that needs a key goes through here. So far: stamps, which show that a form that
// comes back is one that this process handed out a while ago (against forged requests).
// A stamp says nothing about a reader: no session, no name, no address.
#ifndef INBEELD_SEAL_H
#define INBEELD_SEAL_H

#include <inbeeld/status.h>

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// The key, in memory of its own that is locked, guarded and wiped; made at random, never stored:
// stamps of an earlier process do not hold.
typedef struct inb_stamper inb_stamper;

enum {
    INB_SHEET_SIZE = 33,          // text of a sheet with its NUL
    INB_STAMP_SIZE = 81,          // text of a stamp with its NUL
    INB_STAMP_SECONDS = 12 * 3600 // how long a stamp holds: longer than a night shift's pause
};

typedef enum inb_stamp_state {
    INB_STAMP_GOOD,
    INB_STAMP_EXPIRED, // ours, but too old
    INB_STAMP_FORGED   // not ours: another process, another purpose, or no stamp at all
} inb_stamp_state;

// A new key. Owner of *ret_stamper: the caller. Afterwards read-only: may be shared by threads.
inb_status inb_stamper_new(inb_stamper **ret_stamper, inb_error *err) INB_NODISCARD;
void inb_stamper_free(inb_stamper *stamper); // accepts NULL
void inb_stamper_freep(inb_stamper **stamper);

// Writes a stamp for `purpose` (what the form is for) that holds from `now` (seconds since 1970,
// >= 0) for INB_STAMP_SECONDS. Two stamps are never equal.
void inb_stamp_make(
    const inb_stamper *stamper, const char *purpose, int64_t now, char ret_stamp[INB_STAMP_SIZE]);

// What text[0..length) is, for this purpose and moment. Takes the same time for every forgery of
// the right length.
inb_stamp_state inb_stamp_check(
    const inb_stamper *stamper, const char *purpose, int64_t now, const char *text, size_t length);

// A new sheet: 16 random bytes in hexadecimal that hold the pages of one card together, so that all
// of them can be put out of use at once. It says nothing else.
inb_status inb_sheet_make(char ret_sheet[INB_SHEET_SIZE], inb_error *err) INB_NODISCARD;
bool inb_sheet_valid(const char *text); // 32 lower-case hexadecimal digits

#ifdef __cplusplus
}
#endif
#endif
