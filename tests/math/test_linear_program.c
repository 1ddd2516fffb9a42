// SPDX-License-Identifier: EUPL-1.2
// Clp behind our interface: a program solved by hand, infeasible and unbounded ones, and knapsacks
// without integers, whose optimum is the greedy one.

#include "inb_test.h"
#include "math/linear_program.h"

#include <inbeeld/rng.h>

#include <stdbool.h>
#include <string.h>

INB_TEST(by_hand) {
    // max 3x + 2y, x + y + s = 4, x + 3y + t = 6, 0 <= x <= 3: x = 3, y = 1.
    const int starts[] = {0, 2, 4, 5, 6};
    const int places[] = {0, 1, 0, 1, 0, 1};
    const double entries[] = {1, 1, 1, 3, 1, 1};
    const double least[] = {0, 0, 0, 0};
    const double most[] = {3, INFINITY, INFINITY, INFINITY};
    const double objective[] = {3, 2, 0, 0};
    const double right[] = {4, 6};
    inb_linear_program program = {2, 4, starts, places, entries, least, most, objective, right};
    double x[4];
    double value;
    INB_OK_IS(inb_linear_program_solve(&program, x, &value, err));
    INB_NEAR_ABS(value, 11, 1e-9);
    INB_NEAR_ABS(x[0], 3, 1e-9);
    INB_NEAR_ABS(x[1], 1, 1e-9);
}
INB_END

INB_TEST(infeasible_and_unbounded_are_said) {
    const int starts[] = {0, 1, 2};
    const int places[] = {0, 0};
    const double least[] = {0, 0};
    const double most[] = {1, 1};
    const double no_most[] = {INFINITY, INFINITY};
    const double objective[] = {1, 1};
    const double sum[] = {1, 1};
    const double difference[] = {1, -1};
    const double three[] = {3};
    const double nought[] = {0};
    double x[2] = {7, 7};
    double value = 7;
    inb_linear_program bad = {1, 2, starts, places, sum, least, most, objective, three};
    INB_FAILS(inb_linear_program_solve(&bad, x, &value, err), INB_NOT_CONVERGED, "no optimum");
    inb_linear_program open = {1, 2, starts, places, difference, least, no_most, objective, nought};
    INB_FAILS(inb_linear_program_solve(&open, x, &value, err), INB_NOT_CONVERGED, "no optimum");
    ck_assert_double_eq(value, 7); // outputs untouched on failure
    ck_assert_double_eq(x[0], 7);
}
INB_END

INB_TEST(knapsack_is_greedy) {
    enum { ITEMS = 20 };
    inb_rng rng = inb_rng_make(6, 1);
    for (int round = 0; round < 50; round++) {
        int starts[ITEMS + 2];
        int places[ITEMS + 1];
        double weight[ITEMS + 1];
        double least[ITEMS + 1];
        double most[ITEMS + 1];
        double worth[ITEMS + 1];
        for (int i = 0; i <= ITEMS; i++) {
            starts[i] = i;
            places[i] = 0;
            weight[i] = 1 + inb_rng_uniform(&rng);
            worth[i] = inb_rng_uniform(&rng);
            least[i] = 0;
            most[i] = 1;
        }
        starts[ITEMS + 1] = ITEMS + 1;
        weight[ITEMS] = 1; // slack
        worth[ITEMS] = 0;
        most[ITEMS] = INFINITY;
        double room = 5 + 5 * inb_rng_uniform(&rng);
        inb_linear_program program = {
            1, ITEMS + 1, starts, places, weight, least, most, worth, &room};
        double x[ITEMS + 1];
        double value;
        INB_OK_IS(inb_linear_program_solve(&program, x, &value, err));
        double greedy = 0;
        double left = room;
        bool used[ITEMS] = {false};
        while (left > 1e-12) {
            int best = -1;
            for (int i = 0; i < ITEMS; i++) {
                if (!used[i] && (best < 0 || worth[i] / weight[i] > worth[best] / weight[best])) {
                    best = i;
                }
            }
            if (best < 0) {
                break;
            }
            used[best] = true;
            double part = left < weight[best] ? left / weight[best] : 1;
            greedy += part * worth[best];
            left -= part * weight[best];
        }
        INB_NEAR_ABS(value, greedy, 1e-8);
    }
}
INB_END

INB_TEST_MAIN("math/linear_program", by_hand, infeasible_and_unbounded_are_said, knapsack_is_greedy)
