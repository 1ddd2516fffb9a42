// SPDX-License-Identifier: EUPL-1.2
// Signals: whoever is named in an organisation's signals is on its list and the other way round;
// sources write what they may; R4: a story in five fragments over three organisations is found only
// when joined.

#include "world_help.h"

struct look {
    inb_catalogue *norm;
    size_t signals, again, strangers, beat_criminal, police_criminal, grounds;
    size_t stories, split_people_known;
    size_t fragment_elements;              // fragments that alone have all elements
    size_t joined[INB_LEVEL_ELEMENTS + 1]; // stories by level when joined
};

static bool named(const inb_person *person) {
    return person->name != NULL || person->given_name != NULL || person->surname != NULL ||
           person->birth_date != NULL || person->phone != NULL;
}

static void check_signal(struct look *look, const inb_world_block *block,
    const inb_world_signal *told, uint8_t known[INB_WORLD_BLOCK]) {
    const inb_signal *signal = &told->signal;
    uint64_t first = block->people[0].number;
    uint64_t last = first + block->people_count - 1;
    ck_assert_str_eq(signal->organisation, inb_world_list_name(told->list));
    INB_HOLDS(inb_date_first_day(signal->seen) <= inb_date_first_day(signal->noted), "noted first");
    INB_HOLDS(inb_date_first_day(signal->seen) >= inb_date_first_day((inb_date){2025, 1, 1}) &&
                  signal->noted.year <= 2026,
        "out of the period");
    for (size_t i = 0; i < signal->person_count; i++) {
        uint64_t number = told->persons[i];
        INB_HOLDS(number != 0 || !named(&signal->persons[i]), "a stranger with a name");
        if (number >= first && number <= last) {
            known[number - first] |= (uint8_t)(1u << told->list);
            INB_HOLDS(block->people[number - first].situation == told->situation, "elsewhere");
        } else {
            INB_HOLDS(number == 0 || number > 3000, "somebody of another block");
        }
        for (size_t k = 0; k < i; k++) {
            INB_HOLDS(strcmp(signal->persons[k].ref, signal->persons[i].ref) != 0, "ref twice");
            INB_HOLDS(number == 0 || told->persons[k] != number, "somebody twice");
        }
    }
    bool criminal = false;
    for (size_t i = 0; i < block->people_count; i++) {
        criminal = criminal || (block->people[i].situation == told->situation &&
                                   block->people[i].form == INB_FORM_CRIMINAL);
    }
    bool police = signal->source_kind == INB_REPORTER_POLICE_BEAT ||
                  signal->source_kind == INB_REPORTER_POLICE_EXPERT;
    ck_assert_int_eq(police, told->list == INB_WORLD_POLICE);
    bool alone = signal->person_count == 1 && told->persons[0] == 0;
    look->police_criminal += police && criminal && !alone;
    look->beat_criminal += criminal && !alone && signal->source_kind == INB_REPORTER_POLICE_BEAT;
    look->strangers += alone;
    look->grounds += signal->ground != NULL;
    look->signals++;
    for (size_t i = 0; i < signal->person_count; i++) {
        INB_HOLDS(signal->persons[i].nationality == NULL || signal->ground != NULL,
            "nationality without a ground");
    }
}

// The level of a set of observations about somebody of this age class.
static inb_level weigh(
    struct look *look, const inb_observation *observations, size_t count, inb_age age) {
    inb_facts facts = {.age = age, .reporter = INB_REPORTER_MUNICIPALITY};
    for (size_t i = 0; i < count; i++) {
        const char *id = observations[i].id;
        inb_set_add(&facts.yes, inb_catalogue_find(look->norm, id, strlen(id)));
    }
    inb_finding finding;
    inb_weigh(look->norm, &facts, &finding);
    return inb_finding_level(&finding);
}

// From fragment `at` on, all of one situation.
static size_t check_story(struct look *look, const inb_world_block *block, size_t at) {
    inb_observation all[64];
    size_t count = 0;
    unsigned lists = 0;
    size_t fragments = 0;
    inb_age adult = {INB_AGE_ADULT, INB_YEARS_UNKNOWN};
    uint64_t situation = block->signals[at].situation;
    for (; at < block->signal_count && block->signals[at].situation == situation; at++) {
        const inb_world_signal *told = &block->signals[at];
        INB_HOLDS(told->fragment, "the whole story beside its fragments");
        lists |= 1u << told->list;
        fragments++;
        ck_assert_uint_ge(told->signal.party_count, 1);
        for (size_t i = 0; i < told->signal.person_count; i++) {
            const inb_person *person = &told->signal.persons[i];
            INB_HOLDS(person->observation_count <= 1, "more than a piece");
            if (person->observation_count == 1) {
                look->fragment_elements +=
                    weigh(look, person->observations, 1, adult) == INB_LEVEL_ELEMENTS;
                all[count++] = person->observations[0];
            }
        }
    }
    ck_assert_uint_ge(fragments, 5);
    ck_assert_int_ge(__builtin_popcount(lists), 3);
    look->stories++;
    look->joined[weigh(look, all, count, adult)]++;
    return at;
}

static void look_at(const inb_world_block *block, void *payload) {
    struct look *look = payload;
    uint8_t known[INB_WORLD_BLOCK] = {0};
    for (size_t i = 0; i < block->signal_count; i++) {
        check_signal(look, block, &block->signals[i], known);
    }
    for (size_t i = 0; i < block->people_count; i++) {
        INB_HOLDS(known[i] == block->people[i].lists, "named by %u, on the lists of %u", known[i],
            block->people[i].lists);
    }
    for (size_t i = 0; i < block->signal_count;) {
        i = block->signals[i].fragment ? check_story(look, block, i) : i + 1;
    }
}

INB_TEST(names_are_lists_and_stories_need_joining) {
    static struct look look;
    inb_world_options options = help_options(3000, 31);
    options.split = 0.3;
    INB_OK_IS(inb_catalogue_load(NULL, &look.norm, err));
    help_each(&options, look_at, &look);
    inb_catalogue_free(look.norm);
    ck_assert_uint_ge(look.stories, 100);
    ck_assert_uint_eq(look.fragment_elements, 0);                     // alone: never
    ck_assert_uint_eq(look.joined[INB_LEVEL_ELEMENTS], look.stories); // joined: always
    ck_assert_uint_gt(look.strangers, 100);
    ck_assert_uint_gt(look.grounds, 100);
}
INB_END

static void count_kinds(const inb_world_block *block, void *payload) {
    struct look *look = payload;
    uint8_t known[INB_WORLD_BLOCK] = {0};
    for (size_t i = 0; i < block->signal_count; i++) {
        check_signal(look, block, &block->signals[i], known);
    }
}

INB_TEST(the_beat_hardly_plays_a_role_in_criminal_exploitation) {
    static struct look look;
    inb_world_options options = help_options(2999, 8); // numbers above are of others
    options.split = 0;
    help_each(&options, count_kinds, &look);
    ck_assert_uint_gt(look.police_criminal, 30);
    ck_assert(look.beat_criminal < look.police_criminal / 4);
    // more signals than people on lists: sources write again
    ck_assert_uint_gt(look.signals, 700);
}
INB_END

INB_TEST_MAIN("world/signals", names_are_lists_and_stories_need_joining,
    the_beat_hardly_plays_a_role_in_criminal_exploitation)
