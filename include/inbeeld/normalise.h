// SPDX-License-Identifier: EUPL-1.2
// Station 3, first half: values of this field in a form that can be compared. Exact values, of
// which a token can be made (phone, KvK number, agency, address, plate, handle, account, e-mail).
// No locale, no clock, no chance; nothing here writes a value into an error.
#ifndef INBEELD_NORMALISE_H
#define INBEELD_NORMALISE_H

#include <inbeeld/arena.h>
#include <inbeeld/date.h>
#include <inbeeld/signal.h>
#include <inbeeld/status.h>

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

// --- Exact values
// --------------------------------------------------------------------------------- Each takes
// text[0..length) in UTF-8 as somebody wrote it (need not be NUL-ended or valid) and writes a
// NUL-ended value of a-z, 0-9, '-', '.', '_', '@' and '+' (other scripts: their letters). False,
// with ret_value untouched, where the text carries nothing to compare: empty, a filler, too short,
// or longer than fits. Equal values mean "written for the same thing"; a typing error gives another
// value. No memory is asked for; threads may call at will; O(length).

enum { INB_EXACT_SIZE = 128 };

// The national number without country code and trunk zero, its last nine digits: "+31 (0)6 1234
// 5678", "0031612345678", "06-12345678" and "612345678" are all "612345678". Seven digits at least;
// a number of one repeated digit is a filler. Zeros before the nine are no part. Of several numbers
// in one text, the first. Country codes: ITU-T E.164. Nine digits tell numbers of the countries of
// this field apart (NL, BE mobile, UA, PL, RO, BG, MA, SY mobile have nine or fewer); two
// countries' equal last nine digits meet, rarely.
bool inb_exact_phone(const char *text, size_t length, char ret_value[INB_EXACT_SIZE]) INB_NODISCARD;

// The same number as "+31612345678", as far as the text tells: without a country code it is taken
// to be Dutch where nine digits are left, and false is returned otherwise.
bool inb_phone_e164(const char *text, size_t length, char ret_value[INB_EXACT_SIZE]) INB_NODISCARD;

// The eight digits of a number of the Dutch trade register (KvK); the label "KvK", blanks and
// points are passed over, a leading zero that a spreadsheet dropped is put back, a branch number of
// twelve digits ("12345678 0000") keeps its first eight only where the rest is 0000.
bool inb_exact_kvk(const char *text, size_t length, char ret_value[INB_EXACT_SIZE]) INB_NODISCARD;

// The name of an agency or employer without its legal form, folded and joined: "Flex-Werk B.V." and
// "FLEXWERK BV" are "flexwerk". Legal forms: data/names/legal_forms.csv. Where it says "trading as"
// (h.o.d.n.), the name before it. False where fewer than two letters or digits are left.
bool inb_exact_agency(
    const char *text, size_t length, char ret_value[INB_EXACT_SIZE]) INB_NODISCARD;

// Postcode, house number, suffix: "Kerkstraat 12 II, 1017 GA Amsterdam" is "1017ga-12-2". Without a
// Dutch postcode the street, number, suffix and place: "kerkstraat-12-2-amsterdam"; false without a
// number, or with neither a postcode nor both a street and a place.
bool inb_exact_address(
    const char *text, size_t length, char ret_value[INB_EXACT_SIZE]) INB_NODISCARD;

// Letters and digits of a licence plate, four to ten with a digit among them; Cyrillic letters that
// look like Latin ones are taken as these (Ukrainian plates).
bool inb_exact_vehicle(
    const char *text, size_t length, char ret_value[INB_EXACT_SIZE]) INB_NODISCARD;

// The name of an account on a platform: "@Name_1", "https://t.me/name_1?x" and "insta: name_1" are
// "name_1". The platform is dropped: people keep their handle. Two characters at least.
bool inb_exact_handle(
    const char *text, size_t length, char ret_value[INB_EXACT_SIZE]) INB_NODISCARD;

// An IBAN or another account number: its letters and digits. Check digits are not asked for: a
// wrong one was perhaps written wrongly twice. Six digits at least, not all the same.
bool inb_exact_account(
    const char *text, size_t length, char ret_value[INB_EXACT_SIZE]) INB_NODISCARD;

// Whether a value of inb_exact_account is an IBAN whose check digits hold (ISO 13616, mod 97).
bool inb_iban_holds(const char *value) INB_NODISCARD;

// An e-mail address in small letters, without a "+label" before the @.
bool inb_exact_email(const char *text, size_t length, char ret_value[INB_EXACT_SIZE]) INB_NODISCARD;

// What a party can be found by. kind: static, one of "phone", "kvk", "agency" (employers too),
// "address", "vehicle", "handle", "account"; the kind of the token.
typedef struct inb_exact {
    const char *kind;
    char value[INB_EXACT_SIZE];
} inb_exact;

enum { INB_EXACT_PER_PARTY = 2 };

// Writes the exact values of a party (its KvK number first, then its value) and returns how many,
// 0..2.
size_t inb_exact_party(const inb_party *party, inb_exact ret_exact[INB_EXACT_PER_PARTY]);

// The parts of a person's whole name in Latin letters, sorted, with the full date of birth:
// "Jan van der Berg", "BERG, Jan van der" and "Jan | van der | Berg", born on 2010-03-01, are all
// "berg-der-jan-van-2010-03-01". False without a day of birth, or with fewer than two parts of two
// letters: initials alone tell too little.
bool inb_exact_person(const inb_person *person, char ret_value[INB_EXACT_SIZE]) INB_NODISCARD;

// --- Addresses
// ------------------------------------------------------------------------------------

// The parts of a Dutch or foreign address; "" where not known.
typedef struct inb_address {
    char postcode[12]; // "1017ga"; a foreign one as its letters and digits
    char number[12];   // digits
    char suffix[12];   // "a", "2", "hs", "bis": floors I..IV as 1..4, "huis" as "hs"
    char street[64];   // folded to a-z 0-9 and blanks, common abbreviations written out
    char place[64];    // folded
} inb_address;

// From one text.
void inb_address_parse(const char *text, size_t length, inb_address *ret_address);

// From columns, each NUL-ended or NULL; a house number in the street column is found.
void inb_address_columns(const char *postcode, const char *street, const char *house_number,
    const char *place, inb_address *ret_address);

// The exact value of an address, as inb_exact_address.
bool inb_address_key(const inb_address *address, char ret_value[INB_EXACT_SIZE]) INB_NODISCARD;

// --- Names
// ----------------------------------------------------------------------------------------

// What making forms needs: the table of nicknames (data/names/nicknames.csv) and, once a script has
// no table here, ICU's transliterator. One a thread; comparing needs none.
typedef struct inb_name_reader inb_name_reader;

// Owner of *ret_reader: the caller. INB_UNAVAILABLE where ICU has no data.
inb_status inb_name_reader_new(inb_name_reader **ret_reader, inb_error *err) INB_NODISCARD;
void inb_name_reader_free(inb_name_reader *reader); // accepts NULL
void inb_name_reader_freep(inb_name_reader **reader);

typedef enum inb_name_kind {
    INB_NAME_GIVEN,   // given names
    INB_NAME_SURNAME, // surname, with or without its prefix; feminine endings are looked through
    INB_NAME_WHOLE    // all of it in one text
} inb_name_kind;

// How two names agree, best first.
#define INB_NAME_LEVELS(X)                                                                         \
    X(EXACT, "exact")         /* the same letters */                                               \
    X(SAME, "same")           /* after transliteration, prefix, feminine ending, joined parts */   \
    X(NICKNAME, "nickname")   /* a pet form, another language's form, or an alias */               \
    X(NEAR, "near")           /* a typing error: one edit, or two in eight letters */              \
    X(SKELETON, "skeleton")   /* the same consonants, at least three (two where vowels lack) */    \
    X(SWAPPED, "swapped")     /* the same parts in another order */                                \
    X(PART, "part")           /* every part of the shorter is in the longer, or an initial */      \
    X(DIFFERENT, "different") /* none of these */

typedef enum inb_name_level {
#define X(name, code) INB_NAME_##name,
    INB_NAME_LEVELS(X)
#undef X
        INB_NAME_LEVEL_COUNT
} inb_name_level;

// The code of a level, static.
const char *inb_name_level_code(inb_name_level level);

// What can be compared of one name: made once for each distinct value. Read-only, in its arena.
typedef struct inb_name_form inb_name_form;

// The forms of text[0..length), UTF-8 of any script. *ret_form is NULL where nothing is left to
// compare (blank, "onbekend", marks only). Parts beyond eight and letters beyond 255 are left out.
// O(length).
inb_status inb_name_form_make(inb_name_reader *reader, inb_name_kind kind, const char *text,
    size_t length, inb_arena *arena, const inb_name_form **ret_form, inb_error *err) INB_NODISCARD;

// Compares; neither is NULL. Symmetric. Asks for no memory; threads may call at will.
inb_name_level inb_name_compare(const inb_name_form *a, const inb_name_form *b);

// Whether a cheap look rules out every level better than NEAR: no reading, nickname, skeleton or
// part is shared. Then inb_name_compare gives NEAR or DIFFERENT.
bool inb_name_apart(const inb_name_form *a, const inb_name_form *b);

// Two whole names of which given names and surname stand in columns; any of the four may be NULL.
// SWAPPED where the parts agree across columns (every part of the shorter bag, two at least,
// assigned at best), else DIFFERENT. For names of which each column differs.
inb_name_level inb_name_crossed(const inb_name_form *a_given, const inb_name_form *a_surname,
    const inb_name_form *b_given, const inb_name_form *b_surname);

// The folded letters of a form, parts parted by blanks: NUL-ended, borrowed from the form.
const char *inb_name_letters(const inb_name_form *form);

// --- Births
// ---------------------------------------------------------------------------------------

// A birth as it was given: a date known to a day, month or year, or an age.
typedef struct inb_birth {
    int32_t first, last; // days since 1970-01-01 that it can be; a heaped date: its year or month
    inb_date date;       // as written; year 0 where an age was given
    bool heaped; // 1 January, 1 July, the fifteenth: what is written where a day is not known
} inb_birth;

// From a date, known to a year at least.
inb_birth inb_birth_of_date(inb_date date);

// From an age in completed years (0 or more) on a date, which may be partial.
inb_birth inb_birth_of_age(int years, inb_date on);

// "1999-05-20", "19990520", "20-5-1999", "1999-05", "1999", "1999-05-00", "1999-00-00"; marks may
// be points or slashes. False where it is no date; a day that does not exist (31 April) is taken as
// known to the month.
bool inb_birth_parse(const char *text, size_t length, inb_birth *ret_birth) INB_NODISCARD;

#define INB_BIRTH_LEVELS(X)                                                                        \
    X(EXACT, "exact")     /* one day, not a heaped one */                                          \
    X(SWAPPED, "swapped") /* day and month in each other's place */                                \
    X(SLIP, "slip")       /* one digit wrong, or two neighbours exchanged */                       \
    X(HEAPED, "heaped")   /* one day, a heaped one: it says the year, or the month */              \
    X(WITHIN, "within")   /* one is known less well, and they can be the same day */               \
    X(CLOSE, "close")     /* day and month the same, year one or two off; or less than a year */   \
                          /* apart where one is known to the year or by an age */                  \
    X(DIFFERENT, "different")

typedef enum inb_birth_level {
#define X(name, code) INB_BIRTH_##name,
    INB_BIRTH_LEVELS(X)
#undef X
        INB_BIRTH_LEVEL_COUNT
} inb_birth_level;

const char *inb_birth_level_code(inb_birth_level level);

// Symmetric; no memory.
inb_birth_level inb_birth_compare(const inb_birth *a, const inb_birth *b);

#ifdef __cplusplus
}
#endif
#endif
