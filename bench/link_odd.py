#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Files on which two classes of pairs need not be "same person" and "others", and what
`inbeeld link` makes of them: right, a warning or a refusal.

    bench/link_odd.py [--inbeeld PROGRAM] [--only WORD] [--seeds N]

Made-up people, labelled by construction; no label is used to link. One line a file: records,
persons, what was found, precision, recall, F1 over the pairs of CLUSTERS.csv, warnings by their
first words, or the refusal. "wrong" at its end: F1 (without true pairs: the share of records left
alone) below 0.9 and neither a warning nor a refusal.
"""

import argparse
import collections
import csv
import json
import os
import random
import subprocess
import sys
import tempfile

import link_matrix as matrix

word, typo, zipf = matrix.word, matrix.typo, matrix.zipf


def date(rng):
    return f"{1940 + rng.randrange(70)}-{1 + rng.randrange(12):02}-{1 + rng.randrange(28):02}"


def somebody(rng):
    return {"given_name": word(10, rng.randrange(400)), "surname": word(200, rng.randrange(4000)),
            "place": word(4, rng.randrange(300)), "birth_date": date(rng)}


def damaged(rng, person, errors):
    return {c: typo(rng, v) if rng.random() < errors and not c.startswith("birth") else v
            for c, v in person.items()}


def twice(rng, persons, errors=0.0, more=lambda row: row):
    """Each person in two records; `more` adds columns to a written record."""
    rows = [dict(more(damaged(rng, p, errors)), ent_id=k)
            for k, p in enumerate(persons) for _ in range(2)]
    rng.shuffle(rows)
    return {"odd": rows}


def counter(k, year, month, day):
    return {"birth_year": str(1970 + k % year), "birth_month": str(1 + k % month),
            "birth_day": str(1 + k % day)}


def families(rng, columns):
    rows, before = [], None
    settings = matrix.Settings(matrix.PLAIN, household=.6)
    for i in range(3000):
        before = matrix.person(rng, settings, before)
        row = matrix.written(rng, settings, before, 1)
        rows.append({"ent_id": i, **{c: row[c] for c in columns.split()}})
    return {"odd": rows}


def hub(rng, errors):
    people = [somebody(rng) for _ in range(200)]
    rows = [dict(damaged(rng, people[0 if i < 300 else 1 + (i - 300) // 2], errors),
                 ent_id=0 if i < 300 else 1 + (i - 300) // 2) for i in range(698)]
    rng.shuffle(rows)
    return {"odd": rows}


def shelter(rng):
    home = {"postcode": "1234AB", "house_number": "1", "street": "centrum", "phone": "0612345678"}
    people = []
    for k in range(400):
        own = {"postcode": f"{rng.randrange(1000, 9999)}AB", "house_number": str(rng.randrange(99)),
               "street": word(3, rng.randrange(999)), "phone": f"06{rng.randrange(10 ** 8):08}"}
        people.append({**somebody(rng), **(home if k < 300 else own)})
    return twice(rng, people, .1)


def by_surname(rng, columns):
    people = []
    for _ in range(350):
        s = rng.randrange(20)
        theirs = {"place": word(4, s), "organisation": word(5, s), "phone": f"06{s * 1234567:08}",
                  "email": f"a{s}@b.nl", "number": f"{s * 99991:07}"}
        people.append({"given_name": word(10, rng.randrange(60)), "surname": word(200, s),
                       "birth_year": str(1970 + rng.randrange(30)),
                       **{c: theirs[c] for c in columns.split()}})
    return twice(rng, people, .05)


CASES = {
    "dates alone, functions of a counter": lambda rng: twice(
        rng, [counter(k, 9, 12, 10) for k in range(350)]),
    "the same, with names": lambda rng: twice(
        rng, [{**somebody(rng), **counter(k, 9, 12, 10)} for k in range(350)], .1),
    "the same, names of a counter too": lambda rng: twice(
        rng, [{"given_name": word(10, k % 9), "surname": word(200, k % 10), **counter(k, 12, 6, 5)}
              for k in range(350)]),
    "names and place of a counter": lambda rng: twice(
        rng, [{"given_name": word(10, k % 15), "surname": word(200, k % 16),
               "place": word(4, k % 7), "birth_year": str(1970 + k % 12)} for k in range(350)]),
    "a date alone": lambda rng: twice(rng, [{"birth_date": date(rng)} for _ in range(350)]),
    "a number alone": lambda rng: twice(
        rng, [{"number": f"{rng.randrange(10 ** 7):07}"} for _ in range(350)], .1),
    "all columns constant": lambda rng: twice(
        rng, [{"surname": "jansen", "place": "utrecht", "sex": "f"} for _ in range(350)]),
    "a constant place": lambda rng: twice(
        rng, [{**somebody(rng), "place": "utrecht"} for _ in range(350)], .1),
    "a place that is nearly constant": lambda rng: twice(
        rng, [{**somebody(rng), **({"place": "utrecht"} if rng.random() < .99 else {})}
              for _ in range(350)], .1),
    "chance alone": lambda rng: {"odd": [dict(somebody(rng), ent_id=i) for i in range(700)]},
    "chance alone, poor columns": lambda rng: {"odd": [
        {"given_name": word(10, zipf(rng, 80, 3)), "surname": word(200, zipf(rng, 150, 5)),
         "birth_year": str(1980 + rng.randrange(20)), "ent_id": i} for i in range(2000)]},
    "families, nobody twice": lambda rng: families(
        rng, "given_name surname birth_date place postcode"),
    "families with phones, nobody twice": lambda rng: families(
        rng, "given_name surname birth_date place postcode street house_number phone"),
    "three columns of chance beside": lambda rng: twice(
        rng, [somebody(rng) for _ in range(350)], 0, lambda row: {
            **row, "phone": f"06{rng.randrange(10 ** 8):08}",
            "number": f"{rng.randrange(10 ** 7):07}", "email": f"x{rng.randrange(10 ** 5)}@y.nl"}),
    "small columns of chance beside": lambda rng: twice(
        rng, [somebody(rng) for _ in range(350)], 0, lambda row: {
            **row, "sex": rng.choice("mf"), "house_number": str(rng.randrange(9)),
            "organisation": word(5, rng.randrange(5))}),
    "300 records of one person": lambda rng: hub(rng, 0),
    "300 damaged records of one person": lambda rng: hub(rng, .15),
    "300 persons at one address": shelter,
    "a place in three columns": lambda rng: twice(
        rng, [somebody(rng) for _ in range(350)], .1,
        lambda row: {**row, "street": row["place"], "organisation": row["place"]}),
    "two columns by surname": lambda rng: by_surname(rng, "place organisation"),
    "four columns by surname": lambda rng: by_surname(rng, "phone email organisation number"),
    "two lists, nothing in common": lambda rng: {
        n: [dict(somebody(rng), ent_id=n + str(i)) for i in range(500)] for n in "ab"},
}


def run(program, name, seed):
    files = CASES[name](random.Random(seed * 7919 + sum(map(ord, name))))
    with tempfile.TemporaryDirectory(prefix="link_odd_") as folder:
        entity, paths = matrix.write_files(files, folder)
        out = f"{folder}/out.csv"
        done = subprocess.run([program, "link", *paths, "--out", out, "--threads", "1", "--json"],
                              capture_output=True, text=True)
        if done.returncode != 0:
            return f"refused, {'something' if os.path.exists(out) else 'nothing'} written", False
        said = json.loads(done.stdout)
        with open(out, newline="") as file:
            found = {(r["source"], r["id"]): r["cluster"] for r in csv.DictReader(file)}
    precision, recall, f1 = matrix.f1_of(found, entity)
    alone = sum(n for n in collections.Counter(found.values()).values() if n == 1) / len(found)
    right = (f1 if matrix.pairs_of(entity.values()) else alone) >= .9
    warnings = "; ".join(" ".join(w.split()[:5]) for w in said["warnings"])
    text = (f"{len(entity)} records of {len(set(entity.values()))}, found {said['persons']}: "
            f"{precision:.3f} {recall:.3f} {f1:.3f}{' | ' + warnings if warnings else ''}")
    return text, not right and not warnings


def main():
    parser = argparse.ArgumentParser()
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument("--inbeeld", default=f"{root}/build-rel/inbeeld")
    parser.add_argument("--only", default="")
    parser.add_argument("--seeds", type=int, default=1)
    options = parser.parse_args()
    wrong = count = 0
    for seed in range(1, options.seeds + 1):
        for name in CASES:
            if options.only in name:
                text, bad = run(os.path.abspath(options.inbeeld), name, seed)
                count += 1
                wrong += bad
                print(f"{name:38} {text}{' | wrong' if bad else ''}", flush=True)
    print(f"{count} files, {wrong} wrong and without a word")
    return 0


if __name__ == "__main__":
    sys.exit(main())
