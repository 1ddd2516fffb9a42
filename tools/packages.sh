#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Installs what packaging/debian-packages.txt lists and this machine lacks; asks dpkg first, so that
# a machine that has everything never runs apt.
#
#   tools/packages.sh SECTION…             install what is missing
#   tools/packages.sh --missing SECTION…   print what is missing, install nothing
set -eu
list=$(dirname "$0")/../packaging/debian-packages.txt

wanted() {
    for section in "$@"; do
        if [ "$section" = node ] && command -v node >/dev/null && command -v npm >/dev/null; then
            continue
        fi
        awk -v wanted="[$section]" '/^\[/ { on = ($1 == wanted); next }
            on && NF > 0 && $1 !~ /^#/ { print $1 }' "$list"
    done
}

missing() {
    # shellcheck disable=SC2046 # package names are words
    set -- $(wanted "$@")
    [ $# -gt 0 ] || return 0
    have=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null |
        awk '$2 == "installed" { print $1 }') || true
    for package in "$@"; do
        printf '%s\n' "$have" | grep -qxF "$package" || echo "$package"
    done
}

if [ "${1:-}" = --missing ]; then
    shift
    if command -v dpkg-query >/dev/null; then
        missing "$@"
    fi
    exit 0
fi
if ! command -v dpkg-query >/dev/null; then
    echo "packages: this is not Debian; install what packaging/debian-packages.txt lists" >&2
    exit 3
fi
lacking=$(missing "$@" | tr '\n' ' ')
if [ -z "$lacking" ]; then
    exit 0
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "packages: missing: $lacking" >&2
        echo "packages: run this as root, or install sudo" >&2
        exit 3
    fi
    as_root=sudo
fi
# shellcheck disable=SC2086 # $lacking is a list of words
set -- $lacking
echo "packages: installing $# packages, this takes a minute or two ($lacking)" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
quietly() {
    # shellcheck disable=SC2086 # $as_root is empty or one word
    if ! $as_root env DEBIAN_FRONTEND=noninteractive "$@" >"$log" 2>&1 </dev/null; then
        tail -n 20 "$log" >&2
        echo "packages: '$*' failed" >&2
        exit 3
    fi
}
quietly apt-get -qq update
quietly apt-get -qq install -y --no-install-recommends "$@"
