// SPDX-License-Identifier: EUPL-1.2
// inbeeld import: signals from CSV and JSON into the store. Each file is read twice: once to see
// that it is whole, and once to keep it, all files in one transaction, so that an import that fails
// or is killed keeps nothing.

#include "cli/cli.h"

#include <inbeeld/hits.h>
#include <inbeeld/road.h>
#include <inbeeld/signal.h>
#include <inbeeld/weigh.h>

#include "base/alloc.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    PROGRESS_EVERY = 1024, // signals
    REASONS_MOST = 20      // wrong signals that are told of one by one
};

static const inb_option options[] = {
    {"map", "MAP.ini", "names and values of the files in ours: [columns], [values.FIELD]", false},
    {"skip-bad", "BAD.csv", "keep the right signals and write the wrong ones to this file", false},
    {"organisation", "NAME", "of signals that name none (default own)", false},
    {"key", "KEYFILE", "the team's key (default: INBEELD_KEY, else the one in your settings)",
        false},
    {"catalogue", "DIR", "weigh by the norm in this folder (default: the one built in)", false},
    {NULL, NULL, NULL, false},
};

// One import.
struct import {
    const inb_arguments *arguments;
    const char *where;
    const char *map;
    const char *bad_path; // NULL = no bad signal is skipped
    const char *organisation;
    inb_catalogue *catalogue;
    inb_buffer key;
    inb_road *road;
    inb_road_actor actor;
    char actor_name[32];
    inb_part bad;
    char *bad_header; // of the file whose rows stand in `bad`; NULL = JSON, or none yet
    bool bad_json;
    // What came of it.
    size_t signals;
    size_t persons;
    size_t skipped;
    inb_intake_levels levels;
    uint64_t bytes; // of all files
    uint64_t bytes_before;
    bool shows_progress;
    int64_t waiting; // signals of the store that wait to be compared
};

static void import_clear(struct import *import) {
    inb_part_clear(&import->bad);
    inb_free(import->bad_header);
    inb_road_free(import->road);
    inb_catalogue_free(import->catalogue);
    inb_buffer_clear(&import->key);
}

// ---- progress ----

static void progress(struct import *import, const char *what, const inb_signal_reader *reader) {
    uint64_t offset = import->bytes_before + inb_signal_reader_offset(reader);
    if (import->shows_progress && import->bytes > 0) {
        (void)fprintf(stderr, "\r%s %3u %%", what, (unsigned)(offset * 100 / import->bytes));
    }
}

static void progress_end(const struct import *import) {
    if (import->shows_progress) {
        (void)fputs("\r                              \r", stderr);
    }
}

// ---- before anything is kept ----

// A file is read twice, so it must be one; and the bad rows may not replace what they come from.
static inb_status check_file(struct import *import, const char *path, inb_error *err) {
    struct stat info;
    struct stat bad;
    if (strcmp(path, "-") == 0) {
        return inb_fail(err, INB_USAGE,
            "found standard input, expected a file: it is read twice, first to see that it is "
            "whole");
    }
    if (stat(path, &info) != 0) {
        return inb_fail(err, errno == ENOENT || errno == ENOTDIR ? INB_BAD_INPUT : INB_IO,
            "%s: cannot be opened: %s", path, strerror(errno));
    }
    if (!S_ISREG(info.st_mode)) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s: found %s, expected a file: it is read twice, first to see that it is whole", path,
            S_ISFIFO(info.st_mode)  ? "a pipe"
            : S_ISDIR(info.st_mode) ? "a folder"
                                    : "no plain file");
    }
    if (import->bad_path != NULL && stat(import->bad_path, &bad) == 0 &&
        bad.st_dev == info.st_dev && bad.st_ino == info.st_ino) {
        return inb_fail(err, INB_USAGE,
            "option '--skip-bad': found a file that is imported, expected another one");
    }
    import->bytes += (uint64_t)info.st_size;
    return INB_OK;
}

// The first pass: nothing is kept of a file that is not whole, or holds citizen service numbers.
static inb_status look_through(struct import *import, const char *path, inb_error *err) {
    inb_signal_count count;
    INB_TRY(
        inb_signal_scan(path, import->map, inb_catalogue_knows, import->catalogue, &count, err));
    if (count.refusal.status != INB_OK) {
        return inb_fail(err, count.refusal.status, "%s", count.refusal.message);
    }
    bool skips = import->bad_path != NULL;
    if (!count.whole && (skips || count.bad <= 1)) {
        return inb_fail(err, count.last.status, "%s", count.last.message);
    }
    if (!skips && count.bad > 1) {
        return inb_fail(err, count.first.status, "%.440s (and %zu more wrong signals)",
            count.first.message, count.bad - 1);
    }
    if (!skips && count.bad == 1) {
        return inb_fail(err, count.first.status, "%s", count.first.message);
    }
    return INB_OK;
}

// ---- wrong signals ----

static bool is_bad(inb_status status) {
    return status == INB_BAD_INPUT || status == INB_NOT_FOUND;
}

static inb_status bad_text(struct import *import, const char *text, inb_error *err) {
    return inb_part_write(&import->bad, text, strlen(text), err);
}

// The rows of one file's form stand under one header; another form has no place in the same file.
static inb_status bad_start(struct import *import, inb_signal_reader *reader, inb_error *err) {
    const char *header = inb_signal_reader_header(reader);
    bool json = inb_signal_reader_is_json(reader);
    if (import->skipped == 0) {
        import->bad_json = json;
        if (header != NULL) {
            size_t length = strlen(header) + 1;
            import->bad_header = inb_alloc(length, 1);
            if (import->bad_header == NULL) {
                return inb_fail(err, INB_NO_MEMORY, "no memory for wrong rows");
            }
            memcpy(import->bad_header, header, length);
        }
        return bad_text(import, header == NULL ? "[\n" : header, err);
    }
    if (json != import->bad_json || (header != NULL && strcmp(header, import->bad_header) != 0)) {
        return inb_fail(err, INB_BAD_INPUT,
            "found wrong signals in files with different headers, expected one header for %s: "
            "import these files one by one",
            import->bad_path);
    }
    return json ? bad_text(import, ",\n", err) : INB_OK;
}

static inb_status skip(struct import *import, const char *path, inb_signal_reader *reader,
    const inb_error *why, inb_error *err) {
    if (import->bad_path == NULL) {
        return inb_fail(err, why->status, "%s", why->message);
    }
    size_t length;
    const char *raw = inb_signal_reader_raw(reader, &length);
    if (raw == NULL) {
        return inb_fail(err, INB_TOO_LARGE, "%s:%zu:1: a wrong signal is too large to be set aside",
            path, inb_signal_reader_line(reader));
    }
    INB_TRY(bad_start(import, reader, err));
    INB_TRY(inb_part_write(&import->bad, raw, length, err));
    if (!import->bad_json && length > 0 && raw[length - 1] != '\n') {
        INB_TRY(bad_text(import, "\n", err));
    }
    if (import->skipped++ < REASONS_MOST) {
        progress_end(import);
        (void)fprintf(stderr, "inbeeld: %s\n", why->message);
    }
    return INB_OK;
}

// ---- keeping ----

static inb_status keep(struct import *import, const inb_signal *signal, inb_error *err) {
    inb_signal whole = *signal;
    inb_intake_levels levels;
    if (whole.organisation == NULL) {
        whole.organisation = import->organisation;
    }
    INB_TRY(inb_road_keep_one(import->road, &import->actor, &whole, &levels, err));
    import->signals++;
    import->persons += whole.person_count;
    for (size_t i = 0; i < sizeof levels.persons / sizeof levels.persons[0]; i++) {
        import->levels.persons[i] += levels.persons[i];
    }
    return INB_OK;
}

// The next signal, kept or set aside; *ret_more = false at the end.
static inb_status keep_next(struct import *import, const char *path, inb_signal_reader *reader,
    bool *ret_more, inb_error *err) {
    const inb_signal *signal = NULL;
    inb_error why = INB_ERROR_INIT;
    *ret_more = true;
    inb_status status = inb_signal_reader_next(reader, &signal, &why);
    if (status == INB_OK && signal == NULL) {
        *ret_more = false;
        return INB_OK;
    }
    if (status == INB_OK) {
        inb_error problem = INB_ERROR_INIT;
        status = keep(import, signal, &problem);
        if (is_bad(status)) { // known by the store or the norm alone: its place is added here
            status = inb_fail(&why, INB_BAD_INPUT, "%s:%zu:1: %s", path,
                inb_signal_reader_line(reader), problem.message);
        } else if (status != INB_OK) {
            why = problem;
        }
    }
    if (is_bad(status)) {
        return skip(import, path, reader, &why, err);
    }
    return status == INB_OK ? INB_OK : inb_fail(err, status, "%s", why.message);
}

static inb_status keep_file(struct import *import, const char *path, inb_error *err) {
    INB_CLEANUP(inb_signal_reader_freep) inb_signal_reader *reader = NULL;
    INB_TRY(inb_signal_reader_open(
        path, import->map, inb_catalogue_knows, import->catalogue, &reader, err));
    size_t count = 0;
    for (bool more = true; more;) {
        INB_TRY(keep_next(import, path, reader, &more, err));
        if (count++ % PROGRESS_EVERY == 0) {
            progress(import, "keeping", reader);
        }
    }
    import->bytes_before += inb_signal_reader_offset(reader);
    // Asked again: the file may have been changed since it was looked through.
    return inb_signal_reader_finish(reader, err);
}

static inb_status keep_all(struct import *import, inb_error *err) {
    const inb_arguments *arguments = import->arguments;
    if (import->bad_path != NULL) {
        INB_TRY(inb_part_open(import->bad_path, true, &import->bad, err));
    }
    INB_TRY(inb_road_begin(import->road, err));
    for (size_t i = 0; i < arguments->operand_count; i++) {
        INB_TRY(keep_file(import, arguments->operands[i], err));
    }
    if (import->bad_path != NULL) {
        if (import->bad_json && import->skipped > 0) {
            INB_TRY(bad_text(import, "\n]\n", err));
        }
        INB_TRY(inb_part_settle(&import->bad, err)); // durable before the rest is
    }
    INB_TRY(inb_road_commit(import->road, err));
    return import->bad_path == NULL ? INB_OK : inb_part_place(&import->bad, err);
}

// ---- opening and telling ----

static inb_status open_road(struct import *import, inb_error *err) {
    bool made = false;
    const char *key = inb_buffer_get(&import->key);
    INB_TRY(inb_key_ready(import->where, key, &made, err));
    if (made) {
        (void)fprintf(stderr,
            "inbeeld: made a new key, %s\ninbeeld: without it nobody can read this store's names "
            "again; keep a copy of it, apart from the store\n",
            key);
    }
    const inb_road_options road = {
        .store = import->where, .key = key, .catalogue = import->catalogue, .create = true};
    return inb_road_open(&road, &import->road, err);
}

static inb_status tell(const struct import *import, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(65536);
    size_t files = import->arguments->operand_count;
    if (inb_given(import->arguments, "json")) {
        inb_buffer_format(&text,
            "{\"files\":%zu,\"signals\":%zu,\"persons\":%zu,\"skipped\":%zu,"
            "\"not_compared\":%lld,",
            files, import->signals, import->persons, import->skipped, (long long)import->waiting);
        inb_buffer_text(&text, "\"skipped_in\":");
        if (import->bad_path == NULL) {
            inb_buffer_text(&text, "null");
        } else {
            inb_buffer_json(&text, import->bad_path);
        }
        inb_buffer_text(&text, ",\"levels\":{");
        for (size_t i = 0; i < sizeof import->levels.persons / sizeof(size_t); i++) {
            inb_buffer_format(&text, "%s\"%s\":%zu", i == 0 ? "" : ",",
                inb_level_code((inb_level)i), import->levels.persons[i]);
        }
        inb_buffer_text(&text, "},\"catalogue\":");
        inb_buffer_json(&text, inb_catalogue_version(import->catalogue));
        inb_buffer_text(&text, "}\n");
    } else {
        inb_buffer_format(&text, "Kept %zu signals about %zu persons from %zu file%s.\n",
            import->signals, import->persons, files, files == 1 ? "" : "s");
        if (import->waiting > 0) {
            inb_buffer_format(&text,
                "%lld signals of this store are not compared for hits yet: the quota of a day is "
                "used up;\ninbeeld hits takes them up.\n",
                (long long)import->waiting);
        }
        if (import->skipped > 0) {
            inb_buffer_format(&text, "%zu wrong signals are not kept; they stand in %s.\n",
                import->skipped, import->bad_path);
        }
    }
    return inb_print_buffer(&text, err);
}

static inb_status prepare(struct import *import, inb_error *err) {
    const inb_arguments *arguments = import->arguments;
    if (arguments->operand_count == 0) {
        return inb_fail(err, INB_USAGE, "found no file, expected one or more");
    }
    INB_TRY(inb_store_place(arguments, &import->where, err));
    INB_TRY(inb_key_place(arguments, &import->key, err));
    INB_TRY(inb_catalogue_load(inb_value(arguments, "catalogue", NULL), &import->catalogue, err));
    import->map = inb_value(arguments, "map", NULL);
    import->bad_path = inb_value(arguments, "skip-bad", NULL);
    import->organisation = inb_value(arguments, "organisation", "own");
    import->shows_progress = isatty(STDERR_FILENO) != 0;
    (void)snprintf(import->actor_name, sizeof import->actor_name, "uid-%u", (unsigned)getuid());
    import->actor = (inb_road_actor){import->actor_name, import->organisation, "", time(NULL)};
    for (size_t i = 0; i < arguments->operand_count; i++) {
        INB_TRY(check_file(import, arguments->operands[i], err));
    }
    for (size_t i = 0; i < arguments->operand_count; i++) {
        INB_TRY(look_through(import, arguments->operands[i], err));
    }
    return INB_OK;
}

static inb_status run(const inb_arguments *arguments, inb_error *err) {
    INB_CLEANUP(import_clear)
    struct import import = {
        .arguments = arguments, .key = INB_BUFFER_INIT(8192), .bad = INB_PART_INIT};
    INB_TRY(prepare(&import, err));
    INB_TRY(open_road(&import, err));
    inb_status status = keep_all(&import, err);
    progress_end(&import);
    if (status != INB_OK) {
        inb_road_rollback(import.road);
        return status;
    }
    INB_TRY(inb_road_waiting(import.road, &import.waiting, err));
    return tell(&import, err);
}

const inb_command inb_command_import = {
    "import",
    "FILE.csv|FILE.json ...",
    "signals into the store, names sealed: all of them, or none",
    options,
    "Each file is read twice, so a pipe will not do. Exact dates, names, addresses, numbers and "
    "free\n"
    "text are sealed with the team's key; what stands open are months, age classes and codes.",
    run,
};
