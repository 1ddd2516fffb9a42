// SPDX-License-Identifier: EUPL-1.2
// The region as a whole: the same by seed, in any order and on any number of threads; every person
// once; options refused in words; memory that runs out; time and memory that grow as they should.

#include "world_help.h"

#include "inb_sweep.h"

#include <inbeeld/spread.h>

#include <stdio.h>

static void text_of_block(const inb_world *world, uint64_t at, inb_buffer *text) {
    inb_arena *arena = help_arena();
    inb_world_block block;
    INB_OK_IS(inb_world_make(world, at, arena, &block, err));
    for (size_t i = 0; i < block.people_count; i++) {
        const inb_world_person *p = &block.people[i];
        inb_buffer_format(text, "%llu %llu %d %d %d %s %d %s\n", (unsigned long long)p->number,
            (unsigned long long)p->situation, (int)p->form, p->female, p->years, p->tongue,
            p->lists, p->birth_date);
    }
    for (size_t i = 0; i < block.record_count; i++) {
        inb_world_record_csv(&block.records[i], text);
    }
    for (size_t i = 0; i < block.signal_count; i++) {
        inb_world_signal_json(&block.signals[i].signal, text);
    }
    INB_OK_IS(inb_buffer_check(text, err));
    inb_arena_free(arena);
}

enum { BLOCKS = 24 };
struct work {
    const inb_world *world;
    inb_buffer texts[BLOCKS];
};

static inb_status make_piece(void *context, size_t worker, size_t piece, inb_error *err) {
    struct work *work = context;
    (void)worker;
    (void)err;
    text_of_block(work->world, piece, &work->texts[piece]);
    return INB_OK;
}

INB_TEST(the_same_in_any_order_and_on_any_thread) {
    inb_world_options options = help_options(BLOCKS * INB_WORLD_BLOCK - 5, 42);
    inb_world *world = help_world(&options);
    ck_assert_uint_eq(inb_world_blocks(world), BLOCKS);
    static struct work works[3];
    static const size_t threads[3] = {1, 2, 7};
    for (size_t t = 0; t < 3; t++) {
        works[t].world = world;
        for (size_t i = 0; i < BLOCKS; i++) {
            works[t].texts[i] = (inb_buffer)INB_BUFFER_INIT((size_t)1 << 24);
        }
        inb_spread spread = inb_spread_threads(threads[t]);
        INB_OK_IS(spread.run(&spread, BLOCKS, make_piece, &works[t], err));
    }
    for (size_t i = BLOCKS; i-- > 0;) { // backwards, in a region made anew
        inb_world *again = help_world(&options);
        inb_buffer text = INB_BUFFER_INIT((size_t)1 << 24);
        text_of_block(again, i, &text);
        for (size_t t = 0; t < 3; t++) {
            ck_assert_str_eq(inb_buffer_get(&text), inb_buffer_get(&works[t].texts[i]));
        }
        inb_buffer_clear(&text);
        inb_world_free(again);
    }
    options.seed++;
    inb_world *other = help_world(&options);
    inb_buffer text = INB_BUFFER_INIT((size_t)1 << 24);
    text_of_block(other, 0, &text);
    ck_assert_str_ne(inb_buffer_get(&text), inb_buffer_get(&works[0].texts[0]));
    inb_buffer_clear(&text);
    inb_world_free(other);
    inb_world_free(world);
    for (size_t t = 0; t < 3; t++) {
        for (size_t i = 0; i < BLOCKS; i++) {
            inb_buffer_clear(&works[t].texts[i]);
        }
    }
}
INB_END

// A larger region begins with the same people as a smaller one in all but the agencies' number.
static void look_at_numbers(const inb_world_block *block, void *payload) {
    uint64_t *next = payload;
    uint64_t situation = 0;
    for (size_t i = 0; i < block->people_count; i++) {
        const inb_world_person *person = &block->people[i];
        ck_assert_uint_eq(person->number, ++*next);
        INB_HOLDS(person->situation >= situation && person->situation <= person->number,
            "situation out of order");
        situation = person->situation;
        INB_HOLDS(person->years >= 0 && person->years < 80, "age");
        INB_HOLDS(!person->unaccompanied || person->years < 18, "unaccompanied adult");
    }
}

INB_TEST(everybody_once) {
    static const uint64_t sizes[] = {1, 63, 64, 65, 1000};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        inb_world_options options = help_options(sizes[i], 8);
        uint64_t last = 0;
        help_each(&options, look_at_numbers, &last);
        ck_assert_uint_eq(last, sizes[i]);
    }
}
INB_END

INB_TEST(options_out_of_range) {
    inb_world *world = NULL;
    inb_world_options good = INB_WORLD_OPTIONS_INIT;
    inb_world_options bad = good;
    bad.people = 0;
    INB_FAILS(inb_world_new(&bad, &world, err), INB_USAGE, "people");
    bad = good;
    bad.people = (uint64_t)INB_WORLD_PEOPLE_MOST + 1;
    INB_FAILS(inb_world_new(&bad, &world, err), INB_USAGE, "people");
    bad = good;
    bad.days = 0;
    INB_FAILS(inb_world_new(&bad, &world, err), INB_USAGE, "days");
    bad = good;
    bad.from = (inb_date){2025, 1, 0};
    INB_FAILS(inb_world_new(&bad, &world, err), INB_USAGE, "from");
#define REFUSED(member, name)                                                                      \
    bad = good;                                                                                    \
    bad.member = 1.5;                                                                              \
    INB_FAILS(inb_world_new(&bad, &world, err), INB_USAGE, name);                                  \
    bad.member = NAN;                                                                              \
    INB_FAILS(inb_world_new(&bad, &world, err), INB_USAGE, name)
    REFUSED(referral, "referral");
    REFUSED(reach, "reach");
    REFUSED(split, "split");
    REFUSED(faults.typing, "typing");
    REFUSED(faults.missing, "missing");
    REFUSED(faults.heaped, "heaped");
    REFUSED(faults.respelt, "respelt");
    REFUSED(faults.script, "script");
    REFUSED(faults.swapped, "swapped");
    REFUSED(faults.moved, "moved");
    ck_assert_ptr_null(world);
    inb_world_free(NULL);
    world = help_world(&good);
    inb_arena *arena = help_arena();
    inb_world_block block;
    INB_FAILS(inb_world_make(world, inb_world_blocks(world), arena, &block, err), INB_RANGE,
        "beyond the last");
    inb_arena_free(arena);
    inb_world_free(world);
}
INB_END

static inb_status new_and_block(inb_error *err) {
    inb_world_options options = help_options(100, 1);
    INB_CLEANUP(inb_world_freep) inb_world *world = NULL;
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_TRY(inb_world_new(&options, &world, err));
    INB_TRY(inb_arena_new(0, &arena, err));
    inb_world_block block;
    INB_TRY(inb_world_make(world, 0, arena, &block, err));
    return inb_world_make(world, 1, arena, &block, err);
}

INB_TEST(memory_refused) {
    INB_SWEEP(new_and_block(err));
}
INB_END

// Also where the arena may not grow: a block fails whole.
INB_TEST(an_arena_too_small) {
    inb_world_options options = help_options(64, 1);
    inb_world *world = help_world(&options);
    size_t refused = 0;
    for (size_t most = 1024; refused < 1000; most += most / 4) {
        inb_arena *arena = NULL;
        INB_OK_IS(inb_arena_new(most, &arena, err));
        inb_world_block block;
        inb_error error = INB_ERROR_INIT;
        inb_status status = inb_world_make(world, 0, arena, &block, &error);
        inb_arena_free(arena);
        if (status == INB_OK) {
            break;
        }
        ck_assert_int_eq(status, INB_NO_MEMORY);
        refused++;
    }
    ck_assert_uint_ge(refused, 10);
    inb_world_free(world);
}
INB_END

// Memory: what one block needs does not depend on where it stands nor on how many there are.
INB_TEST(memory_does_not_grow) {
    size_t most[2] = {0, 0};
    static const uint64_t people[2] = {20000, 500000000};
    for (size_t i = 0; i < 2; i++) {
        inb_world_options options = help_options(people[i], 4);
        inb_world *world = help_world(&options);
        inb_arena *arena = help_arena();
        uint64_t blocks = inb_world_blocks(world);
        for (uint64_t k = 0; k < 300; k++) {
            inb_world_block block;
            inb_arena_reset(arena);
            INB_OK_IS(inb_world_make(world, blocks / 300 * k, arena, &block, err));
            size_t used = inb_arena_used(arena);
            most[i] = used > most[i] ? used : most[i];
        }
        inb_arena_free(arena);
        inb_world_free(world);
    }
    ck_assert_msg(most[0] < 1 << 20 && most[1] < 1 << 20, "%zu and %zu bytes", most[0], most[1]);
}
INB_END

INB_TEST_MAIN("world/world", the_same_in_any_order_and_on_any_thread, everybody_once,
    options_out_of_range, memory_refused, an_arena_too_small, memory_does_not_grow)
