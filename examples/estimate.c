// SPDX-License-Identifier: EUPL-1.2
// Reads capture histories and says how many people are on none of the lists.
// Build: cc example.c -linb …; run: ./estimate HISTORIES.csv

#include <inbeeld/count.h>

#include <stdio.h>

int main(int argc, char **argv) {
    inb_error err = INB_ERROR_INIT;
    inb_histories *histories = NULL;
    inb_estimate *estimate = NULL;
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT; // stepwise, 95 %
    if (argc != 2) {
        fprintf(stderr, "usage: estimate HISTORIES.csv\n");
        return 2;
    }
    inb_status status = inb_histories_read(argv[1], NULL, 0, &histories, &err);
    if (status == INB_OK) {
        status = inb_estimate_run(histories, &options, &estimate, &err);
    }
    if (status != INB_OK) {
        fprintf(stderr, "%s\n", err.message);
    } else if (!estimate->total.has_estimate) {
        printf("no estimate: %s\n", estimate->headline.reason);
    } else {
        printf("seen %lld, in all %.0f (%.0f to %.0f)\n", (long long)estimate->total.observed,
            estimate->total.estimate, estimate->total.interval.low, estimate->total.interval.high);
    }
    inb_estimate_free(estimate);
    inb_histories_free(histories);
    return inb_status_exit(status);
}
