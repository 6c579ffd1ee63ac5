#!/usr/bin/env python3
"""What a dataset costs: adding engines, merging their files, asking, in seconds, bytes, files and memory.

usage: bench/dataset_bench.py --trex build/release/trex --work FOLDER [--engines N]... [--jobs N]
                              [--graphs N] [--layers N] [--duckdb libduckdb.so] [--keep]

Engines are made from those of `trex sample --layers`, 60 to 140 layers each: of every graph (its own
layer names, model, TensorRT version and month; hard links, so that 100 000 engines fit on a disk) as
many engines as are needed, each with a profile of its own. One `add` takes them all. The questions go
to DuckDB directly, over the plain folders, as any other program would ask. Prints Markdown.
"""

# SPDX-License-Identifier: Apache-2.0

import argparse
import ctypes
import json
import os
import pathlib
import random
import re
import resource
import shutil
import subprocess
import time

GPUS = ["NVIDIA A100-SXM4-40GB", "NVIDIA H100 80GB HBM3", "NVIDIA L4", "NVIDIA A10"]
VERSIONS = ["8.6.1", "10.3.0", "10.13.0"]
TEMPLATES = [(60, 8), (80, 10), (100, 8), (100, 10), (120, 10), (140, 11)]
PROFILED = ".onnx.engine.profile.json"

LAYERS = ("read_parquet('{dir}/layers/**/*.parquet', hive_partitioning = true, hive_types = "
          "{{'model': VARCHAR, 'gpu': VARCHAR, 'trt': VARCHAR, 'date': VARCHAR}})")
QUESTIONS = {
    "time by type and precision": "SELECT type, precision, count(*), sum(time_ms), avg(time_ms), sum(io_bytes) "
                                  "FROM {layers} GROUP BY ALL ORDER BY 4 DESC",
    "time by model, GPU, TensorRT and type": "SELECT model, gpu, trt, type, count(*), sum(time_ms) "
                                             "FROM {layers} GROUP BY ALL ORDER BY 6 DESC LIMIT 100",
    "ten dearest kernels": "SELECT tactic, count(*), sum(time_ms) FROM {layers} GROUP BY tactic ORDER BY 3 DESC LIMIT 10",
    "one model's time by month": "SELECT date, sum(time_ms) FROM {layers} WHERE model = 'model-007' GROUP BY date",
    "rows": "SELECT count(*) FROM {layers}",
}


def make_templates(trex, folder):
    templates = []
    for number, (layers, schema) in enumerate(TEMPLATES):
        out = folder / f"template-{number}"
        subprocess.run([trex, "sample", out, "--layers", str(layers), "--records", "5", "--schema", str(schema),
                        "--seed", str(number + 1)], check=True, capture_output=True)
        stem = next(out.glob("*.graph.json")).name.removesuffix(".graph.json")
        text = {kind: (out / f"{stem}.{kind}").read_text()
                for kind in ("graph.json", "profile.json", "build.metadata.json", "profile.metadata.json", "build.log")}
        templates.append((stem, text))
        shutil.rmtree(out)
    return templates


def make_graph(templates, number, models):
    """The files that engines of one graph share, and the rows of their profiles."""
    stem, text = templates[number % len(templates)]
    model = f"model-{number % models:03}"
    gpu = GPUS[number // models % len(GPUS)]
    version = VERSIONS[number // models // len(GPUS) % len(VERSIONS)]
    month = number // models // len(GPUS) // len(VERSIONS) % 3 + 1
    files = {}
    for kind, content in text.items():
        content = content.replace("blocks.", f"net{number}.blocks.").replace(stem.split(".onnx")[0], model)
        content = content.replace("NVIDIA H100 80GB HBM3", gpu)
        files[kind] = content
    files["build.log"] = re.sub(r"\[\d\d/\d\d/\d\d\d\d-", f"[{month:02}/{number % 28 + 1:02}/2026-",
                                re.sub(r"\b1[01]\.\d+\.\d+\b|\b8\.\d+\.\d+\b", version, files["build.log"]))
    profile = json.loads(files.pop("profile.json"))
    rows = [(json.dumps(row["name"]), row["averageMs"], row["percentage"]) for row in profile if "name" in row]
    return files, rows


def make_engines(folder, templates, engines, graphs, models, seed=1):
    rng = random.Random(seed)
    per_graph = -(-engines // graphs)
    made = 0
    for number in range(graphs):
        files, rows = make_graph(templates, number, models)
        out = folder / f"{number:05}"
        out.mkdir(parents=True)
        first = None
        for engine in range(min(per_graph, engines - made)):
            stem = out / f"net-{number}-{engine}.onnx.engine"
            for kind, content in files.items():
                if first is None:
                    stem.with_name(f"{stem.name}.{kind}").write_text(content)
                else:
                    os.link(first.with_name(f"{first.name}.{kind}"), stem.with_name(f"{stem.name}.{kind}"))
            first = first or stem
            speed = rng.uniform(0.9, 1.1)
            lines = []
            for name, average, percentage in rows:
                ms = average * speed * rng.uniform(0.98, 1.02)
                lines.append(f'{{"name":{name},"timeMs":{ms * 1000:.4f},"averageMs":{ms:.6g},'
                             f'"medianMs":{ms * 0.995:.6g},"percentage":{percentage}}}')
            stem.with_name(f"{stem.name}.profile.json").write_text('[{"count":1000},\n' + ",\n".join(lines) + "]\n")
            made += 1
        if made == engines:
            return


class Peak:
    """Seconds of a command, the memory of its largest process and the processor time of all of them."""

    def __init__(self, *command):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        process = subprocess.Popen(["/usr/bin/env", *map(str, command)], stdout=subprocess.PIPE, text=True)
        self.output = process.communicate()[0]
        self.seconds = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        self.mib = after.ru_maxrss / 1024
        if process.returncode != 0:
            raise SystemExit(f"{command}: exit {process.returncode}\n{self.output[-2000:]}")


def size_of(folder):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return len(files), sum(path.stat().st_size for path in files)


class Duckdb:
    """Just enough of DuckDB's C API to time a query: a connection, and the rows as a count."""

    class Result(ctypes.Structure):
        _fields_ = [("unused", ctypes.c_uint64 * 3), ("pointers", ctypes.c_void_p * 3)]

    def __init__(self, library, threads):
        self.api = ctypes.CDLL(library)
        self.database, self.connection = ctypes.c_void_p(), ctypes.c_void_p()
        assert self.api.duckdb_open(None, ctypes.byref(self.database)) == 0
        assert self.api.duckdb_connect(self.database, ctypes.byref(self.connection)) == 0
        self.api.duckdb_result_error.restype = ctypes.c_char_p
        self.api.duckdb_row_count.restype = ctypes.c_uint64
        self.run(f"SET threads = {threads}")

    def run(self, sql):
        result = self.Result()
        state = self.api.duckdb_query(self.connection, sql.encode(), ctypes.byref(result))
        if state != 0:
            raise SystemExit(self.api.duckdb_result_error(ctypes.byref(result)).decode())
        rows = self.api.duckdb_row_count(ctypes.byref(result))
        self.api.duckdb_destroy_result(ctypes.byref(result))
        return rows


def ask(library, dataset, threads, repeats=3):
    layers = LAYERS.format(dir=dataset)
    print(f"\n| question, {threads} threads | first s | best s |\n|---|--:|--:|", flush=True)
    for name, sql in QUESTIONS.items():
        duckdb = Duckdb(library, threads)
        times = []
        for _ in range(repeats):
            start = time.perf_counter()
            duckdb.run(sql.format(layers=layers))
            times.append(time.perf_counter() - start)
        print(f"| {name} | {times[0]:.2f} | {min(times):.2f} |", flush=True)


def measure(options, engines):
    work = pathlib.Path(options.work) / f"engines-{engines}"
    dataset = pathlib.Path(options.work) / f"dataset-{engines}"
    shutil.rmtree(dataset, ignore_errors=True)
    if not work.exists():
        graphs = max(1, min(options.graphs, engines // 10 or 1))
        make_engines(work, make_templates(options.trex, pathlib.Path(options.work)), engines, graphs, options.models)
    print(f"\n## {engines} engines\n\n| step | s | engines/s | processor s | largest process MiB | files | MB |\n"
          "|---|--:|--:|--:|--:|--:|--:|", flush=True)

    def step(name, *command):
        peak = Peak(options.trex, "dataset", *command, "--json")
        files, size = size_of(dataset)
        print(f"| {name} | {peak.seconds:.1f} | {engines / peak.seconds:.0f} | {peak.cpu:.1f} | {peak.mib:.0f} "
              f"| {files} | {size / 1e6:.1f} |", flush=True)
        return json.loads(peak.output)

    jobs = ["--jobs", options.jobs] if options.jobs else []
    added = step("add", "add", dataset, work, *jobs)
    assert added["added"] == engines and added["failed"] == 0, (added["added"], added["failed"])
    if options.again:
        assert step("add again", "add", dataset, work, *jobs)["already_there"] == engines
    if options.duckdb and options.ask_before:
        ask(options.duckdb, dataset, options.threads)
    step("compact", "compact", dataset, "--grace", "0")
    step("compact again, which empties the trash", "compact", dataset, "--grace", "0")
    assert step("verify", "verify", dataset)["is_sound"]
    step("list", "list", dataset)
    if options.duckdb:
        ask(options.duckdb, dataset, options.threads)
    if not options.keep:
        shutil.rmtree(work)
        shutil.rmtree(dataset)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trex", required=True, type=os.path.abspath)
    parser.add_argument("--work", required=True)
    parser.add_argument("--engines", type=int, action="append")
    parser.add_argument("--graphs", type=int, default=2000)
    parser.add_argument("--models", type=int, default=50)
    parser.add_argument("--jobs")
    parser.add_argument("--duckdb")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--again", action="store_true", help="add the same engines a second time")
    parser.add_argument("--ask-before", action="store_true", help="ask before compact, too")
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    os.makedirs(options.work, exist_ok=True)
    for engines in options.engines or [10, 1000, 100_000]:
        measure(options, engines)


if __name__ == "__main__":
    main()
