// SPDX-License-Identifier: EUPL-1.2
// Reading: one version with all its parts, lists by organisation, the walk over all that counts,
// and where a token stands. Results are copies in the caller's arena.

#include "store_i.h"

#include "base/alloc.h"

#include <string.h>

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "no memory for a signal");
}

inb_status inb_i_damaged(inb_error *err) {
    return inb_fail(err, INB_IO, "a row of the store is damaged");
}

void *inb_i_list_add(inb_arena *arena, inb_i_list *list, size_t item_size) {
    if (list->count == list->size) {
        size_t size = list->size == 0 ? 4 : 2 * list->size;
        void *items = inb_arena_get(arena, size, item_size);
        if (items == NULL) {
            return NULL;
        }
        if (list->count > 0) {
            memcpy(items, list->items, list->count * item_size);
        }
        list->items = items;
        list->size = size;
    }
    return (char *)list->items + list->count++ * item_size;
}

inb_value inb_i_column(inb_store *store, inb_query query, int at) {
    return store->driver->column(store->connection, query, at);
}

static inb_status text_at(inb_store *store, inb_arena *arena, inb_query query, int at,
    const char **ret_text, inb_error *err) {
    inb_value value = inb_i_column(store, query, at);
    *ret_text = NULL;
    if (value.kind == INB_VALUE_NULL) {
        return INB_OK;
    }
    if (value.kind != INB_VALUE_TEXT) {
        return inb_i_damaged(err);
    }
    *ret_text = inb_arena_text(arena, value.data, value.length);
    return *ret_text == NULL ? no_memory(err) : INB_OK;
}

inb_status inb_i_month_at(
    inb_store *store, inb_query query, int at, inb_date *ret_date, inb_error *err) {
    inb_value value = inb_i_column(store, query, at);
    *ret_date = (inb_date){0};
    if (value.kind != INB_VALUE_NULL &&
        (value.kind != INB_VALUE_TEXT || !inb_date_parse(value.data, value.length, ret_date))) {
        return inb_i_damaged(err);
    }
    return INB_OK;
}

static int code_at(
    inb_store *store, inb_query query, int at, int (*parse)(const char *code, size_t length)) {
    inb_value value = inb_i_column(store, query, at);
    return value.kind == INB_VALUE_TEXT ? parse(value.data, value.length) : -1;
}

inb_status inb_i_wrapped_at(inb_store *store, inb_arena *arena, inb_query query, int at,
    int64_t *ret_bucket, const unsigned char **ret_wrapped, inb_error *err) {
    inb_value bucket = inb_i_column(store, query, at);
    inb_value wrapped = inb_i_column(store, query, at + 1);
    *ret_bucket = 0;
    *ret_wrapped = NULL;
    if (wrapped.kind == INB_VALUE_NULL) {
        return INB_OK;
    }
    if (wrapped.kind != INB_VALUE_BYTES || wrapped.length != INB_STORE_WRAPPED_BYTES ||
        bucket.kind != INB_VALUE_INTEGER) {
        return inb_i_damaged(err);
    }
    unsigned char *copy = inb_arena_get(arena, INB_STORE_WRAPPED_BYTES, 1);
    if (copy == NULL) {
        return no_memory(err);
    }
    memcpy(copy, wrapped.data, INB_STORE_WRAPPED_BYTES);
    *ret_wrapped = copy;
    *ret_bucket = bucket.integer;
    return INB_OK;
}

// Until when it stays, what its key goes with, and its hold.
static inb_status term_at(inb_store *store, inb_arena *arena, inb_query query,
    inb_stored_signal *signal, inb_error *err) {
    INB_TRY(inb_i_month_at(store, query, 12, &signal->ends, err));
    INB_TRY(inb_i_month_at(store, query, 13, &signal->review, err));
    INB_TRY(inb_i_wrapped_at(store, arena, query, 14, &signal->bucket, &signal->wrapped, err));
    INB_TRY(text_at(store, arena, query, 16, &signal->hold.reason, err));
    if (signal->hold.reason != NULL) {
        signal->hold.at = inb_i_column(store, query, 18).integer;
        INB_TRY(text_at(store, arena, query, 17, &signal->hold.owner, err));
        INB_TRY(inb_i_month_at(store, query, 19, &signal->hold.until, err));
        INB_TRY(inb_i_month_at(store, query, 20, &signal->hold.before, err));
    }
    return INB_OK;
}

// The columns that signal_get, signal_list and signal_each have in common.
static inb_status head_at(inb_store *store, inb_arena *arena, inb_query query,
    inb_stored_signal *ret_signal, inb_error *err) {
    inb_stored_signal signal = {.number = inb_i_column(store, query, 0).integer,
        .version = (uint32_t)inb_i_column(store, query, 3).integer,
        .kept_at = inb_i_column(store, query, 6).integer};
    int status = code_at(store, query, 4, inb_signal_status_parse);
    int source = code_at(store, query, 5, inb_reporter_parse);
    inb_value situation = inb_i_column(store, query, 10);
    if (status < 0 || source < 0 || situation.kind != INB_VALUE_TEXT) {
        return inb_i_damaged(err);
    }
    signal.status = (inb_signal_status)status;
    signal.source_kind = (inb_reporter)source;
    INB_TRY(text_at(store, arena, query, 1, &signal.organisation, err));
    INB_TRY(text_at(store, arena, query, 2, &signal.id, err));
    INB_TRY(inb_i_month_at(store, query, 7, &signal.seen, err));
    INB_TRY(inb_i_month_at(store, query, 8, &signal.noted, err));
    INB_TRY(text_at(store, arena, query, 9, &signal.municipality, err));
    INB_TRY(inb_i_read_situation(situation.data, situation.length, &signal.situation, err));
    INB_TRY(text_at(store, arena, query, 11, &signal.catalogue, err));
    INB_TRY(term_at(store, arena, query, &signal, err));
    *ret_signal = signal;
    return INB_OK;
}

inb_status inb_i_rows(inb_store *store, inb_arena *arena, inb_query query, const inb_value *values,
    size_t count, inb_i_row read, void *payload, inb_error *err) {
    INB_TRY(store->driver->start(store->connection, query, values, count, err));
    inb_status status = INB_OK;
    for (bool row = true; status == INB_OK;) {
        INB_TRY(store->driver->next(store->connection, query, &row, err)); // ends by itself
        if (!row) {
            break;
        }
        status = read(store, arena, payload, err);
    }
    store->driver->end(store->connection, query);
    return status;
}

static inb_status person_row(inb_store *store, inb_arena *arena, void *payload, inb_error *err) {
    const inb_query query = INB_QUERY_person_of;
    inb_stored_person *person = inb_i_list_add(arena, payload, sizeof *person);
    if (person == NULL) {
        return no_memory(err);
    }
    *person = (inb_stored_person){0};
    int age = code_at(store, query, 1, inb_i_age_parse);
    inb_value roles = inb_i_column(store, query, 2);
    inb_value observations = inb_i_column(store, query, 4);
    inb_value circumstances = inb_i_column(store, query, 5);
    if (age < 0 || roles.kind != INB_VALUE_TEXT || observations.kind != INB_VALUE_TEXT ||
        circumstances.kind != INB_VALUE_TEXT) {
        return inb_i_damaged(err);
    }
    person->age_class = (inb_age_class)age;
    INB_TRY(text_at(store, arena, query, 0, &person->ref, err));
    INB_TRY(inb_i_read_roles(roles.data, roles.length, &person->roles, err));
    INB_TRY(text_at(store, arena, query, 3, &person->sex, err));
    INB_TRY(inb_i_read_observations(arena, observations.data, observations.length,
        &person->observations, &person->observation_count, err));
    return inb_i_read_circumstances(arena, circumstances.data, circumstances.length,
        &person->circumstances, &person->circumstance_count, err);
}

static inb_status part_row(inb_store *store, inb_arena *arena, void *payload, inb_error *err) {
    const inb_query query = INB_QUERY_sealed_of;
    inb_stored_part *part = inb_i_list_add(arena, payload, sizeof *part);
    inb_value bytes = inb_i_column(store, query, 1);
    unsigned char *copy = part == NULL ? NULL : inb_arena_get(arena, bytes.length, 1);
    if (copy == NULL) {
        return no_memory(err);
    }
    if (bytes.kind != INB_VALUE_BYTES) {
        return inb_i_damaged(err);
    }
    memcpy(copy, bytes.data, bytes.length);
    *part = (inb_stored_part){.bytes = copy, .length = bytes.length};
    return text_at(store, arena, query, 0, &part->field, err);
}

static inb_status token_row(inb_store *store, inb_arena *arena, void *payload, inb_error *err) {
    const inb_query query = INB_QUERY_token_of;
    inb_stored_token *token = inb_i_list_add(arena, payload, sizeof *token);
    if (token == NULL) {
        return no_memory(err);
    }
    inb_value value = inb_i_column(store, query, 2);
    if (value.kind != INB_VALUE_BYTES || value.length != INB_STORE_TOKEN_BYTES) {
        return inb_i_damaged(err);
    }
    memcpy(token->value, value.data, INB_STORE_TOKEN_BYTES);
    INB_TRY(text_at(store, arena, query, 0, &token->kind, err));
    return text_at(store, arena, query, 1, &token->about, err);
}

static inb_status read_persons(
    inb_store *store, inb_arena *arena, inb_stored_signal *signal, inb_error *err) {
    const inb_value key[] = {
        inb_i_value_integer(signal->number), inb_i_value_integer(signal->version)};
    inb_i_list list = {0};
    INB_TRY(inb_i_rows(store, arena, INB_QUERY_person_of, key, 2, person_row, &list, err));
    signal->persons = list.items;
    signal->person_count = list.count;
    return INB_OK;
}

static inb_status read_parts(
    inb_store *store, inb_arena *arena, inb_stored_signal *signal, inb_error *err) {
    const inb_value key[] = {
        inb_i_value_integer(signal->number), inb_i_value_integer(signal->version)};
    inb_i_list list = {0};
    INB_TRY(inb_i_rows(store, arena, INB_QUERY_sealed_of, key, 2, part_row, &list, err));
    signal->parts = list.items;
    signal->part_count = list.count;
    return INB_OK;
}

static inb_status read_tokens(
    inb_store *store, inb_arena *arena, inb_stored_signal *signal, inb_error *err) {
    const inb_value key[] = {
        inb_i_value_integer(signal->number), inb_i_value_integer(signal->version)};
    inb_i_list list = {0};
    INB_TRY(inb_i_rows(store, arena, INB_QUERY_token_of, key, 2, token_row, &list, err));
    signal->tokens = list.items;
    signal->token_count = list.count;
    return INB_OK;
}

inb_status inb_i_read_head(inb_store *store, inb_arena *arena, int64_t number, uint32_t version,
    inb_stored_signal *ret_signal, inb_error *err) {
    const inb_value key[] = {inb_i_value_integer(number), inb_i_value_integer(version)};
    bool found = false;
    INB_TRY(store->driver->start(store->connection, INB_QUERY_signal_get, key, 2, err));
    INB_TRY(store->driver->next(store->connection, INB_QUERY_signal_get, &found, err));
    inb_status status =
        found ? head_at(store, arena, INB_QUERY_signal_get, ret_signal, err)
              : inb_fail(err, INB_NOT_FOUND, "there is no such version of this signal");
    store->driver->end(store->connection, INB_QUERY_signal_get);
    return status;
}

// Reads that belong together see the store as of one moment; within a group of work they see that.
static inb_status begin_read(inb_store *store, bool *ret_begun, inb_error *err) {
    *ret_begun = !store->driver->inside(store->connection);
    return *ret_begun ? store->driver->begin(store->connection, false, err) : INB_OK;
}

static void end_read(inb_store *store, bool begun) {
    if (begun) {
        store->driver->rollback(store->connection); // nothing was written
    }
}

static inb_status read_whole(inb_store *store, inb_arena *arena, const char *organisation,
    const char *id, uint32_t version, inb_stored_signal *signal, inb_error *err) {
    int64_t number = 0;
    uint32_t latest = 0;
    INB_TRY(inb_i_find_record(store, organisation, id, &number, &latest, err));
    INB_TRY(inb_i_read_head(store, arena, number, version == 0 ? latest : version, signal, err));
    INB_TRY(read_persons(store, arena, signal, err));
    INB_TRY(read_parts(store, arena, signal, err));
    return read_tokens(store, arena, signal, err);
}

inb_status inb_store_read(inb_store *store, inb_arena *arena, const char *organisation,
    const char *id, uint32_t version, const inb_stored_signal **ret_signal, inb_error *err) {
    inb_stored_signal *signal = inb_arena_get(arena, 1, sizeof *signal);
    if (signal == NULL) {
        return no_memory(err);
    }
    bool begun = false;
    INB_TRY(begin_read(store, &begun, err));
    inb_status status = read_whole(store, arena, organisation, id, version, signal, err);
    end_read(store, begun);
    if (status == INB_OK) {
        *ret_signal = signal;
    }
    return status;
}

static inb_status get(
    inb_store *store, inb_arena *arena, int64_t number, inb_stored_signal *signal, inb_error *err) {
    const inb_value key = inb_i_value_integer(number);
    bool found = false;
    uint32_t latest = 0;
    INB_TRY(store->driver->start(store->connection, INB_QUERY_record_get, &key, 1, err));
    INB_TRY(store->driver->next(store->connection, INB_QUERY_record_get, &found, err));
    if (found) {
        latest = (uint32_t)inb_i_column(store, INB_QUERY_record_get, 2).integer;
    }
    store->driver->end(store->connection, INB_QUERY_record_get);
    if (!found) {
        return inb_fail(err, INB_NOT_FOUND, "there is no signal of this number");
    }
    INB_TRY(inb_i_read_head(store, arena, number, latest, signal, err));
    INB_TRY(read_persons(store, arena, signal, err));
    return read_tokens(store, arena, signal, err);
}

inb_status inb_store_get(inb_store *store, inb_arena *arena, int64_t number,
    const inb_stored_signal **ret_signal, inb_error *err) {
    inb_stored_signal *signal = inb_arena_get(arena, 1, sizeof *signal);
    if (signal == NULL) {
        return no_memory(err);
    }
    bool begun = false;
    INB_TRY(begin_read(store, &begun, err));
    inb_status status = get(store, arena, number, signal, err);
    end_read(store, begun);
    if (status == INB_OK) {
        *ret_signal = signal;
    }
    return status;
}

static inb_status number_row(inb_store *store, inb_arena *arena, void *payload, inb_error *err) {
    int64_t *number = inb_i_list_add(arena, payload, sizeof *number);
    if (number == NULL) {
        return no_memory(err);
    }
    *number = inb_i_column(store, INB_QUERY_record_named, 0).integer;
    return INB_OK;
}

inb_status inb_store_named(inb_store *store, inb_arena *arena, const char *id,
    const int64_t **ret_numbers, size_t *ret_count, inb_error *err) {
    const inb_value key = inb_i_value_text(id);
    inb_i_list list = {0};
    INB_TRY(inb_i_rows(store, arena, INB_QUERY_record_named, &key, 1, number_row, &list, err));
    *ret_numbers = list.items;
    *ret_count = list.count;
    return INB_OK;
}

static inb_status list_row(inb_store *store, inb_arena *arena, void *payload, inb_error *err) {
    inb_stored_signal *signal = inb_i_list_add(arena, payload, sizeof *signal);
    if (signal == NULL) {
        return no_memory(err);
    }
    INB_TRY(head_at(store, arena, INB_QUERY_signal_list, signal, err));
    return read_persons(store, arena, signal, err);
}

inb_status inb_store_list(inb_store *store, inb_arena *arena, const char *organisation,
    int64_t before, size_t most, const inb_stored_signal **ret_signals, size_t *ret_count,
    inb_error *err) {
    const inb_value values[] = {inb_i_value_text(organisation),
        inb_i_value_integer(before <= 0 ? INT64_MAX : before),
        inb_i_value_integer(most > INT32_MAX ? INT32_MAX : (int64_t)most)};
    inb_i_list list = {0};
    bool begun = false;
    INB_TRY(begin_read(store, &begun, err));
    inb_status status =
        inb_i_rows(store, arena, INB_QUERY_signal_list, values, 3, list_row, &list, err);
    end_read(store, begun);
    if (status == INB_OK) {
        *ret_signals = list.items;
        *ret_count = list.count;
    }
    return status;
}

struct walk {
    inb_store_visit visit;
    void *payload;
};

static inb_status each_row(inb_store *store, inb_arena *arena, void *payload, inb_error *err) {
    const struct walk *walk = payload;
    inb_stored_signal signal;
    inb_arena_reset(arena);
    INB_TRY(head_at(store, arena, INB_QUERY_signal_each, &signal, err));
    INB_TRY(read_persons(store, arena, &signal, err));
    INB_TRY(read_tokens(store, arena, &signal, err));
    return walk->visit(&signal, walk->payload, err);
}

inb_status inb_store_each(inb_store *store, inb_store_visit visit, void *payload, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    struct walk walk = {visit, payload};
    bool begun = false;
    INB_TRY(begin_read(store, &begun, err));
    inb_status status =
        inb_i_rows(store, arena, INB_QUERY_signal_each, NULL, 0, each_row, &walk, err);
    end_read(store, begun);
    return status;
}

static inb_status hit_row(inb_store *store, inb_arena *arena, void *payload, inb_error *err) {
    const inb_query query = INB_QUERY_token_find;
    inb_stored_hit *hit = inb_i_list_add(arena, payload, sizeof *hit);
    if (hit == NULL) {
        return no_memory(err);
    }
    hit->number = inb_i_column(store, query, 0).integer;
    hit->version = (uint32_t)inb_i_column(store, query, 3).integer;
    INB_TRY(text_at(store, arena, query, 1, &hit->organisation, err));
    INB_TRY(text_at(store, arena, query, 2, &hit->id, err));
    return text_at(store, arena, query, 4, &hit->about, err);
}

inb_status inb_store_find(inb_store *store, inb_arena *arena, const char *kind,
    const unsigned char value[INB_STORE_TOKEN_BYTES], const inb_stored_hit **ret_hits,
    size_t *ret_count, inb_error *err) {
    const inb_value values[] = {
        inb_i_value_text(kind), inb_i_value_bytes(value, INB_STORE_TOKEN_BYTES)};
    inb_i_list list = {0};
    INB_TRY(inb_i_rows(store, arena, INB_QUERY_token_find, values, 2, hit_row, &list, err));
    *ret_hits = list.items;
    *ret_count = list.count;
    return INB_OK;
}

static inb_status parting_row(inb_store *store, inb_arena *arena, void *payload, inb_error *err) {
    inb_stored_parting *parting = inb_i_list_add(arena, payload, sizeof *parting);
    if (parting == NULL) {
        return no_memory(err);
    }
    parting->first = inb_i_column(store, INB_QUERY_parting_all, 0).integer;
    parting->second = inb_i_column(store, INB_QUERY_parting_all, 1).integer;
    return INB_OK;
}

inb_status inb_store_partings(inb_store *store, inb_arena *arena,
    const inb_stored_parting **ret_partings, size_t *ret_count, inb_error *err) {
    inb_i_list list = {0};
    INB_TRY(inb_i_rows(store, arena, INB_QUERY_parting_all, NULL, 0, parting_row, &list, err));
    *ret_partings = list.items;
    *ret_count = list.count;
    return INB_OK;
}

static inb_status chain_row(inb_store *store, inb_arena *arena, void *payload, inb_error *err) {
    const char **name = inb_i_list_add(arena, payload, sizeof *name);
    return name == NULL ? no_memory(err)
                        : text_at(store, arena, INB_QUERY_log_chains, 0, name, err);
}

inb_status inb_log_chains(inb_store *store, inb_arena *arena, const char *const **ret_names,
    size_t *ret_count, inb_error *err) {
    inb_i_list list = {0};
    INB_TRY(inb_i_rows(store, arena, INB_QUERY_log_chains, NULL, 0, chain_row, &list, err));
    *ret_names = list.items;
    *ret_count = list.count;
    return INB_OK;
}
