// SPDX-License-Identifier: EUPL-1.2
// Cormack's profile-likelihood interval for the number of people on no list.
#ifndef INB_4_COUNT_PROFILE_H
#define INB_4_COUNT_PROFILE_H

#include <inbeeld/count.h>

typedef struct inb_profile {
    bool given;  // false: no maximum inside, no end above, or cells that are missing or censored
    double best; // people on no list at the profile's own maximum (not quite the Poisson estimate)
    double low;  // people on no list; 0 where half a person is still inside
    double high;
} inb_profile;

// For the model terms[term_count] on cells[1 << list_count]; `hidden` is its Poisson estimate,
// which has to exist (status 0). O(60) fits.
inb_status inb_profile_interval(size_t list_count, const inb_cell *cells, const inb_list_set *terms,
    size_t term_count, double hidden, double level, inb_profile *ret_profile,
    inb_error *err) INB_NODISCARD;

#endif
