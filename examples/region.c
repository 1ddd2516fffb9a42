// SPDX-License-Identifier: EUPL-1.2
// Makes a generated region, adds up its truth, and holds an estimate from who is on which lists
// against it. Build: cc region.c -linb ...; run: ./region

#include <inbeeld/count.h>
#include <inbeeld/world.h>

#include <stdio.h>

int main(void) {
    static inb_world_tally tally; // large, and there is one
    inb_error err = INB_ERROR_INIT;
    inb_world_options options = INB_WORLD_OPTIONS_INIT;
    inb_world *world = NULL;
    inb_arena *arena = NULL;
    inb_histories *histories = NULL;
    inb_estimate *estimate = NULL;
    inb_estimate_options how = INB_ESTIMATE_OPTIONS_INIT;
    inb_buffer csv = INB_BUFFER_INIT(1 << 20);
    options.people = 20000;
    inb_status status = inb_world_new(&options, &world, &err);
    if (status == INB_OK) {
        status = inb_arena_new(0, &arena, &err);
    }
    for (uint64_t i = 0; status == INB_OK && i < inb_world_blocks(world); i++) {
        inb_world_block block;
        inb_arena_reset(arena); // a block at a time: memory does not grow
        status = inb_world_make(world, i, arena, &block, &err);
        if (status == INB_OK) {
            inb_world_tally_add(&tally, &block);
        }
    }
    inb_world_tally_histories(&tally, &csv);
    if (status == INB_OK) {
        status = inb_histories_read_memory(
            "region", inb_buffer_get(&csv), csv.length, NULL, 0, &histories, &err);
    }
    if (status == INB_OK) {
        status = inb_estimate_run(histories, &how, &estimate, &err);
    }
    if (status != INB_OK) {
        fprintf(stderr, "%s\n", err.message);
    } else {
        printf("seen %lld, estimated %.0f, truly 20000\n", (long long)estimate->total.observed,
            estimate->total.estimate);
    }
    inb_estimate_free(estimate);
    inb_histories_free(histories);
    inb_buffer_clear(&csv);
    inb_arena_free(arena);
    inb_world_free(world);
    return inb_status_exit(status);
}
