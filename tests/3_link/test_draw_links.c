// SPDX-License-Identifier: EUPL-1.2
// Draws of whole links of generated lists: near the truth, the same bytes for any threads, every
// group in every draw, and lost pairs put back.

#include "inb_made_people.h"
#include "inb_sweep.h"
#include "inb_test.h"
#include "linked.h"

#include <inbeeld/link_draws.h>

enum { FILES = 3, DRAWS = 12 };

static inb_people *people;
static inb_linked *linked;

// Each of `count` persons is on each list with chance 0.4, mostly damaged.
static void make(size_t files, uint32_t count, uint64_t seed, size_t threads, double *ret_both) {
    static const char *const names[FILES] = {"x.csv", "y.csv", "z.csv"};
    static const char *const groups[] = {"part"};
    struct inb_made made = {inb_rng_make(seed, 99)};
    inb_buffer text[FILES];
    const char *data[FILES];
    size_t lengths[FILES];
    for (size_t f = 0; f < files; f++) {
        text[f] = (inb_buffer)INB_BUFFER_INIT(1 << 22);
        inb_buffer_text(&text[f], "id,given_name,surname,birth_date,place,part\n");
    }
    *ret_both = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct inb_made_person person;
        inb_made_person(&made, 700, &person);
        unsigned on = 0;
        for (size_t f = 0; f < files; f++) {
            if (inb_made_chance(&made, 0.4)) {
                struct inb_made_person row = person;
                on |= 1U << f;
                if (inb_made_chance(&made, 0.5)) {
                    inb_made_typo(&made, row.surname);
                }
                if (inb_made_chance(&made, 0.3)) {
                    inb_made_typo(&made, row.given);
                }
                if (inb_made_chance(&made, 0.2)) {
                    row.day = 1 + inb_made_below(&made, 28);
                }
                if (inb_made_chance(&made, 0.6)) {
                    row.place[0] = '\0';
                }
                if (inb_made_chance(&made, 0.2)) {
                    row.given[1] = '\0';
                }
                inb_buffer_format(&text[f], "%u,%s,%s,%04u-%02u-%02u,%s,%s\n", i, row.given,
                    row.surname, row.year, row.month, row.day, row.place, i % 3 == 0 ? "n" : "s");
            }
        }
        *ret_both += (on & 3) == 3 ? 1 : 0;
    }
    for (size_t f = 0; f < files; f++) {
        data[f] = inb_buffer_get(&text[f]);
        lengths[f] = text[f].length;
    }
    inb_link_options options = {seed, threads};
    INB_OK_IS(
        inb_people_read_memory(names, data, lengths, files, NULL, groups, 1, 1, &people, err));
    INB_OK_IS(inb_link_run(people, &options, &linked, err));
    for (size_t f = 0; f < files; f++) {
        inb_buffer_clear(&text[f]);
    }
}

static void drop(void) {
    inb_linked_freep(&linked);
    inb_people_freep(&people);
}

// Sum of the counts of rows that are on the first two lists.
static double both_of(const char *text) {
    double sum = 0;
    for (const char *line = strchr(text, '\n'); line != NULL && line[1] != '\0';
         line = strchr(line + 1, '\n')) {
        const char *end = strchr(line + 1, '\n');
        const char *count = end;
        while (count[-1] != ',') {
            count--;
        }
        sum += line[1] == '1' && line[3] == '1' ? strtod(count, NULL) : 0;
    }
    return sum;
}

static void check_near(size_t files) {
    double both;
    make(files, 900, 5, 1, &both);
    inb_link_draws *draws = NULL;
    INB_OK_IS(inb_link_draws_new(linked, DRAWS, &draws, err));
    ck_assert_uint_eq(inb_link_draws_count(draws), DRAWS);
    double mean = 0;
    bool differ = false;
    for (size_t k = 0; k < DRAWS; k++) {
        const char *text = inb_link_draws_histories(draws, k);
        mean += both_of(text) / DRAWS;
        differ = differ || strcmp(text, inb_link_draws_histories(draws, 0)) != 0;
        ck_assert_ptr_nonnull(strstr(text, ",n,"));
        ck_assert_ptr_nonnull(strstr(text, ",s,"));
    }
    ck_assert(differ);
    ck_assert_msg(fabs(mean - both) < 0.12 * both, "overlap %g, true %g", mean, both);
    printf("# %zu lists: overlap drawn %.1f, true %.0f\n", files, mean, both);
    linked->options.threads = 3;
    inb_link_draws *again = NULL;
    INB_OK_IS(inb_link_draws_new(linked, DRAWS, &again, err));
    for (size_t k = 0; k < DRAWS; k++) {
        ck_assert_str_eq(inb_link_draws_histories(draws, k), inb_link_draws_histories(again, k));
    }
    ck_assert_str_eq(inb_link_draws_rates(draws), inb_link_draws_rates(again));
    inb_link_draws_freep(&draws);
    inb_link_draws_freep(&again);
    // A tenth of the matches lost to blocking: so many more links.
    linked->lost = 0.1;
    INB_OK_IS(inb_link_draws_new(linked, DRAWS, &draws, err));
    double more = 0;
    for (size_t k = 0; k < DRAWS; k++) {
        more += both_of(inb_link_draws_histories(draws, k)) / DRAWS;
    }
    ck_assert_msg(more > 1.03 * mean && more < 1.2 * mean, "%g after %g", more, mean);
    inb_link_draws_freep(&draws);
    drop();
}

INB_TEST(two_lists) {
    check_near(2);
}
INB_END

INB_TEST(three_lists) {
    check_near(3);
}
INB_END

static inb_status once(inb_error *err) {
    inb_link_draws *draws = NULL;
    inb_status status = inb_link_draws_new(linked, 2, &draws, err);
    inb_link_draws_freep(&draws);
    return status;
}

INB_TEST(sweep) {
    double both;
    make(2, 40, 5, 1, &both);
    INB_SWEEP(once(err));
    drop();
    make(3, 40, 5, 1, &both);
    INB_SWEEP(once(err));
    drop();
}
INB_END

INB_TEST_MAIN("3_link/draw_links", two_lists, three_lists, sweep)
