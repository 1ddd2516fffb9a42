// SPDX-License-Identifier: EUPL-1.2
// Persons and things of one signal. Roles depend on who looks: police may hold for a suspect whom a
// care coordinator knows as a possible victim. A phoenix agency stands under the name of that day.

#include "cast.h"

#include <stdio.h>
#include <string.h>

// Numbers of those who are not in a situation themselves; people and their kin lie below.
#define DIRECTORS ((uint64_t)1 << 40)
#define RECRUITERS ((uint64_t)1 << 41)

static inb_person *add_person(inb_draft_signal *draft, uint64_t number, uint32_t roles) {
    if (draft->person_count == INB_SIGNAL_PERSONS_MOST) {
        return NULL;
    }
    size_t at = draft->person_count++;
    char ref[8] = {(char)('a' + at % 26)};
    if (at >= 26) {
        snprintf(ref + 1, sizeof ref - 1, "%u", (unsigned)(at / 26) % 1000);
    }
    draft->numbers[at] = number;
    draft->persons[at] = (inb_person){.ref = inb_making_text(draft->making, ref),
        .age = {INB_AGE_UNKNOWN, INB_YEARS_UNKNOWN},
        .roles = roles};
    return &draft->persons[at];
}

static void tell_name(inb_draft_signal *draft, inb_person *person, const inb_made_name *name) {
    person->given_name = inb_making_text(draft->making, name->given);
    person->prefix = inb_making_text(draft->making, name->prefix);
    person->surname = inb_making_text(draft->making, name->surname);
}

// ---- those around ----

static inb_made_name kin_name(const inb_made_name *of, inb_form form, size_t place, inb_rng *rng) {
    inb_made_name name;
    bool female = place == 0 || (place >= 2 && inb_chance(rng, 0.5));
    bool same_family = place == 1 || place == 2 || of->tongue != INB_TONGUE_TIGRINYA;
    if (place == 3 || !same_family) { // a partner, or a mother with her own father's name
        inb_tongue tongue = place == 3 ? inb_tongue_draw(form, rng) : of->tongue;
        inb_made_name_draw(tongue, place == 3 ? !of->female : female, rng, &name);
        return name;
    }
    inb_made_name_kin(of, false, female, rng, &name);
    const char *space = strchr(of->surname, ' ');
    if (place == 1 && of->tongue == INB_TONGUE_TIGRINYA && space != NULL) {
        size_t length = (size_t)(space - of->surname); // the child's surname begins with his name
        memcpy(name.given, of->surname, length);
        name.given[length] = '\0';
        snprintf(name.surname, sizeof name.surname, "%s", space + 1);
    }
    return name;
}

static void add_kin(inb_draft_signal *draft, size_t person, size_t place, uint32_t roles) {
    const inb_making *making = draft->making;
    uint64_t number =
        making->world->options.people + (making->people[person].number - 1) * INB_KIN + place + 1;
    inb_rng rng = inb_world_rng(making->world, INB_OF_PERSON, number);
    inb_made_name name =
        kin_name(&making->insiders[person].name, making->people[person].form, place, &rng);
    char phone[INB_MADE_PHONE];
    inb_made_phone_draw(&rng, phone);
    bool child = place == 2 && inb_chance(&rng, 0.6);
    inb_person *kin = add_person(draft, number, roles);
    if (kin != NULL) {
        tell_name(draft, kin, &name);
        kin->age = (inb_age){child ? INB_AGE_CHILD : INB_AGE_ADULT, INB_YEARS_UNKNOWN};
        kin->sex = name.female ? "f" : "m";
        kin->phone = inb_chance(&draft->rng, 0.3) ? inb_making_text(draft->making, phone) : NULL;
    }
}

#define ROLE(name) (1u << INB_ROLE_##name)

static void cast_surroundings(inb_draft_signal *draft, size_t at) {
    const inb_world_person *person = &draft->making->people[at];
    inb_rng *rng = &draft->rng;
    bool child = person->years < INB_ADULT_FROM;
    bool profiting = (person->profits >> INB_PROFIT_PARENT & 1) != 0;
    bool involved = false;
    if (child && !person->unaccompanied && inb_chance(rng, 0.35)) {
        uint32_t roles = ROLE(PARENT) | (profiting && inb_chance(rng, 0.5) ? ROLE(SUSPECT) : 0);
        add_kin(draft, at, 0, roles);
        if (inb_chance(rng, 0.4)) {
            add_kin(draft, at, 1, roles);
        }
        involved = true;
    }
    if (!child && person->form == INB_FORM_SEXUAL && inb_chance(rng, 0.2)) {
        bool gains = (person->profits >> INB_PROFIT_PARTNER & 1) != 0;
        add_kin(draft, at, 3, ROLE(PARTNER) | (gains && inb_chance(rng, 0.5) ? ROLE(SUSPECT) : 0));
        involved = true;
    }
    if (inb_chance(rng, 0.06)) {
        add_kin(draft, at, 2, ROLE(SIBLING));
    }
    if (child && person->form == INB_FORM_CRIMINAL && inb_chance(rng, 0.15)) {
        (void)add_person(draft, 0, ROLE(FRIEND));
    }
    if (person->form == INB_FORM_LABOUR && inb_chance(rng, 0.15)) {
        (void)add_person(draft, 0, ROLE(COLLEAGUE));
    }
    if (inb_chance(rng, involved ? 0.7 : 0.2)) {
        draft->situation.surroundings |= person->surroundings;
    }
    if (inb_chance(rng, 0.4)) {
        draft->situation.profits |= person->profits;
    }
    draft->situation.unaccompanied = draft->situation.unaccompanied || person->unaccompanied;
}

// ---- somebody in a situation ----

static uint32_t roles_as_seen(const inb_world_person *person, inb_world_list list, inb_rng *rng) {
    double u = inb_rng_uniform(rng);
    bool police = list == INB_WORLD_POLICE || list == INB_WORLD_BORDER;
    if (!person->also_suspect) {
        return ROLE(POSSIBLE_VICTIM);
    }
    if (police) {
        return u < 0.45  ? ROLE(SUSPECT)
               : u < 0.8 ? ROLE(SUSPECT) | ROLE(POSSIBLE_VICTIM)
                         : ROLE(POSSIBLE_VICTIM);
    }
    return u < 0.15 ? ROLE(SUSPECT) | ROLE(POSSIBLE_VICTIM) : ROLE(POSSIBLE_VICTIM);
}

static inb_age age_as_told(inb_draft_signal *draft, const char *birth_date, inb_date truly) {
    inb_date born = truly;
    bool known = birth_date != NULL && inb_date_parse(birth_date, strlen(birth_date), &born);
    int least;
    int most;
    inb_date_age(born, draft->seen, &least, &most);
    inb_age age = inb_age_of_years(least < 0 ? 0 : least);
    double u = inb_rng_uniform(&draft->rng);
    if (!known && u >= 0.6) {
        age.years = INB_YEARS_UNKNOWN;
        age.class_ = u < 0.9 ? age.class_ : INB_AGE_UNKNOWN;
    }
    return age;
}

static void tell_observations(
    inb_draft_signal *draft, inb_person *person, const inb_insider *insider, inb_form form) {
    size_t count;
    const inb_pool_row *pool = inb_observation_pool(form, &count);
    inb_observation told[INB_POOL_MOST];
    size_t told_count = 0;
    for (size_t i = 0; i < count; i++) {
        double u = inb_rng_uniform(&draft->rng);
        if ((insider->true_rows >> i & 1) != 0 && u < 0.75) {
            told[told_count++] =
                (inb_observation){pool[i].id, u < 0.6 ? INB_ANSWER_YES : INB_ANSWER_UNKNOWN};
        } else if ((insider->true_rows >> i & 1) == 0 && pool[i].of == INB_AGE_UNKNOWN && u < 0.2) {
            told[told_count++] =
                (inb_observation){pool[i].id, u < 0.15 ? INB_ANSWER_NO : INB_ANSWER_UNKNOWN};
        }
    }
    inb_observation *kept = inb_making_get(draft->making, told_count, sizeof *kept);
    if (kept != NULL) {
        memcpy(kept, told, told_count * sizeof *kept);
        person->observations = kept;
        person->observation_count = told_count;
    }
}

static void tell_circumstances(
    inb_draft_signal *draft, inb_person *person, const inb_insider *insider) {
    size_t count;
    const inb_pool_row *pool = inb_circumstance_pool(&count);
    const char **kept = inb_making_get(draft->making, count, sizeof *kept);
    size_t told = 0;
    for (size_t i = 0; i < count && kept != NULL; i++) {
        bool tells = inb_chance(&draft->rng, 0.5);
        if (tells && (insider->circumstances >> i & 1) != 0) {
            kept[told++] = pool[i].id;
        }
    }
    person->circumstances = kept;
    person->circumstance_count = told;
}

// The one piece that a fragment shows.
static void tell_piece(inb_draft_signal *draft, inb_person *person) {
    inb_observation *kept = inb_making_get(draft->making, 1, sizeof *kept);
    const char *id = inb_fragment_id(draft->of->form, (size_t)draft->plan->fragment, &draft->rng);
    if (kept != NULL && id != NULL) {
        *kept = (inb_observation){id, INB_ANSWER_YES};
        person->observations = kept;
        person->observation_count = 1;
    }
}

static const char *nationality(inb_tongue tongue) {
    static const char *const codes[INB_TONGUE_COUNT] = {
        "NL", "PL", "RO", "UA", "SY", "ER", "NG", "VN"};
    return codes[tongue];
}

// The whole name in one field, as many notes have it.
static void tell_whole_name(inb_draft_signal *draft, inb_person *person) {
    char whole[2 * INB_MADE_NAME + INB_MADE_PREFIX + 4];
    const char *prefix = person->prefix == NULL ? "" : person->prefix;
    snprintf(whole, sizeof whole, "%s %s%s%s", person->given_name, prefix,
        prefix[0] == '\0' ? "" : " ", person->surname);
    person->name = inb_making_text(draft->making, whole);
    person->given_name = person->prefix = person->surname = NULL;
}

void inb_cast_person(inb_draft_signal *draft, size_t at) {
    inb_making *making = draft->making;
    const inb_world_person *truth = &making->people[at];
    const inb_insider *insider = &making->insiders[at];
    inb_world_record record;
    inb_record_make(making, at, draft->plan->list, &record);
    inb_person *person =
        add_person(draft, truth->number, roles_as_seen(truth, draft->plan->list, &draft->rng));
    if (person == NULL) {
        return;
    }
    person->given_name = record.given_name;
    person->prefix = record.prefix;
    person->surname = record.surname;
    person->birth_date = record.birth_date;
    person->sex = record.sex;
    person->phone = record.phone;
    person->age = age_as_told(draft, record.birth_date, insider->born);
    if (inb_chance(&draft->rng, 0.15) && record.given_name != NULL && record.surname != NULL) {
        tell_whole_name(draft, person);
    }
    if (draft->grounded && inb_chance(&draft->rng, 0.3)) {
        person->nationality = nationality(insider->name.tongue);
    }
    if (draft->plan->fragment >= 0) {
        tell_piece(draft, person);
        return;
    }
    tell_observations(draft, person, insider, truth->form);
    tell_circumstances(draft, person, insider);
    cast_surroundings(draft, at);
}

void inb_cast_stranger(inb_draft_signal *draft) {
    const inb_making *making = draft->making;
    size_t at = draft->of->first;
    inb_person *person = add_person(draft, 0, ROLE(POSSIBLE_VICTIM));
    if (person == NULL) {
        return;
    }
    if (inb_chance(&draft->rng, 0.7)) {
        bool child = making->people[at].years < INB_ADULT_FROM;
        person->age = (inb_age){child ? INB_AGE_CHILD : INB_AGE_ADULT, INB_YEARS_UNKNOWN};
    }
    person->sex = !inb_chance(&draft->rng, 0.6) ? NULL : making->people[at].female ? "f" : "m";
    if (draft->plan->fragment >= 0) {
        tell_piece(draft, person);
    } else {
        tell_observations(draft, person, &making->insiders[at], draft->of->form);
    }
}

// ---- others ----

static void add_party(
    inb_draft_signal *draft, inb_party_kind kind, const char *value, const char *kvk) {
    if (draft->party_count < INB_SIGNAL_PARTIES_MOST) {
        draft->parties[draft->party_count++] =
            (inb_party){kind, inb_making_text(draft->making, value),
                kvk == NULL ? NULL : inb_making_text(draft->making, kvk)};
    }
}

static void add_address(inb_draft_signal *draft, const inb_made_address *address) {
    char text[96];
    snprintf(text, sizeof text, "%s %s, %.4s %s %s", address->street, address->number,
        address->postcode, address->postcode + 4, address->place);
    add_party(draft, INB_PARTY_ADDRESS, text, NULL);
}

// The agency as it is called on a day; *ret_director counts its directors so far. Every fifth has
// the trading name of the one before: namesakes that have nothing to do with each other.
static void agency_on(const inb_world *world, uint64_t chain, int32_t day,
    inb_made_agency *ret_agency, unsigned *ret_director) {
    inb_rng rng = inb_world_rng(world, INB_OF_CHAIN, chain);
    inb_made_agency_draw(&rng, ret_agency);
    if (chain % 5 == 0) {
        inb_rng other = inb_world_rng(world, INB_OF_CHAIN, chain - 1);
        inb_made_agency namesake;
        inb_made_agency_draw(&other, &namesake);
        memcpy(ret_agency->name, namesake.name, sizeof namesake.name);
    }
    int32_t ends[2];
    ends[0] = (int32_t)inb_rng_below(&rng, (uint32_t)world->options.days);
    ends[1] = ends[0] + (int32_t)inb_rng_below(&rng, (uint32_t)world->options.days);
    bool phoenix = inb_chance(&rng, 0.3);
    *ret_director = 0;
    for (size_t i = 0; i < 2 && phoenix && day >= ends[i]; i++) {
        inb_made_name before = ret_agency->director;
        inb_made_agency_rise(&rng, ret_agency);
        bool same = strcmp(before.given, ret_agency->director.given) == 0 &&
                    strcmp(before.surname, ret_agency->director.surname) == 0;
        *ret_director += same ? 0 : 1;
    }
}

static void cast_agency(inb_draft_signal *draft) {
    inb_making *making = draft->making;
    inb_made_agency agency;
    unsigned director;
    int32_t day = inb_date_first_day(draft->seen) - inb_date_first_day(making->world->options.from);
    agency_on(making->world, draft->of->chain, day, &agency, &director);
    bool number = inb_chance(&draft->rng, 0.5);
    add_party(draft, INB_PARTY_AGENCY, agency.name, number ? agency.kvk : NULL);
    if (inb_chance(&draft->rng, 0.45)) {
        add_party(draft, INB_PARTY_PHONE, agency.phone, NULL);
    }
    if (inb_chance(&draft->rng, 0.45)) {
        add_address(draft, &agency.address);
    }
    if (inb_chance(&draft->rng, 0.4)) {
        inb_person *person = add_person(draft, DIRECTORS + draft->of->chain * 4 + director,
            ROLE(EMPLOYER) | (inb_chance(&draft->rng, 0.3) ? ROLE(SUSPECT) : 0));
        if (person != NULL) {
            tell_name(draft, person, &agency.director);
            person->age = (inb_age){INB_AGE_ADULT, INB_YEARS_UNKNOWN};
            person->sex = agency.director.female ? "f" : "m";
        }
    }
}

void inb_cast_others(inb_draft_signal *draft) {
    if (draft->of->chain != 0 && inb_chance(&draft->rng, 0.8)) {
        cast_agency(draft);
    }
    if (draft->plan->fragment < 0 && inb_chance(&draft->rng, 0.25)) {
        const inb_world *world = draft->making->world;
        inb_person *person =
            add_person(draft, RECRUITERS + draft->of->recruiter, ROLE(RECRUITER) | ROLE(SUSPECT));
        bool named = inb_chance(&draft->rng, 0.7);
        if (person != NULL && named) {
            inb_made_name name = inb_recruiter_name(world, draft->of->recruiter);
            tell_name(draft, person, &name);
            person->age = (inb_age){INB_AGE_ADULT, INB_YEARS_UNKNOWN};
            person->sex = name.female ? "f" : "m";
        }
    }
}

// Which things a fragment shows: each shares one with the next, so that only together they close.
static const bool fragment_things[INB_FRAGMENTS][4] = {
    // address, phone, car, handle
    {true, false, false, false},
    {true, true, false, false},
    {false, true, true, false},
    {false, false, true, true},
    {true, false, false, true},
};

void inb_cast_things(inb_draft_signal *draft) {
    const inb_case *of = draft->of;
    static const double shares[4] = {0.5, 0.25, 0.15, 0.2};
    bool shown[4];
    for (size_t i = 0; i < 4; i++) {
        bool some = inb_chance(&draft->rng, shares[i]);
        shown[i] = draft->plan->fragment >= 0
                       ? fragment_things[draft->plan->fragment % INB_FRAGMENTS][i]
                       : some;
    }
    if (draft->plan->sighting && draft->plan->fragment < 0) {
        shown[0] = shown[0] || !shown[2]; // something was seen
    }
    if (shown[0]) {
        add_address(draft, &of->address);
    }
    if (shown[1]) {
        add_party(draft, INB_PARTY_PHONE, of->phone, NULL);
    }
    if (shown[2]) {
        add_party(draft, INB_PARTY_VEHICLE, of->plate, NULL);
    }
    if (shown[3]) {
        add_party(draft, INB_PARTY_HANDLE, of->handle, NULL);
    }
}
