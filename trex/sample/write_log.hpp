// The logs of the two trtexec commands, and the metadata JSON that TREx makes of them.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "trex/sample/log_options.hpp"
#include "trex/sample/run.hpp"
#include "trex/sample/write_run.hpp"

namespace trex::sample {

// What every file says of the run, so that they agree.
struct RunFacts {
  const Inferences* inferences = nullptr;
  Statistics compute, enqueue;
  std::int64_t profile_count = 0;
  const std::vector<ProfileRow>* rows = nullptr;  // null: the log has no table
};

inline constexpr std::string_view modelled_notice =
    "These figures are modelled by 'trex sample', not measured.";

// What the engine keeps in memory and how large it is.
struct EngineFacts {
  std::int64_t layers = 0;
  double weights_bytes = 0;
  double activation_bytes = 0;  // the most alive at once, engine inputs and outputs aside
  int auxiliary_streams = 0;
};
EngineFacts facts_of(const Plan& plan);

std::string build_log(const Plan& plan, const GpuSpec& gpu, const EngineFacts& facts);
std::string profile_log(const Plan& plan, const GpuSpec& gpu, const EngineFacts& facts,
                        const RunFacts& run);

// As TREx splits a log: at every ':', of which it keeps what stands between the first two.
std::string build_metadata(const Plan& plan, const GpuSpec& gpu);
std::string profile_metadata(const Plan& plan, const GpuSpec& gpu, const RunFacts& run);

}  // namespace trex::sample
