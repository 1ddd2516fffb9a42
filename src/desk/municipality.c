// SPDX-License-Identifier: EUPL-1.2
// Walks the list that the build put into the program: a row each, `code,name,use`, a name with a
// comma in quotes. The file is ours, and a test reads all of it.

#include "municipality.h"

#include "base/assets.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool is_code(const char *text) {
    return strlen(text) == 6 && strncasecmp(text, "GM", 2) == 0 &&
           strspn(text + 2, "0123456789") == 4;
}

bool inb_municipality_next(size_t *at, inb_municipality *ret_one) {
    const inb_asset *list = inb_asset_find("data/municipalities.csv");
    const char *line = list == NULL ? NULL : list->data + *at;
    if (line != NULL && *at == 0) { // the header row
        line = strchr(line, '\n') + 1;
    }
    const char *end = line == NULL ? NULL : strchr(line, '\n');
    if (end == NULL) {
        return false;
    }
    const char *name = line + INB_MUNICIPALITY_CODE; // after the comma
    bool quoted = *name == '"';
    name += quoted ? 1 : 0;
    size_t length = strcspn(name, quoted ? "\"\n" : ",\n");
    *ret_one = (inb_municipality){.also = strncmp(end - 5, ",also", 5) == 0};
    (void)snprintf(ret_one->code, sizeof ret_one->code, "%.6s", line);
    (void)snprintf(ret_one->name, sizeof ret_one->name, "%.*s", (int)length, name);
    *at = (size_t)(end + 1 - list->data);
    return true;
}

bool inb_municipality_code(const char *typed, char ret_code[INB_MUNICIPALITY_CODE]) {
    inb_municipality one;
    if (is_code(typed)) {
        (void)snprintf(ret_code, INB_MUNICIPALITY_CODE, "GM%.4s", typed + 2);
        return true;
    }
    for (size_t at = 0; inb_municipality_next(&at, &one);) {
        if (strcasecmp(one.name, typed) == 0) {
            memcpy(ret_code, one.code, INB_MUNICIPALITY_CODE);
            return true;
        }
    }
    return false;
}

void inb_municipality_name(const char *code, char ret_name[INB_MUNICIPALITY_NAME]) {
    inb_municipality one;
    (void)snprintf(ret_name, INB_MUNICIPALITY_NAME, "%.10s", code);
    for (size_t at = 0; inb_municipality_next(&at, &one);) {
        if (!one.also && strcmp(one.code, code) == 0) {
            memcpy(ret_name, one.name, INB_MUNICIPALITY_NAME);
            return;
        }
    }
}
