// SPDX-License-Identifier: EUPL-1.2
// A list read for encoding: ways to write one value come to one plain form, odd ones to a blank,
// and complaints name places, never values.

#include <inbeeld/encoded.h>

#include "inb_sweep.h"

#include "base/alloc.h"

static inb_encoded_values values;

static void read_one(const char *text) {
    inb_encoded_reader *reader;
    bool more;
    const char *id;
    INB_OK_IS(inb_encoded_reader_open_memory("l.csv", text, strlen(text), &reader, err));
    INB_OK_IS(inb_encoded_reader_next(reader, &more, &id, &values, err));
    ck_assert(more);
    ck_assert_str_eq(id, "7");
    inb_encoded_reader_free(reader);
}

static void is_field(
    const char *column, const char *text, inb_encoded_field field, const char *wanted) {
    char list[512];
    snprintf(list, sizeof list, "id,%s\n7,%s\n", column, text);
    read_one(list);
    ck_assert_msg(strcmp(values.field[field], wanted) == 0, "%s '%s' is '%s', expected '%s'",
        column, text, values.field[field], wanted);
}

INB_TEST(plain_forms) {
    is_field("given_name", "Anne-Marie", INB_ENCODED_GIVEN, "annemarie");
    is_field("given_name", "JÜRGEN", INB_ENCODED_GIVEN, "jurgen");
    is_field("surname", "Łukaszewicz", INB_ENCODED_SURNAME, "lukaszewicz");
    is_field("surname", "  O'Neill ", INB_ENCODED_SURNAME, "oneill");
    is_field("name", "Anna Maria Kowalska", INB_ENCODED_SURNAME, "kowalska");
    is_field("name", "Anna Maria Kowalska", INB_ENCODED_GIVEN, "annamaria");
    is_field("name", "Kowalska", INB_ENCODED_GIVEN, "");
    is_field("surname", "van der Berg", INB_ENCODED_SURNAME, "berg");
    is_field("surname", "VAN 'T HOF", INB_ENCODED_SURNAME, "hof");
    is_field("surname", "Berg", INB_ENCODED_SURNAME, "berg");
    is_field("surname", "van", INB_ENCODED_SURNAME, "van");
    is_field("surname", "van  ", INB_ENCODED_SURNAME, "van");
    is_field("surname", "Vander Berg", INB_ENCODED_SURNAME, "vanderberg");
    is_field("name", "Jan Piet van den Berg", INB_ENCODED_GIVEN, "janpiet");
    is_field("name", "Jan Piet van den Berg", INB_ENCODED_SURNAME, "berg");
    is_field("name", "Al Berg", INB_ENCODED_GIVEN, "al");
    is_field("birth_date", "1984-03-09", INB_ENCODED_YEAR, "1984");
    is_field("birth_date", "19840309", INB_ENCODED_MONTH, "03");
    is_field("birth_date", "1984-03-09", INB_ENCODED_DAY, "09");
    is_field("birth_date", "1984", INB_ENCODED_YEAR, "1984");
    is_field("birth_date", "1984-03", INB_ENCODED_DAY, "");
    is_field("birth_date", "19841399", INB_ENCODED_MONTH, "");
    is_field("birth_date", "spring 1984", INB_ENCODED_YEAR, "");
    is_field("birth_date", "123456789", INB_ENCODED_YEAR, "");
    is_field("birth_day", "7", INB_ENCODED_DAY, "07");
    is_field("birth_day", "32", INB_ENCODED_DAY, "");
    is_field("birth_month", "012", INB_ENCODED_MONTH, "12");
    is_field("birth_year", "x", INB_ENCODED_YEAR, "");
    is_field("sex", "Male", INB_ENCODED_SEX, "m");
    is_field("postcode", "1017 GA", INB_ENCODED_POSTCODE, "1017ga");
    is_field("place", "", INB_ENCODED_PLACE, "");
    is_field("surname",
        "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
        INB_ENCODED_SURNAME, "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk");
}
INB_END

INB_TEST(exact_identifiers) {
    read_one("id,phone,email,kvk,number\n7,+31 6 1234 5678,A.B+x@Example.org,12345678,V 12/3\n");
    ck_assert_str_eq(values.exact[INB_ENCODED_PHONE], "612345678");
    ck_assert_str_eq(values.exact[INB_ENCODED_EMAIL], "a.b@example.org");
    ck_assert_str_eq(values.exact[INB_ENCODED_KVK], "12345678");
    ck_assert_str_eq(values.exact[INB_ENCODED_NUMBER], "v123");
    read_one("id,phone,number\n7,0,-\n");
    ck_assert_str_eq(values.exact[INB_ENCODED_PHONE], "");
    ck_assert_str_eq(values.exact[INB_ENCODED_NUMBER], "");
}
INB_END

INB_TEST(what_is_there) {
    inb_encoded_reader *reader;
    const char *list = "id,name,birth_date,phone,colour\n";
    INB_OK_IS(inb_encoded_reader_open_memory("l", list, strlen(list), &reader, err));
    ck_assert_uint_eq(inb_encoded_reader_fields(reader),
        1U << INB_ENCODED_GIVEN | 1U << INB_ENCODED_SURNAME | 1U << INB_ENCODED_YEAR |
            1U << INB_ENCODED_MONTH | 1U << INB_ENCODED_DAY);
    ck_assert_uint_eq(inb_encoded_reader_exacts(reader), 1U << INB_ENCODED_PHONE);
    inb_encoded_reader_free(reader);
    INB_FAILS(
        inb_encoded_reader_open_memory("l", "name\nx\n", 7, &reader, err), INB_BAD_INPUT, "id");
    INB_FAILS(inb_encoded_reader_open_memory("l", "id,colour\n1,x\n", 14, &reader, err),
        INB_BAD_INPUT, "no column to encode");
    list = "id,name\n,Secretname\n";
    INB_OK_IS(inb_encoded_reader_open_memory("l", list, strlen(list), &reader, err));
    bool more;
    const char *id;
    INB_FAILS(inb_encoded_reader_next(reader, &more, &id, &values, err), INB_BAD_INPUT, "l:2:1:");
    inb_error told = INB_ERROR_INIT;
    ck_assert_int_ne(
        inb_encoded_reader_next(reader, &more, &id, &values, &told) == INB_OK && more, 1);
    inb_encoded_reader_free(reader);
}
INB_END

// Made-up numbers that pass the eleven-test, one that does not; a telephone number is none.
static inb_status read_all(const char *text, inb_error *err) {
    INB_CLEANUP(inb_encoded_reader_freep) inb_encoded_reader *reader = NULL;
    INB_TRY(inb_encoded_reader_open_memory("l", text, strlen(text), &reader, err));
    bool more = true;
    while (more) {
        const char *id;
        INB_TRY(inb_encoded_reader_next(reader, &more, &id, &values, err));
    }
    return INB_OK;
}

INB_TEST(no_citizen_numbers) {
    INB_FAILS(read_all("id,number\na,123456782\nb,111222333\n", err), INB_BAD_INPUT,
        "citizen service numbers in column number");
    INB_FAILS(read_all("id,surname\n123456782,Berg\n", err), INB_BAD_INPUT, "in column id");
    INB_OK_IS(read_all("id,number\na,123456782\nb,123456789\n", err));
    INB_OK_IS(read_all("id,phone\na,0612345678\n", err));
}
INB_END

static inb_status read_once(inb_error *err) {
    static const char list[] =
        "id,name,birth_date,phone\n1,J\xc3\xbcrgen M,1984-03-09,0612345678\n";
    INB_CLEANUP(inb_encoded_reader_freep) inb_encoded_reader *reader = NULL;
    INB_TRY(inb_encoded_reader_open_memory("l", list, sizeof list - 1, &reader, err));
    bool more = true;
    while (more) {
        const char *id;
        INB_TRY(inb_encoded_reader_next(reader, &more, &id, &values, err));
    }
    return INB_OK;
}

INB_TEST(out_of_memory) {
    INB_SWEEP(read_once(err));
}
INB_END

INB_TEST_MAIN("3_link/encoded_value", plain_forms, exact_identifiers, what_is_there,
    no_citizen_numbers, out_of_memory)
