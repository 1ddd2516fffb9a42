// SPDX-License-Identifier: EUPL-1.2
// Fuzzer of rates.json: any bytes give rates of distinct ordered pairs within 0 and 1, or a
// complaint with a place.

#include "base/alloc.h"

#include <inbeeld/draws.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static void check_rate(const inb_rate *rate) {
    demand(rate->estimate >= 0 && rate->estimate <= 1);
    demand(rate->low >= 0 && rate->low <= rate->high && rate->high <= 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const lists[] = {"a", "b", "c"};
    INB_CLEANUP(inb_freep) char *copy = inb_alloc(size, 1);
    demand(copy != NULL);
    memcpy(copy, data, size);
    inb_link_rate rates[6];
    size_t count = 7;
    inb_error err = INB_ERROR_INIT;
    inb_status status = inb_link_rates_read_memory("f", copy, size, lists, 3, rates, &count, &err);
    if (status != INB_OK) {
        demand(count == 7 && strncmp(err.message, "f:", 2) == 0);
        return 0;
    }
    demand(count <= 6);
    for (size_t i = 0; i < count; i++) {
        demand(rates[i].from < 3 && rates[i].to < 3 && rates[i].from != rates[i].to);
        check_rate(&rates[i].alpha);
        check_rate(&rates[i].beta);
    }
    return 0;
}
