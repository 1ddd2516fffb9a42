#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Draws docs/pictures/count-cost.svg from the table of cost by lists in count.md.

    cost_plot.py > docs/pictures/count-cost.svg
"""

import math
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
COLOURS = ("#123a6b", "#7a9cc6", "#b3261e", "#2e7d32", "#8e5d00")
LEFT, TOP, WIDTH, HEIGHT = 60, 30, 420, 300
LEAST, MOST = -1, 3  # powers of ten of milliseconds


def table():
    with open(os.path.join(HERE, "count.md"), encoding="utf-8") as file:
        lines = file.read().split("| lists | stepwise |", 1)[1].splitlines()
    names = ["stepwise"] + [cell.strip() for cell in lines[0].split("|") if cell.strip()]
    rows = []
    for line in lines[2:]:
        if not re.match(r"\| \d", line):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return names, rows


def place(lists, cost):
    x = LEFT + (lists - 2) / 8 * WIDTH
    return x, TOP + HEIGHT * (MOST - math.log10(cost)) / (MOST - LEAST)


def main():
    names, rows = table()
    print('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 390" font-family="sans-serif" '
          'font-size="13" role="img"><title>CPU milliseconds by number of lists</title>')
    print('<rect width="640" height="390" fill="#fff"/>')
    for power in range(LEAST, MOST + 1):
        y = place(2, 10**power)[1]
        print(f'<path d="M{LEFT} {y:.0f}h{WIDTH}" stroke="#ddd"/>'
              f'<text x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{10**power:g}</text>')
    print(f'<text x="8" y="16">CPU ms (logarithmic)</text>'
          f'<text x="{LEFT + WIDTH / 2:.0f}" y="378" text-anchor="middle">lists</text>')
    for row in rows:
        x = place(int(row[0]), 1)[0]
        print(f'<text x="{x:.0f}" y="352" text-anchor="middle">{row[0]}</text>')
    for at, name in enumerate(names, start=1):
        points = [place(int(row[0]), float(row[at].replace(",", "")))
                  for row in rows if len(row) > at and row[at]]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        colour = COLOURS[at - 1]
        print(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        print(f'<path d="M500 {TOP + 24 * at}h20" stroke="{colour}" stroke-width="2"/>'
              f'<text x="526" y="{TOP + 4 + 24 * at}">{name}</text>')
    print("</svg>")


main()
