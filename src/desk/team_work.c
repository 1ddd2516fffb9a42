// SPDX-License-Identifier: EUPL-1.2
// What the pages of a team share: who acts, asking for a row of the log, what to say where that
// fails, stamps for what is done to a signal, and days in words.

#include "page_team.h"

#include <stdio.h>
#include <string.h>

inb_road_actor inb_desk_actor(const inb_making *m) {
    const inb_desk_request *request = m->request;
    const inb_desk_team *team = request->team;
    const char *name = request->actor != NULL ? request->actor : team->actor;
    return (inb_road_actor){name, team->organisation, "desk", request->now};
}

inb_status inb_desk_refuse(inb_making *m, inb_status why) {
    switch (why) {
    case INB_NO_MEMORY:
    case INB_INTERNAL:
        return inb_fail(m->err, why, "a page of the team cannot be made");
    case INB_NOT_FOUND:
        return inb_desk_make_error(m, 404, NULL);
    case INB_BAD_INPUT:
        return inb_desk_make_error(m, 409, NULL);
    case INB_ERASED: // of an old copy of the store
        return inb_desk_make_error(m, 410, NULL);
    default:
        return inb_desk_make_error(m, 503, NULL); // no row in the log, no page
    }
}

inb_status inb_desk_await(inb_making *m, inb_status handed) {
    if (handed != INB_OK) {
        return inb_desk_refuse(m, handed);
    }
    m->answer->waits = true;
    return INB_OK;
}

inb_status inb_desk_ask(inb_making *m, inb_road_reading reading, bool *ret_ready) {
    inb_desk_wait *wait = m->request->wait;
    const inb_desk_team *team = m->request->team;
    *ret_ready = false;
    if (team == NULL) {
        return inb_desk_make_error(m, 404, NULL);
    }
    if (wait->stage == 0) {
        inb_road_actor actor = inb_desk_actor(m);
        return inb_desk_await(m, inb_road_ask(team->road, &actor, reading, NULL, inb_desk_told,
                                     wait, &wait->ticket, NULL));
    }
    if (wait->status != INB_OK) {
        return inb_desk_refuse(m, wait->status == INB_NO_MEMORY ? INB_NO_MEMORY : INB_UNAVAILABLE);
    }
    *ret_ready = true;
    return INB_OK;
}

inb_status inb_desk_act(inb_making *m, const char *what, inb_status already, const char **ret_id) {
    const inb_desk_wait *wait = m->request->wait;
    const inb_desk_team *team = m->request->team;
    const inb_form_data *form = NULL;
    *ret_id = NULL;
    if (team == NULL) {
        return inb_desk_make_error(m, 404, NULL);
    }
    INB_TRY(inb_desk_read_form(m, &form));
    if (form == NULL) {
        return INB_OK;
    }
    if (wait->stage > 0) {
        return wait->status == INB_OK || wait->status == already
                   ? inb_desk_go(m, m->request->number)
                   : inb_desk_refuse(m, wait->status);
    }
    if (!inb_desk_stamp_holds(m, what, form)) {
        return inb_desk_make_error(m, 403, NULL);
    }
    inb_status status =
        inb_road_id_of(team->road, team->organisation, m->request->number, m->arena, ret_id, NULL);
    return status == INB_OK ? INB_OK : inb_desk_refuse(m, status);
}

inb_status inb_desk_go(inb_making *m, int64_t number) {
    m->answer->status = 303;
    if (number > 0) {
        snprintf(m->answer->location, sizeof m->answer->location, "/%.16s/signal/%lld", m->language,
            (long long)number);
    } else {
        snprintf(m->answer->location, sizeof m->answer->location, "/%.16s/signals", m->language);
    }
    return INB_OK;
}

static void stamp_purpose(const inb_making *m, const char *what, char ret_purpose[static 64]) {
    snprintf(ret_purpose, 64, "signal %lld %.16s", (long long)m->request->number, what);
}

inb_status inb_desk_bind_stamp(inb_making *m, const char *what) {
    char purpose[64];
    char *stamp = inb_arena_get(m->arena, INB_STAMP_SIZE, 1);
    if (stamp == NULL) {
        return inb_fail(m->err, INB_NO_MEMORY, "no memory for a page");
    }
    stamp_purpose(m, what, purpose);
    inb_stamp_make(m->request->stamper, purpose, m->request->now, stamp);
    inb_scope_text(m->root, "stamp", stamp);
    return INB_OK;
}

bool inb_desk_stamp_holds(const inb_making *m, const char *what, const inb_form_data *form) {
    char purpose[64];
    const char *stamp = inb_form_value(form, "stamp");
    stamp_purpose(m, what, purpose);
    return stamp != NULL && inb_stamp_check(m->request->stamper, purpose, m->request->now, stamp,
                                strlen(stamp)) == INB_STAMP_GOOD;
}

void inb_desk_bind_date(const inb_making *m, inb_scope *scope, const char *name, inb_date date) {
    if (date.year == 0) {
        inb_scope_text(scope, name, "");
        return;
    }
    char month[8];
    snprintf(month, sizeof month, "%d", date.month);
    const char *word = date.month == 0 ? "" : inb_desk_say(m, "page.month", month);
    if (date.day != 0) {
        inb_scope_format(scope, name, "%d %s %d", date.day, word, date.year);
    } else {
        inb_scope_format(scope, name, "%s%s%d", word, word[0] == '\0' ? "" : " ", date.year);
    }
}
