// SPDX-License-Identifier: EUPL-1.2
// The ensemble in English, as lines of a text.
#ifndef INB_4_COUNT_ENSEMBLE_TEXT_H
#define INB_4_COUNT_ENSEMBLE_TEXT_H

#include <inbeeld/buffer.h>
#include <inbeeld/count.h>

// Nothing where the estimate has no ensemble.
void inb_i_ensemble_text(const inb_estimate *estimate, inb_buffer *out);

#endif
