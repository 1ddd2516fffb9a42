// SPDX-License-Identifier: EUPL-1.2
// One pair in words: what agrees how far, what each agreement weighs and why, without the values.
// Weights are in bits: one more doubles the odds.

#include "linked.h"

#include "base/alloc.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

static double bits(double nats) {
    return nats / log(2);
}

static double chance_of(double log_odds) {
    return log_odds > 0 ? 1 / (1 + exp(-log_odds)) : exp(log_odds) / (1 + exp(log_odds));
}

// An id, or stem:id. Finds the one record that has it.
static inb_status find_record(const inb_people *people, const char *name, const char *which,
    size_t *ret_record, inb_error *err) {
    size_t found = SIZE_MAX;
    for (size_t r = 0; r < people->count; r++) {
        uint32_t code = people->id_codes[r];
        const char *id = inb_word(&people->ids, code);
        size_t length = inb_word_length(&people->ids, code);
        const char *stem = people->stems[inb_people_file_of(people, r)];
        size_t stem_length = strlen(stem);
        bool whole = strlen(name) == stem_length + 1 + length &&
                     memcmp(name, stem, stem_length) == 0 && name[stem_length] == ':' &&
                     memcmp(name + stem_length + 1, id, length) == 0;
        if (!whole && !inb_equals(id, length, name)) {
            continue;
        }
        if (found != SIZE_MAX && !whole) {
            return inb_fail(err, INB_USAGE,
                "option '--explain': the %s id is in several files, "
                "expected FILE:ID with the file's name without ending",
                which);
        }
        found = r;
        if (whole) {
            break;
        }
    }
    if (found == SIZE_MAX) {
        return inb_fail(
            err, INB_NOT_FOUND, "option '--explain': the %s id is in none of the files", which);
    }
    *ret_record = found;
    return INB_OK;
}

static void one_feature(const inb_linked *linked, const inb_pair *pair, size_t f, inb_buffer *out) {
    unsigned level = inb_pattern_level(pair->pattern, f);
    inb_buffer_format(out, "  %-14s %s", inb_feature_names[f],
        level == 0 ? "blank in one or both: says nothing"
                   : inb_level_text((enum inb_feature)f, level));
    if (level > 0) {
        inb_buffer_format(out, " (of matching pairs %.4f, of others %.2g)",
            linked->fit->m_level[f][level], linked->fit->u_level[f][level]);
    }
    inb_buffer_char(out, '\n');
}

static double one_group(const inb_linked *linked, const inb_pair *pair, size_t g, inb_buffer *out) {
    const inb_fit_group *group = &linked->fit->layout.groups[g];
    double weight = linked->fit->weight[g][inb_group_index(group, pair->pattern)];
    for (unsigned f = group->first; f < group->first + group->count; f++) {
        if (linked->people->codes[f] != NULL && linked->people->filled[f] > 0) {
            one_feature(linked, pair, f, out);
        }
    }
    const char *what = group->count == 1           ? "weighs"
                       : group->first == INB_GIVEN ? "name and sex together weigh"
                       : group->first == INB_YEAR  ? "the date together weighs"
                                                   : "the address together weighs";
    inb_buffer_format(out, "    %s %+.2f bits%s\n", what, bits(weight),
        linked->fit->refused[g] ? " (not used: equal values speak for no match here)" : "");
    return weight;
}

inb_status inb_linked_explain(
    const inb_linked *linked, const char *id_a, const char *id_b, inb_buffer *out, inb_error *err) {
    const inb_people *people = linked->people;
    size_t a;
    size_t b;
    INB_TRY(find_record(people, id_a, "first", &a, err));
    INB_TRY(find_record(people, id_b, "second", &b, err));
    if (a == b) {
        return inb_fail(err, INB_USAGE, "option '--explain': found one record twice, expected two");
    }
    INB_CLEANUP(inb_level_cache_freep) inb_level_cache *cache = NULL;
    INB_TRY(inb_level_cache_new(&cache, err));
    size_t low = a < b ? a : b;
    size_t high = a < b ? b : a;
    inb_pair pair =
        inb_pair_make((uint32_t)low, (uint32_t)high, inb_pattern_of(people, cache, low, high), 0);
    bool across = people->file_count == 1 ||
                  inb_people_file_of(people, low) != inb_people_file_of(people, high);
    double prior = across ? linked->prior_across : linked->prior_within;
    double logit = log(prior / (1 - prior));
    size_t candidate = SIZE_MAX;
    for (size_t i = 0; i < linked->pair_count && candidate == SIZE_MAX; i++) {
        bool same = linked->pairs[i].a == pair.a && linked->pairs[i].b == pair.b;
        candidate = same ? i : SIZE_MAX;
    }
    inb_buffer_text(out, "What agrees, and what it weighs (one bit more doubles the odds):\n");
    double weight = 0;
    for (size_t g = 0; g < linked->fit->layout.group_count; g++) {
        weight += one_group(linked, &pair, g, out);
    }
    double rare = inb_rarity_adjust(linked->rarity, &pair);
    inb_buffer_format(out, "Frequency: the values that agree are %s than usual: %+.2f bits\n",
        rare > 0   ? "rarer"
        : rare < 0 ? "commoner"
                   : "no rarer or commoner",
        bits(rare));
    double cost = inb_fit_home_cost(linked->fit, inb_fit_home_weight(linked->fit, pair.pattern) +
                                                     inb_rarity_adjust_home(linked->rarity, &pair));
    if (linked->fit->home_odds > 0) {
        inb_buffer_format(
            out, "Household: two persons may share surname and address: %+.2f bits\n", -bits(cost));
    }
    inb_buffer_format(
        out, "Before looking: one pair in %.0f matches: %+.2f bits\n", 1 / prior, bits(logit));
    double odds = weight + rare - cost + logit;
    inb_buffer_format(out, "Together: %+.2f bits, a probability of %.4f on their own\n", bits(odds),
        chance_of(odds));
    if (candidate == SIZE_MAX) {
        inb_buffer_text(out, linked->all_pairs
                                 ? "The pair was compared, and left out as hopeless.\n"
                                 : "The pair was no candidate: it shares no key, or too little "
                                   "agrees.\n");
    } else {
        inb_buffer_format(out, "Beside other candidates of the two records: probability %.4f\n",
            (double)linked->probability[candidate]);
    }
    inb_buffer_text(out, linked->person[low] == linked->person[high]
                             ? "They are in one cluster: taken for one person.\n"
                             : "They are in two clusters: taken for two persons.\n");
    return INB_OK;
}
