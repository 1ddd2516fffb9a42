// SPDX-License-Identifier: EUPL-1.2
// Weighs one FACTS.json by the norm that is built in and prints the finding, with the first to turn
// to. Build: cc weigh.c -linbeeld ...; run: ./weigh FACTS.json

#include <inbeeld/weigh.h>

#include <stdio.h>

int main(int argc, char **argv) {
    static char facts_text[1 << 20];
    inb_error err = INB_ERROR_INIT;
    inb_catalogue *norm = NULL;
    inb_buffer text = INB_BUFFER_INIT(1 << 20);
    inb_facts facts;
    static inb_finding finding; // large, and there is one
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (file == NULL) {
        fprintf(stderr, "usage: weigh FACTS.json\n");
        return 2;
    }
    size_t length = fread(facts_text, 1, sizeof facts_text, file);
    fclose(file);
    inb_status status = inb_catalogue_load(NULL, &norm, &err);
    if (status == INB_OK) {
        status = inb_facts_parse(norm, argv[1], facts_text, length, &facts, &err);
    }
    if (status == INB_OK) {
        inb_weigh(norm, &facts, &finding);
        inb_finding_text(norm, &facts, &finding, "en", &text);
        status = inb_buffer_check(&text, &err);
    }
    if (status == INB_OK) {
        printf("%s", inb_buffer_get(&text));
    } else {
        fprintf(stderr, "%s\n", err.message);
    }
    inb_buffer_clear(&text);
    inb_catalogue_free(norm);
    return inb_status_exit(status);
}
