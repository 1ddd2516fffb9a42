// SPDX-License-Identifier: EUPL-1.2
// What can be seen: every id is in the norm, of the right kind, for the right ages, and was not
// left out by the proxy review; pieces of a split story show one element at most.

#include "world_help.h"

#include "world_i.h"

static inb_catalogue *catalogue(void) {
    inb_catalogue *norm = NULL;
    INB_OK_IS(inb_catalogue_load(NULL, &norm, err));
    return norm;
}

static const inb_indicator *row_of(const inb_catalogue *norm, const char *id) {
    size_t row = inb_catalogue_find(norm, id, strlen(id));
    ck_assert_msg(row != SIZE_MAX, "the norm has no %s", id);
    return inb_catalogue_row(norm, row);
}

static void demand_row(const inb_catalogue *norm, const inb_pool_row *row, inb_kind kind) {
    const inb_indicator *of = row_of(norm, row->id);
    ck_assert_msg(of->kind == kind, "%s is of another kind", row->id);
    ck_assert_msg(!of->omitted, "%s is never asked", row->id);
    bool adults = of->for_adult || of->adults_too;
    ck_assert_msg(row->of == INB_AGE_CHILD || adults, "%s is not for adults", row->id);
    ck_assert_msg(
        row->of == INB_AGE_ADULT || of->for_child || kind == INB_CIRCUMSTANCE || of->for_adult,
        "%s is not for children", row->id);
    ck_assert(row->share >= 0 && row->share <= 1);
}

INB_TEST(every_id_is_in_the_norm) {
    inb_catalogue *norm = catalogue();
    size_t count;
    for (int form = 0; form < INB_WORLD_FORMS; form++) {
        const inb_pool_row *pool = inb_observation_pool((inb_form)form, &count);
        ck_assert_uint_le(count, INB_POOL_MOST);
        ck_assert_uint_ge(count, 3);
        size_t about_form = 0;
        for (size_t i = 0; i < count; i++) {
            demand_row(norm, &pool[i], INB_INDICATOR);
            about_form += row_of(norm, pool[i].id)->forms >> form & 1;
        }
        ck_assert_msg(about_form > 0, "nothing names form %d", form);
    }
    const inb_pool_row *pool = inb_circumstance_pool(&count);
    ck_assert_uint_le(count, 32);
    for (size_t i = 0; i < count; i++) {
        demand_row(norm, &pool[i], INB_CIRCUMSTANCE);
    }
    inb_catalogue_free(norm);
}
INB_END

INB_TEST(pieces_of_a_story) {
    inb_catalogue *norm = catalogue();
    static const uint8_t wanted[INB_FRAGMENTS] = {
        1u << INB_ACT, 1u << INB_MEANS, 1u << INB_PURPOSE, 0, 0};
    for (int form = 0; form < INB_WORLD_FORMS; form++) {
        for (size_t fragment = 0; fragment < INB_FRAGMENTS; fragment++) {
            for (uint64_t i = 0; i < 20; i++) {
                inb_rng rng = inb_rng_make(1, i);
                const char *id = inb_fragment_id((inb_form)form, fragment, &rng);
                bool told =
                    form == INB_FORM_LABOUR || form == INB_FORM_SEXUAL || form == INB_FORM_CRIMINAL;
                ck_assert_int_eq(id != NULL, told);
                if (told) {
                    const inb_indicator *row = row_of(norm, id);
                    ck_assert_msg(row->elements == wanted[fragment], "%s: other elements", id);
                    ck_assert_msg(!row->omitted && row->kind == INB_INDICATOR, "%s", id);
                    ck_assert_msg(row->for_adult || row->adults_too, "%s: not for adults", id);
                }
            }
        }
    }
    inb_catalogue_free(norm);
}
INB_END

static void look(const inb_world_block *block, void *payload) {
    size_t *counts = payload;
    for (size_t i = 0; i < block->people_count; i++) {
        counts[0] += block->people[i].lvb;
        counts[1] += block->people[i].unaccompanied;
    }
    for (size_t i = 0; i < block->signal_count; i++) {
        const inb_world_signal *told = &block->signals[i];
        for (size_t k = 0; k < told->signal.person_count; k++) {
            const inb_person *person = &told->signal.persons[k];
            uint64_t first = block->people[0].number;
            for (size_t c = 0; c < person->circumstance_count; c++) {
                const inb_world_person *truth = &block->people[told->persons[k] - first];
                INB_HOLDS(strcmp(person->circumstances[c], "CI-15") != 0 || truth->lvb,
                    "LVB that is not there");
                INB_HOLDS(strcmp(person->circumstances[c], "CI-23") != 0 || truth->unaccompanied,
                    "not alone");
                INB_HOLDS(strcmp(person->circumstances[c], "CI-22") != 0 ||
                              strcmp(truth->tongue, "uk") == 0,
                    "protection of somebody else");
                counts[2]++;
            }
        }
    }
}

INB_TEST(circumstances_are_true) {
    size_t counts[3] = {0};
    inb_world_options options = help_options(20000, 5);
    help_each(&options, look, counts);
    INB_NEAR_ABS((double)counts[0] / 20000, 0.2, 0.015);
    ck_assert(counts[1] > 50 && counts[2] > 1000);
}
INB_END

INB_TEST_MAIN("world/sights", every_id_is_in_the_norm, pieces_of_a_story, circumstances_are_true)
