// Blocks are rendered once and repeated with their numbers, so a million layers cost little more
// than the copying.

// SPDX-License-Identifier: Apache-2.0
#include "trex/sample/scale.hpp"

#include <fmt/format.h>

#include "trex/sample/cost.hpp"
#include "trex/sample/scale_blocks.hpp"
#include "trex/sample/write_graph.hpp"
#include "trex/sample/write_log.hpp"

namespace trex::sample {
namespace {

constexpr std::size_t piece = std::size_t{1} << 20;

void append_block_output(std::string& out, std::int64_t block) {
  if (block == 0) {
    out += "input";
    return;
  }
  out += "/blocks.";
  out += fmt::format_int(block).c_str();
  out += "/output_0";
}

// The rows' times, drawn once and kept: the percentages need their sum first.
std::vector<LayerTimes> layer_times(const ScalePlan& scale, std::int64_t count, Random random) {
  std::vector<LayerTimes> times;
  times.reserve(static_cast<std::size_t>(scale.layers()));
  scale.each([&](const ScalePlan::Place& place) {
    times.push_back(profiled(scale.patterns()[place.pattern].layer.time_us, count, random));
  });
  return times;
}

void write_layers(const ScalePlan& scale, const Options& options, const Sink& sink) {
  std::string out(graph_begin);
  std::int64_t written = 0;
  scale.each([&](const ScalePlan::Place& place) {
    if (written++ > 0) out += graph_between;
    scale.patterns()[place.pattern].json.append(out, place.block);
    if (out.size() < piece) return;
    sink(out);
    out.clear();
    if (options.progress) {
      options.progress(scale.plan().name,
                       static_cast<double>(written) / static_cast<double>(scale.layers()));
    }
  });
  append_graph_end(out, scale.plan());
  sink(out);
}

void write_profile(const ScalePlan& scale, std::int64_t count, Random random, const Sink& sink) {
  const std::vector<LayerTimes> times = layer_times(scale, count, random);
  double total = 0;
  for (const LayerTimes& t : times) total += t.total_ms;
  std::string out, name;
  append_profile_begin(out, count);
  std::size_t row = 0;
  scale.each([&](const ScalePlan::Place& place) {
    name.clear();
    scale.patterns()[place.pattern].name.append(name, place.block);
    out += profile_between;
    append_profile_row(out, name, times[row++], total);
    if (out.size() < piece) return;
    sink(out);
    out.clear();
  });
  out += profile_end;
  sink(out);
}

struct Sums {
  double time_us = 0;
  EngineFacts facts;
};
Sums sums_of(const ScalePlan& scale) {
  std::vector<double> weights;
  Sums sums;
  Plan part;
  for (const ScalePlan::Pattern& pattern : scale.patterns()) {
    part.layers = {pattern.layer};
    const EngineFacts facts = facts_of(part);
    weights.push_back(facts.weights_bytes);
    sums.facts.activation_bytes = std::max(sums.facts.activation_bytes, facts.activation_bytes);
  }
  sums.facts.layers = scale.layers();
  scale.each([&](const ScalePlan::Place& place) {
    sums.time_us += scale.patterns()[place.pattern].layer.time_us;
    sums.facts.weights_bytes += weights[place.pattern];
  });
  return sums;
}

// The tensor that the engine's last layer writes.
Binding output_binding(const ScalePlan& scale) {
  ScalePlan::Place last{};
  scale.each([&](const ScalePlan::Place& place) { last = place; });
  const Tensor& tensor = scale.patterns()[last.pattern].layer.outputs[0];
  Binding binding{.is_input = false, .type = tensor.format.datatype, .dims = tensor.dims};
  Template(tensor.name).append(binding.name, last.block);
  return binding;
}

}  // namespace

Template::Template(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_mark =
        text[i] == '@' && i + 1 < text.size() && (text[i + 1] == 'n' || text[i + 1] == 'p');
    if (!is_mark) {
      plain += text[i];
      continue;
    }
    parts_.push_back({Kind::text, std::move(plain)});
    plain.clear();
    parts_.push_back({text[++i] == 'n' ? Kind::number : Kind::previous, ""});
  }
  parts_.push_back({Kind::text, std::move(plain)});
}

void Template::append(std::string& out, std::int64_t block) const {
  for (const Part& part : parts_) {
    switch (part.kind) {
      case Kind::text:
        out += part.text;
        break;
      case Kind::number:
        out += fmt::format_int(block).c_str();
        break;
      case Kind::previous:
        append_block_output(out, block - 1);
        break;
    }
  }
}

ScalePlan::ScalePlan(std::int64_t layers, Generation generation) : layers_(layers) {
  plan_.name = fmt::format("scale-{}", layers);
  plan_.generation = generation;
  plan_.gpu = "H100 SXM";
  plan_.onnx = plan_.name + ".onnx";
  plan_.build_flags = {generation == Generation::trt11 ? "--stronglyTyped" : "--fp16"};
  plan_.precision = generation == Generation::trt11 ? "Strongly Typed" : "FP32+FP16";
  const GpuSpec& gpu = gpu_of(plan_.gpu);
  add_block(convolution_block(gpu));
  if (generation != Generation::trt8) add_block(transformer_block(gpu));
  const Tensor& input = patterns_[0].layer.inputs[0];
  plan_.bindings = {{.name = "input", .type = input.format.datatype, .dims = input.dims},
                    output_binding(*this)};
}

void ScalePlan::add_block(std::vector<Layer> layers) {
  set_times(gpu_of(plan_.gpu), layers);
  for (Layer& layer : layers) {
    std::string json;
    append_layer(json, layer, plan_.generation);
    Template name(layer.name);
    patterns_.push_back({std::move(layer), Template(json), std::move(name)});
  }
  ends_.push_back(patterns_.size());
}

void write_scale(const ScalePlan& scale, const Options& options, OutputFolder& folder) {
  const Plan& plan = scale.plan();
  const GpuSpec& gpu = gpu_of(plan.gpu);
  const std::string stem = engine_file(plan);
  const Sums sums = sums_of(scale);
  const Inferences inferences(sums.time_us / 1e3, options.records.value_or(0),
                              Random(options.seed, plan.name + "/timing"));
  const std::int64_t count = profiled_count(sums.time_us, static_cast<std::size_t>(scale.layers()));
  const RunFacts run{&inferences, inferences.compute(), inferences.enqueue(), count, nullptr};
  folder.write(stem + ".build.log", build_log(plan, gpu, sums.facts));
  folder.write(stem + ".build.metadata.json", build_metadata(plan, gpu));
  folder.write(stem + ".graph.json", [&](const Sink& sink) { write_layers(scale, options, sink); });
  folder.write(stem + ".profile.json", [&](const Sink& sink) {
    write_profile(scale, count, Random(options.seed, plan.name + "/profile"), sink);
  });
  folder.write(stem + ".profile.log", profile_log(plan, gpu, sums.facts, run));
  folder.write(stem + ".profile.metadata.json", profile_metadata(plan, gpu, run));
  folder.write(stem + ".timing.json", [&](const Sink& sink) { write_timing(inferences, sink); });
}

}  // namespace trex::sample
