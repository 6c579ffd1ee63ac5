// A drawing as SVG: text that can be searched, hover texts, light and dark.
//
// Looks are CSS classes, a few rules whatever the drawing's size. Only what librsvg knows too is
// used (no variables, no context-stroke), so that PNG and PDF come from the same text. Under
// `automatic` the dark rules stand in a media query.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "trex/base/text.hpp"
#include "trex/document/font.hpp"
#include "trex/document/units.hpp"
#include "trex/render/attribute_text.hpp"
#include "trex/render/pictures.hpp"
#include "trex/render/xml.hpp"

namespace trex::render {
namespace {

constexpr double margin = 20, legend_row = 20, swatch = 12, narrowest = 420;
constexpr std::size_t most_hits = 4000;  // edges that get a wide invisible line to hover over

struct Shades {  // of one theme
  Color page, body, text, faint, line, frame, frame_line, tag, lit;
  double band, pill;  // how far a colour is mixed into the body
};
constexpr Shades light{{255, 255, 255},
                       {255, 255, 255},
                       {31, 35, 40},
                       {87, 96, 106},
                       {110, 119, 129},
                       {246, 248, 250},
                       {175, 184, 193},
                       {255, 244, 214},
                       {207, 34, 46},
                       0.68,
                       0.84};
constexpr Shades dark{{13, 17, 23}, {22, 27, 34}, {230, 237, 243}, {158, 167, 179}, {139, 148, 158},
                      {16, 21, 28}, {61, 68, 77}, {58, 48, 22},    {255, 123, 114}, 0.52,
                      0.74};

std::string number(double value) {
  std::string text = fmt::format("{:.1f}", value);
  if (ends_with(text, ".0")) text.resize(text.size() - 2);
  return text == "-0" ? "0" : text;
}

struct ByBytes {
  bool operator()(const Color& a, const Color& b) const {
    return std::tuple(a.red, a.green, a.blue) < std::tuple(b.red, b.green, b.blue);
  }
};

class SvgWriter {
 public:
  SvgWriter(const Drawing& drawing, const PictureStyle& style) : drawing_(drawing), style_(style) {}

  std::string write() {
    number_colors();
    lay_out_head();
    const double width = std::max(drawing_.width, narrowest) + 2 * margin;
    const double height = head_height_ + drawing_.height + 2 * margin;
    fmt::format_to(std::back_inserter(out_),
                   "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" "
                   "viewBox=\"0 0 {0} {1}\" role=\"img\">\n",
                   number(width), number(height));
    if (!drawing_.title.empty()) add("<title>{}</title>\n", xml_text(drawing_.title));
    add_style();
    add_markers();
    add("<rect class=\"page\" width=\"{}\" height=\"{}\"/>\n", number(width), number(height));
    out_ += head_;
    const double left = margin + std::max(0.0, (width - 2 * margin - drawing_.width) / 2);
    add("<g transform=\"translate({} {})\">\n", number(left), number(margin + head_height_));
    for (const DrawingFrame& frame : drawing_.frames) add_frame(frame);
    const std::size_t edges = drawing_.edges.size();
    for (const DrawingEdge& edge : drawing_.edges) add_edge(edge, edges <= most_hits);
    for (const DrawingBox& box : drawing_.boxes) add_box(box);
    for (const DrawingEdge& edge : drawing_.edges) add_edge_texts(edge);
    out_ += "</g>\n</svg>\n";
    return std::move(out_);
  }

 private:
  template <class... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }

  void number_color(Color color) { classes_.try_emplace(color, 0); }
  void number_colors() {
    for (const DrawingBox& box : drawing_.boxes) {
      number_color(box.color);
      for (const DrawingPart& part : box.bar) number_color(part.color);
    }
    for (const DrawingFrame& frame : drawing_.frames) number_color(frame.color);
    for (const DrawingLegendEntry& entry : drawing_.legend) number_color(entry.color);
    std::size_t next = 0;
    for (auto& [_, number] : classes_) number = next++;
  }
  std::size_t class_of(Color color) const { return classes_.at(color); }

  // ---- looks

  std::string rules(const Shades& s) const {
    std::string css = fmt::format(
        ".page{{fill:{}}}.body{{fill:{}}}text{{fill:{}}}.faint{{fill:{}}}"
        ".edge{{stroke:{}}}.head{{fill:{}}}.frame{{fill:{};stroke:{}}}"
        ".tag{{fill:{};stroke:{}}}.under{{fill:{}}}.lit{{stroke:{}}}.lithead{{fill:{}}}\n",
        hex(s.page), hex(s.body), hex(s.text), hex(s.faint), hex(s.line), hex(s.line), hex(s.frame),
        hex(s.frame_line), hex(s.tag), hex(s.frame_line), hex(s.page), hex(s.lit), hex(s.lit));
    for (const auto& [color, n] : classes_) {
      css += fmt::format(
          ".c{0} .box{{stroke:{1}}}.c{0} .band{{fill:{2}}}.c{0} .pill{{fill:{3}}}"
          ".k{0}{{fill:{1}}}\n",
          n, hex(color), hex(mix(color, s.body, s.band)), hex(mix(color, s.body, s.pill)));
    }
    return css;
  }

  void add_style() {
    add("<style>\ntext{{font-family:{};font-size:11px}}.title{{font-weight:bold;font-size:12px}}"
        ".detail,.label{{font-size:10px}}.heading{{font-weight:bold;font-size:16px}}"
        ".box,.edge,.frame,.hit{{fill:none}}.box{{stroke-width:1.2}}.frame,.tag{{stroke-width:1}}"
        ".dash{{stroke-dasharray:5 4}}.hit{{stroke:#000;stroke-opacity:0;stroke-width:9}}"
        ".halo{{fill:none;stroke-width:5;stroke-opacity:.55}}\n",
        font_stack);
    out_ += rules(style_.theme == Theme::dark ? dark : light);
    if (style_.theme == Theme::automatic) {
      out_ += "@media (prefers-color-scheme:dark){\n" + rules(dark) + "}\n";
    }
    out_ += "</style>\n";
  }

  void add_markers() {
    for (const char* name : {"head", "lithead"}) {
      add("<defs><marker id=\"{0}\" viewBox=\"0 0 8 8\" refX=\"7.5\" refY=\"4\" markerWidth=\"7\" "
          "markerHeight=\"7\" markerUnits=\"userSpaceOnUse\" orient=\"auto\">"
          "<path class=\"{0}\" d=\"M0 .6 8 4 0 7.4 1.6 4Z\"/></marker></defs>\n",
          name);
    }
  }

  // ---- title, legend, notes

  void head_text(const std::string& text, double x, double y, std::string_view css) {
    head_ += fmt::format("<text x=\"{}\" y=\"{}\" class=\"{}\">{}</text>\n", number(x), number(y),
                         css, xml_text(text));
  }

  void lay_out_head() {
    const double right = margin + std::max(drawing_.width, narrowest);
    double y = margin;
    if (!drawing_.title.empty()) {
      head_text(fit_width(drawing_.title, right - margin, 16, true), margin, y + 13, "heading");
      y += 24;
    }
    if (!drawing_.subtitle.empty()) {
      head_text(fit_width(drawing_.subtitle, right - margin, 11, false), margin, y + 9, "faint");
      y += 18;
    }
    if (!drawing_.legend.empty()) y = lay_out_legend(y, right);
    for (const std::string& note : drawing_.notes) {
      head_text(fit_width(note, right - margin, 11, false), margin, y + 9, "faint");
      y += 16;
    }
    head_height_ = y > margin ? y - margin + 12 : 0;
  }

  double lay_out_legend(double y, double right) {
    double x = margin;
    const std::string title = drawing_.legend_title + ":";
    head_text(title, x, y + 10, "faint");
    x += text_width(title, 11, false) + 10;
    for (const DrawingLegendEntry& entry : drawing_.legend) {
      const double width = swatch + 5 + text_width(entry.label, 11, false) + 14;
      if (x + width > right && x > margin) {
        x = margin;
        y += legend_row;
      }
      head_ += fmt::format(
          "<rect class=\"k{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"2\"/>\n",
          class_of(entry.color), number(x), number(y), number(swatch), number(swatch));
      head_text(entry.label, x + swatch + 5, y + 10, "");
      x += width;
    }
    return y + legend_row + 2;
  }

  // ---- the graph

  void add_text(const DrawingText& text) {
    static constexpr std::string_view anchors[] = {"", " text-anchor=\"middle\"",
                                                   " text-anchor=\"end\""};
    static constexpr std::string_view classes[] = {" class=\"title\"",        "",
                                                   " class=\"detail faint\"", "",
                                                   " class=\"label faint\"",  " class=\"heading\""};
    add("<text x=\"{}\" y=\"{}\"{}{}>{}</text>", number(text.x), number(text.y),
        anchors[static_cast<std::size_t>(text.anchor)],
        classes[static_cast<std::size_t>(text.role)], xml_text(text.text));
  }

  void add_rect(const DrawingRect& r, std::string_view css, double rounding) {
    add("<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>", css,
        number(r.x), number(r.y), number(r.width), number(r.height), number(rounding));
  }

  void add_frame(const DrawingFrame& frame) {
    add("<g id=\"{}\" class=\"c{}\">", xml_text(frame.id), class_of(frame.color));
    if (style_.hover) add_hover(frame.path, "scope", BoxKind::scope, frame.subject);
    add_rect(frame.rect, "frame", 8);
    if (!(frame.color == no_color)) add_rect(frame.rect, "box", 8);
    for (const DrawingText& text : frame.texts) add_text(text);
    out_ += "</g>\n";
  }

  void add_hover(std::string_view name, std::string_view kind, BoxKind of, std::uint32_t subject) {
    out_ += "<title>";
    out_ += xml_text(printable(name));
    add("\n({})", kind);
    if (drawing_.attributes) {
      for (const DrawingAttribute& a : drawing_.attributes(of, subject)) {
        out_ += "\n" + xml_text(attribute_text(a));
      }
    }
    out_ += "</title>";
  }

  // The band's upper corners are round, its lower ones are not.
  void add_band(const DrawingRect& r, double height) {
    add("<path class=\"band\" d=\"M{0} {1}v-{2}a5 5 0 0 1 5 -5h{3}a5 5 0 0 1 5 5v{2}z\"/>",
        number(r.x), number(r.y + height), number(height - 5), number(r.width - 10));
  }

  void add_bar(const DrawingBox& box) {
    double x = box.rect.x + 8;
    const double whole = box.rect.width - 16;
    for (const DrawingPart& part : box.bar) {
      const double width = whole * part.part;
      add("<rect class=\"k{}\" x=\"{}\" y=\"{}\" width=\"{:.2f}\" height=\"4\"/>",
          class_of(part.color), number(x), number(box.rect.y + box.rect.height - 9), width);
      x += width;
    }
  }

  void add_box(const DrawingBox& box) {
    add("<g id=\"{}\" class=\"c{}\">", xml_text(box.id), class_of(box.color));
    if (style_.hover) add_hover(box.name, box_kind_name(box.kind), box.kind, box.subject);
    const DrawingRect& r = box.rect;
    if (box.highlighted) {
      add_rect({r.x - 3, r.y - 3, r.width + 6, r.height + 6}, "halo lit", 9);
    }
    const bool is_tensor = box.kind != BoxKind::layer && box.kind != BoxKind::scope;
    const double rounding = is_tensor ? std::min(r.height / 2, 14.0) : 5;
    if (box.kind == BoxKind::scope) {  // a second sheet: there is more inside
      add_rect({r.x + 4, r.y + 4, r.width, r.height}, "body", rounding);
      add_rect({r.x + 4, r.y + 4, r.width, r.height}, "box", rounding);
    }
    const bool banded = box.band > 0 && box.band < r.height;
    add_rect(r, banded ? "body" : is_tensor ? "pill" : "band", rounding);
    if (banded) add_band(r, box.band);
    add_rect(r, box.kind == BoxKind::region || box.kind == BoxKind::constant ? "box dash" : "box",
             rounding);
    if (!box.bar.empty()) add_bar(box);
    for (const DrawingText& text : box.texts) add_text(text);
    out_ += "</g>\n";
  }

  static bool is_straight(DrawingPoint a, DrawingPoint b, DrawingPoint c, DrawingPoint d) {
    const auto off = [&](DrawingPoint p) {
      return std::abs((d.x - a.x) * (p.y - a.y) - (d.y - a.y) * (p.x - a.x));
    };
    const double length = std::hypot(d.x - a.x, d.y - a.y);
    return off(b) <= 0.05 * length && off(c) <= 0.05 * length;
  }

  static std::string path_of(std::span<const DrawingPoint> p) {
    std::string d = fmt::format("M{} {}", number(p[0].x), number(p[0].y));
    for (std::size_t i = 1; i + 2 < p.size(); i += 3) {
      if (is_straight(p[i - 1], p[i], p[i + 1], p[i + 2])) {
        d += fmt::format("L{} {}", number(p[i + 2].x), number(p[i + 2].y));
        continue;
      }
      d += fmt::format("C{} {} {} {} {} {}", number(p[i].x), number(p[i].y), number(p[i + 1].x),
                       number(p[i + 1].y), number(p[i + 2].x), number(p[i + 2].y));
    }
    return d;
  }

  void add_path(const DrawingEdge& edge, const std::string& d, bool arrow) {
    add("<path class=\"edge{}{}\" stroke-width=\"{}\" d=\"{}\"{}/>", edge.dashed ? " dash" : "",
        edge.highlighted ? " lit" : "", number(edge.thickness), d,
        !arrow             ? ""
        : edge.highlighted ? " marker-end=\"url(#lithead)\""
                           : " marker-end=\"url(#head)\"");
  }

  void add_edge(const DrawingEdge& edge, bool hit) {
    if (edge.points.size() < 4) return;
    const std::span<const DrawingPoint> points(edge.points);
    out_ += "<g>";
    if (style_.hover) add("<title>{}</title>", xml_text(edge_hover(edge)));
    if (edge.stub && points.size() == 8) {
      add_path(edge, path_of(points.first(4)), false);
      add_path(edge, path_of(points.last(4)), true);
    } else {
      const std::string d = path_of(points);
      add_path(edge, d, true);
      if (style_.hover && hit) add("<path class=\"hit\" d=\"{}\"/>", d);
    }
    out_ += "</g>\n";
  }

  std::string edge_hover(const DrawingEdge& edge) const {
    std::string text = printable(edge.tensor.name.empty() ? edge.kind : edge.tensor.name);
    const DrawingTensor& t = edge.tensor;
    if (!t.shape.empty()) text += "\n" + t.shape + " " + printable(t.format);
    if (t.bytes != null_integer) text += "\n" + counted_bytes(t.bytes);
    if (edge.kind != "data") text += "\n(" + edge.kind + ")";
    text += "\n" + printable(drawing_.boxes[edge.source].name) + " → " +
            printable(drawing_.boxes[edge.target].name);
    return text;
  }

  void add_edge_texts(const DrawingEdge& edge) {
    if (edge.texts.empty()) return;
    out_ += "<g>";
    if (edge.label.width > 0) add_rect(edge.label, "under", 3);
    for (const DrawingRect& tag : edge.tags) add_rect(tag, "tag", 3);
    for (const DrawingText& text : edge.texts) add_text(text);
    out_ += "</g>\n";
  }

  const Drawing& drawing_;
  const PictureStyle& style_;
  std::map<Color, std::size_t, ByBytes> classes_;
  std::string head_;
  double head_height_ = 0;
  std::string out_;
};

}  // namespace

std::string svg(const Drawing& drawing, const PictureStyle& style) {
  return SvgWriter(drawing, style).write();
}

}  // namespace trex::render
