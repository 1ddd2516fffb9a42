// SPDX-License-Identifier: EUPL-1.2
// inbeeld picture: who is seen by whom and how many are not, from the store or from lists.

#include "cli/cli.h"
#include "cli/picture_lists.h"
#include "cli/pictured.h"

#include "base/alloc.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { MOST_PAGE = 64 * 1024 * 1024, BY_MOST = 3 };

static const inb_option options[] = {
    {"by", "GROUP",
        "from the store: groups in the JSON, age, sex or form (default all); from lists: a column",
        true},
    {"key", "KEYFILE", "the team's key: persons are linked by name, and hidden numbers estimated",
        false},
    {"draws", "K",
        "draws of the links for the intervals, from the store with the key (default 50; 0 = none)",
        false},
    {"method", "M", "as in inbeeld estimate (default stepwise)", false},
    {"config", "LINK.ini", "lists: [columns] ours = theirs, as in inbeeld link", false},
    {"lang", "nl|en", "language of the page (default nl)", false},
    {"out", "DIR", "folder to write picture.html in (default .)", false},
    {"truth", "FILE.csv", "truth.csv of inbeeld demo: shown beside the estimates", false},
    {"histories", "FILE.csv", "also write the capture histories, confidential", false},
    {NULL, NULL, NULL, false},
};

// What both kinds of picture are shown with.
struct shown {
    const inb_arguments *arguments;
    inb_catalogue *catalogue;
    const char *language;
    char date[11];
};

static void shown_clear(struct shown *shown) {
    inb_catalogue_free(shown->catalogue);
}

static inb_status take_by(const inb_arguments *arguments, const char *ret_by[BY_MOST],
    size_t *ret_count, inb_error *err) {
    size_t count = 0;
    for (size_t i = 0; i < arguments->given_count; i++) {
        const char *value = arguments->given[i].value;
        if (strcmp(arguments->given[i].option->name, "by") != 0) {
            continue;
        }
        bool known =
            strcmp(value, "age") == 0 || strcmp(value, "sex") == 0 || strcmp(value, "form") == 0;
        bool again = false;
        for (size_t j = 0; j < count; j++) {
            again = again || strcmp(ret_by[j], value) == 0;
        }
        if (!known || again) {
            return inb_fail(err, INB_USAGE,
                "option '--by': found '%.40s'%s, expected age, sex or form", value,
                again ? " twice" : "");
        }
        ret_by[count++] = value;
    }
    *ret_count = count;
    return INB_OK;
}

static inb_status write_histories(const inb_overview *overview, const char *path, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(MOST_PAGE);
    inb_overview_histories(overview, &text);
    INB_TRY(inb_buffer_check(&text, err));
    return inb_write_file(path, text.data, text.length, err);
}

// Writes the page where it is asked for and prints the JSON, or the path of the page.
static inb_status show(
    const struct shown *shown, const inb_buffer *page, const inb_buffer *json, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer path = INB_BUFFER_INIT(8192);
    bool as_json = inb_given(shown->arguments, "json");
    INB_TRY(inb_buffer_check(json, err));
    if (!as_json || inb_given(shown->arguments, "out")) {
        const char *folder = inb_value(shown->arguments, "out", ".");
        if (mkdir(folder, 0755) != 0 && errno != EEXIST) {
            return inb_fail(err, INB_IO, "%s: cannot be made: %s", folder, strerror(errno));
        }
        inb_buffer_format(&path, "%s/picture.html", folder);
        INB_TRY(inb_buffer_check(&path, err));
        INB_TRY(inb_write_file(inb_buffer_get(&path), page->data, page->length, err));
    }
    if (as_json) {
        return inb_print(json->data, json->length, err);
    }
    inb_buffer_char(&path, '\n');
    return inb_print_buffer(&path, err);
}

static inb_status from_store(const struct shown *shown, inb_error *err) {
    INB_CLEANUP(inb_pictured_clear) inb_pictured pictured = {.store = NULL};
    INB_CLEANUP(inb_buffer_clear) inb_buffer page = INB_BUFFER_INIT(MOST_PAGE);
    INB_CLEANUP(inb_buffer_clear) inb_buffer json = INB_BUFFER_INIT(MOST_PAGE);
    const char *by[BY_MOST];
    size_t by_count = 0;
    if (inb_given(shown->arguments, "config")) {
        return inb_fail(
            err, INB_USAGE, "option '--config' belongs to the picture of lists, found no list");
    }
    INB_TRY(take_by(shown->arguments, by, &by_count, err));
    INB_TRY(inb_pictured_store(shown->arguments, shown->catalogue, "picture", &pictured, err));
    const inb_overview_report report = {.catalogue = shown->catalogue,
        .language = shown->language,
        .date = shown->date,
        .version = INB_VERSION,
        .overview = pictured.overview,
        .estimates = &pictured.estimates,
        .truth = pictured.truth};
    const char *histories = inb_value(shown->arguments, "histories", NULL);
    if (histories != NULL) {
        INB_TRY(write_histories(pictured.overview, histories, err));
    }
    INB_TRY(inb_overview_html(&report, &page, err));
    inb_overview_json(&report, by, by_count, &json);
    return show(shown, &page, &json, err);
}

static inb_status from_lists(const struct shown *shown, inb_error *err) {
    INB_CLEANUP(inb_lists_overview_freep) inb_lists_overview *lists = NULL;
    INB_CLEANUP(inb_truth_freep) inb_truth *truth = NULL;
    INB_CLEANUP(inb_buffer_clear) inb_buffer page = INB_BUFFER_INIT(MOST_PAGE);
    INB_CLEANUP(inb_buffer_clear) inb_buffer json = INB_BUFFER_INIT(MOST_PAGE);
    const char *truth_path = inb_value(shown->arguments, "truth", NULL);
    if (truth_path != NULL) {
        INB_TRY(inb_truth_read(truth_path, &truth, err));
    }
    INB_TRY(inb_picture_lists(shown->arguments, &lists, err));
    const inb_lists_report report = {.catalogue = shown->catalogue,
        .language = shown->language,
        .date = shown->date,
        .version = INB_VERSION,
        .lists = lists,
        .truth = truth};
    INB_TRY(inb_lists_html(&report, &page, err));
    inb_lists_json(&report, &json);
    return show(shown, &page, &json, err);
}

static inb_status run(const inb_arguments *arguments, inb_error *err) {
    INB_CLEANUP(shown_clear) struct shown shown = {.arguments = arguments};
    INB_TRY(inb_catalogue_load(NULL, &shown.catalogue, err));
    shown.language = inb_value(arguments, "lang", "nl");
    INB_TRY(inb_check_language(shown.catalogue, shown.language, err));
    inb_date_format(inb_road_day(time(NULL)), shown.date);
    return arguments->operand_count > 0 ? from_lists(&shown, err) : from_store(&shown, err);
}

const inb_command inb_command_picture = {
    "picture",
    "[LIST.csv...]",
    "who is seen by whom, in the store or on lists, and how many are not: picture.html or JSON",
    options,
    "Without files the picture is of the store. With files each is a list, linked as inbeeld link\n"
    "does, and --by names the columns that make groups.\n"
    "\n"
    "Counts under 11 are hidden. That can be undone by subtraction: share the picture only with\n"
    "those who may see the signals. Histories are confidential until they are published.",
    run,
};
