// SPDX-License-Identifier: EUPL-1.2
// The norm's tables: what is compiled from them, and a table of wrong cells, each refused at its
// file, line and column. A copy of catalogue/ is broken in one place and mended again.

#include "weigh_help.h"

#include "base/alloc.h"
#include "inb_sweep.h"

static inb_status load(const char *dir, inb_error *err) {
    INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
    inb_status status = inb_catalogue_load(dir, &catalogue, err);
    ck_assert((status == INB_OK) == (catalogue != NULL));
    return status;
}

// Loading fails, and the message begins with `place` and holds `words`.
static void refused(const struct copy *copy, const char *place, const char *words) {
    inb_error err = INB_ERROR_INIT;
    inb_status status = load(copy->dir, &err);
    ck_assert_msg(status == INB_BAD_INPUT || status == INB_BAD_CATALOGUE,
        "%s '%s' is taken (status %d, %s)", place, words, (int)status, err.message);
    ck_assert_msg(err.status == status, "%s", err.message);
    ck_assert_msg(strncmp(err.message, place, strlen(place)) == 0, "'%s' does not begin with '%s'",
        err.message, place);
    ck_assert_msg(strstr(err.message, words) != NULL, "'%s' lacks '%s'", err.message, words);
}

// ---- wrong cells ----

static const struct {
    const char *file, *row, *column, *value, *words;
} wrong[] = {
    {"indicators.csv", "D1-02", "id", "", "found an empty id or one that stands above"},
    {"indicators.csv", "D1-02", "id", "D1-01", "found an empty id or one that stands above"},
    {"indicators.csv", "D1-02", "kind", "sign", "found 'sign' in column 'kind'"},
    {"indicators.csv", "D1-02", "forms", "labour;work", "found 'work' in column 'forms'"},
    {"indicators.csv", "D1-02", "forms", "unspecified", "found 'unspecified' in column 'forms'"},
    {"indicators.csv", "D1-02", "forms", ";labour", "found '' in column 'forms'"},
    {"indicators.csv", "D1-02", "elements", "", "found '', expected elements or 'none'"},
    {"indicators.csv", "D1-02", "elements", "act;none", "expected elements or 'none'"},
    {"indicators.csv", "D1-02", "elements", "deed",
        "found 'deed' in column 'elements', expected a known word"},
    {"indicators.csv", "D1-02", "elements",
        "a_word_that_is_far_too_long_to_be_shown_whole_in_a_line",
        "found 'a_word_that_is_far_too_long_to_be_shown_' in"},
    {"indicators.csv", "D1-02", "weight_adult", "heavy", "found 'heavy'"},
    {"indicators.csv", "D1-02", "weight_child", "heavy", "found 'heavy'"},
    {"indicators.csv", "D1-02", "applies_to", "all", "found 'all'"},
    {"indicators.csv", "D1-02", "adults_too", "maybe", "found 'maybe'"},
    {"indicators.csv", "D1-02", "dimension", "D7", "found 'D7'"},
    {"indicators.csv", "D1-02", "review", "", "found '' in column 'review'"},
    {"routes.csv", "fairwork", "id", "lawyer", "found an id that stands above"},
    {"routes.csv", "fairwork", "criminal", "perhaps", "found 'perhaps' in column 'criminal'"},
    {"routes.csv", "fairwork", "regional", "here", "found 'here' in column 'regional'"},
    {"routes.csv", "fairwork", "status", "new", "found 'new' in column 'status'"},
    {"bases.csv", "school", "reporter", "teacher", "found 'teacher', expected a reporter or *"},
    {"bases.csv", "school", "route", "nowhere", "found 'nowhere', expected the id of a route"},
    {"bases.csv", "school", "age_class", "old", "found 'old' in column 'age_class'"},
    {"bases.csv", "school", "basis", "shall", "found 'shall' in column 'basis'"},
    {"routing.csv", "100", "order", "first", "found 'first' in column 'order', expected a number"},
    {"routing.csv", "100", "order", "-1", "found '-1' in column 'order', expected a number"},
    {"routing.csv", "100", "order", "1000001", "expected a number"},
    {"routing.csv", "100", "route", "nowhere", "found 'nowhere', expected the id of a route"},
    {"routing.csv", "100", "when", "dangers", "found the condition 'dangers'"},
    {"routing.csv", "100", "when", "seen:D9-99", "found 'D9-99', expected the id of an indicator"},
    {"routing.csv", "100", "age", "old", "found 'old' in column 'age'"},
    {"routing.csv", "100", "basis", "must", "found 'must' in column 'basis'"},
    {"advice.csv", "talk_alone", "kind", "maybe", "found 'maybe' in column 'kind'"},
    {"advice.csv", "talk_alone", "order", "x", "found 'x' in column 'order'"},
    {"advice.csv", "talk_alone", "when", "role:victim", "found the value 'victim'"},
    {"card.csv", "arrest", "position", "0", "found 0, expected 1"},
    {"card.csv", "arrest", "position", "x", "found 'x' in column 'position'"},
    {"card.csv", "arrest", "kind", "joke", "found 'joke' in column 'kind'"},
    {"card.csv", "CR-11", "question", "CR-99", "found 'CR-99', expected an id that is asked"},
    {"card.csv", "CR-11", "question", "CI-01", "found 'CI-01', expected an id that is asked"},
    {"card.csv", "CR-11", "question", "SX-05", "found 'SX-05', expected an id that is asked"},
    {"card.csv", "CR-11", "kind", "circumstance", ""},
};

INB_TEST(wrong_cells) {
    struct copy copy = copy_norm();
    INB_OK_IS(load(copy.dir, err));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        size_t line, place;
        struct old_file old = change_cell(
            &copy, wrong[i].file, wrong[i].row, wrong[i].column, wrong[i].value, &line, &place);
        char start[256];
        snprintf(start, sizeof start, "%s/%s:%zu:%zu: ", copy.dir, wrong[i].file, line, place);
        if (wrong[i].words[0] == '\0') { // the complaint is about the cell beside it
            snprintf(start, sizeof start, "%s/%s:%zu:", copy.dir, wrong[i].file, line);
        }
        if (strcmp(wrong[i].value, "lawyer") == 0) { // the second of the two is the one refused
            snprintf(start, sizeof start, "%s/%s:", copy.dir, wrong[i].file);
        }
        refused(&copy, start, wrong[i].words);
        put_back(&old);
    }
    INB_OK_IS(load(copy.dir, err));
    drop_copy(&copy);
}
INB_END

// Every column that is read is missed when its name is another.
INB_TEST(missing_columns) {
    static const char *const columns[][2] = {{"indicators.csv", "id"}, {"indicators.csv", "kind"},
        {"indicators.csv", "category"}, {"indicators.csv", "forms"}, {"indicators.csv", "elements"},
        {"indicators.csv", "weight_adult"}, {"indicators.csv", "review"},
        {"routes.csv", "criminal"}, {"routes.csv", "lookup"}, {"bases.csv", "law"},
        {"routing.csv", "why"}, {"routing.csv", "basis"}, {"advice.csv", "when"},
        {"card.csv", "position"}, {"texts/nl/norm.csv", "key"}, {"texts/en/norm.csv", "text"}};
    struct copy copy = copy_norm();
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        char path[256], words[128], start[300];
        snprintf(path, sizeof path, "%s/%s", copy.dir, columns[i][0]);
        struct sheet sheet = read_sheet(path);
        const struct cell *cell = sheet_cell(&sheet, 0, columns[i][1]);
        char *bytes = malloc(sheet.length);
        memcpy(bytes, sheet.bytes, sheet.length);
        bytes[cell->from] = 'X';
        struct old_file old = replace_file(&copy, columns[i][0], bytes, sheet.length);
        snprintf(words, sizeof words, "found no column '%s'", columns[i][1]);
        snprintf(start, sizeof start, "%s:1:1: ", path);
        refused(&copy, start, words);
        put_back(&old);
        free(bytes);
        free_sheet(&sheet);
    }
    drop_copy(&copy);
}
INB_END

// A row with too few fields is refused in every table.
INB_TEST(torn_rows) {
    static const char *const files[] = {"indicators.csv", "routes.csv", "bases.csv", "routing.csv",
        "advice.csv", "card.csv", "texts/nl/norm.csv"};
    struct copy copy = copy_norm();
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct old_file old = append(&copy, files[i], "torn\n");
        char start[256];
        snprintf(start, sizeof start, "%s/%s:", copy.dir, files[i]);
        refused(&copy, start, "found 1 fields in this row, expected ");
        put_back(&old);
    }
    drop_copy(&copy);
}
INB_END

// ASan measures a whole text at every comparison: there it is shorter.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define INB_ASAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(INB_ASAN)
enum { EACH = 37, LONG = 20000 };
#else
enum { EACH = 1, LONG = 400000 };
#endif

static char long_text[LONG + 1];

static void make_long(
    const struct copy *copy, const char *file, const char *row, const char *column, char filler) {
    size_t line, place;
    memset(long_text, filler, sizeof long_text - 1);
    struct old_file old = change_cell(copy, file, row, column, long_text, &line, &place);
    free(old.bytes); // the copy is thrown away as it is
}

static void refuse_each(const struct copy *copy) {
    inb_error plain = INB_ERROR_INIT;
    inb_sweep_watch();
    inb_status usual = load(copy->dir, &plain);
    struct inb_sweep sweep = inb_sweep_begin(inb_alloc_count());
    for (size_t nth; (nth = inb_sweep_next(&sweep)) != 0;) {
        inb_error err = INB_ERROR_INIT;
        inb_alloc_fail_from(nth);
        inb_status status = load(copy->dir, &err);
        inb_alloc_fail_from(0);
        ck_assert_msg(status == INB_NO_MEMORY || (usual != INB_OK && status == usual),
            "allocation %zu of %zu: status %d, %s", nth, sweep.total, (int)status, err.message);
    }
}

// Every cell that is kept is so long once that it needs memory of its own, which is refused.
INB_TEST(refused_memory_for_each_kept_text) {
    static const char *const cells[][3] = {{"indicators.csv", "D1-02", "id"},
        {"indicators.csv", "D1-03", "category"}, {"routes.csv", "vng", "contact"},
        {"routes.csv", "fairwork", "lookup"}, {"routes.csv", "lawyer", "as_of"},
        {"bases.csv", "school", "law"}, {"routing.csv", "100", "why"},
        {"routing.csv", "200", "when"}, {"advice.csv", "talk_alone", "id"},
        {"texts/nl/norm.csv", "do.talk_alone", "key"},
        {"texts/nl/norm.csv", "do.call_112", "text"}};
    struct copy copy = copy_norm();
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        char filler = strcmp(cells[i][2], "when") == 0 ? ' ' : 'a';
        make_long(&copy, cells[i][0], cells[i][1], cells[i][2], filler);
    }
    INB_OK_IS(load(copy.dir, err));
    refuse_each(&copy);
    drop_copy(&copy);
    // Two whose length makes the norm wrong further on, and some that found room left by others.
    static const char *const apart[][3] = {{"routes.csv", "vng", "id"},
        {"card.csv", "online", "branch"}, {"routes.csv", "lawyer", "as_of"},
        {"advice.csv", "talk_alone", "id"}, {"texts/nl/norm.csv", "do.talk_alone", "key"},
        {"texts/nl/norm.csv", "do.talk_alone", "text"}};
    for (size_t i = 0; i < sizeof apart / sizeof apart[0]; i++) {
        struct copy other = copy_norm();
        make_long(&other, apart[i][0], apart[i][1], apart[i][2], 'a');
        refuse_each(&other);
        drop_copy(&other);
    }
}
INB_END

// Blocks of memory end elsewhere for every length of a text, so that each text is refused once.
INB_TEST(refused_memory_wherever_a_block_ends) {
    struct copy copy = copy_norm();
    for (size_t length = 1; length < 400; length += 31 * EACH) {
        char row[512];
        memset(row, 'a', length);
        snprintf(row + length, sizeof row - length, ",text\n");
        struct old_file old = append(&copy, "texts/nl/indicators.csv", row);
        inb_alloc_fail_from(0);
        INB_OK_IS(load(copy.dir, err));
        size_t total = inb_alloc_count();
        for (size_t nth = total > 12 ? total - 12 : 1; nth <= total; nth++) {
            inb_error err = INB_ERROR_INIT;
            inb_alloc_fail_from(nth);
            ck_assert_int_eq(load(copy.dir, &err), INB_NO_MEMORY);
            inb_alloc_fail_from(0);
        }
        put_back(&old);
    }
    drop_copy(&copy);
}
INB_END

INB_TEST(missing_files) {
    static const char *const files[] = {"catalogue.ini", "indicators.csv", "routes.csv",
        "bases.csv", "routing.csv", "advice.csv", "card.csv", "texts/nl", "texts/en"};
    struct copy copy = copy_norm();
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[256], away[300];
        snprintf(path, sizeof path, "%s/%s", copy.dir, files[i]);
        snprintf(away, sizeof away, "%s.away", path);
        ck_assert_int_eq(rename(path, away), 0);
        // A folder is named by its own path, a file too.
        refused(&copy, path, "cannot be opened");
        ck_assert_int_eq(rename(away, path), 0);
    }
    drop_copy(&copy);
    inb_error err = INB_ERROR_INIT;
    ck_assert_int_ne(load("/tmp/there/is/no/such/norm", &err), INB_OK);
    ck_assert_ptr_nonnull(strstr(err.message, "/tmp/there/is/no/such/norm/catalogue.ini"));
}
INB_END

// ---- too many ----

static void too_many(const struct copy *copy, const char *file, const char *line_with_number,
    int count, const char *words) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer lines = INB_BUFFER_INIT(1 << 20);
    for (int i = 0; i < count; i++) {
        char line[256];
        const char *mark = strchr(line_with_number, '#');
        snprintf(line, sizeof line, "%.*s%d%s\n", (int)(mark - line_with_number), line_with_number,
            i, mark + 1);
        inb_buffer_text(&lines, line);
    }
    struct old_file old = append(copy, file, inb_buffer_get(&lines));
    char start[256];
    snprintf(start, sizeof start, "%s/%s:", copy->dir, file);
    refused(copy, start, words);
    put_back(&old);
}

INB_TEST(more_rows_than_there_is_room_for) {
    struct copy copy = copy_norm();
    too_many(&copy, "indicators.csv", "ZZ-#,indicator,x,any,,,both,,,none,r,s,2025,keep,r,", 200,
        "found more than 256 rows, expected fewer");
    too_many(&copy, "routes.csv", "z#,route,no,no,,,,found,s", 64, "found more than 64 routes");
    too_many(&copy, "routing.csv", "#,emergency,danger,any,danger,,s", 1000,
        "found more than 1024 rows, expected fewer");
    too_many(&copy, "advice.csv", "z#,note,1,,s,2025", 200, "found more than 188 ids of a kind");
    too_many(&copy, "card.csv", "z#,1,danger,danger", 20, "found more than 16 branches");
    drop_copy(&copy);
}
INB_END

// Nine questions in a branch; rows that refill the same id add none.
INB_TEST(at_most_eight_questions_a_branch) {
    struct copy copy = copy_norm();
    struct old_file old = append(&copy, "card.csv", "arrest,9,danger,danger\n");
    refused(&copy, copy.dir, "found more than 8 questions in 'arrest'");
    put_back(&old);
    drop_copy(&copy);
}
INB_END

INB_TEST(many_rows_of_one_id_are_no_more_ids) {
    struct copy copy = copy_norm();
    INB_CLEANUP(inb_buffer_clear) inb_buffer lines = INB_BUFFER_INIT(1 << 20);
    for (int i = 0; i < 400; i++) {
        inb_buffer_format(&lines, "listen,offer,%d,,s,2025\n", i % 7);
    }
    struct old_file old = append(&copy, "advice.csv", inb_buffer_get(&lines));
    INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
    INB_OK_IS(inb_catalogue_load(copy.dir, &catalogue, err));
    ck_assert_uint_eq(catalogue->advice_count, norm()->advice_count + 400);
    ck_assert_uint_eq(
        catalogue->advice_ids[INB_ADVICE_OFFER], norm()->advice_ids[INB_ADVICE_OFFER]);
    inb_facts facts = {.age = inb_age_of_years(30), .reporter = INB_REPORTER_SCHOOL};
    inb_finding finding;
    inb_weigh(catalogue, &facts, &finding);
    ck_assert_str_eq(finding.advice[INB_ADVICE_OFFER][0], "listen");
    put_back(&old);
    drop_copy(&copy);
}
INB_END

// ---- what the situation and the bases need ----

INB_TEST(rows_that_the_situation_refers_to) {
    static const char *const ids[] = {"CR-32", "CR-33", "CI-23", "D6-05", "UG-05", "UG-06"};
    struct copy copy = copy_norm();
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        size_t line, place;
        struct old_file old =
            change_cell(&copy, "indicators.csv", ids[i], "id", "ZZ-99", &line, &place);
        char words[64];
        snprintf(words, sizeof words, "found no row %s, expected it", ids[i]);
        refused(&copy, "indicators.csv: ", words);
        put_back(&old);
    }
    drop_copy(&copy);
}
INB_END

INB_TEST(every_reporter_has_a_basis_everywhere) {
    static const char head[] = "reporter,route,age_class,basis,law,as_of,review\n";
    static const struct {
        const char *rows, *words; // NULL = it loads
    } cases[] = {
        {"", "found no basis for police_beat to emergency, expected one"},
        {"*,*,child,may,l,2025,r\n", "found no basis for police_beat to emergency"},
        {"*,*,adult,may,l,2025,r\n", "found no basis for police_beat to emergency"},
        {"police_beat,*,*,may,l,2025,r\n", "found no basis for police_expert to emergency"},
        {"*,emergency,*,may,l,2025,r\n", "found no basis for police_beat to police_beat"},
        {"*,*,child,may,l,2025,r\n*,*,adult,may,l,2025,r\n", NULL},
        {"*,*,*,may,l,2025,r\n", NULL},
    };
    struct copy copy = copy_norm();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[512];
        snprintf(text, sizeof text, "%s%s", head, cases[i].rows);
        struct old_file old = replace_file(&copy, "bases.csv", text, strlen(text));
        if (cases[i].words == NULL) {
            INB_OK_IS(load(copy.dir, err));
        } else {
            refused(&copy, "bases.csv: ", cases[i].words);
        }
        put_back(&old);
    }
    drop_copy(&copy);
}
INB_END

// The more particular row wins, whatever the order of the rows: reporter, then route, then age.
INB_TEST(the_more_particular_basis_wins) {
    static const char *const rows[] = {"*,*,*,may,0,2025,r\n", "*,*,child,consent,1,2025,r\n",
        "*,fairwork,*,advice_only,2,2025,r\n", "*,fairwork,child,may,3,2025,r\n",
        "school,*,*,consent,4,2025,r\n", "school,*,child,may,5,2025,r\n",
        "school,fairwork,*,may,6,2025,r\n", "school,fairwork,child,may,7,2025,r\n"};
    struct copy copy = copy_norm();
    for (int backwards = 0; backwards < 2; backwards++) {
        char text[1024] = "reporter,route,age_class,basis,law,as_of,review\n";
        for (int i = 0; i < 8; i++) {
            strcat(text, rows[backwards != 0 ? 7 - i : i]);
        }
        struct old_file old = replace_file(&copy, "bases.csv", text, strlen(text));
        INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
        INB_OK_IS(inb_catalogue_load(copy.dir, &catalogue, err));
        size_t fairwork = 0;
        while (strcmp(catalogue->routes[fairwork].id, "fairwork") != 0) {
            fairwork++;
        }
        size_t other = fairwork + 1;
        const struct {
            inb_reporter reporter;
            size_t route;
            int age;
            const char *law;
        } wanted[] = {{INB_REPORTER_NGO, other, 0, "0"}, {INB_REPORTER_NGO, other, 1, "1"},
            {INB_REPORTER_NGO, fairwork, 0, "2"}, {INB_REPORTER_NGO, fairwork, 1, "3"},
            {INB_REPORTER_SCHOOL, other, 0, "4"}, {INB_REPORTER_SCHOOL, other, 1, "5"},
            {INB_REPORTER_SCHOOL, fairwork, 0, "6"}, {INB_REPORTER_SCHOOL, fairwork, 1, "7"}};
        for (size_t i = 0; i < 8; i++) {
            ck_assert_str_eq(
                catalogue->bases[wanted[i].reporter][wanted[i].route][wanted[i].age].law,
                wanted[i].law);
        }
        put_back(&old);
    }
    drop_copy(&copy);
}
INB_END

// ---- catalogue.ini ----

INB_TEST(catalogue_ini) {
    static const struct {
        const char *text, *place, *words; // place NULL = it loads
    } cases[] = {
        {"[catalogue]\nversion = 1\ndate = 2026-11-24\nlanguages = nl;en\n[other]\nx = 1\n", NULL,
            ""},
        {"[catalogue]\nversion = 1\ndate = 2026-11-24\nlanguages = nl\nlaw_review = none\n", NULL,
            ""},
        {"[catalogue]\nversion = 1\ndate = 2026-11-24\n", "catalogue.ini:1:1: ", "languages"},
        {"[catalogue]\nversion = 1\nlanguages = nl\n", "catalogue.ini:1:1: ", "date"},
        {"[catalogue]\ndate = 2026-11-24\nlanguages = nl\n", "catalogue.ini:1:1: ", "version"},
        {"", "catalogue.ini:1:1: ", "expected version, date and languages"},
        {"[catalogue]\nversion\n", "catalogue.ini:2:1: ", "expected name = value"},
        {"[catalogue]\nlanguages = n;en\n", "catalogue.ini:2:1: ", ""},
        {"[catalogue]\nlanguages = nl;abcdefghijklmnopq\n", "catalogue.ini:2:1: ", ""},
        {"[catalogue]\nlanguages = aa;bb;cc;dd;ee;ff;gg;hh;ii\n", "catalogue.ini:2:1: ", ""},
        {"[catalogue]\nversion = 1\ndate = 2026-11-24\nlanguages = nl;xx\n", NULL, "texts/xx"},
    };
    struct copy copy = copy_norm();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct old_file old =
            replace_file(&copy, "catalogue.ini", cases[i].text, strlen(cases[i].text));
        if (cases[i].place != NULL) {
            refused(&copy, cases[i].place, cases[i].words);
        } else if (cases[i].words[0] != '\0') {
            refused(&copy, copy.dir, cases[i].words);
        } else {
            INB_OK_IS(load(copy.dir, err));
        }
        put_back(&old);
    }
    drop_copy(&copy);
}
INB_END

// ---- what is compiled ----

INB_TEST(the_norm_as_compiled) {
    const inb_catalogue *catalogue = norm();
    ck_assert_uint_eq(inb_catalogue_rows(catalogue), 207);
    ck_assert_uint_gt(strlen(inb_catalogue_version(catalogue)), 0);
    ck_assert_uint_eq(strlen(inb_catalogue_date(catalogue)), 10);
    ck_assert_uint_eq(inb_catalogue_find(catalogue, "D1-0", 4), SIZE_MAX);
    ck_assert_uint_eq(inb_catalogue_find(catalogue, "D1-01", 5), 0);
    ck_assert_uint_gt(inb_catalogue_routes(catalogue), 20);
    size_t branches;
    const inb_branch *branch = inb_catalogue_branches(catalogue, &branches);
    ck_assert_uint_eq(branches, 7);
    ck_assert_str_eq(branch[0].id, "arrest");
    for (size_t i = 0; i < branches; i++) {
        ck_assert_uint_gt(branch[i].count, 0);
        ck_assert_uint_le(branch[i].count, INB_CARD_MOST);
        for (size_t q = 0; q < branch[i].count; q++) {
            bool about_row = branch[i].questions[q].kind <= INB_ASK_CIRCUMSTANCE;
            ck_assert((branch[i].questions[q].row != SIZE_MAX) == about_row);
        }
    }
    // The contract of CR-32: no element, lists no form.
    size_t denies = row_of("CR-32");
    size_t at = 0;
    while (!inb_set_has(&catalogue->pattern_rows[at], denies)) {
        at++;
    }
    ck_assert_uint_lt(at, catalogue->pattern_count);
    ck_assert_uint_eq(catalogue->patterns[at].lists, 0);
    ck_assert_uint_eq(catalogue->patterns[at].gives, 0);
    // Categories are numbered in the order of the file.
    ck_assert_uint_eq(inb_catalogue_row(catalogue, 0)->category, 1);
    for (size_t row = 1; row < catalogue->row_count; row++) {
        unsigned step = catalogue->rows[row].category - catalogue->rows[row - 1].category;
        ck_assert_uint_le(step, 1);
    }
}
INB_END

INB_TEST(who_is_asked_what) {
    static const struct {
        const char *id;
        bool child, adult;
    } cases[] = {{"D1-01", true, true}, {"SX-10", true, false}, {"CR-10", true, true},
        {"OT-03", true, true}, {"SX-05", false, false}, {"EX-01", false, false},
        {"CI-01", true, true}, {"CI-25", true, true}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t row = row_of(cases[i].id);
        ck_assert_msg(inb_catalogue_asks(norm(), row, INB_AGE_CHILD) == cases[i].child, "%s child",
            cases[i].id);
        ck_assert_msg(inb_catalogue_asks(norm(), row, INB_AGE_UNKNOWN) == cases[i].child,
            "%s unknown", cases[i].id);
        ck_assert_msg(inb_catalogue_asks(norm(), row, INB_AGE_ADULT) == cases[i].adult, "%s adult",
            cases[i].id);
    }
}
INB_END

// A circumstance as a question of the card; a branch whose rows stand apart.
INB_TEST(other_cards) {
    struct copy copy = copy_norm();
    static const char text[] = "branch,position,question,kind\na,1,CI-01,circumstance\n"
                               "b,1,danger,danger\na,2,D1-01,indicator\n";
    struct old_file old = replace_file(&copy, "card.csv", text, strlen(text));
    INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
    INB_OK_IS(inb_catalogue_load(copy.dir, &catalogue, err));
    size_t branches;
    const inb_branch *branch = inb_catalogue_branches(catalogue, &branches);
    ck_assert_uint_eq(branches, 2);
    ck_assert_uint_eq(branch[0].count, 2);
    ck_assert_uint_eq(branch[0].questions[0].row, row_of("CI-01"));
    put_back(&old);
    drop_copy(&copy);
}
INB_END

// Tables without rows: the least norm that loads.
INB_TEST(empty_tables) {
    static const struct {
        const char *file, *head;
    } tables[] = {{"routing.csv", "order,route,when,age,why,basis,source\n"},
        {"advice.csv", "id,kind,order,when,source,as_of\n"},
        {"card.csv", "branch,position,question,kind\n"}};
    struct copy copy = copy_norm();
    struct old_file old[3];
    for (size_t i = 0; i < 3; i++) {
        old[i] = replace_file(&copy, tables[i].file, tables[i].head, strlen(tables[i].head));
    }
    INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
    INB_OK_IS(inb_catalogue_load(copy.dir, &catalogue, err));
    inb_facts facts = {.age = age_unknown()};
    inb_finding finding;
    inb_weigh(catalogue, &facts, &finding);
    ck_assert_uint_eq(finding.route_count, 0);
    for (size_t i = 0; i < 3; i++) {
        put_back(&old[i]);
    }
    drop_copy(&copy);
}
INB_END

static const char *folder; // NULL = the embedded norm

static inb_status once(inb_error *err) {
    return load(folder, err);
}

INB_TEST(refused_memory) {
    INB_SWEEP(once(err));
    struct copy copy = copy_norm();
    folder = copy.dir;
    INB_SWEEP(once(err));
    folder = NULL;
    drop_copy(&copy);
    inb_catalogue_free(NULL);
}
INB_END

INB_TEST_MAIN("2_weigh/catalogue", wrong_cells, missing_columns, torn_rows,
    refused_memory_for_each_kept_text, refused_memory_wherever_a_block_ends, missing_files,
    more_rows_than_there_is_room_for, at_most_eight_questions_a_branch,
    many_rows_of_one_id_are_no_more_ids, rows_that_the_situation_refers_to,
    every_reporter_has_a_basis_everywhere, the_more_particular_basis_wins, catalogue_ini,
    the_norm_as_compiled, who_is_asked_what, other_cards, empty_tables, refused_memory)
