"""The dataframe holds what the layers' own JSON says, whatever that is."""

# SPDX-License-Identifier: Apache-2.0
import json
import warnings

import pytest
import trex

TENSOR = {"Name": "x", "Location": "Device", "Dimensions": [1, 8, 4, 4], "Format/Datatype": "Half"}


def plan_of(layers):
    return trex.EnginePlan([{"Name": f"l{i}", "LayerType": "Scale", **layer}
                            for i, layer in enumerate(layers)])  # fmt: skip


def same(cell, raw):
    return cell == raw and isinstance(cell, bool) == isinstance(raw, bool)


def test_every_attribute_of_every_sample(sample_graphs):
    """Attributes stand under their own names, with the values of the file; the rest is filled."""
    renamed = {"LayerType": "subtype", "TacticName": "tactic"}
    computed = ("Name", "Metadata", "ParameterType")
    for path in sample_graphs:
        plan = trex.EnginePlan(path)
        columns = {name: list(plan.df[name]) for name in plan.df.columns}
        for row, raw in enumerate(plan._raws):
            for key in set(raw) - set(computed):
                assert same(columns[renamed.get(key, key)][row], raw[key]), (path, row, key)
            for name in set(columns) & {k for other in plan._raws for k in other} - set(raw):
                assert columns[name][row] in (0, "", None, [], "TensorRT"), (path, row, name)


@pytest.mark.parametrize(
    "cells, kind, expected",
    [
        ([1, 2, -3], "int64", [1, 2, -3]),
        ([1, None, 3], "float64", [1.0, 0.0, 3.0]),
        ([1, 2.5], "float64", [1.0, 2.5]),
        ([True, False], "bool", [True, False]),
        ([True, None], "object", [True, None]),
        ([True, 1], "object", [True, 1]),
        (["a", None], "object", ["a", ""]),
        (["a", 1, None], "object", ["a", 1, None]),
        ([[1, 2], [3, 4]], "object", [[1, 2], [3, 4]]),
        ([[1, 2], None], "object", [[1, 2], None]),
        ([{"x": {"y": [1, None]}}, {}], "object", [{"x": {"y": [1, None]}}, {}]),
        ([[], [[]], ""], "object", [[], [[]], ""]),
        ([2**63, 1], "float64", [2.0**63, 1.0]),  # past int64: as everywhere else
        ([10**30], "float64", [1e30]),
        ([9007199254740993, -(2**63)], "int64", [9007199254740993, -(2**63)]),
        (["\ud83d\ude00 \u00e9\u4e2d"], "object", ["\U0001f600 \u00e9\u4e2d"]),
    ],
)
def test_types_of_columns(cells, kind, expected):
    """As pandas infers them; gaps are 0 in numbers, "" in texts, else None."""
    column = plan_of([{} if cell is None else {"A": cell} for cell in cells]).df["A"]
    assert str(column.dtype) == kind
    assert all(map(same, column, expected)) and len(column) == len(expected)


def test_null_is_absent_and_the_last_of_a_double_counts(tmp_path):
    path = tmp_path / "g.json"
    layer = '{"Name": "a", "LayerType": "Scale", "N": null, "A": 1, "A": 2, "Inputs": null}'
    path.write_text('{"Layers": [%s], "Bindings": []}' % layer)
    df = trex.EnginePlan(path).df
    assert df["A"][0] == 2 and df["Inputs"][0] == [] and df["N"][0] == ""


def test_what_a_fast_parser_refuses(tmp_path):
    """Bytes that are no UTF-8, and raw control bytes in a name."""
    path = tmp_path / "g.json"
    layer = b'{"Name": "a\x1eb", "LayerType": "Scale", "Note": "\xff\xfe", "Inputs": [], "Outputs": []}'
    path.write_bytes(b'{"Layers": [' + layer + b'], "Bindings": []}')
    df = trex.EnginePlan(path).df
    assert df["Name"][0] == "a+b" and set(df["Note"][0]) == {"\ufffd"}


def test_rows_own_their_lists():
    df = plan_of([{}, {}]).df
    df["Inputs"][0].append(TENSOR)
    assert df["Inputs"][1] == []


def test_columns_are_bounded():
    """A file in which every layer has attributes of its own does not make a square of cells."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert plan_of([{f"own {i}": 1} for i in range(500)]).df.shape[1] > 500
    many = plan_of([{f"own {i} {j}": 1 for j in range(2)} for i in range(2500)])
    with pytest.warns(UserWarning, match="attributes are left out"):
        assert many.df.shape[1] < 4_000_000 // 2500 + 20
    assert many.find("l2499").raw_dict["own 2499 1"] == 1


def test_fix_df_takes_a_frame_of_raw_layers():
    import pandas as pd

    raws = [
        {"Name": "a", "LayerType": "gemm", "Inputs": [], "Outputs": [TENSOR], "Groups": 1},
        {"Name": "b", "LayerType": "x", "ParameterType": "Scale", "TacticName": "t",
         "Inputs": [], "Outputs": []},
    ]  # fmt: skip
    df = trex.fix_df(pd.DataFrame(raws))
    assert list(df["type"]) == ["gemm", "Scale"] and list(df["subtype"]) == ["gemm", "x"]
    assert list(df["tactic"]) == ["TensorRT", "t"] and list(df["output_precision"]) == ["FP16", ""]
    assert str(df["Groups"].dtype) == "int32" and list(df["Groups"]) == [1, 0]
    assert "ParameterType" not in df.columns
    assert json.dumps(raws[0]["Outputs"]) == json.dumps(df["Outputs"][0])


def test_the_collector_is_as_it_was():
    import gc

    assert gc.isenabled()
    plan_of([{}]).df
    assert gc.isenabled()
    gc.disable()
    try:
        plan_of([{}]).df
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_threads_share_a_plan(sample_graphs):
    """The analyses run when the first of them is asked for, whoever else reads the plan."""
    import threading

    graph = max(sample_graphs, key=lambda path: path.stat().st_size)
    wanted = trex.EnginePlan(graph)
    frame, findings = wanted.df, wanted.engine.lint().render("json", 0)
    for _ in range(3):
        plan, same = trex.EnginePlan(graph), []
        work = [
            lambda: same.append(plan.engine.lint().render("json", 0) == findings),
            lambda: same.append(plan.df.equals(frame)),
            lambda: same.append(len(plan.engine.query("index >= 0")) > 0),
        ] * 2
        threads = [threading.Thread(target=part) for part in work]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert same == [True] * 6
