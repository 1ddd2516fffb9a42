// SPDX-License-Identifier: EUPL-1.2
// Lines of the key holder's protocol, read and written; and what the holder answers to them.

#include "holder_i.h"

#include "base/alloc.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING, SECONDS_A_DAY = 86400 };

void inb_i_put_base64(inb_buffer *out, const unsigned char *bytes, size_t length) {
    char text[sodium_base64_ENCODED_LEN(128, VARIANT)];
    size_t taken = length < 128 ? length : 128;
    inb_buffer_text(out, sodium_bin2base64(text, sizeof text, bytes, taken, VARIANT));
}

bool inb_i_get_base64(const char *text, unsigned char *ret_bytes, size_t length) {
    size_t given = strlen(text);
    size_t got = 0;
    for (size_t i = 0; i < given; i++) {
        if ((unsigned char)text[i] > 127) {
            return false; // libsodium 1.0.18 takes some for '_'
        }
    }
    return given == sodium_base64_ENCODED_LEN(length, VARIANT) - 1 &&
           sodium_base642bin(ret_bytes, length, text, given, NULL, &got, NULL, VARIANT) == 0 &&
           got == length;
}

void inb_i_put_points(inb_buffer *out, const unsigned char *points, size_t count) {
    for (size_t i = 0; i < count; i++) {
        inb_i_put_base64(out, points + i * INB_OPRF_BYTES, INB_OPRF_BYTES);
        inb_buffer_char(out, '\n');
    }
}

// Words of the first line, its length with its end in *ret_length. False where it is no line.
static bool first_line(
    const char *text, size_t length, inb_i_message *message, size_t *ret_length) {
    const char *end = memchr(text, '\n', length);
    if (end == NULL || (size_t)(end - text) >= INB_I_LINE_MOST) {
        return false;
    }
    message->word_count = 0;
    for (const char *at = text;;) {
        const char *stop = memchr(at, ' ', (size_t)(end - at));
        stop = stop == NULL ? end : stop;
        size_t size = (size_t)(stop - at);
        if (size == 0 || message->word_count == 4 || memchr(at, '\0', size) != NULL) {
            return false;
        }
        memcpy(message->words[message->word_count], at, size);
        message->words[message->word_count++][size] = '\0';
        if (stop == end) {
            break;
        }
        at = stop + 1;
    }
    *ret_length = (size_t)(end - text) + 1;
    return true;
}

// How many points follow the first line; false where it says nothing good.
static bool points_of(const inb_i_message *message, size_t *ret_count) {
    bool asks = strcmp(message->words[0], "evaluate") == 0;
    if (message->word_count != 4 || (!asks && strcmp(message->words[0], "evaluated") != 0)) {
        return false;
    }
    const char *word = message->words[asks ? 2 : 1];
    int64_t count;
    if (!inb_parse_int64(word, strlen(word), &count) || count < 1 || count > INB_OPRF_BATCH_MOST) {
        return false;
    }
    *ret_count = (size_t)count;
    return true;
}

size_t inb_i_message_length(const char *text, size_t length) {
    if (memchr(text, '\n', length) == NULL) {
        return length < INB_I_LINE_MOST ? 0 : SIZE_MAX;
    }
    inb_i_message message; // its points are left alone
    size_t line;
    size_t count;
    if (!first_line(text, length, &message, &line) || !points_of(&message, &count)) {
        return SIZE_MAX;
    }
    size_t whole = line + count * (INB_I_POINT_TEXT + 1);
    return length < whole ? 0 : whole;
}

bool inb_i_message_parse(const char *text, size_t length, inb_i_message *ret_message) {
    size_t line;
    if (inb_i_message_length(text, length) != length ||
        !first_line(text, length, ret_message, &line) ||
        !points_of(ret_message, &ret_message->count)) {
        return false;
    }
    for (size_t i = 0; i < ret_message->count; i++) {
        char point[INB_I_POINT_TEXT + 1] = {0};
        const char *at = text + line + i * (INB_I_POINT_TEXT + 1);
        memcpy(point, at, INB_I_POINT_TEXT);
        if (at[INB_I_POINT_TEXT] != '\n' ||
            !inb_i_get_base64(point, ret_message->points + i * INB_OPRF_BYTES, INB_OPRF_BYTES)) {
            return false;
        }
    }
    return true;
}

void inb_i_message_mac(const unsigned char *secret, const unsigned char *nonce, const char *name,
    const unsigned char *points, size_t count, unsigned char ret_mac[crypto_auth_BYTES]) {
    unsigned char number[8];
    for (size_t i = 0; i < sizeof number; i++) {
        number[i] = (unsigned char)((uint64_t)count >> 8 * i);
    }
    crypto_auth_hmacsha512256_state state;
    (void)crypto_auth_hmacsha512256_init(&state, secret, INB_I_CLIENT_BYTES);
    (void)crypto_auth_hmacsha512256_update(&state, nonce, INB_I_NONCE_BYTES);
    (void)crypto_auth_hmacsha512256_update(&state, (const unsigned char *)name, strlen(name) + 1);
    (void)crypto_auth_hmacsha512256_update(&state, number, sizeof number);
    (void)crypto_auth_hmacsha512256_update(&state, points, count * INB_OPRF_BYTES);
    (void)crypto_auth_hmacsha512256_final(&state, ret_mac);
    sodium_memzero(&state, sizeof state);
}

void inb_i_holder_greet(
    const inb_keys *key, const unsigned char nonce[INB_I_NONCE_BYTES], inb_buffer *out) {
    inb_buffer_format(out, "inbeeld-holder 1 %s ", key->about.fingerprint);
    inb_i_put_base64(out, nonce, INB_I_NONCE_BYTES);
    inb_buffer_char(out, '\n');
}

// A row of the log, without which there is no answer.
static bool logged(const inb_holder_options *options, int64_t at, const char *client, size_t count,
    const char *result) {
    inb_error err = INB_ERROR_INIT;
    return options->log(options->context, at, client, count, result, &err) == INB_OK;
}

static inb_holder_client *find(const inb_holder_options *options, const char *name) {
    for (size_t i = 0; i < options->client_count; i++) {
        if (strcmp(options->clients[i].name, name) == 0) {
            return &options->clients[i];
        }
    }
    return NULL;
}

static bool refuse(inb_buffer *out, const char *words) {
    inb_buffer_format(out, "refused %s\n", words);
    return false;
}

static bool authentic(
    const inb_holder_options *options, const inb_i_message *message, const unsigned char *nonce) {
    unsigned char secret[INB_I_CLIENT_BYTES];
    unsigned char mac[crypto_auth_BYTES];
    unsigned char given[crypto_auth_BYTES];
    inb_i_client_secret(options->key, message->words[1], secret);
    inb_i_message_mac(secret, nonce, message->words[1], message->points, message->count, mac);
    sodium_memzero(secret, sizeof secret);
    bool same = inb_i_get_base64(message->words[3], given, sizeof given) &&
                sodium_memcmp(mac, given, sizeof mac) == 0;
    sodium_memzero(mac, sizeof mac);
    return same;
}

static bool answer(const inb_holder_options *options, unsigned char nonce[INB_I_NONCE_BYTES],
    const inb_i_message *message, inb_buffer *out) {
    int64_t at = options->now(options->context);
    inb_holder_client *client = find(options, message->words[1]);
    if (client == NULL || !authentic(options, message, nonce)) {
        // The name is not logged: anybody may send anything for one.
        (void)logged(options, at, "-", message->count, "unknown client or wrong key");
        return refuse(out, "unknown client or wrong key");
    }
    int64_t day = at / SECONDS_A_DAY;
    if (client->day != day) {
        client->day = day;
        client->used = 0;
    }
    if (message->count > client->quota || client->used > client->quota - message->count) {
        (void)logged(options, at, client->name, message->count, "over the quota");
        return refuse(out, "over the quota of the day");
    }
    INB_CLEANUP(inb_freep) unsigned char *points = inb_alloc(message->count, INB_OPRF_BYTES);
    unsigned char proof[INB_OPRF_PROOF_BYTES];
    inb_error err = INB_ERROR_INIT;
    if (points == NULL) {
        return refuse(out, "the key holder is out of memory");
    }
    if (inb_oprf_evaluate(options->key, message->points, message->count, points, proof, &err) !=
        INB_OK) {
        (void)logged(options, at, client->name, message->count, "no points");
        return refuse(out, "found bytes that are no blinded point");
    }
    if (!logged(options, at, client->name, message->count, "done")) {
        return refuse(out, "the key holder cannot write its log");
    }
    client->used += message->count;
    randombytes_buf(nonce, INB_I_NONCE_BYTES);
    inb_buffer_format(out, "evaluated %zu ", message->count);
    inb_i_put_base64(out, proof, sizeof proof);
    inb_buffer_char(out, ' ');
    inb_i_put_base64(out, nonce, INB_I_NONCE_BYTES);
    inb_buffer_char(out, '\n');
    inb_i_put_points(out, points, message->count);
    return true;
}

bool inb_i_holder_answer(const inb_holder_options *options, unsigned char nonce[INB_I_NONCE_BYTES],
    const char *text, size_t length, inb_buffer *out) {
    INB_CLEANUP(inb_freep) inb_i_message *message = inb_alloc(1, sizeof *message);
    if (message == NULL) {
        return refuse(out, "the key holder is out of memory");
    }
    if (!inb_i_message_parse(text, length, message) || strcmp(message->words[0], "evaluate") != 0) {
        return refuse(out, "expected: evaluate NAME COUNT CODE, then COUNT points");
    }
    return answer(options, nonce, message, out);
}
