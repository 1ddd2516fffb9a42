// SPDX-License-Identifier: EUPL-1.2
// Made-up persons, and what goes wrong when an office writes them down: each fault of this field is
// a switch with a rate, and a record says which faults it has, so that whatever links such records
// can be judged fault by fault.
#ifndef INB_WORLD_NAME_FAULTS_H
#define INB_WORLD_NAME_FAULTS_H

#include "made_names.h"

#include <inbeeld/date.h>

#include <stdint.h>

#define INB_FAULTS(X)                                                                              \
    X(SCRIPT, "script")             /* in the tongue's own letters */                              \
    X(SPELLING, "spelling")         /* another transliteration */                                  \
    X(VOWELS, "vowels")             /* vowels left out of an Arabic name */                        \
    X(PREFIX, "prefix")             /* drawn in, put behind a comma, or lost */                    \
    X(DOUBLE, "double name")        /* a second surname, before or behind */                       \
    X(ENDING, "ending")             /* a woman's surname in the man's form, or back */             \
    X(ORDER, "order")               /* names in each other's columns */                            \
    X(ALIAS, "alias")               /* an assumed name: beside the given name, or instead */       \
    X(HEAPED, "heaped date")        /* 1 January, 1 July or the 15th */                            \
    X(DAY_MONTH, "day and month")   /* exchanged */                                                \
    X(AGE_ONLY, "age only")         /* a year of birth, made of an age: perhaps one off */         \
    X(TYPING, "typing error")       /* one edit in a name */                                       \
    X(PHONE_FORMAT, "phone format") /* +31 6, 0031 6, points */                                    \
    X(SHARED_PHONE, "shared phone") /* of a shelter or an agency, which many have */               \
    X(SUFFIX, "address suffix")     /* of the house number: another way, or lost */

typedef enum inb_fault {
#define X(name, code) INB_FAULT_##name,
    INB_FAULTS(X)
#undef X
        INB_FAULT_COUNT
} inb_fault;

const char *inb_fault_code(inb_fault fault); // static

typedef struct inb_fault_person {
    inb_made_name name;
    inb_date born;
    char phone[16];   // "0612345678"
    char postcode[8]; // of those that are not given out: ends in SA, SD or SS
    char street[40];
    char place[24];
    unsigned house;
    unsigned floor; // 0 = none
} inb_fault_person;

// A row of a file, in the columns of `inbeeld link`; "" where blank.
typedef struct inb_fault_record {
    char given_name[INB_MADE_NAME + 32], prefix[INB_MADE_PREFIX], surname[2 * INB_MADE_NAME];
    char birth_date[12], birth_year[8];
    char phone[24], postcode[8], street[40], house_number[16], place[24];
    unsigned faults; // a bit for each
} inb_fault_record;

// Draws a person of a tongue. Bounded draws; no memory.
void inb_fault_person_draw(inb_tongue tongue, inb_rng *rng, inb_fault_person *ret_person);

// The record without a fault: the usual spelling, all columns filled.
void inb_fault_record_clean(const inb_fault_person *person, inb_fault_record *ret_record);

// Puts one fault into a record of the person; false, and nothing changed, where the person cannot
// have it (no prefix, a Latin tongue, day 13 …).
bool inb_fault_apply(
    inb_fault fault, const inb_fault_person *person, inb_rng *rng, inb_fault_record *record);

// A clean record, then each fault with its probability rates[INB_FAULT_COUNT], in the order above.
void inb_fault_record_draw(const inb_fault_person *person, const double *rates, inb_rng *rng,
    inb_fault_record *ret_record);

#endif
