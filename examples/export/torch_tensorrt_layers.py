"""Writes the layers and times of the TensorRT engines inside a Torch-TensorRT module.

    module = torch_tensorrt.compile(model, ir="dynamo", inputs=[x], use_python_runtime=True)
    write_engines(module, "net", run=lambda: module(x))

A module holds one engine a subgraph; each gives NAME_<i>.graph.json and NAME_<i>.profile.json.
Compile it with debug switched on (torch_tensorrt.logging.debug(), or debug=True in versions that
have it): only then are engines built with detailed verbosity. With the Python runtime a profiler
can be attached; the C++ runtime has enable_profiling() of its own, which writes one file a run.
"""

# SPDX-License-Identifier: Apache-2.0

import torch

from export_layers import LayerTimes, write_layers


def engines_of(module):
    """(engine, context) of every submodule that runs TensorRT in Python."""
    for part in module.modules():
        engine, context = getattr(part, "engine", None), getattr(part, "context", None)
        if hasattr(engine, "create_engine_inspector") and context is not None:
            yield engine, context


def write_engines(module, name, run, inferences=100):
    run()  # contexts get their shapes
    found = list(engines_of(module))
    if not found:
        # The C++ runtime keeps the engine to itself, but tells its layers.
        for i, part in enumerate(p for p in module.modules() if hasattr(p, "get_layer_info")):
            with open(f"{name}_{i}.graph.json", "w", encoding="utf-8") as file:
                file.write(part.get_layer_info())
        return
    profilers = []
    for engine, context in found:
        profilers.append(LayerTimes())
        context.profiler = profilers[-1]
    for _ in range(inferences):
        run()
    torch.cuda.synchronize()
    for i, ((engine, context), profiler) in enumerate(zip(found, profilers)):
        write_layers(engine, context, f"{name}_{i}.graph.json")
        profiler.write(f"{name}_{i}.profile.json")
