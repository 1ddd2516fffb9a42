// SPDX-License-Identifier: EUPL-1.2
// Persons that are near: what is found one signal at a time through keys, names opened for those
// alone, against a comparison of every pair of what was told. Never one too many; of those that the
// rule joins at least 97 in 100 (the keys may lose some), all that are written the same.

#include "hits_help.h"

#include "inb_sweep.h"

#include <inbeeld/near_person.h>
#include <inbeeld/rng.h>

enum { PERSONS = 160 };

static const char *const given[] = {"Mohamed", "Yuliia", "Katarzyna", "Jan", "Willem", "Fatima",
    "Oleksandr", "Marieke", "Robert", "Aster"};
static const char *const surnames[] = {"Kovalchuk", "Nowakowska", "van der Made", "El Amrani",
    "Hagos", "Popescu", "Jansen", "Wojciechowski"};

static char names[PERSONS][64];
static char births[PERSONS][16];

// The second telling of a person: one letter wrong, turned round, another day, or the same.
static void damage(
    inb_rng *rng, const char *name, const char *born, char ret_name[64], char ret_born[16]) {
    snprintf(ret_name, 64, "%s", name);
    snprintf(ret_born, 16, "%s", born);
    char *blank = strchr(ret_name, ' ');
    switch (inb_rng_below(rng, 6)) {
    case 0: // a letter
        ret_name[1 + inb_rng_below(rng, (uint32_t)strlen(name) - 2)] = 'e';
        break;
    case 1: // the order
        snprintf(ret_name, 64, "%s, %.*s", strchr(name, ' ') + 1, (int)(blank - ret_name), name);
        break;
    case 2: // a digit of the day
        ret_born[9] = (char)('0' + (born[9] - '0' + 1) % 10);
        break;
    case 3: // day and month
        memcpy(ret_born + 5, born + 8, 2);
        memcpy(ret_born + 8, born + 5, 2);
        break;
    case 4: // a digit of the year
        ret_born[3] = (char)('0' + (born[3] - '0' + 3) % 10);
        break;
    default:
        break;
    }
}

INB_TEST(near_as_every_pair) {
    road_setup();
    inb_road *road = hits_open();
    inb_rng rng = inb_rng_make(3, 0);
    inb_arena *arena = NULL;
    inb_name_reader *reader = NULL;
    static inb_near_form forms[PERSONS];
    INB_OK_IS(inb_arena_new(0, &arena, err));
    INB_OK_IS(inb_name_reader_new(&reader, err));
    hits_quota(road, "a", PERSONS);
    hits_quota(road, "b", PERSONS);
    for (size_t i = 0; i < PERSONS; i++) {
        char id[16];
        if (i % 2 == 0) {
            snprintf(names[i], 64, "%s %s", given[inb_rng_below(&rng, 10)],
                surnames[inb_rng_below(&rng, 8)]);
            snprintf(births[i], 16, "19%02u-%02u-%02u", 70 + inb_rng_below(&rng, 9),
                1 + inb_rng_below(&rng, 12), 1 + inb_rng_below(&rng, 12));
        } else {
            damage(&rng, names[i - 1], births[i - 1], names[i], births[i]);
        }
        snprintf(id, sizeof id, "%zu", i);
        (void)hits_keep(road, &(hits_case){i % 2 == 0 ? "a" : "b", id, INB_REPORTER_SCHOOL,
                                  .name = names[i], .born = births[i]});
        const inb_person person = {.name = names[i], .birth_date = births[i]};
        INB_OK_IS(inb_near_form_make(reader, &person, arena, &forms[i], err));
    }
    const inb_alike *list = NULL;
    size_t count = 0;
    INB_OK_IS(inb_store_alike_list(road->store, arena, &list, &count, err));
    size_t wanted = 0;
    size_t found = 0;
    for (size_t a = 0; a < PERSONS; a++) {
        for (size_t b = a + 1; b < PERSONS; b++) {
            bool near = a % 2 != b % 2 && inb_near_same(&forms[a], &forms[b]);
            bool here = found < count && list[found].first == (int64_t)a + 1 &&
                        list[found].second == (int64_t)b + 1;
            ck_assert_msg(near || !here, "%zu and %zu are not near", a, b);
            bool same = strcmp(names[a], names[b]) == 0 && strcmp(births[a], births[b]) == 0;
            ck_assert_msg(here || !same || a % 2 == b % 2, "%zu and %zu are the same", a, b);
            wanted += near ? 1 : 0;
            found += here ? 1 : 0;
        }
    }
    ck_assert_uint_eq(found, count); // nothing beside
    ck_assert_uint_gt(wanted, 60);
    ck_assert_msg(100 * found >= 97 * wanted, "found %zu of %zu", found, wanted);
    printf("# near: %zu of %zu that the rule joins were found\n", found, wanted);
    inb_name_reader_free(reader);
    inb_arena_free(arena);
    inb_road_free(road);
    road_teardown();
}
INB_END

// A store that was kept before there were hits: everything waits, and is taken up by the quota.
INB_TEST(kept_before) {
    road_setup();
    inb_road *road = hits_open();
    for (int i = 0; i < 3; i++) {
        char id[4] = {(char)('1' + i), '\0'};
        (void)hits_keep(road, &(hits_case){i == 0 ? "b" : "a", id, INB_REPORTER_SCHOOL,
                                  .name = "Jan Made", .born = "2011-03-02"});
    }
    INB_OK_IS(inb_store_begin(road->store, err));
    for (int64_t number = 1; number <= 3; number++) {
        const inb_compared before = {1, INB_COMPARED_WAITS, 0};
        INB_OK_IS(
            inb_store_compared_set(road->store, number, number == 1 ? "b" : "a", &before, err));
        INB_OK_IS(inb_store_alike_drop(road->store, number, err));
    }
    INB_OK_IS(inb_store_commit(road->store, err));
    hits_quota(road, "a", 3); // two were used
    HITS_ARE(road, 1, "waits");
    size_t compared = 0;
    inb_road_actor actor = hits_actor("a");
    INB_OK_IS(inb_road_catch_up(road, &actor, &compared, err));
    ck_assert_uint_eq(compared, 1);
    inb_road_actor other = hits_actor("b");
    INB_OK_IS(inb_road_catch_up(road, &other, &compared, err));
    ck_assert_uint_eq(compared, 1);
    HITS_ARE(road, 1, "a");
    HITS_ARE(road, 2, "b");
    HITS_ARE(road, 3, "waits");
    inb_road_free(road);
    road_teardown();
}
INB_END

static inb_status once(inb_road *road, inb_error *err) {
    inb_i_comparer *comparer = NULL;
    INB_TRY(inb_i_comparer_new(road->keys, road->ring, &comparer, err));
    inb_status status = inb_store_begin(road->store, err);
    const inb_compared again = {1, INB_COMPARED_WAITS, 0};
    inb_compared_state state = INB_COMPARED_NOTHING;
    if (status == INB_OK) {
        INB_OK_IS(inb_store_compared_set(road->store, 2, "b", &again, err));
        status = inb_i_compare(comparer, road->store, 2, "u", ROAD_NOW, &state, err);
    }
    ck_assert(status != INB_OK || state == INB_COMPARED_DONE);
    inb_store_rollback(road->store);
    inb_i_comparer_free(comparer);
    return status;
}

INB_TEST(memory_may_run_out) {
    road_setup();
    inb_road *road = hits_open();
    (void)hits_keep(road, &(hits_case){"a", "1", INB_REPORTER_SCHOOL, .name = "Jan van der Made",
                              .born = "2011-03-02"});
    (void)hits_keep(road, &(hits_case){"b", "1", INB_REPORTER_SCHOOL, .name = "Jan van der Maden",
                              .born = "2011-03-02"});
    INB_SWEEP(once(road, err));
    inb_road_free(road);
    road_teardown();
}
INB_END

INB_TEST_MAIN("road/hit_compare", near_as_every_pair, kept_before, memory_may_run_out)
