// SPDX-License-Identifier: EUPL-1.2
// The block of plain text that somebody copies from the card into their own file.
#ifndef INB_DESK_COPY_H
#define INB_DESK_COPY_H

#include "card.h"

// Appends what was seen (observation) and, apart from it, what the norm makes of it. Holds nothing
// that was not tapped: no date, no place, no years where only a class of age was said.
void inb_card_copy(const inb_catalogue *catalogue, const inb_card *card, const inb_facts *facts,
    const inb_finding *finding, const char *language, inb_buffer *text);

#endif
