// SPDX-License-Identifier: EUPL-1.2
// The truth of a generated region: summed by each of its columns, and what is refused with its
// place.

#include <inbeeld/overview.h>

#include "support/inb_file.h"
#include "support/inb_sweep.h"
#include "support/inb_test.h"

#include <string.h>

static const char region[] = "form,age_class,sex,total\n"
                             "labour,adult,m,348\n"
                             "labour,child,f,2\n"
                             "criminal,child,m,120\n"
                             "criminal,adult,m,0\n";

static inb_status read_text(const char *text, inb_truth **ret_truth, inb_error *err) {
    return inb_truth_read_memory("truth.csv", text, strlen(text), ret_truth, err);
}

INB_TEST(sums) {
    INB_CLEANUP(inb_truth_freep) inb_truth *truth = NULL;
    INB_OK_IS(read_text(region, &truth, err));
    ck_assert_int_eq(inb_truth_of(truth, NULL, NULL), 470);
    ck_assert_int_eq(inb_truth_of_age(truth, INB_AGE_CHILD), 122);
    ck_assert_int_eq(inb_truth_of_age(truth, INB_AGE_ADULT), 348);
    ck_assert_int_eq(inb_truth_of_sex(truth, INB_SEX_MALE), 468);
    ck_assert_int_eq(inb_truth_of_sex(truth, INB_SEX_FEMALE), 2);
    ck_assert_int_eq(inb_truth_of_form(truth, INB_FORM_LABOUR), 350);
    ck_assert_int_eq(inb_truth_of_form(truth, INB_FORM_ORGAN), 0); // nobody, and that is known
    ck_assert_int_eq(inb_truth_of(truth, "form", "criminal"), 120);
    // What a truth does not know is not zero.
    ck_assert_int_eq(inb_truth_of_age(truth, INB_AGE_UNKNOWN), -1);
    ck_assert_int_eq(inb_truth_of_sex(truth, INB_SEX_OTHER), -1);
    ck_assert_int_eq(inb_truth_of_form(truth, INB_FORM_UNSPECIFIED), -1);
    ck_assert_int_eq(inb_truth_of(truth, "place", "x"), -1);
    ck_assert_int_eq(inb_truth_of(NULL, NULL, NULL), -1);
}
INB_END

INB_TEST(from_a_file) {
    char path[INB_TEMP_PATH];
    inb_temp_file(path, region, sizeof region - 1);
    INB_CLEANUP(inb_truth_freep) inb_truth *truth = NULL;
    INB_OK_IS(inb_truth_read(path, &truth, err));
    ck_assert_int_eq(inb_truth_of(truth, NULL, NULL), 470);
    unlink(path);
    INB_FAILS(inb_truth_read("/nowhere.csv", &truth, err), INB_BAD_INPUT, "/nowhere.csv");
}
INB_END

INB_TEST(refused_with_its_place) {
    inb_truth *truth = NULL;
    INB_FAILS(read_text("form,count\nlabour,3\n", &truth, err), INB_BAD_INPUT, "truth.csv:1:");
    INB_FAILS(read_text("form,total\nlabour,few\n", &truth, err), INB_BAD_INPUT,
        "truth.csv:2:8: found something else, expected a whole number");
    INB_FAILS(read_text("form,total\nlabour,-1\n", &truth, err), INB_BAD_INPUT, ":2:8:");
    INB_FAILS(read_text("form,total\nlabour,1.5\n", &truth, err), INB_BAD_INPUT, ":2:8:");
    INB_FAILS(read_text("form,total\nlabour\n", &truth, err), INB_BAD_INPUT, "truth.csv:2:");
    ck_assert_ptr_null(truth);
}
INB_END

static inb_status once(inb_error *err) {
    inb_truth *truth = NULL;
    inb_status status = read_text(region, &truth, err);
    inb_truth_free(truth);
    return status;
}

INB_TEST(memory_may_run_out) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN(
    "4_count/overview_truth", sums, from_a_file, refused_with_its_place, memory_may_run_out)
