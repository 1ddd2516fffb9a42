// SPDX-License-Identifier: EUPL-1.2
// The two pages with fields, the full list and the page about the situation, and what comes back
// from them.

#include "making.h"

#include <stdio.h>
#include <string.h>

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

static void answer_group(const inb_making *m, inb_scope *parent, const char *field,
    const char *legend, const char *note, inb_reply given) {
    inb_scope *group = radio_group(parent, field, legend, note);
    for (int i = INB_REPLY_YES; i <= INB_REPLY_UNKNOWN; i++) {
        const char *code = inb_reply_code((inb_reply)i);
        radio_option(group, field, code, inb_desk_say(m, "answer", code), given == (inb_reply)i);
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

static void bind_circumstances(const inb_making *m, inb_scope *parent, const inb_card *card) {
    inb_scope *group = check_group(parent, inb_desk_say(m, "page", "more.pick"), "");
    for (size_t row = 0; row < inb_catalogue_rows(m->catalogue); row++) {
        const inb_indicator *indicator = inb_catalogue_row(m->catalogue, row);
        if (indicator->kind != INB_CIRCUMSTANCE || indicator->omitted) {
            continue;
        }
        const char *hint = inb_desk_maybe(m, "indicator", indicator->id, "hint");
        const char *sensitive = inb_desk_maybe(m, "page.sensitive", indicator->id, "");
        char name[32];
        snprintf(name, sizeof name, "c.%.24s", indicator->id);
        check_option(group, name, inb_desk_say_row(m, row, "label"),
            sensitive[0] != '\0' ? sensitive : hint, inb_set_has(&card->circumstances, row));
    }
}

void inb_desk_bind_situation(const inb_making *m, inb_scope *parent, const inb_card *card) {
    answer_group(m, parent, "danger", inb_desk_say(m, "page.question", "danger"), "", card->danger);
    answer_group(m, parent, "unaccompanied", inb_desk_say(m, "page.question", "unaccompanied"), "",
        card->unaccompanied);
    inb_scope *police = radio_group(parent, "police", inb_desk_say(m, "page.more", "police"), "");
    for (int i = 0; i < INB_POLICE_COUNT; i++) {
        const char *code = inb_police_code((inb_police_wish)i);
        radio_option(
            police, "police", code, inb_desk_say(m, "police", code), (int)card->police == i);
    }
    inb_scope *consent = radio_group(parent, "consent", inb_desk_say(m, "page.more", "consent"),
        inb_desk_say(m, "page.more", "consent_note"));
    for (int i = 0; i < INB_CONSENT_COUNT; i++) {
        const char *code = inb_consent_code((inb_consent)i);
        radio_option(
            consent, "consent", code, inb_desk_say(m, "consent", code), (int)card->consent == i);
    }
    inb_scope *profits = check_group(parent, inb_desk_say(m, "page.question", "profits"), "");
    for (int i = 0; i < INB_PROFIT_COUNT; i++) {
        const char *code = inb_profit_code((inb_profit)i);
        char name[40];
        snprintf(name, sizeof name, "profits.%.24s", code);
        check_option(profits, name, inb_desk_say(m, "page.profits", code), "",
            (card->profits >> i & 1) != 0);
    }
    inb_scope *around = check_group(parent, inb_desk_say(m, "page.more", "surroundings"), "");
    for (int i = 0; i < INB_SURROUNDING_COUNT; i++) {
        const char *code = inb_surrounding_code((inb_surrounding)i);
        char name[40];
        snprintf(name, sizeof name, "around.%.24s", code);
        check_option(around, name, inb_desk_say(m, "surroundings", code), "",
            (card->surroundings >> i & 1) != 0);
    }
    inb_scope *said = check_group(parent, inb_desk_say(m, "page.more", "said"), "");
    check_option(said, "denies", inb_desk_say(m, "situation", "denies"),
        inb_desk_say(m, "page.more", "denies_hint"), card->denies);
    bool under12 = card->age == INB_CARD_AGE_UNDER12;
    check_option(said, "suspected", inb_desk_say(m, "page.more", under12 ? "protect" : "suspected"),
        inb_desk_say(m, "page.more", "suspected_hint"), card->suspected);
}

inb_status inb_desk_make_more(inb_making *m, const inb_card *card) {
    inb_desk_bind_situation(m, inb_scope_item(m->root, "situation"), card);
    bind_circumstances(m, inb_scope_item(m->root, "circumstances"), card);
    inb_desk_bind_frame(m, inb_desk_say(m, "page", "more.title"), "card", true);
    INB_TRY(inb_desk_bind_card(m, card));
    return inb_desk_render(m, INB_PAGE_MORE);
}

static void bind_problems(const inb_making *m, unsigned wrong) {
    if (wrong == 0) {
        return;
    }
    const struct {
        unsigned bit;
        const char *key;
        const char *where;
    } problems[] = {
        {INB_WRONG_AGE, "error.age", "#age-under12"},
        {INB_WRONG_WHO, "error.who", "#reporter"},
        {INB_WRONG_NOTHING, "error.nothing", "#questions"},
    };
    inb_scope *errors = inb_scope_item(m->root, "errors");
    for (size_t i = 0; i < 3; i++) {
        if ((wrong & problems[i].bit) != 0) {
            inb_scope *problem = inb_scope_item(errors, "problems");
            inb_scope_text(problem, "where", problems[i].where);
            inb_scope_text(problem, "text", inb_desk_say(m, "page", problems[i].key));
        }
    }
}

static void bind_first(const inb_making *m, const inb_card *card, unsigned wrong) {
    inb_scope *first = inb_scope_item(m->root, "first");
    inb_scope *age = radio_group(first, "age", inb_desk_say(m, "page", "card.age"), "");
    if ((wrong & INB_WRONG_AGE) != 0) {
        inb_scope_text(age, "error", inb_desk_say(m, "page", "error.age"));
    }
    for (int i = 0; i < INB_CARD_AGE_COUNT; i++) {
        const char *key = inb_card_age_key((inb_card_age)i);
        radio_option(
            age, "age", key, inb_desk_say(m, "page.age", key), card->age == (inb_card_age)i);
    }
    inb_scope_text(first, "reporter_error",
        (wrong & INB_WRONG_WHO) != 0 ? inb_desk_say(m, "page", "error.who") : "");
    for (size_t g = 0; g < inb_desk_group_count; g++) {
        for (size_t i = 0; i < inb_desk_groups[g].count; i++) {
            const char *code = inb_reporter_code(inb_desk_groups[g].reporters[i]);
            inb_scope *option = inb_scope_item(first, "reporters");
            inb_scope_text(option, "code", code);
            inb_scope_text(option, "label", inb_desk_say(m, "reporter", code));
            inb_scope_flag(option, "on", card->reporter == (int)inb_desk_groups[g].reporters[i]);
        }
    }
}

// One fold per category, in the order of the catalogue.
static void bind_category(const inb_making *m, const inb_card *card, unsigned category) {
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
        inb_reply given = inb_card_row_reply(card, row);
        answered += given != INB_REPLY_NONE;
        char field[32];
        snprintf(field, sizeof field, "r.%.24s", indicator->id);
        const char *copy = inb_arena_text(m->arena, field, strlen(field));
        answer_group(m, fold, copy == NULL ? "" : copy, inb_desk_say_row(m, row, "question"),
            inb_desk_maybe(m, "indicator", indicator->id, "hint"), given);
    }
    if (fold == NULL) {
        return;
    }
    char id[16];
    snprintf(id, sizeof id, "%u", category);
    inb_scope_text(fold, "name", inb_desk_say(m, "category", id));
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

inb_status inb_desk_make_list(inb_making *m, const inb_card *card, unsigned wrong) {
    bind_problems(m, wrong);
    bind_first(m, card, wrong);
    inb_scope_text(m->root, "questions_error",
        (wrong & INB_WRONG_NOTHING) != 0 ? inb_desk_say(m, "page", "error.nothing") : "");
    unsigned last = 0;
    for (size_t row = 0; row < inb_catalogue_rows(m->catalogue); row++) {
        unsigned category = inb_catalogue_row(m->catalogue, row)->category;
        last = category > last ? category : last;
    }
    for (unsigned category = 0; category <= last; category++) {
        bind_category(m, card, category);
    }
    inb_desk_bind_frame(
        m, inb_desk_say(m, "page", wrong == 0 ? "list.title" : "error.list_title"), "card", true);
    INB_TRY(inb_desk_bind_card(m, card));
    return inb_desk_render(m, INB_PAGE_LIST);
}

// ---- what comes back ----

static int answer_code(const char *code) {
    for (int i = INB_REPLY_YES; i <= INB_REPLY_UNKNOWN; i++) {
        if (strcmp(code, inb_reply_code((inb_reply)i)) == 0) {
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

// One field of the groups about the situation into the card.
static bool take_situation_field(const inb_field *field, inb_card *card) {
    const char *name = field->name;
    const char *value = field->value;
    bool on = strcmp(value, "on") == 0;
    int number = 0;
    if (strcmp(name, "danger") == 0 || strcmp(name, "unaccompanied") == 0) {
        number = answer_code(value);
        *(name[0] == 'd' ? &card->danger : &card->unaccompanied) =
            number < 0 ? INB_REPLY_NONE : (inb_reply)number;
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
        if (row == SIZE_MAX || answer < 0 || inb_card_row_reply(card, row) != INB_REPLY_NONE) {
            return false;
        }
        inb_card_set_row(card, row, (inb_reply)answer);
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
    return take_situation_field(field, card);
}

// A box that is not ticked is not sent, so what the page shows is emptied first.
static void empty_fields(const inb_catalogue *catalogue, inb_card *card) {
    memset(&card->circumstances, 0, sizeof card->circumstances);
    if (card->view == INB_VIEW_LIST) {
        for (size_t row = 0; row < inb_catalogue_rows(catalogue); row++) {
            inb_card_set_row(card, row, INB_REPLY_NONE);
        }
        return;
    }
    card->profits = 0;
    card->surroundings = 0;
    card->denies = false;
    card->suspected = false;
}

bool inb_desk_is_situation(const char *name) {
    static const char *const names[] = {
        "danger", "unaccompanied", "police", "consent", "denies", "suspected"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return strncmp(name, "profits.", 8) == 0 || strncmp(name, "around.", 7) == 0;
}

bool inb_desk_take_situation(const inb_form_data *form, inb_card *card) {
    card->profits = 0;
    card->surroundings = 0;
    card->denies = false;
    card->suspected = false;
    for (size_t i = 0; i < form->count; i++) {
        const inb_field *field = &form->fields[i];
        if (inb_desk_is_situation(field->name) && !take_situation_field(field, card)) {
            return false;
        }
    }
    return true;
}

inb_status inb_desk_take_fields(
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
        card->profits_asked = INB_REPLY_YES;
    } else if (card->profits_asked == INB_REPLY_YES) {
        card->profits_asked = INB_REPLY_NONE;
    }
    return INB_OK;
}
