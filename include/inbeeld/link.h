// SPDX-License-Identifier: EUPL-1.2
// Station 3: records of one or several files that are of the same person, without labels and
// without a shared number. Probabilistic linkage (Fellegi & Sunter 1969,
// doi:10.1080/01621459.1969.10501049) with levels of agreement, estimated by EM on counts of
// patterns (Enamorado, Fifield & Imai 2019, doi:10.1017/S0003055418000783), the non-matching class
// held at random pairs; docs/methods/link.md has the formulas. Results hold personal references
// as ids only; histories are confidential until station 5 has passed them.
#ifndef INBEELD_LINK_H
#define INBEELD_LINK_H

#include <inbeeld/buffer.h>
#include <inbeeld/status.h>

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Names of columns as a file has them: an ini file with [columns], ours = theirs.
typedef struct inb_link_map inb_link_map;

// Owner of *ret_map: the caller. Complaints begin "file:line:1: ".
inb_status inb_link_map_read(
    const char *path, inb_link_map **ret_map, inb_error *err) INB_NODISCARD;
inb_status inb_link_map_read_memory(const char *name, const char *data, size_t length,
    inb_link_map **ret_map, inb_error *err) INB_NODISCARD;
void inb_link_map_free(inb_link_map *map); // accepts NULL
void inb_link_map_freep(inb_link_map **map);

// Records read and brought into a plain form, column by column.
typedef struct inb_people inb_people;

// Reads files with a header row: `id` and at least one of given_name, prefix, surname, name,
// birth_date, birth_year, birth_month, birth_day, sex, postcode, street, house_number, place,
// phone, email, organisation, kvk, number. map may be NULL. groups: columns whose values are kept
// as they stand, for histories. Equal stems of files are INB_USAGE; a missing id column, two
// records of a file with one id, or nothing to compare are INB_BAD_INPUT. Owner of *ret_people:
// the caller. Columns are made side by side by so many threads (0 = 1), with the same outcome for
// any number. Time and memory grow with the bytes read.
inb_status inb_people_read(const char *const *paths, size_t path_count, const inb_link_map *map,
    const char *const *groups, size_t group_count, size_t threads, inb_people **ret_people,
    inb_error *err) INB_NODISCARD;
// The same over bytes in memory (borrowed during the call); names as paths.
inb_status inb_people_read_memory(const char *const *names, const char *const *data,
    const size_t *lengths, size_t count, const inb_link_map *map, const char *const *groups,
    size_t group_count, size_t threads, inb_people **ret_people, inb_error *err) INB_NODISCARD;
void inb_people_free(inb_people *people); // accepts NULL
void inb_people_freep(inb_people **people);
size_t inb_people_count(const inb_people *people);
size_t inb_people_files(const inb_people *people);

typedef struct inb_link_options {
    uint64_t seed;
    size_t threads; // at least 1; the result does not depend on it
    // spread.h, borrowed: who does the work and who hears how far it is; NULL = `threads` of this
    // process, and nobody.
    const struct inb_spread *spread;
} inb_link_options;
#define INB_LINK_OPTIONS_INIT                                                                      \
    { 1, 1, NULL }

// Which records are of one person, and how sure that is of each pair.
typedef struct inb_linked inb_linked;

// people is borrowed by the result and must outlive it. INB_NOT_IDENTIFIED where agreement does
// not tell matching pairs from others (with the reason). Owner of *ret_linked: the caller.
inb_status inb_link_run(const inb_people *people, const inb_link_options *options,
    inb_linked **ret_linked, inb_error *err) INB_NODISCARD;
void inb_linked_free(inb_linked *linked); // accepts NULL
void inb_linked_freep(inb_linked **linked);

// CLUSTERS.csv, PAIRS.csv and HISTORIES.csv of the design, and the summary in words and as JSON.
void inb_linked_clusters_csv(const inb_linked *linked, inb_buffer *out);
void inb_linked_pairs_csv(const inb_linked *linked, inb_buffer *out);
// Each file a list; the groups that inb_people_read kept, of each person the value that most of the
// records have. Fails where a file's stem and a group are named the same, or with one file.
inb_status inb_linked_histories_csv(
    const inb_linked *linked, inb_buffer *out, inb_error *err) INB_NODISCARD;
void inb_linked_text(const inb_linked *linked, inb_buffer *out);
void inb_linked_json(const inb_linked *linked, inb_buffer *out);

// Every level and weight of one pair, in words, without the values. An id may be written
// "stem:id"; it must be in the files once. INB_NOT_FOUND, INB_USAGE.
inb_status inb_linked_explain(const inb_linked *linked, const char *id_a, const char *id_b,
    inb_buffer *out, inb_error *err) INB_NODISCARD;

#ifdef __cplusplus
}
#endif
#endif
