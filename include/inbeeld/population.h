// SPDX-License-Identifier: EUPL-1.2
// SDG indicator 16.2.2, victims of human trafficking per 100,000 population by sex, age and form of
// exploitation (UN Statistics Division, metadata 16.2.2), with denominators that the user supplies.
#ifndef INBEELD_POPULATION_H
#define INBEELD_POPULATION_H

#include <inbeeld/count.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct inb_rates {
    bool given;        // false: a value that the file splits by is missing, so no denominator
    double population; // people
    double seen;       // per 100,000, those observed
    bool has_estimate;
    double estimate; // per 100,000
    bool has_interval;
    double low;
    double high;
} inb_rates;

typedef struct inb_population {
    inb_arena *arena; // owns everything below
    size_t group_count;
    inb_rates *groups; // [group_count], in the order of the estimate's groups
    inb_rates total;
    size_t used_count; // group columns that the file splits by; groups that differ in others share
    const char **used; //   a denominator
} inb_population;

// Reads FILE.csv: a column `population` with people, and columns of groups named as in the
// estimate, whose rows are looked up; columns that the estimate does not split by are summed over.
// A group without a row, a row twice, a bad number, nobody, and fewer people than were seen:
// INB_BAD_INPUT with file:line:column.
inb_status inb_population_read(const char *path, const inb_estimate *estimate,
    inb_population **ret_population, inb_error *err) INB_NODISCARD;

// The same over bytes in memory; `name` is used in complaints.
inb_status inb_population_read_memory(const char *name, const char *data, size_t length,
    const inb_estimate *estimate, inb_population **ret_population, inb_error *err) INB_NODISCARD;

// {"indicator":"SDG 16.2.2","per":100000,"population":…,"seen":…,"estimate":…,"low":…,"high":…,
// "groups":[{"group":{…},…},…]}.
void inb_population_json(
    const inb_population *population, const inb_estimate *estimate, inb_buffer *out);

// The same in English.
void inb_population_text(
    const inb_population *population, const inb_estimate *estimate, inb_buffer *out);

// Accept NULL.
void inb_population_free(inb_population *population);
void inb_population_freep(inb_population **population);

#ifdef __cplusplus
}
#endif
#endif
