#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The commands of the handbook work as they are written, in order, from an empty home. TAP.

usage: tests/house/handbook.py INBEELD SOURCE
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile

CHAPTERS = ("docs/handbook/nl/beheerder.md", "docs/handbook/en/keeper.md",
            "docs/handbook/nl/steward.md", "docs/handbook/en/steward.md")
HEADER = ("id,source.kind,source.organisation,seen,person.age,roles,person.name,"
          "person.birth_date,observations\n")
SIGNALS = HEADER + """\
1,school,school-a,2026-05-03,15,possible_victim,Made Up,2010-12-01,CR-11=yes
2,police_beat,police-b,2026-06-03,15,suspect,"UP, Made",2010-12-01,CR-11=yes;CR-03=unknown
"""


def commands(path):
    """Indented lines of commands; `serve` does not end and is left to its own tests."""
    with open(path, encoding="utf-8") as file:
        found = re.findall(r"^    ((?:inbeeld|mkdir) .*)$", file.read(), re.MULTILINE)
    return [line for line in found if not line.startswith("inbeeld serve")]


def populations(path):
    """The table of people that a chapter shows, '' = none."""
    with open(path, encoding="utf-8") as file:
        found = re.search(r"(?:^    \w+,\w+,\w+\n)+", file.read(), re.MULTILINE)
    return "" if found is None else re.sub(r"^    ", "", found.group(0), flags=re.MULTILINE)


def run_chapter(binary, path):
    """What failed, '' = nothing; and how many commands were run."""
    with tempfile.TemporaryDirectory() as home:
        name = "signalen.csv" if "/nl/" in path else "signals.csv"
        with open(os.path.join(home, name), "w", encoding="utf-8") as file:
            file.write(SIGNALS)
        name = "mensen.csv" if "/nl/" in path else "people.csv"
        with open(os.path.join(home, name), "w", encoding="utf-8") as file:
            file.write(populations(path))
        lines = commands(path)
        for line in lines:
            words = [w.replace("~", home, 1) if w.startswith("~") else w for w in shlex.split(line)]
            words[0] = binary if words[0] == "inbeeld" else words[0]
            done = subprocess.run(words, cwd=home, capture_output=True, text=True,
                                  env={"HOME": home, "PATH": os.environ["PATH"]}, check=False)
            if done.returncode != 0:
                return f"{line}: exit {done.returncode}: {done.stderr.strip()}", len(lines)
    return ("" if len(lines) >= 6 else "fewer than six commands"), len(lines)


def main():
    binary, source = os.path.abspath(sys.argv[1]), sys.argv[2]
    print(f"1..{len(CHAPTERS)}")
    failed = 0
    for number, chapter in enumerate(CHAPTERS, 1):
        fault, count = run_chapter(binary, os.path.join(source, chapter))
        print(f"{'not ok' if fault else 'ok'} {number} - {chapter}: {count} commands")
        if fault:
            print(f"# {fault}")
            failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
