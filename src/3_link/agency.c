// SPDX-License-Identifier: EUPL-1.2
// Compares agencies part by part: number first, then the name without its legal form and without
// the words that half the trade has, director, address, phone; and decides what kept enough.

#include <inbeeld/agency.h>

#include "agency_form.h"
#include "base/text.h"
#include "near_text.h"

#include <string.h>

// Words of the trade: they tell nobody apart.
static bool is_common(const char *text, size_t length) {
    static const char *const words[] = {"uitzend", "uitzendbureau", "uitzendbureaus",
        "uitzendorganisatie", "uitzendkrachten", "uitzendgroep", "flex", "flexwerk", "werk", "work",
        "works", "werving", "selectie", "personeel", "personeelsdiensten", "payroll", "payrolling",
        "service", "services", "diensten", "dienstverlening", "groep", "group", "holding", "beheer",
        "nederland", "netherlands", "holland", "international", "internationaal", "europe",
        "europa", "euro", "logistics", "logistiek", "bouw", "agro", "job", "jobs", "people",
        "staff", "staffing", "detachering", "detacheringsbureau", "bemiddeling", "recruitment",
        "hr", "team", "totaal", "total", "de", "het", "the", "van", "en", "zonen"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (inb_equals(text, length, words[i])) {
            return true;
        }
    }
    return false;
}

// The words that tell it apart, joined in order of the alphabet: "jansen flex" is "flex jansen".
static void own_words(const inb_agency_name *name, inb_agency_title *title) {
    size_t order[INB_AGENCY_WORDS];
    size_t count = 0;
    for (size_t i = 0; i < name->count; i++) {
        const inb_agency_word *w = &name->words[i];
        if (is_common(name->text + w->at, w->length)) {
            continue;
        }
        size_t at = count++;
        for (; at > 0; at--) {
            const inb_agency_word *p = &name->words[order[at - 1]];
            size_t shorter = p->length < w->length ? p->length : w->length;
            int sign = memcmp(name->text + p->at, name->text + w->at, shorter);
            if (sign < 0 || (sign == 0 && p->length <= w->length)) {
                break;
            }
            order[at] = order[at - 1];
        }
        order[at] = i;
    }
    for (size_t i = 0; i < count; i++) {
        const inb_agency_word *w = &name->words[order[i]];
        if (title->own_length + (size_t)w->length < sizeof title->own) {
            memcpy(title->own + title->own_length, name->text + w->at, w->length);
            title->own_length += w->length;
        }
    }
}

static void make_title(const inb_agency_name *name, inb_agency_title *title) {
    *title = (inb_agency_title){.whole_length = 0};
    size_t length = name->count == 0 ? 0 : inb_agency_join(name, title->whole);
    title->whole_length = length == SIZE_MAX ? 0 : length;
    own_words(name, title);
}

inb_status inb_agency_form_make(inb_name_reader *reader, const inb_agency *agency, inb_arena *arena,
    const inb_agency_form **ret_form, inb_error *err) {
    inb_agency_form *form = inb_arena_get(arena, 1, sizeof *form);
    if (form == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the form of an agency");
    }
    const struct {
        const char *text;
        bool (*make)(const char *text, size_t length, char ret_value[INB_EXACT_SIZE]);
        char *value;
    } exact[] = {{agency->kvk, inb_exact_kvk, form->kvk},
        {agency->address, inb_exact_address, form->address},
        {agency->phone, inb_exact_phone, form->phone}};
    for (size_t i = 0; i < sizeof exact / sizeof exact[0]; i++) {
        bool made = exact[i].text != NULL &&
                    exact[i].make(exact[i].text, strlen(exact[i].text), exact[i].value);
        exact[i].value[0] = made ? exact[i].value[0] : '\0';
    }
    if (agency->director != NULL) {
        INB_TRY(inb_name_form_make(reader, INB_NAME_WHOLE, agency->director,
            strlen(agency->director), arena, &form->director, err));
    }
    if (agency->name != NULL) {
        inb_agency_name name;
        inb_agency_name other;
        bool read = inb_agency_read(agency->name, strlen(agency->name), &name, &other);
        make_title(&name, &form->titles[0]);
        make_title(&other, &form->titles[1]);
        form->title_count = !read ? 0 : other.count > 0 ? 2 : 1;
    }
    *ret_form = form;
    return INB_OK;
}

// Whether two names are one: all words, their own words, or a typing error in either.
static bool same_title(const inb_agency_title *a, const inb_agency_title *b) {
    if (a->whole_length == b->whole_length && memcmp(a->whole, b->whole, a->whole_length) == 0) {
        return true;
    }
    size_t shorter = a->own_length < b->own_length ? a->own_length : b->own_length;
    if (shorter < 3) { // words of the trade alone: only the whole tells
        return false;
    }
    if (a->own_length == b->own_length && memcmp(a->own, b->own, shorter) == 0) {
        return true;
    }
    return shorter >= 6 &&
           inb_edits_within(a->own, a->own_length, b->own, b->own_length, shorter >= 10 ? 2 : 1);
}

static void note(inb_agency_tie *tie, int part, bool known, bool same) {
    tie->kept |= known && same ? 1U << part : 0;
    tie->changed |= known && !same ? 1U << part : 0;
}

static void note_value(inb_agency_tie *tie, int part, const char *a, const char *b) {
    note(tie, part, a[0] != '\0' && b[0] != '\0', strcmp(a, b) == 0);
}

inb_agency_tie inb_agency_compare(
    const inb_agency_form *a, const inb_agency_form *b, unsigned crowded) {
    inb_agency_tie tie = {.level = INB_AGENCY_APART};
    note_value(&tie, INB_AGENCY_KVK, a->kvk, b->kvk);
    note_value(&tie, INB_AGENCY_ADDRESS, a->address, b->address);
    note_value(&tie, INB_AGENCY_PHONE, a->phone, b->phone);
    bool director = a->director != NULL && b->director != NULL;
    inb_name_level level =
        director ? inb_name_compare(a->director, b->director) : INB_NAME_DIFFERENT;
    note(&tie, INB_AGENCY_DIRECTOR, director, level <= INB_NAME_NEAR || level == INB_NAME_SWAPPED);
    bool named = false;
    for (size_t i = 0; i < a->title_count; i++) {
        for (size_t k = 0; k < b->title_count; k++) {
            named = named || same_title(&a->titles[i], &b->titles[k]);
        }
    }
    note(&tie, INB_AGENCY_NAME, a->title_count > 0 && b->title_count > 0, named);
    tie.crowded = tie.kept & crowded;
    bool number = (tie.kept >> INB_AGENCY_KVK & 1) != 0;
    bool other_number = (tie.changed >> INB_AGENCY_KVK & 1) != 0;
    bool name = (tie.kept >> INB_AGENCY_NAME & 1) != 0;
    unsigned rest = tie.kept & ~tie.crowded & ~(1U << INB_AGENCY_KVK | 1U << INB_AGENCY_NAME);
    int firm = __builtin_popcount(rest);         // director, address, phone of their own
    int loose = __builtin_popcount(tie.crowded); // shared with many: never decides
    if (number || (name && !other_number && firm > 0)) {
        tie.level = INB_AGENCY_SAME;
    } else if (firm > 1 || (firm == 1 && name) || (firm == 1 && loose > 1)) {
        tie.level = INB_AGENCY_CHAIN;
    } else if (name) {
        tie.level = INB_AGENCY_NAMESAKE;
    }
    return tie;
}

static void list_parts(unsigned parts, bool dutch, inb_buffer *out) {
    static const char *const words[INB_AGENCY_PARTS][2] = {{"KvK number", "KvK-nummer"},
        {"name", "naam"}, {"director", "bestuurder"}, {"address", "adres"},
        {"phone", "telefoonnummer"}};
    bool first = true;
    for (size_t i = 0; i < INB_AGENCY_PARTS; i++) {
        if ((parts >> i & 1) != 0) {
            inb_buffer_text(out, first ? "" : ", ");
            inb_buffer_text(out, words[i][dutch ? 1 : 0]);
            first = false;
        }
    }
}

void inb_agency_reason(const inb_agency_tie *tie, const char *lang, inb_buffer *out) {
    bool dutch = strcmp(lang, "nl") == 0;
    unsigned own = tie->kept & ~tie->crowded;
    const struct {
        unsigned parts;
        const char *before[2];
    } pieces[] = {{own, {"kept: ", "hetzelfde: "}}, {tie->changed, {"changed: ", "anders: "}},
        {tie->crowded, {"shared with many others: ", "gedeeld met veel anderen: "}}};
    bool first = true;
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        if (pieces[i].parts != 0) {
            inb_buffer_text(out, first ? "" : "; ");
            inb_buffer_text(out, pieces[i].before[dutch ? 1 : 0]);
            list_parts(pieces[i].parts, dutch, out);
            first = false;
        }
    }
    if (first) {
        inb_buffer_text(out, dutch ? "niets te vergelijken" : "nothing to compare");
    }
}
