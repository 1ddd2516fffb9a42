#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Unit tests under a sanitizer, with clang and with warnings as errors.
#
#   tools/sanitize.sh asan|tsan [SUITE…]      asan: AddressSanitizer and UndefinedBehaviorSanitizer
#
# libcheck runs its cases in one process (CK_FORK=no), so that leaks are seen and reports are whole.
set -eu
cd "$(dirname "$0")/.."
kind=$1
shift
case $kind in
asan) sanitizers=address,undefined ;;
tsan) sanitizers=thread ;;
*)
    echo "usage: tools/sanitize.sh asan|tsan [SUITE...]" >&2
    exit 2
    ;;
esac
CC=clang-14 sh tools/build.sh "build-$kind" -Dtests=true -Dbench=false -Dwerror=true \
    -Db_sanitize=$sanitizers -Db_lundef=false
suites=
for suite in "$@"; do
    suites="$suites --suite $suite"
done
export CK_FORK=no
export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export TSAN_OPTIONS=halt_on_error=1
# shellcheck disable=SC2086 # words
exec meson test -C "build-$kind" --no-rebuild --num-processes 2 --print-errorlogs \
    --timeout-multiplier 3 $suites
