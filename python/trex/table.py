"""Tables: typed columns from the C++ core, to numpy, pandas and Arrow without a copy of numbers.

Unknown cells are None. Every operation gives a new table; the cells are never changed.
"""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Optional, Sequence, Union, overload

from . import _core

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_NUMERIC = ("integer", "real", "boolean")
_SHOWN_ROWS = 30


class Column:
    """One column: `name`, `unit` ("ms", "B", ...), `meaning`, and a cell a row."""

    def __init__(self, native: _core.Column) -> None:
        self._native = native

    @property
    def name(self) -> str:
        """As `table[name]` takes it."""
        return self._native.name

    @property
    def unit(self) -> str:
        """Symbol of the unit; "" for none."""
        return self._native.unit

    @property
    def meaning(self) -> str:
        """What a cell says, in words."""
        return self._native.meaning

    @property
    def type(self) -> str:
        """"integer", "real", "boolean", "text", "integers" or "texts" (lists)."""
        return self._native.type

    def __len__(self) -> int:
        return len(self._native)

    def __getitem__(self, row: int) -> Any:
        return self._native[row]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.to_list())

    def __repr__(self) -> str:
        unit = f", {self.unit}" if self.unit else ""
        return f"<Column {self.name}: {len(self)} {self.type}{unit}>"

    def to_list(self) -> List[Any]:
        """Every cell as a Python object, None where unknown."""
        return self._native.to_list()

    def numpy(self) -> "np.ndarray[Any, Any]":
        """A numeric column as a read-only numpy array over the core's own memory: no copy.

        Unknown is NaN in real columns, the smallest int64 in integer ones and 2 in boolean ones
        (uint8); `unknown()` is the mask. Text and list columns give an array of objects.
        """
        import numpy

        if self.type in _NUMERIC:
            return numpy.asarray(self._native)
        array = numpy.empty(len(self), dtype=object)
        array[:] = self.to_list()
        return array

    def unknown(self) -> "Optional[np.ndarray[Any, Any]]":
        """A boolean mask of the unknown cells; None when every cell is known."""
        import numpy

        mask = self._native.unknown_mask()
        return numpy.frombuffer(mask, dtype=bool) if mask else None

    def pandas(self) -> Any:
        """As pandas holds it: float64, int64, bool, Int64 or boolean where some are unknown."""
        import pandas

        values = self.numpy()
        if self.type not in ("integer", "boolean"):
            return values
        mask = self.unknown()
        if self.type == "integer":
            return values if mask is None else pandas.arrays.IntegerArray(values, mask)
        if mask is None:
            return values.view(bool)
        return pandas.arrays.BooleanArray(values == 1, mask)


def _said(cell: Any) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, float):
        return f"{cell:.4g}"
    if isinstance(cell, list):
        return "x".join(map(str, cell)) if cell and isinstance(cell[0], int) else ", ".join(cell)
    return str(cell)


class Table:
    """Named columns of equal length. Numbers stay where the core has them."""

    def __init__(self, native: _core.Table) -> None:
        self._native = native

    @property
    def columns(self) -> List[str]:
        """The columns' names, in order."""
        return self._native.column_names()

    @property
    def shape(self) -> "tuple[int, int]":
        """(rows, columns)."""
        return len(self), len(self.columns)

    def __len__(self) -> int:
        return len(self._native)

    def __contains__(self, name: object) -> bool:
        return name in self.columns

    @overload
    def __getitem__(self, key: str) -> Column: ...
    @overload
    def __getitem__(self, key: "Union[List[str], slice]") -> "Table": ...
    def __getitem__(self, key: Any) -> Any:
        """table["time_ms"] is a column; table[["name", "time_ms"]] and table[10:20] are tables."""
        if isinstance(key, str):
            return Column(self._native.column(key))
        if isinstance(key, slice):
            return Table(self._native.take(list(range(*key.indices(len(self))))))
        return Table(self._native.select(list(key)))

    def where(self, expression: str) -> "Table":
        """The rows for which a filter expression holds: 'time_ms > 0.01 and type == "Reformat"'.

        docs/filter-expressions.md describes the language. An unknown cell makes any comparison
        false; `is null` asks for it.
        """
        return Table(self._native.where(expression))

    query = where

    def sort(self, column: str, descending: bool = False) -> "Table":
        """Stable; unknown last in either order."""
        return Table(self._native.sort(column, descending))

    def head(self, count: int = 5) -> "Table":
        """The first rows."""
        return Table(self._native.head(max(count, 0)))

    def top(self, count: int, column: str = "time_ms") -> "Table":
        """The rows with the largest values, largest first."""
        return self.sort(column, descending=True).head(count)

    def group_by(
        self, columns: Union[str, Sequence[str]], aggregates: Sequence[str] = ()
    ) -> "Table":
        """One row a distinct value, with `count` and the aggregates: "sum:time_ms", "mean:macs".

        Without aggregates: the sums of time_ms, share, io_bytes, weights_bytes and macs, of those
        that there are.
        """
        names = [columns] if isinstance(columns, str) else list(columns)
        wanted = list(aggregates)
        if not wanted:
            sums = ("time_ms", "share", "io_bytes", "weights_bytes", "macs")
            wanted = [f"sum:{name}" for name in sums if name in self] or ["count"]
        return Table(self._native.group_by(names, wanted))

    def join(self, other: "Table", column: str, how: str = "left") -> "Table":
        """The columns of `other` beside these, by equal cells of `column`; "left" keeps every row."""
        if how not in ("left", "inner"):
            raise ValueError(f"join: how is 'left' or 'inner', not '{how}'")
        return Table(self._native.join(other._native, column, how == "left"))

    def concat(self, other: "Table") -> "Table":
        """The rows of both; columns are found by name."""
        return Table(self._native.concat(other._native))

    def describe(self) -> "Table":
        """One row a numeric column: count, unknown, sum, mean, std, min, quartiles, max."""
        return Table(self._native.describe())

    def rows(self) -> List[Dict[str, Any]]:
        """Every row as a dictionary."""
        columns = {name: self[name].to_list() for name in self.columns}
        return [dict(zip(columns, cells)) for cells in zip(*columns.values())]

    def to_dict(self) -> Dict[str, List[Any]]:
        """Every column as a list, by name."""
        return {name: self[name].to_list() for name in self.columns}

    def to_pandas(self, copy: bool = False) -> "pd.DataFrame":
        """A DataFrame whose numeric columns are the core's memory (read-only), unless `copy`."""
        import pandas

        frame = pandas.DataFrame(
            {name: pandas.Series(self[name].pandas(), copy=False) for name in self.columns},
            copy=False,
        )
        return frame.copy() if copy else frame

    def render(self, format: str = "text", width: int = 100) -> str:
        """As text, csv, tsv, json, markdown or html."""
        return self._native.render(format, width)

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object:
        """The Arrow PyCapsule interface: polars.from_arrow(table), pyarrow.table(table), DuckDB."""
        return self._native.arrow_stream(requested_schema)

    def __repr__(self) -> str:
        shown = self.head(_SHOWN_ROWS)
        names = [name for name in shown.columns if any(c is not None for c in shown[name])][:9]
        text = shown[names].render().rstrip() if names else "(no cells)"
        return f"{text}\n[{len(self)} rows x {len(self.columns)} columns]"

    def _repr_html_(self) -> str:
        shown = self.head(_SHOWN_ROWS)
        columns = [shown[name] for name in shown.columns]
        head = "".join(
            f'<th title="{html.escape(c.meaning)}">{html.escape(c.name)}'
            + (f" <small>{html.escape(c.unit)}</small>" if c.unit else "")
            + "</th>"
            for c in columns
        )
        body = []
        for cells in zip(*(c.to_list() for c in columns)):
            texts = (html.escape(_said(cell)) for cell in cells)
            body.append(
                "<tr>"
                + "".join(
                    f'<td title="{text}" style="max-width:24em;overflow:hidden;'
                    f'text-overflow:ellipsis;white-space:nowrap">{text}</td>'
                    for text in texts
                )
                + "</tr>"
            )
        return (
            '<div style="overflow-x:auto"><table><thead><tr>'
            + head
            + "</tr></thead><tbody>"
            + "".join(body)
            + f"</tbody></table></div><p>{len(self)} rows, {len(columns)} columns</p>"
        )
