// Any text is a log: parsing never fails, and as metadata it gives what it has or one Error.

// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string>

#include "trex/base/error.hpp"
#include "trex/load/metadata.hpp"
#include "trex/trtexec/engine_file.hpp"
#include "trex/trtexec/failure.hpp"
#include "trex/trtexec/follow.hpp"
#include "trex/trtexec/log_json.hpp"
#include "trex/trtexec/options.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const trex::trtexec::Log log = trex::trtexec::parse_log(text);
  for (const auto& section : log.sections) {
    if (section.options.empty()) std::abort();
  }
  using trex::trtexec::Values;
  trex_metadata(log, trex::trtexec::LogPart::both).dump(4);
  trex_metadata(log, part_of(log), Values::cut_as_trex_did).dump();
  full_json(log).dump();
  trex::trtexec::Follower follower;  // in two pieces: a line may be cut anywhere
  follower.feed(std::string_view(text).substr(0, size / 3));
  follower.feed(std::string_view(text).substr(size / 3));
  if (follower.progress().timed_layers < 0) std::abort();
  if (trex::trtexec::explain_failure(text, 0).lines.size() > 8) std::abort();
  for (const auto& option : trex::trtexec::read_help(text)) {
    if (option.name.empty()) std::abort();
  }
  trex::trtexec::read_engine_header(text);
  try {
    trex::StringPool strings;
    std::vector<trex::Note> notes;
    trex::load_trtexec_log(trex::Bytes::from(text), "f", strings, notes);
  } catch (const trex::Error&) {
  }
  return 0;
}
