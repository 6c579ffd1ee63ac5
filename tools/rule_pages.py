#!/usr/bin/env python3
"""Writes docs/rules/: a page for every rule of `trex lint`, made by the program itself, and the
list of them all. With --check nothing is written: it says what is out of date, and which rule has
no unit test or no golden test that shows it.

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
UNIT_TESTS = ROOT / "trex" / "lint" / "rules"
GOLDEN_TESTS = ROOT / "tests" / "golden" / "lint" / "rules"

HEAD = """# The rules of trex lint

`trex explain RULE` tells the same in the terminal; [lint.md](../lint.md) tells how to use them.
These pages are written by `tools/rule_pages.py` from the rules' own data.
A code is the hazard's place in the list that the rules were written from, each hazard of which has a
rule; G09 came later.

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
    pages["README.md"] = "".join(lines).replace("\n\n\n", "\n\n").rstrip() + "\n"
    return pages


def unit_test_problem(rule):
    """Why the rule's unit test does not do; None when it does."""
    test = UNIT_TESTS / f"{rule}_test.cpp"
    words = "".join(word[:1].upper() + word[1:] for word in rule.split("-"))
    if not test.is_file():
        return f"{rule}: no unit test {test.relative_to(ROOT)}"
    if not re.search(rf"TEST\({words}\w*,", test.read_text(encoding="utf-8")):
        return f"{rule}: {test.relative_to(ROOT)} has no TEST({words}, ...)"
    return None


def golden_test_problem(rule):
    """Why the rule's golden test does not do: it must run the rule, and print a finding of it."""
    test = GOLDEN_TESTS / f"{rule}.test"
    if not test.is_file():
        return f"{rule}: no golden test {test.relative_to(ROOT)}"
    shown = test.read_text(encoding="utf-8").split("\n--- ")[0]
    if not re.search(rf"^\$ trex lint .*--rules {rule}( |$)", shown, re.MULTILINE):
        return f"{rule}: {test.relative_to(ROOT)} does not run 'trex lint ... --rules {rule}'"
    # At the foot of a finding, or in brackets behind a doubt about the evidence.
    if not re.search(rf"^rule +{rule} \(|\[{rule}\]$", shown, re.MULTILINE):
        return f"{rule}: {test.relative_to(ROOT)} does not show the rule firing"
    return None


def test_problems(rules):
    """What is wrong with the tests of each rule, and tests of no rule."""
    for rule in sorted(rules):
        yield from filter(None, (unit_test_problem(rule), golden_test_problem(rule)))
    for test in sorted(GOLDEN_TESTS.glob("*.test")):
        if test.stem not in rules:
            yield f"{test.relative_to(ROOT)} is of no rule"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--trex", required=True, help="the program")
    parser.add_argument("--check", action="store_true", help="write nothing, say what is wrong")
    options = parser.parse_args()
    pages = pages_of(str(pathlib.Path(options.trex).resolve()))
    stray = [path for path in sorted(PAGES.glob("*.md")) if path.name not in pages]
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
    problems += test_problems({name[:-3] for name in pages if name != "README.md"})
    print(*problems, sep="\n")
    print(f"{len(pages)} pages, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
