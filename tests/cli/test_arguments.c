// SPDX-License-Identifier: EUPL-1.2
// The words of the command line against a table of options: every way to give them, and every way
// to give them wrongly.

#include "cli/cli.h"

#include "inb_test.h"

#include <string.h>

static const inb_option options[] = {
    {"list", "FILE", "a list", true},
    {"year", "N", "a year", false},
    {"quiet", NULL, "say nothing", false},
    {"seed", "TEXT", "stands before the common one", false},
    {NULL, NULL, NULL, false},
};

static const inb_command command = {.name = "try", .operand = "FILE", .options = options};

static inb_arguments given; // large

static inb_status parse(const char **words, inb_error *err) {
    int count = 0;
    while (words[count] != NULL) {
        count++;
    }
    return inb_arguments_parse(&command, count, (char **)words, &given, err);
}

#define WORDS(...) ((const char *[]){__VA_ARGS__, NULL})
#define NO_WORDS ((const char *[]){NULL})

INB_TEST(nothing) {
    INB_OK_IS(parse(NO_WORDS, err));
    ck_assert_ptr_eq(given.command, &command);
    ck_assert_uint_eq(given.operand_count, 0);
    ck_assert_uint_eq(given.given_count, 0);
    ck_assert(!inb_given(&given, "year"));
    ck_assert_ptr_null(inb_value(&given, "year", NULL));
    ck_assert_str_eq(inb_value(&given, "year", "2026"), "2026");
}
INB_END

INB_TEST(options_and_operands_in_any_order) {
    INB_OK_IS(parse(WORDS("a.csv", "--year", "2025", "-", "--quiet", "b.csv", "--json"), err));
    ck_assert_uint_eq(given.operand_count, 3);
    ck_assert_str_eq(given.operands[0], "a.csv");
    ck_assert_str_eq(given.operands[1], "-");
    ck_assert_str_eq(given.operands[2], "b.csv");
    ck_assert_str_eq(inb_value(&given, "year", ""), "2025");
    ck_assert(
        inb_given(&given, "quiet") && inb_given(&given, "json") && !inb_given(&given, "list"));
}
INB_END

INB_TEST(values) {
    INB_OK_IS(parse(WORDS("--year=2025", "--list=", "--seed", "--quiet"), err));
    ck_assert_str_eq(inb_value(&given, "year", ""), "2025");
    ck_assert_str_eq(inb_value(&given, "list", "x"), "");
    ck_assert_str_eq(inb_value(&given, "seed", ""), "--quiet"); // a value may look like an option
    ck_assert(!inb_given(&given, "quiet"));
    INB_OK_IS(parse(WORDS("--list=a=b=c"), err));
    ck_assert_str_eq(inb_value(&given, "list", ""), "a=b=c");
}
INB_END

INB_TEST(two_dashes_end_the_options) {
    INB_OK_IS(parse(WORDS("--quiet", "--", "--year", "--", "-x"), err));
    ck_assert_uint_eq(given.operand_count, 3);
    ck_assert_str_eq(given.operands[0], "--year");
    ck_assert_str_eq(given.operands[1], "--");
    ck_assert_str_eq(given.operands[2], "-x");
    ck_assert_uint_eq(given.given_count, 1);
}
INB_END

INB_TEST(repeats) {
    INB_OK_IS(parse(WORDS("--list", "a", "--list=b", "--list", "c"), err));
    ck_assert_uint_eq(given.given_count, 3);
    ck_assert_str_eq(given.given[0].value, "a");
    ck_assert_str_eq(given.given[1].value, "b");
    ck_assert_str_eq(inb_value(&given, "list", ""), "c"); // the last
    INB_FAILS(parse(WORDS("--year", "1", "--year=1"), err), INB_USAGE, "'--year' is given twice");
    INB_FAILS(parse(WORDS("--quiet", "--quiet"), err), INB_USAGE, "'--quiet' is given twice");
}
INB_END

// "--list a b" once the command has its file, or where it takes none.
INB_TEST(several_values_in_a_row) {
    INB_OK_IS(parse(WORDS("file", "--list", "a", "b", "--quiet", "c"), err));
    ck_assert_uint_eq(given.given_count, 3);
    ck_assert_str_eq(given.given[1].value, "b");
    ck_assert_uint_eq(given.operand_count, 2); // a switch takes no word
    INB_OK_IS(parse(WORDS("--list", "a", "file", "c"), err));
    ck_assert_uint_eq(given.given_count, 1);
    ck_assert_str_eq(given.operands[0], "file");
    INB_OK_IS(parse(WORDS("file", "--list", "a", "--", "b"), err));
    ck_assert_uint_eq(given.given_count, 1);
    INB_OK_IS(parse(WORDS("file", "--year", "1", "b"), err));
    ck_assert_uint_eq(given.operand_count, 2); // an option given once takes one value
}
INB_END

INB_TEST(help) {
    INB_OK_IS(parse(WORDS("-h"), err));
    ck_assert(inb_given(&given, "help"));
    INB_OK_IS(parse(WORDS("x", "--help"), err));
    ck_assert(inb_given(&given, "help"));
}
INB_END

INB_TEST(wrong_words) {
    INB_FAILS(parse(WORDS("--yea", "1"), err), INB_USAGE, "'try' has no option '--yea'");
    INB_FAILS(parse(WORDS("--years", "1"), err), INB_USAGE, "'--years'; see inbeeld try --help");
    INB_FAILS(parse(WORDS("--Year=1"), err), INB_USAGE, "no option '--Year'");
    INB_FAILS(parse(WORDS("--=1"), err), INB_USAGE, "no option '--'");
    INB_FAILS(parse(WORDS("-y", "1"), err), INB_USAGE, "found option '-y'");
    INB_FAILS(parse(WORDS("-quiet"), err), INB_USAGE, "two dashes");
    INB_FAILS(parse(WORDS("-hx"), err), INB_USAGE, "two dashes");
    INB_FAILS(parse(WORDS("--year"), err), INB_USAGE, "'--year' needs N");
    INB_FAILS(parse(WORDS("--quiet=yes"), err), INB_USAGE, "'--quiet' takes no value");
    INB_FAILS(parse(WORDS("--quiet="), err), INB_USAGE, "'--quiet' takes no value");
}
INB_END

INB_TEST(common_options) {
    INB_OK_IS(parse(WORDS("--threads", "2", "--store=sqlite:x", "--json", "--seed", "own"), err));
    ck_assert_str_eq(inb_value(&given, "threads", ""), "2");
    ck_assert_str_eq(inb_value(&given, "store", ""), "sqlite:x");
    // A command's own option stands before the common one of that name.
    bool own = false;
    for (size_t i = 0; i < given.given_count; i++) {
        own = own || given.given[i].option == &options[3];
    }
    ck_assert(own);
    for (const inb_option *option = inb_common_options; option->name != NULL; option++) {
        ck_assert_uint_gt(strlen(option->help), 0);
        for (const inb_option *other = inb_common_options; other != option; other++) {
            ck_assert_str_ne(option->name, other->name);
        }
    }
}
INB_END

INB_TEST(too_many) {
    static const char *many[INB_MAX_OPERANDS + 2];
    for (size_t i = 0; i < INB_MAX_OPERANDS + 1; i++) {
        many[i] = "x";
    }
    INB_FAILS(parse(many, err), INB_USAGE, "more than 4096 files");
    many[INB_MAX_OPERANDS] = NULL;
    INB_OK_IS(parse(many, err));
    ck_assert_uint_eq(given.operand_count, INB_MAX_OPERANDS);
    for (size_t i = 0; i < INB_MAX_OPTIONS + 1; i++) {
        many[i] = "--list=x";
    }
    many[INB_MAX_OPTIONS + 1] = NULL;
    INB_FAILS(parse(many, err), INB_USAGE, "more than 64 options");
    many[INB_MAX_OPTIONS] = NULL;
    INB_OK_IS(parse(many, err));
    ck_assert_uint_eq(given.given_count, INB_MAX_OPTIONS);
}
INB_END

static inb_status whole(const char *text, int64_t *ret_value, inb_error *err) {
    INB_TRY(parse(WORDS("--year", text), err));
    return inb_value_int(&given, "year", -5, 3000, 7, ret_value, err);
}

INB_TEST(whole_numbers) {
    int64_t value = 99;
    INB_OK_IS(whole("3000", &value, err));
    ck_assert_int_eq(value, 3000);
    INB_OK_IS(whole("-5", &value, err));
    ck_assert_int_eq(value, -5);
    static const char *const wrong[] = {
        "3001", "-6", "", "x", "1.0", "1e3", " 1", "99999999999999999999"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        value = 99;
        INB_FAILS(
            whole(wrong[i], &value, err), INB_USAGE, "expected a whole number from -5 to 3000");
        ck_assert_int_eq(value, 99);
    }
    INB_OK_IS(parse(NO_WORDS, err));
    INB_OK_IS(inb_value_int(&given, "year", 0, 1, 7, &value, err));
    ck_assert_int_eq(value, 7);
}
INB_END

static inb_status number(const char *text, double *ret_value, inb_error *err) {
    INB_TRY(parse(WORDS("--year", text), err));
    return inb_value_double(&given, "year", 0, 0.5, 0.25, ret_value, err);
}

INB_TEST(numbers) {
    double value = 99;
    INB_OK_IS(number("0.5", &value, err));
    ck_assert(value == 0.5);
    INB_OK_IS(number("5e-1", &value, err));
    INB_OK_IS(number("0", &value, err));
    ck_assert(value == 0);
    static const char *const wrong[] = {"0.51", "-0.1", "", "x", "0,5", "nan", "inf", "0x0"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        value = 99;
        INB_FAILS(number(wrong[i], &value, err), INB_USAGE, "expected a number from 0 to 0.5");
        ck_assert(value == 99);
    }
    INB_OK_IS(parse(NO_WORDS, err));
    INB_OK_IS(inb_value_double(&given, "year", 0, 1, 0.25, &value, err));
    ck_assert(value == 0.25);
}
INB_END

// What was typed is shown cut, on one line.
INB_TEST(long_and_wild_values) {
    char wild[200];
    memset(wild, 'w', sizeof wild);
    memcpy(wild, "\x1b[2J\n", 5);
    wild[sizeof wild - 1] = '\0';
    int64_t value;
    inb_error err = INB_ERROR_INIT;
    ck_assert_int_eq(whole(wild, &value, &err), INB_USAGE);
    ck_assert_uint_lt(strlen(err.message), 150);
    ck_assert_ptr_null(strpbrk(err.message, "\x1b\n"));
}
INB_END

INB_TEST_MAIN("cli/arguments", nothing, options_and_operands_in_any_order, values,
    two_dashes_end_the_options, repeats, several_values_in_a_row, help, wrong_words, common_options,
    too_many, whole_numbers, numbers, long_and_wild_values)
