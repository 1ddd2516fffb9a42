// SPDX-License-Identifier: EUPL-1.2
// What stands beside an estimate as it is called: one JSON object with every part, words, and the
// exit code of what does not go together.

#include "inb_command.h"
#include "inb_folder.h"

#include "base/alloc.h"
#include "cli/estimate_beside.h"

#include <jansson.h>

#define CALL(...) INB_CALL(inb_command_estimate, __VA_ARGS__)

INB_TEST(all_of_it_in_one_object) {
    char folder[INB_TEMP_PATH];
    inb_folder_new(folder);
    static const char table[] = "a,b,count\n1,0,500\n0,1,400\n1,1,80\n";
    inb_folder_put(folder, "t.csv", table);
    inb_folder_put(folder, "histories_0001.csv", table);
    inb_folder_put(folder, "histories_0002.csv", "a,b,count\n1,0,495\n0,1,395\n1,1,85\n");
    inb_folder_put(folder, "s.ini", "[a]\nfed_by=b\n");
    inb_folder_put(folder, "p.csv", "population\n2000000\n");
    char path[INB_FOLDER_PATH];
    char sheet[INB_FOLDER_PATH];
    char people[INB_FOLDER_PATH];
    snprintf(path, sizeof path, "%s/t.csv", folder);
    snprintf(sheet, sizeof sheet, "%s/s.ini", folder);
    snprintf(people, sizeof people, "%s/p.csv", folder);
    INB_OK_IS(CALL(path, "--json", "--draws", folder, "--sheet", sheet, "--population", people,
        "--check-coverage", "--bootstrap", "40"));
    json_t *root = json_loads(inb_printed, 0, NULL);
    ck_assert_ptr_nonnull(root);
    ck_assert_uint_eq(json_array_size(json_object_get(root, "sheet")), 2);
    ck_assert(json_is_object(json_object_get(root, "rates")));
    ck_assert_uint_eq(
        json_array_size(json_object_get(json_object_get(root, "coverage"), "truths")), 4);
    INB_NEAR_REL(
        json_number_value(json_object_get(json_object_get(root, "draws"), "count")), 2, 1e-12);
    json_decref(root);
    INB_OK_IS(CALL(path, "--sheet", sheet, "--population", people));
    ck_assert_ptr_nonnull(strstr(inb_printed, "Per 100,000 people"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "fed by another"));
    INB_OK_IS(CALL(path, "--check-coverage", "--bootstrap", "10"));
    ck_assert_ptr_nonnull(strstr(inb_printed, "Coverage on tables like this one"));
    INB_FAILS(CALL(path, "--draws", folder, "--bootstrap", "1"), INB_USAGE, "each of the 2 draws");
    INB_OK_IS(CALL(path, "--draws", folder));
    ck_assert_ptr_nonnull(strstr(inb_printed, "bootstrap 20 replicates"));
    inb_folder_remove(folder);
}
INB_END

INB_TEST(a_study_that_cannot_be_is_refused_before_the_estimate) {
    char folder[INB_TEMP_PATH];
    inb_folder_new(folder);
    inb_folder_put(folder, "t.csv", "a,b,g,count\n1,0,x,50\n0,1,x,40\n1,1,y,8\n");
    char path[INB_FOLDER_PATH];
    char out[INB_FOLDER_PATH];
    snprintf(path, sizeof path, "%s/t.csv", folder);
    snprintf(out, sizeof out, "%s/out", folder);
    // A population file that is not there would be complained of after the estimate.
    INB_FAILS(CALL(path, "--group", "g", "--check-coverage", "--population", out), INB_USAGE,
        "does not go with groups");
    INB_FAILS(CALL(path, "--method", "decomposable", "--check-coverage", "--population", out),
        INB_USAGE, "method decomposable is none");
    inb_folder_remove(folder);
}
INB_END

INB_TEST_MAIN("cli/estimate_beside", all_of_it_in_one_object,
    a_study_that_cannot_be_is_refused_before_the_estimate)
