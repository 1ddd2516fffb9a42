// SPDX-License-Identifier: EUPL-1.2
// Link structures that a finished link holds possible, drawn, as capture histories, with error
// rates of the links for each ordered pair of lists; `inbeeld estimate --draws` reads them
// (draws.h). Method and what it approximates: docs/methods/link.md, "Draws". Histories are
// confidential until station 5 has passed them.
#ifndef INBEELD_LINK_DRAWS_H
#define INBEELD_LINK_DRAWS_H

#include <inbeeld/link.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { INB_LINK_DRAWS_LEAST = 2, INB_LINK_DRAWS_MOST = 10000 };

typedef struct inb_link_draws inb_link_draws;

// `count` structures over two files or more, by the seed and threads of the link's options: same
// seed, same bytes for any threads. Borrows nothing after it returned. Fails as
// inb_linked_histories_csv does; INB_TOO_LARGE where lists and groups make too large a table. Owner
// of *ret_draws: the caller.
inb_status inb_link_draws_new(const inb_linked *linked, size_t count, inb_link_draws **ret_draws,
    inb_error *err) INB_NODISCARD;
void inb_link_draws_free(inb_link_draws *draws); // accepts NULL
void inb_link_draws_freep(inb_link_draws **draws);

size_t inb_link_draws_count(const inb_link_draws *draws);
// histories_000N.csv of draw n = 0 .. count - 1, and rates.json.
const char *inb_link_draws_histories(const inb_link_draws *draws, size_t n);
const char *inb_link_draws_rates(const inb_link_draws *draws);

#ifdef __cplusplus
}
#endif
#endif
