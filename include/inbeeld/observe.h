// SPDX-License-Identifier: EUPL-1.2
// Station 1, observe: the words in which a signal is told. Who reports, in which roles a person
// stands, how old, who profits, who is near. Codes are those of FACTS.json and SIGNAL.json.
#ifndef INBEELD_OBSERVE_H
#define INBEELD_OBSERVE_H

#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// One list per vocabulary: X(NAME, "code"). The order is the order of display.
#define INB_REPORTERS(X)                                                                           \
    X(POLICE_BEAT, "police_beat")                                                                  \
    X(POLICE_EXPERT, "police_expert")                                                              \
    X(BORDER_POLICE, "border_police")                                                              \
    X(LABOUR_INSPECTORATE, "labour_inspectorate")                                                  \
    X(SCHOOL, "school")                                                                            \
    X(YOUTH_WORK, "youth_work")                                                                    \
    X(YOUTH_CARE, "youth_care")                                                                    \
    X(HEALTH, "health")                                                                            \
    X(SHELTER, "shelter")                                                                          \
    X(ASYLUM, "asylum")                                                                            \
    X(MUNICIPALITY, "municipality")                                                                \
    X(CARE_COORDINATOR, "care_coordinator")                                                        \
    X(GUARDIAN, "guardian")                                                                        \
    X(LAWYER, "lawyer")                                                                            \
    X(NGO, "ngo")                                                                                  \
    X(PARENT, "parent")                                                                            \
    X(SELF, "self")                                                                                \
    X(PUBLIC, "public")

#define INB_ROLES(X)                                                                               \
    X(POSSIBLE_VICTIM, "possible_victim")                                                          \
    X(SUSPECT, "suspect")                                                                          \
    X(PARENT, "parent")                                                                            \
    X(SIBLING, "sibling")                                                                          \
    X(PARTNER, "partner")                                                                          \
    X(FRIEND, "friend")                                                                            \
    X(WITNESS, "witness")                                                                          \
    X(COLLEAGUE, "colleague")                                                                      \
    X(EMPLOYER, "employer")                                                                        \
    X(RECRUITER, "recruiter")                                                                      \
    X(OFFICIAL, "official")

#define INB_PROFITS(X)                                                                             \
    X(PARENT, "parent")                                                                            \
    X(PARTNER, "partner")                                                                          \
    X(EMPLOYER, "employer")                                                                        \
    X(OTHER, "other")

#define INB_SURROUNDINGS(X)                                                                        \
    X(PROTECTIVE, "protective")                                                                    \
    X(UNAWARE, "unaware")                                                                          \
    X(PROFITING, "profiting")                                                                      \
    X(PARENT_OF_SUSPECT, "parent_of_suspect")

#define INB_CONSENTS(X)                                                                            \
    X(NOT_ASKED, "not_asked")                                                                      \
    X(GIVEN, "given")                                                                              \
    X(REFUSED, "refused")

#define INB_POLICE_WISHES(X)                                                                       \
    X(NOT_ASKED, "not_asked")                                                                      \
    X(WANTED, "wanted")                                                                            \
    X(UNWANTED, "unwanted")

typedef enum inb_reporter {
#define X(name, code) INB_REPORTER_##name,
    INB_REPORTERS(X)
#undef X
        INB_REPORTER_COUNT
} inb_reporter;

typedef enum inb_role {
#define X(name, code) INB_ROLE_##name,
    INB_ROLES(X)
#undef X
        INB_ROLE_COUNT
} inb_role;

typedef enum inb_profit {
#define X(name, code) INB_PROFIT_##name,
    INB_PROFITS(X)
#undef X
        INB_PROFIT_COUNT
} inb_profit;

typedef enum inb_surrounding {
#define X(name, code) INB_SURROUNDING_##name,
    INB_SURROUNDINGS(X)
#undef X
        INB_SURROUNDING_COUNT
} inb_surrounding;

typedef enum inb_consent {
#define X(name, code) INB_CONSENT_##name,
    INB_CONSENTS(X)
#undef X
        INB_CONSENT_COUNT
} inb_consent;

typedef enum inb_police_wish {
#define X(name, code) INB_POLICE_##name,
    INB_POLICE_WISHES(X)
#undef X
        INB_POLICE_COUNT
} inb_police_wish;

typedef enum inb_age_class { INB_AGE_UNKNOWN, INB_AGE_CHILD, INB_AGE_ADULT } inb_age_class;

enum { INB_YEARS_UNKNOWN = -1, INB_YEARS_MOST = 130, INB_ADULT_FROM = 18, INB_SUSPECT_FROM = 12 };

// Age as told: a class, and years where known (0..130, else INB_YEARS_UNKNOWN).
typedef struct inb_age {
    inb_age_class class_;
    int years;
} inb_age;

inb_age inb_age_of_years(int years);

// What is known around the person. profits and surroundings are bit sets (1 << INB_PROFIT_…).
typedef struct inb_situation {
    bool danger_now;
    bool unaccompanied;
    bool denies;
    uint8_t profits;
    uint8_t surroundings;
    inb_consent consent;
    inb_police_wish police;
} inb_situation;

// The code of a value ("police_beat"), static; and the value of a code, -1 where there is none.
const char *inb_reporter_code(inb_reporter reporter);
const char *inb_role_code(inb_role role);
const char *inb_profit_code(inb_profit profit);
const char *inb_surrounding_code(inb_surrounding surrounding);
const char *inb_consent_code(inb_consent consent);
const char *inb_police_code(inb_police_wish wish);
int inb_reporter_parse(const char *code, size_t length);
int inb_role_parse(const char *code, size_t length);
int inb_profit_parse(const char *code, size_t length);
int inb_surrounding_parse(const char *code, size_t length);
int inb_consent_parse(const char *code, size_t length);
int inb_police_parse(const char *code, size_t length);

#ifdef __cplusplus
}
#endif
#endif
