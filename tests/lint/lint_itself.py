#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Shows that every rule of lint.py can fail: small trees with one offence each.

    lint_itself.py
"""

import os
import sys
import tempfile

sys.dont_write_bytecode = True  # the tree stays as it is
import lint  # noqa: E402

HEAD = "// SPDX-License-Identifier: EUPL-1.2\n// A file that shows one offence and nothing else.\n"

# Rule -> (files of a bad tree, part of the expected offence). An empty text means: no such file.
BAD = {
    "layers": [
        ({"src/2_weigh/a.c": HEAD + "#include <inbeeld/count.h>\n"}, "2_weigh may not include"),
        ({"src/2_weigh/a.c": HEAD + "#include \"desk/server.h\"\n"}, "2_weigh may not include"),
        ({"src/base/a.c": HEAD + "#include \"math/matrix.h\"\n"}, "base may not include math"),
        ({"src/desk/a.c": HEAD + "#include \"cli/cli.h\"\n"}, "desk may not include cli"),
        ({"src/desk/a.c": HEAD + "#include \"2_weigh/b.h\"\n"}, "the number of a station"),
        ({"src/desk/a.c": HEAD + "#include \"b.h\"\n"}, "is not in the same folder"),
        ({"src/cli/a.c": HEAD + "#include <microhttpd.h>\n"}, "only desk may include"),
        ({"src/base/a.c": HEAD + "#include <sodium.h>\n"}, "only seal may include"),
        ({"src/4_count/a.c": HEAD + "#include <coin/Clp_C_Interface.h>\n"}, "only math may"),
        ({"src/store/a.c": HEAD + "#include <inbeeld/weigh.h>\n"}, "store sees only observe"),
        ({"src/base/a.c": HEAD + "#include <inbeeld/inbeeld.h>\n"}, "the umbrella is for"),
        ({"src/nowhere/a.c": HEAD + "#include \"base/csv.h\"\n"}, "no place in the order"),
        ({"include/inbeeld/weigh.h": HEAD + "#include \"base/csv.h\"\n"}, "includes a private one"),
    ],
    "banned-calls": [
        ({"src/base/a.c": HEAD + f"int a = {call}(b);\n"}, f"{call} is banned")
        for call in ("malloc", "strcpy", "sprintf", "atoi", "rand", "localtime", "exit", "time")
    ] + [({"src/2_weigh/a.c": HEAD + "double a = strtod(b, c);\n"}, "strtod is banned")],
    "only-cli-prints": [
        ({"src/base/a.c": HEAD + "void f(void) { fputs(a, stderr); }\n"}, "stderr outside"),
        ({"src/desk/a.c": HEAD + "void f(void) { printf(a); }\n"}, "printf outside"),
    ],
    "headers-alone": [
        ({"include/inbeeld/a.h": HEAD + "size_t a(void);\n"}, "gcc -std=c11"),
        ({"include/inbeeld/a.h": HEAD + "int a(int class);\n"}, "g++ -std=c++17"),
    ],
    "every-source-has-a-test": [
        ({"src/base/a.c": HEAD}, "no tests/base/test_a.c"),
        ({"src/base/a.c": HEAD, "tests/base/test_a.c": HEAD}, "never runs"),
        ({"tests/lint/untested.txt": "src/base/a.c it is too small\n"}, "there is no src/base/a.c"),
        ({"src/base/a.c": HEAD, "tests/lint/untested.txt": "src/base/a.c\n"}, "has no reason"),
    ],
    "unique-names": [({"src/base/a.c": HEAD, "src/desk/a.c": HEAD}, "has the same name")],
    "heads": [
        ({"src/base/a.c": "// no licence\n"}, "no SPDX"),
        ({"src/base/a.c": "// SPDX-License-Identifier: EUPL-1.2\n\nint a;\n"}, "does not say"),
        ({"run": "#!/bin/sh\nset -eu\n"}, "no SPDX"),
    ],
    "nothing-unfinished": [({"src/base/a.c": HEAD + "// TO" + "DO: more\n"}, "'TO" + "DO'"),
                           ({"docs/a.md": "This is enough for" + " now.\n"}, "'for" + " now'")],
    "tidy-text": [
        ({"src/base/a.c": HEAD + "int a; \n"}, "trailing blank"),
        ({"src/base/a.c": HEAD + "\tint a;\n"}, "a tab"),
        ({"src/base/a.c": HEAD + "int a;"}, "no newline"),
        ({"tools/a.py": "#" * 101 + "\n"}, "101 columns"),
        ({"src/base/a.c": HEAD + "\n" * 900}, "does it still do one thing"),
    ],
    "braces": [
        ({"src/base/a.c": HEAD + "void f(void) { if (a(b)) c(); }\n"}, "no braces after if"),
        ({"src/base/a.c": HEAD + "void f(void) { if (a) { b(); } else c(); }\n"}, "after else"),
        ({"src/base/a.c": HEAD + "void f(void) { for (;;) c(); }\n"}, "no braces after for"),
    ],
    "format": [({"src/base/a.c": HEAD + "int   a;\n"}, "make format")],
    "shellcheck": [({"tools/a.sh": "#!/bin/sh\necho $1\n"}, "SC2086")],
    "spelling": [({"docs/a.md": "A mistake that is well known: rec" + "ieve.\n"}, "receive")],
    "readmes": [({"src/base/a.c": HEAD}, "src/base/README.md:1: is missing"),
                ({"src/README.md": "short\n"}, "has 1 lines"),
                ({"src/base/b.c": HEAD, "src/base/README.md": "x\n" * 6}, "does not name b.c")],
    "links": [({"docs/a.md": "[there](nowhere.md)\n"}, "there is no nowhere.md")],
    "dependencies-told": [
        ({"packaging/debian-packages.txt": "[run]\ngcc\n"}, "does not tell of `gcc`"),
        ({"meson.build": "a = dependency('zlib')\n"}, "does not tell of `zlib`"),
    ],
    "version-told": [({"meson.build": "version: '9.9'\n", "CHANGELOG.md": "## 9.8\n"}, "## 9.9")],
    "help-and-man": [
        ({"bin": "#!/bin/sh\necho '  weigh   facts'\n"}, "inbeeld-weigh.1.scd:1: is missing"),
        ({"bin": "#!/bin/sh\n[ \"$1\" = --help ] && echo '  weigh   facts' || echo '  --new  x'\n",
          "docs/man/inbeeld-weigh.1.scd": "*--old*\n"}, "does not tell of --new"),
        ({"bin": "#!/bin/sh\n[ \"$1\" = --help ] && echo '  weigh   facts' || echo '  --new  x'\n",
          "docs/man/inbeeld-weigh.1.scd": "*--old*\n"}, "tells of --old"),
        ({"bin": "#!/bin/sh\necho\n", "docs/man/inbeeld-gone.1.scd": "x\n"}, "no such command"),
    ],
    "catalogue": [({"bin": "#!/bin/sh\necho 'forms.csv:3:1: no source'\nexit 1\n"}, "no source")],
}


def offences(rule, files):
    with tempfile.TemporaryDirectory() as root:
        for folder in ("src", "include", "docs"):
            os.makedirs(os.path.join(root, folder))
        with open(os.path.join(lint_root(), ".clang-format"), encoding="utf-8") as handle:
            files = {".clang-format": handle.read(), **files}
        for path, text in files.items():
            whole = os.path.join(root, path)
            os.makedirs(os.path.dirname(whole), exist_ok=True)
            with open(whole, "w", encoding="utf-8") as handle:
                handle.write(text)
            if text.startswith("#!"):
                os.chmod(whole, 0o755)
        binary = os.path.join(root, "bin") if "bin" in files else None
        return list(lint.RULES[rule](lint.Tree(root, binary)))


def lint_root():
    return os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def main():
    cases = [(rule, files, part) for rule, cases in BAD.items() for files, part in cases]
    print(f"1..{len(cases) + 1}")
    failed = 0
    for number, (rule, files, part) in enumerate(cases, 1):
        found = offences(rule, files)
        good = any(part in offence for offence in found)
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {rule} finds '{part}'")
        if not good:
            print(f"{rule}: expected '{part}', found {found}", file=sys.stderr)
    untried = sorted(set(lint.RULES) - set(BAD))
    print(f"{'not ok' if untried else 'ok'} {len(cases) + 1} - every rule is shown to fail")
    if untried:
        print(f"no bad tree for {', '.join(untried)}", file=sys.stderr)
    return 1 if failed or untried else 0


if __name__ == "__main__":
    sys.exit(main())
