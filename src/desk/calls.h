// SPDX-License-Identifier: EUPL-1.2
// The filter of system calls: what a desk that has started never asks of the kernel, it cannot.
#ifndef INB_DESK_CALLS_H
#define INB_DESK_CALLS_H

#include <stdbool.h>

// For the calling thread and all that it starts afterwards: no new socket, no connection, no other
// process or program, no look into another process, no change of mounts, names or kernel. Such a
// call fails with EPERM. False where the kernel has no filters; nothing is changed then.
bool inb_calls_filter(void);

#endif
