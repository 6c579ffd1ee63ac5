"""An engine plan as a pandas dataframe, with the interface of TREx."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
import os
import warnings
from typing import TYPE_CHECKING, Any, Dict, List, Optional, Tuple

from . import _core
from .activations import Activation
from .df_preprocessing import _named, filter_by_layer
from .engine import Engine
from .layer import _DECONVOLUTION, Layer, _fold_raw, _type_named
from .parser import (
    _REMOVED,
    _clean_by_row,
    _existing,
    _in_archive,
    _is_there,
    _member,
    _plain,
    _unique_names,
    _without_collector,
    read_profiling_file,
)
from .table import Column

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["EnginePlan", "summary_dict", "print_summary"]

# What a plan takes from an archive that stands for its graph file.
_ROLES = ("graph", "profile", "profile_metadata", "build_metadata")


def _optional_file(path: Any, files: Dict[str, str], kind: str) -> None:
    if path is None:
        return
    if _is_there(path):
        files[kind] = _member(os.fspath(path), kind)
    else:
        warnings.warn(f"{path}: no such file; going on without it", stacklevel=4)


class EnginePlan:
    """An engine with its profile and metadata.

    `df` is the table of its layers. Times are in ms, sizes in bytes; what the files do not say is
    NaN, never 0. An archive (.tea) as `graph_file` brings the other files along. `engine` is the
    same engine over the C++ core, which is faster and says more.
    """

    def __init__(
        self,
        graph_file: Any,
        profiling_file: Any = None,
        profiling_metadata_file: Any = None,
        build_metadata_file: Any = None,
        name: Optional[str] = None,
        profile_id: Optional[int] = None,
    ) -> None:
        self._profiling_file: Optional[str] = None
        if profiling_file is not None:
            self._profiling_file = _member(_existing(profiling_file), "profile")
        if isinstance(graph_file, (list, tuple)):
            self._native, default_name = self._from_layers(list(graph_file), name, profile_id)
        else:
            self._native = self._from_files(
                graph_file, profiling_metadata_file, build_metadata_file, name, profile_id
            )
            default_name = os.path.basename(os.fspath(graph_file))
        self.name = default_name if name is None else name
        self.engine = Engine(self._native)
        self._warn_of_pairing()
        self.bindings: List[str] = self._native.binding_names or (
            [""] if isinstance(graph_file, (list, tuple)) else []
        )
        self._made: Dict[str, Any] = {}
        self._rows, self._constant_rows, self._with_no_ops = self._split_rows()
        profile, build = self._native.profile_metadata, self._native.build_metadata
        self.device_properties = dict(profile.get("device_information", {}))
        self.performance_summary = dict(profile.get("performance_summary", {}))
        self.builder_cfg = {**build.get("model_options", {}), **build.get("build_options", {})}

    def _from_layers(
        self, layers: List[Any], name: Optional[str], profile_id: Optional[int]
    ) -> Tuple[_core.Engine, str]:
        text = json.dumps({"Layers": layers, "Bindings": []})
        return _core.load_text(text, name or "", profile_id, self._profiling_file or ""), ""

    def _from_files(
        self, graph: Any, profile_metadata: Any, build_metadata: Any, name: Any, profile_id: Any
    ) -> _core.Engine:
        path = _existing(graph)
        files = {kind: file for kind, file in _in_archive(path).items() if kind in _ROLES}
        files.setdefault("graph", path)
        if self._profiling_file is not None:
            files["profile"] = self._profiling_file
        _optional_file(profile_metadata, files, "profile_metadata")
        _optional_file(build_metadata, files, "build_metadata")
        if name:
            files["name"] = name
        self._profiling_file = files.get("profile")
        return _core.load_named(files, profile_id)

    def _warn_of_pairing(self) -> None:
        facts = self._native.profile
        missing = facts["rows"] - facts["matched_rows"]
        if facts["present"] and missing:
            warnings.warn(
                f"{self.name}: {missing} of {facts['rows']} profile rows belong to no layer; "
                "are these files of the same engine?",
                stacklevel=3,
            )

    def _split_rows(self) -> Tuple[List[int], List[int], List[int]]:
        """Rows of the core's tables: those of `df`, of constants, and of `df` with NoOps."""
        kinds = self._native.plain_layers.column("type").to_list()
        kept = [row for row, kind in enumerate(kinds) if kind not in _REMOVED]
        constants = [row for row in kept if kinds[row] == "Constant"]
        with_no_ops = [row for row in kept if kinds[row] != "Constant"]
        return [row for row in with_no_ops if kinds[row] != "NoOp"], constants, with_no_ops

    def _raws_of(self, rows: List[int]) -> List[Dict[str, Any]]:
        """The layers as the file has them, under unique names."""
        by_row: Dict[int, Dict[str, Any]] = self._once("raws", lambda: _clean_by_row(self._native))
        return [by_row[row] for row in rows]

    @property
    def _raws(self) -> List[Dict[str, Any]]:
        return self._raws_of(self._rows)

    @property
    def _folded(self) -> List[Dict[str, Any]]:
        """The table shows layers as the file has them, the graph with NoOps folded away."""
        folded: List[Dict[str, Any]] = self._once(
            "folded", lambda: _fold_raw(self._raws_of(self._with_no_ops), self.bindings)
        )
        return folded

    def _once(self, name: str, make: Any) -> Any:
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

    @classmethod
    def from_string(cls, log_string: str) -> "EnginePlan":
        """A plan from the text of its graph JSON."""
        parsed = json.loads(log_string)
        return cls(parsed["Layers"] if isinstance(parsed, dict) else parsed)

    @property
    def layers(self) -> List[Layer]:
        """Without constants and NoOps, in execution order."""
        layers: List[Layer] = self._once("layers", lambda: [Layer(raw) for raw in self._folded])
        return layers

    @property
    def constants(self) -> List[Layer]:
        """The constant layers."""
        made: List[Layer] = self._once(
            "constants", lambda: [Layer(raw) for raw in self._raws_of(self._constant_rows)]
        )
        return made

    @property
    def all_layers(self) -> List[Layer]:
        """Constants, then layers."""
        return self.constants + self.layers

    @property
    def df(self) -> "pd.DataFrame":
        """One row a layer."""
        frame: "pd.DataFrame" = self._once("df", self._make_df)
        return frame

    @df.setter
    def df(self, frame: "pd.DataFrame") -> None:
        self._made["df"] = frame

    @property
    def _df(self) -> "pd.DataFrame":
        return self.df

    def _column(self, name: str) -> Any:
        """Of the core's table, the rows of `df`; floats with NaN, or objects."""
        import numpy as np

        plain = self._native.plain_layers
        known = name in plain.column_names()
        column = Column(plain.column(name)) if known else self.engine.all_layers[name]
        if column.type in ("real", "integer"):
            values = column.numpy()[self._rows]
            if column.type == "real":
                return values
            unknown = values == np.iinfo(np.int64).min
            return np.where(unknown, np.nan, values) if unknown.any() else values
        cells = column.to_list()
        return [cells[row] for row in self._rows]

    def _weights_sizes(self) -> Any:
        import numpy as np

        biases = np.frombuffer(self._native.bias_bytes(), dtype="int64")[self._rows]
        return self._column("weights_bytes") - biases

    def _attributes(self) -> Dict[str, Any]:
        """The layers' own JSON by attribute, names unique, as arrays."""
        import numpy as np

        absent = {"Inputs": [], "Outputs": [], "TacticName": "TensorRT"}
        with _without_collector():
            columns, left_out = self._native.raw_columns(self._rows, absent)
        if left_out:
            warnings.warn(
                f"{self.name}: {left_out} attributes are left out of df; "
                "find(name).raw_dict has them",
                stacklevel=6,
            )
        unique = _unique_names(self._native)
        columns["Name"] = np.array([unique[row] for row in self._rows], dtype=object)
        if "Metadata" in columns:
            columns["Metadata"] = np.array([_plain(m) for m in columns["Metadata"]], dtype=object)
        return columns

    def _types(self) -> List[str]:
        kinds = [kind or "" for kind in self._column("type")]
        subtypes = self._column("subtype")
        if not any(str(kind).startswith(_DECONVOLUTION) for kind in set(subtypes)):
            return kinds
        return [_type_named(kind, subtype) for kind, subtype in zip(kinds, subtypes)]

    def _make_df(self) -> "pd.DataFrame":
        import pandas as pd

        inputs, outputs = self._column("input_precision"), self._column("output_precision")
        kinds = self._types()
        io_bytes, weights = self._column("io_bytes"), self._weights_sizes()
        columns = {
            **_named(self._attributes(), kinds),
            "output_precision": [name or "" for name in outputs],
            "total_io_size_bytes": io_bytes,
            "weights_size": weights,
            "total_footprint_bytes": io_bytes + weights,
            "precision": [a or b or "" for a, b in zip(inputs, outputs)],
            "latency.time": self._column("total_ms"),
            "latency.avg_time": self._column("time_ms"),
            "latency.median_time": self._column("median_ms"),
            "latency.pct_time": self._column("share") * 100,
        }
        columns.setdefault("type", kinds)
        return pd.DataFrame(columns, index=range(len(self._rows)))

    @property
    def total_runtime(self) -> float:
        """Sum of the layers' mean times, in ms; 0 without a profile."""
        return float(self.df["latency.avg_time"].sum())

    @property
    def total_weights_size(self) -> int:
        """Bytes of all layers' weights, without biases."""
        return int(self.df["weights_size"].sum())

    @property
    def total_act_size(self) -> int:
        """Bytes of all activations, each counted once."""
        size: Optional[int] = self._once("summary", self.engine.summary_json)["activation_bytes"]
        return size or 0

    @property
    def _raw_perf(self) -> Optional[List[Dict[str, Any]]]:
        if self._profiling_file is None:
            return None
        return read_profiling_file(self._profiling_file)

    def get_layers_by_type(self, layer_type: str) -> "pd.DataFrame":
        """The layers of one type, with the attributes of that type as `attr.*`."""
        return filter_by_layer(self.df, layer_type)

    def find(self, layer_name: str) -> Optional[Layer]:
        """The layer of that name; None when there is none."""
        by_name = self._once("by_name", lambda: {layer.name: layer for layer in self.layers})
        layer: Optional[Layer] = by_name.get(layer_name)
        return layer

    def get_bindings(self) -> Tuple[List[Activation], List[Activation]]:
        """(engine inputs, engine outputs), in the order of the file."""
        inputs: Dict[str, Activation] = {}
        outputs: Dict[str, Activation] = {}
        names = set(self.bindings)
        written = {tensor["Name"] for raw in self._folded for tensor in raw["Outputs"]}
        for raw in self._folded:
            for tensor in raw["Inputs"]:
                if tensor["Name"] in names and tensor["Name"] not in written:
                    inputs.setdefault(tensor["Name"], Activation(tensor))
            for tensor in raw["Outputs"]:
                if tensor["Name"] in names:
                    outputs.setdefault(tensor["Name"], Activation(tensor))
        order = {name: i for i, name in enumerate(self.bindings)}
        return (
            sorted(inputs.values(), key=lambda a: order[a.name]),
            sorted(outputs.values(), key=lambda a: order[a.name]),
        )

    def summary(self) -> None:
        """Prints what the engine is."""
        print_summary(self)

    def explore(self, height: int = 720) -> Any:
        """The interactive page in a notebook cell."""
        return self.engine.explore(height)

    def __repr__(self) -> str:
        return f"<EnginePlan {self.name}: {len(self._rows)} layers>"


def summary_dict(plan: EnginePlan) -> Dict[str, str]:
    """What the engine is, as texts: inputs, outputs, time, layers, weights, activations."""
    megabyte = 1024.0 * 1024.0
    inputs, outputs = plan.get_bindings()
    return {
        "Inputs": ", ".join(map(str, inputs)),
        "Outputs": ", ".join(map(str, outputs)),
        "Average time": f"{plan.total_runtime:.3f} ms",
        "Layers": str(len(plan._rows)),
        "Weights": f"{plan.total_weights_size / megabyte:.1f} MB",
        "Activations": f"{plan.total_act_size / megabyte:.1f} MB",
    }


def _summary_blocks(plan: EnginePlan) -> List[Tuple[str, Dict[str, Any]]]:
    return [
        ("Model", {**summary_dict(plan)}),
        ("Device Properties", plan.device_properties),
        ("Builder Configuration", plan.builder_cfg),
        ("Performance Summary", plan.performance_summary),
    ]


def print_summary(plan: EnginePlan) -> None:
    """Prints the summary, the device, the build and the performance, as far as they are known."""
    for title, entries in _summary_blocks(plan):
        print(f"{title}:")
        for key, value in entries.items():
            print(f"\t{key}: {value}")
