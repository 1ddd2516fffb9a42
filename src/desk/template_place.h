// SPDX-License-Identifier: EUPL-1.2
// Where in the HTML a template is: a cut-down form of the WHATWG HTML tokeniser
// (html.spec.whatwg.org, 13.2.5), one character at a time, and what a value has to be there. A
// private header of the template compiler.
#ifndef INB_DESK_TEMPLATE_PLACE_H
#define INB_DESK_TEMPLATE_PLACE_H

#include <stdbool.h>
#include <stddef.h>

// What a placeholder stands in, which decides how its value is written.
typedef enum inb_context {
    INB_IN_TEXT,
    INB_IN_ATTRIBUTE,
    INB_IN_URL_WHOLE,
    INB_IN_URL_PART
} inb_context;

typedef enum inb_html {
    INB_HTML_TEXT,
    INB_HTML_TAG_OPEN, // after <
    INB_HTML_TAG_NAME,
    INB_HTML_BEFORE_ATTRIBUTE, // in a tag, after blanks
    INB_HTML_ATTRIBUTE,
    INB_HTML_BEFORE_VALUE, // after =
    INB_HTML_VALUE_DOUBLE,
    INB_HTML_VALUE_SINGLE,
    INB_HTML_VALUE_BARE,
    INB_HTML_AFTER_VALUE, // right after the closing quote
    INB_HTML_SLASH,       // / in a tag
    INB_HTML_DECLARATION, // <! … >
    INB_HTML_COMMENT,
    INB_HTML_RAW, // within script or style
} inb_html;

enum { INB_PLACE_PREFIX = 32 };

// Zeroed: the beginning of a page.
typedef struct inb_place {
    inb_html at;
    bool closing;                  // the tag is an end tag
    char tag[32];                  // lower case
    char attribute[32];            // lower case
    char prefix[INB_PLACE_PREFIX]; // beginning of the attribute's value
    size_t prefix_length;          // of the whole value so far; a placeholder counts as one
    char tail[10];                 // last characters in raw text and comments
} inb_place;

// One step; false where the markup is something that this reader does not follow.
bool inb_place_follow(inb_place *place, char c);

// Whether a section may begin here.
bool inb_place_fits_section(const inb_place *place);

// The context of a placeholder here, of a value or of a text of the catalogue, and steps over it;
// false where none may stand.
bool inb_place_take(inb_place *place, bool is_catalogue_text, inb_context *ret_context);

// Whether two places are the same for whatever follows.
bool inb_place_same(const inb_place *a, const inb_place *b);

#endif
