#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Builds one of the build folders, quietly: nothing is printed unless something is wrong.
#
#   tools/build.sh DIR [MESON-OPTION…]   configures DIR where that was not done yet, then builds it
#   CC=clang-14 tools/build.sh build-clang -Dwerror=true
#   INBEELD_TARGETS='inbeeld tests/test_base_csv' tools/build.sh build     those alone
#
# Release builds take optimization 2: at 3, gcc 12 inlines so far that it can no longer follow that
# INB_TRY returns before a variable is used, and warns of it.
set -eu
cd "$(dirname "$0")/.."
folder=$1
shift

lacking=$(sh tools/packages.sh --missing run | tr '\n' ' ')
if ! command -v meson >/dev/null || ! command -v ninja >/dev/null || [ -n "$lacking" ]; then
    echo "build: missing: ${lacking:-meson and ninja}" >&2
    echo "build: run ./run, which installs what is missing, builds and serves" >&2
    exit 3
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if [ ! -f "$folder/build.ninja" ]; then
    rm -rf "$folder"
    if ! meson setup "$folder" "$@" >"$log" 2>&1; then
        tail -n 15 "$log" >&2
        echo "build: meson could not configure $folder; ./run installs what is missing" >&2
        exit 3
    fi
fi
# Ninja configures again by itself where a meson.build has changed.
# shellcheck disable=SC2086 # words
if ! ninja -C "$folder" ${INBEELD_TARGETS:-} >"$log" 2>&1; then
    grep -E -A12 'FAILED:|error:|ERROR:' "$log" | head -n 80 >&2 || tail -n 40 "$log" >&2
    echo "build: $folder failed" >&2
    exit 3
fi
if grep -q 'warning:' "$log"; then
    grep -A4 'warning:' "$log" >&2
fi
