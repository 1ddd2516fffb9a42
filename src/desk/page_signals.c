// SPDX-License-Identifier: EUPL-1.2
// The list of a team's signals, newest first, a page at a time. Only what stands open in the store
// is shown here; names are opened on the page of one signal alone.

#include "page_team.h"

#include <stdio.h>

enum { A_PAGE = 25 };

static void bind_signal(const inb_making *m, const inb_road_signal *found) {
    inb_scope *item = inb_scope_item(m->root, "signals");
    const inb_signal *signal = found->signal;
    inb_desk_bind_head(m, item, found);
    inb_desk_bind_promise(m, item, found);
    inb_level most = INB_LEVEL_NONE;
    bool weighed = false;
    for (size_t i = 0; i < signal->person_count; i++) {
        inb_facts facts;
        inb_finding finding;
        if (inb_facts_from_signal(m->catalogue, signal, i, &facts, NULL) == INB_OK) {
            inb_weigh(m->catalogue, &facts, &finding);
            inb_level level = inb_finding_level(&finding);
            most = level > most ? level : most;
            weighed = true;
        }
    }
    bool shown = weighed && found->stored->status != INB_SIGNAL_RETRACTED;
    inb_scope_text(item, "level", shown ? inb_desk_say(m, "page.level", inb_level_code(most)) : "");
    inb_scope_text(item, "level_code", shown ? inb_level_code(most) : "none");
}

inb_status inb_desk_signals(inb_making *m) {
    bool ready;
    INB_TRY(inb_desk_ask(m, INB_ROAD_LIST, &ready));
    if (!ready) {
        return INB_OK;
    }
    const inb_road_signal *list = NULL;
    size_t count = 0;
    int64_t before = m->request->number; // 0 = from the newest
    inb_status status = inb_road_list(m->request->team->road, m->request->wait->ticket, m->arena,
        before, A_PAGE + 1, &list, &count, NULL);
    if (status != INB_OK) {
        // A part that does not open was changed: that is the store's fault, nobody's here.
        return inb_desk_refuse(m, status == INB_BAD_INPUT ? INB_IO : status);
    }
    size_t shown = count > A_PAGE ? A_PAGE : count;
    for (size_t i = 0; i < shown; i++) {
        bind_signal(m, &list[i]);
    }
    inb_scope_flag(m->root, "newest", before != 0);
    if (count > shown) {
        inb_scope_format(m->root, "older", "/%s/signals/before/%lld", m->language,
            (long long)list[shown - 1].stored->number);
    }
    char place[48] = "signals";
    if (before != 0) {
        snprintf(place, sizeof place, "signals/before/%lld", (long long)before);
    }
    inb_desk_bind_frame(m, inb_desk_say(m, "page", "signals.title"), place, false);
    return inb_desk_render(m, INB_PAGE_SIGNALS);
}
