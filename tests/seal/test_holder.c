// SPDX-License-Identifier: EUPL-1.2
// The key holder's service over sockets: it survives nonsense and silence, serves on, and reads its
// list of clients.

#include "holder_help.h"
#include "inb_file.h"

#include "base/alloc.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>

static int connect_to(const struct serving *serving) {
    int made = -1;
    INB_OK_IS(inb_i_socket_connect(inb_holder_url(serving->holder), &made, err));
    struct timeval patience = {.tv_sec = 5};
    ck_assert_int_eq(setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience), 0);
    return made;
}

static size_t hear(int socket, char *text, size_t size) {
    size_t length = 0;
    for (ssize_t got;
         length + 1 < size && (got = recv(socket, text + length, size - 1 - length, 0)) > 0;) {
        length += (size_t)got;
    }
    text[length] = '\0';
    return length;
}

INB_TEST(nonsense_is_refused) {
    struct serving serving;
    serving_begin(&serving, "tcp://127.0.0.1:0", 100);
    ck_assert_ptr_null(strstr(inb_holder_url(serving.holder), ":0"));
    static const char *const odd[] = {
        "GET / HTTP/1.1\r\n\r\n", "\n\n\n", "evaluate ngo 9999999 x\n"};
    char text[512];
    for (size_t i = 0; i < 3; i++) {
        int made = connect_to(&serving);
        ck_assert_int_gt(send(made, odd[i], strlen(odd[i]), MSG_NOSIGNAL), 0);
        hear(made, text, sizeof text);
        ck_assert_int_eq(strncmp(text, "inbeeld-holder 1 ", 17), 0);
        ck_assert_ptr_nonnull(strstr(text, "\nrefused expected: evaluate"));
        close(made);
    }
    // Bytes without end and without a line.
    int made = connect_to(&serving);
    char flood[4096];
    memset(flood, 'a', sizeof flood);
    (void)send(made, flood, sizeof flood, MSG_NOSIGNAL);
    hear(made, text, sizeof text);
    ck_assert_ptr_nonnull(strstr(text, "refused"));
    close(made);
    // More connections than there are places, then on as before.
    int many[80];
    for (size_t i = 0; i < 80; i++) {
        many[i] = connect_to(&serving);
    }
    for (size_t i = 0; i < 80; i++) {
        close(many[i]);
    }
    inb_keys *client = new_key(INB_KEY_CLIENT, "ngo", serving.key);
    inb_asker *asker = NULL;
    for (int i = 0; i < 50 && asker == NULL; i++) { // until the closed ones are noticed
        inb_error err = INB_ERROR_INIT;
        if (inb_asker_open(inb_holder_url(serving.holder), client, &asker, &err) != INB_OK) {
            usleep(20000);
        }
    }
    ck_assert_ptr_nonnull(asker);
    inb_asker_free(asker);
    inb_keys_free(client);
    serving_end(&serving);
}
INB_END

INB_TEST(unix_socket_for_its_owner) {
    char folder[] = "/tmp/inb_holder_XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    char url[128];
    snprintf(url, sizeof url, "unix:%s/s", folder);
    struct serving serving;
    serving_begin(&serving, url, 100);
    struct stat info;
    ck_assert_int_eq(stat(url + 5, &info), 0);
    ck_assert_uint_eq(info.st_mode & 0777, 0600);
    inb_holder_options options = {.key = serving.key, .listen = url};
    inb_holder *other;
    INB_FAILS(inb_holder_start(&options, &other, err), INB_UNAVAILABLE, "cannot be listened on");
    options.listen = "http://x";
    INB_FAILS(inb_holder_start(&options, &other, err), INB_USAGE, "expected tcp://");
    inb_keys *client = new_key(INB_KEY_CLIENT, "ngo", serving.key);
    options.key = client;
    INB_FAILS(inb_holder_start(&options, &other, err), INB_USAGE, "kind holder");
    inb_keys_free(client);
    serving_end(&serving);
    ck_assert_int_ne(access(url + 5, F_OK), 0);
    ck_assert_int_eq(rmdir(folder), 0);
}
INB_END

INB_TEST(list_of_clients) {
    static const struct {
        const char *text;
        const char *says;
    } cases[] = {{"client,quota\nngo,100\npolice,5\n", NULL}, {"client\nngo\n", "quota"},
        {"client,quota\nngo,x\n", ":2:5: expected a whole number"},
        {"client,quota\nngo,-1\n", ":2:5:"}, {"client,quota\n,1\n", ":2:1: expected a client"},
        {"client,quota\nngo,1\nngo,2\n", ":3:1: found a client twice"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char path[INB_TEMP_PATH];
        inb_temp_file(path, cases[i].text, strlen(cases[i].text));
        inb_holder_client *clients = NULL;
        size_t count = 0;
        if (cases[i].says == NULL) {
            INB_OK_IS(inb_holder_clients_read(path, &clients, &count, err));
            ck_assert_uint_eq(count, 2);
            ck_assert_str_eq(clients[1].name, "police");
            ck_assert_uint_eq(clients[1].quota, 5);
            inb_free(clients);
        } else {
            INB_FAILS(
                inb_holder_clients_read(path, &clients, &count, err), INB_BAD_INPUT, cases[i].says);
        }
        (void)unlink(path);
    }
}
INB_END

INB_TEST_MAIN("seal/holder", nonsense_is_refused, unix_socket_for_its_owner, list_of_clients)
