// SPDX-License-Identifier: EUPL-1.2
// Fuzzer of FACTS.json and of weighing: any bytes give facts or a complaint with a place. What is
// accepted is weighed, and the properties of the norm must hold: roles and situation change no
// form, one more yes lowers none, a child's form is never below the same adult's; what is told is
// valid.

#include <inbeeld/weigh.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static const inb_catalogue *norm(void) {
    static inb_catalogue *catalogue;
    if (catalogue == NULL) {
        demand(inb_catalogue_load(NULL, &catalogue, NULL) == INB_OK);
    }
    return catalogue;
}

static inb_level level_of(const inb_finding *finding, inb_form form) {
    for (size_t i = 0; i < finding->form_count; i++) {
        if (finding->forms[i].form == form) {
            return finding->forms[i].level;
        }
    }
    return INB_LEVEL_NONE;
}

static bool lists(const inb_finding *finding, inb_form form) {
    for (size_t i = 0; i < finding->form_count; i++) {
        if (finding->forms[i].form == form) {
            return true;
        }
    }
    return false;
}

// Every form of `low` is in `high`, at the same level or above.
static void demand_not_below(const inb_finding *low, const inb_finding *high) {
    for (int form = 0; form < INB_FORM_COUNT; form++) {
        demand(level_of(low, (inb_form)form) <= level_of(high, (inb_form)form));
        demand(!lists(low, (inb_form)form) || lists(high, (inb_form)form));
    }
}

static void check_properties(const inb_facts *facts, const inb_finding *finding, uint8_t choice) {
    static inb_facts other;
    static inb_finding found;

    other = *facts;
    other.roles ^= 1u << (choice % INB_ROLE_COUNT);
    other.situation = (inb_situation){0};
    inb_weigh(norm(), &other, &found);
    demand_not_below(finding, &found);
    demand_not_below(&found, finding);
    demand(memcmp(finding->dimension, found.dimension, sizeof found.dimension) == 0);

    size_t row = choice % inb_catalogue_rows(norm());
    if (inb_catalogue_row(norm(), row)->kind == INB_INDICATOR) {
        other = *facts;
        inb_set_add(&other.yes, row);
        inb_set_drop(&other.no, row);
        inb_set_drop(&other.unknown, row);
        inb_weigh(norm(), &other, &found);
        demand_not_below(finding, &found);
    }

    static inb_finding child;
    other = *facts;
    other.age = (inb_age){INB_AGE_ADULT, INB_YEARS_UNKNOWN};
    inb_weigh(norm(), &other, &found);
    other.age = (inb_age){INB_AGE_CHILD, INB_YEARS_UNKNOWN};
    inb_weigh(norm(), &other, &child);
    demand_not_below(&found, &child);
}

// What every finding holds, whatever the facts.
static void check_advice(const inb_facts *facts, const inb_finding *finding) {
    demand(finding->advice_count[INB_ADVICE_OFFER] > 0);
    demand(finding->form_count <= INB_FORM_COUNT && finding->ask_count <= INB_ASK_MOST);
    demand(finding->ask_age == (facts->age.class_ == INB_AGE_UNKNOWN));
    bool duty = facts->reporter <= INB_REPORTER_LABOUR_INSPECTORATE;
    for (size_t i = 0; i < finding->route_count; i++) {
        const inb_route_advice *to = &finding->routes[i];
        const inb_route *route = inb_catalogue_route(norm(), to->route);
        demand(to->basis != INB_BASIS_MUST || duty);
        demand(i > 0 || (route->researched && (duty || facts->situation.danger_now ||
                                                  route->criminal != INB_CRIMINAL_YES)));
        for (size_t j = 0; j < i; j++) {
            demand(
                finding->routes[j].route != to->route || finding->routes[j].only_if != to->only_if);
        }
    }
    for (size_t i = 0; i < finding->ask_count; i++) {
        demand(!inb_set_has(&facts->yes, finding->ask_next[i]));
        demand(!inb_set_has(&facts->no, finding->ask_next[i]));
    }
}

static void check_told(const inb_facts *facts, const inb_finding *finding) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT((size_t)1 << 20);
    inb_finding_json(norm(), finding, "en", &text);
    demand(inb_buffer_check(&text, NULL) == INB_OK);
    inb_json json = INB_JSON_INIT;
    demand(inb_json_parse("finding", text.data, text.length, &json, NULL) == INB_OK);
    inb_json_clear(&json);
    inb_buffer_reset(&text);
    inb_finding_text(norm(), facts, finding, "nl", &text);
    demand(inb_buffer_check(&text, NULL) == INB_OK);
    demand(inb_utf8_valid(text.data, text.length) == text.length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static inb_facts facts; // large
    static inb_finding finding;
    inb_error err = INB_ERROR_INIT;
    inb_status status = inb_facts_parse(norm(), "f", (const char *)data, size, &facts, &err);
    if (status != INB_OK) {
        demand(status == INB_BAD_INPUT && strncmp(err.message, "f:", 2) == 0);
        return 0;
    }
    inb_weigh(norm(), &facts, &finding);
    check_properties(&facts, &finding, data[size / 2]);
    check_advice(&facts, &finding);
    check_told(&facts, &finding);
    return 0;
}
