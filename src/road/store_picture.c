// SPDX-License-Identifier: EUPL-1.2
// The picture from the store in one walk: sightings are gathered with what names their persons,
// persons are joined by tokens, by the likeness that was found for hits (whoever is in a hit as
// victim here and suspect there is one person here too) and, where there is a key, by linkage over
// opened names (picture_links.c), then counted.

#include <inbeeld/store_picture.h>

#include "base/alloc.h"

#include "picture_links.h"
#include "road_i.h"

#include <string.h>

enum { FIRST_ROOM = 256, MOST_NAMES = 1 << 30 };

struct picture {
    const inb_catalogue *catalogue;
    inb_sighting *sightings; // by the place of their person in `sets`
    size_t count;
    size_t room;
    inb_person_sets *sets;
    inb_arena *organisations; // their names; partings and who is alike
    const char **names;
    size_t name_count;
    size_t name_room;
    inb_person *persons;  // of one signal, as weighing reads them
    const inb_keys *keys; // NULL = tokens only
    inb_keyring *ring;    // with keys
    inb_store *reader;
    inb_arena *opened;    // one signal with its names
    inb_buffer names_csv; // a line for each person with something to compare; wiped
    inb_error *err;
};

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for the picture");
}

static void picture_clear(struct picture *picture) {
    inb_free(picture->sightings);
    inb_person_sets_free(picture->sets);
    inb_free(picture->names);
    inb_free(picture->persons);
    inb_arena_free(picture->organisations);
    inb_arena_free(picture->opened);
    inb_buffer_clear(&picture->names_csv); // wipes
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
    void *items = picture->sightings;
    INB_TRY(grow(&items, picture->count, &picture->room, sizeof(inb_sighting), picture->err));
    picture->sightings = items;
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
    uint32_t place = 0;
    INB_TRY(inb_person_sets_add(picture->sets, signal->number, &place, picture->err));
    picture->sightings[place] = sighting;
    picture->count++;
    for (size_t i = 0; i < signal->token_count; i++) {
        const inb_stored_token *token = &signal->tokens[i];
        if (strcmp(token->kind, "person") == 0 && strncmp(token->about, "person.", 7) == 0 &&
            strcmp(token->about + 7, person->ref) == 0) {
            INB_TRY(inb_person_sets_token(picture->sets, place, token->value, picture->err));
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

// The names of a signal's persons, whose sightings begin at `first`, for linkage.
static inb_status open_names(
    struct picture *picture, const inb_stored_signal *signal, size_t first) {
    const inb_stored_signal *whole;
    const inb_signal *told;
    inb_arena_reset(picture->opened);
    INB_TRY(inb_store_read(picture->reader, picture->opened, signal->organisation, signal->id,
        signal->version, &whole, picture->err));
    INB_CLEANUP(inb_i_key_wipe) inb_i_key key = {.given = false};
    inb_error why = INB_ERROR_INIT;
    inb_status status = inb_i_open_key(picture->keys, picture->ring, whole, &key, &why);
    if (status == INB_ERASED) {
        return INB_OK; // of an old backup: its names are gone
    }
    if (status != INB_OK) {
        return inb_fail(picture->err, status, "%s", why.message);
    }
    INB_TRY(inb_recall(
        picture->keys, key.given ? &key.key : NULL, whole, picture->opened, &told, picture->err));
    for (size_t i = 0; i < told->person_count && i < signal->person_count; i++) {
        const inb_person *person = &told->persons[i];
        bool named = person->name != NULL || person->given_name != NULL || person->surname != NULL;
        if (!named && person->phone == NULL) {
            continue;
        }
        inb_buffer *csv = &picture->names_csv;
        inb_buffer_format(csv, "%zu", first + i);
        const char *const cells[] = {person->name, person->given_name, person->prefix,
            person->surname, person->birth_date, person->phone};
        for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) {
            inb_buffer_char(csv, ',');
            inb_buffer_cell(csv, cells[c]);
        }
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

inb_status inb_picture_count(inb_store *store, const inb_catalogue *catalogue, const inb_keys *keys,
    inb_keyring *ring, inb_store *reader, const inb_picture_links *links,
    inb_overview *ret_overview, inb_overview_draws *ret_draws, inb_error *err) {
    INB_CLEANUP(picture_clear)
    struct picture picture = {.catalogue = catalogue,
        .keys = keys,
        .ring = ring,
        .reader = reader,
        .names_csv = INB_BUFFER_INIT(MOST_NAMES)};
    INB_TRY(inb_arena_new(0, &picture.organisations, err));
    INB_TRY(inb_arena_new(0, &picture.opened, err));
    picture.persons = inb_alloc(INB_SIGNAL_PERSONS_MOST, sizeof *picture.persons);
    if (picture.persons == NULL) {
        return no_memory(err);
    }
    const inb_stored_parting *partings = NULL;
    const inb_alike *pairs = NULL;
    size_t parting_count = 0;
    size_t pair_count = 0;
    INB_TRY(inb_store_partings(store, picture.organisations, &partings, &parting_count, err));
    INB_TRY(inb_person_sets_new(partings, parting_count, &picture.sets, err));
    INB_TRY(inb_store_each(store, take_signal, &picture, err));
    INB_TRY(inb_store_alike_list(store, picture.organisations, &pairs, &pair_count, err));
    for (size_t i = 0; i < pair_count; i++) {
        inb_person_sets_alike(picture.sets, &pairs[i]);
    }
    INB_CLEANUP(inb_overview_draws_clear) inb_overview_draws draws = INB_OVERVIEW_DRAWS_INIT;
    inb_i_picture_names names = {.lines = &picture.names_csv,
        .sightings = picture.sightings,
        .sets = picture.sets,
        .count = picture.count,
        .links = links,
        .draws = &draws};
    if (keys != NULL) {
        INB_TRY(inb_i_picture_link(&names, err));
    }
    INB_CLEANUP(inb_overview_maker_freep) inb_overview_maker *maker = NULL;
    INB_TRY(inb_i_picture_maker(&names, &maker, err));
    if (ret_draws != NULL && names.linked && links->draws > 0) {
        INB_TRY(inb_i_picture_draw(&names, maker, err));
    }
    inb_overview_get(maker, ret_overview);
    ret_overview->linked = names.linked;
    if (ret_draws != NULL) {
        *ret_draws = draws;
        draws = (inb_overview_draws)INB_OVERVIEW_DRAWS_INIT;
    }
    return INB_OK;
}

inb_status inb_road_picture(inb_road *road, inb_ticket *ticket, const inb_picture_links *links,
    inb_overview *ret_overview, inb_overview_draws *ret_draws, inb_error *err) {
    INB_TRY(inb_i_ticket_use(ticket, INB_ROAD_PICTURE, err));
    const inb_store_options options = {.hash = inb_hash};
    inb_store *reader = NULL;
    INB_TRY(inb_store_open(road->where, &options, &reader, err));
    pthread_mutex_lock(&road->lock);
    inb_status status = inb_picture_count(road->store, road->catalogue, road->keys, road->ring,
        reader, links, ret_overview, ret_draws, err);
    pthread_mutex_unlock(&road->lock);
    inb_store_free(reader);
    return status;
}
