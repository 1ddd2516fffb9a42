// SPDX-License-Identifier: EUPL-1.2
// CSV: tables by an independent writer that notes where each field stands, read back from memory
// and from a file; every complaint with its place; fields over the edge of the 64 kB window.

#include "base/csv.h"

#include <inbeeld/buffer.h>
#include <inbeeld/rng.h>

#include "base/text.h"
#include "inb_file.h"
#include "inb_sweep.h"

#include <fcntl.h>
#include <stdint.h>

enum { EDGE = 64 * 1024 };

// ---- helpers ----

// All rows, header first: fields in [ ], a line each. `places` adds @line:place.
static inb_status write_rows(inb_csv *csv, bool places, inb_buffer *out, inb_error *err) {
    for (size_t i = 0; i < inb_csv_columns(csv); i++) {
        inb_buffer_format(out, "[%s]", inb_csv_column(csv, i));
    }
    inb_buffer_char(out, '\n');
    for (;;) {
        bool more = false;
        INB_TRY(inb_csv_next(csv, &more, err));
        if (!more) {
            return inb_buffer_check(out, err);
        }
        for (size_t i = 0; i < inb_csv_columns(csv); i++) {
            if (strlen(inb_csv_field(csv, i)) != inb_csv_length(csv, i)) {
                return inb_fail(err, INB_INTERNAL, "a length is wrong");
            }
            inb_buffer_format(out, "[%s]", inb_csv_field(csv, i));
            if (places) {
                inb_buffer_format(out, "@%zu:%zu ", inb_csv_line(csv, i), inb_csv_place(csv, i));
            }
        }
        inb_buffer_char(out, '\n');
    }
}

static inb_status read_memory(
    const char *data, size_t length, bool places, inb_buffer *out, inb_error *err) {
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    INB_TRY(inb_csv_open_memory("f.csv", data, length, &csv, err));
    return write_rows(csv, places, out, err);
}

static inb_status read_path(const char *path, bool places, inb_buffer *out, inb_error *err) {
    INB_CLEANUP(inb_csv_freep) inb_csv *csv = NULL;
    INB_TRY(inb_csv_open(path, &csv, err));
    return write_rows(csv, places, out, err);
}

// Reads bytes from memory and from a file: same outcome, same text, same message but for the name.
// NULL where both failed, then `message` holds what stands after the name.
static void read_both(const char *data, size_t length, bool places, inb_buffer *out,
    char message[INB_MESSAGE_SIZE], inb_status *ret_status) {
    char path[INB_TEMP_PATH];
    inb_temp_file(path, data, length);
    inb_buffer again = INB_BUFFER_INIT(out->max);
    inb_error memory_err = INB_ERROR_INIT;
    inb_error file_err = INB_ERROR_INIT;
    inb_status memory_status = read_memory(data, length, places, out, &memory_err);
    inb_status file_status = read_path(path, places, &again, &file_err);
    unlink(path);
    INB_HOLDS(
        memory_status == file_status, "memory: %s; file: %s", memory_err.message, file_err.message);
    INB_HOLDS(strcmp(inb_buffer_get(out), inb_buffer_get(&again)) == 0, "%s\n%s",
        inb_buffer_get(out), inb_buffer_get(&again));
    const char *of_memory = memory_err.message;
    const char *of_file = file_err.message;
    if (memory_status != INB_OK) {
        INB_HOLDS(strncmp(of_memory, "f.csv", 5) == 0, "%s", of_memory);
        INB_HOLDS(strncmp(of_file, path, strlen(path)) == 0, "%s", of_file);
        of_memory += 5;
        of_file += strlen(path);
        INB_HOLDS(strcmp(of_memory, of_file) == 0, "%s, %s", of_memory, of_file);
    }
    memcpy(message, of_memory, strlen(of_memory) + 1);
    *ret_status = memory_status;
    inb_buffer_clear(&again);
}

static void bytes_read(const char *data, size_t length, bool places, const char *expected) {
    inb_buffer out = INB_BUFFER_INIT(1 << 20);
    char message[INB_MESSAGE_SIZE];
    inb_status status;
    read_both(data, length, places, &out, message, &status);
    ck_assert_msg(status == INB_OK, "%.60s: %s", data, message);
    ck_assert_str_eq(inb_buffer_get(&out), expected);
    inb_buffer_clear(&out);
}

static void reads(const char *data, const char *expected) {
    bytes_read(data, strlen(data), false, expected);
}

static void stands(const char *data, const char *expected) {
    bytes_read(data, strlen(data), true, expected);
}

// Fails with BAD_INPUT at `place` (":line:column: ") with `part` in the message.
static void bytes_fail(const char *data, size_t length, const char *place, const char *part) {
    inb_buffer out = INB_BUFFER_INIT(1 << 20);
    char message[INB_MESSAGE_SIZE];
    inb_status status;
    read_both(data, length, false, &out, message, &status);
    ck_assert_msg(status == INB_BAD_INPUT, "%.60s: status %d %s", data, (int)status, message);
    ck_assert_msg(strncmp(message, place, strlen(place)) == 0, "%.60s: %s, expected %s", data,
        message, place);
    ck_assert_msg(strstr(message, part) != NULL, "%.60s: %s, expected %s", data, message, part);
    inb_buffer_clear(&out);
}

static void fails(const char *data, const char *place, const char *part) {
    bytes_fail(data, strlen(data), place, part);
}

// ---- what is read ----

INB_TEST(rfc4180) {
    reads("a,b\n1,2\n", "[a][b]\n[1][2]\n");
    reads("a,b\r\n1,2\r\n", "[a][b]\n[1][2]\n");
    reads("a,b\r1,2\r", "[a][b]\n[1][2]\n");
    reads("a,b\n1,2", "[a][b]\n[1][2]\n"); // the last line end is optional
    reads("a,b\r\n\"1\",\"2\"", "[a][b]\n[1][2]\n");
    reads("a,b\n\"x,y\",\"\"\n", "[a][b]\n[x,y][]\n");
    reads("a,b\n\"he said \"\"no\"\"\",\"\"\"\"\n", "[a][b]\n[he said \"no\"][\"]\n");
    reads("a,b\n\"one\ntwo\r\nthree\rfour\",2\n", "[a][b]\n[one\ntwo\r\nthree\rfour][2]\n");
    reads("a,b\n , x \n", "[a][b]\n[ ][ x ]\n"); // blanks belong to a field
    reads("a,b\n,\n", "[a][b]\n[][]\n");
    reads(",b\n1,2\n", "[][b]\n[1][2]\n");
    reads("\"a\",\"b,c\"\n1,2\n", "[a][b,c]\n[1][2]\n");
    reads("a\n\"\"\n1\n", "[a]\n[]\n[1]\n"); // a quoted empty field is a row, an empty line is none
}
INB_END

INB_TEST(separators) {
    reads("a;b\n1,5;2\n", "[a][b]\n[1,5][2]\n");
    reads("a,b\n1;5,2\n", "[a][b]\n[1;5][2]\n");
    reads("\"a,b,c\";d\n1;2\n", "[a,b,c][d]\n[1][2]\n"); // what is quoted does not count
    reads("a;b,c;d\n1;2;3\n", "[a][b,c][d]\n[1][2][3]\n");
    reads("name\nx; y; z\n", "[name]\n[x; y; z]\n"); // only the header row decides
    reads("\n\nname;b\nx;y\n", "[name][b]\n[x][y]\n");
    reads("\"a\nb;c\";d;e\n1;2;3\n", "[a\nb;c][d][e]\n[1][2][3]\n");
}
INB_END

INB_TEST(empty_lines) {
    reads("\n\r\n\ra,b\n\n\n1,2\r\n\r\n3,4\n\n\r\r", "[a][b]\n[1][2]\n[3][4]\n");
    reads("a\n \n", "[a]\n[ ]\n");
}
INB_END

INB_TEST(header_only) {
    reads("a,b", "[a][b]\n");
    reads("a,b\n", "[a][b]\n");
    reads("a", "[a]\n");
    fails("", ":1:1: ", "empty file");
    fails("\n\r\n\n", ":1:1: ", "empty file");
    inb_csv *csv = NULL;
    INB_FAILS(inb_csv_open_memory("f.csv", NULL, 0, &csv, err), INB_BAD_INPUT, "empty file");
    fails("\xEF\xBB\xBF", ":1:1: ", "empty file");
}
INB_END

INB_TEST(byte_order_mark) {
    reads("\xEF\xBB\xBF"
          "a,b\n1,2\n",
        "[a][b]\n[1][2]\n");
    reads("\xEF\xBB\xBF\"a\",b\n1,2\n", "[a][b]\n[1][2]\n");
    stands("\xEF\xBB\xBF"
           "a\n1\n",
        "[a]\n[1]@2:1 \n");
    // Its file says that it is UTF-8: a wrong byte is a mistake, not Windows-1252.
    fails("\xEF\xBB\xBF"
          "a,b\n\xC3\xA9 ,x\xE9\n",
        ":2:5: ", "not UTF-8");
}
INB_END

INB_TEST(windows1252_every_byte) {
    for (unsigned byte = 1; byte < 256; byte++) {
        // The lone E9 makes the file no UTF-8; the byte itself is in quotes.
        char data[] = "a\xE9,b\n\"_\",x\n";
        data[6] = (char)byte;
        char utf8[5] = {0};
        char expected[64];
        if (byte == '"') {
            continue;
        }
        (void)inb_utf8_put(inb_windows1252((unsigned char)byte), utf8);
        snprintf(expected, sizeof expected, "[a\xC3\xA9][b]\n[%s][x]\n", utf8);
        bytes_read(data, strlen(data), false, expected);
    }
    // Places count characters there too; one wrong byte anywhere makes the whole file so.
    stands(
        "a,b\n\x80\xC3\xA9,\xFF\n", "[a][b]\n[\xE2\x82\xAC\xC3\x83\xC2\xA9]@2:1 [\xC3\xBF]@2:5 \n");
}
INB_END

INB_TEST(places) {
    stands("a,b,c\n1,22,333\n", "[a][b][c]\n[1]@2:1 [22]@2:3 [333]@2:6 \n");
    stands("a,b\n\"x\",y\n", "[a][b]\n[x]@2:1 [y]@2:5 \n");
    stands("a,b\n\xC3\xA9\xE2\x82\xAC\xF0\x9D\x84\x9E,y\n",
        "[a][b]\n[\xC3\xA9\xE2\x82\xAC\xF0\x9D\x84\x9E]@2:1 [y]@2:5 \n");
    stands("a,b\r\n\"x\r\nyy\",z\r\n3,4\r\n", "[a][b]\n[x\r\nyy]@2:1 [z]@3:5 \n[3]@4:1 [4]@4:3 \n");
    stands("a,b\r\"x\ryy\",z\r3,4\r", "[a][b]\n[x\ryy]@2:1 [z]@3:5 \n[3]@4:1 [4]@4:3 \n");
    stands("\n\na\n\n1\r\n\r\r2\n", "[a]\n[1]@5:1 \n[2]@8:1 \n");
}
INB_END

// ---- complaints ----

INB_TEST(unequal_field_counts) {
    fails("a,b\n1,2\n1\n", ":3:1: ", "found 1 fields in this row, expected 2");
    fails("a,b\n1,\"x\ny\",3\n", ":3:4: ", "found 3 fields in this row, expected 2");
    fails("a,b\n1,2\n\xC3\xA9,2,3\n", ":3:5: ", "found 3 fields");
    fails("a,b\n1,2\n,,,\n", ":3:4: ", "found 4 fields");
}
INB_END

INB_TEST(quotes_in_the_wrong_place) {
    fails("a,b\n1,\"never", ":2:3: ", "never closed");
    fails("a,b\n1,2\n\"x\n\n\xC3\xA9\n,y\n", ":3:1: ", "never closed");
    fails("a,\"b\n", ":1:3: ", "never closed");
    fails("a,b\n1,\"x\"\"\n", ":2:3: ", "never closed");
    fails("a,b\n\"x\"y,2\n", ":2:4: ", "after a closing quote");
    fails("a,b\n\"\xC3\xA9\n\xC3\xA9\" ,2\n", ":3:3: ", "after a closing quote");
    fails("a,b\n1,x\"y\"\n", ":2:4: ", "inside an unquoted field");
    fails("a,b\n \"x\",2\n", ":2:2: ", "inside an unquoted field");
}
INB_END

INB_TEST(nul) {
    bytes_fail("a,b\n1,x\0y\n", 10, ":2:4: ", "NUL");
    bytes_fail("a,b\n1,\"x\0y\"\n", 12, ":2:5: ", "NUL");
    bytes_fail("a,b\n1,\"\n\xC3\xA9\0y\"\n", 14, ":3:2: ", "NUL");
    bytes_fail("\0", 1, ":1:1: ", "NUL");
    bytes_fail("a,b\n\xE9,\0\n", 8, ":2:3: ", "NUL");
}
INB_END

INB_TEST(duplicate_names) {
    fails("a,b,a\n", ":1:5: ", "same column name as in column 1");
    fails("a,\"b\",b\n", ":1:7: ", "same column name as in column 2");
    fails("a,,\n", ":1:4: ", "same column name as in column 2");
    reads("a,A\n", "[a][A]\n");
}
INB_END

// The inner place of a wrong byte, where the file cannot be read twice (or has a mark).
INB_TEST(wrong_bytes_have_their_place) {
    fails("\xEF\xBB\xBF"
          "a,b\n1,\"\xC3\xA9\"\"\xE2\x82\"\n",
        ":2:7: ", "not UTF-8");
    fails("\xEF\xBB\xBF"
          "a,b\n1,\"x\r\ny\r\xC3\xA9\n\xC3\xA9z\x80\"\n",
        ":5:3: ", "not UTF-8");
    fails("\xEF\xBB\xBF"
          "a\xC3,b\n",
        ":1:2: ", "not UTF-8");
    fails("\xEF\xBB\xBF"
          "a,b\n1,\"\x80\"\n",
        ":2:4: ", "not UTF-8");
    fails("\xEF\xBB\xBF"
          "a,b\n1,\xED\xA0\x80\n",
        ":2:3: ", "not UTF-8");
}
INB_END

INB_TEST(pipe_reads_once) {
    static const struct {
        const char *data, *expected;
        inb_status status;
    } rows[] = {
        {"a;b\n\xC3\xA9;\"x\ny\"\n", "[a][b]\n[\xC3\xA9][x\ny]\n", INB_OK},
        {"a;b\n1;2\n\xC3\xA9;\"x\"\"\xE9\"\n", ":3:7: found a byte that is not UTF-8",
            INB_BAD_INPUT},
        {"", ":1:1: found an empty file", INB_BAD_INPUT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int ends[2];
        ck_assert_int_eq(pipe(ends), 0);
        size_t length = strlen(rows[i].data);
        ck_assert_int_eq(write(ends[1], rows[i].data, length), (ssize_t)length);
        close(ends[1]);
        char path[64];
        snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
        inb_buffer out = INB_BUFFER_INIT(1000);
        inb_error err = INB_ERROR_INIT;
        inb_status status = read_path(path, false, &out, &err);
        close(ends[0]);
        ck_assert_msg(status == rows[i].status, "%s", err.message);
        ck_assert_msg(
            strstr(status == INB_OK ? inb_buffer_get(&out) : err.message, rows[i].expected) != NULL,
            "%s%s", inb_buffer_get(&out), err.message);
        inb_buffer_clear(&out);
    }
}
INB_END

INB_TEST(files_that_cannot_be_read) {
    inb_csv *csv = NULL;
    INB_FAILS(inb_csv_open("/nonexistent/f.csv", &csv, err), INB_BAD_INPUT,
        "/nonexistent/f.csv: cannot be opened");
    INB_FAILS(inb_csv_open("/tmp", &csv, err), INB_IO, "/tmp: reading failed");
    INB_FAILS(inb_csv_open("", &csv, err), INB_BAD_INPUT, "cannot be opened");
    ck_assert_ptr_null(csv); // untouched
}
INB_END

// The file shrinks while it is read: what is gone shows as an unclosed quote or fewer fields.
INB_TEST(file_cut_while_read) {
    static char data[3 * EDGE];
    memset(data, 'x', sizeof data);
    memcpy(data, "a,b\n1,2\n3,\"", 11);
    memcpy(data + sizeof data - 2, "\"\n", 2);
    char path[INB_TEMP_PATH];
    inb_temp_file(path, data, sizeof data);
    inb_csv *csv = NULL;
    bool more = false;
    INB_OK_IS(inb_csv_open(path, &csv, err));
    INB_OK_IS(inb_csv_next(csv, &more, err));
    ck_assert_int_eq(truncate(path, EDGE + 5), 0);
    INB_FAILS(inb_csv_next(csv, &more, err), INB_BAD_INPUT, ":3:3: found a quote");
    inb_csv_free(csv);
    unlink(path);
}
INB_END

// ---- columns ----

INB_TEST(columns_by_name) {
    inb_csv *csv = NULL;
    INB_OK_IS(inb_csv_open_memory("f.csv", "id,name\n1,2\n", 12, &csv, err));
    ck_assert_uint_eq(inb_csv_columns(csv), 2);
    ck_assert_str_eq(inb_csv_name(csv), "f.csv");
    ck_assert_uint_eq(inb_csv_find(csv, "name"), 1);
    ck_assert_uint_eq(inb_csv_find(csv, "nam"), SIZE_MAX);
    size_t column = 99;
    INB_FAILS(inb_csv_require(csv, "Name", &column, err), INB_BAD_INPUT,
        "f.csv:1:1: found no column 'Name'");
    ck_assert_uint_eq(column, 99);
    INB_OK_IS(inb_csv_require(csv, "id", &column, err));
    ck_assert_uint_eq(column, 0);
    bool more = false;
    INB_OK_IS(inb_csv_next(csv, &more, err));
    INB_FAILS(inb_csv_fail(csv, 1, err, "found %d, expected %s", 7, "less"), INB_BAD_INPUT,
        "f.csv:2:3: found 7, expected less");
    INB_OK_IS(inb_csv_next(csv, &more, err));
    ck_assert(!more);
    INB_OK_IS(inb_csv_next(csv, &more, err)); // the end stays the end
    ck_assert(!more);
    inb_csv_free(csv);
    inb_csv_free(NULL);
}
INB_END

INB_TEST(many_columns) {
    for (size_t count = INB_CSV_MAX_COLUMNS; count <= INB_CSV_MAX_COLUMNS + 1; count++) {
        inb_buffer data = INB_BUFFER_INIT(1 << 20);
        inb_csv *csv = NULL;
        for (size_t i = 0; i < count; i++) {
            inb_buffer_format(&data, "%sc%04zu", i == 0 ? "" : ",", i);
        }
        if (count == INB_CSV_MAX_COLUMNS) {
            INB_OK_IS(inb_csv_open_memory("f.csv", data.data, data.length, &csv, err));
            ck_assert_uint_eq(inb_csv_find(csv, "c4095"), 4095);
        } else {
            INB_FAILS(inb_csv_open_memory("f.csv", data.data, data.length, &csv, err),
                INB_BAD_INPUT, "f.csv:1:24577: found more than 4096 fields");
        }
        inb_csv_free(csv);
        inb_buffer_clear(&data);
    }
}
INB_END

INB_TEST(long_rows) {
    size_t size = (size_t)INB_CSV_MAX_ROW + 100;
    char *data = inb_alloc(size, 1);
    ck_assert_ptr_nonnull(data);
    memset(data, 'x', size);
    memcpy(data, "a\n1\n", 4);
    data[4 + INB_CSV_MAX_ROW - 1] = '\n'; // with its NUL exactly as long as allowed
    for (int longer = 0; longer < 2; longer++) {
        inb_csv *csv = NULL;
        bool more = false;
        size_t length = longer == 0 ? (size_t)INB_CSV_MAX_ROW + 4 : size;
        INB_OK_IS(inb_csv_open_memory("f.csv", data, length, &csv, err));
        INB_OK_IS(inb_csv_next(csv, &more, err));
        if (longer == 0) {
            INB_OK_IS(inb_csv_next(csv, &more, err));
            ck_assert_uint_eq(inb_csv_length(csv, 0), INB_CSV_MAX_ROW - 1);
        } else {
            INB_FAILS(inb_csv_next(csv, &more, err), INB_BAD_INPUT, "row of more than 16 MB");
        }
        inb_csv_free(csv);
        data[4 + INB_CSV_MAX_ROW - 1] = 'x';
        data[4] = '"'; // and within quotes
    }
    inb_free(data);
}
INB_END

// ---- windows ----

// A row with all that is delicate, shifted over every place around the edge of the window.
INB_TEST(over_the_edge_of_the_window) {
    static const char probe[] = "\"p\"\"\xE2\x82\xAC\r\nq\",\xF0\x9D\x84\x9E\xC3\xA9\r\n\"\",z\r\n";
    static const char expected[] =
        "][x]\n[p\"\xE2\x82\xAC\r\nq][\xF0\x9D\x84\x9E\xC3\xA9]\n[][z]\n";
    static char data[2 * EDGE + 200];
    inb_buffer out = INB_BUFFER_INIT((size_t)4 * EDGE);
    for (size_t edge = EDGE; edge <= 2 * EDGE; edge += EDGE) {
        for (size_t start = edge - sizeof probe - 4; start < edge + 5; start++) {
            memset(data, 'f', sizeof data);
            memcpy(data, "a,b\n", 4);
            memcpy(data + start - 3, ",x\n", 3);
            memcpy(data + start, probe, sizeof probe - 1);
            inb_buffer_reset(&out);
            char message[INB_MESSAGE_SIZE];
            inb_status status;
            read_both(data, start + sizeof probe - 1, false, &out, message, &status);
            INB_HOLDS(status == INB_OK, "start %zu: %s", start, message);
            INB_HOLDS(out.length > sizeof expected &&
                          strcmp(out.data + out.length - (sizeof expected - 1), expected) == 0,
                "start %zu: %s", start, out.data + out.length - 40);
        }
    }
    inb_buffer_clear(&out);
}
INB_END

// The header itself over the edge, and a file that ends right there.
INB_TEST(header_over_the_edge) {
    static char data[EDGE + 100];
    inb_buffer out = INB_BUFFER_INIT((size_t)4 * EDGE);
    for (size_t start = EDGE - 12; start < EDGE + 4; start++) {
        memset(data, 'h', sizeof data);
        data[5] = ';';
        memcpy(data + start, ";\"e\xC3\xA9\"\r\n1;2;3", 14);
        inb_buffer_reset(&out);
        char message[INB_MESSAGE_SIZE];
        inb_status status;
        read_both(data, start + 13, false, &out, message, &status);
        INB_HOLDS(status == INB_OK, "start %zu: %s", start, message);
        INB_HOLDS(
            strcmp(out.data + out.length - 16, "[e\xC3\xA9]\n[1][2][3]\n") == 0, "%zu", start);
    }
    inb_buffer_clear(&out);
}
INB_END

// A character cut in two by the edge does not make a file Windows-1252; a wrong byte there does.
INB_TEST(encoding_over_the_edge) {
    static char data[EDGE + 100];
    for (size_t start = EDGE - 6; start < EDGE + 2; start++) {
        for (int wrong = 0; wrong < 2; wrong++) {
            inb_buffer out = INB_BUFFER_INIT((size_t)4 * EDGE);
            memset(data, 'f', sizeof data);
            memcpy(data, "a\n", 2);
            memcpy(data + start, wrong ? "\xF0\x9D\x84z" : "\xF0\x9D\x84\x9E", 4);
            char message[INB_MESSAGE_SIZE];
            inb_status status;
            read_both(data, start + 4, false, &out, message, &status);
            INB_HOLDS(status == INB_OK, "start %zu: %s", start, message);
            const char *end =
                wrong ? "f\xC3\xB0\xEF\xBF\xBD\xE2\x80\x9Ez]\n" : "f\xF0\x9D\x84\x9E]\n";
            INB_HOLDS(strcmp(out.data + out.length - strlen(end), end) == 0, "start %zu %d", start,
                wrong);
            inb_buffer_clear(&out);
        }
    }
}
INB_END

// ---- memory ----

INB_TEST(constant_memory) {
    inb_buffer data = INB_BUFFER_INIT((size_t)64 << 20);
    inb_buffer_text(&data, "id,text\n");
    for (size_t i = 0; i < 400000; i++) {
        inb_buffer_format(&data, "%zu,\"a line\nand %zu\"\n", i, i);
    }
    ck_assert_uint_gt(data.length, (size_t)10 << 20);
    char path[INB_TEMP_PATH];
    inb_temp_file(path, data.data, data.length);
    inb_csv *csv = NULL;
    INB_OK_IS(inb_csv_open(path, &csv, err));
    unlink(path);
    bool more = true;
    size_t rows = 0;
    inb_error error = INB_ERROR_INIT;
    for (;; rows++) {
        if (rows == 1) {
            inb_alloc_fail_from(1); // from the second row on nothing is asked for
        }
        INB_HOLDS(inb_csv_next(csv, &more, &error) == INB_OK, "row %zu: %s", rows, error.message);
        if (!more) {
            break;
        }
    }
    size_t asked = inb_alloc_count();
    inb_alloc_fail_from(0);
    ck_assert_uint_eq(asked, 0);
    ck_assert_uint_eq(rows, 400000);
    inb_csv_free(csv);
    inb_buffer_clear(&data);
}
INB_END

static inb_status read_once(const char *data, const char *path, inb_error *err) {
    INB_CLEANUP(inb_buffer_clear) inb_buffer out = INB_BUFFER_INIT(1 << 20);
    return path == NULL ? read_memory(data, strlen(data), true, &out, err)
                        : read_path(path, true, &out, err);
}

INB_TEST(memory_refused) {
    inb_buffer data = INB_BUFFER_INIT(1 << 20);
    for (size_t row = 0; row < 3; row++) {
        for (size_t i = 0; i < 40; i++) {
            inb_buffer_format(
                &data, "%sfield \xE9 %zu of row %zu and some more text", i == 0 ? "" : ",", i, row);
        }
        inb_buffer_char(&data, '\n');
    }
    char path[INB_TEMP_PATH];
    inb_temp_file(path, data.data, data.length);
    INB_SWEEP(read_once(data.data, NULL, err));
    INB_SWEEP(read_once(NULL, path, err));
    unlink(path);
    inb_buffer_clear(&data);
}
INB_END

// ---- an independent writer ----

enum { MAX_FIELDS = 8 };

struct writer {
    inb_rng rng;
    bool windows1252;
    char separator;
    const char *line_end;
    inb_buffer *file;
    inb_buffer *expected; // as write_rows writes it
    size_t line, place;
};

static uint32_t pick(struct writer *w, uint32_t n) {
    return inb_rng_below(&w->rng, n);
}

// Pieces of text in UTF-8 and in Windows-1252.
static const struct {
    const char *utf8, *windows1252;
} pieces[] = {{"a", "a"}, {"bc", "bc"}, {" ", " "}, {",", ","}, {";", ";"}, {"\"", "\""},
    {"\n", "\n"}, {"\r\n", "\r\n"}, {"\r", "\r"}, {"\t", "\t"}, {"\xC3\xA9", "\xE9"},
    {"\xE2\x82\xAC", "\x80"}, {"\xC3\xBF", "\xFF"}, {"\xF0\x9D\x84\x9E", NULL},
    {"\xEF\xBF\xBD", "\x81"}, {"\xE2\x80\xA8", NULL}};

static void write_piece(struct writer *w, size_t piece) {
    inb_buffer_text(w->file, w->windows1252 ? pieces[piece].windows1252 : pieces[piece].utf8);
}

// One field of random pieces; notes its place. `tag` (may be "") makes header names differ.
static void write_field(struct writer *w, const char *tag, bool header, bool alone) {
    size_t chosen[6];
    size_t count = pick(w, 6);
    bool quote = pick(w, 4) == 0 || (alone && count == 0);
    for (size_t i = 0; i < count; i++) {
        do {
            chosen[i] = pick(w, sizeof pieces / sizeof pieces[0]);
        } while (w->windows1252 && pieces[chosen[i]].windows1252 == NULL);
        char c = pieces[chosen[i]].utf8[0];
        quote = quote || c == '"' || c == '\r' || c == '\n' || c == w->separator ||
                (header && (c == ',' || c == ';'));
    }
    size_t line = w->line;
    size_t place = w->place;
    inb_buffer_char(w->expected, '[');
    inb_buffer_text(w->file, quote ? "\"" : "");
    inb_buffer_text(w->file, tag);
    inb_buffer_text(w->expected, tag);
    w->place += (quote ? 1 : 0) + strlen(tag);
    for (size_t i = 0; i < count; i++) {
        const char *text = pieces[chosen[i]].utf8;
        write_piece(w, chosen[i]);
        if (*text == '"') {
            write_piece(w, chosen[i]);
        }
        inb_buffer_text(w->expected, text);
        bool after_cr = i > 0 && strcmp(pieces[chosen[i - 1]].utf8, "\r") == 0;
        if (*text == '\r' || *text == '\n') {
            w->line += *text == '\n' && after_cr ? 0 : 1; // a CR and an LF that met are one
            w->place = 1;
        } else {
            w->place += *text == '"' ? 2 : strlen(text) == 2 && *text == 'b' ? 2 : 1;
        }
    }
    inb_buffer_text(w->file, quote ? "\"" : "");
    w->place += quote ? 1 : 0;
    inb_buffer_char(w->expected, ']');
    if (!header) {
        inb_buffer_format(w->expected, "@%zu:%zu ", line, place);
    }
}

static void end_line(struct writer *w) {
    inb_buffer_text(w->file, w->line_end);
    w->line++;
    w->place = 1;
}

static void write_row(struct writer *w, size_t columns, bool header) {
    for (size_t i = 0; i < columns; i++) {
        char tag[24] = "";
        if (header) {
            snprintf(tag, sizeof tag, "%zu", i);
        }
        if (i > 0) {
            inb_buffer_char(w->file, w->separator);
            w->place++;
        }
        write_field(w, tag, header, columns == 1);
    }
    inb_buffer_char(w->expected, '\n');
}

INB_TEST(random_tables_read_back) {
    static const char *const line_ends[] = {"\n", "\r\n", "\r"};
    inb_buffer file = INB_BUFFER_INIT(1 << 20);
    inb_buffer expected = INB_BUFFER_INIT(1 << 20);
    inb_buffer out = INB_BUFFER_INIT(1 << 20);
    size_t foreign = 0;
    for (uint64_t seed = 0; seed < 4000; seed++) {
        inb_buffer_reset(&file);
        inb_buffer_reset(&expected);
        inb_buffer_reset(&out);
        struct writer w = {.rng = inb_rng_make(77, seed),
            .file = &file,
            .expected = &expected,
            .line = 1,
            .place = 1};
        size_t columns = 1 + pick(&w, MAX_FIELDS);
        w.windows1252 = pick(&w, 4) == 0;
        w.separator = columns > 1 && pick(&w, 2) == 0 ? ';' : ',';
        w.line_end = line_ends[pick(&w, 3)];
        if (!w.windows1252 && pick(&w, 4) == 0) {
            inb_buffer_text(&file, "\xEF\xBB\xBF");
        }
        while (pick(&w, 4) == 0) {
            end_line(&w);
        }
        write_row(&w, columns, true);
        size_t rows = pick(&w, 12);
        for (size_t i = 0; i < rows; i++) {
            end_line(&w);
            while (pick(&w, 6) == 0) {
                end_line(&w);
            }
            write_row(&w, columns, false);
        }
        if (pick(&w, 2) == 0) {
            end_line(&w);
        }
        // A table meant as Windows-1252 may happen to be UTF-8 and is then read as that.
        if (w.windows1252 && inb_utf8_valid(file.data, file.length) == file.length) {
            bool ascii = true;
            for (size_t i = 0; i < file.length; i++) {
                ascii = ascii && (unsigned char)file.data[i] < 0x80;
            }
            if (!ascii) {
                continue;
            }
        }
        foreign += w.windows1252;
        char message[INB_MESSAGE_SIZE];
        inb_status status;
        read_both(file.data, file.length, true, &out, message, &status);
        INB_HOLDS(status == INB_OK, "seed %zu: %s\n%s", (size_t)seed, message, file.data);
        INB_HOLDS(strcmp(out.data, expected.data) == 0, "seed %zu:\n%s\nread\n%s\nexpected\n%s",
            (size_t)seed, file.data, out.data, expected.data);
    }
    ck_assert_uint_gt(foreign, 500);
    inb_buffer_clear(&file);
    inb_buffer_clear(&expected);
    inb_buffer_clear(&out);
}
INB_END

// How far each row reaches, and what is known of one that was refused.
INB_TEST(offsets_and_whole_rows) {
    static const char text[] = "\xEF\xBB\xBF"
                               "a,b\n\n1,\"x\ny\"\r\n2\n3,4,5\n6,\"7\n";
    static const struct {
        inb_status status;
        bool whole;
        size_t fields;
        uint64_t offset;
    } rows[] = {{INB_OK, true, 2, 17}, {INB_BAD_INPUT, true, 1, 19}, {INB_BAD_INPUT, true, 3, 25},
        {INB_BAD_INPUT, false, 2, 30}};
    inb_csv *csv = NULL;
    INB_OK_IS(inb_csv_open_memory("f", text, sizeof text - 1, &csv, err));
    ck_assert_uint_eq(inb_csv_offset(csv), 7);
    ck_assert_uint_eq(inb_csv_fields(csv), 2);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bool more;
        ck_assert_int_eq(inb_csv_next(csv, &more, NULL), rows[i].status);
        ck_assert_int_eq(inb_csv_whole(csv), rows[i].whole);
        ck_assert_uint_eq(inb_csv_fields(csv), rows[i].fields);
        ck_assert_uint_eq(inb_csv_offset(csv), rows[i].offset);
    }
    inb_csv_free(csv);
}
INB_END

INB_TEST_MAIN("base/csv", offsets_and_whole_rows, rfc4180, separators, empty_lines, header_only,
    byte_order_mark, windows1252_every_byte, places, unequal_field_counts,
    quotes_in_the_wrong_place, nul, duplicate_names, wrong_bytes_have_their_place, pipe_reads_once,
    files_that_cannot_be_read, file_cut_while_read, columns_by_name, many_columns, long_rows,
    over_the_edge_of_the_window, header_over_the_edge, encoding_over_the_edge, constant_memory,
    memory_refused, random_tables_read_back)
