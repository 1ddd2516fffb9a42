// SPDX-License-Identifier: EUPL-1.2
// Open columns as text and back: "D1-01=yes;CR-03=unknown", "suspect;friend". Only codes pass: a
// name with a blank or a number with a plus does not fit where a code belongs.

#include "store_i.h"

#include <string.h>

static const char *const ages[] = {
    [INB_AGE_UNKNOWN] = "unknown", [INB_AGE_CHILD] = "child", [INB_AGE_ADULT] = "adult"};
static const char *const answers[] = {
    [INB_ANSWER_YES] = "yes", [INB_ANSWER_NO] = "no", [INB_ANSWER_UNKNOWN] = "unknown"};

static bool code_bytes(const char *text, size_t length) {
    if (length == 0 || length > INB_STORE_CODE_MOST) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    c == '_' || c == '.' || c == '-';
        if (!fits) {
            return false;
        }
    }
    return true;
}

bool inb_i_is_code(const char *text) {
    return text != NULL && code_bytes(text, strnlen(text, INB_STORE_CODE_MOST + 1));
}

static int find(const char *const *list, size_t count, const char *text, size_t length) {
    for (size_t i = 0; i < count; i++) {
        if (strlen(list[i]) == length && memcmp(list[i], text, length) == 0) {
            return (int)i;
        }
    }
    return -1;
}

const char *inb_i_age_code(inb_age_class age_class) {
    return ages[age_class];
}

int inb_i_age_parse(const char *text, size_t length) {
    return find(ages, sizeof ages / sizeof ages[0], text, length);
}

static void add_code(inb_buffer *out, const char *code) {
    if (out->length > 0) {
        inb_buffer_char(out, ';');
    }
    inb_buffer_text(out, code);
}

static inb_status no_code(inb_error *err) {
    return inb_fail(err, INB_BAD_INPUT, "found something else, expected a code of at most %d bytes",
        (int)INB_STORE_CODE_MOST);
}

static inb_status damaged(inb_error *err) {
    return inb_fail(err, INB_IO, "a row of the store holds a code that this program does not know");
}

inb_status inb_i_write_roles(inb_buffer *out, uint32_t roles, inb_error *err) {
    if (roles >> INB_ROLE_COUNT != 0) {
        return no_code(err);
    }
    inb_buffer_reset(out);
    for (int i = 0; i < INB_ROLE_COUNT; i++) {
        if ((roles >> i & 1) != 0) {
            add_code(out, inb_role_code((inb_role)i));
        }
    }
    return inb_buffer_check(out, err);
}

inb_status inb_i_write_observations(
    inb_buffer *out, const inb_observation *list, size_t count, inb_error *err) {
    inb_buffer_reset(out);
    for (size_t i = 0; i < count; i++) {
        if (!inb_i_is_code(list[i].id) || (unsigned)list[i].answer > INB_ANSWER_UNKNOWN) {
            return no_code(err);
        }
        add_code(out, list[i].id);
        inb_buffer_char(out, '=');
        inb_buffer_text(out, answers[list[i].answer]);
    }
    return inb_buffer_check(out, err);
}

inb_status inb_i_write_circumstances(
    inb_buffer *out, const char *const *list, size_t count, inb_error *err) {
    inb_buffer_reset(out);
    for (size_t i = 0; i < count; i++) {
        if (!inb_i_is_code(list[i])) {
            return no_code(err);
        }
        add_code(out, list[i]);
    }
    return inb_buffer_check(out, err);
}

static void add_pair(inb_buffer *out, const char *key, const char *code) {
    add_code(out, key);
    inb_buffer_char(out, '=');
    inb_buffer_text(out, code);
}

inb_status inb_i_write_situation(inb_buffer *out, const inb_situation *situation, inb_error *err) {
    if (situation->profits >> INB_PROFIT_COUNT != 0 ||
        situation->surroundings >> INB_SURROUNDING_COUNT != 0 ||
        (unsigned)situation->consent >= INB_CONSENT_COUNT ||
        (unsigned)situation->police >= INB_POLICE_COUNT) {
        return no_code(err);
    }
    inb_buffer_reset(out);
    if (situation->danger_now) {
        add_code(out, "danger_now");
    }
    if (situation->unaccompanied) {
        add_code(out, "unaccompanied");
    }
    if (situation->denies) {
        add_code(out, "denies");
    }
    for (int i = 0; i < INB_PROFIT_COUNT; i++) {
        if ((situation->profits >> i & 1) != 0) {
            add_pair(out, "profits", inb_profit_code((inb_profit)i));
        }
    }
    for (int i = 0; i < INB_SURROUNDING_COUNT; i++) {
        if ((situation->surroundings >> i & 1) != 0) {
            add_pair(out, "surroundings", inb_surrounding_code((inb_surrounding)i));
        }
    }
    if (situation->consent != INB_CONSENT_NOT_ASKED) {
        add_pair(out, "consent", inb_consent_code(situation->consent));
    }
    if (situation->police != INB_POLICE_NOT_ASKED) {
        add_pair(out, "police", inb_police_code(situation->police));
    }
    return inb_buffer_check(out, err);
}

// The next piece up to ';'. False at the end.
static bool next_piece(
    const char *text, size_t length, size_t *at, const char **ret_piece, size_t *ret_length) {
    if (*at >= length) {
        return false;
    }
    const char *end = memchr(text + *at, ';', length - *at);
    *ret_piece = text + *at;
    *ret_length = end == NULL ? length - *at : (size_t)(end - (text + *at));
    *at += *ret_length + 1;
    return true;
}

static size_t pieces_of(const char *text, size_t length) {
    size_t count = length == 0 ? 0 : 1;
    for (size_t i = 0; i < length; i++) {
        count += text[i] == ';' ? 1 : 0;
    }
    return count;
}

inb_status inb_i_read_roles(const char *text, size_t length, uint32_t *ret_roles, inb_error *err) {
    uint32_t roles = 0;
    const char *piece = NULL;
    size_t piece_length = 0;
    for (size_t at = 0; next_piece(text, length, &at, &piece, &piece_length);) {
        int role = inb_role_parse(piece, piece_length);
        if (role < 0) {
            return damaged(err);
        }
        roles |= UINT32_C(1) << role;
    }
    *ret_roles = roles;
    return INB_OK;
}

inb_status inb_i_read_observations(inb_arena *arena, const char *text, size_t length,
    const inb_observation **ret_list, size_t *ret_count, inb_error *err) {
    inb_observation *list = inb_arena_get(arena, pieces_of(text, length) + 1, sizeof *list);
    if (list == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a signal");
    }
    size_t count = 0;
    const char *piece = NULL;
    size_t piece_length = 0;
    for (size_t at = 0; next_piece(text, length, &at, &piece, &piece_length); count++) {
        const char *equals = memchr(piece, '=', piece_length);
        size_t id_length = equals == NULL ? 0 : (size_t)(equals - piece);
        int answer = equals == NULL ? -1
                                    : find(answers, sizeof answers / sizeof answers[0], equals + 1,
                                          piece_length - id_length - 1);
        if (answer < 0 || !code_bytes(piece, id_length)) {
            return damaged(err);
        }
        list[count].id = inb_arena_text(arena, piece, id_length);
        list[count].answer = (inb_answer)answer;
        if (list[count].id == NULL) {
            return inb_fail(err, INB_NO_MEMORY, "no memory for a signal");
        }
    }
    *ret_list = list;
    *ret_count = count;
    return INB_OK;
}

inb_status inb_i_read_circumstances(inb_arena *arena, const char *text, size_t length,
    const char *const **ret_list, size_t *ret_count, inb_error *err) {
    const char **list = inb_arena_get(arena, pieces_of(text, length) + 1, sizeof *list);
    if (list == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for a signal");
    }
    size_t count = 0;
    const char *piece = NULL;
    size_t piece_length = 0;
    for (size_t at = 0; next_piece(text, length, &at, &piece, &piece_length); count++) {
        if (!code_bytes(piece, piece_length)) {
            return damaged(err);
        }
        list[count] = inb_arena_text(arena, piece, piece_length);
        if (list[count] == NULL) {
            return inb_fail(err, INB_NO_MEMORY, "no memory for a signal");
        }
    }
    *ret_list = list;
    *ret_count = count;
    return INB_OK;
}

static bool begins(const char **piece, size_t *length, const char *key) {
    size_t key_length = strlen(key);
    if (*length <= key_length || memcmp(*piece, key, key_length) != 0) {
        return false;
    }
    *piece += key_length;
    *length -= key_length;
    return true;
}

static bool read_piece(const char *piece, size_t length, inb_situation *situation) {
    static const char *const flags[] = {"danger_now", "unaccompanied", "denies"};
    int flag = find(flags, 3, piece, length);
    int value = -1;
    if (flag >= 0) {
        situation->danger_now = situation->danger_now || flag == 0;
        situation->unaccompanied = situation->unaccompanied || flag == 1;
        situation->denies = situation->denies || flag == 2;
        value = 0;
    } else if (begins(&piece, &length, "profits=")) {
        value = inb_profit_parse(piece, length);
        situation->profits |= (uint8_t)(value < 0 ? 0 : 1 << value);
    } else if (begins(&piece, &length, "surroundings=")) {
        value = inb_surrounding_parse(piece, length);
        situation->surroundings |= (uint8_t)(value < 0 ? 0 : 1 << value);
    } else if (begins(&piece, &length, "consent=")) {
        value = inb_consent_parse(piece, length);
        situation->consent = (inb_consent)(value < 0 ? 0 : value);
    } else if (begins(&piece, &length, "police=")) {
        value = inb_police_parse(piece, length);
        situation->police = (inb_police_wish)(value < 0 ? 0 : value);
    }
    return value >= 0;
}

inb_status inb_i_read_situation(
    const char *text, size_t length, inb_situation *ret_situation, inb_error *err) {
    inb_situation situation = {0};
    const char *piece = NULL;
    size_t piece_length = 0;
    for (size_t at = 0; next_piece(text, length, &at, &piece, &piece_length);) {
        if (!read_piece(piece, piece_length, &situation)) {
            return damaged(err);
        }
    }
    *ret_situation = situation;
    return INB_OK;
}
