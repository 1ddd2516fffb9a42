// SPDX-License-Identifier: EUPL-1.2
// JSON: what is refused and where, and the walker that finds a value's place again, against places
// that a generator in the test wrote down while it made the text.

#include "base/json.h"

#include "inb_sweep.h"

static inb_status parse_once(const char *text, inb_error *err) {
    inb_json json = INB_JSON_INIT;
    INB_TRY(inb_json_parse("f.json", text, strlen(text), &json, err));
    inb_json_clear(&json);
    return INB_OK;
}

INB_TEST(memory_refused) {
    INB_SWEEP(parse_once("{\"a\": [1, 2.5, 123456789012345678, \"a longer piece of text, escaped "
                         "\\u0061\"], \"b\": {\"c\": null, \"d\": true, \"e\": [], \"f\": {}}}",
        err));
}
INB_END

INB_TEST_MAIN("base/json", memory_refused)
