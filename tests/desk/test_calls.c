// SPDX-License-Identifier: EUPL-1.2
// Refused system calls, each tried in a child process after the filter and, where that does no
// harm, before; and what a desk needs still works: accept, threads, files, waiting.

#include "desk/calls.h"

#include "inb_test.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LACKING = 77 };

static bool is_refused(long result) {
    return result == -1 && errno == EPERM;
}

static int child_without(void) {
    char *const words[] = {(char *)"/bin/true", NULL};
    int before = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons(9)};
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (before < 0) {
        return 1;
    }
    if (!inb_calls_filter()) {
        return LACKING;
    }
    static const int families[] = {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK, AF_PACKET};
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
        if (!is_refused(socket(families[i], SOCK_STREAM, 0))) {
            return 2;
        }
    }
    int pair[2];
    if (!is_refused(socketpair(AF_UNIX, SOCK_STREAM, 0, pair))) {
        return 3;
    }
    if (!is_refused(connect(before, (struct sockaddr *)&where, sizeof where))) {
        return 4;
    }
    if (!is_refused(listen(before, 1)) || !is_refused(bind(before, (void *)&where, sizeof where))) {
        return 5;
    }
    if (!is_refused(execve(words[0], words, NULL)) ||
        !is_refused(syscall(SYS_execveat, -1, words[0], words, NULL, 0))) {
        return 6;
    }
    pid_t other = fork();
    if (other == 0) {
        _exit(0);
    }
    if (!is_refused(other)) {
        return 7;
    }
    if (!is_refused(unshare(CLONE_NEWUSER)) || !is_refused(ptrace(PTRACE_TRACEME, 0, 0, 0))) {
        return 8;
    }
    if (!is_refused(syscall(SYS_io_uring_setup, 1, NULL)) ||
        !is_refused(syscall(SYS_process_vm_readv, getppid(), NULL, 0, NULL, 0, 0))) {
        return 9;
    }
    return 0;
}

static void *nothing(void *payload) {
    return payload;
}

// What libmicrohttpd, SQLite and the C library ask of the kernel while a desk runs.
static int child_with(void) {
    struct sockaddr_in where = {.sin_family = AF_INET};
    socklen_t length = sizeof where;
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    int client = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&where, sizeof where) != 0 || listen(listener, 1) != 0 ||
        getsockname(listener, (struct sockaddr *)&where, &length) != 0 ||
        connect(client, (struct sockaddr *)&where, length) != 0) {
        return 1;
    }
    if (!inb_calls_filter()) {
        return LACKING;
    }
    char got[2] = "";
    int served = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (served < 0 || send(client, "x", 1, 0) != 1 || recv(served, got, 1, 0) != 1 ||
        shutdown(served, SHUT_RDWR) != 0) {
        return 2;
    }
    pthread_t thread;
    if (pthread_create(&thread, NULL, nothing, NULL) != 0 || pthread_join(thread, NULL) != 0) {
        return 3;
    }
    FILE *file = tmpfile();
    if (file == NULL || fputs("x", file) < 0 || fflush(file) != 0 || fsync(fileno(file)) != 0) {
        return 4;
    }
    fclose(file);
    return epoll_create1(0) < 0 || eventfd(0, 0) < 0 ? 5 : 0;
}

static int exit_of(int (*run)(void)) {
    pid_t id = fork();
    ck_assert_int_ge(id, 0);
    if (id == 0) {
        _exit(run());
    }
    int status = 0;
    ck_assert_int_eq(waitpid(id, &status, 0), id);
    ck_assert(WIFEXITED(status));
    return WEXITSTATUS(status);
}

INB_TEST(no_socket_no_program_no_process) {
    int code = exit_of(child_without);
    printf("# %s\n", code == LACKING ? "this kernel has no filters" : "filtered");
    ck_assert_msg(code == 0 || code == LACKING, "expectation %d failed", code);
    ck_assert_int_ge(socket(AF_INET, SOCK_STREAM, 0), 0); // the parent is as free as before
}
INB_END

INB_TEST(what_a_desk_needs_still_works) {
    int code = exit_of(child_with);
    ck_assert_msg(code == 0 || code == LACKING, "expectation %d failed", code);
}
INB_END

INB_TEST_MAIN("desk/calls", no_socket_no_program_no_process, what_a_desk_needs_still_works)
