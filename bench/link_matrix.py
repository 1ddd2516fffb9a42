#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""How `inbeeld link` fares over many kinds of files: one table, case x precision, recall, F1,
calibration, CPU s, the worst cells last.

    bench/link_matrix.py [--inbeeld PROGRAM] [--half choose|confirm|all] [--only WORD] [--jobs 2]
                         [--people FOLDER]   labelled files (default
                                             $INBEELD_SHARED/data/people); without them their
                                             cases are left out
                         [--save FILE]       the table as CSV

No label is used to link. Changes to the engine are chosen on the half "choose" and must hold on the
half "confirm": cases are dealt out in turn. F1 is over the pairs that CLUSTERS.csv implies, at the
fixed cut. Calibration: for each tenth of the stated probability with 200 pairs of PAIRS.csv or
more, the share that is true is within 0.05 of the mean stated one, or the mean stated one inside
its 95 % interval (Wilson). "-" is a case without such a tenth.
"""

import argparse
import collections
import concurrent.futures
import csv
import math
import os
import random
import resource
import subprocess
import sys
import tempfile

# ---- made-up people ----

BEGINS = "b br d f g h j k l m n p r s st t v w".split()
MIDDLES = ["a", "e", "i", "o", "u", "aa", "ie", "oe", "ou", "ee"]
ENDS = ["", "n", "r", "s", "l", "m", "t", "k", "rt", "ng"]


def word(family, number):
    rng = random.Random(family * 1000003 + number)
    parts = rng.choice([2, 2, 2, 2, 3, 1])
    return "".join(rng.choice(BEGINS) + rng.choice(MIDDLES) + rng.choice(ENDS)
                   for _ in range(parts))


def zipf(rng, n, flat):
    return min(n - 1, int(flat * ((1 + n / flat) ** rng.random() - 1)))


def typo(rng, text):
    if len(text) < 2:
        return text
    at = rng.randrange(len(text))
    letters = "0123456789" if text[at].isdigit() else "abcdefghijklmnopqrstuvwxyz"
    how = rng.randrange(4)
    if how == 0:
        return text[:at] + rng.choice(letters) + text[at + 1:]
    if how == 1 and at + 1 < len(text):
        return text[:at] + text[at + 1] + text[at] + text[at + 2:]
    if how == 2 and not text[at].isdigit():
        return text[:at] + text[at + 1:]
    return text[:at] + rng.choice(letters) + text[at:]


class Settings(dict):
    __getattr__ = dict.__getitem__


PLAIN = Settings(
    columns="given_name surname birth_date sex postcode street house_number place phone number",
    records=5000, files=1, doubles=.1, copies=1, errors=.15, gaps=.03, heaped=0, moved=.05,
    household=0, given=400, surnames=4000, places=300, communities=1, years=80, wrong_date=.5,
    renamed=.02, constant="", distinct="", skew=1, parts=False)


def person(rng, s, before):
    community = zipf(rng, s.communities, 1)
    p = {
        "given_name": word(10 + community, zipf(rng, s.given, s.given / 30)),
        "surname": word(200 + community, zipf(rng, s.surnames, s.surnames / 100)),
        "sex": rng.choice("mf"), "street": word(3, rng.randrange(3000)),
        "house_number": str(1 + zipf(rng, 300, 20)), "place": word(4, zipf(rng, s.places, 8)),
        "phone": f"06{rng.randrange(10 ** 8):08}", "number": f"{rng.randrange(10 ** 7):07}",
        "organisation": word(5, zipf(rng, 100, 3)),
        "date": [2010 - zipf(rng, s.years, s.years), 1 + rng.randrange(12), 1 + rng.randrange(28)]}
    at = sum(map(ord, p["place"])) * 7919 + rng.randrange(12)
    p["postcode"] = f"{1000 + at % 8999}{'ABCDEF'[at % 6]}{'GHJK'[at % 4]}"
    p["email"] = f"{p['given_name']}{rng.randrange(100)}@{word(6, zipf(rng, 20, 1))}.nl"
    if before is not None and rng.random() < s.household:
        for column in ("surname", "postcode", "street", "house_number", "place"):
            p[column] = before[column]
        if rng.random() < .3:
            p["phone"] = before["phone"]
        if rng.random() < .02:  # twins
            p["date"] = list(before["date"])
    return p


def wrong_date(rng, date):
    year, month, day = date
    how = rng.randrange(6)
    if how == 0 and day <= 12:
        return [year, day, month]
    if how == 1:
        return [year, month, 1 + rng.randrange(28)]
    if how == 2:
        return [year, 1 + rng.randrange(12), day]
    if how == 3:
        return [year + rng.choice([-1, 1]), month, day]
    if how == 4:
        return [year // 10 * 10 + rng.randrange(10), month, day]
    return [year // 100 * 100 + rng.randrange(10) * 10 + year % 10, month, day]


def written(rng, s, p, damage):
    """A record of p: each field with its errors; damage multiplies all rates."""
    row = dict(p)
    if rng.random() < s.moved * damage:
        row.update({"street": word(3, rng.randrange(3000)),
                    "place": word(4, zipf(rng, s.places, 8)),
                    "house_number": str(1 + zipf(rng, 300, 20)),
                    "postcode": f"{1000 + rng.randrange(8999)}XY"})
    if rng.random() < s.renamed * damage:
        row["surname"] = word(200, zipf(rng, s.surnames, s.surnames / 100))
    date = list(p["date"])
    if rng.random() < s.errors * s.wrong_date * damage:
        date = wrong_date(rng, date)
    if rng.random() < s.heaped:
        date[1:] = [1, 1]
    if s.parts:
        row["birth_year"], row["birth_month"], row["birth_day"] = map(str, date)
    row["birth_date"] = f"{date[0]:04}-{date[1]:02}-{date[2]:02}"
    for column in s.columns.split():
        if rng.random() < s.gaps * (damage if damage > 1 else 1):
            row[column] = ""
        elif column not in ("birth_date", "sex", "birth_year", "birth_month", "birth_day") and \
                rng.random() < s.errors * damage:
            row[column] = typo(rng, row[column])
        if column == s.constant:
            row[column] = p[column] if rng.random() < .001 else "utrecht"
        if column == s.distinct:
            row[column] = f"{rng.randrange(10 ** 9):09}"
    return row


def made(seed, **changes):
    """Files of made-up people as {name: rows}, each row with its person in ent_id."""
    s = Settings(PLAIN, **changes)
    rng = random.Random(seed)
    people = max(2, int(s.records * (1 - s.doubles))) if s.files == 1 else s.records
    files = {f"file{i}": [] for i in range(s.files)}
    before = None
    for entity in range(people):
        before = p = person(rng, s, before)
        if s.files > 1:
            for name, rows in files.items():
                if rng.random() < (s.doubles if s.files == 2 and name == "file1" else s.skew):
                    rows.append(dict(written(rng, s, p, 1), ent_id=entity))
            continue
        rows = files["file0"]
        rows.append(dict(written(rng, s, p, 1), ent_id=entity))
        double = rng.random() < s.doubles / (1 - s.doubles) / ((1 + s.copies) / 2)
        for _ in range(rng.randint(1, s.copies) if double else 0):
            rows.append(dict(written(rng, s, p, rng.random() * 2 if s.copies > 3 else 1),
                             ent_id=entity))
    for rows in files.values():
        rng.shuffle(rows)
    return {name: [{"ent_id": r["ent_id"], **{c: r[c] for c in s.columns.split()}} for r in rows]
            for name, rows in files.items()}


# ---- files of others ----

FEBRL = {"given_name": "given_name", "surname": "surname", "house_number": "street_number",
         "street": "address_1", "place": "suburb", "postcode": "postcode",
         "birth_date": "date_of_birth", "number": "soc_sec_id"}
NAMES_OF = {
    "febrl1": FEBRL, "febrl2": FEBRL, "febrl3": FEBRL,
    "fake_1000": {"given_name": "first_name", "surname": "surname", "birth_date": "dob",
                  "place": "city", "email": "email"},
    "RLdata500": {"given_name": "fname_c1", "surname": "lname_c1", "birth_year": "by",
                  "birth_month": "bm", "birth_day": "bd"}}


def shared(folder, name, without="", split=False):
    rows = []
    with open(f"{folder}/{name}.csv", newline="") as file:
        for row in csv.DictReader(file):
            rows.append({"ent_id": row["ent_id"], "first": "org" in row.get("rec_id", ""),
                         **{ours: row[theirs].strip() for ours, theirs in NAMES_OF[name].items()
                            if ours not in without.split()}})
    files = {name: rows}
    if split:
        files = {name + "_a": [r for r in rows if r["first"]],
                 name + "_b": [r for r in rows if not r["first"]]}
    return {n: [{k: v for k, v in r.items() if k != "first"} for r in rs]
            for n, rs in files.items()}


def region(program, folder, people, seed, without=""):
    there = f"{folder}/region"
    subprocess.run([program, "demo", there, "--people", str(people), "--seed", str(seed)],
                   check=True, stdout=subprocess.DEVNULL)
    entity = {}
    with open(f"{there}/true_clusters.csv", newline="") as file:
        for row in csv.DictReader(file):
            entity[row["source"], row["id"]] = row["cluster"]
    files = {}
    for name in sorted(os.listdir(f"{there}/lists")):
        stem = name.removesuffix(".csv")
        with open(f"{there}/lists/{name}", newline="") as file:
            files[stem] = [{"ent_id": entity[stem, row["id"]],
                            **{k: v for k, v in row.items() if k not in without.split() and
                               k not in ("id", "form", "age_class")}}
                           for row in csv.DictReader(file)]
    return files


# ---- the matrix ----

def cases(folder):
    """Name -> a function of (program, folder) that gives the files."""
    all_cases = {}

    def add(name, make):
        all_cases[name] = make

    def add_made(name, seed, **changes):
        add(name, lambda program, folder: made(seed, **changes))

    weak = "given_name surname birth_year birth_month birth_day"
    heavy = "given_name surname birth_date place postcode organisation"
    five = "given_name surname birth_date place postcode"
    for seed in (1, 2):
        add_made(f"weak #{seed}", seed, columns=weak, parts=True, records=10000, surnames=700)
        add_made(f"weak, 1 % doubles #{seed}", seed + 10, columns=weak, parts=True, records=10000,
                 doubles=.01)
        add_made(f"weak, 60 % doubles #{seed}", seed + 20, columns=weak, parts=True, records=6000,
                 doubles=.6, copies=3)
        add_made(f"weak, many errors #{seed}", seed + 30, columns=weak, parts=True, records=8000,
                 errors=.35)
        add_made(f"weak, few surnames #{seed}", seed + 40, columns=weak, parts=True, records=10000,
                 surnames=150, given=80)
        add_made(f"ten records a person #{seed}", seed + 50, columns=heavy, records=15000,
                 doubles=.9, copies=18, errors=.25, gaps=.1)
        add_made(f"ten records, households #{seed}", seed + 60, columns=heavy, records=12000,
                 doubles=.9, copies=18, errors=.35, gaps=.15, household=.3)
        add_made(f"gaps 30 % #{seed}", seed + 70, gaps=.3)
        add_made(f"gaps 50 % #{seed}", seed + 80, gaps=.5)
        add_made(f"households #{seed}", seed + 90, household=.6, doubles=.2)
        add_made(f"households, five columns #{seed}", seed + 100, household=.5, columns=five)
        add_made(f"heaped dates #{seed}", seed + 110, heaped=.3, columns=five)
        add_made(f"communities #{seed}", seed + 120, communities=12, columns=five, given=150,
                 surnames=300, records=9000)
        add_made(f"communities, names and dates #{seed}", seed + 130, communities=12, parts=True,
                 columns=weak, given=100, surnames=300, records=9000)
        add_made(f"constant place #{seed}", seed + 140, constant="place", columns=five)
        add_made(f"number all distinct #{seed}", seed + 150, distinct="number",
                 columns=five + " number")
        add_made(f"postcode and place only #{seed}", seed + 160,
                 columns="surname birth_date postcode place street", records=6000)
        add_made(f"name and year #{seed}", seed + 170, records=3000, doubles=.3, parts=True,
                 columns="given_name surname birth_year place")
        add_made(f"no doubles but 0.2 % #{seed}", seed + 180, doubles=.002, columns=five)
        add_made(f"two lists, half common #{seed}", seed + 190, files=2, doubles=.5, records=3000,
                 columns=five)
        add_made(f"two lists, 5 % common #{seed}", seed + 200, files=2, doubles=.05, skew=.5,
                 records=6000, columns=five, household=.3)
        add_made(f"two lists, weak, gaps #{seed}", seed + 210, files=2, doubles=.6, records=4000,
                 gaps=.15, errors=.25, columns=weak, parts=True)
        add_made(f"four lists #{seed}", seed + 220, files=4, skew=.4, records=4000, columns=five,
                 household=.3, gaps=.1)
        add_made(f"four lists, weak #{seed}", seed + 230, files=4, skew=.3, records=5000,
                 columns=weak, parts=True, communities=8, given=100, surnames=500)
        add_made(f"300 records #{seed}", seed + 240, records=300, doubles=.2, columns=five)
        add_made(f"25,000 blocked #{seed}", seed + 250, records=25000, columns=five, household=.2,
                 errors=.3, gaps=.08)
        for people, without in ((20000, ""), (60000, ""), (60000, "phone"),
                                (30000, "house_number postcode place phone"), (3000, "")):
            def make(program, folder, people=people, without=without, seed=seed):
                return region(program, folder, people, seed + 40, without)
            add(f"region {people}{' without ' + without if without else ''} #{seed}", make)
    lacking = {"febrl1": ["", "number", "birth_date", "number birth_date", "number postcode"],
               "febrl2": ["", "number", "number birth_date", "number given_name",
                          "number surname", "postcode place"],
               "febrl3": ["", "number", "birth_date", "number birth_date", "number street",
                          "number postcode", "number surname", "given_name surname"],
               "fake_1000": ["", "email", "place", "birth_date", "surname", "place email"],
               "RLdata500": ["", "birth_day", "given_name", "birth_year"]}
    for name, columns in lacking.items():
        for without in columns if folder else []:
            add(f"{name}{' without ' + without if without else ''}",
                lambda program, _, name=name, without=without: shared(folder, name, without))
    for without in ("", "number", "number birth_date") if folder else []:
        add(f"febrl1 in two{' without ' + without if without else ''}",
            lambda program, _, without=without: shared(folder, "febrl1", without, True))
    # Made after all choices of decision 27; last, so that the halves stay as they were.
    for seed in (901, 902):
        for what, errors, gaps, more in (
                ("half seen", .25, .15, {"doubles": .5, "skew": .5}),
                ("most seen", .25, .15, {"doubles": .9, "skew": .9, "records": 3000}),
                ("few in one", .2, .1, {"doubles": .1, "skew": .9}),
                ("five columns", .25, .2, {"doubles": .5, "skew": .5, "columns": five}),
                ("households", .2, .1, {"doubles": .6, "skew": .6, "columns": five,
                                        "household": .5})):
            weakly = {"columns": weak, "parts": True} if "columns" not in more else {}
            add_made(f"later lists, {what} #{seed}", seed, **{
                "files": 2, "records": 4000, "errors": errors, "gaps": gaps, **weakly, **more})
    return all_cases


# ---- running and scoring ----

def pairs_of(labels):
    return sum(n * (n - 1) // 2 for n in collections.Counter(labels).values())


def f1_of(found, entity):
    """found: cluster of each (source, id); records that stand nowhere are alone."""
    said = pairs_of(found.values())
    true = pairs_of(entity.values())
    right = pairs_of([(found[key], entity[key]) for key in found])
    return right / max(said, 1), right / max(true, 1), 2 * right / max(said + true, 1)


def wilson(right, n):
    z = 1.96
    share = right / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return middle - half, middle + half


def calibration(tenths):
    """(verdict, worst tenth in words) of {tenth: [pairs, stated, true]}."""
    worst = (0, "")
    verdict = "-"
    for tenth, (n, stated, true) in sorted(tenths.items()):
        if n < 200:
            continue
        low, high = wilson(true, n)
        mean, share = stated / n, true / n
        good = abs(share - mean) <= .05 or low <= mean <= high
        verdict = "FAIL" if not good or verdict == "FAIL" else "ok"
        if abs(share - mean) >= worst[0]:
            worst = (abs(share - mean), f"{mean:.2f} said {share:.2f} found of {n}")
    return verdict, worst[1]


def write_files(files, folder):
    entity, paths = {}, []
    for name, rows in files.items():
        path = f"{folder}/{name}.csv"
        paths.append(path)
        with open(path, "w", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(["id", *rows[0]])
            for i, row in enumerate(rows):
                out.writerow([f"r{i}", *row.values()])
                entity[name, f"r{i}"] = row["ent_id"]
    return entity, paths


def run_case(name, make, program):
    with tempfile.TemporaryDirectory(prefix="link_matrix_") as folder:
        entity, paths = write_files(make(program, folder), folder)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [program, "link", *paths, "--out", f"{folder}/out.csv", "--pairs",
             f"{folder}/pairs.csv", "--threads", "1"], capture_output=True, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        if done.returncode != 0:
            return {"case": name, "precision": 0, "recall": 0, "F1": 0, "calibration": "refused",
                    "worst": done.stderr.strip()[-60:], "cpu": seconds, "records": len(entity),
                    "tenths": {}}
        with open(f"{folder}/out.csv", newline="") as file:
            found = {(r["source"], r["id"]): r["cluster"] for r in csv.DictReader(file)}
        tenths = collections.defaultdict(lambda: [0, 0, 0])
        with open(f"{folder}/pairs.csv", newline="") as file:
            for r in csv.DictReader(file):
                stated = float(r["probability"])
                tenth = tenths[min(int(stated * 10), 9)]
                tenth[0] += 1
                tenth[1] += stated
                tenth[2] += entity[r["source_a"], r["id_a"]] == entity[r["source_b"], r["id_b"]]
        precision, recall, f1 = f1_of(found, entity)
        verdict, worst = calibration(tenths)
        return {"case": name, "records": len(entity), "precision": precision, "recall": recall,
                "F1": f1, "calibration": verdict, "worst": worst, "cpu": seconds,
                "tenths": dict(tenths)}


def main():
    parser = argparse.ArgumentParser()
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument("--inbeeld", default=f"{root}/build-rel/inbeeld")
    parser.add_argument("--half", choices=["choose", "confirm", "all"], default="all")
    parser.add_argument("--only", default="")
    parser.add_argument("--jobs", type=int, default=2)
    shared_folder = os.environ.get("INBEELD_SHARED", "../shared") + "/data/people"
    parser.add_argument("--people", default=shared_folder)
    parser.add_argument("--save", default="")
    options = parser.parse_args()
    folder = options.people if os.path.isdir(options.people) else ""
    chosen = {}
    for i, (name, make) in enumerate(cases(folder).items()):
        half = "choose" if i % 2 == 0 else "confirm"
        if options.half in ("all", half) and options.only in name:
            chosen[name] = make
    program = os.path.abspath(options.inbeeld)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        futures = [pool.submit(run_case, name, make, program)
                   for name, make in chosen.items()]
        results = [future.result() for future in futures]
    results.sort(key=lambda r: -r["F1"])
    total = collections.defaultdict(lambda: [0, 0, 0])
    print(f"{'case':58} {'records':>7} {'prec':>6} {'recall':>6} {'F1':>6} "
          f"{'calib':>7}  worst tenth")
    for r in results:
        print(f"{r['case']:58} {r['records']:7} {r['precision']:.4f} {r['recall']:.4f} "
              f"{r['F1']:.4f} {r['calibration']:>7}  {r['worst']}")
        for tenth, values in r["tenths"].items():
            for i in range(3):
                total[tenth][i] += values[i]
    verdicts = collections.Counter(r["calibration"] for r in results)
    mean = sum(r["F1"] for r in results) / len(results)
    loss = sum(math.log(max(1 - r["F1"], 1e-4)) for r in results) / len(results)
    print(f"\n{len(results)} cases: mean F1 {mean:.4f}, "
          f"geometric mean of 1 - F1 {math.exp(loss):.4f}, lowest {results[-1]['F1']:.4f}; "
          f"calibration {dict(verdicts)}")
    for tenth, (n, stated, true) in sorted(total.items()):
        print(f"  all pairs together: {stated / n:.3f} said, {true / n:.3f} found of {n}")
    if options.save:
        with open(options.save, "w", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            names = ["case", "records", "precision", "recall", "F1", "calibration",
                     "worst"]
            out.writerow(names)
            for r in sorted(results, key=lambda r: r["case"]):
                out.writerow([f"{r[n]:.4f}" if isinstance(r[n], float) else r[n] for n in names])


if __name__ == "__main__":
    sys.exit(main())
