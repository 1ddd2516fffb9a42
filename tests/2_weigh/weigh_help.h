// SPDX-License-Identifier: EUPL-1.2
// What the tests of weighing share: the norm, random facts from a fixed seed, the facts of all
// vignettes, a table reader of their own (apart from base/csv.c), and a copy of the norm to break.
#ifndef INB_WEIGH_HELP_H
#define INB_WEIGH_HELP_H

#include "inb_file.h"
#include "inb_test.h"
#include "weigh_i.h"

#include "base/alloc.h"
#include "base/json.h"

#include <inbeeld/rng.h>

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// ---- the norm ----

static inline const inb_catalogue *norm(void) {
    static inb_catalogue *catalogue;
    if (catalogue == NULL) {
        INB_OK_IS(inb_catalogue_load(NULL, &catalogue, err));
    }
    return catalogue;
}

static inline size_t row_of(const char *id) {
    size_t row = inb_catalogue_find(norm(), id, strlen(id));
    ck_assert_msg(row != SIZE_MAX, "there is no row %s", id);
    return row;
}

static inline const char *source_root(void) {
    const char *root = getenv("INBEELD_SOURCE");
    return root == NULL ? "." : root;
}

// ---- facts ----

// Adds the ids in `ids` (blanks between) to a set.
static inline void add_rows(inb_set *set, const char *ids) {
    while (*ids != '\0') {
        size_t length = strcspn(ids, " ");
        size_t row = inb_catalogue_find(norm(), ids, length);
        ck_assert_msg(row != SIZE_MAX, "there is no row %.*s", (int)length, ids);
        inb_set_add(set, row);
        ids += length;
        ids += *ids == ' ' ? 1 : 0;
    }
}

static inline inb_age age_unknown(void) {
    return (inb_age){INB_AGE_UNKNOWN, INB_YEARS_UNKNOWN};
}

static inline inb_facts facts_with(inb_reporter reporter, inb_age age, const char *yes) {
    inb_facts facts = {.age = age, .reporter = reporter};
    add_rows(&facts.yes, yes);
    return facts;
}

static inline inb_age random_age(inb_rng *rng) {
    static const int years[] = {0, 5, 11, 12, 14, 15, 16, 17, 18, 19, 30, 80, 130};
    switch (inb_rng_below(rng, 5)) {
    case 0:
        return age_unknown();
    case 1:
        return (inb_age){INB_AGE_CHILD, INB_YEARS_UNKNOWN};
    case 2:
        return (inb_age){INB_AGE_ADULT, INB_YEARS_UNKNOWN};
    default:
        return inb_age_of_years(years[inb_rng_below(rng, sizeof years / sizeof years[0])]);
    }
}

static inline inb_situation random_situation(inb_rng *rng) {
    return (inb_situation){.danger_now = inb_rng_below(rng, 5) == 0,
        .unaccompanied = inb_rng_below(rng, 5) == 0,
        .denies = inb_rng_below(rng, 4) == 0,
        .profits =
            inb_rng_below(rng, 2) == 0 ? 0 : (uint8_t)inb_rng_below(rng, 1u << INB_PROFIT_COUNT),
        .surroundings = inb_rng_below(rng, 2) == 0
                            ? 0
                            : (uint8_t)inb_rng_below(rng, 1u << INB_SURROUNDING_COUNT),
        .consent = (inb_consent)inb_rng_below(rng, INB_CONSENT_COUNT),
        .police = (inb_police_wish)inb_rng_below(rng, INB_POLICE_COUNT)};
}

// Facts from nearly empty to nearly everything said yes to; one in four about rows of one category.
static inline inb_facts random_facts(inb_rng *rng) {
    static const uint32_t thousandths[] = {4, 10, 25, 60, 200, 600};
    const inb_catalogue *catalogue = norm();
    inb_facts facts = {.age = random_age(rng),
        .reporter = (inb_reporter)inb_rng_below(rng, INB_REPORTER_COUNT),
        .roles = inb_rng_below(rng, 3) == 0 ? 0 : inb_rng_u32(rng) & inb_rng_u32(rng),
        .situation = random_situation(rng)};
    facts.roles &= (1u << INB_ROLE_COUNT) - 1;
    uint32_t yes = thousandths[inb_rng_below(rng, 6)];
    uint32_t other = thousandths[inb_rng_below(rng, 6)];
    uint32_t circumstance = thousandths[inb_rng_below(rng, 6)] * (inb_rng_below(rng, 2));
    unsigned category = inb_rng_below(rng, 4) == 0 ? 1 + inb_rng_below(rng, 16) : 0;
    for (size_t at = 0; at < catalogue->row_count; at++) {
        const inb_indicator *row = &catalogue->rows[at];
        uint32_t draw = inb_rng_below(rng, 1000);
        if (row->kind == INB_CIRCUMSTANCE && draw < circumstance) {
            inb_set_add(&facts.circumstances, at);
        }
        if (row->kind != INB_INDICATOR || (category != 0 && row->category != category)) {
            continue;
        }
        if (draw < yes) {
            inb_set_add(&facts.yes, at);
        } else if (draw < yes + other / 2) {
            inb_set_add(&facts.no, at);
        } else if (draw < yes + other) {
            inb_set_add(&facts.unknown, at);
        }
    }
    return facts;
}

static inline inb_facts parse_facts(const char *text) {
    inb_facts facts;
    INB_OK_IS(inb_facts_parse(norm(), "facts", text, strlen(text), &facts, err));
    return facts;
}

// The facts of vignette number `index` in the order of names; false past the last.
static inline bool vignette(size_t index, inb_facts *ret_facts) {
    static struct dirent **entries;
    static int count = -1;
    char path[2048];
    if (count < 0) {
        snprintf(path, sizeof path, "%s/tests/data/vignettes", source_root());
        count = scandir(path, &entries, NULL, alphasort);
        ck_assert_msg(count > 80, "no vignettes at %s", path);
    }
    size_t seen = 0;
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        size_t length = strlen(name);
        if (length < 6 || strcmp(name + length - 5, ".json") != 0 || seen++ != index) {
            continue;
        }
        snprintf(path, sizeof path, "%s/tests/data/vignettes/%s", source_root(), name);
        inb_json_door();
        json_t *whole = json_load_file(path, 0, NULL);
        ck_assert_msg(whole != NULL, "%s cannot be read", path);
        char *text = json_dumps(json_object_get(whole, "facts"), 0);
        ck_assert_ptr_nonnull(text);
        *ret_facts = parse_facts(text);
        inb_free(text);
        json_decref(whole);
        return true;
    }
    return false;
}

// Runs `statement` with `facts` (which it may change) over all vignettes and `n` random facts;
// under ASan an eighth of them: what many show is of the rules, not of memory.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define INB_FACTS_SHARE 8
#endif
#endif
#ifndef INB_FACTS_SHARE
#define INB_FACTS_SHARE 1
#endif
#define FOR_FACTS(seed, n, statement)                                                              \
    do {                                                                                           \
        inb_facts facts;                                                                           \
        for (size_t at_ = 0; vignette(at_, &facts); at_++) {                                       \
            statement;                                                                             \
        }                                                                                          \
        inb_rng rng_ = inb_rng_make(seed, 0);                                                      \
        for (size_t at_ = 0; at_ < (n) / INB_FACTS_SHARE; at_++) {                                 \
            facts = random_facts(&rng_);                                                           \
            statement;                                                                             \
        }                                                                                          \
    } while (0)

// ---- findings ----

static inline inb_finding weighed(const inb_facts *facts) {
    inb_finding finding;
    inb_weigh(norm(), facts, &finding);
    return finding;
}

static inline bool same_set(const inb_set *a, const inb_set *b) {
    return memcmp(a, b, sizeof *a) == 0;
}

static inline bool same_forms(const inb_finding *a, const inb_finding *b) {
    if (a->form_count != b->form_count ||
        memcmp(a->dimension, b->dimension, sizeof a->dimension) != 0) {
        return false;
    }
    for (size_t i = 0; i < a->form_count; i++) {
        const inb_form_finding *x = &a->forms[i];
        const inb_form_finding *y = &b->forms[i];
        bool same =
            x->form == y->form && x->level == y->level && same_set(&x->reasons, &y->reasons) &&
            same_set(&x->element[0], &y->element[0]) && same_set(&x->element[1], &y->element[1]) &&
            same_set(&x->element[2], &y->element[2]);
        if (!same) {
            return false;
        }
    }
    return true;
}

// The level of a form, -1 where it is not listed.
static inline int level_of(const inb_finding *finding, inb_form form) {
    for (size_t i = 0; i < finding->form_count; i++) {
        if (finding->forms[i].form == form) {
            return (int)finding->forms[i].level;
        }
    }
    return -1;
}

static inline bool advises(const inb_finding *finding, inb_advice_kind kind, const char *id) {
    for (size_t i = 0; i < finding->advice_count[kind]; i++) {
        if (strcmp(finding->advice[kind][i], id) == 0) {
            return true;
        }
    }
    return false;
}

static inline const inb_route *route_at(const inb_finding *finding, size_t place) {
    return inb_catalogue_route(norm(), finding->routes[place].route);
}

// Where a route stands first, SIZE_MAX where it does not.
static inline size_t place_of(const inb_finding *finding, const char *id) {
    for (size_t i = 0; i < finding->route_count; i++) {
        if (strcmp(route_at(finding, i)->id, id) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

static inline bool fears(const inb_facts *facts) {
    return facts->situation.police == INB_POLICE_UNWANTED ||
           inb_set_has(&facts->yes, row_of("D6-05")) || inb_set_has(&facts->yes, row_of("UG-05")) ||
           inb_set_has(&facts->yes, row_of("UG-06"));
}

static inline bool parent_profits(const inb_facts *facts) {
    return (facts->situation.profits & 1u << INB_PROFIT_PARENT) != 0 ||
           inb_set_has(&facts->yes, row_of("CR-33"));
}

static inline bool is_police(const inb_facts *facts) {
    return facts->reporter <= INB_REPORTER_BORDER_POLICE;
}

static inline bool has_duty(const inb_facts *facts) {
    return facts->reporter <= INB_REPORTER_LABOUR_INSPECTORATE;
}

// A line about facts for messages of a failure: age, reporter and what was seen.
static inline const char *told(const inb_facts *facts) {
    static char line[4096];
    int used = snprintf(line, sizeof line,
        "age %d/%d %s roles %x danger %d profits %x police %d:", (int)facts->age.class_,
        facts->age.years, inb_reporter_code(facts->reporter), facts->roles,
        facts->situation.danger_now, facts->situation.profits, (int)facts->situation.police);
    for (size_t row = 0; row < norm()->row_count && used < 3900; row++) {
        if (inb_set_has(&facts->yes, row) || inb_set_has(&facts->circumstances, row)) {
            used += snprintf(line + used, sizeof line - (size_t)used, " %s", norm()->rows[row].id);
        }
    }
    return line;
}

// ---- a table reader of the tests' own ----

enum { SHEET_CELLS = 16384, SHEET_COLUMNS = 20 };

struct cell {
    char *text;
    size_t from, to;    // bytes of the file it takes, quotes included
    size_t line, place; // where it starts, both from 1, place in characters
};

struct sheet {
    char *bytes;
    size_t length;
    struct cell *cells; // row 0 is the header
    size_t columns, rows;
};

static inline struct sheet read_sheet(const char *path) {
    struct sheet sheet = {0};
    sheet.bytes = inb_file_content(path, &sheet.length);
    ck_assert_msg(sheet.bytes != NULL, "%s cannot be read", path);
    sheet.cells = calloc(SHEET_CELLS, sizeof *sheet.cells);
    size_t count = 0, line = 1, place = 1;
    for (size_t at = 0; at < sheet.length;) {
        ck_assert_uint_lt(count, SHEET_CELLS);
        struct cell *cell = &sheet.cells[count++];
        *cell = (struct cell){calloc(1, 1), at, at, line, place};
        size_t length = 0;
        bool quoted = sheet.bytes[at] == '"', inside = quoted;
        at += quoted ? 1 : 0;
        place += quoted ? 1 : 0;
        for (; at < sheet.length; at++) {
            char c = sheet.bytes[at];
            if (!inside && (c == ',' || c == '\n' || c == '\r')) {
                break;
            }
            line += c == '\n' ? 1 : 0;
            place = c == '\n' ? 1 : place + (((unsigned char)c & 0xC0) != 0x80);
            if (quoted && c == '"') {
                if (inside && at + 1 < sheet.length && sheet.bytes[at + 1] == '"') {
                    at++;
                    place++;
                } else {
                    inside = false;
                    continue;
                }
            }
            if ((length & (length - 1)) == 0) { // room doubles; ASan copies at every realloc
                cell->text = realloc(cell->text, 2 * length + 2);
            }
            cell->text[length++] = c;
            cell->text[length] = '\0';
        }
        cell->to = at;
        bool ends = at == sheet.length || sheet.bytes[at] != ',';
        at += at < sheet.length && sheet.bytes[at] == '\r' ? 2 : 1;
        line += ends ? 1 : 0;
        place = ends ? 1 : place + 1;
        if (ends && sheet.columns == 0) {
            sheet.columns = count;
        }
    }
    sheet.rows = count / sheet.columns;
    ck_assert_msg(count == sheet.rows * sheet.columns, "%s is not a rectangle", path);
    return sheet;
}

static inline void free_sheet(struct sheet *sheet) {
    for (size_t i = 0; i < sheet->rows * sheet->columns; i++) {
        free(sheet->cells[i].text);
    }
    free(sheet->cells);
    free(sheet->bytes);
}

static inline size_t sheet_column(const struct sheet *sheet, const char *name) {
    for (size_t i = 0; i < sheet->columns; i++) {
        if (strcmp(sheet->cells[i].text, name) == 0) {
            return i;
        }
    }
    ck_abort_msg("there is no column %s", name);
    return SIZE_MAX;
}

static inline const struct cell *sheet_cell(
    const struct sheet *sheet, size_t row, const char *column) {
    return &sheet->cells[row * sheet->columns + sheet_column(sheet, column)];
}

// The first row whose first cell is `id` (or whose any cell is, where the first never is).
static inline size_t sheet_row(const struct sheet *sheet, const char *id) {
    for (size_t row = 1; row < sheet->rows; row++) {
        for (size_t i = 0; i < sheet->columns; i++) {
            if (strcmp(sheet->cells[row * sheet->columns + i].text, id) == 0) {
                return row;
            }
        }
    }
    ck_abort_msg("there is no row with %s", id);
    return 0;
}

// ---- a copy of the norm to break ----

struct copy {
    char dir[64];
};

static inline void run_shell(const char *command) {
    ck_assert_msg(system(command) == 0, "%s failed", command);
}

static inline struct copy copy_norm(void) {
    struct copy copy = {"/tmp/inb_norm_XXXXXX"};
    ck_assert_ptr_nonnull(mkdtemp(copy.dir));
    char command[2048];
    snprintf(command, sizeof command, "cp -R '%s/catalogue/.' '%s'", source_root(), copy.dir);
    run_shell(command);
    return copy;
}

static inline void drop_copy(struct copy *copy) {
    char command[256];
    snprintf(command, sizeof command, "rm -rf '%s'", copy->dir);
    run_shell(command);
}

static inline void write_file(const char *path, const char *bytes, size_t length) {
    FILE *file = fopen(path, "wb");
    ck_assert_msg(file != NULL, "%s cannot be written", path);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

// Writes `bytes` to a file of the copy; returns what stood there before (free it).
struct old_file {
    char path[256];
    char *bytes; // NULL = it was not there
    size_t length;
};

static inline struct old_file replace_file(
    const struct copy *copy, const char *name, const char *bytes, size_t length) {
    struct old_file old = {0};
    snprintf(old.path, sizeof old.path, "%s/%s", copy->dir, name);
    old.bytes = inb_file_content(old.path, &old.length);
    write_file(old.path, bytes, length);
    return old;
}

static inline void put_back(struct old_file *old) {
    if (old->bytes == NULL) {
        unlink(old->path);
    } else {
        write_file(old->path, old->bytes, old->length);
    }
    free(old->bytes);
}

// Puts `value` in the cell of `column` in the row that holds `row`; says where that cell stands.
static inline struct old_file change_cell(const struct copy *copy, const char *name,
    const char *row, const char *column, const char *value, size_t *ret_line, size_t *ret_place) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", copy->dir, name);
    struct sheet sheet = read_sheet(path);
    const struct cell *cell = sheet_cell(&sheet, sheet_row(&sheet, row), column);
    size_t size = sheet.length + strlen(value) + 3;
    char *bytes = malloc(size);
    int used = snprintf(bytes, size, "%.*s\"%s\"", (int)cell->from, sheet.bytes, value);
    memcpy(bytes + used, sheet.bytes + cell->to, sheet.length - cell->to);
    *ret_line = cell->line;
    *ret_place = cell->place;
    struct old_file old = replace_file(copy, name, bytes, (size_t)used + sheet.length - cell->to);
    free(bytes);
    free_sheet(&sheet);
    return old;
}

// Puts `lines` at the end of a file.
static inline struct old_file append(const struct copy *copy, const char *name, const char *lines) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", copy->dir, name);
    size_t length;
    char *bytes = inb_file_content(path, &length);
    ck_assert_ptr_nonnull(bytes);
    bytes = realloc(bytes, length + strlen(lines) + 1);
    memcpy(bytes + length, lines, strlen(lines) + 1);
    struct old_file old = replace_file(copy, name, bytes, length + strlen(lines));
    free(bytes);
    return old;
}

#endif
