"""Colours of precisions and layer types for charts: the same as in drawings and the page."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections import defaultdict
from typing import Any, DefaultDict, Dict, List

from . import _core

__all__ = [
    "NVDA_GREEN",
    "UNKNOWN_KEY_COLOR",
    "GRID_COLOR",
    "default_pallete",
    "precision_colormap",
    "layer_colormap",
]

NVDA_GREEN = "#76b900"
UNKNOWN_KEY_COLOR = "#808890"
GRID_COLOR = "rgba(114, 179, 24, 0.3)"

_colors: Dict[str, Any] = _core.colors()

default_pallete: List[str] = list(_colors["other"]) + [UNKNOWN_KEY_COLOR]


def _colormap(named: Dict[str, str]) -> DefaultDict[str, str]:
    return defaultdict(lambda: UNKNOWN_KEY_COLOR, named)


# Any name may be asked for; one without a colour of its own is gray.
precision_colormap = _colormap(_colors["precision"])
layer_colormap = _colormap(_colors["type"])
