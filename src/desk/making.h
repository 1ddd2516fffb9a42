// SPDX-License-Identifier: EUPL-1.2
// One page in the making: what pages.c and the files page_*.c share. The request, the language, the
// values bound so far, and where the bytes go.
#ifndef INB_DESK_MAKING_H
#define INB_DESK_MAKING_H

#include "card.h"
#include "form.h"
#include "pages.h"
#include "picture.h"
#include "template.h"

enum { INB_MAX_LANGUAGES = 16, INB_STYLE_HASH = 64 };

// The templates of whole pages, and the pieces of the page of figures.
#define INB_PAGES(X)                                                                               \
    X(FRONT, "front")                                                                              \
    X(ASK, "ask")                                                                                  \
    X(FINDING, "finding")                                                                          \
    X(MORE, "more")                                                                                \
    X(LIST, "list")                                                                                \
    X(PICTURE, "picture")                                                                          \
    X(PICTURE_PART, "picture_part")                                                                \
    X(PICTURE_WIDE, "picture_wide")                                                                \
    X(PICTURE_TABLE, "picture_table")                                                              \
    X(PICTURE_CLOSE, "picture_close")                                                              \
    X(PICTURE_END, "picture_end")                                                                  \
    X(ABOUT, "about")                                                                              \
    X(KEEP, "keep")                                                                                \
    X(SIGNALS, "signals")                                                                          \
    X(DUE, "due")                                                                                  \
    X(SIGNAL, "signal")                                                                            \
    X(HITS, "hits")                                                                                \
    X(TEAM_PICTURE, "team_picture")                                                                \
    X(TEAM_PICTURE_END, "team_picture_end")                                                        \
    X(PASS, "pass")                                                                                \
    X(CORRECT, "correct")                                                                          \
    X(RETRACT, "retract")                                                                          \
    X(EXIT, "exit")                                                                                \
    X(ACCESS, "access")                                                                            \
    X(ERROR, "error")

typedef enum inb_page {
#define X(id, name) INB_PAGE_##id,
    INB_PAGES(X)
#undef X
        INB_PAGE_COUNT
} inb_page;

struct inb_pages {
    const inb_catalogue *catalogue;
    inb_template *templates[INB_PAGE_COUNT];
    const char *languages[INB_MAX_LANGUAGES + 1];
    inb_desk_picture *picture;
    char *report;
    char report_hash[INB_STYLE_HASH];
    bool has_store;
};

typedef struct inb_making {
    const inb_pages *pages;
    const inb_catalogue *catalogue;
    const char *language;
    size_t language_index;
    const inb_desk_request *request;
    inb_arena *arena;
    inb_scope *root;
    inb_buffer *out;
    inb_desk_answer *answer;
    inb_error *err;
    char sheet[INB_SHEET_SIZE]; // of the card, "" = a new one
} inb_making;

// Who may stand at the card, in groups; every reporter once.
typedef struct inb_reporter_group {
    const char *key; // of its text, after "page.who."
    inb_reporter reporters[6];
    size_t count;
} inb_reporter_group;

extern const inb_reporter_group inb_desk_groups[];
extern const size_t inb_desk_group_count;

// The text "group.id"; the same as a finding says it (to the person about themselves, of a child
// under twelve); a part of an indicator's texts; a text that may be missing (then "").
const char *inb_desk_say(const inb_making *m, const char *group, const char *id);
const char *inb_desk_say_found(
    const inb_making *m, const inb_finding *finding, const char *group, const char *id);
const char *inb_desk_say_row(const inb_making *m, size_t row, const char *part);
const char *inb_desk_maybe(
    const inb_making *m, const char *group, const char *id, const char *part);

// Binds what every page has. place: the path after the language ("card"); the other language is a
// link on a plain page, and a button of the form where answers have to come along.
void inb_desk_bind_frame(const inb_making *m, const char *title, const char *place, bool by_form);
// Binds the hidden fields: the card, its sheet (a new one where it has none) and a stamp.
inb_status inb_desk_bind_card(inb_making *m, const inb_card *card) INB_NODISCARD;
// What a stamp is for: this sheet's card, so that neither goes with another.
void inb_desk_purpose(const char *sheet, char ret_purpose[static 64]);

// Whether there is a store for whoever asks.
bool inb_desk_has_store(const inb_making *m);

inb_status inb_desk_render(const inb_making *m, inb_page which) INB_NODISCARD;

// The page for an error of HTTP instead; card: of a form whose answers can be taken along, or NULL.
inb_status inb_desk_make_error(inb_making *m, unsigned status, const inb_card *card) INB_NODISCARD;

// The form of the request, NULL after a page was made that says what is wrong with it.
inb_status inb_desk_read_form(inb_making *m, const inb_form_data **ret_form) INB_NODISCARD;
// Whether the form carries a stamp of ours for its sheet's card; *ret_sheet: the sheet it names,
// NULL where it names none.
inb_stamp_state inb_desk_check_stamp(
    const inb_desk_request *request, const inb_form_data *form, const char **ret_sheet);

// ---- the card's pages ----

inb_status inb_desk_make_question(inb_making *m, const inb_card *card) INB_NODISCARD;
inb_status inb_desk_make_finding(inb_making *m, const inb_card *card) INB_NODISCARD;
// Binds what was weighed: level, forms with their reasons, advice, routes. Of the norm
// m->catalogue, in the scope m->root.
void inb_desk_bind_weighed(const inb_making *m, const inb_facts *facts, const inb_finding *finding);
inb_status inb_desk_make_more(inb_making *m, const inb_card *card) INB_NODISCARD;

// What the list lacks, as bits.
enum { INB_WRONG_AGE = 1, INB_WRONG_WHO = 2, INB_WRONG_NOTHING = 4 };
inb_status inb_desk_make_list(inb_making *m, const inb_card *card, unsigned wrong) INB_NODISCARD;

// The groups of the page about the situation, also for a signal that is corrected; and back. False:
// a value that is not on that page. Fields of other names are left alone.
void inb_desk_bind_situation(const inb_making *m, inb_scope *parent, const inb_card *card);
bool inb_desk_take_situation(const inb_form_data *form, inb_card *card);
bool inb_desk_is_situation(const char *name);

// Takes the fields of the list, or of the page about the situation, into the card. INB_BAD_INPUT
// for a field or value that is not on the page that the card is on.
inb_status inb_desk_take_fields(const inb_catalogue *catalogue, const inb_form_data *form,
    inb_card *card, inb_error *err) INB_NODISCARD;

#endif
