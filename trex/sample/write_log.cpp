// The two logs, line by line; the figures come from the run, the times of day from the model.

// SPDX-License-Identifier: Apache-2.0
#include "trex/sample/write_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace trex::sample {
namespace {

// Lines with trtexec's prefix, at a time of day that advances by the model and never by the clock.
class LogText {
 public:
  void raw(std::string_view line) { out_.append(line) += '\n'; }
  void info(std::string_view line) { prefixed("[I] ", line); }
  void warning(std::string_view line) { prefixed("[W] ", line); }
  void library(std::string_view line) { prefixed("[I] [TRT] ", line); }
  void advance(double seconds) { seconds_ += seconds; }
  void section(const Section& section) {
    info("=== " + section.title + " ===");
    for (const auto& [key, value] : section.entries) info(key + ": " + value);
  }
  std::string take() { return std::move(out_); }

 private:
  void prefixed(std::string_view level, std::string_view line) {
    const auto s = static_cast<int>(seconds_);
    fmt::format_to(std::back_inserter(out_), "[01/05/2026-{:02}:{:02}:{:02}] {}{}\n", s / 3600 % 24,
                   s / 60 % 60, s % 60, level, line);
  }

  std::string out_;
  double seconds_ = 10 * 3600;
};

std::string mib(double bytes) { return real_text(bytes / (1 << 20)) + " MiB"; }
std::string whole(double value) { return fmt::format("{}", static_cast<std::int64_t>(value)); }

// The autotuner times some 60 tactics of a layer, some 20 ms each with the set-up.
double build_seconds(const EngineFacts& facts) {
  return 5 + 1.2 * static_cast<double>(facts.layers);
}

void begin(LogText& log, const Plan& plan, const GpuSpec& gpu, Phase phase) {
  log.raw(frame_line(plan, phase, "RUNNING"));
  log.info(modelled_notice);
  for (const Section& section : option_sections(plan, phase)) log.section(section);
  log.info("");
  Section device = device_section(gpu, plan.generation);
  log.section(device);
  log.info("");
  log.info(
      "Note: The application clock rates do not reflect the actual clock rates that the GPU is "
      "currently running at.");
  log.info("");
  log.info(fmt::format("TensorRT version: {}", tensorrt_version(plan.generation)));
  log.info("Loading standard plugins");
}

void memory_lines(LogText& log, const Plan& plan, const EngineFacts& facts) {
  const bool is_8 = plan.generation == Generation::trt8;
  const std::string_view unit = is_8 ? "" : " bytes";
  const double weights = facts.weights_bytes, activations = facts.activation_bytes;
  log.library(fmt::format("Total Host Persistent Memory: {}{}", 8192 * facts.layers, unit));
  log.library(fmt::format("Total Device Persistent Memory: 0{}", unit));
  log.library(
      fmt::format("{}: {}{}", is_8 ? "Total Scratch Memory" : "Max Scratch Memory", 0, unit));
  log.library(fmt::format("Total Activation Memory: {}{}", whole(activations), unit));
  if (!is_8) log.library(fmt::format("Total Weights Memory: {}{}", whole(weights), unit));
  log.advance(1);
  log.library(fmt::format("Engine generation completed in {} seconds.",
                          real_text(build_seconds(facts) - 1)));
  log.library(
      fmt::format("[MemUsageStats] Peak memory usage of TRT CPU/GPU memory allocators: CPU "
                  "{} MiB, GPU {} MiB",
                  whole(std::ceil(weights / (1 << 20))),
                  whole(std::ceil((weights + activations) / (1 << 20)))));
}

std::string statistic_line(std::string_view name, const Statistics& s) {
  return fmt::format(
      "{}: min = {} ms, max = {} ms, mean = {} ms, median = {} ms, percentile(90%) = "
      "{} ms, percentile(95%) = {} ms, percentile(99%) = {} ms",
      name, real_text(s.min), real_text(s.max), real_text(s.mean), real_text(s.median),
      real_text(s.p90), real_text(s.p95), real_text(s.p99));
}

// Averages of ten runs each; from 9.0 the middle is left out.
void trace_lines(LogText& log, const Plan& plan, const RunFacts& run) {
  log.info("=== Trace details ===");
  log.info("Trace averages of 10 runs:");
  const std::vector<double>& times = run.inferences->compute_times_ms();
  const std::size_t tens = times.size() / 10;
  const std::size_t shown = std::min<std::size_t>(tens, 5);
  for (std::size_t i = 0; i < shown; ++i) {
    double sum = 0;
    for (std::size_t j = 10 * i; j < 10 * i + 10; ++j) sum += times[j];
    const std::string mean = real_text(sum / 10);
    log.info(
        fmt::format("Average on 10 runs - GPU latency: {} ms - Host latency: {} ms (enqueue {} "
                    "ms)",
                    mean, mean, real_text(run.enqueue.mean)));
  }
  if (tens > shown && plan.generation != Generation::trt8) {
    log.info(fmt::format("... Omitting {} lines", tens - shown));
  }
}

void summary_lines(LogText& log, const RunFacts& run) {
  const double wall_s = run.inferences->wall_s();
  log.info("");
  log.info("=== Performance summary ===");
  log.info(fmt::format("Throughput: {} qps",
                       real_text(static_cast<double>(run.inferences->count()) / wall_s)));
  log.info(statistic_line("Latency", run.compute));
  log.info(statistic_line("Enqueue Time", run.enqueue));
  log.info(statistic_line("H2D Latency", {}));
  log.info(statistic_line("GPU Compute Time", run.compute));
  log.info(statistic_line("D2H Latency", {}));
  log.info(fmt::format("Total Host Walltime: {} s", real_text(wall_s)));
  log.info(fmt::format("Total GPU Compute Time: {} s", real_text(run.compute.sum / 1e3)));
  log.info("Explanations of the performance metrics are printed in the verbose logs.");
}

std::string table_row(const LayerTimes& t, double total, std::string_view name) {
  return fmt::format("{:>11.2f}{:>13.4f}{:>13.4f}{:>10.1f}   {}", t.total_ms, t.mean_ms,
                     t.median_ms, 100 * t.total_ms / total, name);
}

// 8.6 and later: the name last; layers that never ran are left out.
void table_lines(LogText& log, const RunFacts& run) {
  log.info("");
  log.info(fmt::format("=== Profile ({} iterations ) ===", run.profile_count));
  log.info("   Time(ms)     Avg.(ms)   Median(ms)   Time(%)   Layer");
  const double total = total_ms(*run.rows);
  LayerTimes sum;
  for (const ProfileRow& row : *run.rows) {
    if (row.times.total_ms <= 0) continue;
    log.info(table_row(row.times, total, row.name));
    sum.total_ms += row.times.total_ms;
    sum.mean_ms += row.times.mean_ms;
    sum.median_ms += row.times.median_ms;
  }
  log.info(table_row(sum, total, "Total"));
}

}  // namespace

std::string build_log(const Plan& plan, const GpuSpec& gpu, const EngineFacts& facts) {
  LogText log;
  begin(log, plan, gpu, Phase::build);
  log.library("[MemUsageChange] Init CUDA: CPU +2, GPU +0, now: CPU 20, GPU 420 (MiB)");
  log.info("Start parsing network model.");
  log.info("Finished parsing network model. Parse time: 0.25");
  log.advance(3);
  log.library(
      "Local timing cache in use. Profiling results in this builder pass will not be stored.");
  log.advance(build_seconds(facts) - 4);
  const auto is_input = [](const Binding& b) { return b.is_input; };
  const auto inputs = std::count_if(plan.bindings.begin(), plan.bindings.end(), is_input);
  log.library(fmt::format("Detected {} inputs and {} output network tensors.", inputs,
                          std::ssize(plan.bindings) - inputs));
  memory_lines(log, plan, facts);
  // The plan file: the weights, and some 20 KiB a layer of kernels and tables.
  const double size = facts.weights_bytes + 20480.0 * static_cast<double>(facts.layers);
  log.info(fmt::format("Engine built in {} sec.", real_text(build_seconds(facts))));
  if (plan.generation != Generation::trt8) log.info("Created engine with size: " + mib(size));
  log.info("Skipped inference phase since --skipInference is added.");
  log.raw(frame_line(plan, Phase::build, "PASSED"));
  return log.take();
}

std::string profile_log(const Plan& plan, const GpuSpec& gpu, const EngineFacts& facts,
                        const RunFacts& run) {
  LogText log;
  begin(log, plan, gpu, Phase::profile);
  log.info("Engine deserialized in 0.125 sec.");
  log.info("Starting inference");
  log.advance(Inferences::warm_up_ms / 1e3);
  log.info(fmt::format("Warmup completed {} queries over {} ms", run.inferences->warm_up_count(),
                       Inferences::warm_up_ms));
  log.advance(run.inferences->wall_s());
  log.info(fmt::format("Timing trace has {} queries over {} s", run.inferences->count(),
                       real_text(run.inferences->wall_s())));
  log.info("");
  trace_lines(log, plan, run);
  summary_lines(log, run);
  if (run.rows) {
    log.advance(3);
    if (facts.auxiliary_streams > 0) {
      log.warning(
          fmt::format("The engine uses {} auxiliary streams, so the \"Total\" latency may not "
                      "be accurate because some layers may have run in parallel!",
                      facts.auxiliary_streams));
    }
    table_lines(log, run);
  }
  log.info("");
  log.raw(frame_line(plan, Phase::profile, "PASSED"));
  return log.take();
}

}  // namespace trex::sample
