// SPDX-License-Identifier: EUPL-1.2
// Pieces that every section of the picture is made of: tables whose small counts are hidden, shares
// of a hundred with Wilson's margin, bar pictures with their texts.

#include "overview_i.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_MOST = 8192 };

inb_i_number inb_i_percent(const inb_picture *picture, double share) {
    double hundred = 100 * share;
    return hundred > 0 && hundred < 0.95 ? inb_i_decimal(picture, hundred, 1)
                                         : inb_i_people(picture, hundred);
}

static inb_i_key key_of(const char *begin, const char *code) {
    inb_i_key key;
    snprintf(key.text, sizeof key.text, "%s.%s", begin, code);
    return key;
}

inb_i_key inb_i_age_key(int age) {
    return key_of("age", inb_age_class_code((inb_age_class)age));
}

inb_i_key inb_i_sex_key(int sex) {
    return key_of("overview.sex", inb_sex_code((inb_sex)sex));
}

inb_i_key inb_i_form_key(int form) {
    return key_of("form", inb_form_code((inb_form)form));
}

inb_i_key inb_i_source_key(int group) {
    return key_of("overview.list", inb_source_group_code((inb_source_group)group));
}

// ---- tables ----

void inb_i_heading(inb_i_page *page, const char *element, const char *key) {
    inb_buffer_format(page->out, "<%s>", element);
    inb_i_page_text(page, "", key, "");
    inb_buffer_format(page->out, "</%s>\n", element);
}

void inb_i_section(inb_i_page *page, const char *title, const char *intro) {
    inb_buffer_text(page->out, "<section>\n");
    inb_i_heading(page, "h2", title);
    inb_i_page_text(page, "<p>", intro, "</p>\n");
}

void inb_i_table_begin(inb_i_page *page, const char *const *columns, size_t count) {
    unsigned id = ++page->figures;
    inb_buffer_format(page->out, "<details><summary id=\"t%u\">", id);
    inb_i_page_text(page, "", "report.table.picture", "");
    inb_buffer_format(page->out,
        "</summary>\n<div class=\"p-scroll\" role=\"region\" tabindex=\"0\" "
        "aria-labelledby=\"t%u\">\n<table class=\"p-table\" aria-labelledby=\"t%u\">\n<thead><tr>",
        id, id);
    for (size_t i = 0; i < count; i++) {
        inb_i_page_text(page,
            i == 0 ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"p-number\">", columns[i],
            "</th>");
    }
    inb_buffer_text(page->out, "</tr></thead>\n<tbody>\n");
}

void inb_i_table_end(inb_i_page *page) {
    inb_buffer_text(page->out, "</tbody></table></div></details>\n");
}

void inb_i_cell_text(inb_i_page *page, const char *key) {
    inb_i_page_text(page, "<td class=\"p-number soft\">", key, "</td>");
}

void inb_i_cell(inb_i_page *page, int64_t count) {
    if (inb_i_small(count)) {
        inb_i_page_text(page, "<td class=\"p-number\">", "overview.few", "</td>");
        return;
    }
    inb_buffer_format(page->out, "<td class=\"p-number\">%s</td>",
        inb_i_people(&page->words, (double)count).text);
}

// ---- pictures ----

const char *inb_i_bars_say(inb_i_bars *bars, const char *key, const char *const *arguments) {
    if (bars->text_count == INB_I_BAR_TEXTS) {
        return "";
    }
    inb_buffer *text = &bars->texts[bars->text_count++];
    *text = (inb_buffer)INB_BUFFER_INIT(TEXT_MOST);
    inb_i_page_plain(bars->page, text, key, arguments);
    return inb_buffer_get(text);
}

void inb_i_bars_begin(inb_i_bars *bars, inb_i_page *page, const char *title,
    const char *description, const char *unit) {
    static const char *const none[] = {NULL};
    bars->page = page;
    bars->text_count = 0;
    bars->bars = (inb_bars){.rows = bars->rows};
    bars->bars.title = inb_i_bars_say(bars, title, none);
    bars->bars.description = inb_i_bars_say(bars, description, none);
    bars->bars.unit = inb_i_bars_say(bars, unit, none);
}

inb_bar *inb_i_bars_row(inb_i_bars *bars, const char *label, const char *words) {
    size_t at = bars->bars.row_count;
    at -= at == INB_I_BARS_MOST ? 1 : 0; // more are never asked for
    bars->rows[at] = (inb_bar){.label = label, .words = words};
    bars->bars.row_count = at + 1;
    return &bars->rows[at];
}

void inb_i_bars_share(inb_i_bars *bars, const char *label, int64_t part, int64_t whole) {
    static const char *const none[] = {NULL};
    if (inb_i_small(part)) {
        (void)inb_i_bars_row(bars, label, inb_i_bars_say(bars, "overview.few", none));
        return;
    }
    double low;
    double high;
    inb_share_interval(part, whole, &low, &high);
    const inb_picture *words = &bars->page->words;
    double share = whole > 0 ? (double)part / (double)whole : 0;
    inb_i_number numbers[3] = {
        inb_i_percent(words, share), inb_i_percent(words, low), inb_i_percent(words, high)};
    inb_bar *row = inb_i_bars_row(bars, label,
        inb_i_bars_say(bars, "overview.share",
            (const char *const[]){numbers[0].text, numbers[1].text, numbers[2].text, NULL}));
    row->has_value = true;
    row->value = 100 * share;
    row->has_interval = true;
    row->low = 100 * low;
    row->high = 100 * high;
}

void inb_i_bars_end(inb_i_bars *bars, const char *caption) {
    inb_buffer text = INB_BUFFER_INIT(TEXT_MOST);
    if (caption != NULL) {
        inb_i_page_plain(bars->page, &text, caption, (const char *const[]){NULL});
    }
    if (bars->bars.row_count > 0) {
        inb_i_figure figure = {.kind = INB_I_FIGURE_BARS, .bars = &bars->bars};
        inb_i_page_figure(
            bars->page, &figure, caption == NULL ? NULL : inb_buffer_get(&text), NULL, false);
    }
    inb_buffer_clear(&text);
    for (size_t i = 0; i < bars->text_count; i++) {
        inb_buffer_clear(&bars->texts[i]);
    }
    bars->text_count = 0;
}

// "in view 1,234, estimated 4,321 (3,000 to 6,000)", or what can be said.
static const char *coverage_words(inb_i_bars *bars, int64_t seen, const inb_hidden *hidden) {
    const inb_picture *words = &bars->page->words;
    inb_i_number people = inb_i_people(words, (double)seen);
    if (!hidden->has_estimate) {
        return inb_i_bars_say(
            bars, "overview.groups.words.none", (const char *const[]){people.text, NULL});
    }
    if (!hidden->headline) {
        inb_i_number range[2] = {
            inb_i_people(words, hidden->range_low), inb_i_people(words, hidden->range_high)};
        return inb_i_bars_say(bars, "overview.groups.words.range",
            (const char *const[]){people.text, range[0].text, range[1].text, NULL});
    }
    inb_i_number numbers[3] = {inb_i_people(words, hidden->estimate),
        inb_i_people(words, hidden->low), inb_i_people(words, hidden->high)};
    return inb_i_bars_say(bars, "overview.groups.words",
        (const char *const[]){
            people.text, numbers[0].text, numbers[1].text, numbers[2].text, NULL});
}

void inb_i_bars_coverage_legend(inb_i_bars *bars, bool truth) {
    static const char *const none[] = {NULL};
    bars->bars.value_name = inb_i_bars_say(bars, "overview.groups.legend.seen", none);
    bars->bars.more_name = inb_i_bars_say(bars, "overview.groups.legend.hidden", none);
    bars->bars.interval_name = inb_i_bars_say(bars, "overview.groups.legend.margin", none);
    bars->bars.mark_name = truth ? inb_i_bars_say(bars, "overview.truth.legend", none) : NULL;
}

void inb_i_bars_coverage(
    inb_i_bars *bars, const char *label, int64_t seen, const inb_hidden *hidden, int64_t truth) {
    inb_bar *row = inb_i_bars_row(bars, label, coverage_words(bars, seen, hidden));
    row->has_value = true;
    row->value = (double)seen;
    row->has_more = hidden->has_estimate && hidden->headline;
    row->more = hidden->estimate;
    row->has_interval = hidden->has_estimate;
    row->low = hidden->headline ? hidden->low : hidden->range_low;
    row->high = hidden->headline ? hidden->high : hidden->range_high;
    row->has_mark = truth >= 0;
    row->mark = (double)truth;
}

// ---- what is said of an estimate ----

// How many of a hundred are in view, from few to many.
static void shares_seen(
    const inb_picture *words, int64_t seen, const inb_hidden *hidden, inb_i_number ret_shares[2]) {
    double least = (double)seen / hidden->high;
    double most = (double)seen / hidden->low;
    ret_shares[0] = inb_i_percent(words, least > 1 ? 1 : least);
    ret_shares[1] = inb_i_percent(words, most > 1 ? 1 : most);
}

// Nobody may be told apart by the difference of two counts that stand beside each other.
static bool may_tell(int64_t persons, int64_t seen, const inb_hidden *hidden) {
    return seen >= INB_SMALL_CELL && !inb_i_small(persons - seen) && hidden->low > 0;
}

void inb_i_say_hidden(inb_i_page *page, const inb_hidden *hidden, bool linked, int64_t persons) {
    inb_picture *words = &page->words;
    if (!linked) {
        inb_i_page_text(page, "<li>", "overview.short.thin", "</li>\n");
    } else if (!hidden->has_estimate) {
        inb_i_page_text(page, "<li>", "overview.short.none", "</li>\n");
    } else if (!hidden->headline) {
        inb_i_number range[2] = {
            inb_i_people(words, hidden->range_low), inb_i_people(words, hidden->range_high)};
        INB_PAGE_SAY(page, "<li>", "</li>\n", "overview.short.range", range[0].text, range[1].text);
    } else {
        inb_i_number numbers[3] = {inb_i_people(words, hidden->estimate),
            inb_i_people(words, hidden->low), inb_i_people(words, hidden->high)};
        INB_PAGE_SAY(page, "<li>", "</li>\n", "overview.short.hidden", numbers[0].text,
            numbers[1].text, numbers[2].text);
        if (may_tell(persons, hidden->observed, hidden)) {
            inb_i_number shares[2];
            shares_seen(words, hidden->observed, hidden, shares);
            INB_PAGE_SAY(
                page, "<li>", "</li>\n", "overview.short.view", shares[0].text, shares[1].text);
        }
    }
}

void inb_i_say_truth(inb_i_page *page, const inb_hidden *hidden, bool linked, int64_t truth) {
    if (truth < 0) {
        return;
    }
    inb_i_number people = inb_i_people(&page->words, (double)truth);
    const char *key = !linked || !hidden->has_estimate ? "overview.truth.none"
                      : (double)truth < hidden->low    ? "overview.truth.above"
                      : (double)truth > hidden->high   ? "overview.truth.below"
                                                       : "overview.truth.within";
    INB_PAGE_SAY(page, "<li>", "</li>\n", key, people.text);
}

void inb_i_say_group(
    inb_i_page *page, const char *name, int64_t persons, int64_t seen, const inb_hidden *hidden) {
    if (persons < INB_SMALL_CELL || !hidden->has_estimate || !hidden->headline ||
        !may_tell(persons, seen, hidden)) {
        return;
    }
    inb_picture *words = &page->words;
    inb_i_number shares[2];
    shares_seen(words, seen, hidden, shares);
    inb_i_number numbers[4] = {inb_i_people(words, (double)seen),
        inb_i_people(words, hidden->estimate), inb_i_people(words, hidden->low),
        inb_i_people(words, hidden->high)};
    INB_PAGE_SAY(page, "<li>", "</li>\n", "overview.groups.say", name, numbers[0].text,
        numbers[1].text, numbers[2].text, numbers[3].text, shares[0].text, shares[1].text);
}

void inb_i_banner(inb_i_page *page, bool generated) {
    if (generated) {
        inb_i_page_text(
            page, "<p class=\"p-note\"><strong>", "overview.truth.banner", "</strong> ");
        inb_i_page_text(page, "", "overview.truth.why", "</p>\n");
    }
}

void inb_i_cell_hidden(inb_i_page *page, const inb_hidden *hidden) {
    inb_picture *words = &page->words;
    if (hidden == NULL) {
        inb_buffer_text(page->out, "<td class=\"p-number\"></td>");
    } else if (!hidden->has_estimate) {
        inb_i_cell_text(page, "overview.hidden.none");
    } else if (!hidden->headline) {
        inb_i_number low = inb_i_people(words, hidden->range_low);
        inb_i_number high = inb_i_people(words, hidden->range_high);
        INB_PAGE_SAY(
            page, "<td class=\"p-number\">", "</td>", "overview.hidden.range", low.text, high.text);
    } else {
        inb_i_number numbers[3] = {inb_i_people(words, hidden->estimate),
            inb_i_people(words, hidden->low), inb_i_people(words, hidden->high)};
        INB_PAGE_SAY(page, "<td class=\"p-number\">", "</td>", "overview.hidden.value",
            numbers[0].text, numbers[1].text, numbers[2].text);
    }
}

void inb_i_cell_truth(inb_i_page *page, int64_t truth) {
    if (truth < 0) {
        inb_i_cell_text(page, "overview.truth.unknown");
    } else {
        inb_buffer_format(page->out, "<td class=\"p-number\">%s</td>",
            inb_i_people(&page->words, (double)truth).text);
    }
}
