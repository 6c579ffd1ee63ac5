// A drawing for Graphviz: boxes as nodes, frames as clusters; Graphviz places them.
//
// Labels are quoted strings, never HTML: any name is valid. In those, a backslash is Graphviz's
// escape and '&' begins an entity, so both are doubled or spelt out. Its reader fails on strings
// past 16 384 characters, so each is kept below.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <vector>

#include "trex/base/text.hpp"
#include "trex/base/utf8.hpp"
#include "trex/render/attribute_text.hpp"
#include "trex/render/pictures.hpp"

namespace trex::render {
namespace {

constexpr std::size_t longest_string = 16000;  // of 16 384, with room for quotes and an ellipsis
constexpr double body_part = 0.72;             // how far a colour is mixed into the background
constexpr Color white{255, 255, 255}, black{13, 17, 23};

// A quoted string; "\n" in `text` begins a new line of the label.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Character c = utf8_at(text, at);
    if (out.size() > longest_string) return out + "…\"";
    if (c.code == '\n') {
      out += "\\n";
    } else if (c.code == '\\') {
      out += "\\\\";
    } else if (c.code == '"') {
      out += "\\\"";
    } else if (c.code == '&') {
      out += "&amp;";
    } else if (!c.valid || c.code < 0x20) {
      append_utf8(out, replacement_character);
    } else {
      out += text.substr(at, c.length);
    }
    at += c.length;
  }
  return out + "\"";
}

class DotWriter {
 public:
  DotWriter(const Drawing& drawing, bool dark) : drawing_(drawing), dark_(dark) {}

  std::string write() {
    add("digraph {} {{\n", quoted(drawing_.title.empty() ? "engine" : drawing_.title));
    add("  graph [rankdir={}, bgcolor=\"{}\", fontname=\"Arial\", fontcolor=\"{}\", label={}, "
        "labelloc=t, tooltip=\" \"];\n",
        drawing_.rightwards ? "LR" : "TB", hex(dark_ ? black : white), text_color(),
        quoted(heading()));
    add("  node [shape=box, style=\"filled,rounded\", fontname=\"Arial\", fontsize=11, "
        "fontcolor=\"{}\", margin=\"0.1,0.05\"];\n",
        text_color());
    add("  edge [fontname=\"Arial\", fontsize=9, color=\"#6e7781\", fontcolor=\"{}\"];\n",
        text_color());
    list_inside();
    add_frame_inside(no_frame, 1);
    for (const DrawingEdge& edge : drawing_.edges) add_edge(edge);
    out_ += "}\n";
    return std::move(out_);
  }

 private:
  template <class... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }

  std::string text_color() const { return dark_ ? "#e6edf3" : "#1f2328"; }

  std::string heading() const {
    std::vector<std::string> lines{drawing_.title};
    if (!drawing_.subtitle.empty()) lines.push_back(drawing_.subtitle);
    for (const std::string& note : drawing_.notes) lines.push_back(note);
    return join(lines, "\n");
  }

  static std::size_t place(std::int32_t frame) { return static_cast<std::size_t>(frame + 1); }

  void list_inside() {
    boxes_in_.resize(drawing_.frames.size() + 1);
    frames_in_.resize(drawing_.frames.size() + 1);
    for (const DrawingBox& box : drawing_.boxes) boxes_in_[place(box.frame)].push_back(&box);
    for (std::size_t f = 0; f < drawing_.frames.size(); ++f) {
      frames_in_[place(drawing_.frames[f].parent)].push_back(static_cast<std::int32_t>(f));
    }
  }

  // Frames are nested no deeper than scopes are.
  void add_frame_inside(std::int32_t frame, std::size_t depth) {
    const std::string indent(2 * depth, ' ');
    for (const DrawingBox* box : boxes_in_[place(frame)]) add_box(*box, indent);
    for (const std::int32_t inner : frames_in_[place(frame)]) {
      const DrawingFrame& f = drawing_.frames[static_cast<std::size_t>(inner)];
      add("{}subgraph {} {{\n{}  label={}; style=rounded; color=\"#afb8c1\"; tooltip={};\n", indent,
          quoted("cluster_" + f.id), indent, quoted(texts_of(f.texts)), quoted(printable(f.path)));
      add_frame_inside(inner, depth + 1);
      add("{}}}\n", indent);
    }
  }

  static std::string texts_of(const std::vector<DrawingText>& texts) {
    std::vector<std::string_view> lines;
    for (const DrawingText& text : texts) lines.push_back(text.text);
    return join(lines, "\n");
  }

  std::string tooltip(const DrawingBox& box) const {
    std::string text = printable(box.name);
    if (!drawing_.attributes) return text;
    for (const DrawingAttribute& a : drawing_.attributes(box.kind, box.subject)) {
      if (text.size() > longest_string) break;
      text += "\n" + attribute_text(a);
    }
    return text;
  }

  void add_box(const DrawingBox& box, const std::string& indent) {
    const bool is_tensor = box.kind != BoxKind::layer && box.kind != BoxKind::scope;
    add("{}{} [label={}, fillcolor=\"{}\", color=\"{}\"{}{}{}, tooltip={}];\n", indent,
        quoted(box.id), quoted(texts_of(box.texts)),
        hex(mix(box.color, dark_ ? black : white, body_part)), hex(box.color),
        is_tensor ? ", shape=ellipse, style=filled" : "",
        box.kind == BoxKind::scope ? ", shape=box3d, style=filled" : "",
        box.highlighted ? ", penwidth=4, color=\"#cf222e\"" : "", quoted(tooltip(box)));
  }

  void add_edge(const DrawingEdge& edge) {
    const std::string label = edge.stub ? "" : texts_of(edge.texts);
    const DrawingTensor& t = edge.tensor;
    std::string hover = printable(t.name.empty() ? edge.kind : t.name);
    if (!t.shape.empty()) hover += "\n" + t.shape + " " + printable(t.format);
    add("  {} -> {} [label={}, tooltip={}, labeltooltip={}{}{}];\n",
        quoted(drawing_.boxes[edge.source].id), quoted(drawing_.boxes[edge.target].id),
        quoted(label), quoted(hover), quoted(hover), edge.dashed ? ", style=dashed" : "",
        edge.highlighted ? ", color=\"#cf222e\", penwidth=2" : "");
  }

  const Drawing& drawing_;
  bool dark_;
  std::vector<std::vector<const DrawingBox*>> boxes_in_;  // by frame + 1
  std::vector<std::vector<std::int32_t>> frames_in_;
  std::string out_;
};

}  // namespace

std::string dot(const Drawing& drawing, const PictureStyle& style) {
  return DotWriter(drawing, style.theme == Theme::dark).write();
}

}  // namespace trex::render
