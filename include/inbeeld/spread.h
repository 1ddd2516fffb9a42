// SPDX-License-Identifier: EUPL-1.2
// Work that falls into independent pieces: who does it, and who hears how far it is. Stations are
// handed an inb_spread and know neither threads nor machines nor terminals; src/spread makes one.
#ifndef INBEELD_SPREAD_H
#define INBEELD_SPREAD_H

#include <inbeeld/status.h>

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// Hears how far long work is. Called now and then by the thread that called the station, never by
// two at once; done <= count. `what` is static, one or two English words ("replicates"), or NULL.
typedef struct inb_progress {
    void (*tell)(void *payload, const char *what, size_t done, size_t count);
    void *payload;
} inb_progress;

// progress may be NULL: nobody listens.
void inb_progress_tell(const inb_progress *progress, const char *what, size_t done, size_t count);

// One piece. `worker` is below spread->workers; no two pieces run at once with the same worker.
typedef inb_status (*inb_spread_piece)(void *context, size_t worker, size_t piece, inb_error *err);

typedef struct inb_spread {
    size_t workers; // at least 1
    // Runs pieces 0 .. count-1, each once, in any order; after a failure no new ones begin. Of
    // several failures the one of the lowest piece is reported. Call inb_spread_run.
    inb_status (*run)(const struct inb_spread *spread, size_t count, inb_spread_piece piece,
        void *context, inb_error *err);
    const inb_progress *progress; // borrowed, or NULL
    const char *what;             // of the pieces that run, or NULL
} inb_spread;

// Runs the pieces by `spread` and lets its listener know what they are.
inb_status inb_spread_run(const inb_spread *spread, const char *what, size_t count,
    inb_spread_piece piece, void *context, inb_error *err) INB_NODISCARD;

// Threads of this process, the calling one among them; 0 = 1. Nobody listens.
inb_spread inb_spread_threads(size_t threads);

// `given`, or where that is NULL threads of this process.
inb_spread inb_spread_or_threads(const inb_spread *given, size_t threads);

#ifdef __cplusplus
}
#endif
#endif
