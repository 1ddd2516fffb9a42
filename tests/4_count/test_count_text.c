// SPDX-License-Identifier: EUPL-1.2
// The text: the sentence to quote, the assumption in words, refusals in words, lines that fit.

#include "inb_test.h"

#include <inbeeld/count.h>

#include <string.h>

static inb_buffer render(
    const int64_t *counts, size_t lists, inb_count_method method, const char *model) {
    static const char *const names[] = {"Police", "Shelter", "Inspection"};
    inb_histories *histories = NULL;
    inb_estimate *estimate = NULL;
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = method;
    options.model = model;
    inb_buffer out = INB_BUFFER_INIT((size_t)1 << 20);
    INB_OK_IS(inb_histories_from_counts(names, lists, counts, &histories, err));
    INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
    inb_estimate_text(estimate, &out);
    INB_OK_IS(inb_buffer_check(&out, err));
    inb_estimate_free(estimate);
    inb_histories_free(histories);
    return out;
}

static void holds(const inb_buffer *out, const char *part) {
    ck_assert_msg(
        strstr(inb_buffer_get(out), part) != NULL, "lacks '%s' in:\n%s", part, inb_buffer_get(out));
}

INB_TEST(a_sentence_to_quote) {
    inb_buffer out = render((int64_t[]){0, 12000, 8000, 500}, 2, INB_COUNT_INDEPENDENCE, NULL);
    holds(&out, "Confidential until published");
    // N = 12,500 x 8,500 / 500 = 212,500
    holds(
        &out, "An estimated 212,500 people in all, of whom 20,500 were seen and 192,000 were not");
    holds(&out, "Being on one list makes it neither more nor less likely to be on another");
    holds(&out, "No data can test that.");
    holds(&out, "Chapman");
    inb_buffer_clear(&out);
}
INB_END

INB_TEST(dependence_in_words) {
    inb_buffer out =
        render((int64_t[]){0, 120, 80, 30, 60, 25, 15, 5}, 3, INB_COUNT_MODEL, "PolicexShelter");
    holds(&out, "The lists depend on each other only as follows: Police with Shelter.");
    holds(&out, "PolicexShelter, Inspection");
    inb_buffer_clear(&out);
}
INB_END

INB_TEST(refusal_in_words_and_lines_that_fit) {
    inb_buffer out = render(
        (int64_t[]){0, 40, 30, 6, 20, 0, 0, 0}, 3, INB_COUNT_MODEL, "PolicexShelter,Inspection");
    holds(&out, "No single number can be defended");
    holds(&out, "estimate  none");
    holds(&out, "2 of 3 pairs of lists have nobody in common");
    const char *text = inb_buffer_get(&out);
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        ck_assert_uint_le(length, 100);
        text += length + (text[length] == '\n');
    }
    inb_buffer_clear(&out);
}
INB_END

INB_TEST_MAIN("4_count/count_text", a_sentence_to_quote, dependence_in_words,
    refusal_in_words_and_lines_that_fit)
