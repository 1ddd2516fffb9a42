// SPDX-License-Identifier: EUPL-1.2
// inbeeld picture: who is seen by whom and how many are not, from the store. The count writes its
// row in the log before it reads. Names are opened only with the team's key, to link persons.

#include "cli/cli.h"

#include <inbeeld/retention.h>
#include <inbeeld/keys.h>
#include <inbeeld/link_draws.h>
#include <inbeeld/overview_page.h>
#include <inbeeld/store_picture.h>

#include "base/alloc.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MOST_PAGE = 64 * 1024 * 1024, BY_MOST = 3, MOST_THREADS = 1024 };

static const inb_option options[] = {
    {"by", "GROUP", "groups in the JSON: age, sex or form (default all)", true},
    {"key", "KEYFILE", "the team's key: persons are linked by name, and hidden numbers estimated",
        false},
    {"draws", "K", "with the key: draws of the links for the intervals (default 50; 0 = none)",
        false},
    {"method", "M", "as in inbeeld estimate (default stepwise)", false},
    {"lang", "nl|en", "language of the page (default nl)", false},
    {"out", "DIR", "folder to write picture.html in (default .)", false},
    {"truth", "FILE.csv", "truth.csv of inbeeld demo: shown beside the estimates", false},
    {"histories", "FILE.csv", "also write the capture histories, confidential", false},
    {NULL, NULL, NULL, false},
};

struct picture {
    inb_catalogue *catalogue;
    inb_store *store;
    inb_store *reader; // of sealed parts, with the key
    inb_keyring *ring;
    inb_keys *keys;
    inb_picture_links links;
    inb_overview *overview;
    inb_overview_draws draws;
    inb_overview_estimates estimates;
    inb_truth *truth;
    const char *by[BY_MOST];
    size_t by_count;
};

static void picture_clear(struct picture *picture) {
    inb_free(picture->overview);
    inb_overview_draws_clear(&picture->draws);
    inb_truth_free(picture->truth);
    inb_store_free(picture->store);
    inb_store_free(picture->reader);
    inb_keyring_free(picture->ring);
    inb_keys_free(picture->keys);
    inb_catalogue_free(picture->catalogue);
}

static inb_status take_by(const inb_arguments *arguments, struct picture *picture, inb_error *err) {
    for (size_t i = 0; i < arguments->given_count; i++) {
        const char *value = arguments->given[i].value;
        if (strcmp(arguments->given[i].option->name, "by") != 0) {
            continue;
        }
        bool known =
            strcmp(value, "age") == 0 || strcmp(value, "sex") == 0 || strcmp(value, "form") == 0;
        bool again = false;
        for (size_t j = 0; j < picture->by_count; j++) {
            again = again || strcmp(picture->by[j], value) == 0;
        }
        if (!known || again) {
            return inb_fail(err, INB_USAGE,
                "option '--by': found '%.40s'%s, expected age, sex or form", value,
                again ? " twice" : "");
        }
        picture->by[picture->by_count++] = value;
    }
    return INB_OK;
}

// 0 draws: none.
static inb_status take_links(
    const inb_arguments *arguments, inb_picture_links *links, inb_error *err) {
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
    *links = (inb_picture_links){(size_t)draws, (uint64_t)seed, (size_t)threads};
    return INB_OK;
}

static inb_status count(const inb_arguments *arguments, struct picture *picture, inb_error *err) {
    const char *where;
    INB_TRY(inb_store_place(arguments, &where, err));
    inb_store_options store = {.hash = inb_hash};
    const char *key = inb_value(arguments, "key", NULL);
    INB_TRY(inb_store_open(where, &store, &picture->store, err));
    if (key != NULL) {
        INB_TRY(inb_keys_open(key, &picture->keys, err));
        INB_TRY(inb_keyring_of_store(picture->store, key, picture->keys, &picture->ring, err));
        INB_TRY(inb_store_open(where, &store, &picture->reader, err));
    }
    char actor[32];
    (void)snprintf(actor, sizeof actor, "uid-%u", (unsigned)getuid());
    const inb_work row = {.kind = INB_WORK_LOG,
        .log = {.at = time(NULL),
            .actor = actor,
            .action = "picture",
            .object = "",
            .result = "done",
            .purpose = ""}};
    INB_TRY(inb_store_write(picture->store, &row, NULL, err)); // no row, no picture
    picture->overview = inb_alloc(1, sizeof *picture->overview);
    if (picture->overview == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the picture");
    }
    INB_TRY(inb_picture_count(picture->store, picture->catalogue, picture->keys, picture->ring,
        picture->reader, &picture->links, picture->overview, &picture->draws, err));
    inb_estimate_options settings = INB_ESTIMATE_OPTIONS_INIT;
    const char *method = inb_value(arguments, "method", "stepwise");
    if (!inb_count_method_named(method, &settings.method) || settings.method == INB_COUNT_MODEL) {
        return inb_fail(err, INB_USAGE,
            "option '--method': found '%.40s', expected one of inbeeld "
            "estimate --help",
            method);
    }
    settings.seed = picture->links.seed;
    settings.threads = picture->links.threads;
    return inb_overview_hidden(
        picture->overview, &picture->draws, &settings, &picture->estimates, err);
}

static inb_status write_histories(const struct picture *picture, const char *path, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(MOST_PAGE);
    inb_overview_histories(picture->overview, &text);
    INB_TRY(inb_buffer_check(&text, err));
    return inb_write_file(path, text.data, text.length, err);
}

static inb_status write_page(const inb_arguments *arguments, const inb_overview_report *report,
    inb_buffer *path, inb_error *err) {
    const char *folder = inb_value(arguments, "out", ".");
    INB_CLEANUP(inb_buffer_clear) inb_buffer page = INB_BUFFER_INIT(MOST_PAGE);
    INB_TRY(inb_overview_html(report, &page, err));
    if (mkdir(folder, 0755) != 0 && errno != EEXIST) {
        return inb_fail(err, INB_IO, "%s: cannot be made: %s", folder, strerror(errno));
    }
    inb_buffer_format(path, "%s/picture.html", folder);
    INB_TRY(inb_buffer_check(path, err));
    return inb_write_file(inb_buffer_get(path), page.data, page.length, err);
}

static inb_status run(const inb_arguments *arguments, inb_error *err) {
    INB_CLEANUP(picture_clear) struct picture picture = {.by_count = 0};
    if (arguments->operand_count > 0) {
        return inb_fail(err, INB_USAGE,
            "found a file, expected none: link lists with inbeeld link --histories, then estimate");
    }
    INB_TRY(take_by(arguments, &picture, err));
    INB_TRY(take_links(arguments, &picture.links, err));
    INB_TRY(inb_catalogue_load(NULL, &picture.catalogue, err));
    const char *language = inb_value(arguments, "lang", "nl");
    INB_TRY(inb_check_language(picture.catalogue, language, err));
    const char *truth = inb_value(arguments, "truth", NULL);
    if (truth != NULL) {
        INB_TRY(inb_truth_read(truth, &picture.truth, err));
    }
    INB_TRY(count(arguments, &picture, err));
    char date[11];
    inb_date_format(inb_road_day(time(NULL)), date);
    const inb_overview_report report = {.catalogue = picture.catalogue,
        .language = language,
        .date = date,
        .version = INB_VERSION,
        .overview = picture.overview,
        .estimates = &picture.estimates,
        .truth = picture.truth};
    const char *histories = inb_value(arguments, "histories", NULL);
    if (histories != NULL) {
        INB_TRY(write_histories(&picture, histories, err));
    }
    INB_CLEANUP(inb_buffer_clear) inb_buffer path = INB_BUFFER_INIT(8192);
    INB_CLEANUP(inb_buffer_clear) inb_buffer said = INB_BUFFER_INIT(MOST_PAGE);
    bool json = inb_given(arguments, "json");
    if (!json || inb_given(arguments, "out")) {
        INB_TRY(write_page(arguments, &report, &path, err));
    }
    if (json) {
        inb_overview_json(&report, picture.by, picture.by_count, &said);
    } else {
        inb_buffer_format(&said, "%s\n", inb_buffer_get(&path));
    }
    INB_TRY(inb_buffer_check(&said, err));
    return inb_print(said.data, said.length, err);
}

const inb_command inb_command_picture = {
    "picture",
    "",
    "who is seen by whom in the store, and how many are not, as picture.html or JSON",
    options,
    "Counts under 11 are hidden. That can be undone by subtraction: share the picture only with\n"
    "those who may see the signals. Histories are confidential until they are published.",
    run,
};
