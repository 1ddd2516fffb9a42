// SPDX-License-Identifier: EUPL-1.2
// inbeeld weigh as it is called: JSON and text, both languages, local contacts, and what is
// refused.

#include "inb_command.h"
#include "inb_file.h"

#include <jansson.h>
#include <string.h>

static const char facts[] = "{\"person\":{\"age\":15,\"roles\":[\"suspect\"]},"
                            "\"observations\":{\"CR-11\":\"yes\",\"CR-06\":\"unknown\"},"
                            "\"circumstances\":[\"CI-01\"],\"reporter\":\"school\"}";

INB_TEST(json) {
    char file[INB_TEMP_PATH];
    inb_temp_file(file, facts, strlen(facts));
    INB_OK_IS(INB_CALL(inb_command_weigh, file, "--json"));
    json_t *root = json_loads(inb_printed, JSON_REJECT_DUPLICATES, NULL);
    ck_assert_ptr_nonnull(root);
    json_t *form = json_array_get(json_object_get(root, "forms"), 0);
    ck_assert_str_eq(json_string_value(json_object_get(form, "form")), "criminal");
    ck_assert_str_eq(json_string_value(json_object_get(form, "level")), "elements");
    json_decref(root);
    (void)unlink(file);
}
INB_END

INB_TEST(text_in_both_languages) {
    char file[INB_TEMP_PATH];
    inb_temp_file(file, facts, strlen(facts));
    INB_OK_IS(INB_CALL(inb_command_weigh, file));
    ck_assert_ptr_nonnull(strstr(inb_printed, "Het bewijst niets."));
    INB_OK_IS(INB_CALL(inb_command_weigh, file, "--lang", "en"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "it proves nothing."));
    ck_assert_ptr_null(strstr(inb_printed, "bewijst"));
    INB_FAILS(INB_CALL(inb_command_weigh, file, "--lang", "xx"), INB_USAGE, "'--lang'");
    (void)unlink(file);
}
INB_END

INB_TEST(contacts_of_the_region) {
    static const char local[] = "[safe_home]\ncontact = 0100-CANARY\nas_of = 2026-11\n";
    char file[INB_TEMP_PATH];
    inb_temp_file(file, facts, strlen(facts));
    char ini[INB_TEMP_PATH];
    inb_temp_file(ini, local, strlen(local));
    INB_OK_IS(INB_CALL(inb_command_weigh, file, "--local", ini));
    ck_assert_ptr_nonnull(strstr(inb_printed, "0100-CANARY"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "2026-11)"));
    (void)unlink(file);
    (void)unlink(ini);
}
INB_END

INB_TEST(refused) {
    static const char origin[] =
        "{\"person\":{\"age\":15,\"roles\":[],\"nationality\":\"x\"},\"observations\":{},"
        "\"circumstances\":[],\"reporter\":\"school\"}";
    char file[INB_TEMP_PATH];
    inb_temp_file(file, origin, strlen(origin));
    INB_FAILS(INB_CALL(inb_command_weigh, file), INB_BAD_INPUT,
        ":1:32: found the unknown key 'nationality', expected one of: age, roles");
    ck_assert_str_eq(inb_printed, "");
    INB_FAILS(INB_CALL(inb_command_weigh, "--json"), INB_USAGE, "expected one");
    INB_FAILS(INB_CALL(inb_command_weigh, file, file), INB_USAGE, "found 2 files");
    INB_FAILS(INB_CALL(inb_command_weigh, "/nowhere.json"), INB_BAD_INPUT, "/nowhere.json");
    INB_FAILS(INB_CALL(inb_command_weigh, file, "--catalogue", "/nowhere"), INB_BAD_INPUT,
        "/nowhere/catalogue.ini");
    (void)unlink(file);
}
INB_END

INB_TEST_MAIN("cli/cmd_weigh", json, text_in_both_languages, contacts_of_the_region, refused)
