// SPDX-License-Identifier: EUPL-1.2
// What the files of the road share: the handle, the names of sealed fields, work for the writer.
#ifndef INB_ROAD_ROAD_I_H
#define INB_ROAD_ROAD_I_H

#include <inbeeld/retention.h>
#include <inbeeld/road.h>

#include "hits_i.h"

#include <pthread.h>

struct inb_road {
    const inb_catalogue *catalogue;
    inb_keys *keys;
    inb_keyring *ring;
    char rings[INB_KEYRING_PATH_MOST]; // its folder
    inb_terms *terms;
    inb_date counted_from;
    inb_writer *writer;   // NULL without one
    char *where;          // of the store, for the writer's own connection
    pthread_mutex_t lock; // of the connection: one reader at a time
    inb_store *store;
    inb_arena *group; // of inb_road_keep_one, reset for each signal
    struct inb_i_comparer *comparer;
};

enum {
    INB_I_RECORD_SIZE = 2 * INB_TOKEN_BYTES + 1, // with its NUL
    INB_I_FIELD_SIZE = 128,
    INB_I_ABOUT_SIZE = 48
};

// The name under which a signal's parts are sealed: a token of organisation and id, in hexadecimal,
// so that a part of one signal does not open in another.
void inb_i_record_name(const inb_keys *keys, const char *organisation, const char *id,
    char ret_record[INB_I_RECORD_SIZE]);

// Fields of a person that are sealed as they were told: X(member of inb_person, "name").
#define INB_I_SEALED_OF_PERSON(X)                                                                  \
    X(name)                                                                                        \
    X(given_name)                                                                                  \
    X(prefix)                                                                                      \
    X(surname)                                                                                     \
    X(birth_date)                                                                                  \
    X(phone)

// The field that a passing is sealed under, and its text: "fairwork 2026-11-24 2026-12-08".
#define INB_I_PASSED "passed"
enum { INB_I_PASSED_SIZE = INB_STORE_CODE_MOST + 24 };
inb_status inb_i_passing(const inb_keys *keys, const inb_record_key *key,
    const inb_stored_signal *stored, inb_arena *arena, inb_road_passing *ret_passing,
    inb_error *err) INB_NODISCARD;

// Weighs each person: what cannot be weighed is not kept.
inb_status inb_i_weigh(const inb_catalogue *catalogue, const inb_signal *signal,
    inb_intake_levels *levels, inb_error *err) INB_NODISCARD;

// ---- keys of records ----

// The key of a record; not `given`: it has none, the team's key alone seals it.
typedef struct inb_i_key {
    bool given;
    inb_record_key key;
} inb_i_key;
void inb_i_key_wipe(inb_i_key *key);
inb_status inb_i_open_key(const inb_keys *keys, inb_keyring *ring, const inb_stored_signal *stored,
    inb_i_key *ret_key, inb_error *err) INB_NODISCARD;
// Wraps it for the month in which `stored` ends, and says so in it.
inb_status inb_i_wrap_key(const inb_keys *keys, inb_keyring *ring, const inb_record_key *key,
    inb_arena *arena, inb_stored_signal *stored, inb_error *err) INB_NODISCARD;
// Opens a part of a version: by its record's key (NULL = none), or by the team's where it is older.
inb_status inb_i_open_part(const inb_keys *keys, const inb_record_key *key, uint32_t version,
    const char *record, const inb_stored_part *part, inb_arena *arena, const char **ret_text,
    size_t *ret_length, inb_error *err) INB_NODISCARD;
// The same part, sealed for a later version.
inb_status inb_i_seal_anew(const inb_keys *keys, const inb_i_key *old, const inb_record_key *key,
    const inb_stored_signal *stored, uint32_t version, const inb_stored_part *part,
    inb_arena *arena, inb_stored_part *ret_part, inb_error *err) INB_NODISCARD;

// A new signal as the store takes it, with its key and its end.
inb_status inb_i_take_new(inb_road *road, const inb_road_actor *actor, const inb_signal *signal,
    bool passed_on, inb_arena *arena, inb_stored_signal *ret_stored, inb_intake_levels *ret_levels,
    inb_error *err) INB_NODISCARD;
// A version of a signal of this organisation, 0 = the latest, with its parts.
inb_status inb_i_read_stored(inb_road *road, inb_arena *arena, const char *organisation,
    const char *id, uint32_t version, const inb_stored_signal **ret_signal,
    inb_error *err) INB_NODISCARD;
inb_date inb_i_later(inb_date one, inb_date other); // the later month

// A sex as told in the code that stands open: "m", "f" or "x"; NULL where it is none of the words.
const char *inb_i_sex_code(const char *told);

// A piece of work with all that it needs, until the writer has done it.
typedef struct inb_i_job {
    inb_road *road;
    inb_arena *arena;
    inb_stored_signal signal;
    inb_work work;
    inb_i_then then; // of a new version: it is compared in the same breath
    inb_work_done done;
    void *payload;
} inb_i_job;
inb_status inb_i_promise_of(
    inb_road *road, int64_t number, inb_stored_promise *ret_promise, inb_error *err) INB_NODISCARD;
// A copy; NULL gives "".
inb_status inb_i_copy_text(
    inb_arena *arena, const char *text, const char **ret_copy, inb_error *err) INB_NODISCARD;
inb_status inb_i_job_new(inb_road *road, inb_i_job **ret_job, inb_error *err) INB_NODISCARD;
void inb_i_job_free(inb_i_job *job); // accepts NULL; not after inb_i_job_start
void inb_i_job_freep(inb_i_job **job);
inb_arena *inb_i_job_arena(inb_i_job *job);
// Fills the row of the log with copies; an object of id NULL is the organisation.
inb_status inb_i_job_log(inb_i_job *job, const inb_road_actor *actor, const char *action,
    const char *id, const char *result, inb_error *err) INB_NODISCARD;
inb_work *inb_i_job_work(inb_i_job *job);
// Hands it to the writer, which frees it after `done`. On failure it is freed too.
inb_status inb_i_job_start(
    inb_i_job *job, inb_work_done done, void *payload, inb_error *err) INB_NODISCARD;

// Uses a granted ticket up; INB_UNAVAILABLE where it is none of this reading.
inb_status inb_i_ticket_use(
    inb_ticket *ticket, inb_road_reading reading, inb_error *err) INB_NODISCARD;

const char *inb_i_ticket_organisation(const inb_ticket *ticket);
const char *inb_i_ticket_id(const inb_ticket *ticket);

// "organisation/id" for the log, or its record name where that is too long; in the arena.
inb_status inb_i_object(const inb_keys *keys, inb_arena *arena, const char *organisation,
    const char *id, const char **ret_object, inb_error *err) INB_NODISCARD;

#endif
