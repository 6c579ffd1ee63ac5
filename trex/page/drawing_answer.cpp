// Drawings as typed arrays.

// SPDX-License-Identifier: Apache-2.0
#include "trex/page/drawing_answer.hpp"

#include <unordered_map>

#include "trex/base/text.hpp"

namespace trex::page {
namespace {

constexpr std::uint32_t no_text = UINT32_MAX;
constexpr std::int32_t no_subject = -1;
constexpr std::uint8_t input_flag = 1, output_flag = 2, highlighted_flag = 4;

std::uint32_t rgb(Color color) {
  return static_cast<std::uint32_t>(color.red) << 16 |
         static_cast<std::uint32_t>(color.green) << 8 | color.blue;
}

// The distinct texts of a drawing, in the order they come.
class Texts {
 public:
  std::uint32_t add(const std::string& text) {
    if (text.empty()) return no_text;
    const auto [at, is_new] = numbers_.try_emplace(text, static_cast<std::uint32_t>(list_.size()));
    if (is_new) list_.emplace_back(printable(text));
    return at->second;
  }
  Json take() { return Json(std::move(list_)); }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;  // looked up only: its order never shows
  Json::Array list_;
};

// One column of an answer, filled value by value.
template <class T>
class Values {
 public:
  template <class V>
  void add(V value) {
    list_.push_back(static_cast<T>(value));
  }
  Json take(Answer& answer) const { return answer.array(std::span<const T>(list_)); }
  std::size_t size() const { return list_.size(); }

 private:
  std::vector<T> list_;
};
using Bytes = Values<std::uint8_t>;
using Naturals = Values<std::uint32_t>;
using Integers = Values<std::int32_t>;
using Reals = Values<float>;

struct Rects {
  Reals x, y, width, height;
  void add(const DrawingRect& r) {
    x.add(r.x);
    y.add(r.y);
    width.add(r.width);
    height.add(r.height);
  }
  void set(Answer& answer, Json& json) const {
    json.set("x", x.take(answer)).set("y", y.take(answer));
    json.set("w", width.take(answer)).set("h", height.take(answer));
  }
};

// The texts placed in boxes or along lines: those of item i from starts[i] to starts[i + 1].
class PlacedTexts {
 public:
  explicit PlacedTexts(Texts& texts) : texts_(texts) { starts_.add(0); }

  void add(const std::vector<DrawingText>& list) {
    for (const DrawingText& placed : list) {
      text_.add(texts_.add(placed.text));
      x_.add(placed.x);
      y_.add(placed.y);
      role_.add(placed.role);
      anchor_.add(placed.anchor);
    }
    starts_.add(text_.size());
  }
  void set(Answer& answer, Json& json) const {
    Json placed;
    placed.set("text", text_.take(answer)).set("x", x_.take(answer)).set("y", y_.take(answer));
    placed.set("role", role_.take(answer)).set("anchor", anchor_.take(answer));
    json.set("texts", std::move(placed)).set("text_starts", starts_.take(answer));
  }

 private:
  Texts& texts_;
  Naturals text_, starts_;
  Reals x_, y_;
  Bytes role_, anchor_;
};

std::int32_t subject_of(const DrawingBox& box, const graph::PlanGraph& graph) {
  if (box.kind == BoxKind::scope) return static_cast<std::int32_t>(box.subject);
  if (box.kind != BoxKind::layer) return no_subject;
  return static_cast<std::int32_t>(graph.nodes[box.subject].layer);
}

Json boxes_json(Answer& answer, const Drawing& drawing, const graph::PlanGraph& graph,
                Texts& texts) {
  Rects rects;
  Bytes kind, flags;
  Naturals color, name, type, figures, bar_color, bar_starts;
  Integers frame, subject;
  Reals band, bar_part;
  PlacedTexts placed(texts);
  bar_starts.add(0);
  for (const DrawingBox& box : drawing.boxes) {
    rects.add(box.rect);
    kind.add(box.kind);
    flags.add((box.is_input ? input_flag : 0) | (box.is_output ? output_flag : 0) |
              (box.highlighted ? highlighted_flag : 0));
    color.add(rgb(box.color));
    name.add(texts.add(box.name));
    type.add(texts.add(box.type));
    figures.add(texts.add(box.figures));
    frame.add(box.frame);
    subject.add(subject_of(box, graph));
    band.add(box.band);
    for (const DrawingPart& part : box.bar) {
      bar_color.add(rgb(part.color));
      bar_part.add(part.part);
    }
    bar_starts.add(bar_color.size());
    placed.add(box.texts);
  }
  Json json;
  json.set("count", drawing.boxes.size()).set("kind", kind.take(answer));
  rects.set(answer, json);
  json.set("color", color.take(answer)).set("frame", frame.take(answer));
  json.set("subject", subject.take(answer)).set("band", band.take(answer));
  json.set("name", name.take(answer)).set("type", type.take(answer));
  json.set("figures", figures.take(answer)).set("flags", flags.take(answer));
  json.set("bar_color", bar_color.take(answer)).set("bar_part", bar_part.take(answer));
  json.set("bar_starts", bar_starts.take(answer));
  placed.set(answer, json);
  return json;
}

std::string shape_and_format(const DrawingTensor& tensor) {
  return tensor.shape.empty() || tensor.format.empty() ? tensor.shape + tensor.format
                                                       : tensor.shape + " " + tensor.format;
}

Json edges_json(Answer& answer, const Drawing& drawing, Texts& texts) {
  Naturals source, target, starts, kind, tensor, shape;
  Bytes back, dashed, stub;
  Reals thickness, points;
  Values<double> bytes;
  PlacedTexts placed(texts);
  starts.add(0);
  for (const DrawingEdge& edge : drawing.edges) {
    source.add(edge.source);
    target.add(edge.target);
    kind.add(texts.add(edge.kind));
    tensor.add(texts.add(edge.tensor.name));
    shape.add(texts.add(shape_and_format(edge.tensor)));
    bytes.add(edge.tensor.bytes == null_integer ? null_real
                                                : static_cast<double>(edge.tensor.bytes));
    back.add(edge.back);
    dashed.add(edge.dashed);
    stub.add(edge.stub);
    thickness.add(edge.thickness);
    for (const DrawingPoint& p : edge.points) {
      points.add(p.x);
      points.add(p.y);
    }
    starts.add(points.size() / 2);
    placed.add(edge.texts);
  }
  Json json;
  json.set("count", drawing.edges.size());
  json.set("source", source.take(answer)).set("target", target.take(answer));
  json.set("kind", kind.take(answer)).set("tensor", tensor.take(answer));
  json.set("shape", shape.take(answer)).set("bytes", bytes.take(answer));
  json.set("back", back.take(answer)).set("dashed", dashed.take(answer));
  json.set("stub", stub.take(answer)).set("thickness", thickness.take(answer));
  json.set("points", points.take(answer)).set("starts", starts.take(answer));
  placed.set(answer, json);
  return json;
}

Json frames_json(Answer& answer, const Drawing& drawing, Texts& texts) {
  Rects rects;
  Integers parent;
  Naturals color, scope, name, path;
  for (const DrawingFrame& frame : drawing.frames) {
    rects.add(frame.rect);
    parent.add(frame.parent);
    color.add(rgb(frame.color));
    scope.add(frame.subject);
    name.add(texts.add(frame.name));
    path.add(texts.add(frame.path));
  }
  Json json;
  json.set("count", drawing.frames.size());
  rects.set(answer, json);
  json.set("parent", parent.take(answer)).set("color", color.take(answer));
  json.set("scope", scope.take(answer)).set("name", name.take(answer));
  return json.set("path", path.take(answer));
}

}  // namespace

void set_drawing(Answer& answer, const Drawing& drawing, const graph::PlanGraph& graph) {
  Texts texts;
  Json legend{Json::Array{}}, notes{Json::Array{}};
  for (const DrawingLegendEntry& entry : drawing.legend) {
    Json json;
    legend.push(json.set("label", printable(entry.label)).set("color", rgb(entry.color)));
  }
  for (const std::string& note : drawing.notes) notes.push(printable(note));
  answer.set("title", printable(drawing.title)).set("subtitle", printable(drawing.subtitle));
  answer.set("width", drawing.width).set("height", drawing.height);
  answer.set("rightwards", drawing.rightwards).set("legend_title", drawing.legend_title);
  answer.set("legend", legend).set("notes", notes);
  answer.set("boxes", boxes_json(answer, drawing, graph, texts));
  answer.set("edges", edges_json(answer, drawing, texts));
  answer.set("frames", frames_json(answer, drawing, texts));
  answer.set("texts", texts.take());
}

}  // namespace trex::page
