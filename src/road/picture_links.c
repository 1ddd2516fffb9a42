// SPDX-License-Identifier: EUPL-1.2
// Sightings to persons: what tokens joined, and beside it linkage over names, dates of birth and
// phones. Records lie in a file for
// each group of sources, so that drawn links are histories over those, and in one more where they
// are on no list: told too poorly, or of somebody who is not in the picture.

#include "picture_links.h"

#include <inbeeld/link_draws.h>

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { OTHERS = INB_SOURCE_GROUP_COUNT, FILES, MOST_NAMES = 1 << 30 };

static inb_status no_memory(inb_error *err) {
    return inb_fail(err, INB_NO_MEMORY, "not enough memory for the picture");
}

// ---- files of records ----

struct files {
    inb_buffer text[FILES];
};

static void files_clear(struct files *files) {
    for (size_t i = 0; i < FILES; i++) {
        inb_buffer_clear(&files->text[i]); // wipes
    }
}

// Age class, sex and forms of the person that a sighting is of, as one number.
static unsigned group_of(const inb_overview_maker *maker, uint32_t person) {
    inb_age_class age;
    inb_sex sex;
    uint8_t forms;
    bool in = inb_overview_person(maker, person, &age, &sex, &forms);
    return in ? (unsigned)forms << 4 | (unsigned)sex << 2 | (unsigned)age : 0;
}

static int file_of(const inb_sighting *sighting) {
    bool on_list = sighting->linkable && sighting->forms != 0;
    return on_list ? (int)inb_source_group_of(sighting->source) : OTHERS;
}

// maker: NULL = without the column of groups.
static inb_status fill(const inb_i_picture_names *names, const inb_overview_maker *maker,
    struct files *files, inb_error *err) {
    const char *line = inb_buffer_get(names->lines);
    while (*line != '\0') {
        const char *end = strchr(line, '\n');
        unsigned long place = strtoul(line, NULL, 10);
        const inb_sighting *sighting = &names->sightings[place];
        inb_buffer *text = &files->text[file_of(sighting)];
        if (text->max == 0) {
            *text = (inb_buffer)INB_BUFFER_INIT(MOST_NAMES);
            inb_buffer_text(text, "id,name,given_name,prefix,surname,birth_date,phone");
            inb_buffer_text(text, maker == NULL ? "\n" : ",group\n");
        }
        inb_buffer_add(text, line, (size_t)(end - line));
        if (maker != NULL) {
            inb_buffer_format(text, ",%u", group_of(maker, sighting->person));
        }
        inb_buffer_char(text, '\n');
        line = end + 1;
    }
    for (size_t i = 0; i < FILES; i++) {
        if (files->text[i].max > 0) {
            INB_TRY(inb_buffer_check(&files->text[i], err));
        }
    }
    return INB_OK;
}

// *ret_people is borrowed by *ret_linked.
static inb_status link_files(const inb_i_picture_names *names, const struct files *files,
    bool grouped, inb_people **ret_people, inb_linked **ret_linked, inb_error *err) {
    static const char *const group = "group";
    const char *stems[FILES];
    const char *data[FILES];
    size_t lengths[FILES];
    size_t count = 0;
    for (int i = 0; i < FILES; i++) {
        if (files->text[i].max > 0) {
            stems[count] = i == OTHERS ? "others" : inb_source_group_code((inb_source_group)i);
            data[count] = inb_buffer_get(&files->text[i]);
            lengths[count++] = files->text[i].length;
        }
    }
    if (count == 0) {
        return inb_fail(err, INB_NOT_IDENTIFIED, "nobody has a name or a phone to compare");
    }
    inb_link_options options = {names->links->seed, names->links->threads};
    INB_TRY(inb_people_read_memory(stems, data, lengths, count, NULL, &group, grouped ? 1 : 0,
        names->links->threads, ret_people, err));
    return inb_link_run(*ret_people, &options, ret_linked, err);
}

// ---- persons ----

// Joins by "cluster,source,id", a record a line, the id being the place of a sighting.
static void join_clusters(inb_i_picture_names *names, const char *csv, uint32_t *first_of) {
    for (size_t i = 0; i < names->count; i++) {
        first_of[i] = UINT32_MAX;
    }
    for (const char *line = strchr(csv, '\n'); line != NULL && line[1] != '\0';
         line = strchr(line + 1, '\n')) {
        char *end;
        unsigned long cluster = strtoul(line + 1, &end, 10); // from 1, at most one a record
        const char *comma = strchr(end + 1, ',');
        unsigned long place = strtoul(comma + 1, NULL, 10);
        uint32_t *first = &first_of[cluster - 1];
        if (*first == UINT32_MAX) {
            *first = (uint32_t)place;
        } else {
            inb_person_sets_join(names->sets, *first, (uint32_t)place);
        }
    }
}

static inb_status link_once(inb_i_picture_names *names, inb_error *err) {
    INB_CLEANUP(files_clear) struct files files = {.text = {{.max = 0}}};
    INB_CLEANUP(inb_people_freep) inb_people *people = NULL;
    INB_CLEANUP(inb_linked_freep) inb_linked *linked = NULL;
    INB_CLEANUP(inb_buffer_clear) inb_buffer clusters = INB_BUFFER_INIT(MOST_NAMES);
    INB_TRY(fill(names, NULL, &files, err));
    INB_TRY(link_files(names, &files, false, &people, &linked, err));
    inb_linked_clusters_csv(linked, &clusters);
    INB_TRY(inb_buffer_check(&clusters, err));
    INB_CLEANUP(inb_freep) uint32_t *first_of = inb_alloc(names->count + 1, sizeof *first_of);
    if (first_of == NULL) {
        return no_memory(err);
    }
    join_clusters(names, inb_buffer_get(&clusters), first_of);
    return INB_OK;
}

inb_status inb_i_picture_link(inb_i_picture_names *names, inb_error *err) {
    inb_error why = INB_ERROR_INIT;
    inb_status status = link_once(names, &why);
    names->linked = status == INB_OK;
    if (!names->linked && status != INB_NOT_IDENTIFIED && status != INB_BAD_INPUT) {
        return inb_fail(err, status, "%s", why.message);
    }
    return INB_OK;
}

inb_status inb_i_picture_maker(
    inb_i_picture_names *names, inb_overview_maker **ret_maker, inb_error *err) {
    INB_CLEANUP(inb_overview_maker_freep) inb_overview_maker *maker = NULL;
    INB_TRY(inb_overview_maker_new((uint32_t)names->count, &maker, err));
    for (size_t i = 0; i < names->count; i++) {
        names->sightings[i].person = inb_person_sets_find(names->sets, (uint32_t)i);
        INB_TRY(inb_overview_add(maker, &names->sightings[i], err));
    }
    *ret_maker = INB_TAKE(maker);
    return INB_OK;
}

// ---- draws ----

static int source_named(const char *name) {
    for (int i = 0; i < INB_SOURCE_GROUP_COUNT; i++) {
        if (strcmp(name, inb_source_group_code((inb_source_group)i)) == 0) {
            return i;
        }
    }
    return OTHERS; // is no list
}

static void take_group(
    const inb_histories *drawn, const inb_history_group *group, inb_overview_table *table) {
    unsigned code = (unsigned)strtoul(group->values[0], NULL, 10);
    unsigned forms = code >> 4;
    if (forms == 0) {
        return;
    }
    for (size_t h = 1; h < (size_t)1 << drawn->list_count; h++) {
        size_t history = 0;
        int64_t count = group->cells[h].count;
        for (size_t list = 0; count > 0 && list < drawn->list_count; list++) {
            history |= (h >> list & 1) << source_named(drawn->lists[list]);
        }
        history &= ((size_t)1 << OTHERS) - 1;
        if (history == 0) {
            continue;
        }
        table->histories[code & 3][code >> 2 & 3][history] += count;
        for (int form = 0; form < INB_FORM_COUNT; form++) {
            table->of_form[form][history] += (forms >> form & 1) != 0 ? count : 0;
        }
    }
}

static inb_status take_draws(
    const inb_link_draws *drawn, inb_overview_draws *draws, inb_error *err) {
    static const char *const group = "group";
    size_t count = inb_link_draws_count(drawn);
    draws->tables = inb_alloc(count, sizeof *draws->tables);
    if (draws->tables == NULL) {
        return no_memory(err);
    }
    for (size_t k = 0; k < count; k++) {
        INB_CLEANUP(inb_histories_freep) inb_histories *one = NULL;
        const char *text = inb_link_draws_histories(drawn, k);
        INB_TRY(inb_histories_read_memory("draw", text, strlen(text), &group, 1, &one, err));
        for (size_t g = 0; g < one->group_count; g++) {
            take_group(one, &one->groups[g], &draws->tables[k]);
        }
    }
    draws->count = count;
    return INB_OK;
}

inb_status inb_i_picture_draw(
    inb_i_picture_names *names, const inb_overview_maker *maker, inb_error *err) {
    INB_CLEANUP(files_clear) struct files files = {.text = {{.max = 0}}};
    INB_CLEANUP(inb_people_freep) inb_people *people = NULL;
    INB_CLEANUP(inb_linked_freep) inb_linked *linked = NULL;
    INB_CLEANUP(inb_link_draws_freep) inb_link_draws *drawn = NULL;
    INB_TRY(fill(names, maker, &files, err));
    size_t lists = 0;
    for (int i = 0; i < OTHERS; i++) {
        lists += files.text[i].max > 0 ? 1 : 0;
    }
    if (lists < 2) {
        return INB_OK;
    }
    INB_TRY(link_files(names, &files, true, &people, &linked, err));
    INB_TRY(inb_link_draws_new(linked, names->links->draws, &drawn, err));
    return take_draws(drawn, names->draws, err);
}
