// SPDX-License-Identifier: EUPL-1.2
// The part of a page that all pages share: texts, frame, hidden fields.

#include "making.h"

#include "base/alloc.h"

#include <stdio.h>
#include <string.h>

// Those who are near first: they look for themselves; then who asks most.
const inb_reporter_group inb_desk_groups[] = {
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

const size_t inb_desk_group_count = sizeof inb_desk_groups / sizeof inb_desk_groups[0];

static const char *page_text(const char *key, const void *payload) {
    const inb_making *m = payload;
    return inb_catalogue_text(m->catalogue, m->language, key);
}

const char *inb_desk_say(const inb_making *m, const char *group, const char *id) {
    return inb_catalogue_label(m->catalogue, m->language, group, id, NULL);
}

const char *inb_desk_say_found(
    const inb_making *m, const inb_finding *finding, const char *group, const char *id) {
    return inb_finding_say(m->catalogue, finding, m->language, group, id);
}

const char *inb_desk_say_row(const inb_making *m, size_t row, const char *part) {
    return inb_catalogue_label(
        m->catalogue, m->language, "indicator", inb_catalogue_row(m->catalogue, row)->id, part);
}

const char *inb_desk_maybe(
    const inb_making *m, const char *group, const char *id, const char *part) {
    char key[128];
    snprintf(key, sizeof key, "%s.%s%s%s", group, id, part[0] != '\0' ? "." : "", part);
    const char *text = inb_catalogue_text(m->catalogue, m->language, key);
    return text == NULL ? "" : text;
}

bool inb_desk_has_store(const inb_making *m) {
    return m->pages->has_store && !(m->request != NULL && m->request->stranger);
}

// The card is light: a telephone on a bad line gets one small sheet for it.
static bool has_fields(inb_page which) {
    switch (which) {
    case INB_PAGE_FRONT:
    case INB_PAGE_ASK:
    case INB_PAGE_FINDING:
    case INB_PAGE_ABOUT:
    case INB_PAGE_EXIT:
    case INB_PAGE_ACCESS:
    case INB_PAGE_ERROR:
        return false;
    default:
        return true;
    }
}

inb_status inb_desk_render(const inb_making *m, inb_page which) {
    inb_scope_flag(m->root, "with_fields", has_fields(which));
    return inb_template_render(m->pages->templates[which], m->root, page_text, m, m->out, m->err);
}

void inb_desk_bind_frame(const inb_making *m, const char *title, const char *place, bool by_form) {
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
    inb_scope_flag(m->root, "has_store", inb_desk_has_store(m));
}

void inb_desk_purpose(const char *sheet, char ret_purpose[static 64]) {
    snprintf(ret_purpose, 64, "card %.32s", sheet);
}

inb_status inb_desk_bind_card(inb_making *m, const inb_card *card) {
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
    inb_desk_purpose(m->sheet, purpose);
    inb_stamp_make(m->request->stamper, purpose, m->request->now, stamp);
    inb_scope_text(m->root, "card", copy);
    inb_scope_text(m->root, "sheet", m->sheet);
    inb_scope_text(m->root, "stamp", stamp);
    inb_scope_flag(m->root, "danger", card->danger == INB_REPLY_YES);
    return INB_OK;
}
