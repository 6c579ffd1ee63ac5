// The models that the samples are made of, each as a Plan without times.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "trex/sample/compile.hpp"
#include "trex/sample/layer.hpp"

namespace trex::sample {

// ResNet-18, batch 32, TensorRT 8.6 on an A100.
Plan resnet18_plan(std::string_view build, Quantized quantized, Allowed allowed);

// ViT-Base/16 (Dosovitskiy et al. 2020), batch 8, on an H100: FP16 in 10.x; matrix
// multiplications in FP8 in 11.x.
Plan vit_plan(Generation generation);

// A decoder-only language model of 24 layers, hidden 2048, 16 query heads on 4 key and value heads,
// one step of generation for a batch of 8 with 1023 cached tokens, on an H100: FP8 weights, BF16
// activations and cache, two streams. In 10.x with a second optimization profile, for the prompt.
// `was_run` false: built only, so every dynamic dimension is -1.
Plan decoder_plan(Generation generation, bool was_run);

}  // namespace trex::sample
