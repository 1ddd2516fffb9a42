// SPDX-License-Identifier: EUPL-1.2
// Sheets that are out of use: after quick exit, the pages of that card are not shown again in this
// process, though the browser may still hold the form that led to them. Random numbers in memory,
// nothing else; the oldest is forgotten when the list is full.
#ifndef INB_DESK_RETIRED_H
#define INB_DESK_RETIRED_H

#include <inbeeld/seal.h>
#include <inbeeld/status.h>

#include <stdbool.h>
#include <stdint.h>

enum { INB_RETIRED_MOST = 4096 };

typedef struct inb_retired inb_retired;

// Owner of *ret_retired: the caller. Every function below may be called from any thread.
inb_status inb_retired_new(inb_retired **ret_retired, inb_error *err) INB_NODISCARD;
void inb_retired_free(inb_retired *retired); // accepts NULL

// sheet: inb_sheet_valid. Once is enough: a second time does nothing.
void inb_retired_add(inb_retired *retired, const char *sheet, int64_t now);
// O(INB_RETIRED_MOST). False again once no stamp of the sheet can hold any more.
bool inb_retired_has(inb_retired *retired, const char *sheet, int64_t now);

#endif
