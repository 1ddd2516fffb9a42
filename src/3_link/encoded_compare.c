// SPDX-License-Identifier: EUPL-1.2
// Every pair of encoded records compared by its filters (Dice's similarity, dice.h) and tokens.
// Similarities are cut into seven levels, so that the matching class is fitted to counts of
// patterns as for plain lists; no threshold is chosen with labels.

#include "encoded_link.h"

#include "pattern_tally.h"
#include "words.h"

#include "base/alloc.h"

#include <string.h>

enum { STRIP = 1024, ROWS = 32, FINE = 512 };

// Lower ends of levels 2 to 7. Two unrelated values share about a fifth to a third of their bits;
// of a filter of two parts one equal part gives about a half, and one typing error in a name about
// 0.8.
static const double cuts[6] = {0.42, 0.55, 0.66, 0.76, 0.87, 0.985};

// A level of a similarity in whole 512ths, rounded down. Under a salt two persons of one year are
// somewhat alike in every filter, and two of different years in none: that would pass for a class
// of its own, so what it shows in counts as different.
static unsigned level_of(unsigned fine, bool salted) {
    unsigned level = 1;
    for (size_t i = 0; i < 6; i++) {
        level += fine >= cuts[i] * FINE;
    }
    return salted && level <= INB_CODES_SALTED ? 1 : level;
}

unsigned inb_codes_level(unsigned common, unsigned ones_a, unsigned ones_b, bool salted) {
    return level_of(2 * FINE * common / (ones_a + ones_b), salted);
}

void inb_codes_clear(inb_codes *codes) {
    inb_free(codes->file_starts);
    for (size_t g = 0; g < INB_ENCODED_GROUPS_MOST; g++) {
        inb_dice_set_clear(&codes->sets[g]);
    }
    for (size_t t = 0; t < INB_ENCODED_EXACTS; t++) {
        inb_free(codes->tokens[t]);
    }
    *codes = (inb_codes){0};
}

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory to compare encoded lists");
}

static void clear_words(inb_words *words) {
    inb_words_clear(words);
}

// Numbers for the tokens of one exact identifier; lists without it have none.
static inb_status number_tokens(const inb_encoded *lists, size_t list_count, size_t exact,
    uint32_t *ret_tokens, bool *ret_any, inb_error *err) {
    INB_CLEANUP(clear_words) inb_words words = {0};
    INB_TRY(inb_words_begin(&words, err));
    size_t at = 0;
    for (size_t l = 0; l < list_count; l++) {
        const inb_encoded *list = &lists[l];
        bool has = (list->about.exacts >> exact & 1) != 0;
        size_t place = (size_t)__builtin_popcount(list->about.exacts & ((1U << exact) - 1));
        for (size_t i = 0; i < list->count; i++, at++) {
            if (!has) {
                continue;
            }
            static const unsigned char none[INB_ENCODED_TOKEN_BYTES];
            const unsigned char *token =
                list->tokens + (i * list->token_count + place) * INB_ENCODED_TOKEN_BYTES;
            if (memcmp(token, none, sizeof none) != 0) {
                INB_TRY(inb_words_add(
                    &words, (const char *)token, INB_ENCODED_TOKEN_BYTES, &ret_tokens[at], err));
                *ret_any = true;
            }
        }
    }
    return INB_OK;
}

static void add_feature(inb_codes *codes, unsigned exact) {
    inb_fit_layout *layout = &codes->layout;
    unsigned at = (unsigned)layout->features++;
    layout->exact[at] = exact;
    layout->top[at] = exact;
    layout->groups[layout->group_count++] = (inb_fit_group){at, 1};
}

inb_status inb_codes_new(
    const inb_encoded *lists, size_t list_count, inb_codes *ret_codes, inb_error *err) {
    INB_CLEANUP(inb_codes_clear) inb_codes codes = {.file_count = list_count};
    codes.file_starts = inb_alloc(list_count + 1, sizeof *codes.file_starts);
    if (codes.file_starts == NULL) {
        return no_memory(err);
    }
    for (size_t l = 0; l < list_count; l++) {
        codes.count += lists[l].count;
        codes.file_starts[l + 1] = codes.count;
    }
    codes.groups = lists[0].about.groups;
    codes.salted = lists[0].about.salted;
    size_t bytes = lists[0].about.bits / 8;
    INB_CLEANUP(inb_freep) unsigned char *filters = inb_alloc(codes.count, bytes);
    if (filters == NULL) {
        return no_memory(err);
    }
    for (size_t g = 0; g < codes.groups; g++) {
        size_t at = 0;
        for (size_t l = 0; l < list_count; l++) {
            for (size_t i = 0; i < lists[l].count; i++, at++) {
                memcpy(filters + at * bytes,
                    lists[l].filters + i * lists[l].filter_bytes + g * bytes, bytes);
            }
        }
        INB_TRY(inb_dice_set_make(
            inb_dice_best(), filters, bytes, codes.count, bytes / 8, &codes.sets[g], err));
        add_feature(&codes, 7);
    }
    for (size_t e = 0; e < INB_ENCODED_EXACTS; e++) {
        bool any = false;
        uint32_t *numbers = inb_alloc(codes.count, sizeof *numbers);
        codes.tokens[codes.token_count] = numbers;
        if (numbers == NULL) {
            return no_memory(err);
        }
        INB_TRY(number_tokens(lists, list_count, e, numbers, &any, err));
        if (any) {
            codes.token_count++;
            add_feature(&codes, 2);
        } else {
            inb_free(numbers);
            codes.tokens[codes.token_count] = NULL;
        }
    }
    *ret_codes = codes;
    codes = (inb_codes){0};
    return INB_OK;
}

static uint64_t token_level(const inb_codes *codes, size_t t, size_t a, size_t b) {
    uint32_t x = codes->tokens[t][a];
    uint32_t y = codes->tokens[t][b];
    return x == 0 || y == 0 ? 0 : x == y ? 2 : 1;
}

uint64_t inb_codes_pattern(const inb_codes *codes, size_t a, size_t b) {
    uint64_t pattern = 0;
    for (size_t g = 0; g < codes->groups; g++) {
        const inb_dice_set *set = &codes->sets[g];
        uint64_t x[INB_DICE_WORDS_MOST];
        uint64_t y[INB_DICE_WORDS_MOST];
        inb_dice_get(set, a, x);
        inb_dice_get(set, b, y);
        unsigned common = 0;
        for (size_t w = 0; w < set->words; w++) {
            common += (unsigned)__builtin_popcountll(x[w] & y[w]);
        }
        if (set->ones[a] != 0 && set->ones[b] != 0) {
            pattern |= (uint64_t)inb_codes_level(common, set->ones[a], set->ones[b], codes->salted)
                       << 3 * g;
        }
    }
    for (size_t t = 0; t < codes->token_count; t++) {
        pattern |= token_level(codes, t, a, b) << 3 * (codes->groups + t);
    }
    return pattern;
}

// ---- all pairs ----

struct comparing {
    const inb_codes *codes;
    enum inb_scope scope;
    inb_dice_kernel kernel;
    unsigned char *levels;   // level of a fine similarity, 0 .. FINE
    const float *reciprocal; // of a sum of ones, times FINE * 2
    inb_tally *tallies;      // a worker
    inb_pair_list *lists;    // a piece
    double *compared;        // a piece
};

static size_t file_of(const inb_codes *codes, size_t record) {
    size_t file = 0;
    while (codes->file_starts[file + 1] <= record) {
        file++;
    }
    return file;
}

// Patterns of record `a` with records first .. first + count.
static void strip(const struct comparing *comparing, size_t a, size_t first, size_t count,
    uint64_t query[][INB_DICE_WORDS_MOST], uint32_t *patterns) {
    const inb_codes *codes = comparing->codes;
    memset(patterns, 0, count * sizeof *patterns);
    size_t begin = first / INB_DICE_BLOCK * INB_DICE_BLOCK;
    uint16_t common[STRIP + 2 * INB_DICE_BLOCK];
    for (size_t g = 0; g < codes->groups; g++) {
        const inb_dice_set *set = &codes->sets[g];
        unsigned ones_a = set->ones[a];
        if (ones_a == 0) {
            continue;
        }
        inb_dice_common(comparing->kernel, query[g], set, begin, first + count - begin, common);
        const uint16_t *at = common + (first - begin);
        const uint16_t *ones = set->ones + first;
        for (size_t i = 0; i < count; i++) {
            unsigned fine = (unsigned)((float)at[i] * comparing->reciprocal[ones_a + ones[i]]);
            patterns[i] |= (uint32_t)(ones[i] == 0 ? 0 : comparing->levels[fine]) << 3 * g;
        }
    }
    for (size_t t = 0; t < codes->token_count; t++) {
        for (size_t i = 0; i < count; i++) {
            patterns[i] |= (uint32_t)token_level(codes, t, a, first + i) << 3 * (codes->groups + t);
        }
    }
}

static inb_status row(
    struct comparing *comparing, size_t worker, size_t piece, size_t a, inb_error *err) {
    const inb_codes *codes = comparing->codes;
    inb_tally *tally = &comparing->tallies[worker];
    size_t end = codes->file_starts[file_of(codes, a) + 1];
    size_t from = comparing->scope == INB_ACROSS_FILES ? end : a + 1;
    size_t to = comparing->scope == INB_WITHIN_FILES ? end : codes->count;
    uint64_t query[INB_ENCODED_GROUPS_MOST][INB_DICE_WORDS_MOST];
    for (size_t g = 0; g < codes->groups; g++) {
        inb_dice_get(&codes->sets[g], a, query[g]);
    }
    uint32_t patterns[STRIP];
    for (size_t first = from; first < to; first += STRIP) {
        size_t count = to - first < STRIP ? to - first : STRIP;
        strip(comparing, a, first, count, query, patterns);
        for (size_t i = 0; i < count; i++) {
            if (inb_tally_add(tally, patterns[i])) {
                inb_pair pair = {(uint32_t)a, (uint32_t)(first + i), patterns[i], 0};
                INB_TRY(inb_pair_list_add(&comparing->lists[piece], pair, err));
            }
        }
        comparing->compared[piece] += (double)count;
    }
    return tally->status == INB_OK ? INB_OK : no_memory(err);
}

static inb_status rows(void *context, size_t worker, size_t piece, inb_error *err) {
    struct comparing *comparing = context;
    size_t end = (piece + 1) * ROWS;
    end = end < comparing->codes->count ? end : comparing->codes->count;
    for (size_t a = piece * ROWS; a < end; a++) {
        INB_TRY(row(comparing, worker, piece, a, err));
    }
    return INB_OK;
}

struct room {
    inb_tally *tallies;
    size_t workers;
    inb_pair_list *lists;
    size_t pieces;
    double *compared;
    unsigned char *levels;
    float *reciprocal;
};

static void room_clear(struct room *room) {
    for (size_t w = 0; room->tallies != NULL && w < room->workers; w++) {
        inb_tally_clear(&room->tallies[w]);
    }
    for (size_t p = 0; room->lists != NULL && p < room->pieces; p++) {
        inb_free(room->lists[p].pairs);
    }
    inb_free(room->tallies);
    inb_free(room->lists);
    inb_free(room->compared);
    inb_free(room->levels);
    inb_free(room->reciprocal);
}

static inb_status gather(const struct room *room, inb_candidates *ret_candidates, inb_error *err) {
    INB_CLEANUP(inb_candidates_clear) inb_candidates candidates = {0};
    size_t total = 0;
    for (size_t p = 0; p < room->pieces; p++) {
        total += room->lists[p].count;
        candidates.compared += room->compared[p];
    }
    candidates.pairs = inb_alloc(total, sizeof *candidates.pairs);
    if (candidates.pairs == NULL) {
        return no_memory(err);
    }
    for (size_t p = 0; p < room->pieces; p++) {
        if (room->lists[p].count > 0) {
            memcpy(candidates.pairs + candidates.count, room->lists[p].pairs,
                room->lists[p].count * sizeof *candidates.pairs);
        }
        candidates.count += room->lists[p].count;
    }
    INB_TRY(inb_tally_sum(room->tallies, room->workers, &candidates.counts, err));
    *ret_candidates = candidates;
    candidates = (inb_candidates){0};
    return INB_OK;
}

inb_status inb_codes_compare(const inb_codes *codes, enum inb_scope scope, const inb_fit *fit,
    double least_weight, const inb_spread *spread, inb_candidates *ret_candidates, inb_error *err) {
    INB_CLEANUP(room_clear)
    struct room room = {.workers = spread->workers, .pieces = (codes->count + ROWS - 1) / ROWS};
    size_t sums = (size_t)INB_DICE_WORDS_MOST * 64 * 2 + 1;
    room.tallies = inb_alloc(room.workers, sizeof *room.tallies);
    room.lists = inb_alloc(room.pieces, sizeof *room.lists);
    room.compared = inb_alloc(room.pieces, sizeof *room.compared);
    room.levels = inb_alloc(FINE + 1, 1);
    room.reciprocal = inb_alloc(sums, sizeof *room.reciprocal);
    if (room.tallies == NULL || room.lists == NULL || room.compared == NULL ||
        room.levels == NULL || room.reciprocal == NULL) {
        return no_memory(err);
    }
    for (size_t w = 0; w < room.workers; w++) {
        INB_TRY(inb_tally_begin(&room.tallies[w], fit, least_weight, err));
    }
    for (unsigned i = 0; i <= FINE; i++) {
        room.levels[i] = (unsigned char)level_of(i, codes->salted);
    }
    for (size_t i = 1; i < sums; i++) {
        // A hair up, so that a whole 512th does not fall short by rounding: the next value below
        // one is 9e-7 of it away, rounding 1.2e-7.
        room.reciprocal[i] = 2.0F * FINE / (float)i * (1.0F + 4e-7F);
    }
    struct comparing comparing = {codes, scope, inb_dice_best(), room.levels, room.reciprocal,
        room.tallies, room.lists, room.compared};
    INB_TRY(inb_spread_run(spread, "encoded records", room.pieces, rows, &comparing, err));
    return gather(&room, ret_candidates, err);
}
