// SPDX-License-Identifier: EUPL-1.2
// The finding as the JSON of the contract (design, "Finding"). Ids in the order of the catalogue,
// so that the same finding is the same bytes.

#include "weigh_i.h"

static void add_set(const inb_catalogue *catalogue, const inb_set *set, inb_buffer *json) {
    inb_buffer_char(json, '[');
    bool first = true;
    for (size_t row = 0; row < catalogue->row_count; row++) {
        if (inb_set_has(set, row)) {
            inb_buffer_text(json, first ? "" : ",");
            inb_buffer_json(json, catalogue->rows[row].id);
            first = false;
        }
    }
    inb_buffer_char(json, ']');
}

static void add_form(
    const inb_catalogue *catalogue, const inb_form_finding *found, inb_buffer *json) {
    inb_buffer_format(json, "{\"form\":\"%s\",\"level\":\"%s\"", inb_form_code(found->form),
        inb_level_code(found->level));
    for (int element = 0; element < INB_ELEMENT_COUNT; element++) {
        inb_buffer_format(json, ",\"%s\":", inb_element_code((inb_element)element));
        add_set(catalogue, &found->element[element], json);
    }
    inb_buffer_text(json, ",\"reasons\":");
    add_set(catalogue, &found->reasons, json);
    inb_buffer_char(json, '}');
}

static void add_advice(const inb_finding *finding, inb_advice_kind kind, inb_buffer *json) {
    inb_buffer_char(json, '[');
    for (size_t i = 0; i < finding->advice_count[kind]; i++) {
        inb_buffer_text(json, i == 0 ? "" : ",");
        inb_buffer_json(json, finding->advice[kind][i]);
    }
    inb_buffer_char(json, ']');
}

static void add_route(const inb_catalogue *catalogue, const inb_finding *finding,
    const inb_route_advice *advice, const char *language, inb_buffer *json) {
    const inb_route *route = &catalogue->routes[advice->route];
    inb_buffer_text(json, "{\"to\":");
    inb_buffer_json(json, route->id);
    inb_buffer_format(json,
        ",\"basis\":\"%s\",\"criminal\":\"%s\",\"why\":", inb_basis_code(advice->basis),
        inb_criminal_code(route->criminal));
    inb_buffer_json(json, inb_finding_say(catalogue, finding, language, "why", advice->why));
    inb_buffer_text(json, ",\"as_of\":");
    if (route->as_of[0] == '\0') {
        inb_buffer_text(json, "null");
    } else {
        inb_buffer_json(json, route->as_of);
    }
    if (advice->only_if != INB_READ_ANY) {
        inb_buffer_text(
            json, advice->only_if == INB_READ_CHILD ? ",\"if\":\"child\"" : ",\"if\":\"adult\"");
    }
    inb_buffer_char(json, '}');
}

void inb_finding_json(const inb_catalogue *catalogue, const inb_finding *finding,
    const char *language, inb_buffer *json) {
    inb_buffer_text(json, "{\"catalogue\":");
    inb_buffer_json(json, catalogue->version);
    inb_buffer_text(json, ",\"forms\":[");
    for (size_t i = 0; i < finding->form_count; i++) {
        inb_buffer_text(json, i == 0 ? "" : ",");
        add_form(catalogue, &finding->forms[i], json);
    }
    inb_buffer_text(json, "],\"dimensions\":{");
    for (int d = 0; d < INB_DIMENSIONS; d++) {
        inb_buffer_format(json, "%s\"D%d\":\"%s\"", d == 0 ? "" : ",", d + 1,
            finding->dimension[d] ? "positive" : "negative");
    }
    inb_buffer_text(json, "},\"ask_next\":[");
    inb_buffer_text(json, finding->ask_age ? "\"age\"" : "");
    for (size_t i = 0; i < finding->ask_count; i++) {
        inb_buffer_text(json, i == 0 && !finding->ask_age ? "" : ",");
        inb_buffer_json(json, catalogue->rows[finding->ask_next[i]].id);
    }
    inb_buffer_text(json, "],\"do\":");
    add_advice(finding, INB_ADVICE_DO, json);
    inb_buffer_text(json, ",\"dont\":");
    add_advice(finding, INB_ADVICE_DONT, json);
    inb_buffer_text(json, ",\"routes\":[");
    for (size_t i = 0; i < finding->route_count; i++) {
        inb_buffer_text(json, i == 0 ? "" : ",");
        add_route(catalogue, finding, &finding->routes[i], language, json);
    }
    inb_buffer_text(json, "],\"offers\":");
    add_advice(finding, INB_ADVICE_OFFER, json);
    inb_buffer_text(json, ",\"notes\":");
    add_advice(finding, INB_ADVICE_NOTE, json);
    inb_buffer_text(json, "}\n");
}
