// Runs the steps of `trex process`: each writes whole files under their final names, or none.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "trex/base/scratch.hpp"
#include "trex/cli/process_gpu.hpp"
#include "trex/cli/process_record.hpp"

namespace trex::cli {

class ProcessRunner {
 public:
  // Makes OUTDIR. Throws Error when it cannot be written to.
  ProcessRunner(const ProcessPlan& plan, const ProcessOptions& options, Io& io);

  // Throws Error when a step fails or a signal came; what was written by then is kept, and the
  // record too.
  void run();
  Json entry() const { return record_.entry(); }
  const std::vector<std::string>& written() const { return written_; }
  // "median latency 0.5518 ms, 1788 queries/s"; "" without a run.
  const std::string& headline() const { return headline_; }

 private:
  void run_steps();
  void build();
  void profile();
  void profile_once(const std::string& engine, std::int64_t repeat);
  void own_step(const std::string& step, const std::vector<std::string>& words,
                const std::string& file);
  void run_trtexec(const std::string& step, const std::vector<std::string>& words,
                   const std::string& log_suffix, std::int64_t repeat);
  void explain_and_fail(const std::string& step, const trtexec::RunResult& result,
                        const std::string& log, const std::string& kept_log);
  trtexec::Log keep_log(const std::string& suffix, std::int64_t repeat,
                        const std::function<void(const trtexec::Log&)>& check);
  void keep(const std::string& from, const std::string& to);
  void expect_whole_json(const std::string& path, const std::string& option) const;
  void expect_whole_engine(const trtexec::Log& log) const;
  void write_metadata(const trtexec::Log& log, bool of_build);
  void stop_if_interrupted() const;
  std::string without_scratch(std::string_view text) const;

  const ProcessPlan& plan_;
  const ProcessOptions& options_;
  Io& io_;
  ProcessGpu gpu_;  // before what starts processes and opens files
  ScratchFolder scratch_;
  ProcessFiles unfinished_;  // the same names in the scratch folder
  ProcessRecord record_;
  std::vector<std::string> written_;
  std::vector<double> latencies_ms_, throughputs_;
  std::string headline_;
};

}  // namespace trex::cli
