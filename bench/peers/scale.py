#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""One generated list deduplicated by inbeeld, and by Splink on the same file in the same run.

    ENV/bin/python bench/peers/scale.py BUILD RECORDS... [--splink] [--threads N] [--seed N]

Prints a table: time by the clock, CPU time, largest memory, F1 over the pairs that the clusters
imply (column ent_id, which nobody compares). BUILD is a release build; ENV as splink_link.py says.
Lists are made by bench_link in a folder of its own and removed again.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import numpy as np


def measured(command, out):
    """Seconds by the clock, CPU seconds, megabytes at most."""
    began = time.monotonic()
    with open(out, "wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - began
    if status != 0:
        sys.exit(f"scale: {command[0]} failed:\n{pathlib.Path(out).read_text()[-2000:]}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def column(path, at):
    """A column of numbers without a blank or a comma before it, as an array."""
    with open(path, "rb") as file:
        next(file)
        return np.fromiter((int(line.split(b",", at + 1)[at]) for line in file), np.int64)


def pairs_of(numbers):
    _, sizes = np.unique(numbers, return_counts=True)
    return int((sizes * (sizes - 1) // 2).sum())


def f1_of(path, clusters):
    person = column(path, 1)
    # Clusters are in an order of their own: records are found by their id.
    with open(path, "rb") as file:
        next(file)
        at = {line.split(b",", 1)[0]: i for i, line in enumerate(file)}
    said = np.empty(len(person), np.int64)
    with open(clusters, "rb") as file:
        next(file)
        for line in file:
            cluster, _, name = line.rstrip(b"\n").split(b",")
            said[at[name]] = int(cluster)
    right = pairs_of(said * (person.max() + 1) + person)
    return 2 * right / (pairs_of(said) + pairs_of(person))


def row(records, who, wall, cpu, megabytes, f1):
    load = os.getloadavg()[0]
    print(f"| {records:,} | {who} | {wall:.1f} | {cpu:.1f} | {megabytes:.0f} | {f1} | {load:.1f} |",
          flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("build")
    parser.add_argument("records", type=int, nargs="+")
    parser.add_argument("--splink", action="store_true")
    parser.add_argument("--threads", default="2")
    parser.add_argument("--seed", default="1")
    given = parser.parse_args()
    print("| records | | s | CPU s | MB | F1 of clusters | load |\n|---|---|---|---|---|---|---|")
    here = pathlib.Path(__file__).parent
    for records in given.records:
        with tempfile.TemporaryDirectory() as folder:
            path, clusters, out = (f"{folder}/{name}" for name in ("list.csv", "c.csv", "out"))
            subprocess.run([f"{given.build}/bench/bench_link", "list", path, str(records),
                            given.seed], check=True)
            used = measured([f"{given.build}/inbeeld", "link", path, "--out", clusters,
                             "--threads", given.threads], out)
            row(records, "inbeeld", *used, f"{f1_of(path, clusters):.4f}")
            if not given.splink:
                continue
            measured([sys.executable, str(here / "splink_link.py"), "large", path], out)
            text = pathlib.Path(out).read_text()
            version, wall, cpu, megabytes = re.search(
                r"^splink (\S+): ([0-9.]+) s, ([0-9.]+) CPU s, (\d+) MB", text, re.M).groups()
            f1 = re.findall(r"^clusters at ([0-9.]+): F1 ([0-9.]+)", text, re.M)
            row(records, f"Splink {version}", float(wall), float(cpu), float(megabytes),
                ", ".join(f"{value} at {cut}" for cut, value in f1))


main()
