// SPDX-License-Identifier: EUPL-1.2
// The client's side of the key holder's protocol: blinds, asks, checks the proof, takes the blinds
// off. Blinds live as long as one batch.

#include "holder_i.h"

#include "base/alloc.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { PATIENCE_SECONDS = 60 };

struct inb_asker {
    const inb_keys *client;
    char url[INB_HOLDER_URL_MOST];
    int socket;
    unsigned char nonce[INB_I_NONCE_BYTES];
    char in[INB_I_MESSAGE_MOST + 1];
    size_t in_length;
    unsigned char blinds[INB_OPRF_BATCH_MOST * INB_OPRF_BYTES];
    unsigned char blinded[INB_OPRF_BATCH_MOST * INB_OPRF_BYTES];
    inb_i_message message;
    inb_buffer out;
};

void inb_asker_free(inb_asker *asker) {
    if (asker == NULL) {
        return;
    }
    if (asker->socket >= 0) {
        (void)close(asker->socket);
    }
    inb_buffer_clear(&asker->out);
    sodium_memzero(asker, sizeof *asker);
    inb_free(asker);
}

void inb_asker_freep(inb_asker **asker) {
    inb_asker_free(*asker);
}

static inb_status broken(const inb_asker *asker, const char *what, inb_error *err) {
    return inb_fail(err, INB_UNAVAILABLE, "%.200s: %s", asker->url, what);
}

static inb_status hear(inb_asker *asker, inb_error *err) {
    if (asker->in_length == INB_I_MESSAGE_MOST) {
        return broken(asker, "the key holder's answer is too long", err);
    }
    ssize_t got;
    do {
        got = recv(
            asker->socket, asker->in + asker->in_length, INB_I_MESSAGE_MOST - asker->in_length, 0);
    } while (got < 0 && errno == EINTR);
    if (got <= 0) {
        return broken(asker,
            got == 0 ? "the key holder ended the connection" : "the key holder does not answer",
            err);
    }
    asker->in_length += (size_t)got;
    asker->in[asker->in_length] = '\0';
    return INB_OK;
}

static inb_status hear_line(inb_asker *asker, size_t *ret_length, inb_error *err) {
    for (;;) {
        const char *end = memchr(asker->in, '\n', asker->in_length);
        if (end != NULL) {
            *ret_length = (size_t)(end - asker->in) + 1;
            return INB_OK;
        }
        INB_TRY(hear(asker, err));
    }
}

static void drop(inb_asker *asker, size_t length) {
    memmove(asker->in, asker->in + length, asker->in_length - length);
    asker->in_length -= length;
    asker->in[asker->in_length] = '\0';
}

static inb_status greet(inb_asker *asker, inb_error *err) {
    size_t length;
    INB_TRY(hear_line(asker, &length, err));
    char fingerprint[INB_FINGERPRINT_TEXT] = "";
    char nonce[48] = "";
    asker->in[length - 1] = '\0';
    if (sscanf(asker->in, "inbeeld-holder 1 %39s %47s", fingerprint, nonce) != 2 ||
        !inb_i_get_base64(nonce, asker->nonce, sizeof asker->nonce)) {
        return broken(asker, "what answers there is no key holder of version 1", err);
    }
    if (strcmp(fingerprint, asker->client->about.fingerprint) != 0) {
        return inb_fail(err, INB_BAD_INPUT,
            "%.200s: found another key holder or another version of its key, expected the one "
            "with fingerprint %s",
            asker->url, asker->client->about.fingerprint);
    }
    drop(asker, length);
    return INB_OK;
}

inb_status inb_asker_open(
    const char *url, const inb_keys *client, inb_asker **ret_asker, inb_error *err) {
    if (client->about.kind != INB_KEY_CLIENT) {
        return inb_fail(err, INB_USAGE, "asking a key holder needs a key of kind client");
    }
    if (strlen(url) >= INB_HOLDER_URL_MOST) {
        return inb_fail(err, INB_USAGE, "the key holder's address is too long");
    }
    INB_TRY(inb_i_sodium_start(err));
    INB_CLEANUP(inb_asker_freep) inb_asker *asker = inb_alloc(1, sizeof *asker);
    if (asker == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to ask a key holder");
    }
    asker->client = client;
    asker->socket = -1;
    asker->out = (inb_buffer)INB_BUFFER_INIT(INB_I_MESSAGE_MOST);
    memcpy(asker->url, url, strlen(url));
    INB_TRY(inb_i_socket_connect(url, &asker->socket, err));
    struct timeval patience = {.tv_sec = PATIENCE_SECONDS};
    if (setsockopt(asker->socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0 ||
        setsockopt(asker->socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience) != 0) {
        return broken(asker, "its socket cannot be set up", err);
    }
    INB_TRY(greet(asker, err));
    *ret_asker = INB_TAKE(asker);
    return INB_OK;
}

static inb_status send_all(inb_asker *asker, inb_error *err) {
    INB_TRY(inb_buffer_check(&asker->out, err));
    for (size_t at = 0; at < asker->out.length;) {
        ssize_t put =
            send(asker->socket, asker->out.data + at, asker->out.length - at, MSG_NOSIGNAL);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            return broken(asker, "the key holder ended the connection", err);
        }
        at += (size_t)put;
    }
    return INB_OK;
}

// The whole answer in asker->message, or what the holder refused for.
static inb_status hear_answer(inb_asker *asker, size_t count, inb_error *err) {
    size_t line;
    INB_TRY(hear_line(asker, &line, err));
    static const char refused[] = "refused ";
    if (strncmp(asker->in, refused, sizeof refused - 1) == 0) {
        asker->in[line - 1] = '\0';
        const char *words = asker->in + sizeof refused - 1;
        for (const char *at = words; *at != '\0'; at++) {
            if (*at < ' ' || *at > '~') {
                words = "words that cannot be shown";
                break;
            }
        }
        return inb_fail(
            err, INB_RANGE, "%.200s: the key holder refused: %.100s", asker->url, words);
    }
    size_t length;
    while ((length = inb_i_message_length(asker->in, asker->in_length)) == 0) {
        INB_TRY(hear(asker, err));
    }
    if (length == SIZE_MAX || !inb_i_message_parse(asker->in, length, &asker->message) ||
        strcmp(asker->message.words[0], "evaluated") != 0 || asker->message.count != count) {
        return broken(asker, "the key holder's answer cannot be read", err);
    }
    drop(asker, length);
    return INB_OK;
}

static inb_status ask(inb_asker *asker, const unsigned char *inputs, size_t count,
    unsigned char *ret_tokens, inb_error *err) {
    for (size_t i = 0; i < count; i++) {
        INB_TRY(inb_oprf_blind(inputs + i * INB_OPRF_INPUT_BYTES, INB_OPRF_INPUT_BYTES,
            asker->blinds + i * INB_OPRF_BYTES, asker->blinded + i * INB_OPRF_BYTES, err));
    }
    unsigned char mac[crypto_auth_BYTES];
    const char *name = asker->client->about.name;
    inb_i_message_mac(asker->client->client, asker->nonce, name, asker->blinded, count, mac);
    inb_buffer_reset(&asker->out);
    inb_buffer_format(&asker->out, "evaluate %s %zu ", name, count);
    inb_i_put_base64(&asker->out, mac, sizeof mac);
    inb_buffer_char(&asker->out, '\n');
    inb_i_put_points(&asker->out, asker->blinded, count);
    INB_TRY(send_all(asker, err));
    INB_TRY(hear_answer(asker, count, err));
    unsigned char proof[INB_OPRF_PROOF_BYTES];
    if (!inb_i_get_base64(asker->message.words[2], proof, sizeof proof) ||
        !inb_i_get_base64(asker->message.words[3], asker->nonce, sizeof asker->nonce)) {
        return broken(asker, "the key holder's answer cannot be read", err);
    }
    return inb_oprf_unblind(asker->client, asker->blinds, asker->blinded, asker->message.points,
        count, proof, ret_tokens, err);
}

inb_status inb_asker_ask(void *asker, const unsigned char *inputs, size_t count,
    unsigned char *ret_tokens, inb_error *err) {
    inb_asker *self = asker;
    if (count == 0 || count > INB_OPRF_BATCH_MOST) {
        return inb_fail(err, INB_RANGE, "found %zu points to ask for, expected 1 to %d", count,
            (int)INB_OPRF_BATCH_MOST);
    }
    inb_status status = ask(self, inputs, count, ret_tokens, err);
    sodium_memzero(self->blinds, sizeof self->blinds);
    return status;
}
