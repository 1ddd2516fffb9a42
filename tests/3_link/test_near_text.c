// SPDX-License-Identifier: EUPL-1.2
// Edits and Jaro-Winkler against plain versions: the table of optimal string alignment, and Jaro by
// its definition; published values; the upper bound is never below.

#include "near_text.h"

#include <inbeeld/rng.h>

#include "inb_test.h"

#include <string.h>

// Optimal string alignment by its table.
static size_t table_edits(const char *a, size_t na, const char *b, size_t nb) {
    size_t d[20][20];
    for (size_t i = 0; i <= na; i++) {
        for (size_t k = 0; k <= nb; k++) {
            if (i == 0 || k == 0) {
                d[i][k] = i + k;
                continue;
            }
            size_t best = d[i - 1][k - 1] + (a[i - 1] == b[k - 1] ? 0 : 1);
            best = d[i - 1][k] + 1 < best ? d[i - 1][k] + 1 : best;
            best = d[i][k - 1] + 1 < best ? d[i][k - 1] + 1 : best;
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1]) {
                best = d[i - 2][k - 2] + 1 < best ? d[i - 2][k - 2] + 1 : best;
            }
            d[i][k] = best;
        }
    }
    return d[na][nb];
}

// Jaro-Winkler by its definition.
static double plain_jaro_winkler(const char *a, size_t na, const char *b, size_t nb) {
    bool in_a[64] = {false};
    bool in_b[64] = {false};
    size_t longer = na > nb ? na : nb;
    size_t window = longer / 2 > 0 ? longer / 2 - 1 : 0;
    size_t matches = 0;
    for (size_t i = 0; i < na; i++) {
        for (size_t k = 0; k < nb; k++) {
            size_t apart = i > k ? i - k : k - i;
            if (apart <= window && !in_b[k] && a[i] == b[k]) {
                in_a[i] = in_b[k] = true;
                matches++;
                break;
            }
        }
    }
    if (matches == 0) {
        return 0;
    }
    size_t k = 0;
    size_t turned = 0;
    for (size_t i = 0; i < na; i++) {
        if (in_a[i]) {
            while (!in_b[k]) {
                k++;
            }
            turned += a[i] != b[k] ? 1 : 0;
            k++;
        }
    }
    double m = (double)matches;
    double jaro = (m / (double)na + m / (double)nb + (m - (double)turned / 2) / m) / 3;
    size_t prefix = 0;
    while (prefix < 4 && prefix < na && prefix < nb && a[prefix] == b[prefix]) {
        prefix++;
    }
    return jaro + 0.1 * (double)prefix * (1 - jaro);
}

static size_t draw(inb_rng *rng, char *text, size_t most) {
    size_t length = inb_rng_below(rng, (uint32_t)most + 1);
    for (size_t i = 0; i < length; i++) {
        text[i] = (char)('a' + inb_rng_below(rng, 4));
    }
    return length;
}

static uint32_t marks(const char *text, size_t length) {
    uint32_t found = 0;
    for (size_t i = 0; i < length; i++) {
        found |= 1U << (text[i] - 'a');
    }
    return found;
}

INB_TEST(against_plain_versions) {
    inb_rng rng = inb_rng_make(8, 0);
    for (int round = 0; round < 300000; round++) {
        char a[16], b[16];
        size_t na = draw(&rng, a, 9);
        size_t nb = draw(&rng, b, 9);
        if (round % 2 == 0 && na > 0) { // near ones, too
            memcpy(b, a, na);
            nb = na;
            for (uint32_t edits = inb_rng_below(&rng, 3); edits > 0; edits--) {
                b[inb_rng_below(&rng, (uint32_t)nb)] = (char)('a' + inb_rng_below(&rng, 4));
            }
        }
        size_t edits = table_edits(a, na, b, nb);
        for (int most = 1; most <= 2; most++) {
            INB_HOLDS(inb_edits_within(a, na, b, nb, most) == (edits <= (size_t)most),
                "%.*s %.*s within %d, table %zu", (int)na, a, (int)nb, b, most, edits);
        }
        double similarity = inb_jaro_winkler(a, na, b, nb);
        INB_HOLDS(fabs(similarity - plain_jaro_winkler(a, na, b, nb)) < 1e-12, "round %d", round);
        size_t prefix = inb_same_prefix(a, na, b, nb, 4);
        double bound = inb_jaro_winkler_most(na, marks(a, na), nb, marks(b, nb), prefix);
        INB_HOLDS(bound >= similarity - 1e-12, "round %d: %g below %g", round, bound, similarity);
    }
}
INB_END

INB_TEST(published_values) { // Winkler 1990, to three places
    static const struct {
        const char *a, *b;
        double value;
    } known[] = {{"martha", "marhta", 0.961}, {"dwayne", "duane", 0.840},
        {"dixon", "dicksonx", 0.813}, {"abc", "xyz", 0}, {"same", "same", 1}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        INB_NEAR_ABS(
            inb_jaro_winkler(known[i].a, strlen(known[i].a), known[i].b, strlen(known[i].b)),
            known[i].value, 0.0006);
    }
}
INB_END

INB_TEST(prefixes_and_long_texts) {
    ck_assert_uint_eq(inb_same_prefix("abcdef", 6, "abcxef", 6, 4), 3);
    ck_assert_uint_eq(inb_same_prefix("abcdef", 6, "abcdef", 6, 4), 4);
    ck_assert_uint_eq(inb_same_prefix("", 0, "abc", 3, 4), 0);
    char text[200];
    memset(text, 'a', sizeof text);
    ck_assert(inb_jaro_winkler(text, sizeof text, text, sizeof text) == 1);
    ck_assert(inb_jaro_winkler("", 0, text, 3) == 0);
    ck_assert(inb_jaro_winkler_most(100, 1, 100, 2, 0) == 1);
    ck_assert(inb_edits_within(text, 200, text, 199, 1));
    ck_assert(!inb_edits_within(text, 200, text, 197, 2));
}
INB_END

INB_TEST_MAIN("3_link/near_text", against_plain_versions, published_values, prefixes_and_long_texts)
