// SPDX-License-Identifier: EUPL-1.2
// Every kind of source stands under one regime: the table that the program carries, and tables that
// forget one, name one twice, or make one up.

#include "inb_test.h"

#include "regimes.h"

#include "base/alloc.h"

#include <inbeeld/buffer.h>

#include <stdio.h>
#include <string.h>

INB_TEST(the_table) {
    static inb_regimes regimes;
    INB_OK_IS(inb_regimes_load(&regimes, err));
    ck_assert_int_eq(regimes.count, 3);
    int police = regimes.of[INB_REPORTER_POLICE_BEAT];
    ck_assert_str_eq(regimes.codes[police], "police");
    ck_assert_str_eq(regimes.kinds[police], ";police_beat;police_expert;border_police;");
    ck_assert_int_eq(regimes.of[INB_REPORTER_BORDER_POLICE], police);
    ck_assert_int_ne(regimes.of[INB_REPORTER_LABOUR_INSPECTORATE], police);
    ck_assert_int_ne(regimes.of[INB_REPORTER_LABOUR_INSPECTORATE], regimes.of[INB_REPORTER_ASYLUM]);
    for (int i = 0; i < INB_REPORTER_COUNT; i++) {
        char kind[64];
        snprintf(kind, sizeof kind, ";%s;", inb_reporter_code((inb_reporter)i));
        ck_assert_ptr_nonnull(strstr(regimes.kinds[regimes.of[i]], kind));
        ck_assert_ptr_nonnull(strstr(regimes.all, kind));
    }
}
INB_END

// The table with kind `changed` (-1 = none) written `as`.
static inb_status read_changed(int changed, const char *as, inb_error *err) {
    static inb_regimes regimes;
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 16);
    inb_buffer_text(&text, "kind,regime\n");
    for (int i = 0; i < INB_REPORTER_COUNT; i++) {
        inb_buffer_format(&text, "%s,%s\n", i == changed ? as : inb_reporter_code((inb_reporter)i),
            i % 2 == 0 ? "one" : "two");
    }
    return inb_regimes_read(inb_buffer_get(&text), text.length, &regimes, err);
}

INB_TEST(wrong_tables) {
    INB_OK_IS(read_changed(-1, "", err));
    INB_FAILS(read_changed(3, "nobody", err), INB_INTERNAL, "unknown");
    INB_FAILS(read_changed(3, "school", err), INB_INTERNAL, "twice");
    static inb_regimes regimes;
    INB_FAILS(inb_regimes_read("kind,regime\nschool,care\n", 24, &regimes, err), INB_INTERNAL,
        "has no regime");
    INB_FAILS(inb_regimes_read("kind,regime\nschool,\n", 20, &regimes, err), INB_INTERNAL,
        "without a short name");
    INB_FAILS(inb_regimes_read("kind\nschool\n", 12, &regimes, err), INB_BAD_INPUT, "regime");
}
INB_END

INB_TEST_MAIN("road/regimes", the_table, wrong_tables)
