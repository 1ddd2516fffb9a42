// SPDX-License-Identifier: EUPL-1.2
// The bar on a terminal that the test holds the other end of, by a clock that the test turns: what
// it says of the time left, that it wipes itself, that a pipe sees nothing, and that the output of
// a command is the same with and without it.

#include "cli/progress.h"

#include "base/alloc.h"
#include "inb_command.h"
#include "inb_folder.h"

#include <pty.h>
#include <unistd.h>

static double clock_at;

static double test_clock(void) {
    return clock_at;
}

// Standard error of this process, kept while it is something else.
struct line {
    int kept;
    int end;
    char seen[1 << 14];
};

static void lead(struct line *line, int to, int end) {
    fflush(stderr);
    line->kept = dup(STDERR_FILENO);
    line->end = end;
    ck_assert_int_ge(dup2(to, STDERR_FILENO), 0);
    close(to);
}

static const char *let_go(struct line *line) {
    fflush(stderr);
    ck_assert_int_eq(write(STDERR_FILENO, "|", 1), 1); // so that there is something to read
    size_t length = 0;
    while (length == 0 || line->seen[length - 1] != '|') {
        ssize_t got = read(line->end, line->seen + length, sizeof line->seen - 1 - length);
        ck_assert_int_gt(got, 0);
        length += (size_t)got;
    }
    line->seen[length - 1] = '\0';
    ck_assert_int_ge(dup2(line->kept, STDERR_FILENO), 0);
    close(line->kept);
    close(line->end);
    return line->seen;
}

static void on_terminal(struct line *line) {
    int mine;
    int theirs;
    ck_assert_int_eq(openpty(&mine, &theirs, NULL, NULL, NULL), 0);
    lead(line, theirs, mine);
}

static void on_pipe(struct line *line) {
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    lead(line, ends[1], ends[0]);
}

static void work_along(inb_bar *bar) {
    clock_at = 100;
    inb_bar_init(bar);
    bar->now = test_clock;
    inb_progress_tell(&bar->progress, "replicates", 1, 101);
    clock_at += 0.6; // too soon for a bar
    inb_progress_tell(&bar->progress, "replicates", 11, 101);
    clock_at += 5.4; // 50 in 6 seconds; another 50 take as long
    inb_progress_tell(&bar->progress, "replicates", 51, 101);
    clock_at += 0.01; // too soon for another
    inb_progress_tell(&bar->progress, "replicates", 52, 101);
}

INB_TEST(a_bar_says_how_long_it_takes) {
    static struct line line;
    inb_bar bar;
    on_terminal(&line);
    work_along(&bar);
    const char *seen = let_go(&line);
    ck_assert_ptr_nonnull(
        strstr(seen, "\r[##########..........]  50 % replicates, about 6 s left"));
    ck_assert_ptr_null(strstr(seen, "51 %"));
    ck_assert_uint_eq(strlen(seen), 73); // one line, no new one
}
INB_END

INB_TEST(it_wipes_itself_and_begins_anew) {
    static struct line line;
    inb_bar bar;
    on_terminal(&line);
    work_along(&bar);
    inb_progress_tell(&bar.progress, "replicates", 101, 101);
    const char *seen = let_go(&line);
    ck_assert_uint_eq(strlen(seen), 73 + 74);
    ck_assert_int_eq(seen[73], '\r');
    ck_assert_uint_eq(strspn(seen + 74, " "), 72);
    on_terminal(&line);
    bar.begun = 0;
    clock_at += 1000; // other work: the old one's time says nothing of it
    inb_progress_tell(&bar.progress, "tables", 2, 2000);
    clock_at += 1;
    inb_progress_tell(&bar.progress, "tables", 3, 2000);
    inb_progress_tell(&bar.progress, "tables", 1, 10); // and again, under the same name
    clock_at += 1;
    inb_progress_tell(&bar.progress, "tables", 2, 10);
    inb_bar_clear(&bar);
    inb_bar_clear(&bar);
    seen = let_go(&line);
    ck_assert_ptr_nonnull(strstr(seen, "  0 % tables, about 33 min left"));
    ck_assert_ptr_nonnull(strstr(seen, " 20 % tables, about 8 s left"));
    ck_assert_uint_eq(strlen(seen), 3 * 73 + 1);
}
INB_END

INB_TEST(a_pipe_and_short_work_see_nothing) {
    static struct line line;
    inb_bar bar;
    on_pipe(&line);
    work_along(&bar);
    inb_progress_tell(&bar.progress, "replicates", 101, 101);
    inb_bar_clear(&bar);
    ck_assert_str_eq(let_go(&line), "");
    on_terminal(&line);
    inb_bar_init(&bar);
    bar.now = test_clock;
    for (size_t i = 1; i <= 100; i++) {
        inb_progress_tell(&bar.progress, NULL, i, 100); // all in one moment
    }
    ck_assert_str_eq(let_go(&line), "");
    inb_progress_tell(NULL, "nobody listens", 1, 2);
}
INB_END

INB_TEST(a_command_prints_the_same_on_a_terminal) {
    static struct line line;
    static char printed[sizeof inb_printed];
    char folder[INB_TEMP_PATH];
    char path[INB_FOLDER_PATH];
    inb_folder_new(folder);
    inb_folder_put(
        folder, "t.csv", "a,b,c,count\n1,0,0,90\n0,1,0,80\n0,0,1,70\n1,1,0,20\n1,0,1,9\n");
    snprintf(path, sizeof path, "%s/t.csv", folder);
    INB_OK_IS(INB_CALL(inb_command_estimate, path, "--bootstrap", "50", "--json"));
    memcpy(printed, inb_printed, sizeof printed);
    on_terminal(&line);
    INB_OK_IS(
        INB_CALL(inb_command_estimate, path, "--bootstrap", "50", "--json", "--threads", "2"));
    (void)let_go(&line);
    ck_assert_str_eq(printed, inb_printed);
    inb_folder_remove(folder);
}
INB_END

INB_TEST_MAIN("cli/progress", a_bar_says_how_long_it_takes, it_wipes_itself_and_begins_anew,
    a_pipe_and_short_work_see_nothing, a_command_prints_the_same_on_a_terminal)
