#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Writes docs/mission-rows.md: which vignettes stand behind each row of the mission.

    mission_rows.py                prints the page
    mission_rows.py --all          prints every case of every row
    mission_rows.py --check FILE   ends with 1 where FILE is another page than it prints
"""

import glob
import json
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# Row, what it asks of weighing, a case that shows it well, and the line to look for.
ROWS = (
    ("R1", "the officer at a stop sees exploitation, and whom to call",
     "R1-night-stop-parcel", "police_expert first, comensha as a must, lawyer and pressure named"),
    ("R2", "a child needs no means; no child is weighed below its adult twin",
     "R2-carry-age-class", "criminal: elements; for an adult the same facts give something"),
    ("R3", "victim and suspect at once: a role takes nothing away",
     "R3-teen-courier-suspect", "the forms of R3-teen-courier, and note non_punishment"),
    ("R8", "sex work by itself is nothing; care without police",
     "R8-cleaning-and-sex-work",
     "the finding of R8-cleaning-long-days; only an offer of care may be added"),
    ("R9", "the same questions and findings for boys and men",
     "R9-man-escort", "the finding of R9-woman-escort: nothing of sex can be given"),
    ("R11", "works without a home, an address or papers",
     "R11-sofa-in-return", "a place to sleep in return for something is weighed; shelter offered"),
    ("R12", "children on their own are met as children: guardian, no offender",
     "R12-boat-at-sixteen", "guardian_nidos, expertise_emm; lawyer_first; no offender word"),
    ("R14", "under twelve it is protection",
     "R14-parents-of-a-boy-of-ten", "protection_under_12, no prosecutor, no offender word"),
    ("R15", "a parent who profits is never informed or asked",
     "R15-father-holds-the-cup", "no_inform_parent, safe_home, no consent of a parent"),
    ("R16", "the people around: four kinds, four advices",
     "R16-parent-of-a-suspect",
     "guide_own_child, since a parent asks; the other kinds have their own guide"),
    ("R17", "a circumstance opens help and never counts",
     "R17-after-the-funeral-known", "forms, dimensions and reasons of R17-after-the-funeral"),
    ("R18", "who feels bound to pay at home is offered help with money and work",
     "R18-eldest-of-five", "offers debt_help, work_help"),
    ("R21", "no finding without an offer",
     "R21-empty-observations", "listen, talk_again, local_alternatives"),
    ("R23", "what happens online is weighed like the rest",
     "R23-chat-group-jobs", "criminal: elements; keep_messages"),
    ("R25", "staying away from school is no finding",
     "R25-truancy-only", "criminal: none; school_care first"),
    ("R26", "the quiet pupil is met at school, and no list of pupils is made",
     "R26-quiet-pupil", "quiet_pupil, no_pupil_list, school_care"),
    ("R30", "labour exploitation: pay, hours, home, papers, debt",
     "R30-restaurant-kitchen",
     "labour: elements, D4 positive, comensha as a must for the inspectorate"),
    ("R31", "recruitment: what was promised and what was there",
     "R31-promise-and-reality", "D1 positive"),
    ("R32", "forms do not exclude each other",
     "R32-greenhouse-and-favours", "labour: elements beside sexual: something"),
    ("R34", "my own choice takes nothing away; plain words",
     "R34-own-choice-denies", "the forms of R34-own-choice-base; denial_no_drop, no_push"),
    ("R35", "one norm, checked: who the person is cannot be weighed",
     "R35-welder-a", "the finding of R35-welder-b: same facts, another story"),
    ("R37", "first step not criminal, works without police",
     "R37-no-consent-no-police", "care first, advice_only, no police route"),
)

# What the picture shows of rows: what `inbeeld picture` and `publish --store` print.
PICTURE = (
    ("R1", "per form the share of the signals that each kind of source gives, with an "
           "interval; first-line police always"),
    ("R3", "victim and suspect at once: in one signal, within an organisation, only over "
           "organisations"),
    ("R6", "per group who is in view, what was asked and not known, how many there may "
           "be; unknown is a row of its own"),
    ("R7", "signals by quarter, a break where a new kind of source begins to report"),
    ("R16", "how often parents and surroundings are told of, by age"),
    ("R37", "how often the first step is help or advice and not criminal law"),
)

# Rows that other stations answer: row, what is shown, the test's file, its case. --check looks that
# each stands there.
ELSEWHERE = (
    ("R1", "the card is done with at most twelve taps and no typing, and keeps nothing",
     "tests/browser/run.mjs", "is done with at most ${MOST_TAPS} taps and no typing"),
    ("R1", "no byte of the data folder changes, nothing typed is found anywhere",
     "tests/cli/test_cmd_serve.c", "a_card_leaves_no_trace"),
    ("R1", "who told of which form, from a store", "tests/road/test_store_picture.c",
     "who_sees_whom"),
    ("R1", "first-line police stands in every table, with an interval",
     "tests/5_publish/test_overview_page.c", "police_stands_in_every_table"),
    ("R3", "roles that meet, also only where organisations are joined",
     "tests/5_publish/test_overview_around.c", "roles_that_meet"),
    ("R3", "victim here and suspect there are one person after linking", "tests/road/test_hits.c",
     "victim_here_suspect_there"),
    ("R13", "a hit across regimes only on grounds, which the log shows", "tests/road/test_hits.c",
     "regimes"),
    ("R13", "with no ground the pages are to the byte those of no hit",
     "tests/desk/test_team_hits.c", "across_regimes_to_the_byte"),
    ("R27", "a planted phoenix chain is found; namesakes are not",
     "tests/cli/test_cmd_agencies.c", "in_lists"),
    ("R27", "the same over the signals of a store", "tests/cli/test_cmd_agencies.c",
     "in_the_store"),
    ("R4", "a story cut in five over three organisations is found only when joined",
     "tests/road/test_situation_facts.c", "split_story"),
    ("R4", "the page of a signal shows its situation; taken out, it stays out",
     "tests/desk/test_team_situation.c", "one_story"),
    ("R6", "unknown is a row of its own and never zero", "tests/5_publish/test_overview_groups.c",
     "what_was_not_known"),
    ("R6", "the picture of groups equals a generated truth within its interval",
     "tests/4_count/test_overview_hidden.c", "truth_lies_within"),
    ("R9", "swapping sex moves nothing in the picture but its own column",
     "tests/road/test_store_picture.c", "sex_moves_nothing_but_its_own_column"),
    ("R9", "swap of sex, name and nationality: page bytes, routes and finding stay",
     "tests/browser/team.mjs", "swap: sex, nationality and name change no byte"),
    ("R16", "how often parents and surroundings are told of",
     "tests/5_publish/test_overview_around.c", "the_people_around"),
    ("R30", "the swap through the import", "tests/cli/test_cmd_import.c", "swap"),
    ("R35", "the swap through intake: nothing open differs", "tests/road/test_intake.c", "swap"),
    ("R35", "the swap on the page of a signal", "tests/desk/test_page_signal.c", "swap"),
    ("R37", "how often the first step is help or advice",
     "tests/5_publish/test_overview_around.c", "the_first_step"),
)


def command(path):
    """What runs the program of a test."""
    if path.endswith(".mjs"):
        return "sh tests/browser/run.sh build/inbeeld"
    folder, name = path.split("/")[1:]
    return f"build/tests/test_{folder}_{name[len('test_'):-len('.c')]}"


def missing():
    """Tests that the page names and that are not there."""
    for row, _, path, case in ELSEWHERE:
        try:
            with open(os.path.join(ROOT, path), encoding="utf-8") as handle:
                text = handle.read()
        except OSError:
            text = ""
        if (case if path.endswith(".mjs") else f"INB_TEST({case})") not in text:
            yield f"{row}: {path}: {case}"


def cases():
    by_row = {}
    for path in sorted(glob.glob(os.path.join(ROOT, "tests", "data", "vignettes", "*.json"))):
        with open(path, encoding="utf-8") as handle:
            case = json.load(handle)
        for row in case["rows"]:
            by_row.setdefault(row, []).append(case["id"])
    return by_row


def page():
    by_row = cases()
    yield "# Rows of the mission that weighing answers"
    yield ""
    yield "Made by `docs/methods/mission_rows.py`. A case stands in"
    yield "`tests/data/vignettes/<case>.json`. To see one (its facts are under the key `facts`):"
    yield ""
    yield "    python3 -c \"import json, sys; print(json.dumps(json.load(sys.stdin)['facts']))\" \\"
    yield "        < tests/data/vignettes/R1-night-stop-parcel.json | inbeeld weigh --lang en -"
    yield ""
    yield "All cases of all rows: `docs/methods/mission_rows.py --all`. To see that those of a row"
    yield "hold, with the number that passes per row at the end:"
    yield ""
    yield "    tests/2_weigh/vignettes.py build/inbeeld | grep -E 'R14( |$)'"
    yield ""
    yield "| row | what it asks | a case that shows it | what it must say |"
    yield "|---|---|---|---|"
    for row, asks, shows, says in ROWS:
        if shows not in by_row.get(row, []):
            raise ValueError(f"{row}: no case {shows}")
        yield f"| {row} | {asks} | `{shows}` | {says} |"
    yield ""
    yield "Swaps through the whole program, a child against its adult twin, one more yes, roles,"
    yield "circumstances and denial over random facts, and a second reading of the norm are in"
    yield "`tests/2_weigh`."
    yield ""
    yield "What the picture shows of these rows (`inbeeld picture`, `inbeeld publish --store`),"
    yield "each as a sentence, a drawing and a table, small counts hidden in all three"
    yield "(`tests/5_publish/test_overview_page.c`):"
    yield ""
    yield "| row | in the picture |"
    yield "|---|---|"
    for row, shows in PICTURE:
        yield f"| {row} | {shows} |"
    yield ""
    yield "Rows that other stations answer too, each with the case that shows it and what runs it"
    yield "(a test looks that these cases exist):"
    yield ""
    yield "| row | what is shown | case | command |"
    yield "|---|---|---|---|"
    for row, shows, path, case in ELSEWHERE:
        yield f"| {row} | {shows} | `{path}`: {case} | `{command(path)}` |"


def every_case():
    by_row = cases()
    for row, *_ in ROWS:
        yield f"{row} ({len(by_row[row])}): " + ", ".join(by_row[row])


def main(arguments):
    text = "\n".join(page()).rstrip("\n") + "\n"
    if arguments in ([], ["--all"]):
        sys.stdout.write("\n".join(every_case()) + "\n" if arguments else text)
        return 0
    if len(arguments) != 2 or arguments[0] != "--check":
        sys.stderr.write(__doc__)
        return 2
    with open(arguments[1], encoding="utf-8") as handle:
        same = handle.read() == text
    lacking = list(missing())
    print("1..2")
    print(("ok" if same else "not ok") + " 1 - the page is what this program prints")
    print(("not ok" if lacking else "ok") + " 2 - the cases that it names are there")
    for line in lacking:
        print(f"# {line}")
    return 0 if same and not lacking else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
