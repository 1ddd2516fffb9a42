// SPDX-License-Identifier: EUPL-1.2
// What a page says when its work failed, where it leads, and days in words.

#include "team_help.h"

static inb_making making(inb_arena *arena, const inb_desk_request *request, inb_error *err) {
    answer = (inb_desk_answer){.status = 200};
    return (inb_making){.pages = pages,
        .catalogue = catalogue,
        .language = "en",
        .language_index = 1,
        .request = request,
        .arena = arena,
        .root = inb_scope_new(arena),
        .out = &out,
        .answer = &answer,
        .err = err};
}

INB_TEST(refusals) {
    team_setup();
    static const struct {
        inb_status why;
        unsigned status;
    } cases[] = {{INB_NOT_FOUND, 404}, {INB_BAD_INPUT, 409}, {INB_IO, 503}, {INB_UNAVAILABLE, 503}};
    inb_desk_request request = {.stamper = stamper, .now = NOW, .team = &team, .number = 7};
    for (size_t i = 0; i < 4; i++) {
        inb_arena *arena = NULL;
        inb_error error = INB_ERROR_INIT;
        INB_OK_IS(inb_arena_new(0, &arena, err));
        inb_making m = making(arena, &request, &error);
        inb_buffer_reset(&out);
        ck_assert_int_eq(inb_desk_refuse(&m, cases[i].why), INB_OK);
        ck_assert_uint_eq(answer.status, cases[i].status);
        inb_arena_free(arena);
    }
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    inb_error error = INB_ERROR_INIT;
    inb_making m = making(arena, &request, &error);
    ck_assert_int_eq(inb_desk_refuse(&m, INB_NO_MEMORY), INB_NO_MEMORY);
    ck_assert_int_eq(inb_desk_await(&m, INB_OK), INB_OK);
    ck_assert(answer.waits);
    ck_assert_int_eq(inb_desk_go(&m, 0), INB_OK);
    ck_assert_str_eq(answer.location, "/en/signals");
    ck_assert_int_eq(inb_desk_go(&m, 7), INB_OK);
    ck_assert_str_eq(answer.location, "/en/signal/7");
    inb_arena_free(arena);
    team_teardown();
}
INB_END

INB_TEST(stamps_are_for_one_thing) {
    team_setup();
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    inb_desk_request request = {.stamper = stamper, .now = NOW, .team = &team, .number = 7};
    char stamp[INB_STAMP_SIZE];
    inb_stamp_make(stamper, "signal 7 pass", NOW, stamp);
    const inb_field field = {"stamp", stamp, strlen(stamp)};
    const inb_form_data form = {&field, 1};
    inb_error error = INB_ERROR_INIT;
    inb_making m = making(arena, &request, &error);
    ck_assert(
        inb_desk_stamp_holds(&m, "pass", &form) && !inb_desk_stamp_holds(&m, "correct", &form));
    request.now = NOW + INB_STAMP_SECONDS + 1;
    ck_assert(!inb_desk_stamp_holds(&m, "pass", &form));
    request.number = 8;
    request.now = NOW;
    ck_assert(!inb_desk_stamp_holds(&m, "pass", &form));
    inb_arena_free(arena);
    team_teardown();
}
INB_END

INB_TEST_MAIN("desk/team_work", refusals, stamps_are_for_one_thing)
