// SPDX-License-Identifier: EUPL-1.2
// People of one block: situations in a row, in each its people with their groups, names, dates,
// surroundings, and who has them on a list. People of one situation share chances of being seen: a
// source that comes by sees several at once.

#include "world_i.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

// Of a situation's people, those whom a source sees together or not at all.
#define TOGETHER 0.5

// Tongues by form: nationalities in registers differ by year and form; assumed, and no chance of
// being seen depends on them.
static const double tongues[INB_WORLD_FORMS][INB_TONGUE_COUNT] = {
    // Dutch, Polish, Romanian, Ukrainian, Arabic, Tigrinya, Nigerian, Vietnamese
    [INB_FORM_LABOUR] = {0.05, 0.38, 0.20, 0.17, 0.07, 0.03, 0.03, 0.07},
    [INB_FORM_SEXUAL] = {0.45, 0.06, 0.14, 0.05, 0.06, 0.05, 0.15, 0.04},
    [INB_FORM_CRIMINAL] = {0.55, 0.05, 0.06, 0.03, 0.20, 0.05, 0.02, 0.04},
    [INB_FORM_BEGGING] = {0.10, 0.05, 0.60, 0.02, 0.15, 0.03, 0.03, 0.02},
    [INB_FORM_SERVICES] = {0.30, 0.10, 0.10, 0.10, 0.15, 0.05, 0.10, 0.10},
    [INB_FORM_ORGAN] = {0.20, 0.10, 0.20, 0.10, 0.20, 0.10, 0.05, 0.05},
    [INB_FORM_MARRIAGE] = {0.15, 0.02, 0.20, 0.03, 0.45, 0.10, 0.03, 0.02},
};

inb_tongue inb_tongue_draw(inb_form form, inb_rng *rng) {
    return (inb_tongue)inb_draw(rng, tongues[form], INB_TONGUE_COUNT);
}

inb_made_name inb_recruiter_name(const inb_world *world, uint64_t number) {
    inb_rng rng = inb_world_rng(world, INB_OF_RECRUITER, number);
    inb_tongue tongue = inb_tongue_draw(INB_FORM_SEXUAL, &rng);
    bool female = inb_chance(&rng, 0.25);
    inb_made_name name;
    inb_made_name_draw(tongue, female, &rng, &name);
    return name;
}

// ---- a person ----

// A group with the shares of its form, by walking over the form's cells.
static inb_cell_of draw_cell(inb_form form, inb_rng *rng) {
    double u = inb_rng_uniform(rng) * inb_form_share[form];
    size_t per_form = INB_CELLS / INB_WORLD_FORMS;
    size_t last = 0;
    for (size_t i = 0; i < per_form; i++) {
        size_t index = (size_t)form * per_form + i;
        double share = inb_cell_share(index);
        u -= share;
        last = share > 0 ? index : last;
        if (u < 0 && share > 0) {
            break;
        }
    }
    return inb_cell_at(last);
}

static int draw_years(inb_form form, int band, inb_rng *rng) {
    if (band == INB_BAND_CHILD) { // the younger, the rarer; under twelve in criminal form too
        int least = form == INB_FORM_BEGGING ? 6 : 10;
        double u = inb_rng_uniform(rng);
        return least + (int)((18 - least) * sqrt(u));
    }
    if (band == INB_BAND_YOUNG) {
        return 18 + (int)inb_rng_below(rng, 5);
    }
    double u = inb_rng_uniform(rng);
    return 23 + (int)(38 * u * u);
}

// Somebody of `years` on day `on`. Where births are not registered they stand on 1 January.
static inb_date draw_birth(int years, int32_t on, inb_tongue tongue, inb_rng *rng) {
    bool heaped =
        (tongue == INB_TONGUE_TIGRINYA || tongue == INB_TONGUE_ARABIC) && inb_chance(rng, 0.3);
    inb_date today = inb_date_from_day(on);
    if (heaped) {
        return (inb_date){(int16_t)(today.year - years), 1, 1};
    }
    inb_date last = {(int16_t)(today.year - years), today.month, today.day};
    if (last.month == 2 && last.day == 29) {
        last.day = 28;
    }
    inb_date first = {(int16_t)(last.year - 1), last.month, last.day};
    int32_t from = inb_date_first_day(first) + 1; // birthday after `on`: one year younger by then
    return inb_date_from_day(
        from + (int32_t)inb_rng_below(rng, (uint32_t)(inb_date_first_day(last) - from + 1)));
}

// Parents, partner, boss: how they stand to it and who gains.
static void draw_surroundings(inb_world_person *person, inb_rng *rng) {
    bool child = person->years < INB_ADULT_FROM;
    double u = inb_rng_uniform(rng);
    if (child && !person->unaccompanied) {
        if (u < 0.12) {
            person->surroundings = 1u << INB_SURROUNDING_PROFITING;
            person->profits = 1u << INB_PROFIT_PARENT;
        } else {
            person->surroundings =
                (uint8_t)(1u << (u < 0.57 ? INB_SURROUNDING_UNAWARE : INB_SURROUNDING_PROTECTIVE));
        }
        if (person->also_suspect) {
            person->surroundings |= 1u << INB_SURROUNDING_PARENT_OF_SUSPECT;
        }
    } else if (u < 0.3) {
        person->surroundings =
            (uint8_t)(1u << (u < 0.2 ? INB_SURROUNDING_UNAWARE : INB_SURROUNDING_PROTECTIVE));
    }
    if (person->profits == 0) {
        bool partner = person->form == INB_FORM_SEXUAL && !child && inb_chance(rng, 0.3);
        person->profits = (uint8_t)(1u << (person->form == INB_FORM_LABOUR ? INB_PROFIT_EMPLOYER
                                           : partner                       ? INB_PROFIT_PARTNER
                                                                           : INB_PROFIT_OTHER));
    }
}

static void make_person(inb_making *making, size_t at, const inb_case *of, uint64_t number) {
    const inb_world *world = making->world;
    inb_world_person *person = &making->people[at];
    inb_insider *insider = &making->insiders[at];
    inb_rng rng = inb_world_rng(world, INB_OF_PERSON, number);
    int32_t first_day = inb_date_first_day(world->options.from);
    inb_cell_of cell = draw_cell(of->form, &rng);
    inb_tongue tongue = inb_chance(&rng, 0.7) ? of->tongue : inb_tongue_draw(of->form, &rng);
    insider->cell = cell;
    *person = (inb_world_person){.number = number,
        .situation = of->number,
        .form = of->form,
        .female = cell.female,
        .years = draw_years(of->form, cell.band, &rng),
        .tongue = inb_tongue_tag(tongue),
        .lvb = cell.lvb,
        .split = of->split};
    person->unaccompanied = person->years < INB_ADULT_FROM &&
                            (tongue == INB_TONGUE_ARABIC || tongue == INB_TONGUE_TIGRINYA ||
                                tongue == INB_TONGUE_VIETNAMESE) &&
                            inb_chance(&rng, 0.35);
    person->also_suspect = inb_chance(&rng, of->form == INB_FORM_CRIMINAL ? 0.6 : 0.04);
    inb_made_name_draw(tongue, cell.female, &rng, &insider->name);
    insider->born = draw_birth(person->years, first_day, tongue, &rng);
    char born[11];
    inb_date_format(insider->born, born);
    person->birth_date = inb_making_text(making, born);
    inb_insider_facts(person, insider, &rng);
    draw_surroundings(person, &rng);
    insider->has_phone = inb_chance(&rng, 0.75);
    inb_made_phone_draw(&rng, insider->phone);
    bool housed_by_it = inb_chance(&rng, of->form == INB_FORM_LABOUR ? 0.7 : 0.25);
    inb_made_address_draw(&rng, &insider->address);
    insider->address = housed_by_it ? of->address : insider->address;
    insider->has_address = !inb_chance(&rng, 0.1); // nowhere, or nowhere that they tell of
}

// ---- who sees whom ----

static void draw_lists(inb_making *making, const inb_case *of, inb_rng *rng) {
    const inb_coverage *coverage = &making->world->coverage;
    double shared[INB_WORLD_LIST_COUNT];
    for (int list = 0; list < INB_WORLD_LIST_COUNT; list++) {
        shared[list] = inb_rng_uniform(rng);
    }
    for (size_t i = of->first; i < of->first + of->count; i++) {
        inb_world_person *person = &making->people[i];
        const double *own = coverage->own[inb_cell_index(making->insiders[i].cell)];
        for (size_t k = 0; k < INB_WORLD_LIST_COUNT; k++) {
            inb_world_list list = inb_coverage_order[k];
            double alone = inb_rng_uniform(rng);
            bool seen = (inb_chance(rng, TOGETHER) ? shared[list] : alone) < own[list];
            bool sent = false;
            for (size_t j = 0; j < k; j++) {
                inb_world_list before = inb_coverage_order[j];
                bool referred = inb_chance(rng, coverage->sent[before][list]);
                sent = sent || (referred && (person->lists >> before & 1) != 0);
            }
            person->lists |= (uint8_t)((seen || sent) << list);
            making->insiders[i].sent |= (uint8_t)((sent && !seen) << list);
        }
    }
}

// ---- situations ----

static void make_case(inb_making *making, inb_case *of, inb_rng *rng) {
    const inb_world *world = making->world;
    const char *shown = NULL;
    of->tongue = inb_tongue_draw(of->form, rng);
    inb_made_address_draw(rng, &of->address);
    inb_made_phone_draw(rng, of->phone);
    inb_made_plate_draw(rng, of->plate);
    inb_made_handle_draw(rng, of->handle);
    of->day = (int32_t)inb_rng_below(rng, (uint32_t)world->options.days);
    of->recruiter = 1 + inb_rng_u64(rng) % (1 + world->options.people / 8);
    bool agency = inb_chance(rng, 0.75);
    uint64_t chain = 1 + inb_rng_u64(rng) % world->chains;
    of->chain = of->form == INB_FORM_LABOUR && agency ? chain : 0;
    inb_rng probe = *rng;
    shown = inb_fragment_id(of->form, 0, &probe);
    of->split = inb_chance(rng, world->options.split) && shown != NULL;
}

void inb_people_make(inb_making *making, uint64_t block) {
    const inb_world *world = making->world;
    uint64_t before = block * INB_WORLD_BLOCK;
    uint64_t left = world->options.people - before;
    inb_rng rng = inb_world_rng(world, INB_OF_BLOCK, block);
    making->people_count = left < INB_WORLD_BLOCK ? (size_t)left : INB_WORLD_BLOCK;
    for (size_t at = 0; at < making->people_count;) {
        inb_case *of = &making->cases[making->case_count++];
        of->first = at;
        size_t size;
        if (at == 0) { // somewhere in a situation: its form and size as somebody within sees them
            of->form = (inb_form)inb_draw(&rng, inb_form_share, INB_WORLD_FORMS);
            size = 1 + inb_draw(&rng, world->sizes.biased[of->form], INB_SIZES);
            size = 1 + inb_rng_below(&rng, (uint32_t)size);
        } else {
            of->form = (inb_form)inb_draw(&rng, world->sizes.form, INB_WORLD_FORMS);
            size = 1 + inb_draw(&rng, world->sizes.size[of->form], INB_SIZES);
        }
        of->count = size < making->people_count - at ? size : making->people_count - at;
        of->number = before + at + 1;
        make_case(making, of, &rng);
        for (size_t i = at; i < at + of->count; i++) {
            make_person(making, i, of, before + i + 1);
        }
        draw_lists(making, of, &rng);
        at += of->count;
    }
}
