// SPDX-License-Identifier: EUPL-1.2
// Tasks that wait are taken up again whoever is quicker, worker or waker. The orders are forced,
// not hoped for: a task that is woken from within its own function is always woken too early.

#include "desk/queue.h"

#include "inb_test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

enum { HANG_SECONDS = 20, MANY = 200, ROUNDS = 5 };

// How a task waits, each time that it does.
typedef enum order {
    WOKEN_EARLY,  // before its worker put it aside
    WOKEN_LATE,   // after
    WOKEN_BESIDE, // by a thread that runs at the same time
    ORDERS
} order;

typedef struct job {
    inb_task task;
    order order;
    unsigned left; // times that it still waits
    atomic_uint done;
    atomic_uint through;
    pthread_t waker;
    bool has_waker;
} job;

static inb_queue *queue;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t moved = PTHREAD_COND_INITIALIZER;
static size_t through_count;

static void *wake_it(void *payload) {
    job *j = payload;
    inb_queue_wake(queue, &j->task);
    return NULL;
}

static bool do_job(inb_task *task, bool ending) {
    job *j = (job *)task; // its first member
    (void)ending;
    atomic_fetch_add(&j->done, 1);
    if (j->left > 0) {
        j->left--;
        if (j->order == WOKEN_EARLY) {
            inb_queue_wake(queue, task);
        } else if (j->order == WOKEN_BESIDE) {
            if (j->has_waker) {
                pthread_join(j->waker, NULL);
            }
            ck_assert_int_eq(pthread_create(&j->waker, NULL, wake_it, j), 0);
            j->has_waker = true;
        }
        return false;
    }
    atomic_fetch_add(&j->through, 1);
    pthread_mutex_lock(&lock);
    through_count++;
    pthread_cond_broadcast(&moved);
    pthread_mutex_unlock(&lock);
    return true;
}

// A guard against hanging for ever where a waking is lost; it decides nothing else.
static bool all_through(size_t wanted) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += HANG_SECONDS;
    pthread_mutex_lock(&lock);
    int waited = 0;
    while (through_count < wanted && waited == 0) {
        waited = pthread_cond_timedwait(&moved, &lock, &until);
    }
    bool all = through_count == wanted;
    pthread_mutex_unlock(&lock);
    return all;
}

static void begin(size_t workers) {
    through_count = 0;
    INB_OK_IS(inb_queue_new(workers, do_job, &queue, err));
}

INB_TEST(a_task_that_is_woken_too_early_is_not_lost) {
    for (size_t workers = 1; workers <= 2; workers++) {
        job j = {.order = WOKEN_EARLY, .left = ROUNDS};
        begin(workers);
        ck_assert(inb_queue_add(queue, &j.task));
        ck_assert_msg(all_through(1), "a waking before its worker was through is lost");
        ck_assert_uint_eq(j.done, ROUNDS + 1);
        ck_assert_uint_eq(j.through, 1);
        ck_assert(!j.task.aside && !j.task.woken);
        inb_queue_free(queue);
    }
}
INB_END

INB_TEST(a_task_that_is_aside_is_taken_up_once) {
    job j = {.order = WOKEN_LATE, .left = 2};
    begin(1);
    ck_assert(inb_queue_add(queue, &j.task));
    for (unsigned round = 1; round <= 2; round++) {
        // One worker: once it has done the next task, the first one is aside.
        job next = {.order = WOKEN_LATE};
        ck_assert(inb_queue_add(queue, &next.task));
        ck_assert(all_through(round));
        ck_assert_uint_eq(j.done, round);
        ck_assert(j.task.aside);
        inb_queue_wake(queue, &j.task);
    }
    ck_assert_msg(all_through(3), "a waking of a task that was aside is lost");
    ck_assert_uint_eq(j.done, 3);
    inb_queue_free(queue);
}
INB_END

INB_TEST(at_the_end_all_that_waits_is_done_first) {
    static job jobs[MANY];
    for (size_t i = 0; i < MANY; i++) {
        jobs[i] = (job){.order = i % 2 == 0 ? WOKEN_BESIDE : WOKEN_EARLY, .left = ROUNDS};
    }
    begin(2);
    for (size_t i = 0; i < MANY; i++) {
        ck_assert(inb_queue_add(queue, &jobs[i].task));
    }
    inb_queue_end(queue); // hangs, or leaves some, where a waking is lost
    ck_assert_uint_eq(through_count, MANY);
    for (size_t i = 0; i < MANY; i++) {
        ck_assert_uint_eq(jobs[i].done, ROUNDS + 1);
        ck_assert_uint_eq(jobs[i].through, 1);
        if (jobs[i].has_waker) {
            pthread_join(jobs[i].waker, NULL);
        }
    }
    job late = {.order = WOKEN_EARLY};
    ck_assert(!inb_queue_add(queue, &late.task));
    ck_assert_uint_eq(late.done, 0);
    inb_queue_free(queue);
    inb_queue_end(NULL);
    inb_queue_free(NULL);
}
INB_END

INB_TEST(a_queue_has_workers) {
    inb_queue *none = NULL;
    INB_FAILS(inb_queue_new(0, do_job, &none, err), INB_INTERNAL, "1 to 16");
    INB_FAILS(inb_queue_new(17, do_job, &none, err), INB_INTERNAL, "1 to 16");
    ck_assert_ptr_null(none);
}
INB_END

INB_TEST_MAIN("desk/queue", a_task_that_is_woken_too_early_is_not_lost,
    a_task_that_is_aside_is_taken_up_once, at_the_end_all_that_waits_is_done_first,
    a_queue_has_workers)
