"""Packages that only some functions need, asked for by name."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import importlib
from typing import Any


def need(module: str, what: str) -> Any:
    """The module; an ImportError that says what needs it and how to get it."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = module.split(".")[0]
        raise ImportError(
            f"{what} needs the package '{package}': pip install {package}"
        ) from error
