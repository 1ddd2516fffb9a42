// SPDX-License-Identifier: EUPL-1.2
// The key holder's service: one thread that waits for sockets (poll), takes one message of a
// connection at a time within fixed limits, and answers. Connections that are silent for half a
// minute end, so that nobody can hold all places.

#include "holder_i.h"

#include "base/alloc.h"
#include "base/csv.h"
#include "base/text.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PLACES = 64, SILENT_SECONDS = 30, TICK_MS = 1000 };

struct place {
    int socket; // -1 = free
    int64_t heard;
    unsigned char nonce[INB_I_NONCE_BYTES];
    char in[INB_I_MESSAGE_MOST];
    size_t in_length;
    inb_buffer out;
    size_t sent;
    bool ending; // closes when all is sent
};

struct inb_holder {
    inb_holder_options options;
    int socket;
    char url[INB_HOLDER_URL_MOST];
    struct place places[PLACES];
};

inb_status inb_holder_clients_read(
    const char *path, inb_holder_client **ret_clients, size_t *ret_count, inb_error *err) {
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    INB_TRY(inb_csv_open(path, &csv, err));
    size_t name_at;
    size_t quota_at;
    INB_TRY(inb_csv_require(csv, "client", &name_at, err));
    INB_TRY(inb_csv_require(csv, "quota", &quota_at, err));
    INB_CLEANUP(inb_freep)
    inb_holder_client *clients = inb_alloc(INB_HOLDER_CLIENTS_MOST, sizeof *clients);
    if (clients == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the list of clients");
    }
    size_t count = 0;
    for (;;) {
        bool more;
        INB_TRY(inb_csv_next(csv, &more, err));
        if (!more) {
            break;
        }
        if (count == INB_HOLDER_CLIENTS_MOST) {
            return inb_csv_fail(csv, name_at, err, "found more than %d clients, expected fewer",
                (int)INB_HOLDER_CLIENTS_MOST);
        }
        size_t length = inb_csv_length(csv, name_at);
        int64_t quota;
        if (length == 0 || length > INB_KEY_NAME_MOST) {
            return inb_csv_fail(csv, name_at, err, "expected a client's name of 1 to %d letters",
                (int)INB_KEY_NAME_MOST);
        }
        if (!inb_parse_int64(inb_csv_field(csv, quota_at), inb_csv_length(csv, quota_at), &quota) ||
            quota < 0) {
            return inb_csv_fail(csv, quota_at, err, "expected a whole number of evaluations a day");
        }
        for (size_t i = 0; i < count; i++) {
            if (strcmp(clients[i].name, inb_csv_field(csv, name_at)) == 0) {
                return inb_csv_fail(csv, name_at, err, "found a client twice, expected it once");
            }
        }
        memcpy(clients[count].name, inb_csv_field(csv, name_at), length);
        clients[count++].quota = (uint64_t)quota;
    }
    *ret_clients = INB_TAKE(clients);
    *ret_count = count;
    return INB_OK;
}

static void place_end(struct place *place) {
    if (place->socket >= 0) {
        (void)close(place->socket);
    }
    inb_buffer_clear(&place->out);
    place->socket = -1;
}

void inb_holder_free(inb_holder *holder) {
    if (holder == NULL) {
        return;
    }
    for (size_t i = 0; i < PLACES; i++) {
        place_end(&holder->places[i]);
    }
    if (holder->socket >= 0) {
        (void)close(holder->socket);
        if (strncmp(holder->url, "unix:", 5) == 0) {
            (void)unlink(holder->url + 5);
        }
    }
    inb_free(holder);
}

void inb_holder_freep(inb_holder **holder) {
    inb_holder_free(*holder);
}

const char *inb_holder_url(const inb_holder *holder) {
    return holder->url;
}

// The address with the port that the system chose.
static inb_status name_url(inb_holder *holder, inb_error *err) {
    const char *listen = holder->options.listen;
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    char port[16];
    const char *colon = strrchr(listen, ':');
    if (strncmp(listen, "tcp://", 6) != 0) {
        (void)snprintf(holder->url, sizeof holder->url, "%s", listen);
        return INB_OK;
    }
    if (getsockname(holder->socket, (struct sockaddr *)&address, &length) != 0 ||
        getnameinfo(
            (struct sockaddr *)&address, length, NULL, 0, port, sizeof port, NI_NUMERICSERV) != 0) {
        return inb_fail(err, INB_UNAVAILABLE, "%.200s: its port cannot be told", listen);
    }
    (void)snprintf(holder->url, sizeof holder->url, "%.*s:%s", (int)(colon - listen), listen, port);
    return INB_OK;
}

inb_status inb_holder_start(
    const inb_holder_options *options, inb_holder **ret_holder, inb_error *err) {
    INB_TRY(inb_i_sodium_start(err));
    if (options->key->about.kind != INB_KEY_HOLDER) {
        return inb_fail(err, INB_USAGE, "only a key of kind holder is served");
    }
    if (strlen(options->listen) >= INB_HOLDER_URL_MOST - 8) {
        return inb_fail(err, INB_USAGE, "the address to listen on is too long");
    }
    INB_CLEANUP(inb_holder_freep) inb_holder *holder = inb_alloc(1, sizeof *holder);
    if (holder == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the key holder");
    }
    holder->options = *options;
    holder->socket = -1;
    for (size_t i = 0; i < PLACES; i++) {
        holder->places[i].socket = -1;
    }
    INB_TRY(inb_i_socket_listen(options->listen, &holder->socket, err));
    INB_TRY(name_url(holder, err));
    *ret_holder = INB_TAKE(holder);
    return INB_OK;
}

static void take_in(inb_holder *holder, int64_t now) {
    int made = accept4(holder->socket, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (made < 0) {
        return;
    }
    for (size_t i = 0; i < PLACES; i++) {
        struct place *place = &holder->places[i];
        if (place->socket < 0) {
            place->socket = made;
            place->heard = now;
            place->in_length = 0;
            place->sent = 0;
            place->ending = false;
            place->out = (inb_buffer)INB_BUFFER_INIT(2 * INB_I_MESSAGE_MOST);
            randombytes_buf(place->nonce, sizeof place->nonce);
            inb_i_holder_greet(holder->options.key, place->nonce, &place->out);
            return;
        }
    }
    (void)close(made); // no place free
}

// Answers the message at the beginning of what came in, when it is whole.
static void work(inb_holder *holder, struct place *place) {
    if (place->ending) {
        return;
    }
    size_t length = inb_i_message_length(place->in, place->in_length);
    if (length == 0 && place->in_length < sizeof place->in) {
        return;
    }
    size_t whole = length == 0 || length == SIZE_MAX ? place->in_length : length;
    place->ending =
        !inb_i_holder_answer(&holder->options, place->nonce, place->in, whole, &place->out);
    memmove(place->in, place->in + whole, place->in_length - whole);
    place->in_length -= whole;
}

static void hear(inb_holder *holder, struct place *place, int64_t now) {
    ssize_t got =
        recv(place->socket, place->in + place->in_length, sizeof place->in - place->in_length, 0);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
        place_end(place);
        return;
    }
    if (got > 0) {
        place->in_length += (size_t)got;
        place->heard = now;
        work(holder, place);
    }
}

static void tell(inb_holder *holder, struct place *place, int64_t now) {
    ssize_t put = send(place->socket, place->out.data + place->sent,
        place->out.length - place->sent, MSG_NOSIGNAL);
    if (put < 0 && errno != EAGAIN && errno != EINTR) {
        place_end(place);
        return;
    }
    if (put > 0) {
        place->sent += (size_t)put;
        place->heard = now;
    }
    if (place->sent == place->out.length) {
        inb_buffer_reset(&place->out);
        place->sent = 0;
        if (place->ending) {
            place_end(place);
        } else {
            work(holder, place); // the next message may have come already
        }
    }
}

// One round of waiting; *ret_stop where the end was asked for.
static inb_status round_of(inb_holder *holder, int stop, bool *ret_stop, inb_error *err) {
    struct pollfd waits[PLACES + 2];
    struct place *whose[PLACES];
    nfds_t count = 2;
    waits[0] = (struct pollfd){.fd = stop, .events = POLLIN};
    waits[1] = (struct pollfd){.fd = holder->socket, .events = POLLIN};
    for (size_t i = 0; i < PLACES; i++) {
        struct place *place = &holder->places[i];
        if (place->socket >= 0) {
            whose[count - 2] = place;
            short events = place->out.length > place->sent ? POLLOUT : POLLIN;
            waits[count++] = (struct pollfd){.fd = place->socket, .events = events};
        }
    }
    int ready = poll(waits, count, TICK_MS);
    if (ready < 0 && errno != EINTR) {
        return inb_fail(err, INB_UNAVAILABLE, "waiting failed: %s", strerror(errno));
    }
    int64_t now = holder->options.now(holder->options.context);
    *ret_stop = ready > 0 && waits[0].revents != 0;
    for (nfds_t i = 2; i < count && !*ret_stop; i++) {
        struct place *place = whose[i - 2];
        if (ready > 0 && (waits[i].revents & POLLOUT) != 0) {
            tell(holder, place, now);
        } else if (ready > 0 && waits[i].revents != 0) {
            hear(holder, place, now);
        } else if (now - place->heard > SILENT_SECONDS) {
            place_end(place);
        }
    }
    if (ready > 0 && (waits[1].revents & POLLIN) != 0 && !*ret_stop) {
        take_in(holder, now);
    }
    return INB_OK;
}

inb_status inb_holder_run(inb_holder *holder, int stop, inb_error *err) {
    for (bool stopped = false; !stopped;) {
        INB_TRY(round_of(holder, stop, &stopped, err));
    }
    return INB_OK;
}
