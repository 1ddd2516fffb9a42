#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""One table: fault x recall and precision of `inbeeld link`, and of Splink where it is installed.

    bench/faults.py [--inbeeld PROGRAM] [--bench BENCH_FAULTS] [--seeds 3] [--size 5000]
                    [--splink PYTHON]      a Python that has splink (an environment of its own)

Files are made by bench_faults: a record of the second file has one fault. No label is used to link;
pairs are those that clusters imply across the files, at a probability of 0.5. Precision of a fault:
of the links of records that have it, how many are right. Intervals: Wilson, 95 %.
"""

import argparse
import collections
import csv
import math
import os
import subprocess
import sys
import tempfile
import time

SPLINK = r"""
import sys
import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
folder = sys.argv[1]
frames = [pd.read_csv(f"{folder}/{n}.csv", dtype=str) for n in "ab"]
for frame in frames:
    frame["unique_id"] = frame["id"]
settings = SettingsCreator(
    link_type="link_only",
    comparisons=[
        cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
        cl.NameComparison("surname").configure(term_frequency_adjustments=True),
        cl.DateOfBirthComparison("birth_date", input_is_string=True),
        cl.ExactMatch("birth_year"),
        cl.LevenshteinAtThresholds("phone", 1).configure(term_frequency_adjustments=True),
        cl.LevenshteinAtThresholds("postcode", 1),
        cl.ExactMatch("house_number"),
    ],
    blocking_rules_to_generate_predictions=[
        block_on("birth_date"), block_on("phone"), block_on("surname"), block_on("given_name"),
        block_on("postcode"), block_on("birth_year", "substr(surname,1,1)"),
        block_on("birth_year", "substr(given_name,1,1)")],
)
api = DuckDBAPI()
linker = Linker([api.register(frame, dataset_display_name=name)
                 for frame, name in zip(frames, "ab")], settings)
linker.training.estimate_probability_two_random_records_match(
    [block_on("birth_date", "surname"), block_on("phone", "given_name")], recall=0.5)
linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
for rule in (block_on("birth_date"), block_on("surname", "given_name"), block_on("postcode")):
    linker.training.estimate_parameters_using_expectation_maximisation(rule)
found = linker.inference.predict(threshold_match_probability=0.5)
# Each person at most once in each file, as inbeeld assumes: Splink's own one-to-one clustering.
best = linker.clustering.cluster_using_single_best_links(
    found, duplicate_free_datasets=["a", "b"], threshold_match_probability=0.5)
best.as_pandas_dataframe()[["cluster_id", "unique_id"]].to_csv(f"{folder}/splink.csv", index=False)
"""


def wilson(hits, total):
    if total == 0:
        return "      -        "
    z, p = 1.96, hits / total
    middle = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return f"{p:.3f} {middle - half:.3f}-{middle + half:.3f}"


def implied(path, cluster, unique):
    """Pairs across the files that the clusters of a table imply."""
    clusters = collections.defaultdict(list)
    with open(path, encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            clusters[row[cluster]].append(row[unique])
    return {(a, b) for ids in clusters.values() for a in ids if a[0] == "a"
            for b in ids if b[0] == "b"}


def inbeeld_pairs(program, folder):
    out = f"{folder}/clusters.csv"
    start = os.times()
    subprocess.run([program, "link", f"{folder}/a.csv", f"{folder}/b.csv", "--out", out],
                   check=True, capture_output=True)
    end = os.times()
    pairs = implied(out, "cluster", "id")
    spent = end.children_user + end.children_system - start.children_user - start.children_system
    return pairs, spent


def splink_pairs(python, folder):
    script = f"{folder}/run_splink.py"
    with open(script, "w", encoding="utf-8") as handle:
        handle.write(SPLINK)
    start = os.times()
    done = subprocess.run([python, script, folder], capture_output=True, text=True, check=False)
    end = os.times()
    if done.returncode != 0:
        sys.exit("splink failed:\n" + done.stderr[-2000:])
    pairs = implied(f"{folder}/splink.csv", "cluster_id", "unique_id")
    spent = end.children_user + end.children_system - start.children_user - start.children_system
    return pairs, spent


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--inbeeld", default="build/inbeeld")
    parser.add_argument("--bench", default="build/bench/bench_faults")
    parser.add_argument("--splink", help="a Python with splink")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--size", type=int, default=5000)
    words = parser.parse_args()
    engines = {"inbeeld": lambda folder: inbeeld_pairs(words.inbeeld, folder)}
    if words.splink:
        engines["splink"] = lambda folder: splink_pairs(words.splink, folder)
    counts = {name: collections.defaultdict(lambda: [0, 0, 0]) for name in engines}
    spent = collections.Counter()
    for seed in range(1, words.seeds + 1):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([words.bench, "write", folder, str(seed), str(words.size)], check=True)
            truth, fault_of = set(), {}
            with open(f"{folder}/truth.csv", encoding="utf-8") as handle:
                for row in csv.DictReader(handle):
                    fault_of[row["b"]] = row["fault"]
                    if row["a"]:
                        truth.add((row["a"], row["b"]))
            for name, run in engines.items():
                found, seconds = run(folder)
                spent[name] += seconds
                for fault in ("all", *set(fault_of.values())):
                    tally = counts[name][fault]
                    for pair in truth | found:
                        if fault in ("all", fault_of[pair[1]]):
                            tally[0] += pair in truth and pair in found
                            tally[1] += pair in truth
                            tally[2] += pair in found
    for name in engines:
        print(f"\n{name}: {words.seeds} x 2 files of {words.size}, {spent[name]:.1f} CPU s, "
              f"{time.strftime('%Y-%m-%d')}")
        print(f"{'fault':16} {'pairs':>6}  {'recall (95 %)':19} {'precision (95 %)':19}")
        for fault in sorted(counts[name], key=lambda f: (f == "all", f)):
            right, true, found = counts[name][fault]
            print(f"{fault:16} {true:6}  {wilson(right, true):19} {wilson(right, found):19}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
