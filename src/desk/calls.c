// SPDX-License-Identifier: EUPL-1.2
// A list of what is refused, by libseccomp. Not a list of what is allowed: the C library, SQLite
// and libmicrohttpd change what they call from one version to the next, and a call that is missing
// from such a list would stop a desk in the middle of its work. io_uring stands in it because it
// opens sockets without the call that is filtered. Calls of another architecture (i386, x32) end
// the process, as libseccomp does by itself.

#include "calls.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>

static const int refused[] = {
    // Other machines and programs. What listens was opened before; accept4 takes from it.
    SCMP_SYS(socket),
    SCMP_SYS(socketpair),
    SCMP_SYS(connect),
    SCMP_SYS(bind),
    SCMP_SYS(listen),
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork), // and clone, below
    SCMP_SYS(vfork),
    // Other processes.
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(kcmp),
    // The machine.
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(move_mount),
    SCMP_SYS(open_tree),
    SCMP_SYS(fsopen),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(delete_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(kexec_file_load),
    SCMP_SYS(open_by_handle_at),
    // Ways around, or into the kernel.
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(io_uring_enter),
    SCMP_SYS(io_uring_register),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(keyctl),
    SCMP_SYS(personality),
};

// Threads are begun, processes are not. What clone3 is asked for lies behind a pointer, which no
// filter follows: the C library falls back to clone where there is no clone3.
static bool refuse_processes(scmp_filter_ctx filter) {
    return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
               SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0)) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
}

bool inb_calls_filter(void) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (filter == NULL) {
        return false;
    }
    bool good = refuse_processes(filter);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        // One that this libseccomp or machine does not know cannot be asked for here either.
        int added = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0);
        good = good && (added == 0 || added == -EDOM);
    }
    good = good && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return good;
}
