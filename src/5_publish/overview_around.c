// SPDX-License-Identifier: EUPL-1.2
// Where the roles of possible victim and suspect meet (R3), how often the people around are told of
// (R16), which first step the norm advises (R37), and signals by quarter with what changed in who
// tells (R7).

#include "overview_i.h"

#include <stdio.h>

static const char *const none[] = {NULL};

static void text(inb_i_overview *page, const char *open, const char *key, const char *close) {
    inb_i_page_text(&page->base, open, key, close);
}

static void age_header(inb_i_overview *page, int age) {
    text(page, "<tr><th scope=\"row\">", inb_i_age_key(age).text, "</th>");
}

// ---- roles that meet ----

static void count_row(inb_i_bars *bars, const char *label, int64_t count) {
    if (inb_i_small(count)) {
        (void)inb_i_bars_row(bars, label, inb_i_bars_say(bars, "overview.few", none));
        return;
    }
    inb_bar *row = inb_i_bars_row(bars, label,
        inb_i_bars_say(bars, "overview.people",
            (const char *const[]){inb_i_people(&bars->page->words, (double)count).text, NULL}));
    row->has_value = true;
    row->value = (double)count;
}

static void role_rows(inb_i_bars *bars, int age, const inb_role_overlap *overlap) {
    static const char *const keys[] = {
        "overview.roles.signal", "overview.roles.organisation", "overview.roles.over"};
    const int64_t counts[] = {
        overlap->in_one_signal, overlap->in_one_organisation, overlap->over_organisations};
    const char *who = inb_i_bars_say(bars, inb_i_age_key(age).text, none);
    for (size_t i = 0; i < 3; i++) {
        const char *how = inb_i_bars_say(bars, keys[i], none);
        count_row(bars,
            inb_i_bars_say(bars, "overview.roles.label", (const char *const[]){who, how, NULL}),
            counts[i]);
    }
}

void inb_i_overview_roles(inb_i_overview *page) {
    static const char *const columns[] = {"overview.groups.group", "overview.roles.signal",
        "overview.roles.organisation", "overview.roles.over"};
    inb_i_section(&page->base, "overview.roles.heading", "overview.roles.intro");
    inb_i_bars bars;
    inb_i_bars_begin(
        &bars, &page->base, "overview.roles.heading", "overview.roles.desc", "overview.roles.unit");
    for (int age = INB_AGE_CLASS_COUNT - 1; age >= 0; age--) {
        const inb_role_overlap *overlap = &page->overview->overlap[age];
        if (overlap->over_organisations >= INB_SMALL_CELL) {
            inb_buffer who = INB_BUFFER_INIT(4096);
            inb_i_page_plain(&page->base, &who, inb_i_age_key(age).text, none);
            INB_PAGE_SAY(&page->base, "<p>", "</p>\n", "overview.roles.say",
                inb_i_people(&page->base.words, (double)overlap->over_organisations).text,
                inb_buffer_get(&who));
            inb_buffer_clear(&who);
        }
        if (overlap->in_one_signal + overlap->in_one_organisation + overlap->over_organisations >
            0) {
            role_rows(&bars, age, overlap);
        }
    }
    inb_i_bars_end(&bars, NULL);
    inb_i_table_begin(&page->base, columns, 4);
    for (int age = INB_AGE_CLASS_COUNT - 1; age >= 0; age--) {
        const inb_role_overlap *overlap = &page->overview->overlap[age];
        age_header(page, age);
        inb_i_cell(&page->base, overlap->in_one_signal);
        inb_i_cell(&page->base, overlap->in_one_organisation);
        inb_i_cell(&page->base, overlap->over_organisations);
        inb_buffer_text(page->base.out, "</tr>\n");
    }
    inb_i_table_end(&page->base);
    inb_buffer_text(page->base.out, "</section>\n");
}

// ---- the people around ----

enum { AROUND = INB_SURROUNDING_COUNT + 3 };

static const char *const around_keys[AROUND] = {"overview.near.protective", "overview.near.unaware",
    "overview.near.profiting", "overview.near.parent_of_suspect", "overview.near.parent",
    "overview.near.with", "overview.near.nothing"};

static void around_counts(const inb_involvement *involvement, int64_t ret_counts[AROUND]) {
    for (int i = 0; i < INB_SURROUNDING_COUNT; i++) {
        ret_counts[i] = involvement->by_surrounding[i];
    }
    ret_counts[INB_SURROUNDING_COUNT] = involvement->parent_profits;
    ret_counts[INB_SURROUNDING_COUNT + 1] = involvement->with_others_near;
    ret_counts[INB_SURROUNDING_COUNT + 2] = involvement->not_told;
}

static void around_picture(inb_i_overview *page, int age) {
    const inb_involvement *involvement = &page->overview->involvement[age];
    int64_t counts[AROUND];
    around_counts(involvement, counts);
    inb_i_heading(&page->base, "h3", inb_i_age_key(age).text);
    if (involvement->sightings < INB_SMALL_CELL) {
        text(page, "<p>", involvement->sightings == 0 ? "overview.near.none" : "overview.near.few",
            "</p>\n");
        return;
    }
    if (!inb_i_small(involvement->not_told)) {
        double low;
        double high;
        inb_share_interval(involvement->not_told, involvement->sightings, &low, &high);
        const inb_picture *words = &page->base.words;
        inb_i_number numbers[3] = {
            inb_i_percent(words, (double)involvement->not_told / (double)involvement->sightings),
            inb_i_percent(words, low), inb_i_percent(words, high)};
        INB_PAGE_SAY(&page->base, "<p>", "</p>\n", "overview.near.say", numbers[0].text,
            numbers[1].text, numbers[2].text);
    }
    inb_i_bars bars;
    inb_i_bars_begin(
        &bars, &page->base, inb_i_age_key(age).text, "overview.near.desc", "overview.near.unit");
    bars.bars.most = 100;
    for (size_t i = 0; i < AROUND; i++) {
        inb_i_bars_share(
            &bars, inb_i_bars_say(&bars, around_keys[i], none), counts[i], involvement->sightings);
    }
    inb_i_bars_end(&bars, NULL);
}

void inb_i_overview_around(inb_i_overview *page) {
    const char *columns[AROUND + 2] = {"overview.groups.group", "overview.near.signals"};
    for (size_t i = 0; i < AROUND; i++) {
        columns[i + 2] = around_keys[i];
    }
    inb_i_section(&page->base, "overview.near.heading", "overview.near.intro");
    for (int age = INB_AGE_CLASS_COUNT - 1; age >= 0; age--) {
        around_picture(page, age);
    }
    inb_i_table_begin(&page->base, columns, AROUND + 2);
    for (int age = INB_AGE_CLASS_COUNT - 1; age >= 0; age--) {
        int64_t counts[AROUND];
        around_counts(&page->overview->involvement[age], counts);
        age_header(page, age);
        inb_i_cell(&page->base, page->overview->involvement[age].sightings);
        for (size_t i = 0; i < AROUND; i++) {
            inb_i_cell(&page->base, counts[i]);
        }
        inb_buffer_text(page->base.out, "</tr>\n");
    }
    inb_i_table_end(&page->base);
    inb_buffer_text(page->base.out, "</section>\n");
}

// ---- the first step ----

void inb_i_overview_first_step(inb_i_overview *page) {
    static const char *const columns[] = {"overview.step.step", "overview.step.times"};
    static const char *const keys[] = {"overview.step.care", "overview.step.criminal"};
    int64_t whole = page->overview->with_route;
    int64_t counts[] = {whole - page->overview->criminal_first, page->overview->criminal_first};
    inb_i_section(&page->base, "overview.step.heading", "overview.step.intro");
    bool hidden = inb_i_small(counts[0]) || inb_i_small(counts[1]) || whole < INB_SMALL_CELL;
    if (hidden) { // of two parts of a known whole one gives away the other
        text(page, "<p>", whole == 0 ? "overview.step.none" : "overview.step.few",
            "</p>\n</section>\n");
        return;
    }
    inb_i_bars bars;
    inb_i_bars_begin(
        &bars, &page->base, "overview.step.heading", "overview.step.desc", "overview.step.unit");
    bars.bars.most = 100;
    for (size_t i = 0; i < 2; i++) {
        inb_i_bars_share(&bars, inb_i_bars_say(&bars, keys[i], none), counts[i], whole);
    }
    inb_i_bars_end(&bars, NULL);
    inb_i_table_begin(&page->base, columns, 2);
    for (size_t i = 0; i < 2; i++) {
        text(page, "<tr><th scope=\"row\">", keys[i], "</th>");
        inb_i_cell(&page->base, counts[i]);
        inb_buffer_text(page->base.out, "</tr>\n");
    }
    inb_i_table_end(&page->base);
    inb_buffer_text(page->base.out, "</section>\n");
}

// ---- over time ----

enum { DRAWN_MOST = 24 };

struct span {
    int first; // quarters with signals, both included; last < first = none
    int last;
    int drawn; // the first that is drawn
};

static struct span span_of(const inb_overview *overview) {
    struct span span = {0, INB_OVERVIEW_QUARTERS - 1, 0};
    while (span.first <= span.last && overview->quarters[span.first] == 0) {
        span.first++;
    }
    while (span.last >= span.first && overview->quarters[span.last] == 0) {
        span.last--;
    }
    span.drawn = span.last - span.first < DRAWN_MOST ? span.first : span.last - DRAWN_MOST + 1;
    return span;
}

// The quarter that the date of the page lies in; -1 where it is not a date.
static int quarter_of_page(const inb_i_overview *page) {
    int year;
    int month;
    int day;
    return sscanf(page->date, "%4d-%2d-%2d", &year, &month, &day) == 3
               ? 4 * (year - INB_OVERVIEW_FIRST_YEAR) + (month - 1) / 3
               : -1;
}

static void quarter_name(inb_i_overview *page, int quarter, inb_buffer *plain) {
    char year[16];
    char number[4];
    snprintf(year, sizeof year, "%d", INB_OVERVIEW_FIRST_YEAR + quarter / 4);
    snprintf(number, sizeof number, "%d", quarter % 4 + 1);
    inb_i_page_plain(
        &page->base, plain, "overview.trend.name", (const char *const[]){year, number, NULL});
}

// Whether a group of sources told of something in this quarter for the first time, and others
// before it.
static bool begins_here(const inb_overview *overview, const struct span *span, int group, int at) {
    return overview->first_quarter[group] == at && at > span->first;
}

static void list_breaks(inb_i_overview *page, const struct span *span, const unsigned *breaks) {
    bool any = false;
    for (int at = span->drawn; at <= span->last; at++) {
        if (breaks[at - span->drawn] == 0) {
            continue;
        }
        inb_buffer name = INB_BUFFER_INIT(4096);
        inb_buffer who = INB_BUFFER_INIT(8192);
        quarter_name(page, at, &name);
        for (int i = 0; i < INB_SOURCE_GROUP_COUNT; i++) {
            if (begins_here(page->overview, span, i, at)) {
                inb_buffer_text(&who, who.length == 0 ? "" : ", ");
                inb_i_page_plain(&page->base, &who, inb_i_source_key(i).text, none);
            }
        }
        inb_buffer_text(page->base.out, any ? "" : "<ol>\n");
        any = true;
        INB_PAGE_SAY(&page->base, "<li>", "</li>\n", "overview.trend.break", inb_buffer_get(&name),
            inb_buffer_get(&who));
        inb_buffer_clear(&name);
        inb_buffer_clear(&who);
    }
    inb_buffer_text(page->base.out, any ? "</ol>\n" : "");
}

static void trend_picture(inb_i_overview *page, const struct span *span) {
    inb_quarter items[DRAWN_MOST];
    unsigned breaks[DRAWN_MOST] = {0};
    unsigned found = 0;
    int now = quarter_of_page(page);
    for (int at = span->drawn; at <= span->last; at++) {
        int64_t count = page->overview->quarters[at];
        for (int i = 0; i < INB_SOURCE_GROUP_COUNT && breaks[at - span->drawn] == 0; i++) {
            breaks[at - span->drawn] = begins_here(page->overview, span, i, at) ? ++found : 0;
        }
        items[at - span->drawn] = (inb_quarter){.year = INB_OVERVIEW_FIRST_YEAR + at / 4,
            .quarter = at % 4 + 1,
            .count = inb_i_small(count) ? 0 : count,
            .hidden = inb_i_small(count),
            .breaks = breaks[at - span->drawn],
            .open = at == now};
    }
    inb_buffer texts[5];
    static const char *const keys[5] = {"overview.trend.heading", "overview.trend.desc",
        "overview.trend.unit", "overview.trend.hidden", "overview.trend.caption"};
    for (size_t i = 0; i < 5; i++) {
        texts[i] = (inb_buffer)INB_BUFFER_INIT(4096);
        inb_i_page_plain(&page->base, &texts[i], keys[i], none);
    }
    inb_quarters quarters = {.title = inb_buffer_get(&texts[0]),
        .description = inb_buffer_get(&texts[1]),
        .unit = inb_buffer_get(&texts[2]),
        .hidden_name = inb_buffer_get(&texts[3]),
        .count = (size_t)(span->last - span->drawn + 1),
        .items = items};
    inb_i_figure figure = {.kind = INB_I_FIGURE_QUARTERS, .quarters = &quarters};
    inb_i_page_figure(&page->base, &figure, inb_buffer_get(&texts[4]), NULL, false);
    for (size_t i = 0; i < 5; i++) {
        inb_buffer_clear(&texts[i]);
    }
    list_breaks(page, span, breaks);
}

// The last quarter that is over, beside the one before it.
static void say_trend(inb_i_overview *page, const struct span *span) {
    int now = quarter_of_page(page);
    int last = now >= 0 && span->last >= now ? now - 1 : span->last;
    if (last <= span->first || inb_i_small(page->overview->quarters[last]) ||
        inb_i_small(page->overview->quarters[last - 1])) {
        return;
    }
    inb_buffer names[2] = {INB_BUFFER_INIT(4096), INB_BUFFER_INIT(4096)};
    inb_i_number numbers[2];
    for (int i = 0; i < 2; i++) {
        quarter_name(page, last - i, &names[i]);
        numbers[i] = inb_i_people(&page->base.words, (double)page->overview->quarters[last - i]);
    }
    INB_PAGE_SAY(&page->base, "<p>", "</p>\n", "overview.trend.say", inb_buffer_get(&names[0]),
        numbers[0].text, numbers[1].text);
    inb_buffer_clear(&names[0]);
    inb_buffer_clear(&names[1]);
}

void inb_i_overview_trend(inb_i_overview *page) {
    static const char *const columns[] = {"overview.trend.quarter", "overview.sources.signals"};
    const inb_overview *overview = page->overview;
    struct span span = span_of(overview);
    inb_i_section(&page->base, "overview.trend.heading", "overview.trend.intro");
    if (span.first <= span.last) {
        say_trend(page, &span);
        trend_picture(page, &span);
    }
    inb_i_table_begin(&page->base, columns, 2);
    for (int i = span.first; i <= span.last; i++) {
        inb_buffer name = INB_BUFFER_INIT(4096);
        quarter_name(page, i, &name);
        inb_buffer_text(page->base.out, "<tr><th scope=\"row\">");
        inb_i_escape(page->base.out, inb_buffer_get(&name));
        inb_buffer_text(page->base.out, "</th>");
        inb_buffer_clear(&name);
        inb_i_cell(&page->base, overview->quarters[i]);
        inb_buffer_text(page->base.out, "</tr>\n");
    }
    text(page, "<tr><th scope=\"row\">", "overview.trend.unknown", "</th>");
    inb_i_cell(&page->base, overview->month_unknown + overview->other_quarters);
    inb_buffer_text(page->base.out, "</tr>\n");
    inb_i_table_end(&page->base);
    inb_buffer_text(page->base.out, "</section>\n");
}
