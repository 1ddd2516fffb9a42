// SPDX-License-Identifier: EUPL-1.2
// A key holder's service in a thread of the test, on any free port or a Unix socket.
#ifndef INB_HOLDER_HELP_H
#define INB_HOLDER_HELP_H

#include "holder_i.h"
#include "key_help.h"

#include <pthread.h>

struct serving {
    inb_keys *key;
    inb_holder_client client;
    inb_holder *holder;
    int stop[2];
    pthread_t thread;
    inb_status ended;
    size_t rows;
};

static inline int64_t serving_now(void *context) {
    (void)context;
    return 1000000;
}

static inline inb_status serving_log(void *context, int64_t at, const char *client, size_t count,
    const char *result, inb_error *err) {
    struct serving *serving = context;
    (void)at, (void)client, (void)count, (void)result, (void)err;
    serving->rows++;
    return INB_OK;
}

static inline void *serving_run(void *context) {
    struct serving *serving = context;
    inb_error err = INB_ERROR_INIT;
    serving->ended = inb_holder_run(serving->holder, serving->stop[0], &err);
    return NULL;
}

static inline void serving_begin(struct serving *serving, const char *listen, uint64_t quota) {
    memset(serving, 0, sizeof *serving);
    serving->key = new_key(INB_KEY_HOLDER, "", NULL);
    serving->client = (inb_holder_client){.name = "ngo", .quota = quota};
    inb_holder_options options = {.key = serving->key,
        .clients = &serving->client,
        .client_count = 1,
        .listen = listen,
        .now = serving_now,
        .log = serving_log,
        .context = serving};
    INB_OK_IS(inb_holder_start(&options, &serving->holder, err));
    ck_assert_int_eq(pipe(serving->stop), 0);
    ck_assert_int_eq(pthread_create(&serving->thread, NULL, serving_run, serving), 0);
}

static inline void serving_end(struct serving *serving) {
    ck_assert_int_eq(write(serving->stop[1], "x", 1), 1);
    ck_assert_int_eq(pthread_join(serving->thread, NULL), 0);
    ck_assert_int_eq(serving->ended, INB_OK);
    inb_holder_free(serving->holder);
    inb_keys_free(serving->key);
    close(serving->stop[0]);
    close(serving->stop[1]);
}

#endif
