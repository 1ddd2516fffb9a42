// SPDX-License-Identifier: EUPL-1.2
// inbeeld agencies: which agencies are one that stopped and began again under another number or
// name, in lists or in the signals of the store; with what was kept and what changed in words.

#include "cli/cli.h"

#include <inbeeld/agencies.h>
#include <inbeeld/keys.h>

#include "base/alloc.h"
#include "base/csv.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_TEXT = 256 * 1024 * 1024 };

static const inb_option options[] = {
    {"out", "CHAINS.csv", "of lists: where to write which agencies are one chain", false},
    {"organisation", "NAME", "without lists: whose signals (default own)", false},
    {"key", "KEYFILE", "the team's key (default: INBEELD_KEY, else the one in your settings)",
        false},
    {"lang", "nl|en", "language of what was kept and changed (default nl)", false},
    {NULL, NULL, NULL, false},
};

// Words of the text, by language.
typedef struct words {
    const char *lang;
    bool json;
    bool dutch;
} words;

// ---- telling ----

static void tell_tie(const inb_agency_tie *tie, const words *how, inb_buffer *text) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer why = INB_BUFFER_INIT(4096);
    bool same = tie->level == INB_AGENCY_SAME;
    inb_agency_reason(tie, how->lang, &why);
    if (how->json) {
        inb_buffer_format(text, "\"level\":\"%s\",\"why\":", same ? "same" : "chain");
        inb_buffer_json(text, inb_buffer_get(&why));
    } else {
        const char *level = how->dutch ? (same ? "hetzelfde bureau" : "keten")
                                       : (same ? "the same agency" : "chain");
        inb_buffer_format(text, "%s (%s)\n", level, inb_buffer_get(&why));
    }
}

static void tell_head(size_t chain, size_t count, const words *how, inb_buffer *text) {
    if (how->json) {
        inb_buffer_text(text, chain > 1 ? ",{\"members\":[" : "{\"members\":[");
    } else {
        inb_buffer_format(text, how->dutch ? "%sGroep %zu: %zu keer\n" : "%sBundle %zu: %zu\n",
            chain > 1 ? "\n" : "", chain, count);
    }
}

static void tell_end(size_t agencies, size_t chains, const words *how, inb_buffer *text) {
    if (how->json) {
        inb_buffer_format(text, "],\"agencies\":%zu}\n", agencies);
    } else {
        inb_buffer_format(text, "%s%zu %s%s.\n", chains > 0 ? "\n" : "", chains,
            how->dutch ? "groep" : "bundle",
            chains == 1  ? ""
            : how->dutch ? "en"
                         : "s");
    }
}

// ---- lists ----

#define COLUMNS(X)                                                                                 \
    X(kvk) X(agency) X(director) X(address) X(phone) X(postcode) X(street) X(house_number) X(place)

typedef struct listed {
    const char *source; // the file's name without folder and ending
    const char *id;
    const inb_agency_form *form;
} listed;

typedef struct lists {
    inb_arena *arena;
    inb_name_reader *reader;
    listed *all;
    size_t count;
    size_t room;
} lists;

static void lists_clear(lists *l) {
    inb_free(l->all);
    inb_name_reader_free(l->reader);
    inb_arena_free(l->arena);
}

// A field of the row, NULL where it is empty or there is no such column.
static const char *field(const inb_csv *csv, size_t column) {
    const char *text = column == SIZE_MAX ? "" : inb_csv_field(csv, column);
    return text[0] == '\0' ? NULL : text;
}

typedef struct columns {
    size_t id;
#define X(name) size_t name;
    COLUMNS(X)
#undef X
} columns;

static inb_status find_columns(
    const inb_csv *csv, const char *path, columns *ret_columns, inb_error *err) {
    columns c;
    INB_TRY(inb_csv_require(csv, "id", &c.id, err));
#define X(name) c.name = inb_csv_find(csv, #name);
    COLUMNS(X)
#undef X
    if (c.agency == SIZE_MAX) {
        c.agency = inb_csv_find(csv, "organisation");
    }
    bool any = c.kvk != SIZE_MAX || c.agency != SIZE_MAX || c.director != SIZE_MAX ||
               c.address != SIZE_MAX || c.phone != SIZE_MAX || c.postcode != SIZE_MAX;
    *ret_columns = c;
    return any ? INB_OK
               : inb_fail(err, INB_BAD_INPUT,
                     "%s:1:1: found no column of an agency, expected some of kvk, agency, "
                     "director, "
                     "address, phone",
                     path);
}

static inb_status take_row(
    lists *l, const inb_csv *csv, const columns *c, const char *source, inb_error *err) {
    char joined[INB_EXACT_SIZE * 4];
    inb_agency agency = {.kvk = field(csv, c->kvk),
        .name = field(csv, c->agency),
        .director = field(csv, c->director),
        .address = field(csv, c->address),
        .phone = field(csv, c->phone)};
    if (agency.address == NULL) { // as one text, as a letter has it
        const char *parts[] = {field(csv, c->street), field(csv, c->house_number),
            field(csv, c->postcode), field(csv, c->place)};
        (void)snprintf(joined, sizeof joined, "%s %s, %s %s", parts[0] == NULL ? "" : parts[0],
            parts[1] == NULL ? "" : parts[1], parts[2] == NULL ? "" : parts[2],
            parts[3] == NULL ? "" : parts[3]);
        agency.address = joined;
    }
    if (l->count == l->room) {
        size_t room = l->room == 0 ? 256 : 2 * l->room;
        listed *more = inb_realloc(l->all, room, sizeof *more);
        if (more == NULL) {
            return inb_fail(err, INB_NO_MEMORY, "no memory for a list of agencies");
        }
        l->all = more;
        l->room = room;
    }
    listed *one = &l->all[l->count];
    const char *id = inb_csv_field(csv, c->id);
    one->source = source;
    one->id = inb_arena_text(l->arena, id, strlen(id));
    if (one->id == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a list of agencies");
    }
    INB_TRY(inb_agency_form_make(l->reader, &agency, l->arena, &one->form, err));
    l->count++;
    return INB_OK;
}

static inb_status take_list(lists *l, const char *path, inb_error *err) {
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    columns c;
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(name, '.');
    const char *source =
        inb_arena_text(l->arena, name, dot == NULL ? strlen(name) : (size_t)(dot - name));
    if (source == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a list of agencies");
    }
    for (size_t i = 0; i < l->count; i++) {
        if (strcmp(l->all[i].source, source) == 0) {
            return inb_fail(err, INB_USAGE, "%s: found two lists of one name", path);
        }
    }
    INB_TRY(inb_csv_open(path, &csv, err));
    INB_TRY(find_columns(csv, path, &c, err));
    for (bool more = true;;) {
        INB_TRY(inb_csv_next(csv, &more, err));
        if (!more) {
            return INB_OK;
        }
        INB_TRY(take_row(l, csv, &c, source, err));
    }
}

// One chain, of which `first` is the least agency.
static void tell_chain(const lists *l, const inb_agency_chains *chains, size_t first, size_t chain,
    const words *how, inb_buffer *text) {
    size_t count = 0;
    for (size_t i = first; i < l->count; i++) {
        count += chains->chain[i] == first ? 1 : 0;
    }
    tell_head(chain, count, how, text);
    for (size_t i = first; how->json && i < l->count; i++) {
        if (chains->chain[i] == first) {
            inb_buffer_text(text, i == first ? "{\"source\":" : ",{\"source\":");
            inb_buffer_json(text, l->all[i].source);
            inb_buffer_text(text, ",\"id\":");
            inb_buffer_json(text, l->all[i].id);
            inb_buffer_text(text, "}");
        }
    }
    inb_buffer_text(text, how->json ? "],\"links\":[" : "");
    bool begun = false;
    for (size_t i = 0; i < chains->link_count; i++) {
        const inb_agency_link *link = &chains->links[i];
        const listed *a = &l->all[link->a];
        const listed *b = &l->all[link->b];
        if (chains->chain[link->a] != first) {
            continue;
        }
        if (how->json) {
            inb_buffer_text(text, begun ? ",{\"a\":" : "{\"a\":");
            inb_buffer_json(text, a->id);
            inb_buffer_text(text, ",\"a_source\":");
            inb_buffer_json(text, a->source);
            inb_buffer_text(text, ",\"b\":");
            inb_buffer_json(text, b->id);
            inb_buffer_text(text, ",\"b_source\":");
            inb_buffer_json(text, b->source);
            inb_buffer_text(text, ",");
        } else {
            inb_buffer_format(text, "    %s:%s - %s:%s: ", a->source, a->id, b->source, b->id);
        }
        tell_tie(&link->tie, how, text);
        inb_buffer_text(text, how->json ? "}" : "");
        begun = true;
    }
    inb_buffer_text(text, how->json ? "]}" : "");
}

static inb_status write_chains(
    const lists *l, const inb_agency_chains *chains, const char *path, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer csv = INB_BUFFER_INIT(MOST_TEXT);
    inb_buffer_text(&csv, "chain,source,id\n");
    for (size_t i = 0; i < l->count; i++) {
        inb_buffer_format(&csv, "%zu,", chains->chain[i] + 1);
        inb_buffer_cell(&csv, l->all[i].source);
        inb_buffer_char(&csv, ',');
        inb_buffer_cell(&csv, l->all[i].id);
        inb_buffer_char(&csv, '\n');
    }
    INB_TRY(inb_buffer_check(&csv, err));
    return inb_write_file(path, csv.data, csv.length, err);
}

static inb_status of_lists(const inb_arguments *arguments, const words *how, inb_error *err) {
    INB_CLEANUP(lists_clear) lists l = {.count = 0};
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(MOST_TEXT);
    INB_TRY(inb_arena_new(0, &l.arena, err));
    INB_TRY(inb_name_reader_new(&l.reader, err));
    for (size_t i = 0; i < arguments->operand_count; i++) {
        INB_TRY(take_list(&l, arguments->operands[i], err));
    }
    const inb_agency_form **forms = inb_arena_get(l.arena, l.count, sizeof *forms);
    size_t *sizes = inb_arena_get(l.arena, l.count, sizeof *sizes);
    inb_agency_chains chains;
    if (forms == NULL || sizes == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a list of agencies");
    }
    for (size_t i = 0; i < l.count; i++) {
        forms[i] = l.all[i].form;
    }
    INB_TRY(inb_agency_chains_find(forms, l.count, l.arena, &chains, err));
    for (size_t i = 0; i < l.count; i++) {
        sizes[chains.chain[i]]++;
    }
    size_t told = 0;
    inb_buffer_text(&text, how->json ? "{\"chains\":[" : "");
    for (size_t i = 0; i < l.count; i++) {
        if (chains.chain[i] == i && sizes[i] > 1) {
            tell_chain(&l, &chains, i, ++told, how, &text);
        }
    }
    tell_end(l.count, told, how, &text);
    INB_TRY(inb_buffer_check(&text, err));
    const char *path = inb_value(arguments, "out", NULL);
    if (path != NULL) {
        INB_TRY(write_chains(&l, &chains, path, err));
    }
    return inb_print(text.data, text.length, err);
}

// ---- the store ----

static void tell_sighting(
    const inb_agency_sighting *sighting, bool first, const words *how, inb_buffer *text) {
    if (!how->json) {
        if (sighting->number > 0) {
            inb_buffer_format(text, how->dutch ? "signaal %lld (%s)" : "signal %lld (%s)",
                (long long)sighting->number, sighting->id);
        } else {
            inb_buffer_format(text, "%s (%s)", sighting->organisation,
                sighting->contact != NULL ? sighting->contact
                : how->dutch              ? "geen contact bekend"
                                          : "no contact is known");
        }
        return;
    }
    inb_buffer_text(text, first ? "{\"organisation\":" : ",{\"organisation\":");
    inb_buffer_json(text, sighting->organisation);
    if (sighting->number > 0) {
        inb_buffer_format(text, ",\"number\":%lld,\"id\":", (long long)sighting->number);
        inb_buffer_json(text, sighting->id);
    } else {
        inb_buffer_text(text, ",\"contact\":");
        if (sighting->contact == NULL) {
            inb_buffer_text(text, "null");
        } else {
            inb_buffer_json(text, sighting->contact);
        }
    }
    inb_buffer_text(text, "}");
}

static void tell_bundle(
    const inb_agency_bundle *bundle, size_t number, const words *how, inb_buffer *text) {
    tell_head(number, bundle->count, how, text);
    for (size_t i = 0; how->json && i < bundle->count; i++) {
        tell_sighting(&bundle->sightings[i], i == 0, how, text);
    }
    inb_buffer_text(text, how->json ? "],\"links\":[" : "");
    for (size_t i = 0; i < bundle->bond_count; i++) {
        const inb_agency_bond *bond = &bundle->bonds[i];
        if (how->json) {
            inb_buffer_format(text, "%s{\"a\":%zu,\"b\":%zu,", i > 0 ? "," : "", bond->a, bond->b);
        } else {
            inb_buffer_text(text, "    ");
            tell_sighting(&bundle->sightings[bond->a], true, how, text);
            inb_buffer_text(text, " - ");
            tell_sighting(&bundle->sightings[bond->b], true, how, text);
            inb_buffer_text(text, ": ");
        }
        tell_tie(&bond->tie, how, text);
        inb_buffer_text(text, how->json ? "}" : "");
    }
    inb_buffer_text(text, how->json ? "]}" : "");
}

static inb_status of_road(
    const inb_arguments *arguments, inb_road *road, const words *how, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_CLEANUP(inb_ticket_freep) inb_ticket *ticket = NULL;
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(MOST_TEXT);
    const inb_agency_bundle *bundles = NULL;
    size_t count = 0;
    size_t sightings = 0;
    char name[32];
    (void)snprintf(name, sizeof name, "uid-%u", (unsigned)getuid());
    const inb_road_actor actor = {
        name, inb_value(arguments, "organisation", "own"), "", time(NULL)};
    INB_TRY(inb_arena_new(0, &arena, err));
    INB_TRY(inb_road_ask_wait(road, &actor, INB_ROAD_AGENCIES, NULL, &ticket, err));
    INB_TRY(inb_road_agencies(road, ticket, arena, &bundles, &count, err));
    inb_buffer_text(&text, how->json ? "{\"chains\":[" : "");
    for (size_t i = 0; i < count; i++) {
        tell_bundle(&bundles[i], i + 1, how, &text);
        sightings += bundles[i].count;
    }
    tell_end(sightings, count, how, &text);
    return inb_print_buffer(&text, err);
}

static inb_status of_store(const inb_arguments *arguments, const words *how, inb_error *err) {
    INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
    INB_CLEANUP(inb_road_freep) inb_road *road = NULL;
    INB_CLEANUP(inb_buffer_clear) inb_buffer key = INB_BUFFER_INIT(8192);
    const char *where;
    INB_TRY(inb_store_place(arguments, &where, err));
    INB_TRY(inb_key_place(arguments, &key, err));
    INB_TRY(inb_catalogue_load(NULL, &catalogue, err));
    const inb_road_options options_of_road = {
        .store = where, .key = inb_buffer_get(&key), .catalogue = catalogue};
    INB_TRY(inb_road_open(&options_of_road, &road, err));
    return of_road(arguments, road, how, err);
}

static inb_status run(const inb_arguments *arguments, inb_error *err) {
    const char *lang = inb_value(arguments, "lang", "nl");
    if (strcmp(lang, "nl") != 0 && strcmp(lang, "en") != 0) {
        return inb_fail(
            err, INB_USAGE, "option '--lang': found another language, expected nl or en");
    }
    const words how = {lang, inb_given(arguments, "json"), strcmp(lang, "nl") == 0};
    bool from_lists = arguments->operand_count > 0;
    if (from_lists && (inb_given(arguments, "organisation") || inb_given(arguments, "key"))) {
        return inb_fail(
            err, INB_USAGE, "found lists with an option of the store, expected one or the other");
    }
    if (!from_lists && inb_given(arguments, "out")) {
        return inb_fail(err, INB_USAGE, "option '--out' belongs to lists, expected LIST.csv");
    }
    static const char *const written[] = {"out", NULL};
    static const char *const read[] = {NULL};
    INB_TRY(inb_check_written(arguments, written, read, err));
    return from_lists ? of_lists(arguments, &how, err) : of_store(arguments, &how, err);
}

const inb_command inb_command_agencies = {
    "agencies",
    "[LIST.csv...]",
    "which agencies are one that began again under another number or name",
    options,
    "Lists have a header row, 'id' and any of kvk, agency (or organisation), director, address "
    "(or\n"
    "postcode, street, house_number, place), phone. Without lists the signals of the store are\n"
    "bundled, as far as your organisation may know of them. A namesake alone makes no link.",
    run,
};
