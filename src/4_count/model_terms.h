// SPDX-License-Identifier: EUPL-1.2
// Hierarchical models as sets of terms, a term as the set of lists that interact: closure, order,
// maximal terms, and their names.
#ifndef INB_4_COUNT_MODEL_TERMS_H
#define INB_4_COUNT_MODEL_TERMS_H

#include <inbeeld/buffer.h>
#include <inbeeld/count.h>

// Terms of a model over list_count lists. The array is the caller's, [1 << list_count].
typedef struct inb_terms {
    size_t list_count;
    inb_list_set *terms; // by size, then by lists in column order; the intercept, 0, first
    size_t count;
} inb_terms;

// Intercept and main effects.
void inb_terms_independence(inb_terms *terms);

// Adds a term and all its parts, keeps the order.
void inb_terms_add(inb_terms *terms, inb_list_set term);

bool inb_terms_hold(const inb_terms *terms, inb_list_set term);

// Number of lists in a set.
size_t inb_set_size(inb_list_set set);

// Column order of two sets as words over the lists: A < AB < ABC < AC < B. Negative, 0, positive.
int inb_set_compare(inb_list_set a, inb_list_set b);

// The maximal terms in column order; ret_maximal[terms->count]. The intercept is never one.
size_t inb_terms_maximal(const inb_terms *terms, inb_list_set *ret_maximal);

// "AxB".
void inb_set_text(inb_list_set set, const char *const *lists, size_t list_count, inb_buffer *out);

// In how many ways `text` is one list, or several joined by x.
size_t inb_term_ways(const char *text, const char *const *lists, size_t list_count);

// "AxB,C" into terms (main effects are always in). INB_USAGE where a name is not a list or can be
// read in two ways.
inb_status inb_terms_parse(
    const char *text, const char *const *lists, inb_terms *terms, inb_error *err) INB_NODISCARD;

#endif
