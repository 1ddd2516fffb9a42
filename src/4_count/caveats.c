// SPDX-License-Identifier: EUPL-1.2
// The caveats of an estimate: warnings collected in an arena, and those that a table and a fit
// bring with them (empty overlaps: Fienberg and Rinaldo 2012, doi:10.1214/12-AOS986).

#include "caveats.h"

#include "loglinear.h"
#include "math/normal.h"
#include "model_terms.h"
#include "thousands.h"

#include <math.h>

enum {
    FEW_OVERLAPS = 10, // fewer people on two or more lists are called few
    PAIRS_NAMED = 6    // empty overlaps named one by one
};

inb_status inb_i_no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for the estimate");
}

inb_status inb_i_notes_new(inb_i_run *run, size_t size, inb_i_notes *notes, inb_error *err) {
    notes->list = inb_arena_get(run->arena, size, sizeof *notes->list);
    notes->count = 0;
    notes->size = size;
    return notes->list == NULL ? inb_i_no_memory(err) : INB_OK;
}

// Makes a warning of run->text and empties it.
inb_status inb_i_note(inb_i_run *run, inb_i_notes *notes, const char *code, inb_error *err) {
    INB_TRY(inb_buffer_check(&run->text, err));
    if (notes->count == notes->size) {
        return inb_fail(err, INB_INTERNAL, "more warnings than there is room for");
    }
    const char *text = inb_arena_text(run->arena, inb_buffer_get(&run->text), run->text.length);
    if (text == NULL) {
        return inb_i_no_memory(err);
    }
    notes->list[notes->count++] = (inb_warning){code, text};
    inb_buffer_reset(&run->text);
    return INB_OK;
}

inb_status inb_i_note_text(
    inb_i_run *run, inb_i_notes *notes, const char *code, const char *text, inb_error *err) {
    inb_buffer_text(&run->text, text);
    return inb_i_note(run, notes, code, err);
}

// People for certain on a history that holds all of `set`.
static int64_t people_on(const inb_i_run *run, const inb_cell *cells, unsigned set) {
    int64_t sum = 0;
    for (size_t h = 1; h < (size_t)1 << run->histories->list_count; h++) {
        sum += (h & set) == set && cells[h].kind == INB_CELL_COUNTED ? cells[h].count : 0;
    }
    return sum;
}

// Whether the pair's histories are known, or some of them, to have nobody.
static bool nobody_on(const inb_i_run *run, const inb_cell *cells, unsigned pair) {
    bool counted = false;
    for (size_t h = 1; h < (size_t)1 << run->histories->list_count; h++) {
        if ((h & pair) != pair) {
            continue;
        }
        if (cells[h].count > 0 || cells[h].kind == INB_CELL_MISSING) {
            return false; // counted, known to a bound, or not known
        }
        counted = counted || cells[h].kind == INB_CELL_COUNTED;
    }
    return counted;
}

inb_status inb_i_note_overlaps(
    inb_i_run *run, const inb_cell *cells, inb_i_notes *notes, inb_error *err) {
    size_t lists = run->histories->list_count;
    size_t empty = 0;
    for (int naming = 0; naming < 2; naming++) {
        size_t named = 0;
        for (size_t a = 0; a < lists; a++) {
            for (size_t b = a + 1; b < lists; b++) {
                inb_list_set pair = (inb_list_set)(1U << a | 1U << b);
                if (!nobody_on(run, cells, pair)) {
                    continue;
                }
                empty += naming == 0;
                if (naming == 1 && named < PAIRS_NAMED) {
                    inb_buffer_text(&run->text, named == 0 ? ": " : ", ");
                    inb_set_text(pair, run->histories->lists, lists, &run->text);
                    named++;
                }
            }
        }
        if (naming == 0 && empty > 0) {
            inb_buffer_format(&run->text, "%zu of %zu pairs of lists %s nobody in common", empty,
                lists * (lists - 1) / 2, empty == 1 ? "has" : "have");
        }
    }
    if (empty > 0) {
        inb_buffer_text(&run->text, empty > PAIRS_NAMED ? " and others" : "");
        INB_TRY(inb_i_note(run, notes, "empty_overlaps", err));
    }
    int64_t several = 0;
    for (size_t h = 1; h < (size_t)1 << lists; h++) {
        bool more = inb_set_size((inb_list_set)h) > 1;
        several += more && cells[h].kind == INB_CELL_COUNTED ? cells[h].count : 0;
    }
    if (several == 0) {
        INB_TRY(inb_i_note_text(run, notes, "few_overlaps",
            "nobody is known to be on two or more lists: nothing tells how many are on none", err));
    } else if (several < FEW_OVERLAPS) {
        inb_buffer_format(&run->text,
            "only %lld %s on two or more lists: the estimate rests on them", (long long)several,
            several == 1 ? "person is" : "people are");
        INB_TRY(inb_i_note(run, notes, "few_overlaps", err));
    }
    return INB_OK;
}

inb_status inb_i_note_cells(
    inb_i_run *run, const inb_cell *cells, inb_i_notes *notes, inb_error *err) {
    size_t kinds[4] = {0};
    for (size_t h = 1; h < (size_t)1 << run->histories->list_count; h++) {
        kinds[cells[h].kind]++;
    }
    if (kinds[INB_CELL_STRUCTURAL] > 0) {
        inb_buffer_format(&run->text,
            "%zu histor%s cannot occur and %s left out: the estimate is of people who could be on "
            "the other combinations",
            kinds[INB_CELL_STRUCTURAL], kinds[INB_CELL_STRUCTURAL] == 1 ? "y" : "ies",
            kinds[INB_CELL_STRUCTURAL] == 1 ? "is" : "are");
        INB_TRY(inb_i_note(run, notes, "structural_cells", err));
    }
    if (kinds[INB_CELL_MISSING] > 0) {
        inb_buffer_format(&run->text,
            "%zu histor%s without a count: left out of the fit, the expected people in %s are part "
            "of the hidden number",
            kinds[INB_CELL_MISSING], kinds[INB_CELL_MISSING] == 1 ? "y is" : "ies are",
            kinds[INB_CELL_MISSING] == 1 ? "it" : "them");
        INB_TRY(inb_i_note(run, notes, "missing_cells", err));
    }
    if (kinds[INB_CELL_CENSORED] > 0) {
        inb_buffer_format(&run->text,
            "%zu histor%s known only up to a bound: not in the observed number, the expected "
            "people "
            "in %s are part of the hidden number",
            kinds[INB_CELL_CENSORED], kinds[INB_CELL_CENSORED] == 1 ? "y is" : "ies are",
            kinds[INB_CELL_CENSORED] == 1 ? "it" : "them");
        INB_TRY(inb_i_note(run, notes, "censored_cells", err));
    }
    return INB_OK;
}

// P(a chi-squared variable with df degrees of freedom >= x), to two digits: its cube root is close
// to normal (Wilson, Hilferty 1931, doi:10.1073/pnas.17.12.684).
static double chi_squared_above(double x, double df) {
    double v = 2 / (9 * df);
    return inb_normal_below(-(cbrt(x / df) - (1 - v)) / sqrt(v));
}

static const double POOR = 0.001; // a deviance that a right model reaches less often is said

bool inb_i_fits_poorly(double deviance, size_t degrees_of_freedom) {
    return degrees_of_freedom > 0 && chi_squared_above(deviance, (double)degrees_of_freedom) < POOR;
}

inb_status inb_i_note_fit(inb_i_run *run, const inb_cell *cells, inb_count_method method,
    const inb_fit *fit, inb_i_notes *notes, inb_error *err) {
    for (size_t j = 0; j < run->histories->list_count; j++) {
        if (people_on(run, cells, 1U << j) == 0) {
            inb_buffer_format(&run->text, "nobody here is on list %s: it plays no part",
                run->histories->lists[j]);
            INB_TRY(inb_i_note(run, notes, "list_without_people", err));
        }
    }
    if (!fit->converged) {
        INB_TRY(inb_i_note_text(
            run, notes, "not_converged", "the fit did not converge: no estimate is given", err));
    } else if (!fit->identified) {
        INB_TRY(inb_i_note_text(run, notes, "no_estimate",
            "no finite, identified estimate exists: too few of the overlaps that this model needs "
            "have people in them",
            err));
    }
    if ((fit->status & INB_FIT_NO_MAXIMUM) != 0) {
        INB_TRY(inb_i_note_text(run, notes, "no_maximum",
            "the likelihood has no finite maximum: an empty overlap drives part of the model to "
            "infinity",
            err));
    }
    if ((fit->status & INB_FIT_NOT_IDENTIFIED) != 0) {
        INB_TRY(inb_i_note_text(run, notes, "not_identified",
            "the model has more parameters than the occupied histories determine", err));
    }
    if (fit->identified && inb_i_fits_poorly(fit->deviance, fit->degrees_of_freedom)) {
        inb_buffer_format(&run->text,
            "the model fits poorly: where it is right, a deviance of %.4g on %zu degrees of "
            "freedom comes about less than once in 1,000; lists depend on each other, or people "
            "differ, in ways that it does not hold",
            fit->deviance, fit->degrees_of_freedom);
        INB_TRY(inb_i_note(run, notes, "poor_fit", err));
    }
    // With groups the total says it once.
    bool alone = run->histories->group_column_count == 0;
    bool chosen = method == INB_COUNT_STEPWISE || method == INB_COUNT_BIC;
    if (fit->identified && chosen && alone && run->options->bootstrap == 0) {
        INB_TRY(inb_i_note_text(run, notes, "selection",
            "the interval takes the chosen model as given: it is too narrow in that it does not "
            "reflect that the model was chosen on the same data",
            err));
    }
    return INB_OK;
}

inb_status inb_i_note_search(inb_i_run *run, inb_i_notes *notes, inb_error *err) {
    const char *criterion = inb_count_criterion_name(run->options->criterion);
    if (!run->search.found) {
        return inb_i_note_text(run, notes, "no_model",
            "none of the models has a finite, identified estimate on these lists", err);
    }
    if (run->search.passed_over) {
        inb_buffer_format(&run->text,
            "a model with a lower %s was passed over: it has no finite, identified estimate",
            criterion);
        INB_TRY(inb_i_note(run, notes, "passed_over", err));
    }
    if (!run->search.proved) {
        inb_buffer_format(&run->text,
            "the search ended before it could prove that no model is better; none has a %s that is "
            "lower by more than %.4g (--prove searches on, --order 2 leaves fewer models)",
            criterion, run->search.gap);
        INB_TRY(inb_i_note(run, notes, "not_proved", err));
    }
    return INB_OK;
}

// Where most people are seen, the number seen varies nearly as much as anything else. With hidden h
// and standard error s of log h, N as it varies with n has variance h^2 s^2 + h; the model interval
// leaves out the h, replicates of the people seen N (N - n) / n = h N / n of it (the variance of n,
// times (N / n)^2). Below this coverage it is said.
static const double TOO_LOW = 0.93;

inb_status inb_i_note_interval(
    inb_i_run *run, const inb_figures *figures, inb_i_notes *notes, inb_error *err) {
    const inb_interval *interval = &figures->interval;
    if (!figures->has_estimate || !figures->has_interval) {
        return INB_OK;
    }
    bool outside = figures->estimate < interval->low || figures->estimate > interval->high;
    if (outside && interval->kind != INB_INTERVAL_MIXTURE) { // which has words of its own
        inb_buffer_format(&run->text,
            "the estimate lies outside its own %s interval: its replicates are not spread around "
            "it, and it is no number to quote",
            inb_interval_kind_name(interval->kind));
        INB_TRY(inb_i_note(run, notes, "outside_interval", err));
    }
    for (size_t i = 0; i < figures->interval_count; i++) {
        const inb_interval *other = &figures->intervals[i];
        if (other->over != NULL &&
            (figures->estimate < other->low || figures->estimate > other->high)) {
            inb_buffer_format(&run->text,
                "averaged over %s N lies between %s and %s: the chosen model says something "
                "else than most models that fit about as well",
                other->over, inb_i_people_of(other->low).text, inb_i_people_of(other->high).text);
            INB_TRY(inb_i_note(run, notes, "other_models", err));
        }
    }
    bool of_model = interval->kind == INB_INTERVAL_MODEL;
    bool of_seen = interval->kind == INB_INTERVAL_BCA && !run->options->parametric;
    double h = figures->hidden;
    double s = figures->log_hidden_se;
    if ((!of_model && !of_seen) || !(h > 0) || !(s > 0)) {
        return INB_OK;
    }
    double left_out =
        (of_seen ? figures->estimate / (double)figures->observed : 1) / (h * s * s + 1);
    double holds = 2 * inb_normal_below(run->z * sqrt(fmax(0, 1 - left_out))) - 1;
    if (holds < TOO_LOW / 0.95 * run->options->level) {
        inb_buffer_format(&run->text,
            "most people are seen, and the %s interval leaves out how their number varies: it "
            "holds the truth about %.0f %% of the time where it says %g %%; %s",
            inb_interval_kind_name(interval->kind), 100 * holds, 100 * run->options->level,
            of_seen ? "--parametric lets it vary, and the profile interval does"
                    : "the profile interval does not");
        INB_TRY(inb_i_note(run, notes, "most_are_seen", err));
    }
    return INB_OK;
}
