// Nsight Systems' command lines for a closed region.
//
// TensorRT marks each layer with an NVTX range of the layer's name, in its own domain, around the
// calls that launch its kernels. trtexec starts the profiler only around the inferences, so that
// --capture-range leaves out loading; with a CUDA graph kernels are seen only when traced as nodes.
// From 8.6 --profilingVerbosity says how much the ranges tell, before --nvtxMode did.

// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/nsys.hpp"

#include "trex/base/file.hpp"
#include "trex/trtexec/commands.hpp"

namespace trex::trtexec {

NsysAdvice nsys_advice(const std::string& engine, std::optional<Version> version,
                       const std::string& layer) {
  constexpr Version verbosity_is_for_nvtx{8, 6};
  const std::string trace = file_name_of(engine) + ".trace";
  std::vector<std::string> record = {"nsys",
                                     "profile",
                                     "--trace=cuda,nvtx",
                                     "--cuda-graph-trace=node",
                                     "--capture-range=cudaProfilerApi",
                                     "--output=" + trace,
                                     "trtexec",
                                     "--loadEngine=" + engine};
  const bool old = version && *version < verbosity_is_for_nvtx;
  record.emplace_back(old ? "--nvtxMode=verbose" : "--profilingVerbosity=detailed");
  if (!version || *version < no_op_from) record.emplace_back("--noDataTransfers");
  record.insert(record.end(), {"--iterations=20", "--duration=0", "--warmUp=0"});
  return {{shell_line(record),
           shell_line({"nsys", "stats", "--report", "nvtx_kern_sum", trace + ".nsys-rep"})},
          {"ExecutionContext::enqueue", layer},
          "TensorRT"};
}

}  // namespace trex::trtexec
