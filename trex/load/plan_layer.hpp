// One layer object of a plan graph -> RawLayer.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bitset>
#include <string_view>
#include <vector>

#include "trex/load/plan_tensor.hpp"
#include "trex/load/plan_values.hpp"
#include "trex/model/engine_builder.hpp"

namespace trex {

class PlanLayerReader {
 public:
  explicit PlanLayerReader(PlanContext& context) : context_(context) {}

  // Reads the whole object into `layer`, which must be clear. False: it holds nothing of a layer.
  // `depth` is the object's own.
  bool read(ondemand::object object, int depth, RawLayer& layer);
  // The last layer that was read says more than its name.
  bool has_details() const { return has_details_; }

 private:
  void read_field(const PlanKeyMatch& match, PlanField field, RawLayer& layer);
  bool read_description(PlanKey key, PlanField field, RawLayer& layer);
  bool read_convolution(PlanKey key, PlanField field, ConvolutionAttributes& convolution);
  void read_further(PlanField field, RawLayer& layer);
  void read_weights(PlanField field, RawLayer& layer);
  std::optional<std::int64_t> read_count(PlanField field);
  void settle_repeated_keys(RawLayer& layer);

  PlanContext& context_;
  std::bitset<max_plan_key_rows> seen_;         // known keys of this layer
  std::vector<std::string_view> unknown_keys_;  // and the others
  bool has_repeated_key_ = false;
  bool has_details_ = false;
};

// The optimization profile that a layer's or a binding's name tells: "conv [profile 12]" -> 12, 0
// without one. Fused layers carry it inside: "PWN(a [profile 1], b [profile 1])".
int opt_profile_of(std::string_view name);

}  // namespace trex
