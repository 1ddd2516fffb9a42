// SPDX-License-Identifier: EUPL-1.2
// Fuzzer of what the key protocol and key files read: any bytes as a message to the key holder, as
// an answer to a client, and as the line of a key file.

#include "holder_i.h"

#include "base/alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static int64_t now(void *context) {
    (void)context;
    return 0;
}

static inb_status keep(void *context, int64_t at, const char *client, size_t count,
    const char *result, inb_error *err) {
    (void)context, (void)at, (void)client, (void)err;
    demand(count <= INB_OPRF_BATCH_MOST && result[0] != '\0');
    return INB_OK;
}

static void as_message(const char *text, size_t length) {
    static struct inb_keys key; // all zeros: any key does
    inb_holder_client client = {.name = "ngo", .quota = 10};
    inb_holder_options options = {
        .key = &key, .clients = &client, .client_count = 1, .now = now, .log = keep};
    unsigned char nonce[INB_I_NONCE_BYTES] = {0};
    key.about.kind = INB_KEY_HOLDER;
    size_t whole = inb_i_message_length(text, length);
    demand(whole == 0 || whole == SIZE_MAX || whole <= length);
    INB_CLEANUP(inb_buffer_clear) inb_buffer out = INB_BUFFER_INIT(1 << 20);
    bool goes_on = inb_i_holder_answer(&options, nonce, text, length, &out);
    demand(out.length > 0 && out.data[out.length - 1] == '\n');
    demand(goes_on || strncmp(out.data, "refused ", 8) == 0);
}

static void as_key_line(const char *text, size_t length) {
    static struct inb_i_key_content content;
    char line[INB_I_KEY_LINE_MOST] = {0};
    inb_error err = INB_ERROR_INIT;
    memcpy(line, text, length < sizeof line - 1 ? length : sizeof line - 1);
    if (inb_i_key_line_parse(line, "k", &content, &err) == INB_OK) {
        char again[INB_I_KEY_LINE_MOST];
        (void)inb_i_key_line_make(&content, again);
        demand(strcmp(line, again) == 0);
    } else {
        demand(strncmp(err.message, "k:1:1:", 6) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *copy = inb_alloc(size, 1); // its end is where the bytes end
    demand(copy != NULL);
    if (size > 0) {
        memcpy(copy, data, size);
    }
    as_message(copy, size);
    as_key_line(copy, size);
    inb_free(copy);
    return 0;
}
