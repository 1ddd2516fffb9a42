// SPDX-License-Identifier: EUPL-1.2
// A frame of its own over the frames that were there, filled with zeros.

#include "base/wipe.h"

#include <string.h>

__attribute__((noinline)) void inb_wipe_stack(void) {
    char below[INB_STACK_WIPED];
    explicit_bzero(below, sizeof below);
}
