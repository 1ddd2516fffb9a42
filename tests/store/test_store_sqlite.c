// SPDX-License-Identifier: EUPL-1.2
// SQLite: what is refused at the door, a full disk, a kill under load, and what is in the files.

#include "store_help.h"

#include "store_i.h"

#include "inb_file.h"

#include <inbeeld/keys.h>

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

static void put_file(const void *data, size_t length, mode_t mode) {
    int file = open(help_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, data, length), (ssize_t)length);
    ck_assert_int_eq(fchmod(file, mode), 0);
    ck_assert_int_eq(close(file), 0);
}

INB_TEST(refused_at_the_door) {
    help_setup();
    inb_store *store = NULL;
    inb_store_options look = {.hash = help_hash};
    INB_FAILS(inb_store_open(help_where, &look, &store, err), INB_NOT_FOUND, "no store here");
    put_file("", 0, 0600);
    INB_FAILS(inb_store_open(help_where, &look, &store, err), INB_BAD_INPUT, "an empty file");
    char text[5000];
    memset(text, 'x', sizeof text);
    put_file(text, sizeof text, 0600);
    INB_FAILS(inb_store_open(help_where, &look, &store, err), INB_BAD_INPUT, "something else");
    (void)unlink(help_path);
    store = help_open();
    struct stat info;
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++) {
        char path[80];
        snprintf(path, sizeof path, "%s%s", help_path, ends[i]);
        ck_assert_int_eq(stat(path, &info), 0);
        ck_assert_uint_eq(info.st_mode & 0777, 0600);
    }
    INB_OK_IS(store->driver->script(store->connection, "pragma application_id = 7", err));
    inb_store_free(store);
    store = NULL;
    INB_FAILS(inb_store_open(help_where, &look, &store, err), INB_BAD_INPUT, "another program");
    ck_assert_int_eq(chmod(help_path, 0640), 0);
    INB_FAILS(inb_store_open(help_where, &look, &store, err), INB_BAD_INPUT, "mode 600");
    INB_FAILS(inb_store_open("sqlite:", &look, &store, err), INB_USAGE, "no path");
    INB_FAILS(inb_store_open("sqlite:/tmp", &look, &store, err), INB_BAD_INPUT, "no plain file");
    help_teardown();
}
INB_END

// Under a limit on the size of files, then without it.
INB_TEST(full_disk) {
    help_setup();
    inb_store *store = help_open();
    (void)signal(SIGXFSZ, SIG_IGN);
    struct rlimit old;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &old), 0);
    struct rlimit small = {400000, old.rlim_max};
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
    int kept = 0;
    inb_error error = INB_ERROR_INIT;
    for (; kept < 1000; kept++) {
        char id[16];
        snprintf(id, sizeof id, "%d", kept);
        inb_stored_signal signal = help_signal("o", id);
        inb_work work = help_work(INB_WORK_APPEND, &signal);
        if (inb_store_write(store, &work, NULL, &error) != INB_OK) {
            break;
        }
    }
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &old), 0);
    ck_assert(kept > 0 && kept < 1000);
    ck_assert_int_eq(error.status, INB_IO);
    ck_assert_msg(strstr(error.message, "no room left") != NULL, "%s", error.message);
    ck_assert_int_eq(help_verify(store, NULL).rows, kept);
    char id[16];
    snprintf(id, sizeof id, "%d", kept); // the very one that failed
    help_write(store, INB_WORK_APPEND, help_signal("o", id));
    inb_log_verdict verdict = help_verify(store, NULL);
    ck_assert(verdict.fault == INB_LOG_WHOLE && verdict.rows == kept + 1);
    inb_store_free(store);
    help_teardown();
}
INB_END

// One that waits for its acknowledgement, then tells it through the pipe.
struct told {
    int pipe;
    uint32_t id;
};

static void acknowledge(inb_status status, const char *message, uint32_t version, void *payload) {
    (void)message;
    (void)version;
    const struct told *told = payload;
    if (status == INB_OK && write(told->pipe, &told->id, sizeof told->id) < 0) {
        _exit(1);
    }
}

static void load(int pipe, uint32_t from) {
    enum { MOST = 2000 };
    static struct told told[MOST];
    static char ids[MOST][16];
    static inb_stored_signal signals[MOST];
    static inb_work works[MOST];
    inb_writer *writer = NULL;
    inb_error error = INB_ERROR_INIT;
    if (inb_writer_new(help_where, &help_options, &writer, &error) != INB_OK) {
        _exit(2);
    }
    for (uint32_t i = 0; i < MOST; i++) {
        told[i] = (struct told){pipe, from + i};
        snprintf(ids[i], sizeof ids[i], "%u", from + i);
        signals[i] = help_signal("o", ids[i]);
        works[i] = help_work(INB_WORK_APPEND, &signals[i]);
        if (inb_writer_add(writer, &works[i], acknowledge, &told[i], &error) != INB_OK) {
            _exit(3);
        }
    }
    inb_writer_free(writer);
    _exit(0);
}

INB_TEST(killed_under_load) {
    help_setup();
    inb_store_free(help_open());
    const char *asked = getenv("INBEELD_KILLS");
    int kills = asked == NULL ? 40 : (int)strtol(asked, NULL, 10);
    static uint32_t acknowledged[1000000];
    size_t count = 0;
    size_t caught = 0;
    time_t began = time(NULL);
    int turn = 0;
    for (; turn < kills && (asked != NULL || time(NULL) - began < 20); turn++) {
        int ends[2];
        ck_assert_int_eq(pipe(ends), 0);
        pid_t child = fork();
        ck_assert_int_ge(child, 0);
        if (child == 0) {
            (void)close(ends[0]);
            load(ends[1], (uint32_t)turn * 2000);
        }
        (void)close(ends[1]);
        uint32_t id; // the kill comes after the first acknowledgement, however slow the machine
        if (read(ends[0], &id, sizeof id) == sizeof id) {
            acknowledged[count++] = id;
        }
        struct timespec wait = {0, turn % 20 * 4000000};
        (void)nanosleep(&wait, NULL);
        (void)kill(child, SIGKILL);
        int how = 0;
        ck_assert_int_eq(waitpid(child, &how, 0), child);
        ck_assert_msg(WIFSIGNALED(how) || WEXITSTATUS(how) == 0, "child ended with %d", how);
        caught += WIFSIGNALED(how) ? 1 : 0;
        while (count < 1000000 && read(ends[0], &id, sizeof id) == sizeof id) {
            acknowledged[count++] = id;
        }
        (void)close(ends[0]);
    }
    inb_store *store = help_open();
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    for (size_t i = 0; i < count; i++) {
        char id[16];
        const inb_stored_signal *signal = NULL;
        snprintf(id, sizeof id, "%u", acknowledged[i]);
        inb_arena_reset(arena);
        INB_OK_IS(inb_store_read(store, arena, "o", id, 0, &signal, err));
        ck_assert(signal->version == 1 && signal->person_count == 2 && signal->part_count == 2);
    }
    inb_log_verdict verdict = help_verify(store, NULL);
    ck_assert_int_eq(verdict.fault, INB_LOG_WHOLE);
    ck_assert_int_ge(verdict.rows, (int64_t)count);
    const inb_stored_signal *all = NULL;
    size_t kept = 0; // one row of the log for each: none is there twice, none is half there
    INB_OK_IS(inb_store_list(store, arena, "o", 0, 1000000, &all, &kept, err));
    ck_assert_int_eq((int64_t)kept, verdict.rows);
    printf("# %d children, %zu killed, %zu acknowledged, %zu kept\n", turn, caught, count, kept);
    ck_assert(caught > 0 && count > 0);
    inb_arena_free(arena);
    inb_store_free(store);
    help_teardown();
}
INB_END

INB_TEST(no_name_in_any_file) {
    help_setup();
    static const char canary[] = "Kanarie Kwetsbaar 0612345678";
    char key_path[80];
    snprintf(key_path, sizeof key_path, "%s.key", help_path);
    inb_keys *keys = NULL;
    INB_OK_IS(inb_keyfile_new(key_path, err));
    INB_OK_IS(inb_keys_open(key_path, &keys, err));
    unsigned char bytes[256];
    inb_stored_token token = {"phone", "person.a", {0}};
    INB_OK_IS(inb_seal(keys, "o/1", "person.a.name", canary, sizeof canary, bytes, err));
    inb_token(keys, "phone", canary, sizeof canary, token.value);
    inb_stored_part part = {"person.a.name", bytes, inb_sealed_size(sizeof canary)};
    inb_stored_signal signal = help_signal("Findbare", "1");
    signal.parts = &part;
    signal.part_count = 1;
    signal.tokens = &token;
    signal.token_count = 1;
    inb_store *store = help_open();
    help_write(store, INB_WORK_APPEND, signal);
    bool open_found = false;
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++) {
        char path[80];
        snprintf(path, sizeof path, "%s%s", help_path, ends[i]);
        size_t length = 0;
        char *content = inb_file_content(path, &length);
        ck_assert_ptr_nonnull(content);
        ck_assert_ptr_null(memmem(content, length, "Kanarie", 7));
        ck_assert_ptr_null(memmem(content, length, "0612345678", 10));
        open_found = open_found || memmem(content, length, "Findbare", 8) != NULL;
        free(content);
    }
    ck_assert(open_found); // the search can find
    inb_store_free(store);
    inb_keys_free(keys);
    (void)unlink(key_path);
    help_teardown();
}
INB_END

INB_TEST_MAIN(
    "store/store_sqlite", refused_at_the_door, full_disk, killed_under_load, no_name_in_any_file)
