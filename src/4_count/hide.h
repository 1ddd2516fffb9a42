// SPDX-License-Identifier: EUPL-1.2
// One table of a picture to the number that remains hidden, with draws of the links where there are
// any. Private to 4_count.
#ifndef INB_COUNT_HIDE_H
#define INB_COUNT_HIDE_H

#include <inbeeld/overview.h>

typedef struct inb_i_hide_input {
    size_t lists; // at most INB_LISTS_MOST
    const char *const *names;
    const int64_t *full;                 // people by history, [1 << lists]
    size_t draw_count;                   // fewer than two = none
    const int64_t *draws;                // [draw_count][1 << lists]
    bool linked;                         // false: nothing is estimated
    const inb_estimate_options *options; // bootstrap 0 = ten replicates a draw
} inb_i_hide_input;

// Lists that saw nobody of the table are left out, of the draws too. O(draws * 2^lists) and the
// estimate.
inb_status inb_i_hide(
    const inb_i_hide_input *input, inb_hidden *ret_hidden, inb_error *err) INB_NODISCARD;

#endif
