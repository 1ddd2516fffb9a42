// SPDX-License-Identifier: EUPL-1.2
// Quantiles against published values and against the distribution function they invert.

#include "inb_test.h"
#include "math/normal.h"

#include <string.h>

INB_TEST(known_quantiles) {
    INB_NEAR_ABS(inb_normal_quantile(0.975), 1.959963984540054, 1e-14);
    INB_NEAR_ABS(inb_normal_quantile(0.95), 1.644853626951472, 1e-13);
    INB_NEAR_ABS(inb_normal_quantile(0.995), 2.575829303548901, 1e-13);
    INB_NEAR_ABS(inb_normal_quantile(1e-10), -6.361340902404056, 1e-12);
    ck_assert(fabs(inb_normal_quantile(0.5)) < 1e-16);
}
INB_END

INB_TEST(inverse_of_the_distribution) {
    for (double z = -37; z < 8; z += 0.125) {
        INB_NEAR_ABS(inb_normal_quantile(inb_normal_below(z)), z, z < 4 ? 1e-12 : 0.1);
    }
    INB_NEAR_REL(inb_normal_below(-10), 7.619853024160527e-24, 1e-12);
}
INB_END

INB_TEST(ends_and_outside) {
    ck_assert(isinf(inb_normal_quantile(0)) && inb_normal_quantile(0) < 0);
    ck_assert(isinf(inb_normal_quantile(1)) && inb_normal_quantile(1) > 0);
    ck_assert(isnan(inb_normal_quantile(-0.1)));
    ck_assert(isnan(inb_normal_quantile(1.1)));
    ck_assert(isnan(inb_normal_quantile(NAN)));
}
INB_END

INB_TEST_MAIN("math/normal", known_quantiles, inverse_of_the_distribution, ends_and_outside)
