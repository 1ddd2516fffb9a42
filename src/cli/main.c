// SPDX-License-Identifier: EUPL-1.2
// Entry point: finds the command, parses its options, runs it and gives the exit code of its
// status.

#include "cli/cli.h"

#include "base/alloc.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_THREADS = 1024 };

// In the order of the road.
static const inb_command *const commands[] = {
    &inb_command_import,
    &inb_command_weigh,
    &inb_command_catalogue_check,
    &inb_command_link,
    &inb_command_hits,
    &inb_command_agencies,
    &inb_command_estimate,
    &inb_command_picture,
    &inb_command_publish,
    &inb_command_serve,
    &inb_command_demo,
    &inb_command_key_new,
    &inb_command_key_show,
    &inb_command_key_destroy,
    &inb_command_term,
    &inb_command_purge,
    &inb_command_audit_verify,
    &inb_command_audit_anchor,
    &inb_command_doctor,
    &inb_command_key_serve,
    &inb_command_key_rotate,
    &inb_command_encode,
    NULL,
};

static void show_overview(inb_buffer *text) {
    inb_buffer_text(text,
        "inbeeld " INB_VERSION ": from a signal to a picture of who is not in view\n\n"
        "usage: inbeeld COMMAND [OPTION...] [FILE...]\n\n");
    for (size_t i = 0; commands[i] != NULL; i++) {
        inb_buffer_format(text, "  %-16s %s\n", commands[i]->name, commands[i]->summary);
    }
    inb_buffer_text(text,
        "\ninbeeld COMMAND --help says more.\n"
        "Exit code: 0 done, 1 the input is wrong, 2 bad usage, 3 the machine failed.\n");
}

static void show_options(inb_buffer *text, const inb_option *options) {
    for (; options->name != NULL; options++) {
        char head[64];
        snprintf(head, sizeof head, "--%s%s%s", options->name, options->argument != NULL ? " " : "",
            options->argument != NULL ? options->argument : "");
        inb_buffer_format(text, "  %-24s %s%s\n", head, options->help,
            options->repeats ? " (may be repeated)" : "");
    }
}

static void show_help(inb_buffer *text, const inb_command *command) {
    inb_buffer_format(text, "usage: inbeeld %s [OPTION...] %s\n\n%s\n\n", command->name,
        command->operand, command->summary);
    show_options(text, command->options);
    show_options(text, inb_common_options);
    if (command->more != NULL) {
        inb_buffer_format(text, "\n%s\n", command->more);
    }
}

// The command whose name is the first one or two words; *ret_words of argv are its name.
static const inb_command *find_command(int argc, char **argv, int *ret_words) {
    for (size_t i = 0; commands[i] != NULL; i++) {
        const char *name = commands[i]->name;
        const char *space = strchr(name, ' ');
        size_t first = space == NULL ? strlen(name) : (size_t)(space - name);
        bool same = argc > 0 && strlen(argv[0]) == first && memcmp(argv[0], name, first) == 0;
        if (!same) {
            continue;
        }
        if (space == NULL || (argc > 1 && strcmp(argv[1], space + 1) == 0)) {
            *ret_words = space == NULL ? 1 : 2;
            return commands[i];
        }
        if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
            *ret_words = 1; // "catalogue --help": of the first of its kind
            return commands[i];
        }
    }
    return NULL;
}

static inb_status run(int argc, char **argv, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT((size_t)1 << 20);
    // --store may stand before the command.
    static char *words[INB_MAX_OPERANDS];
    int count = 0;
    int before = 0;
    while (before < argc &&
           (strcmp(argv[before], "--store") == 0 || strncmp(argv[before], "--store=", 8) == 0)) {
        before += argv[before][7] == '=' ? 1 : 2;
    }
    before = before > argc ? argc : before;
    if (before < argc && (strcmp(argv[before], "--help") == 0 || strcmp(argv[before], "-h") == 0)) {
        show_overview(&text);
        return inb_print_buffer(&text, err);
    }
    if (before < argc && strcmp(argv[before], "--version") == 0) {
        return inb_print("inbeeld " INB_VERSION "\n", strlen("inbeeld " INB_VERSION "\n"), err);
    }
    int name_words = 0;
    const inb_command *command = find_command(argc - before, argv + before, &name_words);
    if (command == NULL) {
        return inb_fail(err, INB_USAGE,
            before < argc ? "found '%.40s', expected a command; see inbeeld --help"
                          : "expected a command; see inbeeld --help%s",
            before < argc ? argv[before] : "");
    }
    for (int i = 0; i < argc; i++) {
        if (i >= before && i < before + name_words) {
            continue;
        }
        if (count == INB_MAX_OPERANDS) {
            return inb_fail(err, INB_USAGE, "found too many words, expected fewer");
        }
        words[count++] = argv[i];
    }
    static inb_arguments arguments; // large, and there is one
    INB_TRY(inb_arguments_parse(command, count, words, &arguments, err));
    if (inb_given(&arguments, "help")) {
        show_help(&text, command);
        return inb_print_buffer(&text, err);
    }
    int64_t checked; // of every command, also of one that needs neither
    INB_TRY(inb_value_int(&arguments, "seed", 0, INT64_MAX, 1, &checked, err));
    INB_TRY(inb_value_int(&arguments, "threads", 1, MOST_THREADS, 1, &checked, err));
    const char *where;
    INB_TRY(inb_store_place(&arguments, &where, err));
    return command->run(&arguments, err);
}

int main(int argc, char **argv) {
    signal(SIGPIPE, SIG_IGN); // a closed pipe is a failed write, with its own words
    signal(SIGXFSZ, SIG_IGN); // so is a file that may not grow
    inb_error err = INB_ERROR_INIT;
    inb_status status = run(argc - 1, argv + 1, &err);
    if (status != INB_OK) {
        fprintf(stderr, "inbeeld: %s\n",
            err.message[0] != '\0' ? err.message : inb_status_text(status));
    }
    return inb_status_exit(status);
}
