// SPDX-License-Identifier: EUPL-1.2
// Records as columns of numbers of distinct values, in the order of the files. Features are what is
// compared; a column that no file has is NULL.
#ifndef INB_3_LINK_RECORDS_H
#define INB_3_LINK_RECORDS_H

#include "name_table.h"
#include "words.h"

#include <inbeeld/link.h>

#include <stdbool.h>

// What is compared, in the order of the bits of a pattern. Given name and surname share words, so
// that one in the other's place is seen.
enum inb_feature {
    INB_GIVEN,
    INB_SURNAME,
    INB_SEX,
    INB_YEAR,
    INB_MONTH,
    INB_DAY,
    INB_POSTCODE,
    INB_STREET,
    INB_HOUSE,
    INB_PLACE,
    INB_PHONE,
    INB_EMAIL,
    INB_ORGANISATION,
    INB_KVK,
    INB_NUMBER,
    INB_FEATURES
};

// Columns of a file, in the order of the contract; then what they feed.
enum inb_link_column {
    INB_C_ID,
    INB_C_GIVEN_NAME,
    INB_C_PREFIX,
    INB_C_SURNAME,
    INB_C_NAME,
    INB_C_BIRTH_DATE,
    INB_C_BIRTH_YEAR,
    INB_C_BIRTH_MONTH,
    INB_C_BIRTH_DAY,
    INB_C_SEX,
    INB_C_POSTCODE,
    INB_C_STREET,
    INB_C_HOUSE_NUMBER,
    INB_C_PLACE,
    INB_C_PHONE,
    INB_C_EMAIL,
    INB_C_ORGANISATION,
    INB_C_KVK,
    INB_C_NUMBER,
    INB_LINK_COLUMNS
};

extern const char *const inb_link_column_names[INB_LINK_COLUMNS];
extern const char *const inb_feature_names[INB_FEATURES];

typedef struct inb_group_column {
    char *name;
    inb_words words; // values as they stand
    uint32_t *codes; // a record
} inb_group_column;

struct inb_people {
    size_t file_count;
    char **paths;
    char **stems;
    size_t *file_starts; // file f has records file_starts[f] .. file_starts[f + 1]
    size_t count;
    size_t size;           // records that fit
    inb_words ids;         // distinct texts of ids
    uint32_t *id_codes;    // a record
    inb_words name_words;  // of given name and surname
    inb_name_table *names; // their forms
    inb_words other_words[INB_FEATURES];
    uint32_t *codes[INB_FEATURES]; // a record; NULL where no file has it
    size_t filled[INB_FEATURES];   // records with a value
    inb_group_column *groups;
    size_t group_count;
    size_t odd_dates; // dates that could not be read, taken as blank
};

// Given name and surname share their words, month and day theirs.
static inline const inb_words *inb_feature_words(const struct inb_people *people, size_t feature) {
    size_t at = feature == INB_DAY ? (size_t)INB_MONTH : feature;
    return feature <= INB_SURNAME ? &people->name_words : &people->other_words[at];
}

// The file that a record stands in.
size_t inb_people_file_of(const struct inb_people *people, size_t record);

// The column of a file that stands for `column` of ours: the map's name, else our own; NULL where
// the map takes the column of our name for something else.
const char *inb_link_map_name(const inb_link_map *map, enum inb_link_column column);

#endif
