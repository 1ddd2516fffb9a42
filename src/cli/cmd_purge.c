// SPDX-License-Identifier: EUPL-1.2
// inbeeld purge: lets go of the signals whose last month is over: rows, what hangs on them, and the
// keys of their sealed parts, so that no copy of the store opens them either.

#include "cli/cli.h"

#include <inbeeld/retention.h>
#include <inbeeld/weigh.h>

#include "base/alloc.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_OUTPUT = 1 << 20, PATH_MOST = 8192 };

static const inb_option options[] = {
    {"until", "YYYY-MM", "the last month to let go of (default: the one that is just over)", false},
    {"early", NULL, "allow a month that is not over: signals go before their end", false},
    {"dry-run", NULL, "only tell what would go", false},
    {"key", "KEYFILE", "the team's key (default: INBEELD_KEY, else the one in your settings)",
        false},
    {NULL, NULL, NULL, false},
};

static inb_status take_month(
    const inb_arguments *arguments, inb_purge_options *purge, inb_error *err) {
    const char *until = inb_value(arguments, "until", NULL);
    purge->early = inb_given(arguments, "early");
    purge->dry_run = inb_given(arguments, "dry-run");
    if (until != NULL && (strlen(until) != 7 || !inb_date_parse(until, 7, &purge->until))) {
        return inb_fail(
            err, INB_USAGE, "option '--until': found something else, expected a month, YYYY-MM");
    }
    return INB_OK;
}

static void say_json(const inb_purge_report *report, bool dry_run, inb_buffer *out) {
    inb_buffer_format(out, "{\"dry_run\":%s,\"signals\":%" PRId64 ",\"months\":[",
        dry_run ? "true" : "false", report->signals);
    for (size_t i = 0; i < report->month_count; i++) {
        char month[11];
        inb_date_format(report->months[i].month, month);
        inb_buffer_format(out, "%s{\"month\":\"%s\",\"signals\":%" PRId64 "}", i == 0 ? "" : ",",
            month, report->months[i].signals);
    }
    inb_buffer_format(out,
        "],\"remains\":%" PRId64 ",\"settled\":%" PRId64 ",\"keys\":%zu,\"scrubbed\":%s}\n",
        report->remains, report->settled, report->keys, report->scrubbed ? "true" : "false");
}

static void say(const inb_purge_report *report, bool dry_run, inb_buffer *out) {
    const char *go = dry_run ? "would go" : "went";
    for (size_t i = 0; i < report->month_count; i++) {
        char month[11];
        inb_date_format(report->months[i].month, month);
        inb_buffer_format(out, "%s  %" PRId64 " signal%s %s\n", month, report->months[i].signals,
            report->months[i].signals == 1 ? "" : "s", go);
    }
    if (report->remains > 0) {
        inb_buffer_format(out,
            "%" PRId64 " more %s: their key was erased before, this is an older copy of the "
            "store\n",
            report->remains, go);
    }
    if (report->settled > 0) {
        inb_buffer_format(
            out, "%" PRId64 " signals of an older program got an end.\n", report->settled);
    }
    inb_buffer_format(out, "%" PRId64 " signal%s %s, and %zu key%s.\n", report->signals,
        report->signals == 1 ? "" : "s", go, report->keys, report->keys == 1 ? "" : "s");
    if (!report->scrubbed) {
        inb_buffer_text(out,
            "Another program was reading the store: old pages stand in its log until the next "
            "purge.\n");
    }
}

static inb_status run(const inb_arguments *arguments, inb_error *err) {
    INB_CLEANUP(inb_road_freep) inb_road *road = NULL;
    INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
    INB_CLEANUP(inb_freep) inb_purge_report *report = inb_alloc(1, sizeof *report);
    INB_CLEANUP(inb_buffer_clear) inb_buffer key = INB_BUFFER_INIT(PATH_MOST);
    INB_CLEANUP(inb_buffer_clear) inb_buffer out = INB_BUFFER_INIT(MOST_OUTPUT);
    inb_purge_options purge = {.early = false};
    const char *where;
    char name[32];
    if (report == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory to let go of signals");
    }
    if (arguments->operand_count != 0) {
        return inb_fail(err, INB_USAGE, "found %zu words more than expected, expected options only",
            arguments->operand_count);
    }
    INB_TRY(take_month(arguments, &purge, err));
    INB_TRY(inb_store_place(arguments, &where, err));
    INB_TRY(inb_key_place(arguments, &key, err));
    INB_TRY(inb_catalogue_load(NULL, &catalogue, err));
    const inb_road_options asked = {
        .store = where, .key = inb_buffer_get(&key), .catalogue = catalogue};
    INB_TRY(inb_road_open(&asked, &road, err));
    (void)snprintf(name, sizeof name, "uid-%u", (unsigned)getuid());
    const inb_road_actor actor = {name, "", "", time(NULL)};
    INB_TRY(inb_road_purge(road, &actor, &purge, report, err));
    if (inb_given(arguments, "json")) {
        say_json(report, purge.dry_run, &out);
    } else {
        say(report, purge.dry_run, &out);
    }
    return inb_print_buffer(&out, err);
}

const inb_command inb_command_purge = {
    "purge",
    "",
    "lets go of the signals whose last month is over, and of their keys",
    options,
    "The desk does it by itself once a day. What it was stopped in, it completes the next time.",
    run,
};
