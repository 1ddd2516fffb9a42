// SPDX-License-Identifier: EUPL-1.2
// An estimate as the JSON of the design's contract. Numbers with twelve digits, locale-free; what a
// method does not give is null.

#include <inbeeld/count.h>
#include <inbeeld/draws.h>

#include <math.h>

enum { DIGITS = 12 };

static void put_number(inb_buffer *out, const char *key, bool given, double value) {
    inb_buffer_format(out, "\"%s\":", key);
    if (given) {
        inb_buffer_number(out, value, DIGITS);
    } else {
        inb_buffer_text(out, "null");
    }
}

static void put_bool(inb_buffer *out, const char *key, bool value) {
    inb_buffer_format(out, "\"%s\":%s", key, value ? "true" : "false");
}

static void put_interval(inb_buffer *out, const inb_interval *interval) {
    inb_buffer_char(out, '{');
    put_number(out, "level", true, interval->level);
    inb_buffer_char(out, ',');
    put_number(out, "low", true, interval->low);
    inb_buffer_char(out, ',');
    put_number(out, "high", true, interval->high);
    inb_buffer_format(out, ",\"kind\":\"%s\"", inb_interval_kind_name(interval->kind));
    if (interval->over != NULL) {
        inb_buffer_format(out, ",\"over\":\"%s\"", interval->over);
    }
    inb_buffer_char(out, '}');
}

static void put_interval_of(inb_buffer *out, const inb_figures *figures) {
    inb_buffer_text(out, ",\"interval\":");
    if (figures->has_interval) {
        put_interval(out, &figures->interval);
    } else {
        inb_buffer_text(out, "null");
    }
    inb_buffer_text(out, ",\"intervals\":[");
    for (size_t i = 0; i < figures->interval_count; i++) {
        inb_buffer_text(out, i > 0 ? "," : "");
        put_interval(out, &figures->intervals[i]);
    }
    inb_buffer_text(out, "],");
    put_number(out, "profile_estimate", figures->has_profile, figures->profile_estimate);
}

static void put_numbers(inb_buffer *out, const inb_figures *figures) {
    inb_buffer_format(out, "\"observed\":%lld,", (long long)figures->observed);
    put_number(out, "estimate", figures->has_estimate, figures->estimate);
    inb_buffer_char(out, ',');
    put_number(out, "hidden", figures->has_estimate, figures->hidden);
    inb_buffer_char(out, ',');
    put_number(out, "uncounted", figures->has_estimate, figures->uncounted);
}

static void put_model(inb_buffer *out, const inb_figures *figures) {
    inb_buffer_text(out, ",\"model\":[");
    for (size_t i = 0; i < figures->model_count; i++) {
        inb_buffer_text(out, i > 0 ? "," : "");
        inb_buffer_json(out, figures->model_texts[i]);
    }
    inb_buffer_format(out, "],\"status\":%d,", figures->status);
    put_bool(out, "parameters_identified", figures->parameters_identified);
    inb_buffer_char(out, ',');
    put_number(out, "deviance", true, figures->deviance);
    inb_buffer_format(out, ",\"degrees_of_freedom\":%zu", figures->degrees_of_freedom);
}

// What stands beside the estimate: the bound, the replicates, what the search did.
static void put_beside(inb_buffer *out, const inb_estimate *estimate, const inb_figures *figures) {
    inb_buffer_char(out, ',');
    put_number(out, "reference_bound", figures->has_bound, figures->bound);
    inb_buffer_format(out, ",\"replicates\":%zu,\"failed_replicates\":%zu", figures->replicates,
        figures->failed_replicates);
    if (figures->has_search) {
        const inb_search_figures *search = &figures->search;
        inb_buffer_format(out, ",\"search\":{\"criterion\":\"%s\",",
            inb_count_criterion_name(estimate->criterion));
        put_number(out, "value", true, search->value);
        inb_buffer_char(out, ',');
        put_bool(out, "proved", search->proved);
        inb_buffer_char(out, ',');
        put_number(out, "gap", true, search->gap);
        inb_buffer_char(out, ',');
        put_number(out, "models", search->models > 0, (double)search->models);
        inb_buffer_format(out, ",\"fitted\":%llu,\"examined\":%llu}",
            (unsigned long long)search->fitted, (unsigned long long)search->examined);
    }
}

static void put_posterior(inb_buffer *out, const inb_figures *figures) {
    const inb_posterior_figures *posterior = &figures->posterior;
    if (!figures->has_posterior) {
        return;
    }
    inb_buffer_text(out, ",\"posterior\":{");
    put_bool(out, "converged", posterior->converged);
    if (posterior->graphs > 0) {
        inb_buffer_char(out, ',');
        put_number(out, "delta", true, posterior->delta);
        inb_buffer_char(out, ',');
        put_bool(out, "parity", posterior->parity);
        inb_buffer_format(out, ",\"graphs\":%zu,\"most_hidden\":%lld,", posterior->graphs,
            (long long)posterior->most_hidden);
        put_number(out, "complete_graph_weight", true, posterior->complete_weight);
        inb_buffer_char(out, ',');
        put_number(out, "likeliest_weight", true, posterior->likeliest_weight);
    }
    if (posterior->chains > 0) {
        inb_buffer_format(out, ",\"classes\":%zu,\"chains\":%zu,\"draws\":%zu,", posterior->classes,
            posterior->chains, posterior->draws);
        put_number(out, "r_hat", isfinite(posterior->r_hat), posterior->r_hat);
        inb_buffer_char(out, ',');
        put_number(out, "ess_bulk", true, posterior->ess_bulk);
        inb_buffer_char(out, ',');
        put_number(out, "ess_tail", true, posterior->ess_tail);
        inb_buffer_text(out, ",\"modes\":[");
        for (size_t m = 0; m < posterior->mode_count; m++) {
            inb_buffer_text(out, m > 0 ? ",{" : "{");
            put_number(out, "estimate", true, posterior->modes[m].estimate);
            inb_buffer_char(out, ',');
            put_number(out, "weight", true, posterior->modes[m].weight);
            inb_buffer_char(out, '}');
        }
        inb_buffer_char(out, ']');
    }
    inb_buffer_char(out, '}');
}

static void put_mixture(inb_buffer *out, const inb_figures *figures) {
    const inb_mixture_figures *mixture = &figures->mixture;
    put_number(out, "estimate", true, mixture->estimate);
    inb_buffer_char(out, ',');
    put_number(out, "observed", true, mixture->observed);
    inb_buffer_char(out, ',');
    put_number(out, "within", true, mixture->within);
    inb_buffer_char(out, ',');
    put_number(out, "between", true, mixture->between);
    inb_buffer_char(out, ',');
    put_number(out, "total", true, mixture->total);
    inb_buffer_char(out, ',');
    put_number(out, "share", true, mixture->share);
    inb_buffer_text(out, ",\"log_hidden\":[");
    inb_buffer_number(out, mixture->log_low, DIGITS);
    inb_buffer_char(out, ',');
    inb_buffer_number(out, mixture->log_high, DIGITS);
    inb_buffer_char(out, ']');
    inb_buffer_format(out, ",\"replicates\":%zu,\"failed_replicates\":%zu,\"failed_draws\":%zu",
        figures->replicates, figures->failed_replicates, mixture->draws_failed);
}

static void put_rate(inb_buffer *out, const char *key, const inb_rate *rate) {
    inb_buffer_format(out, ",\"%s\":{", key);
    put_number(out, "estimate", true, rate->estimate);
    inb_buffer_char(out, ',');
    put_number(out, "low", true, rate->low);
    inb_buffer_char(out, ',');
    put_number(out, "high", true, rate->high);
    inb_buffer_char(out, '}');
}

// The whole's draws, with the rates of the links.
static void put_draws(inb_buffer *out, const inb_estimate *estimate) {
    inb_buffer_text(out, "\"draws\":");
    if (estimate->draw_count == 0) {
        inb_buffer_text(out, "null");
        return;
    }
    inb_buffer_format(out, "{\"count\":%zu,", estimate->draw_count);
    if (estimate->total.has_mixture) {
        put_mixture(out, &estimate->total);
        inb_buffer_char(out, ',');
    }
    put_number(out, "corrected", estimate->has_corrected, estimate->corrected);
    inb_buffer_text(out, ",\"rates\":[");
    for (size_t i = 0; i < estimate->link_rate_count; i++) {
        const inb_link_rate *rate = &estimate->link_rates[i];
        inb_buffer_text(out, i > 0 ? ",{\"from\":" : "{\"from\":");
        inb_buffer_json(out, estimate->lists[rate->from]);
        inb_buffer_text(out, ",\"to\":");
        inb_buffer_json(out, estimate->lists[rate->to]);
        put_rate(out, "alpha", &rate->alpha);
        put_rate(out, "beta", &rate->beta);
        inb_buffer_char(out, '}');
    }
    inb_buffer_text(out, "]}");
}

static void put_warnings(inb_buffer *out, const inb_figures *figures) {
    inb_buffer_text(out, "\"warnings\":[");
    for (size_t i = 0; i < figures->warning_count; i++) {
        inb_buffer_text(out, i > 0 ? "," : "");
        inb_buffer_json(out, figures->warnings[i].text);
    }
    inb_buffer_char(out, ']');
}

static void put_figures(inb_buffer *out, const inb_estimate *estimate, const inb_figures *figures) {
    put_numbers(out, figures);
    put_interval_of(out, figures);
    put_model(out, figures);
    put_beside(out, estimate, figures);
    put_posterior(out, figures);
    if (figures->has_mixture) {
        inb_buffer_text(out, ",\"draws\":{");
        put_mixture(out, figures);
        inb_buffer_char(out, '}');
    }
    inb_buffer_char(out, ',');
    put_warnings(out, figures);
}

static void put_headline(inb_buffer *out, const inb_headline *headline) {
    inb_buffer_text(out, ",\"headline\":{");
    put_bool(out, "given", headline->given);
    inb_buffer_text(out, ",\"reason\":");
    inb_buffer_json(out, headline->reason);
    inb_buffer_text(out, ",\"range\":");
    if (headline->has_range) {
        inb_buffer_char(out, '[');
        inb_buffer_number(out, headline->low, DIGITS);
        inb_buffer_char(out, ',');
        inb_buffer_number(out, headline->high, DIGITS);
        inb_buffer_text(out, "]}");
    } else {
        inb_buffer_text(out, "null}");
    }
}

static void put_row(inb_buffer *out, const inb_estimate *estimate, const inb_ensemble_row *row) {
    inb_buffer_format(out, "{\"kind\":\"%s\",\"method\":", inb_ensemble_kind_name(row->kind));
    inb_buffer_json(out, row->method);
    inb_buffer_text(out, ",\"lists\":[");
    bool first = true;
    for (size_t j = 0; j < estimate->list_count; j++) {
        if ((row->lists >> j & 1) != 0) {
            inb_buffer_text(out, first ? "" : ",");
            inb_buffer_json(out, estimate->lists[j]);
            first = false;
        }
    }
    inb_buffer_text(out, "],");
    put_number(out, "at", row->at > 0, row->at);
    inb_buffer_format(out, ",\"observed\":%lld,", (long long)row->observed);
    put_number(out, "estimate", row->has_estimate, row->estimate);
    if (row->kind == INB_ENSEMBLE_CONSISTENCY) {
        inb_buffer_format(out, ",\"known\":%lld", (long long)row->known);
    }
    inb_buffer_text(out, ",\"interval\":");
    if (row->has_interval) {
        put_interval(out, &row->interval);
    } else {
        inb_buffer_text(out, "null");
    }
    inb_buffer_text(out, ",\"note\":");
    if (row->note != NULL) {
        inb_buffer_json(out, row->note);
        inb_buffer_char(out, '}');
    } else {
        inb_buffer_text(out, "null}");
    }
}

static void put_ensemble(inb_buffer *out, const inb_estimate *estimate) {
    inb_buffer_text(out, ",\"ensemble\":[");
    for (size_t i = 0; i < estimate->ensemble_count; i++) {
        inb_buffer_text(out, i > 0 ? "," : "");
        put_row(out, estimate, &estimate->ensemble[i]);
    }
    inb_buffer_char(out, ']');
}

static void put_groups(inb_buffer *out, const inb_estimate *estimate) {
    inb_buffer_text(out, ",\"groups\":[");
    for (size_t g = 0; g < estimate->group_count; g++) {
        inb_buffer_text(out, g > 0 ? ",{\"group\":{" : "{\"group\":{");
        for (size_t i = 0; i < estimate->group_column_count; i++) {
            inb_buffer_text(out, i > 0 ? "," : "");
            inb_buffer_json(out, estimate->group_columns[i]);
            inb_buffer_char(out, ':');
            const char *value = estimate->groups[g].group_values[i];
            if (value == NULL) {
                inb_buffer_text(out, "null");
            } else {
                inb_buffer_json(out, value);
            }
        }
        inb_buffer_text(out, "},");
        put_figures(out, estimate, &estimate->groups[g]);
        inb_buffer_char(out, '}');
    }
    inb_buffer_char(out, ']');
}

void inb_estimate_json(const inb_estimate *estimate, inb_buffer *out) {
    inb_buffer_char(out, '{');
    put_numbers(out, &estimate->total);
    put_headline(out, &estimate->headline);
    put_interval_of(out, &estimate->total);
    inb_buffer_format(out, ",\"method\":\"%s\"", inb_count_method_name(estimate->method));
    put_model(out, &estimate->total);
    put_beside(out, estimate, &estimate->total);
    put_posterior(out, &estimate->total);
    inb_buffer_char(out, ',');
    put_warnings(out, &estimate->total);
    put_groups(out, estimate);
    inb_buffer_text(out, ",\"pooled\":");
    if (estimate->has_pooled) {
        inb_buffer_char(out, '{');
        put_figures(out, estimate, &estimate->pooled);
        inb_buffer_char(out, '}');
    } else {
        inb_buffer_text(out, "null");
    }
    if (estimate->has_chapman) {
        inb_buffer_text(out, ",\"chapman\":{");
        put_number(out, "estimate", true, estimate->chapman.estimate);
        inb_buffer_char(out, ',');
        put_number(out, "se", true, estimate->chapman.se);
        inb_buffer_char(out, '}');
    }
    inb_buffer_text(out, ",\"compared\":[");
    for (size_t i = 0; i < estimate->compared_count; i++) {
        const inb_method_figure *figure = &estimate->compared[i];
        inb_buffer_format(
            out, "%s{\"method\":\"%s\",", i > 0 ? "," : "", inb_count_method_name(figure->method));
        put_number(out, "estimate", figure->has_estimate, figure->estimate);
        inb_buffer_char(out, '}');
    }
    inb_buffer_char(out, ']');
    put_ensemble(out, estimate);
    inb_buffer_char(out, ',');
    put_draws(out, estimate);
    inb_buffer_char(out, '}');
}
