// SPDX-License-Identifier: EUPL-1.2
// The picture from the store in one walk: sightings are gathered with what names their persons,
// persons are joined by union and find (Tarjan 1975, doi:10.1145/321879.321884), then counted.
// What joins them is linkage over opened names where there is a key, else tokens.

#include <inbeeld/link.h>
#include <inbeeld/store_picture.h>

#include "base/alloc.h"

#include "road_i.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 256, MOST_NAMES = 1 << 30 };

struct slot { // of the tokens of persons; person + 1, 0 = free
    unsigned char value[INB_STORE_TOKEN_BYTES];
    uint32_t person;
};

struct picture {
    const inb_catalogue *catalogue;
    inb_sighting *sightings; // person: place in `parents`
    uint32_t *parents;       // of the sighting with the same place
    size_t count;
    size_t room;
    struct slot *slots;
    size_t slot_room; // a power of two
    size_t slot_count;
    inb_arena *organisations; // their names
    const char **names;
    size_t name_count;
    size_t name_room;
    inb_person *persons;  // of one signal, as weighing reads them
    const inb_keys *keys; // NULL = tokens only
    inb_store *reader;
    inb_arena *opened;    // one signal with its names
    inb_buffer names_csv; // a record for each person with something to compare; wiped
    inb_error *err;
};

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for the picture");
}

static void picture_clear(struct picture *picture) {
    inb_free(picture->sightings);
    inb_free(picture->parents);
    inb_free(picture->slots);
    inb_free(picture->names);
    inb_free(picture->persons);
    inb_arena_free(picture->organisations);
    inb_arena_free(picture->opened);
    if (picture->names_csv.data != NULL) {
        explicit_bzero(picture->names_csv.data, picture->names_csv.length);
    }
    inb_buffer_clear(&picture->names_csv);
}

// Twice the room for items of `size`, at least FIRST_ROOM.
static inb_status grow(void **items, size_t count, size_t *room, size_t size, inb_error *err) {
    if (count < *room) {
        return INB_OK;
    }
    size_t larger = *room == 0 ? FIRST_ROOM : 2 * *room;
    void *fresh = larger > UINT32_MAX / 2 ? NULL : inb_alloc(larger, size);
    if (fresh == NULL) {
        return no_memory(err);
    }
    if (count > 0) {
        memcpy(fresh, *items, count * size);
    }
    inb_free(*items);
    *items = fresh;
    *room = larger;
    return INB_OK;
}

static uint32_t find(uint32_t *parents, uint32_t person) {
    while (parents[person] != person) {
        parents[person] = parents[parents[person]];
        person = parents[person];
    }
    return person;
}

// The smaller place becomes the root: the outcome does not hang on the order of tokens.
static void join(uint32_t *parents, uint32_t a, uint32_t b) {
    a = find(parents, a);
    b = find(parents, b);
    parents[a > b ? a : b] = a > b ? b : a;
}

// A token is as good as random: its first bytes say where it stands.
static struct slot *slot_of(struct slot *slots, size_t room, const unsigned char *value) {
    uint64_t start;
    memcpy(&start, value, sizeof start);
    size_t at = (size_t)start & (room - 1);
    while (slots[at].person != 0 && memcmp(slots[at].value, value, sizeof slots[at].value) != 0) {
        at = (at + 1) & (room - 1);
    }
    return &slots[at];
}

static inb_status more_slots(struct picture *picture) {
    size_t room = picture->slot_room == 0 ? FIRST_ROOM : 2 * picture->slot_room;
    struct slot *slots = inb_alloc(room, sizeof *slots);
    if (slots == NULL) {
        return no_memory(picture->err);
    }
    for (size_t i = 0; i < picture->slot_room; i++) {
        if (picture->slots[i].person != 0) {
            *slot_of(slots, room, picture->slots[i].value) = picture->slots[i];
        }
    }
    inb_free(picture->slots);
    picture->slots = slots;
    picture->slot_room = room;
    return INB_OK;
}

static inb_status take_token(
    struct picture *picture, const inb_stored_token *token, uint32_t person) {
    if (2 * picture->slot_count >= picture->slot_room) {
        INB_TRY(more_slots(picture));
    }
    struct slot *slot = slot_of(picture->slots, picture->slot_room, token->value);
    if (slot->person != 0) {
        join(picture->parents, slot->person - 1, person);
        return INB_OK;
    }
    memcpy(slot->value, token->value, sizeof slot->value);
    slot->person = person + 1;
    picture->slot_count++;
    return INB_OK;
}

static inb_status organisation_of(
    struct picture *picture, const char *organisation, uint32_t *ret_number) {
    for (size_t i = 0; i < picture->name_count; i++) {
        if (strcmp(picture->names[i], organisation) == 0) {
            *ret_number = (uint32_t)i;
            return INB_OK;
        }
    }
    void *names = picture->names;
    INB_TRY(grow(&names, picture->name_count, &picture->name_room, sizeof(char *), picture->err));
    picture->names = names;
    size_t size = strlen(organisation) + 1;
    char *copy = inb_arena_get(picture->organisations, size, 1);
    if (copy == NULL) {
        return no_memory(picture->err);
    }
    memcpy(copy, organisation, size);
    picture->names[picture->name_count] = copy;
    *ret_number = (uint32_t)picture->name_count++;
    return INB_OK;
}

static inb_sex sex_of(const char *code) {
    switch (code == NULL ? '\0' : code[0]) {
    case 'f':
        return INB_SEX_FEMALE;
    case 'm':
        return INB_SEX_MALE;
    case 'x':
        return INB_SEX_OTHER;
    default:
        return INB_SEX_UNKNOWN;
    }
}

static void weigh(const inb_catalogue *catalogue, const inb_facts *facts, inb_sighting *sighting) {
    inb_finding finding;
    inb_weigh(catalogue, facts, &finding);
    for (size_t i = 0; i < finding.form_count; i++) {
        if (finding.forms[i].level != INB_LEVEL_NONE) {
            sighting->forms |= (uint8_t)(1u << finding.forms[i].form);
        }
    }
    sighting->profits = facts->situation.profits;
    size_t parent_profits = inb_catalogue_find(catalogue, "CR-33", 5);
    if (parent_profits != SIZE_MAX && inb_set_has(&facts->yes, parent_profits)) {
        sighting->profits |= 1u << INB_PROFIT_PARENT; // either way of saying it is enough
    }
    sighting->has_route = finding.route_count > 0;
    sighting->criminal_first =
        sighting->has_route &&
        inb_catalogue_route(catalogue, finding.routes[0].route)->criminal == INB_CRIMINAL_YES;
}

static inb_status take_person(struct picture *picture, const inb_stored_signal *signal,
    const inb_signal *open, size_t at, const inb_sighting *around) {
    const inb_stored_person *person = &signal->persons[at];
    size_t room = picture->room;
    void *items = picture->sightings;
    INB_TRY(grow(&items, picture->count, &room, sizeof(inb_sighting), picture->err));
    picture->sightings = items;
    items = picture->parents;
    INB_TRY(grow(&items, picture->count, &picture->room, sizeof(uint32_t), picture->err));
    picture->parents = items;

    inb_facts facts;
    INB_TRY(inb_facts_from_signal(picture->catalogue, open, at, &facts, picture->err));
    inb_sighting sighting = *around;
    sighting.age = person->age_class;
    sighting.sex = sex_of(person->sex);
    sighting.roles = person->roles;
    sighting.with_others_near = around->with_others_near;
    for (size_t i = 0; i < person->observation_count; i++) {
        sighting.yes += person->observations[i].answer == INB_ANSWER_YES ? 1 : 0;
        sighting.no += person->observations[i].answer == INB_ANSWER_NO ? 1 : 0;
        sighting.unknown += person->observations[i].answer == INB_ANSWER_UNKNOWN ? 1 : 0;
    }
    weigh(picture->catalogue, &facts, &sighting);
    uint32_t place = (uint32_t)picture->count++;
    picture->sightings[place] = sighting;
    picture->parents[place] = place;
    for (size_t i = 0; i < signal->token_count; i++) {
        const inb_stored_token *token = &signal->tokens[i];
        if (strcmp(token->kind, "person") == 0 && strncmp(token->about, "person.", 7) == 0 &&
            strcmp(token->about + 7, person->ref) == 0) {
            INB_TRY(take_token(picture, token, place));
            picture->sightings[place].linkable = true;
        }
    }
    return INB_OK;
}

// Somebody who stands around a possible victim, not the person itself.
static bool is_near(const inb_stored_person *person) {
    uint32_t near = 1u << INB_ROLE_PARENT | 1u << INB_ROLE_SIBLING | 1u << INB_ROLE_PARTNER |
                    1u << INB_ROLE_FRIEND;
    return (person->roles & near) != 0 && (person->roles & 1u << INB_ROLE_POSSIBLE_VICTIM) == 0;
}

// A field of CSV, quoted; NULL = empty.
static void csv_field(inb_buffer *csv, const char *text) {
    inb_buffer_text(csv, ",\"");
    for (; text != NULL && *text != '\0'; text++) {
        inb_buffer_char(csv, *text == '"' ? '\'' : *text); // a quote tells nothing of a name
    }
    inb_buffer_char(csv, '"');
}

// The names of a signal's persons, whose sightings begin at `first`, for linkage.
static inb_status open_names(
    struct picture *picture, const inb_stored_signal *signal, size_t first) {
    const inb_stored_signal *whole;
    const inb_signal *told;
    inb_arena_reset(picture->opened);
    INB_TRY(inb_store_read(picture->reader, picture->opened, signal->organisation, signal->id,
        signal->version, &whole, picture->err));
    INB_TRY(inb_recall(picture->keys, whole, picture->opened, &told, picture->err));
    for (size_t i = 0; i < told->person_count && i < signal->person_count; i++) {
        const inb_person *person = &told->persons[i];
        bool named = person->name != NULL || person->given_name != NULL || person->surname != NULL;
        if (!named && person->phone == NULL) {
            continue;
        }
        inb_buffer *csv = &picture->names_csv;
        inb_buffer_format(csv, "%zu", first + i);
        csv_field(csv, person->name);
        csv_field(csv, person->given_name);
        csv_field(csv, person->prefix);
        csv_field(csv, person->surname);
        csv_field(csv, person->birth_date);
        csv_field(csv, person->phone);
        inb_buffer_char(csv, '\n');
        // A name alone is anybody's.
        picture->sightings[first + i].linkable =
            named && (person->birth_date != NULL || person->phone != NULL);
    }
    return inb_buffer_check(&picture->names_csv, picture->err);
}

static inb_status take_signal(const inb_stored_signal *signal, void *payload, inb_error *err) {
    struct picture *picture = payload;
    picture->err = err;
    inb_sighting around = {.source = signal->source_kind,
        .surroundings = signal->situation.surroundings,
        .month = signal->seen.year > 0 && signal->seen.month > 0
                     ? 12 * signal->seen.year + signal->seen.month - 1
                     : 0};
    INB_TRY(organisation_of(picture, signal->organisation, &around.organisation));
    inb_signal open = {.id = signal->id,
        .source_kind = signal->source_kind,
        .organisation = signal->organisation,
        .persons = picture->persons,
        .person_count = signal->person_count,
        .situation = signal->situation};
    size_t near = 0;
    for (size_t i = 0; i < signal->person_count; i++) {
        const inb_stored_person *from = &signal->persons[i];
        near += is_near(from) ? 1 : 0;
        picture->persons[i] = (inb_person){.ref = from->ref,
            .age = {from->age_class, INB_YEARS_UNKNOWN},
            .roles = from->roles,
            .observations = from->observations,
            .observation_count = from->observation_count,
            .circumstances = from->circumstances,
            .circumstance_count = from->circumstance_count};
    }
    size_t first = picture->count;
    for (size_t i = 0; i < signal->person_count; i++) {
        around.with_others_near = near > (is_near(&signal->persons[i]) ? 1u : 0u);
        INB_TRY(take_person(picture, signal, &open, i, &around));
    }
    return picture->keys == NULL ? INB_OK : open_names(picture, signal, first);
}

// Beside what tokens joined (name and date written for the same person need no weighing) joins by
// "cluster,source,id", a record a line, the id being the place of a sighting.
static void join_clusters(struct picture *picture, const char *csv, uint32_t *first_of) {
    for (size_t i = 0; i < picture->count; i++) {
        first_of[i] = UINT32_MAX;
    }
    for (const char *line = strchr(csv, '\n'); line != NULL && line[1] != '\0';
         line = strchr(line + 1, '\n')) {
        char *end;
        unsigned long cluster = strtoul(line + 1, &end, 10); // from 1, at most one a record
        const char *comma = strchr(end + 1, ',');
        unsigned long place = strtoul(comma + 1, NULL, 10);
        uint32_t *first = &first_of[cluster - 1];
        if (*first == UINT32_MAX) {
            *first = (uint32_t)place;
        } else {
            join(picture->parents, *first, (uint32_t)place);
        }
    }
}

// By linkage; INB_NOT_IDENTIFIED and INB_BAD_INPUT where there is too little to link.
static inb_status link_persons(struct picture *picture, inb_error *err) {
    static const char *const name = "persons";
    const char *data = inb_buffer_get(&picture->names_csv);
    size_t length = picture->names_csv.length;
    INB_CLEANUP(inb_people_freep) inb_people *people = NULL;
    INB_CLEANUP(inb_linked_freep) inb_linked *linked = NULL;
    INB_CLEANUP(inb_buffer_clear) inb_buffer clusters = INB_BUFFER_INIT(MOST_NAMES);
    inb_link_options options = INB_LINK_OPTIONS_INIT;
    INB_TRY(inb_people_read_memory(&name, &data, &length, 1, NULL, NULL, 0, &people, err));
    INB_TRY(inb_link_run(people, &options, &linked, err));
    inb_linked_clusters_csv(linked, &clusters);
    INB_TRY(inb_buffer_check(&clusters, err));
    INB_CLEANUP(inb_freep) uint32_t *first_of = inb_alloc(picture->count + 1, sizeof *first_of);
    if (first_of == NULL) {
        return no_memory(err);
    }
    join_clusters(picture, inb_buffer_get(&clusters), first_of);
    return INB_OK;
}

inb_status inb_picture_count(inb_store *store, const inb_catalogue *catalogue, const inb_keys *keys,
    inb_store *reader, inb_overview *ret_overview, inb_error *err) {
    INB_CLEANUP(picture_clear)
    struct picture picture = {.catalogue = catalogue,
        .keys = keys,
        .reader = reader,
        .names_csv = INB_BUFFER_INIT(MOST_NAMES)};
    INB_TRY(inb_arena_new(0, &picture.organisations, err));
    INB_TRY(inb_arena_new(0, &picture.opened, err));
    picture.persons = inb_alloc(INB_SIGNAL_PERSONS_MOST, sizeof *picture.persons);
    if (picture.persons == NULL) {
        return no_memory(err);
    }
    inb_buffer_text(&picture.names_csv, "id,name,given_name,prefix,surname,birth_date,phone\n");
    INB_TRY(inb_store_each(store, take_signal, &picture, err));
    bool linked = false;
    if (keys != NULL) {
        inb_error why = INB_ERROR_INIT;
        inb_status status = link_persons(&picture, &why);
        linked = status == INB_OK;
        if (!linked && status != INB_NOT_IDENTIFIED && status != INB_BAD_INPUT) {
            return inb_fail(err, status, "%s", why.message);
        }
    }
    INB_CLEANUP(inb_overview_maker_freep) inb_overview_maker *maker = NULL;
    INB_TRY(inb_overview_maker_new((uint32_t)picture.count, &maker, err));
    for (size_t i = 0; i < picture.count; i++) {
        picture.sightings[i].person = find(picture.parents, (uint32_t)i);
        INB_TRY(inb_overview_add(maker, &picture.sightings[i], err));
    }
    inb_overview_get(maker, ret_overview);
    ret_overview->linked = linked;
    return INB_OK;
}

inb_status inb_road_picture(
    inb_road *road, inb_ticket *ticket, inb_overview *ret_overview, inb_error *err) {
    INB_TRY(inb_i_ticket_use(ticket, INB_ROAD_PICTURE, err));
    const inb_store_options options = {.hash = inb_hash};
    inb_store *reader = NULL;
    INB_TRY(inb_store_open(road->where, &options, &reader, err));
    pthread_mutex_lock(&road->lock);
    inb_status status =
        inb_picture_count(road->store, road->catalogue, road->keys, reader, ret_overview, err);
    pthread_mutex_unlock(&road->lock);
    inb_store_free(reader);
    return status;
}
