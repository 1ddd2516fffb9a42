// SPDX-License-Identifier: EUPL-1.2
// How long one new signal takes against a store of PERSONS persons that take part: kept, compared
// and committed, by itself. The store is filled by the road as an import does it, compared, with
// the database held in memory and written once (names of a few hundred parts by a rank law, dates
// over sixty years, one in fifteen heaped), in the folder DIR, which is kept when it is named (a
// second run measures at once). Prints milliseconds: median, 95 %, 99 %, most; of comparing alone
// too, of reading one signal's hits, and of what the page of a team's hits asks the store.
//
//   bench_hits [PERSONS [DIR [YEARS]]]      default 100000, births over 60 years
//
// What grows is who shares a date: 33,300 persons over two years are as dense as a million over
// sixty.
#include "hits_i.h"
#include "road_i.h"
#include "store_i.h"

#include <inbeeld/rng.h>

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { NOW = 1795000000, PARTS = 400, SIGNALS = 400, ORGANISATIONS = 8 };

static char folder[256];
static char where[320];
static char key[320];
static uint32_t years = 60;      // of births
static char parts[2][PARTS][12]; // given names, surnames

static void stop(const char *what, const inb_error *err) {
    fprintf(stderr, "bench_hits: %s: %s\n", what, err->message);
    exit(1);
}

static double now_ms(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static int by_value(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

static void make_parts(void) {
    static const char consonants[] = "bdfghjklmnprstvwz";
    static const char vowels[] = "aeiou";
    inb_rng rng = inb_rng_make(1, 0);
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < PARTS; i++) {
            size_t syllables = 2 + inb_rng_below(&rng, 2);
            size_t used = 0;
            for (size_t s = 0; s < syllables; s++) {
                parts[k][i][used++] = consonants[inb_rng_below(&rng, 17)];
                parts[k][i][used++] = vowels[inb_rng_below(&rng, 5)];
                if (s + 1 == syllables) {
                    parts[k][i][used++] = consonants[inb_rng_below(&rng, 17)];
                }
            }
        }
    }
}

// The more common the lower: half of all have one of the first sixth.
static size_t part(inb_rng *rng) {
    uint32_t a = inb_rng_below(rng, PARTS);
    uint32_t b = inb_rng_below(rng, PARTS);
    return a < b ? a : b;
}

// Signal i of a stream; its texts are static.
static const inb_signal *signal_of(inb_rng *rng, size_t i, const char *stream) {
    static const inb_observation seen[] = {{"CR-11", INB_ANSWER_YES}};
    static char id[32], organisation[32], name[40], born[16], phone[16], address[48];
    static inb_person person;
    static inb_party party;
    static inb_signal signal;
    bool heaped = inb_rng_below(rng, 15) == 0;
    snprintf(id, sizeof id, "%s%zu", stream, i);
    snprintf(organisation, sizeof organisation, "org-%zu", i % ORGANISATIONS);
    snprintf(name, sizeof name, "%s %s", parts[0][part(rng)], parts[1][part(rng)]);
    snprintf(born, sizeof born, "%u-%02u-%02u", 1950 + inb_rng_below(rng, years),
        heaped ? 1 : 1 + inb_rng_below(rng, 12), heaped ? 1 : 1 + inb_rng_below(rng, 28));
    snprintf(phone, sizeof phone, "06%08u", inb_rng_below(rng, 100000000));
    snprintf(address, sizeof address, "Weg %u, %u AB Plaats", 1 + inb_rng_below(rng, 200),
        1000 + inb_rng_below(rng, 9000));
    person = (inb_person){.ref = "a",
        .age = {INB_AGE_ADULT, INB_YEARS_UNKNOWN},
        .roles = 1 << INB_ROLE_POSSIBLE_VICTIM,
        .name = name,
        .birth_date = born,
        .phone = phone,
        .observations = seen,
        .observation_count = 1};
    party = (inb_party){INB_PARTY_ADDRESS, address, NULL};
    signal = (inb_signal){.id = id,
        .source_kind = INB_REPORTER_YOUTH_CARE,
        .organisation = organisation,
        .seen = {2026, 5, 3},
        .persons = &person,
        .person_count = 1,
        .parties = &party,
        .party_count = 1};
    return &signal;
}

// What the store asks of its file is not what is filled in: nothing waits for the disk, all pages
// stay in memory, and there is one transaction. The file is as it always is afterwards.
static void hurry(inb_road *road, bool on) {
    inb_error error = INB_ERROR_INIT;
    const char *words = on ? "pragma journal_mode = memory; pragma synchronous = off;"
                             "pragma cache_size = -8000000;"
                           : "pragma journal_mode = wal; pragma synchronous = full;"
                             "pragma cache_size = -2000;";
    if (road->store->driver->script(road->store->connection, words, &error) != INB_OK) {
        stop("hurrying", &error);
    }
}

static void fill(inb_road *road, size_t persons) {
    inb_error error = INB_ERROR_INIT;
    inb_rng rng = inb_rng_make(2, 0);
    double began = now_ms();
    for (int i = 0; i < ORGANISATIONS; i++) {
        char organisation[32];
        const inb_contact contact = {"desk", 100000000};
        snprintf(organisation, sizeof organisation, "org-%d", i);
        if (inb_store_begin(road->store, &error) != INB_OK ||
            inb_store_contact_set(road->store, organisation, &contact, NOW, &error) != INB_OK ||
            inb_store_commit(road->store, &error) != INB_OK) {
            stop("contacts", &error);
        }
    }
    hurry(road, true);
    for (size_t i = 0; i < persons; i++) {
        const inb_signal *signal = signal_of(&rng, i, "f");
        const inb_road_actor actor = {"bench", signal->organisation, "", NOW};
        inb_status status = i == 0 ? inb_road_begin(road, &error) : INB_OK;
        status = status == INB_OK ? inb_road_keep_one(road, &actor, signal, NULL, &error) : status;
        if (status == INB_OK && i + 1 == persons) {
            status = inb_road_commit(road, &error);
        }
        if (status != INB_OK) {
            stop("filling", &error);
        }
        if (i % 50000 == 49999) {
            fprintf(stderr, "%zu kept, %.0f s\n", i + 1, (now_ms() - began) / 1e3);
        }
    }
    hurry(road, false);
    printf("filled with %zu persons in %.0f s, %.3f ms each, compared\n", persons,
        (now_ms() - began) / 1e3, (now_ms() - began) / (double)persons);
}

static void tell(const char *what, double *times, size_t count) {
    qsort(times, count, sizeof *times, by_value);
    printf("%s: median %.2f ms, 95 %% %.2f ms, 99 %% %.2f ms, most %.2f ms (%zu)\n", what,
        times[count / 2], times[count * 95 / 100], times[count * 99 / 100], times[count - 1],
        count);
}

static void measure(inb_road *road) {
    static double kept[SIGNALS], written[SIGNALS], whole[SIGNALS], compared[SIGNALS], read[SIGNALS];
    inb_error error = INB_ERROR_INIT;
    inb_rng rng = inb_rng_make((uint64_t)getpid(), 7);
    inb_arena *arena = NULL;
    char stream[24];
    size_t alike = 0;
    snprintf(stream, sizeof stream, "n%ld-", (long)getpid());
    if (inb_arena_new(0, &arena, &error) != INB_OK) {
        stop("arena", &error);
    }
    for (size_t i = 0; i < SIGNALS; i++) {
        const inb_signal *signal = signal_of(&rng, i, stream);
        const inb_road_actor actor = {"bench", signal->organisation, "", NOW};
        int64_t number = 0;
        inb_hits hits;
        double begun = now_ms();
        inb_status status = inb_road_begin(road, &error);
        status = status == INB_OK ? inb_road_keep_one(road, &actor, signal, NULL, &error) : status;
        kept[i] = now_ms() - begun;
        double before = now_ms();
        status = status == INB_OK ? inb_road_commit(road, &error) : status;
        written[i] = now_ms() - before;
        whole[i] = kept[i] + written[i];
        inb_arena_reset(arena);
        status = status == INB_OK ? inb_road_number_of(road, signal->organisation, signal->id,
                                        arena, &number, &error)
                                  : status;
        // The look again, in a group that is given up.
        const inb_compared again = {1, INB_COMPARED_WAITS, 0};
        status = status == INB_OK ? inb_store_begin(road->store, &error) : status;
        status = status == INB_OK ? inb_store_compared_set(
                                        road->store, number, signal->organisation, &again, &error)
                                  : status;
        begun = now_ms();
        status = status == INB_OK ? inb_i_compare(road->comparer, road->store, number, "bench", NOW,
                                        NULL, &error)
                                  : status;
        compared[i] = now_ms() - begun;
        inb_store_rollback(road->store);
        begun = now_ms();
        status = status == INB_OK ? inb_hits_of(road->store, arena, number, &hits, &error) : status;
        read[i] = now_ms() - begun;
        if (status != INB_OK) {
            stop("measuring", &error);
        }
        alike += hits.count > 0 ? 1 : 0;
    }
    tell("one signal, kept, compared and on the disk", whole, SIGNALS);
    tell("of which until it is written", kept, SIGNALS);
    tell("of which writing (commit)", written, SIGNALS);
    tell("comparing alone", compared, SIGNALS);
    tell("reading its hits", read, SIGNALS);
    printf("%zu of %d have a hit\n", alike, SIGNALS);
    inb_arena_free(arena);
}

int main(int argc, char **argv) {
    size_t persons = argc > 1 ? (size_t)strtoull(argv[1], NULL, 10) : 100000;
    inb_error error = INB_ERROR_INIT;
    inb_catalogue *norm = NULL;
    inb_road *road = NULL;
    struct stat info;
    years = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : years;
    snprintf(folder, sizeof folder, "%s", argc > 2 ? argv[2] : "/tmp/inb_bench_hits_XXXXXX");
    if (argc > 2 ? mkdir(folder, 0700) != 0 && stat(folder, &info) != 0 : mkdtemp(folder) == NULL) {
        perror("bench_hits");
        return 1;
    }
    snprintf(where, sizeof where, "sqlite:%s/s.db", folder);
    snprintf(key, sizeof key, "%s/key", folder);
    bool there = stat(key, &info) == 0;
    make_parts();
    if ((!there && inb_keyfile_new(key, &error) != INB_OK) ||
        inb_catalogue_load(NULL, &norm, &error) != INB_OK) {
        stop("key or norm", &error);
    }
    const inb_road_options options = {
        .store = where, .key = key, .catalogue = norm, .create = true};
    if (inb_road_open(&options, &road, &error) != INB_OK) {
        stop("opening", &error);
    }
    if (!there) {
        fill(road, persons);
    }
    measure(road);
    inb_road_free(road);
    inb_catalogue_free(norm);
    if (argc <= 2) {
        char words[320];
        snprintf(words, sizeof words, "rm -rf -- %s", folder);
        return system(words) == 0 ? 0 : 1;
    }
    return 0;
}
