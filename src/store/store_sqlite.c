// SPDX-License-Identifier: EUPL-1.2
// The store on SQLite: one file beside its write-ahead log, readable by its owner alone. Each
// commit waits for the disk (synchronous=FULL), what is deleted is overwritten, nothing goes to
// temporary files but while pages are written anew. The only file that speaks to SQLite.

#include "store_i.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    APPLICATION = 0x696e6264, // "inbd"
    BUSY_MS = 10000,
    PATH_MOST = 3900 // below PATH_MAX, with "-wal" behind it
};

struct connection {
    sqlite3 *database;
    sqlite3_stmt *statements[INB_QUERY_COUNT]; // prepared at first use
    char path[PATH_MOST + 3];
};

static void sqlite_close(void *payload) {
    struct connection *c = payload;
    if (c == NULL) {
        return;
    }
    for (size_t i = 0; i < INB_QUERY_COUNT; i++) {
        (void)sqlite3_finalize(c->statements[i]);
    }
    (void)sqlite3_close(c->database);
    inb_free(c);
}

static void close_on_failure(struct connection **c) {
    sqlite_close(*c);
}

// A failure in words. sqlite3_errmsg is not shown: it can quote.
static inb_status complain(const struct connection *c, int code, inb_error *err) {
    int own = errno; // cleared before each call: of its log SQLite keeps no reason itself
    int reason = c->database == NULL ? 0 : sqlite3_system_errno(c->database);
    reason = reason == 0 ? own : reason;
    bool no_room = reason == ENOSPC || reason == EFBIG || reason == EDQUOT;
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return inb_fail(err, INB_NO_MEMORY, "no memory for the store");
    case SQLITE_FULL:
        return inb_fail(
            err, INB_IO, "%s: no room left on the disk; what was to be kept is not kept", c->path);
    case SQLITE_IOERR:
        if (no_room) {
            return inb_fail(err, INB_IO,
                "%s: no room left on the disk; what was to be kept is not kept", c->path);
        }
        return inb_fail(err, INB_IO, "%s: the disk failed: %s", c->path,
            reason == 0 ? sqlite3_errstr(code) : strerror(reason));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return inb_fail(err, INB_UNAVAILABLE,
            "%s: another program has been writing in the store for more than %d seconds", c->path,
            BUSY_MS / 1000);
    case SQLITE_NOTADB:
        return inb_fail(
            err, INB_BAD_INPUT, "%s: found something else, expected a store of inbeeld", c->path);
    case SQLITE_CORRUPT:
        return inb_fail(err, INB_IO, "%s: the store is damaged; restore a backup", c->path);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
        return inb_fail(err, INB_IO, "%s: the store cannot be opened for writing", c->path);
    default:
        return inb_fail(err, INB_IO, "%s: the store failed: %s", c->path, sqlite3_errstr(code));
    }
}

static inb_status sqlite_script(void *payload, const char *sql, inb_error *err) {
    struct connection *c = payload;
    errno = 0;
    int code = sqlite3_exec(c->database, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? INB_OK : complain(c, code, err);
}

// The one integer that a pragma or query gives.
static inb_status number_of(
    struct connection *c, const char *sql, int64_t *ret_number, inb_error *err) {
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(c->database, sql, -1, &statement, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_step(statement);
    }
    if (code == SQLITE_ROW) {
        *ret_number = sqlite3_column_int64(statement, 0);
    }
    (void)sqlite3_finalize(statement);
    return code == SQLITE_ROW ? INB_OK : complain(c, code, err);
}

static inb_status sqlite_schema(void *payload, int *ret_schema, inb_error *err) {
    int64_t schema = 0;
    INB_TRY(number_of(payload, "pragma user_version", &schema, err));
    *ret_schema = (int)schema;
    return INB_OK;
}

static inb_status sqlite_set_schema(void *payload, int schema, inb_error *err) {
    char sql[96];
    (void)snprintf(sql, sizeof sql, "pragma application_id = %d; pragma user_version = %d;",
        APPLICATION, schema);
    return sqlite_script(payload, sql, err);
}

// Makes an empty file that only we can read, unless something stands there. The descriptor is of a
// file that nobody else has yet: closing one of a file in use would drop SQLite's locks.
static inb_status make_file(const char *path, inb_error *err) {
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        return errno == EEXIST ? INB_OK
                               : inb_fail(err, INB_IO, "%s: the store cannot be made: %s", path,
                                     strerror(errno));
    }
    bool kept = fsync(file) == 0;
    (void)close(file);
    char folder[PATH_MOST + 3];
    (void)snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    slash[slash == folder ? 1 : 0] = '\0';
    int directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    kept = kept && directory >= 0 && fsync(directory) == 0;
    if (directory >= 0) {
        (void)close(directory);
    }
    return kept ? INB_OK : inb_fail(err, INB_IO, "%s: the store cannot be made", path);
}

static inb_status check_file(const char *path, inb_error *err) {
    struct stat info;
    if (stat(path, &info) != 0) {
        return errno == ENOENT
                   ? inb_fail(err, INB_NOT_FOUND, "%s: there is no store here", path)
                   : inb_fail(err, INB_IO, "%s: cannot be looked at: %s", path, strerror(errno));
    }
    if (!S_ISREG(info.st_mode)) {
        return inb_fail(
            err, INB_BAD_INPUT, "%s: found no plain file, expected a store of inbeeld", path);
    }
    if ((info.st_mode & 077) != 0) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s: found a store that others can use (mode %03o), expected mode 600", path,
            (unsigned)(info.st_mode & 0777));
    }
    return INB_OK;
}

// Ours, or with nothing in it; looked at before anything is changed.
static inb_status check_content(struct connection *c, bool create, inb_error *err) {
    int64_t application = 0;
    int64_t tables = 0;
    INB_TRY(number_of(c, "pragma application_id", &application, err));
    if (application == APPLICATION) {
        return INB_OK;
    }
    INB_TRY(number_of(c, "select count(*) from sqlite_schema", &tables, err));
    if (application != 0 || tables != 0) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s: found a database of another program, expected a store of inbeeld", c->path);
    }
    if (!create) {
        return inb_fail(
            err, INB_BAD_INPUT, "%s: found an empty file, expected a store of inbeeld", c->path);
    }
    return INB_OK;
}

// The switch to a write-ahead log needs the file for itself for a moment and does not wait by
// itself, so it is tried again while others open.
static inb_status use_wal(struct connection *c, inb_error *err) {
    int code = SQLITE_BUSY;
    for (int turn = 0; turn < 200 && (code & 0xff) == SQLITE_BUSY; turn++) {
        if (turn > 0) {
            (void)sqlite3_sleep(10);
        }
        sqlite3_stmt *statement = NULL;
        code = sqlite3_prepare_v2(c->database, "pragma journal_mode = wal", -1, &statement, NULL);
        if (code == SQLITE_OK) {
            code = sqlite3_step(statement);
        }
        bool wal = code == SQLITE_ROW &&
                   strcmp((const char *)sqlite3_column_text(statement, 0), "wal") == 0;
        (void)sqlite3_finalize(statement);
        if (wal) {
            return INB_OK;
        }
    }
    if (code == SQLITE_ROW) {
        return inb_fail(err, INB_UNAVAILABLE,
            "%s: this file system cannot carry a store (it shares no memory between programs)",
            c->path);
    }
    return complain(c, code, err);
}

// Where a copy stands while pages are written anew: beside the store, without a name, gone with the
// process. One place for the whole program, as SQLite has it.
static pthread_once_t temporary_once = PTHREAD_ONCE_INIT;
static _Thread_local const char *temporary_path;

static void choose_temporary(void) {
    const char *slash = strrchr(temporary_path, '/');
    int length = slash == temporary_path ? 1 : (int)(slash - temporary_path);
    sqlite3_temp_directory = sqlite3_mprintf("%.*s", length, temporary_path);
}

static inb_status settle(struct connection *c, bool create, inb_error *err) {
    (void)sqlite3_extended_result_codes(c->database, 1);
    (void)sqlite3_busy_timeout(c->database, BUSY_MS);
    temporary_path = c->path;
    (void)pthread_once(&temporary_once, choose_temporary);
    (void)sqlite3_db_config(c->database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(c->database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    INB_TRY(check_content(c, create, err));
    INB_TRY(use_wal(c, err));
    return sqlite_script(c,
        "pragma synchronous = full; pragma secure_delete = on; pragma foreign_keys = on;"
        "pragma temp_store = memory; pragma cell_size_check = on;"
        "pragma journal_size_limit = 16777216;",
        err);
}

static inb_status sqlite_open(
    const char *path, bool create, void **ret_connection, inb_error *err) {
    INB_CLEANUP(close_on_failure) struct connection *c = inb_alloc(1, sizeof *c);
    if (c == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the store");
    }
    if (path[0] == '\0' || strlen(path) >= PATH_MOST) {
        return inb_fail(err, INB_USAGE, "found no path or one that is too long after sqlite:");
    }
    // "./" so that no name means something to SQLite (":memory:", "file:…").
    (void)snprintf(c->path, sizeof c->path, "%s%s", path[0] == '/' ? "" : "./", path);
    if (create) {
        INB_TRY(make_file(c->path, err));
    }
    INB_TRY(check_file(c->path, err));
    int code = sqlite3_open_v2(c->path, &c->database,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
    if (code != SQLITE_OK) {
        return complain(c, code, err);
    }
    INB_TRY(settle(c, create, err));
    *ret_connection = INB_TAKE(c);
    return INB_OK;
}

static inb_status sqlite_begin(void *payload, bool write, inb_error *err) {
    return sqlite_script(payload, write ? "begin immediate" : "begin", err);
}

static bool sqlite_inside(void *payload) {
    struct connection *c = payload;
    return sqlite3_get_autocommit(c->database) == 0;
}

static void sqlite_rollback(void *payload) {
    struct connection *c = payload;
    if (sqlite_inside(c)) { // a full disk may have done it already
        (void)sqlite3_exec(c->database, "rollback", NULL, NULL, NULL);
    }
}

static inb_status sqlite_commit(void *payload, inb_error *err) {
    inb_status status = sqlite_script(payload, "commit", err);
    if (status != INB_OK) {
        sqlite_rollback(payload);
    }
    return status;
}

// Overwriting what is deleted (secure_delete) leaves copies of rows that once stood on another
// place of a page, so every page is written anew (measured: docs/methods/keeping.md). Then the log
// is copied into the file and cut to nothing, for which nobody may read; waits as for any lock.
static inb_status sqlite_scrub(void *payload, bool *ret_whole, inb_error *err) {
    struct connection *c = payload;
    int64_t busy = 1;
    inb_status status = sqlite_script(c, "pragma temp_store = file; vacuum;", err);
    INB_TRY(sqlite_script(c, "pragma temp_store = memory;", status == INB_OK ? err : NULL));
    INB_TRY(status);
    errno = 0;
    INB_TRY(number_of(c, "pragma wal_checkpoint(truncate)", &busy, err));
    *ret_whole = busy == 0;
    return INB_OK;
}

static int bind(sqlite3_stmt *statement, int at, const inb_value *value) {
    switch (value->kind) {
    case INB_VALUE_INTEGER:
        return sqlite3_bind_int64(statement, at, value->integer);
    case INB_VALUE_TEXT:
        return sqlite3_bind_text64(
            statement, at, value->data, value->length, SQLITE_STATIC, SQLITE_UTF8);
    case INB_VALUE_BYTES:
        return sqlite3_bind_blob64(statement, at, value->data, value->length, SQLITE_STATIC);
    case INB_VALUE_NULL:
        break;
    }
    return sqlite3_bind_null(statement, at);
}

static void sqlite_end(void *payload, inb_query query) {
    struct connection *c = payload;
    (void)sqlite3_reset(c->statements[query]);
    (void)sqlite3_clear_bindings(c->statements[query]);
}

static inb_status sqlite_start(
    void *payload, inb_query query, const inb_value *values, size_t count, inb_error *err) {
    struct connection *c = payload;
    sqlite3_stmt **statement = &c->statements[query];
    if (*statement == NULL) {
        const char *sql = NULL;
        size_t length = 0;
        INB_TRY(inb_i_query(query, &sql, &length, err));
        int code = sqlite3_prepare_v3(
            c->database, sql, (int)length, SQLITE_PREPARE_PERSISTENT, statement, NULL);
        if (code != SQLITE_OK) {
            return complain(c, code, err);
        }
    }
    sqlite_end(c, query);
    for (size_t i = 0; i < count; i++) {
        // By name: SQLite numbers $2 by where it first stands, not by its digit.
        char name[24];
        (void)snprintf(name, sizeof name, "$%zu", i + 1);
        int at = sqlite3_bind_parameter_index(*statement, name);
        int code = at == 0 ? SQLITE_RANGE : bind(*statement, at, &values[i]);
        if (code != SQLITE_OK) {
            sqlite_end(c, query);
            return complain(c, code, err);
        }
    }
    return INB_OK;
}

static inb_status sqlite_next(void *payload, inb_query query, bool *ret_row, inb_error *err) {
    struct connection *c = payload;
    errno = 0;
    int code = sqlite3_step(c->statements[query]);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        inb_status status = complain(c, code, err);
        sqlite_end(c, query);
        return status;
    }
    *ret_row = code == SQLITE_ROW;
    return INB_OK;
}

static inb_value sqlite_column(void *payload, inb_query query, int column) {
    struct connection *c = payload;
    sqlite3_stmt *statement = c->statements[query];
    inb_value value = {.kind = INB_VALUE_NULL};
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        value.kind = INB_VALUE_INTEGER;
        value.integer = sqlite3_column_int64(statement, column);
        break;
    case SQLITE_TEXT:
        value.kind = INB_VALUE_TEXT;
        value.data = sqlite3_column_text(statement, column);
        value.length = (size_t)sqlite3_column_bytes(statement, column);
        break;
    case SQLITE_BLOB:
        value.kind = INB_VALUE_BYTES;
        value.data = sqlite3_column_blob(statement, column);
        value.length = (size_t)sqlite3_column_bytes(statement, column);
        break;
    default:
        break;
    }
    return value;
}

const inb_driver inb_i_driver_sqlite = {
    .scheme = "sqlite:",
    .open = sqlite_open,
    .close = sqlite_close,
    .schema = sqlite_schema,
    .set_schema = sqlite_set_schema,
    .script = sqlite_script,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .scrub = sqlite_scrub,
    .inside = sqlite_inside,
    .start = sqlite_start,
    .next = sqlite_next,
    .column = sqlite_column,
    .end = sqlite_end,
};
