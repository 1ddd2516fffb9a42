// SPDX-License-Identifier: EUPL-1.2
// World: a generated region with known truth. People in situations of exploitation, the sources
// that see some of them and depend on each other, and what those sources write down: rows of their
// lists and signals, with the faults of registration. The truth stands beside, never within.
//
// Proportions follow data/figures.csv where it has them; docs/methods/world.md says which are
// figures and which are assumptions. Nothing here is about anybody: names are made up, phone
// numbers, postcodes, number plates and company numbers lie outside what is given out.
//
// The region comes in blocks of 64 people. A block depends on (options, block) alone, so any number
// of threads in any order make the same region, in memory that does not grow with it. Blocks are
// independent and alike in distribution (but the last, which may be shorter): the spread between
// blocks gives the Monte Carlo error of any total.
#ifndef INBEELD_WORLD_H
#define INBEELD_WORLD_H

#include <inbeeld/arena.h>
#include <inbeeld/buffer.h>
#include <inbeeld/date.h>
#include <inbeeld/observe.h>
#include <inbeeld/signal.h>
#include <inbeeld/status.h>
#include <inbeeld/weigh.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    INB_WORLD_BLOCK = 64,                   // people in a block
    INB_WORLD_FORMS = INB_FORM_UNSPECIFIED, // labour .. marriage
    INB_WORLD_PEOPLE_MOST = 1000000000
};

// The organisations that keep a list. X(NAME, "name"); the name is the source's organisation in
// signals, its file under lists/ and its column in histories.csv.
#define INB_WORLD_LISTS(X)                                                                         \
    X(POLICE, "police")                                                                            \
    X(BORDER, "border_police")                                                                     \
    X(INSPECTORATE, "labour_inspectorate")                                                         \
    X(CARE, "care_coordinators")                                                                   \
    X(HELPLINE, "helpline")                                                                        \
    X(LOCAL, "local_team")

typedef enum inb_world_list {
#define X(name, text) INB_WORLD_##name,
    INB_WORLD_LISTS(X)
#undef X
        INB_WORLD_LIST_COUNT
} inb_world_list;

enum { INB_WORLD_HISTORIES = 1 << INB_WORLD_LIST_COUNT };

// Chances of a fault, each in [0, 1], per field and registration unless said otherwise.
typedef struct inb_world_faults {
    double typing;  // one wrong, missing or swapped letter or digit
    double missing; // nothing there
    double heaped;  // a date of birth on 1 January, 1 July or the 15th
    double respelt; // per way of spelling: see made_names.h
    double script;  // a name in its own script
    double swapped; // given name and surname changed places; day and month of birth
    double moved;   // another address or phone than the others have
} inb_world_faults;

#define INB_WORLD_FAULTS_INIT                                                                      \
    { 0.03, 0.05, 0.04, 0.12, 0.03, 0.015, 0.15 }

typedef struct inb_world_options {
    uint64_t people; // in situations of exploitation: the truth
    uint64_t seed;
    double referral; // 0 = sources send nobody on, 1 = as often as docs/methods/world.md says
    double reach;    // 0 = people of a group are alike, up to 1: half of them is hardly ever seen
    double split;    // share of the situations told in five fragments over three organisations
    inb_world_faults faults;
    inb_date from; // first day
    int32_t days;  // length of the period, 1 .. 36500
} inb_world_options;

#define INB_WORLD_OPTIONS_INIT                                                                     \
    { 1000, 1, 0.5, 0.2, 0.02, INB_WORLD_FAULTS_INIT, {2025, 1, 1}, 365 }

typedef struct inb_world inb_world;

// Works out how well each source sees each group, so that what is registered in sum agrees with the
// figures. Fails with INB_USAGE on options out of range. Owner of *ret_world: the caller.
// Read-only afterwards: may be shared by threads.
inb_status inb_world_new(
    const inb_world_options *options, inb_world **ret_world, inb_error *err) INB_NODISCARD;
void inb_world_free(inb_world *world); // accepts NULL
void inb_world_freep(inb_world **world);

uint64_t inb_world_blocks(const inb_world *world);

// Expected share of all people that is on a list, and that is registered: on one of the five lists
// that report nationally (all but the local team).
double inb_world_expected(const inb_world *world, inb_world_list list);
double inb_world_expected_registered(const inb_world *world);

const char *inb_world_list_name(inb_world_list list);

// ---- a block ----

// Someone in a situation of exploitation, as it truly is.
typedef struct inb_world_person {
    uint64_t number;    // 1 .. people
    uint64_t situation; // people of one situation stand beside each other
    inb_form form;
    bool female;
    int years;            // on the first day of the period
    const char *tongue;   // language tag of the name; no chance of being seen depends on it
    bool lvb;             // mild intellectual disability
    bool unaccompanied;   // child without parents in the country
    bool also_suspect;    // is held for a suspect by whoever looks from that side
    uint8_t surroundings; // bit per inb_surrounding, as it is
    uint8_t profits;      // bit per inb_profit
    uint8_t lists;        // bit per inb_world_list: who has this person on the list
    bool split;           // told in fragments
    const char *birth_date;
} inb_world_person;

// A row of an organisation's list: what it wrote down of one person. NULL = nothing.
typedef struct inb_world_record {
    inb_world_list list;
    const char *id; // the organisation's own, tells nothing
    const char *given_name;
    const char *prefix;
    const char *surname;
    const char *birth_date; // YYYY-MM-DD
    const char *sex;        // "f", "m"
    const char *postcode;
    const char *house_number;
    const char *place;
    const char *phone;
    inb_form form;
    bool child;
    uint64_t person; // truth
} inb_world_record;

// A signal and its truth. persons[i] is the true number of signal.persons[i]: 1 .. people; parents,
// partners and recruiters have numbers of their own above; 0 = nobody can tell who it is. One
// number is one human being in all signals.
typedef struct inb_world_signal {
    inb_signal signal;
    inb_world_list list;
    uint64_t situation;
    const uint64_t *persons; // [signal.person_count]
    uint64_t chain;          // 1 ..: the agency behind a labour situation, under any name; 0 = none
    bool fragment;           // of a split story
} inb_world_signal;

// Everything is owned by the arena that it was made in.
typedef struct inb_world_block {
    const inb_world_person *people;
    size_t people_count;
    const inb_world_record *records;
    size_t record_count;
    const inb_world_signal *signals;
    size_t signal_count;
} inb_world_block;

// Makes block `block` (below inb_world_blocks). O(people in it). Outputs stay valid until the arena
// is reset.
inb_status inb_world_make(const inb_world *world, uint64_t block, inb_arena *arena,
    inb_world_block *ret_block, inb_error *err) INB_NODISCARD;

// ---- the truth, added up ----

// counts[form][child][female][history], history = lists bits.
typedef struct inb_world_tally {
    uint64_t counts[INB_WORLD_FORMS][2][2][INB_WORLD_HISTORIES];
} inb_world_tally;

void inb_world_tally_add(inb_world_tally *tally, const inb_world_block *block);
// HISTORIES.csv: the true capture histories by form, age_class and sex; without the unseen.
void inb_world_tally_histories(const inb_world_tally *tally, inb_buffer *csv);
// truth.csv: form, age_class, sex, total; the unseen included, groups without anybody left out.
void inb_world_tally_truth(const inb_world_tally *tally, inb_buffer *csv);

// ---- texts ----

// One signal as the contract's SIGNAL.json, an object without a final newline.
void inb_world_signal_json(const inb_signal *signal, inb_buffer *json);
// Header and row of a list under the contract of `link`, each with its line end.
void inb_world_record_header(inb_buffer *csv);
void inb_world_record_csv(const inb_world_record *record, inb_buffer *csv);

#ifdef __cplusplus
}
#endif
#endif
