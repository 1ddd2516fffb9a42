// SPDX-License-Identifier: EUPL-1.2
// The keys derived from a key file (crypto_kdf: BLAKE2b, one key for each purpose), in guarded
// memory; what a key is for, and its fingerprint.

#include "keys_i.h"

#include "base/alloc.h"

#include <stdio.h>
#include <string.h>

static const char *const kind_texts[INB_KEY_KINDS] = {"team", "hit", "count", "holder", "client"};

const char *inb_key_kind_text(inb_key_kind kind) {
    return kind_texts[kind];
}

bool inb_key_kind_parse(const char *text, inb_key_kind *ret_kind) {
    for (int i = 0; i < INB_KEY_KINDS; i++) {
        if (strcmp(text, kind_texts[i]) == 0) {
            *ret_kind = (inb_key_kind)i;
            return true;
        }
    }
    return false;
}

static void free_content(struct inb_i_key_content **content) {
    sodium_free(*content);
}

// Guarded pages, locked; zeroed when released.
static inb_status new_content(struct inb_i_key_content **ret_content, inb_error *err) {
    struct inb_i_key_content *content = sodium_malloc(sizeof *content);
    if (content == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for keys");
    }
    sodium_memzero(content, sizeof *content);
    *ret_content = content;
    return INB_OK;
}

static void derive(unsigned char *key, size_t size, uint64_t purpose, const unsigned char *master) {
    (void)crypto_kdf_derive_from_key(key, size, purpose, "inbkeys1", master);
}

// "0123-4567-…" of a hash of the master key, or of the holder's public point.
static void fingerprint(const struct inb_i_key_content *content, inb_keys *keys) {
    static const unsigned char purpose[] = "inbeeld key fingerprint";
    unsigned char print[16];
    bool public = keys->about.kind == INB_KEY_HOLDER || keys->about.kind == INB_KEY_CLIENT;
    crypto_generichash_state state;
    (void)crypto_generichash_init(
        &state, public ? NULL : content->master, public ? 0 : INB_I_MASTER_BYTES, sizeof print);
    (void)crypto_generichash_update(&state, purpose, sizeof purpose);
    if (public) {
        (void)crypto_generichash_update(&state, keys->public, sizeof keys->public);
    }
    (void)crypto_generichash_final(&state, print, sizeof print);
    sodium_memzero(&state, sizeof state);
    char *at = keys->about.fingerprint;
    for (size_t i = 0; i < sizeof print; i++) {
        size_t left = (size_t)(keys->about.fingerprint + INB_FINGERPRINT_TEXT - at);
        bool dash = i % 2 == 1 && i + 1 < sizeof print;
        at += snprintf(at, left, "%02x%s", print[i], dash ? "-" : "");
    }
}

static void derive_all(const struct inb_i_key_content *content, inb_keys *keys) {
    keys->about = content->about;
    derive(keys->seal, sizeof keys->seal, 1, content->master);
    derive(keys->token, sizeof keys->token, 2, content->master);
    derive(keys->encode, sizeof keys->encode, 3, content->master);
    derive(keys->input, sizeof keys->input, 4, content->master);
    derive(keys->clients, sizeof keys->clients, 5, content->master);
    derive(keys->ring, sizeof keys->ring, 7, content->master);
    derive(keys->wrap, sizeof keys->wrap, 8, content->master);
    if (keys->about.kind == INB_KEY_HOLDER) {
        unsigned char wide[crypto_core_ristretto255_NONREDUCEDSCALARBYTES];
        derive(wide, sizeof wide, 6, content->master);
        crypto_core_ristretto255_scalar_reduce(keys->scalar, wide);
        sodium_memzero(wide, sizeof wide);
        (void)crypto_scalarmult_ristretto255_base(keys->public, keys->scalar);
    }
    if (keys->about.kind == INB_KEY_CLIENT) {
        memcpy(keys->client, content->master, sizeof keys->client);
        memcpy(keys->public, content->public, sizeof keys->public);
    }
    fingerprint(content, keys);
}

void inb_i_client_secret(
    const inb_keys *holder, const char *name, unsigned char ret_secret[INB_I_CLIENT_BYTES]) {
    (void)crypto_generichash(ret_secret, INB_I_CLIENT_BYTES, (const unsigned char *)name,
        strlen(name), holder->clients, sizeof holder->clients);
}

inb_status inb_keyfile_new(const char *path, inb_error *err) {
    inb_key_about about = {.kind = INB_KEY_TEAM, .version = 1};
    return inb_keyfile_make(path, &about, NULL, err);
}

static bool good_name(const char *name) {
    size_t length = strnlen(name, INB_KEY_NAME_MOST + 1);
    return length <= INB_KEY_NAME_MOST && strcmp(name, "-") != 0 &&
           strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") ==
               length;
}

inb_status inb_keyfile_make(
    const char *path, const inb_key_about *about, const inb_keys *holder, inb_error *err) {
    INB_TRY(inb_i_sodium_start(err));
    if (!good_name(about->name)) {
        return inb_fail(err, INB_USAGE,
            "the name of a key has at most %d letters (a to z), digits, '.', '_' or '-'",
            (int)INB_KEY_NAME_MOST);
    }
    if (about->version < 1 || (about->made.year == 0 && about->kind != INB_KEY_TEAM)) {
        return inb_fail(err, INB_USAGE, "a new key needs a version from 1 on and a date");
    }
    bool client = about->kind == INB_KEY_CLIENT;
    if (client != (holder != NULL) || (client && holder->about.kind != INB_KEY_HOLDER)) {
        return inb_fail(err, INB_USAGE, "a client key, and no other, comes out of a holder's key");
    }
    if (client && about->name[0] == '\0') {
        return inb_fail(err, INB_USAGE, "a client key needs a name: the holder's list knows it so");
    }
    INB_CLEANUP(free_content) struct inb_i_key_content *content = NULL;
    INB_TRY(new_content(&content, err));
    content->about = *about;
    if (client) {
        inb_i_client_secret(holder, about->name, content->master);
        memcpy(content->public, holder->public, sizeof content->public);
    } else {
        crypto_kdf_keygen(content->master);
    }
    return inb_i_key_write(path, content, err);
}

inb_status inb_keyfile_open_any(const char *path, inb_keys **ret_keys, inb_error *err) {
    INB_TRY(inb_i_sodium_start(err));
    INB_CLEANUP(free_content) struct inb_i_key_content *content = NULL;
    INB_TRY(new_content(&content, err));
    INB_TRY(inb_i_key_read(path, content, err));
    INB_CLEANUP(inb_keys_freep) inb_keys *keys = sodium_malloc(sizeof *keys);
    if (keys == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for keys");
    }
    sodium_memzero(keys, sizeof *keys);
    derive_all(content, keys);
    if (sodium_mprotect_readonly(keys) != 0) {
        return inb_fail(err, INB_UNAVAILABLE, "the memory of a key cannot be protected");
    }
    *ret_keys = INB_TAKE(keys);
    return INB_OK;
}

inb_status inb_keyfile_open(
    const char *path, inb_key_kind kind, inb_keys **ret_keys, inb_error *err) {
    INB_CLEANUP(inb_keys_freep) inb_keys *keys = NULL;
    INB_TRY(inb_keyfile_open_any(path, &keys, err));
    if (keys->about.kind != kind) {
        return inb_fail(err, INB_BAD_INPUT, "%s: found a key of kind %s, expected one of kind %s",
            path, kind_texts[keys->about.kind], kind_texts[kind]);
    }
    *ret_keys = INB_TAKE(keys);
    return INB_OK;
}

inb_status inb_keys_open(const char *path, inb_keys **ret_keys, inb_error *err) {
    return inb_keyfile_open(path, INB_KEY_TEAM, ret_keys, err);
}

const inb_key_about *inb_keys_about(const inb_keys *keys) {
    return &keys->about;
}

void inb_keys_free(inb_keys *keys) {
    sodium_free(keys);
}

void inb_keys_freep(inb_keys **keys) {
    inb_keys_free(*keys);
}
