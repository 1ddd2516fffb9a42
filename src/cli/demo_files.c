// SPDX-License-Identifier: EUPL-1.2
// Writes a generated region: lists, histories, truth, signals, and a store that holds the signals
// sealed under a new key. Each file is a stream; the store takes its signals in groups.

#include "cli/demo_files.h"

#include <inbeeld/road.h>
#include <inbeeld/seal.h>
#include <inbeeld/store.h>
#include <inbeeld/store_hits.h>

#include "base/alloc.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

enum { SIGNALS = INB_WORLD_LIST_COUNT, CLUSTERS, TRUE_SIGNALS, STREAMS, GROUP = 2000 };
// Signals of each organisation that are compared: a whole year is kept on one day, the rest waits.
enum { QUOTA = 300 };

static const char *const stream_names[STREAMS] = {
#define X(name, text) "lists/" text ".csv",
    INB_WORLD_LISTS(X)
#undef X
        [SIGNALS] = "signals.json",
    [CLUSTERS] = "true_clusters.csv", [TRUE_SIGNALS] = "true_signals.csv"};

struct demo {
    FILE *files[STREAMS];
    inb_buffer text[STREAMS]; // of the block that is written
    inb_arena *arena;
    inb_catalogue *catalogue;
    inb_road *road;
    int64_t now;
    size_t in_group;
    inb_demo_sums sums;
};

static void free_demo(struct demo **pointer) {
    struct demo *demo = *pointer;
    if (demo == NULL) {
        return;
    }
    for (size_t i = 0; i < STREAMS; i++) {
        if (demo->files[i] != NULL) {
            (void)fclose(demo->files[i]); // it failed already
        }
        inb_buffer_clear(&demo->text[i]);
    }
    inb_road_free(demo->road);
    inb_catalogue_free(demo->catalogue);
    inb_arena_free(demo->arena);
    inb_free(demo);
}

// ---- opening ----

static inb_status put_contacts(inb_store *store, int64_t now, inb_error *err) {
    static const char *const names[] = {
#define X(name, text) text,
        INB_WORLD_LISTS(X)
#undef X
    };
    for (size_t i = 0; i < INB_WORLD_LIST_COUNT; i++) {
        char address[64];
        (void)snprintf(address, sizeof address, "%s@region.example", names[i]);
        const inb_contact contact = {address, QUOTA};
        INB_TRY(inb_store_contact_set(store, names[i], &contact, now, err));
    }
    const inb_log_entry entry = {now, "demo", "contacts", "", "done", "generated region"};
    return inb_store_note(store, &entry, err);
}

// Whom to ask where a signal meets one of another organisation, before there is any.
static inb_status open_contacts(const char *where, int64_t now, inb_error *err) {
    INB_CLEANUP(inb_store_freep) inb_store *store = NULL;
    const inb_store_options options = {.hash = inb_hash};
    INB_TRY(inb_store_open(where, &options, &store, err));
    INB_TRY(inb_store_begin(store, err));
    INB_TRY(put_contacts(store, now, err)); // a failed demo leaves no store
    return inb_store_commit(store, err);
}

static inb_status open_road(
    struct demo *demo, const inb_folder *folder, const char *key, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer store = INB_BUFFER_INIT(8192);
    inb_buffer_format(&store, "sqlite:%s/inbeeld.db", inb_buffer_get(&folder->part));
    INB_TRY(inb_buffer_check(&store, err));
    INB_TRY(inb_catalogue_load(NULL, &demo->catalogue, err));
    inb_road_options options = {.store = inb_buffer_get(&store),
        .key = key,
        .catalogue = demo->catalogue,
        .counted_from = inb_road_day(time(NULL)), // its signals are of an earlier year
        .create = true};
    INB_TRY(inb_road_open(&options, &demo->road, err));
    INB_TRY(open_contacts(options.store, demo->now, err));
    return inb_road_begin(demo->road, err);
}

static inb_status open_all(
    struct demo *demo, const inb_folder *folder, const char *key, inb_error *err) {
    INB_TRY(inb_arena_new(0, &demo->arena, err));
    INB_TRY(inb_folder_sub(folder, "lists", err));
    for (size_t i = 0; i < STREAMS; i++) {
        demo->text[i] = (inb_buffer)INB_BUFFER_INIT((size_t)1 << 28);
        INB_TRY(inb_folder_open(folder, stream_names[i], &demo->files[i], err));
        if (i < INB_WORLD_LIST_COUNT) {
            inb_world_record_header(&demo->text[i]);
        }
    }
    inb_buffer_text(&demo->text[CLUSTERS], "cluster,source,id\n");
    inb_buffer_text(
        &demo->text[TRUE_SIGNALS], "organisation,signal,ref,person,situation,agency,fragment\n");
    return open_road(demo, folder, key, err);
}

// ---- a block ----

static inb_status keep(struct demo *demo, const inb_signal *signal, inb_error *err) {
    inb_road_actor actor = {.name = "demo",
        .organisation = signal->organisation,
        .purpose = "generated region",
        .now = demo->now};
    INB_TRY(inb_road_keep_one(demo->road, &actor, signal, NULL, err));
    demo->in_group++;
    if (demo->in_group == GROUP) {
        demo->in_group = 0;
        INB_TRY(inb_road_commit(demo->road, err));
        return inb_road_begin(demo->road, err);
    }
    return INB_OK;
}

static void tell_truth(inb_buffer *csv, const inb_world_signal *told) {
    for (size_t i = 0; i < told->signal.person_count; i++) {
        inb_buffer_format(csv, "%s,%s,%s,", told->signal.organisation, told->signal.id,
            told->signal.persons[i].ref);
        if (told->persons[i] != 0) {
            inb_buffer_format(csv, "%" PRIu64, told->persons[i]);
        }
        inb_buffer_format(csv, ",%" PRIu64 ",", told->situation);
        if (told->chain != 0) {
            inb_buffer_format(csv, "%" PRIu64, told->chain);
        }
        inb_buffer_text(csv, told->fragment ? ",1\n" : ",0\n");
    }
}

static inb_status take_block(struct demo *demo, const inb_world_block *block, inb_error *err) {
    inb_world_tally_add(&demo->sums.tally, block);
    for (size_t i = 0; i < block->people_count; i++) {
        demo->sums.people++;
        demo->sums.unseen += block->people[i].lists == 0;
    }
    for (size_t i = 0; i < block->record_count; i++) {
        const inb_world_record *record = &block->records[i];
        demo->sums.records[record->list]++;
        inb_world_record_csv(record, &demo->text[record->list]);
        inb_buffer_format(&demo->text[CLUSTERS], "%" PRIu64 ",%s,%s\n", record->person,
            inb_world_list_name(record->list), record->id);
    }
    for (size_t i = 0; i < block->signal_count; i++) {
        const inb_world_signal *told = &block->signals[i];
        inb_buffer *json = &demo->text[SIGNALS];
        inb_buffer_text(json, demo->sums.signals++ == 0 ? "[\n" : ",\n");
        inb_world_signal_json(&told->signal, json);
        demo->sums.fragments += told->fragment;
        tell_truth(&demo->text[TRUE_SIGNALS], told);
        INB_TRY(keep(demo, &told->signal, err));
    }
    for (size_t i = 0; i < STREAMS; i++) {
        INB_TRY(inb_folder_write(demo->files[i], stream_names[i], &demo->text[i], err));
    }
    return INB_OK;
}

// ---- the rest ----

static inb_status whole_file(
    const inb_folder *folder, const char *name, inb_buffer *text, inb_error *err) {
    FILE *file;
    INB_TRY(inb_folder_open(folder, name, &file, err));
    inb_status status = inb_folder_write(file, name, text, err);
    if (status != INB_OK) {
        (void)fclose(file); // it failed already
        return status;
    }
    return inb_folder_close(&file, name, err);
}

static void read_me(const inb_world_options *options, inb_buffer *text) {
    inb_buffer_format(text,
        "A generated region of %" PRIu64 " people in situations of exploitation, seed %" PRIu64
        ".\nNobody in it exists; no name, number or address is anybody's.\n\n"
        "inbeeld.db         the signals, sealed; its key lies apart, beside this folder\n"
        "signals.json       the same signals, for `inbeeld import`\n"
        "lists/*.csv        what each organisation has on its list, for `inbeeld link`\n"
        "histories.csv      who is truly on which lists, for `inbeeld estimate`\n"
        "truth.csv          how many there truly are, by group\n"
        "true_clusters.csv  which rows of lists are one person\n"
        "true_signals.csv   who and what each signal is truly about\n\n"
        "What the region assumes, and what it therefore cannot show: docs/methods/world.md.\n",
        options->people, options->seed);
}

static inb_status finish(
    struct demo *demo, const inb_world_options *options, const inb_folder *folder, inb_error *err) {
    INB_TRY(inb_road_commit(demo->road, err));
    inb_buffer_text(&demo->text[SIGNALS], demo->sums.signals == 0 ? "[]\n" : "\n]\n");
    INB_TRY(
        inb_folder_write(demo->files[SIGNALS], stream_names[SIGNALS], &demo->text[SIGNALS], err));
    for (size_t i = 0; i < STREAMS; i++) {
        INB_TRY(inb_folder_close(&demo->files[i], stream_names[i], err));
    }
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT((size_t)1 << 20);
    inb_world_tally_histories(&demo->sums.tally, &text);
    INB_TRY(whole_file(folder, "histories.csv", &text, err));
    inb_world_tally_truth(&demo->sums.tally, &text);
    INB_TRY(whole_file(folder, "truth.csv", &text, err));
    read_me(options, &text);
    return whole_file(folder, "README.txt", &text, err);
}

inb_status inb_demo_write(const inb_world *world, const inb_world_options *options,
    const inb_folder *folder, const char *key, int64_t now, const inb_progress *progress,
    inb_demo_sums *ret_sums, inb_error *err) {
    INB_CLEANUP(free_demo) struct demo *demo = inb_alloc(1, sizeof *demo);
    if (demo == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for a demo");
    }
    demo->now = now;
    INB_TRY(open_all(demo, folder, key, err));
    uint64_t blocks = inb_world_blocks(world);
    for (uint64_t i = 0; i < blocks; i++) {
        inb_world_block block;
        inb_arena_reset(demo->arena);
        INB_TRY(inb_world_make(world, i, demo->arena, &block, err));
        INB_TRY(take_block(demo, &block, err));
        inb_progress_tell(progress, "the region", (size_t)(i + 1), (size_t)blocks);
    }
    INB_TRY(finish(demo, options, folder, err));
    *ret_sums = demo->sums;
    return INB_OK;
}
