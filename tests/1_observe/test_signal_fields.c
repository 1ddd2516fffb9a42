// SPDX-License-Identifier: EUPL-1.2
// The table of fields: names are unique, parties stand in the order of their kinds, what identifies
// a person is sealed, and what a complaint lists is all of it.

#include "signal_i.h"

#include "inb_test.h"

#include <string.h>

INB_TEST(names_are_unique) {
    for (int i = 0; i < INB_FIELDS; i++) {
        const inb_field_info *a = &inb_field_list[i];
        size_t prefix = strlen(a->name) - strlen(a->key);
        ck_assert_str_eq(a->name + prefix, a->key);
        ck_assert_uint_gt(a->most, 0);
        ck_assert_uint_le(a->most, INB_SIGNAL_TEXT_MOST);
        for (int j = 0; j < i; j++) {
            ck_assert_str_ne(a->name, inb_field_list[j].name);
        }
    }
}
INB_END

INB_TEST(scopes_and_order) {
    for (int i = 0; i < INB_FIELDS; i++) {
        enum inb_object object = inb_field_list[i].object;
        ck_assert_int_eq(i < INB_FIELDS_OF_SIGNAL, object < INB_IN_PERSON);
        ck_assert_int_eq(i >= INB_F_PARTY_KIND, object == INB_IN_PARTY);
    }
    for (int kind = 0; kind < INB_PARTY_KIND_COUNT; kind++) {
        ck_assert_str_eq(inb_field_list[INB_F_PARTY_BY_KIND + kind].key,
            inb_party_kind_code((inb_party_kind)kind));
    }
}
INB_END

INB_TEST(what_identifies_is_sealed) {
    static const enum inb_field open[] = {INB_F_ID, INB_F_SEEN, INB_F_NOTED, INB_F_GROUND,
        INB_F_SOURCE_KIND, INB_F_ORGANISATION, INB_F_MUNICIPALITY, INB_F_DANGER_NOW,
        INB_F_UNACCOMPANIED, INB_F_DENIES, INB_F_PROFITS, INB_F_SURROUNDINGS, INB_F_CONSENT,
        INB_F_POLICE, INB_F_REF, INB_F_AGE, INB_F_ROLES, INB_F_SEX, INB_F_OBSERVATIONS,
        INB_F_CIRCUMSTANCES, INB_F_PARTY_KIND};
    for (int i = 0; i < INB_FIELDS; i++) {
        bool is_open = false;
        for (size_t j = 0; j < sizeof open / sizeof open[0]; j++) {
            is_open = is_open || (int)open[j] == i;
        }
        ck_assert_msg(is_open == ((inb_field_list[i].flags & INB_IS_SEALED) == 0), "%s",
            inb_field_list[i].name);
    }
}
INB_END

INB_TEST(lists_fit_a_message) {
    char text[INB_MESSAGE_SIZE];
    inb_fields_list_columns(text, sizeof text);
    ck_assert_uint_lt(strlen(text), 400); // with room for a path
    for (int i = 0; i < INB_FIELDS; i++) {
        if ((inb_field_list[i].flags & INB_ONLY_JSON) == 0) {
            ck_assert_msg(strstr(text, inb_field_list[i].key) != NULL, "%s", text);
        }
    }
    ck_assert_str_eq(strstr(text, " source."),
        " source.{kind organisation} place.{municipality detail} situation.{danger_now "
        "unaccompanied denies profits surroundings consent police} person.{ref age roles name "
        "given_name prefix surname birth_date sex nationality phone observations circumstances} "
        "party.{kvk agency employer address vehicle phone handle account agency.kvk employer.kvk}");
    inb_fields_list_keys(INB_IN_PARTY, text, sizeof text);
    ck_assert_str_eq(text, "kind value kvk");
    inb_fields_list_keys(INB_IN_ROOT, text, sizeof text);
    ck_assert_str_eq(text, "id seen noted text ground source place persons parties situation");
    char small[8];
    inb_fields_list_columns(small, sizeof small); // cut, not overrun
    ck_assert_uint_lt(strlen(small), sizeof small);
}
INB_END

INB_TEST_MAIN("1_observe/signal_fields", names_are_unique, scopes_and_order,
    what_identifies_is_sealed, lists_fit_a_message)
