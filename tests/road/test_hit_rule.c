// SPDX-License-Identifier: EUPL-1.2
// The rule against a slow plain one that looks at every pair of what was told, after every tenth of
// some hundred signals of five organisations and three regimes, with grounds, retracted and parted
// ones: the hits of each signal as it came in are those of a batch, and each is seen on both sides.

#include "hits_help.h"

#include <inbeeld/near_person.h>
#include <inbeeld/rng.h>

enum { COUNT = 120, ORGANISATIONS = 5, VALUES = 8, PARTINGS = 6 };

static const char *const organisations[] = {"a", "b", "c", "police", "labour"};
static const inb_reporter sources[] = {INB_REPORTER_SCHOOL, INB_REPORTER_HEALTH, INB_REPORTER_NGO,
    INB_REPORTER_POLICE_BEAT, INB_REPORTER_LABOUR_INSPECTORATE};

// A signal as the plain rule sees it; values by number, 0 = none.
typedef struct plain {
    int organisation;
    int phone, address, kvk, handle, person;
    bool ground, gone, unseen;
    int64_t parted[PARTINGS];
    size_t parted_count;
} plain;

static plain plains[COUNT + 1]; // by the signal's number
static char texts[COUNT + 1][5][64];

static int some(inb_rng *rng, uint32_t of) {
    uint32_t value = inb_rng_below(rng, of);
    return value < VALUES ? (int)value + 1 : 0;
}

static int64_t keep(inb_road *road, inb_rng *rng, size_t i) {
    plain *p = &plains[i];
    char id[16];
    *p = (plain){.organisation = (int)inb_rng_below(rng, ORGANISATIONS),
        .phone = some(rng, 40),
        .address = some(rng, 20), // often: a hub of more than ten
        .kvk = some(rng, 60),
        .handle = some(rng, 60),
        .person = some(rng, 40),
        .ground = inb_rng_below(rng, 3) == 0,
        .unseen = inb_rng_below(rng, 12) == 0};
    p->address = p->address > 3 ? 1 : p->address; // one house of many
    snprintf(id, sizeof id, "%zu", i);
    snprintf(texts[i][0], 64, "Persoon%c Naam", 'a' + p->person);
    snprintf(texts[i][1], 64, "2001-02-%02d", 2 + 3 * p->person);
    snprintf(texts[i][2], 64, "06123456%02d", p->phone);
    snprintf(texts[i][3], 64, "Kerkstraat %d, 1017 GA Amsterdam", p->address);
    snprintf(texts[i][4], 64, "123456%02d", p->kvk);
    char handle[16];
    snprintf(handle, sizeof handle, "@handle%d", p->handle);
    return hits_keep(road,
        &(hits_case){organisations[p->organisation], id, sources[p->organisation],
            .name = p->person > 0 ? texts[i][0] : NULL, .born = p->person > 0 ? texts[i][1] : NULL,
            .phone = p->phone > 0 ? texts[i][2] : NULL,
            .address = p->address > 0 ? texts[i][3] : NULL, .kvk = p->kvk > 0 ? texts[i][4] : NULL,
            .handle = p->handle > 0 ? handle : NULL, .ground = p->ground ? "a ground" : NULL,
            .unseen = p->unseen});
}

static bool takes_part(const plain *p) {
    return !p->gone && !p->unseen;
}

static int regime(const plain *p) {
    return p->organisation < 3 ? 0 : p->organisation;
}

// Signals of the two organisations with this value that may be counted for a pair.
static size_t sharers(
    const plain *a, const plain *b, size_t count, const int *(*value)(const plain *p)) {
    size_t found = 0;
    for (size_t i = 1; i <= count; i++) {
        const plain *p = &plains[i];
        bool of_two = p->organisation == a->organisation || p->organisation == b->organisation;
        bool counts = regime(a) == regime(b) ? regime(p) == regime(a) : p->ground;
        found += takes_part(p) && of_two && counts && *value(p) == *value(a) ? 1 : 0;
    }
    return found;
}

#define VALUE(member)                                                                              \
    static const int *value_##member(const plain *p) {                                             \
        return &p->member;                                                                         \
    }
VALUE(phone)
VALUE(address)
VALUE(kvk)
VALUE(handle)
VALUE(person)

static bool plain_hit(size_t one, size_t other, size_t count) {
    const plain *a = &plains[one];
    const plain *b = &plains[other];
    static const struct {
        const int *(*value)(const plain *p);
        size_t most;
    } kinds[] = {{value_phone, 10}, {value_address, 10}, {value_kvk, 100}, {value_handle, 100},
        {value_person, 100}};
    if (a->organisation == b->organisation || !takes_part(a) || !takes_part(b) ||
        (regime(a) != regime(b) && !(a->ground && b->ground))) {
        return false;
    }
    for (size_t i = 0; i < a->parted_count; i++) {
        if (a->parted[i] == (int64_t)other) {
            return false;
        }
    }
    size_t weak = 0;
    bool strong = false;
    for (size_t i = 0; i < 5; i++) {
        if (*kinds[i].value(a) == 0 || *kinds[i].value(a) != *kinds[i].value(b)) {
            continue;
        }
        size_t have = sharers(a, b, count, kinds[i].value);
        strong = strong || have <= kinds[i].most;
        weak += have <= 50 ? 1 : 0;
    }
    return strong || weak > 1;
}

// How many hits there are; every signal is asked.
static size_t compare_all(inb_road *road, inb_arena *arena, size_t count) {
    size_t hits = 0;
    for (size_t one = 1; one <= count; one++) {
        const inb_stored_signal *signal = NULL;
        const inb_i_hit_pair *pairs = NULL;
        size_t pair_count = 0;
        inb_arena_reset(arena);
        INB_OK_IS(inb_store_get(road->store, arena, (int64_t)one, &signal, err));
        if (takes_part(&plains[one])) { // hits.c asks this before it asks the rule
            INB_OK_IS(inb_i_hit_pairs(road->store, inb_i_comparer_regimes(road->comparer), arena,
                signal, false, &pairs, &pair_count, err));
        }
        size_t at = 0;
        for (size_t other = 1; other <= count; other++) {
            bool here = at < pair_count && pairs[at].number == (int64_t)other;
            ck_assert_msg(
                here == plain_hit(one, other, count), "%zu and %zu of %zu", one, other, count);
            at += here ? 1 : 0;
            hits += here ? 1 : 0;
        }
        ck_assert_uint_eq(at, pair_count);
    }
    return hits;
}

INB_TEST(one_at_a_time_as_a_batch) {
    road_setup();
    inb_road *road = hits_open();
    inb_rng rng = inb_rng_make(11, 0);
    inb_arena *arena = NULL;
    size_t hits = 0;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    for (size_t i = 1; i <= COUNT; i++) {
        ck_assert_int_eq(keep(road, &rng, i), (int64_t)i);
        if (i % 11 == 0) { // an earlier one is retracted
            size_t gone = 1 + inb_rng_below(&rng, (uint32_t)i);
            char id[16];
            snprintf(id, sizeof id, "%zu", gone);
            inb_road_actor actor = hits_actor(organisations[plains[gone].organisation]);
            INB_OK_IS(inb_road_retract(road, &actor, id, 0, hits_done, NULL, err));
            plains[gone].gone = true;
        }
        if (i % 23 == 0) { // two are parted
            const inb_stored_parting parting = {(int64_t)i / 2, (int64_t)i};
            const inb_work work = {.kind = INB_WORK_PART,
                .log = {ROAD_NOW, "u", "part", "", "done", ""},
                .partings = &parting,
                .parting_count = 1};
            INB_OK_IS(inb_store_write(road->store, &work, NULL, err));
            plain *a = &plains[i / 2];
            plain *b = &plains[i];
            a->parted[a->parted_count++] = (int64_t)i;
            b->parted[b->parted_count++] = (int64_t)i / 2;
        }
        hits = i % 10 == 0 ? compare_all(road, arena, i) : hits;
    }
    ck_assert_uint_gt(hits, 100);
    ck_assert_uint_gt(sharers(&plains[1], &plains[2], COUNT, value_address), 0);
    inb_arena_free(arena);
    inb_road_free(road);
    road_teardown();
}
INB_END

// A house of many is no hit by itself, with a second thing it is; a ground of a pair needs one.
INB_TEST(hubs) {
    road_setup();
    inb_road *road = hits_open();
    static const char house[] = "Kerkstraat 12, 1017 GA Amsterdam";
    int64_t last = 0;
    for (int i = 0; i < 11; i++) {
        char id[8];
        snprintf(id, sizeof id, "%d", i);
        last = hits_keep(
            road, &(hits_case){i < 6 ? "a" : "b", id, INB_REPORTER_SHELTER, .address = house});
        if (i == 9) {
            HITS_ARE(road, last, "a");
        }
    }
    HITS_ARE(road, last, "");
    int64_t third = hits_keep(road, &(hits_case){"c", "1", INB_REPORTER_SHELTER, .address = house});
    HITS_ARE(road, third, "a,b"); // few of each two
    int64_t both[2];
    both[0] = hits_keep(road,
        &(hits_case){"a", "x", INB_REPORTER_SHELTER, .address = house, .phone = "0612345678"});
    for (int i = 0; i < 10; i++) { // a phone of many
        char id[8];
        snprintf(id, sizeof id, "x%d", i);
        (void)hits_keep(road, &(hits_case){"b", id, INB_REPORTER_SHELTER, .phone = "0612345678"});
    }
    HITS_ARE(road, both[0], "c");
    both[1] = hits_keep(road,
        &(hits_case){"b", "x", INB_REPORTER_SHELTER, .address = house, .phone = "0612345678"});
    HITS_ARE(road, both[0], "b,c");
    HITS_ARE(road, both[1], "a,c");
    inb_road_free(road);
    road_teardown();
}
INB_END

INB_TEST_MAIN("road/hit_rule", one_at_a_time_as_a_batch, hubs)
