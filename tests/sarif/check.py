#!/usr/bin/env python3
"""Do others understand what `trex lint` writes for machines?

SARIF is read by Microsoft's multitool (from npm, version and checksum in the lock file), which
checks it against the standard's schema and rules; the bytes a result points at must be the layer it
names. JUnit is read by Python's XML parser. Without npm or its registry the multitool's part is
skipped, and said to be.

usage: check.py --trex PATH --work FOLDER [GRAPH_OR_FOLDER...]
"""

# SPDX-License-Identifier: Apache-2.0

import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import xml.etree.ElementTree

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE.parent / "golden" / "data"
# 2005: the tool's page, which trex has none of. 2017: a region everywhere, but a finding about the
# whole engine has none.
NOT_FOR_US = {"SARIF2005", "SARIF2017"}


def multitool(work):
    """The program, or None when it cannot be had here."""
    folder = work / "npm"
    found = folder / "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
    if not found.is_file() and shutil.which("npm"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder,
                       capture_output=True, check=False, timeout=300)
    if not found.is_file():
        return None
    found.chmod(0o755)
    return found


def complaints(tool, path, work):
    """What the multitool has against a SARIF file: 'level rule: text'."""
    report = work / "validation.sarif"
    report.unlink(missing_ok=True)
    result = subprocess.run([tool, "validate", path, "--output", report, "--log", "ForceOverwrite"],
                            capture_output=True, text=True, check=False, timeout=120,
                            env={"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1", "HOME": str(work)})
    if not report.is_file():
        return [f"the multitool failed: {result.stdout[-500:]}{result.stderr[-500:]}"]
    run = json.loads(report.read_text(encoding="utf-8-sig"))["runs"][0]
    return [f"{item.get('level', 'warning')} {item['ruleId']}: {item['message'].get('arguments')}"
            for item in run.get("results", []) if item["ruleId"] not in NOT_FOR_US]


def region_problems(log, cwd):
    """Results whose bytes are not the layer that they name; and how many were looked at."""
    problems, count = [], 0
    for result in log["runs"][0]["results"]:
        for place in result.get("locations", []) + result.get("relatedLocations", []):
            physical = place.get("physicalLocation", {})
            if "region" not in physical:
                continue
            region = physical["region"]
            data = (cwd / physical["artifactLocation"]["uri"].removeprefix("file://")).read_bytes()
            start = region["byteOffset"]
            layer = json.loads(data[start:start + region["byteLength"]])
            name = layer["Name"] if isinstance(layer, dict) else layer
            count += 1
            if name != place["logicalLocations"][0]["name"]:
                problems.append(f"{result['ruleId']}: the bytes are of '{name}'")
    return problems, count


def junit_problems(text):
    root = xml.etree.ElementTree.fromstring(text)
    for suite in root:
        cases = suite.findall("testcase")
        figures = {"tests": len(cases), "errors": 0,
                   "failures": sum(case.find("failure") is not None for case in cases),
                   "skipped": sum(case.find("skipped") is not None for case in cases)}
        for key, value in figures.items():
            if int(suite.get(key)) != value:
                yield f"junit: {key} is {suite.get(key)}, but there are {value}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--trex", required=True, type=pathlib.Path)
    parser.add_argument("--work", required=True, type=pathlib.Path)
    parser.add_argument("engines", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    work, trex = options.work.resolve(), options.trex.resolve()
    tool = multitool(work)

    # Names that try to break out: of XML, of JSON, of a URI.
    odd = work / "odd <&\" name.json"
    odd.write_text(json.dumps({"Layers": [
        {"Name": "a\u001e]]>\"<&'\ufffe", "LayerType": "Reformat", "Inputs": [], "Outputs": []}],
        "Bindings": []}), encoding="utf-8")
    engines = [DATA / "mini.graph.json", DATA / "names.json", odd]
    for given in options.engines:
        if given.exists():
            engines += sorted(given.rglob("*graph.json")) if given.is_dir() else [given]

    problems, regions = [], 0
    for engine in engines:
        def lint(*words, graph=engine):
            return subprocess.run([trex, "lint", graph, "--fail-on", "never", *words], cwd=work,
                                  capture_output=True, check=True).stdout.decode("utf-8")

        path = work / "lint.sarif"
        path.write_text(lint("--format", "sarif"), encoding="utf-8")
        found, count = region_problems(json.loads(path.read_text(encoding="utf-8")), work)
        found += junit_problems(lint("--format", "junit"))
        if tool:
            found += complaints(tool, path, work)
        regions += count
        problems += [f"{engine.name}: {text}" for text in found]
    if tool:
        broken = json.loads(path.read_text(encoding="utf-8"))
        broken["runs"][0]["tool"]["driver"].pop("name")
        path.write_text(json.dumps(broken), encoding="utf-8")
        if not complaints(tool, path, work):
            problems.append("the multitool takes a file without a tool name: it checks nothing")
    else:
        print("SKIPPED: no npm or no registry, so SARIF was not read by the multitool")
    print(*problems, sep="\n")
    print(f"{len(engines)} engines, {regions} regions, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
