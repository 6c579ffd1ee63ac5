#!/usr/bin/env python3
"""Runs a command and draws what it prints, colours and all, as an SVG of a terminal.

    tools/terminal_picture.py docs/images/summary.svg -- build/release/trex summary X --color always

The pictures in the README are made by it; nothing is drawn by hand.
"""

# SPDX-License-Identifier: Apache-2.0

import html
import re
import subprocess
import sys
import unicodedata

CELL_WIDTH, LINE_HEIGHT, MARGIN = 7.8, 17, 14
BACKGROUND, FOREGROUND = "#16181d", "#d7dae0"
COLORS = {"30": "#5c6370", "31": "#e06c75", "32": "#98c379", "33": "#e5c07b", "34": "#61afef",
          "35": "#c678dd", "36": "#56b6c2", "37": "#d7dae0", "90": "#7f848e", "91": "#e06c75",
          "92": "#98c379", "93": "#e5c07b", "94": "#61afef", "95": "#c678dd", "96": "#56b6c2"}
ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")


def columns(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def runs(line, style):
    """The line as (text, style) pieces, and the style that goes on in the next line."""
    pieces, end = [], 0
    for match in ESCAPE.finditer(line):
        pieces.append((line[end:match.start()], dict(style)))
        end = match.end()
        for code in (match.group(1) or "0").split(";"):
            if code in ("", "0"):
                style = {}
            elif code == "1":
                style = {**style, "font-weight": "bold"}
            elif code == "2":
                style = {**style, "opacity": "0.65"}
            elif code in COLORS:
                style = {**style, "fill": COLORS[code]}
    pieces.append((line[end:], dict(style)))
    return [p for p in pieces if p[0]], style


def draw(lines):
    width = max((columns(ESCAPE.sub("", line)) for line in lines), default=1)
    w, h = width * CELL_WIDTH + 2 * MARGIN, len(lines) * LINE_HEIGHT + 2 * MARGIN
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{w:.0f}" height="{h:.0f}" '
           f'viewBox="0 0 {w:.0f} {h:.0f}" role="img">',
           f'<rect width="100%" height="100%" rx="8" fill="{BACKGROUND}"/>',
           f'<g font-family="ui-monospace,Menlo,Consolas,\'DejaVu Sans Mono\',monospace" '
           f'font-size="13" fill="{FOREGROUND}" xml:space="preserve">']
    style = {}
    for row, line in enumerate(lines):
        pieces, style = runs(line, style)
        y, x = MARGIN + (row + 0.75) * LINE_HEIGHT, float(MARGIN)
        for text, look in pieces:
            length = columns(text) * CELL_WIDTH
            attributes = "".join(f' {k}="{v}"' for k, v in look.items())
            out.append(f'<text x="{x:.1f}" y="{y:.1f}" textLength="{length:.1f}" '
                       f'lengthAdjust="spacingAndGlyphs"{attributes}>{html.escape(text)}</text>')
            x += length
    return "\n".join(out + ["</g>", "</svg>", ""])


def main():
    if len(sys.argv) < 4 or sys.argv[2] != "--":
        sys.exit(__doc__)
    command = sys.argv[3:]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    shown = " ".join(a for a in command if a not in ("--color", "always"))
    shown = re.sub(r"^\S*/", "", re.sub(r" --width \d+", "", shown))
    lines = [f"\x1b[1m$ {shown}\x1b[0m"] + result.stdout.rstrip("\n").split("\n")
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        file.write(draw(lines))


if __name__ == "__main__":
    main()
