// SPDX-License-Identifier: EUPL-1.2
// Truths for a study of coverage. What is added to the chosen model is what the data speak most for
// among what it lacks (the largest fall of the deviance with status 0), so the tables that come of
// it look like the one at hand and the method had every chance to see it. Heterogeneity: two equal
// halves whose odds of being on each list lie a factor e apart (a two-point Mth; Cormack 1989).

#include "truths.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

static const double HALF_APART = 0.5; // log odds of either half from the middle

const char *inb_truth_name(inb_truth truth) {
    static const char *const names[] = {
        "fitted", "omitted_pair", "heterogeneity", "omitted_three_way"};
    return names[truth];
}

// Scratch for one truth.
struct builder {
    const inb_cell *cells;
    const inb_terms *fitted;
    inb_fit_room *room;
    inb_terms terms;
    double *means; // [1 << lists]
};

static void clear_builder(struct builder *builder) {
    inb_fit_room_freep(&builder->room);
    inb_free(builder->terms.terms);
    inb_free(builder->means);
}

// Fits the chosen model with `added` into builder->means; *ret_deviance is NAN where it carries
// nothing finite.
static inb_status fit_with(
    struct builder *builder, inb_list_set added, double *ret_deviance, inb_error *err) {
    inb_terms *terms = &builder->terms;
    inb_fit fit;
    terms->count = builder->fitted->count;
    memcpy(terms->terms, builder->fitted->terms, terms->count * sizeof *terms->terms);
    if (added != 0) {
        inb_terms_add(terms, added);
    }
    INB_TRY(inb_fit_model(builder->room, builder->cells, terms->terms, terms->count, &fit, err));
    bool usable = fit.converged && fit.identified && fit.status == 0;
    if (usable) {
        inb_fit_expected(builder->room, builder->cells, terms->terms, terms->count, builder->means);
    }
    *ret_deviance = usable ? fit.deviance : NAN;
    return INB_OK;
}

// The set of `size` lists that the model lacks and the data speak most for; 0 where none can be
// had.
static inb_status find_missing(
    struct builder *builder, size_t size, inb_list_set *ret_added, inb_error *err) {
    double least = INFINITY;
    inb_list_set best = 0;
    for (size_t set = 1; set < (size_t)1 << builder->fitted->list_count; set++) {
        inb_list_set candidate = (inb_list_set)set;
        if (inb_set_size(candidate) != size || inb_terms_hold(builder->fitted, candidate)) {
            continue;
        }
        double deviance;
        INB_TRY(fit_with(builder, candidate, &deviance, err));
        if (deviance < least - 1e-9) { // false for NAN
            least = deviance;
            best = candidate;
        }
    }
    *ret_added = best;
    return INB_OK;
}

static void make_heterogeneous(const struct builder *builder, double *means) {
    size_t size = (size_t)1 << builder->fitted->list_count;
    double before = 0;
    double after = 0;
    for (size_t h = 0; h < size; h++) {
        double lists = (double)inb_set_size((inb_list_set)h);
        bool counted = h > 0 && builder->cells[h].kind == INB_CELL_COUNTED;
        before += counted ? means[h] : 0;
        means[h] *= cosh(HALF_APART * lists);
        after += counted ? means[h] : 0;
    }
    for (size_t h = 0; h < size; h++) { // as many are seen as before
        means[h] *= before / after;
    }
}

inb_status inb_truth_build(inb_truth truth, const inb_cell *cells, const inb_terms *fitted,
    bool *ret_given, double *ret_means, inb_list_set *ret_added, inb_error *err) {
    enum { MOST_ADDED = 7 }; // a triple with its parts
    size_t size = (size_t)1 << fitted->list_count;
    INB_CLEANUP(clear_builder) struct builder builder = {.cells = cells, .fitted = fitted};
    builder.terms =
        (inb_terms){fitted->list_count, inb_alloc(size, sizeof *builder.terms.terms), 0};
    builder.means = inb_alloc(size, sizeof *builder.means);
    if (builder.terms.terms == NULL || builder.means == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the study of coverage");
    }
    INB_TRY(inb_fit_room_new(fitted->list_count, fitted->count + MOST_ADDED, &builder.room, err));
    inb_list_set added = 0;
    if (truth == INB_TRUTH_PAIR || truth == INB_TRUTH_THREE) {
        INB_TRY(find_missing(&builder, truth == INB_TRUTH_PAIR ? 2 : 3, &added, err));
        if (added == 0) {
            *ret_given = false;
            return INB_OK;
        }
    }
    double deviance;
    INB_TRY(fit_with(&builder, added, &deviance, err));
    if (truth == INB_TRUTH_HETEROGENEITY && isfinite(deviance)) {
        make_heterogeneous(&builder, builder.means);
    }
    *ret_given = isfinite(deviance);
    memcpy(ret_means, builder.means, size * sizeof *ret_means);
    *ret_added = added;
    return INB_OK;
}
