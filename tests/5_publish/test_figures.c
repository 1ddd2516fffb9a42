// SPDX-License-Identifier: EUPL-1.2
// Reading published figures: years, values and ranges as they are written, and every slip of the
// pen refused at its line and column.

#include "publish_help.h"

#include "inb_sweep.h"

#include <inbeeld/rng.h>

#define HEAD "year,measure,group,value,series,source,note\n"
#define READ(text) read_text((text), strlen(text), err)

static inb_status read_text(const char *text, size_t length, inb_error *err) {
    inb_public_figures *figures = NULL;
    inb_status status = inb_public_figures_read_memory("f.csv", text, length, &figures, err);
    ck_assert(status == INB_OK || figures == NULL);
    inb_public_figures_free(figures);
    return status;
}

INB_TEST(the_embedded_file) {
    inb_public_figures *figures = NULL;
    INB_OK_IS(inb_public_figures_embedded(&figures, err));
    ck_assert_uint_eq(figures->count, 186);
    ck_assert_str_eq(figures->name, "data/figures.csv");
    const inb_public_figure *first = &figures->rows[0];
    ck_assert_int_eq(first->first_year, 2007);
    ck_assert_int_eq(first->last_year, 2007);
    ck_assert(first->has_number && first->number == 716 && !first->has_range);
    ck_assert_uint_eq(first->line, 2);
    size_t ranges = 0;
    for (size_t i = 0; i < figures->count; i++) {
        const inb_public_figure *row = &figures->rows[i];
        ck_assert(row->source[0] != '\0');
        if (strcmp(row->value, "4000 - 6300/7000") == 0) {
            ck_assert(row->has_range && row->low == 4000 && row->high == 7000);
            ranges++;
        }
        if (strcmp(row->year, "2015-mid 2019") == 0) {
            ck_assert(row->first_year == 0 && row->last_year == 0);
        }
    }
    ck_assert_uint_eq(ranges, 1);
    inb_public_figures_free(figures);
}
INB_END

INB_TEST(years_and_values) {
    inb_public_figures *figures = figures_of("\xef\xbb\xbf" HEAD "2014,m,g,1.5,a-1,s,n\n"
                                             "2016-2020,m,g,5000-7500,,s,\n"
                                             "2023-11,m,g,16%,,s,\nvarious,m,g,2/3,,s,\n"
                                             "undated,m,g,10 - 5,,s,\n2020,m,g,.5,,s,\n"
                                             "2020,m,g,5.,,s,\n2020,m,g,1-2-3,,s,\n"
                                             "2020,m,g,1e5,,s,\n2020,m,g,-5,,s,\n");
    static const struct {
        int first;
        int last;
        bool number;
        bool range;
    } wanted[] = {{2014, 2014, true, false}, {2016, 2020, false, true}, {0, 0, false, false},
        {0, 0, false, false}, {0, 0, false, false}, {2020, 2020, false, false},
        {2020, 2020, false, false}, {2020, 2020, false, false}, {2020, 2020, false, false},
        {2020, 2020, false, false}};
    ck_assert_uint_eq(figures->count, sizeof wanted / sizeof wanted[0]);
    for (size_t i = 0; i < figures->count; i++) {
        const inb_public_figure *row = &figures->rows[i];
        ck_assert_int_eq(row->first_year, wanted[i].first);
        ck_assert_int_eq(row->last_year, wanted[i].last);
        ck_assert_msg(row->has_number == wanted[i].number, "%s", row->value);
        ck_assert_msg(row->has_range == wanted[i].range, "%s", row->value);
    }
    ck_assert(figures->rows[0].number == 1.5);
    inb_public_figures_free(figures);
}
INB_END

INB_TEST(slips_are_refused_at_their_place) {
    INB_FAILS(READ(HEAD "2O14,m,g,1,,s,\n"), INB_BAD_INPUT, "f.csv:2:1: found '2O14', expected a");
    INB_FAILS(READ(HEAD "2014,m,g,1,,s,\n2016-2014,m,g,1,,s,\n"), INB_BAD_INPUT, "f.csv:3:1: ");
    INB_FAILS(READ(HEAD "1899,m,g,1,,s,\n"), INB_BAD_INPUT, "f.csv:2:1: ");
    INB_FAILS(READ(HEAD "2014-13,m,g,1,,s,\n"), INB_BAD_INPUT, "f.csv:2:1: ");
    INB_FAILS(READ(HEAD "2014--1,m,g,1,,s,\n"), INB_BAD_INPUT, "f.csv:2:1: ");
    INB_FAILS(READ(HEAD ",m,g,1,,s,\n"), INB_BAD_INPUT, "f.csv:2:1: ");
    INB_FAILS(READ(HEAD "2014,,g,1,,s,\n"), INB_BAD_INPUT, "f.csv:2:6: found no measure");
    INB_FAILS(READ(HEAD "2014,m,,1,,s,\n"), INB_BAD_INPUT, "f.csv:2:8: found no group");
    INB_FAILS(READ(HEAD "2014,m,g,,,s,\n"), INB_BAD_INPUT, "f.csv:2:10: found no value");
    INB_FAILS(READ(HEAD "2014,m,g,1,,,\n"), INB_BAD_INPUT, "f.csv:2:13: found no source");
    INB_FAILS(READ(HEAD "2014,m,g,1,CoMensha,s,\n"), INB_BAD_INPUT, "f.csv:2:12: found 'CoMensha'");
    INB_FAILS(READ(HEAD "2014,\"m\nx\",g,1,,s,\n"), INB_BAD_INPUT, "control character (0x0a)");
    INB_FAILS(READ(HEAD "2014,m,g,1,,s\n"), INB_BAD_INPUT, "f.csv:2");
    INB_FAILS(READ("year,measure,group,value,source,note\n"), INB_BAD_INPUT,
        "f.csv:1:1: found no column 'series'");
    INB_FAILS(READ(""), INB_BAD_INPUT, "f.csv:1");
    char text[4096] = HEAD "2014,m,g,1,,s,";
    size_t length = strlen(text);
    memset(text + length, 'x', 2001);
    INB_FAILS(read_text(text, length + 2001, err), INB_BAD_INPUT, "found 2001 bytes");
    INB_FAILS(inb_public_figures_read("/nowhere/f.csv", &(inb_public_figures *){NULL}, err),
        INB_BAD_INPUT, "/nowhere/f.csv");
}
INB_END

// Any bytes give figures or a complaint that begins with the file and a line.
INB_TEST(hostile_bytes) {
    static const char pieces[][12] = {"2014", ",", "\n", "\"", "-", "total", "1e999", "\r", ";",
        "\xff", "16%", "%n%s", "comensha", "https://a", "9999999999", "mid "};
    for (uint64_t seed = 0; seed < 3000; seed++) {
        inb_rng rng = inb_rng_make(seed, 7);
        char text[2048] = HEAD;
        size_t length = strlen(text);
        for (size_t i = 0; i < 60; i++) {
            const char *piece = pieces[inb_rng_below(&rng, sizeof pieces / sizeof pieces[0])];
            memcpy(text + length, piece, strlen(piece));
            length += strlen(piece);
        }
        inb_error err = INB_ERROR_INIT;
        if (read_text(text, length, &err) != INB_OK) {
            ck_assert_msg(strncmp(err.message, "f.csv:", 6) == 0, "%s", err.message);
        }
    }
}
INB_END

static inb_status once(inb_error *err) {
    return READ(HEAD "2014,m,g,1,a,s,\n2015,m,g,1-2,a,s,note\n");
}

INB_TEST(memory_running_out) {
    INB_SWEEP(once(err));
    inb_public_figures_free(NULL);
}
INB_END

INB_TEST_MAIN("5_publish/figures", the_embedded_file, years_and_values,
    slips_are_refused_at_their_place, hostile_bytes, memory_running_out)
