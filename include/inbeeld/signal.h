// SPDX-License-Identifier: EUPL-1.2
// Station 1, observe: a signal is what one reporter saw, once. Persons with their roles, what was
// observed about each, circumstances, and things that can be found again (agency, address, vehicle,
// phone, handle). Codes and file forms: design, "SIGNAL.json".
//
// A signal is a value in an arena. Fields marked (sealed) identify a person or are free text: they
// leave memory only through seal, never in a log, an error or an URL. NULL = not told.
#ifndef INBEELD_SIGNAL_H
#define INBEELD_SIGNAL_H

#include <inbeeld/arena.h>
#include <inbeeld/date.h>
#include <inbeeld/observe.h>
#include <inbeeld/status.h>

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
    const char *ref;         // "a", unique within the signal
    inb_age age;             // on the day it was seen
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
    const char *value; // (sealed)
    const char *kvk;   // (sealed) chamber of commerce number of an agency or employer
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
    inb_date seen;            // when it was seen, as far as known
    inb_date noted;           // when it was written down
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
// '[' = JSON), in memory that does not grow with the file.
typedef struct inb_signal_reader inb_signal_reader;

// map: path of an ini file with [columns] ours = theirs and [values.FIELD] theirs = ours, or NULL.
inb_status inb_signal_reader_open(const char *path, const char *map, inb_known_id known,
    void *payload, inb_signal_reader **ret_reader, inb_error *err) INB_NODISCARD;
void inb_signal_reader_free(inb_signal_reader *reader); // accepts NULL
void inb_signal_reader_freep(inb_signal_reader **reader);

// The next signal, borrowed until the next call; *ret_signal = NULL at the end. A wrong signal is
// INB_BAD_INPUT with "file:line:column: found …, expected …"; reading may go on after it with the
// next one, where the file's form allows (`inb_signal_reader_can_go_on`).
inb_status inb_signal_reader_next(
    inb_signal_reader *reader, const inb_signal **ret_signal, inb_error *err) INB_NODISCARD;
bool inb_signal_reader_can_go_on(const inb_signal_reader *reader);

// The rows (CSV) or the value (JSON) of the last signal as they stood in the file, for --skip-bad.
const char *inb_signal_reader_raw(const inb_signal_reader *reader, size_t *ret_length);
// The header row of a CSV file as it stood, NULL for JSON.
const char *inb_signal_reader_header(const inb_signal_reader *reader);

const char *inb_party_kind_code(inb_party_kind kind);
const char *inb_signal_status_code(inb_signal_status status);
int inb_party_kind_parse(const char *code, size_t length);    // -1 where there is none
int inb_signal_status_parse(const char *code, size_t length); // -1 where there is none

#ifdef __cplusplus
}
#endif
#endif
