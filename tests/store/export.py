#!/usr/bin/env python3
"""Do others read what `trex export` writes?

Every table of several engines, one of them with hostile names, is written as JSON lines, CSV,
Parquet and Arrow (stream and file). Parquet is read by hyparquet and Arrow by apache-arrow (from
npm, versions and checksums in the lock file); all must give the values of the JSON lines and the types that the
schema states. CSV is read by Python's reader, and by pandas where there is one. Without npm or its
registry that part is skipped, and said to be.

usage: export.py --trex PATH --work FOLDER [GRAPH...]
"""

# SPDX-License-Identifier: Apache-2.0

import argparse
import csv
import json
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE.parent / "golden" / "data"
FORMATS = ["jsonl", "csv", "parquet", "arrow", "feather"]

HOSTILE_NAMES = [
    b'=HYPERLINK(\\"http://x\\",\\"y\\")', b"+1", b"-2+3", b"@SUM(A1)", b"\\tcmd", b'a,\\"b\\";c',
    b"two\\r\\nlines\\nthree", b"nul\\u0000 esc\\u001b[2J", b"\xff\xfe not UTF-8", b"\\ud800 alone",
    b"", b"x" * 70000, "日本語 \u202e".encode(), b"</script>'--",
]


def write_hostile_engine(folder):
    """A graph whose names are what breaks careless writers."""
    layers = [b'{"Name": "%s", "LayerType": "Shuffle", "Metadata": "[ONNX Layer: %s]", '
              b'"Inputs": [{"Name": "%s", "Dimensions": [-1, 3], "Format/Datatype": "%s"}], '
              b'"Outputs": []}' % (name, name, name, name) for name in HOSTILE_NAMES]
    path = folder / "hostile.graph.json"
    path.write_bytes(b'{"Layers": [' + b",\n".join(layers) + b'], "Bindings": []}\n')
    return path


def readers(work):
    """The folder of the npm packages, or None when they cannot be had here."""
    folder = work / "npm"
    wanted = [folder / "node_modules" / name
              for name in json.loads((HERE / "package.json").read_text())["dependencies"]]
    if not all(path.is_dir() for path in wanted) and shutil.which("npm"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder,
                       capture_output=True, check=False, timeout=300)
    return folder if all(path.is_dir() for path in wanted) else None


def csv_problems(folder):
    """Each row of JSON lines is a row of CSV; no cell of it can be a formula."""
    problems = []
    for lines in sorted(folder.glob("*.jsonl")):
        expected = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
        with open(lines.with_suffix(".csv"), encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        if len(rows) != len(expected) + 1:
            problems.append(f"{lines.stem}: {len(rows) - 1} rows of CSV, expected {len(expected)}")
            continue
        for number, (row, objects) in enumerate(zip(rows[1:], expected)):
            for cell, value in zip(row, objects.values()):
                if isinstance(value, str) and cell[:1] in tuple("=+-@\t\r\n"):
                    problems.append(f"{lines.stem}: row {number}: a formula: {cell[:40]}")
                if isinstance(value, (int, float)) and not isinstance(value, bool) \
                        and float(cell) != value:
                    problems.append(f"{lines.stem}: row {number}: {cell}, expected {value}")
                if any(ord(sign) < 0x20 for sign in cell):
                    problems.append(f"{lines.stem}: row {number}: a control byte")
    return problems


def pandas_problems(folder):
    """What pandas makes of the layers, where a python here has pandas; None where none has."""
    script = ("import pandas, sys\n"
              "a = pandas.read_csv(sys.argv[1]); b = pandas.read_json(sys.argv[2], lines=True)\n"
              "assert len(a) == len(b) > 0, (len(a), len(b))\n"
              "assert list(a.columns) == list(b.columns)\n"
              "assert a.time_ms.sum() == b.time_ms.sum() > 0, (a.time_ms.sum(), b.time_ms.sum())\n"
              "assert a.io_bytes.sum() == b.io_bytes.sum() > 0\n")
    for python in ("/usr/bin/python3", sys.executable):
        if not pathlib.Path(python).exists():
            continue
        if subprocess.run([python, "-c", "import pandas"], capture_output=True,
                          check=False).returncode != 0:
            continue
        result = subprocess.run([python, "-c", script, folder / "layers.csv",
                                 folder / "layers.jsonl"], capture_output=True, text=True,
                                check=False, timeout=120)
        return [] if result.returncode == 0 else [f"pandas: {result.stderr[-500:]}"]
    return None


def main():
    """Writes every table in every format and lets the others read it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--trex", required=True, type=lambda path: pathlib.Path(path).resolve())
    parser.add_argument("--work", required=True, type=pathlib.Path)
    parser.add_argument("graphs", nargs="*", type=pathlib.Path)
    arguments = parser.parse_args()
    work = arguments.work.resolve()
    tables = work / "tables"
    shutil.rmtree(tables, ignore_errors=True)
    tables.mkdir(parents=True)

    graphs = [DATA / "mini.graph.json", DATA / "names.json", write_hostile_engine(work)]
    graphs += [path for path in arguments.graphs if path.exists()]
    for name in FORMATS:
        subprocess.run([arguments.trex, "export", *graphs, "--to", name, "--table", "all", "-o", tables],
                       check=True, stderr=subprocess.DEVNULL, timeout=300)
    problems = csv_problems(tables)
    by_pandas = pandas_problems(tables)
    if by_pandas is None:
        print("skipped: no pandas here")
    problems += by_pandas or []
    npm = readers(work)
    if npm is None:
        print("skipped: no npm, or no registry: Parquet and Arrow were read by nobody else")
    else:
        result = subprocess.run(["node", HERE / "read_tables.mjs", tables, npm],
                                capture_output=True, text=True, check=False, timeout=300)
        print(result.stdout.strip())
        if result.returncode != 0:
            problems.append(f"read_tables.mjs: exit {result.returncode} {result.stderr[-2000:]}")
    for problem in problems[:30]:
        print(problem)
    print(f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
