// SPDX-License-Identifier: EUPL-1.2
// inbeeld hits: in which of an organisation's signals stands what stands in those of another one
// too, and whom to ask there. Reading writes its row in the log first. Nothing can be asked about
// but one's own kept signals; contacts and grounds are recorded by whoever looks after the store.

#include "cli/cli.h"

#include <inbeeld/hits.h>
#include <inbeeld/keys.h>

#include "base/alloc.h"
#include "base/csv.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_TEXT = 64 * 1024 * 1024, A_PAGE = 500 };

static const inb_option options[] = {
    {"organisation", "NAME", "whose signals (default own)", false},
    {"key", "KEYFILE", "the team's key (default: INBEELD_KEY, else the one in your settings)",
        false},
    {"contacts", "FILE.csv", "record whom to ask: organisation, contact and, if told, quota",
        false},
    {"ground", "TEXT", "record a ground for two signals: --ground TEXT ID ID", false},
    {NULL, NULL, NULL, false},
};

struct hits {
    inb_catalogue *catalogue;
    inb_road *road;
    inb_store *store; // a connection of its own, to find signals and to record contacts
    inb_arena *arena;
    char actor_name[32];
    inb_road_actor actor;
};

static void hits_clear(struct hits *hits) {
    inb_arena_free(hits->arena);
    inb_store_free(hits->store);
    inb_road_free(hits->road);
    inb_catalogue_free(hits->catalogue);
}

static inb_status open_road(const inb_arguments *arguments, struct hits *hits, inb_error *err) {
    const char *where;
    INB_CLEANUP(inb_buffer_clear) inb_buffer key = INB_BUFFER_INIT(8192);
    INB_TRY(inb_store_place(arguments, &where, err));
    INB_TRY(inb_key_place(arguments, &key, err));
    INB_TRY(inb_catalogue_load(NULL, &hits->catalogue, err));
    const inb_road_options road = {
        .store = where, .key = inb_buffer_get(&key), .catalogue = hits->catalogue};
    const inb_store_options store = {.hash = inb_hash};
    INB_TRY(inb_road_open(&road, &hits->road, err));
    INB_TRY(inb_store_open(where, &store, &hits->store, err));
    INB_TRY(inb_arena_new(0, &hits->arena, err));
    (void)snprintf(hits->actor_name, sizeof hits->actor_name, "uid-%u", (unsigned)getuid());
    hits->actor = (inb_road_actor){
        hits->actor_name, inb_value(arguments, "organisation", "own"), "", time(NULL)};
    return INB_OK;
}

// ---- contacts ----

static inb_status take_contact(struct hits *hits, const inb_csv *csv, const char *path,
    const size_t columns[3], inb_error *err) {
    const char *organisation = inb_csv_field(csv, columns[0]);
    inb_contact contact = {inb_csv_field(csv, columns[1]), -1};
    size_t length = strlen(organisation);
    size_t line = inb_csv_line(csv, columns[0]);
    if (length == 0 || length > INB_STORE_NAME_MOST || contact.contact[0] == '\0') {
        return inb_fail(err, INB_BAD_INPUT,
            "%s:%zu:1: found no organisation or no contact, expected both", path, line);
    }
    const char *quota = columns[2] == SIZE_MAX ? "" : inb_csv_field(csv, columns[2]);
    if (quota[0] != '\0' &&
        (!inb_parse_int64(quota, strlen(quota), &contact.quota) || contact.quota < 0)) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s:%zu:%zu: found another quota, expected a whole number of signals a day", path,
            inb_csv_line(csv, columns[2]), inb_csv_place(csv, columns[2]));
    }
    inb_error why = INB_ERROR_INIT;
    inb_status status =
        inb_store_contact_set(hits->store, organisation, &contact, hits->actor.now, &why);
    return status == INB_OK ? INB_OK
                            : inb_fail(err, status, "%s:%zu:1: %s", path, line, why.message);
}

// Within a group: all of the file or nothing.
static inb_status take_contacts(
    struct hits *hits, const char *path, size_t *ret_count, inb_error *err) {
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    size_t columns[3];
    INB_TRY(inb_csv_open(path, &csv, err));
    INB_TRY(inb_csv_require(csv, "organisation", &columns[0], err));
    INB_TRY(inb_csv_require(csv, "contact", &columns[1], err));
    columns[2] = inb_csv_find(csv, "quota");
    size_t count = 0;
    for (bool more = true;; count++) {
        INB_TRY(inb_csv_next(csv, &more, err));
        if (!more) {
            break;
        }
        INB_TRY(take_contact(hits, csv, path, columns, err));
    }
    const inb_log_entry entry = {
        hits->actor.now, hits->actor.name, "contacts", "", "done", hits->actor.purpose};
    INB_TRY(inb_store_note(hits->store, &entry, err));
    *ret_count = count;
    return INB_OK;
}

static inb_status record_contacts(
    const inb_arguments *arguments, struct hits *hits, const char *path, inb_error *err) {
    size_t count = 0;
    INB_TRY(inb_store_begin(hits->store, err));
    inb_status status = take_contacts(hits, path, &count, err);
    if (status != INB_OK) {
        inb_store_rollback(hits->store);
        return status;
    }
    INB_TRY(inb_store_commit(hits->store, err));
    char text[96];
    int length = snprintf(text, sizeof text,
        inb_given(arguments, "json") ? "{\"contacts\":%zu}\n" : "Recorded whom to ask at %zu.\n",
        count);
    return inb_print(text, (size_t)length, err);
}

// ---- a ground ----

static inb_status record_ground(
    const inb_arguments *arguments, struct hits *hits, const char *text, inb_error *err) {
    const inb_stored_signal *signals[2] = {NULL, NULL};
    for (size_t i = 0; i < 2; i++) {
        INB_TRY(inb_find_signal(
            hits->store, hits->arena, "ground", arguments->operands[i], &signals[i], err));
    }
    INB_TRY(inb_road_ground(
        hits->road, &hits->actor, signals[0]->number, signals[1]->number, text, err));
    // The same words whether the two share anything or not.
    const char *said =
        inb_given(arguments, "json")
            ? "{\"ground\":true}\n"
            : "The ground is recorded, with who and when. Where the two signals share something,\n"
              "both organisations see it from now on.\n";
    return inb_print(said, strlen(said), err);
}

// ---- the list ----

static void tell_hit(const inb_hit *hit, bool first, bool json, inb_buffer *text) {
    if (json) {
        inb_buffer_text(text, first ? "{\"organisation\":" : ",{\"organisation\":");
        inb_buffer_json(text, hit->organisation);
        inb_buffer_text(text, ",\"contact\":");
        if (hit->contact == NULL) {
            inb_buffer_text(text, "null");
        } else {
            inb_buffer_json(text, hit->contact);
        }
        inb_buffer_format(text, ",\"ground\":%s}", hit->ground ? "true" : "false");
        return;
    }
    inb_buffer_format(text, "    hit with %s%s: %s\n", hit->organisation,
        hit->ground ? " (on a recorded ground)" : "",
        hit->contact == NULL ? "no contact is known" : hit->contact);
}

static void tell_signal(const inb_hit_signal *signal, bool first, bool json, inb_buffer *text) {
    if (json) {
        inb_buffer_format(
            text, "%s{\"number\":%lld,\"id\":", first ? "" : ",", (long long)signal->number);
        inb_buffer_json(text, signal->id);
        inb_buffer_text(text, ",\"hits\":[");
    } else {
        inb_buffer_format(text, "signal %lld (%s)\n", (long long)signal->number, signal->id);
    }
    for (size_t i = 0; i < signal->hits.count; i++) {
        tell_hit(&signal->hits.list[i], i == 0, json, text);
    }
    if (json) {
        inb_buffer_text(text, "]}");
    }
}

static void tell_end(const struct hits *hits, const inb_hit_page *page, size_t count,
    size_t compared, bool json, inb_buffer *text) {
    if (json) {
        inb_buffer_text(text, "],\"organisation\":");
        inb_buffer_json(text, hits->actor.organisation);
        inb_buffer_format(text,
            ",\"compared_now\":%zu,\"waiting\":%lld,\"quota\":%lld,\"used_today\":%lld}\n",
            compared, (long long)page->waiting, (long long)page->quota, (long long)page->used);
        return;
    }
    inb_buffer_format(text, "%s%zu signal%s with a hit. Compared today: %lld of %lld.\n",
        count > 0 ? "\n" : "", count, count == 1 ? "" : "s", (long long)page->used,
        (long long)page->quota);
    if (page->waiting > 0) {
        inb_buffer_format(text,
            "%lld signal%s not compared yet: the quota of today is used up. Ask again tomorrow,\n"
            "or raise the quota (--contacts).\n",
            (long long)page->waiting, page->waiting == 1 ? " is" : "s are");
    }
}

// A row of the log for each part that is read.
static inb_status list(const inb_arguments *arguments, struct hits *hits, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(MOST_TEXT);
    bool json = inb_given(arguments, "json");
    inb_hit_page page = {0};
    size_t compared = 0;
    size_t count = 0;
    INB_TRY(inb_road_catch_up(hits->road, &hits->actor, &compared, err));
    inb_buffer_text(&text, json ? "{\"signals\":[" : "");
    do {
        INB_CLEANUP(inb_ticket_freep) inb_ticket *ticket = NULL;
        int64_t before = page.next;
        inb_arena_reset(hits->arena);
        INB_TRY(inb_road_ask_wait(hits->road, &hits->actor, INB_ROAD_HITS, NULL, &ticket, err));
        INB_TRY(inb_road_hits_list(
            hits->road, ticket, hits->arena, before, A_PAGE, 0, hits->actor.now, &page, err));
        for (size_t i = 0; i < page.count; i++) {
            tell_signal(&page.signals[i], count++ == 0, json, &text);
        }
    } while (page.next != 0);
    tell_end(hits, &page, count, compared, json, &text);
    return inb_print_buffer(&text, err);
}

static inb_status run(const inb_arguments *arguments, inb_error *err) {
    INB_CLEANUP(hits_clear) struct hits hits = {.catalogue = NULL};
    const char *contacts = inb_value(arguments, "contacts", NULL);
    const char *ground = inb_value(arguments, "ground", NULL);
    if (contacts != NULL && ground != NULL) {
        return inb_fail(err, INB_USAGE, "options '--contacts' and '--ground' do not go together");
    }
    if (arguments->operand_count != (ground == NULL ? 0 : 2)) {
        return inb_fail(err, INB_USAGE,
            ground == NULL ? "hits takes no files and no ids: there is nothing to search by"
                           : "option '--ground': expected the ids of two signals");
    }
    INB_TRY(open_road(arguments, &hits, err));
    return contacts != NULL ? record_contacts(arguments, &hits, contacts, err)
           : ground != NULL ? record_ground(arguments, &hits, ground, err)
                            : list(arguments, &hits, err);
}

const inb_command inb_command_hits = {
    "hits",
    "[ID ID]",
    "what stands in your signals and in those of another organisation, and whom to ask there",
    options,
    "Of another organisation its name and contact are told and nothing else. Police, labour\n"
    "inspectorate and care know of each other's signals only where a ground is recorded: in both\n"
    "signals, or for the two with --ground. New signals are compared as they come, within a quota\n"
    "a day; what waited is taken up here. A wrong hit is undone with inbeeld link --undo ID.",
    run,
};
