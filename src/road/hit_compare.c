// SPDX-License-Identifier: EUPL-1.2
// A version of a signal is looked at once, when it is written: whether it may take part, whether
// the quota of its organisation allows it, and which persons of other organisations are near enough
// to one of its own. Names of those that share a key are opened in memory for that alone.

#include "hits_i.h"

#include "road_i.h"

#include <inbeeld/near_person.h>

#include "base/alloc.h"
#include "base/wipe.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct inb_i_comparer {
    const inb_keys *keys;
    inb_keyring *ring;
    inb_name_reader *reader; // made with the first name
    inb_arena *own;          // of the signal that is looked at
    inb_arena *other;        // of one person that it is compared with
    inb_regimes regimes;
    pthread_mutex_t lock;
};

enum { UP_MOST = 4 }; // that wait and are taken up with a new one

// One look.
struct look {
    inb_i_comparer *comparer;
    inb_store *store;
    const inb_stored_signal *stored; // with parts
    const inb_signal *signal;        // opened
    const char *actor;
    int64_t now;
    inb_stored_token *keys; // that its persons are looked up by; about: "person.a"
    size_t key_count;
    inb_error *err;
};

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "no memory to compare a signal");
}

inb_status inb_i_comparer_new(
    const inb_keys *keys, inb_keyring *ring, inb_i_comparer **ret_comparer, inb_error *err) {
    inb_i_comparer *comparer = inb_alloc(1, sizeof *comparer);
    if (comparer == NULL) {
        return no_memory(err);
    }
    comparer->keys = keys;
    comparer->ring = ring;
    (void)pthread_mutex_init(&comparer->lock, NULL);
    inb_status status = inb_arena_new(0, &comparer->own, err);
    status = status == INB_OK ? inb_arena_new(0, &comparer->other, err) : status;
    status = status == INB_OK ? inb_regimes_load(&comparer->regimes, err) : status;
    if (status != INB_OK) {
        inb_i_comparer_free(comparer);
        return status;
    }
    *ret_comparer = comparer;
    return INB_OK;
}

void inb_i_comparer_free(inb_i_comparer *comparer) {
    if (comparer == NULL) {
        return;
    }
    inb_name_reader_free(comparer->reader);
    inb_arena_free(comparer->own);
    inb_arena_free(comparer->other);
    (void)pthread_mutex_destroy(&comparer->lock);
    inb_free(comparer);
}

const inb_regimes *inb_i_comparer_regimes(const inb_i_comparer *comparer) {
    return &comparer->regimes;
}

// ---- what a signal goes by ----

static bool observed(const inb_stored_signal *signal) {
    for (size_t i = 0; i < signal->person_count; i++) {
        for (size_t k = 0; k < signal->persons[i].observation_count; k++) {
            if (signal->persons[i].observations[k].answer == INB_ANSWER_YES) {
                return true;
            }
        }
    }
    return false;
}

static void wipe_keys(char (*keys)[INB_NEAR_KEYS_MOST][INB_NEAR_KEY_SIZE]) {
    explicit_bzero(*keys, sizeof *keys);
}

static inb_status make_keys(struct look *look) {
    INB_CLEANUP(wipe_keys) char keys[INB_NEAR_KEYS_MOST][INB_NEAR_KEY_SIZE];
    const inb_signal *signal = look->signal;
    look->keys = inb_arena_get(
        look->comparer->own, signal->person_count * INB_NEAR_KEYS_MOST, sizeof *look->keys);
    if (look->keys == NULL) {
        return no_memory(look->err);
    }
    for (size_t i = 0; i < signal->person_count; i++) {
        char about[INB_I_ABOUT_SIZE];
        (void)snprintf(about, sizeof about, "person.%s", signal->persons[i].ref);
        const char *copy = inb_arena_text(look->comparer->own, about, strlen(about));
        size_t count = inb_near_keys(&signal->persons[i], keys);
        if (copy == NULL) {
            return no_memory(look->err);
        }
        for (size_t k = 0; k < count; k++) {
            inb_stored_token *key = &look->keys[look->key_count++];
            *key = (inb_stored_token){.kind = "near", .about = copy};
            inb_token(look->comparer->keys, "near", keys[k], strlen(keys[k]), key->value);
        }
    }
    return INB_OK;
}

static size_t count_exact(const inb_stored_signal *signal) {
    size_t count = 0;
    for (size_t i = 0; i < signal->token_count; i++) {
        count += inb_i_hit_kind(signal->tokens[i].kind) ? 1 : 0;
    }
    return count;
}

// ---- a correction that changes nothing that can be found ----

static bool has_token(const inb_stored_signal *signal, const inb_stored_token *token) {
    for (size_t i = 0; i < signal->token_count; i++) {
        if (strcmp(signal->tokens[i].kind, token->kind) == 0 &&
            memcmp(signal->tokens[i].value, token->value, sizeof token->value) == 0) {
            return true;
        }
    }
    return false;
}

// Whether all that this version goes by was compared already as that of the version before.
static inb_status was_compared(const struct look *look, const inb_compared *before, bool *ret_was) {
    const inb_stored_signal *old = NULL;
    *ret_was = false;
    if (before->version == 0 || before->state != INB_COMPARED_DONE ||
        before->version >= look->stored->version) {
        return INB_OK;
    }
    INB_TRY(inb_store_read(look->store, look->comparer->other, look->stored->organisation,
        look->stored->id, before->version, &old, look->err));
    bool was = true;
    for (size_t i = 0; was && i < look->stored->token_count; i++) {
        const inb_stored_token *token = &look->stored->tokens[i];
        was = !inb_i_hit_kind(token->kind) || has_token(old, token);
    }
    for (size_t i = 0; was && i < look->key_count; i++) {
        was = has_token(old, &look->keys[i]);
    }
    *ret_was = was;
    return INB_OK;
}

// ---- the quota ----

static int64_t day_of(int64_t now) {
    return inb_date_first_day(inb_road_day(now));
}

static inb_status set_state(const struct look *look, inb_compared_state state) {
    const inb_compared compared = {look->stored->version, state, look->now};
    return inb_store_compared_set(
        look->store, look->stored->number, look->stored->organisation, &compared, look->err);
}

static inb_status note(
    const struct look *look, const char *action, int64_t other, const char *result) {
    char object[64];
    int length = snprintf(object, sizeof object, "number/%lld", (long long)look->stored->number);
    if (other > 0 && length > 0) {
        (void)snprintf(
            object + length, sizeof object - (size_t)length, " number/%lld", (long long)other);
    }
    const inb_log_entry entry = {look->now, look->actor, action, object, result, ""};
    return inb_store_note(look->store, &entry, look->err);
}

// Uses one of the day's; *ret_may = false where none is left.
static inb_status take_quota(const struct look *look, bool waited, bool *ret_may) {
    inb_contact contact;
    inb_quota_use use;
    const char *organisation = look->stored->organisation;
    int64_t day = day_of(look->now);
    INB_TRY(inb_store_contact(look->store, look->comparer->own, organisation, &contact, look->err));
    INB_TRY(inb_store_quota(look->store, organisation, day, &use, look->err));
    int64_t quota = contact.quota < 0 ? INB_HIT_QUOTA : contact.quota;
    *ret_may = use.used < quota;
    if (*ret_may) {
        const inb_quota_use one = {1, 0};
        return inb_store_quota_add(look->store, organisation, day, &one, look->err);
    }
    if (waited) {
        return INB_OK; // was told before
    }
    const inb_quota_use one = {0, 1};
    INB_TRY(inb_store_quota_add(look->store, organisation, day, &one, look->err));
    return note(look, "compare", 0, "refused");
}

// ---- persons that are near ----

// The key of a signal's parts; *ret_opens = false: it was erased, in an old copy of the store.
static inb_status open_key(
    struct look *look, const inb_stored_signal *signal, inb_i_key *key, bool *ret_opens) {
    inb_error why = INB_ERROR_INIT;
    inb_status status =
        inb_i_open_key(look->comparer->keys, look->comparer->ring, signal, key, &why);
    *ret_opens = status == INB_OK;
    return status == INB_OK || status == INB_ERASED
               ? INB_OK
               : inb_fail(look->err, status, "%s", why.message);
}

// One field of a candidate, NULL where it was not told.
static inb_status open_field(struct look *look, const inb_near_place *place, const inb_i_key *key,
    const inb_stored_part *parts, size_t count, const char *name, const char **ret_text) {
    char record[INB_I_RECORD_SIZE];
    char field[INB_I_FIELD_SIZE];
    *ret_text = NULL;
    (void)snprintf(field, sizeof field, "%s.%s", place->about, name);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(parts[i].field, field) != 0) {
            continue;
        }
        size_t length;
        inb_i_record_name(look->comparer->keys, place->organisation, place->id, record);
        INB_TRY(inb_i_open_part(look->comparer->keys, key->given ? &key->key : NULL, place->version,
            record, &parts[i], look->comparer->other, ret_text, &length, look->err));
    }
    return INB_OK;
}

static inb_status compare_with(
    struct look *look, const inb_near_form *own, size_t own_place, const inb_near_place *place) {
    const inb_stored_part *parts = NULL;
    size_t count = 0;
    inb_person person = {0};
    inb_near_form form;
    int64_t other_place = 0;
    inb_arena *arena = look->comparer->other;
    inb_arena_reset(arena);
    INB_CLEANUP(inb_i_key_wipe) inb_i_key key = {.given = false};
    bool opens = false;
    const inb_stored_signal signal = {.organisation = place->organisation,
        .id = place->id,
        .bucket = place->bucket,
        .wrapped = place->wrapped};
    INB_TRY(open_key(look, &signal, &key, &opens));
    if (!opens) {
        return INB_OK;
    }
    INB_TRY(inb_store_person_parts(look->store, arena, place->number, place->version, place->about,
        &parts, &count, look->err));
#define X(member) INB_TRY(open_field(look, place, &key, parts, count, #member, &person.member));
    X(name)
    X(given_name)
    X(prefix)
    X(surname)
    X(birth_date)
#undef X
    INB_TRY(inb_near_form_make(look->comparer->reader, &person, arena, &form, look->err));
    if (!inb_near_same(own, &form)) {
        return INB_OK;
    }
    INB_TRY(inb_store_person_place(
        look->store, place->number, place->version, place->about, &other_place, look->err));
    bool first = look->stored->number < place->number;
    const inb_alike here = {look->stored->number, look->stored->version, (int64_t)own_place,
        place->number, place->version, other_place};
    const inb_alike there = {place->number, place->version, other_place, look->stored->number,
        look->stored->version, (int64_t)own_place};
    return inb_store_alike_add(look->store, first ? &here : &there, look->err);
}

static int by_place(const void *left, const void *right) {
    const inb_near_place *a = left;
    const inb_near_place *b = right;
    return a->number != b->number ? (a->number > b->number) - (a->number < b->number)
                                  : strcmp(a->about, b->about);
}

// All who share a key with one person, each once.
static inb_status candidates_of(
    struct look *look, const char *about, inb_near_place **ret_places, size_t *ret_count) {
    const inb_near_place *found[INB_NEAR_KEYS_MOST] = {NULL};
    size_t counts[INB_NEAR_KEYS_MOST] = {0};
    size_t lists = 0;
    size_t total = 0;
    inb_arena *arena = look->comparer->own;
    for (size_t i = 0; i < look->key_count; i++) {
        if (look->keys[i].about != about) { // one text for all keys of a person
            continue;
        }
        INB_TRY(
            inb_store_near_find(look->store, arena, look->keys[i].value, look->stored->organisation,
                INB_HIT_LOOKED_MOST, &found[lists], &counts[lists], look->err));
        total += counts[lists++];
    }
    inb_near_place *places = inb_arena_get(arena, total, sizeof *places);
    if (places == NULL) {
        return no_memory(look->err);
    }
    size_t used = 0;
    for (size_t i = 0; i < lists; i++) {
        if (counts[i] > 0) {
            memcpy(places + used, found[i], counts[i] * sizeof *places);
            used += counts[i];
        }
    }
    qsort(places, used, sizeof *places, by_place);
    size_t kept = 0;
    for (size_t i = 0; i < used; i++) {
        if (kept == 0 || by_place(&places[kept - 1], &places[i]) != 0) {
            places[kept++] = places[i];
        }
    }
    *ret_places = places;
    *ret_count = kept;
    return INB_OK;
}

static inb_status find_near(struct look *look) {
    inb_i_comparer *comparer = look->comparer;
    INB_TRY(inb_store_alike_drop(look->store, look->stored->number, look->err));
    if (look->key_count > 0 && comparer->reader == NULL) {
        INB_TRY(inb_name_reader_new(&comparer->reader, look->err));
    }
    const char *about = NULL;
    size_t person = 0;
    for (size_t i = 0; i < look->key_count; i++) {
        inb_near_form own;
        inb_near_place *places = NULL;
        size_t count = 0;
        INB_TRY(inb_store_near_add(look->store, look->stored->number, look->stored->version,
            look->keys[i].about, look->keys[i].value, look->err));
        if (look->keys[i].about == about) {
            continue; // keys of one person stand together
        }
        about = look->keys[i].about;
        while (strcmp(look->signal->persons[person].ref, about + strlen("person.")) != 0) {
            person++; // in the order of the persons
        }
        INB_TRY(inb_near_form_make(
            comparer->reader, &look->signal->persons[person], comparer->own, &own, look->err));
        INB_TRY(candidates_of(look, about, &places, &count));
        for (size_t k = 0; k < count; k++) {
            INB_TRY(compare_with(look, &own, person, &places[k]));
        }
    }
    return INB_OK;
}

// ---- the look ----

// One row for each other organisation: that there is a hit, and by what right.
static inb_status note_hits(const struct look *look) {
    const inb_i_hit_pair *pairs = NULL;
    size_t count = 0;
    INB_TRY(inb_i_hit_pairs(look->store, &look->comparer->regimes, look->comparer->own,
        look->stored, false, &pairs, &count, look->err));
    for (size_t i = 0; i < count; i++) {
        bool told = false;
        for (size_t k = 0; k < i; k++) {
            told = told || strcmp(pairs[k].organisation, pairs[i].organisation) == 0;
        }
        if (!told) {
            INB_TRY(
                note(look, "hit", pairs[i].number, pairs[i].ground ? "by_ground" : "same_regime"));
        }
    }
    return INB_OK;
}

static inb_status look_at(struct look *look, int64_t number, inb_compared_state *ret_state) {
    inb_i_comparer *comparer = look->comparer;
    const inb_stored_signal *open = NULL;
    inb_compared before;
    bool may = false;
    INB_TRY(inb_store_get(look->store, comparer->own, number, &open, look->err));
    INB_TRY(inb_store_compared(look->store, number, &before, look->err));
    look->stored = open;
    if (before.version == open->version && before.state == INB_COMPARED_DONE) {
        *ret_state = INB_COMPARED_DONE; // looked at already
        return INB_OK;
    }
    if (open->status != INB_SIGNAL_RETRACTED && observed(open)) {
        INB_TRY(inb_store_read(look->store, comparer->own, open->organisation, open->id,
            open->version, &look->stored, look->err));
        INB_CLEANUP(inb_i_key_wipe) inb_i_key key = {.given = false};
        INB_TRY(open_key(look, look->stored, &key, &may));
        if (may) {
            INB_TRY(inb_recall(comparer->keys, key.given ? &key.key : NULL, look->stored,
                comparer->own, &look->signal, look->err));
            INB_TRY(make_keys(look));
            may = look->key_count > 0 || count_exact(look->stored) > 0;
        }
    }
    if (!may) {
        *ret_state = INB_COMPARED_NOTHING;
        INB_TRY(inb_store_alike_drop(look->store, number, look->err));
        return set_state(look, INB_COMPARED_NOTHING);
    }
    INB_TRY(was_compared(look, &before, &may));
    if (!may) {
        bool waited = before.version == look->stored->version && before.at != 0;
        INB_TRY(take_quota(look, waited, &may));
    }
    *ret_state = may ? INB_COMPARED_DONE : INB_COMPARED_WAITS;
    INB_TRY(set_state(look, *ret_state));
    if (!may) {
        return INB_OK;
    }
    INB_TRY(find_near(look));
    return note_hits(look);
}

inb_status inb_i_compare(inb_i_comparer *comparer, inb_store *store, int64_t number,
    const char *actor, int64_t now, inb_compared_state *ret_state, inb_error *err) {
    struct look look = {
        .comparer = comparer, .store = store, .actor = actor, .now = now, .err = err};
    inb_compared_state state = INB_COMPARED_NOTHING;
    (void)pthread_mutex_lock(&comparer->lock);
    inb_status status = look_at(&look, number, &state);
    inb_arena_reset(comparer->own); // names were opened
    inb_arena_reset(comparer->other);
    inb_wipe_stack();
    (void)pthread_mutex_unlock(&comparer->lock);
    if (status == INB_OK && ret_state != NULL) {
        *ret_state = state;
    }
    return status;
}

// Where there was room for it, there may be for some that wait.
static inb_status take_up(
    const inb_i_then *then, inb_store *store, int64_t number, inb_error *err) {
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    const inb_stored_signal *signal = NULL;
    const int64_t *numbers = NULL;
    size_t count = 0;
    inb_compared_state state = INB_COMPARED_DONE;
    INB_TRY(inb_arena_new(0, &arena, err));
    INB_TRY(inb_store_get(store, arena, number, &signal, err));
    INB_TRY(inb_store_waiting(store, arena, signal->organisation, UP_MOST, &numbers, &count, err));
    for (size_t i = 0; state != INB_COMPARED_WAITS && i < count; i++) {
        INB_TRY(
            inb_i_compare(then->comparer, store, numbers[i], then->actor, then->now, &state, err));
    }
    return INB_OK;
}

inb_status inb_i_compare_then(
    inb_store *store, int64_t number, uint32_t version, void *payload, inb_error *err) {
    const inb_i_then *then = payload;
    inb_compared_state state = INB_COMPARED_NOTHING;
    (void)version; // it stands now
    INB_TRY(inb_i_compare(then->comparer, store, number, then->actor, then->now, &state, err));
    return state == INB_COMPARED_DONE ? take_up(then, store, number, err) : INB_OK;
}
