// SPDX-License-Identifier: EUPL-1.2
// Rank and membership against exact elimination modulo the prime 2^31 - 1 (another algorithm, whole
// numbers), on random zero-one matrices and on the set-inclusion matrices of log-linear models.

#include "inb_test.h"
#include "math/echelon.h"

#include <inbeeld/rng.h>

#include <stdint.h>
#include <string.h>

enum { MOST = 32 };

static const int64_t PRIME = 2147483647;

static int64_t power(int64_t base, int64_t exponent) {
    int64_t result = 1;
    for (; exponent > 0; exponent >>= 1) {
        result = (exponent & 1) != 0 ? result * base % PRIME : result;
        base = base * base % PRIME;
    }
    return result;
}

static size_t exact_rank(const int matrix[MOST][MOST], size_t rows, size_t columns) {
    static int64_t m[MOST][MOST];
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < columns; j++) {
            m[i][j] = matrix[i][j];
        }
    }
    size_t rank = 0;
    for (size_t column = 0; column < columns && rank < rows; column++) {
        size_t pivot = rank;
        while (pivot < rows && m[pivot][column] == 0) {
            pivot++;
        }
        if (pivot == rows) {
            continue;
        }
        for (size_t j = 0; j < columns; j++) {
            int64_t kept = m[pivot][j];
            m[pivot][j] = m[rank][j];
            m[rank][j] = kept;
        }
        int64_t inverse = power(m[rank][column], PRIME - 2);
        for (size_t i = rank + 1; i < rows; i++) {
            int64_t factor = m[i][column] * inverse % PRIME;
            for (size_t j = column; j < columns; j++) {
                m[i][j] = ((m[i][j] - factor * m[rank][j]) % PRIME + PRIME) % PRIME;
            }
        }
        rank++;
    }
    return rank;
}

static double rows_of[MOST * MOST];
static size_t pivots_of[MOST];

static void to_row(const int *from, size_t columns, double *row) {
    for (size_t j = 0; j < columns; j++) {
        row[j] = from[j];
    }
}

static void check_matrix(const int matrix[MOST][MOST], size_t rows, size_t columns) {
    inb_echelon echelon = {.columns = columns, .rows = rows_of, .pivots = pivots_of};
    double row[MOST];
    for (size_t i = 0; i < rows; i++) {
        to_row(matrix[i], columns, row);
        bool held = inb_echelon_holds(&echelon, row);
        to_row(matrix[i], columns, row);
        ck_assert_int_eq(inb_echelon_add(&echelon, row), !held);
        ck_assert_uint_eq(echelon.rank, exact_rank(matrix, i + 1, columns));
    }
    // The pivot columns alone have the same rank.
    static int part[MOST][MOST];
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < echelon.rank; j++) {
            part[i][j] = matrix[i][pivots_of[j]];
        }
    }
    ck_assert_uint_eq(exact_rank(part, rows, echelon.rank), echelon.rank);
}

INB_TEST(random_matrices) {
    inb_rng rng = inb_rng_make(4, 1);
    static int matrix[MOST][MOST];
    for (int round = 0; round < 400; round++) {
        size_t rows = 1 + inb_rng_below(&rng, MOST);
        size_t columns = 1 + inb_rng_below(&rng, MOST);
        uint32_t density = 1 + inb_rng_below(&rng, 9);
        for (size_t i = 0; i < rows; i++) {
            for (size_t j = 0; j < columns; j++) {
                matrix[i][j] = inb_rng_below(&rng, 10) < density;
            }
            if (i > 1 && inb_rng_below(&rng, 3) == 0) { // a copy, so that ranks fall short
                memcpy(matrix[i], matrix[i - 1], sizeof matrix[i]);
            }
        }
        check_matrix(matrix, rows, columns);
    }
}
INB_END

INB_TEST(inclusion_matrices_of_models) {
    inb_rng rng = inb_rng_make(5, 1);
    static int matrix[MOST][MOST];
    for (int round = 0; round < 300; round++) {
        size_t terms[MOST];
        size_t columns = 0;
        for (size_t t = 0; t < MOST; t++) {
            if (inb_rng_below(&rng, 2) == 0) {
                terms[columns++] = t;
            }
        }
        size_t rows = 0;
        for (size_t cell = 1; cell < MOST; cell++) {
            if (inb_rng_below(&rng, 3) == 0) {
                continue;
            }
            for (size_t j = 0; j < columns; j++) {
                matrix[rows][j] = (terms[j] & cell) == terms[j];
            }
            rows++;
        }
        if (columns > 0) {
            check_matrix(matrix, rows, columns);
        }
    }
}
INB_END

INB_TEST_MAIN("math/echelon", random_matrices, inclusion_matrices_of_models)
