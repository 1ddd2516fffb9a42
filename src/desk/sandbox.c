// SPDX-License-Identifier: EUPL-1.2
// Landlock by raw system calls (docs.kernel.org/userspace-api/landlock.html): the C library has no
// wrappers, and Debian 12's headers lack what newer kernels offer, so the bits stand here by
// number. The ladder goes by the ABI that the running kernel names; below it a right is not asked
// for.

#include "sandbox.h"

#include "calls.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

// The rule set as the kernel takes it; an older one is given only the bytes that it knows.
struct ruleset {
    uint64_t files;
    uint64_t network; // from ABI 4
    uint64_t scoped;  // from ABI 6
};

// What lies beneath an open folder may be used so; the kernel wants the bytes close together.
struct beneath {
    uint64_t rights;
    int32_t folder;
} __attribute__((packed));

enum { RULE_BENEATH = 1 };

enum { ABI_TRUNCATE = 3, ABI_NETWORK = 4, ABI_DEVICE = 5, ABI_SCOPED = 6 };

static uint64_t file_rights(long abi) {
    uint64_t rights = (1u << 13) - 1;  // execute, write, read, list, remove, make
    rights |= abi >= 2 ? 1u << 13 : 0; // rename across folders
    rights |= abi >= ABI_TRUNCATE ? 1u << 14 : 0;
    rights |= abi >= ABI_DEVICE ? 1u << 15 : 0; // ioctl on devices
    return rights;
}

// A store's files: written, read, removed and made; its folder listed, to flush it.
static bool allow(long set, const char *folder, long abi) {
    struct beneath rule = {.folder = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC)};
    if (rule.folder < 0) {
        return false;
    }
    rule.rights = 1u << 1 | 1u << 2 | 1u << 3 | 1u << 5 | 1u << 8;
    rule.rights |= abi >= ABI_TRUNCATE ? 1u << 14 : 0;
    long added = syscall(SYS_landlock_add_rule, (int)set, RULE_BENEATH, &rule, 0u);
    (void)close(rule.folder);
    return added == 0;
}

// How far the kernel's Landlock got: 0 = not at all, 1 = files, 2 = network too.
static int lock_files(const char *const *folders) {
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, 1u /* ask for the version */);
    if (abi < 1) {
        return 0;
    }
    struct ruleset rules = {.files = file_rights(abi)};
    size_t size = sizeof rules.files;
    if (abi >= ABI_NETWORK) {
        rules.network = 3; // bind and connect
        size += sizeof rules.network;
    }
    if (abi >= ABI_SCOPED) {
        rules.scoped = 3; // abstract sockets and signals of others
        size += sizeof rules.scoped;
    }
    long set = syscall(SYS_landlock_create_ruleset, &rules, size, 0u);
    if (set < 0) {
        return 0;
    }
    for (; *folders != NULL; folders++) {
        if (!allow(set, *folders, abi)) {
            (void)close((int)set);
            return 0;
        }
    }
    long entered = syscall(SYS_landlock_restrict_self, (int)set, 0u);
    (void)close((int)set);
    return entered != 0 ? 0 : abi >= ABI_NETWORK ? 2 : 1;
}

unsigned inb_sandbox_enter(const char *const *folders) {
    struct rlimit none = {0, 0};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return 0;
    }
#if defined(__SANITIZE_ADDRESS__)
    (void)none;
    (void)folders;
    (void)lock_files;
    return INB_LOCKED_PRIVILEGES; // the leak checker reads /proc/self at the end
#else
    // A dump of memory could hold what somebody answered.
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    unsigned locked = INB_LOCKED_PRIVILEGES;
    int files = lock_files(folders);
    locked |= files >= 1 ? INB_LOCKED_FILES : 0u;
    locked |= files >= 2 ? INB_LOCKED_NETWORK : 0u;
    locked |= inb_calls_filter() ? INB_LOCKED_CALLS : 0u; // last: it refuses nothing of the above
    return locked;
#endif
}
