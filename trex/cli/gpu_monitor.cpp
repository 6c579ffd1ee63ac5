// `trex gpu monitor`: a sample, a line, a pause.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/gpu_monitor.hpp"

#include <time.h>

#include <chrono>
#include <cmath>

#include "trex/base/file.hpp"
#include "trex/base/subprocess.hpp"
#include "trex/cli/gpu_tables.hpp"
#include "trex/trtexec/gpu_recorder.hpp"

namespace trex::cli {
namespace {

using Clock = std::chrono::steady_clock;

// Until then, or until a signal comes.
void sleep_until(Clock::time_point when) {
  const std::chrono::duration<double> left = when - Clock::now();
  if (left.count() <= 0) return;
  timespec pause{};
  pause.tv_sec = static_cast<time_t>(left.count());
  pause.tv_nsec = static_cast<long>((left.count() - std::floor(left.count())) * 1e9);
  nanosleep(&pause, nullptr);
}

}  // namespace

void monitor_gpu(const MonitorOptions& options, Io& io) {
  constexpr std::int64_t lines_a_page = 20;
  const trtexec::Nvml nvml;
  const bool is_file = io.output != "-";
  const bool as_json = is_file || io.format_name == "json";
  const trtexec::GpuHeader header = trtexec::gpu_header(nvml, options.device, nullptr);
  std::optional<AtomicFile> file;
  if (is_file) file.emplace(io.output);
  const auto put = [&](const std::string& line) { is_file ? file->write(line) : io.write(line); };
  if (as_json) put(json_of(header).dump() + "\n");

  const Interrupts interrupts;
  const Clock::time_point start = Clock::now();
  const auto interval = std::chrono::duration_cast<Clock::duration>(
      std::chrono::duration<double>(options.interval_seconds));
  for (std::int64_t i = 0; !options.count || i < *options.count; ++i) {
    sleep_until(start + i * interval);
    if (Interrupts::received() != 0) break;
    trtexec::GpuSample sample = nvml.sample(options.device);
    sample.time_ms = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
    if (!as_json && i % lines_a_page == 0) put(gpu_line_head());
    put(as_json ? json_of(sample).dump() + "\n" : gpu_line(sample));
  }
  if (file) file->commit();
}

}  // namespace trex::cli
