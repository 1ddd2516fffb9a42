// SPDX-License-Identifier: EUPL-1.2
// Elements of a JSON file: where each begins, what is refused and where, elements over the edge of
// the window, and the largest one.

#include "json_slices.h"

#include <inbeeld/buffer.h>

#include "base/alloc.h"
#include "inb_file.h"
#include "inb_sweep.h"

// All elements as "line:column text|", then the complaint, if any, as "! message".
static const char *cut(const char *text, size_t length) {
    static char out[4096];
    inb_slices *slices = NULL;
    inb_error err = INB_ERROR_INIT;
    out[0] = '\0';
    size_t used = 0;
    char *copy = inb_alloc(length, 1); // so that ASan sees a byte read past the end
    memcpy(copy, text, length);
    ck_assert_int_eq(inb_slices_open("f", NULL, copy, length, &slices, &err), INB_OK);
    for (bool more = true; more;) {
        inb_slice slice;
        inb_status status = inb_slices_next(slices, &slice, &more, &err);
        if (status != INB_OK) {
            ck_assert_int_eq(status, INB_BAD_INPUT);
            snprintf(out + used, sizeof out - used, "! %s", err.message);
            ck_assert(!inb_slices_can_go_on(slices));
            inb_error again = INB_ERROR_INIT;
            ck_assert_int_eq(inb_slices_next(slices, &slice, &more, &again), INB_BAD_INPUT);
            break;
        }
        if (more) {
            ck_assert_uint_eq(strlen(slice.text), slice.length);
            used += (size_t)snprintf(
                out + used, sizeof out - used, "%zu:%zu %s|", slice.line, slice.column, slice.text);
        } else {
            ck_assert_uint_eq(inb_slices_offset(slices), length);
        }
    }
    inb_slices_free(slices);
    inb_free(copy);
    return out;
}

static void cuts(const char *text, const char *expected) {
    ck_assert_str_eq(cut(text, strlen(text)), expected);
}

static void fails(const char *text, const char *expected) {
    const char *out = cut(text, strlen(text));
    ck_assert_msg(strstr(out, expected) != NULL, "'%s' lacks '%s' of %s", out, expected, text);
}

INB_TEST(elements_and_places) {
    cuts("{}", "1:1 {}|");
    cuts("\xEF\xBB\xBF \n {\"a\": [1]}\n ", "2:2 {\"a\": [1]}|");
    cuts("[]", "");
    cuts(" [ \n ] \n", "");
    cuts("[{},{}]", "1:2 {}|1:5 {}|");
    cuts("[{\"a\":\n1},\n  {\"b\": 2}\n]", "1:2 {\"a\":\n1}|3:3 {\"b\": 2}|");
    cuts("[\"\xC3\xA9\", {\"\xE2\x82\xAC\":1} , 3]",
        "1:2 \"\xC3\xA9\"|1:7 {\"\xE2\x82\xAC\":1}|1:17 3|");
    cuts("[1,-2.5e3 ,null,x\t]", "1:2 1|1:4 -2.5e3|1:12 null|1:17 x|");
    cuts("[[1,[2]],[]]", "1:2 [1,[2]]|1:10 []|");
    cuts("{\"a\": \"}]\\\"{[\\\\\"}", "1:1 {\"a\": \"}]\\\"{[\\\\\"}|");
    cuts("[\"\\\\\",\"\\\"]\"]", "1:2 \"\\\\\"|1:7 \"\\\"]\"|");
    cuts("17", "1:1 17|");
    cuts("\"x\"  ", "1:1 \"x\"|");
    cuts("{\r\n}\r\n", "1:1 {\r\n}|");
}
INB_END

INB_TEST(what_is_refused) {
    fails("", "! f:1:1: found nothing");
    fails("  \n ", "! f:2:2: found nothing");
    fails("{} {}", "1:1 {}|! f:1:4: found something after the JSON value");
    fails("[] x", "! f:1:4: found something after");
    fails("[{}] ,", "1:2 {}|! f:1:6: found something after");
    fails("[{}", "1:2 {}|! f:1:4: found something after a signal, expected ',' or ']'");
    fails("[{} {}]", "1:2 {}|! f:1:5: found something after a signal");
    fails("[{},]", "1:2 {}|! f:1:5: found the end of the list after a comma");
    fails("[,{}]", "! f:1:2: found a comma");
    fails("[{},,{}]", "! f:1:5: found a comma");
    fails("[", "! f:1:2: found the end of the file");
    fails("[{},", "! f:1:5: found the end of the file");
    fails("[{\"a\": 1\n", "! f:2:1: found the end of the file");
    fails("[\"abc]", "! f:1:7: found the end of the file");
    fails("{\"a\": [1}", "! f:1:9: found a closing bracket");
    fails("[{]}]", "! f:1:3: found a closing bracket");
    fails("}", "! f:1:1: found a closing bracket");
    fails("[}]", "! f:1:2: found a closing bracket");
    fails("x]", "! f:1:2: found something after the JSON value");
}
INB_END

INB_TEST(depth) {
    char text[200];
    for (size_t depth = 1; depth <= 40; depth++) {
        memset(text, '{', depth);
        memset(text + depth, '}', depth);
        text[2 * depth] = '\0';
        if (depth <= INB_SLICE_DEEPEST) {
            ck_assert_uint_eq(strlen(cut(text, 2 * depth)), 2 * depth + 5);
        } else {
            fails(text, "! f:1:33: found brackets more than 32 deep");
        }
    }
}
INB_END

INB_TEST(over_the_edge_of_the_window) {
    // An element that begins at every byte around the 64 kB edge of the window.
    enum { EDGE = 64 * 1024, AROUND = 12 };
    static const char element[] = "{\"\xE2\x82\xAC\\\"\": 1}";
    char *text = inb_alloc(EDGE + 100, 1);
    for (size_t at = EDGE - AROUND; at <= EDGE + 1; at++) {
        memset(text, ' ', at);
        text[0] = '[';
        memcpy(text + at, element, sizeof element - 1);
        memcpy(text + at + sizeof element - 1, ",2]", 4);
        char path[INB_TEMP_PATH];
        inb_temp_file(path, text, at + sizeof element + 2);
        inb_slices *slices = NULL;
        inb_slice slice;
        bool more;
        INB_OK_IS(inb_slices_open(path, path, NULL, 0, &slices, err));
        INB_OK_IS(inb_slices_next(slices, &slice, &more, err));
        ck_assert_str_eq(slice.text, element);
        ck_assert_uint_eq(slice.column, at + 1);
        INB_OK_IS(inb_slices_next(slices, &slice, &more, err));
        ck_assert_str_eq(slice.text, "2");
        ck_assert_uint_eq(slice.column, at + 1 + sizeof element - 1 - 2 + 1); // two bytes less
        inb_slices_free(slices);
        unlink(path);
    }
    inb_free(text);
}
INB_END

INB_TEST(the_largest_element) {
    for (size_t extra = 0; extra <= 1; extra++) {
        size_t length = INB_SLICE_MOST + extra;
        char *text = inb_alloc(length + 8, 1);
        memcpy(text, "[\n\"", 3);
        memset(text + 3, 'x', length - 2);
        memcpy(text + 1 + 1 + length - 1, "\",7]", 4);
        inb_slices *slices = NULL;
        inb_slice slice;
        bool more = false;
        INB_OK_IS(inb_slices_open("f", NULL, text, length + 5, &slices, err));
        if (extra == 0) {
            INB_OK_IS(inb_slices_next(slices, &slice, &more, err));
            ck_assert_uint_eq(slice.length, INB_SLICE_MOST);
        } else {
            INB_FAILS(inb_slices_next(slices, &slice, &more, err), INB_BAD_INPUT,
                "f:2:1: found a signal of more than 4 MB");
            ck_assert_ptr_null(slice.text);
        }
        ck_assert_uint_eq(slice.line, 2);
        ck_assert(inb_slices_can_go_on(slices));
        INB_OK_IS(inb_slices_next(slices, &slice, &more, err)); // the next one is read
        ck_assert_str_eq(slice.text, "7");
        INB_OK_IS(inb_slices_next(slices, &slice, &more, err));
        ck_assert(!more);
        INB_OK_IS(inb_slices_next(slices, &slice, &more, err)); // and the end stays the end
        ck_assert(!more);
        inb_slices_free(slices);
        inb_free(text);
    }
}
INB_END

INB_TEST(files_that_cannot_be_read) {
    inb_slices *slices = NULL;
    INB_FAILS(inb_slices_open("x", "/nonexistent/x", NULL, 0, &slices, err), INB_BAD_INPUT,
        "cannot be opened");
    INB_FAILS(inb_slices_open("/", "/", NULL, 0, &slices, err), INB_IO, "reading failed");
    inb_slices_free(NULL);
}
INB_END

static inb_status once(inb_error *err) {
    static const char text[] = "[{\"a\": 1}, {\"b\": [1, 2, 3]}]";
    INB_CLEANUP(inb_slices_freep) inb_slices *slices = NULL;
    INB_TRY(inb_slices_open("f", NULL, text, sizeof text - 1, &slices, err));
    for (bool more = true; more;) {
        inb_slice slice;
        INB_TRY(inb_slices_next(slices, &slice, &more, err));
    }
    return INB_OK;
}

INB_TEST(memory_refused) {
    INB_SWEEP(once(err));
}
INB_END

INB_TEST_MAIN("1_observe/json_slices", elements_and_places, what_is_refused, depth,
    over_the_edge_of_the_window, the_largest_element, files_that_cannot_be_read, memory_refused)
