// SPDX-License-Identifier: Apache-2.0
#include "trex/model/engine_builder.hpp"

#include <gtest/gtest.h>

#include <optional>

#include "tests/support/engine_text.hpp"

namespace trex {
namespace {

using Texts = std::vector<std::string>;

template <class T>
Texts texts(const Table& table, Key<T> key) {
  Texts result;
  for (Row row = 0; row < table.row_count(); ++row)
    result.push_back(table.find(key.name)->cell(row));
  return result;
}

TEST(EngineBuilder, EmptyEngineHasEveryColumn) {
  EngineBuilder builder;
  const Engine engine = builder.finish();
  EXPECT_EQ(engine.layer_count(), 0u);
  EXPECT_EQ(engine.file_layer_count, 0);
  EXPECT_EQ(engine.layers.column_count(), 30u);
  EXPECT_EQ(engine.tensors.column_count(), 12u);
  EXPECT_EQ(engine.regions.column_count(), 5u);
  EXPECT_EQ(engine.bindings.column_count(), 12u);
  EXPECT_EQ(engine.source_ops.column_count(), 2u);
  EXPECT_EQ(engine.first_input, std::vector<std::uint32_t>{0});
  EXPECT_TRUE(engine.notes.empty());
}

TEST(EngineBuilder, TensorsStandByLayerAndRole) {
  const Engine e = engine_text(
      "a kgen x:Half[2x3] y:Int8 -> z:Half[6] constant=w:Float[4]\n"
      "b NoOp\n"
      "c PointWise z:Half[6] -> v:Half[6] u:Half[6]\n");
  EXPECT_EQ(texts(e.tensors, tensor::name), (Texts{"x", "y", "z", "w", "z", "v", "u"}));
  EXPECT_EQ(texts(e.tensors, tensor::role),
            (Texts{"input", "input", "output", "constant", "input", "output", "output"}));
  EXPECT_EQ(texts(e.tensors, tensor::layer), (Texts{"0", "0", "0", "0", "2", "2", "2"}));
  EXPECT_EQ(texts(e.tensors, tensor::port), (Texts{"0", "1", "0", "0", "0", "0", "1"}));
  EXPECT_EQ(texts(e.tensors, tensor::dims), (Texts{"2x3", "", "6", "4", "6", "6", "6"}));
  EXPECT_EQ(texts(e.tensors, tensor::region), (Texts{"0", "1", "2", "", "2", "3", "4"}));
  EXPECT_EQ(e.inputs(0).size(), 2u);
  EXPECT_EQ(e.outputs(0)[0], 2u);
  EXPECT_EQ(e.constants(0)[0], 3u);
  EXPECT_TRUE(e.inputs(1).empty());
  EXPECT_TRUE(e.constants(2).empty());
  EXPECT_EQ(e.outputs(2).size(), 2u);
  // Dimensions not known, or not stated, make the size unknown.
  EXPECT_EQ(texts(e.tensors, tensor::bytes), (Texts{"12", "", "12", "16", "12", "12", "12"}));
  EXPECT_EQ(e.formats.size(), 3u);  // each text once
}

TEST(EngineBuilder, Types) {
  struct Case {
    const char *layer_type, *parameter_type;
    const char *type, *subtype;
    bool hidden;
  };
  const Case cases[] = {
      {"CaskConvolution", "Convolution", "Convolution", "CaskConvolution", false},
      {"CaskDeconvolutionV2", "Convolution", "Deconvolution", "CaskDeconvolutionV2", false},
      {"GemmDeconvolution", "Convolution", "Deconvolution", "GemmDeconvolution", false},
      {"CaskDeconvolutionV2", "Deconvolution", "Deconvolution", "CaskDeconvolutionV2", false},
      {"kgen", "", "kgen", "kgen", false},
      {"NoOp", "", "NoOp", "NoOp", true},
      {"noop", "", "noop", "noop", true},
      {"Constant", "Constant", "Constant", "Constant", true},
      {"shape_call", "", "shape_call", "shape_call", true},
      {"Signal", "", "Signal", "Signal", true},
      {"wait", "", "wait", "wait", true},
      {"NoOp", "Shuffle", "Shuffle", "NoOp", true},
      {"", "", "", "", false},
  };
  EngineBuilder builder;
  for (const Case& c : cases) {
    RawLayer raw;
    raw.layer_type = c.layer_type;
    raw.parameter_type = c.parameter_type;
    builder.add_layer(raw);
  }
  const Engine e = builder.finish();
  for (Row row = 0; row < std::size(cases); ++row) {
    EXPECT_EQ(e.layers[layer::type][row], cases[row].type) << row;
    EXPECT_EQ(e.layers[layer::subtype][row], cases[row].subtype) << row;
    EXPECT_EQ(e.layers[layer::hidden][row], cases[row].hidden) << row;
  }
  EXPECT_TRUE(e.layers[layer::type].is_null(12));
}

TEST(EngineBuilder, WeightsOfEveryKey) {
  struct Case {
    const char* line;
    std::optional<std::int64_t> bytes, count;
    const char* type;
  };
  const Case cases[] = {
      // 864 * 2 + 32 * 4
      {"c Convolution x:Half[1] -> y:Half[1] weights=Half*864 bias=Float*32", 1856, 864, "FP16"},
      {"c ConvActPool x:Int8[1] -> y:Int8[1] ConvWeights=Int8*864 ConvBias=Float*32", 992, 864,
       "INT8"},
      {"c Constant -> y:Float[4] weights=Float*4", 16, 4, "FP32"},
      {"s Scale x:Half[1] -> y:Half[1] Shift=Float*8 Scale=Half*8 Power=Float*0", 48, std::nullopt,
       ""},
      {"c Convolution x:Half[1] -> y:Half[1] weights=FP8*10 bias=BFloat16*3", 16, 10, "FP8"},
      {"c Convolution x:Half[1] -> y:Half[1] weights=Int4*9", 5, 9, "INT4"},
      {"c Convolution x:Half[1] -> y:Half[1] weights=Int64*9", 72, 9, "INT64"},
      {"c Convolution x:Half[1] -> y:Half[1] weights=mystery*9", std::nullopt, 9, "mystery"},
      {"c Convolution x:Half[1] -> y:Half[1] weights=mystery*0", 0, 0, "mystery"},
      {"c Convolution x:Half[1] -> y:Half[1] weights=Half*-5", std::nullopt, std::nullopt, "FP16"},
      {"c Convolution x:Half[1] -> y:Half[1] weights=Double*9223372036854775807", std::nullopt,
       INT64_MAX, "FP64"},
      {"p PointWise x:Half[1] -> y:Half[1]", 0, std::nullopt, ""},
      {"n NoOp x:Half[1] -> y:Half[1]", 0, std::nullopt, ""},
      {"r MyelinReformat x:Half[1] -> y:Half[1]", 0, std::nullopt, ""},
      // Their weights exist, but the file does not state them.
      {"g gemm x:Half[1] -> y:Half[1]", std::nullopt, std::nullopt, ""},
      {"k kgen x:Half[1] -> y:Half[1]", std::nullopt, std::nullopt, ""},
      {"f Myelin x:Half[1] -> y:Half[1]", std::nullopt, std::nullopt, ""},
      {"p PluginV2 x:Half[1] -> y:Half[1]", std::nullopt, std::nullopt, ""},
      // 11.x lists them: 8 * 2 + 4 * 4.
      {"g gemm x:Half[1] -> y:Half[1] constant=w:Half[8] constant=b:Float[4]", 32, std::nullopt,
       ""},
      {"g gemm x:Half[1] -> y:Half[1] constant=w:Half[8] constant=b:huh[4]", std::nullopt,
       std::nullopt, ""},
      {"c Convolution x:Half[1] -> y:Half[1] weights=Half*8 constant=w:Half[8]", 16, 8, "FP16"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.line);
    const Engine e = engine_text(c.line);
    EXPECT_EQ(e.layers[layer::weights_bytes][0], c.bytes);
    EXPECT_EQ(e.layers[layer::weights_count][0], c.count);
    EXPECT_EQ(e.layers[layer::weights_type][0], c.type);
    // x and y, 2 bytes each (1 for Int8, 16 for the Constant's output).
    const auto io = e.layers[layer::io_bytes][0];
    ASSERT_TRUE(io.has_value());
    const auto footprint = e.layers[layer::footprint_bytes][0];
    if (!c.bytes) {
      EXPECT_EQ(footprint, std::nullopt);
    } else {
      EXPECT_EQ(footprint, *c.bytes + *io);
    }
  }
  const Engine e =
      engine_text("c ConvActPool ConvWeights=Int8*8 ConvBias=Float*2 -> y:Int8\nn NoOp\n");
  ASSERT_EQ(e.weights_of(0).size(), 2u);
  EXPECT_EQ(e.weights_of(0)[0].key, "ConvWeights");
  EXPECT_EQ(e.weights_of(0)[1].raw_type, "Float");
  EXPECT_EQ(e.weights_of(0)[1].count, 2);
  EXPECT_TRUE(e.weights_of(1).empty());
}

TEST(EngineBuilder, IoBytesCountEachTensorOnce) {
  struct Case {
    const char* line;
    std::optional<std::int64_t> bytes;
  };
  const Case cases[] = {
      {"p PointWise x:Half[10] y:Half[5] -> z:Half[10]", 50},
      {"p PointWise x:Half[10] x:Half[10] -> z:Half[10]", 40},
      {"p kgen x:Half[6x10] x:Half[10x6] x:Half[5] -> z:Half[10]", 140},  // no wider than 120: + 20
      {"p PointWise x:Half[10] -> x:Half[10]", 40},  // in place: read and written
      {"p PointWise x:Half[-1] -> z:Half[10]", std::nullopt},
      {"p PointWise x:Half[10] x:Half[-1] -> z:Half[10]", std::nullopt},
      {"p PointWise x:Half[10] -> z:huh[10]", std::nullopt},
      {"p PointWise x:Half -> z:Half[10]", std::nullopt},
      {"s signal", 0},
      {"p PointWise x:Half[4611686018427387904] -> z:Half[10]", std::nullopt},  // overflow
      {"p PointWise x:Int8[9223372036854775807] -> z:Half[10]", std::nullopt},  // of the sum
  };
  for (const Case& c : cases) {
    EXPECT_EQ(engine_text(c.line).layers[layer::io_bytes][0], c.bytes) << c.line;
  }
}

// One buffer holds Q, K and V of 120 bytes each: the first gemm writes it, the next reads Q and K,
// the attention kernel all three, the last the same slice twice and the whole.
TEST(EngineBuilder, IoBytesCountEachSliceOfARegion) {
  const Engine e = engine_text(
      "g gemm x:Half[10] -> qkv:Half[3x10x6]\n"
      "s gemm qkv:Half[10x6] qkv:Half[6x10] -> s:Half[10x10]\n"
      "a kgen qkv:Half[10x6] qkv:Half[6x10] qkv:Half[10x6] -> o:Half[10x6]\n"
      "w kgen qkv:Half[10x6] qkv:Half[10x6] qkv:Half[180] -> o:Half[10x6]\n");
  const std::int64_t expected[] = {20 + 360, 240 + 200, 360 + 120, 360 + 120};
  for (Row row = 0; row < 4; ++row) {
    EXPECT_EQ(e.layers[layer::io_bytes][row], expected[row]) << row;
  }
}

TEST(EngineBuilder, NamesOnlyLayersKnowNothingButTheirName) {
  EngineBuilder builder;
  RawLayer raw;
  raw.name = "Conv_1 + Relu_2";
  builder.add_layer(raw);
  const Engine e = builder.finish();
  EXPECT_EQ(e.layers[layer::name][0], "Conv_1 + Relu_2");
  for (const std::string_view column :
       {"type", "subtype", "tactic", "precision", "input_precision", "output_precision", "time_ms",
        "share", "io_bytes", "weights_bytes", "footprint_bytes", "metadata", "stream", "device",
        "weights_type", "byte_offset"}) {
    EXPECT_TRUE(e.layers.at(column).is_null(0)) << column;
  }
  EXPECT_EQ(e.layers.at("source_ops").cell(0), "Conv_1, Relu_2");
}

TEST(EngineBuilder, TextsOfALayer) {
  EngineBuilder builder;
  RawLayer raw;
  raw.name = "l";
  raw.layer_type = "CaskConvolution";
  raw.parameter_type = "Convolution";
  raw.tactic = "k";
  raw.has_tactic = true;
  raw.tactic_value = "0x12";
  raw.has_metadata = true;  // but empty
  raw.origin = "QDQ";
  raw.activation = "RELU";
  raw.stream = 2;
  raw.index = 7;
  raw.opt_profile = 1;
  raw.byte_offset = 10;
  raw.byte_length = 20;
  builder.add_layer(raw);
  raw.clear();
  EXPECT_TRUE(raw.name.empty());
  EXPECT_EQ(raw.stream, null_integer);
  raw.layer_type = "DLA";
  raw.has_tactic = true;  // TacticName ""
  builder.add_layer(raw);
  const Engine e = builder.finish();
  const auto cell = [&](std::string_view column, Row row) { return e.layers.at(column).cell(row); };
  EXPECT_EQ(cell("tactic", 0), "k");
  EXPECT_EQ(cell("tactic_value", 0), "0x12");
  EXPECT_FALSE(e.layers.at("metadata").is_null(0));
  EXPECT_EQ(cell("metadata", 0), "");
  EXPECT_EQ(cell("origin", 0), "QDQ");
  EXPECT_EQ(cell("activation", 0), "RELU");
  EXPECT_EQ(cell("stream", 0), "2");
  EXPECT_EQ(cell("index", 0), "7");
  EXPECT_EQ(cell("opt_profile", 0), "1");
  EXPECT_EQ(cell("byte_offset", 0), "10");
  EXPECT_EQ(cell("device", 0), "GPU");
  EXPECT_EQ(cell("device", 1), "DLA");
  EXPECT_TRUE(e.layers.at("tactic").is_null(1));
  EXPECT_TRUE(e.layers.at("metadata").is_null(1));
}

TEST(EngineBuilder, Convolutions) {
  const Engine e = engine_text(
      "p PointWise x:Half -> y:Half\n"
      "c Convolution y:Half -> z:Half kernel=3x3 stride=2x2 maps=64 groups=4\n"
      "d Convolution z:Half -> w:Half subtype=CaskDeconvolutionV2 kernel=4\n");
  EXPECT_EQ(e.convolution(0), nullptr);
  ASSERT_NE(e.convolution(1), nullptr);
  EXPECT_EQ(e.convolution(1)->layer, 1u);
  EXPECT_EQ(e.convolution(1)->out_maps, 64);
  EXPECT_EQ(e.convolution(1)->groups, 4);
  EXPECT_FALSE(e.convolution(1)->transposed);
  EXPECT_TRUE(e.convolution(2)->transposed);
  EXPECT_EQ(e.convolution(2)->kernel.span().size(), 1u);
}

TEST(EngineBuilder, Regions) {
  const Engine e = engine_text(
      "a PointWise x:Half[10] -> buffer:Half[4]\n"
      "b PointWise x:Half[10] x:Half[2] -> buffer:Half[6] buffer:Half[1]\n"
      "c PointWise buffer:Half[10] -> y:huh[3]\n"
      "d PointWise y:Half[-1] -> v:Half[8]\n"
      "bindings x v\n");
  EXPECT_EQ(texts(e.regions, region::name), (Texts{"x", "buffer", "y", "v"}));
  EXPECT_EQ(texts(e.regions, region::bytes), (Texts{"20", "20", "", "16"}));
  EXPECT_EQ(texts(e.regions, region::writer_count), (Texts{"0", "2", "1", "1"}));
  EXPECT_EQ(texts(e.regions, region::reader_count), (Texts{"2", "1", "1", "0"}));
  EXPECT_EQ(texts(e.regions, region::binding), (Texts{"true", "false", "false", "true"}));
}

TEST(EngineBuilder, BindingsFromTheGraph) {
  const Engine e = engine_text(
      "a PointWise x:fp16:hwc8[1x3x2x2] -> y:Half[4]\n"
      "b PointWise y:Half[4] -> y:Half[12]\n"
      "bindings x y nowhere\n");
  EXPECT_EQ(texts(e.bindings, binding::name), (Texts{"x", "y", "nowhere"}));
  EXPECT_EQ(texts(e.bindings, binding::mode), (Texts{"input", "output", ""}));
  EXPECT_EQ(texts(e.bindings, binding::format), (Texts{"FP16 NHWC8", "FP16", ""}));
  EXPECT_EQ(texts(e.bindings, binding::datatype), (Texts{"FP16", "FP16", ""}));
  EXPECT_EQ(texts(e.bindings, binding::dims), (Texts{"1x3x2x2", "12", ""}));
  EXPECT_EQ(texts(e.bindings, binding::bytes), (Texts{"64", "24", ""}));  // 8 * 4 * 2; 12 * 2
}

TEST(EngineBuilder, BindingsThatTheFileDescribes) {
  EngineBuilder builder;
  RawLayer raw;
  raw.layer_type = "kgen";
  raw.inputs.push_back({.name = "x", .dims = {8, 3}, .format = "Half"});
  builder.add_layer(raw);
  RawBinding binding;
  binding.name = "x";
  binding.mode = "Output";  // the file's word counts
  binding.datatype = "Float";
  binding.format = "Row major linear FP32 format (kLINEAR)";
  binding.location = "Device";
  binding.dims = {-1, 3};
  binding.dims_known = true;
  binding.shape_inference = true;
  binding.opt_profile = 1;
  binding.min_dims = {1, 3};
  binding.max_dims = {9, 3};
  builder.add_binding(binding);
  RawBinding typed;  // type, but no dimensions: those of the graph
  typed.name = "x";
  typed.datatype = "Float";
  builder.add_binding(typed);
  RawBinding sized;  // dimensions, but no type
  sized.name = "x";
  sized.dims = {4, 3};
  sized.dims_known = true;
  builder.add_binding(sized);
  const Engine e = builder.finish();
  EXPECT_EQ(texts(e.bindings, trex::binding::mode), (Texts{"output", "input", "input"}));
  EXPECT_EQ(texts(e.bindings, trex::binding::format), (Texts{"FP32 NCHW", "FP32", "FP16"}));
  EXPECT_EQ(texts(e.bindings, trex::binding::dims), (Texts{"-1x3", "8x3", "4x3"}));
  EXPECT_EQ(texts(e.bindings, trex::binding::bytes), (Texts{"", "96", "24"}));
  EXPECT_EQ(texts(e.bindings, trex::binding::location), (Texts{"Device", "", ""}));
  EXPECT_EQ(texts(e.bindings, trex::binding::min_dims), (Texts{"1x3", "", ""}));
  EXPECT_EQ(texts(e.bindings, trex::binding::opt_dims), (Texts{"", "", ""}));
  EXPECT_EQ(texts(e.bindings, trex::binding::max_dims), (Texts{"9x3", "", ""}));
  EXPECT_EQ(texts(e.bindings, trex::binding::opt_profile), (Texts{"1", "0", "0"}));
  EXPECT_EQ(texts(e.bindings, trex::binding::shape_inference), (Texts{"true", "false", "false"}));
}

TEST(EngineBuilder, SourceOpsAreCountedByLayer) {
  const Engine e = engine_text(
      "\"a + b\" PointWise x:Half -> y:Half\n"
      "c PointWise y:Half -> z:Half meta=\"[ONNX Layer: b][ONNX Layer: d]\"\n"
      "__myl_Add_myl0_1 kgen z:Half -> w:Half\n");
  EXPECT_EQ(texts(e.source_ops, source_op::name), (Texts{"a", "b", "d"}));
  EXPECT_EQ(texts(e.source_ops, source_op::layer_count), (Texts{"1", "2", "1"}));
  EXPECT_EQ(texts(e.layers, layer::source_ops), (Texts{"a, b", "b, d", ""}));
}

TEST(EngineBuilder, NotesWhatItCouldNotRead) {
  const Engine e = engine_text(
      "a PointWise x:mystery[1] y:mystery[1] -> z:Half[9223372036854775807]\n"
      "b PointWise z:Half -> w:None[1]\n");
  ASSERT_EQ(e.notes.size(), 3u);
  EXPECT_EQ(e.notes[0].message,
            "tensor 'z' has more bytes than a number can hold: its size is unknown");
  EXPECT_EQ(e.notes[1].message,
            "format 'mystery' is not understood: its tensors' sizes are unknown");
  EXPECT_EQ(e.notes[2].message, "format 'None' is not understood: its tensors' sizes are unknown");
}

TEST(EngineText, TimesLookLikeAJoinedProfile) {
  const Engine e = engine_text("a PointWise x:Half -> y:Half @0.5\nb NoOp\nc PointWise @1.5\n");
  EXPECT_EQ(e.layers[layer::time_ms][0], 0.5);
  EXPECT_EQ(e.layers[layer::time_ms][1], std::nullopt);
  EXPECT_EQ(e.layers[layer::share][2], 0.75);
  EXPECT_EQ(e.profile.layer_time_ms, 2.0);
  EXPECT_FALSE(engine_text("a PointWise\n").profile.present);
}

}  // namespace
}  // namespace trex
