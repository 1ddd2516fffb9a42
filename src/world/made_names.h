// SPDX-License-Identifier: EUPL-1.2
// Made-up names in eight tongues, and the ways in which offices write them down: other
// transliterations, letters without their marks, prefixes drawn in or cut short. Given names are
// common ones; surnames are put together from pieces, so that no list of people was copied.
//
// Ukrainian is written from Cyrillic by the table of the Cabinet of Ministers (resolution 55 of
// 2010) and by three others; Arabic and Tigrinya have a usual Latin form and rules that change it.
// Tigrinya has no family name: the surname is the father's name, then the grandfather's.
#ifndef INB_WORLD_MADE_NAMES_H
#define INB_WORLD_MADE_NAMES_H

#include <inbeeld/rng.h>

#include <stdbool.h>
#include <stddef.h>

typedef enum inb_tongue {
    INB_TONGUE_DUTCH,
    INB_TONGUE_POLISH,
    INB_TONGUE_ROMANIAN,
    INB_TONGUE_UKRAINIAN,
    INB_TONGUE_ARABIC,
    INB_TONGUE_TIGRINYA,
    INB_TONGUE_NIGERIAN, // names of the Yoruba, Igbo and Edo
    INB_TONGUE_VIETNAMESE,
    INB_TONGUE_COUNT
} inb_tongue;

enum { INB_MADE_NAME = 80, INB_MADE_PREFIX = 24 };

// A name as its owner has it. All texts are UTF-8 and NUL-ended.
typedef struct inb_made_name {
    inb_tongue tongue;
    bool female;
    char given[INB_MADE_NAME];       // the usual Latin spelling, with the marks of the tongue
    char prefix[INB_MADE_PREFIX];    // Dutch "van der", else ""
    char surname[INB_MADE_NAME];     // the same
    char own_given[INB_MADE_NAME];   // in the tongue's own script; equal to `given` where Latin
    char own_surname[INB_MADE_NAME]; // the same
} inb_made_name;

// Draws a name; some pieces are drawn more often than others, as in life. Takes a bounded number
// of draws from rng. No allocation; cannot fail.
void inb_made_name_draw(inb_tongue tongue, bool female, inb_rng *rng, inb_made_name *ret_name);

// A child or a sibling: `kin`'s family name in the form of the sex (Polish -ska, -ski); for
// Tigrinya of_parent says whether kin is the father, whose given name then is the surname.
void inb_made_name_kin(
    const inb_made_name *kin, bool of_parent, bool female, inb_rng *rng, inb_made_name *ret_name);

// How many bits of `way` mean something in this tongue.
unsigned inb_made_name_ways(inb_tongue tongue);

// The name as an office wrote it: each bit of `way` changes the spelling in one respect (0 = the
// usual spelling). Changes given, prefix and surname; the own script stays.
void inb_made_name_respell(const inb_made_name *name, unsigned way, inb_made_name *ret_name);

// "pl", "uk", "ti": the tongue's language tag (BCP 47), static.
const char *inb_tongue_tag(inb_tongue tongue);

#endif
