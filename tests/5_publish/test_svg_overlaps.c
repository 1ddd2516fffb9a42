// SPDX-License-Identifier: EUPL-1.2
// Lists and their overlaps: the numbers of the table, small counts shown only where they are
// published, hostile names as text, cells that are no counts said.

#include "publish_help.h"

static char text[1 << 20];

typedef enum what { SVG_LISTS, TABLE_LISTS, SVG_OVERLAPS, TABLE_OVERLAPS, WHAT_COUNT } what;

static void draw(const inb_histories *histories, bool published, what kind, unsigned width) {
    inb_picture picture = place("en", width);
    inb_buffer out = INB_BUFFER_INIT(sizeof text - 1);
    switch (kind) {
    case SVG_LISTS:
        inb_svg_lists(&picture, histories, published, &out);
        break;
    case TABLE_LISTS:
        inb_table_lists(&picture, histories, published, &out);
        break;
    case SVG_OVERLAPS:
        inb_svg_overlaps(&picture, histories, published, &out);
        break;
    default:
        inb_table_overlaps(&picture, histories, published, &out);
        break;
    }
    INB_OK_IS(inb_buffer_check(&out, err));
    check_markup(inb_buffer_get(&out));
    memcpy(text, inb_buffer_get(&out), out.length + 1);
    inb_buffer_clear(&out);
}

#define THREE "A,B,C,count\n1,0,0,1000\n0,1,0,200\n0,0,1,30\n1,1,0,50\n1,0,1,7\n0,1,1,12\n1,1,1,3\n"

INB_TEST(published_numbers) {
    inb_histories *histories = lists_of(THREE);
    draw(histories, true, TABLE_LISTS, INB_PICTURE_DESK);
    ck_assert(
        holds(text, ">A</th><td class=\"p-number\">1,060</td><td class=\"p-number\">1,000</td>"
                    "<td class=\"p-number\">60</td>"));
    draw(histories, true, TABLE_OVERLAPS, INB_PICTURE_DESK);
    const char *most = strstr(text, ">A + B</th><td class=\"p-number\">50</td>");
    const char *least = strstr(text, ">A + B + C</th><td class=\"p-number\">3</td>");
    ck_assert(most != NULL && least != NULL && most < least);
    ck_assert(holds(text, ">A + C</th><td class=\"p-number\">7</td>"));
    draw(histories, true, SVG_OVERLAPS, INB_PICTURE_PHONE);
    // 2 + 2 + 2 + 3 members in four combinations.
    ck_assert_uint_eq(count_of(text, "class=\"p-mark p-s1\""), 9);
    ck_assert_uint_eq(count_of(text, "class=\"p-off\""), 3);
    draw(histories, true, SVG_LISTS, INB_PICTURE_PHONE);
    ck_assert(holds(text, ">1,060</text>"));
    inb_histories_free(histories);
}
INB_END

INB_TEST(small_counts_are_hidden) {
    inb_histories *histories = lists_of(THREE);
    for (what kind = 0; kind < WHAT_COUNT; kind++) {
        draw(histories, false, kind, INB_PICTURE_DESK);
        ck_assert(!holds(text, ">7<") && !holds(text, ">3<"));
        ck_assert(!holds(text, "A + C") && !holds(text, "A + B + C"));
    }
    draw(histories, false, TABLE_OVERLAPS, INB_PICTURE_DESK);
    ck_assert(holds(text, "2 times there are fewer than 11"));
    ck_assert(holds(text, "&lt;11"));
    draw(histories, false, SVG_OVERLAPS, INB_PICTURE_DESK);
    ck_assert_uint_eq(count_of(text, "class=\"p-mark p-s1\""), 4);
    inb_histories_free(histories);
    // A list of few: no number and no bar; a part of few: the bar is not split.
    histories = lists_of("A,B,C,count\n1,0,0,500\n0,1,0,4\n0,0,1,40\n1,0,1,9\n");
    draw(histories, false, SVG_LISTS, INB_PICTURE_DESK);
    ck_assert_uint_eq(count_of(text, "p-whole"), 2);
    ck_assert_uint_eq(count_of(text, "&lt;11</text>"), 1);
    draw(histories, false, TABLE_LISTS, INB_PICTURE_DESK);
    ck_assert(!holds(text, ">4<") && !holds(text, ">9<") && !holds(text, ">500<"));
    ck_assert(!inb_i_has_overlaps(histories, false));
    ck_assert(inb_i_has_overlaps(histories, true));
    draw(histories, false, SVG_OVERLAPS, INB_PICTURE_DESK);
    ck_assert_str_eq(text, "");
    inb_histories_free(histories);
}
INB_END

INB_TEST(eleven_is_shown_and_ten_is_not) {
    inb_histories *histories =
        lists_of("A,B,C,count\n1,0,0,90\n0,1,0,90\n0,0,1,90\n1,1,0,11\n1,0,1,10\n");
    draw(histories, false, TABLE_OVERLAPS, INB_PICTURE_DESK);
    ck_assert(holds(text, ">11<"));
    ck_assert(!holds(text, ">10<"));
    inb_histories_free(histories);
}
INB_END

INB_TEST(hostile_names) {
    inb_buffer file = INB_BUFFER_INIT(1 << 16);
    inb_buffer_text(&file, "<script>alert(1)</script>,\"\"\"q\"\" & 'r'\",");
    for (size_t i = 0; i < 200; i++) {
        inb_buffer_text(&file, "\xc3\xa9");
    }
    inb_buffer_text(&file, ",]]>,count\n1,0,0,0,50\n0,1,0,0,60\n0,0,1,0,70\n0,0,0,1,80\n"
                           "1,1,0,0,20\n0,1,1,0,30\n0,0,1,1,40\n1,1,1,1,12\n");
    inb_histories *histories = lists_of(inb_buffer_get(&file));
    for (what kind = 0; kind < WHAT_COUNT; kind++) {
        for (unsigned phone = 0; phone < 2; phone++) {
            draw(histories, phone != 0, kind, phone ? INB_PICTURE_PHONE : INB_PICTURE_DESK);
            ck_assert(!holds(text, "<script"));
            ck_assert(holds(text, "&lt;script") || holds(text, "&lt;scri"));
        }
    }
    inb_histories_free(histories);
    inb_buffer_clear(&file);
}
INB_END

INB_TEST(cells_that_are_no_counts) {
    inb_histories *histories = lists_of(
        "A,B,C,count\n1,0,0,90\n0,1,0,80\n0,0,1,70\n1,1,0,<=5\n1,0,1,\n0,1,1,-\n1,1,1,20\n");
    draw(histories, true, TABLE_OVERLAPS, INB_PICTURE_DESK);
    ck_assert(holds(text, "3 times the count is not known"));
    inb_histories_free(histories);
}
INB_END

INB_TEST(ten_lists) {
    static const char names[] = "A,B,C,D,E,F,G,H,I,J,count\n";
    inb_buffer file = INB_BUFFER_INIT(1 << 18);
    inb_buffer_text(&file, names);
    for (unsigned h = 1; h < 1024; h++) {
        for (unsigned list = 0; list < 10; list++) {
            inb_buffer_format(&file, "%u,", h >> list & 1);
        }
        inb_buffer_format(&file, "%u\n", h * 37 % 1009);
    }
    inb_histories *histories = lists_of(inb_buffer_get(&file));
    for (what kind = 0; kind < WHAT_COUNT; kind++) {
        draw(histories, true, kind, INB_PICTURE_PHONE);
    }
    double before = INFINITY;
    size_t rows = 0;
    for (const char *at = text; (at = strstr(at, "p-number\">")) != NULL;
         rows += rows > 0 || *at >= '0') {
        at += strlen("p-number\">");
        char *end;
        double number = strtod(at, &end);
        number = *end == ',' ? number * 1000 + strtod(end + 1, NULL) : number;
        if (*at >= '0' && *at <= '9') {
            ck_assert(number <= before);
            before = number;
        }
    }
    ck_assert_uint_ge(rows, 1000);
    inb_histories_free(histories);
    inb_buffer_clear(&file);
}
INB_END

INB_TEST(groups_that_cannot_be_added_up) {
    static const char *const columns[] = {"sex"};
    static const char file[] = "A,B,sex,count\n1,0,m,50\n0,1,m,50\n1,1,m,\n1,0,f,50\n0,1,f,50\n"
                               "1,1,f,20\n";
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_read_memory("h.csv", file, strlen(file), columns, 1, &histories, err));
    ck_assert(!histories->has_pooled);
    for (what kind = 0; kind < WHAT_COUNT; kind++) {
        draw(histories, true, kind, INB_PICTURE_DESK);
        ck_assert_str_eq(text, "");
    }
    ck_assert(!inb_i_has_overlaps(histories, true));
    inb_histories_free(histories);
}
INB_END

INB_TEST_MAIN("5_publish/svg_overlaps", published_numbers, small_counts_are_hidden,
    eleven_is_shown_and_ten_is_not, hostile_names, cells_that_are_no_counts, ten_lists,
    groups_that_cannot_be_added_up)
