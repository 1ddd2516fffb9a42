// SPDX-License-Identifier: EUPL-1.2
// Reads and prints what stands beside an estimate: --draws, --sheet, --population,
// --check-coverage. Each is a module of station 4; here they meet the command line.

#include "cli/estimate_beside.h"

enum { REPLICATES_A_DRAW = 10, MOST_OUTPUT = 1 << 28 };

static inb_status read_draws(const inb_arguments *arguments, const inb_histories *histories,
    inb_estimate_options *options, inb_beside *beside, inb_error *err) {
    INB_TRY(inb_draws_read(inb_value(arguments, "draws", NULL), histories, &beside->draws, err));
    options->draws = beside->draws;
    size_t draws = beside->draws->count;
    if (!inb_given(arguments, "bootstrap")) {
        options->bootstrap = REPLICATES_A_DRAW * draws;
    } else if (options->bootstrap < draws) {
        return inb_fail(err, INB_USAGE,
            "option '--bootstrap': found %zu, expected at least one replicate for each of the %zu "
            "draws",
            options->bootstrap, draws);
    }
    return INB_OK;
}

// The study that --check-coverage asks for.
static inb_coverage_options study_of(
    const inb_arguments *arguments, const inb_estimate_options *options) {
    inb_coverage_options study = INB_COVERAGE_OPTIONS_INIT;
    if (inb_given(arguments, "bootstrap")) {
        study.replicates = options->bootstrap;
    }
    return study;
}

inb_status inb_beside_read(const inb_arguments *arguments, const inb_histories *histories,
    inb_estimate_options *options, inb_beside *beside, inb_error *err) {
    if (inb_given(arguments, "draws")) {
        INB_TRY(read_draws(arguments, histories, options, beside, err));
    }
    if (inb_given(arguments, "sheet")) {
        INB_TRY(
            inb_sheet_read(inb_value(arguments, "sheet", NULL), histories, &beside->sheet, err));
        options->sheet = beside->sheet;
    }
    if (inb_given(arguments, "check-coverage")) { // refused before anything is computed
        inb_coverage_options study = study_of(arguments, options);
        INB_TRY(inb_coverage_check(histories, options, &study, err));
    }
    return INB_OK;
}

inb_status inb_beside_make(const inb_arguments *arguments, const inb_histories *histories,
    const inb_estimate_options *options, const inb_estimate *estimate, inb_beside *beside,
    inb_error *err) {
    if (inb_given(arguments, "population")) {
        INB_TRY(inb_population_read(
            inb_value(arguments, "population", NULL), estimate, &beside->population, err));
    }
    if (histories->group_column_count > 0) {
        INB_TRY(inb_group_model_run(histories, options, &beside->group_model, err));
        INB_TRY(inb_pooling_run(histories, options, &beside->pooling, err));
    }
    if (inb_given(arguments, "check-coverage")) {
        inb_coverage_options study = study_of(arguments, options);
        INB_TRY(inb_coverage_run(histories, options, &study, &beside->coverage, err));
        beside->has_coverage = true;
    }
    return INB_OK;
}

void inb_beside_json(const inb_beside *beside, const inb_histories *histories,
    const inb_estimate *estimate, inb_buffer *out) {
    inb_buffer part = INB_BUFFER_INIT(MOST_OUTPUT);
    inb_estimate_json(estimate, &part);
    out->status = out->status == INB_OK ? part.status : out->status;
    inb_buffer_add(out, inb_buffer_get(&part), part.length > 0 ? part.length - 1 : 0);
    inb_buffer_clear(&part);
    if (beside->sheet != NULL) {
        inb_buffer_text(out, ",\"sheet\":");
        inb_sheet_json(beside->sheet, out);
    }
    if (beside->population != NULL) {
        inb_buffer_text(out, ",\"rates\":");
        inb_population_json(beside->population, estimate, out);
    }
    if (beside->group_model != NULL) {
        inb_buffer_text(out, ",\"lists_by_groups\":");
        inb_group_model_json(beside->group_model, histories, out);
    }
    if (beside->pooling != NULL) {
        inb_buffer_text(out, ",\"partial_pooling\":");
        inb_pooling_json(beside->pooling, out);
    }
    if (beside->has_coverage) {
        inb_buffer_text(out, ",\"coverage\":");
        inb_coverage_json(&beside->coverage, histories, out);
    }
    inb_buffer_char(out, '}');
}

void inb_beside_text(const inb_beside *beside, const inb_histories *histories,
    const inb_estimate *estimate, inb_buffer *out) {
    if (beside->group_model != NULL) {
        inb_group_model_text(beside->group_model, histories, out);
    }
    if (beside->pooling != NULL) {
        inb_pooling_text(beside->pooling, out);
    }
    if (beside->population != NULL) {
        inb_population_text(beside->population, estimate, out);
    }
    if (beside->has_coverage) {
        inb_coverage_text(&beside->coverage, histories, out);
    }
}

void inb_beside_clear(inb_beside *beside) {
    inb_draws_freep(&beside->draws);
    inb_sheet_freep(&beside->sheet);
    inb_population_freep(&beside->population);
    inb_pooling_freep(&beside->pooling);
    inb_group_model_freep(&beside->group_model);
}
