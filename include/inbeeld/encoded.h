// SPDX-License-Identifier: EUPL-1.2
// Encoded lists: what may leave an organisation, without a name in it. Every record is a few bit
// filters (keyed, made by seal; Schnell, Bachteler & Reiher 2009, doi:10.1186/1472-6947-9-41) and
// tokens of its exact identifiers. Here: the values that go in, and the file. An encoded list is
// personal data still; docs/methods/encoding.md says who learns what from it.
#ifndef INBEELD_ENCODED_H
#define INBEELD_ENCODED_H

#include <inbeeld/buffer.h>
#include <inbeeld/link.h>
#include <inbeeld/normalise.h>
#include <inbeeld/status.h>

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// What goes into filters, in plain form.
typedef enum inb_encoded_field {
    INB_ENCODED_GIVEN,
    INB_ENCODED_SURNAME,
    INB_ENCODED_YEAR,
    INB_ENCODED_MONTH,
    INB_ENCODED_DAY,
    INB_ENCODED_SEX,
    INB_ENCODED_STREET,
    INB_ENCODED_HOUSE,
    INB_ENCODED_POSTCODE,
    INB_ENCODED_PLACE,
    INB_ENCODED_ORGANISATION,
    INB_ENCODED_FIELDS
} inb_encoded_field;

// What becomes a token.
typedef enum inb_encoded_exact {
    INB_ENCODED_PHONE,
    INB_ENCODED_EMAIL,
    INB_ENCODED_KVK,
    INB_ENCODED_NUMBER,
    INB_ENCODED_EXACTS
} inb_encoded_exact;

extern const char *const inb_encoded_field_names[INB_ENCODED_FIELDS];
extern const char *const inb_encoded_exact_names[INB_ENCODED_EXACTS];

enum {
    INB_ENCODED_TEXT_MOST = 64, // bytes of a field with its NUL; longer ones are cut
    INB_ENCODED_ID_MOST = 200,
    INB_ENCODED_TOKEN_BYTES = 32,
    INB_ENCODED_GROUPS_MOST = 6,
    INB_ENCODED_PRINT_MOST = 40,
    INB_ENCODED_RECORDS_MOST = 50000000
};

// A record in plain form. "" = blank. Personal data: wipe after use.
typedef struct inb_encoded_values {
    char field[INB_ENCODED_FIELDS][INB_ENCODED_TEXT_MOST];
    char exact[INB_ENCODED_EXACTS][INB_EXACT_SIZE];
} inb_encoded_values;

// Reads a list with the columns of `inbeeld link`, row by row. Owner: the caller.
typedef struct inb_encoded_reader inb_encoded_reader;
inb_status inb_encoded_reader_open(
    const char *path, inb_encoded_reader **ret_reader, inb_error *err) INB_NODISCARD;
inb_status inb_encoded_reader_open_memory(const char *name, const char *data, size_t length,
    inb_encoded_reader **ret_reader, inb_error *err) INB_NODISCARD;
void inb_encoded_reader_free(inb_encoded_reader *reader); // accepts NULL
void inb_encoded_reader_freep(inb_encoded_reader **reader);
// Bit per field, and per exact identifier, that some column feeds.
uint32_t inb_encoded_reader_fields(const inb_encoded_reader *reader);
uint32_t inb_encoded_reader_exacts(const inb_encoded_reader *reader);
// The next record; id borrowed until the next call. An empty or too long id is INB_BAD_INPUT.
inb_status inb_encoded_reader_next(inb_encoded_reader *reader, bool *ret_more, const char **ret_id,
    inb_encoded_values *ret_values, inb_error *err) INB_NODISCARD;

// How fields fall into filters. More groups tell more about where two records differ, to the
// linkage unit and to an attacker: docs/methods/encoding.md has the price of each.
//   1  one filter of the whole record: cannot be linked without labels (nothing tells the classes)
//   3  given name with day and month, surname with year and sex, address
//   4  the same, the address as street with number and postcode with place: no name stands alone
//   5  given name, surname, birth date with sex, street with number, postcode with place
// Group of a field, SIZE_MAX for no such layout.
size_t inb_encoded_group_of(unsigned groups, inb_encoded_field field);

// What the head of an encoded file says. Lists that differ in any of it cannot be linked.
typedef struct inb_encoded_about {
    char key_kind[8]; // "hit", "count" or "team"
    uint32_t key_version;
    char key_print[INB_ENCODED_PRINT_MOST];    // fingerprint of the key of the filters
    char holder_print[INB_ENCODED_PRINT_MOST]; // of the key holder's; "" = no tokens
    uint32_t holder_version;                   // 0 = no tokens
    unsigned groups;
    unsigned bits;   // of a filter: 512 or 1024
    bool folded;     // two halves put over each other by exclusive or
    bool salted;     // the birth year is part of every name
    unsigned noise;  // bits turned over, per ten thousand
    uint32_t fields; // bit per field that went in
    uint32_t exacts; // bit per exact identifier that has tokens
} inb_encoded_about;

// Encoded records; tokens of all zeros = none, filters of all zeros = blank.
typedef struct inb_encoded {
    inb_encoded_about about;
    size_t count;
    size_t token_count;     // exacts in about.exacts
    size_t filter_bytes;    // groups * bits / 8
    size_t *id_at;          // [count + 1], into ids
    char *ids;              // NUL-ended, one after the other
    unsigned char *filters; // [count * filter_bytes]
    unsigned char *tokens;  // [count * token_count * INB_ENCODED_TOKEN_BYTES]
} inb_encoded;

void inb_encoded_clear(inb_encoded *encoded); // accepts an empty one
const char *inb_encoded_id(const inb_encoded *encoded, size_t record);

// Whether a file begins as an encoded list. False where it cannot be read.
bool inb_encoded_is(const char *path) INB_NODISCARD;
// Reads a file, or the bytes of one. Refused, "path: …": another format or version, a head that
// makes no sense, a file that is cut or longer, two records with one id. Owner: the caller.
inb_status inb_encoded_read(
    const char *path, inb_encoded *ret_encoded, inb_error *err) INB_NODISCARD;
inb_status inb_encoded_parse(const char *name, const void *data, size_t length,
    inb_encoded *ret_encoded, inb_error *err) INB_NODISCARD;
// The bytes of a file.
void inb_encoded_write(const inb_encoded *encoded, inb_buffer *out);
// INB_BAD_INPUT in words where two lists cannot be linked: another key, version or parameter.
inb_status inb_encoded_same(const inb_encoded_about *a, const char *name_a,
    const inb_encoded_about *b, const char *name_b, inb_error *err) INB_NODISCARD;

// Links encoded lists (paths are their names): every pair is compared, the posterior of Fellegi and
// Sunter is fitted to levels of similarity without labels (docs/methods/encoding.md). Tables and
// JSON are written as for plain lists; ret_people holds ids alone and must outlive ret_linked.
// INB_BAD_INPUT: lists of different keys, versions or parameters, no record; INB_NOT_IDENTIFIED:
// nothing tells matching pairs from others (always so with one filter a record and no tokens).
inb_status inb_link_encoded(const char *const *paths, const inb_encoded *lists, size_t list_count,
    const inb_link_options *options, inb_people **ret_people, inb_linked **ret_linked,
    inb_error *err) INB_NODISCARD;
// The summary in words.
void inb_linked_encoded_text(
    const inb_linked *linked, const inb_encoded_about *about, inb_buffer *out);

#ifdef __cplusplus
}
#endif
#endif
