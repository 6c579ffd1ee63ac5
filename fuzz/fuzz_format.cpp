// Any text gives a Format whose short name means the same layout, and sizes that are not less than
// the dense ones.

// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "trex/model/format.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_sizes(const trex::Format& format) {
  const std::vector<std::int64_t> dims = {2, 3, 5, 7};
  const auto bits = trex::datatype_bits(format.datatype);
  const trex::TensorBytes size = trex::tensor_bytes(dims, format);
  require(size.bytes.has_value() == bits.has_value());
  if (size.bytes) require(*size.bytes >= (210 * *bits + 7) / 8);
}

void check_name(const trex::Format& format) {
  if (format.family == trex::LayoutFamily::unknown) return;
  const trex::Format again = trex::parse_format(format.short_name());
  require(again.family == format.family && again.vector_width == format.vector_width &&
          again.datatype == format.datatype && again.layout == format.layout);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t line = text.find('\n');
  const std::string_view beside = line == text.npos ? std::string_view() : text.substr(line + 1);
  const trex::Format format = trex::parse_format(text.substr(0, line), beside);
  require(format.vector_width >= 1 && format.vector_width <= 1024);
  require(format.spatial_rank >= 1 && format.spatial_rank <= 3);
  require(format.layout.empty() == (format.family == trex::LayoutFamily::unknown));
  check_sizes(format);
  check_name(format);
  return 0;
}
