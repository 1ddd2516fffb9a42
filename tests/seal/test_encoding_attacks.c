// SPDX-License-Identifier: EUPL-1.2
// Attacks of the literature run against our own encodings, so that docs/methods/encoding.md states
// what was seen: frequencies and similarities with a full copy of the list, guesses by a member
// that works together with the linkage unit, telephone numbers tried one by one. An attack that is
// said to work must work here, and one that is said to fail must fail.

#include "holder_i.h"
#include "inb_encoded_case.h"
#include "key_help.h"

#include "base/alloc.h"

#include <time.h>

enum { PEOPLE = 5000 };

static inb_keys *key;
static inb_encoded_values *people;
static size_t count;

// A list of made-up persons, all different, in plain form.
static void load(size_t wanted, uint64_t seed) {
    inb_buffer list = INB_BUFFER_INIT(1 << 24);
    inb_buffer other = INB_BUFFER_INIT(1 << 24); // made along, not used here
    inb_made_two(seed, (uint32_t)wanted, &list, &other);
    inb_buffer_clear(&other);
    inb_encoded_reader *reader;
    INB_OK_IS(inb_encoded_reader_open_memory("l", list.data, list.length, &reader, err));
    people = inb_alloc(wanted, sizeof *people);
    ck_assert_ptr_nonnull(people);
    bool more = true;
    for (count = 0; count <= wanted; count++) {
        const char *id;
        inb_encoded_values values;
        INB_OK_IS(inb_encoded_reader_next(reader, &more, &id, &values, err));
        if (!more) {
            break;
        }
        people[count] = values;
    }
    inb_encoded_reader_free(reader);
    inb_buffer_clear(&list);
}

static inb_encoder *encoder_of(const inb_keys *keys, unsigned groups) {
    inb_encode_options options = {.groups = groups};
    inb_encoder *encoder;
    INB_OK_IS(inb_encoder_new(keys, &options, &encoder, err));
    return encoder;
}

// ---- 1. frequencies, with a full copy of the list ----

struct item {
    uint64_t what; // hash of a pattern, or of a value
    size_t record;
    size_t times;
};

static uint64_t hash_of(const void *data, size_t length) {
    unsigned char hash[INB_HASH_BYTES];
    uint64_t what;
    inb_hash(data, length, hash);
    memcpy(&what, hash, sizeof what);
    return what;
}

static int by_what(const void *a, const void *b) {
    const struct item *x = a;
    const struct item *y = b;
    return x->what < y->what ? -1 : x->what > y->what;
}

static int by_times(const void *a, const void *b) {
    const struct item *x = a;
    const struct item *y = b;
    if (x->times != y->times) {
        return x->times > y->times ? -1 : 1;
    }
    return by_what(a, b);
}

// Distinct ones with their frequency, most frequent first.
static size_t rank(struct item *items, size_t item_count) {
    qsort(items, item_count, sizeof *items, by_what);
    size_t distinct = 0;
    for (size_t i = 0; i < item_count; i++) {
        if (distinct > 0 && items[distinct - 1].what == items[i].what) {
            items[distinct - 1].times++;
        } else {
            items[distinct] = items[i];
            items[distinct++].times = 1;
        }
    }
    qsort(items, distinct, sizeof *items, by_times);
    return distinct;
}

// Share of records whose filter of `group` gets its true value when the most frequent pattern is
// taken for the most frequent value, and so on.
static double frequency_attack(unsigned groups, size_t group) {
    inb_encoder *encoder = encoder_of(key, groups);
    size_t bytes = inb_encoder_bytes(encoder) / groups;
    unsigned char filters[INB_ENCODED_GROUPS_MOST * 128];
    struct item *patterns = inb_alloc(count, sizeof *patterns);
    struct item *values = inb_alloc(count, sizeof *values);
    uint64_t *truth = inb_alloc(count, sizeof *truth);
    for (size_t i = 0; i < count; i++) {
        char text[INB_ENCODED_FIELDS * INB_ENCODED_TEXT_MOST] = {0};
        for (size_t f = 0; f < INB_ENCODED_FIELDS; f++) {
            if (inb_encoded_group_of(groups, (inb_encoded_field)f) == group) {
                memcpy(text + f * INB_ENCODED_TEXT_MOST, people[i].field[f],
                    strlen(people[i].field[f]));
            }
        }
        inb_encoder_record(encoder, &people[i], filters);
        patterns[i] = (struct item){hash_of(filters + group * bytes, bytes), i, 0};
        truth[i] = hash_of(text, sizeof text);
        values[i] = (struct item){truth[i], i, 0};
    }
    size_t distinct = rank(patterns, count);
    size_t value_count = rank(values, count);
    size_t right = 0;
    for (size_t i = 0; i < distinct && i < value_count; i++) {
        right += truth[patterns[i].record] == values[i].what ? patterns[i].times : 0;
    }
    inb_free(patterns);
    inb_free(values);
    inb_free(truth);
    inb_encoder_free(encoder);
    return (double)right / (double)count;
}

INB_TEST(frequencies) {
    key = new_key(INB_KEY_COUNT, "", NULL);
    load(PEOPLE, 31);
    double alone = frequency_attack(5, inb_encoded_group_of(5, INB_ENCODED_GIVEN));
    double surname = frequency_attack(5, inb_encoded_group_of(5, INB_ENCODED_SURNAME));
    double mixed = frequency_attack(4, inb_encoded_group_of(4, INB_ENCODED_GIVEN));
    double mixed_surname = frequency_attack(4, inb_encoded_group_of(4, INB_ENCODED_SURNAME));
    double place = frequency_attack(4, inb_encoded_group_of(4, INB_ENCODED_PLACE));
    double whole = frequency_attack(1, 0);
    printf("# frequencies, full copy of %zu persons: given name alone %.3f, surname alone %.3f; "
           "with parts of the birth date %.3f and %.3f; postcode with place %.3f; whole record "
           "%.4f\n",
        count, alone, surname, mixed, mixed_surname, place, whole);
    ck_assert_double_gt(alone, 0.05);
    ck_assert_double_gt(alone, 4 * mixed);
    ck_assert_double_lt(mixed, 0.02);
    ck_assert_double_lt(mixed_surname, 0.02);
    ck_assert_double_lt(whole, 0.005);
    inb_free(people);
    inb_keys_free(key);
}
INB_END

// ---- 2. similarities, with a copy of the list ----

enum { TOP = 15, MOST_GRAPH = 900 };

static double dice_of(const unsigned char *a, const unsigned char *b, size_t bytes) {
    unsigned common = 0;
    unsigned ones = 0;
    for (size_t i = 0; i < bytes; i++) {
        common += (unsigned)__builtin_popcount(a[i] & b[i]);
        ones += (unsigned)(__builtin_popcount(a[i]) + __builtin_popcount(b[i]));
    }
    return ones == 0 ? 0 : 2.0 * common / ones;
}

static int falling(const void *a, const void *b) {
    float x = *(const float *)a;
    float y = *(const float *)b;
    return x > y ? -1 : x < y;
}

// What a record looks like from its place among the others: its highest similarities, a filter.
static void signatures(const unsigned char *filters, size_t records, unsigned groups, size_t bytes,
    float *ret_signatures) {
    static float all[MOST_GRAPH];
    for (size_t i = 0; i < records; i++) {
        for (unsigned g = 0; g < groups; g++) {
            for (size_t j = 0; j < records; j++) {
                all[j] = j == i ? -1
                                : (float)dice_of(filters + (i * groups + g) * bytes,
                                      filters + (j * groups + g) * bytes, bytes);
            }
            qsort(all, records, sizeof *all, falling);
            memcpy(ret_signatures + (i * groups + g) * TOP, all, TOP * sizeof *all);
        }
    }
}

// The attacker encodes its copy (records `from` ..) under a key of its own and looks for the record
// with the nearest signature. Share of `shared` records that it names rightly.
static double graph_attack(
    unsigned groups, size_t records, size_t from, size_t copy, unsigned noise) {
    inb_keys *own = new_key(INB_KEY_COUNT, "", NULL);
    inb_encoder *theirs = encoder_of(key, groups);
    inb_encoder *mine = encoder_of(own, groups);
    size_t bytes = inb_encoder_bytes(theirs) / groups;
    unsigned char *a = inb_alloc(records * groups, bytes);
    unsigned char *b = inb_alloc(copy * groups, bytes);
    float *sa = inb_alloc(records * groups * TOP, sizeof *sa);
    float *sb = inb_alloc(copy * groups * TOP, sizeof *sb);
    for (size_t i = 0; i < records; i++) {
        inb_encoder_record(theirs, &people[i], a + i * groups * bytes);
    }
    inb_rng rng = inb_rng_make(noise, 0);
    for (size_t bit = 0; noise > 0 && bit < records * groups * bytes * 8; bit++) {
        a[bit / 8] ^= (unsigned char)((inb_rng_below(&rng, 1000) < noise) << bit % 8);
    }
    for (size_t i = 0; i < copy; i++) {
        inb_encoder_record(mine, &people[from + i], b + i * groups * bytes);
    }
    signatures(a, records, groups, bytes, sa);
    signatures(b, copy, groups, bytes, sb);
    size_t right = 0;
    size_t shared = 0;
    for (size_t i = from; i < records; i++) {
        double best = 1e9;
        size_t which = 0;
        for (size_t j = 0; j < copy; j++) {
            double distance = 0;
            for (size_t k = 0; k < groups * TOP; k++) {
                double d = (double)(sa[i * groups * TOP + k] - sb[j * groups * TOP + k]);
                distance += d * d;
            }
            if (distance < best) {
                best = distance;
                which = from + j;
            }
        }
        shared++;
        right += which == i;
    }
    inb_free(a);
    inb_free(b);
    inb_free(sa);
    inb_free(sb);
    inb_encoder_free(mine);
    inb_encoder_free(theirs);
    inb_keys_free(own);
    return (double)right / (double)shared;
}

INB_TEST(similarities) {
    key = new_key(INB_KEY_COUNT, "", NULL);
    load(MOST_GRAPH, 32);
    double full = graph_attack(4, 300, 0, 300, 0);
    double five = graph_attack(5, 300, 0, 300, 0);
    double whole = graph_attack(1, 300, 0, 300, 0);
    double half = graph_attack(4, 300, 150, 300, 0);
    double tenth = graph_attack(4, 300, 270, 300, 0);
    double noisy = graph_attack(4, 300, 0, 300, 25);
    double noisier = graph_attack(4, 300, 0, 300, 50);
    printf("# full copy under noise of 2.5 %%: %.2f, of 5 %%: %.2f\n", noisy, noisier);
    printf("# similarities among 300 records: full copy %.2f (four filters), %.2f (five), %.2f "
           "(one); copy that shares half %.2f, a tenth %.2f; chance 0.003\n",
        full, five, whole, half, tenth);
    ck_assert_double_gt(full, 0.05); // a copy of the list tells: said in the document
    ck_assert_double_lt(half, full);
    // What is said to help does: one filter, noise, and a copy that shares little.
    ck_assert_double_lt(whole, full / 3);
    ck_assert_double_lt(noisy, full / 3);
    ck_assert_double_lt(noisier, full / 10);
    ck_assert_double_lt(tenth, full / 3);
    inb_free(people);
    inb_keys_free(key);
}
INB_END

// ---- 3. guesses by a member that works together with the linkage unit ----

INB_TEST(guessed_names) {
    key = new_key(INB_KEY_COUNT, "", NULL);
    load(2000, 33);
    inb_encoder *encoder = encoder_of(key, 4);
    size_t bytes = inb_encoder_bytes(encoder);
    unsigned char *list = inb_alloc(count, bytes);
    unsigned char guess[INB_ENCODED_GROUPS_MOST * 128];
    for (size_t i = 0; i < count; i++) {
        inb_encoder_record(encoder, &people[i], list + i * bytes);
    }
    // Whole records: who is in the first half of the list, asked for everybody.
    size_t hits = 0;
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        inb_encoder_record(encoder, &people[i], guess);
        bool found = false;
        for (size_t j = 0; j < count / 2 && !found; j++) {
            found = memcmp(guess, list + j * bytes, bytes) == 0;
        }
        hits += found && i < count / 2;
        wrong += found && i >= count / 2;
    }
    // Given name, day and month apart: all 372 days for one name lead to the record.
    size_t tried = 0;
    bool led = false;
    inb_encoded_values part = {0};
    memcpy(
        part.field[INB_ENCODED_GIVEN], people[7].field[INB_ENCODED_GIVEN], INB_ENCODED_TEXT_MOST);
    for (int month = 1; month <= 12; month++) {
        for (int day = 1; day <= 31; day++) {
            snprintf(part.field[INB_ENCODED_MONTH], INB_ENCODED_TEXT_MOST, "%02d", month);
            snprintf(part.field[INB_ENCODED_DAY], INB_ENCODED_TEXT_MOST, "%02d", day);
            inb_encoder_record(encoder, &part, guess);
            led = led || memcmp(guess, list + 7 * bytes, bytes / 4) == 0;
            tried++;
        }
    }
    printf("# guesses with the key: %zu of %zu persons found, %zu taken for one wrongly; a given "
           "name found with its day by %zu tries\n",
        hits, count / 2, wrong, tried);
    ck_assert_uint_eq(hits, count / 2);
    ck_assert_uint_eq(wrong, 0);
    ck_assert(led);
    // The same guesses without the key.
    inb_keys *other = new_key(INB_KEY_COUNT, "", NULL);
    inb_encoder *blind = encoder_of(other, 4);
    for (size_t i = 0; i < count; i++) {
        inb_encoder_record(blind, &people[i], guess);
        for (size_t j = 0; j < count; j++) {
            INB_HOLDS(memcmp(guess, list + j * bytes, bytes) != 0, "%zu %zu", i, j);
        }
    }
    inb_encoder_free(blind);
    inb_keys_free(other);
    inb_encoder_free(encoder);
    inb_free(list);
    inb_free(people);
    inb_keys_free(key);
}
INB_END

// ---- 4. telephone numbers tried one by one ----

static int64_t now(void *context) {
    (void)context;
    return 0;
}

static inb_status keep(void *context, int64_t at, const char *client, size_t points,
    const char *result, inb_error *err) {
    (void)context, (void)at, (void)client, (void)points, (void)result, (void)err;
    return INB_OK;
}

static void number(size_t i, char out[16]) {
    snprintf(out, 16, "6%08zu", i);
}

INB_TEST(telephone_numbers) {
    enum { SPACE = 100000, SECRET = 83611, QUOTA = 1000, BATCH = 500, OFFLINE = 2000 };
    inb_keys *members = new_key(INB_KEY_HIT, "", NULL);
    inb_keys *holder = new_key(INB_KEY_HOLDER, "", NULL);
    inb_keys *client = new_key(INB_KEY_CLIENT, "ngo", holder);
    char text[16];
    // A hash under the shared key: every number, in the blink of an eye.
    unsigned char wanted[INB_TOKEN_BYTES];
    unsigned char token[INB_TOKEN_BYTES];
    number(SECRET, text);
    inb_token(members, "phone", text, strlen(text), wanted);
    struct timespec begin;
    struct timespec end;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
    size_t found = 0;
    for (size_t i = 0; i < SPACE; i++) {
        number(i, text);
        inb_token(members, "phone", text, strlen(text), token);
        found += memcmp(token, wanted, sizeof wanted) == 0;
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    double seconds =
        (double)(end.tv_sec - begin.tv_sec) + 1e-9 * (double)(end.tv_nsec - begin.tv_nsec);
    ck_assert_uint_eq(found, 1);
    printf("# shared-key hash: all 10^8 numbers in %.0f s on one core\n", seconds * 1e8 / SPACE);
    // The oblivious function, offline: with the members' key and any other exponent.
    unsigned char point[INB_OPRF_BYTES];
    unsigned char other[INB_OPRF_BYTES];
    unsigned char input[INB_OPRF_INPUT_BYTES];
    number(SECRET, text);
    inb_oprf_input(members, "phone", text, strlen(text), input);
    INB_OK_IS(inb_oprf_direct(holder, input, sizeof input, point, err));
    inb_keys *own = new_key(INB_KEY_HOLDER, "", NULL);
    for (size_t i = SECRET - OFFLINE / 2; i < SECRET + OFFLINE / 2; i++) {
        number(i, text);
        inb_oprf_input(members, "phone", text, strlen(text), input);
        INB_OK_IS(inb_oprf_direct(own, input, sizeof input, other, err));
        INB_HOLDS(memcmp(other, point, sizeof point) != 0, "%zu", i);
    }
    inb_keys_free(own);
    // Online: the quota ends it.
    inb_holder_client row = {.name = "ngo", .quota = QUOTA};
    inb_holder_options options = {
        .key = holder, .clients = &row, .client_count = 1, .now = now, .log = keep};
    unsigned char nonce[INB_I_NONCE_BYTES] = {0};
    static unsigned char blinds[BATCH * INB_OPRF_BYTES];
    static unsigned char blinded[BATCH * INB_OPRF_BYTES];
    inb_buffer request = INB_BUFFER_INIT(1 << 20);
    inb_buffer answer = INB_BUFFER_INIT(1 << 20);
    size_t evaluated = 0;
    for (size_t round = 0;; round++) {
        for (size_t i = 0; i < BATCH; i++) {
            number(round * BATCH + i, text);
            inb_oprf_input(members, "phone", text, strlen(text), input);
            INB_OK_IS(inb_oprf_blind(input, sizeof input, blinds + i * INB_OPRF_BYTES,
                blinded + i * INB_OPRF_BYTES, err));
        }
        unsigned char mac[crypto_auth_BYTES];
        inb_i_message_mac(client->client, nonce, "ngo", blinded, BATCH, mac);
        inb_buffer_reset(&request);
        inb_buffer_reset(&answer);
        inb_buffer_format(&request, "evaluate ngo %d ", BATCH);
        inb_i_put_base64(&request, mac, sizeof mac);
        inb_buffer_char(&request, '\n');
        inb_i_put_points(&request, blinded, BATCH);
        if (!inb_i_holder_answer(&options, nonce, request.data, request.length, &answer)) {
            break;
        }
        evaluated += BATCH;
    }
    printf(
        "# oblivious function: offline none of %d, online %zu of 10^8 a day\n", OFFLINE, evaluated);
    ck_assert_uint_eq(evaluated, QUOTA);
    inb_buffer_clear(&request);
    inb_buffer_clear(&answer);
    inb_keys_free(client);
    inb_keys_free(holder);
    inb_keys_free(members);
}
INB_END

INB_TEST_MAIN("seal/encoding_attacks", frequencies, similarities, guessed_names, telephone_numbers)
