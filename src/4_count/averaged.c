// SPDX-License-Identifier: EUPL-1.2
// Model averaging by Akaike weights (Buckland, Burnham, Augustin 1997, doi:10.2307/2533961;
// Burnham, Anderson 2004): each hierarchical model of main effects and pairs that has a finite,
// identified estimate counts by exp(-(AIC - least AIC) / 2), and says that log hidden is normal
// around its estimate with its standard error. The limits are quantiles of that mixture. Models
// less than a thousandth as likely as the best are left out.

#include "averaged.h"

#include "base/alloc.h"
#include "math/normal.h"
#include "search.h"

#include <math.h>

static const double WINDOW = 13.8;  // 2 log 1000
static const double PATIENCE = 2e9; // multiplications of the search: two or three seconds

struct part {
    double weight;
    double log_hidden;
    double se;
};

static double share_below(const struct part *parts, size_t count, double log_hidden) {
    double below = 0;
    double all = 0;
    for (size_t i = 0; i < count; i++) {
        all += parts[i].weight;
        below +=
            parts[i].weight * inb_normal_below((log_hidden - parts[i].log_hidden) / parts[i].se);
    }
    return below / all;
}

static double quantile(const struct part *parts, size_t count, double p) {
    double low = INFINITY;
    double high = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        double reach = (1 + fabs(inb_normal_quantile(p))) * parts[i].se;
        low = fmin(low, parts[i].log_hidden - reach);
        high = fmax(high, parts[i].log_hidden + reach);
    }
    for (int step = 0; step < 100 && high - low > 1e-12; step++) {
        double middle = low + 0.5 * (high - low);
        bool below = share_below(parts, count, middle) < p;
        low = below ? middle : low;
        high = below ? high : middle;
    }
    return high;
}

// The models near the best, fitted. *ret_count parts of parts[near count].
static inb_status fit_parts(inb_search *search, const inb_cell *cells, double best,
    const inb_near_model *near, size_t near_count, struct part *parts, size_t *ret_count,
    inb_error *err) {
    size_t count = 0;
    for (size_t i = 0; i < near_count; i++) {
        inb_fit fit;
        INB_TRY(
            inb_fit_model(inb_search_room(search), cells, near[i].terms, near[i].count, &fit, err));
        if (fit.converged && fit.status == 0 && fit.hidden > 0 && fit.log_hidden_se > 0) {
            parts[count++] =
                (struct part){exp(-(near[i].value - best) / 2), log(fit.hidden), fit.log_hidden_se};
        }
    }
    *ret_count = count;
    return INB_OK;
}

inb_status inb_averaged_interval(size_t list_count, const inb_cell *cells, double level,
    inb_averaged *ret_averaged, inb_error *err) {
    *ret_averaged = (inb_averaged){.given = false};
    if (list_count < INB_AVERAGED_LEAST || list_count > INB_AVERAGED_MOST) {
        return INB_OK;
    }
    inb_search_options options = {INB_SEARCH_AIC, 2, PATIENCE, WINDOW, NULL};
    INB_CLEANUP(inb_search_freep) inb_search *search = NULL;
    INB_TRY(inb_search_new(list_count, &options, &search, err));
    inb_list_set array[1 << INB_AVERAGED_MOST];
    inb_terms terms = {list_count, array, 0};
    inb_search_result result;
    INB_TRY(inb_search_run(search, cells, NULL, &terms, &result, err));
    size_t near_count;
    bool all;
    const inb_near_model *near = inb_search_near(search, &near_count, &all);
    if (!result.found || !all) {
        return INB_OK;
    }
    INB_CLEANUP(inb_freep) struct part *parts = inb_alloc(near_count, sizeof *parts);
    if (parts == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to average models");
    }
    size_t count;
    INB_TRY(fit_parts(search, cells, result.value, near, near_count, parts, &count, err));
    if (count == 0) {
        return INB_OK;
    }
    double low = exp(quantile(parts, count, 0.5 - level / 2));
    double high = exp(quantile(parts, count, 0.5 + level / 2));
    *ret_averaged = (inb_averaged){isfinite(high), low, high, count};
    return INB_OK;
}
