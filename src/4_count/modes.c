// SPDX-License-Identifier: EUPL-1.2
// Gaussian kernel density of log(hidden + 1/2) on a grid, bandwidth by Silverman's rule (1986, eq.
// 3.31) from the quartiles; peaks and the dips between them are read off the grid, and shallow dips
// are closed, the shallowest first.

#include "modes.h"

#include <math.h>
#include <string.h>

enum { POINTS = 256 };

static const double DIP = 0.8; // a dip above this share of the lower peak is no dip

struct peak {
    size_t at;  // grid point
    size_t dip; // grid point of the dip before it
};

static double log_of(double hidden) {
    return log(hidden + 0.5);
}

// Counts on the grid, then smoothed by the kernel.
static void fill_density(const double *hidden, size_t count, double low, double step,
    double bandwidth, double density[POINTS]) {
    double share[POINTS] = {0};
    for (size_t i = 0; i < count; i++) {
        double place = fmin(fmax((log_of(hidden[i]) - low) / step, 0), POINTS - 1);
        share[(size_t)place] += 1 / (double)count;
    }
    for (size_t a = 0; a < POINTS; a++) {
        density[a] = 0;
        for (size_t b = 0; b < POINTS; b++) {
            double z = ((double)a - (double)b) * step / bandwidth;
            density[a] += share[b] > 0 ? share[b] * exp(-z * z / 2) : 0;
        }
    }
}

static size_t find_peaks(const double density[POINTS], struct peak peaks[POINTS]) {
    size_t count = 0;
    size_t dip = 0;
    for (size_t i = 0; i < POINTS; i++) {
        dip = density[i] < density[dip] ? i : dip;
        bool rises = i == 0 || density[i] > density[i - 1];
        bool falls = i + 1 == POINTS || density[i] >= density[i + 1];
        if (rises && falls) {
            peaks[count++] = (struct peak){i, dip};
            dip = i;
        }
    }
    return count;
}

// Closes the shallowest dip; false where none is shallow.
static bool close_dip(const double density[POINTS], struct peak *peaks, size_t *count) {
    double highest = DIP;
    size_t found = 0;
    for (size_t i = 1; i < *count; i++) {
        double lower = fmin(density[peaks[i].at], density[peaks[i - 1].at]);
        double ratio = density[peaks[i].dip] / lower;
        if (ratio > highest) {
            highest = ratio;
            found = i;
        }
    }
    if (found == 0) {
        return false;
    }
    if (density[peaks[found].at] > density[peaks[found - 1].at]) {
        peaks[found - 1].at = peaks[found].at;
    }
    (*count)--;
    for (size_t i = found; i < *count; i++) {
        peaks[i] = peaks[i + 1];
    }
    return true;
}

static size_t below(const double *hidden, size_t count, double log_limit) {
    size_t least = 0;
    while (count > least) {
        size_t middle = least + (count - least) / 2;
        if (log_of(hidden[middle]) < log_limit) {
            least = middle + 1;
        } else {
            count = middle;
        }
    }
    return least;
}

double inb_modes_share(const double *hidden, size_t count, const double dips[2]) {
    size_t inside = 0;
    for (size_t i = 0; i < count; i++) {
        double at = log_of(hidden[i]);
        inside += at >= dips[0] && at < dips[1];
    }
    return (double)inside / (double)count;
}

size_t inb_modes_of(const double *hidden, size_t count, double people,
    inb_mode ret_modes[INB_MODES_MOST], double (*ret_dips)[2]) {
    double own[INB_MODES_MOST][2];
    double(*dips)[2] = ret_dips == NULL ? own : ret_dips;
    if (count == 0) {
        return 0;
    }
    double low = log_of(hidden[count / 200]);
    double high = log_of(hidden[count - 1 - count / 200]);
    double quartiles = log_of(hidden[count - 1 - count / 4]) - log_of(hidden[count / 4]);
    double bandwidth = 0.9 * quartiles / 1.34 * pow((double)count, -0.2);
    double step = (high - low) / (POINTS - 1);
    if (!(step > 0) || !(bandwidth > 0)) {
        ret_modes[0] = (inb_mode){people + hidden[count / 2], 1};
        dips[0][0] = -INFINITY;
        dips[0][1] = INFINITY;
        return 1;
    }
    double density[POINTS];
    struct peak peaks[POINTS];
    fill_density(hidden, count, low, step, fmax(bandwidth, 2 * step), density);
    size_t found = find_peaks(density, peaks);
    while (close_dip(density, peaks, &found)) {
        continue;
    }
    size_t kept = 0;
    for (size_t i = 0; i < found; i++) {
        double from = i == 0 ? -INFINITY : low + step * (double)peaks[i].dip;
        double to = i + 1 == found ? INFINITY : low + step * (double)peaks[i + 1].dip;
        double weight =
            (double)(below(hidden, count, to) - below(hidden, count, from)) / (double)count;
        double at = exp(low + step * ((double)peaks[i].at + 0.5)) - 0.5;
        // Sorted in: the lightest falls off where there are too many.
        size_t place = 0;
        while (place < kept && ret_modes[place].weight >= weight) {
            place++;
        }
        kept += kept < INB_MODES_MOST;
        for (size_t m = kept; m-- > place + 1;) {
            ret_modes[m] = ret_modes[m - 1];
            memcpy(dips[m], dips[m - 1], sizeof dips[m]);
        }
        if (place < kept) {
            ret_modes[place] = (inb_mode){people + at, weight};
            dips[place][0] = from;
            dips[place][1] = to;
        }
    }
    return kept;
}
