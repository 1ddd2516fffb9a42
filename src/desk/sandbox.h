// SPDX-License-Identifier: EUPL-1.2
// The program locks itself in: once everything is read and the port is open, it needs no file and
// no new connection any more, so it gives up the right to them.
#ifndef INB_DESK_SANDBOX_H
#define INB_DESK_SANDBOX_H

enum {                         // what the kernel offered, as bits
    INB_LOCKED_PRIVILEGES = 1, // no new privileges, and no dump of memory
    INB_LOCKED_FILES = 2,      // by Landlock: no file system but `folder`
    INB_LOCKED_NETWORK = 4,    // by Landlock: no new TCP connections
    INB_LOCKED_CALLS = 8       // calls.h: no socket, no other program
};

// For the calling thread and all that it starts afterwards: no new privileges, no memory dump, no
// file system but the files of `folders` (a list that ends in NULL; not folders in them), no new
// connections, no other program. What the kernel does not offer is left out in silence; returns
// what it offered. Under AddressSanitizer nothing but the first: its leak checker needs the rest.
unsigned inb_sandbox_enter(const char *const *folders);

#endif
