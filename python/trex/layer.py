"""One layer of an engine plan."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import Any, Dict, Iterable, List, Optional, Sequence, Tuple

from . import _core
from .activations import Activation

__all__ = ["Layer", "fold_no_ops"]

_DECONVOLUTION = "CaskDeconvolution"
_INDEX_TYPES = ("INT32", "INT64", "BOOL", "")


def _blob(raw: Dict[str, Any], keys: Sequence[str]) -> Tuple[int, Optional[str], int]:
    """(count, type, bytes) of the first of these that the layer has."""
    for key in keys:
        blob = raw.get(key)
        if isinstance(blob, dict) and blob.get("Count"):
            count = int(blob["Count"])
            kind = blob.get("Type")
            size = _core.format(str(kind), "", [count])["bytes"]
            return count, kind, size or 0
    return 0, None, 0


def _sum(sizes: Iterable[Optional[int]]) -> Optional[int]:
    """None when a part is unknown."""
    total = 0
    for size in sizes:
        if size is None:
            return None
        total += size
    return total


def _precision_of(inputs: List[Activation], outputs: List[Activation]) -> Optional[str]:
    """Of the first input that carries data, not indices or shapes; of the output without one."""
    for tensors in (inputs, outputs):
        for tensor in tensors:
            if tensor.precision not in _INDEX_TYPES:
                return tensor.precision
    every = inputs + outputs
    return every[0].precision or None if every else None


def _type_named(kind: Any, subtype: Any) -> str:
    """TensorRT calls the parameters of a deconvolution those of a Convolution."""
    return "Deconvolution" if str(subtype).startswith(_DECONVOLUTION) else str(kind)


def _type_of(raw: Dict[str, Any]) -> str:
    subtype = raw.get("LayerType") or ""
    return _type_named(raw.get("ParameterType") or subtype, subtype)


class Layer:
    """A layer with its tensors and sizes, all in bytes; None where they cannot be known.

    `total_footprint_bytes` is inputs, outputs and weights, as TREx has it: the bias stands apart.
    """

    def __init__(self, raw_dict: Dict[str, Any]) -> None:
        self.raw_dict = raw_dict
        self.name: str = raw_dict.get("Name", "")
        self.type: str = _type_of(raw_dict)
        self.subtype: str = raw_dict.get("LayerType", "")
        self.metadata: Optional[str] = raw_dict.get("Metadata")
        self.inputs = [Activation(tensor) for tensor in raw_dict.get("Inputs", [])]
        self.outputs = [Activation(tensor) for tensor in raw_dict.get("Outputs", [])]
        self.inputs_size_bytes = _sum(tensor.size_bytes for tensor in self.inputs)
        self.outputs_size_bytes = _sum(tensor.size_bytes for tensor in self.outputs)
        self.total_io_size_bytes = _sum((self.inputs_size_bytes, self.outputs_size_bytes))
        self.weights_cnt, self.weights_type, self.weights_size = _blob(
            raw_dict, ("Weights", "ConvWeights", "weights", "Constants")
        )
        self.bias_cnt, self.bias_type, self.bias_size = _blob(raw_dict, ("Bias", "ConvBias"))
        self.total_footprint_bytes = _sum((self.total_io_size_bytes, self.weights_size))
        self.precision = _precision_of(self.inputs, self.outputs)

    def tooltip(self) -> str:
        """Every attribute of the file, sorted, a line each."""
        return "\\n".join(
            f"{key}:{value}"
            for key, value in sorted(self.raw_dict.items())
            if key not in ("InputRegions", "OutputRegions", "Inputs", "Outputs")
        )

    def __repr__(self) -> str:
        return f"Layer({self.name})"


def _renamed(tensor: Dict[str, Any], names: Dict[str, str]) -> Dict[str, Any]:
    """The tensor under the name at the end of the chain of replacements."""
    name = tensor.get("Name", "")
    seen = set()
    while name in names and name not in seen:
        seen.add(name)
        name = names[name]
    if name == tensor.get("Name", ""):
        return tensor
    return {**tensor, "Name": name}


def _fold_raw(raws: List[Dict[str, Any]], bindings: Sequence[str]) -> List[Dict[str, Any]]:
    """Layers without NoOps: who reads a NoOp's output reads its input instead.

    Where nobody reads it (an engine output), the layer that writes the NoOp's input writes the
    output.
    """
    folded = [raw for raw in raws if _type_of(raw) == "NoOp"]
    if not folded:
        return raws
    kept = [raw for raw in raws if _type_of(raw) != "NoOp"]
    consumed = {t.get("Name") for raw in raws for t in raw.get("Inputs", [])}
    replaced: Dict[str, str] = {}
    written: Dict[str, Dict[str, Any]] = {}
    for raw in folded:
        inputs, outputs = raw.get("Inputs", []), raw.get("Outputs", [])
        if not inputs or not outputs:
            continue
        source, target = inputs[0].get("Name", ""), outputs[0].get("Name", "")
        if target in consumed and target not in bindings:
            replaced[target] = source
        else:
            written[source] = outputs[0]
    if not replaced and not written:
        return kept
    result = []
    for raw in kept:
        sources = [_renamed(tensor, replaced) for tensor in raw.get("Inputs", [])]
        inputs = [
            {**t, "Name": written[t["Name"]]["Name"]} if t.get("Name") in written else t
            for t in sources
        ]
        outputs = [written.get(t.get("Name", ""), t) for t in raw.get("Outputs", [])]
        result.append({**raw, "Inputs": inputs, "Outputs": outputs})
    return result


def fold_no_ops(layers: List[Layer], bindings: Sequence[str]) -> List[Layer]:
    """The layers without NoOps, their neighbours connected."""
    if all(layer.type != "NoOp" for layer in layers):
        return layers
    return [Layer(raw) for raw in _fold_raw([layer.raw_dict for layer in layers], bindings)]
