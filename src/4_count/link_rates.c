// SPDX-License-Identifier: EUPL-1.2
// Error rates per ordered pair of lists, and the overlap of two lists corrected for known ones:
// Ding, Fienberg 1994 (a record without a match may be linked too, in one direction); with both
// directions the same m comes out, since the links are the same. Derived in
// docs/methods/linkage-error.md.

#include "link_rates.h"

#include "base/alloc.h"
#include "base/json.h"

#include <math.h>
#include <string.h>

enum { MOST_FILE = 1 << 22, MOST_PATH = 1 << 16 };

double inb_corrected_overlap(double linked, double from_people, double alpha, double beta) {
    double overlap = (linked - beta * from_people) / (alpha - beta);
    return alpha > beta && overlap > 0 ? overlap : NAN;
}

// ---- reading ----

// Where in the document a complaint points: rates[index].key.inner
struct place {
    const inb_json *json;
    size_t index;
    const char *key;
    const char *inner;
};

static inb_status complain(
    const struct place *place, enum inb_json_part part, inb_error *err, const char *expected) {
    inb_json_step path[4] = {{"rates", 0}, {NULL, place->index}};
    size_t steps = 2;
    const json_t *value = json_array_get(json_object_get(place->json->root, "rates"), place->index);
    if (place->key != NULL) {
        path[steps++] = (inb_json_step){place->key, 0};
        value = json_object_get(value, place->key);
    }
    if (place->inner != NULL) {
        path[steps++] = (inb_json_step){place->inner, 0};
        value = json_object_get(value, place->inner);
    }
    return inb_json_fail(place->json, path, steps, part, err, "found %s, expected %s",
        value == NULL ? "nothing" : inb_json_kind(value), expected);
}

static inb_status read_share(
    struct place place, const json_t *rate, const char *name, double *ret_value, inb_error *err) {
    const json_t *value = json_object_get(rate, name);
    place.inner = name;
    double number = json_is_number(value) ? json_number_value(value) : NAN;
    if (!(number >= 0 && number <= 1)) {
        return complain(&place, INB_JSON_VALUE, err, "a number from 0 to 1");
    }
    *ret_value = number;
    return INB_OK;
}

static inb_status read_rate(
    struct place place, const json_t *object, const char *key, inb_rate *ret_rate, inb_error *err) {
    const json_t *rate = json_object_get(object, key);
    place.key = key;
    inb_rate read;
    if (!json_is_object(rate)) {
        return complain(&place, INB_JSON_VALUE, err, "an object with 'estimate', 'low' and 'high'");
    }
    INB_TRY(read_share(place, rate, "estimate", &read.estimate, err));
    INB_TRY(read_share(place, rate, "low", &read.low, err));
    INB_TRY(read_share(place, rate, "high", &read.high, err));
    if (!(read.low <= read.high)) {
        return complain(&place, INB_JSON_VALUE, err, "an interval whose 'low' is not above 'high'");
    }
    *ret_rate = read;
    return INB_OK;
}

static inb_status read_list(struct place place, const json_t *object, const char *key,
    const char *const *lists, size_t list_count, size_t *ret_list, inb_error *err) {
    const char *name = json_string_value(json_object_get(object, key));
    place.key = key;
    for (size_t j = 0; name != NULL && j < list_count; j++) {
        if (strcmp(name, lists[j]) == 0) {
            *ret_list = j;
            return INB_OK;
        }
    }
    return complain(&place, INB_JSON_VALUE, err, "the name of a list in the histories");
}

static inb_status read_rates(const inb_json *json, const char *const *lists, size_t list_count,
    inb_link_rate *ret_rates, size_t *ret_count, inb_error *err) {
    const json_t *array = json_object_get(json->root, "rates");
    if (!json_is_array(array)) {
        return inb_json_fail(
            json, NULL, 0, INB_JSON_VALUE, err, "found no list 'rates', expected {\"rates\":[…]}");
    }
    size_t count = json_array_size(array);
    if (count > list_count * (list_count - 1)) {
        const inb_json_step path[] = {{"rates", 0}};
        return inb_json_fail(json, path, 1, INB_JSON_VALUE, err,
            "found %zu rates, expected one for each ordered pair of %zu lists", count, list_count);
    }
    for (size_t i = 0; i < count; i++) {
        struct place place = {json, i, NULL, NULL};
        const json_t *object = json_array_get(array, i);
        inb_link_rate rate;
        if (!json_is_object(object)) {
            return complain(&place, INB_JSON_VALUE, err, "an object");
        }
        INB_TRY(read_list(place, object, "from", lists, list_count, &rate.from, err));
        INB_TRY(read_list(place, object, "to", lists, list_count, &rate.to, err));
        INB_TRY(read_rate(place, object, "alpha", &rate.alpha, err));
        INB_TRY(read_rate(place, object, "beta", &rate.beta, err));
        bool twice = rate.from == rate.to;
        for (size_t j = 0; j < i; j++) {
            twice = twice || (ret_rates[j].from == rate.from && ret_rates[j].to == rate.to);
        }
        if (twice) {
            return complain(&place, INB_JSON_VALUE, err, "an ordered pair of lists that is new");
        }
        ret_rates[i] = rate;
    }
    *ret_count = count;
    return INB_OK;
}

inb_status inb_link_rates_read_memory(const char *name, const char *data, size_t length,
    const char *const *lists, size_t list_count, inb_link_rate *ret_rates, size_t *ret_count,
    inb_error *err) {
    INB_CLEANUP(inb_json_clear) inb_json json = INB_JSON_INIT;
    INB_TRY(inb_json_parse(name, data, length, &json, err));
    return read_rates(&json, lists, list_count, ret_rates, ret_count, err);
}

inb_status inb_i_link_rates_read(
    const char *directory, const inb_histories *like, inb_draws *draws, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer path = INB_BUFFER_INIT(MOST_PATH);
    INB_CLEANUP(inb_freep) char *text = NULL;
    size_t length;
    inb_buffer_format(&path, "%s/rates.json", directory);
    INB_TRY(inb_buffer_check(&path, err));
    INB_TRY(inb_read_file(inb_buffer_get(&path), MOST_FILE, &text, &length, err));
    return inb_link_rates_read_memory(inb_buffer_get(&path), text, length, like->lists,
        like->list_count, draws->rates, &draws->rate_count, err);
}

// ---- agreeing with the draws ----

double inb_i_overlap(const inb_cell *cells, size_t list_count, size_t a, size_t b) {
    size_t both = (size_t)1 << a | (size_t)1 << b;
    double sum = 0;
    for (size_t h = 1; h < (size_t)1 << list_count; h++) {
        sum += (h & both) == both && cells[h].kind == INB_CELL_COUNTED ? (double)cells[h].count : 0;
    }
    return sum;
}

static bool disagrees(
    const inb_draws *draws, const inb_histories *linked, const inb_link_rate *rate) {
    double overlap = 0;
    double people = 0;
    for (size_t g = 0; g < linked->group_count; g++) {
        const inb_cell *cells = linked->groups[g].cells;
        overlap += inb_i_overlap(cells, linked->list_count, rate->from, rate->to);
        people += inb_i_overlap(cells, linked->list_count, rate->from, rate->from);
    }
    double sum = 0;
    double squares = 0;
    for (size_t k = 0; k < draws->count; k++) {
        double drawn = 0;
        for (size_t g = 0; g < draws->group_count; g++) {
            drawn += inb_i_overlap(
                draws->tables[k * draws->group_count + g], draws->list_count, rate->from, rate->to);
        }
        sum += drawn;
        squares += drawn * drawn;
    }
    double mean = sum / (double)draws->count;
    double deviation = sqrt(fmax(squares / (double)draws->count - mean * mean, 0));
    // The most overlap where the fewest links were found and the fewest are false.
    double most =
        inb_corrected_overlap(overlap, people, fmax(rate->alpha.low, 1e-9), rate->beta.low);
    double least = inb_corrected_overlap(overlap, people, rate->alpha.high, rate->beta.high);
    double reach = 3 * deviation + 0.5;
    return (isfinite(most) && mean - reach > most) || (isfinite(least) && mean + reach < least);
}

size_t inb_i_rates_disagree(const inb_draws *draws, const inb_histories *linked) {
    size_t i = 0;
    while (i < draws->rate_count && !disagrees(draws, linked, &draws->rates[i])) {
        i++;
    }
    return i;
}
