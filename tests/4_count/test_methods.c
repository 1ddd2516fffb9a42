// SPDX-License-Identifier: EUPL-1.2
// The table of methods: every number has a name that leads back to it and an entry that works.

#include "estimates.h"
#include "methods.h"

INB_TEST(names_lead_back) {
    for (size_t i = 0; i < INB_COUNT_METHOD_COUNT; i++) {
        const char *name = inb_count_method_name((inb_count_method)i);
        inb_count_method method = INB_COUNT_METHOD_COUNT;
        ck_assert(inb_count_method_named(name, &method));
        ck_assert_uint_eq(method, i);
        const inb_i_method *entry = inb_i_method_of(method);
        ck_assert(entry->check != NULL && entry->figure != NULL && entry->number != NULL);
    }
    inb_count_method method = INB_COUNT_METHOD_COUNT;
    ck_assert(!inb_count_method_named("", &method));
    ck_assert(!inb_count_method_named("Stepwise", &method));
    ck_assert(!inb_count_method_named("stepwise ", &method));
    ck_assert_uint_eq(method, INB_COUNT_METHOD_COUNT);
}
INB_END

INB_TEST_MAIN("4_count/methods", names_lead_back)
