// SPDX-License-Identifier: EUPL-1.2
// Words of the command line against a command's table of options; --name value and --name=value,
// options and operands in any order, "--" ends the options. An option that may be repeated takes
// several values in a row as well.

#include "cli/cli.h"

#include "base/text.h"

#include <string.h>

const inb_option inb_common_options[] = {
    {"help", NULL, "show this help", false},
    {"json", NULL, "print JSON", false},
    {"seed", "N", "seed of all random numbers (default 1)", false},
    {"threads", "N", "threads to use (default: all cores); results do not depend on it", false},
    {"store", "STORE", "sqlite:PATH or postgresql://... (default sqlite:./inbeeld.db)", false},
    {NULL, NULL, NULL, false},
};

static const inb_option *find_in(const inb_option *options, const char *name, size_t length) {
    for (; options->name != NULL; options++) {
        if (inb_equals(name, length, options->name)) {
            return options;
        }
    }
    return NULL;
}

static inb_status add_given(
    inb_arguments *arguments, const inb_option *option, const char *value, inb_error *err) {
    if (arguments->given_count == INB_MAX_OPTIONS) {
        return inb_fail(err, INB_USAGE, "found more than %d options", INB_MAX_OPTIONS);
    }
    arguments->given[arguments->given_count].option = option;
    arguments->given[arguments->given_count++].value = value;
    return INB_OK;
}

// Whether a plain word after a value of `option` is one more value of it ("--group region age"):
// once the command has the operand that it needs.
static bool takes_more(const inb_arguments *arguments, const inb_option *option) {
    const char *operand = arguments->command->operand;
    bool needs_operand = operand[0] != '\0' && operand[0] != '[';
    return option != NULL && option->repeats && (arguments->operand_count > 0 || !needs_operand);
}

inb_status inb_arguments_parse(const inb_command *command, int argc, char **argv,
    inb_arguments *ret_arguments, inb_error *err) {
    memset(ret_arguments, 0, sizeof *ret_arguments);
    ret_arguments->command = command;
    bool options_ended = false;
    const inb_option *last = NULL; // the option whose value came just before
    for (int i = 0; i < argc; i++) {
        const char *word = argv[i];
        if (options_ended || word[0] != '-' || word[1] == '\0') {
            if (!options_ended && takes_more(ret_arguments, last)) {
                INB_TRY(add_given(ret_arguments, last, word, err));
                continue;
            }
            last = NULL;
            if (ret_arguments->operand_count == INB_MAX_OPERANDS) {
                return inb_fail(
                    err, INB_USAGE, "found more than %d files, expected fewer", INB_MAX_OPERANDS);
            }
            ret_arguments->operands[ret_arguments->operand_count++] = word;
            continue;
        }
        if (strcmp(word, "--") == 0) {
            options_ended = true;
            continue;
        }
        const char *name = strcmp(word, "-h") == 0 ? "help" : word + 2;
        if (word[1] != '-' && strcmp(word, "-h") != 0) {
            return inb_fail(
                err, INB_USAGE, "found option '%s', expected one with two dashes", word);
        }
        const char *equals = strchr(name, '=');
        size_t length = equals == NULL ? strlen(name) : (size_t)(equals - name);
        const inb_option *option = find_in(command->options, name, length);
        option = option == NULL ? find_in(inb_common_options, name, length) : option;
        if (option == NULL) {
            return inb_fail(err, INB_USAGE, "'%s' has no option '--%.*s'; see inbeeld %s --help",
                command->name, (int)length, name, command->name);
        }
        const char *value = NULL;
        if (option->argument != NULL) {
            value = equals != NULL ? equals + 1 : i + 1 < argc ? argv[++i] : NULL;
            if (value == NULL) {
                return inb_fail(
                    err, INB_USAGE, "option '--%s' needs %s", option->name, option->argument);
            }
        } else if (equals != NULL) {
            return inb_fail(err, INB_USAGE, "option '--%s' takes no value", option->name);
        }
        if (!option->repeats && inb_given(ret_arguments, option->name)) {
            return inb_fail(err, INB_USAGE, "option '--%s' is given twice", option->name);
        }
        INB_TRY(add_given(ret_arguments, option, value, err));
        last = option;
    }
    return INB_OK;
}

bool inb_given(const inb_arguments *arguments, const char *option) {
    for (size_t i = 0; i < arguments->given_count; i++) {
        if (strcmp(arguments->given[i].option->name, option) == 0) {
            return true;
        }
    }
    return false;
}

const char *inb_value(const inb_arguments *arguments, const char *option, const char *otherwise) {
    for (size_t i = arguments->given_count; i-- > 0;) {
        if (strcmp(arguments->given[i].option->name, option) == 0) {
            return arguments->given[i].value;
        }
    }
    return otherwise;
}

inb_status inb_value_int(const inb_arguments *arguments, const char *option, int64_t least,
    int64_t most, int64_t otherwise, int64_t *ret_value, inb_error *err) {
    const char *text = inb_value(arguments, option, NULL);
    if (text == NULL) {
        *ret_value = otherwise;
        return INB_OK;
    }
    int64_t value;
    if (!inb_parse_int64(text, strlen(text), &value) || value < least || value > most) {
        return inb_fail(err, INB_USAGE,
            "option '--%s': found '%.40s', expected a whole number from %lld to %lld", option, text,
            (long long)least, (long long)most);
    }
    *ret_value = value;
    return INB_OK;
}

inb_status inb_value_double(const inb_arguments *arguments, const char *option, double least,
    double most, double otherwise, double *ret_value, inb_error *err) {
    const char *text = inb_value(arguments, option, NULL);
    if (text == NULL) {
        *ret_value = otherwise;
        return INB_OK;
    }
    double value;
    if (!inb_parse_double(text, strlen(text), &value) || value < least || value > most) {
        return inb_fail(err, INB_USAGE,
            "option '--%s': found '%.40s', expected a number from %g to %g", option, text, least,
            most);
    }
    *ret_value = value;
    return INB_OK;
}
