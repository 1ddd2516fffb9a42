// SPDX-License-Identifier: EUPL-1.2
// Build tool: writes an assembler file that includes every file under the given folders (.incbin,
// read-only) and the table that src/base/assets.c searches; and a dependency file for the builder.
// Usage: embed ROOT OUT.S OUT.c OUT.d FOLDER…

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct list {
    char **items;
    size_t length;
};

static void stop(const char *what, const char *path) {
    fprintf(stderr, "embed: %s: %s: %s\n", what, path, strerror(errno));
    exit(1);
}

static void append(struct list *list, const char *text) {
    list->items = realloc(list->items, (list->length + 1) * sizeof *list->items);
    if (list->items == NULL || (list->items[list->length] = strdup(text)) == NULL) {
        stop("memory", text);
    }
    list->length++;
}

static void walk(const char *root, const char *folder, struct list *files, struct list *folders) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", root, folder);
    DIR *dir = opendir(path);
    if (dir == NULL) {
        stop("folder", path);
    }
    append(folders, folder);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (entry->d_name[0] == '.' || strcmp(entry->d_name, "README.md") == 0) {
            continue;
        }
        char inner[2048];
        snprintf(inner, sizeof inner, "%s/%s", folder, entry->d_name);
        snprintf(path, sizeof path, "%s/%s", root, inner);
        struct stat info;
        if (stat(path, &info) != 0) {
            stop("file", path);
        }
        if (S_ISDIR(info.st_mode)) {
            walk(root, inner, files, folders);
        } else {
            append(files, inner);
        }
    }
    closedir(dir);
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

// FNV-1a over the content: an ETag needs change detection, not secrecy.
static uint64_t content_hash(const char *path, size_t *ret_length) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        stop("file", path);
    }
    uint64_t hash = 14695981039346656037u;
    size_t length = 0;
    for (int c; (c = fgetc(file)) != EOF; length++) {
        hash = (hash ^ (uint64_t)(unsigned char)c) * 1099511628211u;
    }
    fclose(file);
    *ret_length = length;
    return hash;
}

int main(int argc, char **argv) {
    if (argc < 6) {
        fputs("usage: embed ROOT OUT.S OUT.c OUT.d FOLDER...\n", stderr);
        return 2;
    }
    struct list files = {0};
    struct list folders = {0};
    for (int i = 5; i < argc; i++) {
        walk(argv[1], argv[i], &files, &folders);
    }
    if (files.length > 0) {
        qsort(files.items, files.length, sizeof *files.items, by_text);
    }
    FILE *assembler = fopen(argv[2], "w");
    FILE *table = fopen(argv[3], "w");
    FILE *depends = fopen(argv[4], "w");
    if (assembler == NULL || table == NULL || depends == NULL) {
        stop("output", argv[2]);
    }
    fputs("#include \"base/assets.h\"\n\nextern const inb_asset inb_asset_table[];\n"
          "extern const size_t inb_asset_table_length;\n",
        table);
    fputs("    .section .rodata\n", assembler);
    fprintf(depends, "%s %s:", argv[2], argv[3]);
    for (size_t i = 0; i < files.length; i++) {
        fprintf(assembler,
            "    .balign 16\n    .globl inb_asset_%zu\n    .hidden inb_asset_%zu\ninb_asset_%zu:\n"
            "    .incbin \"%s/%s\"\n    .byte 0\n",
            i, i, i, argv[1], files.items[i]);
        fprintf(table,
            "extern const char inb_asset_%zu[] __attribute__((visibility(\"hidden\")));\n", i);
        fprintf(depends, " %s/%s", argv[1], files.items[i]);
    }
    for (size_t i = 0; i < folders.length; i++) { // a new file changes its folder
        fprintf(depends, " %s/%s", argv[1], folders.items[i]);
    }
    fputs("\n", depends);
    fputs("    .section .note.GNU-stack,\"\",@progbits\n", assembler);
    fprintf(table, "\nconst inb_asset inb_asset_table[] = {\n");
    for (size_t i = 0; i < files.length; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", argv[1], files.items[i]);
        size_t length;
        uint64_t hash = content_hash(path, &length);
        fprintf(table, "    {\"%s\", inb_asset_%zu, %zu, \"%016llx\"},\n", files.items[i], i,
            length, (unsigned long long)hash);
    }
    fprintf(table, "};\nconst size_t inb_asset_table_length = %zu;\n", files.length);
    if (fclose(assembler) != 0 || fclose(table) != 0 || fclose(depends) != 0) {
        stop("output", argv[2]);
    }
    return 0;
}
