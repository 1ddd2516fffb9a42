// SPDX-License-Identifier: EUPL-1.2
// Fuzzer of the forms of a team: the first byte says which page the rest is posted to, with stamps
// of ours put before it ("0" keep, 1 keep and pass on, 2 pass on, 3 correct, 4 take out of a
// situation) or without (5 retract). Whatever comes in, an answer is one of those that a browser
// can get, what is typed comes back escaped, and the store and its log stay whole.

#include "desk/pages.h"

#include "base/alloc.h"
#include "base/text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { NOW = 1790000000, KINDS = 6, BODY_MOST = INB_STORE_NAME_MOST * 400 };

static char folder[] = "/tmp/inb_fuzz_team_XXXXXX";
static inb_road *road;
static inb_catalogue *catalogue;
static inb_pages *pages;
static inb_stamper *stamper;
static inb_retired *retired;

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static void wake(void *payload) {
    (void)payload;
}

static void end(void) {
    static const char *const names[] = {"s.db", "s.db-wal", "s.db-shm", "key"};
    inb_log_verdict verdict;
    demand(inb_road_log_verify(road, NULL, &verdict, NULL) == INB_OK);
    demand(verdict.fault == INB_LOG_WHOLE);
    inb_road_free(road);
    inb_pages_free(pages);
    inb_stamper_free(stamper);
    inb_retired_free(retired);
    inb_catalogue_free(catalogue);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[64];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        (void)unlink(path);
    }
    (void)rmdir(folder);
}

// Two persons, names in parts, two parties: each kind of field stands in its form.
static void keep_one(void) {
    static const inb_observation seen[] = {{"CR-11", INB_ANSWER_YES}, {"CR-03", INB_ANSWER_NO}};
    static const char *const circumstances[] = {"CI-01"};
    static const inb_person persons[] = {{.ref = "a",
                                             .age = {INB_AGE_CHILD, 15},
                                             .surname = "Made Up",
                                             .sex = "meisje",
                                             .observations = seen,
                                             .observation_count = 2,
                                             .circumstances = circumstances,
                                             .circumstance_count = 1},
        {.ref = "b", .age = {INB_AGE_CHILD, INB_YEARS_UNKNOWN}}};
    static const inb_party parties[] = {
        {INB_PARTY_VEHICLE, "XX-123-Y", NULL}, {INB_PARTY_AGENCY, NULL, "12345678"}};
    const inb_signal signal = {.id = "fuzz",
        .organisation = "own",
        .source_kind = INB_REPORTER_SCHOOL,
        .persons = persons,
        .person_count = 2,
        .parties = parties,
        .party_count = 2};
    const inb_road_actor actor = {"uid-1", "own", "", NOW};
    demand(inb_road_keep(road, &actor, &signal, NULL, NULL, NULL, NULL) == INB_OK);
}

static void begin(void) {
    char where[64];
    char key[64];
    demand(mkdtemp(folder) != NULL);
    snprintf(where, sizeof where, "sqlite:%s/s.db", folder);
    snprintf(key, sizeof key, "%s/key", folder);
    demand(inb_catalogue_load(NULL, &catalogue, NULL) == INB_OK);
    demand(inb_pages_new(catalogue, NULL, &pages, NULL) == INB_OK);
    inb_pages_of_team(pages);
    demand(inb_stamper_new(&stamper, NULL) == INB_OK);
    demand(inb_retired_new(&retired, NULL) == INB_OK);
    demand(inb_keyfile_new(key, NULL) == INB_OK);
    const inb_road_options options = {
        .store = where, .key = key, .catalogue = catalogue, .create = true};
    demand(inb_road_open(&options, &road, NULL) == INB_OK);
    keep_one();
    demand(atexit(end) == 0);
}

// Stamps, and of the card its answers, before what the input says.
static void put_before(inb_buffer *body, unsigned kind) {
    static const char *const purposes[KINDS] = {"card 0123456789abcdef0123456789abcdef",
        "card 0123456789abcdef0123456789abcdef", "signal 1 pass", "signal 1 correct",
        "signal 1 part", ""};
    char stamp[INB_STAMP_SIZE];
    inb_stamp_make(stamper, purposes[kind], NOW, stamp);
    if (kind != 5) {
        inb_buffer_format(body, "stamp=%s&", stamp);
    }
    if (kind < 2) {
        inb_buffer_format(body,
            "sheet=0123456789abcdef0123456789abcdef&card=1.%c0.t.school.school.n----0000.CR-"
            "11y."
            "&",
            kind == 0 ? 'k' : 'p');
    }
}

static void post(unsigned kind, const char *text, size_t length) {
    static const inb_desk_route routes[KINDS] = {INB_DESK_KEEP, INB_DESK_KEEP, INB_DESK_PASS,
        INB_DESK_CORRECT, INB_DESK_PART, INB_DESK_RETRACT};
    static const inb_desk_team team_of = {.folder = "/", .actor = "uid-1", .organisation = "own"};
    inb_desk_team team = team_of;
    team.road = road;
    INB_CLEANUP(inb_buffer_clear) inb_buffer body = INB_BUFFER_INIT((size_t)1 << 20);
    INB_CLEANUP(inb_buffer_clear) inb_buffer out = INB_BUFFER_INIT((size_t)8 << 20);
    put_before(&body, kind);
    inb_buffer_add(&body, text, length);
    demand(body.status == INB_OK);
    inb_desk_wait wait = {.wake = wake};
    inb_desk_answer answer;
    do {
        inb_desk_request request = {.route = routes[kind],
            .language = length % 2,
            .post = true,
            .body = body.data,
            .body_length = body.length,
            .stamper = stamper,
            .retired = retired,
            .now = NOW,
            .number = 1,
            .team = &team,
            .wait = &wait};
        inb_buffer_reset(&out);
        demand(inb_pages_make(pages, &request, &out, &answer, NULL) == INB_OK);
        demand(!answer.waits || out.length == 0);
    } while (answer.waits);
    inb_desk_wait_clear(&wait);
    demand(answer.status == 200 || answer.status == 303 || answer.status == 400 ||
           answer.status == 403 || answer.status == 409 || answer.status == 413 ||
           answer.status == 422);
    demand(kind != 5 || answer.status != 303); // nothing without a stamp
    demand((answer.status == 303) == (answer.location[0] == '/'));
    demand(inb_utf8_valid(out.data, out.length) == out.length);
    demand(out.length == 0 || memmem(out.data, out.length, "<script", 7) == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0 || size > BODY_MOST) {
        return 0;
    }
    if (road == NULL) {
        begin();
    }
    char *text = inb_alloc(size, 1); // without the first byte, with a NUL: its end is guarded
    demand(text != NULL);
    memcpy(text, data + 1, size - 1);
    post((uint8_t)(data[0] - (uint8_t)'0') % KINDS, text, size - 1);
    inb_free(text);
    return 0;
}
