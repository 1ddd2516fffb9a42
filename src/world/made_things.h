// SPDX-License-Identifier: EUPL-1.2
// Made-up things that can be found again: addresses, phones, number plates, handles, agencies. All
// lie outside what is given out: postcodes end in SA, SD or SS, phones begin with 060, plates have
// vowels, company numbers begin with 00, municipalities with GM90.
#ifndef INB_WORLD_MADE_THINGS_H
#define INB_WORLD_MADE_THINGS_H

#include <inbeeld/rng.h>

#include "made_names.h"

#include <stdint.h>

enum {
    INB_MADE_PHONE = 11,
    INB_MADE_PLATE = 10,
    INB_MADE_HANDLE = 32,
    INB_MADE_AGENCY = 64,
    INB_MADE_KVK = 9,
    INB_MADE_PLACES = 12
};

typedef struct inb_made_address {
    char street[32];
    char number[8];           // "12", "12A"
    char postcode[8];         // "1234SA"
    const char *place;        // static
    const char *municipality; // static, "GM9003"
} inb_made_address;

void inb_made_address_draw(inb_rng *rng, inb_made_address *ret_address);
void inb_made_phone_draw(inb_rng *rng, char ret_phone[INB_MADE_PHONE]);
void inb_made_plate_draw(inb_rng *rng, char ret_plate[INB_MADE_PLATE]);
void inb_made_handle_draw(inb_rng *rng, char ret_handle[INB_MADE_HANDLE]);

// A temp agency under the name that it has at some moment. A phoenix ends and begins again: another
// name and company number; of phone, address and director some change and at least one stays.
typedef struct inb_made_agency {
    char name[INB_MADE_AGENCY];
    char kvk[INB_MADE_KVK];
    char phone[INB_MADE_PHONE];
    inb_made_address address;
    inb_made_name director;
    unsigned generation;
} inb_made_agency;

void inb_made_agency_draw(inb_rng *rng, inb_made_agency *ret_agency);
// The next name of the same agency, in place.
void inb_made_agency_rise(inb_rng *rng, inb_made_agency *agency);

#endif
