#!/usr/bin/env python3
"""Do the commands print what they should? Golden tests: a command, its files, its exact output.

A test is a file `NAME.test`:

    # what it shows
    $ trex layers plan.json
    the exact standard output
    ! and standard error, after it
    exit 2
    --- plan.json
    {"Layers": []}

Several commands may follow each other; a line `$ ...` runs under bash with pipefail in a folder that
holds a copy of data/ and the test's own files (`--- NAME`, up to the next one). `exit N` stands
where the exit code is not 0. A carriage return is written as a visible sign, an escape byte too, and
an output line that begins like one of ours gets a backslash before it. The terminal is 80 columns
wide and has no colour.

usage: run.py --trex PATH [--update] [--skip TEST] [TEST...]
       run (or rewrite the outputs of) these or all tests
"""

# SPDX-License-Identifier: Apache-2.0

import argparse
import concurrent.futures
import difflib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
MARKS = ("$ ", "! ", "--- ", "exit ", "\\")
VISIBLE = {"\r": "\u240d", "\x1b": "\u241b"}


class Test:
    """One parsed .test file: comments, commands with their expected lines, files."""

    def __init__(self, text):
        self.head, self.commands, self.files = [], [], []
        lines = text.split("\n")
        if lines and lines[-1] == "":
            lines.pop()
        for line in lines:
            if self.files or line.startswith("--- "):
                if line.startswith("--- "):
                    self.files.append((line[4:], []))
                else:
                    self.files[-1][1].append(line)
            elif line.startswith("$ "):
                self.commands.append((line[2:], []))
            elif self.commands:
                self.commands[-1][1].append(line)
            else:
                self.head.append(line)

    def text(self, outputs):
        lines = list(self.head)
        for (command, _), output in zip(self.commands, outputs):
            lines.append("$ " + command)
            lines.extend(output)
        for name, content in self.files:
            lines.append("--- " + name)
            lines.extend(content)
        return "\n".join(lines) + "\n"


def as_lines(data, prefix=""):
    text = data.decode("utf-8", "backslashreplace")
    for byte, sign in VISIBLE.items():
        text = text.replace(byte, sign)
    if text == "":
        return []
    body = text[:-1] if text.endswith("\n") else text + "\\no newline"
    return [prefix + ("\\" + line if not prefix and line.startswith(MARKS) else line)
            for line in body.split("\n")]


def run_command(command, folder, trex_folder):
    environment = {
        "PATH": f"{trex_folder}:{os.environ.get('PATH', '/usr/bin:/bin')}",
        "COLUMNS": "80", "LC_ALL": "C.UTF-8", "TERM": "dumb", "HOME": str(folder),
    }
    for name in ("ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "LD_LIBRARY_PATH"):
        if name in os.environ:
            environment[name] = os.environ[name]
    result = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=folder, env=environment,
                            stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    lines = as_lines(result.stdout) + as_lines(result.stderr, "! ")
    return lines + ([f"exit {result.returncode}"] if result.returncode else [])


def run_test(path, trex, update):
    """Gives a unified diff, empty when the test passes."""
    old = path.read_text(encoding="utf-8")
    test = Test(old)
    if not test.commands:
        return f"{path}: no command\n"
    with tempfile.TemporaryDirectory(prefix="trex-golden-") as scratch:
        folder = pathlib.Path(scratch, "work")
        shutil.copytree(HERE / "data", folder)
        for name, content in test.files:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text("\n".join(content) + "\n", encoding="utf-8")
        links = pathlib.Path(scratch, "bin")
        links.mkdir()
        (links / "trex").symlink_to(trex)
        outputs = [run_command(command, folder, links) for command, _ in test.commands]
    new = test.text(outputs)
    if new == old:
        return ""
    if update:
        path.write_text(new, encoding="utf-8")
        return ""
    name = str(path.relative_to(HERE))
    return "".join(difflib.unified_diff(old.splitlines(True), new.splitlines(True),
                                        f"expected {name}", f"printed {name}"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--trex", required=True, help="the program")
    parser.add_argument("--update", action="store_true", help="rewrite the expected outputs")
    parser.add_argument("--skip", action="append", default=[], metavar="TEST",
                        help="leave out this one, as in draw/pictures")
    parser.add_argument("tests", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    trex = pathlib.Path(options.trex).resolve()
    if not trex.is_file():
        sys.exit(f"{trex}: no such program")
    tests = [path.resolve() for path in options.tests] or sorted(HERE.rglob("*.test"))
    skipped = {(HERE / f"{name}.test").resolve() for name in options.skip}
    if missing := [path for path in skipped if not path.is_file()]:
        sys.exit(f"--skip: no test {missing[0]}")
    tests = [path for path in tests if path not in skipped]
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        diffs = list(pool.map(lambda path: run_test(path, trex, options.update), tests))
    failed = [diff for diff in diffs if diff]
    for diff in failed:
        print(diff, end="")
    left_out = f", {', '.join(options.skip)} left out" if skipped else ""
    print(f"{len(tests)} golden tests, {len(failed)} failed{left_out}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
