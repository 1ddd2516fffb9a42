#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Runs all fuzzers, two at a time, for SECONDS in total (default 240); TAP, one case a target.
#
#   tools/fuzz.sh [SECONDS]
#
# New inputs go to build-fuzz/corpus/NAME, findings to build-fuzz/findings/NAME-…; the tree is left
# alone. A finding that is mended goes to fuzz/regression/NAME, where every test run replays it.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-240}

CC=clang-14 sh tools/build.sh build-fuzz -Dfuzz=true -Dtests=false -Dbench=false \
    -Db_sanitize=address,undefined -Db_lundef=false >&2
programs=$(find build-fuzz/fuzz -maxdepth 1 -name 'fuzz_*' -type f -perm -u+x | sort)
count=$(printf '%s' "$programs" | grep -c . || true)
if [ "$count" -eq 0 ]; then
    echo "1..0 # SKIP no fuzz targets"
    exit 0
fi
each=$((2 * seconds / count))
[ "$each" -ge 1 ] || each=1
echo "# $count targets, $each seconds each, two at a time" >&2
mkdir -p build-fuzz/findings build-fuzz/logs
rm -f build-fuzz/logs/*

cat >build-fuzz/one.sh <<'EOF'
program=$1
name=${program##*/fuzz_}
mkdir -p "build-fuzz/corpus/$name"
seeds=
for folder in fuzz/corpus fuzz/regression; do
    [ ! -d "$folder/$name" ] || seeds="$seeds $folder/$name"
done
dictionary=
[ ! -f "fuzz/dict/$name.dict" ] || dictionary="-dict=fuzz/dict/$name.dict"
"$program" -max_total_time="$2" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
    -artifact_prefix="build-fuzz/findings/$name-" $dictionary "build-fuzz/corpus/$name" $seeds \
    >"build-fuzz/logs/$name" 2>&1
echo $? >"build-fuzz/logs/$name.status"
EOF
printf '%s\n' "$programs" | xargs -P 2 -I '{}' sh build-fuzz/one.sh '{}' "$each"

echo "1..$count"
number=0
failed=0
for program in $programs; do
    number=$((number + 1))
    name=${program##*/fuzz_}
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "build-fuzz/logs/$name")
    found=$(sed -n 's/^#[0-9]*.*DONE.* cov: \([0-9]*\).*/\1/p' "build-fuzz/logs/$name")
    if [ "$(cat "build-fuzz/logs/$name.status" 2>/dev/null)" = 0 ]; then
        echo "ok $number - $name: ${runs:-?} inputs in $each s, ${found:-?} places reached"
    else
        failed=1
        echo "not ok $number - $name: see build-fuzz/logs/$name and build-fuzz/findings"
        grep -E -A12 'ERROR|SUMMARY|runtime error' "build-fuzz/logs/$name" | head -n 30 >&2
    fi
done
exit $failed
