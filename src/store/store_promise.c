// SPDX-License-Identifier: EUPL-1.2
// Promises of an answer: made with the version that passes a signal on, kept by somebody who says
// so, and found by their day.

#include "store_i.h"

#include <string.h>

inb_status inb_i_promise_add(
    inb_store *store, int64_t number, uint32_t version, inb_date by, inb_error *err) {
    char day[11];
    if (by.year <= 0 || by.day == 0) {
        return inb_fail(
            err, INB_BAD_INPUT, "answer_by of a signal: found something else, expected a day");
    }
    inb_date_format(by, day);
    const inb_value values[] = {
        inb_i_value_integer(number), inb_i_value_integer(version), inb_i_value_text(day)};
    return inb_i_run(store, INB_QUERY_promise_add, values, 3, err);
}

static bool read_day(inb_value value, inb_date *ret_day) {
    *ret_day = (inb_date){0, 0, 0};
    return value.kind == INB_VALUE_TEXT &&
           (value.length == 0 ||
               (inb_date_parse(value.data, value.length, ret_day) && ret_day->day != 0));
}

inb_status inb_store_promise(
    inb_store *store, int64_t number, inb_stored_promise *ret_promise, inb_error *err) {
    const inb_query query = INB_QUERY_promise_get;
    const inb_driver *driver = store->driver;
    const inb_value key = inb_i_value_integer(number);
    inb_stored_promise promise = {0};
    bool found = false;
    bool right = true;
    INB_TRY(driver->start(store->connection, query, &key, 1, err));
    INB_TRY(driver->next(store->connection, query, &found, err));
    if (found) {
        inb_value answered = inb_i_column(store, query, 2);
        promise.version = (uint32_t)inb_i_column(store, query, 0).integer;
        right = read_day(inb_i_column(store, query, 1), &promise.by);
        promise.answered = answered.kind == INB_VALUE_NULL ? 0 : answered.integer;
    }
    driver->end(store->connection, query);
    if (!right) {
        return inb_i_damaged(err);
    }
    *ret_promise = promise;
    return INB_OK;
}

inb_status inb_i_promise_keep(inb_store *store, int64_t number, int64_t at, inb_error *err) {
    inb_stored_promise promise;
    INB_TRY(inb_store_promise(store, number, &promise, err));
    if (promise.version == 0 || promise.answered != 0) {
        return inb_fail(err, INB_BAD_INPUT, "no answer is due for this signal");
    }
    const inb_value values[] = {
        inb_i_value_integer(number), inb_i_value_integer(promise.version), inb_i_value_integer(at)};
    return inb_i_run(store, INB_QUERY_promise_answer, values, 3, err);
}

inb_status inb_store_due(inb_store *store, inb_arena *arena, const char *organisation,
    inb_date until, size_t most, const int64_t **ret_numbers, size_t *ret_count, inb_error *err) {
    const inb_query query = INB_QUERY_promise_due;
    const inb_driver *driver = store->driver;
    char day[11];
    int64_t *numbers = inb_arena_get(arena, most, sizeof *numbers);
    size_t count = 0;
    if (numbers == NULL || until.year <= 0 || until.day == 0) {
        return inb_fail(err, numbers == NULL ? INB_NO_MEMORY : INB_INTERNAL,
            "no memory, or no day, to look for answers that are due");
    }
    inb_date_format(until, day);
    const inb_value values[] = {
        inb_i_value_text(organisation), inb_i_value_text(day), inb_i_value_integer((int64_t)most)};
    INB_TRY(driver->start(store->connection, query, values, 3, err));
    inb_status status = INB_OK;
    for (bool found = true; status == INB_OK && found && count < most;) {
        status = driver->next(store->connection, query, &found, err);
        if (status == INB_OK && found) {
            numbers[count++] = inb_i_column(store, query, 0).integer;
        }
    }
    driver->end(store->connection, query);
    INB_TRY(status);
    *ret_numbers = numbers;
    *ret_count = count;
    return INB_OK;
}
