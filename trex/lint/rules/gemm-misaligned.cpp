// Reports matrix multiplications whose K or N does not fill the memory's 128-byte lines.
//
// Three degrees: a kernel that says it loads single values or pairs (aligna1, aligna2), rows that
// are no multiple of 16 bytes, rows that are no multiple of 128 bytes. The last costs little, so
// it is reported without a saving. One finding for each degree. Not reported: matrix-vector
// kernels; layers below the share of time; GPUs before compute capability 8.0, whose rule differs.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/base/text.hpp"
#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace gemm_misaligned_rule {

constexpr std::int64_t vector_bytes = 16;  // the widest load of a thread
constexpr std::int64_t line_bytes = 128;   // what a warp's load takes from memory

enum Degree : std::uint8_t { aligned, off_line, off_vector };

bool is_multiple(std::int64_t values, std::int64_t bits, std::int64_t bytes) {
  const std::int64_t step = bytes * 8 / bits;
  return step <= 1 || values % step == 0;
}

// "align1" and "align2" of "_aligna1_alignb2_": fewer values a load than 16 bytes hold.
bool loads_narrow(std::string_view tactic, std::int64_t bits) {
  for (const std::string_view word : split(tactic, '_')) {
    if (!starts_with(word, "align") || word.size() < 6) continue;
    std::string_view digits = word.substr(5);
    if (digits[0] >= 'a' && digits[0] <= 'b') digits.remove_prefix(1);
    const auto values = parse_integer(digits);
    if (values && *values > 0 && *values <= vector_bytes && *values * bits < vector_bytes * 8) {
      return true;
    }
  }
  return false;
}

Degree degree_of(const Context& c, const Peak& peak, Row row) {
  const auto n = peak.n(row), k = peak.k(row);
  const Row input = c.data_input(row);
  if (!n || !k || input == no_row) return aligned;
  const auto bits = datatype_bits(c.format(input).datatype);
  if (!bits || *bits < 1) return aligned;
  const bool narrow = loads_narrow(c.tactic(row), *bits);
  if (narrow || !is_multiple(*n, *bits, vector_bytes) || !is_multiple(*k, *bits, vector_bytes)) {
    return off_vector;
  }
  const bool full = is_multiple(*n, *bits, line_bytes) && is_multiple(*k, *bits, line_bytes);
  return full ? aligned : off_line;
}

Finding finding_of(const Context& c, const Peak& peak, std::vector<Row> layers, Degree degree) {
  const Row row = layers[0];
  Finding finding;
  finding.message =
      fmt::format("{} with K or N off {} bytes: {} (K = {}, N = {})",
                  layers.size() == 1 ? "1 matrix multiplication"
                                     : fmt::format("{} matrix multiplications", layers.size()),
                  degree == off_vector ? vector_bytes : line_bytes, listed(c, layers), *peak.k(row),
                  *peak.n(row));
  finding.evidence = {{"k", peak.k(row)},
                      {"n", peak.n(row)},
                      {"layers", static_cast<std::int64_t>(layers.size()), Unit::count},
                      {"tactic", c.tactic(row)}};
  finding.confidence = degree == off_vector ? Confidence::medium : Confidence::low;
  if (degree == off_vector) {
    for (const Row layer : layers) {
      add_known(finding.recoverable_ms, c.recoverable_by_roofline(layer));
    }
  }
  finding.layers = std::move(layers);
  return finding;
}

std::vector<Finding> check(const Context& c) {
  const double least = c.thresholds.get("gemm-misaligned", "min_share");
  const Peak peak(c);
  std::vector<Row> vector_rows, line_rows;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, gemm) || c.is(row, attention) || c.share(row).value_or(1) < least) continue;
    if (is_gemv(c.tactic(row))) continue;
    const Degree degree = degree_of(c, peak, row);
    if (degree == off_vector) vector_rows.push_back(row);
    if (degree == off_line) line_rows.push_back(row);
  }
  std::vector<Finding> findings;
  if (vector_rows.empty() && line_rows.empty()) return findings;
  if (gpu_sm(c).value_or(0) < 80) return findings;
  if (!vector_rows.empty()) {
    findings.push_back(finding_of(c, peak, std::move(vector_rows), off_vector));
  }
  if (!line_rows.empty()) {
    findings.push_back(finding_of(c, peak, std::move(line_rows), off_line));
  }
  return findings;
}

}  // namespace gemm_misaligned_rule

constexpr Rule gemm_misaligned = {
    .id = "gemm-misaligned",
    .code = "A08",
    .group = Group::precision,
    .severity = {},
    .summary = "K or N of a matrix multiplication does not fill the memory's lines",
    .why =
        "rows that are no multiple of 16 bytes are read in narrow loads; multiples of 128 bytes "
        "are best from compute capability 8.0 on",
    .mitigation =
        "pad hidden sizes, vocabularies and sequence lengths: multiples of 64 values for FP16, 128 "
        "for INT8 and FP8, 32 for TF32",
    .source =
        "NVIDIA deep learning performance guide, matrix multiplication: tensor core requirements; "
        "TensorRT issue 3665",
    .needs = {},
    .check = gemm_misaligned_rule::check,
};

}  // namespace trex::lint
