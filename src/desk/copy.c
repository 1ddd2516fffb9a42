// SPDX-License-Identifier: EUPL-1.2
// Plain text for somebody's own file: receivers ask for facts apart from interpretation (police and
// care forms alike), so the two stand under their own headings, facts first.

#include "copy.h"

#include <stdio.h>
#include <string.h>

typedef struct writer {
    const inb_catalogue *catalogue;
    const inb_finding *finding;
    const char *language;
    inb_buffer *text;
} writer;

static const char *say(const writer *w, const char *group, const char *id) {
    return inb_finding_say(w->catalogue, w->finding, w->language, group, id);
}

static void line(const writer *w, const char *key, const char *value) {
    inb_buffer_format(w->text, "%s: %s\n", say(w, "page.copy", key), value);
}

static bool is_empty(const inb_set *set) {
    uint64_t all = 0;
    for (size_t i = 0; i < INB_SET_WORDS; i++) {
        all |= set->words[i];
    }
    return all == 0;
}

static void rows(const writer *w, const char *key, const inb_set *set) {
    if (is_empty(set)) {
        return;
    }
    inb_buffer_format(w->text, "%s:\n", say(w, "page.copy", key));
    for (size_t row = 0; row < inb_catalogue_rows(w->catalogue); row++) {
        if (inb_set_has(set, row)) {
            const char *id = inb_catalogue_row(w->catalogue, row)->id;
            inb_buffer_format(w->text, "- %s (%s)\n",
                inb_catalogue_label(w->catalogue, w->language, "indicator", id, "label"), id);
        }
    }
}

static void answer(const writer *w, const char *key, inb_reply given) {
    if (given != INB_REPLY_NONE) {
        line(w, key, say(w, "answer", inb_reply_code(given)));
    }
}

static void bits(const writer *w, const char *key, const char *group, uint8_t set, int count,
    const char *(*code)(int)) {
    for (int i = 0; i < count; i++) {
        if ((set >> i & 1) != 0) {
            line(w, key, say(w, group, code(i)));
        }
    }
}

static const char *profit_code(int value) {
    return inb_profit_code((inb_profit)value);
}

static const char *surrounding_code(int value) {
    return inb_surrounding_code((inb_surrounding)value);
}

static void observation(const writer *w, const inb_card *card, const inb_facts *facts) {
    inb_buffer_format(w->text, "%s\n", say(w, "page.copy", "observation"));
    line(w, "when", "");
    if (card->age != INB_CARD_AGE_NONE) {
        line(w, "age", say(w, "page.age", inb_card_age_key(card->age)));
    }
    if (card->reporter >= 0) {
        line(w, "reporter", say(w, "reporter", inb_reporter_code((inb_reporter)card->reporter)));
    }
    size_t count = 0;
    const inb_branch *branches = inb_catalogue_branches(w->catalogue, &count);
    if (card->branch < count) {
        line(w, "where", say(w, "page.where", branches[card->branch].id));
    }
    answer(w, "danger", card->danger);
    answer(w, "unaccompanied", card->unaccompanied);
    rows(w, "seen", &facts->yes);
    rows(w, "not_seen", &facts->no);
    rows(w, "not_known", &facts->unknown);
    bits(w, "profits", "page.profits", card->profits, INB_PROFIT_COUNT, profit_code);
    if (card->profits_asked == INB_REPLY_NO) {
        line(w, "profits", say(w, "page.profits", "nobody"));
    } else if (card->profits_asked == INB_REPLY_UNKNOWN) {
        line(w, "profits", say(w, "answer", "unknown"));
    }
    bits(w, "surroundings", "surroundings", card->surroundings, INB_SURROUNDING_COUNT,
        surrounding_code);
    if (card->denies) {
        line(w, "said", say(w, "situation", "denies"));
    }
    if (card->suspected) {
        bool under12 = card->age == INB_CARD_AGE_UNDER12;
        line(w, "role", say(w, "role", under12 ? "suspect_under12" : "suspect"));
    }
    if (card->consent != INB_CONSENT_NOT_ASKED) {
        line(w, "consent", say(w, "consent", inb_consent_code(card->consent)));
    }
    if (card->police != INB_POLICE_NOT_ASKED) {
        line(w, "police", say(w, "police", inb_police_code(card->police)));
    }
    rows(w, "circumstances", &facts->circumstances);
}

static void interpretation(const writer *w, const inb_finding *finding) {
    inb_buffer_format(w->text, "\n%s\n%s\n", say(w, "page.copy", "interpretation"),
        say(w, "page.finding", "proves"));
    for (size_t i = 0; i < finding->form_count; i++) {
        const inb_form_finding *found = &finding->forms[i];
        inb_buffer_format(w->text, "- %s: %s\n", say(w, "form", inb_form_code(found->form)),
            say(w, "level", inb_level_code(found->level)));
    }
    if (finding->form_count == 0) {
        inb_buffer_format(w->text, "%s\n", say(w, "page.finding", "no_form"));
    }
    for (size_t i = 0; i < finding->advice_count[INB_ADVICE_NOTE]; i++) {
        inb_buffer_format(w->text, "- %s\n", say(w, "note", finding->advice[INB_ADVICE_NOTE][i]));
    }
}

static void routes(const writer *w, const inb_finding *finding) {
    if (finding->route_count == 0) {
        return;
    }
    inb_buffer_format(w->text, "\n%s\n", say(w, "page.copy", "routes"));
    for (size_t i = 0; i < finding->route_count; i++) {
        const inb_route_advice *to = &finding->routes[i];
        const inb_route *route = inb_catalogue_route(w->catalogue, to->route);
        inb_buffer_format(w->text, "%zu. %s", i + 1,
            inb_catalogue_label(w->catalogue, w->language, "route", route->id, "name"));
        if (to->only_if != INB_READ_ANY) {
            inb_buffer_format(w->text, " (%s)",
                say(w, "age", to->only_if == INB_READ_CHILD ? "if_child" : "if_adult"));
        }
        const char *contact = route->contact[0] != '\0' ? route->contact : route->lookup;
        inb_buffer_format(w->text, "%s%s. %s\n", contact[0] != '\0' ? ", " : "", contact,
            say(w, "basis", inb_basis_code(to->basis)));
    }
}

void inb_card_copy(const inb_catalogue *catalogue, const inb_card *card, const inb_facts *facts,
    const inb_finding *finding, const char *language, inb_buffer *text) {
    writer w = {catalogue, finding, language, text};
    observation(&w, card, facts);
    interpretation(&w, finding);
    routes(&w, finding);
    inb_buffer_format(text, "\n%s %s (%s)\n", say(&w, "page.copy", "by"),
        inb_catalogue_version(catalogue), inb_catalogue_date(catalogue));
}
