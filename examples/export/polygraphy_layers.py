"""Builds an ONNX model with Polygraphy and writes its layers and their times for trex.

    python polygraphy_layers.py net.onnx net

For the layers alone, of an engine that was built with detailed verbosity, the command
`polygraphy inspect model net.engine --show layers` prints text; this writes the JSON.
"""

# SPDX-License-Identifier: Apache-2.0

import sys

import tensorrt as trt
from polygraphy.backend.trt import CreateConfig, EngineFromNetwork, NetworkFromOnnxPath, TrtRunner
from polygraphy.comparator import DataLoader

from export_layers import LayerTimes, write_layers


def main(onnx, name, inferences=100):
    build = EngineFromNetwork(
        NetworkFromOnnxPath(onnx),
        config=CreateConfig(profiling_verbosity=trt.ProfilingVerbosity.DETAILED))
    with TrtRunner(build) as runner:
        feed = next(iter(_inputs(runner)))
        runner.infer(feed)  # the context gets its shapes
        times = LayerTimes()
        runner.context.profiler = times
        for _ in range(inferences):
            runner.infer(feed)
        write_layers(runner.engine, runner.context, f"{name}.graph.json")
        times.write(f"{name}.profile.json")


def _inputs(runner):
    data = DataLoader()
    data.input_metadata = runner.get_input_metadata()
    return data


if __name__ == "__main__":
    main(*sys.argv[1:3])
