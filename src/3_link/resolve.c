// SPDX-License-Identifier: EUPL-1.2
// From weights of pairs to persons: one-to-one assignment between two lists that hold each person
// once, clustering otherwise; docs/methods/link.md says why the second look at what is left over
// has a prior of its own.

#include "linked.h"

#include "assign.h"
#include "cluster.h"

#include "base/alloc.h"

#include <math.h>

static const uint32_t none = UINT32_MAX;

static inb_status no_room(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory to join records");
}

static double chance_of(double log_odds) {
    return log_odds > 0 ? 1 / (1 + exp(-log_odds)) : exp(log_odds) / (1 + exp(log_odds));
}

double inb_linked_prior_logit(const struct inb_linked *linked, size_t pair) {
    double prior = inb_linked_across(linked, pair) ? linked->prior_across : linked->prior_within;
    return log(prior / (1 - prior));
}

static double odds_of(const struct inb_linked *linked, size_t pair) {
    return (double)linked->weight[pair] + inb_linked_prior_logit(linked, pair);
}

// The same of all pairs, one after the other: the two priors are looked at once.
struct logits {
    double across;
    double within;
};

static struct logits logits_of(const struct inb_linked *linked) {
    return (struct logits){log(linked->prior_across / (1 - linked->prior_across)),
        log(linked->prior_within / (1 - linked->prior_within))};
}

static inline double odds_under(
    const struct inb_linked *linked, const struct logits *logits, size_t pair) {
    return (double)linked->weight[pair] +
           (inb_linked_across(linked, pair) ? logits->across : logits->within);
}

// ---- two lists, one-to-one ----

// A pair's probability beside its rivals: the other pairs of either record.
static inb_status beside_rivals(struct inb_linked *linked, inb_error *err) {
    INB_CLEANUP(inb_freep) double *sum = inb_alloc(linked->people->count, sizeof *sum);
    if (sum == NULL) {
        return no_room(err);
    }
    for (size_t i = 0; i < linked->across_count; i++) {
        double odds = exp(fmin(odds_of(linked, i), 50));
        sum[linked->pairs[i].a] += odds;
        sum[linked->pairs[i].b] += odds;
    }
    for (size_t i = 0; i < linked->across_count; i++) {
        double odds = exp(fmin(odds_of(linked, i), 50));
        double all = 1 + sum[linked->pairs[i].a] + sum[linked->pairs[i].b] - odds;
        linked->probability[i] = (float)(odds / all);
    }
    return INB_OK;
}

struct sides {
    inb_edge *edges;
    size_t *pair; // an edge: its pair
    size_t count;
    uint32_t *partner; // a record of the first file
    bool *taken;       // a record
};

static void sides_clear(struct sides *sides) {
    inb_free(sides->edges);
    inb_free(sides->pair);
    inb_free(sides->partner);
    inb_free(sides->taken);
}

static void add_edge(
    struct sides *sides, const struct inb_linked *linked, size_t pair, double score) {
    uint32_t second = (uint32_t)linked->people->file_starts[1];
    sides->edges[sides->count] =
        (inb_edge){linked->pairs[pair].a, linked->pairs[pair].b - second, (float)score};
    sides->pair[sides->count++] = pair;
}

static void take(struct sides *sides, size_t second, const uint32_t *partner, size_t left) {
    for (size_t a = 0; a < left; a++) {
        if (partner[a] != none) {
            sides->partner[a] = partner[a];
            sides->taken[a] = true;
            sides->taken[second + partner[a]] = true;
        }
    }
}

// Pairs of records that have no partner yet, beside each other; ret_count: how many of them find
// one. A priori each number of links between the lists is as likely, and each matching of that many
// (Sadinle 2017): that is the odds of one more where `linked` records of each have theirs.
static inb_status assign_open(struct inb_linked *linked, struct sides *sides, size_t have,
    size_t *ret_count, inb_error *err) {
    size_t left = linked->people->file_starts[1];
    size_t right = linked->people->count - left;
    double logit = log((double)(have + 1) / ((double)(left - have) * (double)(right - have)));
    INB_CLEANUP(inb_freep) uint32_t *partner = inb_alloc(left, sizeof *partner);
    INB_CLEANUP(inb_freep) double *sum = inb_alloc(left + right, sizeof *sum);
    if (partner == NULL || sum == NULL) {
        return no_room(err);
    }
    logit = fmax(logit, log(linked->prior_across / (1 - linked->prior_across)));
    sides->count = 0;
    for (size_t i = 0; i < linked->across_count; i++) {
        const inb_pair *pair = &linked->pairs[i];
        if (!sides->taken[pair->a] && !sides->taken[pair->b]) {
            double odds = (double)linked->weight[i] + logit;
            add_edge(sides, linked, i, odds);
            sum[pair->a] += exp(fmin(odds, 50));
            sum[pair->b] += exp(fmin(odds, 50));
        }
    }
    for (size_t e = 0; e < sides->count; e++) {
        const inb_pair *pair = &linked->pairs[sides->pair[e]];
        double odds = exp(fmin((double)sides->edges[e].score, 50));
        double chance = odds / (1 + sum[pair->a] + sum[pair->b] - odds);
        float *known = &linked->probability[sides->pair[e]];
        *known = chance > (double)*known ? (float)chance : *known;
    }
    INB_TRY(inb_assign(left, right, sides->edges, sides->count, partner, err));
    *ret_count = 0;
    for (size_t a = 0; a < left; a++) {
        *ret_count += partner[a] != none ? 1 : 0;
    }
    take(sides, left, partner, left);
    return INB_OK;
}

static inb_status assign_left_over(struct inb_linked *linked, struct sides *sides, inb_error *err) {
    enum { ROUNDS = 8 };
    size_t left = linked->people->file_starts[1];
    size_t right = linked->people->count - left;
    size_t have = 0;
    for (size_t a = 0; a < left; a++) {
        have += sides->taken[a] ? 1 : 0;
    }
    for (size_t round = 0; round < ROUNDS && have < left && have < right; round++) {
        size_t more;
        INB_TRY(assign_open(linked, sides, have, &more, err));
        if (more == 0) {
            break;
        }
        have += more;
    }
    return INB_OK;
}

static inb_status assign_lists(struct inb_linked *linked, inb_error *err) {
    const inb_people *people = linked->people;
    size_t left = people->file_starts[1];
    size_t right = people->count - left;
    INB_CLEANUP(sides_clear) struct sides sides = {0};
    INB_CLEANUP(inb_freep) uint32_t *partner = inb_alloc(left, sizeof *partner);
    sides.edges = inb_alloc(linked->across_count, sizeof *sides.edges);
    sides.pair = inb_alloc(linked->across_count, sizeof *sides.pair);
    sides.partner = inb_alloc(left, sizeof *sides.partner);
    sides.taken = inb_alloc(people->count, sizeof *sides.taken);
    if (partner == NULL || sides.edges == NULL || sides.pair == NULL || sides.partner == NULL ||
        sides.taken == NULL) {
        return no_room(err);
    }
    for (size_t i = 0; i < linked->across_count; i++) {
        double odds = odds_of(linked, i);
        if (odds > 0) {
            add_edge(&sides, linked, i, odds);
        }
    }
    INB_TRY(inb_assign(left, right, sides.edges, sides.count, partner, err));
    for (size_t a = 0; a < left; a++) {
        sides.partner[a] = none;
    }
    take(&sides, left, partner, left);
    INB_TRY(beside_rivals(linked, err));
    INB_TRY(assign_left_over(linked, &sides, err));
    uint32_t persons = 0;
    for (size_t a = 0; a < left; a++) {
        linked->person[a] = persons;
        if (sides.partner[a] != none) {
            linked->person[left + sides.partner[a]] = persons;
        }
        persons++;
    }
    for (size_t b = left; b < people->count; b++) {
        if (!sides.taken[b]) {
            linked->person[b] = persons++;
        }
    }
    linked->persons = persons;
    return INB_OK;
}

// ---- anything else ----

// Scores of pairs for clustering are log odds, cut off at both ends. Above: errors of one record
// are in all its pairs, so that sure pairs do not add up without end. Below: a pair of one person
// that looks like no match is not rare where records are damaged; how rare, the clusters themselves
// say.
static const double most_score = INB_LINKED_MOST_SCORE;
static const double first_miss = 2;
static const double least_miss = 0.7;
static const double most_miss = 5;

static size_t score_pairs(const struct inb_linked *linked, double miss, inb_edge *edges) {
    size_t count = 0;
    const struct logits logits = logits_of(linked);
    for (size_t i = 0; i < linked->pair_count; i++) {
        double odds = odds_under(linked, &logits, i);
        if (odds > -miss) {
            edges[count++] =
                (inb_edge){linked->pairs[i].a, linked->pairs[i].b, (float)fmin(odds, most_score)};
        }
    }
    return count;
}

inb_status inb_linked_miss(const struct inb_linked *linked, double *ret_miss, inb_error *err) {
    INB_CLEANUP(inb_freep) uint32_t *size = inb_alloc(linked->persons, sizeof *size);
    if (size == NULL) {
        return no_room(err);
    }
    double pairs = 0;
    double likely = 0;
    for (size_t r = 0; r < linked->people->count; r++) {
        pairs += size[linked->person[r]]++;
    }
    for (size_t i = 0; i < linked->pair_count; i++) {
        bool looks = linked->probability[i] >= 0.5F; // most do not
        likely += looks && linked->person[linked->pairs[i].a] == linked->person[linked->pairs[i].b]
                      ? 1
                      : 0;
    }
    double share = (pairs - likely + 1) / (pairs + 2);
    *ret_miss = fmin(fmax(-log(share), least_miss), most_miss);
    return INB_OK;
}

static inb_status cluster_records(struct inb_linked *linked, inb_error *err) {
    enum { ROUNDS = 3 };
    const inb_people *people = linked->people;
    INB_CLEANUP(inb_freep) inb_edge *edges = inb_alloc(linked->pair_count, sizeof *edges);
    INB_CLEANUP(inb_freep) uint32_t *list = NULL;
    if (edges == NULL) {
        return no_room(err);
    }
    if (people->file_count > 1) {
        list = inb_alloc(people->count, sizeof *list);
        if (list == NULL) {
            return no_room(err);
        }
        for (size_t f = 0; f < people->file_count; f++) {
            for (size_t r = people->file_starts[f]; r < people->file_starts[f + 1]; r++) {
                list[r] = linked->unique[f] ? (uint32_t)f : none;
            }
        }
    }
    double miss = first_miss;
    for (size_t round = 0; round < ROUNDS; round++) {
        size_t count = score_pairs(linked, miss, edges);
        inb_cluster_input input = {people->count, edges, count, -miss, list};
        INB_TRY(inb_cluster(&input, linked->person, &linked->persons, err));
        INB_TRY(inb_linked_miss(linked, &miss, err));
    }
    return INB_OK;
}

// A file holds each person once where next to no pair within it matches.
static void find_unique(struct inb_linked *linked) {
    static const double most = 0.01;
    const inb_people *people = linked->people;
    for (size_t f = 0; f < people->file_count; f++) {
        double doubles = 0;
        for (size_t i = linked->across_count; i < linked->pair_count; i++) {
            size_t a = linked->pairs[i].a;
            bool here = a >= people->file_starts[f] && a < people->file_starts[f + 1];
            doubles += here && linked->probability[i] >= 0.5F ? 1 : 0;
        }
        double size = (double)(people->file_starts[f + 1] - people->file_starts[f]);
        linked->unique[f] = people->file_count > 1 && doubles < most * size;
    }
    linked->one_to_one = people->file_count == 2 && linked->unique[0] && linked->unique[1];
}

inb_status inb_linked_resolve(struct inb_linked *linked, inb_error *err) {
    const struct logits logits = logits_of(linked);
    for (size_t i = 0; i < linked->pair_count; i++) {
        linked->probability[i] = (float)chance_of(odds_under(linked, &logits, i));
    }
    find_unique(linked);
    return linked->one_to_one ? assign_lists(linked, err) : cluster_records(linked, err);
}
