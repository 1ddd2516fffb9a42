// SPDX-License-Identifier: EUPL-1.2
// POSIX threads that take the next piece from a shared counter. A thread that cannot be had is no
// failure: the others do its share. The calling thread tells how many pieces are done.

#include "base/alloc.h"

#include <inbeeld/spread.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

struct job {
    size_t count;
    inb_spread_piece piece;
    void *context;
    atomic_size_t next;
    atomic_size_t done;
    const inb_spread *spread;
    atomic_bool failed;
    pthread_mutex_t lock; // of the three below
    size_t failed_piece;
    inb_status status;
    inb_error error;
};

struct worker {
    struct job *job;
    size_t number;
    pthread_t thread;
    bool started;
};

static void report(struct job *job, size_t piece, inb_status status, const inb_error *error) {
    pthread_mutex_lock(&job->lock);
    if (job->status == INB_OK || piece < job->failed_piece) {
        job->failed_piece = piece;
        job->status = status;
        job->error = *error;
    }
    pthread_mutex_unlock(&job->lock);
    atomic_store(&job->failed, true);
}

static void *work(void *argument) {
    struct worker *worker = argument;
    struct job *job = worker->job;
    while (!atomic_load(&job->failed)) {
        size_t piece = atomic_fetch_add(&job->next, 1);
        if (piece >= job->count) {
            break;
        }
        inb_error error = INB_ERROR_INIT;
        inb_status status = job->piece(job->context, worker->number, piece, &error);
        if (status != INB_OK) {
            report(job, piece, status, &error);
        }
        size_t done = atomic_fetch_add(&job->done, 1) + 1;
        if (worker->number == 0) {
            inb_progress_tell(job->spread->progress, job->spread->what, done, job->count);
        }
    }
    return NULL;
}

static inb_status run_threads(
    const inb_spread *spread, size_t count, inb_spread_piece piece, void *context, inb_error *err) {
    INB_CLEANUP(inb_freep) struct worker *workers = inb_alloc(spread->workers, sizeof *workers);
    if (workers == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for threads");
    }
    struct job job = {.count = count, .piece = piece, .context = context, .spread = spread};
    pthread_mutex_init(&job.lock, NULL);
    for (size_t i = 0; i < spread->workers; i++) {
        workers[i].job = &job;
        workers[i].number = i;
        workers[i].started =
            i > 0 && pthread_create(&workers[i].thread, NULL, work, &workers[i]) == 0;
    }
    (void)work(&workers[0]);
    for (size_t i = 1; i < spread->workers; i++) {
        if (workers[i].started) {
            pthread_join(workers[i].thread, NULL);
        }
    }
    pthread_mutex_destroy(&job.lock);
    if (job.status != INB_OK && err != NULL && err->status == INB_OK) {
        *err = job.error;
    }
    return job.status;
}

inb_spread inb_spread_threads(size_t threads) {
    return (inb_spread){threads == 0 ? 1 : threads, run_threads, NULL, NULL};
}

inb_spread inb_spread_or_threads(const inb_spread *given, size_t threads) {
    return given == NULL ? inb_spread_threads(threads) : *given;
}

inb_status inb_spread_run(const inb_spread *spread, const char *what, size_t count,
    inb_spread_piece piece, void *context, inb_error *err) {
    inb_spread named = *spread;
    named.what = what;
    return named.run(&named, count, piece, context, err);
}

void inb_progress_tell(const inb_progress *progress, const char *what, size_t done, size_t count) {
    if (progress != NULL) {
        progress->tell(progress->payload, what, done, count);
    }
}
