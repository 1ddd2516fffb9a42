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

enum { // rank and row of a candidate in one number: the greater comes first
    ROW_BITS = 9,
    ROW_MASK = (1 << ROW_BITS) - 1
};
_Static_assert(INB_MAX_ROWS - 1 <= ROW_MASK, "a row fits");

// Where a word holds a byte of form bits for each element, as in inb_pattern.
#define EACH_ELEMENT(byte) ((uint32_t)(byte)*0x010101u)
_Static_assert(INB_ELEMENT_COUNT == 3 && INB_FORM_COUNT <= 8, "three bytes of form bits");

struct state {
    uint32_t has;     // per element, forms that have it, or would once listed
    uint8_t listed;   // forms that are listed
    uint8_t complete; // forms at level elements
    uint8_t touched;  // forms at level something or more
    uint8_t no_means; // all forms where a child is weighed: means are not needed
    size_t class_index;
    // Would one more row of the weight do it? [0] is for rows without a dimension.
    bool flips[1 + INB_DIMENSIONS][INB_WEIGHT_STRONG + 1];
};

static uint8_t complete_forms(uint32_t has, uint8_t no_means) {
    return (
        uint8_t)(has >> 8 * INB_ACT & has >> 8 * INB_PURPOSE & (has >> 8 * INB_MEANS | no_means));
}

static uint8_t touched_forms(uint32_t has) {
    return (uint8_t)(has >> 8 * INB_ACT | has >> 8 * INB_MEANS | has >> 8 * INB_PURPOSE);
}

static struct state state_of(
    const inb_catalogue *catalogue, const inb_facts *facts, const inb_finding *finding) {
    bool child = facts->age.class_ != INB_AGE_ADULT;
    struct state state = {.no_means = child ? UINT8_MAX : 0, .class_index = child ? 1 : 0};
    for (size_t i = 0; i < finding->form_count; i++) {
        const inb_form_finding *found = &finding->forms[i];
        uint8_t bit = (uint8_t)(1u << found->form);
        state.listed |= bit;
        for (int e = 0; e < INB_ELEMENT_COUNT; e++) {
            state.has |= inb_set_empty(&found->element[e]) ? 0 : (uint32_t)bit << 8 * e;
        }
    }
    // What rows about any form gave goes to a form as soon as it is listed.
    inb_set seen = inb_rows_that_count(catalogue, facts);
    inb_set any = inb_set_and(&seen, &catalogue->of_form[INB_FORM_UNSPECIFIED]);
    for (int e = 0; e < INB_ELEMENT_COUNT; e++) {
        state.has |= inb_set_meets(&any, &catalogue->of_element[e]) ? 0xFFu << 8 * e : 0;
    }
    state.complete = complete_forms(state.has, state.no_means);
    state.touched = touched_forms(state.has);
    inb_weight_counts counts;
    inb_count_weights(catalogue, &seen, state.class_index, &counts);
    for (int d = 0; d < INB_DIMENSIONS; d++) {
        for (int weight = INB_WEIGHT_WEAK; weight <= INB_WEIGHT_STRONG; weight++) {
            const int *of = counts.of[d];
            state.flips[1 + d][weight] =
                !finding->dimension[d] &&
                inb_dimension_positive(of[INB_WEIGHT_STRONG] + (weight == INB_WEIGHT_STRONG),
                    of[INB_WEIGHT_MEDIUM] + (weight == INB_WEIGHT_MEDIUM),
                    of[INB_WEIGHT_WEAK] + (weight == INB_WEIGHT_WEAK));
        }
    }
    return state;
}

// Bits set in each byte, weighed and added: bytes 0 to 2 hold the forms that get a new element,
// 3 those that rise to something, 4 to elements. Divided by the smallest weight the sum stays
// below 256, so that the product carries nothing into its top byte, where the sum stands.
static int weighed_bits(uint64_t bytes) {
    enum { UNIT = WORTH_NEW_ELEMENT };
    static const uint64_t weights =
        (uint64_t)(WORTH_NEW_ELEMENT / UNIT) << 56 | (uint64_t)(WORTH_NEW_ELEMENT / UNIT) << 48 |
        (uint64_t)(WORTH_NEW_ELEMENT / UNIT) << 40 | (uint64_t)(WORTH_SOMETHING / UNIT) << 32 |
        (uint64_t)(WORTH_ELEMENTS / UNIT) << 24;
    _Static_assert(WORTH_SOMETHING % UNIT == 0 && WORTH_ELEMENTS % UNIT == 0 &&
                       8 * (3 + WORTH_SOMETHING / UNIT + WORTH_ELEMENTS / UNIT) < 256,
        "the sum fits a byte");
    bytes -= bytes >> 1 & 0x5555555555555555;
    bytes = (bytes & 0x3333333333333333) + (bytes >> 2 & 0x3333333333333333);
    bytes = (bytes + (bytes >> 4)) & 0x0F0F0F0F0F0F0F0F;
    return UNIT * (int)(bytes * weights >> 56);
}

static int worth(const struct state *state, const inb_pattern *row) {
    uint8_t listed = state->listed | row->lists;
    uint32_t has = state->has | (row->gives & EACH_ELEMENT(listed));
    uint8_t touched = touched_forms(has);
    uint8_t rises = touched & ~state->touched & state->listed;
    uint8_t completes = complete_forms(has, state->no_means) & ~state->complete & state->listed;
    uint32_t news = has & ~state->has & EACH_ELEMENT(state->listed);
    int sum = weighed_bits(news | (uint64_t)rises << 24 | (uint64_t)completes << 32);
    sum += (touched & listed & ~state->listed) != 0 ? WORTH_NEW_FORM : 0;
    bool flips = state->flips[1 + row->dimension][row->weight[state->class_index]];
    return sum + (flips ? WORTH_DIMENSION : 0);
}

// worth, and among equals first a row that names a listed form (it is about what was seen), then
// one about any form, then the heavier one. Even, so that a row answered "not known" can come just
// after.
static int rank(const struct state *state, const inb_pattern *row) {
    int sum = worth(state, row);
    int near = (row->forms & state->listed) != 0 ? 8 : row->any_form != 0 ? 4 : 0;
    return sum == 0 ? 0 : 2 * (sum * 16 + near + row->weight[state->class_index]);
}

// The best so far, the greatest first.
struct best {
    int keys[INB_ASK_MOST];
    size_t count;
};

static void offer(struct best *best, int key) {
    size_t place = best->count;
    if (place < INB_ASK_MOST) {
        best->count++;
    } else if (key <= best->keys[--place]) {
        return;
    }
    for (; place > 0 && best->keys[place - 1] < key; place--) {
        best->keys[place] = best->keys[place - 1];
    }
    best->keys[place] = key;
}

void inb_ask(const inb_catalogue *catalogue, const inb_facts *facts, inb_finding *finding) {
    struct state state = state_of(catalogue, facts, finding);
    inb_set answered = inb_set_or(&facts->yes, &facts->no);
    inb_set open = inb_set_minus(&catalogue->applies[state.class_index], &answered);
    struct best best = {.count = 0};
    for (size_t i = 0; i < catalogue->pattern_count; i++) {
        int value = rank(&state, &catalogue->patterns[i]);
        int most = value << ROW_BITS | ROW_MASK; // that a row of this pattern can reach
        if (value == 0 || (best.count == INB_ASK_MOST && most <= best.keys[INB_ASK_MOST - 1])) {
            continue;
        }
        inb_set rows = inb_set_and(&open, &catalogue->pattern_rows[i]);
        for (size_t word = 0; word < INB_SET_WORDS; word++) {
            for (uint64_t bits = rows.words[word]; bits != 0; bits &= bits - 1) {
                int at = (int)word * 64 + __builtin_ctzll(bits);
                int unknown = inb_set_has(&facts->unknown, (size_t)at) ? 1 : 0;
                offer(&best, (value - unknown) << ROW_BITS | (ROW_MASK - at));
            }
        }
    }
    for (size_t i = 0; i < best.count; i++) {
        finding->ask_next[i] = (size_t)(ROW_MASK - (best.keys[i] & ROW_MASK));
    }
    finding->ask_count = best.count;
    finding->ask_age = facts->age.class_ == INB_AGE_UNKNOWN;
}
