"""Writes a TensorRT engine's layers and their times as trex (and TREx) reads them.

    times = LayerTimes()
    context.profiler = times             # layer by layer: slower than without
    for _ in range(100):
        context.execute_async_v3(stream)
    stream.synchronize()
    write_layers(engine, context, "net.graph.json")
    times.write("net.profile.json")

The engine must be built with config.profiling_verbosity = trt.ProfilingVerbosity.DETAILED, and the
context must have its input shapes and tensor addresses set.
"""

# SPDX-License-Identifier: Apache-2.0

import json
import statistics

import tensorrt as trt


def write_layers(engine, context, path):
    """The engine inspector's JSON; with `context` shapes and formats are those of its inputs."""
    inspector = engine.create_engine_inspector()
    inspector.execution_context = context
    with open(path, "w", encoding="utf-8") as file:
        file.write(inspector.get_engine_information(trt.LayerInformationFormat.JSON))


def profile_records(times):
    """{name: [ms of each inference]} -> trtexec's records."""
    total = sum(sum(values) for values in times.values())
    yield {"count": max(map(len, times.values()), default=0)}
    for name, values in times.items():
        yield {
            "name": name,
            "timeMs": sum(values),
            "averageMs": sum(values) / len(values),
            "medianMs": statistics.median(values),
            "percentage": 100 * sum(values) / total if total else 0,
        }


class LayerTimes(trt.IProfiler):
    """Keeps what the context reports; layers of one name count as one."""

    def __init__(self):
        trt.IProfiler.__init__(self)
        self.times = {}

    def report_layer_time(self, layer_name, ms):
        self.times.setdefault(layer_name, []).append(ms)

    def write(self, path):
        with open(path, "w", encoding="utf-8") as file:
            json.dump(list(profile_records(self.times)), file, indent=1)
