// SPDX-License-Identifier: EUPL-1.2
// Fuzzer of what a browser, or somebody who plays one, sends: the first byte says which reader gets
// the rest. "0" form body, 1 template, 2 Host, 3 Accept-Language, 4 state of the card, 5 a button
// after a state, 6 a whole POST. What is accepted must hold: one card, one text; a page's markup
// never comes from a value.

#include "desk/card.h"
#include "desk/form.h"
#include "desk/pages.h"
#include "desk/template.h"

#include "base/alloc.h"
#include "base/text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { NOW = 1790000000, READERS = 7 };

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static const inb_catalogue *norm(void) {
    static inb_catalogue *catalogue;
    if (catalogue == NULL) {
        demand(inb_catalogue_load(NULL, &catalogue, NULL) == INB_OK);
    }
    return catalogue;
}

static void read_form(const char *text, size_t length) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    demand(inb_arena_new(0, &arena, NULL) == INB_OK);
    inb_form_data form;
    if (inb_form_parse(text, length, arena, &form, NULL) != INB_OK) {
        return;
    }
    demand(form.count <= INB_FORM_MAX_FIELDS);
    for (size_t i = 0; i < form.count; i++) {
        const inb_field *field = &form.fields[i];
        demand(strlen(field->value) == field->length);
        demand(inb_utf8_valid(field->value, field->length) == field->length);
        demand(field->name[0] != '\0' && strlen(field->name) <= INB_FORM_MAX_NAME);
        (void)inb_form_value(&form, field->name);
    }
}

static size_t count_of(const inb_buffer *text, char c) {
    size_t count = 0;
    for (size_t i = 0; i < text->length; i++) {
        count += text->data[i] == c;
    }
    return count;
}

static void render(const inb_template *compiled, const char *value, inb_buffer *out) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    demand(inb_arena_new(0, &arena, NULL) == INB_OK);
    inb_scope *scope = inb_scope_new(arena);
    inb_scope_text(scope, "v", value);
    inb_scope_flag(scope, "f", true);
    inb_scope_text(inb_scope_item(scope, "l"), "i", value);
    (void)!inb_template_render(compiled, scope, NULL, NULL, out, NULL);
}

// Any bytes as a template; what compiles gives the same brackets and quotes for a hostile value as
// for a tame one. ("#" stands for a refused address, so both are of one kind.)
static void read_template(const char *text, size_t length) {
    INB_CLEANUP(inb_template_freep) inb_template *compiled = NULL;
    if (length > 4096 ||
        inb_template_compile("t", text, length, NULL, NULL, &compiled, NULL) != INB_OK) {
        return;
    }
    INB_CLEANUP(inb_buffer_clear) inb_buffer tame = INB_BUFFER_INIT(1 << 20);
    INB_CLEANUP(inb_buffer_clear) inb_buffer wild = INB_BUFFER_INIT(1 << 20);
    render(compiled, "a", &tame);
    render(compiled, "\"><script>'`x=</script><!--", &wild);
    static const char marks[] = "<>\"'";
    for (size_t i = 0; marks[i] != '\0'; i++) {
        demand(tame.status != INB_OK || wild.status != INB_OK ||
               count_of(&tame, marks[i]) == count_of(&wild, marks[i]));
    }
}

static bool read_card(const char *text, size_t length, inb_card *card) {
    if (inb_card_read(norm(), text, length, card, NULL) != INB_OK) {
        return false;
    }
    INB_CLEANUP(inb_buffer_clear) inb_buffer again = INB_BUFFER_INIT(INB_CARD_TEXT);
    inb_card_write(norm(), card, &again);
    demand(again.length == length && memcmp(again.data, text, length) == 0);
    return true;
}

// "STATE|BUTTON": wherever a button leads, that can be written and read again.
static void press(char *text) {
    char *bar = strchr(text, '|');
    inb_card card;
    if (bar == NULL || !read_card(text, (size_t)(bar - text), &card)) {
        return;
    }
    if (inb_card_press(norm(), bar + 1, &card, NULL) != INB_OK) {
        return;
    }
    INB_CLEANUP(inb_buffer_clear) inb_buffer text_now = INB_BUFFER_INIT(INB_CARD_TEXT);
    inb_card_write(norm(), &card, &text_now);
    demand(text_now.status != INB_OK || read_card(text_now.data, text_now.length, &card));
}

// The body of a POST, with a stamp of ours put before it where it has none.
static void post(const char *text, size_t length) {
    static inb_pages *pages;
    static inb_stamper *stamper;
    static inb_retired *retired;
    if (pages == NULL) {
        demand(inb_pages_new(norm(), NULL, &pages, NULL) == INB_OK);
        demand(inb_stamper_new(&stamper, NULL) == INB_OK);
        demand(inb_retired_new(&retired, NULL) == INB_OK);
    }
    static const char sheet[] = "0123456789abcdef0123456789abcdef";
    char purpose[64];
    char stamp[INB_STAMP_SIZE];
    snprintf(purpose, sizeof purpose, "card %s", sheet);
    inb_stamp_make(stamper, purpose, NOW, stamp);
    INB_CLEANUP(inb_buffer_clear) inb_buffer body = INB_BUFFER_INIT((size_t)1 << 20);
    inb_buffer_format(&body, "stamp=%s&sheet=%s&", stamp, sheet);
    inb_buffer_add(&body, text, length);
    INB_CLEANUP(inb_buffer_clear) inb_buffer out = INB_BUFFER_INIT((size_t)8 << 20);
    inb_desk_request request = {
        INB_DESK_CARD, length % 2, true, body.data, body.length, stamper, retired, NOW};
    inb_desk_answer answer;
    demand(inb_pages_make(pages, &request, &out, &answer, NULL) == INB_OK);
    demand(answer.status == 200 || answer.status == 400 || answer.status == 403 ||
           answer.status == 413 || answer.status == 422);
    demand(inb_utf8_valid(out.data, out.length) == out.length);
    demand(memmem(out.data, out.length, "<script", 7) == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) {
        return 0;
    }
    static const char *const languages[] = {"nl", "en", NULL};
    char *text = inb_alloc(size, 1); // without the first byte, with a NUL: its end is guarded
    demand(text != NULL);
    memcpy(text, data + 1, size - 1);
    inb_card card;
    switch ((uint8_t)(data[0] - (uint8_t)'0') % READERS) {
    case 0:
        read_form(text, size - 1);
        break;
    case 1:
        read_template(text, size - 1);
        break;
    case 2:
        (void)inb_host_allowed(text, 2730);
        break;
    case 3:
        demand(inb_accept_language(text, languages) < 2);
        break;
    case 4:
        (void)read_card(text, size - 1, &card);
        break;
    case 5:
        press(text);
        break;
    default:
        post(text, size - 1);
        break;
    }
    inb_free(text);
    return 0;
}
