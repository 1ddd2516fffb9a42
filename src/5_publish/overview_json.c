// SPDX-License-Identifier: EUPL-1.2
// The picture as JSON, for programs: the same tables as the page, and the same counts hidden: a
// count under INB_SMALL_CELL is null with "few": true, and nothing else is told of such a group.

#include "overview_i.h"

#include <string.h>

static bool small(int64_t count) {
    return count > 0 && count < INB_SMALL_CELL;
}

static void count(inb_buffer *out, const char *name, int64_t value) {
    if (small(value)) {
        inb_buffer_format(out, "\"%s\":null,\"%s_few\":true", name, name);
    } else {
        inb_buffer_format(out, "\"%s\":%lld", name, (long long)value);
    }
}

static void real(inb_buffer *out, const char *name, double value) {
    inb_buffer_format(out, ",\"%s\":", name);
    inb_buffer_number(out, value, 6);
}

void inb_i_json_hidden(inb_buffer *out, const inb_hidden *one) {
    if (one == NULL) {
        return;
    }
    inb_buffer_text(out, ",\"in_all\":");
    if (!one->has_estimate) {
        inb_buffer_text(out, "null");
        return;
    }
    inb_buffer_text(out, "{\"estimate\":");
    inb_buffer_number(out, one->estimate, 8);
    real(out, "low", one->low);
    real(out, "high", one->high);
    inb_buffer_format(out, ",\"headline\":%s", one->headline ? "true" : "false");
    inb_buffer_format(out, ",\"mixture\":%s", one->mixture ? "true" : "false");
    real(out, "range_low", one->range_low);
    real(out, "range_high", one->range_high);
    inb_buffer_text(out, "}");
}

// Of a generated region; nothing where it is not known.
static void put_truth(inb_buffer *out, int64_t truth) {
    if (truth >= 0) {
        inb_buffer_format(out, ",\"truth\":%lld", (long long)truth);
    }
}

// How many of them can be recognised, where that leaves no small difference.
static void put_known(inb_buffer *out, int64_t persons, const inb_hidden *estimate) {
    if (estimate != NULL && estimate->observed >= INB_SMALL_CELL &&
        !small(persons - estimate->observed)) {
        inb_buffer_format(out, ",\"recognised\":%lld", (long long)estimate->observed);
    }
}

static void group(inb_buffer *out, bool *first, const char *by, const char *name,
    const inb_group_counts *counts, const inb_hidden *estimate, int64_t truth) {
    inb_buffer_format(out, "%s\n{\"by\":\"%s\",\"group\":\"%s\",", *first ? "" : ",", by, name);
    *first = false;
    count(out, "persons", counts->persons);
    if (counts->persons >= INB_SMALL_CELL) {
        inb_buffer_char(out, ',');
        count(out, "seen_once", counts->seen_once);
        inb_buffer_char(out, ',');
        count(out, "seen_twice", counts->seen_twice);
        inb_buffer_char(out, ',');
        count(out, "seen_more", counts->seen_more);
        inb_buffer_char(out, ',');
        count(out, "also_suspect", counts->also_suspect);
        inb_buffer_char(out, ',');
        count(out, "answers_unknown", counts->unknown);
        for (int i = 0; i < INB_SOURCE_GROUP_COUNT; i++) {
            inb_buffer_char(out, ',');
            count(out, inb_source_group_code((inb_source_group)i), counts->by_source[i]);
        }
        put_known(out, counts->persons, estimate);
        inb_i_json_hidden(out, estimate);
    }
    put_truth(out, truth);
    inb_buffer_text(out, "}");
}

static void groups(
    const inb_overview_report *report, const char *by, inb_buffer *out, bool *first) {
    const inb_overview *overview = report->overview;
    const inb_overview_estimates *estimates = report->estimates;
    if (by == NULL || strcmp(by, "age") == 0) {
        for (int age = 0; age < INB_AGE_CLASS_COUNT; age++) {
            group(out, first, "age", inb_age_class_code((inb_age_class)age), &overview->by_age[age],
                &estimates->by_age[age], inb_truth_of_age(report->truth, (inb_age_class)age));
        }
    }
    if (by == NULL || strcmp(by, "sex") == 0) {
        for (int sex = 0; sex < INB_SEX_COUNT; sex++) {
            group(out, first, "sex", inb_sex_code((inb_sex)sex), &overview->by_sex[sex],
                &estimates->by_sex[sex], inb_truth_of_sex(report->truth, (inb_sex)sex));
        }
    }
    if (by == NULL || strcmp(by, "form") == 0) {
        for (int form = 0; form < INB_FORM_COUNT; form++) {
            group(out, first, "form", inb_form_code((inb_form)form), &overview->of_form[form],
                &estimates->of_form[form], inb_truth_of_form(report->truth, (inb_form)form));
        }
    }
}

static void sources(const inb_overview *overview, inb_buffer *out) {
    bool first = true;
    inb_buffer_text(out, "],\n\"sources\":[");
    for (int form = 0; form < INB_FORM_COUNT; form++) {
        int64_t whole = 0;
        for (int i = 0; i < INB_REPORTER_COUNT; i++) {
            whole += overview->by_form[form][i];
        }
        for (int i = 0; whole >= INB_SMALL_CELL && i < INB_REPORTER_COUNT; i++) {
            int64_t part = overview->by_form[form][i];
            if (part == 0 && i != INB_REPORTER_POLICE_BEAT) {
                continue;
            }
            inb_buffer_format(out, "%s\n{\"form\":\"%s\",\"source\":\"%s\",", first ? "" : ",",
                inb_form_code((inb_form)form), inb_reporter_code((inb_reporter)i));
            first = false;
            count(out, "signals", part);
            if (!small(part)) {
                double low;
                double high;
                inb_share_interval(part, whole, &low, &high);
                real(out, "share", (double)part / (double)whole);
                real(out, "low", low);
                real(out, "high", high);
            }
            inb_buffer_text(out, "}");
        }
    }
}

static void roles_and_surroundings(const inb_overview *overview, inb_buffer *out) {
    inb_buffer_text(out, "],\n\"roles\":[");
    for (int age = 0; age < INB_AGE_CLASS_COUNT; age++) {
        const inb_role_overlap *overlap = &overview->overlap[age];
        inb_buffer_format(out, "%s\n{\"age\":\"%s\",", age == 0 ? "" : ",",
            inb_age_class_code((inb_age_class)age));
        count(out, "in_one_signal", overlap->in_one_signal);
        inb_buffer_char(out, ',');
        count(out, "in_one_organisation", overlap->in_one_organisation);
        inb_buffer_char(out, ',');
        count(out, "over_organisations", overlap->over_organisations);
        inb_buffer_text(out, "}");
    }
    inb_buffer_text(out, "],\n\"surroundings\":[");
    for (int age = 0; age < INB_AGE_CLASS_COUNT; age++) {
        const inb_involvement *involvement = &overview->involvement[age];
        inb_buffer_format(out, "%s\n{\"age\":\"%s\",", age == 0 ? "" : ",",
            inb_age_class_code((inb_age_class)age));
        count(out, "signals", involvement->sightings);
        for (int i = 0; i < INB_SURROUNDING_COUNT; i++) {
            inb_buffer_char(out, ',');
            count(out, inb_surrounding_code((inb_surrounding)i), involvement->by_surrounding[i]);
        }
        inb_buffer_char(out, ',');
        count(out, "parent_profits", involvement->parent_profits);
        inb_buffer_char(out, ',');
        count(out, "close_person_in_signal", involvement->with_others_near);
        inb_buffer_char(out, ',');
        count(out, "not_told", involvement->not_told);
        inb_buffer_text(out, "}");
    }
}

void inb_overview_json(
    const inb_overview_report *report, const char *const *by, size_t by_count, inb_buffer *out) {
    const inb_overview *overview = report->overview;
    bool first = true;
    inb_buffer_text(out, "{");
    count(out, "persons", overview->persons);
    inb_buffer_char(out, ',');
    count(out, "sightings", overview->in_picture);
    inb_buffer_format(out, ",\"linked\":%s", overview->linked ? "true" : "false");
    if (overview->persons >= INB_SMALL_CELL) {
        put_known(out, overview->persons, &report->estimates->all);
        inb_i_json_hidden(out, &report->estimates->all);
    }
    put_truth(out, inb_truth_of(report->truth, NULL, NULL));
    inb_buffer_text(out, ",\n\"groups\":[");
    for (size_t i = 0; i < by_count; i++) {
        groups(report, by[i], out, &first);
    }
    if (by_count == 0) {
        groups(report, NULL, out, &first);
    }
    sources(overview, out);
    roles_and_surroundings(overview, out);
    inb_buffer_text(out, "],\n\"trend\":[");
    first = true;
    for (int i = 0; i < INB_OVERVIEW_QUARTERS; i++) {
        if (overview->quarters[i] > 0) {
            inb_buffer_format(out, "%s\n{\"quarter\":\"%d-Q%d\",", first ? "" : ",",
                INB_OVERVIEW_FIRST_YEAR + i / 4, i % 4 + 1);
            first = false;
            count(out, "signals", overview->quarters[i]);
            inb_buffer_text(out, "}");
        }
    }
    inb_buffer_text(out, "],\n\"first_quarter\":{");
    first = true;
    for (int i = 0; i < INB_SOURCE_GROUP_COUNT; i++) {
        int at = overview->first_quarter[i];
        if (at >= 0) {
            inb_buffer_format(out, "%s\"%s\":\"%d-Q%d\"", first ? "" : ",",
                inb_source_group_code((inb_source_group)i), INB_OVERVIEW_FIRST_YEAR + at / 4,
                at % 4 + 1);
            first = false;
        }
    }
    inb_buffer_text(out, "},\n\"first_step\":{");
    count(out, "with_route", overview->with_route);
    // Of two parts of a known whole one gives away the other.
    int64_t care = overview->with_route - overview->criminal_first;
    bool few = small(care) || small(overview->criminal_first);
    inb_buffer_char(out, ',');
    count(out, "care_first", few ? 1 : care);
    inb_buffer_char(out, ',');
    count(out, "criminal_first", few ? 1 : overview->criminal_first);
    inb_buffer_text(out, "}}\n");
}
