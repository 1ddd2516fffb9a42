// SPDX-License-Identifier: EUPL-1.2
// Until when signals stay: end, review, hold and the key that goes with them; what ends when; and
// an end for those that an older program kept without one.

#include "store_i.h"

#include "base/alloc.h"

#include <string.h>

enum { SETTLE_AT_ONCE = 1000 };

inb_value inb_i_value_month(inb_date month, char text[11]) {
    if (month.year == 0) {
        return inb_i_value_text(NULL);
    }
    inb_date_format(month, text);
    return inb_i_value_text(text);
}

inb_value inb_i_value_bucket(const inb_stored_signal *signal) {
    return signal->bucket == 0 ? (inb_value){.kind = INB_VALUE_NULL}
                               : inb_i_value_integer(signal->bucket);
}

inb_value inb_i_value_wrapped(const inb_stored_signal *signal) {
    return signal->wrapped == NULL ? (inb_value){.kind = INB_VALUE_NULL}
                                   : inb_i_value_bytes(signal->wrapped, INB_STORE_WRAPPED_BYTES);
}

// Whether this store knows the key, and has seen it erased.
static inb_status bucket_is(
    inb_store *store, int64_t id, bool *ret_known, bool *ret_erased, inb_error *err) {
    const inb_driver *driver = store->driver;
    const inb_value key = inb_i_value_integer(id);
    INB_TRY(driver->start(store->connection, INB_QUERY_bucket_get, &key, 1, err));
    INB_TRY(driver->next(store->connection, INB_QUERY_bucket_get, ret_known, err));
    *ret_erased = *ret_known && inb_i_column(store, INB_QUERY_bucket_get, 0).kind != INB_VALUE_NULL;
    driver->end(store->connection, INB_QUERY_bucket_get);
    return INB_OK;
}

inb_status inb_i_use_bucket(inb_store *store, const inb_stored_signal *signal, inb_error *err) {
    bool known = false;
    bool erased = false;
    char month[11];
    if (signal->bucket == 0) {
        return INB_OK;
    }
    INB_TRY(bucket_is(store, signal->bucket, &known, &erased, err));
    if (erased) {
        return inb_fail(err, INB_ERASED, "the key that this signal was to go with was erased");
    }
    if (known) {
        return INB_OK;
    }
    const inb_value values[] = {inb_i_value_integer(signal->bucket),
        inb_i_value_month(signal->ends, month), {.kind = INB_VALUE_NULL}};
    return inb_i_run(store, INB_QUERY_bucket_add, values, 3, err);
}

inb_status inb_i_write_term(inb_store *store, inb_work_kind kind, int64_t number,
    const inb_stored_signal *signal, inb_error *err) {
    char ends[11];
    char review[11];
    char until[11];
    char before[11];
    const inb_stored_hold *hold = &signal->hold;
    INB_TRY(inb_i_use_bucket(store, signal, err));
    const inb_value term[] = {inb_i_value_integer(number), inb_i_value_month(signal->ends, ends),
        inb_i_value_month(signal->review, review), inb_i_value_bucket(signal),
        inb_i_value_wrapped(signal)};
    INB_TRY(inb_i_run(store, INB_QUERY_record_term, term, 5, err));
    if (kind == INB_WORK_RELEASE) {
        return inb_i_run(store, INB_QUERY_hold_end, term, 1, err);
    }
    if (hold->reason == NULL) {
        return INB_OK;
    }
    const inb_value values[] = {term[0], inb_i_value_text(hold->reason),
        inb_i_value_text(hold->owner), inb_i_value_integer(hold->at),
        inb_i_value_month(hold->until, until), inb_i_value_month(hold->before, before)};
    if (kind == INB_WORK_HOLD) {
        return inb_i_run(store, INB_QUERY_hold_add, values, 6, err);
    }
    const inb_value changed[] = {term[0], values[5]};
    return inb_i_run(store, INB_QUERY_hold_before, changed, 2, err);
}

// ---- the name of the keyring ----

static inb_status keyring_name(
    inb_store *store, bool *ret_found, char ret_name[INB_STORE_CODE_MOST + 1], inb_error *err) {
    const inb_driver *driver = store->driver;
    bool right = true;
    INB_TRY(driver->start(store->connection, INB_QUERY_keyring_get, NULL, 0, err));
    INB_TRY(driver->next(store->connection, INB_QUERY_keyring_get, ret_found, err));
    if (*ret_found) {
        inb_value name = inb_i_column(store, INB_QUERY_keyring_get, 0);
        right = name.kind == INB_VALUE_TEXT && name.length <= INB_STORE_CODE_MOST;
        if (right) {
            memcpy(ret_name, name.data, name.length);
            ret_name[name.length] = '\0';
        }
    }
    driver->end(store->connection, INB_QUERY_keyring_get);
    return right ? INB_OK : inb_i_damaged(err);
}

inb_status inb_store_keyring(inb_store *store, const char *proposed,
    char ret_name[INB_STORE_CODE_MOST + 1], inb_error *err) {
    bool found = false;
    INB_TRY(keyring_name(store, &found, ret_name, err));
    if (found) {
        return INB_OK;
    }
    if (!inb_i_is_code(proposed)) {
        return inb_fail(err, INB_INTERNAL, "the name of a keyring is not a code");
    }
    INB_TRY(inb_store_begin(store, err));
    inb_status status = keyring_name(store, &found, ret_name, err); // somebody may have been first
    if (status == INB_OK && !found) {
        const inb_value name = inb_i_value_text(proposed);
        status = inb_i_run(store, INB_QUERY_keyring_add, &name, 1, err);
        memcpy(ret_name, proposed, strlen(proposed) + 1);
    }
    if (status != INB_OK) {
        inb_store_rollback(store);
        return status;
    }
    return inb_store_commit(store, err);
}

// ---- signals without an end ----

struct unsettled {
    int64_t number;
    inb_reporter source;
    inb_signal_status status;
    int64_t kept_at;
};

static inb_status unsettled_row(inb_store *store, inb_arena *arena, void *payload, inb_error *err) {
    const inb_query query = INB_QUERY_record_unsettled;
    struct unsettled *found = inb_i_list_add(arena, payload, sizeof *found);
    inb_value source = inb_i_column(store, query, 1);
    inb_value status = inb_i_column(store, query, 2);
    if (found == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the ends of signals");
    }
    int kind = source.kind == INB_VALUE_TEXT ? inb_reporter_parse(source.data, source.length) : -1;
    int code =
        status.kind == INB_VALUE_TEXT ? inb_signal_status_parse(status.data, status.length) : -1;
    if (kind < 0 || code < 0) {
        return inb_i_damaged(err);
    }
    *found = (struct unsettled){inb_i_column(store, query, 0).integer, (inb_reporter)kind,
        (inb_signal_status)code, inb_i_column(store, query, 3).integer};
    return INB_OK;
}

static inb_status settle_some(inb_store *store, inb_arena *arena, inb_store_ending ending,
    void *payload, size_t *ret_count, inb_error *err) {
    const inb_value most = inb_i_value_integer(SETTLE_AT_ONCE);
    inb_i_list list = {0};
    INB_TRY(
        inb_i_rows(store, arena, INB_QUERY_record_unsettled, &most, 1, unsettled_row, &list, err));
    const struct unsettled *all = list.items;
    for (size_t i = 0; i < list.count; i++) {
        char month[11];
        inb_date ends = ending(all[i].source, all[i].status, all[i].kept_at, payload);
        if (ends.year < 1 || ends.month < 1 || ends.day != 0) {
            return inb_fail(err, INB_INTERNAL, "the end of a signal is not a month");
        }
        const inb_value values[] = {
            inb_i_value_integer(all[i].number), inb_i_value_month(ends, month)};
        INB_TRY(inb_i_run(store, INB_QUERY_record_end, values, 2, err));
    }
    *ret_count = list.count;
    return INB_OK;
}

static inb_status settle_all(inb_store *store, inb_store_ending ending, void *payload,
    const inb_log_entry *log, int64_t *ret_count, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    int64_t settled = 0;
    for (size_t count = 1; count > 0; settled += (int64_t)count) {
        inb_arena_reset(arena);
        INB_TRY(settle_some(store, arena, ending, payload, &count, err));
    }
    *ret_count = settled;
    return inb_i_log_add(store, log, err);
}

inb_status inb_store_settle(inb_store *store, inb_store_ending ending, void *payload,
    const inb_log_entry *log, int64_t *ret_count, inb_error *err) {
    int64_t waiting = 0;
    int64_t review = 0;
    INB_TRY(inb_store_terms_due(store, (inb_date){1, 1, 0}, &waiting, &review, err));
    if (waiting == 0) {
        *ret_count = 0;
        return INB_OK;
    }
    INB_TRY(inb_store_begin(store, err));
    inb_status status = settle_all(store, ending, payload, log, ret_count, err);
    if (status != INB_OK) {
        inb_store_rollback(store);
        return status;
    }
    return inb_store_commit(store, err);
}

// ---- what ends when ----

inb_status inb_store_terms_due(
    inb_store *store, inb_date month, int64_t *ret_unsettled, int64_t *ret_review, inb_error *err) {
    const inb_driver *driver = store->driver;
    char text[11];
    const inb_value value = inb_i_value_month(month, text);
    bool row = false;
    INB_TRY(driver->start(store->connection, INB_QUERY_waiting_count, &value, 1, err));
    INB_TRY(driver->next(store->connection, INB_QUERY_waiting_count, &row, err));
    *ret_unsettled = inb_i_column(store, INB_QUERY_waiting_count, 0).integer;
    *ret_review = inb_i_column(store, INB_QUERY_waiting_count, 1).integer;
    driver->end(store->connection, INB_QUERY_waiting_count);
    return INB_OK;
}

static inb_status end_row(inb_store *store, inb_arena *arena, void *payload, inb_error *err) {
    const inb_query query = INB_QUERY_ends_count;
    inb_stored_end *end = inb_i_list_add(arena, payload, sizeof *end);
    if (end == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the ends of signals");
    }
    end->signals = inb_i_column(store, query, 1).integer;
    end->plain = inb_i_column(store, query, 2).integer;
    return inb_i_month_at(store, query, 0, &end->month, err);
}

inb_status inb_store_ends(inb_store *store, inb_arena *arena, const inb_stored_end **ret_ends,
    size_t *ret_count, inb_error *err) {
    inb_i_list list = {0};
    INB_TRY(inb_i_rows(store, arena, INB_QUERY_ends_count, NULL, 0, end_row, &list, err));
    *ret_ends = list.items;
    *ret_count = list.count;
    return INB_OK;
}

static inb_status bucket_row(inb_store *store, inb_arena *arena, void *payload, inb_error *err) {
    const inb_query query = INB_QUERY_bucket_all;
    inb_stored_bucket *bucket = inb_i_list_add(arena, payload, sizeof *bucket);
    if (bucket == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the keys of signals");
    }
    bucket->id = inb_i_column(store, query, 0).integer;
    bucket->erased = inb_i_column(store, query, 2).kind != INB_VALUE_NULL;
    bucket->signals = inb_i_column(store, query, 3).integer;
    return inb_i_month_at(store, query, 1, &bucket->month, err);
}

inb_status inb_store_buckets(inb_store *store, inb_arena *arena,
    const inb_stored_bucket **ret_buckets, size_t *ret_count, inb_error *err) {
    inb_i_list list = {0};
    INB_TRY(inb_i_rows(store, arena, INB_QUERY_bucket_all, NULL, 0, bucket_row, &list, err));
    *ret_buckets = list.items;
    *ret_count = list.count;
    return INB_OK;
}
