// SPDX-License-Identifier: EUPL-1.2
// The generated region: people a second on one core, at ten thousand and at a million people, and
// the memory of a block. Fails where a block costs more in the larger region (it is linear, in
// constant memory) or where the rate falls below the goal.

#include <inbeeld/world.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { GOAL = 50000, BLOCKS = 3000, MOST_BLOCK = 1 << 20 };

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time); // others may use the core too
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

// People a second over BLOCKS blocks spread over the region, 0 where it fails.
static double rate(uint64_t people, size_t *most, inb_error *err) {
    inb_world_options options = INB_WORLD_OPTIONS_INIT;
    inb_world *world = NULL;
    inb_arena *arena = NULL;
    options.people = people;
    inb_status status = inb_world_new(&options, &world, err);
    if (status == INB_OK) {
        status = inb_arena_new(0, &arena, err);
    }
    double start = now();
    uint64_t made = 0;
    for (uint64_t i = 0; i < BLOCKS && status == INB_OK; i++) {
        inb_world_block block;
        inb_arena_reset(arena);
        status = inb_world_make(world, i * inb_world_blocks(world) / BLOCKS, arena, &block, err);
        if (status == INB_OK) {
            made += block.people_count;
            *most = inb_arena_used(arena) > *most ? inb_arena_used(arena) : *most;
        }
    }
    double seconds = now() - start;
    inb_arena_free(arena);
    inb_world_free(world);
    return status == INB_OK ? (double)made / seconds : 0;
}

int main(void) {
    inb_error err = INB_ERROR_INIT;
    static const uint64_t sizes[] = {10000, 1000000, 100000000};
    double slowest = 0;
    double fastest = 0;
    size_t most = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        double found = rate(sizes[i], &most, &err);
        if (found <= 0) {
            fprintf(stderr, "bench_world: %s\n", err.message);
            return EXIT_FAILURE;
        }
        printf("region of %llu: %.0f people/s\n", (unsigned long long)sizes[i], found);
        slowest = i == 0 || found < slowest ? found : slowest;
        fastest = found > fastest ? found : fastest;
    }
    printf("largest block: %zu bytes; goal: %d people/s, %d bytes\n", most, GOAL, MOST_BLOCK);
    bool linear = fastest < 1.5 * slowest;
    return slowest >= GOAL && linear && most < MOST_BLOCK ? EXIT_SUCCESS : EXIT_FAILURE;
}
