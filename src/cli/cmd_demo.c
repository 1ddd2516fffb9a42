// SPDX-License-Identifier: EUPL-1.2
// inbeeld demo: a folder with a generated region whose truth is known, to try every other command
// on and to see what a picture misses.

#include "cli/cli.h"
#include "cli/demo_compare.h"
#include "cli/demo_files.h"
#include "cli/progress.h"

#include <inbeeld/keyring.h>
#include <inbeeld/keys.h>

#include "base/alloc.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static const inb_option options[] = {
    {"people", "N", "how many people are in a situation of exploitation (default 1000)", false},
    {NULL, NULL, NULL, false},
};

enum { SECONDS_A_DAY = 86400, LAST_SIGNAL = 150 }; // days after the period, at most

// The clock, but never before what the signals tell of.
static int64_t moment(const inb_world_options *world) {
    int64_t last = (int64_t)inb_date_first_day(world->from) + world->days + LAST_SIGNAL;
    int64_t now = (int64_t)time(NULL);
    return now > last * SECONDS_A_DAY ? now : last * SECONDS_A_DAY;
}

static void say(const char *path, const inb_demo_sums *sums, const inb_demo_row rows[INB_DEMO_ROWS],
    inb_buffer *text) {
    inb_buffer_format(text,
        "%s: a generated region. %" PRIu64 " people in situations of exploitation, %" PRIu64
        " of them on no list at all.\n\n",
        path, sums->people, sums->unseen);
    for (int list = 0; list < INB_WORLD_LIST_COUNT; list++) {
        inb_buffer_format(text, "  %-22s %10" PRIu64 "\n",
            inb_world_list_name((inb_world_list)list), sums->records[list]);
    }
    inb_buffer_format(text,
        "\n%" PRIu64 " signals, %" PRIu64 " of them fragments of a story split over "
        "organisations.\n\nWho is seen, what an estimate makes of it (stepwise, true links), and "
        "how many there are:\n\n",
        sums->signals, sums->fragments);
    inb_demo_compare_text(rows, text);
    inb_buffer_format(text,
        "\nSources depend on each other and people are not alike: that is what the estimate "
        "misses.\n\nTry:\n"
        "  inbeeld link %s/lists/*.csv --out clusters.csv\n"
        "  inbeeld estimate %s/histories.csv --group form\n"
        "  inbeeld picture --store sqlite:%s/inbeeld.db\n"
        "  inbeeld serve --store sqlite:%s/inbeeld.db --key %s.key --organisation police\n",
        path, path, path, path, path);
}

static void say_json(const char *path, const inb_demo_sums *sums,
    const inb_demo_row rows[INB_DEMO_ROWS], inb_buffer *text) {
    inb_buffer_text(text, "{\"folder\":");
    inb_buffer_json(text, path);
    inb_buffer_format(text, ",\"people\":%" PRIu64 ",\"unseen\":%" PRIu64 ",\"lists\":{",
        sums->people, sums->unseen);
    for (int list = 0; list < INB_WORLD_LIST_COUNT; list++) {
        inb_buffer_format(text, "%s\"%s\":%" PRIu64, list == 0 ? "" : ",",
            inb_world_list_name((inb_world_list)list), sums->records[list]);
    }
    inb_buffer_format(text,
        "},\"signals\":%" PRIu64 ",\"fragments\":%" PRIu64 ",\"groups\":", sums->signals,
        sums->fragments);
    inb_demo_compare_json(rows, text);
    inb_buffer_text(text, "}\n");
}

// Folder and key, or neither.
static inb_status make(const inb_world *world, const inb_world_options *region, inb_folder *folder,
    const char *key, inb_demo_sums *ret_sums, inb_error *err) {
    if (access(key, F_OK) == 0) { // somebody's, not ours to remove
        return inb_fail(err, INB_USAGE, "%s: found a file, expected none: the key goes there", key);
    }
    INB_TRY(inb_keyfile_new(key, err));
    INB_CLEANUP(inb_bar_clear) inb_bar bar;
    inb_bar_init(&bar);
    inb_status status =
        inb_demo_write(world, region, folder, key, moment(region), &bar.progress, ret_sums, err);
    if (status == INB_OK) {
        status = inb_folder_commit(folder, err);
    }
    if (status != INB_OK) {
        (void)unlink(key);
        inb_keyring_drop(key);
    }
    return status;
}

static inb_status run(const inb_arguments *arguments, inb_error *err) {
    if (arguments->operand_count != 1) {
        return inb_fail(err, INB_USAGE, "found %zu folders, expected the one to make",
            arguments->operand_count);
    }
    int64_t people;
    int64_t seed;
    INB_TRY(inb_value_int(arguments, "people", 1, INB_WORLD_PEOPLE_MOST, 1000, &people, err));
    INB_TRY(inb_value_int(arguments, "seed", 0, INT64_MAX, 1, &seed, err));
    inb_world_options region = INB_WORLD_OPTIONS_INIT;
    region.people = (uint64_t)people;
    region.seed = (uint64_t)seed;
    INB_CLEANUP(inb_world_freep) inb_world *world = NULL;
    INB_TRY(inb_world_new(&region, &world, err));
    INB_CLEANUP(inb_folder_clear) inb_folder folder = INB_FOLDER_INIT;
    INB_TRY(inb_folder_begin(&folder, arguments->operands[0], err));
    const char *path = inb_buffer_get(&folder.path);
    INB_CLEANUP(inb_buffer_clear) inb_buffer key = INB_BUFFER_INIT(8192);
    inb_buffer_format(&key, "%s.key", path); // apart from the store: docs/decisions/0010
    INB_TRY(inb_buffer_check(&key, err));
    inb_demo_sums sums;
    INB_TRY(make(world, &region, &folder, inb_buffer_get(&key), &sums, err));
    inb_demo_row rows[INB_DEMO_ROWS];
    INB_TRY(inb_demo_compare(&sums.tally, rows, err));
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(65536);
    (inb_given(arguments, "json") ? say_json : say)(path, &sums, rows, &text);
    return inb_print_buffer(&text, err);
}

const inb_command inb_command_demo = {
    "demo",
    "DIR",
    "a generated region whose truth is known, to try everything on",
    options,
    "Makes the folder DIR: inbeeld.db, lists/*.csv, histories.csv, truth.csv, signals.json, and\n"
    "which rows truly belong together; the key of the store is DIR.key. Nobody in it exists. DIR\n"
    "may not have anything in it yet; where the command fails, nothing is left behind.",
    run,
};
