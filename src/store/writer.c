// SPDX-License-Identifier: EUPL-1.2
// Group commit (DeWitt and others 1984, doi:10.1145/602259.602261): one thread writes for all.
// Waiting for the disk costs the same for one row as for 64, so what comes in together is committed
// together; whoever handed it in is told when it is durable, and not before.

#include "store_i.h"

#include "base/alloc.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
    QUEUE = 4096,
    STEP_NS = 250000, // while more comes in, a group is waited for in such steps,
    STEPS = 8         // 2 ms at most
};

struct job {
    const inb_work *work;
    inb_work_done done;
    void *payload;
};

// How a piece of work of the group ended.
struct outcome {
    inb_error error;
    uint32_t version;
};

struct inb_writer {
    inb_store *store; // the thread's own
    pthread_t thread;
    pthread_mutex_t lock; // guards all below
    pthread_cond_t more;  // there is work, or an end
    bool ending;
    size_t first; // of the ring
    size_t count;
    struct job ring[QUEUE];
    // The thread's own again.
    struct job group[INB_STORE_GROUP];
    struct outcome outcomes[INB_STORE_GROUP];
};

// Waits until the queue has something, then a little for what comes with it. Takes a group of 0
// pieces at the end.
static size_t take_group(inb_writer *writer) {
    (void)pthread_mutex_lock(&writer->lock);
    while (writer->count == 0 && !writer->ending) {
        (void)pthread_cond_wait(&writer->more, &writer->lock);
    }
    for (size_t step = 0, had = 0; step < STEPS && !writer->ending; step++) {
        if (writer->count >= INB_STORE_GROUP || (step > 0 && writer->count == had)) {
            break; // full, or nobody came in the last step
        }
        had = writer->count;
        (void)pthread_mutex_unlock(&writer->lock);
        (void)nanosleep(&(struct timespec){.tv_nsec = STEP_NS}, NULL);
        (void)pthread_mutex_lock(&writer->lock);
    }
    size_t count = writer->count < INB_STORE_GROUP ? writer->count : INB_STORE_GROUP;
    for (size_t i = 0; i < count; i++) {
        writer->group[i] = writer->ring[(writer->first + i) % QUEUE];
    }
    writer->first = (writer->first + count) % QUEUE;
    writer->count -= count;
    (void)pthread_mutex_unlock(&writer->lock);
    return count;
}

// Fails what has not failed by itself.
static void fail_rest(inb_writer *writer, size_t count, const inb_error *why) {
    for (size_t i = 0; i < count; i++) {
        if (writer->outcomes[i].error.status == INB_OK) {
            writer->outcomes[i].error = *why;
        }
    }
}

// A piece that is wrong fails alone; a store that fails, fails the group.
static void write_group(inb_writer *writer, size_t count) {
    inb_error error = INB_ERROR_INIT;
    memset(writer->outcomes, 0, sizeof writer->outcomes);
    if (inb_store_begin(writer->store, &error) != INB_OK) {
        fail_rest(writer, count, &error);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        struct outcome *outcome = &writer->outcomes[i];
        inb_status status = inb_store_apply(
            writer->store, writer->group[i].work, &outcome->version, &outcome->error);
        if (status == INB_IO || status == INB_UNAVAILABLE || status == INB_INTERNAL) {
            error = outcome->error;
            inb_store_rollback(writer->store);
            fail_rest(writer, count, &error);
            return;
        }
    }
    if (inb_store_commit(writer->store, &error) != INB_OK) {
        fail_rest(writer, count, &error);
    }
}

static void *run(void *payload) {
    inb_writer *writer = payload;
    for (size_t count; (count = take_group(writer)) > 0;) {
        write_group(writer, count);
        for (size_t i = 0; i < count; i++) {
            const struct outcome *outcome = &writer->outcomes[i];
            writer->group[i].done(outcome->error.status, outcome->error.message,
                outcome->error.status == INB_OK ? outcome->version : 0, writer->group[i].payload);
        }
    }
    return NULL;
}

inb_status inb_writer_new(
    const char *where, const inb_store_options *options, inb_writer **ret_writer, inb_error *err) {
    INB_CLEANUP(inb_store_freep) inb_store *store = NULL;
    INB_TRY(inb_store_open(where, options, &store, err));
    INB_CLEANUP(inb_freep) inb_writer *writer = inb_alloc(1, sizeof *writer);
    if (writer == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the writer");
    }
    writer->store = store;
    (void)pthread_mutex_init(&writer->lock, NULL);
    (void)pthread_cond_init(&writer->more, NULL);
    if (pthread_create(&writer->thread, NULL, run, writer) != 0) {
        (void)pthread_cond_destroy(&writer->more);
        (void)pthread_mutex_destroy(&writer->lock);
        return inb_fail(err, INB_UNAVAILABLE, "the machine gives no thread for the writer");
    }
    store = NULL; // the writer's
    *ret_writer = INB_TAKE(writer);
    return INB_OK;
}

inb_status inb_writer_add(
    inb_writer *writer, const inb_work *work, inb_work_done done, void *payload, inb_error *err) {
    (void)pthread_mutex_lock(&writer->lock);
    bool room = writer->count < QUEUE && !writer->ending;
    if (room) {
        writer->ring[(writer->first + writer->count) % QUEUE] = (struct job){work, done, payload};
        writer->count++;
        (void)pthread_cond_signal(&writer->more);
    }
    (void)pthread_mutex_unlock(&writer->lock);
    return room ? INB_OK
                : inb_fail(err, INB_UNAVAILABLE, "too much waits to be written; try again later");
}

// One who waits.
struct waiter {
    pthread_mutex_t lock;
    pthread_cond_t told;
    bool is_told;
    inb_error error;
    uint32_t version;
};

static void tell(inb_status status, const char *message, uint32_t version, void *payload) {
    struct waiter *waiter = payload;
    (void)pthread_mutex_lock(&waiter->lock);
    waiter->is_told = true;
    waiter->version = version;
    waiter->error.status = status;
    (void)snprintf(waiter->error.message, sizeof waiter->error.message, "%s", message);
    (void)pthread_cond_signal(&waiter->told);
    (void)pthread_mutex_unlock(&waiter->lock);
}

inb_status inb_writer_wait(
    inb_writer *writer, const inb_work *work, uint32_t *ret_version, inb_error *err) {
    struct waiter waiter = {.error = INB_ERROR_INIT};
    (void)pthread_mutex_init(&waiter.lock, NULL);
    (void)pthread_cond_init(&waiter.told, NULL);
    inb_status status = inb_writer_add(writer, work, tell, &waiter, err);
    if (status == INB_OK) {
        (void)pthread_mutex_lock(&waiter.lock);
        while (!waiter.is_told) {
            (void)pthread_cond_wait(&waiter.told, &waiter.lock);
        }
        (void)pthread_mutex_unlock(&waiter.lock);
        status = waiter.error.status;
        if (status != INB_OK) {
            (void)inb_fail(err, status, "%s", waiter.error.message);
        } else if (ret_version != NULL) {
            *ret_version = waiter.version;
        }
    }
    (void)pthread_cond_destroy(&waiter.told);
    (void)pthread_mutex_destroy(&waiter.lock);
    return status;
}

void inb_writer_free(inb_writer *writer) {
    if (writer == NULL) {
        return;
    }
    (void)pthread_mutex_lock(&writer->lock);
    writer->ending = true;
    (void)pthread_cond_signal(&writer->more);
    (void)pthread_mutex_unlock(&writer->lock);
    (void)pthread_join(writer->thread, NULL);
    (void)pthread_cond_destroy(&writer->more);
    (void)pthread_mutex_destroy(&writer->lock);
    inb_store_free(writer->store);
    inb_free(writer);
}

void inb_writer_freep(inb_writer **writer) {
    inb_writer_free(*writer);
}
