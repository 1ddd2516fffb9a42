// SPDX-License-Identifier: EUPL-1.2
// inbeeld key rotate: the tokens of an encoded list passed on from one key of the key holder to the
// next, without an identifier and without the members.

#include "cli/cli.h"

#include <inbeeld/encode.h>

#include "base/alloc.h"

#include <string.h>

static const size_t most_output = (size_t)1 << 34;

static const inb_option options[] = {
    {"from", "HOLDER.key", "the key that the tokens were made with", false},
    {"to", "HOLDER.key", "the key that they pass to", false},
    {"out", "FILE", "where to write the list with its new tokens", false},
    {NULL, NULL, NULL, false},
};

static inb_status run(const inb_arguments *arguments, inb_error *err) {
    if (arguments->operand_count != 1) {
        return inb_fail(
            err, INB_USAGE, "found %zu files, expected one encoded list", arguments->operand_count);
    }
    static const char *const needed[] = {"from", "to", "out"};
    const char *given[3];
    for (size_t i = 0; i < 3; i++) {
        given[i] = inb_value(arguments, needed[i], NULL);
        if (given[i] == NULL) {
            return inb_fail(err, INB_USAGE, "option '--%s' is missing", needed[i]);
        }
    }
    static const char *const written[] = {"out", NULL};
    static const char *const read[] = {"from", "to", NULL};
    INB_TRY(inb_check_written(arguments, written, read, err));
    INB_CLEANUP(inb_keys_freep) inb_keys *from = NULL;
    INB_CLEANUP(inb_keys_freep) inb_keys *to = NULL;
    INB_CLEANUP(inb_encoded_clear) inb_encoded encoded = {0};
    INB_TRY(inb_keyfile_open(given[0], INB_KEY_HOLDER, &from, err));
    INB_TRY(inb_keyfile_open(given[1], INB_KEY_HOLDER, &to, err));
    INB_TRY(inb_encoded_read(arguments->operands[0], &encoded, err));
    INB_TRY(inb_encoded_rotate(&encoded, from, to, err));
    INB_CLEANUP(inb_buffer_clear) inb_buffer bytes = INB_BUFFER_INIT(most_output);
    inb_encoded_write(&encoded, &bytes);
    INB_TRY(inb_buffer_check(&bytes, err));
    INB_TRY(inb_write_file(given[2], bytes.data, bytes.length, err));
    INB_CLEANUP(inb_buffer_clear) inb_buffer said = INB_BUFFER_INIT(65536);
    if (inb_given(arguments, "json")) {
        inb_buffer_text(&said, "{\"out\":");
        inb_buffer_json(&said, given[2]);
        inb_buffer_format(&said, ",\"records\":%zu,\"holder_version\":%u,\"holder\":\"%s\"}\n",
            encoded.count, (unsigned)encoded.about.holder_version, encoded.about.holder_print);
    } else {
        inb_buffer_format(&said, "%zu records in %s, tokens of key holder %s, version %u\n",
            encoded.count, given[2], encoded.about.holder_print,
            (unsigned)encoded.about.holder_version);
    }
    return inb_print_buffer(&said, err);
}

const inb_command inb_command_key_rotate = {
    .name = "key rotate",
    .operand = "ENCODED",
    .summary = "passes the tokens of an encoded list to the key holder's next key",
    .options = options,
    .more = "Only the key holder can do this, and needs no identifier for it. Destroy the old key "
            "when\n"
            "all lists have passed on.",
    .run = run,
};
