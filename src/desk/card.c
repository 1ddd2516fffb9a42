// SPDX-License-Identifier: EUPL-1.2
// The card as a small machine: a state, the buttons that change it, and the field that carries it.
// Pure: no clock, no store, no memory of its own. The field is eight parts with dots between:
//   1.<view><step>.<age>.<reporter>.<branch>.<situation>.<answers>.<circumstances>

#include "card.h"

#include "base/alloc.h"
#include "base/text.h"

#include <string.h>

static const char VIEWS[INB_VIEW_COUNT] = {'a', 'w', 'b', 'q', 'f', 'm', 'l', 'k', 'p'};
static const char ANSWERS[] = {'-', 'y', 'n', 'u'};
static const char *const ANSWER_CODES[] = {"none", "yes", "no", "unknown"};

static const struct {
    char letter;
    const char *key;
    inb_age_class class_;
    int years;
} AGES[] = {
#define X(name, letter, key, class_, years) {letter, key, class_, years},
    INB_CARD_AGES(X)
#undef X
        {'-', "none", INB_AGE_UNKNOWN, INB_YEARS_UNKNOWN},
};

const char *inb_card_age_key(inb_card_age age) {
    return AGES[age].key;
}

const char *inb_reply_code(inb_reply answer) {
    return ANSWER_CODES[answer];
}

inb_card_age inb_card_age_of(inb_age age) {
    if (age.class_ == INB_AGE_UNKNOWN) {
        return INB_CARD_AGE_UNKNOWN;
    }
    if (age.class_ == INB_AGE_ADULT) {
        return INB_CARD_AGE_ADULT;
    }
    int i = INB_CARD_AGE_UNDER12; // a child: the first bracket that reaches so far
    while (i < INB_CARD_AGE_MINOR && age.years > AGES[i].years) {
        i++;
    }
    return age.years == INB_YEARS_UNKNOWN ? INB_CARD_AGE_NONE : (inb_card_age)i;
}

inb_age inb_card_age_told(inb_card_age age) {
    return (inb_age){AGES[age].class_, AGES[age].years};
}

inb_age_class inb_card_age_class(const inb_card *card) {
    return AGES[card->age].class_;
}

void inb_card_start(inb_card *card) {
    memset(card, 0, sizeof *card);
    card->age = INB_CARD_AGE_NONE;
    card->reporter = -1;
    card->branch = SIZE_MAX;
}

inb_reply inb_card_row_reply(const inb_card *card, size_t row) {
    return inb_set_has(&card->yes, row)       ? INB_REPLY_YES
           : inb_set_has(&card->no, row)      ? INB_REPLY_NO
           : inb_set_has(&card->unknown, row) ? INB_REPLY_UNKNOWN
                                              : INB_REPLY_NONE;
}

void inb_card_set_row(inb_card *card, size_t row, inb_reply answer) {
    inb_set_drop(&card->yes, row);
    inb_set_drop(&card->no, row);
    inb_set_drop(&card->unknown, row);
    if (answer == INB_REPLY_YES) {
        inb_set_add(&card->yes, row);
    } else if (answer == INB_REPLY_NO) {
        inb_set_add(&card->no, row);
    } else if (answer == INB_REPLY_UNKNOWN) {
        inb_set_add(&card->unknown, row);
    }
}

// ---- questions ----

static const inb_branch *branch_of(const inb_catalogue *catalogue, const inb_card *card) {
    size_t count = 0;
    const inb_branch *branches = inb_catalogue_branches(catalogue, &count);
    return card->branch < count ? &branches[card->branch] : NULL;
}

static bool is_asked(
    const inb_catalogue *catalogue, const inb_card *card, const inb_question *question) {
    if (question->kind == INB_ASK_UNACCOMPANIED) {
        return inb_card_age_class(card) != INB_AGE_ADULT;
    }
    return question->row == SIZE_MAX ||
           inb_catalogue_asks(catalogue, question->row, inb_card_age_class(card));
}

// Question number `step` among those asked, NULL past the last; *ret_count = how many there are.
static const inb_question *question_at(
    const inb_catalogue *catalogue, const inb_card *card, size_t step, size_t *ret_count) {
    const inb_branch *branch = branch_of(catalogue, card);
    const inb_question *found = NULL;
    size_t count = 0;
    for (size_t i = 0; branch != NULL && i < branch->count; i++) {
        if (is_asked(catalogue, card, &branch->questions[i])) {
            if (count == step) {
                found = &branch->questions[i];
            }
            count++;
        }
    }
    if (ret_count != NULL) {
        *ret_count = count;
    }
    return found;
}

const inb_question *inb_card_question(
    const inb_catalogue *catalogue, const inb_card *card, size_t *ret_count) {
    const inb_question *question = question_at(catalogue, card, card->step, ret_count);
    return card->view == INB_VIEW_QUESTION ? question : NULL;
}

inb_reply inb_card_reply(const inb_card *card, const inb_question *question) {
    switch (question->kind) {
    case INB_ASK_DANGER:
        return card->danger;
    case INB_ASK_UNACCOMPANIED:
        return card->unaccompanied;
    case INB_ASK_PROFITS:
        return card->profits_asked;
    case INB_ASK_CIRCUMSTANCE:
        return inb_set_has(&card->circumstances, question->row) ? INB_REPLY_YES : INB_REPLY_NONE;
    case INB_ASK_INDICATOR:
        break;
    }
    return inb_card_row_reply(card, question->row);
}

size_t inb_card_open_step(const inb_catalogue *catalogue, const inb_card *card) {
    size_t count = 0;
    (void)question_at(catalogue, card, 0, &count);
    for (size_t step = 0; step < count; step++) {
        const inb_question *question = question_at(catalogue, card, step, NULL);
        if (inb_card_reply(card, question) == INB_REPLY_NONE) {
            return step;
        }
    }
    return SIZE_MAX;
}

static bool is_empty(const inb_set *set) {
    uint64_t all = 0;
    for (size_t i = 0; i < INB_SET_WORDS; i++) {
        all |= set->words[i];
    }
    return all == 0;
}

bool inb_card_anything(const inb_card *card) {
    return !is_empty(&card->yes) || !is_empty(&card->no) || !is_empty(&card->unknown) ||
           !is_empty(&card->circumstances) || card->danger != INB_REPLY_NONE ||
           card->unaccompanied != INB_REPLY_NONE || card->profits_asked != INB_REPLY_NONE ||
           card->denies || card->suspected || card->surroundings != 0 ||
           card->consent != INB_CONSENT_NOT_ASKED || card->police != INB_POLICE_NOT_ASKED;
}

// ---- the field ----

static char digit_of(unsigned value) {
    return "0123456789abcdef"[value & 15u];
}

static int digit_value(char c) {
    const char *digits = "0123456789abcdef";
    const char *at = c == '\0' ? NULL : strchr(digits, c);
    return at == NULL ? -1 : (int)(at - digits);
}

void inb_card_write(const inb_catalogue *catalogue, const inb_card *card, inb_buffer *text) {
    inb_buffer_format(text, "1.%c%zu.%c.%s.", VIEWS[card->view], card->step, AGES[card->age].letter,
        card->reporter < 0 ? "-" : inb_reporter_code((inb_reporter)card->reporter));
    const inb_branch *branch = branch_of(catalogue, card);
    inb_buffer_text(text, branch == NULL ? "-" : branch->id);
    const char situation[] = {'.', ANSWERS[card->danger], ANSWERS[card->unaccompanied],
        ANSWERS[card->profits_asked], card->denies ? 'y' : '-', card->suspected ? 'y' : '-',
        digit_of(card->profits), digit_of(card->surroundings), digit_of((unsigned)card->consent),
        digit_of((unsigned)card->police), '.', '\0'};
    inb_buffer_text(text, situation);
    const char *before = "";
    for (size_t row = 0; row < inb_catalogue_rows(catalogue); row++) {
        inb_reply answer = inb_card_row_reply(card, row);
        if (answer != INB_REPLY_NONE) {
            inb_buffer_format(
                text, "%s%s%c", before, inb_catalogue_row(catalogue, row)->id, ANSWERS[answer]);
            before = ",";
        }
    }
    inb_buffer_char(text, '.');
    before = "";
    for (size_t row = 0; row < inb_catalogue_rows(catalogue); row++) {
        if (inb_set_has(&card->circumstances, row)) {
            inb_buffer_format(text, "%s%s", before, inb_catalogue_row(catalogue, row)->id);
            before = ",";
        }
    }
}

static inb_status wrong(inb_error *err) {
    return inb_fail(err, INB_BAD_INPUT, "card: found a state that no page of ours gives");
}

// Cuts the next piece up to `stop` off *text.
static void cut(
    const char **text, size_t *length, char stop, const char **ret_piece, size_t *ret_length) {
    const char *end = *length == 0 ? NULL : memchr(*text, stop, *length);
    *ret_piece = *text;
    *ret_length = end == NULL ? *length : (size_t)(end - *text);
    size_t used = end == NULL ? *length : *ret_length + 1;
    *text += used;
    *length -= used;
}

static int answer_value(char c) {
    for (int i = 0; i < (int)sizeof ANSWERS; i++) {
        if (ANSWERS[i] == c) {
            return i;
        }
    }
    return -1;
}

static bool read_situation(const char *text, size_t length, inb_card *card) {
    if (length != 9) {
        return false;
    }
    int danger = answer_value(text[0]);
    int unaccompanied = answer_value(text[1]);
    int profits_asked = answer_value(text[2]);
    int profits = digit_value(text[5]);
    int surroundings = digit_value(text[6]);
    int consent = digit_value(text[7]);
    int police = digit_value(text[8]);
    if (danger < 0 || unaccompanied < 0 || profits_asked < 0 || profits < 0 ||
        profits >= 1 << INB_PROFIT_COUNT || surroundings < 0 ||
        surroundings >= 1 << INB_SURROUNDING_COUNT || consent < 0 || consent >= INB_CONSENT_COUNT ||
        police < 0 || police >= INB_POLICE_COUNT) {
        return false;
    }
    if ((profits != 0) != (profits_asked == INB_REPLY_YES)) {
        return false;
    }
    card->danger = (inb_reply)danger;
    card->unaccompanied = (inb_reply)unaccompanied;
    card->profits_asked = (inb_reply)profits_asked;
    card->denies = text[3] == 'y';
    card->suspected = text[4] == 'y';
    card->profits = (uint8_t)profits;
    card->surroundings = (uint8_t)surroundings;
    card->consent = (inb_consent)consent;
    card->police = (inb_police_wish)police;
    return true;
}

// A row that can be asked at all, of this kind.
static bool find_row(
    const inb_catalogue *catalogue, const char *id, size_t length, inb_kind kind, size_t *ret_row) {
    size_t row = inb_catalogue_find(catalogue, id, length);
    if (row == SIZE_MAX || inb_catalogue_row(catalogue, row)->kind != kind ||
        inb_catalogue_row(catalogue, row)->omitted) {
        return false;
    }
    *ret_row = row;
    return true;
}

static bool read_rows(const inb_catalogue *catalogue, const char *text, size_t length,
    inb_kind kind, inb_card *card) {
    while (length > 0) {
        const char *item = NULL;
        size_t item_length = 0;
        size_t row = 0;
        cut(&text, &length, ',', &item, &item_length);
        if (kind == INB_CIRCUMSTANCE) {
            if (!find_row(catalogue, item, item_length, kind, &row)) {
                return false;
            }
            inb_set_add(&card->circumstances, row);
            continue;
        }
        int answer = item_length < 2 ? -1 : answer_value(item[item_length - 1]);
        if (answer <= INB_REPLY_NONE || !find_row(catalogue, item, item_length - 1, kind, &row)) {
            return false;
        }
        inb_card_set_row(card, row, (inb_reply)answer);
    }
    return true;
}

// A card that the buttons can lead to: a view only after what comes before it.
static bool is_reachable(const inb_catalogue *catalogue, const inb_card *card) {
    bool has_age = card->age != INB_CARD_AGE_NONE;
    bool has_who = card->reporter >= 0;
    size_t count = 0;
    (void)question_at(catalogue, card, 0, &count);
    switch (card->view) {
    case INB_VIEW_AGE:
    case INB_VIEW_LIST:
        return card->step == 0;
    case INB_VIEW_WHO:
        return has_age && card->step == 0;
    case INB_VIEW_WHERE:
        return has_age && has_who && card->step == 0;
    case INB_VIEW_QUESTION:
        return has_age && has_who && card->step < count;
    case INB_VIEW_FINDING:
    case INB_VIEW_MORE:
    case INB_VIEW_KEEP:
    case INB_VIEW_PASS:
        return card->step == 0;
    case INB_VIEW_COUNT:
        break;
    }
    return false;
}

inb_status inb_card_read(const inb_catalogue *catalogue, const char *text, size_t length,
    inb_card *ret_card, inb_error *err) {
    if (length >= INB_CARD_TEXT) {
        return wrong(err);
    }
    const char *rest = text;
    size_t left = length;
    const char *piece[8];
    size_t size[8];
    for (size_t i = 0; i < 8; i++) {
        cut(&rest, &left, '.', &piece[i], &size[i]);
    }
    inb_card card;
    inb_card_start(&card);
    const char *view = size[1] < 2 ? NULL : memchr(VIEWS, piece[1][0], sizeof VIEWS);
    int64_t step = 0;
    if (view == NULL || !inb_parse_int64(piece[1] + 1, size[1] - 1, &step) || step < 0 ||
        step > 99 || size[2] != 1) {
        return wrong(err);
    }
    card.view = (inb_card_view)(view - VIEWS);
    card.step = (size_t)step;
    size_t age = 0;
    while (age < INB_CARD_AGE_COUNT && AGES[age].letter != piece[2][0]) {
        age++;
    }
    card.age = (inb_card_age)age;
    card.reporter = inb_reporter_parse(piece[3], size[3]);
    size_t branches = 0;
    const inb_branch *branch = inb_catalogue_branches(catalogue, &branches);
    for (size_t i = 0; i < branches; i++) {
        if (inb_equals(piece[4], size[4], branch[i].id)) {
            card.branch = i;
        }
    }
    if (!read_situation(piece[5], size[5], &card) ||
        !read_rows(catalogue, piece[6], size[6], INB_INDICATOR, &card) ||
        !read_rows(catalogue, piece[7], size[7], INB_CIRCUMSTANCE, &card) ||
        !is_reachable(catalogue, &card)) {
        return wrong(err);
    }
    // Whatever the reading above took too lightly shows here: one card, one text.
    INB_CLEANUP(inb_buffer_clear) inb_buffer again = INB_BUFFER_INIT(INB_CARD_TEXT);
    inb_card_write(catalogue, &card, &again);
    INB_TRY(inb_buffer_check(&again, err));
    if (again.length != length || memcmp(again.data, text, length) != 0) {
        return wrong(err);
    }
    *ret_card = card;
    return INB_OK;
}

// ---- the buttons ----

static void go_to_question(const inb_catalogue *catalogue, inb_card *card, size_t step) {
    size_t count = 0;
    (void)question_at(catalogue, card, 0, &count);
    card->view = step < count ? INB_VIEW_QUESTION : INB_VIEW_FINDING;
    card->step = step < count ? step : 0;
}

static void go_back(const inb_catalogue *catalogue, inb_card *card) {
    size_t count = 0;
    switch (card->view) {
    case INB_VIEW_WHO:
        card->view = INB_VIEW_AGE;
        break;
    case INB_VIEW_WHERE:
        card->view = INB_VIEW_WHO;
        break;
    case INB_VIEW_QUESTION:
        if (card->step == 0) {
            card->view = INB_VIEW_WHERE;
        } else {
            card->step--;
        }
        break;
    case INB_VIEW_FINDING: {
        // To the question that was looked at last: the one before the first open one.
        (void)question_at(catalogue, card, 0, &count);
        size_t open = inb_card_open_step(catalogue, card);
        open = open == SIZE_MAX ? count : open;
        if (count == 0) {
            card->view = card->age == INB_CARD_AGE_NONE ? INB_VIEW_AGE
                         : card->reporter < 0           ? INB_VIEW_WHO
                                                        : INB_VIEW_WHERE;
        } else {
            go_to_question(catalogue, card, open == 0 ? 0 : open - 1);
        }
        break;
    }
    case INB_VIEW_MORE:
    case INB_VIEW_LIST:
    case INB_VIEW_KEEP:
    case INB_VIEW_PASS:
        card->view = INB_VIEW_FINDING;
        break;
    case INB_VIEW_AGE:
    case INB_VIEW_COUNT:
        break;
    }
    card->step = card->view == INB_VIEW_QUESTION ? card->step : 0;
}

static int answer_of_code(const char *code) {
    for (int i = INB_REPLY_YES; i <= INB_REPLY_UNKNOWN; i++) {
        if (strcmp(code, ANSWER_CODES[i]) == 0) {
            return i;
        }
    }
    return -1;
}

static bool press_age(const char *key, inb_card *card) {
    if (card->view != INB_VIEW_AGE && card->view != INB_VIEW_FINDING) {
        return false;
    }
    for (size_t i = 0; i < INB_CARD_AGE_COUNT; i++) {
        if (strcmp(key, AGES[i].key) == 0) {
            card->age = (inb_card_age)i;
            card->view = card->view == INB_VIEW_AGE ? INB_VIEW_WHO : INB_VIEW_FINDING;
            return true;
        }
    }
    return false;
}

static bool press_where(const inb_catalogue *catalogue, const char *id, inb_card *card) {
    size_t count = 0;
    const inb_branch *branches = inb_catalogue_branches(catalogue, &count);
    for (size_t i = 0; i < count && card->view == INB_VIEW_WHERE; i++) {
        if (strcmp(branches[i].id, id) == 0) {
            card->branch = i;
            go_to_question(catalogue, card, 0);
            return true;
        }
    }
    return false;
}

static bool press_answer(const inb_catalogue *catalogue, const char *code, inb_card *card) {
    const inb_question *question = inb_card_question(catalogue, card, NULL);
    int answer = answer_of_code(code);
    if (question == NULL || answer < 0 || question->kind == INB_ASK_PROFITS) {
        return false;
    }
    switch (question->kind) {
    case INB_ASK_DANGER:
        card->danger = (inb_reply)answer;
        break;
    case INB_ASK_UNACCOMPANIED:
        card->unaccompanied = (inb_reply)answer;
        break;
    case INB_ASK_CIRCUMSTANCE:
        inb_set_drop(&card->circumstances, question->row);
        if (answer == INB_REPLY_YES) {
            inb_set_add(&card->circumstances, question->row);
        }
        break;
    case INB_ASK_INDICATOR:
    case INB_ASK_PROFITS:
        inb_card_set_row(card, question->row, (inb_reply)answer);
        break;
    }
    go_to_question(catalogue, card, card->step + 1);
    return true;
}

static bool press_gain(const inb_catalogue *catalogue, const char *code, inb_card *card) {
    const inb_question *question = inb_card_question(catalogue, card, NULL);
    if (question == NULL || question->kind != INB_ASK_PROFITS) {
        return false;
    }
    int profit = inb_profit_parse(code, strlen(code));
    bool nobody = strcmp(code, "nobody") == 0;
    if (profit < 0 && !nobody && strcmp(code, "unknown") != 0) {
        return false;
    }
    card->profits = profit < 0 ? 0 : (uint8_t)(1u << profit);
    card->profits_asked = profit >= 0 ? INB_REPLY_YES : nobody ? INB_REPLY_NO : INB_REPLY_UNKNOWN;
    go_to_question(catalogue, card, card->step + 1);
    return true;
}

// "CR-06:yes", from the finding.
static bool press_ask(const inb_catalogue *catalogue, const char *text, inb_card *card) {
    const char *colon = strchr(text, ':');
    size_t row = 0;
    if (card->view != INB_VIEW_FINDING || colon == NULL ||
        !find_row(catalogue, text, (size_t)(colon - text), INB_INDICATOR, &row)) {
        return false;
    }
    int answer = answer_of_code(colon + 1);
    if (answer < 0 || !inb_catalogue_asks(catalogue, row, inb_card_age_class(card))) {
        return false;
    }
    inb_card_set_row(card, row, (inb_reply)answer);
    return true;
}

static bool starts(const char *text, const char *word, const char **ret_rest) {
    size_t length = strlen(word);
    *ret_rest = text + length;
    return strncmp(text, word, length) == 0;
}

static bool press(const inb_catalogue *catalogue, const char *button, inb_card *card) {
    const char *rest = NULL;
    if (strcmp(button, "stay") == 0) {
        return true;
    }
    if (strcmp(button, "back") == 0) {
        go_back(catalogue, card);
        return true;
    }
    if (strcmp(button, "show") == 0) {
        card->view = INB_VIEW_FINDING;
        card->step = 0;
        return true;
    }
    if (strcmp(button, "resume") == 0) {
        size_t open = inb_card_open_step(catalogue, card);
        if (card->view == INB_VIEW_FINDING && branch_of(catalogue, card) == NULL) {
            go_back(catalogue, card); // nothing was chosen yet: the first page that lacks something
        } else {
            go_to_question(catalogue, card, open);
        }
        return true;
    }
    if (strcmp(button, "more") == 0 || strcmp(button, "list") == 0) {
        card->view = button[0] == 'm' ? INB_VIEW_MORE : INB_VIEW_LIST;
        card->step = 0;
        return true;
    }
    if (strcmp(button, "keep") == 0 || strcmp(button, "pass") == 0) {
        bool stands = card->view == INB_VIEW_FINDING;
        card->view = button[0] == 'k' ? INB_VIEW_KEEP : INB_VIEW_PASS;
        return stands;
    }
    if (starts(button, "age:", &rest)) {
        return press_age(rest, card);
    }
    if (starts(button, "who:", &rest)) {
        int reporter = inb_reporter_parse(rest, strlen(rest));
        if (card->view != INB_VIEW_WHO || reporter < 0) {
            return false;
        }
        card->reporter = reporter;
        card->view = INB_VIEW_WHERE;
        return true;
    }
    if (starts(button, "where:", &rest)) {
        return press_where(catalogue, rest, card);
    }
    if (starts(button, "answer:", &rest)) {
        return press_answer(catalogue, rest, card);
    }
    if (starts(button, "gain:", &rest)) {
        return press_gain(catalogue, rest, card);
    }
    return starts(button, "ask:", &rest) && press_ask(catalogue, rest, card);
}

inb_status inb_card_press(
    const inb_catalogue *catalogue, const char *button, inb_card *card, inb_error *err) {
    inb_card next = *card;
    if (!press(catalogue, button, &next)) {
        return inb_fail(err, INB_BAD_INPUT, "card: found a button that is not on this page");
    }
    *card = next;
    return INB_OK;
}

// ---- facts ----

void inb_card_facts(const inb_catalogue *catalogue, const inb_card *card, inb_facts *ret_facts) {
    memset(ret_facts, 0, sizeof *ret_facts);
    ret_facts->age = inb_card_age_told(card->age);
    // Somebody who did not say who they are gets the advice for anyone.
    ret_facts->reporter = card->reporter < 0 ? INB_REPORTER_PUBLIC : (inb_reporter)card->reporter;
    ret_facts->roles = card->suspected ? 1u << INB_ROLE_SUSPECT : 0;
    for (size_t row = 0; row < inb_catalogue_rows(catalogue); row++) {
        if (!inb_catalogue_asks(catalogue, row, ret_facts->age.class_)) {
            continue;
        }
        switch (inb_card_row_reply(card, row)) {
        case INB_REPLY_YES:
            inb_set_add(&ret_facts->yes, row);
            break;
        case INB_REPLY_NO:
            inb_set_add(&ret_facts->no, row);
            break;
        case INB_REPLY_UNKNOWN:
            inb_set_add(&ret_facts->unknown, row);
            break;
        case INB_REPLY_NONE:
            break;
        }
    }
    ret_facts->circumstances = card->circumstances;
    ret_facts->situation = (inb_situation){
        .danger_now = card->danger == INB_REPLY_YES,
        .unaccompanied =
            card->unaccompanied == INB_REPLY_YES && ret_facts->age.class_ != INB_AGE_ADULT,
        .denies = card->denies,
        .profits = card->profits,
        .surroundings = card->surroundings,
        .consent = card->consent,
        .police = card->police,
    };
}
