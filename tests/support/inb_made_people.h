// SPDX-License-Identifier: EUPL-1.2
// Made-up people for tests and benches of station 3, labelled by construction (column ent_id, which
// is never compared): names out of syllables with a long tail, errors of the kinds that files have.
// Three kinds: two lists with one double each, one list with five weak columns, one list with many
// damaged records a person. Same seed, same bytes.
#ifndef INB_MADE_PEOPLE_H
#define INB_MADE_PEOPLE_H

#include <inbeeld/buffer.h>
#include <inbeeld/rng.h>

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { INB_MADE_TEXT = 48 };

struct inb_made {
    inb_rng rng;
};

static inline uint32_t inb_made_below(struct inb_made *made, uint32_t n) {
    return inb_rng_below(&made->rng, n);
}

static inline bool inb_made_chance(struct inb_made *made, double chance) {
    return inb_rng_uniform(&made->rng) < chance;
}

// Word number `number` of a family of words: syllables by its digits, so that words are spread.
static inline void inb_made_word(unsigned family, uint32_t number, char out[INB_MADE_TEXT]) {
    static const char *const begins[] = {"b", "br", "d", "f", "g", "gr", "h", "j", "k", "kl", "l",
        "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w", "z", "sch", "", "ch", "dr"};
    static const char *const middles[] = {
        "a", "e", "i", "o", "u", "aa", "ie", "oe", "ei", "ou", "ee"};
    static const char *const ends[] = {
        "", "n", "r", "s", "l", "m", "t", "k", "md", "rt", "ng", "st"};
    inb_rng rng = inb_rng_make(977 + family, number);
    size_t parts = inb_rng_below(&rng, 8) > 0 ? 2 : 1;
    parts += inb_rng_below(&rng, 5) == 0 ? 1 : 0;
    size_t used = 0;
    for (size_t i = 0; i < parts; i++) {
        used += (size_t)snprintf(out + used, INB_MADE_TEXT - used, "%s%s%s",
            begins[inb_rng_below(&rng, 26)], middles[inb_rng_below(&rng, 11)],
            ends[inb_rng_below(&rng, 12)]);
    }
}

// A number below n, number k with a chance in proportion to 1 / (k + flat).
static inline uint32_t inb_made_zipf(struct inb_made *made, uint32_t n, double flat) {
    double x = flat * (pow(1 + n / flat, inb_rng_uniform(&made->rng)) - 1);
    uint32_t at = (uint32_t)x;
    return at < n ? at : n - 1;
}

// One typing error: a letter left out, doubled, put in, exchanged with its neighbour or another.
static inline void inb_made_typo(struct inb_made *made, char *text) {
    size_t length = strlen(text);
    if (length < 2 || length + 2 > INB_MADE_TEXT) {
        return;
    }
    size_t at = inb_made_below(made, (uint32_t)length);
    bool digit = text[at] >= '0' && text[at] <= '9';
    char other = (char)(digit ? '0' + inb_made_below(made, 10) : 'a' + inb_made_below(made, 26));
    switch (inb_made_below(made, digit ? 3 : 4)) {
    case 0:
        text[at] = other;
        break;
    case 1:
        if (at + 1 < length) {
            char kept = text[at];
            text[at] = text[at + 1];
            text[at + 1] = kept;
        } else {
            text[at] = other;
        }
        break;
    case 2:
        if (digit) {
            text[at] = other;
            break;
        }
        memmove(text + at, text + at + 1, length - at);
        break;
    default:
        memmove(text + at + 1, text + at, length - at + 1);
        text[at] = other;
        break;
    }
}

struct inb_made_person {
    char given[INB_MADE_TEXT];
    char surname[INB_MADE_TEXT];
    char street[INB_MADE_TEXT];
    char house[INB_MADE_TEXT];
    char place[INB_MADE_TEXT];
    char postcode[INB_MADE_TEXT];
    char number[INB_MADE_TEXT];
    char work[INB_MADE_TEXT];
    char sex[4];
    unsigned year;
    unsigned month;
    unsigned day;
};

static inline void inb_made_person(
    struct inb_made *made, uint32_t surnames, struct inb_made_person *person) {
    memset(person, 0, sizeof *person);
    inb_made_word(1, inb_made_zipf(made, 420, 12), person->given);
    inb_made_word(2, inb_made_zipf(made, surnames, surnames / 200.0), person->surname);
    inb_made_word(3, inb_made_below(made, 3000), person->street);
    snprintf(person->house, sizeof person->house, "%u", 1 + inb_made_zipf(made, 300, 20));
    uint32_t place = inb_made_zipf(made, 700, 10);
    inb_made_word(4, place, person->place);
    snprintf(person->postcode, sizeof person->postcode, "%u",
        2000 + (place * 7 + inb_made_below(made, 12)) % 5000);
    snprintf(person->number, sizeof person->number, "%u", 1000000 + inb_made_below(made, 8999999));
    inb_made_word(5, inb_made_zipf(made, 120, 3), person->work);
    memcpy(person->sex, inb_made_chance(made, .5) ? "m" : "f", 2);
    person->year = 1920 + inb_made_below(made, 90);
    person->month = 1 + inb_made_below(made, 12);
    person->day = 1 + inb_made_below(made, 28);
}

static inline void inb_made_date_error(struct inb_made *made, struct inb_made_person *person) {
    unsigned month = person->month;
    switch (inb_made_below(made, 6)) {
    case 0:
        person->month = person->day;
        person->day = month;
        break;
    case 1:
        person->day = 1 + inb_made_below(made, 28);
        break;
    case 2:
        person->month = 1 + inb_made_below(made, 12);
        break;
    case 3:
        person->year += inb_made_chance(made, .5) ? 1U : (unsigned)-1;
        break;
    case 4:
        person->year = person->year / 10 * 10 + inb_made_below(made, 10);
        break;
    default:
        person->year = person->year / 100 * 100 + inb_made_below(made, 10) * 10 + person->year % 10;
        break;
    }
}

// ---- two lists with one double each ----

static inline void inb_made_two_row(
    inb_buffer *out, const char *list, uint32_t entity, const struct inb_made_person *p) {
    inb_buffer_format(out, "%s%u,%u,%s,%s,%s,%s,%s,%s,", list, entity, entity, p->given, p->surname,
        p->house, p->street, p->place, p->postcode);
    if (p->year > 0) {
        inb_buffer_format(out, "%04u%02u%02u", p->year, p->month, p->day);
    }
    inb_buffer_format(out, ",%s\n", p->number);
}

static const char inb_made_two_head[] =
    "id,ent_id,given_name,surname,house_number,street,place,postcode,birth_date,number\n";

// Damages one to five times, each time another field: an error, or emptied.
static inline void inb_made_two_damage(struct inb_made *made, struct inb_made_person *p) {
    size_t times = 1 + inb_made_below(made, 5);
    for (size_t i = 0; i < times; i++) {
        char *const fields[] = {
            p->given, p->surname, p->house, p->street, p->place, p->postcode, p->number};
        uint32_t field = inb_made_below(made, 9);
        if (field == 7) {
            inb_made_date_error(made, p);
        } else if (field == 8) {
            char kept[INB_MADE_TEXT];
            memcpy(kept, p->given, sizeof kept);
            if (inb_made_chance(made, .25)) {
                memcpy(p->given, p->surname, sizeof kept);
                memcpy(p->surname, kept, sizeof kept);
            }
        } else if (inb_made_chance(made, .15)) {
            fields[field][0] = '\0';
        } else {
            inb_made_typo(made, fields[field]);
            if (inb_made_chance(made, .3)) {
                inb_made_typo(made, fields[field]);
            }
        }
    }
}

static inline void inb_made_two(uint64_t seed, uint32_t people, inb_buffer *a, inb_buffer *b) {
    struct inb_made made = {inb_rng_make(seed, 1)};
    inb_buffer_text(a, inb_made_two_head);
    inb_buffer_text(b, inb_made_two_head);
    for (uint32_t i = 0; i < people; i++) {
        struct inb_made_person person;
        inb_made_person(&made, 4000, &person);
        if (inb_made_chance(&made, .03)) {
            person.given[0] = '\0';
        }
        if (inb_made_chance(&made, .02)) {
            person.year = 0;
        }
        inb_made_two_row(a, "a", i, &person);
        inb_made_two_damage(&made, &person);
        inb_made_two_row(b, "b", i, &person);
    }
}

// ---- one list with five weak columns, a tenth of it doubles ----

static inline void inb_made_weak_row(
    inb_buffer *out, uint32_t id, uint32_t entity, const struct inb_made_person *p) {
    inb_buffer_format(
        out, "%u,%u,%s,%s,%u,%u,%u\n", id, entity, p->given, p->surname, p->year, p->month, p->day);
}

static inline void inb_made_weak(uint64_t seed, uint32_t records, inb_buffer *out) {
    struct inb_made made = {inb_rng_make(seed, 2)};
    inb_buffer_text(out, "id,ent_id,given_name,surname,birth_year,birth_month,birth_day\n");
    uint32_t doubles = records / 10;
    uint32_t entities = records - doubles;
    for (uint32_t i = 0; i < entities; i++) {
        struct inb_made_person person;
        inb_made_person(&made, 700, &person);
        inb_made_weak_row(out, i, i, &person);
        if (i % 9 == 0 && i / 9 < doubles) {
            size_t times = inb_made_below(&made, 8) == 0 ? 2 : 1;
            for (size_t k = 0; k < times; k++) {
                uint32_t field = inb_made_below(&made, 5);
                if (field < 2) {
                    inb_made_typo(&made, field == 0 ? person.given : person.surname);
                } else if (field == 2) {
                    person.year = inb_made_chance(&made, .5)
                                      ? person.year / 10 * 10 + inb_made_below(&made, 10)
                                      : 1920 + inb_made_below(&made, 90);
                } else if (field == 3) {
                    person.month = 1 + inb_made_below(&made, 12);
                } else {
                    person.day = 1 + inb_made_below(&made, 28);
                }
            }
            inb_made_weak_row(out, entities + i / 9, i, &person);
        }
    }
}

// ---- one list with many damaged records a person ----

static inline void inb_made_heavy_row(struct inb_made *made, inb_buffer *out, uint32_t id,
    uint32_t entity, struct inb_made_person p, double damage) {
    char *const fields[] = {p.given, p.surname, p.place, p.postcode, p.work};
    static const double errors[] = {.35, .35, .25, .35, .1};
    static const double gaps[] = {.06, .06, .2, .2, .3};
    for (size_t f = 0; f < 5; f++) {
        if (inb_made_chance(made, gaps[f] * damage)) {
            fields[f][0] = '\0';
        } else if (inb_made_chance(made, errors[f] * damage)) {
            inb_made_typo(made, fields[f]);
        }
    }
    if (inb_made_chance(made, .18 * damage) && strlen(p.given) > 3) { // a short form
        p.given[2 + inb_made_below(made, 2)] = '\0';
    }
    if (inb_made_chance(made, .12 * damage)) { // another name altogether
        inb_made_word(2, inb_made_below(made, 6000), p.surname);
    }
    if (inb_made_chance(made, .12 * damage)) { // moved
        inb_made_word(4, inb_made_zipf(made, 700, 10), p.place);
    }
    if (inb_made_chance(made, .25 * damage) && p.postcode[0] != '\0') {
        p.postcode[strlen(p.postcode) - 1] = (char)('0' + inb_made_below(made, 10));
    }
    if (inb_made_chance(made, .1 * damage)) {
        inb_made_word(5, inb_made_zipf(made, 120, 3), p.work);
    }
    if (inb_made_chance(made, .15 * damage)) {
        p.month = 1;
        p.day = 1;
    } else if (inb_made_chance(made, .25 * damage)) {
        inb_made_date_error(made, &p);
    }
    inb_buffer_format(out, "%u,%u,%s,%s,", id, entity, p.given, p.surname);
    if (!inb_made_chance(made, .15 * damage)) {
        inb_buffer_format(out, "%04u-%02u-%02u", p.year, p.month, p.day);
    }
    inb_buffer_format(out, ",%s,%s,%s\n", p.place, p.postcode, p.work);
}

static inline void inb_made_heavy(uint64_t seed, uint32_t records, inb_buffer *out) {
    struct inb_made made = {inb_rng_make(seed, 3)};
    inb_buffer_text(out, "id,ent_id,given_name,surname,birth_date,place,postcode,organisation\n");
    struct inb_made_person before = {0};
    uint32_t id = 0;
    for (uint32_t entity = 0; id < records; entity++) {
        struct inb_made_person person;
        inb_made_person(&made, 6000, &person);
        person.year -= 150;
        if (entity > 0 && inb_made_chance(&made, .2)) { // of the family before
            memcpy(person.surname, before.surname, sizeof person.surname);
            memcpy(person.place, before.place, sizeof person.place);
            memcpy(person.postcode, before.postcode, sizeof person.postcode);
        }
        before = person;
        uint32_t copies = 1 + inb_made_below(&made, 19);
        for (uint32_t k = 0; k < copies && id < records; k++) {
            double damage = k == 0 ? 0 : inb_rng_uniform(&made.rng) * 2;
            inb_made_heavy_row(&made, out, id++, entity, person, damage);
        }
    }
}

// ---- one large list of ordinary quality ----

static inline void inb_made_large(uint64_t seed, uint32_t records, inb_buffer *out) {
    struct inb_made made = {inb_rng_make(seed, 4)};
    inb_buffer_text(out, inb_made_two_head);
    uint32_t id = 0;
    for (uint32_t entity = 0; id < records; entity++) {
        struct inb_made_person person;
        inb_made_person(&made, 30000, &person);
        inb_made_two_row(out, "r", entity, &person);
        id++;
        if (id < records && entity % 4 == 0) {
            char list[16];
            inb_made_two_damage(&made, &person);
            person.number[0] = inb_made_chance(&made, .5) ? '\0' : person.number[0];
            snprintf(list, sizeof list, "d");
            inb_made_two_row(out, list, entity, &person);
            id++;
        }
    }
}

#endif
