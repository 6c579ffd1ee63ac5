#!/usr/bin/env python3
"""How good are trex's drawings, beside Graphviz dot's, on the same graphs?

Both get the same boxes and edges; what is counted is counted on the lines as drawn, by the same
program (bench/layout_measure.cpp): points where two edges cross, bends, length of lines, area,
nodes that overlap, edges that run through a node. Where trex draws stubs, crossings are counted
once more with every stub drawn as a straight line. The table goes between the marks of
docs/graph-layout.md.

usage: tools/layout_quality.py [--tool build/release/bench/trex_layout_tool] [--trex PROGRAM]
                               [--limit SECONDS] [--pictures FOLDER] [--write] [ENGINE...]

Without ENGINE: every engine of ../shared/corpus, and those that `trex sample` makes. --write puts
the table into docs/graph-layout.md. Exit 1 when trex crosses more often than dot, when nodes
overlap or when an edge runs through a node.
"""

# SPDX-License-Identifier: Apache-2.0

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "graph-layout.md"
BEGIN, END = "<!-- quality: begin -->", "<!-- quality: end -->"
POINTS_PER_INCH = 72


def run(tool, *words, text=None):
    done = subprocess.run([tool, *words], input=text, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, words))}: {done.stderr.strip()}")
    return done.stdout


def dot_source(graph):
    lines = ["digraph g {", 'graph [nodesep="0.3333", ranksep="0.5"];',
             'node [shape=box, fixedsize=true, label=""]; edge [arrowhead=none];']
    for i, (width, height) in enumerate(graph["nodes"]):
        lines.append(f"{i} [width={width / POINTS_PER_INCH:.4f}, "
                     f"height={height / POINTS_PER_INCH:.4f}];")
    lines += [f"{edge[0]} -> {edge[1]} [id={i}];" for i, edge in enumerate(graph["edges"])]
    return "\n".join(lines + ["}", ""])


def dot_drawing(graph, limit):
    """dot's drawing in our form, or None when it did not finish in time."""
    try:
        done = subprocess.run(["dot", "-Tjson"], input=dot_source(graph), capture_output=True,
                              text=True, timeout=limit, check=True)
    except subprocess.TimeoutExpired:
        return None
    drawn = json.loads(done.stdout)
    left, bottom, right, top = map(float, drawn["bb"].split(","))
    result = {"width": right - left, "height": top - bottom,
              "nodes": [[0, 0, -1, -1]] * len(graph["nodes"]), "edges": []}

    def point(text):
        x, y = map(float, text.split(","))
        return [x - left, top - y]

    for node in drawn.get("objects", []):
        x, y = point(node["pos"])
        width, height = graph["nodes"][int(node["name"])]
        result["nodes"][int(node["name"])] = [x - width / 2, y - height / 2, width, height]
    for edge in drawn.get("edges", []):
        source, target, _, _, tensor = graph["edges"][int(edge["id"])]
        chains = [[point(p) for p in spline.split()] for spline in edge["pos"].split(";")]
        result["edges"].append({"source": source, "target": target, "tensor": tensor,
                                "stub": False, "chains": chains})
    return result


def measure(tool, drawing):
    return json.loads(run(tool, "measure", "-", text=json.dumps(drawing)))


def stem(path):
    name = path.name
    for ending in (".json", ".graph", ".engine"):
        name = name.removesuffix(ending)
    return name


def engines(options, scratch):
    """(name, path) of each engine."""
    if options.engines:
        return [(pathlib.Path(e).name, e) for e in options.engines]
    found = []
    corpus = ROOT.parent / "shared" / "corpus"
    for pattern in ("*.graph.json", "*layers.json", "*engine_info.json",
                    "*engine_inspector.json", "*layer_information.json"):
        for path in sorted(corpus.rglob(pattern)):
            found.append((f"{path.parent.name}/{stem(path)}", path))
    if options.trex:
        subprocess.run([options.trex, "sample", scratch], check=True, capture_output=True)
        for path in sorted(pathlib.Path(scratch).rglob("*.graph.json")):
            found.append((f"sample/{stem(path)}", path))
    return found


def cell(a, b, key):
    return f"{a[key]:,} / {b[key]:,}" if b else f"{a[key]:,} / -"


def row(name, graph, ours, dots):
    if dots is None:
        dots = {}
    stubs = f"{ours['stubs']} ({100 * ours['stubs'] / max(ours['edges'], 1):.0f} %)"
    area = f"{ours['area'] / 1e6:.2f} / " + (f"{dots['area'] / 1e6:.2f}" if dots else "-")
    length = f"{ours['length'] / 1e3:.1f} / " + (f"{dots['length'] / 1e3:.1f}" if dots else "-")
    return (f"| {name} | {len(graph['nodes'])} / {len(graph['edges'])} "
            f"| {cell(ours, dots, 'crossings')} | {ours['crossings_unstubbed']:,} | {stubs} "
            f"| {cell(ours, dots, 'bends')} | {length} | {area} "
            f"| {cell(ours, dots, 'overlaps')} | {cell(ours, dots, 'through_nodes')} |")


HEAD = ["| engine | nodes / edges | crossings | stubs straight | stubs | bends "
        "| length, 1000 px | area, Mpx | overlaps | through nodes |",
        "|---|---|---|---|---|---|---|---|---|---|"]


def failures(name, ours, dots):
    if ours["overlaps"]:
        yield f"{name}: {ours['overlaps']} nodes overlap"
    if ours["through_nodes"]:
        yield f"{name}: {ours['through_nodes']} edges run through a node"
    if dots and ours["crossings"] > dots["crossings"]:
        yield f"{name}: {ours['crossings']} crossings, dot has {dots['crossings']}"


def write(page, begin, end, lines):
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(begin)
    after = rest.split(end)[1]
    page.write_text(before + begin + "\n\n" + "\n".join(lines) + "\n\n" + end + after,
                    encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", default=ROOT / "build/release/bench/trex_layout_tool")
    parser.add_argument("--trex")
    parser.add_argument("--limit", type=float, default=120)
    parser.add_argument("--pictures")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("engines", nargs="*")
    options = parser.parse_args()

    lines, problems = list(HEAD), []
    with tempfile.TemporaryDirectory() as scratch:
        for name, path in engines(options, scratch):
            text = run(options.tool, "engine", str(path))
            graph = json.loads(text)
            drawing = run(options.tool, "draw", "-", text=text)
            ours = measure(options.tool, json.loads(drawing))
            other = dot_drawing(graph, options.limit)
            dots = measure(options.tool, other) if other else None
            lines.append(row(name, graph, ours, dots))
            print(lines[-1], flush=True)
            problems += failures(name, ours, dots)
            if options.pictures:
                folder = pathlib.Path(options.pictures)
                folder.mkdir(parents=True, exist_ok=True)
                stem = name.replace("/", "-")
                (folder / f"{stem}.svg").write_text(run(options.tool, "svg", "-", text=drawing))
                if other:
                    svg = run(options.tool, "svg", "-", text=json.dumps(other))
                    (folder / f"{stem}.dot.svg").write_text(svg)
    print(*problems, sep="\n")
    if options.write:
        write(PAGE, BEGIN, END, lines)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
