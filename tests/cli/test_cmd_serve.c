// SPDX-License-Identifier: EUPL-1.2
// inbeeld serve as it is called, and that it leaves no trace: a whole card is done with a canary in
// every header and field, and afterwards its folder, its home, what it printed and what it answered
// are searched for it.

#include "cli/cli.h"

#include "base/alloc.h"
#include <inbeeld/keyring.h>
#include <inbeeld/keys.h>
#include "inb_test.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define CANARY "kanarie7e1f"

static char folder[64];
static pid_t server;
static int printed; // its standard output and error
static char said[8192];
static size_t said_length;
static unsigned port;

static void put(const char *name, const char *text) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

// A hash over names, sizes, times and bytes of everything in a folder, in any order.
static uint64_t bytes_of(const char *path) {
    DIR *dir = opendir(path);
    ck_assert_ptr_nonnull(dir);
    uint64_t sum = 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        char inner[512];
        snprintf(inner, sizeof inner, "%s/%.255s", path, entry->d_name);
        struct stat info;
        ck_assert_int_eq(stat(inner, &info), 0);
        uint64_t hash = 14695981039346656037u;
        for (const char *c = entry->d_name; *c != '\0'; c++) {
            hash = (hash ^ (unsigned char)*c) * 1099511628211u;
        }
        hash = (hash ^ (uint64_t)info.st_mtim.tv_nsec ^ (uint64_t)info.st_mtim.tv_sec << 20) *
               1099511628211u;
        if (S_ISDIR(info.st_mode)) {
            sum += hash ^ bytes_of(inner);
            continue;
        }
        FILE *file = fopen(inner, "rb");
        ck_assert_ptr_nonnull(file);
        for (int c; (c = fgetc(file)) != EOF;) {
            hash = (hash ^ (uint64_t)(unsigned char)c) * 1099511628211u;
        }
        fclose(file);
        sum += hash;
    }
    closedir(dir);
    return sum;
}

static void read_printed(int wait) {
    struct pollfd ready = {printed, POLLIN, 0};
    while (said_length + 1 < sizeof said && poll(&ready, 1, wait) > 0) {
        ssize_t size = read(printed, said + said_length, sizeof said - 1 - said_length);
        if (size <= 0) {
            return;
        }
        said_length += (size_t)size;
        said[said_length] = '\0';
        if (wait > 0 && strchr(said, '\n') != NULL) {
            return;
        }
    }
}

// Runs the command in a child whose folder, home and temporary folder are `folder`.
static void begin(const char *const *words) {
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    fflush(NULL);
    server = fork();
    ck_assert_int_ge(server, 0);
    if (server == 0) {
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        close(ends[0]);
        close(ends[1]);
        setenv("HOME", folder, 1);
        setenv("TMPDIR", folder, 1);
        int gone = chdir(folder);
        static inb_arguments arguments;
        inb_error err = INB_ERROR_INIT;
        int count = 0;
        while (words[count] != NULL) {
            count++;
        }
        inb_status status =
            inb_arguments_parse(&inb_command_serve, count, (char **)words, &arguments, &err);
        status = status == INB_OK ? inb_command_serve.run(&arguments, &err) : status;
        if (status != INB_OK) {
            fprintf(stderr, "%s\n", err.message);
        }
        fflush(NULL);
        _exit(gone != 0 ? 99 : inb_status_exit(status));
    }
    close(ends[1]);
    printed = ends[0];
    said_length = 0;
    said[0] = '\0';
    read_printed(20000);
    const char *address = strstr(said, "http://127.0.0.1:");
    port = address == NULL ? 0 : (unsigned)strtoul(address + 17, NULL, 10);
}

static int end(int with) {
    int status = 0;
    if (with != 0) {
        kill(server, with);
    }
    ck_assert_int_eq(waitpid(server, &status, 0), server);
    read_printed(0);
    close(printed);
    ck_assert(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static char page[1 << 20];

// One request on a connection of its own; the whole answer with its headers in `page`.
static void ask(const char *method, const char *path, const char *body) {
    static char text[1 << 16];
    int length = snprintf(text, sizeof text,
        "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\nUser-Agent: " CANARY
        "\r\nReferer: http://127.0.0.1:%u/" CANARY "\r\nCookie: " CANARY "=" CANARY
        "\r\nX-Forwarded-For: " CANARY "\r\nAccept-Language: nl," CANARY
        "\r\nAuthorization: Basic " CANARY
        "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s",
        method, path, port, port, strlen(body), body);
    ck_assert(length > 0 && (size_t)length < sizeof text);
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert_int_eq(connect(s, (struct sockaddr *)&where, sizeof where), 0);
    ck_assert_int_eq(send(s, text, (size_t)length, MSG_NOSIGNAL), length);
    size_t used = 0;
    ssize_t size;
    while (used + 1 < sizeof page && (size = recv(s, page + used, sizeof page - 1 - used, 0)) > 0) {
        used += (size_t)size;
    }
    page[used] = '\0';
    close(s);
    ck_assert_ptr_null(strstr(page, CANARY)); // nothing of a request comes back
    ck_assert_ptr_null(strcasestr(page, "set-cookie"));
    ck_assert_ptr_null(strcasestr(page, "\r\nlocation"));
}

static void hidden(const char *name, char *ret_value, size_t size) {
    char wanted[64];
    snprintf(wanted, sizeof wanted, "name=\"%s\" value=\"", name);
    const char *at = strstr(page, wanted);
    ck_assert_msg(at != NULL, "no field %s", name);
    at += strlen(wanted);
    snprintf(ret_value, size, "%.*s", (int)strcspn(at, "\""), at);
}

// Presses a button of the page in `page`.
static void press(const char *path, const char *button, const char *more) {
    char stamp[128];
    char sheet[64];
    static char card[4096];
    static char body[8192];
    hidden("stamp", stamp, sizeof stamp);
    hidden("sheet", sheet, sizeof sheet);
    hidden("card", card, sizeof card);
    snprintf(
        body, sizeof body, "stamp=%s&sheet=%s&card=%s&do=%s%s", stamp, sheet, card, button, more);
    ask("POST", path, body);
}

// No address in the page holds an answer: only these beginnings and no query.
static void check_addresses(void) {
    static const char *const marks[] = {"href=\"", "action=\"", "src=\"", "formaction=\""};
    for (size_t m = 0; m < 4; m++) {
        for (const char *at = page; (at = strstr(at, marks[m])) != NULL; at++) {
            const char *from = at + strlen(marks[m]);
            size_t length = strcspn(from, "\"");
            bool outside = strncmp(from, "https://", 8) == 0 || strncmp(from, "tel:", 4) == 0 ||
                           strncmp(from, "mailto:", 7) == 0 || from[0] == '#';
            ck_assert_msg(outside || memchr(from, '?', length) == NULL, "%.*s", (int)length, from);
            ck_assert_msg(outside || length < 24, "%.*s", (int)length, from);
        }
    }
}

static void make_folder(void) {
    snprintf(folder, sizeof folder, "/tmp/inbeeld-serve-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    put("inbeeld.db", "a store that was there before");
    char inner[128];
    snprintf(inner, sizeof inner, "%s/lists", folder);
    ck_assert_int_eq(mkdir(inner, 0700), 0);
    put("lists/a.csv", "id\n1\n");
    put("local.ini", "[care_coordinator]\ncontact = 0100-123456\nas_of = 2026-11\n");
}

static void drop_folder(void) {
    static const char *const names[] = {"inbeeld.db", "lists/a.csv", "lists", "local.ini", ""};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        ck_assert_int_eq(remove(path), 0);
    }
}

INB_TEST(a_card_leaves_no_trace) {
    make_folder();
    uint64_t before = bytes_of(folder);
    begin((const char *const[]){"--listen", "127.0.0.1:0", "--local", "local.ini", NULL});
    ck_assert_msg(port != 0, "it said: %s", said);
    ask("GET", "/nl/", "");
    ask("GET", "/nl/card", "");
    static const char *const buttons[] = {"age:teen", "who:police_beat", "where:arrest",
        "answer:no", "answer:yes", "answer:yes", "answer:yes", "answer:unknown", "answer:no",
        "gain:parent", "answer:no", "more"};
    for (size_t i = 0; i < sizeof buttons / sizeof buttons[0]; i++) {
        press("/nl/card", buttons[i], "");
        check_addresses();
    }
    press("/en/card", "show", "&c.CI-18=on&police=unwanted&suspected=on");
    check_addresses();
    ck_assert_ptr_nonnull(strstr(page, "0100-123456")); // the region's own contact
    press("/nl/card", "list", "");
    press("/nl/card", "show", "&age=teen&reporter=self&r.SX-11=yes");
    ck_assert_ptr_nonnull(strstr(page, "(SX-11)"));
    // The canary as value, name, button and state: refused, and not kept either.
    press("/nl/card", CANARY, "");
    ask("GET", "/nl/card", "");
    press("/nl/card", "age:teen", "&" CANARY "=" CANARY);
    ask("POST", "/nl/card", "card=" CANARY "&stamp=" CANARY "&sheet=" CANARY "&do=" CANARY);
    ask("GET", "/nl/" CANARY "?" CANARY "=" CANARY, "");
    ask("POST", "/nl/exit", "stamp=" CANARY);
    ask(CANARY, "/nl/card", CANARY);
    ck_assert_int_eq(end(SIGTERM), 0);
    char line[64];
    snprintf(line, sizeof line, "inbeeld: http://127.0.0.1:%u/\n", port);
    ck_assert_str_eq(said, line);
    ck_assert_uint_eq(bytes_of(folder), before);
    drop_folder();
}
INB_END

INB_TEST(signals_end_it) {
    make_folder();
    static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < 3; i++) {
        begin((const char *const[]){"--listen", "127.0.0.1:0", NULL});
        ck_assert_uint_ne(port, 0);
        ck_assert_int_eq(end(ends[i]), 0);
    }
    drop_folder();
}
INB_END

INB_TEST(wrong_calls_are_said) {
    make_folder();
    static const struct {
        const char *words[4];
        int code;
        const char *part;
    } cases[] = {
        {{"--listen", "0.0.0.0:0", NULL}, 2, "no accounts yet"},
        {{"--listen", "nonsense", NULL}, 2, "expected ADDRESS:PORT"},
        {{"file.csv", NULL}, 2, "takes no files"},
        {{"--local", "none.ini", NULL}, 1, "none.ini"},
        {{"--report", "none.html", NULL}, 1, "none.html"},
        {{"--nonsense", NULL}, 2, "no option"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        begin(cases[i].words);
        int code = end(0);
        ck_assert_msg(code == cases[i].code && strstr(said, cases[i].part) != NULL,
            "case %zu gave %d: %s", i, code, said);
    }
    drop_folder();
}
INB_END

static void path_of(char ret_path[128], const char *name) {
    snprintf(ret_path, 128, "%s/%s", folder, name);
}

// A store is made beside nothing: its folder, and two keys elsewhere.
static void make_store_folder(void) {
    char path[128];
    make_folder();
    path_of(path, "store");
    ck_assert_int_eq(mkdir(path, 0700), 0);
    path_of(path, "one.key");
    INB_OK_IS(inb_keyfile_new(path, err));
    path_of(path, "two.key");
    INB_OK_IS(inb_keyfile_new(path, err));
    path_of(path, "store/in.key");
    INB_OK_IS(inb_keyfile_new(path, err));
}

static void drop_store_folder(void) {
    static const char *const names[] = {"store/s.db", "store/s.db-wal", "store/s.db-shm",
        "store/in.key", "store/junk.db", "one.key", "two.key"};
    char path[128];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        path_of(path, names[i]);
        (void)unlink(path);
    }
    path_of(path, "one.key");
    inb_keyring_drop(path);
    path_of(path, "store");
    ck_assert_int_eq(rmdir(path), 0);
    drop_folder();
}

// Every thread of the running program is locked in, as the kernel itself says.
static void check_locked(void) {
    char path[320];
    snprintf(path, sizeof path, "/proc/%d/task", (int)server);
    DIR *dir = opendir(path);
    ck_assert_ptr_nonnull(dir);
    size_t locked = 0;
    size_t threads = 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        char text[8192];
        snprintf(path, sizeof path, "/proc/%d/task/%.64s/status", (int)server, entry->d_name);
        FILE *file = entry->d_name[0] == '.' ? NULL : fopen(path, "re");
        if (file == NULL) {
            continue;
        }
        text[fread(text, 1, sizeof text - 1, file)] = '\0';
        fclose(file);
        ck_assert_ptr_nonnull(strstr(text, "\nNoNewPrivs:\t1\n"));
        locked += strstr(text, "\nSeccomp:\t2\n") != NULL;
        threads++;
    }
    closedir(dir);
    printf("# %zu threads, %zu with a filter\n", threads, locked);
    ck_assert_uint_ge(threads, 6); // main, writer, two workers, watcher, the pool
#if !defined(__SANITIZE_ADDRESS__)
    ck_assert_uint_eq(locked, threads);
#endif
}

INB_TEST(a_team_on_loopback_alone) {
    char path[128];
    make_store_folder();
    put("store/junk.db", "this is no store at all, but it is as long as a first page would begin");
    path_of(path, "store/junk.db");
    ck_assert_int_eq(chmod(path, 0600), 0);
    static const struct {
        const char *words[8];
        int code;
        const char *part;
    } cases[] = {
        {{"--store", "sqlite:store/s.db", "--key", "one.key", "--listen", "0.0.0.0:0", NULL}, 2,
            "no accounts yet"},
        {{"--store", "sqlite:store/s.db", "--key", "one.key", "--listen", "[::]:0", NULL}, 2,
            "no accounts yet"},
        {{"--store", "sqlite:store/s.db", "--key", "store/in.key", NULL}, 1,
            "in the folder of the store"},
        {{"--store", "sqlite:store/s.db", "--key", "none.key", NULL}, 1, "none.key"},
        {{"--store", "sqlite:none/s.db", "--key", "one.key", NULL}, 1, "no such folder"},
        {{"--store", "sqlite:store/junk.db", "--key", "one.key", NULL}, 1, "a store of inbeeld"},
        {{"--store", "postgresql://canary", "--key", "one.key", NULL}, 2, "PostgreSQL"},
        {{"--key", "one.key", NULL}, 2, "but no store"},
        {{"--reader", "any", NULL}, 2, "but no store"},
        {{"--store", "sqlite:store/s.db", "--key", "one.key", "--reader", "no-such-account", NULL},
            2, "expected an account"},
        {{"--truth", "one.key", NULL}, 2, "but no store"},
        {{"--truth", "one.key", "--store", "sqlite:store/s.db", "--key", "one.key", NULL}, 1,
            "one.key:1:"},
        {{"--norms", "nowhere", "--store", "sqlite:store/s.db", "--key", "one.key", NULL}, 1,
            "nowhere"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        begin(cases[i].words);
        int code = end(0);
        ck_assert_msg(code == cases[i].code && strstr(said, cases[i].part) != NULL,
            "case %zu gave %d: %s", i, code, said);
        ck_assert_ptr_null(strstr(said, "canary"));
        path_of(path, "store/s.db");
        ck_assert_int_ne(access(path, F_OK), 0); // nothing was made on the way
    }
    // It runs: its pages are there, and the locked program still writes its log.
    begin((const char *const[]){
        "--store", "sqlite:store/s.db", "--key", "one.key", "--listen", "127.0.0.1:0", NULL});
    ck_assert_msg(port != 0, "it said: %s", said);
    ask("GET", "/nl/signals", "");
    ck_assert_ptr_nonnull(strstr(page, "Er is nog niets bewaard"));
    check_locked();
    ck_assert_int_eq(end(SIGTERM), 0);
    // Another key: in words, and no page.
    begin((const char *const[]){
        "--store", "sqlite:store/s.db", "--key", "two.key", "--listen", "127.0.0.1:0", NULL});
    ck_assert_int_eq(end(0), 1);
    ck_assert_ptr_nonnull(strstr(said, "another key"));
    drop_store_folder();
}
INB_END

INB_TEST(a_taken_port_is_exit_three) {
    make_folder();
    int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in any = {.sin_family = AF_INET};
    any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof any;
    ck_assert_int_eq(bind(s, (struct sockaddr *)&any, sizeof any), 0);
    ck_assert_int_eq(listen(s, 1), 0);
    ck_assert_int_eq(getsockname(s, (struct sockaddr *)&any, &length), 0);
    char address[32];
    snprintf(address, sizeof address, "127.0.0.1:%u", (unsigned)ntohs(any.sin_port));
    begin((const char *const[]){"--listen", address, NULL});
    ck_assert_int_eq(end(0), 3);
    ck_assert_ptr_nonnull(strstr(said, "is taken"));
    close(s);
    drop_folder();
}
INB_END

INB_TEST_MAIN("cli/cmd_serve", a_card_leaves_no_trace, signals_end_it, wrong_calls_are_said,
    a_team_on_loopback_alone, a_taken_port_is_exit_three)
