// SPDX-License-Identifier: EUPL-1.2
// An agency as it is compared.
#ifndef INB_LINK_AGENCY_FORM_H
#define INB_LINK_AGENCY_FORM_H

#include <inbeeld/agency.h>

#include "agency_name.h"

typedef struct inb_agency_title {
    char whole[INB_EXACT_SIZE]; // all words joined
    char own[INB_EXACT_SIZE];   // those that tell it apart, joined in alphabetical order
    size_t whole_length, own_length;
} inb_agency_title;

struct inb_agency_form {
    char kvk[INB_EXACT_SIZE], address[INB_EXACT_SIZE], phone[INB_EXACT_SIZE]; // "" = not known
    const inb_name_form *director;                                            // NULL = not known
    inb_agency_title titles[2]; // the name, and the one it trades as
    size_t title_count;
};

#endif
