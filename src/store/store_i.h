// SPDX-License-Identifier: EUPL-1.2
// What the files of the store share: the values of SQL, the driver that each engine is, the named
// queries, and the connection.
#ifndef INB_STORE_STORE_I_H
#define INB_STORE_STORE_I_H

#include <inbeeld/buffer.h>
#include <inbeeld/store.h>

// A value that goes into or comes out of SQL. data is borrowed.
typedef enum inb_value_kind {
    INB_VALUE_NULL,
    INB_VALUE_INTEGER,
    INB_VALUE_TEXT,
    INB_VALUE_BYTES
} inb_value_kind;

typedef struct inb_value {
    inb_value_kind kind;
    int64_t integer;
    const void *data;
    size_t length;
} inb_value;

inb_value inb_i_value_integer(int64_t integer);
inb_value inb_i_value_text(const char *text); // NULL gives an SQL null
inb_value inb_i_value_bytes(const void *data, size_t length);

// The queries of sql/queries.sql by name.
#define INB_QUERIES(X)                                                                             \
    X(savepoint)                                                                                   \
    X(release)                                                                                     \
    X(undo)                                                                                        \
    X(record_find)                                                                                 \
    X(record_get)                                                                                  \
    X(record_named)                                                                                \
    X(record_next)                                                                                 \
    X(record_add)                                                                                  \
    X(record_latest)                                                                               \
    X(record_term)                                                                                 \
    X(record_end)                                                                                  \
    X(record_unsettled)                                                                            \
    X(ends_count)                                                                                  \
    X(waiting_count)                                                                               \
    X(keyring_get)                                                                                 \
    X(keyring_add)                                                                                 \
    X(bucket_get)                                                                                  \
    X(bucket_add)                                                                                  \
    X(bucket_erase)                                                                                \
    X(bucket_all)                                                                                  \
    X(hold_add)                                                                                    \
    X(hold_before)                                                                                 \
    X(hold_end)                                                                                    \
    X(leaving_month)                                                                               \
    X(leaving_bucket)                                                                              \
    X(leaving_count)                                                                               \
    X(spent_add)                                                                                   \
    X(unscrubbed_add)                                                                              \
    X(unscrubbed_count)                                                                            \
    X(unscrubbed_end)                                                                              \
    X(leave_sealed)                                                                                \
    X(leave_token)                                                                                 \
    X(leave_person)                                                                                \
    X(leave_parting)                                                                               \
    X(leave_hold)                                                                                  \
    X(leave_signal)                                                                                \
    X(leave_record)                                                                                \
    X(leave_leaving)                                                                               \
    X(signal_add)                                                                                  \
    X(person_add)                                                                                  \
    X(sealed_add)                                                                                  \
    X(token_add)                                                                                   \
    X(signal_get)                                                                                  \
    X(signal_list)                                                                                 \
    X(signal_each)                                                                                 \
    X(person_of)                                                                                   \
    X(sealed_of)                                                                                   \
    X(token_of)                                                                                    \
    X(token_find)                                                                                  \
    X(key_mark_get)                                                                                \
    X(key_mark_add)                                                                                \
    X(parting_add)                                                                                 \
    X(promise_add)                                                                                 \
    X(promise_get)                                                                                 \
    X(promise_answer)                                                                              \
    X(promise_due)                                                                                 \
    X(parting_all)                                                                                 \
    X(compared_get)                                                                                \
    X(compared_set)                                                                                \
    X(compared_waiting)                                                                            \
    X(compared_count)                                                                              \
    X(compared_waits)                                                                              \
    X(token_near)                                                                                  \
    X(near_find)                                                                                   \
    X(sealed_person)                                                                               \
    X(place_of)                                                                                    \
    X(alike_add)                                                                                   \
    X(alike_drop)                                                                                  \
    X(alike_of)                                                                                    \
    X(alike_all)                                                                                   \
    X(sharing)                                                                                     \
    X(quota_get)                                                                                   \
    X(quota_add)                                                                                   \
    X(contact_get)                                                                                 \
    X(contact_set)                                                                                 \
    X(pair_ground_add)                                                                             \
    X(pair_ground_of)                                                                              \
    X(log_chains)                                                                                  \
    X(log_last)                                                                                    \
    X(log_add)                                                                                     \
    X(log_all)

typedef enum inb_query {
#define X(name) INB_QUERY_##name,
    INB_QUERIES(X)
#undef X
        INB_QUERY_COUNT
} inb_query;

const char *inb_i_query_name(inb_query query);
// Finds "-- name: NAME" in text and gives what follows up to the next name. False: there is none.
bool inb_i_query_in(const char *text, const char *name, const char **ret_sql, size_t *ret_length);
// The embedded text of a query.
inb_status inb_i_query(
    inb_query query, const char **ret_sql, size_t *ret_length, inb_error *err) INB_NODISCARD;

// An engine. Messages are in words and hold no value.
typedef struct inb_driver {
    const char *scheme; // "sqlite:"
    // Opens or, with `create`, makes what stands at `path`; refuses what is no store.
    inb_status (*open)(const char *path, bool create, void **ret_connection, inb_error *err);
    void (*close)(void *connection); // accepts NULL
    // 0 = a store with nothing in it yet.
    inb_status (*schema)(void *connection, int *ret_schema, inb_error *err);
    inb_status (*set_schema)(void *connection, int schema, inb_error *err);
    inb_status (*script)(void *connection, const char *sql, inb_error *err);
    inb_status (*begin)(void *connection, bool write, inb_error *err);
    inb_status (*commit)(void *connection, inb_error *err);
    void (*rollback)(void *connection); // does nothing outside a transaction
    // Leaves nothing of what was deleted in the files; false: somebody reads there. Outside a
    // transaction.
    inb_status (*scrub)(void *connection, bool *ret_whole, inb_error *err);
    bool (*inside)(void *connection); // a transaction is open
    // Begins a query with $1 … from values; its rows come by `next`. One run of a query at a time.
    inb_status (*start)(
        void *connection, inb_query query, const inb_value *values, size_t count, inb_error *err);
    inb_status (*next)(void *connection, inb_query query, bool *ret_row, inb_error *err);
    inb_value (*column)(void *connection, inb_query query, int column); // borrowed until next
    void (*end)(void *connection, inb_query query);
} inb_driver;

extern const inb_driver inb_i_driver_sqlite;

struct inb_store {
    const inb_driver *driver;
    void *connection;
    int schema; // that it was opened with
    inb_store_hash hash;
    char chain[INB_STORE_CODE_MOST + 1];
};

// Runs a query that gives no rows.
inb_status inb_i_run(inb_store *store, inb_query query, const inb_value *values, size_t count,
    inb_error *err) INB_NODISCARD;

// A step of the schema: from version i (its place) to i + 1.
typedef struct inb_migration {
    const char *sql;
} inb_migration;
// This program's steps.
inb_status inb_i_migrations(
    const inb_migration **ret_steps, size_t *ret_count, inb_error *err) INB_NODISCARD;
// Brings a connection to schema `count` in one transaction; refuses a higher one.
inb_status inb_i_migrate(const inb_driver *driver, void *connection, const char *where,
    const inb_migration *steps, size_t count, int *ret_schema, inb_error *err) INB_NODISCARD;
inb_status inb_i_newer(const char *where, int schema, int known, inb_error *err);

// Lists of codes as text and back.
bool inb_i_is_code(const char *text); // 1 to 64 of A-Z a-z 0-9 _ . -
const char *inb_i_age_code(inb_age_class age_class);
int inb_i_age_parse(const char *text, size_t length); // -1 where there is none
inb_status inb_i_write_roles(inb_buffer *out, uint32_t roles, inb_error *err) INB_NODISCARD;
inb_status inb_i_write_observations(
    inb_buffer *out, const inb_observation *list, size_t count, inb_error *err) INB_NODISCARD;
inb_status inb_i_write_circumstances(
    inb_buffer *out, const char *const *list, size_t count, inb_error *err) INB_NODISCARD;
inb_status inb_i_write_situation(
    inb_buffer *out, const inb_situation *situation, inb_error *err) INB_NODISCARD;
inb_status inb_i_read_roles(
    const char *text, size_t length, uint32_t *ret_roles, inb_error *err) INB_NODISCARD;
inb_status inb_i_read_observations(inb_arena *arena, const char *text, size_t length,
    const inb_observation **ret_list, size_t *ret_count, inb_error *err) INB_NODISCARD;
inb_status inb_i_read_circumstances(inb_arena *arena, const char *text, size_t length,
    const char *const **ret_list, size_t *ret_count, inb_error *err) INB_NODISCARD;
inb_status inb_i_read_situation(
    const char *text, size_t length, inb_situation *ret_situation, inb_error *err) INB_NODISCARD;

// Writes the signal of a piece of work, without its row of the log.
inb_status inb_i_write_signal(inb_store *store, const inb_work *work, int64_t *ret_number,
    uint32_t *ret_version, inb_error *err) INB_NODISCARD;
// Reads the open columns of one version into an arena.
inb_status inb_i_read_head(inb_store *store, inb_arena *arena, int64_t number, uint32_t version,
    inb_stored_signal *ret_signal, inb_error *err) INB_NODISCARD;
// The record of an id; INB_NOT_FOUND where there is none.
inb_status inb_i_find_record(inb_store *store, const char *organisation, const char *id,
    int64_t *ret_number, uint32_t *ret_latest, inb_error *err) INB_NODISCARD;

// A month, or an SQL null; `text` holds it. The key that a signal goes with, and its own, wrapped.
inb_value inb_i_value_month(inb_date month, char text[11]);
inb_value inb_i_value_bucket(const inb_stored_signal *signal);
inb_value inb_i_value_wrapped(const inb_stored_signal *signal);
// Notes that this key of the keyring is in use; INB_ERASED where it was erased.
inb_status inb_i_use_bucket(
    inb_store *store, const inb_stored_signal *signal, inb_error *err) INB_NODISCARD;
// Writes end, review, key and hold of a record. Its shape was checked.
inb_status inb_i_write_term(inb_store *store, inb_work_kind kind, int64_t number,
    const inb_stored_signal *signal, inb_error *err) INB_NODISCARD;
// Takes away what has ended; *ret_count signals.
inb_status inb_i_promise_add(
    inb_store *store, int64_t number, uint32_t version, inb_date by, inb_error *err) INB_NODISCARD;
inb_status inb_i_promise_keep(
    inb_store *store, int64_t number, int64_t at, inb_error *err) INB_NODISCARD;
inb_status inb_i_purge(inb_store *store, const inb_stored_purge *purge, int64_t at,
    uint32_t *ret_count, inb_error *err) INB_NODISCARD;

// What readers share. An array that grows in an arena, at most twice the memory that it needs.
typedef struct inb_i_list {
    void *items;
    size_t count;
    size_t size;
} inb_i_list;
void *inb_i_list_add(inb_arena *arena, inb_i_list *list, size_t item_size); // NULL: no memory
inb_value inb_i_column(inb_store *store, inb_query query, int at);
inb_status inb_i_damaged(inb_error *err);
inb_status inb_i_month_at(
    inb_store *store, inb_query query, int at, inb_date *ret_date, inb_error *err) INB_NODISCARD;
// The key that goes with a record, in this column, and its own, wrapped, in the next.
inb_status inb_i_wrapped_at(inb_store *store, inb_arena *arena, inb_query query, int at,
    int64_t *ret_bucket, const unsigned char **ret_wrapped, inb_error *err) INB_NODISCARD;
// Calls `read` for each row of a query; what it fails with ends the query.
typedef inb_status (*inb_i_row)(inb_store *store, inb_arena *arena, void *payload, inb_error *err);
inb_status inb_i_rows(inb_store *store, inb_arena *arena, inb_query query, const inb_value *values,
    size_t count, inb_i_row read, void *payload, inb_error *err) INB_NODISCARD;

// Adds a row to our chain, within the transaction.
inb_status inb_i_log_add(
    inb_store *store, const inb_log_entry *entry, inb_error *err) INB_NODISCARD;

#endif
