// SPDX-License-Identifier: EUPL-1.2
// Subset and superset sums against the plain double loop over all pairs of sets.

#include "inb_test.h"
#include "math/lattice.h"

#include <inbeeld/rng.h>

#include <string.h>

enum { BITS = 7, SIZE = 1 << BITS };

static void fill(double *values) {
    inb_rng rng = inb_rng_make(1, 1);
    for (size_t i = 0; i < SIZE; i++) {
        values[i] = inb_rng_below(&rng, 1000);
    }
}

INB_TEST(subset_sums_are_sums_over_parts) {
    double values[SIZE];
    double sums[SIZE];
    fill(values);
    memcpy(sums, values, sizeof sums);
    inb_subset_sums(sums, BITS);
    for (size_t s = 0; s < SIZE; s++) {
        double expected = 0;
        for (size_t t = 0; t < SIZE; t++) {
            expected += (t & s) == t ? values[t] : 0;
        }
        ck_assert_double_eq(sums[s], expected);
    }
}
INB_END

INB_TEST(superset_sums_are_sums_over_what_contains) {
    double values[SIZE];
    double sums[SIZE];
    fill(values);
    memcpy(sums, values, sizeof sums);
    inb_superset_sums(sums, BITS);
    for (size_t s = 0; s < SIZE; s++) {
        double expected = 0;
        for (size_t t = 0; t < SIZE; t++) {
            expected += (t & s) == s ? values[t] : 0;
        }
        ck_assert_double_eq(sums[s], expected);
    }
}
INB_END

INB_TEST(no_bits_is_one_value) {
    double value = 3;
    inb_subset_sums(&value, 0);
    inb_superset_sums(&value, 0);
    ck_assert_double_eq(value, 3);
}
INB_END

INB_TEST_MAIN("math/lattice", subset_sums_are_sums_over_parts,
    superset_sums_are_sums_over_what_contains, no_bits_is_one_value)
