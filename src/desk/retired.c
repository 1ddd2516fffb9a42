// SPDX-License-Identifier: EUPL-1.2
// A ring of the last few thousand sheets that were left by quick exit. A plain scan: it takes
// microseconds, and only an exit adds to it.

#include "retired.h"

#include "base/alloc.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

struct inb_retired {
    pthread_mutex_t lock;
    size_t next;
    struct {
        char sheet[INB_SHEET_SIZE]; // "" = free
        int64_t since;
    } items[INB_RETIRED_MOST];
};

inb_status inb_retired_new(inb_retired **ret_retired, inb_error *err) {
    inb_retired *retired = inb_alloc(1, sizeof *retired);
    if (retired == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the desk");
    }
    pthread_mutex_init(&retired->lock, NULL);
    *ret_retired = retired;
    return INB_OK;
}

void inb_retired_free(inb_retired *retired) {
    if (retired != NULL) {
        pthread_mutex_destroy(&retired->lock);
        inb_free(retired);
    }
}

// Caller holds the lock.
static bool has(const inb_retired *retired, const char *sheet, int64_t now) {
    for (size_t i = 0; i < INB_RETIRED_MOST; i++) {
        // Twice the lifetime: a page may have been stamped anew just before it was left.
        bool holds = now - retired->items[i].since < 2 * (int64_t)INB_STAMP_SECONDS;
        if (holds && strcmp(retired->items[i].sheet, sheet) == 0) {
            return true;
        }
    }
    return false;
}

void inb_retired_add(inb_retired *retired, const char *sheet, int64_t now) {
    pthread_mutex_lock(&retired->lock);
    if (!has(retired, sheet, now)) {
        snprintf(retired->items[retired->next].sheet, INB_SHEET_SIZE, "%s", sheet);
        retired->items[retired->next].since = now;
        retired->next = (retired->next + 1) % INB_RETIRED_MOST;
    }
    pthread_mutex_unlock(&retired->lock);
}

bool inb_retired_has(inb_retired *retired, const char *sheet, int64_t now) {
    pthread_mutex_lock(&retired->lock);
    bool found = sheet[0] != '\0' && has(retired, sheet, now);
    pthread_mutex_unlock(&retired->lock);
    return found;
}
