// SPDX-License-Identifier: EUPL-1.2
// Whom to turn to: the rules of the contract as properties over all vignettes and random facts, and
// single cases of the kinds that the rules are about.

#include "plain_when.h"

enum { RANDOM = 20000 };

static bool criminal(const inb_finding *finding, size_t place) {
    return route_at(finding, place)->criminal == INB_CRIMINAL_YES;
}

static void check_order(const inb_facts *facts) {
    inb_finding finding = weighed(facts);
    bool danger = facts->situation.danger_now;
    if (danger) {
        INB_HOLDS(place_of(&finding, "emergency") == 0, "%s", told(facts));
    }
    if (finding.route_count > 0) {
        INB_HOLDS(has_duty(facts) || danger || !criminal(&finding, 0), "first is %s: %s",
            route_at(&finding, 0)->id, told(facts));
        INB_HOLDS(route_at(&finding, 0)->researched, "first is %s: %s", route_at(&finding, 0)->id,
            told(facts));
    }
    size_t fairwork = place_of(&finding, "fairwork");
    size_t inspectorate = place_of(&finding, "labour_inspectorate");
    if (fears(facts) && inspectorate != SIZE_MAX) {
        INB_HOLDS(fairwork < inspectorate, "%s", told(facts));
    }
    for (size_t i = 0; i < finding.route_count; i++) {
        if (facts->situation.police == INB_POLICE_UNWANTED && !danger && !has_duty(facts)) {
            INB_HOLDS(!criminal(&finding, i), "%s: %s", route_at(&finding, i)->id, told(facts));
        }
    }
}

INB_TEST(order_of_contact) {
    FOR_FACTS(31, RANDOM, check_order(&facts));
}
INB_END

static void check_bases(const inb_facts *facts) {
    inb_finding finding = weighed(facts);
    bool something = inb_finding_level(&finding) != INB_LEVEL_NONE;
    bool duty = false;
    for (size_t i = 0; i < finding.route_count; i++) {
        const inb_route_advice *to = &finding.routes[i];
        const char *id = route_at(&finding, i)->id;
        bool comensha = strcmp(id, "comensha") == 0;
        INB_HOLDS(to->basis != INB_BASIS_MUST || (comensha && has_duty(facts) && something),
            "must at %s: %s", id, told(facts));
        duty = duty || to->basis == INB_BASIS_MUST;
        if (comensha && !has_duty(facts)) {
            INB_HOLDS(to->basis == INB_BASIS_CONSENT || to->basis == INB_BASIS_ADVICE_ONLY, "%s",
                told(facts));
        }
        // Consent under sixteen comes from parents: not from one who profits. Who may be an adult
        // gives it in person, and that reading is labelled.
        bool young = facts->age.class_ != INB_AGE_ADULT &&
                     (facts->age.years == INB_YEARS_UNKNOWN || facts->age.years < 16);
        if (parent_profits(facts) && young) {
            INB_HOLDS(to->basis != INB_BASIS_CONSENT || to->only_if == INB_READ_ADULT,
                "consent at %s: %s", id, told(facts));
        }
        if (facts->situation.consent == INB_CONSENT_REFUSED) {
            INB_HOLDS(to->basis != INB_BASIS_CONSENT, "consent at %s: %s", id, told(facts));
        }
    }
    INB_HOLDS(duty == (has_duty(facts) && something), "duty of %s", told(facts));
}

INB_TEST(bases) {
    FOR_FACTS(32, RANDOM, check_bases(&facts));
}
INB_END

static void check_readings(const inb_facts *facts) {
    inb_finding finding = weighed(facts);
    bool unknown = facts->age.class_ == INB_AGE_UNKNOWN;
    for (size_t i = 0; i < finding.route_count; i++) {
        INB_HOLDS(unknown || finding.routes[i].only_if == INB_READ_ANY, "%s", told(facts));
        for (size_t j = 0; j < i; j++) {
            bool same = finding.routes[i].route == finding.routes[j].route;
            INB_HOLDS(!same || (finding.routes[i].only_if != finding.routes[j].only_if &&
                                   finding.routes[i].only_if != INB_READ_ANY &&
                                   finding.routes[j].only_if != INB_READ_ANY),
                "%s stands twice: %s", route_at(&finding, i)->id, told(facts));
        }
    }
}

INB_TEST(both_readings_of_an_unknown_age) {
    FOR_FACTS(33, RANDOM, check_readings(&facts));
}
INB_END

// ---- the oracle: routing.csv followed by words ----

struct stop {
    const char *id, *why;
    bool advice_only;
    int order;
    size_t row;
};

// The stops of one reading in the order of contact, each route at its first row that holds.
static size_t plain_stops(const inb_facts *facts, const inb_finding *finding, const char *reading,
    const struct rule *rules, size_t count, struct stop *stops) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        bool there = strcmp(rules[i].age, "any") != 0 && strcmp(rules[i].age, reading) != 0;
        for (size_t j = 0; j < found; j++) {
            there = there || strcmp(stops[j].id, rules[i].id) == 0;
        }
        if (!there && plain_when(facts, finding, reading, rules[i].when)) {
            stops[found++] = (struct stop){rules[i].id, rules[i].why,
                strcmp(rules[i].basis, "advice_only") == 0, rules[i].order, i};
        }
    }
    return found;
}

// The basis by bases.csv, looked up by words: the most particular row of reporter, route and age.
static const char *plain_basis(const inb_facts *facts, const inb_finding *finding,
    const struct stop *stop, const char *reading) {
    static struct sheet sheet;
    static size_t at[4];
    if (sheet.rows == 0) {
        char path[1024];
        snprintf(path, sizeof path, "%s/catalogue/bases.csv", source_root());
        sheet = read_sheet(path);
        static const char *const names[] = {"reporter", "route", "age_class", "basis"};
        for (size_t i = 0; i < 4; i++) {
            at[i] = sheet_column(&sheet, names[i]);
        }
    }
    const char *wanted[] = {inb_reporter_code(facts->reporter), stop->id, reading};
    const char *basis = NULL;
    int best = -1;
    for (size_t row = 1; row < sheet.rows; row++) {
        const struct cell *cells = &sheet.cells[row * sheet.columns];
        int particular = 0;
        bool fits = true;
        for (int i = 0; i < 3; i++) {
            bool named = strcmp(cells[at[i]].text, "*") != 0;
            fits = fits && (!named || strcmp(cells[at[i]].text, wanted[i]) == 0);
            particular += named ? 4 >> i : 0;
        }
        if (fits && particular > best) {
            best = particular;
            basis = cells[at[3]].text;
        }
    }
    bool from_parents = strcmp(reading, "child") == 0 &&
                        (facts->age.years < 0 || facts->age.years < 16) && parent_profits(facts);
    bool refused = facts->situation.consent == INB_CONSENT_REFUSED;
    bool nothing = inb_finding_level(finding) == INB_LEVEL_NONE;
    if (stop->advice_only || (strcmp(basis, "must") == 0 && nothing) ||
        (strcmp(basis, "consent") == 0 && (refused || from_parents))) {
        return "advice_only";
    }
    return basis;
}

static void check_stops(const inb_facts *facts, const struct rule *rules, size_t count) {
    inb_finding finding = weighed(facts);
    struct stop stops[2][INB_MAX_ROUTES];
    size_t counts[2] = {0, 0};
    const inb_reading labels[] = {INB_READ_ADULT, INB_READ_CHILD};
    if (facts->age.class_ != INB_AGE_CHILD) {
        counts[0] = plain_stops(facts, &finding, "adult", rules, count, stops[0]);
    }
    if (facts->age.class_ != INB_AGE_ADULT) {
        counts[1] = plain_stops(facts, &finding, "child", rules, count, stops[1]);
    }
    if (finding.route_count == 0) { // nothing may stand first
        for (int r = 0; r < 2; r++) {
            for (size_t i = 0; i < counts[r]; i++) {
                const char *id = stops[r][i].id;
                for (size_t route = 0; route < norm()->route_count; route++) {
                    const inb_route *to = &norm()->routes[route];
                    INB_HOLDS(strcmp(to->id, id) != 0 || !to->researched ||
                                  to->criminal == INB_CRIMINAL_YES,
                        "%s could stand first: %s", id, told(facts));
                }
            }
        }
        return;
    }
    // Each stop of each reading is there once, with its why and label; the first place aside, in
    // the order of the table.
    size_t used = 0;
    for (size_t i = 0; i < finding.route_count; i++) {
        const inb_route_advice *to = &finding.routes[i];
        bool matched = false;
        for (int r = 0; r < 2; r++) {
            for (size_t j = 0; j < counts[r]; j++) {
                if (strcmp(stops[r][j].id, route_at(&finding, i)->id) != 0 ||
                    (to->only_if != INB_READ_ANY && to->only_if != labels[r])) {
                    continue;
                }
                used++;
                matched = true;
                INB_HOLDS(strcmp(stops[r][j].why, to->why) == 0, "why of %s: %s", stops[r][j].id,
                    told(facts));
                const char *basis =
                    plain_basis(facts, &finding, &stops[r][j], r == 1 ? "child" : "adult");
                INB_HOLDS(strcmp(basis, inb_basis_code(to->basis)) == 0,
                    "basis of %s is %s, the table says %s: %s", stops[r][j].id,
                    inb_basis_code(to->basis), basis, told(facts));
            }
        }
        INB_HOLDS(matched, "%s comes from no row: %s", route_at(&finding, i)->id, told(facts));
    }
    INB_HOLDS(used == counts[0] + counts[1], "a route is lost: %s", told(facts));
    for (int r = 0; r < 2; r++) { // order within a reading, without the one moved to the front
        int last = -1;
        for (size_t i = 1; i < finding.route_count; i++) {
            for (size_t j = 0; j < counts[r]; j++) {
                bool same = strcmp(stops[r][j].id, route_at(&finding, i)->id) == 0;
                if (same && (finding.routes[i].only_if == INB_READ_ANY ||
                                finding.routes[i].only_if == labels[r])) {
                    INB_HOLDS(stops[r][j].order >= last, "%s stands too late: %s", stops[r][j].id,
                        told(facts));
                    last = stops[r][j].order;
                }
            }
        }
    }
}

INB_TEST(the_table_followed_by_words_agrees) {
    static struct rule rules[512];
    size_t count = plain_rules(NULL, rules, 512);
    ck_assert_uint_eq(count, norm()->routing_count);
    FOR_FACTS(37, 8000, check_stops(&facts, rules, count));
}
INB_END

INB_TEST(unknown_age_labels_both) {
    inb_facts facts = facts_with(INB_REPORTER_SCHOOL, age_unknown(), "CR-10 CR-11 D5-01");
    inb_finding finding = weighed(&facts);
    bool child = false, adult = false;
    for (size_t i = 0; i < finding.route_count; i++) {
        child = child || finding.routes[i].only_if == INB_READ_CHILD;
        adult = adult || finding.routes[i].only_if == INB_READ_ADULT;
    }
    ck_assert(child && adult);
    ck_assert(finding.ask_age);
}
INB_END

// Every route of `before` stands in `after` with the same label, in the same order, and no basis is
// weaker.
static void keeps_routes(const inb_finding *before, const inb_finding *after, bool same_basis,
    const char *what, const inb_facts *facts) {
    size_t at = 0;
    for (size_t i = 0; i < before->route_count; i++) {
        const inb_route_advice *was = &before->routes[i];
        while (at < after->route_count && (after->routes[at].route != was->route ||
                                              after->routes[at].only_if != was->only_if)) {
            at++;
        }
        INB_HOLDS(at < after->route_count, "%s loses or moves %s: %s", what,
            route_at(before, i)->id, told(facts));
        INB_HOLDS(same_basis ? after->routes[at].basis == was->basis
                             : after->routes[at].basis <= was->basis,
            "%s weakens %s: %s", what, route_at(before, i)->id, told(facts));
        at++;
    }
}

static void keeps_advice(const inb_finding *before, const inb_finding *after, inb_advice_kind kind,
    const char *what, const inb_facts *facts) {
    size_t at = 0;
    for (size_t i = 0; i < before->advice_count[kind]; i++) {
        while (at < after->advice_count[kind] &&
               strcmp(after->advice[kind][at], before->advice[kind][i]) != 0) {
            at++;
        }
        INB_HOLDS(at < after->advice_count[kind], "%s loses or moves %s: %s", what,
            before->advice[kind][i], told(facts));
        at++;
    }
}

static void suspect_takes_nothing(inb_facts facts) {
    facts.roles &= ~(1u << INB_ROLE_SUSPECT);
    inb_finding before = weighed(&facts);
    facts.roles |= 1u << INB_ROLE_SUSPECT;
    inb_finding after = weighed(&facts);
    keeps_routes(&before, &after, true, "suspect", &facts);
    for (int kind = 0; kind < INB_ADVICE_KINDS; kind++) {
        keeps_advice(&before, &after, (inb_advice_kind)kind, "suspect", &facts);
    }
    INB_HOLDS(same_forms(&before, &after), "%s", told(&facts));
    INB_HOLDS(advises(&after, INB_ADVICE_NOTE, "non_punishment"), "%s", told(&facts));
}

INB_TEST(being_a_suspect_takes_nothing_away) {
    FOR_FACTS(34, RANDOM, suspect_takes_nothing(facts));
}
INB_END

static void circumstance_only_adds(const inb_facts *facts, inb_rng *rng) {
    inb_finding before = weighed(facts);
    inb_facts more = *facts;
    size_t row;
    do {
        row = inb_rng_below(rng, (uint32_t)norm()->row_count);
    } while (norm()->rows[row].kind != INB_CIRCUMSTANCE);
    inb_set_add(&more.circumstances, row);
    inb_finding after = weighed(&more);
    const char *what = norm()->rows[row].id;
    keeps_routes(&before, &after, true, what, facts);
    for (int kind = 0; kind < INB_ADVICE_KINDS; kind++) {
        keeps_advice(&before, &after, (inb_advice_kind)kind, what, facts);
    }
    INB_HOLDS(before.advice_count[INB_ADVICE_DONT] == after.advice_count[INB_ADVICE_DONT] &&
                  before.advice_count[INB_ADVICE_NOTE] == after.advice_count[INB_ADVICE_NOTE],
        "%s adds a dont or a note: %s", what, told(facts));
    for (size_t i = 0; i < after.route_count; i++) {
        bool added = place_of(&before, route_at(&after, i)->id) == SIZE_MAX;
        // CI-23 is the situation "unaccompanied", which brings in the expertise centre to ask.
        INB_HOLDS(!added || route_at(&after, i)->criminal == INB_CRIMINAL_NO ||
                      strcmp(what, "CI-23") == 0,
            "%s adds %s: %s", what, route_at(&after, i)->id, told(facts));
    }
    INB_HOLDS(same_forms(&before, &after), "%s", told(facts));
}

INB_TEST(a_circumstance_only_adds_help) {
    inb_rng rng = inb_rng_make(35, 1);
    for (int round = 0; round < 3; round++) {
        FOR_FACTS(35, RANDOM, circumstance_only_adds(&facts, &rng));
    }
}
INB_END

// Sex work by an adult is no sign: it opens offers and changes nothing else.
static void sex_work_is_no_sign(inb_facts facts) {
    inb_set_drop(&facts.circumstances, row_of("CI-25"));
    inb_finding before = weighed(&facts);
    inb_set_add(&facts.circumstances, row_of("CI-25"));
    inb_finding after = weighed(&facts);
    INB_HOLDS(same_forms(&before, &after), "%s", told(&facts));
    INB_HOLDS(before.route_count == after.route_count, "%s", told(&facts));
    for (size_t i = 0; i < before.route_count; i++) {
        const inb_route_advice *a = &before.routes[i];
        const inb_route_advice *b = &after.routes[i];
        INB_HOLDS(a->route == b->route && a->basis == b->basis && a->why == b->why &&
                      a->law == b->law && a->only_if == b->only_if,
            "%s", told(&facts));
    }
    const inb_advice_kind same[] = {INB_ADVICE_DO, INB_ADVICE_DONT, INB_ADVICE_NOTE};
    for (size_t k = 0; k < 3; k++) {
        INB_HOLDS(before.advice_count[same[k]] == after.advice_count[same[k]], "%s", told(&facts));
    }
    keeps_advice(&before, &after, INB_ADVICE_OFFER, "CI-25", &facts);
    INB_HOLDS(before.ask_count == after.ask_count &&
                  memcmp(before.ask_next, after.ask_next,
                      before.ask_count * sizeof before.ask_next[0]) == 0,
        "%s", told(&facts));
}

INB_TEST(sex_work_changes_offers_only) {
    FOR_FACTS(36, RANDOM, sex_work_is_no_sign(facts));
}
INB_END

INB_TEST(a_parent_who_profits) {
    // Fourteen: no consent anywhere; sixteen gives it in person.
    inb_facts facts = facts_with(INB_REPORTER_NGO, inb_age_of_years(15), "BG-01 BG-02 CR-33");
    inb_finding finding = weighed(&facts);
    for (size_t i = 0; i < finding.route_count; i++) {
        ck_assert_int_ne(finding.routes[i].basis, INB_BASIS_CONSENT);
    }
    ck_assert_uint_eq(place_of(&finding, "safe_home"), 0);
    facts.age = inb_age_of_years(16);
    finding = weighed(&facts);
    bool consent = false;
    for (size_t i = 0; i < finding.route_count; i++) {
        consent = consent || finding.routes[i].basis == INB_BASIS_CONSENT;
    }
    ck_assert(consent);
}
INB_END

INB_TEST(duties_begin_where_something_was_seen) {
    for (int reporter = 0; reporter < INB_REPORTER_COUNT; reporter++) {
        inb_facts facts =
            facts_with((inb_reporter)reporter, inb_age_of_years(30), "D4-01 D5-01 D1-01");
        inb_finding finding = weighed(&facts);
        size_t at = place_of(&finding, "comensha");
        bool must = at != SIZE_MAX && finding.routes[at].basis == INB_BASIS_MUST;
        ck_assert_int_eq(must, reporter <= INB_REPORTER_LABOUR_INSPECTORATE);
        facts = facts_with((inb_reporter)reporter, inb_age_of_years(30), "");
        facts.roles = 1u << INB_ROLE_POSSIBLE_VICTIM | 1u << INB_ROLE_SUSPECT;
        finding = weighed(&facts);
        at = place_of(&finding, "comensha");
        ck_assert(at == SIZE_MAX || finding.routes[at].basis != INB_BASIS_MUST);
    }
}
INB_END

// A duty that the table gives without a form falls back to asking advice; a norm that gives nothing
// researched gives no route at all, and the offers remain.
INB_TEST(rules_hold_whatever_the_tables_say) {
    static const char head[] = "order,route,when,age,why,basis,source\n";
    static const struct {
        const char *rows;
        inb_reporter reporter;
        bool danger;
        const char *first; // NULL = no route
        inb_basis basis;
    } cases[] = {
        {"1,comensha,,any,ask_advice,,x\n", INB_REPORTER_POLICE_BEAT, false, "comensha",
            INB_BASIS_ADVICE_ONLY},
        {"1,police_beat,,any,danger,,x\n2,safe_home,,any,danger,,x\n", INB_REPORTER_SCHOOL, false,
            "safe_home", INB_BASIS_MAY},
        {"1,police_beat,,any,danger,,x\n2,safe_home,,any,danger,,x\n", INB_REPORTER_SCHOOL, true,
            "police_beat", INB_BASIS_MAY},
        {"1,police_beat,,any,danger,,x\n2,safe_home,,any,danger,,x\n",
            INB_REPORTER_LABOUR_INSPECTORATE, false, "police_beat", INB_BASIS_MAY},
        {"1,police_beat,,any,danger,,x\n2,safe_home,,any,danger,,x\n", INB_REPORTER_BORDER_POLICE,
            false, "police_beat", INB_BASIS_MAY},
        {"1,police_beat,,any,danger,,x\n2,safe_home,,any,danger,,x\n", INB_REPORTER_POLICE_EXPERT,
            false, "police_beat", INB_BASIS_MAY},
        {"1,health,,any,danger,,x\n2,police_beat,,any,danger,,x\n", INB_REPORTER_SCHOOL, false,
            NULL, INB_BASIS_MAY},
        {"1,health,,any,danger,,x\n2,police_beat,,any,danger,,x\n", INB_REPORTER_SCHOOL, true,
            "police_beat", INB_BASIS_MAY},
        {"", INB_REPORTER_SCHOOL, false, NULL, INB_BASIS_MAY},
    };
    struct copy copy = copy_norm();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[512];
        snprintf(text, sizeof text, "%s%s", head, cases[i].rows);
        struct old_file old = replace_file(&copy, "routing.csv", text, strlen(text));
        INB_CLEANUP(inb_catalogue_freep) inb_catalogue *catalogue = NULL;
        INB_OK_IS(inb_catalogue_load(copy.dir, &catalogue, err));
        inb_facts facts = {.age = inb_age_of_years(15), .reporter = cases[i].reporter};
        facts.situation.danger_now = cases[i].danger;
        inb_finding finding;
        inb_weigh(catalogue, &facts, &finding);
        if (cases[i].first == NULL) {
            ck_assert_msg(finding.route_count == 0, "case %zu", i);
        } else {
            ck_assert_msg(finding.route_count > 0, "case %zu", i);
            ck_assert_str_eq(
                inb_catalogue_route(catalogue, finding.routes[0].route)->id, cases[i].first);
            ck_assert_int_eq(finding.routes[0].basis, cases[i].basis);
        }
        ck_assert_uint_gt(finding.advice_count[INB_ADVICE_OFFER], 0);
        put_back(&old);
    }
    drop_copy(&copy);
}
INB_END

INB_TEST_MAIN("2_weigh/routes", order_of_contact, bases, both_readings_of_an_unknown_age,
    the_table_followed_by_words_agrees, unknown_age_labels_both, being_a_suspect_takes_nothing_away,
    a_circumstance_only_adds_help, sex_work_changes_offers_only, a_parent_who_profits,
    duties_begin_where_something_was_seen, rules_hold_whatever_the_tables_say)
