// SPDX-License-Identifier: EUPL-1.2
// Weighing in its three steps, and the codes of what is found.

#include "weigh_i.h"

void inb_weigh(const inb_catalogue *catalogue, const inb_facts *facts, inb_finding *ret_finding) {
    const inb_age *age = &facts->age;
    bool under12 = age->years != INB_YEARS_UNKNOWN && age->years < INB_SUSPECT_FROM;
    ret_finding->voice = facts->reporter == INB_REPORTER_SELF ? "self" : under12 ? "under12" : "";
    inb_combine(catalogue, facts, ret_finding);
    inb_ask(catalogue, facts, ret_finding);
    inb_advise(catalogue, facts, ret_finding);
}

inb_level inb_finding_level(const inb_finding *finding) {
    inb_level level = INB_LEVEL_NONE;
    for (size_t i = 0; i < finding->form_count; i++) {
        level = finding->forms[i].level > level ? finding->forms[i].level : level;
    }
    return level;
}

const char *inb_form_code(inb_form form) {
#define X(name, code) code,
    static const char *const codes[] = {INB_FORMS(X)};
#undef X
    return codes[form];
}

const char *inb_level_code(inb_level level) {
    static const char *const codes[] = {"none", "something", "elements"};
    return codes[level];
}

const char *inb_element_code(inb_element element) {
    static const char *const codes[] = {"act", "means", "purpose"};
    return codes[element];
}

const char *inb_basis_code(inb_basis basis) {
    static const char *const codes[] = {"must", "may", "consent", "advice_only"};
    return codes[basis];
}

const char *inb_criminal_code(inb_criminal criminal) {
    static const char *const codes[] = {"no", "mixed", "yes"};
    return codes[criminal];
}

const char *inb_advice_kind_code(inb_advice_kind kind) {
    static const char *const codes[] = {"do", "dont", "offer", "note"};
    return codes[kind];
}
