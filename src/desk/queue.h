// SPDX-License-Identifier: EUPL-1.2
// A queue of tasks with workers, for tasks that may have to wait for somebody else in between: such
// a task is put aside, costs no thread meanwhile, and is taken up again when that one wakes it. It
// may be woken before its worker has put it aside, and is not lost then.
#ifndef INB_DESK_QUEUE_H
#define INB_DESK_QUEUE_H

#include <inbeeld/status.h>

#include <stdbool.h>
#include <stddef.h>

typedef struct inb_queue inb_queue;

// Part of whatever is done; zeroed by its owner before it is added.
typedef struct inb_task {
    struct inb_task *next;
    bool aside; // waits to be woken
    bool woken; // whoever wakes it was quicker than its worker
} inb_task;

// Does the task, or a part of it. True: it is through, and may be gone already. False: it handed
// something in that will lead to one call of inb_queue_wake, perhaps before this returned; then it
// is done again. ending: inb_queue_end was called.
typedef bool (*inb_queue_do)(inb_task *task, bool ending);

// Starts the workers. Owner of *ret_queue: the caller.
inb_status inb_queue_new(
    size_t workers, inb_queue_do function, inb_queue **ret_queue, inb_error *err) INB_NODISCARD;
// False where the queue has ended: the caller does the task itself, which may not wait.
bool inb_queue_add(inb_queue *queue, inb_task *task);
// Once for each time that the task waits; any thread.
void inb_queue_wake(inb_queue *queue, inb_task *task);
// Lets the workers do all that was added and all that is aside, and ends them. Accepts NULL.
void inb_queue_end(inb_queue *queue);
void inb_queue_free(inb_queue *queue); // ends it; accepts NULL

#endif
