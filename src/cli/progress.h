// SPDX-License-Identifier: EUPL-1.2
// How far long work is, on a terminal: a bar with the time left. Nothing where standard error is no
// terminal, and nothing for work that is over at once.
#ifndef INB_CLI_PROGRESS_H
#define INB_CLI_PROGRESS_H

#include <inbeeld/spread.h>

#include <stdbool.h>

typedef struct inb_bar {
    inb_progress progress; // to be handed to what works; its payload is this bar
    bool terminal;
    bool shown;          // something stands on the line
    double (*now)(void); // seconds of a clock that only goes on
    const char *what;    // of the work at hand
    double begun;
    double last;        // when it was drawn
    size_t done;        // as told last
    size_t done_before; // when it was `begun`
} inb_bar;

// The bar stays where it is until inb_bar_clear: its address is the payload.
void inb_bar_init(inb_bar *bar);

// Wipes what stands on the line, as before anything else is printed; the bar can go on. Accepts a
// bar that was only zeroed.
void inb_bar_clear(inb_bar *bar);

#endif
