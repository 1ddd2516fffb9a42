// SPDX-License-Identifier: EUPL-1.2
// A list read for encoding: the columns of `inbeeld link` to fields in plain form. Names by
// latin.h as small letters, dates as digits of two and four, exact identifiers by normalise.h.

#include <inbeeld/encoded.h>

#include "latin.h"

#include "base/alloc.h"
#include "base/csv.h"
#include "base/text.h"

#include <inbeeld/citizen.h>
#include <inbeeld/date.h>

#include <stdio.h>
#include <string.h>

const char *const inb_encoded_field_names[INB_ENCODED_FIELDS] = {"given_name", "surname",
    "birth_year", "birth_month", "birth_day", "sex", "street", "house_number", "postcode", "place",
    "organisation"};
const char *const inb_encoded_exact_names[INB_ENCODED_EXACTS] = {"phone", "email", "kvk", "number"};

enum column {
    C_ID,
    C_NAME,
    C_BIRTH_DATE,
    C_FIRST_FIELD,
    C_FIRST_EXACT = C_FIRST_FIELD + INB_ENCODED_FIELDS,
    COLUMNS = C_FIRST_EXACT + INB_ENCODED_EXACTS
};

struct inb_encoded_reader {
    inb_csv *csv;
    size_t at[COLUMNS]; // SIZE_MAX = not there
    uint32_t fields;
    uint32_t exacts;
    inb_citizen_count citizens[COLUMNS]; // of each column so far
};

void inb_encoded_reader_free(inb_encoded_reader *reader) {
    if (reader != NULL) {
        inb_csv_free(reader->csv);
        inb_free(reader);
    }
}

void inb_encoded_reader_freep(inb_encoded_reader **reader) {
    inb_encoded_reader_free(*reader);
}

// Columns that feed something, by name.
static const char *column_name(size_t column) {
    if (column == C_ID || column == C_NAME || column == C_BIRTH_DATE) {
        static const char *const names[] = {"id", "name", "birth_date"};
        return names[column];
    }
    return column < C_FIRST_EXACT ? inb_encoded_field_names[column - C_FIRST_FIELD]
                                  : inb_encoded_exact_names[column - C_FIRST_EXACT];
}

static inb_status begin(inb_csv *csv, inb_encoded_reader **ret_reader, inb_error *err) {
    INB_CLEANUP(inb_csv_freep) inb_csv *held = csv;
    INB_CLEANUP(inb_encoded_reader_freep)
    inb_encoded_reader *reader = inb_alloc(1, sizeof *reader);
    if (reader == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for a list");
    }
    for (size_t c = 0; c < COLUMNS; c++) {
        reader->at[c] = inb_csv_find(csv, column_name(c));
        if (reader->at[c] != SIZE_MAX && c >= C_FIRST_EXACT) {
            reader->exacts |= 1U << (c - C_FIRST_EXACT);
        } else if (reader->at[c] != SIZE_MAX && c >= C_FIRST_FIELD) {
            reader->fields |= 1U << (c - C_FIRST_FIELD);
        }
    }
    if (reader->at[C_NAME] != SIZE_MAX) {
        reader->fields |= 1U << INB_ENCODED_GIVEN | 1U << INB_ENCODED_SURNAME;
    }
    if (reader->at[C_BIRTH_DATE] != SIZE_MAX) {
        reader->fields |= 1U << INB_ENCODED_YEAR | 1U << INB_ENCODED_MONTH | 1U << INB_ENCODED_DAY;
    }
    INB_TRY(inb_csv_require(csv, "id", &reader->at[C_ID], err));
    if ((reader->fields | reader->exacts) == 0) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s:1:1: found no column to encode, expected some of given_name, surname, name, "
            "birth_date, street, house_number, postcode, place, phone, email, kvk, number",
            inb_csv_name(csv));
    }
    reader->csv = INB_TAKE(held);
    *ret_reader = INB_TAKE(reader);
    return INB_OK;
}

inb_status inb_encoded_reader_open(
    const char *path, inb_encoded_reader **ret_reader, inb_error *err) {
    inb_csv *csv;
    INB_TRY(inb_csv_open(path, &csv, err));
    return begin(csv, ret_reader, err);
}

inb_status inb_encoded_reader_open_memory(const char *name, const char *data, size_t length,
    inb_encoded_reader **ret_reader, inb_error *err) {
    inb_csv *csv;
    INB_TRY(inb_csv_open_memory(name, data, length, &csv, err));
    return begin(csv, ret_reader, err);
}

uint32_t inb_encoded_reader_fields(const inb_encoded_reader *reader) {
    return reader->fields;
}

uint32_t inb_encoded_reader_exacts(const inb_encoded_reader *reader) {
    return reader->exacts;
}

// Small letters and digits of a value, nothing between them; cut where it does not fit.
static size_t plain(const char *text, size_t length, char out[static INB_ENCODED_TEXT_MOST]) {
    size_t count = 0;
    bool ascii = true;
    for (size_t i = 0; i < length; i++) {
        ascii = ascii && (unsigned char)text[i] < 128;
    }
    char latin[4 * INB_ENCODED_TEXT_MOST];
    if (!ascii) {
        size_t taken = length < INB_ENCODED_TEXT_MOST ? length : INB_ENCODED_TEXT_MOST;
        size_t made =
            inb_latin(text, taken, inb_alphabet_of(text, taken, &ascii), latin, sizeof latin, NULL);
        text = latin;
        length = made == SIZE_MAX ? 0 : made;
    }
    for (size_t i = 0; i < length && count + 1 < INB_ENCODED_TEXT_MOST; i++) {
        unsigned char c = (unsigned char)text[i];
        c = c >= 'A' && c <= 'Z' ? (unsigned char)(c - 'A' + 'a') : c;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 128) {
            out[count++] = (char)c;
        }
    }
    out[count] = '\0';
    return count;
}

// A number of at most `most` from `least` on, written with `digits` digits; "" where it is none.
static void put_number(int64_t value, int64_t least, int64_t most, int digits,
    char out[static INB_ENCODED_TEXT_MOST]) {
    out[0] = '\0';
    if (value >= least && value <= most) {
        (void)snprintf(out, INB_ENCODED_TEXT_MOST, "%0*d", digits, (int)value);
    }
}

static void put_date(int64_t year, int64_t month, int64_t day, inb_encoded_values *values) {
    put_number(year, 1, 9999, 4, values->field[INB_ENCODED_YEAR]);
    put_number(month, 1, 12, 2, values->field[INB_ENCODED_MONTH]);
    put_number(day, 1, 31, 2, values->field[INB_ENCODED_DAY]);
}

// "1984-03-12", "19840312", "1984-03", "1984"; also days that no month has (typing errors).
static void read_date(const char *text, size_t length, inb_encoded_values *values) {
    char digits[9] = {0};
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (!digit && text[i] != '-') {
            return;
        }
        if (digit && count == 8) {
            return;
        }
        if (digit) {
            digits[count++] = text[i];
        }
    }
    int64_t part[3] = {0};
    if ((count != 4 && count != 6 && count != 8) || !inb_parse_int64(digits, 4, &part[0]) ||
        (count >= 6 && !inb_parse_int64(digits + 4, 2, &part[1])) ||
        (count == 8 && !inb_parse_int64(digits + 6, 2, &part[2]))) {
        return;
    }
    put_date(part[0], part[1], part[2], values);
}

// Whether a word of a name is a particle, which one list keeps with the surname and another in a
// column of its own.
static bool is_particle(const char *word, size_t length) {
    static const char *const particles[] = {"van", "von", "de", "der", "den", "des", "het", "t",
        "ten", "ter", "te", "el", "al", "bin", "ibn"};
    char small[INB_ENCODED_TEXT_MOST];
    size_t made = length < 8 ? plain(word, length, small) : 0;
    for (size_t i = 0; made > 0 && i < sizeof particles / sizeof particles[0]; i++) {
        if (inb_equals(small, made, particles[i])) {
            return true;
        }
    }
    return false;
}

static size_t word_length(const char *text, size_t length) {
    const char *blank = memchr(text, ' ', length);
    return blank == NULL ? length : (size_t)(blank - text);
}

// A surname without the particles before it, as long as something is left.
static void put_surname(const char *text, size_t length, char out[static INB_ENCODED_TEXT_MOST]) {
    for (;;) {
        size_t word = word_length(text, length);
        size_t rest = word;
        while (rest < length && text[rest] == ' ') {
            rest++;
        }
        if (rest == length || (word > 0 && !is_particle(text, word))) {
            break;
        }
        text += rest;
        length -= rest;
    }
    (void)plain(text, length, out);
}

// The last word is the surname, what stands before it or before the particles the given names.
static void split_name(const char *text, size_t length, inb_encoded_values *values) {
    while (length > 0 && text[length - 1] == ' ') {
        length--;
    }
    size_t cut = length;
    while (cut > 0 && text[cut - 1] != ' ') {
        cut--;
    }
    if (values->field[INB_ENCODED_SURNAME][0] == '\0') {
        put_surname(text + cut, length - cut, values->field[INB_ENCODED_SURNAME]);
    }
    for (size_t at = word_length(text, cut); at < cut;) {
        at++;
        size_t word = word_length(text + at, cut - at);
        if (word > 0 && is_particle(text + at, word)) {
            cut = at;
            break;
        }
        at += word;
    }
    if (values->field[INB_ENCODED_GIVEN][0] == '\0') {
        (void)plain(text, cut, values->field[INB_ENCODED_GIVEN]);
    }
}

static void read_field(
    inb_encoded_field field, const char *text, size_t length, inb_encoded_values *values) {
    char *out = values->field[field];
    size_t made = plain(text, length, out);
    int64_t number;
    bool numeric = inb_parse_int64(out, made, &number);
    switch (field) {
    case INB_ENCODED_SURNAME:
        put_surname(text, length, out);
        break;
    case INB_ENCODED_YEAR:
        put_number(numeric ? number : 0, 1, 9999, 4, out);
        break;
    case INB_ENCODED_MONTH:
        put_number(numeric ? number : 0, 1, 12, 2, out);
        break;
    case INB_ENCODED_DAY:
        put_number(numeric ? number : 0, 1, 31, 2, out);
        break;
    case INB_ENCODED_SEX:
        out[1] = '\0'; // m, v, f, x
        break;
    default:
        break;
    }
}

static void read_exact(
    inb_encoded_exact exact, const char *text, size_t length, inb_encoded_values *values) {
    char *out = values->exact[exact];
    bool found = false;
    char number[INB_ENCODED_TEXT_MOST];
    switch (exact) {
    case INB_ENCODED_PHONE:
        found = inb_exact_phone(text, length, out);
        break;
    case INB_ENCODED_EMAIL:
        found = inb_exact_email(text, length, out);
        break;
    case INB_ENCODED_KVK:
        found = inb_exact_kvk(text, length, out);
        break;
    default:
        found = plain(text, length, number) > 0;
        memcpy(out, number, sizeof number);
        break;
    }
    if (!found) {
        out[0] = '\0';
    }
}

// After the last row: no column may be one of citizen service numbers.
static inb_status check_citizens(const inb_encoded_reader *reader, inb_error *err) {
    for (size_t c = 0; c < COLUMNS; c++) {
        if (inb_citizen_refuses(&reader->citizens[c])) {
            return inb_fail(err, INB_BAD_INPUT,
                "%s: found citizen service numbers in column %s, expected none: they have no "
                "place here",
                inb_csv_name(reader->csv), column_name(c));
        }
    }
    return INB_OK;
}

inb_status inb_encoded_reader_next(inb_encoded_reader *reader, bool *ret_more, const char **ret_id,
    inb_encoded_values *ret_values, inb_error *err) {
    INB_TRY(inb_csv_next(reader->csv, ret_more, err));
    if (!*ret_more) {
        return check_citizens(reader, err);
    }
    const inb_csv *csv = reader->csv;
    for (size_t c = 0; c < COLUMNS; c++) {
        if (reader->at[c] != SIZE_MAX) {
            inb_citizen_add(&reader->citizens[c], inb_csv_field(csv, reader->at[c]),
                inb_csv_length(csv, reader->at[c]));
        }
    }
    size_t id_column = reader->at[C_ID];
    size_t id_length = inb_csv_length(csv, id_column);
    if (id_length == 0 || id_length > INB_ENCODED_ID_MOST) {
        return inb_csv_fail(csv, id_column, err, "found an id of %zu bytes, expected 1 to %d",
            id_length, (int)INB_ENCODED_ID_MOST);
    }
    *ret_id = inb_csv_field(csv, id_column);
    for (size_t f = 0; f < INB_ENCODED_FIELDS; f++) {
        size_t column = reader->at[C_FIRST_FIELD + f];
        ret_values->field[f][0] = '\0';
        if (column != SIZE_MAX) {
            read_field((inb_encoded_field)f, inb_csv_field(csv, column),
                inb_csv_length(csv, column), ret_values);
        }
    }
    for (size_t e = 0; e < INB_ENCODED_EXACTS; e++) {
        size_t column = reader->at[C_FIRST_EXACT + e];
        ret_values->exact[e][0] = '\0';
        if (column != SIZE_MAX) {
            read_exact((inb_encoded_exact)e, inb_csv_field(csv, column),
                inb_csv_length(csv, column), ret_values);
        }
    }
    size_t column = reader->at[C_BIRTH_DATE];
    if (column != SIZE_MAX) {
        read_date(inb_csv_field(csv, column), inb_csv_length(csv, column), ret_values);
    }
    column = reader->at[C_NAME];
    if (column != SIZE_MAX) {
        split_name(inb_csv_field(csv, column), inb_csv_length(csv, column), ret_values);
    }
    return INB_OK;
}
