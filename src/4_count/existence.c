// SPDX-License-Identifier: EUPL-1.2
// Whether a log-linear model has a finite maximum likelihood estimate on a table, and whether its
// parameters are identified (Fienberg, Rinaldo 2012, doi:10.1214/12-AOS986; Chan, Silverman,
// Vincent 2021, doi:10.1080/01621459.2019.1708748).
//
// A maximum exists where some x > 0 has the margins of the counts y: A'x = A'y over the retained
// cells (max t with x >= t is positive). With x = y + e k that is: a k with A'k = 0 that is
// positive in every cell where y is 0. Cells where y > 0 put no bound on k, so only the pattern of
// zeros counts and the numbers drop out. The program solved is
//     maximise sum s over the zero cells,  A'k = 0,  k = s + w,  0 <= s <= 1,  w >= 0 there;
// since solutions add up and scale, at its optimum each s is 1 where the cell can be positive and 0
// where it never can: all of them 1 means that the maximum exists, and the cells with 1 are the
// face on which the limit lives otherwise.

#include "loglinear.h"

#include "base/alloc.h"
#include "math/lattice.h"
#include "math/linear_program.h"

#include <math.h>
#include <string.h>

static double *cell_row(inb_fit_room *room, size_t cell) {
    for (size_t j = 0; j < room->kept_count; j++) {
        room->row[j] = (room->kept[j] & cell) == room->kept[j] ? 1 : 0;
    }
    return room->row;
}

// Roles and kept terms. A term with an empty margin goes to minus infinity: its cells are dropped,
// and so is its parameter. One without any retained cell is kept (and not identified) where a
// missing cell holds it, and meaningless where its cells cannot occur.
static void drop_empty_margins(
    inb_fit_room *room, const inb_cell *cells, const inb_list_set *terms, size_t term_count) {
    for (size_t h = 0; h < room->size; h++) {
        bool known = cells[h].kind == INB_CELL_COUNTED && h != 0;
        bool censored = cells[h].kind == INB_CELL_CENSORED && h != 0;
        room->counts[h] = known || censored ? (double)cells[h].count : 0;
        room->margins[h] = known ? room->counts[h] : 0;
        room->weights[h] = known || censored ? 1 : 0;
        room->scores[h] = cells[h].kind == INB_CELL_MISSING && h != 0 ? 1 : 0;
        room->role[h] = known && cells[h].count > 0 ? INB_ROLE_POSITIVE
                        : known || censored         ? INB_ROLE_ZERO
                                                    : INB_ROLE_OUT;
    }
    inb_superset_sums(room->margins, room->list_count);
    inb_superset_sums(room->weights, room->list_count);
    inb_superset_sums(room->scores, room->list_count);
    room->kept_count = 0;
    for (size_t i = 0; i < term_count; i++) {
        inb_list_set term = terms[i];
        bool unknown = room->weights[term] == 0 && room->scores[term] > 0;
        if (room->margins[term] > 0 || unknown) {
            room->kept[room->kept_count++] = term;
            continue;
        }
        for (size_t h = 0; h < room->size; h++) {
            if ((h & term) == term) {
                room->role[h] = INB_ROLE_OUT;
            }
        }
    }
}

// Solves the program of the file's head over room->open[open_count]; marks the face.
static inb_status find_face(inb_fit_room *room, size_t open_count, inb_error *err) {
    size_t rows = room->kept_count;
    size_t columns = room->spanning_count + 2 * open_count;
    INB_CLEANUP(inb_freep) int *starts = inb_alloc(columns + 1, sizeof *starts);
    INB_CLEANUP(inb_freep) int *places = inb_alloc(columns * rows, sizeof *places);
    INB_CLEANUP(inb_freep) double *entries = inb_alloc(columns * rows, sizeof *entries);
    INB_CLEANUP(inb_freep) double *bounds = inb_alloc(4 * columns, sizeof *bounds);
    INB_CLEANUP(inb_freep) double *right = inb_alloc(rows, sizeof *right);
    if (starts == NULL || places == NULL || entries == NULL || bounds == NULL || right == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory to examine a model");
    }
    double *least = bounds;
    double *most = bounds + columns;
    double *objective = bounds + 2 * columns;
    double *x = bounds + 3 * columns;
    int filled = 0;
    for (size_t c = 0; c < columns; c++) {
        // Columns: k of the spanning positive cells, then s and w of each open cell in turn.
        bool is_free = c < room->spanning_count;
        size_t open = is_free ? 0 : (c - room->spanning_count) / 2;
        bool is_s = !is_free && (c - room->spanning_count) % 2 == 0;
        size_t cell = is_free ? room->spanning[c] : room->open[open];
        least[c] = is_free ? -INFINITY : 0;
        most[c] = is_s ? 1 : INFINITY;
        objective[c] = is_s ? 1 : 0;
        starts[c] = filled;
        for (size_t j = 0; j < rows; j++) {
            if ((room->kept[j] & cell) == room->kept[j]) {
                places[filled] = (int)j;
                entries[filled++] = 1;
            }
        }
    }
    starts[columns] = filled;
    double value;
    inb_linear_program program = {
        rows, columns, starts, places, entries, least, most, objective, right};
    INB_TRY(inb_linear_program_solve(&program, x, &value, err));
    for (size_t i = 0; i < open_count; i++) {
        room->face[room->open[i]] = x[room->spanning_count + 2 * i] > 0.5;
    }
    return INB_OK;
}

static int compare_terms(const inb_list_set *a, const inb_list_set *b) {
    size_t size_a = (size_t)__builtin_popcount(*a);
    size_t size_b = (size_t)__builtin_popcount(*b);
    return size_a != size_b ? (size_a < size_b ? -1 : 1) : (*a < *b ? -1 : *a > *b);
}

// Independent terms on the face, the intercept first.
static void take_basis(inb_fit_room *room) {
    room->basis_count = room->space.rank;
    for (size_t i = 0; i < room->space.rank; i++) {
        inb_list_set term = room->kept[room->space.pivots[i]];
        size_t at = i;
        while (at > 0 && compare_terms(&term, &room->basis[at - 1]) < 0) {
            room->basis[at] = room->basis[at - 1];
            at--;
        }
        room->basis[at] = term;
    }
}

inb_status inb_fit_examine(inb_fit_room *room, const inb_cell *cells, const inb_list_set *terms,
    size_t term_count, int *ret_status, inb_error *err) {
    drop_empty_margins(room, cells, terms, term_count);
    room->space.columns = room->kept_count;
    room->space.rank = 0;
    room->retained_count = 0;
    room->spanning_count = 0;
    for (size_t h = 1; h < room->size; h++) {
        room->face[h] = room->role[h] != INB_ROLE_OUT;
        room->retained_count += room->role[h] != INB_ROLE_OUT;
        if (room->role[h] == INB_ROLE_POSITIVE &&
            inb_echelon_add(&room->space, cell_row(room, h))) {
            room->spanning[room->spanning_count++] = (inb_list_set)h;
        }
    }
    room->face[0] = false;
    size_t open_count = 0;
    for (size_t h = 1; h < room->size; h++) {
        if (room->role[h] == INB_ROLE_ZERO && !inb_echelon_holds(&room->space, cell_row(room, h))) {
            room->open[open_count++] = (inb_list_set)h;
        }
    }
    if (open_count > 0) {
        INB_TRY(find_face(room, open_count, err));
    }
    bool exists = true;
    for (size_t i = 0; i < open_count; i++) {
        exists = exists && room->face[room->open[i]];
        if (room->face[room->open[i]]) {
            (void)inb_echelon_add(&room->space, cell_row(room, room->open[i]));
        }
    }
    room->face_count = 0;
    for (size_t h = 1; h < room->size; h++) {
        room->face_count += room->face[h];
    }
    take_basis(room);
    // Rank over all retained cells; the space then shrinks back to the face's.
    size_t face_rank = room->space.rank;
    for (size_t i = 0; i < open_count; i++) {
        (void)inb_echelon_add(&room->space, cell_row(room, room->open[i]));
    }
    bool identified = room->space.rank == room->kept_count && room->kept_count > 0;
    room->space.rank = face_rank;
    *ret_status = (exists ? 0 : INB_FIT_NO_MAXIMUM) | (identified ? 0 : INB_FIT_NOT_IDENTIFIED);
    return INB_OK;
}
