#!/usr/bin/env python3
"""Do shells complete with what `trex completion` writes?

Each shell is run for real and asked what it would offer at the end of a line: zsh in a
pseudo-terminal of its own, with the candidates caught where they are added; fish by its own
question for that. bash is asked by tests/golden/cli/completion.test. A shell that is not installed
is skipped, and said to be.

usage: check.py --trex PATH --work FOLDER
"""

# SPDX-License-Identifier: Apache-2.0

import argparse
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent

# The line so far; what must be offered; what must not be.
CASES = [
    ("trex sum", {"summary"}, {"layers"}),
    ("trex ", {"summary", "layers", "help", "completion"}, {"model.graph.json"}),
    ("trex --", {"--help", "--version"}, set()),
    ("trex help la", {"layers"}, {"summary"}),
    ("trex layers --so", {"--sort"}, {"--profile"}),
    ("trex layers --sort tim", {"time_ms"}, {"type"}),
    ("trex layers --format ", {"text", "json", "csv"}, {"model.graph.json"}),
    ("trex layers model.graph.json --pro", {"--profile", "--profile-log"}, {"--sort"}),
    ("trex layers mod", {"model.graph.json"}, {"--sort"}),
    ("trex layers --profile mod", {"model.graph.json"}, {"text"}),
    ("trex completion ", {"bash", "zsh", "fish"}, {"model.graph.json"}),
]


def offered_by_zsh(script, line, folder):
    environment = dict(os.environ, TREX_COMPLETION=str(script), TERM="dumb")
    result = subprocess.run(["zsh", "-f", HERE / "capture.zsh", HERE / "setup.zsh", line],
                            cwd=folder, env=environment, capture_output=True, text=True,
                            timeout=60, check=True)
    return result.stdout.splitlines()


def offered_by_fish(script, line, folder):
    environment = dict(os.environ, HOME=str(folder), XDG_CONFIG_HOME=str(folder / "config"))
    result = subprocess.run(
        ["fish", "--no-config", "-c", 'source "$argv[1]"; complete -C "$argv[2]"', str(script),
         line], cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=True)
    return [entry.split("\t")[0] for entry in result.stdout.splitlines()]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--trex", required=True)
    parser.add_argument("--work", required=True, type=pathlib.Path)
    options = parser.parse_args()

    folder = options.work.resolve() / "folder"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "model.graph.json").write_text("{}", encoding="utf-8")
    wrong = 0
    for shell, offered_by in (("zsh", offered_by_zsh), ("fish", offered_by_fish)):
        if not shutil.which(shell):
            print(f"completion: {shell} is not installed: skipped")
            continue
        script = options.work.resolve() / f"trex.{shell}"
        script.write_bytes(subprocess.run([options.trex, "completion", shell], check=True,
                                          capture_output=True).stdout)
        for line, wanted, unwanted in CASES:
            offered = {word.rstrip(" =") for word in offered_by(script, line, folder)}
            if not wanted <= offered or offered & unwanted:
                print(f"{shell}: '{line}' offers {sorted(offered)}; wanted {sorted(wanted)}, "
                      f"not {sorted(unwanted)}")
                wrong += 1
        print(f"completion: {shell}: {len(CASES)} lines")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
