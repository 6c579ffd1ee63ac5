"""SQL over engines, one or thousands: DuckDB on the tables of the core."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import os
import warnings
from typing import Any, List, Mapping, Optional, Sequence, Union

from . import _core
from .engine import Path
from .table import Table

Parameters = Union[Sequence[Any], Mapping[str, Any], None]


def _paths(given: Union[Path, Sequence[Path]]) -> List[str]:
    if isinstance(given, (str, os.PathLike)):
        return [os.fspath(given)]
    return [os.fspath(path) for path in given]


def _plain(params: Parameters) -> Any:
    if isinstance(params, str):
        raise TypeError("params is a list for ? or a dictionary for $name, not a text")
    return dict(params) if isinstance(params, Mapping) else params


def query_table(
    paths: Union[Path, Sequence[Path]],
    sql: str,
    params: Parameters = None,
    keep_going: bool = False,
) -> Table:
    """As `query`, as a Table: for Arrow, or where pandas is not installed."""
    native, left_out = _core.query(_paths(paths), sql, _plain(params), keep_going)
    for message in left_out:
        warnings.warn(f"left out: {message}", stacklevel=2)
    return Table(native)


def query(
    paths: Union[Path, Sequence[Path]],
    sql: str,
    params: Parameters = None,
    keep_going: bool = False,
) -> Any:
    """The rows of the last statement, as a DataFrame.

    `paths`: engines, archives, folders with engines anywhere in them, datasets. The views are engines,
    layers, tensors, source_ops, findings, timing, bindings and notes, each with `engine_id` and
    `engine` first (`trex.views()` lists their columns); only those that the SQL names are computed.
    `params`: a list for ? or $1, a dictionary for $name. Times are in ms, sizes in bytes, unknown
    is NULL. Statements that write files are refused. Raises trex.Error in one line for what DuckDB
    refuses, where an engine cannot be loaded (unless `keep_going`: then a warning), and where
    DuckDB's library is not installed.
    """
    native, left_out = _core.query(_paths(paths), sql, _plain(params), keep_going)
    for message in left_out:
        warnings.warn(f"left out: {message}", stacklevel=2)
    return Table(native).to_pandas(copy=True)


def views(view: Optional[str] = None) -> Any:
    """What SQL can ask for, as a DataFrame: view, column, type, unit, meaning."""
    import pandas as pd

    frame = pd.DataFrame(
        _core.view_columns(), columns=["view", "column", "type", "unit", "meaning"]
    )
    if view is None:
        return frame
    if view not in set(frame["view"]):
        raise ValueError(f"no view '{view}'; there are {', '.join(frame['view'].unique())}")
    return frame[frame["view"] == view].reset_index(drop=True)


class Dataset:
    """A folder of engines as `trex dataset` keeps it: Parquet files, any number of writers.

    `model`, `gpu`, `trt`, `month` are columns of every view here; filters on them read only those
    files.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = os.fspath(folder)

    def add(self, *paths: Path, **facts: str) -> List[str]:
        """Adds every engine that the paths hold, each once; makes the dataset when it is not there.

        `facts`: model, gpu, trt, date, where the files do not say. Returns the ids of the engines
        that were not there before. All of them, or trex.Error and none of the last commit.
        """
        known = ("model", "gpu", "trt", "date")
        for name in facts:
            if name not in known:
                raise TypeError(f"add() takes {', '.join(known)}, not '{name}'")
        added, _ = _core.dataset_add(self.folder, [os.fspath(path) for path in paths], facts)
        return added

    def query_table(self, sql: str, params: Parameters = None) -> Table:
        """As `query`, as a Table."""
        if not _core.is_dataset(self.folder):
            raise _core.Error(f"{self.folder}: no dataset; add() makes one")
        return query_table(self.folder, sql, params)

    def query(self, sql: str, params: Parameters = None) -> Any:
        """SQL over the views of trex.query; the rows of the last statement as a DataFrame."""
        return self.query_table(sql, params).to_pandas(copy=True)

    def list(self) -> Any:
        """A row an engine, oldest first, as a DataFrame."""
        return self.query("SELECT * FROM engines ORDER BY taken_at NULLS FIRST, engine, engine_id")

    def to_pandas(self, view: str = "layers") -> Any:
        """A whole view as a DataFrame."""
        if view not in {row[0] for row in _core.view_columns()}:
            views(view)
        return self.query(f"SELECT * FROM {view}")

    def __len__(self) -> int:
        return int(self.query_table("SELECT count(*) AS n FROM engines")["n"][0])

    def __repr__(self) -> str:
        there = _core.is_dataset(self.folder)
        return f"<Dataset {self.folder}>" if there else f"<Dataset {self.folder}: nothing yet>"
