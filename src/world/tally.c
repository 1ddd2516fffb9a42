// SPDX-License-Identifier: EUPL-1.2
// The truth added up: how many people there are in each group and in each capture history, written
// as HISTORIES.csv and truth.csv of the design.

#include <inbeeld/world.h>

#include <inttypes.h>

void inb_world_tally_add(inb_world_tally *tally, const inb_world_block *block) {
    for (size_t i = 0; i < block->people_count; i++) {
        const inb_world_person *person = &block->people[i];
        bool child = person->years < INB_ADULT_FROM;
        tally->counts[person->form][child][person->female][person->lists]++;
    }
}

static void add_group(inb_buffer *csv, int form, int child, int female) {
    inb_buffer_format(csv, "%s,%s,%s", inb_form_code((inb_form)form),
        child != 0 ? "child" : "adult", female != 0 ? "f" : "m");
}

void inb_world_tally_histories(const inb_world_tally *tally, inb_buffer *csv) {
    for (int list = 0; list < INB_WORLD_LIST_COUNT; list++) {
        inb_buffer_format(csv, "%s,", inb_world_list_name((inb_world_list)list));
    }
    inb_buffer_text(csv, "form,age_class,sex,count\n");
    for (int group = 0; group < INB_WORLD_FORMS * 4; group++) {
        int form = group / 4;
        int child = group / 2 % 2;
        int female = group % 2;
        for (unsigned history = 1; history < INB_WORLD_HISTORIES; history++) {
            uint64_t count = tally->counts[form][child][female][history];
            if (count == 0) {
                continue;
            }
            for (int list = 0; list < INB_WORLD_LIST_COUNT; list++) {
                inb_buffer_text(csv, (history >> list & 1) != 0 ? "1," : "0,");
            }
            add_group(csv, form, child, female);
            inb_buffer_format(csv, ",%" PRIu64 "\n", count);
        }
    }
}

void inb_world_tally_truth(const inb_world_tally *tally, inb_buffer *csv) {
    inb_buffer_text(csv, "form,age_class,sex,total\n");
    for (int group = 0; group < INB_WORLD_FORMS * 4; group++) {
        const uint64_t *counts = tally->counts[group / 4][group / 2 % 2][group % 2];
        uint64_t total = 0;
        for (unsigned history = 0; history < INB_WORLD_HISTORIES; history++) {
            total += counts[history];
        }
        if (total > 0) {
            add_group(csv, group / 4, group / 2 % 2, group % 2);
            inb_buffer_format(csv, ",%" PRIu64 "\n", total);
        }
    }
}
