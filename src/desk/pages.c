// SPDX-License-Identifier: EUPL-1.2
// Fills the templates. Each page binds its values in one function; what a button does stands in
// card.c, what a finding is in station 2, and how a value is escaped in template_render.c.

#include "pages.h"

#include "making.h"
#include "page_team.h"

#include "base/alloc.h"
#include "base/assets.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { PAGE_ARENA = 8 * 1024 * 1024 };

static const char *const page_names[] = {
#define X(id, name) name,
    INB_PAGES(X)
#undef X
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

static inb_status load_template(inb_pages *pages, inb_page which, inb_error *err) {
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
static void find_style_hash(const char *report, char ret_hash[INB_STYLE_HASH]) {
    const char *at = strstr(report, "'sha256-");
    size_t length =
        at == NULL
            ? 0
            : strspn(at + 8, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");
    ret_hash[0] = '\0';
    if (length == 44 && at[8 + length] == '\'') {
        snprintf(ret_hash, INB_STYLE_HASH, "%.*s", (int)(8 + length + 1), at);
    }
}

inb_status inb_pages_new(
    const inb_catalogue *catalogue, const char *report, inb_pages **ret_pages, inb_error *err) {
    INB_CLEANUP(inb_pages_freep) inb_pages *pages = inb_alloc(1, sizeof *pages);
    if (pages == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the pages");
    }
    pages->catalogue = catalogue;
    for (size_t i = 0; i < INB_MAX_LANGUAGES; i++) {
        pages->languages[i] = inb_catalogue_language(catalogue, i);
        if (pages->languages[i] == NULL) {
            break;
        }
    }
    for (int i = 0; i < INB_PAGE_COUNT; i++) {
        INB_TRY(load_template(pages, (inb_page)i, err));
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
    for (int i = 0; i < INB_PAGE_COUNT; i++) {
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

void inb_pages_of_team(inb_pages *pages) {
    pages->has_store = true;
}

bool inb_desk_route_of_team(inb_desk_route route) {
    return route >= INB_DESK_KEEP && route <= INB_DESK_RETRACT;
}

// Whether `given` is `wanted`, with a number of a signal where that says {n}.
static bool matches(const char *wanted, const char *given, int64_t *ret_number) {
    const char *hole = strstr(wanted, "{n}");
    *ret_number = 0;
    if (hole == NULL) {
        return strcmp(wanted, given) == 0;
    }
    size_t before = (size_t)(hole - wanted);
    if (strncmp(wanted, given, before) != 0) {
        return false;
    }
    const char *number = given + before;
    size_t digits = strspn(number, "0123456789");
    return digits > 0 && digits <= 15 && number[0] != '0' &&
           inb_parse_int64(number, digits, ret_number) && strcmp(number + digits, hole + 3) == 0;
}

bool inb_pages_route(const inb_pages *pages, const char *path, inb_desk_route *ret_route,
    size_t *ret_language, int64_t *ret_number) {
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
        if (given != NULL && matches(wanted, given, ret_number)) {
            *ret_route = (inb_desk_route)i;
            return (i != INB_DESK_REPORT || pages->report != NULL) &&
                   (pages->has_store || !inb_desk_route_of_team((inb_desk_route)i));
        }
    }
    return false;
}

// ---- what comes back ----

static inb_status make_view(inb_making *m, const inb_card *card, unsigned wrong) {
    switch (card->view) {
    case INB_VIEW_FINDING:
        return inb_desk_make_finding(m, card);
    case INB_VIEW_MORE:
        return inb_desk_make_more(m, card);
    case INB_VIEW_LIST:
        return inb_desk_make_list(m, card, wrong);
    case INB_VIEW_KEEP:
    case INB_VIEW_PASS:
        return inb_desk_has_store(m) ? inb_desk_make_keep(m, card, NULL)
                                     : inb_desk_make_error(m, 400, NULL);
    case INB_VIEW_AGE:
    case INB_VIEW_WHO:
    case INB_VIEW_WHERE:
    case INB_VIEW_QUESTION:
    case INB_VIEW_COUNT:
        break;
    }
    return inb_desk_make_question(m, card);
}

static inb_status make_error(
    inb_making *m, unsigned status, const char *key, const inb_card *card) {
    if (m->answer != NULL) {
        m->answer->status = status;
    }
    inb_scope_text(m->root, "heading", inb_desk_say(m, "page.http_title", key));
    inb_scope_text(m->root, "message", inb_desk_say(m, "page.http", key));
    bool by_form = card != NULL;
    inb_desk_bind_frame(m, inb_desk_say(m, "page.http_title", key), by_form ? "card" : "", by_form);
    if (by_form) {
        INB_TRY(inb_desk_bind_card(m, card));
    }
    return inb_desk_render(m, INB_PAGE_ERROR);
}

inb_status inb_desk_make_error(inb_making *m, unsigned status, const inb_card *card) {
    char key[16];
    snprintf(key, sizeof key, "%u", status);
    return make_error(m, status, key, card);
}

inb_stamp_state inb_desk_check_stamp(
    const inb_desk_request *request, const inb_form_data *form, const char **ret_sheet) {
    const char *stamp = inb_form_value(form, "stamp");
    const char *sheet = inb_form_value(form, "sheet");
    *ret_sheet = sheet != NULL && inb_sheet_valid(sheet) ? sheet : NULL;
    if (stamp == NULL || *ret_sheet == NULL) {
        return INB_STAMP_FORGED;
    }
    char purpose[64];
    inb_desk_purpose(sheet, purpose);
    return inb_stamp_check(request->stamper, purpose, request->now, stamp, strlen(stamp));
}

// Quick exit: puts the sheet out of use and leads away, whatever the form holds.
static inb_status make_exit(inb_making *m) {
    const inb_desk_request *request = m->request;
    inb_error ignored = INB_ERROR_INIT;
    inb_form_data form = {NULL, 0};
    const char *sheet = NULL;
    if (inb_form_parse(request->body, request->body_length, m->arena, &form, &ignored) == INB_OK &&
        inb_desk_check_stamp(request, &form, &sheet) != INB_STAMP_FORGED) {
        inb_retired_add(request->retired, sheet, request->now);
    }
    inb_desk_bind_frame(m, "", "", false);
    return inb_desk_render(m, INB_PAGE_EXIT);
}

inb_status inb_desk_read_form(inb_making *m, const inb_form_data **ret_form) {
    const inb_desk_request *request = m->request;
    inb_error ignored = INB_ERROR_INIT; // a wrong form gets a page, not a message
    inb_form_data *form = inb_arena_get(m->arena, 1, sizeof *form);
    *ret_form = NULL;
    inb_status status = form == NULL ? INB_NO_MEMORY
                                     : inb_form_parse(request->body, request->body_length, m->arena,
                                           form, &ignored);
    if (status == INB_NO_MEMORY) {
        return inb_fail(m->err, status, "no memory for a form");
    }
    if (status != INB_OK) {
        return inb_desk_make_error(m, status == INB_TOO_LARGE ? 413 : 400, NULL);
    }
    *ret_form = form;
    return INB_OK;
}

static inb_status make_posted(inb_making *m) {
    const inb_desk_request *request = m->request;
    inb_error ignored = INB_ERROR_INIT;
    const inb_form_data *form = NULL;
    INB_TRY(inb_desk_read_form(m, &form));
    if (form == NULL) {
        return INB_OK;
    }
    const char *text = inb_form_value(form, "card");
    const char *button = inb_form_value(form, "do");
    inb_card card;
    if (text == NULL || button == NULL ||
        inb_card_read(m->catalogue, text, strlen(text), &card, &ignored) != INB_OK) {
        return inb_desk_make_error(m, 400, NULL);
    }
    const char *sheet = NULL;
    inb_stamp_state state = inb_desk_check_stamp(request, form, &sheet);
    if (sheet != NULL && inb_retired_has(request->retired, sheet, request->now)) {
        // Left by quick exit: whoever goes back in the browser sees no answers.
        return inb_desk_make_error(m, 403, NULL);
    }
    if (sheet != NULL && state != INB_STAMP_FORGED) {
        snprintf(m->sheet, sizeof m->sheet, "%s", sheet);
    }
    if (routes[request->route].stamp && state == INB_STAMP_FORGED) {
        // Nothing is done, but nobody loses their answers because the program was started again.
        return inb_desk_make_error(m, 403, &card);
    }
    inb_card before = card;
    if (inb_desk_take_fields(m->catalogue, form, &card, &ignored) != INB_OK) {
        return inb_desk_make_error(m, 400, NULL);
    }
    if (state == INB_STAMP_EXPIRED) {
        // The page lay open for long: it is shown again as it was, with what was filled in.
        inb_scope_flag(m->root, "expired", true);
        return make_view(m, &card, 0);
    }
    unsigned wrong = 0;
    if (before.view == INB_VIEW_LIST && strcmp(button, "show") == 0) {
        wrong |= card.age == INB_CARD_AGE_NONE ? INB_WRONG_AGE : 0;
        wrong |= card.reporter < 0 ? INB_WRONG_WHO : 0;
        wrong |= inb_card_anything(&card) ? 0 : INB_WRONG_NOTHING;
    }
    if (wrong != 0) {
        m->answer->status = 422;
        return make_view(m, &card, wrong);
    }
    if (inb_card_press(m->catalogue, button, &card, &ignored) != INB_OK) {
        return inb_desk_make_error(m, 400, NULL);
    }
    return make_view(m, &card, 0);
}

// ---- the picture ----

static void bind_part(const inb_making *m, inb_desk_picture_part part) {
    const char *key = inb_desk_picture_key(part);
    char text_key[64];
    snprintf(text_key, sizeof text_key, "%s_text", key);
    inb_scope_text(m->root, "part_title", inb_desk_say(m, "page.picture", key));
    inb_scope_text(m->root, "part_text", inb_desk_say(m, "page.picture", text_key));
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
static inb_status make_picture(inb_making *m) {
    const inb_desk_picture *pictures = m->pages->picture;
    inb_scope_flag(m->root, "with_pictures", true);
    inb_desk_bind_frame(m, inb_desk_say(m, "page", "picture.title"), "picture", false);
    INB_TRY(inb_desk_render(m, INB_PAGE_PICTURE));
    for (int i = 0; i < INB_DESK_PICTURE_COUNT; i++) {
        inb_desk_picture_part part = (inb_desk_picture_part)i;
        char ids[2][16];
        snprintf(ids[0], sizeof ids[0], "narrow-%d", i + 1);
        snprintf(ids[1], sizeof ids[1], "wide-%d", i + 1);
        inb_picture narrow = {m->catalogue, m->language, ids[0], INB_PICTURE_PHONE};
        inb_picture wide = {m->catalogue, m->language, ids[1], INB_PICTURE_DESK};
        bind_part(m, part);
        INB_TRY(inb_desk_render(m, INB_PAGE_PICTURE_PART));
        inb_desk_picture_svg(pictures, part, &narrow, m->out);
        INB_TRY(inb_desk_render(m, INB_PAGE_PICTURE_WIDE));
        inb_desk_picture_svg(pictures, part, &wide, m->out);
        INB_TRY(inb_desk_render(m, INB_PAGE_PICTURE_TABLE));
        inb_desk_picture_table(pictures, part, &wide, m->out);
        INB_TRY(inb_desk_render(m, INB_PAGE_PICTURE_CLOSE));
    }
    return inb_desk_render(m, INB_PAGE_PICTURE_END);
}

// ---- the door ----

static inb_status begin(inb_making *m, const inb_pages *pages, size_t language, inb_buffer *out,
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
    bool css = route != INB_DESK_ICON;
    const inb_asset *asset = inb_asset_find(route == INB_DESK_CSS          ? "web/css/inbeeld.css"
                                            : route == INB_DESK_FIELDS_CSS ? "web/css/fields.css"
                                                                           : "web/css/icon.svg");
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
    inb_desk_answer answer = {.status = 200, .type = "text/html; charset=utf-8", .style_hash = ""};
    inb_making m = {.request = request, .answer = &answer};
    INB_TRY(begin(&m, pages, request->language, out, &arena, err));
    inb_card card;
    inb_card_start(&card);
    inb_status status = INB_OK;
    if (request->stranger && inb_desk_route_of_team(request->route)) {
        INB_TRY(make_error(&m, 403, "account", NULL));
        *ret_answer = answer;
        return INB_OK;
    }
    switch (request->route) {
    case INB_DESK_FRONT:
        inb_desk_bind_frame(&m, inb_desk_say(&m, "page", "front.title"), "", false);
        status = inb_desk_render(&m, INB_PAGE_FRONT);
        break;
    case INB_DESK_CARD:
        status = request->post ? make_posted(&m) : inb_desk_make_question(&m, &card);
        break;
    case INB_DESK_KEEP:
        status = inb_desk_keep(&m);
        break;
    case INB_DESK_SIGNALS:
    case INB_DESK_OLDER:
        status = inb_desk_signals(&m);
        break;
    case INB_DESK_DUE:
        status = inb_desk_due(&m);
        break;
    case INB_DESK_ANSWER:
        status = inb_desk_answer_given(&m);
        break;
    case INB_DESK_TEAM_PICTURE:
        status = inb_desk_team_picture(&m);
        break;
    case INB_DESK_HITS:
    case INB_DESK_OLDER_HITS:
        status = inb_desk_hits(&m);
        break;
    case INB_DESK_UNHIT:
        status = inb_desk_unhit(&m);
        break;
    case INB_DESK_PART:
        status = inb_desk_part(&m);
        break;
    case INB_DESK_SIGNAL:
    case INB_DESK_PASS:
    case INB_DESK_CORRECT:
    case INB_DESK_RETRACT:
        status = inb_desk_signal(&m);
        break;
    case INB_DESK_EXIT:
        answer.forget = true;
        status = make_exit(&m);
        break;
    case INB_DESK_LIST:
        card.view = INB_VIEW_LIST;
        status = inb_desk_make_list(&m, &card, 0);
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
        inb_desk_bind_frame(&m, inb_desk_say(&m, "page", "about.title"), "about", false);
        status = inb_desk_render(&m, INB_PAGE_ABOUT);
        break;
    case INB_DESK_ACCESS:
        inb_desk_bind_frame(&m, inb_desk_say(&m, "page", "access.title"), "access", false);
        status = inb_desk_render(&m, INB_PAGE_ACCESS);
        break;
    case INB_DESK_CSS:
    case INB_DESK_FIELDS_CSS:
    case INB_DESK_PICTURE_CSS:
    case INB_DESK_ICON:
        status = make_asset(request->route, out, &answer, err);
        break;
    case INB_DESK_ROOT: // the server sends a reader on to their language
    case INB_DESK_ROUTE_COUNT:
        status = inb_desk_make_error(&m, 404, NULL);
        break;
    }
    INB_TRY(status);
    *ret_answer = answer;
    return INB_OK;
}

inb_status inb_pages_error(
    const inb_pages *pages, size_t language, unsigned status, inb_buffer *out, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    inb_making m = {0};
    INB_TRY(begin(&m, pages, language, out, &arena, err));
    return inb_desk_make_error(&m, status, NULL);
}
