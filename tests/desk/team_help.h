// SPDX-License-Identifier: EUPL-1.2
// A team's desk without a server: a fresh store and key, and pages made as often as they wait.
// Every secret that is typed is a word that can be sought for in files. All of it is made up.
#ifndef INB_TEAM_HELP_H
#define INB_TEAM_HELP_H

#include "walk.h"

#include "desk/page_team.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

static char team_folder[64];
static char team_where[112];
static char team_store[96];
static char team_key[96];
static inb_road *team_road;
static inb_desk_team team;
static unsigned team_wakes;
static int64_t team_now = NOW;

static const char *const team_secrets[] = {"Canaryname", "Canarystreet", "0612345678", "Canarytext",
    "Canaryplace", "Canaryhandle", "XX-123-Y", "Canaryflex", "2011-03-01"};

static inline void team_wake(void *payload) {
    (void)payload;
    team_wakes++;
}

static inline void team_open(void) {
    const inb_road_options options = {
        .store = team_where, .key = team_key, .catalogue = catalogue, .create = true};
    INB_OK_IS(inb_road_open(&options, &team_road, err));
    team = (inb_desk_team){
        .road = team_road, .folder = team_folder, .actor = "uid-1", .organisation = "own"};
}

static inline void team_setup(void) {
    setup();
    inb_pages_of_team(pages);
    memcpy(team_folder, "/tmp/inb_desk_XXXXXX", sizeof "/tmp/inb_desk_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(team_folder));
    snprintf(team_store, sizeof team_store, "%s/s.db", team_folder);
    snprintf(team_where, sizeof team_where, "sqlite:%s", team_store);
    snprintf(team_key, sizeof team_key, "%s/key", team_folder);
    INB_OK_IS(inb_keyfile_new(team_key, err));
    team_open();
}

static inline void team_teardown(void) {
    static const char *const names[] = {"s.db", "s.db-wal", "s.db-shm", "key"};
    inb_road_free(team_road);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", team_folder, names[i]);
        (void)unlink(path);
    }
    (void)rmdir(team_folder);
}

static inline inb_status team_try(
    inb_desk_route route, int64_t number, const char *text, inb_error *err) {
    inb_desk_wait wait = {.wake = team_wake};
    inb_status status = INB_OK;
    do {
        inb_desk_request request = {.route = route,
            .post = text != NULL,
            .body = text,
            .body_length = text == NULL ? 0 : strlen(text),
            .stamper = stamper,
            .retired = retired,
            .now = team_now,
            .number = number,
            .team = &team,
            .wait = &wait};
        inb_buffer_reset(&out);
        status = inb_pages_make(pages, &request, &out, &answer, err);
    } while (status == INB_OK && answer.waits);
    inb_desk_wait_clear(&wait);
    return status;
}

// Makes a page of the team, as often as it waits.
static inline const char *team_make(inb_desk_route route, int64_t number, const char *text) {
    INB_OK_IS(team_try(route, number, text, err));
    return inb_buffer_get(&out);
}

static inline const char *team_press(const char *button, const char *more) {
    return team_make(INB_DESK_CARD, 0, form(button, more));
}

// A card of a fifteen-year-old at school up to its finding.
static inline void team_card(void) {
    static const char *const buttons[] = {
        "age:teen", "who:school", "where:school", "answer:no", "answer:yes", "answer:yes", "show"};
    make(INB_DESK_CARD, 0, NULL, NOW);
    for (size_t i = 0; i < sizeof buttons / sizeof buttons[0]; i++) {
        press(buttons[i]);
        ck_assert_uint_eq(answer.status, 200);
    }
}

static const char team_typed[] =
    "&person.1.name=Zwaluw+Canaryname&person.1.birth_date=2011-03-01&person.1.phone=0612345678"
    "&person.1.sex=m&seen=2026-09-03&place=Canaryplace&party.1.value=Canaryflex&party.1.kvk="
    "12345678"
    "&party.2.value=&party.2.kvk=&party.3.value=Canarystreet+1&party.4.value=XX-123-Y"
    "&party.5.value=&party.6.value=Canaryhandle&party.7.value=&text=Canarytext%0D%0Aand+more";

// Keeps one signal and returns its number.
static inline int64_t team_keep(const char *typed) {
    team_card();
    team_press("keep", "");
    ck_assert_uint_eq(answer.status, 200);
    team_make(INB_DESK_KEEP, 0, form("kept", typed));
    ck_assert_uint_eq(answer.status, 303);
    ck_assert_int_eq(strncmp(answer.location, "/nl/signal/", 11), 0);
    return strtoll(answer.location + 11, NULL, 10);
}

static inline bool team_shows(const char *words) {
    return strstr(inb_buffer_get(&out), words) != NULL;
}

// The body of a form on the last page that is about a kept signal.
static inline const char *team_form(const char *button, const char *more) {
    char stamp[128];
    char version[16];
    hidden("stamp", stamp, sizeof stamp);
    hidden("version", version, sizeof version);
    snprintf(body, sizeof body, "stamp=%s&version=%s&do=%s%s", stamp, version, button, more);
    return body;
}

static inline int64_t team_log_rows(void) {
    inb_log_verdict verdict;
    INB_OK_IS(inb_road_log_verify(team_road, NULL, &verdict, err));
    ck_assert_int_eq(verdict.fault, INB_LOG_WHOLE);
    return verdict.rows;
}

// From here on no file grows: the disk is full.
static inline void team_full(bool full) {
    static struct rlimit before;
    (void)signal(SIGXFSZ, SIG_IGN);
    if (full) {
        ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
        struct rlimit none = {0, before.rlim_max};
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &none), 0);
    } else {
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    }
}

#endif
