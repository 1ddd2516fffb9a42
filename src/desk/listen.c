// SPDX-License-Identifier: EUPL-1.2
// Reads an address to listen on and opens it. Only loopback: others could reach anything else, and
// there are no accounts yet.

#include "listen.h"

#include "base/text.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 256 };

typedef union address {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
} address;

static inb_status read_address(
    const char *text, address *ret_address, socklen_t *ret_length, inb_error *err) {
    const char *colon = strrchr(text, ':');
    int64_t port = -1;
    if (colon == NULL || !inb_parse_int64(colon + 1, strlen(colon + 1), &port) || port < 0 ||
        port > 65535) {
        return inb_fail(err, INB_USAGE,
            "found '%.60s' to listen on, expected ADDRESS:PORT, as in 127.0.0.1:2730", text);
    }
    char host[64];
    size_t length = (size_t)(colon - text);
    bool brackets = length >= 2 && text[0] == '[' && text[length - 1] == ']';
    snprintf(host, sizeof host, "%.*s", (int)(brackets ? length - 2 : length),
        brackets ? text + 1 : text);
    memset(ret_address, 0, sizeof *ret_address);
    struct in_addr four;
    struct in6_addr six;
    if (strcmp(host, "localhost") == 0 || (!brackets && inet_pton(AF_INET, host, &four) == 1)) {
        if (strcmp(host, "localhost") == 0) {
            four.s_addr = htonl(INADDR_LOOPBACK);
        }
        ret_address->four.sin_family = AF_INET;
        ret_address->four.sin_port = htons((uint16_t)port);
        ret_address->four.sin_addr = four;
        *ret_length = sizeof ret_address->four;
        if (ntohl(four.s_addr) >> 24 == 127) {
            return INB_OK;
        }
    } else if (inet_pton(AF_INET6, host, &six) == 1) {
        ret_address->six.sin6_family = AF_INET6;
        ret_address->six.sin6_port = htons((uint16_t)port);
        ret_address->six.sin6_addr = six;
        *ret_length = sizeof ret_address->six;
        if (IN6_IS_ADDR_LOOPBACK(&six)) {
            return INB_OK;
        }
    } else {
        return inb_fail(err, INB_USAGE,
            "found '%.60s' to listen on, expected an address of this machine, as in 127.0.0.1:2730",
            text);
    }
    return inb_fail(err, INB_USAGE,
        "found '%.60s' to listen on: others could reach it, and there are no accounts yet; "
        "expected an address of this machine alone, as in 127.0.0.1:2730",
        text);
}

inb_status inb_listen_check(const char *listen, inb_error *err) {
    address where;
    socklen_t length = 0;
    return read_address(listen, &where, &length, err);
}

static inb_status open_at(int listener, const address *where, socklen_t length, const char *text,
    uint16_t *ret_port, inb_error *err) {
    int on = 1;
    (void)setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, &where->any, length) != 0 || listen(listener, BACKLOG) != 0) {
        int why = errno;
        if (why == EADDRINUSE) {
            return inb_fail(err, INB_IO,
                "%.60s is taken: another program (perhaps inbeeld itself) listens there; "
                "choose another port with --listen 127.0.0.1:PORT",
                text);
        }
        return inb_fail(err, INB_IO, "%.60s cannot be listened on: %s", text, strerror(why));
    }
    address real;
    socklen_t real_length = sizeof real;
    if (getsockname(listener, &real.any, &real_length) != 0) {
        return inb_fail(err, INB_IO, "the port cannot be read: %s", strerror(errno));
    }
    *ret_port = ntohs(real.any.sa_family == AF_INET6 ? real.six.sin6_port : real.four.sin_port);
    return INB_OK;
}

inb_status inb_listen_open(
    const char *listen, int *ret_socket, uint16_t *ret_port, bool *ret_six, inb_error *err) {
    address where;
    socklen_t length = 0;
    INB_TRY(read_address(listen, &where, &length, err));
    int listener = socket(where.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener < 0) {
        return inb_fail(err, INB_IO, "no socket to listen on: %s", strerror(errno));
    }
    inb_status status = open_at(listener, &where, length, listen, ret_port, err);
    if (status != INB_OK) {
        (void)close(listener);
        return status;
    }
    *ret_socket = listener;
    *ret_six = where.any.sa_family == AF_INET6;
    return INB_OK;
}
