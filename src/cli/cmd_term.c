// SPDX-License-Identifier: EUPL-1.2
// inbeeld term: until when one signal stays. Shows its end, its review and its hold, and changes
// them: a hold lets it stay longer, with a reason and an owner that stand in the log.

#include "cli/cli.h"

#include <inbeeld/retention.h>
#include <inbeeld/weigh.h>

#include "base/alloc.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_OUTPUT = 65536, PATH_MOST = 8192 };

static const inb_option options[] = {
    {"hold", "REASON", "let it stay longer: proceedings, complaint, request or inspection", false},
    {"until", "YYYY-MM", "with --hold: the last month that it stays", false},
    {"owner", "NAME", "with --hold: who answers for it (default: your account)", false},
    {"release", NULL, "lift its hold: it goes when it would have, this month at the earliest",
        false},
    {"reviewed", NULL, "somebody looked at it again, and it stays until its end", false},
    {"organisation", "NAME", "whose signal it is (default own)", false},
    {"key", "KEYFILE", "the team's key (default: INBEELD_KEY, else the one in your settings)",
        false},
    {NULL, NULL, NULL, false},
};

struct outcome {
    inb_status status;
    char message[512];
};

static void told(inb_status status, const char *message, uint32_t version, void *payload) {
    struct outcome *outcome = payload;
    (void)version;
    outcome->status = status;
    (void)snprintf(outcome->message, sizeof outcome->message, "%s", message);
}

static inb_status place_hold(const inb_arguments *arguments, inb_road *road,
    const inb_road_actor *actor, const char *id, struct outcome *outcome, inb_error *err) {
    static const char *const reasons[] = {"proceedings", "complaint", "request", "inspection"};
    const char *reason = inb_value(arguments, "hold", "");
    const char *until = inb_value(arguments, "until", NULL);
    inb_date month = {0, 0, 0};
    bool known = false;
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        known = known || strcmp(reason, reasons[i]) == 0;
    }
    if (!known) { // words of one's own could name somebody
        return inb_fail(err, INB_USAGE,
            "option '--hold': found another reason, expected proceedings, complaint, request or "
            "inspection");
    }
    if (until == NULL || strlen(until) != 7 || !inb_date_parse(until, 7, &month)) {
        return inb_fail(err, INB_USAGE,
            "a hold has an end: expected --until with a month, YYYY-MM; no signal stays for ever");
    }
    return inb_road_hold(road, actor, id, reason, inb_value(arguments, "owner", actor->name), month,
        told, outcome, err);
}

static inb_status change(const inb_arguments *arguments, inb_road *road,
    const inb_road_actor *actor, const char *id, inb_error *err) {
    struct outcome outcome = {.status = INB_OK};
    size_t asked = (size_t)inb_given(arguments, "hold") + inb_given(arguments, "release") +
                   inb_given(arguments, "reviewed");
    bool of_hold = inb_given(arguments, "until") || inb_given(arguments, "owner");
    if (asked > 1 || (of_hold && !inb_given(arguments, "hold"))) {
        return inb_fail(err, INB_USAGE,
            "found options that do not go together, expected --hold with --until, --release or "
            "--reviewed");
    }
    if (inb_given(arguments, "hold")) {
        INB_TRY(place_hold(arguments, road, actor, id, &outcome, err));
    } else if (inb_given(arguments, "release")) {
        INB_TRY(inb_road_release(road, actor, id, told, &outcome, err));
    } else if (inb_given(arguments, "reviewed")) {
        INB_TRY(inb_road_reviewed(road, actor, id, told, &outcome, err));
    }
    return outcome.status == INB_OK ? INB_OK : inb_fail(err, outcome.status, "%s", outcome.message);
}

static void month_json(inb_buffer *out, const char *name, inb_date month) {
    char text[11];
    inb_date_format(month, text);
    if (month.year == 0) {
        inb_buffer_format(out, ",\"%s\":null", name);
    } else {
        inb_buffer_format(out, ",\"%s\":\"%s\"", name, text);
    }
}

static void say_json(const inb_stored_signal *stored, inb_buffer *out) {
    inb_buffer_text(out, "{\"id\":");
    inb_buffer_json(out, stored->id);
    month_json(out, "ends", stored->ends);
    month_json(out, "review", stored->review);
    inb_buffer_text(out, ",\"hold\":");
    if (stored->hold.reason == NULL) {
        inb_buffer_text(out, "null}\n");
        return;
    }
    inb_buffer_text(out, "{\"reason\":");
    inb_buffer_json(out, stored->hold.reason);
    inb_buffer_text(out, ",\"owner\":");
    inb_buffer_json(out, stored->hold.owner);
    month_json(out, "until", stored->hold.until);
    month_json(out, "ends_without", stored->hold.before);
    inb_buffer_text(out, "}}\n");
}

static void say(const inb_stored_signal *stored, inb_buffer *out) {
    char month[11];
    if (stored->ends.year == 0) {
        inb_buffer_text(out, "An older program kept it and it has no end yet: inbeeld purge gives "
                             "it one.\n");
        return;
    }
    inb_date_format(stored->ends, month);
    inb_buffer_format(out, "It stays until the end of %s.\n", month);
    if (stored->review.year != 0) {
        inb_date_format(stored->review, month);
        inb_buffer_format(
            out, "To be looked at again from %s: somebody in it is eighteen by then.\n", month);
    }
    if (stored->hold.reason != NULL) {
        inb_date_format(stored->hold.before, month);
        inb_buffer_format(out, "Held by %s (%s); without, it stays until the end of %s.\n",
            stored->hold.owner, stored->hold.reason, month);
    }
}

static inb_status run(const inb_arguments *arguments, inb_error *err) {
    INB_CLEANUP(inb_road_freep) inb_road *road = NULL;
    INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_CLEANUP(inb_ticket_freep) inb_ticket *ticket = NULL;
    INB_CLEANUP(inb_buffer_clear) inb_buffer key = INB_BUFFER_INIT(PATH_MOST);
    INB_CLEANUP(inb_buffer_clear) inb_buffer out = INB_BUFFER_INIT(MOST_OUTPUT);
    const inb_stored_signal *found = NULL;
    const char *where;
    char name[32];
    if (arguments->operand_count != 1) {
        return inb_fail(
            err, INB_USAGE, "found %zu ids, expected that of one signal", arguments->operand_count);
    }
    const char *id = arguments->operands[0];
    INB_TRY(inb_arena_new(0, &arena, err));
    INB_TRY(inb_store_place(arguments, &where, err));
    INB_TRY(inb_key_place(arguments, &key, err));
    INB_TRY(inb_catalogue_load(NULL, &catalogue, err));
    const inb_road_options asked = {
        .store = where, .key = inb_buffer_get(&key), .catalogue = catalogue};
    INB_TRY(inb_road_open(&asked, &road, err));
    (void)snprintf(name, sizeof name, "uid-%u", (unsigned)getuid());
    const inb_road_actor actor = {
        name, inb_value(arguments, "organisation", "own"), "", time(NULL)};
    INB_TRY(change(arguments, road, &actor, id, err));
    INB_TRY(inb_road_ask_wait(road, &actor, INB_ROAD_TERM, id, &ticket, err));
    INB_TRY(inb_road_term(road, ticket, arena, &found, err));
    if (inb_given(arguments, "json")) {
        say_json(found, &out);
    } else {
        say(found, &out);
    }
    return inb_print_buffer(&out, err);
}

const inb_command inb_command_term = {
    "term",
    "ID",
    "until when a signal stays; lets it stay longer, with a reason",
    options,
    "Without options it only tells. Every use has its row in the log.",
    run,
};
