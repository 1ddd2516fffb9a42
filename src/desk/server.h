// SPDX-License-Identifier: EUPL-1.2
// The desk's HTTP server on this machine. Without a team's store it keeps nothing: no session, no
// cookie, no log. A request is suspended, made into a page by a worker, and resumed. One that needs
// a row of the log is put aside meanwhile, and taken up again when the row is durable: neither the
// pool nor a worker waits for the disk.
#ifndef INB_DESK_SERVER_H
#define INB_DESK_SERVER_H

#include "team.h"

#include <inbeeld/status.h>
#include <inbeeld/weigh.h>

#include <stdbool.h>
#include <stdint.h>

typedef struct inb_desk inb_desk;

typedef struct inb_desk_options {
    const char *listen;             // "127.0.0.1:2730"; port 0 = any free one
    const inb_catalogue *catalogue; // borrowed, outlives the desk
    const char *report;             // a whole HTML page, NUL-ended, or NULL; copied
    const inb_desk_team *team;      // borrowed, outlives the desk; NULL = nothing can be kept
    bool lock;                      // give up files and new connections once started
    unsigned connections;           // most at a time
    unsigned idle_seconds;          // a silent connection is closed after
    unsigned request_seconds;       // a request that is not whole is cut off after
} inb_desk_options;

#define INB_DESK_OPTIONS_INIT                                                                      \
    { "127.0.0.1:2730", NULL, NULL, NULL, false, 512, 15, 30 }

enum {
    INB_DESK_MAX_HEADERS = 32 * 1024, // bytes; more is 431
    INB_DESK_MAX_BODY = 64 * 1024,    // more is 413
    INB_DESK_WORKERS = 2,
    INB_DESK_POOL = 2 // threads that talk to connections
};

// Opens the port and serves. INB_USAGE for an address that is not of this machine alone, INB_IO for
// a port that is taken, INB_UNAVAILABLE where nobody can see which account opens a connection, and
// the team's pages are not for all of them. Owner of *ret_desk: the caller. Threads of the process
// that exist when it is called are not locked.
inb_status inb_desk_start(
    const inb_desk_options *options, inb_desk **ret_desk, inb_error *err) INB_NODISCARD;

// "http://127.0.0.1:2730/", borrowed.
const char *inb_desk_url(const inb_desk *desk);
uint16_t inb_desk_port(const inb_desk *desk);

// No new connections; what was asked is answered; then everything is released. Accepts NULL.
void inb_desk_stop(inb_desk *desk);

#endif
