// SPDX-License-Identifier: EUPL-1.2
// Counts who is seen by whom: tables of sightings as they come in, tables of persons from what is
// kept of each. A person takes the first age class and sex that is known; no other tie is broken.

#include <inbeeld/overview.h>

#include "base/alloc.h"

#include <math.h>
#include <string.h>

enum { NOBODY = 0 }; // of an organisation: its number plus one

// What is kept of a person.
struct seen {
    uint32_t victim[2];  // organisations + 1 that called them a possible victim, 0 = none
    uint32_t suspect[2]; // the same, a suspect; of more than two the first two are remembered
    uint32_t yes;
    uint32_t no;
    uint32_t unknown;
    uint8_t sources;
    uint8_t linkable; // sources of linkable sightings
    uint8_t forms;
    uint8_t age : 2;
    uint8_t sex : 2;
    uint8_t both_in_one : 1;
    uint8_t crossed : 1; // roles met over organisations
    uint8_t same : 1;    // roles met within one
};

struct inb_overview_maker {
    struct seen *persons;
    uint32_t person_count;
    inb_overview counts; // tables of sightings; the others are filled by inb_overview_get
};

inb_source_group inb_source_group_of(inb_reporter reporter) {
    static const uint8_t groups[INB_REPORTER_COUNT] = {
        [INB_REPORTER_POLICE_BEAT] = INB_SOURCE_POLICE,
        [INB_REPORTER_POLICE_EXPERT] = INB_SOURCE_POLICE,
        [INB_REPORTER_BORDER_POLICE] = INB_SOURCE_POLICE,
        [INB_REPORTER_LABOUR_INSPECTORATE] = INB_SOURCE_INSPECTORATE,
        [INB_REPORTER_SCHOOL] = INB_SOURCE_YOUTH,
        [INB_REPORTER_YOUTH_WORK] = INB_SOURCE_YOUTH,
        [INB_REPORTER_YOUTH_CARE] = INB_SOURCE_YOUTH,
        [INB_REPORTER_HEALTH] = INB_SOURCE_HEALTH,
        [INB_REPORTER_SHELTER] = INB_SOURCE_RECEPTION,
        [INB_REPORTER_ASYLUM] = INB_SOURCE_RECEPTION,
        [INB_REPORTER_GUARDIAN] = INB_SOURCE_RECEPTION,
        [INB_REPORTER_MUNICIPALITY] = INB_SOURCE_MUNICIPALITY,
        [INB_REPORTER_CARE_COORDINATOR] = INB_SOURCE_MUNICIPALITY,
        [INB_REPORTER_LAWYER] = INB_SOURCE_NGO,
        [INB_REPORTER_NGO] = INB_SOURCE_NGO,
        [INB_REPORTER_PARENT] = INB_SOURCE_CITIZENS,
        [INB_REPORTER_SELF] = INB_SOURCE_CITIZENS,
        [INB_REPORTER_PUBLIC] = INB_SOURCE_CITIZENS,
    };
    return (inb_source_group)groups[reporter];
}

const char *inb_source_group_code(inb_source_group group) {
#define X(name, code) code,
    static const char *const codes[] = {INB_SOURCE_GROUPS(X)};
#undef X
    return codes[group];
}

const char *inb_sex_code(inb_sex sex) {
    static const char *const codes[] = {"unknown", "female", "male", "other"};
    return codes[sex];
}

const char *inb_age_class_code(inb_age_class age) {
    static const char *const codes[] = {"unknown", "child", "adult"};
    return codes[age];
}

inb_status inb_overview_maker_new(
    uint32_t persons, inb_overview_maker **ret_maker, inb_error *err) {
    INB_CLEANUP(inb_overview_maker_freep) inb_overview_maker *maker = inb_alloc(1, sizeof *maker);
    if (maker == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to count who is seen by whom");
    }
    maker->persons = inb_alloc((size_t)persons + 1, sizeof *maker->persons);
    if (maker->persons == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to count who is seen by whom");
    }
    maker->person_count = persons;
    for (int i = 0; i < INB_SOURCE_GROUP_COUNT; i++) {
        maker->counts.first_quarter[i] = -1;
    }
    *ret_maker = INB_TAKE(maker);
    return INB_OK;
}

void inb_overview_maker_free(inb_overview_maker *maker) {
    if (maker != NULL) {
        inb_free(maker->persons);
        inb_free(maker);
    }
}

void inb_overview_maker_freep(inb_overview_maker **maker) {
    inb_overview_maker_free(*maker);
}

static bool in_range(const inb_overview_maker *maker, const inb_sighting *s) {
    return s->person < maker->person_count && s->organisation < UINT32_MAX &&
           (unsigned)s->source < INB_REPORTER_COUNT && (unsigned)s->age < INB_AGE_CLASS_COUNT &&
           (unsigned)s->sex < INB_SEX_COUNT;
}

static void count_quarter(inb_overview *counts, const inb_sighting *s) {
    int32_t month = s->month;
    if (month == 0) {
        counts->month_unknown++;
        return;
    }
    int32_t quarter = month / 3 - 4 * INB_OVERVIEW_FIRST_YEAR;
    if (quarter < 0 || quarter >= INB_OVERVIEW_QUARTERS) {
        counts->other_quarters++;
        return;
    }
    int *first = &counts->first_quarter[inb_source_group_of(s->source)];
    counts->quarters[quarter]++;
    *first = *first < 0 || quarter < *first ? quarter : *first;
}

static void count_involvement(inb_involvement *involvement, const inb_sighting *s) {
    bool told = s->with_others_near;
    involvement->sightings++;
    involvement->with_others_near += s->with_others_near ? 1 : 0;
    for (int i = 0; i < INB_SURROUNDING_COUNT; i++) {
        bool so = (s->surroundings >> i & 1) != 0;
        involvement->by_surrounding[i] += so ? 1 : 0;
        told = told || so;
    }
    bool parent = (s->profits >> INB_PROFIT_PARENT & 1) != 0;
    involvement->parent_profits += parent ? 1 : 0;
    involvement->not_told += told || parent ? 0 : 1;
}

static void count_sighting(inb_overview *counts, const inb_sighting *s) {
    counts->sightings++;
    if (s->forms == 0) {
        return;
    }
    counts->in_picture++;
    for (int form = 0; form < INB_FORM_COUNT; form++) {
        counts->by_form[form][s->source] += s->forms >> form & 1;
    }
    count_involvement(&counts->involvement[s->age], s);
    count_quarter(counts, s);
    counts->with_route += s->has_route ? 1 : 0;
    counts->criminal_first += s->has_route && s->criminal_first ? 1 : 0;
}

static void remember(uint32_t organisations[2], uint32_t here) {
    if (organisations[0] == NOBODY) {
        organisations[0] = here;
    } else if (organisations[0] != here && organisations[1] == NOBODY) {
        organisations[1] = here;
    }
}

// Roles meet where one says victim and another, or the same, says suspect.
static void meet_roles(struct seen *person, const inb_sighting *s) {
    bool victim = (s->roles >> INB_ROLE_POSSIBLE_VICTIM & 1) != 0;
    bool suspect = (s->roles >> INB_ROLE_SUSPECT & 1) != 0;
    uint32_t here = s->organisation + 1;
    person->both_in_one |= victim && suspect;
    if (victim) {
        remember(person->victim, here);
    }
    if (suspect) {
        remember(person->suspect, here);
    }
    for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 2; j++) {
            bool both = person->victim[i] != NOBODY && person->suspect[j] != NOBODY;
            person->same |= both && person->victim[i] == person->suspect[j];
            person->crossed |= both && person->victim[i] != person->suspect[j];
        }
    }
}

static uint32_t add_within(uint32_t sum, uint32_t more) {
    return more > UINT32_MAX - sum ? UINT32_MAX : sum + more;
}

inb_status inb_overview_add(
    inb_overview_maker *maker, const inb_sighting *sighting, inb_error *err) {
    if (!in_range(maker, sighting)) {
        return inb_fail(err, INB_RANGE, "a sighting holds a number or code out of range");
    }
    count_sighting(&maker->counts, sighting);
    struct seen *person = &maker->persons[sighting->person];
    if (sighting->forms != 0) { // a list of people in the picture holds who was found so there
        uint8_t source = (uint8_t)(1u << inb_source_group_of(sighting->source));
        person->sources |= source;
        person->linkable |= sighting->linkable ? source : 0;
    }
    person->forms |= sighting->forms;
    person->age = person->age != INB_AGE_UNKNOWN ? person->age : sighting->age & 3;
    person->sex = person->sex != INB_SEX_UNKNOWN ? person->sex : sighting->sex & 3;
    meet_roles(person, sighting);
    person->yes = add_within(person->yes, sighting->yes);
    person->no = add_within(person->no, sighting->no);
    person->unknown = add_within(person->unknown, sighting->unknown);
    return INB_OK;
}

static void count_person(inb_group_counts *group, const struct seen *person) {
    int groups = 0;
    group->persons++;
    for (int i = 0; i < INB_SOURCE_GROUP_COUNT; i++) {
        group->by_source[i] += person->sources >> i & 1;
        groups += person->sources >> i & 1;
    }
    group->seen_once += groups == 1 ? 1 : 0;
    group->seen_twice += groups == 2 ? 1 : 0;
    group->seen_more += groups > 2 ? 1 : 0;
    group->also_suspect += person->suspect[0] != NOBODY ? 1 : 0;
    group->yes += person->yes;
    group->no += person->no;
    group->unknown += person->unknown;
}

static void count_overlap(inb_role_overlap *overlap, const struct seen *person) {
    if (person->both_in_one) {
        overlap->in_one_signal++;
    } else if (person->same) {
        overlap->in_one_organisation++;
    } else if (person->crossed) {
        overlap->over_organisations++;
    }
}

void inb_overview_get(const inb_overview_maker *maker, inb_overview *ret_overview) {
    *ret_overview = maker->counts;
    inb_overview *counts = ret_overview;
    for (uint32_t i = 0; i < maker->person_count; i++) {
        const struct seen *person = &maker->persons[i];
        // Roles are counted of everybody: who is only called a suspect has no form, perhaps.
        count_overlap(&counts->overlap[person->age], person);
        if (person->forms == 0) {
            continue;
        }
        counts->persons++;
        count_person(&counts->all, person);
        count_person(&counts->by_age[person->age], person);
        count_person(&counts->by_sex[person->sex], person);
        count_person(&counts->by_age_and_sex[person->age][person->sex], person);
        for (int form = 0; form < INB_FORM_COUNT; form++) {
            if ((person->forms >> form & 1) != 0) {
                count_person(&counts->of_form[form], person);
                counts->seen.of_form[form][person->linkable] += person->linkable != 0 ? 1 : 0;
            }
        }
        counts->seen.histories[person->age][person->sex][person->linkable] +=
            person->linkable != 0 ? 1 : 0;
    }
}

bool inb_overview_person(const inb_overview_maker *maker, uint32_t person, inb_age_class *ret_age,
    inb_sex *ret_sex, uint8_t *ret_forms) {
    const struct seen *seen = &maker->persons[person];
    if (seen->forms == 0) {
        return false;
    }
    *ret_age = (inb_age_class)seen->age;
    *ret_sex = (inb_sex)seen->sex;
    *ret_forms = seen->forms;
    return true;
}

void inb_overview_histories(const inb_overview *overview, inb_buffer *out) {
    for (int i = 0; i < INB_SOURCE_GROUP_COUNT; i++) {
        if (overview->all.by_source[i] > 0) {
            inb_buffer_format(out, "%s,", inb_source_group_code((inb_source_group)i));
        }
    }
    inb_buffer_text(out, "age,sex,count\n");
    for (int age = 0; age < INB_AGE_CLASS_COUNT; age++) {
        for (int sex = 0; sex < INB_SEX_COUNT; sex++) {
            for (int history = 1; history < 1 << INB_SOURCE_GROUP_COUNT; history++) {
                int64_t count = overview->seen.histories[age][sex][history];
                for (int i = 0; count > 0 && i < INB_SOURCE_GROUP_COUNT; i++) {
                    if (overview->all.by_source[i] > 0) {
                        inb_buffer_text(out, (history >> i & 1) != 0 ? "1," : "0,");
                    }
                }
                if (count > 0) {
                    inb_buffer_format(out, "%s,%s,%lld\n", inb_age_class_code((inb_age_class)age),
                        inb_sex_code((inb_sex)sex), (long long)count);
                }
            }
        }
    }
}

void inb_share_interval(int64_t part, int64_t whole, double *ret_low, double *ret_high) {
    if (whole <= 0) {
        *ret_low = 0;
        *ret_high = 1;
        return;
    }
    static const double z = 1.959963984540054; // of 95 %
    double n = (double)whole;
    double share = (double)part / n;
    double middle = (share + z * z / (2 * n)) / (1 + z * z / n);
    double half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    *ret_low = part == 0 ? 0 : middle - half;
    *ret_high = part == whole ? 1 : middle + half;
}
