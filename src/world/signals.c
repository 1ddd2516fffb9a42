// SPDX-License-Identifier: EUPL-1.2
// The signals of a block: first a plan of who writes when about which situation, then each signal.
// Whoever has a person on the list names that person in a signal, and nobody else does; besides,
// sources write of places, cars and people whom they cannot name.

#include "cast.h"

#include <string.h>

enum { MOST_PLANS = INB_WORLD_BLOCK * (2 * INB_WORLD_LIST_COUNT + INB_FRAGMENTS), PER_CASE = 32 };

#define AGAIN 0.2     // a source writes a second time
#define STRANGER 0.12 // a situation is noticed by somebody who knows no names

struct plans {
    inb_plan list[MOST_PLANS];
    size_t count;
};

static void add(struct plans *plans, inb_plan plan) {
    if (plans->count < MOST_PLANS) {
        plans->list[plans->count++] = plan;
    }
}

static unsigned lists_of(const inb_making *making, const inb_case *of) {
    unsigned lists = 0;
    for (size_t i = of->first; i < of->first + of->count; i++) {
        lists |= making->people[i].lists;
    }
    return lists;
}

// Five fragments or more over three organisations or more: first those who know somebody.
static void plan_fragments(struct plans *plans, size_t at, unsigned lists) {
    static const inb_world_list others[] = {
        INB_WORLD_LOCAL, INB_WORLD_POLICE, INB_WORLD_CARE, INB_WORLD_HELPLINE, INB_WORLD_BORDER};
    inb_world_list writers[INB_WORLD_LIST_COUNT];
    size_t writer_count = 0;
    int fragment = 0;
    for (int list = 0; list < INB_WORLD_LIST_COUNT; list++) {
        if ((lists >> list & 1) != 0) {
            writers[writer_count++] = (inb_world_list)list;
            add(plans, (inb_plan){at, (inb_world_list)list, 0, fragment++, false});
        }
    }
    for (size_t i = 0; writer_count < 3; i++) {
        if ((lists >> others[i] & 1) == 0) {
            writers[writer_count++] = others[i];
        }
    }
    for (; fragment < INB_FRAGMENTS; fragment++) {
        add(plans, (inb_plan){at, writers[(size_t)fragment % writer_count], 0, fragment, true});
    }
}

static void plan_case(inb_making *making, struct plans *plans, size_t at) {
    const inb_case *of = &making->cases[at];
    unsigned lists = lists_of(making, of);
    inb_rng rng = inb_world_rng(making->world, INB_OF_SIGNAL, of->number * PER_CASE);
    if (of->split) {
        plan_fragments(plans, at, lists);
        return;
    }
    for (int list = 0; list < INB_WORLD_LIST_COUNT; list++) {
        bool again = inb_chance(&rng, AGAIN);
        for (int visit = 0; visit < ((lists >> list & 1) == 0 ? 0 : again ? 2 : 1); visit++) {
            add(plans, (inb_plan){at, (inb_world_list)list, visit, -1, false});
        }
    }
    double beat = of->form == INB_FORM_CRIMINAL ? 0.1 : 0.5; // R1
    inb_world_list by = inb_chance(&rng, beat) ? INB_WORLD_POLICE : INB_WORLD_LOCAL;
    if (inb_chance(&rng, STRANGER)) {
        add(plans, (inb_plan){at, by, 0, -1, true});
    }
}

// ---- one signal ----

static inb_reporter reporter(inb_draft_signal *draft) {
    const inb_world_person *person = &draft->making->people[draft->of->first];
    double u = inb_rng_uniform(&draft->rng);
    bool child = person->years < INB_ADULT_FROM;
    switch (draft->plan->list) {
    case INB_WORLD_POLICE: { // the beat hardly plays a role in criminal exploitation (R1)
        double beat = draft->of->form == INB_FORM_CRIMINAL ? 0.1 : 0.3;
        return draft->plan->sighting || u < beat ? INB_REPORTER_POLICE_BEAT
                                                 : INB_REPORTER_POLICE_EXPERT;
    }
    case INB_WORLD_BORDER:
        return INB_REPORTER_BORDER_POLICE;
    case INB_WORLD_INSPECTORATE:
        return INB_REPORTER_LABOUR_INSPECTORATE;
    case INB_WORLD_CARE:
        return INB_REPORTER_CARE_COORDINATOR;
    case INB_WORLD_HELPLINE:
        return INB_REPORTER_NGO;
    default:
        break;
    }
    if (draft->plan->sighting) {
        return u < 0.5 ? INB_REPORTER_PUBLIC : INB_REPORTER_MUNICIPALITY;
    }
    if (person->unaccompanied) {
        return u < 0.5 ? INB_REPORTER_GUARDIAN : INB_REPORTER_ASYLUM;
    }
    if (child) {
        return u < 0.3   ? INB_REPORTER_SCHOOL
               : u < 0.6 ? INB_REPORTER_YOUTH_WORK
               : u < 0.9 ? INB_REPORTER_YOUTH_CARE
                         : INB_REPORTER_PARENT;
    }
    return u < 0.35   ? INB_REPORTER_SHELTER
           : u < 0.7  ? INB_REPORTER_HEALTH
           : u < 0.9  ? INB_REPORTER_MUNICIPALITY
           : u < 0.97 ? INB_REPORTER_LAWYER
                      : INB_REPORTER_SELF;
}

// Police, border police and inspectorate report on a ground in law; others with consent.
static const char *ground(inb_draft_signal *draft) {
    inb_world_list list = draft->plan->list;
    double u = inb_rng_uniform(&draft->rng);
    double v = inb_rng_uniform(&draft->rng);
    draft->situation.consent = draft->plan->sighting ? INB_CONSENT_NOT_ASKED
                               : u < 0.4             ? INB_CONSENT_GIVEN
                               : u < 0.6             ? INB_CONSENT_REFUSED
                                                     : INB_CONSENT_NOT_ASKED;
    draft->situation.police = v < 0.3   ? INB_POLICE_UNWANTED
                              : v < 0.5 ? INB_POLICE_WANTED
                                        : INB_POLICE_NOT_ASKED;
    if (list == INB_WORLD_POLICE || list == INB_WORLD_BORDER || list == INB_WORLD_INSPECTORATE) {
        return "Besluit politiegegevens 4:2";
    }
    return draft->situation.consent == INB_CONSENT_GIVEN ? "consent" : NULL;
}

static const char *free_text(inb_draft_signal *draft) {
    static const char *const texts[INB_WORLD_FORMS][3] = {
        [INB_FORM_LABOUR] = {"Slaapt met vijf anderen op het terrein, loon gaat grotendeels op aan "
                             "huur.",
            "Zegt dat de papieren bij de baas liggen. Vraagt om rust.",
            "Busje haalt hen om vijf uur op; niemand weet voor welk bedrijf."},
        [INB_FORM_SEXUAL] = {"Wordt gebracht en gehaald, houdt zelf geen geld over.",
            "Heeft twee telefoons en kijkt steeds naar de deur.",
            "Zegt dat het een eigen keuze was en praat er niet over."},
        [INB_FORM_CRIMINAL] = {"Had dure kleding en een schuld waarover niet gepraat wordt.",
            "Moest iets wegbrengen, wist niet voor wie.",
            "Durft niet naar school, er stond iemand te wachten."}};
    size_t which = inb_rng_below(&draft->rng, 3);
    bool told = inb_chance(&draft->rng, 0.4);
    return told ? texts[draft->of->form][which] : NULL;
}

static inb_date seen_on(inb_draft_signal *draft) {
    const inb_making *making = draft->making;
    const inb_case *of = draft->of;
    int32_t day = inb_date_first_day(making->world->options.from) + of->day;
    int32_t wait = (int32_t)inb_rng_below(&draft->rng, 30);
    bool sent = false;
    for (size_t i = of->first; i < of->first + of->count; i++) {
        sent = sent || (making->insiders[i].sent >> draft->plan->list & 1) != 0;
    }
    return inb_date_from_day(day + wait + (sent ? 30 : 0) + draft->plan->visit * 45);
}

// Where it was seen. A child who left reception is met by police somewhere else (R13).
static const char *municipality(inb_draft_signal *draft) {
    inb_made_address elsewhere;
    inb_made_address_draw(&draft->rng, &elsewhere);
    bool police = draft->plan->list == INB_WORLD_POLICE || draft->plan->list == INB_WORLD_BORDER;
    bool gone = draft->making->people[draft->of->first].unaccompanied;
    return police && gone ? elsewhere.municipality : draft->of->address.municipality;
}

static const char *place_detail(inb_draft_signal *draft) {
    return draft->plan->fragment < 0 && inb_chance(&draft->rng, 0.3)
               ? inb_making_text(draft->making, draft->of->address.street)
               : NULL;
}

static void cast(inb_draft_signal *draft) {
    const inb_making *making = draft->making;
    const inb_case *of = draft->of;
    if (draft->plan->sighting) {
        inb_cast_stranger(draft);
    } else {
        for (size_t i = of->first; i < of->first + of->count; i++) {
            if ((making->people[i].lists >> draft->plan->list & 1) != 0) {
                inb_cast_person(draft, i);
            }
        }
    }
    if (!draft->plan->sighting) {
        inb_cast_others(draft);
    }
    inb_cast_things(draft);
}

static void *copy(inb_making *making, const void *from, size_t count, size_t size) {
    void *to = inb_making_get(making, count, size);
    if (to != NULL) {
        memcpy(to, from, count * size);
    }
    return to;
}

static void make_signal(
    inb_making *making, const inb_plan *plan, uint64_t number, inb_world_signal *ret_signal) {
    const inb_case *of = &making->cases[plan->of];
    inb_draft_signal draft = {.making = making, .of = of, .plan = plan};
    draft.rng = inb_world_rng(making->world, INB_OF_SIGNAL, number);
    draft.seen = seen_on(&draft);
    const char *on_ground = ground(&draft);
    draft.grounded = on_ground != NULL;
    draft.situation.danger_now = inb_chance(&draft.rng, 0.03);
    draft.situation.denies = inb_chance(&draft.rng, 0.2) && !plan->sighting;
    inb_reporter by = reporter(&draft);
    int32_t noted = inb_date_first_day(draft.seen) + (int32_t)inb_rng_below(&draft.rng, 10);
    const char *text = free_text(&draft);
    const char *detail = place_detail(&draft);
    const char *where = municipality(&draft);
    cast(&draft);
    *ret_signal = (inb_world_signal){
        .signal = {.id = inb_world_id(making, 'S', 16 + (unsigned)plan->list, number),
            .source_kind = by,
            .organisation = inb_world_list_name(plan->list),
            .seen = draft.seen,
            .noted = inb_date_from_day(noted),
            .municipality = where,
            .place_detail = detail,
            .persons = copy(making, draft.persons, draft.person_count, sizeof *draft.persons),
            .person_count = draft.person_count,
            .parties = copy(making, draft.parties, draft.party_count, sizeof *draft.parties),
            .party_count = draft.party_count,
            .situation = draft.situation,
            .text = text,
            .ground = on_ground},
        .list = plan->list,
        .situation = of->number,
        .persons = copy(making, draft.numbers, draft.person_count, sizeof *draft.numbers),
        .chain = of->chain,
        .fragment = plan->fragment >= 0};
}

void inb_signals_make(inb_making *making, const inb_world_signal **ret_signals, size_t *ret_count) {
    struct plans *plans = inb_making_get(making, 1, sizeof *plans);
    if (plans == NULL) {
        return;
    }
    for (size_t at = 0; at < making->case_count; at++) {
        plan_case(making, plans, at);
    }
    inb_world_signal *signals = inb_making_get(making, plans->count, sizeof *signals);
    size_t within = 0; // ordinal within its case
    for (size_t i = 0; i < plans->count && signals != NULL; i++) {
        within = i > 0 && plans->list[i].of == plans->list[i - 1].of ? within + 1 : 1;
        uint64_t number = making->cases[plans->list[i].of].number * PER_CASE + within;
        make_signal(making, &plans->list[i], number, &signals[i]);
    }
    *ret_signals = signals;
    *ret_count = plans->count;
}
