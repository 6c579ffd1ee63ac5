"""Grouping and stacking of dataframes."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, List, Sequence

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "group_count",
    "group_sum_attr",
    "group_mean_attr",
    "shape_to_str",
    "stack_dicts",
    "stack_dataframes",
]


def _grouped(df: "pd.DataFrame", grouping_attr: Any, reduced_attr: Any = ()) -> Any:
    """Groups, also by cells that are lists (Kernel, Stride) and by unknown ones."""
    names = [grouping_attr] if isinstance(grouping_attr, str) else list(grouping_attr)
    reduced = [reduced_attr] if isinstance(reduced_attr, str) else list(reduced_attr)
    part = df[list(dict.fromkeys(names + reduced))].copy(deep=False)
    for name in names:
        if part[name].dtype == object and any(isinstance(c, (list, dict)) for c in part[name]):
            part[name] = part[name].map(str)
    return part.groupby(grouping_attr, dropna=False)


def group_count(df: "pd.DataFrame", grouping_attr: Any) -> "pd.DataFrame":
    """How many rows each value has, in the column `count`."""
    counted: "pd.DataFrame" = _grouped(df, grouping_attr).size().to_frame("count").reset_index()
    return counted


def group_sum_attr(df: "pd.DataFrame", grouping_attr: Any, reduced_attr: Any) -> "pd.DataFrame":
    """The sum of `reduced_attr` over each value of `grouping_attr`."""
    groups = _grouped(df, grouping_attr, reduced_attr)[reduced_attr]
    summed: "pd.DataFrame" = groups.sum().reset_index()
    return summed


def group_mean_attr(df: "pd.DataFrame", grouping_attr: Any, reduced_attr: Any) -> "pd.DataFrame":
    """The mean of `reduced_attr` over each value of `grouping_attr`."""
    groups = _grouped(df, grouping_attr, reduced_attr)[reduced_attr]
    mean: "pd.DataFrame" = groups.mean().reset_index()
    return mean


def shape_to_str(shape: Sequence[int]) -> str:
    """[1, 3, 224, 224] -> "[1, 3, 224, 224]"."""
    return "[" + ", ".join(str(dim) for dim in shape) + "]"


def stack_dicts(dict_list: List[Dict[Any, Any]], empty_placeholder: Any = 0) -> Dict[Any, Any]:
    """One dictionary with every key, in order of appearance, and a list of each one's values."""
    keys = list(dict.fromkeys(key for entry in dict_list for key in entry))
    return {key: [entry.get(key, empty_placeholder) for entry in dict_list] for key in keys}


def stack_dataframes(
    df_list: Sequence["pd.DataFrame"],
    names_col: str,
    values_col: str,
    empty_placeholder: Any = 0,
) -> Dict[Any, Any]:
    """As stack_dicts, of two columns of each dataframe: names and their values."""
    return stack_dicts(
        [dict(zip(df[names_col], df[values_col])) for df in df_list], empty_placeholder
    )
