// SPDX-License-Identifier: EUPL-1.2
// Sockets of the key holder's service by address: "tcp://ADDRESS:PORT" (an IPv6 address in
// brackets) or "unix:PATH".

#include "holder_i.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const char tcp[] = "tcp://";
static const char local[] = "unix:";
enum { BACKLOG = 64, HOST_MOST = 256 };

static inb_status wrong(const char *url, inb_error *err) {
    return inb_fail(
        err, INB_USAGE, "found address '%.100s', expected tcp://ADDRESS:PORT or unix:PATH", url);
}

static inb_status failed(
    int *socket, const char *url, const char *what, int reason, inb_error *err) {
    if (*socket >= 0) {
        (void)close(*socket);
    }
    return inb_fail(err, INB_UNAVAILABLE, "%.200s: %s: %s", url, what, strerror(reason));
}

static inb_status unix_address(const char *url, struct sockaddr_un *ret_address, inb_error *err) {
    const char *path = url + strlen(local);
    *ret_address = (struct sockaddr_un){.sun_family = AF_UNIX};
    size_t length = strlen(path);
    if (length == 0 || length >= sizeof ret_address->sun_path) {
        return wrong(url, err);
    }
    memcpy(ret_address->sun_path, path, length);
    return INB_OK;
}

// Host and port of a TCP address.
static inb_status resolve(
    const char *url, bool listens, struct addrinfo **ret_list, inb_error *err) {
    char host[HOST_MOST];
    const char *from = url + strlen(tcp);
    const char *colon = strrchr(from, ':');
    if (colon == NULL || colon == from || colon[1] == '\0' ||
        (size_t)(colon - from) >= sizeof host) {
        return wrong(url, err);
    }
    size_t length = (size_t)(colon - from);
    memcpy(host, from, length);
    host[length] = '\0';
    char *name = host;
    if (host[0] == '[' && host[length - 1] == ']') {
        host[length - 1] = '\0';
        name = host + 1;
    }
    struct addrinfo hints = {.ai_family = AF_UNSPEC,
        .ai_socktype = SOCK_STREAM,
        .ai_flags = AI_NUMERICSERV | (listens ? AI_PASSIVE : 0)};
    int result = getaddrinfo(name, colon + 1, &hints, ret_list);
    if (result != 0) {
        return inb_fail(err, result == EAI_MEMORY ? INB_NO_MEMORY : INB_USAGE,
            "%.200s: no such address: %s", url, gai_strerror(result));
    }
    return INB_OK;
}

static inb_status listen_tcp(const char *url, int *ret_socket, inb_error *err) {
    struct addrinfo *list;
    INB_TRY(resolve(url, true, &list, err));
    int made = socket(list->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int on = 1;
    bool good = made >= 0 && setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
                bind(made, list->ai_addr, list->ai_addrlen) == 0 && listen(made, BACKLOG) == 0;
    int reason = errno;
    freeaddrinfo(list);
    if (!good) {
        return failed(&made, url, "cannot be listened on", reason, err);
    }
    *ret_socket = made;
    return INB_OK;
}

static inb_status listen_unix(const char *url, int *ret_socket, inb_error *err) {
    struct sockaddr_un address;
    INB_TRY(unix_address(url, &address, err));
    int made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    // For its owner from the first moment on.
    mode_t before = umask(0177);
    bool bound = made >= 0 && bind(made, (struct sockaddr *)&address, sizeof address) == 0;
    int reason = errno;
    (void)umask(before);
    if (bound && listen(made, BACKLOG) == 0) {
        *ret_socket = made;
        return INB_OK;
    }
    reason = bound ? errno : reason;
    return failed(&made, url, "cannot be listened on", reason, err);
}

inb_status inb_i_socket_listen(const char *url, int *ret_socket, inb_error *err) {
    if (strncmp(url, tcp, strlen(tcp)) == 0) {
        return listen_tcp(url, ret_socket, err);
    }
    return strncmp(url, local, strlen(local)) == 0 ? listen_unix(url, ret_socket, err)
                                                   : wrong(url, err);
}

static inb_status connect_tcp(const char *url, int *ret_socket, inb_error *err) {
    struct addrinfo *list;
    INB_TRY(resolve(url, false, &list, err));
    int made = -1;
    int reason = 0;
    for (struct addrinfo *at = list; at != NULL; at = at->ai_next) {
        made = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (made >= 0 && connect(made, at->ai_addr, at->ai_addrlen) == 0) {
            break;
        }
        reason = errno;
        if (made >= 0) {
            (void)close(made);
        }
        made = -1;
    }
    freeaddrinfo(list);
    if (made < 0) {
        return failed(&made, url, "no key holder answers", reason, err);
    }
    *ret_socket = made;
    return INB_OK;
}

static inb_status connect_unix(const char *url, int *ret_socket, inb_error *err) {
    struct sockaddr_un address;
    INB_TRY(unix_address(url, &address, err));
    int made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (made < 0 || connect(made, (struct sockaddr *)&address, sizeof address) != 0) {
        return failed(&made, url, "no key holder answers", errno, err);
    }
    *ret_socket = made;
    return INB_OK;
}

inb_status inb_i_socket_connect(const char *url, int *ret_socket, inb_error *err) {
    if (strncmp(url, tcp, strlen(tcp)) == 0) {
        return connect_tcp(url, ret_socket, err);
    }
    return strncmp(url, local, strlen(local)) == 0 ? connect_unix(url, ret_socket, err)
                                                   : wrong(url, err);
}
