// SPDX-License-Identifier: EUPL-1.2
// Where the store and its key stand: option, environment, default. The key's default is apart from
// the store's, so that a copy of the store's folder is not a copy of the key (docs/decisions).

#include "cli/cli.h"

#include <inbeeld/keys.h>

#include "base/alloc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char sqlite[] = "sqlite:";
static const char postgresql[] = "postgresql://";

static bool begins(const char *text, const char *with) {
    return strncmp(text, with, strlen(with)) == 0;
}

// Set and not empty, else NULL.
static const char *environment(const char *name) {
    const char *value = getenv(name);
    return value == NULL || value[0] == '\0' ? NULL : value;
}

inb_status inb_store_place(const inb_arguments *arguments, const char **ret_where, inb_error *err) {
    const char *given = inb_value(arguments, "store", NULL);
    const char *where = given != NULL ? given : environment("INBEELD_STORE");
    where = where == NULL ? "sqlite:./inbeeld.db" : where;
    bool right = (begins(where, sqlite) && where[strlen(sqlite)] != '\0') ||
                 (begins(where, postgresql) && where[strlen(postgresql)] != '\0');
    if (!right) { // not shown: it may hold a password
        return inb_fail(err, INB_USAGE,
            "%s: found another address of a store, expected sqlite:PATH or postgresql://...",
            given != NULL ? "option '--store'" : "INBEELD_STORE");
    }
    *ret_where = where;
    return INB_OK;
}

inb_status inb_store_path(const char *where, const char **ret_path, inb_error *err) {
    if (!begins(where, sqlite)) {
        return inb_fail(err, INB_USAGE,
            "found a store on PostgreSQL, which this program cannot speak to, expected "
            "sqlite:PATH");
    }
    *ret_path = where + strlen(sqlite);
    return INB_OK;
}

inb_status inb_key_place(const inb_arguments *arguments, inb_buffer *path, inb_error *err) {
    const char *given = inb_value(arguments, "key", environment("INBEELD_KEY"));
    const char *settings = environment("XDG_CONFIG_HOME");
    const char *home = environment("HOME");
    if (given != NULL) {
        inb_buffer_text(path, given);
    } else if (settings != NULL) {
        inb_buffer_format(path, "%s/inbeeld/team.key", settings);
    } else if (home != NULL) {
        inb_buffer_format(path, "%s/.config/inbeeld/team.key", home);
    } else {
        return inb_fail(err, INB_USAGE, "found no HOME to keep a key in, expected --key FILE");
    }
    return inb_buffer_check(path, err);
}

// Makes the folders to `path` that do not stand yet, for their owner alone.
static inb_status make_folders(const char *path, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer folder = INB_BUFFER_INIT(8192);
    for (const char *at = strchr(path + 1, '/'); at != NULL; at = strchr(at + 1, '/')) {
        inb_buffer_reset(&folder);
        inb_buffer_add(&folder, path, (size_t)(at - path));
        INB_TRY(inb_buffer_check(&folder, err));
        if (mkdir(inb_buffer_get(&folder), 0700) != 0 && errno != EEXIST) {
            return inb_fail(err, INB_IO, "%s: the folder of the key cannot be made: %s",
                inb_buffer_get(&folder), strerror(errno));
        }
    }
    return INB_OK;
}

inb_status inb_key_ready(const char *where, const char *key, bool *ret_made, inb_error *err) {
    struct stat info;
    const char *path;
    INB_TRY(inb_store_path(where, &path, err));
    *ret_made = false;
    if (lstat(key, &info) == 0 || errno != ENOENT) {
        return INB_OK; // opening it says what is wrong with it
    }
    if (stat(path, &info) == 0 && info.st_size > 0) {
        return inb_fail(err, INB_BAD_INPUT,
            "%s: there is no key file here, expected the key that the store %s was begun with "
            "(--key FILE or INBEELD_KEY)",
            key, path);
    }
    INB_TRY(make_folders(key, err));
    INB_TRY(inb_keyfile_new(key, err));
    *ret_made = true;
    return INB_OK;
}
