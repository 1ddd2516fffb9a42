// SPDX-License-Identifier: EUPL-1.2
// The picture of the store as a page of the desk: who is seen by whom, and how many are not.
// Counted anew for each look, with its row of the log before; station 5 writes the tables and hides
// small counts.

#include "page_team.h"

#include <inbeeld/overview_page.h>
#include <inbeeld/store_picture.h>

#include "base/alloc.h"

enum { DRAWS = 20 }; // a page may not take long; `inbeeld picture` takes more

static inb_status write_sections(
    inb_making *m, const inb_overview *overview, const inb_overview_draws *draws) {
    inb_estimate_options settings = INB_ESTIMATE_OPTIONS_INIT;
    inb_overview_estimates *estimates = inb_arena_get(m->arena, 1, sizeof *estimates);
    if (estimates == NULL) {
        return inb_fail(m->err, INB_NO_MEMORY, "no memory for the picture");
    }
    INB_TRY(inb_overview_hidden(overview, draws, &settings, estimates, m->err));
    char date[11];
    inb_date_format(inb_road_day(m->request->now), date);
    const inb_overview_report report = {.catalogue = m->catalogue,
        .language = m->language,
        .date = date,
        .version = INB_VERSION,
        .overview = overview,
        .estimates = estimates,
        .truth = m->request->team->truth};
    return inb_overview_sections(&report, m->out, m->err);
}

inb_status inb_desk_team_picture(inb_making *m) {
    bool ready;
    INB_TRY(inb_desk_ask(m, INB_ROAD_PICTURE, &ready));
    if (!ready) {
        return INB_OK;
    }
    inb_overview *overview = inb_arena_get(m->arena, 1, sizeof *overview);
    if (overview == NULL) {
        return inb_fail(m->err, INB_NO_MEMORY, "no memory for the picture");
    }
    INB_CLEANUP(inb_overview_draws_clear) inb_overview_draws draws = INB_OVERVIEW_DRAWS_INIT;
    static const inb_picture_links links = {DRAWS, 1, 1};
    inb_status status = inb_road_picture(
        m->request->team->road, m->request->wait->ticket, &links, overview, &draws, NULL);
    if (status != INB_OK) {
        return inb_desk_refuse(m, status == INB_BAD_INPUT ? INB_IO : status);
    }
    inb_scope_flag(m->root, "with_pictures", true);
    inb_desk_bind_frame(m, inb_desk_say(m, "page", "team_picture.title"), "signals/picture", false);
    INB_TRY(inb_desk_render(m, INB_PAGE_TEAM_PICTURE));
    INB_TRY(write_sections(m, overview, &draws));
    return inb_desk_render(m, INB_PAGE_TEAM_PICTURE_END);
}
