// SPDX-License-Identifier: EUPL-1.2
// Exact values: ways to write one thing meet, fillers are refused with the output untouched, and a
// party gives the kinds of token it should.

#include <inbeeld/normalise.h>

#include "inb_test.h"

#include <string.h>

typedef bool (*way)(const char *text, size_t length, char ret_value[INB_EXACT_SIZE]);

static const char *value_of(way make, const char *text) {
    static char value[INB_EXACT_SIZE];
    memcpy(value, "unchanged", 10);
    if (make(text, strlen(text), value)) {
        return value;
    }
    ck_assert_str_eq(value, "unchanged");
    return "";
}

#define IS(make, text, expected) ck_assert_str_eq(value_of(make, text), expected)

INB_TEST(kvk) {
    IS(inb_exact_kvk, "12345678", "12345678");
    IS(inb_exact_kvk, "KvK-nr. 1234 5678", "12345678");
    IS(inb_exact_kvk, "1234567", "01234567"); // a spreadsheet dropped the zero
    IS(inb_exact_kvk, "123456780000", "12345678");
    IS(inb_exact_kvk, "123456780001", "");
    IS(inb_exact_kvk, "123456", "");
    IS(inb_exact_kvk, "00000000", "");
    IS(inb_exact_kvk, "", "");
    IS(inb_exact_kvk, "1234567890123", "");
}
INB_END

INB_TEST(vehicle) {
    IS(inb_exact_vehicle, "12-AB-CD", "12abcd");
    IS(inb_exact_vehicle, "12 ab cd", "12abcd");
    IS(inb_exact_vehicle, "АВ 1234 ЕК", "ab1234ek"); // Cyrillic letters
    IS(inb_exact_vehicle, "ІН1234", "ih1234");
    IS(inb_exact_vehicle, "blauwe bus", "");
    IS(inb_exact_vehicle, "A1", "");
    IS(inb_exact_vehicle, "0000", "");
    IS(inb_exact_vehicle, "1234567890ab", "");
    IS(inb_exact_vehicle, "\xD0", "");
}
INB_END

INB_TEST(handle) {
    static const char *const ways[] = {"name_1", "@Name_1", "https://t.me/name_1?start=2",
        "https://www.instagram.com/name_1/", "insta: name_1", "instagram.com/name_1",
        "www.tiktok.com/@name_1", "https://www.snapchat.com/add/name_1", " @ name_1 "};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        IS(inb_exact_handle, ways[i], "name_1");
    }
    IS(inb_exact_handle, "https://www.facebook.com/profile.php?id=10001&x=2", "10001");
    IS(inb_exact_handle, "@", "");
    IS(inb_exact_handle, "a", "");
    IS(inb_exact_handle, "two words", "");
    IS(inb_exact_handle, "https://", "");
    IS(inb_exact_handle, "n\xC3\xA4me", "name");
}
INB_END

INB_TEST(account) {
    IS(inb_exact_account, "NL91 ABNA 0417 1643 00", "nl91abna0417164300");
    IS(inb_exact_account, "IBAN: nl91abna0417164300", "nl91abna0417164300");
    IS(inb_exact_account, "123456", "123456");
    IS(inb_exact_account, "12345", "");
    IS(inb_exact_account, "000000", "");
    IS(inb_exact_account, "geen", "");
    // Examples of ISO 13616's registry.
    ck_assert(inb_iban_holds("nl91abna0417164300"));
    ck_assert(inb_iban_holds("gb29nwbk60161331926819"));
    ck_assert(inb_iban_holds("pl61109010140000071219812874"));
    ck_assert(!inb_iban_holds("nl91abna0417164301"));
    ck_assert(!inb_iban_holds("nl19abna0417164300"));
    ck_assert(!inb_iban_holds("nl91"));
    ck_assert(!inb_iban_holds("nl91-bna0417164300"));
    ck_assert(!inb_iban_holds("12345678901234567"));
}
INB_END

INB_TEST(email) {
    IS(inb_exact_email, "A.Name@Example.ORG", "a.name@example.org");
    IS(inb_exact_email, "<a.name+work@example.org>", "a.name@example.org");
    IS(inb_exact_email, "mailto:a@b.nl?subject=x", "a@b.nl");
    IS(inb_exact_email, "a@b", "");
    IS(inb_exact_email, "@b.nl", "");
    IS(inb_exact_email, "a@b@c.nl", "");
    IS(inb_exact_email, "no", "");
}
INB_END

INB_TEST(longer_than_fits) {
    char text[400];
    memset(text, 'a', sizeof text - 1);
    text[0] = '1';
    text[sizeof text - 1] = '\0';
    IS(inb_exact_handle, text, "");
    IS(inb_exact_account, text, "");
    IS(inb_exact_kvk, text, "");
    IS(inb_exact_email, text, "");
    text[200] = '\0';
    IS(inb_exact_handle, text, "");
}
INB_END

INB_TEST(parties) {
    inb_exact exact[INB_EXACT_PER_PARTY];
    inb_party agency = {INB_PARTY_AGENCY, "Flex-Werk B.V.", "1234 5678"};
    ck_assert_uint_eq(inb_exact_party(&agency, exact), 2);
    ck_assert_str_eq(exact[0].kind, "kvk");
    ck_assert_str_eq(exact[0].value, "12345678");
    ck_assert_str_eq(exact[1].kind, "agency");
    ck_assert_str_eq(exact[1].value, "flexwerk");
    inb_party employer = {INB_PARTY_EMPLOYER, "FLEXWERK BV", NULL};
    ck_assert_uint_eq(inb_exact_party(&employer, exact), 1);
    ck_assert_str_eq(exact[0].kind, "agency"); // the same token as the agency
    ck_assert_str_eq(exact[0].value, "flexwerk");
    inb_party bare = {INB_PARTY_AGENCY, NULL, "12345678"};
    ck_assert_uint_eq(inb_exact_party(&bare, exact), 1);
    inb_party phone = {INB_PARTY_PHONE, "onbekend", NULL};
    ck_assert_uint_eq(inb_exact_party(&phone, exact), 0);
    static const struct {
        inb_party_kind kind;
        const char *value, *code, *expected;
    } rest[] = {{INB_PARTY_ADDRESS, "Kerkstraat 12, 1017 GA Amsterdam", "address", "1017ga-12"},
        {INB_PARTY_VEHICLE, "12-AB-CD", "vehicle", "12abcd"},
        {INB_PARTY_PHONE, "06-12345678", "phone", "612345678"},
        {INB_PARTY_HANDLE, "@name", "handle", "name"},
        {INB_PARTY_ACCOUNT, "NL91ABNA0417164300", "account", "nl91abna0417164300"}};
    for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++) {
        inb_party party = {rest[i].kind, rest[i].value, NULL};
        ck_assert_uint_eq(inb_exact_party(&party, exact), 1);
        ck_assert_str_eq(exact[0].kind, rest[i].code);
        ck_assert_str_eq(exact[0].value, rest[i].expected);
    }
}
INB_END

INB_TEST_MAIN("3_link/exact_value", kvk, vehicle, handle, account, email, longer_than_fits, parties)
