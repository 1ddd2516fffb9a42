#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The report as a reader apart from ours sees it: Python's parsers, the CSP, the colours.

Usage: report_page.py INBEELD SOURCE. Prints TAP.
"""

import base64
import hashlib
import html.parser
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

VOID = {"meta"}
HOSTILE = ('<script>alert(1)</script>,"""q"" & \'r\'",' + "x" * 200 + ",]]>,count\n"
           "1,0,0,0,50\n0,1,0,0,60\n0,0,1,0,70\n0,0,0,1,80\n1,1,0,0,20\n0,1,1,0,30\n"
           "0,0,1,1,40\n1,0,0,1,7\n1,1,1,1,12\n")


class Page(html.parser.HTMLParser):
    """Keeps what was said and refuses what is not closed in order."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.refers, self.wrong, self.headings = [], [], [], [], []
        self.styles, self.policy = [], ""
        self.feed(text)
        self.close()
        if self.open:
            self.wrong.append(f"left open: {self.open}")

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if len(given) != len(attrs):
            self.wrong.append(f"an attribute twice on {tag}")
        if tag in ("script", "link", "img", "iframe", "object", "embed", "base", "form"):
            self.wrong.append(f"found {tag}")
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "src", "srcset", "xlink:href"):
                self.wrong.append(f"found {name} on {tag}")
            if name == "href" and not re.match(r"https?://|#", value):
                self.wrong.append(f"a link to {value[:40]}")
        if "id" in given:
            self.ids.append(given["id"])
        self.refers += given.get("aria-labelledby", "").split()
        self.refers += re.findall(r"url\(#([^)]*)\)", " ".join(v or "" for v in given.values()))
        if tag == "a" and given.get("href", "").startswith("#"):
            self.refers.append(given["href"][1:])
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"{tag} closed inside {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            self.styles.append(data)


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def check_structure(text):
    page = Page(text)
    yield from page.wrong
    for one in {i for i in page.ids if page.ids.count(i) > 1}:
        yield f"id {one} stands twice"
    for one in set(page.refers) - set(page.ids):
        yield f"there is no id {one}"
    if page.headings[:1] != [1] or page.headings.count(1) != 1:
        yield f"headings begin {page.headings[:3]}"
    for before, after in zip(page.headings, page.headings[1:]):
        if after > before + 1:
            yield f"h{after} after h{before}"


def check_pictures(text):
    pictures = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
    if len(pictures) < 4:
        yield f"found {len(pictures)} pictures"
    name = "{http://www.w3.org/2000/svg}"
    for picture in pictures:
        root = xml.etree.ElementTree.fromstring(picture)
        _, _, width, height = (float(v) for v in root.get("viewBox").split())
        for tag in ("title", "desc"):
            if not (root.findtext(name + tag) or "").strip():
                yield f"a picture without {tag}"
        for shape in root.iter():
            for key, most in (("x", width), ("cx", width), ("y", height), ("cy", height)):
                if shape.get(key) is not None and not -0.5 <= float(shape.get(key)) <= most + 0.5:
                    yield f"{shape.tag} stands outside at {key}={shape.get(key)}"
            for key in ("width", "height"):
                if shape.get(key) is not None and float(shape.get(key)) < 0:
                    yield f"{shape.tag} with a negative {key}"


def check_policy(text):
    page = Page(text)
    if not page.policy.startswith("default-src 'none'; style-src 'sha256-") or \
            "unsafe" in page.policy:
        yield f"the policy is {page.policy}"
    for style in page.styles:
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        if f"'sha256-{digest}'" not in page.policy:
            first = style.strip().splitlines()[1].strip()
            yield f"the style sheet that begins '{first}' has hash {digest}: put it into report.c"
    for loads in ("@import", "url(http", "url(data"):
        if loads in text:
            yield f"found {loads}"


def check_colours(text):
    css = "".join(Page(text).styles)
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    if len(blocks) != 3:
        yield f"found {len(blocks)} sets of colours"
    for block in blocks:
        colours = dict(re.findall(r"--p-(\w+): (#\w+);", block))
        for ink in ("ink", "soft", "0", "1", "2", "3"):
            for paper in ("paper", "wash"):
                if contrast(colours[ink], colours[paper]) < 4.5:
                    yield f"{ink} on {paper}: {contrast(colours[ink], colours[paper]):.2f} to 1"


def check_text(text):
    plain = re.sub(r"<style>.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL)
    for left in (r"\{[1-9]\}", r"\bnan\b", r"\binf\b", r"\(null\)", r"\breport\.[a-z]"):
        for found in re.findall(left, plain):
            yield f"found {found}"


def main():
    binary, source = sys.argv[1:3]
    number = failed = 0
    print("TAP version 13")
    with tempfile.TemporaryDirectory() as folder:
        hostile = os.path.join(folder, "<b>&\"x\".csv")
        with open(hostile, "w", encoding="utf-8") as file:
            file.write(HOSTILE)
        ned, uk = (os.path.join(source, "data/lists", f"{n}.csv") for n in ("Ned_5", "UKdat"))
        kinds = {"published": ["--histories", ned, "--histories", uk], "without lists": [],
                 "hostile": ["--histories", hostile],
                 "hostile published": ["--histories", hostile, "--published"]}
        for language in ("nl", "en"):
            for kind, words in kinds.items():
                subprocess.run([binary, "publish", "--lang", language, "--out", folder, *words],
                               check=True, stdout=subprocess.DEVNULL)
                with open(os.path.join(folder, "report.html"), encoding="utf-8", newline="") as f:
                    text = f.read()
                for check in (check_structure, check_pictures, check_policy, check_colours,
                              check_text):
                    number += 1
                    found = list(check(text))
                    failed += bool(found)
                    print(f"{'not ' if found else ''}ok {number} - {language}, {kind}: "
                          f"{check.__name__[6:]}")
                    for line in found[:10]:
                        print(f"# {line}")
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
