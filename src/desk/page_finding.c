// SPDX-License-Identifier: EUPL-1.2
// The finding as a page: what it may be and why, what to do, whom to turn to, what to ask next, and
// the text to copy.

#include "copy.h"
#include "making.h"

#include "base/alloc.h"

#include <stdio.h>
#include <string.h>

// Of a long list of things to do, so many are seen at once.
enum { FIRST_ADVICE = 5 };

static void row_item(const inb_making *m, inb_scope *parent, size_t row) {
    inb_scope *item = inb_scope_item(parent, "rows");
    inb_scope_text(item, "label", inb_desk_say_row(m, row, "label"));
    inb_scope_text(item, "id", inb_catalogue_row(m->catalogue, row)->id);
}

static void bind_rows(const inb_making *m, inb_scope *parent, const inb_set *set) {
    for (size_t row = 0; row < inb_catalogue_rows(m->catalogue); row++) {
        if (inb_set_has(set, row)) {
            row_item(m, parent, row);
        }
    }
}

static void bind_forms(const inb_making *m, const inb_finding *finding, bool child) {
    for (size_t i = 0; i < finding->form_count; i++) {
        const inb_form_finding *found = &finding->forms[i];
        inb_scope *form = inb_scope_item(m->root, "forms");
        inb_scope_text(
            form, "form", inb_desk_say_found(m, finding, "form", inb_form_code(found->form)));
        inb_scope_text(form, "form_level", inb_level_code(found->level));
        inb_scope_text(form, "form_text", inb_desk_say(m, "level", inb_level_code(found->level)));
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
            inb_scope_text(
                element, "element", inb_desk_say(m, "element", inb_element_code((inb_element)e)));
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
static void bind_advice(const inb_making *m, const inb_finding *finding, inb_advice_kind kind,
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
            inb_desk_say_found(m, finding, inb_advice_kind_code(kind), finding->advice[kind][i]));
    }
}

// "0800-5151; +31 70 333 44 44" as links that a phone can call.
static void bind_contacts(const inb_making *m, inb_scope *route, const char *contacts) {
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

static void bind_routes(const inb_making *m, const inb_finding *finding) {
    bool readings = false;
    for (size_t i = 0; i < finding->route_count; i++) {
        const inb_route_advice *to = &finding->routes[i];
        const inb_route *route = inb_catalogue_route(m->catalogue, to->route);
        const char *basis = inb_basis_code(to->basis);
        inb_scope *item = inb_scope_item(m->root, "routes");
        inb_scope_text(item, "name",
            inb_catalogue_label(m->catalogue, m->language, "route", route->id, "name"));
        inb_scope_text(item, "what", inb_desk_maybe(m, "route", route->id, "what"));
        inb_scope_text(item, "why", inb_desk_say_found(m, finding, "why", to->why));
        inb_scope_text(item, "reading",
            to->only_if == INB_READ_CHILD   ? inb_desk_say_found(m, finding, "age", "if_child")
            : to->only_if == INB_READ_ADULT ? inb_desk_say_found(m, finding, "age", "if_adult")
                                            : "");
        readings = readings || to->only_if != INB_READ_ANY;
        inb_scope_text(item, "basis", inb_desk_say_found(m, finding, "basis", basis));
        inb_scope_text(item, "basis_code", basis);
        inb_scope_text(item, "basis_short", inb_desk_say(m, "page.basis", basis));
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

static void bind_asks(const inb_making *m, const inb_finding *finding) {
    if (finding->ask_age) {
        inb_scope *age = inb_scope_item(m->root, "ask_age");
        for (int i = 0; i < INB_CARD_AGE_COUNT - 1; i++) { // all but "not known"
            const char *key = inb_card_age_key((inb_card_age)i);
            inb_scope *item = inb_scope_item(age, "ages");
            inb_scope_text(item, "label", inb_desk_say(m, "page.age", key));
            inb_scope_format(item, "value", "age:%s", key);
        }
    }
    for (size_t i = 0; i < finding->ask_count; i++) {
        const char *id = inb_catalogue_row(m->catalogue, finding->ask_next[i])->id;
        inb_scope *item = inb_scope_item(m->root, "asks");
        inb_scope_text(item, "question", inb_desk_say_row(m, finding->ask_next[i], "question"));
        for (int a = INB_REPLY_YES; a <= INB_REPLY_UNKNOWN; a++) {
            const char *code = inb_reply_code((inb_reply)a);
            inb_scope *answer = inb_scope_item(item, "answers");
            inb_scope_text(answer, "label", inb_desk_say(m, "answer", code));
            inb_scope_format(answer, "value", "ask:%s:%s", id, code);
        }
    }
    inb_scope_flag(m->root, "has_ask", finding->ask_age || finding->ask_count > 0);
}

static void bind_facts(const inb_making *m, const inb_facts *facts) {
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
            inb_scope_text(item, "heading", inb_desk_say(m, "text", kinds[i].key));
            bind_rows(m, item, kinds[i].set);
        }
    }
}

void inb_desk_bind_weighed(
    const inb_making *m, const inb_facts *facts, const inb_finding *finding) {
    const char *level = inb_level_code(inb_finding_level(finding));
    inb_scope_text(m->root, "level", level);
    inb_scope_text(m->root, "level_title", inb_desk_say(m, "page.level", level));
    bind_forms(m, finding, facts->age.class_ != INB_AGE_ADULT);
    bind_advice(m, finding, INB_ADVICE_DO, "do", "do_rest");
    bind_advice(m, finding, INB_ADVICE_DONT, "dont", "dont_rest");
    inb_scope_flag(m->root, "has_dont", finding->advice_count[INB_ADVICE_DONT] > 0);
    bind_advice(m, finding, INB_ADVICE_OFFER, "offers", NULL);
    bind_advice(m, finding, INB_ADVICE_NOTE, "notes", NULL);
    inb_scope_flag(m->root, "has_notes", finding->advice_count[INB_ADVICE_NOTE] > 0);
    bind_routes(m, finding);
    bind_facts(m, facts);
}

inb_status inb_desk_make_finding(inb_making *m, const inb_card *card) {
    inb_facts facts;
    inb_card_facts(m->catalogue, card, &facts);
    inb_finding *finding = inb_arena_get(m->arena, 1, sizeof *finding);
    if (finding == NULL) {
        return inb_fail(m->err, INB_NO_MEMORY, "no memory for a page");
    }
    inb_weigh(m->catalogue, &facts, finding);
    inb_desk_bind_weighed(m, &facts, finding);
    bind_asks(m, finding);
    for (int d = 0; d < INB_DIMENSIONS; d++) {
        inb_scope *item = inb_scope_item(m->root, "dimensions");
        inb_scope_format(item, "id", "D%d", d + 1);
        char id[8];
        snprintf(id, sizeof id, "D%d", d + 1);
        inb_scope_text(item, "name", inb_desk_say(m, "dimension", id));
        inb_scope_text(item, "state",
            inb_desk_say(m, "dimension", finding->dimension[d] ? "positive" : "negative"));
    }
    inb_scope_text(m->root, "version", inb_catalogue_version(m->catalogue));
    inb_scope_text(m->root, "date", inb_catalogue_date(m->catalogue));
    inb_scope_flag(m->root, "unfinished",
        card->branch == SIZE_MAX || inb_card_open_step(m->catalogue, card) != SIZE_MAX);
    INB_CLEANUP(inb_buffer_clear) inb_buffer copy = INB_BUFFER_INIT((size_t)256 * 1024);
    inb_card_copy(m->catalogue, card, &facts, finding, m->language, &copy);
    INB_TRY(inb_buffer_check(&copy, m->err));
    inb_scope_text(m->root, "copy", inb_buffer_get(&copy));
    inb_desk_bind_frame(m, inb_desk_say(m, "page", "finding.title"), "card", true);
    INB_TRY(inb_desk_bind_card(m, card));
    return inb_desk_render(m, INB_PAGE_FINDING);
}
