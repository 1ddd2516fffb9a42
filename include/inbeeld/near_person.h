// SPDX-License-Identifier: EUPL-1.2
// Station 3: whether two persons, told in two signals, are near enough to be one. For a register
// that compares one new signal with those that stand there: what is looked at (keys of which any
// one must be the same) and what is decided (a fixed rule in words, no score). The rule and what
// the keys lose: docs/methods/hits.md.
#ifndef INBEELD_NEAR_PERSON_H
#define INBEELD_NEAR_PERSON_H

#include <inbeeld/normalise.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { INB_NEAR_KEYS_MOST = 6, INB_NEAR_KEY_SIZE = 128 };

// What a person is looked up by, as text of which the caller makes keyed tokens; wiped by the
// caller. The full date of birth with the sound of the first letter of each of at most four parts
// of the name (not where the date is a heaped one); the consonants of the whole name with the year,
// and with day and month. Returns how many, 0..INB_NEAR_KEYS_MOST; 0 without a full date of birth
// or with fewer than two parts of two letters. No memory is asked for.
size_t inb_near_keys(
    const inb_person *person, char ret_keys[INB_NEAR_KEYS_MOST][INB_NEAR_KEY_SIZE]);

// A person as compared; in its arena.
typedef struct inb_near_form {
    const inb_name_form *name; // NULL: nothing to compare
    inb_birth birth;
    bool born; // a full date of birth was told
} inb_near_form;

inb_status inb_near_form_make(inb_name_reader *reader, const inb_person *person, inb_arena *arena,
    inb_near_form *ret_form, inb_error *err) INB_NODISCARD;

// The rule. One day of birth that is not a heaped one: names that are the same, a pet form, a
// typing error, the same consonants, or in another order. A heaped day, day and month exchanged, or
// one digit wrong: names that are the same, or in another order. Symmetric.
bool inb_near_same(const inb_near_form *a, const inb_near_form *b);

#ifdef __cplusplus
}
#endif
#endif
