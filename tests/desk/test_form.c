// SPDX-License-Identifier: EUPL-1.2
// Form bodies, Host and Accept-Language as they come from browsers and from those who mean harm.

#include "desk/form.h"

#include "base/alloc.h"
#include "inb_test.h"

#include <stdio.h>
#include <string.h>

static inb_arena *arena;

static inb_status parse(const char *text, inb_form_data *form, inb_error *err) {
    if (arena == NULL) {
        INB_TRY(inb_arena_new(0, &arena, err));
    }
    return inb_form_parse(text, strlen(text), arena, form, err);
}

INB_TEST(good_forms) {
    inb_form_data form;
    INB_OK_IS(parse("", &form, err));
    ck_assert_uint_eq(form.count, 0);
    INB_OK_IS(parse("a=1&b=x+y%20z&c=&d=%c3%A9&a=2", &form, err));
    ck_assert_uint_eq(form.count, 5);
    ck_assert_str_eq(inb_form_value(&form, "b"), "x y z");
    ck_assert_str_eq(inb_form_value(&form, "c"), "");
    ck_assert_str_eq(inb_form_value(&form, "d"), "\xC3\xA9");
    ck_assert_ptr_null(inb_form_value(&form, "a")); // twice: neither is taken
    ck_assert_ptr_null(inb_form_value(&form, "e"));
    INB_OK_IS(parse("r.D1-01=yes", &form, err));
    ck_assert_uint_eq(form.fields[0].length, 3);
    INB_OK_IS(parse("a==b", &form, err));
    ck_assert_str_eq(form.fields[0].value, "=b");
}
INB_END

INB_TEST(wrong_forms) {
    static const char *const wrong[] = {"a", "=1", "&", "a=1&", "a=1&&b=2", "a=%", "a=%1", "a=%zz",
        "a=%00", "a=\xff", "a=%ff", "%00=a", "a=%ed%a0%80", "a=1;b"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        inb_form_data form;
        inb_error err = INB_ERROR_INIT;
        inb_status status = parse(wrong[i], &form, &err);
        bool lenient = strcmp(wrong[i], "a=1&") == 0 || strcmp(wrong[i], "a=1;b") == 0;
        ck_assert_msg(
            status == (lenient ? INB_OK : INB_BAD_INPUT), "%s gave %d", wrong[i], (int)status);
    }
    inb_form_data form;
    char name[INB_FORM_MAX_NAME + 3];
    memset(name, 'a', sizeof name);
    memcpy(name + INB_FORM_MAX_NAME, "=", 2);
    INB_OK_IS(parse(name, &form, err));
    memcpy(name + INB_FORM_MAX_NAME, "a=", 3);
    INB_FAILS(parse(name, &form, err), INB_BAD_INPUT, "name");
}
INB_END

INB_TEST(limits) {
    static char text[INB_FORM_MAX_BYTES + 2];
    inb_form_data form;
    memset(text, 'a', sizeof text - 1);
    text[1] = '=';
    text[INB_FORM_MAX_BYTES] = '\0';
    INB_OK_IS(parse(text, &form, err));
    text[INB_FORM_MAX_BYTES] = 'a';
    INB_FAILS(parse(text, &form, err), INB_TOO_LARGE, "bytes");
    size_t n = 0;
    for (int i = 0; i < INB_FORM_MAX_FIELDS; i++) {
        n += (size_t)snprintf(text + n, 8, "%sa=1", i == 0 ? "" : "&");
    }
    INB_OK_IS(parse(text, &form, err));
    ck_assert_uint_eq(form.count, INB_FORM_MAX_FIELDS);
    memcpy(text + n, "&a=1", 5);
    INB_FAILS(parse(text, &form, err), INB_TOO_LARGE, "fields");
}
INB_END

INB_TEST(no_message_holds_a_value) {
    inb_form_data form;
    inb_error err = INB_ERROR_INIT;
    ck_assert_int_eq(parse("canary=canary%&canary", &form, &err), INB_BAD_INPUT);
    ck_assert_ptr_null(strstr(err.message, "canary"));
}
INB_END

INB_TEST(hosts) {
    static const char *const good[] = {
        "127.0.0.1:2730", "localhost:2730", "LocalHost:2730", "[::1]:2730"};
    static const char *const bad[] = {"", "127.0.0.1", "127.0.0.1:2731", "evil.example:2730",
        "localhost.evil.example:2730", "127.0.0.1:2730.evil", "127.0.0.1:02730", "[::1]",
        "::1:2730", " localhost:2730", "localhost:2730 ", "127.1:2730", "2130706433:2730"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        ck_assert_msg(inb_host_allowed(good[i], 2730), "%s", good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_msg(!inb_host_allowed(bad[i], 2730), "%s", bad[i]);
    }
    ck_assert(inb_host_allowed("localhost", 80));
    ck_assert(inb_host_allowed("localhost:80", 80));
}
INB_END

INB_TEST(languages) {
    static const char *const known[] = {"nl", "en", NULL};
    static const struct {
        const char *header;
        size_t wanted;
    } cases[] = {
        {NULL, 0},
        {"", 0},
        {"nl", 0},
        {"en", 1},
        {"en-GB,en;q=0.9,nl;q=0.8", 1},
        {"nl-NL,nl;q=0.9,en;q=0.8", 0},
        {"fr,en;q=0.3", 1},
        {"fr", 0},
        {"*", 0},
        {"en;q=0", 0},
        {"nl;q=0.2, en;q=0.20", 0},
        {"nl;q=0.1,en;q=0.2", 1},
        {"EN-us", 1},
        {"en;q=2", 0},
        {"en;q=", 0},
        {"en;q=0.5 ", 1},
        {",,,en", 1},
        {"english", 0},
        {";;;", 0},
        {"en;q=0.1234", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_msg(
            inb_accept_language(cases[i].header, known) == cases[i].wanted, "%s", cases[i].header);
    }
}
INB_END

INB_TEST_MAIN(
    "desk/form", good_forms, wrong_forms, limits, no_message_holds_a_value, hosts, languages)
