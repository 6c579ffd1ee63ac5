// Any name and Metadata (the first line, the rest) give distinct, non-empty ops that are parts of
// one of them.

// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string_view>

#include "trex/model/source_ops.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

bool lies_in(std::string_view part, std::string_view whole) {
  return part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t line = text.find('\n');
  const std::string_view name = text.substr(0, line);
  const std::string_view metadata = line == text.npos ? std::string_view() : text.substr(line + 1);

  const trex::SourceOps result = trex::parse_source_ops(name, metadata);
  require(result.ops.empty() == (result.kind == trex::SourceKind::none));
  std::set<std::string_view> seen;
  for (const std::string_view op : result.ops) {
    require(!op.empty());
    require(lies_in(op, result.kind == trex::SourceKind::metadata ? metadata : name));
    require(seen.insert(op).second);
    for (int depth = 0; depth < 4; ++depth) {
      require(trex::source_scope(op, depth).size() < op.size());
    }
  }
  for (const std::string& operation : trex::kernel_operations(name)) require(!operation.empty());
  return 0;
}
