// SPDX-License-Identifier: EUPL-1.2
// Fuzzer of encoded lists: any bytes give a list or a complaint; a list that was read is written
// back byte for byte, and two of it can be linked or are refused, without a fault.

#include <inbeeld/encoded.h>

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

static void link_lists(const inb_encoded *encoded) {
    static const char *const paths[] = {"a.enc", "b.enc"};
    inb_encoded lists[2] = {*encoded, *encoded};
    inb_link_options how = {1, 1};
    inb_error err = INB_ERROR_INIT;
    INB_CLEANUP(inb_people_freep) inb_people *people = NULL;
    INB_CLEANUP(inb_linked_freep) inb_linked *linked = NULL;
    if (inb_link_encoded(paths, lists, 2, &how, &people, &linked, &err) != INB_OK) {
        demand(err.message[0] != '\0' && linked == NULL);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    inb_error err = INB_ERROR_INIT;
    INB_CLEANUP(inb_encoded_clear) inb_encoded encoded = {0};
    if (inb_encoded_parse("e", data, size, &encoded, &err) != INB_OK) {
        demand(encoded.ids == NULL && strncmp(err.message, "e:", 2) == 0);
        return 0;
    }
    INB_CLEANUP(inb_buffer_clear) inb_buffer out = INB_BUFFER_INIT(1 << 26);
    inb_encoded_write(&encoded, &out);
    inb_encoded again = {0};
    demand(inb_encoded_parse("e", out.data, out.length, &again, &err) == INB_OK);
    demand(again.count == encoded.count);
    inb_encoded_clear(&again);
    if (encoded.count < 64) {
        link_lists(&encoded);
    }
    return 0;
}
