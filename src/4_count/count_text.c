// SPDX-License-Identifier: EUPL-1.2
// An estimate in English: lines that a policy analyst can quote, and the model, fit and caveats
// that a statistician can check. Whole people, thousands apart; nothing rounds a number to look
// surer.

#include <inbeeld/count.h>

#include "ensemble_text.h"
#include "headline.h"
#include "thousands.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WRAP = 88 };

// A part that could not be built makes the whole fail.
static void pass_failure(inb_buffer *out, const inb_buffer *part) {
    if (inb_buffer_check(part, NULL) != INB_OK && out->status == INB_OK) {
        out->status = part->status;
    }
}

static void put_people(inb_buffer *out, double people) {
    inb_buffer_text(out, inb_i_people_of(people).text);
}

// Writes `text` as a paragraph with lines of at most WRAP bytes where words allow.
static void put_wrapped(inb_buffer *out, const char *first, const char *next, const char *text) {
    size_t column = strlen(first);
    inb_buffer_text(out, first);
    bool start = true;
    while (*text != '\0') {
        size_t word = strcspn(text, " ");
        if (!start && column + 1 + word > WRAP) {
            inb_buffer_char(out, '\n');
            inb_buffer_text(out, next);
            column = strlen(next);
            start = true;
        }
        if (!start) {
            inb_buffer_char(out, ' ');
            column++;
        }
        inb_buffer_add(out, text, word);
        column += word;
        start = false;
        text += word;
        text += strspn(text, " ");
    }
    inb_buffer_char(out, '\n');
}

void inb_estimate_assumption(
    const inb_estimate *estimate, const inb_figures *figures, inb_buffer *out) {
    size_t largest = 0;
    for (size_t i = 0; i < figures->term_count; i++) {
        size_t size = (size_t)__builtin_popcount(figures->terms[i]);
        largest = size > largest ? size : largest;
    }
    if (estimate->method == INB_COUNT_DECOMPOSABLE) {
        inb_buffer_text(out,
            "How the lists depend on each other is one of the decomposable graphs, which one is "
            "averaged over, and the dependence also holds for those whom nobody saw. No data can "
            "test that.");
        return;
    }
    if (estimate->method == INB_COUNT_LATENT_CLASS) {
        inb_buffer_text(out,
            "People are of a few kinds; among people of one kind, being on one list makes it "
            "neither more nor less likely to be on another; and those whom nobody saw are of the "
            "same kinds. No data can test that.");
        return;
    }
    if (figures->term_count == 0) {
        inb_buffer_text(out, "Within each group its own model holds (below), and ");
    } else if (largest <= 1) {
        inb_buffer_text(
            out, "Being on one list makes it neither more nor less likely to be on another, and ");
    } else {
        inb_buffer_text(out, "The lists depend on each other only as follows: ");
        bool first = true;
        for (size_t i = 0; i < figures->model_count; i++) {
            if (__builtin_popcount(figures->model[i]) < 2) {
                continue;
            }
            inb_buffer_text(out, first ? "" : "; ");
            first = false;
            size_t named = 0;
            size_t size = (size_t)__builtin_popcount(figures->model[i]);
            for (size_t j = 0; j < estimate->list_count; j++) {
                if ((figures->model[i] >> j & 1) == 0) {
                    continue;
                }
                inb_buffer_text(out, named == 0 ? "" : named + 1 == size ? " with " : ", ");
                inb_buffer_text(out, estimate->lists[j]);
                named++;
            }
        }
        inb_buffer_text(out, ". For the rest they are independent, and ");
    }
    inb_buffer_text(out,
        largest >= 2
            ? "the dependence found among people who were seen also holds for those whom nobody "
              "saw. No data can test that."
            : "that also holds for those whom nobody saw. No data can test that.");
}

// Every interval with what it takes as given; the leading one first.
static void put_intervals(inb_buffer *out, const inb_figures *figures) {
    static const char *const given[] = {[INB_INTERVAL_MODEL] = "model as given",
        [INB_INTERVAL_PROFILE] = "profile likelihood, model as given",
        [INB_INTERVAL_BCA] = "bootstrap, model chosen anew each time",
        [INB_INTERVAL_POSTERIOR] = "posterior, models averaged over",
        [INB_INTERVAL_MIXTURE] = "draws of the links, model chosen anew each time"};
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < figures->interval_count; i++) {
            const inb_interval *interval = &figures->intervals[i];
            if ((interval->kind == figures->interval.kind) != (round == 0)) {
                continue;
            }
            char level[32];
            (void)snprintf(level, sizeof level, "%g %%", 100 * interval->level);
            inb_buffer_format(out, "\n  %-9s ", level);
            put_people(out, interval->low);
            inb_buffer_text(out, " to ");
            put_people(out, interval->high);
            inb_buffer_format(out, "  (%s%s)", interval->over == NULL ? "" : "averaged over ",
                interval->over == NULL ? given[interval->kind] : interval->over);
        }
    }
}

static void put_figures(inb_buffer *out, const inb_figures *figures) {
    inb_buffer_text(out, "  seen      ");
    put_people(out, (double)figures->observed);
    inb_buffer_char(out, '\n');
    if (!figures->has_estimate) {
        inb_buffer_text(out, "  estimate  none (see the notes)\n");
        return;
    }
    inb_buffer_text(out, "  hidden    ");
    put_people(out, figures->hidden);
    if (figures->uncounted > 0) {
        inb_buffer_text(out, ", of whom ");
        put_people(out, figures->uncounted);
        inb_buffer_text(out, " in histories without an exact count");
    }
    inb_buffer_text(out, "\n  in all    ");
    put_people(out, figures->estimate);
    put_intervals(out, figures);
    if (figures->has_bound) {
        inb_buffer_text(out, "\n  reference ");
        put_people(out, figures->bound);
        inb_buffer_text(
            out, "  (Chao's bound; lists that depend on each other can put N on either side)");
    }
    if (figures->observed > 0 && figures->estimate > 0) {
        inb_buffer_format(out, "\n  in view   %.0f of every 100",
            100 * (double)figures->observed / figures->estimate);
    }
    inb_buffer_char(out, '\n');
}

static void put_posterior(inb_buffer *out, const inb_figures *figures) {
    const inb_posterior_figures *posterior = &figures->posterior;
    inb_buffer_format(out, "  posterior %s",
        posterior->converged ? "settled" : "not settled: its limits cannot be relied on");
    if (posterior->graphs > 0) {
        inb_buffer_format(out, ", %zu graphs, delta %.4g, at most %lld hidden", posterior->graphs,
            posterior->delta, (long long)posterior->most_hidden);
    }
    if (posterior->chains > 0) {
        inb_buffer_format(out,
            ", %zu classes, %zu chains, R-hat %.3f, effective draws %.0f and %.0f",
            posterior->classes, posterior->chains, posterior->r_hat, posterior->ess_bulk,
            posterior->ess_tail);
    }
    inb_buffer_char(out, '\n');
}

static void put_model(inb_buffer *out, const inb_figures *figures) {
    if (figures->model_count == 0) {
        if (figures->has_posterior) {
            put_posterior(out, figures);
        }
        return;
    }
    inb_buffer terms = INB_BUFFER_INIT((size_t)1 << 18);
    for (size_t i = 0; i < figures->model_count; i++) {
        inb_buffer_text(&terms, i > 0 ? ", " : "");
        inb_buffer_text(&terms, figures->model_texts[i]);
    }
    pass_failure(out, &terms);
    put_wrapped(out, "  model     ", "            ", inb_buffer_get(&terms));
    inb_buffer_clear(&terms);
    if (figures->has_posterior) {
        put_posterior(out, figures);
        return;
    }
    inb_buffer_format(out, "  fit       deviance %.4g on %zu degrees of freedom, status %d",
        figures->deviance, figures->degrees_of_freedom, figures->status);
    if (figures->has_estimate) {
        inb_buffer_format(
            out, ", N = %.4f, se of log hidden %.4g", figures->estimate, figures->log_hidden_se);
    }
    if (figures->has_search) {
        const inb_search_figures *search = &figures->search;
        inb_buffer_format(out, "\n  search    %llu fits", (unsigned long long)search->fitted);
        if (search->models > 0) {
            inb_buffer_format(out, " for %llu models", (unsigned long long)search->models);
        }
        if (search->proved) {
            inb_buffer_text(out, ", bounds exclude the rest: proved best");
        } else {
            inb_buffer_format(out, ", not proved: gap %.4g", search->gap);
        }
    }
    if (figures->replicates > 0) {
        inb_buffer_format(out, "\n  bootstrap %zu replicates, %zu without an estimate",
            figures->replicates, figures->failed_replicates);
    }
    inb_buffer_char(out, '\n');
}

static void put_mixture(inb_buffer *out, const inb_figures *figures) {
    const inb_mixture_figures *mixture = &figures->mixture;
    if (figures->has_mixture) {
        inb_buffer_text(out, "  draws     N over the draws of the links ");
        put_people(out, mixture->estimate);
        inb_buffer_format(out,
            "; %.0f %% of the uncertainty is of the links\n"
            "            (log hidden: within %.4g, between %.4g, in all %.4g)\n",
            100 * mixture->share, mixture->within, mixture->between, mixture->total);
    }
}

static void put_notes(inb_buffer *out, const inb_figures *figures) {
    for (size_t i = 0; i < figures->warning_count; i++) {
        put_wrapped(out, "  - ", "    ", figures->warnings[i].text);
    }
}

static void put_group_name(
    inb_buffer *out, const inb_estimate *estimate, const inb_figures *figures) {
    for (size_t i = 0; i < estimate->group_column_count; i++) {
        const char *value = figures->group_values[i];
        inb_buffer_text(out, i > 0 ? ", " : "");
        inb_buffer_text(out, estimate->group_columns[i]);
        inb_buffer_text(out, " ");
        inb_buffer_text(out, value == NULL ? "(not known)" : value);
    }
    inb_buffer_char(out, '\n');
}

static void put_headline(inb_buffer *out, const inb_estimate *estimate) {
    const inb_figures *total = &estimate->total;
    inb_buffer sentence = INB_BUFFER_INIT((size_t)1 << 16);
    if (estimate->headline.given) {
        // Where the links move the number, the sentence is about what goes with its interval.
        bool moved = inb_i_links_move(total);
        double number = moved ? total->mixture.estimate : total->estimate;
        double seen = moved ? total->mixture.observed : (double)total->observed;
        inb_buffer_text(&sentence, "An estimated ");
        put_people(&sentence, number);
        inb_buffer_text(&sentence, " people in all, of whom ");
        put_people(&sentence, seen);
        inb_buffer_text(&sentence, " were seen and ");
        put_people(&sentence, number - seen);
        inb_buffer_text(&sentence, " were not");
        inb_buffer_text(&sentence, moved ? ", over the draws of the links" : "");
        if (total->has_interval) {
            inb_buffer_format(
                &sentence, " (%g %% interval of the total: ", 100 * total->interval.level);
            put_people(&sentence, total->interval.low);
            inb_buffer_text(&sentence, " to ");
            put_people(&sentence, total->interval.high);
            inb_buffer_char(&sentence, ')');
        }
        inb_buffer_char(&sentence, '.');
    } else {
        inb_buffer_text(&sentence, "No single number can be defended: ");
        inb_buffer_text(&sentence, estimate->headline.reason);
        inb_buffer_char(&sentence, '.');
        if (estimate->headline.has_range) {
            inb_buffer_text(&sentence, " The methods give ");
            put_people(&sentence, estimate->headline.low);
            inb_buffer_text(&sentence, " to ");
            put_people(&sentence, estimate->headline.high);
            inb_buffer_char(&sentence, '.');
        }
    }
    pass_failure(out, &sentence);
    put_wrapped(out, "", "", inb_buffer_get(&sentence));
    inb_buffer_clear(&sentence);
}

static void put_assumption(
    inb_buffer *out, const inb_estimate *estimate, const inb_figures *figures) {
    inb_buffer words = INB_BUFFER_INIT((size_t)1 << 18);
    inb_estimate_assumption(estimate, figures, &words);
    pass_failure(out, &words);
    put_wrapped(out, "Assumption: ", "", inb_buffer_get(&words));
    inb_buffer_clear(&words);
}

void inb_estimate_text(const inb_estimate *estimate, inb_buffer *out) {
    inb_buffer_text(out, "Confidential until published (station 5).\n\n");
    put_headline(out, estimate);
    inb_buffer_format(out, "\nMethod %s", inb_count_method_name(estimate->method));
    if (estimate->method == INB_COUNT_STEPWISE) {
        inb_buffer_format(out, " (a pair of lists enters below p = %g)", estimate->threshold);
    } else if (estimate->method == INB_COUNT_BIC) {
        inb_buffer_format(out, " (the best of all hierarchical models by %s",
            inb_count_criterion_name(estimate->criterion));
        if (estimate->order > 0) {
            inb_buffer_format(out, ", terms of at most %zu lists", estimate->order);
        }
        inb_buffer_char(out, ')');
    } else if (estimate->method == INB_COUNT_DECOMPOSABLE) {
        inb_buffer_text(out, " (posterior median over all decomposable graphs)");
    } else if (estimate->method == INB_COUNT_LATENT_CLASS) {
        inb_buffer_text(out, " (posterior median, people of up to ten kinds)");
    }
    inb_buffer_format(out, ", %zu lists\n", estimate->list_count);
    put_figures(out, &estimate->total);
    put_model(out, &estimate->total);
    put_mixture(out, &estimate->total);
    if (estimate->has_corrected) {
        inb_buffer_text(out, "  corrected N for the rates of the links alone ");
        put_people(out, estimate->corrected);
        inb_buffer_text(out, " (two lists, independence)\n");
    }
    inb_buffer_text(out, "  compared  ");
    for (size_t i = 0; i < estimate->compared_count; i++) {
        const inb_method_figure *figure = &estimate->compared[i];
        inb_buffer_format(out, "%s%s ", i > 0 ? ", " : "", inb_count_method_name(figure->method));
        if (figure->has_estimate) {
            put_people(out, figure->estimate);
        } else {
            inb_buffer_text(out, "none");
        }
    }
    inb_buffer_text(out, "\n\n");
    if (estimate->total.has_estimate) {
        put_assumption(out, estimate, &estimate->total);
        inb_buffer_char(out, '\n');
    }
    for (size_t g = 0; g < estimate->group_count; g++) {
        inb_buffer_text(out, "Group ");
        put_group_name(out, estimate, &estimate->groups[g]);
        put_figures(out, &estimate->groups[g]);
        put_model(out, &estimate->groups[g]);
        put_mixture(out, &estimate->groups[g]);
        put_notes(out, &estimate->groups[g]);
        inb_buffer_char(out, '\n');
    }
    if (estimate->has_pooled) {
        inb_buffer_text(out, "All groups as one table (pooled)\n");
        put_figures(out, &estimate->pooled);
        put_model(out, &estimate->pooled);
        put_notes(out, &estimate->pooled);
        inb_buffer_char(out, '\n');
    }
    inb_i_ensemble_text(estimate, out);
    inb_buffer_text(out, "Notes\n");
    put_notes(out, &estimate->total);
}
