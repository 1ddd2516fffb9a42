// SPDX-License-Identifier: EUPL-1.2
// What hits need of the store: reading by token with those left out whom the asker may not know (in
// the query itself, so that nothing of them reaches the caller), and small tables beside.

#include <inbeeld/store_hits.h>

#include "store_i.h"

#include "base/alloc.h"

#include <stdio.h>
#include <string.h>

static const char *const states[] = {
#define X(name, code) code,
    INB_COMPARED_STATES(X)
#undef X
};

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "no memory for hits");
}

static inb_status damaged(inb_error *err) {
    return inb_fail(err, INB_IO, "a row of the store is damaged");
}

static inb_value column(inb_store *store, inb_query query, int at) {
    return store->driver->column(store->connection, query, at);
}

// ---- rows of a query, as an array in an arena ----

typedef inb_status (*row_reader)(
    inb_store *store, inb_query query, inb_arena *arena, void *item, inb_error *err);

static inb_status read_rows(inb_store *store, inb_arena *arena, inb_query query,
    const inb_value *values, size_t count, size_t item_size, row_reader read, void *ret_items,
    size_t *ret_count, inb_error *err) {
    char *items = NULL;
    size_t used = 0;
    size_t room = 0;
    inb_status status = INB_OK;
    INB_TRY(store->driver->start(store->connection, query, values, count, err));
    for (bool row = true; status == INB_OK;) {
        INB_TRY(store->driver->next(store->connection, query, &row, err)); // ends by itself
        if (!row) {
            break;
        }
        if (used == room) {
            size_t larger = room == 0 ? 8 : 2 * room;
            char *fresh = inb_arena_get(arena, larger, item_size);
            if (fresh == NULL) {
                status = no_memory(err);
                break;
            }
            if (used > 0) {
                memcpy(fresh, items, used * item_size);
            }
            items = fresh;
            room = larger;
        }
        status = read(store, query, arena, items + used++ * item_size, err);
    }
    store->driver->end(store->connection, query);
    INB_TRY(status);
    memcpy(ret_items, &items, sizeof items);
    *ret_count = used;
    return INB_OK;
}

static inb_status text_at(inb_store *store, inb_query query, int at, inb_arena *arena,
    const char **ret_text, inb_error *err) {
    inb_value value = column(store, query, at);
    if (value.kind != INB_VALUE_TEXT) {
        return damaged(err);
    }
    *ret_text = inb_arena_text(arena, value.data, value.length);
    return *ret_text == NULL ? no_memory(err) : INB_OK;
}

// One row at most, of integers; *ret_found tells.
static inb_status one_row(inb_store *store, inb_query query, const inb_value *values, size_t count,
    int64_t *ret_integers, int columns, bool *ret_found, inb_error *err) {
    INB_TRY(store->driver->start(store->connection, query, values, count, err));
    INB_TRY(store->driver->next(store->connection, query, ret_found, err));
    for (int i = 0; *ret_found && i < columns; i++) {
        ret_integers[i] = column(store, query, i).integer;
    }
    store->driver->end(store->connection, query);
    return INB_OK;
}

// ---- which signals take part ----

inb_status inb_store_compared(
    inb_store *store, int64_t number, inb_compared *ret_compared, inb_error *err) {
    const inb_query query = INB_QUERY_compared_get;
    const inb_value key = inb_i_value_integer(number);
    inb_compared compared = {0};
    bool found = false;
    inb_status status = INB_OK;
    INB_TRY(store->driver->start(store->connection, query, &key, 1, err));
    INB_TRY(store->driver->next(store->connection, query, &found, err));
    if (found) {
        inb_value state = column(store, query, 1);
        compared.version = (uint32_t)column(store, query, 0).integer;
        compared.at = column(store, query, 2).integer;
        status = damaged(NULL);
        for (int i = 0; state.kind == INB_VALUE_TEXT && i < INB_COMPARED_STATE_COUNT; i++) {
            if (strlen(states[i]) == state.length &&
                memcmp(states[i], state.data, state.length) == 0) {
                compared.state = (inb_compared_state)i;
                status = INB_OK;
            }
        }
    }
    store->driver->end(store->connection, query);
    *ret_compared = compared;
    return status == INB_OK ? INB_OK : damaged(err);
}

inb_status inb_store_compared_set(inb_store *store, int64_t number, const char *organisation,
    const inb_compared *compared, inb_error *err) {
    const inb_value values[] = {inb_i_value_integer(number), inb_i_value_integer(compared->version),
        inb_i_value_text(organisation), inb_i_value_text(states[compared->state]),
        inb_i_value_integer(compared->at)};
    return inb_i_run(store, INB_QUERY_compared_set, values, 5, err);
}

static inb_status number_row(
    inb_store *store, inb_query query, inb_arena *arena, void *item, inb_error *err) {
    (void)arena;
    (void)err;
    int64_t number = column(store, query, 0).integer;
    memcpy(item, &number, sizeof number);
    return INB_OK;
}

inb_status inb_store_waiting(inb_store *store, inb_arena *arena, const char *organisation,
    size_t most, const int64_t **ret_numbers, size_t *ret_count, inb_error *err) {
    const inb_value values[] = {inb_i_value_text(organisation), inb_i_value_integer((int64_t)most)};
    return read_rows(store, arena, INB_QUERY_compared_waiting, values, 2, sizeof(int64_t),
        number_row, ret_numbers, ret_count, err);
}

inb_status inb_store_waiting_count(inb_store *store, int64_t *ret_count, inb_error *err) {
    bool found = false;
    return one_row(store, INB_QUERY_compared_waits, NULL, 0, ret_count, 1, &found, err);
}

inb_status inb_store_compared_count(inb_store *store, const char *organisation,
    inb_compared_state state, int64_t *ret_count, inb_error *err) {
    const inb_value values[] = {inb_i_value_text(organisation), inb_i_value_text(states[state])};
    bool found = false;
    return one_row(store, INB_QUERY_compared_count, values, 2, ret_count, 1, &found, err);
}

// ---- who is looked at ----

inb_status inb_store_near_add(inb_store *store, int64_t number, uint32_t version, const char *about,
    const unsigned char value[INB_STORE_TOKEN_BYTES], inb_error *err) {
    if (!inb_i_is_code(about)) {
        return inb_fail(err, INB_INTERNAL, "a key to look up by has no place");
    }
    const inb_value values[] = {inb_i_value_bytes(value, INB_STORE_TOKEN_BYTES),
        inb_i_value_integer(number), inb_i_value_integer(version), inb_i_value_text(about)};
    return inb_i_run(store, INB_QUERY_token_near, values, 4, err);
}

static inb_status near_row(
    inb_store *store, inb_query query, inb_arena *arena, void *item, inb_error *err) {
    inb_near_place *place = item;
    place->number = column(store, query, 0).integer;
    place->version = (uint32_t)column(store, query, 1).integer;
    INB_TRY(text_at(store, query, 2, arena, &place->about, err));
    INB_TRY(text_at(store, query, 3, arena, &place->organisation, err));
    INB_TRY(text_at(store, query, 4, arena, &place->id, err));
    return inb_i_wrapped_at(store, arena, query, 5, &place->bucket, &place->wrapped, err);
}

inb_status inb_store_near_find(inb_store *store, inb_arena *arena,
    const unsigned char value[INB_STORE_TOKEN_BYTES], const char *organisation, size_t most,
    const inb_near_place **ret_places, size_t *ret_count, inb_error *err) {
    const inb_value values[] = {inb_i_value_bytes(value, INB_STORE_TOKEN_BYTES),
        inb_i_value_text(organisation), inb_i_value_integer((int64_t)most)};
    return read_rows(store, arena, INB_QUERY_near_find, values, 3, sizeof(inb_near_place), near_row,
        ret_places, ret_count, err);
}

static inb_status part_row(
    inb_store *store, inb_query query, inb_arena *arena, void *item, inb_error *err) {
    inb_stored_part *part = item;
    inb_value bytes = column(store, query, 1);
    if (bytes.kind != INB_VALUE_BYTES) {
        return damaged(err);
    }
    unsigned char *copy = inb_arena_get(arena, bytes.length, 1);
    if (copy == NULL) {
        return no_memory(err);
    }
    memcpy(copy, bytes.data, bytes.length);
    part->bytes = copy;
    part->length = bytes.length;
    return text_at(store, query, 0, arena, &part->field, err);
}

inb_status inb_store_person_parts(inb_store *store, inb_arena *arena, int64_t number,
    uint32_t version, const char *about, const inb_stored_part **ret_parts, size_t *ret_count,
    inb_error *err) {
    char from[INB_STORE_CODE_MOST + 2];
    char to[INB_STORE_CODE_MOST + 2];
    (void)snprintf(from, sizeof from, "%.*s.", INB_STORE_CODE_MOST, about);
    (void)snprintf(to, sizeof to, "%.*s/", INB_STORE_CODE_MOST, about); // '/' follows '.'
    const inb_value values[] = {inb_i_value_integer(number), inb_i_value_integer(version),
        inb_i_value_text(from), inb_i_value_text(to)};
    return read_rows(store, arena, INB_QUERY_sealed_person, values, 4, sizeof(inb_stored_part),
        part_row, ret_parts, ret_count, err);
}

inb_status inb_store_has_part(inb_store *store, int64_t number, uint32_t version, const char *field,
    bool *ret_has, inb_error *err) {
    char to[INB_STORE_CODE_MOST + 2];
    (void)snprintf(to, sizeof to, "%.*s!", INB_STORE_CODE_MOST, field); // no code has it
    const inb_value values[] = {inb_i_value_integer(number), inb_i_value_integer(version),
        inb_i_value_text(field), inb_i_value_text(to)};
    return one_row(store, INB_QUERY_sealed_person, values, 4, NULL, 0, ret_has, err);
}

inb_status inb_store_person_place(inb_store *store, int64_t number, uint32_t version,
    const char *about, int64_t *ret_place, inb_error *err) {
    static const char before[] = "person.";
    bool found = false;
    if (strncmp(about, before, sizeof before - 1) == 0) {
        const inb_value values[] = {inb_i_value_integer(number), inb_i_value_integer(version),
            inb_i_value_text(about + sizeof before - 1)};
        INB_TRY(one_row(store, INB_QUERY_place_of, values, 3, ret_place, 1, &found, err));
    }
    return found ? INB_OK : inb_fail(err, INB_NOT_FOUND, "there is no such person in this signal");
}

// ---- who was found alike ----

inb_status inb_store_alike_add(inb_store *store, const inb_alike *alike, inb_error *err) {
    if (alike->first < 1 || alike->first >= alike->second) {
        return inb_fail(err, INB_INTERNAL, "two signals that are alike have no order");
    }
    const inb_value values[] = {inb_i_value_integer(alike->first),
        inb_i_value_integer(alike->first_version), inb_i_value_integer(alike->first_place),
        inb_i_value_integer(alike->second), inb_i_value_integer(alike->second_version),
        inb_i_value_integer(alike->second_place)};
    return inb_i_run(store, INB_QUERY_alike_add, values, 6, err);
}

inb_status inb_store_alike_drop(inb_store *store, int64_t number, inb_error *err) {
    const inb_value value = inb_i_value_integer(number);
    return inb_i_run(store, INB_QUERY_alike_drop, &value, 1, err);
}

static inb_status alike_row(
    inb_store *store, inb_query query, inb_arena *arena, void *item, inb_error *err) {
    (void)arena;
    (void)err;
    *(inb_alike *)item = (inb_alike){.first = column(store, query, 0).integer,
        .first_place = column(store, query, 1).integer,
        .second = column(store, query, 2).integer,
        .second_place = column(store, query, 3).integer};
    return INB_OK;
}

inb_status inb_store_alike_list(inb_store *store, inb_arena *arena, const inb_alike **ret_list,
    size_t *ret_count, inb_error *err) {
    return read_rows(store, arena, INB_QUERY_alike_all, NULL, 0, sizeof(inb_alike), alike_row,
        ret_list, ret_count, err);
}

// ---- who shares something ----

static inb_status sharer_row(
    inb_store *store, inb_query query, inb_arena *arena, void *item, inb_error *err) {
    inb_sharer *sharer = item;
    inb_value kind = column(store, query, 2);
    int source = kind.kind == INB_VALUE_TEXT ? inb_reporter_parse(kind.data, kind.length) : -1;
    if (source < 0) {
        return damaged(err);
    }
    sharer->number = column(store, query, 0).integer;
    sharer->source_kind = (inb_reporter)source;
    sharer->grounded = column(store, query, 3).integer != 0;
    sharer->parted = column(store, query, 4).integer != 0;
    return text_at(store, query, 1, arena, &sharer->organisation, err);
}

inb_status inb_store_sharing(inb_store *store, inb_arena *arena, const inb_asker *asker,
    const char *kind, const unsigned char value[INB_STORE_TOKEN_BYTES], size_t most,
    const inb_sharer **ret_list, size_t *ret_count, inb_error *err) {
    const inb_value values[] = {inb_i_value_text(kind),
        inb_i_value_bytes(value, INB_STORE_TOKEN_BYTES), inb_i_value_text(asker->kinds),
        inb_i_value_integer(asker->grounded ? 1 : 0), inb_i_value_integer(asker->number),
        inb_i_value_integer((int64_t)most)};
    return read_rows(store, arena, INB_QUERY_sharing, values, 6, sizeof(inb_sharer), sharer_row,
        ret_list, ret_count, err);
}

inb_status inb_store_alike_of(inb_store *store, inb_arena *arena, const inb_asker *asker,
    const inb_sharer **ret_list, size_t *ret_count, inb_error *err) {
    const inb_value values[] = {inb_i_value_integer(asker->number), inb_i_value_text(asker->kinds),
        inb_i_value_integer(asker->grounded ? 1 : 0)};
    return read_rows(store, arena, INB_QUERY_alike_of, values, 3, sizeof(inb_sharer), sharer_row,
        ret_list, ret_count, err);
}

inb_status inb_store_grounded_with(inb_store *store, inb_arena *arena, int64_t number,
    const inb_sharer **ret_list, size_t *ret_count, inb_error *err) {
    const inb_value value = inb_i_value_integer(number);
    return read_rows(store, arena, INB_QUERY_pair_ground_of, &value, 1, sizeof(inb_sharer),
        sharer_row, ret_list, ret_count, err);
}

inb_status inb_store_ground(inb_store *store, int64_t first, int64_t second, const char *actor,
    int64_t at, const unsigned char *sealed, size_t length, inb_error *err) {
    int64_t low = first < second ? first : second;
    int64_t high = first < second ? second : first;
    if (low < 1 || low == high || length == 0 || length > INB_STORE_SEALED_MOST) {
        return inb_fail(err, INB_INTERNAL, "a ground needs two signals and a text");
    }
    const inb_value values[] = {inb_i_value_integer(low), inb_i_value_integer(high),
        inb_i_value_text(actor), inb_i_value_integer(at), inb_i_value_bytes(sealed, length)};
    return inb_i_run(store, INB_QUERY_pair_ground_add, values, 5, err);
}

// ---- quotas and contacts ----

inb_status inb_store_quota(inb_store *store, const char *organisation, int64_t day,
    inb_quota_use *ret_use, inb_error *err) {
    const inb_value values[] = {inb_i_value_text(organisation), inb_i_value_integer(day)};
    int64_t numbers[2] = {0, 0};
    bool found = false;
    INB_TRY(one_row(store, INB_QUERY_quota_get, values, 2, numbers, 2, &found, err));
    *ret_use = (inb_quota_use){numbers[0], numbers[1]};
    return INB_OK;
}

inb_status inb_store_quota_add(inb_store *store, const char *organisation, int64_t day,
    const inb_quota_use *more, inb_error *err) {
    const inb_value values[] = {inb_i_value_text(organisation), inb_i_value_integer(day),
        inb_i_value_integer(more->used), inb_i_value_integer(more->refused)};
    return inb_i_run(store, INB_QUERY_quota_add, values, 4, err);
}

static inb_status contact_row(
    inb_store *store, inb_query query, inb_arena *arena, void *item, inb_error *err) {
    inb_contact *contact = item;
    inb_value quota = column(store, query, 1);
    contact->quota = quota.kind == INB_VALUE_INTEGER ? quota.integer : -1;
    return text_at(store, query, 0, arena, &contact->contact, err);
}

inb_status inb_store_contact(inb_store *store, inb_arena *arena, const char *organisation,
    inb_contact *ret_contact, inb_error *err) {
    const inb_value value = inb_i_value_text(organisation);
    const inb_contact *found = NULL;
    size_t count = 0;
    INB_TRY(read_rows(store, arena, INB_QUERY_contact_get, &value, 1, sizeof *found, contact_row,
        &found, &count, err));
    *ret_contact = count == 0 ? (inb_contact){NULL, -1} : *found;
    return INB_OK;
}

inb_status inb_store_contact_set(inb_store *store, const char *organisation,
    const inb_contact *contact, int64_t at, inb_error *err) {
    if (contact->contact == NULL || strlen(contact->contact) > INB_CONTACT_MOST) {
        return inb_fail(err, INB_BAD_INPUT, "contact of an organisation: expected at most %d bytes",
            INB_CONTACT_MOST);
    }
    inb_value quota = {.kind = INB_VALUE_NULL};
    if (contact->quota >= 0) {
        quota = inb_i_value_integer(contact->quota);
    }
    const inb_value values[] = {inb_i_value_text(organisation), inb_i_value_text(contact->contact),
        quota, inb_i_value_integer(at)};
    return inb_i_run(store, INB_QUERY_contact_set, values, 4, err);
}
