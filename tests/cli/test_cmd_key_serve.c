// SPDX-License-Identifier: EUPL-1.2
// inbeeld key serve and encode --oprf together: the served tokens are the direct ones, each request
// has its row, and a service that starts anew remembers what was used today.

#include "inb_command.h"
#include "inb_file.h"

#include <inbeeld/keys.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <time.h>

static const char pattern[] = "/tmp/inb_serve_XXXXXX";
static char folder[sizeof pattern];
static char paths[10][96];
enum { LIST, KEY, OUT, OTHER, HOLDER, CLIENT, CLIENTS, LOG, SOCKET, RECORD };

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void setup(void) {
    if (folder[0] == '\0' || access(folder, F_OK) != 0) { // one process may run several cases
        memcpy(folder, pattern, sizeof pattern);
        ck_assert_ptr_nonnull(mkdtemp(folder));
    }
    static const char *const names[10] = {"list.csv", "k", "out.enc", "other.enc", "holder",
        "k.client", "clients.csv", "holder.log", "s", "k.log"};
    for (size_t i = 0; i < 10; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/%s", folder, names[i]);
    }
    write_file(paths[LIST], "id,phone\na,0612345678\nb,0687654321\nc,\n");
    write_file(paths[CLIENTS], "client,quota\nngo,5\n");
    INB_OK_IS(INB_CALL(inb_command_key_new, paths[KEY], "--kind", "hit"));
    INB_OK_IS(INB_CALL(inb_command_key_new, paths[HOLDER], "--kind", "holder"));
    INB_OK_IS(INB_CALL(inb_command_key_new, paths[CLIENT], "--kind", "client", "--name", "ngo",
        "--holder", paths[HOLDER]));
}

static void clean(void) {
    for (size_t i = 0; i < 10; i++) {
        (void)unlink(paths[i]);
    }
    (void)rmdir(folder);
}

static char url[128];

// The command in a process of its own, which ends by a signal as on a machine.
static pid_t serve(void) {
    snprintf(url, sizeof url, "unix:%s", paths[SOCKET]);
    pid_t child = fork();
    if (child == 0) {
        inb_error told = INB_ERROR_INIT;
        inb_error *err = &told;
        inb_status status = INB_CALL(inb_command_key_serve, paths[HOLDER], "--clients",
            paths[CLIENTS], "--log", paths[LOG], "--listen", url);
        _exit(inb_status_exit(status));
    }
    for (int i = 0; i < 500 && access(paths[SOCKET], F_OK) != 0; i++) {
        usleep(10000);
    }
    return child;
}

static void end(pid_t child) {
    int status;
    ck_assert_int_eq(kill(child, SIGTERM), 0);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
}

INB_TEST(served_and_remembered) {
    setup();
    pid_t child = serve();
    INB_OK_IS(INB_CALL(
        inb_command_encode, paths[LIST], "--key", paths[KEY], "--out", paths[OUT], "--oprf", url));
    INB_OK_IS(INB_CALL(inb_command_encode, paths[LIST], "--key", paths[KEY], "--out", paths[OTHER],
        "--oprf", paths[HOLDER]));
    size_t a;
    size_t b;
    char *first = inb_file_content(paths[OUT], &a);
    char *second = inb_file_content(paths[OTHER], &b);
    ck_assert_uint_eq(a, b);
    ck_assert_mem_eq(first, second, a);
    free(first);
    free(second);
    end(child);
    (void)unlink(paths[OTHER]);
    child = serve(); // 2 of 5 are used: 2 more, and then no third time
    INB_OK_IS(INB_CALL(
        inb_command_encode, paths[LIST], "--key", paths[KEY], "--out", paths[OUT], "--oprf", url));
    INB_FAILS(INB_CALL(inb_command_encode, paths[LIST], "--key", paths[KEY], "--out", paths[OTHER],
                  "--oprf", url),
        INB_RANGE, "over the quota");
    ck_assert_int_ne(access(paths[OTHER], F_OK), 0);
    end(child);
    char *log = inb_file_content(paths[LOG], &a);
    ck_assert_ptr_nonnull(strstr(log, " ngo 2 done\n"));
    ck_assert_ptr_nonnull(strstr(log, " ngo 2 over the quota\n"));
    ck_assert_ptr_null(strstr(log, "12345678"));
    free(log);
    clean();
}
INB_END

INB_TEST(bad_usage) {
    setup();
    INB_FAILS(INB_CALL(inb_command_key_serve, paths[HOLDER]), INB_USAGE, "'--clients' is missing");
    INB_FAILS(INB_CALL(inb_command_key_serve, "--clients", paths[CLIENTS]), INB_USAGE,
        "expected one key file");
    INB_FAILS(INB_CALL(inb_command_key_serve, paths[KEY], "--clients", paths[CLIENTS]),
        INB_BAD_INPUT, "expected one of kind holder");
    INB_FAILS(INB_CALL(inb_command_key_serve, paths[HOLDER], "--clients", paths[LIST]),
        INB_BAD_INPUT, "client");
    INB_FAILS(INB_CALL(inb_command_key_serve, paths[HOLDER], "--clients", paths[CLIENTS],
                  "--listen", "here"),
        INB_USAGE, "expected tcp://");
    clean();
}
INB_END

INB_TEST_MAIN("cli/cmd_key_serve", served_and_remembered, bad_usage)
