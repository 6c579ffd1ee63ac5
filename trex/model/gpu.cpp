// Which row of the table a device name means, and peak rates.

// SPDX-License-Identifier: Apache-2.0
#include "trex/model/gpu.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include "trex/base/text.hpp"

namespace trex {
namespace {

bool is_word_char(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// "NVIDIA A100-SXM4-40GB" -> "nvidia", "a100", "sxm4", "40gb".
std::vector<std::string_view> name_words(std::string_view lowered) {
  std::vector<std::string_view> words;
  std::size_t start = 0;
  while (start < lowered.size()) {
    std::size_t end = start;
    while (end < lowered.size() && is_word_char(lowered[end])) ++end;
    if (end > start) words.push_back(lowered.substr(start, end - start));
    start = end + 1;
  }
  return words;
}

// Words that make another GPU of a name: a row without them is not meant.
constexpr std::string_view variant_words[] = {"laptop",    "mobile", "ti",   "super",
                                              "q",         "ada",    "sff",  "nvl",
                                              "blackwell", "mig",    "vgpu", "drive"};

bool holds(const std::vector<std::string_view>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// How many words the row and the name share; 0 when the row is not meant.
std::size_t match_size(const std::vector<std::string_view>& name, const GpuSpec& spec) {
  const std::vector<std::string_view> wanted = name_words(spec.match);
  for (const std::string_view word : wanted) {
    if (!holds(name, word)) return 0;
  }
  for (const std::string_view variant : variant_words) {
    if (holds(name, variant) && !holds(wanted, variant)) return 0;
  }
  return wanted.size();
}

// The architecture's own row, else its family's nearest older one (12.1 -> 12.0); Thor was 10.1
// before CUDA 13 called it 11.0.
int known_architecture(int compute_capability) {
  if (compute_capability == 101) return 110;
  int best = 0;
  for (const RateSpec& rate : rate_specs()) {
    const int known = rate.compute_capability;
    if (known / 10 == compute_capability / 10 && known <= compute_capability) {
      best = std::max(best, known);
    }
  }
  return best;
}

// The product figures of the H20 and the H800: FP64 is cut to this, whatever the clock.
constexpr double export_fp64_tflops = 1;
bool is_export_version(const GpuSpec& spec) { return spec.match == "h20" || spec.match == "h800"; }

std::optional<double> rate_of(int compute_capability, Datatype type, bool tensor_core) {
  const int architecture = known_architecture(compute_capability);
  for (const RateSpec& rate : rate_specs()) {
    if (rate.compute_capability == architecture && rate.type == type &&
        rate.tensor_core == tensor_core) {
      return rate.flops_per_clock_per_sm;
    }
  }
  return std::nullopt;
}

}  // namespace

const GpuSpec* find_gpu(std::string_view device_name, std::optional<int> sms) {
  constexpr std::size_t longest_name = 200;
  const std::string lowered = lower(device_name.substr(0, longest_name));
  const std::vector<std::string_view> name = name_words(lowered);
  const GpuSpec* best = nullptr;
  std::size_t best_size = 0;
  for (const GpuSpec& spec : gpu_specs()) {
    const std::size_t size = match_size(name, spec);
    if (size == 0 || size < best_size) continue;
    const bool fits_better = size > best_size || (sms && best->sms != *sms && spec.sms == *sms);
    if (!fits_better) continue;
    best = &spec;
    best_size = size;
  }
  return best;
}

std::optional<double> Device::peak_tflops(Datatype type, bool tensor_core) const {
  if (!compute_capability || !sms || !clock_mhz) return std::nullopt;
  if (type == Datatype::uint8) type = Datatype::int8;
  std::optional<double> rate = rate_of(*compute_capability, type, tensor_core);
  if (!rate) return std::nullopt;
  if (type == Datatype::fp64 && spec != nullptr && is_export_version(*spec))
    return export_fp64_tflops;
  if (tensor_core && spec != nullptr) {
    *rate *= spec->tensor_scale;
    if (type == Datatype::bf16 || type == Datatype::tf32) *rate *= spec->fp32_accumulate_scale;
    if (*rate <= 0) return std::nullopt;
  }
  return *rate * *sms * *clock_mhz / 1e6;
}

std::optional<double> Device::peak_tflops(Datatype type) const {
  const std::optional<double> tensor = peak_tflops(type, true);
  return tensor ? tensor : peak_tflops(type, false);
}

}  // namespace trex
