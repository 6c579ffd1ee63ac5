"""The scatter charts of the report card: sizes and efficiency of convolutions."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Callable, Dict, Tuple

from ._optional import need
from .interactive import InteractiveDiagram_2
from .plotting import trex_base_layout

if TYPE_CHECKING:
    import pandas as pd

Charts = Dict[str, Callable[..., Any]]

_TIME, _FOOTPRINT = "latency.avg_time", "total_footprint_bytes"


def _scatter3d(df: "pd.DataFrame", title: str, axes: Tuple[str, str, str], color: str) -> Any:
    go = need("plotly.graph_objects", "trex.report_card")
    fig = go.Figure(
        go.Scatter3d(
            x=df[axes[0]], y=df[axes[1]], z=df[axes[2]], mode="markers", text=df["Name"],
            marker=dict(size=5, color=df[color], colorscale="Viridis", showscale=True,
                        colorbar=dict(title=color)),
        )
    )  # fmt: skip
    fig.update_layout(
        title=title,
        scene=dict(xaxis_title=axes[0], yaxis_title=axes[1], zaxis_title=axes[2]),
    )
    trex_base_layout(fig)
    fig.show()
    return fig


def _scatter(df: "pd.DataFrame", title: str, x: str, y: str, color: str) -> Any:
    go = need("plotly.graph_objects", "trex.report_card")
    fig = go.Figure(
        go.Scatter(
            x=df[x], y=df[y], mode="markers", text=df["Name"],
            marker=dict(size=8, color=df[color], colorscale="Viridis", showscale=True,
                        colorbar=dict(title=color)),
        )
    )  # fmt: skip
    fig.update_layout(title=title, xaxis_title=x, yaxis_title=y)
    trex_base_layout(fig)
    fig.show()
    return fig


def _convolutions(plan: Any) -> Any:
    convs = plan.get_layers_by_type("Convolution")
    if len(convs) == 0:
        print("The engine plan does not contain Convolution layers.")
        return None
    return convs


def _in_list(charts: Charts) -> Any:
    return InteractiveDiagram_2(charts, "Diagram:")


def report_card_gemm_MNK(plan: Any) -> Any:
    """M, N and K of the convolutions' implicit GEMMs in space, coloured by four figures."""
    convs = _convolutions(plan)
    if convs is None:
        return None
    axes = ("attr.M", "attr.N", "attr.K")
    return _in_list(
        {
            f"M, N, K (color = {color})": partial(_scatter3d, convs, "Implicit GEMM", axes, color)
            for color in (
                _TIME, "attr.arithmetic_intensity", "attr.compute_efficiency",
                "attr.memory_efficiency",
            )
        }
    )  # fmt: skip


def report_card_gemm_MNK_scatter(plan: Any) -> Any:
    """M, N and K against the latency."""
    convs = _convolutions(plan)
    if convs is None:
        return None
    return _in_list(
        {
            f"{size} vs. latency": partial(
                _scatter, convs, f"{size} vs. latency", f"attr.{size}", _TIME,
                "attr.arithmetic_intensity",
            )
            for size in "MNK"
        }
    )  # fmt: skip


def report_card_efficiency_vs_latency_3d(plan: Any) -> Any:
    """Compute efficiency, memory efficiency and arithmetic intensity in space."""
    convs = _convolutions(plan)
    if convs is None:
        return None
    axes = ("attr.compute_efficiency", "attr.memory_efficiency", "attr.arithmetic_intensity")
    return _scatter3d(convs, "Efficiency (color = latency)", axes, _TIME)


def report_card_perf_scatter(plan: Any) -> Any:
    """Efficiency, MACs, footprint and intensity against each other."""
    convs = _convolutions(plan)
    if convs is None:
        return None
    pairs = (
        ("attr.compute_efficiency", "attr.arithmetic_intensity"),
        ("attr.memory_efficiency", "attr.arithmetic_intensity"),
        ("attr.compute_efficiency", "attr.memory_efficiency"),
        ("attr.macs", "attr.compute_efficiency"),
        (_FOOTPRINT, "attr.memory_efficiency"),
        ("attr.macs", _FOOTPRINT),
    )
    return _in_list(
        {f"{x} vs. {y}": partial(_scatter, convs, f"{x} vs. {y}", x, y, _TIME) for x, y in pairs}
    )
