// SPDX-License-Identifier: EUPL-1.2
// Forms of the distinct names of the records, by the number of the word: the seam between names of
// this field and the engine.
#ifndef INB_3_LINK_NAME_TABLE_H
#define INB_3_LINK_NAME_TABLE_H

#include <inbeeld/normalise.h>

#include <stdint.h>

typedef struct inb_name_table inb_name_table;

// Owner of *ret_table: the caller.
inb_status inb_name_table_new(inb_name_table **ret_table, inb_error *err) INB_NODISCARD;
void inb_name_table_freep(inb_name_table **table);

// Makes the form of word `code` from the text as it was written, where it has none yet.
inb_status inb_name_table_add(inb_name_table *table, uint32_t code, const char *text, size_t length,
    inb_error *err) INB_NODISCARD;

// How the names of two words agree by more than their letters: DIFFERENT where they do not, where a
// cheap look says so, or where one has no form. Any thread.
inb_name_level inb_name_table_compare(const inb_name_table *table, uint32_t a, uint32_t b);

#endif
