// SPDX-License-Identifier: EUPL-1.2
// The check of the norm: ours has no gap, and each kind of gap is made once in a copy and found,
// named by file and id.

#include "weigh_help.h"

#include "base/alloc.h"
#include "inb_sweep.h"

static size_t gaps_of(const char *dir, inb_buffer *text) {
    size_t gaps = SIZE_MAX;
    inb_buffer_reset(text);
    INB_OK_IS(inb_catalogue_check(dir, text, &gaps, err));
    size_t lines = 0;
    for (size_t i = 0; i < text->length; i++) {
        lines += text->data[i] == '\n' ? 1 : 0;
    }
    ck_assert_uint_eq(lines, gaps);
    return gaps;
}

INB_TEST(the_norm_has_no_gap) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 20);
    size_t gaps = gaps_of(NULL, &text);
    ck_assert_msg(gaps == 0, "%s", inb_buffer_get(&text));
}
INB_END

static void found(const struct copy *copy, const char *what, const char *words, bool alone) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 20);
    size_t gaps = gaps_of(copy->dir, &text);
    ck_assert_msg(gaps > 0, "%s: no gap is found", what);
    ck_assert_msg(!alone || gaps == 1, "%s: %s", what, inb_buffer_get(&text));
    ck_assert_msg(strstr(inb_buffer_get(&text), words) != NULL, "%s: no '%s' in %s", what, words,
        inb_buffer_get(&text));
}

static const char hard[] =
    "Onverantwoordelijkheidsgevoelens karakteriseren dienstverleningsovereenkomsten betreffende "
    "uitbuitingsomstandigheden binnen arbeidsmigrantenhuisvestingsproblematiek voortdurend.";
static const char long_sentence[] =
    "een twee drie vier vijf zes zeven acht negen tien elf twaalf een twee drie vier vijf zes "
    "zeven acht negen tien elf twaalf";

// A cell that is changed, and the gap it makes. `alone`: it makes no other.
static const struct {
    const char *file, *row, *column, *value, *words;
    bool alone;
} cells[] = {
    // A text of a language is missing, empty, or stands in one language only.
    {"texts/nl/indicators.csv", "indicator.D1-01.label", "text", "",
        "texts/nl: no text 'indicator.D1-01.label'", true},
    {"texts/en/indicators.csv", "indicator.D1-01.question", "key", "indicator.D1-01.hidden",
        "texts/en: no text 'indicator.D1-01.question'", false},
    {"texts/en/indicators.csv", "indicator.D1-01.question", "key", "indicator.D1-01.hidden",
        "'indicator.D1-01.hidden' has no text in 'nl'", false},
    {"texts/nl/norm.csv", "form.labour", "text", "", "texts/nl: no text 'form.labour'", true},
    {"texts/nl/norm.csv", "role.suspect_under12", "text", "", "no text 'role.suspect_under12'",
        true},
    {"texts/nl/indicators.csv", "dimension.D3", "text", "", "no text 'dimension.D3'", true},
    {"texts/nl/norm.csv", "reporter.school", "text", "", "no text 'reporter.school'", true},
    {"texts/nl/norm.csv", "route.fairwork.what", "text", "", "no text 'route.fairwork.what'", true},
    {"texts/nl/norm.csv", "why.danger", "text", "", "no text 'why.danger'", true},
    {"texts/nl/norm.csv", "do.talk_alone", "text", "", "no text 'do.talk_alone'", true},
    // Reading level, and words that are not used.
    {"texts/nl/norm.csv", "do.talk_alone", "text", hard, "'do.talk_alone' reads at", true},
    {"texts/nl/norm.csv", "do.talk_alone", "text", long_sentence,
        "'do.talk_alone' has a sentence of 24 words, expected at most 22", true},
    {"texts/nl/norm.csv", "do.talk_alone", "text", "Noem niemand illegaal.",
        "'do.talk_alone' holds 'illegaal', expected 'zonder papieren'", true},
    {"texts/nl/norm.csv", "do.talk_alone", "text", "ILLEGAAL", "holds 'illegaal'", true},
    {"texts/en/norm.csv", "do.talk_alone", "text", "Never say illegals here.",
        "'do.talk_alone' holds 'illegals'", true},
    // Tables: a source, a date, a review, a reason.
    {"indicators.csv", "D1-01", "source", "", "column 'source' of 'D1-01'", true},
    {"indicators.csv", "D1-01", "as_of", "", "column 'as_of' of 'D1-01'", true},
    {"indicators.csv", "D1-01", "as_of", "soon", "column 'as_of' of 'D1-01'", true},
    {"indicators.csv", "D1-01", "review_reason", "", "column 'review_reason' of 'D1-01'", true},
    {"indicators.csv", "D1-01", "elements_reason", "", "column 'elements_reason' of 'D1-01'", true},
    {"dimensions.csv", "D2", "rule", "", "column 'rule' of 'D2'", true},
    {"dimensions.csv", "D6", "id", "D7", "dimensions.csv: no row for 'D6'", true},
    {"dimensions.csv", "D6", "id", "D5", "dimensions.csv: no row for 'D6'", true},
    {"forms.csv", "organ", "law", "", "column 'law' of 'organ'", true},
    {"forms.csv", "organ", "offers", "", "column 'offers' of 'organ'", true},
    {"forms.csv", "organ", "offers", "health;nothing", "no text 'offer.nothing'", false},
    {"forms.csv", "organ", "id", "kidney", "forms.csv: no row for 'organ'", true},
    {"routing.csv", "100", "source", "", "column 'source' of '100'", true},
    {"advice.csv", "talk_alone", "as_of", "", "column 'as_of' of 'talk_alone'", true},
    {"bases.csv", "emergency", "law", "", "column 'law' of '*'", true},
    {"bases.csv", "emergency", "review", "", "column 'review' of '*'", true},
    {"words.csv", "hoer", "reason", "", "column 'reason' of 'nl'", true},
    // Rows that do not go together.
    {"indicators.csv", "EX-01", "review", "keep",
        "EX-01 is an excluded proxy, expected review omit", true},
    {"indicators.csv", "EX-01", "elements", "act", "EX-01 is an excluded proxy", true},
    {"indicators.csv", "CI-01", "elements", "act", "CI-01 is a circumstance, expected no element",
        true},
    {"indicators.csv", "CI-01", "dimension", "D1", "CI-01 is a circumstance, expected no element",
        true},
    {"indicators.csv", "D1-01", "dimension", "", "D1-01 has a weight, expected a dimension", true},
    {"indicators.csv", "CR-10", "weight_child", "weak", "CR-10 has a weight, expected a dimension",
        true},
    // Routes that were researched have a date and a page.
    {"routes.csv", "fairwork", "as_of", "", "fairwork was researched, expected its date", true},
    {"routes.csv", "fairwork", "as_of", "x", "fairwork was researched, expected its date", true},
    {"routes.csv", "fairwork", "lookup", "", "fairwork was researched, expected an official", true},
    {"routes.csv", "fairwork", "lookup", "http://x", "expected an official look-up page", true},
    // Who must report is fixed by law.
    {"bases.csv", "school", "basis", "must", "'must' from school to", false},
    {"bases.csv", "Besluit politiegegevens art. 4:2", "basis", "may",
        "'must' from police_beat to comensha", false},
    {"bases.csv", "comensha", "basis", "may", "to comensha, expected consent or advice_only",
        false},
};

INB_TEST(each_gap_is_found) {
    struct copy copy = copy_norm();
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 20);
    size_t gaps = gaps_of(copy.dir, &text);
    ck_assert_msg(gaps == 0, "%s", inb_buffer_get(&text));
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        size_t line, place;
        struct old_file old = change_cell(
            &copy, cells[i].file, cells[i].row, cells[i].column, cells[i].value, &line, &place);
        found(&copy, cells[i].row, cells[i].words, cells[i].alone && cells[i].value != hard);
        put_back(&old);
    }
    drop_copy(&copy);
}
INB_END

// Every column that must be filled, in the row of every table.
INB_TEST(a_gap_says_where_it_is) {
    struct copy copy = copy_norm();
    size_t line, place;
    struct old_file old =
        change_cell(&copy, "advice.csv", "talk_alone", "source", "", &line, &place);
    char words[256];
    snprintf(words, sizeof words, "advice.csv:%zu:%zu: nothing, or no date, in column 'source'",
        line, place);
    found(&copy, "place", words, true);
    put_back(&old);
    drop_copy(&copy);
}
INB_END

// Only whole words count.
INB_TEST(a_word_within_a_word_is_another) {
    struct copy copy = copy_norm();
    size_t line, place;
    struct old_file old = change_cell(&copy, "texts/nl/norm.csv", "do.talk_alone", "text",
        "Een hoerig of xhoer of ho.", &line, &place);
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 20);
    size_t gaps = gaps_of(copy.dir, &text);
    ck_assert_msg(gaps == 0, "%s", inb_buffer_get(&text));
    put_back(&old);
    drop_copy(&copy);
}
INB_END

INB_TEST(all_texts_together_are_measured) {
    struct copy copy = copy_norm();
    INB_CLEANUP(inb_buffer_clear) inb_buffer lines = INB_BUFFER_INIT(1 << 22);
    inb_buffer_text(&lines, "key,text\n");
    for (int i = 0; i < 600; i++) {
        inb_buffer_format(&lines, "hard.%d,%s\n", i, hard);
    }
    struct old_file old =
        replace_file(&copy, "texts/nl/hard.csv", inb_buffer_get(&lines), lines.length);
    found(&copy, "hard", "texts/nl: all texts together read at", false);
    put_back(&old);
    drop_copy(&copy);
}
INB_END

INB_TEST(a_norm_that_cannot_be_read_is_a_failure) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 20);
    size_t gaps = 7;
    inb_error err = INB_ERROR_INIT;
    ck_assert_int_ne(inb_catalogue_check("/tmp/no_such_norm", &text, &gaps, &err), INB_OK);
    ck_assert_uint_eq(gaps, 7);
    ck_assert_uint_eq(text.length, 0);
    static const char *const needed[][2] = {{"words.csv", "language"}, {"words.csv", "word"},
        {"words.csv", "instead"}, {"forms.csv", "id"}, {"forms.csv", "offers"},
        {"dimensions.csv", "rule"}, {"words.csv", "reason"}};
    struct copy copy = copy_norm();
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/%s", copy.dir, needed[i][0]);
        struct sheet sheet = read_sheet(path);
        char *bytes = malloc(sheet.length);
        memcpy(bytes, sheet.bytes, sheet.length);
        bytes[sheet_cell(&sheet, 0, needed[i][1])->from] = 'X';
        struct old_file old = replace_file(&copy, needed[i][0], bytes, sheet.length);
        INB_FAILS(inb_catalogue_check(copy.dir, &text, &gaps, err), INB_BAD_INPUT, needed[i][1]);
        put_back(&old);
        struct old_file torn = append(&copy, needed[i][0], "only one field\n");
        INB_FAILS(inb_catalogue_check(copy.dir, &text, &gaps, err), INB_BAD_INPUT, "fields in");
        put_back(&torn);
        snprintf(path, sizeof path, "rm '%s/%s'", copy.dir, needed[i][0]);
        struct old_file away = append(&copy, needed[i][0], "");
        run_shell(path);
        INB_FAILS(
            inb_catalogue_check(copy.dir, &text, &gaps, err), INB_BAD_INPUT, "cannot be opened");
        put_back(&away);
        free(bytes);
        free_sheet(&sheet);
    }
    drop_copy(&copy);
}
INB_END

INB_TEST(a_list_that_does_not_fit_is_a_failure) {
    struct copy copy = copy_norm();
    size_t line, place, gaps = 7;
    struct old_file old =
        change_cell(&copy, "advice.csv", "talk_alone", "source", "", &line, &place);
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(20);
    inb_error err = INB_ERROR_INIT;
    ck_assert_int_ne(inb_catalogue_check(copy.dir, &text, &gaps, &err), INB_OK);
    ck_assert_uint_eq(gaps, 7);
    put_back(&old);
    drop_copy(&copy);
}
INB_END

static inb_status once(inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 20);
    size_t gaps;
    return inb_catalogue_check(NULL, &text, &gaps, err);
}

INB_TEST(refused_memory) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("2_weigh/check", the_norm_has_no_gap, each_gap_is_found, a_gap_says_where_it_is,
    a_word_within_a_word_is_another, all_texts_together_are_measured,
    a_norm_that_cannot_be_read_is_a_failure, a_list_that_does_not_fit_is_a_failure, refused_memory)
