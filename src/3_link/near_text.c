// SPDX-License-Identifier: EUPL-1.2
// Edits by cutting equal ends off and looking at what is left; Jaro by bit masks of matched places
// (Jaro 1989, doi:10.1080/01621459.1989.10478785; Winkler 1990).

#include "near_text.h"

enum { MOST = 64 };

size_t inb_same_prefix(
    const char *a, size_t a_length, const char *b, size_t b_length, size_t most) {
    size_t end = a_length < b_length ? a_length : b_length;
    end = end < most ? end : most;
    size_t same = 0;
    while (same < end && a[same] == b[same]) {
        same++;
    }
    return same;
}

// One edit between what is left when equal ends are off: a and b begin and end differently.
static bool one_edit(const char *a, size_t a_length, const char *b, size_t b_length) {
    size_t longer = a_length > b_length ? a_length : b_length;
    if (longer <= 1) {
        return true;
    }
    return a_length == 2 && b_length == 2 && a[0] == b[1] && a[1] == b[0];
}

static bool within(const char *a, size_t a_length, const char *b, size_t b_length, int most) {
    while (a_length > 0 && b_length > 0 && a[0] == b[0]) {
        a++;
        b++;
        a_length--;
        b_length--;
    }
    while (a_length > 0 && b_length > 0 && a[a_length - 1] == b[b_length - 1]) {
        a_length--;
        b_length--;
    }
    size_t apart = a_length > b_length ? a_length - b_length : b_length - a_length;
    if (apart > (size_t)most) {
        return false;
    }
    if (a_length == 0 || b_length == 0) {
        return true;
    }
    if (most == 1) {
        return one_edit(a, a_length, b, b_length);
    }
    // The first bytes differ: one of the edits is here. No exchange pays that is edited again.
    bool exchanged = a_length > 1 && b_length > 1 && a[0] == b[1] && a[1] == b[0];
    return within(a + 1, a_length - 1, b + 1, b_length - 1, most - 1) ||
           within(a + 1, a_length - 1, b, b_length, most - 1) ||
           within(a, a_length, b + 1, b_length - 1, most - 1) ||
           (exchanged && within(a + 2, a_length - 2, b + 2, b_length - 2, most - 1));
}

bool inb_edits_within(const char *a, size_t a_length, const char *b, size_t b_length, int most) {
    return within(a, a_length, b, b_length, most);
}

double inb_jaro_winkler(const char *a, size_t a_length, const char *b, size_t b_length) {
    a_length = a_length < MOST ? a_length : MOST;
    b_length = b_length < MOST ? b_length : MOST;
    if (a_length == 0 || b_length == 0) {
        return 0;
    }
    size_t longer = a_length > b_length ? a_length : b_length;
    size_t window = longer / 2 > 0 ? longer / 2 - 1 : 0;
    uint64_t taken_a = 0;
    uint64_t taken_b = 0;
    size_t matches = 0;
    for (size_t i = 0; i < a_length; i++) {
        size_t from = i > window ? i - window : 0;
        size_t to = i + window + 1 < b_length ? i + window + 1 : b_length;
        for (size_t j = from; j < to; j++) {
            if (a[i] == b[j] && (taken_b >> j & 1) == 0) {
                taken_a |= 1ULL << i;
                taken_b |= 1ULL << j;
                matches++;
                break;
            }
        }
    }
    if (matches == 0) {
        return 0;
    }
    size_t out_of_order = 0;
    for (uint64_t left_a = taken_a, left_b = taken_b; left_a != 0;
         left_a &= left_a - 1, left_b &= left_b - 1) {
        out_of_order += a[__builtin_ctzll(left_a)] != b[__builtin_ctzll(left_b)] ? 1 : 0;
    }
    double m = (double)matches;
    double jaro =
        (m / (double)a_length + m / (double)b_length + (m - (double)out_of_order / 2) / m) / 3;
    double prefix = (double)inb_same_prefix(a, a_length, b, b_length, 4);
    return jaro + 0.1 * prefix * (1 - jaro);
}

// Inline: without a processor's own instruction __builtin_popcount is a call, and this one is made
// for most pairs of names.
static inline size_t bits(uint32_t x) {
    x -= (x >> 1) & 0x55555555U;
    x = (x & 0x33333333U) + ((x >> 2) & 0x33333333U);
    return ((x + (x >> 4)) & 0x0f0f0f0fU) * 0x01010101U >> 24;
}

double inb_jaro_winkler_most(
    size_t a_length, uint32_t a_marks, size_t b_length, uint32_t b_marks, size_t prefix) {
    if (a_length > MOST || b_length > MOST) {
        return 1; // the marks tell of bytes that are not looked at
    }
    size_t only_a = bits(a_marks & ~b_marks);
    size_t only_b = bits(b_marks & ~a_marks);
    size_t from_a = a_length > only_a ? a_length - only_a : 0;
    size_t from_b = b_length > only_b ? b_length - only_b : 0;
    double m = (double)(from_a < from_b ? from_a : from_b);
    double jaro = m == 0 ? 0 : (m / (double)a_length + m / (double)b_length + 1) / 3;
    return jaro + 0.1 * (double)(prefix < 4 ? prefix : 4) * (1 - jaro);
}
