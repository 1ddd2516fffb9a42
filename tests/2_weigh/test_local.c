// SPDX-License-Identifier: EUPL-1.2
// Contacts of a region over the national ones: what is laid over, what is refused and where.

#include "weigh_help.h"

#include "base/alloc.h"
#include "inb_sweep.h"

static const inb_route *route_named(const inb_catalogue *catalogue, const char *id) {
    for (size_t i = 0; i < inb_catalogue_routes(catalogue); i++) {
        if (strcmp(inb_catalogue_route(catalogue, i)->id, id) == 0) {
            return inb_catalogue_route(catalogue, i);
        }
    }
    ck_abort_msg("there is no route %s", id);
    return NULL;
}

static inb_status laid_over(inb_catalogue *catalogue, const char *text, inb_error *err) {
    char path[INB_TEMP_PATH];
    inb_temp_file(path, text, strlen(text));
    inb_status status = inb_catalogue_local(catalogue, path, err);
    unlink(path);
    return status;
}

INB_TEST(a_region_is_laid_over) {
    INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
    INB_OK_IS(inb_catalogue_load(NULL, &catalogue, err));
    char before[256];
    snprintf(before, sizeof before, "%s", route_named(catalogue, "fairwork")->lookup);
    INB_OK_IS(laid_over(catalogue,
        "; our region\n[care_coordinator]\ncontact = 0800-123; mail\nlookup = https://x.example\n"
        "as_of = 2026-10\n\n[fairwork]\ncontact = desk\n",
        err));
    const inb_route *route = route_named(catalogue, "care_coordinator");
    ck_assert_str_eq(route->contact, "0800-123; mail");
    ck_assert_str_eq(route->lookup, "https://x.example");
    ck_assert_str_eq(route->as_of, "2026-10");
    ck_assert_str_eq(route_named(catalogue, "fairwork")->contact, "desk");
    ck_assert_str_eq(route_named(catalogue, "fairwork")->lookup, before);
    // It shows in the text of a finding.
    inb_facts facts = facts_with(INB_REPORTER_SCHOOL, inb_age_of_years(15), "CR-10 CR-11");
    inb_finding finding;
    inb_weigh(catalogue, &facts, &finding);
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 20);
    inb_finding_text(catalogue, &facts, &finding, "en", &text);
    ck_assert_ptr_nonnull(strstr(inb_buffer_get(&text), "0800-123; mail - https://x.example"));
    INB_OK_IS(laid_over(catalogue, "", err)); // an empty file changes nothing
}
INB_END

// A wrong file names line and section, and takes nothing over.
INB_TEST(what_is_refused) {
    static const char *const cases[][2] = {
        {"[nowhere]\ncontact = 1\n",
            ":2:1: found a section that is not the id of a route, in [nowhere]"},
        {"contact = 1\n", ":1:1: found a section that is not the id of a route, in []"},
        {"[fairwork]\nphone = 1\n",
            ":2:1: found another name, expected contact, lookup or as_of, in [fairwork]"},
        {"[fairwork]\nlookup = http://x.example\n",
            ":2:1: found a lookup that is no https:// address, in [fairwork]"},
        {"[fairwork]\nlookup = javascript:alert(1)\n", ":2:1: found a lookup that is no https"},
        {"[fairwork]\nas_of = 2026\n", ":2:1: found an as_of that is no month"},
        {"[fairwork]\nas_of = 2026-00\n", ":2:1: found an as_of that is no month"},
        {"[fairwork]\nas_of = 2026-13\n", ":2:1: found an as_of that is no month"},
        {"[fairwork]\nas_of = 2026-1x\n", ":2:1: found an as_of that is no month"},
        {"[fairwork]\nas_of = 2026:01\n", ":2:1: found an as_of that is no month"},
        {"[fairwork]\nas_of = 202x-01\n", ":2:1: found an as_of that is no month"},
        {"[fairwork]\ncontact = a\x1b[31mb\n", ":2:1: found a value that is no plain text"},
        {"[fairwork]\ncontact = a\x7f\n", ":2:1: found a value that is no plain text"},
        {"[fairwork]\ncontact = a\xff\n", ":2:1: found a value that is no plain text"},
        {"[a\x1b]\ncontact = a\n", ":2:1: found a section that is not the id of a route, in []"},
        {"[fairwork]\ncontact\n", ":2:1: found a line that is not understood"},
        {"[fairwork\n", ":1:1: found a line that is not understood"},
        {"[fairwork]\ncontact = 1\n[nowhere]\nlookup = 1\nphone = 2\n",
            ":4:1: found a section that is not the id"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
        INB_OK_IS(inb_catalogue_load(NULL, &catalogue, err));
        INB_FAILS(laid_over(catalogue, cases[i][0], err), INB_BAD_INPUT, cases[i][1]);
    }
    INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
    INB_OK_IS(inb_catalogue_load(NULL, &catalogue, err));
    INB_FAILS(inb_catalogue_local(catalogue, "/tmp/no_such_local.ini", err), INB_BAD_INPUT,
        "/tmp/no_such_local.ini: cannot be opened");
}
INB_END

// A contact of one's own has one's own date; where none is given it has none.
INB_TEST(dates_go_with_the_contact) {
    static const struct {
        const char *text, *as_of;
    } cases[] = {{"[fairwork]\ncontact = a\n", ""},
        {"[fairwork]\nlookup = https://a.example\n", ""},
        {"[fairwork]\nas_of = 2026-01\ncontact = a\n", "2026-01"},
        {"[fairwork]\ncontact = a\nas_of = 2026-12\n", "2026-12"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
        INB_OK_IS(inb_catalogue_load(NULL, &catalogue, err));
        INB_OK_IS(laid_over(catalogue, cases[i].text, err));
        ck_assert_str_eq(route_named(catalogue, "fairwork")->as_of, cases[i].as_of);
    }
}
INB_END

// A file that is refused leaves the contacts as they were.
INB_TEST(outputs_untouched_on_failure) {
    INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
    INB_OK_IS(inb_catalogue_load(NULL, &catalogue, err));
    char before[256];
    snprintf(before, sizeof before, "%s", route_named(catalogue, "fairwork")->contact);
    INB_FAILS(laid_over(catalogue, "[fairwork]\ncontact = a\n[nowhere]\ncontact = 1\n", err),
        INB_BAD_INPUT, "[nowhere]");
    ck_assert_str_eq(route_named(catalogue, "fairwork")->contact, before);
}
INB_END

static inb_catalogue *shared;
static char shared_path[INB_TEMP_PATH];

static inb_status once(inb_error *err) {
    return inb_catalogue_local(shared, shared_path, err);
}

INB_TEST(refused_memory) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer text = INB_BUFFER_INIT(1 << 20);
    INB_OK_IS(inb_catalogue_load(NULL, &shared, err));
    inb_buffer_text(&text, "[fairwork]\n");
    for (int i = 0; i < 12000; i++) { // more than the arena has room for
        inb_buffer_text(&text, "contact = 0123456789 0123456789 0123456789 0123456789 01234567\n");
    }
    inb_temp_file(shared_path, inb_buffer_get(&text), text.length);
    INB_SWEEP(once(err));
    size_t refused = 0;
    for (size_t nth = 2; nth < 40; nth++) { // past the reading of the file
        inb_error err = INB_ERROR_INIT;
        inb_alloc_fail_from(nth);
        refused += inb_catalogue_local(shared, shared_path, &err) == INB_NO_MEMORY ? 1 : 0;
        inb_alloc_fail_from(0);
    }
    ck_assert_uint_gt(refused, 0);
    unlink(shared_path);
    inb_catalogue_free(shared);
}
INB_END

INB_TEST_MAIN("2_weigh/local", a_region_is_laid_over, what_is_refused, dates_go_with_the_contact,
    outputs_untouched_on_failure, refused_memory)
