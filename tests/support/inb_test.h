// SPDX-License-Identifier: EUPL-1.2
// What every test program shares: libcheck with TAP output, relative and absolute closeness for
// doubles, and failures that print the error. One program per source file:
//   INB_TEST(name) { … }   INB_TEST_MAIN("base/csv", name, other)
#ifndef INB_TEST_H
#define INB_TEST_H

#include <inbeeld/status.h>

#include <check.h>
#include <math.h>
#include <stdlib.h>

#define INB_TEST(name) START_TEST(name)
#define INB_END END_TEST

// `expression` succeeds.
#define INB_OK_IS(expression)                                                                      \
    do {                                                                                           \
        inb_error inb_e_ = INB_ERROR_INIT;                                                         \
        inb_error *err = &inb_e_;                                                                  \
        inb_status inb_s_ = (expression);                                                          \
        ck_assert_msg(inb_s_ == INB_OK, "%s failed: %s", #expression, inb_e_.message);             \
    } while (0)

// `expression` fails with `wanted`, and the message holds `part`. `expression` uses `err`.
#define INB_FAILS(expression, wanted, part)                                                        \
    do {                                                                                           \
        inb_error inb_e_ = INB_ERROR_INIT;                                                         \
        inb_error *err = &inb_e_;                                                                  \
        inb_status inb_s_ = (expression);                                                          \
        ck_assert_msg(inb_s_ == (wanted), "%s gave status %d (%s), expected %d", #expression,      \
            (int)inb_s_, inb_e_.message, (int)(wanted));                                           \
        ck_assert_msg(strstr(inb_e_.message, (part)) != NULL, "message '%s' lacks '%s'",           \
            inb_e_.message, (part));                                                               \
    } while (0)

// As ck_assert_msg, but free of cost where it holds: for loops of millions.
#define INB_HOLDS(condition, format, ...)                                                          \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            ck_abort_msg("%s: " format, #condition, ##__VA_ARGS__);                                \
        }                                                                                          \
    } while (0)

#define INB_NEAR_REL(actual, expected, tolerance)                                                  \
    do {                                                                                           \
        double inb_a_ = (actual), inb_x_ = (expected);                                             \
        ck_assert_msg(fabs(inb_a_ - inb_x_) <= (tolerance)*fabs(inb_x_),                           \
            "%s = %.12g, expected %.12g to a relative %g", #actual, inb_a_, inb_x_,                \
            (double)(tolerance));                                                                  \
    } while (0)

#define INB_NEAR_ABS(actual, expected, tolerance)                                                  \
    do {                                                                                           \
        double inb_a_ = (actual), inb_x_ = (expected);                                             \
        ck_assert_msg(fabs(inb_a_ - inb_x_) <= (tolerance), "%s = %.12g, expected %.12g +- %g",    \
            #actual, inb_a_, inb_x_, (double)(tolerance));                                         \
    } while (0)

// Runs all cases and prints TAP; no output besides. CK_FORK=no (sanitizers) is obeyed by libcheck.
static inline int inb_run_tests(const char *name, const TTest *const *cases, size_t count) {
    Suite *suite = suite_create(name);
    TCase *group = tcase_create(name);
    tcase_set_timeout(group, 120);
    for (size_t i = 0; i < count; i++) {
        tcase_add_test(group, cases[i]);
    }
    suite_add_tcase(suite, group);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#define INB_TEST_MAIN(name, ...)                                                                   \
    int main(void) {                                                                               \
        const TTest *const inb_cases_[] = {__VA_ARGS__};                                           \
        return inb_run_tests(name, inb_cases_, sizeof inb_cases_ / sizeof inb_cases_[0]);          \
    }

#endif
