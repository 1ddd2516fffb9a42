// SPDX-License-Identifier: EUPL-1.2
// Whose connection it is: our own, over IPv4, IPv6 and IPv4 in IPv6; another account's, where the
// test may change accounts; and nobody's, once the other end is closed: that is not root's.

#include "desk/peer.h"

#include "inb_test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOBODY = 65534 };

static inb_peers *peers;

// A listener of IPv4 or IPv6, -1 where there is none; and where it is.
static int open_listener(bool six, struct sockaddr_storage *ret_where, socklen_t *ret_length) {
    struct sockaddr_in four = {.sin_family = AF_INET};
    struct sockaddr_in6 long_one = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int listener = socket(six ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int bound = six ? bind(listener, (struct sockaddr *)&long_one, sizeof long_one)
                    : bind(listener, (struct sockaddr *)&four, sizeof four);
    if (bound != 0 || listen(listener, 4) != 0) {
        close(listener);
        return -1;
    }
    *ret_length = sizeof *ret_where;
    ck_assert_int_eq(getsockname(listener, (struct sockaddr *)ret_where, ret_length), 0);
    return listener;
}

INB_TEST(our_own_account) {
    uint32_t account = 0;
    INB_OK_IS(inb_peers_new(&peers, err));
    for (int way = 0; way < 3; way++) { // IPv4, IPv6, IPv4 in IPv6
        struct sockaddr_storage where;
        socklen_t length = 0;
        int listener = open_listener(way == 1, &where, &length);
        if (listener < 0) {
            ck_assert_int_eq(way, 1);
            continue;
        }
        if (way == 2) {
            struct sockaddr_in four;
            memcpy(&four, &where, sizeof four);
            struct sockaddr_in6 mapped = {.sin6_family = AF_INET6, .sin6_port = four.sin_port};
            ck_assert_int_eq(inet_pton(AF_INET6, "::ffff:127.0.0.1", &mapped.sin6_addr), 1);
            memcpy(&where, &mapped, sizeof mapped);
            length = sizeof mapped;
        }
        int client = socket(way == 0 ? AF_INET : AF_INET6, SOCK_STREAM, 0);
        if (client < 0) {
            close(listener);
            continue; // a machine without IPv6
        }
        ck_assert_int_eq(connect(client, (struct sockaddr *)&where, length), 0);
        int served = accept(listener, NULL, NULL);
        account = UINT32_MAX;
        ck_assert(inb_peers_account(peers, served, &account));
        ck_assert_uint_eq(account, geteuid());
        // Both ends of it are listed: the one is not taken for the other.
        account = UINT32_MAX;
        ck_assert(way == 2 || inb_peers_account(peers, client, &account));
        ck_assert(way == 2 || account == geteuid());
        // Half closed is still held; closed is nobody's.
        ck_assert_int_eq(shutdown(client, SHUT_WR), 0);
        ck_assert(inb_peers_account(peers, served, &account));
        close(client);
        account = UINT32_MAX;
        ck_assert(!inb_peers_account(peers, served, &account));
        ck_assert_uint_eq(account, UINT32_MAX);
        close(served);
        close(listener);
    }
    ck_assert(!inb_peers_account(peers, -1, &account));
    int pair[2];
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    ck_assert(!inb_peers_account(peers, pair[0], &account));
    close(pair[0]);
    close(pair[1]);
    inb_peers_free(peers);
    inb_peers_free(NULL);
}
INB_END

// Among many connections, each of the right account. Needs root, who may change accounts.
INB_TEST(another_account) {
    enum { MANY = 300 };
    struct sockaddr_storage where;
    socklen_t length = 0;
    int listener = open_listener(false, &where, &length);
    int stop[2];
    if (geteuid() != 0) {
        printf("# not root: the other account is left out\n");
        close(listener);
        return;
    }
    INB_OK_IS(inb_peers_new(&peers, err));
    ck_assert_int_eq(pipe(stop), 0);
    ck_assert_int_eq(listen(listener, MANY + 1), 0);
    int ours[MANY][2];
    for (int i = 0; i < MANY; i++) {
        ours[i][0] = socket(AF_INET, SOCK_STREAM, 0);
        ck_assert_int_eq(connect(ours[i][0], (struct sockaddr *)&where, length), 0);
        ours[i][1] = accept(listener, NULL, NULL);
    }
    pid_t id = fork();
    ck_assert_int_ge(id, 0);
    if (id == 0) {
        char end[1];
        close(stop[1]);
        bool good = setgid(NOBODY) == 0 && setuid(NOBODY) == 0;
        int client = socket(AF_INET, SOCK_STREAM, 0);
        good = good && connect(client, (struct sockaddr *)&where, length) == 0;
        ssize_t waited = read(stop[0], end, 1);
        _exit(good && waited == 0 ? 0 : 1);
    }
    int theirs = accept(listener, NULL, NULL);
    uint32_t account = 0;
    ck_assert(inb_peers_account(peers, theirs, &account));
    ck_assert_uint_eq(account, NOBODY);
    for (int i = 0; i < MANY; i++) {
        account = UINT32_MAX;
        ck_assert(inb_peers_account(peers, ours[i][1], &account));
        ck_assert_uint_eq(account, 0);
        close(ours[i][0]);
        close(ours[i][1]);
    }
    close(stop[1]);
    int status = 0;
    ck_assert_int_eq(waitpid(id, &status, 0), id);
    ck_assert_int_eq(status, 0);
    // Whoever sends and leaves at once is nobody, not root.
    ck_assert(!inb_peers_account(peers, theirs, &account));
    close(theirs);
    close(stop[0]);
    close(listener);
    inb_peers_free(peers);
}
INB_END

INB_TEST_MAIN("desk/peer", our_own_account, another_account)
