// SPDX-License-Identifier: EUPL-1.2
// Counts a store as a picture. Names are opened only with the team's key, to link persons; nothing
// is read before the row of the log is written.

#include "cli/pictured.h"

#include <inbeeld/link_draws.h>
#include <inbeeld/retention.h>

#include "base/alloc.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { MOST_THREADS = 1024 };

void inb_pictured_clear(inb_pictured *pictured) {
    inb_free(pictured->overview);
    inb_overview_draws_clear(&pictured->draws);
    inb_truth_free(pictured->truth);
    inb_store_free(pictured->store);
    inb_store_free(pictured->reader);
    inb_keyring_free(pictured->ring);
    inb_keys_free(pictured->keys);
}

// 0 draws: none.
inb_status inb_pictured_links(
    const inb_arguments *arguments, inb_picture_links *ret_links, inb_error *err) {
    int64_t draws;
    int64_t seed;
    int64_t threads;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    cores = cores < 1 ? 1 : cores > MOST_THREADS ? MOST_THREADS : cores;
    INB_TRY(inb_value_int(arguments, "draws", 0, INB_LINK_DRAWS_MOST, 50, &draws, err));
    INB_TRY(inb_value_int(arguments, "seed", 0, INT64_MAX, 1, &seed, err));
    INB_TRY(inb_value_int(arguments, "threads", 1, MOST_THREADS, cores, &threads, err));
    if (draws == 1) {
        return inb_fail(err, INB_USAGE, "option '--draws': found 1, expected 0, or 2 and more");
    }
    *ret_links = (inb_picture_links){(size_t)draws, (uint64_t)seed, (size_t)threads};
    return INB_OK;
}

inb_status inb_pictured_method(const inb_arguments *arguments, const inb_picture_links *links,
    inb_estimate_options *ret_options, inb_error *err) {
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    const char *method = inb_value(arguments, "method", "stepwise");
    if (!inb_count_method_named(method, &options.method) || options.method == INB_COUNT_MODEL) {
        return inb_fail(err, INB_USAGE,
            "option '--method': found '%.40s', expected one of inbeeld "
            "estimate --help",
            method);
    }
    options.seed = links->seed;
    options.threads = links->threads;
    *ret_options = options;
    return INB_OK;
}

static inb_status write_log(inb_store *store, const char *action, inb_error *err) {
    char actor[32];
    (void)snprintf(actor, sizeof actor, "uid-%u", (unsigned)getuid());
    const inb_work row = {.kind = INB_WORK_LOG,
        .log = {.at = time(NULL),
            .actor = actor,
            .action = action,
            .object = "",
            .result = "done",
            .purpose = ""}};
    return inb_store_write(store, &row, NULL, err);
}

inb_status inb_pictured_store(const inb_arguments *arguments, const inb_catalogue *catalogue,
    const char *action, inb_pictured *pictured, inb_error *err) {
    const char *where;
    const char *key = inb_value(arguments, "key", NULL);
    const char *truth = inb_value(arguments, "truth", NULL);
    const inb_store_options store = {.hash = inb_hash};
    inb_estimate_options options;
    INB_TRY(inb_pictured_links(arguments, &pictured->links, err));
    INB_TRY(inb_pictured_method(arguments, &pictured->links, &options, err));
    if (truth != NULL) {
        INB_TRY(inb_truth_read(truth, &pictured->truth, err));
    }
    INB_TRY(inb_store_place(arguments, &where, err));
    INB_TRY(inb_store_open(where, &store, &pictured->store, err));
    if (key != NULL) {
        INB_TRY(inb_keys_open(key, &pictured->keys, err));
        INB_TRY(inb_keyring_of_store(pictured->store, key, pictured->keys, &pictured->ring, err));
        INB_TRY(inb_store_open(where, &store, &pictured->reader, err));
    }
    INB_TRY(write_log(pictured->store, action, err)); // no row, no picture
    pictured->overview = inb_alloc(1, sizeof *pictured->overview);
    if (pictured->overview == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the picture");
    }
    INB_TRY(inb_picture_count(pictured->store, catalogue, pictured->keys, pictured->ring,
        pictured->reader, &pictured->links, pictured->overview, &pictured->draws, err));
    return inb_overview_hidden(
        pictured->overview, &pictured->draws, &options, &pictured->estimates, err);
}
