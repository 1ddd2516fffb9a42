// SPDX-License-Identifier: EUPL-1.2
// inbeeld serve: the desk on this machine, until a signal ends it. Prints its address and nothing
// else, whatever is asked of it.

#include "cli/cli.h"

#include "base/alloc.h"
#include "base/json.h"
#include "desk/server.h"

#include <signal.h>
#include <string.h>

enum { MAX_REPORT = 16 * 1024 * 1024 };

static const inb_option options[] = {
    {"listen", "ADDRESS:PORT",
        "where to listen, on this machine alone (default 127.0.0.1:2730; port 0 = any free one)",
        false},
    {"local", "LOCAL.ini", "contacts of the region, over the national ones", false},
    {"catalogue", "DIR", "the norm in a folder instead of the one in the program", false},
    {"report", "FILE.html", "a report made by inbeeld publish, shown as a page", false},
    {NULL, NULL, NULL, false},
};

static inb_status wait_for_end(const sigset_t *ends, inb_error *err) {
    int which = 0;
    int failed = sigwait(ends, &which);
    if (failed != 0) {
        return inb_fail(err, INB_INTERNAL, "waiting failed: %s", strerror(failed));
    }
    return INB_OK;
}

static void stop(inb_desk **desk) {
    inb_desk_stop(*desk);
}

static inb_status run(const inb_arguments *arguments, inb_error *err) {
    if (arguments->operand_count > 0) {
        return inb_fail(err, INB_USAGE, "serve takes no files; see inbeeld serve --help");
    }
    INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
    INB_TRY(inb_catalogue_load(inb_value(arguments, "catalogue", NULL), &catalogue, err));
    const char *local = inb_value(arguments, "local", NULL);
    if (local != NULL) {
        INB_TRY(inb_catalogue_local(catalogue, local, err));
    }
    INB_CLEANUP(inb_freep) char *report = NULL;
    const char *report_path = inb_value(arguments, "report", NULL);
    if (report_path != NULL) {
        size_t length = 0;
        INB_TRY(inb_read_file(report_path, MAX_REPORT, &report, &length, err));
    }
    // Blocked before any thread begins, so that only sigwait gets them.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGHUP);
    int failed = pthread_sigmask(SIG_BLOCK, &ends, NULL);
    if (failed != 0) {
        return inb_fail(err, INB_INTERNAL, "signals cannot be held: %s", strerror(failed));
    }
    inb_desk_options desk_options = INB_DESK_OPTIONS_INIT;
    desk_options.listen = inb_value(arguments, "listen", desk_options.listen);
    desk_options.catalogue = catalogue;
    desk_options.report = report;
    desk_options.lock = true;
    INB_CLEANUP(stop) inb_desk *desk = NULL;
    INB_TRY(inb_desk_start(&desk_options, &desk, err));
    INB_CLEANUP(inb_buffer_clear) inb_buffer line = INB_BUFFER_INIT(256);
    inb_buffer_format(&line, "inbeeld: %s\n", inb_desk_url(desk));
    INB_TRY(inb_buffer_check(&line, err));
    INB_TRY(inb_print(line.data, line.length, err));
    return wait_for_end(&ends, err);
}

const inb_command inb_command_serve = {
    .name = "serve",
    .operand = "",
    .summary = "the desk: a card that asks, answers and keeps nothing",
    .options = options,
    .more = "Open the address that it prints in a browser. Nothing that is asked or answered is "
            "stored\n"
            "or logged. Ctrl-C (or SIGTERM) ends it.",
    .run = run,
};
