// SPDX-License-Identifier: EUPL-1.2
// The connections that are open: a watcher ends those whose request does not arrive in time
// (against one byte at a time, which never is silent), and each keeps what was found out about its
// other end.
#ifndef INB_DESK_LINES_H
#define INB_DESK_LINES_H

#include <inbeeld/status.h>

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

typedef struct inb_lines inb_lines;

// One connection. The first four are the list's; the rest is its server's, one thread at a time.
typedef struct inb_line {
    struct inb_line *next;
    struct inb_line *previous;
    time_t since;
    bool at_work; // a request is whole and is being answered: not cut off
    int socket;
    bool sought;      // its other end was looked for
    bool known;       // and somebody holds it:
    uint32_t account; // this one
} inb_line;

// seconds: a request that is not whole is cut off after. Owner of *ret_lines: the caller.
inb_status inb_lines_new(unsigned seconds, inb_lines **ret_lines, inb_error *err) INB_NODISCARD;
// NULL where memory is out: such a connection is not watched; silence still ends it.
inb_line *inb_lines_add(inb_lines *lines, int socket);
void inb_lines_at_work(inb_lines *lines, inb_line *line, bool at_work); // accepts no line
void inb_lines_remove(inb_lines *lines, inb_line *line);                // accepts no line
void inb_lines_free(inb_lines *lines); // all were removed; accepts NULL

#endif
