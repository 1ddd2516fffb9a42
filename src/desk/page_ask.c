// SPDX-License-Identifier: EUPL-1.2
// The card's questions, one a page: age, who, where, and those of the branch.

#include "making.h"

#include <stdio.h>

static inb_scope *choice(inb_scope *group, const char *label, const char *under, bool chosen,
    const char *action, const char *value) {
    inb_scope *item = inb_scope_item(group, "choices");
    inb_scope_text(item, "label", label);
    inb_scope_text(item, "under", under);
    inb_scope_flag(item, "chosen", chosen);
    inb_scope_format(item, "value", "%s:%s", action, value);
    return item;
}
static void ask_age(const inb_making *m, const inb_card *card) {
    inb_scope_text(m->root, "question", inb_desk_say(m, "page", "card.age"));
    inb_scope_text(m->root, "hint", inb_desk_say(m, "page", "card.age_hint"));
    inb_scope *group = inb_scope_item(m->root, "groups");
    inb_scope_text(group, "heading", "");
    for (int i = 0; i < INB_CARD_AGE_COUNT; i++) {
        const char *key = inb_card_age_key((inb_card_age)i);
        choice(
            group, inb_desk_say(m, "page.age", key), "", card->age == (inb_card_age)i, "age", key);
    }
}

static void ask_who(const inb_making *m, const inb_card *card) {
    inb_scope_text(m->root, "question", inb_desk_say(m, "page", "card.who"));
    inb_scope_text(m->root, "hint", inb_desk_say(m, "page", "card.who_hint"));
    for (size_t g = 0; g < inb_desk_group_count; g++) {
        inb_scope *group = inb_scope_item(m->root, "groups");
        inb_scope_text(group, "heading", inb_desk_say(m, "page.who", inb_desk_groups[g].key));
        inb_scope_flag(group, "many", true);
        for (size_t i = 0; i < inb_desk_groups[g].count; i++) {
            const char *code = inb_reporter_code(inb_desk_groups[g].reporters[i]);
            choice(group, inb_desk_say(m, "reporter", code), "",
                card->reporter == (int)inb_desk_groups[g].reporters[i], "who", code);
        }
    }
}

static void ask_where(const inb_making *m, const inb_card *card) {
    inb_scope_text(m->root, "question", inb_desk_say(m, "page", "card.where"));
    inb_scope_text(m->root, "hint", inb_desk_say(m, "page", "card.where_hint"));
    inb_scope *group = inb_scope_item(m->root, "groups");
    inb_scope_text(group, "heading", "");
    size_t count = 0;
    const inb_branch *branches = inb_catalogue_branches(m->catalogue, &count);
    for (size_t i = 0; i < count; i++) {
        choice(group, inb_desk_say(m, "page.where", branches[i].id),
            inb_desk_maybe(m, "page.where", branches[i].id, "under"), card->branch == i, "where",
            branches[i].id);
    }
}

static void bind_question(const inb_making *m, const inb_card *card, const inb_question *question) {
    static const char *const kinds[] = {
        [INB_ASK_PROFITS] = "profits",
        [INB_ASK_UNACCOMPANIED] = "unaccompanied",
        [INB_ASK_DANGER] = "danger",
    };
    inb_scope *group = inb_scope_item(m->root, "groups");
    inb_scope_text(group, "heading", "");
    inb_reply given = inb_card_reply(card, question);
    if (question->row != SIZE_MAX) {
        const char *id = inb_catalogue_row(m->catalogue, question->row)->id;
        inb_scope_text(m->root, "question", inb_desk_say_row(m, question->row, "question"));
        inb_scope_text(m->root, "hint", inb_desk_maybe(m, "indicator", id, "hint"));
    } else {
        inb_scope_text(
            m->root, "question", inb_desk_say(m, "page.question", kinds[question->kind]));
        inb_scope_text(
            m->root, "hint", inb_desk_maybe(m, "page.question", kinds[question->kind], "hint"));
    }
    if (question->kind == INB_ASK_PROFITS) {
        for (int i = 0; i < INB_PROFIT_COUNT; i++) {
            const char *code = inb_profit_code((inb_profit)i);
            choice(group, inb_desk_say(m, "page.profits", code), "", (card->profits >> i & 1) != 0,
                "gain", code);
        }
        choice(group, inb_desk_say(m, "page.profits", "nobody"), "", given == INB_REPLY_NO, "gain",
            "nobody");
        choice(group, inb_desk_say(m, "answer", "unknown"), "", given == INB_REPLY_UNKNOWN, "gain",
            "unknown");
        return;
    }
    for (int i = INB_REPLY_YES; i <= INB_REPLY_UNKNOWN; i++) {
        const char *code = inb_reply_code((inb_reply)i);
        choice(group, inb_desk_say(m, "answer", code), "", given == (inb_reply)i, "answer", code);
    }
}

inb_status inb_desk_make_question(inb_making *m, const inb_card *card) {
    size_t total = 0;
    const inb_question *question = inb_card_question(m->catalogue, card, &total);
    const char *step = "";
    switch (card->view) {
    case INB_VIEW_AGE:
        ask_age(m, card);
        step = inb_desk_say(m, "page", "card.step_age");
        break;
    case INB_VIEW_WHO:
        ask_who(m, card);
        step = inb_desk_say(m, "page", "card.step_who");
        break;
    case INB_VIEW_WHERE:
        ask_where(m, card);
        step = inb_desk_say(m, "page", "card.step_where");
        break;
    default:
        bind_question(m, card, question);
        inb_scope_format(m->root, "step_text", "%s %zu %s %zu",
            inb_desk_say(m, "page", "card.question"), card->step + 1,
            inb_desk_say(m, "page", "card.of"), total);
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
    inb_desk_bind_frame(m, inb_desk_say(m, "page", "card.title"), "card", true);
    INB_TRY(inb_desk_bind_card(m, card));
    return inb_desk_render(m, INB_PAGE_ASK);
}
