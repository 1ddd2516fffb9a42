#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Counts the norm as data: the tables of docs/methods/weighing.md are made by this program.

    norm_tables.py                prints the tables, in Markdown
    norm_tables.py --write FILE   puts them between the two marks in FILE
    norm_tables.py --check FILE   ends with 1 where FILE holds other tables than it prints
"""

import collections
import csv
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FIRST = "<!-- tables: docs/methods/norm_tables.py --write docs/methods/weighing.md -->\n"
LAST = "<!-- end of the tables -->\n"
WEIGHED = ("strong", "medium", "weak")


def read(*path):
    with open(os.path.join(ROOT, "catalogue", *path), encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def by_category(rows):
    groups = collections.OrderedDict()
    for row in rows:
        groups.setdefault(row["category"], []).append(row)
    return groups


def elements_table(rows, texts):
    yield "| category | rows | act | means | purpose | none | with a weight (adult, child) |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for number, group in enumerate(by_category(rows).values(), 1):
        if group[0]["kind"] == "excluded_proxy":
            continue
        count = collections.Counter(e for row in group for e in row["elements"].split(";"))
        adult = sum(row["weight_adult"] in WEIGHED for row in group)
        child = sum(row["weight_child"] in WEIGHED for row in group)
        weights = f"{adult}, {child}" if adult or child else "-"
        yield (f"| {texts[f'category.{number}']} | {len(group)} | {count['act']} | "
               f"{count['means']} | {count['purpose']} | {count['none']} | {weights} |")


def review_tables(rows):
    yield "| kind | keep | reword | omit |"
    yield "|---|--:|--:|--:|"
    for kind in ("indicator", "circumstance", "excluded_proxy"):
        count = collections.Counter(row["review"] for row in rows if row["kind"] == kind)
        yield (f"| {kind.replace('_', ' ')} | {count['keep']} | {count['reword']} | "
               f"{count['omit']} |")
    yield ""
    yield "| left out | why |"
    yield "|---|---|"
    for row in rows:
        if row["review"] == "omit":
            yield f"| {row['id']} | {row['review_reason']} |"


def tables():
    rows = read("indicators.csv")
    texts = {row["key"]: row["text"] for row in read("texts", "en", "indicators.csv")}
    lines = [*elements_table(rows, texts), "", *review_tables(rows)]
    return "\n".join(lines) + "\n"


def main(arguments):
    if not arguments:
        sys.stdout.write(tables())
        return 0
    if len(arguments) != 2 or arguments[0] not in ("--write", "--check"):
        sys.stderr.write(__doc__)
        return 2
    with open(arguments[1], encoding="utf-8") as handle:
        text = handle.read()
    before, _, rest = text.partition(FIRST)
    _, _, after = rest.partition(LAST)
    new = before + FIRST + "\n" + tables() + "\n" + LAST + after
    if arguments[0] == "--write":
        with open(arguments[1], "w", encoding="utf-8") as handle:
            handle.write(new)
    print("1..1")
    print("ok 1 - the tables are those of the norm" if arguments[0] == "--write" or new == text
          else "not ok 1 - the tables are not those of the norm: run it with --write")
    return 0 if arguments[0] == "--write" or new == text else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
