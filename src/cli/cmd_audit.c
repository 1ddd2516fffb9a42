// SPDX-License-Identifier: EUPL-1.2
// inbeeld audit verify and anchor: whether the log of who read and wrote what is whole, by itself
// and against an anchor that was kept elsewhere. Needs no key. Whoever looks leaves a row too, in a
// chain of its own: the chains that are judged stay as they were found.

#include "cli/cli.h"

#include <inbeeld/keys.h>
#include <inbeeld/store.h>

#include "base/alloc.h"
#include "base/json.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#define CHAIN "verify" // of the rows of this command

enum { MOST_ANCHORS = 1 << 20, MOST_OUTPUT = 1 << 22 };

static const inb_option verify_options[] = {
    {"anchor", "FILE", "anchors of an earlier day: what stood there then must stand there now",
        false},
    {NULL, NULL, NULL, false},
};

static const inb_option anchor_options[] = {
    {"out", "FILE", "write to this file rather than to standard output", false},
    {NULL, NULL, NULL, false},
};

static inb_status open_store(
    const inb_arguments *arguments, inb_store **ret_store, inb_error *err) {
    const char *where;
    const inb_store_options options = {.hash = inb_hash, .chain = CHAIN};
    if (arguments->operand_count != 0) {
        return inb_fail(err, INB_USAGE, "found %zu words more than expected, expected options only",
            arguments->operand_count);
    }
    INB_TRY(inb_store_place(arguments, &where, err));
    return inb_store_open(where, &options, ret_store, err);
}

// After the look, so that it finds what stood there; before a word of it is told.
static inb_status note(inb_store *store, const char *action, const char *result, inb_error *err) {
    char actor[24];
    (void)snprintf(actor, sizeof actor, "uid-%u", (unsigned)getuid());
    const inb_work work = {.kind = INB_WORK_LOG,
        .log = {.at = (int64_t)time(NULL),
            .actor = actor,
            .action = action,
            .object = "",
            .result = result,
            .purpose = "audit"}};
    return inb_store_write(store, &work, NULL, err);
}

// ---- verify ----

static const char *fault_code(inb_log_fault fault) {
    static const char *const codes[] = {[INB_LOG_WHOLE] = "whole",
        [INB_LOG_ALTERED] = "altered",
        [INB_LOG_MISSING] = "missing",
        [INB_LOG_REORDERED] = "reordered",
        [INB_LOG_CUT] = "cut"};
    return codes[fault];
}

struct verdict {
    bool json;
    inb_buffer *out;
    size_t chains;
    size_t faults;
};

static void add_verdict(struct verdict *v, const char *chain, const inb_log_verdict *verdict,
    const inb_log_anchor *anchor) {
    bool whole = verdict->fault == INB_LOG_WHOLE;
    if (v->json) {
        inb_buffer_text(v->out, v->chains == 0 ? "" : ",");
        inb_buffer_text(v->out, "{\"chain\":");
        inb_buffer_json(v->out, chain);
        inb_buffer_format(v->out,
            ",\"verdict\":\"%s\",\"rows\":%lld,\"row\":", fault_code(verdict->fault),
            (long long)verdict->rows);
        inb_buffer_format(v->out, whole ? "null" : "%lld", (long long)verdict->sequence);
        inb_buffer_text(v->out, ",\"anchor\":");
        inb_buffer_format(v->out, anchor == NULL ? "null" : "%lld",
            anchor == NULL ? 0LL : (long long)anchor->sequence);
        inb_buffer_text(v->out, "}");
    } else if (whole) {
        inb_buffer_format(v->out, "chain %s: %s, %lld row%s%s\n", chain,
            anchor == NULL ? "whole by itself" : "whole, and as its anchor says",
            (long long)verdict->rows, verdict->rows == 1 ? "" : "s",
            anchor == NULL ? "" : " (anchored)");
    } else {
        inb_buffer_format(v->out, "chain %s: row %lld: %s; %lld rows before it are right\n", chain,
            (long long)verdict->sequence, inb_log_fault_text(verdict->fault),
            (long long)verdict->rows);
    }
    v->chains++;
    v->faults += !whole;
}

static inb_status check_chain(inb_store *store, const char *chain, const inb_log_anchor *anchor,
    struct verdict *v, inb_error *err) {
    inb_log_verdict verdict;
    INB_TRY(inb_log_verify(store, chain, anchor, &verdict, err));
    add_verdict(v, chain, &verdict, anchor);
    return INB_OK;
}

// Chains with an anchor, whether they still have rows or not.
static inb_status check_anchored(inb_store *store, const char *path, const char *text,
    size_t length, struct verdict *v, inb_error *err) {
    size_t at = 0;
    size_t line = 0;
    for (bool found = true; found;) {
        inb_anchor anchor;
        INB_TRY(inb_anchor_next(path, text, length, &at, &line, &anchor, &found, err));
        if (found) {
            INB_TRY(check_chain(store, anchor.chain, &anchor.anchor, v, err));
        }
    }
    return INB_OK;
}

static inb_status has_anchor(const char *path, const char *text, size_t length, const char *chain,
    bool *ret_has, inb_error *err) {
    size_t at = 0;
    size_t line = 0;
    *ret_has = false;
    for (bool found = text != NULL; found && !*ret_has;) {
        inb_anchor anchor;
        INB_TRY(inb_anchor_next(path, text, length, &at, &line, &anchor, &found, err));
        *ret_has = found && strcmp(anchor.chain, chain) == 0;
    }
    return INB_OK;
}

static inb_status check_all(inb_store *store, inb_arena *arena, const char *path, const char *text,
    size_t length, struct verdict *v, inb_error *err) {
    const char *const *chains = NULL;
    size_t count = 0;
    if (text != NULL) {
        INB_TRY(check_anchored(store, path, text, length, v, err));
    }
    INB_TRY(inb_log_chains(store, arena, &chains, &count, err));
    for (size_t i = 0; i < count; i++) {
        bool done;
        INB_TRY(has_anchor(path, text, length, chains[i], &done, err));
        if (!done) {
            INB_TRY(check_chain(store, chains[i], NULL, v, err));
        }
    }
    return INB_OK;
}

static inb_status run_verify(const inb_arguments *arguments, inb_error *err) {
    INB_CLEANUP(inb_store_freep) inb_store *store = NULL;
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_CLEANUP(inb_freep) char *text = NULL;
    INB_CLEANUP(inb_buffer_clear) inb_buffer out = INB_BUFFER_INIT(MOST_OUTPUT);
    const char *path = inb_value(arguments, "anchor", NULL);
    size_t length = 0;
    struct verdict v = {.json = inb_given(arguments, "json"), .out = &out};
    INB_TRY(open_store(arguments, &store, err));
    INB_TRY(inb_arena_new(0, &arena, err));
    if (path != NULL) {
        INB_TRY(inb_read_file(path, MOST_ANCHORS, &text, &length, err));
    }
    inb_buffer_text(&out, v.json ? "{\"chains\":[" : "");
    INB_TRY(check_all(store, arena, path, text, length, &v, err));
    if (v.json) {
        inb_buffer_format(&out, "],\"whole\":%s}\n", v.faults == 0 ? "true" : "false");
    } else if (v.chains == 0) {
        inb_buffer_text(&out, "the log has no rows\n");
    } else if (v.faults == 0 && path == NULL) {
        inb_buffer_text(&out,
            "Nobody can see without an anchor whether the end was cut off or all was hashed anew: "
            "see inbeeld audit anchor.\n");
    }
    INB_TRY(inb_buffer_check(&out, err));
    INB_TRY(note(store, "verify", v.faults == 0 ? "whole" : "not_whole", err));
    INB_TRY(inb_print(out.data, out.length, err));
    return v.faults == 0 ? INB_OK
                         : inb_fail(err, INB_BAD_INPUT, "the log is not as it was written");
}

// ---- anchor ----

static inb_status run_anchor(const inb_arguments *arguments, inb_error *err) {
    INB_CLEANUP(inb_store_freep) inb_store *store = NULL;
    INB_CLEANUP(inb_arena_freep) inb_arena *arena = NULL;
    INB_CLEANUP(inb_buffer_clear) inb_buffer out = INB_BUFFER_INIT(MOST_OUTPUT);
    const char *const *chains = NULL;
    size_t count = 0;
    INB_TRY(open_store(arguments, &store, err));
    INB_TRY(inb_arena_new(0, &arena, err));
    INB_TRY(inb_log_chains(store, arena, &chains, &count, err));
    inb_anchor_head(&out);
    for (size_t i = 0; i < count; i++) {
        inb_log_verdict verdict;
        INB_TRY(inb_log_verify(store, chains[i], NULL, &verdict, err));
        if (verdict.fault != INB_LOG_WHOLE) {
            return inb_fail(err, INB_BAD_INPUT,
                "chain %s: row %lld: %s; a log that is not whole gets no anchor", chains[i],
                (long long)verdict.sequence, inb_log_fault_text(verdict.fault));
        }
        inb_anchor_write(&out, chains[i], &verdict.head);
    }
    INB_TRY(inb_buffer_check(&out, err));
    INB_TRY(note(store, "anchor", "done", err));
    const char *path = inb_value(arguments, "out", NULL);
    return path == NULL ? inb_print(out.data, out.length, err)
                        : inb_write_file(path, out.data, out.length, err);
}

const inb_command inb_command_audit_verify = {
    "audit verify",
    "",
    "whether the log of who read and wrote what is whole",
    verify_options,
    "Exit code 1 where a row was altered, is missing, stood elsewhere, or the end was cut off.\n"
    "The look is a row too, in the chain 'verify': no row, no verdict (exit code 3).",
    run_verify,
};

const inb_command inb_command_audit_anchor = {
    "audit anchor",
    "",
    "where the log ends now, to be kept elsewhere than the store",
    anchor_options,
    NULL,
    run_anchor,
};
