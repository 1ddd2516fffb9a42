// SPDX-License-Identifier: EUPL-1.2
// One lock, one list and a count of what is aside. A task is at its worker, in the list or aside;
// `woken` holds a call to wake that finds it at its worker, so that no order of the two loses it.

#include "queue.h"

#include "base/alloc.h"

#include <pthread.h>
#include <string.h>

enum { WORKERS_MOST = 16 };

struct inb_queue {
    pthread_mutex_t lock;
    pthread_cond_t work; // there is a task, or the end
    inb_queue_do function;
    inb_task *first;
    inb_task *last;
    size_t aside;
    bool ending;
    pthread_t workers[WORKERS_MOST];
    size_t worker_count;
};

// Caller holds the lock.
static void put(inb_queue *queue, inb_task *task) {
    task->next = NULL;
    if (queue->last == NULL) {
        queue->first = task;
    } else {
        queue->last->next = task;
    }
    queue->last = task;
    // All of them: at the end some wait for the last one that is aside.
    (void)pthread_cond_broadcast(&queue->work);
}

// Does a task until it is through or aside. Caller holds no lock; the task may be gone afterwards.
static void carry_out(inb_queue *queue, inb_task *task, bool ending) {
    while (!queue->function(task, ending)) {
        pthread_mutex_lock(&queue->lock);
        bool again = task->woken;
        task->woken = false;
        task->aside = !again;
        queue->aside += again ? 0 : 1;
        pthread_mutex_unlock(&queue->lock);
        if (!again) {
            return;
        }
    }
}

static void *work(void *payload) {
    inb_queue *queue = payload;
    pthread_mutex_lock(&queue->lock);
    for (;;) {
        while (queue->first == NULL && !(queue->ending && queue->aside == 0)) {
            pthread_cond_wait(&queue->work, &queue->lock);
        }
        inb_task *task = queue->first;
        if (task == NULL) {
            break;
        }
        queue->first = task->next;
        queue->last = queue->first == NULL ? NULL : queue->last;
        bool ending = queue->ending;
        pthread_mutex_unlock(&queue->lock);
        carry_out(queue, task, ending);
        pthread_mutex_lock(&queue->lock);
    }
    pthread_mutex_unlock(&queue->lock);
    return NULL;
}

static void free_queue(inb_queue **queue) {
    inb_queue_free(*queue);
}

inb_status inb_queue_new(
    size_t workers, inb_queue_do function, inb_queue **ret_queue, inb_error *err) {
    INB_CLEANUP(free_queue) inb_queue *queue = inb_alloc(1, sizeof *queue);
    if (queue == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the queue");
    }
    queue->function = function;
    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->work, NULL);
    if (workers == 0 || workers > WORKERS_MOST) {
        return inb_fail(err, INB_INTERNAL, "a queue has 1 to %d workers", WORKERS_MOST);
    }
    for (size_t i = 0; i < workers; i++) {
        int failed = pthread_create(&queue->workers[i], NULL, work, queue);
        if (failed != 0) {
            return inb_fail(err, INB_UNAVAILABLE, "no thread to work with: %s", strerror(failed));
        }
        queue->worker_count++;
    }
    *ret_queue = INB_TAKE(queue);
    return INB_OK;
}

bool inb_queue_add(inb_queue *queue, inb_task *task) {
    pthread_mutex_lock(&queue->lock);
    bool takes = !queue->ending;
    if (takes) {
        put(queue, task);
    }
    pthread_mutex_unlock(&queue->lock);
    return takes;
}

void inb_queue_wake(inb_queue *queue, inb_task *task) {
    pthread_mutex_lock(&queue->lock);
    if (task->aside) {
        task->aside = false;
        queue->aside--;
        put(queue, task);
    } else {
        task->woken = true; // its worker is not through yet
    }
    pthread_mutex_unlock(&queue->lock);
}

void inb_queue_end(inb_queue *queue) {
    if (queue == NULL) {
        return;
    }
    pthread_mutex_lock(&queue->lock);
    queue->ending = true;
    (void)pthread_cond_broadcast(&queue->work);
    pthread_mutex_unlock(&queue->lock);
    for (size_t i = 0; i < queue->worker_count; i++) {
        (void)pthread_join(queue->workers[i], NULL);
    }
    queue->worker_count = 0;
}

void inb_queue_free(inb_queue *queue) {
    if (queue == NULL) {
        return;
    }
    inb_queue_end(queue);
    pthread_cond_destroy(&queue->work);
    pthread_mutex_destroy(&queue->lock);
    inb_free(queue);
}
