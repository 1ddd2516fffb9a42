// SPDX-License-Identifier: EUPL-1.2
// What has ended goes from every table, with a receipt in a log that still verifies; numbers and
// keys never come back; and no byte of it is left in the files.

#include "store_help.h"

#include "inb_file.h"
#include "store_i.h"

#include <sqlite3.h>

static const unsigned char wrapped[INB_STORE_WRAPPED_BYTES] = "wrapped";
static const inb_date december = {2026, 12, 0};
static const inb_date january = {2027, 1, 0};

static void keep(inb_store *store, const char *id, inb_date ends, int64_t bucket) {
    inb_stored_signal signal = help_signal("o", id);
    signal.ends = ends;
    signal.bucket = bucket;
    signal.wrapped = bucket == 0 ? NULL : wrapped;
    help_write(store, INB_WORK_APPEND, signal);
}

static uint32_t purge(inb_store *store, inb_date month, const int64_t *buckets, size_t count) {
    const inb_stored_purge what = {month, buckets, count};
    const inb_work work = {.kind = INB_WORK_PURGE,
        .log = {1795000000, "u", "purge", "2026-12", "done", "nothing"},
        .purge = &what};
    uint32_t went = 0;
    INB_OK_IS(inb_store_write(store, &work, &went, err));
    return went;
}

// The one number of a query, by a connection of its own.
static int64_t number(const char *sql) {
    sqlite3 *database = NULL;
    sqlite3_stmt *statement = NULL;
    ck_assert_int_eq(sqlite3_open(help_path, &database), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(database, sql, -1, &statement, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(statement, 0);
    ck_assert_int_eq(sqlite3_finalize(statement), SQLITE_OK);
    ck_assert_int_eq(sqlite3_close(database), SQLITE_OK);
    return value;
}

INB_TEST(all_that_hangs_on_it) {
    help_setup();
    inb_store *store = help_open();
    keep(store, "1", december, 7);
    keep(store, "2", january, 8);
    keep(store, "3", december, 0); // of an older program
    keep(store, "4", december, 7);
    inb_stored_signal second = help_signal("o", "1");
    second.status = INB_SIGNAL_CORRECTED;
    second.ends = december;
    second.bucket = 7;
    second.wrapped = wrapped;
    help_write(store, INB_WORK_CORRECT, second);
    second.hold = (inb_stored_hold){"court", "uid-1", 1, december, december};
    help_write(store, INB_WORK_HOLD, second);
    const inb_stored_parting partings[] = {{1, 2}, {2, 4}, {2, 3}, {1, 4}};
    const inb_work part = {.kind = INB_WORK_PART,
        .log = {1, "u", "part", "", "done", ""},
        .partings = partings,
        .parting_count = 4};
    INB_OK_IS(inb_store_write(store, &part, NULL, err));
    INB_OK_IS(store->driver->script(store->connection,
        "insert into compared values (1, 2, 'o', 'done', 1); "
        "insert into compared values (2, 1, 'o', 'done', 1); "
        "insert into promise values (1, 2, '2026-12-01', null), (2, 1, '', null); "
        "insert into alike values (1, 2, 0, 2, 1, 0); insert into alike values (2, 1, 0, 4, 1, 0); "
        "insert into pair_ground values (2, 3, 'u', 1, x'00'); "
        "insert into pair_ground values (1, 2, 'u', 1, x'00');",
        err));
    static const int64_t buckets[] = {7, 99}; // 99: of the ring, nothing was kept under it
    ck_assert_uint_eq(purge(store, december, buckets, 2), 3);
    // Each table of the schema is looked at: one that is new and forgotten shows here.
    static const struct {
        const char *table;
        int64_t rows;
    } tables[] = {{"record", 1}, {"signal", 1}, {"person", 2}, {"sealed", 2}, {"token", 2},
        {"parting", 0}, {"hold", 0}, {"leaving", 0}, {"spent", 1}, {"unscrubbed", 1},
        {"compared", 1}, {"alike", 0}, {"pair_ground", 0}, {"promise", 1}, {"bucket", 3},
        {"keyring", 0}, {"key_mark", 0}, {"log", 8}};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        char sql[64];
        snprintf(sql, sizeof sql, "select count(*) from %s", tables[i].table);
        ck_assert_msg(number(sql) == tables[i].rows, "table %s has %lld rows", tables[i].table,
            (long long)number(sql));
    }
    ck_assert_msg(
        number("select count(*) from sqlite_schema where type = 'table' and "
               "name not in ('record', 'signal', 'person', 'sealed', 'token', 'parting', "
               "'hold', 'leaving', 'spent', 'unscrubbed', 'compared', 'alike', 'pair_ground', "
               "'promise', 'hit_quota', 'contact', 'bucket', 'keyring', 'key_mark', 'log')") == 0,
        "a table is new: does a purge take its rows, and does this test look at it?");
    // Receipt and chain.
    ck_assert_int_eq(number("select count(*) from log where action = 'purge' and object = '2026-12'"
                            " and purpose = '3 signals'"),
        1);
    ck_assert_int_eq(help_verify(store, NULL).fault, INB_LOG_WHOLE);
    // Nothing is kept under a key that went, and no number is given again.
    inb_stored_signal late = help_signal("o", "5");
    late.bucket = 7;
    late.wrapped = wrapped;
    inb_work work = help_work(INB_WORK_APPEND, &late);
    INB_FAILS(inb_store_write(store, &work, NULL, err), INB_ERASED, "was erased");
    late.bucket = 99;
    INB_FAILS(inb_store_write(store, &work, NULL, err), INB_ERASED, "was erased");
    keep(store, "4", january, 8); // the id may come again
    ck_assert_int_eq(number("select max(number) from record"), 5);
    ck_assert_uint_eq(purge(store, december, NULL, 0), 0); // again: nothing
    ck_assert_uint_eq(purge(store, (inb_date){0, 0, 0}, (const int64_t[]){8}, 1), 2); // by its key
    ck_assert_int_eq(number("select count(*) from record"), 0);
    inb_store_free(store);
    help_teardown();
}
INB_END

static size_t found_in_files(const void *bytes, size_t length) {
    static const char *const ends[] = {"", "-wal", "-shm"};
    size_t found = 0;
    for (size_t i = 0; i < 3; i++) {
        char path[80];
        size_t size = 0;
        snprintf(path, sizeof path, "%s%s", help_path, ends[i]);
        char *content = inb_file_content(path, &size);
        const char *end = content + size;
        for (const char *at = content; content != NULL;) {
            at = memmem(at, (size_t)(end - at), bytes, length);
            if (at == NULL) {
                break;
            }
            found++;
            at++;
        }
        free(content);
    }
    return found;
}

// Sealed bytes, tokens and codes of many signals, some of which stay in between: gone from store,
// write-ahead log and shared memory after the scrub, while another connection is open.
INB_TEST(no_byte_is_left) {
    help_setup();
    inb_store *store = help_open();
    inb_store *reader = help_open();
    enum { MANY = 600, LARGE = 9000 };
    static unsigned char bytes[LARGE];
    INB_OK_IS(inb_store_begin(store, err));
    for (int i = 0; i < MANY; i++) {
        char id[24];
        bool goes = i % 3 != 0;
        memset(bytes, goes ? 0xa7 : 0x11, sizeof bytes);
        snprintf(id, sizeof id, "%s-%d", goes ? "leaves" : "stays", i);
        const inb_stored_part part = {"text", bytes, i % 7 == 0 ? LARGE : (size_t)(40 + i)};
        inb_stored_token token = {"phone", "person.a", {0}};
        memset(token.value, goes ? 0xb9 : 0x22, sizeof token.value);
        token.value[15] = (unsigned char)i;
        token.value[14] = (unsigned char)(i / 256);
        inb_stored_signal signal = help_signal("o", id);
        signal.ends = goes ? december : january;
        signal.municipality = goes ? "LEAVES01" : "GM0599";
        signal.parts = &part;
        signal.part_count = 1;
        signal.tokens = &token;
        signal.token_count = 1;
        inb_work work = help_work(INB_WORK_APPEND, &signal);
        INB_OK_IS(inb_store_apply(store, &work, NULL, err));
    }
    INB_OK_IS(inb_store_commit(store, err));
    unsigned char sealed[24];
    unsigned char token[12];
    memset(sealed, 0xa7, sizeof sealed);
    memset(token, 0xb9, sizeof token);
    ck_assert_uint_gt(found_in_files(sealed, sizeof sealed), 0);
    ck_assert_uint_gt(found_in_files(token, sizeof token), 0);
    ck_assert_uint_gt(found_in_files("LEAVES01", 8), 0);
    ck_assert_uint_gt(found_in_files("leaves-", 7), 0);
    ck_assert_uint_eq(purge(store, december, NULL, 0), MANY - MANY / 3);
    bool whole = false;
    INB_OK_IS(inb_store_scrub(store, &whole, err));
    ck_assert(whole);
    ck_assert_uint_eq(found_in_files(sealed, sizeof sealed), 0);
    ck_assert_uint_eq(found_in_files(token, sizeof token), 0);
    ck_assert_uint_eq(found_in_files("LEAVES01", 8), 0);
    ck_assert_uint_eq(found_in_files("leaves-", 7), 0);
    memset(sealed, 0x11, sizeof sealed); // the others are there still
    ck_assert_uint_gt(found_in_files(sealed, sizeof sealed), 0);
    inb_store_free(reader);
    inb_store_free(store);
    help_teardown();
}
INB_END

// One who reads all the while holds the old pages: said, and done at the next turn.
INB_TEST(a_reader_is_told_of) {
    help_setup();
    inb_store *store = help_open();
    keep(store, "1", december, 0);
    sqlite3 *other = NULL;
    ck_assert_int_eq(sqlite3_open(help_path, &other), SQLITE_OK);
    ck_assert_int_eq(
        sqlite3_exec(other, "begin; select count(*) from record", NULL, NULL, NULL), SQLITE_OK);
    ck_assert_uint_eq(purge(store, december, NULL, 0), 1);
    bool whole = true;
    INB_OK_IS(store->driver->script(store->connection, "pragma busy_timeout = 50;", err));
    INB_OK_IS(inb_store_scrub(store, &whole, err));
    ck_assert(!whole);
    ck_assert_int_eq(sqlite3_exec(other, "rollback", NULL, NULL, NULL), SQLITE_OK);
    INB_OK_IS(inb_store_scrub(store, &whole, err));
    ck_assert(whole);
    ck_assert_int_eq(sqlite3_close(other), SQLITE_OK);
    INB_OK_IS(inb_store_begin(store, err));
    INB_FAILS(inb_store_scrub(store, &whole, err), INB_INTERNAL, "within a group");
    inb_store_rollback(store);
    inb_store_free(store);
    help_teardown();
}
INB_END

INB_TEST_MAIN("store/store_purge", all_that_hangs_on_it, no_byte_is_left, a_reader_is_told_of)
