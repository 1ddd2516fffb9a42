#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Splink (DuckDB) on files of the kinds of bench_link, beside inbeeld: F1, CPU seconds, memory.

    python3 -m venv ENV; ENV/bin/pip install splink==4.0.8 pandas
    ENV/bin/python bench/peers/splink_link.py two|weak|heavy|large FILE.csv [FILE.csv]

Settings as Splink's own examples choose them for such columns; no labels are used but for the
score (column ent_id). F1 is over pairs at 0.5, and over the pairs that its clusters at 0.5 imply.
"""

import collections
import resource
import sys
import warnings

import duckdb
import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

warnings.filterwarnings("ignore")


def settings_of(kind):
    date = "birth_date"
    if kind == "weak":
        names = [cl.NameComparison("given_name"), cl.NameComparison("surname")]
        parts = [cl.ExactMatch(part) for part in ("birth_year", "birth_month", "birth_day")]
        blocks = [block_on("given_name", "surname"), block_on("surname", "birth_year"),
                  block_on("given_name", "birth_month", "birth_day"),
                  block_on("surname", "birth_month", "birth_day"),
                  block_on("birth_year", "birth_month", "birth_day"),
                  block_on("given_name", "birth_year")]
        train = [block_on("birth_year", "birth_month", "birth_day"),
                 block_on("given_name", "surname")]
        rule = [block_on("given_name", "surname", "birth_year", "birth_month")]
        return names + parts, blocks, train, rule
    names = [cl.ForenameSurnameComparison("given_name", "surname"),
             cl.DateOfBirthComparison(date, input_is_string=True, datetime_format="%Y-%m-%d")]
    if kind == "heavy":
        more = [cl.PostcodeComparison("postcode"), cl.ExactMatch("place").configure(
            term_frequency_adjustments=True),
            cl.ExactMatch("organisation").configure(term_frequency_adjustments=True)]
    else:
        more = [cl.ExactMatch("postcode"), cl.JaroWinklerAtThresholds("street", [.9]),
                cl.JaroWinklerAtThresholds("place", [.9]), cl.ExactMatch("house_number"),
                cl.LevenshteinAtThresholds("number", [1, 2])]
    blocks = [block_on("given_name", "surname"), block_on("surname", date),
              block_on("given_name", date), block_on("postcode", date),
              block_on("postcode", "surname"), block_on("postcode", "given_name"),
              block_on("substr(given_name,1,3)", "substr(surname,1,4)", "substr(birth_date,1,4)")]
    if kind != "heavy":
        blocks.append(block_on("number"))
    train = [block_on("given_name", "surname"), block_on(date)]
    rule = [block_on("given_name", "surname", date)]
    return names + more, blocks, train, rule


def read(path):
    frame = pd.read_csv(path, dtype=str, keep_default_na=False).replace("", None)
    if "birth_date" in frame:
        text = frame["birth_date"].str.replace("-", "", regex=False)
        frame["birth_date"] = text.str[:4] + "-" + text.str[4:6] + "-" + text.str[6:8]
    return frame.rename(columns={"id": "unique_id"})


def scores(said, right, true):
    both = 2 * right / (said + true) if said + true else 0
    return f"F1 {both:.4f} (precision {right / max(said, 1):.4f}, recall {right / true:.4f})"


def main():
    kind, paths = sys.argv[1], sys.argv[2:]
    frames = [read(path) for path in paths]
    comparisons, blocks, train, rule = settings_of(kind)
    settings = SettingsCreator(
        link_type="dedupe_only" if len(frames) == 1 else "link_only", comparisons=comparisons,
        blocking_rules_to_generate_predictions=blocks,
        retain_intermediate_calculation_columns=False)
    linker = Linker(frames if len(frames) > 1 else frames[0], settings, DuckDBAPI(
        duckdb.connect(config={"threads": 2})))
    linker.training.estimate_probability_two_random_records_match(rule, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for block in train:
        linker.training.estimate_parameters_using_expectation_maximisation(block)
    pairs = linker.inference.predict(threshold_match_probability=0.01)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        pairs, threshold_match_probability=0.5).as_pandas_dataframe()
    table = pairs.as_pandas_dataframe()
    entity = {}
    for frame in frames:
        entity.update(zip(frame["unique_id"], frame["ent_id"]))

    def count(sizes):
        return sum(n * (n - 1) // 2 for n in sizes)
    true = count(collections.Counter(entity.values()).values())
    kept = table[table["match_probability"] >= 0.5]
    right = sum(entity[a] == entity[b]
                for a, b in zip(kept["unique_id_l"], kept["unique_id_r"]))
    print("pairs at 0.5:   ", scores(len(kept), right, true))
    said = count(collections.Counter(clusters["cluster_id"]).values())
    right = count(collections.Counter(
        (c, entity[u]) for c, u in zip(clusters["cluster_id"], clusters["unique_id"])).values())
    print("clusters at 0.5:", scores(said, right, true))
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(f"{used.ru_utime + used.ru_stime:.1f} CPU s, {used.ru_maxrss / 1024:.0f} MB")


main()
