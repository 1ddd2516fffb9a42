// SPDX-License-Identifier: EUPL-1.2
// What is written down: without faults the truth, with faults as many as asked; ids that are unique
// and tell nothing; dates that exist; valid UTF-8.

#include "world_help.h"

#include "base/text.h"

static const inb_world_faults none = {0, 0, 0, 0, 0, 0, 0};

enum { MOST = 40000 };
struct rows {
    char ids[MOST][16];
    size_t count;
    size_t no_birth, heaped, no_phone, no_surname, other_birth, script;
    const inb_world_block *block;
};

static void count_rows(const inb_world_block *block, void *payload) {
    struct rows *rows = payload;
    for (size_t i = 0; i < block->record_count; i++) {
        const inb_world_record *r = &block->records[i];
        const inb_world_person *p = &block->people[r->person - block->people[0].number];
        ck_assert_uint_eq(p->number, r->person);
        INB_HOLDS((p->lists >> r->list & 1) != 0, "a row of somebody not on the list");
        INB_HOLDS(r->form == p->form && r->child == (p->years < 18), "another group");
        ck_assert_uint_lt(rows->count, MOST);
        snprintf(rows->ids[rows->count++], 16, "%d%s", r->list, r->id);
        const char *texts[] = {r->given_name, r->surname, r->phone, r->postcode};
        for (size_t k = 0; k < 4; k++) {
            INB_HOLDS(
                texts[k] == NULL || inb_utf8_valid(texts[k], strlen(texts[k])) == strlen(texts[k]),
                "no UTF-8");
        }
        inb_date born;
        if (r->birth_date != NULL) {
            INB_HOLDS(
                strlen(r->birth_date) == 10 && inb_date_parse(r->birth_date, 10, &born), "no date");
            rows->other_birth += strcmp(r->birth_date, p->birth_date) != 0;
        }
        rows->no_birth += r->birth_date == NULL;
        rows->no_phone += r->phone == NULL;
        rows->no_surname += r->surname == NULL;
        rows->script += r->given_name != NULL && (unsigned char)r->given_name[0] >= 0xd0 &&
                        (unsigned char)r->given_name[0] <= 0xdb;
        ck_assert(r->sex == NULL || (strcmp(r->sex, "f") == 0) == p->female);
    }
}

static int compare(const void *a, const void *b) {
    return strcmp(a, b);
}

static void demand_unique(struct rows *rows) {
    qsort(rows->ids, rows->count, 16, compare);
    for (size_t i = 1; i < rows->count; i++) {
        INB_HOLDS(strcmp(rows->ids[i - 1], rows->ids[i]) != 0, "an id twice");
    }
}

INB_TEST(without_faults_the_truth) {
    static struct rows rows;
    inb_world_options options = help_options(50000, 2);
    options.faults = none;
    help_each(&options, count_rows, &rows);
    demand_unique(&rows);
    ck_assert_uint_gt(rows.count, 10000);
    ck_assert_uint_eq(rows.no_birth, 0);
    ck_assert_uint_eq(rows.other_birth, 0);
    ck_assert_uint_eq(rows.no_surname, 0);
    ck_assert_uint_eq(rows.script, 0);
    INB_NEAR_ABS((double)rows.no_phone / (double)rows.count, 0.25, 0.02); // has none
}
INB_END

INB_TEST(faults_as_many_as_asked) {
    static struct rows rows;
    inb_world_options options = help_options(50000, 2);
    options.faults = none;
    options.faults.missing = 0.2;
    help_each(&options, count_rows, &rows);
    double count = (double)rows.count;
    INB_NEAR_ABS((double)rows.no_birth / count, 0.2, 0.015);
    INB_NEAR_ABS((double)rows.no_surname / count, 0.1, 0.015);
    ck_assert_uint_eq(rows.other_birth, 0);
    memset(&rows, 0, sizeof rows);
    options.faults = none;
    options.faults.heaped = 0.3;
    help_each(&options, count_rows, &rows);
    INB_NEAR_ABS((double)rows.other_birth / count, 0.3, 0.03); // some heap on their own day
    memset(&rows, 0, sizeof rows);
    options.faults = none;
    options.faults.typing = 1;
    help_each(&options, count_rows, &rows);
    ck_assert((double)rows.other_birth > 0.9 * (double)count && rows.no_birth == 0);
    demand_unique(&rows);
    memset(&rows, 0, sizeof rows);
    options.faults = none;
    options.faults.script = 1;
    help_each(&options, count_rows, &rows);
    ck_assert_uint_gt(rows.script, 200);
}
INB_END

// The surnames of one person over lists: the same without faults but for marks and the father's
// name alone, different with them.
static void count_different(const inb_world_block *block, void *payload) {
    size_t *counts = payload;
    for (size_t i = 1; i < block->record_count; i++) {
        const inb_world_record *a = &block->records[i - 1];
        const inb_world_record *b = &block->records[i];
        if (a->person == b->person && a->surname != NULL && b->surname != NULL) {
            counts[0]++;
            counts[1] += strcmp(a->surname, b->surname) != 0;
            counts[2] +=
                a->postcode != NULL && b->postcode != NULL && strcmp(a->postcode, b->postcode) != 0;
        }
    }
}

INB_TEST(spellings_and_moves_differ_between_lists) {
    size_t counts[3] = {0};
    inb_world_options options = help_options(50000, 2);
    options.faults = none;
    help_each(&options, count_different, counts);
    ck_assert(counts[0] > 1000 && counts[1] < counts[0] / 4 && counts[2] == 0);
    size_t faulty[3] = {0};
    options.faults.respelt = 0.5;
    options.faults.moved = 0.5;
    help_each(&options, count_different, faulty);
    ck_assert(faulty[1] > 2 * counts[1] && faulty[2] > faulty[0] / 2);
}
INB_END

INB_TEST_MAIN("world/registering", without_faults_the_truth, faults_as_many_as_asked,
    spellings_and_moves_differ_between_lists)
