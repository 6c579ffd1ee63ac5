"""TREx's four linters. `plan.engine.lint()` runs all rules of trex and ranks what it finds.

Where a linter of TREx and a rule of ours ask the same thing, the facts are ours: which kernels run
on Tensor Cores comes from a grammar of kernel names.
"""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Optional, Tuple

from .activations import Activation

if TYPE_CHECKING:
    import pandas as pd

_FLOATS = ("FP64", "FP32", "TF32", "FP16", "BF16")
_QUANTIZED = ("INT8", "FP8", "INT4", "FP4")


class _Rows:
    """Rows of a dataframe with the facts that the core has of them."""

    def __init__(self, plan: Any, df: "pd.DataFrame") -> None:
        self.plan = plan
        self.df = df

    def __iter__(self) -> Iterator[Dict[str, Any]]:
        return iter(self.df.to_dict("records"))

    def core(self, column: str) -> Dict[str, Any]:
        """By layer name."""
        return dict(zip(self.plan.df["Name"], self.plan._column(column)))


def _frame(rows: List[Dict[str, Any]]) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(rows)


def _ends(row: Dict[str, Any]) -> Tuple[Optional[Activation], Optional[Activation]]:
    inputs, outputs = row["Inputs"], row["Outputs"]
    return (
        Activation(inputs[0]) if inputs else None,
        Activation(outputs[0]) if outputs else None,
    )


class ConvLinter:
    """Convolutions off the Tensor Cores, with float outputs of quantized math, misaligned.

    Each part gives a report by layer name; `lint()` has a row for every layer and hazard.
    """

    def __init__(self, plan: Any) -> None:
        self.plan = plan
        self.convs = plan.get_layers_by_type("Convolution")
        self._rows = _Rows(plan, self.convs)

    def _report(self, row: Dict[str, Any], hazard: str, mitigation: str, help: str) -> Any:
        return {
            "name": row["Name"],
            "tactic": row["tactic"],
            "subtype": row["subtype"],
            "hazard": hazard,
            "mitigation": mitigation,
            "help": help,
        }

    def tc_lint(self) -> Dict[str, Dict[str, Any]]:
        """Convolutions that run on no Tensor Core, as far as the kernel's name tells."""
        on_tensor_cores = self._rows.core("tensor_core")
        report = {}
        for row in self._rows:
            said = on_tensor_cores.get(row["Name"])
            if said == "yes":
                continue
            is_known = said == "no" or str(row["subtype"]).startswith("CudaDepthwise")
            source, _ = _ends(row)
            channels = source.shape[1] if source and len(source.shape) > 1 else 0
            few = 0 < channels <= 4
            report[row["Name"]] = self._report(
                row,
                "Convolution is not accelerated."
                if is_known
                else "Convolution may not be accelerated: its kernel's name does not tell.",
                f"The input has only {channels} channels: pad them." if few else "",
                "Tensor Cores accelerate large convolutions and GEMMs.",
            )
        return report

    def mixed_precision_lint(self) -> Dict[str, Dict[str, Any]]:
        """Quantized convolutions that write floats."""
        report = {}
        for row in self._rows:
            source, target = _ends(row)
            if not source or not target:
                continue
            if source.precision in _QUANTIZED and target.precision in _FLOATS:
                report[row["Name"]] = self._report(
                    row,
                    "Quantized Convolution has float outputs.",
                    "Consider adding quantization after the convolution.",
                    "Quantized Convolution with float outputs is ill advised for memory-limited "
                    "convolutions.",
                )
        return report

    def alignment_lint(self) -> Dict[str, Dict[str, Any]]:
        """Convolutions whose channels are no multiple of what Tensor Cores take."""
        report = {}
        for row in self._rows:
            source, target = _ends(row)
            if not source or not target or len(source.shape) < 2 or len(target.shape) < 2:
                continue
            step = 16 if source.precision in _QUANTIZED else 8
            if int(row.get("attr.groups", 1) or 1) > 1:  # a group's own channels are few
                continue
            if source.shape[1] % step == 0 and target.shape[1] % step == 0:
                continue
            report[row["Name"]] = self._report(
                row,
                "Convolution channels are not optimally aligned.",
                "Consider changing the alignment of the convolution's channels.",
                "For best performance, the input and outputs channels of a Tensor Core accelerated "
                "convolution should be aligned to 8 (FP32/FP16) or 16 (INT8)",
            )
        return report

    def lint(self) -> "pd.DataFrame":
        """All three parts as a DataFrame."""
        parts = (self.tc_lint(), self.mixed_precision_lint(), self.alignment_lint())
        return _frame([row for part in parts for row in part.values()])


def _conversions(
    df: "pd.DataFrame", kind: str, with_origin: bool
) -> List[Dict[str, Any]]:
    report = []
    for row in df.to_dict("records"):
        source, target = _ends(row)
        if not source or not target or source.precision == target.precision:
            continue
        quantizes = {source.precision, target.precision} & set(_QUANTIZED)
        entry = {"name": row["Name"]}
        if with_origin:
            entry["origin"] = row.get("attr.origin", row.get("Origin", "")) or ""
        entry.update(
            {
                "type conversion": f"{source.precision} -> {target.precision}",
                "shape conversion": f"{source.shape} -> {target.shape}",
                "hazard": f"{kind} layer is converting operand data type.",
                "mitigation": (
                    "Consider adding quantization around float operations."
                    if quantizes
                    else "Consider running the neighbours in one precision."
                ),
                "help": "Conversions between float32 and float16 are a red flag, as are "
                "conversions between float32/16 and INT8.",
            }
        )
        report.append(entry)
    return report


class ReformatLinter:
    """Reformat layers that change the datatype."""

    def __init__(self, plan: Any) -> None:
        self.plan = plan
        self.reformats = plan.get_layers_by_type("Reformat")

    def lint(self) -> "pd.DataFrame":
        """A row a conversion, as a DataFrame."""
        return _frame(_conversions(self.reformats, "Reformat", True))


class SliceLinter:
    """Slice layers that change the datatype."""

    def __init__(self, plan: Any) -> None:
        self.plan = plan
        self.slices = plan.get_layers_by_type("Slice")

    def lint(self) -> "pd.DataFrame":
        """A row a conversion, as a DataFrame."""
        return _frame(_conversions(self.slices, "Slice", False))


class QDQLinter:
    """Quantize and dequantize operations that stand alone, of whatever layer type."""

    def __init__(self, plan: Any) -> None:
        self.plan = plan
        self.scales = plan.get_layers_by_type("Scale")

    def lint(self) -> "pd.DataFrame":
        """A row an unfused layer, as a DataFrame."""
        found = self.plan.engine.lint("unfused-quantize,unfused-dequantize").to_json()
        report = []
        for finding in found["findings"]:
            quantize = finding["rule"] == "unfused-quantize"
            for name in finding["layers"]:
                report.append(
                    {
                        "name": name,
                        "hazard": f"Unfused {'Quantize' if quantize else 'Dequantize'} layer",
                        "mitigation": finding.get("mitigation", ""),
                        "help": finding["message"],
                    }
                )
        return _frame(report)
