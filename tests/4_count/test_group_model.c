// SPDX-License-Identifier: EUPL-1.2
// One model over lists and groups against a plain generalised linear model: every term a column of
// a dense design, Newton by Gauss-Jordan, shares no code with the program. Estimates, standard
// errors and BIC; the choice against every model there is; groups that carry nothing.

#include "group_model.h"

#include "base/alloc.h"
#include "inb_sweep.h"
#include "tables.h"

#include <inbeeld/pooling.h>

static const char *const by[] = {"g"};

// Three groups, c seen by each in its own way, a and b alike, and they depend on each other.
static const char made[] =
    "a,b,c,g,count\n1,0,0,x,310\n0,1,0,x,240\n1,1,0,x,98\n0,0,1,x,120\n1,0,1,x,31\n0,1,1,x,25\n"
    "1,1,1,x,9\n1,0,0,y,100\n0,1,0,y,81\n1,1,0,y,33\n0,0,1,y,300\n1,0,1,y,62\n0,1,1,y,66\n"
    "1,1,1,y,22\n1,0,0,z,160\n0,1,0,z,130\n1,1,0,z,41\n0,0,1,z,20\n1,0,1,z,4\n0,1,1,z,6\n1,1,1,z,"
    "1\n";

static inb_histories *table_from(const char *text) {
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_read_memory("t.csv", text, strlen(text), by, 1, &histories, err));
    return histories;
}

static inb_group_room *room_of(const inb_histories *histories) {
    inb_group_room *room = NULL;
    INB_OK_IS(inb_group_room_new(histories->list_count, histories->group_count, &room, err));
    for (size_t g = 0; g < histories->group_count; g++) {
        const inb_cell *cells = histories->groups[g].cells;
        room->pooled->cells[g] = cells;
        for (size_t h = 1; h < room->pooled->size; h++) {
            room->pooled->counts[g * room->pooled->size + h] =
                cells[h].kind == INB_CELL_COUNTED ? (double)cells[h].count : 0;
        }
    }
    return room;
}

// ---- the plain way ----

enum { MOST = 40 };

typedef struct plain {
    size_t columns;
    double beta[MOST];
    double inverse[MOST][MOST];
    double bic;
} plain;

// Column c of the row (g, h): levels of groups, lists, effects of lists in groups beyond the first,
// pairs.
static double entry(const inb_histories *t, inb_list_set apart, const inb_list_set *pairs,
    size_t pair_count, size_t g, size_t h, size_t c) {
    size_t groups = t->group_count;
    size_t lists = t->list_count;
    if (c < groups) {
        return c == g ? 1 : 0;
    }
    c -= groups;
    if (c < lists) {
        return (double)(h >> c & 1);
    }
    c -= lists;
    for (size_t j = 0; j < lists; j++) {
        if ((apart >> j & 1) == 0) {
            continue;
        }
        if (c < groups - 1) {
            return c + 1 == g ? (double)(h >> j & 1) : 0;
        }
        c -= groups - 1;
    }
    return c < pair_count && (h & pairs[c]) == pairs[c] ? 1 : 0;
}

static plain fit_plainly(
    const inb_histories *t, inb_list_set apart, const inb_list_set *pairs, size_t pair_count) {
    size_t groups = t->group_count;
    size_t size = (size_t)1 << t->list_count;
    plain p = {.columns = groups + t->list_count +
                          (size_t)__builtin_popcount(apart) * (groups - 1) + pair_count};
    double people = 0;
    for (int step = 0; step < 60; step++) {
        double a[MOST][2 * MOST] = {{0}};
        double score[MOST] = {0};
        double log_likelihood = 0;
        people = 0;
        for (size_t g = 0; g < groups; g++) {
            for (size_t h = 1; h < size; h++) {
                double x[MOST];
                double mean = 0;
                double count = (double)t->groups[g].cells[h].count;
                for (size_t c = 0; c < p.columns; c++) {
                    x[c] = entry(t, apart, pairs, pair_count, g, h, c);
                    mean += x[c] * p.beta[c];
                }
                mean = step == 0 ? count + 0.5 : exp(mean);
                people += count;
                log_likelihood += count * log(mean) - mean;
                for (size_t i = 0; i < p.columns; i++) {
                    // The first step is least squares on log(count + 1/2).
                    score[i] += x[i] * (step == 0 ? mean * log(mean) : count - mean);
                    for (size_t j = 0; j < p.columns; j++) {
                        a[i][j] += x[i] * x[j] * mean;
                    }
                }
            }
        }
        for (size_t i = 0; i < p.columns; i++) {
            a[i][MOST + i] = 1;
        }
        for (size_t i = 0; i < p.columns; i++) { // positive definite: no pivoting needed
            double pivot = a[i][i];
            for (size_t j = 0; j < 2 * (size_t)MOST; j++) {
                a[i][j] /= pivot;
            }
            for (size_t r = 0; r < p.columns; r++) {
                double factor = r == i ? 0 : a[r][i];
                for (size_t j = 0; factor != 0 && j < 2 * (size_t)MOST; j++) {
                    a[r][j] -= factor * a[i][j];
                }
            }
        }
        for (size_t i = 0; i < p.columns; i++) {
            for (size_t j = 0; j < p.columns; j++) {
                p.inverse[i][j] = a[i][MOST + j];
                p.beta[i] += a[i][MOST + j] * score[j];
            }
        }
        p.bic = -2 * log_likelihood + (double)p.columns * log(people);
    }
    return p;
}

static void compare(const char *text, inb_list_set apart, const inb_list_set *pairs, size_t count) {
    inb_histories *histories = table_from(text);
    inb_group_room *room = room_of(histories);
    room->choice.apart = apart;
    room->choice.pair_count = count;
    memcpy(room->choice.pairs, pairs, count * sizeof *pairs);
    ck_assert(inb_group_fit(room));
    plain p = fit_plainly(histories, apart, pairs, count);
    INB_NEAR_REL(room->choice.criterion, p.bic, 1e-9);
    size_t groups = histories->group_count;
    double all = 0;
    double variance = 0;
    for (size_t g = 0; g < groups; g++) {
        INB_NEAR_REL(inb_group_hidden(room, g), exp(p.beta[g]), 1e-4);
        INB_NEAR_REL(inb_group_se(room, g), sqrt(p.inverse[g][g]), 1e-4);
        all += exp(p.beta[g]);
    }
    for (size_t g = 0; g < groups; g++) {
        for (size_t k = 0; k < groups; k++) {
            variance += exp(p.beta[g]) * exp(p.beta[k]) * p.inverse[g][k];
        }
    }
    INB_NEAR_REL(inb_group_se(room, groups), sqrt(variance) / all, 1e-4);
    inb_group_room_freep(&room);
    inb_histories_free(histories);
}

INB_TEST(as_a_plain_linear_model) {
    static const inb_list_set pairs[] = {3, 6};
    compare(made, 0, pairs, 0);
    compare(made, 4, pairs, 1);
    compare(made, 7, pairs, 2);
    compare(made, 1, pairs + 1, 1);
}
INB_END

// ---- the choice ----

INB_TEST(the_best_of_all_models_is_chosen) {
    inb_histories *histories = table_from(made);
    inb_group_room *room = room_of(histories);
    INB_OK_IS(inb_group_choose(room, NULL, err));
    ck_assert(room->choice.fitted);
    static const inb_list_set all[] = {3, 5, 6};
    double least = INFINITY;
    inb_list_set best_apart = 0;
    size_t best_pairs = 0;
    for (inb_list_set apart = 0; apart < 8; apart++) {
        for (size_t chosen = 0; chosen < 7; chosen++) { // all three pairs leave nothing to hold
            inb_list_set pairs[3];
            size_t count = 0;
            for (size_t i = 0; i < 3; i++) {
                pairs[count] = all[i];
                count += chosen >> i & 1;
            }
            plain p = fit_plainly(histories, apart, pairs, count);
            if (p.bic < least) {
                least = p.bic;
                best_apart = apart;
                best_pairs = chosen;
            }
        }
    }
    ck_assert_uint_eq(best_apart, 4); // as the table was made
    ck_assert_uint_eq(best_pairs, 1);
    ck_assert_uint_eq(room->choice.apart, best_apart);
    ck_assert_uint_eq(room->choice.pair_count, 1);
    ck_assert_uint_eq(room->choice.pairs[0], 3);
    INB_NEAR_REL(room->choice.criterion, least, 1e-9);
    // Again on the same room: nothing is left of the last time.
    double before = room->choice.criterion;
    INB_OK_IS(inb_group_choose(room, NULL, err));
    INB_NEAR_REL(room->choice.criterion, before, 1e-12);
    // From a larger model it ends at the same one.
    inb_list_set larger[] = {6, 3};
    inb_group_choice start = {.apart = 5, .pairs = larger, .pair_count = 2};
    INB_OK_IS(inb_group_choose(room, &start, err));
    ck_assert_uint_eq(room->choice.apart, best_apart);
    ck_assert_uint_eq(room->choice.pair_count, 1);
    INB_NEAR_REL(room->choice.criterion, before, 1e-9);
    inb_group_room_freep(&room);
    inb_histories_free(histories);
}
INB_END

// A list may be taken apart only where every group keeps a finite number of hidden people: of z
// nobody is on two lists.
INB_TEST(no_group_is_left_without_a_number) {
    inb_histories *histories =
        table_from("a,b,c,g,count\n1,0,0,x,300\n0,1,0,x,200\n1,1,0,x,90\n0,0,1,x,150\n1,0,1,x,60\n"
                   "0,1,1,x,40\n1,1,1,x,20\n1,0,0,z,2\n0,1,0,z,90\n0,0,1,z,1\n");
    inb_group_room *room = room_of(histories);
    room->choice.apart = 7;
    room->choice.pair_count = 0;
    (void)inb_group_fit(room);
    ck_assert(!room->choice.fitted || inb_group_se(room, 1) > 10);
    INB_OK_IS(inb_group_choose(room, NULL, err));
    ck_assert(room->choice.fitted);
    ck_assert_uint_ne(room->choice.apart, 7);
    ck_assert(inb_group_se(room, 1) < 10);
    inb_group_room_freep(&room);
    inb_histories_free(histories);
}
INB_END

// Nobody of a group on a list: the list says nothing there, and the others are as without it.
INB_TEST(a_list_that_holds_nobody_of_a_group) {
    inb_histories *histories =
        table_from("a,b,c,g,count\n1,0,0,x,300\n0,1,0,x,200\n1,1,0,x,100\n0,0,1,x,90\n1,0,1,x,45\n"
                   "0,1,1,x,30\n1,1,1,x,15\n1,0,0,y,60\n0,1,0,y,40\n1,1,0,y,30\n");
    inb_group_room *room = room_of(histories);
    room->choice.apart = 7;
    room->choice.pair_count = 0;
    ck_assert(inb_group_fit(room));
    INB_NEAR_REL(inb_group_hidden(room, 1), 60 * 40 / 30.0, 1e-3);
    INB_NEAR_REL(inb_group_se(room, 1), sqrt(1 / 60.0 + 1 / 40.0 + 1 / 30.0), 1e-3);
    inb_group_room_freep(&room);
    inb_histories_free(histories);
}
INB_END

INB_TEST_MAIN("4_count/group_model", as_a_plain_linear_model, the_best_of_all_models_is_chosen,
    no_group_is_left_without_a_number, a_list_that_holds_nobody_of_a_group)
