// SPDX-License-Identifier: EUPL-1.2
// What both engines share: opening by address, transactions, and a piece of work with its row of
// the log, both or neither.

#include "store_i.h"

#include "base/alloc.h"

#include <stdio.h>
#include <string.h>

static const inb_driver *const drivers[] = {&inb_i_driver_sqlite};

inb_value inb_i_value_integer(int64_t integer) {
    return (inb_value){.kind = INB_VALUE_INTEGER, .integer = integer};
}

inb_value inb_i_value_text(const char *text) {
    inb_value value = {.kind = INB_VALUE_NULL};
    if (text != NULL) {
        value = (inb_value){.kind = INB_VALUE_TEXT, .data = text, .length = strlen(text)};
    }
    return value;
}

inb_value inb_i_value_bytes(const void *data, size_t length) {
    return (inb_value){.kind = INB_VALUE_BYTES, .data = data, .length = length};
}

inb_status inb_i_run(
    inb_store *store, inb_query query, const inb_value *values, size_t count, inb_error *err) {
    bool row = false;
    INB_TRY(store->driver->start(store->connection, query, values, count, err));
    INB_TRY(store->driver->next(store->connection, query, &row, err));
    store->driver->end(store->connection, query);
    return INB_OK;
}

inb_status inb_store_open(
    const char *where, const inb_store_options *options, inb_store **ret_store, inb_error *err) {
    const inb_driver *driver = NULL;
    for (size_t i = 0; i < sizeof drivers / sizeof drivers[0]; i++) {
        if (strncmp(where, drivers[i]->scheme, strlen(drivers[i]->scheme)) == 0) {
            driver = drivers[i];
        }
    }
    if (driver == NULL) {
        return inb_fail(err, INB_USAGE, "found another address of a store, expected sqlite:PATH");
    }
    const char *chain = options->chain == NULL ? "main" : options->chain;
    if (options->hash == NULL || !inb_i_is_code(chain)) {
        return inb_fail(err, INB_INTERNAL, "a store needs a hash, and a code as name of its chain");
    }
    const inb_migration *steps = NULL;
    size_t step_count = 0;
    INB_TRY(inb_i_migrations(&steps, &step_count, err));
    INB_CLEANUP(inb_store_freep) inb_store *store = inb_alloc(1, sizeof *store);
    if (store == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the store");
    }
    store->driver = driver;
    store->hash = options->hash;
    memcpy(store->chain, chain, strlen(chain) + 1);
    const char *path = where + strlen(driver->scheme);
    INB_TRY(driver->open(path, options->create, &store->connection, err));
    INB_TRY(inb_i_migrate(driver, store->connection, path, steps, step_count, &store->schema, err));
    *ret_store = INB_TAKE(store);
    return INB_OK;
}

void inb_store_free(inb_store *store) {
    if (store == NULL) {
        return;
    }
    store->driver->close(store->connection);
    inb_free(store);
}

void inb_store_freep(inb_store **store) {
    inb_store_free(*store);
}

int inb_store_schema(const inb_store *store) {
    return store->schema;
}

inb_status inb_store_note(inb_store *store, const inb_log_entry *entry, inb_error *err) {
    return store->driver->inside(store->connection)
               ? inb_i_log_add(store, entry, err)
               : inb_fail(err, INB_INTERNAL, "a row of the log outside a group");
}

inb_status inb_store_begin(inb_store *store, inb_error *err) {
    if (store->driver->inside(store->connection)) {
        return inb_fail(err, INB_INTERNAL, "a group of work was begun twice");
    }
    INB_TRY(store->driver->begin(store->connection, true, err));
    // A newer program may have changed the store while we had it open.
    int schema = 0;
    inb_status status = store->driver->schema(store->connection, &schema, err);
    if (status == INB_OK && schema != store->schema) {
        status = inb_i_newer("the store", schema, store->schema, err);
    }
    if (status != INB_OK) {
        store->driver->rollback(store->connection);
    }
    return status;
}

inb_status inb_store_commit(inb_store *store, inb_error *err) {
    if (!store->driver->inside(store->connection)) {
        return inb_fail(err, INB_IO, "the store gave this group of work up; nothing was kept");
    }
    return store->driver->commit(store->connection, err);
}

void inb_store_rollback(inb_store *store) {
    store->driver->rollback(store->connection);
}

static inb_status work_and_log(
    inb_store *store, const inb_work *work, uint32_t *ret_version, inb_error *err) {
    int64_t number = 0;
    INB_TRY(inb_i_write_signal(store, work, &number, ret_version, err));
    inb_log_entry row = work->log;
    char went[32];
    if (work->kind == INB_WORK_PURGE) { // the receipt: how many, and nothing of what was in them
        (void)snprintf(
            went, sizeof went, "%u signal%s", (unsigned)*ret_version, *ret_version == 1 ? "" : "s");
        row.purpose = went;
    }
    INB_TRY(inb_i_log_add(store, &row, err));
    return work->then == NULL ? INB_OK
                              : work->then(store, number, *ret_version, work->then_payload, err);
}

inb_status inb_store_apply(
    inb_store *store, const inb_work *work, uint32_t *ret_version, inb_error *err) {
    if (!store->driver->inside(store->connection)) {
        return inb_fail(err, INB_INTERNAL, "work outside a group");
    }
    uint32_t version = 0;
    INB_TRY(inb_i_run(store, INB_QUERY_savepoint, NULL, 0, err));
    inb_status status = work_and_log(store, work, &version, err);
    if (status != INB_OK && store->driver->inside(store->connection)) {
        inb_error second = INB_ERROR_INIT; // the first one is the one to tell
        if (inb_i_run(store, INB_QUERY_undo, NULL, 0, &second) != INB_OK ||
            inb_i_run(store, INB_QUERY_release, NULL, 0, &second) != INB_OK) {
            store->driver->rollback(store->connection); // half a piece of work is worse than none
        }
    }
    INB_TRY(status);
    INB_TRY(inb_i_run(store, INB_QUERY_release, NULL, 0, err));
    if (ret_version != NULL) {
        *ret_version = version;
    }
    return INB_OK;
}

inb_status inb_store_write(
    inb_store *store, const inb_work *work, uint32_t *ret_version, inb_error *err) {
    uint32_t version = 0;
    INB_TRY(inb_store_begin(store, err));
    inb_status status = inb_store_apply(store, work, &version, err);
    if (status != INB_OK) {
        inb_store_rollback(store);
        return status;
    }
    INB_TRY(inb_store_commit(store, err));
    if (ret_version != NULL) {
        *ret_version = version;
    }
    return INB_OK;
}

static inb_status mark_is(inb_store *store, const unsigned char mark[INB_STORE_TOKEN_BYTES],
    bool *ret_found, bool *ret_same, inb_error *err) {
    const inb_driver *driver = store->driver;
    INB_TRY(driver->start(store->connection, INB_QUERY_key_mark_get, NULL, 0, err));
    INB_TRY(driver->next(store->connection, INB_QUERY_key_mark_get, ret_found, err));
    if (*ret_found) {
        inb_value value = driver->column(store->connection, INB_QUERY_key_mark_get, 0);
        *ret_same = value.kind == INB_VALUE_BYTES && value.length == INB_STORE_TOKEN_BYTES &&
                    memcmp(value.data, mark, INB_STORE_TOKEN_BYTES) == 0;
    }
    driver->end(store->connection, INB_QUERY_key_mark_get);
    return INB_OK;
}

inb_status inb_store_key_mark(inb_store *store, const unsigned char mark[INB_STORE_TOKEN_BYTES],
    bool *ret_same, inb_error *err) {
    bool found = false;
    bool same = false;
    INB_TRY(mark_is(store, mark, &found, &same, err));
    if (!found) {
        INB_TRY(inb_store_begin(store, err));
        inb_status status =
            mark_is(store, mark, &found, &same, err); // somebody may have been first
        if (status == INB_OK && !found) {
            const inb_value value = inb_i_value_bytes(mark, INB_STORE_TOKEN_BYTES);
            status = inb_i_run(store, INB_QUERY_key_mark_add, &value, 1, err);
            same = true;
        }
        if (status != INB_OK) {
            inb_store_rollback(store);
            return status;
        }
        INB_TRY(inb_store_commit(store, err));
    }
    *ret_same = same;
    return INB_OK;
}
