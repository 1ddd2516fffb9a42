// SPDX-License-Identifier: EUPL-1.2
// inbeeld estimate: capture histories in, how many are not in view out; to standard output, and to
// a folder with pictures where asked for.

#include "cli/cli.h"

#include "base/alloc.h"
#include "cli/estimate_beside.h"
#include "cli/estimate_out.h"
#include "cli/progress.h"

#include <inbeeld/count.h>

#include <string.h>
#include <unistd.h>

enum { MOST_OUTPUT = 1 << 28, MOST_THREADS = 1024 };

static const inb_option options[] = {
    {"method", "M", "stepwise (default), independence, bic, decomposable, latent-class, ensemble",
        false},
    {"threshold", "P", "stepwise: a pair of lists enters below this p (default 0.02)", false},
    {"model", "TERMS", "fit this one model: AxB,BxC (main effects are always in)", false},
    {"level", "L", "level of the interval (default 0.95)", false},
    {"group", "COLUMN", "estimate the groups of this column apart", true},
    {"criterion", "C", "method bic: bic (default), aic or aicc", false},
    {"order", "K", "method bic: terms of at most K lists (default: all orders)", false},
    {"prove", NULL, "method bic: search until the best model is proved, however long", false},
    {"delta", "D", "method decomposable: prior weight of a cell (default: 1 / 2^lists)", false},
    {"parity", NULL, "method decomposable: the settings of the R package dga", false},
    {"parametric", NULL, "replicates from the fitted model: how many people are seen varies too",
        false},
    {"bootstrap", "N", "replicates for an interval that knows the model was chosen (default 0)",
        false},
    {"draws", "DIR", "carry the links' uncertainty: histories drawn by link --draws", false},
    {"check-coverage", NULL, "how often the intervals hold the truth on tables like this one",
        false},
    {"sheet", "SHEET.ini", "what is known of each list; gaps become warnings", false},
    {"population", "FILE.csv", "people by group: rates per 100,000 (SDG 16.2.2)", false},
    {"out", "DIR", "a new folder with words, JSON, and pictures with a table beside each", false},
    {NULL, NULL, NULL, false},
};

static inb_status read_method(
    const inb_arguments *arguments, inb_count_method *ret_method, inb_error *err) {
    bool has_model = inb_given(arguments, "model");
    const char *method = inb_value(arguments, "method", "stepwise");
    if (has_model && inb_given(arguments, "method")) {
        return inb_fail(err, INB_USAGE, "options '--model' and '--method' exclude each other");
    }
    if (strcmp(method, "model") == 0 || !inb_count_method_named(method, ret_method)) {
        return inb_fail(err, INB_USAGE,
            "option '--method': found '%.40s', expected stepwise, independence, bic, "
            "decomposable, latent-class or ensemble",
            method);
    }
    *ret_method = has_model ? INB_COUNT_MODEL : *ret_method;
    if (inb_given(arguments, "threshold") && *ret_method != INB_COUNT_STEPWISE &&
        *ret_method != INB_COUNT_ENSEMBLE) {
        return inb_fail(err, INB_USAGE, "option '--threshold' belongs to method stepwise");
    }
    static const char *const of_bic[] = {"criterion", "order", "prove"};
    static const char *const of_decomposable[] = {"delta", "parity"};
    for (size_t i = 0; i < sizeof of_bic / sizeof of_bic[0]; i++) {
        if (inb_given(arguments, of_bic[i]) && *ret_method != INB_COUNT_BIC) {
            return inb_fail(err, INB_USAGE, "option '--%s' belongs to method bic", of_bic[i]);
        }
    }
    for (size_t i = 0; i < sizeof of_decomposable / sizeof of_decomposable[0]; i++) {
        if (inb_given(arguments, of_decomposable[i]) && *ret_method != INB_COUNT_DECOMPOSABLE) {
            return inb_fail(
                err, INB_USAGE, "option '--%s' belongs to method decomposable", of_decomposable[i]);
        }
    }
    return INB_OK;
}

static inb_status read_criterion(
    const inb_arguments *arguments, inb_count_criterion *ret_criterion, inb_error *err) {
    const char *name = inb_value(arguments, "criterion", "bic");
    const inb_count_criterion all[] = {INB_CRITERION_BIC, INB_CRITERION_AIC, INB_CRITERION_AICC};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (strcmp(name, inb_count_criterion_name(all[i])) == 0) {
            *ret_criterion = all[i];
            return INB_OK;
        }
    }
    return inb_fail(
        err, INB_USAGE, "option '--criterion': found '%.40s', expected bic, aic or aicc", name);
}

static inb_status read_options(
    const inb_arguments *arguments, inb_estimate_options *ret_options, inb_error *err) {
    inb_estimate_options read = INB_ESTIMATE_OPTIONS_INIT;
    int64_t order;
    int64_t bootstrap;
    int64_t seed;
    int64_t threads;
    INB_TRY(read_method(arguments, &read.method, err));
    INB_TRY(inb_value_double(
        arguments, "threshold", 1e-300, 0.999999, read.threshold, &read.threshold, err));
    INB_TRY(inb_value_double(arguments, "level", 1e-6, 0.999999, read.level, &read.level, err));
    INB_TRY(inb_value_double(arguments, "delta", 1e-6, 1e6, 0, &read.delta, err));
    read.prove = inb_given(arguments, "prove");
    read.parity = inb_given(arguments, "parity");
    INB_TRY(read_criterion(arguments, &read.criterion, err));
    INB_TRY(inb_value_int(arguments, "order", 1, INB_LISTS_MOST, 0, &order, err));
    INB_TRY(inb_value_int(arguments, "bootstrap", 0, INB_REPLICATES_MOST, 0, &bootstrap, err));
    INB_TRY(inb_value_int(arguments, "seed", 0, INT64_MAX, 1, &seed, err));
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    cores = cores < 1 ? 1 : cores > MOST_THREADS ? MOST_THREADS : cores;
    INB_TRY(inb_value_int(arguments, "threads", 1, MOST_THREADS, cores, &threads, err));
    read.order = (size_t)order;
    read.bootstrap = (size_t)bootstrap;
    read.seed = (uint64_t)seed;
    read.threads = (size_t)threads;
    read.model = inb_value(arguments, "model", NULL);
    read.parametric = inb_given(arguments, "parametric");
    // The contract: `intervals` holds all; but one that takes links as certain has no place there.
    read.averaged = !inb_given(arguments, "draws");
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
    INB_CLEANUP(inb_buffer_clear) inb_buffer json = INB_BUFFER_INIT(MOST_OUTPUT);
    INB_CLEANUP(inb_folder_clear) inb_folder folder = INB_FOLDER_INIT;
    const char *path = arguments->operands[0];
    INB_TRY(inb_histories_read(
        strcmp(path, "-") == 0 ? "/dev/stdin" : path, groups, group_count, &histories, err));
    const char *out_path = inb_value(arguments, "out", NULL);
    if (out_path != NULL) {
        INB_TRY(inb_folder_begin(&folder, out_path, err));
        read.ensemble = true;
    }
    INB_CLEANUP(inb_bar_clear) inb_bar bar;
    inb_bar_init(&bar);
    inb_spread spread = inb_spread_threads(read.threads);
    spread.progress = &bar.progress;
    read.spread = &spread;
    INB_CLEANUP(inb_beside_clear) inb_beside beside = {NULL};
    INB_TRY(inb_beside_read(arguments, histories, &read, &beside, err));
    INB_TRY(inb_estimate_run(histories, &read, &estimate, err));
    INB_TRY(inb_beside_make(arguments, histories, &read, estimate, &beside, err));
    inb_bar_clear(&bar);
    bool as_json = inb_given(arguments, "json");
    if (as_json || out_path != NULL) {
        inb_beside_json(&beside, histories, estimate, &json);
        inb_buffer_char(&json, '\n');
    }
    if (!as_json || out_path != NULL) {
        inb_estimate_text(estimate, &text);
        inb_beside_text(&beside, histories, estimate, &text);
    }
    INB_TRY(inb_buffer_check(&text, err));
    INB_TRY(inb_buffer_check(&json, err));
    if (out_path != NULL) {
        INB_TRY(inb_estimate_out(&folder, estimate, &text, &json, err));
    }
    const inb_buffer *printed = as_json ? &json : &text;
    return inb_print(printed->data, printed->length, err);
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
