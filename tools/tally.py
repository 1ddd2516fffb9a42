#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Counts test cases over the steps that tools/steps.sh ran: TAP lines, not programs.

    tally.py DIR                   a table of steps, then `N passed, N failed, N skipped` alone
    tally.py --failures DIR STEP   only what failed in one step

A step's cases stand in DIR/STEP.json (one object a line with the key stdout, as meson writes its
testlog.json) or as TAP in DIR/STEP.out. A plan that was not kept, a bail-out, a program that fails
without naming a case and a step that fails without one count as a failed case each; so nothing that
ends early passes for less than it is. DIR/STEP.tally holds the three numbers of a script that has
counted already.
"""

import json
import os
import re
import sys

RESULT = re.compile(r"^(not )?ok\b[\s-]*(\d*)[\s-]*([^#]*)(?:#\s*(.*))?$")
PLAN = re.compile(r"^1\.\.(\d+)(?:\s*#\s*(.*))?$")
SKIP = re.compile(r"skip", re.IGNORECASE)


def count_tap(text, name, failing_exit):
    """(passed, failed, skipped, [what failed]) of one program's output."""
    passed, skipped, failures, planned = 0, 0, [], None
    for line in text.splitlines():
        line = line.rstrip()
        plan, result = PLAN.match(line), RESULT.match(line)
        if plan:
            planned = int(plan.group(1))
            if planned == 0:
                skipped += 1
                planned = 1
        elif result:
            if result.group(4) and SKIP.match(result.group(4)):
                skipped += 1
            elif result.group(1):
                failures.append(f"{name}: {result.group(3).strip() or result.group(2)}")
            else:
                passed += 1
        elif line.startswith("Bail out!"):
            failures.append(f"{name}: {line}")
    seen = passed + skipped + len(failures)
    if planned is not None and seen < planned:
        failures += [f"{name}: planned {planned} cases, ended after {seen}"] * (planned - seen)
    if failing_exit and not failures:
        failures.append(f"{name}: ended with status {failing_exit}")
    return passed, len(failures), skipped, failures


def count_step(folder, name, status):
    base = os.path.join(folder, name)
    if os.path.exists(base + ".tally"):
        with open(base + ".tally", encoding="utf-8") as handle:
            passed, failed, skipped = (int(word) for word in handle.read().split())
        failures = [f"{name}: {failed} cases, see above"] if failed else []
        if status and not failed:
            failed, failures = 1, [f"{name}: ended with status {status}"]
        return passed, failed, skipped, failures
    if os.path.exists(base + ".json"):
        total = [0, 0, 0, []]
        with open(base + ".json", encoding="utf-8") as handle:
            for line in handle:
                program = json.loads(line)
                bad = program.get("returncode") or 0
                if program.get("result") in ("TIMEOUT", "INTERRUPT", "ERROR") and not bad:
                    bad = program["result"].lower()
                if bad == 77:  # meson's way to say that a program without TAP was skipped
                    counted = (0, 0, 1, [])
                else:
                    counted = count_tap(program.get("stdout") or "", program["name"], bad)
                if not any(counted[:3]):  # a program without TAP is one case
                    counted = (1, 0, 0, [])
                total = [a + b for a, b in zip(total, counted)]
        if status and not total[1]:
            total[1], total[3] = 1, [f"{name}: ended with status {status}"]
        return tuple(total)
    with open(base + ".out", encoding="utf-8", errors="replace") as handle:
        return count_tap(handle.read(), name, status)


def read_steps(folder):
    with open(os.path.join(folder, "steps.tsv"), encoding="utf-8") as handle:
        for line in handle:
            name, start, end, status = line.rstrip("\n").split("\t")
            yield name, float(end) - float(start), int(status)


def show_failures(folder, wanted):
    for name, _, status in read_steps(folder):
        if name != wanted:
            continue
        failures = count_step(folder, name, status)[3]
        if not failures:
            continue
        for failure in failures[:40]:
            print(f"   failed: {failure}")
        errors = os.path.join(folder, name + ".err")
        with open(errors, encoding="utf-8", errors="replace") as handle:
            for line in handle.read().splitlines()[-60:]:
                print(f"   | {line}")
        print(f"   all of it: {os.path.join(folder, name)}.out and .err")


def main(words):
    if words[0] == "--failures":
        show_failures(words[1], words[2])
        return 0
    folder = words[0]
    total, seconds_total = [0, 0, 0], 0.0
    print(f"{'step':<22} {'seconds':>8} {'passed':>8} {'failed':>8} {'skipped':>8}")
    for name, seconds, status in read_steps(folder):
        counted = count_step(folder, name, status)[:3]
        total = [a + b for a, b in zip(total, counted)]
        seconds_total += seconds
        shown = [str(n) if any(counted) else "" for n in counted]
        print(f"{name:<22} {seconds:8.1f} {shown[0]:>8} {shown[1]:>8} {shown[2]:>8}")
    print(f"{'together':<22} {seconds_total:8.1f} {total[0]:8d} {total[1]:8d} {total[2]:8d}")
    tally = os.environ.get("INBEELD_TALLY")
    if tally:
        with open(tally, "w", encoding="utf-8") as handle:
            handle.write(" ".join(str(n) for n in total) + "\n")
    print(f"{total[0]} passed, {total[1]} failed, {total[2]} skipped")
    return 1 if total[1] or total[0] == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
