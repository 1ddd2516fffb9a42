#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Out-of-memory sweep over base, weigh, store and road in the ASan build, and kills; prints TAP.
#
#   tools/torture.sh [SECONDS [SEED]]                  default 60 seconds
#   tools/torture.sh --all SECONDS SEED [FOLDER...]    by hand: the sweeps of every folder of tests,
#                                                      or of those named; all of them share SECONDS
#
# First the sweeps inside the unit tests (INB_SWEEP), then tests/torture over the norm, the lists
# and all vignettes. What the time did not allow is said with the SEED that goes on there; without
# SEED the commit decides where to begin, so that following runs cover all.
set -eu
cd "$(dirname "$0")/.."
all=
if [ "${1:-}" = --all ]; then
    all=1
    shift
fi
seconds=${1:-60}
seed=${2:-$(git rev-list --count HEAD 2>/dev/null || echo 0)}
[ $# -le 2 ] || folders=$(shift 2 && echo "$@")
if [ -z "$all" ]; then
    folders='base 2_weigh store road'
elif [ -z "${folders:-}" ]; then
    folders=$(cd tests && echo [0-9]_* base math store seal road world desk cli)
fi

CC=clang-14 sh tools/build.sh build-asan -Dtests=true -Dbench=false -Dwerror=true \
    -Db_sanitize=address,undefined -Db_lundef=false >&2
export CK_FORK=no
export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1:allocator_may_return_null=1
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export INBEELD_SWEEP_SEED="$seed"
started=$(date +%s)

status=0
sources=
for folder in $folders; do
    sources="$sources $(grep -ls 'INB_SWEEP(' "tests/$folder"/test_*.c | tr '\n' ' ' || true)"
done
# shellcheck disable=SC2086 # words
set -- $sources
for source in "$@"; do
    folder=$(basename "$(dirname "$source")")
    name=$(basename "$source" .c)
    program=build-asan/tests/test_${folder}_${name#test_}
    left=$((seconds - ($(date +%s) - started)))
    if [ -n "$all" ]; then # what one does not use is left for those after it
        left=$((left / ($# * $(grep -c 'INB_SWEEP(' "$source"))))
        shift
    else
        left=$((left - seconds / 2))
    fi
    [ "$left" -ge 1 ] || left=1
    if INBEELD_SOURCE=$PWD INBEELD_SWEEP_SECONDS=$left "$program" >build-asan/sweep.out; then
        echo "ok - sweeps in $folder/$name"
    else
        status=1
        echo "not ok - sweeps in $folder/$name"
        grep '^not ok' build-asan/sweep.out >&2 || true
    fi
    grep '^# sweep' build-asan/sweep.out || true
done
[ -z "$all" ] || exit $status
# Killed 200 times while it keeps signals: none lost, none doubled.
build-asan/tests/torture/kills build-asan/inbeeld 200 "$seed" >build-asan/kills.out || status=1
grep -v '^1\.\.' build-asan/kills.out || true
# And while it lets signals go, at every call that changes a file.
build-asan/tests/torture/purge_kills 1 >build-asan/purge_kills.out || status=1
grep -v '^1\.\.' build-asan/purge_kills.out || true
left=$((seconds - ($(date +%s) - started)))
[ "$left" -ge 5 ] || left=5
echo "# the norm, the lists and the vignettes, $left seconds from SEED $seed"
build-asan/tests/torture/torture "$PWD" "$left" "$seed" >build-asan/torture.out || status=1
grep -v '^1\.\.' build-asan/torture.out || true
grep -q '^ok' build-asan/torture.out || { echo "not ok - torture ended early"; status=1; }
! grep -q '^not ok' build-asan/torture.out || status=1
exit $status
