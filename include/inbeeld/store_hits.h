// SPDX-License-Identifier: EUPL-1.2
// Store, second: what hits need. Which version of a signal takes part, persons that were found
// alike, whom to ask at an organisation, quotas, and grounds that were recorded for a pair. Codes,
// numbers and tokens; no key and no name.
//
// Functions that write need a group (inb_store_begin, or the `then` of a piece of work).
#ifndef INBEELD_STORE_HITS_H
#define INBEELD_STORE_HITS_H

#include <inbeeld/store.h>

#ifdef __cplusplus
extern "C" {
#endif

// ---- which signals take part ----

#define INB_COMPARED_STATES(X)                                                                     \
    X(DONE, "done")       /* takes part */                                                         \
    X(WAITS, "waits")     /* the quota was used up */                                              \
    X(NOTHING, "nothing") /* no observation, or nothing to go by */

typedef enum inb_compared_state {
#define X(name, code) INB_COMPARED_##name,
    INB_COMPARED_STATES(X)
#undef X
        INB_COMPARED_STATE_COUNT
} inb_compared_state;

// The last version that was looked at; version 0: none yet.
typedef struct inb_compared {
    uint32_t version;
    inb_compared_state state;
    int64_t at; // seconds since 1970 UTC
} inb_compared;

inb_status inb_store_compared(
    inb_store *store, int64_t number, inb_compared *ret_compared, inb_error *err) INB_NODISCARD;
inb_status inb_store_compared_set(inb_store *store, int64_t number, const char *organisation,
    const inb_compared *compared, inb_error *err) INB_NODISCARD;
// The organisation's current signals that wait, by number, at most `most`.
inb_status inb_store_waiting(inb_store *store, inb_arena *arena, const char *organisation,
    size_t most, const int64_t **ret_numbers, size_t *ret_count, inb_error *err) INB_NODISCARD;
// How many current ones wait, of all organisations.
inb_status inb_store_waiting_count(
    inb_store *store, int64_t *ret_count, inb_error *err) INB_NODISCARD;
// How many current ones of an organisation are in a state.
inb_status inb_store_compared_count(inb_store *store, const char *organisation,
    inb_compared_state state, int64_t *ret_count, inb_error *err) INB_NODISCARD;

// ---- who is looked at ----

// Keeps a key that a person is looked up by; the same again changes nothing.
inb_status inb_store_near_add(inb_store *store, int64_t number, uint32_t version, const char *about,
    const unsigned char value[INB_STORE_TOKEN_BYTES], inb_error *err) INB_NODISCARD;

// A person of a current signal that takes part.
typedef struct inb_near_place {
    int64_t number;
    uint32_t version;
    const char *about; // "person.a"
    const char *organisation;
    const char *id;
    int64_t bucket;               // as of inb_stored_signal
    const unsigned char *wrapped; // [INB_STORE_WRAPPED_BYTES] or NULL
} inb_near_place;
// Those of other organisations with this key, at most `most`.
inb_status inb_store_near_find(inb_store *store, inb_arena *arena,
    const unsigned char value[INB_STORE_TOKEN_BYTES], const char *organisation, size_t most,
    const inb_near_place **ret_places, size_t *ret_count, inb_error *err) INB_NODISCARD;
// The sealed parts of one person of a version: "person.REF.…".
inb_status inb_store_person_parts(inb_store *store, inb_arena *arena, int64_t number,
    uint32_t version, const char *about, const inb_stored_part **ret_parts, size_t *ret_count,
    inb_error *err) INB_NODISCARD;
// Whether a version has a sealed part of this name.
inb_status inb_store_has_part(inb_store *store, int64_t number, uint32_t version, const char *field,
    bool *ret_has, inb_error *err) INB_NODISCARD;
// The place of a person in a version, from 0; INB_NOT_FOUND where there is none.
inb_status inb_store_person_place(inb_store *store, int64_t number, uint32_t version,
    const char *about, int64_t *ret_place, inb_error *err) INB_NODISCARD;

// ---- who was found alike ----

typedef struct inb_alike {
    int64_t first; // the lower number
    uint32_t first_version;
    int64_t first_place; // of the person in its signal, from 0
    int64_t second;
    uint32_t second_version;
    int64_t second_place;
} inb_alike;
inb_status inb_store_alike_add(
    inb_store *store, const inb_alike *alike, inb_error *err) INB_NODISCARD;
// Forgets all of a signal: before it is compared anew.
inb_status inb_store_alike_drop(inb_store *store, int64_t number, inb_error *err) INB_NODISCARD;
// All of current versions, in order of the numbers; versions are not told.
inb_status inb_store_alike_list(inb_store *store, inb_arena *arena, const inb_alike **ret_list,
    size_t *ret_count, inb_error *err) INB_NODISCARD;

// ---- who shares something ----

// A current signal that takes part, as another one may know it.
typedef struct inb_sharer {
    int64_t number;
    const char *organisation;
    inb_reporter source_kind;
    bool grounded; // a ground stands in it
    bool parted;   // from the signal that asks
} inb_sharer;

// Who asks, and whom it may know at all: the others leave no trace in the answer.
typedef struct inb_asker {
    int64_t number;
    const char *kinds; // ";school;health;": kinds of source of its own regime
    bool grounded;     // then those with a ground too
} inb_asker;

// Those with this token, the asker itself among them, by number, at most `most`.
inb_status inb_store_sharing(inb_store *store, inb_arena *arena, const inb_asker *asker,
    const char *kind, const unsigned char value[INB_STORE_TOKEN_BYTES], size_t most,
    const inb_sharer **ret_list, size_t *ret_count, inb_error *err) INB_NODISCARD;
// Those with a person who was found alike.
inb_status inb_store_alike_of(inb_store *store, inb_arena *arena, const inb_asker *asker,
    const inb_sharer **ret_list, size_t *ret_count, inb_error *err) INB_NODISCARD;
// Those for which a ground was recorded with this one; `grounded` is true for each.
inb_status inb_store_grounded_with(inb_store *store, inb_arena *arena, int64_t number,
    const inb_sharer **ret_list, size_t *ret_count, inb_error *err) INB_NODISCARD;
// Records one; sealed by the caller. The same pair again is replaced.
inb_status inb_store_ground(inb_store *store, int64_t first, int64_t second, const char *actor,
    int64_t at, const unsigned char *sealed, size_t length, inb_error *err) INB_NODISCARD;

// ---- quotas and contacts ----

typedef struct inb_quota_use {
    int64_t used;    // signals compared
    int64_t refused; // signals left waiting
} inb_quota_use;
// day: days since 1970-01-01.
inb_status inb_store_quota(inb_store *store, const char *organisation, int64_t day,
    inb_quota_use *ret_use, inb_error *err) INB_NODISCARD;
inb_status inb_store_quota_add(inb_store *store, const char *organisation, int64_t day,
    const inb_quota_use *more, inb_error *err) INB_NODISCARD;

typedef struct inb_contact {
    const char *contact; // NULL = none is known
    int64_t quota;       // -1 = the program's own
} inb_contact;
enum { INB_CONTACT_MOST = 400 }; // bytes
inb_status inb_store_contact(inb_store *store, inb_arena *arena, const char *organisation,
    inb_contact *ret_contact, inb_error *err) INB_NODISCARD;
inb_status inb_store_contact_set(inb_store *store, const char *organisation,
    const inb_contact *contact, int64_t at, inb_error *err) INB_NODISCARD;

#ifdef __cplusplus
}
#endif
#endif
