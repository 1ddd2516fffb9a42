// SPDX-License-Identifier: EUPL-1.2
// A list under a lock, and one thread that looks at it each second.

#include "lines.h"

#include "base/alloc.h"

#include <pthread.h>
#include <string.h>
#include <sys/socket.h>

struct inb_lines {
    pthread_mutex_t lock;
    pthread_cond_t tick; // the end
    inb_line *first;
    unsigned seconds;
    bool ending;
    bool has_watcher;
    pthread_t watcher;
};

static time_t now_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

static void *watch(void *payload) {
    inb_lines *lines = payload;
    pthread_mutex_lock(&lines->lock);
    while (!lines->ending) {
        time_t now = now_seconds();
        for (inb_line *l = lines->first; l != NULL; l = l->next) {
            if (!l->at_work && now - l->since > (time_t)lines->seconds) {
                (void)shutdown(l->socket, SHUT_RDWR); // the pool sees it closed, and cleans up
            }
        }
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += 1;
        (void)pthread_cond_timedwait(&lines->tick, &lines->lock, &until);
    }
    pthread_mutex_unlock(&lines->lock);
    return NULL;
}

inb_status inb_lines_new(unsigned seconds, inb_lines **ret_lines, inb_error *err) {
    inb_lines *lines = inb_alloc(1, sizeof *lines);
    if (lines == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for connections");
    }
    lines->seconds = seconds;
    pthread_mutex_init(&lines->lock, NULL);
    pthread_cond_init(&lines->tick, NULL);
    int failed = pthread_create(&lines->watcher, NULL, watch, lines);
    lines->has_watcher = failed == 0;
    if (failed != 0) {
        inb_lines_free(lines);
        return inb_fail(err, INB_UNAVAILABLE, "no thread to work with: %s", strerror(failed));
    }
    *ret_lines = lines;
    return INB_OK;
}

void inb_lines_free(inb_lines *lines) {
    if (lines == NULL) {
        return;
    }
    pthread_mutex_lock(&lines->lock);
    lines->ending = true;
    (void)pthread_cond_broadcast(&lines->tick);
    pthread_mutex_unlock(&lines->lock);
    if (lines->has_watcher) {
        (void)pthread_join(lines->watcher, NULL);
    }
    pthread_cond_destroy(&lines->tick);
    pthread_mutex_destroy(&lines->lock);
    inb_free(lines);
}

inb_line *inb_lines_add(inb_lines *lines, int socket) {
    inb_line *line = inb_alloc(1, sizeof *line);
    if (line == NULL) {
        return NULL;
    }
    line->socket = socket;
    line->since = now_seconds();
    pthread_mutex_lock(&lines->lock);
    line->next = lines->first;
    if (line->next != NULL) {
        line->next->previous = line;
    }
    lines->first = line;
    pthread_mutex_unlock(&lines->lock);
    return line;
}

void inb_lines_at_work(inb_lines *lines, inb_line *line, bool at_work) {
    if (line == NULL) {
        return;
    }
    pthread_mutex_lock(&lines->lock);
    line->at_work = at_work;
    line->since = now_seconds();
    pthread_mutex_unlock(&lines->lock);
}

void inb_lines_remove(inb_lines *lines, inb_line *line) {
    if (line == NULL) {
        return;
    }
    pthread_mutex_lock(&lines->lock);
    if (line->previous != NULL) {
        line->previous->next = line->next;
    } else {
        lines->first = line->next;
    }
    if (line->next != NULL) {
        line->next->previous = line->previous;
    }
    pthread_mutex_unlock(&lines->lock);
    inb_free(line);
}
