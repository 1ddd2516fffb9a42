#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Browser tests of the desk: starts BINARY on a free port, drives it with Debian's Chromium, prints
# TAP. Node packages are fetched once (npm ci), from the lock file; running inbeeld needs no Node.
# usage: run.sh BINARY
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
[ $# -eq 1 ] || { echo "usage: run.sh BINARY" >&2; exit 2; }
binary=$1
case $binary in /*) ;; *) binary=$(pwd)/$binary ;; esac
skip() {
    if [ -n "${INBEELD_REQUIRE_BROWSER:-}" ]; then
        echo "Bail out! $1"
        exit 1
    fi
    echo "1..0 # SKIP $1"
    exit 0
}
command -v node >/dev/null 2>&1 || skip "node is not installed"
command -v npm >/dev/null 2>&1 || skip "npm is not installed"
[ -x "${INBEELD_CHROMIUM:-/usr/bin/chromium}" ] || skip "chromium is not installed"
cd "$here"
stamp=node_modules/.inbeeld-lock
if ! cmp -s package-lock.json "$stamp" 2>/dev/null; then
    npm ci --ignore-scripts --no-audit --no-fund --silent >/dev/null 2>&1 || skip "npm ci failed"
    cp package-lock.json "$stamp"
fi
exec node run.mjs "$binary"
