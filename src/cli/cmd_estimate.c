// SPDX-License-Identifier: EUPL-1.2
// inbeeld estimate: capture histories in, how many are not in view out. Options that belong to
// methods which are not built yet are known by name, so that the refusal can say so.

#include "cli/cli.h"

#include "base/alloc.h"

#include <inbeeld/count.h>

#include <string.h>

enum { MOST_OUTPUT = 1 << 28, MOST_THREADS = 1024 };

static const inb_option options[] = {
    {"method", "M", "stepwise (default) or independence", false},
    {"threshold", "P", "stepwise: a pair of lists enters below this p (default 0.02)", false},
    {"model", "TERMS", "fit this one model: AxB,BxC (main effects are always in)", false},
    {"level", "L", "level of the interval (default 0.95)", false},
    {"group", "COLUMN", "estimate the groups of this column apart", true},
    {"order", "K", "not there yet", false},
    {"criterion", "C", "not there yet", false},
    {"delta", "D", "not there yet", false},
    {"parity", NULL, "not there yet", false},
    {"parametric", NULL, "not there yet", false},
    {"bootstrap", "N", "not there yet (0, the default, is taken)", false},
    {"draws", "DIR", "not there yet", false},
    {"check-coverage", NULL, "not there yet", false},
    {"sheet", "SHEET.ini", "not there yet", false},
    {"population", "FILE.csv", "not there yet", false},
    {"out", "DIR", "not there yet", false},
    {NULL, NULL, NULL, false},
};

static inb_status refuse_later(const inb_arguments *arguments, inb_error *err) {
    static const char *const later[] = {"order", "criterion", "delta", "parity", "parametric",
        "draws", "check-coverage", "sheet", "population", "out"};
    for (size_t i = 0; i < sizeof later / sizeof later[0]; i++) {
        if (inb_given(arguments, later[i])) {
            return inb_fail(err, INB_USAGE, "option '--%s' is not there yet", later[i]);
        }
    }
    const char *bootstrap = inb_value(arguments, "bootstrap", "0");
    if (strcmp(bootstrap, "0") != 0) {
        return inb_fail(err, INB_USAGE,
            "option '--bootstrap' is not there yet: found '%.40s', expected 0", bootstrap);
    }
    return INB_OK;
}

static inb_status read_method(
    const inb_arguments *arguments, inb_count_method *ret_method, inb_error *err) {
    static const char *const later[] = {"bic", "decomposable", "latent-class", "ensemble"};
    bool has_model = inb_given(arguments, "model");
    const char *method = inb_value(arguments, "method", "stepwise");
    for (size_t i = 0; i < sizeof later / sizeof later[0]; i++) {
        if (strcmp(method, later[i]) == 0) {
            return inb_fail(err, INB_USAGE,
                "method '%s' is not there yet; independence and stepwise are", method);
        }
    }
    if (has_model && inb_given(arguments, "method")) {
        return inb_fail(err, INB_USAGE, "options '--model' and '--method' exclude each other");
    }
    if (strcmp(method, "independence") == 0) {
        *ret_method = INB_COUNT_INDEPENDENCE;
    } else if (strcmp(method, "stepwise") == 0) {
        *ret_method = has_model ? INB_COUNT_MODEL : INB_COUNT_STEPWISE;
    } else {
        return inb_fail(err, INB_USAGE,
            "option '--method': found '%.40s', expected independence or stepwise", method);
    }
    if (inb_given(arguments, "threshold") && *ret_method != INB_COUNT_STEPWISE) {
        return inb_fail(err, INB_USAGE, "option '--threshold' belongs to method stepwise");
    }
    return INB_OK;
}

static inb_status read_options(
    const inb_arguments *arguments, inb_estimate_options *ret_options, inb_error *err) {
    inb_estimate_options read = INB_ESTIMATE_OPTIONS_INIT;
    int64_t ignored; // no random numbers and no threads in these methods: checked all the same
    INB_TRY(refuse_later(arguments, err));
    INB_TRY(read_method(arguments, &read.method, err));
    INB_TRY(inb_value_double(
        arguments, "threshold", 1e-300, 0.999999, read.threshold, &read.threshold, err));
    INB_TRY(inb_value_double(arguments, "level", 1e-6, 0.999999, read.level, &read.level, err));
    INB_TRY(inb_value_int(arguments, "seed", 0, INT64_MAX, 1, &ignored, err));
    INB_TRY(inb_value_int(arguments, "threads", 1, MOST_THREADS, 1, &ignored, err));
    read.model = inb_value(arguments, "model", NULL);
    *ret_options = read;
    return INB_OK;
}

static inb_status run(const inb_arguments *arguments, inb_error *err) {
    inb_estimate_options read;
    INB_TRY(read_options(arguments, &read, err));
    if (arguments->operand_count != 1) {
        return inb_fail(err, INB_USAGE,
            "estimate: found %zu files, expected one HISTORIES.csv; see inbeeld estimate --help",
            arguments->operand_count);
    }
    const char *groups[INB_MAX_OPTIONS];
    size_t group_count = 0;
    for (size_t i = 0; i < arguments->given_count; i++) {
        if (strcmp(arguments->given[i].option->name, "group") == 0) {
            groups[group_count++] = arguments->given[i].value;
        }
    }
    INB_CLEANUP(inb_histories_freep) inb_histories *histories = NULL;
    INB_CLEANUP(inb_estimate_freep) inb_estimate *estimate = NULL;
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(MOST_OUTPUT);
    const char *path = arguments->operands[0];
    INB_TRY(inb_histories_read(
        strcmp(path, "-") == 0 ? "/dev/stdin" : path, groups, group_count, &histories, err));
    INB_TRY(inb_estimate_run(histories, &read, &estimate, err));
    if (inb_given(arguments, "json")) {
        inb_estimate_json(estimate, &text);
        inb_buffer_char(&text, '\n');
    } else {
        inb_estimate_text(estimate, &text);
    }
    INB_TRY(inb_buffer_check(&text, err));
    return inb_print(text.data, text.length, err);
}

const inb_command inb_command_estimate = {
    "estimate",
    "HISTORIES.csv|-",
    "how many people are on none of the lists (multiple systems estimation)",
    options,
    "HISTORIES.csv has a header row. Columns with only 0 and 1 are lists (2 to 10); 'count' is "
    "the\n"
    "number of people with that history (absent: one row a person; empty: not known; <=x: at most\n"
    "x; -: cannot occur); other columns are groups, added up unless named by --group. Histories\n"
    "that are absent have nobody.\n"
    "\n"
    "Estimates and histories are confidential until they have been published (station 5).",
    run,
};
