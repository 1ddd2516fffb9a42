// SPDX-License-Identifier: EUPL-1.2
// Lists to a picture: linked without labels (link.h), histories by group, draws of the links, one
// estimate a group. Nothing of a person leaves the linked records but counts.

#include "cli/picture_lists.h"
#include "cli/pictured.h"

#include <inbeeld/link_draws.h>

#include "base/alloc.h"

#include <string.h>

static const size_t most_histories = (size_t)1 << 32;

static inb_status check(const inb_arguments *arguments, inb_error *err) {
    static const char *const of_store[] = {"store", "key", "histories"};
    if (arguments->operand_count < 2) {
        return inb_fail(err, INB_USAGE,
            "found one list, expected two or more: what nobody saw is told by who is on several");
    }
    if (arguments->operand_count > INB_LISTS_MOST) {
        return inb_fail(err, INB_USAGE, "found %zu lists, expected at most %d",
            arguments->operand_count, INB_LISTS_MOST);
    }
    for (size_t i = 0; i < sizeof of_store / sizeof of_store[0]; i++) {
        if (inb_given(arguments, of_store[i])) {
            return inb_fail(err, INB_USAGE,
                "option '--%s' belongs to the picture of a store, found lists as well; "
                "inbeeld link --histories writes those of lists",
                of_store[i]);
        }
    }
    return INB_OK;
}

static inb_status take_columns(const inb_arguments *arguments, const char *columns[INB_MAX_OPTIONS],
    size_t *ret_count, inb_error *err) {
    size_t count = 0;
    for (size_t i = 0; i < arguments->given_count; i++) {
        if (strcmp(arguments->given[i].option->name, "by") != 0) {
            continue;
        }
        const char *column = arguments->given[i].value;
        for (size_t j = 0; j < count; j++) {
            if (strcmp(columns[j], column) == 0) {
                return inb_fail(err, INB_USAGE, "option '--by': found '%.40s' twice", column);
            }
        }
        columns[count++] = column;
    }
    *ret_count = count;
    return INB_OK;
}

// Histories and draws of what is linked, as texts; counted by station 4.
static inb_status count(const inb_linked *linked, const inb_picture_links *links,
    inb_lists_input *input, inb_lists_overview **ret_lists, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer histories = INB_BUFFER_INIT(most_histories);
    INB_CLEANUP(inb_link_draws_freep) inb_link_draws *drawn = NULL;
    INB_CLEANUP(inb_freep) const char **texts = inb_alloc(links->draws + 1, sizeof(char *));
    if (texts == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for the picture");
    }
    INB_TRY(inb_linked_histories_csv(linked, &histories, err));
    INB_TRY(inb_buffer_check(&histories, err));
    if (links->draws > 0) {
        INB_TRY(inb_link_draws_new(linked, links->draws, &drawn, err));
        for (size_t k = 0; k < links->draws; k++) {
            texts[k] = inb_link_draws_histories(drawn, k);
        }
    }
    input->histories = inb_buffer_get(&histories);
    input->draws = texts;
    input->draw_count = links->draws;
    return inb_lists_overview_make(input, ret_lists, err);
}

inb_status inb_picture_lists(
    const inb_arguments *arguments, inb_lists_overview **ret_lists, inb_error *err) {
    const char *columns[INB_MAX_OPTIONS];
    size_t column_count;
    inb_picture_links links;
    inb_estimate_options options;
    INB_CLEANUP(inb_link_map_freep) inb_link_map *map = NULL;
    INB_CLEANUP(inb_people_freep) inb_people *people = NULL;
    INB_CLEANUP(inb_linked_freep) inb_linked *linked = NULL;
    INB_TRY(check(arguments, err));
    INB_TRY(take_columns(arguments, columns, &column_count, err));
    INB_TRY(inb_pictured_links(arguments, &links, err));
    INB_TRY(inb_pictured_method(arguments, &links, &options, err));
    const char *config = inb_value(arguments, "config", NULL);
    if (config != NULL) {
        INB_TRY(inb_link_map_read(config, &map, err));
    }
    INB_TRY(inb_people_read(arguments->operands, arguments->operand_count, map, columns,
        column_count, links.threads, &people, err));
    inb_link_options how = INB_LINK_OPTIONS_INIT;
    how.seed = links.seed;
    how.threads = links.threads;
    INB_TRY(inb_link_run(people, &how, &linked, err));
    inb_lists_input input = {.columns = columns, .column_count = column_count, .options = &options};
    return count(linked, &links, &input, ret_lists, err);
}
