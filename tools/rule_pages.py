#!/usr/bin/env python3
"""Writes docs/rules/: a page for every rule of `trex lint`, made by the program itself, and the
list of them all. With --check nothing is written: it says what is out of date, and which rule has
no unit test.

usage: rule_pages.py --trex PATH [--check]
"""

# SPDX-License-Identifier: Apache-2.0

import argparse
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "rules"
LEFT_OUT = PAGES / "left-out.md"  # by hand: hazards without a rule, and why

HEAD = """# The rules of trex lint

`trex explain RULE` tells the same in the terminal; [lint.md](../lint.md) tells how to use them.
These pages are written by `tools/rule_pages.py` from the rules' own data.

"""


def trex(program, *words):
    return subprocess.run([program, *words], capture_output=True, check=True,
                          text=True, encoding="utf-8").stdout


def pages_of(program):
    """File name: content, for every page."""
    rules = json.loads(trex(program, "explain", "--json"))["rules"]
    pages, lines, group = {}, [HEAD], None
    for rule in rules:
        if rule["group"] != group:
            group = rule["group"]
            lines.append(f"\n## {rule['code'][0]}. {group}\n\n| code | rule | what it finds |\n"
                         "|---|---|---|\n")
        summary = rule["summary"].replace("|", "\\|").replace("<", "&lt;")
        lines.append(f"| {rule['code']} | [{rule['rule']}]({rule['rule']}.md) | {summary} |\n")
        pages[f"{rule['rule']}.md"] = trex(program, "explain", rule["rule"], "--rule-page")
    lines.append("\n" + (LEFT_OUT.read_text(encoding="utf-8") if LEFT_OUT.exists() else ""))
    pages["README.md"] = "".join(lines).replace("\n\n\n", "\n\n").rstrip() + "\n"
    return pages


def test_problems(pages):
    """Rules whose unit test is missing or tests another rule."""
    for name in sorted(pages):
        if name == "README.md":
            continue
        rule = name[:-3]
        test = ROOT / "trex" / "lint" / "rules" / f"{rule}_test.cpp"
        words = "".join(word[:1].upper() + word[1:] for word in rule.split("-"))
        if not test.is_file():
            yield f"{rule}: no unit test {test.relative_to(ROOT)}"
        elif not re.search(rf"TEST\({words}\w*,", test.read_text(encoding="utf-8")):
            yield f"{rule}: {test.relative_to(ROOT)} has no TEST({words}, ...)"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--trex", required=True, help="the program")
    parser.add_argument("--check", action="store_true", help="write nothing, say what is wrong")
    options = parser.parse_args()
    pages = pages_of(str(pathlib.Path(options.trex).resolve()))
    stray = [path for path in sorted(PAGES.glob("*.md"))
             if path.name not in pages and path != LEFT_OUT]
    if not options.check:
        PAGES.mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            (PAGES / name).write_text(text, encoding="utf-8")
        for path in stray:
            path.unlink()
        print(f"{len(pages)} pages written")
        return 0
    problems = [f"docs/rules/{name} is out of date: run tools/rule_pages.py"
                for name, text in sorted(pages.items())
                if not (PAGES / name).is_file()
                or (PAGES / name).read_text(encoding="utf-8") != text]
    problems += [f"docs/rules/{path.name} is of no rule" for path in stray]
    problems += test_problems(pages)
    print(*problems, sep="\n")
    print(f"{len(pages)} pages, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
