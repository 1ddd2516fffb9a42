// SPDX-License-Identifier: EUPL-1.2
// Fills the templates. Each page binds its values in one function; what a button does stands in
// card.c, what a finding is in station 2, and how a value is escaped in template.c.

#include "pages.h"

#include "card.h"
#include "copy.h"
#include "form.h"
#include "picture.h"
#include "template.h"

#include "base/alloc.h"
#include "base/assets.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum {
    MAX_LANGUAGES = 16,
    FIRST_ADVICE = 5, // of a long list of things to do, so many are seen at once
    PAGE_ARENA = 8 * 1024 * 1024,
    HASH_SIZE = 64
};

#define PAGES(X)                                                                                   \
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
    X(EXIT, "exit")                                                                                \
    X(ACCESS, "access")                                                                            \
    X(ERROR, "error")

typedef enum page {
#define X(id, name) PAGE_##id,
    PAGES(X)
#undef X
        PAGE_COUNT
} page;

static const char *const page_names[] = {
#define X(id, name) name,
    PAGES(X)
#undef X
};

struct inb_pages {
    const inb_catalogue *catalogue;
    inb_template *templates[PAGE_COUNT];
    const char *languages[MAX_LANGUAGES + 1];
    inb_desk_picture *picture;
    char *report;
    char report_hash[HASH_SIZE];
};

static const struct {
    const char *path;
    const char *methods;
    bool stamp;
} routes[] = {
#define INB_DESK_ROUTE(id, path, methods, stamp) {path, methods, stamp},
#include "routes.def"
#undef INB_DESK_ROUTE
};

// Who may stand at the card, in groups; every reporter once.
static const struct {
    const char *key;
    inb_reporter reporters[6];
    size_t count;
} groups[] = {
    {"near", {INB_REPORTER_SELF, INB_REPORTER_PARENT, INB_REPORTER_PUBLIC}, 3},
    {"police",
        {INB_REPORTER_POLICE_BEAT, INB_REPORTER_POLICE_EXPERT, INB_REPORTER_BORDER_POLICE,
            INB_REPORTER_LABOUR_INSPECTORATE},
        4},
    {"young",
        {INB_REPORTER_SCHOOL, INB_REPORTER_YOUTH_WORK, INB_REPORTER_YOUTH_CARE,
            INB_REPORTER_GUARDIAN},
        4},
    {"care",
        {INB_REPORTER_HEALTH, INB_REPORTER_SHELTER, INB_REPORTER_ASYLUM, INB_REPORTER_MUNICIPALITY,
            INB_REPORTER_CARE_COORDINATOR},
        5},
    {"help", {INB_REPORTER_LAWYER, INB_REPORTER_NGO}, 2},
};

// ---- setting up ----

static const char *template_source(const char *name, size_t *ret_length, void *payload) {
    (void)payload;
    char path[128];
    snprintf(path, sizeof path, "web/templates/_%.64s.html", name);
    const inb_asset *asset = inb_asset_find(path);
    if (asset == NULL) {
        return NULL;
    }
    *ret_length = asset->length;
    return asset->data;
}

static inb_status load_template(inb_pages *pages, page which, inb_error *err) {
    char path[128];
    snprintf(path, sizeof path, "web/templates/%s.html", page_names[which]);
    const inb_asset *asset = inb_asset_find(path);
    if (asset == NULL) {
        return inb_fail(err, INB_INTERNAL, "%s is not in the program", path);
    }
    INB_TRY(inb_template_compile(page_names[which], asset->data, asset->length, template_source,
        NULL, &pages->templates[which], err));
    const char *key = NULL;
    for (size_t i = 0; (key = inb_template_text_key(pages->templates[which], i)) != NULL; i++) {
        for (size_t l = 0; pages->languages[l] != NULL; l++) {
            if (inb_catalogue_text(pages->catalogue, pages->languages[l], key) == NULL) {
                return inb_fail(err, INB_BAD_CATALOGUE, "texts/%s/pages.csv: %s is missing",
                    pages->languages[l], key);
            }
        }
    }
    return INB_OK;
}

// The hash under which the report's policy allows its own style sheet, "" where it has none.
static void find_style_hash(const char *report, char ret_hash[HASH_SIZE]) {
    const char *at = strstr(report, "'sha256-");
    size_t length =
        at == NULL
            ? 0
            : strspn(at + 8, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");
    ret_hash[0] = '\0';
    if (length == 44 && at[8 + length] == '\'') {
        snprintf(ret_hash, HASH_SIZE, "%.*s", (int)(8 + length + 1), at);
    }
}

inb_status inb_pages_new(
    const inb_catalogue *catalogue, const char *report, inb_pages **ret_pages, inb_error *err) {
    INB_CLEANUP(inb_pages_freep) inb_pages *pages = inb_alloc(1, sizeof *pages);
    if (pages == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the pages");
    }
    pages->catalogue = catalogue;
    for (size_t i = 0; i < MAX_LANGUAGES; i++) {
        pages->languages[i] = inb_catalogue_language(catalogue, i);
        if (pages->languages[i] == NULL) {
            break;
        }
    }
    for (int i = 0; i < PAGE_COUNT; i++) {
        INB_TRY(load_template(pages, (page)i, err));
    }
    INB_TRY(inb_desk_picture_new(&pages->picture, err));
    if (report != NULL) {
        size_t size = strlen(report) + 1;
        pages->report = inb_alloc(size, 1);
        if (pages->report == NULL) {
            return inb_fail(err, INB_NO_MEMORY, "no memory for the report");
        }
        memcpy(pages->report, report, size);
        find_style_hash(report, pages->report_hash);
    }
    *ret_pages = INB_TAKE(pages);
    return INB_OK;
}

void inb_pages_free(inb_pages *pages) {
    if (pages == NULL) {
        return;
    }
    for (int i = 0; i < PAGE_COUNT; i++) {
        inb_template_free(pages->templates[i]);
    }
    inb_desk_picture_free(pages->picture);
    inb_free(pages->report);
    inb_free(pages);
}

void inb_pages_freep(inb_pages **pages) {
    inb_pages_free(*pages);
}

const char *const *inb_pages_languages(const inb_pages *pages) {
    return pages->languages;
}

const char *inb_desk_route_methods(inb_desk_route route) {
    return routes[route].methods;
}

bool inb_pages_route(
    const inb_pages *pages, const char *path, inb_desk_route *ret_route, size_t *ret_language) {
    static const char place[] = "/{lang}";
    size_t language = SIZE_MAX;
    const char *rest = NULL;
    for (size_t i = 0; pages->languages[i] != NULL; i++) {
        size_t length = strlen(pages->languages[i]);
        if (path[0] == '/' && strncmp(path + 1, pages->languages[i], length) == 0 &&
            path[1 + length] == '/') {
            language = i;
            rest = path + 1 + length;
        }
    }
    *ret_language = language;
    for (int i = 0; i < INB_DESK_ROUTE_COUNT; i++) {
        bool localised = strncmp(routes[i].path, place, sizeof place - 1) == 0;
        const char *wanted = localised ? routes[i].path + sizeof place - 1 : routes[i].path;
        const char *given = localised ? rest : path;
        if (given != NULL && strcmp(wanted, given) == 0) {
            *ret_route = (inb_desk_route)i;
            return i != INB_DESK_REPORT || pages->report != NULL;
        }
    }
    return false;
}

// ---- binding ----

// One page in the making.
typedef struct making {
    const inb_pages *pages;
    const inb_catalogue *catalogue;
    const char *language;
    size_t language_index;
    const inb_desk_request *request;
    inb_arena *arena;
    inb_scope *root;
    inb_buffer *out;
    inb_error *err;
    char sheet[INB_SHEET_SIZE]; // of the card, "" = a new one
} making;

static const char *page_text(const char *key, const void *payload) {
    const making *m = payload;
    return inb_catalogue_text(m->catalogue, m->language, key);
}

static const char *say(const making *m, const char *group, const char *id) {
    return inb_catalogue_label(m->catalogue, m->language, group, id, NULL);
}

// The same where the finding speaks: to the person about themselves, of a child under twelve.
static const char *say_found(
    const making *m, const inb_finding *finding, const char *group, const char *id) {
    return inb_finding_say(m->catalogue, finding, m->language, group, id);
}

static const char *say_row(const making *m, size_t row, const char *part) {
    return inb_catalogue_label(
        m->catalogue, m->language, "indicator", inb_catalogue_row(m->catalogue, row)->id, part);
}

// A text that may be missing: "".
static const char *maybe(const making *m, const char *group, const char *id, const char *part) {
    char key[128];
    snprintf(key, sizeof key, "%s.%s%s%s", group, id, part[0] != '\0' ? "." : "", part);
    const char *text = inb_catalogue_text(m->catalogue, m->language, key);
    return text == NULL ? "" : text;
}

static inb_status render(const making *m, page which) {
    return inb_template_render(m->pages->templates[which], m->root, page_text, m, m->out, m->err);
}

// What every page has. place: the path after the language ("card"); switched by a link where the
// page is a plain one, by a button of the form where answers have to come along.
static void bind_frame(const making *m, const char *title, const char *place, bool by_form) {
    size_t other = m->language_index == 0 && m->pages->languages[1] != NULL ? 1 : 0;
    const char *other_language = m->pages->languages[other];
    inb_scope_text(m->root, "lang", m->language);
    inb_scope_text(m->root, "other", other_language);
    inb_scope_text(m->root, "other_name",
        inb_catalogue_label(m->catalogue, other_language, "page", "language", NULL));
    inb_scope_text(m->root, "title", title);
    inb_scope_format(m->root, "home", "/%s/", m->language);
    inb_scope_format(
        m->root, by_form ? "switch_action" : "switch_path", "/%s/%s", other_language, place);
    inb_scope_flag(m->root, "exit_by_form", by_form);
    inb_scope_flag(m->root, "has_report", m->pages->report != NULL);
}

// What a stamp is for: this sheet's card, so that neither goes with another.
static void purpose_of(const char *sheet, char ret_purpose[64]) {
    snprintf(ret_purpose, 64, "card %.32s", sheet);
}

static inb_status bind_card(making *m, const inb_card *card) {
    if (m->sheet[0] == '\0') {
        INB_TRY(inb_sheet_make(m->sheet, m->err));
    }
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(INB_CARD_TEXT);
    inb_card_write(m->catalogue, card, &text);
    INB_TRY(inb_buffer_check(&text, m->err));
    char *copy = inb_arena_text(m->arena, inb_buffer_get(&text), text.length);
    char *stamp = inb_arena_get(m->arena, INB_STAMP_SIZE, 1);
    if (copy == NULL || stamp == NULL) {
        return inb_fail(m->err, INB_NO_MEMORY, "no memory for a page");
    }
    char purpose[64];
    purpose_of(m->sheet, purpose);
    inb_stamp_make(m->request->stamper, purpose, m->request->now, stamp);
    inb_scope_text(m->root, "card", copy);
    inb_scope_text(m->root, "sheet", m->sheet);
    inb_scope_text(m->root, "stamp", stamp);
    inb_scope_flag(m->root, "danger", card->danger == INB_ANSWER_YES);
    return INB_OK;
}

static inb_scope *choice(inb_scope *group, const char *label, const char *under, bool chosen,
    const char *action, const char *value) {
    inb_scope *item = inb_scope_item(group, "choices");
    inb_scope_text(item, "label", label);
    inb_scope_text(item, "under", under);
    inb_scope_flag(item, "chosen", chosen);
    inb_scope_format(item, "value", "%s:%s", action, value);
    return item;
}

// ---- the card's questions ----

static void ask_age(const making *m, const inb_card *card) {
    inb_scope_text(m->root, "question", say(m, "page", "card.age"));
    inb_scope_text(m->root, "hint", say(m, "page", "card.age_hint"));
    inb_scope *group = inb_scope_item(m->root, "groups");
    inb_scope_text(group, "heading", "");
    for (int i = 0; i < INB_CARD_AGE_COUNT; i++) {
        const char *key = inb_card_age_key((inb_card_age)i);
        choice(group, say(m, "page.age", key), "", card->age == (inb_card_age)i, "age", key);
    }
}

static void ask_who(const making *m, const inb_card *card) {
    inb_scope_text(m->root, "question", say(m, "page", "card.who"));
    inb_scope_text(m->root, "hint", say(m, "page", "card.who_hint"));
    for (size_t g = 0; g < sizeof groups / sizeof groups[0]; g++) {
        inb_scope *group = inb_scope_item(m->root, "groups");
        inb_scope_text(group, "heading", say(m, "page.who", groups[g].key));
        inb_scope_flag(group, "many", true);
        for (size_t i = 0; i < groups[g].count; i++) {
            const char *code = inb_reporter_code(groups[g].reporters[i]);
            choice(group, say(m, "reporter", code), "",
                card->reporter == (int)groups[g].reporters[i], "who", code);
        }
    }
}

static void ask_where(const making *m, const inb_card *card) {
    inb_scope_text(m->root, "question", say(m, "page", "card.where"));
    inb_scope_text(m->root, "hint", say(m, "page", "card.where_hint"));
    inb_scope *group = inb_scope_item(m->root, "groups");
    inb_scope_text(group, "heading", "");
    size_t count = 0;
    const inb_branch *branches = inb_catalogue_branches(m->catalogue, &count);
    for (size_t i = 0; i < count; i++) {
        choice(group, say(m, "page.where", branches[i].id),
            maybe(m, "page.where", branches[i].id, "under"), card->branch == i, "where",
            branches[i].id);
    }
}

static void bind_question(const making *m, const inb_card *card, const inb_question *question) {
    static const char *const kinds[] = {
        [INB_ASK_PROFITS] = "profits",
        [INB_ASK_UNACCOMPANIED] = "unaccompanied",
        [INB_ASK_DANGER] = "danger",
    };
    inb_scope *group = inb_scope_item(m->root, "groups");
    inb_scope_text(group, "heading", "");
    inb_answer given = inb_card_answer(card, question);
    if (question->row != SIZE_MAX) {
        const char *id = inb_catalogue_row(m->catalogue, question->row)->id;
        inb_scope_text(m->root, "question", say_row(m, question->row, "question"));
        inb_scope_text(m->root, "hint", maybe(m, "indicator", id, "hint"));
    } else {
        inb_scope_text(m->root, "question", say(m, "page.question", kinds[question->kind]));
        inb_scope_text(m->root, "hint", maybe(m, "page.question", kinds[question->kind], "hint"));
    }
    if (question->kind == INB_ASK_PROFITS) {
        for (int i = 0; i < INB_PROFIT_COUNT; i++) {
            const char *code = inb_profit_code((inb_profit)i);
            choice(group, say(m, "page.profits", code), "", (card->profits >> i & 1) != 0, "gain",
                code);
        }
        choice(
            group, say(m, "page.profits", "nobody"), "", given == INB_ANSWER_NO, "gain", "nobody");
        choice(
            group, say(m, "answer", "unknown"), "", given == INB_ANSWER_UNKNOWN, "gain", "unknown");
        return;
    }
    for (int i = INB_ANSWER_YES; i <= INB_ANSWER_UNKNOWN; i++) {
        const char *code = inb_answer_code((inb_answer)i);
        choice(group, say(m, "answer", code), "", given == (inb_answer)i, "answer", code);
    }
}

static inb_status make_question(making *m, const inb_card *card) {
    size_t total = 0;
    const inb_question *question = inb_card_question(m->catalogue, card, &total);
    const char *step = "";
    switch (card->view) {
    case INB_VIEW_AGE:
        ask_age(m, card);
        step = say(m, "page", "card.step_age");
        break;
    case INB_VIEW_WHO:
        ask_who(m, card);
        step = say(m, "page", "card.step_who");
        break;
    case INB_VIEW_WHERE:
        ask_where(m, card);
        step = say(m, "page", "card.step_where");
        break;
    default:
        bind_question(m, card, question);
        inb_scope_format(m->root, "step_text", "%s %zu %s %zu", say(m, "page", "card.question"),
            card->step + 1, say(m, "page", "card.of"), total);
        inb_scope_format(m->root, "number", "%zu", card->step + 1);
        inb_scope_format(m->root, "total", "%zu", total);
        inb_scope_flag(m->root, "for_self", card->reporter == INB_REPORTER_SELF);
    }
    if (question == NULL) {
        inb_scope_text(m->root, "step_text", step);
        inb_scope_text(m->root, "total", "");
    }
    inb_scope_flag(m->root, "compact", true);
    inb_scope_flag(m->root, "can_go_back", card->view != INB_VIEW_AGE);
    inb_scope_flag(m->root, "can_show", card->view == INB_VIEW_QUESTION || inb_card_anything(card));
    bind_frame(m, say(m, "page", "card.title"), "card", true);
    INB_TRY(bind_card(m, card));
    return render(m, PAGE_ASK);
}

// ---- the finding ----

static void row_item(const making *m, inb_scope *parent, size_t row) {
    inb_scope *item = inb_scope_item(parent, "rows");
    inb_scope_text(item, "label", say_row(m, row, "label"));
    inb_scope_text(item, "id", inb_catalogue_row(m->catalogue, row)->id);
}

static void bind_rows(const making *m, inb_scope *parent, const inb_set *set) {
    for (size_t row = 0; row < inb_catalogue_rows(m->catalogue); row++) {
        if (inb_set_has(set, row)) {
            row_item(m, parent, row);
        }
    }
}

static void bind_forms(const making *m, const inb_finding *finding, bool child) {
    for (size_t i = 0; i < finding->form_count; i++) {
        const inb_form_finding *found = &finding->forms[i];
        inb_scope *form = inb_scope_item(m->root, "forms");
        inb_scope_text(form, "form", say_found(m, finding, "form", inb_form_code(found->form)));
        inb_scope_text(form, "form_level", inb_level_code(found->level));
        inb_scope_text(form, "form_text", say(m, "level", inb_level_code(found->level)));
        inb_set others = found->reasons;
        for (int e = 0; e < INB_ELEMENT_COUNT; e++) {
            for (size_t w = 0; w < INB_SET_WORDS; w++) {
                others.words[w] &= ~found->element[e].words[w];
            }
            if (child && e == INB_MEANS) {
                bool seen = false;
                for (size_t w = 0; w < INB_SET_WORDS; w++) {
                    seen = seen || found->element[e].words[w] != 0;
                }
                if (!seen) {
                    continue; // for a child no means are needed: an empty place would say otherwise
                }
            }
            inb_scope *element = inb_scope_item(form, "elements");
            inb_scope_text(element, "element", say(m, "element", inb_element_code((inb_element)e)));
            bind_rows(m, element, &found->element[e]);
        }
        uint64_t any = 0;
        for (size_t w = 0; w < INB_SET_WORDS; w++) {
            any |= others.words[w];
        }
        if (any != 0) {
            bind_rows(m, inb_scope_item(form, "others"), &others);
        }
    }
}

// The first few under `name`, what is left under `rest` of one item of `rest_name` (NULL = show
// all).
static void bind_advice(const making *m, const inb_finding *finding, inb_advice_kind kind,
    const char *name, const char *rest_name) {
    inb_scope *rest = NULL;
    for (size_t i = 0; i < finding->advice_count[kind]; i++) {
        inb_scope *item = NULL;
        // One single line is not worth a fold.
        bool fold = rest_name != NULL && i >= FIRST_ADVICE &&
                    finding->advice_count[kind] > FIRST_ADVICE + 1;
        if (fold) {
            rest = rest == NULL ? inb_scope_item(m->root, rest_name) : rest;
            item = inb_scope_item(rest, "rest");
        } else {
            item = inb_scope_item(m->root, name);
        }
        inb_scope_text(item, "text",
            say_found(m, finding, inb_advice_kind_code(kind), finding->advice[kind][i]));
    }
}

// "0800-5151; +31 70 333 44 44" as links that a phone can call.
static void bind_contacts(const making *m, inb_scope *route, const char *contacts) {
    while (*contacts != '\0') {
        size_t length = strcspn(contacts, ";");
        const char *from = contacts;
        contacts += length + (contacts[length] == ';');
        while (length > 0 && *from == ' ') {
            from++;
            length--;
        }
        while (length > 0 && from[length - 1] == ' ') {
            length--;
        }
        const char *text = inb_arena_text(m->arena, from, length);
        if (length == 0 || text == NULL) {
            continue;
        }
        inb_scope *contact = inb_scope_item(route, "contacts");
        bool number = strspn(text, "+0123456789 -()") == length;
        bool mail = strchr(text, '@') != NULL && strchr(text, ' ') == NULL;
        inb_scope_text(contact, "show", text);
        inb_scope_flag(contact, "tel", number);
        inb_scope_flag(contact, "mail", !number && mail);
        // "fairwork.nu": a site without its beginning
        bool site = !number && !mail && strchr(text, '.') != NULL &&
                    strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789.-/") == length;
        inb_scope_flag(contact, "site", site);
        inb_scope_flag(contact, "plain", !number && !mail && !site);
        char digits[64] = "";
        size_t n = 0;
        for (const char *c = text; number && *c != '\0' && n + 1 < sizeof digits; c++) {
            if (*c == '+' || (*c >= '0' && *c <= '9')) {
                digits[n++] = *c;
            }
        }
        inb_scope_format(contact, "link", "%s%s",
            number ? "tel:"
            : site ? "https://"
                   : "mailto:",
            number ? digits : text);
    }
}

static void bind_routes(const making *m, const inb_finding *finding) {
    bool readings = false;
    for (size_t i = 0; i < finding->route_count; i++) {
        const inb_route_advice *to = &finding->routes[i];
        const inb_route *route = inb_catalogue_route(m->catalogue, to->route);
        const char *basis = inb_basis_code(to->basis);
        inb_scope *item = inb_scope_item(m->root, "routes");
        inb_scope_text(item, "name",
            inb_catalogue_label(m->catalogue, m->language, "route", route->id, "name"));
        inb_scope_text(item, "what", maybe(m, "route", route->id, "what"));
        inb_scope_text(item, "why", say_found(m, finding, "why", to->why));
        inb_scope_text(item, "reading",
            to->only_if == INB_READ_CHILD   ? say_found(m, finding, "age", "if_child")
            : to->only_if == INB_READ_ADULT ? say_found(m, finding, "age", "if_adult")
                                            : "");
        readings = readings || to->only_if != INB_READ_ANY;
        inb_scope_text(item, "basis", say_found(m, finding, "basis", basis));
        inb_scope_text(item, "basis_code", basis);
        inb_scope_text(item, "basis_short", say(m, "page.basis", basis));
        inb_scope_text(item, "law", to->law);
        inb_scope_text(item, "lookup", route->lookup);
        const char *host =
            strncmp(route->lookup, "https://", 8) == 0 ? route->lookup + 8 : route->lookup;
        inb_scope_format(item, "lookup_show", "%.*s", (int)strcspn(host, "/"), host);
        inb_scope_text(item, "as_of", route->researched ? route->as_of : "");
        bind_contacts(m, item, route->contact);
    }
    inb_scope_flag(m->root, "many_ages", readings);
}

static void bind_asks(const making *m, const inb_finding *finding) {
    if (finding->ask_age) {
        inb_scope *age = inb_scope_item(m->root, "ask_age");
        for (int i = 0; i < INB_CARD_AGE_COUNT - 1; i++) { // all but "not known"
            const char *key = inb_card_age_key((inb_card_age)i);
            inb_scope *item = inb_scope_item(age, "ages");
            inb_scope_text(item, "label", say(m, "page.age", key));
            inb_scope_format(item, "value", "age:%s", key);
        }
    }
    for (size_t i = 0; i < finding->ask_count; i++) {
        const char *id = inb_catalogue_row(m->catalogue, finding->ask_next[i])->id;
        inb_scope *item = inb_scope_item(m->root, "asks");
        inb_scope_text(item, "question", say_row(m, finding->ask_next[i], "question"));
        for (int a = INB_ANSWER_YES; a <= INB_ANSWER_UNKNOWN; a++) {
            const char *code = inb_answer_code((inb_answer)a);
            inb_scope *answer = inb_scope_item(item, "answers");
            inb_scope_text(answer, "label", say(m, "answer", code));
            inb_scope_format(answer, "value", "ask:%s:%s", id, code);
        }
    }
    inb_scope_flag(m->root, "has_ask", finding->ask_age || finding->ask_count > 0);
}

static void bind_facts(const making *m, const inb_facts *facts) {
    const struct {
        const char *key;
        const inb_set *set;
    } kinds[] = {
        {"seen", &facts->yes},
        {"not_seen", &facts->no},
        {"not_known", &facts->unknown},
        {"circumstances", &facts->circumstances},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        uint64_t any = 0;
        for (size_t w = 0; w < INB_SET_WORDS; w++) {
            any |= kinds[i].set->words[w];
        }
        if (any != 0) {
            inb_scope *item = inb_scope_item(m->root, "facts");
            inb_scope_text(item, "heading", say(m, "text", kinds[i].key));
            bind_rows(m, item, kinds[i].set);
        }
    }
}

static inb_status make_finding(making *m, const inb_card *card) {
    inb_facts facts;
    inb_card_facts(m->catalogue, card, &facts);
    inb_finding *finding = inb_arena_get(m->arena, 1, sizeof *finding);
    if (finding == NULL) {
        return inb_fail(m->err, INB_NO_MEMORY, "no memory for a page");
    }
    inb_weigh(m->catalogue, &facts, finding);
    const char *level = inb_level_code(inb_finding_level(finding));
    inb_scope_text(m->root, "level", level);
    inb_scope_text(m->root, "level_title", say(m, "page.level", level));
    bind_forms(m, finding, facts.age.class_ != INB_AGE_ADULT);
    bind_advice(m, finding, INB_ADVICE_DO, "do", "do_rest");
    bind_advice(m, finding, INB_ADVICE_DONT, "dont", "dont_rest");
    inb_scope_flag(m->root, "has_dont", finding->advice_count[INB_ADVICE_DONT] > 0);
    bind_advice(m, finding, INB_ADVICE_OFFER, "offers", NULL);
    bind_advice(m, finding, INB_ADVICE_NOTE, "notes", NULL);
    inb_scope_flag(m->root, "has_notes", finding->advice_count[INB_ADVICE_NOTE] > 0);
    bind_routes(m, finding);
    bind_asks(m, finding);
    bind_facts(m, &facts);
    for (int d = 0; d < INB_DIMENSIONS; d++) {
        inb_scope *item = inb_scope_item(m->root, "dimensions");
        inb_scope_format(item, "id", "D%d", d + 1);
        char id[8];
        snprintf(id, sizeof id, "D%d", d + 1);
        inb_scope_text(item, "name", say(m, "dimension", id));
        inb_scope_text(
            item, "state", say(m, "dimension", finding->dimension[d] ? "positive" : "negative"));
    }
    inb_scope_text(m->root, "version", inb_catalogue_version(m->catalogue));
    inb_scope_text(m->root, "date", inb_catalogue_date(m->catalogue));
    inb_scope_flag(m->root, "unfinished",
        card->branch == SIZE_MAX || inb_card_open_step(m->catalogue, card) != SIZE_MAX);
    INB_CLEANUP(inb_buffer_clear) inb_buffer copy = INB_BUFFER_INIT((size_t)256 * 1024);
    inb_card_copy(m->catalogue, card, &facts, finding, m->language, &copy);
    INB_TRY(inb_buffer_check(&copy, m->err));
    inb_scope_text(m->root, "copy", inb_buffer_get(&copy));
    bind_frame(m, say(m, "page", "finding.title"), "card", true);
    INB_TRY(bind_card(m, card));
    return render(m, PAGE_FINDING);
}

// ---- more, and the full list ----

static void radio_option(
    inb_scope *group, const char *field, const char *value, const char *label, bool on) {
    inb_scope *option = inb_scope_item(group, "options");
    inb_scope_format(option, "id", "%s-%s", field, value);
    inb_scope_text(option, "value", value);
    inb_scope_text(option, "label", label);
    inb_scope_flag(option, "on", on);
}

static inb_scope *radio_group(
    inb_scope *parent, const char *field, const char *legend, const char *note) {
    inb_scope *group = inb_scope_item(parent, "radios");
    inb_scope_format(group, "field", "%s", field);
    inb_scope_text(group, "legend", legend);
    inb_scope_text(group, "note", note);
    inb_scope_text(group, "error", "");
    return group;
}

static void answer_group(const making *m, inb_scope *parent, const char *field, const char *legend,
    const char *note, inb_answer given) {
    inb_scope *group = radio_group(parent, field, legend, note);
    for (int i = INB_ANSWER_YES; i <= INB_ANSWER_UNKNOWN; i++) {
        const char *code = inb_answer_code((inb_answer)i);
        radio_option(group, field, code, say(m, "answer", code), given == (inb_answer)i);
    }
}

static inb_scope *check_group(inb_scope *parent, const char *legend, const char *note) {
    inb_scope *group = inb_scope_item(parent, "checks");
    inb_scope_text(group, "legend", legend);
    inb_scope_text(group, "note", note);
    return group;
}

static void check_option(
    inb_scope *group, const char *name, const char *label, const char *about, bool on) {
    inb_scope *option = inb_scope_item(group, "options");
    inb_scope_format(option, "id", "%s", name);
    inb_scope_format(option, "name", "%s", name);
    inb_scope_text(option, "label", label);
    inb_scope_text(option, "about", about);
    inb_scope_flag(option, "on", on);
}

static void bind_circumstances(const making *m, inb_scope *parent, const inb_card *card) {
    inb_scope *group = check_group(parent, say(m, "page", "more.pick"), "");
    for (size_t row = 0; row < inb_catalogue_rows(m->catalogue); row++) {
        const inb_indicator *indicator = inb_catalogue_row(m->catalogue, row);
        if (indicator->kind != INB_CIRCUMSTANCE || indicator->omitted) {
            continue;
        }
        const char *hint = maybe(m, "indicator", indicator->id, "hint");
        const char *sensitive = maybe(m, "page.sensitive", indicator->id, "");
        char name[32];
        snprintf(name, sizeof name, "c.%.24s", indicator->id);
        check_option(group, name, say_row(m, row, "label"), sensitive[0] != '\0' ? sensitive : hint,
            inb_set_has(&card->circumstances, row));
    }
}

static void bind_situation(const making *m, const inb_card *card) {
    inb_scope *parent = inb_scope_item(m->root, "situation");
    answer_group(m, parent, "danger", say(m, "page.question", "danger"), "", card->danger);
    answer_group(m, parent, "unaccompanied", say(m, "page.question", "unaccompanied"), "",
        card->unaccompanied);
    inb_scope *police = radio_group(parent, "police", say(m, "page.more", "police"), "");
    for (int i = 0; i < INB_POLICE_COUNT; i++) {
        const char *code = inb_police_code((inb_police_wish)i);
        radio_option(police, "police", code, say(m, "police", code), (int)card->police == i);
    }
    inb_scope *consent = radio_group(
        parent, "consent", say(m, "page.more", "consent"), say(m, "page.more", "consent_note"));
    for (int i = 0; i < INB_CONSENT_COUNT; i++) {
        const char *code = inb_consent_code((inb_consent)i);
        radio_option(consent, "consent", code, say(m, "consent", code), (int)card->consent == i);
    }
    inb_scope *profits = check_group(parent, say(m, "page.question", "profits"), "");
    for (int i = 0; i < INB_PROFIT_COUNT; i++) {
        const char *code = inb_profit_code((inb_profit)i);
        char name[40];
        snprintf(name, sizeof name, "profits.%.24s", code);
        check_option(
            profits, name, say(m, "page.profits", code), "", (card->profits >> i & 1) != 0);
    }
    inb_scope *around = check_group(parent, say(m, "page.more", "surroundings"), "");
    for (int i = 0; i < INB_SURROUNDING_COUNT; i++) {
        const char *code = inb_surrounding_code((inb_surrounding)i);
        char name[40];
        snprintf(name, sizeof name, "around.%.24s", code);
        check_option(
            around, name, say(m, "surroundings", code), "", (card->surroundings >> i & 1) != 0);
    }
    inb_scope *said = check_group(parent, say(m, "page.more", "said"), "");
    check_option(said, "denies", say(m, "situation", "denies"), say(m, "page.more", "denies_hint"),
        card->denies);
    bool under12 = card->age == INB_CARD_AGE_UNDER12;
    check_option(said, "suspected", say(m, "page.more", under12 ? "protect" : "suspected"),
        say(m, "page.more", "suspected_hint"), card->suspected);
}

static inb_status make_more(making *m, const inb_card *card) {
    bind_situation(m, card);
    bind_circumstances(m, inb_scope_item(m->root, "circumstances"), card);
    bind_frame(m, say(m, "page", "more.title"), "card", true);
    INB_TRY(bind_card(m, card));
    return render(m, PAGE_MORE);
}

enum { WRONG_AGE = 1, WRONG_WHO = 2, WRONG_NOTHING = 4 };

static void bind_problems(const making *m, unsigned wrong) {
    if (wrong == 0) {
        return;
    }
    const struct {
        unsigned bit;
        const char *key;
        const char *where;
    } problems[] = {
        {WRONG_AGE, "error.age", "#age-under12"},
        {WRONG_WHO, "error.who", "#reporter"},
        {WRONG_NOTHING, "error.nothing", "#questions"},
    };
    inb_scope *errors = inb_scope_item(m->root, "errors");
    for (size_t i = 0; i < 3; i++) {
        if ((wrong & problems[i].bit) != 0) {
            inb_scope *problem = inb_scope_item(errors, "problems");
            inb_scope_text(problem, "where", problems[i].where);
            inb_scope_text(problem, "text", say(m, "page", problems[i].key));
        }
    }
}

static void bind_first(const making *m, const inb_card *card, unsigned wrong) {
    inb_scope *first = inb_scope_item(m->root, "first");
    inb_scope *age = radio_group(first, "age", say(m, "page", "card.age"), "");
    if ((wrong & WRONG_AGE) != 0) {
        inb_scope_text(age, "error", say(m, "page", "error.age"));
    }
    for (int i = 0; i < INB_CARD_AGE_COUNT; i++) {
        const char *key = inb_card_age_key((inb_card_age)i);
        radio_option(age, "age", key, say(m, "page.age", key), card->age == (inb_card_age)i);
    }
    inb_scope_text(
        first, "reporter_error", (wrong & WRONG_WHO) != 0 ? say(m, "page", "error.who") : "");
    for (size_t g = 0; g < sizeof groups / sizeof groups[0]; g++) {
        for (size_t i = 0; i < groups[g].count; i++) {
            const char *code = inb_reporter_code(groups[g].reporters[i]);
            inb_scope *option = inb_scope_item(first, "reporters");
            inb_scope_text(option, "code", code);
            inb_scope_text(option, "label", say(m, "reporter", code));
            inb_scope_flag(option, "on", card->reporter == (int)groups[g].reporters[i]);
        }
    }
}

// One fold per category, in the order of the catalogue.
static void bind_category(const making *m, const inb_card *card, unsigned category) {
    size_t count = 0;
    size_t answered = 0;
    inb_scope *fold = NULL;
    for (size_t row = 0; row < inb_catalogue_rows(m->catalogue); row++) {
        const inb_indicator *indicator = inb_catalogue_row(m->catalogue, row);
        if (indicator->category != category || indicator->omitted ||
            indicator->kind == INB_EXCLUDED_PROXY) {
            continue;
        }
        fold = fold == NULL ? inb_scope_item(m->root, "categories") : fold;
        count++;
        if (indicator->kind == INB_CIRCUMSTANCE) {
            answered += inb_set_has(&card->circumstances, row);
            continue;
        }
        inb_answer given = inb_card_row_answer(card, row);
        answered += given != INB_ANSWER_NONE;
        char field[32];
        snprintf(field, sizeof field, "r.%.24s", indicator->id);
        const char *copy = inb_arena_text(m->arena, field, strlen(field));
        answer_group(m, fold, copy == NULL ? "" : copy, say_row(m, row, "question"),
            maybe(m, "indicator", indicator->id, "hint"), given);
    }
    if (fold == NULL) {
        return;
    }
    char id[16];
    snprintf(id, sizeof id, "%u", category);
    inb_scope_text(fold, "name", say(m, "category", id));
    inb_scope_format(fold, "anchor", "category-%u", category);
    inb_scope_format(fold, "count", "%zu / %zu", answered, count);
    inb_scope_flag(fold, "open", answered > 0);
    bool circumstances = false;
    for (size_t row = 0; row < inb_catalogue_rows(m->catalogue) && !circumstances; row++) {
        const inb_indicator *indicator = inb_catalogue_row(m->catalogue, row);
        circumstances = indicator->category == category && indicator->kind == INB_CIRCUMSTANCE;
    }
    if (circumstances) {
        bind_circumstances(m, fold, card);
    }
}

static inb_status make_list(making *m, const inb_card *card, unsigned wrong) {
    bind_problems(m, wrong);
    bind_first(m, card, wrong);
    inb_scope_text(m->root, "questions_error",
        (wrong & WRONG_NOTHING) != 0 ? say(m, "page", "error.nothing") : "");
    unsigned last = 0;
    for (size_t row = 0; row < inb_catalogue_rows(m->catalogue); row++) {
        unsigned category = inb_catalogue_row(m->catalogue, row)->category;
        last = category > last ? category : last;
    }
    for (unsigned category = 0; category <= last; category++) {
        bind_category(m, card, category);
    }
    bind_frame(m, say(m, "page", wrong == 0 ? "list.title" : "error.list_title"), "card", true);
    INB_TRY(bind_card(m, card));
    return render(m, PAGE_LIST);
}

// ---- what comes back ----

static int answer_code(const char *code) {
    for (int i = INB_ANSWER_YES; i <= INB_ANSWER_UNKNOWN; i++) {
        if (strcmp(code, inb_answer_code((inb_answer)i)) == 0) {
            return i;
        }
    }
    return -1;
}

static inb_status unknown_field(inb_error *err) {
    return inb_fail(err, INB_BAD_INPUT, "form: found a field or value that is not on this page");
}

static size_t find_row(const inb_catalogue *catalogue, const char *id, inb_kind kind) {
    size_t row = inb_catalogue_find(catalogue, id, strlen(id));
    bool good = row != SIZE_MAX && inb_catalogue_row(catalogue, row)->kind == kind &&
                !inb_catalogue_row(catalogue, row)->omitted;
    return good ? row : SIZE_MAX;
}

// One field of the list or the page about the circumstances into the card.
static bool take_field(const inb_catalogue *catalogue, const inb_field *field, inb_card *card) {
    const char *name = field->name;
    const char *value = field->value;
    bool on = strcmp(value, "on") == 0;
    bool list = card->view == INB_VIEW_LIST;
    if (strncmp(name, "c.", 2) == 0) {
        size_t row = find_row(catalogue, name + 2, INB_CIRCUMSTANCE);
        if (row != SIZE_MAX && on) {
            inb_set_add(&card->circumstances, row);
        }
        return row != SIZE_MAX && on;
    }
    if (list && strncmp(name, "r.", 2) == 0) {
        size_t row = find_row(catalogue, name + 2, INB_INDICATOR);
        int answer = answer_code(value);
        if (row == SIZE_MAX || answer < 0 || inb_card_row_answer(card, row) != INB_ANSWER_NONE) {
            return false;
        }
        inb_card_set_row(card, row, (inb_answer)answer);
        return true;
    }
    if (list && strcmp(name, "age") == 0) {
        for (int i = 0; i < INB_CARD_AGE_COUNT; i++) {
            if (strcmp(value, inb_card_age_key((inb_card_age)i)) == 0) {
                card->age = (inb_card_age)i;
                return true;
            }
        }
        return false;
    }
    if (list && strcmp(name, "reporter") == 0) {
        card->reporter = inb_reporter_parse(value, field->length);
        return card->reporter >= 0 || field->length == 0;
    }
    if (list) {
        return false;
    }
    int number = 0;
    if (strcmp(name, "danger") == 0 || strcmp(name, "unaccompanied") == 0) {
        number = answer_code(value);
        *(name[0] == 'd' ? &card->danger : &card->unaccompanied) =
            number < 0 ? INB_ANSWER_NONE : (inb_answer)number;
        return number >= 0;
    }
    if (strcmp(name, "police") == 0) {
        number = inb_police_parse(value, field->length);
        card->police = number < 0 ? INB_POLICE_NOT_ASKED : (inb_police_wish)number;
        return number >= 0;
    }
    if (strcmp(name, "consent") == 0) {
        number = inb_consent_parse(value, field->length);
        card->consent = number < 0 ? INB_CONSENT_NOT_ASKED : (inb_consent)number;
        return number >= 0;
    }
    if (strncmp(name, "profits.", 8) == 0) {
        number = inb_profit_parse(name + 8, strlen(name + 8));
        card->profits |= (uint8_t)(number < 0 ? 0 : 1u << number);
        return number >= 0 && on;
    }
    if (strncmp(name, "around.", 7) == 0) {
        number = inb_surrounding_parse(name + 7, strlen(name + 7));
        card->surroundings |= (uint8_t)(number < 0 ? 0 : 1u << number);
        return number >= 0 && on;
    }
    if (strcmp(name, "denies") == 0) {
        card->denies = true;
        return on;
    }
    if (strcmp(name, "suspected") == 0) {
        card->suspected = true;
        return on;
    }
    return false;
}

// A box that is not ticked is not sent, so what the page shows is emptied first.
static void empty_fields(const inb_catalogue *catalogue, inb_card *card) {
    memset(&card->circumstances, 0, sizeof card->circumstances);
    if (card->view == INB_VIEW_LIST) {
        for (size_t row = 0; row < inb_catalogue_rows(catalogue); row++) {
            inb_card_set_row(card, row, INB_ANSWER_NONE);
        }
        return;
    }
    card->profits = 0;
    card->surroundings = 0;
    card->denies = false;
    card->suspected = false;
}

static inb_status take_fields(
    const inb_catalogue *catalogue, const inb_form_data *form, inb_card *card, inb_error *err) {
    bool has_fields = card->view == INB_VIEW_LIST || card->view == INB_VIEW_MORE;
    if (has_fields) {
        empty_fields(catalogue, card);
    }
    for (size_t i = 0; i < form->count; i++) {
        const char *name = form->fields[i].name;
        bool ours = strcmp(name, "stamp") == 0 || strcmp(name, "sheet") == 0 ||
                    strcmp(name, "card") == 0 || strcmp(name, "do") == 0;
        if (!ours && (!has_fields || !take_field(catalogue, &form->fields[i], card))) {
            return unknown_field(err);
        }
    }
    if (card->profits != 0) {
        card->profits_asked = INB_ANSWER_YES;
    } else if (card->profits_asked == INB_ANSWER_YES) {
        card->profits_asked = INB_ANSWER_NONE;
    }
    return INB_OK;
}

static inb_status make_view(making *m, const inb_card *card, unsigned wrong) {
    switch (card->view) {
    case INB_VIEW_FINDING:
        return make_finding(m, card);
    case INB_VIEW_MORE:
        return make_more(m, card);
    case INB_VIEW_LIST:
        return make_list(m, card, wrong);
    case INB_VIEW_AGE:
    case INB_VIEW_WHO:
    case INB_VIEW_WHERE:
    case INB_VIEW_QUESTION:
    case INB_VIEW_COUNT:
        break;
    }
    return make_question(m, card);
}

static inb_status make_error(making *m, unsigned status, const inb_card *card) {
    char key[16];
    snprintf(key, sizeof key, "%u", status);
    inb_scope_text(m->root, "heading", say(m, "page.http_title", key));
    inb_scope_text(m->root, "message", say(m, "page.http", key));
    bool by_form = card != NULL;
    bind_frame(m, say(m, "page.http_title", key), by_form ? "card" : "", by_form);
    if (by_form) {
        INB_TRY(bind_card(m, card));
    }
    return render(m, PAGE_ERROR);
}

// *ret_sheet: the sheet that the form names, NULL where it names none.
static inb_stamp_state check_stamp(
    const inb_desk_request *request, const inb_form_data *form, const char **ret_sheet) {
    const char *stamp = inb_form_value(form, "stamp");
    const char *sheet = inb_form_value(form, "sheet");
    *ret_sheet = sheet != NULL && inb_sheet_valid(sheet) ? sheet : NULL;
    if (stamp == NULL || *ret_sheet == NULL) {
        return INB_STAMP_FORGED;
    }
    char purpose[64];
    purpose_of(sheet, purpose);
    return inb_stamp_check(request->stamper, purpose, request->now, stamp, strlen(stamp));
}

// Quick exit: puts the sheet out of use and leads away, whatever the form holds.
static inb_status make_exit(making *m) {
    const inb_desk_request *request = m->request;
    inb_error ignored = INB_ERROR_INIT;
    inb_form_data form = {NULL, 0};
    const char *sheet = NULL;
    if (inb_form_parse(request->body, request->body_length, m->arena, &form, &ignored) == INB_OK &&
        check_stamp(request, &form, &sheet) != INB_STAMP_FORGED) {
        inb_retired_add(request->retired, sheet, request->now);
    }
    bind_frame(m, "", "", false);
    return render(m, PAGE_EXIT);
}

static inb_status make_posted(making *m, unsigned *ret_status) {
    const inb_desk_request *request = m->request;
    inb_error ignored = INB_ERROR_INIT; // a wrong form gets a page, not a message
    inb_form_data form;
    inb_status status =
        inb_form_parse(request->body, request->body_length, m->arena, &form, &ignored);
    if (status == INB_NO_MEMORY) {
        return inb_fail(m->err, status, "no memory for a form");
    }
    if (status != INB_OK) {
        *ret_status = status == INB_TOO_LARGE ? 413 : 400;
        return make_error(m, *ret_status, NULL);
    }
    const char *text = inb_form_value(&form, "card");
    const char *button = inb_form_value(&form, "do");
    inb_card card;
    if (text == NULL || button == NULL ||
        inb_card_read(m->catalogue, text, strlen(text), &card, &ignored) != INB_OK) {
        *ret_status = 400;
        return make_error(m, 400, NULL);
    }
    const char *sheet = NULL;
    inb_stamp_state state = check_stamp(request, &form, &sheet);
    if (sheet != NULL && inb_retired_has(request->retired, sheet, request->now)) {
        // Left by quick exit: whoever goes back in the browser sees no answers.
        *ret_status = 403;
        return make_error(m, 403, NULL);
    }
    if (sheet != NULL && state != INB_STAMP_FORGED) {
        snprintf(m->sheet, sizeof m->sheet, "%s", sheet);
    }
    if (state == INB_STAMP_FORGED) {
        // Nothing is done, but nobody loses their answers because the program was started again.
        *ret_status = 403;
        return make_error(m, 403, &card);
    }
    inb_card before = card;
    if (take_fields(m->catalogue, &form, &card, &ignored) != INB_OK) {
        *ret_status = 400;
        return make_error(m, 400, NULL);
    }
    if (state == INB_STAMP_EXPIRED) {
        // The page lay open for long: it is shown again as it was, with what was filled in.
        inb_scope_flag(m->root, "expired", true);
        return make_view(m, &card, 0);
    }
    unsigned wrong = 0;
    if (before.view == INB_VIEW_LIST && strcmp(button, "show") == 0) {
        wrong |= card.age == INB_CARD_AGE_NONE ? WRONG_AGE : 0;
        wrong |= card.reporter < 0 ? WRONG_WHO : 0;
        wrong |= inb_card_anything(&card) ? 0 : WRONG_NOTHING;
    }
    if (wrong != 0) {
        *ret_status = 422;
        return make_view(m, &card, wrong);
    }
    if (inb_card_press(m->catalogue, button, &card, &ignored) != INB_OK) {
        *ret_status = 400;
        return make_error(m, 400, NULL);
    }
    return make_view(m, &card, 0);
}

// ---- the picture ----

static void bind_part(const making *m, inb_desk_picture_part part) {
    const char *key = inb_desk_picture_key(part);
    char text_key[64];
    snprintf(text_key, sizeof text_key, "%s_text", key);
    inb_scope_text(m->root, "part_title", say(m, "page.picture", key));
    inb_scope_text(m->root, "part_text", say(m, "page.picture", text_key));
    double numbers[3];
    bool has =
        inb_desk_picture_range(m->pages->picture, part, &numbers[0], &numbers[1], &numbers[2]);
    static const char *const names[] = {"seen", "low", "high"};
    for (size_t i = 0; i < 3; i++) {
        char people[32] = "";
        if (has) {
            inb_desk_people(numbers[i], m->language, people);
        }
        inb_scope_format(m->root, names[i], "%s", people);
    }
}

// The pictures are written by station 5, which escapes them itself, between templates: a template
// has no way to take markup.
static inb_status make_picture(making *m) {
    const inb_desk_picture *pictures = m->pages->picture;
    inb_scope_flag(m->root, "with_pictures", true);
    bind_frame(m, say(m, "page", "picture.title"), "picture", false);
    INB_TRY(render(m, PAGE_PICTURE));
    for (int i = 0; i < INB_DESK_PICTURE_COUNT; i++) {
        inb_desk_picture_part part = (inb_desk_picture_part)i;
        char ids[2][16];
        snprintf(ids[0], sizeof ids[0], "narrow-%d", i + 1);
        snprintf(ids[1], sizeof ids[1], "wide-%d", i + 1);
        inb_picture narrow = {m->catalogue, m->language, ids[0], INB_PICTURE_PHONE};
        inb_picture wide = {m->catalogue, m->language, ids[1], INB_PICTURE_DESK};
        bind_part(m, part);
        INB_TRY(render(m, PAGE_PICTURE_PART));
        inb_desk_picture_svg(pictures, part, &narrow, m->out);
        INB_TRY(render(m, PAGE_PICTURE_WIDE));
        inb_desk_picture_svg(pictures, part, &wide, m->out);
        INB_TRY(render(m, PAGE_PICTURE_TABLE));
        inb_desk_picture_table(pictures, part, &wide, m->out);
        INB_TRY(render(m, PAGE_PICTURE_CLOSE));
    }
    return render(m, PAGE_PICTURE_END);
}

// ---- the door ----

static inb_status begin(making *m, const inb_pages *pages, size_t language, inb_buffer *out,
    inb_arena **ret_arena, inb_error *err) {
    INB_TRY(inb_arena_new(PAGE_ARENA, ret_arena, err));
    m->pages = pages;
    m->catalogue = pages->catalogue;
    m->language_index = language == SIZE_MAX ? 0 : language;
    m->language = pages->languages[m->language_index];
    m->arena = *ret_arena;
    m->root = inb_scope_new(m->arena);
    m->out = out;
    m->err = err;
    return m->root == NULL ? inb_fail(err, INB_NO_MEMORY, "no memory for a page") : INB_OK;
}

static inb_status make_asset(
    inb_desk_route route, inb_buffer *out, inb_desk_answer *answer, inb_error *err) {
    if (route == INB_DESK_PICTURE_CSS) {
        answer->type = "text/css; charset=utf-8";
        answer->tag = INB_VERSION;
        inb_buffer_text(out, inb_picture_css());
        return inb_buffer_check(out, err);
    }
    bool css = route == INB_DESK_CSS;
    const inb_asset *asset = inb_asset_find(css ? "web/css/inbeeld.css" : "web/css/icon.svg");
    if (asset == NULL) {
        return inb_fail(err, INB_INTERNAL, "a file of the desk is not in the program");
    }
    answer->type = css ? "text/css; charset=utf-8" : "image/svg+xml";
    answer->tag = asset->tag;
    inb_buffer_add(out, asset->data, asset->length);
    return inb_buffer_check(out, err);
}

inb_status inb_pages_make(const inb_pages *pages, const inb_desk_request *request, inb_buffer *out,
    inb_desk_answer *ret_answer, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    inb_desk_answer answer = {200, "text/html; charset=utf-8", NULL, false, ""};
    making m = {.request = request};
    INB_TRY(begin(&m, pages, request->language, out, &arena, err));
    inb_card card;
    inb_card_start(&card);
    inb_status status = INB_OK;
    switch (request->route) {
    case INB_DESK_FRONT:
        bind_frame(&m, say(&m, "page", "front.title"), "", false);
        status = render(&m, PAGE_FRONT);
        break;
    case INB_DESK_CARD:
        status = request->post ? make_posted(&m, &answer.status) : make_question(&m, &card);
        break;
    case INB_DESK_EXIT:
        answer.forget = true;
        status = make_exit(&m);
        break;
    case INB_DESK_LIST:
        card.view = INB_VIEW_LIST;
        status = make_list(&m, &card, 0);
        break;
    case INB_DESK_PICTURE:
        status = make_picture(&m);
        break;
    case INB_DESK_REPORT:
        inb_buffer_text(out, pages->report);
        answer.style_hash = pages->report_hash;
        status = inb_buffer_check(out, err);
        break;
    case INB_DESK_ABOUT:
        inb_scope_text(m.root, "version", inb_catalogue_version(pages->catalogue));
        inb_scope_text(m.root, "date", inb_catalogue_date(pages->catalogue));
        bind_frame(&m, say(&m, "page", "about.title"), "about", false);
        status = render(&m, PAGE_ABOUT);
        break;
    case INB_DESK_ACCESS:
        bind_frame(&m, say(&m, "page", "access.title"), "access", false);
        status = render(&m, PAGE_ACCESS);
        break;
    case INB_DESK_CSS:
    case INB_DESK_PICTURE_CSS:
    case INB_DESK_ICON:
        status = make_asset(request->route, out, &answer, err);
        break;
    case INB_DESK_ROOT: // the server sends a reader on to their language
    case INB_DESK_ROUTE_COUNT:
        answer.status = 404;
        status = make_error(&m, 404, NULL);
        break;
    }
    INB_TRY(status);
    *ret_answer = answer;
    return INB_OK;
}

inb_status inb_pages_error(
    const inb_pages *pages, size_t language, unsigned status, inb_buffer *out, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    making m = {0};
    INB_TRY(begin(&m, pages, language, out, &arena, err));
    return make_error(&m, status, NULL);
}
