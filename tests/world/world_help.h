// SPDX-License-Identifier: EUPL-1.2
// A region for tests, block by block, and the Monte Carlo error of a share from the spread between
// blocks, which are independent and alike.
#ifndef INB_WORLD_HELP_H
#define INB_WORLD_HELP_H

#include <inbeeld/world.h>

#include "inb_test.h"

#include <stdio.h>
#include <string.h>

static inline inb_world *help_world(const inb_world_options *options) {
    inb_world *world = NULL;
    INB_OK_IS(inb_world_new(options, &world, err));
    return world;
}

static inline inb_world_options help_options(uint64_t people, uint64_t seed) {
    inb_world_options options = INB_WORLD_OPTIONS_INIT;
    options.people = people;
    options.seed = seed;
    return options;
}

static inline inb_arena *help_arena(void) {
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    return arena;
}

// Calls `look` on every block.
static inline void help_each(const inb_world_options *options,
    void (*look)(const inb_world_block *block, void *payload), void *payload) {
    inb_world *world = help_world(options);
    inb_arena *arena = help_arena();
    for (uint64_t i = 0; i < inb_world_blocks(world); i++) {
        inb_world_block block;
        inb_arena_reset(arena);
        INB_OK_IS(inb_world_make(world, i, arena, &block, err));
        look(&block, payload);
    }
    inb_arena_free(arena);
    inb_world_free(world);
}

// Ratio of two totals over blocks (a / b), with its error (linearised).
struct help_ratio {
    double a, b, aa, ab, bb;
    double blocks;
};

static inline void help_add(struct help_ratio *ratio, double a, double b) {
    ratio->a += a;
    ratio->b += b;
    ratio->aa += a * a;
    ratio->ab += a * b;
    ratio->bb += b * b;
    ratio->blocks++;
}

static inline double help_value(const struct help_ratio *ratio) {
    return ratio->a / ratio->b;
}

static inline double help_error(const struct help_ratio *ratio) {
    double r = help_value(ratio);
    double squares = ratio->aa - 2 * r * ratio->ab + r * r * ratio->bb;
    return sqrt(squares) / ratio->b;
}

// Within four Monte Carlo errors: one check in 16,000 fails by chance, and seeds are fixed.
#define HELP_WITHIN_ERROR(ratio, expected)                                                         \
    do {                                                                                           \
        double help_v_ = help_value(ratio), help_e_ = help_error(ratio), help_x_ = (expected);     \
        ck_assert_msg(fabs(help_v_ - help_x_) <= 4 * help_e_,                                      \
            "%s = %.5f, expected %.5f, error %.5f", #ratio, help_v_, help_x_, help_e_);            \
    } while (0)

#endif
