#!/usr/bin/env python3
"""Does `trex lint` still find on real engines what was found, read and judged true?

For every engine of the corpus and every engine that `trex sample` writes, the findings in short:
rule, severity, confidence, how many layers and which, their time and what could be won. The files
beside this one hold what was reviewed by eye; a difference is printed line by line.

usage: run.py --trex PATH [--corpus FOLDER] [--update] [NAME...]

A change that is meant: run with --update, then read the diff and look at the engines concerned.
"""

# SPDX-License-Identifier: Apache-2.0

import argparse
import difflib
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CORPUS = HERE.parents[2] / "shared" / "corpus"
# The files of an engine where they are not found by name; relative to the corpus.
ENGINES = {
    "alexnet-fp16": ["fuzzylabs/alexnet.onnx.engine.graph.json"],
    "mobilenet-v2-fp16": ["fuzzylabs/mobilenet_v2.onnx.engine.graph.json"],
    "resnet18-fp16": ["fuzzylabs/resnet18.onnx.engine.graph.json"],
    "torch-tensorrt-resnet18": ["fuzzylabs/torch-tensorrt.resnet18.layer_information.json"],
    "torch-tensorrt-mobilenet-v2": ["fuzzylabs/torch-tensorrt.mobilenet_v2.engine_info.json"],
    "jetson-mobilenet-v2": ["fuzzylabs/jetson.mobilenet_v2.engine_info.json"],
    "mobilenet-qat": ["trex-tests/mobilenet.qat.onnx.engine.graph.json"],
    "mobilenet-v2-residuals-qat": ["trex-tests/mobilenet_v2_residuals.qat.onnx.engine.graph.json"],
    "controlnet-a": ["yuanjiechen/controlnet-a.layers.json"],
    "controlnet-b": ["yuanjiechen/controlnet-b.layers.json"],
    "depth-anything": ["julianleeowl/depth-anything.layers.json"],
    "depth-anything-int8-inspector": ["julianleeowl/depth-anything-int8.engine_inspector.json"],
}


def ranges(indices):
    """0-3 5 9: layer indices in order, runs shortened."""
    parts = []
    for index in sorted(set(indices)):
        if parts and index == parts[-1][1] + 1:
            parts[-1][1] = index
        else:
            parts.append([index, index])
    return " ".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)


def said(value):
    return "-" if value is None else f"{value:.4g}"


def digest(trex, files):
    """One line a finding, the engine's sums first."""
    result = subprocess.run([trex, "lint", *files, "--json", "--fail-on", "never"],
                            capture_output=True, check=False)
    if result.returncode != 0:
        return [f"exit {result.returncode}: {result.stderr.decode('utf-8', 'replace').strip()}"]
    data = json.loads(result.stdout)
    engine = data["engines"][0]
    lines = [f"layers {said(engine['layer_time_ms'])} ms, could win "
             f"{said(engine['recoverable_ms'])}, would be left {said(engine['best_ms'])}"]
    problems = []
    for f in data["findings"]:
        lines.append(f"{f['code']} {f['rule']}: {f['severity']}, {f['confidence']}, "
                     f"{len(f['indices'])} layers [{ranges(f['indices'])}], "
                     f"{said(f['recoverable_ms'])} of {said(f['measured_ms'])} ms")
        won, time = f["recoverable_ms"], f["measured_ms"]
        if won is not None and (time is None or won > time or won < 0):
            problems.append(f"wrong: {f['rule']} could win {won} of {time} ms")
    lines += [f"good: {p['id']}" for p in data["positives"]]
    if engine["recoverable_ms"] is not None and engine["recoverable_ms"] > engine["layer_time_ms"]:
        problems.append("wrong: more could be won than there is")
    return lines + problems


def sample_engines(trex, folder):
    subprocess.run([trex, "sample", folder], capture_output=True, check=True)
    return {"sample-" + path.name.removesuffix(".onnx.engine.graph.json"): [path]
            for path in sorted(pathlib.Path(folder).glob("*.graph.json"))}


def compared(name, lines, update):
    """Writes or compares one golden file; True when all is well."""
    path = HERE / f"{name}.txt"
    text = "".join(line + "\n" for line in lines)
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    if text == old:
        return True
    if update:
        path.write_text(text, encoding="utf-8")
        print(f"updated {path.name}")
        return True
    sys.stdout.writelines(difflib.unified_diff(old.splitlines(True), text.splitlines(True),
                                               f"{path.name} (reviewed)", f"{path.name} (now)", n=0))
    return False


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--trex", required=True, type=pathlib.Path)
    parser.add_argument("--corpus", type=pathlib.Path, default=CORPUS)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("names", nargs="*", help="only these engines")
    options = parser.parse_args()
    trex = options.trex.resolve()
    engines = {}
    if options.corpus.is_dir():
        engines = {name: [options.corpus / file for file in files]
                   for name, files in ENGINES.items()}
    else:
        print(f"no corpus at {options.corpus}: only the samples are checked")
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        engines |= sample_engines(trex, folder)
        for name in options.names:
            if name not in engines:
                parser.error(f"no engine '{name}': {', '.join(engines)}")
        for name in options.names or engines:
            failed += not compared(name, digest(trex, engines[name]), options.update)
    known = set(ENGINES) | set(engines)
    for path in sorted(HERE.glob("*.txt")):
        if not options.names and path.stem not in known:
            print(f"{path.name} belongs to no engine: remove it")
            failed += 1
    print(f"{len(options.names or engines)} engines, {failed} with differences")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
