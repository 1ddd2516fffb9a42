// SPDX-License-Identifier: EUPL-1.2
// Station 3: agencies and employers over senders and over changes of name. A rogue agency stops and
// begins again under another number and name, and keeps some of director, address and phone (a
// phoenix chain); a namesake keeps nothing but the name. What was kept and what changed is said in
// words: there is no score. Method: docs/methods/names.md.
#ifndef INBEELD_AGENCY_H
#define INBEELD_AGENCY_H

#include <inbeeld/buffer.h>
#include <inbeeld/normalise.h>

#ifdef __cplusplus
extern "C" {
#endif

// As it was written; each NUL-ended or NULL. Borrowed.
typedef struct inb_agency {
    const char *kvk, *name, *director, *address, *phone;
} inb_agency;

enum {
    INB_AGENCY_KVK,
    INB_AGENCY_NAME,
    INB_AGENCY_DIRECTOR,
    INB_AGENCY_ADDRESS,
    INB_AGENCY_PHONE,
    INB_AGENCY_PARTS
};

// What can be compared of an agency; in its arena.
typedef struct inb_agency_form inb_agency_form;

// An agency of which nothing can be compared gives a form that agrees with none.
inb_status inb_agency_form_make(inb_name_reader *reader, const inb_agency *agency, inb_arena *arena,
    const inb_agency_form **ret_form, inb_error *err) INB_NODISCARD;

typedef enum inb_agency_level {
    INB_AGENCY_SAME,     // the same number; or no two numbers, the name and something else
    INB_AGENCY_CHAIN,    // another number or name, and enough else was kept
    INB_AGENCY_NAMESAKE, // nothing but the name
    INB_AGENCY_APART     // not enough in common
} inb_agency_level;

// How two agencies agree. A bit for each part (1 << INB_AGENCY_…); a part that one of them lacks is
// in neither set.
typedef struct inb_agency_tie {
    inb_agency_level level;
    unsigned kept, changed;
    unsigned crowded; // of those kept: an address or phone that many agencies have
} inb_agency_tie;

// crowded: parts (ADDRESS, PHONE) of the pair that are known to be shared by many. Symmetric.
inb_agency_tie inb_agency_compare(
    const inb_agency_form *a, const inb_agency_form *b, unsigned crowded);

// The tie in words: "kept: director, address; changed: KvK number, name"; lang "nl" or
// "en". No value is named.
void inb_agency_reason(const inb_agency_tie *tie, const char *lang, inb_buffer *out);

// One link of a chain: agencies a < b of the set.
typedef struct inb_agency_link {
    size_t a, b;
    inb_agency_tie tie;
} inb_agency_link;

// The chains of a set of agencies.
typedef struct inb_agency_chains {
    const size_t *chain;          // [count], of each agency: the least number of its chain
    const inb_agency_link *links; // all pairs that are SAME or CHAIN, in order
    size_t link_count;
} inb_agency_chains;

// Finds them among forms[count]. An address or phone is crowded where at least five agencies with
// at least four directors have it (a business centre, an accountant). Pairs that share no number,
// name, director, address or phone are not looked at. Memory: the arena; time O(n log n + pairs).
inb_status inb_agency_chains_find(const inb_agency_form *const *forms, size_t count,
    inb_arena *arena, inb_agency_chains *ret_chains, inb_error *err) INB_NODISCARD;

#ifdef __cplusplus
}
#endif
#endif
