// SPDX-License-Identifier: EUPL-1.2
// The region as a whole: options, chance, and one block put together. A block is a stretch of an
// endless row of situations, cut anywhere: it begins in the middle of one (an equilibrium renewal
// process), so that every place in it has the same shares, whatever the sizes of situations.

#include "world_i.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

inb_rng inb_world_rng(const inb_world *world, enum inb_stream kind, uint64_t number) {
    return inb_rng_make(world->options.seed, (uint64_t)kind << 56 | number);
}

bool inb_chance(inb_rng *rng, double p) {
    return inb_rng_uniform(rng) < p;
}

size_t inb_draw(inb_rng *rng, const double *shares, size_t count) {
    double u = inb_rng_uniform(rng);
    for (size_t i = 0; i + 1 < count; i++) {
        u -= shares[i];
        if (u < 0) {
            return i;
        }
    }
    return count - 1;
}

static inb_status check_share(double value, const char *name, inb_error *err) {
    if (!(value >= 0 && value <= 1)) { // NaN too
        return inb_fail(
            err, INB_USAGE, "found '%s' out of range, expected a number from 0 to 1", name);
    }
    return INB_OK;
}

static inb_status check(const inb_world_options *options, inb_error *err) {
    if (options->people < 1 || options->people > INB_WORLD_PEOPLE_MOST) {
        return inb_fail(err, INB_USAGE, "found 'people' out of range, expected 1 to %d",
            (int)INB_WORLD_PEOPLE_MOST);
    }
    if (options->days < 1 || options->days > 36500) {
        return inb_fail(err, INB_USAGE, "found 'days' out of range, expected 1 to 36500");
    }
    if (options->from.day == 0 || options->from.year < 1900 || options->from.year > 2200) {
        return inb_fail(
            err, INB_USAGE, "found 'from' out of range, expected a day from 1900 to 2200");
    }
    const inb_world_faults *faults = &options->faults;
    INB_TRY(check_share(options->referral, "referral", err));
    INB_TRY(check_share(options->reach, "reach", err));
    INB_TRY(check_share(options->split, "split", err));
    INB_TRY(check_share(faults->typing, "typing", err));
    INB_TRY(check_share(faults->missing, "missing", err));
    INB_TRY(check_share(faults->heaped, "heaped", err));
    INB_TRY(check_share(faults->respelt, "respelt", err));
    INB_TRY(check_share(faults->script, "script", err));
    INB_TRY(check_share(faults->swapped, "swapped", err));
    return check_share(faults->moved, "moved", err);
}

inb_status inb_world_new(const inb_world_options *options, inb_world **ret_world, inb_error *err) {
    INB_TRY(check(options, err));
    INB_CLEANUP(inb_world_freep) inb_world *world = inb_alloc(1, sizeof *world);
    if (world == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for a region");
    }
    world->options = *options;
    world->chains = 1 + options->people / 100;
    inb_sizes_make(&world->sizes);
    INB_TRY(inb_coverage_make(options->referral, options->reach, &world->coverage, err));
    *ret_world = INB_TAKE(world);
    return INB_OK;
}

void inb_world_free(inb_world *world) {
    inb_free(world);
}

void inb_world_freep(inb_world **world) {
    inb_world_free(*world);
}

uint64_t inb_world_blocks(const inb_world *world) {
    return (world->options.people + INB_WORLD_BLOCK - 1) / INB_WORLD_BLOCK;
}

double inb_world_expected(const inb_world *world, inb_world_list list) {
    return world->coverage.expected[list];
}

double inb_world_expected_registered(const inb_world *world) {
    return world->coverage.registered;
}

const char *inb_world_list_name(inb_world_list list) {
    static const char *const names[INB_WORLD_LIST_COUNT] = {
#define X(name, text) text,
        INB_WORLD_LISTS(X)
#undef X
    };
    return names[list];
}

// ---- a block ----

const char *inb_making_text(inb_making *making, const char *text) {
    if (text[0] == '\0') {
        return NULL;
    }
    const char *copy = inb_arena_text(making->arena, text, strlen(text));
    making->out_of_memory = making->out_of_memory || copy == NULL;
    return copy;
}

void *inb_making_get(inb_making *making, size_t count, size_t size) {
    void *memory = inb_arena_get(making->arena, count, size);
    making->out_of_memory = making->out_of_memory || memory == NULL;
    return memory;
}

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for a block of the region");
}

inb_status inb_world_make(const inb_world *world, uint64_t block, inb_arena *arena,
    inb_world_block *ret_block, inb_error *err) {
    if (block >= inb_world_blocks(world)) {
        return inb_fail(err, INB_RANGE, "found a block beyond the last, expected one below");
    }
    inb_making *making = inb_arena_get(arena, 1, sizeof *making);
    if (making == NULL) {
        return no_memory(err);
    }
    making->world = world;
    making->arena = arena;
    inb_people_make(making, block);
    size_t count = 0;
    for (size_t i = 0; i < making->people_count; i++) {
        count += (size_t)__builtin_popcount(making->people[i].lists);
    }
    inb_world_record *records = inb_making_get(making, count, sizeof *records);
    if (making->out_of_memory) {
        return no_memory(err);
    }
    size_t made = 0;
    for (size_t i = 0; i < making->people_count; i++) {
        for (int list = 0; list < INB_WORLD_LIST_COUNT; list++) {
            if ((making->people[i].lists >> list & 1) != 0) {
                inb_record_make(making, i, (inb_world_list)list, &records[made++]);
            }
        }
    }
    const inb_world_signal *signals = NULL;
    size_t signal_count = 0;
    inb_signals_make(making, &signals, &signal_count);
    if (making->out_of_memory) {
        return no_memory(err);
    }
    *ret_block = (inb_world_block){.people = making->people,
        .people_count = making->people_count,
        .records = records,
        .record_count = count,
        .signals = signals,
        .signal_count = signal_count};
    return INB_OK;
}
