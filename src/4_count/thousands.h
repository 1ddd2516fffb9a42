// SPDX-License-Identifier: EUPL-1.2
// Numbers of people as they are read: 12345.6 as "12,346".
#ifndef INB_4_COUNT_THOUSANDS_H
#define INB_4_COUNT_THOUSANDS_H

// By value, for the arguments of a format.
typedef struct inb_i_people {
    char text[40];
} inb_i_people;

// Whole people, thousands apart. From 10^15 on, where a double no longer holds every whole number,
// six digits and a power of ten: digits that were not computed are not shown.
inb_i_people inb_i_people_of(double people);

#endif
