// SPDX-License-Identifier: EUPL-1.2
// Agencies over the signals of a store: whose own signals are told by number and whose by contact
// alone; regimes, grounds, partings and quotas hold here as for hits; several agencies in one
// signal share no address.

#include "hits_help.h"

#include "inb_sweep.h"

#include <inbeeld/agencies.h>
#include <inbeeld/situations.h>

// An agency of a signal, with where it is.
typedef struct told {
    const char *organisation;
    const char *id;
    inb_reporter source;
    const char *kvk;
    const char *name;
    const char *director;
    const char *address;
    const char *other; // a second agency in the signal
    const char *ground;
} told;

static int64_t keep(inb_road *road, const told *t) {
    static const inb_observation seen[] = {{"D4-01", INB_ANSWER_YES}};
    const inb_person person = {.ref = "a",
        .age = {INB_AGE_ADULT, INB_YEARS_UNKNOWN},
        .roles = 1 << INB_ROLE_EMPLOYER,
        .given_name = t->director,
        .surname = t->director == NULL ? NULL : "Baas",
        .observations = seen,
        .observation_count = 1};
    const inb_party parties[] = {{INB_PARTY_AGENCY, t->name, t->kvk},
        {INB_PARTY_ADDRESS, t->address, NULL}, {INB_PARTY_EMPLOYER, t->other, NULL}};
    const inb_signal signal = {.id = t->id,
        .source_kind = t->source,
        .organisation = t->organisation,
        .persons = &person,
        .person_count = 1,
        .parties = parties,
        .party_count = t->other == NULL ? 2 : 3,
        .ground = t->ground};
    return hits_keep_signal(road, &signal);
}

// "1,b=chain;" for each bond: own signals by number, others by organisation. Static.
static const char *bundles_of(inb_road *road, const char *organisation) {
    static char text[512];
    inb_arena *arena = NULL;
    inb_ticket *ticket = NULL;
    const inb_agency_bundle *bundles = NULL;
    size_t count = 0;
    inb_road_actor actor = hits_actor(organisation);
    INB_OK_IS(inb_arena_new(0, &arena, err));
    INB_OK_IS(inb_road_ask_wait(road, &actor, INB_ROAD_AGENCIES, NULL, &ticket, err));
    INB_OK_IS(inb_road_agencies(road, ticket, arena, &bundles, &count, err));
    INB_FAILS(inb_road_agencies(road, ticket, arena, &bundles, &count, err), INB_UNAVAILABLE, "no");
    text[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < bundles[i].bond_count; k++) {
            const inb_agency_bond *bond = &bundles[i].bonds[k];
            const size_t ends[2] = {bond->a, bond->b};
            for (size_t e = 0; e < 2; e++) {
                const inb_agency_sighting *s = &bundles[i].sightings[ends[e]];
                size_t used = strlen(text);
                ck_assert_int_eq(s->number > 0, s->id != NULL);
                ck_assert_int_eq(s->number > 0, strcmp(s->organisation, organisation) == 0);
                if (s->number > 0) {
                    snprintf(text + used, sizeof text - used, "%lld%s", (long long)s->number,
                        e == 0 ? "," : ";");
                } else {
                    snprintf(text + used, sizeof text - used, "%s%s", s->organisation,
                        e == 0 ? "," : ";");
                }
            }
        }
    }
    inb_ticket_free(ticket);
    inb_arena_free(arena);
    return text;
}

#define HARBOUR .address = "Havenweg 7, 1234 AB Elders"

INB_TEST(chains_as_far_as_known) {
    road_setup();
    inb_road *road = hits_open();
    const inb_reporter labour = INB_REPORTER_LABOUR_INSPECTORATE;
    const inb_reporter police = INB_REPORTER_POLICE_BEAT;
    (void)keep(road, &(told){"a", "1", labour, "10000001", "Vlugwerk", "Piet", HARBOUR});
    (void)keep(road, &(told){"b", "1", labour, "10000002", "Flexplus", "Piet", HARBOUR});
    ck_assert_str_eq(bundles_of(road, "a"), "1,b;");
    ck_assert_str_eq(bundles_of(road, "b"), "a,2;");
    ck_assert_str_eq(bundles_of(road, "c"), "");
    // Police has the piece between two of its own and ours, and no ground.
    (void)keep(road, &(told){"p", "1", police, "10000003", "Derde", "Piet", HARBOUR});
    ck_assert_str_eq(bundles_of(road, "a"), "1,b;");
    ck_assert_str_eq(bundles_of(road, "p"), "");
    (void)keep(
        road, &(told){"p", "2", police, "10000004", "Vierde", "Piet", HARBOUR, .ground = "x"});
    ck_assert_str_eq(bundles_of(road, "a"), "1,b;"); // ours has none
    ck_assert_str_eq(bundles_of(road, "p"), "3,4;");
    (void)keep(
        road, &(told){"a", "5", labour, "10000005", "Vijfde", "Piet", HARBOUR, .ground = "x"});
    ck_assert_str_eq(bundles_of(road, "a"), "1,b;1,5;b,5;p,5;");
    // A namesake; and two in one signal, of whom nobody can tell whose address it is.
    (void)keep(road,
        &(told){"a", "6", labour, "20000001", "Vlugwerk", "Kees", .address = "Weg 1, 9999 ZZ Ver"});
    (void)keep(road,
        &(told){"a", "7", labour, "20000002", "Zevende", "Piet", HARBOUR, .other = "Inlener"});
    ck_assert_str_eq(bundles_of(road, "a"), "1,b;1,5;b,5;p,5;");
    // Parted: out of it for good.
    size_t parted = 0;
    const inb_road_actor keeper = {"keeper.1", "b", "", ROAD_NOW};
    INB_OK_IS(inb_situation_undo(road->store, &keeper, 2, &parted, err));
    ck_assert_str_eq(bundles_of(road, "a"), "1,5;p,5;");
    inb_road_free(road);
    road_teardown();
}
INB_END

static inb_status once(inb_road *road, inb_ticket *ticket, inb_error *err) {
    inb_arena *arena = NULL;
    const inb_agency_bundle *bundles = NULL;
    size_t count = 0;
    INB_TRY(inb_arena_new(0, &arena, err));
    inb_status status = inb_road_agencies(road, ticket, arena, &bundles, &count, err);
    ck_assert(status != INB_OK || count == 1);
    inb_arena_free(arena);
    return status;
}

// With the ticket that it needs.
static inb_status once_more(inb_road *road, inb_error *err) {
    inb_ticket *ticket = NULL;
    inb_road_actor actor = hits_actor("a");
    INB_TRY(inb_road_ask_wait(road, &actor, INB_ROAD_AGENCIES, NULL, &ticket, err));
    inb_status status = once(road, ticket, err);
    inb_ticket_free(ticket);
    return status;
}

INB_TEST(memory_may_run_out) {
    road_setup();
    inb_road *road = hits_open();
    const inb_reporter labour = INB_REPORTER_LABOUR_INSPECTORATE;
    (void)keep(road, &(told){"a", "1", labour, "10000001", "Vlugwerk", "Piet", HARBOUR});
    (void)keep(road, &(told){"b", "1", labour, "10000002", "Flexplus", "Piet", HARBOUR});
    INB_SWEEP(once_more(road, err));
    inb_road_free(road);
    road_teardown();
}
INB_END

INB_TEST_MAIN("road/agency_bundles", chains_as_far_as_known, memory_may_run_out)
