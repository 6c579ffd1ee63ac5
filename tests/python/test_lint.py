"""TREx's linters, where TREx was right and where it was not (docs/migrating-from-trex.md)."""

# SPDX-License-Identifier: Apache-2.0
import pytest
import trex
from trex import lint


def tensor(name, layer_format, dims=(1, 64, 8, 8)):
    return {"Name": name, "Location": "Device", "Dimensions": list(dims),
            "Format/Datatype": layer_format}  # fmt: skip


def plan_of(kind, *layers):
    """Each layer: attributes, format in, format out."""
    return trex.EnginePlan([
        {"Name": f"l{i}", "LayerType": attributes.pop("LayerType", kind), "ParameterType": kind,
         "Inputs": [tensor(f"x{i}", source, attributes.pop("in_dims", (1, 64, 8, 8)))],
         "Outputs": [tensor(f"y{i}", target)], **attributes}
        for i, (attributes, source, target) in enumerate(layers)
    ])  # fmt: skip


CONV = {"LayerType": "CaskConvolution", "Kernel": [3, 3], "OutMaps": 64, "Groups": 1}
HALF, INT8, FLOAT = (
    "Channel major FP16 format where channel % 8 == 0",
    "Thirty-two wide channel vectorized row major Int8 format",
    "Row major linear FP32",
)


@pytest.mark.parametrize(
    "tactic, hazard",
    [
        ("turing_h1688cudnn_256x64_ldg8_relu_exp_small_nhwc_tn_v1", None),  # TREx: not accelerated
        ("ampere_h16816cudnn_128x128_ldg8_relu_exp_stages_64x3_medium_nhwc_tn_v1", None),
        ("sm80_xmma_fprop_implicit_gemm_interleaved_i8i8_i8i32_f32_nchw_vect_c_32kcrs_vect_c_32_"
         "nchw_vect_c_32_tilesize128x128x64_stage4_warpsize2x2x1_g1_tensor16x8x32", None),
        ("volta_scudnn_128x64_relu_small_nn_v1", "is not"),
        ("sm70_xmma_fprop_conv1x1_i8f32_f32_f32_nchw_vect_c_4kcrs_vect_c_4_nchw_simt_small_batch",
         "is not"),  # TREx: accelerated, for its "xmma"
        ("nobody_knows_this_kernel", "may not be"),
    ],
)  # fmt: skip
def test_tensor_cores(tactic, hazard):
    report = lint.ConvLinter(plan_of("Convolution", ({**CONV, "TacticName": tactic}, HALF, HALF))).tc_lint()
    assert list(report) == ([] if hazard is None else ["l0"])
    if hazard:
        assert report["l0"]["hazard"].startswith(f"Convolution {hazard} accelerated")
        assert report["l0"]["tactic"] == tactic and report["l0"]["mitigation"] == ""


def test_few_channels_are_named():
    conv = {**CONV, "TacticName": "volta_scudnn_128x64_relu_small_nn_v1", "in_dims": (1, 3, 8, 8)}
    report = lint.ConvLinter(plan_of("Convolution", (conv, FLOAT, FLOAT))).tc_lint()
    assert "only 3 channels" in report["l0"]["mitigation"]


def test_every_hazard_of_a_layer_is_reported():
    """TREx kept the last of them."""
    conv = {**CONV, "TacticName": "volta_scudnn_128x64_relu_small_nn_v1", "in_dims": (1, 3, 8, 8)}
    frame = lint.ConvLinter(plan_of("Convolution", (conv, INT8, FLOAT))).lint()
    assert list(frame["name"]) == ["l0"] * 3 and len(set(frame["hazard"])) == 3
    assert list(frame.columns) == ["name", "tactic", "subtype", "hazard", "mitigation", "help"]


@pytest.mark.parametrize(
    "source, target, flagged",
    [(INT8, FLOAT, True), (INT8, HALF, True), ("FP8", "Half", True), (INT8, INT8, False),
     (HALF, FLOAT, False)],
)  # fmt: skip
def test_mixed_precision(source, target, flagged):
    report = lint.ConvLinter(plan_of("Convolution", (dict(CONV), source, target))).mixed_precision_lint()
    assert bool(report) == flagged


@pytest.mark.parametrize(
    "channels, layer_format, groups, flagged",
    [(64, HALF, 1, False), (20, HALF, 1, True), (24, INT8, 1, True), (24, HALF, 1, False),
     (20, HALF, 20, False)],
)  # fmt: skip
def test_alignment(channels, layer_format, groups, flagged):
    conv = {**CONV, "Groups": groups, "in_dims": (1, channels, 8, 8)}
    report = lint.ConvLinter(plan_of("Convolution", (conv, layer_format, layer_format))).alignment_lint()
    assert bool(report) == flagged


@pytest.mark.parametrize("kind, linter", [("Reformat", lint.ReformatLinter), ("Slice", lint.SliceLinter)])
def test_conversions(kind, linter):
    """Of datatypes, not of their spelling."""
    plan = plan_of(kind, ({}, "Half", HALF), ({}, "Float", FLOAT), ({"Origin": "QDQ"}, HALF, INT8),
                   ({}, FLOAT, HALF), ({}, HALF, HALF))  # fmt: skip
    frame = linter(plan).lint()
    assert list(frame["name"]) == ["l2", "l3"]
    assert list(frame["type conversion"]) == ["FP16 -> INT8", "FP32 -> FP16"]
    assert all(frame["mitigation"]) and all(frame["hazard"].str.startswith(kind))
    if kind == "Reformat":
        assert list(frame["origin"]) == ["QDQ", ""]


def test_an_engine_without_such_layers():
    plan = plan_of("SoftMax", ({}, HALF, HALF))
    for linter in (lint.ConvLinter, lint.ReformatLinter, lint.SliceLinter, lint.QDQLinter):
        assert len(linter(plan).lint()) == 0


def test_unfused_quantization_of_every_layer_type(sample_graphs):
    """TREx saw Scale layers alone; in these engines it is a Reformat's work."""
    graph = next(path for path in sample_graphs if "resnet18.qat." in path.name)
    plan = trex.EnginePlan(graph, str(graph).replace("graph.json", "profile.json"))
    frame = lint.QDQLinter(plan).lint()
    kinds = dict(zip(plan.df["Name"], plan.df["type"]))
    assert len(frame) >= 8 and {kinds[name] for name in frame["name"]} == {"Reformat"}
    assert all(frame["hazard"].str.contains("Unfused")) and all(frame["mitigation"])
