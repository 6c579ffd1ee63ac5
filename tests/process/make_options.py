#!/usr/bin/env python3
"""The stand-in's list of trtexec options: from the table of a document into options.json.

The stand-in must not learn from trex which options exist, or a mistake of ours would never show. So
this reads the published table (a Markdown table: options in backquotes, the versions beside them)
and writes {option: [first, last]}; the result is committed, and run again only when the table changes.

usage: make_options.py TABLE.md > options.json
"""

# SPDX-License-Identifier: Apache-2.0

import json
import re
import sys

NEWEST = "11.1"
VERSION = r"(\d+\.\d+)(?!\d)"
RANGE = re.compile(VERSION + r"\s*(?:\.\.\s*(?:" + VERSION + r")?|(only)|(\+))?")


def names_in(group):
    """The option names of one backquoted group."""
    group = group.replace("min/opt/maxShapesCalib", "minShapesCalib --optShapesCalib --maxShapesCalib")
    for word in re.split(r"[\s/]+", re.sub(r"\(.*?\)", "", group)):
        if word.startswith("--"):
            yield word[2:]


def range_in(text):
    """[first, last] of the first version expression in the text, or None."""
    match = RANGE.search(text)
    if not match:
        return None
    return [match[1], match[2] or (match[1] if match[3] else NEWEST)]


def read_row(cells, options):
    """One row: options | versions | note. Later cells may name further options with theirs."""
    usual = range_in(cells[1].split("`")[0]) if len(cells) > 1 else None
    for number, cell in enumerate(cells):
        parts = cell.split("`")
        for i in range(1, len(parts), 2):
            after = parts[i + 1] if i + 1 < len(parts) else ""
            before = parts[i - 1]
            if number == 0:
                span = range_in(after) or usual
            elif re.search(r"added in \d", before):  # "Opposites added in 11.0: `...`"
                span = range_in(before)
            elif re.match(r"\s*\(?\d+\.\d+", after) and not re.search(r"->|alias", before):
                span = range_in(after)
            else:
                span = None
            for name in names_in(parts[i]) if span else []:
                options.setdefault(name, span)


def main():
    options = {}
    for line in open(sys.argv[1], encoding="utf-8"):
        if line.startswith("## ") and options:
            break
        if line.startswith("|") and "--" in line and not line.startswith("| ---"):
            read_row([cell.strip() for cell in line.strip().strip("|").split("|")], options)
    print(json.dumps(options, indent=1, sort_keys=True))


if __name__ == "__main__":
    main()
