// SPDX-License-Identifier: EUPL-1.2
// Records of a test of station 3 out of text in memory: one or two files, read and linked.
#ifndef INB_LINK_CASE_H
#define INB_LINK_CASE_H

#include <inbeeld/link.h>

#include <string.h>

// b may be NULL.
static inline inb_status inb_case_read(const char *a, const char *b, const char *const *groups,
    size_t group_count, inb_people **ret_people, inb_error *err) {
    const char *const names[] = {"lists/a.csv", "lists/b.csv"};
    const char *const data[] = {a, b};
    const size_t lengths[] = {strlen(a), b == NULL ? 0 : strlen(b)};
    return inb_people_read_memory(
        names, data, lengths, b == NULL ? 1 : 2, NULL, groups, group_count, 1, ret_people, err);
}

// Two small lists that have three of their persons in common.
static const char inb_case_a[] = "id,given_name,surname,birth_date,place,sector\n"
                                 "1,Vroenka,Teldraan,1990-02-03,Oudwerd,farm\n"
                                 "2,Misko,Brandelor,1985-07-14,Nesterhout,farm\n"
                                 "3,Palenna,Ostrivar,2001-12-30,Oudwerd,port\n"
                                 "4,Yorin,Kelsam,1979-05-05,Zandermeer,port\n";
static const char inb_case_b[] = "id,given_name,surname,birth_date,place,sector\n"
                                 "x,Vroenka,Teldran,1990-02-03,Oudwerd,farm\n"
                                 "y,Brandelor,Misko,1985-07-14,Nesterhout,\n"
                                 "z,Palenna,Ostrivar,2001-12-03,Oudwerd,port\n"
                                 "w,Ditte,Vandrool,1966-09-19,Harkstede,port\n";

#endif
