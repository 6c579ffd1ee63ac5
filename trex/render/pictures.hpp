// The formats of drawings, as one list: help, errors, completion and file endings come from it.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "trex/document/drawing.hpp"

namespace trex::render {

enum class Theme : std::uint8_t { automatic, light, dark };  // automatic: what the viewer prefers

struct PictureStyle {
  Theme theme = Theme::automatic;  // png, pdf: light
  double scale = 2;                // png: pixels a unit, less for what would be too large
  bool hover = true;               // svg: every attribute in the box's <title>
};

struct PictureFormat {
  std::string_view name;  // and the ending of its files
  std::string_view summary;
  bool is_text;  // may go to a terminal
  std::string (*render)(const Drawing& drawing, const PictureStyle& style);
};
std::span<const PictureFormat> picture_formats();
const PictureFormat& find_picture_format(std::string_view name);  // throws Error, "did you mean"
// By the ending of a file's name, "x.model-explorer.json" and "x.gv" too; null when it is no known
// one.
const PictureFormat* picture_format_of(std::string_view path);
std::vector<std::string> picture_format_names();
// Its readers place boxes themselves, so the drawing needs no layout.
bool places_itself(const PictureFormat& format);
std::string_view picture_ending(const PictureFormat& format);  // "svg", "model-explorer.json"

// One file each.
std::string svg(const Drawing& drawing, const PictureStyle& style);
std::string png(const Drawing& drawing, const PictureStyle& style);
std::string pdf(const Drawing& drawing, const PictureStyle& style);
std::string dot(const Drawing& drawing, const PictureStyle& style);
std::string onnx(const Drawing& drawing, const PictureStyle& style);
std::string drawing_json(const Drawing& drawing, const PictureStyle& style);
std::string model_explorer(const Drawing& drawing, const PictureStyle& style);
std::string node_data(const Drawing& drawing, const PictureStyle& style);

}  // namespace trex::render
