// SPDX-License-Identifier: EUPL-1.2
// The key holder's service and its client: evaluates blinded points (oprf.h) for known clients,
// within a quota a day, and logs each request before it is answered. It sees no identifier, and
// neither does anyone on the way: blinded points are random. Lines of text over TCP or a Unix
// socket; the protocol stands in src/seal/holder_i.h.
#ifndef INBEELD_HOLDER_H
#define INBEELD_HOLDER_H

#include <inbeeld/encode.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { INB_HOLDER_CLIENTS_MOST = 1000, INB_HOLDER_URL_MOST = 256 };

// A client that may ask. A name that is not in the list is refused, whatever key it has.
typedef struct inb_holder_client {
    char name[INB_KEY_NAME_MOST + 1];
    uint64_t quota; // evaluations a day (UTC)
    uint64_t used;  // of `day`
    int64_t day;    // days since 1970
} inb_holder_client;

// A CSV file "client,quota". Owner of *ret_clients: the caller (inb_free).
inb_status inb_holder_clients_read(const char *path, inb_holder_client **ret_clients,
    size_t *ret_count, inb_error *err) INB_NODISCARD;

typedef struct inb_holder_options {
    const inb_keys *key;        // of kind holder; borrowed
    inb_holder_client *clients; // borrowed, changed
    size_t client_count;
    const char *listen;            // "tcp://ADDRESS:PORT" (port 0 = any free one) or "unix:PATH"
    int64_t (*now)(void *context); // seconds since 1970 UTC
    // Keeps a row: who, how many points, "done" or why refused. A failure refuses the request.
    inb_status (*log)(void *context, int64_t at, const char *client, size_t count,
        const char *result, inb_error *err);
    void *context;
} inb_holder_options;

typedef struct inb_holder inb_holder;

// Binds and listens. A Unix socket is made for its owner alone (mode 600) and must not exist yet.
inb_status inb_holder_start(
    const inb_holder_options *options, inb_holder **ret_holder, inb_error *err) INB_NODISCARD;
const char *inb_holder_url(const inb_holder *holder); // with the port that was taken
// Serves until `stop` can be read from.
inb_status inb_holder_run(inb_holder *holder, int stop, inb_error *err) INB_NODISCARD;
void inb_holder_free(inb_holder *holder); // accepts NULL
void inb_holder_freep(inb_holder **holder);

// The client's side. Refused: a holder of another fingerprint than the client key names.
typedef struct inb_asker inb_asker;
inb_status inb_asker_open(
    const char *url, const inb_keys *client, inb_asker **ret_asker, inb_error *err) INB_NODISCARD;
void inb_asker_free(inb_asker *asker); // accepts NULL
void inb_asker_freep(inb_asker **asker);
// An inb_encode_ask: context is the inb_asker. INB_RANGE: the quota is used up.
inb_status inb_asker_ask(void *asker, const unsigned char *inputs, size_t count,
    unsigned char *ret_tokens, inb_error *err) INB_NODISCARD;

#ifdef __cplusplus
}
#endif
#endif
