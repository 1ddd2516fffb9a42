// SPDX-License-Identifier: EUPL-1.2
// What has ended goes by itself while the desk runs: when it begins, and on each new day.
#ifndef INB_DESK_LETTING_GO_H
#define INB_DESK_LETTING_GO_H

#include <inbeeld/retention.h>

typedef struct inb_letting_go inb_letting_go;

// One turn at the moment `now` (seconds since 1970): does nothing on a day that is done. *day: the
// last day that was, 0 before the first. A turn that fails has a row in the log, if that can be
// written, and is done again at the next; doctor tells of what is past its end.
inb_status inb_letting_go_turn(
    inb_road *road, const char *actor, int64_t now, int32_t *day, inb_error *err) INB_NODISCARD;

// Starts a thread with turns from now on. road and actor are borrowed until it was stopped; the
// road has its writer.
inb_status inb_letting_go_start(inb_road *road, const char *actor, inb_letting_go **ret_letting_go,
    inb_error *err) INB_NODISCARD;
void inb_letting_go_stop(inb_letting_go *letting_go); // accepts NULL; waits for a turn to end

#endif
