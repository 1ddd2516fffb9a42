// SPDX-License-Identifier: EUPL-1.2
// The key holder's protocol without a socket: a good request is answered and logged first; a wrong
// code, an old nonce, a strange client, a used-up quota, a log that cannot be written are refused.

#include "holder_i.h"
#include "inb_sweep.h"
#include "key_help.h"

static inb_keys *holder;
static inb_keys *client;
static inb_holder_client clients[1];
static int64_t clock_now;
static char log_text[4096];
static bool log_fails;

static int64_t now(void *context) {
    (void)context;
    return clock_now;
}

static inb_status keep(
    void *context, int64_t at, const char *name, size_t count, const char *result, inb_error *err) {
    (void)context;
    if (log_fails) {
        return inb_fail(err, INB_IO, "the log is full");
    }
    size_t used = strlen(log_text);
    snprintf(log_text + used, sizeof log_text - used, "%lld %s %zu %s\n", (long long)at, name,
        count, result);
    return INB_OK;
}

static inb_holder_options options;

static void setup(uint64_t quota) {
    holder = new_key(INB_KEY_HOLDER, "", NULL);
    client = new_key(INB_KEY_CLIENT, "ngo", holder);
    clients[0] = (inb_holder_client){.name = "ngo", .quota = quota};
    clock_now = 1000;
    log_text[0] = '\0';
    log_fails = false;
    options = (inb_holder_options){
        .key = holder, .clients = clients, .client_count = 1, .now = now, .log = keep};
}

static void done(void) {
    inb_keys_free(client);
    inb_keys_free(holder);
}

enum { COUNT = 3 };
static unsigned char blinds[COUNT * INB_OPRF_BYTES];
static unsigned char blinded[COUNT * INB_OPRF_BYTES];

static void make_request(
    const char *name, const unsigned char *nonce, const unsigned char *secret, inb_buffer *out) {
    for (size_t i = 0; i < COUNT; i++) {
        INB_OK_IS(inb_oprf_blind(
            &i, sizeof i, blinds + i * INB_OPRF_BYTES, blinded + i * INB_OPRF_BYTES, err));
    }
    unsigned char mac[crypto_auth_BYTES];
    inb_i_message_mac(secret, nonce, name, blinded, COUNT, mac);
    inb_buffer_reset(out);
    inb_buffer_format(out, "evaluate %s %d ", name, COUNT);
    inb_i_put_base64(out, mac, sizeof mac);
    inb_buffer_char(out, '\n');
    inb_i_put_points(out, blinded, COUNT);
}

static inb_buffer request = INB_BUFFER_INIT(1 << 16);
static inb_buffer answer = INB_BUFFER_INIT(1 << 16);

static bool send_request(unsigned char *nonce) {
    inb_buffer_reset(&answer);
    return inb_i_holder_answer(&options, nonce, request.data, request.length, &answer);
}

INB_TEST(asked_and_answered) {
    setup(2 * COUNT);
    unsigned char nonce[INB_I_NONCE_BYTES] = {1};
    unsigned char first[INB_I_NONCE_BYTES] = {1};
    make_request("ngo", nonce, client->client, &request);
    ck_assert_uint_eq(inb_i_message_length(request.data, request.length), request.length);
    ck_assert(send_request(nonce));
    ck_assert_str_eq(log_text, "1000 ngo 3 done\n");
    ck_assert_mem_ne(nonce, first, sizeof nonce);
    static inb_i_message message;
    ck_assert_uint_eq(inb_i_message_length(answer.data, answer.length), answer.length);
    ck_assert(inb_i_message_parse(answer.data, answer.length, &message));
    unsigned char proof[INB_OPRF_PROOF_BYTES];
    ck_assert(inb_i_get_base64(message.words[2], proof, sizeof proof));
    unsigned char tokens[COUNT * INB_OPRF_BYTES];
    INB_OK_IS(inb_oprf_unblind(client, blinds, blinded, message.points, COUNT, proof, tokens, err));
    for (size_t i = 0; i < COUNT; i++) {
        unsigned char direct[INB_OPRF_BYTES];
        INB_OK_IS(inb_oprf_direct(holder, &i, sizeof i, direct, err));
        ck_assert_mem_eq(tokens + i * INB_OPRF_BYTES, direct, sizeof direct);
    }
    // The same request once more: its nonce is used up.
    ck_assert(!send_request(nonce));
    ck_assert_str_eq(answer.data, "refused unknown client or wrong key\n");
    done();
}
INB_END

INB_TEST(quota_of_a_day) {
    setup(2 * COUNT);
    unsigned char nonce[INB_I_NONCE_BYTES] = {0};
    for (int i = 0; i < 2; i++) {
        make_request("ngo", nonce, client->client, &request);
        ck_assert(send_request(nonce));
    }
    make_request("ngo", nonce, client->client, &request);
    ck_assert(!send_request(nonce));
    ck_assert_ptr_nonnull(strstr(answer.data, "over the quota"));
    ck_assert_ptr_nonnull(strstr(log_text, "1000 ngo 3 over the quota\n"));
    clock_now = 86400 - 1;
    ck_assert(!send_request(nonce));
    clock_now = 86400; // the next day
    ck_assert(send_request(nonce));
    clients[0].quota = COUNT - 1; // less than one request
    make_request("ngo", nonce, client->client, &request);
    ck_assert(!send_request(nonce));
    done();
}
INB_END

INB_TEST(refused) {
    setup(100);
    unsigned char nonce[INB_I_NONCE_BYTES] = {0};
    inb_keys *foreign_holder = new_key(INB_KEY_HOLDER, "", NULL);
    inb_keys *foreign = new_key(INB_KEY_CLIENT, "ngo", foreign_holder);
    inb_keys *unlisted = new_key(INB_KEY_CLIENT, "other", holder);
    make_request("ngo", nonce, foreign->client, &request);
    ck_assert(!send_request(nonce));
    make_request("other", nonce, unlisted->client, &request);
    ck_assert(!send_request(nonce));
    ck_assert_str_eq(log_text, "1000 - 3 unknown client or wrong key\n"
                               "1000 - 3 unknown client or wrong key\n");
    // A point exchanged under a code made for another.
    make_request("ngo", nonce, client->client, &request);
    char *lines = strchr(request.data, '\n') + 1;
    memmove(lines, lines + 44, 44);
    ck_assert(!send_request(nonce));
    // No points at all, from a client with a good code.
    memset(blinded, 0xff, sizeof blinded);
    unsigned char mac[crypto_auth_BYTES];
    inb_i_message_mac(client->client, nonce, "ngo", blinded, COUNT, mac);
    inb_buffer_reset(&request);
    inb_buffer_format(&request, "evaluate ngo %d ", COUNT);
    inb_i_put_base64(&request, mac, sizeof mac);
    inb_buffer_char(&request, '\n');
    inb_i_put_points(&request, blinded, COUNT);
    ck_assert(!send_request(nonce));
    ck_assert_ptr_nonnull(strstr(answer.data, "no blinded point"));
    ck_assert_uint_eq(clients[0].used, 0);
    make_request("ngo", nonce, client->client, &request);
    log_fails = true; // no row, no answer
    ck_assert(!send_request(nonce));
    ck_assert_str_eq(answer.data, "refused the key holder cannot write its log\n");
    ck_assert_uint_eq(clients[0].used, 0);
    inb_keys_free(unlisted);
    inb_keys_free(foreign);
    inb_keys_free(foreign_holder);
    done();
}
INB_END

INB_TEST(whole_or_not) {
    setup(100);
    unsigned char nonce[INB_I_NONCE_BYTES] = {0};
    make_request("ngo", nonce, client->client, &request);
    for (size_t length = 0; length < request.length; length++) {
        ck_assert_uint_eq(inb_i_message_length(request.data, length), 0);
    }
    static inb_i_message message;
    static const char *const odd[] = {"evaluate\n", "evaluate ngo 0 x\n", "evaluate ngo 1025 x\n",
        "evaluate ngo -1 x\n", "evaluate  3 x\n", "evaluated 3 x\n", "hello a b c\n", "\n",
        "evaluate a b c d e\n"};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        ck_assert_uint_eq(inb_i_message_length(odd[i], strlen(odd[i])), SIZE_MAX);
        ck_assert(!inb_i_message_parse(odd[i], strlen(odd[i]), &message));
    }
    char endless[INB_I_LINE_MOST];
    memset(endless, 'a', sizeof endless);
    ck_assert_uint_eq(inb_i_message_length(endless, sizeof endless), SIZE_MAX);
    ck_assert_uint_eq(inb_i_message_length(endless, sizeof endless - 1), 0);
    inb_buffer_reset(&answer);
    inb_i_holder_greet(holder, nonce, &answer);
    ck_assert_ptr_nonnull(strstr(answer.data, inb_keys_about(holder)->fingerprint));
    done();
}
INB_END

INB_TEST_MAIN("seal/holder_message", asked_and_answered, quota_of_a_day, refused, whole_or_not)
