// SPDX-License-Identifier: EUPL-1.2
// The assumption sheet: what it says is kept, gaps and answers that speak against the method become
// warnings of the estimate, and every way of being wrong has its line.

#include "base/alloc.h"
#include "inb_file.h"
#include "inb_sweep.h"
#include "inb_test.h"

#include <inbeeld/sheet.h>

static const char *const names[] = {"police", "shelter"};

static inb_histories *table(void) {
    const int64_t counts[] = {0, 100, 80, 20};
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_from_counts(names, 2, counts, &histories, err));
    return histories;
}

static inb_status read_text(
    const char *text, const inb_histories *histories, inb_sheet **sheet, inb_error *err) {
    return inb_sheet_read_memory("s.ini", text, strlen(text), histories, sheet, err);
}

static size_t count_of(const inb_sheet *sheet, const char *code) {
    size_t count = 0;
    for (size_t i = 0; i < sheet->warning_count; i++) {
        count += strcmp(sheet->warnings[i].code, code) == 0;
    }
    return count;
}

#define FULL                                                                                       \
    "reference_period = 2024\ncase_definition = possible victims\novercoverage = none\n"           \
    "fed_by = None\nsame_person = once\n"

INB_TEST(a_full_sheet_warns_of_nothing) {
    inb_histories *histories = table();
    inb_sheet *sheet = NULL;
    INB_OK_IS(read_text("; a note\n[police]\n" FULL "\n[shelter]\n" FULL, histories, &sheet, err));
    ck_assert_uint_eq(sheet->warning_count, 0);
    ck_assert_str_eq(sheet->sheets[1].values[INB_SHEET_DEFINITION], "possible victims");
    inb_buffer out = INB_BUFFER_INIT(1 << 16);
    inb_sheet_json(sheet, &out);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&out),
        "{\"list\":\"police\",\"reference_period\":\"2024\",\"case_definition\":\"possible "
        "victims\","));
    inb_buffer_clear(&out);
    inb_sheet_free(sheet);
    inb_histories_free(histories);
}
INB_END

INB_TEST(gaps_and_answers_become_warnings) {
    inb_histories *histories = table();
    inb_sheet *sheet = NULL;
    INB_OK_IS(read_text("", histories, &sheet, err));
    ck_assert_uint_eq(count_of(sheet, "sheet_gap"), 2);
    ck_assert_ptr_nonnull(strstr(sheet->warnings[0].text, "list police"));
    ck_assert_ptr_nonnull(strstr(sheet->warnings[0].text, "earlier year"));
    inb_sheet_freep(&sheet);
    INB_OK_IS(
        read_text("[police]\nreference_period=2024\ncase_definition=adults\novercoverage=a few\n"
                  "fed_by=shelter\nsame_person=again\n[shelter]\nreference_period=2023\n"
                  "case_definition=all\novercoverage=none\nfed_by=?\nsame_person=once\n",
            histories, &sheet, err));
    ck_assert_uint_eq(count_of(sheet, "sheet_gap"), 1);
    ck_assert_uint_eq(count_of(sheet, "sheet_overcoverage"), 1);
    ck_assert_uint_eq(count_of(sheet, "sheet_fed"), 1);
    ck_assert_uint_eq(count_of(sheet, "sheet_same_person"), 1);
    ck_assert_uint_eq(count_of(sheet, "sheet_periods"), 1);
    ck_assert_uint_eq(count_of(sheet, "sheet_definitions"), 1);
    // They are passed on with the estimate.
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.sheet = sheet;
    inb_estimate *estimate = NULL;
    INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
    size_t found = 0;
    for (size_t i = 0; i < estimate->total.warning_count; i++) {
        found += strncmp(estimate->total.warnings[i].code, "sheet_", 6) == 0;
    }
    ck_assert_uint_eq(found, sheet->warning_count);
    inb_estimate_free(estimate);
    inb_sheet_free(sheet);
    inb_histories_free(histories);
}
INB_END

INB_TEST(what_is_wrong_has_its_line) {
    inb_histories *histories = table();
    inb_sheet *sheet = NULL;
    char line[1024];
    memset(line, 'x', sizeof line);
    memcpy(line, "[police]\ncase_definition=", 25);
    line[sizeof line - 1] = '\0';
    const struct {
        const char *text;
        const char *words;
    } wrong[] = {{"[youth]\nfed_by=none\n", "s.ini:2:1: found a section"},
        {"fed_by=none\n", "s.ini:1:1: found a section"},
        {"[police]\n\ncolour=red\n", "s.ini:3:1: found an unknown key"},
        {"[police]\nfed_by=none\nfed_by=none\n", "s.ini:3:1: found fed_by of this list twice"},
        {"[police]\nnonsense\n", "s.ini:2:1: found neither"}, {line, "s.ini:2:1: found a line of"}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        INB_FAILS(read_text(wrong[i].text, histories, &sheet, err), INB_BAD_INPUT, wrong[i].words);
    }
    INB_FAILS(inb_sheet_read_memory("s.ini", "[police]\n\0", 10, histories, &sheet, err),
        INB_BAD_INPUT, "zero byte");
    INB_FAILS(inb_sheet_read("/no/s.ini", histories, &sheet, err), INB_BAD_INPUT, "/no/s.ini");
    ck_assert_ptr_null(sheet);
    inb_histories_free(histories);
}
INB_END

static inb_status once(const inb_histories *histories, inb_error *err) {
    INB_CLEANUP(inb_sheet_freep) inb_sheet *sheet = NULL;
    return read_text("[police]\n" FULL "[shelter]\nfed_by=police\n", histories, &sheet, err);
}

INB_TEST(memory_may_run_out) {
    inb_histories *histories = table();
    INB_SWEEP(once(histories, err));
    inb_histories_free(histories);
}
INB_END

INB_TEST_MAIN("4_count/sheet", a_full_sheet_warns_of_nothing, gaps_and_answers_become_warnings,
    what_is_wrong_has_its_line, memory_may_run_out)
