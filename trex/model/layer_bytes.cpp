// Sums that know of unknown parts and of overflow.

// SPDX-License-Identifier: Apache-2.0
#include "trex/model/layer_bytes.hpp"

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/model/precision.hpp"

namespace trex {

std::int64_t add_bytes(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (a == null_integer || b == null_integer || __builtin_add_overflow(a, b, &sum)) {
    return null_integer;
  }
  return sum;
}

std::int64_t weights_entry_bytes(const Weights& entry) {
  if (entry.count == 0) return 0;
  const std::optional<int> bits = datatype_bits(entry.type);
  if (!bits || entry.count < 0) return null_integer;
  if (*bits < 8) return entry.count / 2 + entry.count % 2;
  std::int64_t bytes = 0;
  if (__builtin_mul_overflow(entry.count, *bits / 8, &bytes)) return null_integer;
  return bytes;
}

bool is_kernel_weights(std::string_view key) {
  constexpr std::string_view tail = "weights";
  return key.size() >= tail.size() &&
         equals_ignoring_case(key.substr(key.size() - tail.size()), tail);
}

std::int64_t layer_weights_bytes(const WeightsFacts& facts) {
  std::int64_t sum = 0;
  if (!facts.entries.empty()) {
    for (const Weights& entry : facts.entries) sum = add_bytes(sum, weights_entry_bytes(entry));
    return sum;
  }
  if (!facts.constant_bytes.empty()) {
    for (const std::int64_t bytes : facts.constant_bytes) sum = add_bytes(sum, bytes);
    return sum;
  }
  const bool would_state = !facts.parameter_type.empty() || has_no_math(facts.layer_type);
  return would_state ? 0 : null_integer;
}

std::int64_t distinct_bytes(std::vector<NamedBytes>& views) {
  if (views.size() == 1) return std::min(views[0].bytes, views[0].region_bytes);
  std::sort(views.begin(), views.end(),
            [](const NamedBytes& a, const NamedBytes& b) { return a.name < b.name; });
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < views.size();) {
    const NamedBytes& first = views[i];
    std::int64_t room = first.region_bytes;
    for (; i < views.size() && views[i].name == first.name; ++i) {
      if (views[i].bytes == null_integer) return null_integer;
      const std::int64_t part = std::min(views[i].bytes, room);
      room -= part;
      sum = add_bytes(sum, part);
      if (sum == null_integer) return null_integer;
    }
  }
  return sum;
}

}  // namespace trex
