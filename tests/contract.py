#!/usr/bin/env python3
"""Does the JSON of every command keep its contract? Key names, types and what must hold between
figures, on every engine at hand: the golden tests' own and, when they are there, others.

usage: contract.py --trex PATH [ENGINE_OR_FOLDER...]
"""

# SPDX-License-Identifier: Apache-2.0

import argparse
import json
import math
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent

TEXT, INT, REAL, LIST, OBJECT, BOOL = str, int, float, list, dict, bool
LAYER = {  # key: (type, may be null)
    "index": (INT, False), "name": (TEXT, False), "type": (TEXT, True), "subtype": (TEXT, True),
    "tactic": (TEXT, True), "precision": (TEXT, True), "input_precision": (TEXT, True),
    "output_precision": (TEXT, True), "time_ms": (REAL, True), "median_ms": (REAL, True),
    "total_ms": (REAL, True), "share": (REAL, True), "io_bytes": (INT, True),
    "weights_bytes": (INT, True), "footprint_bytes": (INT, True), "macs": (INT, True),
    "source_ops": (LIST, True),
}
SUMMARY = {
    "name": (TEXT, False), "schema": (TEXT, False), "layer_count": (INT, False),
    "file_layer_count": (INT, False), "bindings": (LIST, False), "layer_time_ms": (REAL, True),
    "end_to_end_ms": (OBJECT, False), "weights_bytes": (INT, True),
    "activation_bytes": (INT, True), "peak_activation_bytes": (INT, True),
    "by_precision": (LIST, False), "by_type": (LIST, False), "device": (OBJECT, False),
    "builder": (OBJECT, False), "performance": (OBJECT, False), "notes": (LIST, False),
}
END_TO_END = {"source": (TEXT, True), "count": (INT, True)} | {
    key: (REAL, True) for key in ("median", "p90", "p95", "p99", "mean", "min", "max")}
CHECK = {"notes": (LIST, False), "paired": (OBJECT, False)}
PAIRED = {"layers": (INT, False), "profile_rows": (INT, False), "matched": (INT, False)}
FINDING = {
    "engine": (TEXT, False), "rule": (TEXT, False), "severity": (TEXT, False),
    "message": (TEXT, False), "layers": (LIST, False), "indices": (LIST, False),
    "source_ops": (LIST, False), "evidence": (OBJECT, False), "measured_ms": (REAL, True),
    "recoverable_ms": (REAL, True), "confidence": (TEXT, False),
}
DIFF = {
    "a": (OBJECT, False), "b": (OBJECT, False), "totals": (OBJECT, False),
    "waterfall": (LIST, False), "pairs": (LIST, False), "gate": (OBJECT, False),
}
PAIR = {
    "a": (LIST, False), "b": (LIST, False), "a_indices": (LIST, False),
    "b_indices": (LIST, False), "relation": (TEXT, False), "reason": (TEXT, False),
    "confidence": (REAL, False), "time_a_ms": (REAL, True), "time_b_ms": (REAL, True),
    "changes": (LIST, False),
}
RELATIONS = {"1-1", "1-n", "n-1", "n-m", "added", "removed"}
COMPARE = {key: (LIST, False) for key in ("engines", "totals", "by_type", "by_precision",
                                          "by_scope")}
NOTE = {"file": (TEXT, False), "path": (TEXT, False), "message": (TEXT, False)}
PRECISIONS = {"FP64", "FP32", "TF32", "FP16", "BF16", "FP8", "FP4", "INT8", "INT4", "UINT8",
              "INT32", "INT64", "BOOL", None}


class Contract:
    def __init__(self, trex):
        self.trex = trex
        self.problems = []

    def check(self, holds, what):
        if not holds:
            self.problems.append(what)

    def run(self, *words):
        result = subprocess.run([self.trex, *words, "--json"], capture_output=True, check=False)
        where = " ".join(words)
        self.check(result.returncode == 0, f"{where}: exit {result.returncode} {result.stderr[:200]}")
        if result.returncode != 0:
            return None

        def no_constant(name):
            self.problems.append(f"{where}: {name} in the JSON")
        return json.loads(result.stdout.decode("utf-8"), parse_constant=no_constant)

    def keys(self, where, row, contract):
        for key, (kind, nullable) in contract.items():
            if key not in row:
                self.problems.append(f"{where}: no '{key}'")
                continue
            value = row[key]
            if value is None:
                self.check(nullable, f"{where}: '{key}' is null")
                continue
            kinds = (int, float) if kind is REAL else (kind,)
            right = isinstance(value, kinds) and (kind is BOOL or not isinstance(value, bool))
            self.check(right, f"{where}: '{key}' is {value!r}")

    def engine(self, engine):
        summary = self.run("summary", engine)
        layers = self.run("layers", engine)
        everything = self.run("layers", engine, "--all")
        report = self.run("check", engine)
        if None in (summary, layers, everything, report) or not isinstance(summary, dict):
            return
        self.keys(f"summary {engine}", summary, SUMMARY)
        self.keys(f"summary {engine} end_to_end_ms", summary["end_to_end_ms"], END_TO_END)
        self.keys(f"check {engine}", report, CHECK)
        self.keys(f"check {engine} paired", report["paired"], PAIRED)
        for note in report["notes"] + summary["notes"]:
            self.keys(f"note of {engine}", note, NOTE)
        for row in everything:
            where = f"layers {engine} {row.get('index')}"
            self.keys(where, row, LAYER)
            self.check(row["precision"] in PRECISIONS, f"{where}: precision {row['precision']}")
            if None not in (row["io_bytes"], row["weights_bytes"], row["footprint_bytes"]):
                self.check(row["io_bytes"] + row["weights_bytes"] == row["footprint_bytes"],
                           f"{where}: footprint is no sum")
        self.figures(engine, summary, layers, everything)
        self.groups(engine, layers)
        self.lint(engine, everything)
        if everything:
            self.shown_layer(engine, everything[len(everything) // 2])

    def lint(self, engine, everything):
        report = self.run("lint", engine, "--fail-on", "never")
        if report is None:
            return
        for key in ("findings", "positives", "notes"):
            self.check(isinstance(report.get(key), list), f"lint {engine}: '{key}'")
        names = {row["index"]: row["name"] for row in everything}
        times = {row["index"]: row["time_ms"] or 0 for row in everything}
        for finding in report["findings"]:
            where = f"lint {engine} {finding.get('rule')}"
            self.keys(where, finding, FINDING)
            self.check([names.get(index) for index in finding["indices"]] == finding["layers"],
                       f"{where}: layers and indices differ")
            time = sum(times.get(index, 0) for index in set(finding["indices"]))
            self.check((finding["recoverable_ms"] or 0) <= time * (1 + 1e-9) + 1e-12,
                       f"{where}: recovers more than its layers' time")
        for totals in report["engines"]:
            best = totals["best_ms"]
            self.check(best is None or 0 <= best <= totals["layer_time_ms"] * (1 + 1e-9),
                       f"lint {engine}: best_ms {best}")

    def diff(self, a, b):
        report = self.run("diff", a, b)
        layers = [self.run("layers", engine, "--all") for engine in (a, b)]
        if report is None or None in layers:
            return
        where = f"diff {a} {b}"
        self.keys(where, report, DIFF)
        self.check(report["gate"].get("passed") is True and report["gate"]["reasons"] == [],
                   f"{where}: a gate of no rules fails")
        for pair in report["pairs"]:
            self.keys(where, pair, PAIR)
            self.check(pair["relation"] in RELATIONS, f"{where}: relation {pair['relation']}")
            self.check(0 <= pair["confidence"] <= 1, f"{where}: confidence {pair['confidence']}")
        for side, rows in zip("ab", layers):
            names = {row["index"]: row["name"] for row in rows}
            paired = [i for pair in report["pairs"] for i in pair[f"{side}_indices"]]
            self.check(len(paired) == len(set(paired)), f"{where}: a layer in two pairs")
            for pair in report["pairs"]:
                self.check([names.get(i) for i in pair[f"{side}_indices"]] == pair[side],
                           f"{where}: names and indices differ")
        steps = report["waterfall"]
        if steps:
            total = sum(step["delta_ms"] for step in steps)
            self.check(math.isclose(steps[0]["from_ms"] + total, steps[-1]["to_ms"], rel_tol=1e-9,
                                    abs_tol=1e-9), f"{where}: the waterfall does not add up")

    def compare(self, engines):
        report = self.run("compare", *engines)
        if report is None:
            return
        self.keys("compare", report, COMPARE)
        for key in ("engines", "totals"):
            self.check(len(report[key]) == len(engines), f"compare: {key} of each engine")
        for key in ("by_type", "by_precision", "by_scope"):
            for row in report[key]:
                self.check(len(row["count"]) == len(row["time_ms"]) == len(engines),
                           f"compare: {key} of each engine")

    def figures(self, engine, summary, layers, everything):
        self.check(summary["layer_count"] == len(layers), f"{engine}: layer_count")
        self.check(summary["file_layer_count"] >= len(everything), f"{engine}: file_layer_count")
        shares = [row["share"] for row in everything if row["share"] is not None]
        self.check(sum(shares) <= 1 + 1e-9, f"{engine}: shares sum to {sum(shares)}")
        for key in ("by_precision", "by_type"):
            self.check(sum(row["count"] for row in summary[key]) == len(layers),
                       f"{engine}: {key} counts {summary[key]}")
        latency = summary["end_to_end_ms"]
        ordered = [latency[key] for key in ("min", "median", "p90", "p95", "p99", "max")]
        ordered = [value for value in ordered if value is not None]
        self.check(ordered == sorted(ordered), f"{engine}: end_to_end_ms {latency}")

    def groups(self, engine, layers):
        groups = self.run("layers", engine, "--group-by", "type")
        self.check(sum(group["count"] for group in groups) == len(layers), f"{engine}: groups")
        time = sum(row["time_ms"] or 0 for row in layers)
        grouped = sum(group["time_ms"] or 0 for group in groups)
        self.check(math.isclose(time, grouped, rel_tol=1e-9, abs_tol=1e-12),
                   f"{engine}: groups hold {grouped} of {time} ms")

    def shown_layer(self, engine, row):
        shown = self.run("show", engine, str(row["index"]))
        if shown is None:
            return
        self.keys(f"show {engine}", shown, LAYER | {"raw": (OBJECT, False)})
        for key in LAYER:
            self.check(shown.get(key) == row[key], f"show {engine} {row['index']}: '{key}' differs")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--trex", required=True)
    parser.add_argument("engines", nargs="*")
    options = parser.parse_args()
    data = HERE / "golden" / "data"
    engines = [str(data / name) for name in ("mini.graph.json", "names.json", "profiles.json")]
    for name in options.engines:
        path = pathlib.Path(name)
        if path.is_dir():
            engines += sorted(str(file) for file in path.rglob("*.json") if is_graph(file))
        elif path.exists():
            engines.append(name)
    contract = Contract(str(pathlib.Path(options.trex).resolve()))
    for engine in engines:
        contract.engine(engine)
    for before, after in zip(engines, engines[1:] + engines[:1]):
        contract.diff(before, after)
    contract.compare(engines[:3])
    for problem in contract.problems[:50]:
        print(problem)
    print(f"{len(engines)} engines, {len(contract.problems)} breaches of the contract")
    sys.exit(1 if contract.problems else 0)


def is_graph(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return '"Layers"' in file.read(65536)


if __name__ == "__main__":
    main()
