// SPDX-License-Identifier: EUPL-1.2
// Codes of the kinds of parties and of the statuses of a signal, both ways, made from the lists in
// signal.h as codes.c makes those of observe.h.

#include <inbeeld/signal.h>

#include "base/text.h"

#define X(name, code) code,
static const char *const party_kinds[] = {INB_PARTY_KINDS(X)};
static const char *const statuses[] = {INB_SIGNAL_STATUSES(X)};
#undef X

static int find(const char *const *codes, int count, const char *code, size_t length) {
    for (int i = 0; i < count; i++) {
        if (inb_equals(code, length, codes[i])) {
            return i;
        }
    }
    return -1;
}

const char *inb_party_kind_code(inb_party_kind kind) {
    return party_kinds[kind];
}

const char *inb_signal_status_code(inb_signal_status status) {
    return statuses[status];
}

int inb_party_kind_parse(const char *code, size_t length) {
    return find(party_kinds, INB_PARTY_KIND_COUNT, code, length);
}

int inb_signal_status_parse(const char *code, size_t length) {
    return find(statuses, INB_SIGNAL_STATUS_COUNT, code, length);
}
