// SPDX-License-Identifier: EUPL-1.2
// Encoded lists in, persons out, as inb_link_run does it for plain ones: patterns of all pairs are
// counted, the two classes fitted to the counts (the other class too: all pairs are its sample),
// likely pairs kept in a second pass and joined.

#include "encoded_link.h"

#include "linked.h"
#include "records.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

static const double most_pairs = 2e11;
static const double least_odds = -9; // log odds below which a pair is as good as none

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory to link encoded lists");
}

static inb_status copy_text(const char *text, size_t length, char **ret_text, inb_error *err) {
    char *copy = inb_alloc(length + 1, 1);
    if (copy == NULL) {
        return no_memory(err);
    }
    memcpy(copy, text, length);
    *ret_text = copy;
    return INB_OK;
}

// "lists/a.enc" to "a".
static inb_status copy_stem(const char *path, char **ret_stem, inb_error *err) {
    const char *slash = strrchr(path, '/');
    const char *from = slash == NULL ? path : slash + 1;
    const char *point = strrchr(from, '.');
    return copy_text(from, point == NULL || point == from ? strlen(from) : (size_t)(point - from),
        ret_stem, err);
}

// Ids and files, so that tables are written as for plain lists; there is nothing else to know.
static inb_status make_people(const char *const *paths, const inb_encoded *lists, size_t count,
    inb_people **ret_people, inb_error *err) {
    INB_CLEANUP(inb_people_freep) inb_people *people = inb_alloc(1, sizeof *people);
    if (people == NULL) {
        return no_memory(err);
    }
    for (size_t l = 0; l < count; l++) {
        people->size += lists[l].count;
    }
    people->paths = inb_alloc(count, sizeof *people->paths);
    people->stems = inb_alloc(count, sizeof *people->stems);
    people->file_starts = inb_alloc(count + 1, sizeof *people->file_starts);
    people->id_codes = inb_alloc(people->size, sizeof *people->id_codes);
    if (people->paths == NULL || people->stems == NULL || people->file_starts == NULL ||
        people->id_codes == NULL) {
        return no_memory(err);
    }
    INB_TRY(inb_words_begin(&people->ids, err));
    for (size_t l = 0; l < count; l++) {
        people->file_count++;
        INB_TRY(copy_text(paths[l], strlen(paths[l]), &people->paths[l], err));
        INB_TRY(copy_stem(paths[l], &people->stems[l], err));
        for (size_t other = 0; other < l; other++) {
            if (strcmp(people->stems[other], people->stems[l]) == 0) {
                return inb_fail(err, INB_USAGE,
                    "%s and %s: found one name for two sources, expected different ones",
                    paths[other], paths[l]);
            }
        }
        for (size_t i = 0; i < lists[l].count; i++) {
            const char *id = inb_encoded_id(&lists[l], i);
            INB_TRY(
                inb_words_add(&people->ids, id, strlen(id), &people->id_codes[people->count], err));
            people->count++;
        }
        people->file_starts[l + 1] = people->count;
    }
    *ret_people = INB_TAKE(people);
    return INB_OK;
}

static inb_status check(
    const char *const *paths, const inb_encoded *lists, size_t count, inb_error *err) {
    size_t records = 0;
    for (size_t l = 0; l < count; l++) {
        if (l > 0) {
            INB_TRY(inb_encoded_same(&lists[0].about, paths[0], &lists[l].about, paths[l], err));
        }
        if (lists[l].count == 0) {
            return inb_fail(
                err, INB_BAD_INPUT, "%s: found no record, expected at least one", paths[l]);
        }
        records += lists[l].count;
    }
    if (records < 2) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s: found one record in all files, expected at least two", paths[0]);
    }
    return INB_OK;
}

struct making {
    inb_codes codes;
    inb_spread spread;
    inb_candidates counted;
    inb_candidates across;
    inb_candidates within;
};

static void making_clear(struct making *making) {
    inb_codes_clear(&making->codes);
    inb_candidates_clear(&making->counted);
    inb_candidates_clear(&making->across);
    inb_candidates_clear(&making->within);
}

static double most_matches(const inb_people *people) {
    if (people->file_count == 2) {
        double left = (double)people->file_starts[1];
        return fmin(left, (double)people->count - left) * 4;
    }
    return (double)people->count * 20;
}

static double chance_of(double log_odds) {
    return log_odds > 0 ? 1 / (1 + exp(-log_odds)) : exp(log_odds) / (1 + exp(log_odds));
}

// Share of matching pairs within lists: by EM over counts, with the weights that were found across.
static double prior_of(const inb_fit *fit, const inb_pattern_counts *counts, double pairs) {
    enum { STEPS = 50 };
    double prior = fit->prior;
    for (size_t step = 0; step < STEPS; step++) {
        double logit = log(prior / (1 - prior));
        double matches = 0;
        for (size_t i = 0; i < counts->count; i++) {
            matches +=
                counts->counts[i] * chance_of(inb_fit_weight(fit, counts->patterns[i]) + logit);
        }
        prior = fmin(fmax(matches, 0.01) / pairs, 0.5);
    }
    return prior;
}

static inb_status fit_classes(struct making *making, inb_linked *linked, inb_error *err) {
    enum inb_scope scope = making->codes.file_count > 1 ? INB_ACROSS_FILES : INB_ALL_PAIRS;
    // Nothing is kept while patterns are counted: no weight reaches this.
    static const inb_fit none;
    INB_TRY(inb_codes_compare(
        &making->codes, scope, &none, (double)INFINITY, &making->spread, &making->counted, err));
    inb_fit_input input = {&making->codes.layout, &making->counted.counts, &making->counted.counts,
        making->counted.compared, most_matches(linked->people), NULL};
    INB_TRY(inb_fit_run(&input, &linked->fit, err));
    linked->pairs_across = making->counted.compared;
    linked->prior_across = linked->fit->prior;
    linked->prior_within = linked->fit->prior;
    double least = least_odds - log(linked->prior_across / (1 - linked->prior_across));
    INB_TRY(inb_codes_compare(
        &making->codes, scope, linked->fit, least, &making->spread, &making->across, err));
    if (scope == INB_ACROSS_FILES) {
        INB_TRY(inb_codes_compare(&making->codes, INB_WITHIN_FILES, linked->fit, least,
            &making->spread, &making->within, err));
        linked->pairs_within = making->within.compared;
    }
    if (linked->pairs_within > 0) {
        linked->prior_within = prior_of(linked->fit, &making->within.counts, linked->pairs_within);
    }
    linked->compared = linked->pairs_across + linked->pairs_within;
    return INB_OK;
}

static inb_status keep_pairs(struct making *making, inb_linked *linked, inb_error *err) {
    linked->across_count = making->across.count;
    linked->pair_count = making->across.count + making->within.count;
    linked->pairs = inb_alloc(linked->pair_count, sizeof *linked->pairs);
    linked->weight = inb_alloc(linked->pair_count, sizeof *linked->weight);
    linked->probability = inb_alloc(linked->pair_count, sizeof *linked->probability);
    linked->person = inb_alloc(linked->people->count, sizeof *linked->person);
    linked->unique = inb_alloc(linked->people->file_count, sizeof *linked->unique);
    if (linked->pairs == NULL || linked->weight == NULL || linked->probability == NULL ||
        linked->person == NULL || linked->unique == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < linked->pair_count; i++) {
        linked->pairs[i] = i < linked->across_count
                               ? making->across.pairs[i]
                               : making->within.pairs[i - linked->across_count];
        linked->weight[i] = (float)inb_fit_weight(linked->fit, linked->pairs[i].pattern);
    }
    return INB_OK;
}

inb_status inb_link_encoded(const char *const *paths, const inb_encoded *lists, size_t list_count,
    const inb_link_options *options, inb_people **ret_people, inb_linked **ret_linked,
    inb_error *err) {
    INB_CLEANUP(making_clear)
    struct making making = {.spread = inb_spread_or_threads(options->spread, options->threads)};
    INB_CLEANUP(inb_people_freep) inb_people *people = NULL;
    INB_CLEANUP(inb_linked_freep) inb_linked *linked = NULL;
    INB_TRY(check(paths, lists, list_count, err));
    INB_TRY(make_people(paths, lists, list_count, &people, err));
    double records = (double)people->count;
    if (records * records > most_pairs) {
        return inb_fail(err, INB_TOO_LARGE,
            "found %.0f encoded records, expected at most %.0f: all pairs are compared", records,
            sqrt(most_pairs));
    }
    linked = inb_alloc(1, sizeof *linked);
    if (linked == NULL) {
        return no_memory(err);
    }
    linked->people = people;
    linked->options = *options;
    linked->all_pairs = true;
    INB_TRY(inb_codes_new(lists, list_count, &making.codes, err));
    if (making.codes.layout.features == 1 && making.codes.groups == 1) {
        return inb_fail(err, INB_NOT_IDENTIFIED,
            "%s: found one filter a record and nothing else: without labels nothing tells matching "
            "pairs from others; expected lists encoded with 3, 4 or 5 groups",
            paths[0]);
    }
    INB_TRY(fit_classes(&making, linked, err));
    INB_TRY(keep_pairs(&making, linked, err));
    INB_TRY(inb_linked_resolve(linked, err));
    *ret_people = INB_TAKE(people);
    *ret_linked = INB_TAKE(linked);
    return INB_OK;
}

static const char *group_text(const inb_encoded_about *about, size_t group) {
    static const char *const three[] = {
        "given name, day and month", "surname, year and sex", "address"};
    static const char *const four[] = {"given name, day and month", "surname, year and sex",
        "street and number", "postcode and place"};
    static const char *const five[] = {
        "given name", "surname", "birth date and sex", "street and number", "postcode and place"};
    switch (about->groups) {
    case 3:
        return three[group];
    case 4:
        return four[group];
    case 5:
        return five[group];
    default:
        return "record";
    }
}

void inb_linked_encoded_text(
    const inb_linked *linked, const inb_encoded_about *about, inb_buffer *out) {
    const inb_fit *fit = linked->fit;
    inb_buffer_format(out, "%zu encoded records in %zu file%s are of %zu persons\n",
        linked->people->count, linked->people->file_count,
        linked->people->file_count == 1 ? "" : "s", linked->persons);
    inb_buffer_format(out, "  key %s version %u, fingerprint %s\n", about->key_kind,
        (unsigned)about->key_version, about->key_print);
    inb_buffer_format(out, "  %.0f pairs compared: all\n", linked->compared);
    double expected = 0;
    size_t uncertain = 0;
    for (size_t i = 0; i < linked->pair_count; i++) {
        expected += (double)linked->probability[i];
        uncertain += linked->probability[i] > 0.05F && linked->probability[i] < 0.95F ? 1 : 0;
    }
    inb_buffer_format(
        out, "  about %.0f matching pairs, %zu uncertain (0.05 to 0.95)\n", expected, uncertain);
    inb_buffer_text(out, linked->one_to_one
                             ? "  each file holds a person once: joined one to one\n"
                             : "  a file may hold a person several times: joined by clusters\n");
    inb_buffer_text(out, "\nChance that filters are the same  same person  two persons\n");
    for (size_t f = 0; f < fit->layout.features; f++) {
        bool token = f >= about->groups;
        unsigned exact = fit->layout.exact[f];
        inb_buffer_format(out, "  %-31s %10.4f   %.2g%s\n", token ? "token" : group_text(about, f),
            fit->m_level[f][exact], fit->u_level[f][exact],
            fit->refused[f] ? "   not used: speaks for no match" : "");
    }
}
