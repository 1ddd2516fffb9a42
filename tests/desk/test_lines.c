// SPDX-License-Identifier: EUPL-1.2
// The list of connections: one that takes too long is ended, one that is being answered is not, and
// taking out any of them leaves the others.

#include "desk/lines.h"

#include "inb_test.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HANG = 20000 }; // milliseconds; a guard, decides nothing

INB_TEST(what_does_not_arrive_is_ended) {
    inb_lines *lines = NULL;
    inb_line *watched[3];
    int pairs[3][2];
    INB_OK_IS(inb_lines_new(0, &lines, err)); // a whole second is already too long
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pairs[i]), 0);
        watched[i] = inb_lines_add(lines, pairs[i][0]);
        ck_assert_ptr_nonnull(watched[i]);
        ck_assert_int_eq(watched[i]->socket, pairs[i][0]);
        ck_assert(!watched[i]->sought && !watched[i]->known);
        inb_lines_at_work(lines, watched[i], true);
    }
    inb_lines_remove(lines, watched[1]); // of the middle
    inb_lines_at_work(lines, watched[0], false);
    struct pollfd ends[3] = {
        {pairs[0][1], POLLIN, 0}, {pairs[1][1], POLLIN, 0}, {pairs[2][1], POLLIN, 0}};
    ck_assert_int_eq(poll(ends, 3, HANG), 1);
    ck_assert((ends[0].revents & POLLHUP) != 0);             // cut off
    ck_assert(ends[1].revents == 0 && ends[2].revents == 0); // gone; at work
    inb_lines_remove(lines, watched[0]);
    inb_lines_remove(lines, watched[2]);
    inb_lines_remove(lines, NULL);
    inb_lines_at_work(lines, NULL, true);
    inb_lines_free(lines);
    inb_lines_free(NULL);
    for (int i = 0; i < 3; i++) {
        close(pairs[i][0]);
        close(pairs[i][1]);
    }
}
INB_END

INB_TEST_MAIN("desk/lines", what_does_not_arrive_is_ended)
