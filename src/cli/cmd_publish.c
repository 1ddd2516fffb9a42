// SPDX-License-Identifier: EUPL-1.2
// inbeeld publish: published figures, the lists given and the picture of a store to one report that
// opens without a network, and of a store its tables as files. Everything is made in memory and put
// in place whole: a failure leaves the folder as it was.

#include "cli/cli.h"
#include "cli/pictured.h"

#include <inbeeld/date.h>
#include <inbeeld/publish.h>

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_REPORT = 256 * 1024 * 1024, METHODS = 4, SECONDS_A_DAY = 86400 };

// Methods that often disagree, so that a report does not look surer than the lists are. Those after
// stepwise are left out where there are too many lists for them.
static const inb_count_method methods[METHODS] = {
    INB_COUNT_INDEPENDENCE, INB_COUNT_STEPWISE, INB_COUNT_BIC, INB_COUNT_DECOMPOSABLE};

static const inb_option options[] = {
    {"histories", "FILE.csv", "capture histories, see inbeeld estimate --help", true},
    {"key", "KEYFILE", "with --store: the team's key, to link persons and estimate", false},
    {"draws", "K", "with --key: draws of the links for the intervals (default 50; 0 = none)",
        false},
    {"truth", "FILE.csv", "with --store: truth.csv of inbeeld demo, shown beside the estimates",
        false},
    {"published", NULL, "the histories are published elsewhere: show small counts", false},
    {"figures", "FILE.csv", "published figures (default: the ones built in)", false},
    {"lang", "nl|en", "language of the report (default nl)", false},
    {"out", "DIR", "folder to write report.html and tables in (default .)", false},
    {NULL, NULL, NULL, false},
};

// One file with its estimates.
struct item {
    char *name;
    inb_histories *histories;
    inb_estimate *estimates[METHODS];
    size_t estimate_count;
};

struct items {
    struct item *list;
    inb_report_table *tables;
    size_t count;
};

static void items_clear(struct items *items) {
    for (size_t i = 0; i < items->count && items->list != NULL; i++) {
        inb_free(items->list[i].name);
        inb_histories_free(items->list[i].histories);
        for (size_t m = 0; m < items->list[i].estimate_count; m++) {
            inb_estimate_free(items->list[i].estimates[m]);
        }
    }
    inb_free(items->list);
    inb_free(items->tables);
}

// "lists/Ned_5.csv" to "Ned_5".
static inb_status stem(const char *path, char **ret_name, inb_error *err) {
    const char *slash = strrchr(path, '/');
    const char *from = slash == NULL ? path : slash + 1;
    const char *point = strrchr(from, '.');
    size_t length = point == NULL || point == from ? strlen(from) : (size_t)(point - from);
    char *name = inb_alloc(length + 1, 1);
    if (name == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the report");
    }
    memcpy(name, from, length);
    *ret_name = name;
    return INB_OK;
}

static inb_status load_item(const char *path, bool published, struct item *item,
    inb_report_table *ret_table, inb_error *err) {
    INB_TRY(stem(path, &item->name, err));
    INB_TRY(inb_histories_read(path, NULL, 0, &item->histories, err));
    for (size_t m = 0; m < METHODS; m++) {
        inb_estimate_options settings = INB_ESTIMATE_OPTIONS_INIT;
        settings.method = methods[m];
        inb_error why = INB_ERROR_INIT;
        inb_estimate **estimate = &item->estimates[item->estimate_count];
        inb_status status = inb_estimate_run(item->histories, &settings, estimate, &why);
        if (status == INB_USAGE && methods[m] == INB_COUNT_DECOMPOSABLE) {
            continue; // too many lists
        }
        if (status != INB_OK) {
            return inb_fail(err, status, "%s", why.message);
        }
        item->estimate_count++;
    }
    const char *known;
    INB_TRY(inb_report_known(item->histories, &known, err));
    *ret_table = (inb_report_table){.name = item->name,
        .histories = item->histories,
        .estimate_count = item->estimate_count,
        .estimates = (const inb_estimate *const *)item->estimates,
        .published = published || known != NULL};
    return INB_OK;
}

static inb_status load_items(const inb_arguments *arguments, struct items *items, inb_error *err) {
    items->list = inb_alloc(arguments->given_count + 1, sizeof *items->list);
    items->tables = inb_alloc(arguments->given_count + 1, sizeof *items->tables);
    if (items->list == NULL || items->tables == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the report");
    }
    for (size_t i = 0; i < arguments->given_count; i++) {
        if (strcmp(arguments->given[i].option->name, "histories") == 0) {
            size_t at = items->count++;
            INB_TRY(load_item(arguments->given[i].value, inb_given(arguments, "published"),
                &items->list[at], &items->tables[at], err));
        }
    }
    return INB_OK;
}

// The date by the machine's clock, in UTC.
static inb_status today(char date[static 11], inb_error *err) {
    time_t now = time(NULL);
    if (now == (time_t)-1) {
        return inb_fail(err, INB_UNAVAILABLE, "the clock gives no date");
    }
    inb_date_format(inb_date_from_day((int32_t)(now / SECONDS_A_DAY)), date);
    return INB_OK;
}

// ---- from the store ----

// A store is published only where it is named: by default there is none here.
static bool has_store(const inb_arguments *arguments) {
    const char *environment = getenv("INBEELD_STORE");
    return inb_given(arguments, "store") || (environment != NULL && environment[0] != '\0');
}

static inb_status take_store(const inb_arguments *arguments, const inb_catalogue *catalogue,
    inb_pictured *pictured, inb_error *err) {
    static const char *const of_store[] = {"key", "draws", "truth"};
    if (has_store(arguments)) {
        return inb_pictured_store(arguments, catalogue, "publish", pictured, err);
    }
    for (size_t i = 0; i < sizeof of_store / sizeof of_store[0]; i++) {
        if (inb_given(arguments, of_store[i])) {
            return inb_fail(err, INB_USAGE,
                "option '--%s' belongs to a store, found none, expected --store sqlite:PATH",
                of_store[i]);
        }
    }
    return INB_OK;
}

// ---- what is written ----

enum { FILES = INB_OVERVIEW_TABLE_COUNT + 2 }; // report.html, tables.json and the tables

struct written {
    inb_buffer texts[FILES];
    char names[FILES][32];
    inb_file files[FILES];
    size_t count;
};

static void written_clear(struct written *written) {
    for (size_t i = 0; i < FILES; i++) {
        inb_buffer_clear(&written->texts[i]);
    }
}

static inb_buffer *add_file(struct written *written, const char *name, const char *ending) {
    size_t at = written->count++;
    (void)snprintf(written->names[at], sizeof written->names[at], "%s.%s", name, ending);
    written->texts[at] = (inb_buffer)INB_BUFFER_INIT(MOST_REPORT);
    return &written->texts[at];
}

static inb_status make_files(const inb_report *report, struct written *written, inb_error *err) {
    INB_TRY(inb_report_html(report, add_file(written, "report", "html"), err));
    if (report->overview != NULL) {
        inb_overview_json(report->overview, NULL, 0, add_file(written, "tables", "json"));
        for (int table = 0; table < INB_OVERVIEW_TABLE_COUNT; table++) {
            inb_overview_csv(report->overview, (inb_overview_csv_table)table,
                add_file(written, inb_overview_table_name((inb_overview_csv_table)table), "csv"));
        }
    }
    for (size_t i = 0; i < written->count; i++) {
        INB_TRY(inb_buffer_check(&written->texts[i], err));
        written->files[i] = (inb_file){
            written->names[i], inb_buffer_get(&written->texts[i]), written->texts[i].length};
    }
    return INB_OK;
}

static void say(const inb_arguments *arguments, const char *folder, const struct written *written,
    inb_buffer *said) {
    bool json = inb_given(arguments, "json");
    INB_CLEANUP(inb_buffer_clear) inb_buffer path = INB_BUFFER_INIT(8192);
    for (size_t i = 0; i < written->count; i++) {
        inb_buffer_reset(&path);
        inb_buffer_format(&path, "%s/%s", folder, written->names[i]);
        if (!json) {
            inb_buffer_format(said, "%s\n", inb_buffer_get(&path));
            continue;
        }
        inb_buffer_text(said, i == 0 ? "{\"report\":" : i == 1 ? ",\"tables\":[" : ",");
        inb_buffer_json(said, inb_buffer_get(&path));
    }
    inb_buffer_text(said, !json ? "" : written->count > 1 ? "]}\n" : "}\n");
}

static inb_status run(const inb_arguments *arguments, inb_error *err) {
    if (arguments->operand_count > 0) {
        return inb_fail(err, INB_USAGE, "found '%.60s', expected --histories before a file",
            arguments->operands[0]);
    }
    INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
    INB_TRY(inb_catalogue_load(NULL, &catalogue, err));
    const char *language = inb_value(arguments, "lang", "nl");
    INB_TRY(inb_check_language(catalogue, language, err));
    INB_CLEANUP(inb_public_figures_freep) inb_public_figures *figures = NULL;
    const char *figures_path = inb_value(arguments, "figures", NULL);
    if (figures_path == NULL) {
        INB_TRY(inb_public_figures_embedded(&figures, err));
    } else {
        INB_TRY(inb_public_figures_read(figures_path, &figures, err));
    }
    INB_CLEANUP(items_clear) struct items items = {0};
    INB_TRY(load_items(arguments, &items, err));
    INB_CLEANUP(inb_pictured_clear) inb_pictured pictured = {.store = NULL};
    INB_TRY(take_store(arguments, catalogue, &pictured, err));
    char date[11];
    INB_TRY(today(date, err));
    const inb_overview_report overview = {.catalogue = catalogue,
        .language = language,
        .date = date,
        .version = INB_VERSION,
        .overview = pictured.overview,
        .estimates = &pictured.estimates,
        .truth = pictured.truth};
    inb_report report = {.catalogue = catalogue,
        .language = language,
        .date = date,
        .version = INB_VERSION,
        .figures = figures,
        .table_count = items.count,
        .tables = items.tables,
        .overview = pictured.overview == NULL ? NULL : &overview};
    INB_CLEANUP(written_clear) struct written written = {.count = 0};
    INB_TRY(make_files(&report, &written, err));
    const char *folder = inb_value(arguments, "out", ".");
    INB_TRY(inb_write_files(folder, written.files, written.count, err));
    INB_CLEANUP(inb_buffer_clear) inb_buffer said = INB_BUFFER_INIT(65536);
    say(arguments, folder, &written, &said);
    return inb_print_buffer(&said, err);
}

const inb_command inb_command_publish = {
    "publish",
    "",
    "one report (report.html) of who is in view and how many are not, and tables of a store",
    options,
    "The report opens without a network. With --store its picture is in it, and beside it the "
    "same\n"
    "tables as CSV and JSON; with --key persons are linked and hidden numbers estimated.\n"
    "\n"
    "Counts under 11 are hidden unless --published is given or the table is one of the published\n"
    "ones that inbeeld knows. Hiding small counts alone is no full protection: share such a "
    "report\n"
    "only with those who may see the lists.",
    run,
};
