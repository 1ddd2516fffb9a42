// SPDX-License-Identifier: EUPL-1.2
// Sheets out of use: found until no stamp of theirs can hold, and the list never grows.

#include "desk/retired.h"

#include "inb_test.h"

#include <stdio.h>

INB_TEST(found_for_as_long_as_it_matters) {
    inb_retired *retired = NULL;
    INB_OK_IS(inb_retired_new(&retired, err));
    const char *one = "0123456789abcdef0123456789abcdef";
    const char *two = "0123456789abcdef0123456789abcdee";
    ck_assert(!inb_retired_has(retired, one, 1000));
    inb_retired_add(retired, one, 1000);
    inb_retired_add(retired, one, 1000);
    ck_assert(inb_retired_has(retired, one, 1000));
    ck_assert(inb_retired_has(retired, one, 1000 + INB_STAMP_SECONDS));
    ck_assert(!inb_retired_has(retired, one, 1000 + 2 * INB_STAMP_SECONDS));
    ck_assert(!inb_retired_has(retired, two, 1000));
    ck_assert(!inb_retired_has(retired, "", 1000));
    inb_retired_free(retired);
    inb_retired_free(NULL);
}
INB_END

INB_TEST(the_oldest_goes_first) {
    inb_retired *retired = NULL;
    INB_OK_IS(inb_retired_new(&retired, err));
    char sheet[INB_SHEET_SIZE];
    for (int i = 0; i <= INB_RETIRED_MOST; i++) {
        snprintf(sheet, sizeof sheet, "%032x", (unsigned)i);
        inb_retired_add(retired, sheet, 1000);
    }
    ck_assert(inb_retired_has(retired, sheet, 1000));
    snprintf(sheet, sizeof sheet, "%032x", 1u);
    ck_assert(inb_retired_has(retired, sheet, 1000));
    snprintf(sheet, sizeof sheet, "%032x", 0u);
    ck_assert(!inb_retired_has(retired, sheet, 1000));
    inb_retired_free(retired);
}
INB_END

INB_TEST_MAIN("desk/retired", found_for_as_long_as_it_matters, the_oldest_goes_first)
