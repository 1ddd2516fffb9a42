// SPDX-License-Identifier: EUPL-1.2
// Makes the comparable forms of a name: into Latin letters, into parts, and of each part every
// reading under which another file may have it (docs/methods/names.md). Scripts without a table
// here go through ICU's Any-Latin (CLDR transforms).

#include "name_form.h"

#include "base/alloc.h"
#include "base/assets.h"
#include "base/text.h"
#include "latin.h"

#include <string.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

struct inb_name_reader {
    inb_arena *arena;
    inb_nicknames *nicknames;
    UTransliterator *any; // opened when the first name needs it
};

inb_status inb_name_reader_new(inb_name_reader **ret_reader, inb_error *err) {
    INB_CLEANUP(inb_name_reader_freep) inb_name_reader *reader = inb_alloc(1, sizeof *reader);
    if (reader == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a reader of names");
    }
    INB_TRY(inb_arena_new(0, &reader->arena, err));
    const char *path = "data/names/nicknames.csv";
    const inb_asset *table = inb_asset_find(path);
    if (table == NULL) {
        return inb_fail(err, INB_INTERNAL, "%s is not in the program", path);
    }
    INB_TRY(inb_nicknames_read(
        path, table->data, table->length, reader->arena, &reader->nicknames, err));
    *ret_reader = INB_TAKE(reader);
    return INB_OK;
}

void inb_name_reader_free(inb_name_reader *reader) {
    if (reader != NULL) {
        if (reader->any != NULL) {
            utrans_close(reader->any);
        }
        inb_arena_free(reader->arena);
        inb_free(reader);
    }
}

void inb_name_reader_freep(inb_name_reader **reader) {
    inb_name_reader_free(*reader);
}

// ---- scripts without a table ----

enum { WIDE = 1024, FOLDED = 512 };

static inb_status open_any(inb_name_reader *reader, inb_error *err) {
    if (reader->any != NULL) {
        return INB_OK;
    }
    static const UChar id[] = u"Any-Latin";
    UErrorCode failed = U_ZERO_ERROR;
    reader->any = utrans_openU(id, -1, UTRANS_FORWARD, NULL, -1, NULL, &failed);
    if (U_FAILURE(failed)) {
        reader->any = NULL;
        return inb_fail(err, failed == U_MEMORY_ALLOCATION_ERROR ? INB_NO_MEMORY : INB_UNAVAILABLE,
            "ICU has no transliterator Any-Latin");
    }
    return INB_OK;
}

// The text in Latin letters by ICU, UTF-8; an empty text where it does not fit.
static inb_status by_icu(inb_name_reader *reader, const char *text, size_t length,
    char out[static FOLDED], size_t *ret_length, inb_error *err) {
    INB_TRY(open_any(reader, err));
    UChar wide[WIDE];
    int32_t count = 0;
    UErrorCode failed = U_ZERO_ERROR;
    u_strFromUTF8WithSub(wide, WIDE, &count, text, (int32_t)(length < WIDE ? length : WIDE / 2),
        0xFFFD, NULL, &failed);
    int32_t limit = count;
    if (U_SUCCESS(failed)) {
        utrans_transUChars(reader->any, wide, &count, WIDE, 0, &limit, &failed);
    }
    int32_t size = 0;
    if (U_SUCCESS(failed)) {
        u_strToUTF8WithSub(out, FOLDED, &size, wide, count, 0xFFFD, NULL, &failed);
    }
    if (failed == U_MEMORY_ALLOCATION_ERROR) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for transliterating a name");
    }
    *ret_length = U_FAILURE(failed) ? 0 : (size_t)size;
    return INB_OK;
}

// ---- words of a folded text ----

enum { MOST_WORDS = 24 };

typedef struct name_word {
    uint16_t at, length; // in the folded text
    uint8_t variant;     // 0 = the name, others are aliases
} name_word;

typedef struct folded {
    char text[FOLDED];
    name_word words[MOST_WORDS];
    size_t count;
} folded;

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static bool among(const char *text, size_t length, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (inb_equals(text, length, words[i])) {
            return true;
        }
    }
    return false;
}

#define AMONG(text, length, words) among(text, length, words, sizeof(words) / sizeof((words)[0]))

static const char *const alias_words[] = {
    "alias", "aka", "genaamd", "bijgenaamd", "roepnaam", "bijnaam", "anders", "nickname"};
static const char *const titles[] = {"dhr", "mevr", "mw", "mr", "mrs", "ms", "miss", "dr", "drs",
    "ing", "ir", "prof", "jr", "sr", "sir", "pan", "pani"};
static const char *const fillers[] = {"onbekend", "unknown", "nn", "nvt", "geen", "none", "null",
    "anoniem", "anonymous", "unbekannt", "naamloos", "leeg"};
static const char *const particles[] = {"van", "de", "der", "den", "het", "t", "s", "ten", "ter",
    "te", "op", "in", "aan", "bij", "onder", "uit", "over", "voor", "von", "zu", "zum", "zur",
    "vom", "vd", "v", "d", "du", "des", "di", "da", "dos", "das", "del", "della", "la", "le", "les",
    "el", "al", "ul", "bin", "ibn", "ben", "bint", "bte", "binti", "ould", "wld", "ait", "y", "e",
    "i", "und", "af", "av", "bn", "bnt"};
// What joins with the part after it: servant of, father of, mother of.
static const char *const joiners[] = {"abd", "abdul", "abdel", "abdal", "abdoul", "abdoel", "abdou",
    "abu", "abou", "aboe", "abo", "umm", "oum", "om"};

// Splits; apostrophes inside a word go, brackets, quotation marks, '/' and alias words begin an
// alias. After a comma comes what stands before: "surname, given".
static void split(folded *f, size_t length) {
    size_t used = 0;
    size_t comma = SIZE_MAX; // words before a comma
    uint8_t variant = 0;
    uint8_t next_variant = 1;
    f->count = 0;
    for (size_t at = 0; at < length && f->count < MOST_WORDS;) {
        char c = f->text[at];
        if (c == '(' || c == '/' || c == '"') {
            bool ends = c == '"' && variant > 0;
            variant = ends ? 0 : next_variant;
            next_variant = (uint8_t)(next_variant + (ends ? 0 : 1));
        } else if (c == ')') {
            variant = 0;
        } else if (c == ',' && comma == SIZE_MAX && variant == 0) {
            comma = f->count;
        }
        if (!is_letter(c)) {
            at++;
            continue;
        }
        size_t start = used;
        while (at < length && (is_letter(f->text[at]) || f->text[at] == '\'')) {
            if (f->text[at] != '\'') {
                f->text[used++] = f->text[at]; // never ahead of `at`
            }
            at++;
        }
        size_t size = used - start;
        // "a.k.a." is three words of one letter: each point of it parts.
        if (AMONG(f->text + start, size, alias_words)) {
            variant = next_variant++;
        } else if (!AMONG(f->text + start, size, titles)) {
            f->words[f->count++] = (name_word){(uint16_t)start, (uint16_t)size, variant};
        }
        used += used < at ? 1 : 0; // a gap, so that words stay apart
    }
    if (comma != SIZE_MAX && comma > 0 && comma < f->count) {
        name_word turned[MOST_WORDS];
        size_t after = f->count - comma;
        memcpy(turned, f->words + comma, after * sizeof turned[0]);
        memcpy(turned + after, f->words, comma * sizeof turned[0]);
        memcpy(f->words, turned, f->count * sizeof turned[0]);
    }
}

// ---- readings of a part ----

// A form in the making.
typedef struct maker {
    inb_name_kind kind;
    const inb_nicknames *nicknames;
    inb_name_unit units[INB_NAME_PARTS * INB_NAME_VARIANTS];
    size_t unit_count;
    char letters[INB_NAME_LETTERS];
    size_t letter_count;
    inb_name_form head; // ends in an array of any length
} maker;

static void mark(maker *m, uint32_t number) {
    m->head.marks[number >> 6 & 3] |= 1ULL << (number & 63);
}

static void add_key(maker *m, inb_name_unit *unit, const char *reduced, size_t length) {
    uint32_t number = inb_name_number(reduced, length);
    for (size_t i = 0; i < unit->key_count; i++) {
        if (unit->keys[i] == number) {
            return;
        }
    }
    if (length > 0 && unit->key_count < INB_NAME_KEYS) {
        unit->keys[unit->key_count++] = number;
        mark(m, number);
    }
}

static void add_groups(maker *m, inb_name_unit *unit, const char *reduced, size_t length) {
    uint16_t found[INB_NICK_GROUPS];
    inb_nicknames_find(m->nicknames, inb_name_number(reduced, length), found);
    for (size_t i = 0; i < INB_NICK_GROUPS && found[i] != 0; i++) {
        for (size_t k = 0; k < INB_NICK_GROUPS; k++) {
            if (unit->groups[k] == found[i] || unit->groups[k] == 0) {
                unit->groups[k] = found[i];
                mark(m, found[i] * 0x9E3779B1U >> 16);
                break;
            }
        }
    }
}

static void add_skeleton(
    maker *m, inb_name_unit *unit, int reading, const char *reduced, size_t length) {
    char bones[INB_REDUCED_SIZE];
    size_t count = inb_name_skeleton(reduced, length, bones);
    size_t least = unit->flags & INB_PART_BARE ? 2 : 3;
    // A vowelled name of two consonants may meet a bare one: kept, and looked at when compared.
    if (count >= 2) {
        unit->skeletons[reading] = inb_name_number(bones, count) ^ 0x5EU;
        unit->skeleton_sizes[reading] = (uint8_t)count;
        if (count >= least || count == 2) {
            mark(m, unit->skeletons[reading]);
        }
    }
}

// All readings of a spelling as keys; as groups and skeletons too where `whole`.
static void add_readings(
    maker *m, inb_name_unit *unit, const char *text, size_t length, bool whole) {
    int readings = inb_name_ambiguous(text, length) ? INB_READINGS : 1;
    for (int reading = 0; reading < readings; reading++) {
        char reduced[INB_REDUCED_SIZE];
        size_t count = inb_name_reduce(text, length, (enum inb_reading)reading, reduced);
        add_key(m, unit, reduced, count);
        if (whole) {
            add_skeleton(m, unit, reading, reduced, count);
            if (m->kind != INB_NAME_SURNAME) {
                add_groups(m, unit, reduced, count);
            }
        }
    }
}

static bool ends_with(const char *text, size_t length, const char *tail) {
    size_t width = strlen(tail);
    return length >= width && memcmp(text + length - width, tail, width) == 0;
}

// text without its last `cut` letters and with `tail`, as a key.
static void add_changed(
    maker *m, inb_name_unit *unit, const char *text, size_t length, size_t cut, const char *tail) {
    char changed[INB_NAME_LETTERS];
    size_t width = strlen(tail);
    if (length >= sizeof changed - 8) {
        return;
    }
    memcpy(changed, text, length - cut);
    memcpy(changed + length - cut, tail, width);
    add_readings(m, unit, changed, length - cut + width, false);
}

// Endings of women's surnames as the men's: Slavic, Lithuanian, Latvian, Greek. Each is one more
// key, so that a name that only looks so is not lost.
static void add_masculine(maker *m, inb_name_unit *unit, const char *text, size_t length) {
    static const struct {
        const char *ending;
        size_t least, cut;
        const char *tail;
    } endings[] = {{"ova", 6, 1, ""}, {"ova", 7, 3, ""}, {"eva", 6, 1, ""}, {"ina", 6, 1, ""},
        {"yna", 6, 1, ""}, {"ska", 5, 1, "i"}, {"cka", 5, 1, "i"}, {"zka", 5, 1, "i"},
        {"kaya", 6, 3, "i"}, {"kaia", 6, 3, "i"}, {"kaja", 6, 3, "i"}, {"aya", 5, 3, "y"},
        {"aia", 5, 3, "y"}, {"iene", 7, 4, ""}, {"aite", 7, 4, ""}, {"yte", 6, 3, ""},
        {"ute", 6, 3, ""}, {"as", 6, 2, ""}, {"is", 6, 2, ""}, {"ys", 6, 2, ""}, {"us", 6, 2, ""},
        {"ins", 6, 1, ""}, {"ou", 7, 2, "os"}};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (length >= endings[i].least && ends_with(text, length, endings[i].ending)) {
            add_changed(m, unit, text, length, endings[i].cut, endings[i].tail);
        }
    }
}

// Prefixes drawn into the name, as one more key without them.
static void add_without_prefix(maker *m, inb_name_unit *unit, const char *text, size_t length) {
    static const char *const drawn[] = {"vanden", "vander", "vande", "van", "el", "al"};
    for (size_t i = 0; i < sizeof drawn / sizeof drawn[0]; i++) {
        size_t width = strlen(drawn[i]);
        if (length >= width + (width == 2 ? 5 : 3) && memcmp(text, drawn[i], width) == 0) {
            add_readings(m, unit, text + width, length - width, false);
        }
    }
}

static bool is_vowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

// "abdulrahman", "abderrahman" as "abdrahman": the article between servant-of and the name goes.
static void add_servant(maker *m, inb_name_unit *unit, const char *text, size_t length) {
    if (length < 7 || memcmp(text, "abd", 3) != 0 || !is_vowel(text[3])) {
        return;
    }
    size_t at = 4;
    at += is_vowel(text[at]) ? 1 : 0;
    bool article = text[at] == 'l' && length - at >= 4;
    bool doubled = !article && at + 1 < length && text[at] == text[at + 1];
    if (article || doubled) {
        char joined[INB_NAME_LETTERS] = "abd";
        size_t rest = length - at - 1;
        if (rest < sizeof joined - 3) {
            memcpy(joined + 3, text + at + 1, rest);
            add_readings(m, unit, joined, 3 + rest, true);
        }
    }
}

static bool is_patronymic(const char *text, size_t length) {
    static const char *const tails[] = {"ovich", "evich", "ovych", "evych", "ovitch", "evitch",
        "ovna", "evna", "ivna", "owicz", "ewicz"};
    for (size_t i = 0; length >= 7 && i + 2 < sizeof tails / sizeof tails[0]; i++) {
        if (ends_with(text, length, tails[i])) {
            return true;
        }
    }
    return false;
}

static void put_letters(maker *m, const char *text, size_t length) {
    size_t room = sizeof m->letters - 1 - m->letter_count;
    size_t gap = m->letter_count > 0 && room > 0 ? 1 : 0;
    if (length + gap > room) {
        return; // beyond what is looked at
    }
    m->letters[m->letter_count] = ' ';
    memcpy(m->letters + m->letter_count + gap, text, length);
    m->letter_count += gap + length;
}

// ---- words to parts ----

// Words of one variant: text of the same place in each alphabet.
typedef struct source {
    const folded *folds[3];
    size_t fold_count;
    bool bare;
} source;

// The particle before a part as it is drawn into it.
static const char *drawn_form(const char *text, size_t length) {
    return inb_equals(text, length, "vd")  ? "vander"
           : inb_equals(text, length, "v") ? "van"
           : inb_equals(text, length, "d") ? "de"
                                           : NULL;
}

// Adds the part at word `at` with the particles words[first..at) before it.
static void add_part(maker *m, const source *s, size_t first, size_t at, const char *joiner) {
    if (m->unit_count == INB_NAME_PARTS * INB_NAME_VARIANTS) {
        return;
    }
    const folded *main = s->folds[0];
    char joined[INB_NAME_LETTERS];
    size_t lead = joiner == NULL ? 0 : strlen(joiner);
    const name_word *w = &main->words[at];
    if (lead + w->length >= sizeof joined) {
        return;
    }
    size_t begins = m->letter_count + (m->letter_count > 0 ? 1 : 0);
    memcpy(joined, joiner == NULL ? "" : joiner, lead);
    memcpy(joined + lead, main->text + w->at, w->length);
    size_t length = lead + w->length;
    put_letters(m, joined, length);
    if (m->letter_count != begins + length) {
        return; // did not fit
    }
    inb_name_unit *unit = &m->units[m->unit_count++];
    *unit = (inb_name_unit){.at = (uint8_t)begins, .length = (uint8_t)length};
    unit->flags = (uint8_t)((s->bare ? INB_PART_BARE : 0) | (length == 1 ? INB_PART_INITIAL : 0));
    if (is_patronymic(joined, length) && m->kind != INB_NAME_SURNAME) {
        unit->flags |= INB_PART_OPTIONAL;
    }
    add_readings(m, unit, joined, length, true);
    for (size_t f = 1; f < s->fold_count; f++) { // the other alphabets' readings of the same word
        const folded *other = s->folds[f];
        if (at < other->count && joiner == NULL) {
            const name_word *o = &other->words[at];
            add_readings(m, unit, other->text + o->at, o->length, true);
            if (m->kind != INB_NAME_GIVEN) {
                add_masculine(m, unit, other->text + o->at, o->length);
            }
        }
    }
    add_servant(m, unit, joined, length);
    if (m->kind != INB_NAME_GIVEN) {
        add_masculine(m, unit, joined, length);
        add_without_prefix(m, unit, joined, length);
    }
    if (first < at) { // "van den berg" as "vandenberg", "el amrani" as "elamrani" and "alamrani"
        char drawn[INB_NAME_LETTERS];
        size_t used = 0;
        for (size_t i = first; i < at; i++) {
            const name_word *p = &main->words[i];
            const char *form = drawn_form(main->text + p->at, p->length);
            size_t width = form == NULL ? p->length : strlen(form);
            if (used + width + length < sizeof drawn) {
                memcpy(drawn + used, form == NULL ? main->text + p->at : form, width);
                used += width;
            }
        }
        if (used + length < sizeof drawn) {
            memcpy(drawn + used, joined, length);
            add_readings(m, unit, drawn, used + length, false);
            if (used == 2 && drawn[1] == 'l' && (drawn[0] == 'a' || drawn[0] == 'e')) {
                drawn[0] = drawn[0] == 'a' ? 'e' : 'a';
                add_readings(m, unit, drawn, used + length, false);
            }
        }
    }
}

static bool is_particle(const folded *f, size_t at) {
    return AMONG(f->text + f->words[at].at, f->words[at].length, particles);
}

// The parts of one variant, words first .. last-1.
static void add_variant(maker *m, const source *s, size_t first, size_t last) {
    const folded *f = s->folds[0];
    size_t start = m->unit_count;
    size_t pending = first; // particles not yet given to a part
    const char *joiner = NULL;
    for (size_t at = first; at < last && m->unit_count - start < INB_NAME_PARTS; at++) {
        const char *text = f->text + f->words[at].at;
        size_t length = f->words[at].length;
        bool more = at + 1 < last;
        if (more && AMONG(text, length, joiners)) {
            joiner = memcmp(text, "abd", 3) == 0 ? "abd" : text[0] == 'a' ? "abu" : "um";
            pending = at + 1;
        } else if (more && is_particle(f, at)) {
            if (joiner == NULL) {
                put_letters(m, text, length);
            }
        } else {
            add_part(m, s, pending, at, joiner);
            pending = at + 1;
            joiner = NULL;
        }
    }
    if (m->unit_count == start && last > first) { // particles alone: then they are the name
        add_part(m, s, last - 1, last - 1, NULL);
    }
    char reduced[INB_REDUCED_SIZE];
    char both[INB_NAME_LETTERS];
    size_t used = 0;
    for (size_t i = start; i < m->unit_count; i++) {
        inb_name_unit *unit = &m->units[i];
        if (m->unit_count - start == 1) {
            unit->flags &= (uint8_t) ~(INB_PART_OPTIONAL | INB_PART_INITIAL);
        }
        if (i + 1 < m->unit_count) {
            const inb_name_unit *next = unit + 1;
            memcpy(both, m->letters + unit->at, unit->length);
            memcpy(both + unit->length, m->letters + next->at, next->length);
            size_t count = inb_name_reduce(
                both, (size_t)unit->length + next->length, INB_CONTINENTAL, reduced);
            unit->with_next = inb_name_number(reduced, count);
            mark(m, unit->with_next);
        }
    }
    for (size_t i = start; m->head.variants == 0 && i < m->unit_count; i++) {
        memcpy(both + used, m->letters + m->units[i].at, m->units[i].length);
        used += m->units[i].length;
    }
    if (m->head.variants == 0) {
        size_t count = inb_name_reduce(both, used, INB_CONTINENTAL, reduced);
        m->head.joined = inb_name_number(reduced, count);
        mark(m, m->head.joined);
    }
    if (m->unit_count > start) {
        m->head.variants++;
        m->head.starts[m->head.variants] = (uint8_t)m->unit_count;
    }
}

static bool only_fillers(const folded *f) {
    for (size_t i = 0; i < f->count; i++) {
        const char *text = f->text + f->words[i].at;
        size_t length = f->words[i].length;
        bool crosses = true; // a row of x
        for (size_t k = 0; k < length; k++) {
            crosses = crosses && text[k] == 'x';
        }
        if (!crosses && !AMONG(text, length, fillers)) {
            return false;
        }
    }
    return true;
}

// Folds text by up to three alphabets; words stand at the same places in each.
static bool fold_all(const char *text, size_t length, folded folds[3], source *ret_source) {
    bool certain;
    inb_alphabet told = inb_alphabet_of(text, length, &certain);
    inb_latin_notes notes;
    size_t size = inb_latin(text, length, told, folds[0].text, FOLDED, &notes);
    if (size == SIZE_MAX) {
        return false;
    }
    split(&folds[0], size);
    *ret_source = (source){.folds = {&folds[0]}, .fold_count = 1, .bare = notes.bare};
    static const inb_alphabet others[] = {
        INB_ALPHABET_RUSSIAN, INB_ALPHABET_UKRAINIAN, INB_ALPHABET_BULGARIAN};
    for (size_t i = 0; notes.cyrillic && i < 3 && ret_source->fold_count < 3; i++) {
        bool skip = others[i] == told || (certain && others[i] == INB_ALPHABET_BULGARIAN);
        folded *next = &folds[ret_source->fold_count];
        size = skip ? SIZE_MAX : inb_latin(text, length, others[i], next->text, FOLDED, NULL);
        if (size != SIZE_MAX) {
            split(next, size);
            ret_source->folds[ret_source->fold_count++] = next;
        }
    }
    return true;
}

inb_status inb_name_form_make(inb_name_reader *reader, inb_name_kind kind, const char *text,
    size_t length, inb_arena *arena, const inb_name_form **ret_form, inb_error *err) {
    folded folds[3];
    char latin[FOLDED];
    source s;
    length = length > FOLDED / 2 ? FOLDED / 2 : length;
    if (!fold_all(text, length, folds, &s)) {
        *ret_form = NULL;
        return INB_OK;
    }
    bool foreign = false;
    for (const char *at = folds[0].text; *at != '\0'; at++) {
        foreign = foreign || (unsigned char)*at >= 0x80;
    }
    if (foreign) {
        size_t size = 0;
        INB_TRY(by_icu(reader, text, length, latin, &size, err));
        if (!fold_all(latin, size, folds, &s)) {
            *ret_form = NULL;
            return INB_OK;
        }
    }
    if (folds[0].count == 0 || only_fillers(&folds[0])) {
        *ret_form = NULL;
        return INB_OK;
    }
    maker m = {.kind = kind, .nicknames = reader->nicknames};
    // Words of a variant stand in a row but where a comma turned them or brackets closed.
    for (uint8_t variant = 0; variant < 8 && m.head.variants < INB_NAME_VARIANTS; variant++) {
        folded kept[3];
        source part = {.fold_count = s.fold_count, .bare = s.bare};
        for (size_t f = 0; f < s.fold_count; f++) {
            memcpy(kept[f].text, s.folds[f]->text, FOLDED);
            kept[f].count = 0;
            for (size_t i = 0; i < s.folds[f]->count; i++) {
                if (s.folds[f]->words[i].variant == variant) {
                    kept[f].words[kept[f].count++] = s.folds[f]->words[i];
                }
            }
            part.folds[f] = &kept[f];
        }
        if (kept[0].count > 0) {
            add_variant(&m, &part, 0, kept[0].count);
        }
    }
    size_t bytes = sizeof m.head + m.unit_count * sizeof m.units[0];
    inb_name_form *form = inb_arena_get(arena, 1, bytes);
    char *letters = inb_arena_text(arena, m.letters, m.letter_count);
    if (form == NULL || letters == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the forms of a name");
    }
    m.head.letters = letters;
    memcpy(form, &m.head, sizeof m.head);
    memcpy(form->units, m.units, m.unit_count * sizeof m.units[0]);
    *ret_form = form;
    return INB_OK;
}

const char *inb_name_letters(const inb_name_form *form) {
    return form->letters;
}
