// SPDX-License-Identifier: EUPL-1.2
// Schema versions: steps are done once, in order, all or none; a newer store is left alone.

#include "store_help.h"

#include "store_i.h"

INB_TEST(steps) {
    help_setup();
    const inb_driver *driver = &inb_i_driver_sqlite;
    void *connection = NULL;
    int schema = -1;
    INB_OK_IS(driver->open(help_path, true, &connection, err));
    const inb_migration wrong[] = {{"create table a (x integer);"}, {"nonsense;"}};
    INB_FAILS(inb_i_migrate(driver, connection, "s", wrong, 2, &schema, err), INB_IO, "failed");
    const inb_migration right[] = {
        {"create table a (x integer);"}, {"alter table a add y integer;"}, {"drop table a;"}};
    INB_OK_IS(inb_i_migrate(driver, connection, "s", right, 1, &schema, err)); // none was done
    ck_assert_int_eq(schema, 1);
    INB_OK_IS(inb_i_migrate(driver, connection, "s", right, 3, &schema, err));
    ck_assert_int_eq(schema, 3);
    INB_OK_IS(inb_i_migrate(driver, connection, "s", right, 3, &schema, err));
    INB_FAILS(inb_i_migrate(driver, connection, "s", right, 2, &schema, err), INB_BAD_INPUT,
        "newer inbeeld (schema 3; this program knows schemas up to 2)");
    driver->close(connection);
    help_teardown();
}
INB_END

INB_TEST_MAIN("store/migrations", steps)
