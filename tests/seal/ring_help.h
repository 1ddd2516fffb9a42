// SPDX-License-Identifier: EUPL-1.2
// A folder for keyrings and a team's key for each case.
#ifndef INB_RING_HELP_H
#define INB_RING_HELP_H

#include "key_help.h"

#include <inbeeld/keyring.h>

#include <dirent.h>

static char ring_place[64];
static char ring_folder[96];
static char ring_name[INB_KEYRING_NAME];
static inb_keys *ring_team;

static inline void ring_setup(void) {
    memcpy(ring_place, "/tmp/inb_ring_XXXXXX", sizeof "/tmp/inb_ring_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(ring_place));
    snprintf(ring_folder, sizeof ring_folder, "%s/key.rings", ring_place);
    ring_team = new_key(INB_KEY_TEAM, "", NULL);
    INB_OK_IS(inb_keyring_name(ring_name, err));
}

static inline void ring_teardown(void) {
    char key[96];
    snprintf(key, sizeof key, "%s/key", ring_place);
    inb_keyring_drop(key);
    ck_assert_int_eq(rmdir(ring_place), 0); // and nothing else was made
    inb_keys_free(ring_team);
}

static inline void ring_path(char ret_path[256]) {
    snprintf(ret_path, 256, "%s/%s.ring", ring_folder, ring_name);
}

static inline inb_keyring *ring_open(void) {
    inb_keyring *ring = NULL;
    INB_OK_IS(inb_keyring_open(ring_folder, ring_name, ring_team, true, &ring, err));
    return ring;
}

#endif
