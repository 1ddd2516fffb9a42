#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""inbeeld estimate beside R's packages for multiple systems estimation, on the same tables.

    bench/peers/count_peers.py points [--slow] TABLE.csv...   every method that both have
    bench/peers/count_peers.py bca TABLE.csv REPLICATES SEED...   stepwise BCa limits by seed
    bench/peers/count_peers.py each TABLE.csv COUNT           COUNT resampled tables, the same ones
                                                              for both: estimates that differ
    bench/peers/count_peers.py verdicts Artificial_3.csv      existence and identifiability

Needs R, and SparseMSE, MultipleSystemsEstimation, Rcapture, dga and LCMCR as far as they are there:
R CMD INSTALL of the sources, R_LIBS names where they are. Says what is missing. --inbeeld PROGRAM
names the program (build/inbeeld), --peer PACKAGE the one whose stepwise is asked (SparseMSE).
No part of ./check: peers take minutes.
"""

import argparse
import csv
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PARSER = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
PARSER.add_argument("what", choices=["points", "bca", "each", "verdicts"])
PARSER.add_argument("table")
PARSER.add_argument("rest", nargs="*")
PARSER.add_argument("--inbeeld", default=str(HERE.parent.parent / "build" / "inbeeld"))
PARSER.add_argument("--peer", default="SparseMSE")
PARSER.add_argument("--slow", action="store_true")


def estimate(program, table, *options):
    done = subprocess.run([program, "estimate", str(table), "--json", *options],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"count_peers: {done.stderr.strip()}")
    return json.loads(done.stdout)


def peers(*asked):
    done = subprocess.run(["Rscript", str(HERE / "count_peers.R"), *map(str, asked)],
                          stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        sys.exit("count_peers: R failed, see above")
    return done.stdout.splitlines()


def limits(found, kind):
    for interval in found["intervals"]:
        if interval["kind"] == kind:
            return f"{interval['low']:,.1f} to {interval['high']:,.1f}"
    return ""


def row(who, what, point, between="", more=""):
    shown = "none" if point is None else f"{point:,.4f}"
    print(f"{who:<26}{what:<24}{shown:>16}   {between:<28}{more}")


def points(asked):
    own = [("independence", ["--method", "independence"], "model"), ("stepwise", [], "model"),
           ("bic of pairs", ["--method", "bic", "--order", "2"], "profile"),
           ("bic", ["--method", "bic"], "profile"),
           ("decomposable parity", ["--method", "decomposable", "--parity"], "posterior"),
           ("latent-class", ["--method", "latent-class"], "posterior")]
    for table in [asked.table, *asked.rest]:
        print(f"{table}")
        for what, options, kind in own:
            found = estimate(asked.inbeeld, table, *options)
            more = " ".join(found["model"]) if found.get("model") else ""
            row("inbeeld", what, found["estimate"], limits(found, kind), more)
            if what == "stepwise":
                row("inbeeld", "reference bound", found["reference_bound"])
        for line in peers("points", table, *(["slow"] if asked.slow else [])):
            package, what, point, low, high, seconds = line.split("|")
            between = "" if low == "NA" else f"{float(low):,.1f} to {float(high):,.1f}"
            if point == "NA":
                print(f"{package:<26}is not installed")
            else:
                row(package, what, float(point), between,
                    "" if seconds == "NA" else f"{seconds} CPU s")


def bca(asked):
    count = asked.rest[0]
    for seed in asked.rest[1:]:
        found = estimate(asked.inbeeld, asked.table, "--bootstrap", count, "--seed", seed)
        row("inbeeld", f"stepwise BCa, seed {seed}", found["estimate"], limits(found, "bca"),
            f"{found['failed_replicates']} without an estimate")
        for line in peers("bca", asked.table, asked.peer, count, seed):
            if "|" not in line:
                print(f"{'':<26}{line}")
                continue
            package, what, point, low, high, seconds = line.split("|")
            row(package, what, float(point), f"{float(low):,.1f} to {float(high):,.1f}",
                f"{seconds} CPU s")


def each(asked):
    count = int(asked.rest[0])
    with open(asked.table, newline="", encoding="utf-8") as file:
        header, *rows = list(csv.reader(file))
    people = [int(r[-1]) for r in rows]
    dice = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        own = []
        for number in range(1, count + 1):
            drawn = dice.choices(range(len(rows)), weights=people, k=sum(people))
            path = pathlib.Path(folder) / f"{number}.csv"
            with open(path, "w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file)
                writer.writerow(header)
                writer.writerows([*r[:-1], drawn.count(i)] for i, r in enumerate(rows))
            own.append(estimate(asked.inbeeld, path, "--threads", "1")["estimate"])
        theirs = [float(line) for line in peers("each", asked.peer, folder, count)]
    differ = 0
    for number, (ours, other) in enumerate(zip(own, theirs), 1):
        if ours is None or not abs(ours - other) <= 1e-4 * abs(other):
            differ += 1
            print(f"table {number}: inbeeld {ours}, {asked.peer} {other}")
    print(f"{asked.table}: {differ} of {count} resampled tables differ by more than 1e-4")


def main():
    asked = PARSER.parse_args()
    if shutil.which("Rscript") is None:
        sys.exit("count_peers: R is not here (package r-base-core); nothing was compared")
    if asked.what == "verdicts":
        print("peer", *peers("verdicts", asked.table))
        pairs = ["AxB,AxC,BxC", "AxB", "AxC,BxC"]
        print("inbeeld", *(estimate(asked.inbeeld, asked.table, "--model", m)["status"]
                           for m in pairs))
    else:
        {"points": points, "bca": bca, "each": each}[asked.what](asked)


if __name__ == "__main__":
    main()
