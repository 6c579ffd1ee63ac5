"""Engines in a notebook cell."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import html
import os
from typing import TYPE_CHECKING, Sequence, Union

from . import _core

if TYPE_CHECKING:
    from .engine import Engine, Path


def report(engines: "Union[Engine, Sequence[Engine]]", path: Path) -> str:
    """Writes the page of `trex report` over one engine or several; returns the path.

    One file that needs nothing else. Raises trex.Error for an engine that was made from a text, and
    where the module was built without the page.
    """
    several = list(engines) if isinstance(engines, (list, tuple)) else [engines]
    text = _core.report_page([engine._native for engine in several])
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return os.fspath(path)


class Page:
    """The interactive page of `trex report` over these engines, in a frame of `height` pixels.

    An engine that came from a text has no file for the page to hold, and a module may be built
    without the page: then summary and plan graph stand in.
    """

    def __init__(self, engines: "Sequence[Engine]", height: int = 720) -> None:
        self.engines = list(engines)
        self.height = height

    def html(self) -> str:
        """The document."""
        try:
            return _core.report_page([engine._native for engine in self.engines])
        except _core.Error:
            return self._plain()

    def _plain(self) -> str:
        parts = []
        for engine in self.engines:
            parts.append(f"<h2>{html.escape(engine.name)}</h2>")
            parts.append(f"<pre>{html.escape(engine.summary(width=110))}</pre>")
            parts.append(engine.draw("svg", theme="light").text)
        return (
            '<!doctype html><meta charset="utf-8"><style>body{font-family:sans-serif}</style>'
            + "".join(parts)
        )

    def _repr_html_(self) -> str:
        text = html.escape(self.html(), quote=True)
        return (
            f'<iframe srcdoc="{text}" sandbox="allow-scripts" title="engine" '
            f'style="width:100%;height:{int(self.height)}px;border:0"></iframe>'
        )
