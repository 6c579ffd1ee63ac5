// A decoder-only language model as Myelin compiles it, with its key and value cache.
//
// The cache grows by concatenation: two Move kernels write each present tensor, the past and the
// new token, each stating its own slice. The copies of the past need nothing of their block, so
// they run on a second stream; events order the streams.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/sample/cost.hpp"
#include "trex/sample/kernels.hpp"
#include "trex/sample/models.hpp"
#include "trex/sample/myelin.hpp"

namespace trex::sample {
namespace {

constexpr std::int64_t hidden = 2048, head = 128, query_heads = 16, cache_heads = 4;
constexpr std::int64_t mlp = 5632, vocabulary = 32000, max_tokens = 4096;
constexpr int blocks = 24;
constexpr int main_stream = 0, copy_stream = 1;

// One optimization profile's shapes; -1 where they were not set.
struct Shapes {
  std::int64_t batch, sequence, past;
  std::int64_t total() const { return plus(past, sequence); }
};
constexpr Shapes generation_step = {8, 1, 1023};
constexpr Shapes not_set = {-1, -1, -1};

std::string cache_name(std::string_view which, int block, std::string_view part) {
  return fmt::format("{}.{}.{}", which, block, part);
}

class Decoder {
 public:
  Decoder(const GpuSpec& gpu, const Shapes& shapes, std::string suffix)
      : myelin_(gpu, "0", suffix), shapes_(shapes), suffix_(std::move(suffix)) {}

  std::vector<Layer> build() {
    shape_call();
    Tensor x = embed(), normal = activation(Datatype::fp8);
    myelin_.kernel("CastMulMeanAddSqrtDivMulQuan", {x}, {normal},
                   {{"/layers.0/input_layernorm/Mul"}, {"/layers.0/q_proj/QuantizeLinear"}});
    for (int i = 0; i < blocks; ++i) block(i, x, normal);
    finish(normal);
    return myelin_.take();
  }

 private:
  Tensor activation(Datatype type) {
    return myelin_.scratch({shapes_.batch, shapes_.sequence, hidden}, type);
  }
  Tensor cache(std::string_view which, int block, std::string_view part,
               std::int64_t length) const {
    return MyelinBuilder::named(cache_name(which, block, part),
                                {shapes_.batch, cache_heads, length, head}, Datatype::bf16);
  }

  // Computes the dimensions on the host; moves no tensor.
  void shape_call() {
    Layer layer;
    layer.name = "dummy_shape_call__mye1_0_myl0_0" + suffix_;
    layer.type = "shape_call";
    layer.myelin = true;
    myelin_.push(std::move(layer));
  }

  // Token ids to INT32 (a classic layer, so with a sentence for its formats), then the look-up.
  Tensor embed() {
    const Dims dims = {shapes_.batch, shapes_.sequence};
    const std::string reader = "{ForeignNode[/embed_tokens/Gather.../lm_head/Cast]}" + suffix_;
    const Tensor ids{"Reformatted Input Tensor 0 to " + reader, dims, make_format(Datatype::int32)};
    Layer cast;
    cast.name = "Reformatting CopyNode for Input Tensor 0 to " + reader;
    cast.type = cast.parameter_type = "Reformat";
    cast.origin = "CAST";
    cast.inputs = {{"input_ids", dims, make_format(Datatype::int64)}};
    cast.outputs = {ids};
    myelin_.push(std::move(cast));
    const Tensor x = activation(Datatype::bf16);
    // It reads only the rows of its tokens, so the table is no operand of the cost model.
    myelin_.kernel("Gath", {MyelinBuilder::named(ids.name, dims, Datatype::int32)}, {x},
                   {{"/embed_tokens/Gather"}});
    return x;
  }

  void block(int index, Tensor& x, Tensor& normal) {
    const std::string path = fmt::format("/layers.{}", index);
    const std::int64_t all_heads = query_heads + 2 * cache_heads;
    const Tensor qkv =
        myelin_.gemm(path + "/self_attn/qkv_proj/MatMul", normal, Datatype::fp8,
                     {shapes_.batch, shapes_.sequence, all_heads * head}, Datatype::bf16,
                     {{path + "/self_attn/q_proj/MatMul", path + "/self_attn/k_proj/MatMul",
                       path + "/self_attn/v_proj/MatMul"}});
    const Tensor attended = attention(path + "/self_attn", index, qkv);
    Tensor y = myelin_.gemm(path + "/self_attn/o_proj/MatMul", attended, Datatype::fp8, x.dims,
                            Datatype::bf16, {{path + "/self_attn/o_proj/MatMul"}});
    normalize(path + "/Add", path + "/post_attention_layernorm", x, y, normal);
    const Tensor gate =
        myelin_.gemm(path + "/mlp/gate_up_proj/MatMul", normal, Datatype::fp8,
                     {shapes_.batch, shapes_.sequence, 2 * mlp}, Datatype::bf16,
                     {{path + "/mlp/gate_proj/MatMul", path + "/mlp/up_proj/MatMul"}});
    const Tensor product = myelin_.scratch({shapes_.batch, shapes_.sequence, mlp}, Datatype::fp8);
    myelin_.kernel("SlicSigmMulMulQuan", {gate}, {product},
                   {{path + "/mlp/act_fn/Sigmoid", path + "/mlp/act_fn/Mul"},
                    {path + "/mlp/Mul"},
                    {path + "/mlp/down_proj/QuantizeLinear"}});
    y = myelin_.gemm(path + "/mlp/down_proj/MatMul", product, Datatype::fp8, x.dims, Datatype::bf16,
                     {{path + "/mlp/down_proj/MatMul"}});
    const std::string next = index + 1 < blocks
                                 ? fmt::format("/layers.{}/input_layernorm", index + 1)
                                 : std::string("/norm");
    normalize(path + "/Add_1", next, x, y, normal);
  }

  void normalize(const std::string& add, const std::string& norm, Tensor& x, const Tensor& y,
                 Tensor& normal) {
    Tensor sum = activation(Datatype::bf16);
    normal = activation(norm == "/norm" ? Datatype::bf16 : Datatype::fp8);
    myelin_.kernel(
        norm == "/norm" ? "AddCastMulMeanAddSqrtDivMul" : "AddCastMulMeanAddSqrtDivMulQuan", {x, y},
        {sum, normal},
        {{add}, {norm + "/Pow", norm + "/ReduceMean", norm + "/Sqrt"}, {norm + "/Mul"}});
    x = sum;
  }

  // Rotary positions, the cache, and grouped attention; in FP8 for the projection after it.
  Tensor attention(const std::string& path, int index, const Tensor& qkv) {
    copy_past(path, index);
    const std::int64_t b = shapes_.batch, s = shapes_.sequence;
    const Tensor q = myelin_.scratch({b, query_heads, s, head}, Datatype::bf16);
    const Tensor k = myelin_.scratch({b, cache_heads, s, head}, Datatype::bf16);
    const Tensor v = myelin_.scratch({b, cache_heads, s, head}, Datatype::bf16);
    myelin_.kernel("SlicTranNegConcMulMulAdd", {qkv}, {q, k, v},
                   {{path + "/rotary_emb/Neg", path + "/rotary_emb/Concat"},
                    {path + "/rotary_emb/Mul", path + "/rotary_emb/Add"}});
    append(path, index, k, v);
    Tensor out = myelin_.scratch({b, s, hidden}, Datatype::bf16);
    const std::int64_t total = shapes_.total();
    Tensor grouped = q;  // the query heads of one cache head stand together
    grouped.dims = {times(b, cache_heads), times(s, query_heads / cache_heads), head};
    Tensor keys = cache("present", index, "key", total);
    Tensor values = cache("present", index, "value", total);
    keys.dims = values.dims = {times(b, cache_heads), total, head};
    myelin_.attention(grouped, keys, values, out,
                      {{path + "/MatMul"}, {path + "/Softmax"}, {path + "/MatMul_1"}});
    const Tensor quantized = myelin_.scratch({b, s, hidden}, Datatype::fp8);
    myelin_.kernel("TranReshQuan", {out}, {quantized},
                   {{path + "/Transpose", path + "/Reshape"}, {path + "/o_proj/QuantizeLinear"}});
    return quantized;
  }

  void copy_past(const std::string& path, int index) {
    for (const char* part : {"key", "value"}) {
      myelin_.kernel("Move", {cache("past_key_values", index, part, shapes_.past)},
                     {cache("present", index, part, shapes_.past)},
                     {{fmt::format("{}/{}_cache/Concat", path, part)}}, copy_stream);
    }
  }

  void append(const std::string& path, int index, const Tensor& k, const Tensor& v) {
    const int made = myelin_.next_event(), appended = myelin_.next_event();
    myelin_.signal(made, main_stream);
    myelin_.wait(made, copy_stream);
    const auto move = [&](const Tensor& from, const char* part) {
      myelin_.kernel("Move", {from}, {cache("present", index, part, shapes_.sequence)},
                     {{fmt::format("{}/{}_cache/Concat", path, part)}}, copy_stream);
    };
    move(k, "key");
    move(v, "value");
    myelin_.signal(appended, copy_stream);
    myelin_.wait(appended, main_stream);
  }

  void finish(const Tensor& normal) {
    const Dims dims = {shapes_.batch, shapes_.sequence, vocabulary};
    const Tensor logits = myelin_.gemm("/lm_head/MatMul", normal, Datatype::bf16, dims,
                                       Datatype::bf16, {{"/lm_head/MatMul"}});
    Layer cast;
    cast.name = "/lm_head/Cast_myl0_" + std::to_string(blocks) + suffix_;
    cast.type = "cast";
    cast.myelin = true;
    cast.tactic = generated_tactic("__myl_Cast");
    cast.inputs = {logits};
    cast.outputs = {MyelinBuilder::named("logits", dims, Datatype::fp32)};
    cast.sources = {{"/lm_head/Cast"}};
    myelin_.push(std::move(cast));
  }

  MyelinBuilder myelin_;
  Shapes shapes_;
  std::string suffix_;
};

// Smallest, optimal and largest shapes of one optimization profile.
struct Range {
  Shapes min, opt, max;
};
constexpr Range generation_range = {{1, 1, 0}, generation_step, {16, 1, max_tokens - 1}};
constexpr Range prompt_range = {{1, 1, 0}, {1, 1024, 0}, {4, 2048, 0}};

// `dims_of` gives a binding's dimensions for shapes.
template <class DimsOf>
Binding binding(std::string name, bool is_input, Datatype type, const Shapes& shapes,
                const std::vector<Range>& ranges, DimsOf dims_of) {
  Binding result{std::move(name), is_input, type, dims_of(shapes), {}};
  for (const Range& r : ranges) {
    result.ranges.push_back({dims_of(r.min), dims_of(r.opt), dims_of(r.max)});
  }
  return result;
}

std::vector<Binding> bindings(const Shapes& shapes, const std::vector<Range>& ranges) {
  std::vector<Binding> list;
  const auto add = [&](std::string name, bool is_input, Datatype type, auto dims_of) {
    list.push_back(binding(std::move(name), is_input, type, shapes, ranges, dims_of));
  };
  const auto past = [](const Shapes& s) { return Dims{s.batch, cache_heads, s.past, head}; };
  const auto present = [](const Shapes& s) { return Dims{s.batch, cache_heads, s.total(), head}; };
  add("input_ids", true, Datatype::int64, [](const Shapes& s) {
    return Dims{s.batch, s.sequence};
  });
  for (int i = 0; i < blocks; ++i) {
    add(cache_name("past_key_values", i, "key"), true, Datatype::bf16, past);
    add(cache_name("past_key_values", i, "value"), true, Datatype::bf16, past);
  }
  for (int i = 0; i < blocks; ++i) {
    add(cache_name("present", i, "key"), false, Datatype::bf16, present);
    add(cache_name("present", i, "value"), false, Datatype::bf16, present);
  }
  add("logits", false, Datatype::fp32, [](const Shapes& s) {
    return Dims{s.batch, s.sequence, vocabulary};
  });
  return list;
}

}  // namespace

Plan decoder_plan(Generation generation, bool was_run) {
  Plan plan;
  const bool is_10 = generation == Generation::trt10;
  plan.name = is_10 ? "decoder.trt10" : "decoder.trt11";
  if (!was_run) plan.name += ".built-only";
  plan.summary = was_run ? "decoder, 24 layers, one step of generation, FP8 and BF16"
                         : "the same decoder, built and never run: dimensions of -1, no times";
  plan.generation = generation;
  plan.gpu = "H100 SXM";
  plan.onnx = "decoder.fp8.onnx";
  plan.build_flags = {"--stronglyTyped"};
  plan.precision = "Strongly Typed";
  plan.was_run = was_run;
  const GpuSpec& gpu = gpu_of(plan.gpu);
  const Shapes& shapes = was_run ? generation_step : not_set;
  plan.layers = Decoder(gpu, shapes, "").build();
  std::vector<Range> ranges = {generation_range};
  if (is_10) {
    ranges.push_back(prompt_range);
    plan.other_profile = Decoder(gpu, not_set, " [profile 1]").build();
  }
  plan.bindings = bindings(shapes, ranges);
  return plan;
}

}  // namespace trex::sample
