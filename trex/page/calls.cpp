// The list of calls, and the door they come through.

// SPDX-License-Identifier: Apache-2.0
#include "trex/page/calls.hpp"

#include <array>
#include <new>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/render/formats.hpp"

namespace trex::page {
namespace {

Answer answer_of(Session& session, const Request& request) {
  std::vector<std::string> names;
  for (const Call& entry : calls()) {
    if (entry.name == request.call()) return entry.answer(session, request);
    names.emplace_back(entry.name);
  }
  fail("no call '{}'{}", request.call(), did_you_mean(request.call(), names));
}

std::string error_answer(std::string_view message) {
  return Answer().set("error", message).encode();
}

}  // namespace

std::span<const Call> calls() {
  static constexpr std::array list{
      Call{"open", "files of the worker's file system as engines", open_call},
      Call{"close", "forgets an engine", close_call},
      Call{"summary", "as trex summary --json", summary_call},
      Call{"check", "as trex check --json", check_call},
      Call{"columns", "every column that a filter may name", columns_call},
      Call{"layers", "the whole layer table", layers_call},
      Call{"select", "rows by a filter, sorted", select_call},
      Call{"group", "the layer table grouped", group_call},
      Call{"lint", "as trex lint --json", lint_call},
      Call{"lint_step", "lint, one rule further; how many are left", lint_step_call},
      Call{"show", "as trex show --json, and the layer in words", show_call},
      Call{"render", "a report as text in any format", render_call},
      Call{"explain", "as trex explain --json", explain_call},
      Call{"glossary", "every word that can be explained", glossary_call},
      Call{"memory", "activations over execution order, and the buffers", memory_call},
      Call{"timing", "time of every inference, percentiles, drift, modes", timing_call},
      Call{"roofline", "what the GPU can do", roofline_call},
      Call{"source_ops", "nodes of the model and their layers", source_ops_call},
      Call{"diff", "as trex diff --json --all, and the pair of every layer", diff_call},
      Call{"compare", "as trex compare --json", compare_call},
      Call{"colors", "colours of types, precisions, severities", colors_call},
      Call{"graph_open", "a graph with scopes: its view and its drawing", graph_open_call},
      Call{"graph_toggle", "opens or closes a scope; the drawing", graph_toggle_call},
      Call{"graph_reveal", "opens the scopes around a layer; the drawing", graph_reveal_call},
      Call{"graph_find", "layers by pattern, regular expression, path or beam", graph_find_call},
      Call{"graph_svg", "the drawing as trex draw writes it", graph_svg_call},
      Call{"graph_close", "forgets a graph", graph_close_call},
  };
  return list;
}

std::string call(Session& session, std::string_view request_json) {
  try {
    const Request request(request_json);
    return answer_of(session, request).encode();
  } catch (const Error& error) {
    return error_answer(error.what());
  } catch (const std::bad_alloc&) {
    return error_answer("out of memory: the engine is too large for this page");
  }
}

OpenEngine& engine_of(Session& session, const Request& request, std::string_view argument) {
  return session.at(request.required_integer(argument));
}

Row layer_of(const Engine& engine, const Request& request) {
  const std::int64_t row = request.required_integer("layer");
  if (row < 0 || static_cast<std::uint64_t>(row) >= engine.layer_count()) {
    fail("layer {}: the engine has {} layers", row, engine.layer_count());
  }
  return static_cast<Row>(row);
}

Answer document_answer(const Document& document) {
  return Answer::of_object(render::json({&document, 1}, {}));
}

}  // namespace trex::page
