// SPDX-License-Identifier: EUPL-1.2
// The table of nicknames: names of a row share its group, names of no row have none; a table that
// is wrong is refused with its place, and the one in the program is read whole.

#include "nicknames.h"

#include "base/assets.h"
#include "latin.h"
#include "name_reduce.h"

#include "inb_sweep.h"
#include "inb_test.h"

#include <string.h>

static const char table[] = "names,tongues\nwilhelmus;willem;wim,nl\nvolodymyr;vova,uk\nwim;bo,x\n";

static bool share(const inb_nicknames *nicknames, const char *a, const char *b) {
    uint16_t groups[2][INB_NICK_GROUPS];
    const char *names[2] = {a, b};
    for (int i = 0; i < 2; i++) {
        char reduced[INB_REDUCED_SIZE];
        size_t size = inb_name_reduce(names[i], strlen(names[i]), INB_CONTINENTAL, reduced);
        inb_nicknames_find(nicknames, inb_name_number(reduced, size), groups[i]);
    }
    for (int i = 0; i < INB_NICK_GROUPS; i++) {
        for (int k = 0; k < INB_NICK_GROUPS; k++) {
            if (groups[0][i] != 0 && groups[0][i] == groups[1][k]) {
                return true;
            }
        }
    }
    return false;
}

static inb_status once(inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    inb_nicknames *made;
    return inb_nicknames_read("table", table, strlen(table), arena, &made, err);
}

INB_TEST(groups) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    inb_nicknames *made;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    INB_OK_IS(inb_nicknames_read("table", table, strlen(table), arena, &made, err));
    ck_assert(share(made, "wilhelmus", "wim"));
    ck_assert(share(made, "wim", "bo")); // in two groups
    ck_assert(!share(made, "wilhelmus", "bo"));
    ck_assert(!share(made, "wilhelmus", "vova"));
    ck_assert(!share(made, "nobody", "nobody"));
}
INB_END

INB_TEST(a_wrong_table) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    inb_nicknames *made;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    INB_FAILS(
        inb_nicknames_read("t.csv", "a,b\nx,y\n", 8, arena, &made, err), INB_BAD_INPUT, "names");
    INB_FAILS(inb_nicknames_read("t.csv", "names,b\nx\n", 10, arena, &made, err), INB_BAD_INPUT,
        "t.csv:2");
}
INB_END

INB_TEST(the_table_in_the_program) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    inb_nicknames *made;
    const inb_asset *asset = inb_asset_find("data/names/nicknames.csv");
    ck_assert_ptr_nonnull(asset);
    INB_OK_IS(inb_arena_new(0, &arena, err));
    INB_OK_IS(inb_nicknames_read(asset->path, asset->data, asset->length, arena, &made, err));
    ck_assert(share(made, "oleksandr", "sasha"));
    ck_assert(share(made, "cornelis", "kees"));
    ck_assert(!share(made, "kees", "sasha"));
}
INB_END

INB_TEST(memory_refused) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("3_link/nicknames", groups, a_wrong_table, the_table_in_the_program, memory_refused)
