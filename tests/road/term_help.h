// SPDX-License-Identifier: EUPL-1.2
// Signals with an end, on a clock that a test moves: what is handed in without a writer is done
// when the call returns.
#ifndef INB_TERM_HELP_H
#define INB_TERM_HELP_H

#include "road_help.h"

#include <inbeeld/retention.h>

#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>

struct term_outcome {
    inb_status status;
    uint32_t version;
    char message[400];
};

static inline void term_told(
    inb_status status, const char *message, uint32_t version, void *payload) {
    struct term_outcome *outcome = payload;
    outcome->status = status;
    outcome->version = version;
    snprintf(outcome->message, sizeof outcome->message, "%s", message);
}

// `call` uses term_told and &o.
#define TERM_DONE(call, wanted)                                                                    \
    do {                                                                                           \
        struct term_outcome o = {.status = INB_INTERNAL};                                          \
        INB_OK_IS(call);                                                                           \
        ck_assert_msg(o.status == (wanted), "%s gave %d: %s", #call, (int)o.status, o.message);    \
    } while (0)

static inline inb_road *term_open(void) {
    inb_road_options options = road_options();
    options.writer = false;
    inb_road *road = NULL;
    INB_OK_IS(inb_road_open(&options, &road, err));
    return road;
}

enum { TERM_DAY = 86400 };

static inline inb_road_actor term_actor(int64_t days) {
    inb_road_actor actor = road_actor;
    actor.now += days * TERM_DAY;
    return actor;
}

static inline void term_keep(inb_road *road, const char *id) {
    inb_signal signal = road_signal(id);
    TERM_DONE(inb_road_keep(road, &road_actor, &signal, NULL, term_told, &o, err), INB_OK);
}

// Reads a signal: whether it opens.
static inline inb_status term_read(
    inb_road *road, inb_arena *arena, const char *id, inb_road_signal *ret_signal, inb_error *err) {
    inb_ticket *ticket = NULL;
    INB_TRY(inb_road_ask_wait(road, &road_actor, INB_ROAD_READ, id, &ticket, err));
    inb_status status = inb_road_read(road, ticket, arena, 0, ret_signal, err);
    inb_ticket_free(ticket);
    return status;
}

// Lets go of all that has ended `days` after ROAD_NOW.
static inline inb_purge_report term_purge(inb_road *road, int64_t days) {
    static inb_purge_report report;
    const inb_purge_options options = {.early = false};
    inb_road_actor actor = term_actor(days);
    INB_OK_IS(inb_road_purge(road, &actor, &options, &report, err));
    return report;
}

static inline int64_t term_number(const char *path, const char *sql) {
    sqlite3 *database = NULL;
    sqlite3_stmt *statement = NULL;
    ck_assert_int_eq(sqlite3_open(path, &database), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(database, sql, -1, &statement, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(statement, 0);
    ck_assert_int_eq(sqlite3_finalize(statement), SQLITE_OK);
    ck_assert_int_eq(sqlite3_close(database), SQLITE_OK);
    return value;
}

// A backup as SQLite makes one, beside the store: "s.db" to `name`.
static inline void term_backup(const char *name) {
    sqlite3 *database = NULL;
    char sql[256];
    char path[128];
    snprintf(path, sizeof path, "%s/%s", road_folder, name);
    (void)unlink(path);
    snprintf(sql, sizeof sql, "vacuum into '%s'", path);
    ck_assert_int_eq(sqlite3_open(road_store, &database), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_close(database), SQLITE_OK);
}

// Puts a backup in the place of the store.
static inline void term_restore(const char *name) {
    static const char *const ends[] = {"-wal", "-shm"};
    char path[160];
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s%s", road_store, ends[i]);
        (void)unlink(path);
    }
    snprintf(path, sizeof path, "%s/%s", road_folder, name);
    ck_assert_int_eq(rename(path, road_store), 0);
    ck_assert_int_eq(chmod(road_store, 0600), 0);
}

#endif
