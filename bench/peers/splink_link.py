#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Splink (DuckDB) on files of the kinds of bench_link, beside inbeeld: F1, seconds, memory.

    python3 -m venv ENV; ENV/bin/pip install splink pandas        (5.0.0 or 4.0.8)
    ENV/bin/python bench/peers/splink_link.py two|weak|heavy|large FILE.csv [FILE.csv]

Settings as Splink's own examples choose them for such columns; no labels are used but for the
score (column ent_id). F1 is over pairs at 0.5, and over the pairs that its clusters imply, cut at
0.5 and at two places more. Time and memory are told before anything is scored.
"""

import resource
import sys
import time
import warnings

import duckdb
import splink
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


# Blanks are none, dates as Splink wants them; rows stay in DuckDB.
def read(db, path, name):
    table = f"SELECT * FROM read_csv('{path}', all_varchar = true, header = true)"
    columns = [c for c in db.sql(table).columns if c != "id"]
    fields = [f"nullif({c}, '') AS {c}" for c in columns]
    if "birth_date" in columns:
        fields[columns.index("birth_date")] = """CASE WHEN length(birth_date) = 8 THEN
            birth_date[1:4] || '-' || birth_date[5:6] || '-' || birth_date[7:8]
            ELSE nullif(birth_date, '') END AS birth_date"""
    db.execute(f"CREATE TABLE {name} AS SELECT id AS unique_id, {', '.join(fields)} FROM ({table})")
    return name


def scores(said, right, true):
    both = 2 * right / (said + true) if said + true else 0
    return f"F1 {both:.4f} (precision {right / max(said, 1):.4f}, recall {right / true:.4f})"


# Pairs within groups of equal values of the columns.
def pairs_of(db, columns, table):
    return int(db.sql(f"SELECT coalesce(sum(n * (n - 1) // 2), 0) FROM "
                      f"(SELECT count(*) AS n FROM {table} GROUP BY {columns})").fetchall()[0][0])


def score(db, names, pairs, clusters):
    db.execute("CREATE TABLE truth AS " + " UNION ALL ".join(
        f"SELECT unique_id, ent_id FROM {name}" for name in names))
    true = pairs_of(db, "ent_id", "truth")
    said, right = db.sql(f"""SELECT count(*), count(*) FILTER (a.ent_id = b.ent_id)
        FROM {pairs.physical_name} p JOIN truth a ON p.unique_id_l = a.unique_id
        JOIN truth b ON p.unique_id_r = b.unique_id WHERE match_probability >= 0.5""").fetchall()[0]
    print("pairs at 0.5:    ", scores(said, right, true))
    for cut, table in clusters:
        db.execute(f"""CREATE OR REPLACE TABLE joined AS SELECT cluster_id, t.ent_id
            FROM {table.physical_name} c JOIN truth t USING (unique_id)""")
        said = pairs_of(db, "cluster_id", "joined")
        right = pairs_of(db, "cluster_id, ent_id", "joined")
        print(f"clusters at {cut}:", scores(said, right, true))


def main():
    kind, paths = sys.argv[1], sys.argv[2:]
    began = time.monotonic()
    db = duckdb.connect(config={"threads": 2})
    names = [read(db, path, f"list_{i}") for i, path in enumerate(paths)]
    comparisons, blocks, train, rule = settings_of(kind)
    settings = SettingsCreator(
        link_type="dedupe_only" if len(names) == 1 else "link_only", comparisons=comparisons,
        blocking_rules_to_generate_predictions=blocks,
        retain_intermediate_calculation_columns=False)
    api = DuckDBAPI(db)
    if hasattr(api, "register"):  # Splink 5
        tables = [api.register(name) for name in names]
        linker = Linker(tables if len(tables) > 1 else tables[0], settings)
    else:
        linker = Linker(names if len(names) > 1 else names[0], settings, api)
    linker.training.estimate_probability_two_random_records_match(rule, recall=0.6)
    linker.training.estimate_u_using_random_sampling(
        max_pairs=1e7 if kind == "large" else 1e6, seed=1)
    for block in train:
        linker.training.estimate_parameters_using_expectation_maximisation(block)
    pairs = linker.inference.predict(threshold_match_probability=0.01)

    def cluster(cut):
        return cut, linker.clustering.cluster_pairwise_predictions_at_threshold(
            pairs, threshold_match_probability=cut)
    clusters = [cluster(0.5)]
    wall = time.monotonic() - began
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(f"splink {splink.__version__}: {wall:.1f} s, {used.ru_utime + used.ru_stime:.1f} CPU s, "
          f"{used.ru_maxrss / 1024:.0f} MB")
    score(db, names, pairs, clusters + [cluster(0.9), cluster(0.99)])


main()
