// SPDX-License-Identifier: EUPL-1.2
// rates.json and what is wrong with one; the corrected overlap against its own forward model, and
// the published corrections for known rates against populations with links lost and made.

#include "link_rates.h"

#include "base/alloc.h"
#include "inb_test.h"
#include "oracle.h"

#include <string.h>

static const char *const lists[] = {"a", "b", "c"};

static inb_status read_text(const char *text, inb_link_rate *rates, size_t *count, inb_error *err) {
    return inb_link_rates_read_memory(
        "rates.json", text, strlen(text), lists, 3, rates, count, err);
}

#define RATE(e, l, h) "{\"estimate\":" e ",\"low\":" l ",\"high\":" h "}"
#define PAIR(f, t, a, b) "{\"from\":" f ",\"to\":" t ",\"alpha\":" a ",\"beta\":" b "}"
#define GOOD RATE("0.9", "0.8", "1")

INB_TEST(rates_are_read_or_refused_with_a_place) {
    inb_link_rate rates[6];
    size_t count = 9;
    INB_OK_IS(
        read_text("{\"rates\":[" PAIR("\"a\"", "\"b\"", GOOD, RATE("0", "0", "0.1")) ",\n" PAIR(
                      "\"b\"", "\"a\"", GOOD, RATE("1e-3", "0", "0.1")) "]}",
            rates, &count, err));
    ck_assert_uint_eq(count, 2);
    ck_assert(rates[1].from == 1 && rates[1].to == 0);
    INB_NEAR_REL(rates[1].beta.estimate, 1e-3, 1e-12);
    INB_OK_IS(read_text("{\"rates\":[]}", rates, &count, err));
    ck_assert_uint_eq(count, 0);
    static const struct {
        const char *text;
        const char *words;
    } wrong[] = {{"[]", "found no list 'rates'"}, {"{\"rates\":{}}", "found no list 'rates'"},
        {"{\"rates\":[3]}", "rates.json:1:11: found a whole number"},
        {"{\"rates\":[" PAIR("\"d\"", "\"b\"", GOOD, GOOD) "]}", "the name of a list"},
        {"{\"rates\":[" PAIR("\"a\"", "7", GOOD, GOOD) "]}", "the name of a list"},
        {"{\"rates\":[" PAIR("\"a\"", "\"a\"", GOOD, GOOD) "]}", "ordered pair"},
        {"{\"rates\":[" PAIR("\"a\"", "\"b\"", GOOD, GOOD) "," PAIR(
             "\"a\"", "\"b\"", GOOD, GOOD) "]}",
            "ordered pair"},
        {"{\"rates\":[" PAIR("\"a\"", "\"b\"", "0.9", GOOD) "]}", "an object with 'estimate'"},
        {"{\"rates\":[" PAIR("\"a\"", "\"b\"", RATE("1.1", "0", "1"), GOOD) "]}", "from 0 to 1"},
        {"{\"rates\":[" PAIR("\"a\"", "\"b\"", RATE("\"x\"", "0", "1"), GOOD) "]}", "from 0 to 1"},
        {"{\"rates\":[" PAIR("\"a\"", "\"b\"", "{\"estimate\":0.5}", GOOD) "]}", "found nothing"},
        {"{\"rates\":[" PAIR("\"a\"", "\"b\"", RATE("0.5", "0.7", "0.6"), GOOD) "]}", "not above"},
        {"{\"rates\":[0,0,0,0,0,0,0]}", "found 7 rates"}, {"{\"rates\":", "rates.json:1"}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        INB_FAILS(read_text(wrong[i].text, rates, &count, err), INB_BAD_INPUT, wrong[i].words);
    }
    ck_assert_uint_eq(count, 0);
}
INB_END

INB_TEST(the_overlap_is_found_back) {
    for (double alpha = 0.5; alpha <= 1; alpha += 0.1) {
        for (double beta = 0; beta < 0.3; beta += 0.05) {
            double linked = alpha * 300 + beta * (2000 - 300);
            INB_NEAR_REL(inb_corrected_overlap(linked, 2000, alpha, beta), 300, 1e-9);
        }
    }
    ck_assert(isnan(inb_corrected_overlap(100, 2000, 0.1, 0.2)));
    ck_assert(isnan(inb_corrected_overlap(10, 2000, 0.9, 0.1)));
}
INB_END

// Ding and Fienberg's estimate, and that of Di Consiglio and Tuoto with links lost and made in both
// directions, on populations of people one by one: both come back to N where the plain one is off.
INB_TEST(known_rates_are_corrected_for) {
    enum { PEOPLE = 40000, ROUNDS = 30 };
    const double alpha = 0.9;
    const double beta = 0.01; // a record of the first list without a match gets a link
    double plain = 0;
    double one_way = 0;
    double other_way = 0;
    for (uint64_t r = 0; r < ROUNDS; r++) {
        inb_rng rng = inb_rng_make(81, r);
        double first = 0;
        double second = 0;
        double linked = 0;
        double false_links = 0;
        double matches = 0;
        for (size_t i = 0; i < PEOPLE; i++) {
            bool a = inb_rng_uniform(&rng) < 0.3;
            bool b = inb_rng_uniform(&rng) < 0.2;
            first += a;
            second += b;
            matches += a && b;
            linked += a && b && inb_rng_uniform(&rng) < alpha;
            false_links += a && !b && inb_rng_uniform(&rng) < beta;
        }
        linked += false_links;
        // Seen from the second list the same false links are shared out over its own records.
        double back = beta * (first - matches) / (second - matches);
        plain += first * second / linked / ROUNDS;
        one_way += first * second / inb_corrected_overlap(linked, first, alpha, beta) / ROUNDS;
        other_way += first * second / inb_corrected_overlap(linked, second, alpha, back) / ROUNDS;
    }
    ck_assert(fabs(plain / PEOPLE - 1) > 0.04);
    INB_NEAR_REL(one_way, PEOPLE, 0.01);
    INB_NEAR_REL(other_way, PEOPLE, 0.01);
}
INB_END

// Three lists (Zult, de Wolf et al.): what is observed is a linear map of what is true; solving it
// and fitting the corrected, fractional table gives back N. Records of list 3 lose their links.
INB_TEST(three_lists_are_corrected_too) {
    const double p[] = {0.3, 0.25, 0.2};
    const double kept = 0.85; // of the links of a record of list 3
    const double people = 100000;
    double truth[8];
    double seen[8] = {0};
    for (size_t h = 0; h < 8; h++) {
        truth[h] = people;
        for (size_t j = 0; j < 3; j++) {
            truth[h] *= (h >> j & 1) != 0 ? p[j] : 1 - p[j];
        }
        // One dependence, so that not all lists are independent.
        truth[h] *= (h & 3) == 3 ? 2 : 1;
    }
    for (size_t h = 1; h < 8; h++) {
        bool splits = (h & 4) != 0 && (h & 3) != 0;
        seen[h] += splits ? kept * truth[h] : truth[h];
        seen[h & 3] += splits ? (1 - kept) * truth[h] : 0;
        seen[4] += splits ? (1 - kept) * truth[h] : 0;
    }
    // The inverse of the map, by hand: linked ones divided by what was kept, the rest follows.
    double back[8];
    memcpy(back, seen, sizeof back);
    for (size_t h = 5; h < 8; h++) {
        back[h] = seen[h] / kept;
        back[h & 3] -= back[h] - seen[h];
        back[4] -= back[h] - seen[h];
    }
    const unsigned terms[] = {0, 1, 2, 4, 3};
    double hidden[2];
    for (int corrected = 0; corrected < 2; corrected++) {
        oracle o = {.lists = 3, .size = 8};
        for (size_t h = 1; h < 8; h++) {
            o.known[h] = true;
            o.counts[h] = corrected ? back[h] : seen[h];
        }
        double means[8];
        oracle_fit(&o, terms, 5, means);
        hidden[corrected] = means[0];
    }
    ck_assert(hidden[0] / truth[0] > 1.15);
    INB_NEAR_REL(hidden[1], truth[0], 1e-9);
}
INB_END

static inb_cell cells_true[4] = {{0, INB_CELL_MISSING}, {700, 0}, {500, 0}, {300, 0}};
static inb_cell cells_linked[4] = {{0, INB_CELL_MISSING}, {730, 0}, {530, 0}, {270, 0}};

INB_TEST(draws_that_contradict_their_rates_are_found) {
    const inb_cell *tables[4];
    inb_cell drawn[4][4];
    int64_t observed[4] = {0};
    for (size_t k = 0; k < 4; k++) {
        memcpy(drawn[k], cells_true, sizeof cells_true);
        drawn[k][3].count += (int64_t)k - 2;
        tables[k] = drawn[k];
    }
    inb_link_rate rate = {0, 1, {0.9, 0.88, 0.92}, {0, 0, 0}};
    inb_draws draws = {.list_count = 2,
        .count = 4,
        .group_count = 1,
        .tables = tables,
        .observed = observed,
        .rate_count = 1,
        .rates = &rate};
    int64_t counts[4] = {0, cells_linked[1].count, cells_linked[2].count, cells_linked[3].count};
    inb_histories *linked = NULL;
    INB_OK_IS(inb_histories_from_counts(lists, 2, counts, &linked, err));
    ck_assert_uint_eq(inb_i_rates_disagree(&draws, linked), 1); // 270 / 0.9 = 300
    rate.alpha = (inb_rate){0.99, 0.98, 1};
    ck_assert_uint_eq(inb_i_rates_disagree(&draws, linked), 0); // at most 276
    rate.alpha = (inb_rate){0.7, 0.6, 0.75};
    ck_assert_uint_eq(inb_i_rates_disagree(&draws, linked), 0); // at least 360
    INB_NEAR_REL(inb_i_overlap(cells_true, 2, 0, 0), 1000, 1e-12);
    INB_NEAR_REL(inb_i_overlap(cells_true, 2, 0, 1), 300, 1e-12);
    inb_histories_free(linked);
}
INB_END

INB_TEST_MAIN("4_count/link_rates", rates_are_read_or_refused_with_a_place,
    the_overlap_is_found_back, known_rates_are_corrected_for, three_lists_are_corrected_too,
    draws_that_contradict_their_rates_are_found)
