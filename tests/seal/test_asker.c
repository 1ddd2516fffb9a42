// SPDX-License-Identifier: EUPL-1.2
// The client's side: tokens over a socket are the direct ones, and a holder that is another, lies,
// ends early or refuses gives words and no token.

#include "holder_help.h"

#include <fcntl.h>
#include <sys/socket.h>

static unsigned char inputs[INB_OPRF_BATCH_MOST * INB_OPRF_INPUT_BYTES];
static unsigned char tokens[INB_OPRF_BATCH_MOST * INB_OPRF_BYTES];

INB_TEST(tokens_over_a_socket) {
    struct serving serving;
    serving_begin(&serving, "tcp://127.0.0.1:0", INB_OPRF_BATCH_MOST + 12);
    inb_keys *client = new_key(INB_KEY_CLIENT, "ngo", serving.key);
    inb_asker *asker;
    INB_OK_IS(inb_asker_open(inb_holder_url(serving.holder), client, &asker, err));
    randombytes_buf(inputs, sizeof inputs);
    static const size_t counts[] = {1, 10, INB_OPRF_BATCH_MOST}; // several on one connection
    for (size_t c = 0; c < 3; c++) {
        INB_OK_IS(inb_asker_ask(asker, inputs, counts[c], tokens, err));
        for (size_t i = 0; i < counts[c]; i++) {
            unsigned char direct[INB_OPRF_BYTES];
            INB_OK_IS(inb_oprf_direct(
                serving.key, inputs + i * INB_OPRF_INPUT_BYTES, INB_OPRF_INPUT_BYTES, direct, err));
            INB_HOLDS(memcmp(direct, tokens + i * INB_OPRF_BYTES, sizeof direct) == 0, "%zu", i);
        }
    }
    ck_assert_uint_eq(serving.rows, 3);
    INB_FAILS(inb_asker_ask(asker, inputs, 2, tokens, err), INB_RANGE, "over the quota");
    INB_FAILS(inb_asker_ask(asker, inputs, 1, tokens, err), INB_UNAVAILABLE, "the key holder");
    INB_FAILS(inb_asker_ask(asker, inputs, 0, tokens, err), INB_RANGE, "expected 1 to");
    inb_asker_free(asker);
    inb_keys_free(client);
    serving_end(&serving);
}
INB_END

INB_TEST(another_holder) {
    struct serving serving;
    serving_begin(&serving, "tcp://127.0.0.1:0", 100);
    inb_keys *other = new_key(INB_KEY_HOLDER, "", NULL);
    inb_keys *client = new_key(INB_KEY_CLIENT, "ngo", other);
    inb_asker *asker = NULL;
    INB_FAILS(inb_asker_open(inb_holder_url(serving.holder), client, &asker, err), INB_BAD_INPUT,
        "found another key holder");
    INB_FAILS(inb_asker_open("http://x", client, &asker, err), INB_USAGE, "expected tcp://");
    INB_FAILS(inb_asker_open("tcp://127.0.0.1:1", client, &asker, err), INB_UNAVAILABLE,
        "no key holder answers");
    INB_FAILS(inb_asker_open("unix:/nowhere", client, &asker, err), INB_UNAVAILABLE,
        "no key holder answers");
    INB_FAILS(inb_asker_open("unix:/nowhere", other, &asker, err), INB_USAGE, "kind client");
    inb_keys_free(client);
    inb_keys_free(other);
    serving_end(&serving);
}
INB_END

struct liar {
    int socket;
    const char *greeting;
    const char *answer;
};

static void *lie(void *context) {
    const struct liar *liar = context;
    int made = accept(liar->socket, NULL, NULL);
    char heard[4096];
    (void)send(made, liar->greeting, strlen(liar->greeting), MSG_NOSIGNAL);
    if (liar->answer != NULL) {
        (void)recv(made, heard, sizeof heard, 0);
        (void)send(made, liar->answer, strlen(liar->answer), MSG_NOSIGNAL);
    }
    close(made);
    return NULL;
}

INB_TEST(holders_that_lie) {
    inb_keys *holder = new_key(INB_KEY_HOLDER, "", NULL);
    inb_keys *client = new_key(INB_KEY_CLIENT, "ngo", holder);
    char greeting[256];
    snprintf(greeting, sizeof greeting, "inbeeld-holder 1 %s %s\n",
        inb_keys_about(holder)->fingerprint, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    static char forged[512]; // the point sent back under a proof of zeros
    snprintf(forged, sizeof forged, "evaluated 1 %086d %032d\n%043d\n", 0, 0, 0);
    for (char *at = forged + strlen("evaluated 1 "); *at != '\0'; at++) {
        *at = *at == '0' ? 'A' : *at;
    }
    const struct {
        const char *greeting;
        const char *answer;
        inb_status status;
        const char *says;
    } cases[] = {{"SSH-2.0-x\n", NULL, INB_UNAVAILABLE, "no key holder of version 1"},
        {"", NULL, INB_UNAVAILABLE, "ended the connection"},
        {greeting, "", INB_UNAVAILABLE, "the key holder"},
        {greeting, "evaluated 2 x y\n", INB_UNAVAILABLE, "the key holder"},
        {greeting, "nonsense\n", INB_UNAVAILABLE, "the key holder"},
        {greeting, "refused \x1b[2J\n", INB_RANGE, "words that cannot be shown"},
        {greeting, forged, INB_BAD_INPUT, "does not come from the key holder"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct liar liar = {.greeting = cases[i].greeting, .answer = cases[i].answer};
        INB_OK_IS(inb_i_socket_listen("unix:/tmp/inb_liar", &liar.socket, err));
        // The listening socket does not block; the liar waits for its one guest.
        pthread_t thread;
        inb_asker *asker = NULL;
        ck_assert_int_eq(fcntl(liar.socket, F_SETFL, 0), 0);
        ck_assert_int_eq(pthread_create(&thread, NULL, lie, &liar), 0);
        inb_error err = INB_ERROR_INIT;
        inb_status status = inb_asker_open("unix:/tmp/inb_liar", client, &asker, &err);
        if (status == INB_OK) {
            status = inb_asker_ask(asker, inputs, 1, tokens, &err);
        }
        ck_assert_msg(status == cases[i].status && strstr(err.message, cases[i].says) != NULL,
            "case %zu: %d %s", i, (int)status, err.message);
        inb_asker_free(asker);
        ck_assert_int_eq(pthread_join(thread, NULL), 0);
        close(liar.socket);
        (void)unlink("/tmp/inb_liar");
    }
    inb_keys_free(client);
    inb_keys_free(holder);
}
INB_END

INB_TEST_MAIN("seal/asker", tokens_over_a_socket, another_holder, holders_that_lie)
