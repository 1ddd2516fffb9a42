// SPDX-License-Identifier: EUPL-1.2
// Road: joins stations, seal and store. First of it, intake: a signal is weighed, its names and
// free text are sealed, its exact identifiers become tokens, and it is kept together with a row of
// the log. And back: whoever has the team's key reads a signal again, after a row of the log says
// so.
//
// A handle serves any number of threads. Writing never waits on the disk: work is handed to one
// writer thread, which calls back when it is durable. Reading has two steps, so that no row in the
// log means no result: ask for a ticket, and read with it once it was granted.
#ifndef INBEELD_ROAD_H
#define INBEELD_ROAD_H

#include <inbeeld/arena.h>
#include <inbeeld/date.h>
#include <inbeeld/keyring.h>
#include <inbeeld/keys.h>
#include <inbeeld/signal.h>
#include <inbeeld/status.h>
#include <inbeeld/store.h>
#include <inbeeld/weigh.h>

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// ---- one signal, sealed and back; pure but for the nonces of sealing ----

// What weighing gave for the persons of a signal, for a summary of an import: nothing of it is
// kept.
typedef struct inb_intake_levels {
    size_t persons[INB_LEVEL_ELEMENTS + 1]; // by inb_level
} inb_intake_levels;

// Makes of a signal what the store takes. Open: id, organisation, kind of source, months, codes,
// age class, sex as a code, observations, circumstances, situation. Sealed: exact dates and ages,
// names, phones, places, parties, free text, ground; nationality too, and only where a ground is
// told, otherwise it is left out. Tokens: see docs/methods/keeping.md. Each person is weighed, so
// that nothing is kept that the norm cannot read. Parts are sealed under the record's key for
// `version`. *ret_stored and all it holds are copies in `arena`, without number, end and wrapped
// key; its status is kept. ret_levels may be NULL.
// INB_BAD_INPUT: a date after `today`, or a signal without id or organisation; INB_NOT_FOUND: the
// catalogue lacks an id.
inb_status inb_intake(const inb_keys *keys, const inb_catalogue *catalogue,
    const inb_signal *signal, inb_date today, const inb_record_key *key, uint32_t version,
    inb_arena *arena, inb_stored_signal *ret_stored, inb_intake_levels *ret_levels,
    inb_error *err) INB_NODISCARD;

// The signal again, in `arena`, names opened. From a signal of inb_store_list (without parts) comes
// what is open: months, age classes, codes. key: of the record; NULL = it has none, an older
// program kept it. INB_BAD_INPUT: a part that does not open.
inb_status inb_recall(const inb_keys *keys, const inb_record_key *key,
    const inb_stored_signal *stored, inb_arena *arena, const inb_signal **ret_signal,
    inb_error *err) INB_NODISCARD;

// ---- the handle ----

typedef struct inb_road inb_road;

typedef struct inb_road_options {
    const char *store; // "sqlite:PATH"
    const char *key;   // path of the key file; its keyrings lie beside it (keyring.h)
    const char *terms; // path of a table of terms (retention.h); NULL = the one in this program
    const inb_catalogue
        *catalogue;        // borrowed until inb_road_free; its version is kept with signals
    inb_date counted_from; // terms begin on this day; year 0 = on the day of each piece of work
    bool create;           // make the store where there is none
    bool writer;           // start the writer thread: without it whoever writes waits for the disk
} inb_road_options;

// Opens store, key and keyring. Refused in words: what inb_store_open, inb_keys_open and
// inb_keyring_of_store refuse, and a key that is not the one that this store was begun with. Owner
// of *ret_road: the caller.
inb_status inb_road_open(
    const inb_road_options *options, inb_road **ret_road, inb_error *err) INB_NODISCARD;
// INB_BAD_INPUT: this store was begun with another key than `keys`, which came out of the file
// `key`. A store that was begun with none yet is from now on begun with this one.
inb_status inb_road_key_fits(
    inb_store *store, const inb_keys *keys, const char *key, inb_error *err) INB_NODISCARD;
// Starts the writer of a road that was opened without: for a program that locks itself in between,
// so that this thread is locked too. Before any other thread uses the road.
inb_status inb_road_start_writer(inb_road *road, inb_error *err) INB_NODISCARD;
void inb_road_free(inb_road *road); // accepts NULL; writes what waits
void inb_road_freep(inb_road **road);
const inb_catalogue *inb_road_catalogue(const inb_road *road);

// Who acts, for the log and for what they may see. Texts are copied where they are needed later.
typedef struct inb_road_actor {
    const char *name;         // login or account; never a person in a signal
    const char *organisation; // signals of no other one are seen or changed
    const char *purpose;      // why; "" or NULL = not told
    int64_t now;              // seconds since 1970 UTC
} inb_road_actor;

// ---- writing; `done` is called on the writer's thread, once, unless the function itself fails
// ----
//
// Signals and texts are copied before the function returns. version in `done`: of the new version.
// INB_BAD_INPUT in `done`: kept already, changed in the meantime, or retracted; INB_NOT_FOUND:
// none.

// To whom a signal was passed on, and by when that answers. Sealed with the signal.
typedef struct inb_road_passing {
    const char *to; // a route of the norm: a code
    inb_date on;
    inb_date answer_by;
} inb_road_passing;

// A new signal, status INB_SIGNAL_KEPT, or INB_SIGNAL_PASSED_ON with a passing (else NULL).
inb_status inb_road_keep(inb_road *road, const inb_road_actor *actor, const inb_signal *signal,
    const inb_road_passing *passing, inb_work_done done, void *payload,
    inb_error *err) INB_NODISCARD;
// A whole new version with the same organisation and id; a passing stays with it. version: the one
// that is replaced, 0 = the latest when this is called. INB_ERASED: its key is gone.
inb_status inb_road_correct(inb_road *road, const inb_road_actor *actor, const inb_signal *signal,
    uint32_t version, inb_work_done done, void *payload, inb_error *err) INB_NODISCARD;
// A new version with the same content and status INB_SIGNAL_PASSED_ON; a passing before it stands
// in the versions before it.
inb_status inb_road_pass_on(inb_road *road, const inb_road_actor *actor, const char *id,
    uint32_t version, const inb_road_passing *passing, inb_work_done done, void *payload,
    inb_error *err) INB_NODISCARD;
// Whoever passed the signal on has heard back: no new version. INB_BAD_INPUT in `done`: no answer
// is due, or it was given already.
inb_status inb_road_answered(inb_road *road, const inb_road_actor *actor, const char *id,
    inb_work_done done, void *payload, inb_error *err) INB_NODISCARD;
// A new, empty version: the signal leaves hits and counts.
inb_status inb_road_retract(inb_road *road, const inb_road_actor *actor, const char *id,
    uint32_t version, inb_work_done done, void *payload, inb_error *err) INB_NODISCARD;
// A row of the log alone: a refusal, say. action: a code such as "read"; object: "" = none.
inb_status inb_road_note(inb_road *road, const inb_road_actor *actor, const char *action,
    const char *object, const char *result, inb_work_done done, void *payload,
    inb_error *err) INB_NODISCARD;

// ---- reading ----

typedef enum inb_road_reading {
    INB_ROAD_LIST,
    INB_ROAD_READ,
    INB_ROAD_SITUATIONS,
    INB_ROAD_DUE,     // answers that are to be given
    INB_ROAD_TERM,    // retention.h
    INB_ROAD_PICTURE, // store_picture.h
    INB_ROAD_HITS,    // hits.h
    INB_ROAD_AGENCIES // agencies.h
} inb_road_reading;

// Leave to read one thing once: granted when its row of the log is durable.
typedef struct inb_ticket inb_ticket;

// Asks for a ticket. id: of a signal for INB_ROAD_READ, else NULL. `done` (may be NULL) is called
// on the writer's thread when the ticket was granted, or was not. Owner of *ret_ticket: the caller;
// freeing one that waits for its row is allowed.
inb_status inb_road_ask(inb_road *road, const inb_road_actor *actor, inb_road_reading reading,
    const char *id, inb_work_done done, void *payload, inb_ticket **ret_ticket,
    inb_error *err) INB_NODISCARD;
// The same, and waits. Not on the writer's thread.
inb_status inb_road_ask_wait(inb_road *road, const inb_road_actor *actor, inb_road_reading reading,
    const char *id, inb_ticket **ret_ticket, inb_error *err) INB_NODISCARD;
void inb_ticket_free(inb_ticket *ticket); // accepts NULL
void inb_ticket_freep(inb_ticket **ticket);

// A signal as it stands in the store, with its names.
typedef struct inb_road_signal {
    const inb_signal *signal;        // after a list: what is open of it
    const inb_stored_signal *stored; // number, version, status, kept_at, catalogue
    inb_road_passing passing;        // to NULL: not passed on, or of a list
    inb_stored_promise promise;      // of an answer; it stands open
} inb_road_signal;

// The signals of the ticket's organisation, newest first, retracted ones too: at most `most` with a
// number below `before` (0 = from the newest). INB_UNAVAILABLE: the ticket was not granted or is
// used up: no row in the log, no result.
inb_status inb_road_list(inb_road *road, inb_ticket *ticket, inb_arena *arena, int64_t before,
    size_t most, const inb_road_signal **ret_signals, size_t *ret_count,
    inb_error *err) INB_NODISCARD;
// The ticket's signal; version 0 = the latest. Weigh it with inb_facts_from_signal. INB_ERASED: its
// key was erased at the end of its term, and this is an older copy of the store.
inb_status inb_road_read(inb_road *road, inb_ticket *ticket, inb_arena *arena, uint32_t version,
    inb_road_signal *ret_signal, inb_error *err) INB_NODISCARD;

// The signals of the ticket's organisation of which an answer is to be given, the earliest day
// first, as of a list: at most `most`. No seal is opened for it.
inb_status inb_road_due(inb_road *road, inb_ticket *ticket, inb_arena *arena, size_t most,
    const inb_road_signal **ret_signals, size_t *ret_count, inb_error *err) INB_NODISCARD;

// What leads from an address to a signal and back, and tells nothing else of it: its id (in
// `arena`) by its number, and the other way. INB_NOT_FOUND: none of this organisation.
inb_status inb_road_id_of(inb_road *road, const char *organisation, int64_t number,
    inb_arena *arena, const char **ret_id, inb_error *err) INB_NODISCARD;
inb_status inb_road_number_of(inb_road *road, const char *organisation, const char *id,
    inb_arena *arena, int64_t *ret_number, inb_error *err) INB_NODISCARD;

// ---- many at once: all or nothing, for an import ----

// begin, keep …, commit; between them the handle is this thread's alone. A signal that fails with
// INB_BAD_INPUT or INB_NOT_FOUND leaves nothing behind and the others can go on.
inb_status inb_road_begin(inb_road *road, inb_error *err) INB_NODISCARD;
inb_status inb_road_keep_one(inb_road *road, const inb_road_actor *actor, const inb_signal *signal,
    inb_intake_levels *ret_levels, inb_error *err) INB_NODISCARD;
inb_status inb_road_commit(inb_road *road, inb_error *err) INB_NODISCARD;
void inb_road_rollback(inb_road *road);

// ---- the log ----

// Checks our chain as inb_log_verify does.
inb_status inb_road_log_verify(inb_road *road, const inb_log_anchor *anchor,
    inb_log_verdict *ret_verdict, inb_error *err) INB_NODISCARD;

// The day of a moment, UTC.
inb_date inb_road_day(int64_t now);

#ifdef __cplusplus
}
#endif
#endif
