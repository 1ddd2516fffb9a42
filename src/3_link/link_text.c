// SPDX-License-Identifier: EUPL-1.2
// What a link found, in words and as JSON: counts, chances of agreement and what blocking lost.
// Nothing of any record.

#include "linked.h"

#include <math.h>
#include <string.h>

struct sums {
    size_t joined;    // records that are with another one
    size_t more;      // persons with more than one record
    double expected;  // matching pairs among candidates
    size_t uncertain; // candidates between 0.05 and 0.95
};

static struct sums sums_of(const inb_linked *linked) {
    struct sums sums = {0};
    for (size_t i = 0; i < linked->pair_count; i++) {
        float chance = linked->probability[i];
        sums.expected += (double)chance;
        sums.uncertain += chance > 0.05F && chance < 0.95F ? 1 : 0;
    }
    sums.joined = linked->people->count - linked->persons; // records beyond the first of a person
    return sums;
}

static bool feature_used(const inb_linked *linked, size_t feature) {
    return linked->people->codes[feature] != NULL && linked->people->filled[feature] > 0;
}

static bool feature_refused(const inb_linked *linked, size_t feature) {
    for (size_t g = 0; g < linked->fit->layout.group_count; g++) {
        const inb_fit_group *group = &linked->fit->layout.groups[g];
        if (feature >= group->first && feature < group->first + group->count) {
            return linked->fit->refused[g] ||
                   (linked->fit->muted[g] & 1U << (feature - group->first)) != 0;
        }
    }
    return false;
}

enum { WARNINGS = 3 };

// What a reader must know before relying on it; returns how many there are.
static size_t warnings_of(
    const inb_linked *linked, const struct sums *sums, const char *ret_texts[WARNINGS]) {
    static const double few = 5;
    size_t count = 0;
    size_t telling = 0;
    for (size_t g = 0; g < linked->fit->layout.group_count; g++) {
        telling += linked->fit->refused[g] ? 0 : 1;
    }
    if (sums->expected < few) {
        ret_texts[count++] = "hardly any pair stands out from chance: what is said of one person "
                             "is as is usual, and was not learnt from these records";
    }
    if (telling == 1) {
        ret_texts[count++] = "only one column, or columns that go together, tells records apart: "
                             "whether equal values are one person or chance cannot be known";
    }
    if (linked->fit->aside) {
        ret_texts[count++] = "many pairs share some columns and differ in all others: they were "
                             "taken for two persons who have that in common";
    }
    return count;
}

void inb_linked_text(const inb_linked *linked, inb_buffer *out) {
    const inb_people *people = linked->people;
    struct sums sums = sums_of(linked);
    inb_buffer_format(out, "%zu records in %zu file%s are of %zu persons\n", people->count,
        people->file_count, people->file_count == 1 ? "" : "s", linked->persons);
    inb_buffer_format(
        out, "  %zu records belong to a person who has another one before\n", sums.joined);
    bool several = people->file_count > 1;
    if (linked->all_pairs && several) {
        inb_buffer_format(out,
            "  all %.0f pairs between files compared, and %.0f within files, that share a key, of "
            "%.0f\n",
            linked->pairs_across, linked->compared - linked->pairs_across, linked->pairs_within);
    } else if (linked->all_pairs) {
        inb_buffer_format(out, "  all %.0f pairs compared\n", linked->pairs_across);
    } else {
        inb_buffer_format(out, "  %.0f pairs compared, that share a key, of %.0f\n",
            linked->compared, linked->pairs_across + linked->pairs_within);
    }
    if (linked->all_pairs) {
        inb_buffer_format(
            out, "  nothing is lost to blocking%s\n", several ? " between files" : "");
    } else {
        inb_buffer_format(out,
            "  of matching pairs an estimated %.2f%% share no key and were not compared\n",
            linked->lost * 100);
    }
    inb_buffer_format(out,
        "  about %.0f matching pairs among the candidates; %zu candidates are "
        "uncertain (0.05 to 0.95)\n",
        sums.expected, sums.uncertain);
    inb_buffer_text(out, linked->one_to_one
                             ? "  each file holds a person once: joined one to one\n"
                             : "  a file may hold a person several times: joined by clusters\n");
    inb_buffer_text(out, "\nChance that values are equal     same person  two persons\n");
    for (size_t f = 0; f < INB_FEATURES; f++) {
        if (feature_used(linked, f)) {
            unsigned exact = inb_level_exact[f];
            inb_buffer_format(out, "  %-30s %10.4f   %.2g%s\n", inb_feature_names[f],
                linked->fit->m_level[f][exact], linked->fit->u_level[f][exact],
                feature_refused(linked, f) ? "   not used: equal values speak for no match here"
                                           : "");
        }
    }
    if (people->odd_dates > 0) {
        inb_buffer_format(out,
            "\n%zu birth dates could not be read and count as blank (expected YYYY-MM-DD or "
            "YYYYMMDD)\n",
            people->odd_dates);
    }
    const char *warnings[WARNINGS];
    size_t count = warnings_of(linked, &sums, warnings);
    for (size_t i = 0; i < count; i++) {
        inb_buffer_format(out, "%sWarning: %s\n", i == 0 ? "\n" : "", warnings[i]);
    }
}

static void json_number(inb_buffer *out, const char *name, double value) {
    inb_buffer_format(out, ",\"%s\":", name);
    inb_buffer_number(out, value, 10);
}

static void json_levels(const inb_linked *linked, size_t feature, inb_buffer *out) {
    const inb_fit *fit = linked->fit;
    inb_buffer_char(out, '[');
    for (unsigned level = 1; level <= fit->layout.top[feature]; level++) {
        inb_buffer_text(out, level == 1 ? "{\"level\":" : ",{\"level\":");
        inb_buffer_json(out, inb_level_text((enum inb_feature)feature, level));
        json_number(out, "m", fit->m_level[feature][level]);
        json_number(out, "u", fit->u_level[feature][level]);
        json_number(
            out, "weight", log(fit->m_level[feature][level] / fit->u_level[feature][level]));
        inb_buffer_char(out, '}');
    }
    inb_buffer_char(out, ']');
}

void inb_linked_json(const inb_linked *linked, inb_buffer *out) {
    const inb_people *people = linked->people;
    struct sums sums = sums_of(linked);
    inb_buffer_format(
        out, "{\"records\":%zu,\"persons\":%zu,\"files\":[", people->count, linked->persons);
    for (size_t f = 0; f < people->file_count; f++) {
        inb_buffer_text(out, f == 0 ? "{\"source\":" : ",{\"source\":");
        inb_buffer_json(out, people->stems[f]);
        inb_buffer_format(out, ",\"records\":%zu,\"each_person_once\":%s}",
            people->file_starts[f + 1] - people->file_starts[f],
            linked->unique[f] ? "true" : "false");
    }
    inb_buffer_format(out, "],\"one_to_one\":%s,\"all_pairs\":%s",
        linked->one_to_one ? "true" : "false", linked->all_pairs ? "true" : "false");
    json_number(out, "pairs", linked->pairs_across + linked->pairs_within);
    json_number(out, "compared", linked->compared);
    json_number(out, "lost_to_blocking", linked->lost);
    json_number(out, "prior", linked->prior_across);
    json_number(out, "expected_matches", sums.expected);
    inb_buffer_format(out, ",\"uncertain\":%zu,\"unread_dates\":%zu,\"keys\":[", sums.uncertain,
        people->odd_dates);
    for (size_t k = 0; k < linked->key_count; k++) {
        inb_buffer_text(out, k == 0 ? "{\"key\":" : ",{\"key\":");
        inb_buffer_json(out, linked->keys[k].text);
        json_number(out, "pairs", linked->keys[k].pairs);
        inb_buffer_format(out, ",\"hubs_split\":%zu}", linked->keys[k].split);
    }
    inb_buffer_text(out, "],\"features\":[");
    bool first = true;
    for (size_t f = 0; f < INB_FEATURES; f++) {
        if (feature_used(linked, f)) {
            inb_buffer_text(out, first ? "{\"feature\":" : ",{\"feature\":");
            inb_buffer_json(out, inb_feature_names[f]);
            inb_buffer_format(out, ",\"filled\":%zu,\"refused\":%s,\"levels\":", people->filled[f],
                feature_refused(linked, f) ? "true" : "false");
            json_levels(linked, f, out);
            inb_buffer_char(out, '}');
            first = false;
        }
    }
    inb_buffer_text(out, "],\"warnings\":[");
    const char *warnings[WARNINGS];
    size_t count = warnings_of(linked, &sums, warnings);
    for (size_t i = 0; i < count; i++) {
        inb_buffer_text(out, i == 0 ? "" : ",");
        inb_buffer_json(out, warnings[i]);
    }
    inb_buffer_text(out, "]}");
}
