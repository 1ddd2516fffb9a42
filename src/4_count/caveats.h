// SPDX-License-Identifier: EUPL-1.2
// Warnings in the making, and those that every table and every log-linear fit bring with them.
#ifndef INB_4_COUNT_CAVEATS_H
#define INB_4_COUNT_CAVEATS_H

#include "estimate_i.h"
#include "loglinear.h"

// INB_NO_MEMORY in the words of this station.
inb_status inb_i_no_memory(inb_error *err) INB_NODISCARD;

// Room for `size` warnings in the run's arena.
inb_status inb_i_notes_new(
    inb_i_run *run, size_t size, inb_i_notes *notes, inb_error *err) INB_NODISCARD;

// Makes a warning of run->text and empties it.
inb_status inb_i_note(
    inb_i_run *run, inb_i_notes *notes, const char *code, inb_error *err) INB_NODISCARD;

// The same of `text`.
inb_status inb_i_note_text(inb_i_run *run, inb_i_notes *notes, const char *code, const char *text,
    inb_error *err) INB_NODISCARD;

// Pairs of lists without anybody in common; too few people on several lists.
inb_status inb_i_note_overlaps(
    inb_i_run *run, const inb_cell *cells, inb_i_notes *notes, inb_error *err) INB_NODISCARD;

// Cells that are structural, missing or censored.
inb_status inb_i_note_cells(
    inb_i_run *run, const inb_cell *cells, inb_i_notes *notes, inb_error *err) INB_NODISCARD;

// Whether a right model comes to such a deviance less than once in 1,000.
bool inb_i_fits_poorly(double deviance, size_t degrees_of_freedom);

// What a log-linear fit by `method` leaves open.
inb_status inb_i_note_fit(inb_i_run *run, const inb_cell *cells, inb_count_method method,
    const inb_fit *fit, inb_i_notes *notes, inb_error *err) INB_NODISCARD;

// Where the estimate lies outside its own leading interval, or outside that over other models;
// where so many are seen that intervals which hold the number seen fixed are too narrow. Of one
// table without groups.
inb_status inb_i_note_interval(
    inb_i_run *run, const inb_figures *figures, inb_i_notes *notes, inb_error *err) INB_NODISCARD;

// What the last search of run->search leaves open.
inb_status inb_i_note_search(inb_i_run *run, inb_i_notes *notes, inb_error *err) INB_NODISCARD;

#endif
