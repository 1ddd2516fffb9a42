// SPDX-License-Identifier: EUPL-1.2
// Kill -9 at every step of a purge: a child lets go of what has ended, and is stopped by ptrace at
// each call that changes a file, in turn. Whatever the moment, either all signals of the month
// stand and open, or none stands and the receipt does; the next purge completes, the log is whole,
// and what ends later opens still.
//
//   purge_kills EACH     at each call (1), or at each EACHth
//
// Prints TAP. Test data only: every signal is made up here.

#include <inbeeld/retention.h>

#include "base/alloc.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOW = 1795000000, DAY = 86400, AFTER = 730, MONTH_SIGNALS = 3 };

static char folder[] = "/tmp/inb_purge_kills_XXXXXX";
static char where[128];
static char key[128];
static inb_catalogue *norm;

static void fatal(const char *what) {
    printf("not ok - %s\n", what);
    exit(1);
}

static void run(const char *words) {
    if (system(words) != 0) {
        fatal(words);
    }
}

static inb_road *open_road(void) {
    inb_error err = INB_ERROR_INIT;
    inb_road *road = NULL;
    const inb_road_options options = {
        .store = where, .key = key, .catalogue = norm, .create = true};
    if (inb_road_open(&options, &road, &err) != INB_OK) {
        fatal(err.message);
    }
    return road;
}

static void keep(inb_road *road, const char *id, int64_t now) {
    static const inb_observation seen = {"D1-01", INB_ANSWER_YES};
    const inb_person person = {.ref = "a",
        .name = "Canary Person",
        .phone = "0612345678",
        .observations = &seen,
        .observation_count = 1};
    const inb_signal signal = {.id = id,
        .organisation = "o",
        .source_kind = INB_REPORTER_SCHOOL,
        .persons = &person,
        .person_count = 1,
        .text = "Canary text"};
    const inb_road_actor actor = {"kills", "o", "", now};
    if (inb_road_keep(road, &actor, &signal, NULL, NULL, NULL, NULL) != INB_OK) {
        fatal("a signal is not kept");
    }
}

static inb_status purge(inb_road *road, inb_purge_report *report, inb_error *err) {
    const inb_road_actor actor = {"kills", "", "", NOW + (int64_t)AFTER * DAY};
    const inb_purge_options options = {.early = false};
    return inb_road_purge(road, &actor, &options, report, err);
}

// Whether a signal stands and opens.
static bool opens(inb_road *road, const char *id) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_CLEANUP(inb_ticket_freep) inb_ticket *ticket = NULL;
    const inb_road_actor actor = {"kills", "o", "", NOW};
    inb_road_signal got;
    inb_error err = INB_ERROR_INIT;
    if (inb_arena_new(0, &arena, &err) != INB_OK ||
        inb_road_ask_wait(road, &actor, INB_ROAD_READ, id, &ticket, &err) != INB_OK) {
        fatal(err.message);
    }
    inb_status status = inb_road_read(road, ticket, arena, 0, &got, &err);
    if (status != INB_OK && status != INB_NOT_FOUND) {
        fatal("a signal stands there and does not open");
    }
    return status == INB_OK && strcmp(got.signal->text, "Canary text") == 0;
}

// What the child does; stops first, so that it can be followed.
static void child(void) {
    static inb_purge_report report;
    inb_error err = INB_ERROR_INIT;
    inb_road *road = open_road();
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0) {
        _exit(77);
    }
    (void)raise(SIGSTOP);
    _exit(purge(road, &report, &err) == INB_OK ? 0 : 1);
}

// Whether this call changes a file.
static bool changes(long call) {
    switch (call) {
    case SYS_write:
    case SYS_pwrite64:
    case SYS_writev:
    case SYS_fsync:
    case SYS_fdatasync:
    case SYS_ftruncate:
    case SYS_rename:
    case SYS_renameat:
    case SYS_renameat2:
    case SYS_unlink:
    case SYS_openat:
        return true;
    default:
        return false;
    }
}

#if defined(__x86_64__)
static long call_of(pid_t process) {
    struct user_regs_struct registers;
    return ptrace(PTRACE_GETREGS, process, NULL, &registers) == 0 ? (long)registers.orig_rax : -1;
}
#define CAN_FOLLOW 1
#else
static long call_of(pid_t process) {
    (void)process;
    return -1;
}
#define CAN_FOLLOW 0
#endif

// Lets the child run up to its nth call that changes a file and kills it there; false: it ended by
// itself before. *ret_refused: this machine lets nobody be followed.
static bool kill_at(int nth, bool *ret_refused) {
    int how = 0;
    int seen = 0;
    (void)fflush(stdout);
    pid_t process = fork();
    if (process == 0) {
        child();
    }
    *ret_refused = false;
    if (process < 0 || waitpid(process, &how, 0) != process) {
        fatal("no child");
    }
    if (WIFEXITED(how)) {
        *ret_refused = WEXITSTATUS(how) == 77;
        return false;
    }
    for (bool entry = true;; entry = !entry) {
        if (ptrace(PTRACE_SYSCALL, process, NULL, NULL) != 0 ||
            waitpid(process, &how, 0) != process) {
            fatal("a child is lost");
        }
        if (WIFEXITED(how)) {
            if (WEXITSTATUS(how) != 0) {
                fatal("a purge failed by itself");
            }
            return false;
        }
        if (entry && changes(call_of(process)) && ++seen == nth) {
            (void)kill(process, SIGKILL);
            (void)waitpid(process, &how, 0);
            return true;
        }
    }
}

static void check(size_t *all, size_t *none) {
    static inb_purge_report report;
    inb_error err = INB_ERROR_INIT;
    inb_log_verdict verdict;
    inb_road *road = open_road();
    int standing = 0;
    for (int i = 0; i < MONTH_SIGNALS; i++) {
        char id[16];
        (void)snprintf(id, sizeof id, "%d", i);
        standing += opens(road, id);
    }
    if (standing != 0 && standing != MONTH_SIGNALS) {
        fatal("a month went in part");
    }
    *all += standing == MONTH_SIGNALS;
    *none += standing == 0;
    if (!opens(road, "later")) {
        fatal("what ends later does not open");
    }
    if (purge(road, &report, &err) != INB_OK) {
        fatal(err.message);
    }
    if (report.signals != standing || !report.scrubbed || opens(road, "0") ||
        !opens(road, "later")) {
        fatal("the next purge does not complete");
    }
    if (inb_road_log_verify(road, NULL, &verdict, &err) != INB_OK ||
        verdict.fault != INB_LOG_WHOLE) {
        fatal("the log is not whole");
    }
    inb_bucket list[8];
    size_t count = 0;
    inb_store *store = NULL;
    const inb_store_options options = {.hash = inb_hash};
    inb_keys *keys = NULL;
    inb_keyring *ring = NULL;
    if (inb_store_open(where, &options, &store, &err) != INB_OK ||
        inb_keys_open(key, &keys, &err) != INB_OK ||
        inb_keyring_of_store(store, key, keys, &ring, &err) != INB_OK ||
        inb_keyring_list(ring, list, 8, &count, &err) != INB_OK) {
        fatal(err.message);
    }
    if (count != 2 || list[0].state != INB_BUCKET_ERASED || list[1].state != INB_BUCKET_ALIVE) {
        fatal("the key of the month stands, or another went");
    }
    inb_keyring_free(ring);
    inb_keys_free(keys);
    inb_store_free(store);
    inb_road_free(road);
}

int main(int argc, char **argv) {
    inb_error err = INB_ERROR_INIT;
    char words[512];
    size_t all = 0;
    size_t none = 0;
    int nth = 1;
    int each = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 1;
    size_t kills = 0;
    bool refused = false;
    if (!CAN_FOLLOW) {
        printf("1..0 # SKIP calls are followed on x86-64 only\n");
        return 0;
    }
    if (mkdtemp(folder) == NULL) {
        fatal("no folder");
    }
    (void)snprintf(where, sizeof where, "sqlite:%s/live/s.db", folder);
    (void)snprintf(key, sizeof key, "%s/live/key", folder);
    (void)snprintf(words, sizeof words, "mkdir -m 700 %s/live", folder);
    run(words);
    if (inb_keyfile_new(key, &err) != INB_OK || inb_catalogue_load(NULL, &norm, &err) != INB_OK) {
        fatal(err.message);
    }
    inb_road *road = open_road();
    for (int i = 0; i < MONTH_SIGNALS; i++) {
        char id[16];
        (void)snprintf(id, sizeof id, "%d", i);
        keep(road, id, NOW);
    }
    keep(road, "later", NOW + (int64_t)90 * DAY);
    inb_road_free(road);
    (void)snprintf(words, sizeof words, "cp -a %s/live %s/first", folder, folder);
    run(words);
    (void)snprintf(
        words, sizeof words, "rm -rf -- %s/live && cp -a %s/first %s/live", folder, folder, folder);
    while (kill_at(nth, &refused)) {
        check(&all, &none);
        run(words);
        nth += each < 1 ? 1 : each;
        kills++;
    }
    if (refused) {
        printf("1..0 # SKIP this machine lets no process be followed\n");
    } else {
        check(&all, &none);
        printf("1..1\n%s 1 - %zu kills at calls that change a file: %zu with all signals "
               "of the month, %zu with none\n",
            kills > 20 && all > 5 && none > 5 ? "ok" : "not ok", kills, all, none);
    }
    (void)snprintf(words, sizeof words, "rm -rf -- %s", folder);
    run(words);
    inb_catalogue_free(norm);
    return 0;
}
