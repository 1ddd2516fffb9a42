// SPDX-License-Identifier: EUPL-1.2
// The reader as a whole: random signals come back from CSV and JSON as they were; a hundred
// thousand of them give the same from both in memory that does not grow; citizen service numbers
// are seen before anything is kept; no message shows what a canary file holds, however it is
// damaged; every path to an allocation refused.

#include "signal_help.h"

#include "inb_file.h"

#include <malloc.h>

// Far more than fits in what the readers may grow by; ASan is slow.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define INB_ASAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(INB_ASAN)
enum { MANY = 10000 };
#else
enum { MANY = 100000 };
#endif

// ---- round trips ----

INB_TEST(random_signals_come_back) {
    inb_arena *arena = NULL;
    INB_OK_IS(inb_arena_new(0, &arena, err));
    inb_buffer text = INB_BUFFER_INIT(1 << 20);
    for (size_t seed = 0; seed < 3000; seed++) {
        inb_rng rng = inb_rng_make(3, seed);
        inb_signal signal;
        inb_arena_reset(arena);
        help_signal(arena, &rng, seed, &signal);
        for (int form = 0; form < 2; form++) {
            inb_buffer_reset(&text);
            if (form == 0) {
                inb_buffer_text(&text, help_header);
                help_csv(&text, &signal);
            } else {
                help_json(&text, &signal);
            }
            const inb_signal *read;
            inb_signal_reader *reader = help_first(inb_buffer_get(&text), NULL, &read);
            INB_HOLDS(help_same(&signal, read), "seed %zu form %d:\n%.900s", seed, form, text.data);
            INB_OK_IS(inb_signal_reader_next(reader, &read, err));
            ck_assert_ptr_null(read);
            INB_OK_IS(inb_signal_reader_finish(reader, err));
            inb_signal_reader_free(reader);
        }
    }
    inb_buffer_clear(&text);
    inb_arena_free(arena);
}
INB_END

static void add_file(FILE *stream, inb_buffer *text) {
    ck_assert_int_eq(inb_buffer_check(text, NULL), INB_OK);
    ck_assert_uint_eq(fwrite(inb_buffer_get(text), 1, text->length, stream), text->length);
    inb_buffer_reset(text);
}

// The same `count` signals as CSV and as JSON.
static void write_files(size_t count, char csv[INB_TEMP_PATH], char json[INB_TEMP_PATH]) {
    inb_temp_file(csv, help_header, sizeof help_header - 1);
    inb_temp_file(json, "[\n", 2);
    FILE *csv_file = fopen(csv, "ab");
    FILE *json_file = fopen(json, "ab");
    inb_arena *arena = NULL;
    inb_buffer text = INB_BUFFER_INIT(1 << 20);
    ck_assert(csv_file != NULL && json_file != NULL);
    ck_assert_int_eq(inb_arena_new(0, &arena, NULL), INB_OK);
    for (size_t i = 0; i < count; i++) {
        inb_rng rng = inb_rng_make(4, i);
        inb_signal signal;
        inb_arena_reset(arena);
        help_signal(arena, &rng, i, &signal);
        help_csv(&text, &signal);
        add_file(csv_file, &text);
        help_json(&text, &signal);
        inb_buffer_text(&text, i + 1 == count ? "\n]\n" : ",\n");
        add_file(json_file, &text);
    }
    ck_assert(fclose(csv_file) == 0 && fclose(json_file) == 0);
    inb_buffer_clear(&text);
    inb_arena_free(arena);
}

static size_t bytes_in_use(void) {
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

INB_TEST(csv_and_json_give_the_same_in_constant_memory) {
    char paths[2][INB_TEMP_PATH];
    inb_signal_reader *readers[2] = {NULL, NULL};
    const inb_signal *signals[2];
    write_files(MANY, paths[0], paths[1]);
    for (int form = 0; form < 2; form++) {
        INB_OK_IS(inb_signal_reader_open(paths[form], NULL, help_known, NULL, &readers[form], err));
        ck_assert_int_eq(inb_signal_reader_is_json(readers[form]), form == 1);
    }
    size_t count = 0;
    size_t early = 0;
    size_t most = 0;
    for (;; count++) {
        for (int form = 0; form < 2; form++) {
            inb_error err = INB_ERROR_INIT;
            inb_status status = inb_signal_reader_next(readers[form], &signals[form], &err);
            INB_HOLDS(status == INB_OK, "signal %zu: %s", count, err.message);
        }
        if (signals[0] == NULL || signals[1] == NULL) {
            break;
        }
        INB_HOLDS(help_same(signals[0], signals[1]), "signal %zu", count);
        if (count % 500 == 0) {
            size_t used = bytes_in_use();
            early = count == 1000 ? used : early;
            most = used > most ? used : most;
        }
    }
    ck_assert(signals[0] == NULL && signals[1] == NULL);
    ck_assert_uint_eq(count, MANY);
    // The ids of two readers, and what a signal larger than the first thousand asks for.
    ck_assert_msg(
        most - early <= 2 * 19 * (size_t)MANY + 300000, "%zu bytes grew to %zu", early, most);
    for (int form = 0; form < 2; form++) {
        INB_OK_IS(inb_signal_reader_finish(readers[form], err));
        inb_signal_reader_free(readers[form]);
        inb_signal_count scanned;
        INB_OK_IS(inb_signal_scan(paths[form], NULL, help_known, NULL, &scanned, err));
        ck_assert_uint_eq(scanned.signals, MANY);
        ck_assert_uint_eq(scanned.bad, 0);
        ck_assert(scanned.whole && scanned.refusal.status == INB_OK);
        unlink(paths[form]);
    }
}
INB_END

// ---- citizen service numbers ----

// Nine digits that pass the eleven-test, or do not.
static void digits(inb_rng *rng, bool valid, char out[static 10]) {
    int sum;
    do {
        sum = 0;
        for (int i = 0; i < 8; i++) {
            int digit = (int)inb_rng_below(rng, 10);
            out[i] = (char)('0' + digit);
            sum += digit * (9 - i);
        }
        sum %= 11;
    } while (sum == 10 || sum == 0);
    out[8] = (char)('0' + (valid ? sum : sum - 1));
    out[9] = '\0';
}

// A file whose `field` holds `valid` numbers that pass and `wrong` that do not; the verdict.
static inb_status verdict(
    const char *field, size_t valid, size_t wrong, bool json, const char *map, inb_error *err) {
    inb_rng rng = inb_rng_make(9, valid);
    inb_buffer text = INB_BUFFER_INIT(1 << 22);
    bool id = strcmp(field, "id") == 0;
    inb_buffer_format(&text, json ? "[%s" : "source.kind,%s%s\n",
        json ? ""
        : id ? ""
             : "id,",
        json ? "" : field);
    for (size_t i = 0; i < valid + wrong; i++) {
        char number[10];
        digits(&rng, i < valid, number);
        if (!json) {
            inb_buffer_text(&text, "ngo,");
            if (!id) {
                inb_buffer_format(&text, "S%zu,", i);
            }
            inb_buffer_format(&text, "%s\n", number);
        } else if (strncmp(field, "party.", 6) == 0) {
            inb_buffer_format(&text,
                "%s{\"id\":%zu,\"source\":{\"kind\":\"ngo\"},\"parties\":[{\"kind\":\"%s\","
                "\"value\":\"%s\"}]}",
                i == 0 ? "" : ",\n", i, field + 6, number);
        } else {
            inb_buffer_format(&text,
                "%s{\"id\":%zu,\"source\":{\"kind\":\"ngo\"},\"persons\":[{\"%s\":\"%s\"}]}",
                i == 0 ? "" : ",\n", i, field + 7, number);
        }
    }
    inb_buffer_text(&text, json ? "]" : "");
    inb_signal_reader *reader = NULL;
    inb_status status = inb_signal_reader_open_memory(
        "f", inb_buffer_get(&text), text.length, map, help_known, NULL, &reader, err);
    ck_assert_int_eq(status, INB_OK);
    const inb_signal *signal = NULL;
    do {
        inb_error each = INB_ERROR_INIT;
        status = inb_signal_reader_next(reader, &signal, &each);
        ck_assert(status == INB_OK || status == INB_BAD_INPUT);
    } while (status != INB_OK || signal != NULL);
    status = inb_signal_reader_finish(reader, err);
    inb_signal_reader_free(reader);
    inb_buffer_clear(&text);
    return status;
}

INB_TEST(citizen_numbers_in_any_column) {
    // Also where each row is wrong for another reason: the numbers are seen all the same.
    static const char *const columns[] = {"id", "source.organisation", "text", "place.detail",
        "ground", "person.ref", "person.age", "person.name", "person.surname", "person.sex",
        "person.nationality", "person.phone", "person.birth_date", "roles", "observations",
        "party.agency", "party.account", "party.handle", "party.phone", "party.agency.kvk",
        "place.municipality", "seen"};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        const char *name = strcmp(columns[i], "roles") == 0          ? "person.roles"
                           : strcmp(columns[i], "observations") == 0 ? "person.observations"
                                                                     : columns[i];
        char part[100];
        snprintf(part, sizeof part, "f:1:%d: found citizen service numbers in '%s' (25 of 25 ",
            i == 0 ? 13 : 16, name);
        INB_FAILS(verdict(columns[i], 25, 0, false, NULL, err), INB_BAD_INPUT, part);
        INB_OK_IS(verdict(columns[i], 2, 25, false, NULL, err));
    }
    static const char *const keys[] = {
        "person.name", "person.phone", "person.ref", "party.account", "party.handle"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        char part[100];
        snprintf(part, sizeof part, "f:1:2: found citizen service numbers in '%s'", keys[i]);
        INB_FAILS(verdict(keys[i], 25, 0, true, NULL, err), INB_BAD_INPUT, part);
        INB_OK_IS(verdict(keys[i], 2, 25, true, NULL, err));
    }
}
INB_END

INB_TEST(where_the_verdict_turns) {
    for (int json = 0; json < 2; json++) {
        const char *field = "person.phone";
        INB_OK_IS(verdict(field, 0, 0, json == 1, NULL, err));
        INB_FAILS(verdict(field, 1, 0, json == 1, NULL, err), INB_BAD_INPUT, "1 of 1 nine-digit");
        INB_FAILS(verdict(field, 19, 0, json == 1, NULL, err), INB_BAD_INPUT, "19 of 19");
        INB_OK_IS(verdict(field, 18, 1, json == 1, NULL, err));
        INB_FAILS(verdict(field, 19, 1, json == 1, NULL, err), INB_BAD_INPUT, "19 of 20");
        INB_FAILS(verdict(field, 10, 10, json == 1, NULL, err), INB_BAD_INPUT, "10 of 20");
        INB_OK_IS(verdict(field, 9, 11, json == 1, NULL, err));
        INB_OK_IS(verdict(field, 0, 1000, json == 1, NULL, err));
    }
    // A column that the map leaves out is the way to import such a file.
    INB_OK_IS(verdict("bsn", 25, 0, false, "[columns]\n- = bsn\n", err));
}
INB_END

INB_TEST(scan_tells_all_before_anything_is_kept) {
    char path[INB_TEMP_PATH];
    static const char text[] = "id,source.kind,person.ref,person.phone\n1,ngo,a,111222333\n"
                               "1,,b,123456782\n2,x,a,\n3,ngo,a,123456782\n2,ngo,a,\n4,ngo,a,\n";
    inb_temp_file(path, text, sizeof text - 1);
    inb_signal_count count;
    INB_OK_IS(inb_signal_scan(path, NULL, help_known, NULL, &count, err));
    ck_assert_uint_eq(count.signals, 3);
    ck_assert_uint_eq(count.persons, 4);
    ck_assert_uint_eq(count.bad, 2);
    ck_assert(count.whole);
    ck_assert_int_eq(count.last.status, INB_OK);
    ck_assert_ptr_nonnull(strstr(count.first.message, ":4:3: found"));
    ck_assert_int_eq(count.refusal.status, INB_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(count.refusal.message, ":1:27: found citizen service numbers"));
    unlink(path);
    static const char broken[] = "id,source.kind\n1,ngo\n2,\"ngo\n";
    inb_temp_file(path, broken, sizeof broken - 1);
    INB_OK_IS(inb_signal_scan(path, NULL, help_known, NULL, &count, err));
    ck_assert_uint_eq(count.signals, 1);
    ck_assert(!count.whole);
    ck_assert_ptr_nonnull(strstr(count.last.message, ":3:3: found a quote that is never closed"));
    INB_FAILS(inb_signal_scan(path, "/nonexistent", help_known, NULL, &count, err), INB_BAD_INPUT,
        "/nonexistent: cannot be opened");
    unlink(path);
    INB_FAILS(inb_signal_scan(path, NULL, help_known, NULL, &count, err), INB_BAD_INPUT,
        "cannot be opened");
    INB_FAILS(inb_signal_scan("/tmp", NULL, help_known, NULL, &count, err), INB_IO, "reading");
}
INB_END

// ---- which form ----

INB_TEST(the_form_of_a_file) {
    static const struct {
        const char *text;
        bool json;
    } cases[] = {{"{}", true}, {" \n\t[", true}, {"\xEF\xBB\xBF[]", true},
        {"\xEF\xBB\xBF\n {}", true}, {"\xEF\xBB\xBFid,source.kind\n", false},
        {"id,source.kind\n", false}, {"\n\nid,source.kind\n", false},
        {"\"id\",source.kind\n", false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char path[INB_TEMP_PATH];
        inb_temp_file(path, cases[i].text, strlen(cases[i].text));
        for (int memory = 0; memory < 2; memory++) {
            inb_signal_reader *reader = NULL;
            if (memory == 1) {
                INB_OK_IS(inb_signal_reader_open_memory("f", cases[i].text, strlen(cases[i].text),
                    NULL, help_known, NULL, &reader, err));
            } else {
                INB_OK_IS(inb_signal_reader_open(path, NULL, help_known, NULL, &reader, err));
            }
            ck_assert_int_eq(inb_signal_reader_is_json(reader), cases[i].json);
            inb_signal_reader_free(reader);
        }
        unlink(path);
    }
    inb_signal_reader_free(NULL);
}
INB_END

// ---- the canary ----

static const char canary_csv[] =
    "id,source.kind,source.organisation,seen,noted,place.municipality,place.detail,text,ground,"
    "situation.profits,person.ref,person.age,person.name,person.given_name,person.prefix,"
    "person.surname,person.birth_date,person.sex,person.nationality,person.phone,roles,"
    "observations,circumstances,party.agency,party.agency.kvk,party.address,party.vehicle,"
    "party.phone,party.handle,party.account\n"
    "Kanarie1,ngo,Kanarie2,2026-11-03,2026-11-04,GM0599,Kanarie3,\"Kanarie4, \"\"Kanarie5\"\"\","
    "Kanarie6,parent,Kanarie7,15,Kanarie8,Kanarie9,Kanarie10,Kanarie11,2011,Kanarie12,Kanarie13,"
    "Kanarie14,suspect,D1-01=yes;CR-03=no,CI-01,Kanarie15,12345678,Kanarie16,Kanarie17,Kanarie18,"
    "Kanarie19,Kanarie20\n";

static const char canary_json[] =
    "[{\"id\":\"Kanarie1\",\"source\":{\"kind\":\"ngo\",\"organisation\":\"Kanarie2\"},"
    "\"seen\":\"2026-11-03\",\"noted\":\"2026-11-04\",\"place\":{\"municipality\":\"GM0599\","
    "\"detail\":\"Kanarie3\"},\"persons\":[{\"ref\":\"Kanarie7\",\"age\":15,\"roles\":[\"suspect\"]"
    ","
    "\"name\":\"Kanarie8\",\"given_name\":\"Kanarie9\",\"prefix\":\"Kanarie10\","
    "\"surname\":\"Kanarie11\",\"birth_date\":\"2011\",\"sex\":\"Kanarie12\","
    "\"nationality\":\"Kanarie13\",\"phone\":\"Kanarie14\",\"observations\":{\"D1-01\":\"yes\"},"
    "\"circumstances\":[\"CI-01\"]}],\"parties\":[{\"kind\":\"agency\",\"value\":\"Kanarie15\","
    "\"kvk\":\"12345678\"}],\"situation\":{\"profits\":[\"parent\"]},\"text\":\"Kanarie4\","
    "\"ground\":\"Kanarie6\"}]";

static size_t complaints;

static void shows_nothing(const char *text, size_t length, const char *what, size_t at) {
    inb_error problem;
    help_read(text, length, NULL, &problem, NULL, NULL);
    complaints += problem.status != INB_OK;
    INB_HOLDS(strstr(problem.message, "anar") == NULL && strstr(problem.message, "Kan") == NULL,
        "%s at byte %zu: %s", what, at, problem.message);
}

INB_TEST(no_message_shows_the_canary) {
    static const char *const texts[] = {canary_csv, canary_json};
    static const char *const cuts[] = {"\"", ",", ";", "=", "{", "}", "[", "]", ":", "\n", "\\",
        "x", "9", "\xFF", "\x01", "-", "\xC3\xA9", " "};
    complaints = 0;
    for (int form = 0; form < 2; form++) {
        help_reads(texts[form], NULL, 1); // undamaged it is right
        size_t length = strlen(texts[form]);
        char *text = inb_alloc(length + 8, 1);
        for (size_t at = 0; at < length; at++) {
            shows_nothing(texts[form], at, "cut off", at);
            memcpy(text, texts[form], at);
            memcpy(text + at, texts[form] + at + 1, length - at - 1);
            shows_nothing(text, length - 1, "taken out", at);
            for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++) {
                size_t width = strlen(cuts[i]);
                memcpy(text, texts[form], at);
                memcpy(text + at, cuts[i], width);
                memcpy(text + at + width, texts[form] + at + 1, length - at - 1);
                shows_nothing(text, length - 1 + width, "changed", at);
            }
        }
        inb_free(text);
    }
    ck_assert_uint_gt(complaints, 10000);
}
INB_END

// Columns that changed places: each value stands once under each name.
INB_TEST(no_message_shows_the_canary_in_the_wrong_column) {
    inb_buffer text = INB_BUFFER_INIT(1 << 20);
    const char *line_end = strchr(canary_csv, '\n');
    const char *values = line_end + 1;
    complaints = 0;
    for (size_t turn = 1; turn < 30; turn++) { // the names moved on by `turn`
        inb_buffer_reset(&text);
        const char *split = canary_csv;
        for (size_t i = 0; i < turn; i++) {
            split = strchr(split, ',') + 1;
        }
        inb_buffer_add(&text, split, (size_t)(line_end - split));
        inb_buffer_char(&text, ',');
        inb_buffer_add(&text, canary_csv, (size_t)(split - canary_csv) - 1);
        inb_buffer_char(&text, '\n');
        inb_buffer_text(&text, values);
        shows_nothing(inb_buffer_get(&text), text.length, "turned", turn);
    }
    ck_assert_uint_eq(complaints, 29);
    // And a file without its header row.
    shows_nothing(values, strlen(values), "no header", 0);
    inb_buffer_clear(&text);
}
INB_END

// ---- memory ----

static inb_status read_all(const char *text, inb_error *err) {
    static const char map[] = "[columns]\n- = zz\n[values.person.age]\nx = 1\n";
    INB_CLEANUP(inb_signal_reader_freep) inb_signal_reader *reader = NULL;
    const inb_signal *signal = NULL;
    INB_TRY(inb_signal_reader_open_memory(
        "f", text, strlen(text), map, help_known, NULL, &reader, err));
    do {
        INB_TRY(inb_signal_reader_next(reader, &signal, err));
    } while (signal != NULL);
    return inb_signal_reader_finish(reader, err);
}

static inb_status scan_file(const char *path, inb_error *err) {
    inb_signal_count count;
    return inb_signal_scan(path, NULL, help_known, NULL, &count, err);
}

INB_TEST(memory_refused) {
    INB_SWEEP(read_all(canary_csv, err));
    INB_SWEEP(read_all(canary_json, err));
    char path[INB_TEMP_PATH];
    inb_temp_file(path, canary_csv, sizeof canary_csv - 1);
    INB_SWEEP(scan_file(path, err));
    unlink(path);
    inb_temp_file(path, canary_json, sizeof canary_json - 1);
    INB_SWEEP(scan_file(path, err));
    unlink(path);
}
INB_END

INB_TEST(after_refused_memory_nothing_is_read) {
    inb_signal_reader *reader = NULL;
    const inb_signal *signal;
    INB_OK_IS(inb_signal_reader_open_memory(
        "f", canary_csv, sizeof canary_csv - 1, NULL, help_known, NULL, &reader, err));
    inb_alloc_fail_from(1);
    inb_error err = INB_ERROR_INIT;
    ck_assert_int_eq(inb_signal_reader_next(reader, &signal, &err), INB_NO_MEMORY);
    inb_alloc_fail_from(0);
    ck_assert(!inb_signal_reader_can_go_on(reader));
    INB_FAILS(inb_signal_reader_next(reader, &signal, err), INB_USAGE, "cannot go on");
    inb_signal_reader_free(reader);
}
INB_END

INB_TEST_MAIN("1_observe/signal_reader", random_signals_come_back,
    csv_and_json_give_the_same_in_constant_memory, citizen_numbers_in_any_column,
    where_the_verdict_turns, scan_tells_all_before_anything_is_kept, the_form_of_a_file,
    no_message_shows_the_canary, no_message_shows_the_canary_in_the_wrong_column, memory_refused,
    after_refused_memory_nothing_is_read)
