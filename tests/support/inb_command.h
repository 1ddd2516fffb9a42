// SPDX-License-Identifier: EUPL-1.2
// Runs a command of the program inside the test, with what it prints kept in a buffer.
#ifndef INB_TEST_COMMAND_H
#define INB_TEST_COMMAND_H

#include "cli/cli.h"

#include "inb_test.h"

#include <stdio.h>
#include <unistd.h>

static inb_arguments inb_given_words; // large, one test at a time
static char inb_printed[1 << 17];     // of the last call, NUL-ended

// words: NULL-ended, without the command's name.
static inline inb_status inb_call(
    const inb_command *command, const char *const *words, inb_error *err) {
    int count = 0;
    while (words[count] != NULL) {
        count++;
    }
    inb_printed[0] = '\0';
    INB_TRY(inb_arguments_parse(command, count, (char **)words, &inb_given_words, err));
    fflush(stdout);
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    int kept = dup(1);
    ck_assert_int_ge(dup2(fileno(file), 1), 0);
    inb_status status = command->run(&inb_given_words, err);
    fflush(stdout);
    ck_assert_int_ge(dup2(kept, 1), 0);
    close(kept);
    rewind(file);
    inb_printed[fread(inb_printed, 1, sizeof inb_printed - 1, file)] = '\0';
    fclose(file);
    return status;
}

#define INB_CALL(command, ...) inb_call(&(command), (const char *const[]){__VA_ARGS__, NULL}, err)

#endif
