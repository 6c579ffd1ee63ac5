// The list of samples, and the files of one.

// SPDX-License-Identifier: Apache-2.0
#include "trex/sample/sample.hpp"

#include <algorithm>
#include <array>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/sample/cost.hpp"
#include "trex/sample/models.hpp"
#include "trex/sample/output.hpp"
#include "trex/sample/scale.hpp"
#include "trex/sample/write_graph.hpp"
#include "trex/sample/write_log.hpp"

namespace trex::sample {
namespace {

struct Entry {
  std::string_view name;
  Generation generation;
  Plan (*make)();
};

constexpr Entry entries[] = {
    {"resnet18.fp32", Generation::trt8,
     [] { return resnet18_plan("fp32", Quantized::nothing, Allowed::fp32); }},
    {"resnet18.fp16", Generation::trt8,
     [] { return resnet18_plan("fp16", Quantized::nothing, Allowed::fp16); }},
    {"resnet18.qat", Generation::trt8,
     [] { return resnet18_plan("qat", Quantized::convolutions, Allowed::int8_fp16); }},
    {"resnet18.qat-residual", Generation::trt8,
     [] { return resnet18_plan("qat-residual", Quantized::residuals_too, Allowed::int8_fp16); }},
    {"resnet18.qat-residual-gap", Generation::trt8,
     [] {
       return resnet18_plan("qat-residual-gap", Quantized::global_pool_too, Allowed::int8_fp16);
     }},
    {"vit-base.trt10", Generation::trt10, [] { return vit_plan(Generation::trt10); }},
    {"vit-base.trt11", Generation::trt11, [] { return vit_plan(Generation::trt11); }},
    {"decoder.trt10", Generation::trt10, [] { return decoder_plan(Generation::trt10, true); }},
    {"decoder.trt10.built-only", Generation::trt10,
     [] { return decoder_plan(Generation::trt10, false); }},
    {"decoder.trt11", Generation::trt11, [] { return decoder_plan(Generation::trt11, true); }},
};

std::vector<std::string> names() {
  std::vector<std::string> list;
  for (const Entry& entry : entries) list.emplace_back(entry.name);
  return list;
}

const Entry& find(const std::string& name) {
  for (const Entry& entry : entries) {
    if (entry.name == name) return entry;
  }
  fail("no sample is called '{}'{}", name, did_you_mean(name, names()));
}

Plan timed(const Entry& entry) {
  Plan plan = entry.make();
  if (plan.was_run) set_times(gpu_of(plan.gpu), plan.layers);
  return plan;
}

// What TREx's `process` leaves, less the drawing and the engine itself.
std::vector<std::string> files_of(const std::string& stem, bool was_run) {
  std::vector<std::string> list = {stem + ".build.log", stem + ".build.metadata.json",
                                   stem + ".graph.json"};
  if (was_run) {
    for (const char* kind :
         {".profile.json", ".profile.log", ".profile.metadata.json", ".timing.json"}) {
      list.push_back(stem + kind);
    }
  }
  return list;
}

std::vector<ProfileRow> profile_rows(const Plan& plan, std::int64_t count, Random random) {
  std::vector<ProfileRow> rows;
  for (const Layer& layer : plan.layers) {
    rows.push_back({layer.name, profiled(layer.time_us, count, random)});
  }
  return rows;
}

void write_run(const Plan& plan, const EngineFacts& facts, const Options& options,
               OutputFolder& folder) {
  const GpuSpec& gpu = gpu_of(plan.gpu);
  const std::string stem = engine_file(plan);
  const Inferences inferences(critical_path_us(plan.layers) / 1e3, options.records.value_or(0),
                              Random(options.seed, plan.name + "/timing"));
  const std::int64_t count = profiled_count(sum_us(plan.layers), plan.layers.size());
  const auto rows = profile_rows(plan, count, Random(options.seed, plan.name + "/profile"));
  const RunFacts run{&inferences, inferences.compute(), inferences.enqueue(), count, &rows};
  folder.write(stem + ".profile.json", profile_text(count, rows));
  folder.write(stem + ".profile.log", profile_log(plan, gpu, facts, run));
  folder.write(stem + ".profile.metadata.json", profile_metadata(plan, gpu, run));
  folder.write(stem + ".timing.json", [&](const Sink& sink) { write_timing(inferences, sink); });
}

void write_sample(const Entry& entry, const Options& options, OutputFolder& folder) {
  const Plan plan = timed(entry);
  const GpuSpec& gpu = gpu_of(plan.gpu);
  const EngineFacts facts = facts_of(plan);
  const std::string stem = engine_file(plan);
  folder.write(stem + ".build.log", build_log(plan, gpu, facts));
  folder.write(stem + ".build.metadata.json", build_metadata(plan, gpu));
  folder.write(stem + ".graph.json", graph_text(plan));
  if (plan.was_run) write_run(plan, facts, options, folder);
}

std::vector<const Entry*> chosen(const Options& options) {
  std::vector<const Entry*> list;
  for (const std::string& name : options.only) {
    const Entry* entry = &find(name);
    if (std::find(list.begin(), list.end(), entry) == list.end()) list.push_back(entry);
  }
  if (!options.only.empty()) return list;
  for (const Entry& entry : entries) {
    if (!options.generation || *options.generation == entry.generation) list.push_back(&entry);
  }
  return list;
}

void check(const Options& options) {
  if (options.layers && !options.only.empty()) {
    fail("--layers makes one engine of its own; leave out --only");
  }
  if (options.layers && (*options.layers < 1 || *options.layers > max_layers)) {
    fail("--layers {}: give 1 to {}", *options.layers, max_layers);
  }
  if (options.records && (*options.records < 1 || *options.records > max_records)) {
    fail("--records {}: give 1 to {}", *options.records, max_records);
  }
}

std::string readme_text() {
  std::string text(readme_first_line);
  text +=
      "\n\nThe layers follow from a small compiler model, the times from a roofline cost model "
      "(peak "
      "rates,\nbandwidth, launch time), the noise from a seed. No GPU was used.\nRead one with: "
      "trex "
      "summary NAME.onnx.engine.graph.json\n\n";
  for (const Info& info : list_samples()) text += info.name + ": " + info.summary + "\n";
  return text;
}

}  // namespace

std::vector<Info> list_samples() {
  std::vector<Info> list;
  for (const Entry& entry : entries)
    list.push_back({std::string(entry.name), entry.make().summary});
  return list;
}

Generation parse_generation(const std::string& text) {
  if (text == "8") return Generation::trt8;
  if (text == "10") return Generation::trt10;
  if (text == "11") return Generation::trt11;
  fail("--schema '{}': give 8, 10 or 11", text);
}

Plan make_sample(const std::string& name) { return timed(find(name)); }

std::vector<Written> write_samples(const Options& options) {
  check(options);
  OutputFolder folder(options.directory, options.force);
  if (options.layers) {
    const ScalePlan scale(*options.layers, options.generation.value_or(Generation::trt10));
    folder.claim(files_of(engine_file(scale.plan()), true));
    folder.write(std::string(readme_name), readme_text());
    write_scale(scale, options, folder);
    return folder.take_written();
  }
  const auto list = chosen(options);
  std::vector<std::string> files;
  for (const Entry* entry : list) {
    const Plan plan = entry->make();
    for (std::string& file : files_of(engine_file(plan), plan.was_run)) {
      files.push_back(std::move(file));
    }
  }
  folder.claim(files);
  folder.write(std::string(readme_name), readme_text());
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (options.progress) {
      options.progress(std::string(list[i]->name),
                       static_cast<double>(i) / static_cast<double>(list.size()));
    }
    write_sample(*list[i], options, folder);
  }
  return folder.take_written();
}

}  // namespace trex::sample
