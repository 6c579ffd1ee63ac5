#!/usr/bin/env python3
"""A STAND-IN for trtexec, for tests only: it builds nothing and measures nothing.

It takes the options that the named version takes (options.json, made from a published table, not
from trex), answers an unknown one as trtexec does, writes the files that are asked for with fixed
contents, and logs the lines by which programs follow a build. It can also misbehave.

Environment:
  STANDIN_VERSION   8.4.3, 10.13.0 ... (default 10.13.0)
  STANDIN_ARGV      a file to which each command line is appended, one JSON list a line
  STANDIN_MODE      one of MODES below; MODE@build and MODE@run only in that step
  STANDIN_SECONDS   how long the silent part lasts (default 0)
"""

# SPDX-License-Identifier: Apache-2.0

import json
import os
import pathlib
import signal
import subprocess
import sys
import time

MODES = {
    "": "all goes well",
    "crash": "dies by a signal in the middle, with an engine half-written",
    "killed": "is killed, as the kernel does when memory runs out",
    "hang": "says nothing for ever, and ignores SIGINT and SIGTERM",
    "wait": "waits for a signal in the silent part",
    "orphan": "starts a helper of its own, then waits",
    "memory": "fails for want of GPU memory",
    "partial": "ends well, with every JSON cut short",
    "nofile": "ends well, but writes nothing",
    "silent": "tells no version",
    "flood": "writes much and lines that are no text",
}
LAYERS = [("conv1 + relu", "CaskConvolution", 0.5), ("pool", "CaskPooling", 0.25), ("fc", "gemm", 0.25)]


def number(text):
    return tuple(int(part) for part in text.split("."))


class StandIn:
    def __init__(self, argv):
        self.version = os.environ.get("STANDIN_VERSION", "10.13.0")
        self.major_minor = number(self.version)[:2]
        self.program, self.argv = argv[0], argv[1:]
        self.options = {}
        self.mode = os.environ.get("STANDIN_MODE", "")

    def say(self, text, severity="I", library=False):
        origin = "[TRT] " if library else ""
        line = f"[01/05/2026-10:00:00] [{severity}] {origin}{text}\n"
        stream = sys.stderr if severity in "WEF" else sys.stdout
        stream.write(line)
        stream.flush()

    def banner(self, word):
        major, minor, patch = (number(self.version) + (0, 0))[:3]
        code = f"{major}{minor}0{patch}" if major < 10 else f"{major}{minor:02}{patch:02}"
        shown = "" if self.mode == "silent" else f" [TensorRT v{code}]"
        print(f"&&&& {word} TensorRT.trtexec{shown} # {' '.join([self.program] + self.argv)}", flush=True)

    def known(self):
        table = pathlib.Path(__file__).resolve().parent.parent / "process" / "options.json"
        for name, (first, last) in json.loads(table.read_text()).items():
            newest = last == "11.1"
            if number(first) <= self.major_minor and (newest or self.major_minor <= number(last)):
                yield name

    def print_help(self):
        print("=== Build Options ===")
        for name in self.known():
            print(f"  --{name}   what it does")

    def parse(self):
        """False after an option that this version lacks: the whole help, as trtexec does."""
        known = set(self.known())
        for word in self.argv:
            name, _, value = word.partition("=")
            if not name.startswith("--") or name[2:] not in known:
                self.say(f"Unknown option: {word}", "E")
                self.print_help()
                return False
            self.options[name[2:]] = value
        return True

    def sections(self, builds):
        self.say("=== Model Options ===")
        self.say(f"Format: {'ONNX' if builds else '*'}")
        self.say(f"Model: {self.options.get('onnx', '')}")
        if builds or self.major_minor < (10, 0):
            self.say("=== Build Options ===")
            self.say("Memory Pools: workspace: default, dlaSRAM: default")
            self.say(f"Save engine: {self.options.get('saveEngine', '')}")
            self.say(f"Load engine: {self.options.get('loadEngine', '')}")
        self.say("=== Inference Options ===")
        self.say("Iterations: 10")
        self.say("=== Device Information ===")
        self.say("Selected Device: Stand-in GPU")
        self.say("SMs: 108")
        self.say("")
        self.say(f"TensorRT version: {self.version}")

    def misbehave(self, step):
        mode, _, only = self.mode.partition("@")
        if only and only != step:
            return ""
        if mode not in MODES:
            sys.exit(f"stand-in: no mode '{mode}'")
        if mode == "memory":
            self.say("Error Code 2: OutOfMemory (Requested amount of GPU memory (1073741824 bytes) "
                     "could not be allocated.)", "E", True)
            self.say("Engine set up failed" if step == "build" else "Inference set up failed", "E")
            self.banner("FAILED")
            sys.exit(1)
        if mode in ("crash", "killed"):
            if "saveEngine" in self.options:
                pathlib.Path(self.options["saveEngine"]).write_bytes(b"ftrt half")
            if "exportProfile" in self.options:
                pathlib.Path(self.options["exportProfile"]).write_text('[ { "count" : 3')
            os.kill(os.getpid(), signal.SIGKILL if mode == "killed" else signal.SIGSEGV)
        if mode == "hang":
            for each in (signal.SIGINT, signal.SIGTERM):
                signal.signal(each, signal.SIG_IGN)
        if mode == "orphan":
            subprocess.Popen(["sleep", "300"])
        if mode in ("hang", "wait", "orphan"):
            if "saveEngine" in self.options:
                pathlib.Path(self.options["saveEngine"]).write_bytes(b"ftrt half")
            self.say(f"waiting as {os.getpid()}")
            while True:
                time.sleep(0.1)
        if mode == "flood":
            for _ in range(200):
                sys.stdout.buffer.write(b"\xff\x00\x1b[31m" + b"x" * 20000 + b"\n")
            sys.stdout.flush()
        return mode

    def write(self, option, text):
        path = self.options.get(option)
        mode, _, only = self.mode.partition("@")
        if only not in ("", "run" if "loadEngine" in self.options else "build"):
            mode = ""
        if path is not None and mode != "nofile":
            if mode == "partial" and option != "saveEngine":
                text = text[: len(text) // 2].rstrip("]} \n")
            pathlib.Path(path).write_text(text)

    def layer_info(self, shaped):
        dims = [1 if shaped else -1, 8, 8, 8]
        key = "Format/Datatype"
        tensor = {"Name": "x", "Location": "Device", "Dimensions": dims, key: "Row major linear FP32"}
        if self.major_minor >= (11, 0):
            del tensor[key]
            tensor.update({"Format": "Row major linear FP32 format (kLINEAR)", "DataType": "Float"})
        layers = [{"Name": name, "LayerType": kind, "Inputs": [dict(tensor, Name=f"t{i}")],
                   "Outputs": [dict(tensor, Name=f"t{i + 1}")], "TacticValue": "0x1"}
                  for i, (name, kind, _) in enumerate(LAYERS)]
        result = {"Layers": layers, "Bindings": ["t0", f"t{len(LAYERS)}"]}
        if self.major_minor >= (11, 0):
            del result["Bindings"]
            result["I/O Tensors"] = [{"Name": "t0", "IOMode": "Input", "DataType": "Float",
                                      "Dimensions": dims}]
        self.write("exportLayerInfo", json.dumps(result, indent=1))

    def build(self):
        onnx = pathlib.Path(self.options["onnx"])
        if not onnx.is_file():
            self.say(f"Could not open file {onnx}", "E")
            self.banner("FAILED")
            return 1
        self.sections(True)
        self.say("Start parsing network model.")
        self.say("Finished parsing network model. Parse time: 0.01")
        self.say("[MemUsageChange] Init CUDA: CPU +19, GPU +0, now: CPU 25, GPU 232 (MiB)", "I", True)
        if "verbose" in self.options:
            self.say("After vertical fusions: 3 layers", "V", True)
        self.say("Local timing cache in use. Profiling results in this builder pass will not be "
                 "stored.", "I", True)
        for name, _, _ in LAYERS if "verbose" in self.options else []:
            self.say(f"=============== Computing costs for {name}", "V", True)
        time.sleep(float(os.environ.get("STANDIN_SECONDS", "0")))
        self.misbehave("build")
        self.say("Detected 1 inputs and 1 output network tensors.", "I", True)
        engine = "ftrt" + "\0" * 1044
        self.say("Engine built in 1.25 sec.")
        self.say(f"Created engine with size: {len(engine) / 1048576:.6g} MiB")
        self.write("saveEngine", engine)
        self.write("timingCacheFile", "cache")
        self.layer_info(False)
        skips = [name for name in ("buildOnly", "skipInference") if name in self.options]
        if skips:
            self.say(f"Skipped inference phase since --{skips[0]} is added.")
        self.banner("PASSED")
        return 0

    def run(self):
        engine = pathlib.Path(self.options["loadEngine"])
        data = engine.read_bytes() if engine.is_file() else b""
        self.sections(False)
        if not data.startswith(b"ftrt"):
            self.say("Serialization assertion magicTagRead == kPLAN_MAGIC_TAG failed", "E", True)
            self.say("Inference set up failed", "E")
            self.banner("FAILED")
            return 1
        self.say("Engine deserialized in 0.0125 sec.")
        self.misbehave("run")
        self.say("Starting inference")
        time.sleep(float(os.environ.get("STANDIN_SECONDS", "0")))
        percentiles = (99,) if self.major_minor < (8, 5) else (90, 95, 99)
        separate = self.major_minor >= (11, 0) or "separateProfileRun" in self.options
        if separate:
            self.say("=== Performance summary ===")
            self.say("Throughput: 950.5 qps")
            tail = "".join(f", percentile({each}%) = 1.125 ms" for each in percentiles)
            for name in ("Latency", "GPU Compute Time"):
                self.say(f"{name}: min = 1 ms, max = 1.25 ms, mean = 1.0625 ms, median = 1.03125 ms{tail}")
            self.say("Total Host Walltime: 3.00125 s")
            record = {"startEnqMs": 0, "endEnqMs": 0.25, "computeMs": 1.0, "latencyMs": 1.0}
            self.write("exportTimes", json.dumps([record] * 3))
        rows = "".join(f', {{ "name" : "{name}", "timeMs" : {10 * ms}, "averageMs" : {ms}, "medianMs" : {ms}, '
                       f'"percentage" : {100 * ms} }}\n' for name, _, ms in LAYERS)
        self.write("exportProfile", '[\n  { "count" : 10 }\n' + rows + "]\n")
        self.layer_info(True)
        self.say("=== Profile (10 iterations ) ===")
        self.banner("PASSED")
        return 0

    def main(self):
        if os.environ.get("STANDIN_ARGV") and self.argv != ["--help"]:
            with open(os.environ["STANDIN_ARGV"], "a", encoding="utf-8") as file:
                file.write(json.dumps(self.argv) + "\n")
        self.banner("RUNNING")
        if self.argv == ["--help"]:
            self.print_help()
            return 0
        if not self.parse():
            self.banner("FAILED")
            return 1
        return self.run() if "loadEngine" in self.options else self.build()


if __name__ == "__main__":
    sys.exit(StandIn(sys.argv).main())
