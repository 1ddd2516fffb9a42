// SPDX-License-Identifier: EUPL-1.2
// After its requests a desk holds no name that it opened or was given: a desk in a process of its
// own serves pages full of test words, and then its whole memory is read and searched for them, by
// who started it. The words are put together after that process began, so that it has them from
// nowhere but the store and the forms.

#include "desk/server.h"

#include "inb_test.h"

#include <inbeeld/buffer.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

enum { WORDS = 4, WORD = 32, SIGNALS = 3, TRIES = 40 };
typedef enum word { NAME, TEXT, STREET, TYPED } word; // the last one comes by a form alone

static char folder[64];
static char where[96];
static char key[96];
static pid_t desk_process;
static int to_desk; // closed: it ends
static unsigned port;

// Not in the program as it stands, nor in a register of it: two halves.
static void make_word(word which, char ret_word[WORD]) {
    static const char *const heads[WORDS] = {"Kanarie", "Merel", "Spreeuw", "Roodborst"};
    static const char *const tails[WORDS] = {
        "-zoekmij-77", "-zoekmij-78", "-zoekmij-79", "-zoekmij-80"};
    (void)snprintf(ret_word, WORD, "%s%s", heads[which], tails[which]);
}

// ---- a store with signals, and a desk, each in a process of its own ----

static inb_status open_road(const inb_catalogue *catalogue, inb_road **ret_road, inb_error *err) {
    const inb_road_options options = {
        .store = where, .key = key, .catalogue = catalogue, .create = true};
    return inb_road_open(&options, ret_road, err);
}

static int keep_signals(void) {
    inb_catalogue *catalogue = NULL;
    inb_road *road = NULL;
    inb_error err = INB_ERROR_INIT;
    if (inb_catalogue_load(NULL, &catalogue, &err) != INB_OK ||
        open_road(catalogue, &road, &err) != INB_OK) {
        return 1;
    }
    char words[WORDS][WORD];
    for (int i = 0; i < WORDS; i++) {
        make_word((word)i, words[i]);
    }
    const inb_observation seen[] = {{"D1-01", INB_ANSWER_YES}};
    const inb_person person = {.ref = "a",
        .age = {INB_AGE_CHILD, 15},
        .name = words[NAME],
        .observations = seen,
        .observation_count = 1};
    const inb_party party = {INB_PARTY_ADDRESS, words[STREET], NULL};
    const inb_road_actor actor = {"test", "own", "", 1790000000};
    for (int i = 0; i < SIGNALS; i++) {
        char id[16];
        char text[4000];
        (void)snprintf(id, sizeof id, "s%d", i);
        int length = 0;
        for (int n = 0; n < 40; n++) { // long enough for buffers to grow
            length += snprintf(text + length, sizeof text - (size_t)length,
                "%s een regel van wat "
                "er gezien is. ",
                words[TEXT]);
        }
        const inb_signal signal = {.id = id,
            .organisation = "own",
            .persons = &person,
            .person_count = 1,
            .parties = &party,
            .party_count = 1,
            .text = text};
        if (inb_road_keep(road, &actor, &signal, NULL, NULL, NULL, &err) != INB_OK) {
            return 2;
        }
    }
    inb_road_free(road);
    inb_catalogue_free(catalogue);
    return 0;
}

static int serve(int from_parent, int to_parent) {
    inb_desk_options options = INB_DESK_OPTIONS_INIT;
    inb_catalogue *catalogue = NULL;
    inb_road *road = NULL;
    inb_desk *desk = NULL;
    inb_error err = INB_ERROR_INIT;
    if (inb_catalogue_load(NULL, &catalogue, &err) != INB_OK ||
        open_road(catalogue, &road, &err) != INB_OK) {
        return 1;
    }
    const inb_desk_team team = {
        .road = road, .folder = folder, .actor = "test", .organisation = "own"};
    options.listen = "127.0.0.1:0";
    options.catalogue = catalogue;
    options.team = &team;
    if (inb_desk_start(&options, &desk, &err) != INB_OK) {
        return 2;
    }
    unsigned at = inb_desk_port(desk);
    char end[1];
    bool told = write(to_parent, &at, sizeof at) == sizeof at;
    ssize_t ended = read(from_parent, end, 1);
    inb_desk_stop(desk);
    inb_road_free(road);
    inb_catalogue_free(catalogue);
    return told && ended == 0 ? 0 : 3;
}

static int in_child(int (*run)(void)) {
    pid_t id = fork();
    ck_assert_int_ge(id, 0);
    if (id == 0) {
        _exit(run());
    }
    int status = 0;
    ck_assert_int_eq(waitpid(id, &status, 0), id);
    return status;
}

static void begin(void) {
    int down[2];
    int up[2];
    memcpy(folder, "/tmp/inb_memory_XXXXXX", sizeof "/tmp/inb_memory_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    (void)snprintf(where, sizeof where, "sqlite:%s/s.db", folder);
    (void)snprintf(key, sizeof key, "%s/key", folder);
    INB_OK_IS(inb_keyfile_new(key, err));
    ck_assert_int_eq(in_child(keep_signals), 0);
    ck_assert_int_eq(pipe(down), 0);
    ck_assert_int_eq(pipe(up), 0);
    desk_process = fork();
    ck_assert_int_ge(desk_process, 0);
    if (desk_process == 0) {
        close(down[1]);
        close(up[0]);
        _exit(serve(down[0], up[1]));
    }
    close(down[0]);
    close(up[1]);
    to_desk = down[1];
    ck_assert_int_eq(read(up[0], &port, sizeof port), sizeof port);
    close(up[0]);
}

static int remove_it(const char *path, const struct stat *info, int flag, struct FTW *place) {
    (void)info;
    (void)flag;
    (void)place;
    return remove(path);
}

static void end(void) {
    int status = 0;
    close(to_desk);
    ck_assert_int_eq(waitpid(desk_process, &status, 0), desk_process);
    ck_assert_int_eq(status, 0);
    ck_assert_int_eq(nftw(folder, remove_it, 8, FTW_DEPTH | FTW_PHYS), 0);
}

// ---- asking ----

static inb_buffer got = INB_BUFFER_INIT(8 << 20);

// One request; the connection is closed by both afterwards. Returns the status.
static int ask(const char *line, const char *body) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    inb_buffer text = INB_BUFFER_INIT(1 << 20);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    inb_buffer_format(&text,
        "%s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\nContent-Type: "
        "application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s",
        line, port, strlen(body), body);
    int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert_int_eq(connect(s, (struct sockaddr *)&at, sizeof at), 0);
    ck_assert_int_eq(send(s, text.data, text.length, MSG_NOSIGNAL), (ssize_t)text.length);
    inb_buffer_clear(&text);
    inb_buffer_reset(&got);
    char part[16384];
    ssize_t size;
    while ((size = recv(s, part, sizeof part, 0)) > 0) {
        inb_buffer_add(&got, part, (size_t)size);
    }
    close(s);
    return (int)strtol(inb_buffer_get(&got) + 9, NULL, 10);
}

static bool page_has(word which) {
    char wanted[WORD];
    make_word(which, wanted);
    return strstr(inb_buffer_get(&got), wanted) != NULL;
}

static void hidden(const char *name, char *ret_value, size_t size) {
    char wanted[64];
    (void)snprintf(wanted, sizeof wanted, "name=\"%s\" value=\"", name);
    const char *at = strstr(inb_buffer_get(&got), wanted);
    ck_assert_msg(at != NULL, "no field %s", name);
    at += strlen(wanted);
    (void)snprintf(ret_value, size, "%.*s", (int)strcspn(at, "\""), at);
}

// ---- looking ----

typedef struct findings {
    size_t times;
    word first;
    char where[160];
} findings;

static void look_in(const char *bytes, size_t size, unsigned long from, const char *line,
    char wanted[WORDS][WORD], findings *ret_found) {
    for (int i = 0; i < WORDS; i++) {
        const char *at = bytes;
        while (
            (at = memmem(at, (size_t)(bytes + size - at), wanted[i], strlen(wanted[i]))) != NULL) {
            if (ret_found->times++ == 0) {
                ret_found->first = (word)i;
                (void)snprintf(ret_found->where, sizeof ret_found->where, "%lx in %.120s",
                    from + (unsigned long)(at - bytes), line);
            }
            at++;
        }
    }
}

// How often the words stand in the memory of the desk's process, and where first.
static findings look(void) {
    char path[64];
    char line[512];
    char wanted[WORDS][WORD];
    findings found = {0};
    for (int i = 0; i < WORDS; i++) {
        make_word((word)i, wanted[i]);
    }
    (void)snprintf(path, sizeof path, "/proc/%d/maps", (int)desk_process);
    FILE *maps = fopen(path, "re");
    (void)snprintf(path, sizeof path, "/proc/%d/mem", (int)desk_process);
    int memory = open(path, O_RDONLY | O_CLOEXEC);
    ck_assert_ptr_nonnull(maps);
    ck_assert_int_ge(memory, 0);
    size_t read_bytes = 0;
    while (fgets(line, sizeof line, maps) != NULL) {
        unsigned long from = 0;
        unsigned long to = 0;
        char rights[8];
        if (sscanf(line, "%lx-%lx %7s", &from, &to, rights) != 3 || rights[0] != 'r') {
            continue;
        }
        char *bytes = malloc(to - from);
        ssize_t size = bytes == NULL ? -1 : pread(memory, bytes, to - from, (off_t)from);
        if (size > 0) {
            look_in(bytes, (size_t)size, from, line, wanted, &found);
            read_bytes += (size_t)size;
        }
        free(bytes);
    }
    close(memory);
    fclose(maps);
    ck_assert_uint_gt(read_bytes, 1 << 20);
    return found;
}

static void check_memory(void) {
    static const char *const names[WORDS] = {"name", "text", "street", "typed"};
    findings found = look();
    // The pool closes a connection a moment after its answer is through.
    for (int tries = 0; tries < TRIES && found.times != 0; tries++) {
        struct timespec moment = {0, 50000000};
        nanosleep(&moment, NULL);
        found = look();
    }
    ck_assert_msg(found.times == 0, "words stand %zu times in memory, first the %s at %s",
        found.times, names[found.first], found.where);
}

INB_TEST(nothing_opened_stays_in_memory) {
    if (SANITIZED) {
        printf("# under a sanitizer: memory is not read\n");
        return;
    }
    begin();
    check_memory();
    ck_assert_int_eq(ask("GET /nl/signals", ""), 200);
    for (int i = 1; i <= SIGNALS; i++) {
        char line[64];
        (void)snprintf(line, sizeof line, "GET /nl/signal/%d", i);
        ck_assert_int_eq(ask(line, ""), 200);
        ck_assert(page_has(NAME) && page_has(TEXT) && page_has(STREET));
    }
    check_memory();
    // A form that is shown again, with what was typed; and one that is kept.
    for (int round = 0; round < 2; round++) {
        char stamp[128];
        char typed[WORD];
        char name[WORD];
        char body[512];
        ck_assert_int_eq(ask("GET /nl/signal/1/correct", ""), 200);
        ck_assert(page_has(NAME));
        hidden("stamp", stamp, sizeof stamp);
        make_word(TYPED, typed);
        make_word(NAME, name);
        (void)snprintf(body, sizeof body,
            "stamp=%s&version=1&do=correct&person.1.age=teen&person.1.name=%s&place=%s%s", stamp,
            name, typed, round == 0 ? "&person.1.birth_date=nonsense" : "");
        ck_assert_int_eq(ask("POST /nl/signal/1/correct", body), round == 0 ? 422 : 303);
        ck_assert(round == 1 || page_has(TYPED));
        check_memory();
    }
    ck_assert_int_eq(ask("GET /nl/signal/1", ""), 200);
    ck_assert(page_has(TYPED));
    check_memory();
    inb_buffer_clear(&got);
    end();
}
INB_END

INB_TEST_MAIN("desk/memory", nothing_opened_stays_in_memory)
