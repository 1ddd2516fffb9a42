// SPDX-License-Identifier: EUPL-1.2
// Hierarchical log-linear models as down-sets of the lattice of lists (Bishop, Fienberg, Holland
// 1975, Discrete Multivariate Analysis, chapter 6). A term in the model brings in all its parts.

#include "model_terms.h"

#include <string.h>

size_t inb_set_size(inb_list_set set) {
    return (size_t)__builtin_popcount(set);
}

int inb_set_compare(inb_list_set a, inb_list_set b) {
    if (a == b) {
        return 0;
    }
    unsigned differ = (unsigned)a ^ b;
    unsigned lowest = differ & (~differ + 1);
    bool a_has = (a & lowest) != 0;
    unsigned other = a_has ? b : a; // the word that continues with a later list, or has ended
    bool ended = other < lowest;
    return a_has == ended ? 1 : -1;
}

static int compare_by_size(inb_list_set a, inb_list_set b) {
    size_t size_a = inb_set_size(a);
    size_t size_b = inb_set_size(b);
    return size_a != size_b ? (size_a < size_b ? -1 : 1) : inb_set_compare(a, b);
}

bool inb_terms_hold(const inb_terms *terms, inb_list_set term) {
    for (size_t i = 0; i < terms->count; i++) {
        if (terms->terms[i] == term) {
            return true;
        }
    }
    return false;
}

static void insert(inb_terms *terms, inb_list_set term) {
    size_t at = terms->count;
    while (at > 0 && compare_by_size(term, terms->terms[at - 1]) < 0) {
        terms->terms[at] = terms->terms[at - 1];
        at--;
    }
    terms->terms[at] = term;
    terms->count++;
}

void inb_terms_add(inb_terms *terms, inb_list_set term) {
    // All parts of `term`, itself first, the empty set last.
    for (unsigned part = term;; part = (part - 1) & term) {
        if (!inb_terms_hold(terms, (inb_list_set)part)) {
            insert(terms, (inb_list_set)part);
        }
        if (part == 0) {
            return;
        }
    }
}

void inb_terms_independence(inb_terms *terms) {
    terms->count = 0;
    for (size_t j = 0; j < terms->list_count; j++) {
        inb_terms_add(terms, (inb_list_set)(1U << j));
    }
}

size_t inb_terms_maximal(const inb_terms *terms, inb_list_set *ret_maximal) {
    size_t count = 0;
    for (size_t i = 0; i < terms->count; i++) {
        inb_list_set term = terms->terms[i];
        bool covered = term == 0;
        for (size_t j = i + 1; !covered && j < terms->count; j++) {
            covered = (terms->terms[j] & term) == term;
        }
        if (covered) {
            continue;
        }
        size_t at = count++;
        while (at > 0 && inb_set_compare(term, ret_maximal[at - 1]) < 0) {
            ret_maximal[at] = ret_maximal[at - 1];
            at--;
        }
        ret_maximal[at] = term;
    }
    return count;
}

void inb_set_text(inb_list_set set, const char *const *lists, size_t list_count, inb_buffer *out) {
    bool first = true;
    for (size_t j = 0; j < list_count; j++) {
        if ((set >> j & 1) != 0) {
            inb_buffer_text(out, first ? "" : "x");
            inb_buffer_text(out, lists[j]);
            first = false;
        }
    }
}

// In how many ways text[0..length) is a product of list names; the last one found is *ret_term.
// List names may hold an x themselves, so every split is tried.
static size_t read_term(const char *text, size_t length, const char *const *lists,
    size_t list_count, inb_list_set so_far, inb_list_set *ret_term) {
    size_t ways = 0;
    for (size_t j = 0; j < list_count; j++) {
        size_t name = strlen(lists[j]);
        inb_list_set bit = (inb_list_set)(1U << j);
        if ((so_far & bit) != 0 || name > length || memcmp(text, lists[j], name) != 0) {
            continue;
        }
        inb_list_set with = so_far | bit;
        if (name == length) {
            *ret_term = with;
            ways++;
        } else if (text[name] == 'x') {
            ways +=
                read_term(text + name + 1, length - name - 1, lists, list_count, with, ret_term);
        }
    }
    return ways;
}

size_t inb_term_ways(const char *text, const char *const *lists, size_t list_count) {
    inb_list_set term;
    return read_term(text, strlen(text), lists, list_count, 0, &term);
}

inb_status inb_terms_parse(
    const char *text, const char *const *lists, inb_terms *terms, inb_error *err) {
    inb_terms_independence(terms);
    for (;;) {
        size_t length = strcspn(text, ",");
        inb_list_set term = 0;
        size_t ways = read_term(text, length, lists, terms->list_count, 0, &term);
        if (ways != 1) {
            return inb_fail(err, INB_USAGE,
                "model: found the term '%.*s'%s, expected names of lists joined by x, terms by "
                "commas (as in %s,%sx%s)",
                length > 60 ? 60 : (int)length, text,
                ways > 1 ? ", which can be read in two ways" : "", lists[0], lists[0], lists[1]);
        }
        inb_terms_add(terms, term);
        if (text[length] == '\0') {
            return INB_OK;
        }
        text += length + 1;
    }
}
