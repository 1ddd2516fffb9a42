// SPDX-License-Identifier: EUPL-1.2
// Escaping against hostile text, numbers in two languages, texts filled in, axes, links.

#include "publish_help.h"

static const char *escaped(const char *text) {
    static inb_buffer out = INB_BUFFER_INIT(1 << 16);
    inb_buffer_reset(&out);
    inb_i_escape(&out, text);
    ck_assert_int_eq(out.status, INB_OK);
    return inb_buffer_get(&out);
}

INB_TEST(escaping) {
    ck_assert_str_eq(
        escaped("<script>\"&'</script>"), "&lt;script&gt;&quot;&amp;&#39;&lt;/script&gt;");
    ck_assert_str_eq(escaped("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"),
        "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80");
    ck_assert_str_eq(escaped("a\x01"
                             "b\x7f"),
        "a\xef\xbf\xbd"
        "b\xef\xbf\xbd");
    ck_assert_str_eq(escaped("\xff<\xc3"), "\xef\xbf\xbd&lt;\xef\xbf\xbd");
    ck_assert_str_eq(escaped("\xef\xbf\xbe"), "\xef\xbf\xbd");
    ck_assert_str_eq(escaped(""), "");
}
INB_END

INB_TEST(numbers) {
    inb_picture nl = place("nl", INB_PICTURE_DESK);
    inb_picture en = place("en", INB_PICTURE_DESK);
    ck_assert_str_eq(inb_i_people(&nl, 0).text, "0");
    ck_assert_str_eq(inb_i_people(&nl, 999.4).text, "999");
    ck_assert_str_eq(inb_i_people(&nl, 999.5).text, "1.000");
    ck_assert_str_eq(inb_i_people(&en, 121521.6137).text, "121,522");
    ck_assert_str_eq(inb_i_people(&en, 1234567).text, "1,234,567");
    ck_assert_str_eq(inb_i_people(&en, -1234).text, "-1,234");
    ck_assert_str_eq(inb_i_people(&en, -0.2).text, "0");
    ck_assert_str_eq(inb_i_people(&en, INFINITY).text, "?");
    ck_assert_str_eq(inb_i_people(&en, 1e300).text, "?");
    ck_assert_str_eq(inb_i_decimal(&nl, 2.296, 1).text, "2,3");
    ck_assert_str_eq(inb_i_decimal(&en, 0.05, 2).text, "0.05");
    ck_assert_str_eq(inb_i_decimal(&en, 1234.5678, 3).text, "1,234.568");
}
INB_END

static const char *coordinate(double value) {
    static inb_buffer out = INB_BUFFER_INIT(64);
    inb_buffer_reset(&out);
    inb_i_coordinate(&out, value);
    return inb_buffer_get(&out);
}

INB_TEST(coordinates) {
    ck_assert_str_eq(coordinate(1), "1");
    ck_assert_str_eq(coordinate(-0.5), "-0.5");
    ck_assert_str_eq(coordinate(12.345), "12.35");
    ck_assert_str_eq(coordinate(0.05), "0.05");
    ck_assert_str_eq(coordinate(NAN), "0");
}
INB_END

INB_TEST(texts_filled_in) {
    inb_picture picture = place("en", INB_PICTURE_DESK);
    inb_buffer out = INB_BUFFER_INIT(1 << 16);
    INB_SAY(&picture, &out, "report.forest.value.interval", "<5>", "{1}", "c");
    ck_assert_str_eq(inb_buffer_get(&out), "&lt;5&gt; ({1} to c)");
    inb_buffer_reset(&out);
    // An argument that was not given stays visible.
    INB_SAY(&picture, &out, "report.forest.value.interval", "a");
    ck_assert_str_eq(inb_buffer_get(&out), "a ({2} to {3})");
    inb_buffer_reset(&out);
    inb_i_text(&picture, &out, "report.no.such.key");
    ck_assert_int_eq(out.status, INB_BAD_CATALOGUE);
    INB_FAILS(inb_buffer_check(&out, err), INB_BAD_CATALOGUE, "");
    inb_buffer_reset(&out);
    INB_SAY(&picture, &out, "report.no.such.key", "a");
    ck_assert_int_eq(out.status, INB_BAD_CATALOGUE);
    inb_buffer_reset(&out);
    ck_assert(inb_i_has_text(&picture, "report.title"));
    ck_assert(!inb_i_has_text(&picture, "report.no.such.key"));
    inb_buffer_clear(&out);
}
INB_END

INB_TEST(texts_of_the_data) {
    inb_picture nl = place("nl", INB_PICTURE_DESK);
    inb_picture en = place("en", INB_PICTURE_DESK);
    inb_buffer out = INB_BUFFER_INIT(1 << 16);
    inb_i_data_text(&nl, &out, "note", "+40% on 2011");
    ck_assert_str_eq(inb_buffer_get(&out), "40% meer dan in 2011.");
    inb_buffer_reset(&out);
    inb_i_data_text(&en, &out, "note", "+40% on 2011");
    ck_assert_str_eq(inb_buffer_get(&out), "40% more than in 2011.");
    inb_buffer_reset(&out);
    inb_i_data_text(&en, &out, "note", "<b>new</b>");
    ck_assert_str_eq(inb_buffer_get(&out), "&lt;b&gt;new&lt;/b&gt;");
    inb_buffer_reset(&out);
    inb_i_data_text(&nl, &out, "note", "<b>new</b>");
    ck_assert_str_eq(inb_buffer_get(&out), "<span lang=\"en\">&lt;b&gt;new&lt;/b&gt;</span>");
    inb_buffer_reset(&out);
    inb_i_data_plain(&nl, &out, "group", "total");
    ck_assert_str_eq(inb_buffer_get(&out), "totaal");
    inb_buffer_clear(&out);
    inb_series series = {.id = "mine", .key = "report.series.mine"};
    ck_assert_str_eq(inb_i_series_name(&nl, &series), "mine");
    series.key = "report.series.rapporteur";
    ck_assert_str_eq(inb_i_series_name(&en, &series), "National Rapporteur");
}
INB_END

INB_TEST(shortening) {
    ck_assert_str_eq(inb_i_shorten("abc", 3).text, "abc");
    ck_assert_str_eq(inb_i_shorten("abcd", 3).text, "ab\xe2\x80\xa6");
    ck_assert_str_eq(
        inb_i_shorten("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", 2).text, "\xc3\xa9\xe2\x80\xa6");
    char text[301];
    memset(text, 'x', 300);
    text[300] = '\0';
    ck_assert_uint_eq(strlen(inb_i_shorten(text, 64).text), 66);
    for (size_t i = 0; i + 4 <= 300; i += 4) {
        memcpy(text + i, "\xf0\x9f\x98\x80", 4);
    }
    ck_assert_uint_eq(strlen(inb_i_shorten(text, 64).text), 63 * 4 + 3);
}
INB_END

INB_TEST(axes) {
    const double highest[] = {0, 1, 3, 7, 79, 944, 1700, 121521.6, 1e12};
    for (size_t i = 0; i < sizeof highest / sizeof highest[0]; i++) {
        inb_i_axis axis = inb_i_axis_linear(highest[i], 5, 10, 300);
        ck_assert(axis.from == 0 && axis.to >= highest[i] && axis.step >= 1);
        ck_assert(axis.to / axis.step <= 6);
        INB_NEAR_ABS(inb_i_axis_place(&axis, 0), 10, 1e-9);
        INB_NEAR_ABS(inb_i_axis_place(&axis, axis.to), 310, 1e-9);
        INB_NEAR_ABS(inb_i_axis_place(&axis, axis.to / 2), 160, 1e-9);
        INB_NEAR_ABS(inb_i_axis_place(&axis, -5), 10, 1e-9);
    }
    inb_i_axis axis = inb_i_axis_logarithmic(85, 121521.6, 10, 300);
    ck_assert(axis.logarithmic && axis.from == 10 && axis.to == 1e6);
    INB_NEAR_ABS(inb_i_axis_place(&axis, 10), 10, 1e-9);
    INB_NEAR_ABS(inb_i_axis_place(&axis, 100), 70, 1e-9);
    INB_NEAR_ABS(inb_i_axis_place(&axis, 0), 10, 1e-9);
    axis = inb_i_axis_logarithmic(1000, 1000, 0, 1);
    ck_assert(axis.to > axis.from);
}
INB_END

INB_TEST(lines_and_the_axis) {
    inb_buffer out = INB_BUFFER_INIT(4096);
    inb_picture picture = place("nl", 100);
    inb_i_axis axis = inb_i_axis_linear(10, 5, 2, 90.5);
    inb_i_line_across(&out, "p-a", NULL, 1, 2, 3);
    inb_i_line_up(&out, "p-b", "q=\"1\"", 1.5, 2, 3);
    inb_i_line(&out, "p-c", NULL, 1, 2, 3, 4);
    inb_i_axis_line(&out, &axis, 20);
    inb_i_axis_number(&picture, &out, 5000, 98, 20, 4); // five characters: kept inside
    inb_i_axis_number(&picture, &out, 5, 1, 20, 4);
    inb_i_axis_number(&picture, &out, 5, 50, 20, 4);
    ck_assert_str_eq(inb_buffer_get(&out),
        "<path class=\"p-a\" fill=\"none\" stroke=\"currentColor\" d=\"M1 2H3\"/>\n"
        "<path class=\"p-b\" fill=\"none\" stroke=\"currentColor\" q=\"1\" d=\"M1.5 2V3\"/>\n"
        "<path class=\"p-c\" fill=\"none\" stroke=\"currentColor\" d=\"M1 2L3 4\"/>\n"
        "<path class=\"p-grid\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\".6\" "
        "d=\"M2 20H92.5\"/>\n"
        "<text x=\"80\" y=\"37\" text-anchor=\"middle\" class=\"p-tick\">5.000</text>\n"
        "<text x=\"4\" y=\"37\" text-anchor=\"middle\" class=\"p-tick\">5</text>\n"
        "<text x=\"50\" y=\"37\" text-anchor=\"middle\" class=\"p-tick\">5</text>\n");
    inb_buffer_clear(&out);
}
INB_END

static const char *source(const char *text) {
    static inb_buffer out = INB_BUFFER_INIT(1 << 16);
    inb_buffer_reset(&out);
    inb_i_source(&out, text);
    return inb_buffer_get(&out);
}

INB_TEST(links) {
    ck_assert_str_eq(source("https://www.nrc.nl/a?b=1&c=2"),
        "<a rel=\"noopener noreferrer external\" "
        "href=\"https://www.nrc.nl/a?b=1&amp;c=2\">nrc.nl</a>");
    ck_assert_str_eq(source("http://x.nl"),
        "<a rel=\"noopener noreferrer external\" href=\"http://x.nl\">x.nl</a>");
    static const char *const no_links[] = {"javascript:alert(1)", "https://", "https:///x",
        "https://good.nl@evil.nl/", "https://a b", "https://a\"onclick=x", "data:text/html,x",
        "//x.nl", "https://x.nl ; https://y.nl", "HTTPS://x.nl", "https://caf\xc3\xa9.nl"};
    for (size_t i = 0; i < sizeof no_links / sizeof no_links[0]; i++) {
        ck_assert_msg(!holds(source(no_links[i]), "<a"), "%s", no_links[i]);
    }
    inb_buffer out = INB_BUFFER_INIT(4096);
    inb_i_source_whole(&out, "https://x.nl/y");
    ck_assert(holds(inb_buffer_get(&out), ">https://x.nl/y</a>"));
    inb_buffer_clear(&out);
}
INB_END

INB_TEST_MAIN("5_publish/markup", escaping, numbers, coordinates, texts_filled_in,
    texts_of_the_data, shortening, axes, lines_and_the_axis, links)
