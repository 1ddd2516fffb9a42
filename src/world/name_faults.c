// SPDX-License-Identifier: EUPL-1.2
// Faults in made-up records, one function each: what offices of this field are known to do with
// names, dates and phones (stations/link.md). Nothing here is about anybody.

#include "name_faults.h"

#include <stdio.h>
#include <string.h>

static const char *const codes[INB_FAULT_COUNT] = {
#define X(name, code) [INB_FAULT_##name] = (code),
    INB_FAULTS(X)
#undef X
};

const char *inb_fault_code(inb_fault fault) {
    return (size_t)fault < INB_FAULT_COUNT ? codes[fault] : "";
}

// ---- persons ----

void inb_fault_person_draw(inb_tongue tongue, inb_rng *rng, inb_fault_person *ret_person) {
    static const char *const street_stem[] = {"Kerk", "Molen", "Dorps", "School", "Linden", "Haven",
        "Markt", "Beuken", "Stations", "Wilgen", "Brink", "Zand", "Veld", "Water", "Toren",
        "Akker"};
    static const char *const street_end[] = {
        "straat", "weg", "laan", "plein", "hof", "dijk", "pad"};
    static const char *const places[] = {"Oudwoude", "Zandveen", "Lindermeer", "Havendam",
        "Brinkerk", "Torenwijk", "Akkerbroek", "Molenrade", "Noordhorst", "Westerlo"};
    static const char *const ends[] = {"SA", "SD", "SS"};
    inb_fault_person person = {.house = 1 + inb_rng_below(rng, 180)};
    inb_made_name_draw(tongue, inb_rng_below(rng, 2) == 0, rng, &person.name);
    person.born = inb_date_from_day((int32_t)inb_rng_below(rng, 16000)); // 1970 to 2013
    snprintf(person.phone, sizeof person.phone, "060%07u", inb_rng_below(rng, 10000000));
    uint32_t place = inb_rng_below(rng, sizeof places / sizeof places[0]);
    snprintf(person.place, sizeof person.place, "%s", places[place]);
    snprintf(person.postcode, sizeof person.postcode, "%u%s",
        1000 + 100 * place + inb_rng_below(rng, 100), ends[inb_rng_below(rng, 3)]);
    snprintf(person.street, sizeof person.street, "%s%s", street_stem[inb_rng_below(rng, 16)],
        street_end[inb_rng_below(rng, 7)]);
    person.floor = inb_rng_below(rng, 3) == 0 ? 1 + inb_rng_below(rng, 3) : 0;
    *ret_person = person;
}

static void set_date(inb_fault_record *record, inb_date date) {
    inb_date_format(date, record->birth_date);
}

void inb_fault_record_clean(const inb_fault_person *person, inb_fault_record *ret_record) {
    inb_fault_record record = {.faults = 0};
    snprintf(record.given_name, sizeof record.given_name, "%s", person->name.given);
    snprintf(record.prefix, sizeof record.prefix, "%s", person->name.prefix);
    snprintf(record.surname, sizeof record.surname, "%s", person->name.surname);
    set_date(&record, person->born);
    snprintf(record.birth_year, sizeof record.birth_year, "%d", person->born.year);
    snprintf(record.phone, sizeof record.phone, "%s", person->phone);
    snprintf(record.postcode, sizeof record.postcode, "%s", person->postcode);
    snprintf(record.street, sizeof record.street, "%s", person->street);
    snprintf(record.place, sizeof record.place, "%s", person->place);
    if (person->floor > 0) {
        snprintf(
            record.house_number, sizeof record.house_number, "%u-%u", person->house, person->floor);
    } else {
        snprintf(record.house_number, sizeof record.house_number, "%u", person->house);
    }
    *ret_record = record;
}

// ---- faults of names ----

static bool script(const inb_fault_person *person, inb_fault_record *record) {
    if (strcmp(person->name.own_surname, person->name.surname) == 0) {
        return false;
    }
    snprintf(record->given_name, sizeof record->given_name, "%s", person->name.own_given);
    snprintf(record->surname, sizeof record->surname, "%s", person->name.own_surname);
    return true;
}

static bool spelling(const inb_fault_person *person, inb_rng *rng, inb_fault_record *record) {
    unsigned ways = inb_made_name_ways(person->name.tongue);
    for (int tries = 0; tries < 8 && ways > 0; tries++) {
        inb_made_name other;
        inb_made_name_respell(&person->name, 1 + inb_rng_below(rng, (1U << ways) - 1), &other);
        if (strcmp(other.given, person->name.given) != 0 ||
            strcmp(other.surname, person->name.surname) != 0) {
            snprintf(record->given_name, sizeof record->given_name, "%s", other.given);
            snprintf(record->surname, sizeof record->surname, "%s", other.surname);
            snprintf(record->prefix, sizeof record->prefix, "%s", other.prefix);
            return true;
        }
    }
    return false;
}

// Leaves out a vowel that is not the first letter; false where there is none.
static bool drop_vowel(inb_rng *rng, char *text) {
    size_t at[64];
    size_t count = 0;
    for (size_t i = 1; text[i] != '\0' && count < 64; i++) {
        if (strchr("aeiou", text[i]) != NULL && text[i - 1] != ' ' && text[i - 1] != '-') {
            at[count++] = i;
        }
    }
    if (count == 0) {
        return false;
    }
    char *from = text + at[inb_rng_below(rng, (uint32_t)count)];
    memmove(from, from + 1, strlen(from));
    return true;
}

static bool vowels(const inb_fault_person *person, inb_rng *rng, inb_fault_record *record) {
    if (person->name.tongue != INB_TONGUE_ARABIC) {
        return false;
    }
    bool given = drop_vowel(rng, record->given_name);
    bool surname = drop_vowel(rng, record->surname);
    (void)drop_vowel(rng, inb_rng_below(rng, 2) == 0 ? record->given_name : record->surname);
    return given || surname;
}

static bool prefix(inb_rng *rng, inb_fault_record *record) {
    if (record->prefix[0] == '\0') {
        return false;
    }
    char whole[sizeof record->surname];
    switch (inb_rng_below(rng, 4)) {
    case 0: // "van der Berg" in the surname
        snprintf(whole, sizeof whole, "%.30s %.120s", record->prefix, record->surname);
        break;
    case 1: // "Berg, van der"
        snprintf(whole, sizeof whole, "%.120s, %s", record->surname, record->prefix);
        break;
    case 2: { // "Vanderberg"
        char drawn[INB_MADE_PREFIX];
        size_t used = 0;
        for (const char *c = record->prefix; *c != '\0'; c++) {
            if (*c != ' ' && *c != '\'') {
                drawn[used++] = *c;
            }
        }
        drawn[used] = '\0';
        snprintf(whole, sizeof whole, "%s%.120s", drawn, record->surname);
        break;
    }
    default:
        snprintf(whole, sizeof whole, "%s", record->surname);
        break;
    }
    memcpy(record->surname, whole, sizeof whole);
    record->prefix[0] = '\0';
    return true;
}

static bool double_name(const inb_fault_person *person, inb_rng *rng, inb_fault_record *record) {
    if (person->name.tongue == INB_TONGUE_TIGRINYA) {
        return false; // there is no family name to add to
    }
    inb_made_name other;
    inb_made_name_draw(person->name.tongue, person->name.female, rng, &other);
    bool before = inb_rng_below(rng, 2) == 0;
    char whole[sizeof record->surname];
    snprintf(whole, sizeof whole, "%.75s-%.75s", before ? other.surname : record->surname,
        before ? record->surname : other.surname);
    memcpy(record->surname, whole, sizeof whole);
    return true;
}

static bool ending(const inb_fault_person *person, inb_rng *rng, inb_fault_record *record) {
    inb_made_name kin;
    inb_made_name_kin(&person->name, false, !person->name.female, rng, &kin);
    if (strcmp(kin.surname, person->name.surname) == 0) {
        return false;
    }
    snprintf(record->surname, sizeof record->surname, "%s", kin.surname);
    return true;
}

// Given name and surname change places; of a Tigrinya name the father's name may go to the given
// one.
static bool order(const inb_fault_person *person, inb_rng *rng, inb_fault_record *record) {
    char given[sizeof record->given_name];
    char surname[sizeof record->surname];
    const char *blank = strchr(record->surname, ' ');
    if (person->name.tongue == INB_TONGUE_TIGRINYA && blank != NULL && inb_rng_below(rng, 2) == 0) {
        snprintf(given, sizeof given, "%.50s %.*s", record->given_name,
            (int)(blank - record->surname), record->surname);
        snprintf(surname, sizeof surname, "%s", blank + 1);
    } else {
        snprintf(given, sizeof given, "%.100s", record->surname);
        snprintf(surname, sizeof surname, "%s", record->given_name);
    }
    memcpy(record->given_name, given, sizeof given);
    memcpy(record->surname, surname, sizeof surname);
    return true;
}

static bool alias(inb_rng *rng, inb_fault_record *record) {
    static const char *const names[] = {"Lola", "Tico", "Bibi", "Max", "Zaza", "Rio", "Kiki",
        "Dodo", "Luna", "Nino", "Candy", "Vito", "Mimi", "Tyson", "Roxy", "Gigi"};
    const char *name = names[inb_rng_below(rng, sizeof names / sizeof names[0])];
    char given[sizeof record->given_name];
    if (inb_rng_below(rng, 2) == 0) {
        snprintf(given, sizeof given, "%.80s (%s)", record->given_name, name);
    } else {
        snprintf(given, sizeof given, "%s", name);
    }
    memcpy(record->given_name, given, sizeof given);
    return true;
}

// One edit of ASCII letters: another, one less, one more, two exchanged.
static bool typing(inb_rng *rng, inb_fault_record *record) {
    bool given = inb_rng_below(rng, 3) == 0;
    char *text = given ? record->given_name : record->surname;
    size_t length = strlen(text);
    for (int tries = 0; tries < 20 && length > 2; tries++) {
        size_t at = 1 + inb_rng_below(rng, (uint32_t)length - 2);
        char c = (char)('a' + inb_rng_below(rng, 26));
        bool letter = text[at] >= 'a' && text[at] <= 'z';
        bool next = text[at + 1] >= 'a' && text[at + 1] <= 'z';
        if (!letter || !next || text[at] == c || text[at] == text[at + 1]) {
            continue;
        }
        switch (inb_rng_below(rng, 4)) {
        case 0:
            text[at] = c;
            break;
        case 1:
            memmove(text + at, text + at + 1, length - at);
            break;
        case 2:
            if (length + 2 > sizeof record->given_name) {
                continue;
            }
            memmove(text + at + 1, text + at, length - at + 1);
            text[at] = c;
            break;
        default:
            c = text[at];
            text[at] = text[at + 1];
            text[at + 1] = c;
            break;
        }
        return true;
    }
    return false;
}

// ---- faults of dates, phones, addresses ----

static bool heaped(const inb_fault_person *person, inb_rng *rng, inb_fault_record *record) {
    inb_date date = person->born;
    switch (inb_rng_below(rng, 4)) {
    case 0:
        date.day = 15;
        break;
    case 1:
        date.month = 7;
        date.day = 1;
        break;
    default:
        date.month = 1;
        date.day = 1;
        break;
    }
    set_date(record, date);
    return true;
}

static bool day_month(const inb_fault_person *person, inb_fault_record *record) {
    inb_date date = person->born;
    if (date.day > 12 || date.day == date.month) {
        return false;
    }
    date.day = person->born.month;
    date.month = person->born.day;
    set_date(record, date);
    return true;
}

// On some day of the year a person is born this year's age ago, or one year more.
static bool age_only(const inb_fault_person *person, inb_rng *rng, inb_fault_record *record) {
    record->birth_date[0] = '\0';
    snprintf(record->birth_year, sizeof record->birth_year, "%d",
        person->born.year + (int)inb_rng_below(rng, 2));
    return true;
}

static bool phone_format(const inb_fault_person *person, inb_rng *rng, inb_fault_record *record) {
    const char *rest = person->phone + 1; // after the zero
    switch (inb_rng_below(rng, 5)) {
    case 0:
        snprintf(record->phone, sizeof record->phone, "+31%s", rest);
        break;
    case 1:
        snprintf(record->phone, sizeof record->phone, "+31 (0)%.1s %s", rest, rest + 1);
        break;
    case 2:
        snprintf(record->phone, sizeof record->phone, "0031%s", rest);
        break;
    case 3:
        snprintf(record->phone, sizeof record->phone, "06-%.4s.%s", rest + 1, rest + 5);
        break;
    default:
        snprintf(record->phone, sizeof record->phone, "%s", rest);
        break;
    }
    return true;
}

static bool shared_phone(inb_rng *rng, inb_fault_record *record) {
    snprintf(record->phone, sizeof record->phone, "088000000%u", inb_rng_below(rng, 5));
    return true;
}

static bool suffix(const inb_fault_person *person, inb_rng *rng, inb_fault_record *record) {
    if (person->floor == 0) {
        return false;
    }
    static const char *const roman[] = {"", "I", "II", "III"};
    switch (inb_rng_below(rng, 4)) {
    case 0:
        snprintf(record->house_number, sizeof record->house_number, "%u %s", person->house,
            roman[person->floor & 3]);
        break;
    case 1:
        snprintf(record->house_number, sizeof record->house_number, "%u %uhoog", person->house,
            person->floor);
        break;
    case 2:
        snprintf(record->house_number, sizeof record->house_number, "%u/%u", person->house,
            person->floor);
        break;
    default:
        snprintf(record->house_number, sizeof record->house_number, "%u", person->house);
        break;
    }
    return true;
}

bool inb_fault_apply(
    inb_fault fault, const inb_fault_person *person, inb_rng *rng, inb_fault_record *record) {
    bool done = false;
    switch (fault) {
    case INB_FAULT_SCRIPT:
        done = script(person, record);
        break;
    case INB_FAULT_SPELLING:
        done = spelling(person, rng, record);
        break;
    case INB_FAULT_VOWELS:
        done = vowels(person, rng, record);
        break;
    case INB_FAULT_PREFIX:
        done = prefix(rng, record);
        break;
    case INB_FAULT_DOUBLE:
        done = double_name(person, rng, record);
        break;
    case INB_FAULT_ENDING:
        done = ending(person, rng, record);
        break;
    case INB_FAULT_ORDER:
        done = order(person, rng, record);
        break;
    case INB_FAULT_ALIAS:
        done = alias(rng, record);
        break;
    case INB_FAULT_HEAPED:
        done = heaped(person, rng, record);
        break;
    case INB_FAULT_DAY_MONTH:
        done = day_month(person, record);
        break;
    case INB_FAULT_AGE_ONLY:
        done = age_only(person, rng, record);
        break;
    case INB_FAULT_TYPING:
        done = typing(rng, record);
        break;
    case INB_FAULT_PHONE_FORMAT:
        done = phone_format(person, rng, record);
        break;
    case INB_FAULT_SHARED_PHONE:
        done = shared_phone(rng, record);
        break;
    case INB_FAULT_SUFFIX:
        done = suffix(person, rng, record);
        break;
    case INB_FAULT_COUNT:
        break;
    }
    record->faults |= done ? 1U << fault : 0;
    return done;
}

void inb_fault_record_draw(const inb_fault_person *person, const double *rates, inb_rng *rng,
    inb_fault_record *ret_record) {
    inb_fault_record_clean(person, ret_record);
    for (int fault = 0; fault < INB_FAULT_COUNT; fault++) {
        if (inb_rng_uniform(rng) < rates[fault]) {
            (void)inb_fault_apply((inb_fault)fault, person, rng, ret_record);
        }
    }
}
