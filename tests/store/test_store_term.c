// SPDX-License-Identifier: EUPL-1.2
// Ends, holds and keys of records as the store keeps them; what ends when; an end for those that an
// older program kept without one; a keyring's name.

#include "store_help.h"

#include "store_i.h"

static const unsigned char wrapped[INB_STORE_WRAPPED_BYTES] = "wrapped";

static inb_stored_signal with_key(const char *id, inb_date ends, int64_t bucket) {
    inb_stored_signal signal = help_signal("o", id);
    signal.ends = ends;
    signal.bucket = bucket;
    signal.wrapped = wrapped;
    return signal;
}

static const inb_stored_signal *read_back(inb_store *store, inb_arena *arena, const char *id) {
    const inb_stored_signal *back = NULL;
    INB_OK_IS(inb_store_read(store, arena, "o", id, 0, &back, err));
    return back;
}

static bool is(inb_date date, int year, int month) {
    return date.year == year && date.month == month && date.day == 0;
}

INB_TEST(comes_back) {
    help_setup();
    inb_store *store = help_open();
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    inb_stored_signal signal = with_key("1", (inb_date){2028, 10, 0}, 7);
    signal.review = (inb_date){2027, 3, 0};
    help_write(store, INB_WORK_APPEND, signal);
    const inb_stored_signal *back = read_back(store, arena, "1");
    ck_assert(is(back->ends, 2028, 10) && is(back->review, 2027, 3));
    ck_assert_int_eq(back->bucket, 7);
    ck_assert_mem_eq(back->wrapped, wrapped, sizeof wrapped);
    ck_assert_ptr_null(back->hold.reason);
    // A hold makes no version; a second one, a change that does not know of it, and a release
    // without one are refused.
    signal.ends = (inb_date){2030, 1, 0};
    signal.bucket = 8;
    signal.hold = (inb_stored_hold){"proceedings", "uid-1", 99, {2030, 1, 0}, {2028, 10, 0}};
    help_write(store, INB_WORK_HOLD, signal);
    back = read_back(store, arena, "1");
    ck_assert_uint_eq(back->version, 1);
    ck_assert(is(back->ends, 2030, 1) && is(back->hold.until, 2030, 1));
    ck_assert(is(back->hold.before, 2028, 10) && back->hold.at == 99 && back->bucket == 8);
    ck_assert_str_eq(back->hold.reason, "proceedings");
    ck_assert_str_eq(back->hold.owner, "uid-1");
    inb_work work = help_work(INB_WORK_HOLD, &signal);
    INB_FAILS(inb_store_write(store, &work, NULL, err), INB_BAD_INPUT, "a hold was placed");
    inb_stored_signal unknowing = with_key("1", (inb_date){2028, 11, 0}, 7);
    unknowing.status = INB_SIGNAL_CORRECTED;
    work = help_work(INB_WORK_CORRECT, &unknowing);
    INB_FAILS(inb_store_write(store, &work, NULL, err), INB_BAD_INPUT, "a hold was placed");
    // A correction that knows: the hold stays, with the end that is behind it.
    signal.status = INB_SIGNAL_CORRECTED;
    signal.hold.before = (inb_date){2028, 12, 0};
    help_write(store, INB_WORK_CORRECT, signal);
    back = read_back(store, arena, "1");
    ck_assert_uint_eq(back->version, 2);
    ck_assert(is(back->hold.before, 2028, 12) && is(back->ends, 2030, 1));
    signal.ends = (inb_date){2028, 12, 0};
    signal.bucket = 7;
    help_write(store, INB_WORK_RELEASE, signal);
    back = read_back(store, arena, "1");
    ck_assert(back->hold.reason == NULL && is(back->ends, 2028, 12));
    work = help_work(INB_WORK_RELEASE, &signal);
    INB_FAILS(inb_store_write(store, &work, NULL, err), INB_BAD_INPUT, "placed or lifted");
    inb_arena_free(arena);
    inb_store_free(store);
    help_teardown();
}
INB_END

INB_TEST(shapes_are_refused) {
    help_setup();
    inb_store *store = help_open();
    const inb_stored_hold hold = {"court", "uid-1", 1, {2030, 1, 0}, {2028, 10, 0}};
    for (int i = 0; i < 9; i++) {
        inb_stored_signal signal = with_key("1", (inb_date){2028, 10, 0}, 7);
        inb_work_kind kind = INB_WORK_APPEND;
        switch (i) {
        case 0:
            signal.ends = (inb_date){0, 0, 0};
            break; // no record without an end
        case 1:
            signal.ends = (inb_date){2028, 0, 0};
            break;
        case 2:
            signal.ends = (inb_date){2028, 10, 1};
            break;
        case 3:
            signal.review = (inb_date){2028, 0, 0};
            break;
        case 4:
            signal.bucket = 0;
            break;
        case 5:
            signal.wrapped = NULL;
            break;
        case 6:
            kind = INB_WORK_HOLD;
            break; // none given
        case 7:
            kind = INB_WORK_HOLD;
            signal.hold = hold;
            signal.hold.owner = "A Person";
            break;
        default:
            kind = INB_WORK_HOLD;
            signal.hold = hold;
            signal.hold.reason = "because of them";
            break;
        }
        inb_work work = help_work(kind, &signal);
        INB_FAILS(inb_store_write(store, &work, NULL, err), INB_BAD_INPUT, "of a signal");
    }
    inb_store_free(store);
    help_teardown();
}
INB_END

static inb_date half_a_year(
    inb_reporter source, inb_signal_status status, int64_t kept_at, void *payload) {
    ck_assert(source == INB_REPORTER_SCHOOL && kept_at == 1795000000);
    ++*(int *)payload;
    return (inb_date){2027, status == INB_SIGNAL_RETRACTED ? 2 : 5, 0};
}

INB_TEST(an_older_store_is_settled) {
    help_setup();
    inb_store *store = help_open();
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    enum { MANY = 2345 };
    INB_OK_IS(inb_store_begin(store, err));
    for (int i = 0; i < MANY; i++) {
        char id[24];
        snprintf(id, sizeof id, "%d", i);
        inb_stored_signal signal = help_signal("o", id);
        inb_work work = help_work(INB_WORK_APPEND, &signal);
        INB_OK_IS(inb_store_apply(store, &work, NULL, err));
    }
    INB_OK_IS(inb_store_commit(store, err));
    INB_OK_IS(store->driver->script(store->connection, "update record set ends = null;", err));
    int64_t unsettled = 0;
    int64_t review = 0;
    INB_OK_IS(inb_store_terms_due(store, (inb_date){2027, 1, 0}, &unsettled, &review, err));
    ck_assert_int_eq(unsettled, MANY);
    ck_assert_int_eq(review, 0);
    help_write(store, INB_WORK_RETRACT,
        (inb_stored_signal){.organisation = "o", .id = "0", .kept_at = 1795000000});
    int asked = 0;
    int64_t count = 0;
    const inb_log_entry row = {1795000000, "u", "settle_ends", "", "done", ""};
    inb_log_anchor before = {0};
    inb_log_anchor after = {0};
    INB_OK_IS(inb_log_head(store, NULL, &before, err));
    INB_OK_IS(inb_store_settle(store, half_a_year, &asked, &row, &count, err));
    ck_assert_int_eq(count, MANY);
    ck_assert_int_eq(asked, MANY);
    INB_OK_IS(inb_store_settle(store, half_a_year, &asked, &row, &count, err)); // nothing left
    ck_assert_int_eq(count, 0);
    INB_OK_IS(inb_log_head(store, NULL, &after, err));
    ck_assert_int_eq(after.sequence, before.sequence + 1);
    const inb_stored_end *ends = NULL;
    size_t end_count = 0;
    INB_OK_IS(inb_store_ends(store, arena, &ends, &end_count, err));
    ck_assert_uint_eq(end_count, 2);
    ck_assert(is(ends[0].month, 2027, 2) && ends[0].signals == 1 && ends[0].plain == 1);
    ck_assert(is(ends[1].month, 2027, 5) && ends[1].signals == MANY - 1);
    inb_arena_free(arena);
    inb_store_free(store);
    help_teardown();
}
INB_END

INB_TEST(one_keyring) {
    help_setup();
    inb_store *store = help_open();
    inb_store *other = help_open();
    char name[INB_STORE_CODE_MOST + 1];
    INB_FAILS(inb_store_keyring(store, "not a code", name, err), INB_INTERNAL, "not a code");
    INB_OK_IS(inb_store_keyring(store, "abc", name, err));
    ck_assert_str_eq(name, "abc");
    INB_OK_IS(inb_store_keyring(other, "def", name, err));
    ck_assert_str_eq(name, "abc");
    inb_store_free(store);
    inb_store_free(other);
    help_teardown();
}
INB_END

INB_TEST_MAIN(
    "store/store_term", comes_back, shapes_are_refused, an_older_store_is_settled, one_keyring)
