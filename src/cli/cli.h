// SPDX-License-Identifier: EUPL-1.2
// The command line as tables: every command is one inb_command with its options; main.c parses,
// prints help from the same tables and turns a status into an exit code. One file per command.
#ifndef INB_CLI_CLI_H
#define INB_CLI_CLI_H

#include <inbeeld/buffer.h>
#include <inbeeld/status.h>
#include <inbeeld/store.h>

#include <stdbool.h>
#include <stdint.h>

enum { INB_MAX_OPTIONS = 64, INB_MAX_OPERANDS = 4096 };

typedef struct inb_option {
    const char *name;     // without the dashes
    const char *argument; // name of its argument in the help, NULL for a switch
    const char *help;     // one line
    bool repeats;         // may be given several times
} inb_option;

// What was given. Everything is borrowed from argv.
typedef struct inb_arguments {
    const struct inb_command *command;
    struct {
        const inb_option *option;
        const char *value; // NULL for a switch
    } given[INB_MAX_OPTIONS];
    size_t given_count;
    const char *operands[INB_MAX_OPERANDS];
    size_t operand_count;
} inb_arguments;

typedef struct inb_command {
    const char *name;          // "weigh", "catalogue check"
    const char *operand;       // "FACTS.json|-" or "" where it takes none
    const char *summary;       // one line
    const inb_option *options; // ends with a NULL name
    const char *more;          // further help text, may be NULL
    // Prints to standard output; progress and warnings to standard error.
    inb_status (*run)(const inb_arguments *arguments, inb_error *err);
} inb_command;

// Options that every command takes.
extern const inb_option inb_common_options[];

// Parses argv[0..argc) (the words after the command's name).
inb_status inb_arguments_parse(const inb_command *command, int argc, char **argv,
    inb_arguments *ret_arguments, inb_error *err) INB_NODISCARD;

bool inb_given(const inb_arguments *arguments, const char *option);
// Value of the last occurrence, or `otherwise`.
const char *inb_value(const inb_arguments *arguments, const char *option, const char *otherwise);
// A whole number in [least, most]; `otherwise` where not given.
inb_status inb_value_int(const inb_arguments *arguments, const char *option, int64_t least,
    int64_t most, int64_t otherwise, int64_t *ret_value, inb_error *err) INB_NODISCARD;
// A number in [least, most]; `otherwise` where not given.
inb_status inb_value_double(const inb_arguments *arguments, const char *option, double least,
    double most, double otherwise, double *ret_value, inb_error *err) INB_NODISCARD;

// Writes everything to standard output (checked: a full disk or closed pipe is a failure).
inb_status inb_print(const char *text, size_t length, inb_error *err) INB_NODISCARD;
// The same for what a buffer holds, if nothing failed while it was filled.
inb_status inb_print_buffer(const inb_buffer *text, inb_error *err) INB_NODISCARD;

// Writes `length` bytes to `path` whole or not at all: a temporary file beside it, fsync, rename.
inb_status inb_write_file(
    const char *path, const char *text, size_t length, inb_error *err) INB_NODISCARD;

// Whether two paths name one file, by whatever way (links too); of files that are not there, by
// their folders and names.
inb_status inb_same_file(
    const char *a, const char *b, bool *ret_same, inb_error *err) INB_NODISCARD;
// Bad usage where two of the options `written` name one file, or one of them an operand or a file
// of the options `read`: it would be lost. Both lists end with NULL.
inb_status inb_check_written(const inb_arguments *arguments, const char *const *written,
    const char *const *read, inb_error *err) INB_NODISCARD;

// Files of one folder, all of them or none; the folder is made where it is not there, what stands
// there under these names is replaced, and a folder of such a name is a failure. folder NULL: the
// names are paths.
typedef struct inb_file {
    const char *name; // in the folder
    const char *text;
    size_t length;
} inb_file;
inb_status inb_write_files(
    const char *folder, const inb_file *files, size_t count, inb_error *err) INB_NODISCARD;

// A file that is written piece by piece and appears whole or not at all: open, write …, settle
// (flushed to disk), place. secret: readable by its owner alone. path is borrowed.
typedef struct inb_part {
    inb_buffer name; // of the temporary file
    int file;
    const char *path;
} inb_part;
#define INB_PART_INIT                                                                              \
    { .file = -1 }
inb_status inb_part_open(
    const char *path, bool secret, inb_part *ret_part, inb_error *err) INB_NODISCARD;
inb_status inb_part_write(
    inb_part *part, const char *text, size_t length, inb_error *err) INB_NODISCARD;
inb_status inb_part_settle(inb_part *part, inb_error *err) INB_NODISCARD;
inb_status inb_part_place(inb_part *part, inb_error *err) INB_NODISCARD;
void inb_part_clear(inb_part *part); // accepts one that was never opened

// The store's address: --store, else INBEELD_STORE, else sqlite:./inbeeld.db. Bad usage where it is
// neither sqlite:PATH nor postgresql://…; main.c asks this of every command.
inb_status inb_store_place(
    const inb_arguments *arguments, const char **ret_where, inb_error *err) INB_NODISCARD;
// The path of a store's file; bad usage where it is no SQLite store.
inb_status inb_store_path(const char *where, const char **ret_path, inb_error *err) INB_NODISCARD;
// The path of the key file: --key, else INBEELD_KEY, else inbeeld/team.key in the folder of the
// user's settings (XDG_CONFIG_HOME, else ~/.config). Empty before.
inb_status inb_key_place(
    const inb_arguments *arguments, inb_buffer *path, inb_error *err) INB_NODISCARD;
// Makes a key for a store that does not stand yet, and the folders to it, unless there is a key;
// *ret_made says so. A store without its key is refused: a new key would not open it.
inb_status inb_key_ready(
    const char *where, const char *key, bool *ret_made, inb_error *err) INB_NODISCARD;

// The signal of the store that ID or ORGANISATION/ID means, with tokens; `option` is named in what
// is said where there is none, or several.
inb_status inb_find_signal(inb_store *store, inb_arena *arena, const char *option, const char *id,
    const inb_stored_signal **ret_signal, inb_error *err) INB_NODISCARD;

// What `inbeeld link --undo ID` does on the store: takes a signal (ID or ORGANISATION/ID) out of
// its situation and its hits, and tells so.
inb_status inb_undo_join(
    const inb_arguments *arguments, const char *id, inb_error *err) INB_NODISCARD;

// A file of anchors of the log (anchor_file.c): its first line, a line, and the next line of
// text[0..length). *at and *line begin at 0. A wrong one is INB_BAD_INPUT with its place.
typedef struct inb_anchor {
    char chain[INB_STORE_CODE_MOST + 1];
    inb_log_anchor anchor;
} inb_anchor;
void inb_anchor_head(inb_buffer *text);
void inb_anchor_write(inb_buffer *text, const char *chain, const inb_log_anchor *anchor);
inb_status inb_anchor_next(const char *name, const char *text, size_t length, size_t *at,
    size_t *line, inb_anchor *ret_anchor, bool *ret_found, inb_error *err) INB_NODISCARD;

struct inb_catalogue;
// A language of the norm, else bad usage.
inb_status inb_check_language(
    const struct inb_catalogue *catalogue, const char *language, inb_error *err) INB_NODISCARD;

extern const inb_command inb_command_weigh;
extern const inb_command inb_command_audit_anchor;
extern const inb_command inb_command_audit_verify;
extern const inb_command inb_command_doctor;
extern const inb_command inb_command_purge;
extern const inb_command inb_command_term;
extern const inb_command inb_command_catalogue_check;
extern const inb_command inb_command_link;
extern const inb_command inb_command_estimate;
extern const inb_command inb_command_import;
extern const inb_command inb_command_hits;
extern const inb_command inb_command_agencies;
extern const inb_command inb_command_picture;
extern const inb_command inb_command_publish;
extern const inb_command inb_command_serve;
extern const inb_command inb_command_demo;
extern const inb_command inb_command_key_new;
extern const inb_command inb_command_key_show;
extern const inb_command inb_command_key_destroy;
extern const inb_command inb_command_key_serve;
extern const inb_command inb_command_key_rotate;
extern const inb_command inb_command_encode;

#endif
