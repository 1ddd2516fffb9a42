// SPDX-License-Identifier: EUPL-1.2
// Writing a version of a signal. Its shape is checked first: only codes and months reach the open
// columns, so that nobody keeps a name there by mistake.

#include "store_i.h"

#include "base/alloc.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { CODES_MOST = 1 << 20 };

static bool is_name(const char *text) {
    size_t length = text == NULL ? 0 : strnlen(text, INB_STORE_NAME_MOST + 1);
    if (length == 0 || length > INB_STORE_NAME_MOST || inb_utf8_valid(text, length) != length) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f) {
            return false;
        }
    }
    return true;
}

static bool is_month(inb_date date) {
    return date.year >= 0 && date.day == 0 && date.month >= 0 && date.month <= 12;
}

static inb_status refuse(const char *field, const char *expected, inb_error *err) {
    return inb_fail(
        err, INB_BAD_INPUT, "%s of a signal: found something else, expected %s", field, expected);
}

static inb_status check_persons(const inb_stored_signal *signal, inb_error *err) {
    if (signal->person_count > INB_SIGNAL_PERSONS_MOST) {
        return refuse("persons", "at most 64", err);
    }
    for (size_t i = 0; i < signal->person_count; i++) {
        const inb_stored_person *person = &signal->persons[i];
        if (!inb_i_is_code(person->ref)) {
            return refuse("ref", "a code", err);
        }
        if ((unsigned)person->age_class > INB_AGE_ADULT) {
            return refuse("age", "child, adult or unknown", err);
        }
        if (person->sex != NULL && !inb_i_is_code(person->sex)) {
            return refuse("sex", "a code", err);
        }
    }
    return INB_OK;
}

static inb_status check_parts(const inb_stored_signal *signal, inb_error *err) {
    if (signal->part_count > INB_STORE_PARTS_MOST || signal->token_count > INB_STORE_PARTS_MOST) {
        return refuse("sealed parts and tokens", "at most 1024 each", err);
    }
    for (size_t i = 0; i < signal->part_count; i++) {
        const inb_stored_part *part = &signal->parts[i];
        if (!inb_i_is_code(part->field)) {
            return refuse("name of a sealed part", "a code", err);
        }
        if (part->bytes == NULL || part->length == 0 || part->length > INB_STORE_SEALED_MOST) {
            return refuse("sealed part", "1 byte to 2 MB", err);
        }
    }
    for (size_t i = 0; i < signal->token_count; i++) {
        if (!inb_i_is_code(signal->tokens[i].kind) || !inb_i_is_code(signal->tokens[i].about)) {
            return refuse("kind or place of a token", "a code", err);
        }
    }
    return INB_OK;
}

// No record without an end date; of a retraction it may stay as it was.
static inb_status check_term(inb_work_kind kind, const inb_stored_signal *signal, inb_error *err) {
    if (signal->ends.year == 0 && kind == INB_WORK_RETRACT) {
        return INB_OK;
    }
    if (!is_month(signal->ends) || signal->ends.month == 0 || !is_month(signal->review) ||
        (signal->review.year != 0 && signal->review.month == 0)) {
        return refuse("end", "a month", err);
    }
    if (signal->bucket < 0 || (signal->bucket == 0) != (signal->wrapped == NULL)) {
        return refuse("key", "one that goes with a key of the keyring", err);
    }
    const inb_stored_hold *hold = &signal->hold;
    bool held = hold->reason != NULL;
    if (kind == INB_WORK_HOLD && !held) {
        return refuse("hold", "a reason and an owner", err);
    }
    if (held && (!inb_i_is_code(hold->reason) || hold->owner == NULL ||
                    !inb_i_is_code(hold->owner) || !is_month(hold->until) ||
                    hold->until.month == 0 || !is_month(hold->before) || hold->before.month == 0)) {
        return refuse("hold", "a reason and an owner as codes, and months", err);
    }
    return INB_OK;
}

static inb_status check_signal(
    inb_work_kind kind, const inb_stored_signal *signal, inb_error *err) {
    if (signal == NULL) {
        return inb_fail(err, INB_INTERNAL, "work on a signal without a signal");
    }
    if (!is_name(signal->organisation)) {
        return refuse("organisation", "1 to 200 bytes of text", err);
    }
    if (!is_name(signal->id)) {
        return refuse("id", "1 to 200 bytes of text", err);
    }
    INB_TRY(check_term(kind, signal, err));
    if (kind != INB_WORK_APPEND && kind != INB_WORK_CORRECT) {
        return INB_OK; // nothing else is read
    }
    bool fitting = kind == INB_WORK_APPEND
                       ? signal->status == INB_SIGNAL_KEPT || signal->status == INB_SIGNAL_PASSED_ON
                       : (unsigned)signal->status < INB_SIGNAL_RETRACTED;
    if (!fitting) {
        return refuse("status", "kept or passed on (or corrected, of a correction)", err);
    }
    if ((unsigned)signal->source_kind >= INB_REPORTER_COUNT) {
        return refuse("source", "a kind of reporter", err);
    }
    if (!is_month(signal->seen) || !is_month(signal->noted)) {
        return refuse("date", "a month (an exact date is sealed)", err);
    }
    if (signal->municipality != NULL && !inb_i_is_code(signal->municipality)) {
        return refuse("municipality", "a code", err);
    }
    if (!inb_i_is_code(signal->catalogue)) {
        return refuse("catalogue", "the version of the norm", err);
    }
    INB_TRY(check_persons(signal, err));
    return check_parts(signal, err);
}

static inb_status write_head(inb_store *store, int64_t number, uint32_t version,
    const inb_stored_signal *signal, inb_buffer *buffer, inb_error *err) {
    char seen[11];
    char noted[11];
    INB_TRY(inb_i_write_situation(buffer, &signal->situation, err));
    const inb_value values[] = {inb_i_value_integer(number), inb_i_value_integer(version),
        inb_i_value_text(inb_signal_status_code(signal->status)),
        inb_i_value_text(inb_reporter_code(signal->source_kind)),
        inb_i_value_integer(signal->kept_at), inb_i_value_month(signal->seen, seen),
        inb_i_value_month(signal->noted, noted), inb_i_value_text(signal->municipality),
        inb_i_value_text(inb_buffer_get(buffer)), inb_i_value_text(signal->catalogue)};
    return inb_i_run(store, INB_QUERY_signal_add, values, sizeof values / sizeof values[0], err);
}

// The three lists of codes of a person.
struct lists {
    inb_buffer roles;
    inb_buffer observations;
    inb_buffer circumstances;
};

static void lists_clear(struct lists *lists) {
    inb_buffer_clear(&lists->roles);
    inb_buffer_clear(&lists->observations);
    inb_buffer_clear(&lists->circumstances);
}

static inb_status write_persons(inb_store *store, int64_t number, uint32_t version,
    const inb_stored_signal *signal, inb_error *err) {
    INB_CLEANUP(lists_clear)
    struct lists lists = {.roles = INB_BUFFER_INIT(CODES_MOST),
        .observations = INB_BUFFER_INIT(CODES_MOST),
        .circumstances = INB_BUFFER_INIT(CODES_MOST)};
    for (size_t i = 0; i < signal->person_count; i++) {
        const inb_stored_person *person = &signal->persons[i];
        INB_TRY(inb_i_write_roles(&lists.roles, person->roles, err));
        INB_TRY(inb_i_write_observations(
            &lists.observations, person->observations, person->observation_count, err));
        INB_TRY(inb_i_write_circumstances(
            &lists.circumstances, person->circumstances, person->circumstance_count, err));
        const inb_value values[] = {inb_i_value_integer(number), inb_i_value_integer(version),
            inb_i_value_integer((int64_t)i), inb_i_value_text(person->ref),
            inb_i_value_text(inb_i_age_code(person->age_class)),
            inb_i_value_text(inb_buffer_get(&lists.roles)), inb_i_value_text(person->sex),
            inb_i_value_text(inb_buffer_get(&lists.observations)),
            inb_i_value_text(inb_buffer_get(&lists.circumstances))};
        INB_TRY(
            inb_i_run(store, INB_QUERY_person_add, values, sizeof values / sizeof values[0], err));
    }
    return INB_OK;
}

static inb_status write_parts(inb_store *store, int64_t number, uint32_t version,
    const inb_stored_signal *signal, inb_error *err) {
    for (size_t i = 0; i < signal->part_count; i++) {
        const inb_stored_part *part = &signal->parts[i];
        const inb_value values[] = {inb_i_value_integer(number), inb_i_value_integer(version),
            inb_i_value_text(part->field), inb_i_value_bytes(part->bytes, part->length)};
        INB_TRY(inb_i_run(store, INB_QUERY_sealed_add, values, 4, err));
    }
    for (size_t i = 0; i < signal->token_count; i++) {
        const inb_stored_token *token = &signal->tokens[i];
        const inb_value values[] = {inb_i_value_text(token->kind),
            inb_i_value_bytes(token->value, INB_STORE_TOKEN_BYTES), inb_i_value_integer(number),
            inb_i_value_integer(version), inb_i_value_text(token->about)};
        INB_TRY(inb_i_run(store, INB_QUERY_token_add, values, 5, err));
    }
    return INB_OK;
}

inb_status inb_i_find_record(inb_store *store, const char *organisation, const char *id,
    int64_t *ret_number, uint32_t *ret_latest, inb_error *err) {
    const inb_driver *driver = store->driver;
    const inb_value values[] = {inb_i_value_text(organisation), inb_i_value_text(id)};
    INB_TRY(driver->start(store->connection, INB_QUERY_record_find, values, 2, err));
    bool found = false;
    INB_TRY(driver->next(store->connection, INB_QUERY_record_find, &found, err));
    if (found) {
        *ret_number = driver->column(store->connection, INB_QUERY_record_find, 0).integer;
        *ret_latest = (uint32_t)driver->column(store->connection, INB_QUERY_record_find, 1).integer;
    }
    driver->end(store->connection, INB_QUERY_record_find);
    return found ? INB_OK
                 : inb_fail(err, INB_NOT_FOUND, "there is no such signal of this organisation");
}

static inb_status new_record(
    inb_store *store, const inb_stored_signal *signal, int64_t *ret_number, inb_error *err) {
    int64_t number = 0;
    uint32_t latest = 0;
    inb_error none = INB_ERROR_INIT;
    inb_status status =
        inb_i_find_record(store, signal->organisation, signal->id, &number, &latest, &none);
    if (status == INB_OK) {
        return inb_fail(
            err, INB_BAD_INPUT, "a signal of this organisation with this id is kept already");
    }
    if (status != INB_NOT_FOUND) {
        return inb_fail(err, status, "%s", none.message);
    }
    const inb_driver *driver = store->driver;
    bool row = false;
    INB_TRY(driver->start(store->connection, INB_QUERY_record_next, NULL, 0, err));
    INB_TRY(driver->next(store->connection, INB_QUERY_record_next, &row, err));
    number = driver->column(store->connection, INB_QUERY_record_next, 0).integer;
    driver->end(store->connection, INB_QUERY_record_next);
    char ends[11];
    char review[11];
    INB_TRY(inb_i_use_bucket(store, signal, err));
    const inb_value values[] = {inb_i_value_integer(number), inb_i_value_text(signal->organisation),
        inb_i_value_text(signal->id), inb_i_value_month(signal->ends, ends),
        inb_i_value_month(signal->review, review), inb_i_value_bucket(signal),
        inb_i_value_wrapped(signal)};
    INB_TRY(inb_i_run(store, INB_QUERY_record_add, values, 7, err));
    *ret_number = number;
    return INB_OK;
}

// The version that is replaced, which must be the latest and not retracted.
static inb_status old_version(inb_store *store, inb_arena *arena, inb_work_kind kind,
    const inb_stored_signal *signal, inb_stored_signal *ret_old, inb_error *err) {
    int64_t number = 0;
    uint32_t latest = 0;
    INB_TRY(inb_i_find_record(store, signal->organisation, signal->id, &number, &latest, err));
    if (signal->version != 0 && signal->version != latest) {
        return inb_fail(err, INB_BAD_INPUT,
            "this signal was changed in the meantime: found version %u, expected version %u",
            (unsigned)latest, (unsigned)signal->version);
    }
    INB_TRY(inb_i_read_head(store, arena, number, latest, ret_old, err));
    bool changes = kind == INB_WORK_CORRECT || kind == INB_WORK_RETRACT;
    if (changes && ret_old->status == INB_SIGNAL_RETRACTED) {
        return inb_fail(err, INB_BAD_INPUT, "this signal was retracted and is not changed again");
    }
    // A hold makes no new version, so it is asked for by itself.
    bool wants =
        kind == INB_WORK_HOLD ? false : signal->hold.reason != NULL || kind == INB_WORK_RELEASE;
    if (signal->ends.year != 0 && wants != (ret_old->hold.reason != NULL)) {
        return inb_fail(err, INB_BAD_INPUT,
            "this signal was changed in the meantime: a hold was placed or lifted");
    }
    return INB_OK;
}

static inb_status write_version(inb_store *store, int64_t number, uint32_t version,
    const inb_stored_signal *signal, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer buffer = INB_BUFFER_INIT(CODES_MOST);
    INB_TRY(write_head(store, number, version, signal, &buffer, err));
    INB_TRY(write_persons(store, number, version, signal, err));
    INB_TRY(write_parts(store, number, version, signal, err));
    if (version == 1) {
        return INB_OK;
    }
    const inb_value values[] = {inb_i_value_integer(number), inb_i_value_integer(version)};
    return inb_i_run(store, INB_QUERY_record_latest, values, 2, err);
}

// Numbers that no signal has are refused by the schema.
static inb_status write_partings(inb_store *store, const inb_work *work, inb_error *err) {
    for (size_t i = 0; i < work->parting_count; i++) {
        const inb_stored_parting *parting = &work->partings[i];
        if (parting->first < 1 || parting->first >= parting->second) {
            return inb_fail(err, INB_INTERNAL, "a join to undo has its numbers in disorder");
        }
        const inb_value values[] = {inb_i_value_integer(parting->first),
            inb_i_value_integer(parting->second), inb_i_value_integer(work->log.at)};
        INB_TRY(inb_i_run(store, INB_QUERY_parting_add, values, 3, err));
    }
    return INB_OK;
}

static inb_status write_promise(
    inb_store *store, const inb_work *work, int64_t number, uint32_t version, inb_error *err) {
    return work->answer_by.year == 0
               ? INB_OK
               : inb_i_promise_add(store, number, version, work->answer_by, err);
}

inb_status inb_i_write_signal(inb_store *store, const inb_work *work, int64_t *ret_number,
    uint32_t *ret_version, inb_error *err) {
    const inb_stored_signal *signal = work->signal;
    if (work->kind == INB_WORK_LOG) {
        return INB_OK;
    }
    if (work->kind == INB_WORK_PART) {
        return write_partings(store, work, err);
    }
    if (work->kind == INB_WORK_PURGE) {
        return inb_i_purge(store, work->purge, work->log.at, ret_version, err);
    }
    if (work->kind == INB_WORK_ANSWER) {
        INB_TRY(inb_i_find_record(
            store, signal->organisation, signal->id, ret_number, ret_version, err));
        return inb_i_promise_keep(store, *ret_number, work->log.at, err);
    }
    INB_TRY(check_signal(work->kind, signal, err));
    if (work->kind == INB_WORK_APPEND) {
        INB_TRY(new_record(store, signal, ret_number, err));
        INB_TRY(write_version(store, *ret_number, 1, signal, err));
        *ret_version = 1;
        return write_promise(store, work, *ret_number, 1, err);
    }
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    inb_stored_signal old = {0};
    INB_TRY(old_version(store, arena, work->kind, signal, &old, err));
    if (signal->ends.year != 0) {
        INB_TRY(inb_i_write_term(store, work->kind, old.number, signal, err));
    }
    if (work->kind != INB_WORK_CORRECT && work->kind != INB_WORK_RETRACT) {
        *ret_version = old.version;
        return INB_OK;
    }
    uint32_t version = old.version + 1;
    if (work->kind == INB_WORK_RETRACT) {
        old.status = INB_SIGNAL_RETRACTED;
        old.kept_at = signal->kept_at;
        INB_TRY(write_version(store, old.number, version, &old, err)); // has no persons or parts
    } else {
        INB_TRY(write_version(store, old.number, version, signal, err));
        INB_TRY(write_promise(store, work, old.number, version, err));
    }
    *ret_number = old.number;
    *ret_version = version;
    return INB_OK;
}
