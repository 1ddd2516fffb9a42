// SPDX-License-Identifier: EUPL-1.2
// A pair explained: every feature, the sum, no values; ids that are nowhere or in two files.

#include "inb_link_case.h"
#include "inb_test.h"
#include "linked.h"

static inb_people *people;
static inb_linked *linked;
static inb_buffer out = INB_BUFFER_INIT(1 << 20);

static void run(const char *a, const char *b) {
    inb_link_options options = INB_LINK_OPTIONS_INIT;
    INB_OK_IS(inb_case_read(a, b, NULL, 0, &people, err));
    INB_OK_IS(inb_link_run(people, &options, &linked, err));
    inb_buffer_reset(&out);
}

static void drop(void) {
    inb_linked_freep(&linked);
    inb_people_freep(&people);
}

INB_TEST(every_level_in_words) {
    run(inb_case_a, inb_case_b);
    INB_OK_IS(inb_linked_explain(linked, "2", "b:y", &out, err));
    const char *text = inb_buffer_get(&out);
    static const char *const parts[] = {"given name", "exchanged with the given name", "birth day",
        "equal", "the date together weighs", "Before looking: one pair in", "Together:"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        ck_assert_msg(strstr(text, parts[i]) != NULL, "lacks '%s':\n%s", parts[i], text);
    }
    ck_assert_ptr_null(strstr(text, "isko"));
    ck_assert_ptr_null(strstr(text, "1985"));
    drop();
}
INB_END

// The bits that are shown add up to the sum that is shown.
INB_TEST(weights_add_up) {
    run(inb_case_a, inb_case_b);
    INB_OK_IS(inb_linked_explain(linked, "1", "x", &out, err));
    const char *text = inb_buffer_get(&out);
    const char *together = strstr(text, "Together: ");
    double sum = 0;
    for (const char *at = strstr(text, " bits"); at < together; at = strstr(at + 1, " bits")) {
        const char *start = at;
        while (start[-1] != ' ') {
            start--;
        }
        sum += strtod(start, NULL);
    }
    INB_NEAR_ABS(strtod(together + 10, NULL), sum, 0.05);
    drop();
}
INB_END

INB_TEST(ids) {
    run("id,surname\n1,a\n2,b\n", "id,surname\n1,a\n3,b\n");
    INB_FAILS(inb_linked_explain(linked, "1", "3", &out, err), INB_USAGE, "several files");
    INB_FAILS(inb_linked_explain(linked, "a:1", "9", &out, err), INB_NOT_FOUND, "second id");
    INB_FAILS(inb_linked_explain(linked, "2", "2", &out, err), INB_USAGE, "twice");
    INB_OK_IS(inb_linked_explain(linked, "a:1", "b:1", &out, err));
    drop();
}
INB_END

INB_TEST_MAIN("3_link/link_explain", every_level_in_words, weights_add_up, ids)
