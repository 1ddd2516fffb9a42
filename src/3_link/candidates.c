// SPDX-License-Identifier: EUPL-1.2
// Random pairs, and pairs of blocks: a pair that several keys give is taken under the first. Work
// is cut into pieces of like cost; what a piece keeps does not depend on who does it.

#include "candidates.h"

#include "pattern_tally.h"

#include "base/alloc.h"

#include <inbeeld/rng.h>

#include <string.h>

void inb_candidates_clear(inb_candidates *candidates) {
    inb_free(candidates->pairs);
    inb_pattern_counts_clear(&candidates->counts);
    *candidates = (inb_candidates){0};
}

// ---- random pairs ----

// Files by how many pairs their records have with other files: sums up to each file.
static void sum_files(const inb_people *people, double *sums) {
    double sum = 0;
    for (size_t f = 0; f < people->file_count; f++) {
        double size = (double)(people->file_starts[f + 1] - people->file_starts[f]);
        sum += size * ((double)people->count - size);
        sums[f] = sum;
    }
}

static void draw(const inb_people *people, enum inb_scope scope, const double *sums, inb_rng *rng,
    size_t *ret_a, size_t *ret_b) {
    uint32_t count = (uint32_t)people->count;
    size_t a;
    size_t b;
    if (scope == INB_ACROSS_FILES) {
        double at = inb_rng_uniform(rng) * sums[people->file_count - 1];
        size_t f = 0;
        while (f + 1 < people->file_count && sums[f] <= at) {
            f++;
        }
        size_t from = people->file_starts[f];
        uint32_t size = (uint32_t)(people->file_starts[f + 1] - from);
        a = from + inb_rng_below(rng, size);
        b = inb_rng_below(rng, count - size);
        b += b >= from ? size : 0;
    } else {
        a = inb_rng_below(rng, count);
        b = inb_rng_below(rng, count - 1);
        b += b >= a ? 1 : 0;
    }
    *ret_a = a < b ? a : b;
    *ret_b = a < b ? b : a;
}

inb_status inb_compare_random(const inb_people *people, enum inb_scope scope, uint64_t seed,
    size_t wanted, inb_candidates *ret_candidates, inb_error *err) {
    INB_CLEANUP(inb_candidates_clear) inb_candidates found = {0};
    INB_CLEANUP(inb_level_cache_freep) inb_level_cache *cache = NULL;
    INB_CLEANUP(inb_tally_clear) inb_tally tally = {0};
    INB_TRY(inb_level_cache_new(&cache, err));
    INB_TRY(inb_tally_begin(&tally, NULL, 0, err));
    INB_CLEANUP(inb_freep) double *sums = inb_alloc(people->file_count, sizeof *sums);
    if (sums == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for random pairs");
    }
    sum_files(people, sums);
    found.pairs = inb_alloc(wanted, sizeof *found.pairs);
    if (found.pairs == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for random pairs");
    }
    inb_rng rng = inb_rng_make(seed, 0x6c696e6bU);
    for (size_t i = 0; i < wanted; i++) {
        size_t a;
        size_t b;
        draw(people, scope, sums, &rng, &a, &b);
        uint64_t pattern = inb_pattern_of(people, cache, a, b);
        found.pairs[i] = inb_pair_make((uint32_t)a, (uint32_t)b, pattern, 0);
        (void)inb_tally_add(&tally, pattern);
    }
    found.count = wanted;
    found.compared = (double)wanted;
    INB_TRY(inb_tally_sum(&tally, 1, &found.counts, err));
    *ret_candidates = found;
    found = (inb_candidates){0};
    return INB_OK;
}

// ---- blocks ----

struct worker {
    inb_tally tally;
    inb_level_cache *cache;
    inb_pair_list list; // of the key at hand, one piece after the other
};

// Where a piece's pairs are.
struct kept {
    size_t worker;
    size_t from;
    size_t count;
};

struct work {
    const inb_compare_plan *plan;
    const inb_blocks *blocks;
    inb_code_rows rows;
    size_t key;
    uint32_t *starts;
    uint32_t *order;
    uint32_t *cuts; // pieces: blocks cuts[p] .. cuts[p + 1]
    struct worker *workers;
    struct kept *kept; // a piece of the key at hand
    uint32_t *files;   // a record, where the scope asks for files
};

static void work_clear(struct work *work) {
    for (size_t w = 0; work->workers != NULL && w < work->plan->spread->workers; w++) {
        inb_tally_clear(&work->workers[w].tally);
        inb_level_cache_freep(&work->workers[w].cache);
        inb_free(work->workers[w].list.pairs);
    }
    inb_code_rows_clear(&work->rows);
    inb_free(work->workers);
    inb_free(work->starts);
    inb_free(work->order);
    inb_free(work->cuts);
    inb_free(work->kept);
    inb_free(work->files);
}

static inb_status one_block(struct work *work, struct worker *worker, const uint32_t *records,
    size_t count, inb_error *err) {
    const inb_compare_plan *plan = work->plan;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count; j++) {
            uint32_t a = records[i];
            uint32_t b = records[j];
            if (work->files != NULL &&
                (work->files[a] == work->files[b]) != (plan->scope == INB_WITHIN_FILES)) {
                continue;
            }
            if (inb_blocks_first(work->blocks, a, b) != work->key) {
                continue;
            }
            uint64_t pattern = inb_pattern_of_rows(plan->people, worker->cache, &work->rows, a, b);
            if (inb_tally_add(&worker->tally, pattern)) {
                unsigned keys = inb_blocks_shared(work->blocks, a, b);
                inb_pair pair = inb_pair_make(a, b, pattern, keys);
                INB_TRY(inb_pair_list_add(&worker->list, pair, err));
            }
        }
    }
    return INB_OK;
}

// What is looked at of records at other places of memory is asked for before its turn comes.
static void ask_for(const struct work *work, uint32_t record) {
    const char *keys = (const char *)inb_blocks_of(work->blocks, record);
    const char *codes = (const char *)(work->rows.codes + record * work->rows.width);
    __builtin_prefetch(keys);
    __builtin_prefetch(keys + (work->blocks->key_count - 1) * sizeof(uint32_t));
    __builtin_prefetch(codes);
    __builtin_prefetch(codes + (work->rows.width - 1) * sizeof(uint32_t));
}

static inb_status one_piece(void *context, size_t w, size_t piece, inb_error *err) {
    enum { AHEAD = 24 };
    struct work *work = context;
    struct worker *worker = &work->workers[w];
    const uint32_t end = work->starts[work->cuts[piece + 1]];
    uint32_t asked = work->starts[work->cuts[piece]];
    size_t from = worker->list.count;
    for (uint32_t b = work->cuts[piece]; b < work->cuts[piece + 1]; b++) {
        uint32_t next = work->starts[b + 1] + AHEAD;
        for (; asked < next && asked < end; asked++) {
            ask_for(work, work->order[asked]);
        }
        INB_TRY(one_block(work, worker, work->order + work->starts[b],
            work->starts[b + 1] - work->starts[b], err));
        if (worker->tally.status != INB_OK) {
            return inb_fail(err, worker->tally.status, "not enough memory to count patterns");
        }
    }
    work->kept[piece] = (struct kept){w, from, worker->list.count - from};
    return INB_OK;
}

static inb_status work_new(struct work *work, inb_error *err) {
    const inb_compare_plan *plan = work->plan;
    size_t count = plan->people->count;
    size_t workers = plan->spread->workers;
    work->workers = inb_alloc(workers, sizeof *work->workers);
    work->starts = inb_alloc(count + 2, sizeof *work->starts);
    work->order = inb_alloc(count, sizeof *work->order);
    work->cuts = inb_alloc(count + 2, sizeof *work->cuts);
    if (work->workers == NULL || work->starts == NULL || work->order == NULL ||
        work->cuts == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to compare records");
    }
    INB_TRY(inb_code_rows_new(plan->people, &work->rows, err));
    for (size_t w = 0; w < workers; w++) {
        INB_TRY(inb_tally_begin(&work->workers[w].tally, plan->fit, plan->least_weight, err));
        INB_TRY(inb_level_cache_new(&work->workers[w].cache, err));
    }
    if (plan->scope != INB_ALL_PAIRS) {
        work->files = inb_alloc(count, sizeof *work->files);
        if (work->files == NULL) {
            return inb_fail(err, INB_NO_MEMORY, "not enough memory to compare records");
        }
        for (size_t r = 0; r < count; r++) {
            work->files[r] = (uint32_t)inb_people_file_of(plan->people, r);
        }
    }
    return INB_OK;
}

// Blocks of one key in pieces of about `wanted` pairs.
static size_t cut(struct work *work) {
    const double wanted = 20000;
    uint32_t blocks = work->blocks->keys[work->key].blocks;
    size_t pieces = 0;
    double pairs = 0;
    work->cuts[0] = 1;
    for (uint32_t b = 1; b <= blocks; b++) {
        double size = work->starts[b + 1] - work->starts[b];
        pairs += size * (size - 1) / 2;
        if (pairs >= wanted || b == blocks) {
            work->cuts[++pieces] = b + 1;
            pairs = 0;
        }
    }
    return pieces;
}

// Pairs of all pieces in the order of the pieces, whoever found them.
static inb_status gather(
    const struct work *work, size_t pieces, inb_candidates *found, inb_error *err) {
    size_t more = 0;
    for (size_t i = 0; i < pieces; i++) {
        more += work->kept[i].count;
    }
    inb_pair *pairs = inb_realloc(found->pairs, found->count + more + 1, sizeof *pairs);
    if (pairs == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for pairs of records");
    }
    found->pairs = pairs;
    for (size_t i = 0; i < pieces; i++) {
        const struct kept *kept = &work->kept[i];
        if (kept->count > 0) {
            memcpy(pairs + found->count, work->workers[kept->worker].list.pairs + kept->from,
                kept->count * sizeof *pairs);
        }
        found->count += kept->count;
    }
    for (size_t w = 0; w < work->plan->spread->workers; w++) {
        work->workers[w].list.count = 0;
    }
    return INB_OK;
}

static inb_status one_key(struct work *work, inb_candidates *found, inb_error *err) {
    inb_blocks_order(work->blocks, work->key, work->starts, work->order);
    size_t pieces = cut(work);
    inb_free(work->kept);
    work->kept = inb_alloc(pieces, sizeof *work->kept);
    if (work->kept == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to compare records");
    }
    INB_TRY(inb_spread_run(work->plan->spread, "pairs in blocks", pieces, one_piece, work, err));
    return gather(work, pieces, found, err);
}

inb_status inb_compare_blocks(const inb_compare_plan *plan, const inb_blocks *blocks,
    inb_candidates *ret_candidates, inb_error *err) {
    INB_CLEANUP(inb_candidates_clear) inb_candidates found = {0};
    INB_CLEANUP(work_clear) struct work work = {.plan = plan, .blocks = blocks};
    INB_TRY(work_new(&work, err));
    for (work.key = 0; work.key < blocks->key_count; work.key++) {
        INB_TRY(one_key(&work, &found, err));
    }
    size_t workers = plan->spread->workers;
    INB_CLEANUP(inb_freep) inb_tally *tallies = inb_alloc(workers, sizeof *tallies);
    if (tallies == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to count patterns");
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
