// SPDX-License-Identifier: EUPL-1.2
// Kill -9 under load: processes that keep signals, by the writer as the desk does and by `inbeeld
// import`, are killed at random moments. Afterwards every signal that was acknowledged stands in
// the store once, none stands there that was not handed in, a file is there whole or not at all,
// the log is whole with one row for each signal, and no word of a signal stands in any file.
//
//   kills INBEELD COUNT SEED
//
// Prints TAP. Test data only: every signal is made up here.

#include <inbeeld/rng.h>
#include <inbeeld/road.h>

#include "base/alloc.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 4, IMPORTS = 3, FILE_SIGNALS = 60, NOW = 1795000000, ID_SIZE = 32 };

static char folder[] = "/tmp/inb_kills_XXXXXX";
static char store_path[128];
static char where[144];
static char key[128];
static inb_catalogue *norm;

static void fatal(const char *what) {
    printf("not ok - %s\n", what);
    exit(1);
}

// ---- those who keep ----

struct keeper {
    inb_road *road;
    int acknowledge; // a pipe
    int turn;
    int thread;
};

struct receipt {
    int acknowledge;
    char id[ID_SIZE]; // with a line end
};

// On the writer's thread: only now is it durable. Written at once: shorter than PIPE_BUF.
static void acknowledged(inb_status status, const char *message, uint32_t version, void *payload) {
    struct receipt *receipt = payload;
    (void)message;
    (void)version;
    if (status == INB_OK) {
        (void)!write(receipt->acknowledge, receipt->id, strlen(receipt->id));
    }
    free(receipt);
}

static void *keep_on(void *payload) {
    const struct keeper *keeper = payload;
    static const inb_observation seen = {"D1-01", INB_ANSWER_YES};
    const inb_person person = {.ref = "a",
        .name = "Canary Person",
        .phone = "0612345678",
        .observations = &seen,
        .observation_count = 1};
    const inb_road_actor actor = {"kills", "o", "", NOW};
    for (int i = 0;; i++) {
        struct receipt *receipt = calloc(1, sizeof *receipt);
        if (receipt == NULL) {
            break;
        }
        char id[ID_SIZE - 1];
        (void)snprintf(id, sizeof id, "k%d-%d-%d", keeper->turn, keeper->thread, i);
        (void)snprintf(receipt->id, sizeof receipt->id, "%s\n", id);
        receipt->acknowledge = keeper->acknowledge;
        const inb_signal signal = {.id = id,
            .organisation = "o",
            .source_kind = INB_REPORTER_NGO,
            .persons = &person,
            .person_count = 1,
            .text = "Canary text"};
        if (inb_road_keep(keeper->road, &actor, &signal, NULL, acknowledged, receipt, NULL) !=
            INB_OK) {
            free(receipt); // too much waits
            (void)usleep(2000);
        } else if (i % 16 == 15) {
            (void)usleep(500);
        }
    }
    return NULL;
}

static void keep_until_killed(int turn, int acknowledge) {
    inb_error err = INB_ERROR_INIT;
    inb_road *road = NULL;
    const inb_road_options options = {
        .store = where, .key = key, .catalogue = norm, .create = true, .writer = true};
    if (inb_road_open(&options, &road, &err) != INB_OK) {
        fprintf(stderr, "kills: %s\n", err.message);
        _exit(3);
    }
    struct keeper keepers[THREADS];
    for (int i = 0; i < THREADS; i++) {
        pthread_t thread;
        keepers[i] = (struct keeper){road, acknowledge, turn, i};
        if (pthread_create(&thread, NULL, keep_on, &keepers[i]) != 0) {
            _exit(3);
        }
    }
    for (;;) {
        (void)pause();
    }
}

// ---- what must be there ----

static char (*wanted)[ID_SIZE]; // acknowledged
static size_t wanted_count;
static size_t wanted_size;

static void want(const char *id) {
    if (wanted_count == wanted_size) {
        wanted_size = wanted_size == 0 ? 4096 : 2 * wanted_size;
        wanted = realloc(wanted, wanted_size * sizeof *wanted);
        if (wanted == NULL) {
            fatal("no memory");
        }
    }
    (void)snprintf(wanted[wanted_count++], ID_SIZE, "%s", id);
}

static void read_acknowledged(int file) {
    FILE *stream = fdopen(file, "r");
    char line[ID_SIZE];
    while (stream != NULL && fgets(line, sizeof line, stream) != NULL) {
        size_t length = strlen(line);
        if (line[length - 1] == '\n') { // a cut one was not acknowledged
            line[length - 1] = '\0';
            want(line);
        }
    }
    if (stream != NULL) {
        (void)fclose(stream);
    }
}

static int compare_ids(const void *one, const void *other) {
    return strcmp(one, other);
}

// What the store holds: ids sorted; its own copy.
struct held {
    char (*ids)[ID_SIZE];
    size_t count;
    size_t size;
};

static inb_status hold(const inb_stored_signal *signal, void *payload, inb_error *err) {
    struct held *held = payload;
    if (held->count == held->size) {
        held->size = held->size == 0 ? 4096 : 2 * held->size;
        held->ids = realloc(held->ids, held->size * sizeof *held->ids);
        if (held->ids == NULL) {
            return inb_fail(err, INB_NO_MEMORY, "no memory");
        }
    }
    (void)snprintf(held->ids[held->count++], ID_SIZE, "%s", signal->id);
    return signal->version == 1 && signal->person_count == 1
               ? INB_OK
               : inb_fail(err, INB_IO, "a signal is not whole");
}

static bool is_held(const struct held *held, const char *id) {
    char wanted_id[ID_SIZE];
    (void)snprintf(wanted_id, sizeof wanted_id, "%s", id);
    return held->count > 0 &&
           bsearch(wanted_id, held->ids, held->count, sizeof *held->ids, compare_ids) != NULL;
}

static void no_word_in_files(void) {
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++) {
        char path[160];
        (void)snprintf(path, sizeof path, "%s%s", store_path, ends[i]);
        FILE *file = fopen(path, "rb");
        if (file == NULL) {
            continue;
        }
        static char bytes[1 << 20];
        size_t kept = 0; // the end of the last piece, for words across two pieces
        for (size_t got; (got = fread(bytes + kept, 1, sizeof bytes - kept, file)) > 0;) {
            got += kept;
            if (memmem(bytes, got, "Canary", 6) != NULL ||
                memmem(bytes, got, "612345678", 9) != NULL) {
                fatal("a word of a signal stands in a file of the store");
            }
            kept = got < 16 ? got : 16;
            memmove(bytes, bytes + got - kept, kept);
        }
        (void)fclose(file);
    }
}

// Whole files: which import ended how.
struct import {
    pid_t process;
    int number;
    bool acknowledged;
};

static void check_imports(
    const struct held *held, const struct import *imports, size_t count, size_t *whole) {
    for (size_t i = 0; i < count; i++) {
        size_t found = 0;
        for (int k = 0; k < FILE_SIGNALS; k++) {
            char id[ID_SIZE];
            (void)snprintf(id, sizeof id, "f%d-%d", imports[i].number, k);
            found += is_held(held, id);
        }
        if (found != 0 && found != FILE_SIGNALS) {
            fatal("a file is there in part");
        }
        if (imports[i].acknowledged && found == 0) {
            fatal("an import that said it was done is not there");
        }
        *whole += found == FILE_SIGNALS;
    }
}

// Rows of signals that were kept; comparing them for hits has rows of its own.
static int64_t kept_rows(void) {
    sqlite3 *database = NULL;
    sqlite3_stmt *statement = NULL;
    int64_t rows = -1;
    if (sqlite3_open(store_path, &database) == SQLITE_OK &&
        sqlite3_prepare_v2(database,
            "select count(*) from log where action in ('keep', 'import') and result = 'done'", -1,
            &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        rows = sqlite3_column_int64(statement, 0);
    }
    (void)sqlite3_finalize(statement);
    (void)sqlite3_close(database);
    return rows;
}

static size_t check(const struct import *imports, size_t import_count) {
    const inb_store_options options = {.hash = inb_hash};
    inb_error err = INB_ERROR_INIT;
    inb_store *store = NULL;
    struct held held = {0};
    size_t whole = 0;
    inb_log_verdict verdict = {0};
    no_word_in_files();
    if (inb_store_open(where, &options, &store, &err) != INB_OK ||
        inb_store_each(store, hold, &held, &err) != INB_OK ||
        inb_log_verify(store, NULL, NULL, &verdict, &err) != INB_OK) {
        fatal(err.message);
    }
    if (verdict.fault != INB_LOG_WHOLE || kept_rows() != (int64_t)held.count) {
        fatal("the log is not whole, or has not one row for each signal");
    }
    if (held.count > 0) {
        qsort(held.ids, held.count, sizeof *held.ids, compare_ids);
    }
    for (size_t i = 1; i < held.count; i++) {
        if (strcmp(held.ids[i - 1], held.ids[i]) == 0) {
            fatal("a signal stands there twice");
        }
    }
    for (size_t i = 0; i < wanted_count; i++) {
        if (!is_held(&held, wanted[i])) {
            fatal("an acknowledged signal is lost");
        }
    }
    check_imports(&held, imports, import_count, &whole);
    inb_store_free(store);
    free(held.ids);
    return held.count;
}

// ---- turns ----

// Sleeps a random while of at most `most` microseconds.
static void wait_a_while(inb_rng *rng, uint32_t least, uint32_t most) {
    (void)usleep(least + inb_rng_below(rng, most - least));
}

static size_t turn_of_writer(int turn, inb_rng *rng) {
    int ends[2];
    if (pipe(ends) != 0) {
        fatal("no pipe");
    }
    fflush(stdout);
    pid_t process = fork();
    if (process == 0) {
        close(ends[0]);
        keep_until_killed(turn, ends[1]);
    }
    close(ends[1]);
    (void)fcntl(ends[0], F_SETPIPE_SZ, 1 << 20);
    struct pollfd first = {.fd = ends[0], .events = POLLIN};
    (void)poll(&first, 1, 30000); // it is at work
    wait_a_while(rng, 1, 120000);
    (void)kill(process, SIGKILL);
    int how;
    (void)waitpid(process, &how, 0);
    read_acknowledged(ends[0]);
    if (!WIFSIGNALED(how)) {
        fatal("a keeper ended by itself");
    }
    return 1;
}

static void write_file(const char *path, int number) {
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        fatal("no file");
    }
    fputs("id,source.kind,source.organisation,person.name,person.phone,observations,text\n", file);
    for (int i = 0; i < FILE_SIGNALS; i++) {
        fprintf(file, "f%d-%d,ngo,o,Canary Name,0612345678,D1-01=yes,Canary text\n", number, i);
    }
    (void)fclose(file);
}

static void start_import(const char *program, struct import *import) {
    char path[160];
    (void)snprintf(path, sizeof path, "%s/f%d.csv", folder, import->number);
    write_file(path, import->number);
    fflush(stdout);
    import->process = fork();
    if (import->process == 0) {
        int null = open("/dev/null", O_WRONLY);
        (void)dup2(null, 1);
        (void)dup2(null, 2);
        execl(program, program, "import", path, "--store", where, "--key", key, (char *)NULL);
        _exit(3);
    }
}

static uint32_t import_takes; // microseconds, alone

// One import that nobody kills, so that kills come while others are at work on this machine too.
static void time_import(const char *program, struct import *all, size_t *all_count) {
    struct timespec began;
    struct timespec ended;
    int how;
    clock_gettime(CLOCK_MONOTONIC, &began);
    all[0] = (struct import){.number = 0, .acknowledged = true};
    start_import(program, &all[0]);
    (void)waitpid(all[0].process, &how, 0);
    clock_gettime(CLOCK_MONOTONIC, &ended);
    if (!WIFEXITED(how) || WEXITSTATUS(how) != 0) {
        fatal("an import failed by itself");
    }
    import_takes = (uint32_t)((ended.tv_sec - began.tv_sec) * 1000000 +
                              (ended.tv_nsec - began.tv_nsec) / 1000);
    *all_count = 1;
}

static size_t turn_of_imports(
    const char *program, inb_rng *rng, struct import *all, size_t *all_count) {
    size_t killed = 0;
    struct import *imports = all + *all_count;
    for (int i = 0; i < IMPORTS; i++) {
        imports[i] = (struct import){.number = (int)*all_count + i};
        start_import(program, &imports[i]);
    }
    wait_a_while(rng, import_takes / 20 + 1, 3 * import_takes + 2);
    for (int i = 0; i < IMPORTS; i++) {
        int how;
        (void)kill(imports[i].process, SIGKILL);
        (void)waitpid(imports[i].process, &how, 0);
        imports[i].acknowledged = WIFEXITED(how) && WEXITSTATUS(how) == 0;
        killed += WIFSIGNALED(how);
        if (WIFEXITED(how) && WEXITSTATUS(how) != 0) {
            fatal("an import failed by itself");
        }
    }
    *all_count += IMPORTS;
    return killed;
}

int main(int argc, char **argv) {
    inb_error err = INB_ERROR_INIT;
    if (argc != 4) {
        fputs("usage: kills INBEELD COUNT SEED\n", stderr);
        return 2;
    }
    size_t count = (size_t)strtoull(argv[2], NULL, 10);
    inb_rng rng = inb_rng_make(strtoull(argv[3], NULL, 10), 0);
    struct import *imports = calloc(3 * count + 64 * IMPORTS, sizeof *imports);
    if (imports == NULL || mkdtemp(folder) == NULL) {
        fatal("no folder");
    }
    (void)snprintf(store_path, sizeof store_path, "%s/s.db", folder);
    (void)snprintf(where, sizeof where, "sqlite:%s", store_path);
    (void)snprintf(key, sizeof key, "%s/key", folder);
    printf("1..1\n");
    if (inb_keyfile_new(key, &err) != INB_OK || inb_catalogue_load(NULL, &norm, &err) != INB_OK) {
        fatal(err.message);
    }
    inb_road *road = NULL; // so that there is a store to look at, whenever the first kill comes
    const inb_road_options options = {
        .store = where, .key = key, .catalogue = norm, .create = true};
    if (inb_road_open(&options, &road, &err) != INB_OK) {
        fatal(err.message);
    }
    inb_road_free(road);
    size_t killed = 0;
    size_t held = 0;
    size_t import_count = 0;
    time_import(argv[1], imports, &import_count);
    for (int turn = 0; killed < count && import_count < 3 * count + 63 * IMPORTS; turn++) {
        killed += turn % 2 == 0 ? turn_of_writer(turn, &rng)
                                : turn_of_imports(argv[1], &rng, imports, &import_count);
        held = check(imports, import_count);
    }
    printf(
        "ok 1 - %zu kills: %zu signals acknowledged one by one and %zu imports begun; %zu signals "
        "stand in the store, none lost, none doubled\n",
        killed, wanted_count, import_count, held);
    char words[160];
    (void)snprintf(words, sizeof words, "rm -rf -- %s", folder);
    int removed = system(words);
    inb_catalogue_free(norm);
    free(imports);
    free(wanted);
    return removed == 0 && wanted_count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
