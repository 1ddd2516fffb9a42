// SPDX-License-Identifier: EUPL-1.2
// Agencies of the store's signals to bundles: the signals that the asker may know of are opened,
// their agencies compared by station 3, and those links taken whose two ends may know of each other
// and were not parted. What may not be known is left out before anything is compared.

#include "hits_i.h"

#include "road_i.h"

#include <inbeeld/agencies.h>

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

// A signal with an agency.
typedef struct node {
    int64_t number;
    uint32_t version;
    const char *organisation;
    const char *id;
    int regime;
    bool grounded;
} node;

// An agency of a signal.
typedef struct sighting {
    size_t node;
    const inb_agency_form *form;
} sighting;

typedef struct bundler {
    inb_road *road;
    const inb_regimes *regimes;
    const char *organisation; // who asks
    inb_arena *arena;         // the caller's
    inb_arena *kept;          // nodes, forms
    inb_arena *opened;        // one signal
    inb_name_reader *reader;
    bool own_regimes[INB_REGIMES_MOST];
    node *nodes;
    size_t node_count;
    size_t node_room;
    sighting *sightings;
    size_t sighting_count;
    size_t sighting_room;
    const inb_stored_parting *partings;
    size_t parting_count;
} bundler;

static void bundler_clear(bundler *b) {
    inb_free(b->nodes);
    inb_free(b->sightings);
    inb_arena_free(b->kept);
    inb_arena_free(b->opened);
    inb_name_reader_free(b->reader);
}

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "no memory for agencies");
}

static const char *copy(bundler *b, const char *text) {
    return inb_arena_text(b->kept, text, strlen(text));
}

static bool is_own(const bundler *b, const node *n) {
    return strcmp(n->organisation, b->organisation) == 0;
}

// ---- which signals ----

static inb_status take_node(const inb_stored_signal *signal, void *payload, inb_error *err) {
    bundler *b = payload;
    bool agency = false;
    for (size_t i = 0; i < signal->token_count; i++) {
        const char *kind = signal->tokens[i].kind;
        agency = agency || strcmp(kind, "agency") == 0 || strcmp(kind, "kvk") == 0;
    }
    if (!agency) {
        return INB_OK;
    }
    if (b->node_count == b->node_room) {
        size_t room = b->node_room == 0 ? 64 : 2 * b->node_room;
        node *more = inb_realloc(b->nodes, room, sizeof *more);
        if (more == NULL) {
            return no_memory(err);
        }
        b->nodes = more;
        b->node_room = room;
    }
    node *n = &b->nodes[b->node_count++];
    *n = (node){.number = signal->number,
        .version = signal->version,
        .organisation = copy(b, signal->organisation),
        .id = copy(b, signal->id),
        .regime = b->regimes->of[signal->source_kind]};
    if (n->organisation == NULL || n->id == NULL) {
        return no_memory(err);
    }
    if (is_own(b, n)) {
        b->own_regimes[n->regime] = true;
    }
    return INB_OK;
}

// Whether the asker may know of a signal at all.
static inb_status may_know(bundler *b, node *n, bool *ret_may, inb_error *err) {
    inb_compared compared;
    INB_TRY(inb_store_compared(b->road->store, n->number, &compared, err));
    INB_TRY(inb_store_has_part(b->road->store, n->number, n->version, "ground", &n->grounded, err));
    *ret_may = compared.version == n->version && compared.state == INB_COMPARED_DONE &&
               (is_own(b, n) || b->own_regimes[n->regime] || n->grounded);
    return INB_OK;
}

// ---- their agencies ----

static inb_status add_sighting(bundler *b, size_t at, const inb_agency *agency, inb_error *err) {
    if (b->sighting_count == b->sighting_room) {
        size_t room = b->sighting_room == 0 ? 64 : 2 * b->sighting_room;
        sighting *more = inb_realloc(b->sightings, room, sizeof *more);
        if (more == NULL) {
            return no_memory(err);
        }
        b->sightings = more;
        b->sighting_room = room;
    }
    sighting *s = &b->sightings[b->sighting_count];
    s->node = at;
    INB_TRY(inb_agency_form_make(b->reader, agency, b->kept, &s->form, err));
    b->sighting_count++;
    return INB_OK;
}

static bool is_agency(const inb_party *party) {
    return party->kind == INB_PARTY_AGENCY || party->kind == INB_PARTY_EMPLOYER;
}

static const char *first_of(const inb_signal *signal, inb_party_kind kind) {
    for (size_t i = 0; i < signal->party_count; i++) {
        if (signal->parties[i].kind == kind && signal->parties[i].value != NULL) {
            return signal->parties[i].value;
        }
    }
    return NULL;
}

// The whole name of the person who is the employer, in the arena of the signal.
static inb_status director_of(
    bundler *b, const inb_signal *signal, const char **ret_name, inb_error *err) {
    *ret_name = NULL;
    for (size_t i = 0; *ret_name == NULL && i < signal->person_count; i++) {
        const inb_person *person = &signal->persons[i];
        if ((person->roles >> INB_ROLE_EMPLOYER & 1) == 0) {
            continue;
        }
        const char *parts[] = {person->given_name, person->prefix, person->surname};
        if (person->given_name == NULL && person->surname == NULL) {
            *ret_name = person->name;
            continue;
        }
        size_t size = 1;
        for (size_t k = 0; k < 3; k++) {
            size += parts[k] == NULL ? 0 : strlen(parts[k]) + 1;
        }
        char *name = inb_arena_get(b->opened, size, 1);
        if (name == NULL) {
            return no_memory(err);
        }
        size_t used = 0;
        for (size_t k = 0; k < 3; k++) {
            size_t length = parts[k] == NULL ? 0 : strlen(parts[k]);
            if (length > 0) {
                name[used] = ' ';
                used += used > 0 ? 1 : 0;
                memcpy(name + used, parts[k], length);
                used += length;
            }
        }
        *ret_name = name;
    }
    return INB_OK;
}

static inb_status take_agencies(bundler *b, size_t at, inb_error *err) {
    const inb_stored_signal *stored = NULL;
    const inb_signal *signal = NULL;
    const node *n = &b->nodes[at];
    const char *director = NULL;
    inb_arena_reset(b->opened);
    INB_TRY(inb_store_read(
        b->road->store, b->opened, n->organisation, n->id, n->version, &stored, err));
    INB_CLEANUP(inb_i_key_wipe) inb_i_key key = {.given = false};
    inb_error why = INB_ERROR_INIT;
    inb_status status = inb_i_open_key(b->road->keys, b->road->ring, stored, &key, &why);
    if (status == INB_ERASED) {
        return INB_OK; // of an old backup: its names are gone
    }
    if (status != INB_OK) {
        return inb_fail(err, status, "%s", why.message);
    }
    INB_TRY(
        inb_recall(b->road->keys, key.given ? &key.key : NULL, stored, b->opened, &signal, err));
    INB_TRY(director_of(b, signal, &director, err));
    size_t agencies = 0;
    for (size_t i = 0; i < signal->party_count; i++) {
        agencies += is_agency(&signal->parties[i]) ? 1 : 0;
    }
    bool one = agencies == 1; // of several nobody can tell whose address it is
    for (size_t i = 0; i < signal->party_count; i++) {
        const inb_party *party = &signal->parties[i];
        if (is_agency(party)) {
            const inb_agency agency = {.kvk = party->kvk,
                .name = party->value,
                .director = one ? director : NULL,
                .address = one ? first_of(signal, INB_PARTY_ADDRESS) : NULL,
                .phone = one ? first_of(signal, INB_PARTY_PHONE) : NULL};
            INB_TRY(add_sighting(b, at, &agency, err));
        }
    }
    return INB_OK;
}

// ---- links ----

static int by_numbers(const void *left, const void *right) {
    const inb_stored_parting *a = left;
    const inb_stored_parting *b = right;
    return a->first != b->first ? (a->first > b->first) - (a->first < b->first)
                                : (a->second > b->second) - (a->second < b->second);
}

static bool may_link(const bundler *b, const inb_agency_link *link) {
    const node *x = &b->nodes[b->sightings[link->a].node];
    const node *y = &b->nodes[b->sightings[link->b].node];
    const inb_stored_parting pair = {x->number < y->number ? x->number : y->number,
        x->number < y->number ? y->number : x->number};
    return x->number != y->number && (x->regime == y->regime || (x->grounded && y->grounded)) &&
           (b->parting_count == 0 ||
               bsearch(&pair, b->partings, b->parting_count, sizeof pair, by_numbers) == NULL);
}

static size_t root(size_t *parent, size_t at) {
    while (parent[at] != at) {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    return at;
}

// What every sighting belongs to: the least place of its bundle; and whether an own one is in it.
static inb_status bundles_of(bundler *b, const inb_agency_chains *chains, size_t **ret_parent,
    bool **ret_own, inb_error *err) {
    size_t *parent = inb_arena_get(b->kept, b->sighting_count, sizeof *parent);
    bool *own = inb_arena_get(b->kept, b->sighting_count, sizeof *own);
    if (parent == NULL || own == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < b->sighting_count; i++) {
        parent[i] = i;
    }
    for (size_t i = 0; i < chains->link_count; i++) {
        if (may_link(b, &chains->links[i])) {
            size_t left = root(parent, chains->links[i].a);
            size_t right = root(parent, chains->links[i].b);
            parent[left > right ? left : right] = left > right ? right : left;
        }
    }
    for (size_t i = 0; i < b->sighting_count; i++) {
        size_t at = root(parent, i);
        own[at] = own[at] || is_own(b, &b->nodes[b->sightings[i].node]);
    }
    *ret_parent = parent;
    *ret_own = own;
    return INB_OK;
}

static inb_status tell_sighting(
    bundler *b, const node *n, inb_agency_sighting *told, inb_error *err) {
    *told = (inb_agency_sighting){0};
    told->organisation = inb_arena_text(b->arena, n->organisation, strlen(n->organisation));
    if (told->organisation == NULL) {
        return no_memory(err);
    }
    if (is_own(b, n)) {
        told->number = n->number;
        told->id = inb_arena_text(b->arena, n->id, strlen(n->id));
        return told->id == NULL ? no_memory(err) : INB_OK;
    }
    inb_contact contact;
    INB_TRY(inb_store_contact(b->road->store, b->arena, n->organisation, &contact, err));
    told->contact = contact.contact;
    return INB_OK;
}

// The bundle whose least sighting is `first`.
static inb_status tell_bundle(bundler *b, const inb_agency_chains *chains, size_t *parent,
    size_t first, size_t *place, inb_agency_bundle *ret_bundle, inb_error *err) {
    size_t count = 0;
    size_t bonds = 0;
    for (size_t i = first; i < b->sighting_count; i++) {
        if (root(parent, i) == first) {
            place[i] = count++;
        }
    }
    for (size_t i = 0; i < chains->link_count; i++) {
        bonds += root(parent, chains->links[i].a) == first && may_link(b, &chains->links[i]);
    }
    inb_agency_sighting *told = inb_arena_get(b->arena, count, sizeof *told);
    inb_agency_bond *list = inb_arena_get(b->arena, bonds, sizeof *list);
    if (told == NULL || list == NULL) {
        return no_memory(err);
    }
    for (size_t i = first; i < b->sighting_count; i++) {
        if (root(parent, i) == first) {
            INB_TRY(tell_sighting(b, &b->nodes[b->sightings[i].node], &told[place[i]], err));
        }
    }
    bonds = 0;
    for (size_t i = 0; i < chains->link_count; i++) {
        const inb_agency_link *link = &chains->links[i];
        if (root(parent, link->a) == first && may_link(b, link)) {
            list[bonds++] = (inb_agency_bond){place[link->a], place[link->b], link->tie};
        }
    }
    *ret_bundle = (inb_agency_bundle){told, count, list, bonds};
    return INB_OK;
}

static inb_status tell(bundler *b, const inb_agency_chains *chains,
    const inb_agency_bundle **ret_bundles, size_t *ret_count, inb_error *err) {
    size_t *parent = NULL;
    bool *own = NULL;
    INB_TRY(bundles_of(b, chains, &parent, &own, err));
    size_t *place = inb_arena_get(b->kept, b->sighting_count, sizeof *place);
    size_t *size = inb_arena_get(b->kept, b->sighting_count, sizeof *size);
    if (place == NULL || size == NULL) {
        return no_memory(err);
    }
    size_t count = 0;
    for (size_t i = 0; i < b->sighting_count; i++) {
        size_t at = root(parent, i);
        count += ++size[at] == 2 && own[at] ? 1 : 0;
    }
    inb_agency_bundle *bundles = inb_arena_get(b->arena, count, sizeof *bundles);
    if (bundles == NULL) {
        return no_memory(err);
    }
    count = 0;
    for (size_t i = 0; i < b->sighting_count; i++) {
        if (parent[i] == i && own[i] && size[i] > 1) {
            INB_TRY(tell_bundle(b, chains, parent, i, place, &bundles[count++], err));
        }
    }
    *ret_bundles = bundles;
    *ret_count = count;
    return INB_OK;
}

static inb_status bundle(
    bundler *b, const inb_agency_bundle **ret_bundles, size_t *ret_count, inb_error *err) {
    inb_agency_chains chains;
    INB_TRY(inb_arena_new(0, &b->kept, err));
    INB_TRY(inb_arena_new(0, &b->opened, err));
    INB_TRY(inb_name_reader_new(&b->reader, err));
    INB_TRY(inb_store_partings(b->road->store, b->kept, &b->partings, &b->parting_count, err));
    INB_TRY(inb_store_each(b->road->store, take_node, b, err));
    for (size_t i = 0; i < b->node_count; i++) {
        bool may = false;
        INB_TRY(may_know(b, &b->nodes[i], &may, err));
        if (may) {
            INB_TRY(take_agencies(b, i, err));
        }
    }
    const inb_agency_form **forms = inb_arena_get(b->kept, b->sighting_count, sizeof *forms);
    if (forms == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < b->sighting_count; i++) {
        forms[i] = b->sightings[i].form;
    }
    INB_TRY(inb_agency_chains_find(forms, b->sighting_count, b->kept, &chains, err));
    return tell(b, &chains, ret_bundles, ret_count, err);
}

inb_status inb_road_agencies(inb_road *road, inb_ticket *ticket, inb_arena *arena,
    const inb_agency_bundle **ret_bundles, size_t *ret_count, inb_error *err) {
    INB_TRY(inb_i_ticket_use(ticket, INB_ROAD_AGENCIES, err));
    INB_CLEANUP(bundler_clear)
    bundler b = {.road = road,
        .regimes = inb_i_comparer_regimes(road->comparer),
        .organisation = inb_i_ticket_organisation(ticket),
        .arena = arena};
    (void)pthread_mutex_lock(&road->lock);
    inb_status status = bundle(&b, ret_bundles, ret_count, err);
    (void)pthread_mutex_unlock(&road->lock);
    return status;
}
