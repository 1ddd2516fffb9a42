// SPDX-License-Identifier: EUPL-1.2
// Station 4, who is seen by whom: sightings of persons go in one at a time, counts come out. Which
// kinds of source tell of which form, who is seen once and who more often, where the roles of
// possible victim and suspect meet, whether the people around were involved, what was asked and
// not known, and on which groups of sources each person stands: the capture histories that
// count.h estimates from.
//
// A sighting holds codes and numbers, never a name. Counts are confidential until they have passed
// station 5.
#ifndef INBEELD_OVERVIEW_H
#define INBEELD_OVERVIEW_H

#include <inbeeld/buffer.h>
#include <inbeeld/count.h>
#include <inbeeld/observe.h>
#include <inbeeld/status.h>
#include <inbeeld/weigh.h>

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Kinds of source that work as one list, since they see and refer alike: X(NAME, "code").
#define INB_SOURCE_GROUPS(X)                                                                       \
    X(POLICE, "police")             /* police_beat, police_expert, border_police */                \
    X(INSPECTORATE, "inspectorate") /* labour_inspectorate */                                      \
    X(YOUTH, "youth")               /* school, youth_work, youth_care */                           \
    X(HEALTH, "health")                                                                            \
    X(RECEPTION, "reception")       /* shelter, asylum, guardian */                                \
    X(MUNICIPALITY, "municipality") /* municipality, care_coordinator */                           \
    X(NGO, "ngo")                   /* ngo, lawyer */                                              \
    X(CITIZENS, "citizens")         /* parent, self, public */

typedef enum inb_source_group {
#define X(name, code) INB_SOURCE_##name,
    INB_SOURCE_GROUPS(X)
#undef X
        INB_SOURCE_GROUP_COUNT
} inb_source_group;

inb_source_group inb_source_group_of(inb_reporter reporter);
const char *inb_source_group_code(inb_source_group group); // static

typedef enum inb_sex { INB_SEX_UNKNOWN, INB_SEX_FEMALE, INB_SEX_MALE, INB_SEX_OTHER } inb_sex;
enum { INB_SEX_COUNT = INB_SEX_OTHER + 1, INB_AGE_CLASS_COUNT = INB_AGE_ADULT + 1 };

// One person in one signal, weighed. A person is "in the picture" where some form was found at
// `something` or more, whatever role somebody gave them.
typedef struct inb_sighting {
    uint32_t person;       // from 0, dense: equal numbers are the same person, after linking
    uint32_t organisation; // equal numbers are the same organisation
    inb_reporter source;
    int32_t month; // 12 * year + month - 1; 0 = not told
    inb_age_class age;
    inb_sex sex;
    uint32_t roles;       // bit per inb_role
    uint8_t forms;        // bit per inb_form, at `something` or more
    uint8_t surroundings; // bit per inb_surrounding
    uint8_t profits;      // bit per inb_profit
    bool linkable; // told well enough that another signal of the same person would be joined to it
    bool with_others_near; // a parent, sibling, partner or friend stands in the same signal
    bool has_route;
    bool criminal_first; // the first route is one of criminal law
    uint32_t yes;        // answers about this person
    uint32_t no;
    uint32_t unknown;
} inb_sighting;

// A group of persons in the picture.
typedef struct inb_group_counts {
    int64_t persons;
    int64_t by_source[INB_SOURCE_GROUP_COUNT]; // persons whom that group of sources saw
    int64_t seen_once;                         // by one group of sources
    int64_t seen_twice;
    int64_t seen_more;
    int64_t also_suspect; // some source calls them a suspect
    int64_t yes;          // answers over their sightings
    int64_t no;
    int64_t unknown;
} inb_group_counts;

// Persons who are both possible victim and suspect.
typedef struct inb_role_overlap {
    int64_t in_one_signal;       // some signal says both
    int64_t in_one_organisation; // only signals of one organisation together say both
    int64_t over_organisations;  // only organisations together know both: linking found it
} inb_role_overlap;

// How the people around stand in the sightings of an age class that are in the picture.
typedef struct inb_involvement {
    int64_t sightings;
    int64_t by_surrounding[INB_SURROUNDING_COUNT];
    int64_t parent_profits;
    int64_t with_others_near;
    int64_t not_told; // nothing of the above
} inb_involvement;

enum { INB_OVERVIEW_FIRST_YEAR = 1990, INB_OVERVIEW_QUARTERS = 4 * 80 };

// Persons by the groups of sources that saw them (bit per inb_source_group), over linkable
// sightings alone. Leaving out the others thins each list by chance, which leaves the number of
// people that there are the same, as long as who is told well does not hang on who saw them before;
// counting them would make a new person of each.
typedef struct inb_overview_table {
    int64_t histories[INB_AGE_CLASS_COUNT][INB_SEX_COUNT][1 << INB_SOURCE_GROUP_COUNT];
    int64_t of_form[INB_FORM_COUNT][1 << INB_SOURCE_GROUP_COUNT]; // of several forms: in each
} inb_overview_table;

typedef struct inb_overview {
    bool linked; // persons were joined by linkage, well enough to estimate from; set by the maker
    int64_t sightings;
    int64_t in_picture;                                  // sightings with a form
    int64_t persons;                                     // in the picture
    int64_t by_form[INB_FORM_COUNT][INB_REPORTER_COUNT]; // sightings
    inb_group_counts all;
    inb_group_counts by_age[INB_AGE_CLASS_COUNT];
    inb_group_counts by_sex[INB_SEX_COUNT];
    inb_group_counts by_age_and_sex[INB_AGE_CLASS_COUNT][INB_SEX_COUNT];
    inb_group_counts of_form[INB_FORM_COUNT];
    inb_role_overlap overlap[INB_AGE_CLASS_COUNT];
    inb_involvement involvement[INB_AGE_CLASS_COUNT];
    int64_t quarters[INB_OVERVIEW_QUARTERS]; // sightings in the picture, from the first quarter on
    int64_t other_quarters;                  // before or after those
    int64_t month_unknown;
    int64_t with_route;
    int64_t criminal_first;
    // The first quarter in which each group of sources told of something, from 0; -1 = never.
    int first_quarter[INB_SOURCE_GROUP_COUNT];
    inb_overview_table seen;
} inb_overview;

// Counts as sightings come in.
typedef struct inb_overview_maker inb_overview_maker;

// persons: how many numbers of persons there can be. Memory: 32 bytes for each. Owner of
// *ret_maker: the caller.
inb_status inb_overview_maker_new(
    uint32_t persons, inb_overview_maker **ret_maker, inb_error *err) INB_NODISCARD;
void inb_overview_maker_free(inb_overview_maker *maker); // accepts NULL
void inb_overview_maker_freep(inb_overview_maker **maker);

// INB_RANGE: a person's number or a code out of range. The same person may come with different ages
// and sexes: the first that is known counts. O(1).
inb_status inb_overview_add(
    inb_overview_maker *maker, const inb_sighting *sighting, inb_error *err) INB_NODISCARD;

// The counts so far. O(persons).
void inb_overview_get(const inb_overview_maker *maker, inb_overview *ret_overview);

// Of whom a number from 0 to `persons` stands for one person: its age class, sex and forms (bit per
// inb_form) so far. False where nothing of it is in the picture. O(1).
bool inb_overview_person(const inb_overview_maker *maker, uint32_t person, inb_age_class *ret_age,
    inb_sex *ret_sex, uint8_t *ret_forms);

// HISTORIES.csv: a column a group of sources that saw anybody, age, sex, count. Confidential.
void inb_overview_histories(const inb_overview *overview, inb_buffer *out);

// ---- the number that remains hidden ----

// Of one group. In all there are `estimate` people, of whom estimate - observed are hidden.
typedef struct inb_hidden {
    int64_t observed;
    size_t lists;      // groups of sources that saw anybody; fewer than two carry no estimate
    bool has_estimate; // with the interval of the options' level
    double estimate;
    double low;
    double high;
    bool headline; // the methods agree within a factor two; otherwise show the range
    double range_low;
    double range_high;
    bool mixture; // the interval holds what the linkage leaves open, too
} inb_hidden;

typedef struct inb_overview_estimates {
    inb_hidden all;
    inb_hidden by_age[INB_AGE_CLASS_COUNT];
    inb_hidden by_sex[INB_SEX_COUNT];
    inb_hidden of_form[INB_FORM_COUNT]; // a person of several forms is in each
} inb_overview_estimates;

// The same table over links that may be true as well, each drawn; `count` 0 = none.
typedef struct inb_overview_draws {
    size_t count;
    inb_overview_table *tables; // [count], by base/alloc.h
} inb_overview_draws;
#define INB_OVERVIEW_DRAWS_INIT                                                                    \
    { 0, NULL }
void inb_overview_draws_clear(inb_overview_draws *draws);

// Each group estimated by itself with the same options. Data that carry no estimate are no failure;
// nothing is estimated where persons were not linked: one person counted twice makes many hidden
// ones. draws may be NULL; with two or more the interval is a mixture over them (draws.h), of
// options->bootstrap replicates, 0 = ten a draw; groups without such an interval keep the model's.
inb_status inb_overview_hidden(const inb_overview *overview, const inb_overview_draws *draws,
    const inb_estimate_options *options, inb_overview_estimates *ret_estimates,
    inb_error *err) INB_NODISCARD;

// ---- the truth of a generated region ----

// truth.csv: group columns and `total`, as `inbeeld demo` writes it. A region in which somebody
// exists has none.
typedef struct inb_truth inb_truth;

// INB_BAD_INPUT with "file:line:column: " for a missing `total`, a total that is no whole number
// from 0 to 1e12, or more than 100,000 rows. Owner of *ret_truth: the caller.
inb_status inb_truth_read(const char *path, inb_truth **ret_truth, inb_error *err) INB_NODISCARD;
inb_status inb_truth_read_memory(const char *name, const char *data, size_t length,
    inb_truth **ret_truth, inb_error *err) INB_NODISCARD;
void inb_truth_free(inb_truth *truth); // accepts NULL
void inb_truth_freep(inb_truth **truth);

// People in the rows where `column` holds `value`; column NULL: in all rows. -1 where truth is NULL
// or has no such column. O(rows).
int64_t inb_truth_of(const inb_truth *truth, const char *column, const char *value);
// The same by the codes of an overview: age_class child or adult, sex f or m, form. -1 for what a
// truth does not know, as an unknown age.
int64_t inb_truth_of_age(const inb_truth *truth, inb_age_class age);
int64_t inb_truth_of_sex(const inb_truth *truth, inb_sex sex);
int64_t inb_truth_of_form(const inb_truth *truth, inb_form form);

// ---- the picture of linked lists ----

// Of linked lists, everything as station 3 writes it (inb_linked_histories_csv, link_draws.h); the
// texts are borrowed during the call.
typedef struct inb_lists_input {
    const char *histories;      // HISTORIES.csv
    const char *const *columns; // its group columns
    size_t column_count;
    const char *const *draws; // [draw_count], histories over draws of the links; none = 0
    size_t draw_count;
    const inb_estimate_options *options;
} inb_lists_input;

typedef struct inb_lists_group {
    const char *column; // NULL = everybody
    const char *value;  // "" = the lists leave it empty
    int64_t persons;
    int64_t seen_once; // on one list
    int64_t seen_twice;
    int64_t seen_more;
    inb_hidden hidden;
} inb_lists_group;

typedef struct inb_lists_overview {
    inb_arena *arena;         // owns everything below
    inb_histories *histories; // but these, which it owns too
    size_t group_count;       // everybody, then each value of each column
    inb_lists_group *groups;
} inb_lists_overview;

// Fails as inb_histories_read_memory; INB_TOO_LARGE where columns have more than some hundreds of
// values. Owner of *ret_lists: the caller.
inb_status inb_lists_overview_make(
    const inb_lists_input *input, inb_lists_overview **ret_lists, inb_error *err) INB_NODISCARD;
void inb_lists_overview_free(inb_lists_overview *lists); // accepts NULL
void inb_lists_overview_freep(inb_lists_overview **lists);

// Wilson's interval for a share of `part` of `whole` at 95 % (1927,
// doi:10.1080/01621459.1927.10502953); 0 to 1 where whole is 0.
void inb_share_interval(int64_t part, int64_t whole, double *ret_low, double *ret_high);

const char *inb_sex_code(inb_sex sex);             // "female", "male", "other", "unknown"; static
const char *inb_age_class_code(inb_age_class age); // "child", "adult", "unknown"; static

#ifdef __cplusplus
}
#endif
#endif
