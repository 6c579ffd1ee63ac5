// What an engine keeps in memory: weights, and the activations alive at each step.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <string>

#include "trex/sample/write_log.hpp"

namespace trex::sample {
namespace {

struct Life {
  std::size_t first = 0, last = 0;
  double bytes = 0;
};

double weights_bytes(const Plan& plan) {
  double total = 0;
  for (const Layer& layer : plan.layers) {
    for (const Tensor& tensor : layer.constants) total += bytes_of(tensor);
    if (!layer.convolution) continue;
    const Convolution& c = *layer.convolution;
    total += static_cast<double>(c.weights_count) * *datatype_bits(c.weights_type) / 8 +
             static_cast<double>(c.out_channels) * *datatype_bits(c.bias_type) / 8;
  }
  return total;
}

double peak_activation_bytes(const Plan& plan) {
  std::map<std::string, Life> lives;
  for (std::size_t i = 0; i < plan.layers.size(); ++i) {
    for (const auto* tensors : {&plan.layers[i].inputs, &plan.layers[i].outputs}) {
      for (const Tensor& tensor : *tensors) {
        Life& life = lives.try_emplace(tensor.name, Life{i, i, 0}).first->second;
        life.last = i;
        life.bytes = std::max(life.bytes, bytes_of(tensor));
      }
    }
  }
  for (const Binding& binding : plan.bindings) lives.erase(binding.name);
  std::vector<double> change(plan.layers.size() + 1, 0);
  for (const auto& [name, life] : lives) {
    change[life.first] += life.bytes;
    change[life.last + 1] -= life.bytes;
  }
  double alive = 0, peak = 0;
  for (const double bytes : change) {
    alive += bytes;
    peak = std::max(peak, alive);
  }
  return peak;
}

}  // namespace

EngineFacts facts_of(const Plan& plan) {
  EngineFacts facts{static_cast<std::int64_t>(plan.layers.size() + plan.other_profile.size()),
                    weights_bytes(plan), peak_activation_bytes(plan)};
  for (const Layer& layer : plan.layers) {
    facts.auxiliary_streams = std::max(facts.auxiliary_streams, layer.stream);
  }
  return facts;
}

}  // namespace trex::sample
