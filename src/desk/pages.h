// SPDX-License-Identifier: EUPL-1.2
// Every page of the desk as a function from a request to bytes: no socket, no clock. What the
// server adds is HTTP. Only the pages of a team touch a store, through its road, and those are made
// more than once: first to ask for a row of the log, then with what came of it.
#ifndef INB_DESK_PAGES_H
#define INB_DESK_PAGES_H

#include "retired.h"
#include "team.h"

#include <inbeeld/buffer.h>
#include <inbeeld/seal.h>
#include <inbeeld/status.h>
#include <inbeeld/weigh.h>

#include <stdbool.h>
#include <stdint.h>

typedef enum inb_desk_route {
#define INB_DESK_ROUTE(id, path, methods, stamp) INB_DESK_##id,
#include "routes.def"
#undef INB_DESK_ROUTE
    INB_DESK_ROUTE_COUNT
} inb_desk_route;

// The compiled templates and whatever the pages show. Read-only once made: may be shared by
// threads.
typedef struct inb_pages inb_pages;

// catalogue: borrowed. report: a whole HTML page to serve as the report, NUL-ended, or NULL;
// copied. Fails where a template is wrong, or a text that one uses is missing in a language.
inb_status inb_pages_new(const inb_catalogue *catalogue, const char *report, inb_pages **ret_pages,
    inb_error *err) INB_NODISCARD;
void inb_pages_free(inb_pages *pages); // accepts NULL
void inb_pages_freep(inb_pages **pages);

// These pages are a team's: the card can be kept, and the pages of its signals exist.
void inb_pages_of_team(inb_pages *pages);

// Finds the route of `path`, the language in it (index; SIZE_MAX where it has none) and the number
// of a signal (0 where it has none). False where there is no such page.
bool inb_pages_route(const inb_pages *pages, const char *path, inb_desk_route *ret_route,
    size_t *ret_language, int64_t *ret_number);
bool inb_desk_route_of_team(inb_desk_route route);        // only where there is a store
const char *inb_desk_route_methods(inb_desk_route route); // "GET, HEAD"
// Names of the languages, NULL-ended.
const char *const *inb_pages_languages(const inb_pages *pages);

// What is asked. Everything is borrowed.
typedef struct inb_desk_request {
    inb_desk_route route;
    size_t language;
    bool post;
    const char *body;
    size_t body_length;
    const inb_stamper *stamper;
    inb_retired *retired; // sheets that are out of use
    int64_t now;
    int64_t number;            // of a signal, from the address
    const inb_desk_team *team; // NULL = nothing can be kept
    bool stranger;             // there is a team, but its pages are not for this account
    const char *actor;         // the account that asks, for the log; NULL = the team's
    inb_desk_wait *wait;       // NULL only without a team
} inb_desk_request;

// What is answered, besides the bytes.
typedef struct inb_desk_answer {
    unsigned status;        // of HTTP
    const char *type;       // static
    const char *tag;        // ETag of something that may be kept by a browser, NULL for a page
    bool forget;            // the browser is asked to forget what it kept of us
    const char *style_hash; // of the report's own style sheet, "" = none; owned by the pages
    bool waits;             // no page yet: to be made again when the request's wait was told
    char location[64];      // where to go (status 303), "" = nowhere
} inb_desk_answer;

// Makes the page into `out`. A request that is wrong is a page too (400, 403, 413, 422); a failure
// is only what the machine does wrong.
inb_status inb_pages_make(const inb_pages *pages, const inb_desk_request *request, inb_buffer *out,
    inb_desk_answer *ret_answer, inb_error *err) INB_NODISCARD;

// The page for an error of HTTP (400, 403, 404, 405, 409, 410, 413, 421, 431, 500, 503), in the
// language given.
inb_status inb_pages_error(const inb_pages *pages, size_t language, unsigned status,
    inb_buffer *out, inb_error *err) INB_NODISCARD;

#endif
