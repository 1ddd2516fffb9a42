// SPDX-License-Identifier: EUPL-1.2
// Hits on the desk: on the page of a signal whether another organisation has the same in a signal,
// and whom to ask there; the team's signals with a hit; and taking a hit apart. Of the other signal
// nothing is on any page. What may not be known leaves no trace here: see hits.h.

#include "page_team.h"

#include <inbeeld/hits.h>

#include <stdio.h>

enum { A_PAGE = 25, LOOK_MOST = 2000 };

static void bind_hit(const inb_making *m, inb_scope *where, const inb_hit *hit) {
    inb_scope *item = inb_scope_item(where, "hits");
    inb_scope_text(item, "hit_organisation", hit->organisation);
    inb_scope_text(item, "hit_contact", hit->contact == NULL ? "" : hit->contact);
    inb_scope_text(item, "hit_ground", hit->ground ? inb_desk_say(m, "page.hits", "ground") : "");
}

inb_status inb_desk_bind_hits(inb_making *m, const inb_road_signal *found) {
    inb_hits hits = {0};
    INB_TRY(inb_road_hits(m->request->team->road, m->request->wait->third, m->arena,
        found->stored->id, &hits, m->err));
    inb_scope *section = inb_scope_item(m->root, "hit_part");
    for (size_t i = 0; i < hits.count; i++) {
        bind_hit(m, section, &hits.list[i]);
    }
    bool done = hits.compared && hits.state == INB_COMPARED_DONE;
    bool waits = !hits.compared || hits.state == INB_COMPARED_WAITS;
    inb_scope_text(section, "hit_none",
        hits.count > 0 ? ""
                       : inb_desk_say(m, "page.hits",
                             done    ? "none"
                             : waits ? "waits"
                                     : "nothing"));
    if (hits.count == 0) {
        return INB_OK;
    }
    inb_making part = *m;
    part.root = inb_scope_item(section, "hit_undo");
    return inb_desk_bind_stamp(&part, "unhit");
}

static inb_status make_list(inb_making *m, const inb_hit_page *page) {
    for (size_t i = 0; i < page->count; i++) {
        inb_scope *item = inb_scope_item(m->root, "hit_signals");
        inb_scope_format(item, "number", "%lld", (long long)page->signals[i].number);
        for (size_t k = 0; k < page->signals[i].hits.count; k++) {
            bind_hit(m, item, &page->signals[i].hits.list[k]);
        }
    }
    inb_scope_format(m->root, "used", "%lld", (long long)page->used);
    inb_scope_format(m->root, "quota", "%lld", (long long)page->quota);
    if (page->waiting > 0) {
        inb_scope_format(m->root, "waiting", "%lld", (long long)page->waiting);
    }
    if (page->next > 0) {
        inb_scope_format(
            m->root, "older", "/%s/hits/before/%lld", m->language, (long long)page->next);
    }
    int64_t before = m->request->number; // 0 = from the newest
    inb_scope_flag(m->root, "newest", before != 0);
    char place[48] = "hits";
    if (before != 0) {
        snprintf(place, sizeof place, "hits/before/%lld", (long long)before);
    }
    inb_desk_bind_frame(m, inb_desk_say(m, "page", "hits.title"), place, false);
    return inb_desk_render(m, INB_PAGE_HITS);
}

inb_status inb_desk_hits(inb_making *m) {
    bool ready;
    INB_TRY(inb_desk_ask(m, INB_ROAD_HITS, &ready));
    if (!ready) {
        return INB_OK;
    }
    inb_hit_page page;
    inb_status status = inb_road_hits_list(m->request->team->road, m->request->wait->ticket,
        m->arena, m->request->number, A_PAGE, LOOK_MOST, m->request->now, &page, NULL);
    return status == INB_OK ? make_list(m, &page)
                            : inb_desk_refuse(m, status == INB_BAD_INPUT ? INB_IO : status);
}

inb_status inb_desk_unhit(inb_making *m) {
    const char *id = NULL;
    INB_TRY(inb_desk_act(m, "unhit", INB_OK, &id));
    if (id == NULL) {
        return INB_OK;
    }
    inb_road_actor actor = inb_desk_actor(m);
    inb_status status = inb_road_undo_hits(
        m->request->team->road, &actor, id, inb_desk_told, m->request->wait, NULL);
    // One that is in no hit any more is apart already.
    return status == INB_NOT_FOUND ? inb_desk_go(m, m->request->number) : inb_desk_await(m, status);
}
