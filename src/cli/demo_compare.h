// SPDX-License-Identifier: EUPL-1.2
// The truth of a generated region beside what an estimate makes of it, so that a newcomer sees what
// a picture misses.
#ifndef INB_CLI_DEMO_COMPARE_H
#define INB_CLI_DEMO_COMPARE_H

#include <inbeeld/world.h>

typedef struct inb_demo_row {
    const char *group; // code of a form, "all"; static
    int64_t seen;      // on one list or more
    int64_t truth;
    bool has_estimate;
    double estimate; // with its interval of 95 per cent
    double low;
    double high;
} inb_demo_row;

enum { INB_DEMO_ROWS = INB_WORLD_FORMS + 1 };

// Each form, then all together; by stepwise on the true histories. Groups with nobody in them have
// truth 0.
inb_status inb_demo_compare(const inb_world_tally *tally, inb_demo_row ret_rows[INB_DEMO_ROWS],
    inb_error *err) INB_NODISCARD;

void inb_demo_compare_text(const inb_demo_row rows[INB_DEMO_ROWS], inb_buffer *text);
void inb_demo_compare_json(const inb_demo_row rows[INB_DEMO_ROWS], inb_buffer *json); // a list

#endif
