// SPDX-License-Identifier: EUPL-1.2
// Runs a fuzz target over files without a fuzzer, so that the corpus and every old finding are
// replayed by any compiler in `./check`; the idea is libgit2's standalone driver. One TAP case a
// folder or file named on the command line; a crash ends the program, and the plan is not kept.

#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool run_file(const char *path) {
    FILE *file = fopen(path, "rb");
    struct stat info;
    if (file == NULL || fstat(fileno(file), &info) != 0) {
        if (file != NULL) {
            fclose(file);
        }
        return false;
    }
    size_t size = (size_t)info.st_size;
    // Exactly as large as the file: a sanitizer then sees a read past its end.
    uint8_t *data = malloc(size == 0 ? 1 : size);
    bool read = data != NULL && fread(data, 1, size, file) == size;
    fclose(file);
    if (read) {
        (void)LLVMFuzzerTestOneInput(data, size);
    }
    free(data);
    return read;
}

// Returns how many files ran; *ret_good becomes false where one could not be read.
static size_t run_path(const char *path, bool *ret_good) {
    struct stat info;
    if (stat(path, &info) != 0) {
        *ret_good = false;
        return 0;
    }
    if (!S_ISDIR(info.st_mode)) {
        *ret_good = run_file(path) && *ret_good;
        return 1;
    }
    struct dirent **entries;
    int count = scandir(path, &entries, NULL, alphasort);
    if (count < 0) {
        *ret_good = false;
        return 0;
    }
    size_t ran = 0;
    for (int i = 0; i < count; i++) {
        char inner[4096];
        if (entries[i]->d_name[0] != '.') {
            int length = snprintf(inner, sizeof inner, "%s/%s", path, entries[i]->d_name);
            if (length > 0 && (size_t)length < sizeof inner) {
                ran += run_path(inner, ret_good);
            }
        }
        free(entries[i]);
    }
    free(entries);
    return ran;
}

int main(int argc, char **argv) {
    printf("1..%d\n", argc - 1);
    fflush(stdout);
    int failed = 0;
    for (int i = 1; i < argc; i++) {
        bool good = true;
        size_t ran = run_path(argv[i], &good);
        good = good && ran > 0;
        failed += !good;
        const char *name = strrchr(argv[i], '/');
        printf("%s %d - %s: %zu inputs replayed\n", good ? "ok" : "not ok", i,
            name == NULL ? argv[i] : name + 1, ran);
        fflush(stdout);
    }
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
