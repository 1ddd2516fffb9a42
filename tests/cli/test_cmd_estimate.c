// SPDX-License-Identifier: EUPL-1.2
// inbeeld estimate as it is called: what it prints, the same bytes whatever the threads and the
// seed, and the exit code and words of everything that it refuses.

#include "inb_command.h"
#include "inb_file.h"

#include "base/alloc.h"

#include <jansson.h>

#define CALL(...) INB_CALL(inb_command_estimate, __VA_ARGS__)

static const char *list(const char *name) {
    static char path[4096];
    snprintf(path, sizeof path, "%s/data/lists/%s.csv", getenv("INBEELD_SOURCE"), name);
    return path;
}

static double number_at(const char *key) {
    json_t *root = json_loads(inb_printed, 0, NULL);
    ck_assert_ptr_nonnull(root);
    double value = json_number_value(json_object_get(root, key));
    json_decref(root);
    return value;
}

INB_TEST(published_numbers) {
    INB_OK_IS(CALL(list("UKdat_5"), "--json"));
    INB_NEAR_REL(number_at("estimate"), 11312.9903, 1e-7);
    INB_OK_IS(CALL(list("UKdat_5"), "--json", "--method", "independence"));
    INB_NEAR_ABS(number_at("estimate"), 13444, 0.5);
    INB_OK_IS(CALL(list("Ned_5"), "--json"));
    INB_NEAR_REL(number_at("estimate"), 121521.6137, 1e-7);
    INB_OK_IS(CALL(list("Ned_5"), "--json", "--method=independence", "--bootstrap", "0"));
    INB_NEAR_ABS(number_at("estimate"), 52924, 0.5);
    INB_OK_IS(CALL(list("UKdat_5"), "--json", "--model", "LA,NGxGO"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "\"model\":[\"LA\",\"NGxGO\",\"PFNCA\",\"GP\"]"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "\"method\":\"model\""));
}
INB_END

INB_TEST(text_says_it_in_words) {
    INB_OK_IS(CALL(list("UKdat_5")));
    ck_assert_ptr_nonnull(strstr(inb_printed, "An estimated 11,313 people in all, of whom 2,744"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "9,884 to 13,027"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "No data can test that."));
    ck_assert_ptr_nonnull(strstr(inb_printed, "onfidential until published"));
}
INB_END

INB_TEST(same_bytes_for_any_threads_and_seed) {
    static char first[sizeof inb_printed];
    INB_OK_IS(CALL(list("Ned"), "--json", "--threads", "1"));
    memcpy(first, inb_printed, sizeof first);
    INB_OK_IS(CALL(list("Ned"), "--json", "--threads", "7", "--seed", "99"));
    ck_assert_str_eq(inb_printed, first);
}
INB_END

INB_TEST(threshold_and_level) {
    INB_OK_IS(CALL(list("UKdat_5"), "--json", "--threshold", "1e-200"));
    INB_NEAR_ABS(number_at("estimate"), 13444, 0.5); // nothing comes in
    INB_OK_IS(CALL(list("UKdat_5"), "--json", "--level", "0.5"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "\"level\":0.5"));
    INB_FAILS(CALL(list("UKdat_5"), "--level", "95"), INB_USAGE, "--level");
    INB_FAILS(CALL(list("UKdat_5"), "--threshold", "0"), INB_USAGE, "--threshold");
    INB_FAILS(CALL(list("UKdat_5"), "--threshold", "x"), INB_USAGE, "--threshold");
    INB_FAILS(CALL(list("UKdat_5"), "--threshold", "0.1", "--method", "independence"), INB_USAGE,
        "belongs to method stepwise");
}
INB_END

INB_TEST(the_best_of_all_models) {
    INB_OK_IS(CALL(list("UKdat_5"), "--json", "--method", "bic"));
    INB_NEAR_REL(number_at("estimate"), 25311.29, 1e-6);
    INB_NEAR_ABS(number_at("reference_bound"), 13570.03, 0.006);
    ck_assert_ptr_nonnull(strstr(inb_printed, "\"kind\":\"profile\"},\"intervals\""));
    ck_assert_ptr_nonnull(strstr(inb_printed, "\"proved\":true,\"gap\":0,\"models\":6893"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "\"headline\":{\"given\":false"));
    INB_OK_IS(CALL(list("UKdat_5"), "--json", "--method", "bic", "--order", "2"));
    INB_NEAR_REL(number_at("estimate"), 22991.3313, 1e-6);
    INB_OK_IS(CALL(list("UKdat"), "--json", "--method=bic", "--criterion=bic"));
    INB_NEAR_REL(number_at("estimate"), 12349.59, 1e-6);
    INB_OK_IS(CALL(list("UKdat_5"), "--json", "--method=bic", "--criterion=aic"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "\"search\":{\"criterion\":\"aic\""));
    INB_OK_IS(CALL(list("UKdat_5"), "--method=bic", "--criterion=aicc", "--order=3"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "by aicc, terms of at most 3 lists"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "proved best"));
    INB_FAILS(CALL(list("UKdat_5"), "--criterion", "aic"), INB_USAGE, "belongs to method bic");
    INB_FAILS(CALL(list("UKdat_5"), "--order", "2"), INB_USAGE, "belongs to method bic");
    INB_FAILS(CALL(list("UKdat_5"), "--prove"), INB_USAGE, "belongs to method bic");
    INB_FAILS(CALL(list("UKdat_5"), "--method=bic", "--criterion=dic"), INB_USAGE, "'dic'");
    INB_FAILS(CALL(list("UKdat_5"), "--method=bic", "--order=0"), INB_USAGE, "--order");
    INB_FAILS(CALL(list("UKdat_5"), "--method=bic", "--threshold=.1"), INB_USAGE, "stepwise");
}
INB_END

INB_TEST(the_average_over_graphs) {
    INB_OK_IS(CALL(list("UKdat_5"), "--json", "--method", "decomposable", "--parity"));
    INB_NEAR_REL(number_at("estimate"), 22365, 1e-4);
    ck_assert_ptr_nonnull(strstr(inb_printed, "\"high\":29446,\"kind\":\"posterior\"}"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "\"graphs\":822"));
    INB_OK_IS(CALL(list("UKdat_5"), "--method", "decomposable", "--delta", "0.1"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "9,820 to 29,799"));
    INB_FAILS(CALL(list("UKdat_5"), "--delta", "1"), INB_USAGE, "belongs to method decomposable");
    INB_FAILS(CALL(list("UKdat_5"), "--parity"), INB_USAGE, "belongs to method decomposable");
    INB_FAILS(CALL(list("UKdat_5"), "--method=decomposable", "--delta=0"), INB_USAGE, "--delta");
    INB_FAILS(CALL(list("UKdat_5"), "--method=decomposable", "--bootstrap=9"), INB_USAGE,
        "takes no bootstrap");
}
INB_END

INB_TEST(replicates) {
    static char first[sizeof inb_printed];
    INB_OK_IS(CALL(list("UKdat_5"), "--json", "--bootstrap", "300", "--threads", "1"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "\"kind\":\"bca\"},\"intervals\""));
    ck_assert_ptr_nonnull(strstr(inb_printed, "\"replicates\":300,\"failed_replicates\":0"));
    memcpy(first, inb_printed, sizeof first);
    INB_OK_IS(CALL(list("UKdat_5"), "--json", "--bootstrap", "300", "--threads", "3"));
    ck_assert_str_eq(inb_printed, first);
    INB_OK_IS(CALL(list("UKdat_5"), "--json", "--bootstrap", "300", "--seed", "2"));
    ck_assert_str_ne(inb_printed, first);
    INB_OK_IS(CALL(list("UKdat_5"), "--bootstrap", "50", "--method", "bic", "--order", "2"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "bootstrap, model chosen anew each time"));
    INB_OK_IS(CALL(list("UKdat_5"), "--bootstrap", "50", "--model", "LAxNG"));
    INB_FAILS(CALL(list("UKdat_5"), "--bootstrap", "-1"), INB_USAGE, "--bootstrap");
    INB_FAILS(CALL(list("UKdat_5"), "--bootstrap", "1e3"), INB_USAGE, "--bootstrap");
}
INB_END

INB_TEST(groups) {
    static const char text[] = "A,B,region,count\n1,0,N,50\n0,1,N,60\n1,1,N,9\n1,0,S,50\n0,1,S,60\n"
                               "1,1,S,12\n";
    char path[INB_TEMP_PATH];
    inb_temp_file(path, text, strlen(text));
    INB_OK_IS(CALL(path, "--json", "--group", "region"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "{\"group\":{\"region\":\"N\"}"));
    double total = number_at("estimate");
    INB_NEAR_REL(total, 59.0 * 69 / 9 + 62.0 * 72 / 12, 1e-9);
    INB_FAILS(CALL(path, "--group", "nowhere"), INB_USAGE, "nowhere");
    unlink(path);
}
INB_END

INB_TEST(what_cannot_be_read_says_so) {
    INB_FAILS(CALL(list("UKdat_5"), "--draws", "/no/d"), INB_BAD_INPUT, "/no/d: cannot be read");
    INB_FAILS(CALL(list("UKdat_5"), "--sheet", "/no/s.ini"), INB_BAD_INPUT, "/no/s.ini");
    INB_FAILS(CALL(list("UKdat_5"), "--population", "/no/p.csv"), INB_BAD_INPUT, "/no/p.csv");
    INB_FAILS(CALL(list("UKdat_5"), "--parametric"), INB_USAGE, "replicates");
    ck_assert_int_eq(inb_status_exit(INB_USAGE), 2);
}
INB_END

INB_TEST(bad_usage_and_bad_input) {
    INB_FAILS(CALL("--json"), INB_USAGE, "found 0 files");
    INB_FAILS(CALL("a.csv", "b.csv"), INB_USAGE, "found 2 files");
    INB_FAILS(CALL(list("UKdat_5"), "--method", "guess"), INB_USAGE, "'guess'");
    INB_FAILS(CALL(list("UKdat_5"), "--model", "LAxXX"), INB_USAGE, "LAxXX");
    INB_FAILS(CALL(list("UKdat_5"), "--model", "LA", "--method", "stepwise"), INB_USAGE, "exclude");
    INB_FAILS(CALL(list("UKdat_5"), "--threads", "0"), INB_USAGE, "--threads");
    char path[INB_TEMP_PATH];
    static const char text[] = "A,B,count\n1,0,5\n0,3,6\n";
    inb_temp_file(path, text, strlen(text));
    INB_FAILS(CALL(path), INB_BAD_INPUT, ":3:3: column 'B'");
    ck_assert_str_eq(inb_printed, "");
    ck_assert_int_eq(inb_status_exit(INB_BAD_INPUT), 1);
    unlink(path);
}
INB_END

INB_TEST_MAIN("cli/cmd_estimate", published_numbers, text_says_it_in_words,
    same_bytes_for_any_threads_and_seed, threshold_and_level, the_best_of_all_models,
    the_average_over_graphs, replicates, groups, what_cannot_be_read_says_so,
    bad_usage_and_bad_input)
