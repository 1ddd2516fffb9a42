// SPDX-License-Identifier: EUPL-1.2
// A wait ends once and says how; the norm of a day is found by its version.

#include "team_help.h"

INB_TEST(a_wait_ends) {
    inb_desk_wait wait = {.wake = team_wake};
    team_wakes = 0;
    inb_desk_told(INB_IO, "/a/path/of/this/machine", 7, &wait);
    ck_assert(wait.status == INB_IO && wait.version == 7 && wait.stage == 1 && team_wakes == 1);
    inb_desk_told(INB_OK, "", 8, &wait);
    ck_assert(wait.status == INB_OK && wait.stage == 2 && team_wakes == 2);
    inb_desk_wait_clear(&wait);
    inb_desk_wait_clear(&wait);
}
INB_END

INB_TEST(norms) {
    team_setup();
    ck_assert_ptr_eq(inb_desk_norm_of(&team, inb_catalogue_version(catalogue)), catalogue);
    ck_assert_ptr_null(inb_desk_norm_of(&team, "1999.1"));
    team_teardown();
}
INB_END

INB_TEST_MAIN("desk/team", a_wait_ends, norms)
