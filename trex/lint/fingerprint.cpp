// A finding's name that outlives a rebuild.
//
// TensorRT renames layers when it fuses them another way, and times differ from run to run; the
// nodes of the model stay. The hash is FNV-1a (64 bits, isthe.com/chongo/tech/comp/fnv): the same
// on every machine and in every release of trex, unlike the tables' own.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/fingerprint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

namespace trex::lint {
namespace {

class Hash {
 public:
  void add(std::string_view text) {
    for (const char c : text) step(static_cast<unsigned char>(c));
    step(0xff);  // no byte of UTF-8: ends the text
  }
  std::string hex() const { return fmt::format("{:016x}", value_); }

 private:
  void step(std::uint64_t byte) { value_ = (value_ ^ byte) * 0x100000001b3u; }
  std::uint64_t value_ = 0xcbf29ce484222325u;
};

std::string shape_of(const Engine& engine, Row layer) {
  const auto format = engine.tensors[tensor::format];
  const auto dims = engine.tensors[tensor::dims];
  std::string result(engine.layers[layer::type][layer]);
  for (const auto& range : {engine.inputs(layer), engine.outputs(layer)}) {
    result += " >";
    for (const Row t : range) {
      result += fmt::format(" {}[{}]", format[t], fmt::join(dims[t], "x"));
    }
  }
  return result;
}

std::string fingerprint(const Engine& engine, const Finding& finding) {
  std::vector<std::string> parts = finding.source_ops;
  if (parts.empty()) {
    for (const Row row : finding.layers) parts.push_back(shape_of(engine, row));
  }
  std::sort(parts.begin(), parts.end());
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  Hash hash;
  hash.add(finding.rule);
  for (const std::string& part : parts) hash.add(part);
  return hash.hex();
}

}  // namespace

std::vector<std::string> fingerprints(const Engine& engine, const std::vector<Finding>& findings) {
  std::vector<std::string> result;
  result.reserve(findings.size());
  for (const Finding& finding : findings) result.push_back(fingerprint(engine, finding));

  // Ranks follow times; the layers' order does not.
  std::vector<std::size_t> order(findings.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return findings[a].layers < findings[b].layers;
  });
  std::map<std::string, int> seen;
  for (const std::size_t i : order) {
    const int count = ++seen[result[i]];
    if (count > 1) result[i] += fmt::format("-{}", count);
  }
  return result;
}

}  // namespace trex::lint
