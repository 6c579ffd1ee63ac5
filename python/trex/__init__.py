"""trex: what is in a TensorRT engine, where its time and memory go, why, and what changed.

`trex.load(...)` gives an Engine over the C++ core. `trex.EnginePlan(...)` and the modules beside it
keep the interface of TREx 0.2.1 (docs/migrating-from-trex.md). Nothing here needs pandas, plotly or
ipywidgets until a function that does is called.
"""

# SPDX-License-Identifier: Apache-2.0
from ._core import version as __version__
from .activations import *
from .colors import *
from .df_preprocessing import *
from .engine import (
    Diff,
    Engine,
    Error,
    Findings,
    Picture,
    compare,
    diff,
    explain,
    load,
    load_all,
    samples,
    write_samples,
)
from .engine_plan import *
from .graphing import *
from .layer import *
from .misc import *
from .page import report
from .parser import *
from .store import Dataset, query, query_table, views
from .table import Column, Table
