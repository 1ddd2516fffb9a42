// SPDX-License-Identifier: EUPL-1.2
// inbeeld link: files of records in, which are of the same person out. Everything is computed
// before the first file is written, and each file appears whole or not at all.

#include "cli/cli.h"
#include "cli/folder.h"
#include "cli/progress.h"

#include "link_encoded.h"

#include "base/alloc.h"

#include <inbeeld/link_draws.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MOST_THREADS = 1024, MOST_TEXT = 1 << 24 };
static const size_t most_output = (size_t)1 << 36;

static const inb_option options[] = {
    {"out", "CLUSTERS.csv", "where to write which records are of one person", false},
    {"pairs", "PAIRS.csv", "where to write candidate pairs of probability 0.01 or more", false},
    {"histories", "HISTORIES.csv", "where to write capture histories, each file a list", false},
    {"group", "COLUMN", "histories: keep this column as a group", true},
    {"config", "LINK.ini", "[columns] ours = theirs, where the files name columns otherwise",
        false},
    {"explain", "ID", "say what speaks for and against two records: --explain ID ID", true},
    {"draws", "K", "draw K link structures that may be true; with --draws-out", false},
    {"draws-out", "DIR", "a new folder for their histories and rates.json", false},
    {"undo", "ID", "take a signal of the store out of situation and hits, for good; no files",
        false},
    {NULL, NULL, NULL, false},
};

struct asked {
    const char *explain[3];
    size_t explain_count;
    const char *groups[INB_MAX_OPTIONS];
    size_t group_count;
};

static inb_status check_options(
    const inb_arguments *arguments, struct asked *asked, inb_error *err) {
    for (size_t i = 0; i < arguments->given_count; i++) {
        const char *name = arguments->given[i].option->name;
        if (strcmp(name, "group") == 0) {
            asked->groups[asked->group_count++] = arguments->given[i].value;
        } else if (strcmp(name, "explain") == 0 && asked->explain_count < 3) {
            asked->explain[asked->explain_count++] = arguments->given[i].value;
        }
    }
    if (inb_given(arguments, "undo")) {
        return inb_fail(err, INB_USAGE, "option '--undo' is about the store and takes no files");
    }
    if (arguments->operand_count == 0) {
        return inb_fail(
            err, INB_USAGE, "link: found no file, expected LIST.csv; see inbeeld link --help");
    }
    if (asked->explain_count != 0 && asked->explain_count != 2) {
        return inb_fail(err, INB_USAGE, "option '--explain': found %s id, expected two",
            asked->explain_count == 1 ? "one" : "more than two");
    }
    if (!inb_given(arguments, "out") && asked->explain_count == 0) {
        return inb_fail(err, INB_USAGE, "option '--out' is missing, expected --out CLUSTERS.csv");
    }
    if (asked->group_count > 0 && !inb_given(arguments, "histories") &&
        !inb_given(arguments, "draws")) {
        return inb_fail(err, INB_USAGE, "option '--group' belongs to --histories and --draws");
    }
    if (inb_given(arguments, "draws") != inb_given(arguments, "draws-out")) {
        return inb_fail(err, INB_USAGE, "options '--draws' and '--draws-out' go together");
    }
    if (inb_given(arguments, "histories") && arguments->operand_count < 2) {
        return inb_fail(err, INB_USAGE,
            "option '--histories': found one file, expected two or more: each is a list");
    }
    static const char *const written[] = {"out", "pairs", "histories", "draws-out", NULL};
    static const char *const read[] = {"config", NULL};
    for (size_t i = 0; i < arguments->operand_count; i++) {
        for (size_t j = 0; j < i; j++) {
            bool same;
            INB_TRY(inb_same_file(arguments->operands[i], arguments->operands[j], &same, err));
            if (same) {
                return inb_fail(err, INB_USAGE,
                    "%s and %s are one file, expected different ones: each is a list",
                    arguments->operands[j], arguments->operands[i]);
            }
        }
    }
    return inb_check_written(arguments, written, read, err);
}

// All of them or none.
static void remove_tables(const inb_arguments *arguments) {
    static const char *const written[] = {"out", "pairs", "histories"};
    for (size_t i = 0; i < sizeof written / sizeof written[0]; i++) {
        const char *path = inb_value(arguments, written[i], NULL);
        if (path != NULL) {
            (void)unlink(path); // there may be none
        }
    }
}

static inb_status write_tables(
    const inb_arguments *arguments, const inb_linked *linked, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer clusters = INB_BUFFER_INIT(most_output);
    INB_CLEANUP(inb_buffer_clear) inb_buffer pairs = INB_BUFFER_INIT(most_output);
    INB_CLEANUP(inb_buffer_clear) inb_buffer histories = INB_BUFFER_INIT(most_output);
    const char *clusters_path = inb_value(arguments, "out", NULL);
    const char *pairs_path = inb_value(arguments, "pairs", NULL);
    const char *histories_path = inb_value(arguments, "histories", NULL);
    if (clusters_path != NULL) {
        inb_linked_clusters_csv(linked, &clusters);
        INB_TRY(inb_buffer_check(&clusters, err));
    }
    if (pairs_path != NULL) {
        inb_linked_pairs_csv(linked, &pairs);
        INB_TRY(inb_buffer_check(&pairs, err));
    }
    if (histories_path != NULL) {
        INB_TRY(inb_linked_histories_csv(linked, &histories, err));
        INB_TRY(inb_buffer_check(&histories, err));
    }
    inb_file files[3];
    size_t count = 0;
    const char *const paths[] = {clusters_path, pairs_path, histories_path};
    const inb_buffer *const texts[] = {&clusters, &pairs, &histories};
    for (size_t i = 0; i < 3; i++) {
        if (paths[i] != NULL) {
            files[count++] = (inb_file){paths[i], inb_buffer_get(texts[i]), texts[i]->length};
        }
    }
    return inb_write_files(NULL, files, count, err);
}

// The folder is filled before the tables are written and put in its place after them.
static inb_status write_draws(const inb_arguments *arguments, const inb_link_draws *draws,
    inb_folder *folder, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(most_output);
    INB_TRY(inb_folder_begin(folder, inb_value(arguments, "draws-out", NULL), err));
    size_t count = inb_link_draws_count(draws);
    for (size_t k = 0; k <= count; k++) {
        char name[48] = "rates.json";
        if (k < count) {
            (void)snprintf(name, sizeof name, "histories_%04zu.csv", k + 1);
        }
        inb_buffer_text(
            &text, k < count ? inb_link_draws_histories(draws, k) : inb_link_draws_rates(draws));
        FILE *file = NULL;
        INB_TRY(inb_folder_open(folder, name, &file, err));
        inb_status status = inb_folder_write(file, name, &text, err);
        inb_error closing = INB_ERROR_INIT;
        inb_status closed = inb_folder_close(&file, name, status == INB_OK ? err : &closing);
        INB_TRY(status == INB_OK ? closed : status);
    }
    return INB_OK;
}

static inb_status tell(const inb_arguments *arguments, const struct asked *asked,
    const inb_linked *linked, inb_buffer *text, inb_error *err) {
    if (asked->explain_count == 2) {
        INB_TRY(inb_linked_explain(linked, asked->explain[0], asked->explain[1], text, err));
    } else if (inb_given(arguments, "json")) {
        inb_linked_json(linked, text);
        inb_buffer_char(text, '\n');
    } else {
        inb_linked_text(linked, text);
    }
    return inb_buffer_check(text, err);
}

static inb_status run(const inb_arguments *arguments, inb_error *err) {
    struct asked asked = {0};
    if (inb_given(arguments, "undo") && arguments->operand_count == 0) {
        return inb_undo_join(arguments, inb_value(arguments, "undo", ""), err);
    }
    INB_TRY(check_options(arguments, &asked, err));
    int64_t seed;
    int64_t threads;
    int64_t draws;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    cores = cores < 1 ? 1 : cores > MOST_THREADS ? MOST_THREADS : cores;
    INB_TRY(inb_value_int(arguments, "seed", 0, INT64_MAX, 1, &seed, err));
    INB_TRY(inb_value_int(arguments, "threads", 1, MOST_THREADS, cores, &threads, err));
    INB_TRY(inb_value_int(arguments, "draws", INB_LINK_DRAWS_LEAST, INB_LINK_DRAWS_MOST,
        INB_LINK_DRAWS_LEAST, &draws, err));
    if (inb_given(arguments, "draws") && arguments->operand_count < 2) {
        return inb_fail(err, INB_USAGE, "option '--draws': found one file, expected two or more");
    }
    INB_CLEANUP(inb_link_map_freep) inb_link_map *map = NULL;
    INB_CLEANUP(inb_people_freep) inb_people *people = NULL;
    INB_CLEANUP(inb_linked_freep) inb_linked *linked = NULL;
    INB_CLEANUP(inb_bar_clear) inb_bar bar;
    inb_bar_init(&bar);
    inb_spread spread = inb_spread_threads((size_t)threads);
    spread.progress = &bar.progress;
    inb_link_options how = {(uint64_t)seed, (size_t)threads, &spread};
    bool encoded;
    INB_TRY(inb_link_is_encoded(arguments, &encoded, err));
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(MOST_TEXT);
    if (encoded) {
        INB_TRY(inb_link_encoded_files(arguments, &how, &people, &linked, &text, err));
        INB_TRY(write_tables(arguments, linked, err));
        return inb_print(text.data, text.length, err);
    }
    const char *config = inb_value(arguments, "config", NULL);
    if (config != NULL) {
        INB_TRY(inb_link_map_read(config, &map, err));
    }
    INB_TRY(inb_people_read(arguments->operands, arguments->operand_count, map, asked.groups,
        asked.group_count, how.threads, &people, err));
    INB_TRY(inb_link_run(people, &how, &linked, err));
    INB_TRY(tell(arguments, &asked, linked, &text, err));
    INB_CLEANUP(inb_folder_clear) inb_folder folder = INB_FOLDER_INIT;
    if (inb_given(arguments, "draws")) {
        INB_CLEANUP(inb_link_draws_freep) inb_link_draws *drawn = NULL;
        INB_TRY(inb_link_draws_new(linked, (size_t)draws, &drawn, err));
        INB_TRY(write_draws(arguments, drawn, &folder, err));
    }
    INB_TRY(write_tables(arguments, linked, err));
    if (inb_given(arguments, "draws")) {
        inb_status status = inb_folder_commit(&folder, err);
        if (status != INB_OK) {
            remove_tables(arguments);
            return status;
        }
    }
    return inb_print(text.data, text.length, err);
}

const inb_command inb_command_link = {
    "link",
    "LIST.csv...",
    "which records of one or several files are of the same person",
    options,
    "Each file has a header row, 'id' and any of given_name, prefix, surname, name, birth_date\n"
    "(YYYY-MM-DD or YYYYMMDD), birth_year, birth_month, birth_day, sex, postcode, street,\n"
    "house_number, place, phone, email, organisation, kvk, number; other columns are never\n"
    "compared. One file: its duplicates are found. A file's name without ending names the source.\n"
    "\n"
    "No labels are used. Clusters are cut at a probability of 0.5. Histories are confidential\n"
    "until they have been published (station 5).",
    run,
};
