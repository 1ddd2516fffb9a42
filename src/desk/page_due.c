// SPDX-License-Identifier: EUPL-1.2
// Whoever passes a signal on is to hear back by a day. Signals of which that day comes or has
// passed, and the button that says that the answer was given. Nothing sealed is opened for it.

#include "page_team.h"

#include <stdio.h>

enum { MOST_DUE = 200, SOON_DAYS = 7 };

typedef enum standing { LATE, SOON, LATER, STANDINGS } standing;

static standing standing_of(const inb_making *m, const inb_stored_promise *promise) {
    int32_t today = inb_date_first_day(inb_road_day(m->request->now));
    if (promise->by.year == 0) {
        return LATE; // an older program sealed the day: somebody has to look
    }
    int32_t day = inb_date_first_day(promise->by);
    return day < today ? LATE : day <= today + SOON_DAYS ? SOON : LATER;
}

void inb_desk_bind_promise(const inb_making *m, inb_scope *scope, const inb_road_signal *found) {
    const inb_stored_promise *promise = &found->promise;
    bool open = promise->version != 0 && promise->answered == 0 &&
                found->stored->status != INB_SIGNAL_RETRACTED;
    bool late = open && standing_of(m, promise) == LATE;
    inb_scope_flag(scope, "answer_open", open);
    inb_scope_flag(scope, "answer_late", late);
    inb_desk_bind_date(m, scope, "answer_day", promise->by);
    inb_desk_bind_date(m, scope, "answered",
        promise->answered == 0 ? (inb_date){0, 0, 0} : inb_road_day(promise->answered));
}

static void bind_groups(inb_making *m, const inb_road_signal *list, size_t count) {
    static const char *const keys[STANDINGS] = {"late", "soon", "later"};
    for (int s = 0; s < STANDINGS; s++) {
        inb_scope *group = NULL;
        for (size_t i = 0; i < count; i++) {
            if ((int)standing_of(m, &list[i].promise) != s) {
                continue;
            }
            if (group == NULL) {
                group = inb_scope_item(m->root, "groups");
                inb_scope_text(group, "heading", inb_desk_say(m, "page.due", keys[s]));
            }
            inb_scope *item = inb_scope_item(group, "signals");
            inb_desk_bind_head(m, item, &list[i]);
            inb_desk_bind_promise(m, item, &list[i]);
        }
    }
}

inb_status inb_desk_due(inb_making *m) {
    bool ready;
    INB_TRY(inb_desk_ask(m, INB_ROAD_DUE, &ready));
    if (!ready) {
        return INB_OK;
    }
    const inb_road_signal *list = NULL;
    size_t count = 0;
    inb_status status = inb_road_due(m->request->team->road, m->request->wait->ticket, m->arena,
        MOST_DUE + 1, &list, &count, NULL);
    if (status != INB_OK) {
        return inb_desk_refuse(m, status == INB_BAD_INPUT ? INB_IO : status);
    }
    inb_scope_flag(m->root, "more_due", count > MOST_DUE);
    bind_groups(m, list, count > MOST_DUE ? MOST_DUE : count);
    inb_desk_bind_frame(m, inb_desk_say(m, "page", "due.title"), "signals/due", false);
    return inb_desk_render(m, INB_PAGE_DUE);
}

inb_status inb_desk_answer_given(inb_making *m) {
    const char *id = NULL;
    INB_TRY(inb_desk_act(m, "answer", INB_BAD_INPUT, &id)); // pressed twice: it was given already
    if (id == NULL) {
        return INB_OK;
    }
    inb_road_actor actor = inb_desk_actor(m);
    return inb_desk_await(m, inb_road_answered(m->request->team->road, &actor, id, inb_desk_told,
                                 m->request->wait, NULL));
}
