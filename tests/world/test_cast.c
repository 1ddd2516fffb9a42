// SPDX-License-Identifier: EUPL-1.2
// Who stands in signals: R3 roles that differ by who looks, R16 parents and other surroundings, R27
// agencies that end and begin again and namesakes that do not; one number is one human being.

#include "world_help.h"

#include "base/alloc.h"

enum { MOST = 60000, TEXT = 96 };

struct look {
    size_t roles[INB_ROLE_COUNT];
    size_t overlap;          // suspect and possible victim in one signal
    size_t over_lists;       // suspect for one organisation, possible victim for another
    size_t involved, stance; // signals with a parent; with surroundings told
    struct agency {
        uint64_t chain;
        char name[TEXT], kvk[16], phone[16], address[TEXT], director[TEXT];
    } * agencies;
    size_t agency_count;
    struct other {
        uint64_t number;
        char name[2 * TEXT];
    } * others;
    size_t other_count;
};

static void keep_agency(struct look *look, const inb_world_signal *told) {
    struct agency agency = {.chain = told->chain};
    for (size_t i = 0; i < told->signal.party_count; i++) {
        const inb_party *party = &told->signal.parties[i];
        if (party->kind == INB_PARTY_AGENCY) {
            snprintf(agency.name, TEXT, "%s", party->value);
            snprintf(agency.kvk, 16, "%s", party->kvk == NULL ? "" : party->kvk);
            // what follows the agency in the parties is the agency's
            for (size_t k = i + 1; k < told->signal.party_count && k <= i + 2; k++) {
                const inb_party *next = &told->signal.parties[k];
                if (next->kind == INB_PARTY_PHONE) {
                    snprintf(agency.phone, 16, "%s", next->value);
                } else if (next->kind == INB_PARTY_ADDRESS) {
                    snprintf(agency.address, TEXT, "%s", next->value);
                }
            }
        }
    }
    if (agency.name[0] != '\0' && look->agency_count < MOST) {
        look->agencies[look->agency_count++] = agency;
    }
}

static void look_at(const inb_world_block *block, void *payload) {
    struct look *look = payload;
    uint8_t as_suspect[INB_WORLD_BLOCK] = {0}, as_victim[INB_WORLD_BLOCK] = {0};
    uint64_t first = block->people[0].number;
    for (size_t i = 0; i < block->signal_count; i++) {
        const inb_world_signal *told = &block->signals[i];
        bool parent = false;
        for (size_t k = 0; k < told->signal.person_count; k++) {
            const inb_person *person = &told->signal.persons[k];
            uint64_t number = told->persons[k];
            for (int role = 0; role < INB_ROLE_COUNT; role++) {
                look->roles[role] += person->roles >> role & 1;
            }
            bool suspect = (person->roles >> INB_ROLE_SUSPECT & 1) != 0;
            bool victim = (person->roles >> INB_ROLE_POSSIBLE_VICTIM & 1) != 0;
            parent = parent || (person->roles >> INB_ROLE_PARENT & 1) != 0;
            look->overlap += suspect && victim;
            if (number >= first && number < first + block->people_count) {
                as_suspect[number - first] |= (uint8_t)((suspect && !victim) << told->list);
                as_victim[number - first] |= (uint8_t)((victim && !suspect) << told->list);
            } else if (number != 0 && look->other_count < MOST) {
                struct other *other = &look->others[look->other_count++];
                other->number = number;
                snprintf(other->name, sizeof other->name, "%s %s",
                    person->given_name == NULL ? "" : person->given_name,
                    person->surname == NULL ? "" : person->surname);
            }
        }
        look->involved += parent;
        look->stance += told->signal.situation.surroundings != 0;
        if (told->chain != 0) {
            keep_agency(look, told);
        }
    }
    for (size_t i = 0; i < block->people_count; i++) {
        look->over_lists += as_suspect[i] != 0 && as_victim[i] != 0;
    }
}

static struct look *make(uint64_t people) {
    struct look *look = inb_alloc(1, sizeof *look);
    look->agencies = inb_alloc(MOST, sizeof *look->agencies);
    look->others = inb_alloc(MOST, sizeof *look->others);
    inb_world_options options = help_options(people, 19);
    help_each(&options, look_at, look);
    return look;
}

static void drop(struct look *look) {
    inb_free(look->agencies);
    inb_free(look->others);
    inb_free(look);
}

static int by_number(const void *a, const void *b) {
    const struct other *x = a, *y = b;
    return x->number < y->number ? -1 : x->number > y->number;
}

INB_TEST(roles_and_surroundings) {
    struct look *look = make(20000);
    ck_assert_uint_gt(look->overlap, 50);
    ck_assert_uint_gt(look->over_lists, 5);
    ck_assert_uint_gt(look->involved, 50);
    ck_assert_uint_gt(look->stance, look->involved / 2);
    for (int role = 0; role < INB_ROLE_COUNT; role++) {
        bool used = role != INB_ROLE_OFFICIAL && role != INB_ROLE_WITNESS;
        ck_assert_msg((look->roles[role] > 0) == used, "role %d: %zu", role, look->roles[role]);
    }
    // one number, one name (or none told)
    qsort(look->others, look->other_count, sizeof *look->others, by_number);
    size_t again = 0;
    for (size_t i = 1; i < look->other_count; i++) {
        const struct other *a = &look->others[i - 1], *b = &look->others[i];
        if (a->number == b->number && strlen(a->name) > 1 && strlen(b->name) > 1) {
            ck_assert_str_eq(a->name, b->name);
            again++;
        }
    }
    ck_assert_uint_gt(again, 20);
    drop(look);
}
INB_END

static int by_chain(const void *a, const void *b) {
    const struct agency *x = a, *y = b;
    return x->chain != y->chain ? (x->chain < y->chain ? -1 : 1) : strcmp(x->name, y->name);
}

static bool meet(const char *a, const char *b) {
    return a[0] != '\0' && strcmp(a, b) == 0;
}

INB_TEST(phoenixes_and_namesakes) {
    struct look *look = make(60000);
    qsort(look->agencies, look->agency_count, sizeof *look->agencies, by_chain);
    size_t renamed = 0, tied = 0, apart = 0, namesakes = 0;
    for (size_t i = 0; i < look->agency_count; i++) {
        for (size_t k = i + 1; k < look->agency_count && k < i + 400; k++) {
            const struct agency *a = &look->agencies[i], *b = &look->agencies[k];
            bool same_name = strcmp(a->name, b->name) == 0;
            bool same_thing = meet(a->phone, b->phone) || meet(a->address, b->address);
            if (a->chain == b->chain && !same_name) {
                renamed++;
                tied += same_thing;
                ck_assert(!meet(a->kvk, b->kvk));
            } else if (a->chain != b->chain && same_name) {
                namesakes++;
                apart += !same_thing && !meet(a->kvk, b->kvk);
            }
        }
    }
    ck_assert_uint_gt(renamed, 100);
    ck_assert_uint_gt(tied, renamed / 20); // where both signals tell of it
    ck_assert_uint_gt(namesakes, 50);
    ck_assert_uint_eq(apart, namesakes); // nothing but the name
    drop(look);
}
INB_END

INB_TEST_MAIN("world/cast", roles_and_surroundings, phoenixes_and_namesakes)
