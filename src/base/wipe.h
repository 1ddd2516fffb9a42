// SPDX-License-Identifier: EUPL-1.2
// What was opened leaves pieces on the stack, in frames of functions that have returned.
#ifndef INB_BASE_WIPE_H
#define INB_BASE_WIPE_H

enum { INB_STACK_WIPED = 256 * 1024 }; // deeper than a page is made or a signal is opened

// Wipes so many bytes of this thread's stack below its caller. A few microseconds.
void inb_wipe_stack(void);

#endif
