// SPDX-License-Identifier: EUPL-1.2
// Texts: every signal written as JSON is read back by station 1 as it was, every one passes its
// rules, and rows of lists are CSV.

#include "world_help.h"

#include "base/csv.h"

struct texts {
    inb_catalogue *norm;
    inb_buffer json;
    size_t read;
};

static bool same(const char *a, const char *b) {
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

#define SAME(member) ck_assert_msg(same(a->member, b->member), "another " #member)

static void demand_same_person(const inb_person *a, const inb_person *b) {
    SAME(ref);
    SAME(name);
    SAME(given_name);
    SAME(prefix);
    SAME(surname);
    SAME(birth_date);
    SAME(sex);
    SAME(nationality);
    SAME(phone);
    ck_assert_uint_eq(a->roles, b->roles);
    ck_assert_int_eq(a->age.class_, b->age.class_);
    ck_assert_int_eq(a->age.years, b->age.years);
    ck_assert_uint_eq(a->observation_count, b->observation_count);
    ck_assert_uint_eq(a->circumstance_count, b->circumstance_count);
    for (size_t i = 0; i < a->observation_count; i++) {
        ck_assert_str_eq(a->observations[i].id, b->observations[i].id);
        ck_assert_int_eq(a->observations[i].answer, b->observations[i].answer);
    }
    for (size_t i = 0; i < a->circumstance_count; i++) {
        ck_assert_str_eq(a->circumstances[i], b->circumstances[i]);
    }
}

static void demand_same(const inb_signal *a, const inb_signal *b) {
    SAME(id);
    SAME(organisation);
    SAME(municipality);
    SAME(place_detail);
    SAME(text);
    SAME(ground);
    ck_assert_int_eq(a->source_kind, b->source_kind);
    ck_assert_int_eq(inb_date_first_day(a->seen), inb_date_first_day(b->seen));
    ck_assert_int_eq(inb_date_first_day(a->noted), inb_date_first_day(b->noted));
    ck_assert_int_eq(memcmp(&a->situation, &b->situation, sizeof a->situation), 0);
    ck_assert_uint_eq(a->person_count, b->person_count);
    for (size_t i = 0; i < a->person_count; i++) {
        demand_same_person(&a->persons[i], &b->persons[i]);
    }
    ck_assert_uint_eq(a->party_count, b->party_count);
    for (size_t i = 0; i < a->party_count; i++) {
        ck_assert_int_eq(a->parties[i].kind, b->parties[i].kind);
        ck_assert_msg(same(a->parties[i].value, b->parties[i].value) &&
                          same(a->parties[i].kvk, b->parties[i].kvk),
            "another party");
    }
}

static void read_back(const inb_world_block *block, void *payload) {
    struct texts *texts = payload;
    inb_buffer_reset(&texts->json);
    for (size_t i = 0; i < block->signal_count; i++) {
        inb_buffer_text(&texts->json, i == 0 ? "[" : ",\n");
        inb_world_signal_json(&block->signals[i].signal, &texts->json);
    }
    inb_buffer_text(&texts->json, block->signal_count == 0 ? "[]" : "]");
    inb_signal_reader *reader = NULL;
    INB_OK_IS(inb_signal_reader_open_memory("signals.json", texts->json.data, texts->json.length,
        NULL, inb_catalogue_knows, texts->norm, &reader, err));
    for (size_t i = 0;; i++) {
        const inb_signal *signal = NULL;
        INB_OK_IS(inb_signal_reader_next(reader, &signal, err));
        if (signal == NULL) {
            ck_assert_uint_eq(i, block->signal_count);
            break;
        }
        demand_same(&block->signals[i].signal, signal);
        texts->read++;
    }
    INB_OK_IS(inb_signal_reader_finish(reader, err));
    inb_signal_reader_free(reader);
}

INB_TEST(station_1_reads_every_signal_back) {
    static struct texts texts = {.json = INB_BUFFER_INIT((size_t)1 << 26)};
    inb_world_options options = help_options(12000, 3);
    options.split = 0.1;
    options.faults.typing = 0.3;
    INB_OK_IS(inb_catalogue_load(NULL, &texts.norm, err));
    help_each(&options, read_back, &texts);
    ck_assert_uint_gt(texts.read, 3000);
    inb_buffer_clear(&texts.json);
    inb_catalogue_free(texts.norm);
}
INB_END

INB_TEST(rows_are_csv) {
    inb_buffer csv = INB_BUFFER_INIT(1 << 20);
    inb_world_record_header(&csv);
    inb_world_record record = {.id = "P-1",
        .given_name = "A \"b\", c",
        .surname = "Ковальчук",
        .birth_date = "1990-01-01",
        .form = INB_FORM_LABOUR,
        .child = true};
    inb_world_record_csv(&record, &csv);
    inb_csv *read = NULL;
    bool more;
    INB_OK_IS(inb_csv_open_memory("list.csv", csv.data, csv.length, &read, err));
    INB_OK_IS(inb_csv_next(read, &more, err));
    ck_assert(more);
    ck_assert_str_eq(inb_csv_field(read, inb_csv_find(read, "given_name")), "A \"b\", c");
    ck_assert_str_eq(inb_csv_field(read, inb_csv_find(read, "surname")), "Ковальчук");
    ck_assert_str_eq(inb_csv_field(read, inb_csv_find(read, "phone")), "");
    ck_assert_str_eq(inb_csv_field(read, inb_csv_find(read, "form")), "labour");
    ck_assert_str_eq(inb_csv_field(read, inb_csv_find(read, "age_class")), "child");
    INB_OK_IS(inb_csv_next(read, &more, err));
    ck_assert(!more);
    inb_csv_free(read);
    inb_buffer_clear(&csv);
}
INB_END

INB_TEST_MAIN("world/world_text", station_1_reads_every_signal_back, rows_are_csv)
