// SPDX-License-Identifier: EUPL-1.2
// Reads the table of regimes. Every kind of source has exactly one: a kind that was forgotten would
// be let through or shut out without anybody having decided it.

#include "regimes.h"

#include "base/alloc.h"
#include "base/assets.h"
#include "base/csv.h"

#include <stdio.h>
#include <string.h>

static const char name[] = "data/regimes.csv";

static inb_status wrong(const char *what, inb_error *err) {
    return inb_fail(err, INB_INTERNAL, "%s: %s", name, what);
}

// Behind what stands in a list of kinds.
static void append(char list[INB_REGIME_KINDS_SIZE], const char *kind) {
    size_t used = strlen(list);
    (void)snprintf(list + used, INB_REGIME_KINDS_SIZE - used, "%s%s;", used == 0 ? ";" : "", kind);
}

static inb_status take_row(
    inb_regimes *regimes, const char *kind, const char *regime, inb_error *err) {
    int reporter = inb_reporter_parse(kind, strlen(kind));
    int at = 0;
    while (at < regimes->count && strcmp(regimes->codes[at], regime) != 0) {
        at++;
    }
    if (reporter < 0 || regimes->of[reporter] >= 0) {
        return wrong("a kind of source that is unknown, or stands twice", err);
    }
    if (at == INB_REGIMES_MOST || regime[0] == '\0' || strlen(regime) >= sizeof regimes->codes[0]) {
        return wrong("a regime without a short name, or too many", err);
    }
    if (at == regimes->count) {
        memcpy(regimes->codes[at], regime, strlen(regime) + 1);
        regimes->count++;
    }
    regimes->of[reporter] = at;
    append(regimes->kinds[at], kind);
    append(regimes->all, kind);
    return INB_OK;
}

inb_status inb_regimes_read(
    const char *data, size_t length, inb_regimes *ret_regimes, inb_error *err) {
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    size_t kind = 0;
    size_t regime = 0;
    inb_regimes regimes = {.count = 0};
    for (int i = 0; i < INB_REPORTER_COUNT; i++) {
        regimes.of[i] = -1;
    }
    INB_TRY(inb_csv_open_memory(name, data, length, &csv, err));
    INB_TRY(inb_csv_require(csv, "kind", &kind, err));
    INB_TRY(inb_csv_require(csv, "regime", &regime, err));
    for (bool more = true;;) {
        INB_TRY(inb_csv_next(csv, &more, err));
        if (!more) {
            break;
        }
        INB_TRY(take_row(&regimes, inb_csv_field(csv, kind), inb_csv_field(csv, regime), err));
    }
    for (int i = 0; i < INB_REPORTER_COUNT; i++) {
        if (regimes.of[i] < 0) {
            return wrong("a kind of source has no regime", err);
        }
    }
    *ret_regimes = regimes;
    return INB_OK;
}

inb_status inb_regimes_load(inb_regimes *ret_regimes, inb_error *err) {
    const inb_asset *asset = inb_asset_find(name);
    return asset == NULL ? wrong("is not in the program", err)
                         : inb_regimes_read(asset->data, asset->length, ret_regimes, err);
}
