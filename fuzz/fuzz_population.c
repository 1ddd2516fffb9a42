// SPDX-License-Identifier: EUPL-1.2
// Fuzzer of the file of people by group (--population): any bytes give rates that are numbers, with
// the groups' in order, or a complaint with a place.

#include "base/alloc.h"

#include <inbeeld/population.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

// One estimate for all inputs: groups by sex and year, one value not known.
static const inb_estimate *grouped(void) {
    static const char text[] = "A,B,sex,year,count\n1,0,f,1,50\n0,1,f,1,60\n1,1,f,1,9\n"
                               "1,0,m,1,40\n0,1,m,1,30\n1,1,m,1,8\n1,0,f,2,20\n0,1,f,2,30\n"
                               "1,1,f,2,7\n1,0,,2,20\n0,1,,2,30\n1,1,,2,7\n";
    static const char *const by[] = {"sex", "year"};
    static inb_estimate *estimate;
    if (estimate == NULL) {
        inb_histories *histories = NULL;
        inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
        inb_error err = INB_ERROR_INIT;
        demand(
            inb_histories_read_memory("h", text, strlen(text), by, 2, &histories, &err) == INB_OK);
        demand(inb_estimate_run(histories, &options, &estimate, &err) == INB_OK);
        inb_histories_free(histories);
    }
    return estimate;
}

static void check(const inb_rates *rates) {
    if (!rates->given) {
        return;
    }
    demand(rates->population > 0 && isfinite(rates->population));
    demand(rates->seen >= 0 && rates->seen <= 100000);
    demand(!rates->has_estimate || (rates->estimate >= rates->seen && isfinite(rates->estimate)));
    demand(!rates->has_interval || rates->low <= rates->high);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    INB_CLEANUP(inb_population_freep) inb_population *population = NULL;
    INB_CLEANUP(inb_buffer_clear) inb_buffer out = INB_BUFFER_INIT((size_t)1 << 26);
    INB_CLEANUP(inb_freep) char *copy = inb_alloc(size, 1);
    inb_error err = INB_ERROR_INIT;
    demand(copy != NULL);
    memcpy(copy, data, size);
    const inb_estimate *estimate = grouped();
    inb_status status = inb_population_read_memory("f", copy, size, estimate, &population, &err);
    if (status != INB_OK) {
        demand(population == NULL && strncmp(err.message, "f:", 2) == 0);
        return 0;
    }
    demand(population->group_count == estimate->group_count);
    for (size_t g = 0; g < population->group_count; g++) {
        check(&population->groups[g]);
    }
    check(&population->total);
    inb_population_json(population, estimate, &out);
    inb_population_text(population, estimate, &out);
    demand(inb_buffer_check(&out, &err) == INB_OK);
    return 0;
}
