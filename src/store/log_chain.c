// SPDX-License-Identifier: EUPL-1.2
// The hash-chained log (Schneier, Kelsey 1999, doi:10.1145/317087.317089, without their key): each
// row holds the hash of the row before it and of its own fields, so that whoever alters, deletes,
// moves or cuts rows must hash anew all that follows, and an anchor kept elsewhere shows that.

#include "store_i.h"

#include <string.h>

enum {
    FIELDS = 5,
    ROW_MOST = 16 + INB_STORE_HASH_BYTES + 4 + INB_STORE_CODE_MOST + 16 +
               FIELDS * (4 + INB_STORE_LOG_MOST),
    LOOK_ROUND = 100000 // places before and after in which a moved row is sought
};

// A row as it is hashed. Texts are borrowed.
struct row {
    int64_t sequence;
    int64_t at;
    const char *fields[FIELDS]; // actor, action, object, result, purpose
    size_t lengths[FIELDS];
    const unsigned char *before;
};

static size_t put(unsigned char *out, const void *data, size_t length) {
    memcpy(out, data, length);
    return length;
}

static size_t put_number(unsigned char *out, uint64_t number, size_t width) {
    for (size_t i = 0; i < width; i++) {
        out[i] = (unsigned char)(number >> (8 * (width - 1 - i)));
    }
    return width;
}

// Each text has its length before it, so that no two rows are hashed as the same bytes. Does not
// check lengths.
static void hash_row(inb_store_hash hash, const char *chain, const struct row *row,
    unsigned char ret_hash[INB_STORE_HASH_BYTES]) {
    unsigned char bytes[ROW_MOST];
    size_t length = put(bytes, "inbeeld log 1\0\0\0", 16);
    length += put(bytes + length, row->before, INB_STORE_HASH_BYTES);
    length += put_number(bytes + length, strlen(chain), 4);
    length += put(bytes + length, chain, strlen(chain));
    length += put_number(bytes + length, (uint64_t)row->sequence, 8);
    length += put_number(bytes + length, (uint64_t)row->at, 8);
    for (size_t i = 0; i < FIELDS; i++) {
        length += put_number(bytes + length, row->lengths[i], 4);
        length += row->lengths[i] == 0 ? 0 : put(bytes + length, row->fields[i], row->lengths[i]);
    }
    hash(bytes, length, ret_hash);
}

inb_status inb_log_head(
    inb_store *store, const char *chain, inb_log_anchor *ret_anchor, inb_error *err) {
    const inb_driver *driver = store->driver;
    const inb_value values[] = {inb_i_value_text(chain == NULL ? store->chain : chain)};
    INB_TRY(driver->start(store->connection, INB_QUERY_log_last, values, 1, err));
    bool found = false;
    INB_TRY(driver->next(store->connection, INB_QUERY_log_last, &found, err));
    inb_log_anchor anchor = {0};
    bool right = true;
    if (found) {
        anchor.sequence = driver->column(store->connection, INB_QUERY_log_last, 0).integer;
        inb_value hash = driver->column(store->connection, INB_QUERY_log_last, 1);
        right = hash.kind == INB_VALUE_BYTES && hash.length == INB_STORE_HASH_BYTES;
        if (right) {
            memcpy(anchor.hash, hash.data, INB_STORE_HASH_BYTES);
        }
    }
    driver->end(store->connection, INB_QUERY_log_last);
    if (!right) {
        return inb_fail(err, INB_IO, "the last row of the log was altered: its hash has no shape");
    }
    *ret_anchor = anchor;
    return INB_OK;
}

inb_status inb_i_log_add(inb_store *store, const inb_log_entry *entry, inb_error *err) {
    const char *const fields[FIELDS] = {
        entry->actor, entry->action, entry->object, entry->result, entry->purpose};
    static const char *const names[FIELDS] = {"actor", "action", "object", "result", "purpose"};
    struct row row = {.at = entry->at};
    for (size_t i = 0; i < FIELDS; i++) {
        row.fields[i] = fields[i] == NULL ? "" : fields[i];
        row.lengths[i] = strnlen(row.fields[i], INB_STORE_LOG_MOST + 1);
        bool needed = i == 0 || i == 1 || i == 3;
        if (row.lengths[i] > INB_STORE_LOG_MOST || (needed && row.lengths[i] == 0)) {
            return inb_fail(
                err, INB_BAD_INPUT, "the %s of a row of the log is missing or too long", names[i]);
        }
    }
    inb_log_anchor last;
    INB_TRY(inb_log_head(store, NULL, &last, err));
    row.sequence = last.sequence + 1;
    row.before = last.hash;
    unsigned char hash[INB_STORE_HASH_BYTES];
    hash_row(store->hash, store->chain, &row, hash);
    const inb_value values[] = {inb_i_value_text(store->chain), inb_i_value_integer(row.sequence),
        inb_i_value_integer(row.at), inb_i_value_text(row.fields[0]),
        inb_i_value_text(row.fields[1]), inb_i_value_text(row.fields[2]),
        inb_i_value_text(row.fields[3]), inb_i_value_text(row.fields[4]),
        inb_i_value_bytes(row.before, INB_STORE_HASH_BYTES), inb_i_value_bytes(hash, sizeof hash)};
    return inb_i_run(store, INB_QUERY_log_add, values, sizeof values / sizeof values[0], err);
}

// The row that the query stands on. False where its columns cannot be ours.
static bool row_of(inb_store *store, struct row *ret_row, const unsigned char **ret_hash) {
    const inb_driver *driver = store->driver;
    inb_value values[9];
    for (int i = 0; i < 9; i++) {
        values[i] = driver->column(store->connection, INB_QUERY_log_all, i);
    }
    *ret_row = (struct row){.sequence = values[0].integer, .at = values[1].integer};
    bool right = values[0].kind == INB_VALUE_INTEGER && values[1].kind == INB_VALUE_INTEGER;
    for (int i = 0; i < FIELDS; i++) {
        ret_row->fields[i] = values[2 + i].data;
        ret_row->lengths[i] = values[2 + i].length;
        right = right && values[2 + i].kind == INB_VALUE_TEXT &&
                values[2 + i].length <= INB_STORE_LOG_MOST;
    }
    for (int i = 7; i < 9; i++) {
        right =
            right && values[i].kind == INB_VALUE_BYTES && values[i].length == INB_STORE_HASH_BYTES;
    }
    ret_row->before = values[7].data;
    *ret_hash = values[8].data;
    return right;
}

static bool hash_is(
    inb_store_hash hash, const char *chain, const struct row *row, const unsigned char *wanted) {
    unsigned char own[INB_STORE_HASH_BYTES];
    hash_row(hash, chain, row, own);
    return memcmp(own, wanted, INB_STORE_HASH_BYTES) == 0;
}

// Whether a row whose hash is wrong here would be right at another place.
static bool stood_elsewhere(
    inb_store_hash hash, const char *chain, const struct row *row, const unsigned char *wanted) {
    for (int64_t step = 1; step <= LOOK_ROUND; step++) {
        struct row other = *row;
        other.sequence = row->sequence + step;
        if (hash_is(hash, chain, &other, wanted)) {
            return true;
        }
        other.sequence = row->sequence - step;
        if (other.sequence > 0 && hash_is(hash, chain, &other, wanted)) {
            return true;
        }
    }
    return false;
}

// The fault of one row, and at which sequence it is told. verdict holds the rows before it.
static inb_log_fault fault_of(inb_store *store, const char *chain, const inb_log_anchor *anchor,
    const inb_log_verdict *verdict, int64_t *ret_sequence, unsigned char *ret_hash) {
    struct row row;
    const unsigned char *hash = NULL;
    bool shaped = row_of(store, &row, &hash);
    int64_t expected = verdict->rows + 1;
    *ret_sequence = expected;
    if (row.sequence > expected) {
        return INB_LOG_MISSING;
    }
    if (!shaped || row.sequence < expected) {
        *ret_sequence = row.sequence;
        return INB_LOG_ALTERED;
    }
    if (!hash_is(store->hash, chain, &row, hash)) {
        return stood_elsewhere(store->hash, chain, &row, hash) ? INB_LOG_REORDERED
                                                               : INB_LOG_ALTERED;
    }
    if (memcmp(row.before, verdict->head.hash, INB_STORE_HASH_BYTES) != 0) {
        // Both rows are right by themselves: the one before was hashed anew.
        *ret_sequence = expected > 1 ? expected - 1 : 1;
        return INB_LOG_ALTERED;
    }
    if (anchor != NULL && anchor->sequence == expected &&
        memcmp(hash, anchor->hash, INB_STORE_HASH_BYTES) != 0) {
        return INB_LOG_ALTERED;
    }
    memcpy(ret_hash, hash, INB_STORE_HASH_BYTES);
    return INB_LOG_WHOLE;
}

inb_status inb_log_verify(inb_store *store, const char *chain, const inb_log_anchor *anchor,
    inb_log_verdict *ret_verdict, inb_error *err) {
    const char *name = chain == NULL ? store->chain : chain;
    if (!inb_i_is_code(name)) {
        return inb_fail(err, INB_USAGE, "the name of a chain of the log is not a code");
    }
    const inb_driver *driver = store->driver;
    const inb_value values[] = {inb_i_value_text(name)};
    INB_TRY(driver->start(store->connection, INB_QUERY_log_all, values, 1, err));
    inb_log_verdict verdict = {0};
    while (verdict.fault == INB_LOG_WHOLE) {
        bool row = false;
        INB_TRY(driver->next(store->connection, INB_QUERY_log_all, &row, err));
        if (!row) {
            break;
        }
        int64_t sequence = 0;
        verdict.fault = fault_of(store, name, anchor, &verdict, &sequence, verdict.head.hash);
        if (verdict.fault == INB_LOG_WHOLE) {
            verdict.rows++;
            verdict.head.sequence = verdict.rows;
        } else {
            verdict.sequence = sequence;
        }
    }
    driver->end(store->connection, INB_QUERY_log_all);
    if (verdict.fault == INB_LOG_WHOLE && anchor != NULL && anchor->sequence > verdict.rows) {
        verdict.fault = INB_LOG_CUT;
        verdict.sequence = verdict.rows + 1;
    }
    *ret_verdict = verdict;
    return INB_OK;
}

const char *inb_log_fault_text(inb_log_fault fault) {
    static const char *const texts[] = {
        [INB_LOG_WHOLE] = "the chain is whole",
        [INB_LOG_ALTERED] = "this row, or one before it, was altered",
        [INB_LOG_MISSING] = "this row is missing",
        [INB_LOG_REORDERED] = "this row stood elsewhere",
        [INB_LOG_CUT] = "the log was cut off here",
    };
    return texts[fault];
}
