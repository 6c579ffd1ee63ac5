#!/usr/bin/env python3
"""How fast is the layout, beside Graphviz dot and two JavaScript layouts, on the same graphs?

Every program gets the same generated graphs (bench/layout_graphs.hpp) in one run, one after the
other; what counts is CPU time of the layout alone (of dot: of the whole process, which does little
else), since the machine may be busy. What does not finish within --limit seconds of CPU time is
killed and shown as killed; a larger graph of the same kind is then not tried.

usage: tools/layout_bench.py [--tool build/release/bench/trex_layout_tool] [--limit SECONDS]
                             [--nodes 1000,10000,100000] [--kinds LIST]
                             [--others-up-to NODES] [--write]

The JavaScript layouts are installed into build/layout-bench from bench/layout/package-lock.json;
node and dot are used when they are there. --write puts the table into docs/graph-layout.md.
"""

# SPDX-License-Identifier: Apache-2.0

import argparse
import json
import os
import pathlib
import platform
import resource
import shutil
import subprocess
import sys
import tempfile

import layout_quality

ROOT = pathlib.Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- speed: begin -->", "<!-- speed: end -->"
KINDS = ["transformer", "masked", "unet", "dense"]
TARGET_MS = {1000: 10, 10000: 250, 100000: 3000}
RUNS = 3


def limited(command, limit, text=None):
    """(what it printed, its CPU seconds), or (why not, None); killed after `limit` CPU seconds."""
    def bound():
        resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit) + 1))

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, input=text, capture_output=True, text=True, preexec_fn=bound)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if done.returncode == 0:
        return done.stdout, cpu
    if cpu >= limit - 1:
        return f"killed at {limit:.0f} s", None
    return "crashed", None


def trex(options, path, graph):
    # Not under a limit of CPU time: its clock would then tick in tens of milliseconds.
    return json.loads(layout_quality.run(options.tool, "time", path, str(RUNS)))["cpu_ms"]


def dot(options, path, graph):
    source = layout_quality.dot_source(graph)
    out, cpu = limited(["dot", "-Tplain", "-o", os.devnull], options.limit, source)
    return out if cpu is None else 1000 * cpu


def javascript(which):
    def run(options, path, graph):
        script = str(ROOT / "bench" / "layout" / "run.mjs")
        # Their recursion needs more than node's own stack from some thousand nodes on.
        out, cpu = limited(["node", "--stack-size=16000", "--max-old-space-size=8000", script,
                            which, path, str(options.modules)], options.limit)
        return out if cpu is None else float(out)
    return run


def install(modules):
    """The pinned packages, in a folder of the build tree."""
    modules.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / "bench" / "layout" / name, modules / name)
    subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=modules, check=True)
    lock = json.loads((modules / "package-lock.json").read_text(encoding="utf-8"))
    return {name: lock["packages"][f"node_modules/{name}"]["version"]
            for name in ("@dagrejs/dagre", "elkjs")}


def programs(options):
    """(heading, function) of each program that is there."""
    found = [("trex", trex)]
    if shutil.which("dot"):
        version = subprocess.run(["dot", "-V"], capture_output=True, text=True).stderr
        found.append((f"Graphviz dot {version.split()[4]}", dot))
    if shutil.which("node") and shutil.which("npm"):
        versions = install(options.modules)
        found.append((f"dagre {versions['@dagrejs/dagre']}", javascript("dagre")))
        found.append((f"ELK layered (elkjs {versions['elkjs']})", javascript("elk")))
    return found


def shown(result):
    if not isinstance(result, float):
        return result
    return f"{result:.1f}" if result < 100 else f"{result:,.0f}"


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", default=str(ROOT / "build/release/bench/trex_layout_tool"))
    parser.add_argument("--limit", type=float, default=120)
    parser.add_argument("--nodes", default="1000,10000,100000")
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--others-up-to", type=int, default=100000)
    parser.add_argument("--modules", type=pathlib.Path, default=ROOT / "build" / "layout-bench")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()

    tools = programs(options)
    lines = ["| graph | nodes / edges | " + " | ".join(name for name, _ in tools) + " | target |",
             "|---|---|" + "---|" * len(tools) + "---|"]
    slow, loads = [], [os.getloadavg()[0]]
    with tempfile.TemporaryDirectory() as scratch:
        for kind in options.kinds.split(","):
            given_up = set()
            for nodes in map(int, options.nodes.split(",")):
                path = str(pathlib.Path(scratch) / f"{kind}.{nodes}.json")
                text = layout_quality.run(options.tool, "graph", kind, str(nodes))
                pathlib.Path(path).write_text(text, encoding="utf-8")
                graph = json.loads(text)
                results = []
                for name, function in tools:
                    left_out = name in given_up or (name != "trex" and
                                                    nodes > options.others_up_to)
                    result = "-" if left_out else function(options, path, graph)
                    if not isinstance(result, float):
                        given_up.add(name)
                    results.append(result)
                target = TARGET_MS.get(nodes)
                if target and (not isinstance(results[0], float) or results[0] > target):
                    slow.append(f"{kind} {nodes}: {shown(results[0])} ms, target {target} ms")
                lines.append(f"| {kind} | {len(graph['nodes']):,} / {len(graph['edges']):,} | "
                             + " | ".join(map(shown, results)) + f" | {target or '-'} |")
                print(lines[-1], flush=True)
                loads.append(os.getloadavg()[0])
    lines += ["", f"CPU milliseconds; {processor()}, {os.cpu_count()} cores, one run, load average "
                  f"{min(loads):.0f} to {max(loads):.0f} during it (other work on the same cores "
                  f"makes CPU times longer, too). trex: the least of {RUNS}. \"-\": not tried."]
    print(*slow, sep="\n")
    if options.write:
        layout_quality.write(layout_quality.PAGE, BEGIN, END, lines)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
