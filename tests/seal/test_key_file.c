// SPDX-License-Identifier: EUPL-1.2
// Key files of every kind: each opens as its own kind alone, a client's comes out of its holder's,
// fingerprints tell keys apart, a destroyed file holds nothing any more.

#include "inb_file.h"
#include "key_help.h"
#include "keys_i.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char pattern[] = "/tmp/inb_key_file_XXXXXX";
static char folder[sizeof pattern];
static char path[64];

static void setup(void) {
    if (folder[0] == '\0' || access(folder, F_OK) != 0) { // one process may run several cases
        memcpy(folder, pattern, sizeof pattern);
        ck_assert_ptr_nonnull(mkdtemp(folder));
    }
    snprintf(path, sizeof path, "%s/k", folder);
    (void)unlink(path);
}

static void done(void) {
    (void)unlink(path);
    (void)rmdir(folder);
}

INB_TEST(kinds_stay_apart) {
    setup();
    inb_keys *holder = new_key(INB_KEY_HOLDER, "", NULL);
    for (int made = 0; made < INB_KEY_KINDS; made++) {
        inb_key_about about = {
            .kind = (inb_key_kind)made, .version = 2026, .made = {2026, 11, 24}, .name = "a.B_c-1"};
        (void)unlink(path);
        INB_OK_IS(inb_keyfile_make(path, &about, made == INB_KEY_CLIENT ? holder : NULL, err));
        for (int asked = 0; asked < INB_KEY_KINDS; asked++) {
            inb_keys *keys = NULL;
            if (asked == made) {
                INB_OK_IS(inb_keyfile_open(path, (inb_key_kind)asked, &keys, err));
                const inb_key_about *found = inb_keys_about(keys);
                ck_assert_int_eq(found->kind, made);
                ck_assert_uint_eq(found->version, 2026);
                ck_assert_str_eq(found->name, "a.B_c-1");
                ck_assert_uint_eq(strlen(found->fingerprint), INB_FINGERPRINT_TEXT - 1);
                ck_assert_int_eq(
                    strcmp(found->fingerprint, inb_keys_about(holder)->fingerprint) == 0,
                    made == INB_KEY_CLIENT);
                inb_keys_free(keys);
            } else {
                INB_FAILS(inb_keyfile_open(path, (inb_key_kind)asked, &keys, err), INB_BAD_INPUT,
                    "found a key of kind");
            }
        }
        INB_FAILS(inb_keyfile_make(path, &about, made == INB_KEY_CLIENT ? holder : NULL, err),
            INB_BAD_INPUT, "cannot be created");
    }
    inb_keys_free(holder);
    done();
}
INB_END

INB_TEST(a_client_comes_out_of_its_holder) {
    inb_keys *holder = new_key(INB_KEY_HOLDER, "", NULL);
    inb_keys *other = new_key(INB_KEY_HOLDER, "", NULL);
    inb_keys *client = new_key(INB_KEY_CLIENT, "ngo", holder);
    unsigned char secret[INB_I_CLIENT_BYTES];
    inb_i_client_secret(holder, "ngo", secret);
    ck_assert_mem_eq(secret, client->client, sizeof secret);
    ck_assert_mem_eq(client->public, holder->public, sizeof client->public);
    inb_i_client_secret(holder, "ngo2", secret);
    ck_assert_mem_ne(secret, client->client, sizeof secret);
    inb_i_client_secret(other, "ngo", secret);
    ck_assert_mem_ne(secret, client->client, sizeof secret);
    // Nothing of the holder's secrets is in the client's key.
    static const unsigned char none[INB_I_SCALAR_BYTES];
    ck_assert_mem_eq(client->scalar, none, sizeof none);
    ck_assert_mem_ne(client->clients, holder->clients, sizeof client->clients);
    inb_keys_free(client);
    inb_keys_free(other);
    inb_keys_free(holder);
}
INB_END

INB_TEST(refused_in_words) {
    setup();
    inb_keys *team = new_key(INB_KEY_TEAM, "", NULL);
    inb_keys *holder = new_key(INB_KEY_HOLDER, "", NULL);
    inb_key_about about = {.kind = INB_KEY_COUNT, .version = 1, .made = {2026, 11, 24}};
    inb_key_about odd = about;
    memcpy(odd.name, "two words", sizeof "two words");
    INB_FAILS(inb_keyfile_make(path, &odd, NULL, err), INB_USAGE, "the name of a key");
    memcpy(odd.name, "-", sizeof "-");
    INB_FAILS(inb_keyfile_make(path, &odd, NULL, err), INB_USAGE, "the name of a key");
    INB_FAILS(inb_keyfile_make(path, &about, holder, err), INB_USAGE, "client key");
    odd = about;
    odd.version = 0;
    INB_FAILS(inb_keyfile_make(path, &odd, NULL, err), INB_USAGE, "version");
    odd.version = 1;
    odd.made.year = 0;
    INB_FAILS(inb_keyfile_make(path, &odd, NULL, err), INB_USAGE, "date");
    about.kind = INB_KEY_CLIENT;
    INB_FAILS(inb_keyfile_make(path, &about, holder, err), INB_USAGE, "needs a name");
    memcpy(about.name, "ngo", sizeof "ngo");
    INB_FAILS(inb_keyfile_make(path, &about, NULL, err), INB_USAGE, "client key");
    INB_FAILS(inb_keyfile_make(path, &about, team, err), INB_USAGE, "client key");
    ck_assert_int_ne(access(path, F_OK), 0); // nothing was written
    inb_keys_free(team);
    inb_keys_free(holder);
    done();
}
INB_END

// A second name of the same file shows what the first one held when it was removed.
INB_TEST(destroyed) {
    setup();
    inb_key_about about = {.kind = INB_KEY_COUNT, .version = 1, .made = {2026, 11, 24}};
    INB_OK_IS(inb_keyfile_make(path, &about, NULL, err));
    char other[80];
    snprintf(other, sizeof other, "%s2", path);
    size_t length;
    char *before = inb_file_content(path, &length);
    ck_assert_int_eq(link(path, other), 0);
    INB_OK_IS(inb_keyfile_destroy(path, err));
    ck_assert_int_ne(access(path, F_OK), 0);
    size_t left;
    char *after = inb_file_content(other, &left);
    ck_assert_uint_ge(left, length);
    for (size_t i = 0; i + 6 <= length; i++) {
        ck_assert_ptr_null(memmem(after, left, before + i, 6));
    }
    free(before);
    free(after);
    inb_keys *keys = NULL;
    INB_FAILS(inb_keyfile_open_any(other, &keys, err), INB_BAD_INPUT, "expected a key file");
    INB_FAILS(inb_keyfile_destroy(other, err), INB_BAD_INPUT, "expected a key file");
    ck_assert_int_eq(access(other, F_OK), 0); // what is no key file is left alone
    (void)unlink(other);
    INB_FAILS(inb_keyfile_destroy(path, err), INB_BAD_INPUT, "cannot be opened");
    done();
}
INB_END

INB_TEST_MAIN("seal/key_file", kinds_stay_apart, a_client_comes_out_of_its_holder, refused_in_words,
    destroyed)
