// SPDX-License-Identifier: EUPL-1.2
// Codes of the vocabularies of a signal, both ways, made from the lists in observe.h.

#include <inbeeld/observe.h>

#include "base/text.h"

#define X(name, code) code,
static const char *const reporters[] = {INB_REPORTERS(X)};
static const char *const roles[] = {INB_ROLES(X)};
static const char *const profits[] = {INB_PROFITS(X)};
static const char *const surroundings[] = {INB_SURROUNDINGS(X)};
static const char *const consents[] = {INB_CONSENTS(X)};
static const char *const police_wishes[] = {INB_POLICE_WISHES(X)};
#undef X

static int find(const char *const *codes, int count, const char *code, size_t length) {
    for (int i = 0; i < count; i++) {
        if (inb_equals(code, length, codes[i])) {
            return i;
        }
    }
    return -1;
}

inb_age inb_age_of_years(int years) {
    return (inb_age){years >= INB_ADULT_FROM ? INB_AGE_ADULT : INB_AGE_CHILD, years};
}

const char *inb_reporter_code(inb_reporter reporter) {
    return reporters[reporter];
}

const char *inb_role_code(inb_role role) {
    return roles[role];
}

const char *inb_profit_code(inb_profit profit) {
    return profits[profit];
}

const char *inb_surrounding_code(inb_surrounding surrounding) {
    return surroundings[surrounding];
}

const char *inb_consent_code(inb_consent consent) {
    return consents[consent];
}

const char *inb_police_code(inb_police_wish wish) {
    return police_wishes[wish];
}

int inb_reporter_parse(const char *code, size_t length) {
    return find(reporters, INB_REPORTER_COUNT, code, length);
}

int inb_role_parse(const char *code, size_t length) {
    return find(roles, INB_ROLE_COUNT, code, length);
}

int inb_profit_parse(const char *code, size_t length) {
    return find(profits, INB_PROFIT_COUNT, code, length);
}

int inb_surrounding_parse(const char *code, size_t length) {
    return find(surroundings, INB_SURROUNDING_COUNT, code, length);
}

int inb_consent_parse(const char *code, size_t length) {
    return find(consents, INB_CONSENT_COUNT, code, length);
}

int inb_police_parse(const char *code, size_t length) {
    return find(police_wishes, INB_POLICE_COUNT, code, length);
}
