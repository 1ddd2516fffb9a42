// SPDX-License-Identifier: EUPL-1.2
// Linkage error carried into station 4: K histories over K drawn link structures, as `inbeeld link
// --draws` writes them, the error rates that go with them, and the published corrections for known
// rates (Ding, Fienberg 1994, Survey Methodology 20; docs/methods/linkage-error.md).
//
// Draws are confidential until they have passed station 5.
#ifndef INBEELD_DRAWS_H
#define INBEELD_DRAWS_H

#include <inbeeld/count.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { INB_DRAWS_LEAST = 2, INB_DRAWS_MOST = 10000 };

// A rate with its interval, all in [0, 1].
typedef struct inb_rate {
    double estimate;
    double low;
    double high;
} inb_rate;

// Error rates from one list to another.
typedef struct inb_link_rate {
    size_t from; // list numbers
    size_t to;
    inb_rate alpha; // P(linked | true match)
    inb_rate beta;  // P(a record of `from` without a match in `to` gets a link there)
} inb_link_rate;

// Histories over link structures drawn from what a linker holds possible.
typedef struct inb_draws {
    inb_arena *arena; // owns everything below
    size_t list_count;
    size_t count; // K
    size_t group_count;
    const inb_cell **tables; // [count * group_count][1 << list_count], groups as in the histories
    int64_t *observed;       // [count * group_count]
    size_t rate_count;       // 0 where DIR has no rates.json
    inb_link_rate *rates;
} inb_draws;

// Reads DIR/histories_0001.csv, _0002 … without a gap, and DIR/rates.json where it is there. Every
// draw has the lists, the groups and the kinds of cells of `like`; else INB_BAD_INPUT in words.
// Owner of *ret_draws: the caller.
inb_status inb_draws_read(const char *directory, const inb_histories *like, inb_draws **ret_draws,
    inb_error *err) INB_NODISCARD;

// rates.json alone, over bytes in memory: {"rates":[{"from":LIST,"to":LIST,"alpha":RATE,
// "beta":RATE},…]}, RATE = {"estimate":p,"low":p,"high":p}. Other keys are passed over.
// ret_rates[list_count * (list_count - 1)].
inb_status inb_link_rates_read_memory(const char *name, const char *data, size_t length,
    const char *const *lists, size_t list_count, inb_link_rate *ret_rates, size_t *ret_count,
    inb_error *err) INB_NODISCARD;

// Accept NULL.
void inb_draws_free(inb_draws *draws);
void inb_draws_freep(inb_draws **draws);

// True overlap of two lists from the linked one: linked = alpha m + beta (from_people - m), so
// m = (linked - beta from_people) / (alpha - beta). NAN where alpha <= beta or m is not positive.
double inb_corrected_overlap(double linked, double from_people, double alpha, double beta);

#ifdef __cplusplus
}
#endif
#endif
