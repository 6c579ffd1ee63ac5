#!/usr/bin/env python3
"""Does `trex query` give the figures of `trex layers`, `summary` and `lint`?

On every engine at hand, row by row and column by column, exactly; what SQL adds up, against what
summary adds up. The queries of examples/queries give the same over the sample engines' files and over
a dataset of them. Also: docs/query.md quotes every file of examples/queries word by word, so that the
page that is tested is the files that are there.

usage: check.py --trex PATH [FOLDER...]      folders that are not there are passed over
"""

# SPDX-License-Identifier: Apache-2.0

import argparse
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from contract import is_graph  # noqa: E402
CONTRACT = ["index", "name", "type", "subtype", "tactic", "precision", "input_precision",
            "output_precision", "time_ms", "median_ms", "total_ms", "share", "io_bytes",
            "weights_bytes", "footprint_bytes", "macs", "source_ops"]
# summary's key: the column of `engines`
SUMMARY = {key: key for key in ("schema", "layer_count", "file_layer_count", "layer_time_ms",
                                "weights_bytes", "activation_bytes", "peak_activation_bytes")}
END_TO_END = {key: f"end_to_end_{key}_ms" for key in ("median", "p90", "p95", "p99", "mean", "min",
                                                      "max")}
FINDING = ["rule", "severity", "message", "layers", "indices", "source_ops", "measured_ms",
           "recoverable_ms", "confidence"]
GROUPS = ("count(*) AS count, sum(time_ms) AS time_ms, sum(io_bytes) AS io_bytes, "
          "sum(weights_bytes) AS weights_bytes FROM layers WHERE NOT hidden GROUP BY ALL")
SQL = [f"SELECT {', '.join(CONTRACT)} FROM layers WHERE NOT hidden ORDER BY index",
       "SELECT * FROM engines",
       f"SELECT precision, {GROUPS}",
       f"SELECT type, {GROUPS}",
       f"SELECT {', '.join(FINDING)} FROM findings"]


QUERIES = sorted((ROOT / "examples/queries").glob("*.sql"))
PARAMETERS = {"before": "resnet18.qat-residual.onnx.engine", "after": "resnet18.qat.onnx.engine"}


class Check:
    def __init__(self, trex):
        self.trex, self.problems, self.compared = trex, [], 0

    def run(self, *words):
        result = subprocess.run([self.trex, *words, "--json"], capture_output=True, check=False)
        return json.loads(result.stdout) if result.returncode in (0, 1) and result.stdout else None

    def equal(self, ours, theirs, what, exact=True):
        self.compared += 1
        close = (isinstance(ours, (int, float)) and isinstance(theirs, (int, float)) and
                 not exact and math.isclose(ours, theirs, rel_tol=1e-12))
        if ours != theirs and not close:
            self.problems.append(f"{what}: query says {ours!r}, the command {theirs!r}")

    def rows(self, ours, theirs, keys, what):
        self.equal(len(ours), len(theirs), f"{what}: rows")
        for number, (our, their) in enumerate(zip(ours, theirs)):
            for key in keys:
                self.equal(our[key], their[key], f"{what} {number} {key}")

    def groups(self, ours, theirs, key, what):
        by_key = {row[key]: row for row in ours}
        for row in theirs:
            ours_of = by_key.get(row[key], {})
            for column in ("count", "time_ms", "io_bytes", "weights_bytes"):
                self.equal(ours_of.get(column), row[column], f"{what} {row[key]} {column}",
                           exact=False)
        self.equal(len(ours), len(theirs), f"{what}: rows")

    def engine(self, path):
        summary = self.run("summary", path)
        if not isinstance(summary, dict):
            return False  # no engine, or several in one
        answer = self.run("query", path, "; ".join(SQL))
        if answer is None:
            self.problems.append(f"{path}: query failed")
            return True
        layers, engines, by_precision, by_type, findings = answer
        self.rows(layers, sorted(self.run("layers", path), key=lambda row: row["index"]), CONTRACT,
                  f"{path}: layers")
        for key, column in SUMMARY.items():
            self.equal(engines[0][column], summary[key], f"{path}: {column}")
        for key, column in END_TO_END.items():
            self.equal(engines[0][column], summary["end_to_end_ms"][key], f"{path}: {column}")
        self.groups(by_precision, summary["by_precision"], "precision", f"{path}: by precision")
        self.groups(by_type, summary["by_type"], "type", f"{path}: by type")
        lint = sorted(self.run("lint", path)["findings"], key=json.dumps)
        ours = sorted(findings, key=lambda row: [row["rule"], row["indices"], row["message"]])
        theirs = sorted(lint, key=lambda row: [row["rule"], row["indices"], row["message"]])
        self.rows(ours, theirs, FINDING, f"{path}: findings")
        return True

    def dataset(self, folder):
        subprocess.run([self.trex, "sample", "demo"], cwd=folder, check=True, capture_output=True)
        subprocess.run([self.trex, "dataset", "add", "fleet", "demo"], cwd=folder, check=True,
                       capture_output=True)
        for path in QUERIES:
            given = [word for name, value in PARAMETERS.items() if f"${name}" in path.read_text()
                     for word in ("--param", f"{name}={value}")]
            over_files, over_dataset = (
                self.run("query", f"{folder}/{source}", "--file", str(path), *given)
                for source in ("demo", "fleet"))
            self.equal(bool(over_files), True, f"{path.name}: has rows")
            self.equal(len(over_dataset or []), len(over_files or []), f"{path.name}: rows")
            for ours, theirs in zip(over_dataset or [], over_files or []):
                for key, value in theirs.items():
                    self.equal(ours[key], value, f"{path.name}: {key} in a dataset", exact=False)

    def page(self):
        text = (ROOT / "docs/query.md").read_text(encoding="utf-8")
        quoted = re.findall(r"^```sql\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
        self.equal(len(quoted), 20, "docs/query.md: queries")
        for path, block in zip(QUERIES, quoted):
            self.equal(block, path.read_text(encoding="utf-8"), f"docs/query.md and {path.name}")
            if f"--file examples/queries/{path.name}" not in text:
                self.problems.append(f"docs/query.md does not run {path.name}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--trex", required=True)
    parser.add_argument("paths", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    check = Check(str(pathlib.Path(options.trex).resolve()))
    check.page()
    with tempfile.TemporaryDirectory() as folder:
        check.dataset(folder)
    engines = [str(path) for folder in options.paths for path in sorted(folder.rglob("*.json"))
               if is_graph(path)]
    count = sum(check.engine(path) for path in engines)
    for problem in check.problems[:50]:
        print(problem)
    print(f"{count} engines, {check.compared} figures compared, {len(check.problems)} differ")
    return 1 if check.problems or not count else 0


if __name__ == "__main__":
    sys.exit(main())
