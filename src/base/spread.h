// SPDX-License-Identifier: EUPL-1.2
// Work that falls into independent pieces, and who does it: threads of this process here; other
// machines can stand behind the same interface.
#ifndef INB_BASE_SPREAD_H
#define INB_BASE_SPREAD_H

#include <inbeeld/status.h>

// One piece. `worker` is below spread->workers; no two pieces run at once with the same worker.
typedef inb_status (*inb_spread_piece)(void *context, size_t worker, size_t piece, inb_error *err);

typedef struct inb_spread {
    size_t workers; // at least 1
    // Runs pieces 0 .. count-1, each once, in any order; after a failure no new ones begin. Of
    // several failures the one of the lowest piece is reported.
    inb_status (*run)(const struct inb_spread *spread, size_t count, inb_spread_piece piece,
        void *context, inb_error *err);
} inb_spread;

// Threads of this process, the calling one among them.
inb_spread inb_spread_threads(size_t threads);

#endif
