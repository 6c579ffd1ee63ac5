#!/usr/bin/env python3
"""What `import trex` costs, and load, group-by and lint of large engines from Python.

usage: PYTHONPATH=build/release/python /usr/bin/python3 bench/python_bench.py [LAYERS...]

Prints a table: the best of a few runs, in ms. Importing is timed in a fresh interpreter, less what
starting the interpreter costs.
"""

# SPDX-License-Identifier: Apache-2.0

import subprocess
import sys
import tempfile
import time


def best(run, repeats=5):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1e3)
    return min(times)


def import_ms():
    def start(code):
        return best(lambda: subprocess.run([sys.executable, "-c", code], check=True))

    return start("import trex") - start("pass")


def main():
    print(f"{'import trex':40} {import_ms():10.1f} ms")
    import trex
    from trex import group_count, group_sum_attr

    for count in [int(word) for word in sys.argv[1:]] or [10000, 100000]:
        with tempfile.TemporaryDirectory() as folder:
            paths = trex.write_samples(f"{folder}/engine", layers=count, records=100)
            graph = next(path for path in paths if path.endswith(".graph.json"))
            profile = graph.replace(".graph.json", ".profile.json")

            def core():
                engine = trex.load(graph, profile)
                engine.layers.group_by("type", ["sum:time_ms"])
                engine.lint()

            def drop_in():
                plan = trex.EnginePlan(graph, profile)
                group_count(plan.df, "type")
                group_sum_attr(plan.df, "type", "latency.avg_time")

            repeats = 5 if count <= 10000 else 2
            print(f"{f'{count} layers: load, group, lint':40} {best(core, repeats):10.1f} ms")
            drop_in()  # pandas is imported once
            print(f"{f'{count} layers: EnginePlan, df, group':40} {best(drop_in, 2):10.1f} ms")


if __name__ == "__main__":
    main()
