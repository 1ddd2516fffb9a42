// SPDX-License-Identifier: EUPL-1.2
// Signals from JSON: one object, or a list cut into its elements by json_slices.c, each read by
// jansson. Places are found again only when there is something to complain of, and told in lines of
// the whole file. Keys that are not known are not shown: one can be a name.

#include "signal_i.h"

#include "base/alloc.h"
#include "base/json.h"
#include "base/text.h"
#include "json_slices.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { MOST_STEPS = 4, MOST_ITEMS = 512 };

struct inb_signal_json {
    inb_slices *slices;
    inb_slice slice;
    inb_json json; // of the slice
};

static const char *const object_names[INB_OBJECTS] = {
    NULL, "source", "place", "situation", "persons", "parties"};

// ---- places ----

// A place within the slice to one of the file.
static void in_file(const inb_slice *slice, size_t *line, size_t *column) {
    *column = *line == 1 ? slice->column + *column - 1 : *column;
    *line = slice->line + *line - 1;
}

static void place_of_path(const inb_signal_json *form, const inb_json_step *path, size_t steps,
    enum inb_json_part part, size_t *line, size_t *column) {
    inb_json_place(&form->json, path, steps, part, line, column);
    in_file(&form->slice, line, column);
}

// The name of a field's key in this file.
static const char *key_of(const inb_draft *draft, enum inb_field field) {
    const char *theirs = inb_map_theirs(draft->map, field);
    return theirs != NULL ? theirs : inb_field_list[field].key;
}

// The way to the object of `where`; returns the number of steps.
static size_t path_to_object(
    enum inb_object object, size_t index, inb_json_step path[static MOST_STEPS]) {
    size_t steps = 0;
    if (object != INB_IN_ROOT) {
        path[steps++] = (inb_json_step){object_names[object], 0};
    }
    if (object == INB_IN_PERSON || object == INB_IN_PARTY) {
        path[steps++] = (inb_json_step){NULL, index};
    }
    return steps;
}

static void place(const inb_draft *draft, inb_where where, size_t *line, size_t *column) {
    inb_json_step path[MOST_STEPS];
    const inb_field_info *info = &inb_field_list[where.field];
    size_t steps = path_to_object(info->object, where.index, path);
    path[steps++] = (inb_json_step){key_of(draft, where.field), 0};
    bool pairs = (info->flags & INB_IS_PAIRS) != 0;
    if (where.item != SIZE_MAX) {
        const inb_cell *cell = inb_draft_cell((inb_draft *)draft, where);
        path[steps++] = pairs ? (inb_json_step){cell->items[where.item].told, 0}
                              : (inb_json_step){NULL, where.item};
    }
    place_of_path(
        draft->form, path, steps, pairs && where.key ? INB_JSON_KEY : INB_JSON_VALUE, line, column);
}

// ---- a signal into the draft ----

// Where we are: an object of the signal.
struct reader {
    inb_signal_json *form;
    inb_draft *draft;
    enum inb_object object;
    size_t index;
    inb_error *err;
};

static inb_status wrong_kind(
    const struct reader *r, inb_where where, const json_t *value, const char *expected) {
    return inb_draft_fail(r->draft, where, r->err, "found %s, expected %s for '%s'",
        inb_json_kind(value), expected, inb_field_list[where.field].name);
}

static inb_status fail_at_path(const struct reader *r, const inb_json_step *path, size_t steps,
    enum inb_json_part part, const char *text) {
    size_t line;
    size_t column;
    place_of_path(r->form, path, steps, part, &line, &column);
    return inb_fail(r->err, INB_BAD_INPUT, "%s:%zu:%zu: %s", r->draft->name, line, column, text);
}

// The list of items so far, so that a complaint finds its item.
static inb_status begin_items(
    const struct reader *r, inb_where where, size_t count, inb_cell *cell, inb_item **ret_items) {
    if (count > MOST_ITEMS) {
        return inb_draft_fail(r->draft, where, r->err,
            "found more than %d items, expected fewer for '%s'", MOST_ITEMS,
            inb_field_list[where.field].name);
    }
    inb_item *items = inb_arena_get(r->draft->arena, count, sizeof *items);
    if (items == NULL) {
        return inb_draft_no_memory(r->draft, r->err);
    }
    cell->items = items;
    *ret_items = items;
    return INB_OK;
}

static inb_status read_list(
    const struct reader *r, inb_where where, const json_t *list, inb_cell *cell) {
    if (!json_is_array(list)) {
        return wrong_kind(r, where, list, "a list");
    }
    inb_item *items;
    INB_TRY(begin_items(r, where, json_array_size(list), cell, &items));
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *value = json_array_get(list, i);
        where.item = i;
        if (!json_is_string(value)) {
            return wrong_kind(r, where, value, "a code");
        }
        inb_draft_count(r->draft, where.field, json_string_value(value), json_string_length(value));
        INB_TRY(inb_draft_item(r->draft, where, json_string_value(value), json_string_length(value),
            NULL, 0, &items[i], r->err));
        cell->item_count = i + 1;
    }
    return INB_OK;
}

static inb_status read_pairs(
    const struct reader *r, inb_where where, const json_t *object, inb_cell *cell) {
    if (!json_is_object(object)) {
        return wrong_kind(r, where, object, "an object of ids and answers");
    }
    inb_item *items;
    INB_TRY(begin_items(r, where, json_object_size(object), cell, &items));
    const char *key;
    json_t *value;
    size_t i = 0;
    json_object_foreach((json_t *)object, key, value) {
        where.item = i;
        items[i] = (inb_item){key, key, NULL}; // for the place of a complaint
        const char *answer = json_string_value(value);
        if (answer == NULL) {
            return wrong_kind(r, where, value, "yes, no or unknown");
        }
        inb_item item;
        INB_TRY(inb_draft_item(
            r->draft, where, key, strlen(key), answer, json_string_length(value), &item, r->err));
        item.told = key; // as it stands, blanks and all; lives as long as the tree
        items[i++] = item;
        cell->item_count = i;
    }
    return INB_OK;
}

// A number, true or false as the text that CSV would have.
static inb_status as_text(const struct reader *r, inb_where where, const json_t *value,
    char number[static 24], const char **ret_text) {
    unsigned flags = inb_field_list[where.field].flags;
    if (json_is_string(value)) {
        *ret_text = json_string_value(value);
    } else if (json_is_integer(value) && (flags & INB_IS_NUMBER) != 0) {
        snprintf(number, 24, "%lld", (long long)json_integer_value(value));
        *ret_text = number;
    } else if (json_is_boolean(value) && (flags & INB_IS_FLAG) != 0) {
        *ret_text = json_is_true(value) ? "true" : "false";
    } else {
        return wrong_kind(r, where, value,
            (flags & INB_IS_FLAG) != 0     ? "true or false"
            : (flags & INB_IS_NUMBER) != 0 ? "a text or a whole number"
                                           : "a text");
    }
    return INB_OK;
}

static inb_status read_value(const struct reader *r, enum inb_field field, const json_t *value) {
    inb_where where = {field, r->index, SIZE_MAX, false};
    inb_cell *cell = inb_draft_cell(r->draft, where);
    if (json_is_null(value)) {
        return INB_OK;
    }
    if ((inb_field_list[field].flags & INB_IS_LIST) != 0) {
        return read_list(r, where, value, cell);
    }
    if ((inb_field_list[field].flags & INB_IS_PAIRS) != 0) {
        return read_pairs(r, where, value, cell);
    }
    char number[24];
    const char *text = NULL;
    INB_TRY(as_text(r, where, value, number, &text));
    if (field != INB_F_PARTY_VALUE) { // counted with its kind
        inb_draft_count(r->draft, field, text, strlen(text));
    }
    return inb_draft_text(r->draft, where, text, strlen(text), cell, r->err);
}

static enum inb_field find_field(const struct reader *r, const char *key) {
    for (int field = 0; field < INB_FIELDS; field++) {
        const inb_field_info *info = &inb_field_list[field];
        if (info->object == r->object && (info->flags & INB_ONLY_CSV) == 0 &&
            strcmp(key_of(r->draft, (enum inb_field)field), key) == 0) {
            return (enum inb_field)field;
        }
    }
    return INB_F_NONE;
}

static inb_status unknown_key(const struct reader *r, const char *key) {
    inb_json_step path[MOST_STEPS];
    size_t steps = path_to_object(r->object, r->index, path);
    path[steps++] = (inb_json_step){key, 0};
    char known[INB_MESSAGE_SIZE];
    char text[INB_MESSAGE_SIZE + 64];
    inb_fields_list_keys(r->object, known, sizeof known);
    snprintf(text, sizeof text, "found an unknown key, expected one of: %s", known);
    return fail_at_path(r, path, steps, INB_JSON_KEY, text);
}

static inb_status read_member(const struct reader *r, const char *key, const json_t *value);

static inb_status read_object(const struct reader *r, const json_t *object) {
    if (!json_is_object(object)) {
        inb_json_step path[MOST_STEPS];
        size_t steps = path_to_object(r->object, r->index, path);
        char text[INB_MESSAGE_SIZE];
        snprintf(text, sizeof text, "found %s, expected an object", inb_json_kind(object));
        return fail_at_path(r, path, steps, INB_JSON_VALUE, text);
    }
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)object, key, value) {
        INB_TRY(read_member(r, key, value));
    }
    return INB_OK;
}

// Values of parties count with those of their kind.
static void count_party(const struct reader *r, const json_t *party) {
    const char *value =
        json_string_value(json_object_get(party, key_of(r->draft, INB_F_PARTY_VALUE)));
    const char *code = r->draft->parties[r->index].kind.text;
    int kind = code == NULL ? -1 : inb_party_kind_parse(code, strlen(code));
    if (value != NULL) {
        inb_draft_count(r->draft,
            kind < 0 ? INB_F_PARTY_VALUE : (enum inb_field)(INB_F_PARTY_BY_KIND + kind), value,
            strlen(value));
    }
}

static inb_status read_objects(
    const struct reader *r, enum inb_object object, const json_t *list, size_t most) {
    const inb_json_step path[1] = {{object_names[object], 0}};
    struct reader inner = {r->form, r->draft, object, 0, r->err};
    char text[INB_MESSAGE_SIZE];
    if (!json_is_array(list)) {
        snprintf(text, sizeof text, "found %s, expected a list", inb_json_kind(list));
        return fail_at_path(r, path, 1, INB_JSON_VALUE, text);
    }
    if (json_array_size(list) > most) {
        snprintf(text, sizeof text, "found more than %zu %s in a signal, expected fewer", most,
            object_names[object]);
        return fail_at_path(r, path, 1, INB_JSON_VALUE, text);
    }
    for (; inner.index < json_array_size(list); inner.index++) {
        const json_t *item = json_array_get(list, inner.index);
        if (object == INB_IN_PERSON) {
            INB_TRY(read_object(&inner, item));
            r->draft->person_count++;
        } else {
            r->draft->parties[inner.index] = (inb_draft_party){0};
            inb_status status = read_object(&inner, item);
            count_party(&inner, item);
            INB_TRY(status);
            r->draft->party_count++;
        }
    }
    return INB_OK;
}

static inb_status read_member(const struct reader *r, const char *key, const json_t *value) {
    bool root = r->object == INB_IN_ROOT;
    for (int object = INB_IN_SOURCE; root && object < INB_OBJECTS; object++) {
        if (strcmp(key, object_names[object]) != 0) {
            continue;
        }
        if (json_is_null(value)) {
            return INB_OK;
        }
        if (object == INB_IN_PERSON) {
            return read_objects(r, INB_IN_PERSON, value, INB_SIGNAL_PERSONS_MOST);
        }
        if (object == INB_IN_PARTY) {
            return read_objects(r, INB_IN_PARTY, value, INB_SIGNAL_PARTIES_MOST);
        }
        struct reader inner = {r->form, r->draft, (enum inb_object)object, 0, r->err};
        return read_object(&inner, value);
    }
    enum inb_field field = find_field(r, key);
    if (field == INB_F_NONE) {
        return inb_map_ignores(r->draft->map, key) ? INB_OK : unknown_key(r, key);
    }
    return read_value(r, field, value);
}

// ---- public ----

// jansson's complaint, which begins ":line:column: " of the slice, with the place in the file.
static inb_status parse(inb_signal_json *form, const inb_draft *draft, inb_error *err) {
    inb_error problem = INB_ERROR_INIT;
    inb_status status =
        inb_json_parse("", form->slice.text, form->slice.length, &form->json, &problem);
    if (status != INB_BAD_INPUT) {
        return status == INB_OK ? status : inb_draft_no_memory(draft, err);
    }
    size_t numbers[2] = {0, 0};
    const char *at = problem.message;
    for (size_t i = 0; i < 2; i++) {
        at++; // ':'
        for (; *at >= '0' && *at <= '9'; at++) {
            numbers[i] = numbers[i] * 10 + (size_t)(*at - '0');
        }
    }
    in_file(&form->slice, &numbers[0], &numbers[1]);
    return inb_fail(err, status, "%s:%zu:%zu%s", draft->name, numbers[0], numbers[1], at);
}

inb_status inb_signal_json_next(
    inb_signal_json *form, inb_draft *draft, bool *ret_more, inb_error *err) {
    inb_json_clear(&form->json);
    inb_draft_reset(draft);
    bool more;
    inb_status status = inb_slices_next(form->slices, &form->slice, &more, err);
    draft->line = form->slice.line;
    draft->column = form->slice.column;
    INB_TRY(status);
    if (more) {
        INB_TRY(parse(form, draft, err));
        struct reader reader = {form, draft, INB_IN_ROOT, 0, err};
        INB_TRY(read_object(&reader, form->json.root));
    }
    *ret_more = more;
    return INB_OK;
}

static void free_form(inb_signal_json **form) {
    inb_signal_json_free(*form);
}

inb_status inb_signal_json_open(
    const inb_origin *origin, inb_draft *draft, inb_signal_json **ret_form, inb_error *err) {
    INB_CLEANUP(free_form) inb_signal_json *form = inb_alloc(1, sizeof *form);
    if (form == NULL) {
        return inb_draft_no_memory(draft, err);
    }
    INB_TRY(inb_slices_open(
        origin->name, origin->path, origin->data, origin->length, &form->slices, err));
    draft->place = place;
    draft->form = form;
    *ret_form = INB_TAKE(form);
    return INB_OK;
}

void inb_signal_json_free(inb_signal_json *form) {
    if (form != NULL) {
        inb_json_clear(&form->json);
        inb_slices_free(form->slices);
        inb_free(form);
    }
}

bool inb_signal_json_can_go_on(const inb_signal_json *form) {
    return inb_slices_can_go_on(form->slices);
}

const char *inb_signal_json_raw(inb_signal_json *form, size_t *ret_length) {
    *ret_length = form->slice.length;
    return form->slice.text;
}

uint64_t inb_signal_json_offset(const inb_signal_json *form) {
    return inb_slices_offset(form->slices);
}
