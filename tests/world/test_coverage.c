// SPDX-License-Identifier: EUPL-1.2
// What sources see: the fitted chances give the published figures back exactly, and a region drawn
// from them gives them within Monte Carlo error. The figures are read from data/figures.csv here,
// so that a wrong number in the code shows.

#include "world_help.h"

#include "base/csv.h"
#include "base/text.h"
#include "world_i.h"

#include <stdio.h>

// The value of the one row with this year, measure and group; "%" and the like are cut off.
static double figure(const char *year, const char *measure, const char *group) {
    char path[4096];
    snprintf(path, sizeof path, "%s/data/figures.csv", getenv("INBEELD_SOURCE"));
    inb_csv *csv = NULL;
    INB_OK_IS(inb_csv_open(path, &csv, err));
    size_t columns[4];
    static const char *const names[4] = {"year", "measure", "group", "value"};
    for (size_t i = 0; i < 4; i++) {
        INB_OK_IS(inb_csv_require(csv, names[i], &columns[i], err));
    }
    double found = NAN;
    for (bool more = true; more;) {
        INB_OK_IS(inb_csv_next(csv, &more, err));
        if (more && strcmp(inb_csv_field(csv, columns[0]), year) == 0 &&
            strcmp(inb_csv_field(csv, columns[1]), measure) == 0 &&
            strcmp(inb_csv_field(csv, columns[2]), group) == 0) {
            const char *text = inb_csv_field(csv, columns[3]);
            size_t length = strspn(text, "0123456789.");
            ck_assert(inb_parse_double(text, length, &found));
        }
    }
    inb_csv_free(csv);
    ck_assert_msg(!isnan(found), "no figure %s, %s, %s", year, measure, group);
    return found;
}

// What the figures say, by name.
struct figures {
    double registered; // of all people
    double list[INB_WORLD_LIST_COUNT];
    double sexual, labour, criminal, child, under_23;
};

static struct figures read_figures(void) {
    static const char measure[] = "submissions (aanmeldingen) by reporter";
    static const char victims[] = "registered presumed victims";
    struct figures f = {0};
    f.list[INB_WORLD_POLICE] = figure("2024", measure, "police");
    f.list[INB_WORLD_BORDER] = figure("2024", measure, "KMar");
    f.list[INB_WORLD_INSPECTORATE] = figure("2024", measure, "Labour Inspectorate");
    f.list[INB_WORLD_CARE] = figure("2024", measure, "care coordinators");
    f.list[INB_WORLD_HELPLINE] = figure("2024", measure, "FairWork");
    double sum = 0;
    for (int i = 0; i < INB_WORLD_LIST_COUNT; i++) {
        sum += f.list[i];
    }
    for (int i = 0; i < INB_WORLD_LIST_COUNT; i++) {
        f.list[i] /= sum;
    }
    f.registered = figure("2024", victims, "total") /
                   figure("2018-2019", "MSE estimate per year", "total, central");
    f.sexual = figure("2020", "share of registered", "sexual services") / 100;
    f.labour = figure("2020", "share of registered", "regulated labour and services") / 100;
    f.criminal = figure("2016-2020", victims, "criminal exploitation") /
                 figure("2016-2020", victims, "total");
    f.child = figure("2024", victims, "under 18") / figure("2024", victims, "total");
    f.under_23 = figure("2019-2023", "share of registered", "younger than 23") / 100;
    return f;
}

INB_TEST(expected_equals_the_figures) {
    struct figures f = read_figures();
    for (double referral = 0; referral <= 1; referral += 0.5) {
        inb_world_options options = help_options(100, 1);
        options.referral = referral;
        inb_world *world = help_world(&options);
        INB_NEAR_REL(inb_world_expected_registered(world), f.registered, 1e-6);
        double sum = 0;
        for (int list = 0; list < INB_WORLD_LOCAL; list++) {
            sum += inb_world_expected(world, (inb_world_list)list);
        }
        for (int list = 0; list < INB_WORLD_LOCAL; list++) {
            INB_NEAR_REL(inb_world_expected(world, (inb_world_list)list) / sum, f.list[list], 1e-6);
        }
        // published: 1,062 submissions of 944 people
        double each = sum / inb_world_expected_registered(world);
        ck_assert_msg(each > 1.05 && each < 1.3, "%.3f submissions a person", each);
        inb_world_free(world);
    }
}
INB_END

// Nobody of the five lists has this person: by the formula for that one history, with and without
// the local team that may send on.
static double unregistered(const inb_coverage *coverage, size_t cell) {
    double alone = 1 - coverage->own[cell][INB_WORLD_LOCAL];
    double told = coverage->own[cell][INB_WORLD_LOCAL];
    for (int list = 0; list < INB_WORLD_LOCAL; list++) {
        double missed = 1 - coverage->own[cell][list];
        alone *= missed;
        told *= missed * (1 - coverage->sent[INB_WORLD_LOCAL][list]);
    }
    return alone + told;
}

INB_TEST(the_registered_are_as_published) {
    struct figures f = read_figures();
    inb_world_options options = INB_WORLD_OPTIONS_INIT;
    inb_world *world = help_world(&options);
    double all = 0, women = 0, form[INB_WORLD_FORMS] = {0}, band[INB_BANDS] = {0};
    for (size_t i = 0; i < INB_CELLS; i++) {
        double share = inb_cell_share(i) * (1 - unregistered(&world->coverage, i));
        all += share;
        form[inb_cell_at(i).form] += share;
        band[inb_cell_at(i).band] += share;
        women += inb_cell_at(i).female ? share : 0;
    }
    INB_NEAR_REL(all, f.registered, 1e-6);
    INB_NEAR_REL(form[INB_FORM_SEXUAL] / all, f.sexual, 1e-6);
    INB_NEAR_REL(form[INB_FORM_LABOUR] / all, f.labour, 1e-6);
    INB_NEAR_REL(form[INB_FORM_CRIMINAL] / all, f.criminal, 1e-6);
    INB_NEAR_REL(band[INB_BAND_CHILD] / all, f.child, 1e-6);
    INB_NEAR_REL((band[INB_BAND_CHILD] + band[INB_BAND_YOUNG]) / all, f.under_23, 1e-6);
    ck_assert(women / all > 0.5); // "mostly women"
    inb_world_free(world);
}
INB_END

enum { SEXUAL, LABOUR, CRIMINAL, CHILD, UNDER_23, REGISTERED, OF_REGISTERED };
struct seen {
    struct help_ratio of[OF_REGISTERED];
    struct help_ratio list[INB_WORLD_LIST_COUNT];
    struct help_ratio all_forms[INB_WORLD_FORMS];
    struct help_ratio men;
    struct help_ratio all_children;
    struct help_ratio children_seen;
    struct help_ratio criminal_seen;
};

static void look(const inb_world_block *block, void *payload) {
    struct seen *seen = payload;
    double count[OF_REGISTERED] = {0};
    double lists[INB_WORLD_LIST_COUNT] = {0};
    double forms[INB_WORLD_FORMS] = {0};
    double all = (double)block->people_count;
    double men = 0, children = 0, children_seen = 0, criminal_seen = 0;
    for (size_t i = 0; i < block->people_count; i++) {
        const inb_world_person *person = &block->people[i];
        bool registered = (person->lists & ~(1u << INB_WORLD_LOCAL)) != 0;
        for (int list = 0; list < INB_WORLD_LIST_COUNT; list++) {
            lists[list] += person->lists >> list & 1;
        }
        forms[person->form]++;
        men += !person->female;
        children += person->years < 18;
        children_seen += registered && person->years < 18;
        criminal_seen += registered && person->form == INB_FORM_CRIMINAL;
        count[REGISTERED] += registered;
        count[SEXUAL] += registered && person->form == INB_FORM_SEXUAL;
        count[LABOUR] += registered && person->form == INB_FORM_LABOUR;
        count[CRIMINAL] += registered && person->form == INB_FORM_CRIMINAL;
        count[CHILD] += registered && person->years < 18;
        count[UNDER_23] += registered && person->years < 23;
    }
    for (int i = 0; i < OF_REGISTERED; i++) {
        help_add(&seen->of[i], count[i], i == REGISTERED ? all : count[REGISTERED]);
    }
    double five = 0;
    for (int list = 0; list < INB_WORLD_LOCAL; list++) {
        five += lists[list];
    }
    for (int list = 0; list < INB_WORLD_LIST_COUNT; list++) {
        help_add(&seen->list[list], lists[list], list == INB_WORLD_LOCAL ? all : five);
    }
    for (int form = 0; form < INB_WORLD_FORMS; form++) {
        help_add(&seen->all_forms[form], forms[form], all);
    }
    help_add(&seen->men, men, all);
    help_add(&seen->all_children, children, all);
    help_add(&seen->children_seen, children_seen, children);
    help_add(&seen->criminal_seen, criminal_seen, forms[INB_FORM_CRIMINAL]);
}

INB_TEST(a_region_gives_the_figures_within_its_error) {
    struct figures f = read_figures();
    static struct seen seen;
    inb_world_options options = help_options(120000, 20261124);
    options.faults.typing = 0;
    help_each(&options, look, &seen);
    HELP_WITHIN_ERROR(&seen.of[REGISTERED], f.registered);
    HELP_WITHIN_ERROR(&seen.of[SEXUAL], f.sexual);
    HELP_WITHIN_ERROR(&seen.of[LABOUR], f.labour);
    HELP_WITHIN_ERROR(&seen.of[CRIMINAL], f.criminal);
    HELP_WITHIN_ERROR(&seen.of[CHILD], f.child);
    HELP_WITHIN_ERROR(&seen.of[UNDER_23], f.under_23);
    for (int list = 0; list < INB_WORLD_LOCAL; list++) {
        HELP_WITHIN_ERROR(&seen.list[list], f.list[list]);
    }
    for (int form = 0; form < INB_WORLD_FORMS; form++) {
        HELP_WITHIN_ERROR(&seen.all_forms[form], inb_form_share[form]);
    }
    // "about equal": men and women, sexual and other
    HELP_WITHIN_ERROR(&seen.men, 0.5);
    HELP_WITHIN_ERROR(&seen.all_forms[INB_FORM_SEXUAL], 0.5);
    // "least in view": minors, criminal
    double in_view = help_value(&seen.of[REGISTERED]);
    ck_assert(help_value(&seen.children_seen) < in_view * 0.5);
    ck_assert(help_value(&seen.criminal_seen) < in_view * 0.7);
    // the error is small enough for the checks to mean something
    ck_assert(help_error(&seen.of[REGISTERED]) < 0.003);
}
INB_END

// With the defaults a registered person is submitted as often as the figures say: the dependence
// between sources is not larger than what was published leaves room for.
INB_TEST(overlap_as_published) {
    double published = figure("2024", "submissions, implied total", "derived 257/24.2%") /
                       figure("2024", "registered presumed victims", "total");
    inb_world_options options = INB_WORLD_OPTIONS_INIT;
    inb_world *world = help_world(&options);
    double sum = 0;
    for (int list = 0; list < INB_WORLD_LOCAL; list++) {
        sum += inb_world_expected(world, (inb_world_list)list);
    }
    INB_NEAR_ABS(sum / inb_world_expected_registered(world), published, 0.02);
    inb_world_free(world);
}
INB_END

// What is expected of each list is what a region holds, whatever the options.
INB_TEST(lists_are_as_large_as_expected) {
    for (int i = 0; i < 4; i++) {
        static struct seen seen;
        memset(&seen, 0, sizeof seen);
        inb_world_options options = help_options(30000, 5 + (uint64_t)i);
        options.referral = i % 2;
        options.reach = i / 2 * 0.8;
        help_each(&options, look, &seen);
        inb_world *world = help_world(&options);
        HELP_WITHIN_ERROR(&seen.list[INB_WORLD_LOCAL], inb_world_expected(world, INB_WORLD_LOCAL));
        HELP_WITHIN_ERROR(&seen.of[REGISTERED], inb_world_expected_registered(world));
        inb_world_free(world);
    }
}
INB_END

// Referral: of those whom the police have, more are with the care coordinators than of the others.
static void look_dependence(const inb_world_block *block, void *payload) {
    double(*counts)[2] = payload;
    for (size_t i = 0; i < block->people_count; i++) {
        const inb_world_person *person = &block->people[i];
        if (person->form == INB_FORM_SEXUAL && person->years >= 23 && person->female &&
            !person->lvb) {
            counts[person->lists >> INB_WORLD_POLICE & 1][person->lists >> INB_WORLD_CARE & 1]++;
        }
    }
}

static double log_odds_ratio(const inb_world_options *options, double *ret_error) {
    double counts[2][2] = {{0}};
    help_each(options, look_dependence, counts);
    *ret_error = sqrt(1 / counts[0][0] + 1 / counts[0][1] + 1 / counts[1][0] + 1 / counts[1][1]);
    return log(counts[0][0] * counts[1][1] / (counts[0][1] * counts[1][0]));
}

INB_TEST(sources_depend_on_each_other_as_asked) {
    double error;
    inb_world_options options = help_options(100000, 9);
    options.reach = 0;
    options.referral = 0;
    double without = log_odds_ratio(&options, &error);
    // people of one situation share chances: the error is larger than that of a table
    ck_assert_msg(fabs(without) < 4.5 * error, "%.3f without referral, error %.3f", without, error);
    options.referral = 1;
    double with = log_odds_ratio(&options, &error);
    ck_assert_msg(with > 0.2 + 2 * error, "%.3f with referral", with);
    options.referral = 0;
    options.reach = 0.8;
    double apart = log_odds_ratio(&options, &error);
    ck_assert_msg(apart > 0.2 + 2 * error, "%.3f where half is hardly seen", apart);
}
INB_END

INB_TEST_MAIN("world/coverage", expected_equals_the_figures, overlap_as_published,
    the_registered_are_as_published, a_region_gives_the_figures_within_its_error,
    lists_are_as_large_as_expected, sources_depend_on_each_other_as_asked)
