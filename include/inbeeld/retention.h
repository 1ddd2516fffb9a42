// SPDX-License-Identifier: EUPL-1.2
// Retention: until when a kept signal stays, and that it goes then. The terms are data (terms.csv):
// a row for each kind of reporter whose law says something else, and one for all others. A signal
// ends with the last whole month that lies within its term, counted from when it was kept,
// corrected or passed on; where nothing came of it (no person in it shows an element, or it was
// retracted) the short term holds. A hold, with a reason and an owner, lets it stay longer.
//
// Letting go, in this order, so that a stop at any moment is made good by doing it again:
// 1. in one transaction a month: every row of its signals goes, its keys are marked as erased, and
//    the receipt is written (a row of the log: the month, and how many);
// 2. the write-ahead log is brought into the store and cut to nothing;
// 3. the keys go from the keyring, and with them what copies of the store still hold.
#ifndef INBEELD_RETENTION_H
#define INBEELD_RETENTION_H

#include <inbeeld/keyring.h>
#include <inbeeld/road.h>

#ifdef __cplusplus
extern "C" {
#endif

// ---- terms ----

typedef struct inb_term {
    int months;         // at most; from 1
    int months_nothing; // where nothing came of it; from 1, at most `months`
    const char *basis;  // why, in words
    const char *law;
    const char *as_of;  // "2026-11"
    const char *review; // by whom it was read
} inb_term;

typedef struct inb_terms inb_terms;

// Reads a table of terms; path NULL = the one in this program. INB_BAD_INPUT: a reporter that is
// none or stands twice, no row "*", months out of 1..600, an empty field. Owner: the caller.
inb_status inb_terms_load(const char *path, inb_terms **ret_terms, inb_error *err) INB_NODISCARD;
void inb_terms_free(inb_terms *terms); // accepts NULL
void inb_terms_freep(inb_terms **terms);
const inb_term *inb_terms_of(const inb_terms *terms, inb_reporter reporter);

// `month` (its day is not read) and so many months on; its day is 0.
inb_date inb_month_after(inb_date month, int months);
// Whether the first month is before the second.
bool inb_month_before(inb_date one, inb_date other);

// The last whole month of a term that begins on `today`.
inb_date inb_term_end(const inb_term *term, bool nothing, inb_date today);

// The month by which the first of the persons who are minors is eighteen for certain, from the age
// in years that was told, or from a birth date no finer than that: a month of birth is not to be
// had from it. Year 0: no minor, or no age in years.
inb_date inb_review_month(const inb_signal *signal, inb_date today);

// Until when a signal that is kept today stays: for a page, before it is kept.
inb_date inb_road_would_end(
    const inb_road *road, const inb_signal *signal, inb_date today, bool passed_on);

// ---- one signal ----

enum { INB_HOLD_MONTHS_MOST = 120 };

// Lets a signal stay until `until` (a month, later than it ends, at most 120 months on). reason and
// owner are codes and stand in the log; a signal has one hold at most. As INB_BAD_INPUT in `done`:
// held already, or changed in the meantime.
inb_status inb_road_hold(inb_road *road, const inb_road_actor *actor, const char *id,
    const char *reason, const char *owner, inb_date until, inb_work_done done, void *payload,
    inb_error *err) INB_NODISCARD;
// Lifts it: the signal ends when it would have, this month at the earliest.
inb_status inb_road_release(inb_road *road, const inb_road_actor *actor, const char *id,
    inb_work_done done, void *payload, inb_error *err) INB_NODISCARD;
// Somebody looked at it again and it stays until its end.
inb_status inb_road_reviewed(inb_road *road, const inb_road_actor *actor, const char *id,
    inb_work_done done, void *payload, inb_error *err) INB_NODISCARD;

// What is open of a signal, its end, review and hold among it: with a ticket for INB_ROAD_TERM and
// its id, also where its key was erased. Without parts.
inb_status inb_road_term(inb_road *road, inb_ticket *ticket, inb_arena *arena,
    const inb_stored_signal **ret_signal, inb_error *err) INB_NODISCARD;

// ---- all that has ended ----

typedef struct inb_purge_options {
    inb_date until; // the last month to take; year 0 = the one before this month
    bool early;     // `until` may be this month or later: signals go before their end
    bool dry_run;   // only tells
} inb_purge_options;

typedef struct inb_purge_month {
    inb_date month;
    int64_t signals;
} inb_purge_month;

enum { INB_PURGE_MONTHS_MOST = 1024 };

typedef struct inb_purge_report {
    inb_purge_month months[INB_PURGE_MONTHS_MOST]; // in order; those without signals are left out
    size_t month_count;
    int64_t signals; // that went
    int64_t remains; // of these: rows of signals whose key had been erased already (an old backup)
    int64_t settled; // of an older store, that got an end
    size_t keys;     // erased from the keyring
    bool scrubbed;   // false: another program was reading; the write-ahead log keeps old pages
} inb_purge_report;

// Lets go of what has ended before the month of actor->now. INB_USAGE: a month that is not over,
// without `early`. Not on the writer's thread. What fails is made good by calling it again.
inb_status inb_road_purge(inb_road *road, const inb_road_actor *actor,
    const inb_purge_options *options, inb_purge_report *ret_report, inb_error *err) INB_NODISCARD;

// ---- the keyring of a store ----

// The folder of the road's keyring: all that a locked program must reach beside the store.
const char *inb_road_rings(const inb_road *road);

// The keyring that belongs to a store. `key` is the path of the team's key file, `team` what it
// holds, borrowed as by inb_keyring_open. A ring is made where the store has kept nothing under one
// yet; otherwise INB_NOT_FOUND says that it is lacking.
inb_status inb_keyring_of_store(inb_store *store, const char *key, const inb_keys *team,
    inb_keyring **ret_ring, inb_error *err) INB_NODISCARD;

// How store and keyring fit.
typedef struct inb_keyring_fit {
    int64_t erased;  // signals whose key was erased: of an old backup
    int64_t lacking; // signals whose key this ring never had: an old copy of the ring
    int64_t plain;   // signals that are sealed with the team's key alone
    size_t keys;     // that stand
    size_t overdue;  // keys that stand though the store has let go of what went with them
} inb_keyring_fit;
inb_status inb_keyring_compare(
    inb_store *store, inb_keyring *ring, inb_keyring_fit *ret_fit, inb_error *err) INB_NODISCARD;

#ifdef __cplusplus
}
#endif
#endif
