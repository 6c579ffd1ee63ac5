"""Readers of single files, as TREx offered them; the work is the C++ loader's."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import contextlib
import gc
import json
import os
from typing import Any, Dict, Iterator, List, Optional, Tuple

from . import _core

__all__ = [
    "read_json",
    "read_graph_file",
    "read_profiling_file",
    "read_metadata_file",
    "read_timing_file",
    "read_perf_metadata_file",
    "get_device_properties",
    "get_performance_summary",
    "get_builder_config",
    "import_graph_file",
]

_REMOVED = ("shape_call", "signal", "wait")


def _existing(path: Any) -> str:
    path = os.fspath(path)
    if not os.path.exists(path):
        raise FileNotFoundError(f"{path}: no such file")
    return str(path)


def read_json(json_file: Any) -> Any:
    """The file's JSON; a ValueError names the file and the place of a mistake."""
    path = _existing(json_file)
    with open(path, encoding="utf-8-sig", errors="replace") as file:
        try:
            return json.load(file)
        except json.JSONDecodeError as error:
            raise ValueError(
                f"{path}: line {error.lineno}, column {error.colno}: {error.msg}"
            ) from error


def _binding_names(native: _core.Engine) -> List[str]:
    return [str(name) for name in native.bindings.column("name").to_list()]


def read_graph_file(graph_file: Any) -> Tuple[List[Dict[str, Any]], List[str]]:
    """(layers as the file has them, names of the engine's inputs and outputs)."""
    native = _core.load_named({"graph": _existing(graph_file)}, None)
    with _without_collector():
        return native.raw_layers(range(len(native.layers))), _binding_names(native)


def _unique(name: str, taken: Dict[str, int]) -> str:
    """A, A_2, A_3 ... and never a name that another layer has."""
    if name not in taken:
        taken[name] = 1
        return name
    while True:
        taken[name] += 1
        candidate = f"{name}_{taken[name]}"
        if candidate not in taken:
            taken[candidate] = 1
            return candidate


def _plain(text: Any) -> Any:
    """TensorRT separates the parts of names and metadata by control characters."""
    if isinstance(text, str) and ("\x1e" in text or "\x1f" in text):
        return text.replace("\x1e", "+").replace("\x1f", "+")
    return text


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """Millions of new objects, none of them garbage: looking for cycles among them doubles the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _unique_names(native: _core.Engine) -> List[str]:
    """By row: unique, without control characters; signals and waits do not take a name."""
    taken: Dict[str, int] = {}
    names = [_plain(name or "") for name in native.layers.column("name").to_list()]
    if len(set(names)) == len(names):
        return names
    kinds = native.layers.column("type").to_list()
    return [
        name if kind in _REMOVED else _unique(name, taken) for name, kind in zip(names, kinds)
    ]


def _clean_by_row(native: _core.Engine) -> Dict[int, Dict[str, Any]]:
    """Layers under unique names without control characters, by row; no signals, waits."""
    kinds = native.layers.column("type").to_list()
    rows = [row for row, kind in enumerate(kinds) if kind not in _REMOVED]
    names = _unique_names(native)
    with _without_collector():
        layers = dict(zip(rows, native.raw_layers(rows)))
    for row, raw in layers.items():
        raw["Name"] = names[row]
        if "Metadata" in raw:
            raw["Metadata"] = _plain(raw["Metadata"])
        for side in ("Inputs", "Outputs"):
            if raw.get(side) is None:
                raw[side] = []
        if str(raw.get("LayerType", "")).startswith("CaskDeconvolution"):
            raw["ParameterType"] = "Deconvolution"
    return layers


def import_graph_file(
    graph_file: Any, profile_id: Optional[int] = None
) -> Tuple[List[Dict[str, Any]], List[str]]:
    """As read_graph_file, for one optimization profile, cleaned: unique names, no signal or wait."""
    native = _core.load_named({"graph": _existing(graph_file)}, profile_id)
    return list(_clean_by_row(native).values()), _binding_names(native)


def read_profiling_file(profiling_file: Any) -> List[Dict[str, Any]]:
    """The records of trtexec's --exportProfile: name, timeMs, averageMs, medianMs, percentage."""
    records = read_json(profiling_file)
    if not isinstance(records, list):
        raise ValueError(f"{profiling_file}: not a profile: expected an array of records")
    return [record for record in records if isinstance(record, dict) and "name" in record]


def read_timing_file(timing_json_file: Any) -> List[float]:
    """latencyMs of each inference, from trtexec's --exportTimes."""
    return [record["latencyMs"] for record in read_json(timing_json_file) if "latencyMs" in record]


def read_metadata_file(metadata_file: Any, device: int = 0) -> Dict[str, Any]:
    """The properties of one GPU, from a list of all GPUs' (TREx's device_info.py)."""
    if metadata_file is None or not os.path.exists(metadata_file):
        return {}
    metadata = read_json(metadata_file)
    if isinstance(metadata, list):
        metadata = metadata[device]
    return dict(metadata)


def read_perf_metadata_file(metadata_file: Any, section: str) -> Dict[str, Any]:
    """One section of a metadata file: "device_information", "performance_summary" ...

    {} when there is no such file or section.
    """
    if metadata_file is None or not os.path.exists(metadata_file):
        return {}
    metadata = read_json(metadata_file)
    found = metadata.get(section, {}) if isinstance(metadata, dict) else {}
    return dict(found)


def get_device_properties(metadata_file: Any) -> Dict[str, Any]:
    return read_perf_metadata_file(metadata_file, "device_information")


def get_performance_summary(metadata_file: Any) -> Dict[str, Any]:
    return read_perf_metadata_file(metadata_file, "performance_summary")


def get_builder_config(metadata_file: Any) -> Dict[str, Any]:
    """Options of the model and of the build."""
    config = read_perf_metadata_file(metadata_file, "model_options")
    config.update(read_perf_metadata_file(metadata_file, "build_options"))
    return config
