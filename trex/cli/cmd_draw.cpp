// `trex draw`: the plan graph as a picture, or for another viewer; and a search for patterns.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/cli/draw_options.hpp"
#include "trex/cli/draw_select.hpp"
#include "trex/document/units.hpp"
#include "trex/graph/draw.hpp"
#include "trex/lint/lint.hpp"
#include "trex/render/pictures.hpp"
#include "trex/report/layer_choice.hpp"

namespace trex::cli {
namespace {

// --format rules, then the file's ending; without either, SVG.
const render::PictureFormat& picture_of(const Io& io) {
  const std::vector<std::string> names = render::picture_format_names();
  if (std::find(names.begin(), names.end(), io.format_name) != names.end()) {
    return render::find_picture_format(io.format_name);
  }
  if (io.format_name != "text") {
    fail("a drawing has no format '{}'{}; tables have, with --list", io.format_name,
         did_you_mean(io.format_name, names));
  }
  if (io.output == "-") return render::find_picture_format("svg");
  if (const render::PictureFormat* format = render::picture_format_of(io.output)) return *format;
  fail("-o {}: no format has that ending; known: {}; or give --format", io.output,
       join(names, ", "));
}

// A terminal gets no picture: it goes into a file beside the reader.
void choose_output(const Engine& engine, const render::PictureFormat& format, Io& io) {
  if (io.output != "-" || isatty(STDOUT_FILENO) != 1) return;
  std::string name;
  for (const char c : engine.name.empty() ? "engine" : engine.name) {
    name += c == '/' || static_cast<unsigned char>(c) < 0x20 ? '_' : c;
  }
  io.output = name + "." + std::string(render::picture_ending(format));
  io.say(fmt::format("writing {}", io.output));
}

std::vector<graph::LayerFinding> findings_of(const Engine& engine) {
  std::vector<graph::LayerFinding> found;
  const lint::Result result = lint::run(engine, lint::select_rules("all"), lint::Thresholds());
  for (const lint::Finding& finding : result.findings) {
    for (const Row row : finding.layers) {
      found.push_back({row, std::string(lint::severity_name(finding.severity)),
                       fmt::format("{} [{}]", finding.message, finding.rule)});
    }
  }
  return found;
}

std::string subtitle_of(const Engine& engine, const DrawSelection& selection) {
  const std::size_t all = selection.whole_layers;
  std::string text = counted(all, "layer");
  if (selection.is_part) text = fmt::format("{} of {}", selection.drawn_layers, text);
  if (!engine.schema.empty()) text += ", " + engine.schema;
  return text;
}

void say_notes(const Drawing& drawing, Io& io) {
  for (const std::string& note : drawing.notes) io.say("note: " + note);
}

ExitCode run(const DrawCommand& o, Io& io) {
  graph::DrawOptions options = draw_options(o);
  const Engine engine = load_one_engine(o, "draw", io);
  report::expect_layers(engine);
  const DrawSelection selection = select_part(engine, o);
  if (o.list) {
    io.format = &render::find_format(io.format_name);  // "json" is a table's format here
    io.show(list_of(engine, selection, o));
    return ExitCode::success;
  }
  const render::PictureFormat& format = picture_of(io);
  const Scopes scopes = scopes_of(engine);
  options.title = engine.name;
  options.highlight = selection.highlighted;
  if (options.color_by == graph::ColorBy::finding) options.findings = findings_of(engine);
  choose_groups(scopes, selection, o, format.name, options);
  options.placed = !render::places_itself(format);

  Drawing drawing = graph::draw(engine, selection.graph, scopes, options);
  drawing.subtitle = subtitle_of(engine, selection);
  render::PictureStyle style;
  style.theme = theme_of(o);
  if (o.scale) style.scale = *o.scale;
  style.hover = !o.no_hover;
  choose_output(engine, format, io);
  io.write(format.render(drawing, style));
  say_notes(drawing, io);
  return ExitCode::success;
}

constexpr std::string_view more =
    "What to draw: the whole engine, or what --query, --type, --slowest, --beam, --path and\n"
    "--find choose (several add up). A LAYER is an index, a name or a part of one; a\n"
    "PATTERN is 'Convolution -> Reformat -> Pooling', each step a type with '*' and '?',\n"
    "several with '|', any other with '!'. Large engines open as a handful of boxes, one\n"
    "a scope of the network: --depth, --open and --close change that, --group none\n"
    "undoes it. docs/drawing.md shows pictures.";

}  // namespace

Command draw_command() {
  Command result = command<DrawCommand>(
      "draw", "the plan graph as svg, png, pdf, dot, onnx, json or for Model Explorer",
      {{"trex draw resnet.graph.json -o resnet.svg", "the engine, coloured by layer type"},
       {"trex draw out/ --color-by latency --slowest 5 -o hot.png", "the hot spots, with context"},
       {"trex draw vit.graph.json --open blocks.3 -o block.svg", "one block open, the rest folded"},
       {"trex draw plan.json --beam 'PWN(a, b),2' -o near.svg", "two layers around one"},
       {"trex draw plan.json --find 'Conv* -> Reformat' --list",
        "where convolutions are reformatted"}},
      draw_flags, run);
  static const std::string text = std::string(more) + "\n\n" + std::string(engine_help);
  result.more = text;
  result.own_formats = render::picture_format_names();
  return result;
}

}  // namespace trex::cli
