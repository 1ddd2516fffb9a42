// SPDX-License-Identifier: EUPL-1.2
// A whole link on made-up people: accuracy, calibration, any number of threads, refusals.

#include "inb_link_case.h"
#include "inb_made_people.h"
#include "inb_sweep.h"
#include "inb_test.h"
#include "linked.h"

static inb_people *people;
static inb_linked *linked;

static void drop(void) {
    inb_linked_freep(&linked);
    inb_people_freep(&people);
}

static inb_status run(const char *a, const char *b, size_t threads, inb_error *err) {
    drop();
    INB_TRY(inb_case_read(a, b, NULL, 0, &people, err));
    inb_link_options options = {1, threads};
    return inb_link_run(people, &options, &linked, err);
}

// Truth: the second column of the text, a record a line.
static void truth_of(const char *text, uint32_t *entity) {
    const char *at = strchr(text, '\n');
    for (size_t r = 0; at != NULL && at[1] != '\0'; r++) {
        entity[r] = (uint32_t)strtoul(strchr(at, ',') + 1, NULL, 10);
        at = strchr(at + 1, '\n');
    }
}

static uint32_t entity[20000];

static double f1(void) {
    double both = 0;
    double said = 0;
    double is = 0;
    for (size_t a = 0; a < people->count; a++) {
        for (size_t b = a + 1; b < people->count; b++) {
            bool same = entity[a] == entity[b];
            bool joined = linked->person[a] == linked->person[b];
            both += same && joined ? 1 : 0;
            said += joined ? 1 : 0;
            is += same ? 1 : 0;
        }
    }
    return 2 * both / (said + is);
}

INB_TEST(two_lists) {
    inb_buffer a = INB_BUFFER_INIT(1 << 24);
    inb_buffer b = INB_BUFFER_INIT(1 << 24);
    inb_made_two(11, 2000, &a, &b);
    INB_OK_IS(run(inb_buffer_get(&a), inb_buffer_get(&b), 2, err));
    truth_of(inb_buffer_get(&a), entity);
    truth_of(inb_buffer_get(&b), entity + 2000);
    ck_assert(linked->all_pairs && linked->one_to_one);
    double value = f1();
    ck_assert_msg(value >= 0.999, "F1 %g", value);
    drop();
    inb_buffer_clear(&a);
    inb_buffer_clear(&b);
}
INB_END

// Stated probabilities by tenths, where a tenth holds at least 200 pairs: the share that matches is
// within 0.05 or inside its 95 % binomial interval.
static size_t check_calibration(void) {
    double said[10] = {0};
    double is[10] = {0};
    double count[10] = {0};
    size_t checked = 0;
    for (size_t i = 0; i < linked->pair_count; i++) {
        double p = (double)linked->probability[i];
        size_t bin = p >= 1 ? 9 : (size_t)(p * 10);
        if (p >= 0.01) {
            said[bin] += p;
            is[bin] += entity[linked->pairs[i].a] == entity[linked->pairs[i].b] ? 1 : 0;
            count[bin]++;
        }
    }
    for (size_t bin = 0; bin < 10; bin++) {
        if (count[bin] >= 200) {
            double p = said[bin] / count[bin];
            double share = is[bin] / count[bin];
            double width = fmax(0.05, 1.96 * sqrt(p * (1 - p) / count[bin]));
            ck_assert_msg(fabs(p - share) <= width, "bin %zu of %g pairs: said %.3f, is %.3f", bin,
                count[bin], p, share);
            checked++;
        }
    }
    return checked;
}

INB_TEST(one_list_of_weak_columns) {
    inb_buffer text = INB_BUFFER_INIT(1 << 24);
    inb_made_weak(12, 10000, &text);
    INB_OK_IS(run(inb_buffer_get(&text), NULL, 2, err));
    truth_of(inb_buffer_get(&text), entity);
    ck_assert(!linked->all_pairs);
    double value = f1();
    ck_assert_msg(value >= 0.955, "F1 %g", value);
    ck_assert(check_calibration() >= 1);
    ck_assert(linked->lost >= 0 && linked->lost < 0.1);
    drop();
    inb_buffer_clear(&text);
}
INB_END

INB_TEST(same_result_for_any_threads) {
    inb_buffer text = INB_BUFFER_INIT(1 << 24);
    inb_made_heavy(13, 9000, &text);
    static float kept[4000000];
    static uint32_t persons[9000];
    size_t count = 0;
    const size_t threads[] = {1, 2, 7};
    for (size_t t = 0; t < 3; t++) {
        INB_OK_IS(run(inb_buffer_get(&text), NULL, threads[t], err));
        if (t == 0) {
            count = linked->pair_count;
            ck_assert_uint_lt(count, sizeof kept / sizeof kept[0]);
            memcpy(kept, linked->probability, count * sizeof *kept);
            memcpy(persons, linked->person, sizeof persons);
        }
        ck_assert_uint_eq(linked->pair_count, count);
        ck_assert_mem_eq(kept, linked->probability, count * sizeof *kept);
        ck_assert_mem_eq(persons, linked->person, sizeof persons);
    }
    drop();
    inb_buffer_clear(&text);
}
INB_END

INB_TEST(what_is_refused) {
    INB_FAILS(run("id,surname\n1,a\n", NULL, 1, err), INB_BAD_INPUT, "found 1 record in all");
    INB_FAILS(run("id,surname\n", NULL, 1, err), INB_BAD_INPUT, "found 0 records");
    INB_FAILS(run("id,surname\n1,\n2,\n", NULL, 1, err), INB_BAD_INPUT, "only blanks");
    INB_FAILS(run("id,surname\n1,a\n2,b\n", "id,place\n1,a\n2,b\n", 1, err), INB_BAD_INPUT,
        "no column to compare that another file has");
    INB_FAILS(run("id,surname\n1,a\n2,b\n", "id,surname\n", 1, err), INB_BAD_INPUT,
        "b.csv:2:1: found no record");
    ck_assert_ptr_null(linked);
    drop();
}
INB_END

// ---- files on which EM finds another class ----

static void a_name(struct inb_made *made, uint32_t surname, inb_buffer *text) {
    char given[INB_MADE_TEXT];
    char family[INB_MADE_TEXT];
    inb_made_word(1, inb_made_zipf(made, 400, 12), given);
    inb_made_word(2, surname, family);
    inb_buffer_format(text, ",%s,%s", given, family);
}

// Families at one address and nobody twice: they are not taken for one person each.
INB_TEST(households_without_doubles) {
    enum { PERSONS = 1500 };
    struct inb_made made = {inb_rng_make(31, 0)};
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 20);
    inb_buffer_text(&text, "id,given_name,surname,birth_date,postcode,place\n");
    uint32_t home = 0;
    for (uint32_t i = 0; i < PERSONS; i++) {
        home = i == 0 || inb_made_chance(&made, .4) ? i : home;
        inb_buffer_format(&text, "%u", i);
        a_name(&made, home * 7 % 900, &text);
        inb_buffer_format(&text, ",%u-%02u-%02u,%u,p%u\n", 1930 + inb_made_below(&made, 80),
            1 + inb_made_below(&made, 12), 1 + inb_made_below(&made, 28), 1000 + home, home % 60);
    }
    INB_OK_IS(run(inb_buffer_get(&text), NULL, 2, err));
    ck_assert_uint_ge(linked->persons, PERSONS - 3);
    drop();
}
INB_END

// Each person twice; the place stands in three columns. They count once.
INB_TEST(a_column_that_was_copied) {
    struct inb_made made = {inb_rng_make(32, 0)};
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 20);
    inb_buffer_text(&text, "id,ent_id,given_name,surname,birth_date,street,place,organisation\n");
    for (uint32_t i = 0; i < 350; i++) {
        struct inb_made_person person;
        inb_made_person(&made, 4000, &person);
        for (size_t k = 0; k < 2; k++) {
            char place[INB_MADE_TEXT];
            memcpy(place, person.place, sizeof place);
            if (inb_made_chance(&made, .1)) {
                inb_made_typo(&made, place);
            }
            inb_buffer_format(&text, "%u%c,%u,%s,%s,%u-%02u-%02u,%s,%s,%s\n", i, k == 0 ? 'a' : 'b',
                i, person.given, person.surname, person.year, person.month, person.day, place,
                place, place);
        }
    }
    INB_OK_IS(run(inb_buffer_get(&text), NULL, 2, err));
    truth_of(inb_buffer_get(&text), entity);
    double value = f1();
    ck_assert_msg(value >= 0.98, "F1 %g", value);
    ck_assert(linked->fit->aside);
    drop();
}
INB_END

// Every column is a function of a counter, so that parts are functions of each other.
INB_TEST(functions_of_each_other_are_refused) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 20);
    inb_buffer_text(&text, "id,given_name,surname,birth_year,birth_month,birth_day\n");
    for (uint32_t i = 0; i < 700; i++) {
        uint32_t k = i / 2;
        char given[INB_MADE_TEXT];
        char surname[INB_MADE_TEXT];
        inb_made_word(1, k % 9, given);
        inb_made_word(2, k % 10, surname);
        inb_buffer_format(
            &text, "%u,%s,%s,%u,%u,%u\n", i, given, surname, 1970 + k % 12, 1 + k % 6, 1 + k % 5);
    }
    INB_FAILS(run(inb_buffer_get(&text), NULL, 1, err), INB_NOT_IDENTIFIED,
        "have the same given name hardly more often");
    ck_assert_ptr_null(linked);
    drop();
}
INB_END

static inb_status once(const char *a, const char *b, inb_error *err) {
    INB_CLEANUP(inb_people_freep) inb_people *read = NULL;
    INB_CLEANUP(inb_linked_freep) inb_linked *made = NULL;
    inb_link_options options = {1, 1};
    INB_TRY(inb_case_read(a, b, NULL, 0, &read, err));
    return inb_link_run(read, &options, &made, err);
}

INB_TEST(memory_refused) {
    INB_SWEEP(once(inb_case_a, inb_case_b, err));
}
INB_END

// Clusters, by hand alone (tools/torture.sh --all): each refusal is a link of its own.
INB_TEST(memory_refused_for_one_list) {
    if (getenv("INBEELD_SWEEP_SEED") == NULL) {
        return;
    }
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 20);
    inb_made_heavy(5, 60, &text);
    INB_SWEEP(once(inb_buffer_get(&text), NULL, err));
}
INB_END

static inb_status told(inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer out = INB_BUFFER_INIT(1 << 20);
    INB_TRY(inb_linked_explain(linked, "1", "x", &out, err));
    inb_linked_clusters_csv(linked, &out);
    inb_linked_pairs_csv(linked, &out);
    inb_linked_text(linked, &out);
    inb_linked_json(linked, &out);
    INB_TRY(inb_linked_histories_csv(linked, &out, err));
    return inb_buffer_check(&out, err);
}

INB_TEST(memory_refused_while_it_is_told) {
    INB_OK_IS(run(inb_case_a, inb_case_b, 1, err));
    INB_SWEEP(told(err));
    drop();
}
INB_END

INB_TEST_MAIN("3_link/link_run", two_lists, one_list_of_weak_columns, same_result_for_any_threads,
    what_is_refused, households_without_doubles, a_column_that_was_copied,
    functions_of_each_other_are_refused, memory_refused, memory_refused_for_one_list,
    memory_refused_while_it_is_told)
