// SPDX-License-Identifier: EUPL-1.2
// The pages of a team: what page_keep.c, page_signals.c, page_signal.c and page_change.c share.
// Each is made more than once: first it asks for a row of the log, then it does its work with what
// came of that.
#ifndef INB_DESK_PAGE_TEAM_H
#define INB_DESK_PAGE_TEAM_H

#include "making.h"
#include "signal_form.h"

// ---- asking and waiting (team_work.c) ----

inb_road_actor inb_desk_actor(const inb_making *m);
// After a piece of work was handed in: the page waits, or says why it could not be.
inb_status inb_desk_await(inb_making *m, inb_status handed) INB_NODISCARD;
// The first half of a page that stands behind one row of the log: the row is asked for, and when it
// is on the disk *ret_ready says that the page may be made with the wait's first ticket. Where that
// is false, the answer was made: it waits, or says why not.
inb_status inb_desk_ask(inb_making *m, inb_road_reading reading, bool *ret_ready) INB_NODISCARD;
// The first half of a small form that does `what` with signal m->request->number: the form and its
// stamp are looked at, and *ret_id is the signal's id. Where that is NULL, the answer was made,
// also when the work is over: it leads to the signal where that went well or came out as `already`,
// which is how the work says that it was done before (INB_OK = it does not).
inb_status inb_desk_act(
    inb_making *m, const char *what, inb_status already, const char **ret_id) INB_NODISCARD;
// The page for work that failed: 404, 409 (changed in the meantime), 410 (erased), 503 (the store),
// or a failure where memory is out.
inb_status inb_desk_refuse(inb_making *m, inb_status why) INB_NODISCARD;
// Leads on (303) to "/nl/signals" or, with a number, "/nl/signal/7".
inb_status inb_desk_go(inb_making *m, int64_t number) INB_NODISCARD;

// A stamp for a form that does `what` with signal m->request->number.
inb_status inb_desk_bind_stamp(inb_making *m, const char *what) INB_NODISCARD;
bool inb_desk_stamp_holds(const inb_making *m, const char *what, const inb_form_data *form);

// Binds a date in words under `name`: "3 november 2026", "november 2026", "" for none.
void inb_desk_bind_date(const inb_making *m, inb_scope *scope, const char *name, inb_date date);

// Binds one field of a draft under "inputs" of `parent`, and what is wrong with any of them, a
// passing included (a text key, or NULL), in a summary at the head of the page.
void inb_desk_bind_field(
    const inb_making *m, inb_scope *parent, inb_signal_draft *draft, const inb_draft_field *field);
void inb_desk_bind_faults(const inb_making *m, const inb_signal_draft *draft, const char *passing);

// ---- the pages ----

// The form to keep what the card holds. draft: what was typed, with faults; NULL = nothing yet.
inb_status inb_desk_make_keep(
    inb_making *m, const inb_card *card, inb_signal_draft *draft) INB_NODISCARD;
inb_status inb_desk_keep(inb_making *m) INB_NODISCARD;    // what comes back from it
inb_status inb_desk_signals(inb_making *m) INB_NODISCARD; // the list
inb_status inb_desk_signal(inb_making *m) INB_NODISCARD;  // one signal, and what is done with it

// Answers that are due (page_due.c): the list of them, that one was given, and the mark that stands
// with a signal, in its list and on its page, in the scope `scope`.
inb_status inb_desk_due(inb_making *m) INB_NODISCARD;
inb_status inb_desk_answer_given(inb_making *m) INB_NODISCARD;
void inb_desk_bind_promise(const inb_making *m, inb_scope *scope, const inb_road_signal *found);

inb_status inb_desk_team_picture(inb_making *m) INB_NODISCARD; // who is seen by whom, of the store

// The situation that a signal belongs to, what joins it, and what was seen in it taken together;
// with the stamp of the form that takes it out. The wait's second ticket is used up.
inb_status inb_desk_bind_joined(inb_making *m, const inb_road_signal *found) INB_NODISCARD;
inb_status inb_desk_part(inb_making *m) INB_NODISCARD; // what comes back from that form

// Whether a signal is in a hit, and whom to ask; with the stamp of the form that takes it apart.
// The wait's third ticket is used up.
inb_status inb_desk_bind_hits(inb_making *m, const inb_road_signal *found) INB_NODISCARD;
inb_status inb_desk_hits(inb_making *m) INB_NODISCARD;  // the team's signals with a hit
inb_status inb_desk_unhit(inb_making *m) INB_NODISCARD; // what comes back from that form

// Of inb_desk_signal: the pages to pass on, to correct and to retract, and what comes back from
// them. found: the signal as it stands; form: what came, NULL = the page is asked for.
inb_status inb_desk_change(
    inb_making *m, const inb_road_signal *found, const inb_form_data *form) INB_NODISCARD;

// Binds what every page about a signal shows at its head: number, version, status, days, source.
void inb_desk_bind_head(const inb_making *m, inb_scope *scope, const inb_road_signal *found);

// Where to pass on to: the routes of these findings, in their order, and when an answer is due.
// asked: the form that came back, or NULL. Binds into m->root.
void inb_desk_bind_passing(const inb_making *m, const inb_finding *findings, size_t count,
    const inb_form_data *asked, const char *fault);
// Reads the two fields back; *ret_fault: the text key of what is wrong, NULL = nothing. False: a
// field that no page of ours sends.
bool inb_desk_take_passing(const inb_making *m, const inb_form_data *form,
    inb_road_passing *ret_passing, const char **ret_fault);

#endif
