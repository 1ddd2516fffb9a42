// SPDX-License-Identifier: EUPL-1.2
// log p(G, N0 | counts) = log N! - log N0! - log N + sum over cliques L_C - sum over separators L_S
// with N = n + N0 and, for a set S of lists with margin n_s,
//   L_S = sum over cells s of [lgamma(a + n_s) - lgamma(a)] + lgamma(A) - lgamma(A + N),
//   a = delta 2^(k - |S|), A = delta 2^k; N0 adds to the margin's zero cell.
// Only that cell and N depend on N0, so L_S along N0 is a recursion with one logarithm a step. Each
// graph's peak is found first; what stays 28 nats under the best (e^-28 < 1e-12) is left out of
// the sum.

#include "decomposable.h"

#include "math/chordal.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

enum {
    CELLS = 1 << INB_CHORDAL_MOST,
    BLOCK = 2048,     // values of N0 at a time
    COARSE = 64,      // points of the first look at a graph
    NATS = 28,        // a graph, or a stretch of one, this far under the best peak is left out
    REFINE_NATS = 400 // a graph this far under the best at the coarse points is not looked at again
};

struct problem {
    size_t lists;
    size_t subsets;      // 1 << lists
    double people;       // n
    double total;        // A
    double fixed[CELLS]; // the part of L_S that N0 does not move, lgamma(A) included
    double zero[CELLS];  // a + n_s of the margin's zero cell
    const inb_chordal *graphs;
    size_t graph_count;
    uint32_t complete; // edges of the complete graph
};

struct peak {
    double value;
    double unseen; // N0 where it stands
};

struct kept {
    size_t graph;
    double unseen; // of its peak
    double weight; // its sum over N0, over the reference
};

static double log_gamma(double x) {
    int sign;
    return lgamma_r(x, &sign);
}

static void fill_problem(struct problem *p, const int64_t *counts, double delta) {
    p->subsets = (size_t)1 << p->lists;
    p->total = delta * (double)p->subsets;
    p->complete = (uint32_t)((1u << (p->lists * (p->lists - 1) / 2)) - 1);
    for (size_t h = 1; h < p->subsets; h++) {
        p->people += (double)counts[h];
    }
    for (size_t s = 0; s < p->subsets; s++) {
        double prior = delta * (double)(p->subsets >> __builtin_popcountll(s));
        double margin[CELLS] = {0}; // indexed by the history within s
        for (size_t h = 1; h < p->subsets; h++) {
            margin[h & s] += (double)counts[h];
        }
        double sum = log_gamma(p->total);
        for (size_t cell = 1; cell < p->subsets; cell++) {
            if ((cell & ~s) == 0) {
                sum += log_gamma(prior + margin[cell]) - log_gamma(prior);
            }
        }
        p->fixed[s] = sum - log_gamma(prior); // of the zero cell
        p->zero[s] = prior + margin[0];
    }
}

// L_S at N0.
static double log_margin(const struct problem *p, size_t s, double unseen) {
    return p->fixed[s] + log_gamma(p->zero[s] + unseen) - log_gamma(p->total + p->people + unseen);
}

// What all graphs share: the multinomial coefficient's part in N0 and the prior.
static double log_common(const struct problem *p, double unseen) {
    double all = p->people + unseen;
    return log_gamma(all + 1) - log_gamma(unseen + 1) - log(all);
}

static double log_graph(const struct problem *p, const inb_chordal *graph, double unseen) {
    double sum = log_common(p, unseen);
    for (size_t i = 0; i < graph->clique_count; i++) {
        sum += log_margin(p, graph->cliques[i], unseen);
    }
    for (size_t i = 0; i < graph->separator_count; i++) {
        sum -= log_margin(p, graph->separators[i], unseen);
    }
    // A separator that is empty is left out of the list: its L is -[lgamma(A + N) - lgamma(A)]
    // + [lgamma(A + N) - lgamma(A)] = 0.
    return sum;
}

// The best of COARSE points evenly spaced in log N0 on [1, most].
static struct peak coarse_peak(const struct problem *p, const inb_chordal *graph, double most) {
    double step = log(most) / (COARSE - 1);
    struct peak best = {-INFINITY, 1};
    for (size_t i = 0; i < COARSE; i++) {
        double unseen = exp(step * (double)i);
        double value = log_graph(p, graph, unseen);
        best = value > best.value ? (struct peak){value, unseen} : best;
    }
    return best;
}

// Golden section around the coarse peak, in log N0: the posterior of one graph has one peak.
static struct peak refine(
    const struct problem *p, const inb_chordal *graph, double most, const struct peak *coarse) {
    double step = log(most) / (COARSE - 1);
    double low = fmax(0, log(coarse->unseen) - step);
    double high = fmin(log(most), log(coarse->unseen) + step);
    const double golden = 0.6180339887498949;
    double a = high - golden * (high - low);
    double b = low + golden * (high - low);
    double at_a = log_graph(p, graph, exp(a));
    double at_b = log_graph(p, graph, exp(b));
    for (int i = 0; i < 30 && high - low > 1e-6; i++) {
        if (at_a > at_b) {
            high = b;
            b = a;
            at_b = at_a;
            a = high - golden * (high - low);
            at_a = log_graph(p, graph, exp(a));
        } else {
            low = a;
            a = b;
            at_a = at_b;
            b = low + golden * (high - low);
            at_b = log_graph(p, graph, exp(b));
        }
    }
    struct peak fine = at_a > at_b ? (struct peak){at_a, exp(a)} : (struct peak){at_b, exp(b)};
    return fine.value > coarse->value ? fine : *coarse;
}

// The graphs that matter on N0 = 1 .. most; *ret_reference: the highest peak.
static size_t choose_graphs(const struct problem *p, double most, bool with_complete,
    struct peak *peaks, struct kept *kept, double *ret_reference) {
    double best = -INFINITY;
    for (size_t g = 0; g < p->graph_count; g++) {
        peaks[g] = coarse_peak(p, &p->graphs[g], most);
        bool counts = with_complete || p->graphs[g].edges != p->complete;
        best = counts && peaks[g].value > best ? peaks[g].value : best;
    }
    double reference = -INFINITY;
    for (size_t g = 0; g < p->graph_count; g++) {
        bool counts = with_complete || p->graphs[g].edges != p->complete;
        if (peaks[g].value > best - REFINE_NATS) {
            peaks[g] = refine(p, &p->graphs[g], most, &peaks[g]);
            reference = counts && peaks[g].value > reference ? peaks[g].value : reference;
        }
    }
    size_t count = 0;
    for (size_t g = 0; g < p->graph_count; g++) {
        if (peaks[g].value > reference - NATS) {
            kept[count++] = (struct kept){g, peaks[g].unseen, 0};
        }
    }
    *ret_reference = reference;
    return count;
}

// L_S for N0 = first .. first + count - 1 by recursion, for every set of lists; and the common
// part.
static void fill_block(
    const struct problem *p, double first, size_t count, double *margins, double *common) {
    for (size_t s = 0; s < p->subsets; s++) {
        double value = log_margin(p, s, first);
        for (size_t i = 0; i < count; i++) {
            double unseen = first + (double)i;
            margins[s * BLOCK + i] = value;
            value += log((p->zero[s] + unseen) / (p->total + p->people + unseen));
        }
    }
    for (size_t i = 0; i < count; i++) {
        common[i] = log_common(p, first + (double)i);
    }
}

// Where the sums over N0 have come to.
struct sums {
    double reference;  // log; masses are relative to it
    size_t done;       // N0 = 1 .. done are in
    double *posterior; // [done + 1]
    double complete;   // mass of the complete graph
    struct kept *kept;
    size_t kept_count;
};

// A stretch of N0 beside the graph's only peak adds nothing where its nearer end is this low.
static bool negligible(
    const struct problem *p, const struct kept *kept, double first, double last, double reference) {
    double nearer = kept->unseen < first ? first : kept->unseen > last ? last : 0;
    return nearer > 0 && log_graph(p, &p->graphs[kept->graph], nearer) < reference - NATS;
}

static void add_graph(const struct problem *p, struct kept *kept, size_t first, size_t count,
    const double *margins, const double *common, bool with_complete, struct sums *sums) {
    const inb_chordal *graph = &p->graphs[kept->graph];
    double line[BLOCK];
    for (size_t i = 0; i < count; i++) {
        line[i] = common[i] - sums->reference;
    }
    for (size_t c = 0; c < graph->clique_count; c++) {
        const double *margin = margins + (size_t)graph->cliques[c] * BLOCK;
        for (size_t i = 0; i < count; i++) {
            line[i] += margin[i];
        }
    }
    for (size_t c = 0; c < graph->separator_count; c++) {
        const double *margin = margins + (size_t)graph->separators[c] * BLOCK;
        for (size_t i = 0; i < count; i++) {
            line[i] -= margin[i];
        }
    }
    bool complete = graph->edges == p->complete;
    for (size_t i = 0; i < count; i++) {
        double mass = exp(line[i]);
        kept->weight += mass;
        sums->complete += complete ? mass : 0;
        sums->posterior[first + i] += complete && !with_complete ? 0 : mass;
    }
}

// Carries the sums on to N0 = most; the posterior has room for it.
static void carry_on(
    const struct problem *p, size_t most, bool with_complete, double *margins, struct sums *sums) {
    double common[BLOCK];
    memset(sums->posterior + sums->done + 1, 0, (most - sums->done) * sizeof(double));
    while (sums->done < most) {
        size_t first = sums->done + 1;
        size_t count = most - sums->done < BLOCK ? most - sums->done : BLOCK;
        fill_block(p, (double)first, count, margins, common);
        for (size_t k = 0; k < sums->kept_count; k++) {
            struct kept *kept = &sums->kept[k];
            if (!negligible(p, kept, (double)first, (double)(first + count - 1), sums->reference)) {
                add_graph(p, kept, first, count, margins, common, with_complete, sums);
            }
        }
        sums->done += count;
    }
}

static double quantile(
    const struct problem *p, const double *posterior, size_t most, double sum, double level) {
    double below = 0;
    for (size_t unseen = 1; unseen <= most; unseen++) {
        below += posterior[unseen];
        if (below >= level * sum) {
            return p->people + (double)unseen;
        }
    }
    return p->people + (double)most;
}

static void summarise(const struct problem *p, const struct sums *sums, double level,
    bool with_complete, inb_decomposable *result) {
    double sum = 0;
    for (size_t unseen = 1; unseen <= sums->done; unseen++) {
        sum += sums->posterior[unseen];
    }
    result->median = quantile(p, sums->posterior, sums->done, sum, 0.5);
    result->low = quantile(p, sums->posterior, sums->done, sum, (1 - level) / 2);
    result->high = quantile(p, sums->posterior, sums->done, sum, (1 + level) / 2);
    result->grid = (int64_t)sums->done;
    result->complete_weight = sums->complete / (with_complete ? sum : sum + sums->complete);
    result->graph_count = p->graph_count - (with_complete ? 0 : 1);
    result->best_weight = 0;
    for (size_t k = 0; k < sums->kept_count; k++) {
        uint32_t edges = p->graphs[sums->kept[k].graph].edges;
        double weight = sums->kept[k].weight / sum;
        if ((with_complete || edges != p->complete) && weight > result->best_weight) {
            result->best_weight = weight;
            result->best_edges = edges;
        }
    }
}

// N at evenly spaced quantiles, the smallest first.
static void fill_sample(
    const struct problem *p, const struct sums *sums, double *sample, size_t count) {
    double sum = 0;
    for (size_t unseen = 1; unseen <= sums->done; unseen++) {
        sum += sums->posterior[unseen];
    }
    double below = 0;
    size_t unseen = 0;
    for (size_t i = 0; i < count; i++) {
        double level = ((double)i + 0.5) / (double)count;
        while (unseen < sums->done && below < level * sum) {
            below += sums->posterior[++unseen];
        }
        sample[i] = p->people + (double)unseen;
    }
}

static bool moved(double before, double after) {
    return fabs(after - before) > 0.001 * before;
}

// Room for everything whose size is known before the grid is.
struct room {
    inb_chordal *graphs;
    struct peak *peaks;
    struct kept *kept;
    double *margins;
    double *posterior;
};

static void free_room(struct room *room) {
    inb_free(room->graphs);
    inb_free(room->peaks);
    inb_free(room->kept);
    inb_free(room->margins);
    inb_free(room->posterior);
}

static size_t enumerate(size_t lists, inb_chordal *graphs) {
    size_t count = 0;
    uint32_t all = 1u << (lists * (lists - 1) / 2);
    for (uint32_t edges = 0; edges < all; edges++) {
        count += inb_chordal_of((unsigned)lists, edges, &graphs[count]) ? 1 : 0;
    }
    return count;
}

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for the decomposable graphs");
}

// Carries the sums on to N0 = most and reads the quantiles off.
static inb_status one_grid(const struct problem *p, size_t most, const inb_decomposable_options *o,
    struct room *room, struct sums *sums, inb_decomposable *result, inb_error *err) {
    double *posterior = inb_realloc(room->posterior, most + 1, sizeof *posterior);
    if (posterior == NULL) {
        return no_memory(err);
    }
    room->posterior = posterior;
    sums->posterior = posterior;
    carry_on(p, most, o->parity, room->margins, sums);
    summarise(p, sums, o->level, o->parity, result);
    return INB_OK;
}

inb_status inb_decomposable_run(const int64_t *counts, size_t list_count,
    const inb_decomposable_options *options, inb_decomposable *ret_result, inb_error *err) {
    if (list_count < INB_LISTS_LEAST || list_count > INB_CHORDAL_MOST) {
        return inb_fail(err, INB_RANGE, "found %zu lists, expected %d to %d for decomposable",
            list_count, (int)INB_LISTS_LEAST, (int)INB_CHORDAL_MOST);
    }
    struct problem p = {.lists = list_count};
    double delta = options->delta > 0 ? options->delta : 1 / (double)((size_t)1 << list_count);
    fill_problem(&p, counts, delta);
    double limit = options->most > 0 ? (double)options->most : 4e6;
    if (p.people < 1 || (!options->parity && p.people > limit / 2) || p.people > 1e8) {
        return inb_fail(err, INB_RANGE, "the number of people is out of range for decomposable");
    }
    INB_CLEANUP(free_room) struct room room = {0};
    size_t graphs = (size_t)1 << (list_count * (list_count - 1) / 2);
    room.graphs = inb_alloc(graphs, sizeof *room.graphs);
    room.peaks = inb_alloc(graphs, sizeof *room.peaks);
    room.kept = inb_alloc(graphs, sizeof *room.kept);
    room.margins = inb_alloc(p.subsets * BLOCK, sizeof *room.margins);
    if (room.graphs == NULL || room.peaks == NULL || room.kept == NULL || room.margins == NULL) {
        return no_memory(err);
    }
    p.graphs = room.graphs;
    p.graph_count = enumerate(list_count, room.graphs);
    inb_decomposable result = {0};
    double most = 10 * p.people;
    struct sums sums = {.kept = room.kept};
    sums.kept_count = choose_graphs(&p, options->parity ? most : fmax(most, limit), options->parity,
        room.peaks, room.kept, &sums.reference);
    INB_TRY(one_grid(&p, (size_t)most, options, &room, &sums, &result, err));
    while (!options->parity && !result.converged && 2 * most <= limit) {
        inb_decomposable before = result;
        most *= 2;
        INB_TRY(one_grid(&p, (size_t)most, options, &room, &sums, &result, err));
        result.converged = !moved(before.low, result.low) && !moved(before.median, result.median) &&
                           !moved(before.high, result.high);
    }
    fill_sample(&p, &sums, options->sample, options->sample_count);
    *ret_result = result;
    return INB_OK;
}
