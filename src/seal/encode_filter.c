// SPDX-License-Identifier: EUPL-1.2
// Keyed filters of one record (Schnell, Bachteler & Reiher 2009; record level and weights after
// Durham et al. 2014, doi:10.1109/TKDE.2013.91; XOR folding after Schnell & Borgs 2016,
// a working paper). Positions of an element are words of one keyed BLAKE2b over field,
// salt and element: no arithmetic progressions, which double hashing leaves and attacks use.

#include "encode_i.h"

#include "base/alloc.h"

#include <string.h>

enum {
    CACHE = 1 << 15,   // elements remembered, one a place
    POSITIONS = 32,    // words of 16 bits in 64 bytes
    ELEMENT_MOST = 7,  // bytes
    WIDTH_MOST = 2048, // bits before folding
    NO_YEAR = 0
};

const inb_i_field_weight inb_i_field_weights[INB_ENCODED_FIELDS] = {
    [INB_ENCODED_GIVEN] = {.pair = 8},
    [INB_ENCODED_SURNAME] = {.pair = 8},
    [INB_ENCODED_YEAR] = {.whole = 16, .digit = 12, .digit2 = 12},
    [INB_ENCODED_MONTH] = {.whole = 28},
    [INB_ENCODED_DAY] = {.whole = 24, .digit = 10, .digit2 = 6},
    [INB_ENCODED_SEX] = {.whole = 6},
    [INB_ENCODED_STREET] = {.pair = 3},
    [INB_ENCODED_HOUSE] = {.whole = 14, .digit = 6, .digit2 = 4},
    [INB_ENCODED_POSTCODE] = {.pair = 4},
    [INB_ENCODED_PLACE] = {.pair = 2},
    [INB_ENCODED_ORGANISATION] = {.pair = 3},
};

struct element {
    uint64_t key; // text and tag; 0 = a free place
    uint64_t salt;
    uint16_t positions[POSITIONS];
};

struct inb_encoder {
    const inb_keys *keys;
    inb_encode_options options;
    unsigned width; // bits before folding
    size_t bytes;   // of a filter
    uint16_t salt;  // of the record at hand
    struct element *cache;
    unsigned char open[INB_ENCODED_GROUPS_MOST][WIDTH_MOST / 8];
};

inb_status inb_encoder_new(const inb_keys *keys, const inb_encode_options *options,
    inb_encoder **ret_encoder, inb_error *err) {
    inb_key_kind kind = keys->about.kind;
    if (kind == INB_KEY_HOLDER || kind == INB_KEY_CLIENT) {
        return inb_fail(err, INB_USAGE, "found a key of kind %s, expected one of kind hit or count",
            inb_key_kind_text(kind));
    }
    if (inb_encoded_group_of(options->groups, INB_ENCODED_GIVEN) == SIZE_MAX) {
        return inb_fail(err, INB_USAGE, "found %u groups, expected 1, 3, 4 or 5", options->groups);
    }
    INB_CLEANUP(inb_encoder_freep) inb_encoder *encoder = inb_alloc(1, sizeof *encoder);
    if (encoder != NULL) {
        encoder->cache = inb_alloc(CACHE, sizeof *encoder->cache);
    }
    if (encoder == NULL || encoder->cache == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to encode");
    }
    unsigned bits = inb_i_encode_bits(options->groups);
    encoder->keys = keys;
    encoder->options = *options;
    encoder->width = options->unfolded ? bits : 2 * bits;
    encoder->bytes = bits / 8;
    *ret_encoder = INB_TAKE(encoder);
    return INB_OK;
}

void inb_encoder_free(inb_encoder *encoder) {
    if (encoder == NULL) {
        return;
    }
    if (encoder->cache != NULL) {
        sodium_memzero(encoder->cache, CACHE * sizeof *encoder->cache);
        inb_free(encoder->cache);
    }
    sodium_memzero(encoder, sizeof *encoder);
    inb_free(encoder);
}

void inb_encoder_freep(inb_encoder **encoder) {
    inb_encoder_free(*encoder);
}

size_t inb_encoder_bytes(const inb_encoder *encoder) {
    return encoder->options.groups * encoder->bytes;
}

// Positions of an element; the pointer holds until the next call.
static const struct element *find(
    inb_encoder *encoder, unsigned char tag, const char *text, size_t length) {
    unsigned char message[3 + ELEMENT_MOST + 1] = {
        tag, (unsigned char)(encoder->salt >> 8), (unsigned char)encoder->salt};
    size_t taken = length < ELEMENT_MOST ? length : ELEMENT_MOST;
    memcpy(message + 3, text, taken);
    uint64_t key = 0;
    memcpy(&key, message + 3, ELEMENT_MOST);
    key = key << 8 | tag | 0x80;
    uint64_t mixed = (key ^ (uint64_t)encoder->salt << 17) * 0x9e3779b97f4a7c15U;
    struct element *element = &encoder->cache[mixed >> 49];
    if (element->key != key || element->salt != encoder->salt) {
        unsigned char hash[POSITIONS * 2];
        (void)crypto_generichash(hash, sizeof hash, message, sizeof message, encoder->keys->encode,
            sizeof encoder->keys->encode);
        for (size_t i = 0; i < POSITIONS; i++) {
            unsigned value = (unsigned)hash[2 * i] | (unsigned)hash[2 * i + 1] << 8;
            element->positions[i] = (uint16_t)(value & (encoder->width - 1));
        }
        element->key = key;
        element->salt = encoder->salt;
    }
    return element;
}

static void add(inb_encoder *encoder, unsigned char *filter, unsigned char tag, const char *text,
    size_t length, unsigned count) {
    if (count == 0) {
        return;
    }
    const struct element *element = find(encoder, tag, text, length);
    for (unsigned i = 0; i < count; i++) {
        filter[element->positions[i] / 8] |= (unsigned char)(1 << element->positions[i] % 8);
    }
}

static void add_field(inb_encoder *encoder, inb_encoded_field field, const char *text) {
    const inb_i_field_weight *weight = &inb_i_field_weights[field];
    unsigned char *filter = encoder->open[inb_encoded_group_of(encoder->options.groups, field)];
    size_t length = strlen(text);
    if (length == 0) {
        return;
    }
    unsigned char tag = (unsigned char)(4 * field);
    if (weight->pair != 0) {
        char pair[2] = {'_', text[0]};
        for (size_t i = 0; i <= length; i++) {
            pair[1] = i < length ? text[i] : '_';
            add(encoder, filter, tag, pair, 2, weight->pair);
            pair[0] = pair[1];
        }
    }
    add(encoder, filter, (unsigned char)(tag + 1), text, length, weight->whole);
    add(encoder, filter, (unsigned char)(tag + 2), text + length - 1, 1, weight->digit);
    if (length > 1) {
        add(encoder, filter, (unsigned char)(tag + 3), text + length - 2, 1, weight->digit2);
    }
}

void inb_encoder_record(
    inb_encoder *encoder, const inb_encoded_values *values, unsigned char *ret_filters) {
    unsigned groups = encoder->options.groups;
    for (unsigned g = 0; g < groups; g++) {
        memset(encoder->open[g], 0, encoder->width / 8);
    }
    const char *year = values->field[INB_ENCODED_YEAR];
    encoder->salt = NO_YEAR;
    if (encoder->options.salted && year[0] != '\0') {
        encoder->salt = (uint16_t)((year[0] - '0') * 1000 + (year[1] - '0') * 100 +
                                   (year[2] - '0') * 10 + (year[3] - '0'));
    }
    for (size_t f = 0; f < INB_ENCODED_FIELDS; f++) {
        add_field(encoder, (inb_encoded_field)f, values->field[f]);
    }
    for (unsigned g = 0; g < groups; g++) {
        unsigned char *filter = ret_filters + g * encoder->bytes;
        memcpy(filter, encoder->open[g], encoder->bytes);
        for (size_t b = 0; !encoder->options.unfolded && b < encoder->bytes; b++) {
            filter[b] ^= encoder->open[g][encoder->bytes + b];
        }
    }
    sodium_memzero(encoder->open, sizeof encoder->open);
}
