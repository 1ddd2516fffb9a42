// SPDX-License-Identifier: EUPL-1.2
// The finding as JSON: read back by jansson, it holds what the finding holds, with the keys of the
// contract in their order and no others.

#include "weigh_help.h"

#include "base/alloc.h"
#include "inb_sweep.h"

static json_t *read_back(const inb_finding *finding, const char *language) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer json = INB_BUFFER_INIT(1 << 20);
    inb_finding_json(norm(), finding, language, &json);
    INB_OK_IS(inb_buffer_check(&json, err));
    ck_assert_int_eq(json.data[json.length - 1], '\n');
    ck_assert_uint_eq(strcspn(json.data, "\n"), json.length - 1); // one line
    json_error_t problem;
    json_t *root = json_loadb(json.data, json.length, JSON_REJECT_DUPLICATES, &problem);
    ck_assert_msg(root != NULL, "%s in %s", problem.text, json.data);
    return root;
}

static void keys_are(const json_t *object, const char *const *keys) {
    const char *key;
    json_t *value;
    size_t at = 0;
    json_object_foreach((json_t *)object, key, value) {
        INB_HOLDS(keys[at] != NULL && strcmp(keys[at], key) == 0, "key %s", key);
        at++;
    }
    INB_HOLDS(keys[at] == NULL, "no key %s", keys[at]);
}

static void set_is(const json_t *list, const inb_set *set) {
    size_t at = 0;
    for (size_t row = 0; row < norm()->row_count; row++) {
        if (inb_set_has(set, row)) {
            const char *id = json_string_value(json_array_get(list, at++));
            INB_HOLDS(id != NULL && strcmp(id, norm()->rows[row].id) == 0, "%s", id);
        }
    }
    INB_HOLDS(json_array_size(list) == at, "%zu ids too many", json_array_size(list) - at);
}

static void advice_is(const json_t *list, const inb_finding *finding, inb_advice_kind kind) {
    INB_HOLDS(json_array_size(list) == finding->advice_count[kind], "advice %d", (int)kind);
    for (size_t i = 0; i < finding->advice_count[kind]; i++) {
        const char *id = json_string_value(json_array_get(list, i));
        INB_HOLDS(strcmp(id, finding->advice[kind][i]) == 0, "%s", id);
    }
}

static void check(const inb_facts *facts, const char *language) {
    static const char *const top[] = {"catalogue", "forms", "dimensions", "ask_next", "do", "dont",
        "routes", "offers", "notes", NULL};
    static const char *const form_keys[] = {
        "form", "level", "act", "means", "purpose", "reasons", NULL};
    static const char *const dimensions[] = {"D1", "D2", "D3", "D4", "D5", "D6", NULL};
    static const char *const plain[] = {"to", "basis", "criminal", "why", "as_of", NULL};
    static const char *const labelled[] = {"to", "basis", "criminal", "why", "as_of", "if", NULL};
    inb_finding finding = weighed(facts);
    json_t *root = read_back(&finding, language);
    keys_are(root, top);
#define TEXT(object, key) json_string_value(json_object_get(object, key))
    ck_assert_str_eq(TEXT(root, "catalogue"), inb_catalogue_version(norm()));
    const json_t *forms = json_object_get(root, "forms");
    INB_HOLDS(json_array_size(forms) == finding.form_count, "%s", told(facts));
    for (size_t i = 0; i < finding.form_count; i++) {
        const json_t *form = json_array_get(forms, i);
        const inb_form_finding *found = &finding.forms[i];
        keys_are(form, form_keys);
        INB_HOLDS(strcmp(TEXT(form, "form"), inb_form_code(found->form)) == 0, "form");
        INB_HOLDS(strcmp(TEXT(form, "level"), inb_level_code(found->level)) == 0, "level");
        set_is(json_object_get(form, "act"), &found->element[INB_ACT]);
        set_is(json_object_get(form, "means"), &found->element[INB_MEANS]);
        set_is(json_object_get(form, "purpose"), &found->element[INB_PURPOSE]);
        set_is(json_object_get(form, "reasons"), &found->reasons);
    }
    keys_are(json_object_get(root, "dimensions"), dimensions);
    for (int d = 0; d < 6; d++) {
        const char *value = TEXT(json_object_get(root, "dimensions"), dimensions[d]);
        INB_HOLDS(strcmp(value, finding.dimension[d] ? "positive" : "negative") == 0, "%s", value);
    }
    const json_t *ask = json_object_get(root, "ask_next");
    size_t ages = finding.ask_age ? 1 : 0;
    INB_HOLDS(json_array_size(ask) == finding.ask_count + ages, "%s", told(facts));
    INB_HOLDS(ages == 0 || strcmp(json_string_value(json_array_get(ask, 0)), "age") == 0, "age");
    for (size_t i = 0; i < finding.ask_count; i++) {
        INB_HOLDS(strcmp(json_string_value(json_array_get(ask, i + ages)),
                      norm()->rows[finding.ask_next[i]].id) == 0,
            "ask_next");
    }
    advice_is(json_object_get(root, "do"), &finding, INB_ADVICE_DO);
    advice_is(json_object_get(root, "dont"), &finding, INB_ADVICE_DONT);
    advice_is(json_object_get(root, "offers"), &finding, INB_ADVICE_OFFER);
    advice_is(json_object_get(root, "notes"), &finding, INB_ADVICE_NOTE);
    const json_t *routes = json_object_get(root, "routes");
    INB_HOLDS(json_array_size(routes) == finding.route_count, "%s", told(facts));
    for (size_t i = 0; i < finding.route_count; i++) {
        const json_t *to = json_array_get(routes, i);
        const inb_route_advice *advice = &finding.routes[i];
        const inb_route *route = inb_catalogue_route(norm(), advice->route);
        keys_are(to, advice->only_if == INB_READ_ANY ? plain : labelled);
        INB_HOLDS(strcmp(TEXT(to, "to"), route->id) == 0, "to");
        INB_HOLDS(strcmp(TEXT(to, "basis"), inb_basis_code(advice->basis)) == 0, "basis");
        INB_HOLDS(
            strcmp(TEXT(to, "criminal"), inb_criminal_code(route->criminal)) == 0, "criminal");
        INB_HOLDS(strcmp(TEXT(to, "why"),
                      inb_finding_say(norm(), &finding, language, "why", advice->why)) == 0,
            "why");
        const char *as_of = TEXT(to, "as_of");
        INB_HOLDS(
            as_of == NULL ? route->as_of[0] == '\0' : strcmp(as_of, route->as_of) == 0, "as_of");
        const char *reading = TEXT(to, "if");
        INB_HOLDS(reading == NULL ||
                      strcmp(reading, advice->only_if == INB_READ_CHILD ? "child" : "adult") == 0,
            "if");
    }
    json_decref(root);
}

INB_TEST(json_holds_what_the_finding_holds) {
    FOR_FACTS(71, 3000, check(&facts, "nl"));
    FOR_FACTS(72, 300, check(&facts, "en"));
}
INB_END

static inb_status once(inb_error *err) {
    static inb_facts facts;
    inb_rng rng = inb_rng_make(73, 0);
    facts = random_facts(&rng);
    static inb_finding finding;
    inb_weigh(norm(), &facts, &finding);
    INB_CLEANUP(inb_buffer_clear) inb_buffer json = INB_BUFFER_INIT(1 << 20);
    inb_finding_json(norm(), &finding, "nl", &json);
    return inb_buffer_check(&json, err);
}

INB_TEST(refused_memory) {
    (void)norm();
    INB_SWEEP(once(err));
}
INB_END

INB_TEST(a_full_buffer_is_a_failure) {
    inb_facts facts = facts_with(INB_REPORTER_NGO, inb_age_of_years(15), "D1-01 CR-10");
    inb_finding finding = weighed(&facts);
    INB_CLEANUP(inb_buffer_clear) inb_buffer json = INB_BUFFER_INIT(100);
    inb_finding_json(norm(), &finding, "nl", &json);
    inb_error err = INB_ERROR_INIT;
    ck_assert_int_ne(inb_buffer_check(&json, &err), INB_OK);
    ck_assert_uint_gt(strlen(err.message), 0);
}
INB_END

INB_TEST_MAIN("2_weigh/finding_json", json_holds_what_the_finding_holds, refused_memory,
    a_full_buffer_is_a_failure)
