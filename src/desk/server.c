// SPDX-License-Identifier: EUPL-1.2
// libmicrohttpd with an epoll pool, and a queue of requests with workers of our own. Limits:
// headers, body, connections, silence, and the time that a request may take to arrive. The pages of
// a team are for the accounts of this machine that may read them; any other gets the card alone.

#include "server.h"

#include "form.h"
#include "letting_go.h"
#include "lines.h"
#include "listen.h"
#include "pages.h"
#include "peer.h"
#include "queue.h"
#include "sandbox.h"

#include "base/alloc.h"
#include "base/text.h"
#include "base/wipe.h"

#include <inbeeld/retention.h>
#include <inbeeld/seal.h>

#include <errno.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

enum {
    MAX_PAGE = 4 * 1024 * 1024,
    MAX_DRAIN = 1024 * 1024, // of a body that is too large: read to here, so the answer arrives
    STOP_SECONDS = 5,
    REFUSALS = 8 // accounts of which the last refusal is remembered
};

typedef struct request request;

// An account was refused in this minute, and a row of the log says so.
typedef struct refusal {
    uint32_t account;
    int64_t minute;
} refusal;

struct inb_desk {
    struct MHD_Daemon *daemon;
    inb_pages *pages;
    inb_stamper *stamper;
    inb_retired *retired;
    int listener;
    uint16_t port;
    char url[64];
    inb_queue *queue;
    inb_lines *lines;
    inb_peers *peers; // NULL: every account may read, and the kernel does not tell them apart
    const inb_desk_team *team;
    inb_letting_go *letting_go; // of a team
    pthread_mutex_t lock;
    pthread_cond_t quiet; // nobody is being answered
    size_t pending;       // suspended or about to be
    refusal refusals[REFUSALS];
    size_t refusal_next;
};

// One request from its first header to the end of its answer.
struct request {
    inb_task task; // first: a task is its request
    inb_desk *desk;
    struct MHD_Connection *connection;
    inb_desk_route route;
    size_t language; // SIZE_MAX = not of the address
    bool post;
    bool ready;     // the worker has been here
    bool begun;     // its page was asked for once
    bool stranger;  // of an account that may not read the team's pages
    char actor[24]; // the account, for the log
    int64_t number; // of a signal, in the address
    inb_desk_wait wait;
    unsigned status; // decided before the page: 0 = go on
    char *body;
    size_t body_length;
    size_t body_seen;
    inb_buffer page;
    inb_desk_answer answer;
    char location[64]; // of a redirect, "" = none
    bool by_language;  // which depends on what the browser asks for
    const char *allow;
};

// ---- the workers ----

static void free_request(request *r) {
    if (r->body != NULL) {
        explicit_bzero(r->body, INB_DESK_MAX_BODY + 1);
        inb_free(r->body);
    }
    inb_buffer_clear(&r->page);
    inb_desk_wait_clear(&r->wait);
    inb_free(r);
}

static void wipe_page(request *r) {
    inb_buffer_clear(&r->page);
    r->page = (inb_buffer)INB_BUFFER_INIT(MAX_PAGE);
}

// False where the page waits for the writer, and is to be made again.
static bool make_page(request *r, bool stopping) {
    inb_error err = INB_ERROR_INIT; // says nothing to anybody: a reader gets the page for it
    inb_desk *desk = r->desk;
    size_t language = r->language == SIZE_MAX ? 0 : r->language;
    r->answer =
        (inb_desk_answer){.status = 200, .type = "text/html; charset=utf-8", .style_hash = ""};
    inb_status status = INB_OK;
    if (stopping && !r->begun && r->status == 0 && inb_desk_route_of_team(r->route)) {
        r->status = 503; // nobody begins to wait for the disk any more
    }
    r->begun = true;
    if (r->status == 0) {
        inb_desk_request asked = {
            .route = r->route,
            .language = language,
            .post = r->post,
            .body = r->body,
            .body_length = r->body_length,
            .stamper = desk->stamper,
            .retired = desk->retired,
            .now = (int64_t)time(NULL),
            .number = r->number,
            .team = r->stranger ? NULL : desk->team,
            .stranger = r->stranger,
            .actor = r->actor[0] == '\0' ? NULL : r->actor,
            .wait = &r->wait,
        };
        status = inb_pages_make(desk->pages, &asked, &r->page, &r->answer, &err);
    }
    if (r->status == 0 && status == INB_OK && r->answer.waits) {
        return false;
    }
    if (r->status == 0 && status != INB_OK) {
        r->status = 500;
    }
    if (r->status >= 400) {
        wipe_page(r);
        r->answer = (inb_desk_answer){
            .status = r->status, .type = "text/html; charset=utf-8", .style_hash = ""};
        if (inb_pages_error(desk->pages, language, r->status, &r->page, &err) != INB_OK) {
            wipe_page(r); // out of memory even for this: a status without a page
        }
    } else if (r->status != 0) {
        r->answer.status = r->status;
    } else if (r->answer.location[0] != '\0') {
        snprintf(r->location, sizeof r->location, "%s", r->answer.location);
    }
    return true;
}

// On the writer's thread: the row is durable, or has failed.
static void wake(void *payload) {
    request *r = payload;
    inb_queue_wake(r->desk->queue, &r->task);
}

static bool answer(inb_task *task, bool ending) {
    request *r = (request *)task;
    struct MHD_Connection *connection = r->connection;
    bool through = make_page(r, ending);
    inb_wipe_stack(); // the library that opens what is sealed leaves pieces there
    if (!through) {
        return false;
    }
    r->ready = true; // read by the pool's thread after resuming, which orders the two
    MHD_resume_connection(connection);
    return true;
}

static void hand_to_worker(request *r) {
    MHD_suspend_connection(r->connection);
    if (!inb_queue_add(r->desk->queue, &r->task)) { // nobody would resume it: we are stopping
        (void)answer(&r->task, true);               // of a team's page 503: it waits for nothing
    }
}

// ---- connections, and who is at their other end ----

static void on_connection(void *payload, struct MHD_Connection *connection, void **socket_context,
    enum MHD_ConnectionNotificationCode what) {
    inb_desk *desk = payload;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *socket_context = info == NULL ? NULL : inb_lines_add(desk->lines, info->connect_fd);
    } else {
        inb_lines_remove(desk->lines, *socket_context);
    }
}

static inb_line *line_of(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == NULL ? NULL : info->socket_context;
}

static bool may_read(const inb_desk_team *team, uint32_t account) {
    bool may = account == 0 || (team->reader_count == 0 && account == (uint32_t)getuid());
    for (size_t i = 0; i < team->reader_count; i++) {
        may = may || team->readers[i] == account;
    }
    return may;
}

// Whether the account was refused in this minute already; remembers that it is now.
static bool was_refused(inb_desk *desk, uint32_t account, int64_t now) {
    bool was = false;
    pthread_mutex_lock(&desk->lock);
    for (size_t i = 0; i < REFUSALS; i++) {
        was = was || (desk->refusals[i].account == account && desk->refusals[i].minute == now / 60);
    }
    if (!was) {
        desk->refusals[desk->refusal_next++ % REFUSALS] = (refusal){account, now / 60};
    }
    pthread_mutex_unlock(&desk->lock);
    return was;
}

// A refusal has its row too, one a minute for each account: nobody can fill the log by asking. The
// page does not wait for it, since it shows nothing.
static void note_refusal(request *r, const inb_line *line) {
    inb_desk *desk = r->desk;
    const inb_desk_team *team = desk->team;
    int64_t now = (int64_t)time(NULL);
    uint32_t account = line != NULL && line->known ? line->account : UINT32_MAX;
    if (was_refused(desk, account, now)) {
        return;
    }
    const inb_road_actor actor = {r->actor, team->organisation, "desk", now};
    inb_status noted = inb_road_note(team->road, &actor, "open", "", "refused", NULL, NULL, NULL);
    (void)noted; // without its row it is refused all the same
}

static void find_reader(request *r) {
    inb_desk *desk = r->desk;
    inb_line *line = line_of(r->connection);
    if (desk->team == NULL || desk->peers == NULL) {
        return;
    }
    if (line != NULL && !line->sought) {
        line->known = inb_peers_account(desk->peers, line->socket, &line->account);
        line->sought = true;
    }
    bool known = line != NULL && line->known;
    r->stranger = !desk->team->anybody && (!known || !may_read(desk->team, line->account));
    if (known) {
        snprintf(r->actor, sizeof r->actor, "uid-%u", (unsigned)line->account);
    } else {
        snprintf(r->actor, sizeof r->actor, "uid-unknown");
    }
    if (r->stranger && inb_desk_route_of_team(r->route)) {
        note_refusal(r, line);
    }
}

// ---- a request ----

static enum MHD_Result add_size(
    void *payload, enum MHD_ValueKind kind, const char *key, const char *value) {
    (void)kind;
    size_t *size = payload;
    *size += strlen(key) + (value == NULL ? 0 : strlen(value)) + 4; // ": " and the line's end
    return MHD_YES;
}

static const char *header(struct MHD_Connection *connection, const char *name) {
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static bool has_method(const char *methods, const char *method) {
    size_t length = strlen(method);
    for (const char *at = methods; (at = strstr(at, method)) != NULL; at += length) {
        bool begins = at == methods || at[-1] == ' ';
        if (begins && (at[length] == ',' || at[length] == '\0')) {
            return true;
        }
    }
    return false;
}

// Decides from the headers alone. *ret_length: what the body says it is, 0 where it says nothing.
static void read_headers(request *r, const char *url, const char *method, uint64_t *ret_length) {
    inb_desk *desk = r->desk;
    struct MHD_Connection *connection = r->connection;
    *ret_length = 0;
    bool found = inb_pages_route(desk->pages, url, &r->route, &r->language, &r->number);
    if (r->language == SIZE_MAX) {
        r->language = inb_accept_language(
            header(connection, "Accept-Language"), inb_pages_languages(desk->pages));
    }
    size_t size = strlen(url);
    (void)MHD_get_connection_values(connection, MHD_HEADER_KIND, add_size, &size);
    (void)MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, add_size, &size);
    const char *length_text = header(connection, "Content-Length");
    int64_t length = 0;
    if (length_text != NULL && inb_parse_int64(length_text, strlen(length_text), &length)) {
        *ret_length = length < 0 ? 0 : (uint64_t)length;
    }
    const char *host = header(connection, "Host");
    r->post = strcmp(method, "POST") == 0;
    if (size > INB_DESK_MAX_HEADERS) {
        r->status = 431;
    } else if (host == NULL || !inb_host_allowed(host, desk->port)) {
        r->status = 421; // a name that was made to point here
    } else if (!found) {
        r->status = 404;
    } else if (!has_method(inb_desk_route_methods(r->route), method)) {
        r->status = 405;
        r->allow = inb_desk_route_methods(r->route);
    } else if (*ret_length > INB_DESK_MAX_BODY) {
        r->status = 413;
    } else if (r->post) {
        const char *site = header(connection, "Sec-Fetch-Site");
        const char *type = header(connection, "Content-Type");
        bool foreign =
            site != NULL && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0;
        bool form = type != NULL && strncasecmp(type, "application/x-www-form-urlencoded", 33) == 0;
        r->status = foreign ? 403 : form ? 0 : 400;
    } else if (r->route == INB_DESK_ROOT) {
        r->status = 303;
        r->by_language = true;
        snprintf(r->location, sizeof r->location, "/%.24s/",
            inb_pages_languages(desk->pages)[r->language]);
    }
    if (r->status == 0) {
        find_reader(r);
    }
}

static void add(struct MHD_Response *response, const char *name, const char *value) {
    (void)MHD_add_response_header(response, name, value);
}

static void add_headers(struct MHD_Response *response, const request *r) {
    // The report brings a style sheet of its own, allowed by its hash.
    char policy[320];
    snprintf(policy, sizeof policy,
        "default-src 'none'; style-src 'self'%s%s; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'",
        r->answer.style_hash[0] != '\0' ? " " : "", r->answer.style_hash);
    add(response, "Content-Security-Policy", policy);
    add(response, "Referrer-Policy", "no-referrer");
    add(response, "X-Content-Type-Options", "nosniff");
    add(response, "X-Frame-Options", "DENY"); // for readers that do not know frame-ancestors
    add(response, "Cross-Origin-Opener-Policy", "same-origin");
    add(response, "Cross-Origin-Embedder-Policy", "require-corp");
    add(response, "Cross-Origin-Resource-Policy", "same-origin");
    add(response, "Permissions-Policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()");
    add(response, "Content-Type", r->answer.type);
    if (r->answer.tag != NULL) {
        char tag[64];
        snprintf(tag, sizeof tag, "\"%.40s\"", r->answer.tag);
        add(response, "ETag", tag);
        add(response, "Cache-Control", "no-cache"); // kept, but asked after each time
    } else {
        add(response, "Cache-Control", "no-store");
    }
    if (r->location[0] != '\0') {
        add(response, "Location", r->location);
    }
    if (r->by_language) {
        add(response, "Vary", "Accept-Language");
    }
    if (r->answer.forget) {
        add(response, "Clear-Site-Data", "\"cache\", \"storage\"");
    }
    if (r->allow != NULL) {
        add(response, "Allow", r->allow);
    }
}

static enum MHD_Result send_answer(request *r, bool and_close) {
    unsigned status = r->answer.status;
    const char *given = header(r->connection, "If-None-Match");
    bool same = r->answer.tag != NULL && given != NULL && strstr(given, r->answer.tag) != NULL;
    status = same ? MHD_HTTP_NOT_MODIFIED : status;
    size_t length = same ? 0 : r->page.length;
    // The bytes stay with the request, which lives until the answer is sent.
    struct MHD_Response *response = MHD_create_response_from_buffer(
        length, length == 0 ? (void *)"" : r->page.data, MHD_RESPMEM_PERSISTENT);
    if (response == NULL) {
        return MHD_NO;
    }
    add_headers(response, r);
    if (and_close) {
        add(response, "Connection", "close");
    }
    enum MHD_Result result = MHD_queue_response(r->connection, status, response);
    MHD_destroy_response(response);
    return result;
}

static request *begin_request(inb_desk *desk, struct MHD_Connection *connection) {
    request *r = inb_alloc(1, sizeof *r);
    if (r == NULL) {
        return NULL;
    }
    r->desk = desk;
    r->connection = connection;
    r->page = (inb_buffer)INB_BUFFER_INIT(MAX_PAGE);
    r->wait = (inb_desk_wait){.wake = wake, .payload = r};
    pthread_mutex_lock(&desk->lock);
    desk->pending++;
    pthread_mutex_unlock(&desk->lock);
    return r;
}

static enum MHD_Result take_body(request *r, const char *data, size_t *size) {
    r->body_seen += *size;
    if (r->body_seen > MAX_DRAIN) {
        return MHD_NO; // closes the connection
    }
    if (r->body_seen > INB_DESK_MAX_BODY) {
        r->status = r->status == 0 ? 413 : r->status;
    }
    if (r->status == 0 && r->post) {
        if (r->body == NULL) {
            r->body = inb_alloc(INB_DESK_MAX_BODY + 1, 1);
        }
        if (r->body == NULL) {
            r->status = 500;
        } else {
            memcpy(r->body + r->body_length, data, *size);
            r->body_length += *size;
        }
    }
    *size = 0;
    return MHD_YES;
}

static enum MHD_Result on_request(void *payload, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *data, size_t *size, void **context) {
    (void)version;
    inb_desk *desk = payload;
    request *r = *context;
    if (r == NULL) {
        r = begin_request(desk, connection);
        if (r == NULL) {
            return MHD_NO;
        }
        *context = r;
        uint64_t length = 0;
        read_headers(r, url, method, &length);
        if (length > MAX_DRAIN) { // not read to its end: the one answer that is given on first call
            (void)make_page(r, true);
            return send_answer(r, true);
        }
        return MHD_YES;
    }
    if (*size > 0) {
        return take_body(r, data, size);
    }
    if (!r->ready) {
        inb_lines_at_work(desk->lines, line_of(connection), true);
        hand_to_worker(r);
        return MHD_YES;
    }
    return send_answer(r, false);
}

static void on_completed(void *payload, struct MHD_Connection *connection, void **context,
    enum MHD_RequestTerminationCode why) {
    (void)why;
    inb_desk *desk = payload;
    request *r = *context;
    if (r == NULL) {
        return;
    }
    *context = NULL;
    free_request(r);
    inb_lines_at_work(desk->lines, line_of(connection), false);
    pthread_mutex_lock(&desk->lock);
    desk->pending--;
    if (desk->pending == 0) {
        pthread_cond_broadcast(&desk->quiet);
    }
    pthread_mutex_unlock(&desk->lock);
}

// ---- opening ----

static inb_status open_port(inb_desk *desk, const char *text, inb_error *err) {
    bool six = false;
    INB_TRY(inb_listen_open(text, &desk->listener, &desk->port, &six, err));
    snprintf(desk->url, sizeof desk->url, "http://%s:%u/", six ? "[::1]" : "127.0.0.1",
        (unsigned)desk->port);
    return INB_OK;
}

static inb_status start_daemon(inb_desk *desk, const inb_desk_options *options, inb_error *err) {
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
    flags |= desk->url[7] == '[' ? MHD_USE_IPv6 : 0;
    desk->daemon =
        MHD_start_daemon(flags, desk->port, NULL, NULL, on_request, desk, MHD_OPTION_LISTEN_SOCKET,
            desk->listener, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)INB_DESK_POOL,
            MHD_OPTION_CONNECTION_LIMIT, options->connections, MHD_OPTION_CONNECTION_TIMEOUT,
            options->idle_seconds, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)80 * 1024,
            MHD_OPTION_NOTIFY_COMPLETED, on_completed, desk, MHD_OPTION_NOTIFY_CONNECTION,
            on_connection, desk, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    if (desk->daemon == NULL) {
        return inb_fail(err, INB_UNAVAILABLE, "the server cannot be started: %s", strerror(errno));
    }
    desk->listener = -1; // the daemon's from here on
    return INB_OK;
}

static void stop_desk(inb_desk **desk) {
    inb_desk_stop(*desk);
}

inb_status inb_desk_start(const inb_desk_options *options, inb_desk **ret_desk, inb_error *err) {
    INB_CLEANUP(stop_desk) inb_desk *desk = inb_alloc(1, sizeof *desk);
    if (desk == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the desk");
    }
    desk->listener = -1;
    pthread_mutex_init(&desk->lock, NULL);
    pthread_cond_init(&desk->quiet, NULL);
    INB_TRY(open_port(desk, options->listen, err));
    INB_TRY(inb_stamper_new(&desk->stamper, err));
    INB_TRY(inb_retired_new(&desk->retired, err));
    INB_TRY(inb_pages_new(options->catalogue, options->report, &desk->pages, err));
    desk->team = options->team;
    if (desk->team != NULL) {
        inb_error why = INB_ERROR_INIT;
        inb_status status = inb_peers_new(&desk->peers, &why);
        if (status != INB_OK && !desk->team->anybody) { // else the log names the program's account
            return inb_fail(err, status, "%s", why.message);
        }
    }
    if (options->lock) {
        const inb_desk_team *team = desk->team;
        const char *const folders[] = {team == NULL ? NULL : team->folder,
            team == NULL ? NULL : inb_road_rings(team->road), NULL};
        (void)inb_sandbox_enter(folders);
    }
    if (desk->team != NULL) {
        inb_pages_of_team(desk->pages);
        INB_TRY(inb_road_start_writer(desk->team->road, err)); // locked as we are
        INB_TRY(inb_letting_go_start(desk->team->road, desk->team->actor, &desk->letting_go, err));
    }
    INB_TRY(inb_queue_new(INB_DESK_WORKERS, answer, &desk->queue, err));
    INB_TRY(inb_lines_new(options->request_seconds, &desk->lines, err));
    INB_TRY(start_daemon(desk, options, err));
    *ret_desk = INB_TAKE(desk);
    return INB_OK;
}

const char *inb_desk_url(const inb_desk *desk) {
    return desk->url;
}

uint16_t inb_desk_port(const inb_desk *desk) {
    return desk->port;
}

// Waits until every request that came in is answered, for a while at most.
static void drain(inb_desk *desk) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += STOP_SECONDS;
    pthread_mutex_lock(&desk->lock);
    int waited = 0;
    while (desk->pending > 0 && waited == 0) {
        waited = pthread_cond_timedwait(&desk->quiet, &desk->lock, &until);
    }
    pthread_mutex_unlock(&desk->lock);
}

void inb_desk_stop(inb_desk *desk) {
    if (desk == NULL) {
        return;
    }
    inb_letting_go_stop(desk->letting_go);
    if (desk->daemon != NULL) {
        MHD_socket listener = MHD_quiesce_daemon(desk->daemon);
        drain(desk);
        if (listener != MHD_INVALID_SOCKET) {
            (void)close(listener);
        }
    }
    // Workers before the daemon: they resume whatever is suspended, as it demands. They end when
    // the writer has told of all that waits for it.
    inb_queue_end(desk->queue);
    if (desk->daemon != NULL) {
        MHD_stop_daemon(desk->daemon);
    }
    if (desk->listener >= 0) {
        (void)close(desk->listener);
    }
    inb_pages_free(desk->pages);
    inb_stamper_free(desk->stamper);
    inb_retired_free(desk->retired);
    inb_queue_free(desk->queue);
    inb_lines_free(desk->lines);
    inb_peers_free(desk->peers);
    pthread_cond_destroy(&desk->quiet);
    pthread_mutex_destroy(&desk->lock);
    inb_free(desk);
}
