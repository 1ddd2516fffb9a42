// SPDX-License-Identifier: EUPL-1.2
// Who is seen by whom, against plain counting over a list of all sightings: for each person the
// list is walked anew, so that nothing is remembered in a clever way.

#include <inbeeld/count.h>
#include <inbeeld/overview.h>
#include <inbeeld/rng.h>

#include "support/inb_sweep.h"
#include "support/inb_test.h"

#include <string.h>

enum { SIGHTINGS = 3000, PERSONS = 900, ORGANISATIONS = 2 };

static inb_sighting random_sighting(inb_rng *rng) {
    uint32_t roles = inb_rng_below(rng, 4);
    return (inb_sighting){.person = inb_rng_below(rng, PERSONS),
        .organisation = inb_rng_below(rng, ORGANISATIONS),
        .source = (inb_reporter)inb_rng_below(rng, INB_REPORTER_COUNT),
        .month = inb_rng_below(rng, 9) == 0 ? 0 : 12 * 2024 + (int32_t)inb_rng_below(rng, 24),
        .age = (inb_age_class)inb_rng_below(rng, INB_AGE_CLASS_COUNT),
        .sex = (inb_sex)inb_rng_below(rng, INB_SEX_COUNT),
        .roles = roles << INB_ROLE_POSSIBLE_VICTIM,
        .forms = (uint8_t)(inb_rng_below(rng, 3) == 0 ? 0 : inb_rng_below(rng, 256)),
        .surroundings = (uint8_t)(inb_rng_below(rng, 3) == 0 ? inb_rng_below(rng, 16) : 0),
        .profits = (uint8_t)(inb_rng_below(rng, 4) == 0 ? inb_rng_below(rng, 16) : 0),
        .linkable = inb_rng_below(rng, 4) != 0,
        .with_others_near = inb_rng_below(rng, 5) == 0,
        .has_route = inb_rng_below(rng, 8) != 0,
        .criminal_first = inb_rng_below(rng, 3) == 0,
        .yes = inb_rng_below(rng, 5),
        .no = inb_rng_below(rng, 9),
        .unknown = inb_rng_below(rng, 4)};
}

static inb_sighting list[SIGHTINGS];

static void fill(uint64_t seed, inb_overview *overview) {
    inb_rng rng = inb_rng_make(seed, 0);
    INB_CLEANUP(inb_overview_maker_freep) inb_overview_maker *maker = NULL;
    INB_OK_IS(inb_overview_maker_new(PERSONS, &maker, err));
    for (size_t i = 0; i < SIGHTINGS; i++) {
        list[i] = random_sighting(&rng);
        INB_OK_IS(inb_overview_add(maker, &list[i], err));
    }
    inb_overview_get(maker, overview);
}

// A person by walking the list.
struct plain {
    inb_age_class age;
    inb_sex sex;
    unsigned forms;
    unsigned sources;
    unsigned linkable;
    bool suspect;
    bool both_in_one;
    bool same;
    bool crossed;
    int64_t unknown;
};

static bool says(const inb_sighting *s, inb_role role) {
    return (s->roles & 1u << role) != 0;
}

static struct plain plain_person(uint32_t person) {
    struct plain plain = {0};
    for (size_t i = 0; i < SIGHTINGS; i++) {
        const inb_sighting *s = &list[i];
        if (s->person != person) {
            continue;
        }
        plain.age = plain.age == INB_AGE_UNKNOWN ? s->age : plain.age;
        plain.sex = plain.sex == INB_SEX_UNKNOWN ? s->sex : plain.sex;
        plain.forms |= s->forms;
        plain.sources |= s->forms == 0 ? 0 : 1u << inb_source_group_of(s->source);
        plain.linkable |= s->forms == 0 || !s->linkable ? 0 : 1u << inb_source_group_of(s->source);
        plain.suspect = plain.suspect || says(s, INB_ROLE_SUSPECT);
        plain.both_in_one =
            plain.both_in_one || (says(s, INB_ROLE_SUSPECT) && says(s, INB_ROLE_POSSIBLE_VICTIM));
        plain.unknown += s->unknown;
        for (size_t j = 0; j < SIGHTINGS; j++) {
            const inb_sighting *t = &list[j];
            if (t->person == person && says(s, INB_ROLE_POSSIBLE_VICTIM) &&
                says(t, INB_ROLE_SUSPECT)) {
                plain.same = plain.same || s->organisation == t->organisation;
                plain.crossed = plain.crossed || s->organisation != t->organisation;
            }
        }
    }
    return plain;
}

INB_TEST(persons_are_counted_as_by_hand) {
    static inb_overview overview;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        fill(seed, &overview);
        int64_t boys = 0, once = 0, in_one = 0, same = 0, crossed = 0, police = 0, persons = 0;
        int64_t suspects = 0, unknown = 0, sexual = 0, history = 0;
        unsigned both = 1u << INB_SOURCE_POLICE | 1u << INB_SOURCE_YOUTH;
        for (uint32_t p = 0; p < PERSONS; p++) {
            struct plain plain = plain_person(p);
            in_one += plain.both_in_one;
            same += !plain.both_in_one && plain.same;
            crossed += !plain.both_in_one && !plain.same && plain.crossed;
            if (plain.forms == 0) {
                continue;
            }
            persons++;
            boys += plain.age == INB_AGE_CHILD && plain.sex == INB_SEX_MALE;
            once += (plain.sources & (plain.sources - 1)) == 0;
            police += (plain.sources & 1u << INB_SOURCE_POLICE) != 0;
            suspects += plain.suspect;
            unknown += plain.unknown;
            sexual += (plain.forms & 1u << INB_FORM_SEXUAL) != 0;
            history +=
                plain.age == INB_AGE_ADULT && plain.sex == INB_SEX_FEMALE && plain.linkable == both;
        }
        ck_assert_int_eq(overview.persons, persons);
        ck_assert_int_eq(overview.all.persons, persons);
        ck_assert_int_eq(overview.by_age_and_sex[INB_AGE_CHILD][INB_SEX_MALE].persons, boys);
        ck_assert_int_eq(overview.all.seen_once, once);
        ck_assert_int_eq(overview.all.by_source[INB_SOURCE_POLICE], police);
        ck_assert_int_eq(overview.all.also_suspect, suspects);
        ck_assert_int_eq(overview.all.unknown, unknown);
        ck_assert_int_eq(overview.of_form[INB_FORM_SEXUAL].persons, sexual);
        ck_assert_int_eq(overview.seen.histories[INB_AGE_ADULT][INB_SEX_FEMALE][both], history);
        int64_t found[3] = {0};
        for (int age = 0; age < INB_AGE_CLASS_COUNT; age++) {
            found[0] += overview.overlap[age].in_one_signal;
            found[1] += overview.overlap[age].in_one_organisation;
            found[2] += overview.overlap[age].over_organisations;
        }
        ck_assert_int_eq(found[0], in_one);
        ck_assert_int_eq(found[1], same);
        ck_assert_int_eq(found[2], crossed);
        ck_assert_int_gt(crossed, 0);
    }
}
INB_END

INB_TEST(sightings_are_counted_as_by_hand) {
    static inb_overview overview;
    fill(4, &overview);
    int64_t in_picture = 0, beat = 0, unaware = 0, silent = 0, untold = 0, quarter = 0, route = 0;
    for (size_t i = 0; i < SIGHTINGS; i++) {
        const inb_sighting *s = &list[i];
        if (s->forms == 0) {
            continue;
        }
        in_picture++;
        beat += (s->forms & 1u << INB_FORM_CRIMINAL) != 0 && s->source == INB_REPORTER_POLICE_BEAT;
        untold += s->month == 0;
        quarter += s->month >= 12 * 2025 + 3 && s->month < 12 * 2025 + 6;
        route += s->has_route && s->criminal_first;
        if (s->age == INB_AGE_CHILD) {
            unaware += (s->surroundings & 1u << INB_SURROUNDING_UNAWARE) != 0;
            silent += s->surroundings == 0 && !s->with_others_near &&
                      (s->profits & 1u << INB_PROFIT_PARENT) == 0;
        }
    }
    ck_assert_int_eq(overview.sightings, SIGHTINGS);
    ck_assert_int_eq(overview.in_picture, in_picture);
    ck_assert_int_eq(overview.by_form[INB_FORM_CRIMINAL][INB_REPORTER_POLICE_BEAT], beat);
    ck_assert_int_eq(
        overview.involvement[INB_AGE_CHILD].by_surrounding[INB_SURROUNDING_UNAWARE], unaware);
    ck_assert_int_eq(overview.involvement[INB_AGE_CHILD].not_told, silent);
    ck_assert_int_eq(overview.month_unknown, untold);
    ck_assert_int_eq(overview.quarters[4 * (2025 - INB_OVERVIEW_FIRST_YEAR) + 1], quarter);
    ck_assert_int_eq(overview.criminal_first, route);
}
INB_END

// What is written is what estimate reads, and nobody is lost on the way.
INB_TEST(histories_are_read_again) {
    static inb_overview overview;
    fill(5, &overview);
    INB_CLEANUP(inb_buffer_clear) inb_buffer out = INB_BUFFER_INIT(1 << 20);
    inb_overview_histories(&overview, &out);
    INB_OK_IS(inb_buffer_check(&out, err));
    INB_CLEANUP(inb_histories_freep) inb_histories *histories = NULL;
    static const char *const by[] = {"sex"};
    INB_OK_IS(
        inb_histories_read_memory("histories.csv", out.data, out.length, by, 1, &histories, err));
    ck_assert_uint_eq(histories->list_count, INB_SOURCE_GROUP_COUNT);
    int64_t linkable = 0;
    for (uint32_t p = 0; p < PERSONS; p++) {
        linkable += plain_person(p).linkable != 0 ? 1 : 0;
    }
    ck_assert_int_eq(histories->pooled.observed, linkable);
    ck_assert_int_lt(linkable, overview.persons);
    ck_assert_uint_eq(histories->group_count, INB_SEX_COUNT);
}
INB_END

INB_TEST(what_is_out_of_range_is_refused) {
    INB_CLEANUP(inb_overview_maker_freep) inb_overview_maker *maker = NULL;
    INB_OK_IS(inb_overview_maker_new(3, &maker, err));
    inb_sighting wrong = {.person = 3};
    INB_FAILS(inb_overview_add(maker, &wrong, err), INB_RANGE, "out of range");
    wrong = (inb_sighting){.source = INB_REPORTER_COUNT};
    INB_FAILS(inb_overview_add(maker, &wrong, err), INB_RANGE, "out of range");
    wrong = (inb_sighting){.sex = (inb_sex)INB_SEX_COUNT};
    INB_FAILS(inb_overview_add(maker, &wrong, err), INB_RANGE, "out of range");
    wrong = (inb_sighting){.month = 12 * 1980, .forms = 1};
    INB_OK_IS(inb_overview_add(maker, &wrong, err));
    static inb_overview overview;
    inb_overview_get(maker, &overview);
    ck_assert_int_eq(overview.other_quarters, 1);
    ck_assert_int_eq(overview.sightings, 1);
}
INB_END

// Wilson 1927: 10 of 100 gives 0.0552 to 0.1744; the ends are never beyond 0 and 1.
INB_TEST(shares_have_an_interval) {
    double low, high;
    inb_share_interval(10, 100, &low, &high);
    INB_NEAR_ABS(low, 0.05523, 1e-5);
    INB_NEAR_ABS(high, 0.17437, 1e-5);
    inb_share_interval(0, 20, &low, &high);
    ck_assert(low == 0 && high > 0.1 && high < 0.2);
    inb_share_interval(20, 20, &low, &high);
    ck_assert(high == 1 && low > 0.8);
    inb_share_interval(0, 0, &low, &high);
    ck_assert(low == 0 && high == 1);
}
INB_END

INB_TEST(every_reporter_has_its_group) {
    ck_assert_str_eq(
        inb_source_group_code(inb_source_group_of(INB_REPORTER_BORDER_POLICE)), "police");
    ck_assert_str_eq(inb_source_group_code(inb_source_group_of(INB_REPORTER_SELF)), "citizens");
    ck_assert_str_eq(
        inb_source_group_code(inb_source_group_of(INB_REPORTER_GUARDIAN)), "reception");
    ck_assert_str_eq(inb_sex_code(INB_SEX_OTHER), "other");
    ck_assert_str_eq(inb_age_class_code(INB_AGE_CHILD), "child");
}
INB_END

INB_TEST_MAIN("4_count/overview", persons_are_counted_as_by_hand, sightings_are_counted_as_by_hand,
    histories_are_read_again, what_is_out_of_range_is_refused, shares_have_an_interval,
    every_reporter_has_its_group)
