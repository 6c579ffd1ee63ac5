"""Charts with plotly: bars, histograms, pies, stacked bars."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union

from ._optional import need
from .colors import GRID_COLOR, default_pallete
from .misc import stack_dataframes

if TYPE_CHECKING:
    import pandas as pd

_TRANSPARENT = "rgba(0,0,0,0)"


def _go() -> Any:
    return need("plotly.graph_objects", "trex.plotting")


def trex_base_layout(fig: Any, gridcolor: Optional[str] = None) -> None:
    """No background, so that a chart suits light and dark notebooks."""
    grid = gridcolor or GRID_COLOR
    fig.update_layout(paper_bgcolor=_TRANSPARENT, plot_bgcolor=_TRANSPARENT)
    fig.update_xaxes(gridcolor=grid, zerolinecolor=grid)
    fig.update_yaxes(gridcolor=grid, zerolinecolor=grid)


def create_layout(
    title: str,
    size: Tuple[Optional[int], Optional[int]],
    x_title: Optional[str],
    y_title: Optional[str],
    orientation: str,
    show_axis_ticks: Tuple[bool, bool] = (True, True),
) -> Any:
    """A layout; `size` is (width, height) in pixels, None where plotly is to choose."""
    if orientation == "h":
        x_title, y_title = y_title, x_title
    return _go().Layout(
        title=title,
        width=size[0],
        height=size[1],
        xaxis=dict(visible=True, showticklabels=show_axis_ticks[0], title=x_title),
        yaxis=dict(visible=True, showticklabels=show_axis_ticks[1], title=y_title),
    )


def _text(cell: Any) -> Any:
    """Cells that are lists (Kernel) cannot be colours or names."""
    return str(cell) if isinstance(cell, (list, dict, tuple)) else cell


def _colors_of(values: Sequence[Any], colormap: Optional[Mapping[Any, str]]) -> List[str]:
    """A colour a value: the map's, else one of ours, in order of appearance."""
    if colormap is not None:
        return [colormap[value] for value in values]
    distinct = {value: i for i, value in enumerate(dict.fromkeys(values))}
    return [default_pallete[distinct[value] % len(default_pallete)] for value in values]


def _is_numeric(column: Any) -> bool:
    import pandas as pd

    return bool(pd.api.types.is_numeric_dtype(column))


def _marker(df: "pd.DataFrame", color: Optional[str], colormap: Any) -> Dict[str, Any]:
    if color is None or color not in df.columns:
        return {} if color is None else {"color": color}
    if _is_numeric(df[color]) and colormap is None:
        return {"color": df[color], "colorscale": "Viridis",
                "colorbar": {"title": color}, "showscale": True}  # fmt: skip
    return {"color": _colors_of([_text(cell) for cell in df[color]], colormap)}


def _bar(
    df: "pd.DataFrame",
    values_col: str,
    names_col: str,
    orientation: str,
    color: Optional[str],
    colormap: Any,
    name: Optional[str] = None,
) -> Any:
    values = list(df[values_col])
    names = [_text(cell) for cell in df[names_col]]
    across, along = (names, values) if orientation == "v" else (values, names)
    hover = [
        "<br>".join(
            f"{column}: {_text(cell)}"
            for column, cell in (
                (names_col, label), (values_col, value),
            )
        )
        for label, value in zip(names, values)
    ]  # fmt: skip
    if color is not None and color in df.columns:
        hover = [f"{text}<br>{color}: {_text(cell)}" for text, cell in zip(hover, df[color])]
    return _go().Bar(
        x=across, y=along, orientation=orientation, name=name, hovertext=hover, hoverinfo="text",
        marker=_marker(df, color, colormap),
    )  # fmt: skip


def _add_color_legend(fig: Any, df: "pd.DataFrame", color: Optional[str], colormap: Any) -> None:
    """What the colours of one dataframe's bars stand for, in order of appearance."""
    if color is None or color not in df.columns or (_is_numeric(df[color]) and colormap is None):
        return
    names = list(dict.fromkeys(_text(cell) for cell in df[color]))
    fig.update_traces(showlegend=False)
    for name, tone in zip(names, _colors_of(names, colormap)):
        fig.add_trace(_go().Bar(x=[None], y=[None], name=str(name), marker_color=tone))
    # One bar a name, whatever trace it belongs to.
    fig.update_layout(barmode="overlay")


def plotly_bar2(
    df: Union["pd.DataFrame", Dict[str, "pd.DataFrame"]],
    title: str,
    values_col: str,
    names_col: str,
    orientation: str = "v",
    color: Optional[str] = None,
    size: Tuple[Optional[int], Optional[int]] = (None, None),
    use_slider: bool = False,
    colormap: Any = None,
    show_axis_ticks: Tuple[bool, bool] = (False, True),
    showlegend: bool = False,
    xaxis_title: Optional[str] = None,
    yaxis_title: Optional[str] = None,
    do_show: bool = True,
) -> Any:
    """A bar chart of one dataframe, or grouped bars of several by name.

    `color` is a column: numbers give a colour bar, anything else a colour a value.
    """
    groups = df if isinstance(df, dict) else {"": df}
    fig = _go().Figure(
        layout=create_layout(
            title, size, xaxis_title or names_col, yaxis_title or values_col, orientation,
            show_axis_ticks,
        )
    )  # fmt: skip
    for name, frame in groups.items():
        fig.add_trace(
            _bar(frame, values_col, names_col, orientation, color, colormap, name or None)
        )
    if showlegend and len(groups) == 1:
        _add_color_legend(fig, next(iter(groups.values())), color, colormap)
    fig.update_layout(showlegend=showlegend, bargap=0.1)
    if use_slider:
        fig.update_xaxes(rangeslider_visible=True)
    trex_base_layout(fig)
    return _shown(fig, do_show)


def _shown(fig: Any, do_show: bool) -> Any:
    if do_show:
        fig.show()
    return fig


def rotate_columns(df: "pd.DataFrame") -> "pd.DataFrame":
    """The last column first."""
    names = list(df.columns)
    return df[names[-1:] + names[:-1]]


def stacked_tabular_df(
    bar_names: Sequence[str],
    df_list: Sequence["pd.DataFrame"],
    names_col: str,
    values_col: str,
    empty_symbol: Any = 0,
) -> "pd.DataFrame":
    """One row a name, one column a dataframe."""
    import pandas as pd

    stacked = stack_dataframes(df_list, names_col, values_col, empty_symbol)
    table = pd.DataFrame.from_dict(stacked, orient="index", columns=list(bar_names))
    table[names_col] = table.index
    return rotate_columns(table).reset_index(drop=True)


def stacked_tabular(*args: Any, **kwargs: Any) -> None:
    """Shows stacked_tabular_df's table."""
    from .notebook import display_df

    display_df(stacked_tabular_df(*args, **kwargs))


def stacked_bars(
    title: str,
    bar_names: Sequence[str],
    df_list: Sequence["pd.DataFrame"],
    names_col: str,
    values_col: str,
    empty_symbol: Any = 0,
    colormap: Any = None,
    display_tbl: bool = True,
    fig: Any = None,
    xaxis_title: Optional[str] = None,
    yaxis_title: Optional[str] = None,
) -> Any:
    """A bar a dataframe, stacked by name; the same as a table when `display_tbl`."""
    go = _go()
    if fig is None:
        fig = go.Figure()
    stacked = stack_dataframes(df_list, names_col, values_col, empty_symbol)
    colors = _colors_of(list(stacked), colormap)
    for color, (name, values) in zip(colors, stacked.items()):
        fig.add_trace(go.Bar(name=str(name), x=list(bar_names), y=values, marker_color=color))
    fig.update_layout(
        title=title, barmode="stack", showlegend=True, xaxis_title=xaxis_title,
        yaxis_title=yaxis_title or values_col,
    )  # fmt: skip
    trex_base_layout(fig)
    fig.show()
    if display_tbl:
        stacked_tabular(bar_names, df_list, names_col, values_col, empty_symbol)
    return fig


def plotly_hist(
    df: "pd.DataFrame",
    title: str,
    values_col: str,
    xaxis_title: Optional[str],
    color: Optional[str],
    colormap: Any = None,
    do_show: bool = True,
) -> Any:
    """A histogram of a column, split by the values of `color`."""
    go = _go()
    fig = go.Figure(layout=create_layout(title, (None, None), xaxis_title, "count", "v"))
    bins = max(1, min(100, len(df)))
    if color is not None and color in df.columns:
        names = [_text(cell) for cell in df[color]]
        distinct = list(dict.fromkeys(names))
        for name, tone in zip(distinct, _colors_of(distinct, colormap)):
            part = df[values_col][[label == name for label in names]]
            fig.add_trace(go.Histogram(x=part, name=str(name), nbinsx=bins, marker_color=tone))
        fig.update_layout(barmode="stack", showlegend=True)
    else:
        fig.add_trace(go.Histogram(x=df[values_col], nbinsx=bins, marker_color=color))
    fig.update_layout(bargap=0.05)
    trex_base_layout(fig)
    return _shown(fig, do_show)


def _pie(df: "pd.DataFrame", values: str, names: str, colormap: Any, hole: float) -> Any:
    labels = [_text(cell) for cell in df[names]]
    return _go().Pie(
        labels=labels, values=list(df[values]), hole=hole, sort=False, textposition="inside",
        marker_colors=_colors_of(labels, colormap),
    )  # fmt: skip


def plotly_pie(
    df: "pd.DataFrame",
    title: str,
    values: str,
    names: str,
    colormap: Any = None,
    do_show: bool = True,
) -> Any:
    """A pie of column `values` by column `names`."""
    fig = _go().Figure(_pie(df, values, names, colormap, 0))
    fig.update_layout(title=title)
    trex_base_layout(fig)
    return _shown(fig, do_show)


def plotly_pie2(
    title: str,
    charts: Sequence[Tuple[Any, ...]],
    max_cols: int = 3,
    colormap: Any = None,
    do_show: bool = True,
) -> Any:
    """A grid of rings; each chart is (dataframe, title, values column, names column)."""
    subplots = need("plotly.subplots", "trex.plotting")
    columns = max(1, min(max_cols, len(charts)))
    rows = max(1, math.ceil(len(charts) / columns))
    fig = subplots.make_subplots(
        rows=rows,
        cols=columns,
        specs=[[{"type": "domain"}] * columns for _ in range(rows)],
        subplot_titles=[str(chart[1]) for chart in charts],
    )
    for i, (df, _, values, names, *_rest) in enumerate(charts):
        fig.add_trace(
            _pie(df, values, names, colormap, 0.4), row=i // columns + 1, col=i % columns + 1
        )
    fig.update_layout(title=title, height=360 * rows)
    trex_base_layout(fig)
    return _shown(fig, do_show)
