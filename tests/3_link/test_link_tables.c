// SPDX-License-Identifier: EUPL-1.2
// CLUSTERS.csv, PAIRS.csv and HISTORIES.csv: columns, quoting, groups, and the histories' sums.

#include "inb_link_case.h"
#include "inb_test.h"
#include "linked.h"

static inb_people *people;
static inb_linked *linked;
static inb_buffer out = INB_BUFFER_INIT(1 << 20);

static void run(const char *a, const char *b, const char *group) {
    const char *const groups[] = {group};
    inb_link_options options = INB_LINK_OPTIONS_INIT;
    INB_OK_IS(inb_case_read(a, b, groups, group == NULL ? 0 : 1, &people, err));
    INB_OK_IS(inb_link_run(people, &options, &linked, err));
    inb_buffer_reset(&out);
}

static void drop(void) {
    inb_linked_freep(&linked);
    inb_people_freep(&people);
}

INB_TEST(clusters) {
    run(inb_case_a, inb_case_b, NULL);
    const uint32_t person[] = {0, 1, 2, 3, 0, 1, 2, 4};
    memcpy(linked->person, person, sizeof person);
    inb_linked_clusters_csv(linked, &out);
    ck_assert_str_eq(inb_buffer_get(&out), "cluster,source,id\n1,a,1\n2,a,2\n3,a,3\n4,a,4\n1,b,x\n"
                                           "2,b,y\n3,b,z\n5,b,w\n");
    drop();
}
INB_END

INB_TEST(pairs) {
    run(inb_case_a, inb_case_b, NULL);
    ck_assert_uint_ge(linked->pair_count, 2);
    for (size_t i = 0; i < linked->pair_count; i++) {
        linked->probability[i] = 0.001F;
    }
    linked->probability[0] = 0.25F;
    linked->pairs[0].a = 2;
    linked->pairs[0].b = 5;
    linked->probability[1] = 1;
    linked->pairs[1].a = 0;
    linked->pairs[1].b = 4;
    inb_linked_pairs_csv(linked, &out);
    ck_assert_str_eq(
        inb_buffer_get(&out), "source_a,id_a,source_b,id_b,probability\na,1,b,x,1\na,3,b,y,0.25\n");
    drop();
}
INB_END

INB_TEST(ids_are_quoted_where_needed) {
    run("id,surname\n\"a,\"\"b\",x\n2,y\n", NULL, NULL);
    inb_linked_clusters_csv(linked, &out);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out), "1,a,\"a,\"\"b\"\n"));
    drop();
}
INB_END

INB_TEST(histories) {
    run(inb_case_a, inb_case_b, "sector");
    const uint32_t person[] = {0, 1, 2, 3, 0, 1, 2, 4};
    memcpy(linked->person, person, sizeof person);
    linked->persons = 5;
    INB_OK_IS(inb_linked_histories_csv(linked, &out, err));
    ck_assert_str_eq(
        inb_buffer_get(&out), "a,b,sector,count\n0,1,port,1\n1,0,port,1\n1,1,farm,2\n1,1,port,1\n");
    drop();
    run(inb_case_a, NULL, NULL);
    INB_FAILS(inb_linked_histories_csv(linked, &out, err), INB_USAGE, "one file");
    drop();
}
INB_END

INB_TEST_MAIN("3_link/link_tables", clusters, pairs, ids_are_quoted_where_needed, histories)
