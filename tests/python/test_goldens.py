"""The same figures as TREx on its own engines, but where TREx is wrong.

What differs is stated below, and in docs/migrating-from-trex.md.
"""

# SPDX-License-Identifier: Apache-2.0
import contextlib
import io

import pytest
import trex
from conftest import STEMS, files_of

# TREx did not pad vectorized layouts: 3 channels stand as 4 (NC/4HW4) or 32 (NC/32HW32).
PADDED = {"total_io_size_bytes", "total_footprint_bytes", "attr.arithmetic_intensity",
          "attr.memory_efficiency"}
# TREx did not divide by the groups.
GROUPED = {"attr.K"}
PLAIN = {"latency.time", "latency.avg_time", "latency.median_time"}


def vector_width(layer_format):
    for width in (32, 16, 4, 2):
        if f"NC/{width}HW{width}" in layer_format:
            return width
    return 1


def padded_bytes(golden_tensor):
    shape = list(golden_tensor["shape"])
    width = vector_width(golden_tensor["format"])
    if len(shape) > 2:
        shape[1] = -(-shape[1] // width) * width
    size = golden_tensor["data_size"]
    for dim in shape:
        size *= dim
    return size


def padded_io(golden, name):
    layer = next(layer for layer in golden["layers"] if layer["name"] == name)
    return sum(padded_bytes(tensor) for tensor in layer["inputs"] + layer["outputs"])


def test_bindings_and_name(golden, plan):
    assert plan.name == golden["plan_name"]
    assert plan.bindings == golden["bindings"]
    inputs, outputs = plan.get_bindings()
    for given, wanted in ((inputs, "bindings_in"), (outputs, "bindings_out")):
        assert [
            {key: getattr(tensor, key) for key in reference}
            for tensor, reference in zip(given, golden["totals"][wanted])
        ] == golden["totals"][wanted]


def test_dataframe(golden, plan):
    assert list(plan.df.columns) == golden["df"]["columns"]
    assert {name: str(kind) for name, kind in plan.df.dtypes.items()} == golden["df"]["dtypes"]
    assert len(plan.df) == golden["df"]["n_rows"]
    for wanted in golden["df"]["rows"]:
        row = plan.df.loc[wanted["_index"]]
        for key, value in wanted.items():
            if key == "_index":
                continue
            if key == "total_io_size_bytes":
                value = padded_io(golden, wanted["Name"])
            elif key == "total_footprint_bytes":
                value = padded_io(golden, wanted["Name"]) + wanted["weights_size"]
            if key == "latency.pct_time":  # TREx took the file's rounded figure
                value = pytest.approx(value, rel=1e-4)
            elif key in PLAIN:
                value = pytest.approx(value, rel=1e-12)
            assert row[key] == value, (wanted["Name"], key)


def test_layers(golden, plan):
    assert len(plan.layers) == len(golden["layers"])
    assert len(plan.constants) == golden["totals"]["constants"]
    for layer, wanted in zip(plan.layers, golden["layers"]):
        for key in ("name", "type", "subtype", "precision", "weights_cnt", "weights_type",
                    "weights_size", "bias_cnt", "bias_type", "bias_size", "metadata"):
            assert getattr(layer, key) == wanted[key], (layer.name, key)
        for side in ("inputs", "outputs"):
            assert len(getattr(layer, side)) == len(wanted[side])
            for tensor, reference in zip(getattr(layer, side), wanted[side]):
                for key in ("name", "shape", "format", "precision", "data_size"):
                    assert getattr(tensor, key) == reference[key]
                assert tensor.size_bytes == padded_bytes(reference)


def test_totals(golden, plan):
    assert plan.total_runtime == pytest.approx(golden["totals"]["total_runtime"], rel=1e-9)
    assert plan.total_weights_size == golden["totals"]["total_weights_size"]
    # TREx counted each tensor for every layer that touches it.
    assert 0 < plan.total_act_size < golden["totals"]["total_act_size"]


def test_layers_by_type(golden, plan):
    for kind, wanted in golden["layers_by_type"].items():
        frame = plan.get_layers_by_type(kind)
        assert sorted(frame.columns) == wanted["columns_sorted"]
        assert list(frame.index) == [row["_index"] for row in wanted["rows"]]
        for reference in wanted["rows"]:
            row = frame.loc[reference["_index"]]
            io_bytes = padded_io(golden, reference["Name"])
            for key, value in reference.items():
                if key == "_index" or key in PADDED | GROUPED:
                    continue
                if isinstance(value, float):
                    value = pytest.approx(value, rel=1e-4)
                assert row[key] == value, (reference["Name"], key)
            assert row["total_io_size_bytes"] == io_bytes
            if kind == "Convolution":
                assert row["attr.M"] * row["attr.N"] * row["attr.K"] == row["attr.macs"]
                assert row["attr.K"] == reference["attr.K"] // reference["attr.groups"]
                assert row["attr.arithmetic_intensity"] == pytest.approx(
                    row["attr.macs"] / row["total_footprint_bytes"]
                )


@pytest.mark.parametrize("what", ["group_count", "group_sum", "group_mean"])
def test_groups(golden, plan, what):
    for attribute, wanted in golden[what].items():
        if what == "group_count":
            frame = trex.group_count(plan.df, attribute)
            assert dict(zip(frame[attribute], frame["count"])) == wanted
            continue
        function = trex.group_sum_attr if what == "group_sum" else trex.group_mean_attr
        for reduced, values in wanted.items():
            if reduced in PADDED:
                continue
            frame = function(plan.df, attribute, reduced)
            given = dict(zip(frame[attribute], frame[reduced]))
            assert given == pytest.approx(values, rel=1e-4)


def test_clean_for_display(golden, plan):
    frame = trex.clean_for_display(plan.df)
    wanted = golden["clean_for_display"]
    assert list(frame.columns) == wanted["columns"]
    assert list(frame["Inputs"]) == wanted["inputs"]
    assert list(frame["Outputs"]) == wanted["outputs"]
    assert "Inputs" in plan.df.columns and isinstance(plan.df["Inputs"].iloc[0], list)


def test_metadata(golden, plan):
    assert plan.device_properties == golden["device_properties"]
    assert plan.performance_summary == golden["performance_summary"]
    assert plan.builder_cfg == golden["builder_cfg"]


def test_summary(golden, plan):
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        plan.summary()
    given, wanted = text.getvalue().splitlines(), golden["summary_text"].splitlines()
    assert len(given) == len(wanted)
    for mine, theirs in zip(given, wanted):
        if not mine.startswith("\tActivations:"):  # each counted once
            assert mine == theirs


def test_regions(golden, plan):
    given = [
        {
            "name": region.name,
            "generations": [
                {
                    "id": generation.id,
                    "is_user": generation.is_user,
                    "is_forked": generation.is_forked,
                    "writers": [list(port) for port in generation.writers],
                    "readers": [list(port) for port in generation.readers],
                    "shape": generation.tensor.shape,
                }
                for generation in region.generations
            ],
        }
        for region in trex.regions_factory(plan)
    ]
    assert given == golden["regions"]


GRAPHS = {
    "default": {},
    "regions": {"include_regions": True},
    "forking": {"include_forking_regions": True},
    "regions_constants": {"include_regions": True, "include_constants": True},
}


@pytest.mark.parametrize("which", sorted(GRAPHS))
def test_plan_graph(golden, plan, which):
    graph = trex.PlanGraph(plan, **GRAPHS[which])
    wanted = golden["plan_graph"][which]
    assert len(graph.layer_nodes) == wanted["layer_nodes"]
    assert [[m.name, m.region_gen, m.is_user] for m in graph.memory_nodes] == wanted["memory_nodes"]
    assert [
        [e.src.layer_name, e.src.port, e.dst.layer_name, e.dst.port, e.tensor.name, e.region_gen]
        for e in graph.edges_list
    ] == wanted["edges"]


DOTS = {
    "api_default": {},
    "api_precision_formatter": {"layer_node_formatter": trex.layer_precision_formatter},
    "api_display_regions": {"display_regions": True},
    "api_display_forking_regions": {"display_forking_regions": True},
    "api_display_constants": {"display_constants": True},
    "api_regions_constants": {"display_regions": True, "display_constants": True},
    "api_expand_layer_details": {"expand_layer_details": True},
    "renderer_Minimal": {"layer_node_renderer": trex.layer_node_renderers["Minimal"]},
    "renderer_Keras": {"layer_node_renderer": trex.layer_node_renderers["Keras"]},
}


@pytest.mark.parametrize("which", sorted(DOTS))
def test_dot(golden, plan, which):
    options = dict(DOTS[which])
    formatter = options.pop("layer_node_formatter", trex.layer_type_formatter)
    dot = trex.to_dot(plan, formatter, **options)
    edges = sum(" -> " in line for line in dot.body if not line.startswith('\t"') or '" -> "' in line)
    assert edges == golden["dot"][which]["edges"]
    assert len(dot.body) - edges == golden["dot"][which]["nodes"]


def test_lint(golden, plan):
    from trex import lint

    columns = golden["lint"]["ConvLinter"]["columns"]
    linter = lint.ConvLinter(plan)
    frame = linter.lint()
    assert list(frame.columns) == columns
    parts = golden["lint"]["ConvLinter_parts"]
    # TREx read Tensor Cores from a list of letters, which 'xmma' passed whatever the kernel does.
    off = linter.tc_lint()
    theirs = {entry["name"] for entry in parts["tc_lint"]}
    assert theirs < set(off)
    assert all("_simt_" in off[name]["tactic"] for name in set(off) - theirs)
    for part in ("mixed_precision_lint", "alignment_lint"):
        mine = set(getattr(linter, part)())
        theirs = {entry if isinstance(entry, str) else entry["name"] for entry in parts[part]}
        assert mine == theirs, part
    # One row for every layer and hazard: TREx kept one a layer.
    counts = [len(getattr(linter, part)()) for part in parts]
    assert len(frame) == sum(counts) >= len(golden["lint"]["ConvLinter"]["findings"])
    reformats = lint.ReformatLinter(plan).lint()
    wanted = golden["lint"]["ReformatLinter"]
    assert list(reformats.columns) == wanted["columns"]
    assert list(reformats["name"]) == [entry["name"] for entry in wanted["findings"]]
    assert all(reformats["mitigation"])
    assert len(lint.SliceLinter(plan).lint()) == 0
    lint.QDQLinter(plan).lint()


def test_timing(golden):
    path = files_of(golden["engine"].replace("tests_", ""))[0].replace("graph.json", "timing.json")
    samples = trex.read_timing_file(path)
    assert len(samples) == golden["timing"]["n"]
    assert samples[:5] == golden["timing"]["first5"]
    assert sum(samples) == pytest.approx(golden["timing"]["sum"])


def test_onnx_graph(golden, plan):
    data = trex.OnnxGraph(plan, False).SerializeToString()
    assert len(data) > 1000 * golden["onnx_graph"]["nodes"]


@pytest.mark.parametrize("exact", [True, False])
def test_compare(golden, exact):
    import json

    from conftest import SHARED
    from trex import compare_engines

    path = SHARED / "goldens" / f"compare__tests_{STEMS[0]}__tests_{STEMS[1]}.json"
    wanted = json.loads(path.read_text())["exact" if exact else "inexact"]
    plans = [trex.EnginePlan(*files_of(stem)[:2]) for stem in STEMS]
    pairs = compare_engines.match_layers(*plans, exact)
    assert {tuple(pair) for pair in pairs} == {tuple(pair) for pair in wanted["pairs"]}
    merged = compare_engines.aligned_merge_plans(*plans, pairs)
    names = compare_engines.get_plans_names(plans)
    assert list(merged.columns) == wanted["merge"]["columns"][:12] + names
    rows = {row["formats (1)"]: row for row in wanted["merge"]["rows"] if row["avg_time (2)"]}
    assert merged["avg_time (1)"].sum() == pytest.approx(wanted["sum_avg_time"][0])
    by_name = {row[f"tests_{STEMS[0]}"]: row for row in wanted["merge"]["rows"]}
    compared = 0
    for _, row in merged.iterrows():
        reference = by_name.get(row[names[0]])
        if reference is None or row[names[1]] is None:
            continue
        for column in wanted["merge"]["columns"][4:12]:
            assert row[column] == reference[column]
        assert row["speedup (2)"] == pytest.approx(reference["speedup (2)"])
        compared += 1
    assert compared == wanted["matched"] and rows
    first, second = compare_engines.aligned_layers(*plans, pairs)
    assert len(first) == len(second) == len(pairs)
