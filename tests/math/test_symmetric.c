// SPDX-License-Identifier: EUPL-1.2
// Cholesky against the definition (matrix times solution gives the right side), on well and badly
// scaled matrices, and on singular ones with a known rank.

#include "inb_test.h"
#include "math/symmetric.h"

#include <inbeeld/rng.h>

#include <string.h>

enum { MOST = 12 };

static double matrix[MOST * MOST];
static double lower[MOST * MOST];
static double scale[MOST];
static size_t order[MOST];
static double work[MOST];

static inb_factor make(size_t n) {
    inb_factor factor = {.size = n, .lower = lower, .scale = scale, .order = order};
    inb_factor_make(matrix, &factor);
    return factor;
}

// matrix = B' B with B of `rows` random rows, columns blown up by 10^spread.
static void random_gram(inb_rng *rng, size_t n, size_t rows, double spread) {
    static double b[MOST * MOST];
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < n; j++) {
            b[i * n + j] = (inb_rng_uniform(rng) - 0.5) * pow(10, spread * (double)j / (double)n);
        }
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            double sum = 0;
            for (size_t k = 0; k < rows; k++) {
                sum += b[k * n + i] * b[k * n + j];
            }
            matrix[i * n + j] = sum;
        }
    }
}

INB_TEST(solution_satisfies_the_system) {
    inb_rng rng = inb_rng_make(2, 1);
    for (int round = 0; round < 200; round++) {
        size_t n = 1 + inb_rng_below(&rng, MOST);
        random_gram(&rng, n, n, round % 2 == 0 ? 0 : 8);
        double truth[MOST];
        double right[MOST];
        for (size_t i = 0; i < n; i++) {
            truth[i] = inb_rng_uniform(&rng) / sqrt(matrix[i * n + i]);
        }
        for (size_t i = 0; i < n; i++) {
            right[i] = 0;
            for (size_t j = 0; j < n; j++) {
                right[i] += matrix[i * n + j] * truth[j];
            }
        }
        inb_factor factor = make(n);
        double x[MOST];
        inb_factor_solve(&factor, right, x, work);
        for (size_t i = 0; i < n; i++) {
            double left = 0;
            double size = 0;
            for (size_t j = 0; j < n; j++) {
                left += matrix[i * n + j] * x[j];
                size += fabs(matrix[i * n + j] * x[j]);
            }
            INB_NEAR_ABS(left, right[i], 1e-9 * (size + 1e-300));
        }
    }
}
INB_END

INB_TEST(singular_matrices_show_their_rank_and_a_solution) {
    inb_rng rng = inb_rng_make(3, 1);
    for (int round = 0; round < 100; round++) {
        size_t n = 3 + inb_rng_below(&rng, MOST - 3);
        size_t rank = 1 + inb_rng_below(&rng, (uint32_t)n - 1);
        random_gram(&rng, n, rank, 0);
        double right[MOST];
        for (size_t i = 0; i < n; i++) { // in the column space: matrix times ones
            right[i] = 0;
            for (size_t j = 0; j < n; j++) {
                right[i] += matrix[i * n + j];
            }
        }
        inb_factor factor = make(n);
        ck_assert_uint_eq(factor.rank, rank);
        double x[MOST];
        inb_factor_solve(&factor, right, x, work);
        for (size_t i = 0; i < n; i++) {
            double left = 0;
            for (size_t j = 0; j < n; j++) {
                left += matrix[i * n + j] * x[j];
            }
            INB_NEAR_ABS(left, right[i], 1e-6);
        }
    }
}
INB_END

INB_TEST(zero_and_not_a_number_have_no_rank) {
    matrix[0] = 0;
    ck_assert_uint_eq(make(1).rank, 0);
    matrix[0] = NAN;
    inb_factor factor = make(1);
    ck_assert_uint_eq(factor.rank, 0);
    double right = 1;
    double x = 5;
    inb_factor_solve(&factor, &right, &x, work);
    ck_assert_double_eq(x, 0);
}
INB_END

INB_TEST_MAIN("math/symmetric", solution_satisfies_the_system,
    singular_matrices_show_their_rank_and_a_solution, zero_and_not_a_number_have_no_rank)
