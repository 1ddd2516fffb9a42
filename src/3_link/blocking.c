// SPDX-License-Identifier: EUPL-1.2
// Keys from whole values, first letters and sounds of names, and two of the smallest hashed
// bigrams as a net below them (MinHash: Broder 1997, doi:10.1109/SEQUEN.1997.666900). Hubs are
// split by further values.

#include "blocking.h"

#include "base/alloc.h"

#include <string.h>

// ---- parts of keys ----

enum part_kind { WHOLE, FIRST, FIRST3, SOUND };

struct part {
    enum inb_feature feature;
    enum part_kind kind;
};

enum { MOST_PARTS = 3, SPLITS = 5, LARGEST = 512, SMALLEST = 12 };

// Parts are added up, so that given name and surname may stand in each other's place.
static const struct recipe {
    const char *text;
    size_t parts;
    struct part part[MOST_PARTS];
} recipes[] = {
    {"number", 1, {{INB_NUMBER, WHOLE}}},
    {"phone", 1, {{INB_PHONE, WHOLE}}},
    {"email", 1, {{INB_EMAIL, WHOLE}}},
    {"kvk", 1, {{INB_KVK, WHOLE}}},
    {"sounds of both names", 2, {{INB_GIVEN, SOUND}, {INB_SURNAME, SOUND}}},
    {"birth date", 3, {{INB_YEAR, WHOLE}, {INB_MONTH, WHOLE}, {INB_DAY, WHOLE}}},
    {"surname and birth year", 2, {{INB_SURNAME, WHOLE}, {INB_YEAR, WHOLE}}},
    {"sound of surname, birth month and day", 3,
        {{INB_SURNAME, SOUND}, {INB_MONTH, WHOLE}, {INB_DAY, WHOLE}}},
    {"given name, birth month and day", 3,
        {{INB_GIVEN, WHOLE}, {INB_MONTH, WHOLE}, {INB_DAY, WHOLE}}},
    {"given name and birth year", 2, {{INB_GIVEN, WHOLE}, {INB_YEAR, WHOLE}}},
    {"sound of surname and birth year", 2, {{INB_SURNAME, SOUND}, {INB_YEAR, WHOLE}}},
    {"surname and first letter of given name", 2, {{INB_SURNAME, WHOLE}, {INB_GIVEN, FIRST}}},
    {"birth year and month, place", 3, {{INB_YEAR, WHOLE}, {INB_MONTH, WHOLE}, {INB_PLACE, WHOLE}}},
    {"surname and place", 2, {{INB_SURNAME, WHOLE}, {INB_PLACE, WHOLE}}},
    {"given name and place", 2, {{INB_GIVEN, WHOLE}, {INB_PLACE, WHOLE}}},
    {"postcode and birth year", 2, {{INB_POSTCODE, WHOLE}, {INB_YEAR, WHOLE}}},
    {"postcode and given name", 2, {{INB_POSTCODE, WHOLE}, {INB_GIVEN, FIRST3}}},
    {"postcode and surname", 2, {{INB_POSTCODE, WHOLE}, {INB_SURNAME, FIRST3}}},
    {"street and house number", 2, {{INB_STREET, WHOLE}, {INB_HOUSE, WHOLE}}},
    {"organisation", 1, {{INB_ORGANISATION, SOUND}}},
};

static const struct part splits[SPLITS] = {{INB_YEAR, WHOLE}, {INB_GIVEN, FIRST},
    {INB_SURNAME, SOUND}, {INB_DAY, WHOLE}, {INB_POSTCODE, WHOLE}};

uint32_t inb_sound(const char *text, size_t length) {
    //                           abcdefghijklmnopqrstuvwxyz
    static const char class[] = "0bkd0fg000klmm0bkrsd0ffk0s";
    enum { MOST = 5 };
    uint32_t sound = 0;
    char last = 0;
    size_t used = 0;
    for (size_t i = 0; i < length && used < MOST; i++) {
        char c = text[i];
        char kind = c >= 'a' && c <= 'z' ? class[c - 'a'] : c == ' ' ? '0' : c;
        if (c == 'p' && i + 1 < length && text[i + 1] == 'h') {
            kind = 'f';
        } else if (i == 0 && (c == 'j' || c == 'y')) {
            kind = 'j';
        }
        if (i == 0 && kind == '0') {
            kind = 'a';
        }
        if (kind != '0' && kind != last) {
            sound = sound * 37 + (uint32_t)(unsigned char)kind;
            used++;
        }
        last = kind == '0' ? last : kind;
    }
    return sound;
}

// Sounds of names are looked up: four keys ask for each, and many records have one name.
struct source {
    const inb_people *people;
    uint32_t *sounds; // a word of names
};

static bool part_hash(
    const struct source *source, struct part part, size_t record, uint64_t *ret_hash) {
    const inb_people *people = source->people;
    const uint32_t *codes = people->codes[part.feature];
    if (codes == NULL || codes[record] == 0) {
        return false;
    }
    const inb_words *words = inb_feature_words(people, part.feature);
    const char *text = inb_word(words, codes[record]);
    size_t length = inb_word_length(words, codes[record]);
    uint64_t value = codes[record];
    switch (part.kind) {
    case WHOLE:
        break;
    case FIRST:
        value = (unsigned char)text[0];
        break;
    case FIRST3:
        value = inb_hash_bytes(text, length < 3 ? length : 3);
        break;
    case SOUND:
        value =
            part.feature <= INB_SURNAME ? source->sounds[codes[record]] : inb_sound(text, length);
        if (value == 0) {
            return false;
        }
        break;
    }
    bool name = part.feature <= INB_SURNAME;
    *ret_hash = inb_mix(value + 0x9e3779b97f4a7c15U * (name ? 1U : (uint64_t)part.feature + 1) +
                        (uint64_t)part.kind * 0x51ed270b1U);
    return true;
}

static uint64_t recipe_hash(
    const struct source *source, const struct recipe *recipe, size_t record) {
    uint64_t sum = 0;
    for (size_t p = 0; p < recipe->parts; p++) {
        uint64_t hash;
        if (!part_hash(source, recipe->part[p], record, &hash)) {
            return 0;
        }
        sum += hash;
    }
    return inb_mix(sum) | 1;
}

// The smallest hashes of the bigrams of names, date and place, by two functions put together.
static uint64_t safety_hash(const inb_people *people, uint64_t salt, size_t record) {
    static const enum inb_feature features[] = {
        INB_GIVEN, INB_SURNAME, INB_YEAR, INB_MONTH, INB_DAY, INB_PLACE, INB_STREET};
    uint64_t least[2] = {UINT64_MAX, UINT64_MAX};
    size_t grams = 0;
    for (size_t i = 0; i < sizeof features / sizeof features[0]; i++) {
        const uint32_t *codes = people->codes[features[i]];
        if (codes == NULL || codes[record] == 0) {
            continue;
        }
        const inb_words *words = inb_feature_words(people, features[i]);
        const char *text = inb_word(words, codes[record]);
        size_t length = inb_word_length(words, codes[record]);
        uint64_t kind = features[i] <= INB_SURNAME ? 0 : features[i];
        for (size_t at = 0; at <= length; at++) {
            uint64_t first = at == 0 ? 0 : (unsigned char)text[at - 1];
            uint64_t second = at == length ? 0 : (unsigned char)text[at];
            uint64_t hash = inb_mix((kind << 16 | first << 8 | second) + salt);
            least[0] = hash < least[0] ? hash : least[0];
            hash = inb_mix(hash + 0x2545f4914f6cdd1dU);
            least[1] = hash < least[1] ? hash : least[1];
            grams++;
        }
    }
    return grams < 8 ? 0 : inb_mix(least[0] ^ inb_mix(least[1])) | 1;
}

// ---- blocks ----

struct room {
    uint64_t *hashes;   // a record
    uint64_t *table;    // open addressing: hash
    uint32_t *number;   // block of that hash
    uint32_t *sizes;    // a block
    uint32_t *block_of; // a record: its block of the key at hand
    size_t table_size;
};

static void room_clear(struct room *room) {
    inb_free(room->hashes);
    inb_free(room->table);
    inb_free(room->number);
    inb_free(room->sizes);
    inb_free(room->block_of);
}

static inb_status room_new(struct room *room, size_t count, inb_error *err) {
    room->table_size = 64;
    while (room->table_size < count + count / 2) {
        room->table_size *= 2;
    }
    room->hashes = inb_alloc(count, sizeof *room->hashes);
    room->table = inb_alloc(room->table_size, sizeof *room->table);
    room->number = inb_alloc(room->table_size, sizeof *room->number);
    room->sizes = inb_alloc(count + 2, sizeof *room->sizes);
    room->block_of = inb_alloc(count, sizeof *room->block_of);
    if (room->hashes == NULL || room->table == NULL || room->number == NULL ||
        room->sizes == NULL || room->block_of == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for blocks of records");
    }
    return INB_OK;
}

// Numbers blocks by their hashes in order of appearance; those of one record get 0.
static void number_blocks(struct room *room, size_t count, inb_block_key *key) {
    enum { AHEAD = 16 }; // places of the table are anywhere in memory
    memset(room->table, 0, room->table_size * sizeof *room->table);
    size_t mask = room->table_size - 1;
    uint32_t blocks = 0;
    for (size_t r = 0; r < count; r++) {
        if (r + AHEAD < count) {
            __builtin_prefetch(&room->table[room->hashes[r + AHEAD] & mask]);
            __builtin_prefetch(&room->number[room->hashes[r + AHEAD] & mask]);
        }
        room->block_of[r] = 0;
        uint64_t hash = room->hashes[r];
        if (hash == 0) {
            continue;
        }
        size_t at = hash & mask;
        while (room->table[at] != 0 && room->table[at] != hash) {
            at = (at + 1) & mask;
        }
        if (room->table[at] == 0) {
            room->table[at] = hash;
            room->number[at] = ++blocks;
            room->sizes[blocks] = 0;
        }
        room->block_of[r] = room->number[at];
        room->sizes[room->number[at]]++;
    }
    key->blocks = blocks;
}

static double pairs_of(double size) {
    return size * (size - 1) / 2;
}

// The largest size that keeps the pairs of a key within its budget, blocks above it being cut.
static uint32_t size_within(const struct room *room, const inb_block_key *key, double budget) {
    uint32_t most = LARGEST;
    for (; most > SMALLEST; most = most * 3 / 4) {
        double pairs = 0;
        for (uint32_t b = 1; b <= key->blocks; b++) {
            double size = room->sizes[b];
            pairs += size <= most ? pairs_of(size) : size * most / 2;
        }
        if (pairs <= budget) {
            break;
        }
    }
    return most;
}

// Records of blocks that are too large get a further part into their hash, or leave the key.
static bool split_hubs(
    const struct source *source, struct room *room, uint32_t most, size_t round, size_t count) {
    bool any = false;
    for (size_t r = 0; r < count; r++) {
        uint32_t block = room->block_of[r];
        if (block == 0 || room->sizes[block] <= most) {
            continue;
        }
        any = true;
        if (round == SPLITS) { // nothing left to tell them apart by: the order of the files
            room->hashes[r] = inb_mix(room->hashes[r] + r / most) | 1;
            continue;
        }
        uint64_t hash;
        if (source->people->codes[splits[round].feature] == NULL) {
            continue;
        }
        // A blank stays with the blanks of its block.
        hash = part_hash(source, splits[round], r, &hash) ? hash : 7;
        room->hashes[r] = inb_mix(room->hashes[r] + hash * (round + 3)) | 1;
    }
    return any;
}

static void drop_single(struct room *room, inb_block_key *key, size_t count) {
    uint32_t kept = 0;
    key->pairs = 0;
    for (uint32_t b = 1; b <= key->blocks; b++) {
        uint32_t size = room->sizes[b];
        key->pairs += pairs_of(size);
        room->sizes[b] = size > 1 ? ++kept : 0;
    }
    for (size_t r = 0; r < count; r++) {
        room->block_of[r] = room->block_of[r] == 0 ? 0 : room->sizes[room->block_of[r]];
    }
    key->blocks = kept;
}

// Key `at`, of the hashes in the room.
static void add_key(const struct source *source, inb_blocks *blocks, struct room *room, size_t at,
    const char *text, double budget) {
    size_t count = blocks->count;
    inb_block_key *key = &blocks->keys[at];
    key->text = text;
    number_blocks(room, count, key);
    uint32_t most = size_within(room, key, budget);
    double before = 0;
    for (uint32_t b = 1; b <= key->blocks; b++) {
        before += pairs_of(room->sizes[b]);
        key->split += room->sizes[b] > most ? 1 : 0;
    }
    for (size_t round = 0; round <= SPLITS && key->split > 0; round++) {
        if (!split_hubs(source, room, most, round, count)) {
            break;
        }
        number_blocks(room, count, key);
    }
    drop_single(room, key, count);
    key->left_out = before - key->pairs;
    for (size_t r = 0; r < count; r++) {
        blocks->block_of[r * blocks->key_count + at] = room->block_of[r];
    }
}

static bool can_make(const inb_people *people, const struct recipe *recipe) {
    for (size_t p = 0; p < recipe->parts; p++) {
        if (people->filled[recipe->part[p].feature] * 50 < people->count) {
            return false;
        }
    }
    return true;
}

// ---- all keys ----

enum { SAFETY = 2, MOST_WORKERS = 4 }; // each worker has room for a table of all records

static const char *const safety[SAFETY] = {"bigrams (first)", "bigrams (second)"};

struct keying {
    struct source source;
    inb_blocks *blocks;
    const struct recipe *recipes[INB_KEYS_MOST]; // a key; the last ones, of bigrams, have none
    double budget;                               // of one key
    struct room rooms[MOST_WORKERS];
};

static void keying_clear(struct keying *keying) {
    inb_blocks_freep(&keying->blocks);
    inb_free(keying->source.sounds);
    for (size_t w = 0; w < MOST_WORKERS; w++) {
        room_clear(&keying->rooms[w]);
    }
}

static inb_status one_key(void *context, size_t worker, size_t key, inb_error *err) {
    struct keying *keying = context;
    struct room *room = &keying->rooms[worker];
    inb_blocks *blocks = keying->blocks;
    if (room->block_of == NULL) {
        INB_TRY(room_new(room, blocks->count, err));
    }
    const struct recipe *recipe = keying->recipes[key];
    size_t net = key + SAFETY - blocks->key_count; // which of bigrams
    for (size_t r = 0; r < blocks->count; r++) {
        room->hashes[r] =
            recipe != NULL ? recipe_hash(&keying->source, recipe, r)
                           : safety_hash(keying->source.people, (net + 1) * 0x9e3779b97f4a7c15U, r);
    }
    add_key(&keying->source, blocks, room, key, recipe != NULL ? recipe->text : safety[net],
        keying->budget);
    return INB_OK;
}

inb_status inb_blocks_new(const inb_people *people, double budget, const inb_spread *spread,
    inb_blocks **ret_blocks, inb_error *err) {
    INB_CLEANUP(keying_clear) struct keying keying = {.source = {people, NULL}};
    const inb_words *names = &people->name_words;
    inb_blocks *blocks = keying.blocks = inb_alloc(1, sizeof *blocks);
    keying.source.sounds = inb_alloc(names->count, sizeof *keying.source.sounds);
    if (blocks == NULL || keying.source.sounds == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for blocks of records");
    }
    for (uint32_t code = 1; code < names->count; code++) {
        keying.source.sounds[code] = inb_sound(inb_word(names, code), inb_word_length(names, code));
    }
    blocks->count = people->count;
    for (size_t i = 0; i < sizeof recipes / sizeof recipes[0]; i++) {
        if (can_make(people, &recipes[i])) {
            keying.recipes[blocks->key_count++] = &recipes[i];
        }
    }
    blocks->key_count += SAFETY;
    blocks->block_of = inb_alloc(blocks->count, blocks->key_count * sizeof *blocks->block_of);
    if (blocks->block_of == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for blocks of records");
    }
    keying.budget = budget / (double)blocks->key_count;
    inb_spread few = *spread;
    few.workers = few.workers < MOST_WORKERS ? few.workers : MOST_WORKERS;
    INB_TRY(inb_spread_run(&few, "keys of records", blocks->key_count, one_key, &keying, err));
    *ret_blocks = INB_TAKE(keying.blocks);
    return INB_OK;
}

void inb_blocks_freep(inb_blocks **blocks) {
    if (*blocks != NULL) {
        inb_free((*blocks)->block_of);
        inb_free(*blocks);
        *blocks = NULL;
    }
}

void inb_blocks_order(const inb_blocks *blocks, size_t key, uint32_t *starts, uint32_t *order) {
    const inb_block_key *k = &blocks->keys[key];
    memset(starts, 0, ((size_t)k->blocks + 2) * sizeof *starts);
    for (size_t r = 0; r < blocks->count; r++) {
        starts[inb_blocks_of(blocks, r)[key] + 1]++; // block 0, of the records in none, comes first
    }
    for (uint32_t b = 0; b <= k->blocks; b++) {
        starts[b + 1] += starts[b];
    }
    for (size_t r = blocks->count; r-- > 0;) {
        order[--starts[inb_blocks_of(blocks, r)[key] + 1]] = (uint32_t)r;
    }
    // Every start moved back to its block's beginning: shift them into place.
    memmove(starts, starts + 1, ((size_t)k->blocks + 1) * sizeof *starts);
    starts[k->blocks + 1] = (uint32_t)blocks->count;
}

unsigned inb_blocks_shared(const inb_blocks *blocks, uint32_t a, uint32_t b) {
    const uint32_t *of_a = inb_blocks_of(blocks, a);
    const uint32_t *of_b = inb_blocks_of(blocks, b);
    unsigned shared = 0;
    for (size_t k = 0; k < blocks->key_count; k++) {
        shared += of_a[k] != 0 && of_a[k] == of_b[k] ? 1 : 0;
    }
    return shared;
}
