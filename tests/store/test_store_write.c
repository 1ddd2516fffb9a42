// SPDX-License-Identifier: EUPL-1.2
// Versions: append, correct, retract; and the shapes that do not reach the open columns.

#include "store_help.h"

INB_TEST(versions) {
    help_setup();
    inb_store *store = help_open();
    inb_stored_signal signal = help_signal("o", "1");
    inb_work work = help_work(INB_WORK_CORRECT, &signal);
    INB_FAILS(inb_store_write(store, &work, NULL, err), INB_NOT_FOUND, "no such signal");
    help_write(store, INB_WORK_APPEND, signal);
    uint32_t version = 0;
    signal.version = 1;
    signal.status = INB_SIGNAL_CORRECTED;
    INB_OK_IS(inb_store_write(store, &work, &version, err));
    ck_assert_uint_eq(version, 2);
    INB_FAILS(inb_store_write(store, &work, &version, err), INB_BAD_INPUT, "in the meantime");
    work.kind = INB_WORK_RETRACT;
    signal.version = 0;
    INB_OK_IS(inb_store_write(store, &work, &version, err));
    ck_assert_uint_eq(version, 3);
    INB_FAILS(inb_store_write(store, &work, &version, err), INB_BAD_INPUT, "was retracted");
    work.kind = INB_WORK_APPEND;
    signal.status = INB_SIGNAL_KEPT;
    INB_FAILS(inb_store_write(store, &work, &version, err), INB_BAD_INPUT, "kept already");
    inb_store_free(store);
    help_teardown();
}
INB_END

INB_TEST(shapes) {
    help_setup();
    inb_store *store = help_open();
    inb_stored_signal good = help_signal("o", "1");
    inb_stored_signal bad[10];
    for (size_t i = 0; i < 10; i++) {
        bad[i] = good;
    }
    inb_stored_person person = {.ref = "Jan Jansen"};
    inb_stored_part part = {"text", (const unsigned char *)"", 0};
    bad[0].seen.day = 3;
    bad[1].municipality = "Kerkstraat 1";
    bad[2].id = "";
    bad[3].organisation = "a\nb";
    bad[4].persons = &person;
    bad[4].person_count = 1;
    bad[5].parts = &part;
    bad[6].status = INB_SIGNAL_RETRACTED;
    bad[7].catalogue = NULL;
    bad[8].source_kind = INB_REPORTER_COUNT;
    bad[9].id = "\xff";
    for (size_t i = 0; i < 10; i++) {
        inb_work work = help_work(INB_WORK_APPEND, &bad[i]);
        INB_FAILS(inb_store_write(store, &work, NULL, err), INB_BAD_INPUT, "of a signal: found");
    }
    help_write(store, INB_WORK_APPEND, good);
    inb_store_free(store);
    help_teardown();
}
INB_END

INB_TEST_MAIN("store/store_write", versions, shapes)
