// SPDX-License-Identifier: EUPL-1.2
// Which pairs draws choose from. Over lists that hold each person once the cut is low: pairs that
// are hardly likely each are many, and left out they are missed together (docs/methods/link.md).

#include "draw_candidates.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>

static const double cuts[] = {0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001};
static const double left_out = 0.002;    // of the expected links, by all pairs below the cut
static const double least_complete = -3; // log odds of the better of the two pairs completed

static inb_status no_room(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory to draw links");
}

void inb_draw_candidates_clear(inb_draw_candidates *candidates) {
    inb_free(candidates->at);
    inb_free(candidates->group_adjust);
    *candidates = (inb_draw_candidates){0};
}

static double odds_of(const struct inb_linked *linked, size_t pair) {
    return (double)linked->weight[pair] + inb_linked_prior_logit(linked, pair);
}

static double chance_of(double log_odds) {
    return log_odds > 0 ? 1 / (1 + exp(-log_odds)) : exp(log_odds) / (1 + exp(log_odds));
}

static void adjust(const struct inb_linked *linked, inb_draw_candidate *candidate) {
    candidate->adjust = (float)inb_rarity_adjust(linked->rarity, &candidate->pair);
    candidate->adjust_home = (float)inb_rarity_adjust_home(linked->rarity, &candidate->pair);
}

// ---- pairs that complete persons of three ----

// A record's partner in an active pair.
struct partner {
    uint32_t record;
    uint32_t other;
    float odds;
};

static int by_record(const void *a, const void *b) {
    const struct partner *x = a;
    const struct partner *y = b;
    if (x->record != y->record) {
        return x->record < y->record ? -1 : 1;
    }
    return x->other < y->other ? -1 : x->other > y->other ? 1 : 0;
}

static int by_key(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;
    return x < y ? -1 : x > y ? 1 : 0;
}

struct completing {
    struct partner *partners;
    size_t count;
    uint64_t *keys; // first record << 32 | second
    size_t key_count;
    inb_level_cache *cache;
};

static void completing_clear(struct completing *work) {
    inb_free(work->partners);
    inb_free(work->keys);
    inb_level_cache_freep(&work->cache);
}

static bool is_partner(const struct completing *work, uint32_t record, uint32_t other) {
    struct partner key = {record, other, 0};
    return bsearch(&key, work->partners, work->count, sizeof key, by_record) != NULL;
}

// Both partners of one record, where one of the two pairs is not unlikely. keys NULL: only counted.
static size_t find_keys(
    const struct inb_linked *linked, const struct completing *work, uint64_t *keys) {
    size_t count = 0;
    for (size_t i = 0; i < work->count; i++) {
        const struct partner *one = &work->partners[i];
        for (size_t j = i + 1; j < work->count && work->partners[j].record == one->record; j++) {
            const struct partner *two = &work->partners[j];
            bool likely = fmax((double)one->odds, (double)two->odds) > least_complete;
            if (likely && inb_people_file_of(linked->people, one->other) !=
                              inb_people_file_of(linked->people, two->other)) {
                if (keys != NULL) {
                    keys[count] = (uint64_t)one->other << 32 | two->other;
                }
                count++;
            }
        }
    }
    return count;
}

static inb_status find_partners(const struct inb_linked *linked,
    const inb_draw_candidates *candidates, const float *odds, struct completing *work,
    inb_error *err) {
    work->partners = inb_alloc(2 * candidates->count, sizeof *work->partners);
    if (work->partners == NULL) {
        return no_room(err);
    }
    for (size_t i = 0; i < candidates->count; i++) {
        const inb_pair *pair = &candidates->at[i].pair;
        work->partners[work->count++] = (struct partner){pair->a, pair->b, odds[i]};
        work->partners[work->count++] = (struct partner){pair->b, pair->a, odds[i]};
    }
    qsort(work->partners, work->count, sizeof *work->partners, by_record);
    work->key_count = find_keys(linked, work, NULL);
    work->keys = inb_alloc(work->key_count, sizeof *work->keys);
    if (work->keys == NULL) {
        return no_room(err);
    }
    (void)find_keys(linked, work, work->keys);
    qsort(work->keys, work->key_count, sizeof *work->keys, by_key);
    return inb_level_cache_new(&work->cache, err);
}

static inb_status complete(const struct inb_linked *linked, const float *odds,
    inb_draw_candidates *candidates, inb_error *err) {
    INB_CLEANUP(completing_clear) struct completing work = {0};
    INB_TRY(find_partners(linked, candidates, odds, &work, err));
    inb_draw_candidate *more =
        inb_realloc(candidates->at, candidates->count + work.key_count, sizeof *more);
    if (more == NULL) {
        return no_room(err);
    }
    candidates->at = more;
    for (size_t i = 0; i < work.key_count; i++) {
        uint32_t a = (uint32_t)(work.keys[i] >> 32);
        uint32_t b = (uint32_t)work.keys[i];
        if ((i == 0 || work.keys[i] != work.keys[i - 1]) && !is_partner(&work, a, b)) {
            uint64_t pattern = inb_pattern_of(linked->people, work.cache, a, b);
            candidates->at[candidates->count] =
                (inb_draw_candidate){inb_pair_make(a, b, pattern, 0), 0, 0, true};
            adjust(linked, &candidates->at[candidates->count++]);
        }
    }
    return INB_OK;
}

// ---- all of them ----

// The highest cut below which few links are expected together, or the lowest there is.
static double find_cut(const struct inb_linked *linked, size_t count) {
    enum { CUTS = sizeof cuts / sizeof cuts[0] };
    double below[CUTS] = {0};
    double all = 0;
    for (size_t i = 0; i < count; i++) {
        double chance = chance_of(odds_of(linked, i));
        all += chance;
        for (size_t k = 0; k < CUTS && chance < cuts[k]; k++) {
            below[k] += chance;
        }
    }
    size_t k = 0;
    while (k + 1 < CUTS && below[k] > left_out * all) {
        k++;
    }
    return cuts[k];
}

static inb_status adjust_groups(
    const struct inb_linked *linked, inb_draw_candidates *candidates, inb_error *err) {
    const inb_fit_layout *layout = &linked->fit->layout;
    candidates->groups = layout->group_count;
    candidates->group_adjust =
        inb_alloc(candidates->count, layout->group_count * sizeof *candidates->group_adjust);
    if (candidates->group_adjust == NULL) {
        return no_room(err);
    }
    for (size_t i = 0; i < candidates->count; i++) {
        for (size_t g = 0; g < layout->group_count; g++) {
            const inb_fit_group *group = &layout->groups[g];
            uint64_t bits = (((uint64_t)1 << (3 * group->count)) - 1) << (3 * group->first);
            inb_pair part = candidates->at[i].pair;
            part.pattern &= bits & (((uint64_t)1 << 56) - 1);
            candidates->group_adjust[i * layout->group_count + g] =
                (float)inb_rarity_adjust(linked->rarity, &part);
        }
    }
    return INB_OK;
}

inb_status inb_draw_candidates_new(const struct inb_linked *linked, bool by_groups,
    inb_draw_candidates *ret_candidates, inb_error *err) {
    INB_CLEANUP(inb_draw_candidates_clear) inb_draw_candidates candidates = {0};
    size_t most = linked->one_to_one || by_groups ? linked->across_count : linked->pair_count;
    double cut = linked->one_to_one || by_groups ? find_cut(linked, most) : cuts[0];
    INB_CLEANUP(inb_freep) float *odds = inb_alloc(most, sizeof *odds);
    candidates.at = inb_alloc(most, sizeof *candidates.at);
    if (odds == NULL || candidates.at == NULL) {
        return no_room(err);
    }
    for (size_t i = 0; i < most; i++) {
        const inb_pair *pair = &linked->pairs[i];
        bool together = linked->person[pair->a] == linked->person[pair->b];
        if (together || chance_of(odds_of(linked, i)) >= cut ||
            (double)linked->probability[i] >= cut) {
            odds[candidates.count] = (float)odds_of(linked, i);
            candidates.at[candidates.count] =
                (inb_draw_candidate){*pair, 0, 0, inb_linked_across(linked, i)};
            adjust(linked, &candidates.at[candidates.count++]);
        }
    }
    candidates.active = candidates.count;
    if (by_groups) {
        INB_TRY(complete(linked, odds, &candidates, err));
        INB_TRY(adjust_groups(linked, &candidates, err));
    }
    *ret_candidates = candidates;
    candidates = (inb_draw_candidates){0};
    return INB_OK;
}

double inb_draw_cost(const inb_fit *fit, const inb_draw_candidate *candidate) {
    if (!(fit->home_odds > 0)) {
        return 0;
    }
    double home = inb_fit_home_weight(fit, candidate->pair.pattern);
    return inb_fit_home_cost(fit, home + (double)candidate->adjust_home);
}

double inb_draw_weight(const inb_fit *fit, const inb_draw_candidate *candidate) {
    return inb_fit_weight(fit, candidate->pair.pattern) + (double)candidate->adjust -
           inb_draw_cost(fit, candidate);
}

void inb_draw_ratios(
    const inb_fit *fit, const inb_draw_candidates *candidates, size_t number, float *ratio) {
    for (size_t g = 0; g < candidates->groups; g++) {
        const inb_fit_group *group = &fit->layout.groups[g];
        size_t at = inb_group_index(group, candidates->at[number].pair.pattern);
        double adjusted = (double)candidates->group_adjust[number * candidates->groups + g];
        ratio[g] = at == 0 ? -1 : (float)exp(fit->weight[g][at] + adjusted);
    }
}
