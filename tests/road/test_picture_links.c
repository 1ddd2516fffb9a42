// SPDX-License-Identifier: EUPL-1.2
// Who is the same person in a picture: a generated crowd with typing errors is joined, what no name
// tells apart is left alone, and drawn tables hold the same people on the same lists.

#include "picture_links.h"

#include "base/alloc.h"
#include "inb_sweep.h"
#include "inb_test.h"

#include <inbeeld/rng.h>

#include <string.h>

// Each person is told of by a school; the first BOTH by police too, with an error in every other
// name; and a parent of each tenth, who is on no list.
enum { PEOPLE = 120, BOTH = 60, PARENTS = 12, SIGHTINGS = PEOPLE + BOTH + PARENTS };

static inb_sighting sightings[SIGHTINGS];
static inb_person_sets *sets;
static inb_status made; // of the sets: memory may run out
static inb_buffer lines;
static inb_overview_draws draws;
static inb_picture_links how;

static void tell(uint32_t place, const char *name, inb_reporter source, uint8_t forms) {
    uint32_t added = place;
    made = made == INB_OK ? inb_person_sets_add(sets, place + 1, &added, NULL) : made;
    ck_assert_uint_eq(added, place);
    sightings[place] = (inb_sighting){.source = source,
        .age = place % 2 == 0 ? INB_AGE_CHILD : INB_AGE_ADULT,
        .sex = INB_SEX_MALE,
        .forms = forms,
        .linkable = true};
    inb_buffer_format(&lines, "%u,\"%s\",\"\",\"\",\"\",\"20%02u-%02u-%02u\",\"\"\n", place, name,
        place % 9 + 1, place % 12 + 1, place % 28 + 1);
}

static inb_i_picture_names crowd(void) {
    inb_rng rng = inb_rng_make(11, 0);
    inb_buffer_clear(&lines);
    lines = (inb_buffer)INB_BUFFER_INIT(1 << 20);
    inb_overview_draws_clear(&draws);
    inb_person_sets_free(sets);
    sets = NULL;
    made = inb_person_sets_new(NULL, 0, &sets, NULL);
    how = (inb_picture_links){6, 1, 1};
    char names[PEOPLE][20];
    uint8_t criminal = 1u << INB_FORM_CRIMINAL;
    for (uint32_t i = 0; i < PEOPLE; i++) {
        for (size_t k = 0; k < 17; k++) {
            names[i][k] = (char)(k == 8 ? ' ' : 'a' + (int)inb_rng_below(&rng, 26));
        }
        names[i][17] = '\0';
        tell(i, names[i], INB_REPORTER_SCHOOL, criminal);
    }
    for (uint32_t i = 0; i < BOTH; i++) {
        names[i][3] = i % 2 == 0 ? 'q' : names[i][3];
        tell(PEOPLE + i, names[i], INB_REPORTER_POLICE_BEAT, criminal);
        // The date of the school's record: the same person has one.
        lines.length -= strlen("\"2001-01-01\",\"\"\n");
        inb_buffer_format(&lines, "\"20%02u-%02u-%02u\",\"\"\n", i % 9 + 1, i % 12 + 1, i % 28 + 1);
        sightings[PEOPLE + i].age = sightings[i].age;
    }
    for (uint32_t i = 0; i < PARENTS; i++) {
        char name[20];
        for (size_t k = 0; k < 17; k++) {
            name[k] = (char)(k == 8 ? ' ' : 'a' + (int)inb_rng_below(&rng, 26));
        }
        name[17] = '\0';
        tell(PEOPLE + BOTH + i, name, INB_REPORTER_SCHOOL, 0);
    }
    return (inb_i_picture_names){.lines = &lines,
        .sightings = sightings,
        .sets = sets,
        .count = SIGHTINGS,
        .links = &how,
        .draws = &draws};
}

static inb_status count_crowd(inb_i_picture_names *names, inb_overview *overview, inb_error *err) {
    INB_CLEANUP(inb_overview_maker_freep) inb_overview_maker *maker = NULL;
    INB_TRY(inb_i_picture_link(names, err));
    INB_TRY(inb_i_picture_maker(names, &maker, err));
    INB_TRY(inb_i_picture_draw(names, maker, err));
    inb_overview_get(maker, overview);
    return INB_OK;
}

static int64_t on(const inb_overview_table *table, unsigned history) {
    int64_t sum = 0;
    for (int age = 0; age < INB_AGE_CLASS_COUNT; age++) {
        sum += table->histories[age][INB_SEX_MALE][history];
    }
    return sum;
}

INB_TEST(joined_and_drawn) {
    static inb_overview overview;
    inb_i_picture_names names = crowd();
    INB_OK_IS(count_crowd(&names, &overview, err));
    unsigned police = 1u << INB_SOURCE_POLICE;
    unsigned school = 1u << INB_SOURCE_YOUTH;
    ck_assert(names.linked);
    ck_assert_int_eq(overview.persons, PEOPLE);
    ck_assert_int_eq(on(&overview.seen, police | school), BOTH);
    ck_assert_uint_eq(draws.count, how.draws);
    for (size_t k = 0; k < draws.count; k++) {
        const inb_overview_table *table = &draws.tables[k];
        int64_t both = on(table, police | school);
        // Everybody on a list is somewhere, once; the parents, on no list, are nowhere.
        ck_assert_int_eq(on(table, police) + both, BOTH);
        ck_assert_int_eq(on(table, school) + both, PEOPLE);
        ck_assert_int_ge(both, BOTH - 6);
        ck_assert_int_eq(table->of_form[INB_FORM_CRIMINAL][police | school], both);
        ck_assert_int_eq(table->of_form[INB_FORM_SEXUAL][school], 0);
        int64_t children = 0;
        for (unsigned h = 1; h < 1u << INB_SOURCE_GROUP_COUNT; h++) {
            children += table->histories[INB_AGE_CHILD][INB_SEX_MALE][h];
        }
        ck_assert_int_ge(children, PEOPLE / 2 - 6);
        ck_assert_int_le(children, PEOPLE / 2 + 6);
    }
}
INB_END

// One list alone has no overlap to draw; no name at all, nothing to link.
INB_TEST(too_little) {
    static inb_overview overview;
    inb_i_picture_names names = crowd();
    for (uint32_t i = 0; i < SIGHTINGS; i++) {
        sightings[i].source = INB_REPORTER_SCHOOL;
    }
    INB_OK_IS(count_crowd(&names, &overview, err));
    ck_assert_int_ge(overview.persons, PEOPLE - 2);
    ck_assert_int_le(overview.persons, PEOPLE);
    ck_assert_uint_eq(draws.count, 0);
    names = crowd();
    inb_buffer_reset(&lines);
    INB_OK_IS(inb_i_picture_link(&names, err));
    ck_assert(!names.linked);
    for (uint32_t i = 0; i < SIGHTINGS; i++) {
        ck_assert_uint_eq(inb_person_sets_find(sets, i), i);
    }
}
INB_END

static inb_status once(inb_error *err) {
    static inb_overview overview;
    inb_i_picture_names names = crowd();
    inb_status status = made == INB_OK ? inb_buffer_check(&lines, err)
                                       : inb_fail(err, made, "no memory for a crowd");
    status = status == INB_OK ? count_crowd(&names, &overview, err) : status;
    inb_overview_draws_clear(&draws);
    return status;
}

INB_TEST(memory_may_run_out) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("road/picture_links", joined_and_drawn, too_little, memory_may_run_out)
