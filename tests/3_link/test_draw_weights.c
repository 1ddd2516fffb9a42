// SPDX-License-Identifier: EUPL-1.2
// Weights drawn: about those of the fit, spread by what they stand on, the same by the same stream.

#include "draw_weights.h"
#include "inb_link_case.h"
#include "inb_test.h"

#include <math.h>

// Mean and deviation over draws of the weight of `level` of a group of one feature.
static void draw(
    const inb_linked *linked, const inb_draw_base *base, size_t g, size_t at, double ret[2]) {
    enum { DRAWS = 2000 };
    double sum = 0;
    double squares = 0;
    for (uint64_t k = 0; k < DRAWS; k++) {
        inb_rng rng = inb_rng_make(3, k);
        inb_fit *fit = NULL;
        INB_OK_IS(inb_draw_weights(linked, base, &rng, &fit, err));
        sum += fit->weight[g][at];
        squares += fit->weight[g][at] * fit->weight[g][at];
        inb_fit_freep(&fit);
    }
    ret[0] = sum / DRAWS;
    ret[1] = sqrt(squares / DRAWS - ret[0] * ret[0]);
}

INB_TEST(about_the_fit) {
    inb_people *people = NULL;
    inb_linked *linked = NULL;
    inb_link_options options = INB_LINK_OPTIONS_INIT;
    inb_draw_base base;
    static const char a[] = "id,surname,number\n1,Teldraan,4411\n2,Brandelor,5522\n"
                            "3,Ostrivar,6633\n4,Kelsam,7744\n";
    static const char b[] = "id,surname,number\nx,Teldran,4411\ny,Brandelor,5522\n"
                            "z,Ostrivar,6634\nw,Vandrool,8855\n";
    INB_OK_IS(inb_case_read(a, b, NULL, 0, &people, err));
    INB_OK_IS(inb_link_run(people, &options, &linked, err));
    inb_draw_base_of(linked, &base);
    size_t found = 0;
    for (size_t g = 0; g < linked->fit->layout.group_count; g++) {
        const inb_fit_group *group = &linked->fit->layout.groups[g];
        if (group->count > 1 || linked->fit->refused[g] || base.m[g][1] == 0) {
            continue;
        }
        size_t exact = linked->fit->layout.exact[group->first];
        double few[2];
        double many[2];
        inb_draw_base more = base;
        for (size_t mask = 0; mask < 1 << INB_FIT_JOINT; mask++) {
            more.m[g][mask] += 1e6;
            more.u[g][mask] += 1e9;
        }
        draw(linked, &base, g, exact, few);
        draw(linked, &more, g, exact, many);
        ck_assert_double_gt(few[1], many[1]);
        ck_assert_msg(fabs(many[0] - linked->fit->weight[g][exact]) < 0.01, "%g for %g", many[0],
            linked->fit->weight[g][exact]);
        found++;
    }
    ck_assert_uint_ge(found, 1);
    inb_linked_freep(&linked);
    inb_people_freep(&people);
}
INB_END

INB_TEST_MAIN("3_link/draw_weights", about_the_fit)
