// SPDX-License-Identifier: EUPL-1.2
// Stamps: an end date and random bytes with a message authentication code over purpose, date and
// bytes (HMAC-SHA-512-256, RFC 4868, by libsodium's crypto_auth), written in base64 for URLs.

#include <inbeeld/seal.h>

#include <sodium.h>
#include <stdbool.h>
#include <string.h>

enum { WHEN_BYTES = 8, RANDOM_BYTES = 20, CODE_BYTES = crypto_auth_BYTES };
enum { BODY_BYTES = WHEN_BYTES + RANDOM_BYTES, STAMP_BYTES = BODY_BYTES + CODE_BYTES };
enum { PURPOSE_MOST = 64, SHEET_BYTES = 16 };

struct inb_stamper {
    unsigned char key[crypto_auth_KEYBYTES];
};

_Static_assert(sodium_base64_ENCODED_LEN(STAMP_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING) ==
                   INB_STAMP_SIZE,
    "a stamp has this size");

inb_status inb_stamper_new(inb_stamper **ret_stamper, inb_error *err) {
    if (sodium_init() < 0) {
        return inb_fail(err, INB_UNAVAILABLE, "the machine gives no random numbers for keys");
    }
    // Guarded pages, locked against swapping; zeroed when released.
    inb_stamper *stamper = sodium_malloc(sizeof *stamper);
    if (stamper == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a key");
    }
    crypto_auth_keygen(stamper->key);
    if (sodium_mprotect_readonly(stamper) != 0) {
        sodium_free(stamper);
        return inb_fail(err, INB_UNAVAILABLE, "the memory of a key cannot be protected");
    }
    *ret_stamper = stamper;
    return INB_OK;
}

void inb_stamper_free(inb_stamper *stamper) {
    sodium_free(stamper);
}

void inb_stamper_freep(inb_stamper **stamper) {
    inb_stamper_free(*stamper);
}

// The code over purpose (with its NUL, so that no purpose is the beginning of another) and body.
static void code_of(const inb_stamper *stamper, const char *purpose,
    const unsigned char body[BODY_BYTES], unsigned char ret_code[CODE_BYTES]) {
    unsigned char message[PURPOSE_MOST + 1 + BODY_BYTES] = {0};
    size_t length = strnlen(purpose, PURPOSE_MOST);
    memcpy(message, purpose, length);
    memcpy(message + length + 1, body, BODY_BYTES);
    (void)crypto_auth(ret_code, message, length + 1 + BODY_BYTES, stamper->key);
}

void inb_stamp_make(
    const inb_stamper *stamper, const char *purpose, int64_t now, char ret_stamp[INB_STAMP_SIZE]) {
    unsigned char stamp[STAMP_BYTES];
    uint64_t until = (uint64_t)(now + INB_STAMP_SECONDS);
    for (size_t i = 0; i < WHEN_BYTES; i++) {
        stamp[i] = (unsigned char)(until >> (8 * (WHEN_BYTES - 1 - i)));
    }
    randombytes_buf(stamp + WHEN_BYTES, RANDOM_BYTES);
    code_of(stamper, purpose, stamp, stamp + BODY_BYTES);
    (void)sodium_bin2base64(
        ret_stamp, INB_STAMP_SIZE, stamp, sizeof stamp, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

inb_stamp_state inb_stamp_check(
    const inb_stamper *stamper, const char *purpose, int64_t now, const char *text, size_t length) {
    unsigned char stamp[STAMP_BYTES];
    size_t bytes = 0;
    if (length != INB_STAMP_SIZE - 1 ||
        sodium_base642bin(stamp, sizeof stamp, text, length, NULL, &bytes, NULL,
            sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        bytes != sizeof stamp) {
        return INB_STAMP_FORGED;
    }
    unsigned char code[CODE_BYTES];
    code_of(stamper, purpose, stamp, code);
    if (sodium_memcmp(code, stamp + BODY_BYTES, CODE_BYTES) != 0) {
        return INB_STAMP_FORGED;
    }
    uint64_t until = 0;
    for (size_t i = 0; i < WHEN_BYTES; i++) {
        until = until << 8 | stamp[i];
    }
    // A clock that was set back does not make a stamp older than its lifetime hold longer.
    uint64_t moment = (uint64_t)now;
    bool holds = moment < until && until - moment <= INB_STAMP_SECONDS + 300;
    return holds ? INB_STAMP_GOOD : INB_STAMP_EXPIRED;
}

inb_status inb_sheet_make(char ret_sheet[INB_SHEET_SIZE], inb_error *err) {
    unsigned char bytes[SHEET_BYTES];
    if (sodium_init() < 0) {
        return inb_fail(err, INB_UNAVAILABLE, "the machine gives no random numbers");
    }
    randombytes_buf(bytes, sizeof bytes);
    (void)sodium_bin2hex(ret_sheet, INB_SHEET_SIZE, bytes, sizeof bytes);
    return INB_OK;
}

bool inb_sheet_valid(const char *text) {
    return strspn(text, "0123456789abcdef") == INB_SHEET_SIZE - 1 &&
           text[INB_SHEET_SIZE - 1] == '\0';
}
