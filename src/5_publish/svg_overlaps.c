// SPDX-License-Identifier: EUPL-1.2
// Who is seen by whom: people per list, and people on exactly these lists, after the "UpSet" plot
// of Lex and others 2014 (doi:10.1109/TVCG.2014.2346248). Counts under INB_SMALL_CELL of tables
// that are not published elsewhere are neither drawn nor named. Hiding them alone is no full
// protection.

#include "markup.h"

#include <stdio.h>
#include <string.h>

enum { CELLS_MOST = 1 << INB_LISTS_MOST, LIST_ROW = 46, MATRIX_ROW = 24 };

// The people of the table as a whole; NULL where its groups cannot be added up.
static const inb_history_group *whole(const inb_histories *histories) {
    return histories->group_count == 1 ? &histories->groups[0]
           : histories->has_pooled     ? &histories->pooled
                                       : NULL;
}

static bool is_small(int64_t count, bool published) {
    return !published && count < INB_SMALL_CELL;
}

// The number, or "<11".
static inb_i_number shown(const inb_picture *picture, int64_t count, bool published) {
    inb_i_number number = inb_i_people(picture, (double)count);
    if (is_small(count, published)) {
        snprintf(number.text, sizeof number.text, "<%d", INB_SMALL_CELL);
    }
    return number;
}

// ---- per list ----

typedef struct list_count {
    int64_t people;
    int64_t only;
} list_count;

static list_count count_list(
    const inb_histories *histories, const inb_history_group *group, size_t list) {
    list_count count = {0, 0};
    for (size_t h = 1; h < (size_t)1 << histories->list_count; h++) {
        if ((h >> list & 1) != 0 && group->cells[h].kind == INB_CELL_COUNTED) {
            count.people += group->cells[h].count;
            count.only += h == (size_t)1 << list ? group->cells[h].count : 0;
        }
    }
    return count;
}

// Whether both parts of a list's bar may be told apart.
static bool may_split(list_count count, bool published) {
    return !is_small(count.only, published) && !is_small(count.people - count.only, published);
}

static void rect(inb_buffer *out, const char *class_name, const char *style, double x, double y,
    double width, double height) {
    inb_buffer_format(out, "<rect class=\"%s\" %s", class_name, style);
    inb_i_at(out, "x", x);
    inb_i_at(out, "y", y);
    inb_i_at(out, "width", width);
    inb_i_at(out, "height", height);
    inb_buffer_text(out, "/>\n");
}

static void define_hatch(const inb_picture *picture, inb_buffer *out) {
    inb_buffer_format(out,
        "<defs><pattern id=\"%s-hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
        "patternTransform=\"rotate(45)\"><path class=\"p-s1\" stroke=\"currentColor\" "
        "stroke-width=\"4\" d=\"M0 0V6\"/></pattern></defs>\n",
        picture->id);
}

static void legend(
    const inb_picture *picture, inb_buffer *out, double y, const char *style, const char *key) {
    rect(out, "p-bar p-s1", style, 2, y, 24, 13);
    inb_buffer_text(out, "<text x=\"34\"");
    inb_i_at(out, "y", y + 11);
    inb_buffer_char(out, '>');
    inb_i_text(picture, out, key);
    inb_buffer_text(out, "</text>\n");
}

static void open_plain(const inb_picture *picture, inb_buffer *out, double height,
    const char *title_key, const char *description_key, const char *const *arguments) {
    inb_buffer title = INB_BUFFER_INIT(64 * 1024);
    inb_buffer description = INB_BUFFER_INIT(64 * 1024);
    inb_i_say_plain(picture, &title, title_key, arguments);
    inb_i_say_plain(picture, &description, description_key, arguments);
    if (out->status == INB_OK) {
        out->status = title.status != INB_OK ? title.status : description.status;
    }
    inb_i_svg_open(picture, out, height, inb_buffer_get(&title), inb_buffer_get(&description));
    inb_buffer_clear(&title);
    inb_buffer_clear(&description);
}

void inb_svg_lists(
    const inb_picture *picture, const inb_histories *histories, bool published, inb_buffer *out) {
    const inb_history_group *group = whole(histories);
    if (group == NULL) {
        return;
    }
    double highest = 1;
    for (size_t list = 0; list < histories->list_count; list++) {
        double people = (double)count_list(histories, group, list).people;
        highest = people > highest ? people : highest;
    }
    double width = picture->width - 4.0;
    bool phone = picture->width < INB_PICTURE_DESK;
    inb_i_number observed = shown(picture, group->observed, published);
    open_plain(picture, out, 52 + (double)histories->list_count * LIST_ROW, "report.lists.title",
        "report.lists.desc", (const char *const[]){observed.text, NULL});
    define_hatch(picture, out);
    char hatched[128];
    snprintf(
        hatched, sizeof hatched, "fill=\"url(#%s-hatch)\" stroke=\"currentColor\"", picture->id);
    legend(picture, out, 2, "stroke=\"currentColor\"", "report.lists.only");
    legend(picture, out, 22, hatched, "report.lists.also");
    for (size_t list = 0; list < histories->list_count; list++) {
        list_count count = count_list(histories, group, list);
        double y = 52 + (double)list * LIST_ROW;
        inb_i_svg_text(out, 2, y + 10, "start", "p-strong",
            inb_i_shorten(histories->lists[list], phone ? 32 : 64).text);
        inb_i_svg_text(out, picture->width - 2.0, y + 10, "end", NULL,
            shown(picture, count.people, published).text);
        if (is_small(count.people, published)) {
            continue; // a bar of any length would tell the number
        }
        double people = (double)count.people / highest * width;
        double only = (double)count.only / highest * width;
        if (!may_split(count, published)) {
            rect(out, "p-bar p-whole", "fill-opacity=\".3\" stroke=\"currentColor\"", 2, y + 17,
                people, 15);
            continue;
        }
        rect(out, "p-bar p-s1", hatched, 2, y + 17, people, 15);
        rect(out, "p-bar p-s1", "stroke=\"currentColor\"", 2, y + 17, only, 15);
    }
    inb_buffer_text(out, "</svg>\n");
}

static void head(const inb_picture *picture, inb_buffer *out, const char *caption,
    const char *const *keys, size_t count) {
    inb_buffer_text(out, "<table class=\"p-table\"><caption>");
    inb_i_text(picture, out, caption);
    inb_buffer_text(out, "</caption>\n<thead><tr>");
    for (size_t i = 0; i < count; i++) {
        inb_buffer_text(
            out, i > 0 ? "<th scope=\"col\" class=\"p-number\">" : "<th scope=\"col\">");
        inb_i_text(picture, out, keys[i]);
        inb_buffer_text(out, "</th>");
    }
    inb_buffer_text(out, "</tr></thead>\n<tbody>\n");
}

static void number_cell(inb_buffer *out, const char *text) {
    inb_buffer_text(out, "<td class=\"p-number\">");
    inb_i_escape(out, text);
    inb_buffer_text(out, "</td>");
}

void inb_table_lists(
    const inb_picture *picture, const inb_histories *histories, bool published, inb_buffer *out) {
    static const char *const keys[] = {
        "report.column.list", "report.column.people", "report.lists.only", "report.lists.also"};
    const inb_history_group *group = whole(histories);
    if (group == NULL) {
        return;
    }
    head(picture, out, "report.lists.caption", keys, sizeof keys / sizeof keys[0]);
    for (size_t list = 0; list < histories->list_count; list++) {
        list_count count = count_list(histories, group, list);
        inb_buffer_text(out, "<tr><th scope=\"row\">");
        inb_i_escape(out, histories->lists[list]);
        inb_buffer_text(out, "</th>");
        number_cell(out, shown(picture, count.people, published).text);
        bool split = may_split(count, published) && !is_small(count.people, published);
        number_cell(out, split ? inb_i_people(picture, (double)count.only).text : "\xe2\x80\x93");
        number_cell(out, split ? inb_i_people(picture, (double)(count.people - count.only)).text
                               : "\xe2\x80\x93");
        inb_buffer_text(out, "</tr>\n");
    }
    inb_buffer_text(out, "</tbody></table>\n");
}

// ---- combinations ----

typedef struct combination {
    inb_list_set set;
    int64_t count;
} combination;

typedef struct combinations {
    combination items[CELLS_MOST]; // two lists or more, shown, the most people first
    size_t count;
    size_t hidden;  // unpublished small ones, none included
    size_t unknown; // censored, missing or impossible
} combinations;

static bool comes_before(const combination *one, const combination *other) {
    return one->count != other->count ? one->count > other->count : one->set < other->set;
}

static void collect(const inb_histories *histories, const inb_history_group *group, bool published,
    combinations *ret_all) {
    ret_all->count = 0;
    ret_all->hidden = 0;
    ret_all->unknown = 0;
    for (size_t h = 1; h < (size_t)1 << histories->list_count; h++) {
        if ((h & (h - 1)) == 0) {
            continue;
        }
        combination one = {(inb_list_set)h, group->cells[h].count};
        if (group->cells[h].kind != INB_CELL_COUNTED) {
            ret_all->unknown++;
        } else if (is_small(one.count, published)) {
            ret_all->hidden++;
        } else if (one.count > 0) {
            // Insertion keeps the order: at most 1,013 combinations.
            size_t at = ret_all->count++;
            for (; at > 0 && comes_before(&one, &ret_all->items[at - 1]); at--) {
                ret_all->items[at] = ret_all->items[at - 1];
            }
            ret_all->items[at] = one;
        }
    }
}

bool inb_i_has_overlaps(const inb_histories *histories, bool published) {
    const inb_history_group *group = whole(histories);
    combinations all = {.count = 0};
    if (group != NULL) {
        collect(histories, group, published, &all);
    }
    return all.count > 0;
}

typedef struct matrix {
    const inb_picture *picture;
    const inb_histories *histories;
    inb_buffer *out;
    double left;
    double column;
    double top;    // of the bars
    double bottom; // of the bars
    double highest;
} matrix;

static double column_at(const matrix *m, size_t index) {
    return m->left + ((double)index + 0.5) * m->column;
}

static double row_at(const matrix *m, size_t list) {
    return m->bottom + 18 + (double)list * MATRIX_ROW;
}

static void dot(matrix *m, double x, double y, bool member) {
    inb_buffer_format(m->out, "<circle class=\"%s\"%s r=\"%s\"", member ? "p-mark p-s1" : "p-off",
        member ? "" : " fill=\"none\" stroke=\"currentColor\" stroke-opacity=\".45\"",
        member ? "6" : "4");
    inb_i_at(m->out, "cx", x);
    inb_i_at(m->out, "cy", y);
    inb_buffer_text(m->out, "/>\n");
}

static void draw_combination(matrix *m, const combination *one, size_t index, bool upright_text) {
    double x = column_at(m, index);
    double height = (double)one->count / m->highest * (m->bottom - m->top);
    double bar = m->column * 0.66;
    rect(m->out, "p-bar p-s1", "stroke=\"currentColor\"", x - bar / 2, m->bottom - height, bar,
        height);
    inb_i_number number = inb_i_people(m->picture, (double)one->count);
    if (upright_text) {
        inb_i_svg_text(m->out, x, m->bottom - height - 5, "middle", "p-value", number.text);
    } else {
        inb_buffer_text(m->out, "<text class=\"p-value\" transform=\"translate(");
        inb_i_coordinate(m->out, x + 4);
        inb_buffer_char(m->out, ' ');
        inb_i_coordinate(m->out, m->bottom - height - 5);
        inb_buffer_format(m->out, ") rotate(-90)\">%s</text>\n", number.text);
    }
    size_t first = SIZE_MAX;
    size_t last = 0;
    for (size_t list = 0; list < m->histories->list_count; list++) {
        if ((one->set >> list & 1) != 0) {
            first = first == SIZE_MAX ? list : first;
            last = list;
        }
    }
    inb_buffer_text(m->out, "<path class=\"p-line p-s1\" fill=\"none\" stroke=\"currentColor\" "
                            "stroke-width=\"2\" d=\"M");
    inb_i_coordinate(m->out, x);
    inb_buffer_char(m->out, ' ');
    inb_i_coordinate(m->out, row_at(m, first));
    inb_buffer_char(m->out, 'V');
    inb_i_coordinate(m->out, row_at(m, last));
    inb_buffer_text(m->out, "\"/>\n");
    for (size_t list = 0; list < m->histories->list_count; list++) {
        dot(m, x, row_at(m, list), (one->set >> list & 1) != 0);
    }
}

void inb_svg_overlaps(
    const inb_picture *picture, const inb_histories *histories, bool published, inb_buffer *out) {
    const inb_history_group *group = whole(histories);
    combinations all;
    if (group == NULL) {
        return;
    }
    collect(histories, group, published, &all);
    if (all.count == 0) {
        return;
    }
    bool phone = picture->width < INB_PICTURE_DESK;
    size_t most = phone ? 11 : 22;
    size_t drawn = all.count < most ? all.count : most;
    size_t longest = 0;
    for (size_t list = 0; list < histories->list_count; list++) {
        size_t length = strlen(histories->lists[list]);
        longest = length > longest ? length : longest;
    }
    size_t letters = longest < (phone ? 9U : 22U) ? longest : (phone ? 9U : 22U);
    matrix m = {.picture = picture, .histories = histories, .out = out, .top = 40, .bottom = 180};
    m.left = 16 + 9.4 * (double)letters;
    m.column = (picture->width - m.left - 6) / (double)drawn;
    m.column = m.column > 44 ? 44 : m.column;
    m.highest = (double)all.items[0].count;
    inb_i_number kinds[2] = {
        inb_i_people(picture, (double)drawn), inb_i_people(picture, (double)all.count)};
    open_plain(picture, out, m.bottom + 12 + (double)histories->list_count * MATRIX_ROW,
        "report.overlaps.title", "report.overlaps.desc",
        (const char *const[]){kinds[0].text, kinds[1].text, NULL});
    for (size_t list = 0; list < histories->list_count; list++) {
        if (list % 2 == 0) {
            rect(out, "p-stripe", "fill-opacity=\".06\"", 0, row_at(&m, list) - MATRIX_ROW / 2.0,
                picture->width, MATRIX_ROW);
        }
        inb_i_svg_text(out, m.left - 8, row_at(&m, list) + 4.5, "end", "p-strong",
            inb_i_shorten(histories->lists[list], letters).text);
    }
    inb_i_number widest = inb_i_people(picture, m.highest);
    bool upright = 7.0 * (double)strlen(widest.text) <= m.column;
    for (size_t i = 0; i < drawn; i++) {
        draw_combination(&m, &all.items[i], i, upright);
    }
    inb_buffer_text(out, "</svg>\n");
}

static void write_lists(inb_buffer *out, const inb_histories *histories, inb_list_set set) {
    const char *between = "";
    for (size_t list = 0; list < histories->list_count; list++) {
        if ((set >> list & 1) != 0) {
            inb_buffer_text(out, between);
            inb_i_escape(out, histories->lists[list]);
            between = " + ";
        }
    }
}

void inb_table_overlaps(
    const inb_picture *picture, const inb_histories *histories, bool published, inb_buffer *out) {
    static const char *const keys[] = {"report.column.lists", "report.column.people"};
    const inb_history_group *group = whole(histories);
    combinations all;
    if (group == NULL) {
        return;
    }
    collect(histories, group, published, &all);
    head(picture, out, "report.overlaps.caption", keys, sizeof keys / sizeof keys[0]);
    for (size_t i = 0; i < all.count; i++) {
        inb_buffer_text(out, "<tr><th scope=\"row\">");
        write_lists(out, histories, all.items[i].set);
        inb_buffer_text(out, "</th>");
        number_cell(out, inb_i_people(picture, (double)all.items[i].count).text);
        inb_buffer_text(out, "</tr>\n");
    }
    struct {
        size_t count;
        const char *key;
        const char *number;
    } const rest[] = {{all.hidden, "report.overlaps.hidden", "<11"},
        {all.unknown, "report.overlaps.unknown", "?"}};
    for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++) {
        if (rest[i].count > 0) {
            inb_i_number count = inb_i_people(picture, (double)rest[i].count);
            inb_buffer_text(out, "<tr><th scope=\"row\">");
            INB_SAY(picture, out, rest[i].key, count.text);
            inb_buffer_text(out, "</th>");
            number_cell(out, rest[i].number);
            inb_buffer_text(out, "</tr>\n");
        }
    }
    inb_buffer_text(out, "</tbody></table>\n");
}
