#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Branch coverage of the unit tests by clang's source-based counters; a table a file.
#
#   tools/cover.sh [PATH…]             for instance src/2_weigh
#   tools/cover.sh --demand PATH…      TAP: every branch under PATH must be taken both ways
#
# INBEELD_COVER_SUITES='2_weigh road' builds and runs those suites alone.
set -eu
cd "$(dirname "$0")/.."
demand=no
if [ "${1:-}" = --demand ]; then
    demand=yes
    shift
fi
[ $# -gt 0 ] || set -- src

suites=
programs=
for suite in ${INBEELD_COVER_SUITES:-}; do
    suites="$suites --suite $suite"
    for source in tests/"$suite"/test_*.c; do
        program=$(basename "$source" .c)
        programs="$programs tests/test_${suite}_${program#test_}"
    done
done
[ -z "$programs" ] || programs="inbeeld $programs"
INBEELD_TARGETS=$programs CC=clang-14 \
    sh tools/build.sh build-cover -Dtests=true -Dbench=false -Dbuildtype=debug \
    -Dc_args='-fprofile-instr-generate -fcoverage-mapping' \
    -Dc_link_args=-fprofile-instr-generate >&2
rm -rf build-cover/profiles
mkdir -p build-cover/profiles
tests=0
# shellcheck disable=SC2086 # words
LLVM_PROFILE_FILE="$PWD/build-cover/profiles/%p-%m.profraw" CK_FORK=no \
    meson test -C build-cover --no-rebuild --num-processes 2 $suites \
    >build-cover/test.log 2>&1 || tests=$?
if [ "$tests" -ne 0 ]; then
    tail -n 20 build-cover/test.log >&2
fi
find build-cover/profiles -name '*.profraw' >build-cover/profiles/list
llvm-profdata-14 merge -sparse -f build-cover/profiles/list -o build-cover/all.profdata
objects=build-cover/inbeeld
for program in build-cover/tests/test_*; do
    [ ! -f "$program" ] || objects="$objects -object $program"
done
# shellcheck disable=SC2086 # words
llvm-cov-14 export -format=lcov $objects -instr-profile=build-cover/all.profdata \
    >build-cover/all.info 2>build-cover/export.log
if [ "$demand" = yes ]; then
    python3 tools/branches.py --demand build-cover/all.info "$@"
else
    python3 tools/branches.py build-cover/all.info "$@"
    exit "$tests"
fi
