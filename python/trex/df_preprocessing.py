"""The plan's dataframe: columns by layer type, cleaned for people, figures of convolutions."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Dict, List, Sequence

from .activations import Activation

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "layer_attributes",
    "fix_df",
    "clean_io",
    "filter_by_layer",
    "change_col_order",
    "drop_columns",
    "clean_df",
    "clean_for_display",
    "annotate_convolutions",
]

_CONVOLUTION = {
    "Kernel": "attr.kernel",
    "Stride": "attr.stride",
    "Dilation": "attr.dilation",
    "OutMaps": "attr.out_maps",
    "Groups": "attr.groups",
    "HasBias": "attr.has_bias",
    "Activation": "attr.activation",
    "HasReLU": "attr.has_relu",
}
_POINTWISE = {
    "ParameterSubType": "attr.subtype",
    "NbInputArgs": "attr.n_input_args",
    "NbOutputVars": "attr.n_output_vars",
    "NbParams": "attr.n_params",
    "NbLiterals": "attr.n_literals",
    "NbOperations": "attr.n_operations",
    "Operations": "attr.operations",
}

# For each layer type: which attributes of the file a table of its layers keeps, and their names.
layer_attributes: Dict[str, Dict[str, str]] = {
    "Convolution": _CONVOLUTION,
    "Deconvolution": _CONVOLUTION,
    "PointWise": _POINTWISE,
    "PointWiseV2": _POINTWISE,
    "Reformat": {"Origin": "attr.origin"},
    "Pooling": {
        "PoolingType": "attr.pooling_type",
        "WindowSize": "attr.window_size",
        "PaddingMode": "attr.padding_mode",
        "Stride": "attr.stride",
    },
    "Scale": {
        "Mode": "attr.mode",
        "Shift": "attr.shift",
        "Scale": "attr.scale",
        "Power": "attr.power",
        "Activation": "attr.activation",
        "ChannelAxis": "attr.ch_axis",
    },
    "Shuffle": {
        "FirstTranspose": "attr.first_transpose",
        "SecondTranspose": "attr.second_transpose",
        "Reshape": "attr.reshape",
        "ZeroIsPlaceholder": "attr.zero_is_placeholder",
        "ParameterSubType": "attr.subtype",
    },
    "Resize": {
        "ResizeMode": "attr.mode",
        "ResizeScales": "attr.scales",
        "NNRounding": "attr.nn_rounding",
        "Start": "attr.start",
        "CoordTransform": "attr.coord_transform",
        "ResizeSelector": "attr.selector",
    },
    "Slice": {
        "Start": "attr.start",
        "Stride": "attr.stride",
        "Size": "attr.size",
        "Mode": "attr.mode",
        "negativeInfinityPadding": "attr.negative_infinity_padding",
    },
    "MatrixMultiply": {"OpA": "attr.op_a", "OpB": "attr.op_b", "Alpha": "attr.alpha",
                       "Beta": "attr.beta"},
    "SoftMax": {"Axis": "attr.axis", "Log": "attr.log"},
}  # fmt: skip

_COMMON = (
    "Name", "type", "Inputs", "Outputs", "latency.avg_time", "latency.pct_time",
    "total_footprint_bytes", "total_io_size_bytes", "tactic", "precision", "subtype", "Weights",
)  # fmt: skip
_FIRST = (
    "Name", "type", "Inputs", "Outputs", "latency.avg_time", "latency.pct_time",
    "total_footprint_bytes", "tactic",
)  # fmt: skip
_INT32_COLUMNS = ("OutMaps", "Groups", "HasBias", "HasReLU")


def _fill_unknown(df: "pd.DataFrame") -> None:
    """Attributes that a layer does not have: 0 in numbers, "" in texts, None in lists.

    TREx filled every column with 0, so that texts, lists and numbers stood in one column.
    """
    import pandas as pd

    for name in df.columns:
        column = df[name]
        if str(name).startswith(("latency.", "total_", "weights_size")):
            continue
        if pd.api.types.is_numeric_dtype(column):
            if column.isna().any():
                df[name] = column.fillna(0)
            continue
        unknown = column.isna().to_numpy()
        if not unknown.any():
            continue
        kind = pd.api.types.infer_dtype(column[~unknown], skipna=True)
        cells = column.to_numpy(dtype=object, copy=True)
        cells[unknown] = "" if kind in ("string", "empty") else None
        df[name] = pd.Series(cells, index=df.index, dtype=object)


def _named(columns: Dict[str, Any], kinds: Any) -> Dict[str, Any]:
    """Columns of raw layers under TREx's names; `kinds` is the column `type`."""
    names = {"LayerType": "subtype", "TacticName": "tactic"} if "LayerType" in columns else {}
    named = {
        names.get(name, name): cells
        for name, cells in columns.items()
        if name != "ParameterType" or not names
    }
    if names:
        named["type"] = kinds
    named.setdefault("tactic", "TensorRT")
    for name in _INT32_COLUMNS:
        if name in named and named[name].dtype.kind in "iuf":
            named[name] = named[name].astype("int32")
    return named


def fix_df(df: "pd.DataFrame") -> "pd.DataFrame":
    """A dataframe of raw layers with TREx's names: type, subtype, tactic, output_precision."""
    import pandas as pd

    df = df.copy(deep=False)
    kinds = df.get("LayerType")
    if kinds is not None and "ParameterType" in df.columns:
        kinds = df["ParameterType"].where(df["ParameterType"].notna(), kinds)
    if "TacticName" in df.columns:
        df["TacticName"] = df["TacticName"].fillna("TensorRT")
    if "output_precision" not in df.columns and "Outputs" in df.columns:
        df["output_precision"] = [
            Activation(outputs[0]).precision if outputs else "" for outputs in df["Outputs"]
        ]
    _fill_unknown(df)
    precisions = {"output_precision": df.pop("output_precision")} if "Outputs" in df.columns else {}
    named = _named(dict(df.items()), kinds)
    return pd.DataFrame({**named, **precisions}, index=df.index)


def _said_tensors(tensors: Any) -> Any:
    if not isinstance(tensors, list):
        return tensors
    return ", ".join(t if isinstance(t, str) else Activation(t).format for t in tensors)


def clean_io(df: "pd.DataFrame") -> None:
    """Inputs and Outputs become their formats as text, in place: "FP16 NCHW, FP16 NCHW"."""
    for name in ("Inputs", "Outputs"):
        if name in df.columns:
            df[name] = [_said_tensors(tensors) for tensors in df[name]]


def drop_columns(df: "pd.DataFrame", columns: Sequence[str]) -> None:
    """Drops, in place, those of the columns that are there."""
    df.drop(columns=[name for name in columns if name in df.columns], inplace=True)


def clean_df(df: "pd.DataFrame", inplace: bool = True) -> "pd.DataFrame":
    """Drops columns in which no layer has anything."""
    if not inplace:
        df = df.copy()

    def is_empty(cell: Any) -> bool:
        return cell is None or cell != cell or (isinstance(cell, (str, list, dict)) and not cell)

    drop_columns(df, [name for name in df.columns if len(df) and all(map(is_empty, df[name]))])
    return df


def change_col_order(df: "pd.DataFrame") -> "pd.DataFrame":
    """The usual columns first."""
    first = [name for name in _FIRST if name in df.columns]
    return df[first + [name for name in df.columns if name not in first]]


def clean_for_display(df: "pd.DataFrame") -> "pd.DataFrame":
    """A copy for people: formats as text, the usual columns first, without internal ones."""
    df = clean_df(df.copy())
    clean_io(df)
    df = change_col_order(df).copy()
    drop_columns(df, ["subtype", "TacticValue", "precision", "total_io_size_bytes"])
    return df


def _types_named(layer_type: str) -> List[str]:
    return ["PointWise", "PointWiseV2"] if layer_type == "PointWise" else [layer_type]


def filter_by_layer(df: "pd.DataFrame", layer_type: str) -> "pd.DataFrame":
    """The layers of one type with the columns that matter for it, attributes named `attr.*`."""
    rows = df[df["type"].isin(_types_named(layer_type))]
    names = layer_attributes.get(layer_type, {})
    if layer_type in layer_attributes:
        latency = ["latency.avg_time", "latency.pct_time"]
        keep = [
            name
            for name in rows.columns
            if name in names
            or name in latency
            or (name in _COMMON and (name != "Weights" or "Kernel" in names))
        ]
        rows = rows[keep]
    rows = rows.rename(columns=names).copy()
    if layer_type in ("Convolution", "Deconvolution"):
        annotate_convolutions(rows)
    return rows


def _product(values: Sequence[int]) -> int:
    return math.prod(values)


def _gemm_of(conv: Any, transposed: bool) -> List[Any]:
    """M, N, K of the implicit GEMM; M x N x K = MACs. NaN where a shape is dynamic or unknown.

    A deconvolution scatters: M counts its input positions.
    """
    inputs = conv["Inputs"]
    outputs = conv["Outputs"]
    kernel = conv.get("attr.kernel")
    if not inputs or not outputs or not kernel:
        return [math.nan] * 3
    source, target = inputs[0].get("Dimensions", []), outputs[0].get("Dimensions", [])
    if len(source) < 3 or len(target) < 2 or min(source) < 0 or min(target) < 0:
        return [math.nan] * 3
    groups = int(conv.get("attr.groups", 1)) or 1
    maps = int(conv.get("attr.out_maps", 0)) or target[1]
    if transposed:
        return [
            source[0] * _product(source[2:]), maps * _product(kernel), source[1] // groups
        ]  # fmt: skip
    return [target[0] * _product(target[2:]), maps, source[1] * _product(kernel) // groups]


def annotate_convolutions(convs: "pd.DataFrame") -> None:
    """Adds, in place: attr.macs, attr.arithmetic_intensity (MACs a byte), attr.compute_efficiency
    (MACs a ms), attr.memory_efficiency (bytes a ms), attr.M, attr.N and attr.K.

    Convolutions of any rank; a group's share of the input channels counts in K.
    """
    import numpy as np
    import pandas as pd

    sizes = [
        _gemm_of(conv, str(conv.get("type")) == "Deconvolution")
        for conv in convs.to_dict("records")
    ]
    known = all(not math.isnan(part) for size in sizes for part in size)
    kind = "int64" if known else "float64"
    m, n, k = (pd.Series([s[i] for s in sizes], index=convs.index, dtype=kind) for i in range(3))
    macs = m * n * k
    bytes_moved = pd.to_numeric(convs["total_footprint_bytes"])
    # No figure rather than infinity where the time or the size is 0.
    time = convs["latency.avg_time"].replace(0, np.nan)
    convs["attr.macs"] = macs
    convs["attr.arithmetic_intensity"] = macs / bytes_moved.replace(0, np.nan)
    convs["attr.compute_efficiency"] = macs / time
    convs["attr.memory_efficiency"] = bytes_moved / time
    convs["attr.M"], convs["attr.N"], convs["attr.K"] = m, n, k
