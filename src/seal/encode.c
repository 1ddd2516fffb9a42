// SPDX-License-Identifier: EUPL-1.2
// A whole list encoded: filters, tokens in batches, noise (BLIP: every bit turned over with a fixed
// chance; Alaggan, Gambs & Kermarrec 2012, doi:10.1007/978-3-642-33536-5_20), and dummies made of
// parts of different records, at places and under ids that tell nothing.

#include "encode_i.h"

#include "base/alloc.h"

#include <inbeeld/rng.h>

#include <stdlib.h>
#include <string.h>

enum { NOISE_MOST = 2500, NEW_ID_BYTES = 8, KEPT = 512 };

struct list {
    inb_encoded encoded;
    size_t size;    // records that fit
    size_t id_size; // bytes that fit
};

static void list_clear(struct list *list) {
    inb_encoded_clear(&list->encoded);
}

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory to encode a list");
}

static bool regrow(void *array, size_t count, size_t size) {
    void **held = array;
    void *grown = inb_realloc(*held, count, size);
    if (grown == NULL) {
        return false;
    }
    *held = grown;
    return true;
}

// A place for one more record, its tokens empty.
static inb_status add_record(struct list *list, const char *id, size_t length, inb_error *err) {
    inb_encoded *encoded = &list->encoded;
    size_t token_bytes = encoded->token_count * INB_ENCODED_TOKEN_BYTES;
    if (encoded->count == INB_ENCODED_RECORDS_MOST) {
        return inb_fail(err, INB_TOO_LARGE, "found more than %d records, expected fewer",
            (int)INB_ENCODED_RECORDS_MOST);
    }
    if (encoded->count == list->size) {
        size_t size = list->size == 0 ? 1024 : 2 * list->size;
        if (!regrow(&encoded->id_at, size + 1, sizeof *encoded->id_at) ||
            !regrow(&encoded->filters, size, encoded->filter_bytes) ||
            !regrow(&encoded->tokens, size, token_bytes)) {
            return no_memory(err);
        }
        list->size = size;
        encoded->id_at[0] = 0;
    }
    size_t at = encoded->id_at[encoded->count];
    if (list->id_size - at < length + 1) {
        size_t size = 2 * (list->id_size + length + 1);
        if (!regrow(&encoded->ids, size, 1)) {
            return no_memory(err);
        }
        list->id_size = size;
    }
    memcpy(encoded->ids + at, id, length);
    encoded->ids[at + length] = '\0';
    memset(encoded->tokens + encoded->count * token_bytes, 0, token_bytes);
    encoded->id_at[++encoded->count] = at + length + 1;
    return INB_OK;
}

// ---- tokens in batches ----

struct asking {
    const inb_encode_tokens *tokens;
    unsigned char inputs[INB_OPRF_BATCH_MOST * INB_OPRF_INPUT_BYTES];
    unsigned char answers[INB_OPRF_BATCH_MOST * INB_OPRF_BYTES];
    size_t places[INB_OPRF_BATCH_MOST]; // number of the token in the list
    size_t count;
};

static void asking_free(struct asking **asking) {
    if (*asking != NULL) {
        sodium_memzero(*asking, sizeof **asking);
        inb_free(*asking);
    }
}

static inb_status ask_all(struct asking *asking, inb_encoded *encoded, inb_error *err) {
    if (asking->count == 0) {
        return INB_OK;
    }
    INB_TRY(asking->tokens->ask(
        asking->tokens->context, asking->inputs, asking->count, asking->answers, err));
    for (size_t i = 0; i < asking->count; i++) {
        memcpy(encoded->tokens + asking->places[i] * INB_ENCODED_TOKEN_BYTES,
            asking->answers + i * INB_OPRF_BYTES, INB_OPRF_BYTES);
    }
    asking->count = 0;
    return INB_OK;
}

static inb_status ask_record(struct asking *asking, const inb_keys *keys,
    const inb_encoded_values *values, inb_encoded *encoded, inb_error *err) {
    size_t place = (encoded->count - 1) * encoded->token_count;
    for (size_t e = 0; e < INB_ENCODED_EXACTS; e++) {
        if ((encoded->about.exacts >> e & 1) == 0) {
            continue;
        }
        const char *value = values->exact[e];
        if (value[0] != '\0') {
            inb_oprf_input(keys, inb_encoded_exact_names[e], value, strlen(value),
                asking->inputs + asking->count * INB_OPRF_INPUT_BYTES);
            asking->places[asking->count++] = place;
            if (asking->count == INB_OPRF_BATCH_MOST) {
                INB_TRY(ask_all(asking, encoded, err));
            }
        }
        place++;
    }
    return INB_OK;
}

// ---- chance ----

// Random numbers out of the machine, or out of key and seed, so that one seed gives one file and
// nobody without the key can tell noise from filter.
struct chance {
    unsigned char seed[randombytes_SEEDBYTES];
    uint64_t block;
    size_t left;
    unsigned char bytes[4096];
};

static void chance_begin(struct chance *chance, const inb_keys *keys, uint64_t seed) {
    chance->block = 0;
    chance->left = 0;
    if (seed == 0) {
        randombytes_buf(chance->seed, sizeof chance->seed);
        return;
    }
    (void)crypto_generichash(chance->seed, sizeof chance->seed, (const unsigned char *)&seed,
        sizeof seed, keys->encode, sizeof keys->encode);
}

static void chance_bytes(struct chance *chance, void *out, size_t length) {
    unsigned char *to = out;
    while (length > 0) {
        if (chance->left == 0) {
            unsigned char seed[randombytes_SEEDBYTES];
            (void)crypto_generichash(seed, sizeof seed, (const unsigned char *)&chance->block,
                sizeof chance->block, chance->seed, sizeof chance->seed);
            randombytes_buf_deterministic(chance->bytes, sizeof chance->bytes, seed);
            chance->left = sizeof chance->bytes;
            chance->block++;
        }
        size_t part = length < chance->left ? length : chance->left;
        memcpy(to, chance->bytes + sizeof chance->bytes - chance->left, part);
        chance->left -= part;
        to += part;
        length -= part;
    }
}

// Uniform below n; the bias of one in 2^32 does not matter here.
static size_t chance_below(struct chance *chance, size_t n) {
    uint64_t value;
    chance_bytes(chance, &value, sizeof value);
    return (size_t)(((unsigned __int128)value * n) >> 64);
}

static void turn_over(struct chance *chance, unsigned char *filters, size_t bytes, unsigned noise) {
    uint16_t limit = (uint16_t)((noise * 65536U + 5000) / 10000);
    for (size_t i = 0; i < bytes; i++) {
        uint16_t draws[8];
        chance_bytes(chance, draws, sizeof draws);
        for (size_t bit = 0; bit < 8; bit++) {
            filters[i] ^= (unsigned char)((draws[bit] < limit) << bit);
        }
    }
}

static bool is_blank(const unsigned char *filter, size_t bytes) {
    return sodium_is_zero(filter, bytes) == 1;
}

// ---- dummies ----

// Values of some records, from which dummies are mixed.
struct kept {
    inb_encoded_values values[KEPT];
    size_t seen;
};

static void kept_free(struct kept **kept) {
    if (*kept != NULL) {
        sodium_memzero(*kept, sizeof **kept);
        inb_free(*kept);
    }
}

static void keep(struct kept *kept, struct chance *chance, const inb_encoded_values *values) {
    size_t at = kept->seen < KEPT ? kept->seen : chance_below(chance, kept->seen + 1);
    kept->seen++;
    if (at < KEPT) {
        kept->values[at] = *values;
    }
}

// A record of parts of different ones: given name, surname, birth date, address each of another.
static void mix(const struct kept *kept, struct chance *chance, inb_encoded_values *ret_values) {
    static const unsigned char part_of[INB_ENCODED_FIELDS] = {0, 1, 2, 2, 2, 0, 3, 3, 3, 3, 3};
    size_t count = kept->seen < KEPT ? kept->seen : KEPT;
    const inb_encoded_values *parts[4];
    for (size_t p = 0; p < 4; p++) {
        parts[p] = &kept->values[chance_below(chance, count)];
    }
    memset(ret_values, 0, sizeof *ret_values);
    for (size_t f = 0; f < INB_ENCODED_FIELDS; f++) {
        memcpy(ret_values->field[f], parts[part_of[f]]->field[f], INB_ENCODED_TEXT_MOST);
    }
    for (size_t e = 0; e < INB_ENCODED_EXACTS; e++) {
        ret_values->exact[e][0] =
            parts[3]->exact[e][0]; // blank or not, of which a token is made up
    }
}

static inb_status add_dummies(struct list *list, inb_encoder *encoder, struct kept *kept,
    struct chance *chance, size_t count, inb_error *err) {
    inb_encoded *encoded = &list->encoded;
    if (kept->seen == 0) {
        return INB_OK;
    }
    inb_encoded_values values;
    for (size_t i = 0; i < count; i++) {
        mix(kept, chance, &values);
        INB_TRY(add_record(list, "", 0, err));
        inb_encoder_record(
            encoder, &values, encoded->filters + (encoded->count - 1) * encoded->filter_bytes);
        unsigned char *token =
            encoded->tokens + (encoded->count - 1) * encoded->token_count * INB_ENCODED_TOKEN_BYTES;
        for (size_t e = 0; e < INB_ENCODED_EXACTS; e++) {
            if ((encoded->about.exacts >> e & 1) != 0) {
                if (values.exact[e][0] != '\0') { // a random point looks like any token
                    unsigned char wide[crypto_core_ristretto255_HASHBYTES];
                    chance_bytes(chance, wide, sizeof wide);
                    (void)crypto_core_ristretto255_from_hash(token, wide);
                }
                token += INB_ENCODED_TOKEN_BYTES;
            }
        }
    }
    sodium_memzero(&values, sizeof values);
    return INB_OK;
}

// The records of `from` in a random order under new ids, and the map from new to old.
static inb_status rename_all(const inb_encoded *from, struct chance *chance, struct list *to,
    inb_buffer *map, inb_error *err) {
    INB_CLEANUP(inb_freep) size_t *order = inb_alloc(from->count, sizeof *order);
    if (order == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < from->count; i++) {
        size_t j = chance_below(chance, i + 1);
        order[i] = order[j];
        order[j] = i;
    }
    to->encoded = (inb_encoded){
        .about = from->about, .token_count = from->token_count, .filter_bytes = from->filter_bytes};
    size_t token_bytes = from->token_count * INB_ENCODED_TOKEN_BYTES;
    inb_buffer_text(map, "id,was\n");
    for (size_t i = 0; i < from->count; i++) {
        unsigned char random[NEW_ID_BYTES];
        char id[2 * NEW_ID_BYTES + 1];
        chance_bytes(chance, random, sizeof random);
        (void)sodium_bin2hex(id, sizeof id, random, sizeof random);
        INB_TRY(add_record(to, id, strlen(id), err));
        memcpy(to->encoded.filters + i * from->filter_bytes,
            from->filters + order[i] * from->filter_bytes, from->filter_bytes);
        memcpy(to->encoded.tokens + i * token_bytes, from->tokens + order[i] * token_bytes,
            token_bytes);
        inb_buffer_format(map, "%s,", id);
        inb_buffer_cell(map, inb_encoded_id(from, order[i]));
        inb_buffer_char(map, '\n');
    }
    return inb_buffer_check(map, err);
}

// ---- the whole ----

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static inb_status ids_differ(const inb_encoded *encoded, inb_error *err) {
    INB_CLEANUP(inb_freep) const char **sorted = inb_alloc(encoded->count, sizeof *sorted);
    if (sorted == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < encoded->count; i++) {
        sorted[i] = inb_encoded_id(encoded, i);
    }
    qsort(sorted, encoded->count, sizeof *sorted, by_text);
    for (size_t i = 1; i < encoded->count; i++) {
        if (strcmp(sorted[i - 1], sorted[i]) == 0) {
            return inb_fail(
                err, INB_BAD_INPUT, "found two records of the list with one id, expected one");
        }
    }
    return INB_OK;
}

static void describe(const inb_keys *keys, const inb_encoded_reader *reader,
    const inb_encode_options *options, const inb_encode_tokens *tokens, inb_encoded *encoded) {
    inb_encoded_about *about = &encoded->about;
    const char *kind = inb_key_kind_text(keys->about.kind);
    memcpy(about->key_kind, kind, strlen(kind) + 1);
    about->key_version = keys->about.version;
    memcpy(about->key_print, keys->about.fingerprint, sizeof keys->about.fingerprint);
    about->groups = options->groups;
    about->bits = inb_i_encode_bits(options->groups);
    about->folded = !options->unfolded;
    about->salted = options->salted;
    about->noise = options->noise;
    about->fields = inb_encoded_reader_fields(reader);
    about->exacts = tokens->ask == NULL ? 0 : inb_encoded_reader_exacts(reader);
    if (about->exacts != 0) {
        about->holder_version = tokens->holder->version;
        memcpy(about->holder_print, tokens->holder->fingerprint, INB_FINGERPRINT_TEXT);
    }
    encoded->token_count = (size_t)__builtin_popcount(about->exacts);
    encoded->filter_bytes = about->groups * (about->bits / 8);
}

struct work {
    const inb_keys *keys;
    inb_encoder *encoder;
    struct asking *asking;
    struct kept *kept; // NULL without dummies
    struct chance *chance;
};

static void wipe_values(inb_encoded_values *values) {
    sodium_memzero(values, sizeof *values);
}

static inb_status encode_all(
    struct work *work, inb_encoded_reader *reader, struct list *list, inb_error *err) {
    inb_encoded *encoded = &list->encoded;
    INB_CLEANUP(wipe_values) inb_encoded_values values;
    for (;;) {
        bool more;
        const char *id;
        INB_TRY(inb_encoded_reader_next(reader, &more, &id, &values, err));
        if (!more) {
            return ask_all(work->asking, encoded, err);
        }
        INB_TRY(add_record(list, id, strlen(id), err));
        inb_encoder_record(work->encoder, &values,
            encoded->filters + (encoded->count - 1) * encoded->filter_bytes);
        if (encoded->token_count > 0) {
            INB_TRY(ask_record(work->asking, work->keys, &values, encoded, err));
        }
        if (work->kept != NULL) {
            keep(work->kept, work->chance, &values);
        }
    }
}

static void add_noise(struct chance *chance, unsigned noise, inb_encoded *encoded) {
    size_t bytes = encoded->about.bits / 8;
    for (size_t i = 0; noise > 0 && i < encoded->count * encoded->about.groups; i++) {
        unsigned char *filter = encoded->filters + i * bytes;
        if (!is_blank(filter, bytes)) { // a blank field stays one
            turn_over(chance, filter, bytes, noise);
        }
    }
}

inb_status inb_encode(const inb_keys *keys, inb_encoded_reader *reader,
    const inb_encode_options *options, const inb_encode_tokens *tokens, inb_encoded *ret_encoded,
    inb_buffer *ret_map, inb_error *err) {
    if (options->noise > NOISE_MOST) {
        return inb_fail(err, INB_USAGE, "found noise of %u in ten thousand, expected at most %d",
            options->noise, (int)NOISE_MOST);
    }
    INB_CLEANUP(inb_encoder_freep) inb_encoder *encoder = NULL;
    INB_TRY(inb_encoder_new(keys, options, &encoder, err));
    INB_CLEANUP(list_clear) struct list list = {0};
    INB_CLEANUP(list_clear) struct list renamed = {0};
    INB_CLEANUP(asking_free) struct asking *asking = inb_alloc(1, sizeof *asking);
    INB_CLEANUP(inb_freep) struct chance *chance = inb_alloc(1, sizeof *chance);
    INB_CLEANUP(kept_free)
    struct kept *kept = options->dummies == 0 ? NULL : inb_alloc(1, sizeof *kept);
    if (asking == NULL || chance == NULL || (options->dummies != 0 && kept == NULL)) {
        return no_memory(err);
    }
    asking->tokens = tokens;
    chance_begin(chance, keys, options->seed);
    describe(keys, reader, options, tokens, &list.encoded);
    struct work work = {keys, encoder, asking, kept, chance};
    INB_TRY(add_record(&list, "", 0, err)); // arrays exist also for a list without records
    list.encoded.count = 0;
    INB_TRY(encode_all(&work, reader, &list, err));
    INB_TRY(ids_differ(&list.encoded, err));
    struct list *done = &list;
    if (options->dummies != 0) {
        INB_TRY(add_dummies(&list, encoder, kept, chance, options->dummies, err));
        INB_TRY(rename_all(&list.encoded, chance, &renamed, ret_map, err));
        done = &renamed;
    }
    add_noise(chance, options->noise, &done->encoded);
    sodium_memzero(chance, sizeof *chance);
    *ret_encoded = done->encoded;
    done->encoded = (inb_encoded){0};
    return INB_OK;
}

inb_status inb_encoded_rotate(
    inb_encoded *encoded, const inb_keys *from, const inb_keys *to, inb_error *err) {
    if (strcmp(encoded->about.holder_print, from->about.fingerprint) != 0) {
        return inb_fail(err, INB_BAD_INPUT,
            "found tokens of another key holder's key, or none; expected those of %s",
            from->about.fingerprint);
    }
    unsigned char rotation[INB_OPRF_BYTES];
    INB_TRY(inb_oprf_rotation(from, to, rotation, err));
    inb_status status = INB_OK;
    for (size_t i = 0; i < encoded->count * encoded->token_count && status == INB_OK; i++) {
        unsigned char *token = encoded->tokens + i * INB_ENCODED_TOKEN_BYTES;
        if (!is_blank(token, INB_ENCODED_TOKEN_BYTES)) {
            status = inb_oprf_rotate(rotation, token, err);
        }
    }
    sodium_memzero(rotation, sizeof rotation);
    INB_TRY(status);
    encoded->about.holder_version = to->about.version;
    memcpy(encoded->about.holder_print, to->about.fingerprint, INB_FINGERPRINT_TEXT);
    return INB_OK;
}
