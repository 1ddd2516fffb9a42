// SPDX-License-Identifier: EUPL-1.2
// Store: signals and the log of who did what, kept so that nothing acknowledged is lost. Signals
// are appended: a correction or a retraction is a new version, and a retracted signal leaves hits
// and counts. One interface; each engine is one file behind it.
//
// The store never sees a key. Open columns are age class, month, municipality and codes; names,
// exact dates, addresses, contact details and free text come in as sealed bytes, exact identifiers
// as tokens, both made by the caller. Whoever holds the files alone reads none of them.
#ifndef INBEELD_STORE_H
#define INBEELD_STORE_H

#include <inbeeld/arena.h>
#include <inbeeld/date.h>
#include <inbeeld/observe.h>
#include <inbeeld/signal.h>
#include <inbeeld/status.h>

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    INB_STORE_HASH_BYTES = 32,
    INB_STORE_TOKEN_BYTES = 16,
    INB_STORE_WRAPPED_BYTES = 76,    // of the key of a signal's sealed parts, wrapped
    INB_STORE_NAME_MOST = 200,       // bytes of an id, an organisation, a field name
    INB_STORE_CODE_MOST = 64,        // bytes of a code
    INB_STORE_PARTS_MOST = 1024,     // sealed parts of a signal, and tokens
    INB_STORE_SEALED_MOST = 2 << 20, // bytes of one sealed part
    INB_STORE_LOG_MOST = 256,        // bytes of a field of the log
    INB_STORE_GROUP = 64             // pieces of work that one commit carries at most
};

// One connection to a store. Used by one thread at a time; open as many as there are threads.
typedef struct inb_store inb_store;

// A hash of 32 bytes with no key (BLAKE2b-256 or SHA-256), handed in so that the store needs no
// cryptographic library. A store is verified with the hash that it was written with.
typedef void (*inb_store_hash)(
    const void *data, size_t length, unsigned char ret_hash[INB_STORE_HASH_BYTES]);

typedef struct inb_store_options {
    bool create;         // make a store where there is none
    const char *chain;   // which chain of the log is ours (one a server process); NULL = "main"
    inb_store_hash hash; // needed
} inb_store_options;

// Opens `where`, "sqlite:PATH". Refused in words: nothing there (without `create`), something that
// is no store, a store that others can read or write, a store of a newer program. An older store is
// brought to this program's schema first. Owner of *ret_store: the caller.
inb_status inb_store_open(const char *where, const inb_store_options *options,
    inb_store **ret_store, inb_error *err) INB_NODISCARD;
void inb_store_free(inb_store *store); // accepts NULL; what was not committed is gone
void inb_store_freep(inb_store **store);
int inb_store_schema(const inb_store *store); // the schema version

// What is known of a person in the open.
typedef struct inb_stored_person {
    const char *ref; // unique within the signal
    inb_age_class age_class;
    uint32_t roles;  // bit per inb_role
    const char *sex; // a code, for counting only, or NULL
    const inb_observation *observations;
    size_t observation_count;
    const char *const *circumstances;
    size_t circumstance_count;
} inb_stored_person;

// A sealed value: bytes that only the team's key opens.
typedef struct inb_stored_part {
    const char *field; // "person.a.name", "text": a code, unique within the signal
    const unsigned char *bytes;
    size_t length;
} inb_stored_part;

typedef struct inb_stored_token {
    const char *kind;  // "phone", "kvk", "address": a code
    const char *about; // "person.a", "party.1": a code
    unsigned char value[INB_STORE_TOKEN_BYTES];
} inb_stored_token;

// That a signal stays longer than its term: why, who says so, and until which month.
typedef struct inb_stored_hold {
    const char *reason; // a code; NULL = there is none
    const char *owner;  // a code: who answers for it
    int64_t at;         // seconds since 1970 UTC
    inb_date until;     // a month
    inb_date before;    // the month in which the signal ends without
} inb_stored_hold;

// A version of a signal as the store knows it. What stands from `ends` on is of all versions.
typedef struct inb_stored_signal {
    int64_t number; // order of arrival, from 1; given by the store
    const char *organisation;
    const char *id;   // the organisation's own, unique within it
    uint32_t version; // from 1; when correcting or retracting: the one that is replaced, 0 = any
    inb_signal_status status;
    inb_reporter source_kind;
    int64_t kept_at; // seconds since 1970 UTC, when this version came in
    inb_date seen;   // to the month: a day is refused; year 0 = not told
    inb_date noted;
    const char *municipality; // code or NULL
    inb_situation situation;
    const char *catalogue; // version of the norm of its day
    const inb_stored_person *persons;
    size_t person_count;
    const inb_stored_part *parts;
    size_t part_count;
    const inb_stored_token *tokens;
    size_t token_count;
    inb_date ends;                // the last month that it stays; year 0 = not settled yet
    inb_date review;              // the month to look at it again; year 0 = none
    int64_t bucket;               // which key of the keyring goes with it; 0 = none
    const unsigned char *wrapped; // [INB_STORE_WRAPPED_BYTES] its own key, or NULL: the team's
    inb_stored_hold hold;
} inb_stored_signal;

// A row of the log: who did what to which object, when, why and how it ended. No content, ever.
typedef struct inb_log_entry {
    int64_t at; // seconds since 1970 UTC
    const char *actor;
    const char *action;
    const char *object;  // "" = none
    const char *result;  // "done", "refused"
    const char *purpose; // "" = none
} inb_log_entry;

typedef enum inb_work_kind {
    INB_WORK_LOG,     // the row of the log alone: a read, a search, a refusal
    INB_WORK_APPEND,  // a new signal
    INB_WORK_CORRECT, // a whole new version of one
    INB_WORK_RETRACT, // organisation, id, version, kept_at, and from ends on; the version is empty
    INB_WORK_PART,    // joins of signals are undone; `partings` is read
    INB_WORK_TERM,    // no new version: organisation, id, version, and from ends on are read
    INB_WORK_HOLD,    // the same, and its hold is placed
    INB_WORK_RELEASE, // the same, and its hold is lifted
    INB_WORK_PURGE,   // what has ended goes; `purge` is read
    INB_WORK_ANSWER   // no new version: organisation and id are read, and its promise is kept
} inb_work_kind;

// Two signals, by their numbers, of which somebody said that they are not one situation.
typedef struct inb_stored_parting {
    int64_t first; // the lower one
    int64_t second;
} inb_stored_parting;

// By when a signal that was passed on is to be answered. It stands open; to whom it went is sealed.
typedef struct inb_stored_promise {
    uint32_t version; // that passed it on, 0 = never promised
    inb_date by;      // a day; year 0 where an older program sealed it alone
    int64_t answered; // seconds since 1970 UTC, 0 = not yet
} inb_stored_promise;

// What is done in the same breath with a signal that was written, by whoever handed the work in:
// `number` and `version` are those of the new version. What it fails with, the work fails with.
typedef inb_status (*inb_work_then)(
    inb_store *store, int64_t number, uint32_t version, void *payload, inb_error *err);

// What a purge takes: every signal that ends in `month` (year 0 = none by month) or goes with one
// of these keys, with all that hangs on it; and the keys are marked as erased. The purpose of its
// row of the log is how many signals went ("12 signals").
typedef struct inb_stored_purge {
    inb_date month;
    const int64_t *buckets;
    size_t bucket_count;
} inb_stored_purge;

// What is written together: the work and its row of the log, both or neither.
typedef struct inb_work {
    inb_work_kind kind;
    const inb_stored_signal *signal; // NULL for INB_WORK_LOG, INB_WORK_PART and INB_WORK_PURGE
    inb_log_entry log;
    const inb_stored_parting *partings; // for INB_WORK_PART
    size_t parting_count;
    inb_work_then then; // NULL = nothing more
    void *then_payload;
    const inb_stored_purge *purge;
    inb_date answer_by; // of a version that passes on: a day; year 0 = no promise
} inb_work;

// Many pieces of work in one commit, as an import does: begin, apply …, commit. A piece that fails
// leaves nothing behind, and the others can go on. A failed commit keeps nothing and ends the
// group, as far as the machine tells: whoever tries again with the same ids gets none twice.
inb_status inb_store_begin(inb_store *store, inb_error *err) INB_NODISCARD;
// INB_BAD_INPUT: an id that stands already, a value out of shape, a version that is not the latest,
// a signal that was retracted; INB_NOT_FOUND: no such signal; INB_ERASED: the key that it goes with
// was erased meanwhile. ret_version may be NULL; of a purge it gets how many signals went.
inb_status inb_store_apply(
    inb_store *store, const inb_work *work, uint32_t *ret_version, inb_error *err) INB_NODISCARD;
inb_status inb_store_commit(inb_store *store, inb_error *err) INB_NODISCARD;
// One more row of the log, within a group.
inb_status inb_store_note(
    inb_store *store, const inb_log_entry *entry, inb_error *err) INB_NODISCARD;
void inb_store_rollback(inb_store *store);

// begin, apply and commit.
inb_status inb_store_write(
    inb_store *store, const inb_work *work, uint32_t *ret_version, inb_error *err) INB_NODISCARD;

// One version (0 = the latest) with all its parts; INB_NOT_FOUND where there is none.
inb_status inb_store_read(inb_store *store, inb_arena *arena, const char *organisation,
    const char *id, uint32_t version, const inb_stored_signal **ret_signal,
    inb_error *err) INB_NODISCARD;

// The latest version of the signal with this number, without its sealed parts; INB_NOT_FOUND where
// there is none.
inb_status inb_store_get(inb_store *store, inb_arena *arena, int64_t number,
    const inb_stored_signal **ret_signal, inb_error *err) INB_NODISCARD;

// The numbers of the signals with this id, whichever organisation gave it, in order.
inb_status inb_store_named(inb_store *store, inb_arena *arena, const char *id,
    const int64_t **ret_numbers, size_t *ret_count, inb_error *err) INB_NODISCARD;

// The latest versions of an organisation's signals, newest first, retracted ones too, without parts
// and tokens: at most `most` with a number below `before` (0 = from the newest).
inb_status inb_store_list(inb_store *store, inb_arena *arena, const char *organisation,
    int64_t before, size_t most, const inb_stored_signal **ret_signals, size_t *ret_count,
    inb_error *err) INB_NODISCARD;

// The promise of a signal that holds now; version 0 where there is none.
inb_status inb_store_promise(inb_store *store, int64_t number, inb_stored_promise *ret_promise,
    inb_error *err) INB_NODISCARD;
// Signals of an organisation, not retracted, whose promise is not kept yet and ends on `until` or
// before: their numbers, by day and then by number, at most `most`. Those without a day come first.
inb_status inb_store_due(inb_store *store, inb_arena *arena, const char *organisation,
    inb_date until, size_t most, const int64_t **ret_numbers, size_t *ret_count,
    inb_error *err) INB_NODISCARD;

// Called for every current signal that is not retracted, in order of arrival, without its sealed
// parts, as of one moment. The signal is borrowed for the call; the store may not be used in it.
// A status other than INB_OK ends the walk and is handed on.
typedef inb_status (*inb_store_visit)(
    const inb_stored_signal *signal, void *payload, inb_error *err);
inb_status inb_store_each(
    inb_store *store, inb_store_visit visit, void *payload, inb_error *err) INB_NODISCARD;

// Where a token stands in current signals that are not retracted.
typedef struct inb_stored_hit {
    int64_t number;
    const char *organisation;
    const char *id;
    uint32_t version;
    const char *about;
} inb_stored_hit;
inb_status inb_store_find(inb_store *store, inb_arena *arena, const char *kind,
    const unsigned char value[INB_STORE_TOKEN_BYTES], const inb_stored_hit **ret_hits,
    size_t *ret_count, inb_error *err) INB_NODISCARD;

// Every parting, in order of its numbers.
inb_status inb_store_partings(inb_store *store, inb_arena *arena,
    const inb_stored_parting **ret_partings, size_t *ret_count, inb_error *err) INB_NODISCARD;

// Compares `mark` with the one that this store was begun with, and sets it where there is none yet.
// The caller makes it from the key; it tells nothing of it. Outside a group.
inb_status inb_store_key_mark(inb_store *store, const unsigned char mark[INB_STORE_TOKEN_BYTES],
    bool *ret_same, inb_error *err) INB_NODISCARD;

// ---- how long signals stay ----

// The name of the keyring that belongs to this store: `proposed`, a code, where it had none yet.
// Outside a group.
inb_status inb_store_keyring(inb_store *store, const char *proposed,
    char ret_name[INB_STORE_CODE_MOST + 1], inb_error *err) INB_NODISCARD;

// Until when a signal of an older store stays.
typedef inb_date (*inb_store_ending)(
    inb_reporter source, inb_signal_status status, int64_t kept_at, void *payload);
// Gives every signal an end that has none, with one row of the log; without any, no row. O(signals
// without an end), one transaction. *ret_count: how many.
inb_status inb_store_settle(inb_store *store, inb_store_ending ending, void *payload,
    const inb_log_entry *log, int64_t *ret_count, inb_error *err) INB_NODISCARD;

// How many signals end in a month, in order of months. O(signals).
typedef struct inb_stored_end {
    inb_date month;
    int64_t signals;
    int64_t plain; // of these: sealed with the team's key alone, by an older program
} inb_stored_end;
inb_status inb_store_ends(inb_store *store, inb_arena *arena, const inb_stored_end **ret_ends,
    size_t *ret_count, inb_error *err) INB_NODISCARD;

// How many signals have no end yet, and how many are to be looked at again in `month` or before.
inb_status inb_store_terms_due(inb_store *store, inb_date month, int64_t *ret_unsettled,
    int64_t *ret_review, inb_error *err) INB_NODISCARD;

// The keys of the keyring that this store knows of, in order of months. O(signals).
typedef struct inb_stored_bucket {
    int64_t id;
    inb_date month;
    bool erased;
    int64_t signals;
} inb_stored_bucket;
inb_status inb_store_buckets(inb_store *store, inb_arena *arena,
    const inb_stored_bucket **ret_buckets, size_t *ret_count, inb_error *err) INB_NODISCARD;

// Takes what a purge deleted out of the files too, where that was not done yet: every page is
// written anew, and the write-ahead log is brought into the store and cut to nothing. O(bytes), and
// needs room for as much again. *ret_whole = false: another program was reading all the while, and
// the log still holds old pages; it is done again at the next call. Outside a group.
inb_status inb_store_scrub(inb_store *store, bool *ret_whole, inb_error *err) INB_NODISCARD;

// The names of the chains that have rows, in order.
inb_status inb_log_chains(inb_store *store, inb_arena *arena, const char *const **ret_names,
    size_t *ret_count, inb_error *err) INB_NODISCARD;

// A place in a chain of the log, to be kept elsewhere: what stood there then must stand there now.
typedef struct inb_log_anchor {
    int64_t sequence; // 0 = an empty chain
    unsigned char hash[INB_STORE_HASH_BYTES];
} inb_log_anchor;

typedef enum inb_log_fault {
    INB_LOG_WHOLE,
    INB_LOG_ALTERED,   // this row, or one before it that was hashed anew
    INB_LOG_MISSING,   // this row is gone
    INB_LOG_REORDERED, // this row stood elsewhere
    INB_LOG_CUT        // rows from here to the anchor are gone
} inb_log_fault;

typedef struct inb_log_verdict {
    inb_log_fault fault;
    int64_t sequence;    // of the first row that is wrong, 0 where the chain is whole
    int64_t rows;        // that were right before it
    inb_log_anchor head; // the last right row
} inb_log_verdict;

// The end of a chain (NULL = our own).
inb_status inb_log_head(
    inb_store *store, const char *chain, inb_log_anchor *ret_anchor, inb_error *err) INB_NODISCARD;
// Walks a chain (NULL = our own) and tells the first row that is wrong. Without an anchor (NULL)
// nobody can see that the end was cut off, nor that everything was hashed anew. O(rows).
inb_status inb_log_verify(inb_store *store, const char *chain, const inb_log_anchor *anchor,
    inb_log_verdict *ret_verdict, inb_error *err) INB_NODISCARD;
const char *inb_log_fault_text(inb_log_fault fault); // static, English

// One thread that writes for all: work that comes in together is committed together, so that the
// disk is waited for once. It has a connection of its own.
typedef struct inb_writer inb_writer;

// Called on the writer's thread when the work is durable, or has failed. message: "" or why.
typedef void (*inb_work_done)(
    inb_status status, const char *message, uint32_t version, void *payload);

inb_status inb_writer_new(const char *where, const inb_store_options *options,
    inb_writer **ret_writer, inb_error *err) INB_NODISCARD;
// Hands in work; it is borrowed until `done` was called, which happens exactly once unless this
// fails: INB_UNAVAILABLE when 4,096 pieces wait. Any thread; never waits on the disk.
inb_status inb_writer_add(inb_writer *writer, const inb_work *work, inb_work_done done,
    void *payload, inb_error *err) INB_NODISCARD;
// The same, and waits until it is durable. Not on the writer's own thread.
inb_status inb_writer_wait(
    inb_writer *writer, const inb_work *work, uint32_t *ret_version, inb_error *err) INB_NODISCARD;
// Writes what waits, then ends the thread. Accepts NULL. Nobody may hand in work any more.
void inb_writer_free(inb_writer *writer);
void inb_writer_freep(inb_writer **writer);

#ifdef __cplusplus
}
#endif
#endif
