// SPDX-License-Identifier: EUPL-1.2
// Signals of several organisations in one store, told in one line each. All of it is made up.
#ifndef INB_HITS_HELP_H
#define INB_HITS_HELP_H

#include "hits_i.h"
#include "road_help.h"
#include "road_i.h"

typedef struct hits_case {
    const char *organisation;
    const char *id;
    inb_reporter source;
    const char *name;
    const char *born;
    const char *phone;
    const char *address;
    const char *kvk;
    const char *handle;
    const char *ground;
    bool unseen; // without an observation
    uint32_t roles;
} hits_case;

// The persons and parties of a case; static, for one at a time.
static inline inb_signal hits_signal(const hits_case *told) {
    static const inb_observation seen[] = {{"CR-11", INB_ANSWER_YES}};
    static inb_person person;
    static inb_party parties[3];
    size_t count = 0;
    person = (inb_person){.ref = "a",
        .age = {INB_AGE_CHILD, INB_YEARS_UNKNOWN},
        .roles = told->roles,
        .name = told->name,
        .birth_date = told->born,
        .phone = told->phone,
        .observations = seen,
        .observation_count = told->unseen ? 0 : 1};
    if (told->address != NULL) {
        parties[count++] = (inb_party){INB_PARTY_ADDRESS, told->address, NULL};
    }
    if (told->kvk != NULL) {
        parties[count++] = (inb_party){INB_PARTY_AGENCY, NULL, told->kvk};
    }
    if (told->handle != NULL) {
        parties[count++] = (inb_party){INB_PARTY_HANDLE, told->handle, NULL};
    }
    return (inb_signal){.id = told->id,
        .source_kind = told->source,
        .organisation = told->organisation,
        .persons = &person,
        .person_count = 1,
        .parties = parties,
        .party_count = count,
        .ground = told->ground};
}

static inline inb_road *hits_open(void) {
    inb_road_options options = road_options();
    options.writer = false;
    inb_road *road = NULL;
    INB_OK_IS(inb_road_open(&options, &road, err));
    return road;
}

static inline inb_road_actor hits_actor(const char *organisation) {
    return (inb_road_actor){"user.1", organisation, "", ROAD_NOW};
}

// Keeps a signal and returns its number.
static inline int64_t hits_keep_signal(inb_road *road, const inb_signal *signal) {
    inb_road_actor actor = hits_actor(signal->organisation);
    INB_OK_IS(inb_road_begin(road, err));
    INB_OK_IS(inb_road_keep_one(road, &actor, signal, NULL, err));
    INB_OK_IS(inb_road_commit(road, err));
    int64_t number = 0;
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    INB_OK_IS(inb_road_number_of(road, signal->organisation, signal->id, arena, &number, err));
    inb_arena_free(arena);
    return number;
}

static inline int64_t hits_keep(inb_road *road, const hits_case *told) {
    inb_signal signal = hits_signal(told);
    return hits_keep_signal(road, &signal);
}

// The end of work without a writer: it is over when the function returns.
static inb_status hits_status;
static inline void hits_done(inb_status status, const char *message, uint32_t version, void *p) {
    (void)message;
    (void)version;
    (void)p;
    hits_status = status;
}

static inline void hits_quota(inb_road *road, const char *organisation, int64_t quota) {
    const inb_contact contact = {"desk@example.invalid", quota};
    INB_OK_IS(inb_store_begin(road->store, err));
    INB_OK_IS(inb_store_contact_set(road->store, organisation, &contact, ROAD_NOW, err));
    INB_OK_IS(inb_store_commit(road->store, err));
}

// "police-b,school-d" of a signal; "waits", "nothing" where it takes no part. Static.
static inline const char *hits_list(inb_road *road, int64_t number) {
    static char text[256];
    inb_arena *arena = NULL;
    inb_hits hits;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    INB_OK_IS(inb_hits_of(road->store, arena, number, &hits, err));
    text[0] = '\0';
    for (size_t i = 0; i < hits.count; i++) {
        size_t used = strlen(text);
        snprintf(
            text + used, sizeof text - used, "%s%s", i > 0 ? "," : "", hits.list[i].organisation);
    }
    if (!hits.compared || hits.state == INB_COMPARED_WAITS) {
        snprintf(text, sizeof text, "waits");
    } else if (hits.state == INB_COMPARED_NOTHING) {
        snprintf(text, sizeof text, "nothing");
    }
    inb_arena_free(arena);
    return text;
}

#define HITS_ARE(road, number, wanted) ck_assert_str_eq(hits_list(road, number), wanted)

static inline int64_t hits_log_rows(inb_road *road) {
    inb_log_verdict verdict;
    INB_OK_IS(inb_road_log_verify(road, NULL, &verdict, err));
    ck_assert_int_eq(verdict.fault, INB_LOG_WHOLE);
    return verdict.rows;
}

#endif
