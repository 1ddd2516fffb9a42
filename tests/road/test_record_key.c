// SPDX-License-Identifier: EUPL-1.2
// The key of one signal: opened where it belongs, a store without its keyring refused in words,
// and what doctor asks: how store and keyring fit.

#include "term_help.h"

#include "road_i.h"

#include <sys/stat.h>

INB_TEST(a_ring_that_is_lacking) {
    road_setup();
    inb_road *road = term_open();
    term_keep(road, "1");
    inb_road_free(road);
    road_forget_rings(road_key);
    inb_road_options options = road_options();
    INB_FAILS(inb_road_open(&options, &road, err), INB_NOT_FOUND, "there is no keyring here");
    char folder[128];
    snprintf(folder, sizeof folder, "%s.rings", road_key);
    struct stat info;
    ck_assert_int_ne(stat(folder, &info), 0); // and none was made in its place
    road_teardown();
}
INB_END

INB_TEST(how_they_fit) {
    road_setup();
    inb_road *road = term_open();
    inb_keyring_fit fit;
    term_keep(road, "1");
    term_keep(road, "2");
    INB_OK_IS(inb_keyring_compare(road->store, road->ring, &fit, err));
    ck_assert(fit.erased == 0 && fit.lacking == 0 && fit.plain == 0 && fit.keys == 1);
    inb_keyring_free(road->ring);
    road->ring = NULL;
    road_forget_rings(road_key);
    // A new ring in its place, as an old copy would be: it never had the key.
    char name[INB_STORE_CODE_MOST + 1];
    INB_OK_IS(inb_store_keyring(road->store, "x", name, err));
    INB_OK_IS(inb_keyring_open(road->rings, name, road->keys, true, &road->ring, err));
    INB_OK_IS(inb_keyring_compare(road->store, road->ring, &fit, err));
    ck_assert(fit.lacking == 2 && fit.erased == 0 && fit.keys == 0);
    inb_arena *arena = NULL;
    inb_road_signal got;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    INB_FAILS(term_read(road, arena, "1", &got, err), INB_NOT_FOUND, "older than the store");
    inb_arena_free(arena);
    inb_road_free(road);
    road_teardown();
}
INB_END

INB_TEST(wrapped_where_it_belongs) {
    road_setup();
    inb_road *road = term_open();
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    term_keep(road, "1");
    term_keep(road, "2");
    const inb_stored_signal *one = NULL;
    const inb_stored_signal *two = NULL;
    INB_OK_IS(inb_store_read(road->store, arena, "school-a", "1", 0, &one, err));
    INB_OK_IS(inb_store_read(road->store, arena, "school-a", "2", 0, &two, err));
    inb_i_key key = {.given = false};
    INB_OK_IS(inb_i_open_key(road->keys, road->ring, one, &key, err));
    ck_assert(key.given && key.key.since == 1);
    inb_stored_signal mixed = *one;
    mixed.wrapped = two->wrapped; // another signal's key in its place
    INB_FAILS(
        inb_i_open_key(road->keys, road->ring, &mixed, &key, err), INB_BAD_INPUT, "does not open");
    mixed.wrapped = NULL; // or none, as an older program kept it
    INB_OK_IS(inb_i_open_key(road->keys, road->ring, &mixed, &key, err));
    ck_assert(!key.given);
    const inb_signal *told = NULL;
    INB_FAILS(inb_recall(road->keys, NULL, &mixed, arena, &told, err), INB_BAD_INPUT,
        "another version"); // which opens nothing
    inb_arena_free(arena);
    inb_road_free(road);
    road_teardown();
}
INB_END

INB_TEST_MAIN("road/record_key", a_ring_that_is_lacking, how_they_fit, wrapped_where_it_belongs)
