"""One TensorRT engine as tables, findings, reports and drawings, straight from the C++ core."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
import os
from typing import Any, Dict, List, Optional, Sequence, Tuple, Union

from . import _core
from .table import Table

Path = Union[str, "os.PathLike[str]"]
Error = _core.Error

_SWITCHES = (
    "no_layer_names", "one_line_names", "metadata", "details", "region_names", "region_reuse",
    "edge_names", "no_edge_details", "regions", "forked_regions", "constants", "all", "no_hover",
)  # fmt: skip


class Picture:
    """A drawing: `data` in `format`. A notebook shows SVG and PNG."""

    def __init__(self, data: bytes, format: str) -> None:
        self.data = data
        self.format = format

    @property
    def text(self) -> str:
        """Of a picture that is text: svg, dot, json."""
        return self.data.decode("utf-8")

    def save(self, path: Path) -> str:
        """Writes the picture; returns the path."""
        with open(path, "wb") as file:
            file.write(self.data)
        return os.fspath(path)

    def _repr_svg_(self) -> Optional[str]:
        return self.text if self.format == "svg" else None

    def _repr_png_(self) -> Optional[bytes]:
        return self.data if self.format == "png" else None

    def __repr__(self) -> str:
        return f"<Picture {self.format}, {len(self.data)} bytes>"


class Findings:
    """What lint found, ranked by the time that a change could win."""

    def __init__(self, native: _core.Lint) -> None:
        self._native = native

    @property
    def table(self) -> Table:
        """One row a finding: rule, severity, message, layer, measured_ms, recoverable_ms ..."""
        return Table(self._native.table)

    @property
    def engine_ms(self) -> Optional[float]:
        """Sum of the layers' mean times; None without a profile."""
        return self._native.engine_ms

    @property
    def recoverable_ms(self) -> Optional[float]:
        """Over all findings, no layer's time twice."""
        return self._native.recoverable_ms

    @property
    def best_ms(self) -> Optional[float]:
        """The engine's time in ms if every finding were followed; None without a profile."""
        return self._native.best_ms

    def __len__(self) -> int:
        return len(self._native.table)

    def to_json(self) -> Any:
        """The contract of `trex lint --json`, as Python objects."""
        return json.loads(self._native.render("json", 0))

    def to_pandas(self) -> Any:
        """`table` as a DataFrame."""
        return self.table.to_pandas()

    def render(self, format: str = "text", width: int = 100) -> str:
        """As `trex lint` prints it: text, json, csv, markdown ..."""
        return self._native.render(format, width)

    def __str__(self) -> str:
        return self.render()

    def __repr__(self) -> str:
        return repr(self.table[["rule", "severity", "layer", "recoverable_ms"]])

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


class Diff:
    """Two engines aligned: `pairs` is a table, str() tells the story."""

    def __init__(self, a: "Engine", b: "Engine", options: Dict[str, Any]) -> None:
        self._a, self._b, self._options = a, b, options
        _, pairs, self.passed = self._run("")
        self.pairs = Table(pairs)

    def _run(self, format: str, width: int = 100) -> Tuple[str, _core.Table, bool]:
        return _core.diff(
            self._a._native,
            self._b._native,
            self._options["only"],
            self._options["where"],
            self._options["top"],
            self._options["all"],
            self._options["gate"],
            format,
            width,
        )

    def render(self, format: str = "text", width: int = 100) -> str:
        """As `trex diff` prints it: text, json, csv, markdown ..."""
        return self._run(format, width)[0]

    def to_json(self) -> Any:
        """The contract of `trex diff --json`: totals, waterfall, pairs, gate."""
        return json.loads(self.render("json", 0))

    def __str__(self) -> str:
        return self.render()

    def _repr_html_(self) -> str:
        return self.pairs._repr_html_()


class Engine:
    """An engine and all that its files say. Made by `trex.load`."""

    def __init__(self, native: _core.Engine) -> None:
        self._native = native
        self._tables: Dict[str, Table] = {}

    @property
    def name(self) -> str:
        """From the graph file's name, or as given."""
        return self._native.name

    @property
    def schema(self) -> str:
        """Which TensorRT versions write files like this one."""
        return self._native.schema

    def _table(self, name: str) -> Table:
        if name not in self._tables:
            self._tables[name] = Table(getattr(self._native, name))
        return self._tables[name]

    @property
    def layers(self) -> Table:
        """A row a layer in execution order, with every analysis; without NoOp, Constant ..."""
        if "shown" not in self._tables:
            every = self.all_layers
            hidden = any(every["hidden"].to_list())
            self._tables["shown"] = every.where("not hidden") if hidden else every
        return self._tables["shown"]

    @property
    def all_layers(self) -> Table:
        """As `layers`, with those that are hidden there (column `hidden`)."""
        return self._table("layers")

    @property
    def tensors(self) -> Table:
        """A row a tensor of a layer: role, name, dims, format, bytes; `layer` is its row."""
        return self._table("tensors")

    @property
    def regions(self) -> Table:
        """A row a distinct tensor name, with its bytes, writers and readers."""
        return self._table("regions")

    @property
    def bindings(self) -> Table:
        """A row an engine input or output."""
        return self._table("bindings")

    @property
    def source_ops(self) -> Table:
        """A row an ONNX or framework node that layers were made from."""
        return self._table("source_ops")

    @property
    def timing(self) -> Table:
        """A row an inference, in ms; no rows without a timing file."""
        return self._table("timing")

    @property
    def notes(self) -> List[Dict[str, str]]:
        """What was odd in the files and tolerated: file, path, message."""
        return self._native.notes

    @property
    def metadata(self) -> Dict[str, Dict[str, Any]]:
        """Sections of the logs or metadata files: device, build options, performance."""
        merged: Dict[str, Dict[str, Any]] = {}
        for part in (self._native.build_metadata, self._native.profile_metadata):
            for section, entries in part.items():
                merged.setdefault(section, {}).update(entries)
        return merged

    def raw(self, layer: int) -> Dict[str, Any]:
        """The layer's own JSON, as the file has it; `layer` is its `index`."""
        return self._native.raw(layer)

    def lint(self, rules: str = "all", settings: Sequence[str] = ()) -> Findings:
        """Runs the rules ("all", ids, codes or groups by commas; "-id" leaves one out).

        `settings` are thresholds: "reformat-share.share=0.1".
        """
        return Findings(_core.lint(self._native, rules, list(settings)))

    def summary(self, format: str = "text", width: int = 100) -> str:
        """What the engine is, as `trex summary` prints it."""
        return _core.summary(self._native, format, width)

    def summary_json(self) -> Dict[str, Any]:
        """The contract of `trex summary --json`."""
        parsed: Dict[str, Any] = json.loads(_core.summary(self._native, "json", 0))
        return parsed

    def check(self, format: str = "text", width: int = 100) -> str:
        """Is the evidence sound: load notes, pairing, measurement hygiene."""
        return _core.check(self._native, format, width)

    def show(self, layer: Union[int, str], format: str = "text", width: int = 100) -> str:
        """Everything about one layer: an index, a name or a part of one."""
        return _core.show(self._native, str(layer), format, width)

    def query(self, expression: str) -> Table:
        """The layers for which a filter expression holds."""
        return self.layers.where(expression)

    def diff(
        self,
        other: "Engine",
        only: Sequence[str] = (),
        where: str = "",
        top: Optional[int] = None,
        all: bool = False,
        gate: Sequence[str] = (),
    ) -> Diff:
        """What changed from this engine to the other; `gate` takes rules as `trex diff --gate`."""
        return diff(self, other, only, where, top, all, gate)

    def draw(self, format: str = "svg", **options: Any) -> Picture:
        """The plan graph as svg, png, pdf, dot, onnx, json or model-explorer.

        Options as `trex draw`: color_by, style, latency, theme, group, direction, depth, query,
        type, slowest, context, highlight, scale; and switches: details=True, regions=True ...
        """
        switches = {name: bool(options.pop(name)) for name in _SWITCHES if name in options}
        known = {
            "color_by", "style", "latency", "theme", "group", "direction", "depth", "query",
            "type", "slowest", "context", "highlight", "scale",
        }  # fmt: skip
        for name in options:
            if name not in known:
                raise TypeError(f"draw() has no option '{name}'")
        chosen = {name: value for name, value in options.items() if value is not None}
        if isinstance(chosen.get("highlight"), str):
            chosen["highlight"] = [chosen["highlight"]]
        chosen.update(format=format, switches=switches)
        return Picture(_core.draw(self._native, chosen), format)

    def explore(self, height: int = 720) -> Any:
        """The interactive page in a notebook cell."""
        from .page import Page

        return Page([self], height=height)

    def __repr__(self) -> str:
        return f"<Engine {self.name}: {len(self.layers)} layers, {self.schema}>"

    def _repr_html_(self) -> str:
        return f"<pre>{_escape(self.summary(width=100))}</pre>"


def _escape(text: str) -> str:
    import html

    return html.escape(text)


def load_all(
    *paths: Path, opt_profile: Optional[int] = None, **files: Path
) -> List[Engine]:
    """Every engine that the paths hold: graph files, folders, stems or archives."""
    named = {name: os.fspath(path) for name, path in files.items() if path is not None}
    return [Engine(e) for e in _core.load([os.fspath(p) for p in paths], named, opt_profile)]


def load(*paths: Path, opt_profile: Optional[int] = None, **files: Path) -> Engine:
    """One engine, with the files that stand beside its graph file.

    `files`: graph, profile, timing, profile_metadata, build_metadata, profile_log, build_log, onnx,
    name. Raises trex.Error (a ValueError) when there is nothing to load.
    """
    engines = load_all(*paths, opt_profile=opt_profile, **files)
    if len(engines) != 1:
        names = ", ".join(engine.name for engine in engines)
        raise ValueError(f"load: these hold {len(engines)} engines ({names}); use load_all")
    return engines[0]


def diff(
    a: Engine,
    b: Engine,
    only: Sequence[str] = (),
    where: str = "",
    top: Optional[int] = None,
    all: bool = False,
    gate: Sequence[str] = (),
) -> Diff:
    """Two engines aligned through fusion and renaming: what moved, why, whether it is real."""
    options = dict(only=list(only), where=where, top=top, all=all, gate=list(gate))
    return Diff(a, b, options)


def compare(
    engines: Sequence[Engine],
    baseline: int = 0,
    differing: bool = False,
    format: str = "text",
    width: int = 100,
) -> str:
    """Engines side by side: totals, types, precisions, blocks, speed-ups against `baseline`."""
    natives = [engine._native for engine in engines]
    return _core.compare(natives, baseline, differing, format, width)


def explain(word: str, format: str = "text", width: int = 100) -> str:
    """A rule, a layer type, a format, a tactic name or a naming convention, in plain words."""
    return _core.explain(word, format, width)


def samples() -> Dict[str, str]:
    """The example engines that `write_samples` knows, each with what it is."""
    return dict(_core.samples())


def write_samples(
    directory: Path,
    only: Sequence[str] = (),
    layers: Optional[int] = None,
    records: Optional[int] = None,
    force: bool = False,
) -> List[str]:
    """Writes example engines (modelled, not measured) and returns the files' paths.

    `layers` writes one engine of that many layers instead.
    """
    return _core.write_samples(os.fspath(directory), list(only), layers, records, force)
