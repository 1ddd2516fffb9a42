// SPDX-License-Identifier: EUPL-1.2
// The picture of a store on the desk: counted with a row of the log, small counts hidden, nothing
// of a person.

#include "team_help.h"

#include "base/alloc.h"

INB_TEST(the_picture) {
    team_setup();
    for (int i = 0; i < 30; i++) {
        team_keep(i % 10 == 0 ? team_typed : "");
    }
    int64_t rows = team_log_rows();
    const char *page = team_make(INB_DESK_TEAM_PICTURE, 0, NULL);
    ck_assert_uint_eq(answer.status, 200);
    ck_assert_int_eq(team_log_rows(), rows + 1);
    ck_assert_ptr_nonnull(strstr(page, "<table"));
    ck_assert(strstr(page, "<h2") != NULL && strstr(strstr(page, "<h1") + 1, "<h1") == NULL);
    ck_assert(!team_shows("Canary") && !team_shows("XX-123"));
    ck_assert_ptr_nonnull(strstr(page, "</html>"));
    ck_assert(!team_shows("verzonnen"));
    INB_CLEANUP(inb_truth_freep) inb_truth *truth = NULL;
    INB_OK_IS(inb_truth_read_memory("t", "age_class,total\nchild,432\n", 26, &truth, err));
    team.truth = truth;
    team_make(INB_DESK_TEAM_PICTURE, 0, NULL);
    ck_assert(team_shows("Niemand hierin bestaat."));
    ck_assert(team_shows("zijn er echt 432 mensen"));
    team_full(true);
    team_make(INB_DESK_TEAM_PICTURE, 0, NULL);
    team_full(false);
    ck_assert_uint_eq(answer.status, 503);
    ck_assert(!team_shows("<table"));
    make(INB_DESK_TEAM_PICTURE, 0, NULL, NOW);
    ck_assert_uint_eq(answer.status, 404);
    team_teardown();
}
INB_END

INB_TEST_MAIN("desk/team_picture", the_picture)
