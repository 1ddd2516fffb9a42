// SPDX-License-Identifier: EUPL-1.2
// Station 1, observe: a signal is what one reporter saw, once. Persons with their roles, what was
// observed about each, circumstances, and things that can be found again (agency, address, vehicle,
// phone, handle). Codes and file forms: design, "SIGNAL.json".
//
// A signal is a value in an arena. Fields marked (sealed) identify a person or are free text: they
// leave memory only through seal, never in a log, an error or an URL. NULL = not told. An id, a ref
// and an organisation are open: they may not name a person.
#ifndef INBEELD_SIGNAL_H
#define INBEELD_SIGNAL_H

#include <inbeeld/arena.h>
#include <inbeeld/date.h>
#include <inbeeld/observe.h>
#include <inbeeld/status.h>

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { INB_SIGNAL_PERSONS_MOST = 64, INB_SIGNAL_PARTIES_MOST = 64, INB_SIGNAL_TEXT_MOST = 65536 };

typedef enum inb_answer { INB_ANSWER_YES, INB_ANSWER_NO, INB_ANSWER_UNKNOWN } inb_answer;

typedef struct inb_observation {
    const char *id; // "D1-01", of kind indicator
    inb_answer answer;
} inb_observation;

typedef struct inb_person {
    const char *ref;         // "a", unique within the signal; "1", "2" … where none is told
    inb_age age;             // on the day it was seen; from birth_date where only that is told
    uint32_t roles;          // bit per inb_role
    const char *name;        // (sealed) whole name as told
    const char *given_name;  // (sealed)
    const char *prefix;      // (sealed) "van der"
    const char *surname;     // (sealed)
    const char *birth_date;  // (sealed) "2010-03-01", "2010-03" or "2010"
    const char *sex;         // as told, for counting only; never weighed
    const char *nationality; // (sealed) only with a ground; never weighed
    const char *phone;       // (sealed)
    const inb_observation *observations;
    size_t observation_count;
    const char *const *circumstances; // ids of kind circumstance
    size_t circumstance_count;
} inb_person;

#define INB_PARTY_KINDS(X)                                                                         \
    X(AGENCY, "agency")                                                                            \
    X(EMPLOYER, "employer")                                                                        \
    X(ADDRESS, "address")                                                                          \
    X(VEHICLE, "vehicle")                                                                          \
    X(PHONE, "phone")                                                                              \
    X(HANDLE, "handle")                                                                            \
    X(ACCOUNT, "account")

typedef enum inb_party_kind {
#define X(name, code) INB_PARTY_##name,
    INB_PARTY_KINDS(X)
#undef X
        INB_PARTY_KIND_COUNT
} inb_party_kind;

typedef struct inb_party {
    inb_party_kind kind;
    const char *value; // (sealed) NULL where an agency or employer is known by its kvk alone
    const char *kvk;   // (sealed) chamber of commerce number of an agency or employer, 8 digits
} inb_party;

#define INB_SIGNAL_STATUSES(X)                                                                     \
    X(KEPT, "kept")                                                                                \
    X(PASSED_ON, "passed_on")                                                                      \
    X(CORRECTED, "corrected")                                                                      \
    X(RETRACTED, "retracted")

typedef enum inb_signal_status {
#define X(name, code) INB_SIGNAL_##name,
    INB_SIGNAL_STATUSES(X)
#undef X
        INB_SIGNAL_STATUS_COUNT
} inb_signal_status;

typedef struct inb_signal {
    const char *id; // the organisation's own, unique within it
    inb_reporter source_kind;
    const char *organisation;
    inb_date seen;            // when it was seen, as far as known; year 0 = not told
    inb_date noted;           // when it was written down; year 0 = not told
    const char *municipality; // "GM0599" or NULL
    const char *place_detail; // (sealed)
    const inb_person *persons;
    size_t person_count;
    const inb_party *parties;
    size_t party_count;
    inb_situation situation;
    const char *text;   // (sealed) free text
    const char *ground; // recorded ground for sharing across regimes, or NULL
} inb_signal;

// Whether an id is known, and of the wanted kind (false: indicator, true: circumstance): observe
// does not know the norm, so whoever reads signals hands this in.
typedef bool (*inb_known_id)(const char *id, size_t length, bool circumstance, void *payload);

// Reads signals one at a time from a CSV or JSON file (by its first byte that is not blank, '{' or
// '[' = JSON). Memory does not grow with the file but for the ids: to see that an id comes back
// later, 64-bit hashes of (organisation, id) are kept, 9 to 19 bytes a signal (a million signals:
// 19 MB at most, and half as much again while the table grows). Two ids that differ are taken for
// the same with a probability below n * n / 2^65.
//
// Complaints are "file:line:column: found …, expected …" with the line of the whole file. Of the
// values of a file they show ids of the norm's shape ("D1-99") and nothing else, so that a name in
// the wrong column, or a file without a header row, tells nobody anything.
typedef struct inb_signal_reader inb_signal_reader;

// map: path of an ini file, or NULL. [columns] ours = theirs renames (CSV: a column of the header
// row; JSON: a key within its object), `- = theirs` leaves a column or key out; [values.FIELD]
// theirs = ours translates values (of observations: ids and answers), empty = not told.
inb_status inb_signal_reader_open(const char *path, const char *map, inb_known_id known,
    void *payload, inb_signal_reader **ret_reader, inb_error *err) INB_NODISCARD;
// The same over bytes in memory (borrowed until inb_signal_reader_free), with the NUL-ended text of
// a map or NULL; `name` is used in complaints.
inb_status inb_signal_reader_open_memory(const char *name, const char *data, size_t length,
    const char *map_text, inb_known_id known, void *payload, inb_signal_reader **ret_reader,
    inb_error *err) INB_NODISCARD;
void inb_signal_reader_free(inb_signal_reader *reader); // accepts NULL
void inb_signal_reader_freep(inb_signal_reader **reader);

// The next signal, borrowed until the next call; *ret_signal = NULL at the end. A wrong signal is
// INB_BAD_INPUT with a complaint; reading may go on after it with the next one, where the file's
// form allows (`inb_signal_reader_can_go_on`: not after an unclosed quote or bracket).
inb_status inb_signal_reader_next(
    inb_signal_reader *reader, const inb_signal **ret_signal, inb_error *err) INB_NODISCARD;
bool inb_signal_reader_can_go_on(const inb_signal_reader *reader);

// The verdict on citizen service numbers, after the last signal: INB_BAD_INPUT where a field held
// nine-digit values of which at least half of twenty or more (all, of fewer) pass the eleven-test.
// Nothing of a file may be kept before this was asked: `inb_signal_scan` first.
inb_status inb_signal_reader_finish(const inb_signal_reader *reader, inb_error *err) INB_NODISCARD;

// The rows (CSV) or the value (JSON) of the last signal as they stood in the file, for --skip-bad:
// bytes in the file's own encoding. NULL where they cannot be had: before the first signal, a pipe,
// or more than 16 MB (CSV) or 4 MB (JSON). Borrowed until the next call on the reader.
const char *inb_signal_reader_raw(inb_signal_reader *reader, size_t *ret_length);
// The header row of a CSV file as it stood, byte order mark and line end included; NULL for JSON.
const char *inb_signal_reader_header(inb_signal_reader *reader);
bool inb_signal_reader_is_json(const inb_signal_reader *reader);
// Line of the file where the last signal, right or wrong, begins; 0 before the first.
size_t inb_signal_reader_line(const inb_signal_reader *reader);
// Bytes of the file behind us, for a progress bar.
uint64_t inb_signal_reader_offset(const inb_signal_reader *reader);

// What a whole file holds.
typedef struct inb_signal_count {
    size_t signals;    // right ones
    size_t persons;    // in those
    size_t bad;        // wrong ones, each of which --skip-bad would leave out
    inb_error first;   // the first complaint, INB_OK where there is none
    bool whole;        // read to the end; false: `last` says where it stopped
    inb_error last;    // why reading could not go on
    inb_error refusal; // of `inb_signal_reader_finish`, INB_OK where there is none
} inb_signal_count;

// Reads a whole file once and keeps nothing: the import may begin where `whole` and no refusal and,
// without --skip-bad, bad = 0. Fails where the file or map cannot be opened or memory is out.
inb_status inb_signal_scan(const char *path, const char *map, inb_known_id known, void *payload,
    inb_signal_count *ret_count, inb_error *err) INB_NODISCARD;

const char *inb_party_kind_code(inb_party_kind kind);
const char *inb_signal_status_code(inb_signal_status status);
int inb_party_kind_parse(const char *code, size_t length);    // -1 where there is none
int inb_signal_status_parse(const char *code, size_t length); // -1 where there is none

#ifdef __cplusplus
}
#endif
#endif
