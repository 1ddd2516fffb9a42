// SPDX-License-Identifier: EUPL-1.2
// Every pair without looking at every pair of values: for each word the words near it are found
// once, then each record of one side touches only those of the other that are near it in some
// feature. All others differ in everything that both have, and are counted as such.

#include "candidates.h"

#include "pattern_tally.h"

#include "base/alloc.h"

#include <string.h>

enum { ROWS = 64, WORDS = 64 };

// Words near a word: of word w near[starts[w]] .. starts[w + 1], the level in the low three bits.
struct nearness {
    uint32_t *starts;
    uint32_t *near;
    uint32_t *post_starts; // records of side b with a word
    uint32_t *post;
    uint32_t words;
};

struct growing {
    uint32_t *at;
    size_t count;
    size_t size;
};

struct worker {
    inb_tally tally;
    uint64_t *patterns; // a record of side b
};

struct work {
    const inb_compare_plan *plan;
    size_t a_from;
    size_t a_to;
    size_t b_from;
    size_t b_to;
    bool one_file;
    struct nearness near[INB_FEATURES];
    uint64_t *differ; // a record of side b: level 1 wherever it is not blank
    uint16_t *days;   // its month and day, 0 = not both
    struct worker *workers;
    inb_pair_list *lists; // a piece
    // While words are compared:
    size_t feature;
    uint32_t *words_a; // words that side a has
    uint32_t *words_b;
    uint32_t count_a;
    uint32_t count_b;
    struct growing *found; // a piece of words
};

static inb_status no_room(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory to compare all pairs");
}

static void work_clear(struct work *work) {
    for (size_t f = 0; f < INB_FEATURES; f++) {
        inb_free(work->near[f].starts);
        inb_free(work->near[f].near);
        inb_free(work->near[f].post_starts);
        inb_free(work->near[f].post);
    }
    for (size_t w = 0; work->workers != NULL && w < work->plan->spread->workers; w++) {
        inb_tally_clear(&work->workers[w].tally);
        inb_free(work->workers[w].patterns);
    }
    inb_free(work->workers);
    inb_free(work->differ);
    inb_free(work->days);
    inb_free(work->words_a);
    inb_free(work->words_b);
}

// ---- words near words ----

static inb_status grow(struct growing *list, uint32_t value, inb_error *err) {
    if (list->count == list->size) {
        size_t size = list->size == 0 ? 64 : list->size * 2;
        uint32_t *at = inb_realloc(list->at, size, sizeof *at);
        if (at == NULL) {
            return no_room(err);
        }
        list->at = at;
        list->size = size;
    }
    list->at[list->count++] = value;
    return INB_OK;
}

// Of each word of side a in the piece: how many are near, then which.
static inb_status near_piece(void *context, size_t worker, size_t piece, inb_error *err) {
    (void)worker;
    struct work *work = context;
    enum inb_feature feature = (enum inb_feature)work->feature;
    const inb_words *words = inb_feature_words(work->plan->people, feature);
    struct growing *found = &work->found[piece];
    size_t end = (piece + 1) * WORDS < work->count_a ? (piece + 1) * WORDS : work->count_a;
    for (size_t i = piece * WORDS; i < end; i++) {
        size_t head = found->count;
        INB_TRY(grow(found, 0, err));
        for (size_t j = 0; j < work->count_b; j++) {
            unsigned level = inb_level(feature, words, work->words_a[i], work->words_b[j]);
            if (level > 1) {
                INB_TRY(grow(found, work->words_b[j] << 3 | level, err));
            }
        }
        found->at[head] = (uint32_t)(found->count - head - 1);
    }
    return INB_OK;
}

static inb_status put_near(struct work *work, size_t pieces, inb_error *err) {
    struct nearness *near = &work->near[work->feature];
    size_t total = 0;
    for (size_t p = 0; p < pieces; p++) {
        total += work->found[p].count;
    }
    near->starts = inb_alloc((size_t)near->words + 1, sizeof *near->starts);
    near->near = inb_alloc(total, sizeof *near->near);
    if (near->starts == NULL || near->near == NULL) {
        return no_room(err);
    }
    uint32_t used = 0;
    uint32_t next = 0; // the first word without a start
    for (size_t i = 0, p = 0, at = 0; i < work->count_a; i++) {
        while (at == work->found[p].count) {
            p++;
            at = 0;
        }
        uint32_t count = work->found[p].at[at];
        for (; next <= work->words_a[i]; next++) {
            near->starts[next] = used;
        }
        memcpy(near->near + used, work->found[p].at + at + 1, count * sizeof *near->near);
        used += count;
        at += count + 1;
    }
    for (; next <= near->words; next++) {
        near->starts[next] = used;
    }
    return INB_OK;
}

static void words_of(const uint32_t *codes, size_t from, size_t to, uint32_t words, uint32_t *seen,
    uint32_t *out, uint32_t *ret_count) {
    memset(seen, 0, words * sizeof *seen);
    for (size_t r = from; r < to; r++) {
        seen[codes[r]] = 1;
    }
    uint32_t count = 0;
    for (uint32_t w = 1; w < words; w++) {
        if (seen[w] != 0) {
            out[count++] = w;
        }
    }
    *ret_count = count;
}

static inb_status find_near(struct work *work, size_t feature, inb_error *err) {
    work->feature = feature;
    size_t pieces = (work->count_a + WORDS - 1) / WORDS;
    struct growing *found = inb_alloc(pieces, sizeof *found);
    if (found == NULL) {
        return no_room(err);
    }
    work->found = found;
    inb_status status =
        inb_spread_run(work->plan->spread, "near pairs", pieces, near_piece, work, err);
    if (status == INB_OK) {
        status = put_near(work, pieces, err);
    }
    for (size_t p = 0; p < pieces; p++) {
        inb_free(found[p].at);
    }
    inb_free(found);
    work->found = NULL;
    return status;
}

// Records of side b by their word.
static inb_status post(struct work *work, size_t feature, inb_error *err) {
    struct nearness *near = &work->near[feature];
    const uint32_t *codes = work->plan->people->codes[feature];
    near->post_starts = inb_alloc((size_t)near->words + 2, sizeof *near->post_starts);
    near->post = inb_alloc(work->b_to - work->b_from, sizeof *near->post);
    if (near->post_starts == NULL || near->post == NULL) {
        return no_room(err);
    }
    for (size_t r = work->b_from; r < work->b_to; r++) {
        near->post_starts[codes[r] + 2]++;
    }
    for (size_t w = 2; w < (size_t)near->words + 2; w++) {
        near->post_starts[w] += near->post_starts[w - 1];
    }
    for (size_t r = work->b_from; r < work->b_to; r++) {
        near->post[near->post_starts[codes[r] + 1]++] = (uint32_t)(r - work->b_from);
    }
    return INB_OK;
}

static inb_status prepare_feature(struct work *work, size_t feature, inb_error *err) {
    const inb_people *people = work->plan->people;
    const uint32_t *codes = people->codes[feature];
    uint32_t words = inb_feature_words(people, feature)->count;
    INB_CLEANUP(inb_freep) uint32_t *seen = inb_alloc(words, sizeof *seen);
    inb_free(work->words_a);
    inb_free(work->words_b);
    work->words_a = inb_alloc(words, sizeof *work->words_a);
    work->words_b = inb_alloc(words, sizeof *work->words_b);
    if (seen == NULL || work->words_a == NULL || work->words_b == NULL) {
        return no_room(err);
    }
    work->near[feature].words = words;
    words_of(codes, work->a_from, work->a_to, words, seen, work->words_a, &work->count_a);
    words_of(codes, work->b_from, work->b_to, words, seen, work->words_b, &work->count_b);
    INB_TRY(find_near(work, feature, err));
    INB_TRY(post(work, feature, err));
    for (size_t r = work->b_from; r < work->b_to; r++) {
        work->differ[r - work->b_from] |= codes[r] != 0 ? 1ULL << (3 * feature) : 0;
    }
    return INB_OK;
}

// ---- rows ----

// Two numbers of at most two digits in one.
static uint16_t both_of(
    const inb_people *people, enum inb_feature first, enum inb_feature second, size_t record) {
    uint32_t x = people->codes[first][record];
    uint32_t y = people->codes[second][record];
    if (x == 0 || y == 0) {
        return 0;
    }
    unsigned values[2] = {0};
    const enum inb_feature features[2] = {first, second};
    const uint32_t codes[2] = {x, y};
    for (size_t i = 0; i < 2; i++) {
        const inb_words *words = inb_feature_words(people, features[i]);
        for (size_t k = 0; k < inb_word_length(words, codes[i]); k++) {
            values[i] = values[i] * 10 + (unsigned)(inb_word(words, codes[i])[k] - '0');
        }
    }
    return (uint16_t)(values[0] << 8 | values[1]);
}

static void touch(const struct nearness *near, uint32_t word, unsigned shift, uint64_t *patterns) {
    for (uint32_t i = near->starts[word]; i < near->starts[word + 1]; i++) {
        uint64_t more = (uint64_t)((near->near[i] & 7) - 1) << shift; // level 1 stands there
        uint32_t other = near->near[i] >> 3;
        for (uint32_t k = near->post_starts[other]; k < near->post_starts[other + 1]; k++) {
            patterns[near->post[k]] += more;
        }
    }
}

static void exchange_names(const struct work *work, size_t a, uint64_t *patterns) {
    const inb_people *people = work->plan->people;
    uint32_t given = people->codes[INB_GIVEN][a];
    uint32_t surname = people->codes[INB_SURNAME][a];
    if (given == 0 || surname == 0 || given == surname) {
        return;
    }
    const struct nearness *surnames = &work->near[INB_SURNAME];
    for (uint32_t k = surnames->post_starts[given]; k < surnames->post_starts[given + 1]; k++) {
        size_t b = surnames->post[k];
        if (inb_names_exchanged(people, a, b + work->b_from)) {
            patterns[b] = inb_pattern_exchange_names(patterns[b]);
        }
    }
    const struct nearness *givens = &work->near[INB_GIVEN];
    for (uint32_t k = givens->post_starts[surname]; k < givens->post_starts[surname + 1]; k++) {
        size_t b = givens->post[k];
        if (inb_names_exchanged(people, a, b + work->b_from)) {
            patterns[b] = inb_pattern_exchange_names(patterns[b]);
        }
    }
}

static inb_status row(
    struct work *work, struct worker *worker, inb_pair_list *list, size_t a, inb_error *err) {
    const inb_people *people = work->plan->people;
    size_t count = work->b_to - work->b_from;
    uint64_t mask = 0;
    for (size_t f = 0; f < INB_FEATURES; f++) {
        bool has = people->codes[f] != NULL && people->codes[f][a] != 0;
        mask |= has ? 7ULL << (3 * f) : 0;
    }
    for (size_t b = 0; b < count; b++) {
        worker->patterns[b] = work->differ[b] & mask;
    }
    for (size_t f = 0; f < INB_FEATURES; f++) {
        if (people->codes[f] != NULL && people->codes[f][a] != 0) {
            touch(&work->near[f], people->codes[f][a], (unsigned)(3 * f), worker->patterns);
        }
    }
    if (people->codes[INB_GIVEN] != NULL) {
        exchange_names(work, a, worker->patterns);
    }
    uint16_t exchanged = 0;
    if (work->days != NULL) {
        exchanged = both_of(people, INB_DAY, INB_MONTH, a);
        exchanged = exchanged >> 8 == (exchanged & 255) ? 0 : exchanged;
    }
    // Of one file what comes after, of several what comes after the record's own file.
    size_t own = inb_people_file_of(people, a);
    size_t begin = (work->one_file ? a + 1 : people->file_starts[own + 1]) - work->b_from;
    if (exchanged != 0) {
        for (size_t b = begin; b < count; b++) {
            if (work->days[b] == exchanged) {
                worker->patterns[b] = inb_pattern_exchange_day(worker->patterns[b]);
            }
        }
    }
    for (size_t b = begin; b < count; b++) {
        if (inb_tally_add(&worker->tally, worker->patterns[b])) {
            inb_pair pair =
                inb_pair_make((uint32_t)a, (uint32_t)(b + work->b_from), worker->patterns[b], 0);
            INB_TRY(inb_pair_list_add(list, pair, err));
        }
    }
    return INB_OK;
}

static inb_status row_piece(void *context, size_t w, size_t piece, inb_error *err) {
    struct work *work = context;
    size_t from = work->a_from + piece * ROWS;
    size_t to = from + ROWS < work->a_to ? from + ROWS : work->a_to;
    for (size_t a = from; a < to; a++) {
        INB_TRY(row(work, &work->workers[w], &work->lists[piece], a, err));
    }
    inb_status status = work->workers[w].tally.status;
    return status == INB_OK ? INB_OK : no_room(err);
}

static inb_status gather(
    const inb_pair_list *lists, size_t count, inb_candidates *found, inb_error *err) {
    size_t total = 0;
    for (size_t i = 0; i < count; i++) {
        total += lists[i].count;
    }
    found->pairs = inb_alloc(total, sizeof *found->pairs);
    if (found->pairs == NULL) {
        return no_room(err);
    }
    for (size_t i = 0; i < count; i++) {
        if (lists[i].count > 0) {
            memcpy(
                found->pairs + found->count, lists[i].pairs, lists[i].count * sizeof *found->pairs);
        }
        found->count += lists[i].count;
    }
    return INB_OK;
}

static inb_status all_rows(struct work *work, inb_candidates *found, inb_error *err) {
    size_t pieces = (work->a_to - work->a_from + ROWS - 1) / ROWS;
    work->lists = inb_alloc(pieces, sizeof *work->lists);
    if (work->lists == NULL) {
        return no_room(err);
    }
    inb_status status =
        inb_spread_run(work->plan->spread, "all pairs", pieces, row_piece, work, err);
    if (status == INB_OK) {
        status = gather(work->lists, pieces, found, err);
    }
    for (size_t i = 0; i < pieces; i++) {
        inb_free(work->lists[i].pairs);
    }
    inb_free(work->lists);
    work->lists = NULL;
    return status;
}

static inb_status prepare(struct work *work, inb_error *err) {
    const inb_compare_plan *plan = work->plan;
    const inb_people *people = plan->people;
    size_t count_b = work->b_to - work->b_from;
    work->differ = inb_alloc(count_b, sizeof *work->differ);
    work->workers = inb_alloc(plan->spread->workers, sizeof *work->workers);
    if (work->differ == NULL || work->workers == NULL) {
        return no_room(err);
    }
    for (size_t w = 0; w < plan->spread->workers; w++) {
        INB_TRY(inb_tally_begin(&work->workers[w].tally, plan->fit, plan->least_weight, err));
        work->workers[w].patterns = inb_alloc(count_b, sizeof *work->workers[w].patterns);
        if (work->workers[w].patterns == NULL) {
            return no_room(err);
        }
    }
    for (size_t f = 0; f < INB_FEATURES; f++) {
        if (people->codes[f] != NULL) {
            INB_TRY(prepare_feature(work, f, err));
        }
    }
    if (people->codes[INB_DAY] != NULL) {
        work->days = inb_alloc(count_b, sizeof *work->days);
        if (work->days == NULL) {
            return no_room(err);
        }
        for (size_t b = 0; b < count_b; b++) {
            work->days[b] = both_of(people, INB_MONTH, INB_DAY, b + work->b_from);
        }
    }
    return INB_OK;
}

inb_status inb_compare_all(
    const inb_compare_plan *plan, inb_candidates *ret_candidates, inb_error *err) {
    INB_CLEANUP(inb_candidates_clear) inb_candidates found = {0};
    INB_CLEANUP(work_clear) struct work work = {.plan = plan};
    const inb_people *people = plan->people;
    work.one_file = people->file_count == 1;
    work.a_to = people->file_starts[work.one_file ? 1 : people->file_count - 1];
    work.b_from = work.one_file ? 0 : people->file_starts[1];
    work.b_to = people->count;
    INB_TRY(prepare(&work, err));
    INB_TRY(all_rows(&work, &found, err));
    size_t workers = plan->spread->workers;
    INB_CLEANUP(inb_freep) inb_tally *tallies = inb_alloc(workers, sizeof *tallies);
    if (tallies == NULL) {
        return no_room(err);
    }
    for (size_t w = 0; w < workers; w++) {
        tallies[w] = work.workers[w].tally;
    }
    INB_TRY(inb_tally_sum(tallies, workers, &found.counts, err));
    for (size_t i = 0; i < found.counts.count; i++) {
        found.compared += found.counts.counts[i];
    }
    *ret_candidates = found;
    found = (inb_candidates){0};
    return INB_OK;
}
