#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Reads an lcov file: which branches were taken both ways, a file a line.

    branches.py FILE.info PATH…            a table over the files under the paths
    branches.py --demand FILE.info PATH…   TAP, one case a file: every branch taken both ways

A line with a comment `// unreachable: REASON` is left out of the demand, and their number is said.
"""

import os
import re
import sys

UNREACHABLE = re.compile(r"// unreachable: \S+")


def read(path):
    """{source: {line: {branch: taken}}}; a branch taken in one program counts for all."""
    files, current = {}, None
    with open(path, encoding="utf-8") as handle:
        for row in handle:
            key, _, rest = row.strip().partition(":")
            if key == "SF":
                current = files.setdefault(os.path.relpath(rest), {})
            elif key == "BRDA":
                line, block, branch, count = rest.split(",")
                place = current.setdefault(int(line), {})
                place[block, branch] = place.get((block, branch), False) or count not in ("-", "0")
    return files


def weigh_up(source, lines):
    """(branches, taken, excused lines, [lines not taken both ways]) of one file."""
    with open(source, encoding="utf-8") as handle:
        text = handle.read().splitlines()
    total, taken, excused, missed = 0, 0, 0, []
    for line, branches in sorted(lines.items()):
        if UNREACHABLE.search(text[line - 1]):
            excused += 1
            continue
        total += len(branches)
        taken += sum(branches.values())
        if not all(branches.values()):
            missed.append(f"{source}:{line}: {text[line - 1].strip()}")
    return total, taken, excused, missed


def main(words):
    demand = words[0] == "--demand"
    words = words[demand:]
    paths = tuple(os.path.normpath(p) for p in words[1:])
    files = {source: lines for source, lines in sorted(read(words[0]).items())
             if any(source == p or source.startswith(p + os.sep) for p in paths)}
    if demand:
        print(f"1..{len(files) or 1}")
        if not files:
            print(f"not ok 1 - no branches under {' '.join(paths)}")
    failed = False
    sums = [0, 0]
    for number, (source, lines) in enumerate(files.items(), 1):
        total, taken, excused, missed = weigh_up(source, lines)
        sums = [sums[0] + total, sums[1] + taken]
        failed = failed or bool(missed)
        if demand:
            print(f"{'not ok' if missed else 'ok'} {number} - {source}: {taken} of {total} "
                  f"branches, {excused} lines said to be unreachable")
            for line in missed:
                print(f"not taken both ways: {line}", file=sys.stderr)
        else:
            print(f"{source:<40} {taken:6d} of {total:6d} {100 * taken / (total or 1):7.1f} %")
    if not demand:
        print(f"{'together':<40} {sums[1]:6d} of {sums[0]:6d} "
              f"{100 * sums[1] / (sums[0] or 1):7.1f} %")
        return 0
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
