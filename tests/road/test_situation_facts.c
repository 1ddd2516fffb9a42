// SPDX-License-Identifier: EUPL-1.2
// R4, the split-story test: a story cut in five over three organisations is found only when joined.
// And how answers of several signals come together by age class.

#include "road_help.h"
#include "road_i.h"

#include <inbeeld/situations.h>
#include <inbeeld/world.h>

static inb_level level_of(const inb_facts *facts) {
    inb_finding finding;
    inb_weigh(road_norm, facts, &finding);
    return inb_finding_level(&finding);
}

// An id of the norm that speaks to one element of forced labour of an adult and to no other; so the
// test holds for a norm with other words.
static const char *speaks_to(inb_element element) {
    for (size_t row = 0; row < inb_catalogue_rows(road_norm); row++) {
        const inb_indicator *i = inb_catalogue_row(road_norm, row);
        if (i->kind == INB_INDICATOR && !i->omitted && i->for_adult && !i->any_form &&
            i->forms == 1U << INB_FORM_LABOUR && i->elements == 1U << element) {
            return i->id;
        }
    }
    ck_abort_msg("the norm has no such row");
    return NULL;
}

static inb_status joined_only(
    const inb_signal *pieces, size_t count, inb_level *ret_joined, inb_error *err) {
    inb_road_options options = road_options();
    options.writer = false;
    inb_road *road = NULL;
    INB_TRY(inb_road_open(&options, &road, err));
    INB_TRY(inb_road_begin(road, err));
    for (size_t i = 0; i < count; i++) {
        INB_TRY(inb_road_keep_one(road, &road_actor, &pieces[i], NULL, err));
    }
    INB_TRY(inb_road_commit(road, err));
    inb_arena *arena = NULL;
    inb_situation_group group;
    int64_t number = 0;
    INB_TRY(inb_arena_new(0, &arena, err));
    INB_TRY(inb_road_number_of(road, pieces[0].organisation, pieces[0].id, arena, &number, err));
    INB_TRY(inb_situation_of(road->store, arena, number, &group, err));
    const inb_stored_signal *signals[16];
    for (size_t i = 0; i < group.count; i++) {
        INB_TRY(inb_road_stored(road, arena, group.numbers[i], &signals[i], err));
    }
    ck_assert_uint_eq(group.count, count);
    inb_facts facts[INB_SITUATION_FACTS_MOST];
    size_t facts_count = 0;
    inb_situation_facts(road_norm, signals, group.count, facts, &facts_count);
    ck_assert_uint_eq(facts_count, 1);
    *ret_joined = level_of(&facts[0]);
    inb_arena_free(arena);
    inb_road_free(road);
    return INB_OK;
}

INB_TEST(split_story) {
    road_setup();
    const char *act = speaks_to(INB_ACT);
    const char *means = speaks_to(INB_MEANS);
    const char *purpose = speaks_to(INB_PURPOSE);
    const inb_observation said[][1] = {{{act, INB_ANSWER_YES}}, {{means, INB_ANSWER_YES}},
        {{purpose, INB_ANSWER_YES}}, {{means, INB_ANSWER_UNKNOWN}}, {{act, INB_ANSWER_NO}}};
    // Three organisations, five days; each two pieces share something, no two of them all: agency
    // and phone, plate, address, trade register.
    const inb_party parties[][3] = {
        {{INB_PARTY_AGENCY, "Voorbeeldflex BV", NULL}, {INB_PARTY_PHONE, "010-7654321", NULL}},
        {{INB_PARTY_AGENCY, "VOORBEELDFLEX B.V.", NULL}, {INB_PARTY_PHONE, "+31107654321", NULL},
            {INB_PARTY_VEHICLE, "VB-12-XY", NULL}},
        {{INB_PARTY_VEHICLE, "vb 12 xy", NULL},
            {INB_PARTY_ADDRESS, "Dijk 3, 3011 AB Rotterdam", NULL}},
        {{INB_PARTY_ADDRESS, "Dijk 3 3011AB Rotterdam", NULL},
            {INB_PARTY_AGENCY, NULL, "23456789"}},
        {{INB_PARTY_EMPLOYER, NULL, "23456789"}}};
    static const size_t party_counts[] = {2, 3, 2, 2, 1};
    static const char *const organisations[] = {
        "inspectorate", "ngo", "inspectorate", "police", "ngo"};
    inb_person persons[5];
    inb_signal pieces[5];
    for (size_t i = 0; i < 5; i++) {
        persons[i] = (inb_person){.ref = "a",
            .age = {INB_AGE_ADULT, INB_YEARS_UNKNOWN},
            .observations = said[i],
            .observation_count = 1};
        static const char *const ids[] = {"p1", "p2", "p3", "p4", "p5"};
        pieces[i] = (inb_signal){.id = ids[i],
            .organisation = organisations[i],
            .source_kind = INB_REPORTER_NGO,
            .seen = {2026, 10, (int8_t)(1 + 3 * i)},
            .persons = &persons[i],
            .person_count = 1,
            .parties = parties[i],
            .party_count = party_counts[i]};
        inb_facts alone;
        INB_OK_IS(inb_facts_from_signal(road_norm, &pieces[i], 0, &alone, err));
        ck_assert_int_lt(level_of(&alone), INB_LEVEL_ELEMENTS); // no piece says it
    }
    inb_level level = INB_LEVEL_NONE;
    pieces[0].organisation = "school-a"; // whose ticket it is
    INB_OK_IS(joined_only(pieces, 5, &level, err));
    ck_assert_int_eq(level, INB_LEVEL_ELEMENTS);
    road_teardown();
}
INB_END

INB_TEST(together) {
    road_setup();
    const inb_observation one[] = {{"D1-01", INB_ANSWER_NO}, {"D1-02", INB_ANSWER_UNKNOWN}};
    const inb_observation two[] = {
        {"D1-01", INB_ANSWER_YES}, {"D1-02", INB_ANSWER_NO}, {"ZZ-99", INB_ANSWER_YES}};
    const inb_stored_person child = {
        .ref = "a", .age_class = INB_AGE_CHILD, .observations = one, .observation_count = 2};
    const inb_stored_person unknown = {.ref = "a",
        .age_class = INB_AGE_UNKNOWN,
        .observations = two,
        .observation_count = 3,
        .roles = 1 << INB_ROLE_SUSPECT};
    const inb_stored_person adult = {.ref = "b", .age_class = INB_AGE_ADULT};
    inb_stored_signal a = {.persons = &child,
        .person_count = 1,
        .situation = {.danger_now = true, .police = INB_POLICE_UNWANTED}};
    inb_stored_signal b = {
        .persons = &unknown, .person_count = 1, .situation = {.police = INB_POLICE_WANTED}};
    const inb_stored_signal c = {.persons = &adult, .person_count = 1};
    const inb_stored_signal *both[] = {&a, &b, &c};
    inb_facts facts[INB_SITUATION_FACTS_MOST];
    size_t count = 0;
    inb_situation_facts(road_norm, both, 2, facts, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(facts[0].age.class_, INB_AGE_CHILD);
    size_t first = inb_catalogue_find(road_norm, "D1-01", 5);
    size_t second = inb_catalogue_find(road_norm, "D1-02", 5);
    ck_assert(inb_set_has(&facts[0].yes, first) && !inb_set_has(&facts[0].no, first));
    ck_assert(inb_set_has(&facts[0].no, second) && !inb_set_has(&facts[0].unknown, second));
    ck_assert(facts[0].situation.danger_now);
    ck_assert_int_eq(facts[0].situation.police, INB_POLICE_UNWANTED);
    ck_assert_uint_eq(facts[0].roles, 1U << INB_ROLE_SUSPECT);
    // With an adult too, nobody of unknown age is read as either.
    inb_situation_facts(road_norm, both, 3, facts, &count);
    ck_assert_uint_eq(count, 3);
    ck_assert(facts[0].age.class_ == INB_AGE_CHILD && facts[1].age.class_ == INB_AGE_ADULT &&
              facts[2].age.class_ == INB_AGE_UNKNOWN);
    ck_assert(!inb_set_has(&facts[0].yes, first) && inb_set_has(&facts[2].yes, first));
    inb_situation_facts(road_norm, both, 0, facts, &count);
    ck_assert_uint_eq(count, 0);
    road_teardown();
}
INB_END

// ---- stories of the generated region, whose truth is known ----

enum { PEOPLE = 3200, SIGNALS_MOST = 8192 };

// What is true of the signal with this number in the store.
static struct truth {
    uint64_t situation;
    uint64_t chain;
    bool fragment;
    inb_level level; // alone, the highest of its persons
} truths[SIGNALS_MOST + 1];
static size_t truth_count;

static void keep_region(inb_road *road) {
    inb_world_options options = INB_WORLD_OPTIONS_INIT;
    options.people = PEOPLE;
    options.split = 0.2;
    inb_world *world = NULL;
    inb_arena *arena = NULL;
    INB_OK_IS(inb_world_new(&options, &world, err));
    INB_OK_IS(inb_arena_new(0, &arena, err));
    INB_OK_IS(inb_road_begin(road, err));
    for (uint64_t block = 0; block < inb_world_blocks(world); block++) {
        inb_world_block made;
        inb_arena_reset(arena);
        INB_OK_IS(inb_world_make(world, block, arena, &made, err));
        for (size_t i = 0; i < made.signal_count; i++) {
            const inb_world_signal *told = &made.signals[i];
            inb_intake_levels levels;
            INB_OK_IS(inb_road_keep_one(road, &road_actor, &told->signal, &levels, err));
            ck_assert_uint_lt(truth_count, SIGNALS_MOST);
            truths[++truth_count] = (struct truth){told->situation, told->chain, told->fragment,
                levels.persons[INB_LEVEL_ELEMENTS] > 0    ? INB_LEVEL_ELEMENTS
                : levels.persons[INB_LEVEL_SOMETHING] > 0 ? INB_LEVEL_SOMETHING
                                                          : INB_LEVEL_NONE};
        }
    }
    INB_OK_IS(inb_road_commit(road, err));
    inb_arena_free(arena);
    inb_world_free(world);
}

struct tally {
    inb_road *road;
    size_t stories; // fragments of one story in this many groups
    size_t joined_pairs;
    size_t wrong_pairs; // neither of one situation nor of one agency
    size_t told_alone;  // stories of which a fragment says it by itself
    size_t told_joined; // of which the others do when joined
};

static bool has_elements(inb_road *road, const inb_situation_group *group) {
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    const inb_stored_signal *signals[256];
    ck_assert_uint_le(group->count, 256);
    for (size_t i = 0; i < group->count; i++) {
        INB_OK_IS(inb_road_stored(road, arena, group->numbers[i], &signals[i], err));
    }
    inb_facts facts[INB_SITUATION_FACTS_MOST];
    size_t count;
    bool found = false;
    inb_situation_facts(road_norm, signals, group->count, facts, &count);
    for (size_t i = 0; i < count; i++) {
        found = found || level_of(&facts[i]) == INB_LEVEL_ELEMENTS;
    }
    inb_arena_free(arena);
    return found;
}

static void tally_group(const inb_situation_group *group, struct tally *tally) {
    bool fragment = false;
    bool alone = false;
    for (size_t i = 0; i < group->count; i++) {
        const struct truth *one = &truths[group->numbers[i]];
        fragment = fragment || one->fragment;
        alone = alone || one->level == INB_LEVEL_ELEMENTS;
        for (size_t k = 0; k < i; k++) {
            const struct truth *other = &truths[group->numbers[k]];
            tally->joined_pairs++;
            tally->wrong_pairs += one->situation != other->situation &&
                                  (one->chain == 0 || one->chain != other->chain);
        }
    }
    if (fragment) {
        tally->stories++;
        tally->told_alone += alone;
        tally->told_joined += !alone && has_elements(tally->road, group);
    }
}

INB_TEST(generated_stories) {
    road_setup();
    inb_road_options options = road_options();
    options.writer = false;
    inb_road *road = NULL;
    INB_OK_IS(inb_road_open(&options, &road, err));
    keep_region(road);
    struct tally tally = {.road = road};
    size_t split = 0; // stories
    size_t whole = 0; // all fragments of which are in one situation
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    for (size_t number = 1; number <= truth_count; number++) {
        inb_situation_group group;
        inb_arena_reset(arena);
        INB_OK_IS(inb_situation_of(road->store, arena, (int64_t)number, &group, err));
        if (group.numbers[0] != (int64_t)number) {
            continue; // told already
        }
        tally_group(&group, &tally);
        if (!truths[number].fragment) {
            continue;
        }
        size_t all = 0;
        size_t here = 0;
        for (size_t i = 1; i <= truth_count; i++) {
            all += truths[i].fragment && truths[i].situation == truths[number].situation;
        }
        for (size_t i = 0; i < group.count; i++) {
            const struct truth *t = &truths[group.numbers[i]];
            here += t->fragment && t->situation == truths[number].situation;
        }
        split++;
        whole += all == here;
    }
    printf("# %zu signals; stories %zu, whole %zu; pairs %zu, wrong %zu; told by a fragment alone "
           "%zu, only when joined %zu of %zu\n",
        truth_count, split, whole, tally.joined_pairs, tally.wrong_pairs, tally.told_alone,
        tally.told_joined, tally.stories);
    ck_assert_uint_gt(split, 100);
    ck_assert_uint_ge(whole * 100, split * 95);
    ck_assert_uint_le(tally.wrong_pairs * 50, tally.joined_pairs);
    ck_assert_uint_ge(tally.told_joined * 100, (tally.stories - tally.told_alone) * 90);
    inb_arena_free(arena);
    inb_road_free(road);
    road_teardown();
}
INB_END

INB_TEST_MAIN("road/situation_facts", split_story, together, generated_stories)
