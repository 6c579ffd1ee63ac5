"""Every function and method of TREx 0.2.1 is called, by position and by keyword, with all parameters.

Both calls must do the same. What the results are is checked against golden data (test_goldens) and by
hand (the other files).
"""

# SPDX-License-Identifier: Apache-2.0
import importlib
import inspect
import re

import pytest
import trex
from test_interface import LINES, parts_of

for needed in ("plotly", "ipywidgets", "xlsxwriter"):
    pytest.importorskip(needed)

CALLS = [line for line in LINES if "(" in line]
# These need a package that only NVIDIA, or nobody, has: they say so.
MISSING = {
    "trex.archiving.EngineArchive.archive_plan_info": "tensorrt",
    "trex.archiving.EngineArchive.Builder": "tensorrt",
    "trex.graphing.make_onnx_tensor": "onnx",
}


class Config:
    """Stands for TensorRT's builder configuration."""

    max_aux_streams = 2

    def get_timing_cache(self):
        return self

    def serialize(self):
        return b"cache"


class Logger:
    def log(self, severity, msg):
        pass


def png():
    from test_excel import png

    return png()


@pytest.fixture(scope="module")
def world(sample_plan, sample_graphs):
    """A value for every parameter by its name; "Class.name" or "function.name" where one differs."""
    plan = sample_plan
    graph = next(path for path in sample_graphs if "resnet18.qat-residual-gap." in path.name)
    stem = str(graph)[: -len(".graph.json")]
    other = trex.EnginePlan(str(graph).replace("-residual-gap", ""))
    convs = plan.get_layers_by_type("Convolution")
    from trex import compare_engines, graphing

    layer, tensor = plan.layers[1], plan.layers[1].inputs[0]
    types = trex.group_count(plan.df, "type")
    port = graphing.PortDesc("a", 0)
    graph_of = graphing.PlanGraph(plan)
    region = graph_of.regions[0]
    return {
        "plan": plan, "plans": [plan, other], "plan1": plan, "plan2": other,
        "raw_dict": layer.raw_dict, "Activation.raw_dict": tensor.raw_dict,
        "layer": layer, "create_activations.layer": plan.df.iloc[1],
        "get_io_dimensions.layer": plan.df.iloc[1], "get_io_formats.layer": plan.df.iloc[1],
        "get_io_precisions.layer": plan.df.iloc[1],
        "layers": plan.layers, "bindings": plan.bindings, "tensor": tensor, "is_user": True,
        "fname": "file.txt", "zipf": None, "text": "text", "content": b"bytes", "tea": None,
        "archive_filename": "a.tea", "config": Config(), "build_duration": 1.5,
        "user_logger": Logger(), "severity": 1, "msg": "message", "logger": None,
        "EngineArchive.archive_plan_info.plan": b"",
        "orientation": "vertical", "plotly_bar2.orientation": "h", "create_layout.orientation": "h",
        "use_all_tensors": True, "exact_matching": False, "threshold": 0.1, "col_name": "speedup",
        "matched_indices_pairs": compare_engines.match_layers(plan, other, False),
        "layer_type": "Convolution", "df": plan.df, "columns": ["tactic"],
        "annotate_convolutions.convs": convs.drop(columns=["attr.macs"]), "convs": convs,
        "graph_file": f"{stem}.graph.json", "profiling_file": f"{stem}.profile.json",
        "profiling_metadata_file": f"{stem}.profile.metadata.json",
        "build_metadata_file": f"{stem}.build.metadata.json", "profile_id": 0,
        "log_string": open(f"{stem}.graph.json").read(), "layer_name": layer.name,
        "path": "book.xlsx", "df_dict": {"one": types}, "image_dict": {"picture": png()},
        "gen_id": 0, "writer": port, "reader": port, "region": region,
        "generation": region.generations[0], "is_constant": False,
        "dot_graph": graphing.to_dot(plan, graphing.layer_type_formatter), "engine_name": "engine",
        "output_format": "dot", "latency": 0.25, "node_name": "a", "highlighted_layer_names": ["a"],
        "layer_node_formatter": graphing.layer_type_formatter, "latency_type": "median_time",
        "highlight_layers": [layer.name], "display_forking_regions": True,
        "diagram_renderer": lambda choice, value: print(choice, value),
        "choices": {"a": 1}, "InteractiveDiagram_2.choices": {"a": lambda: print("a")},
        "description": "Choice:", "user_choice": "a",
        "grouping_attr": "type", "reduced_attr": "latency.avg_time", "shape": [1, 2],
        "dict_list": [{"a": 1}, {"b": 2}], "df_list": [types, types], "names_col": "type",
        "values_col": "count", "plotly_hist.values_col": "latency.avg_time",
        "plotly_bar2.df": types, "plotly_pie.df": types, "rotate_columns.df": types,
        "title": "Title", "width_pct": 80, "range_highlights": None, "nan_display": "-", "precision": 3,
        "tbl_display_fn": None, "json_file": f"{stem}.profile.json", "device": 0,
        "metadata_file": f"{stem}.profile.metadata.json", "section": "performance_summary",
        "timing_json_file": f"{stem}.timing.json", "gridcolor": "#eee", "size": (300, 200),
        "x_title": "x", "y_title": "y", "bar_names": ["one", "two"], "color": "type",
        "colormap": trex.layer_colormap, "do_show": False, "fig": None, "xaxis_title": "x",
        "yaxis_title": "y", "values": "count", "names": "type",
        "charts": [(types, "types", "count", "type")], "max_cols": 2, "name": "given name",
    }  # fmt: skip


def instance_of(module, cls, world):
    """An object to call methods of."""
    from trex import archiving, graphing, interactive

    made = {
        "zip_file_writer": lambda: archiving.EngineArchive("a.tea").writer("a.txt"),
        "zip_file_reader": lambda: archive_with_text().reader("file.txt"),
        "EngineArchive": archive_with_text,
        "Region": lambda: region_with_a_generation(graphing, world),
        "InteractiveDiagram": lambda: interactive.InteractiveDiagram(print, {"a": 1}, "x"),
        "InteractiveDiagram_2": lambda: interactive.InteractiveDiagram_2({"a": print}, "x"),
        "regular_file_reader": lambda: regular_file(archiving),
    }
    if cls in made:
        return made[cls]()
    thing = getattr(module, cls)
    names = list(inspect.signature(thing).parameters)
    return thing(*[world.get(f"{cls}.{n}", world[n]) for n in names[:1]])


def archive_with_text():
    from trex import archiving

    archive = archiving.EngineArchive("b.tea")
    archive.writef_txt("file.txt", "text")
    return archive


def regular_file(archiving):
    with archiving.get_writer(None, "file.txt") as file:
        file.write("text")
    return archiving.regular_file_reader("file.txt")


def region_with_a_generation(graphing, world):
    region = graphing.Region()
    region.add_generation(world["tensor"])
    return region


def plain(thing):
    """What can be compared of a result."""
    if hasattr(thing, "to_plotly_json"):
        return re.sub(r'"uid":"[^"]*"', "", str(thing))
    if hasattr(thing, "to_dict") and hasattr(thing, "columns"):
        return repr(thing.to_dict("list"))
    if isinstance(thing, dict):
        return {key: plain(value) for key, value in thing.items()}
    if isinstance(thing, (list, tuple)):
        return [plain(item) for item in thing]
    if isinstance(thing, (str, bytes, int, float, type(None))):
        return thing
    return type(thing).__name__


def function_and_arguments(line, world):
    module_name, path, text = parts_of(line)
    module = importlib.import_module(module_name)
    names = path.split(".")
    thing = getattr(module, names[0])
    if len(names) == 2 and names[1] != "__init__":
        owner = thing if text.startswith("cls") else instance_of(module, names[0], world)
        thing = getattr(owner, names[1])
    given = {}
    for name, parameter in inspect.signature(thing).parameters.items():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        keys = (f"{path}.{name}", f"{names[0]}.{name}", name)
        found = [world[key] for key in keys if key in world]
        if found:
            given[name] = found[0]
        elif parameter.default is not parameter.empty:
            given[name] = parameter.default
        else:
            raise AssertionError(f"{line}: no value for '{name}'")
    if path in ("to_dot", "stacked_tabular"):
        wanted = {"to_dot": ("plan", "layer_node_formatter"),
                  "stacked_tabular": ("bar_names", "df_list", "names_col", "values_col")}[path]
        given = {name: world[name] for name in wanted}
    if "zipf" in given:
        given["zipf"] = archive_with_text()
    if path in ("trex_base_layout", "stacked_bars"):
        import plotly.graph_objects as go

        given["fig"] = go.Figure()
    return thing, given


def copied(value):
    """Some functions change their argument."""
    return value.copy() if hasattr(value, "columns") else value


@pytest.mark.parametrize("line", CALLS)
def test_call(line, world, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    name = ".".join(parts_of(line)[:2])
    results, printed = [], []
    for by_keyword in (False, True):
        function, given = function_and_arguments(line, world)
        given = {key: copied(value) for key, value in given.items()}
        if name in MISSING:
            with pytest.raises(ImportError, match=MISSING[name]):
                function(**given) if by_keyword else function(*given.values())
            continue
        capsys.readouterr()
        results.append(plain(function(**given) if by_keyword else function(*given.values())))
        printed.append(re.sub("0x[0-9a-f]+", "", capsys.readouterr().out))
    if name not in MISSING:
        assert results[0] == results[1] and printed[0] == printed[1]


def test_the_buttons_of_the_extended_graph(world, tmp_path, monkeypatch):
    """TREx's crashed: they draw, with every box ticked, and save."""
    import shutil

    from trex import report_card

    monkeypatch.chdir(tmp_path)
    panel = report_card.report_card_draw_plan_graph_extended(world["plan"], "engine")
    *_, buttons, _ = panel.children
    for row in panel.children[1:-2]:
        for box in row.children:
            box.value = True
    svg, onnx = buttons.children
    onnx._click_handlers(onnx)  # what click() does, which older ipywidgets do not have
    assert (tmp_path / "engine.plan.onnx").stat().st_size > 1000
    if shutil.which("dot"):
        svg._click_handlers(svg)
        assert "<svg" in (tmp_path / "engine.svg").read_text()
