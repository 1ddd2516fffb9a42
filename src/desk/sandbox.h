// SPDX-License-Identifier: EUPL-1.2
// The program locks itself in: once everything is read and the port is open, it needs no file and
// no new connection any more, so it gives up the right to them.
#ifndef INB_DESK_SANDBOX_H
#define INB_DESK_SANDBOX_H

// For the calling thread and all that it starts afterwards: no new privileges, no memory dump, no
// file system but the files of `folder` (NULL = none; not folders in it), no new TCP connections.
// What the kernel does not offer is left out in silence. Returns how far it got: 0 = nothing, 1 =
// no new privileges and no dump, 2 = files too, 3 = network too.
int inb_sandbox_enter(const char *folder);

#endif
