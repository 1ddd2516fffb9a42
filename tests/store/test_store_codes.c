// SPDX-License-Identifier: EUPL-1.2
// Codes as text and back; what is no code does not pass.

#include "inb_test.h"

#include "store_i.h"

#include <string.h>

INB_TEST(there_and_back) {
    inb_buffer out = INB_BUFFER_INIT(1000);
    for (uint32_t roles = 0; roles < 1u << INB_ROLE_COUNT; roles++) {
        uint32_t back = ~roles;
        INB_OK_IS(inb_i_write_roles(&out, roles, err));
        INB_OK_IS(inb_i_read_roles(inb_buffer_get(&out), out.length, &back, err));
        ck_assert_uint_eq(back, roles);
    }
    inb_situation situation = {true, true, false, 5, 3, INB_CONSENT_GIVEN, INB_POLICE_UNWANTED};
    inb_situation same = {0};
    INB_OK_IS(inb_i_write_situation(&out, &situation, err));
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "police=unwanted"));
    INB_OK_IS(inb_i_read_situation(inb_buffer_get(&out), out.length, &same, err));
    ck_assert(same.danger_now && same.unaccompanied && !same.denies && same.profits == 5 &&
              same.surroundings == 3 && same.consent == INB_CONSENT_GIVEN &&
              same.police == INB_POLICE_UNWANTED);
    INB_FAILS(inb_i_read_situation("police=often", 12, &same, err), INB_IO, "does not know");
    inb_buffer_clear(&out);
}
INB_END

INB_TEST(no_names) {
    inb_buffer out = INB_BUFFER_INIT(1000);
    ck_assert(inb_i_is_code("GM0599") && inb_i_is_code("person.a") && !inb_i_is_code(""));
    ck_assert(!inb_i_is_code("Jan Jansen") && !inb_i_is_code("+31612") && !inb_i_is_code(NULL));
    const inb_observation bad = {"a=b", INB_ANSWER_YES};
    INB_FAILS(inb_i_write_observations(&out, &bad, 1, err), INB_BAD_INPUT, "expected a code");
    const char *list[] = {"CI 1"};
    INB_FAILS(inb_i_write_circumstances(&out, list, 1, err), INB_BAD_INPUT, "expected a code");
    INB_FAILS(inb_i_write_roles(&out, 1u << 31, err), INB_BAD_INPUT, "expected a code");
    inb_buffer_clear(&out);
}
INB_END

INB_TEST_MAIN("store/store_codes", there_and_back, no_names)
