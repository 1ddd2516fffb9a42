// SPDX-License-Identifier: EUPL-1.2
// Pictures of an estimate and the table under each: SVG that stands alone (English, no script, no
// font or style from elsewhere) and CSV with the same numbers.
//
// They show estimates, which are confidential until they have passed station 5's protection.
#ifndef INBEELD_PLOTS_H
#define INBEELD_PLOTS_H

#include <inbeeld/buffer.h>
#include <inbeeld/count.h>

#ifdef __cplusplus
extern "C" {
#endif

// X(NUMBER, "file name without ending")
#define INB_PLOTS(X)                                                                               \
    X(ENSEMBLE, "ensemble")       /* every method, list left out and pair taken as one */          \
    X(THRESHOLD, "threshold")     /* N against the threshold of stepwise */                        \
    X(SENSITIVITY, "sensitivity") /* N against the odds ratio of each pair of lists */             \
    X(REPLICATES, "replicates")   /* how the replicates, or the posterior's draws, are spread */

typedef enum inb_plot {
#define INB_I_NUMBER(number, name) INB_PLOT_##number,
    INB_PLOTS(INB_I_NUMBER)
#undef INB_I_NUMBER
        INB_PLOT_COUNT
} inb_plot;

// "ensemble", …; static.
const char *inb_plot_name(inb_plot plot);

// Whether the estimate holds what the plot shows.
bool inb_plot_has(const inb_estimate *estimate, inb_plot plot);

// An SVG document; nothing where there is nothing to show. O(rows).
void inb_plot_svg(const inb_estimate *estimate, inb_plot plot, inb_buffer *out);

// The same numbers, a header row first; numbers with twelve digits.
void inb_plot_csv(const inb_estimate *estimate, inb_plot plot, inb_buffer *out);

#ifdef __cplusplus
}
#endif
#endif
