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
    """The path; FileNotFoundError where neither it nor an archive that it leads into is there."""
    path = os.fspath(path)
    outer = path
    while outer and not os.path.exists(outer) and os.path.dirname(outer) != outer:
        outer = os.path.dirname(outer)
    if path != outer and not (os.path.isfile(outer) and _core.is_archive(outer)):
        raise FileNotFoundError(f"{path}: no such file")
    return str(path)


def _is_there(path: Any) -> bool:
    try:
        _existing(path)
    except FileNotFoundError:
        return False
    return True


def _in_archive(path: str) -> Dict[str, str]:
    """By role ("graph", "profile" ...) the files of an archive's engine; {} for any other file."""
    if not _core.is_archive(path):
        return {}
    engines = _core.find_files([path])
    if len(engines) != 1:
        names = ", ".join(engine["name"] for engine in engines)
        raise ValueError(f"{path}: holds {len(engines)} engines ({names}): name a file in it")
    return engines[0]


def _member(path: str, role: str) -> str:
    """Of an archive the file that plays the role; any other file itself."""
    files = _in_archive(path)
    if files and role not in files:
        raise ValueError(f"{path}: holds no {role.replace('_', ' ')}")
    return files.get(role, path)


def read_json(json_file: Any) -> Any:
    """The file's JSON, also of a file in an archive; a ValueError names the place of a mistake."""
    path = _existing(json_file)
    text = _core.read_file(path).decode("utf-8-sig", errors="replace")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(
            f"{path}: line {error.lineno}, column {error.colno}: {error.msg}"
        ) from error


def _read_role(path: Any, role: str) -> Any:
    return read_json(_member(_existing(path), role))


def read_graph_file(graph_file: Any) -> Tuple[List[Dict[str, Any]], List[str]]:
    """(layers as the file has them, names of the engine's inputs and outputs)."""
    native = _core.load_named({"graph": _member(_existing(graph_file), "graph")}, None)
    with _without_collector():
        return native.raw_layers(range(len(native.plain_layers))), native.binding_names


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
    """Many new objects, none of them garbage: looking for cycles among them doubles the time."""
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
    names = [_plain(name or "") for name in native.plain_layers.column("name").to_list()]
    if len(set(names)) == len(names):
        return names
    kinds = native.plain_layers.column("type").to_list()
    return [
        name if kind in _REMOVED else _unique(name, taken) for name, kind in zip(names, kinds)
    ]


def _clean_by_row(native: _core.Engine) -> Dict[int, Dict[str, Any]]:
    """Layers under unique names without control characters, by row; no signals, waits."""
    kinds = native.plain_layers.column("type").to_list()
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
    native = _core.load_named({"graph": _member(_existing(graph_file), "graph")}, profile_id)
    return list(_clean_by_row(native).values()), native.binding_names


def read_profiling_file(profiling_file: Any) -> List[Dict[str, Any]]:
    """The records of trtexec's --exportProfile: name, timeMs, averageMs, medianMs, percentage."""
    records = _read_role(profiling_file, "profile")
    if not isinstance(records, list):
        raise ValueError(f"{profiling_file}: not a profile: expected an array of records")
    return [record for record in records if isinstance(record, dict) and "name" in record]


def read_timing_file(timing_json_file: Any) -> List[float]:
    """latencyMs of each inference, from trtexec's --exportTimes."""
    records = _read_role(timing_json_file, "timing")
    return [record["latencyMs"] for record in records if "latencyMs" in record]


def read_metadata_file(metadata_file: Any, device: int = 0) -> Dict[str, Any]:
    """The properties of one GPU, from a list of all GPUs' (TREx's device_info.py)."""
    if metadata_file is None or not _is_there(metadata_file):
        return {}
    metadata = read_json(metadata_file)
    if isinstance(metadata, list):
        metadata = metadata[device]
    return dict(metadata)


def read_perf_metadata_file(metadata_file: Any, section: str) -> Dict[str, Any]:
    """One section of a metadata file: "device_information", "performance_summary" ...

    {} when there is no such file or section. Of an archive: of the build's metadata or the
    profile's, whichever has the section.
    """
    if metadata_file is None or not _is_there(metadata_file):
        return {}
    path = _existing(metadata_file)
    files = _in_archive(path)
    roles = [files[r] for r in ("profile_metadata", "build_metadata") if r in files]
    for each in roles if files else [path]:
        metadata = read_json(each)
        found = metadata.get(section, {}) if isinstance(metadata, dict) else {}
        if found:
            return dict(found)
    return {}


def get_device_properties(metadata_file: Any) -> Dict[str, Any]:
    """The GPU, from the profile's metadata; {} when unknown."""
    return read_perf_metadata_file(metadata_file, "device_information")


def get_performance_summary(metadata_file: Any) -> Dict[str, Any]:
    """Throughput and latencies (ms), from the profile's metadata; {} when unknown."""
    return read_perf_metadata_file(metadata_file, "performance_summary")


def get_builder_config(metadata_file: Any) -> Dict[str, Any]:
    """Options of the model and of the build."""
    config = read_perf_metadata_file(metadata_file, "model_options")
    config.update(read_perf_metadata_file(metadata_file, "build_options"))
    return config
