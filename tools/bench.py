#!/usr/bin/env python3
"""How fast is trex, and how near to the least any reader of the same file must do?

Makes its inputs with `trex sample`, then runs each piece of work as a whole process, several times
in turn, and prints the best wall time, CPU time and peak memory beside the target. The measure is
the bare walk: simdjson visiting every value, converting every number, keeping nothing
(bench/walk.cpp). All figures of a table come from one run on one machine, so ratios hold even where
times do not.

usage: bench.py [--build build/release] [--rounds 5] [--markdown FILE]
"""

# SPDX-License-Identifier: Apache-2.0

import argparse
import dataclasses
import os
import pathlib
import platform
import subprocess
import sys
import time


@dataclasses.dataclass
class Case:
    """One line of the table; a target is in ms, in MB or a multiple of the walk (None: no target)."""

    input: str  # key of INPUTS
    work: str
    command: list  # FILE stands for the input
    ms: float = None
    mb: float = None
    ratio: float = None


@dataclasses.dataclass
class Best:
    """The best of several runs."""

    wall_ms: float = float("inf")
    cpu_ms: float = float("inf")
    peak_mb: float = float("inf")


# What each input is made with, and which of the files written it is.
INPUTS = {
    "70 layers": (["--layers", "70"], "*.graph.json"),
    "10 000 layers": (["--layers", "10000"], "*.graph.json"),
    "100 000 layers": (["--layers", "100000"], "*.graph.json"),
    "1 000 000 timing records": (["--layers", "70", "--records", "1000000"], "*.timing.json"),
}

MEASURE = "trex_measure"
CASES = [
    Case("70 layers", "trex summary", ["trex", "summary", "FILE"], ms=10),
    Case("10 000 layers", "bare walk", [MEASURE, "walk", "FILE"]),
    Case("10 000 layers", "load", [MEASURE, "load", "FILE"], ratio=4),
    Case("10 000 layers", "load and all analyses", [MEASURE, "analyze", "FILE"], ms=60, mb=100),
    Case("10 000 layers", "trex summary", ["trex", "summary", "FILE"]),
    Case("10 000 layers", "load with all files beside", [MEASURE, "load-all", "FILE"]),
    Case("10 000 layers", "the same, and lint", [MEASURE, "lint", "FILE"]),
    Case("100 000 layers", "bare walk", [MEASURE, "walk", "FILE"]),
    Case("100 000 layers", "load", [MEASURE, "load", "FILE"], ratio=4),
    Case("100 000 layers", "load and all analyses", [MEASURE, "analyze", "FILE"], ms=600, mb=500),
    Case("100 000 layers", "trex summary", ["trex", "summary", "FILE"]),
    Case("100 000 layers", "trex diff, with itself", ["trex", "diff", "FILE", "FILE"], ms=2000,
         mb=1000),
    Case("100 000 layers", "load with all files beside", [MEASURE, "load-all", "FILE"]),
    Case("100 000 layers", "the same, and lint", [MEASURE, "lint", "FILE"]),
    Case("1 000 000 timing records", "bare walk", [MEASURE, "walk", "FILE"]),
    Case("1 000 000 timing records", "load", [MEASURE, "load", "FILE"], ms=800, ratio=1.5),
    Case("1 000 000 timing records", "load and all statistics", [MEASURE, "statistics", "FILE"]),
]


def make_input(trex, folder, options, pattern):
    """The file to measure on; made only once a folder."""
    if not list(folder.glob(pattern)):
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([trex, "sample", *options, str(folder)], check=True,
                       stdout=subprocess.DEVNULL)
    files = sorted(folder.glob(pattern))
    if len(files) != 1:
        sys.exit(f"bench: expected one {pattern} in {folder}, found {len(files)}")
    return files[0]


def run_once(command, best):
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"bench: {' '.join(map(str, command))} exited {process.returncode}")
    best.wall_ms = min(best.wall_ms, (time.perf_counter() - start) * 1e3)
    best.cpu_ms = min(best.cpu_ms, (usage.ru_utime + usage.ru_stime) * 1e3)
    best.peak_mb = min(best.peak_mb, usage.ru_maxrss * 1024 / 1e6)  # ru_maxrss is in KiB


def cpu_name():
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or "unknown processor"


def verdict(case, best, ratio):
    """The targets a line has, each with 'met' or 'MISSED'."""
    words = []
    for target, value, unit in ((case.ms, best.wall_ms, "ms"), (case.mb, best.peak_mb, "MB"),
                                (case.ratio, ratio, "x the walk")):
        if target is not None:
            words.append(f"{target:g} {unit}: {'met' if value <= target else 'MISSED'}")
    return "; ".join(words)


def table(files, results):
    yield "| input | MB | work | wall ms | CPU ms | peak MB | GB/s | x bare walk | target |"
    yield "|---|--:|---|--:|--:|--:|--:|--:|---|"
    for case, best in zip(CASES, results):
        size = files[case.input].stat().st_size
        walk = next((b for c, b in zip(CASES, results)
                     if c.input == case.input and c.work == "bare walk"), None)
        # CPU time: on a shared machine it is the steadier of the two.
        ratio = best.cpu_ms / walk.cpu_ms if walk else None
        yield (f"| {case.input} | {size / 1e6:.1f} | {case.work} | {best.wall_ms:.1f} | "
               f"{best.cpu_ms:.1f} | {best.peak_mb:.0f} | {size / best.wall_ms / 1e6:.2f} | "
               f"{'' if ratio is None else f'{ratio:.2f}'} | {verdict(case, best, ratio)} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", default="build/release", type=pathlib.Path)
    parser.add_argument("--rounds", default=5, type=int, help="runs of each piece of work")
    parser.add_argument("--markdown", type=pathlib.Path, help="write the table there too")
    options = parser.parse_args()

    programs = {"trex": options.build / "trex", MEASURE: options.build / "bench" / MEASURE}
    files = {}
    for name, (arguments, pattern) in INPUTS.items():
        folder = options.build / "bench-inputs" / name.replace(" ", "-")
        files[name] = make_input(programs["trex"], folder, arguments, pattern)

    results = [Best() for _ in CASES]
    # Round by round, so that a slow spell of the machine hits all lines alike.
    for _ in range(options.rounds):
        for case, best in zip(CASES, results):
            run_once([programs.get(word, files[case.input] if word == "FILE" else word)
                      for word in case.command], best)

    lines = [f"Best of {options.rounds} runs, whole processes, on {cpu_name()}, "
             f"{os.cpu_count()} cores.", "", *table(files, results)]
    print(*lines, sep="\n")
    if options.markdown:
        options.markdown.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
