// SPDX-License-Identifier: EUPL-1.2
// inbeeld import as it is called: all or nothing, wrong rows with their place and set aside, no
// secret in any file, a full disk, and the swap test (R9, R30, R35) through the import.

#include "import_help.h"

#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define IMPORT(...) INB_CALL(inb_command_import, "--store", where, "--key", keyfile, __VA_ARGS__)

INB_TEST(kept_with_a_summary) {
    place_setup();
    const char *file = put_file("a.csv", IMPORT_HEADER IMPORT_ROW("1") IMPORT_ROW("2"));
    INB_OK_IS(IMPORT(file, "--json"));
    json_t *root = json_loads(inb_printed, JSON_REJECT_DUPLICATES, NULL);
    ck_assert_ptr_nonnull(root);
    ck_assert_int_eq(json_integer_value(json_object_get(root, "signals")), 2);
    ck_assert_int_eq(json_integer_value(json_object_get(root, "persons")), 2);
    ck_assert_int_eq(json_integer_value(json_object_get(root, "skipped")), 0);
    ck_assert(json_is_null(json_object_get(root, "skipped_in")));
    json_t *levels = json_object_get(root, "levels");
    ck_assert_int_eq(json_integer_value(json_object_get(levels, "elements")), 2);
    json_decref(root);
    ck_assert_int_eq(kept_signals(), 2);
    struct stat info;
    ck_assert_int_eq(stat(keyfile, &info), 0); // it was made, with its folder
    ck_assert_uint_eq(info.st_mode & 0777U, 0600);
    ck_assert_int_eq(stat(in_place("s.db"), &info), 0);
    ck_assert_uint_eq(info.st_mode & 0777U, 0600);
    place_teardown();
}
INB_END

INB_TEST(all_or_nothing) {
    place_setup();
    const char *good = put_file("a.csv", IMPORT_HEADER IMPORT_ROW("1") IMPORT_ROW("2"));
    const char *bad = put_file("b.csv", IMPORT_HEADER IMPORT_ROW("3") IMPORT_WRONG("4"));
    INB_FAILS(IMPORT(good, bad), INB_BAD_INPUT, "b.csv:3:");
    ck_assert_str_eq(inb_printed, "");
    ck_assert(!stands("s.db") && !stands("keys")); // seen before anything was made
    // Seen in the second file only while keeping: the first file's signals go too.
    const char *twice = put_file("c.csv", IMPORT_HEADER IMPORT_ROW("5") IMPORT_ROW("1"));
    INB_FAILS(IMPORT(good, twice), INB_BAD_INPUT, "c.csv:3:1: a signal of this organisation with");
    ck_assert_int_eq(kept_signals(), 0);
    const char *more = put_file("d.csv", IMPORT_HEADER IMPORT_WRONG("3") IMPORT_WRONG("4"));
    INB_FAILS(IMPORT(more), INB_BAD_INPUT, "(and 1 more wrong signals)");
    place_teardown();
}
INB_END

INB_TEST(bad_ones_set_aside) {
    place_setup();
    const char *file = put_file("a.csv", IMPORT_HEADER IMPORT_ROW("1") IMPORT_WRONG("2") IMPORT_ROW(
                                             "3") "4,ngo,school-a,2999-01-01,,,,,,,,,,,,,,,,,\n");
    const char *bad = in_place("bad.csv");
    INB_OK_IS(IMPORT(file, "--skip-bad", bad));
    ck_assert_ptr_nonnull(strstr(inb_printed, "Kept 2 signals about 2 persons"));
    size_t length;
    char *content = inb_file_content(bad, &length);
    ck_assert_str_eq(
        content, IMPORT_HEADER IMPORT_WRONG("2") "4,ngo,school-a,2999-01-01,,,,,,,,,,,,,,,,,\n");
    free(content);
    struct stat info;
    ck_assert_int_eq(stat(bad, &info), 0);
    ck_assert_uint_eq(info.st_mode & 0777U, 0600); // it holds what was to be sealed
    // What is kept already is wrong as well, and stands with its place.
    INB_FAILS(IMPORT(put_file("b.csv", IMPORT_HEADER IMPORT_ROW("9") IMPORT_ROW("3"))),
        INB_BAD_INPUT, "b.csv:3:1: a signal of this organisation with this id is kept already");
    ck_assert_int_eq(kept_signals(), 2);
    INB_OK_IS(IMPORT(put_file("c.csv", IMPORT_HEADER IMPORT_ROW("8")), "--skip-bad", bad));
    content = inb_file_content(bad, &length);
    ck_assert_uint_eq(length, 0); // not the wrong ones of another day
    free(content);
    place_teardown();
}
INB_END

INB_TEST(json_and_map) {
    place_setup();
    const char *file = put_file("a.json",
        "[{\"id\":1,\"source\":{\"kind\":\"onderwijs\",\"organisation\":\"school-a\"},\"persons\":"
        "[{\"age\":15}]},\n {\"id\":2,\"source\":{\"kind\":\"x\"}},\n"
        " {\"id\":3,\"source\":{\"kind\":\"y\"}}]");
    const char *map = put_file("m.ini", "[values.source.kind]\nonderwijs = school\n");
    const char *bad = in_place("bad.json");
    INB_OK_IS(IMPORT(file, "--map", map, "--skip-bad", bad, "--json"));
    ck_assert_int_eq(kept_signals(), 1);
    json_t *root = json_load_file(bad, 0, NULL);
    ck_assert_uint_eq(json_array_size(root), 2);
    json_decref(root);
    place_teardown();
}
INB_END

INB_TEST(refused) {
    place_setup();
    const char *file = put_file("a.csv", IMPORT_HEADER IMPORT_ROW("1"));
    INB_FAILS(IMPORT("-"), INB_USAGE, "read twice");
    INB_FAILS(INB_CALL(inb_command_import, "--store", where), INB_USAGE, "no file");
    INB_FAILS(IMPORT("/nowhere.csv"), INB_BAD_INPUT, "/nowhere.csv");
    INB_FAILS(IMPORT(place), INB_BAD_INPUT, "found a folder");
    const char *pipe_path = in_place("pipe");
    ck_assert_int_eq(mkfifo(pipe_path, 0600), 0);
    INB_FAILS(IMPORT(pipe_path), INB_BAD_INPUT, "found a pipe");
    INB_FAILS(IMPORT(file, "--skip-bad", file), INB_USAGE, "a file that is imported");
    INB_FAILS(IMPORT(put_file("f.csv", IMPORT_HEADER "4,ngo,o,2999-01-01,,,,,,,,,,,,,,,,,\n")),
        INB_BAD_INPUT, "f.csv:2:1: found a day in the future in 'seen'");
    // A column of citizen service numbers, though each row is right.
    INB_FAILS(IMPORT(put_file("g.csv", "id,source.kind,person.name\n1,ngo,111222333\n"
                                       "2,ngo,123456782\n"),
                  "--skip-bad", in_place("bad.csv")),
        INB_BAD_INPUT, "citizen service numbers");
    ck_assert(!stands("bad.csv"));
    // A store whose key is gone.
    INB_OK_IS(IMPORT(file));
    ck_assert_int_eq(rename(keyfile, in_place("away")), 0);
    INB_FAILS(IMPORT(put_file("h.csv", IMPORT_HEADER IMPORT_ROW("7"))), INB_BAD_INPUT,
        "there is no key file here");
    place_teardown();
}
INB_END

static void sql(const char *text) {
    sqlite3 *database = NULL;
    ck_assert_int_eq(sqlite3_open(in_place("s.db"), &database), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(database, text, NULL, NULL, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_close(database), SQLITE_OK);
}

INB_TEST(newer_store) {
    place_setup();
    const char *file = put_file("a.csv", IMPORT_HEADER IMPORT_ROW("1"));
    INB_OK_IS(IMPORT(file));
    const inb_store_options options = {.hash = inb_hash};
    inb_store *store = NULL;
    INB_OK_IS(inb_store_open(where, &options, &store, err));
    char words[64];
    snprintf(words, sizeof words, "pragma user_version = %d", inb_store_schema(store));
    inb_store_free(store);
    sql("pragma user_version = 99");
    const char *more = put_file("b.csv", IMPORT_HEADER IMPORT_ROW("2"));
    INB_FAILS(IMPORT(more), INB_BAD_INPUT, "written by a newer inbeeld (schema 99;");
    sql(words);
    ck_assert_int_eq(kept_signals(), 1);
    place_teardown();
}
INB_END

INB_TEST(no_secret_in_any_file) {
    place_setup();
    const char *file = put_file("a.csv", IMPORT_HEADER IMPORT_ROW("1") IMPORT_ROW("2"));
    INB_OK_IS(IMPORT(file));
    // A connection that stays open keeps the write-ahead log from being folded in.
    inb_catalogue *catalogue = NULL;
    inb_road *road = open_place(&catalogue);
    INB_OK_IS(IMPORT(put_file("b.csv", IMPORT_HEADER IMPORT_ROW("3"))));
    ck_assert_int_eq(no_secret_in("s.db"), 3);
    inb_road_free(road);
    inb_catalogue_free(catalogue);
    ck_assert_int_eq(no_secret_in("s.db"), 1);
    char words[256]; // a backup as SQLite makes it
    snprintf(words, sizeof words, "vacuum into '%s'", in_place("backup.db"));
    sql(words);
    ck_assert_int_eq(no_secret_in("backup.db"), 1);
    place_teardown();
}
INB_END

// ---- swap test ----

struct swap {
    char finding[1 << 15];
    char open[1 << 12]; // what stands open and is weighed
};

static inb_status write_open(const inb_stored_signal *signal, void *payload, inb_error *err) {
    struct swap *swap = payload;
    (void)err;
    int at = snprintf(swap->open, sizeof swap->open, "%s %d %d-%d %s %d%d%d%u%u%d%d", signal->id,
        (int)signal->source_kind, signal->seen.year, signal->seen.month, signal->municipality,
        signal->situation.danger_now, signal->situation.unaccompanied, signal->situation.denies,
        signal->situation.profits, signal->situation.surroundings, (int)signal->situation.consent,
        (int)signal->situation.police);
    for (size_t i = 0; i < signal->person_count; i++) {
        const inb_stored_person *person = &signal->persons[i];
        at += snprintf(swap->open + at, sizeof swap->open - (size_t)at, "|%s %d %u", person->ref,
            (int)person->age_class, person->roles);
        for (size_t k = 0; k < person->observation_count; k++) {
            at += snprintf(swap->open + at, sizeof swap->open - (size_t)at, " %s%d",
                person->observations[k].id, (int)person->observations[k].answer);
        }
        for (size_t k = 0; k < person->circumstance_count; k++) {
            at += snprintf(
                swap->open + at, sizeof swap->open - (size_t)at, " %s", person->circumstances[k]);
        }
    }
    return INB_OK;
}

static void finding_of(const char *who, struct swap *ret) {
    place_setup();
    char rows[2048];
    snprintf(rows, sizeof rows,
        IMPORT_HEADER "1,school,school-a,2026-11-03,,GM0599,,a,16,possible_victim,%s,06-12345678,"
                      "D1-01=yes;CR-11=yes;CR-03=unknown,CI-01,,,,,a ground\n",
        who);
    INB_OK_IS(IMPORT(put_file("a.csv", rows)));
    inb_catalogue *catalogue = NULL;
    inb_road *road = open_place(&catalogue);
    inb_arena *arena = NULL;
    inb_ticket *ticket = NULL;
    inb_road_signal got;
    const inb_road_actor actor = {"test", "school-a", "", 1795000000};
    INB_OK_IS(inb_arena_new(0, &arena, err));
    INB_OK_IS(inb_road_ask_wait(road, &actor, INB_ROAD_READ, "1", &ticket, err));
    INB_OK_IS(inb_road_read(road, ticket, arena, 0, &got, err));
    ck_assert_ptr_nonnull(got.signal->persons[0].nationality); // it was told and kept
    inb_facts facts;
    inb_finding finding;
    INB_OK_IS(inb_facts_from_signal(catalogue, got.signal, 0, &facts, err));
    inb_weigh(catalogue, &facts, &finding);
    inb_buffer json = INB_BUFFER_INIT(1 << 20);
    inb_finding_json(catalogue, &finding, "nl", &json);
    inb_finding_text(catalogue, &facts, &finding, "nl", &json);
    ck_assert_uint_lt(json.length, sizeof ret->finding);
    memcpy(ret->finding, json.data, json.length + 1);
    inb_buffer_clear(&json);
    inb_ticket_free(ticket);
    inb_arena_free(arena);
    inb_road_free(road);
    inb_catalogue_free(catalogue);
    inb_store *store = NULL;
    const inb_store_options options = {.hash = inb_hash};
    INB_OK_IS(inb_store_open(where, &options, &store, err));
    INB_OK_IS(inb_store_each(store, write_open, ret, err));
    inb_store_free(store);
    place_teardown();
}

INB_TEST(swap) {
    static struct swap one;
    static struct swap other;
    finding_of("Anna de Vries,meisje,Nederlandse", &one);
    ck_assert_ptr_nonnull(strstr(one.finding, "elements"));
    static const char *const others[] = {"Mohammed El Amrani,jongen,Marokkaanse",
        "Олена Коваль,x,Ukrainian", "Anna de Vries,jongen,Nederlandse", "Zed,meisje,Nederlandse"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        memset(&other, 0, sizeof other);
        finding_of(others[i], &other);
        ck_assert_str_eq(one.finding, other.finding);
        ck_assert_str_eq(one.open, other.open);
    }
}
INB_END

// ---- the machine fails ----

enum { MANY = 3000 };

static const char *many_signals(void) {
    FILE *file = fopen(in_place("many.csv"), "wb");
    ck_assert_ptr_nonnull(file);
    fputs(IMPORT_HEADER, file);
    for (int i = 0; i < MANY; i++) {
        fprintf(file, IMPORT_ROW("m%d"), i);
    }
    ck_assert_int_eq(fclose(file), 0);
    return in_place("many.csv");
}

INB_TEST(file_limit) {
    place_setup();
    INB_OK_IS(IMPORT(put_file("a.csv", IMPORT_HEADER IMPORT_ROW("1"))));
    const char *many = many_signals();
    const char *bad = in_place("bad.csv");
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit before;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit limit = {1000000, before.rlim_max};
    inb_error error = INB_ERROR_INIT;
    inb_error *err = &error;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    inb_status status = IMPORT(many, "--skip-bad", bad);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    ck_assert_int_eq(status, INB_IO);
    ck_assert_msg(strstr(error.message, "no room left on the disk") != NULL, "%s", error.message);
    ck_assert(!stands("bad.csv"));
    ck_assert_int_eq(kept_signals(), 1);
    INB_OK_IS(IMPORT(many)); // none of them was kept: all go in
    ck_assert_int_eq(kept_signals(), MANY + 1);
    place_teardown();
}
INB_END

// The same with every size that a file may have, from nothing to enough: an I/O sweep. Whatever the
// write that fails, nothing is kept of the import and the signal before it stands.
INB_TEST(every_file_limit) {
    place_setup();
    INB_OK_IS(IMPORT(put_file("a.csv", IMPORT_HEADER IMPORT_ROW("1"))));
    char more[384];
    char bad[384];
    snprintf(bad, sizeof bad, "%s", in_place("bad.csv"));
    snprintf(more, sizeof more, "%s",
        put_file("b.csv",
            IMPORT_HEADER IMPORT_ROW("2") IMPORT_WRONG("3") IMPORT_ROW("4") IMPORT_ROW("5")));
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit before;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    inb_status status = INB_IO;
    size_t refused = 0;
    for (rlim_t most = 0; status != INB_OK; most += 4096) {
        struct rlimit limit = {most, before.rlim_max};
        inb_error error = INB_ERROR_INIT;
        inb_error *err = &error;
        // What is printed is kept in a file too, and comes last.
        inb_arguments given;
        const char *words[] = {
            "--store", where, "--key", keyfile, more, "--skip-bad", bad, "--json"};
        INB_OK_IS(inb_arguments_parse(&inb_command_import, 8, (char **)words, &given, err));
        fflush(stdout);
        int kept = dup(1);
        int null = open("/dev/null", O_WRONLY);
        ck_assert_int_ge(dup2(null, 1), 0);
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
        status = inb_command_import.run(&given, err);
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
        ck_assert_int_ge(dup2(kept, 1), 0);
        close(kept);
        close(null);
        if (status != INB_OK) {
            refused++;
            ck_assert_msg(inb_status_exit(status) == 3 && error.message[0] != '\0',
                "limit %llu gave %d: %s", (unsigned long long)most, (int)status, error.message);
            ck_assert(!stands("bad.csv"));
            ck_assert_int_eq(kept_signals(), 1);
        }
        ck_assert_uint_lt(most, 4096 * 200);
    }
    ck_assert_uint_gt(refused, 5);
    ck_assert_int_eq(kept_signals(), 4);
    ck_assert(stands("bad.csv"));
    place_teardown();
}
INB_END

// A disk of 1 MB, where one may be mounted; elsewhere the limit above has to do.
INB_TEST(full_disk) {
    place_setup();
    const char *many = many_signals();
    const char *disk = in_place("disk");
    ck_assert_int_eq(mkdir(disk, 0700), 0);
    if (mount("tmpfs", disk, "tmpfs", 0, "size=1m") != 0) {
        place_teardown();
        return;
    }
    snprintf(where, sizeof where, "sqlite:%s/disk/s.db", place);
    const char *one = put_file("a.csv", IMPORT_HEADER IMPORT_ROW("1"));
    inb_error error = INB_ERROR_INIT;
    inb_error *err = &error;
    inb_status first = IMPORT(one);
    inb_status second = IMPORT(many);
    inb_error after = INB_ERROR_INIT;
    err = &after;
    inb_status third = IMPORT(one);
    ck_assert_int_eq(umount(disk), 0);
    ck_assert_int_eq(first, INB_OK);
    ck_assert_int_eq(second, INB_IO);
    ck_assert_ptr_nonnull(strstr(error.message, "no room left on the disk"));
    ck_assert_int_eq(third, INB_BAD_INPUT); // the one that was kept is there still
    ck_assert_ptr_nonnull(strstr(after.message, "kept already"));
    place_teardown();
}
INB_END

// Killed at moments over an import: all of the file is kept or none, and no secret is in a file.
INB_TEST(killed) {
    place_setup();
    INB_OK_IS(IMPORT(put_file("a.csv", IMPORT_HEADER IMPORT_ROW("1"))));
    const char *many = many_signals();
    int killed = 0;
    int kept = 1;
    for (int turn = 0; turn < 12 && kept == 1; turn++) {
        fflush(stdout);
        pid_t child = fork();
        ck_assert_int_ge(child, 0);
        if (child == 0) {
            inb_error error = INB_ERROR_INIT;
            inb_error *err = &error;
            _exit(IMPORT(many) == INB_OK ? 0 : 1);
        }
        usleep((useconds_t)(5000 + 15000 * turn));
        (void)kill(child, SIGKILL);
        int how = 0;
        ck_assert_int_eq(waitpid(child, &how, 0), child);
        killed += WIFSIGNALED(how);
        (void)no_secret_in("s.db");
        kept = kept_signals();
        ck_assert_msg(kept == 1 || kept == MANY + 1, "%d signals after a kill", kept);
        ck_assert(kept == 1 || !WIFSIGNALED(how) || WTERMSIG(how) == SIGKILL);
    }
    ck_assert_int_ge(killed, 1);
    place_teardown();
}
INB_END

INB_TEST_MAIN("cli/cmd_import", kept_with_a_summary, all_or_nothing, bad_ones_set_aside,
    json_and_map, refused, newer_store, no_secret_in_any_file, swap, file_limit, every_file_limit,
    full_disk, killed)
