"""Every name of TREx 0.2.1 is there, with its parameters in their order and with their defaults."""

# SPDX-License-Identifier: Apache-2.0
import importlib
import inspect
import pathlib
import re

import pytest

LINES = [
    line
    for line in (pathlib.Path(__file__).parent / "trex_0.2.1.txt").read_text().splitlines()
    if line and not line.startswith("#")
]
# Exported by `import trex` itself.
CORE = ("activations", "colors", "df_preprocessing", "engine_plan", "graphing", "layer", "misc", "parser")
# Constants and functions that stand for one another: the default's own name is checked, not its value.
NAMED_DEFAULTS = (
    "layer_node_highlighter", "layer_node_configurable_renderer", "region_precision_formatter",
)


def parts_of(line):
    match = re.match(r"(trex\.\w+)\.([\w.]+?)(\((.*)\))?$", line)
    return match.group(1), match.group(2), match.group(4)


def parameters_of(text, module):
    """[(name, default or empty)] as the inventory has them."""
    namespace = {name: getattr(module, name) for name in NAMED_DEFAULTS if hasattr(module, name)}
    made = eval(f"lambda {text}: None", namespace)  # the text is this folder's own
    return [(p.name, p.default, p.kind) for p in inspect.signature(made).parameters.values()]


@pytest.mark.parametrize("line", LINES)
def test_name(line):
    module_name, path, arguments = parts_of(line)
    module = importlib.import_module(module_name)
    thing = module
    for name in path.split("."):
        if inspect.isclass(thing) and not hasattr(thing, name):
            thing = None  # an attribute that __init__ sets
            assert "generations" in path or "self." + name in inspect.getsource(module)
            break
        thing = getattr(thing, name)
    if arguments is None or thing is None:
        return
    wanted = parameters_of(arguments, module)
    if wanted and wanted[0][0] == "cls":
        wanted = wanted[1:]
    given = [(p.name, p.default, p.kind) for p in inspect.signature(thing).parameters.values()]
    # More parameters may follow, with defaults; those of the inventory keep name, place, default.
    assert given[: len(wanted)] == wanted
    for _, default, kind in given[len(wanted) :]:
        assert default is not inspect.Parameter.empty or kind is inspect.Parameter.VAR_KEYWORD


@pytest.mark.parametrize("line", LINES)
def test_core_names_are_exported(line):
    module_name, path, _ = parts_of(line)
    if module_name.split(".")[1] not in CORE:
        return
    import trex

    assert hasattr(trex, path.split(".")[0])
