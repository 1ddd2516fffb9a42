// SPDX-License-Identifier: EUPL-1.2
// What an organisation writes down of a person, with the faults of registration: typing, gaps,
// heaped dates, other spellings, fields that changed places, people who moved. Kinds of faults are
// those of generators of linkage tests (Christen and Pudjijono 2009,
// doi:10.1007/978-3-642-01307-2_47) and of the registers of this field.

#include "world_i.h"

#include <stdio.h>
#include <string.h>

// ---- texts ----

static bool plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// One fault of typing among the small letters a-z and digits; a text without two of them stays.
static void mistype(char *text, inb_rng *rng) {
    size_t length = strlen(text);
    uint32_t kind = inb_rng_below(rng, 3);
    size_t start = length < 3 ? 0 : 1 + inb_rng_below(rng, (uint32_t)length - 2);
    uint32_t other = inb_rng_below(rng, 25);
    size_t at = length < 3 ? length : start;
    while (at + 1 < length && !(plain(text[at]) && plain(text[at + 1]))) {
        at++;
    }
    if (at + 1 >= length) {
        return;
    }
    bool digit = text[at] <= '9';
    if (kind == 0 && !digit) { // a letter left out; digits stay as many as they are
        memmove(text + at, text + at + 1, length - at);
    } else if (kind == 1 && text[at] != text[at + 1]) {
        char kept = text[at];
        text[at] = text[at + 1];
        text[at + 1] = kept;
    } else if (digit) {
        text[at] = (char)('0' + (text[at] - '0' + 1 + (int)(other % 9)) % 10);
    } else {
        text[at] = (char)('a' + (text[at] - 'a' + 1 + (int)other) % 26);
    }
}

// The field as written: nothing, with a fault, or as it is.
static const char *write_down(inb_making *making, char *text, double missing, inb_rng *rng) {
    bool gone = inb_chance(rng, missing);
    if (inb_chance(rng, making->world->options.faults.typing)) {
        mistype(text, rng);
    }
    return gone ? NULL : inb_making_text(making, text);
}

// ---- ids ----

// A bijection of 40 bits (odd multipliers and shifts), so that ids are different and in no order.
static uint64_t scramble(uint64_t number, uint64_t key) {
    const uint64_t mask = ((uint64_t)1 << 40) - 1;
    uint64_t x = (number ^ key) & mask;
    for (int round = 0; round < 3; round++) {
        x = x * 0x9e3779b97f4a7c15u & mask;
        x ^= x >> 21;
    }
    return x;
}

const char *inb_world_id(inb_making *making, char mark, unsigned salt, uint64_t number) {
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    inb_rng rng = inb_world_rng(making->world, INB_OF_RECORD, (uint64_t)salt << 48);
    uint64_t x = scramble(number, inb_rng_u64(&rng));
    char id[11] = {mark, '-'};
    for (size_t i = 0; i < 8; i++) {
        id[2 + i] = digits[x >> 5 * i & 31];
    }
    return inb_making_text(making, id);
}

// ---- dates ----

static inb_date heap(inb_date born, inb_rng *rng) {
    uint32_t kind = inb_rng_below(rng, 3);
    return kind == 0   ? (inb_date){born.year, 1, 1}
           : kind == 1 ? (inb_date){born.year, 7, 1}
                       : (inb_date){born.year, born.month, 15};
}

static inb_date mistype_date(inb_date born, inb_rng *rng) {
    uint32_t kind = inb_rng_below(rng, 4);
    inb_date wrong = born;
    if (kind == 0) {
        wrong.year = (int16_t)(born.year + (inb_rng_below(rng, 2) == 0 ? 1 : -1));
        wrong.day = wrong.day > 28 ? 28 : wrong.day;
    } else if (kind == 1) {
        wrong.month = (int8_t)(1 + inb_rng_below(rng, 12));
        wrong.day = wrong.day > 28 ? 28 : wrong.day;
    } else {
        wrong.day = (int8_t)(1 + inb_rng_below(rng, 28));
    }
    return wrong;
}

static const char *birth_as_written(inb_making *making, const inb_insider *insider, inb_rng *rng) {
    const inb_world_faults *faults = &making->world->options.faults;
    inb_date born = insider->born;
    bool missing = inb_chance(rng, faults->missing);
    bool heaped = inb_chance(rng, faults->heaped);
    bool swapped = inb_chance(rng, faults->swapped);
    bool wrong = inb_chance(rng, faults->typing);
    inb_date heaped_date = heap(born, rng);
    born = heaped ? heaped_date : born;
    if (swapped && born.day <= 12) {
        born = (inb_date){born.year, born.day, born.month};
    }
    born = wrong ? mistype_date(born, rng) : born;
    char text[11];
    inb_date_format(born, text);
    return missing ? NULL : inb_making_text(making, text);
}

// ---- names ----

// Offices whose systems hold no letters with marks.
static bool without_marks(inb_world_list list, inb_tongue tongue) {
    bool marked = tongue == INB_TONGUE_POLISH || tongue == INB_TONGUE_ROMANIAN ||
                  tongue == INB_TONGUE_NIGERIAN || tongue == INB_TONGUE_VIETNAMESE;
    return marked &&
           (list == INB_WORLD_POLICE || list == INB_WORLD_BORDER || list == INB_WORLD_INSPECTORATE);
}

static void name_as_written(inb_making *making, const inb_insider *insider, inb_world_list list,
    inb_world_record *record, inb_rng *rng) {
    const inb_world_faults *faults = &making->world->options.faults;
    inb_tongue tongue = insider->name.tongue;
    unsigned way = without_marks(list, tongue) ? 1 : 0;
    for (unsigned bit = 0; bit < inb_made_name_ways(tongue); bit++) {
        way |= (unsigned)inb_chance(rng, faults->respelt) << bit;
    }
    inb_made_name name;
    inb_made_name_respell(&insider->name, way, &name);
    bool script =
        inb_chance(rng, faults->script) && (list == INB_WORLD_HELPLINE || list == INB_WORLD_LOCAL);
    if (script) {
        memcpy(name.given, name.own_given, sizeof name.given);
        memcpy(name.surname, name.own_surname, sizeof name.surname);
    }
    char *space = strchr(name.surname, ' ');
    bool father_only = inb_chance(rng, 0.4);
    if (tongue == INB_TONGUE_TIGRINYA && father_only && space != NULL) {
        *space = '\0'; // the father's name alone
    }
    bool swapped = inb_chance(rng, faults->swapped);
    record->given_name = write_down(making, name.given, faults->missing, rng);
    record->prefix = inb_chance(rng, faults->missing) ? NULL : inb_making_text(making, name.prefix);
    record->surname = write_down(making, name.surname, faults->missing / 2, rng);
    if (swapped && record->given_name != NULL && record->surname != NULL) {
        const char *kept = record->given_name;
        record->given_name = record->surname;
        record->surname = kept;
    }
}

// ---- the record ----

void inb_record_make(
    inb_making *making, size_t person, inb_world_list list, inb_world_record *ret_record) {
    const inb_world_faults *faults = &making->world->options.faults;
    const inb_insider *insider = &making->insiders[person];
    const inb_world_person *truth = &making->people[person];
    inb_rng rng = inb_world_rng(
        making->world, INB_OF_RECORD, truth->number * INB_WORLD_LIST_COUNT + (uint64_t)list);
    static const char marks[INB_WORLD_LIST_COUNT] = {'P', 'K', 'I', 'O', 'R', 'L'};
    inb_world_record record = {.list = list,
        .id = inb_world_id(making, marks[list], (unsigned)list + 1, truth->number),
        .form = truth->form,
        .child = truth->years < INB_ADULT_FROM,
        .person = truth->number};
    name_as_written(making, insider, list, &record, &rng);
    record.birth_date = birth_as_written(making, insider, &rng);
    record.sex = inb_chance(&rng, faults->missing / 2) ? NULL : truth->female ? "f" : "m";
    inb_made_address address = insider->address;
    inb_made_address other;
    inb_made_address_draw(&rng, &other);
    address = inb_chance(&rng, faults->moved) ? other : address;
    bool no_address = inb_chance(&rng, faults->missing);
    record.postcode = write_down(making, address.postcode, faults->missing, &rng);
    record.house_number = inb_making_text(making, address.number);
    record.place = inb_making_text(making, address.place);
    if (no_address || !insider->has_address) {
        record.postcode = record.house_number = record.place = NULL;
    }
    char phone[INB_MADE_PHONE];
    char other_phone[INB_MADE_PHONE];
    memcpy(phone, insider->phone, sizeof phone);
    inb_made_phone_draw(&rng, other_phone);
    if (inb_chance(&rng, faults->moved)) {
        memcpy(phone, other_phone, sizeof phone);
    }
    const char *told = write_down(making, phone, faults->missing, &rng);
    record.phone = insider->has_phone ? told : NULL;
    *ret_record = record;
}
