// SPDX-License-Identifier: EUPL-1.2
// Files into columns: what is read, and the words of everything that is refused.

#include "inb_link_case.h"
#include "inb_sweep.h"
#include "inb_test.h"
#include "records.h"

static inb_people *people;

static inb_status read_one(const char *text, inb_error *err) {
    inb_people_free(people);
    people = NULL;
    return inb_case_read(text, NULL, NULL, 0, &people, err);
}

static const char *value(enum inb_feature feature, size_t record) {
    static char out[64];
    const inb_words *words = inb_feature_words(people, feature);
    uint32_t code = people->codes[feature][record];
    size_t length = inb_word_length(words, code);
    memcpy(out, inb_word(words, code), length);
    out[length] = '\0';
    return out;
}

INB_TEST(columns_are_read_in_their_plain_form) {
    INB_OK_IS(read_one("id;name;birth_date;birth_year;phone;colour\n"
                       "a;Anna van Dijk;;1990;06-12345678;red\n"
                       "b;;19850714;;;blue\n"
                       "c;;nonsense;;;\n",
        err));
    ck_assert_uint_eq(inb_people_count(people), 3);
    ck_assert_uint_eq(inb_people_files(people), 1);
    ck_assert_str_eq(value(INB_GIVEN, 0), "anna");
    ck_assert_str_eq(value(INB_SURNAME, 0), "dijk");
    ck_assert_str_eq(value(INB_YEAR, 0), "1990");
    ck_assert_str_eq(value(INB_MONTH, 0), "");
    ck_assert_str_eq(value(INB_YEAR, 1), "1985");
    ck_assert_str_eq(value(INB_DAY, 1), "14");
    ck_assert_str_eq(value(INB_PHONE, 0), "612345678");
    ck_assert_uint_eq(people->odd_dates, 1);
    ck_assert_ptr_null(people->codes[INB_PLACE]);
    ck_assert_uint_eq(people->filled[INB_YEAR], 2);
    inb_people_freep(&people);
}
INB_END

INB_TEST(a_column_that_only_the_second_file_has) {
    INB_OK_IS(inb_case_read(
        "id,surname\n1,a\n2,b\n", "id,surname,place\n1,a,c\n", NULL, 0, &people, err));
    ck_assert_str_eq(value(INB_PLACE, 0), "");
    ck_assert_str_eq(value(INB_PLACE, 2), "c");
    ck_assert_uint_eq(inb_people_file_of(people, 1), 0);
    ck_assert_uint_eq(inb_people_file_of(people, 2), 1);
    inb_people_freep(&people);
}
INB_END

// 9,000 records over two files, more than are kept at once, some with a cell that fills all room.
static void add_many(inb_buffer *csv, int from, int to) {
    inb_buffer_text(csv, "id,name,birth_date,street,phone,region,kvk\n");
    for (int i = from; i < to; i++) {
        inb_buffer_format(csv, "%d,n%d s%d,%d-%02d-%02d,", i, i * 7 % 501, i * 5 % 1201,
            1950 + i % 50, 1 + i % 12, 1 + i % 31);
        for (int k = 0; k < (i % 700 == 9 ? 60000 : 3); k++) {
            inb_buffer_char(csv, (char)('a' + (i + k) % 26));
        }
        inb_buffer_format(csv, ",06%08d,r%d,%s\n", i * 13 % 4001, i % 9, i % 3 == 0 ? "" : "12");
    }
}

static void same_words(const inb_words *a, const inb_words *b) {
    ck_assert_uint_eq(a->count, b->count);
    ck_assert_int_eq(memcmp(a->starts, b->starts, (a->count + 1) * sizeof *a->starts), 0);
    ck_assert_int_eq(memcmp(a->bytes, b->bytes, a->starts[a->count]), 0);
}

INB_TEST(any_number_of_threads) {
    static const char *const names[] = {"a.csv", "b.csv"};
    static const char *const groups[] = {"region"};
    inb_buffer files[2] = {INB_BUFFER_INIT(1 << 23), INB_BUFFER_INIT(1 << 23)};
    add_many(&files[0], 0, 5000);
    add_many(&files[1], 5000, 9000);
    const char *const data[] = {inb_buffer_get(&files[0]), inb_buffer_get(&files[1])};
    const size_t lengths[] = {files[0].length, files[1].length};
    inb_people *one = NULL;
    INB_OK_IS(inb_people_read_memory(names, data, lengths, 2, NULL, groups, 1, 1, &one, err));
    ck_assert_uint_eq(one->count, 9000);
    ck_assert_uint_eq(one->filled[INB_KVK], 6000);
    ck_assert_uint_eq(one->odd_dates, 0);
    for (size_t threads = 2; threads <= 7; threads += 5) {
        INB_OK_IS(inb_people_read_memory(
            names, data, lengths, 2, NULL, groups, 1, threads, &people, err));
        for (size_t f = 0; f < INB_FEATURES; f++) {
            ck_assert_int_eq(one->codes[f] == NULL, people->codes[f] == NULL);
            ck_assert_uint_eq(one->filled[f], people->filled[f]);
            if (one->codes[f] != NULL) {
                ck_assert_int_eq(memcmp(one->codes[f], people->codes[f], 9000 * 4), 0);
                same_words(inb_feature_words(one, f), inb_feature_words(people, f));
            }
        }
        ck_assert_int_eq(memcmp(one->groups[0].codes, people->groups[0].codes, 9000 * 4), 0);
        same_words(&one->groups[0].words, &people->groups[0].words);
        same_words(&one->ids, &people->ids);
        inb_people_freep(&people);
    }
    people = one;
    // The last of a batch, the first of the next, and those behind a long cell.
    static const size_t some[] = {0, 8, 9, 10, 4095, 4096, 4999, 5000, 8999};
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        char wanted[16];
        (void)snprintf(wanted, sizeof wanted, "n%zu", some[i] * 7 % 501);
        ck_assert_str_eq(value(INB_GIVEN, some[i]), wanted);
        (void)snprintf(wanted, sizeof wanted, "%zu", 1950 + some[i] % 50);
        ck_assert_str_eq(value(INB_YEAR, some[i]), wanted);
    }
    inb_people_freep(&people);
    inb_buffer_clear(&files[0]);
    inb_buffer_clear(&files[1]);
}
INB_END

INB_TEST(what_is_refused) {
    INB_FAILS(read_one("name,birth_date\nx,\n", err), INB_BAD_INPUT, "no column 'id'");
    INB_FAILS(read_one("id,colour\n1,red\n", err), INB_BAD_INPUT, "no column to compare");
    INB_FAILS(read_one("id,name\n1,x\n2,y\n1,z\n", err), INB_BAD_INPUT,
        "lists/a.csv:4:1: found an id that record 1 has too");
    INB_FAILS(read_one("id,name\n,x\n", err), INB_BAD_INPUT, "a.csv:2:1: found an empty id");
    INB_FAILS(read_one("id,name\n  ,x\n", err), INB_BAD_INPUT, "a.csv:2:1: found an empty id");
    const char *const groups[] = {"region"};
    INB_FAILS(inb_case_read("id,name\n1,x\n", NULL, groups, 1, &people, err), INB_BAD_INPUT,
        "no column 'region'");
    const char *const names[] = {"x/a.csv", "y/a.tsv"};
    const char *const data[] = {"id,name\n", "id,name\n"};
    const size_t lengths[] = {8, 8};
    INB_FAILS(inb_people_read_memory(names, data, lengths, 2, NULL, NULL, 0, 1, &people, err),
        INB_USAGE, "same name");
    INB_FAILS(inb_people_read((const char *const[]){"/tmp/no such file.csv"}, 1, NULL, NULL, 0, 1,
                  &people, err),
        INB_BAD_INPUT, "no such file");
    ck_assert_ptr_null(people);
}
INB_END

// A name of LINK.ini that no file has is a mistake; one that a file lacks is blank there.
INB_TEST(names_of_columns_by_a_map) {
    static const char ini[] = "[columns]\nsurname = last\nplace = name\n";
    inb_link_map *map = NULL;
    INB_OK_IS(inb_link_map_read_memory("LINK.ini", ini, sizeof ini - 1, &map, err));
    const char *const names[] = {"a.csv", "b.csv"};
    const char *const data[] = {"id,name,last\n1,x,y\n", "id,name\n1,x\n", "id,last\n1,y\n"};
    const size_t lengths[] = {19, 12, 12};
    inb_people_freep(&people);
    INB_OK_IS(inb_people_read_memory(names, data, lengths, 2, map, NULL, 0, 1, &people, err));
    ck_assert_str_eq(value(INB_SURNAME, 0), "y");
    ck_assert_str_eq(value(INB_SURNAME, 1), "");
    ck_assert_str_eq(value(INB_PLACE, 1), "x");
    ck_assert_str_eq(value(INB_GIVEN, 0), ""); // "name" is the place, not a name
    inb_people_freep(&people);
    INB_FAILS(
        inb_people_read_memory(names, data + 1, lengths + 1, 1, map, NULL, 0, 1, &people, err),
        INB_BAD_INPUT, "a.csv:1:1: found no column 'last' in any of the files");
    ck_assert_ptr_null(people);
    inb_link_map_freep(&map);
}
INB_END

// "111222333" and "123456782" pass the eleven-test.
INB_TEST(citizen_service_numbers_are_refused) {
    INB_FAILS(read_one("id,name,number\n1,x,111222333\n2,y,123456782\n", err), INB_BAD_INPUT,
        "citizen service numbers in column 3 (number)");
    inb_error refusal = INB_ERROR_INIT;
    ck_assert_int_ne(read_one("id,number\n1,111222333\n", &refusal), INB_OK);
    ck_assert_ptr_null(strstr(refusal.message, "111222333"));
    INB_FAILS(read_one("id,name,colour\n1,x,111.222.333\n2,y,red\n", err), INB_BAD_INPUT,
        "column 3 (colour)"); // also where it would not be compared
    INB_FAILS(read_one("id,name\n111222333,x\n", err), INB_BAD_INPUT, "column 1 (id)");
    INB_OK_IS(read_one("id,name,number\n1,x,111222333\n2,y,123456789\n3,z,1234567\n", err));
    INB_FAILS(inb_case_read("id,name\n1,x\n", "id,name,nr\n1,x,111222333\n", NULL, 0, &people, err),
        INB_BAD_INPUT, "b.csv: found citizen");
    inb_people_freep(&people);
}
INB_END

INB_TEST(one_id_in_two_files_is_fine) {
    INB_OK_IS(inb_case_read("id,name\n1,x\n2,y\n", "id,name\n1,x\n", NULL, 0, &people, err));
    inb_people_freep(&people);
}
INB_END

static inb_status once(inb_error *err) {
    inb_people *read = NULL;
    const char *const groups[] = {"sector"};
    inb_status status = inb_case_read(inb_case_a, inb_case_b, groups, 1, &read, err);
    inb_people_free(read);
    return status;
}

INB_TEST(memory_refused) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("3_link/records", columns_are_read_in_their_plain_form,
    a_column_that_only_the_second_file_has, any_number_of_threads, what_is_refused,
    names_of_columns_by_a_map, citizen_service_numbers_are_refused, one_id_in_two_files_is_fine,
    memory_refused)
