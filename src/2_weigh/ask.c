// SPDX-License-Identifier: EUPL-1.2
// What to ask next: the unanswered rows that could change the finding, those that would change it
// most first. "Change" is: a listed form rises a level or gets an element it lacked, a dimension
// turns positive, or a form gets listed with an element. Forms are bits, and rows that could change
// the same are priced once; tests/2_weigh/test_ask.c finds the same by weighing again for every
// row.

#include "weigh_i.h"

enum { // how much a change is worth; a row not asked comes before one answered "not known"
    WORTH_ELEMENTS = 32,
    WORTH_SOMETHING = 12,
    WORTH_DIMENSION = 8,
    WORTH_NEW_ELEMENT = 4,
    WORTH_NEW_FORM = 2
};

struct state {
    uint8_t has[INB_ELEMENT_COUNT]; // forms (bits) that have the element, or would once listed
    uint8_t listed;                 // forms that are listed
    uint8_t complete;               // forms at level elements
    uint8_t touched;                // forms at level something or more
    bool child;
    bool flips[INB_DIMENSIONS][INB_WEIGHT_STRONG + 1]; // would one more row of the weight do it?
};

static uint8_t complete_forms(const uint8_t has[INB_ELEMENT_COUNT], bool child) {
    return (uint8_t)(has[INB_ACT] & has[INB_PURPOSE] & (child ? UINT8_MAX : has[INB_MEANS]));
}

static struct state state_of(
    const inb_catalogue *catalogue, const inb_facts *facts, const inb_finding *finding) {
    struct state state = {.child = facts->age.class_ != INB_AGE_ADULT};
    for (size_t i = 0; i < finding->form_count; i++) {
        const inb_form_finding *found = &finding->forms[i];
        uint8_t bit = (uint8_t)(1u << found->form);
        state.listed |= bit;
        for (int e = 0; e < INB_ELEMENT_COUNT; e++) {
            state.has[e] |= inb_set_empty(&found->element[e]) ? 0 : bit;
        }
    }
    // What rows about any form gave goes to a form as soon as it is listed.
    inb_set seen = inb_rows_that_count(catalogue, facts);
    inb_set any = inb_set_and(&seen, &catalogue->of_form[INB_FORM_UNSPECIFIED]);
    for (int e = 0; e < INB_ELEMENT_COUNT; e++) {
        state.has[e] |= inb_set_meets(&any, &catalogue->of_element[e]) ? UINT8_MAX : 0;
    }
    state.complete = complete_forms(state.has, state.child);
    state.touched = (uint8_t)(state.has[INB_ACT] | state.has[INB_MEANS] | state.has[INB_PURPOSE]);
    inb_weight_counts counts;
    inb_count_weights(catalogue, &seen, inb_class_index(facts->age.class_), &counts);
    for (int d = 0; d < INB_DIMENSIONS; d++) {
        for (int weight = INB_WEIGHT_WEAK; weight <= INB_WEIGHT_STRONG; weight++) {
            const int *of = counts.of[d];
            state.flips[d][weight] =
                !finding->dimension[d] &&
                inb_dimension_positive(of[INB_WEIGHT_STRONG] + (weight == INB_WEIGHT_STRONG),
                    of[INB_WEIGHT_MEDIUM] + (weight == INB_WEIGHT_MEDIUM),
                    of[INB_WEIGHT_WEAK] + (weight == INB_WEIGHT_WEAK));
        }
    }
    return state;
}

// How many forms a byte of bits holds: not every machine has an instruction for it.
#define TWO(n) n, n + 1, n + 1, n + 2
#define FOUR(n) TWO(n), TWO(n + 1), TWO(n + 1), TWO(n + 2)
#define SIX(n) FOUR(n), FOUR(n + 1), FOUR(n + 1), FOUR(n + 2)
static const uint8_t count_of[] = {SIX(0), SIX(1), SIX(1), SIX(2)};
#undef TWO
#undef FOUR
#undef SIX

static int worth(const struct state *state, const inb_pattern *row) {
    uint8_t listed = state->listed | row->lists;
    uint8_t has[INB_ELEMENT_COUNT];
    int news = 0;
    for (int e = 0; e < INB_ELEMENT_COUNT; e++) {
        uint8_t given = row->gives[e] & listed;
        has[e] = state->has[e] | given;
        news += count_of[given & ~state->has[e] & state->listed];
    }
    uint8_t touched = has[INB_ACT] | has[INB_MEANS] | has[INB_PURPOSE];
    uint8_t complete = complete_forms(has, state->child);
    int sum = WORTH_ELEMENTS * count_of[complete & ~state->complete & state->listed] +
              WORTH_SOMETHING * count_of[touched & ~state->touched & state->listed] +
              WORTH_NEW_ELEMENT * news +
              WORTH_NEW_FORM * ((touched & listed & ~state->listed) != 0 ? 1 : 0);
    uint8_t weight = row->weight[state->child ? 1 : 0];
    if (row->dimension >= 0 && weight != INB_WEIGHT_NONE && state->flips[row->dimension][weight]) {
        sum += WORTH_DIMENSION;
    }
    return sum;
}

// worth, and among equals first a row about a listed form or any form, then the heavier one. Even,
// so that a row answered "not known" can come just after.
static int rank(const struct state *state, const inb_pattern *row) {
    int sum = worth(state, row);
    bool near = row->any_form != 0 || (row->forms & state->listed) != 0;
    return sum == 0 ? 0 : 2 * (sum * 8 + (near ? 4 : 0) + row->weight[state->child ? 1 : 0]);
}

void inb_ask(const inb_catalogue *catalogue, const inb_facts *facts, inb_finding *finding) {
    struct state state = state_of(catalogue, facts, finding);
    const inb_set *applies = &catalogue->applies[inb_class_index(facts->age.class_)];
    inb_set answered = inb_set_or(&facts->yes, &facts->no);
    inb_set open = inb_set_minus(applies, &answered);
    int ranks[INB_MAX_ROWS]; // of the patterns
    for (size_t i = 0; i < catalogue->pattern_count; i++) {
        ranks[i] = rank(&state, &catalogue->patterns[i]);
    }
    int best[INB_ASK_MOST];
    size_t asked = 0;
    for (size_t word = 0; word < INB_SET_WORDS; word++) {
        for (uint64_t bits = open.words[word]; bits != 0; bits &= bits - 1) {
            size_t at = word * 64 + (size_t)__builtin_ctzll(bits);
            int least = asked < INB_ASK_MOST ? 0 : best[asked - 1];
            int value = ranks[catalogue->pattern_of[at]];
            if (value <= least) {
                continue;
            }
            value -= inb_set_has(&facts->unknown, at) ? 1 : 0;
            if (value <= least) {
                continue;
            }
            size_t place = asked < INB_ASK_MOST ? asked++ : asked - 1;
            while (place > 0 && best[place - 1] < value) {
                best[place] = best[place - 1];
                finding->ask_next[place] = finding->ask_next[place - 1];
                place--;
            }
            best[place] = value;
            finding->ask_next[place] = at;
        }
    }
    finding->ask_count = asked;
    finding->ask_age = facts->age.class_ == INB_AGE_UNKNOWN;
}
