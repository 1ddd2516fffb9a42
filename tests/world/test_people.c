// SPDX-License-Identifier: EUPL-1.2
// People: ages go with births and bands, surroundings with ages, no chance of being seen with
// tongues, people of one situation with each other.

#include "world_help.h"

#include "world_i.h"

struct look {
    size_t children, profiting, unaccompanied, suspects, parents_of_suspects;
    struct help_ratio seen_dutch, seen_other;
    double together[2][2]; // first and second of a situation on the police's list
};

static void look_at(const inb_world_block *block, void *payload) {
    struct look *look = payload;
    double seen[2] = {0}, all[2] = {0};
    for (size_t i = 0; i < block->people_count; i++) {
        const inb_world_person *p = &block->people[i];
        inb_date born;
        int least, most;
        ck_assert(inb_date_parse(p->birth_date, strlen(p->birth_date), &born));
        inb_date_age(born, (inb_date){2025, 1, 1}, &least, &most);
        INB_HOLDS(least == p->years && most == p->years, "%s is %d, not %d", p->birth_date, least,
            p->years);
        bool child = p->years < 18;
        bool profiting = (p->profits & 1u << INB_PROFIT_PARENT) != 0;
        INB_HOLDS(p->profits != 0, "nobody gains");
        INB_HOLDS(profiting == ((p->surroundings & 1u << INB_SURROUNDING_PROFITING) != 0),
            "a parent gains and does not");
        INB_HOLDS(child || !profiting, "parent of an adult");
        INB_HOLDS(!p->unaccompanied || !profiting, "absent parents gain");
        look->children += child;
        look->profiting += profiting;
        look->unaccompanied += p->unaccompanied;
        look->suspects += p->also_suspect;
        look->parents_of_suspects +=
            (p->surroundings & 1u << INB_SURROUNDING_PARENT_OF_SUSPECT) != 0;
        if (p->form == INB_FORM_SEXUAL && !child) {
            bool dutch = strcmp(p->tongue, "nl") == 0;
            all[dutch]++;
            seen[dutch] += p->lists != 0;
        }
        if (i + 1 < block->people_count && p[1].situation == p->situation &&
            p->form == INB_FORM_LABOUR) {
            look->together[p->lists >> INB_WORLD_HELPLINE & 1]
                          [p[1].lists >> INB_WORLD_HELPLINE & 1]++;
        }
    }
    help_add(&look->seen_other, seen[0], all[0]);
    help_add(&look->seen_dutch, seen[1], all[1]);
}

INB_TEST(people_are_consistent) {
    static struct look look;
    inb_world_options options = help_options(100000, 77);
    help_each(&options, look_at, &look);
    ck_assert(look.profiting > look.children / 20 && look.profiting < look.children / 5);
    ck_assert(look.unaccompanied > 0 && look.suspects > 0 && look.parents_of_suspects > 0);
    // Origin changes no chance of being seen: equal within the error of the two.
    double error = hypot(help_error(&look.seen_dutch), help_error(&look.seen_other));
    double apart = help_value(&look.seen_dutch) - help_value(&look.seen_other);
    ck_assert_msg(fabs(apart) < 4 * error, "%.4f apart, error %.4f", apart, error);
    // Who sees one sees the other: far more often than by chance.
    double(*t)[2] = look.together;
    ck_assert(t[1][1] * t[0][0] > 2 * t[1][0] * t[0][1]);
}
INB_END

INB_TEST(a_recruiter_is_one_person) {
    inb_world_options options = help_options(100, 1);
    inb_world *world = help_world(&options);
    inb_made_name a = inb_recruiter_name(world, 5);
    inb_made_name b = inb_recruiter_name(world, 5);
    inb_made_name c = inb_recruiter_name(world, 6);
    ck_assert_int_eq(memcmp(&a, &b, sizeof a), 0);
    ck_assert_int_ne(memcmp(&a, &c, sizeof a), 0);
    inb_world_free(world);
}
INB_END

INB_TEST_MAIN("world/people", people_are_consistent, a_recruiter_is_one_person)
