#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Runs the vignettes of tests/data against `inbeeld weigh` and prints TAP.

    vignettes.py BINARY [DIR]     DIR holds vignettes/ and facts_bad/, by default tests/data
    vignettes.py --check [DIR]    only looks whether the cases themselves are well made

Every case is checked in three ways: what its author expects, what the contract (FACTS.json and
Finding in the design) says of every finding, and a second reading of the norm written apart from
the C code: the forms, levels and dimensions worked out again from catalogue/indicators.csv.
"""

import csv
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
CATALOGUE = os.path.join(ROOT, "catalogue", "indicators.csv")

FORMS = ("labour", "sexual", "criminal", "begging", "services", "organ", "marriage", "unspecified")
LEVELS = ("none", "something", "elements")
DIMENSIONS = ("D1", "D2", "D3", "D4", "D5", "D6")
BASES = ("must", "may", "consent", "advice_only")
ROLES = ("possible_victim", "suspect", "parent", "sibling", "partner", "friend", "witness",
         "colleague", "employer", "recruiter", "official")
REPORTERS = ("police_beat", "police_expert", "border_police", "labour_inspectorate", "school",
             "youth_work", "youth_care", "health", "shelter", "asylum", "municipality",
             "care_coordinator", "guardian", "lawyer", "ngo", "parent", "self", "public")
DUTY = ("police_beat", "police_expert", "border_police", "labour_inspectorate")
SITUATION = {
    "danger_now": (True, False), "unaccompanied": (True, False), "denies": (True, False),
    "profits": ["parent", "partner", "employer", "other"],
    "surroundings": ["protective", "unaware", "profiting", "parent_of_suspect"],
    "consent": ("given", "refused", "not_asked"), "police": ("wanted", "unwanted", "not_asked"),
}
MISSION_ROWS = ("R1 R2 R3 R8 R9 R11 R12 R14 R15 R16 R17 R18 R21 R23 R25 R26 R30 R31 R32 R34 R35 "
                "R37").split()
EXPECT_KEYS = {
    "forms", "forms_exact", "dimensions", "first_route", "routes_include", "routes_any",
    "routes_exclude", "route_before", "basis", "basis_if_present", "basis_exclude",
    "first_not_criminal", "notes_include", "notes_exclude", "do_include", "dont_include",
    "offers_include", "help_include", "help_any", "offers_min", "ask_next_first",
    "ask_next_exclude", "routes_both_ages", "routes_if", "twin", "twins", "text_excludes",
    "text_includes",
}
TWIN_KEYS = {"of", "kind", "same", "superset", "not_below", "advice_differs"}
# Words that no text may hold (R8), and words for whom is under twelve (R14), both languages.
STIGMA = ("hoer", "hoeren", "prostituee", "prostituees", "whore", "prostitute", "prostitutes")
OFFENDER = ("dader", "daders", "verdachte", "verdachten", "pleger", "crimineel", "offender",
            "offenders", "perpetrator", "suspect", "delinquent")
# Stands as a value in some of the bad files: no message may repeat it.
PRIVATE = "zzqx"
# What may differ between the facts of a case and of its twin, per kind of twin.
TWIN_KINDS = {
    "story": (),
    "suspect": ("roles",),
    "role": ("roles",),
    "circumstance": ("circumstances",),
    "sex_work": ("circumstances",),
    "denial": ("situation", "CR-32"),
    "situation": ("situation",),
    "age": ("age",),
    "answer": ("observations",),
    "reporter": ("reporter",),
}


def no_duplicates(pairs):
    """Refuses an object with one key twice, which json otherwise takes in silently."""
    seen = dict(pairs)
    if len(seen) != len(pairs):
        raise ValueError("a key stands twice")
    return seen


def load_cases(folder):
    """All vignettes by id, in the order of mission row and name."""
    cases = {}
    names = [n for n in os.listdir(folder) if n.endswith(".json")]
    names.sort(key=lambda n: (int(re.match(r"R(\d+)-", n).group(1)), n))
    for name in names:
        with open(os.path.join(folder, name), encoding="utf-8") as handle:
            case = json.load(handle, object_pairs_hook=no_duplicates)
        if case["id"] + ".json" != name:
            raise ValueError(f"{name}: id is {case['id']}")
        cases[case["id"]] = case
    return cases


def load_norm():
    """catalogue/indicators.csv by id, or None where the catalogue is not there yet."""
    if not os.path.exists(CATALOGUE):
        return None
    with open(CATALOGUE, encoding="utf-8-sig", newline="") as handle:
        return {row["id"]: row for row in csv.DictReader(handle)}


def age_class(age):
    """child or adult: how an age is read; an unknown age is read as a child."""
    if age is None or age == "child":
        return "child"
    if age == "adult":
        return "adult"
    return "child" if age < 18 else "adult"


def under(age, years):
    """True only for an age in figures that is lower."""
    return isinstance(age, int) and not isinstance(age, bool) and age < years


def says_yes(facts):
    return {i for i, answer in facts["observations"].items() if answer == "yes"}


def situation(facts):
    return facts.get("situation", {})


def parent_profits(facts):
    return "parent" in situation(facts).get("profits", []) or "CR-33" in says_yes(facts)


def fears_government(facts):
    return bool(says_yes(facts) & {"D6-05", "UG-05", "UG-06"}) or \
        situation(facts).get("police") == "unwanted"


# ---------------------------------------------------------------- the norm, read a second time

def second_reading(facts, norm):
    """Forms with level, and dimensions, worked out again from the catalogue alone.

    Written from the contract: per form a set of elements, per dimension a bag of weights that is
    compared with the four published bags, never a running sum."""
    child = age_class(facts["person"]["age"]) == "child"
    named, general, bags = {}, set(), {d: [] for d in DIMENSIONS}
    for ident in sorted(says_yes(facts)):
        row = norm[ident]
        if row["review"] == "omit":
            continue
        if not child and row["applies_to"] == "child" and row["adults_too"] == "no":
            continue
        if ident != "CR-32":
            parts = {e for e in row["elements"].split(";") if e and e != "none"}
            forms = [f for f in row["forms"].split(";") if f]
            for form in forms:
                named.setdefault("unspecified" if form == "any" else form, set())
                if form != "any":
                    named[form] |= parts
            if "any" in forms:
                general |= parts
        weight = row["weight_child" if child else "weight_adult"]
        if child and row["applies_to"] == "adult":
            weight = ""
        if row["dimension"] in bags and weight in ("strong", "medium", "weak"):
            bags[row["dimension"]].append(weight)
    needed = {"act", "purpose"} if child else {"act", "means", "purpose"}
    levels = {}
    for form, parts in named.items():
        parts = parts | general
        levels[form] = "elements" if needed <= parts else "something" if parts else "none"
    wanted = (("strong", "strong"), ("strong", "medium"), ("strong", "weak"),
              ("medium", "medium", "medium"), ("medium", "medium", "weak"))

    def holds(bag):
        return any(all(bag.count(w) >= pattern.count(w) for w in set(pattern))
                   for pattern in wanted)

    return levels, {d: "positive" if holds(bags[d]) else "negative" for d in DIMENSIONS}


# --------------------------------------------------------------------------- expectations

def levels_of(finding):
    return {f["form"]: f["level"] for f in finding["forms"]}


def route_ids(finding):
    return [r["to"] for r in finding["routes"]]


def level_fits(level, wanted):
    """wanted is a level, or a level with + (at least) or - (at most); absent counts as none."""
    if wanted[-1] in "+-":
        mine, bound = LEVELS.index(level or "none"), LEVELS.index(wanted[:-1])
        return mine >= bound if wanted[-1] == "+" else mine <= bound
    return level == wanted


def allowed(value, wanted):
    return value in (wanted if isinstance(wanted, list) else [wanted])


def part(finding, name):
    """One part of a finding in a form that can be compared: exact, or as a set of ids."""
    if name == "*":
        return finding
    if name == "levels":
        return levels_of(finding)
    if name == "reasons":
        return [(f["form"], f["reasons"]) for f in finding["forms"]]
    return finding[name]


def as_set(finding, name):
    if name == "routes":
        return set(route_ids(finding))
    if name == "forms":
        return set(levels_of(finding))
    return set(finding[name])


def check_twin(twin, mine, other, wrong):
    for name in twin.get("same", []):
        if json.dumps(part(mine, name)) != json.dumps(part(other, name)):
            wrong.append(f"{name} differs from twin {twin['of']}: {part(mine, name)} "
                         f"against {part(other, name)}")
    for name in twin.get("superset", []):
        lost = as_set(other, name) - as_set(mine, name)
        if lost:
            wrong.append(f"{name} lost what twin {twin['of']} has: {sorted(lost)}")
    if twin.get("not_below"):
        for form, level in levels_of(other).items():
            if LEVELS.index(levels_of(mine).get(form, "none")) < LEVELS.index(level):
                wrong.append(f"{form} is below twin {twin['of']} ({level})")
    if twin.get("advice_differs"):
        names = ("do", "dont", "offers", "notes")
        if all(as_set(mine, n) == as_set(other, n) for n in names):
            wrong.append(f"same advice as {twin['of']}")


def check_forms(expect, finding, wrong):
    levels = levels_of(finding)
    for form, wanted in expect.get("forms", {}).items():
        if not level_fits(levels.get(form), wanted):
            wrong.append(f"form {form}: {levels.get(form, 'not listed')}, expected {wanted}")
    if expect.get("forms_exact"):
        extra = set(levels) - set(expect.get("forms", {}))
        if extra:
            wrong.append(f"forms listed beyond the expected: {sorted(extra)}")
    for dimension, wanted in expect.get("dimensions", {}).items():
        got = finding["dimensions"].get(dimension, "absent")
        if got != wanted:
            wrong.append(f"dimension {dimension}: {got}, expected {wanted}")


def check_routes(expect, finding, wrong):
    ids = route_ids(finding)
    if "first_route" in expect and (not ids or ids[0] not in expect["first_route"]):
        wrong.append(f"first route {ids[:1]}, expected one of {expect['first_route']}")
    if expect.get("first_not_criminal") and ids and finding["routes"][0]["criminal"] == "yes":
        wrong.append(f"first route {ids[0]} is criminal law")
    for ident in expect.get("routes_include", []):
        if ident not in ids:
            wrong.append(f"route {ident} is missing from {ids}")
    if "routes_any" in expect and not set(ids) & set(expect["routes_any"]):
        wrong.append(f"none of the routes {expect['routes_any']} in {ids}")
    for ident in expect.get("routes_exclude", []):
        if ident in ids:
            wrong.append(f"route {ident} should not be there")
    for first, later in expect.get("route_before", []):
        if first not in ids:
            wrong.append(f"route {first} is missing from {ids}")
        elif later in ids and ids.index(first) > ids.index(later):
            wrong.append(f"route {first} stands after {later}")
    for key in ("basis", "basis_if_present"):
        for ident, wanted in expect.get(key, {}).items():
            found = [r["basis"] for r in finding["routes"] if r["to"] == ident]
            if not found and key == "basis":
                wrong.append(f"route {ident} is missing, expected with basis {wanted}")
            for basis in found:
                if not allowed(basis, wanted):
                    wrong.append(f"basis of {ident}: {basis}, expected {wanted}")
    for route in finding["routes"]:
        if route["basis"] in expect.get("basis_exclude", []):
            wrong.append(f"basis {route['basis']} at {route['to']} should not be there")
    if expect.get("routes_both_ages"):
        marks = {r.get("if") for r in finding["routes"]}
        if not {"child", "adult"} <= marks:
            wrong.append(f"routes for both ages expected, labels are {marks}")
    for age, idents in expect.get("routes_if", {}).items():
        there = {r["to"] for r in finding["routes"] if r.get("if") in (age, None)}
        for ident in idents:
            if ident not in there:
                wrong.append(f"route {ident} is missing for the reading {age}")


def check_lists(expect, finding, wrong):
    for name in ("notes", "do", "dont", "offers"):
        for ident in expect.get(name + "_include", []):
            if ident not in finding[name]:
                wrong.append(f"{name}: {ident} is missing from {finding[name]}")
        for ident in expect.get(name + "_exclude", []):
            if ident in finding[name]:
                wrong.append(f"{name}: {ident} should not be there")
    help_there = set(finding["offers"]) | set(route_ids(finding))
    for ident in expect.get("help_include", []):
        if ident not in help_there:
            wrong.append(f"help {ident} is in neither offers nor routes")
    if "help_any" in expect and not help_there & set(expect["help_any"]):
        wrong.append(f"none of {expect['help_any']} is in offers or routes")
    if len(finding["offers"]) < expect.get("offers_min", 1):
        wrong.append(f"{len(finding['offers'])} offers")
    if "ask_next_first" in expect and finding["ask_next"][:1] != [expect["ask_next_first"]]:
        wrong.append(f"ask_next starts with {finding['ask_next'][:1]}")
    for ident in expect.get("ask_next_exclude", []):
        if ident in finding["ask_next"]:
            wrong.append(f"ask_next holds {ident}")


def check_contract(facts, finding, norm, wrong):
    """What the contract says of every finding, whatever the case."""
    yes, child = says_yes(facts), age_class(facts["person"]["age"]) == "child"
    levels = levels_of(finding)
    if len(levels) != len(finding["forms"]) or not set(levels) <= set(FORMS):
        listed = [form["form"] for form in finding["forms"]]
        wrong.append(f"forms are not of the list, or twice: {listed}")
    for form in finding["forms"]:
        parts = {n: form[n] for n in ("act", "means", "purpose")}
        for name, ids in list(parts.items()) + [("reasons", form["reasons"])]:
            if not set(ids) <= yes:
                wrong.append(f"{form['form']}.{name} names what was not seen: "
                             f"{sorted(set(ids) - yes)}")
            if len(ids) != len(set(ids)):
                wrong.append(f"{form['form']}.{name} names something twice")
        full = parts["act"] and parts["purpose"] and (child or parts["means"])
        level = "elements" if full else "something" if any(parts.values()) else "none"
        if form["level"] != level:
            wrong.append(f"{form['form']} says {form['level']}, its elements say {level}")
        for ids in parts.values():
            if not set(ids) <= set(form["reasons"]):
                wrong.append(f"{form['form']} has an element that is not among its reasons")
    if norm:
        read_levels, read_dimensions = second_reading(facts, norm)
        if levels != read_levels:
            wrong.append(f"forms {levels}, a second reading gives {read_levels}")
        if finding["dimensions"] != read_dimensions:
            wrong.append(f"dimensions {finding['dimensions']}, a second reading gives "
                         f"{read_dimensions}")
    if not finding["offers"]:
        wrong.append("no offer")
    known = {i for i, answer in facts["observations"].items() if answer != "unknown"}
    if known & set(finding["ask_next"]):
        wrong.append(f"asks what was answered: {sorted(known & set(finding['ask_next']))}")
    if facts["person"]["age"] is None:
        if finding["ask_next"][:1] != ["age"]:
            wrong.append("age is unknown and not asked first")
    elif "age" in finding["ask_next"]:
        wrong.append("asks an age that is known")
    check_contract_routes(facts, finding, levels, wrong)
    if parent_profits(facts) and child and "no_inform_parent" not in finding["dont"]:
        wrong.append("a parent profits and no_inform_parent is missing")
    roles = facts["person"]["roles"]
    if "suspect" in roles and under(facts["person"]["age"], 12):
        if "protection_under_12" not in finding["notes"]:
            wrong.append("suspect under twelve without protection_under_12")
    elif "suspect" in roles and "non_punishment" not in finding["notes"]:
        wrong.append("suspect without non_punishment")
    for name in ("do", "dont", "offers", "notes", "ask_next"):
        if len(finding[name]) != len(set(finding[name])):
            wrong.append(f"{name} names something twice: {finding[name]}")
    if situation(facts).get("danger_now") and route_ids(finding)[:1] != ["emergency"]:
        wrong.append(f"danger now, and the first route is {route_ids(finding)[:1]}")


def check_contract_routes(facts, finding, levels, wrong):
    reporter, age = facts["reporter"], facts["person"]["age"]
    something = any(level != "none" for level in levels.values())
    danger = situation(facts).get("danger_now", False)
    places = {}
    for route in finding["routes"]:
        label = route.get("if")
        if label is not None and label not in ("child", "adult"):
            wrong.append(f"label {label} at {route['to']}")
        if label is not None and age is not None:
            wrong.append(f"route {route['to']} is labelled although the age is known")
        places.setdefault(route["to"], []).append(label)
        if route["basis"] not in BASES or route["criminal"] not in ("no", "mixed", "yes"):
            wrong.append(f"route {route['to']}: basis {route['basis']}, "
                         f"criminal {route['criminal']}")
        if not route["why"]:
            wrong.append(f"route {route['to']} has no why")
        if route["as_of"] is not None and not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])",
                                                           route["as_of"]):
            wrong.append(f"route {route['to']}: as_of {route['as_of']}")
        if route["to"] == "safe_home" and route["basis"] == "must":
            wrong.append("the Meldcode is a norm of the profession, safe_home is never a must")
        if route["to"] == "comensha" and reporter not in DUTY and \
                route["basis"] not in ("consent", "advice_only"):
            wrong.append(f"comensha is {route['basis']} for {reporter}")
        if route["to"] == "comensha" and not something and route["basis"] == "must":
            wrong.append("nothing was found and comensha is a must")
        if under(age, 16) and parent_profits(facts) and route["basis"] == "consent":
            wrong.append(f"consent at {route['to']} would come from a parent who profits")
    for ident, labels in places.items():
        if len(labels) != len(set(labels)) or (len(labels) > 1 and None in labels):
            wrong.append(f"route {ident} stands more than once")
    if reporter in DUTY and something:
        if [r["basis"] for r in finding["routes"] if r["to"] == "comensha"][:1] != ["must"]:
            wrong.append(f"{reporter} must report to comensha")
    if reporter not in DUTY and not danger and finding["routes"] and \
            finding["routes"][0]["criminal"] == "yes":
        wrong.append(f"the first route {finding['routes'][0]['to']} is criminal law")
    ids = route_ids(finding)
    if fears_government(facts) and "labour_inspectorate" in ids:
        if "fairwork" not in ids or ids.index("fairwork") > ids.index("labour_inspectorate"):
            wrong.append("who fears government should find fairwork before labour_inspectorate")


def word_in(word, text):
    return re.search(r"(?<!\w)" + re.escape(word) + r"(?!\w)", text, re.IGNORECASE) is not None


# ------------------------------------------------------------------------------ running

class Program:
    """The binary under test; every facts file is written once and each answer kept."""

    def __init__(self, binary, folder):
        self.binary, self.folder, self.findings = binary, folder, {}

    def run(self, path, *options):
        return subprocess.run([self.binary, "weigh", path, *options], stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=60, check=False)

    def facts_file(self, case):
        path = os.path.join(self.folder, case["id"] + ".json")
        if not os.path.exists(path):
            with open(path, "w", encoding="utf-8") as handle:
                json.dump(case["facts"], handle, ensure_ascii=False)
        return path

    def finding(self, case):
        """The finding of a case, or a sentence saying why there is none."""
        if case["id"] not in self.findings:
            done = self.run(self.facts_file(case), "--json")
            if done.returncode != 0:
                self.findings[case["id"]] = (f"exit {done.returncode}: "
                                             + done.stderr.decode("utf-8", "replace").strip())
            else:
                try:
                    self.findings[case["id"]] = json.loads(done.stdout.decode("utf-8"),
                                                           object_pairs_hook=no_duplicates)
                except ValueError as problem:
                    self.findings[case["id"]] = f"not JSON: {problem}"
        return self.findings[case["id"]]

    def text(self, case, language):
        done = self.run(self.facts_file(case), "--lang", language)
        if done.returncode != 0:
            raise RuntimeError(f"--lang {language}: exit {done.returncode}")
        return done.stdout.decode("utf-8")


def check_case(program, cases, case, norm):
    """What is wrong with the finding of one case: a list of sentences, empty when all is well."""
    finding = program.finding(case)
    if isinstance(finding, str):
        return [finding]
    wrong, expect = [], case["expect"]
    check_contract(case["facts"], finding, norm, wrong)
    check_forms(expect, finding, wrong)
    check_routes(expect, finding, wrong)
    check_lists(expect, finding, wrong)
    for twin in expect.get("twins", []) + ([expect["twin"]] if "twin" in expect else []):
        other = program.finding(cases[twin["of"]])
        if isinstance(other, str):
            wrong.append(f"twin {twin['of']}: {other}")
        else:
            check_twin(twin, finding, other, wrong)
    if case["facts"]["person"]["age"] is None:
        check_readings(program, case, finding, wrong)
    check_text(program, case, wrong)
    return wrong


def check_readings(program, case, finding, wrong):
    """An unknown age: a route has the basis that it has for that reading when the age is known."""
    for age in ("child", "adult"):
        known = json.loads(json.dumps(case))
        known["id"] += "-as-" + age
        known["facts"]["person"]["age"] = age
        other = program.finding(known)
        if isinstance(other, str):
            wrong.append(f"read as {age}: {other}")
            continue
        if age == "adult" and levels_of(other) != levels_of(finding):
            continue  # the forms themselves are another reading, so the rows of the table are too
        bases = {route["to"]: route["basis"] for route in other["routes"]}
        for route in finding["routes"]:
            if route.get("if") in (age, None) and \
                    route["basis"] != bases.get(route["to"], route["basis"]):
                wrong.append(f"basis of {route['to']} is {route['basis']}, "
                             f"for a known {age} {bases[route['to']]}")
        if age == "child" and (other["forms"], other["dimensions"]) != \
                (finding["forms"], finding["dimensions"]):
            wrong.append("an unknown age is not read as a child")


def check_text(program, case, wrong):
    """The text in both languages: words that must and must not be there."""
    expect = case["expect"]
    never = set(STIGMA) | set(expect.get("text_excludes", []))
    if under(case["facts"]["person"]["age"], 12):
        never |= set(OFFENDER)
    for language in ("nl", "en"):
        text = program.text(case, language)
        for word in sorted(never):
            if word_in(word, text):
                wrong.append(f"the {language} text holds '{word}'")
        always = ["proves nothing"] if language == "en" else []
        for word in always + expect.get("text_includes", {}).get(language, []):
            if not word_in(word, text):
                wrong.append(f"the {language} text lacks '{word}'")


def check_bad(program, folder, row):
    """A facts file that must be refused: exit 1, nothing on stdout, and where and what is said."""
    wrong = []
    done = program.run(os.path.join(folder, row["file"]), "--json")
    message = done.stderr.decode("utf-8", "replace")
    if done.returncode != 1:
        wrong.append(f"exit {done.returncode}, expected 1")
    if done.stdout.strip():
        wrong.append("something stands on standard output")
    if PRIVATE in message:
        wrong.append("the message repeats what may be personal")
    line = r"\d+" if row["line"] == "*" else row["line"]
    column = r"\d+" if row["column"] == "*" else row["column"]
    if not re.search(re.escape(row["file"]) + f":{line}:{column}" + r"(?!\d)", message):
        wrong.append(f"no {row['file']}:{row['line']}:{row['column']} in: {message.strip()}")
    if row["word"] and not any(w in message for w in row["word"].split("|")):
        wrong.append(f"none of '{row['word']}' in: {message.strip()}")
    return wrong


def load_bad(folder):
    with open(os.path.join(folder, "expected.csv"), encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def tell(number, ok, name, wrong):
    print(f"{'ok' if ok else 'not ok'} {number} - {name}")
    for sentence in wrong:
        print("  # " + sentence.replace("\n", " ")[:400])


def run_all(binary, folder):
    cases, norm = load_cases(os.path.join(folder, "vignettes")), load_norm()
    bad_folder = os.path.join(folder, "facts_bad")
    bad = load_bad(bad_folder)
    print(f"1..{len(cases) + len(bad)}")
    if norm is None:
        print("# catalogue/indicators.csv is not there: no second reading of the norm")
    number, failed = 0, 0
    passed = {row: 0 for row in MISSION_ROWS}
    with tempfile.TemporaryDirectory() as folder_for_facts:
        program = Program(binary, folder_for_facts)
        for case in cases.values():
            number += 1
            try:
                wrong = check_case(program, cases, case, norm)
            except (KeyError, TypeError, RuntimeError, UnicodeDecodeError,
                    subprocess.TimeoutExpired) as problem:
                wrong = [f"{type(problem).__name__}: {problem}"]
            failed += bool(wrong)
            for row in case["rows"]:
                passed[row] += not wrong
            tell(number, not wrong, f"{' '.join(case['rows'])} {case['id']}", wrong)
        for row in bad:
            number += 1
            try:
                wrong = check_bad(program, bad_folder, row)
            except subprocess.TimeoutExpired:
                wrong = ["no answer within a minute"]
            failed += bool(wrong)
            tell(number, not wrong, f"facts_bad {row['file']}", wrong)
    total = {row: sum(row in c["rows"] for c in cases.values()) for row in MISSION_ROWS}
    print("# row   passed of")
    for row in MISSION_ROWS:
        print(f"# {row:4} {passed[row]:7} {total[row]:3}")
    print(f"# {number - failed} of {number} passed")
    return 1 if failed else 0


# ------------------------------------------------------------------- are the cases well made?

def flat(facts):
    """Facts as a flat dictionary, so that twins can be compared place by place."""
    return {"age": facts["person"]["age"], "roles": facts["person"]["roles"],
            "circumstances": facts["circumstances"], "situation": facts.get("situation"),
            "reporter": facts["reporter"],
            **{"obs " + i: a for i, a in facts["observations"].items()}}


def twin_differences(mine, other):
    a, b = flat(mine), flat(other)
    places = set()
    for key in set(a) | set(b):
        if a.get(key) != b.get(key):
            places.add(key[4:] if key.startswith("obs ") else key)
    return places


def check_facts(case, norm, wrong):
    facts = case["facts"]
    if set(facts) - {"person", "observations", "circumstances", "situation", "reporter"}:
        wrong.append("facts has an unknown key")
    age = facts["person"]["age"]
    if not (age in (None, "child", "adult") or (isinstance(age, int) and 0 <= age <= 110)):
        wrong.append(f"age {age}")
    if not set(facts["person"]["roles"]) <= set(ROLES):
        wrong.append("unknown role")
    if facts["reporter"] not in REPORTERS:
        wrong.append("unknown reporter")
    if not set(facts["observations"].values()) <= {"yes", "no", "unknown"}:
        wrong.append("unknown answer")
    for key, value in situation(facts).items():
        good = SITUATION.get(key)
        if good is None or not (set(value) <= set(good) if isinstance(good, list)
                                else value in good):
            wrong.append(f"situation.{key}")
    if norm:
        for ident in facts["observations"]:
            if norm.get(ident, {}).get("kind") != "indicator":
                wrong.append(f"{ident} is no indicator")
        for ident in facts["circumstances"]:
            if norm.get(ident, {}).get("kind") != "circumstance":
                wrong.append(f"{ident} is no circumstance")


def check_made(folder):
    cases, norm = load_cases(os.path.join(folder, "vignettes")), load_norm()
    bad = load_bad(os.path.join(folder, "facts_bad"))
    failed = 0
    for case in cases.values():
        wrong = []
        if set(case) != {"id", "rows", "story", "source", "facts", "expect"}:
            wrong.append(f"keys {sorted(case)}")
        if not case["rows"] or not set(case["rows"]) <= set(MISSION_ROWS):
            wrong.append("rows")
        if case["id"].split("-")[0] != case["rows"][0]:
            wrong.append("the id opens with another row")
        sentences = len(re.findall(r"[.!?](?:\s|$)", case["story"]))
        if not 3 <= sentences <= 6:
            wrong.append(f"the story has {sentences} sentences")
        if case["source"] != "own" and not case["source"].startswith("after "):
            wrong.append("source")
        check_facts(case, norm, wrong)
        expect = case["expect"]
        if set(expect) - EXPECT_KEYS or not expect:
            wrong.append(f"expect {sorted(set(expect) - EXPECT_KEYS)}")
        for twin in expect.get("twins", []) + ([expect["twin"]] if "twin" in expect else []):
            if twin["of"] not in cases or set(twin) - TWIN_KEYS or \
                    twin.get("kind") not in TWIN_KINDS:
                wrong.append(f"twin {twin}")
                continue
            may = set(TWIN_KINDS[twin["kind"]])
            places = twin_differences(case["facts"], cases[twin["of"]]["facts"])
            if "observations" in may:
                may |= set(case["facts"]["observations"])
                may |= set(cases[twin["of"]]["facts"]["observations"])
            if not places <= may or (may and not places):
                wrong.append(f"twin {twin['of']} differs in {sorted(places)}")
        for sentence in wrong:
            failed += 1
            print(f"{case['id']}: {sentence}")
    on_disk = {n for n in os.listdir(os.path.join(folder, "facts_bad")) if n.endswith(".json")}
    if on_disk != {row["file"] for row in bad}:
        failed += 1
        print(f"expected.csv and folder differ: {sorted(on_disk ^ {r['file'] for r in bad})}")
    print(f"{len(cases)} cases, {len(bad)} bad ones, "
          f"{sum(c['source'] != 'own' for c in cases.values())} after a source, "
          f"{failed} remarks")
    tallies(cases)
    return 1 if failed else 0


def tallies(cases):
    def count(title, values):
        tally = {}
        for value in values:
            tally[value] = tally.get(value, 0) + 1
        print(f"{title}: " + ", ".join(f"{k} {v}" for k, v in sorted(tally.items())))

    def band(age):
        if not isinstance(age, int):
            return str(age)
        for top, name in ((12, "00-11"), (18, "12-17"), (23, "18-22"), (65, "23-64")):
            if age < top:
                return name
        return "65+"

    facts = [c["facts"] for c in cases.values()]
    count("rows", (r for c in cases.values() for r in c["rows"]))
    count("reporters", (f["reporter"] for f in facts))
    count("ages", (band(f["person"]["age"]) for f in facts))
    count("forms expected", (k for c in cases.values() for k in c["expect"].get("forms", {})))
    count("twins", (t["kind"] for c in cases.values()
                    for t in c["expect"].get("twins", []) +
                    ([c["expect"]["twin"]] if "twin" in c["expect"] else [])))
    used = {i for f in facts for i in f["observations"]}
    print(f"indicators used: {len(used)}; circumstances used: "
          f"{len({i for f in facts for i in f['circumstances']})}")


def main(arguments):
    if not 1 <= len(arguments) <= 2 or arguments[0] in ("-h", "--help"):
        print(__doc__, file=sys.stderr)
        return 2
    folder = arguments[1] if len(arguments) == 2 else os.path.join(ROOT, "tests", "data")
    if arguments[0] == "--check":
        return check_made(folder)
    return run_all(os.path.abspath(arguments[0]), folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
