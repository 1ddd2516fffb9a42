// SPDX-License-Identifier: EUPL-1.2
// Once a day, and again where it failed; and the thread does its first turn at once.

#include "desk/letting_go.h"

#include "team_help.h"

enum { KEPT = 1795000000, DAY = 86400, AFTER = 730 };

static void keep(void) {
    static const inb_observation seen = {"D1-01", INB_ANSWER_YES};
    const inb_person person = {.ref = "a", .observations = &seen, .observation_count = 1};
    const inb_signal signal = {.id = "1",
        .organisation = "own",
        .source_kind = INB_REPORTER_SCHOOL,
        .persons = &person,
        .person_count = 1};
    const inb_road_actor actor = {"uid-1", "own", "", KEPT};
    INB_OK_IS(inb_road_keep(team_road, &actor, &signal, NULL, NULL, NULL, err));
}

static bool stands(void) {
    int64_t number = 0;
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    inb_status status = inb_road_number_of(team_road, "own", "1", arena, &number, NULL);
    inb_arena_free(arena);
    return status == INB_OK;
}

INB_TEST(once_a_day) {
    int32_t day = 0;
    team_setup();
    keep();
    INB_OK_IS(inb_letting_go_turn(team_road, "uid-1", KEPT, &day, err));
    ck_assert(stands() && day > 0);
    int32_t first = day;
    // A clock that is ahead on the same day changes nothing; on a day after its end it goes.
    INB_OK_IS(inb_letting_go_turn(team_road, "uid-1", KEPT + 60, &day, err));
    ck_assert_int_eq(day, first);
    INB_OK_IS(inb_letting_go_turn(team_road, "uid-1", KEPT + (int64_t)AFTER * DAY, &day, err));
    ck_assert(!stands() && day == first + AFTER);
    keep(); // kept under the earlier clock: a turn of the same day leaves it, the next takes it
    INB_OK_IS(inb_letting_go_turn(team_road, "uid-1", KEPT + (int64_t)AFTER * DAY, &day, err));
    ck_assert(stands());
    INB_OK_IS(
        inb_letting_go_turn(team_road, "uid-1", KEPT + (int64_t)(AFTER + 1) * DAY, &day, err));
    ck_assert(!stands());
    team_teardown();
}
INB_END

INB_TEST(again_where_it_failed) {
    int32_t day = 0;
    team_setup();
    keep();
    (void)signal(SIGXFSZ, SIG_IGN);
    struct rlimit before;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit none = {0, before.rlim_max};
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &none), 0);
    inb_status status =
        inb_letting_go_turn(team_road, "uid-1", KEPT + (int64_t)AFTER * DAY, &day, NULL);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    ck_assert_int_eq(status, INB_IO);
    ck_assert(stands() && day == 0);
    INB_OK_IS(inb_letting_go_turn(team_road, "uid-1", KEPT + (int64_t)AFTER * DAY, &day, err));
    ck_assert(!stands() && day > 0);
    team_teardown();
}
INB_END

INB_TEST(by_itself) {
    inb_letting_go *letting_go = NULL;
    team_setup();
    INB_OK_IS(inb_road_start_writer(team_road, err));
    const inb_signal signal = {
        .id = "1", .organisation = "own", .source_kind = INB_REPORTER_SCHOOL};
    const inb_road_actor actor = {"uid-1", "own", "", 86400}; // 1970: long over
    INB_OK_IS(inb_road_keep(team_road, &actor, &signal, NULL, NULL, NULL, err));
    inb_ticket *ticket = NULL;
    INB_OK_IS(inb_road_ask_wait(team_road, &actor, INB_ROAD_LIST, NULL, &ticket, err));
    inb_ticket_free(ticket); // so it is kept by now
    ck_assert(stands());
    INB_OK_IS(inb_letting_go_start(team_road, "uid-1", &letting_go, err));
    for (int turn = 0; turn < 3000 && stands(); turn++) {
        usleep(2000);
    }
    inb_letting_go_stop(letting_go);
    inb_letting_go_stop(NULL);
    ck_assert(!stands());
    team_teardown();
}
INB_END

INB_TEST_MAIN("desk/letting_go", once_a_day, again_where_it_failed, by_itself)
