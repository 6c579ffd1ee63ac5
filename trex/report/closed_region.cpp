// What to say of a region that the files keep closed.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/closed_region.hpp"

#include "trex/base/text.hpp"
#include "trex/trtexec/nsys.hpp"

namespace trex::report {
namespace {

Json text_list(const std::vector<std::string>& texts) {
  Json list{Json::Array{}};
  for (const std::string& text : texts) list.push(text);
  return list;
}

// "out/net.engine.graph.json" -> "out/net.engine", as `trex process` and TREx name them.
std::string engine_path(const Engine* engine) {
  constexpr std::string_view suffix = ".graph.json";
  if (engine == nullptr) return "ENGINE";
  for (const SourceFile& file : engine->sources) {
    if (file.kind == "graph" && ends_with(file.path, suffix)) {
      return file.path.substr(0, file.path.size() - suffix.size());
    }
  }
  return "ENGINE";
}

std::optional<trtexec::Version> version_of(const Engine& engine) {
  const std::string& built_with = engine.build_metadata.tensorrt_version;
  return trtexec::parse_version(built_with.empty() ? engine.profile_metadata.tensorrt_version
                                                   : built_with);
}

}  // namespace

void add_nsys(const Engine* engine, std::string_view layer, Document& document) {
  const auto version = engine == nullptr ? std::nullopt : version_of(*engine);
  const trtexec::NsysAdvice advice =
      trtexec::nsys_advice(engine_path(engine), version, std::string(layer));
  document.blocks.emplace_back(ParagraphBlock{
      "What runs inside is not in the files. On TensorRT 10 and later a build with "
      "--profilingVerbosity=detailed may list it; else Nsight Systems sees it: run these two "
      "commands, and read the kernels under the NVTX range of the layer's name."});
  document.blocks.emplace_back(
      JsonBlock{.key = "nsys",
                .title = "Nsight Systems",
                .value = Json::Object{{"commands", text_list(advice.commands)},
                                      {"nvtx_domain", advice.domain},
                                      {"nvtx_ranges", text_list(advice.ranges)}}});
}

}  // namespace trex::report
