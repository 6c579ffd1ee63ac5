"""A graph in Graphviz' language, with the methods that users of `graphviz.Digraph` expect.

The text is made here, escaped; only rendering needs the `dot` program.
"""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
from typing import Any, Dict, List, Optional

# Graphviz' reader refuses longer quoted strings.
_LONGEST_TEXT = 16000

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def clean(text: Any) -> str:
    """Text without control bytes, which no picture can hold."""
    return _CONTROL.sub("\ufffd", str(text))


def escaped(text: Any) -> str:
    """Text for an HTML-like label."""
    return html.escape(clean(text))


def quoted(text: Any) -> str:
    """A DOT string, or an HTML-like label ("<...>") as it is."""
    said = clean(text)
    if said.startswith("<") and said.endswith(">"):
        return said
    if len(said) > _LONGEST_TEXT:
        said = said[:_LONGEST_TEXT] + " ..."
    # Backslashes of our own line breaks (\n, \l, \r) stay; any other is the text's.
    said = re.sub(r"\\(?![nlr])", r"\\\\", said)
    return '"' + said.replace('"', '\\"') + '"'


def _attributes(attributes: Dict[str, Any]) -> str:
    if not attributes:
        return ""
    return " [" + " ".join(f"{k}={quoted(v)}" for k, v in attributes.items()) + "]"


class Digraph:
    """A directed graph: nodes and edges with attributes; `source` is its DOT text."""

    def __init__(self, name: str = "", format: str = "svg") -> None:
        self.name = name
        self.format = format
        self.graph_attr: Dict[str, Any] = {}
        self.node_attr: Dict[str, Any] = {}
        self.edge_attr: Dict[str, Any] = {}
        self.body: List[str] = []

    def attr(self, kw: Optional[str] = None, **attributes: Any) -> None:
        named = {"node": self.node_attr, "edge": self.edge_attr}
        named.get(kw or "", self.graph_attr).update(attributes)

    def node(self, name: str, label: Optional[str] = None, **attributes: Any) -> None:
        if label is not None:
            attributes = {"label": label, **attributes}
        self.body.append(f"\t{quoted(name)}{_attributes(attributes)}\n")

    def edge(self, tail: str, head: str, label: Optional[str] = None, **attributes: Any) -> None:
        if label is not None:
            attributes = {"label": label, **attributes}
        self.body.append(f"\t{quoted(tail)} -> {quoted(head)}{_attributes(attributes)}\n")

    @property
    def source(self) -> str:
        defaults = [
            f"\t{kind}{_attributes(attributes)}\n"
            for kind, attributes in (
                ("graph", self.graph_attr), ("node", self.node_attr), ("edge", self.edge_attr),
            )
            if attributes
        ]  # fmt: skip
        return f"digraph {quoted(self.name)} {{\n" + "".join(defaults + self.body) + "}\n"

    def __str__(self) -> str:
        return self.source

    def save(self, filename: str) -> str:
        with open(filename, "w", encoding="utf-8") as file:
            file.write(self.source)
        return filename

    def pipe(self, format: Optional[str] = None) -> bytes:
        """The picture, by Graphviz' `dot`."""
        program = shutil.which("dot")
        if program is None:
            raise RuntimeError(
                "rendering DOT needs Graphviz' program 'dot' (apt-get install graphviz); "
                "plan.engine.draw() needs nothing"
            )
        kind = format or self.format
        if kind in ("dot", "gv"):
            return self.source.encode()
        done = subprocess.run(
            [program, f"-T{kind}"], input=self.source.encode(), stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise RuntimeError(f"dot: {done.stderr.decode(errors='replace').strip()}")
        return done.stdout

    def render(
        self,
        filename: Optional[str] = None,
        format: Optional[str] = None,
        outfile: Optional[str] = None,
        **_: Any,
    ) -> str:
        """Writes the picture and returns its path."""
        kind = format or self.format
        path = outfile or f"{filename or self.name or 'graph'}.{kind}"
        data = self.pipe(kind)
        with open(path, "wb") as file:
            file.write(data)
        return os.fspath(path)

    def _repr_svg_(self) -> Optional[str]:
        return self.pipe("svg").decode() if shutil.which("dot") else None
