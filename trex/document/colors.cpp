// Colours as data.

// SPDX-License-Identifier: Apache-2.0
#include "trex/document/colors.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "trex/base/text.hpp"

namespace trex {
namespace {

constexpr Color rgb(std::uint32_t value) {
  return {static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8 & 0xFF),
          static_cast<std::uint8_t>(value & 0xFF)};
}

// Warm is wide, green is narrow: the more bits, the more heat.
constexpr std::array precisions{
    NamedColor{"FP64", rgb(0x8B0000)},  NamedColor{"FP32", rgb(0xD4351C)},
    NamedColor{"TF32", rgb(0xB8568F)},  NamedColor{"FP16", rgb(0xE69F00)},
    NamedColor{"BF16", rgb(0xA6761D)},  NamedColor{"FP8", rgb(0x56B4E9)},
    NamedColor{"FP4", rgb(0xC7B200)},   NamedColor{"INT8", rgb(0x009E73)},
    NamedColor{"INT4", rgb(0x9370C8)},  NamedColor{"UINT8", rgb(0x66A182)},
    NamedColor{"INT32", rgb(0x7A869A)}, NamedColor{"INT64", rgb(0x5C677D)},
    NamedColor{"BOOL", rgb(0xA3ABB8)},
};

// What multiplies is blue, attention violet, what only moves data red, element-wise green.
constexpr std::array types{
    NamedColor{"Convolution", rgb(0x2F7ED8)},
    NamedColor{"Deconvolution", rgb(0x1B4F9C)},
    NamedColor{"ConvActPool", rgb(0x5B9BE6)},
    NamedColor{"FullyConnected", rgb(0x0F8B8D)},
    NamedColor{"MatrixMultiply", rgb(0x0FA3B1)},
    NamedColor{"gemm", rgb(0x0FA3B1)},
    NamedColor{"CaskGemmMatrixMultiply", rgb(0x0FA3B1)},
    NamedColor{"fusion", rgb(0x7A5CC9)},
    NamedColor{"attention", rgb(0xA04FC4)},
    NamedColor{"ForeignNode", rgb(0x7A5CC9)},
    NamedColor{"Myelin", rgb(0x7A5CC9)},
    NamedColor{"kgen", rgb(0x5E9C3C)},
    NamedColor{"PointWise", rgb(0x3DA35D)},
    NamedColor{"PointWiseV2", rgb(0x3DA35D)},
    NamedColor{"ElementWise", rgb(0x6CBF6C)},
    NamedColor{"Activation", rgb(0x8FBF3F)},
    NamedColor{"SoftMax", rgb(0xC4589B)},
    NamedColor{"Reduce", rgb(0xB07AA1)},
    NamedColor{"TopK", rgb(0x9C6B98)},
    NamedColor{"Scale", rgb(0x2A9D8F)},
    NamedColor{"Quantize", rgb(0x2A9D8F)},
    NamedColor{"Dequantize", rgb(0x2A9D8F)},
    NamedColor{"Reformat", rgb(0xE4572E)},
    NamedColor{"MyelinReformat", rgb(0xE4572E)},
    NamedColor{"Shuffle", rgb(0xD98C5F)},
    NamedColor{"Slice", rgb(0xC97B63)},
    NamedColor{"Concatenation", rgb(0xD96C8A)},
    NamedColor{"Gather", rgb(0xB5838D)},
    NamedColor{"Pooling", rgb(0xE09F3E)},
    NamedColor{"Resize", rgb(0xD4A017)},
    NamedColor{"Plugin", rgb(0x6B4E3D)},
    NamedColor{"PluginV2", rgb(0x6B4E3D)},
    NamedColor{"PluginV3", rgb(0x6B4E3D)},
    NamedColor{"Constant", rgb(0x8D99AE)},
    NamedColor{"NoOp", rgb(0x9AA0A6)},
    NamedColor{"Signal", rgb(0x546A7B)},
    NamedColor{"Wait", rgb(0x546A7B)},
    NamedColor{"TrainStation", rgb(0x546A7B)},
};

constexpr std::array severities{
    NamedColor{"error", rgb(0xCF222E)},
    NamedColor{"warning", rgb(0xD98200)},
    NamedColor{"note", rgb(0x2F7ED8)},
};

constexpr std::array heat{rgb(0x5B8DB8), rgb(0x8FB996), rgb(0xE3C14B), rgb(0xE8843C),
                          rgb(0xC8291F)};

constexpr std::array others{
    rgb(0x2F7ED8), rgb(0xE69F00), rgb(0x009E73), rgb(0xC4589B), rgb(0x56B4E9), rgb(0xD4551C),
    rgb(0x7A5CC9), rgb(0xA6761D), rgb(0x0FA3B1), rgb(0x8FBF3F), rgb(0x9C6B98), rgb(0x546A7B),
};

}  // namespace

std::string hex(Color color) {
  return fmt::format("#{:02x}{:02x}{:02x}", color.red, color.green, color.blue);
}

Color mix(Color a, Color b, double part) {
  const auto channel = [&](std::uint8_t x, std::uint8_t y) {
    return static_cast<std::uint8_t>(std::lround(x + (y - x) * part));
  };
  return {channel(a.red, b.red), channel(a.green, b.green), channel(a.blue, b.blue)};
}

std::span<const NamedColor> precision_colors() { return precisions; }
std::span<const NamedColor> layer_type_colors() { return types; }
std::span<const NamedColor> severity_colors() { return severities; }
std::span<const Color> heat_colors() { return heat; }
std::span<const Color> other_colors() { return others; }

Color color_of(std::span<const NamedColor> list, std::string_view name, Color otherwise) {
  for (const NamedColor& known : list) {
    if (equals_ignoring_case(known.name, name)) return known.color;
  }
  return otherwise;
}

Color other_color(std::size_t i) { return others[i % others.size()]; }

}  // namespace trex
