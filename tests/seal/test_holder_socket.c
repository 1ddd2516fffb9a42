// SPDX-License-Identifier: EUPL-1.2
// Addresses of the key holder's service: what is one, what is none, IPv6 in brackets.

#include "holder_i.h"
#include "inb_test.h"

#include <string.h>
#include <unistd.h>

INB_TEST(addresses) {
    static const char too_long[] =
        "unix:/a/path/that/is/longer/than/a/socket/may/have/which/is/a/hundred/and/eight/bytes/at/"
        "most/on/this/system/indeed";
    static const char *const odd[] = {"", "127.0.0.1:80", "http://127.0.0.1:80", "tcp://",
        "tcp://127.0.0.1", "tcp://127.0.0.1:", "tcp://:80", "tcp://127.0.0.1:x",
        "unix:", "tcp://no such host:80", too_long};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        int made = -1;
        INB_FAILS(inb_i_socket_listen(odd[i], &made, err), INB_USAGE, "");
        INB_FAILS(inb_i_socket_connect(odd[i], &made, err), INB_USAGE, "");
        ck_assert_int_eq(made, -1);
    }
    int made = -1;
    INB_OK_IS(inb_i_socket_listen("tcp://127.0.0.1:0", &made, err));
    close(made);
    made = -1;
    inb_error err = INB_ERROR_INIT;
    if (inb_i_socket_listen("tcp://[::1]:0", &made, &err) == INB_OK) { // where there is IPv6
        close(made);
    } else {
        ck_assert_int_eq(err.status, INB_UNAVAILABLE);
    }
}
INB_END

INB_TEST_MAIN("seal/holder_socket", addresses)
