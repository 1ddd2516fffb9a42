// SPDX-License-Identifier: EUPL-1.2
// The assumption sheet: what is known of each list that no table of histories can say, as a small
// ini file. What it leaves open, and what it says against the method, becomes a warning beside the
// estimate (the identifying assumptions of multiple systems estimation: Bird, King 2018,
// Annual Review of Statistics and Its Application 5).
#ifndef INBEELD_SHEET_H
#define INBEELD_SHEET_H

#include <inbeeld/count.h>

#ifdef __cplusplus
extern "C" {
#endif

// X(NUMBER, "key", "what it says")
#define INB_SHEET_FIELDS(X)                                                                        \
    X(PERIOD, "reference_period", "the time in which people were put on the list")                 \
    X(DEFINITION, "case_definition", "whom the list takes in")                                     \
    X(OVERCOVERAGE, "overcoverage", "people on it who should not be, or none")                     \
    X(FED_BY, "fed_by", "lists of the table that people come from, or none")                       \
    X(SAME_PERSON, "same_person", "how someone of an earlier year is counted: once or again")

typedef enum inb_sheet_field {
#define INB_I_NUMBER(number, key, what) INB_SHEET_##number,
    INB_SHEET_FIELDS(INB_I_NUMBER)
#undef INB_I_NUMBER
        INB_SHEET_FIELD_COUNT
} inb_sheet_field;

// The key of a field; static.
const char *inb_sheet_key(inb_sheet_field field);

typedef struct inb_sheet_list {
    const char *values[INB_SHEET_FIELD_COUNT]; // NULL or empty: a gap
} inb_sheet_list;

typedef struct inb_sheet {
    inb_arena *arena; // owns everything below
    size_t list_count;
    const char **lists;
    inb_sheet_list *sheets; // [list_count]
    size_t warning_count;
    const inb_warning *warnings; // gaps, and what speaks against the method
} inb_sheet;

// Reads SHEET.ini: a section for each list, named as in `histories`, with the keys above. A section
// that is no list, an unknown or repeated key: INB_BAD_INPUT with file:line. Owner: the caller.
inb_status inb_sheet_read(const char *path, const inb_histories *histories, inb_sheet **ret_sheet,
    inb_error *err) INB_NODISCARD;

// The same over bytes in memory; `name` is used in complaints.
inb_status inb_sheet_read_memory(const char *name, const char *data, size_t length,
    const inb_histories *histories, inb_sheet **ret_sheet, inb_error *err) INB_NODISCARD;

// [{"list":…,"reference_period":…,…},…]; null where the sheet leaves it open.
void inb_sheet_json(const inb_sheet *sheet, inb_buffer *out);

// Accept NULL.
void inb_sheet_free(inb_sheet *sheet);
void inb_sheet_freep(inb_sheet **sheet);

#ifdef __cplusplus
}
#endif
#endif
