// Looking a key up: by its length first, so that hardly a comparison is in vain.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/plan_keys.hpp"

#include <array>
#include <cstddef>

namespace trex {
namespace {

struct Spelling {
  std::string_view text;
  PlanKey key;
};

// Sorted by length (the compiler checks it). Those marked `other` are listed because
// most layers have them: a key that is not listed costs a second, slower look.
constexpr Spelling spellings[] = {
    {"Axes", PlanKey::other},
    {"Bias", PlanKey::other},
    {"Mode", PlanKey::other},
    {"Name", PlanKey::name},
    {"Type", PlanKey::type},
    {"Alpha", PlanKey::other},
    {"Count", PlanKey::count},
    {"Power", PlanKey::other},
    {"Scale", PlanKey::other},
    {"Shift", PlanKey::other},
    {"Format", PlanKey::format},
    {"Groups", PlanKey::groups},
    {"HasLog", PlanKey::other},
    {"IOMode", PlanKey::io_mode},
    {"Inputs", PlanKey::inputs},
    {"Kernel", PlanKey::kernel},
    {"Layers", PlanKey::layers},
    {"Origin", PlanKey::origin},
    {"Params", PlanKey::other},
    {"Stride", PlanKey::stride},
    {"HasBias", PlanKey::other},
    {"HasReLU", PlanKey::other},
    {"OutMaps", PlanKey::out_maps},
    {"Outputs", PlanKey::outputs},
    {"Reshape", PlanKey::other},
    {"Strides", PlanKey::other},
    {"Weights", PlanKey::other},
    {"weights", PlanKey::other},
    {"Bindings", PlanKey::bindings},
    {"ConvBias", PlanKey::other},
    {"DataType", PlanKey::datatype},
    {"Datatype", PlanKey::datatype},
    {"Dilation", PlanKey::dilation},
    {"Literals", PlanKey::other},
    {"Location", PlanKey::location},
    {"MaxShape", PlanKey::max_shape},
    {"Metadata", PlanKey::metadata},
    {"MinShape", PlanKey::min_shape},
    {"NbParams", PlanKey::other},
    {"OptShape", PlanKey::opt_shape},
    {"StreamId", PlanKey::stream_id},
    {"Constants", PlanKey::constants},
    {"IOTensors", PlanKey::io_tensors},
    {"InputArgs", PlanKey::other},
    {"LayerInfo", PlanKey::layers},
    {"LayerType", PlanKey::layer_type},
    {"Operation", PlanKey::other},
    {"Activation", PlanKey::activation},
    {"ConvGroups", PlanKey::groups},
    {"ConvKernel", PlanKey::kernel},
    {"ConvStride", PlanKey::stride},
    {"Dimensions", PlanKey::dimensions},
    {"NbLiterals", PlanKey::other},
    {"Operations", PlanKey::other},
    {"OutputVars", PlanKey::other},
    {"PluginType", PlanKey::other},
    {"PrePadding", PlanKey::pre_padding},
    {"TacticName", PlanKey::tactic_name},
    {"WindowSize", PlanKey::other},
    {"BlendFactor", PlanKey::other},
    {"ConvOutMaps", PlanKey::out_maps},
    {"ConvWeights", PlanKey::other},
    {"HasResidual", PlanKey::has_residual},
    {"I/O Tensors", PlanKey::io_tensors},
    {"NbInputArgs", PlanKey::other},
    {"PaddingMode", PlanKey::other},
    {"PoolingType", PlanKey::other},
    {"PostPadding", PlanKey::post_padding},
    {"ProfileInfo", PlanKey::profile_info},
    {"StrideOrder", PlanKey::other},
    {"TacticValue", PlanKey::tactic_value},
    {"ConvDilation", PlanKey::dilation},
    {"NbOperations", PlanKey::other},
    {"NbOutputVars", PlanKey::other},
    {"ParameterType", PlanKey::parameter_type},
    {"PluginVersion", PlanKey::other},
    {"ConvActivation", PlanKey::activation},
    {"ConvPrePadding", PlanKey::pre_padding},
    {"FirstTranspose", PlanKey::other},
    {"HasDynamicBias", PlanKey::other},
    {"ConvHasResidual", PlanKey::has_residual},
    {"ConvPostPadding", PlanKey::post_padding},
    {"Engine Metadata", PlanKey::other},
    {"Format/DataType", PlanKey::format_datatype},
    {"Format/Datatype", PlanKey::format_datatype},
    {"SecondTranspose", PlanKey::other},
    {"HasDynamicFilter", PlanKey::has_dynamic_filter},
    {"HasSparseWeights", PlanKey::has_sparse_weights},
    {"LayerInformation", PlanKey::layers},
    {"ParameterSubType", PlanKey::other},
    {"ResAsActInputIdx", PlanKey::other},
    {"BiasAsActInputIdx", PlanKey::other},
    {"ConvXAsActInputIdx", PlanKey::other},
    {"IsShapeInferenceIO", PlanKey::is_shape_inference},
    {"ProfilingVerbosity", PlanKey::profiling_verbosity},
    {"ConvHasDynamicFilter", PlanKey::has_dynamic_filter},
    {"ConvHasSparseWeights", PlanKey::has_sparse_weights},
    {"AverageCountExcludesPadding", PlanKey::other},
};
constexpr std::size_t spelling_count = sizeof spellings / sizeof spellings[0];
static_assert(spelling_count <= max_plan_key_rows);

constexpr std::size_t longest = spellings[spelling_count - 1].text.size();

// first_of_length[n]: the first row whose spelling has n bytes or more.
constexpr auto first_of_length = [] {
  std::array<std::uint8_t, longest + 2> first{};
  std::size_t row = 0;
  for (std::size_t length = 0; length < first.size(); ++length) {
    while (row < spelling_count && spellings[row].text.size() < length) ++row;
    first[length] = static_cast<std::uint8_t>(row);
  }
  return first;
}();
static_assert(
    [] {
      for (std::size_t row = 1; row < spelling_count; ++row) {
        if (spellings[row - 1].text.size() > spellings[row].text.size()) return false;
      }
      return true;
    }(),
    "sort the spellings by length");

constexpr auto rows = [] {
  std::array<PlanKeyMatch, spelling_count> result{};
  for (std::size_t row = 0; row < spelling_count; ++row) {
    result[row] = {spellings[row].key, static_cast<std::uint8_t>(row), spellings[row].text, true};
  }
  return result;
}();

constexpr bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

constexpr char lower_case(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Equal but for case and for what is no letter or digit.
bool alike(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  for (const char c : a) {
    if (!is_letter_or_digit(c)) continue;
    while (i < b.size() && !is_letter_or_digit(b[i])) ++i;
    if (i == b.size() || lower_case(b[i]) != lower_case(c)) return false;
    ++i;
  }
  while (i < b.size() && !is_letter_or_digit(b[i])) ++i;
  return i == b.size();
}

}  // namespace

const PlanKeyMatch* const plan_key_rows = rows.data();

PlanKeyMatch find_plan_key(std::string_view key) {
  if (key.size() <= longest) {
    for (std::size_t row = first_of_length[key.size()]; row < first_of_length[key.size() + 1];
         ++row) {
      if (same_bytes(spellings[row].text.data(), key.data(), key.size())) return rows[row];
    }
  }
  if (key.size() <= 2 * longest) {  // longer ones are no spelling of ours
    for (std::size_t row = 0; row < spelling_count; ++row) {
      if (alike(spellings[row].text, key)) {
        return {spellings[row].key, static_cast<std::uint8_t>(row), spellings[row].text, false};
      }
    }
  }
  return {};
}

}  // namespace trex
