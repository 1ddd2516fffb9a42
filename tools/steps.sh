#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Sourced by ./check and .ci/run: runs named steps, keeps what each printed and how long it took,
# and ends with a table and the closing line over all test cases.
#
#   steps_begin DIR                 an empty folder for the logs
#   step NAME COMMAND…              standard output (TAP) to DIR/NAME.out, the rest to DIR/NAME.err
#   step_meson NAME BUILD COMMAND…  runs `meson test` in BUILD; the cases are in its testlog.json
#   step_script NAME COMMAND…       a script that ends with steps_end itself; seen while it runs
#   steps_end                       prints the table; its exit status says whether all is well

steps_begin() {
    steps=$1
    rm -rf "$steps"
    mkdir -p "$steps"
    : >"$steps/steps.tsv"
}

now() {
    date +%s.%N
}

step() {
    step_name=$1
    shift
    echo "== $step_name" >&2
    step_from=$(now)
    step_status=0
    "$@" >"$steps/$step_name.out" 2>"$steps/$step_name.err" </dev/null || step_status=$?
    printf '%s\t%s\t%s\t%s\n' "$step_name" "$step_from" "$(now)" "$step_status" \
        >>"$steps/steps.tsv"
    python3 tools/tally.py --failures "$steps" "$step_name" >&2 || true
}

# A step that others stand on: what follows has no sense where it fails.
step_or_stop() {
    step "$@"
    if [ "$step_status" -ne 0 ]; then
        steps_end
        exit 1
    fi
}

# A script that counts by itself (by INBEELD_TALLY); what it prints is seen while it runs.
step_script() {
    step_name=$1
    shift
    echo "== $step_name" >&2
    step_from=$(now)
    step_status=0
    INBEELD_TALLY=$PWD/$steps/$step_name.tally "$@" >&2 </dev/null || step_status=$?
    : >"$steps/$step_name.out"
    printf '%s\t%s\t%s\t%s\n' "$step_name" "$step_from" "$(now)" "$step_status" \
        >>"$steps/steps.tsv"
}

run_meson() {
    meson_build=$1
    shift
    rm -f "$meson_build/meson-logs/testlog.json"
    meson_status=0
    "$@" >&2 || meson_status=$?
    cp "$meson_build/meson-logs/testlog.json" "$steps/$step_name.json" 2>/dev/null ||
        echo "not ok 1 - meson ran no test in $meson_build"
    return "$meson_status"
}

step_meson() {
    meson_name=$1
    shift
    step "$meson_name" run_meson "$@"
}

steps_end() {
    python3 tools/tally.py "$steps"
}
