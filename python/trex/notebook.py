"""Helpers for notebooks: headings, width, tables."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import html
from typing import Any, Callable, Optional

from ._optional import need


def _display(thing: Any) -> None:
    need("IPython.display", "trex.notebook").display(thing)


def _html(text: str) -> Any:
    return need("IPython.display", "trex.notebook").HTML(text)


def section_header(title: str) -> None:
    """Shows a heading."""
    _display(_html(f"<h2>{html.escape(title)}</h2>"))


def set_wide_display(width_pct: int = 90) -> None:
    """The notebook's cells take that much of the window's width."""
    style = f"<style>.container, .jp-Cell {{width:{int(width_pct)}% !important;}}</style>"
    _display(_html(style))


def display_df_dtale(
    df: Any,
    range_highlights: Any = None,
    nan_display: str = "...",
    precision: int = 4,
    **kwargs: Any,
) -> None:
    """Shows a dataframe with dtale where that is installed, else as a table."""
    try:
        import dtale
    except ImportError:
        _display_table(df, precision=precision)
        return
    _display(
        dtale.show(
            df, drop_index=True, range_highlights=range_highlights, nan_display=nan_display,
            precision=precision, **kwargs,
        )
    )  # fmt: skip


def _display_table(df: Any, precision: int = 4, **_: Any) -> None:
    import pandas as pd

    with pd.option_context("display.precision", precision, "display.max_colwidth", 60):
        _display(df)


table_display_backend: Callable[..., Any] = _display_table


def set_table_display_backend(tbl_display_fn: Optional[Callable[..., Any]]) -> None:
    """How display_df shows a dataframe from now on; None: as pandas does."""
    global table_display_backend
    table_display_backend = tbl_display_fn or _display_table


def display_df(df: Any, **kwargs: Any) -> None:
    """Shows a dataframe by the chosen backend."""
    table_display_backend(df, **kwargs)
