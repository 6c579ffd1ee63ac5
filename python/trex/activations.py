"""One input or output tensor of a layer."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

from . import _core

__all__ = ["Activation", "create_activations"]


def _format_texts(raw: Dict[str, Any]) -> Tuple[str, str]:
    """The format and, from TensorRT 11 on, the datatype beside it."""
    for key in ("Format/Datatype", "Format"):
        if key in raw:
            return str(raw[key]), str(raw.get("Datatype", raw.get("DataType", "")))
    return "", str(raw.get("Datatype", raw.get("DataType", "")))


def _short_format(facts: Dict[str, Any], raw_format: str) -> str:
    """As TREx wrote it: "FP16 NHWC8", "Int8 NC/32HW32"; the file's own word without a layout."""
    if not facts["layout"]:
        return raw_format or facts["name"] or "Unknown format"
    name: str = facts["name"]
    return "Int8" + name[4:] if name.startswith("INT8 ") else name


class Activation:
    """A tensor as a layer sees it.

    `shape` (-1 is dynamic), `format`, `precision` ("FP16", "INT8" ...; "" unknown), `data_size`
    (bytes an element, 0.5 for four bits), `size_bytes` (with the padding of the layout; None when
    it cannot be known: a dynamic shape, an unknown format).
    """

    def __init__(self, raw_dict: Dict[str, Any]) -> None:
        self.raw_dict = raw_dict
        self.name: str = raw_dict.get("Name", "")
        self.shape: List[int] = list(raw_dict.get("Dimensions", []))
        raw_format, datatype = _format_texts(raw_dict)
        facts = _core.format(raw_format, datatype, self.shape)
        self.format: str = _short_format(facts, raw_format)
        self.precision: str = facts["datatype"]
        bits: Optional[int] = facts["bits"]
        self.data_size: Any = None if bits is None else (bits // 8 if bits % 8 == 0 else bits / 8)
        self.size_bytes: Optional[int] = facts["bytes"]

    def tooltip(self) -> str:
        """Shape, format and name, a line each."""
        return "\\n".join((str(self.shape), f"{self.format}", self.name))

    def __repr__(self) -> str:
        return f"{self.name}: {self.shape}x{self.format}"


def create_activations(layer: Any) -> Tuple[List[Activation], List[Activation]]:
    """The inputs and outputs of one row of a plan's dataframe."""
    inputs = [Activation(tensor) for tensor in layer.Inputs]
    outputs = [Activation(tensor) for tensor in layer.Outputs]
    return inputs, outputs
