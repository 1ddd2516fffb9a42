// SPDX-License-Identifier: EUPL-1.2
// Files with the faults of this field, labelled by construction, and how names of one person agree
// under each fault.
//
//   bench_faults                     speed of forms and comparisons, levels per fault (make bench)
//   bench_faults write DIR [SEED N]  DIR/a.csv, DIR/b.csv, DIR/truth.csv: N persons a file, half of
//                                    them in both; a record of b has one fault (bench/faults.py)

#include <inbeeld/normalise.h>

#include "name_faults.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const inb_tongue tongues[] = {INB_TONGUE_DUTCH, INB_TONGUE_DUTCH, INB_TONGUE_POLISH,
    INB_TONGUE_ROMANIAN, INB_TONGUE_UKRAINIAN, INB_TONGUE_UKRAINIAN, INB_TONGUE_ARABIC,
    INB_TONGUE_ARABIC, INB_TONGUE_TIGRINYA, INB_TONGUE_POLISH};

static inb_tongue draw_tongue(inb_rng *rng) {
    return tongues[inb_rng_below(rng, sizeof tongues / sizeof tongues[0])];
}

// One fault that the person can have, each as likely.
static inb_fault one_fault(const inb_fault_person *person, inb_rng *rng, inb_fault_record *record) {
    for (;;) {
        inb_fault fault = (inb_fault)inb_rng_below(rng, INB_FAULT_COUNT);
        inb_fault_record_clean(person, record);
        if (inb_fault_apply(fault, person, rng, record)) {
            return fault;
        }
    }
}

static void field(FILE *out, const char *text, bool last) {
    bool quoted = strpbrk(text, ",\"") != NULL;
    fprintf(out, quoted ? "\"%s\"%s" : "%s%s", text, last ? "\n" : ",");
}

// Phones and addresses are often not known; a fault in one is not hidden by that.
static void row(FILE *out, const char *id, const inb_fault_record *record, inb_rng *rng) {
    unsigned phone_faults = 1U << INB_FAULT_PHONE_FORMAT | 1U << INB_FAULT_SHARED_PHONE;
    bool phone = inb_rng_below(rng, 2) == 0 || (record->faults & phone_faults) != 0;
    bool address = inb_rng_below(rng, 10) < 6 || (record->faults & 1U << INB_FAULT_SUFFIX) != 0;
    field(out, id, false);
    field(out, record->given_name, false);
    field(out, record->prefix, false);
    field(out, record->surname, false);
    field(out, record->birth_date, false);
    field(out, record->birth_year, false);
    field(out, phone ? record->phone : "", false);
    field(out, address ? record->postcode : "", false);
    field(out, address ? record->street : "", false);
    field(out, address ? record->house_number : "", false);
    field(out, address ? record->place : "", true);
}

static FILE *open_in(const char *folder, const char *name) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        fprintf(stderr, "bench_faults: cannot write %s\n", path);
    }
    return file;
}

static int write_files(const char *folder, uint64_t seed, size_t count) {
    FILE *a = open_in(folder, "a.csv");
    FILE *b = open_in(folder, "b.csv");
    FILE *truth = open_in(folder, "truth.csv");
    if (a == NULL || b == NULL || truth == NULL) {
        return EXIT_FAILURE;
    }
    static const char head[] = "id,given_name,prefix,surname,birth_date,birth_year,phone,postcode,"
                               "street,house_number,place\n";
    fputs(head, a);
    fputs(head, b);
    fputs("a,b,fault\n", truth); // a empty: the person is only in b
    inb_rng rng = inb_rng_make(seed, 0);
    inb_fault_person *persons = calloc(count + 1, sizeof *persons);
    if (persons == NULL) {
        return EXIT_FAILURE;
    }
    for (size_t i = 0; i < count + count / 2; i++) {
        inb_fault_person person;
        inb_fault_person_draw(draw_tongue(&rng), &rng, &person);
        bool in_a = i < count;
        bool in_b = i < count / 2 || i >= count;
        if (i >= count && inb_rng_below(&rng, 5) == 0) {
            // A brother or sister of somebody in a: surname, address and phone are the same.
            const inb_fault_person *first = &persons[inb_rng_below(&rng, (uint32_t)count)];
            inb_made_name kin;
            inb_made_name_kin(&first->name, false, inb_rng_below(&rng, 2) == 0, &rng, &kin);
            inb_date born = person.born;
            person = *first;
            person.name = kin;
            person.born = born;
        }
        inb_fault_record record;
        char id[2][24] = {"", ""};
        if (in_a) {
            snprintf(id[0], sizeof id[0], "a%zu", i);
            inb_fault_record_clean(&person, &record);
            row(a, id[0], &record, &rng);
        }
        if (in_b) {
            snprintf(id[1], sizeof id[1], "b%zu", i);
            inb_fault fault = one_fault(&person, &rng, &record);
            row(b, id[1], &record, &rng);
            fprintf(truth, "%s,%s,%s\n", id[0], id[1], inb_fault_code(fault));
        }
        persons[in_a ? i : count] = person;
    }
    free(persons);
    bool good = fclose(a) == 0;
    good = fclose(b) == 0 && good;
    good = fclose(truth) == 0 && good;
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

// ---- levels and speed ----

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time); // others may use the core too
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

typedef struct names {
    const inb_name_form *given, *surname;
} names;

static names forms_of(
    inb_name_reader *reader, inb_arena *arena, const inb_fault_record *record, inb_error *err) {
    names made = {NULL, NULL};
    char whole[sizeof record->surname + sizeof record->prefix + 1];
    int length = snprintf(whole, sizeof whole, "%s%s%s", record->prefix,
        record->prefix[0] == '\0' ? "" : " ", record->surname);
    if (inb_name_form_make(reader, INB_NAME_GIVEN, record->given_name, strlen(record->given_name),
            arena, &made.given, err) != INB_OK ||
        inb_name_form_make(
            reader, INB_NAME_SURNAME, whole, (size_t)length, arena, &made.surname, err) != INB_OK) {
        fprintf(stderr, "bench_faults: %s\n", err->message);
        exit(EXIT_FAILURE);
    }
    return made;
}

static inb_name_level level_of(const names *a, const names *b) {
    if (a->given == NULL || a->surname == NULL || b->given == NULL || b->surname == NULL) {
        return INB_NAME_DIFFERENT;
    }
    inb_name_level given = inb_name_compare(a->given, b->given);
    inb_name_level surname = inb_name_compare(a->surname, b->surname);
    inb_name_level worse = given > surname ? given : surname;
    if (worse == INB_NAME_DIFFERENT) {
        worse = inb_name_crossed(a->given, a->surname, b->given, b->surname);
    }
    return worse;
}

static void head(const char *what) {
    printf("%-16s", what);
    for (int level = 0; level < INB_NAME_LEVEL_COUNT; level++) {
        printf(" %9s", inb_name_level_code((inb_name_level)level));
    }
    printf("\n");
}

static void line(const char *what, const size_t counts[INB_NAME_LEVEL_COUNT]) {
    size_t sum = 0;
    for (int level = 0; level < INB_NAME_LEVEL_COUNT; level++) {
        sum += counts[level];
    }
    printf("%-16s", what);
    for (int level = 0; level < INB_NAME_LEVEL_COUNT; level++) {
        printf(" %8.2f%%", 100.0 * (double)counts[level] / (double)(sum == 0 ? 1 : sum));
    }
    printf("\n");
}

int main(int argc, char **argv) {
    if (argc > 2 && strcmp(argv[1], "write") == 0) {
        uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
        size_t count = argc > 4 ? strtoull(argv[4], NULL, 10) : 5000;
        return write_files(argv[2], seed, count);
    }
    enum { PERSONS = 3000, GOAL_FORMS = 100000, GOAL_PAIRS = 2000000 };
    inb_error err = INB_ERROR_INIT;
    inb_name_reader *reader;
    inb_arena *arena;
    if (inb_name_reader_new(&reader, &err) != INB_OK || inb_arena_new(0, &arena, &err) != INB_OK) {
        fprintf(stderr, "bench_faults: %s\n", err.message);
        return EXIT_FAILURE;
    }
    static inb_fault_person persons[PERSONS];
    static inb_fault_record records[PERSONS];
    static names clean[PERSONS];
    inb_rng rng = inb_rng_make(1, 0);
    for (size_t i = 0; i < PERSONS; i++) {
        inb_fault_person_draw(draw_tongue(&rng), &rng, &persons[i]);
        inb_fault_record_clean(&persons[i], &records[i]);
    }
    double start = now();
    for (size_t i = 0; i < PERSONS; i++) {
        clean[i] = forms_of(reader, arena, &records[i], &err);
    }
    double forms = 2 * PERSONS / (now() - start);
    head("worse of two");
    for (int fault = 0; fault < INB_FAULT_COUNT; fault++) {
        if (fault >= INB_FAULT_HEAPED && fault != INB_FAULT_TYPING) {
            continue; // not in a name
        }
        size_t counts[INB_NAME_LEVEL_COUNT] = {0};
        for (size_t i = 0; i < PERSONS; i++) {
            inb_fault_record record;
            inb_fault_record_clean(&persons[i], &record);
            if (inb_fault_apply((inb_fault)fault, &persons[i], &rng, &record)) {
                names other = forms_of(reader, arena, &record, &err);
                counts[level_of(&clean[i], &other)]++;
            }
        }
        line(inb_fault_code((inb_fault)fault), counts);
    }
    size_t counts[INB_NAME_LEVEL_COUNT] = {0};
    start = now();
    enum { PAIRS = 1000000 };
    for (size_t i = 0; i < PAIRS; i++) {
        const names *a = &clean[inb_rng_below(&rng, PERSONS)];
        const names *b = &clean[inb_rng_below(&rng, PERSONS)];
        counts[inb_name_compare(a->surname, b->surname)]++;
    }
    double pairs = PAIRS / (now() - start);
    line("random surnames", counts);
    printf("names: %.0f forms/s (goal %d), %.0f comparisons/s (goal %d) on one core\n", forms,
        (int)GOAL_FORMS, pairs, (int)GOAL_PAIRS);
    inb_arena_free(arena);
    inb_name_reader_free(reader);
    return EXIT_SUCCESS;
}
