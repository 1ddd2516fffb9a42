// SPDX-License-Identifier: EUPL-1.2
// The methods that choose a log-linear model, behind one call. An estimate counts in a replicate
// under the same terms as a headline: converged, a finite maximum, everything identified.

#include "chooser.h"

#include "base/alloc.h"
#include "stepwise.h"

#include <math.h>
#include <string.h>

struct inb_choice_room {
    inb_choice_plan plan;
    inb_fit_room *own;     // where the choice needs no search
    inb_fit_room *fitting; // `own`, or the search's
    inb_search *search;
    inb_terms terms; // scratch of the chooser
};

inb_status inb_choice_new(const inb_choice_plan *plan, inb_choice_room **ret_room, inb_error *err) {
    INB_CLEANUP(inb_choice_freep) inb_choice_room *room = inb_alloc(1, sizeof *room);
    if (room == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to choose a model");
    }
    room->plan = *plan;
    room->terms = (inb_terms){
        plan->list_count, inb_alloc((size_t)1 << plan->list_count, sizeof *room->terms.terms), 0};
    if (room->terms.terms == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to choose a model");
    }
    if (plan->choice == INB_CHOICE_BEST) {
        INB_TRY(inb_search_new(plan->list_count, &plan->search, &room->search, err));
        room->fitting = inb_search_room(room->search);
    } else {
        size_t most = plan->choice == INB_CHOICE_STEPWISE ? inb_stepwise_most(plan->list_count)
                      : plan->choice == INB_CHOICE_GIVEN  ? plan->given->count
                                                          : plan->list_count + 1;
        INB_TRY(inb_fit_room_new(plan->list_count, most, &room->own, err));
        room->fitting = room->own;
    }
    *ret_room = INB_TAKE(room);
    return INB_OK;
}

void inb_choice_freep(inb_choice_room **room) {
    if (*room != NULL) {
        inb_fit_room_freep(&(*room)->own);
        inb_search_freep(&(*room)->search);
        inb_free((*room)->terms.terms);
        inb_free(*room);
    }
    *room = NULL;
}

inb_status inb_choice_make(inb_choice_room *room, size_t table, const inb_cell *cells,
    inb_terms *terms, inb_fit *ret_fit, inb_search_result *ret_search, inb_error *err) {
    const inb_choice_plan *plan = &room->plan;
    terms->list_count = plan->list_count;
    switch (plan->choice) {
    case INB_CHOICE_INDEPENDENCE:
        inb_terms_independence(terms);
        break;
    case INB_CHOICE_STEPWISE:
        INB_TRY(inb_stepwise(room->fitting, cells, plan->threshold, terms, err));
        break;
    case INB_CHOICE_GIVEN:
        terms->count = plan->given->count;
        memcpy(terms->terms, plan->given->terms, terms->count * sizeof *terms->terms);
        break;
    case INB_CHOICE_BEST: {
        inb_search_result result;
        const inb_terms *start = plan->starts == NULL ? NULL : &plan->starts[table];
        INB_TRY(inb_search_run(room->search, cells, start, terms, &result, err));
        if (ret_search != NULL) {
            *ret_search = result;
        }
        break;
    }
    }
    return inb_fit_model(room->fitting, cells, terms->terms, terms->count, ret_fit, err);
}

void inb_choice_expect(
    const inb_choice_room *room, const inb_cell *cells, const inb_terms *terms, double *ret_means) {
    inb_fit_expected(room->fitting, cells, terms->terms, terms->count, ret_means);
}

// ---- for the bootstrap ----

static inb_status make_worker(const void *plan, void **ret_worker, inb_error *err) {
    inb_choice_room *room;
    INB_TRY(inb_choice_new(plan, &room, err));
    *ret_worker = room;
    return INB_OK;
}

static void drop_worker(void *worker) {
    inb_choice_room *room = worker;
    inb_choice_freep(&room);
}

static inb_status expect(void *worker, size_t table, const inb_cell *cells, double *ret_means,
    double *ret_estimate, inb_error *err) {
    inb_choice_room *room = worker;
    inb_fit fit;
    INB_TRY(inb_choice_make(room, table, cells, &room->terms, &fit, NULL, err));
    double observed = 0;
    for (size_t h = 1; h < (size_t)1 << room->plan.list_count; h++) {
        observed += cells[h].kind == INB_CELL_COUNTED ? (double)cells[h].count : 0;
    }
    bool usable = fit.converged && fit.identified && fit.status == 0;
    if (usable && ret_means != NULL) {
        inb_choice_expect(room, cells, &room->terms, ret_means);
    }
    *ret_estimate = usable ? observed + fit.hidden : NAN;
    return INB_OK;
}

static inb_status estimate(
    void *worker, size_t table, const inb_cell *cells, double *ret_estimate, inb_error *err) {
    return expect(worker, table, cells, NULL, ret_estimate, err);
}

inb_chooser inb_choice_chooser(const inb_choice_plan *plan) {
    return (inb_chooser){plan, make_worker, drop_worker, estimate, expect};
}
