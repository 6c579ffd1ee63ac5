#!/usr/bin/env python3
"""Runs every `$ trex ...` block of the documentation and holds what it prints against the text.

    tools/readme.py --trex build/release/trex README.md docs/*.md            # exit 1 where they differ
    tools/readme.py --trex build/release/trex README.md docs/*.md --update   # write what it prints

A block is fenced, its first line the command; it runs in a folder that holds `demo/`, the example
engines, and the repository's `examples/`. A block whose last line is `...` shows the beginning of the output, as many lines as stand
there (with --update: as before, 25 at first).
"""

# SPDX-License-Identifier: Apache-2.0

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"(^```\n\$ (trex [^\n]+)\n)(.*?)(^```$)", re.MULTILINE | re.DOTALL)
FIRST_LINES = 25


def output_of(trex, command, folder):
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1",
                   "PATH": f"{folder}/bin:{os.environ['PATH']}"}
    result = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return [line.rstrip() for line in result.stdout.rstrip("\n").split("\n")]


def shown(old, lines):
    old_lines = old.rstrip("\n").split("\n")
    if old_lines[-1] != "...":
        return "\n".join(lines) + "\n"
    count = len(old_lines) - 1 or FIRST_LINES
    return "\n".join(lines[:count] + ["..."]) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--trex", required=True, type=pathlib.Path)
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()

    failures = blocks = 0
    with tempfile.TemporaryDirectory() as folder:
        os.makedirs(f"{folder}/bin")
        os.symlink(options.trex.resolve(), f"{folder}/bin/trex")
        os.symlink(pathlib.Path(__file__).resolve().parent.parent / "examples", f"{folder}/examples")
        subprocess.run([options.trex.resolve(), "sample", "demo"], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for path in options.files:
            text = path.read_text(encoding="utf-8")

            def replace(match):
                nonlocal failures, blocks
                blocks += 1
                new = shown(match.group(3), output_of(options.trex, match.group(2), folder))
                if new != match.group(3) and not options.update:
                    failures += 1
                    print(f"{path}: `{match.group(2)}` prints something else:\n{new}")
                return match.group(1) + new + match.group(4)

            changed = BLOCK.sub(replace, text)
            if options.update and changed != text:
                path.write_text(changed, encoding="utf-8")
    print(f"{blocks} blocks, {failures} differ")
    return 1 if failures or not blocks else 0


if __name__ == "__main__":
    sys.exit(main())
