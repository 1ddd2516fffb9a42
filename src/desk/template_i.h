// SPDX-License-Identifier: EUPL-1.2
// A compiled template: what template.c makes and template_render.c writes out.
#ifndef INB_DESK_TEMPLATE_I_H
#define INB_DESK_TEMPLATE_I_H

#include "template.h"
#include "template_place.h"

enum { INB_TEMPLATE_NAME = 96 }; // of a placeholder, with its NUL

typedef enum inb_part_kind {
    INB_PART_LITERAL,
    INB_PART_VALUE,
    INB_PART_TEXT,
    INB_PART_SECTION,
    INB_PART_EMPTY
} inb_part_kind;

typedef struct inb_part {
    inb_part_kind kind;
    inb_context where;
    const char *text; // literal (borrowed), or name or key (NUL-ended, in the arena)
    size_t length;
    size_t end; // of a section: the part after its last
} inb_part;

struct inb_template {
    inb_arena *arena;
    const char *name;
    inb_part *parts;
    size_t count;
    size_t size;
};

// Whether it is the name of a placeholder: letters, digits, '_', '-' and '.'.
bool inb_template_is_name(const char *text, size_t length);

#endif
