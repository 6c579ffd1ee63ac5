// process.json: what `trex process` ran, how long it took, and which files came of it.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trex/base/json.hpp"
#include "trex/cli/process_plan.hpp"
#include "trex/cli/process_progress.hpp"
#include "trex/trtexec/run.hpp"

namespace trex::cli {

// One entry an engine, the latest run of each of its steps.
class ProcessRecord {
 public:
  // Reads what is there; a file that is none of ours is replaced.
  ProcessRecord(const ProcessPlan& plan, const ProcessOptions& options);

  // Of the step's last success.
  Expectation expectation(std::string_view step) const;
  void add_step(std::string_view step, const std::vector<std::string>& command,
                const trtexec::RunResult& result);
  void add_own_step(std::string_view step, const std::vector<std::string>& words, double seconds);
  void set_clocks(Json clocks) {
    steps_.back().set("clocks", std::move(clocks));
  }  // of the last step
  void set_repeats(Json repeats) { entry_.set("repeats", std::move(repeats)); }
  void set_files(const std::vector<std::string>& paths);
  Json entry() const;  // as it is written
  void write() const;

 private:
  void add(Json step);

  std::string path_, name_;
  Json::Array others_;  // entries of other engines
  Json before_;         // ours, as it was
  Json entry_;
  Json::Array steps_;
};

}  // namespace trex::cli
