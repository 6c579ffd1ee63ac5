"""The report card of one engine: charts and tables of time, precision, memory and efficiency.

Functions named *_overview give a dictionary of charts, each drawn when called; their *_widget twins
show them behind a list.
"""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Optional, Tuple

from . import graphing
from ._optional import need
from ._scatter import (
    report_card_efficiency_vs_latency_3d,
    report_card_gemm_MNK,
    report_card_gemm_MNK_scatter,
    report_card_perf_scatter,
)
from .colors import layer_colormap, precision_colormap
from .df_preprocessing import clean_for_display
from .interactive import InteractiveDiagram, InteractiveDiagram_2
from .misc import group_count, group_sum_attr
from .notebook import display_df
from .parser import read_timing_file
from .plotting import plotly_bar2, plotly_hist, plotly_pie2, trex_base_layout

if TYPE_CHECKING:
    import pandas as pd

Charts = Dict[str, Callable[..., Any]]

_TIME, _SHARE, _FOOTPRINT = "latency.avg_time", "latency.pct_time", "total_footprint_bytes"

# More points make a picture of millions of elements; a fixed stride keeps the order.
_MOST_POINTS = 20000
_MOST_SVG_POINTS = 3000


def _sunburst(df: "pd.DataFrame", title: str, path: Tuple[str, ...], do_show: bool = True) -> Any:
    """Rings by the columns of `path`, sectors as large as their time."""
    go = need("plotly.graph_objects", "trex.report_card")
    colormaps = {"type": layer_colormap, "precision": precision_colormap}
    labels: List[str] = []
    ids: List[str] = []
    parents: List[str] = []
    values: List[float] = []
    tones: List[Optional[str]] = []
    for depth in range(1, len(path) + 1):
        keys = list(path[:depth])
        sums = df.groupby(keys, sort=False)[_SHARE].sum()
        for key, value in sums.items():
            parts = [str(part) for part in (key if isinstance(key, tuple) else (key,))]
            labels.append(parts[-1])
            ids.append("\x1f".join(parts))
            parents.append("\x1f".join(parts[:-1]))
            values.append(value)
            colormap = colormaps.get(path[depth - 1])
            tones.append(colormap[parts[-1]] if colormap is not None else None)
    fig = go.Figure(
        go.Sunburst(
            labels=labels, ids=ids, parents=parents, values=values, branchvalues="total",
            marker_colors=tones,
        )
    )  # fmt: skip
    # Labels too small to read are better left out: hovering shows them.
    fig.update_layout(title=title, uniformtext=dict(minsize=9, mode="hide"))
    trex_base_layout(fig)
    if do_show:
        fig.show()
    return fig


def layer_latency_sunburst(df: "pd.DataFrame", title: str, do_show: bool = True) -> Any:
    """Types, and the layers of each, by their share of the time."""
    return _sunburst(df, title, ("type", "Name"), do_show)


def plot_engine_timings(timing_json_file: Any, do_show: bool = True) -> Any:
    """The latency of each inference, in the order they ran."""
    go = need("plotly.graph_objects", "trex.report_card")
    samples = read_timing_file(timing_json_file)
    step = max(1, -(-len(samples) // _MOST_POINTS))
    # WebGL draws many points; few need no graphics driver.
    scatter = go.Scattergl if len(samples) > _MOST_SVG_POINTS else go.Scatter
    fig = go.Figure(
        scatter(x=list(range(0, len(samples), step)), y=samples[::step], mode="markers",
                marker=dict(size=3))
    )  # fmt: skip
    note = f" (every {step}th)" if step > 1 else ""
    fig.update_layout(
        title=f"Latency of {len(samples)} inferences{note}", xaxis_title="inference",
        yaxis_title="latency (ms)",
    )  # fmt: skip
    trex_base_layout(fig)
    if do_show:
        fig.show()
    return fig


def _precision_charts(plan: Any) -> List[Tuple[Any, ...]]:
    df = plan.df
    return [
        (group_count(df, "precision"), "Layer count", "count", "precision"),
        (group_sum_attr(df, "precision", _SHARE), "% latency", _SHARE, "precision"),
    ]


def report_card_perf_overview(plan: Any) -> Charts:
    """Ten charts of where the time goes."""
    df = plan.df
    counts = group_count(df, "type")
    times = group_sum_attr(df, "type", [_SHARE, _TIME])
    by_type = dict(
        names_col="Name", color="type", colormap=layer_colormap, showlegend=True
    )  # fmt: skip

    def by_precision(column: str) -> Dict[str, Any]:
        return dict(
            names_col="Name", color=column, colormap=precision_colormap, showlegend=True
        )  # fmt: skip

    def types(frame: "pd.DataFrame", title: str, values: str) -> Callable[..., Any]:
        return partial(
            plotly_bar2, frame, title, values_col=values, names_col="type", color="type",
            colormap=layer_colormap, show_axis_ticks=(True, True),
        )  # fmt: skip

    return {
        "Latency per layer (%)": partial(
            plotly_bar2, df, "% latency per layer", values_col=_SHARE, **by_type
        ),
        "Latency per layer (ms)": partial(
            plotly_bar2, df, "Latency per layer (ms)", values_col=_TIME, **by_type
        ),
        "Layer latency distribution": partial(
            plotly_hist, df, "Layer latency distribution", _TIME, "latency (ms)", "type",
            layer_colormap,
        ),
        "Precision per layer": partial(
            plotly_bar2, df, "Precision per layer", values_col=_TIME, **by_precision("precision")
        ),
        "Output precision per layer": partial(
            plotly_bar2, df, "Output precision per layer", values_col=_TIME,
            **by_precision("output_precision"),
        ),
        "Count per type": types(counts, "Layer count per type", "count"),
        "Latency per type (ms)": types(times, "Latency per type (ms)", _TIME),
        "Latency per type (%)": types(times, "% latency per type", _SHARE),
        "Precision per type": partial(_sunburst, df, "Precision per type", ("type", "precision")),
        "Precision statistics": partial(
            plotly_pie2, "Precision statistics", _precision_charts(plan),
            colormap=precision_colormap,
        ),
    }  # fmt: skip


def report_card_perf_overview_widget(plan: Any) -> InteractiveDiagram_2:
    """The charts of report_card_perf_overview behind a list."""
    return InteractiveDiagram_2(report_card_perf_overview(plan), "Diagram:")


def report_card_convolutions_overview(convs: "pd.DataFrame") -> Charts:
    """Thirteen charts of the convolutions, as plan.get_layers_by_type('Convolution') gives them."""

    def chart(title: str, values: str, color: str, colormap: Any = None) -> Callable[..., Any]:
        return partial(
            plotly_bar2, convs, title, values_col=values, names_col="Name", color=color,
            colormap=colormap, showlegend=colormap is not None,
        )  # fmt: skip

    latency = "Latency per convolution"
    return {
        f"{latency} (color = precision)": chart(latency, _SHARE, "precision", precision_colormap),
        f"{latency} (color = FMAs)": chart(latency, _SHARE, "attr.macs"),
        f"{latency} (color = data size)": chart(latency, _SHARE, _FOOTPRINT),
        f"{latency} (color = arithmetic intensity)": chart(
            latency, _SHARE, "attr.arithmetic_intensity"
        ),
        f"{latency} (color = compute efficiency)": chart(
            latency, _SHARE, "attr.compute_efficiency"
        ),
        f"{latency} (color = groups)": chart(latency, _SHARE, "attr.groups"),
        f"{latency} (color = kernel size)": chart(latency, _SHARE, "attr.kernel"),
        "Data footprint": chart("Data footprint (bytes)", _FOOTPRINT, _SHARE),
        "Fused multiply-accumulates": chart("MACs", "attr.macs", _SHARE),
        "Arithmetic intensity (color = compute efficiency)": chart(
            "MACs per byte", "attr.arithmetic_intensity", "attr.compute_efficiency"
        ),
        "Arithmetic intensity (color = memory efficiency)": chart(
            "MACs per byte", "attr.arithmetic_intensity", "attr.memory_efficiency"
        ),
        "Compute efficiency": chart("MACs per ms", "attr.compute_efficiency", _SHARE),
        "Memory efficiency": chart("Bytes per ms", "attr.memory_efficiency", _SHARE),
    }


def report_card_convolutions_overview_widget(convs: "pd.DataFrame") -> InteractiveDiagram_2:
    """The charts of report_card_convolutions_overview behind a list."""
    return InteractiveDiagram_2(report_card_convolutions_overview(convs), "Diagram:")


def report_card_table_view(plan: Any) -> InteractiveDiagram:
    """All layers, or those of one type, as a table."""

    def show(choice: str, layer_type: str) -> None:
        if layer_type == "All":
            rows = plan.df
        else:
            rows = plan.get_layers_by_type(layer_type)
        share = rows[_SHARE].sum() if _SHARE in rows.columns else float("nan")
        print(f"{len(rows)} of {len(plan.df)} layers, {share:.2f} % of the latency")
        display_df(clean_for_display(rows))

    kinds = ["All"] + sorted(plan.df["type"].unique())
    return InteractiveDiagram(show, {kind: kind for kind in kinds}, "Layers:")


def report_card_memory_footprint(plan: Any) -> Charts:
    """Weights, activations and both: bars by layer, and their distribution."""
    charts: Charts = {}
    for title, column in (
        ("Weights", "weights_size"),
        ("Activations", "total_io_size_bytes"),
        ("Total", _FOOTPRINT),
    ):
        charts[f"{title} footprint per layer"] = partial(
            plotly_bar2, plan.df, f"{title} footprint per layer (bytes)", values_col=column,
            names_col="Name", color="type", colormap=layer_colormap, showlegend=True,
        )  # fmt: skip
        charts[f"{title} footprint distribution"] = partial(
            plotly_hist, plan.df, f"{title} footprint distribution", column, "bytes", "type",
            layer_colormap,
        )  # fmt: skip
    return charts


def report_card_memory_footprint_widget(plan: Any) -> InteractiveDiagram_2:
    """The charts of report_card_memory_footprint behind a list."""
    return InteractiveDiagram_2(report_card_memory_footprint(plan), "Diagram:")


def _show_svg(picture: Any) -> None:
    display = need("IPython.display", "trex.report_card")
    display.display(display.SVG(picture.text))


def _save_graph(plan: Any, engine_name: str, **options: Any) -> str:
    picture = plan.engine.draw("svg", **options)
    path = str(picture.save(f"{engine_name}.svg"))
    print(f"Created file://{path}")
    _show_svg(picture)
    return path


def report_card_draw_plan_graph(plan: Any, engine_name: str) -> InteractiveDiagram:
    """The plan graph in five looks; each is also written to engine_name.svg."""
    looks = {
        "Diagram: layer type": dict(color_by="type"),
        "Diagram: layer type (detailed)": dict(color_by="type", details=True, regions=True),
        "Diagram: precision": dict(color_by="precision"),
        "Diagram: precision (detailed)": dict(color_by="precision", details=True, regions=True),
        "Diagram: minimal": dict(style="minimal", no_edge_details=True),
    }

    def draw(choice: str, options: Dict[str, Any]) -> None:
        _save_graph(plan, engine_name, **options)

    return InteractiveDiagram(draw, looks, "Color:")


def report_card_draw_plan_graph_extended(plan: Any, engine_name: str) -> Any:
    """The plan graph with every option of to_dot as a check box, rendered on request."""
    widgets = need("ipywidgets", "report_card_draw_plan_graph_extended")
    display = need("IPython.display", "report_card_draw_plan_graph_extended").display
    defaults = dict(
        display_layer_names=True, stack_layer_names=True, display_metadata=False,
        expand_layer_details=False, display_regions=False, display_forking_regions=False,
        display_region_reuse=False, display_region_names=False, display_constants=False,
        display_latency=True, display_edge_name=False, display_edge_details=True,
        remove_disconnected_layers=False,
    )  # fmt: skip
    boxes = {
        name: widgets.Checkbox(value=value, description=name.replace("_", " "))
        for name, value in defaults.items()
    }
    formatter = widgets.Dropdown(options=list(graphing.layer_node_formatters), description="Color:")
    renderer = widgets.Dropdown(options=list(graphing.layer_node_renderers), description="Node:")
    latency = widgets.Dropdown(
        options=list(graphing.latency_types), value="avg_time", description="Time:"
    )
    svg = widgets.Button(description="Render SVG")
    onnx = widgets.Button(description="Save ONNX")
    output = widgets.Output()

    def render_svg(_: Any) -> None:
        output.clear_output(wait=True)
        with output:
            dot = graphing.to_dot(
                plan,
                graphing.layer_node_formatters[formatter.value],
                layer_node_renderer=graphing.layer_node_renderers[renderer.value],
                latency_type=latency.value,
                **{name: box.value for name, box in boxes.items()},
            )
            graphing.render_dot(dot, engine_name, "svg")

    def save_onnx(_: Any) -> None:
        output.clear_output(wait=True)
        with output:
            graph = graphing.OnnxGraph(plan, boxes["display_forking_regions"].value)
            print(f"Created file://{graph.save(f'{engine_name}.plan.onnx')}; open it with Netron")

    svg.on_click(render_svg)
    onnx.on_click(save_onnx)
    checks = list(boxes.values())
    rows = [widgets.HBox(checks[i : i + 4]) for i in range(0, len(checks), 4)]
    panel = widgets.VBox(
        [widgets.HBox([formatter, renderer, latency]), *rows, widgets.HBox([svg, onnx]), output]
    )
    display(panel)
    return panel


def report_card_pointwise_lint(plan: Any) -> Any:
    """PointWise layers by the number of operations that were fused into each."""
    pointwise = plan.get_layers_by_type("PointWise")
    if len(pointwise) == 0:
        print("The engine plan does not contain PointWise layers.")
        return None
    lists = pointwise.get("attr.operations", [[]] * len(pointwise))
    pointwise["operations"] = [len(ops) if isinstance(ops, list) else 0 for ops in lists]
    counts = group_count(pointwise, "operations")
    times = group_sum_attr(pointwise, "operations", _SHARE)
    per_operation = times.copy()
    weights = [max(1, n) * c for n, c in zip(counts["operations"], counts["count"])]
    per_operation[_SHARE] = per_operation[_SHARE] / weights
    charts = [
        (counts, "Layers", "count", "operations"),
        (times, "% latency", _SHARE, "operations"),
        (per_operation, "% latency per operation", _SHARE, "operations"),
    ]
    fig = plotly_pie2("PointWise layers by number of operations", charts)
    for name, operations in zip(pointwise["Name"], lists):
        if isinstance(operations, list) and operations:
            print(f"{name}:")
            for operation in operations:
                print(f"\t{operation}")
    return fig


def report_card_reformat_overview(plan: Any) -> Any:
    """Reformat layers by why they were made."""
    reformats = plan.get_layers_by_type("Reformat")
    if len(reformats) == 0:
        print("The engine plan does not contain Reformat layers.")
        return None
    if "attr.origin" not in reformats.columns:
        reformats["attr.origin"] = "unknown"
    reformats["attr.origin"] = reformats["attr.origin"].replace("", "unknown")
    counts = group_count(reformats, "attr.origin")
    times = group_sum_attr(reformats, "attr.origin", [_TIME, _SHARE])

    def chart(frame: "pd.DataFrame", title: str, values: str) -> Callable[..., Any]:
        return partial(
            plotly_bar2, frame, title, values_col=values, names_col="attr.origin",
            color="attr.origin", show_axis_ticks=(True, True),
        )  # fmt: skip

    return InteractiveDiagram_2(
        {
            "Count": chart(counts, "Reformat layers by origin", "count"),
            "Latency (ms)": chart(times, "Latency of Reformat layers by origin (ms)", _TIME),
            "Latency (%)": chart(times, "% latency of Reformat layers by origin", _SHARE),
        },
        "Diagram:",
    )
