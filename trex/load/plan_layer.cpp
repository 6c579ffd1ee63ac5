// Reading a layer object: what is known of it goes into the columns of RawLayer; everything else
// is looked at, so that the object's text can be parsed again later, and left where it is.
//
// The keys come in any order and differ by version, tactic source and fusion: an entry of
// {Type, Count} is weights whatever its key; a convolution inside a fused layer has the prefix
// "Conv" on each of its keys.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/plan_layer.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "trex/base/text.hpp"

namespace trex {
namespace {

constexpr bool is_layer_key(PlanKey key) {
  return key >= PlanKey::layer_type && key <= PlanKey::has_dynamic_filter;
}

void set(std::string_view& text, PlanField field, PlanContext& context) {
  text = read_text(field, context).value_or(std::string_view());
}

void set_flag(bool& flag, PlanField field, PlanContext& context) {
  flag = read_flag(field, context).value_or(false);
}

// Deconvolution by the type that TensorRT states, else by its implementation
// ("CaskDeconvolutionV2").
bool is_deconvolution(const RawLayer& layer) {
  return contains_ignoring_case(
      layer.parameter_type.empty() ? layer.layer_type : layer.parameter_type, "deconvolution");
}

}  // namespace

bool PlanLayerReader::read(ondemand::object object, int depth, RawLayer& layer) {
  seen_.reset();
  unknown_keys_.clear();
  bool has_name = false;
  has_details_ = has_repeated_key_ = false;
  context_.layer_keys.begin_object();
  for (auto result : object) {
    ondemand::field field = take(std::move(result));
    std::string_view key;
    const PlanKeyMatch& match = context_.layer_keys.take(field, key);
    has_name = has_name || match.key == PlanKey::name;
    has_details_ = has_details_ || is_layer_key(match.key);
    read_field(match, {field.value(), key, depth}, layer);
  }
  settle_repeated_keys(layer);
  layer.has_convolution = layer.convolution.kernel.rank > 0 && layer.convolution.groups > 0;
  layer.convolution.transposed = layer.has_convolution && is_deconvolution(layer);
  return has_name || has_details_;
}

void PlanLayerReader::read_field(const PlanKeyMatch& match, PlanField field, RawLayer& layer) {
  if (match.key == PlanKey::unknown) {
    unknown_keys_.push_back(field.key);
    read_further(field, layer);
    return;
  }
  if (seen_.test(match.row)) {
    context_.note(PlanOddity::duplicate_key, field.key,
                  "the object has this key twice; the last one counts");
    has_repeated_key_ = true;
  }
  seen_.set(match.row);
  if (read_description(match.key, field, layer) ||
      read_convolution(match.key, field, layer.convolution)) {
    if (!match.exact) context_.note_spelling(field.key, match);
    return;
  }
  read_further(field, layer);
}

bool PlanLayerReader::read_description(PlanKey key, PlanField field, RawLayer& layer) {
  switch (key) {
    case PlanKey::name:
      set(layer.name, field, context_);
      return true;
    case PlanKey::layer_type:
      set(layer.layer_type, field, context_);
      return true;
    case PlanKey::parameter_type:
      set(layer.parameter_type, field, context_);
      return true;
    case PlanKey::tactic_value:
      set(layer.tactic_value, field, context_);
      return true;
    case PlanKey::origin:
      set(layer.origin, field, context_);
      return true;
    case PlanKey::activation:
      set(layer.activation, field, context_);
      return true;
    case PlanKey::tactic_name:
      set(layer.tactic, field, context_);
      layer.has_tactic = true;
      return true;
    case PlanKey::metadata:
      set(layer.metadata, field, context_);
      layer.has_metadata = true;
      context_.has_stream_or_metadata = true;
      return true;
    case PlanKey::stream_id:
      layer.stream = read_integer(field, context_).value_or(null_integer);
      context_.has_stream_or_metadata = true;
      return true;
    case PlanKey::inputs:
      layer.inputs.clear();
      read_tensors(field, context_, layer.inputs, layer.weights);
      return true;
    case PlanKey::outputs:
      layer.outputs.clear();
      read_tensors(field, context_, layer.outputs, layer.weights);
      return true;
    case PlanKey::constants:
      layer.constants.clear();
      read_tensors(field, context_, layer.constants, layer.weights);
      return true;
    default:
      return false;
  }
}

bool PlanLayerReader::read_convolution(PlanKey key, PlanField field,
                                       ConvolutionAttributes& convolution) {
  constexpr std::int32_t any = std::numeric_limits<std::int32_t>::min();
  switch (key) {
    case PlanKey::kernel:
      read_small_dims(field, context_, 1, convolution.kernel);
      return true;
    case PlanKey::stride:
      read_small_dims(field, context_, 1, convolution.stride);
      return true;
    case PlanKey::dilation:
      read_small_dims(field, context_, 1, convolution.dilation);
      return true;
    // Negative padding crops: ONNX allows it.
    case PlanKey::pre_padding:
      read_small_dims(field, context_, any, convolution.pre_padding);
      return true;
    case PlanKey::post_padding:
      read_small_dims(field, context_, any, convolution.post_padding);
      return true;
    case PlanKey::out_maps:
      convolution.out_maps = read_count(field).value_or(null_integer);
      return true;
    case PlanKey::groups:
      convolution.groups = read_count(field).value_or(null_integer);
      return true;
    case PlanKey::has_residual:
      set_flag(convolution.has_residual, field, context_);
      return true;
    case PlanKey::has_sparse_weights:
      set_flag(convolution.has_sparse_weights, field, context_);
      return true;
    case PlanKey::has_dynamic_filter:
      set_flag(convolution.has_dynamic_filter, field, context_);
      return true;
    default:
      return false;
  }
}

// A count is never negative: such a one is not known.
std::optional<std::int64_t> PlanLayerReader::read_count(PlanField field) {
  const auto count = read_integer(field, context_);
  if (!count || *count >= 0) return count;
  context_.note(PlanOddity::negative, field.key, "a negative count; it is left out");
  return std::nullopt;
}

// Weights stand under many keys, all as {Type, Count}. Other objects hold no such pair.
void PlanLayerReader::read_further(PlanField field, RawLayer& layer) {
  if (take(field.value.type()) == ondemand::json_type::object) {
    read_weights(field, layer);
  } else {
    visit(field.value, field.depth);
  }
}

void PlanLayerReader::read_weights(PlanField field, RawLayer& layer) {
  const PathScope place(context_.path, field.key);
  RawWeights weights{field.key, {}, 0};
  bool has_type = false;
  bool has_count = false;
  const int depth = field.depth + 1;
  context_.weights_keys.begin_object();
  for (auto result : take(field.value.get_object())) {
    ondemand::field member = take(std::move(result));
    std::string_view key;
    const PlanKeyMatch& match = context_.weights_keys.take(member, key);
    const PlanField part{member.value(), key, depth};
    if (match.key == PlanKey::type) {
      const auto type = read_text(part, context_);
      has_type = type.has_value();
      weights.type = type.value_or(std::string_view());
    } else if (match.key == PlanKey::count) {
      const auto count = read_count(part);
      has_count = count.has_value();
      weights.count = count.value_or(0);
    } else {
      visit(member.value(), depth);
    }
  }
  if (!has_type || !has_count) return;
  layer.weights.push_back(weights);
}

// The last of several values counts, for weights as for the rest.
void PlanLayerReader::settle_repeated_keys(RawLayer& layer) {
  if (unknown_keys_.size() > 1) {
    std::sort(unknown_keys_.begin(), unknown_keys_.end());
    auto place = unknown_keys_.begin();
    while ((place = std::adjacent_find(place, unknown_keys_.end())) != unknown_keys_.end()) {
      context_.note(PlanOddity::duplicate_key, *place,
                    "the object has this key twice; the last one counts");
      has_repeated_key_ = true;
      ++place;
    }
  }
  if (!has_repeated_key_) return;
  std::set<std::string_view> later;
  std::vector<RawWeights> kept;
  for (auto entry = layer.weights.rbegin(); entry != layer.weights.rend(); ++entry) {
    const bool listed = find_plan_key(entry->key).key == PlanKey::constants;  // many under one key
    if (listed || later.insert(entry->key).second) kept.push_back(*entry);
  }
  layer.weights.assign(kept.rbegin(), kept.rend());
}

int opt_profile_of(std::string_view name) {
  constexpr std::string_view mark = "[profile ";
  int profile = 0;  // the last one that the name tells
  for (std::size_t at = name.find(mark); at != std::string_view::npos; at = name.find(mark, at)) {
    at += mark.size();
    while (at < name.size() && name[at] == ' ') ++at;
    const std::size_t first = at;
    while (at < name.size() && name[at] >= '0' && name[at] <= '9') ++at;
    if (at == name.size() || name[at] != ']') continue;
    const auto number = parse_integer(name.substr(first, at - first));
    if (number && *number <= std::numeric_limits<int>::max()) profile = static_cast<int>(*number);
  }
  return profile;
}

}  // namespace trex
