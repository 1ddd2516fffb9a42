// SPDX-License-Identifier: EUPL-1.2
// A store counted for a command: its options, and nothing read where they are wrong or the store is
// not there.

#include "cli/pictured.h"

#include "import_help.h"

#include <stdlib.h>

static inb_arguments given; // large

static inb_status parse(const char *const *words, inb_error *err) {
    int count = 0;
    while (words[count] != NULL) {
        count++;
    }
    return inb_arguments_parse(&inb_command_picture, count, (char **)(uintptr_t)words, &given, err);
}

#define PARSE(...) INB_OK_IS(parse((const char *const[]){__VA_ARGS__, NULL}, err))

INB_TEST(options_of_links) {
    inb_picture_links links;
    PARSE("--draws", "7", "--seed", "3", "--threads", "2");
    INB_OK_IS(inb_pictured_links(&given, &links, err));
    ck_assert_uint_eq(links.draws, 7);
    ck_assert_uint_eq(links.seed, 3);
    ck_assert_uint_eq(links.threads, 2);
    inb_estimate_options options;
    INB_OK_IS(inb_pictured_method(&given, &links, &options, err));
    ck_assert_int_eq(options.method, INB_COUNT_STEPWISE);
    ck_assert_uint_eq(options.seed, 3);
    PARSE("--draws", "0", "--method", "independence");
    INB_OK_IS(inb_pictured_links(&given, &links, err));
    ck_assert_uint_eq(links.draws, 0);
    INB_OK_IS(inb_pictured_method(&given, &links, &options, err));
    ck_assert_int_eq(options.method, INB_COUNT_INDEPENDENCE);
    PARSE("--draws", "1");
    INB_FAILS(inb_pictured_links(&given, &links, err), INB_USAGE, "found 1");
    PARSE("--method", "model");
    INB_FAILS(inb_pictured_method(&given, &links, &options, err), INB_USAGE, "'model'");
}
INB_END

INB_TEST(a_store) {
    place_setup();
    INB_OK_IS(INB_CALL(inb_command_import, "--store", where, "--key", keyfile,
        put_file("a.csv", IMPORT_HEADER IMPORT_ROW("1") IMPORT_ROW("2"))));
    inb_catalogue *catalogue = NULL;
    INB_OK_IS(inb_catalogue_load(NULL, &catalogue, err));
    inb_pictured pictured = {.store = NULL};
    PARSE("--store", where, "--key", keyfile);
    INB_OK_IS(inb_pictured_store(&given, catalogue, "picture", &pictured, err));
    ck_assert_int_eq(pictured.overview->sightings, 2);
    ck_assert_ptr_null(pictured.truth);
    inb_pictured_clear(&pictured);
    // A truth that cannot be read stops it before anything is opened.
    pictured = (inb_pictured){.store = NULL};
    PARSE("--store", where, "--truth", in_place("none.csv"));
    INB_FAILS(inb_pictured_store(&given, catalogue, "picture", &pictured, err), INB_BAD_INPUT,
        "none.csv");
    ck_assert_ptr_null(pictured.store);
    inb_pictured_clear(&pictured);
    inb_catalogue_free(catalogue);
    place_teardown();
}
INB_END

INB_TEST_MAIN("cli/pictured", options_of_links, a_store)
