// SPDX-License-Identifier: EUPL-1.2
// What inbeeld estimate is told besides the histories (draws, a sheet, populations) and what it
// prints beside the estimate.
#ifndef INB_CLI_ESTIMATE_BESIDE_H
#define INB_CLI_ESTIMATE_BESIDE_H

#include "cli/cli.h"

#include <inbeeld/coverage.h>
#include <inbeeld/draws.h>
#include <inbeeld/pooling.h>
#include <inbeeld/population.h>
#include <inbeeld/sheet.h>

typedef struct inb_beside {
    inb_draws *draws;
    inb_sheet *sheet;
    inb_population *population;
    inb_pooling *pooling;         // with groups
    inb_group_model *group_model; // with groups
    bool has_coverage;
    inb_coverage coverage;
} inb_beside;

// Before the estimate: what goes into it. Sets the options that point to it.
inb_status inb_beside_read(const inb_arguments *arguments, const inb_histories *histories,
    inb_estimate_options *options, inb_beside *beside, inb_error *err) INB_NODISCARD;

// After it: what is made of it.
inb_status inb_beside_make(const inb_arguments *arguments, const inb_histories *histories,
    const inb_estimate_options *options, const inb_estimate *estimate, inb_beside *beside,
    inb_error *err) INB_NODISCARD;

// The estimate's JSON with what stands beside it as further keys, without a final newline.
void inb_beside_json(const inb_beside *beside, const inb_histories *histories,
    const inb_estimate *estimate, inb_buffer *out);

// What stands beside it in words, to follow the estimate's text.
void inb_beside_text(const inb_beside *beside, const inb_histories *histories,
    const inb_estimate *estimate, inb_buffer *out);

void inb_beside_clear(inb_beside *beside);

#endif
