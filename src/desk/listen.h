// SPDX-License-Identifier: EUPL-1.2
// Where the desk listens: addresses of this machine alone.
#ifndef INB_DESK_LISTEN_H
#define INB_DESK_LISTEN_H

#include <inbeeld/status.h>

#include <stdbool.h>
#include <stdint.h>

// Whether `listen` is such an address, as inb_listen_open finds: for whoever would make something
// before.
inb_status inb_listen_check(const char *listen, inb_error *err) INB_NODISCARD;

// Opens it. listen: "127.0.0.1:2730", "[::1]:0", "localhost:80". INB_USAGE: no address of this
// machine alone; INB_IO: a port that is taken. Owner of *ret_socket: the caller.
inb_status inb_listen_open(const char *listen, int *ret_socket, uint16_t *ret_port, bool *ret_six,
    inb_error *err) INB_NODISCARD;

#endif
