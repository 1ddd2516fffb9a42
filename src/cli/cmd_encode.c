// SPDX-License-Identifier: EUPL-1.2
// inbeeld encode: a list to what may leave a team. The encoded list is put in place whole, and only
// together with a row in the record of what was encoded with which key.

#include "cli/cli.h"

#include "key_record.h"

#include <inbeeld/holder.h>

#include "base/alloc.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const size_t most_output = (size_t)1 << 34;

static const inb_option options[] = {
    {"key", "KEY", "the key that the members share: hit, or count for one study", false},
    {"oprf", "URL",
        "the key holder, tcp://ADDRESS:PORT or unix:PATH; without one, exact "
        "identifiers are left out",
        false},
    {"client", "CLIENT.key", "lets you ask the key holder (default KEY.client)", false},
    {"out", "FILE", "where to write the encoded list", false},
    {"groups", "1|3|4|5", "filters a record: more tell more, see inbeeld-encode(1) (default 4)",
        false},
    {"noise", "PERCENT", "share of bits turned over, 0 to 25 (default 0)", false},
    {"dummies", "N", "made-up records among the real ones; ids are replaced", false},
    {"salt-year", NULL, "names carry the birth year: a wrong year loses the match", false},
    {"map", "FILE.csv", "with --dummies: new and old ids, stays at home (default OUT.ids.csv)",
        false},
    {NULL, NULL, NULL, false},
};

static void close_file(int *file) {
    if (*file >= 0) {
        (void)close(*file);
    }
}

// Where tokens come from; all of it freed by the caller's cleanups.
struct source {
    inb_keys *key; // a client's, or a holder's own
    inb_asker *asker;
    inb_encode_tokens tokens;
};

static void source_clear(struct source *source) {
    inb_asker_free(source->asker);
    inb_keys_free(source->key);
}

// A key holder's key in one's own hands: a trial, in which nobody is kept from trying all values.
static inb_status ask_own(void *context, const unsigned char *inputs, size_t count,
    unsigned char *ret_tokens, inb_error *err) {
    for (size_t i = 0; i < count; i++) {
        INB_TRY(inb_oprf_direct(context, inputs + i * INB_OPRF_INPUT_BYTES, INB_OPRF_INPUT_BYTES,
            ret_tokens + i * INB_OPRF_BYTES, err));
    }
    return INB_OK;
}

static inb_status open_source(
    const inb_arguments *arguments, const char *key_path, struct source *source, inb_error *err) {
    const char *url = inb_value(arguments, "oprf", NULL);
    if (url == NULL) {
        return INB_OK;
    }
    bool away = strncmp(url, "tcp://", 6) == 0 || strncmp(url, "unix:", 5) == 0;
    if (!away && strstr(url, "://") != NULL) {
        return inb_fail(err, INB_USAGE,
            "option '--oprf': found '%.100s', expected tcp://ADDRESS:PORT or unix:PATH", url);
    }
    if (!away) {
        INB_TRY(inb_keyfile_open(url, INB_KEY_HOLDER, &source->key, err));
        source->tokens = (inb_encode_tokens){ask_own, source->key, inb_keys_about(source->key)};
        return INB_OK;
    }
    INB_CLEANUP(inb_buffer_clear) inb_buffer path = INB_BUFFER_INIT(8192);
    inb_buffer_text(&path, inb_value(arguments, "client", key_path));
    inb_buffer_text(&path, inb_given(arguments, "client") ? "" : ".client");
    INB_TRY(inb_buffer_check(&path, err));
    INB_TRY(inb_keyfile_open(inb_buffer_get(&path), INB_KEY_CLIENT, &source->key, err));
    INB_TRY(inb_asker_open(url, source->key, &source->asker, err));
    source->tokens = (inb_encode_tokens){inb_asker_ask, source->asker, inb_keys_about(source->key)};
    return INB_OK;
}

static void list_names(
    inb_buffer *text, uint32_t bits, const char *const *names, size_t count, const char *between) {
    bool first = true;
    for (size_t i = 0; i < count; i++) {
        if ((bits >> i & 1) != 0) {
            inb_buffer_format(text, "%s%s", first ? "" : between, names[i]);
            first = false;
        }
    }
}

static const char *price_of(unsigned groups) {
    switch (groups) {
    case 1:
        return "one filter a record: leaks least, and cannot be linked without labels";
    case 3:
        return "three filters a record, no name in one alone: an address is one pattern";
    case 4:
        return "four filters a record, no name in one alone: equal streets and equal places show";
    default:
        return "five filters a record: equal given names and equal surnames show, and frequent "
               "ones "
               "can be guessed by who knows how frequent names are";
    }
}

static inb_status tell(const inb_arguments *arguments, const char *out, const char *map,
    const inb_encoded *encoded, uint32_t left_out, inb_error *err) {
    const inb_encoded_about *about = &encoded->about;
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(65536);
    if (inb_given(arguments, "json")) {
        inb_buffer_text(&text, "{\"out\":");
        inb_buffer_json(&text, out);
        inb_buffer_format(&text,
            ",\"records\":%zu,\"key\":\"%s\",\"key_version\":%u,\"fingerprint\":\"%s\","
            "\"groups\":%u,\"bits\":%u,\"noise\":",
            encoded->count, about->key_kind, (unsigned)about->key_version, about->key_print,
            about->groups, about->bits);
        inb_buffer_number(&text, about->noise / 100.0, 6);
        inb_buffer_format(
            &text, ",\"salted\":%s,\"encoded\":[\"", about->salted ? "true" : "false");
        list_names(&text, about->fields, inb_encoded_field_names, INB_ENCODED_FIELDS, "\",\"");
        inb_buffer_text(&text, "\"],\"tokens\":[");
        inb_buffer_text(&text, about->exacts == 0 ? "" : "\"");
        list_names(&text, about->exacts, inb_encoded_exact_names, INB_ENCODED_EXACTS, "\",\"");
        inb_buffer_text(&text, about->exacts == 0 ? "],\"left_out\":[" : "\"],\"left_out\":[");
        inb_buffer_text(&text, left_out == 0 ? "" : "\"");
        list_names(&text, left_out, inb_encoded_exact_names, INB_ENCODED_EXACTS, "\",\"");
        inb_buffer_text(&text, left_out == 0 ? "]}\n" : "\"]}\n");
    } else {
        inb_buffer_format(&text, "%zu records in %s, key %s version %u, fingerprint %s\n",
            encoded->count, out, about->key_kind, (unsigned)about->key_version, about->key_print);
        inb_buffer_text(&text, "in filters: ");
        list_names(&text, about->fields, inb_encoded_field_names, INB_ENCODED_FIELDS, ", ");
        inb_buffer_format(&text, "\n%s\n", price_of(about->groups));
        if (about->exacts != 0) {
            inb_buffer_text(&text, "tokens: ");
            list_names(&text, about->exacts, inb_encoded_exact_names, INB_ENCODED_EXACTS, ", ");
            inb_buffer_char(&text, '\n');
        }
        if (left_out != 0) {
            inb_buffer_text(&text, "left out: ");
            list_names(&text, left_out, inb_encoded_exact_names, INB_ENCODED_EXACTS, ", ");
            inb_buffer_text(&text,
                ". Exact identifiers need a key holder (--oprf): whoever has a shared key can\n"
                "try them all.\n");
        }
        if (map != NULL) {
            inb_buffer_format(&text, "new ids, and which they were: %s (keep it at home)\n", map);
        }
        if (strcmp(about->key_kind, "team") == 0) {
            inb_buffer_text(&text,
                "This is a team's own key: good for lists of one team. For lists "
                "of several, share a\nhit or a count key, never this one.\n");
        }
        inb_buffer_text(
            &text, "An encoded list is personal data still: for the linkage unit alone.\n");
    }
    return inb_print_buffer(&text, err);
}

// One row: when, from what, to what, how many records, which key, what went in.
static inb_status record(const char *key_path, const char *list, const char *out,
    const inb_encoded *encoded, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer path = INB_BUFFER_INIT(8192);
    INB_CLEANUP(inb_buffer_clear) inb_buffer row = INB_BUFFER_INIT(32768);
    char when[INB_RECORD_TIME];
    inb_record_time((int64_t)time(NULL), when);
    inb_buffer_format(&path, "%s.log", key_path);
    inb_buffer_format(&row, "%s encoded ", when);
    inb_buffer_json(&row, list);
    inb_buffer_text(&row, " to ");
    inb_buffer_json(&row, out);
    inb_buffer_format(&row, " %zu records, key %s %u %s, fields ", encoded->count,
        encoded->about.key_kind, (unsigned)encoded->about.key_version, encoded->about.key_print);
    list_names(&row, encoded->about.fields, inb_encoded_field_names, INB_ENCODED_FIELDS, ",");
    inb_buffer_text(&row, ", tokens ");
    list_names(&row, encoded->about.exacts, inb_encoded_exact_names, INB_ENCODED_EXACTS, ",");
    inb_buffer_text(&row, encoded->about.exacts == 0 ? "none" : "");
    INB_TRY(inb_buffer_check(&path, err));
    INB_TRY(inb_buffer_check(&row, err));
    INB_CLEANUP(close_file) int file = -1;
    INB_TRY(inb_record_open(inb_buffer_get(&path), &file, err));
    return inb_record_add(file, inb_buffer_get(&path), inb_buffer_get(&row), err);
}

static inb_status read_options(
    const inb_arguments *arguments, inb_encode_options *ret_options, inb_error *err) {
    int64_t groups;
    int64_t dummies;
    int64_t seed;
    double noise;
    INB_TRY(inb_value_int(arguments, "groups", 1, 5, 4, &groups, err));
    INB_TRY(inb_value_int(arguments, "dummies", 0, 10000000, 0, &dummies, err));
    INB_TRY(inb_value_int(arguments, "seed", 0, INT64_MAX, 0, &seed, err));
    INB_TRY(inb_value_double(arguments, "noise", 0, 25, 0, &noise, err));
    ret_options->groups = (unsigned)groups;
    ret_options->dummies = (size_t)dummies;
    ret_options->seed = (uint64_t)seed;
    ret_options->noise = (unsigned)(noise * 100 + 0.5);
    ret_options->salted = inb_given(arguments, "salt-year");
    return INB_OK;
}

static inb_status put_in_place(const char *key_path, const char *list, const char *out,
    const char *map_path, const inb_buffer *map, const inb_encoded *encoded, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer bytes = INB_BUFFER_INIT(most_output);
    inb_encoded_write(encoded, &bytes);
    INB_TRY(inb_buffer_check(&bytes, err));
    INB_TRY(record(key_path, list, out, encoded, err));
    const inb_file files[] = {
        {out, bytes.data, bytes.length}, {map_path, inb_buffer_get(map), map->length}};
    return inb_write_files(NULL, files, map_path == NULL ? 1 : 2, err);
}

static inb_status run(const inb_arguments *arguments, inb_error *err) {
    if (arguments->operand_count != 1) {
        return inb_fail(err, INB_USAGE, "found %zu lists, expected one", arguments->operand_count);
    }
    const char *list = arguments->operands[0];
    const char *key_path = inb_value(arguments, "key", NULL);
    const char *out = inb_value(arguments, "out", NULL);
    if (key_path == NULL || out == NULL) {
        return inb_fail(
            err, INB_USAGE, "option '--%s' is missing", key_path == NULL ? "key" : "out");
    }
    static const char *const written[] = {"out", "map", NULL};
    static const char *const read[] = {"key", "client", "oprf", NULL};
    INB_TRY(inb_check_written(arguments, written, read, err));
    inb_encode_options how = INB_ENCODE_OPTIONS_INIT;
    INB_TRY(read_options(arguments, &how, err));
    if (how.dummies == 0 && inb_given(arguments, "map")) {
        return inb_fail(err, INB_USAGE, "option '--map' belongs to --dummies");
    }
    INB_CLEANUP(inb_buffer_clear) inb_buffer map_path = INB_BUFFER_INIT(8192);
    inb_buffer_text(&map_path, inb_value(arguments, "map", out));
    inb_buffer_text(&map_path, inb_given(arguments, "map") ? "" : ".ids.csv");
    INB_TRY(inb_buffer_check(&map_path, err));
    const char *map_file = how.dummies == 0 ? NULL : inb_buffer_get(&map_path);
    INB_CLEANUP(inb_keys_freep) inb_keys *keys = NULL;
    INB_CLEANUP(source_clear) struct source source = {0};
    INB_CLEANUP(inb_encoded_reader_freep) inb_encoded_reader *reader = NULL;
    INB_CLEANUP(inb_encoded_clear) inb_encoded encoded = {0};
    INB_CLEANUP(inb_buffer_clear) inb_buffer map = INB_BUFFER_INIT(most_output);
    INB_TRY(inb_keyfile_open_any(key_path, &keys, err));
    INB_TRY(inb_encoded_reader_open(list, &reader, err));
    INB_TRY(open_source(arguments, key_path, &source, err));
    INB_TRY(inb_encode(keys, reader, &how, &source.tokens, &encoded, &map, err));
    INB_TRY(put_in_place(key_path, list, out, map_file, &map, &encoded, err));
    uint32_t left_out = inb_encoded_reader_exacts(reader) & ~encoded.about.exacts;
    return tell(arguments, out, map_file, &encoded, left_out, err);
}

const inb_command inb_command_encode = {
    .name = "encode",
    .operand = "LIST.csv",
    .summary = "a list without names: what may leave a team for the linkage unit",
    .options = options,
    .more =
        "Columns as inbeeld link reads them. Names, dates and addresses become keyed bits; phone,\n"
        "email, kvk and number become tokens by a key holder, or stay at home. What was encoded\n"
        "with which key is recorded in KEY.log. Two lists meet only under the same key and the\n"
        "same options.",
    .run = run,
};
