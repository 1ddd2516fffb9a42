// SPDX-License-Identifier: EUPL-1.2
// One line on standard error, drawn over and over: bar, percentage, what is done, time left. The
// time is what the pieces so far took, as if the rest took as long. No escape codes: the line is
// wiped with blanks, which every terminal knows.

#include "cli/progress.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { WIDE = 20, LINE = 72 };

static const double PATIENCE = 0.7; // seconds of work before anything is shown
static const double PAUSE = 0.2;    // between two drawings

static double now(void) {
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

// "8 s", "3 min", "2.5 h".
static void put_time(double seconds, char *text, size_t size) {
    if (seconds < 90) {
        (void)snprintf(text, size, "%.0f s", seconds);
    } else if (seconds < 5400) {
        (void)snprintf(text, size, "%.0f min", seconds / 60);
    } else {
        (void)snprintf(text, size, "%.1f h", seconds / 3600);
    }
}

static void draw(inb_bar *bar, double at, size_t done, size_t count) {
    char pattern[WIDE + 1];
    char left[32];
    char line[4 * LINE];
    double share = (double)done / (double)count;
    double pace = (at - bar->begun) / (double)(done - bar->done_before);
    size_t full = (size_t)(share * WIDE);
    memset(pattern, '.', WIDE);
    memset(pattern, '#', full < WIDE ? full : WIDE);
    pattern[WIDE] = '\0';
    put_time(pace * (double)(count - done), left, sizeof left);
    (void)snprintf(line, sizeof line, "[%s] %3.0f %% %.20s, about %s left", pattern, 100 * share,
        bar->what == NULL ? "done" : bar->what, left);
    (void)fprintf(stderr, "\r%-*.*s", LINE, LINE, line);
    (void)fflush(stderr);
    bar->shown = true;
    bar->last = at;
}

static bool is_same(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static void tell(void *payload, const char *what, size_t done, size_t count) {
    inb_bar *bar = payload;
    if (!bar->terminal) {
        return;
    }
    double at = bar->now();
    bool other = !is_same(bar->what, what) || done <= bar->done || bar->begun == 0;
    bar->done = done;
    if (other) { // the time of its first piece is not known
        bar->what = what;
        bar->begun = at;
        bar->done_before = done;
    } else if (at - bar->begun >= PATIENCE && at - bar->last >= PAUSE && done < count) {
        draw(bar, at, done, count);
    }
    if (done >= count) {
        inb_bar_clear(bar);
    }
}

void inb_bar_init(inb_bar *bar) {
    *bar = (inb_bar){.progress = {tell, bar}, .terminal = isatty(STDERR_FILENO) != 0, .now = now};
}

void inb_bar_clear(inb_bar *bar) {
    if (bar->shown) {
        (void)fprintf(stderr, "\r%*s\r", LINE, "");
        (void)fflush(stderr);
    }
    bar->shown = false;
    bar->begun = 0;
}
