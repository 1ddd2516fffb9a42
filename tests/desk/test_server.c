// SPDX-License-Identifier: EUPL-1.2
// The server over raw sockets: statuses and headers, limits on headers, body, time and connections,
// keep-alive, pipelining, many connections at once, and a clean stop while it is being asked.

#include "desk/server.h"

#include "base/alloc.h"
#include "inb_test.h"

#include <inbeeld/buffer.h>

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static inb_catalogue *catalogue;
static inb_desk *desk;
static char host[64]; // "Host: 127.0.0.1:PORT\r\n"

static inb_road *road; // of a team, NULL without
static inb_desk_team team;
static char team_folder[64];
static const char *asked_for = "/nl/list";

static uint32_t readers[1];
static size_t reader_count;
static bool anybody;

static void open_road(void) {
    char where[96];
    char key[96];
    memcpy(team_folder, "/tmp/inb_server_XXXXXX", sizeof "/tmp/inb_server_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(team_folder));
    snprintf(where, sizeof where, "sqlite:%s/s.db", team_folder);
    snprintf(key, sizeof key, "%s/key", team_folder);
    INB_OK_IS(inb_keyfile_new(key, err));
    const inb_road_options options = {
        .store = where, .key = key, .catalogue = catalogue, .create = true};
    INB_OK_IS(inb_road_open(&options, &road, err));
    team = (inb_desk_team){
        .road = road, .folder = team_folder, .actor = "uid-1", .organisation = "own"};
    team.readers = readers;
    team.reader_count = reader_count;
    team.anybody = anybody;
}

static void close_road(void) {
    static const char *const names[] = {"s.db", "s.db-wal", "s.db-shm", "key"};
    inb_log_verdict verdict;
    INB_OK_IS(inb_road_log_verify(road, NULL, &verdict, err));
    ck_assert_int_eq(verdict.fault, INB_LOG_WHOLE);
    printf("# %lld rows in the log\n", (long long)verdict.rows);
    inb_road_free(road);
    road = NULL;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[96];
        snprintf(path, sizeof path, "%s/%s", team_folder, names[i]);
        (void)unlink(path);
    }
    (void)rmdir(team_folder);
}

static bool with_team;

static void start(void) {
    inb_desk_options options = INB_DESK_OPTIONS_INIT;
    INB_OK_IS(inb_catalogue_load(NULL, &catalogue, err));
    options.listen = "127.0.0.1:0";
    options.catalogue = catalogue;
    options.idle_seconds = 3;
    options.request_seconds = 2;
    options.connections = 200;
    if (with_team) {
        open_road();
        options.team = &team;
    }
    INB_OK_IS(inb_desk_start(&options, &desk, err));
    snprintf(host, sizeof host, "Host: 127.0.0.1:%u\r\n", (unsigned)inb_desk_port(desk));
}

static void stop(void) {
    inb_desk_stop(desk);
    desk = NULL;
    inb_catalogue_freep(&catalogue);
}

static int dial(void) {
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons(inb_desk_port(desk))};
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert_int_ge(s, 0);
    ck_assert_int_eq(connect(s, (struct sockaddr *)&where, sizeof where), 0);
    return s;
}

static bool send_all(int s, const char *text, size_t length) {
    while (length > 0) {
        ssize_t sent = send(s, text, length, MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        text += sent;
        length -= (size_t)sent;
    }
    return true;
}

// False where several answers may wait in one socket: then bytes are taken one by one.
static bool one_answer = true;

// Reads one answer with its body (by Content-Length; none for HEAD), or up to the end, for at most
// `seconds`. Returns its status, 0 = closed without one, -1 = time is over.
static int take(int s, bool head, int seconds, inb_buffer *ret_text) {
    inb_buffer_reset(ret_text);
    time_t end = time(NULL) + seconds + 1;
    for (;;) {
        const char *text = inb_buffer_get(ret_text);
        const char *blank = strstr(text, "\r\n\r\n");
        const char *length = blank == NULL ? NULL : strcasestr(text, "content-length: ");
        size_t wanted = length == NULL || length > blank ? 0 : strtoul(length + 16, NULL, 10);
        size_t have = blank == NULL ? 0 : ret_text->length - (size_t)(blank + 4 - text);
        if (blank != NULL && (head || have >= wanted)) {
            return (int)strtol(text + 9, NULL, 10);
        }
        struct pollfd ready = {s, POLLIN, 0};
        if (time(NULL) >= end || poll(&ready, 1, 1000) < 0) {
            return -1;
        }
        if ((ready.revents & (POLLIN | POLLHUP | POLLERR)) == 0) {
            continue;
        }
        char part[16384];
        ssize_t size = recv(s, part, one_answer ? sizeof part : 1, 0);
        if (size <= 0) {
            return 0;
        }
        inb_buffer_add(ret_text, part, (size_t)size);
    }
}

static inb_buffer got = INB_BUFFER_INIT(8 << 20);

// Sends `head` (request line and headers without Host and blank line) with Host; returns the
// status.
static int ask(const char *head, const char *body) {
    inb_buffer text = INB_BUFFER_INIT(4 << 20);
    inb_buffer_format(&text, "%s\r\n%s\r\n%s", head, host, body);
    int s = dial();
    ck_assert(send_all(s, text.data, text.length));
    int status = take(s, strncmp(head, "HEAD", 4) == 0, 10, &got);
    close(s);
    inb_buffer_clear(&text);
    return status;
}

static bool has(const char *part) {
    return strcasestr(inb_buffer_get(&got), part) != NULL;
}

INB_TEST(statuses_and_headers) {
    start();
    ck_assert_int_eq(ask("GET / HTTP/1.1", ""), 303);
    ck_assert(has("\r\nLocation: /nl/\r\n"));
    ck_assert_int_eq(ask("GET / HTTP/1.1\r\nAccept-Language: en", ""), 303);
    ck_assert(has("\r\nLocation: /en/\r\n"));
    static const char *const pages[] = {
        "/nl/", "/en/card", "/nl/list", "/en/picture", "/nl/nope", "/css/inbeeld.css"};
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        char line[64];
        snprintf(line, sizeof line, "GET %s HTTP/1.1", pages[i]);
        ck_assert_int_eq(ask(line, ""), i == 4 ? 404 : 200);
        static const char *const wanted[] = {
            "Content-Security-Policy: default-src 'none'; style-src "
            "'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
            "'none'\r\n",
            "Referrer-Policy: no-referrer\r\n", "X-Content-Type-Options: nosniff\r\n",
            "Cross-Origin-Opener-Policy: same-origin\r\n",
            "Cross-Origin-Resource-Policy: same-origin\r\n", "Permissions-Policy: "};
        for (size_t h = 0; h < sizeof wanted / sizeof wanted[0]; h++) {
            ck_assert_msg(has(wanted[h]), "%s lacks %s", pages[i], wanted[h]);
        }
        ck_assert(has(i == 5 ? "Cache-Control: no-cache\r\n" : "Cache-Control: no-store\r\n"));
        ck_assert(!has("Set-Cookie"));
        ck_assert(!has("unsafe"));
        ck_assert(!has("\r\nServer:"));
    }
    ck_assert_int_eq(ask("HEAD /nl/ HTTP/1.1", ""), 200);
    ck_assert(!has("<html"));
    static const char *const methods[] = {"PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "FOO"};
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        char line[64];
        snprintf(line, sizeof line, "%s /nl/card HTTP/1.1", methods[i]);
        ck_assert_int_eq(ask(line, ""), 405);
        ck_assert(has("\r\nAllow: GET, HEAD, POST\r\n"));
    }
    ck_assert_int_eq(ask("POST /nl/ HTTP/1.1\r\nContent-Length: 0", ""), 405);
    ck_assert(has("\r\nAllow: GET, HEAD\r\n"));
    ck_assert_int_eq(ask("GET /nl/exit HTTP/1.1", ""), 405);
    stop();
}
INB_END

INB_TEST(style_sheet_is_asked_after_and_not_sent_again) {
    start();
    ck_assert_int_eq(ask("GET /css/inbeeld.css HTTP/1.1", ""), 200);
    const char *tag = strcasestr(inb_buffer_get(&got), "\r\nETag: ");
    ck_assert_ptr_nonnull(tag);
    char line[160];
    ck_assert_uint_lt(
        got.length, 12500); // with its headers: all that the card loads besides itself
    snprintf(line, sizeof line, "GET /css/inbeeld.css HTTP/1.1\r\nIf-None-Match: %.*s",
        (int)strcspn(tag + 8, "\r"), tag + 8);
    ck_assert_int_eq(ask(line, ""), 304);
    // The card's pages name that one sheet; a page with fields names the other too.
    ck_assert_int_eq(ask("GET /nl/card HTTP/1.1", ""), 200);
    ck_assert(has("/css/inbeeld.css") && !has("/css/fields.css") && !has("/css/picture.css"));
    ck_assert_int_eq(ask("GET /nl/list HTTP/1.1", ""), 200);
    ck_assert(has("/css/inbeeld.css") && has("/css/fields.css"));
    ck_assert_int_eq(ask("GET /css/fields.css HTTP/1.1", ""), 200);
    ck_assert(has("text/css") && has(".inb-input"));
    stop();
}
INB_END

INB_TEST(a_foreign_host_is_sent_away) {
    start();
    unsigned port = inb_desk_port(desk);
    char own[64];
    snprintf(own, sizeof own, "%s", host);
    static const char *const bad[] = {"Host: evil.example\r\n", "Host: evil.example:%u\r\n",
        "Host: 127.0.0.1\r\n", "Host: localhost.evil.example:%u\r\n", "Host: 127.0.0.1:1\r\n"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        snprintf(host, sizeof host, strstr(bad[i], "%u") == NULL ? "%s" : "%s", bad[i]);
        char *mark = strstr(host, "%u");
        if (mark != NULL) {
            snprintf(mark, sizeof host - (size_t)(mark - host), "%u\r\n", port);
        }
        ck_assert_msg(ask("GET /nl/card HTTP/1.1", "") == 421, "%s", host);
        ck_assert_msg(ask("POST /nl/card HTTP/1.1\r\nContent-Length: 3\r\nContent-Type: "
                          "application/x-www-form-urlencoded",
                          "a=1") == 421,
            "%s", host);
    }
    snprintf(host, sizeof host, "Host: localhost:%u\r\n", port);
    ck_assert_int_eq(ask("GET /nl/card HTTP/1.1", ""), 200);
    snprintf(host, sizeof host, "Host: [::1]:%u\r\n", port);
    ck_assert_int_eq(ask("GET /nl/card HTTP/1.1", ""), 200);
    snprintf(host, sizeof host, "%s", "");
    ck_assert_int_eq(ask("GET /nl/card HTTP/1.1", ""), 400); // HTTP/1.1 demands one
    ck_assert_int_eq(ask("GET /nl/card HTTP/1.0", ""), 421);
    stop();
}
INB_END

INB_TEST(limits_on_headers) {
    start();
    static const struct {
        size_t bytes;
        int status;
    } cases[] = {{1000, 200}, {30000, 200}, {33000, 431}, {60000, 431}, {300000, 431}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        inb_buffer line = INB_BUFFER_INIT(1 << 20);
        inb_buffer_text(&line, "GET /nl/ HTTP/1.1");
        for (size_t n = 0; n < cases[i].bytes; n += 1000) {
            inb_buffer_format(&line, "\r\nX-Long-%05zu: %0985d", n, 1);
        }
        int status = ask(inb_buffer_get(&line), "");
        ck_assert_msg(status == cases[i].status || (cases[i].bytes > 60000 && status == 0),
            "%zu bytes of headers gave %d", cases[i].bytes, status);
        inb_buffer_clear(&line);
    }
    inb_buffer line = INB_BUFFER_INIT(1 << 20);
    inb_buffer_format(&line, "GET /nl/%040000d HTTP/1.1", 1);
    int status = ask(inb_buffer_get(&line), "");
    ck_assert_msg(status == 431 || status == 414, "a long address gave %d", status);
    inb_buffer_clear(&line);
    ck_assert_int_eq(ask("GET /nl/ HTTP/1.1", ""), 200); // it still serves
    stop();
}
INB_END

INB_TEST(limits_on_the_body) {
    start();
    static const char head[] = "POST /nl/card HTTP/1.1\r\nContent-Type: "
                               "application/x-www-form-urlencoded\r\n";
    static const struct {
        size_t bytes;
        int status;
    } cases[] = {{0, 400}, {100, 400}, {INB_DESK_MAX_BODY, 400}, {INB_DESK_MAX_BODY + 1, 413},
        {500000, 413}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        inb_buffer line = INB_BUFFER_INIT(1 << 20);
        inb_buffer body = INB_BUFFER_INIT(2 << 20);
        for (size_t n = 0; n < cases[i].bytes; n++) {
            inb_buffer_char(&body, 'a');
        }
        inb_buffer_format(&line, "%sContent-Length: %zu", head, cases[i].bytes);
        int status = ask(inb_buffer_get(&line), inb_buffer_get(&body));
        ck_assert_msg(status == cases[i].status, "%zu bytes gave %d", cases[i].bytes, status);
        // The same in chunks, whose whole length nobody says before.
        inb_buffer_reset(&line);
        inb_buffer_format(&line, "%sTransfer-Encoding: chunked", head);
        inb_buffer chunked = INB_BUFFER_INIT(2 << 20);
        for (size_t n = 0; n < cases[i].bytes; n += 8192) {
            size_t part = cases[i].bytes - n < 8192 ? cases[i].bytes - n : 8192;
            inb_buffer_format(&chunked, "%zx\r\n%.*s\r\n", part, (int)part, body.data);
        }
        inb_buffer_text(&chunked, "0\r\n\r\n");
        status = ask(inb_buffer_get(&line), inb_buffer_get(&chunked));
        ck_assert_msg(
            status == cases[i].status, "%zu bytes in chunks gave %d", cases[i].bytes, status);
        inb_buffer_clear(&line);
        inb_buffer_clear(&body);
        inb_buffer_clear(&chunked);
    }
    ck_assert_int_eq(ask("POST /nl/card HTTP/1.1\r\nContent-Length: 999999999999\r\nContent-Type: "
                         "application/x-www-form-urlencoded",
                         ""),
        413); // at once, without waiting for it
    ck_assert_int_eq(
        ask("POST /nl/card HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: 3", "a=1"), 400);
    ck_assert_int_eq(ask("POST /nl/card HTTP/1.1\r\nSec-Fetch-Site: cross-site\r\nContent-Type: "
                         "application/x-www-form-urlencoded\r\nContent-Length: 3",
                         "a=1"),
        403);
    stop();
}
INB_END

INB_TEST(slow_requests_are_cut_off) {
    start();
    int s = dial();
    time_t began = time(NULL);
    bool cut = false;
    const char *text = "GET /nl/ HTTP/1.1\r\nX-Slow: ";
    ck_assert(send_all(s, text, strlen(text)));
    // One byte every half second is never silent, and never a whole request.
    for (int i = 0; i < 20 && !cut; i++) {
        struct timespec pause = {0, 500000000};
        nanosleep(&pause, NULL);
        char end[1];
        cut = !send_all(s, "x", 1) || recv(s, end, 1, MSG_DONTWAIT) == 0;
    }
    ck_assert_msg(cut, "a slow request was never cut off");
    ck_assert_int_le(time(NULL) - began, 7);
    close(s);
    s = dial(); // silence
    ck_assert_int_eq(take(s, false, 8, &got), 0);
    close(s);
    ck_assert_int_eq(ask("GET /nl/ HTTP/1.1", ""), 200);
    stop();
}
INB_END

INB_TEST(keep_alive_and_pipelining) {
    start();
    int s = dial();
    char text[256];
    int length = snprintf(text, sizeof text, "GET /nl/card HTTP/1.1\r\n%s\r\n", host);
    for (int i = 0; i < 50; i++) {
        ck_assert(send_all(s, text, (size_t)length));
        ck_assert_int_eq(take(s, false, 5, &got), 200);
    }
    one_answer = false;
    for (int i = 0; i < 10; i++) {
        ck_assert(send_all(s, text, (size_t)length));
    }
    for (int i = 0; i < 10; i++) {
        ck_assert_int_eq(take(s, false, 5, &got), 200);
    }
    one_answer = true;
    close(s);
    stop();
}
INB_END

INB_TEST(many_connections_at_once) {
    start();
    enum { MANY = 150 };
    int sockets[MANY];
    char text[256];
    int length = snprintf(text, sizeof text, "GET /en/list HTTP/1.1\r\n%s\r\n", host);
    for (int i = 0; i < MANY; i++) {
        sockets[i] = dial();
    }
    for (int i = 0; i < MANY; i++) {
        ck_assert(send_all(sockets[i], text, (size_t)length));
    }
    for (int i = 0; i < MANY; i++) {
        ck_assert_int_eq(take(sockets[i], false, 20, &got), 200);
        close(sockets[i]);
    }
    // More than may be open: the rest is turned away or waits, and the server lives.
    int more[400];
    for (int i = 0; i < 400; i++) {
        more[i] = dial();
    }
    for (int i = 0; i < 400; i++) {
        close(more[i]);
    }
    struct timespec pause = {0, 300000000};
    nanosleep(&pause, NULL);
    ck_assert_int_eq(ask("GET /nl/ HTTP/1.1", ""), 200);
    stop();
}
INB_END

INB_TEST(rubbish_does_no_harm) {
    start();
    static const char *const rubbish[] = {"\r\n\r\n", "\0\0\0\0", "GET\r\n\r\n", "GET /nl/\r\n\r\n",
        "GET /nl/ HTTP/9.9\r\n\r\n", "\x16\x03\x01\x02", "GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET http://evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /nl/card HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /nl/card HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        "GET /nl/ HTTP/1.1\r\n Host: x\r\n\r\n", "GET /nl/ HTTP/1.1\r\nHost\r\n\r\n",
        "POST /nl/card HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"};
    for (size_t i = 0; i < sizeof rubbish / sizeof rubbish[0]; i++) {
        int s = dial();
        (void)send_all(s, rubbish[i], rubbish[i][0] == '\0' ? 4 : strlen(rubbish[i]));
        (void)shutdown(s, SHUT_WR);
        int status = take(s, false, 6, &got);
        ck_assert_msg(status != 200, "rubbish %zu gave %d", i, status);
        close(s);
    }
    ck_assert_int_eq(ask("GET /nl/ HTTP/1.1", ""), 200);
    stop();
}
INB_END

static void *keep_asking(void *payload) {
    int *answered = payload;
    char text[256];
    int length = snprintf(text, sizeof text, "GET %s HTTP/1.1\r\n%s\r\n", asked_for, host);
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons(inb_desk_port(desk))};
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < 500; i++) {
        int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (connect(s, (struct sockaddr *)&where, sizeof where) != 0 ||
            !send_all(s, text, (size_t)length)) {
            close(s);
            break;
        }
        char part[4096];
        ssize_t size;
        while ((size = recv(s, part, sizeof part, 0)) > 0 &&
               memmem(part, (size_t)size, "</html>", 7) == NULL) {
        }
        *answered += size > 0;
        close(s);
    }
    return NULL;
}

INB_TEST(stops_cleanly_while_it_is_asked) {
    for (int round = 0; round < 5; round++) {
        start();
        pthread_t askers[4];
        int answered[4] = {0};
        for (int i = 0; i < 4; i++) {
            ck_assert_int_eq(pthread_create(&askers[i], NULL, keep_asking, &answered[i]), 0);
        }
        struct timespec pause = {0, 60000000};
        nanosleep(&pause, NULL);
        time_t began = time(NULL);
        inb_desk *ending = desk;
        inb_desk_stop(ending);
        ck_assert_int_le(time(NULL) - began, 7);
        for (int i = 0; i < 4; i++) {
            pthread_join(askers[i], NULL);
        }
        desk = NULL;
        inb_catalogue_freep(&catalogue);
    }
    inb_desk_stop(NULL);
}
INB_END

INB_TEST(only_this_machine) {
    INB_OK_IS(inb_catalogue_load(NULL, &catalogue, err));
    static const char *const refused[] = {
        "0.0.0.0:2730", "192.168.1.1:2730", "[::]:2730", "[2001:db8::1]:2730", "10.0.0.1:0"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        inb_desk_options options = INB_DESK_OPTIONS_INIT;
        options.catalogue = catalogue;
        options.listen = refused[i];
        INB_FAILS(inb_desk_start(&options, &desk, err), INB_USAGE, "no accounts yet");
    }
    static const char *const wrong[] = {"", "127.0.0.1", "2730", ":2730",
        "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1", "example.org:2730",
        "127.0.0.1:80:80", "[127.0.0.1]:80"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        inb_desk_options options = INB_DESK_OPTIONS_INIT;
        options.catalogue = catalogue;
        options.listen = wrong[i];
        INB_FAILS(inb_desk_start(&options, &desk, err), INB_USAGE, "expected");
    }
    inb_catalogue_freep(&catalogue);
}
INB_END

INB_TEST(a_taken_port_is_said) {
    start();
    char same[32];
    snprintf(same, sizeof same, "127.0.0.1:%u", (unsigned)inb_desk_port(desk));
    inb_desk_options options = INB_DESK_OPTIONS_INIT;
    options.catalogue = catalogue;
    options.listen = same;
    inb_desk *second = NULL;
    INB_FAILS(inb_desk_start(&options, &second, err), INB_IO, "is taken");
    char url[64];
    snprintf(url, sizeof url, "http://%s/", same);
    ck_assert_str_eq(inb_desk_url(desk), url);
    stop();
}
INB_END

// Requests that wait for the log: all at once, each with its own row, and a stop in between leaves
// none of them without an answer and the log whole.
INB_TEST(many_wait_for_the_log) {
    with_team = true;
    anybody = true; // whoever goes away at once would be nobody
    start();
    enum { MANY = 100 };
    int sockets[MANY];
    char text[256];
    int length = snprintf(text, sizeof text, "GET /nl/signals HTTP/1.1\r\n%s\r\n", host);
    for (int i = 0; i < MANY; i++) {
        sockets[i] = dial();
        ck_assert(send_all(sockets[i], text, (size_t)length));
    }
    for (int i = 0; i < MANY; i++) {
        ck_assert_int_eq(take(sockets[i], false, 20, &got), 200);
        close(sockets[i]);
    }
    inb_log_verdict verdict;
    INB_OK_IS(inb_road_log_verify(road, NULL, &verdict, err));
    ck_assert_int_eq(verdict.rows, MANY);
    // Who goes away while waiting does no harm.
    for (int i = 0; i < MANY; i++) {
        int s = dial();
        ck_assert(send_all(s, text, (size_t)length));
        close(s);
    }
    ck_assert_int_eq(ask("GET /nl/signal/7 HTTP/1.1", ""), 404);
    stop();
    close_road();
    asked_for = "/nl/signals";
    for (int round = 0; round < 3; round++) {
        start();
        pthread_t askers[4];
        int answered[4] = {0};
        for (int i = 0; i < 4; i++) {
            ck_assert_int_eq(pthread_create(&askers[i], NULL, keep_asking, &answered[i]), 0);
        }
        struct timespec pause = {0, 60000000};
        nanosleep(&pause, NULL);
        time_t began = time(NULL);
        inb_desk_stop(desk);
        ck_assert_int_le(time(NULL) - began, 7);
        for (int i = 0; i < 4; i++) {
            pthread_join(askers[i], NULL);
        }
        desk = NULL;
        close_road();
        inb_catalogue_freep(&catalogue);
    }
    asked_for = "/nl/list";
    with_team = false;
    anybody = false;
}
INB_END

// The status that another account gets, and whether the page has these words.
static int ask_as(uint32_t account, const char *head, const char *words, bool *ret_has) {
    int result[2];
    ck_assert_int_eq(pipe(result), 0);
    pid_t id = fork();
    ck_assert_int_ge(id, 0);
    if (id == 0) {
        int got_it[2] = {0, 0};
        if (account == geteuid() || (setgid(account) == 0 && setuid(account) == 0)) {
            got_it[0] = ask(head, "");
            got_it[1] = has(words) ? 1 : 0;
        }
        _exit(write(result[1], got_it, sizeof got_it) == sizeof got_it ? 0 : 1);
    }
    int got_it[2] = {0, 0};
    ck_assert_int_eq(read(result[0], got_it, sizeof got_it), sizeof got_it);
    int status = 0;
    ck_assert_int_eq(waitpid(id, &status, 0), id);
    ck_assert_int_eq(status, 0);
    close(result[0]);
    close(result[1]);
    *ret_has = got_it[1] == 1;
    return got_it[0];
}

// Whether these words stand in a file of the store.
static bool store_holds(const char *words) {
    static const char *const names[] = {"s.db", "s.db-wal"};
    bool holds = false;
    for (size_t i = 0; i < 2; i++) {
        char path[96];
        static char bytes[1 << 20];
        snprintf(path, sizeof path, "%s/%s", team_folder, names[i]);
        FILE *file = fopen(path, "re");
        size_t length = file == NULL ? 0 : fread(bytes, 1, sizeof bytes, file);
        holds = holds || memmem(bytes, length, words, strlen(words)) != NULL;
        if (file != NULL) {
            fclose(file);
        }
    }
    return holds;
}

// Another account of this machine gets the card and nothing of the team's; each in the log under
// its own name. Root tries as nobody; anybody else names an account that is not theirs.
INB_TEST(pages_of_a_team_are_for_its_accounts) {
    enum { NOBODY = 65534 };
    static const char *const of_team[] = {"GET /nl/signals HTTP/1.1", "GET /en/signal/1 HTTP/1.1",
        "GET /nl/signals/picture HTTP/1.1", "GET /nl/signal/1/correct HTTP/1.1",
        "HEAD /nl/signals HTTP/1.1",
        "POST /nl/keep HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "Content-Length: 0",
        "POST /nl/signal/1/retract HTTP/1.1\r\nContent-Type: "
        "application/x-www-form-urlencoded\r\nContent-Length: 0"};
    static const char *const open_to_all[] = {"GET /nl/ HTTP/1.1", "GET /nl/card HTTP/1.1",
        "GET /en/list HTTP/1.1", "GET /nl/about HTTP/1.1", "GET /css/inbeeld.css HTTP/1.1"};
    bool root = geteuid() == 0;
    uint32_t stranger = root ? NOBODY : geteuid();
    char name[32];
    bool found = false;
    with_team = true;
    readers[0] = geteuid() + 1;
    reader_count = root ? 0 : 1;
    start();
    for (size_t i = 0; i < sizeof of_team / sizeof of_team[0]; i++) {
        int status = ask_as(stranger, of_team[i], "--reader", &found);
        ck_assert_msg(status == 403, "%s gave %d", of_team[i], status);
        ck_assert_msg(found == (of_team[i][0] != 'H'), "%s does not say why", of_team[i]);
    }
    for (size_t i = 0; i < sizeof open_to_all / sizeof open_to_all[0]; i++) {
        ck_assert_int_eq(ask_as(stranger, open_to_all[i], "/signals", &found), 200);
        ck_assert_msg(!found, "%s leads to the team", open_to_all[i]);
    }
    if (root) {
        ck_assert_int_eq(ask("GET /nl/ HTTP/1.1", ""), 200);
        ck_assert(has("/nl/signals"));
        ck_assert_int_eq(ask("GET /nl/signals HTTP/1.1", ""), 200);
        ck_assert(store_holds("uid-0"));
    }
    stop();
    snprintf(name, sizeof name, "uid-%u", (unsigned)stranger);
    ck_assert(store_holds(name));
    inb_log_verdict verdict;
    INB_OK_IS(inb_road_log_verify(road, NULL, &verdict, err));
    ck_assert_int_ge(verdict.rows, root ? 2 : 1); // one row a minute for all that was refused
    ck_assert_int_le(verdict.rows, root ? 3 : 2);
    close_road();
    for (int way = 0; way < 2; way++) { // named, and all of them
        readers[0] = stranger;
        reader_count = way == 0 ? 1 : 0;
        anybody = way == 1;
        start();
        ck_assert_int_eq(ask_as(stranger, "GET /nl/signals HTTP/1.1", "/nl/card", &found), 200);
        ck_assert(found);
        stop();
        ck_assert(store_holds(name)); // who read, and not the account of the program
        close_road();
    }
    with_team = false;
    anybody = false;
    reader_count = 0;
}
INB_END

INB_TEST_MAIN("desk/server", statuses_and_headers, style_sheet_is_asked_after_and_not_sent_again,
    a_foreign_host_is_sent_away, limits_on_headers, limits_on_the_body, slow_requests_are_cut_off,
    keep_alive_and_pipelining, many_connections_at_once, rubbish_does_no_harm,
    stops_cleanly_while_it_is_asked, many_wait_for_the_log, pages_of_a_team_are_for_its_accounts,
    only_this_machine, a_taken_port_is_said)
