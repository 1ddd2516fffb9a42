// SPDX-License-Identifier: EUPL-1.2
// Findings a second on one core, without text: random facts from a fixed seed, few and many
// answers, all ages, reporters and situations. Fails where weighing asks for memory; the rate is
// only told.

#include <inbeeld/rng.h>
#include <inbeeld/weigh.h>

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { FACTS = 4096, GOAL = 500000 };

// Of every hundred indicators: how many yes, no and not known, for light to heavy cases.
static const uint32_t loads[][3] = {{0, 0, 0}, {1, 2, 0}, {3, 5, 2}, {6, 10, 5}, {15, 40, 10}};

static inb_facts make(const inb_catalogue *norm, inb_rng *rng) {
    inb_facts facts = {.reporter = (inb_reporter)inb_rng_below(rng, INB_REPORTER_COUNT)};
    facts.age = inb_age_of_years((int)inb_rng_below(rng, 70));
    if (inb_rng_below(rng, 8) == 0) {
        facts.age = (inb_age){INB_AGE_UNKNOWN, INB_YEARS_UNKNOWN};
    }
    facts.roles = inb_rng_below(rng, 4); // possible victim, suspect
    facts.situation = (inb_situation){.danger_now = inb_rng_below(rng, 20) == 0,
        .denies = inb_rng_below(rng, 4) == 0,
        .profits = (uint8_t)(inb_rng_below(rng, 4) == 0 ? inb_rng_below(rng, 16) : 0),
        .consent = (inb_consent)inb_rng_below(rng, INB_CONSENT_COUNT),
        .police = (inb_police_wish)inb_rng_below(rng, INB_POLICE_COUNT)};
    const uint32_t *load = loads[inb_rng_below(rng, sizeof loads / sizeof loads[0])];
    for (size_t row = 0; row < inb_catalogue_rows(norm); row++) {
        inb_kind kind = inb_catalogue_row(norm, row)->kind;
        uint32_t draw = inb_rng_below(rng, 100);
        if (kind == INB_CIRCUMSTANCE && draw < load[0]) {
            inb_set_add(&facts.circumstances, row);
        }
        if (kind == INB_INDICATOR && draw < load[0] + load[1] + load[2]) {
            inb_set *set = draw < load[0]             ? &facts.yes
                           : draw < load[0] + load[1] ? &facts.no
                                                      : &facts.unknown;
            inb_set_add(set, row);
        }
    }
    return facts;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time); // others may use the core too
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

int main(void) {
    inb_catalogue *norm;
    inb_error err = INB_ERROR_INIT;
    if (inb_catalogue_load(NULL, &norm, &err) != INB_OK) {
        fprintf(stderr, "bench_weigh: %s\n", err.message);
        return EXIT_FAILURE;
    }
    static inb_facts facts[FACTS];
    inb_rng rng = inb_rng_make(1, 0);
    for (size_t i = 0; i < FACTS; i++) {
        facts[i] = make(norm, &rng);
    }
    static inb_finding finding;
    inb_alloc_fail_from(0); // counts from here
    double best = 0;
    size_t weighed = 0;
    size_t sum = 0; // so that no finding is left out by the compiler
    for (int round = 0; round < 7; round++) {
        double start = now();
        size_t count = 0;
        while (now() - start < 0.4) {
            for (size_t i = 0; i < FACTS; i++) {
                inb_weigh(norm, &facts[i], &finding);
                sum += finding.form_count + finding.route_count + finding.ask_count;
            }
            count += FACTS;
        }
        double rate = (double)count / (now() - start);
        best = rate > best ? rate : best;
        weighed += count;
    }
    size_t asked = inb_alloc_count();
    printf("weigh: %.0f findings/s on one core (best of 7 rounds; goal %d), %zu weighed, checksum "
           "%zu, allocations %zu\n",
        best, (int)GOAL, weighed, sum, asked);
    inb_catalogue_free(norm);
    return asked == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
