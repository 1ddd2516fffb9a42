// SPDX-License-Identifier: EUPL-1.2
// Named queries: each is found, under its own name and up to the next.

#include "inb_test.h"

#include "store_i.h"

#include <string.h>

INB_TEST(all_are_there) {
    for (unsigned i = 0; i < INB_QUERY_COUNT; i++) {
        const char *sql = NULL;
        size_t length = 0;
        INB_OK_IS(inb_i_query((inb_query)i, &sql, &length, err));
        ck_assert_uint_gt(length, 10);
        ck_assert_msg(memmem(sql, length, "-- name", 7) == NULL, "%s", inb_i_query_name(i));
    }
}
INB_END

INB_TEST(whole_names_only) {
    const char *sql = NULL;
    size_t length = 0;
    const char *text = "-- name: ab\none\n-- name: a\ntwo\n";
    ck_assert(inb_i_query_in(text, "a", &sql, &length));
    ck_assert(length == 4 && memcmp(sql, "two\n", 4) == 0);
    ck_assert(inb_i_query_in(text, "ab", &sql, &length));
    ck_assert(length == 4 && memcmp(sql, "one\n", 4) == 0);
    ck_assert(!inb_i_query_in(text, "abc", &sql, &length));
}
INB_END

INB_TEST_MAIN("store/store_queries", all_are_there, whole_names_only)
