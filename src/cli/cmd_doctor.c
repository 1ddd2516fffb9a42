// SPDX-License-Identifier: EUPL-1.2
// inbeeld doctor: whether what a team depends on is in order: norm, store, key and keyring, terms,
// permissions, log and disk. It makes nothing and repairs nothing; an older store is brought to
// this program's schema, as by every command that opens it.

#include "cli/cli.h"

#include <inbeeld/keys.h>
#include <inbeeld/retention.h>
#include <inbeeld/road.h>
#include <inbeeld/store.h>
#include <inbeeld/weigh.h>

#include "base/alloc.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>

enum { MOST_OUTPUT = 1 << 20, FOLDER_MOST = 4096 };
static const uint64_t little_room = (uint64_t)1 << 30; // bytes

static const inb_option options[] = {
    {"key", "KEYFILE", "the team's key (default: INBEELD_KEY, else the one in your settings)",
        false},
    {"catalogue", "DIR", "look at the norm in this folder (default: the one built in)", false},
    {NULL, NULL, NULL, false},
};

enum state { STATE_GOOD, STATE_WARNING, STATE_FAULT };

struct doctor {
    const inb_arguments *arguments;
    const char *where;
    const char *path; // of the store
    inb_buffer key;
    inb_catalogue *catalogue;
    inb_store *store;
    bool json;
    inb_buffer out;
    size_t checks;
    size_t faults;
};

static void doctor_clear(struct doctor *d) {
    inb_store_free(d->store);
    inb_catalogue_free(d->catalogue);
    inb_buffer_clear(&d->key);
    inb_buffer_clear(&d->out);
}

// One line of the outcome.
INB_PRINTF(4, 5)
static void say(struct doctor *d, const char *check, enum state state, const char *format, ...) {
    static const char *const codes[] = {"good", "warning", "fault"};
    inb_error text = INB_ERROR_INIT; // for its room
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text.message, sizeof text.message, format, arguments);
    va_end(arguments);
    if (d->json) {
        inb_buffer_format(&d->out,
            "%s{\"check\":\"%s\",\"state\":\"%s\",\"what\":", d->checks == 0 ? "" : ",", check,
            codes[state]);
        inb_buffer_json(&d->out, text.message);
        inb_buffer_text(&d->out, "}");
    } else {
        inb_buffer_format(&d->out, "%-8s %-12s %s\n", codes[state], check, text.message);
    }
    d->checks++;
    d->faults += state == STATE_FAULT;
}

// ---- norm ----

static void check_norm(struct doctor *d) {
    const char *folder = inb_value(d->arguments, "catalogue", NULL);
    INB_CLEANUP(inb_buffer_clear) inb_buffer gaps = INB_BUFFER_INIT(MOST_OUTPUT);
    inb_error err = INB_ERROR_INIT;
    size_t count = 0;
    if (inb_catalogue_load(folder, &d->catalogue, &err) != INB_OK ||
        inb_catalogue_check(folder, &gaps, &count, &err) != INB_OK) {
        say(d, "norm", STATE_FAULT, "%s", err.message);
    } else if (count > 0) {
        say(d, "norm", STATE_FAULT, "version %s has %zu gaps; see inbeeld catalogue check",
            inb_catalogue_version(d->catalogue), count);
    } else {
        say(d, "norm", STATE_GOOD, "version %s of %s, without gaps",
            inb_catalogue_version(d->catalogue), inb_catalogue_date(d->catalogue));
    }
}

// ---- store ----

// The folder that a file stands in.
static void folder_of(const char *path, char ret_folder[FOLDER_MOST]) {
    const char *slash = strrchr(path, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - path);
    if (slash == NULL || length >= FOLDER_MOST) {
        memcpy(ret_folder, ".", 2);
        return;
    }
    length = length == 0 ? 1 : length; // the root
    memcpy(ret_folder, path, length);
    ret_folder[length] = '\0';
}

static void check_folder(struct doctor *d) {
    char folder[FOLDER_MOST];
    struct stat info;
    folder_of(d->path, folder);
    if (stat(folder, &info) != 0) {
        say(d, "permissions", STATE_FAULT, "%s: %s", folder, strerror(errno));
    } else if ((info.st_mode & 022) != 0 && (info.st_mode & S_ISVTX) == 0) {
        say(d, "permissions", STATE_WARNING,
            "others can write in the store's folder (mode %03o) and put another store there",
            (unsigned)(info.st_mode & 0777));
    } else {
        say(d, "permissions", STATE_GOOD, "nobody else can replace files in the store's folder");
    }
}

static void check_disk(struct doctor *d) {
    char folder[FOLDER_MOST];
    struct statvfs disk;
    struct stat info;
    folder_of(d->path, folder);
    if (statvfs(folder, &disk) != 0) {
        say(d, "disk", STATE_FAULT, "%s: %s", folder, strerror(errno));
        return;
    }
    uint64_t room = (uint64_t)disk.f_bavail * disk.f_frsize;
    uint64_t size = stat(d->path, &info) == 0 ? (uint64_t)info.st_size : 0;
    bool little = room < little_room || room < 2 * size;
    say(d, "disk", little ? STATE_WARNING : STATE_GOOD, "%llu MB free beside a store of %llu MB%s",
        (unsigned long long)(room >> 20), (unsigned long long)(size >> 20),
        little ? ": an import may not fit" : "");
}

static void check_store(struct doctor *d) {
    const inb_store_options store = {.hash = inb_hash};
    inb_error err = INB_ERROR_INIT;
    inb_status status = inb_store_open(d->where, &store, &d->store, &err);
    if (status == INB_NOT_FOUND) {
        say(d, "store", STATE_GOOD, "%s: none yet; inbeeld import makes it", d->path);
    } else if (status != INB_OK) {
        say(d, "store", STATE_FAULT, "%s", err.message);
    } else {
        say(d, "store", STATE_GOOD, "%s, schema %d, for its owner alone", d->path,
            inb_store_schema(d->store));
    }
}

static void check_log(struct doctor *d) {
    inb_log_verdict verdict;
    inb_error err = INB_ERROR_INIT;
    if (inb_log_verify(d->store, NULL, NULL, &verdict, &err) != INB_OK) {
        say(d, "log", STATE_FAULT, "%s", err.message);
    } else if (verdict.fault != INB_LOG_WHOLE) {
        say(d, "log", STATE_FAULT, "row %lld: %s", (long long)verdict.sequence,
            inb_log_fault_text(verdict.fault));
    } else {
        say(d, "log", STATE_GOOD, "whole by itself, %lld rows; an anchor says more",
            (long long)verdict.rows);
    }
}

// ---- key ----

static bool same_folder(const char *one, const char *other) {
    char folders[2][FOLDER_MOST];
    struct stat info[2];
    folder_of(one, folders[0]);
    folder_of(other, folders[1]);
    return stat(folders[0], &info[0]) == 0 && stat(folders[1], &info[1]) == 0 &&
           info[0].st_dev == info[1].st_dev && info[0].st_ino == info[1].st_ino;
}

// How store and keyring fit: what is lacking cannot be read by anybody any more.
static void check_ring(struct doctor *d, const inb_keys *keys) {
    inb_error err = INB_ERROR_INIT;
    inb_keyring_fit fit;
    INB_CLEANUP(inb_keyring_freep) inb_keyring *ring = NULL;
    if (inb_keyring_of_store(d->store, inb_buffer_get(&d->key), keys, &ring, &err) != INB_OK ||
        inb_keyring_compare(d->store, ring, &fit, &err) != INB_OK) {
        say(d, "keyring", STATE_FAULT, "%s", err.message);
    } else if (fit.lacking > 0) {
        say(d, "keyring", STATE_FAULT,
            "it lacks the keys of %lld signals: it is older than the store, put back a newer copy",
            (long long)fit.lacking);
    } else if (fit.erased > 0) {
        say(d, "keyring", STATE_WARNING,
            "%lld signals were erased and do not open: the store is an old copy; inbeeld purge "
            "takes what is left of them",
            (long long)fit.erased);
    } else if (fit.overdue > 0) {
        say(d, "keyring", STATE_WARNING,
            "%zu keys stand whose signals went: inbeeld purge completes that", fit.overdue);
    } else {
        say(d, "keyring", STATE_GOOD, "%zu keys, as the store wants them%s", fit.keys,
            fit.plain == 0 ? "" : "; signals of an older program go with the team's key alone");
    }
}

// What should have gone, and what waits to be looked at again.
static void check_terms(struct doctor *d) {
    inb_error err = INB_ERROR_INIT;
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    const inb_stored_end *ends = NULL;
    inb_date month = inb_month_after(inb_road_day(time(NULL)), 0);
    size_t count = 0;
    int64_t overdue = 0;
    int64_t unsettled = 0;
    int64_t review = 0;
    size_t months = 0;
    if (inb_arena_new(0, &arena, &err) != INB_OK ||
        inb_store_ends(d->store, arena, &ends, &count, &err) != INB_OK ||
        inb_store_terms_due(d->store, month, &unsettled, &review, &err) != INB_OK) {
        say(d, "terms", STATE_FAULT, "%s", err.message);
        return;
    }
    for (size_t i = 0; i < count && inb_month_before(ends[i].month, month); i++) {
        overdue += ends[i].signals;
        months++;
    }
    if (overdue > 0) {
        say(d, "terms", STATE_FAULT,
            "%lld signals of %zu months should have gone: see inbeeld purge", (long long)overdue,
            months);
    } else if (unsettled > 0) {
        say(d, "terms", STATE_WARNING,
            "%lld signals of an older program have no end yet: inbeeld purge gives them one",
            (long long)unsettled);
    } else if (review > 0) {
        say(d, "terms", STATE_WARNING,
            "%lld signals are to be looked at again: somebody in them is eighteen",
            (long long)review);
    } else {
        say(d, "terms", STATE_GOOD, "every signal has an end, and none is past it");
    }
}

// Whether it opens, and is the one that the store was begun with.
static void check_key(struct doctor *d) {
    const char *path = inb_buffer_get(&d->key);
    struct stat info;
    inb_error err = INB_ERROR_INIT;
    INB_CLEANUP(inb_keys_freep) inb_keys *keys = NULL;
    if (d->store == NULL && lstat(path, &info) != 0 && errno == ENOENT) {
        say(d, "key", STATE_GOOD, "%s: none yet; inbeeld import makes it with the store", path);
        return;
    }
    if (inb_keys_open(path, &keys, &err) != INB_OK ||
        (d->store != NULL && inb_road_key_fits(d->store, keys, path, &err) != INB_OK)) {
        say(d, "key", STATE_FAULT, "%s", err.message);
        return;
    }
    if (same_folder(path, d->path)) {
        say(d, "key", STATE_WARNING,
            "%s lies in the store's folder: who copies that folder has both", path);
    } else {
        say(d, "key", STATE_GOOD, "%s, fingerprint %s%s", path, inb_keys_about(keys)->fingerprint,
            d->store == NULL ? "" : ", opens this store");
    }
    if (d->store != NULL) {
        check_ring(d, keys);
    }
}

// ---- all ----

static inb_status prepare(struct doctor *d, inb_error *err) {
    if (d->arguments->operand_count != 0) {
        return inb_fail(err, INB_USAGE, "found %zu words more than expected, expected options only",
            d->arguments->operand_count);
    }
    INB_TRY(inb_store_place(d->arguments, &d->where, err));
    INB_TRY(inb_store_path(d->where, &d->path, err));
    return inb_key_place(d->arguments, &d->key, err);
}

static inb_status run(const inb_arguments *arguments, inb_error *err) {
    INB_CLEANUP(doctor_clear)
    struct doctor doctor = {.arguments = arguments,
        .key = INB_BUFFER_INIT(FOLDER_MOST),
        .json = inb_given(arguments, "json"),
        .out = INB_BUFFER_INIT(MOST_OUTPUT)};
    struct doctor *d = &doctor;
    INB_TRY(prepare(d, err));
    inb_buffer_text(&d->out, d->json ? "{\"checks\":[" : "");
    say(d, "program", STATE_GOOD, "inbeeld " INB_VERSION);
    check_norm(d);
    check_store(d);
    check_key(d);
    if (d->store != NULL) {
        check_terms(d);
        check_log(d);
    }
    check_folder(d);
    check_disk(d);
    if (d->json) {
        inb_buffer_format(&d->out, "],\"faults\":%zu}\n", d->faults);
    }
    INB_TRY(inb_print_buffer(&d->out, err));
    return d->faults == 0 ? INB_OK
                          : inb_fail(err, INB_BAD_INPUT, "%zu %s not in order", d->faults,
                                d->faults == 1 ? "thing is" : "things are");
}

const inb_command inb_command_doctor = {
    "doctor",
    "",
    "whether norm, store, keys, terms, permissions, log and disk are in order",
    options,
    "Makes nothing and repairs nothing. Exit code 1 where something is a fault; warnings are none.",
    run,
};
