// SPDX-License-Identifier: EUPL-1.2
// Who is at the other end of a connection on loopback: the account whose socket it is, as the
// kernel says. An address of this machine can be opened by every account on it; this tells them
// apart.
#ifndef INB_DESK_PEER_H
#define INB_DESK_PEER_H

#include <inbeeld/status.h>

#include <stdbool.h>
#include <stdint.h>

typedef struct inb_peers inb_peers;

// Opens the kernel's lists of connections, once, for as long as the program runs: before it locks
// itself in. INB_UNAVAILABLE where there are none. Owner of *ret_peers: the caller.
inb_status inb_peers_new(inb_peers **ret_peers, inb_error *err) INB_NODISCARD;
void inb_peers_free(inb_peers *peers); // accepts NULL

// The account that holds the other end of this TCP connection. False: that end is closed already
// (nobody holds it, and the kernel would say 0), or the kernel does not list it. Any thread.
bool inb_peers_account(inb_peers *peers, int socket, uint32_t *ret_account);

#endif
