// A convolutional network as its author writes it: nodes, edges and the Q/DQ pairs on them.
//
// A `quantize` node stands for a QuantizeLinear and the DequantizeLinear after it. Node 0 is the
// image; a node's inputs come before it.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "trex/sample/layer.hpp"

namespace trex::sample {

enum class Op : std::uint8_t {
  image,
  convolution,
  relu,
  add,
  max_pool,
  global_pool,      // average over height and width
  fully_connected,  // on a tensor of height and width 1
  quantize,         // Q and DQ on an edge
  result,
};

struct Node {
  Op op = Op::image;
  std::string name;  // of the ONNX node: "/layer1/layer1.0/conv1/Conv"
  std::vector<int> inputs;
  std::int64_t kernel = 1, stride = 1, padding = 0, out_channels = 0;
  bool quantized_weights = false;
  std::string weights;  // "layer1.0.conv1.weight"
};

struct Network {
  std::vector<Node> nodes;
  std::int64_t batch = 1, channels = 3, size = 224;  // of the image, a square

  int add(Node node) {
    nodes.push_back(std::move(node));
    return static_cast<int>(nodes.size()) - 1;
  }
};

// Where the Q/DQ pairs of a quantization-aware training are. Convolutions and the fully connected
// layer have them on input and weights in each of the three.
enum class Quantized : std::uint8_t { nothing, convolutions, residuals_too, global_pool_too };

// ResNet-18 for ImageNet (He et al. 2015), batch normalization folded into the convolutions.
Network resnet18(std::int64_t batch, Quantized quantized);

}  // namespace trex::sample
