// SPDX-License-Identifier: EUPL-1.2
// Which groups are in view (R6): of each who was seen, what was asked and not known, how many there
// may be in all, and of a generated region how many there are. Below it who sees the same people.

#include "overview_i.h"

// A group as the tables and pictures show it.
struct group {
    const char *keys[2]; // texts that name it, one or two
    const inb_group_counts *counts;
    const inb_hidden *hidden; // NULL where no estimate is made of it
    int64_t truth;            // -1 = not known
};

static void text(inb_i_overview *page, const char *open, const char *key, const char *close) {
    inb_i_page_text(&page->base, open, key, close);
}

// Whether how many can be told apart from others may be shown beside how many there are.
static bool may_tell_known(const struct group *group) {
    return group->hidden != NULL && group->hidden->observed >= INB_SMALL_CELL &&
           !inb_i_small(group->counts->persons - group->hidden->observed);
}

// ---- table ----

static void put_truth(inb_i_overview *page, int64_t truth) {
    if (page->truth != NULL) {
        inb_i_cell_truth(&page->base, truth);
    }
}

static void group_row(inb_i_overview *page, const struct group *group) {
    const inb_group_counts *counts = group->counts;
    text(page, "<tr><th scope=\"row\">", group->keys[0], "");
    if (group->keys[1] != NULL) {
        text(page, ", ", group->keys[1], "");
    }
    inb_buffer_text(page->base.out, "</th>");
    inb_i_cell(&page->base, counts->persons);
    if (counts->persons < INB_SMALL_CELL) { // nothing else of so few
        for (int i = 0; i < 7; i++) {
            inb_i_cell_text(&page->base, "overview.notshown");
        }
        put_truth(page, group->truth);
        inb_buffer_text(page->base.out, "</tr>\n");
        return;
    }
    if (may_tell_known(group)) {
        inb_i_cell(&page->base, group->hidden->observed);
    } else {
        inb_i_cell_text(&page->base, "overview.notshown");
    }
    inb_i_cell(&page->base, counts->seen_once);
    inb_i_cell(&page->base, counts->seen_twice);
    inb_i_cell(&page->base, counts->seen_more);
    inb_i_cell(&page->base, counts->also_suspect);
    int64_t answers = counts->yes + counts->no + counts->unknown;
    if (answers == 0 || inb_i_small(counts->unknown)) {
        inb_i_cell_text(&page->base, answers == 0 ? "overview.notshown" : "overview.few");
    } else {
        inb_i_number share =
            inb_i_percent(&page->base.words, (double)counts->unknown / (double)answers);
        INB_PAGE_SAY(&page->base, "<td class=\"p-number\">", "</td>", "overview.of100", share.text);
    }
    inb_i_cell_hidden(&page->base, group->hidden);
    put_truth(page, group->truth);
    inb_buffer_text(page->base.out, "</tr>\n");
}

// key: NULL = no heading here.
static void group_head(inb_i_overview *page, const char *key) {
    if (key == NULL) {
        return;
    }
    inb_buffer_format(
        page->base.out, "<tr><th scope=\"colgroup\" colspan=\"%d\">", page->truth != NULL ? 10 : 9);
    text(page, "", key, "</th></tr>\n");
}

// ---- pictures ----

static void coverage_row(inb_i_bars *bars, const struct group *group) {
    static const char *const none[] = {NULL};
    if (group->counts->persons < INB_SMALL_CELL) {
        return; // the table tells of it
    }
    // Beside an estimate stand those whom it rests on, else everybody who is told of.
    bool known = group->hidden->has_estimate && may_tell_known(group);
    inb_i_bars_coverage(bars, inb_i_bars_say(bars, group->keys[0], none),
        known ? group->hidden->observed : group->counts->persons, group->hidden, group->truth);
}

static void unknown_row(inb_i_bars *bars, const struct group *group) {
    static const char *const none[] = {NULL};
    const inb_group_counts *counts = group->counts;
    int64_t answers = counts->yes + counts->no + counts->unknown;
    if (counts->persons < INB_SMALL_CELL || answers < INB_SMALL_CELL) {
        return;
    }
    const char *label = inb_i_bars_say(bars, group->keys[0], none);
    if (inb_i_small(counts->unknown)) {
        (void)inb_i_bars_row(bars, label, inb_i_bars_say(bars, "overview.few", none));
        return;
    }
    double share = (double)counts->unknown / (double)answers;
    inb_i_number number = inb_i_percent(&bars->page->words, share);
    inb_bar *row = inb_i_bars_row(bars, label,
        inb_i_bars_say(bars, "overview.of100", (const char *const[]){number.text, NULL}));
    row->has_value = true;
    row->value = 100 * share;
}

// The groups that the pictures show, the whole first.
enum { GROUPS = 1 + INB_AGE_CLASS_COUNT + INB_SEX_COUNT + INB_FORM_COUNT };

struct groups {
    struct group list[GROUPS];
    inb_i_key keys[GROUPS];
    size_t count;
};

static void add(struct groups *all, inb_i_key key, const inb_group_counts *counts,
    const inb_hidden *hidden, int64_t truth) {
    size_t at = all->count++;
    all->keys[at] = key;
    all->list[at] = (struct group){{all->keys[at].text, NULL}, counts, hidden, truth};
}

static void find_groups(const inb_i_overview *page, struct groups *all) {
    const inb_overview *o = page->overview;
    const inb_overview_estimates *e = page->estimates;
    all->count = 0;
    add(all, (inb_i_key){"overview.groups.all"}, &o->all, &e->all,
        inb_truth_of(page->truth, NULL, NULL));
    for (int age = INB_AGE_CLASS_COUNT - 1; age >= 0; age--) {
        add(all, inb_i_age_key(age), &o->by_age[age], &e->by_age[age],
            inb_truth_of_age(page->truth, (inb_age_class)age));
    }
    for (int sex = INB_SEX_COUNT - 1; sex >= 0; sex--) {
        add(all, inb_i_sex_key(sex), &o->by_sex[sex], &e->by_sex[sex],
            inb_truth_of_sex(page->truth, (inb_sex)sex));
    }
    for (int form = 0; form < INB_FORM_COUNT; form++) {
        add(all, inb_i_form_key(form), &o->of_form[form], &e->of_form[form],
            inb_truth_of_form(page->truth, (inb_form)form));
    }
}

static void coverage_picture(inb_i_overview *page, const struct groups *all) {
    inb_i_bars bars;
    inb_i_bars_begin(&bars, &page->base, "overview.groups.title", "overview.groups.desc",
        "overview.groups.unit");
    inb_i_bars_coverage_legend(&bars, page->truth != NULL);
    for (size_t i = 0; i < all->count; i++) {
        coverage_row(&bars, &all->list[i]);
    }
    inb_i_bars_end(
        &bars, page->truth != NULL ? "overview.truth.caption" : "overview.groups.caption");
}

static void unknown_picture(inb_i_overview *page, const struct groups *all) {
    inb_i_bars bars;
    text(page, "<h3>", "overview.unknown.heading", "</h3>\n");
    text(page, "<p>", "overview.unknown.intro", "</p>\n");
    inb_i_bars_begin(&bars, &page->base, "overview.unknown.title", "overview.unknown.desc",
        "overview.unknown.unit");
    bars.bars.most = 100;
    for (size_t i = 0; i < all->count; i++) {
        unknown_row(&bars, &all->list[i]);
    }
    inb_i_bars_end(&bars, NULL);
}

// ---- sentences ----

static void say_group(inb_i_overview *page, const struct group *group) {
    inb_buffer name = INB_BUFFER_INIT(4096);
    inb_i_page_plain(&page->base, &name, group->keys[0], (const char *const[]){NULL});
    inb_i_say_group(&page->base, inb_buffer_get(&name), group->counts->persons,
        group->hidden->observed, group->hidden);
    inb_buffer_clear(&name);
}

static void say_unknown(inb_i_overview *page) {
    int64_t people[2] = {page->overview->by_age[INB_AGE_UNKNOWN].persons,
        page->overview->by_sex[INB_SEX_UNKNOWN].persons};
    static const char *const keys[2] = {"overview.groups.say.age", "overview.groups.say.sex"};
    for (int i = 0; i < 2; i++) {
        if (people[i] >= INB_SMALL_CELL) {
            inb_i_number number = inb_i_people(&page->base.words, (double)people[i]);
            INB_PAGE_SAY(&page->base, "<li>", "</li>\n", keys[i], number.text);
        }
    }
}

void inb_i_overview_groups(inb_i_overview *page) {
    static const char *const columns[] = {"overview.groups.group", "overview.groups.persons",
        "overview.groups.known", "overview.groups.once", "overview.groups.twice",
        "overview.groups.more", "overview.groups.suspect", "overview.groups.unknown",
        "overview.groups.hidden", "overview.truth.column"};
    const inb_overview *overview = page->overview;
    struct groups all;
    find_groups(page, &all);
    inb_i_section(&page->base, "overview.groups.heading", "overview.groups.intro");
    inb_buffer_text(page->base.out, "<ul>\n");
    for (size_t i = 1; i < 1 + INB_AGE_CLASS_COUNT + INB_SEX_COUNT; i++) {
        bool unknown = all.list[i].counts == &overview->by_age[INB_AGE_UNKNOWN] ||
                       all.list[i].counts == &overview->by_sex[INB_SEX_UNKNOWN];
        if (!unknown) { // is no group of people
            say_group(page, &all.list[i]);
        }
    }
    say_unknown(page);
    text(page, "<li>", "overview.groups.say.forms", "</li>\n</ul>\n");
    coverage_picture(page, &all);
    inb_i_table_begin(&page->base, columns, page->truth != NULL ? 10 : 9);
    for (size_t i = 0; i < all.count; i++) {
        group_head(page, i == 1                         ? "overview.groups.by.age"
                         : i == 1 + INB_AGE_CLASS_COUNT ? "overview.groups.by.sex"
                         : i == GROUPS - INB_FORM_COUNT ? "overview.groups.by.form"
                                                        : NULL);
        group_row(page, &all.list[i]);
    }
    group_head(page, "overview.groups.by.both");
    for (int age = INB_AGE_CLASS_COUNT - 1; age >= 0; age--) {
        for (int sex = INB_SEX_COUNT - 1; sex >= 0; sex--) {
            const inb_group_counts *counts = &overview->by_age_and_sex[age][sex];
            inb_i_key keys[2] = {inb_i_age_key(age), inb_i_sex_key(sex)};
            if (counts->persons > 0) {
                group_row(page, &(struct group){{keys[0].text, keys[1].text}, counts, NULL, -1});
            }
        }
    }
    inb_i_table_end(&page->base);
    unknown_picture(page, &all);
    inb_buffer_text(page->base.out, "</section>\n");
}

// ---- who sees the same people ----

inb_status inb_i_overview_lists(inb_i_overview *page, inb_error *err) {
    const inb_overview_table *seen = &page->overview->seen;
    inb_buffer names[INB_SOURCE_GROUP_COUNT];
    const char *lists[INB_SOURCE_GROUP_COUNT];
    int64_t counts[1 << INB_SOURCE_GROUP_COUNT] = {0};
    unsigned on = 0;
    for (unsigned h = 1; h < 1u << INB_SOURCE_GROUP_COUNT; h++) {
        for (int i = 0; i < INB_AGE_CLASS_COUNT * INB_SEX_COUNT; i++) {
            counts[h] += seen->histories[i / INB_SEX_COUNT][i % INB_SEX_COUNT][h];
        }
        on |= counts[h] > 0 ? h : 0;
    }
    size_t list_count = 0;
    int64_t packed[1 << INB_SOURCE_GROUP_COUNT] = {0};
    unsigned bit[INB_SOURCE_GROUP_COUNT] = {0};
    for (int i = 0; i < INB_SOURCE_GROUP_COUNT; i++) {
        if ((on >> i & 1) != 0) {
            bit[i] = 1u << list_count;
            names[list_count] = (inb_buffer)INB_BUFFER_INIT(4096);
            inb_i_page_plain(&page->base, &names[list_count], inb_i_source_key(i).text,
                (const char *const[]){NULL});
            lists[list_count] = inb_buffer_get(&names[list_count]);
            list_count++;
        }
    }
    for (unsigned h = 1; h < 1u << INB_SOURCE_GROUP_COUNT; h++) {
        unsigned to = 0;
        for (int i = 0; i < INB_SOURCE_GROUP_COUNT; i++) {
            to |= (h >> i & 1) != 0 ? bit[i] : 0;
        }
        packed[to] += counts[h];
    }
    inb_status status = INB_OK;
    inb_histories *histories = NULL;
    if (page->base.out->status == INB_OK && list_count >= INB_LISTS_LEAST) {
        status = inb_histories_from_counts(lists, list_count, packed, &histories, err);
    }
    if (histories != NULL && histories->groups[0].observed >= INB_SMALL_CELL) {
        inb_i_section(&page->base, "overview.lists.heading", "overview.lists.intro");
        inb_i_page_overlaps(&page->base, histories, false);
        inb_buffer_text(page->base.out, "</section>\n");
    }
    inb_histories_free(histories);
    for (size_t i = 0; i < list_count; i++) {
        inb_buffer_clear(&names[i]);
    }
    return status;
}
