// Reasons to doubt a comparison.
//
// What the files do not say is not held against them: two unknown GPUs are no difference.

// SPDX-License-Identifier: Apache-2.0
#include "trex/compare/comparable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "trex/base/text.hpp"

namespace trex::compare {
namespace {

// Clocks of two runs that differ by less are one clock, read twice.
constexpr double clock_agreement = 0.01;
// trtexec's usual run gives hundreds of inferences; fewer make medians jump.
constexpr std::size_t least_inferences = 100;

// How inferences were run; trtexec prints these in every version since 8.2. How long and how often
// is left out: the statistics see that.
constexpr std::string_view telling_inference_options[] = {
    "CUDA Graph",         "Use CUDA Graph", "Inference Streams", "Streams",
    "Spin-wait",          "Managed memory", "Data transfers",    "Overlap",
    "Expose DMA",         "ExposeDMA",      "Multithreading",    "Multithreading enabled",
    "Separate profiling", "Idle time",      "Sleep time",        "Persistent Cache Ratio",
};

class Finder {
 public:
  Finder(const ComparedSide& a, const ComparedSide& b) : a_(a), b_(b) {}

  std::vector<Mismatch> find() {
    gpu();
    clock();
    shapes();
    versions();
    details();
    inference();
    few_records();
    evidence();
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Mismatch& x, const Mismatch& y) { return x.serious && !y.serious; });
    return std::move(found_);
  }

 private:
  void add(std::string what, std::string a, std::string b, bool serious, std::string_view effect) {
    std::string message = fmt::format("{}: {} against {}; {}", what, a.empty() ? "unknown" : a,
                                      b.empty() ? "unknown" : b, effect);
    found_.push_back({std::move(what), std::move(a), std::move(b), std::move(message), serious});
  }

  void gpu() {
    const Device &a = a_.context.device, &b = b_.context.device;
    if (a.name.empty() || b.name.empty() || a.name == b.name) return;
    add("GPU", a.name, b.name, true, "times differ for that alone");
  }

  void clock() {
    const Device &a = a_.context.device, &b = b_.context.device;
    // Another GPU has another clock; the table's is not what it ran at.
    const bool stated =
        starts_with(a.clock_source, "metadata") && starts_with(b.clock_source, "metadata");
    if (!stated || a.name != b.name) return;
    if (std::abs(*a.clock_mhz / *b.clock_mhz - 1) <= clock_agreement) return;
    add("clock", fmt::format("{:.0f} MHz", *a.clock_mhz), fmt::format("{:.0f} MHz", *b.clock_mhz),
        true, "times scale with it: lock the clocks");
  }

  static std::string dims_text(std::span<const std::int64_t> dims) {
    return fmt::format("{}", fmt::join(dims, "x"));
  }

  void shapes() {
    const auto batch_a = batch_size(a_.engine), batch_b = batch_size(b_.engine);
    if (batch_a && batch_b && *batch_a != *batch_b) {
      add("batch", std::to_string(*batch_a), std::to_string(*batch_b), true,
          "one inference is not the same work: compare times per item");
      return;
    }
    std::map<std::string_view, Row> rows;
    const auto names_a = a_.engine.bindings[binding::name];
    const auto dims_a = a_.engine.bindings[binding::dims];
    for (Row row = 0; row < a_.engine.bindings.row_count(); ++row) rows.emplace(names_a[row], row);
    const auto names_b = b_.engine.bindings[binding::name];
    const auto dims_b = b_.engine.bindings[binding::dims];
    for (Row row = 0; row < b_.engine.bindings.row_count(); ++row) {
      const auto at = rows.find(names_b[row]);
      if (at == rows.end()) continue;
      const auto x = dims_a[at->second], y = dims_b[row];
      if (x.empty() || y.empty() || std::equal(x.begin(), x.end(), y.begin(), y.end())) continue;
      add(fmt::format("shape of '{}'", names_b[row]), dims_text(x), dims_text(y), true,
          "one inference is not the same work");
      return;  // one is enough
    }
  }

  void versions() {
    std::string a = tensorrt_version(a_.engine), b = tensorrt_version(b_.engine);
    if (!a.empty() && !b.empty() && a != b) {
      add("TensorRT", std::move(a), std::move(b), false, "kernels and fusions differ for that too");
    } else if (a_.engine.schema != b_.engine.schema && !a_.engine.schema.empty() &&
               !b_.engine.schema.empty() && (a.empty() || b.empty())) {
      add("schema", a_.engine.schema, b_.engine.schema, false,
          "kernels and fusions differ for that too");
    }
  }

  void details() {
    if (a_.engine.verbosity == b_.engine.verbosity) return;
    add("verbosity", std::string(verbosity_word(a_.engine.verbosity)),
        std::string(verbosity_word(b_.engine.verbosity)), false,
        "precision, formats and tactics are known on one side only");
  }

  static std::string option(const Engine& engine, std::string_view key) {
    for (const Metadata* metadata : {&engine.profile_metadata, &engine.build_metadata}) {
      const Json* value = metadata->find("inference_options", key);
      if (value != nullptr) return value->text() != nullptr ? *value->text() : value->dump();
    }
    return "";
  }

  void inference() {
    for (const std::string_view key : telling_inference_options) {
      std::string a = option(a_.engine, key), b = option(b_.engine, key);
      if (a.empty() || b.empty() || a == b) continue;
      add(fmt::format("trtexec's '{}'", key), std::move(a), std::move(b), true,
          "end to end is not measured alike");
    }
  }

  void few_records() {
    for (const ComparedSide* side : {&a_, &b_}) {
      const std::size_t count = side->sample.values.size();
      if (count == 0 || count >= least_inferences) continue;
      found_.push_back({"inferences", std::to_string(a_.sample.values.size()),
                        std::to_string(b_.sample.values.size()),
                        fmt::format("'{}' was timed over {} inferences only: measure longer",
                                    side->engine.name, count),
                        false});
    }
  }

  void evidence() {
    const bool profile_a = a_.engine.profile.present, profile_b = b_.engine.profile.present;
    if (profile_a == profile_b) return;
    add("profile", profile_a ? "given" : "none", profile_b ? "given" : "none", true,
        "times of layers are known on one side only");
  }

  const ComparedSide& a_;
  const ComparedSide& b_;
  std::vector<Mismatch> found_;
};

}  // namespace

std::string_view verbosity_word(Verbosity verbosity) {
  switch (verbosity) {
    case Verbosity::detailed:
      return "detailed";
    case Verbosity::names_only:
      return "layer names only";
    case Verbosity::none:
      return "none";
    case Verbosity::unknown:
      break;
  }
  return "";
}

std::string tensorrt_version(const Engine& engine) {
  const std::string& built = engine.build_metadata.tensorrt_version;
  return built.empty() ? engine.profile_metadata.tensorrt_version : built;
}

std::optional<std::int64_t> batch_size(const Engine& engine) {
  std::optional<std::int64_t> batch;
  const auto modes = engine.bindings[binding::mode];
  const auto dims = engine.bindings[binding::dims];
  for (Row row = 0; row < engine.bindings.row_count(); ++row) {
    if (modes[row] == "output" || dims[row].size() < 2) continue;
    const std::int64_t first = dims[row][0];
    if (first <= 0 || (batch && *batch != first)) return std::nullopt;
    batch = first;
  }
  return batch;
}

std::vector<Mismatch> mismatches(const ComparedSide& a, const ComparedSide& b) {
  return Finder(a, b).find();
}

}  // namespace trex::compare
