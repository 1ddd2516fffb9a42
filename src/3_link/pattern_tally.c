// SPDX-License-Identifier: EUPL-1.2
// An open-addressing table of patterns a thread; sums are whole numbers, so their order is free.

#include "pattern_tally.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST = 1 << 10 };

inb_status inb_tally_begin(
    inb_tally *tally, const inb_fit *fit, double least_weight, inb_error *err) {
    *tally = (inb_tally){.fit = fit, .least_weight = least_weight, .size = FIRST};
    tally->entries = inb_alloc(FIRST, sizeof *tally->entries);
    return tally->entries == NULL
               ? inb_fail(err, INB_NO_MEMORY, "not enough memory to count patterns")
               : INB_OK;
}

void inb_tally_clear(inb_tally *tally) {
    inb_free(tally->entries);
    *tally = (inb_tally){0};
}

static bool double_size(inb_tally *tally) {
    size_t size = tally->size * 2;
    inb_tally_entry *entries = inb_alloc(size, sizeof *entries);
    if (entries == NULL) {
        tally->status = INB_NO_MEMORY;
        return false;
    }
    for (size_t i = 0; i < tally->size; i++) {
        if (tally->entries[i].pattern != 0) {
            size_t at = (size_t)inb_mix(tally->entries[i].pattern - 1) & (size - 1);
            while (entries[at].pattern != 0) {
                at = (at + 1) & (size - 1);
            }
            entries[at] = tally->entries[i];
        }
    }
    inb_free(tally->entries);
    tally->entries = entries;
    tally->size = size;
    return true;
}

bool inb_tally_grow(inb_tally *tally, uint64_t pattern, size_t at) {
    if (tally->status != INB_OK) {
        return false;
    }
    if (tally->used * 2 >= tally->size) {
        if (!double_size(tally)) {
            return false;
        }
        at = (size_t)inb_mix(pattern) & (tally->size - 1);
        while (tally->entries[at].pattern != 0) {
            at = (at + 1) & (tally->size - 1);
        }
    }
    bool kept = tally->fit == NULL || inb_fit_weight(tally->fit, pattern) >= tally->least_weight;
    tally->entries[at] = (inb_tally_entry){pattern + 1, 1, kept};
    tally->used++;
    return kept;
}

inb_status inb_pair_list_add(inb_pair_list *list, inb_pair pair, inb_error *err) {
    if (list->count == list->size) {
        size_t size = list->size == 0 ? 64 : list->size * 3 / 2;
        inb_pair *pairs = inb_realloc(list->pairs, size, sizeof *pairs);
        if (pairs == NULL) {
            return inb_fail(err, INB_NO_MEMORY, "not enough memory for pairs of records");
        }
        list->pairs = pairs;
        list->size = size;
    }
    list->pairs[list->count++] = pair;
    return INB_OK;
}

static int compare_entries(const void *a, const void *b) {
    const inb_tally_entry *x = a;
    const inb_tally_entry *y = b;
    return x->pattern < y->pattern ? -1 : x->pattern > y->pattern ? 1 : 0;
}

inb_status inb_tally_sum(
    const inb_tally *tallies, size_t count, inb_pattern_counts *ret_counts, inb_error *err) {
    size_t total = 0;
    for (size_t t = 0; t < count; t++) {
        if (tallies[t].status != INB_OK) {
            return inb_fail(err, tallies[t].status, "not enough memory to count patterns");
        }
        total += tallies[t].used;
    }
    INB_CLEANUP(inb_freep) inb_tally_entry *all = inb_alloc(total, sizeof *all);
    INB_CLEANUP(inb_pattern_counts_clear) inb_pattern_counts sum = {0};
    sum.patterns = inb_alloc(total, sizeof *sum.patterns);
    sum.counts = inb_alloc(total, sizeof *sum.counts);
    if (all == NULL || sum.patterns == NULL || sum.counts == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to count patterns");
    }
    size_t used = 0;
    for (size_t t = 0; t < count; t++) {
        for (size_t i = 0; i < tallies[t].size; i++) {
            if (tallies[t].entries[i].pattern != 0) {
                all[used++] = tallies[t].entries[i];
            }
        }
    }
    qsort(all, used, sizeof *all, compare_entries);
    for (size_t i = 0; i < used; i++) {
        if (sum.count == 0 || sum.patterns[sum.count - 1] != all[i].pattern - 1) {
            sum.patterns[sum.count++] = all[i].pattern - 1;
        }
        sum.counts[sum.count - 1] += (double)all[i].count;
    }
    *ret_counts = sum;
    sum = (inb_pattern_counts){0};
    return INB_OK;
}
