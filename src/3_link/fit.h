// SPDX-License-Identifier: EUPL-1.2
// The two classes of pairs, matching and other, fitted to counts of patterns of agreement: EM with
// Dirichlet priors for the matching class, the other one held at random pairs. Knows nothing of
// records, so that comparisons of encodings can be fitted as well.
#ifndef INB_3_LINK_FIT_H
#define INB_3_LINK_FIT_H

#include <inbeeld/status.h>

#include <stdbool.h>
#include <stdint.h>

enum { INB_FIT_FEATURES = 21, INB_FIT_LEVELS = 8, INB_FIT_JOINT = 4 };

// Features first .. first + count - 1, which may depend on each other in both classes.
typedef struct inb_fit_group {
    unsigned first;
    unsigned count; // 1 .. INB_FIT_JOINT
} inb_fit_group;

// A pattern has three bits a feature: 0 not compared, 1 different, .. exact[f], and possibly more
// up to top[f] that have no place in the order.
typedef struct inb_fit_layout {
    size_t features;
    unsigned exact[INB_FIT_FEATURES];
    unsigned top[INB_FIT_FEATURES];
    size_t group_count;
    inb_fit_group groups[INB_FIT_FEATURES];
    // A group: its features, one bit each, in which two persons of one household agree as one
    // person would; and which share of them usually agrees on it as one person would (0 = none).
    unsigned home[INB_FIT_FEATURES];
    double shared[INB_FIT_FEATURES];
    // A group: its features, one bit each, that a person keeps.
    unsigned person[INB_FIT_FEATURES];
} inb_fit_layout;

// Distinct patterns and how many pairs have each.
typedef struct inb_pattern_counts {
    uint64_t *patterns;
    double *counts;
    size_t count;
} inb_pattern_counts;

void inb_pattern_counts_clear(inb_pattern_counts *counts);

typedef struct inb_fit_input {
    const inb_fit_layout *layout;
    const inb_pattern_counts *candidates; // pairs that may match
    const inb_pattern_counts *random;     // pairs drawn from all pairs, or all of them
    double pairs;                         // how many pairs there are in all
    double most_matches;                  // there cannot be more (for a list of persons)
    // Chance that two random persons have equal values, a feature; negative = from the random
    // pairs.
    const double *exact_u;
    const struct inb_fit *before; // of the same layout, to go on from; NULL = from usual chances
} inb_fit_input;

typedef struct inb_fit {
    inb_fit_layout layout;
    double prior;     // share of all pairs that match
    double home_odds; // pairs of one household for each other pair that does not match; 0 = none
    bool aside;       // those of one household are pairs that EM had taken for matching ones first
    double share[INB_FIT_FEATURES]; // a group that some of a household share: chance of that
    double matches;                 // expected number of matching candidates
    double rule; // matches that the deterministic rule found, where the fit began
    size_t iterations;
    // A group of several features: share of matching pairs whose levels are as of two persons
    // (moved, another date); it is in m.
    double replaced[INB_FIT_FEATURES];
    double *m[INB_FIT_FEATURES]; // a group: chance of each of its patterns, given what is blank
    double *u[INB_FIT_FEATURES]; // the same of pairs that do not match
    double *weight[INB_FIT_FEATURES];      // log(m / u)
    double *home_weight[INB_FIT_FEATURES]; // log(chance in a household / u)
    // A feature on its own, blanks aside.
    double m_level[INB_FIT_FEATURES][INB_FIT_LEVELS];
    double u_level[INB_FIT_FEATURES][INB_FIT_LEVELS];
    double m_count[INB_FIT_FEATURES][INB_FIT_LEVELS]; // expected matching pairs behind m_level
    double u_count[INB_FIT_FEATURES][INB_FIT_LEVELS];
    bool refused[INB_FIT_FEATURES]; // a group: agreement does not speak for a match; weights are 0
    unsigned muted[INB_FIT_FEATURES]; // a group: of its features, one bit each, those of which that
                                      // is so; in m they are as in u
} inb_fit;

// INB_NOT_IDENTIFIED where no group tells the classes apart. Owner of *ret_fit: the caller.
inb_status inb_fit_run(const inb_fit_input *input, inb_fit **ret_fit, inb_error *err) INB_NODISCARD;
// A fit with usual chances for matching pairs and no iterations: to begin with.
inb_status inb_fit_start(
    const inb_fit_input *input, inb_fit **ret_fit, inb_error *err) INB_NODISCARD;
void inb_fit_freep(inb_fit **fit);

static inline size_t inb_group_index(const inb_fit_group *group, uint64_t pattern) {
    return (size_t)(pattern >> (3 * group->first)) & (((size_t)1 << (3 * group->count)) - 1);
}

// log of how much likelier a pattern is for two persons of one household than for any two.
static inline double inb_fit_home_weight(const inb_fit *fit, uint64_t pattern) {
    double weight = 0;
    for (size_t g = 0; g < fit->layout.group_count; g++) {
        if (fit->layout.home[g] != 0 || fit->layout.shared[g] > 0) {
            weight += fit->home_weight[g][inb_group_index(&fit->layout.groups[g], pattern)];
        }
    }
    return weight;
}

// What a pair of one household takes from a pair's weight.
double inb_fit_home_cost(const inb_fit *fit, double home_weight);

// log(m / u) of a whole pattern, households aside.
static inline double inb_fit_weight(const inb_fit *fit, uint64_t pattern) {
    double weight = 0;
    for (size_t g = 0; g < fit->layout.group_count; g++) {
        weight += fit->weight[g][inb_group_index(&fit->layout.groups[g], pattern)];
    }
    return weight;
}

#endif
