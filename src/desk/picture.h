// SPDX-License-Identifier: EUPL-1.2
// What the page of figures shows: published yearly series, and estimates of the hidden number on
// the published lists inside the program. Computed once at the start; drawn by station 5.
#ifndef INB_DESK_PICTURE_H
#define INB_DESK_PICTURE_H

#include <inbeeld/publish.h>

typedef struct inb_desk_picture inb_desk_picture;

// X(NAME, text key after "page.picture.")
#define INB_DESK_PICTURES(X)                                                                       \
    X(REGISTERED, "registered")                                                                    \
    X(MINORS, "minors")                                                                            \
    X(HIDDEN_NL, "hidden_nl")                                                                      \
    X(HIDDEN_UK, "hidden_uk")

typedef enum inb_desk_picture_part {
#define X(name, key) INB_DESK_PICTURE_##name,
    INB_DESK_PICTURES(X)
#undef X
        INB_DESK_PICTURE_COUNT
} inb_desk_picture_part;

// Owner of *ret_picture: the caller.
inb_status inb_desk_picture_new(inb_desk_picture **ret_picture, inb_error *err) INB_NODISCARD;
void inb_desk_picture_free(inb_desk_picture *picture); // accepts NULL

const char *inb_desk_picture_key(inb_desk_picture_part part);

// People seen and the methods' lowest and highest total of an estimate; false for a yearly series.
bool inb_desk_picture_range(const inb_desk_picture *picture, inb_desk_picture_part part,
    double *ret_seen, double *ret_low, double *ret_high);

// The picture, and the table that says the same.
void inb_desk_picture_svg(const inb_desk_picture *picture, inb_desk_picture_part part,
    const inb_picture *where, inb_buffer *out);
void inb_desk_picture_table(const inb_desk_picture *picture, inb_desk_picture_part part,
    const inb_picture *where, inb_buffer *out);

// A whole number of people with the language's thousands: "52.924", "52,924".
void inb_desk_people(double people, const char *language, char ret_text[static 32]);

#endif
