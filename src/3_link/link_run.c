// SPDX-License-Identifier: EUPL-1.2
// The whole of station 3 in order: random pairs, frequencies, candidates, fit, weights, persons;
// then once more with frequencies counted over the persons that were found.

#include "linked.h"

#include "fit_class.h"
#include "rarity_match.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

static const double most_all = 25e6; // pairs that are compared without blocking
enum { RANDOM = 250000, ROUNDS = 2, PIECE = 1 << 15 };

void inb_linked_free(inb_linked *linked) {
    if (linked == NULL) {
        return;
    }
    inb_free(linked->unique);
    inb_fit_freep(&linked->fit);
    inb_rarity_freep(&linked->rarity);
    inb_pattern_counts_clear(&linked->counts);
    inb_pattern_counts_clear(&linked->random);
    inb_free(linked->pairs);
    inb_free(linked->weight);
    inb_free(linked->probability);
    inb_free(linked->person);
    inb_free(linked);
}

void inb_linked_freep(inb_linked **linked) {
    inb_linked_free(*linked);
    *linked = NULL;
}

// What lives while a link is made.
struct making {
    inb_linked *linked;
    const inb_people *people;
    inb_spread spread;
    inb_fit_layout layout;
    inb_blocks *blocks;
    inb_candidates random;
    inb_candidates across;
    inb_candidates within;
    double *match; // a random pair: chance that it matches
};

static void making_clear(struct making *making) {
    inb_blocks_freep(&making->blocks);
    inb_candidates_clear(&making->random);
    inb_candidates_clear(&making->across);
    inb_candidates_clear(&making->within);
    inb_free(making->match);
}

static double chance_of(double log_odds) {
    return log_odds > 0 ? 1 / (1 + exp(-log_odds)) : exp(log_odds) / (1 + exp(log_odds));
}

// ---- what there is ----

static inb_status check(const inb_people *people, inb_error *err) {
    if (people->count < 2) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s:1:1: found %zu record%s in all files, expected at least two", people->paths[0],
            people->count, people->count == 1 ? "" : "s");
    }
    for (size_t f = 0; f < people->file_count; f++) {
        if (people->file_starts[f] == people->file_starts[f + 1]) {
            return inb_fail(err, INB_BAD_INPUT, "%s:2:1: found no record, expected at least one",
                people->paths[f]);
        }
    }
    bool any = false;
    bool common = people->file_count == 1;
    for (size_t c = 0; c < INB_FEATURES; c++) {
        any = any || people->filled[c] > 0;
        size_t files = 0;
        for (size_t f = 0; f < people->file_count && people->codes[c] != NULL; f++) {
            bool filled = false;
            for (size_t r = people->file_starts[f]; r < people->file_starts[f + 1] && !filled;
                 r++) {
                filled = people->codes[c][r] != 0;
            }
            files += filled ? 1 : 0;
        }
        common = common || files > 1;
    }
    if (!any) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s:2:1: found only blanks in the columns to compare, expected values",
            people->paths[0]);
    }
    if (!common) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s:1:1: found no column to compare that another file has with values too, expected "
            "at least one in common",
            people->paths[0]);
    }
    return INB_OK;
}

static void count_pairs(inb_linked *linked) {
    const inb_people *people = linked->people;
    double n = (double)people->count;
    linked->pairs_across = n * (n - 1) / 2;
    if (people->file_count > 1) {
        for (size_t f = 0; f < people->file_count; f++) {
            double size = (double)(people->file_starts[f + 1] - people->file_starts[f]);
            linked->pairs_within += size * (size - 1) / 2;
        }
        linked->pairs_across -= linked->pairs_within;
    }
    linked->all_pairs = linked->pairs_across <= most_all;
}

static double most_matches(const inb_people *people) {
    if (people->file_count == 2) {
        double left = (double)people->file_starts[1];
        double right = (double)people->count - left;
        return fmin(left, right) * 4;
    }
    return (double)people->count * 20;
}

static double budget(size_t count) {
    return count <= 100000 ? 200.0 * (double)count : 25.0 * (double)count + 3.5e6;
}

// ---- candidates ----

static inb_fit_input input_of(const struct making *making) {
    // Where all pairs were counted, a sample of them says less.
    bool whole = making->linked->all_pairs && making->across.counts.count > 0;
    return (inb_fit_input){&making->layout, &making->across.counts,
        whole ? &making->across.counts : &making->random.counts, making->linked->pairs_across,
        making->linked->most_matches, making->linked->rarity->exact_u, making->linked->fit};
}

static inb_status find_candidates(struct making *making, inb_error *err) {
    static const double least_odds = -14; // log odds below which a pair is only counted
    inb_linked *linked = making->linked;
    const inb_people *people = making->people;
    bool several = people->file_count > 1;
    enum inb_scope scope = several ? INB_ACROSS_FILES : INB_ALL_PAIRS;
    // Of few pairs each is drawn a hundred times already.
    size_t wanted = (size_t)fmin((double)RANDOM, 100 * linked->pairs_across);
    INB_TRY(inb_compare_random(people, scope, linked->options.seed, wanted, &making->random, err));
    INB_TRY(inb_rarity_new(people, NULL, 0, &linked->rarity, err));
    inb_rarity_learn(linked->rarity, &making->random, NULL);
    INB_CLEANUP(inb_fit_freep) inb_fit *start = NULL;
    inb_fit_input input = input_of(making);
    INB_TRY(inb_fit_start(&input, &start, err));
    inb_compare_plan plan = {
        people, start, least_odds - log(start->prior / (1 - start->prior)), scope, &making->spread};
    if (!linked->all_pairs || several) {
        INB_TRY(
            inb_blocks_new(people, budget(people->count), &making->spread, &making->blocks, err));
    }
    INB_TRY(linked->all_pairs ? inb_compare_all(&plan, &making->across, err)
                              : inb_compare_blocks(&plan, making->blocks, &making->across, err));
    if (several) {
        plan.scope = INB_WITHIN_FILES;
        INB_TRY(inb_compare_blocks(&plan, making->blocks, &making->within, err));
    }
    for (size_t k = 0; !linked->all_pairs && k < making->blocks->key_count; k++) {
        linked->keys[k].text = making->blocks->keys[k].text;
        linked->keys[k].pairs = making->blocks->keys[k].pairs;
        linked->keys[k].split = making->blocks->keys[k].split;
        linked->key_count = k + 1;
    }
    linked->compared = making->across.compared + making->within.compared;
    inb_blocks_freep(&making->blocks);
    return INB_OK;
}

// What the fit was made from, for fits to what might have been counted (draw_weights.c).
static void keep_counts(struct making *making) {
    inb_linked *linked = making->linked;
    linked->counts = making->across.counts;
    making->across.counts = (inb_pattern_counts){0};
    if (!linked->all_pairs || linked->counts.count == 0) {
        linked->random = making->random.counts;
        making->random.counts = (inb_pattern_counts){0};
    }
}

static inb_status keep_pairs(struct making *making, inb_error *err) {
    inb_linked *linked = making->linked;
    linked->across_count = making->across.count;
    linked->pair_count = making->across.count + making->within.count;
    linked->pairs =
        inb_realloc(making->across.pairs, linked->pair_count + 1, sizeof *linked->pairs);
    if (linked->pairs == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for pairs of records");
    }
    making->across.pairs = NULL;
    if (making->within.count > 0) {
        memcpy(linked->pairs + linked->across_count, making->within.pairs,
            making->within.count * sizeof *linked->pairs);
    }
    inb_free(making->within.pairs);
    making->within.pairs = NULL;
    linked->weight = inb_alloc(linked->pair_count, sizeof *linked->weight);
    linked->probability = inb_alloc(linked->pair_count, sizeof *linked->probability);
    linked->person = inb_alloc(linked->people->count, sizeof *linked->person);
    linked->unique = inb_alloc(linked->people->file_count, sizeof *linked->unique);
    if (linked->weight == NULL || linked->probability == NULL || linked->person == NULL ||
        linked->unique == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for pairs of records");
    }
    return INB_OK;
}

// ---- weights ----

// The share of matching pairs by EM over kept pairs, weights as they are.
static double fit_prior(
    const inb_linked *linked, size_t from, size_t to, double pairs, double prior, double most) {
    enum { STEPS = 25 };
    for (size_t step = 0; step < STEPS && pairs > 0; step++) {
        double logit = log(prior / (1 - prior));
        double matches = 0;
        for (size_t i = from; i < to; i++) {
            matches += chance_of((double)linked->weight[i] + logit);
        }
        double next = fmin(fmax(fmin(matches, most), 0.01) / pairs, 0.5);
        bool still = fabs(next - prior) <= 1e-5 * prior;
        prior = next;
        if (still) {
            break;
        }
    }
    return prior;
}

static inb_status weigh_piece(void *context, size_t worker, size_t piece, inb_error *err) {
    inb_linked *linked = context;
    (void)worker, (void)err;
    size_t end =
        (piece + 1) * PIECE < linked->pair_count ? (piece + 1) * PIECE : linked->pair_count;
    for (size_t i = piece * PIECE; i < end; i++) {
        const inb_pair *pair = &linked->pairs[i];
        double weight =
            inb_fit_weight(linked->fit, pair->pattern) + inb_rarity_adjust(linked->rarity, pair);
        double home = 0;
        if (linked->fit->home_odds > 0) {
            home = inb_fit_home_weight(linked->fit, pair->pattern) +
                   inb_rarity_adjust_home(linked->rarity, pair);
        }
        linked->weight[i] = (float)(weight - inb_fit_home_cost(linked->fit, home));
    }
    return INB_OK;
}

static inb_status weigh_pairs(struct making *making, inb_error *err) {
    inb_linked *linked = making->linked;
    size_t pieces = (linked->pair_count + PIECE - 1) / PIECE;
    INB_TRY(inb_spread_run(&making->spread, "weights of pairs", pieces, weigh_piece, linked, err));
    double most = linked->most_matches;
    linked->prior_across =
        fit_prior(linked, 0, linked->across_count, linked->pairs_across, linked->fit->prior, most);
    linked->prior_within = fit_prior(linked, linked->across_count, linked->pair_count,
        linked->pairs_within, linked->fit->prior, most);
    return INB_OK;
}

static inb_status learn_persons(struct making *making, inb_error *err) {
    inb_linked *linked = making->linked;
    inb_rarity *rarity = NULL;
    if (making->match == NULL) {
        making->match = inb_alloc(making->random.count, sizeof *making->match);
        if (making->match == NULL) {
            return inb_fail(err, INB_NO_MEMORY, "not enough memory for random pairs");
        }
    }
    double logit = log(linked->prior_across / (1 - linked->prior_across));
    for (size_t i = 0; i < making->random.count; i++) {
        making->match[i] =
            chance_of(logit + inb_fit_weight(linked->fit, making->random.pairs[i].pattern));
    }
    INB_TRY(inb_rarity_new(linked->people, linked->person, linked->persons, &rarity, err));
    inb_rarity_learn(rarity, &making->random, making->match);
    inb_status status = inb_rarity_match(rarity, linked->pairs, linked->across_count,
        linked->probability, &making->random, making->match, err);
    inb_rarity_freep(&linked->rarity);
    linked->rarity = rarity;
    return status;
}

// Matching pairs that no key gave, from how many keys give those that were found: Chao's lower
// bound (1987, doi:10.2307/2531532), once^2 / (2 twice).
static double estimate_lost(const inb_linked *linked) {
    double once = 0;
    double twice = 0;
    double found = 0;
    for (size_t i = 0; i < linked->across_count; i++) {
        double chance = (double)linked->probability[i];
        found += chance;
        once += linked->pairs[i].keys == 1 ? chance : 0;
        twice += linked->pairs[i].keys == 2 ? chance : 0;
    }
    double missed = twice > 0 ? once * once / (2 * twice) : once * (once - 1) / 2;
    return missed > 0 ? missed / (found + missed) : 0;
}

// Pairs that agree on much and not on what a person keeps are no persons: that the classes are
// swapped, or that the column is of no use, cannot be told from within.
static inb_status check_fit(const inb_linked *linked, inb_error *err) {
    const inb_fit *fit = linked->fit;
    size_t f = inb_fit_opposes(fit);
    if (f == SIZE_MAX) {
        return INB_OK;
    }
    unsigned exact = fit->layout.exact[f];
    return inb_fail(err, INB_NOT_IDENTIFIED,
        "the pairs that look most alike have the same %s hardly more often (%.3g) than any two "
        "records (%.3g), so they are not of one person: columns may be functions of each other. "
        "Give a column that tells persons apart, or leave this one out if it says nothing",
        inb_feature_names[f], fit->m_level[f][exact], fit->u_level[f][exact]);
}

inb_status inb_link_run(const inb_people *people, const inb_link_options *options,
    inb_linked **ret_linked, inb_error *err) {
    INB_CLEANUP(inb_linked_freep) inb_linked *linked = NULL;
    INB_CLEANUP(making_clear) struct making making = {.people = people};
    INB_TRY(check(people, err));
    linked = inb_alloc(1, sizeof *linked);
    if (linked == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to link");
    }
    linked->people = people;
    linked->options = *options;
    making.linked = linked;
    making.spread = inb_spread_or_threads(options->spread, options->threads);
    making.layout = inb_pattern_layout(people);
    count_pairs(linked);
    linked->most_matches = most_matches(people);
    INB_TRY(find_candidates(&making, err));
    INB_TRY(keep_pairs(&making, err));
    for (size_t round = 0; round < ROUNDS; round++) {
        if (round > 0) {
            INB_TRY(learn_persons(&making, err));
        }
        inb_fit_input input = input_of(&making);
        inb_fit *fit = NULL;
        INB_TRY(inb_fit_run(&input, &fit, err));
        inb_fit_freep(&linked->fit);
        linked->fit = fit;
        INB_TRY(check_fit(linked, err));
        linked->rarity->home = inb_fit_home_features(fit);
        INB_TRY(weigh_pairs(&making, err));
        INB_TRY(inb_linked_resolve(linked, err));
    }
    keep_counts(&making);
    linked->lost = linked->all_pairs ? 0 : estimate_lost(linked);
    *ret_linked = INB_TAKE(linked);
    return INB_OK;
}
