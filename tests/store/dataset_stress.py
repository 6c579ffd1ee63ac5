#!/usr/bin/env python3
"""Does a dataset survive its writers? Eight at once, and kill -9 at any moment.

Eight writers add overlapping shares of the same engines again and again while another process
compacts; all of them are killed with SIGKILL at random moments. What a writer has acknowledged (its
output, and exit code 0) must be there in the end, once, whole; nothing may be corrupt; adding
everything again must complete the dataset, and then it must hold exactly what one undisturbed
writer's dataset holds.

usage: dataset_stress.py --trex PATH --work FOLDER [--seconds N] [--engines N] [--seed N]
"""

# SPDX-License-Identifier: Apache-2.0

import argparse
import json
import pathlib
import random
import shutil
import subprocess
import sys
import time

DATA = pathlib.Path(__file__).resolve().parent.parent / "golden" / "data"
WRITERS = 8


def make_engines(folder, count):
    """Small engines of a few models: graph and profile, each with names of its own."""
    graph = (DATA / "mini.graph.json").read_text()
    profile = (DATA / "mini.profile.json").read_text()
    paths = []
    for number in range(count):
        stem = folder / f"model{number % 3}-{number}"
        for kind, text in (("graph", graph), ("profile", profile)):
            pathlib.Path(f"{stem}.{kind}.json").write_text(text.replace("conv", f"conv{number}_"))
        paths.append(f"{stem}.graph.json")
    return paths


class Stress:
    def __init__(self, options, folder):
        self.trex, self.folder = options.trex, folder
        self.dataset = folder / "dataset"
        self.random = random.Random(options.seed)
        self.engines = make_engines(folder, options.engines)
        self.acknowledged = set()
        self.counts = {"finished": 0, "killed": 0, "compacts finished": 0, "compacts killed": 0}

    def run(self, *arguments, check=True):
        result = subprocess.run([self.trex, "dataset", *map(str, arguments)], capture_output=True, text=True)
        if check and result.returncode != 0:
            raise SystemExit(f"{arguments}: exit {result.returncode}\n{result.stdout[-3000:]}{result.stderr[-3000:]}")
        return result.stdout

    def start(self, what):
        if what == "compact":
            command = ["compact", self.dataset, "--grace", self.random.choice(["0", "0.005", "60"])]
        else:
            share = self.random.sample(self.engines, self.random.randint(1, 10))
            command = ["add", self.dataset, *share, "--model", "m", "--gpu", "g", "--trt", "10", "--date",
                       "2026-03-14", "--jobs", self.random.choice("12"), "--json"]
        output = open(self.folder / f"output-{self.random.getrandbits(64):016x}", "w+")
        errors = open(f"{output.name}.errors", "w+")
        process = subprocess.Popen([self.trex, "dataset", *map(str, command)], stdout=output, stderr=errors)
        # Some finish, some do not.
        return what, process, (output, errors), time.monotonic() + self.random.choice([0.02, 0.1, 0.3, 1, 3, 30]) * self.random.random()

    def end(self, what, process, outputs, was_killed):
        texts = []
        for output in outputs:
            output.seek(0)
            texts.append(output.read())
            output.close()
            pathlib.Path(output.name).unlink()
        text = texts[0]
        is_add = what != "compact"
        self.counts[("" if is_add else "compacts ") + ("killed" if was_killed else "finished")] += 1
        if was_killed:
            return
        if process.returncode != 0:
            raise SystemExit(f"{what} failed with exit {process.returncode}:\n{texts}")
        if is_add:
            self.acknowledged |= {engine["engine_id"] for engine in json.loads(text)["engines"]}

    def work(self, seconds):
        self.run("add", self.dataset, self.engines[0], "--model", "m", "--gpu", "g", "--trt", "10", "--date", "2026-03-14")
        running = {}
        end = time.monotonic() + seconds
        while running or time.monotonic() < end:
            for slot in range(WRITERS + 1):
                if slot not in running and time.monotonic() < end:
                    running[slot] = self.start("compact" if slot == WRITERS else f"writer {slot}")
            for slot, (what, process, outputs, deadline) in list(running.items()):
                done = process.poll() is not None
                if not done and time.monotonic() < deadline:
                    continue
                if not done:
                    process.kill()
                    process.wait()
                self.end(what, process, outputs, process.returncode == -9)
                del running[slot]
            time.sleep(0.002)

    def listed(self, dataset=None):
        rows = json.loads(self.run("list", dataset or self.dataset, "--json"))
        return sorted((row["engine_id"], row["engine"], row["layer_count"], row["layer_time_ms"], row["model"])
                      for row in rows)

    def check(self):
        before = json.loads(self.run("verify", self.dataset, "--json", check=False))
        # A killed writer's commit may wait to be put into place; nothing else may be wrong.
        other = [problem for problem in before["problems"] if "its writer died" not in problem["problem"]]
        assert not other, other
        ids = [row[0] for row in self.listed()]
        assert len(ids) == len(set(ids)), "an engine is there twice"
        assert self.acknowledged <= set(ids), f"lost: {self.acknowledged - set(ids)}"
        self.run("compact", self.dataset, "--grace", "0")
        assert [row[0] for row in self.listed()] == ids, "compact changed what is there"

        added = json.loads(self.run("add", self.dataset, *self.engines, "--model", "m", "--gpu", "g", "--trt", "10",
                                    "--date", "2026-03-14", "--json"))
        assert added["added"] == len(self.engines) - len(ids), (added["added"], len(ids))
        self.run("compact", self.dataset, "--grace", "0")
        self.run("compact", self.dataset, "--grace", "0")  # and empties the trash of the first
        after = json.loads(self.run("verify", self.dataset, "--json"))
        assert after["is_sound"] and after["leftover_files"] == 0, after

        alone = self.folder / "alone"
        self.run("add", alone, *self.engines, "--model", "m", "--gpu", "g", "--trt", "10", "--date", "2026-03-14")
        assert self.listed() == self.listed(alone), "not what one writer alone would have made"
        alone_rows = json.loads(self.run("verify", alone, "--json"))["layer_rows"]
        assert after["layer_rows"] == alone_rows, (after["layer_rows"], alone_rows)
        return len(ids)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trex", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--engines", type=int, default=300)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    options.seed = random.randrange(2**32) if options.seed is None else options.seed
    folder = pathlib.Path(options.work).absolute()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    stress = Stress(options, folder)
    try:
        stress.work(options.seconds)
        survived = stress.check()
    except BaseException:
        print(f"seed {options.seed}; what was left is in {folder}", file=sys.stderr)
        raise
    shutil.rmtree(folder)
    print(f"{stress.counts}, {len(stress.acknowledged)} engines acknowledged, {survived} there, all {options.engines} "
          f"after adding again: sound")


if __name__ == "__main__":
    main()
