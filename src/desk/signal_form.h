// SPDX-License-Identifier: EUPL-1.2
// What is sealed of a signal, as fields of a form: names, phones, places, parties, text. One list
// of fields is made from a draft of the signal, and serves both to show the form and to read it
// back, so that what is asked and what is taken cannot come apart. All of it may be left empty.
#ifndef INB_DESK_SIGNAL_FORM_H
#define INB_DESK_SIGNAL_FORM_H

#include "form.h"

#include <inbeeld/arena.h>
#include <inbeeld/signal.h>

typedef enum inb_draft_kind {
    INB_DRAFT_LINE,
    INB_DRAFT_DAY,          // "2026-11-03", "2026-11" or "2026", not after today
    INB_DRAFT_KVK,          // eight digits
    INB_DRAFT_SEX,          // "m", "f", "x", "same" (as it stands in other words) or "" (not told)
    INB_DRAFT_AGE,          // key of an age of the card
    INB_DRAFT_MUNICIPALITY, // a name or a code; the code is kept, and stands open
    INB_DRAFT_TEXT
} inb_draft_kind;

typedef enum inb_draft_group {
    INB_DRAFT_WHO, // about a person
    INB_DRAFT_WHERE,
    INB_DRAFT_FIND, // can be found again
    INB_DRAFT_FREE,
    INB_DRAFT_GROUPS
} inb_draft_group;

// One field: where its value stands in the draft, and what was wrong with what came in.
typedef struct inb_draft_field {
    char name[40];     // of the form: "person.1.phone", "party.2.kvk", "text"
    const char *label; // text key after "page.field."
    inb_draft_kind kind;
    inb_draft_group group;
    size_t person;     // number from 0, of INB_DRAFT_WHO
    size_t most;       // bytes
    const char **text; // the value's place: NULL for a day of the signal and an age
    inb_date *day;
    const char *typed; // what came in, where the form came back; else NULL
    const char *fault; // text key after "page.fault.", NULL = none
} inb_draft_field;

enum { INB_DRAFT_FIELDS = 8 * INB_SIGNAL_PERSONS_MOST + 2 * (INB_SIGNAL_PARTIES_MOST + 8) + 5 };

// A signal that is being written. All in an arena.
typedef struct inb_signal_draft {
    inb_signal signal; // its persons and parties are those below
    inb_person *persons;
    inb_party *parties; // with an empty one for each kind that has none
    inb_draft_field *fields;
    size_t field_count;
    size_t faults;
} inb_signal_draft;

// with_age: the age is among the fields (the card has asked it already). NULL: memory is out.
inb_signal_draft *inb_draft_new(const inb_signal *signal, bool with_age, inb_arena *arena);

// Takes the fields of a form into the draft, except where they are wrong; draft->faults says how
// many are. Fields of other names are left alone.
inb_status inb_draft_take(inb_signal_draft *draft, const inb_form_data *form, inb_date today,
    inb_arena *arena, inb_error *err) INB_NODISCARD;
// Whether a field of this name stands in the draft.
bool inb_draft_knows(const inb_signal_draft *draft, const char *name);
// The value to show in a field, "" for none; in the arena or borrowed.
const char *inb_draft_value(
    const inb_signal_draft *draft, const inb_draft_field *field, inb_arena *arena);
// Leaves out parties without a value: the draft is then a signal.
void inb_draft_close(inb_signal_draft *draft);

// Whether nine digits in a row of `text` pass the eleven-test of citizen service numbers, which are
// kept nowhere.
bool inb_draft_has_citizen_number(const char *text);

#endif
