// SPDX-License-Identifier: EUPL-1.2
// The norm's texts: found by key in a language, Dutch where that has none, and the id where nobody
// has; wrong files of texts; what a finding says to whom.

#include "weigh_help.h"

#include "base/alloc.h"

static inb_status load(const char *dir, inb_catalogue **ret_catalogue, inb_error *err) {
    return inb_catalogue_load(dir, ret_catalogue, err);
}

INB_TEST(found_by_key) {
    const inb_catalogue *catalogue = norm();
    ck_assert_str_eq(inb_catalogue_text(catalogue, "en", "answer.yes"), "Yes");
    ck_assert_str_ne(inb_catalogue_text(catalogue, "nl", "answer.yes"), "Yes");
    ck_assert_ptr_null(inb_catalogue_text(catalogue, "en", "answer.maybe"));
    ck_assert_ptr_null(inb_catalogue_text(catalogue, "nl", ""));
    // A language that is not there: the first one, Dutch.
    ck_assert_str_eq(inb_catalogue_text(catalogue, "xx", "answer.yes"),
        inb_catalogue_text(catalogue, "nl", "answer.yes"));
    ck_assert_str_eq(inb_catalogue_language(catalogue, 0), "nl");
    ck_assert_str_eq(inb_catalogue_language(catalogue, 1), "en");
    ck_assert_ptr_null(inb_catalogue_language(catalogue, 2));
    // Every text of every language is found at its key.
    for (size_t language = 0; language < 2; language++) {
        const inb_texts *texts = &catalogue->texts[language];
        for (size_t i = 0; i < texts->count; i++) {
            ck_assert_ptr_eq(inb_texts_find(texts, texts->items[i].key), &texts->items[i]);
            ck_assert(i == 0 || strcmp(texts->items[i - 1].key, texts->items[i].key) < 0);
        }
    }
}
INB_END

INB_TEST(labels) {
    const inb_catalogue *catalogue = norm();
    ck_assert_str_eq(inb_catalogue_label(catalogue, "en", "answer", "no", NULL), "No");
    ck_assert_str_eq(inb_catalogue_label(catalogue, "en", "indicator", "D1-01", "label"),
        inb_catalogue_text(catalogue, "en", "indicator.D1-01.label"));
    const char *id = "nothing";
    ck_assert_ptr_eq(inb_catalogue_label(catalogue, "en", "answer", id, NULL), id);
    ck_assert_ptr_eq(inb_catalogue_label(catalogue, "en", "answer", id, "label"), id);
    static char long_id[400];
    memset(long_id, 'a', sizeof long_id - 1);
    ck_assert_ptr_eq(inb_catalogue_label(catalogue, "en", "answer", long_id, NULL), long_id);
}
INB_END

// To the person, of a child under twelve, and otherwise as the norm says it.
INB_TEST(what_a_finding_says) {
    const inb_catalogue *catalogue = norm();
    inb_finding finding = {.voice = "self"};
    ck_assert_str_eq(inb_finding_say(catalogue, &finding, "en", "text", "offer"),
        inb_catalogue_text(catalogue, "en", "text.offer.self"));
    ck_assert_str_eq(inb_finding_say(catalogue, &finding, "en", "answer", "no"), "No");
    finding.voice = "";
    ck_assert_str_eq(inb_finding_say(catalogue, &finding, "en", "text", "offer"),
        inb_catalogue_text(catalogue, "en", "text.offer"));
    const char *id = "nothing";
    ck_assert_ptr_eq(inb_finding_say(catalogue, &finding, "en", "text", id), id);
    static char long_id[400];
    memset(long_id, 'a', sizeof long_id - 1);
    ck_assert_ptr_eq(inb_finding_say(catalogue, &finding, "en", "text", long_id), long_id);
    static const struct {
        inb_reporter reporter;
        int years;
        const char *voice;
    } cases[] = {{INB_REPORTER_SELF, 30, "self"}, {INB_REPORTER_SELF, 11, "self"},
        {INB_REPORTER_SCHOOL, 11, "under12"}, {INB_REPORTER_SCHOOL, 12, ""},
        {INB_REPORTER_SCHOOL, INB_YEARS_UNKNOWN, ""}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        inb_facts facts = {.reporter = cases[i].reporter,
            .age = {cases[i].years < 18 ? INB_AGE_CHILD : INB_AGE_ADULT, cases[i].years}};
        inb_finding whole = weighed(&facts);
        ck_assert_str_eq(whole.voice, cases[i].voice);
    }
}
INB_END

INB_TEST(wrong_texts) {
    static const struct {
        const char *file, *lines, *words;
    } cases[] = {
        {"texts/nl/norm.csv", ",nothing\n", "found an empty key, expected one"},
        {"texts/nl/norm.csv", "answer.yes,ja\n", "found key 'answer.yes', which also stands at"},
        {"texts/en/weigh.csv", "answer.yes,yes\n", "found key 'answer.yes', which also stands at"},
        {"texts/en/weigh.csv", "one_field_only\n", "found 1 fields in this row, expected 2"},
    };
    struct copy copy = copy_norm();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct old_file old = append(&copy, cases[i].file, cases[i].lines);
        inb_catalogue *catalogue = NULL;
        inb_error err = INB_ERROR_INIT;
        inb_status status = load(copy.dir, &catalogue, &err);
        ck_assert(status == INB_BAD_INPUT || status == INB_BAD_CATALOGUE);
        ck_assert_msg(strstr(err.message, cases[i].words) != NULL, "%s", err.message);
        ck_assert_msg(strncmp(err.message, copy.dir, strlen(copy.dir)) == 0, "%s", err.message);
        put_back(&old);
    }
    drop_copy(&copy);
}
INB_END

// A language whose folder holds no table, and one whose tables hold no row.
INB_TEST(a_language_without_texts) {
    struct copy copy = copy_norm();
    char path[256];
    snprintf(path, sizeof path, "mkdir '%s/texts/xx' '%s/texts/yy'", copy.dir, copy.dir);
    run_shell(path);
    snprintf(path, sizeof path, "%s/texts/yy/norm.csv", copy.dir);
    write_file(path, "key,text\n", 9);
    static const char ini[] = "[catalogue]\nversion=1\ndate=2026-11-24\nlanguages=xx;yy;nl\n";
    struct old_file old = replace_file(&copy, "catalogue.ini", ini, strlen(ini));
    INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
    INB_OK_IS(load(copy.dir, &catalogue, err));
    ck_assert_ptr_null(inb_catalogue_text(catalogue, "xx", "answer.yes"));
    ck_assert_ptr_null(inb_catalogue_text(catalogue, "yy", "answer.yes"));
    ck_assert_ptr_nonnull(inb_catalogue_text(catalogue, "nl", "answer.yes"));
    put_back(&old);
    drop_copy(&copy);
}
INB_END

INB_TEST_MAIN("2_weigh/texts", found_by_key, labels, what_a_finding_says, wrong_texts,
    a_language_without_texts)
