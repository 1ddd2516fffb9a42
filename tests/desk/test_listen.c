// SPDX-License-Identifier: EUPL-1.2
// Addresses to listen on: of this machine alone, and a port that is really open.

#include "desk/listen.h"

#include "inb_test.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

INB_TEST(loopback_in_its_forms) {
    static const struct {
        const char *text;
        bool six;
    } cases[] = {
        {"127.0.0.1:0", false}, {"localhost:0", false}, {"127.9.9.9:0", false}, {"[::1]:0", true}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int listener = -1;
        uint16_t port = 0;
        bool six = !cases[i].six;
        INB_OK_IS(inb_listen_check(cases[i].text, err));
        inb_error fault = INB_ERROR_INIT;
        inb_status status = inb_listen_open(cases[i].text, &listener, &port, &six, &fault);
        if (cases[i].six && status == INB_IO) {
            continue; // a machine without IPv6
        }
        ck_assert_msg(status == INB_OK, "%s", fault.message);
        ck_assert_uint_ne(port, 0);
        ck_assert(six == cases[i].six);
        char same[64];
        snprintf(same, sizeof same, "%.*s%u", (int)strlen(cases[i].text) - 1, cases[i].text,
            (unsigned)port);
        int second = -1;
        INB_FAILS(inb_listen_open(same, &second, &port, &six, err), INB_IO, "is taken");
        ck_assert_int_eq(second, -1);
        close(listener);
    }
}
INB_END

INB_TEST(anything_else_is_refused_in_words) {
    static const char *const far[] = {
        "0.0.0.0:2730", "192.168.1.1:2730", "[::]:1", "[2001:db8::1]:1"};
    static const char *const wrong[] = {
        "", "127.0.0.1", ":2730", "127.0.0.1:65536", "example.org:1"};
    for (size_t i = 0; i < sizeof far / sizeof far[0]; i++) {
        INB_FAILS(inb_listen_check(far[i], err), INB_USAGE, "no accounts yet");
    }
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        INB_FAILS(inb_listen_check(wrong[i], err), INB_USAGE, "expected");
    }
}
INB_END

INB_TEST_MAIN("desk/listen", loopback_in_its_forms, anything_else_is_refused_in_words)
