// SPDX-License-Identifier: EUPL-1.2
// inbeeld serve: the desk on this machine, until a signal ends it. Prints its address and nothing
// else, whatever is asked of it. With a store it is one team's desk, with one key file.

#include "cli/cli.h"

#include "base/alloc.h"
#include "base/json.h"
#include "base/text.h"
#include "desk/listen.h"
#include "desk/server.h"

#include <inbeeld/road.h>

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_REPORT = 16 * 1024 * 1024 };

static const inb_option options[] = {
    {"listen", "ADDRESS:PORT",
        "where to listen, on this machine alone (default 127.0.0.1:2730; port 0 = any free one)",
        false},
    {"local", "LOCAL.ini", "contacts of the region, over the national ones", false},
    {"catalogue", "DIR", "the norm in a folder instead of the one in the program", false},
    {"key", "KEYFILE", "the team's key (default: INBEELD_KEY, else the one in your settings)",
        false},
    {"organisation", "NAME", "whose signals these are, with --store (default own)", false},
    {"reader", "ACCOUNT",
        "an account of this machine that may open the team's pages, or any for all of them "
        "(default: the one that it runs under; root always may)",
        true},
    {"norms", "DIR", "norms of earlier days, a folder each, for findings of their day", false},
    {"truth", "FILE.csv", "truth.csv of inbeeld demo: shown beside the picture of the store",
        false},
    {"report", "FILE.html", "a report made by inbeeld publish, shown as a page", false},
    {NULL, NULL, NULL, false},
};

static inb_status wait_for_end(const sigset_t *ends, inb_error *err) {
    int which = 0;
    int failed = sigwait(ends, &which);
    if (failed != 0) {
        return inb_fail(err, INB_INTERNAL, "waiting failed: %s", strerror(failed));
    }
    return INB_OK;
}

static void stop(inb_desk **desk) {
    inb_desk_stop(*desk);
}

// ---- with a store ----

enum { MOST_NORMS = 32, MOST_READERS = 32 };

// One team and its store, where one was asked for.
struct team {
    inb_desk_team desk;
    inb_road *road;
    char folder[PATH_MAX];
    char actor[32];
    uint32_t readers[MOST_READERS];
    inb_truth *truth;
    inb_catalogue *norms[MOST_NORMS];
    const inb_catalogue *older[MOST_NORMS];
};

static void team_clear(struct team *team) {
    inb_road_free(team->road);
    inb_truth_free(team->truth);
    for (size_t i = 0; i < team->desk.older_count; i++) {
        inb_catalogue_free(team->norms[i]);
    }
}

// The folder that a path lies in, without links and dots. It must stand.
static inb_status folder_of(const char *path, char ret_folder[PATH_MAX], inb_error *err) {
    char text[PATH_MAX];
    int length = snprintf(text, sizeof text, "%s", path);
    if (length < 0 || length >= PATH_MAX) {
        return inb_fail(err, INB_USAGE, "found a path that is longer than this machine knows");
    }
    char *slash = strrchr(text, '/');
    const char *folder = slash == text ? "/" : slash == NULL ? "." : text;
    if (slash != NULL && slash != text) {
        *slash = '\0';
    }
    if (realpath(folder, ret_folder) == NULL) {
        return inb_fail(
            err, INB_BAD_INPUT, "%s: there is no such folder: %s", folder, strerror(errno));
    }
    return INB_OK;
}

// Whoever gets the store's folder must not get the key with it; and the locked program can reach
// that folder, so the key has no place there.
static inb_status check_apart(const struct team *team, const char *key, inb_error *err) {
    char folder[PATH_MAX];
    INB_TRY(folder_of(key, folder, err));
    size_t length = strlen(team->folder);
    bool below = strncmp(folder, team->folder, length) == 0 &&
                 (folder[length] == '\0' || folder[length] == '/' || length == 1);
    return !below ? INB_OK
                  : inb_fail(err, INB_BAD_INPUT,
                        "%s: found the key in the folder of the store, expected it elsewhere: "
                        "whoever gets a copy of that folder must not get both",
                        key);
}

static inb_status load_norm(struct team *team, const char *path, inb_error *err) {
    size_t at = team->desk.older_count;
    if (at == MOST_NORMS) {
        return inb_fail(err, INB_TOO_LARGE, "%s: found more than %d norms", path, MOST_NORMS);
    }
    INB_TRY(inb_catalogue_load(path, &team->norms[at], err));
    team->older[at] = team->norms[at];
    team->desk.older_count++;
    return INB_OK;
}

static inb_status load_norms(struct team *team, const char *folder, inb_error *err) {
    DIR *directory = opendir(folder);
    if (directory == NULL) {
        return inb_fail(err, INB_BAD_INPUT, "%s: cannot be opened: %s", folder, strerror(errno));
    }
    inb_status status = INB_OK;
    for (struct dirent *entry; status == INB_OK && (entry = readdir(directory)) != NULL;) {
        char path[PATH_MAX];
        int length = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.' && length < PATH_MAX) {
            status = load_norm(team, path, err);
        }
    }
    (void)closedir(directory);
    return status;
}

// An account by its name or number.
static inb_status read_account(const char *text, uint32_t *ret_account, inb_error *err) {
    int64_t number = 0;
    const struct passwd *entry = getpwnam(text);
    if (entry != NULL) {
        *ret_account = (uint32_t)entry->pw_uid;
        return INB_OK;
    }
    if (inb_parse_int64(text, strlen(text), &number) && number >= 0 && number < UINT32_MAX) {
        *ret_account = (uint32_t)number;
        return INB_OK;
    }
    return inb_fail(err, INB_USAGE,
        "found '%.60s' for --reader, expected an account of this machine, its number, or any",
        text);
}

static inb_status read_readers(const inb_arguments *arguments, struct team *team, inb_error *err) {
    for (size_t i = 0; i < arguments->given_count; i++) {
        const char *value = arguments->given[i].value;
        if (strcmp(arguments->given[i].option->name, "reader") != 0) {
            continue;
        }
        if (strcmp(value, "any") == 0) {
            team->desk.anybody = true;
            continue;
        }
        if (team->desk.reader_count == MOST_READERS) {
            return inb_fail(err, INB_USAGE, "found more than %d readers", MOST_READERS);
        }
        INB_TRY(read_account(value, &team->readers[team->desk.reader_count++], err));
    }
    team->desk.readers = team->readers;
    return INB_OK;
}

// Opens store and keys; *ret_team: what the desk gets, NULL where no store was asked for.
static inb_status open_team(const inb_arguments *arguments, const inb_catalogue *catalogue,
    struct team *team, const inb_desk_team **ret_team, inb_error *err) {
    const char *asked = inb_value(arguments, "store", getenv("INBEELD_STORE"));
    *ret_team = NULL;
    if (asked == NULL || asked[0] == '\0') { // elsewhere there is a store by default; not here
        return !inb_given(arguments, "key") && !inb_given(arguments, "organisation") &&
                       !inb_given(arguments, "norms") && !inb_given(arguments, "truth") &&
                       !inb_given(arguments, "reader")
                   ? INB_OK
                   : inb_fail(err, INB_USAGE,
                         "found a key, an organisation, a reader, norms or a truth but no store, "
                         "expected "
                         "--store sqlite:PATH with it");
    }
    const char *where = NULL;
    const char *path = NULL;
    INB_CLEANUP(inb_buffer_clear) inb_buffer key_path = INB_BUFFER_INIT(PATH_MAX);
    INB_TRY(inb_store_place(arguments, &where, err));
    INB_TRY(inb_store_path(where, &path, err));
    INB_TRY(inb_key_place(arguments, &key_path, err));
    const char *key = inb_buffer_get(&key_path);
    INB_TRY(folder_of(path, team->folder, err));
    INB_TRY(check_apart(team, key, err));
    INB_TRY(read_readers(arguments, team, err));
    const char *norms = inb_value(arguments, "norms", NULL);
    if (norms != NULL) {
        INB_TRY(load_norms(team, norms, err));
    }
    const char *truth = inb_value(arguments, "truth", NULL);
    if (truth != NULL) {
        INB_TRY(inb_truth_read(truth, &team->truth, err));
    }
    const inb_road_options road = {
        .store = where, .key = key, .catalogue = catalogue, .create = true};
    INB_TRY(inb_road_open(&road, &team->road, err));
    (void)snprintf(team->actor, sizeof team->actor, "uid-%u", (unsigned)getuid());
    team->desk.road = team->road;
    team->desk.folder = team->folder;
    team->desk.actor = team->actor;
    team->desk.organisation = inb_value(arguments, "organisation", "own");
    team->desk.older = team->older;
    team->desk.truth = team->truth;
    *ret_team = &team->desk;
    return INB_OK;
}

static inb_status run(const inb_arguments *arguments, inb_error *err) {
    if (arguments->operand_count > 0) {
        return inb_fail(err, INB_USAGE, "serve takes no files; see inbeeld serve --help");
    }
    INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
    INB_TRY(inb_catalogue_load(inb_value(arguments, "catalogue", NULL), &catalogue, err));
    const char *local = inb_value(arguments, "local", NULL);
    if (local != NULL) {
        INB_TRY(inb_catalogue_local(catalogue, local, err));
    }
    INB_CLEANUP(inb_freep) char *report = NULL;
    const char *report_path = inb_value(arguments, "report", NULL);
    if (report_path != NULL) {
        size_t length = 0;
        INB_TRY(inb_read_file(report_path, MAX_REPORT, &report, &length, err));
    }
    inb_desk_options desk_options = INB_DESK_OPTIONS_INIT;
    desk_options.listen = inb_value(arguments, "listen", desk_options.listen);
    INB_TRY(inb_listen_check(desk_options.listen, err)); // before a store is made
    INB_CLEANUP(team_clear) struct team team = {0};
    const inb_desk_team *desk_team = NULL;
    INB_TRY(open_team(arguments, catalogue, &team, &desk_team, err));
    // Blocked before any thread begins, so that only sigwait gets them.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGHUP);
    int failed = pthread_sigmask(SIG_BLOCK, &ends, NULL);
    if (failed != 0) {
        return inb_fail(err, INB_INTERNAL, "signals cannot be held: %s", strerror(failed));
    }
    desk_options.catalogue = catalogue;
    desk_options.report = report;
    desk_options.team = desk_team;
    desk_options.lock = true;
    INB_CLEANUP(stop) inb_desk *desk = NULL;
    INB_TRY(inb_desk_start(&desk_options, &desk, err));
    INB_CLEANUP(inb_buffer_clear) inb_buffer line = INB_BUFFER_INIT(256);
    inb_buffer_format(&line, "inbeeld: %s\n", inb_desk_url(desk));
    INB_TRY(inb_print_buffer(&line, err));
    return wait_for_end(&ends, err);
}

const inb_command inb_command_serve = {
    .name = "serve",
    .operand = "",
    .summary = "the desk: a card that asks and answers, and keeps what you say it may",
    .options = options,
    .more =
        "Open the address that it prints in a browser. Without --store nothing that is asked or\n"
        "answered is stored or logged. With --store sqlite:PATH and --key KEYFILE a signal can\n"
        "be kept; there is no login yet, so it is served on this machine alone, and the team's\n"
        "pages to one account of it: the one that it runs under, or each --reader. Ctrl-C (or\n"
        "SIGTERM) ends it.",
    .run = run,
};
