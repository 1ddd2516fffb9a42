// SPDX-License-Identifier: EUPL-1.2
// What the tests of estimates share: published tables by name (from the tree, else from the shared
// folder), a run with a method, and questions about its warnings and model.
#ifndef INB_TEST_ESTIMATES_H
#define INB_TEST_ESTIMATES_H

#include "base/alloc.h"
#include "inb_sweep.h"
#include "inb_test.h"

#include <inbeeld/count.h>

#include <stdio.h>
#include <string.h>

#define NEAR 1e-4

// The table `name`: from the tree where it is part of it, else from the shared folder. NULL where
// that is absent and may be.
static inline inb_histories *table(
    const char *name, const char *const *groups, size_t group_count) {
    const char *source = getenv("INBEELD_SOURCE");
    const char *shared = getenv("INBEELD_SHARED");
    ck_assert_ptr_nonnull(source);
    char path[4096];
    snprintf(path, sizeof path, "%s/data/lists/%s.csv", source, name);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        if (shared != NULL) {
            snprintf(path, sizeof path, "%s/data/lists/%s.csv", shared, name);
        } else {
            snprintf(path, sizeof path, "%s/../shared/data/lists/%s.csv", source, name);
        }
        file = fopen(path, "r");
    }
    const char *required = getenv("INBEELD_REQUIRE_SHARED");
    if (file == NULL && (required == NULL || strcmp(required, "1") != 0)) {
        return NULL;
    }
    ck_assert_msg(file != NULL, "%s is not there and INBEELD_REQUIRE_SHARED=1", path);
    fclose(file);
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_read(path, groups, group_count, &histories, err));
    return histories;
}

static inline inb_estimate *run(
    const inb_histories *histories, inb_count_method method, const char *model) {
    inb_estimate_options options = INB_ESTIMATE_OPTIONS_INIT;
    options.method = method;
    options.model = model;
    inb_estimate *estimate = NULL;
    INB_OK_IS(inb_estimate_run(histories, &options, &estimate, err));
    return estimate;
}

static inline bool has_warning(const inb_figures *figures, const char *code) {
    for (size_t i = 0; i < figures->warning_count; i++) {
        if (strcmp(figures->warnings[i].code, code) == 0) {
            return true;
        }
    }
    return false;
}

static inline void check_model(const inb_figures *figures, const char *const *expected) {
    for (size_t i = 0; i < figures->model_count; i++) {
        ck_assert_ptr_nonnull(expected[i]);
        ck_assert_str_eq(figures->model_texts[i], expected[i]);
    }
    ck_assert_ptr_null(expected[figures->model_count]);
}

static inline void check_value(
    const char *name, inb_count_method method, double expected, double tolerance) {
    inb_histories *histories = table(name, NULL, 0);
    if (histories == NULL) {
        return;
    }
    inb_estimate *estimate = run(histories, method, NULL);
    ck_assert_int_eq(estimate->total.status, 0);
    ck_assert_msg(fabs(estimate->total.estimate - expected) <= tolerance, "%s: %.6f, expected %.4f",
        name, estimate->total.estimate, expected);
    inb_estimate_free(estimate);
    inb_histories_free(histories);
}

static inline const char *const *abc(void) {
    static const char *const names[] = {"A", "B", "C"};
    return names;
}

// Two regions, three lists.
static inline const char *regions(void) {
    return "A,B,C,region,count\n1,0,0,N,120\n0,1,0,N,80\n0,0,1,N,60\n1,1,0,N,30\n1,0,1,N,25\n0,1,1,"
           "N,15\n"
           "1,1,1,N,5\n1,0,0,S,90\n0,1,0,S,70\n0,0,1,S,50\n1,1,0,S,9\n1,0,1,S,12\n0,1,1,S,8\n1,1,1,"
           "S,3\n";
}

static inline inb_histories *read_regions(const char *text) {
    const char *by[] = {"region"};
    inb_histories *histories = NULL;
    INB_OK_IS(inb_histories_read_memory("h.csv", text, strlen(text), by, 1, &histories, err));
    return histories;
}

static inline inb_status estimate_and_tell(
    const inb_histories *histories, const inb_estimate_options *options, inb_error *err) {
    inb_estimate *estimate = NULL;
    inb_buffer out = INB_BUFFER_INIT((size_t)1 << 20);
    inb_status status = inb_estimate_run(histories, options, &estimate, err);
    if (status == INB_OK) {
        inb_estimate_text(estimate, &out);
        inb_estimate_json(estimate, &out);
        status = inb_buffer_check(&out, err);
    }
    inb_buffer_clear(&out);
    inb_estimate_free(estimate);
    return status;
}

// Allocations refused in turn (inb_sweep.h); returns how many there are.
static inline size_t refuse_every_allocation(
    const inb_histories *histories, const inb_estimate_options *options) {
    INB_SWEEP(estimate_and_tell(histories, options, err));
    INB_OK_IS(estimate_and_tell(histories, options, err));
    return inb_alloc_count();
}

#endif
