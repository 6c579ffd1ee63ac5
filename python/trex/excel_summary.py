"""An engine's tables and charts as an Excel file."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import io
from typing import Any, Dict, Optional

from ._optional import need
from .df_preprocessing import clean_for_display

MAX_PERMISSIBLE_NAME_LENGTH = 31  # Excel's limit for the names of sheets

_MOST_BARS = 30
_FORBIDDEN = str.maketrans({c: "_" for c in "[]:*?/\\"})


def _write_text(sheet: Any, row: int, column: int, text: str, *rest: Any) -> Any:
    if text == "":
        return sheet.write_blank(row, column, None, *rest)
    return sheet.write_string(row, column, text, *rest)


class ExcelSummary:
    """Collects sheets and writes them with save(), or at the end of a `with` block."""

    def __init__(self, plan: Any, path: str = "engine_summary.xlsx") -> None:
        need("xlsxwriter", "ExcelSummary")
        self.plan = plan
        self.path = path
        self._frames: Dict[str, Any] = {}
        self._images: Dict[str, bytes] = {}
        self._charted: Dict[str, str] = {}  # by sheet: the column of its chart

    def __enter__(self) -> "ExcelSummary":
        return self

    def __exit__(self, kind: Any, *_: Any) -> None:
        if kind is None:
            self.save()

    def _sheet_name(self, name: str) -> str:
        """Short, allowed and new: Excel does not tell capitals apart."""
        base = str(name).translate(_FORBIDDEN).strip("'")[:MAX_PERMISSIBLE_NAME_LENGTH] or "Sheet"
        taken = {used.lower() for used in (*self._frames, *self._images)}
        candidate, number = base, 2
        while candidate.lower() in taken:
            suffix = f" ({number})"
            candidate = base[: MAX_PERMISSIBLE_NAME_LENGTH - len(suffix)] + suffix
            number += 1
        return candidate

    def add_dataframes(self, df_dict: Dict[str, Any]) -> None:
        """A sheet a dataframe, by name."""
        for name, frame in df_dict.items():
            self._frames[self._sheet_name(name)] = frame

    def add_images(self, image_dict: Dict[str, Any]) -> None:
        """A sheet a picture: the path of a PNG, its bytes, or what has save() such as a figure."""
        for name, image in image_dict.items():
            if isinstance(image, (bytes, bytearray)):
                data = bytes(image)
            elif hasattr(image, "to_image"):
                data = image.to_image(format="png")
            else:
                with open(image, "rb") as file:
                    data = file.read()
            self._images[self._sheet_name(name)] = data

    def generate_default_summary(self, save: bool = True) -> None:
        """Summary, plan, time by type and precision, slowest and largest layers, findings.

        The charts are Excel's own. TREx put pictures of charts here and needed kaleido for it.
        """
        from .misc import group_count, group_sum_attr

        df = self.plan.df
        frames = {"Summary": self._facts(), "Plan": clean_for_display(df)}
        for attribute in ("type", "precision", "output_precision"):
            counted = group_count(df, attribute)
            sums = ["latency.avg_time", "latency.pct_time", "weights_size", "total_footprint_bytes"]
            time = group_sum_attr(df, attribute, sums)
            frames[f"By {attribute}"] = counted.merge(time, on=attribute).sort_values(
                ["latency.avg_time", attribute], ascending=[False, True]
            )
        named = ["Name", "type", "precision", "tactic"]
        for title, column in (
            ("Slowest layers", "latency.avg_time"), ("Largest layers", "total_footprint_bytes")
        ):  # fmt: skip
            order = df.sort_values(column, ascending=False, kind="stable")
            frames[title] = order.head(_MOST_BARS)[[*named, column]]
            self._charted[title] = column
        convolutions = self.plan.get_layers_by_type("Convolution")
        if len(convolutions):
            frames["Convolutions"] = clean_for_display(convolutions)
        findings = self.plan.engine.lint()
        if len(findings):
            frames["Findings"] = findings.table.to_pandas(copy=True)
        self.add_dataframes(frames)
        if save:
            self.save()

    def _facts(self) -> Any:
        """What plan.summary() prints, as a table."""
        import pandas as pd

        from .engine_plan import _summary_blocks

        rows = [
            (title, key, value)
            for title, entries in _summary_blocks(self.plan)
            for key, value in entries.items()
        ]
        return pd.DataFrame(rows, columns=["part", "what", "value"])

    def save(self) -> None:
        """Writes the file."""
        import pandas as pd

        with pd.ExcelWriter(self.path, engine="xlsxwriter") as writer:
            for name, frame in self._frames.items():
                # Texts of files: never a formula, a link or "{=...}", which no option turns off.
                writer.book.add_worksheet(name).add_write_handler(str, _write_text)
                self._plain(frame).to_excel(writer, sheet_name=name, index=False)
                self._format(writer, name, frame)
            for name, data in self._images.items():
                sheet = writer.book.add_worksheet(name)
                sheet.insert_image("A1", f"{name}.png", {"image_data": io.BytesIO(data)})
            if not self._frames and not self._images:
                writer.book.add_worksheet("Plan")

    @staticmethod
    def _plain(frame: Any) -> Any:
        """Lists and dictionaries as text; no control bytes, which Excel's XML cannot hold."""
        from .dot import clean

        def plain(cell: Any) -> Any:
            if isinstance(cell, (list, dict, str)):
                return clean(cell)[:32000]
            return cell

        return frame.apply(lambda column: column.map(plain) if column.dtype == object else column)

    def _chart_column(self, name: str, frame: Any) -> Optional[int]:
        names = list(frame.columns)
        column = self._charted.get(name, "latency.avg_time" if "count" in names else None)
        return names.index(column) if column in names and len(frame) > 1 else None

    def _format(self, writer: Any, name: str, frame: Any) -> None:
        sheet = writer.sheets[name]
        for i, column in enumerate(frame.columns):
            cells = [len(str(cell)) for cell in frame[column].head(200)]
            sheet.set_column(i, i, min(60, max([len(str(column)), *cells]) + 2))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(frame), 1), max(len(frame.columns) - 1, 0))
        values = self._chart_column(name, frame)
        if values is None:
            return
        rows, label = min(len(frame), _MOST_BARS), str(frame.columns[values])
        chart = writer.book.add_chart({"type": "bar"})
        unit = " (ms)" if label.startswith("latency.avg") else ""
        chart.add_series(
            {"name": f"{label}{unit}", "categories": [name, 1, 0, rows, 0],
             "values": [name, 1, values, rows, values]}
        )  # fmt: skip
        # A title that begins with "=" would be read as a reference.
        chart.set_title({"name": f"{label}{unit}: {name}"})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})  # the first row on top, as in the table
        chart.set_x_axis({"label_position": "high", "num_format": "General"})
        chart.set_size({"width": 720, "height": max(240, 22 * rows + 90)})
        sheet.insert_chart(0, len(frame.columns) + 1, chart)
