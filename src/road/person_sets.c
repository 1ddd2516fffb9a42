// SPDX-License-Identifier: EUPL-1.2
// Persons joined by union and find (Tarjan 1975, doi:10.1145/321879.321884), with a table of tokens
// by open addressing, and joins that are not taken because somebody parted two signals.

#include "person_sets.h"

#include "base/alloc.h"

#include <string.h>

enum { FIRST_ROOM = 256 };

struct slot { // of the tokens of persons; person + 1, 0 = free
    unsigned char value[INB_STORE_TOKEN_BYTES];
    uint32_t person;
};

struct person {
    int64_t signal;
    uint32_t parent;
    bool parted; // at a root: one of its set is of a signal that is parted from another
};

struct inb_person_sets {
    struct person *persons;
    size_t count;
    size_t room;
    struct slot *slots;
    size_t slot_room; // a power of two
    size_t slot_count;
    const inb_stored_parting *partings;
    size_t parting_count;
};

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for the picture");
}

inb_status inb_person_sets_new(const inb_stored_parting *partings, size_t parting_count,
    inb_person_sets **ret_sets, inb_error *err) {
    inb_person_sets *sets = inb_alloc(1, sizeof *sets);
    if (sets == NULL) {
        return no_memory(err);
    }
    sets->partings = partings;
    sets->parting_count = parting_count;
    *ret_sets = sets;
    return INB_OK;
}

void inb_person_sets_free(inb_person_sets *sets) {
    if (sets != NULL) {
        inb_free(sets->persons);
        inb_free(sets->slots);
        inb_free(sets);
    }
}

void inb_person_sets_freep(inb_person_sets **sets) {
    inb_person_sets_free(*sets);
}

inb_status inb_person_sets_add(
    inb_person_sets *sets, int64_t signal, uint32_t *ret_place, inb_error *err) {
    if (sets->count == sets->room) {
        size_t room = sets->room == 0 ? FIRST_ROOM : 2 * sets->room;
        struct person *fresh =
            room > UINT32_MAX / 2 ? NULL : inb_realloc(sets->persons, room, sizeof *fresh);
        if (fresh == NULL) {
            return no_memory(err);
        }
        sets->persons = fresh;
        sets->room = room;
    }
    uint32_t place = (uint32_t)sets->count++;
    sets->persons[place] = (struct person){.signal = signal, .parent = place};
    for (size_t i = 0; i < sets->parting_count; i++) {
        const inb_stored_parting *parting = &sets->partings[i];
        sets->persons[place].parted =
            sets->persons[place].parted || parting->first == signal || parting->second == signal;
    }
    *ret_place = place;
    return INB_OK;
}

uint32_t inb_person_sets_find(inb_person_sets *sets, uint32_t place) {
    struct person *persons = sets->persons;
    while (persons[place].parent != place) {
        persons[place].parent = persons[persons[place].parent].parent;
        place = persons[place].parent;
    }
    return place;
}

// The place of the first person of a signal; SIZE_MAX where it has none.
static size_t first_of(const inb_person_sets *sets, int64_t signal) {
    size_t low = 0;
    size_t high = sets->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (sets->persons[middle].signal < signal) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < sets->count && sets->persons[low].signal == signal ? low : SIZE_MAX;
}

// Whether a person of the signal is in the set of a root.
static bool has(inb_person_sets *sets, uint32_t root, int64_t signal) {
    for (size_t i = first_of(sets, signal); i < sets->count && sets->persons[i].signal == signal;
         i++) {
        if (inb_person_sets_find(sets, (uint32_t)i) == root) {
            return true;
        }
    }
    return false;
}

static bool are_parted(inb_person_sets *sets, uint32_t one, uint32_t other) {
    for (size_t i = 0; i < sets->parting_count; i++) {
        const inb_stored_parting *parting = &sets->partings[i];
        if ((has(sets, one, parting->first) && has(sets, other, parting->second)) ||
            (has(sets, other, parting->first) && has(sets, one, parting->second))) {
            return true;
        }
    }
    return false;
}

// The smaller place becomes the root: the outcome does not hang on the order of tokens.
void inb_person_sets_join(inb_person_sets *sets, uint32_t one, uint32_t other) {
    uint32_t a = inb_person_sets_find(sets, one);
    uint32_t b = inb_person_sets_find(sets, other);
    struct person *persons = sets->persons;
    if (a == b || (persons[a].parted && persons[b].parted && are_parted(sets, a, b))) {
        return;
    }
    uint32_t root = a < b ? a : b;
    persons[a > b ? a : b].parent = root;
    persons[root].parted = persons[a].parted || persons[b].parted;
}

// A token is as good as random: its first bytes say where it stands.
static struct slot *slot_of(struct slot *slots, size_t room, const unsigned char *value) {
    uint64_t start;
    memcpy(&start, value, sizeof start);
    size_t at = (size_t)start & (room - 1);
    while (slots[at].person != 0 && memcmp(slots[at].value, value, sizeof slots[at].value) != 0) {
        at = (at + 1) & (room - 1);
    }
    return &slots[at];
}

static inb_status more_slots(inb_person_sets *sets, inb_error *err) {
    size_t room = sets->slot_room == 0 ? FIRST_ROOM : 2 * sets->slot_room;
    struct slot *slots = inb_alloc(room, sizeof *slots);
    if (slots == NULL) {
        return no_memory(err);
    }
    for (size_t i = 0; i < sets->slot_room; i++) {
        if (sets->slots[i].person != 0) {
            *slot_of(slots, room, sets->slots[i].value) = sets->slots[i];
        }
    }
    inb_free(sets->slots);
    sets->slots = slots;
    sets->slot_room = room;
    return INB_OK;
}

inb_status inb_person_sets_token(inb_person_sets *sets, uint32_t place,
    const unsigned char value[INB_STORE_TOKEN_BYTES], inb_error *err) {
    if (2 * sets->slot_count >= sets->slot_room) {
        INB_TRY(more_slots(sets, err));
    }
    struct slot *slot = slot_of(sets->slots, sets->slot_room, value);
    if (slot->person != 0) {
        inb_person_sets_join(sets, slot->person - 1, place);
        return INB_OK;
    }
    memcpy(slot->value, value, sizeof slot->value);
    slot->person = place + 1;
    sets->slot_count++;
    return INB_OK;
}

void inb_person_sets_alike(inb_person_sets *sets, const inb_alike *alike) {
    size_t one = first_of(sets, alike->first);
    size_t other = first_of(sets, alike->second);
    if (one == SIZE_MAX || other == SIZE_MAX) {
        return;
    }
    one += (size_t)alike->first_place;
    other += (size_t)alike->second_place;
    if (one < sets->count && sets->persons[one].signal == alike->first && other < sets->count &&
        sets->persons[other].signal == alike->second) {
        inb_person_sets_join(sets, (uint32_t)one, (uint32_t)other);
    }
}
