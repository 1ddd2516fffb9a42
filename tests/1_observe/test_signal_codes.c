// SPDX-License-Identifier: EUPL-1.2
// Kinds of parties and statuses: the words of the contract, both ways, and nothing near them.

#include <inbeeld/signal.h>

#include "inb_test.h"

#include <stdio.h>
#include <string.h>

static void words_are(
    const char *words, int count, const char *(*code)(int), int (*parse)(const char *, size_t)) {
    int value = 0;
    while (*words != '\0') {
        size_t length = strcspn(words, "|");
        ck_assert_int_lt(value, count);
        ck_assert_uint_eq(strlen(code(value)), length);
        ck_assert_int_eq(strncmp(code(value), words, length), 0);
        ck_assert_int_eq(parse(words, length), value);
        ck_assert_int_eq(parse(words, length - 1), -1);
        char longer[32];
        snprintf(longer, sizeof longer, "%sx", code(value));
        ck_assert_int_eq(parse(longer, length + 1), -1);
        longer[0] = (char)(longer[0] - 'a' + 'A');
        ck_assert_int_eq(parse(longer, length), -1);
        words += length + (words[length] == '|' ? 1 : 0);
        value++;
    }
    ck_assert_int_eq(value, count);
    ck_assert_int_eq(parse("", 0), -1);
}

static const char *party_code(int value) {
    return inb_party_kind_code((inb_party_kind)value);
}

static const char *status_code(int value) {
    return inb_signal_status_code((inb_signal_status)value);
}

INB_TEST(codes_are_those_of_the_contract) {
    words_are("agency|employer|address|vehicle|phone|handle|account", INB_PARTY_KIND_COUNT,
        party_code, inb_party_kind_parse);
    words_are("kept|passed_on|corrected|retracted", INB_SIGNAL_STATUS_COUNT, status_code,
        inb_signal_status_parse);
}
INB_END

INB_TEST_MAIN("1_observe/signal_codes", codes_are_those_of_the_contract)
