// SPDX-License-Identifier: EUPL-1.2
// Term frequencies (Winkler 1988; on near levels the commoner of two values counts, since a typing
// error makes a rare value out of a common one), smoothed by Good-Turing for values seen once. A
// level's adjustments average to 1 over pairs that do not match, so that its weight stays its own.

#include "rarity.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

static const double most_adjustment = 6;
enum { DAYS = 100 * 100 };

void inb_rarity_freep(inb_rarity **rarity) {
    if (*rarity != NULL) {
        for (size_t f = 0; f < INB_FEATURES; f++) {
            inb_free((*rarity)->rank[f]);
            inb_free((*rarity)->chance[f]);
            inb_free((*rarity)->log_chance[f]);
        }
        inb_free((*rarity)->month_day);
        inb_free(*rarity);
        *rarity = NULL;
    }
}

static inb_status no_room(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for frequencies of values");
}

// ---- counts over persons ----

struct order {
    uint32_t *records; // by person
    uint32_t *person;  // of each of them
};

static void order_clear(struct order *order) {
    inb_free(order->records);
    inb_free(order->person);
}

static inb_status by_person(const inb_people *people, const uint32_t *person, size_t persons,
    struct order *order, inb_error *err) {
    INB_CLEANUP(inb_freep) uint32_t *starts = inb_alloc(persons + 1, sizeof *starts);
    order->records = inb_alloc(people->count, sizeof *order->records);
    if (starts == NULL || order->records == NULL) {
        return no_room(err);
    }
    for (size_t r = 0; r < people->count; r++) {
        starts[person[r] + 1]++;
    }
    for (size_t p = 0; p < persons; p++) {
        starts[p + 1] += starts[p];
    }
    for (size_t r = 0; r < people->count; r++) {
        order->records[starts[person[r]]++] = (uint32_t)r;
    }
    return INB_OK;
}

// How many persons have each word.
static size_t count_persons(const inb_people *people, const uint32_t *codes, const uint32_t *person,
    const struct order *order, uint32_t *last, uint32_t *counts) {
    size_t with = 0;
    for (size_t i = 0; i < people->count; i++) {
        size_t r = order->records[i];
        uint32_t code = codes[r];
        if (code != 0 && last[code] != person[r] + 1) {
            last[code] = person[r] + 1;
            counts[code]++;
            with++;
        }
    }
    return with;
}

// The largest count of each word in one file, and the largest number of filled records in one.
static size_t count_files(const inb_people *people, const uint32_t *codes, uint32_t words,
    uint32_t *here, uint32_t *counts) {
    size_t most = 0;
    for (size_t f = 0; f < people->file_count; f++) {
        size_t filled = 0;
        memset(here, 0, words * sizeof *here);
        for (size_t r = people->file_starts[f]; r < people->file_starts[f + 1]; r++) {
            here[codes[r]]++;
            filled += codes[r] != 0 ? 1 : 0;
        }
        for (uint32_t w = 1; w < words; w++) {
            counts[w] = here[w] > counts[w] ? here[w] : counts[w];
        }
        most = filled > most ? filled : most;
    }
    return most;
}

// Chances from counts: of a word that is seen once or never, and, returned, that two random persons
// agree.
static double smooth(const uint32_t *counts, uint32_t words, double n, double *ret_single) {
    double once = 0;
    double twice = 0;
    double total = 0;
    for (uint32_t w = 1; w < words; w++) {
        once += counts[w] == 1 ? 1 : 0;
        twice += counts[w] == 2 ? 1 : 0;
        total += counts[w];
    }
    double single = once > 0 ? (2 * twice + 0.5) / (once + 1) / n : 1 / n;
    single = fmin(fmax(single, 0.01 / n), 1 / n);
    double agree = 0;
    for (uint32_t w = 1; w < words; w++) {
        double own = counts[w] <= 1 ? single : (double)counts[w] / n;
        agree += counts[w] / (total > 0 ? total : 1) * own;
    }
    *ret_single = single;
    return fmin(fmax(agree, 1e-12), 0.999);
}

// Counts become ranks, from 0 for those of one person or none; `counts` is handed over.
static inb_status rank_words(inb_rarity *rarity, size_t feature, uint32_t *counts, uint32_t words,
    double n, double single, inb_error *err) {
    uint32_t most = 1;
    for (uint32_t w = 1; w < words; w++) {
        most = counts[w] > most ? counts[w] : most;
    }
    INB_CLEANUP(inb_freep) uint32_t *ranks = inb_alloc((size_t)most + 1, sizeof *ranks);
    rarity->rank[feature] = counts;
    if (ranks == NULL) {
        return no_room(err);
    }
    for (uint32_t w = 1; w < words; w++) {
        ranks[counts[w]] = 1; // there is such a count
    }
    uint32_t count = 1;
    for (uint32_t c = 2; c <= most; c++) {
        ranks[c] = ranks[c] != 0 ? count++ : 0;
    }
    ranks[0] = ranks[1] = 0;
    rarity->chance[feature] = inb_alloc(count, sizeof *rarity->chance[feature]);
    rarity->log_chance[feature] = inb_alloc(count, sizeof *rarity->log_chance[feature]);
    if (rarity->chance[feature] == NULL || rarity->log_chance[feature] == NULL) {
        return no_room(err);
    }
    for (uint32_t c = 1; c <= most; c++) {
        if (c == 1 || ranks[c] != 0) {
            float chance = (float)fmin(c == 1 ? single : (double)c / n, 1);
            rarity->chance[feature][ranks[c]] = chance;
            rarity->log_chance[feature][ranks[c]] = log((double)chance);
        }
    }
    for (uint32_t w = 0; w < words; w++) {
        counts[w] = ranks[counts[w]];
    }
    return INB_OK;
}

static inb_status one_feature(inb_rarity *rarity, size_t feature, const uint32_t *person,
    const struct order *order, inb_error *err) {
    const inb_people *people = rarity->people;
    uint32_t words = inb_feature_words(people, feature)->count;
    INB_CLEANUP(inb_freep) uint32_t *counts = inb_alloc(words, sizeof *counts);
    INB_CLEANUP(inb_freep) uint32_t *room = inb_alloc(words, sizeof *room);
    if (counts == NULL || room == NULL) {
        return no_room(err);
    }
    size_t with = person != NULL
                      ? count_persons(people, people->codes[feature], person, order, room, counts)
                      : count_files(people, people->codes[feature], words, room, counts);
    double n = with > 0 ? (double)with : 1;
    double single;
    rarity->exact_u[feature] = smooth(counts, words, n, &single);
    bool looked_at = feature != INB_SEX && feature != INB_MONTH && feature != INB_DAY;
    return looked_at ? rank_words(rarity, feature, INB_TAKE(counts), words, n, single, err)
                     : INB_OK;
}

static unsigned small_value(const inb_people *people, enum inb_feature feature, size_t record) {
    const inb_words *words = inb_feature_words(people, feature);
    uint32_t code = people->codes[feature][record];
    unsigned value = 0;
    for (size_t i = 0; code != 0 && i < inb_word_length(words, code); i++) {
        value = value * 10 + (unsigned)(inb_word(words, code)[i] - '0');
    }
    return value < 100 ? value : 99;
}

// Days of the year, each record once: heaping is seen all the same.
static inb_status month_days(inb_rarity *rarity, inb_error *err) {
    const inb_people *people = rarity->people;
    rarity->month_day = inb_alloc(DAYS, sizeof *rarity->month_day);
    if (rarity->month_day == NULL) {
        return no_room(err);
    }
    double total = 0;
    for (size_t r = 0; r < people->count; r++) {
        unsigned month = small_value(people, INB_MONTH, r);
        unsigned day = small_value(people, INB_DAY, r);
        if (month > 0 && day > 0) {
            rarity->month_day[month * 100 + day] += 1;
            total++;
        }
    }
    // Even days of the year are the expectation; only what stands out from it, and from chance, is
    // believed.
    double even = 1 / 365.25;
    double most = total * even + 5 * sqrt(total * even);
    for (size_t i = 0; i < DAYS && total > 0; i++) {
        double share = (double)rarity->month_day[i] / total;
        bool heaped = share > 2 * even && (double)rarity->month_day[i] > most;
        double own = heaped ? share : even;
        rarity->month_day_u += share * own;
        rarity->month_day[i] = (float)own;
    }
    return INB_OK;
}

inb_status inb_rarity_new(const inb_people *people, const uint32_t *person, size_t persons,
    inb_rarity **ret_rarity, inb_error *err) {
    INB_CLEANUP(inb_rarity_freep) inb_rarity *rarity = inb_alloc(1, sizeof *rarity);
    INB_CLEANUP(order_clear) struct order order = {0};
    if (rarity == NULL) {
        return no_room(err);
    }
    rarity->people = people;
    rarity->home = 1U << INB_SURNAME | 15U << INB_POSTCODE;
    if (person != NULL) {
        INB_TRY(by_person(people, person, persons, &order, err));
    }
    for (size_t f = 0; f < INB_FEATURES; f++) {
        rarity->exact_u[f] = -1;
        for (size_t level = 0; level < INB_FIT_LEVELS; level++) {
            rarity->usual[f][level] = NAN;
            rarity->slope[f][level] = 1;
        }
        if (people->codes[f] != NULL) {
            INB_TRY(one_feature(rarity, f, person, &order, err));
            rarity->usual[f][inb_level_exact[f]] = log(rarity->exact_u[f]);
        }
    }
    if (people->codes[INB_MONTH] != NULL) {
        rarity->usual[INB_MONTH][inb_level_exact[INB_MONTH]] = NAN; // with the day, below
        rarity->usual[INB_DAY][inb_level_exact[INB_DAY]] = NAN;
        INB_TRY(month_days(rarity, err));
    }
    rarity->usual[INB_SEX][inb_level_exact[INB_SEX]] = NAN;
    *ret_rarity = INB_TAKE(rarity);
    return INB_OK;
}

// ---- levels below exact ----

// The rank of the commoner of two values.
static uint32_t commoner(const inb_rarity *rarity, const inb_pair *pair, size_t feature) {
    const uint32_t *codes = rarity->people->codes[feature];
    uint32_t a = rarity->rank[feature][codes[pair->a]];
    if (inb_pattern_level(pair->pattern, feature) == inb_level_exact[feature]) {
        return a; // the same value
    }
    uint32_t b = rarity->rank[feature][codes[pair->b]];
    return a > b ? a : b;
}

double inb_rarity_log_chance(const inb_rarity *rarity, const inb_pair *pair, size_t feature) {
    return rarity->log_chance[feature][commoner(rarity, pair, feature)];
}

// From which level on a value stands for the same one, misspelt.
static unsigned first_near(size_t feature) {
    switch (feature) {
    case INB_GIVEN:
    case INB_SURNAME:
    case INB_ORGANISATION:
    case INB_STREET:
    case INB_PLACE:
        return 3;
    default:
        return INB_FIT_LEVELS;
    }
}

void inb_rarity_learn(inb_rarity *rarity, const inb_candidates *random, const double *match) {
    static const double least = 50; // pairs of a level that are needed
    for (size_t f = 0; f < INB_FEATURES; f++) {
        double weight[INB_FIT_LEVELS] = {0};
        double inverse[INB_FIT_LEVELS] = {0};
        if (rarity->people->codes[f] == NULL || first_near(f) >= inb_level_exact[f]) {
            continue;
        }
        for (size_t i = 0; i < random->count; i++) {
            unsigned level = inb_pattern_level(random->pairs[i].pattern, f);
            if (level >= first_near(f) && level < inb_level_exact[f]) {
                double share = match == NULL ? 1 : 1 - match[i];
                weight[level] += share;
                uint32_t rank = commoner(rarity, &random->pairs[i], f);
                inverse[level] += share / (double)rarity->chance[f][rank];
            }
        }
        for (unsigned level = first_near(f); level < inb_level_exact[f]; level++) {
            rarity->usual[f][level] =
                weight[level] < least ? NAN : log(weight[level] / inverse[level]);
        }
    }
}

// ---- adjusting ----

double inb_rarity_adjust_feature(
    const inb_rarity *rarity, const inb_pair *pair, enum inb_feature feature) {
    unsigned level = inb_pattern_level(pair->pattern, feature);
    if (level <= 1 || isnan(rarity->usual[feature][level])) {
        return 0;
    }
    double own = inb_rarity_log_chance(rarity, pair, feature);
    double adjustment = rarity->usual[feature][level] - rarity->slope[feature][level] * own;
    return fmax(-most_adjustment, fmin(most_adjustment, adjustment));
}

// Parts of one address say how common it is by the rarest of them that is equal.
static double address(const inb_rarity *rarity, const inb_pair *pair) {
    float rarest = INFINITY;
    enum inb_feature which = INB_FEATURES;
    for (size_t f = INB_POSTCODE; f <= INB_PLACE; f++) {
        if (inb_pattern_level(pair->pattern, f) == inb_level_exact[f]) {
            float own = rarity->chance[f][commoner(rarity, pair, f)];
            if (own < rarest) {
                rarest = own;
                which = (enum inb_feature)f;
            }
        }
    }
    return which == INB_FEATURES ? 0 : inb_rarity_adjust_feature(rarity, pair, which);
}

// Two of a date of birth that is as common as it is.
static double same_day(const inb_rarity *rarity, const inb_pair *pair) {
    bool same = inb_pattern_level(pair->pattern, INB_MONTH) == inb_level_exact[INB_MONTH] &&
                inb_pattern_level(pair->pattern, INB_DAY) == inb_level_exact[INB_DAY];
    if (!same || rarity->month_day == NULL) {
        return 0;
    }
    unsigned month = small_value(rarity->people, INB_MONTH, pair->a);
    unsigned day = small_value(rarity->people, INB_DAY, pair->a);
    return log(rarity->month_day_u / (double)rarity->month_day[month * 100 + day]);
}

double inb_rarity_adjust_home(const inb_rarity *rarity, const inb_pair *pair) {
    const unsigned whole_address = 15U << INB_POSTCODE;
    const unsigned days = 1U << INB_MONTH | 1U << INB_DAY;
    double sum = 0;
    for (size_t f = 0; f < INB_FEATURES; f++) {
        bool of_it = (rarity->home & ~whole_address & 1U << f) != 0;
        sum += of_it ? inb_rarity_adjust_feature(rarity, pair, (enum inb_feature)f) : 0;
    }
    sum += (rarity->home & whole_address) != 0 ? address(rarity, pair) : 0;
    return sum + ((rarity->home & days) == days ? same_day(rarity, pair) : 0);
}

double inb_rarity_adjust(const inb_rarity *rarity, const inb_pair *pair) {
    double sum = 0;
    for (size_t f = 0; f < INB_FEATURES; f++) {
        if (f < INB_POSTCODE || f > INB_PLACE) {
            sum += inb_rarity_adjust_feature(rarity, pair, (enum inb_feature)f);
        }
    }
    return sum + address(rarity, pair) + same_day(rarity, pair);
}
