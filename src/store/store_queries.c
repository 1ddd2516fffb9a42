// SPDX-License-Identifier: EUPL-1.2
// The named queries of sql/queries.sql, embedded in the program: "-- name: NAME" begins one. Both
// engines read the same text.

#include "store_i.h"

#include "base/assets.h"

#include <string.h>

static const char marker[] = "-- name: ";

static const char *const names[] = {
#define X(name) #name,
    INB_QUERIES(X)
#undef X
};

const char *inb_i_query_name(inb_query query) {
    return names[query];
}

bool inb_i_query_in(const char *text, const char *name, const char **ret_sql, size_t *ret_length) {
    size_t name_length = strlen(name);
    for (const char *at = text; (at = strstr(at, marker)) != NULL;) {
        at += sizeof marker - 1;
        if (strncmp(at, name, name_length) == 0 && at[name_length] == '\n') {
            const char *sql = at + name_length + 1;
            const char *end = strstr(sql, marker);
            *ret_sql = sql;
            *ret_length = end == NULL ? strlen(sql) : (size_t)(end - sql);
            return true;
        }
    }
    return false;
}

inb_status inb_i_query(inb_query query, const char **ret_sql, size_t *ret_length, inb_error *err) {
    const inb_asset *file = inb_asset_find("src/store/sql/queries.sql");
    if (file == NULL || !inb_i_query_in(file->data, names[query], ret_sql, ret_length)) {
        return inb_fail(err, INB_INTERNAL, "the program lacks its query %s", names[query]);
    }
    return INB_OK;
}
