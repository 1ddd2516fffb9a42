#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The house rules as tests: one TAP case a rule, each offence with its file and line.

    lint.py [--root DIR] [--binary INBEELD] [RULE…]

Needs no git: it walks the tree. A rule is a generator of offences ("file:line: what is wrong");
lint_itself.py shows for every rule that it can fail.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys

SKIPPED_FOLDERS = {".git", ".run", "node_modules", "subprojects", "__pycache__"}

# The order of the layers: a file may include what stands at its own place or lower. Stations are
# apart from each other by number; faces of one rank (desk, cli) see only what SIDEWAYS names.
LAYER = {"base": 0, "math": 1, "1_observe": 2, "2_weigh": 3, "3_link": 4, "4_count": 5,
         "5_publish": 6, "store": 7, "seal": 7, "world": 7, "spread": 7, "road": 8, "desk": 9,
         "cli": 9}
SIDEWAYS = {("cli", "desk")}
# Public header -> folder that implements it.
PUBLIC = {"status": "base", "errors": "base", "arena": "base", "buffer": "base", "date": "base",
          "rng": "base", "spread": "base",
          "observe": "1_observe", "signal": "1_observe", "weigh": "2_weigh",
          "link": "3_link", "link_draws": "3_link", "normalise": "3_link",
          "keys": "seal", "keyring": "seal", "oprf": "seal", "retention": "road",
          "agency": "3_link", "draws": "4_count", "overview": "4_count",
          "coverage": "4_count", "sheet": "4_count", "pooling": "4_count", "population": "4_count",
          "count": "4_count", "publish": "5_publish", "overview_page": "5_publish",
          "plots": "5_publish",
          "store": "store", "store_hits": "store", "hits": "road", "agencies": "road",
          "near_person": "3_link",
          "seal": "seal",
          "citizen": "1_observe", "encoded": "3_link", "encode": "seal", "holder": "seal",
          "world": "world", "road": "road", "situations": "road", "store_picture": "road",
          "desk": "desk"}
# A library's header and the only folder that may include it.
LIBRARY = {"microhttpd.h": "desk", "sodium.h": "seal", "lapacke.h": "math", "lapack.h": "math",
           "cblas.h": "math", "coin/": "math", "jansson.h": "base", "Random123/": "base",
           "sqlite3.h": "store", "libpq-fe.h": "store", "mpi.h": "spread"}

# Function -> where it may be called (a file, or folders), and why it is banned.
BANNED = {
    "malloc": (("src/base/alloc.c",), "inb_alloc"), "calloc": (("src/base/alloc.c",), "inb_alloc"),
    "realloc": (("src/base/alloc.c",), "inb_realloc"), "free": (("src/base/alloc.c",), "inb_free"),
    "strdup": ((), "an arena"), "strndup": ((), "an arena"), "asprintf": ((), "inb_buffer"),
    "vasprintf": ((), "inb_buffer"), "alloca": ((), "an arena"), "strcpy": ((), "a length"),
    "strcat": ((), "inb_buffer"), "stpcpy": ((), "a length"), "strncpy": ((), "memcpy"),
    "strncat": ((), "inb_buffer"),
    "sprintf": ((), "snprintf"), "vsprintf": ((), "vsnprintf"), "atoi": ((), "inb_parse_int64"),
    "atol": ((), "inb_parse_int64"), "atoll": ((), "inb_parse_int64"),
    "atof": ((), "inb_parse_double"), "strtod": (("src/base/",), "inb_parse_double"),
    "strtok": ((), "a length"), "gets": ((), "a length"), "rand": ((), "inb_rng"),
    "srand": ((), "inb_rng"), "random": ((), "inb_rng"), "drand48": ((), "inb_rng"),
    "localtime": ((), "today as an argument"), "localtime_r": ((), "today as an argument"),
    "setlocale": ((), "numbers without a locale"), "abort": ((), "a status"),
    "exit": (("src/cli/",), "a status"), "_exit": (("src/cli/",), "a status"),
    "system": ((), "no shell"), "popen": ((), "no shell"), "inb_p": ((), "another name"),
    "time": (("src/cli/", "src/desk/", "src/road/"), "today as an argument"),
    "clock_gettime": (("src/cli/", "src/desk/", "src/road/"), "today as an argument"),
    "gettimeofday": ((), "today as an argument"),
}
PRINTS = re.compile(r"\b(printf|puts|putchar|perror|vprintf|stdout|stderr|syslog)\b")

# Joined here, so that this file does not offend its own rule.
UNFINISHED = re.compile("|".join([r"\bTO" + r"DO\b", r"\bFIX" + r"ME\b", r"\bXX" + r"X\b",
                                  r"\bHA" + r"CK\b", r"\bnot " + r"implemented\b",
                                  r"\bfor " + r"now\b", r"\bstub" + r"bed\b"]), re.IGNORECASE)


class Tree:
    def __init__(self, root, binary):
        self.root, self.binary, self.cache = root, binary, {}

    def files(self, *tops, ends=()):
        found = []
        for top in tops or (".",):
            whole = os.path.join(self.root, top)
            if os.path.isfile(whole):
                found.append(top)
            for folder, folders, names in os.walk(whole):
                folders[:] = sorted(f for f in folders if f not in SKIPPED_FOLDERS
                                    and not f.startswith("build"))
                for name in sorted(names):
                    if not ends or name.endswith(tuple(ends)):
                        path = os.path.join(folder, name)
                        found.append(os.path.relpath(path, self.root))
        return found

    def has(self, path):
        return os.path.exists(os.path.join(self.root, path))

    def text(self, path):
        if path not in self.cache:
            with open(os.path.join(self.root, path), encoding="utf-8", errors="replace") as handle:
                self.cache[path] = handle.read()
        return self.cache[path]

    def lines(self, path):
        return enumerate(self.text(path).splitlines(), 1)

    def code(self, path):
        """Numbered lines of a C file without its comments and without what its strings hold."""
        def blank(match):
            part = match.group(0)
            if part[0] in "\"'":
                return part[0] * 2
            return "\n" * part.count("\n") or " "
        bare = re.sub(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", blank,
                      self.text(path), flags=re.DOTALL)
        return enumerate(bare.splitlines(), 1)

    def run(self, *words, **more):
        return subprocess.run(words, cwd=self.root, capture_output=True, text=True, timeout=300,
                              check=False, stdin=subprocess.DEVNULL, **more)


def folder_of(path):
    """src/2_weigh/combine.c -> 2_weigh; include/inbeeld/weigh.h -> 2_weigh."""
    parts = path.split(os.sep)
    if parts[0] == "src" and len(parts) > 2:
        return parts[1] if parts[1] in LAYER else None
    if parts[0] == "include":
        return PUBLIC.get(os.path.splitext(parts[-1])[0])
    return None


def rule_layers(tree):
    """Includes follow base <- math <- stations <- {store, seal, world} <- road <- {desk, cli}."""
    for path in tree.files("src", "include", ends=(".c", ".h", ".def")):
        own = folder_of(path)
        if own is None and not path.endswith("inbeeld.h"):
            yield f"{path}:1: its folder or header has no place in the order of layers"
            continue
        for number, line in tree.lines(path):
            match = re.match(r"\s*#\s*include\s+([<\"])([^>\"]+)[>\"]", line)
            if not match:
                continue
            quote, name = match.groups()
            place = f"{path}:{number}"
            for library, only in LIBRARY.items():
                if (name == library or library.endswith("/") and name.startswith(library)) \
                        and own != only:
                    yield f"{place}: only {only} may include {name}"
            if name.startswith("inbeeld/"):
                stem = os.path.splitext(name[8:])[0]
                if stem == "inbeeld" and own is not None:
                    yield f"{place}: the umbrella is for users and tests"
                target = PUBLIC.get(stem)
                if stem != "inbeeld" and target is None:
                    yield f"{place}: {name} has no place in the order of layers"
                if own == "store" and target not in ("base", "1_observe", "store"):
                    yield f"{place}: store sees only observe's header"
            elif quote == "\"":
                if re.search(r"\d_", name):
                    yield f"{place}: the number of a station in an include"
                    continue
                if "/" not in name:
                    if not tree.has(os.path.join(os.path.dirname(path), name)):
                        yield f"{place}: {name} is not in the same folder"
                    continue
                target = name.split("/")[0]
                if path.startswith("include"):
                    yield f"{place}: a public header includes a private one"
            else:
                continue
            if target is None or own is None or target == own:
                continue
            if target not in LAYER:
                yield f"{place}: {target} has no place in the order of layers"
            elif LAYER[target] > LAYER[own] or (LAYER[target] == LAYER[own]
                                                and (own, target) not in SIDEWAYS):
                yield f"{place}: {own} may not include {target}"


def rule_banned_calls(tree):
    """No banned call: memory by the door, no clock or chance inside, no unbounded text."""
    call = re.compile(r"(?<![\w.>])(" + "|".join(BANNED) + r")\s*\(")
    for path in tree.files("src", "include", ends=(".c", ".h")):
        for number, line in tree.code(path):
            for match in call.finditer(line):
                allowed, instead = BANNED[match.group(1)]
                if not path.startswith(allowed) or not allowed:
                    yield f"{path}:{number}: {match.group(1)} is banned, use {instead}"


def rule_only_cli_prints(tree):
    """Nothing prints outside the command line."""
    for path in tree.files("src", "include", ends=(".c", ".h")):
        if path.startswith("src/cli/"):
            continue
        for number, line in tree.code(path):
            match = PRINTS.search(line)
            if match and "format(printf" not in line:
                yield f"{path}:{number}: {match.group(1)} outside src/cli"


def rule_headers_alone(tree):
    """Each public header compiles alone, as C11 and as C++17."""
    compilers = [("gcc", "c", "-std=c11"), ("g++", "c++", "-std=c++17")]
    for header in tree.files("include", ends=(".h",)):
        for program, language, standard in compilers:
            source = f"#include <{header[len('include/'):]}>\nint inb_alone(void);\n"
            done = subprocess.run(
                [program, "-x", language, standard, "-pedantic", "-Wall", "-Wextra", "-Werror",
                 "-fsyntax-only", "-Iinclude", "-"], cwd=tree.root, input=source, text=True,
                capture_output=True, check=False)
            if done.returncode != 0:
                yield f"{header}:1: {program} {standard}: {done.stderr.splitlines()[0]}"


def rule_every_source_has_a_test(tree):
    """Every src/X/name.c has tests/X/test_name.c, named in its meson.build; or a reason."""
    excused = {}
    listed = "tests/lint/untested.txt"
    if tree.has(listed):
        for number, line in tree.lines(listed):
            if line.strip() and not line.startswith("#"):
                path, _, reason = line.partition(" ")
                excused[path] = number
                if len(reason.split()) < 3:
                    yield f"{listed}:{number}: {path} has no reason"
    for path in tree.files("src", ends=(".c",)):
        _, folder, name = path.split(os.sep)
        test = f"tests/{folder}/test_{name}"
        if path in excused:
            excused.pop(path)
            if tree.has(test):
                yield f"{path}:1: has a test and stands in {listed} too"
        elif not tree.has(test):
            yield f"{path}:1: no {test}"
    for path, number in excused.items():
        yield f"{listed}:{number}: there is no {path}"
    for test in tree.files("tests", ends=(".c",)):
        if os.path.basename(test).startswith("test_"):
            build = os.path.join(os.path.dirname(test), "meson.build")
            name = os.path.basename(test)
            listed = tree.text(build) if tree.has(build) else ""
            if name not in listed and f"'{name[5:-2]}'" not in listed:
                yield f"{test}:1: {build} does not name it, so it never runs"


def rule_unique_names(tree):
    """Names of C files are unique in the tree, so that searching by name works."""
    seen = {}
    for path in tree.files("src", "include", "tests", "fuzz", "bench", "tools", ends=(".c", ".h")):
        name = os.path.basename(path)
        if name in seen:
            yield f"{path}:1: {seen[name]} has the same name"
        seen[name] = path


def rule_heads(tree):
    """Each source file opens with its licence and says what it is for."""
    ends = (".c", ".h", ".def", ".py", ".sh", ".mjs")
    paths = tree.files("src", "include", "tests", "fuzz", "bench", "tools", "examples", ends=ends)
    for path in paths + [p for p in ("run", "check", ".ci/run", "Makefile") if tree.has(p)]:
        lines = tree.text(path).splitlines()
        start = 1 if lines and lines[0].startswith("#!") else 0
        if len(lines) <= start or "SPDX-License-Identifier: EUPL-1.2" not in lines[start]:
            yield f"{path}:{start + 1}: no SPDX-License-Identifier: EUPL-1.2"
            continue
        what = re.sub(r"^[\s/#*\"']+", "", lines[start + 1]) if len(lines) > start + 1 else ""
        if len(what) < 20:
            yield f"{path}:{start + 2}: does not say what it is for"


def rule_nothing_unfinished(tree):
    """No word that marks unfinished work."""
    tops = ("src", "include", "web", "catalogue", "tests", "tools", "fuzz", "bench", "docs",
            "Makefile", "meson.build", ".ci", "run", "check")
    for path in tree.files(*tops):
        if path.endswith((".png", ".json", ".bin")) or "/corpus/" in path or "/texts/" in path:
            continue
        for number, line in tree.lines(path):
            match = UNFINISHED.search(line)
            if match:
                yield f"{path}:{number}: '{match.group(0)}'"


def rule_tidy_text(tree):
    """No trailing blank, no tab in C, a newline at the end, no file of over 900 lines of C."""
    ends = (".c", ".h", ".def", ".py", ".sh", ".build", ".md", ".html", ".css", ".scd", ".ini",
            ".mjs")
    for path in tree.files(ends=ends):
        text = tree.text(path)
        if text and not text.endswith("\n"):
            yield f"{path}:{text.count(chr(10)) + 1}: no newline at the end"
        for number, line in tree.lines(path):
            if line != line.rstrip() and not path.endswith(".md"):
                yield f"{path}:{number}: trailing blank"
            if "\t" in line and path.endswith((".c", ".h")):
                yield f"{path}:{number}: a tab"
            if len(line) > 100 and path.endswith((".py", ".sh")): # clang-format sees to C
                yield f"{path}:{number}: {len(line)} columns, at most 100"
        if path.endswith(".c") and text.count("\n") > 900:
            yield f"{path}:1: {text.count(chr(10))} lines; does it still do one thing?"


def rule_braces(tree):
    """Braces always: clang-format 14 cannot add them."""
    control = re.compile(r"(?<![\w#])(?:(if|for|while|switch)\s*\(|(else|do)\b(?!\s*if\b))")
    for path in tree.files("src", "include", "tests", "fuzz", "bench", "tools", ends=(".c", ".h")):
        text = "\n".join(line for _, line in tree.code(path))
        text = re.sub(r"^\s*#\s*(if|else|elif|endif)[^\n]*", "", text, flags=re.MULTILINE)
        for match in control.finditer(text):
            at = match.end()
            if match.group(1):
                depth = 1
                while at < len(text) and depth > 0:
                    depth += {"(": 1, ")": -1}.get(text[at], 0)
                    at += 1
            after = text[at:].lstrip(" \n\\")
            before = text[:match.start()].rstrip(" ")
            ends_do = match.group(1) == "while" and before.endswith("}")  # on the same line
            if after[:1] != "{" and not ends_do:
                line = text.count("\n", 0, match.start()) + 1
                yield f"{path}:{line}: no braces after {match.group(1) or match.group(2)}"


def tool(tree, name, *words):
    if shutil.which(name) is None:
        yield f"{name}: is not installed; ./check installs it"
        return
    done = tree.run(name, *words)
    if done.returncode != 0:
        for line in (done.stdout + done.stderr).splitlines():
            yield line


def rule_format(tree):
    """clang-format 14 would change nothing."""
    paths = tree.files("src", "include", "tests", "fuzz", "bench", "tools", ends=(".c", ".h"))
    if not paths:
        return
    places = {}
    for line in tool(tree, "clang-format-14", "--dry-run", "--Werror", *paths):
        if "is not installed" in line:
            yield line
        elif "error:" in line:
            places.setdefault(line.split(":")[0], []).append(line.split(":")[1])
    for path, lines in places.items():
        yield f"{path}:{lines[0]}: {len(lines)} places; `make format` mends them"


def rule_shellcheck(tree):
    """shellcheck finds nothing in any script."""
    paths = tree.files("tools", "tests", "packaging", ends=(".sh",))
    paths += [p for p in ("run", "check", ".ci/run") if tree.has(p)]
    if paths:
        yield from tool(tree, "shellcheck", "-x", *paths)


def rule_spelling(tree):
    """codespell finds nothing in documents and code (Dutch texts aside)."""
    paths = tree.files("src", "include", "tools", "fuzz", "bench", "docs",
                       ends=(".c", ".h", ".md", ".scd", ".py", ".sh"))
    paths += tree.files("tests", ends=(".c", ".h", ".sh"))
    paths += [p for p in tree.files(ends=(".md",)) if os.sep not in p]
    paths = [p for p in paths if f"{os.sep}nl{os.sep}" not in p and ".nl." not in p]
    ignore = "tests/lint/codespell-ignore.txt"
    options = ("-I", ignore) if tree.has(ignore) else ()
    if paths:
        yield from tool(tree, "codespell", *options, *paths)


def rule_readmes(tree):
    """Each folder says in 5 to 30 lines what it is, and names each of its sources."""
    folders = [f"src/{name}" for name in sorted(os.listdir(os.path.join(tree.root, "src")))
               if os.path.isdir(os.path.join(tree.root, "src", name))]
    folders += [f for f in ("src", "catalogue", "web", "fuzz", "bench", "tools", "tests", "data")
                if tree.has(f)]
    for folder in folders:
        path = f"{folder}/README.md"
        if not tree.has(path):
            if any(not n.startswith(".") for n in os.listdir(os.path.join(tree.root, folder))):
                yield f"{path}:1: is missing"
            continue
        text = tree.text(path)
        if not 5 <= text.count("\n") <= 30:
            yield f"{path}:1: has {text.count(chr(10))} lines, expected 5 to 30"
        for source in tree.files(folder, ends=(".c",)) if folder.startswith("src/") else ():
            name = os.path.basename(source)
            if name not in text and not any(name.startswith(start)  # `cmd_….c` names a family
                                            for start in re.findall(r"`(\w+_)….c`", text)):
                yield f"{path}:1: does not name {name}"


def rule_links(tree):
    """Every relative link in a document leads somewhere."""
    for path in tree.files(ends=(".md",)):
        for number, line in tree.lines(path):
            for target in re.findall(r"\]\(([^)\s]+)\)", line):
                if re.match(r"[a-z]+:|#", target):
                    continue
                whole = os.path.join(os.path.dirname(path), target.split("#")[0])
                if not tree.has(whole):
                    yield f"{path}:{number}: there is no {target}"


def rule_dependencies_told(tree):
    """docs/dependencies.md tells of every package and every library that meson.build names."""
    told = tree.text("docs/dependencies.md") if tree.has("docs/dependencies.md") else ""
    names = []
    if tree.has("packaging/debian-packages.txt"):
        names += [(line.strip(), "packaging/debian-packages.txt", number)
                  for number, line in tree.lines("packaging/debian-packages.txt")
                  if line.strip() and line[0] not in "#["]
    if tree.has("meson.build"):
        names += [(name, "meson.build", number) for number, line in tree.lines("meson.build")
                  for name in re.findall(r"(?<!_)dependency\('([^']+)'", line) if name != "threads"]
    for name, path, number in names:
        if f"`{name}`" not in told:
            yield f"{path}:{number}: docs/dependencies.md does not tell of `{name}`"


def rule_version_told(tree):
    """CHANGELOG.md tells of the version that meson.build names."""
    version = re.search(r"version: '([^']+)'", tree.text("meson.build")).group(1)
    if f"## {version}" not in (tree.text("CHANGELOG.md") if tree.has("CHANGELOG.md") else ""):
        yield f"CHANGELOG.md:1: no heading '## {version}'"


def rule_help_and_man(tree):
    """Commands and options of --help stand in the man pages, and the other way round."""
    if tree.binary is None:
        return
    overview = subprocess.run([tree.binary, "--help"], capture_output=True, text=True, check=False)
    if overview.returncode != 0:
        yield "inbeeld --help: ended with a failure"
    commands = re.findall(r"^  ([a-z]+(?: [a-z]+)?)\s{2,}\S", overview.stdout, re.MULTILINE)
    pages = {p for p in tree.files("docs/man", ends=(".scd",))} if tree.has("docs/man") else set()
    for command in commands + [""]:
        page = f"docs/man/inbeeld{''.join('-' + w for w in command.split())}.1.scd"
        if page not in pages:
            yield f"{page}:1: is missing, the command '{command or 'inbeeld'}' has no man page"
            continue
        pages.discard(page)
        if command == "":
            for other in commands:
                if f"inbeeld-{other.replace(' ', '-')}" not in tree.text(page):
                    yield f"{page}:1: does not name inbeeld-{other.replace(' ', '-')}"
            continue
        shown = subprocess.run([tree.binary, *command.split(), "--help"], capture_output=True,
                               text=True, check=False)
        options = set(re.findall(r"^  (--[a-z-]+)", shown.stdout, re.MULTILINE))
        written = set(re.findall(r"--[a-z][a-z-]*", tree.text(page).replace("\\-", "-")))
        for option in sorted(options - written - {"--store"}):
            yield f"{page}:1: does not tell of {option}"
        for option in sorted(written - options):
            yield f"{page}:1: tells of {option}, which inbeeld {command} --help does not have"
    for page in sorted(pages):
        yield f"{page}:1: there is no such command"
    if shutil.which("scdoc"):
        for page in tree.files("docs/man", ends=(".scd",)) if tree.has("docs/man") else ():
            done = subprocess.run(["scdoc"], input=tree.text(page), capture_output=True, text=True,
                                  check=False)
            if done.returncode != 0:
                yield f"{page}: {done.stderr.strip()}"


def rule_catalogue(tree):
    """`inbeeld catalogue check` finds no gap in the norm."""
    if tree.binary is None:
        return
    done = subprocess.run([tree.binary, "catalogue", "check"], capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        yield from (done.stdout + done.stderr).splitlines()[:60]


RULES = {name[5:].replace("_", "-"): function for name, function in list(globals().items())
         if name.startswith("rule_")}


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", default=os.path.dirname(os.path.dirname(here)))
    parser.add_argument("--binary", help="the program, for rules that ask it something")
    parser.add_argument("rules", nargs="*", metavar="RULE", help=", ".join(RULES))
    words = parser.parse_args()
    unknown = set(words.rules) - set(RULES)
    if unknown:
        parser.error(f"unknown rule {', '.join(sorted(unknown))}")
    tree = Tree(os.path.abspath(words.root),
                os.path.abspath(words.binary) if words.binary else None)
    chosen = words.rules or list(RULES)
    print(f"1..{len(chosen)}")
    failed = False
    for number, name in enumerate(chosen, 1):
        offences = list(RULES[name](tree))
        failed = failed or bool(offences)
        print(f"{'not ok' if offences else 'ok'} {number} - {name}: {RULES[name].__doc__}")
        for offence in offences:
            print(f"{offence}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
