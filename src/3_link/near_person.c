// SPDX-License-Identifier: EUPL-1.2
// Keys by which a person is looked up among a million, and the rule that decides. Letters that one
// sound is written with are one letter in a key, vowels are left out (after Odell & Russell's
// Soundex, US 1,261,167, with the classes of this field's transliterations).

#include <inbeeld/near_person.h>

#include "base/alloc.h"

#include "latin.h"

#include <stdio.h>
#include <string.h>

enum { PARTS_MOST = 8, INITIALS_MOST = 4, TEXT_MOST = 192, SOUNDS_MOST = 72, PART_LEAST = 2 };

// The sounds of a name's parts.
struct sounds {
    char letters[TEXT_MOST]; // folded
    size_t used;
    char part[PARTS_MOST][SOUNDS_MOST]; // consonants, the first sound first
    size_t count;
};

static void wipe(struct sounds *sounds) {
    explicit_bzero(sounds, sizeof *sounds);
}

// The letter of a sound; 0 for a vowel and for what is often not written.
static char sound_of(char c) {
    static const char of[] = {
        [0] = 0,
        ['b' - 'a'] = 'b',
        ['c' - 'a'] = 'k',
        ['d' - 'a'] = 't',
        ['f' - 'a'] = 'v',
        ['g' - 'a'] = 'g',
        ['j' - 'a'] = 'i',
        ['k' - 'a'] = 'k',
        ['l' - 'a'] = 'l',
        ['m' - 'a'] = 'm',
        ['n' - 'a'] = 'n',
        ['p' - 'a'] = 'p',
        ['q' - 'a'] = 'k',
        ['r' - 'a'] = 'r',
        ['s' - 'a'] = 's',
        ['t' - 'a'] = 't',
        ['v' - 'a'] = 'v',
        ['w' - 'a'] = 'v',
        ['x' - 'a'] = 's',
        ['z' - 'a'] = 's',
    };
    return c < 'a' || c > 'z' ? c : of[c - 'a'];
}

static bool is_particle(const char *text, size_t length) {
    static const char *const words[] = {"van", "der", "den", "de", "het", "ter", "ten", "te", "la",
        "le", "el", "al", "bin", "ibn", "bint", "abd", "ben", "da", "di", "do", "dos", "von", "ul"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strlen(words[i]) == length && memcmp(words[i], text, length) == 0) {
            return true;
        }
    }
    return false;
}

static void add_part(struct sounds *sounds, const char *text, size_t length) {
    if (length < PART_LEAST || sounds->count == PARTS_MOST || is_particle(text, length)) {
        return;
    }
    char *part = sounds->part[sounds->count++];
    size_t used = 0;
    char first = sound_of(text[0]);
    part[used++] = first != 0 ? first : text[0] == 'y' ? 'i' : 'a'; // a name may begin with a vowel
    char last = part[0];
    for (size_t i = 1; i < length && used < SOUNDS_MOST - 1; i++) {
        char sound = sound_of(text[i]);
        bool glide = sound == 'i'; // "ij", "yj": as little written as a vowel inside a word
        if (sound != 0 && !glide && sound != last) {
            part[used++] = sound;
        }
        last = sound == 0 || glide ? 0 : sound;
    }
    part[used] = '\0';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static void add_text(struct sounds *sounds, const char *text) {
    if (text == NULL) {
        return;
    }
    bool certain;
    size_t length = strlen(text);
    char *at = sounds->letters + sounds->used;
    size_t written = inb_latin(text, length, inb_alphabet_of(text, length, &certain), at,
        sizeof sounds->letters - sounds->used, NULL);
    if (written == SIZE_MAX) {
        return; // a name beyond all measure: its other fields tell enough
    }
    sounds->used += written;
    for (size_t i = 0; i < written;) {
        size_t from = i;
        while (i < written && is_letter(at[i])) {
            i++;
        }
        add_part(sounds, at + from, i - from);
        i += i == from ? 1 : 0;
    }
}

static void take_name(const inb_person *person, struct sounds *sounds) {
    bool apart = person->surname != NULL || person->given_name != NULL;
    add_text(sounds, apart ? person->given_name : person->name);
    add_text(sounds, apart ? person->surname : NULL);
    for (size_t i = 1; i < sounds->count; i++) { // in the order of the alphabet
        for (size_t k = i; k > 0 && strcmp(sounds->part[k], sounds->part[k - 1]) < 0; k--) {
            char kept[SOUNDS_MOST];
            memcpy(kept, sounds->part[k], sizeof kept);
            memcpy(sounds->part[k], sounds->part[k - 1], sizeof kept);
            memcpy(sounds->part[k - 1], kept, sizeof kept);
        }
    }
}

static bool take_birth(const inb_person *person, inb_birth *birth) {
    return person->birth_date != NULL &&
           inb_birth_parse(person->birth_date, strlen(person->birth_date), birth) &&
           birth->date.day != 0;
}

size_t inb_near_keys(
    const inb_person *person, char ret_keys[INB_NEAR_KEYS_MOST][INB_NEAR_KEY_SIZE]) {
    INB_CLEANUP(wipe) struct sounds sounds = {.used = 0};
    inb_birth birth;
    if (!take_birth(person, &birth)) {
        return 0;
    }
    take_name(person, &sounds);
    if (sounds.count < 2) {
        return 0;
    }
    size_t count = 0;
    char day[11];
    inb_date_format(birth.date, day);
    char seen[INITIALS_MOST + 1] = "";
    for (size_t i = 0; i < sounds.count && !birth.heaped && count < INITIALS_MOST; i++) {
        char initial = sounds.part[i][0];
        if (strchr(seen, initial) == NULL) {
            seen[count] = initial;
            (void)snprintf(ret_keys[count++], INB_NEAR_KEY_SIZE, "d %s %c", day, initial);
        }
    }
    char whole[INB_NEAR_KEY_SIZE - 16];
    size_t used = 0;
    for (size_t i = 0; i < sounds.count; i++) {
        size_t length = strlen(sounds.part[i]);
        if (used + length + 2 > sizeof whole) {
            break; // the parts that fit tell enough
        }
        memcpy(whole + used, sounds.part[i], length);
        used += length;
        whole[used++] = '-';
    }
    whole[used] = '\0';
    int low = birth.date.day < birth.date.month ? birth.date.day : birth.date.month;
    int high = birth.date.day < birth.date.month ? birth.date.month : birth.date.day;
    (void)snprintf(ret_keys[count++], INB_NEAR_KEY_SIZE, "y %d %s", birth.date.year, whole);
    (void)snprintf(ret_keys[count++], INB_NEAR_KEY_SIZE, "m %d %d %s", low, high, whole);
    explicit_bzero(whole, sizeof whole);
    return count;
}

inb_status inb_near_form_make(inb_name_reader *reader, const inb_person *person, inb_arena *arena,
    inb_near_form *ret_form, inb_error *err) {
    inb_near_form form = {.name = NULL};
    const char *parts[] = {person->given_name, person->prefix, person->surname};
    bool apart = person->surname != NULL || person->given_name != NULL;
    size_t size = 1;
    for (size_t i = 0; i < 3; i++) {
        size += apart && parts[i] != NULL ? strlen(parts[i]) + 1 : 0;
    }
    char *joined = inb_arena_get(arena, size, 1);
    if (joined == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the form of a person");
    }
    size_t used = 0;
    for (size_t i = 0; apart && i < 3; i++) {
        size_t length = parts[i] == NULL ? 0 : strlen(parts[i]);
        if (length > 0) {
            joined[used] = ' ';
            used += used > 0 ? 1 : 0;
            memcpy(joined + used, parts[i], length);
            used += length;
        }
    }
    const char *whole = apart ? joined : person->name;
    if (whole != NULL) {
        INB_TRY(inb_name_form_make(
            reader, INB_NAME_WHOLE, whole, apart ? used : strlen(whole), arena, &form.name, err));
    }
    explicit_bzero(joined, size);
    form.born = take_birth(person, &form.birth);
    *ret_form = form;
    return INB_OK;
}

bool inb_near_same(const inb_near_form *a, const inb_near_form *b) {
    if (a->name == NULL || b->name == NULL || !a->born || !b->born) {
        return false;
    }
    inb_birth_level birth = inb_birth_compare(&a->birth, &b->birth);
    bool one_day = birth == INB_BIRTH_EXACT;
    bool nearly =
        birth == INB_BIRTH_HEAPED || birth == INB_BIRTH_SWAPPED || birth == INB_BIRTH_SLIP;
    if (!one_day && !nearly) {
        return false;
    }
    inb_name_level name = inb_name_compare(a->name, b->name);
    return name <= INB_NAME_SAME || name == INB_NAME_SWAPPED ||
           (one_day && name <= INB_NAME_SKELETON);
}
