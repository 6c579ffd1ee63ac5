"""Several engines side by side, and two layer by layer.

Layers are matched by the core's alignment: names, source operations, the graph around them. TREx
matched whatever had equal type and shapes.
"""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import math
from bisect import bisect
from functools import partial
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Optional, Sequence, Tuple

from . import _core
from .activations import Activation
from .colors import layer_colormap, precision_colormap
from .engine_plan import summary_dict
from .interactive import InteractiveDiagram
from .misc import group_count, group_sum_attr
from .notebook import display_df
from .plotting import plotly_bar2, plotly_pie2, stacked_bars

if TYPE_CHECKING:
    import pandas as pd

Pairs = List[Tuple[Optional[int], Optional[int]]]

_TIME = "latency.avg_time"


def get_plans_names(plans: Sequence[Any]) -> List[str]:
    """The plans' names, told apart by a number where they are equal."""
    names: List[str] = []
    for plan in plans:
        name, number = plan.name, 1
        while name in names:
            number += 1
            name = f"{plan.name} ({number})"
        names.append(name)
    return names


def _batch(plan: Any) -> int:
    """Of the first engine input; 1 where it is not known."""
    inputs, _ = plan.get_bindings()
    if inputs and inputs[0].shape and inputs[0].shape[0] > 0:
        return int(inputs[0].shape[0])
    return 1


def _throughput(plan: Any) -> Optional[float]:
    value = plan.performance_summary.get("Throughput")
    return float(value) if isinstance(value, (int, float)) else None


def compare_engines_overview(plans: Sequence[Any]) -> InteractiveDiagram:
    """Time by type and precision, counts, and throughput where every plan states it."""
    names = get_plans_names(plans)

    def stacked(column: str, colormap: Any, per_item: bool) -> None:
        frames = []
        for plan in plans:
            frame = group_sum_attr(plan.df, column, _TIME)
            if per_item:
                frame[_TIME] = frame[_TIME] / _batch(plan)
            frames.append(frame)
        unit = "ms an item" if per_item else "ms"
        stacked_bars(f"Latency by {column} ({unit})", names, frames, column, _TIME,
                     colormap=colormap)  # fmt: skip

    def bars(column: str, values: str) -> None:
        frames = {
            name: group_count(plan.df, column) if values == "count"
            else group_sum_attr(plan.df, column, values)
            for name, plan in zip(names, plans)
        }  # fmt: skip
        plotly_bar2(frames, f"{values} by {column}", values, column, showlegend=True,
                    show_axis_ticks=(True, True))  # fmt: skip

    def rings(column: str, values: str) -> None:
        charts = []
        for name, plan in zip(names, plans):
            counted = values == "count"
            frame = group_count(plan.df, column) if counted else group_sum_attr(
                plan.df, column, values
            )
            charts.append((frame, name, values, column))
        plotly_pie2(f"{values} by {column}", charts, colormap=precision_colormap)

    def throughput() -> None:
        import pandas as pd

        frame = pd.DataFrame({"engine": names, "qps": [_throughput(plan) for plan in plans]})
        plotly_bar2(frame, "Throughput (inferences a second)", "qps", "engine",
                    show_axis_ticks=(True, True))  # fmt: skip

    charts: Dict[str, Callable[[], Any]] = {
        "Stacked latencies by layer type": partial(stacked, "type", layer_colormap, False),
        "Stacked latencies by layer type, per batch item": partial(
            stacked, "type", layer_colormap, True
        ),
        "Layer count by type": partial(bars, "type", "count"),
        "Layer latency by type": partial(bars, "type", _TIME),
        "Layer latency by precision": partial(stacked, "precision", precision_colormap, False),
        "Precision counts": partial(rings, "precision", "count"),
        "Output precision counts": partial(rings, "output_precision", "count"),
        "Precision latency": partial(rings, "precision", _TIME),
    }
    if all(_throughput(plan) is not None for plan in plans):
        charts["Throughput"] = throughput

    def draw(choice: str, chart: Callable[[], Any]) -> None:
        chart()

    return InteractiveDiagram(draw, charts, "Diagram:")


def compare_engines_summaries_tbl(plans: Sequence[Any], orientation: str = "vertical") -> Any:
    """Summary, performance, device and build of every plan in one table."""
    import pandas as pd

    if orientation not in ("vertical", "horizontal"):
        raise ValueError("orientation is 'vertical' or 'horizontal'")
    columns = {}
    for name, plan in zip(get_plans_names(plans), plans):
        entries: Dict[str, Any] = {}
        for part in (
            summary_dict(plan), plan.performance_summary, plan.device_properties, plan.builder_cfg
        ):  # fmt: skip
            entries.update({key: str(value) for key, value in part.items()})
        columns[name] = entries
    keys = list(dict.fromkeys(key for entries in columns.values() for key in entries))
    table = pd.DataFrame(
        {name: [entries.get(key, "") for key in keys] for name, entries in columns.items()},
        index=keys,
    )
    if orientation == "horizontal":
        table = table.T
    display_df(table)
    return table


def _tensors(layer: Any, which: str) -> List[Activation]:
    """Of a row of a plan's dataframe, or of a Layer."""
    if hasattr(layer, "raw_dict"):
        return list(getattr(layer, which.lower()))
    return [Activation(tensor) for tensor in layer[which]]


def get_io_dimensions(layer: Any, use_all_tensors: bool) -> Tuple[List[Any], List[Any]]:
    """(shapes of inputs, shapes of outputs) without the batch; the first of each, or all."""
    result = []
    for which in ("Inputs", "Outputs"):
        shapes = [tensor.shape[1:] for tensor in _tensors(layer, which)]
        result.append(shapes if use_all_tensors else shapes[:1])
    return result[0], result[1]


def get_io_formats(layer: Any) -> str:
    """in: FP32 NCHW:[1, 3, 224, 224]\tout: ..."""
    sides = []
    for which, label in (("Inputs", "in"), ("Outputs", "out")):
        texts = [f"{tensor.format}:{tensor.shape}" for tensor in _tensors(layer, which)]
        sides.append(f"{label}: " + ", ".join(texts))
    return "\t".join(sides)


def get_io_precisions(layer: Any) -> Tuple[str, str]:
    """(precisions of the inputs, of the outputs): "INT8, FP16"; "" without any."""
    inputs, outputs = _tensors(layer, "Inputs"), _tensors(layer, "Outputs")
    return (
        ", ".join(tensor.precision for tensor in inputs),
        ", ".join(tensor.precision for tensor in outputs),
    )


def _signature(layer: Any, exact: bool) -> Any:
    return layer["type"], get_io_dimensions(layer, exact)


def match_layers(plan1: Any, plan2: Any, exact_matching: bool) -> Pairs:
    """Pairs of rows of the two plans' dataframes; None where a layer has no counterpart.

    In the execution order of plan1. Of a group of several layers the slowest pair up; with
    exact_matching only layers of equal type and shapes (without the batch) do.
    """
    rows = [{row: i for i, row in enumerate(plan._rows)} for plan in (plan1, plan2)]
    records = [plan.df.to_dict("records") for plan in (plan1, plan2)]

    def slowest_first(side: int, natives: List[int]) -> List[int]:
        known = [rows[side][row] for row in natives if row in rows[side]]
        return sorted(known, key=lambda i: (-_time_of(records[side][i]), i))

    pairs: Pairs = []
    for a, b, _, _, _ in _core.align(plan1._native, plan2._native):
        left, right = slowest_first(0, a), slowest_first(1, b)
        for i, j in zip(left, right):
            same = not exact_matching or (
                _signature(records[0][i], True) == _signature(records[1][j], True)
            )
            pairs.extend([(i, j)] if same else [(i, None), (None, j)])
        both = min(len(left), len(right))
        pairs.extend((i, None) for i in left[both:])
        pairs.extend((None, j) for j in right[both:])
    return _in_order(pairs)


def _time_of(record: Dict[str, Any]) -> float:
    time = record.get(_TIME)
    return float(time) if time is not None and time == time else 0.0


def _in_order(pairs: Pairs) -> Pairs:
    """By row of plan1; a row of plan2 alone stands before the first that follows it in plan2."""
    paired = sorted((pair for pair in pairs if pair[0] is not None), key=lambda p: p[0] or 0)
    alone = sorted((pair for pair in pairs if pair[0] is None), key=lambda p: p[1] or 0)
    followers = sorted(
        (pair[1], place) for place, pair in enumerate(paired) if pair[1] is not None
    )
    rows = [row for row, _ in followers]
    places = []
    for pair in alone:
        after = bisect(rows, pair[1] or 0)
        place = followers[after][1] if after < len(followers) else len(paired)
        places.append((place, 0, pair))
    merged = [(place, 1, pair) for place, pair in enumerate(paired)] + places
    return [pair for _, _, pair in sorted(merged, key=lambda entry: entry[:2])]


def _speedup(before: Any, after: Any) -> float:
    known = before == before and after == after and after
    return float(before / after) if known else math.nan


def aligned_merge_plans(plan1: Any, plan2: Any, matched_indices_pairs: Pairs) -> "pd.DataFrame":
    """The pairs in one table: times, speed-up, precisions, tactics, formats, names."""
    import pandas as pd

    names = get_plans_names((plan1, plan2))
    records = [plan.df.to_dict("records") for plan in (plan1, plan2)]
    table = []
    for pair in matched_indices_pairs:
        layers = [None if i is None else records[side][i] for side, i in enumerate(pair)]
        present = layers[0] or layers[1] or {}
        entry: Dict[str, Any] = {"type": present.get("type")}
        times = [math.nan if layer is None else layer[_TIME] for layer in layers]
        entry["avg_time (1)"], entry["avg_time (2)"] = times
        entry["speedup (2)"] = _speedup(*times)
        ends = [(None, None) if layer is None else get_io_precisions(layer) for layer in layers]
        for label, end in (("in-p", 0), ("out-p", 1)):
            for side in (0, 1):
                entry[f"{label} ({side + 1})"] = ends[side][end]
        for side, layer in enumerate(layers):
            entry[f"tactic ({side + 1})"] = None if layer is None else layer["tactic"]
        for side, layer in enumerate(layers):
            entry[f"formats ({side + 1})"] = None if layer is None else get_io_formats(layer)
        for side, layer in enumerate(layers):
            entry[names[side]] = None if layer is None else layer["Name"]
        table.append(entry)
    return pd.DataFrame(table)


def aligned_layers(
    plan1: Any, plan2: Any, matched_indices_pairs: Pairs, layer_type: Optional[str] = None
) -> Tuple["pd.DataFrame", "pd.DataFrame"]:
    """Two tables of equal length, a row a pair; cells are empty where a layer has no counterpart."""
    import pandas as pd

    sides: Tuple[List[Any], List[Any]] = ([], [])
    records = [plan.df.to_dict("records") for plan in (plan1, plan2)]
    for pair in matched_indices_pairs:
        layers = [None if i is None else records[side][i] for side, i in enumerate(pair)]
        present = layers[0] or layers[1] or {}
        if layer_type is not None and present.get("type") != layer_type:
            continue
        for side, (i, layer) in enumerate(zip(pair, layers)):
            sides[side].append(
                {
                    "id": i,
                    "name": "" if layer is None else layer["Name"],
                    "type": "" if layer is None else layer["type"],
                    _TIME: 0.0 if layer is None else layer[_TIME],
                }
            )
    columns = ["id", "name", "type", _TIME]
    frames = [pd.DataFrame(side, columns=columns) for side in sides]
    return frames[0], frames[1]


def speedup_range_highlights(col_name: str, threshold: float) -> Dict[str, Any]:
    """Highlights for dtale: slower than 1 - threshold red, faster than 1 + threshold green."""
    return {
        col_name: {
            "active": True,
            "equals": {"active": True, "value": 1, "color": {"r": 255, "g": 255, "b": 255, "a": 1}},
            "greaterThan": {
                "active": True,
                "value": 1 + threshold,
                "color": {"r": 0, "g": 158, "b": 115, "a": 0.6},
            },
            "lessThan": {
                "active": True,
                "value": 1 - threshold,
                "color": {"r": 213, "g": 94, "b": 0, "a": 0.6},
            },
        }
    }


def _differing(merged: "pd.DataFrame", *columns: str) -> "pd.DataFrame":
    both = merged["avg_time (1)"].notna() & merged["avg_time (2)"].notna()
    differs = merged[f"{columns[0]} (1)"] != merged[f"{columns[0]} (2)"]
    for column in columns[1:]:
        differs = differs | (merged[f"{column} (1)"] != merged[f"{column} (2)"])
    return merged[both & differs]


def compare_engines_layer_latencies(
    plan1: Any, plan2: Any, threshold: float, exact_matching: bool
) -> InteractiveDiagram:
    """Pairs of layers as a table and bars: all, of one type, or with other precision or tactic."""
    names = get_plans_names((plan1, plan2))
    merged = aligned_merge_plans(plan1, plan2, match_layers(plan1, plan2, exact_matching))

    def show(choice: str, rows: "pd.DataFrame") -> None:
        times = [rows[f"avg_time ({side})"].sum() for side in (1, 2)]
        print(f"{names[0]}: {times[0]:.3f} ms; {names[1]}: {times[1]:.3f} ms")
        display_df(rows, range_highlights=speedup_range_highlights("speedup (2)", threshold))
        frames = {}
        for side, name in enumerate(names):
            frame = rows[["type", f"avg_time ({side + 1})"]].copy()
            frame.columns = ["type", _TIME]
            frame["pair"] = [str(i) for i in rows.index]
            frames[name] = frame
        plotly_bar2(frames, f"Layer latencies: {choice} (ms)", _TIME, "pair", showlegend=True)

    choices = {
        "All": merged,
        "Precision Mismatch": _differing(merged, "in-p", "out-p"),
        "Tactic Mismatch": _differing(merged, "tactic"),
    }
    for kind in sorted(set(plan1.df["type"]) | set(plan2.df["type"])):
        choices[kind] = merged[merged["type"] == kind]
    return InteractiveDiagram(show, choices, "Layers:")


def compare_engines_layer_details(plan1: Any, plan2: Any) -> InteractiveDiagram:
    """Attribute by attribute, of a pair chosen from the list."""
    import pandas as pd

    names = get_plans_names((plan1, plan2))

    def show(choice: str, pair: Tuple[int, int]) -> None:
        raws = plan1._raws[pair[0]], plan2._raws[pair[1]]
        keys = list(dict.fromkeys([*raws[0], *raws[1]]))
        table = pd.DataFrame(
            {
                "attribute": keys,
                names[0]: [str(raws[0].get(key, "")) for key in keys],
                names[1]: [str(raws[1].get(key, "")) for key in keys],
            }
        )
        table["same"] = ["same" if raws[0].get(k) == raws[1].get(k) else "different" for k in keys]
        display_df(table)

    pairs = {
        f"{i}: {plan1._raws[i]['Name']} | {j}: {plan2._raws[j]['Name']}": (i, j)
        for i, j in match_layers(plan1, plan2, False)
        if i is not None and j is not None
    }
    return InteractiveDiagram(show, pairs, "Layers:")
