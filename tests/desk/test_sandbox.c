// SPDX-License-Identifier: EUPL-1.2
// Locked in: in a child process, files and new connections are refused after, and worked before.

#include "desk/sandbox.h"

#include "inb_test.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int try_file(const char *path, int flags) {
    int file = open(path, flags | O_CLOEXEC, 0600);
    int why = file < 0 ? errno : 0;
    if (file >= 0) {
        close(file);
    }
    return why;
}

// s: of before.
static int try_connect(int s) {
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons(9)};
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int why = connect(s, (struct sockaddr *)&where, sizeof where) == 0 ? 0 : errno;
    close(s);
    return why;
}

// Exit code of the child: 0 = as expected, else the number of the expectation that failed.
static int child(void) {
    if (try_file("/etc/passwd", O_RDONLY) != 0) {
        return 1;
    }
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in any = {.sin_family = AF_INET};
    any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&any, sizeof any) != 0 || listen(listener, 1) != 0) {
        return 2;
    }
    int other = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const char *none = NULL;
    unsigned locked = inb_sandbox_enter(&none);
    if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1) {
        return 3;
    }
    if ((locked & INB_LOCKED_FILES) != 0 && try_file("/etc/passwd", O_RDONLY) != EACCES) {
        return 4;
    }
    if ((locked & INB_LOCKED_FILES) != 0 &&
        try_file("/tmp/inbeeld-sandbox-test", O_WRONLY | O_CREAT) != EACCES) {
        return 5;
    }
    int connecting = try_connect(other);
    if ((locked & (INB_LOCKED_NETWORK | INB_LOCKED_CALLS)) != 0 && connecting != EACCES &&
        connecting != EPERM) {
        return 6;
    }
    if ((locked & INB_LOCKED_CALLS) != 0 &&
        (socket(AF_UNIX, SOCK_STREAM, 0) >= 0 || errno != EPERM)) {
        return 7;
    }
    return locked == 0 ? 8 : 100 + (int)locked;
}

// With the folders of a store and its keyring: their files and nothing else. As above.
static int child_of_store(const char *folder, const char *beside) {
    char second[128];
    char ring[160];
    char fresh[160];
    snprintf(second, sizeof second, "%s.rings", folder);
    snprintf(ring, sizeof ring, "%s/a.ring", second);
    snprintf(fresh, sizeof fresh, "%s/a.ring.new", second);
    if (mkdir(second, 0700) != 0) {
        return 20;
    }
    char path[128];
    char below[128];
    snprintf(path, sizeof path, "%s/store.db", folder);
    snprintf(below, sizeof below, "%s/below", folder);
    if (try_file(path, O_RDWR | O_CREAT) != 0 || try_file(beside, O_RDWR | O_CREAT) != 0) {
        return 1;
    }
    const char *const folders[] = {folder, second, NULL};
    unsigned locked = inb_sandbox_enter(folders);
    if (try_file(fresh, O_RDWR | O_CREAT) != 0 || rename(fresh, ring) != 0 ||
        try_file(second, O_RDONLY | O_DIRECTORY) != 0 || unlink(ring) != 0) {
        return 21;
    }
    snprintf(path, sizeof path, "%s/store.db-wal", folder);
    if (try_file(path, O_RDWR | O_CREAT) != 0 || truncate(path, 0) != 0 || unlink(path) != 0) {
        return 2;
    }
    if (try_file(folder, O_RDONLY | O_DIRECTORY) != 0) {
        return 3; // it has to be flushed
    }
    if ((locked & INB_LOCKED_FILES) != 0 && try_file(beside, O_RDONLY) != EACCES) {
        return 4;
    }
    if ((locked & INB_LOCKED_FILES) != 0 && (mkdir(below, 0700) == 0 || errno != EACCES)) {
        return 5;
    }
    if ((locked & INB_LOCKED_FILES) != 0 && (symlink(beside, below) == 0 || errno != EACCES)) {
        return 6;
    }
    if ((locked & INB_LOCKED_FILES) != 0 && try_file("/etc/passwd", O_RDONLY) != EACCES) {
        return 7;
    }
    snprintf(path, sizeof path, "%s/store.db", folder);
    if ((locked & INB_LOCKED_FILES) != 0 && (rename(path, beside) == 0 || unlink(beside) == 0)) {
        return 8;
    }
    return locked == 0 ? 9 : 100 + (int)locked;
}

static int exit_of(int (*run)(const char *, const char *), const char *one, const char *two) {
    pid_t id = fork();
    ck_assert_int_ge(id, 0);
    if (id == 0) {
        _exit(run(one, two));
    }
    int status = 0;
    ck_assert_int_eq(waitpid(id, &status, 0), id);
    ck_assert(WIFEXITED(status));
    return WEXITSTATUS(status);
}

INB_TEST(a_stores_folder_is_left_and_nothing_else) {
    char folder[] = "/tmp/inb_sandbox_XXXXXX";
    char beside[] = "/tmp/inb_beside_XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    int file = mkstemp(beside);
    ck_assert_int_ge(file, 0);
    close(file);
    int level = exit_of(child_of_store, folder, beside);
    printf("# locked: %d of 15 on this kernel\n", level - 100);
    ck_assert_int_ge(level, 101);
    char path[64];
    snprintf(path, sizeof path, "%s/store.db", folder);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(unlink(beside), 0);
    ck_assert_int_eq(rmdir(folder), 0);
    snprintf(path, sizeof path, "%s.rings", folder);
    ck_assert_int_eq(rmdir(path), 0);
}
INB_END

INB_TEST(files_and_connections_are_given_up) {
    pid_t id = fork();
    ck_assert_int_ge(id, 0);
    if (id == 0) {
        _exit(child());
    }
    int status = 0;
    ck_assert_int_eq(waitpid(id, &status, 0), id);
    ck_assert(WIFEXITED(status));
    printf("# locked: %d of 15 on this kernel\n", WEXITSTATUS(status) - 100);
    ck_assert_int_ge(WEXITSTATUS(status), 101);
    ck_assert_int_eq(try_file("/etc/passwd", O_RDONLY), 0); // the parent is as free as before
}
INB_END

INB_TEST_MAIN(
    "desk/sandbox", a_stores_folder_is_left_and_nothing_else, files_and_connections_are_given_up)
