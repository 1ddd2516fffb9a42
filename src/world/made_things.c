// SPDX-License-Identifier: EUPL-1.2
// Made-up addresses, phones, plates, handles and agencies, none of which exists. How a phoenix
// agency changes follows what inspectorates describe: new name and number, old phone, address or
// director.

#include "made_things.h"

#include <stdio.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const char *const places[INB_MADE_PLACES][2] = {{"Oosterwolde aan Zee", "GM9001"},
    {"Molenrade", "GM9002"}, {"Kruiskerke", "GM9003"}, {"Hoogveen", "GM9004"},
    {"Sint Annendam", "GM9005"}, {"Waterwijk", "GM9006"}, {"Lindeloo", "GM9007"},
    {"Zandhoek", "GM9008"}, {"Brugzijl", "GM9009"}, {"Nieuw-Haarle", "GM9010"},
    {"Eikenbeek", "GM9011"}, {"Duinrecht", "GM9012"}};
static const char *const street_heads[] = {"Molen", "Kerk", "Dorps", "Haven", "Station", "Linden",
    "Eiken", "Water", "Zand", "Boom", "Markt", "Wilgen", "Brug", "Dijk", "Heide", "Beuken", "Sluis",
    "Kade", "Veld", "Tuin"};
static const char *const street_tails[] = {
    "straat", "weg", "laan", "plein", "dreef", "hof", "pad", "kade", "wegje", "steeg"};

static const char *one_of(const char *const *list, size_t count, inb_rng *rng) {
    return list[inb_rng_below(rng, (uint32_t)count)];
}

void inb_made_address_draw(inb_rng *rng, inb_made_address *ret_address) {
    static const char *const letters[] = {"SA", "SD", "SS"};
    size_t place = inb_rng_below(rng, INB_MADE_PLACES);
    inb_made_address made = {.place = places[place][0], .municipality = places[place][1]};
    snprintf(made.street, sizeof made.street, "%s%s",
        one_of(street_heads, COUNT(street_heads), rng),
        one_of(street_tails, COUNT(street_tails), rng));
    unsigned number = 1 + inb_rng_below(rng, 250);
    bool suffix = inb_rng_below(rng, 8) == 0;
    snprintf(made.number, sizeof made.number, "%u%s", number % 1000,
        suffix ? (inb_rng_below(rng, 2) == 0 ? "A" : "B") : "");
    // each place has its own seven hundred postcodes
    unsigned code = 1000 + (unsigned)place * 700 + inb_rng_below(rng, 700);
    snprintf(made.postcode, sizeof made.postcode, "%04u%s", code % 10000,
        one_of(letters, COUNT(letters), rng));
    *ret_address = made;
}

void inb_made_phone_draw(inb_rng *rng, char ret_phone[INB_MADE_PHONE]) {
    snprintf(ret_phone, INB_MADE_PHONE, "060%07u", inb_rng_below(rng, 10000000) % 10000000);
}

void inb_made_plate_draw(inb_rng *rng, char ret_plate[INB_MADE_PLATE]) {
    static const char vowels[] = "AEIOU";
    char a = vowels[inb_rng_below(rng, 5)];
    char b = vowels[inb_rng_below(rng, 5)];
    unsigned digits = inb_rng_below(rng, 1000);
    char c = vowels[inb_rng_below(rng, 5)];
    snprintf(ret_plate, INB_MADE_PLATE, "%c%c-%03u-%c", a, b, digits % 1000, c);
}

void inb_made_handle_draw(inb_rng *rng, char ret_handle[INB_MADE_HANDLE]) {
    static const char *const heads[] = {
        "snel", "geld", "big", "king", "lil", "echte", "top", "night", "straat", "lux"};
    static const char *const tails[] = {
        "plug", "baas", "work", "stack", "vibe", "connect", "rider", "zone"};
    const char *head = one_of(heads, COUNT(heads), rng);
    const char *tail = one_of(tails, COUNT(tails), rng);
    snprintf(
        ret_handle, INB_MADE_HANDLE, "@%s.%s%05u", head, tail, inb_rng_below(rng, 100000) % 100000);
}

// ---- agencies ----

static void draw_name(inb_rng *rng, char name[INB_MADE_AGENCY]) {
    static const char *const heads[] = {"Flex", "Agri", "Pro", "Euro", "Direct", "Noord", "Delta",
        "Job", "Top", "Fresh", "Cargo", "Kas", "Polder", "Maas", "Rapid", "Multi"};
    static const char *const middles[] = {
        "werk", "team", "force", "crew", "staff", "kracht", "plus", "punt", "line", "link"};
    static const char *const tails[] = {"Uitzendbureau B.V.", "Personeel B.V.",
        "Detachering V.O.F.", "Uitzendgroep B.V.", "Services"};
    const char *head = one_of(heads, COUNT(heads), rng);
    const char *middle = one_of(middles, COUNT(middles), rng);
    snprintf(name, INB_MADE_AGENCY, "%s%s %s", head, middle, one_of(tails, COUNT(tails), rng));
}

static void draw_kvk(inb_rng *rng, char kvk[INB_MADE_KVK]) {
    snprintf(kvk, INB_MADE_KVK, "00%06u", inb_rng_below(rng, 1000000) % 1000000);
}

static void draw_director(inb_rng *rng, inb_made_name *director) {
    static const inb_tongue tongues[] = {
        INB_TONGUE_DUTCH, INB_TONGUE_DUTCH, INB_TONGUE_POLISH, INB_TONGUE_ROMANIAN};
    inb_tongue tongue = tongues[inb_rng_below(rng, 4)];
    bool female = inb_rng_below(rng, 4) == 0;
    inb_made_name_draw(tongue, female, rng, director);
}

void inb_made_agency_draw(inb_rng *rng, inb_made_agency *ret_agency) {
    inb_made_agency made = {.generation = 0};
    draw_name(rng, made.name);
    draw_kvk(rng, made.kvk);
    inb_made_phone_draw(rng, made.phone);
    inb_made_address_draw(rng, &made.address);
    draw_director(rng, &made.director);
    *ret_agency = made;
}

void inb_made_agency_rise(inb_rng *rng, inb_made_agency *agency) {
    char old[INB_MADE_AGENCY];
    memcpy(old, agency->name, sizeof old);
    do {
        draw_name(rng, agency->name);
    } while (strcmp(old, agency->name) == 0);
    draw_kvk(rng, agency->kvk);
    unsigned stays = inb_rng_below(rng, 3); // for certain
    if (stays != 0 && inb_rng_below(rng, 10) < 4) {
        inb_made_phone_draw(rng, agency->phone);
    }
    if (stays != 1 && inb_rng_below(rng, 10) < 4) {
        inb_made_address_draw(rng, &agency->address);
    }
    if (stays != 2 && inb_rng_below(rng, 10) < 4) {
        draw_director(rng, &agency->director);
    }
    agency->generation++;
}
