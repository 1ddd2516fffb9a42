// SPDX-License-Identifier: EUPL-1.2
// Levels of agreement by kind of value (Winkler 1990; thresholds are those in common use and were
// not fitted to any file); distinct words are compared once and remembered.

#include "pattern.h"

#include "name_table.h"
#include "near_text.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

const unsigned inb_level_exact[INB_FEATURES] = {5, 5, 2, 4, 4, 4, 4, 4, 3, 4, 3, 3, 5, 3, 4};
const unsigned inb_level_exchanged[INB_FEATURES] = {
    [INB_SURNAME] = 6, [INB_MONTH] = 5, [INB_DAY] = 5};

// ---- kinds ----

struct text {
    const char *at;
    size_t length;
    uint32_t marks;
};

static struct text text_of(const inb_words *words, uint32_t code) {
    return (struct text){inb_word(words, code), inb_word_length(words, code), words->marks[code]};
}

// A word of at least three letters that stands in both, where one of them has several.
static bool shares_word(struct text a, struct text b) {
    if (memchr(a.at, ' ', a.length) == NULL && memchr(b.at, ' ', b.length) == NULL) {
        return false;
    }
    for (size_t i = 0; i < a.length;) {
        const char *stop = memchr(a.at + i, ' ', a.length - i);
        size_t width = stop == NULL ? a.length - i : (size_t)(stop - a.at) - i;
        for (size_t j = 0; width >= 3 && j < b.length;) {
            const char *other = memchr(b.at + j, ' ', b.length - j);
            size_t other_width = other == NULL ? b.length - j : (size_t)(other - b.at) - j;
            if (width == other_width && memcmp(a.at + i, b.at + j, width) == 0) {
                return true;
            }
            j += other_width + 1;
        }
        i += width + 1;
    }
    return false;
}

static bool has_blank(struct text a) {
    return memchr(a.at, ' ', a.length) != NULL;
}

// 1 different, 2 similar, 3 near, 4 one edit.
static unsigned level_name(struct text a, struct text b) {
    size_t prefix = inb_same_prefix(a.at, a.length, b.at, b.length, 4);
    size_t shorter = a.length < b.length ? a.length : b.length;
    if (shorter == 1) { // an initial
        return prefix == 1 ? 2 : 1;
    }
    bool parts = has_blank(a) || has_blank(b);
    if (!parts && inb_jaro_winkler_most(a.length, a.marks, b.length, b.marks, prefix) < 0.8) {
        return 1;
    }
    if (shorter >= 3 && inb_edits_within(a.at, a.length, b.at, b.length, 1)) {
        return 4;
    }
    double similar = inb_jaro_winkler(a.at, a.length, b.at, b.length);
    if (similar >= 0.9 || (parts && shares_word(a, b))) {
        return 3;
    }
    return similar >= 0.8 ? 2 : 1;
}

// What the forms of two names know beyond their letters (other spellings, pet forms, consonants),
// as a level of level_name.
static unsigned level_forms(const inb_words *words, uint32_t a, uint32_t b) {
    static const unsigned levels[INB_NAME_LEVEL_COUNT] = {[INB_NAME_EXACT] = 4,
        [INB_NAME_SAME] = 4,
        [INB_NAME_NICKNAME] = 3,
        [INB_NAME_NEAR] = 1,
        [INB_NAME_SKELETON] = 3,
        [INB_NAME_SWAPPED] = 4,
        [INB_NAME_PART] = 3,
        [INB_NAME_DIFFERENT] = 1};
    return words->names == NULL ? 1 : levels[inb_name_table_compare(words->names, a, b)];
}

static unsigned level_of_names(const inb_words *words, uint32_t a, uint32_t b) {
    unsigned level = level_name(text_of(words, a), text_of(words, b));
    unsigned known = level < 4 ? level_forms(words, a, b) : 1;
    return known > level ? known : level;
}

// 1 different, 2 similar, 3 near. One edit of four letters or more has a bound of 0.833 at least.
static unsigned level_place(struct text a, struct text b) {
    size_t prefix = inb_same_prefix(a.at, a.length, b.at, b.length, 4);
    if (inb_jaro_winkler_most(a.length, a.marks, b.length, b.marks, prefix) < 0.83) {
        return 1;
    }
    double similar = inb_jaro_winkler(a.at, a.length, b.at, b.length);
    if (similar >= 0.95 ||
        (a.length >= 4 && b.length >= 4 && inb_edits_within(a.at, a.length, b.at, b.length, 1))) {
        return 3;
    }
    return similar >= 0.88 ? 2 : 1;
}

// In how many characters two texts of one length differ, or more than most. Up to eight at once:
// most pairs of numbers end here.
static size_t differing(struct text a, struct text b, size_t most) {
    if (a.length <= INB_WORDS_SLACK) {
        uint64_t x;
        uint64_t y;
        memcpy(&x, a.at, sizeof x);
        memcpy(&y, b.at, sizeof y);
        size_t beyond = 8 * (INB_WORDS_SLACK - a.length); // bits of the next word
        x ^= y;
        x = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? x << beyond : x >> beyond;
        x |= x >> 4; // any bit of a byte to its lowest
        x |= x >> 2;
        x |= x >> 1;
        return (size_t)((x & 0x0101010101010101U) * 0x0101010101010101U >> 56);
    }
    size_t apart = 0;
    for (size_t i = 0; i < a.length && apart <= most; i++) {
        apart += a.at[i] != b.at[i] ? 1 : 0;
    }
    return apart;
}

// 1 different, 2 two characters off (of six or more), 3 one edit.
static unsigned level_number(struct text a, struct text b) {
    if (a.length != b.length) {
        size_t apart = a.length > b.length ? a.length - b.length : b.length - a.length;
        return apart == 1 && inb_edits_within(a.at, a.length, b.at, b.length, 1) ? 3 : 1;
    }
    if (differing(a, b, 2) > 2) {
        return 1;
    }
    if (inb_edits_within(a.at, a.length, b.at, b.length, 1)) {
        return 3;
    }
    return a.length >= 6 ? 2 : 1;
}

// 1 different, 2 one edit.
static unsigned level_one_edit(struct text a, struct text b) {
    return inb_edits_within(a.at, a.length, b.at, b.length, 1) ? 2 : 1;
}

// 1 different, 2 the same area, 3 one edit.
static unsigned level_postcode(struct text a, struct text b) {
    if (inb_edits_within(a.at, a.length, b.at, b.length, 1)) {
        return 3;
    }
    size_t shorter = a.length < b.length ? a.length : b.length;
    size_t same = inb_same_prefix(a.at, a.length, b.at, b.length, shorter);
    return same >= 2 && same * 2 >= shorter ? 2 : 1;
}

static size_t leading_digits(struct text a) {
    size_t digits = 0;
    while (digits < a.length && a.at[digits] >= '0' && a.at[digits] <= '9') {
        digits++;
    }
    return digits;
}

// 1 different, 2 the same number with another suffix, or one edit.
static unsigned level_house(struct text a, struct text b) {
    size_t digits = leading_digits(a);
    if (digits > 0 && digits == leading_digits(b) && memcmp(a.at, b.at, digits) == 0) {
        return 2;
    }
    return (a.length > 1 || b.length > 1) && inb_edits_within(a.at, a.length, b.at, b.length, 1)
               ? 2
               : 1;
}

// 1 different, 2 one edit or the same before the @.
static unsigned level_email(struct text a, struct text b) {
    const char *at_a = memchr(a.at, '@', a.length);
    const char *at_b = memchr(b.at, '@', b.length);
    if (at_a != NULL && at_b != NULL && at_a - a.at == at_b - b.at && at_a - a.at >= 4 &&
        memcmp(a.at, b.at, (size_t)(at_a - a.at)) == 0) {
        return 2;
    }
    size_t prefix = inb_same_prefix(a.at, a.length, b.at, b.length, 4);
    if (inb_jaro_winkler_most(a.length, a.marks, b.length, b.marks, prefix) < 0.9) {
        return 1;
    }
    return inb_edits_within(a.at, a.length, b.at, b.length, 2) ? 2 : 1;
}

// ---- dates ----

static int number_of(struct text a) {
    int value = 0;
    for (size_t i = 0; i < a.length; i++) {
        value = value * 10 + (a.at[i] - '0');
    }
    return value;
}

// 1 different, 2 at most five years apart, 3 one digit off or two exchanged, or one year apart.
static unsigned level_year(struct text a, struct text b) {
    int apart = abs(number_of(a) - number_of(b));
    if (apart == 1 ||
        (a.length == b.length && inb_edits_within(a.at, a.length, b.at, b.length, 1))) {
        return 3;
    }
    return apart <= 5 ? 2 : 1;
}

// 1 different, 2 one of two digits off or both exchanged, 3 one apart.
static unsigned level_part(struct text a, struct text b) {
    int x = number_of(a);
    int y = number_of(b);
    if (abs(x - y) == 1) {
        return 3;
    }
    bool digit = x / 10 == y / 10 || x % 10 == y % 10;
    return digit || (x / 10 == y % 10 && x % 10 == y / 10) ? 2 : 1;
}

unsigned inb_level(enum inb_feature feature, const inb_words *words, uint32_t a, uint32_t b) {
    if (a == 0 || b == 0) {
        return 0;
    }
    if (a == b) {
        return inb_level_exact[feature];
    }
    struct text x = text_of(words, a);
    struct text y = text_of(words, b);
    switch (feature) {
    case INB_GIVEN:
    case INB_SURNAME:
        return level_of_names(words, a, b);
    case INB_ORGANISATION:
        return level_name(x, y);
    case INB_YEAR:
        return level_year(x, y);
    case INB_MONTH:
    case INB_DAY:
        return level_part(x, y);
    case INB_POSTCODE:
        return level_postcode(x, y);
    case INB_STREET:
    case INB_PLACE:
        return level_place(x, y);
    case INB_HOUSE:
        return level_house(x, y);
    case INB_PHONE:
    case INB_KVK:
        return level_one_edit(x, y);
    case INB_EMAIL:
        return level_email(x, y);
    case INB_NUMBER:
        return level_number(x, y);
    default:
        return 1;
    }
}

const char *inb_level_text(enum inb_feature feature, unsigned level) {
    static const char *const names[] = {"not in both", "different", "similar, or an initial",
        "near, a part in common, a pet form or the same consonants",
        "one edit, or another spelling", "equal", "exchanged with the given name"};
    static const char *const years[] = {"not in both", "different", "at most five years apart",
        "one digit off or one year apart", "equal"};
    static const char *const parts[] = {"not in both", "different",
        "one digit off or digits exchanged", "one apart", "equal", "day and month exchanged"};
    static const char *const places[] = {"not in both", "different", "similar", "near", "equal"};
    static const char *const postcodes[] = {
        "not in both", "different", "the same area", "one edit", "equal"};
    static const char *const houses[] = {
        "not in both", "different", "another suffix, or one edit", "equal"};
    static const char *const sexes[] = {"not in both", "different", "equal"};
    static const char *const edits[] = {"not in both", "different", "one edit", "equal"};
    static const char *const numbers[] = {
        "not in both", "different", "two characters off", "one edit", "equal"};
    switch (feature) {
    case INB_GIVEN:
    case INB_SURNAME:
    case INB_ORGANISATION:
        return names[level];
    case INB_YEAR:
        return years[level];
    case INB_MONTH:
    case INB_DAY:
        return parts[level];
    case INB_STREET:
    case INB_PLACE:
        return places[level];
    case INB_POSTCODE:
        return postcodes[level];
    case INB_HOUSE:
        return houses[level];
    case INB_SEX:
        return sexes[level];
    case INB_NUMBER:
        return numbers[level];
    default:
        return edits[level];
    }
}

inb_fit_layout inb_pattern_layout(const inb_people *people) {
    inb_fit_layout layout = {0};
    for (unsigned f = 0; f < INB_FEATURES; f++) {
        layout.exact[f] = inb_level_exact[f];
        layout.top[f] = inb_level_exchanged[f] != 0 ? inb_level_exchanged[f] : inb_level_exact[f];
    }
    layout.features = INB_FEATURES;
    for (unsigned f = 0; f < INB_FEATURES;) {
        unsigned count = f == INB_GIVEN || f == INB_YEAR ? 3 : f == INB_POSTCODE ? 4 : 1;
        bool filled = false;
        for (unsigned i = f; i < f + count; i++) {
            filled = filled || people->filled[i] > 0;
        }
        if (filled) {
            layout.home[layout.group_count] = f == INB_GIVEN      ? 1U << INB_SURNAME
                                              : f == INB_POSTCODE ? 15
                                                                  : 0;
            layout.person[layout.group_count] = f == INB_GIVEN || f == INB_YEAR ? 1 : 0;
            // Phones by some; dates of birth by twins, of which there is about one in a hundred
            // pairs of one household.
            layout.shared[layout.group_count] = f == INB_PHONE || f == INB_EMAIL ? 0.2
                                                : f == INB_YEAR                  ? 0.01
                                                                                 : 0;
            layout.groups[layout.group_count++] = (inb_fit_group){f, count};
        }
        f += count;
    }
    return layout;
}

// ---- pairs ----

enum { CACHE = 1 << 13 };

struct inb_level_cache {
    uint64_t entries[INB_FEATURES][CACHE]; // words a, b in 30 bits each, level in 4; 0 = free
};

inb_status inb_level_cache_new(inb_level_cache **ret_cache, inb_error *err) {
    inb_level_cache *cache = inb_alloc(1, sizeof *cache);
    if (cache == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to compare");
    }
    *ret_cache = cache;
    return INB_OK;
}

void inb_level_cache_freep(inb_level_cache **cache) {
    inb_free(*cache);
    *cache = NULL;
}

static unsigned cached_level(inb_level_cache *cache, enum inb_feature feature,
    const inb_words *words, uint32_t a, uint32_t b) {
    uint64_t key = (uint64_t)(a < b ? a : b) << 34 | (uint64_t)(a < b ? b : a) << 4;
    uint64_t *entry = &cache->entries[feature][inb_mix(key) & (CACHE - 1)];
    if ((*entry & ~15ULL) == key) {
        return (unsigned)(*entry & 15);
    }
    unsigned level = inb_level(feature, words, a, b);
    *entry = key | level;
    return level;
}

static bool exchanged(const inb_words *words, uint32_t given_a, uint32_t given_b,
    uint32_t surname_a, uint32_t surname_b) {
    if (given_a == 0 || given_b == 0 || surname_a == 0 || surname_b == 0) {
        return false;
    }
    if (given_a != surname_b && surname_a != given_b) {
        return false;
    }
    if (given_a == given_b || surname_a == surname_b) {
        return false; // as they stand they agree as well
    }
    return inb_level(INB_SURNAME, words, given_a, surname_b) >= 4 &&
           inb_level(INB_SURNAME, words, surname_a, given_b) >= 4;
}

bool inb_names_exchanged(const inb_people *people, size_t a, size_t b) {
    const uint32_t *given = people->codes[INB_GIVEN];
    const uint32_t *surname = people->codes[INB_SURNAME];
    return exchanged(&people->name_words, given[a], given[b], surname[a], surname[b]);
}

uint64_t inb_pattern_exchange_names(uint64_t pattern) {
    return (pattern & ~(uint64_t)077) | (uint64_t)inb_level_exchanged[INB_SURNAME]
                                            << (3 * INB_SURNAME);
}

uint64_t inb_pattern_exchange_day(uint64_t pattern) {
    uint64_t both = (uint64_t)077 << (3 * INB_MONTH);
    return (pattern & ~both) | (uint64_t)055 << (3 * INB_MONTH);
}

static uint64_t pattern_of(const inb_people *people, inb_level_cache *cache,
    const unsigned char *at, const uint32_t *a, const uint32_t *b) {
    uint64_t pattern = 0;
    for (size_t f = 0; f < INB_FEATURES; f++) {
        uint32_t x = a[at[f]];
        uint32_t y = b[at[f]];
        if (x != 0 && y != 0) {
            unsigned level = x == y ? inb_level_exact[f]
                                    : cached_level(cache, (enum inb_feature)f,
                                          inb_feature_words(people, f), x, y);
            pattern |= (uint64_t)level << (3 * f);
        }
    }
    if (exchanged(&people->name_words, a[at[INB_GIVEN]], b[at[INB_GIVEN]], a[at[INB_SURNAME]],
            b[at[INB_SURNAME]])) {
        pattern = inb_pattern_exchange_names(pattern);
    }
    uint32_t month_a = a[at[INB_MONTH]];
    uint32_t day_a = a[at[INB_DAY]];
    if (month_a != 0 && day_a != 0 && month_a != day_a && day_a == b[at[INB_MONTH]] &&
        month_a == b[at[INB_DAY]]) {
        pattern = inb_pattern_exchange_day(pattern);
    }
    return pattern;
}

uint64_t inb_pattern_of(
    const inb_people *people, inb_level_cache *cache, size_t record_a, size_t record_b) {
    unsigned char at[INB_FEATURES];
    uint32_t a[INB_FEATURES] = {0};
    uint32_t b[INB_FEATURES] = {0};
    for (unsigned f = 0; f < INB_FEATURES; f++) {
        at[f] = (unsigned char)f;
        if (people->codes[f] != NULL) {
            a[f] = people->codes[f][record_a];
            b[f] = people->codes[f][record_b];
        }
    }
    return pattern_of(people, cache, at, a, b);
}

void inb_code_rows_clear(inb_code_rows *rows) {
    inb_free(rows->codes);
    *rows = (inb_code_rows){0};
}

inb_status inb_code_rows_new(const inb_people *people, inb_code_rows *ret_rows, inb_error *err) {
    inb_code_rows rows = {.width = 1};
    for (size_t f = 0; f < INB_FEATURES; f++) {
        rows.width += people->codes[f] != NULL ? 1 : 0;
    }
    rows.codes = inb_alloc(people->count, rows.width * sizeof *rows.codes);
    if (rows.codes == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to compare records");
    }
    size_t at = 0;
    for (size_t f = 0; f < INB_FEATURES; f++) {
        rows.at[f] = (unsigned char)(people->codes[f] == NULL ? rows.width - 1 : at);
        for (size_t r = 0; people->codes[f] != NULL && r < people->count; r++) {
            rows.codes[r * rows.width + at] = people->codes[f][r];
        }
        at += people->codes[f] != NULL ? 1 : 0;
    }
    *ret_rows = rows;
    return INB_OK;
}

uint64_t inb_pattern_of_rows(const inb_people *people, inb_level_cache *cache,
    const inb_code_rows *rows, size_t record_a, size_t record_b) {
    return pattern_of(people, cache, rows->at, rows->codes + record_a * rows->width,
        rows->codes + record_b * rows->width);
}
