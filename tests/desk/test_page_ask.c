// SPDX-License-Identifier: EUPL-1.2
// The card's questions as pages: in order, every choice once, the former answer marked in words.
// Method: pages walked by their buttons, without a server.

#include "walk.h"

INB_TEST(asked_in_order_with_the_answer_marked) {
    const char *page = make(INB_DESK_CARD, 0, NULL, NOW);
    ck_assert_ptr_nonnull(strstr(page, "value=\"age:under12\""));
    ck_assert_ptr_null(strstr(page, "value=\"show\"")); // nothing to show yet
    page = press("age:minor");
    for (int i = 0; i < INB_REPORTER_COUNT; i++) { // every reporter, once
        char wanted[64];
        snprintf(wanted, sizeof wanted, "value=\"who:%s\"", inb_reporter_code((inb_reporter)i));
        const char *at = strstr(page, wanted);
        ck_assert_msg(at != NULL && strstr(at + 1, wanted) == NULL, "%s", wanted);
    }
    page = press("who:self");
    size_t branches = 0;
    const inb_branch *branch = inb_catalogue_branches(catalogue, &branches);
    for (size_t i = 0; i < branches; i++) {
        char wanted[64];
        snprintf(wanted, sizeof wanted, "value=\"where:%s\"", branch[i].id);
        ck_assert_msg(strstr(page, wanted) != NULL, "%s", wanted);
    }
    page = press("where:arrest");
    ck_assert_ptr_nonnull(strstr(page, "Vraag 1 van 8"));
    ck_assert_ptr_null(strstr(page, "inb-choice--chosen"));
    page = press("answer:yes");
    ck_assert_ptr_nonnull(strstr(page, "href=\"tel:112\""));
    page = press("back");
    ck_assert_ptr_nonnull(strstr(page, "inb-choice--chosen"));
    ck_assert_ptr_nonnull(strstr(page, "uw antwoord"));
    page = press("answer:no");
    ck_assert_ptr_null(strstr(page, "href=\"tel:112\""));
}
INB_END

INB_TEST(who_gains_has_choices_of_its_own) {
    static const char *const buttons[] = {"age:adult", "who:ngo", "where:arrest", "answer:no",
        "answer:no", "answer:no", "answer:no", "answer:no", "answer:no", NULL};
    walk(buttons);
    static const char *const choices[] = {
        "parent", "partner", "employer", "other", "nobody", "unknown"};
    for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
        char wanted[64];
        snprintf(wanted, sizeof wanted, "value=\"gain:%s\"", choices[i]);
        ck_assert_msg(strstr(inb_buffer_get(&out), wanted) != NULL, "%s", wanted);
    }
    press("gain:nobody"); // an adult is not asked whether a guardian is there
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "inb-copy"));
}
INB_END

INB_TEST_MAIN(
    "desk/page_ask", asked_in_order_with_the_answer_marked, who_gains_has_choices_of_its_own)
