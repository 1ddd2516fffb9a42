// SPDX-License-Identifier: EUPL-1.2
// Clp's C interface behind one function (Forrest, Lougee-Heimer 2005, "CBC user guide";
// https://github.com/coin-or/Clp). Primal simplex, since x = 0 is feasible where we use it.

#include "math/linear_program.h"

#include "base/alloc.h"

#include <coin/Clp_C_Interface.h>

#include <limits.h>
#include <math.h>
#include <string.h>

static void free_model(Clp_Simplex **model) {
    if (*model != NULL) {
        Clp_deleteModel(*model);
    }
}

enum { MAXIMISE = -1, OPTIMAL = 0 };

inb_status inb_linear_program_solve(
    const inb_linear_program *program, double *ret_x, double *ret_value, inb_error *err) {
    if (program->rows > INT_MAX || program->columns > INT_MAX) {
        return inb_fail(err, INB_TOO_LARGE, "a linear program has too many rows or columns");
    }
    INB_CLEANUP(free_model) Clp_Simplex *model = Clp_newModel();
    if (model == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "not enough memory for a linear program");
    }
    Clp_setLogLevel(model, 0);
    Clp_scaling(model, 0); // entries are small whole numbers already
    Clp_loadProblem(model, (int)program->columns, (int)program->rows, program->starts,
        program->places, program->entries, program->least, program->most, program->objective,
        program->right, program->right);
    Clp_setObjSense(model, MAXIMISE);
    Clp_primal(model, 0);
    if (Clp_status(model) != OPTIMAL) {
        return inb_fail(err, INB_NOT_CONVERGED, "a linear program has no optimum (Clp status %d)",
            Clp_status(model));
    }
    memcpy(ret_x, Clp_primalColumnSolution(model), program->columns * sizeof *ret_x);
    *ret_value = Clp_objectiveValue(model);
    return INB_OK;
}
