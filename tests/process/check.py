#!/usr/bin/env python3
"""Does `trex process` do what it says, with every generation of trtexec, and when things go wrong?

trtexec is played by tests/support/standin_trtexec.py, whose options come from a published table and
not from trex. What is checked: the command lines (argv.txt holds them, one block a version), the
files and the record, refusals, failures, signals to trex and to its child at any moment, time-outs,
a full disk: never half a file under its final name, never a process left behind.

usage: check.py --trex PATH [--update] [--seed N] [NAME...]
"""

# SPDX-License-Identifier: Apache-2.0

import argparse
import hashlib
import json
import os
import pathlib
import pty
import random
import re
import signal
import struct
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
STANDIN = HERE.parent / "support" / "standin_trtexec.py"
VERSIONS = ["8.4.3", "8.5.1", "8.6.1", "9.0.1", "9.3.0", "10.0.1", "10.13.0", "10.16.1", "11.0.0",
            "11.1.0"]
BUILD = ["", ".build.log", ".build.metadata.json"]
PROFILE = [".graph.json", ".profile.json", ".profile.log", ".profile.metadata.json", ".timing.json"]
SKIP = "skipped"


class World:
    """A folder with a model, and trex to run in it."""

    def __init__(self, trex, folder):
        self.trex, self.folder = trex, pathlib.Path(folder)
        self.nvml = {"TREX_NVML": "/none/libnvidia-ml.so.1"}  # no GPU, also where there is one
        (self.folder / "net.onnx").write_bytes(b"\x08\x07model")

    def environment(self, mode="", version="10.13.0", seconds=0):
        # The mark is inherited by whatever is started: nothing may live with it in the end.
        return dict(os.environ, TREX_TRTEXEC=str(STANDIN), STANDIN_MODE=mode, STANDIN_VERSION=version,
                    STANDIN_SECONDS=str(seconds), STANDIN_ARGV=str(self.folder / "argv"),
                    STANDIN_MARK=str(self.folder), TREX_STATE_DIR=str(self.folder), **self.nvml)

    def run(self, *words, **more):
        return subprocess.run([self.trex, "process", *words], cwd=self.folder, text=True,
                              env=self.environment(**more), capture_output=True, timeout=120,
                              errors="replace")

    def start(self, *words, **more):
        return subprocess.Popen([self.trex, "process", *words], cwd=self.folder,
                                env=self.environment(**more), stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, start_new_session=True)

    def names(self, below="out"):
        root = self.folder / below
        return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())

    def alive(self):
        """Processes that were started from here and still run."""
        mark = f"STANDIN_MARK={self.folder}".encode()
        found = []
        for entry in pathlib.Path("/proc").iterdir():
            if not entry.name.isdigit() or int(entry.name) == os.getpid():
                continue
            try:
                if mark in (entry / "environ").read_bytes().split(b"\0"):
                    if (entry / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z":
                        found.append(int(entry.name))
            except OSError:
                pass
        return found

    def expect_nothing_left(self):
        for _ in range(100):
            if not self.alive():
                return
            time.sleep(0.05)
        raise AssertionError(f"still running: {self.alive()}")

    def expect_only_whole_files(self, below="out"):
        for name in self.names(below):
            if name.startswith(".trex-process-"):
                continue  # not a final name; the next run removes it
            data = (self.folder / below / name).read_bytes()
            if name.endswith(".json"):
                json.loads(data)
            elif name.endswith(".engine"):
                assert len(data) == 1048, f"{name}: {len(data)} bytes"
            elif name.endswith(".svg"):
                assert data.rstrip().endswith(b"</svg>"), name
            elif name.endswith(".log") and not name.endswith(".failed.log"):
                assert data.endswith(b"\n"), name


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def expect_failed(done, *parts):
    expect(done.returncode == 2, f"exit {done.returncode}: {done.stderr}")
    for part in parts:
        expect(part in done.stderr, f"no '{part}' in: {done.stderr}")


def full(names=BUILD + PROFILE + [".graph.json.svg"]):
    return sorted(["net.onnx.engine" + name for name in names] + ["timing.cache", "process.json"])


def check_argv(world, options):
    """The command lines of each version are those of argv.txt, and the stand-in takes them."""
    text = ""
    for version in VERSIONS:
        words = ["shapes=x:1x3"] if version.startswith("11") else ["fp16", "--shapes=x:1x3"]
        (world.folder / "argv").unlink(missing_ok=True)
        done = world.run("net.onnx", f"out-{version}", "-b", "-p", "--", *words, "iterations=20",
                         version=version)
        expect(done.returncode == 0, f"{version}: {done.stderr}")
        text += f"== {version}\n"
        for line in (world.folder / "argv").read_text().splitlines():
            shown = [re.sub(r"out-[\d.]+/(\.trex-process-\d+/)?", lambda m: "OUT/" + ("SCRATCH/" if m[1] else ""),
                            word) for word in json.loads(line)]
            text += " ".join(shown) + "\n"
    golden = HERE / "argv.txt"
    if options.update:
        golden.write_text(text)
    expect(golden.read_text() == text, f"differs from {golden.name} (see --update):\n{text}")


def check_options(world, options):
    """At the first and last version of every option, and just outside, both tables agree."""
    minors = {8: range(4, 7), 9: range(0, 4), 10: range(0, 17), 11: range(0, 2)}
    line = [f"{major}.{minor}" for major in minors for minor in minors[major]]
    ours = {"onnx", "saveEngine", "loadEngine", "exportTimes", "exportProfile", "exportLayerInfo"}
    opposites = {"includeDataTransfers", "noSpinWait", "noCudaGraph"}
    for name, (first, last) in json.loads((HERE / "options.json").read_text()).items():
        begin, end = line.index(first), line.index(last)
        for at in {begin - 1, begin, end, end + 1} & set(range(len(line))):
            done = world.run("net.onnx", "out", "--print-only", "--for-version", line[at], "--", f"{name}=1")
            exists = begin <= at <= end
            set_by_us = "is set by trex process itself" in done.stderr
            if name in ours:
                expect(set_by_us, f"--{name} is ours")
            elif name in opposites or (exists and set_by_us):
                continue
            else:
                expect((done.returncode == 0) == exists, f"--{name} in {line[at]}: {done.stderr}")
                if not exists:
                    expect("came with" in done.stderr or "is gone since" in done.stderr, done.stderr)


def check_files(world, options):
    """All files under TREx's names; the record tells their hashes; the metadata is the log's."""
    for version in VERSIONS:
        out = f"out-{version}"
        done = world.run("net.onnx", out, version=version)
        expect(done.returncode == 0, done.stderr)
        names = [name for name in world.names(out) if not name.endswith(".html")]
        expect(names == full(), f"{version}: {names}")
        record = json.loads((world.folder / out / "process.json").read_text())["engines"][0]
        steps = {step["step"]: step for step in record["steps"]}
        expect(list(steps)[:3] == ["build", "profile", "draw"], list(steps))
        for step in ("build", "profile"):
            expect(steps[step]["passed"] and steps[step]["exit_code"] == 0, step)
            expect(".trex-process" not in json.dumps(steps[step]), "the scratch folder shows")
        expect(record["trtexec"]["version"] == version, record["trtexec"])
        for file in record["files"]:
            data = (world.folder / file["path"]).read_bytes()
            expect(file["bytes"] == len(data), file)
            expect(file["sha256"] == hashlib.sha256(data).hexdigest(), file)
        log = (world.folder / out / "net.onnx.engine.build.log").read_text()
        expect(".trex-process" not in log and f"Save engine: {out}/net.onnx.engine\n" in log, log)
        for part in ("build", "profile"):
            stem = world.folder / out / f"net.onnx.engine.{part}"
            told = subprocess.run([world.trex, "log", f"{stem}.log", "--part", part], text=True,
                                  capture_output=True, check=True).stdout
            expect(told == pathlib.Path(f"{stem}.metadata.json").read_text(), part)


def check_logs(world, options):
    """The logs of every version, and of both steps in one file, tell the same facts."""
    told = []
    for version in VERSIONS:
        expect(world.run("net.onnx", f"out-{version}", "-b", "-p", version=version).returncode == 0, version)
        stem = f"out-{version}/net.onnx.engine."
        logs = [(world.folder / f"{stem}{step}.log").read_bytes() for step in ("build", "profile")]
        for text in (logs[0] + logs[1], logs[1] + logs[0], b"".join(logs).replace(b"\n", b"\r\n")):
            done = subprocess.run([world.trex, "log", "-", "--full"], input=text, capture_output=True)
            full_log = json.loads(done.stdout)
            expect(full_log["tensorrt_version"] == version and full_log["passed"], done.stderr)
            facts = sorted((fact["name"], fact.get("value")) for fact in full_log["facts"])
            figures = [(row["name"], {name: ms for name, ms in row["ms"].items() if "percent" not in name})
                       for row in full_log["performance"]["statistics"]]
            told.append((facts, sorted(figures, key=str), full_log["performance"]["throughput_qps"]))
    expect(told[0][0] and told[0][1] and told[0][2] == 950.5, told[0])
    for other in told:
        expect(other == told[0], f"{other}\n{told[0]}")


def check_repeat(world, options):
    """K profiles: TREx's names for the first, the others in a folder, and their spread."""
    done = world.run("net.onnx", "out", "--repeat", "3", "--json")
    expect(done.returncode == 0, done.stderr)
    extra = [f"net.onnx.engine.repeats/{n}.{kind}" for n in (2, 3)
             for kind in ("profile.json", "profile.log", "timing.json")]
    expect([n for n in world.names() if not n.endswith(".html")] == sorted(full() + extra), world.names())
    record = json.loads(done.stdout)
    expect(record["repeats"] == {
        "count": 3,
        "latency_median_ms": {"values": [1.03125] * 3, "mean": 1.03125, "stdev": 0.0},
        "throughput_qps": {"values": [950.5] * 3, "mean": 950.5, "stdev": 0.0}}, record["repeats"])
    shown = subprocess.run([world.trex, "summary", "out"], cwd=world.folder, capture_output=True)
    expect(shown.returncode == 0, shown.stderr)


def check_steps(world, options):
    """Steps by themselves, files in the way, --force, --dry-run, --print-only."""
    done = world.run("net.onnx", "out", "--profile")
    expect_failed(done, "out/net.onnx.engine: no such file: build it first")
    done = world.run("net.onnx", "out", "--dry-run")
    expect(done.returncode == 0 and not (world.folder / "out").exists(), done.stderr)
    expect(world.run("net.onnx", "out", "-b").returncode == 0, "-b")
    expect(world.names() == full(BUILD + [".graph.json"]), world.names())
    graph = json.loads((world.folder / "out/net.onnx.engine.graph.json").read_text())
    expect(graph["Layers"][0]["Inputs"][0]["Dimensions"][0] == -1, "without a run: no shapes")
    expect_failed(world.run("net.onnx", "out", "-b"), "is there already and 3 more", "--force")
    expect_failed(world.run("net.onnx", "out", "-p"), "out/net.onnx.engine.graph.json is there already")
    expect(world.run("net.onnx", "out", "-p", "-d", "--force").returncode == 0, "-p -d --force")
    expect([n for n in world.names()] == full(), world.names())
    record = json.loads((world.folder / "out/process.json").read_text())["engines"][0]
    expect([step["step"] for step in record["steps"]] == ["build", "profile", "draw"], "steps are kept")
    before = world.names()
    done = world.run("net.onnx", "out", "--dry-run", "--force")
    expect("# replaces out/net.onnx.engine\n" in done.stdout, done.stdout)
    done = world.run("not-there.onnx", "out", "--print-only", "--for-version", "8.6")
    expect(done.returncode == 0 and "--loadEngine=out/not-there.onnx.engine" in done.stdout, done.stderr)
    expect(world.names() == before, "nothing was written")
    expect_failed(world.run("not-there.onnx", "out"), "not-there.onnx: no such file")
    expect_failed(world.run("out/net.onnx.engine", "x", "-b"), "is an engine already")
    expect_failed(world.run("net.onnx", "out", "--repeat", "0"), "--repeat takes 1 to 1000")
    expect_failed(world.run("net.onnx", "out", "--trtexec", "/none/x"), "/none/x: no program there")
    expect_failed(world.run("out/net.onnx.engine.graph.json", "x"), "is JSON")


def check_archive(world, options):
    """--archive holds the files, the model and the record, and is whole."""
    done = world.run("net.onnx", "out", "--archive")
    expect(done.returncode == 0, done.stderr)
    told = subprocess.run([world.trex, "archive", "verify", "out/net.onnx.engine.tea"], cwd=world.folder)
    expect(told.returncode == 0, "verify")
    told = subprocess.run([world.trex, "archive", "list", "out/net.onnx.engine.tea"], cwd=world.folder,
                          capture_output=True, text=True)
    for name in ("net.onnx ", "net.onnx.engine ", "process.json", ".timing.json", ".build.log"):
        expect(name in told.stdout, told.stdout)


def check_header(world, options):
    """Ultralytics' header before the plan is left out for trtexec, and only for it."""
    text = b'{"task": "detect"}'
    data = struct.pack("<I", len(text)) + text + b"ftrt" + b"\0" * 100
    (world.folder / "yolo.engine").write_bytes(data)
    done = world.run("yolo.engine", "out", "--json")
    expect(done.returncode == 0, done.stderr)
    expect((world.folder / "yolo.engine").read_bytes() == data, "the input is as it was")
    record = json.loads(done.stdout)
    expect(record["input"]["header"] == {"task": "detect"}, record["input"])
    expect("yolo.engine.graph.json" in world.names(), world.names())
    (world.folder / "bad.engine").write_bytes(b"no plan at all")
    expect_failed(world.run("bad.engine", "out2"), "another version built it", "exit code 1")


def check_failures(world, options):
    """What fails says why, keeps its log, and leaves no half of a file."""
    cases = {
        "memory@build": ("Requested amount of GPU memory", "--memPoolSize=workspace", "exit code 1"),
        "memory@run": ("Requested amount of GPU memory", "kept: out/net.onnx.engine.build.log"),
        "crash@build": ("killed by signal 11", "trtexec itself crashed"),
        "crash@run": ("killed by signal 11", "kept:"),
        "killed@build": ("killed by signal 9", "ran out of memory"),
        "partial@run": ("wrote only a part of this file",),
        "nofile@build": ("wrote no engine",),
        "nofile@run": ("wrote no such file",),
    }
    for mode, parts in cases.items():
        done = world.run("net.onnx", "out", "--force", mode=mode)
        expect_failed(done, *parts)
        world.expect_only_whole_files()
        world.expect_nothing_left()
        expect(not any(name.startswith(".") for name in world.names()), world.names())
    expect("net.onnx.engine.profile.failed.log" in world.names(), world.names())
    expect("net.onnx.engine.profile.log" not in world.names(), "a log of a success that was none")
    done = world.run("net.onnx", "out", "--force", mode="flood")
    expect(done.returncode == 0, done.stderr)
    expect(not any("failed" in name for name in world.names()), "a success removes them")
    done = world.run("net.onnx", "out", "--force", mode="silent", version="9.0.1")
    expect(done.returncode == 0 and "by its options it is 9.0 or later" in done.stderr, done.stderr)
    expect_failed(world.run("net.onnx", "new", version="8.2.5"), "8.2.5 is older than 8.4")
    expect_failed(world.run("net.onnx", "net.onnx/out"), "net.onnx/out: cannot be made: not a directory")


def check_timeout(world, options):
    """--timeout ends even a program that does not listen, with its helpers."""
    begin = time.time()
    done = world.run("net.onnx", "out", "--timeout", "0.5", mode="hang")
    expect_failed(done, "as --timeout asks", "while timing kernels")
    expect(time.time() - begin < 30, "it took too long")
    world.expect_nothing_left()
    world.expect_only_whole_files()
    expect(world.names() == ["net.onnx.engine.build.failed.log", "process.json"], world.names())


def check_signals(world, options):
    """SIGINT, SIGTERM, SIGHUP and SIGKILL to trex, SIGKILL to its child, at any moment."""
    random.seed(options.seed)
    for number in range(options.kills):
        out = f"out{number}"
        mode = random.choice(["wait@build", "wait@run", "orphan@build", "orphan@run", ""])
        kind = [signal.SIGINT, signal.SIGTERM, signal.SIGKILL, signal.SIGHUP][number % 4]
        process = world.start("net.onnx", out, mode=mode, seconds=0 if mode else 0.3)
        time.sleep(random.uniform(0, 1.2))
        to_child = number % 6 == 5
        victims = [pid for pid in world.alive() if pid != process.pid] if to_child else [process.pid]
        for pid in victims:
            try:
                os.kill(pid, signal.SIGKILL if to_child else kind)
            except ProcessLookupError:
                pass
        if to_child and not victims:
            os.kill(process.pid, signal.SIGTERM)
        try:
            _, error = process.communicate(timeout=5 if to_child else 60)
        except subprocess.TimeoutExpired:
            expect(to_child, f"run {number} ({mode}, {kind.name}) does not end")
            process.terminate()  # the child killed had been asked for its version only
            _, error = process.communicate(timeout=60)
        what = f"run {number} ({mode}, {kind.name}, {'child' if to_child else 'trex'}): {error}"
        if mode and not to_child and kind != signal.SIGKILL and process.returncode >= 0:
            expect(process.returncode == 2 and "stopped by signal" in error, what)
        world.expect_nothing_left()
        if (world.folder / out).exists():
            world.expect_only_whole_files(out)
            # The next run removes what a killed one left.
            expect(world.run("net.onnx", out, "--force").returncode == 0, what)
            expect(not any(path.name.startswith(".") for path in (world.folder / out).iterdir()), what)


def check_full_disk(world, options):
    """A disk that is full in the middle: one line, and only whole files."""
    disk = world.folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24k", "tmpfs", disk], capture_output=True)
    if mounted.returncode != 0:
        return SKIP + ": tmpfs cannot be mounted here"
    try:
        for filler in range(0, 24 << 10, 2 << 10):
            for path in disk.rglob("*"):
                if path.is_file():
                    path.unlink()
            (disk / "filler").write_bytes(b"x" * filler)
            done = world.run("net.onnx", "disk/out", "--force")
            expect(done.returncode in (0, 2), done.stderr)
            if done.returncode == 2:
                expect("trex: error: " in done.stderr and "internal" not in done.stderr, done.stderr)
            if (disk / "out").exists():
                world.expect_only_whole_files("disk/out")
            world.expect_nothing_left()
        expect(done.returncode == 2, "the disk was never full")
    finally:
        subprocess.run(["umount", "-l", disk], check=True)
    return None


def check_progress(world, options):
    """Plain lines where no terminal is, one line on a terminal; the second run has an estimate."""
    done = world.run("net.onnx", "out", "-b", "--", "verbose", seconds=2.6)
    expect(done.returncode == 0, done.stderr)
    expect("trex: build: timing kernels, 0:02, 3 of 3 layers, GPU 232.0 MiB\n" in done.stderr, done.stderr)
    expect("\x1b" not in done.stderr, "no terminal codes in a file")
    ours, theirs = pty.openpty()
    process = subprocess.Popen([world.trex, "process", "net.onnx", "out", "-b", "--force"],
                               cwd=world.folder, env=world.environment(seconds=1.2), stderr=theirs,
                               stdout=subprocess.DEVNULL, start_new_session=True)
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 4096):
            shown += chunk
    except OSError:
        pass
    expect(process.wait() == 0, shown)
    expect(b"\r\x1b[Ktrex: build: timing kernels, 0:00 of about 0:02" in shown, shown)
    expect(b"\r\x1b[Ktrex: build: done in 0:01" in shown, shown)


def check_gpu(world, options):
    """With NVML each run leaves a recording; clocks are held only when asked, and given back."""
    if not options.nvml:
        return SKIP + ": no --nvml"
    log = world.folder / "nvml.log"
    world.nvml = {"TREX_NVML": os.path.abspath(options.nvml), "STANDIN_NVML_LOG": str(log)}
    done = world.run("net.onnx", "out", "--repeat", "2", seconds=0.5)
    expect(done.returncode == 0, done.stderr)
    recording = (world.folder / "out/net.onnx.engine.gpu.jsonl").read_text().splitlines()
    expect(json.loads(recording[0])["trex_gpu_samples"] == 1 and len(recording) >= 3, recording)
    expect("net.onnx.engine.repeats/2.gpu.jsonl" in world.names(), world.names())
    steps = json.loads((world.folder / "out/process.json").read_text())["engines"][0]["steps"]
    expect(steps[1]["clocks"]["samples"] == len(recording) - 1, steps[1])
    expect(not log.exists() or not log.read_text(), "nothing was set")
    done = world.run("net.onnx", "out", "-p", "--force", "--clock", "1200")
    expect(done.returncode == 0 and "GPU 0: locked: clock 1200 MHz" in done.stderr, done.stderr)
    recording = (world.folder / "out/net.onnx.engine.gpu.jsonl").read_text().splitlines()
    expect(json.loads(recording[0])["locked_sm_mhz"] == 1200, recording[0])
    first = log.read_text()
    expect("1200" in first and len(first.splitlines()) >= 2, first)
    # What was set is set back: by trex after a failure and a signal, by its guard after SIGKILL.
    for kind in (None, signal.SIGTERM, signal.SIGKILL):
        log.unlink()
        if kind is None:
            expect_failed(world.run("net.onnx", "new", "--lock-clocks", mode="memory@build"), "memory")
        else:
            process = world.start("net.onnx", "new", "--force", "--lock-clocks", mode="wait")
            for _ in range(200):
                if log.exists() and log.read_text():
                    break
                time.sleep(0.02)
            time.sleep(0.3)
            process.send_signal(kind)
            process.communicate(timeout=60)
        world.expect_nothing_left()
        words = [line.split() for line in log.read_text().splitlines()]
        expect(len(words) >= 2 and "1410" in words[0], words)
        expect(any("reset" in word for word in words[-1]), words)
    world.nvml["STANDIN_NVML_MODE"] = "denied"
    expect_failed(world.run("net.onnx", "new2", "--lock-clocks"), "root")
    expect(not (world.folder / "new2").exists(), "nothing is begun without the clocks")


CHECKS = {name[6:]: check for name, check in sorted(globals().items()) if name.startswith("check_")}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--trex", required=True)
    parser.add_argument("--nvml", help="a stand-in for NVML's library")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--kills", type=int, default=24, help="how many runs to kill at a random moment")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    failed = 0
    for name, check in CHECKS.items():
        if options.names and name not in options.names:
            continue
        with tempfile.TemporaryDirectory(prefix="trex-process-") as folder:
            world = World(os.path.abspath(options.trex), folder)
            try:
                result = check(world, options) or "ok"
            except AssertionError as error:
                result, failed = f"FAILED: {error}", failed + 1
            finally:
                for pid in world.alive():
                    os.kill(pid, signal.SIGKILL)
            print(f"{name}: {result}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
