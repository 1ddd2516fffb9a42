// SPDX-License-Identifier: EUPL-1.2
// A locale with a decimal comma, for tests that numbers do not follow it. Debian's minimal system
// has none, so the test writes glibc's binary LC_NUMERIC itself (locale/loadlocale.c: a magic
// number, the count and offsets of six items, then the items).
#ifndef INB_LOCALE_H
#define INB_LOCALE_H

#include "inb_test.h"

#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static inline void inb_plain_locale(void) {
    ck_assert_ptr_nonnull(setlocale(LC_ALL, "C"));
}

// Sets the locale, and makes sure that printf and strtod obey it.
static inline void inb_comma_locale(void) {
    static const struct {
        uint32_t magic, count, offsets[6];
        char point[4], thousands[4], grouping[4];
        uint32_t wide_point, wide_thousands;
        char codeset[8];
    } file = {0x20031115U ^ LC_NUMERIC, 6, {32, 36, 40, 44, 48, 52}, ",", ".", "\x03\x03", ',', '.',
        "UTF-8"};
    char root[] = "/tmp/inb_locale_XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(root));
    char folder[64], path[96];
    snprintf(folder, sizeof folder, "%s/comma", root);
    snprintf(path, sizeof path, "%s/LC_NUMERIC", folder);
    ck_assert_int_eq(mkdir(folder, 0700), 0);
    FILE *out = fopen(path, "wb");
    ck_assert_ptr_nonnull(out);
    ck_assert_uint_eq(fwrite(&file, sizeof file, 1, out), 1);
    ck_assert_int_eq(fclose(out), 0);
    ck_assert_int_eq(setenv("LOCPATH", root, 1), 0);
    const char *got = setlocale(LC_NUMERIC, "comma");
    unlink(path);
    rmdir(folder);
    rmdir(root);
    ck_assert_msg(got != NULL, "the locale with a comma was not taken");
    char text[16];
    snprintf(text, sizeof text, "%.1f", 0.5);
    ck_assert_str_eq(text, "0,5");
    ck_assert(strtod("0,5", NULL) == 0.5);
}

#endif
