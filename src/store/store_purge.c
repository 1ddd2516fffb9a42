// SPDX-License-Identifier: EUPL-1.2
// What has ended goes: every row that hangs on a signal, in one transaction with its receipt. A
// table that refers to `record` or `signal` has its query here, and the schema refuses a record
// that something still refers to.

#include "store_i.h"

static inb_status mark_erased(
    inb_store *store, const inb_stored_purge *purge, int64_t at, int64_t id, inb_error *err) {
    char month[11];
    const inb_driver *driver = store->driver;
    const inb_value key = inb_i_value_integer(id);
    bool known = false;
    INB_TRY(driver->start(store->connection, INB_QUERY_bucket_get, &key, 1, err));
    INB_TRY(driver->next(store->connection, INB_QUERY_bucket_get, &known, err));
    driver->end(store->connection, INB_QUERY_bucket_get);
    const inb_value gone[] = {key, inb_i_value_integer(at)};
    if (known) {
        return inb_i_run(store, INB_QUERY_bucket_erase, gone, 2, err);
    }
    // A key that nothing was kept under yet: from now on nothing will be.
    inb_date when = purge->month.year == 0 ? (inb_date){1, 1, 0} : purge->month;
    const inb_value values[] = {key, inb_i_value_month(when, month), gone[1]};
    return inb_i_run(store, INB_QUERY_bucket_add, values, 3, err);
}

static inb_status choose(inb_store *store, const inb_stored_purge *purge, inb_error *err) {
    char text[11];
    if (purge->month.year != 0) {
        const inb_value month = inb_i_value_month(purge->month, text);
        INB_TRY(inb_i_run(store, INB_QUERY_leaving_month, &month, 1, err));
    }
    for (size_t i = 0; i < purge->bucket_count; i++) {
        const inb_value bucket = inb_i_value_integer(purge->buckets[i]);
        INB_TRY(inb_i_run(store, INB_QUERY_leaving_bucket, &bucket, 1, err));
    }
    return INB_OK;
}

static inb_status count(
    inb_store *store, uint32_t *ret_count, int64_t *ret_highest, inb_error *err) {
    const inb_driver *driver = store->driver;
    bool row = false;
    INB_TRY(driver->start(store->connection, INB_QUERY_leaving_count, NULL, 0, err));
    INB_TRY(driver->next(store->connection, INB_QUERY_leaving_count, &row, err));
    *ret_count = (uint32_t)inb_i_column(store, INB_QUERY_leaving_count, 0).integer;
    *ret_highest = inb_i_column(store, INB_QUERY_leaving_count, 1).integer;
    driver->end(store->connection, INB_QUERY_leaving_count);
    return INB_OK;
}

// What refers to a record `on delete cascade` goes with it: compared, alike, pair_ground.
inb_status inb_i_purge(inb_store *store, const inb_stored_purge *purge, int64_t at,
    uint32_t *ret_count, inb_error *err) {
    static const inb_query steps[] = {INB_QUERY_leave_sealed, INB_QUERY_leave_token,
        INB_QUERY_leave_person, INB_QUERY_leave_parting, INB_QUERY_leave_hold,
        INB_QUERY_leave_signal, INB_QUERY_leave_record, INB_QUERY_leave_leaving};
    uint32_t signals = 0;
    int64_t highest = 0;
    INB_TRY(choose(store, purge, err));
    INB_TRY(count(store, &signals, &highest, err));
    if (signals > 0) {
        const inb_value number = inb_i_value_integer(highest);
        const inb_value since = inb_i_value_integer(at);
        INB_TRY(inb_i_run(store, INB_QUERY_spent_add, &number, 1, err));
        INB_TRY(inb_i_run(store, INB_QUERY_unscrubbed_add, &since, 1, err));
        for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
            INB_TRY(inb_i_run(store, steps[i], NULL, 0, err));
        }
    }
    for (size_t i = 0; i < purge->bucket_count; i++) {
        INB_TRY(mark_erased(store, purge, at, purge->buckets[i], err));
    }
    *ret_count = signals;
    return INB_OK;
}

static inb_status is_unscrubbed(inb_store *store, bool *ret_is, inb_error *err) {
    const inb_driver *driver = store->driver;
    bool row = false;
    INB_TRY(driver->start(store->connection, INB_QUERY_unscrubbed_count, NULL, 0, err));
    INB_TRY(driver->next(store->connection, INB_QUERY_unscrubbed_count, &row, err));
    *ret_is = inb_i_column(store, INB_QUERY_unscrubbed_count, 0).integer > 0;
    driver->end(store->connection, INB_QUERY_unscrubbed_count);
    return INB_OK;
}

inb_status inb_store_scrub(inb_store *store, bool *ret_whole, inb_error *err) {
    bool waits = false;
    bool whole = true;
    if (store->driver->inside(store->connection)) {
        return inb_fail(err, INB_INTERNAL, "files are scrubbed within a group of work");
    }
    INB_TRY(is_unscrubbed(store, &waits, err));
    if (waits) {
        INB_TRY(store->driver->scrub(store->connection, &whole, err));
    }
    if (waits && whole) { // only now: whoever is stopped before does it again
        INB_TRY(inb_i_run(store, INB_QUERY_unscrubbed_end, NULL, 0, err));
    }
    *ret_whole = whole;
    return INB_OK;
}
