// SPDX-License-Identifier: EUPL-1.2
// The situation of a signal on its page: which signals it goes with, what they share, what was seen
// in them taken together, and taking a signal out of it again. The rule:
// docs/methods/situations.md.

#include "page_team.h"

#include <inbeeld/overview.h>
#include <inbeeld/situations.h>

enum { SIGNALS_MOST = 200, JOINS_MOST = 60 };

// The signals of a situation, all of them the team's own.
typedef struct own {
    const inb_stored_signal *signals[SIGNALS_MOST];
    size_t count;
} own;

static void bind_end(const inb_making *m, inb_scope *join, int64_t number, bool first) {
    inb_scope *end = inb_scope_item(join, "ends");
    inb_scope_format(end, "number", "%lld", (long long)number);
    inb_scope_format(end, "link", "/%s/signal/%lld", m->language, (long long)number);
    inb_scope_flag(end, "first", first);
}

static void bind_join(const inb_making *m, inb_scope *where, const inb_join *join) {
    inb_scope *item = inb_scope_item(where, "joins");
    bind_end(m, item, join->first, true);
    bind_end(m, item, join->second, false);
    uint32_t left = join->kinds;
    for (int k = 0; k < INB_JOIN_KIND_COUNT; k++) {
        if ((join->kinds >> k & 1) != 0) {
            left &= ~(1u << k);
            inb_scope *kind = inb_scope_item(item, "kinds");
            inb_scope_text(
                kind, "kind", inb_desk_say(m, "page.join", inb_join_kind_code((inb_join_kind)k)));
            inb_scope_flag(kind, "more", left != 0);
        }
    }
}

static void bind_together(const inb_making *m, inb_scope *where, const own *mine) {
    inb_facts facts[INB_SITUATION_FACTS_MOST];
    size_t count = 0;
    inb_situation_facts(m->catalogue, mine->signals, mine->count, facts, &count);
    for (size_t i = 0; i < count; i++) {
        inb_finding *finding = inb_arena_get(m->arena, 1, sizeof *finding);
        inb_scope *item = inb_scope_item(where, "together");
        if (finding == NULL || item == NULL) {
            return; // the page fails as a whole: memory is out
        }
        inb_weigh(m->catalogue, &facts[i], finding);
        inb_making part = *m;
        part.root = item;
        inb_desk_bind_weighed(&part, &facts[i], finding);
        inb_scope_text(item, "together_age",
            inb_desk_say(m, "page.age", inb_age_class_code(facts[i].age.class_)));
    }
}

inb_status inb_desk_bind_joined(inb_making *m, const inb_road_signal *found) {
    const inb_desk_team *team = m->request->team;
    inb_situation_group group = {0};
    inb_status status = inb_road_situation(
        team->road, m->request->wait->second, m->arena, found->stored->id, &group, m->err);
    INB_TRY(inb_desk_bind_stamp(m, "part"));
    if (status == INB_NOT_FOUND) { // retracted
        return INB_OK;
    }
    INB_TRY(status);
    if (group.count < 2) {
        return INB_OK;
    }
    own *mine = inb_arena_get(m->arena, 1, sizeof *mine);
    if (mine == NULL) {
        return inb_fail(m->err, INB_NO_MEMORY, "no memory for a page");
    }
    for (size_t i = 0; i < group.count && mine->count < SIGNALS_MOST; i++) {
        const inb_stored_signal *stored = NULL;
        INB_TRY(inb_road_stored(team->road, m->arena, group.numbers[i], &stored, m->err));
        mine->signals[mine->count++] = stored;
    }
    inb_scope *joined = inb_scope_item(m->root, "joined");
    for (size_t i = 0; i < group.join_count && i < JOINS_MOST; i++) {
        bind_join(m, joined, &group.joins[i]);
    }
    bind_together(m, joined, mine);
    return INB_OK;
}

inb_status inb_desk_part(inb_making *m) {
    const char *id = NULL;
    INB_TRY(inb_desk_act(m, "part", INB_NOT_FOUND, &id)); // one that stands alone is out of it
    if (id == NULL) {
        return INB_OK;
    }
    inb_road_actor actor = inb_desk_actor(m);
    inb_status status =
        inb_road_undo(m->request->team->road, &actor, id, inb_desk_told, m->request->wait, NULL);
    return status == INB_NOT_FOUND ? inb_desk_go(m, m->request->number) : inb_desk_await(m, status);
}
