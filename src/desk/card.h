// SPDX-License-Identifier: EUPL-1.2
// The card: what somebody said so far, and where in the card they are. All of it travels in one
// hidden field of the form and nowhere else, so what comes back is hostile input: it is accepted
// only where writing it again gives the same bytes.
#ifndef INB_DESK_CARD_H
#define INB_DESK_CARD_H

#include <inbeeld/weigh.h>

#include <inbeeld/buffer.h>
#include <inbeeld/status.h>

// X(NAME, letter in the field, text key after "page.age.", age class, years that stand for it)
#define INB_CARD_AGES(X)                                                                           \
    X(UNDER12, 'u', "under12", INB_AGE_CHILD, 11)                                                  \
    X(TEEN, 't', "teen", INB_AGE_CHILD, 15)                                                        \
    X(MINOR, 'm', "minor", INB_AGE_CHILD, 17)                                                      \
    X(ADULT, 'a', "adult", INB_AGE_ADULT, INB_YEARS_UNKNOWN)                                       \
    X(UNKNOWN, 'x', "unknown", INB_AGE_UNKNOWN, INB_YEARS_UNKNOWN)

typedef enum inb_card_age {
#define X(name, letter, key, class_, years) INB_CARD_AGE_##name,
    INB_CARD_AGES(X)
#undef X
        INB_CARD_AGE_COUNT,
    INB_CARD_AGE_NONE = INB_CARD_AGE_COUNT // not said yet
} inb_card_age;

typedef enum inb_reply {
    INB_REPLY_NONE, // not asked
    INB_REPLY_YES,
    INB_REPLY_NO,
    INB_REPLY_UNKNOWN
} inb_reply;

typedef enum inb_card_view {
    INB_VIEW_AGE,
    INB_VIEW_WHO,
    INB_VIEW_WHERE,
    INB_VIEW_QUESTION, // number `step` of the branch
    INB_VIEW_FINDING,
    INB_VIEW_MORE, // something more about the circumstances
    INB_VIEW_LIST, // the full list
    INB_VIEW_KEEP, // to be kept in the team's store
    INB_VIEW_PASS, // the same, and passed on
    INB_VIEW_COUNT
} inb_card_view;

typedef struct inb_card {
    inb_card_view view;
    size_t step; // question of the branch, counted over those that are asked
    inb_card_age age;
    int reporter;  // inb_reporter, -1 = not said yet
    size_t branch; // SIZE_MAX = not said yet
    inb_reply danger;
    inb_reply unaccompanied;
    inb_reply profits_asked; // NO: nobody; UNKNOWN; YES: the bits below
    bool denies;
    bool suspected;
    uint8_t profits;
    uint8_t surroundings;
    inb_consent consent;
    inb_police_wish police;
    inb_set yes, no, unknown, circumstances;
} inb_card;

enum { INB_CARD_TEXT = 4096 };

void inb_card_start(inb_card *card);

// Writes the card as the text of the hidden field. O(rows).
void inb_card_write(const inb_catalogue *catalogue, const inb_card *card, inb_buffer *text);

// Reads it back. INB_BAD_INPUT where it is not exactly what inb_card_write gives for some card that
// can be reached; the message holds none of it.
inb_status inb_card_read(const inb_catalogue *catalogue, const char *text, size_t length,
    inb_card *ret_card, inb_error *err) INB_NODISCARD;

// Does what a button says ("age:t", "who:school", "where:arrest", "answer:yes", "gain:parent",
// "ask:CR-06:yes", "back", "show", "resume", "more", "list", "keep", "pass", "stay"). A button that
// does not stand on the card's page is INB_BAD_INPUT and leaves *card as it was.
inb_status inb_card_press(const inb_catalogue *catalogue, const char *button, inb_card *card,
    inb_error *err) INB_NODISCARD;

// The question in view, and how many this branch has for this age; NULL where none is.
const inb_question *inb_card_question(
    const inb_catalogue *catalogue, const inb_card *card, size_t *ret_count);

// The first question of the branch without an answer, SIZE_MAX where all have one.
size_t inb_card_open_step(const inb_catalogue *catalogue, const inb_card *card);

inb_reply inb_card_reply(const inb_card *card, const inb_question *question);
inb_reply inb_card_row_reply(const inb_card *card, size_t row);
void inb_card_set_row(inb_card *card, size_t row, inb_reply answer);

// Whether anything at all was said beyond age and reporter.
bool inb_card_anything(const inb_card *card);

inb_age_class inb_card_age_class(const inb_card *card);
const char *inb_card_age_key(inb_card_age age); // "teen"
// The age of the card that an age of a signal belongs to (NONE: a child whose years are not told),
// and the age that stands for one.
inb_card_age inb_card_age_of(inb_age age);
inb_age inb_card_age_told(inb_card_age age);
const char *inb_reply_code(inb_reply answer); // "yes"

// What is weighed. Answers that are not asked at this age (it was changed) are left out.
void inb_card_facts(const inb_catalogue *catalogue, const inb_card *card, inb_facts *ret_facts);

#endif
