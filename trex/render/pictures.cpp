// The formats of drawings, as one list.

// SPDX-License-Identifier: Apache-2.0
#include "trex/render/pictures.hpp"

#include <array>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"

namespace trex::render {
namespace {

constexpr std::array list{
    PictureFormat{"svg", "for a browser: searchable, every attribute as a hover text", true, svg},
    PictureFormat{"png", "pixels, through librsvg", false, png},
    PictureFormat{"pdf", "one page, through librsvg", false, pdf},
    PictureFormat{"dot", "for Graphviz, which places it", true, dot},
    PictureFormat{"onnx", "for Netron: layers as nodes of a domain of our own", false, onnx},
    PictureFormat{"json", "boxes, lines and places, for programs", true, drawing_json},
    PictureFormat{"model-explorer", "for Google's Model Explorer, which places it", true,
                  model_explorer},
    PictureFormat{"node-data", "what the colours say, for Model Explorer beside that", true,
                  node_data},
};

}  // namespace

std::span<const PictureFormat> picture_formats() { return list; }

std::vector<std::string> picture_format_names() {
  std::vector<std::string> names;
  for (const PictureFormat& format : list) names.emplace_back(format.name);
  return names;
}

bool places_itself(const PictureFormat& format) {
  return format.name == "dot" || format.name == "onnx" || format.name == "model-explorer" ||
         format.name == "node-data";
}

std::string_view picture_ending(const PictureFormat& format) {
  if (format.name == "model-explorer") return "model-explorer.json";
  return format.name == "node-data" ? "node-data.json" : format.name;
}

const PictureFormat& find_picture_format(std::string_view name) {
  for (const PictureFormat& format : list) {
    if (format.name == name) return format;
  }
  fail("unknown format '{}'{}", name, did_you_mean(name, picture_format_names()));
}

const PictureFormat* picture_format_of(std::string_view path) {
  const std::string name = lower(path);
  if (ends_with(name, ".model-explorer.json")) return &find_picture_format("model-explorer");
  if (ends_with(name, ".node-data.json")) return &find_picture_format("node-data");
  if (ends_with(name, ".gv")) return &find_picture_format("dot");
  for (const PictureFormat& format : list) {
    if (ends_with(name, "." + std::string(format.name))) return &format;
  }
  return nullptr;
}

}  // namespace trex::render
