// SPDX-License-Identifier: EUPL-1.2
// Versions of the schema: step i takes a store from version i to i + 1. All steps that a store
// lacks are done in one transaction, so that a store is never between two versions.

#include "store_i.h"

#include "base/assets.h"

static const char *const files[] = {"src/store/sql/schema_0001.sql",
    "src/store/sql/schema_0002.sql", "src/store/sql/schema_0003.sql",
    "src/store/sql/schema_0004.sql", "src/store/sql/schema_0005.sql"};
enum { STEPS = sizeof files / sizeof files[0] };

inb_status inb_i_migrations(const inb_migration **ret_steps, size_t *ret_count, inb_error *err) {
    static _Thread_local inb_migration steps[STEPS]; // pointers into the program, no state
    for (size_t i = 0; i < STEPS; i++) {
        const inb_asset *file = inb_asset_find(files[i]);
        if (file == NULL) {
            return inb_fail(err, INB_INTERNAL, "the program lacks its file %s", files[i]);
        }
        steps[i].sql = file->data;
    }
    *ret_steps = steps;
    *ret_count = STEPS;
    return INB_OK;
}

inb_status inb_i_newer(const char *where, int schema, int known, inb_error *err) {
    return inb_fail(err, INB_BAD_INPUT,
        "%s: this store was written by a newer inbeeld (schema %d; this program knows schemas up "
        "to %d); it was left as it is, use the newer program",
        where, schema, known);
}

// Inside the transaction: somebody else may have been first.
static inb_status steps_from(const inb_driver *driver, void *connection, const char *where,
    const inb_migration *steps, size_t count, int *ret_schema, inb_error *err) {
    int schema = 0;
    INB_TRY(driver->schema(connection, &schema, err));
    if (schema > (int)count) {
        return inb_i_newer(where, schema, (int)count, err);
    }
    for (size_t i = (size_t)schema; i < count; i++) {
        INB_TRY(driver->script(connection, steps[i].sql, err));
    }
    if (schema < (int)count) {
        INB_TRY(driver->set_schema(connection, (int)count, err));
    }
    *ret_schema = (int)count;
    return INB_OK;
}

inb_status inb_i_migrate(const inb_driver *driver, void *connection, const char *where,
    const inb_migration *steps, size_t count, int *ret_schema, inb_error *err) {
    int schema = 0;
    INB_TRY(driver->schema(connection, &schema, err));
    if (schema > (int)count) {
        return inb_i_newer(where, schema, (int)count, err);
    }
    if (schema == (int)count) {
        *ret_schema = schema;
        return INB_OK;
    }
    INB_TRY(driver->begin(connection, true, err));
    inb_status status = steps_from(driver, connection, where, steps, count, &schema, err);
    if (status == INB_OK) {
        status = driver->commit(connection, err);
    }
    if (status != INB_OK) {
        driver->rollback(connection);
        return status;
    }
    *ret_schema = schema;
    return INB_OK;
}
