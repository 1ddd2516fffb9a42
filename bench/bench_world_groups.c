// SPDX-License-Identifier: EUPL-1.2
// Groups of a generated region (src/world): how far off, how wide and how often right are the table
// without groups (pooled), groups fitted apart (split), one model over lists and groups (together)
// and groups that lend to each other (partial), each by its own intervals. The region is no table
// drawn from a model: people come in situations, forms are seen by whoever looks there, sources
// send people on to each other. Four lists: police, helpline, local team, care coordinators.
//
//   bench_world_groups alike|different|tiny plain|full [POPULATIONS [REPLICATES [links]]]
//
// alike: sexual exploitation alone, four groups by lot; different: by form; tiny: by form, organ
// removal apart from the rest. plain: one person of each situation, nobody sent on, people of a
// cell alike; full: as in `inbeeld demo`. REPLICATES: of the bca intervals, 0 = none; partial
// pooling always draws. links: every list is written down and linked, and histories are those of
// the links.

#include "base/alloc.h"
#include "bootstrap.h"

#include <inbeeld/link.h>
#include <inbeeld/pooling.h>
#include <inbeeld/rng.h>
#include <inbeeld/spread.h>
#include <inbeeld/world.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    GROUPS = 4,
    COLUMNS = GROUPS + 1, // the groups, then all
    LISTS = 4,
    CELLS = 1 << LISTS,
    ROWS = 7,
    WORKERS = 2,
    MOST_POPULATIONS = 2000,
    PEOPLE = 10000,
    PARTIAL_REPLICATES = 200,
    MOST_TEXT = 1 << 24
};

static const inb_world_list seen_by[LISTS] = {
    INB_WORLD_POLICE, INB_WORLD_HELPLINE, INB_WORLD_LOCAL, INB_WORLD_CARE};
static const char *const rows[ROWS] = {"pooled, model", "pooled, bca", "split, model", "split, bca",
    "together, model", "together, bca", "partial"};

enum setting { ALIKE, DIFFERENT, TINY };

struct answer { // one row on one population; NAN = none
    double number[COLUMNS];
    double low[COLUMNS];
    double high[COLUMNS];
};

struct population {
    double truth[COLUMNS];
    double seen[COLUMNS];
    struct answer answers[ROWS];
};

struct study {
    enum setting setting;
    bool full;
    bool links;
    size_t replicates;
    struct population *populations;
};

static size_t group_of(enum setting setting, const inb_world_person *person) {
    if (setting == ALIKE) { // by lot, situations whole: 50, 30, 15 and 5 in a hundred
        inb_rng rng = inb_rng_make(20261130, person->situation);
        double lot = inb_rng_uniform(&rng);
        return lot < 0.5 ? 0 : lot < 0.8 ? 1 : lot < 0.95 ? 2 : 3;
    }
    switch (person->form) {
    case INB_FORM_SEXUAL:
        return 0;
    case INB_FORM_CRIMINAL:
        return 1;
    case INB_FORM_LABOUR:
        return 2;
    case INB_FORM_ORGAN:
        return 3;
    default:
        return setting == TINY ? 2 : 3;
    }
}

// What is registered, while the region is made.
struct region {
    int64_t counts[GROUPS][CELLS];
    inb_buffer text[LISTS];
    uint64_t last; // situation
};

static void clear_region(struct region *region) {
    for (size_t j = 0; j < LISTS; j++) {
        inb_buffer_clear(&region->text[j]);
    }
}

// Rows of the person's records with the group after them.
static void write_down(struct region *region, const inb_world_block *block,
    const inb_world_person *person, size_t group) {
    for (size_t i = 0; i < block->record_count; i++) {
        const inb_world_record *record = &block->records[i];
        for (size_t j = 0; j < LISTS && record->person == person->number; j++) {
            if (record->list == seen_by[j]) {
                inb_buffer line = INB_BUFFER_INIT(1 << 16);
                inb_world_record_csv(record, &line);
                inb_buffer_add(&region->text[j], inb_buffer_get(&line), line.length - 1);
                inb_buffer_format(&region->text[j], ",%zu\n", group);
                inb_buffer_clear(&line);
            }
        }
    }
}

static void take_block(const struct study *study, const inb_world_block *block,
    struct region *region, struct population *to) {
    for (size_t i = 0; i < block->people_count; i++) {
        const inb_world_person *person = &block->people[i];
        bool again = region->last == person->situation;
        bool other = study->setting == ALIKE && person->form != INB_FORM_SEXUAL;
        region->last = person->situation;
        if ((again && !study->full) || other) {
            continue;
        }
        size_t group = group_of(study->setting, person);
        size_t history = 0;
        for (size_t j = 0; j < LISTS; j++) {
            history |= (size_t)(person->lists >> seen_by[j] & 1) << j;
        }
        region->counts[group][history]++;
        to->truth[group]++;
        to->truth[GROUPS]++;
        to->seen[group] += history != 0;
        to->seen[GROUPS] += history != 0;
        if (study->links && history != 0) {
            write_down(region, block, person, group);
        }
    }
}

static inb_status make_region(const struct study *study, size_t piece, struct region *region,
    struct population *to, inb_error *err) {
    INB_CLEANUP(inb_world_freep) inb_world *world = NULL;
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    inb_world_options options = INB_WORLD_OPTIONS_INIT;
    options.people = study->full ? PEOPLE : 2 * PEOPLE;
    options.seed = 7000 + piece;
    if (!study->full) {
        options.referral = 0;
        options.reach = 0;
    }
    for (size_t j = 0; j < LISTS; j++) {
        region->text[j] = (inb_buffer)INB_BUFFER_INIT(MOST_TEXT);
        inb_world_record_header(&region->text[j]);
        region->text[j].length -= 1;
        inb_buffer_text(&region->text[j], ",g\n");
    }
    INB_TRY(inb_world_new(&options, &world, err));
    INB_TRY(inb_arena_new(0, &arena, err));
    for (uint64_t b = 0; b < inb_world_blocks(world); b++) {
        inb_world_block block;
        inb_arena_reset(arena);
        INB_TRY(inb_world_make(world, b, arena, &block, err));
        take_block(study, &block, region, to);
    }
    return INB_OK;
}

// HISTORIES.csv by the true links, or by those that are found.
static inb_status write_histories(
    const struct study *study, struct region *region, inb_buffer *text, inb_error *err) {
    if (!study->links) {
        inb_buffer_text(text, "police,helpline,local,care,g,count\n");
        for (size_t i = 0; i < (size_t)GROUPS * CELLS; i++) {
            size_t h = i % CELLS;
            if (h > 0) {
                inb_buffer_format(text, "%zu,%zu,%zu,%zu,%zu,%lld\n", h & 1, h >> 1 & 1, h >> 2 & 1,
                    h >> 3 & 1, i / CELLS, (long long)region->counts[i / CELLS][h]);
            }
        }
        return inb_buffer_check(text, err);
    }
    static const char *const names[LISTS] = {"police.csv", "helpline.csv", "local.csv", "care.csv"};
    static const char *const by[] = {"g"};
    const char *data[LISTS];
    size_t lengths[LISTS];
    for (size_t j = 0; j < LISTS; j++) {
        INB_TRY(inb_buffer_check(&region->text[j], err));
        data[j] = inb_buffer_get(&region->text[j]);
        lengths[j] = region->text[j].length;
    }
    INB_CLEANUP(inb_people_freep) inb_people *people = NULL;
    INB_CLEANUP(inb_linked_freep) inb_linked *linked = NULL;
    inb_link_options options = INB_LINK_OPTIONS_INIT;
    INB_TRY(inb_people_read_memory(names, data, lengths, LISTS, NULL, by, 1, 1, &people, err));
    INB_TRY(inb_link_run(people, &options, &linked, err));
    return inb_linked_histories_csv(linked, text, err);
}

static void take(
    struct answer *to, size_t column, bool given, double number, double low, double high) {
    to->number[column] = given ? number : NAN;
    to->low[column] = given ? low : NAN;
    to->high[column] = given ? high : NAN;
}

static void take_figures(
    const inb_figures *figures, size_t column, inb_interval_kind kind, struct answer *to) {
    for (size_t i = 0; figures->has_estimate && figures->status == 0 && i < figures->interval_count;
         i++) {
        if (figures->intervals[i].kind == kind) {
            take(to, column, true, figures->estimate, figures->intervals[i].low,
                figures->intervals[i].high);
        }
    }
}

// Column of the group that stands at place g of the histories.
static size_t column_of(const char *const *values) {
    return (size_t)strtoul(values[0], NULL, 10);
}

static inb_status estimate_all(const struct study *study, const inb_histories *histories,
    size_t piece, struct population *to, inb_error *err) {
    INB_CLEANUP(inb_estimate_freep) inb_estimate *estimate = NULL;
    INB_CLEANUP(inb_pooling_freep) inb_pooling *pooling = NULL;
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.seed = piece;
    options.bootstrap = study->replicates;
    INB_TRY(inb_estimate_run(histories, &options, &estimate, err));
    static const inb_interval_kind kinds[] = {INB_INTERVAL_MODEL, INB_INTERVAL_BCA};
    for (size_t k = 0; k < 2; k++) {
        take_figures(&estimate->pooled, GROUPS, kinds[k], &to->answers[k]);
        take_figures(&estimate->total, GROUPS, kinds[k], &to->answers[2 + k]);
        for (size_t g = 0; g < estimate->group_count; g++) {
            take_figures(&estimate->groups[g], column_of(estimate->groups[g].group_values),
                kinds[k], &to->answers[2 + k]);
        }
        INB_CLEANUP(inb_group_model_freep) inb_group_model *model = NULL;
        options.bootstrap = k == 0 ? 0 : study->replicates;
        if (k == 1 && study->replicates == 0) {
            break;
        }
        INB_TRY(inb_group_model_run(histories, &options, &model, err));
        struct answer *answer = &to->answers[4 + k];
        for (size_t g = 0; g < model->group_count; g++) {
            const inb_group_figure *figure = &model->groups[g];
            take(answer, column_of(histories->groups[g].values), model->given && figure->given,
                figure->estimate, figure->low, figure->high);
        }
        take(answer, GROUPS, model->given, model->total.estimate, model->total.low,
            model->total.high);
    }
    options.bootstrap = PARTIAL_REPLICATES;
    INB_TRY(inb_pooling_run(histories, &options, &pooling, err));
    for (size_t g = 0; g < pooling->group_count; g++) {
        const inb_pooled_group *group = &pooling->groups[g];
        take(&to->answers[6], column_of(group->values), pooling->given && group->given,
            group->estimate, group->low, group->high);
    }
    take(&to->answers[6], GROUPS, pooling->given, pooling->estimate, pooling->low, pooling->high);
    return INB_OK;
}

static inb_status do_population(void *context, size_t worker, size_t piece, inb_error *err) {
    (void)worker;
    static const char *const by[] = {"g"};
    struct study *study = context;
    struct population *to = &study->populations[piece];
    INB_CLEANUP(clear_region) struct region region = {.last = UINT64_MAX};
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(MOST_TEXT);
    INB_CLEANUP(inb_histories_freep) inb_histories *histories = NULL;
    for (size_t row = 0; row < ROWS; row++) {
        for (size_t column = 0; column < COLUMNS; column++) {
            take(&to->answers[row], column, false, 0, 0, 0);
        }
    }
    INB_TRY(make_region(study, piece, &region, to, err));
    INB_TRY(write_histories(study, &region, &text, err));
    INB_TRY(inb_histories_read_memory(
        "t.csv", inb_buffer_get(&text), text.length, by, 1, &histories, err));
    return estimate_all(study, histories, piece, to, err);
}

// ---- the table ----

static int compare_numbers(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double middle(double *values, size_t count) {
    qsort(values, count, sizeof *values, compare_numbers);
    return inb_quantile_8(values, count, 0.5);
}

static double share_error(double share, size_t count) {
    return 100 * sqrt(share * (1 - share) / (double)count);
}

static void print_cell(const struct study *study, size_t count, size_t row, size_t column) {
    static double off[MOST_POPULATIONS];
    static double wide[MOST_POPULATIONS];
    size_t found = 0;
    size_t asked = 0; // populations that have such people at all
    size_t covered = 0;
    size_t below = 0;
    double squares = 0;
    for (size_t i = 0; i < count; i++) {
        const struct population *population = &study->populations[i];
        const struct answer *answer = &population->answers[row];
        double truth = population->truth[column];
        asked += population->seen[column] > 0;
        if (population->seen[column] > 0 && isfinite(answer->number[column])) {
            covered += answer->low[column] <= truth && truth <= answer->high[column];
            below += truth > answer->high[column];
            wide[found] = (answer->high[column] - answer->low[column]) / truth;
            off[found++] = answer->number[column] / truth - 1;
            squares += pow(log(answer->number[column] / truth), 2);
        }
    }
    if (found == 0) {
        return;
    }
    static const char *const forms[][COLUMNS] = {
        {"lot 50 %", "lot 30 %", "lot 15 %", "lot 5 %", "all"},
        {"sexual", "criminal", "labour", "others", "all"},
        {"sexual", "criminal", "rest", "organ", "all"}};
    double share = (double)covered / (double)asked;
    printf("| %s | %s | %.1f %% | %+.1f %% | %.2f | %.0f %% | %.1f (%.1f) | %.1f |\n",
        forms[study->setting][column], rows[row], 100 * (double)found / (double)asked,
        100 * middle(off, found), sqrt(squares / (double)found), 100 * middle(wide, found),
        100 * share, share_error(share, asked), 100 * (double)below / (double)asked);
}

static void print_table(const struct study *study, size_t count) {
    static double values[MOST_POPULATIONS];
    printf("people (median; seen):");
    for (size_t column = 0; column < COLUMNS; column++) {
        for (size_t i = 0; i < count; i++) {
            values[i] = study->populations[i].truth[column];
        }
        printf(" %.0f", middle(values, count));
        for (size_t i = 0; i < count; i++) {
            values[i] = study->populations[i].seen[column];
        }
        printf(" (%.0f)", middle(values, count));
    }
    printf("\n\n| group | kind | given | median off | rms | median width | coverage | too low |\n"
           "|---|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < COLUMNS; i++) {
        for (size_t row = 0; row < ROWS; row++) {
            print_cell(study, count, row, (GROUPS + i) % COLUMNS);
        }
    }
}

static int refuse(void) {
    fprintf(stderr, "usage: bench_world_groups alike|different|tiny plain|full "
                    "[POPULATIONS [REPLICATES [links]]]\n");
    return EXIT_FAILURE;
}

int main(int argc, char **argv) {
    static const char *const settings[] = {"alike", "different", "tiny"};
    struct study study = {.full = argc > 2 && strcmp(argv[2], "full") == 0,
        .links = argc > 5 && strcmp(argv[5], "links") == 0,
        .replicates = argc > 4 ? (size_t)strtoul(argv[4], NULL, 10) : 0};
    size_t count = argc > 3 ? (size_t)strtoul(argv[3], NULL, 10) : 200;
    bool known = false;
    for (size_t i = 0; argc > 2 && i < 3; i++) {
        if (strcmp(argv[1], settings[i]) == 0) {
            study.setting = (enum setting)i;
            known = true;
        }
    }
    if (!known || count == 0 || count > MOST_POPULATIONS || study.replicates == 1) {
        return refuse();
    }
    inb_error err = INB_ERROR_INIT;
    study.populations = inb_alloc(count, sizeof *study.populations);
    inb_spread spread = inb_spread_threads(WORKERS);
    inb_status status = study.populations == NULL
                            ? INB_NO_MEMORY
                            : spread.run(&spread, count, do_population, &study, &err);
    if (status != INB_OK) {
        fprintf(stderr, "bench_world_groups: %s\n", err.message);
        inb_free(study.populations);
        return EXIT_FAILURE;
    }
    printf("%s, %s, %zu populations, %zu replicates%s\n", argv[1], argv[2], count, study.replicates,
        study.links ? ", linked" : "");
    print_table(&study, count);
    inb_free(study.populations);
    return EXIT_SUCCESS;
}
