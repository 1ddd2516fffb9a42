// SPDX-License-Identifier: EUPL-1.2
// /proc/net/tcp and tcp6 (proc(5), docs.kernel.org/networking/proc_net_tcp.html): a line for each
// socket with its two ends, state, account and inode. The other end of a connection is the socket
// with our ends swapped. Browsers may speak IPv4 through a socket of IPv6 (::ffff:127.0.0.1), so
// both lists are read. A socket that nobody holds any more has inode 0, and account 0, which is not
// root.

#include "peer.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// A list that changes while it is read may lack a line that stands there: then it is read again.
enum { LISTS = 2, TRIES = 3, ADDRESS_WORDS = 4 };

struct inb_peers {
    pthread_mutex_t lock; // a list has one place to read from
    int lists[LISTS];
};

// One end: an address as the kernel prints it, four words in the machine's order (one for IPv4).
typedef struct end {
    uint32_t words[ADDRESS_WORDS];
    uint16_t port;
} end;

// Both ends of a connection, as its other side has them.
typedef struct ends {
    end local;
    end remote;
} ends;

void inb_peers_free(inb_peers *peers) {
    if (peers == NULL) {
        return;
    }
    for (int i = 0; i < LISTS; i++) {
        if (peers->lists[i] >= 0) {
            (void)close(peers->lists[i]);
        }
    }
    pthread_mutex_destroy(&peers->lock);
    inb_free(peers);
}

// ---- ends ----

static bool read_end(const struct sockaddr_storage *from, end *ret_end) {
    *ret_end = (end){0};
    if (from->ss_family == AF_INET) {
        struct sockaddr_in four;
        memcpy(&four, from, sizeof four);
        ret_end->words[0] = four.sin_addr.s_addr;
        ret_end->port = ntohs(four.sin_port);
        return true;
    }
    if (from->ss_family == AF_INET6) {
        struct sockaddr_in6 six;
        memcpy(&six, from, sizeof six);
        memcpy(ret_end->words, &six.sin6_addr, sizeof ret_end->words);
        ret_end->port = ntohs(six.sin6_port);
        return true;
    }
    return false;
}

// An address of IPv4 as a socket of IPv6 has it.
static end mapped(const end *four) {
    return (end){.words = {0, 0, htonl(0xffff), four->words[0]}, .port = four->port};
}

static bool read_socket(int socket, ends *ret_ends, bool *ret_four) {
    struct sockaddr_storage ours = {0};
    struct sockaddr_storage theirs = {0};
    socklen_t our_length = sizeof ours;
    socklen_t their_length = sizeof theirs;
    if (getsockname(socket, (struct sockaddr *)&ours, &our_length) != 0 ||
        getpeername(socket, (struct sockaddr *)&theirs, &their_length) != 0) {
        return false;
    }
    *ret_four = ours.ss_family == AF_INET;
    return read_end(&theirs, &ret_ends->local) && read_end(&ours, &ret_ends->remote);
}

// ---- lists ----

// Reads "0100007F:A8E4" or the form of 32 digits.
static const char *parse_end(const char *at, end *ret_end) {
    char word[9] = "";
    size_t digits = strspn(at, "0123456789ABCDEF");
    *ret_end = (end){0};
    if ((digits != 8 && digits != 8 * ADDRESS_WORDS) || at[digits] != ':') {
        return NULL;
    }
    for (size_t i = 0; i < digits / 8; i++) {
        memcpy(word, at + 8 * i, 8);
        ret_end->words[i] = (uint32_t)strtoul(word, NULL, 16);
    }
    char *after = NULL;
    ret_end->port = (uint16_t)strtoul(at + digits + 1, &after, 16);
    return after;
}

static bool same_end(const end *a, const end *b) {
    return a->port == b->port && memcmp(a->words, b->words, sizeof a->words) == 0;
}

// Whether a line is of the socket with these ends, held by somebody.
static bool is_line_of(const char *line, const ends *wanted, uint32_t *ret_account) {
    ends found;
    const char *colon = strchr(line, ':'); // after the number of the line
    const char *at =
        colon == NULL ? NULL : parse_end(colon + 1 + strspn(colon + 1, " "), &found.local);
    at = at == NULL ? NULL : parse_end(at + strspn(at, " "), &found.remote);
    if (at == NULL || !same_end(&found.local, &wanted->local) ||
        !same_end(&found.remote, &wanted->remote)) {
        return false;
    }
    unsigned account = 0;
    unsigned long inode = 0;
    // State, queues, timer, retransmissions, account, timeout, inode.
    int fields = sscanf(at, " %*x %*x:%*x %*x:%*x %*x %u %*u %lu", &account, &inode);
    *ret_account = account;
    return fields == 2 && inode != 0;
}

// Reads a list from its begin, line by line. Caller holds the lock.
static bool find_in(int list, const ends *wanted, uint32_t *ret_account) {
    char text[8192];
    size_t have = 0;
    if (list < 0 || lseek(list, 0, SEEK_SET) != 0) {
        return false;
    }
    for (;;) {
        ssize_t more = read(list, text + have, sizeof text - 1 - have);
        if (more <= 0) {
            return false;
        }
        have += (size_t)more;
        text[have] = '\0';
        char *line = text;
        for (char *end_of; (end_of = strchr(line, '\n')) != NULL; line = end_of + 1) {
            *end_of = '\0';
            if (is_line_of(line, wanted, ret_account)) {
                return true;
            }
        }
        have = strlen(line);
        memmove(text, line, have + 1);
        if (have == sizeof text - 1) {
            return false; // no such line is that long
        }
    }
}

bool inb_peers_account(inb_peers *peers, int socket, uint32_t *ret_account) {
    ends wanted;
    bool four = false;
    uint32_t account = 0;
    if (!read_socket(socket, &wanted, &four)) {
        return false;
    }
    ends as_six = {mapped(&wanted.local), mapped(&wanted.remote)};
    bool found = false;
    pthread_mutex_lock(&peers->lock);
    for (int i = 0; i < TRIES && !found; i++) {
        found = (four && find_in(peers->lists[0], &wanted, &account)) ||
                find_in(peers->lists[1], four ? &as_six : &wanted, &account);
    }
    pthread_mutex_unlock(&peers->lock);
    if (found) {
        *ret_account = account;
    }
    return found;
}

// ---- opening ----

// A connection with ourselves: both ends, or false.
static bool connect_ourselves(int listener, int ret_ends[static 2]) {
    struct sockaddr_in where = {.sin_family = AF_INET};
    struct sockaddr_in other = {.sin_family = AF_INET};
    socklen_t length = sizeof where;
    socklen_t other_length = sizeof other;
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ret_ends[0] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ret_ends[1] = -1;
    if (ret_ends[0] < 0 || bind(listener, (struct sockaddr *)&where, sizeof where) != 0 ||
        listen(listener, 1) != 0 ||
        getsockname(listener, (struct sockaddr *)&where, &length) != 0 ||
        connect(ret_ends[0], (struct sockaddr *)&where, length) != 0) {
        return false;
    }
    ret_ends[1] = accept4(listener, (struct sockaddr *)&other, &other_length, SOCK_CLOEXEC);
    length = sizeof where;
    return ret_ends[1] >= 0 && getsockname(ret_ends[0], (struct sockaddr *)&where, &length) == 0 &&
           where.sin_port == other.sin_port; // else somebody was quicker than we
}

// Whether the lists tell our own account for a connection of our own: some kernels and containers
// leave it out, and that should show at the start, not as a page that is refused.
static bool knows_itself(inb_peers *peers) {
    int pair[2] = {-1, -1};
    uint32_t account = 0;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool knows = listener >= 0 && connect_ourselves(listener, pair) &&
                 inb_peers_account(peers, pair[1], &account) && account == (uint32_t)geteuid();
    const int all[] = {listener, pair[0], pair[1]};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (all[i] >= 0) {
            (void)close(all[i]);
        }
    }
    return knows;
}

inb_status inb_peers_new(inb_peers **ret_peers, inb_error *err) {
    static const char *const paths[LISTS] = {"/proc/net/tcp", "/proc/net/tcp6"};
    inb_peers *peers = inb_alloc(1, sizeof *peers);
    if (peers == NULL) {
        return inb_fail(err, INB_NO_MEMORY, "no memory for the list of connections");
    }
    for (int i = 0; i < LISTS; i++) {
        peers->lists[i] = open(paths[i], O_RDONLY | O_CLOEXEC);
    }
    pthread_mutex_init(&peers->lock, NULL);
    if (peers->lists[0] < 0) { // of IPv6 there may be none
        int why = errno;
        inb_peers_free(peers);
        return inb_fail(err, INB_UNAVAILABLE,
            "%s cannot be read (%s): then nobody can see which account opens a connection",
            paths[0], strerror(why));
    }
    if (!knows_itself(peers)) {
        inb_peers_free(peers);
        return inb_fail(err, INB_UNAVAILABLE,
            "%s does not say which account opens a connection to this program", paths[0]);
    }
    *ret_peers = peers;
    return INB_OK;
}
