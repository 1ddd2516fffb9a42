// SPDX-License-Identifier: EUPL-1.2
// From what was seen to forms with their elements (art. 273f Sr) and to dimensions (ILO/EC Delphi,
// WCMS_105023: 2 strong; 1 strong + 1 medium or weak; 3 medium; 2 medium + 1 weak). For a child act
// and purpose suffice. Roles, circumstances and the situation are not read here at all.

#include "weigh_i.h"

#include <string.h>

inb_set inb_rows_that_count(const inb_catalogue *catalogue, const inb_facts *facts) {
    return inb_set_and(&facts->yes, &catalogue->applies[inb_class_index(facts->age.class_)]);
}

inb_level inb_level_of(bool act, bool means, bool purpose, bool child) {
    if (act && purpose && (means || child)) {
        return INB_LEVEL_ELEMENTS;
    }
    return act || means || purpose ? INB_LEVEL_SOMETHING : INB_LEVEL_NONE;
}

bool inb_dimension_positive(int strong, int medium, int weak) {
    return strong >= 2 || (strong == 1 && medium + weak >= 1) || medium >= 3 ||
           (medium == 2 && weak >= 1);
}

void inb_count_weights(const inb_catalogue *catalogue, const inb_set *seen, size_t class_index,
    inb_weight_counts *ret_counts) {
    memset(ret_counts, 0, sizeof *ret_counts);
    for (size_t word = 0; word < INB_SET_WORDS; word++) {
        for (uint64_t bits = seen->words[word]; bits != 0; bits &= bits - 1) {
            const inb_indicator *row = &catalogue->rows[word * 64 + (size_t)__builtin_ctzll(bits)];
            if (row->dimension >= 0) {
                ret_counts->of[row->dimension][row->weight[class_index]]++;
            }
        }
    }
}

void inb_combine(const inb_catalogue *catalogue, const inb_facts *facts, inb_finding *finding) {
    size_t class_index = inb_class_index(facts->age.class_);
    inb_set seen = inb_rows_that_count(catalogue, facts);
    const inb_set *any = &catalogue->of_form[INB_FORM_UNSPECIFIED];
    inb_set by_element[INB_ELEMENT_COUNT];
    for (int e = 0; e < INB_ELEMENT_COUNT; e++) {
        by_element[e] = inb_set_and(&seen, &catalogue->of_element[e]);
    }
    finding->form_count = 0;
    for (int form = 0; form < INB_FORM_COUNT; form++) {
        if (!inb_set_meets(&seen, &catalogue->of_form[form])) {
            continue;
        }
        inb_form_finding *found = &finding->forms[finding->form_count++];
        inb_set concerns = inb_set_or(&catalogue->of_form[form], any);
        found->form = (inb_form)form;
        found->reasons = inb_set_and(&seen, &concerns);
        bool has[INB_ELEMENT_COUNT];
        for (int e = 0; e < INB_ELEMENT_COUNT; e++) {
            found->element[e] = inb_set_and(&by_element[e], &concerns);
            has[e] = !inb_set_empty(&found->element[e]);
        }
        found->level =
            inb_level_of(has[INB_ACT], has[INB_MEANS], has[INB_PURPOSE], class_index == 1);
    }
    inb_weight_counts counts;
    inb_count_weights(catalogue, &seen, class_index, &counts);
    for (int d = 0; d < INB_DIMENSIONS; d++) {
        const int *of = counts.of[d];
        finding->dimension[d] = inb_dimension_positive(
            of[INB_WEIGHT_STRONG], of[INB_WEIGHT_MEDIUM], of[INB_WEIGHT_WEAK]);
    }
}
