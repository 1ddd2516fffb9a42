// SPDX-License-Identifier: EUPL-1.2
// inbeeld key new, show and destroy: key files made once, told of without telling them, and put out
// of use. No command prints a key.

#include "cli/cli.h"

#include <inbeeld/keys.h>

#include "base/alloc.h"

#include <string.h>
#include <time.h>

enum { SECONDS_A_DAY = 86400 };

static const inb_option new_options[] = {
    {"kind", "KIND", "team, hit, count, holder or client (default team)", false},
    {"version", "N", "version (default 1, of a hit key the year)", false},
    {"name", "NAME", "of the register, the study or the client", false},
    {"holder", "HOLDER.key", "of a client: the key holder's own key", false},
    {NULL, NULL, NULL, false},
};

static const inb_option no_options[] = {
    {NULL, NULL, NULL, false},
};

static const inb_option destroy_options[] = {
    {"kind", "KIND", "the kind that the file is, needed for any but a count key", false},
    {NULL, NULL, NULL, false},
};

static inb_status one_file(const inb_arguments *arguments, const char **ret_path, inb_error *err) {
    if (arguments->operand_count != 1) {
        return inb_fail(
            err, INB_USAGE, "found %zu files, expected one key file", arguments->operand_count);
    }
    *ret_path = arguments->operands[0];
    return INB_OK;
}

static inb_status kind_of(const inb_arguments *arguments, inb_key_kind otherwise,
    inb_key_kind *ret_kind, inb_error *err) {
    const char *text = inb_value(arguments, "kind", inb_key_kind_text(otherwise));
    if (!inb_key_kind_parse(text, ret_kind)) {
        return inb_fail(err, INB_USAGE,
            "option '--kind': found '%.40s', expected team, hit, count, holder or client", text);
    }
    return INB_OK;
}

// What may be told of a key, in words or as JSON.
static inb_status tell(const inb_arguments *arguments, const char *path, const inb_keys *keys,
    const char *done, inb_error *err) {
    const inb_key_about *about = inb_keys_about(keys);
    char date[11] = "";
    if (about->made.year != 0) {
        inb_date_format(about->made, date);
    }
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(65536);
    if (inb_given(arguments, "json")) {
        inb_buffer_text(&text, "{\"file\":");
        inb_buffer_json(&text, path);
        inb_buffer_format(&text,
            ",\"kind\":\"%s\",\"version\":%u,\"name\":", inb_key_kind_text(about->kind),
            (unsigned)about->version);
        inb_buffer_json(&text, about->name);
        inb_buffer_format(&text, ",\"fingerprint\":\"%s\",\"made\":", about->fingerprint);
        if (date[0] == '\0') {
            inb_buffer_text(&text, "null");
        } else {
            inb_buffer_json(&text, date);
        }
        inb_buffer_text(&text, "}\n");
    } else {
        inb_buffer_format(&text, "%s%s\n", done, path);
        inb_buffer_format(&text, "kind         %s\n", inb_key_kind_text(about->kind));
        inb_buffer_format(&text, "version      %u\n", (unsigned)about->version);
        if (about->name[0] != '\0') {
            inb_buffer_format(&text, "name         %s\n", about->name);
        }
        inb_buffer_format(&text, "fingerprint  %s%s\n", about->fingerprint,
            about->kind == INB_KEY_CLIENT ? " (of its key holder)" : "");
        inb_buffer_format(&text, "made         %s\n", date[0] == '\0' ? "not told" : date);
    }
    return inb_print_buffer(&text, err);
}

static inb_status run_new(const inb_arguments *arguments, inb_error *err) {
    const char *path;
    INB_TRY(one_file(arguments, &path, err));
    inb_key_about about = {0};
    INB_TRY(kind_of(arguments, INB_KEY_TEAM, &about.kind, err));
    time_t now = time(NULL);
    if (now == (time_t)-1) {
        return inb_fail(err, INB_UNAVAILABLE, "the clock gives no date");
    }
    about.made = inb_date_from_day((int32_t)(now / SECONDS_A_DAY));
    int64_t version;
    int64_t otherwise = about.kind == INB_KEY_HIT ? about.made.year : 1;
    INB_TRY(inb_value_int(arguments, "version", 1, UINT32_MAX, otherwise, &version, err));
    about.version = (uint32_t)version;
    const char *name = inb_value(arguments, "name", "");
    size_t length = strlen(name);
    if (length > INB_KEY_NAME_MOST) {
        return inb_fail(err, INB_USAGE, "option '--name': found %zu bytes, expected at most %d",
            length, (int)INB_KEY_NAME_MOST);
    }
    memcpy(about.name, name, length);
    const char *holder_path = inb_value(arguments, "holder", NULL);
    if ((holder_path != NULL) != (about.kind == INB_KEY_CLIENT)) {
        return inb_fail(err, INB_USAGE, "'--kind client' and '--holder' go together");
    }
    INB_CLEANUP(inb_keys_freep) inb_keys *holder = NULL;
    if (holder_path != NULL) {
        INB_TRY(inb_keyfile_open(holder_path, INB_KEY_HOLDER, &holder, err));
    }
    INB_TRY(inb_keyfile_make(path, &about, holder, err));
    INB_CLEANUP(inb_keys_freep) inb_keys *keys = NULL;
    INB_TRY(inb_keyfile_open_any(path, &keys, err));
    return tell(arguments, path, keys, "new key file ", err);
}

static inb_status run_show(const inb_arguments *arguments, inb_error *err) {
    const char *path;
    INB_TRY(one_file(arguments, &path, err));
    INB_CLEANUP(inb_keys_freep) inb_keys *keys = NULL;
    INB_TRY(inb_keyfile_open_any(path, &keys, err));
    return tell(arguments, path, keys, "key file ", err);
}

static inb_status run_destroy(const inb_arguments *arguments, inb_error *err) {
    const char *path;
    INB_TRY(one_file(arguments, &path, err));
    inb_key_kind kind;
    INB_TRY(kind_of(arguments, INB_KEY_COUNT, &kind, err));
    INB_CLEANUP(inb_keys_freep) inb_keys *keys = NULL;
    INB_TRY(inb_keyfile_open_any(path, &keys, err));
    inb_key_kind found = inb_keys_about(keys)->kind;
    if (found != kind) {
        return inb_fail(err, INB_USAGE,
            "%s: found a key of kind %s, expected --kind %s beside it to destroy it", path,
            inb_key_kind_text(found), inb_key_kind_text(found));
    }
    INB_TRY(inb_keyfile_destroy(path, err));
    return tell(arguments, path, keys, "destroyed ", err);
}

const inb_command inb_command_key_new = {
    .name = "key new",
    .operand = "FILE",
    .summary = "a new key file, for its owner alone; never over another",
    .options = new_options,
    .more =
        "A lost key is lost data, and who has a copy has what it opens. Kinds: team (seals what "
        "a\nteam writes), hit (shared by the members of a register, a new version each year), "
        "count\n(shared for one study, destroyed after it), holder (the key holder's, who stands "
        "apart from\nmembers and linkage unit), client (lets a member ask the key holder).",
    .run = run_new,
};

const inb_command inb_command_key_show = {
    .name = "key show",
    .operand = "FILE",
    .summary = "kind, version, fingerprint and date of a key file, never the key",
    .options = no_options,
    .run = run_show,
};

const inb_command inb_command_key_destroy = {
    .name = "key destroy",
    .operand = "FILE",
    .summary = "overwrites and removes the key file of a study that has ended",
    .options = destroy_options,
    .more = "Copies, backups and what a disk keeps of overwritten blocks are out of reach of this.",
    .run = run_destroy,
};
