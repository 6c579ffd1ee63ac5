// A graph as drawn: boxes, lines, frames and texts with their places; no word on file formats.
//
// What made it (an engine) is not known here: attributes come through a function, asked only for
// what is written. Formats that place things themselves (dot, ONNX, Model Explorer) take boxes,
// lines and frames and leave the places out. Units are CSS pixels, y grows downwards.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "trex/base/json.hpp"
#include "trex/document/colors.hpp"
#include "trex/table/column.hpp"

namespace trex {

struct DrawingPoint {
  double x = 0, y = 0;
};
struct DrawingRect {
  double x = 0, y = 0, width = 0, height = 0;
};

// What a text says decides its looks.
enum class TextRole : std::uint8_t { title, name, detail, figure, label, heading };
struct TextLook {
  double size;
  bool bold;
  bool faint;
};
TextLook look_of(TextRole role);
inline constexpr double line_height = 1.3;  // of a text, in its size

enum class TextAnchor : std::uint8_t { start, middle, end };

// One line of text, safe to show: no control bytes, valid UTF-8.
struct DrawingText {
  std::string text;
  double x = 0, y = 0;  // of the base line, at the anchor
  TextRole role = TextRole::name;
  TextAnchor anchor = TextAnchor::start;
  double width = 0;  // as measured
};

enum class BoxKind : std::uint8_t { layer, region, binding, constant, scope };
std::string_view box_kind_name(BoxKind kind);

struct DrawingAttribute {
  std::string name;
  Json value;
};

// What passes along a line, or lies in a tensor's box.
struct DrawingTensor {
  std::string name;  // as the file has it
  bool has_dims = false;
  std::vector<std::int64_t> dims;       // -1: dynamic
  std::string shape, format, datatype;  // "1×3×224×224"; "FP16 NHWC8"; "FP16"; "" where not known
  std::int64_t bytes = null_integer;
};

inline constexpr std::int32_t no_frame = -1;

// A part of a stacked bar: "FP16", half of it.
struct DrawingPart {
  std::string label;
  Color color;
  double part = 0;  // of 1
};

struct DrawingBox {
  std::string id;  // "layer-12", "tensor-3", "scope-5": unique, stable
  BoxKind kind = BoxKind::layer;
  std::string name;                          // whole, as the file has it
  std::string type;                          // "Convolution"; of a scope empty
  std::string figures;                       // time and the like, in short: "0.123 ms, 4.5%"
  bool is_input = false, is_output = false;  // of the engine
  DrawingTensor tensor;                      // of a region, binding or constant
  std::vector<std::string> details;          // shapes, operations: what the box says of itself
  Color color = no_color;
  Json value;  // what the colour says, for programs: "FP16", 0.25 ms; null: nothing
  DrawingRect rect;
  double band = 0;  // height of the coloured band at its top; 0: the whole box has the tint
  std::vector<DrawingText> texts;
  std::vector<DrawingPart> bar;   // along its lower edge; empty: none
  std::int32_t frame = no_frame;  // innermost one it stands in
  bool highlighted = false;
  std::uint32_t subject = 0;  // what the attribute function knows it by
};

struct DrawingEdge {
  std::uint32_t source = 0, target = 0;            // boxes
  std::uint32_t source_port = 0, target_port = 0;  // among their outputs / inputs
  std::string kind;                                // "data", "back", "reuse", "wait", "order"
  DrawingTensor tensor;                            // without a name: none passes
  bool dashed = false;
  bool back = false;  // runs against the order of execution
  bool highlighted = false;
  double thickness = 1.2;
  // Cubic curves: 3 n + 1 points. A stub has two curves that do not meet, 4 points each.
  std::vector<DrawingPoint> points;
  bool stub = false;
  std::vector<DrawingText> texts;  // its label and, of a stub, its tags
  std::vector<DrawingRect> tags;   // of a stub: behind the tags' texts
  DrawingRect label;               // behind the label; width 0: it has none
};

// An open scope: a border around what is in it.
struct DrawingFrame {
  std::string id;    // "scope-5"
  std::string name;  // "layers.3"
  std::string path;  // "model/layers.3"
  std::int32_t parent = no_frame;
  Color color = no_color;
  DrawingRect rect;
  std::vector<DrawingText> texts;
  std::uint32_t subject = 0;
};

struct DrawingLegendEntry {
  std::string label;
  Color color;
};

struct Drawing {
  std::string title;
  std::string subtitle;
  bool placed = true;            // false: nothing has a place, width and height are 0
  double width = 0, height = 0;  // of the graph; title and legend come on top
  bool rightwards = false;       // ranks run from left to right
  std::vector<DrawingBox> boxes;
  std::vector<DrawingEdge> edges;
  std::vector<DrawingFrame> frames;  // outer ones first
  std::string legend_title;
  std::vector<DrawingLegendEntry> legend;
  std::vector<std::string> notes;  // what a reader should know: "grouped ...", stubs

  // Everything known of a box or a frame; valid while what it was made from lives.
  std::function<std::vector<DrawingAttribute>(BoxKind kind, std::uint32_t subject)> attributes;
};

}  // namespace trex
