// SPDX-License-Identifier: EUPL-1.2
// State: weights and probabilities of the classes. With N and everybody's class integrated out the
// likelihood is the conditional multinomial prod (p_h / (1 - p_0))^n_h, and N - n given the state
// is negative binomial. A sweep draws N and the classes of all people, then the state given those
// (Gibbs; Ishwaran and James 2001), with two moves that exchange classes (Papaspiliopoulos and
// Roberts 2008, doi:10.1093/biomet/asm086). One peak does not lead to the next by such sweeps, so
// each chain holds the posteriors of ever smaller tables, round(t n_h), t = 1 down to 0: the last
// is the prior. Neighbours exchange states by Metropolis (Geyer 1991), even and odd pairs in turn
// (Okabe et al. 2001), so that states travel from the prior to the data.

#include "latent_class.h"

#include "base/alloc.h"
#include "bootstrap.h"
#include "math/binomial.h"
#include "math/convergence.h"
#include "math/gamma.h"
#include "modes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    K = INB_LATENT_CLASSES,
    J = INB_LISTS_MOST,
    MOST_LEVELS = 40,
    FIRST_SWEEPS = 50, // of a level, before exchanges begin
    STEPS = 4,         // Metropolis steps a sweep
    CROSSINGS = 1,     // crossovers a sweep
    ONE_BY_ONE = 6     // so many people of a cell are drawn one by one
};

static const double PRIOR = 0.25;     // both of the concentration's Gamma
static const double FIRST_STEP = 0.1; // between shares of the table, in the logarithm
static const double STEP_GROWTH = 0.08;
static const double MOST_R_HAT = 1.05;
static const double LEAST_DRAWS = 400; // effective
static const double FARTHEST = 1e15;   // hidden people; beyond this it is a matter of the prior

struct state {
    double log_v[K]; // V of stick-breaking
    double log_rest[K];
    double on[K][J]; // probability of being on the list
    double off[K][J];
    double concentration;
};

// What follows from a state.
struct view {
    double weights[K];
    double none[K];  // probability of being on no list
    double log_seen; // log(1 - p_0)
    double *log_p;   // [cells]
    double *parts;   // [cells][K] weight times probability
};

struct level {
    struct state *state; // exchanged with neighbours
    struct view *view;
    int64_t *counts; // [cells]
    int64_t people;
};

struct chain {
    inb_rng rng;
    struct level levels[MOST_LEVELS];
    struct state states[MOST_LEVELS + 2]; // two to spare
    struct view views[MOST_LEVELS + 2];
    struct state *spare_state[2];
    struct view *spare_view[2];
    double *room;
    int64_t *tables;
    bool started; // every level has a state
    uint64_t sweeps;
    uint64_t swaps;
    uint64_t tried;
};

struct sampler {
    size_t lists;
    size_t cell_count;
    inb_list_set *cells; // histories with people
    int64_t *counts;
    size_t level_count;
    struct chain *chains; // [INB_LATENT_CHAINS]
    double *draws;        // [chains][length] hidden people
    size_t length;        // sweeps of a chain
    size_t done;
};

// ---- a state ----

static void fill_view(const struct sampler *s, const struct state *state, struct view *view) {
    double left = 0; // log of the stick that is left
    for (size_t k = 0; k < K; k++) {
        view->weights[k] = exp(left + (k + 1 < K ? state->log_v[k] : 0));
        left += state->log_rest[k];
        double none = 1;
        for (size_t j = 0; j < s->lists; j++) {
            none *= state->off[k][j];
        }
        view->none[k] = none;
    }
    double seen = 0;
    for (size_t k = 0; k < K; k++) {
        seen += view->weights[k] * (1 - view->none[k]);
    }
    view->log_seen = log(fmax(seen, 1e-300));
    for (size_t c = 0; c < s->cell_count; c++) {
        double sum = 0;
        for (size_t k = 0; k < K; k++) {
            double part = view->weights[k];
            for (size_t j = 0; j < s->lists; j++) {
                part *= s->cells[c] >> j & 1 ? state->on[k][j] : state->off[k][j];
            }
            view->parts[c * K + k] = part;
            sum += part;
        }
        view->log_p[c] = log(fmax(sum, 1e-300));
    }
}

// log-likelihood of a level's table in a view.
static double log_likelihood(
    const struct sampler *s, const struct level *level, const struct view *view) {
    double sum = -(double)level->people * view->log_seen;
    for (size_t c = 0; c < s->cell_count; c++) {
        sum += level->counts[c] > 0 ? (double)level->counts[c] * view->log_p[c] : 0;
    }
    return sum;
}

static void draw_probabilities(
    inb_rng *rng, struct state *state, size_t k, size_t j, double on, double off) {
    double log_on;
    double log_off;
    inb_beta_log_draw(rng, 1 + on, 1 + off, &log_on, &log_off);
    state->on[k][j] = exp(log_on);
    state->off[k][j] = exp(log_off);
}

static void draw_prior(const struct sampler *s, inb_rng *rng, struct state *state) {
    // The concentration's prior has most of its mass near 0; below 1e-8 nothing changes any more.
    state->concentration = fmax(inb_gamma_draw(rng, PRIOR) / PRIOR, 1e-8);
    for (size_t k = 0; k < K; k++) {
        inb_beta_log_draw(rng, 1, state->concentration, &state->log_v[k], &state->log_rest[k]);
        for (size_t j = 0; j < s->lists; j++) {
            draw_probabilities(rng, state, k, j, 0, 0);
        }
    }
}

// ---- a sweep ----

// Who is in which class.
struct members {
    double all[K];
    double on[K][J];
};

static void add_members(
    const struct sampler *s, struct members *members, size_t k, inb_list_set cell, double people) {
    members->all[k] += people;
    for (size_t j = 0; j < s->lists; j++) {
        members->on[k][j] += cell >> j & 1 ? people : 0;
    }
}

// One person's class.
static size_t draw_class(inb_rng *rng, const double *parts) {
    double sum = 0;
    for (size_t k = 0; k < K; k++) {
        sum += parts[k];
    }
    double u = inb_rng_uniform(rng) * sum;
    size_t k = 0;
    while (k + 1 < K && u > parts[k]) {
        u -= parts[k++];
    }
    return k;
}

// Classes of the people seen and of the hidden ones; returns how many those are.
static double draw_members(
    const struct sampler *s, inb_rng *rng, const struct level *level, struct members *members) {
    const struct view *view = level->view;
    for (size_t c = 0; c < s->cell_count; c++) {
        int64_t people = level->counts[c];
        const double *parts = view->parts + c * K;
        if (people <= ONE_BY_ONE) {
            for (int64_t i = 0; i < people; i++) {
                add_members(s, members, draw_class(rng, parts), s->cells[c], 1);
            }
            continue;
        }
        int64_t drawn[K];
        inb_multinomial_draw(rng, people, parts, K, drawn);
        for (size_t k = 0; k < K; k++) {
            if (drawn[k] > 0) {
                add_members(s, members, k, s->cells[c], (double)drawn[k]);
            }
        }
    }
    double hidden = 0;
    if (level->people > 0) {
        // Negative binomial as Poisson with a gamma mean, each class its own part.
        double rate = exp(inb_gamma_log_draw(rng, (double)level->people) - view->log_seen);
        for (size_t k = 0; k < K; k++) {
            double mean = fmin(rate * view->weights[k] * view->none[k], FARTHEST);
            double people = (double)inb_poisson_draw(rng, mean);
            members->all[k] += people;
            hidden += people;
        }
    }
    return hidden;
}

// The probabilities are drawn anew from the members, so they need not be exchanged.
static void exchange_members(const struct sampler *s, struct members *members, size_t a, size_t b) {
    double all = members->all[a];
    members->all[a] = members->all[b];
    members->all[b] = all;
    for (size_t j = 0; j < s->lists; j++) {
        double on = members->on[a][j];
        members->on[a][j] = members->on[b][j];
        members->on[b][j] = on;
    }
}

// Moves that exchange two classes' members: alone, or with the lengths of their sticks.
static void exchange_classes(const struct sampler *s, inb_rng *rng, struct state *state,
    const struct view *view, struct members *members) {
    size_t a = inb_rng_below(rng, K);
    size_t b = inb_rng_below(rng, K);
    if (a != b && view->weights[a] > 0 && view->weights[b] > 0) {
        double log_ratio =
            (members->all[b] - members->all[a]) * (log(view->weights[a]) - log(view->weights[b]));
        if (log(inb_rng_uniform(rng)) < log_ratio) {
            exchange_members(s, members, a, b);
        }
    }
    size_t first = inb_rng_below(rng, K - 2);
    double log_ratio = members->all[first] * state->log_rest[first + 1] -
                       members->all[first + 1] * state->log_rest[first];
    if (log(inb_rng_uniform(rng)) < log_ratio) {
        exchange_members(s, members, first, first + 1);
        double held = state->log_v[first];
        state->log_v[first] = state->log_v[first + 1];
        state->log_v[first + 1] = held;
        held = state->log_rest[first];
        state->log_rest[first] = state->log_rest[first + 1];
        state->log_rest[first + 1] = held;
    }
}

static void draw_state(
    const struct sampler *s, inb_rng *rng, struct state *state, const struct members *members) {
    double after[K]; // members of later classes
    double sum = 0;
    for (size_t k = K; k-- > 0;) {
        after[k] = sum;
        sum += members->all[k];
    }
    double rests = 0;
    for (size_t k = 0; k + 1 < K; k++) {
        rests += state->log_rest[k];
    }
    state->concentration = fmax(inb_gamma_draw(rng, PRIOR + K - 1) / (PRIOR - rests), 1e-8);
    for (size_t k = 0; k < K; k++) {
        if (k + 1 < K) {
            inb_beta_log_draw(rng, 1 + members->all[k], state->concentration + after[k],
                &state->log_v[k], &state->log_rest[k]);
        }
        for (size_t j = 0; j < s->lists; j++) {
            draw_probabilities(
                rng, state, k, j, members->on[k][j], members->all[k] - members->on[k][j]);
        }
    }
}

// ---- steps with everybody's class integrated out ----

// log weight of class k, and log r: what is left of the stick before class l.
static double log_sticks(const struct state *state, size_t k, double log_left[K]) {
    double left = 0;
    for (size_t l = 0; l < K; l++) {
        log_left[l] = left;
        left += state->log_rest[l];
    }
    return log_left[k] + (k + 1 < K ? state->log_v[k] : 0);
}

// Multiplies the weight of class k by exp(shift), all weights scaled to sum to one again.
static void shift_weight(struct state *state, size_t k, double shift) {
    double left[K];
    double after[K];
    double weight = log_sticks(state, k, left);
    for (size_t l = 0; l < K; l++) {
        after[l] = l <= k ? left[l] + log1p(expm1(shift) * exp(weight - left[l])) : left[l];
    }
    for (size_t l = 0; l <= k && l + 1 < K; l++) {
        state->log_v[l] = (l < k ? state->log_v[l] + left[l] : weight + shift) - after[l];
        state->log_rest[l] = after[l + 1] - after[l];
    }
}

// log-likelihood of a level's table where class k of its state is replaced: weight times
// exp(shift), probabilities as in `state`. What all weights are divided by cancels.
static double replaced_likelihood(const struct sampler *s, const struct level *level,
    const struct state *state, size_t k, double shift) {
    const struct view *view = level->view;
    double weight = view->weights[k] * exp(shift);
    double odds[J];
    double none = 1;
    double seen = 0;
    for (size_t j = 0; j < s->lists; j++) {
        odds[j] = state->on[k][j] / state->off[k][j];
        none *= state->off[k][j];
    }
    for (size_t l = 0; l < K; l++) {
        seen += l == k ? weight * (1 - none) : view->weights[l] * (1 - view->none[l]);
    }
    double people = (double)level->people;
    double sum = -people * log(fmax(seen, 1e-300));
    for (size_t c = 0; c < s->cell_count; c++) {
        if (level->counts[c] == 0) {
            continue;
        }
        double part = weight * none;
        for (inb_list_set cell = s->cells[c]; cell != 0; cell &= (inb_list_set)(cell - 1)) {
            part *= odds[__builtin_ctz(cell)];
        }
        const double *parts = view->parts + c * K;
        for (size_t l = 0; l < K; l++) {
            part += l == k ? 0 : parts[l];
        }
        sum += (double)level->counts[c] * log(fmax(part, 1e-300));
    }
    return sum;
}

// Density of the state over log weights and log odds, but for a constant; the concentration given.
static double log_density(const struct sampler *s, const struct state *state, size_t k) {
    double sum = 0;
    for (size_t l = 0; l + 1 < K; l++) {
        sum += state->log_v[l] + state->concentration * state->log_rest[l];
    }
    for (size_t j = 0; j < s->lists; j++) {
        sum += log(state->on[k][j]) + log(state->off[k][j]);
    }
    return sum;
}

static void shift_odds(struct state *state, size_t k, size_t j, double shift) {
    double odds = state->on[k][j] / state->off[k][j] * exp(shift);
    state->on[k][j] = odds / (1 + odds);
    state->off[k][j] = 1 / (1 + odds);
}

// One Metropolis step on one class: more people, each seen less often by the same factor (what is
// seen hardly tells them apart), or a random walk of weight and odds.
static void step_class(
    const struct sampler *s, inb_rng *rng, struct level *level, struct state **spare_state) {
    static const double scales[] = {0.1, 0.3, 1};
    size_t k = inb_rng_below(rng, K);
    double scale = scales[inb_rng_below(rng, 3)];
    bool together = inb_rng_below(rng, 2) == 0;
    struct state *state = *spare_state;
    *state = *level->state;
    double shift = scale * inb_normal_draw(rng);
    shift_weight(state, k, shift);
    for (size_t j = 0; j < s->lists; j++) {
        shift_odds(state, k, j, together ? -shift : scale * inb_normal_draw(rng));
    }
    double log_ratio = replaced_likelihood(s, level, state, k, shift) + log_density(s, state, k) -
                       log_likelihood(s, level, level->view) - log_density(s, level->state, k);
    if (log(inb_rng_uniform(rng)) < log_ratio) { // false for NaN
        *spare_state = level->state;
        level->state = state;
        fill_view(s, state, level->view);
    }
}

static void exchange_probabilities(
    const struct sampler *s, struct state *a, size_t k, struct state *b, size_t m, uint32_t lists) {
    for (size_t j = 0; j < s->lists; j++) {
        if (lists >> j & 1) {
            double on = a->on[k][j];
            a->on[k][j] = b->on[m][j];
            b->on[m][j] = on;
            double off = a->off[k][j];
            a->off[k][j] = b->off[m][j];
            b->off[m][j] = off;
        }
    }
}

// Gain in log-likelihood of a level where its state is replaced by spare state i.
static double gain_of(
    const struct sampler *s, const struct chain *chain, const struct level *level, size_t i) {
    fill_view(s, chain->spare_state[i], chain->spare_view[i]);
    return log_likelihood(s, level, chain->spare_view[i]) - log_likelihood(s, level, level->view);
}

static void take_spare(struct chain *chain, struct level *level, size_t i) {
    struct state *state = level->state;
    struct view *view = level->view;
    level->state = chain->spare_state[i];
    level->view = chain->spare_view[i];
    chain->spare_state[i] = state;
    chain->spare_view[i] = view;
}

// Crossover (Liang and Wong 2000): two classes of one state exchange their probabilities on a
// random part of the lists. Leads from one way of explaining the overlaps to another.
static void cross_classes(const struct sampler *s, struct chain *chain, struct level *level) {
    size_t a = inb_rng_below(&chain->rng, K);
    size_t b = inb_rng_below(&chain->rng, K);
    uint32_t lists = inb_rng_u32(&chain->rng);
    struct state *state = chain->spare_state[0];
    *state = *level->state;
    exchange_probabilities(s, state, a, state, b, lists);
    if (log(inb_rng_uniform(&chain->rng)) < gain_of(s, chain, level, 0)) {
        take_spare(chain, level, 0);
    }
}

// Two neighbours exchange the probabilities of one class.
static void cross_levels(
    const struct sampler *s, struct chain *chain, struct level *one, struct level *other) {
    size_t a = inb_rng_below(&chain->rng, K);
    size_t b = inb_rng_below(&chain->rng, K);
    *chain->spare_state[0] = *one->state;
    *chain->spare_state[1] = *other->state;
    exchange_probabilities(s, chain->spare_state[0], a, chain->spare_state[1], b, UINT32_MAX);
    double gain = gain_of(s, chain, one, 0) + gain_of(s, chain, other, 1);
    if (log(inb_rng_uniform(&chain->rng)) < gain) {
        take_spare(chain, one, 0);
        take_spare(chain, other, 1);
    }
}

static double sweep_level(const struct sampler *s, inb_rng *rng, struct level *level) {
    double hidden = 0;
    if (level->people == 0) {
        draw_prior(s, rng, level->state);
    } else {
        struct members members = {0};
        hidden = draw_members(s, rng, level, &members);
        exchange_classes(s, rng, level->state, level->view, &members);
        draw_state(s, rng, level->state, &members);
    }
    fill_view(s, level->state, level->view);
    return hidden;
}

// A sweep with its steps; returns hidden people.
static double advance(const struct sampler *s, struct chain *chain, size_t l) {
    double hidden = sweep_level(s, &chain->rng, &chain->levels[l]);
    for (size_t step = 0; step < STEPS && chain->levels[l].people > 0; step++) {
        step_class(s, &chain->rng, &chain->levels[l], &chain->spare_state[0]);
    }
    for (size_t i = 0; i < CROSSINGS && chain->levels[l].people > 0; i++) {
        cross_classes(s, chain, &chain->levels[l]);
        if (chain->started && l + 1 < s->level_count) {
            cross_levels(s, chain, &chain->levels[l], &chain->levels[l + 1]);
        }
    }
    return hidden;
}

// Half of the chains begin on every level with the prior, which tends to end in the peaks of the
// full table's few-class answers; the others on every level where the smaller table before it has
// come to, which tends to the peaks of smaller tables. Only travel between the peaks makes them
// agree.
static void begin_chain(const struct sampler *s, struct chain *chain, bool from_smaller) {
    for (size_t l = s->level_count; l-- > 0;) {
        struct level *level = &chain->levels[l];
        if (!from_smaller || l + 1 == s->level_count) {
            draw_prior(s, &chain->rng, level->state);
        } else {
            *level->state = *chain->levels[l + 1].state;
        }
        fill_view(s, level->state, level->view);
        for (size_t i = 0; i < FIRST_SWEEPS; i++) {
            (void)advance(s, chain, l);
        }
    }
}

static void exchange_levels(const struct sampler *s, struct chain *chain) {
    for (size_t l = chain->sweeps % 2; l + 1 < s->level_count; l += 2) {
        struct level *a = &chain->levels[l];
        struct level *b = &chain->levels[l + 1];
        double log_ratio = log_likelihood(s, a, b->view) - log_likelihood(s, a, a->view) +
                           log_likelihood(s, b, a->view) - log_likelihood(s, b, b->view);
        chain->tried++;
        if (log(inb_rng_uniform(&chain->rng)) < log_ratio) {
            chain->swaps++;
            struct state *state = a->state;
            a->state = b->state;
            b->state = state;
            struct view *view = a->view;
            a->view = b->view;
            b->view = view;
        }
    }
}

static inb_status run_chain(void *context, size_t worker, size_t piece, inb_error *err) {
    (void)worker;
    (void)err;
    struct sampler *s = context;
    struct chain *chain = &s->chains[piece];
    double *draws = s->draws + piece * s->length;
    if (s->done == 0) {
        begin_chain(s, chain, piece % 2 == 0);
    }
    chain->started = true;
    for (size_t i = s->done; i < s->length; i++) {
        for (size_t l = 0; l < s->level_count; l++) {
            double hidden = advance(s, chain, l);
            draws[i] = l == 0 ? hidden : draws[i];
        }
        exchange_levels(s, chain);
        chain->sweeps++;
    }
    return INB_OK;
}

// ---- setting up ----

// Shares of the table from 1 to 0: steps in the logarithm that grow, since the larger tables are
// the ones between which the peaks change weight.
static size_t choose_shares(int64_t people, double *shares) {
    double lowest = log(2 / (double)people);
    double at = 0;
    size_t count = 0;
    do {
        shares[count++] = exp(at);
        at -= FIRST_STEP - STEP_GROWTH * at;
    } while (at > lowest && count < MOST_LEVELS - 1);
    shares[count++] = 0;
    return count;
}

// share of the people, rounded at another point for every cell, so that small cells do not become
// empty all at once.
static int64_t round_share(double share, int64_t people, size_t cell) {
    double offset = fmod(0.5 + 0.6180339887498949 * (double)cell, 1);
    return (int64_t)floor(share * (double)people + (share < 1 ? offset : 0.5));
}

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for the latent classes");
}

static void clear_sampler(struct sampler *s) {
    for (size_t i = 0; s->chains != NULL && i < INB_LATENT_CHAINS; i++) {
        inb_free(s->chains[i].room);
        inb_free(s->chains[i].tables);
    }
    inb_free(s->chains);
    inb_free(s->cells);
    inb_free(s->counts);
    inb_free(s->draws);
}

static inb_status make_chain(const struct sampler *s, const double *shares, uint64_t seed,
    size_t number, struct chain *chain, inb_error *err) {
    size_t one = s->cell_count * (K + 1);
    chain->rng = inb_rng_make(seed, (UINT64_C(3) << 62) + number);
    chain->room = inb_alloc((s->level_count + 2) * one, sizeof *chain->room);
    chain->tables = inb_alloc(s->level_count * s->cell_count, sizeof *chain->tables);
    if (chain->room == NULL || chain->tables == NULL) {
        return no_memory(err);
    }
    for (size_t l = 0; l < s->level_count + 2; l++) {
        chain->views[l].log_p = chain->room + l * one;
        chain->views[l].parts = chain->views[l].log_p + s->cell_count;
    }
    for (size_t i = 0; i < 2; i++) {
        chain->spare_state[i] = &chain->states[s->level_count + i];
        chain->spare_view[i] = &chain->views[s->level_count + i];
    }
    for (size_t l = 0; l < s->level_count; l++) {
        struct level *level = &chain->levels[l];
        *level = (struct level){
            &chain->states[l], &chain->views[l], chain->tables + l * s->cell_count, 0};
        for (size_t c = 0; c < s->cell_count; c++) {
            level->counts[c] = shares[l] == 0 ? 0 : round_share(shares[l], s->counts[c], c);
            level->people += level->counts[c];
        }
    }
    return INB_OK;
}

static inb_status make_sampler(const int64_t *counts, size_t list_count,
    const inb_latent_options *options, struct sampler *s, inb_error *err) {
    size_t size = (size_t)1 << list_count;
    int64_t people = 0;
    s->lists = list_count;
    s->cells = inb_alloc(size, sizeof *s->cells);
    s->counts = inb_alloc(size, sizeof *s->counts);
    s->chains = inb_alloc(INB_LATENT_CHAINS, sizeof *s->chains);
    if (s->cells == NULL || s->counts == NULL || s->chains == NULL) {
        return no_memory(err);
    }
    for (size_t h = 1; h < size; h++) {
        if (counts[h] > 0) {
            s->cells[s->cell_count] = (inb_list_set)h;
            s->counts[s->cell_count++] = counts[h];
            people += counts[h];
        }
    }
    if (people < 1 || people > 1000000000) {
        return inb_fail(err, INB_RANGE, "the number of people is out of range for latent classes");
    }
    double shares[MOST_LEVELS];
    s->level_count = choose_shares(people, shares);
    for (size_t i = 0; i < INB_LATENT_CHAINS; i++) {
        INB_TRY(make_chain(s, shares, options->seed, i, &s->chains[i], err));
    }
    return INB_OK;
}

// ---- what the draws say ----

static int compare_numbers(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return x < y ? -1 : x > y;
}

// The later half of every chain, together.
static double *later_half(const struct sampler *s, size_t *ret_length) {
    size_t length = s->length / 2;
    double *draws = inb_alloc(INB_LATENT_CHAINS * length, sizeof *draws);
    for (size_t c = 0; draws != NULL && c < INB_LATENT_CHAINS; c++) {
        memcpy(draws + c * length, s->draws + (c + 1) * s->length - length, length * sizeof *draws);
    }
    *ret_length = length;
    return draws;
}

static inb_status look(const struct sampler *s, inb_latent_class *result, inb_error *err) {
    size_t length;
    INB_CLEANUP(inb_freep) double *draws = later_half(s, &length);
    if (draws == NULL) {
        return no_memory(err);
    }
    // Ranks are those of log(N - n): a rising function changes nothing.
    inb_convergence convergence;
    INB_TRY(inb_convergence_of(draws, INB_LATENT_CHAINS, length, &convergence, err));
    result->r_hat = convergence.r_hat;
    result->ess_bulk = convergence.ess_bulk;
    result->ess_tail = convergence.ess_tail;
    result->converged = convergence.r_hat <= MOST_R_HAT && convergence.ess_bulk >= LEAST_DRAWS &&
                        convergence.ess_tail >= LEAST_DRAWS;
    result->sweeps = s->length;
    result->draws = INB_LATENT_CHAINS * length;
    return INB_OK;
}

static inb_status summarise(const struct sampler *s, double people,
    const inb_latent_options *options, inb_latent_class *result, inb_error *err) {
    size_t length;
    INB_CLEANUP(inb_freep) double *draws = later_half(s, &length);
    if (draws == NULL) {
        return no_memory(err);
    }
    size_t all = INB_LATENT_CHAINS * length;
    qsort(draws, all, sizeof *draws, compare_numbers);
    double side = (1 - options->level) / 2;
    result->median = people + inb_quantile_8(draws, all, 0.5);
    result->low = people + inb_quantile_8(draws, all, side);
    result->high = people + inb_quantile_8(draws, all, 1 - side);
    for (size_t i = 0; i < options->sample_count; i++) {
        double share = ((double)i + 0.5) / (double)options->sample_count;
        options->sample[i] = people + inb_quantile_8(draws, all, share);
    }
    double dips[INB_MODES_MOST][2];
    result->mode_count = inb_modes_of(draws, all, people, result->modes, dips);
    for (size_t m = 0; m < result->mode_count; m++) {
        result->least[m] = 1;
        for (size_t c = 0; c < INB_LATENT_CHAINS; c++) {
            double share =
                inb_modes_share(s->draws + (c + 1) * s->length - length, length, dips[m]);
            result->least[m] = fmin(result->least[m], share);
            result->most[m] = fmax(result->most[m], share);
        }
    }
    uint64_t swaps = 0;
    uint64_t tried = 0;
    for (size_t c = 0; c < INB_LATENT_CHAINS; c++) {
        swaps += s->chains[c].swaps;
        tried += s->chains[c].tried;
    }
    result->swap_rate = tried > 0 ? (double)swaps / (double)tried : 0;
    return INB_OK;
}

// Room for chains of `length` sweeps; what was drawn is kept.
static inb_status lengthen(struct sampler *s, size_t length, inb_error *err) {
    double *draws = inb_alloc(INB_LATENT_CHAINS * length, sizeof *draws);
    if (draws == NULL) {
        return no_memory(err);
    }
    for (size_t c = 0; c < INB_LATENT_CHAINS && s->length > 0; c++) {
        memcpy(draws + c * length, s->draws + c * s->length, s->length * sizeof *draws);
    }
    inb_free(s->draws);
    s->draws = draws;
    s->done = s->length;
    s->length = length;
    return INB_OK;
}

inb_status inb_latent_class_run(const int64_t *counts, size_t list_count,
    const inb_latent_options *options, inb_latent_class *ret_result, inb_error *err) {
    INB_CLEANUP(clear_sampler) struct sampler s = {0};
    INB_TRY(make_sampler(counts, list_count, options, &s, err));
    inb_latent_class result = {0};
    size_t length = options->least_sweeps;
    do {
        INB_TRY(lengthen(&s, length, err));
        INB_TRY(options->spread->run(options->spread, INB_LATENT_CHAINS, run_chain, &s, err));
        INB_TRY(look(&s, &result, err));
        length *= 2;
    } while (!result.converged && length <= options->most_sweeps);
    double people = 0;
    for (size_t c = 0; c < s.cell_count; c++) {
        people += (double)s.counts[c];
    }
    INB_TRY(summarise(&s, people, options, &result, err));
    *ret_result = result;
    return INB_OK;
}
