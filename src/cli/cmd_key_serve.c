// SPDX-License-Identifier: EUPL-1.2
// inbeeld key serve: the key holder's service, until a signal ends it. Quotas of the day are
// counted again from the log when it starts, so that starting anew gives nobody more.

#include "cli/cli.h"

#include "key_record.h"

#include <inbeeld/holder.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/text.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

enum { SECONDS_A_DAY = 86400, MOST_LOG = 1 << 30 };

static const inb_option options[] = {
    {"listen", "URL", "tcp://ADDRESS:PORT or unix:PATH (default tcp://127.0.0.1:2731)", false},
    {"clients", "FILE.csv", "who may ask, and how much a day: columns client, quota", false},
    {"log", "FILE", "where each request is recorded (default HOLDER.key.log)", false},
    {NULL, NULL, NULL, false},
};

struct service {
    const char *log_path;
    int log;
};

static void close_file(int *file) {
    if (*file >= 0) {
        (void)close(*file);
    }
}

static int64_t now(void *context) {
    (void)context;
    return (int64_t)time(NULL);
}

static inb_status keep(void *context, int64_t at, const char *client, size_t count,
    const char *result, inb_error *err) {
    const struct service *service = context;
    char when[INB_RECORD_TIME];
    char row[256];
    inb_record_time(at, when);
    (void)snprintf(row, sizeof row, "%s %.40s %zu %.100s", when, client, count, result);
    return inb_record_add(service->log, service->log_path, row, err);
}

// What each client used today, from rows "2026-11-24T19:12:05Z client count done".
static inb_status count_used(
    const char *path, inb_holder_client *clients, size_t count, inb_error *err) {
    INB_CLEANUP(inb_freep) char *text = NULL;
    size_t length;
    INB_TRY(inb_read_file(path, MOST_LOG, &text, &length, err));
    char today[INB_RECORD_TIME];
    int64_t at = (int64_t)time(NULL);
    inb_record_time(at, today);
    for (const char *line = text; line < text + length;) {
        const char *end = strchr(line, '\n');
        size_t size = end == NULL ? strlen(line) : (size_t)(end - line);
        char row[256] = "";
        char name[64];
        char result[8];
        unsigned long long points;
        if (size < sizeof row && strncmp(line, today, 10) == 0) {
            memcpy(row, line, size);
            if (sscanf(row, "%*s %40s %llu %7s", name, &points, result) == 3 &&
                strcmp(result, "done") == 0) {
                for (size_t i = 0; i < count; i++) {
                    if (strcmp(clients[i].name, name) == 0) {
                        clients[i].day = at / SECONDS_A_DAY;
                        clients[i].used += points;
                    }
                }
            }
        }
        line += size + 1;
    }
    return INB_OK;
}

static inb_status signals(int *ret_stop, inb_error *err) {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGHUP);
    int stop = -1;
    if (sigprocmask(SIG_BLOCK, &ends, NULL) == 0) {
        stop = signalfd(-1, &ends, SFD_CLOEXEC);
    }
    if (stop < 0) {
        return inb_fail(err, INB_INTERNAL, "signals cannot be held");
    }
    *ret_stop = stop;
    return INB_OK;
}

static inb_status run(const inb_arguments *arguments, inb_error *err) {
    if (arguments->operand_count != 1) {
        return inb_fail(err, INB_USAGE, "found %zu files, expected one key file of kind holder",
            arguments->operand_count);
    }
    const char *path = arguments->operands[0];
    const char *clients_path = inb_value(arguments, "clients", NULL);
    if (clients_path == NULL) {
        return inb_fail(err, INB_USAGE,
            "option '--clients' is missing, expected a file with columns client and quota");
    }
    INB_CLEANUP(inb_keys_freep) inb_keys *key = NULL;
    INB_CLEANUP(inb_freep) inb_holder_client *clients = NULL;
    size_t client_count = 0;
    INB_TRY(inb_keyfile_open(path, INB_KEY_HOLDER, &key, err));
    INB_TRY(inb_holder_clients_read(clients_path, &clients, &client_count, err));
    INB_CLEANUP(inb_buffer_clear) inb_buffer log_path = INB_BUFFER_INIT(8192);
    inb_buffer_text(&log_path, inb_value(arguments, "log", path));
    inb_buffer_text(&log_path, inb_given(arguments, "log") ? "" : ".log");
    INB_TRY(inb_buffer_check(&log_path, err));
    INB_CLEANUP(close_file) int log = -1;
    INB_CLEANUP(close_file) int stop = -1;
    INB_TRY(inb_record_open(inb_buffer_get(&log_path), &log, err));
    INB_TRY(count_used(inb_buffer_get(&log_path), clients, client_count, err));
    INB_TRY(signals(&stop, err));
    struct service service = {inb_buffer_get(&log_path), log};
    inb_holder_options how = {.key = key,
        .clients = clients,
        .client_count = client_count,
        .listen = inb_value(arguments, "listen", "tcp://127.0.0.1:2731"),
        .now = now,
        .log = keep,
        .context = &service};
    INB_CLEANUP(inb_holder_freep) inb_holder *holder = NULL;
    INB_TRY(inb_holder_start(&how, &holder, err));
    INB_CLEANUP(inb_buffer_clear) inb_buffer line = INB_BUFFER_INIT(1024);
    inb_buffer_format(&line, "inbeeld: %s\n", inb_holder_url(holder));
    INB_TRY(inb_print_buffer(&line, err));
    return inb_holder_run(holder, stop, err);
}

const inb_command inb_command_key_serve = {
    .name = "key serve",
    .operand = "HOLDER.key",
    .summary = "the key holder: evaluates blinded points for known clients, in a quota, with a log",
    .options = options,
    .more =
        "Stands apart from members and linkage unit. It sees no identifier: points are blinded,\n"
        "and a request that is not logged is not answered. Ctrl-C (or SIGTERM) ends it.",
    .run = run,
};
