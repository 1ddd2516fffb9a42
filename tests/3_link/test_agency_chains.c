// SPDX-License-Identifier: EUPL-1.2
// R27: planted phoenix chains among namesakes, neighbours in a business centre and strangers are
// found whole and alone; the same chains by comparing all pairs; memory refused.

#include <inbeeld/agency.h>
#include <inbeeld/rng.h>

#include "inb_sweep.h"
#include "inb_test.h"

#include <stdio.h>
#include <string.h>

enum { CHAINS = 30, LINKS = 4, NAMESAKES = 30, CENTRE = 12, STRANGERS = 60 };
enum { MANY = CHAINS * LINKS + NAMESAKES + CENTRE + STRANGERS };

typedef struct made {
    char kvk[16], name[64], director[72], address[64], phone[24];
    int chain; // -1 = of none
} made;

static void word(inb_rng *rng, char *out, int syllables) {
    static const char *const pieces[] = {"ka", "lo", "mi", "rus", "ten", "vor", "bel", "du", "sa",
        "pin", "gra", "ho", "zel", "fy", "nor", "que"};
    out[0] = '\0';
    for (int i = 0; i < syllables; i++) {
        strcat(out, pieces[inb_rng_below(rng, 16)]);
    }
}

static void fresh(inb_rng *rng, made *m, int number) {
    char w[2][32];
    word(rng, w[0], 4);
    word(rng, w[1], 4);
    snprintf(m->kvk, sizeof m->kvk, "%08d", 10000000 + number);
    snprintf(m->name, sizeof m->name, "%s Uitzendbureau B.V.", w[0]);
    word(rng, w[0], 3);
    snprintf(m->director, sizeof m->director, "%s van %s", w[0], w[1]);
    snprintf(m->address, sizeof m->address, "Dorpsweg %d, %d AB Ergens", number + 1, 1000 + number);
    snprintf(m->phone, sizeof m->phone, "06-%08d", 20000000 + number * 37);
    m->chain = -1;
}

// Each link of a chain changes the number and at most two of the rest; two of the rest are kept.
static void plant(inb_rng *rng, made all[MANY]) {
    int n = 0;
    for (int c = 0; c < CHAINS; c++) {
        for (int k = 0; k < LINKS; k++, n++) {
            made next;
            fresh(rng, &next, n);
            if (k > 0) {
                const made *last = &all[n - 1];
                bool keep[4] = {false};
                while (keep[0] + keep[1] + keep[2] + keep[3] < 2 ||
                       (keep[0] && !keep[1] && !keep[2] && !keep[3])) {
                    keep[inb_rng_below(rng, 4)] = true;
                }
                memcpy(next.name, keep[0] ? last->name : next.name, sizeof next.name);
                memcpy(
                    next.director, keep[1] ? last->director : next.director, sizeof next.director);
                memcpy(next.address, keep[2] ? last->address : next.address, sizeof next.address);
                memcpy(next.phone, keep[3] ? last->phone : next.phone, sizeof next.phone);
            }
            next.chain = c;
            all[n] = next;
        }
    }
    for (int i = 0; i < NAMESAKES; i++, n++) { // of an agency in a chain, and nothing else kept
        fresh(rng, &all[n], n);
        memcpy(all[n].name, all[i * LINKS].name, sizeof all[n].name);
    }
    for (int i = 0; i < CENTRE; i++, n++) { // one address, two pairs of them with one phone service
        fresh(rng, &all[n], n);
        snprintf(all[n].address, sizeof all[n].address, "Plein 1, 1234 AB Stad");
        snprintf(all[n].phone, sizeof all[n].phone, "088-1234567");
    }
    for (int i = 0; i < STRANGERS; i++, n++) {
        fresh(rng, &all[n], n);
    }
    for (int i = MANY - 1; i > 0; i--) { // any order
        int k = (int)inb_rng_below(rng, (uint32_t)i + 1);
        made kept = all[i];
        all[i] = all[k];
        all[k] = kept;
    }
}

static inb_status find(const made *all, size_t count, inb_name_reader *reader, inb_arena *arena,
    const inb_agency_form **forms, inb_agency_chains *ret_chains, inb_error *err) {
    for (size_t i = 0; i < count; i++) {
        inb_agency one = {all[i].kvk, all[i].name, all[i].director, all[i].address, all[i].phone};
        INB_TRY(inb_agency_form_make(reader, &one, arena, &forms[i], err));
    }
    return inb_agency_chains_find(forms, count, arena, ret_chains, err);
}

INB_TEST(planted_chains_are_found_and_namesakes_are_not) {
    INB_CLEANUP(inb_name_reader_freep) inb_name_reader *reader = NULL;
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_OK_IS(inb_name_reader_new(&reader, err));
    INB_OK_IS(inb_arena_new(0, &arena, err));
    for (uint64_t seed = 1; seed <= 10; seed++) {
        static made all[MANY];
        static const inb_agency_form *forms[MANY];
        inb_rng rng = inb_rng_make(seed, 0);
        plant(&rng, all);
        inb_agency_chains chains;
        INB_OK_IS(find(all, MANY, reader, arena, forms, &chains, err));
        for (size_t i = 0; i < MANY; i++) {
            for (size_t k = i + 1; k < MANY; k++) {
                bool same = all[i].chain >= 0 && all[i].chain == all[k].chain;
                INB_HOLDS((chains.chain[i] == chains.chain[k]) == same,
                    "seed %d: agencies %zu and %zu, of one chain: %d", (int)seed, i, k, same);
            }
        }
        // Every link gives a reason of its own, and all pairs give no other ones.
        size_t at = 0;
        for (size_t i = 0; i < MANY; i++) {
            for (size_t k = i + 1; k < MANY; k++) {
                bool centre = strcmp(all[i].address, all[k].address) == 0 && all[i].chain < 0;
                unsigned crowded = centre ? 1U << INB_AGENCY_ADDRESS | 1U << INB_AGENCY_PHONE : 0;
                inb_agency_tie tie = inb_agency_compare(forms[i], forms[k], crowded);
                if (tie.level <= INB_AGENCY_CHAIN) {
                    INB_HOLDS(at < chains.link_count && chains.links[at].a == i &&
                                  chains.links[at].b == k,
                        "link %zu", at);
                    at++;
                }
            }
        }
        ck_assert_uint_eq(at, chains.link_count);
        inb_arena_reset(arena);
    }
}
INB_END

INB_TEST(small_sets) {
    INB_CLEANUP(inb_name_reader_freep) inb_name_reader *reader = NULL;
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_OK_IS(inb_name_reader_new(&reader, err));
    INB_OK_IS(inb_arena_new(0, &arena, err));
    inb_agency_chains chains;
    const inb_agency_form *forms[2];
    INB_OK_IS(inb_agency_chains_find(forms, 0, arena, &chains, err));
    ck_assert_uint_eq(chains.link_count, 0);
    made all[2];
    memset(all, 0, sizeof all); // nothing known of either
    INB_OK_IS(find(all, 2, reader, arena, forms, &chains, err));
    ck_assert_uint_eq(chains.chain[1], 1);
}
INB_END

static inb_status once(inb_error *err) {
    INB_CLEANUP(inb_name_reader_freep) inb_name_reader *reader = NULL;
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_TRY(inb_arena_new(0, &arena, err));
    INB_TRY(inb_name_reader_new(&reader, err));
    static made all[MANY];
    static const inb_agency_form *forms[MANY];
    inb_rng rng = inb_rng_make(1, 0);
    plant(&rng, all);
    inb_agency_chains chains;
    return find(all, MANY, reader, arena, forms, &chains, err);
}

INB_TEST(memory_refused) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("3_link/agency_chains", planted_chains_are_found_and_namesakes_are_not, small_sets,
    memory_refused)
