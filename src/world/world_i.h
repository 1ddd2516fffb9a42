// SPDX-License-Identifier: EUPL-1.2
// Private to world: the groups that coverage differs by, the streams of chance, and one block while
// it is made. Each entity draws from a stream of its own, (seed, kind, number), so that it is the
// same whoever asks for it first.
#ifndef INB_WORLD_WORLD_I_H
#define INB_WORLD_WORLD_I_H

#include <inbeeld/rng.h>
#include <inbeeld/world.h>

#include "made_names.h"
#include "made_things.h"

// ---- groups ----

enum { INB_BANDS = 3, INB_BAND_CHILD = 0, INB_BAND_YOUNG = 1, INB_BAND_OLDER = 2 };
enum { INB_CELLS = INB_WORLD_FORMS * INB_BANDS * 2 * 2 * 2, INB_SIZES = 8 };

// What the chance of being seen depends on.
typedef struct inb_cell_of {
    inb_form form;
    int band; // under 18, 18 to 22, 23 and older
    bool female;
    bool lvb;
    bool guarded; // of the half that is hardly seen
} inb_cell_of;

size_t inb_cell_index(inb_cell_of cell);
inb_cell_of inb_cell_at(size_t index);
double inb_cell_share(size_t index); // of all people

extern const double inb_form_share[INB_WORLD_FORMS];

// Situations: the chance of each size, and of a form among situations (not people).
typedef struct inb_sizes {
    double size[INB_WORLD_FORMS][INB_SIZES];   // of 1 .. 8 people
    double biased[INB_WORLD_FORMS][INB_SIZES]; // of the situation that somebody is in
    double form[INB_WORLD_FORMS];
} inb_sizes;
void inb_sizes_make(inb_sizes *ret_sizes);

// ---- coverage ----

typedef struct inb_coverage {
    double own[INB_CELLS][INB_WORLD_LIST_COUNT]; // chance to be seen by the source itself
    double sent[INB_WORLD_LIST_COUNT][INB_WORLD_LIST_COUNT]; // [from][to] chance to be sent on
    double expected[INB_WORLD_LIST_COUNT];
    double registered;
} inb_coverage;

inb_status inb_coverage_make(
    double referral, double reach, inb_coverage *ret_coverage, inb_error *err) INB_NODISCARD;

// The order in which sources look: who is sent on comes after who sends.
extern const inb_world_list inb_coverage_order[INB_WORLD_LIST_COUNT];

struct inb_world {
    inb_world_options options;
    inb_sizes sizes;
    inb_coverage coverage;
    uint64_t chains; // agencies
};

// ---- chance ----

enum inb_stream {
    INB_OF_BLOCK = 1,
    INB_OF_PERSON,
    INB_OF_RECORD,
    INB_OF_SIGNAL,
    INB_OF_CHAIN,
    INB_OF_RECRUITER
};
inb_rng inb_world_rng(const inb_world *world, enum inb_stream kind, uint64_t number);
bool inb_chance(inb_rng *rng, double p);
// Index drawn with the given shares, which add up to 1.
size_t inb_draw(inb_rng *rng, const double *shares, size_t count);

// ---- people ----

enum { INB_KIN = 4 }; // places for kin of one person: mother, father, sibling, partner

// Truth that the public struct does not show.
typedef struct inb_insider {
    inb_cell_of cell;
    inb_made_name name;
    inb_made_address address;
    bool has_address;
    char phone[INB_MADE_PHONE];
    bool has_phone;
    inb_date born;
    uint8_t sent;           // bit per list: came there by referral
    uint32_t true_rows;     // bit per row of the form's pool of observations
    uint32_t circumstances; // bit per row of inb_circumstance_pool
} inb_insider;

typedef struct inb_case {
    size_t first; // of its people in the block
    size_t count;
    inb_form form;
    uint64_t number;
    inb_tongue tongue;
    inb_made_address address;
    char phone[INB_MADE_PHONE]; // of whoever runs it
    char plate[INB_MADE_PLATE];
    char handle[INB_MADE_HANDLE];
    uint64_t chain;     // 0 = none
    uint64_t recruiter; // number
    bool split;
    int32_t day; // it comes to light around this day
} inb_case;

typedef struct inb_making {
    const inb_world *world;
    inb_arena *arena;
    bool out_of_memory; // sticky
    inb_world_person people[INB_WORLD_BLOCK];
    inb_insider insiders[INB_WORLD_BLOCK];
    size_t people_count;
    inb_case cases[INB_WORLD_BLOCK];
    size_t case_count;
} inb_making;

// A copy in the arena; NULL for "" and where memory is out.
const char *inb_making_text(inb_making *making, const char *text);
void *inb_making_get(inb_making *making, size_t count, size_t size);

// Fills people, insiders and cases.
void inb_people_make(inb_making *making, uint64_t block);
inb_made_name inb_recruiter_name(const inb_world *world, uint64_t number);
inb_tongue inb_tongue_draw(inb_form form, inb_rng *rng);

// ---- records and signals ----

// What `list` wrote down of a person; the same each time.
void inb_record_make(
    inb_making *making, size_t person, inb_world_list list, inb_world_record *ret_record);

// A number without meaning, unique for (mark, salt, number); number below 2^40.
const char *inb_world_id(inb_making *making, char mark, unsigned salt, uint64_t number);

// Signals of all cases.
void inb_signals_make(inb_making *making, const inb_world_signal **ret_signals, size_t *ret_count);

// ---- what can be seen ----

typedef struct inb_pool_row {
    const char *id;
    double share;     // of the people of this form to whom it applies
    inb_age_class of; // INB_AGE_UNKNOWN = both
} inb_pool_row;

enum { INB_POOL_MOST = 32, INB_FRAGMENTS = 5 };
const inb_pool_row *inb_observation_pool(inb_form form, size_t *ret_count);
const inb_pool_row *inb_circumstance_pool(size_t *ret_count);
// The id that fragment 0 .. 4 of a split story shows: an act, a means, a purpose and two that are
// only context, each of one element at most; NULL where the form is not told in fragments.
const char *inb_fragment_id(inb_form form, size_t fragment, inb_rng *rng);

// Draws which rows are true of a person.
void inb_insider_facts(inb_world_person *person, inb_insider *insider, inb_rng *rng);

#endif
